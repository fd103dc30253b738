#include "core/transfer/distinct_column.h"

#include "core/base/hash.h"

namespace outpost {

namespace {

std::uint32_t hash_of(std::string_view value) { return static_cast<std::uint32_t>(hash_text(value)); }
std::uint32_t index_in(std::uint64_t slot) { return static_cast<std::uint32_t>(slot) - 1; }

}  // namespace

void DistinctColumn::grow() {
    std::vector<std::uint64_t> old(slots_.empty() ? 256 : slots_.size() * 2, 0);
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const std::uint64_t taken : old) {
        if (taken == 0) continue;
        std::size_t slot = (taken >> 32) & mask;
        while (slots_[slot] != 0) slot = (slot + 1) & mask;
        slots_[slot] = taken;
    }
}

std::size_t DistinctColumn::slot_of(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0 && (slots_[slot] >> 32 != hash || value(index_in(slots_[slot])) != text)) slot = (slot + 1) & mask;
    return slot;
}

std::uint32_t DistinctColumn::find(std::string_view text) const {
    return slots_.empty() ? no_index : index_in(slots_[slot_of(text, hash_of(text))]);  // a free slot's is no_index
}

void DistinctColumn::add(std::string_view text, std::uint32_t row, std::uint32_t count) {
    if ((counts_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint32_t hash = hash_of(text);
    std::uint64_t& slot = slots_[slot_of(text, hash)];
    if (slot == 0) {
        slot = std::uint64_t{hash} << 32 | (size() + 1);
        texts_ += text;
        starts_.push_back(static_cast<std::uint32_t>(texts_.size()));
        counts_.push_back(0);
        first_rows_.push_back(row);
    }
    of_row_.push_back(index_in(slot));
    counts_[of_row_.back()] += count;
}

}  // namespace outpost
