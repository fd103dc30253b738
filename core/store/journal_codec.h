// The journal's format: one change group as one framed entry. Frame: magic, format, payload length, sequence, CRC-32C
// over all of it; the payload is columnar (column_codec), definitions inside are JSON.
// Invariant: decoding never trusts a length and allocates no more than the bytes justify; what it gives still has to
// pass apply(). Formats that were once released are read for ever (tests/fixtures).
// Called by: database, recovery, transfer (backup), fuzzing.
#pragma once

#include <array>
#include <vector>

#include "core/base/ports.h"
#include "core/edit/change.h"
#include "core/objects/records.h"
#include "core/store/byte_stream.h"

namespace outpost {

// 2: records that were deleted by themselves (RowState::Removed). All older ones are read.
inline constexpr std::uint16_t journal_format = 2;
inline constexpr std::size_t entry_frame_bytes = 32;

// An encoded group that still refers to the group's own columns: append it before the group changes.
struct EncodedEntry {
    std::array<std::uint8_t, entry_frame_bytes> frame{};
    EntryParts payload;
    std::size_t size() const { return frame.size() + payload.size(); }
    std::vector<ByteView> parts() const;  // frame first
};

EncodedEntry encode_entry(const ChangeGroup& group, const Schema& schema);
Bytes encode_entry_bytes(const ChangeGroup& group, const Schema& schema);

enum class FrameState : std::uint8_t {
    Whole,
    Torn,         // shorter than it says: an append that never finished
    Damaged,      // no magic, or the checksum differs
    NewerFormat,  // whole, but written by a newer version
};

struct EntryFrame {
    FrameState state = FrameState::Damaged;
    Sequence sequence = 0;  // 0 unless Whole or NewerFormat
    ByteView payload;              // of an entry in memory
    ByteSource* source = nullptr;  // of one that is not: the whole of it, frame first
    std::uint64_t payload_bytes = 0;
    ByteReader reader() const;     // of the payload
};
EntryFrame read_entry_frame(ByteView bytes);
// The same of an entry outside of memory, which must stay there; it is read once, for its checksum.
EntryFrame read_entry_frame(ByteSource& source);
// Bytes of the entry that seems to begin here, by its magic and length; 0 when none does or it is not all there.
std::size_t entry_size_at(ByteView bytes);

enum class DecodeDepth : std::uint8_t {
    Everything,
    UndoOnly,  // created values are left out: their rows are there already
};
// The group of a whole frame. StorageFailure when the payload makes no sense.
Result<ChangeGroup> decode_entry(const EntryFrame& frame, DecodeDepth depth = DecodeDepth::Everything);

}  // namespace outpost
