#include "core/objects/equality_index.h"

#include <bit>
#include <cstring>

namespace outpost {

namespace {

constexpr std::uint64_t multiplier = 0x9E37'79B9'7F4A'7C15ull;

std::uint64_t mix(std::uint64_t state, std::uint64_t word) {
    const auto product = static_cast<unsigned __int128>(state ^ word) * multiplier;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Sets bit 5 of every byte: equal for the two cases of a letter. That it also makes some other characters equal
// costs nothing, since the reader compares values.
constexpr std::uint64_t case_bits = 0x2020'2020'2020'2020ull;

}  // namespace

std::uint32_t EqualityIndex::hash(std::string_view text) {
    std::uint64_t state = text.size() * multiplier + 1;
    while (text.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data(), 8);
        state = mix(state, word | case_bits);
        text.remove_prefix(8);
    }
    std::uint64_t word = 0;
    if (!text.empty()) std::memcpy(&word, text.data(), text.size());
    state = mix(state, word | case_bits);
    return static_cast<std::uint32_t>(state ^ state >> 32);
}

std::uint32_t EqualityIndex::hash(std::int64_t number) {
    const std::uint64_t state = mix(multiplier, static_cast<std::uint64_t>(number));
    return static_cast<std::uint32_t>(state ^ state >> 32);
}

void EqualityIndex::reserve(std::size_t entries) {
    entries_.reserve(entries);
    if (entries > heads_.size()) grow(std::bit_ceil(entries | 16));
}

void EqualityIndex::add(std::uint32_t hash_value, RowIndex row) {
    if (entries_.size() >= heads_.size()) grow(heads_.empty() ? 16 : heads_.size() * 2);
    std::uint32_t& head = heads_[hash_value & (heads_.size() - 1)];
    entries_.push_back({hash_value, row, head});
    head = static_cast<std::uint32_t>(entries_.size() - 1);
}

void EqualityIndex::grow(std::size_t buckets) {
    heads_.assign(buckets, none);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::uint32_t& head = heads_[entries_[i].hash & (buckets - 1)];
        entries_[i].next = head;
        head = static_cast<std::uint32_t>(i);
    }
}

}  // namespace outpost
