#include "core/store/flipped_byte.h"

#include <bit>

#include "core/base/crc.h"

namespace outpost {
namespace {

constexpr std::uint32_t polynomial = 0x82F6'3B78u;  // of CRC-32C, reflected
// The more places there are, the likelier another kind of damage looks like one byte; like one bit, 32 times less.
constexpr std::size_t bytes_max = 128 << 10, bytes_for_bit_max = 4 << 20;

}  // namespace

bool mend_flipped_byte(std::span<std::uint8_t> bytes, std::uint32_t checksum) {
    std::uint32_t difference = crc32c(bytes.data(), bytes.size()) ^ checksum;
    for (int shift = 0; shift < 32; shift += 8)
        if ((difference & ~(0xFFu << shift)) == 0) return true;
    if (bytes.size() > bytes_for_bit_max) return false;
    // Back from the end, as if the bytes passed had never been summed: where the difference began it is that of the byte.
    for (std::size_t at = bytes.size(); at > 0;) {
        --at;
        for (int bit = 0; bit < 8; ++bit)
            difference = difference & 0x8000'0000u ? (difference ^ polynomial) << 1 | 1 : difference << 1;
        if (difference > 0xFF || (bytes.size() > bytes_max && !std::has_single_bit(difference))) continue;
        bytes[at] ^= static_cast<std::uint8_t>(difference);
        return true;
    }
    return false;
}

}  // namespace outpost
