// Small planning helpers shared by transactions and commands: defaults, auto-numbers, details of a master, labels of
// edits. Called by: edit, and what removes sample data.
#pragma once

#include <vector>

#include "core/edit/editor.h"
#include "core/objects/records.h"

namespace outpost {

// What a new record gets in a field that isn't given: picklist default, default value, the current user as owner.
Result<Value> default_value(const Records& records, const EditContext& context, const Object& object, const Field& field);
// The number that the next record gets: numbers only ever rise with the rows.
std::int64_t next_auto_number(const Table& table, FieldIndex field);
// Whether records of the object are details of others.
bool has_master(const Object& object);
// Rows of `child` that go to state `after` with one of the (ascending) rows of `parent`, their masters: live ones into the
// recycle bin; out of it those that went there with their master; for good all of them.
std::vector<RowIndex> details_of(const Records& records, Schema::ChildRelationship child, ObjectIndex parent,
                                 const std::vector<RowIndex>& rows, RowState after);
// The current user, the organization and a queue with leads can't be deleted.
Status check_removable(const Records& records, const EditContext& context, ObjectIndex object, const std::vector<RowIndex>& rows);

}  // namespace outpost
