#include "core/objects/field.h"

#include <algorithm>

#include "core/base/result.h"
#include "core/base/sort_stably.h"
#include "core/base/text.h"

namespace outpost {

namespace {

struct TypeNames {
    FieldType type;
    std::string_view name;      // Metadata API
    std::string_view describe;  // REST describe
};

constexpr TypeNames type_names[] = {
    {FieldType::Id, "Id", "id"},
    {FieldType::Text, "Text", "string"},
    {FieldType::TextArea, "TextArea", "textarea"},
    {FieldType::LongTextArea, "LongTextArea", "textarea"},
    {FieldType::Number, "Number", "double"},
    {FieldType::Currency, "Currency", "currency"},
    {FieldType::Percent, "Percent", "percent"},
    {FieldType::Checkbox, "Checkbox", "boolean"},
    {FieldType::Date, "Date", "date"},
    {FieldType::DateTime, "DateTime", "datetime"},
    {FieldType::Picklist, "Picklist", "picklist"},
    {FieldType::MultiselectPicklist, "MultiselectPicklist", "multipicklist"},
    {FieldType::Email, "Email", "email"},
    {FieldType::Phone, "Phone", "phone"},
    {FieldType::Url, "Url", "url"},
    {FieldType::Address, "Address", "address"},
    {FieldType::Location, "Location", "location"},
    {FieldType::Lookup, "Lookup", "reference"},
    {FieldType::MasterDetail, "MasterDetail", "reference"},
    {FieldType::AutoNumber, "AutoNumber", "string"},
    {FieldType::Formula, "Formula", "string"},
    {FieldType::Summary, "Summary", "double"},
};

// What admins and other systems also call these types.
constexpr std::pair<std::string_view, FieldType> type_aliases[] = {
    {"String", FieldType::Text},          {"Boolean", FieldType::Checkbox},
    {"Bool", FieldType::Checkbox},        {"Reference", FieldType::Lookup},
    {"Double", FieldType::Number},        {"Integer", FieldType::Number},
    {"Int", FieldType::Number},           {"Decimal", FieldType::Number},
    {"Money", FieldType::Currency},       {"MultiPicklist", FieldType::MultiselectPicklist},
    {"Multiselect", FieldType::MultiselectPicklist}, {"LongText", FieldType::LongTextArea},
    {"Html", FieldType::LongTextArea},    {"RichTextArea", FieldType::LongTextArea},
    {"Master-Detail", FieldType::MasterDetail}, {"Date/Time", FieldType::DateTime},
    {"Geolocation", FieldType::Location}, {"RollUpSummary", FieldType::Summary},
};

}  // namespace

std::string_view to_text(FieldType type) { return type_names[static_cast<std::size_t>(type)].name; }
std::string_view describe_type(FieldType type) { return type_names[static_cast<std::size_t>(type)].describe; }

std::optional<FieldType> parse_field_type(std::string_view text) {
    for (const TypeNames& entry : type_names)
        if (equals_ignoring_ascii_case(entry.name, text)) return entry.type;
    for (const auto& [name, type] : type_aliases)
        if (equals_ignoring_ascii_case(name, text)) return type;
    return std::nullopt;
}

bool Field::is_text() const {
    switch (type) {
        case FieldType::Text:
        case FieldType::TextArea:
        case FieldType::LongTextArea:
        case FieldType::Email:
        case FieldType::Phone:
        case FieldType::Url: return true;
        default: return false;
    }
}

ColumnKind Field::column_kind() const {
    switch (type) {
        case FieldType::Id:
        case FieldType::Address:
        case FieldType::Location:
        case FieldType::Formula:
        case FieldType::Summary: return ColumnKind::None;
        case FieldType::Text:
        case FieldType::TextArea:
        case FieldType::LongTextArea:
        case FieldType::Email:
        case FieldType::Phone:
        case FieldType::Url:
        case FieldType::MultiselectPicklist: return ColumnKind::Text;
        case FieldType::Number:
        case FieldType::Currency:
        case FieldType::Percent:
        case FieldType::AutoNumber: return ColumnKind::Decimal;
        case FieldType::Checkbox: return index == system_field::is_deleted ? ColumnKind::None : ColumnKind::Flag;
        case FieldType::Date: return ColumnKind::Day;
        case FieldType::DateTime: return ColumnKind::Instant;
        case FieldType::Picklist: return ColumnKind::Code;
        case FieldType::Lookup:
        case FieldType::MasterDetail: return reference_to.size() == 1 ? ColumnKind::Row : ColumnKind::Ref;
    }
    return ColumnKind::None;
}

std::uint16_t Field::find_code(std::string_view value_or_label) const {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].value == value_or_label) return static_cast<std::uint16_t>(i + 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (equals_ignoring_ascii_case(values[i].value, value_or_label)) return static_cast<std::uint16_t>(i + 1);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!values[i].label.empty() && values[i].label == value_or_label) return static_cast<std::uint16_t>(i + 1);
    return 0;
}

std::uint16_t Field::default_code() const {
    const auto found = std::ranges::find_if(values, [](const PicklistValue& value) { return value.is_default && value.active; });
    return found == values.end() ? 0 : static_cast<std::uint16_t>(found - values.begin() + 1);
}

std::vector<std::uint16_t> Field::codes_in_order(bool active_only) const {
    std::vector<std::uint16_t> codes;
    codes.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].active || !active_only) codes.push_back(static_cast<std::uint16_t>(i + 1));
    sort_stably(codes, [this](std::uint16_t a, std::uint16_t b) {
        return values[a - 1u].position < values[b - 1u].position;
    });
    return codes;
}

const Field* Object::find_field(std::string_view api_name) const {
    for (const Field& field : fields)
        if (!field.deleted && field.name.size() == api_name.size() && equals_ignoring_ascii_case(field.name, api_name))
            return &field;
    return nullptr;
}

const Field* Object::find_relationship(std::string_view relationship) const {
    for (const Field& field : fields)
        if (!field.deleted && !field.relationship_name.empty() &&
            equals_ignoring_ascii_case(field.relationship_name, relationship))
            return &field;
    // A custom lookup also answers to the relationship name that its admin gave it.
    for (const Field& field : fields)
        if (!field.deleted && !field.standard && !field.child_relationship_name.empty() &&
            equals_ignoring_ascii_case(field.child_relationship_name, relationship))
            return &field;
    return nullptr;
}

bool Field::holds_same(std::string_view one, std::string_view other) const {
    return case_sensitive ? one == other : equals_ignoring_ascii_case(one, other);
}

const Field& Object::field(FieldIndex at) const {
    OUTPOST_ASSERT(number(at) < fields.size());
    return fields[number(at)];
}

bool Object::has_field(FieldIndex at) const { return number(at) < fields.size() && !fields[number(at)].deleted; }

}  // namespace outpost
