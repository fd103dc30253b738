// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of journal entries and snapshot parts.
// Invariant: crc32c of "123456789" is 0xE3069283. Called by: store.
#pragma once

#include <cstddef>
#include <cstdint>

namespace outpost {

// Continues from `crc`, the value of the bytes before (0 at the start), so that parts may be fed one by one.
std::uint32_t crc32c(const void* data, std::size_t size, std::uint32_t crc = 0);

}  // namespace outpost
