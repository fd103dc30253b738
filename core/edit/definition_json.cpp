#include "core/edit/definition_json.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/conversion_targets.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/picklist_text.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

std::unexpected<Error> missing(const char* member, const std::string& object = {}) {
    return fail(Error{ErrorCode::InvalidArgument, "error.member_missing", {member}, object});
}

std::unexpected<Error> wrong(const std::string& member, const std::string& object, const std::string& field) {
    return fail(Error{ErrorCode::InvalidArgument, "error.member_wrong", {member}, object, field});
}

Status take_text(const Json& json, const char* name, std::string& into, const std::string& object, const std::string& field) {
    const Json* member = json.find(name);
    if (!member) return {};
    if (member->is_null()) into.clear();
    else if (member->is_string()) into = member->text();
    else if (member->is_number()) into = member->text();
    else if (member->is_bool()) into = member->boolean() ? "true" : "false";
    else return wrong(name, object, field);
    return {};
}

Status take_flag(const Json& json, const char* name, bool& into, const std::string& object, const std::string& field) {
    const Json* member = json.find(name);
    if (!member || member->is_null()) return {};
    if (!member->is_bool()) return wrong(name, object, field);
    into = member->boolean();
    return {};
}

template <typename T>
Status take_number(const Json& json, const char* name, T& into, std::int64_t most, const std::string& object, const std::string& field) {
    const Json* member = json.find(name);
    if (!member || member->is_null()) return {};
    const auto value = member->is_number() || member->is_string() ? parse_decimal(member->text()) : std::nullopt;
    const auto whole = value ? rescale(*value, 0, Rounding::Refuse) : std::nullopt;
    if (!whole || whole->units < 0 || whole->units > most) return wrong(name, object, field);
    into = static_cast<T>(whole->units);
    return {};
}

// A list of names, each of which `find` turns into a number; an unknown one is an error that names it.
template <typename T, typename Find>
Status take_names(const Json& json, const char* name, std::vector<T>& into, const std::string& object, const Field& field, const Find& find) {
    const Json* member = json.find(name);
    if (!member) return {};
    if (!member->is_array() && !member->is_null()) return wrong(name, object, field.name);
    into.clear();
    if (member->is_null()) return {};
    for (const Json& item : member->items()) {
        const std::optional<T> found = item.is_string() ? find(trim(item.text())) : std::nullopt;
        if (!found)
            return fail(Error{ErrorCode::InvalidArgument, "error.member_unknown", {name, shown_value(item.is_string() ? item.text() : item.dump())}, object, field.name});
        if (std::ranges::find(into, *found) == into.end()) into.push_back(*found);
    }
    return {};
}

// What a value says about other fields of its object: with which values of the controlling one it is offered, and what
// its path shows and asks for.
Status take_value_rules(const Json& item, PicklistValue& value, const Field& field, const Object* object) {
    if (!item.is_object()) return {};
    const std::string name = object ? object->name : std::string();
    const Field* controlling = object && object->has_field(field.controller) ? &object->field(field.controller) : nullptr;
    const auto code = [&](std::string_view text) -> std::optional<std::uint16_t> {
        const std::uint16_t found = controlling ? controlling->find_code(text) : std::uint16_t{0};
        return found == 0 ? std::nullopt : std::optional(found);
    };
    const auto other = [&](std::string_view text) -> std::optional<FieldIndex> {
        const Field* found = object ? object->find_field(text) : nullptr;
        return found ? std::optional(found->index) : std::nullopt;
    };
    OUTPOST_CHECK(take_names(item, "validFor", value.valid_for, name, field, code));
    OUTPOST_CHECK(take_names(item, "keyFields", value.key_fields, name, field, other));
    OUTPOST_CHECK(take_names(item, "requiredFields", value.required_fields, name, field, other));
    return take_text(item, "guidance", value.guidance, name, field.name);
}

bool says(const Json& item, const char* name) {
    const Json* member = item.is_object() ? item.find(name) : nullptr;
    return member && !member->is_null();
}

// As an older definition is read, but with every member of its type, and nothing won that isn't closed.
Result<PicklistValue> value_from_json(const Json& item, const std::string& object, const std::string& field) {
    bool flag = false, won = false, closed = true;
    std::uint8_t probability = 0;
    if (item.is_object()) {
        for (const char* name : {"active", "default", "defaultValue", "converted"}) OUTPOST_CHECK(take_flag(item, name, flag, object, field));
        OUTPOST_CHECK(take_flag(item, "won", won, object, field));
        OUTPOST_CHECK(take_flag(item, "closed", closed, object, field));
        OUTPOST_CHECK(take_number(item, "probability", probability, 100, object, field));
        for (const char* name : {"label", "color", "forecastCategory"})
            if (says(item, name) && !item.find(name)->is_string()) return wrong(name, object, field);
    }
    if (won && !closed) return wrong("closed", object, field);
    auto value = picklist_value_from_json(item);
    if (!value) return wrong(value.error().arguments[0], object, field);
    if (!can_be_picklist_value(value->value)) return fail(Error{ErrorCode::InvalidArgument, "error.not_a_value", {shown_value(value->value)}, object, field});
    if (says(item, "probability")) value->probability = probability;
    return value;
}

// The new list against the present one: known values keep their code, values that are left out become inactive.
Status take_values(const Json& json, Field& field, const std::string& object, const Object* of) {
    const Json* list = json.find("values");
    if (!list) list = json.find("picklistValues");
    if (!list || list->is_null()) return {};
    if (!list->is_array()) return wrong("values", object, field.name);
    const std::vector<std::uint16_t> order_before = field.codes_in_order(false);
    // By their names of before: a value may be renamed to what another one was called until now.
    std::vector<std::string> names;
    std::vector<bool> is_listed(field.values.size());
    for (PicklistValue& value : field.values) {
        names.push_back(value.value);
        value.active = false;
        value.is_default = false;
    }
    std::uint16_t position = 0;
    for (const Json& item : list->items()) {
        auto read = value_from_json(item, object, field.name);
        if (!read) return fail(std::move(read).error());
        if (says(item, "oldValue") && !item.find("oldValue")->is_string()) return wrong("oldValue", object, field.name);
        const std::string old_value(item.is_object() ? item.text_or("oldValue", read->value) : std::string_view(read->value));
        const auto at = static_cast<std::size_t>(std::ranges::find(names, old_value) - names.begin());
        if (at == names.size()) {
            read->position = position++;
            OUTPOST_CHECK(take_value_rules(item, *read, field, of));
            names.push_back(read->value);
            is_listed.push_back(true);
            field.values.push_back(*std::move(read));
            continue;
        }
        // What the JSON doesn't say stays as it was.
        PicklistValue kept = field.values[at];
        kept.value = read->value;
        kept.active = read->active;
        kept.is_default = read->is_default;
        if (item.is_object() && item.find("label")) kept.label = read->label;
        if (item.is_object() && item.find("color")) kept.color = read->color;
        if (says(item, "closed") || says(item, "won")) kept.closed = read->closed, kept.won = read->won;
        if (says(item, "converted")) kept.converted = read->converted;
        if (says(item, "probability")) kept.probability = read->probability;
        if (says(item, "forecastCategory")) kept.forecast = read->forecast;
        kept.position = position++;
        OUTPOST_CHECK(take_value_rules(item, kept, field, of));
        if (kept.value != old_value) names[at] = ";";   // no name: the old one is free for a new value
        field.values[at] = std::move(kept);
        is_listed[at] = true;
    }
    // What is left out stays behind what it came after: a record that has it still is on its way there.
    position = 0;
    for (const std::uint16_t code : order_before) {
        PicklistValue& value = field.values[code - 1u];
        if (is_listed[code - 1u]) {
            position = static_cast<std::uint16_t>(value.position + 1);
            continue;
        }
        for (PicklistValue& other : field.values)
            if (other.position >= position) ++other.position;
        value.position = position++;
    }
    return {};
}

Status take_targets(const Json& json, Field& field, const Records& records, const std::string& object) {
    const Json* member = json.find("referenceTo");
    if (!member || member->is_null()) return {};
    field.reference_to.clear();
    const auto add = [&](const Json& item) -> Status {
        const Object* target = item.is_string() ? records.schema().find_object(trim(item.text())) : nullptr;
        if (!target)
            return fail(Error{ErrorCode::InvalidArgument, "error.unknown_object", {shown_value(item.is_string() ? item.text() : item.dump())}, object, field.name});
        field.reference_to.push_back(target->index);
        return {};
    };
    if (!member->is_array()) return add(*member);
    for (const Json& item : member->items()) OUTPOST_CHECK(add(item));
    return {};
}

constexpr std::uint8_t location_scale = 9;   // where none is asked for

std::uint8_t organization_currency_scale(const Records& records) {
    const RecordRef organization = first_live(records, standard_object::organization);
    return organization ? currency_scale(records.text(organization, organization_field::default_currency)) : std::uint8_t{2};
}

Status take_type(const Json& json, Field& field, const std::string& object) {
    const Json* type = json.find("type");
    if (!type || type->is_null()) return {};
    if (!type->is_string()) return wrong("type", object, field.name);
    const auto read = parse_field_type(trim(type->text()));
    if (!read) return fail(Error{ErrorCode::InvalidType, "error.unknown_type", {shown_value(type->text())}, object, field.name});
    field.type = *read;
    return {};
}

// The members that DefineField and UpdateField share.
Status take_field(const Json& json, Field& field, const Records& records, const std::string& object) {
    OUTPOST_CHECK(take_type(json, field, object));
    if (!json.find("scale") && field.type == FieldType::Currency && field.index == no_field) field.scale = organization_currency_scale(records);
    if (!json.find("scale") && field.type == FieldType::Location && field.index == no_field) field.scale = location_scale;
    OUTPOST_CHECK(take_text(json, "label", field.label, object, field.name));
    OUTPOST_CHECK(take_text(json, "relationshipName", field.relationship_name, object, field.name));
    OUTPOST_CHECK(take_text(json, "defaultValue", field.default_value, object, field.name));
    OUTPOST_CHECK(take_text(json, "formula", field.formula, object, field.name));
    OUTPOST_CHECK(take_text(json, "displayFormat", field.display_format, object, field.name));
    OUTPOST_CHECK(take_text(json, "help", field.help, object, field.name));
    OUTPOST_CHECK(take_text(json, "inlineHelpText", field.help, object, field.name));
    OUTPOST_CHECK(take_flag(json, "required", field.required, object, field.name));
    OUTPOST_CHECK(take_flag(json, "unique", field.unique, object, field.name));
    OUTPOST_CHECK(take_flag(json, "externalId", field.external_id, object, field.name));
    OUTPOST_CHECK(take_flag(json, "caseSensitive", field.case_sensitive, object, field.name));
    OUTPOST_CHECK(take_flag(json, "restricted", field.restricted, object, field.name));
    OUTPOST_CHECK(take_flag(json, "hidden", field.hidden, object, field.name));
    OUTPOST_CHECK(take_number(json, "length", field.length, 1'000'000, object, field.name));
    OUTPOST_CHECK(take_number(json, "precision", field.precision, 99, object, field.name));
    OUTPOST_CHECK(take_number(json, "scale", field.scale, 99, object, field.name));
    const Object* of = records.schema().find_object(object);
    if (const Json* controlling = json.find("controllingField")) {
        const Field* found = of && controlling->is_string() ? of->find_field(trim(controlling->text())) : nullptr;
        if (!found && !controlling->is_null()) return wrong("controllingField", object, field.name);
        const FieldIndex controller = found ? found->index : no_field;
        if (controller != field.controller)   // the lists name values of the one before
            for (PicklistValue& value : field.values) value.valid_for.clear();
        field.controller = controller;
    }
    OUTPOST_CHECK(take_values(json, field, object, of));
    OUTPOST_CHECK(take_conversion_targets(json, field, records, object));
    return take_targets(json, field, records, object);
}

Result<const Object*> object_of(const Json& json, const Records& records) {
    const std::string_view name = trim(json.text_or("object", ""));
    if (name.empty()) return missing("object");
    const Object* object = records.schema().find_object(name);
    if (!object) return fail(Error{ErrorCode::InvalidType, "error.unknown_object", {shown_value(name)}, shown_value(name)});
    return object;
}

// What a definition says of the field that names the records.
Status take_name_field(const Json& json, Field& name, const std::string& object) {
    const Json* given = json.find("nameField");
    if (!given || given->is_null()) return {};
    if (!given->is_object()) return wrong("nameField", object, name.name);
    OUTPOST_CHECK(take_type(*given, name, object));
    OUTPOST_CHECK(take_text(*given, "label", name.label, object, name.name));
    return take_text(*given, "displayFormat", name.display_format, object, name.name);
}

Result<Command> parse_define_object(const Json& json) {
    DefineObject command;
    Object& object = command.definition;
    object.name = trim(json.text_or("object", ""));
    if (object.name.empty()) return missing("object");
    OUTPOST_CHECK(take_text(json, "label", object.label, object.name, ""));
    OUTPOST_CHECK(take_text(json, "pluralLabel", object.plural_label, object.name, ""));
    OUTPOST_CHECK(take_text(json, "icon", object.icon, object.name, ""));
    Field name;
    name.name = "Name";
    OUTPOST_CHECK(take_name_field(json, name, object.name));
    object.fields.push_back(std::move(name));
    return Command(std::move(command));
}

Result<Command> parse_update_object(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* present, object_of(json, records));
    UpdateObject command{present->index, *present};
    Object& object = command.definition;
    OUTPOST_CHECK(take_text(json, "label", object.label, object.name, ""));
    OUTPOST_CHECK(take_text(json, "pluralLabel", object.plural_label, object.name, ""));
    OUTPOST_CHECK(take_text(json, "icon", object.icon, object.name, ""));
    OUTPOST_CHECK(take_flag(json, "hidden", object.hidden, object.name, ""));
    if (present->has_field(present->name_field)) OUTPOST_CHECK(take_name_field(json, object.fields[number(present->name_field)], object.name));
    if (const Json* board = json.find("boardField")) {
        const Field* field = board->is_string() ? object.find_field(board->text()) : nullptr;
        if (!field && !board->is_null()) return fail(unknown_field_error(object, board->is_string() ? board->text() : board->dump()));
        object.board_field = field ? field->index : no_field;
    }
    return Command(std::move(command));
}

Result<const Field*> field_of(const Json& json, const Object& object) {
    const std::string_view name = trim(json.text_or("field", ""));
    if (name.empty()) return missing("field", object.name);
    const Field* field = object.find_field(name);
    if (!field) return fail(unknown_field_error(object, name));
    return field;
}

Result<Command> parse_define_field(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    DefineField command;
    command.object = object->index;
    Field& field = command.definition;
    field.name = trim(json.text_or("field", ""));
    if (field.name.empty()) return missing("field", object->name);
    if (!says(json, "type")) return missing("type", object->name);
    OUTPOST_CHECK(take_field(json, field, records, object->name));
    return Command(std::move(command));
}

Result<Command> parse_update_field(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    OUTPOST_TRY(const Field* present, field_of(json, *object));
    UpdateField command{object->index, present->index, *present};
    OUTPOST_CHECK(take_field(json, command.definition, records, object->name));
    return Command(std::move(command));
}

}  // namespace

Result<Command> parse_definition(std::string_view command, const Json& json, const Records& records) {
    if (command == "DefineObject") return parse_define_object(json);
    if (command == "UpdateObject") return parse_update_object(json, records);
    if (command == "DefineField") return parse_define_field(json, records);
    if (command == "UpdateField") return parse_update_field(json, records);
    OUTPOST_TRY(const Object* object, object_of(json, records));
    if (command == "DeleteObject") return Command(DeleteObject{object->index});
    OUTPOST_TRY(const Field* field, field_of(json, *object));
    return Command(DeleteField{object->index, field->index});
}

}  // namespace outpost
