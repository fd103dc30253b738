// The filters over one column each.
// Each reads its column as it lies in memory; the column outlives the filter.
// Called by: compile_filter alone.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/query/access.h"
#include "core/query/filter.h"
#include "core/query/text_match.h"

namespace outpost {

FilterPointer make_constant(bool matches);
// lo <= value <= hi, or not; null is the smallest value and in no range that doesn't begin there.
FilterPointer make_int64_range(std::span<const std::int64_t> values, std::int64_t lo, std::int64_t hi, bool negate);
FilterPointer make_day_range(std::span<const std::int32_t> values, std::int32_t lo, std::int32_t hi, bool negate);
// One of a few values; they must be sorted.
FilterPointer make_int64_set(std::span<const std::int64_t> values, std::vector<std::int64_t> wanted);
FilterPointer make_flags(std::span<const std::uint8_t> values, bool wanted);
FilterPointer make_states(std::span<const RowState> states, bool live, bool deleted);
// wanted[code] is 1 for codes that match; codes past its end don't.
FilterPointer make_codes(std::span<const std::uint16_t> codes, std::vector<std::uint8_t> wanted);
// wanted[row of the target]; `on_null` for empty lookups and rows past its end.
FilterPointer make_rows(std::span<const std::uint32_t> rows, std::vector<std::uint8_t> wanted, bool on_null);
// wanted[object][row of the target]; missing ones give on_null.
FilterPointer make_refs(std::span<const RecordRef> refs, std::vector<std::pair<ObjectIndex, std::vector<std::uint8_t>>> wanted, bool on_null);
// wanted[day - first]; other days don't match.
FilterPointer make_day_table(std::span<const std::int32_t> days, std::int32_t first, std::vector<std::uint8_t> wanted, bool on_null);
// Rows themselves: wanted[row]. `on_null`: the answer where a lookup to them is empty.
FilterPointer make_own_rows(std::vector<std::uint8_t> wanted, bool on_null);
// `index` may be null: then every text is looked at. `on_null`: the answer for an empty text.
FilterPointer make_text(const TextColumn& column, TextMatch match, const TextIndex* index, bool on_null);
// Any test of one row; the slow way for what is rare.
using RowTest = bool (*)(const void* state, RowIndex row);
FilterPointer make_row_test(std::shared_ptr<void> state, RowTest test, bool on_null, double cost);
// The parent's filter asked row by row: for a small object under a big one.
FilterPointer make_through_rows(std::span<const std::uint32_t> rows, std::shared_ptr<Filter> parent);

}  // namespace outpost
