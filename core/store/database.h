// Database: keeps records durable. Appends each change group to the journal, writes snapshots, and brings the
// records back at opening, reporting whatever was damaged. The journal is the truth; a snapshot makes opening fast.
// Invariant: after recovery the records equal the state at one sequence between the durable and the applied one.
// Called by: workspace.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/ports.h"
#include "core/edit/editor.h"

namespace outpost {

// What opening found. Shown to the person when anything was damaged or recovered.
struct OpenReport {
    bool first_visit = false;               // nothing was stored at all
    bool newer_format = false;              // written by a newer version: refused, nothing touched
    std::string copy_used;                  // "opfs"
    bool copy_lost = false;                 // one copy had been thrown away by the browser and was written anew
    bool snapshot_damaged = false;
    Sequence snapshot_sequence = 0;
    Sequence last_sequence = 0;
    std::uint32_t entries_replayed = 0;
    std::uint32_t entries_damaged = 0;
    std::vector<Sequence> sequences_missing;
    std::vector<Bytes> damaged_bytes;       // for export
    bool clean() const { return !copy_lost && !snapshot_damaged && entries_damaged == 0 && sequences_missing.empty(); }
};

class Database {
public:
    Database(Storage& storage, Records& records, Editor& editor);

    // Reads the store into the records and the editor's sequence and undo stack; calls back once.
    void open(std::function<void(Result<OpenReport>)> done);
    // Encodes and appends a group (from Editor::on_group).
    void append(const ChangeGroup& group);
    // Once a frame: flushes what was appended; starts a compaction when the journal outgrew the snapshot.
    void tick();
    Sequence durable_sequence() const;
    StorageState state() const;
    // Writes a snapshot of the present state and drops older journal entries' need (history is kept in archived segments).
    void compact(std::function<void(Status)> done);
    // Recomputes checksums, indexes and derived columns naively; every deviation is a line.
    std::vector<std::string> verify() const;

private:
    Storage& storage_;
    Records& records_;
    Editor& editor_;
    Sequence appended_sequence_ = 0;
    std::uint64_t journal_bytes_ = 0;
    std::uint64_t snapshot_bytes_ = 0;
    bool compacting_ = false;
};

// The codecs, public for fuzzing and fixtures. Framing: magic, format, length, sequence, CRC-32C, payload.
void encode_entry(const ChangeGroup& group, const Records& records, Bytes& out);
Result<ChangeGroup> decode_entry(ByteView bytes, const Records& records);

}  // namespace outpost
