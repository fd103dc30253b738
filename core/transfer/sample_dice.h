// Dice: the same numbers from a seed on every machine, for data that is made up.
// Called by: transfer (sample data).
#pragma once

#include <cstddef>
#include <cstdint>

namespace outpost {

// Splitmix64 (Steele, Lea, Flood 2014): the same numbers from a seed on every machine.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15ull + 0x1234'5678'9ABC'DEFull) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E37'79B9'7F4A'7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBull;
        return z ^ (z >> 31);
    }
    std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>((next() >> 32) * end >> 32); }
    std::int32_t between(std::int32_t first, std::int32_t last) { return first + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(last - first + 1))); }
    template <typename T, std::size_t N>
    const T& pick(const T (&list)[N]) { return list[below(static_cast<std::uint32_t>(N))]; }

private:
    std::uint64_t state_;
};

}  // namespace outpost
