// RecordHistory: what happened to one record, field by field, as the journal and its history tell it: who, when, from
// what, to what, and when it was created, deleted and restored. Reads backwards in pages, so that memory is bounded by a
// page however long the history is, and stops at the record's creation.
// Invariant: a line is only ever what an entry says; what could not be read is counted, not guessed.
// Called by: the shells' scripting, pages that show a record's history.
#pragma once

#include <functional>
#include <vector>

#include "core/store/group_pages.h"

namespace outpost {

enum class RecordEvent : std::uint8_t { Created, FieldChanged, Deleted, Restored };

struct RecordHistoryLine {
    Sequence sequence = 0;
    Milliseconds time = 0;
    RecordRef user;
    EditOrigin origin = EditOrigin::User;
    RecordEvent event = RecordEvent::FieldChanged;
    FieldIndex field = no_field;   // FieldChanged only, one line of a field in an edit; for a creation's values `before` is null
    Value before, after;
};

struct RecordHistory {
    std::vector<RecordHistoryLine> lines;  // newest first
    bool reaches_creation = false;         // else the storage keeps no more, or `lines_max` or the range's end was reached
    std::uint32_t entries_damaged = 0;
    std::uint64_t sequences_missing = 0;
    std::uint64_t left_out = 0;            // groups that were too large for the range
};

// Lines of the groups, newest first, that concern the record; true when its creation was among them.
bool add_history_lines(const std::vector<ChangeGroup>& groups, const Schema& schema, RecordRef record, RecordHistory& out);

// Calls back once. `database` and `records` must outlive the call.
void load_record_history(Database& database, const Records& records, GroupRange range, RecordRef record, std::size_t lines_max,
                         std::function<void(Result<RecordHistory>)> done);

}  // namespace outpost
