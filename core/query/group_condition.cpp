#include "core/query/group_condition.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/query/filter_columns.h"
#include "core/query/paths.h"

namespace outpost {

namespace {

// -1, 0, 1 against a literal, as conditions on records have it; a date literal is a range, within which everything is equal.
int compare_to(const Value& value, const Literal& literal, ValueKind kind, const QueryContext& context, const Records& records) {
    if (literal.date_literal == DateLiteral::None) {
        if (kind == ValueKind::Id) {
            const std::uint64_t own = id_bits(value, records), other = id_bits(literal.value, records);
            return own < other ? -1 : own > other;
        }
        if (value.index() != literal.value.index()) return -1;
        const auto* text = std::get_if<std::string>(&value);
        return text != nullptr ? compare_ignoring_case(*text, std::get<std::string>(literal.value)) : compare_values(value, literal.value, records);
    }
    const DayRange range = literal_range(literal.date_literal, literal.n, context);
    if (const auto* day = std::get_if<DateValue>(&value)) return day->days < range.first ? -1 : day->days >= range.end;
    if (const auto* instant = std::get_if<InstantValue>(&value)) {
        return instant->milliseconds < start_of_day(range.first, context) ? -1 : instant->milliseconds >= start_of_day(range.end, context);
    }
    return -1;
}

}  // namespace

int compare_values(const Value& a, const Value& b, const Records& records) {
    const auto order = [](auto x, auto y) { return x < y ? -1 : static_cast<int>(y < x); };
    if (a.index() != b.index()) return order(a.index(), b.index());
    if (const auto* flag = std::get_if<bool>(&a)) return order(*flag, std::get<bool>(b));
    if (const auto* number = std::get_if<Decimal>(&a)) return compare(*number, std::get<Decimal>(b));
    if (const auto* day = std::get_if<DateValue>(&a)) return order(day->days, std::get<DateValue>(b).days);
    if (const auto* instant = std::get_if<InstantValue>(&a)) return order(instant->milliseconds, std::get<InstantValue>(b).milliseconds);
    if (const auto* text = std::get_if<std::string>(&a)) return compare_text(*text, std::get<std::string>(b));
    if (const auto* ref = std::get_if<RecordRef>(&a)) return order(records.id_of(*ref).bits, records.id_of(std::get<RecordRef>(b)).bits);
    return 0;
}

bool group_matches(const Condition& condition, const std::function<Value(const Term&)>& value_of, ObjectIndex object, const Records& records,
                   const QueryContext& context) {
    const auto child_matches = [&](const Condition& child) { return group_matches(child, value_of, object, records, context); };
    switch (condition.kind) {
        case Condition::Kind::And: return std::all_of(condition.children.begin(), condition.children.end(), child_matches);
        case Condition::Kind::Or: return std::any_of(condition.children.begin(), condition.children.end(), child_matches);
        case Condition::Kind::Not: return condition.children.empty() || !child_matches(condition.children[0]);
        case Condition::Kind::TextContains: return true;
        case Condition::Kind::Compare: break;
    }
    Value value = value_of(condition.term);
    const ComparisonTest test{condition, {}, context, records};
    if (is_null(value)) return null_answer(test);
    const ValueKind kind = value_kind(condition.term, object, records.schema());
    auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && condition.term.to_label) {
        if (const Field* field = end_of_path(condition.term.path, object, records.schema()).field) *text = labels_text(*field, *text);
    }
    if (text != nullptr && kind == ValueKind::Multiselect && compares_sets(condition.comparison)) return matches_multiselect(condition, *text);
    const auto order = [&](const Literal& literal) { return compare_to(value, literal, kind, context, records); };
    const auto equals = [&](const Literal& literal) { return (literal.date_literal != DateLiteral::None || !is_null(literal.value)) && order(literal) == 0; };
    const Literal& literal = condition.literals.front();
    switch (condition.comparison) {
        case Comparison::Equal: return equals(literal);
        case Comparison::NotEqual: return !equals(literal);
        case Comparison::Less: return order(literal) < 0;
        case Comparison::LessEqual: return order(literal) <= 0;
        case Comparison::Greater: return order(literal) > 0;
        case Comparison::GreaterEqual: return order(literal) >= 0;
        case Comparison::In: return std::any_of(condition.literals.begin(), condition.literals.end(), equals);
        case Comparison::NotIn: return std::none_of(condition.literals.begin(), condition.literals.end(), equals);
        default: return text != nullptr && matches_text(test, *text);
    }
}

}  // namespace outpost
