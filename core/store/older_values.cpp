#include "core/store/older_values.h"

#include "core/objects/standard.h"

namespace outpost {

namespace {

void widen(ObjectIndex object, FieldIndex field, Column& values) {
    ObjectIndex target = no_object;
    if (values.kind() == ColumnKind::Row && was_single_lookup(object, field, target)) values = to_references(values.rows(), target);
}

void widen(ObjectIndex object, std::shared_ptr<const Field>& definition) {
    ObjectIndex target = no_object;
    if (!definition || !was_single_lookup(object, definition->index, target) || definition->reference_to.size() != 1) return;
    Field wider = *definition;
    wider.reference_to = {standard_object::user, standard_object::group};
    definition = std::make_shared<const Field>(std::move(wider));
}

}  // namespace

bool was_single_lookup(ObjectIndex object, FieldIndex field, ObjectIndex& target) {
    if (object != standard_object::lead || field != system_field::owner) return false;
    target = standard_object::user;
    return true;
}

Column to_references(std::span<const RowIndex> rows, ObjectIndex target) {
    Column out(ColumnKind::Ref);
    out.mutable_refs().reserve(rows.size());
    for (const RowIndex row : rows) out.mutable_refs().push_back(row == no_row ? RecordRef{} : RecordRef{target, row});
    return out;
}

void bring_up_to_date(ChangeGroup& group) {
    for (Change& change : group.changes) {
        if (auto* created = std::get_if<RecordsCreated>(&change)) {
            for (FieldColumn& column : created->columns) widen(created->object, column.field, column.values);
        } else if (auto* changed = std::get_if<RecordsChanged>(&change)) {
            for (FieldChange& field : changed->fields) {
                widen(changed->object, field.field, field.before);
                widen(changed->object, field.field, field.after);
            }
        } else if (auto* schema = std::get_if<SchemaChange>(&change)) {
            widen(schema->object, schema->field_before);
            widen(schema->object, schema->field_after);
        }
    }
}

}  // namespace outpost
