// The rows of a text column in the order of compare_text, at once or in slices. Each text is folded once, into one arena:
// comparing folded bytes is what compare_text does, without its folding anew for each of many comparisons.
// Called by: text_index.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/objects/column.h"

namespace outpost {

class TextOrder {
public:
    // Rows without text are left out.
    void add(const TextColumn& column, RowIndex row);
    void sort(const TextColumn& column) { sort_from(0, column); }
    std::vector<RowIndex> rows() const;

    // All rows of the column: so many are looked at, or taken into a longer run, with each step; true once they are in order.
    // The texts must not change between.
    bool step(const TextColumn& column, RowIndex rows);

private:
    struct Entry {
        std::uint64_t prefix;            // the first eight folded bytes settle most comparisons
        std::uint32_t offset, length;    // folded, in the arena
        RowIndex row;
    };
    bool is_before(const Entry& a, const Entry& b, const TextColumn& column) const;
    void sort_from(std::size_t first, const TextColumn& column);
    bool merge(const TextColumn& column, std::size_t entries);

    std::vector<Entry> entries_;
    std::string arena_, folded_;
    // In slices: runs that are in order, by their ends; then two neighbours at a time become one in `merged_`.
    RowIndex next_ = 0;
    std::vector<std::size_t> ends_, merged_ends_;
    std::vector<Entry> merged_;
    std::size_t run_ = 0, left_ = 0, right_ = 0;
};

}  // namespace outpost
