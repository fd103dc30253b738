// The snapshot's format: all records at one sequence, columns as they lie in memory, each section with its own CRC-32C,
// so that opening is a read and a copy. Header, directory of sections, then the sections. A column whose values are all
// the same is one value. The last entries of the journal are in it in short, so that they can still be undone. What the
// rest can't be read without is there twice, in front and at the end.
// Invariant: reading trusts nothing: every size is checked against the bytes that are there, every code, row and
// reference against what it points at. Called by: database, recovery, transfer (backup), fuzzing.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/base/ports.h"
#include "core/objects/records.h"

namespace outpost {

inline constexpr std::uint16_t snapshot_format = 2;   // as journal_format

struct SnapshotHead {
    Sequence sequence = 0;
    std::uint64_t stamp = 0;    // newest hybrid stamp
    std::uint32_t id_salt = 0;  // of this device
};

// Writes a snapshot in steps, so that a frame is not blocked. The records must not change between the steps: whoever
// drives it begins anew when they did.
class SnapshotWriter {
public:
    // `kept` are damaged bytes of an earlier recovery that nobody has exported yet; `undo` the last entries in short.
    // Both must stay as they are while it writes.
    SnapshotWriter(const Records& records, const SnapshotHead& head, const std::vector<Bytes>& kept, const std::vector<Bytes>& undo);
    ~SnapshotWriter();
    std::uint64_t total_bytes() const;
    // Writes about `bytes_max` more through `write`, in pieces of at most 4 MB. True when all is written.
    bool step(const std::function<void(ByteView)>& write, std::uint64_t bytes_max);

private:
    struct State;
    std::unique_ptr<State> state_;
};

Bytes write_snapshot_bytes(const Records& records, const SnapshotHead& head, const std::vector<Bytes>& kept);

enum class SnapshotRead : std::uint8_t {
    Strict,   // any fault refuses the whole
    Salvage,  // takes what is there: one flipped byte is mended, a damaged column becomes null, records whose ids are lost
              // get others, a lost schema is the standard one; the damaged bytes are kept. Only a lost directory refuses
};

struct SnapshotContent {
    SnapshotHead head;
    Records records;               // standard objects of this version added
    std::vector<Bytes> kept;       // as written
    std::vector<Bytes> undo;       // as written, oldest first
    std::vector<Bytes> damaged;    // Salvage: sections that could not be used, or were mended
    bool is_whole = true;          // nothing is lacking
};

enum class SnapshotState : std::uint8_t { Whole, Damaged, NewerFormat };
struct SnapshotPeek {
    SnapshotState state = SnapshotState::Damaged;
    SnapshotHead head;    // sequence 0: not even that can be read
};
// Only the header.
SnapshotPeek peek_snapshot(ByteSource& source);

enum class TextCheck : std::uint8_t { TrustChecksum, Utf8 };  // Utf8: for bytes from elsewhere (a restored backup)
Result<SnapshotContent> read_snapshot(ByteSource& source, SnapshotRead mode, TextCheck text_check);

// Bytes in memory as a source.
class MemorySource : public ByteSource {
public:
    explicit MemorySource(ByteView bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override;

private:
    ByteView bytes_;
};

}  // namespace outpost
