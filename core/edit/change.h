// ChangeGroup: one atomic, undoable edit, as before/after values in columnar form, so that one edited field and a
// hundred thousand imported records are the same thing. It is what apply() performs, undo reverses and the journal
// keeps. Rows are given by number: replaying the journal gives the same rows.
// Invariant: applying a group and then its inverse gives the starting state.
// Called by: edit (planners, apply, undo), store (journal codec), transfer (import builds them).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/record_id.h"
#include "core/objects/column.h"
#include "core/objects/table.h"

namespace outpost {

// Values of one field for the rows of a RecordsCreated (all of them, in order) or a ColumnPatch.
struct FieldColumn {
    FieldIndex field = no_field;
    Column values;
};

// `count` new records at rows first_row.., with consecutive ids. Fields not named are null.
// The inverse makes the rows Absent; making them again (redo) only sets them Live: their values are still there.
struct RecordsCreated {
    ObjectIndex object = no_object;
    RowIndex first_row = no_row;
    std::uint32_t count = 0;
    RecordId first_id;
    std::vector<FieldColumn> columns;  // may be emptied after apply, when the group goes on the undo stack
};

// Values of one field changed at some rows.
struct ColumnPatch {
    ObjectIndex object = no_object;
    FieldIndex field = no_field;
    std::vector<RowIndex> rows;   // ascending, each once
    Column before;                // one value a row
    Column after;                 // one value a row, or exactly one value for all rows
};

struct StatePatch {
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;          // ascending, each once
    std::vector<RowState> before;        // one a row
    RowState after = RowState::Live;
};

// A definition changed. before/after empty: it was not there / it goes away (undo of a definition).
struct SchemaChange {
    ObjectIndex object = no_object;
    FieldIndex field = no_field;         // no_field: the object itself, without its fields
    std::optional<Object> object_before, object_after;
    std::optional<Field> field_before, field_after;
};

// One step of a group; steps are applied in order and reversed in the opposite order.
struct Change {
    enum class Kind : std::uint8_t { Schema, Created, Patch, State } kind = Kind::Patch;
    SchemaChange schema;
    RecordsCreated created;
    ColumnPatch patch;
    StatePatch state;
};

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

// The group that takes `group` back. A creation's inverse is a StatePatch to Absent, and the other way round.
ChangeGroup inverse(const ChangeGroup& group);

}  // namespace outpost
