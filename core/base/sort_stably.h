// Sorting that is short of bytes to download, not of time: std::sort with a comparison of its own is 2 to 5 KB of the
// page at each place that calls it, and most lists have a few dozen items. Here is one loop for all of them.
// What is sorted by the hundred thousand while somebody waits calls std::sort itself.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace outpost {

// A reference to a caller's function that tells whether the item at the first position belongs before the one at
// the second; the function must outlive it.
class PositionOrder {
public:
    template <class Function>
    explicit PositionOrder(const Function& function)
        : function_(std::addressof(function)),
          call_([](const void* kept, std::uint32_t a, std::uint32_t b) { return static_cast<bool>((*static_cast<const Function*>(kept))(a, b)); }) {}
    bool operator()(std::uint32_t a, std::uint32_t b) const { return call_(function_, a, b); }

private:
    const void* function_;
    bool (*call_)(const void*, std::uint32_t, std::uint32_t);
};

// The positions 0 to count - 1 in the order asked for; equal ones stay as they were.
std::vector<std::uint32_t> stable_positions(std::size_t count, PositionOrder is_before);

// Sorts the items, of which equal ones stay in the order they had. `is_before` takes two items.
template <class Item, class IsBefore>
void sort_stably(std::vector<Item>& items, const IsBefore& is_before) {
    const auto by_position = [&](std::uint32_t a, std::uint32_t b) { return is_before(items[a], items[b]); };
    std::vector<Item> sorted;
    sorted.reserve(items.size());
    for (const std::uint32_t position : stable_positions(items.size(), PositionOrder(by_position))) sorted.push_back(std::move(items[position]));
    items = std::move(sorted);
}
template <class Item>
void sort_stably(std::vector<Item>& items) {
    sort_stably(items, [](const Item& a, const Item& b) { return a < b; });
}

}  // namespace outpost
