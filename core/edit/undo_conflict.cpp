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

// A field whose definition only changed (new picklist values) has to do with the edits that set it, and no others.
// New records may hold its new values: apply refuses to take away a value that is in use.
bool leaves_alone(const Change& definition, const Change& other) {
    const auto* schema = std::get_if<SchemaChange>(&definition);
    if (!schema || !schema->field_before || !schema->field_after) return false;
    if (std::holds_alternative<SchemaChange>(other)) return false;
    const auto* values = std::get_if<RecordsChanged>(&other);
    if (!values || values->object != schema->object) return true;
    return std::none_of(values->fields.begin(), values->fields.end(), [&](const FieldChange& field) { return field.field == schema->field; });
}

// A definition touches all records of its object, and what refers to that object.
bool touches(const Change& mine, const Change& theirs) {
    const auto refers = [](const Change& change, ObjectIndex object) {
        const auto* schema = std::get_if<SchemaChange>(&change);
        if (!schema) return false;
        for (const auto& field : {schema->field_before, schema->field_after})
            if (field && std::find(field->reference_to.begin(), field->reference_to.end(), object) != field->reference_to.end()) return true;
        return false;
    };
    const bool schema = std::holds_alternative<SchemaChange>(mine) || std::holds_alternative<SchemaChange>(theirs);
    if (schema && (leaves_alone(mine, theirs) || leaves_alone(theirs, mine))) return false;
    if (schema) return object_of(mine) == object_of(theirs) || refers(mine, object_of(theirs)) || refers(theirs, object_of(mine));
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
