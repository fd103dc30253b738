// Comparisons with the values of one column as filters, by type.
// Invariant: an empty field answers as null_answer says, whatever the column's type.
// Called by: filter_compile.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/query/access.h"
#include "core/query/date_ranges.h"
#include "core/query/filter_leaves.h"

namespace outpost {

// Records of any objects, as one byte a row.
struct RecordSet {
    std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>> objects;
    void add(RecordRef record, RowIndex rows);
    std::vector<std::uint8_t> rows_of(ObjectIndex object, RowIndex rows) const;
};

// What a column's values are compared with.
struct ComparisonTest {
    const Condition& condition;      // Compare or TextContains
    RecordSet record_set;            // of its subquery
    const QueryContext& context;
    const Records& records;
};

Result<RecordSet> run_semi_join(const Query& query, const Records& records, const QueryContext& context);
Result<FilterPointer> compile_column(const ComparisonTest& test, FieldIndex field, ObjectIndex object);
bool null_answer(const ComparisonTest& test);                              // for an empty field
bool matches_text(const ComparisonTest& test, std::string_view text);      // the test of one text
// Of multi-select picklists these compare sets of values; the others compare text.
inline bool compares_sets(Comparison comparison) { return comparison < Comparison::Less || comparison > Comparison::Like; }
bool matches_multiselect(const Condition& condition, std::string_view text);
std::uint64_t id_bits(const Value& value, const Records& records);         // of a record or an id's text; 0 none
// Units at a scale, rounded down; `exact` when nothing was lost. Beyond int64 it is the nearest end, not exact.
struct ScaledFloor { std::int64_t floor; bool exact; };
ScaledFloor floor_at_scale(Decimal value, std::uint8_t scale);

}  // namespace outpost
