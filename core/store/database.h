// Database: keeps records durable. Appends each change group to the journal, writes snapshots, and brings the
// records back at opening, reporting whatever was damaged. The journal is the truth; a snapshot makes opening fast.
// Invariant: after recovery the records equal the state at one sequence between the durable and the applied one.
// Called by: workspace.
#pragma once

#include <functional>
#include <memory>
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
    enum class Loss { None, Part, All } snapshot_loss = Loss::None;  // of what a damaged snapshot held: lacking now
    Sequence snapshot_sequence = 0;
    Sequence last_sequence = 0;
    std::uint32_t entries_replayed = 0;
    std::uint32_t entries_damaged = 0;
    std::uint32_t entries_unfinished = 0;   // appends that a kill cut off; they were never acknowledged
    std::vector<Sequence> sequences_missing;
    std::vector<Bytes> damaged_bytes;       // for export; kept in the store until discard_damaged()
    // The message for a damaged snapshot.
    const char* snapshot_message() const {
        return snapshot_loss == Loss::None ? "app.recovery.snapshot" : snapshot_loss == Loss::Part ? "app.recovery.snapshot_part" : "app.recovery.snapshot_all";
    }
    bool clean() const { return !copy_lost && !snapshot_damaged && entries_damaged == 0 && sequences_missing.empty(); }
};

// Groups as they were read back from the journal and its history.
struct GroupHistory {
    std::vector<ChangeGroup> groups;      // by sequence, each once
    std::uint32_t entries_damaged = 0;    // found, and readable in no copy
    std::uint64_t sequences_missing = 0;  // of those asked for and already given out
    std::uint64_t left_out = 0;           // found, but larger than was asked for
};

class Database {
public:
    Database(Storage& storage, Records& records, Editor& editor);
    ~Database();

    // Reads the store into the records and the editor's sequence, salt and undo stack; calls back once. After any
    // damage the next tick writes all copies anew from what was recovered.
    void open(std::function<void(Result<OpenReport>)> done);
    // Encodes and appends a group (from Editor::on_group).
    void append(const ChangeGroup& group);
    // Once a frame: flushes what was appended; writes a snapshot in slices, while nothing is edited, when the journal
    // outgrew it; at once and whole when the storage's durable sequence fell, for then what it had kept is gone.
    void tick();
    // Another tick should follow soon, though nothing else asks for a frame.
    bool wants_tick() const;
    Sequence durable_sequence() const;
    StorageState state() const;
    // Writes a snapshot of the present state at once, or after the one that is just being committed. The journal entries
    // that it replaces stay as history where the storage keeps it.
    void compact(std::function<void(Status)> done);
    // Recomputes row ids, indexes, derived columns and references naively, and sends the records through the
    // snapshot's format and back; every deviation is a line.
    std::vector<std::string> verify() const;

    // The groups of the journal from `first` to `last`, as far as the storage keeps them: field history, "as of". What
    // is damaged in one copy is taken from the other; what is damaged in all is counted. Groups whose entry is larger than
    // entry_bytes_max are left out.
    void load_groups(Sequence first, Sequence last, std::function<void(Result<GroupHistory>)> done, std::size_t entry_bytes_max = SIZE_MAX);

    // Damaged bytes that opening found and nobody has exported yet.
    const std::vector<Bytes>& damaged() const;
    void discard_damaged();
    std::uint64_t journal_bytes() const;
    std::uint64_t snapshot_bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// What Database::verify() does, over any records.
std::vector<std::string> verify_records(const Records& records);

}  // namespace outpost
