#include "ui/pages/criteria_rows.h"

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/query/criteria.h"

namespace outpost {
namespace {

using Op = CriteriaOperator;

constexpr std::string_view operator_keys[] = {"ui.criteria.equal",   "ui.criteria.not_equal",  "ui.criteria.contains", "ui.criteria.starts",        "ui.criteria.less",
                                              "ui.criteria.at_most", "ui.criteria.greater", "ui.criteria.at_least", "ui.criteria.empty", "ui.criteria.filled"};
constexpr std::string_view operator_texts[] = {"=", "!=", "LIKE", "LIKE", "<", "<=", ">", ">=", "=", "!="};

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
    if (row.comparison == Op::Empty || row.comparison == Op::Filled) return "null";
    if (row.comparison == Op::Contains) return quoted(row.value, "%", "%", true);
    if (row.comparison == Op::StartsWith) return quoted(row.value, "", "%", true);
    if (field.is_number() || field.type == FieldType::Checkbox || field.type == FieldType::Date) return row.value;
    return quoted(row.value, "", "", false);
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

bool read_literal(const Literal& literal, const Field& field, CriteriaRow& row) {
    if (literal.date_literal != DateLiteral::None || !literal.currency.empty()) return false;
    if (const auto* text = std::get_if<std::string>(&literal.value)) row.value = *text;
    else if (const auto* flag = std::get_if<bool>(&literal.value)) row.value = *flag ? "true" : "false";
    else if (const auto* decimal = std::get_if<Decimal>(&literal.value)) row.value = to_text(*decimal);
    else if (const auto* day = std::get_if<DateValue>(&literal.value)) row.value = days_to_text(day->days);
    else return false;
    return !field.is_lookup();
}

bool add_rows(const Condition& condition, const Object& object, std::vector<CriteriaRow>& rows) {
    if (condition.kind == Condition::Kind::And) {
        for (const Condition& child : condition.children)
            if (!add_rows(child, object, rows)) return false;
        return true;
    }
    const Term& term = condition.term;
    const bool is_simple = condition.kind == Condition::Kind::Compare && term.path.lookups.empty() && term.date_function == DateFunction::None &&
                           condition.literals.size() == 1 && !condition.subquery;
    if (!is_simple || !object.has_field(term.path.field) || !is_criteria_field(object.field(term.path.field))) return false;
    const Field& field = object.field(term.path.field);
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
        case Comparison::Like: {
            const auto* pattern = std::get_if<std::string>(&literal.value);
            if (!pattern || !read_pattern(*pattern, row)) return false;
            rows.push_back(std::move(row));
            return true;
        }
        default: return false;
    }
    if (!is_null_test && !read_literal(literal, field, row)) return false;
    rows.push_back(std::move(row));
    return true;
}

}  // namespace

bool is_criteria_field(const Field& field) {
    if (field.deleted || field.hidden || field.name.empty() || field.system || field.type == FieldType::LongTextArea) return false;
    return (field.is_text() && field.type != FieldType::MultiselectPicklist) || field.is_picklist() || field.is_number() ||
           field.type == FieldType::Checkbox || field.type == FieldType::Date;
}

std::vector<CriteriaOperator> criteria_operators(const Field& field) {
    if (field.type == FieldType::Checkbox) return {Op::Equal};
    if (field.is_picklist()) return {Op::Equal, Op::NotEqual, Op::Empty, Op::Filled};
    if (field.is_text()) return {Op::Equal, Op::NotEqual, Op::Contains, Op::StartsWith, Op::Empty, Op::Filled};
    return {Op::Equal, Op::NotEqual, Op::Less, Op::LessEqual, Op::Greater, Op::GreaterEqual, Op::Empty, Op::Filled};
}

std::string_view criteria_operator_key(CriteriaOperator comparison) { return operator_keys[static_cast<std::size_t>(comparison)]; }

std::string criteria_of_rows(const std::vector<CriteriaRow>& rows, const Object& object) {
    std::string text;
    for (const CriteriaRow& row : rows) {
        if (!object.has_field(row.field)) continue;
        const Field& field = object.field(row.field);
        if (!text.empty()) text += " AND ";
        text += field.name + " " + std::string(operator_texts[static_cast<std::size_t>(row.comparison)]) + " " + literal_of(field, row);
    }
    return text;
}

std::optional<std::vector<CriteriaRow>> rows_of_criteria(std::string_view text, const Object& object, const Records& records) {
    const auto query = parse_criteria(text, object.name, records);
    if (!query) return std::nullopt;
    std::vector<CriteriaRow> rows;
    if (query->where && !add_rows(*query->where, object, rows)) return std::nullopt;
    return rows;
}

std::string criteria_words(Context& context, std::string_view text, const Object& object) {
    const auto rows = rows_of_criteria(text, object, context.records());
    if (!rows) return std::string(text);
    std::string words;
    for (const CriteriaRow& row : *rows) {
        const Field& field = object.field(row.field);
        if (!words.empty()) words += " · ";
        words += field_label(context.messages(), object, field) + " " + std::string(context.tr(criteria_operator_key(row.comparison)));
        std::string value = row.value;
        if (field.is_picklist()) value = value_label(context.messages(), field, value);
        else if (field.type == FieldType::Checkbox) value = context.tr(value == "true" ? "ui.field.yes" : "ui.field.no");
        if (!value.empty()) words += " " + value;
    }
    return words;
}

}  // namespace outpost
