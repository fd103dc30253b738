#include "core/edit/define_checks.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/command.h"
#include "core/edit/conversion_targets.h"
#include "core/edit/validate.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

constexpr std::uint32_t long_text_length_max = 131072;
constexpr std::ptrdiff_t masters_max = 2;   // Salesforce's number

std::unexpected<Error> refused(ErrorCode code, const char* key, const Object& object, const Field& field, std::vector<std::string> more = {}) {
    more.insert(more.begin(), field.label.empty() ? field.name : field.label);
    return fail(Error{code, key, std::move(more), object.name, field.name});
}

Status check_lengths(const Object& object, Field& field, bool is_new) {
    const bool unset = is_new && field.length == Field{}.length;
    switch (field.type) {
        case FieldType::Text:
        case FieldType::TextArea:
        case FieldType::Url:
            if (field.length < 1 || field.length > 255) return refused(ErrorCode::InvalidArgument, "error.length_range", object, field, {"1", "255"});
            return {};
        case FieldType::LongTextArea:
            if (unset) field.length = 32768;
            if (field.length < 1 || field.length > long_text_length_max)
                return refused(ErrorCode::InvalidArgument, "error.length_range", object, field, {"1", std::to_string(long_text_length_max)});
            return {};
        case FieldType::Email:
            if (unset) field.length = 80;
            return {};
        case FieldType::Phone:
            if (unset) field.length = 40;
            return {};
        case FieldType::MultiselectPicklist: field.length = 4099; return {};
        default: return {};
    }
}

Status check_number(const Object& object, Field& field) {
    if (field.precision < 1 || field.precision > 18) return refused(ErrorCode::InvalidArgument, "error.precision_range", object, field);
    const std::uint8_t digits = field.type == FieldType::Location ? 15 : field.precision;   // with 180 before the point
    if (field.scale > digits || field.scale > 17) return refused(ErrorCode::InvalidArgument, "error.scale_range", object, field, {std::to_string(digits)});
    return {};
}

// The controlling field is another picklist that doesn't depend on this one; what a stage asks for can be filled in.
Status check_value_rules(const Object& object, const Field& field) {
    if (field.controller != no_field) {
        FieldIndex above = field.controller;
        for (std::size_t steps = 0; above != no_field; above = object.field(above).controller)
            if (!object.has_field(above) || !object.field(above).is_picklist() || above == field.index || ++steps > object.fields.size())
                return refused(ErrorCode::InvalidArgument, "error.controlling_field", object, field);
        if (!field.is_picklist()) return refused(ErrorCode::InvalidArgument, "error.controlling_field", object, field);
    }
    for (const PicklistValue& value : field.values) {
        if (field.controller == no_field && !value.valid_for.empty()) return refused(ErrorCode::InvalidArgument, "error.controlling_field", object, field);
        if (value.key_fields.size() > key_fields_max) return refused(ErrorCode::InvalidArgument, "error.key_fields", object, field, {value.value, std::to_string(key_fields_max)});
        if (count_code_points(value.guidance) > guidance_length)
            return refused(ErrorCode::StringTooLong, "error.guidance", object, field, {value.value, std::to_string(guidance_length)});
        for (const FieldIndex asked : value.required_fields)
            if (!object.has_field(asked) || !object.field(asked).writable() || object.field(asked).type == FieldType::Checkbox)
                return refused(ErrorCode::InvalidArgument, "error.required_field_of_stage", object, field, {value.value, object.has_field(asked) ? object.field(asked).name : std::to_string(number(asked))});
    }
    return {};
}

Status check_values(const Object& object, Field& field) {
    bool placed = false;
    std::size_t defaults = 0;
    for (std::size_t i = 0; i < field.values.size(); ++i) {
        const PicklistValue& value = field.values[i];
        placed = placed || value.position != 0;
        defaults += value.is_default;
        for (std::size_t j = 0; j < i; ++j)
            if (equals_ignoring_ascii_case(field.values[j].value, value.value))
                return refused(ErrorCode::DuplicateValue, "error.picklist_twice", object, field, {value.value});
    }
    if (defaults > 1 && field.is_picklist()) return refused(ErrorCode::InvalidArgument, "error.picklist_defaults", object, field);
    if (!placed)
        for (std::size_t i = 0; i < field.values.size(); ++i) field.values[i].position = static_cast<std::uint16_t>(i);
    return check_value_rules(object, field);
}

std::string child_name_of(const Schema& schema, const Object& object, const Field& field) {
    std::string stem;
    const std::string& label = object.plural_label.empty() ? object.name : object.plural_label;
    for (const char c : label) {
        const bool word = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (word) stem += c;
        else if (!stem.empty() && stem.back() != '_') stem += '_';
    }
    while (!stem.empty() && stem.back() == '_') stem.pop_back();
    if (stem.empty()) stem = object.name.substr(0, object.name.find("__")) + "s";
    // The parent may have such a relationship already.
    for (int count = 1;; ++count) {
        const std::string name = stem + (count == 1 ? "" : std::to_string(count)) + "__r";
        bool taken = false;
        for (const ObjectIndex parent : field.reference_to)
            for (const Schema::ChildRelationship& child : schema.children_of(parent))
                taken = taken || equals_ignoring_ascii_case(schema.object(child.object).field(child.field).child_relationship_name, name);
        if (!taken) return name;
    }
}

// What an API name can't be like before its suffix; null when it can be.
const char* fault_of_api_stem(std::string_view stem) {
    if (stem.size() > 40) return "error.api_name_length";
    char last = '_';
    for (const char c : stem) {
        const bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        const bool digit = c >= '0' && c <= '9';
        if (!letter && !digit && c != '_') return "error.api_name";
        if (c == '_' && last == '_') return "error.api_name";
        last = c;
    }
    const bool begins_well = !stem.empty() && (stem[0] | 0x20) >= 'a' && (stem[0] | 0x20) <= 'z';
    return last == '_' || !begins_well ? "error.api_name" : nullptr;
}

Status take_child_name(const Schema& schema, const Object& object, Field& field, const std::string& given) {
    const std::string name = field.child_relationship_name = given.ends_with("__r") ? given : given + "__r";
    if (const char* fault = fault_of_api_stem(std::string_view(name).substr(0, name.size() - 3)))
        return fail(Error{ErrorCode::InvalidArgument, fault, {shown_value(given)}, object.name, field.name});
    return check_child_name(schema, object, field);
}

// Whether records of `object` can only be there once there is one of `needed`: it is the same, or a master over others.
bool needs(const Schema& schema, ObjectIndex object, ObjectIndex needed) {
    std::vector<ObjectIndex> chain{object};
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (chain[i] == needed) return true;
        for (const Field& field : schema.object(chain[i]).fields)
            if (!field.deleted && field.type == FieldType::MasterDetail)
                for (const ObjectIndex master : field.reference_to)
                    if (!std::ranges::contains(chain, master)) chain.push_back(master);
    }
    return false;
}

Status check_master(const Schema& schema, const Object& object, const Field& field) {
    const ObjectIndex master = field.reference_to[0];
    if (field.reference_to.size() != 1 || master == so::user || needs(schema, master, object.index))
        return refused(ErrorCode::InvalidArgument, "error.master_target", object, field, {object_argument(object)});
    const auto is_other_master = [&](const Field& other) { return !other.deleted && other.type == FieldType::MasterDetail && other.index != field.index; };
    if (std::ranges::count_if(object.fields, is_other_master) >= masters_max)
        return refused(ErrorCode::InvalidArgument, "error.master_third", object, field, {object_argument(object), std::to_string(masters_max)});
    return {};
}

Status complete_lookup(const Records& records, const Object& object, Field& field) {
    if (field.reference_to.empty()) return refused(ErrorCode::InvalidArgument, "error.lookup_target", object, field);
    for (const ObjectIndex target : field.reference_to)
        if (!records.schema().has_object(target)) return refused(ErrorCode::InvalidArgument, "error.lookup_target", object, field);
    const std::string given = field.relationship_name.empty() ? field.child_relationship_name : field.relationship_name;
    field.relationship_name = field.name.substr(0, field.name.size() - 1) + "r";
    if (given.empty() || equals_ignoring_ascii_case(given, field.relationship_name)) field.child_relationship_name = child_name_of(records.schema(), object, field);
    else {
        OUTPOST_CHECK(take_child_name(records.schema(), object, field, given));
    }
    field.length = 18;
    if (field.type != FieldType::MasterDetail) return {};
    field.required = true;
    return check_master(records.schema(), object, field);
}

Status check_default(const Records& records, const Object& object, const Field& field) {
    if (field.default_value.empty()) return {};
    auto value = parse_text_value(field.default_value, field, object, records);
    if (!value) return std::unexpected(value.error());
    auto fitted = fit_value(records, object, field, *std::move(value));
    if (!fitted) return std::unexpected(fitted.error());
    return {};
}

Status check_flags(const Object& object, const Field& field) {
    const bool can_identify = field.type == FieldType::Text || field.type == FieldType::Email || field.type == FieldType::Number || field.type == FieldType::AutoNumber || field.type == FieldType::Phone || field.type == FieldType::Url;
    if ((field.unique || field.external_id) && !can_identify) return refused(ErrorCode::InvalidArgument, "error.unique_type", object, field);
    return {};
}

// Texts that are longer, numbers with more digits or values twice than the new definition allows.
Status check_held_values(const Records& records, const Object& object, const Field& before, const Field& after) {
    const Table& table = records.table(object.index);
    const Column& column = table.column(before.index);
    const bool shorter = column.kind() == ColumnKind::Text && (after.length < before.length || after.type != before.type);
    const bool narrower = column.kind() == ColumnKind::Decimal && after.precision - after.scale < before.precision - before.scale;
    if (shorter || narrower) {
        Status fault;
        const auto report = [&](RowIndex row, Error error) {
            if (!fault || !table.is_live(row)) return;
            error.message_key = "error.held_value";
            error.arguments = {field_argument(object, before), records.display_name({object.index, row}), shown_value(records.value_text({object.index, row}, before.index))};
            fault = fail(std::move(error));
        };
        Field same_scale = after;
        same_scale.scale = before.scale;
        if (narrower) same_scale.precision = static_cast<std::uint8_t>(std::min(18, after.precision - after.scale + before.scale));
        check_column(records, object, same_scale, column, 0, report);
        OUTPOST_CHECK(fault);
    }
    return is_stricter(before, after) ? check_values_unique(records, object, after) : Status();
}

// A detail needs its master, a record its name, and a standard object what the code relies on.
bool must_be_required(const Object& object, const Field& field) {
    if (field.name_field || field.type == FieldType::MasterDetail) return true;
    if (!field.standard || !object.standard) return false;
    Schema standard;
    add_standard_objects(standard);
    return standard.object(object.index).field(field.index).required;
}

// Where a lookup points to stays; only the name that its targets have for it is an admin's.
Status check_relationship(const Records& records, const Object& object, const Field& wanted, Field& after) {
    const auto present_targets = [&](std::vector<ObjectIndex> targets) {
        std::erase_if(targets, [&](ObjectIndex target) { return !records.schema().has_object(target); });
        return targets;
    };
    if (!std::ranges::is_permutation(present_targets(wanted.reference_to), present_targets(after.reference_to))) return refused(ErrorCode::InvalidArgument, "error.lookup_target_stays", object, after);
    const std::string& given = wanted.relationship_name;
    for (const std::string& present : {after.relationship_name, after.child_relationship_name})
        if (given.empty() || equals_ignoring_ascii_case(given, present) || equals_ignoring_ascii_case(given + "__r", present)) return {};
    if (after.standard || !after.is_lookup()) return refused(ErrorCode::InvalidArgument, "error.lookup_target_stays", object, after);
    return take_child_name(records.schema(), object, after, given);
}

}  // namespace

Status check_names_free(const Schema& schema, const SchemaChange& change) {
    if (change.field != no_field && change.field_after && !change.field_after->deleted) {
        const Object& object = schema.object(change.object);
        const Field& after = *change.field_after;
        for (const Field& other : object.fields) {
            if (other.deleted || other.index == after.index) continue;
            for (const auto name : {&Field::name, &Field::relationship_name})
                if (!(after.*name).empty() && equals_ignoring_ascii_case(other.*name, after.*name))
                    return fail(Error{ErrorCode::DuplicateValue, "error.field_exists", {after.*name, object_argument(object)}, object.name, after.name});
        }
    }
    if (change.field == no_field && change.object_after && !change.object_after->deleted)
        for (const ObjectIndex other : schema.objects())
            if (other != change.object && equals_ignoring_ascii_case(schema.object(other).name, change.object_after->name))
                return fail(Error{ErrorCode::DuplicateValue, "error.object_exists", {change.object_after->name}, change.object_after->name});
    return {};
}

Status check_child_name(const Schema& schema, const Object& object, const Field& field) {
    for (const ObjectIndex parent : field.reference_to)
        for (const Schema::ChildRelationship& child : schema.children_of(parent)) {
            const Object& of = schema.object(child.object);
            const Field& other = of.field(child.field);
            const bool is_itself = child.object == object.index && child.field == field.index;
            if (!is_itself && equals_ignoring_ascii_case(other.child_relationship_name, field.child_relationship_name))
                return refused(ErrorCode::DuplicateValue, "error.relationship_name_taken", object, field,
                               {field.child_relationship_name.substr(0, field.child_relationship_name.size() - 3), field_argument(of, other), object_argument(of)});
        }
    return {};
}

Status check_master_detail(const Records& records, const Object& object, const Field& field) {
    OUTPOST_CHECK(check_master(records.schema(), object, field));
    const Table& table = records.table(object.index);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (table.state(row) == RowState::Absent) continue;
        const RowIndex master = table.column(field.index).rows()[row];
        const Table& masters = records.table(field.reference_to[0]);
        if (master == no_row || (table.is_live(row) ? !masters.is_live(master) : masters.state(master) == RowState::Absent))
            return fail(field_error(ErrorCode::FieldIntegrity, "error.master_missing", object, field, {records.display_name({object.index, row})}));
    }
    return {};
}

Status check_display_format(const Object& object, const Field& field) {
    if (field.type != FieldType::AutoNumber || is_display_format(field.display_format)) return {};
    return refused(ErrorCode::InvalidArgument, "error.display_format", object, field, {shown_value(field.display_format), "A-{0000}", "{YYYY}"});
}

Status check_numbers_stay(const Records& records, const Object& object, const Field& before, const Field& after) {
    if (after.type != FieldType::AutoNumber || before.display_format == after.display_format) return {};
    const Table& table = records.table(object.index);
    const auto numbers = table.column(after.index).decimals();
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (table.state(row) == RowState::Absent || numbers[row] == null_decimal) continue;
        const std::string was = auto_number_text(before, numbers[row]), is = auto_number_text(after, numbers[row]);
        if (was != is) return fail(field_error(ErrorCode::FieldIntegrity, "error.numbers_stay", object, after, {was, is}));
    }
    return {};
}

bool is_stricter(const Field& before, const Field& after) {
    return after.unique && (!before.unique || before.deleted || (before.case_sensitive && !after.case_sensitive));
}

Status check_values_unique(const Records& records, const Object& object, const Field& field) {
    const Table& table = records.table(object.index);
    const Column& column = table.column(field.index);
    const Records::Match match = field.case_sensitive ? Records::Match::Exact : Records::Match::IgnoreAsciiCase;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row) || column.is_null(row)) continue;
        const std::string text = records.value_text({object.index, row}, field.index);
        if (records.find_equal(object.index, field.index, text, match).size() > 1)
            return fail(field_error(ErrorCode::DuplicateValue, "error.unique_twice", object, field, {shown_value(text)}));
    }
    return {};
}

Status check_api_name(const std::string& name, const std::string& object) {
    const auto bad = [&](const char* key) { return fail(Error{ErrorCode::InvalidArgument, key, {shown_value(name)}, object}); };
    if (!name.ends_with("__c") || name.size() < 4) return bad("error.api_name_suffix");
    const std::string_view stem = std::string_view(name).substr(0, name.size() - 3);
    if (const char* fault = fault_of_api_stem(stem)) return bad(fault);
    return {};
}

std::string label_of_name(std::string_view api_name) {
    std::string label(api_name.substr(0, api_name.size() - 3));
    std::replace(label.begin(), label.end(), '_', ' ');
    return label;
}

Result<Field> completed_field(const Records& records, const Object& object, Field field) {
    OUTPOST_CHECK(check_api_name(field.name, object.name));
    if (object.find_field(field.name))
        return fail(Error{ErrorCode::DuplicateValue, "error.field_exists", {field.name, object_argument(object)}, object.name, field.name});
    if (field.type == FieldType::Id || field.type == FieldType::Formula || field.type == FieldType::Summary)
        return refused(ErrorCode::InvalidType, "error.type_not_offered", object, field, {std::string(to_text(field.type))});
    if (field.label.empty()) field.label = label_of_name(field.name);
    field.standard = field.deleted = field.system = field.calculated = field.hidden = field.name_field = false;
    field.import_may_omit = field.label_overridden = false;
    field.compound.clear();
    OUTPOST_CHECK(check_lengths(object, field, true));
    if (field.is_number() || field.type == FieldType::Location) OUTPOST_CHECK(check_number(object, field));
    if (field.is_picklist() || field.type == FieldType::MultiselectPicklist) OUTPOST_CHECK(check_values(object, field));
    else field.values.clear();
    if (field.is_lookup()) OUTPOST_CHECK(complete_lookup(records, object, field));
    else field.reference_to.clear();
    if (field.type == FieldType::AutoNumber && field.display_format.empty()) field.display_format = "{0}";
    OUTPOST_CHECK(check_display_format(object, field));
    if (field.type == FieldType::Address || field.type == FieldType::Location) field.calculated = true;
    if (field.calculated && field.required) return refused(ErrorCode::InvalidArgument, "error.required_whole", object, field);
    if (field.type == FieldType::Checkbox || field.type == FieldType::AutoNumber) field.required = false;
    OUTPOST_CHECK(check_flags(object, field));
    OUTPOST_CHECK(check_default(records, object, field));
    OUTPOST_CHECK(check_conversion_targets(records, object, field));
    return field;
}

Result<Field> checked_update(const Records& records, const Object& object, const Field& before, Field wanted) {
    Field after = before;
    after.label = wanted.label;
    if (after.label.empty()) return refused(ErrorCode::RequiredFieldMissing, "error.label_missing", object, before);
    if (before.standard && wanted.label != before.label) after.label_overridden = true;
    after.type = wanted.type;
    const bool same_kind = after.column_kind() == before.column_kind() && before.type != FieldType::MultiselectPicklist &&
                           after.type != FieldType::MultiselectPicklist && before.type != FieldType::AutoNumber && after.type != FieldType::AutoNumber;
    if (after.type != before.type && (!same_kind || before.standard || before.column_kind() == ColumnKind::None))
        return refused(ErrorCode::InvalidType, "error.type_change", object, before, {std::string(to_text(before.type)), std::string(to_text(after.type))});
    if (wanted.values.size() < before.values.size()) return refused(ErrorCode::InvalidArgument, "error.picklist_shrinks", object, before);
    OUTPOST_CHECK(check_relationship(records, object, wanted, after));
    if ((after.type == FieldType::Address || after.type == FieldType::Location) && wanted.required && !before.required) return refused(ErrorCode::InvalidArgument, "error.required_whole", object, before);
    after.required = wanted.required && after.type != FieldType::Checkbox && before.writable();
    const bool becomes_master = after.type == FieldType::MasterDetail && before.type != after.type;
    if (becomes_master) after.required = true;
    if (before.required && !after.required && must_be_required(object, after)) return refused(ErrorCode::InvalidArgument, "error.required_stays", object, before);
    after.unique = wanted.unique;
    after.external_id = wanted.external_id;
    after.case_sensitive = wanted.case_sensitive;
    after.restricted = wanted.restricted;
    after.length = wanted.length;
    after.precision = wanted.precision;
    after.scale = wanted.scale;
    after.values = std::move(wanted.values);
    after.controller = wanted.controller;
    if (after.controller == before.controller && after.controller != no_field && !object.has_field(after.controller)) {   // deleted when that was still allowed
        after.controller = no_field;
        for (PicklistValue& value : after.values) value.valid_for.clear();
    }
    after.converts_to = std::move(wanted.converts_to);
    after.default_value = std::move(wanted.default_value);
    after.display_format = std::move(wanted.display_format);
    after.help = std::move(wanted.help);
    after.hidden = wanted.hidden;
    if (!before.standard || after.length != before.length) OUTPOST_CHECK(check_lengths(object, after, false));
    if (after.is_number() || (after.type == FieldType::Location && after.scale != before.scale)) OUTPOST_CHECK(check_number(object, after));
    OUTPOST_CHECK(check_values(object, after));
    OUTPOST_CHECK(check_flags(object, after));
    OUTPOST_CHECK(check_default(records, object, after));
    OUTPOST_CHECK(check_held_values(records, object, before, after));
    if (becomes_master) OUTPOST_CHECK(check_master_detail(records, object, after));
    if (after.display_format != before.display_format) OUTPOST_CHECK(check_display_format(object, after));
    OUTPOST_CHECK(check_numbers_stay(records, object, before, after));
    OUTPOST_CHECK(check_conversion_targets(records, object, after));
    return after;
}

}  // namespace outpost
