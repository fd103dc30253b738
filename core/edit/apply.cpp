#include "core/edit/apply.h"

#include <algorithm>

#include "core/edit/derived.h"
#include "core/edit/editor.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

SchemaChange reversed(const SchemaChange& change) {
    SchemaChange back = change;
    std::swap(back.object_before, back.object_after);
    std::swap(back.field_before, back.field_after);
    return back;
}

}  // namespace

void Applier::perform(const Change& change) {
    if (const auto* schema = std::get_if<SchemaChange>(&change)) perform_schema(*schema);
    else if (const auto* created = std::get_if<RecordsCreated>(&change)) perform_created(*created, nullptr);
    else if (const auto* changed = std::get_if<RecordsChanged>(&change)) perform_changed(*changed, false);
    else if (const auto* state = std::get_if<StateChanged>(&change)) perform_state(*state, state->after);
}

void Applier::perform_taking(Change& change) {
    auto* created = std::get_if<RecordsCreated>(&change);
    if (!created) return perform(change);
    perform_created(*created, &created->columns);
    created->columns.clear();
}

void Applier::take_back(const Change& change) {
    if (const auto* schema = std::get_if<SchemaChange>(&change)) perform_schema(reversed(*schema));
    else if (const auto* created = std::get_if<RecordsCreated>(&change))
        records_.mutable_table(created->object).truncate_rows(created->first_row);
    else if (const auto* changed = std::get_if<RecordsChanged>(&change)) perform_changed(*changed, true);
    else if (const auto* state = std::get_if<StateChanged>(&change)) perform_state(*state, state->before);
}

void Applier::perform_schema(const SchemaChange& change) {
    Schema& schema = records_.mutable_schema();
    if (change.field != no_field) {
        if (change.field_after) schema.put_field(change.object, *change.field_after);
        else schema.remove_field(change.object, change.field);
    } else if (!change.object_after) {
        schema.remove_object(change.object);
    } else if (schema.knows_object(change.object)) {
        Object object = *change.object_after;
        object.fields = schema.object(change.object).fields;
        schema.put_object(std::move(object));
    } else {
        schema.put_object(*change.object_after);
    }
    records_.sync_tables_with_schema();
    if (change.field != no_field && is_derived_input(change.object, change.field))
        recompute_derived_from(records_, change.object, 0);
}

void Applier::stamp(Table& table, FieldIndex field, const std::vector<FieldColumn>& given, RowIndex first, std::int64_t value) {
    for (const FieldColumn& column : given)
        if (column.field == field) return;
    const ColumnKind kind = table.column(field).kind();
    if (kind == ColumnKind::Instant) {
        std::vector<std::int64_t>& instants = table.mutable_column_from(field, first).mutable_int64();
        std::fill(instants.begin() + first, instants.end(), value);
    } else if (kind == ColumnKind::Row) {
        std::vector<std::uint32_t>& rows = table.mutable_column_from(field, first).mutable_rows();
        std::fill(rows.begin() + first, rows.end(), static_cast<std::uint32_t>(value));
    }
}

// `taken`: the change's own columns, when their values may be moved away.
void Applier::perform_created(const RecordsCreated& change, std::vector<FieldColumn>* taken) {
    Table& table = records_.mutable_table(change.object);
    const std::vector<FieldIndex> indexed = records_.current_indexes(change.object);
    const RowIndex first = table.row_count();
    OUTPOST_ASSERT(first == change.first_row);
    // The values first, then the rows: append_rows() fills with null only what has no value yet.
    for (std::size_t i = 0; i < change.columns.size(); ++i) {
        const FieldColumn& given = change.columns[i];
        Column& column = table.mutable_column_from(given.field, first);
        column.resize(first);
        if (given.values.size() != change.count) column.append_repeated(given.values, 0, change.count);
        else if (taken && first == 0 && column.kind() == given.values.kind()) column = std::move((*taken)[i].values);
        else column.append(given.values);
    }
    table.append_rows(change.first_id, change.count);
    const std::int64_t user = user_.object == standard_object::user ? user_.row : no_row;
    stamp(table, system_field::created_date, change.columns, first, time_);
    stamp(table, system_field::last_modified_date, change.columns, first, time_);
    stamp(table, system_field::created_by, change.columns, first, user);
    stamp(table, system_field::last_modified_by, change.columns, first, user);
    if (change.object == standard_object::opportunity)
        stamp(table, opportunity_field::stage_entered, change.columns, first, time_);
    recompute_derived_from(records_, change.object, first);
    records_.index_new_rows(change.object, indexed, first);
}

void Applier::perform_changed(const RecordsChanged& change, bool backwards) {
    Table& table = records_.mutable_table(change.object);
    bool derived = false;
    for (const FieldChange& field : change.fields) {
        const bool indexed = records_.has_current_index(change.object, field.field);
        table.mutable_column(field.field, change.rows).scatter(change.rows, backwards ? field.before : field.after);
        if (indexed) records_.index_rows(change.object, field.field, change.rows);
        derived = derived || is_derived_input(change.object, field.field);
    }
    if (derived) recompute_derived(records_, change.object, change.rows);
}

void Applier::perform_state(const StateChanged& change, RowState state) {
    Table& table = records_.mutable_table(change.object);
    for (const RowIndex row : change.rows) table.set_state(row, state);
}

// The step with the state that is really there as its before, so that taking it back is exact even when the group was
// made from another state (a journal with a gap).
Change Applier::with_present_state(const Change& change) const {
    if (const auto* created = std::get_if<RecordsCreated>(&change)) {
        RecordsCreated bare;
        bare.object = created->object;
        bare.first_row = created->first_row;
        return bare;
    }
    if (const auto* changed = std::get_if<RecordsChanged>(&change)) {
        RecordsChanged present{changed->object, changed->rows, {}};
        for (const FieldChange& field : changed->fields)
            present.fields.push_back({field.field, records_.table(changed->object).column(field.field).gather(changed->rows), Column()});
        return present;
    }
    const auto* given = std::get_if<SchemaChange>(&change);
    if (!given) return change;
    SchemaChange present = *given;
    const Schema& schema = records_.schema();
    present.object_before.reset();
    present.field_before.reset();
    if (!schema.knows_object(given->object)) return present;
    const Object& object = schema.object(given->object);
    if (given->field == no_field) present.object_before = std::make_shared<const Object>(object);
    else if (number(given->field) < object.fields.size() && !object.fields[number(given->field)].name.empty())
        present.field_before = std::make_shared<const Field>(object.fields[number(given->field)]);
    return present;
}

namespace {

// `perform` performs one step; after the last one nothing can fail any more.
template <typename Group, typename Perform>
Status apply_steps(Records& records, Group& group, const Perform& perform) {
    Applier applier(records, group.time, group.user);
    std::vector<Change> performed;
    for (std::size_t i = 0; i < group.changes.size(); ++i) {
        const Status fits = applier.check(group.changes[i]);
        if (!fits) {
            for (auto change = performed.rbegin(); change != performed.rend(); ++change) applier.take_back(*change);
            return fits;
        }
        if (i + 1 < group.changes.size()) performed.push_back(applier.with_present_state(group.changes[i]));
        perform(applier, group.changes[i]);
    }
    return {};
}

}  // namespace

Status apply(Records& records, const ChangeGroup& group) {
    return apply_steps(records, group, [](Applier& applier, const Change& change) { applier.perform(change); });
}

Status apply_taking(Records& records, ChangeGroup& group) {
    return apply_steps(records, group, [](Applier& applier, Change& change) { applier.perform_taking(change); });
}

}  // namespace outpost
