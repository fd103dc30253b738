#include "core/base/crc.h"

#include <array>
#include <bit>
#include <cstring>

namespace outpost {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t polynomial = 0x82F6'3B78u;  // reflected
constexpr int slices = 8;
constexpr std::size_t lane_bytes = 4096;            // of a block's two halves, which are summed side by side

// Made when first needed: in the program they would be thousands of bytes that don't compress.
struct Tables {
    std::array<std::array<std::uint32_t, 256>, slices> slice{};
    std::array<std::array<std::uint32_t, 256>, 4> past_lane{};  // by byte of a sum: the sum after lane_bytes zeros

    Tables() {
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            std::uint32_t crc = byte;
            for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? polynomial : 0u);
            slice[0][byte] = crc;
        }
        for (std::uint32_t byte = 0; byte < 256; ++byte)
            for (std::size_t i = 1; i < slices; ++i) slice[i][byte] = (slice[i - 1][byte] >> 8) ^ slice[0][slice[i - 1][byte] & 0xFF];
        // What a zero byte makes of a sum is linear in its bits: squared 12 times, what 4,096 of them do.
        std::array<std::uint32_t, 32> zeros{};
        for (std::size_t bit = 0; bit < zeros.size(); ++bit) zeros[bit] = after_zero(std::uint32_t{1} << bit);
        for (std::size_t bytes = 1; bytes < lane_bytes; bytes *= 2) {
            const std::array<std::uint32_t, 32> half = zeros;
            for (std::uint32_t& image : zeros) image = apply(half, image);
        }
        for (std::uint32_t byte = 0; byte < 256; ++byte)
            for (std::size_t i = 0; i < past_lane.size(); ++i) past_lane[i][byte] = apply(zeros, byte << (8 * i));
    }
    std::uint32_t after_zero(std::uint32_t crc) const { return (crc >> 8) ^ slice[0][crc & 0xFF]; }
    static std::uint32_t apply(const std::array<std::uint32_t, 32>& images, std::uint32_t crc) {
        std::uint32_t sum = 0;
        for (; crc != 0; crc &= crc - 1) sum ^= images[static_cast<std::size_t>(std::countr_zero(crc))];
        return sum;
    }
    std::uint32_t after_eight(std::uint32_t crc, const unsigned char* bytes) const {
        std::uint32_t low, high;
        std::memcpy(&low, bytes, 4);
        std::memcpy(&high, bytes + 4, 4);
        low ^= crc;
        return slice[7][low & 0xFF] ^ slice[6][(low >> 8) & 0xFF] ^ slice[5][(low >> 16) & 0xFF] ^ slice[4][low >> 24] ^
               slice[3][high & 0xFF] ^ slice[2][(high >> 8) & 0xFF] ^ slice[1][(high >> 16) & 0xFF] ^ slice[0][high >> 24];
    }
};

// A call for each block: a browser that has only just compiled the program replaces a function by a faster form when it
// is called anew, not within a long loop.
[[gnu::noinline]] std::uint32_t after_block(const Tables& tables, const unsigned char* bytes, std::uint32_t crc) {
    std::uint32_t second = 0;
    for (std::size_t at = 0; at < lane_bytes; at += 8) {
        crc = tables.after_eight(crc, bytes + at);
        second = tables.after_eight(second, bytes + lane_bytes + at);
    }
    const auto& past = tables.past_lane;
    return past[0][crc & 0xFF] ^ past[1][(crc >> 8) & 0xFF] ^ past[2][(crc >> 16) & 0xFF] ^ past[3][crc >> 24] ^ second;
}

}  // namespace

std::uint32_t crc32c(const void* data, std::size_t size, std::uint32_t crc) {
    static const Tables tables;
    const auto* bytes = static_cast<const unsigned char*>(data);
    crc = ~crc;
    for (; size >= 2 * lane_bytes; bytes += 2 * lane_bytes, size -= 2 * lane_bytes) crc = after_block(tables, bytes, crc);
    for (; size >= 8; bytes += 8, size -= 8) crc = tables.after_eight(crc, bytes);
    for (; size > 0; ++bytes, --size) crc = (crc >> 8) ^ tables.slice[0][(crc ^ *bytes) & 0xFF];
    return ~crc;
}

}  // namespace outpost
