// Whether a step from a journal fits the records: a damaged or foreign one is refused before it can do harm.
#include <algorithm>

#include "core/edit/apply.h"

namespace outpost {

namespace {

constexpr std::int32_t day_min = -719162, day_max = 2932896;  // years 1 to 9999
constexpr std::uint16_t field_count_max = 4096;

std::unexpected<Error> misfit(std::string_view what) {
    return fail(ErrorCode::StorageFailure, "error.change_does_not_fit", {std::string(what)});
}

bool ascending_below(const std::vector<RowIndex>& rows, RowIndex end) {
    if (rows.empty() || rows.back() >= end) return false;
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (rows[i - 1] >= rows[i]) return false;
    return true;
}

// Values that later code takes as indexes or dates must lie in range. `own_rows` is the row count that the field's
// own object will have.
class ValueCheck {
public:
    ValueCheck(const Records& records, ObjectIndex object, RowIndex own_rows)
        : records_(records), object_(object), own_rows_(own_rows) {}

    bool holds(const Field& field, const Column& values) const {
        switch (values.kind()) {
            case ColumnKind::Flag: return all(values.flags(), [](std::uint8_t flag) { return flag <= 1; });
            case ColumnKind::Code:
                return all(values.codes(), [&](std::uint16_t code) { return code <= field.values.size(); });
            case ColumnKind::Day:
                return all(values.days(), [](std::int32_t day) { return day == null_day || (day >= day_min && day <= day_max); });
            case ColumnKind::Instant:
                return all(values.instants(), [](std::int64_t instant) {
                    return instant == null_instant || (instant >= day_min * milliseconds_per_day &&
                                                       instant < (std::int64_t{day_max} + 1) * milliseconds_per_day);
                });
            case ColumnKind::Row:
                return field.reference_to.size() == 1 && all(values.rows(), [&, end = rows_of(field.reference_to[0])](RowIndex row) {
                    return row == no_row || row < end;
                });
            case ColumnKind::Ref:
                return all(values.refs(), [&](const RecordRef& ref) {
                    if (!ref) return ref.object == no_object;
                    return std::find(field.reference_to.begin(), field.reference_to.end(), ref.object) != field.reference_to.end() &&
                           ref.row < rows_of(ref.object);
                });
            default: return true;
        }
    }

private:
    RowIndex rows_of(ObjectIndex object) const {
        if (object == object_) return own_rows_;
        return records_.has_table(object) ? records_.table(object).row_count() : 0;
    }
    template <typename Values, typename Holds>
    static bool all(const Values& values, Holds holds) {
        return std::all_of(values.begin(), values.end(), holds);
    }

    const Records& records_;
    ObjectIndex object_;
    RowIndex own_rows_;
};

const Field* field_with_column(const Records& records, ObjectIndex object, FieldIndex field, ColumnKind kind) {
    const std::vector<Field>& fields = records.schema().object(object).fields;
    if (number(field) >= fields.size() || fields[number(field)].name.empty() || kind == ColumnKind::None) return nullptr;
    return records.table(object).column(field).kind() == kind ? &fields[number(field)] : nullptr;
}

Status check_field(const Records& records, const Object* object, const Field& field) {
    if (field.name.empty() || number(field.index) >= field_count_max) return misfit(field.name);
    if (field.is_lookup()) {
        if (field.reference_to.empty()) return misfit(field.name);
        for (const ObjectIndex target : field.reference_to) {
            const bool itself = !object && target != no_object;
            if (!itself && !records.has_table(target)) return misfit(field.name);
        }
    }
    if (!object || number(field.index) >= object->fields.size()) return {};
    const Field& known = object->fields[number(field.index)];
    if (!known.name.empty() && known.column_kind() != field.column_kind()) return misfit(field.name);
    if (!known.name.empty() && field.reference_to != known.reference_to && field.column_kind() == ColumnKind::Row)
        return misfit(field.name);
    const Table& table = records.table(object->index);
    const Column& column = table.column(field.index);
    if (column.kind() != ColumnKind::Code || column.kind() != field.column_kind() || field.values.size() >= known.values.size()) return {};
    // Values that an undo takes away may still stand in rows that are absent since then: redo brings both back.
    for (RowIndex row = 0; row < column.size(); ++row)
        if (column.codes()[row] > field.values.size() && table.state(row) != RowState::Absent) return misfit(field.name);
    return {};
}

Status check_schema(const Records& records, const SchemaChange& change) {
    const Schema& schema = records.schema();
    const std::uint16_t at = number(change.object);
    if (at == 0 || at > 4095) return misfit("object");
    const Object* object = schema.knows_object(change.object) ? &schema.object(change.object) : nullptr;
    if (change.field != no_field) {
        if (!object || number(change.field) >= field_count_max) return misfit("field");
        if (!change.field_after) return change.field == object->name_field ? Status(misfit("name field")) : Status();
        if (change.field_after->index != change.field) return misfit("field");
        return check_field(records, object, *change.field_after);
    }
    if (!change.object_after) return object ? Status() : Status(misfit("object"));
    const Object& after = *change.object_after;
    if (after.index != change.object || after.name.empty()) return misfit("object");
    const std::vector<Field>& fields = object ? object->fields : after.fields;
    if (number(after.name_field) >= fields.size() || fields[number(after.name_field)].name.empty()) return misfit("name field");
    if (after.board_field != no_field &&
        (number(after.board_field) >= fields.size() || !fields[number(after.board_field)].is_picklist()))
        return misfit("board field");
    if (object) return {};
    for (const Field& field : after.fields) {
        if (field.index != FieldIndex{static_cast<std::uint16_t>(&field - after.fields.data())}) return misfit("field");
        if (field.name.empty()) continue;
        OUTPOST_CHECK(check_field(records, nullptr, field));
        for (const ObjectIndex target : field.reference_to)
            if (target != change.object && !records.has_table(target)) return misfit(field.name);
    }
    return {};
}

Status check_created(const Records& records, const RecordsCreated& change) {
    if (!records.schema().knows_object(change.object) || !records.has_table(change.object)) return misfit("object");
    const Table& table = records.table(change.object);
    constexpr std::uint64_t counters = std::uint64_t{1} << RecordId::counter_bits;
    const std::uint64_t counter = change.first_id.bits & (counters - 1);
    if (change.count == 0 || change.first_row != table.row_count() || counter + change.count > counters ||
        change.count >= no_row - table.row_count())
        return misfit("rows");
    if (change.first_id.object() != change.object || !table.ids().is_free(change.first_id, change.count)) return misfit("ids");
    const ValueCheck values(records, change.object, table.row_count() + change.count);
    for (std::size_t i = 0; i < change.columns.size(); ++i) {
        const FieldColumn& column = change.columns[i];
        const Field* field = field_with_column(records, change.object, column.field, column.values.kind());
        if (!field || (column.values.size() != change.count && column.values.size() != 1)) return misfit("column");
        for (std::size_t j = 0; j < i; ++j)
            if (change.columns[j].field == column.field) return misfit("column");
        if (!values.holds(*field, column.values)) return misfit(field->name);
    }
    return {};
}

Status check_changed(const Records& records, const RecordsChanged& change) {
    if (!records.schema().knows_object(change.object) || !records.has_table(change.object)) return misfit("object");
    const Table& table = records.table(change.object);
    if (!ascending_below(change.rows, table.row_count())) return misfit("rows");
    const ValueCheck values(records, change.object, table.row_count());
    for (std::size_t i = 0; i < change.fields.size(); ++i) {
        const FieldChange& step = change.fields[i];
        const Field* field = field_with_column(records, change.object, step.field, step.after.kind());
        if (!field || step.before.kind() != step.after.kind()) return misfit("column");
        for (const Column* side : {&step.before, &step.after}) {
            if (side->size() != change.rows.size() && side->size() != 1) return misfit("column");
            if (!values.holds(*field, *side)) return misfit(field->name);
        }
        for (std::size_t j = 0; j < i; ++j)
            if (change.fields[j].field == step.field) return misfit("column");
    }
    return {};
}

Status check_state(const Records& records, const StateChanged& change) {
    if (!records.schema().knows_object(change.object) || !records.has_table(change.object)) return misfit("object");
    const Table& table = records.table(change.object);
    if (!ascending_below(change.rows, table.row_count())) return misfit("rows");
    if (change.before > RowState::Removed || change.after > RowState::Removed) return misfit("state");
    for (const RowIndex row : change.rows)
        if (table.state(row) != change.before) return misfit("state");
    return {};
}

}  // namespace

Status Applier::check(const Change& change) const {
    if (const auto* schema = std::get_if<SchemaChange>(&change)) return check_schema(records_, *schema);
    if (const auto* created = std::get_if<RecordsCreated>(&change)) return check_created(records_, *created);
    if (const auto* changed = std::get_if<RecordsChanged>(&change)) return check_changed(records_, *changed);
    return check_state(records_, std::get<StateChanged>(change));
}

}  // namespace outpost
