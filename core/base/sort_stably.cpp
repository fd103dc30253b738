#include "core/base/sort_stably.h"

#include <algorithm>
#include <numeric>

namespace outpost {

std::vector<std::uint32_t> stable_positions(std::size_t count, PositionOrder is_before) {
    std::vector<std::uint32_t> positions(count);
    std::iota(positions.begin(), positions.end(), 0u);
    std::stable_sort(positions.begin(), positions.end(), is_before);
    return positions;
}

}  // namespace outpost
