#include "core/edit/define.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/define_checks.h"
#include "core/edit/plan_helpers.h"
#include "core/edit/segments.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard_list_view.h"
#include "core/objects/standard_segment.h"
#include "core/query/criteria.h"

namespace outpost {

namespace {

namespace so = standard_object;

template <typename T>
std::shared_ptr<const T> shared(T value) { return std::make_shared<const T>(std::move(value)); }

Status put_field(Transaction& transaction, ObjectIndex object, Field field) {
    const FieldIndex index = field.index;
    return transaction.change_schema({object, index, nullptr, nullptr, nullptr, shared(std::move(field))});
}

Status put_object(Transaction& transaction, Object object) {
    const ObjectIndex index = object.index;
    return transaction.change_schema({index, no_field, nullptr, shared(std::move(object)), nullptr, nullptr});
}

const Schema& schema_of(const Transaction& transaction) { return transaction.records().schema(); }

Error unknown_object() { return Error{ErrorCode::InvalidType, "error.object_deleted", {}}; }

// Activities may be about any record, and any may be in a segment: a new object joins the targets of those lookups.
Status admit_to_lookups(Transaction& transaction, ObjectIndex object) {
    for (const auto& [activity, index] : {std::pair{so::task, task_field::what}, std::pair{so::event, event_field::what}, std::pair{so::segment_member, segment_member_field::member}}) {
        Field what = schema_of(transaction).object(activity).field(index);
        what.reference_to.push_back(object);
        OUTPOST_CHECK(put_field(transaction, activity, std::move(what)));
    }
    return {};
}

// Parts of a compound field: their names end in __s, as Salesforce names them.
std::vector<Field> components_of(const Field& compound) {
    std::vector<Field> parts;
    const std::string stem = compound.name.substr(0, compound.name.size() - 3);
    const auto add = [&](const char* name, FieldType type, std::uint32_t length) -> Field& {
        Field part;
        part.name = stem + "__" + name + "__s";
        part.label = compound.label + " " + name;
        part.type = type;
        part.length = length;
        part.compound = compound.name;
        parts.push_back(std::move(part));
        return parts.back();
    };
    if (compound.type == FieldType::Address) {
        add("Street", FieldType::TextArea, 255);
        add("City", FieldType::Text, 40);
        add("State", FieldType::Text, 80);
        add("PostalCode", FieldType::Text, 20).label = compound.label + " Postal Code";
        add("Country", FieldType::Text, 80);
    } else if (compound.type == FieldType::Location) {
        for (const char* name : {"Latitude", "Longitude"}) {
            Field& part = add(name, FieldType::Number, 0);
            part.scale = compound.scale;
            part.precision = std::max<std::uint8_t>(15, static_cast<std::uint8_t>(compound.scale + 3));   // 180 before the point
        }
    }
    return parts;
}

// Existing records get their numbers in row order.
Status number_records(Transaction& transaction, ObjectIndex object, FieldIndex field) {
    const Table& table = transaction.records().table(object);
    std::vector<RowIndex> rows;
    Column numbers(ColumnKind::Decimal);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        rows.push_back(row);
        numbers.mutable_int64().push_back(static_cast<std::int64_t>(rows.size()));
    }
    if (rows.empty()) return {};
    transaction.allow_protected_fields(true);
    const Status status = transaction.patch(object, field, std::move(rows), std::move(numbers));
    transaction.allow_protected_fields(false);
    return status;
}

// Values of a field whose number of decimal places changes; digits are never lost in silence.
Result<Column> rescaled_values(const Object& object, const Field& before, const Field& after, const Column& column) {
    Column values(ColumnKind::Decimal);
    std::vector<std::int64_t>& units = values.mutable_int64();
    units.assign(column.decimals().begin(), column.decimals().end());
    for (std::int64_t& unit : units) {
        if (unit == null_decimal) continue;
        const auto fitted = rescale({unit, before.scale}, after.scale, Rounding::Refuse);
        if (!fitted)
            return fail(field_error(ErrorCode::NumberOutsideValidRange, "error.scale_loses_digits", object, before,
                                    {to_text(Decimal{unit, before.scale}), std::to_string(after.scale)}));
        unit = fitted->units;
    }
    return values;
}

// Whether a list view shows what its condition and its filter ("owner=me&Tier__c=A") say.
bool is_readable_view(const Records& records, RecordRef view) {
    const std::string_view listed = records.text(view, list_view_field::sobject_type);
    const Object* object = records.schema().find_object(listed);
    if (!object) return true;
    for (const std::string_view part : split(records.text(view, list_view_field::filter), '&'))
        if (const std::string_view name = part.substr(0, part.find('=')); name.ends_with("__c") && !object->find_field(name)) return false;
    return parse_criteria(records.text(view, list_view_field::criteria), listed, records).has_value();
}

// Whether a record that the duplicate rule is for has all fields that it compares: only then can the rule ever hold.
bool is_comparable_rule(const Records& records, RecordRef rule) {
    const bool accounts = records.value_text(rule, duplicate_rule_field::applies_to) == "Accounts";
    const std::string fields = records.value_text(rule, duplicate_rule_field::compared_fields);
    return std::ranges::all_of(split(fields, ';'), [&](std::string_view name) {
        const auto has = [&](ObjectIndex object) { return records.schema().object(object).find_field(trim(name)) != nullptr; };
        return trim(name).empty() || (accounts ? has(so::account) : has(so::lead) || has(so::contact));
    });
}

// Active routing entries, active duplicate rules and list views that name what isn't there: what they are for is refused because of it.
std::vector<RecordRef> unreadable_conditions(const Records& records) {
    namespace entry_field = assignment_rule_entry_field;
    std::vector<RecordRef> found;
    const Table &entries = records.table(so::assignment_rule_entry), &views = records.table(so::list_view), &rules = records.table(so::duplicate_rule);
    for (RowIndex row = 0; row < entries.row_count(); ++row)
        if (entries.is_live(row) && entries.column(entry_field::is_active).flags()[row] != 0 && !parse_criteria(entries.column(entry_field::criteria).text(row), "Lead", records))
            found.push_back({so::assignment_rule_entry, row});
    for (RowIndex row = 0; row < rules.row_count(); ++row)
        if (rules.is_live(row) && rules.column(duplicate_rule_field::is_active).flags()[row] != 0 && !is_comparable_rule(records, {so::duplicate_rule, row})) found.push_back({so::duplicate_rule, row});
    for (RowIndex row = 0; row < views.row_count(); ++row)
        if (views.is_live(row) && !is_readable_view(records, {so::list_view, row})) found.push_back({so::list_view, row});
    return found;
}

// After the deletion of a field or object. `before`: what was unreadable without it.
Status check_conditions(const Records& records, const std::vector<RecordRef>& before, const std::string& deleted, const std::string& object, const std::string& field) {
    for (const RecordRef& holder : unreadable_conditions(records)) {
        if (std::ranges::contains(before, holder)) continue;
        if (holder.object != so::list_view)
            return fail(Error{ErrorCode::FieldIntegrity, holder.object == so::duplicate_rule ? "error.rule.used" : "error.route.used", {deleted, records.display_name(holder)}, object, field});
        const Value owner = records.value(holder, system_field::owner);
        const auto* person = std::get_if<RecordRef>(&owner);
        return fail(Error{ErrorCode::FieldIntegrity, "error.list_view.used", {deleted, records.display_name(holder), person && *person ? records.display_name(*person) : std::string("–")}, object, field});
    }
    return {};
}

Result<CommandOutcome> done() { return CommandOutcome{}; }

}  // namespace

Result<CommandOutcome> define_object(Transaction& transaction, const DefineObject& command) {
    Object object = command.definition;
    OUTPOST_CHECK(check_api_name(object.name, object.name));
    if (schema_of(transaction).find_object(object.name))
        return fail(Error{ErrorCode::DuplicateValue, "error.object_exists", {object.name}, object.name});
    const ObjectIndex index = schema_of(transaction).next_custom_object();
    if (number(index) > 4095) return fail(Error{ErrorCode::InvalidArgument, "error.too_many_objects", {}, object.name});
    if (object.label.empty()) object.label = label_of_name(object.name);
    if (object.plural_label.empty()) object.plural_label = object.label;
    Field name;
    for (const Field& given : command.definition.fields) name = given;
    if (name.type != FieldType::AutoNumber && name.type != FieldType::Text)
        return fail(Error{ErrorCode::InvalidType, "error.name_field_type", {}, object.name, "Name"});
    name.index = system_field::name;
    name.name = "Name";
    name.name_field = true;
    name.standard = true;
    name.label_overridden = !name.label.empty();
    if (name.label.empty()) name.label = object.label;
    name.required = name.type == FieldType::Text;
    name.length = name.type == FieldType::Text ? 80 : 0;
    if (name.type == FieldType::AutoNumber && name.display_format.empty()) name.display_format = "{0000}";
    OUTPOST_CHECK(check_display_format(object, name));
    object.index = index;
    object.standard = object.deleted = false;
    object.fields = custom_system_fields();
    object.fields[number(system_field::name)] = std::move(name);
    object.name_field = system_field::name;
    object.board_field = no_field;
    OUTPOST_CHECK(put_object(transaction, std::move(object)));
    OUTPOST_CHECK(admit_to_lookups(transaction, index));
    return done();
}

Result<CommandOutcome> update_object(Transaction& transaction, const UpdateObject& command) {
    const Schema& schema = schema_of(transaction);
    if (!schema.has_object(command.object)) return fail(unknown_object());
    Object object = schema.object(command.object);
    const Object& wanted = command.definition;
    if (wanted.label.empty()) return fail(Error{ErrorCode::RequiredFieldMissing, "error.label_missing", {}, object.name});
    if (object.standard && (wanted.label != object.label || wanted.plural_label != object.plural_label)) object.label_overridden = true;
    object.label = wanted.label;
    object.plural_label = wanted.plural_label.empty() ? wanted.label : wanted.plural_label;
    object.icon = wanted.icon;
    object.hidden = wanted.hidden;
    object.board_field = wanted.board_field;
    if (object.board_field != no_field && !(object.has_field(object.board_field) && object.field(object.board_field).is_picklist()))
        return fail(Error{ErrorCode::InvalidField, "error.board_field", {}, object.name});
    OUTPOST_CHECK(put_object(transaction, std::move(object)));
    const Object& present = schema.object(command.object);
    if (!present.has_field(present.name_field) || !wanted.has_field(present.name_field)) return done();
    const Field &before = present.field(present.name_field), &name = wanted.field(present.name_field);
    if (name.label == before.label && name.type == before.type && name.display_format == before.display_format) return done();
    return update_field(transaction, {command.object, present.name_field, name});
}

Result<CommandOutcome> delete_object(Transaction& transaction, const DeleteObject& command) {
    const Schema& schema = schema_of(transaction);
    if (!schema.has_object(command.object)) return fail(unknown_object());
    Object object = schema.object(command.object);
    if (object.standard) return fail(Error{ErrorCode::InvalidArgument, "error.delete_standard", {object_argument(object)}, object.name});
    const std::vector<RecordRef> unreadable = unreadable_conditions(transaction.records());
    OUTPOST_CHECK(leave_segments(transaction, command.object));
    // Lookups that pointed only here would point nowhere.
    for (const Schema::ChildRelationship& child : schema.children_of(command.object)) {
        Field lookup = schema.object(child.object).field(child.field);
        if (lookup.reference_to.size() != 1 || lookup.standard || child.object == command.object) continue;
        lookup.deleted = true;
        OUTPOST_CHECK(put_field(transaction, child.object, std::move(lookup)));
    }
    const std::string label = object_argument(object), name = object.name;
    object.deleted = true;
    OUTPOST_CHECK(put_object(transaction, std::move(object)));
    OUTPOST_CHECK(check_conditions(transaction.records(), unreadable, label, name, {}));
    return done();
}

Result<CommandOutcome> define_field(Transaction& transaction, const DefineField& command) {
    const Schema& schema = schema_of(transaction);
    if (!schema.has_object(command.object)) return fail(unknown_object());
    OUTPOST_TRY(Field field, completed_field(transaction.records(), schema.object(command.object), command.definition));
    field.index = schema.next_custom_field(command.object);
    if (field.type == FieldType::MasterDetail && transaction.records().table(command.object).live_count() > 0)
        return fail(field_error(ErrorCode::FieldIntegrity, "error.master_detail_records", schema.object(command.object), field));
    const std::vector<Field> parts = components_of(field);
    const bool first_picklist = field.is_picklist() && schema.object(command.object).board_field == no_field && !schema.object(command.object).standard;
    const bool numbers = field.type == FieldType::AutoNumber;
    const FieldIndex index = field.index;
    OUTPOST_CHECK(put_field(transaction, command.object, std::move(field)));
    for (Field part : parts) {
        part.index = schema.next_custom_field(command.object);
        OUTPOST_CHECK(put_field(transaction, command.object, std::move(part)));
    }
    if (numbers) OUTPOST_CHECK(number_records(transaction, command.object, index));
    if (first_picklist) {
        Object object = schema.object(command.object);
        object.board_field = index;
        OUTPOST_CHECK(put_object(transaction, std::move(object)));
    }
    return done();
}

Result<CommandOutcome> update_field(Transaction& transaction, const UpdateField& command) {
    const Schema& schema = schema_of(transaction);
    if (!schema.has_object(command.object) || !schema.object(command.object).has_field(command.field)) return fail(unknown_object());
    const Object& object = schema.object(command.object);
    const Field before = object.field(command.field);
    OUTPOST_TRY(Field after, checked_update(transaction.records(), object, before, command.definition));
    const bool rescaled = before.column_kind() == ColumnKind::Decimal && before.scale != after.scale;
    if (!rescaled) {
        const bool changes_parts = !before.standard && (before.scale != after.scale || before.label != after.label);
        const std::vector<Field> parts = changes_parts ? components_of(after) : std::vector<Field>(), parts_before = changes_parts ? components_of(before) : std::vector<Field>();
        OUTPOST_CHECK(put_field(transaction, command.object, std::move(after)));
        for (std::size_t at = 0; at < parts.size(); ++at) {
            const Field* present = schema.object(command.object).find_field(parts[at].name);
            if (!present) continue;
            UpdateField change_part{command.object, present->index, *present};
            if (present->label == parts_before[at].label) change_part.definition.label = parts[at].label;   // else an admin's own
            change_part.definition.precision = parts[at].precision;
            change_part.definition.scale = parts[at].scale;
            OUTPOST_CHECK(update_field(transaction, change_part));
        }
        return done();
    }
    OUTPOST_TRY(Column values, rescaled_values(object, before, after, transaction.records().table(command.object).column(command.field)));
    OUTPOST_CHECK(transaction.rescale_field(command.object, std::move(after), std::move(values)));
    return done();
}

Result<CommandOutcome> delete_field(Transaction& transaction, const DeleteField& command) {
    const Schema& schema = schema_of(transaction);
    if (!schema.has_object(command.object) || !schema.object(command.object).has_field(command.field)) return fail(unknown_object());
    Object object = schema.object(command.object);
    const Field& field = object.field(command.field);
    if (field.standard || field.index == object.name_field)
        return fail(field_error(ErrorCode::InvalidArgument, "error.delete_standard", object, field));
    if (!field.compound.empty()) return fail(field_error(ErrorCode::InvalidArgument, "error.delete_component", object, field, {field.compound}));
    for (const Field& other : object.fields)
        if (!other.deleted && other.index != field.index && other.controller == field.index)
            return fail(field_error(ErrorCode::FieldIntegrity, "error.delete_controlling", object, field, {field_argument(object, other)}));
    const std::vector<RecordRef> unreadable = unreadable_conditions(transaction.records());
    if (object.board_field == field.index) {
        Object without = object;
        without.board_field = no_field;
        OUTPOST_CHECK(put_object(transaction, std::move(without)));
    }
    for (const Field& other : object.fields) {
        if (other.deleted || (other.index != field.index && other.compound != field.name)) continue;
        Field gone = other;
        gone.deleted = true;
        OUTPOST_CHECK(put_field(transaction, command.object, std::move(gone)));
    }
    OUTPOST_CHECK(check_conditions(transaction.records(), unreadable, field_argument(object, field), object.name, field.name));
    return done();
}

}  // namespace outpost
