#include "core/query/criteria.h"

#include <algorithm>

#include "core/base/text.h"

namespace outpost {

Result<Query> parse_criteria(std::string_view text, std::string_view object, const Records& records) {
    std::string soql = "SELECT Id FROM ";
    soql += object;
    const bool all = trim(text).empty();
    // In brackets, so that nothing but a condition can stand there.
    if (!all) soql += " WHERE (";
    const int before = static_cast<int>(soql.size());
    if (!all) (soql += text) += ')';
    auto query = parse_soql(soql, records);
    if (!query && query.error().position >= 0)
        query.error().position = std::clamp(query.error().position - before, 0, static_cast<int>(text.size()));
    return query;
}

}  // namespace outpost
