// Values in their JSON form (the scripting contract) and as a person types them.
#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/edit/command.h"
#include "core/edit/find_record.h"
#include "core/edit/validate.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"

namespace outpost {

namespace {

std::unexpected<Error> bad(const char* key, const Object& object, const Field& field, std::string_view text) {
    return fail(field_error(ErrorCode::InvalidType, key, object, field, {shown_value(text)}));
}

Result<Value> parse_number(std::string_view text, const Field& field, const Object& object) {
    const auto decimal = parse_decimal(trim(text));
    if (decimal) return Value(*decimal);
    // A number with more than 18 digits is one, but no field holds it.
    const bool numeric = !text.empty() && text.find_first_not_of("0123456789.-+eE") == std::string_view::npos;
    if (!numeric) return bad("error.type.number", object, field, text);
    return fail(field_error(ErrorCode::NumberOutsideValidRange, "error.number_digits", object, field,
                            {std::to_string(field.precision - field.scale), shown_value(text)}));
}

Result<Value> parse_bool(std::string_view text, const Field& field, const Object& object) {
    for (const std::string_view yes : {"true", "yes", "y", "1", "on", "x", "是", "✓"})
        if (equals_ignoring_ascii_case(text, yes)) return Value(true);
    for (const std::string_view no : {"false", "no", "n", "0", "off", "否"})
        if (equals_ignoring_ascii_case(text, no)) return Value(false);
    return bad("error.type.checkbox", object, field, text);
}

Result<Value> parse_day(std::string_view text, const Field& field, const Object& object) {
    if (const auto day = parse_iso_date(text)) return Value(DateValue{*day});
    // Of a moment the day that is written: where it is in another zone isn't asked.
    if (parse_iso_instant(text))
        if (const auto day = parse_iso_date(text.substr(0, text.find_first_of("Tt ")))) return Value(DateValue{*day});
    return bad("error.type.date", object, field, text);
}

Result<Value> parse_instant(std::string_view text, const Field& field, const Object& object) {
    if (const auto instant = parse_iso_instant(text)) return Value(InstantValue{*instant});
    if (const auto day = parse_iso_date(text)) return Value(InstantValue{*day * milliseconds_per_day});
    return bad("error.type.datetime", object, field, text);
}

Result<Value> parse_lookup_id(std::string_view text, const Field& field, const Object& object, const Records& records) {
    const auto id = parse_record_id(text);
    if (!id) return fail(field_error(ErrorCode::MalformedId, "error.malformed_id", object, field, {shown_value(text)}));
    const auto record = records.find(*id);
    if (!record) return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.reference_unknown", object, field, {shown_value(text)}));
    return Value(*record);
}

// Digits with grouping and currency signs, as a person types them: "1 234,50", "$1,234.50", "(1,200)", "12 %".
std::optional<Decimal> parse_typed_number(std::string_view text) {
    std::string kept;
    bool negative = false;
    std::size_t last_mark = std::string::npos, dots = 0, commas = 0;
    text = trim(text);
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
        negative = true;
        text = text.substr(1, text.size() - 2);
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') kept += c;
        else if (c == '-' && kept.empty() && !negative) negative = true;
        else if (c == '.' || c == ',') {
            ++(c == '.' ? dots : commas);
            last_mark = kept.size();
            kept += c;
        } else if (c == ' ' || c == '$' || c == '%' || c == '\'' || c == '+' || static_cast<unsigned char>(c) >= 0x80) continue;
        else return std::nullopt;
    }
    std::size_t decimal_mark = std::string::npos;
    if (last_mark != std::string::npos) {
        const bool both = dots > 0 && commas > 0;
        const bool single = dots + commas == 1;
        const std::size_t after = kept.size() - last_mark - 1;
        // One kind of mark, more than once, groups thousands; so does a lone comma before three digits.
        if (both || (single && !(kept[last_mark] == ',' && after == 3))) decimal_mark = last_mark;
    }
    std::string plain = negative ? "-" : "";
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i == decimal_mark) plain += '.';
        else if (kept[i] != '.' && kept[i] != ',') plain += kept[i];
    }
    return parse_decimal(plain);
}

}  // namespace

Result<Value> parse_value(const Json& json, const Field& field, const Object& object, const Records& records) {
    if (json.is_null()) return Value();
    const std::string_view text = json.is_string() || json.is_number() ? std::string_view(json.text()) : std::string_view();
    if (json.is_string() && trim(text).empty()) return Value();
    if (json.is_object() && field.is_lookup()) {
        OUTPOST_TRY(const RecordRef record, find_record_by_fields(json, field, object, records));
        return Value(record);
    }
    const bool scalar = json.is_string() || json.is_number() || json.is_bool();
    switch (field.column_kind()) {
        case ColumnKind::Flag:
            if (json.is_bool()) return Value(json.boolean());
            return scalar ? parse_bool(trim(text), field, object) : bad("error.type.checkbox", object, field, json.dump());
        case ColumnKind::Decimal:
            return json.is_bool() || !scalar ? bad("error.type.number", object, field, json.dump()) : parse_number(text, field, object);
        case ColumnKind::Day: return json.is_string() ? parse_day(trim(text), field, object) : bad("error.type.date", object, field, json.dump());
        case ColumnKind::Instant:
            return json.is_string() ? parse_instant(trim(text), field, object) : bad("error.type.datetime", object, field, json.dump());
        case ColumnKind::Row:
        case ColumnKind::Ref: return json.is_string() ? parse_lookup_id(trim(text), field, object, records) : bad("error.type.lookup", object, field, json.dump());
        case ColumnKind::Text:
            if (json.is_array() && field.type == FieldType::MultiselectPicklist) {
                std::string joined;
                for (const Json& item : json.items()) {
                    if (!item.is_string()) return bad("error.type.text", object, field, json.dump());
                    if (!joined.empty()) joined += ';';
                    joined += item.text();
                }
                return joined.empty() ? Value() : Value(std::move(joined));
            }
            [[fallthrough]];
        case ColumnKind::Code:
            // A number in a text field is taken as written: phone numbers and codes come so.
            // Blanks around a line of text are not kept, as in forms and files; "A1 " would not be the unique "A1".
            if (json.is_string() || json.is_number()) {
                const bool has_lines = field.type == FieldType::TextArea || field.type == FieldType::LongTextArea;
                return Value(std::string(has_lines ? text : trim(text)));
            }
            return bad("error.type.text", object, field, json.dump());
        case ColumnKind::None: break;
    }
    return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", object, field));
}

Json value_to_json(const Value& value, const Field&, const Records& records) {
    if (const auto* flag = std::get_if<bool>(&value)) return Json(*flag);
    if (const auto* decimal = std::get_if<Decimal>(&value)) return Json::number(to_text_trimmed(*decimal));
    if (const auto* day = std::get_if<DateValue>(&value)) return Json(days_to_text(day->days));
    if (const auto* instant = std::get_if<InstantValue>(&value)) return Json(instant_to_text(instant->milliseconds));
    if (const auto* text = std::get_if<std::string>(&value)) return Json(*text);
    if (const auto* record = std::get_if<RecordRef>(&value)) return *record ? Json(to_text(records.id_of(*record))) : Json();
    return Json();
}

Result<Value> parse_text_value(std::string_view text, const Field& field, const Object& object, const Records& records) {
    text = trim(text);
    if (text.empty()) return Value();
    switch (field.column_kind()) {
        case ColumnKind::Flag: return parse_bool(text, field, object);
        case ColumnKind::Day: return parse_day(text, field, object);
        case ColumnKind::Instant: return parse_instant(text, field, object);
        case ColumnKind::Decimal: {
            if (const auto decimal = parse_typed_number(text)) return Value(*decimal);
            return parse_number(text, field, object);
        }
        case ColumnKind::Row:
        case ColumnKind::Ref: {
            if (const auto id = parse_record_id(text))
                if (const auto record = records.find(*id)) return Value(*record);
            OUTPOST_TRY(const RecordRef record, find_record_by_name(text, field, object, records));
            return Value(record);
        }
        case ColumnKind::Text:
        case ColumnKind::Code: return Value(std::string(text));
        case ColumnKind::None: break;
    }
    return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", object, field));
}

}  // namespace outpost
