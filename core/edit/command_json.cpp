// Commands from their JSON form.
#include <algorithm>

#include "core/base/text.h"
#include "core/edit/command.h"
#include "core/edit/command_members.h"
#include "core/edit/define.h"
#include "core/edit/definition_json.h"
#include "core/edit/find_record.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard_segment.h"

namespace outpost {

namespace {

Result<std::string_view> required_text(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    if (!member || !member->is_string() || trim(member->text()).empty())
        return fail(ErrorCode::InvalidArgument, "error.member_missing", {std::string(name)});
    return trim(member->text());
}

// Members that may be absent or null. Of another kind they are no word for "not given": what was meant would be done otherwise.
Result<std::string_view> optional_text(const Json& json, std::string_view name, std::string_view otherwise = {}) {
    const Json* member = json.find(name);
    if (!member || member->is_null()) return otherwise;
    if (!member->is_string()) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {std::string(name)});
    return std::string_view(member->text());
}

Result<bool> optional_flag(const Json& json, std::string_view name, bool otherwise) {
    const Json* member = json.find(name);
    if (!member || member->is_null()) return otherwise;
    if (!member->is_bool()) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {std::string(name)});
    return member->boolean();
}

Result<const Object*> object_of(const Json& json, const Records& records) {
    OUTPOST_TRY(const std::string_view name, required_text(json, "object"));
    const Object* object = records.schema().find_object(name);
    if (!object) return fail(Error{ErrorCode::InvalidType, "error.unknown_object", {shown_value(name)}, shown_value(name)});
    return object;
}

Result<RecordRef> record_of(std::string_view text, const Object* object, const Records& records) {
    const std::string name = object ? object->name : std::string();
    const auto id = parse_record_id(trim(text));
    if (!id) return fail(Error{ErrorCode::MalformedId, "error.malformed_record_id", {shown_value(text)}, name});
    const auto record = records.find(*id);
    if (!record || (object && record->object != object->index))
        return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.record_unknown", {shown_value(text), object ? object_argument(*object) : name}, name});
    return *record;
}

Result<std::vector<FieldValue>> fields_of(const Json* json, const Object& object, const Records& records) {
    std::vector<FieldValue> fields;
    if (!json || json->is_null()) return fields;
    if (!json->is_object()) return fail(Error{ErrorCode::InvalidArgument, "error.member_not_object", {"fields"}, object.name});
    fields.reserve(json->members().size());
    for (const auto& [name, value] : json->members()) {
        if (name == "attributes") continue;
        const std::size_t dot = name.find('.');
        const Field* field = object.find_field(std::string_view(name).substr(0, dot));
        // "Account": {...} and "Account.Name" say which record a lookup points at.
        if ((!field || dot != std::string::npos) && (value.is_object() || value.is_null() || dot != std::string::npos))
            if (const Field* lookup = object.find_relationship(std::string_view(name).substr(0, dot))) field = lookup;
        if (!field || (dot != std::string::npos && !field->is_lookup())) return fail(unknown_field_error(object, name));
        if (dot != std::string::npos && !value.is_null()) {
            Json by = Json::object();
            by.set(name.substr(dot + 1), value);
            OUTPOST_TRY(Value parsed, parse_value(by, *field, object, records));
            fields.push_back({field->index, std::move(parsed)});
            continue;
        }
        if (field->type == FieldType::Address || field->type == FieldType::Location) {
            if (!value.is_object() && !value.is_null()) return fail(field_error(ErrorCode::InvalidType, "error.type.compound", object, *field));
            OUTPOST_CHECK(compound_fields(value, *field, object, records, fields));
            continue;
        }
        const bool person_name = field->name_field && field->calculated && value.is_string();
        if (person_name) {
            fields.push_back({field->index, Value(value.text())});
            continue;
        }
        if (!field->writable()) return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", object, *field));
        OUTPOST_TRY(Value parsed, parse_value(value, *field, object, records));
        fields.push_back({field->index, std::move(parsed)});
    }
    // "AccountId" beside "Account.Name", "city" beside "City": which of two values is meant can't be known.
    for (auto each = fields.begin(); each != fields.end(); ++each)
        for (auto other = fields.begin(); other != each; ++other)
            if (other->field == each->field && !(other->value == each->value))
                return fail(field_error(ErrorCode::InvalidField, "error.field_told_twice", object, object.field(each->field)));
    return fields;
}

// An update that says nothing of fields has lost them to a slip of the pen: it is none.
Result<std::vector<FieldValue>> wanted_fields_of(const Json& json, const Object& object, const Records& records) {
    const Json* fields = json.find("fields");
    if (!fields || fields->is_null()) return fail(Error{ErrorCode::InvalidArgument, "error.member_missing", {"fields"}, object.name});
    return fields_of(fields, object, records);
}

// `member`: what the command's contract calls the records.
Result<std::vector<RowIndex>> rows_of(const Json& json, const Object& object, const Records& records, std::string_view member = "ids") {
    std::vector<RowIndex> rows;
    const Json* ids = json.find("ids");
    if (ids && json.find("id")) return fail(Error{ErrorCode::InvalidArgument, "error.records_told_twice", {}, object.name});
    if (!ids && json.find("id")) {
        OUTPOST_TRY(const std::string_view id, required_text(json, "id"));
        OUTPOST_TRY(const RecordRef record, record_of(id, &object, records));
        rows.push_back(record.row);
        return rows;
    }
    if (!ids || !ids->is_array()) return fail(Error{ErrorCode::InvalidArgument, "error.member_missing", {std::string(member)}, object.name});
    for (const Json& item : ids->items()) {
        if (!item.is_string()) return fail(Error{ErrorCode::MalformedId, "error.malformed_record_id", {item.dump()}, object.name});
        OUTPOST_TRY(const RecordRef record, record_of(item.text(), &object, records));
        rows.push_back(record.row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

Result<Command> parse_create(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    CreateRecord command;
    command.object = object->index;
    OUTPOST_TRY(command.apply_defaults, optional_flag(json, "defaults", true));
    OUTPOST_TRY(command.fields, fields_of(json.find("fields"), *object, records));
    return Command(std::move(command));
}

Result<Command> parse_update(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    OUTPOST_TRY(const std::string_view id, required_text(json, "id"));
    UpdateRecord command;
    OUTPOST_TRY(command.record, record_of(id, object, records));
    OUTPOST_TRY(command.fields, wanted_fields_of(json, *object, records));
    return Command(std::move(command));
}

Result<Command> parse_rows_command(std::string_view name, const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    OUTPOST_TRY(std::vector<RowIndex> rows, rows_of(json, *object, records, name.ends_with("Record") ? "id" : "ids"));
    if (name.starts_with("Delete")) return Command(DeleteRecords{object->index, std::move(rows)});
    if (name.starts_with("Empty")) return Command(EmptyRecycleBin{object->index, std::move(rows)});
    if (name.starts_with("Restore")) return Command(RestoreRecords{object->index, std::move(rows)});
    UpdateRecords command{object->index, std::move(rows), {}};
    OUTPOST_TRY(command.fields, wanted_fields_of(json, *object, records));
    return Command(std::move(command));
}

// A member that may be absent or null: no record. `made`: takes the values of a new one ({"fields": {...}}).
Result<RecordRef> optional_record(const Json& json, std::string_view name, ObjectIndex index, const Records& records, std::vector<FieldValue>* made = nullptr) {
    const Json* member = json.find(name);
    if (!member || member->is_null()) return RecordRef{};
    const Object& object = records.schema().object(index);
    if (made && member->is_object()) {
        const Json* fields = member->find("fields");
        OUTPOST_TRY(*made, fields_of(fields ? fields : member, object, records));
        return RecordRef{};
    }
    if (!member->is_string()) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {std::string(name)});
    return record_of(member->text(), &object, records);
}

Result<Command> parse_convert(const Json& json, const Records& records) {
    namespace so = standard_object;
    ConvertLead command;
    OUTPOST_TRY(const std::string_view lead, required_text(json, json.find("id") && !json.find("lead") ? "id" : "lead"));
    OUTPOST_TRY(command.lead, record_of(lead, &records.schema().object(so::lead), records));
    OUTPOST_TRY(command.status, optional_text(json, "status"));
    OUTPOST_TRY(command.account, optional_record(json, "account", so::account, records, &command.account_fields));
    OUTPOST_TRY(command.contact, optional_record(json, "contact", so::contact, records, &command.contact_fields));
    OUTPOST_TRY(command.owner, optional_record(json, "owner", so::user, records));
    if (const Json* task = json.find("task"); task && !task->is_null()) {
        OUTPOST_TRY(command.task_fields, fields_of(task, records.schema().object(so::task), records));
    }
    const Json* opportunity = json.find("opportunity");
    if (!opportunity || (opportunity->is_bool() && opportunity->boolean())) return Command(std::move(command));
    if (opportunity->is_null() || opportunity->is_bool()) {
        command.opportunity_choice = ConvertLead::OpportunityChoice::None;
        return Command(std::move(command));
    }
    if (opportunity->is_string()) command.opportunity_choice = ConvertLead::OpportunityChoice::Existing;
    OUTPOST_TRY(command.opportunity, optional_record(json, "opportunity", so::opportunity, records, &command.opportunity_fields));
    return Command(std::move(command));
}

Result<Command> parse_segment(std::string_view name, const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    OUTPOST_TRY(std::vector<RowIndex> rows, rows_of(json, *object, records));
    RecordRef segment;   // by id or by name, as every lookup
    if (const Json* member = json.find("segment"); member && !member->is_null()) {
        const Object& membership = records.schema().object(standard_object::segment_member);
        OUTPOST_TRY(const Value found, parse_value(*member, membership.field(segment_member_field::segment), membership, records));
        if (const auto* record = std::get_if<RecordRef>(&found)) segment = *record;
    }
    if (name == "AddToSegment" && !segment) {
        OUTPOST_TRY(const std::string_view made, required_text(json, "name"));
        // A script that runs twice makes one segment: a name in use is that one's.
        const Object& membership = records.schema().object(standard_object::segment_member);
        const Result<RecordRef> named = find_record_by_name(made, membership.field(segment_member_field::segment), membership, records);
        if (!named && named.error().message_key != "error.lookup_none") return fail(named.error());
        if (!named) return Command(AddToSegment{{}, std::string(made), object->index, std::move(rows)});
        segment = *named;
    }
    if (name == "AddToSegment") return Command(AddToSegment{segment, {}, object->index, std::move(rows)});
    if (!segment) return fail(Error{ErrorCode::InvalidArgument, "error.member_missing", {"segment"}, object->name});
    return Command(RemoveFromSegment{segment, object->index, std::move(rows)});
}

Result<Command> parse_merge(const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    MergeRecords command;
    command.object = object->index;
    OUTPOST_TRY(const std::string_view master, required_text(json, "master"));
    OUTPOST_TRY(command.master, record_of(master, object, records));
    const Json* others = json.find("others");
    if (!others || !others->is_array()) return fail(Error{ErrorCode::InvalidArgument, "error.member_missing", {"others"}, object->name});
    for (const Json& item : others->items()) {
        OUTPOST_TRY(const RecordRef other, record_of(item.is_string() ? item.text() : std::string(), object, records));
        command.others.push_back(other);
    }
    OUTPOST_TRY(command.fields, fields_of(json.find("fields"), *object, records));
    return Command(std::move(command));
}

Result<Command> parse_occurrence(std::string_view name, const Json& json, const Records& records) {
    OUTPOST_TRY(const Object* object, object_of(json, records));
    OUTPOST_TRY(const std::string_view id, required_text(json, "id"));
    OUTPOST_TRY(const std::string_view date, required_text(json, "date"));
    ChangeOccurrence command;
    OUTPOST_TRY(command.series, record_of(id, object, records));
    const std::optional<Days> day = parse_iso_date(date);
    if (!day) return fail(Error{ErrorCode::InvalidArgument, "error.argument_value", {"date", shown_value(date)}, object->name});
    command.day = *day;
    OUTPOST_TRY(const std::string_view scope, optional_text(json, "scope", "this"));
    static constexpr std::string_view scopes[] = {"this", "following", "all"};
    const auto* found = std::ranges::find(scopes, scope);
    if (found == std::end(scopes)) return fail(Error{ErrorCode::InvalidArgument, "error.argument_value", {"scope", shown_value(scope)}, object->name});
    command.scope = static_cast<OccurrenceScope>(found - std::begin(scopes));
    command.removes = name == "DeleteOccurrence";
    if (!command.removes) {
        OUTPOST_TRY(command.fields, wanted_fields_of(json, *object, records));
    }
    return Command(std::move(command));
}

Result<Command> parse_copy_pipeline(const Json& json) {
    CopyPipeline command;
    OUTPOST_TRY(command.source, optional_text(json, "from"));
    OUTPOST_TRY(command.name, optional_text(json, "name"));
    OUTPOST_TRY(command.is_default, optional_flag(json, "default", false));
    return Command(std::move(command));
}

Result<Command> parse_batch(const Json& json) {
    const Json* commands = json.is_array() ? &json : json.find("commands");
    if (!commands || !commands->is_array()) return fail(ErrorCode::InvalidArgument, "error.member_missing", {"commands"});
    return Command(Batch{commands->items()});
}

}  // namespace

// "BillingAddress": {"street": "...", "city": "..."} sets the parts.
Status compound_fields(const Json& json, const Field& compound, const Object& object, const Records& records, std::vector<FieldValue>& fields) {
    for (const Field& part : object.fields)
        if (json.is_null() && !part.deleted && part.compound == compound.name) fields.push_back({part.index, Value()});
    for (const auto& [name, value] : json.members()) {
        const Field* match = nullptr;
        for (const Field& part : object.fields) {
            if (part.deleted || part.compound != compound.name) continue;
            std::string_view short_name = part.name;
            if (short_name.ends_with("__s")) {
                short_name.remove_suffix(3);
                short_name.remove_prefix(short_name.rfind("__") + 2);
            } else if (compound.name.size() > 7) {
                short_name.remove_prefix(compound.name.size() - 7);  // "BillingAddress" without "Address"
            }
            if (equals_ignoring_ascii_case(short_name, name)) match = &part;
        }
        if (!match) return fail(unknown_field_error(object, compound.name + "." + name));
        OUTPOST_TRY(Value parsed, parse_value(value, *match, object, records));
        fields.push_back({match->index, std::move(parsed)});
    }
    return {};
}

Result<Command> parse_command(const Json& json, const Records& records) {
    OUTPOST_TRY(const NamedCommand named, name_of_command(json));
    const std::string_view name = named.name;
    const Json& body = *named.body;
    if (name == "CreateRecord") return parse_create(body, records);
    if (name == "UpdateRecord") return parse_update(body, records);
    if (name.ends_with("Records") && name != "MergeRecords") return parse_rows_command(name, body, records);
    if (name == "DeleteRecord" || name == "RestoreRecord" || name == "EmptyRecycleBin") return parse_rows_command(name, body, records);
    if (name == "ConvertLead") return parse_convert(body, records);
    if (name == "MergeRecords") return parse_merge(body, records);
    if (name == "RouteLeads" || name == "TakeLead") {
        OUTPOST_TRY(std::vector<RowIndex> rows, rows_of(body, records.schema().object(standard_object::lead), records, name == "TakeLead" ? "id" : "ids"));
        if (name == "TakeLead") return Command(TakeLeads{std::move(rows)});
        return Command(RouteLeads{std::move(rows)});
    }
    if (name.ends_with("Segment")) return parse_segment(name, body, records);
    if (name == "UpdateOccurrence" || name == "DeleteOccurrence") return parse_occurrence(name, body, records);
    if (name == "Batch") return parse_batch(body);
    if (name == "CopyPipeline") return parse_copy_pipeline(body);
    if (name == "Redo") return Command(Redo{});
    if (name == "Undo") {
        const Json* member = body.find("sequence") ? body.find("sequence") : body.find("seq");
        if (!member) return Command(Undo{});
        // A number that can't be one is no wish to undo whatever came last.
        const std::int64_t sequence = body.integer_or("sequence", body.integer_or("seq", -1));
        if (sequence <= 0) return fail(ErrorCode::InvalidArgument, "error.member_wrong", {"seq"});
        return Command(Undo{static_cast<Sequence>(sequence)});
    }
    return parse_definition(name, body, records);
}

namespace {

// "$0.id" anywhere in the command stands for what part 0 made.
Result<Json> with_made_records(const Json& json, const std::vector<CommandOutcome>& parts, const Records& records) {
    Json resolved = json;
    Status fault;
    const auto resolve = [&](auto& self, Json& at) -> void {
        for (Json& item : at.items()) self(self, item);
        for (auto& [key, value] : at.members()) self(self, value);
        if (!at.is_string() || !at.text().starts_with('$') || !at.text().ends_with(".id")) return;
        const std::string digits = at.text().substr(1, at.text().size() - 4);
        if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos) return;
        const std::size_t part = std::stoul(digits);
        if (part < parts.size() && !parts[part].created.empty()) at = Json(to_text(records.id_of(parts[part].created[0])));
        else fault = fail(ErrorCode::InvalidCrossReferenceKey, "error.batch_reference", {at.text()});
    };
    resolve(resolve, resolved);
    OUTPOST_CHECK(fault);
    return resolved;
}

}  // namespace

Result<CommandOutcome> perform_parts(const Batch& batch, const Records& records, const std::function<Result<CommandOutcome>(const Json&)>& perform) {
    CommandOutcome outcome;
    for (const Json& json : batch.commands) {
        Result<CommandOutcome> part = with_made_records(json, outcome.parts, records).and_then(perform);
        if (!part) {
            part.error().part = static_cast<int>(outcome.parts.size());
            return part;
        }
        outcome.parts.push_back(*std::move(part));
    }
    return outcome;
}

}  // namespace outpost
