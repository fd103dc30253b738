// Applier: the only code that mutates records. Performs single steps of a change group and takes them back.
// Invariant: after each step derived columns and indexes are right. check() is for steps from outside (a journal); a
// Transaction performs only what it validated itself. Called by: edit/transaction, edit/apply (groups).
#pragma once

#include "core/edit/change.h"
#include "core/objects/records.h"

namespace outpost {

class Applier {
public:
    // `time` and `user` are the group's: new records are stamped with them.
    Applier(Records& records, Milliseconds time, RecordRef user) : records_(records), time_(time), user_(user) {}

    // Whether the step fits the records as they are now, as far as memory safety needs it.
    Status check(const Change& change) const;
    void perform(const Change& change);
    // The same for a change that nobody needs the new records' values of any more: they are moved where they can be.
    void perform_taking(Change& change);
    // Exactly the state before the step, for a refused edit: new rows go away without a trace.
    void take_back(const Change& change);
    Change with_present_state(const Change& change) const;

private:
    void perform_schema(const SchemaChange& change);
    void perform_created(const RecordsCreated& change, std::vector<FieldColumn>* taken);
    void perform_changed(const RecordsChanged& change, bool backwards);
    void perform_state(const StateChanged& change, RowState state);
    void stamp(Table& table, FieldIndex field, const std::vector<FieldColumn>& given, RowIndex first, std::int64_t value);

    Records& records_;
    Milliseconds time_;
    RecordRef user_;
};

// apply() for a group that was read back: takes the new records' values out of it. What is left is what undo needs.
Status apply_taking(Records& records, ChangeGroup& group);

}  // namespace outpost
