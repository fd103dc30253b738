// EqualityIndex: from a text to the rows that hold it, ignoring ASCII case. Entries are never taken out: a row whose
// value changed leaves a stale entry, which the reader skips by looking at the value itself.
// Invariant: every row's present value has an entry. Called by: Records.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/types.h"

namespace outpost {

class EqualityIndex {
public:
    static std::uint32_t hash(std::string_view text);          // equal for texts that differ in ASCII case only
    static std::uint32_t hash(std::int64_t number);

    void reserve(std::size_t entries);
    void add(std::uint32_t hash, RowIndex row);
    std::size_t entries() const { return entries_.size(); }
    std::size_t bytes() const { return entries_.capacity() * sizeof(Entry) + heads_.capacity() * 4; }

    // Calls visit(row) for each row that may hold a value of that hash; a row may come twice.
    template <typename Visit>
    void each(std::uint32_t hash_value, Visit&& visit) const {
        if (heads_.empty()) return;
        for (std::uint32_t at = heads_[hash_value & (heads_.size() - 1)]; at != none; at = entries_[at].next)
            if (entries_[at].hash == hash_value) visit(entries_[at].row);
    }

private:
    static constexpr std::uint32_t none = 0xFFFF'FFFFu;
    struct Entry { std::uint32_t hash; RowIndex row; std::uint32_t next; };
    void grow(std::size_t buckets);

    std::vector<Entry> entries_;
    std::vector<std::uint32_t> heads_;   // a power of two
};

}  // namespace outpost
