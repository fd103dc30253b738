// Row groups: the rows of a list put together by the value of one field (a date by its month), with their number and the
// exact sums of number columns.
// Invariant: every row is in one group; within it the order of the rows stays. Called by: ui (list page), its tests.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/query/query.h"

namespace outpost {

struct RowGroup {
    std::uint32_t first = 0;       // in RowGroups::rows
    std::uint32_t count = 0;
};
struct RowGroups {
    std::vector<RowIndex> rows;
    std::vector<RowGroup> groups;
    // Units at the field's scale, those of a group side by side: sums[group * fields + field]; nothing when too large.
    std::vector<std::optional<std::int64_t>> sums;
};

// `sums`: fields with a Decimal column. Groups stand as `order` says, which sorts a row of each; without it as their first rows
// come, months the newest first, without a value last. Instants are counted in local days by the context's offset.
RowGroups group_rows(std::span<const RowIndex> rows, ObjectIndex object, FieldIndex field, std::span<const FieldIndex> sums,
                     const Records& records, const QueryContext& context, const std::optional<OrderTerm>& order = std::nullopt);

// What the rows of a group have in common, asked of any of them: the field's value, of a date the first day of its month.
Value group_value(RecordRef row, FieldIndex field, const Records& records, const QueryContext& context);

}  // namespace outpost
