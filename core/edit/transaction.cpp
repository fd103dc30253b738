#include <algorithm>
#include <numeric>

#include "core/edit/plan_helpers.h"
#include "core/edit/derived.h"
#include "core/edit/line_items.h"
#include "core/edit/picklist_rules.h"
#include "core/edit/record_checks.h"
#include "core/edit/transaction_state.h"
#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

Error object_missing() { return Error{ErrorCode::InvalidType, "error.object_deleted", {}}; }

// Of the organization there is one: its settings are for all.
Status check_creatable(const Records& records, ObjectIndex index) {
    if (!records.schema().has_object(index)) return fail(object_missing());
    if (index != so::organization || !first_live(records, index)) return {};
    return fail(Error{ErrorCode::FieldIntegrity, "error.second_organization", {}, "Organization"});
}

FieldValue* find_value(std::vector<FieldValue>& fields, FieldIndex field) {
    for (FieldValue& entry : fields)
        if (entry.field == field) return &entry;
    return nullptr;
}

// A person's whole name, as files and scripts give it, becomes first and last name.
void split_name(ObjectIndex object, std::vector<FieldValue>& fields) {
    const auto [first, last] = person_name_fields(object);
    FieldValue* name = first == no_field ? nullptr : find_value(fields, system_field::name);
    const auto* text = name ? std::get_if<std::string>(&name->value) : nullptr;
    if (!text) return;
    auto [first_name, last_name] = split_person_name(*text);
    std::erase_if(fields, [](const FieldValue& entry) { return entry.field == system_field::name; });
    if (!find_value(fields, first)) fields.push_back({first, first_name.empty() ? Value() : Value(std::move(first_name))});
    if (!find_value(fields, last)) fields.push_back({last, last_name.empty() ? Value() : Value(std::move(last_name))});
}

Column constant(const Field& field, const Value& value) {
    Column column(field.column_kind());
    column.push_back(value, field);
    return column;
}

// Salesforce's API names a line's product by its price book entry alone.
void add_product_of_entry(const Records& records, std::vector<FieldValue>& fields) {
    const FieldValue* entry = find_value(fields, line_item_field::pricebook_entry);
    const auto* record = entry ? std::get_if<RecordRef>(&entry->value) : nullptr;
    if (record && *record && !find_value(fields, line_item_field::product))
        fields.push_back({line_item_field::product, records.value(*record, pricebook_entry_field::product)});
}

// A new record's values, of which those that are not given are not yet filled in.
Status check_offered(const Records& records, const Object& object, const std::vector<FieldValue>& fields) {
    std::vector<FieldColumn> columns;
    for (const FieldValue& entry : fields)
        if (const Field& field = object.field(entry.field); field.is_picklist()) columns.push_back({entry.field, constant(field, entry.value)});
    Status fault;
    check_dependents(records, object, {}, 1, columns, [&](RowIndex, Error error) { fault = fail(std::move(error)); });
    return fault;
}

Value first_offered(const DependentPicklist& dependent, const FieldValue* controlling) {
    const auto* text = controlling ? std::get_if<std::string>(&controlling->value) : nullptr;
    const std::uint16_t code = dependent.first(text ? dependent.controlling().find_code(*text) : std::uint16_t{0});
    return code == 0 ? Value() : Value(dependent.field().values[code - 1u].value);
}

// What new records begin with where nothing is given.
void fill_first_offered(const DependentPicklist& dependent, std::uint32_t count, std::vector<FieldColumn>& columns) {
    const FieldColumn* above = find_column(columns, dependent.controlling().index);
    FieldColumn* own = find_column(columns, dependent.field().index);
    Column filled(ColumnKind::Code);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint16_t given = own ? own->values.codes()[own->values.size() == 1 ? 0 : i] : std::uint16_t{0};
        filled.mutable_codes().push_back(given != 0 ? given : dependent.first(above ? above->values.codes()[above->values.size() == 1 ? 0 : i] : std::uint16_t{0}));
    }
    if (own) own->values = std::move(filled);
    else columns.push_back({dependent.field().index, std::move(filled)});
}

// The first field that a record's stage asks for before it is left.
Status check_leaving(const Records& records, const Object& object, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns) {
    if (!object.has_field(object.board_field)) return {};
    const Field& path = object.field(object.board_field);
    const auto move = std::ranges::find(columns, path.index, &FieldColumn::field);
    if (move == columns.end() || move->values.kind() != ColumnKind::Code) return {};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RecordRef record{object.index, rows[i]};
        const std::uint16_t to = move->values.codes()[move->values.size() == 1 ? 0 : i];
        const std::vector<FieldIndex> missing = missing_before(records, record, path, to, columns);
        if (missing.empty()) continue;
        const std::uint16_t from = code_of(records, record, path);
        return fail(field_error(ErrorCode::RequiredFieldMissing, "error.stage_requires", object, object.field(missing[0]),
                                {path.values[from - 1u].value, records.display_name(record)}));
    }
    return {};
}

bool is_owner(const Field& field) { return field.index == system_field::owner && field.standard && field.is_lookup(); }

// An owner gives way only to another one; what never had one may stay so.
bool loses_owner(const Table& table, const Field& field, const std::vector<RowIndex>& rows, const Column& after) {
    if (!is_owner(field)) return false;
    const Column& present = table.column(field.index);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (after.is_null(after.size() == 1 ? 0 : static_cast<RowIndex>(i)) && !present.is_null(rows[i])) return true;
    return false;
}

struct MissingMaster {
    const Field* field = nullptr;   // null: all masters are there
    RecordRef record;
};

// The first master that a detail would be without if it came back now. `together`: rows (ascending) that come back with it.
MissingMaster missing_master(const Records& records, const Object& of, RowIndex row, const std::vector<RowIndex>& together) {
    for (const Field& field : of.fields) {
        if (field.deleted || field.type != FieldType::MasterDetail) continue;
        const Value value = records.value({of.index, row}, field.index);
        const auto* master = std::get_if<RecordRef>(&value);
        if (!master || !*master || records.table(master->object).is_live(master->row)) continue;
        if (master->object == of.index && std::ranges::binary_search(together, master->row)) continue;
        return {&field, *master};
    }
    return {};
}

Status check_masters(const Records& records, const Object& of, const std::vector<RowIndex>& rows) {
    for (const RowIndex row : rows) {
        const auto [field, master] = missing_master(records, of, row, rows);
        if (!field) continue;
        if (records.table(master.object).state(master.row) == RowState::Absent)
            return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.reference_missing", of, *field));
        return fail(field_error(ErrorCode::EntityIsDeleted, "error.master_deleted", of, *field, {records.display_name(master)}));
    }
    return {};
}

bool is_audit_field(FieldIndex field) {
    return field == system_field::created_date || field == system_field::created_by ||
           field == system_field::last_modified_date || field == system_field::last_modified_by;
}

}  // namespace

FieldColumn* find_column(std::vector<FieldColumn>& columns, FieldIndex field) {
    for (FieldColumn& column : columns)
        if (column.field == field) return &column;
    return nullptr;
}

Transaction::Transaction(Records& records, const EditContext& context) : state_(std::make_unique<State>(records, context)) {}

Transaction::~Transaction() {
    if (state_->committed) return;
    for (auto change = state_->group.changes.rbegin(); change != state_->group.changes.rend(); ++change)
        state_->applier.take_back(*change);
}

const Records& Transaction::records() const { return state_->records; }
const EditContext& Transaction::context() const { return state_->context; }
Milliseconds Transaction::time() const { return state_->group.time; }
void Transaction::allow_protected_fields(bool allow) { state_->protected_allowed = allow; }

Status Transaction::status() const { return state_->readable; }

ChangeGroup Transaction::commit() {
    state_->committed = true;
    return std::move(state_->group);
}

// --- one record

Result<std::vector<FieldValue>> Transaction::State::fit_fields(ObjectIndex index, std::vector<FieldValue> fields, std::span<const RowIndex> rows) {
    split_name(index, fields);
    for (FieldValue& entry : fields) {
        const Object& of = object(index);
        if (!of.has_field(entry.field)) return fail(unknown_field_error(of, std::to_string(number(entry.field))));
        const Field& field = of.field(entry.field);
        const bool writable = field.writable() || (protected_allowed && field.system && field.type != FieldType::Id && !is_audit_field(field.index));
        if (!writable) return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", of, field));
        OUTPOST_TRY(entry.value, fit_value(records, of, field, std::move(entry.value), held_by_all(records, of, field, rows)));
        if (field.type == FieldType::Picklist && !field.restricted) OUTPOST_CHECK(ensure_listed(index, field.index, entry.value));
    }
    // Of a field that is given twice the last value counts.
    for (std::size_t i = fields.size(); i-- > 1;)
        for (std::size_t j = 0; j < i; ++j)
            if (fields[j].field == fields[i].field) {
                fields[j].value = std::move(fields[i].value);
                fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(i));
                break;
            }
    return fields;
}

Status Transaction::State::ensure_listed(ObjectIndex index, FieldIndex field_index, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    const Field& field = object(index).field(field_index);
    if (!text || field.find_code(*text) != 0) return {};
    SchemaChange change;
    change.object = index;
    change.field = field_index;
    change.field_before = std::make_shared<const Field>(field);
    Field wider = field;
    PicklistValue added;
    added.value = *text;
    added.position = static_cast<std::uint16_t>(field.values.size());
    wider.values.push_back(std::move(added));
    change.field_after = std::make_shared<const Field>(std::move(wider));
    return perform_checked(std::move(change));
}

Result<RecordRef> Transaction::create(ObjectIndex index, std::vector<FieldValue> fields, bool apply_defaults) {
    State& state = *state_;
    OUTPOST_CHECK(check_creatable(state.records, index));
    OUTPOST_TRY(fields, state.fit_fields(index, std::move(fields)));
    if (index == so::opportunity_line_item) add_product_of_entry(state.records, fields);
    const Object& object = state.object(index);
    // No owner is the same as none given.
    std::erase_if(fields, [&](const FieldValue& entry) { return is_null(entry.value) && is_owner(object.field(entry.field)); });
    OUTPOST_CHECK(check_offered(state.records, object, fields));
    for (const Field& field : object.fields) {
        if (field.deleted || !(field.required || apply_defaults || field.unique) || !field.writable()) continue;
        FieldValue* given = find_value(fields, field.index);
        if (!given && apply_defaults) {
            OUTPOST_TRY(Value value, default_value(state.records, state.context, object, field));
            if (const auto dependent = dependent_picklist(object, field)) value = first_offered(*dependent, find_value(fields, field.controller));
            if (!is_null(value)) given = &fields.emplace_back(FieldValue{field.index, std::move(value)});
        }
        const bool missing = !given || is_null(given->value);
        if (missing && field.required && field.type != FieldType::Checkbox)
            return fail(field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
    }
    std::vector<FieldColumn> columns;
    columns.reserve(fields.size() + 4);
    for (const FieldValue& entry : fields) {
        const Field& field = object.field(entry.field);
        if (is_null(entry.value)) continue;
        columns.push_back({field.index, constant(field, entry.value)});
        if (field.unique) OUTPOST_CHECK(state.check_unique(object, field, {}, columns.back().values));
    }
    OUTPOST_CHECK(state.settle_times(index, {}, columns));
    OUTPOST_CHECK(first_fault_together(state.records, index, {}, 1, columns));
    const bool is_line = index == so::opportunity_line_item;
    if (is_line) OUTPOST_CHECK(complete_new_lines(state.records, 1, columns));
    const RecordRef made{index, state.add_records(index, 1, std::move(columns))};
    if (is_line) OUTPOST_CHECK(state.settle_amounts(opportunities_of_lines(state.records, {&made.row, 1})));
    if (index == so::opportunity_contact_role) state.keep_one_primary({made.row}, true);
    return made;
}

Status Transaction::update(ObjectIndex index, std::vector<RowIndex> rows, const std::vector<FieldValue>& given) {
    State& state = *state_;
    if (!state.records.schema().has_object(index)) return fail(object_missing());
    if (rows.empty()) return {};
    OUTPOST_CHECK(state.check_rows(state.object(index), rows));
    OUTPOST_TRY(const std::vector<FieldValue> fields, state.fit_fields(index, given, rows));
    const Object& object = state.object(index);
    std::vector<FieldColumn> columns;
    columns.reserve(fields.size() + 4);
    for (const FieldValue& entry : fields) {
        const Field& field = object.field(entry.field);
        columns.push_back({field.index, constant(field, entry.value)});
        const bool misses = is_null(entry.value) && field.required && field.type != FieldType::Checkbox;
        if (misses || loses_owner(state.records.table(index), field, rows, columns.back().values))
            return fail(field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
        OUTPOST_CHECK(state.check_cycles(object, field, rows, columns.back().values));
        if (field.unique) OUTPOST_CHECK(state.check_unique(object, field, rows, columns.back().values));
    }
    OUTPOST_CHECK(state.settle_times(index, rows, columns));
    // What a merge moves was let in before.
    if (!state.protected_allowed) OUTPOST_CHECK(first_fault_together(state.records, index, rows, rows.size(), columns));
    OUTPOST_CHECK(state.settle_picklists(object, rows, columns));
    OUTPOST_CHECK(check_leaving(state.records, object, rows, columns));
    return state.change_and_settle(index, std::move(rows), std::move(columns));
}

Status Transaction::State::settle_picklists(const Object& of, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) const {
    Status fault;
    check_dependents(records, of, rows, static_cast<std::uint32_t>(rows.size()), columns, [&](RowIndex, Error error) {
        if (fault) fault = fail(std::move(error));
    });
    if (fault) settle_dependents(records, of, rows, columns);
    return fault;
}

// --- many records

Result<RowIndex> Transaction::create_many(ObjectIndex index, std::uint32_t count, std::vector<FieldColumn> columns, NewRecords are) {
    State& state = *state_;
    OUTPOST_CHECK(check_creatable(state.records, index));
    if (count == 0) return state.records.table(index).row_count();
    const Object& object = state.object(index);
    for (const FieldColumn& column : columns) {
        const bool known = object.has_field(column.field);
        if (!known || column.values.kind() != object.field(column.field).column_kind() || column.values.kind() == ColumnKind::None ||
            (column.values.size() != count && column.values.size() != 1))
            return fail(unknown_field_error(object, known ? object.field(column.field).name : std::to_string(number(column.field))));
    }
    if (are == NewRecords::AreUnchecked) {
        Status first_fault;
        check_new_records(state.records, index, count, columns, [&](RowIndex, Error error) {
            if (first_fault) first_fault = fail(std::move(error));
        });
        OUTPOST_CHECK(first_fault);
    }
    for (const Field& field : object.fields) {
        if (field.deleted || !field.writable()) continue;
        FieldColumn* given = find_column(columns, field.index);
        if (given && !is_owner(field) && !(field.required && has_default(field))) continue;
        if (const auto dependent = dependent_picklist(object, field)) {
            fill_first_offered(*dependent, count, columns);
            continue;
        }
        OUTPOST_TRY(const Value value, default_value(state.records, state.context, object, field));
        if (is_null(value)) continue;
        if (!given) {
            columns.push_back({field.index, constant(field, value)});
            continue;
        }
        for (RowIndex row = 0; row < given->values.size(); ++row)
            if (given->values.is_null(row)) given->values.set(row, value, field);
    }
    const bool are_lines = index == so::opportunity_line_item;
    if (are_lines) OUTPOST_CHECK(complete_new_lines(state.records, count, columns));
    const RowIndex first = state.add_records(index, count, std::move(columns));
    if (!are_lines && index != so::opportunity_contact_role) return first;
    std::vector<RowIndex> rows(count);
    std::iota(rows.begin(), rows.end(), first);
    if (are_lines) OUTPOST_CHECK(state.settle_amounts(opportunities_of_lines(state.records, rows)));
    else state.keep_one_primary(rows, true);
    return first;
}

Status Transaction::update_many(ObjectIndex index, std::vector<RowIndex> rows, std::vector<FieldColumn> columns) {
    State& state = *state_;
    if (!state.records.schema().has_object(index)) return fail(object_missing());
    if (rows.empty()) return {};
    const Object& object = state.object(index);
    OUTPOST_CHECK(state.check_rows(object, rows));
    Status fault;
    for (const FieldColumn& column : columns) {
        if (!object.has_field(column.field)) return fail(unknown_field_error(object, std::to_string(number(column.field))));
        const Field& field = object.field(column.field);
        if (!field.writable() && !state.protected_allowed) return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", object, field));
        const bool sized = column.values.size() == rows.size() || column.values.size() == 1;
        if (!sized || column.values.kind() != field.column_kind()) return fail(unknown_field_error(object, field.name));
        check_column(state.records, object, field, column.values, 0, [&](RowIndex, Error error) {
            if (fault) fault = fail(std::move(error));
        }, rows);
        OUTPOST_CHECK(fault);
        if (field.required && field.type != FieldType::Checkbox)
            for (RowIndex row = 0; row < column.values.size(); ++row)
                if (column.values.is_null(row)) return fail(field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
        if (loses_owner(state.records.table(index), field, rows, column.values))
            return fail(field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
        OUTPOST_CHECK(state.check_cycles(object, field, rows, column.values));
        if (field.unique) OUTPOST_CHECK(state.check_unique(object, field, rows, column.values));
    }
    OUTPOST_CHECK(state.settle_times(index, rows, columns));
    OUTPOST_CHECK(first_fault_together(state.records, index, rows, rows.size(), columns));
    OUTPOST_CHECK(state.settle_picklists(object, rows, columns));
    return state.change_and_settle(index, std::move(rows), std::move(columns));
}

Status Transaction::patch(ObjectIndex object, FieldIndex field, std::vector<RowIndex> rows, Column after) {
    std::vector<FieldColumn> columns;
    columns.push_back({field, std::move(after)});
    return update_many(object, std::move(rows), std::move(columns));
}

// --- recycle bin

Status Transaction::set_state(ObjectIndex index, std::vector<RowIndex> rows, RowState after) {
    return state_->set_state(index, std::move(rows), after, false);
}

Status Transaction::State::set_state(ObjectIndex index, std::vector<RowIndex> rows, RowState after, bool with_master) {
    if (!records.schema().knows_object(index)) return fail(object_missing());
    const Table& table = records.table(index);
    const Object& of = object(index);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    // What is deleted by itself stays in the recycle bin when its master comes back.
    if (after == RowState::Deleted && !with_master && has_master(of)) after = RowState::Removed;
    for (const RowState before : {RowState::Live, RowState::Deleted, RowState::Removed, RowState::Absent}) {
        StateChanged change{index, {}, before, after};
        for (const RowIndex row : rows) {
            if (row >= table.row_count() || (table.state(row) == RowState::Absent && after != RowState::Absent))
                return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.record_missing", {object_argument(of)}, of.name});
            if (table.state(row) == before) change.rows.push_back(row);
        }
        if (before == after || (is_in_bin(before) && is_in_bin(after))) continue;
        // A detail of several masters comes back with the last of them.
        if (after == RowState::Live && with_master)
            std::erase_if(change.rows, [&](RowIndex row) { return missing_master(records, of, row, {}).field != nullptr; });
        if (change.rows.empty()) continue;
        if (is_in_bin(after) && (index == so::user || index == so::organization || index == so::group))
            OUTPOST_CHECK(check_removable(records, context, index, change.rows));
        if (after == RowState::Live) OUTPOST_CHECK(check_masters(records, of, change.rows));
        if (after == RowState::Live)
            for (const Field& field : of.fields)
                if (field.unique && !field.deleted && field.column_kind() != ColumnKind::None)
                    OUTPOST_CHECK(check_unique(of, field, change.rows, table.column(field.index).gather(change.rows)));
        if (after == RowState::Live) {
            OUTPOST_TRY(change.rows, each_link_once(records, index, std::move(change.rows), with_master));
        }
        if (change.rows.empty()) continue;
        // Details go and come back with their master.
        std::vector<std::pair<ObjectIndex, std::vector<RowIndex>>> details;
        for (const Schema::ChildRelationship& child : records.schema().children_of(index)) {
            if (object(child.object).field(child.field).type != FieldType::MasterDetail) continue;
            std::vector<RowIndex> found = details_of(records, child, index, change.rows, after);
            if (child.object == so::opportunity_line_item && after == RowState::Live) drop_removed(found);
            if (!found.empty()) details.emplace_back(child.object, std::move(found));
        }
        if (after == RowState::Absent) detach(index, change.rows);
        if (index == so::opportunity_line_item && after == RowState::Live && !with_master) clear_removed(change.rows);
        perform(std::move(change));
        for (auto& [child, found] : details) OUTPOST_CHECK(set_state(child, std::move(found), is_in_bin(after) ? RowState::Deleted : after, true));
    }
    if (index == so::opportunity_line_item) return settle_amounts(opportunities_of_lines(records, rows));
    if (index == so::opportunity_contact_role && after == RowState::Live) keep_one_primary(rows, false);
    return index == so::opportunity && after == RowState::Live ? settle_amounts(rows) : Status{};
}

void Transaction::State::detach(ObjectIndex index, const std::vector<RowIndex>& rows) {
    std::vector<bool> gone(records.table(index).row_count());
    for (const RowIndex row : rows) gone[row] = true;
    for (const Schema::ChildRelationship& child : records.schema().children_of(index)) {
        if (object(child.object).field(child.field).type == FieldType::MasterDetail) continue;
        const Table& table = records.table(child.object);
        const Column& column = table.column(child.field);
        const bool any_object = column.kind() == ColumnKind::Ref;
        RecordsChanged change{child.object, {}, {}};
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            const RowIndex target = !any_object ? column.rows()[row] : column.refs()[row].object == index ? column.refs()[row].row : no_row;
            if (target < gone.size() && gone[target] && table.state(row) != RowState::Absent && !(child.object == index && gone[row])) change.rows.push_back(row);
        }
        if (change.rows.empty()) continue;
        Column nothing(column.kind());
        nothing.resize(1);
        change.fields.push_back({child.field, column.gather(change.rows), std::move(nothing)});
        perform(std::move(change));
    }
}

}  // namespace outpost
