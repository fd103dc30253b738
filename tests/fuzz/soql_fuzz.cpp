// Any bytes as SOQL: parsing never crashes, an error has a place within the text, and whatever parses also runs.
#include <cstdint>
#include <string_view>

#include "core/base/messages.h"
#include "core/query/columns_answer.h"
#include "core/query/query.h"
#include "tests/support/query_records.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace outpost;
    static const Records records = test::make_sales_records(1, {.users = 4, .accounts = 20, .opportunities = 60, .tasks = 10});
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<Query> query = parse_soql(text, records);
    if (!query) {
        OUTPOST_ASSERT(query.error().position >= 0 && static_cast<std::size_t>(query.error().position) <= size);
        OUTPOST_ASSERT(!Messages(Language::English).error(query.error()).empty());
        return 0;
    }
    QueryContext context;
    context.now = Milliseconds{20'450} * milliseconds_per_day;
    const Result<std::string> json = run_to_json(*query, records, context);
    if (json) OUTPOST_ASSERT(parse_json(*json).has_value());
    if (is_columnar(*query, records.schema())) OUTPOST_ASSERT(run_to_columns(*query, records, context).has_value() == json.has_value());
    return 0;
}
