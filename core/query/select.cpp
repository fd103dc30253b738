// select_rows: filter, sort, offset and limit.
#include <algorithm>
#include <limits>

#include "core/query/filter.h"
#include "core/query/query.h"
#include "core/query/sort.h"

namespace outpost {

namespace {

// What is left of `count` after OFFSET and LIMIT: first and end.
std::pair<std::uint32_t, std::uint32_t> cut(const Query& query, std::uint32_t count) {
    const std::uint32_t first = std::min(query.offset, count);
    const std::uint32_t room = count - first;
    return {first, first + std::min(query.limit.value_or(room), room)};
}

}  // namespace

Result<std::uint32_t> run_count(const Query& query, const Records& records, const QueryContext& context) {
    if (!records.has_table(query.object)) return 0u;
    OUTPOST_TRY(const FilterPointer filter, compile_query_filter(query, records, context));
    return count_rows(filter.get(), records.table(query.object).row_count());
}

Result<RowSelection> select_rows(const Query& query, const Records& records, const QueryContext& context) {
    RowSelection selection;
    if (!records.has_table(query.object)) return selection;
    const RowIndex rows = records.table(query.object).row_count();
    OUTPOST_TRY(const FilterPointer filter, compile_query_filter(query, records, context));
    std::vector<RowIndex> matched = matching_rows(filter.get(), rows);
    selection.total = static_cast<std::uint32_t>(matched.size());
    const auto [first, end] = cut(query, selection.total);
    if (query.order_by.empty()) {
        selection.rows.assign(matched.begin() + first, matched.begin() + end);
        return selection;
    }
    std::vector<std::vector<std::uint64_t>> keys;
    for (const OrderTerm& order : query.order_by) keys.push_back(sort_keys(order, query.object, matched, records, context));
    const std::vector<std::uint32_t> positions = sorted_positions(keys, selection.total, end);
    selection.rows.reserve(end - first);
    for (std::uint32_t i = first; i < end; ++i) selection.rows.push_back(matched[positions[i]]);
    return selection;
}

}  // namespace outpost
