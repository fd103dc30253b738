// Definitions as JSON. Only what differs from a plain definition is written, so that a schema stays small.
#include <algorithm>

#include "core/base/text.h"
#include "core/objects/schema.h"

namespace outpost {

namespace {

constexpr std::string_view forecast_names[] = {"Omitted", "Pipeline", "BestCase", "Commit", "Closed"};

template <typename T>
void put_if(Json& json, const char* name, const T& value, const T& plain) {
    if (value != plain) json.set(name, Json(value));
}
void put_number_if(Json& json, const char* name, std::int64_t value, std::int64_t plain) {
    if (value != plain) json.set(name, Json(value));
}

// Codes and field numbers: they stay when what they name gets another name.
template <typename T>
void put_numbers(Json& json, const char* name, const std::vector<T>& numbers) {
    if (numbers.empty()) return;
    Json list = Json::array();
    for (const T item : numbers) list.push(std::int64_t{static_cast<std::uint16_t>(item)});
    json.set(name, std::move(list));
}
// Names, which the commands give in place of numbers, are passed over.
template <typename T>
void take_numbers(const Json& json, const char* name, std::vector<T>& numbers) {
    const Json* list = json.find(name);
    if (!list || !list->is_array()) return;
    for (const Json& item : list->items())
        if (const double value = item.is_number() ? item.to_double() : -1; value >= 0 && value < 65535) numbers.push_back(T{static_cast<std::uint16_t>(value)});
}

Json to_json(const PicklistValue& value) {
    const PicklistValue plain;
    Json json = Json::object();
    json.set("value", value.value);
    put_if(json, "label", value.label, plain.label);
    put_if(json, "active", value.active, plain.active);
    put_if(json, "default", value.is_default, plain.is_default);
    put_number_if(json, "position", value.position, plain.position);
    if (value.color != 0) json.set("color", color_to_text(value.color));
    put_if(json, "closed", value.closed, plain.closed);
    put_if(json, "won", value.won, plain.won);
    put_if(json, "converted", value.converted, plain.converted);
    // What a reader takes for granted depends on these flags: then it is said in full.
    const bool has_meaning = value.closed || value.won;
    if (has_meaning || value.probability != plain.probability) json.set("probability", std::int64_t{value.probability});
    if (has_meaning || value.forecast != plain.forecast) json.set("forecastCategory", to_text(value.forecast));
    if (value.won && !value.closed) json.set("closed", false);
    put_numbers(json, "validFor", value.valid_for);
    put_if(json, "guidance", value.guidance, plain.guidance);
    put_numbers(json, "keyFields", value.key_fields);
    put_numbers(json, "requiredFields", value.required_fields);
    return json;
}

std::unexpected<Error> bad(std::string_view what) {
    return fail(ErrorCode::InvalidType, "error.bad_definition", {std::string(what)});
}

Result<std::uint8_t> small_number(const Json& json, std::string_view name, std::uint8_t otherwise, int limit) {
    const std::int64_t value = json.integer_or(name, otherwise);
    if (value < 0 || value > limit) return bad(name);
    return static_cast<std::uint8_t>(value);
}

}  // namespace

std::string_view to_text(ForecastCategory category) { return forecast_names[static_cast<std::size_t>(category)]; }

std::optional<ForecastCategory> parse_forecast_category(std::string_view text) {
    for (std::size_t i = 0; i < std::size(forecast_names); ++i)
        if (equals_ignoring_ascii_case(forecast_names[i], text)) return static_cast<ForecastCategory>(i);
    if (equals_ignoring_ascii_case("Best Case", text)) return ForecastCategory::BestCase;
    return std::nullopt;
}

std::string color_to_text(std::uint32_t color) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "#";
    for (int shift = 20; shift >= 0; shift -= 4) out += digits[(color >> shift) & 15u];
    return out;
}

std::optional<std::uint32_t> parse_color(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    std::uint32_t color = 0;
    for (const char c : text.substr(1)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0) return std::nullopt;
        color = color << 4 | static_cast<std::uint32_t>(digit);
    }
    return color;
}

Result<PicklistValue> picklist_value_from_json(const Json& json) {
    PicklistValue value;
    if (json.is_string()) {
        value.value = json.text();
    } else if (json.is_object()) {
        value.value = json.text_or("value", json.text_or("fullName", ""));
        value.label = json.text_or("label", "");
        value.active = json.boolean_or("active", true);
        value.is_default = json.boolean_or("default", json.boolean_or("defaultValue", false));
        value.position = static_cast<std::uint16_t>(json.integer_or("position", 0));
        if (const Json* color = json.find("color"); color && color->is_string()) {
            const auto read = parse_color(color->text());
            if (!read) return bad("color");
            value.color = *read;
        }
        value.won = json.boolean_or("won", false);
        value.closed = json.boolean_or("closed", value.won);
        value.converted = json.boolean_or("converted", false);
        OUTPOST_TRY(value.probability, small_number(json, "probability", value.won ? 100 : 0, 100));
        const ForecastCategory plain = value.won ? ForecastCategory::Closed : value.closed ? ForecastCategory::Omitted : ForecastCategory::Pipeline;
        const std::string_view category = json.text_or("forecastCategory", to_text(plain));
        const auto forecast = parse_forecast_category(category);
        if (!forecast) return bad("forecastCategory");
        value.forecast = *forecast;
        take_numbers(json, "validFor", value.valid_for);
        value.guidance = json.text_or("guidance", "");
        take_numbers(json, "keyFields", value.key_fields);
        take_numbers(json, "requiredFields", value.required_fields);
    }
    return value;
}

Json to_json(const Field& field, const Schema& schema) {
    const Field plain;
    Json json = Json::object();
    json.set("index", std::int64_t{number(field.index)});
    json.set("name", field.name);
    json.set("label", field.label);
    json.set("type", to_text(field.type));
    put_if(json, "labelOverridden", field.label_overridden, false);
    put_if(json, "standard", field.standard, false);
    put_if(json, "deleted", field.deleted, false);
    put_if(json, "required", field.required, false);
    put_if(json, "importMayOmit", field.import_may_omit, false);
    put_if(json, "unique", field.unique, false);
    put_if(json, "externalId", field.external_id, false);
    put_if(json, "caseSensitive", field.case_sensitive, false);
    put_if(json, "calculated", field.calculated, false);
    put_if(json, "system", field.system, false);
    put_if(json, "hidden", field.hidden, false);
    put_if(json, "restricted", field.restricted, true);
    put_if(json, "nameField", field.name_field, false);
    put_number_if(json, "length", field.length, plain.length);
    put_number_if(json, "precision", field.precision, plain.precision);
    put_number_if(json, "scale", field.scale, plain.scale);
    if (!field.values.empty()) {
        Json values = Json::array();
        for (const PicklistValue& value : field.values) values.push(to_json(value));
        json.set("values", std::move(values));
    }
    if (field.controller != no_field) json.set("controller", std::int64_t{number(field.controller)});
    if (!field.reference_to.empty()) {
        Json names = Json::array(), numbers = Json::array();
        for (const ObjectIndex target : field.reference_to) {
            names.push(schema.knows_object(target) ? schema.object(target).name : std::string());
            numbers.push(std::int64_t{number(target)});
        }
        json.set("referenceTo", std::move(names));
        json.set("referenceIndexes", std::move(numbers));
    }
    put_if(json, "relationshipName", field.relationship_name, plain.relationship_name);
    put_if(json, "childRelationshipName", field.child_relationship_name, plain.child_relationship_name);
    put_if(json, "compound", field.compound, plain.compound);
    put_if(json, "defaultValue", field.default_value, plain.default_value);
    put_if(json, "formula", field.formula, plain.formula);
    put_if(json, "displayFormat", field.display_format, plain.display_format);
    put_if(json, "help", field.help, plain.help);
    if (!field.converts_to.empty()) {
        Json targets = Json::array();
        for (const ConversionTarget& target : field.converts_to)
            targets.push(Json::object().set("object", std::int64_t{number(target.object)}).set("field", std::int64_t{number(target.field)}));
        json.set("convertsTo", std::move(targets));
    }
    return json;
}

Result<Field> field_from_json(const Json& json) {
    if (!json.is_object()) return bad("field");
    Field field;
    const std::int64_t index = json.integer_or("index", -1);
    if (index < 0 || index >= number(no_field)) return bad("index");
    field.index = FieldIndex{static_cast<std::uint16_t>(index)};
    field.name = json.text_or("name", "");
    field.label = json.text_or("label", "");
    if (field.name.empty()) return bad("name");
    const auto type = parse_field_type(json.text_or("type", ""));
    if (!type) return bad("type");
    field.type = *type;
    field.label_overridden = json.boolean_or("labelOverridden", false);
    field.standard = json.boolean_or("standard", false);
    field.deleted = json.boolean_or("deleted", false);
    field.required = json.boolean_or("required", false);
    field.import_may_omit = json.boolean_or("importMayOmit", false);
    field.unique = json.boolean_or("unique", false);
    field.external_id = json.boolean_or("externalId", false);
    field.case_sensitive = json.boolean_or("caseSensitive", false);
    field.calculated = json.boolean_or("calculated", false);
    field.system = json.boolean_or("system", false);
    field.hidden = json.boolean_or("hidden", false);
    field.restricted = json.boolean_or("restricted", true);
    field.name_field = json.boolean_or("nameField", false);
    const std::int64_t length = json.integer_or("length", field.length);
    if (length < 0 || length > 131072) return bad("length");
    field.length = static_cast<std::uint32_t>(length);
    OUTPOST_TRY(field.precision, small_number(json, "precision", field.precision, 18));
    OUTPOST_TRY(field.scale, small_number(json, "scale", field.scale, 18));
    if (const Json* values = json.find("values"); values && values->is_array()) {
        if (values->items().size() > 60000) return bad("values");
        for (const Json& item : values->items()) {
            OUTPOST_TRY(PicklistValue value, picklist_value_from_json(item));
            field.values.push_back(std::move(value));
        }
    }
    const std::int64_t controller = json.integer_or("controller", number(no_field));
    if (controller < 0 || controller > number(no_field)) return bad("controller");
    field.controller = FieldIndex{static_cast<std::uint16_t>(controller)};
    if (const Json* targets = json.find("referenceIndexes"); targets && targets->is_array())
        for (const Json& item : targets->items()) {
            const double target = item.is_number() ? item.to_double() : 0;
            if (!(target >= 1 && target < 4096)) return bad("referenceIndexes");
            field.reference_to.push_back(ObjectIndex{static_cast<std::uint16_t>(target)});
        }
    field.relationship_name = json.text_or("relationshipName", "");
    field.child_relationship_name = json.text_or("childRelationshipName", "");
    field.compound = json.text_or("compound", "");
    field.default_value = json.text_or("defaultValue", "");
    field.formula = json.text_or("formula", "");
    field.display_format = json.text_or("displayFormat", "");
    field.help = json.text_or("help", "");
    if (const Json* targets = json.find("convertsTo"); targets && targets->is_array())
        for (const Json& item : targets->items()) {
            const std::int64_t object = item.is_object() ? item.integer_or("object", 0) : 0, into = item.is_object() ? item.integer_or("field", -1) : -1;
            if (object < 1 || object >= 4096 || into < 0 || into > number(no_field)) return bad("convertsTo");
            field.converts_to.push_back({ObjectIndex{static_cast<std::uint16_t>(object)}, FieldIndex{static_cast<std::uint16_t>(into)}});
        }
    return field;
}

Json to_json(const Object& object, const Schema& schema) {
    Json json = Json::object();
    json.set("index", std::int64_t{number(object.index)});
    json.set("name", object.name);
    json.set("label", object.label);
    json.set("pluralLabel", object.plural_label);
    put_if(json, "labelOverridden", object.label_overridden, false);
    put_if(json, "standard", object.standard, false);
    put_if(json, "deleted", object.deleted, false);
    put_if(json, "hidden", object.hidden, false);
    put_if(json, "icon", object.icon, std::string());
    json.set("nameField", std::int64_t{number(object.name_field)});
    if (object.board_field != no_field) json.set("boardField", std::int64_t{number(object.board_field)});
    Json fields = Json::array();
    for (const Field& field : object.fields)
        if (!field.name.empty()) fields.push(to_json(field, schema));
    json.set("fields", std::move(fields));
    return json;
}

Result<Object> object_from_json(const Json& json) {
    if (!json.is_object()) return bad("object");
    Object object;
    const std::int64_t index = json.integer_or("index", 0);
    if (index < 1 || index > 4095) return bad("index");
    object.index = ObjectIndex{static_cast<std::uint16_t>(index)};
    object.name = json.text_or("name", "");
    if (object.name.empty()) return bad("name");
    object.label = json.text_or("label", "");
    object.plural_label = json.text_or("pluralLabel", "");
    object.label_overridden = json.boolean_or("labelOverridden", false);
    object.standard = json.boolean_or("standard", false);
    object.deleted = json.boolean_or("deleted", false);
    object.hidden = json.boolean_or("hidden", false);
    object.icon = json.text_or("icon", "");
    const std::int64_t name_field = json.integer_or("nameField", number(system_field::name));
    const std::int64_t board_field = json.integer_or("boardField", number(no_field));
    if (name_field < 0 || name_field > number(no_field) || board_field < 0 || board_field > number(no_field)) return bad("nameField");
    object.name_field = FieldIndex{static_cast<std::uint16_t>(name_field)};
    object.board_field = FieldIndex{static_cast<std::uint16_t>(board_field)};
    if (const Json* fields = json.find("fields"); fields && fields->is_array()) {
        for (const Json& item : fields->items()) {
            OUTPOST_TRY(Field field, field_from_json(item));
            while (object.fields.size() <= number(field.index)) {
                Field hole;
                hole.index = FieldIndex{static_cast<std::uint16_t>(object.fields.size())};
                hole.deleted = true;
                object.fields.push_back(std::move(hole));
            }
            const std::uint16_t at = number(field.index);
            object.fields[at] = std::move(field);
        }
    }
    return object;
}

}  // namespace outpost
