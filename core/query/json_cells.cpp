#include "core/query/json_cells.h"

#include <charconv>

#include "core/base/text.h"
#include "core/query/date_ranges.h"

namespace outpost {

namespace {

void append_quoted_day(std::string& out, Days day) {
    out += '"';
    out += days_to_text(day);
    out += '"';
}

// BillingPostalCode of BillingAddress is postalCode, as Salesforce's address objects have it.
std::string part_name(const Field& part, const std::string& compound) {
    std::string_view name = part.name;
    std::string_view prefix = compound;
    if (prefix.ends_with("Address")) prefix.remove_suffix(7);
    if (prefix.ends_with("__c")) prefix.remove_suffix(3);
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    while (name.starts_with('_')) name.remove_prefix(1);
    if (name.ends_with("__s") || name.ends_with("__c")) name.remove_suffix(3);
    std::string out(name.empty() ? std::string_view(part.name) : name);
    if (out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] + 32);
    return out;
}

}  // namespace

void append_json_decimal(std::string& out, std::int64_t units, std::uint8_t scale) {
    char digits[24];
    std::uint64_t size = units < 0 ? 0 - static_cast<std::uint64_t>(units) : static_cast<std::uint64_t>(units);
    while (scale > 0 && size % 10 == 0) {
        size /= 10;
        --scale;
    }
    const auto end = std::to_chars(digits, digits + sizeof digits, size).ptr;
    const auto length = static_cast<std::size_t>(end - digits);
    if (units < 0) out += '-';
    if (length > scale) {
        out.append(digits, length - scale);
    } else {
        out += '0';
    }
    if (scale == 0) return;
    out += '.';
    if (length < scale) out.append(scale - length, '0');
    const std::size_t fraction = std::min<std::size_t>(length, scale);
    out.append(digits + length - fraction, fraction);
}

void append_json_value(std::string& out, const Value& value, const Records& records) {
    if (is_null(value)) {
        out += "null";
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        out += *flag ? "true" : "false";
    } else if (const auto* number = std::get_if<Decimal>(&value)) {
        append_json_decimal(out, number->units, number->scale);
    } else if (const auto* day = std::get_if<DateValue>(&value)) {
        append_quoted_day(out, day->days);
    } else if (const auto* instant = std::get_if<InstantValue>(&value)) {
        append_json_string(out, instant_to_text(instant->milliseconds));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        append_json_string(out, *text);
    } else if (const auto* ref = std::get_if<RecordRef>(&value)) {
        append_json_string(out, to_text(records.id_of(*ref)));
    }
}

JsonCell::JsonCell(const Term& term, ObjectIndex object, const Field* field, const Records& records, const QueryContext& context)
    : records_(&records), object_(object), field_(field), column_(&column_of(records, object, field != nullptr ? field->index : system_field::id)),
      function_(term.date_function), format_(term.format), convert_timezone_(term.convert_timezone),
      labels_(term.to_label && field != nullptr && field->type == FieldType::MultiselectPicklist), context_(context) {
    if (field == nullptr) return;
    if (!field->reference_to.empty()) target_ = field->reference_to.front();
    if (column_->kind() == ColumnKind::Code) {
        codes_.emplace_back("null");
        for (const PicklistValue& value : field->values) {
            std::string& text = codes_.emplace_back();
            append_json_string(text, term.to_label && !value.label.empty() ? value.label : value.value);
        }
    }
    if (field->type != FieldType::Address && field->type != FieldType::Location) return;
    for (const Field& part : records.schema().object(object).fields) {
        if (!part.deleted && part.compound == field->name) parts_.push_back({part_name(part, field->name), part.index});
    }
}

void JsonCell::append_compound(std::string& out, RowIndex row) const {
    std::string text = "{";
    bool any = false;
    for (const Part& part : parts_) {
        if (text.size() > 1) text += ',';
        append_json_string(text, part.name);
        text += ':';
        const Value value = records_->value({object_, row}, part.field);
        any = any || !is_null(value);
        append_json_value(text, value, *records_);
    }
    out += any ? text + "}" : "null";
}

void JsonCell::append_date(std::string& out, std::int32_t day) const {
    if (day == null_day) {
        out += "null";
    } else if (function_ == DateFunction::None || function_ == DateFunction::DayOnly) {
        append_quoted_day(out, day);
    } else {
        append_json_decimal(out, date_function_of(function_, day, context_.fiscal_start_month), 0);
    }
}

void JsonCell::append_instant(std::string& out, std::int64_t instant) const {
    if (instant == null_instant) {
        out += "null";
        return;
    }
    const int offset = convert_timezone_ ? context_.offset_minutes(instant) : 0;
    if (function_ != DateFunction::None) {
        const std::int32_t value = date_function_of(function_, instant, offset, context_.fiscal_start_month);
        if (function_ == DateFunction::DayOnly) {
            append_quoted_day(out, value);
        } else {
            append_json_decimal(out, value, 0);
        }
        return;
    }
    // In local time the zone is that time's own, so that the instant stays the same.
    std::string text = instant_to_text(instant + Milliseconds{offset} * 60'000);
    if (offset != 0) {
        const int minutes = offset < 0 ? -offset : offset;
        const auto two = [](int number) { return std::string(1, static_cast<char>('0' + number / 10)) + static_cast<char>('0' + number % 10); };
        text.pop_back();
        text += (offset < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
    }
    append_json_string(out, text);
}

void JsonCell::append(std::string& out, RowIndex row) const {
    if (field_ == nullptr) {
        append_json_string(out, type_text(records_->schema().object(object_)));
        return;
    }
    const std::size_t start = out.size();
    switch (column_->kind()) {
        case ColumnKind::Text: {
            const std::string_view text = column_->text(row);
            if (text.empty()) out += "null"; else if (labels_) append_json_string(out, labels_text(*field_, text)); else append_json_string(out, text);
            return;
        }
        case ColumnKind::Decimal: {
            if (field_->type == FieldType::AutoNumber) break;
            const std::int64_t units = column_->decimals()[row];
            if (units == null_decimal) out += "null"; else append_json_decimal(out, units, field_->scale);
            break;
        }
        case ColumnKind::Flag: out += column_->flags()[row] != 0 ? "true" : "false"; break;
        case ColumnKind::Code: {
            const std::uint16_t code = column_->codes()[row];
            out += code < codes_.size() ? std::string_view(codes_[code]) : std::string_view("null");
            return;
        }
        case ColumnKind::Day: append_date(out, column_->days()[row]); return;
        case ColumnKind::Instant: append_instant(out, column_->instants()[row]); return;
        default: break;
    }
    if (out.size() == start) {
        if (!parts_.empty()) append_compound(out, row); else append_json_value(out, records_->value({object_, row}, field_->index), *records_);
    }
    // FORMAT() gives text.
    if (format_ && out.size() > start && out[start] != '"' && out[start] != '{' && out.compare(start, 4, "null") != 0) {
        out.insert(start, 1, '"');
        out += '"';
    }
}

}  // namespace outpost
