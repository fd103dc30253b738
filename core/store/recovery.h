// Recovery: from what the copies of a store hold, checked byte by byte, to the newest records that can be had. Takes
// the newest snapshot that is whole, in whichever copy, and every journal entry after it from whichever copy has it
// intact. Touches no storage: it is given bytes and gives records.
// Invariant: nothing damaged is passed over in silence: it is in the report, and its bytes are kept, those of a snapshot
// unless all that it held is there.
// Called by: database.
#pragma once

#include <map>
#include <vector>

#include "core/store/database.h"
#include "core/store/journal_codec.h"
#include "core/store/snapshot.h"

namespace outpost {

// All that was read, sorted and checked by its checksums alone.
struct StoreFindings {
    std::vector<StoredCopy> copies;            // owns the bytes that `entries` refer to
    std::vector<Bytes> history;                // entries that a snapshot had replaced, where they were needed
    std::map<Sequence, EntryFrame> entries;    // intact ones, of all copies, after `start`
    Sequence start = 0;                        // where the newest store begins: a copy of an erased one counts for nothing
    std::vector<Bytes> damaged;
    std::uint32_t entries_damaged = 0;
    std::uint32_t entries_unfinished = 0;
    bool copy_lost = false;
    bool newer_format = false;
    bool anything = false;                     // something is stored
};
StoreFindings sort_findings(std::vector<StoredCopy> copies);
void add_history(StoreFindings& findings, std::vector<Bytes> history);

struct Recovered {
    Records records;
    OpenReport report;
    std::uint64_t last_stamp = 0;
    std::uint32_t id_salt = 0;                 // 0: none was found
    std::vector<ChangeGroup> undoable;         // the last groups, oldest first, for the undo stack
    std::uint64_t journal_bytes = 0;
    std::uint64_t snapshot_bytes = 0;
    // The copies lack something: the history from this sequence on may hold more. 0: nothing is lacking.
    Sequence history_wanted_from = 0;
};

inline constexpr std::size_t undo_groups_max = 100;

// `salvage` also uses what is left of a damaged snapshot; tried last.
Recovered recover(const StoreFindings& findings, bool salvage);

}  // namespace outpost
