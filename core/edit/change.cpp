#include "core/edit/change.h"

#include <algorithm>
#include <numeric>

namespace outpost {

namespace {

std::size_t bytes_of(const SchemaChange& change) {
    std::size_t total = sizeof(change);
    for (const auto& object : {change.object_before, change.object_after})
        if (object) total += sizeof(Object) + object->fields.size() * sizeof(Field);
    for (const auto& field : {change.field_before, change.field_after})
        if (field) total += sizeof(Field) + field->values.size() * sizeof(PicklistValue);
    return total;
}

std::size_t bytes_of(const RecordsCreated& change) {
    std::size_t total = sizeof(change);
    for (const FieldColumn& column : change.columns) total += sizeof(column) + column.values.bytes();
    return total;
}

std::size_t bytes_of(const RecordsChanged& change) {
    std::size_t total = sizeof(change) + change.rows.capacity() * sizeof(RowIndex);
    for (const FieldChange& field : change.fields) total += sizeof(field) + field.before.bytes() + field.after.bytes();
    return total;
}

std::size_t bytes_of(const StateChanged& change) { return sizeof(change) + change.rows.capacity() * sizeof(RowIndex); }

Change inverse_of(SchemaChange change) {
    std::swap(change.object_before, change.object_after);
    std::swap(change.field_before, change.field_after);
    return change;
}

Change inverse_of(RecordsCreated change) {
    StateChanged gone;
    gone.object = change.object;
    gone.rows.resize(change.count);
    std::iota(gone.rows.begin(), gone.rows.end(), change.first_row);
    gone.before = RowState::Live;
    gone.after = RowState::Absent;
    return gone;
}

Change inverse_of(RecordsChanged change) {
    for (FieldChange& field : change.fields) std::swap(field.before, field.after);
    return change;
}

Change inverse_of(StateChanged change) {
    std::swap(change.before, change.after);
    return change;
}

}  // namespace

std::size_t ChangeGroup::bytes() const {
    std::size_t total = sizeof(*this);
    for (const Change& change : changes) total += std::visit([](const auto& step) { return bytes_of(step); }, change);
    return total;
}

ChangeGroup inverse(ChangeGroup group) {
    std::reverse(group.changes.begin(), group.changes.end());
    for (Change& change : group.changes)
        change = std::visit([](auto&& step) { return inverse_of(std::move(step)); }, std::move(change));
    group.sequence = 0;
    group.stamp = 0;
    group.origin = EditOrigin::User;
    group.reverses = 0;
    return group;
}

}  // namespace outpost
