// ChangeGroup: one atomic, undoable edit, as before/after values in columnar form, so that one edited field and a
// hundred thousand imported records are the same thing. It is what apply() performs, undo reverses and the journal
// keeps. Rows are given by number: replaying the journal gives the same rows. Derived columns are not in a group:
// apply computes them anew.
// Invariant: applying a group and then its inverse gives the starting state.
// Called by: edit (planners, apply, undo), store (journal codec), transfer (import builds them).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/base/date.h"
#include "core/base/record_id.h"
#include "core/objects/column.h"
#include "core/objects/table.h"

namespace outpost {

// Values of one field for all rows of a RecordsCreated, in order: one a row, or exactly one for all of them.
struct FieldColumn {
    FieldIndex field = no_field;
    Column values;
};

// `count` new records at rows first_row.., with consecutive ids. Fields not named are null, but for the stamps
// (CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, an opportunity's StageEntered), which come from the
// group's time and user. The inverse makes the rows Absent; making them again (redo) sets them Live: their values
// are still there.
struct RecordsCreated {
    ObjectIndex object = no_object;
    RowIndex first_row = no_row;
    std::uint32_t count = 0;
    RecordId first_id;
    std::vector<FieldColumn> columns;
};

// New values of one field; before and after each hold one value a row, or exactly one for all rows.
struct FieldChange {
    FieldIndex field = no_field;
    Column before;
    Column after;
};

// Values of some fields changed at some rows.
struct RecordsChanged {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;        // ascending, each once
    std::vector<FieldChange> fields;   // each field once
};

// Rows that went from one state to another (recycle bin, restore, undo of a creation).
struct StateChanged {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;        // ascending, each once; all of them were in `before`
    RowState before = RowState::Live;
    RowState after = RowState::Live;
};

// A definition changed. before/after null: it was not there / it goes away (undo of a definition).
struct SchemaChange {
    ObjectIndex object = no_object;
    FieldIndex field = no_field;       // no_field: the object itself; its `fields` count only when it is new
    std::shared_ptr<const Object> object_before, object_after;
    std::shared_ptr<const Field> field_before, field_after;
};

// One step of a group; steps are applied in order and reversed in the opposite order.
using Change = std::variant<SchemaChange, RecordsCreated, RecordsChanged, StateChanged>;

enum class EditOrigin : std::uint8_t { User, Import, Undo, Redo, SampleData, Sync };

struct ChangeGroup {
    Sequence sequence = 0;            // journal sequence, set when it is applied
    Milliseconds time = 0;            // when, by the clock
    std::uint64_t stamp = 0;          // hybrid logical clock: milliseconds << 16 | count
    RecordRef user;                   // who
    EditOrigin origin = EditOrigin::User;
    Sequence reverses = 0;            // the sequence that an undo takes back or a redo brings again; 0 else
    std::string label_key;            // catalogue key of what it did, for "Undo {…}": "edit.update", "edit.convert_lead"
    std::vector<std::string> label_arguments;
    std::vector<Change> changes;
    bool empty() const { return changes.empty(); }
    std::size_t bytes() const;        // rough memory held
};

// The group that takes `group` back: the same steps in the opposite order, before and after exchanged. A creation's
// inverse is a StateChanged to Absent. Time, user and label stay; sequence, stamp, origin and reverses are cleared.
ChangeGroup inverse(ChangeGroup group);

}  // namespace outpost
