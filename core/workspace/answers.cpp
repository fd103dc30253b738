#include "core/workspace/answers.h"

#include <algorithm>

#include "core/base/record_id.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

Json id_or_null(RecordRef record, const Records& records) {
    return record ? Json(to_text(records.id_of(record))) : Json();
}

template <typename Items, typename Name>
void set_names(Json& entry, const char* member, const Items& items, const Name& name) {
    if (items.empty()) return;
    Json names = Json::array();
    for (const auto item : items) names.push(name(item));
    entry.set(member, std::move(names));
}

Json describe_values(const Field& field, const Object& object, const Messages& messages) {
    const auto field_name = [&](FieldIndex index) { return object.has_field(index) ? object.field(index).name : std::string(); };
    const auto controlling_value = [&](std::uint16_t code) {
        const Field* controlling = object.has_field(field.controller) ? &object.field(field.controller) : nullptr;
        return controlling && code != 0 && code <= controlling->values.size() ? controlling->values[code - 1u].value : std::string();
    };
    const bool can_be_closed = std::ranges::any_of(field.values, &PicklistValue::closed);
    const bool are_stages = std::ranges::any_of(field.values, [](const PicklistValue& value) { return value.probability != 0; });
    Json values = Json::array();
    for (const std::uint16_t code : field.codes_in_order(false)) {
        const PicklistValue& value = field.values[code - 1];
        Json entry = Json::object();
        entry.set("value", value.value).set("label", value_label(messages, field, value));
        entry.set("active", value.active).set("defaultValue", value.is_default);
        if (value.color != 0) entry.set("color", color_to_text(value.color));
        if (can_be_closed) entry.set("closed", value.closed);
        if (are_stages) entry.set("won", value.won).set("probability", int{value.probability}).set("forecastCategory", to_text(value.forecast));
        if (value.converted) entry.set("converted", true);
        set_names(entry, "validFor", value.valid_for, controlling_value);
        if (!value.guidance.empty()) entry.set("guidance", value.guidance);
        set_names(entry, "keyFields", value.key_fields, field_name);
        set_names(entry, "requiredFields", value.required_fields, field_name);
        values.push(std::move(entry));
    }
    return values;
}

Json describe_field(const Field& field, const Object& object, const Schema& schema, const Messages& messages) {
    Json out = Json::object();
    out.set("name", field.name).set("label", field_label(messages, object, field));
    out.set("type", describe_type(field.type));
    out.set("length", static_cast<int>(field.is_text() ? field.length : 0));
    out.set("precision", static_cast<int>(field.is_number() ? field.precision : 0));
    out.set("scale", static_cast<int>(field.is_number() ? field.scale : 0));
    out.set("picklistValues", describe_values(field, object, messages));
    if (object.has_field(field.controller)) out.set("controllerName", object.field(field.controller).name);
    Json targets = Json::array();
    for (const ObjectIndex target : field.reference_to)
        if (schema.has_object(target)) targets.push(schema.object(target).name);
    out.set("referenceTo", std::move(targets));
    out.set("relationshipName", field.relationship_name.empty() ? Json() : Json(field.relationship_name));
    out.set("nillable", !field.required && field.type != FieldType::Checkbox && field.type != FieldType::Id);
    out.set("unique", field.unique).set("externalId", field.external_id).set("caseSensitive", field.case_sensitive);
    out.set("custom", !field.standard).set("calculated", field.calculated || field.type == FieldType::Formula);
    out.set("createable", field.writable()).set("updateable", field.writable());
    out.set("nameField", field.index == object.name_field);
    out.set("autoNumber", field.type == FieldType::AutoNumber);
    out.set("restrictedPicklist", field.is_picklist() && field.restricted);
    out.set("defaultValue", field.default_value.empty() ? Json() : Json(field.default_value));
    if (!field.converts_to.empty()) {
        Json conversion = Json::object();
        for (const ConversionTarget& target : field.converts_to) {
            const Object& into = schema.object(target.object);
            if (target.field == no_field || into.has_field(target.field)) conversion.set(into.name, target.field == no_field ? std::string() : into.field(target.field).name);
        }
        out.set("convertsTo", std::move(conversion));
    }
    out.set("inlineHelpText", field.help.empty() ? Json() : Json(field.help));
    return out;
}

Json object_head(const Object& object, const Messages& messages) {
    Json out = Json::object();
    out.set("name", object.name).set("label", object_label(messages, object, false));
    out.set("labelPlural", object_label(messages, object, true));
    out.set("keyPrefix", key_prefix(object.index)).set("custom", !object.standard);
    const bool single = object.index == standard_object::organization;   // there is one, and it stays
    out.set("createable", !single).set("updateable", true).set("deletable", !single).set("queryable", true);
    return out;
}

}  // namespace

Result<std::vector<RowIndex>> owners_of(const Json& question, const Records& records) {
    std::vector<RowIndex> owners;
    const Json* ids = question.find("owners");
    if (!ids || !ids->is_array()) return owners;
    for (const Json& each : ids->items()) {
        const auto id = parse_record_id(each.is_string() ? each.text() : std::string());
        const auto user = id ? records.find(*id) : std::nullopt;
        if (!user || user->object != standard_object::user) return fail(ErrorCode::InvalidArgument, "error.argument_value", {"owners", each.dump()});
        owners.push_back(user->row);
    }
    std::ranges::sort(owners);
    return owners;
}

Json error_to_json(const Error& error, const Messages& messages) {
    Json detail = Json::object();
    detail.set("code", to_text(error.code));
    if (!error.object.empty()) detail.set("object", error.object);
    if (!error.field.empty()) detail.set("field", error.field);
    if (error.position >= 0) detail.set("position", error.position);
    if (error.part >= 0) detail.set("index", error.part);
    detail.set("message", messages.error(error));
    Json out = Json::object();
    out.set("ok", false).set("error", std::move(detail));
    return out;
}

namespace {

Json results_of(const CommandOutcome& batch, const Records& records) {
    Json results = Json::array();
    for (const CommandOutcome& part : batch.parts) {
        Json result = Json::object();
        result.set("ok", true);
        if (part.created.size() == 1) result.set("id", id_or_null(part.created[0], records));
        if (part.record_count > 0) result.set("count", part.record_count);
        if (!part.parts.empty()) result.set("results", results_of(part, records));
        results.push(std::move(result));
    }
    return results;
}

}  // namespace

Json outcome_to_json(const CommandOutcome& outcome, const Command& command, const Records& records) {
    Json out = Json::object();
    out.set("ok", true).set("seq", outcome.sequence);
    if (std::holds_alternative<ConvertLead>(command) && outcome.created.size() == 3) {
        out.set("account", id_or_null(outcome.created[0], records));
        out.set("contact", id_or_null(outcome.created[1], records));
        out.set("opportunity", id_or_null(outcome.created[2], records));
    } else if (outcome.created.size() == 1) {
        out.set("id", id_or_null(outcome.created[0], records));
    }
    if (outcome.record_count > 0) out.set("count", outcome.record_count);
    if (!outcome.parts.empty()) out.set("results", results_of(outcome, records));
    return out;
}

Json describe_objects(const Schema& schema, const Messages& messages) {
    Json list = Json::array();
    for (const ObjectIndex index : schema.objects()) list.push(object_head(schema.object(index), messages));
    Json out = Json::object();
    out.set("sobjects", std::move(list));
    return out;
}

Json describe_object(const Object& object, const Schema& schema, const Messages& messages) {
    Json out = object_head(object, messages);
    Json fields = Json::array();
    for (const Field& field : object.fields)
        if (!field.deleted && !field.name.empty()) fields.push(describe_field(field, object, schema, messages));
    out.set("fields", std::move(fields));
    Json children = Json::array();
    for (const Schema::ChildRelationship& child : schema.children_of(object.index)) {
        const Object& child_object = schema.object(child.object);
        const Field& lookup = child_object.field(child.field);
        Json entry = Json::object();
        entry.set("childSObject", child_object.name).set("field", lookup.name);
        entry.set("relationshipName",
                  lookup.child_relationship_name.empty() ? Json() : Json(lookup.child_relationship_name));
        children.push(std::move(entry));
    }
    out.set("childRelationships", std::move(children));
    return out;
}

Json record_history_to_json(const RecordHistory& history, const Object& object, const Records& records) {
    static constexpr std::string_view events[] = {"Created", "Changed", "Deleted", "Restored"};
    Json lines = Json::array();
    for (const RecordHistoryLine& line : history.lines) {
        Json out = Json::object();
        out.set("seq", line.sequence).set("time", instant_to_text(line.time));
        out.set("user", id_or_null(line.user, records));
        out.set("userName", line.user ? Json(records.display_name(line.user)) : Json());
        out.set("event", events[static_cast<std::size_t>(line.event)]);
        if (line.event == RecordEvent::FieldChanged) {
            const Field& field = object.fields[number(line.field)];
            out.set("field", field.name);
            out.set("before", value_to_json(line.before, field, records)).set("after", value_to_json(line.after, field, records));
        }
        lines.push(std::move(out));
    }
    return Json::object().set("ok", true).set("lines", std::move(lines)).set("complete", history.reaches_creation)
        .set("damaged", std::uint64_t{history.entries_damaged}).set("missing", history.sequences_missing);
}

}  // namespace outpost
