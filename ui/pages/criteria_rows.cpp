#include "ui/pages/criteria_rows.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/query/criteria.h"
#include "core/query/filter_logic.h"
#include "core/query/soql_words.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"

namespace outpost {
namespace {

using Op = CriteriaOperator;

constexpr std::string_view operator_keys[] = {"ui.criteria.equal",   "ui.criteria.not_equal",  "ui.criteria.contains", "ui.criteria.starts",
                                              "ui.criteria.less",    "ui.criteria.at_most",    "ui.criteria.greater",  "ui.criteria.at_least",
                                              "ui.criteria.empty",   "ui.criteria.filled",     "ui.criteria.any_of",   "ui.criteria.none_of",
                                              "ui.criteria.includes", "ui.criteria.excludes"};
constexpr std::string_view operator_texts[] = {"=", "!=", "LIKE", "LIKE", "<", "<=", ">", ">=", "=", "!=", "IN", "NOT IN", "INCLUDES", "EXCLUDES"};

constexpr std::string_view day_words[] = {"TODAY",        "YESTERDAY",    "TOMORROW",     "THIS_WEEK", "LAST_WEEK", "NEXT_WEEK", "THIS_MONTH", "LAST_MONTH", "NEXT_MONTH", "THIS_QUARTER",
                                          "LAST_QUARTER", "NEXT_QUARTER", "THIS_YEAR",    "LAST_YEAR", "NEXT_YEAR", "LAST_N_DAYS", "NEXT_N_DAYS", "N_DAYS_AGO"};

bool has_days(const Field& field) { return field.type == FieldType::Date || field.type == FieldType::DateTime; }
bool is_relative(std::string_view value) { return !value.empty() && value[0] >= 'A' && value[0] <= 'Z'; }

std::string quoted(std::string_view text, std::string_view before, std::string_view after, bool is_pattern) {
    std::string out = "'";
    out += before;
    for (const char c : text) {
        if (c == '\'' || c == '\\' || (is_pattern && (c == '%' || c == '_'))) out += '\\';
        out += c;
    }
    out += after;
    return out += '\'';
}

std::string literal_of(const Field& field, const CriteriaRow& row) {
    if (!takes_value(row.comparison)) return "null";
    if (row.comparison == Op::Contains) return quoted(row.value, "%", "%", true);
    if (row.comparison == Op::StartsWith) return quoted(row.value, "", "%", true);
    if (takes_several(row.comparison)) {
        std::string list;
        for (const std::string_view value : split(row.value, ';')) list += (list.empty() ? "(" : ", ") + quoted(value, "", "", false);
        return list + ")";
    }
    if (field.is_number() || field.type == FieldType::Checkbox || has_days(field)) return row.value;
    return quoted(row.value, "", "", false);
}

// A day of an instant is the person's own day.
std::string condition_of(const Field& field, const CriteriaRow& row) {
    const bool local_day = field.type == FieldType::DateTime && takes_value(row.comparison) && !is_relative(row.value);
    const std::string name = local_day ? "DAY_ONLY(convertTimezone(" + field.name + "))" : field.name;
    return name + " " + std::string(operator_texts[static_cast<std::size_t>(row.comparison)]) + " " + literal_of(field, row);
}

// "%word%" and "word%" without wildcards between.
bool read_pattern(std::string_view pattern, CriteriaRow& row) {
    if (!pattern.ends_with('%') || pattern.ends_with("\\%")) return false;
    pattern.remove_suffix(1);
    row.comparison = pattern.starts_with('%') ? Op::Contains : Op::StartsWith;
    if (row.comparison == Op::Contains) pattern.remove_prefix(1);
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '%' || pattern[at] == '_') return false;
        if (pattern[at] == '\\' && ++at == pattern.size()) return false;
        row.value += pattern[at];
    }
    return true;
}

bool read_literal(const Literal& literal, const Records& records, std::string& value) {
    if (!literal.currency.empty()) return false;
    if (literal.date_literal != DateLiteral::None) {
        for (const std::string_view word : day_words) {
            const soql::DateLiteralWord* known = soql::find_date_literal(word);
            if (!known || known->literal != literal.date_literal) continue;
            value = std::string(word) + (known->counted ? ":" + std::to_string(literal.n) : std::string());
            return true;
        }
        return false;
    }
    if (const auto* text = std::get_if<std::string>(&literal.value)) value = *text;
    else if (const auto* flag = std::get_if<bool>(&literal.value)) value = *flag ? "true" : "false";
    else if (const auto* decimal = std::get_if<Decimal>(&literal.value)) value = to_text(*decimal);
    else if (const auto* day = std::get_if<DateValue>(&literal.value)) value = days_to_text(day->days);
    else if (const auto* record = std::get_if<RecordRef>(&literal.value)) value = to_text(records.id_of(*record));
    else return false;
    return true;
}

// The condition as a row; nothing when rows can't say it.
std::optional<CriteriaRow> row_of(const Condition& condition, const Object& object, const Records& records) {
    const Term& term = condition.term;
    const bool is_simple = condition.kind == Condition::Kind::Compare && term.path.lookups.empty() && !condition.literals.empty() && !condition.subquery;
    if (!is_simple || !object.has_field(term.path.field) || !is_criteria_field(object.field(term.path.field))) return std::nullopt;
    const Field& field = object.field(term.path.field);
    const bool local_day = term.date_function == DateFunction::DayOnly && term.convert_timezone && field.type == FieldType::DateTime;
    if (term.date_function != DateFunction::None && !local_day) return std::nullopt;
    const Literal& literal = condition.literals[0];
    CriteriaRow row{field.index, Op::Equal, {}};
    const bool is_null_test = is_null(literal.value) && literal.date_literal == DateLiteral::None;
    switch (condition.comparison) {
        case Comparison::Equal: row.comparison = is_null_test ? Op::Empty : Op::Equal; break;
        case Comparison::NotEqual: row.comparison = is_null_test ? Op::Filled : Op::NotEqual; break;
        case Comparison::Less: row.comparison = Op::Less; break;
        case Comparison::LessEqual: row.comparison = Op::LessEqual; break;
        case Comparison::Greater: row.comparison = Op::Greater; break;
        case Comparison::GreaterEqual: row.comparison = Op::GreaterEqual; break;
        case Comparison::In: row.comparison = Op::AnyOf; break;
        case Comparison::NotIn: row.comparison = Op::NoneOf; break;
        case Comparison::Includes: row.comparison = Op::Includes; break;
        case Comparison::Excludes: row.comparison = Op::Excludes; break;
        case Comparison::Like: {
            const auto* pattern = std::get_if<std::string>(&literal.value);
            if (!pattern || !read_pattern(*pattern, row)) return std::nullopt;
            return row;
        }
        default: return std::nullopt;
    }
    if (is_null_test && !takes_value(row.comparison)) return row;
    const bool several = takes_several(row.comparison);
    if (several || field.type == FieldType::MultiselectPicklist ? !std::ranges::contains(criteria_operators(field), row.comparison) : condition.literals.size() != 1) return std::nullopt;
    for (const Literal& each : condition.literals) {
        std::string value;
        if (!read_literal(each, records, value) || (several && value.find(';') != std::string::npos)) return std::nullopt;
        row.value += (row.value.empty() ? "" : ";") + value;
    }
    return row;
}

const Condition& without_brackets(const Condition& condition) {
    const Condition* inner = &condition;
    while ((inner->kind == Condition::Kind::And || inner->kind == Condition::Kind::Or) && inner->children.size() == 1) inner = &inner->children[0];
    return *inner;
}

// Numbers the rows as they come, equal ones once; false when rows can't say it. `logic`: of this condition.
bool read_form(const Condition& condition, const Object& object, const Records& records, std::vector<CriteriaRow>& rows, std::string& logic) {
    using Kind = Condition::Kind;
    if (condition.kind == Kind::Compare) {
        const auto row = row_of(condition, object, records);
        if (!row) return false;
        const auto at = std::find(rows.begin(), rows.end(), *row) - rows.begin();
        if (at == static_cast<std::ptrdiff_t>(rows.size())) rows.push_back(*row);
        logic = std::to_string(at + 1);
        return true;
    }
    if (condition.kind == Kind::TextContains) return false;
    for (const Condition& bracketed : condition.children) {
        const Condition& child = without_brackets(bracketed);
        std::string part;
        if (!read_form(child, object, records, rows, part)) return false;
        const bool in_brackets = child.children.size() > 1 && condition.children.size() > 1 && child.kind != condition.kind;
        if (!logic.empty()) logic += condition.kind == Kind::Or ? " OR " : " AND ";
        logic += in_brackets ? "(" + part + ")" : part;
    }
    if (condition.kind == Kind::Not) logic = "NOT " + (logic.find(' ') == std::string::npos ? logic : "(" + logic + ")");
    return true;
}

std::string value_words(Context& context, const Field& field, const CriteriaRow& row) {
    std::string words;
    for (const std::string_view part : takes_several(row.comparison) ? split(row.value, ';') : std::vector<std::string_view>{row.value}) {
        if (!words.empty()) words += context.tr("ui.list.separator");
        const std::string value(part);
        if (!field.values.empty()) words += value_label(context.messages(), field, value);
        else if (field.type == FieldType::Checkbox) words += context.tr(value == "true" ? "ui.field.yes" : "ui.field.no");
        else if (has_days(field)) {
            const auto relative = relative_day_words(context, value);
            const auto day = parse_iso_date(value);
            words += relative ? *relative : day ? context.locale().format_date(*day) : value;
        } else if (field.is_lookup()) {
            const RecordRef record = record_of_choice(context.records(), value);
            words += record ? record_title(context, record) : value;
        } else if (const auto number = field.is_number() ? parse_decimal(value) : std::nullopt) {
            words += context.locale().format_number(*number, number->scale);
        } else words += value;
    }
    return words;
}

}  // namespace

bool is_criteria_field(const Field& field) {
    if (field.deleted || field.hidden || field.name.empty() || field.type == FieldType::LongTextArea || field.column_kind() == ColumnKind::None) return false;
    return field.is_text() || field.type == FieldType::AutoNumber || field.type == FieldType::MultiselectPicklist || field.is_picklist() || field.is_number() || field.is_lookup() ||
           field.type == FieldType::Checkbox || has_days(field);
}

std::vector<CriteriaOperator> criteria_operators(const Field& field) {
    if (field.type == FieldType::Checkbox) return {Op::Equal};
    if (field.is_picklist()) return {Op::Equal, Op::NotEqual, Op::AnyOf, Op::NoneOf, Op::Empty, Op::Filled};
    if (field.is_lookup()) return {Op::Equal, Op::NotEqual, Op::Empty, Op::Filled};
    if (field.type == FieldType::MultiselectPicklist) return {Op::Includes, Op::Excludes, Op::Empty, Op::Filled};
    if (field.is_text() || field.type == FieldType::AutoNumber) return {Op::Equal, Op::NotEqual, Op::Contains, Op::StartsWith, Op::Empty, Op::Filled};
    return {Op::Equal, Op::NotEqual, Op::Less, Op::LessEqual, Op::Greater, Op::GreaterEqual, Op::Empty, Op::Filled};
}

std::string_view criteria_operator_key(CriteriaOperator comparison) { return operator_keys[static_cast<std::size_t>(comparison)]; }
bool takes_value(CriteriaOperator comparison) { return comparison != Op::Empty && comparison != Op::Filled; }
bool takes_several(CriteriaOperator comparison) { return comparison >= Op::AnyOf; }

std::span<const std::string_view> relative_days() { return day_words; }

std::optional<std::string> relative_day_words(Context& context, std::string_view value) {
    const std::size_t colon = value.find(':');
    const std::string_view word = value.substr(0, colon);
    if (std::find(std::begin(day_words), std::end(day_words), word) == std::end(day_words)) return std::nullopt;
    return context.tr("ui.when." + std::string(word), {colon == std::string_view::npos ? std::string_view() : value.substr(colon + 1)});
}

Result<std::string> criteria_of_form(const CriteriaForm& form, const Object& object) {
    std::vector<std::string> conditions;
    for (const CriteriaRow& row : form.rows)
        if (object.has_field(row.field)) conditions.push_back(condition_of(object.field(row.field), row));
    return join_conditions(form.logic, conditions);
}

std::optional<CriteriaForm> form_of_criteria(std::string_view text, const Object& object, const Records& records) {
    const auto query = parse_criteria(text, object.name, records);
    if (!query) return std::nullopt;
    CriteriaForm form;
    if (query->where && !read_form(without_brackets(*query->where), object, records, form.rows, form.logic)) return std::nullopt;
    // All of them, each once, is what stands for itself.
    std::string all;
    for (std::size_t at = 0; at < form.rows.size(); ++at) all += (at == 0 ? "" : " AND ") + std::to_string(at + 1);
    if (form.logic == all) form.logic.clear();
    return form;
}

std::string criteria_words(Context& context, std::string_view text, const Object& object) {
    const auto form = form_of_criteria(text, object, context.records());
    if (!form) return std::string(text);
    const auto words_of = [&](const CriteriaRow& row) {
        const Field& field = object.field(row.field);
        const std::string value = value_words(context, field, row);
        if (field.type == FieldType::Checkbox) return context.tr("ui.list.chip", {field_label(context.messages(), object, field), value});
        return field_label(context.messages(), object, field) + " " + std::string(context.tr(criteria_operator_key(row.comparison))) + (value.empty() ? "" : " " + value);
    };
    std::string words;
    if (form->logic.empty()) {
        for (const CriteriaRow& row : form->rows) words += (words.empty() ? "" : " · ") + words_of(row);
        return words;
    }
    const auto plain = [](char c) { return c != ' ' && c != '(' && c != ')'; };
    const std::string& logic = form->logic;
    for (std::size_t at = 0, end = 0; at < logic.size(); at = end) {
        for (end = at + 1; plain(logic[at]) && end < logic.size() && plain(logic[end]);) ++end;
        const std::string token = logic.substr(at, end - at);
        if (token == "AND" || token == "OR" || token == "NOT") words += context.tr(token == "AND" ? "ui.criteria.and" : token == "OR" ? "ui.criteria.or" : "ui.criteria.not");
        else if (plain(token[0])) words += words_of(form->rows[static_cast<std::size_t>(std::atoi(token.c_str())) - 1]);
        else words += token;
    }
    return words;
}

}  // namespace outpost
