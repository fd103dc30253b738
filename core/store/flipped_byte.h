// A byte that changed since its checksum was made is found from the checksum alone: CRC-32C is linear, and the difference
// that it shows tells what changed where. Invariant: what was not the work of one byte is left as it is, but for one case
// in about a hundred, so whoever uses what was mended says that it was damaged. Called by: snapshot.
#pragma once

#include <cstdint>
#include <span>

namespace outpost {

// True when the bytes now have this checksum, or it is the checksum's own byte that changed.
bool mend_flipped_byte(std::span<std::uint8_t> bytes, std::uint32_t checksum);

}  // namespace outpost
