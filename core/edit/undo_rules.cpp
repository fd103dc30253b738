#include "core/edit/undo_rules.h"

#include <algorithm>
#include <numeric>

#include "core/edit/define_checks.h"
#include "core/edit/line_items.h"
#include "core/edit/record_checks.h"
#include "core/edit/validate.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

using Rows = std::vector<RowIndex>;

std::unexpected<Error> touched_later() { return fail(ErrorCode::FieldIntegrity, "error.undo_touched"); }

bool has_values(const Field& field) { return !field.deleted && !field.name.empty() && field.column_kind() != ColumnKind::None; }

// A detail doesn't live without its master, nor a record without what it must point to.
bool needs_target(const Field& field) { return field.type == FieldType::MasterDetail || field.required; }

RecordRef target_of(const Column& column, const Field& field, RowIndex row) {
    if (column.kind() == ColumnKind::Ref) return column.refs()[row];
    const RowIndex target = column.rows()[row];
    return target == no_row ? RecordRef{} : RecordRef{field.reference_to[0], target};
}

class UndoRules {
public:
    UndoRules(const Records& records, const ChangeGroup& undone, const std::vector<const ChangeGroup*>& later)
        : records_(records), undone_(undone), later_(later) {}
    Status run();

private:
    Status check(const RecordsChanged& change);
    Status check(const StateChanged& change);
    Status check(const SchemaChange& change) const;
    Status check(const RecordsCreated&) const { return {}; }   // no inverse has one
    Status check_value(const Object& object, const Field& field, const Rows& rows) const;
    Status check_unique(const Object& object, const Field& field, const Rows& rows) const;
    Status check_targets(const Object& object, const Field& field, const Rows& rows) const;
    Status check_cycles(const Object& object, const Field& field, const Rows& rows) const;
    Status check_converted(const Rows& leads) const;
    Status check_pointing(ObjectIndex object, const Rows& gone, RowState after) const;
    Status check_held_values(const Object& object, const Field& before, const Field& after) const;
    Status check_returned(const Object& object, const Field& field) const;
    Status check_rescaled(const Object& object, const Field& field) const;
    Status check_amounts();
    const Object* live_object(ObjectIndex index) const;
    void note_lines(std::span<const RowIndex> lines);

    const Records& records_;
    const ChangeGroup& undone_;
    const std::vector<const ChangeGroup*>& later_;
    Rows opportunities_;   // whose Amount or lines the undo changes
};

const Object* UndoRules::live_object(ObjectIndex index) const {
    return records_.schema().has_object(index) ? &records_.schema().object(index) : nullptr;
}

void UndoRules::note_lines(std::span<const RowIndex> lines) {
    const Rows found = opportunities_of_lines(records_, lines);
    opportunities_.insert(opportunities_.end(), found.begin(), found.end());
}

Status UndoRules::run() {
    for (const Change& change : undone_.changes)
        OUTPOST_CHECK(std::visit([&](const auto& step) { return check(step); }, change));
    return check_amounts();
}

Status UndoRules::check(const RecordsChanged& change) {
    const Object* object = live_object(change.object);
    if (!object) return {};
    if (change.object == so::lead) OUTPOST_CHECK(check_converted(change.rows));
    if (change.object == so::opportunity) opportunities_.insert(opportunities_.end(), change.rows.begin(), change.rows.end());
    if (change.object == so::opportunity_line_item) note_lines(change.rows);
    for (const FieldChange& step : change.fields) {
        if (!object->has_field(step.field)) continue;
        // The opportunity that a line leaves.
        if (change.object == so::opportunity_line_item && step.field == line_item_field::opportunity)
            std::ranges::copy_if(step.before.rows(), std::back_inserter(opportunities_), [](RowIndex row) { return row != no_row; });
        const Field& field = object->field(step.field);
        OUTPOST_CHECK(check_value(*object, field, change.rows));
        if (field.is_lookup()) OUTPOST_CHECK(check_cycles(*object, field, change.rows));
    }
    return {};
}

Status UndoRules::check(const StateChanged& change) {
    const Object* object = live_object(change.object);
    if (!object) return {};
    if (change.object == so::opportunity) opportunities_.insert(opportunities_.end(), change.rows.begin(), change.rows.end());
    if (change.object == so::opportunity_line_item) note_lines(change.rows);
    if (change.after != RowState::Live) OUTPOST_CHECK(check_pointing(change.object, change.rows, change.after));
    if (change.after == RowState::Absent) return {};
    for (const Field& field : object->fields)
        if (has_values(field)) OUTPOST_CHECK(check_value(*object, field, change.rows));
    const Table& table = records_.table(change.object);
    for (const RowIndex row : change.rows)
        if (auto fault = table.is_live(row) ? linked_already(records_, {change.object, row}) : std::nullopt) return fail(*std::move(fault));
    return {};
}

Status UndoRules::check_value(const Object& object, const Field& field, const Rows& rows) const {
    if (!has_values(field)) return {};
    if (field.unique) OUTPOST_CHECK(check_unique(object, field, rows));
    return field.is_lookup() ? check_targets(object, field, rows) : Status();
}

Status UndoRules::check_unique(const Object& object, const Field& field, const Rows& rows) const {
    const Table& table = records_.table(object.index);
    const Column& column = table.column(field.index);
    for (const RowIndex row : rows) {
        if (!table.is_live(row) || column.is_null(row)) continue;
        const std::string text = records_.value_text({object.index, row}, field.index);
        for (const RowIndex holder : records_.find_equal(object.index, field.index, text, Records::Match::ByField))
            if (holder != row)
                return fail(duplicate_error(records_, object, field, text, holder));
    }
    return {};
}

Status UndoRules::check_targets(const Object& object, const Field& field, const Rows& rows) const {
    const Table& table = records_.table(object.index);
    const Column& column = table.column(field.index);
    for (const RowIndex row : rows) {
        if (table.state(row) == RowState::Absent) continue;
        const RecordRef target = target_of(column, field, row);
        if (!target || !records_.has_table(target.object)) continue;
        const RowState state = records_.table(target.object).state(target.row);
        if (state == RowState::Absent)
            return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.undo_target_gone", object, field, {records_.display_name({object.index, row})}));
        if (is_in_bin(state) && table.is_live(row) && needs_target(field))
            return fail(field_error(ErrorCode::EntityIsDeleted, "error.reference_deleted", object, field, {records_.display_name(target)}));
    }
    return {};
}

// As for an update: parents, managers and the like form trees; a custom lookup to its own object may point anywhere.
Status UndoRules::check_cycles(const Object& object, const Field& field, const Rows& rows) const {
    if (!field.standard || field.column_kind() != ColumnKind::Row || field.reference_to[0] != object.index) return {};
    const auto parents = records_.table(object.index).column(field.index).rows();
    for (const RowIndex start : rows) {
        std::size_t steps = 0;
        for (RowIndex above = parents[start]; above != no_row; above = parents[above])
            if (above == start || ++steps > parents.size())
                return fail(field_error(ErrorCode::FieldIntegrity, "error.cycle", object, field, {records_.display_name({object.index, start})}));
    }
    return {};
}

// What an edit changed of a lead that was converted already (a purged owner, say) may be taken back; what it changed
// before the conversion stays as the conversion found it.
Status UndoRules::check_converted(const Rows& leads) const {
    const auto converted = records_.table(so::lead).column(lead_field::is_converted).flags();
    for (const ChangeGroup* group : later_)
        for (const Change& change : group->changes) {
            const auto* values = std::get_if<RecordsChanged>(&change);
            if (!values || values->object != so::lead || std::ranges::find(values->fields, lead_field::is_converted, &FieldChange::field) == values->fields.end()) continue;
            for (const RowIndex row : leads)
                if (converted[row] != 0 && std::ranges::binary_search(values->rows, row))
                    return fail(Error{ErrorCode::CannotUpdateConvertedLead, "error.converted_lead", {records_.display_name({so::lead, row})}, live_object(so::lead)->name});
        }
    return {};
}

// Nothing may point to records that are gone, from the recycle bin either (it could come back); no live detail to a
// deleted master.
Status UndoRules::check_pointing(ObjectIndex index, const Rows& gone, RowState after) const {
    for (const Schema::ChildRelationship& child : records_.schema().children_of(index)) {
        const Field& field = records_.schema().object(child.object).field(child.field);
        if (is_in_bin(after) && !needs_target(field)) continue;
        const Table& table = records_.table(child.object);
        const Column& column = table.column(child.field);
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (is_in_bin(after) ? !table.is_live(row) : table.state(row) == RowState::Absent) continue;
            const RecordRef target = target_of(column, field, row);
            if (target.object != index || !std::ranges::binary_search(gone, target.row)) continue;
            if (records_.table(index).state(target.row) == after) return touched_later();
        }
    }
    return {};
}

Status UndoRules::check(const SchemaChange& change) const {
    const Object* object = live_object(change.object);
    if (!object) return {};
    OUTPOST_CHECK(check_names_free(records_.schema(), change));
    if (change.field == no_field) {
        if (change.object_before && change.object_before->deleted)
            for (const Field& field : object->fields) OUTPOST_CHECK(check_returned(*object, field));
        return {};
    }
    if (!change.field_before || !change.field_after || !has_values(*change.field_after)) return {};
    const Field &before = *change.field_before, &after = *change.field_after;
    if (before.deleted) OUTPOST_CHECK(check_returned(*object, after));
    else if (after.type == FieldType::MasterDetail && before.type != after.type) OUTPOST_CHECK(check_master_detail(records_, *object, after));
    return check_held_values(*object, before, after);
}

// A lookup that was deleted is back: meanwhile its targets may have gone, and records come that have no master.
Status UndoRules::check_returned(const Object& object, const Field& field) const {
    if (field.standard || field.deleted || !field.is_lookup()) return {};
    OUTPOST_CHECK(check_child_name(records_.schema(), object, field));
    if (field.type == FieldType::MasterDetail) return check_master_detail(records_, object, field);
    Rows rows(records_.table(object.index).row_count());
    std::iota(rows.begin(), rows.end(), RowIndex{0});
    return check_targets(object, field, rows);
}

// The values that came since must fit the definition that comes back.
Status UndoRules::check_held_values(const Object& object, const Field& before, const Field& after) const {
    const Table& table = records_.table(object.index);
    const Column& column = table.column(after.index);
    if (column.kind() == ColumnKind::Decimal && before.scale != after.scale) OUTPOST_CHECK(check_rescaled(object, after));
    const bool shorter = column.kind() == ColumnKind::Text && (after.length < before.length || after.type != before.type);
    const bool narrower = column.kind() == ColumnKind::Decimal && after.precision - after.scale < before.precision - before.scale;
    if (shorter || narrower) {
        Status fault;
        check_column(records_, object, after, column, 0, [&](RowIndex row, Error error) {
            if (fault && table.is_live(row)) fault = fail(std::move(error));
        });
        OUTPOST_CHECK(fault);
    }
    OUTPOST_CHECK(check_numbers_stay(records_, object, before, after));
    return is_stricter(before, after) ? check_values_unique(records_, object, after) : Status();
}

// Numbers of records that came after a change of scale are not among those that the undo scales back.
Status UndoRules::check_rescaled(const Object& object, const Field& field) const {
    const Table& table = records_.table(object.index);
    const Column& column = table.column(field.index);
    const auto scaled_back = [&](RowIndex row) {
        return std::ranges::any_of(undone_.changes, [&](const Change& change) {
            const auto* values = std::get_if<RecordsChanged>(&change);
            return values && values->object == object.index && std::ranges::binary_search(values->rows, row) &&
                   std::ranges::find(values->fields, field.index, &FieldChange::field) != values->fields.end();
        });
    };
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.state(row) != RowState::Absent && !column.is_null(row) && !scaled_back(row)) return touched_later();
    return {};
}

Status UndoRules::check_amounts() {
    if (opportunities_.empty()) return {};
    std::ranges::sort(opportunities_);
    opportunities_.erase(std::unique(opportunities_.begin(), opportunities_.end()), opportunities_.end());
    OUTPOST_TRY(const AmountsFromLines wanted, amounts_from_lines(records_, opportunities_));
    if (wanted.rows.empty()) return {};
    const Object& object = records_.schema().object(so::opportunity);
    return fail(field_error(ErrorCode::FieldIntegrity, "error.undo_amount", object, object.field(opportunity_field::amount), {records_.display_name({so::opportunity, wanted.rows[0]})}));
}

}  // namespace

Status check_undo_rules(const Records& records, const ChangeGroup& undone, const std::vector<const ChangeGroup*>& later) {
    return UndoRules(records, undone, later).run();
}

}  // namespace outpost
