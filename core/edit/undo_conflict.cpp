#include "core/edit/undo_conflict.h"

#include <algorithm>

namespace outpost {

namespace {

bool is_stamp(FieldIndex field) { return field == system_field::last_modified_date || field == system_field::last_modified_by; }

bool share_a_row(const std::vector<RowIndex>& a, const std::vector<RowIndex>& b) {
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
        if (*left == *right) return true;
        if (*left < *right) ++left;
        else ++right;
    }
    return false;
}

bool share_a_field(const RecordsChanged& a, const RecordsChanged& b) {
    for (const FieldChange& left : a.fields)
        for (const FieldChange& right : b.fields)
            if (left.field == right.field && !is_stamp(left.field)) return true;
    return false;
}

ObjectIndex object_of(const Change& change) {
    return std::visit([](const auto& step) { return step.object; }, change);
}

const std::vector<RowIndex>* rows_of(const Change& change) {
    if (const auto* changed = std::get_if<RecordsChanged>(&change)) return &changed->rows;
    if (const auto* state = std::get_if<StateChanged>(&change)) return &state->rows;
    return nullptr;
}

template <typename T>
bool is_there(const std::shared_ptr<const T>& definition) { return definition && !definition->deleted; }

bool comes_or_goes(const SchemaChange& object) { return is_there(object.object_before) != is_there(object.object_after); }

bool refers(const std::shared_ptr<const Field>& field, ObjectIndex object) {
    return field && std::ranges::contains(field->reference_to, object);
}

// Whether a field's definition names another field: the picklist that it depends on, what its values ask for, where a
// lead's value goes.
bool names(const std::shared_ptr<const Field>& field, ObjectIndex object, const SchemaChange& other) {
    if (!field) return false;
    if (std::ranges::contains(field->converts_to, ConversionTarget{other.object, other.field})) return true;
    const auto asks = [&](const PicklistValue& value) { return std::ranges::contains(value.key_fields, other.field) || std::ranges::contains(value.required_fields, other.field); };
    return object == other.object && (field->controller == other.field || std::ranges::any_of(field->values, asks));
}

// Whether one definition stands on another one: a field on its object, a lookup on its target, lanes on their picklist.
bool stands_on(const SchemaChange& change, const SchemaChange& other) {
    if (other.field == no_field) {
        if (!comes_or_goes(other)) return false;
        const auto points = [&](const std::shared_ptr<const Field>& field) { return is_there(field) && refers(field, other.object); };
        return change.object == other.object || points(change.field_before) != points(change.field_after);
    }
    if (change.field != no_field) return names(change.field_before, change.object, other) || names(change.field_after, change.object, other);
    const auto has_lanes = [&](const std::shared_ptr<const Object>& object) { return object && object->board_field == other.field; };
    return change.object == other.object && has_lanes(change.object_before) != has_lanes(change.object_after);
}

// A definition that only changed, or was deleted, has to do with the edits that set its field, and no others.
// New records may hold its new values: apply refuses to take away a value that is in use.
bool leaves_alone(const SchemaChange& definition, const Change& records) {
    if (definition.field == no_field) return !comes_or_goes(definition);
    if (!definition.field_before || !definition.field_after) return false;
    const auto* values = std::get_if<RecordsChanged>(&records);
    if (!values || values->object != definition.object) return true;
    return std::none_of(values->fields.begin(), values->fields.end(), [&](const FieldChange& field) { return field.field == definition.field; });
}

// A new definition touches all records of its object, and those that it refers to.
bool touches_records(const SchemaChange& definition, const Change& records) {
    if (leaves_alone(definition, records)) return false;
    const ObjectIndex object = object_of(records);
    return definition.object == object || refers(definition.field_before, object) || refers(definition.field_after, object);
}

bool touches(const Change& mine, const Change& theirs) {
    const auto *my_definition = std::get_if<SchemaChange>(&mine), *their_definition = std::get_if<SchemaChange>(&theirs);
    if (my_definition && their_definition) {
        const bool same = my_definition->object == their_definition->object && my_definition->field == their_definition->field;
        return same || stands_on(*my_definition, *their_definition) || stands_on(*their_definition, *my_definition);
    }
    if (my_definition) return touches_records(*my_definition, theirs);
    if (their_definition) return touches_records(*their_definition, mine);
    if (object_of(mine) != object_of(theirs)) return false;
    const auto* my_rows = rows_of(mine);
    const auto* their_rows = rows_of(theirs);
    if (!my_rows || !their_rows) return true;
    const auto* my_values = std::get_if<RecordsChanged>(&mine);
    const auto* their_values = std::get_if<RecordsChanged>(&theirs);
    if (my_values && their_values && !share_a_field(*my_values, *their_values)) return false;
    return share_a_row(*my_rows, *their_rows);
}

}  // namespace

bool can_undo_alone(const ChangeGroup& inverse, const std::vector<const ChangeGroup*>& later) {
    for (const ChangeGroup* group : later)
        for (const Change& theirs : group->changes)
            for (const Change& mine : inverse.changes)
                if (touches(mine, theirs)) return false;
    return true;
}

void keep_later_stamps(ChangeGroup& inverse, const std::vector<const ChangeGroup*>& later) {
    for (Change& change : inverse.changes) {
        auto* mine = std::get_if<RecordsChanged>(&change);
        if (!mine) continue;
        bool stamped = false;
        for (const ChangeGroup* group : later)
            for (const Change& theirs : group->changes)
                if (const auto* values = std::get_if<RecordsChanged>(&theirs); values && values->object == mine->object)
                    stamped = stamped || share_a_row(mine->rows, values->rows);
        if (stamped) std::erase_if(mine->fields, [](const FieldChange& field) { return is_stamp(field.field); });
    }
}

}  // namespace outpost
