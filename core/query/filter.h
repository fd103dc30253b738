// Filter: conditions compiled over columns. Each narrows a block of rows at a time, in straight loops that the compiler
// turns into SIMD; a condition over a lookup is answered once for each record of the parent and then read through it.
// Invariant: two-valued: a comparison with an empty field is false, its negation (!=, NOT IN, NOT, EXCLUDES) true.
// Called by: select_rows, aggregates, the board; built by compile_filter.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/query/query.h"

namespace outpost {

class Filter {
public:
    virtual ~Filter() = default;
    // Clears active[i] (0 or 1) for each of rows first .. first + count - 1 that doesn't match.
    virtual void narrow(RowIndex first, std::uint32_t count, std::uint8_t* active) const = 0;
    virtual bool matches(RowIndex row) const = 0;
    // Moves those of the rows that match to the front, in their order, and gives how many they are.
    virtual std::uint32_t keep(RowIndex* rows, std::uint32_t count) const { return keep_matching(*this, rows, count); }
    // For a path whose lookup is empty: as if the field were.
    virtual bool matches_null() const = 0;
    // Rough nanoseconds a row, so that cheap conditions go first.
    virtual double cost() const = 0;
    // The rows among which every match is, rising, where an index knows them; null: any row may match.
    virtual const std::vector<RowIndex>* candidates() const { return nullptr; }

protected:
    // For a final class the compiler knows what matches() is, and calls nothing.
    template <typename Own>
    static std::uint32_t keep_matching(const Own& own, RowIndex* rows, std::uint32_t count) {
        std::uint32_t kept = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const RowIndex row = rows[i];
            rows[kept] = row;
            kept += own.matches(row);
        }
        return kept;
    }
};
using FilterPointer = std::unique_ptr<Filter>;

inline constexpr std::uint32_t block_rows = 2048;

// WHERE as a filter over the query's object. Rows in the recycle bin are another matter: see live_filter.
Result<FilterPointer> compile_filter(const Condition& condition, ObjectIndex object, const Records& records, const QueryContext& context);
// Rows that a query may see at all: live ones, or with all_rows deleted ones too. Null when that is every row.
FilterPointer live_filter(const Table& table, bool all_rows);
// Everything that a query asks of a row: state, scope and WHERE. Null when all rows match.
Result<FilterPointer> compile_query_filter(const Query& query, const Records& records, const QueryContext& context);

// The rows that match, rising. `filter` may be null.
std::vector<RowIndex> matching_rows(const Filter* filter, RowIndex row_count);
std::uint32_t count_rows(const Filter* filter, RowIndex row_count);
// One byte a row: 1 where the filter matches.
std::vector<std::uint8_t> matching_bytes(const Filter& filter, RowIndex row_count);

FilterPointer make_and(std::vector<FilterPointer> filters);
FilterPointer make_or(std::vector<FilterPointer> filters);
FilterPointer make_not(FilterPointer filter);

}  // namespace outpost
