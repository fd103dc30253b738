// Small planning helpers shared by transactions and commands: defaults, auto-numbers, details of a master, labels of
// edits. Called by: edit only.
#pragma once

#include <vector>

#include "core/edit/editor.h"
#include "core/objects/records.h"

namespace outpost {

// What a new record gets in a field that isn't given: picklist default, default value, the current user as owner.
Result<Value> default_value(const Records& records, const EditContext& context, const Object& object, const Field& field);
// The number that the next record gets: numbers only ever rise with the rows.
std::int64_t next_auto_number(const Table& table, FieldIndex field);
// Rows of `child` in state `state` whose lookup points at one of the (ascending) rows of `parent`.
std::vector<RowIndex> details_of(const Records& records, Schema::ChildRelationship child, ObjectIndex parent,
                                 const std::vector<RowIndex>& rows, RowState state);
// The current user, the organization and a queue with leads can't be deleted.
Status check_removable(const Records& records, const EditContext& context, ObjectIndex object, const std::vector<RowIndex>& rows);

}  // namespace outpost
