#include "core/edit/validate.h"

#include <algorithm>

#include "core/base/recurrence.h"
#include "core/base/text.h"
#include "core/base/working_time.h"
#include "core/edit/derived.h"
#include "core/edit/picklist_rules.h"
#include "core/edit/record_checks.h"
#include "core/objects/equality_index.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/objects/standard_list_view.h"
#include "core/query/criteria.h"

namespace outpost {

namespace {

namespace so = standard_object;

// Bounds of a number field beyond its digits, as units at scale 0; without a most the digits alone bound it above.
struct Bounds { std::int64_t least; std::optional<std::int64_t> most = std::nullopt; };

std::optional<Bounds> bounds_of(const Object& object, const Field& field) {
    if (object.index == so::opportunity && field.index == opportunity_field::probability) return Bounds{0, 100};
    if (object.index == so::opportunity_line_item && field.index == line_item_field::discount) return Bounds{0, 100};
    if (object.index == so::forecasting_quota && field.index == forecasting_quota_field::amount) return Bounds{0};
    if (object.index == so::organization && field.index == organization_field::fiscal_start_month) return Bounds{1, 12};
    if (object.index == so::organization && field.index == organization_field::stalled_after_days) return Bounds{1, 999};
    if (!field.compound.empty() && field.type == FieldType::Number) {
        if (field.name.ends_with("__Latitude__s")) return Bounds{-90, 90};
        if (field.name.ends_with("__Longitude__s")) return Bounds{-180, 180};
    }
    return std::nullopt;
}

Status check_units(const Object& object, const Field& field, std::int64_t units) {
    const std::int64_t limit = power_of_ten(std::min<std::uint8_t>(field.precision, 18));
    if (units >= limit || units <= -limit)
        return fail(field_error(ErrorCode::NumberOutsideValidRange, "error.number_digits", object, field,
                                {std::to_string(field.precision - field.scale), to_text_trimmed({units, field.scale})}));
    if (const auto bounds = bounds_of(object, field)) {
        const std::int64_t one = power_of_ten(field.scale);
        if (units < bounds->least * one || (bounds->most && units > *bounds->most * one))
            return fail(field_error(ErrorCode::NumberOutsideValidRange, bounds->most ? "error.number_between" : "error.number_least", object, field,
                                    {std::to_string(bounds->least), std::to_string(bounds->most.value_or(0))}));
    }
    return {};
}

Result<Value> fit_number(const Object& object, const Field& field, const Decimal& value) {
    const auto fitted = rescale(value, field.scale, Rounding::Refuse);
    if (!fitted) {
        const bool too_fine = rescale(value, field.scale, Rounding::HalfUp).has_value();
        return fail(field_error(ErrorCode::NumberOutsideValidRange, too_fine ? "error.number_decimals" : "error.number_digits",
                                object, field, {std::to_string(too_fine ? field.scale : field.precision - field.scale), to_text_trimmed(value)}));
    }
    OUTPOST_CHECK(check_units(object, field, fitted->units));
    return Value(*fitted);
}

std::string listed_values(const Field& field) {
    std::string out;
    for (const std::uint16_t code : field.codes_in_order(true)) {
        if (out.size() > 200) return out + ", …";
        if (!out.empty()) out += ", ";
        out += field.values[code - 1u].value;
    }
    return out;
}

std::unexpected<Error> not_listed(const Object& object, const Field& field, std::string_view given) {
    std::string listed = listed_values(field);
    const char* key = listed.empty() ? "error.picklist_empty" : "error.picklist";
    return fail(field_error(ErrorCode::InvalidPicklistValue, key, object, field, {shown_value(given), std::move(listed)}));
}

Status check_code(const Object& object, const Field& field, std::uint16_t code, std::string_view given, std::string_view held = {}) {
    if (code == 0 && field.restricted) return not_listed(object, field, given);
    if (code != 0 && !field.values[code - 1u].active && !std::ranges::contains(split(held, ';'), field.values[code - 1u].value))
        return fail(field_error(ErrorCode::InvalidPicklistValue, "error.picklist_inactive", object, field, {shown_value(given)}));
    return {};
}

Result<Value> fit_multi(const Object& object, const Field& field, std::string_view text, std::string_view held) {
    std::vector<std::uint16_t> codes;
    for (const std::string_view part : split(text, ';')) {
        if (trim(part).empty()) continue;
        const std::uint16_t code = field.find_code(trim(part));
        if (code == 0) return not_listed(object, field, part);
        OUTPOST_CHECK(check_code(object, field, code, part, held));
        codes.push_back(code);
    }
    std::string joined;
    for (const std::uint16_t code : field.codes_in_order(false)) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) continue;
        if (!joined.empty()) joined += ';';
        joined += field.values[code - 1u].value;
    }
    return joined.empty() ? Value() : Value(std::move(joined));
}

Status check_text(const Object& object, const Field& field, std::string_view text) {
    // A code point takes at most four bytes and at least one: most texts need no count.
    if (text.size() > field.length) {
        const std::size_t length = count_code_points(text);
        if (length > field.length)
            return fail(field_error(ErrorCode::StringTooLong, "error.too_long", object, field,
                                    {std::to_string(field.length), std::to_string(length)}));
    }
    if (field.type == FieldType::Email && !text.empty() && !is_valid_email(text))
        return fail(field_error(ErrorCode::InvalidEmailAddress, "error.email", object, field, {shown_value(text)}));
    if (object.index == so::organization && field.index == organization_field::default_currency && !is_known_currency(text))
        return fail(field_error(ErrorCode::InvalidPicklistValue, "error.currency_code", object, field, {shown_value(text)}));
    if (object.index == so::organization && field.index == organization_field::working_hours && !text.empty() && !parse_working_time(text))
        return fail(field_error(ErrorCode::InvalidPicklistValue, "error.working_hours", object, field, {shown_value(text)}));
    return {};
}

bool holds_criteria(const Object& object, const Field& field) {
    return object.index == so::assignment_rule_entry && field.index == assignment_rule_entry_field::criteria;
}

Status check_criteria(const Records& records, const Object& object, const Field& field, std::string_view text) {
    auto query = parse_criteria(text, "Lead", records);
    if (query) return {};
    Error error = std::move(query).error();
    error.object = object.name;
    error.field = field.name;
    return fail(std::move(error));
}

// A rule for people may compare what only leads or only contacts have.
Status check_compared_fields(const Records& records, const Object& object, const Field& field, std::string_view text) {
    if (object.index != so::duplicate_rule || field.index != duplicate_rule_field::compared_fields) return {};
    for (const std::string_view name : split(text, ';')) {
        const auto has = [&](ObjectIndex index) { return records.schema().object(index).find_field(trim(name)) != nullptr; };
        if (!trim(name).empty() && !has(so::lead) && !has(so::contact) && !has(so::account)) return fail(unknown_field_error(records.schema().object(so::lead), trim(name)));
    }
    return {};
}

bool holds_recurrence(const Object& object, const Field& field) {
    return (object.index == so::event && field.index == event_field::recurrence) || (object.index == so::task && field.index == task_field::recurrence);
}

// Whether a text of this field can only be too long.
bool is_only_measured(const Object& object, const Field& field) {
    return field.type != FieldType::MultiselectPicklist && field.type != FieldType::Email && object.index != so::organization && object.index != so::duplicate_rule &&
           !holds_criteria(object, field) && !holds_recurrence(object, field);
}

// In the one way of writing it.
Result<std::string> fit_recurrence(const Object& object, const Field& field, std::string_view text) {
    auto rule = parse_recurrence(text);
    if (rule) return to_text(*rule);
    Error error = std::move(rule).error();
    error.object = object.name;
    error.field = field.name;
    return fail(std::move(error));
}

Status check_reference(const Records& records, const Object& object, const Field& field, RecordRef target, RowIndex own_rows) {
    if (std::find(field.reference_to.begin(), field.reference_to.end(), target.object) == field.reference_to.end()) {
        const bool known = records.schema().has_object(target.object);
        return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.reference_object", object, field,
                                {known ? object_argument(records.schema().object(target.object)) : std::string("?")}));
    }
    const Table& table = records.table(target.object);
    if (target.row >= table.row_count()) {
        if (target.object == object.index && target.row < own_rows) return {};
        return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.reference_missing", object, field));
    }
    if (table.state(target.row) == RowState::Absent)
        return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.reference_missing", object, field));
    if (is_in_bin(table.state(target.row)))
        return fail(field_error(ErrorCode::EntityIsDeleted, "error.reference_deleted", object, field, {records.display_name(target)}));
    if (target.object == so::group && field.index == system_field::owner && records.value_text(target, group_field::type) != "Queue")
        return fail(field_error(ErrorCode::InvalidCrossReferenceKey, "error.owner_not_queue", object, field, {records.display_name(target)}));
    return {};
}

std::unexpected<Error> wrong_type(const Object& object, const Field& field, const Value& value) {
    const char* key = "error.type.text";
    switch (field.column_kind()) {
        case ColumnKind::Decimal: key = "error.type.number"; break;
        case ColumnKind::Instant: key = "error.type.datetime"; break;
        case ColumnKind::Day: key = "error.type.date"; break;
        case ColumnKind::Flag: key = "error.type.checkbox"; break;
        case ColumnKind::Row:
        case ColumnKind::Ref: key = "error.type.lookup"; break;
        default: break;
    }
    return fail(field_error(ErrorCode::InvalidType, key, object, field, {shown_value(plain_text(value))}));
}

}  // namespace

std::string shown_value(std::string_view text) {
    constexpr std::size_t shown_bytes_max = 80;
    if (text.size() <= shown_bytes_max) return std::string(text);
    std::size_t end = shown_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return std::string(text.substr(0, end)) + "…";
}

Error field_error(ErrorCode code, const char* message_key, const Object& object, const Field& field, std::vector<std::string> more) {
    more.insert(more.begin(), field_argument(object, field));
    return Error{code, message_key, std::move(more), object.name, field.name};
}

Error duplicate_error(const Records& records, const Object& object, const Field& field, std::string_view text, RowIndex holder) {
    const bool has_case = !field.case_sensitive && std::ranges::any_of(text, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    if (holder == no_row) return field_error(ErrorCode::DuplicateValue, has_case ? "error.duplicate_in_any_case" : "error.duplicate_here", object, field, {shown_value(text)});
    return field_error(ErrorCode::DuplicateValue, "error.duplicate", object, field, {shown_value(text), records.display_name({object.index, holder})});
}

Error unknown_field_error(const Object& object, std::string_view name) {
    return Error{ErrorCode::InvalidField, "error.unknown_field", {shown_value(name), object_argument(object)}, object.name, shown_value(name)};
}

bool has_default(const Field& field) {
    if (!field.default_value.empty() || field.index == system_field::owner) return true;
    return field.default_code() != 0;
}

// The checks that catch typing errors; what a mail server accepts beyond them is its own affair (RFC 5321, 5322).
bool is_of_one_line(const Field& field) { return field.type != FieldType::TextArea && field.type != FieldType::LongTextArea; }

void put_on_one_line(std::string& text) {
    for (std::size_t at = text.find_first_of("\r\n"); at != std::string::npos; at = text.find_first_of("\r\n", at))
        text.replace(at, text.compare(at, 2, "\r\n") == 0 ? 2 : 1, " ");
}

bool is_valid_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.find('@', at + 1) != std::string_view::npos) return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '<' || c == '>' || c == '"' || c == '\\' ||
            c == '(' || c == ')' || c == '[' || c == ']' || c == ':' || c == 0x7F)
            return false;
    const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
    if (domain.empty() || domain.size() > 253 || domain.find('.') == std::string_view::npos) return false;
    for (const std::string_view label : split(domain, '.')) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        for (const char c : label) {
            const auto byte = static_cast<unsigned char>(c);
            const bool word = (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
            if (!word && byte != '-' && byte < 0x80) return false;
        }
    }
    return true;
}

std::string held_by_all(const Records& records, const Object& object, const Field& field, std::span<const RowIndex> rows) {
    if (rows.empty() || std::ranges::all_of(field.values, &PicklistValue::active)) return {};
    std::string held = records.value_text({object.index, rows[0]}, field.index);
    for (const RowIndex row : rows.subspan(1)) {
        if (held.empty()) break;
        const std::string other = records.value_text({object.index, row}, field.index);
        if (other == held) continue;
        std::string both;
        for (const std::string_view part : split(held, ';'))
            if (std::ranges::contains(split(other, ';'), part)) (both += both.empty() ? "" : ";") += part;
        held = std::move(both);
    }
    return held;
}

Result<Value> fit_value(const Records& records, const Object& object, const Field& field, Value value, std::string_view held) {
    if (is_null(value)) return value;
    if (const auto* text = std::get_if<std::string>(&value); text && text->empty()) return Value();
    switch (field.column_kind()) {
        case ColumnKind::None: return fail(field_error(ErrorCode::InvalidField, "error.field_not_writable", object, field));
        case ColumnKind::Flag: return std::holds_alternative<bool>(value) ? Result<Value>(std::move(value)) : wrong_type(object, field, value);
        case ColumnKind::Day: {
            const auto* day = std::get_if<DateValue>(&value);
            if (!day || day->days < -719162 || day->days > 2932896) return wrong_type(object, field, value);
            return value;
        }
        case ColumnKind::Instant: {
            const auto* instant = std::get_if<InstantValue>(&value);
            if (!instant || instant->milliseconds < -719162 * milliseconds_per_day || instant->milliseconds >= 2932897 * milliseconds_per_day)
                return wrong_type(object, field, value);
            return value;
        }
        case ColumnKind::Decimal: {
            const auto* decimal = std::get_if<Decimal>(&value);
            if (!decimal) return wrong_type(object, field, value);
            return fit_number(object, field, *decimal);
        }
        case ColumnKind::Code: {
            const auto* text = std::get_if<std::string>(&value);
            if (!text) return wrong_type(object, field, value);
            const std::uint16_t code = field.find_code(*text);
            OUTPOST_CHECK(check_code(object, field, code, *text, held));
            return code == 0 ? Value(std::string(trim(*text))) : Value(field.values[code - 1u].value);
        }
        case ColumnKind::Text: {
            auto* text = std::get_if<std::string>(&value);
            if (!text) return wrong_type(object, field, value);
            if (!is_valid_utf8(*text)) *text = replace_invalid_utf8(*text);
            if (field.type == FieldType::MultiselectPicklist) return fit_multi(object, field, *text, held);
            if (is_of_one_line(field)) put_on_one_line(*text);
            OUTPOST_CHECK(check_text(object, field, *text));
            if (holds_criteria(object, field)) OUTPOST_CHECK(check_criteria(records, object, field, *text));
            OUTPOST_CHECK(check_compared_fields(records, object, field, *text));
            if (holds_recurrence(object, field)) return fit_recurrence(object, field, *text);
            return value;
        }
        case ColumnKind::Row:
        case ColumnKind::Ref: {
            const auto* target = std::get_if<RecordRef>(&value);
            if (!target) return wrong_type(object, field, value);
            if (!*target) return Value();
            OUTPOST_CHECK(check_reference(records, object, field, *target, 0));
            return value;
        }
    }
    return value;
}

void check_column(const Records& records, const Object& object, const Field& field, const Column& values, RowIndex new_rows, const FaultSink& sink,
                  std::span<const RowIndex> rows) {
    OUTPOST_ASSERT(values.kind() == field.column_kind());
    const auto held = [&](RowIndex row) { return held_by_all(records, object, field, rows.size() == values.size() && !rows.empty() ? rows.subspan(row, 1) : rows); };
    const auto report = [&](RowIndex row, const Status& status) { if (!status) sink(row, status.error()); };
    const RowIndex count = values.size();
    switch (values.kind()) {
        case ColumnKind::Decimal:
            if (field.type == FieldType::AutoNumber) return;
            for (RowIndex row = 0; row < count; ++row)
                if (values.decimals()[row] != null_decimal) report(row, check_units(object, field, values.decimals()[row]));
            return;
        case ColumnKind::Code:
            for (RowIndex row = 0; row < count; ++row) {
                const std::uint16_t code = values.codes()[row];
                if (code > field.values.size()) report(row, check_code(object, field, 0, std::to_string(code)));
                else if (code != 0 && !field.values[code - 1u].active) report(row, check_code(object, field, code, field.values[code - 1u].value, held(row)));
            }
            return;
        case ColumnKind::Text: {
            const bool is_measured = is_only_measured(object, field);
            for (RowIndex row = 0; row < count; ++row) {
                if (is_measured && values.texts().places()[row].length <= field.length) continue;
                const std::string_view text = values.text(row);
                if (field.type == FieldType::MultiselectPicklist) {
                    const auto fitted = fit_multi(object, field, text, held(row));
                    if (!fitted) sink(row, fitted.error());
                } else if (text.size() > field.length || field.type == FieldType::Email || object.index == so::organization) {
                    report(row, check_text(object, field, text));
                }
                report(row, check_compared_fields(records, object, field, text));
                if (holds_criteria(object, field)) report(row, check_criteria(records, object, field, text));
                if (!text.empty() && holds_recurrence(object, field))
                    if (const auto fitted = fit_recurrence(object, field, text); !fitted) sink(row, fitted.error());
            }
            return;
        }
        case ColumnKind::Row: {
            const ObjectIndex target = field.reference_to[0];
            const Table& table = records.table(target);
            const RowIndex own_rows = target == object.index ? table.row_count() + new_rows : 0;
            for (RowIndex row = 0; row < count; ++row) {
                const RowIndex at = values.rows()[row];
                if (at != no_row && !table.is_live(at)) report(row, check_reference(records, object, field, {target, at}, own_rows));
            }
            return;
        }
        case ColumnKind::Ref: {
            const RowIndex own_rows = records.table(object.index).row_count() + new_rows;
            for (RowIndex row = 0; row < count; ++row)
                if (values.refs()[row]) report(row, check_reference(records, object, field, values.refs()[row], own_rows));
            return;
        }
        default: return;
    }
}

namespace {

void check_unique(const Records& records, const Object& object, const Field& field, const Column& values, std::uint32_t count, const FaultSink& sink) {
    const bool is_text = values.kind() == ColumnKind::Text, are_first = records.table(object.index).row_count() == 0;
    EqualityIndex seen;
    seen.reserve(values.size());
    for (RowIndex row = 0; row < count; ++row) {
        const RowIndex at = values.size() == 1 ? 0 : row;
        if (values.is_null(at)) continue;
        const std::string number = is_text ? std::string() : plain_text(values.get(at, field));
        const std::string_view text = is_text ? values.text(at) : number;
        const std::uint32_t hash = EqualityIndex::hash(text);
        bool twice = false;
        seen.each(hash, [&](RowIndex other) {
            twice = twice || field.holds_same(is_text ? std::string(values.text(other)) : plain_text(values.get(other, field)), text);
        });
        seen.add(hash, at);
        const std::vector<RowIndex> holders = are_first ? std::vector<RowIndex>() : records.find_equal(object.index, field.index, text, Records::Match::ByField);
        if (twice || !holders.empty())
            sink(row, duplicate_error(records, object, field, text, holders.empty() ? no_row : holders[0]));
    }
}

// How a record that is about to be made is called.
std::string name_to_be(const Object& object, const std::vector<FieldColumn>& columns, RowIndex row) {
    const auto text = [&](FieldIndex field) {
        const auto column = std::ranges::find(columns, field, &FieldColumn::field);
        return column == columns.end() ? std::string() : std::string(column->values.text(column->values.size() == 1 ? 0 : row));
    };
    const auto [first, last] = person_name_fields(object.index);
    if (first == no_field) return text(object.name_field);
    return compose_person_name(text(first), text(last));
}

// New records that stand above themselves: only each other, since what is there can't name them yet.
void check_new_cycles(const Records& records, const Object& object, const Field& field, const Column& values, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    if (!field.standard || !field.is_lookup() || values.kind() != ColumnKind::Row || field.reference_to[0] != object.index || values.size() != count) return;
    const RowIndex first = records.table(object.index).row_count();
    const auto above = [&](RowIndex row) { return values.rows()[row] == no_row || values.rows()[row] < first ? no_row : values.rows()[row] - first; };
    std::vector<RowIndex> seen_from(count, no_row);   // by row: where the walk began that came by first
    for (RowIndex start = 0; start < count; ++start) {
        RowIndex row = start;
        for (; row < count && seen_from[row] == no_row; row = above(row)) seen_from[row] = start;
        if (row >= count || seen_from[row] != start) continue;
        RowIndex at = row;
        do {
            sink(at, field_error(ErrorCode::FieldIntegrity, "error.cycle", object, field, {name_to_be(object, columns, at)}));
            at = above(at);
        } while (at != row);
    }
}

}  // namespace

bool check_new_records(const Records& records, ObjectIndex index, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const Object& object = records.schema().object(index);
    bool clean = true;
    const FaultSink counting = [&](RowIndex row, Error error) {
        clean = false;
        sink(row, std::move(error));
    };
    for (const FieldColumn& column : columns) {
        const Field& field = object.field(column.field);
        check_column(records, object, field, column.values, count, counting);
        if (field.unique) check_unique(records, object, field, column.values, count, counting);
        check_new_cycles(records, object, field, column.values, count, columns, counting);
        if (!field.required || field.import_may_omit || has_default(field)) continue;
        for (RowIndex row = 0; row < column.values.size(); ++row)
            if (column.values.is_null(row)) counting(row, field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
    }
    for (const Field& field : object.fields) {
        if (!field.required || field.deleted || field.import_may_omit || has_default(field) || !field.writable()) continue;
        const bool given = std::any_of(columns.begin(), columns.end(), [&](const FieldColumn& column) { return column.field == field.index; });
        if (given || field.type == FieldType::Checkbox) continue;
        for (RowIndex row = 0; row < count; ++row) counting(row, field_error(ErrorCode::RequiredFieldMissing, "error.required_field", object, field));
    }
    check_dependents(records, object, {}, count, columns, counting);
    check_together(records, index, {}, count, columns, counting);
    return clean;
}

}  // namespace outpost
