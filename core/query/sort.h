// Sorting of rows by any terms: each term becomes one 64-bit key a row, so that order is a comparison of numbers.
// Invariant: the result is what a stable sort by the terms gives. Called by: select_rows, groups, the board.
// Picklists sort by the position of their values, as Salesforce sorts them; text by compare_text; ids by their text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// Keys of rows, smaller first; descending order and the place of nulls are in them already.
std::vector<std::uint64_t> sort_keys(const OrderTerm& order, ObjectIndex object, std::span<const RowIndex> rows, const Records& records,
                                     const QueryContext& context);

// Sorts positions 0 .. n-1 by the keys of each term, first term first; keeps only the first `wanted` of them.
std::vector<std::uint32_t> sorted_positions(const std::vector<std::vector<std::uint64_t>>& keys, std::uint32_t count, std::uint32_t wanted);

}  // namespace outpost
