// DistinctColumn: the different texts of a file's column, and which row has which.
// Invariant: texts are numbered as they first come; empty cells and unset markers have none.
// Called by: transfer (import job, values); shown by ui (import wizard).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

inline constexpr std::uint32_t no_index = 0xFFFF'FFFFu;

class DistinctColumn {
public:
    void add(std::string_view value, std::uint32_t row, std::uint32_t count = 1);   // count: of the rows that have it
    void add_empty() { of_row_.push_back(no_index); }
    void reserve(std::uint32_t rows) { of_row_.reserve(rows); }
    std::uint32_t find(std::string_view value) const;             // no_index when it isn't there
    std::uint32_t size() const { return static_cast<std::uint32_t>(counts_.size()); }
    std::string_view value(std::uint32_t index) const { return std::string_view(texts_).substr(starts_[index], starts_[index + 1] - starts_[index]); }
    std::uint32_t count(std::uint32_t index) const { return counts_[index]; }
    std::uint32_t first_row(std::uint32_t index) const { return first_rows_[index]; }
    const std::vector<std::uint32_t>& of_row() const { return of_row_; }

private:
    void grow();
    std::size_t slot_of(std::string_view value, std::uint32_t hash) const;  // its own, or the free one that it would take
    std::string texts_;                       // one after the other
    std::vector<std::uint32_t> starts_{0}, counts_, first_rows_, of_row_;
    std::vector<std::uint64_t> slots_;        // hash, and index + 1; 0 free
};

}  // namespace outpost
