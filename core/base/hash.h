// Hashing of bytes by XXH3 (the xxHash library). The 64-bit value is the same on every platform and in every release,
// so that it may be stored; it is no protection against a made-up clash. Called by: store, query, transfer, objects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace outpost {

std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed = 0);

inline std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0) {
    return hash_bytes(text.data(), text.size(), seed);
}

// Hasher of hash maps keyed by text; finds by std::string_view without making a string.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return static_cast<std::size_t>(hash_text(text)); }
};

// Hasher of whole numbers for maps whose tables are powers of two: every bit counts.
struct NumberHash {
    std::size_t operator()(std::uint64_t number) const noexcept {
        number ^= number >> 32;
        number *= 0x9E37'79B9'7F4A'7C15ull;
        return static_cast<std::size_t>(number >> 24);
    }
};

}  // namespace outpost
