// The part of bind() that checks conditions: operators that fit the field, literals of its type.
#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/bind.h"
#include "core/query/soql_words.h"

namespace outpost::soql {

namespace {

std::string literal_text(const Literal& literal) {
    if (literal.date_literal != DateLiteral::None) return date_literal_text(literal.date_literal, literal.n);
    if (is_null(literal.value)) return "NULL";
    if (const auto* text = std::get_if<std::string>(&literal.value)) return "'" + text->substr(0, 60) + "'";
    if (const auto* flag = std::get_if<bool>(&literal.value)) return *flag ? "TRUE" : "FALSE";
    if (const auto* number = std::get_if<Decimal>(&literal.value)) return literal.currency + to_text(*number);
    if (const auto* day = std::get_if<DateValue>(&literal.value)) return days_to_text(day->days);
    if (const auto* instant = std::get_if<InstantValue>(&literal.value)) return instant_to_text(instant->milliseconds);
    return "";
}

std::string_view kind_key(ValueKind kind) {
    switch (kind) {
        case ValueKind::Id: return "error.query_type_id";
        case ValueKind::Number: return "error.query_type_number";
        case ValueKind::Flag: return "error.query_type_flag";
        case ValueKind::Date: return "error.query_type_date";
        case ValueKind::DateTime: return "error.query_type_date_time";
        default: return "error.query_type_text";
    }
}

bool is_ordering(Comparison comparison) {
    return comparison == Comparison::Less || comparison == Comparison::LessEqual || comparison == Comparison::Greater || comparison == Comparison::GreaterEqual;
}

}  // namespace

Status Binder::bind_condition(Condition& condition, const Query& query, bool having) {
    switch (condition.kind) {
        case Condition::Kind::And:
        case Condition::Kind::Or:
        case Condition::Kind::Not:
            for (Condition& child : condition.children) OUTPOST_CHECK(bind_condition(child, query, having));
            return {};
        case Condition::Kind::TextContains:
            for (FieldPath& path : condition.paths) OUTPOST_CHECK(bind_path(path, query.object, -1));
            return {};
        case Condition::Kind::Compare: return bind_comparison(condition, query, having);
    }
    return {};
}

Status Binder::bind_comparison(Condition& condition, const Query& query, bool having) {
    Term& term = condition.term;
    if (having) {  // an alias of the SELECT list may stand for its term
        for (const SelectTerm& select : query.select) {
            if (select.subquery || select.term.alias.empty() || term.path.field != no_field || !equals_ignoring_ascii_case(select.term.alias, term.path.text)) continue;
            const int position = term.position;
            term = select.term;
            term.position = position;
            break;
        }
    }
    OUTPOST_CHECK(bind_term(term, query));
    if (!having && term.aggregate != AggregateFunction::None) return bind_error(ErrorCode::MalformedQuery, "error.query_where_aggregate", {term_text(term)}, term.position);
    if (having && term.aggregate == AggregateFunction::None) {
        const bool grouped = std::any_of(query.group_by.begin(), query.group_by.end(), [&](const Term& group) { return same_term(term, group); });
        if (!grouped && !term.grouping) return bind_error(ErrorCode::MalformedQuery, "error.query_not_grouped", {term_text(term)}, term.position);
    }
    if (condition.subquery) {
        if (having) return bind_error(ErrorCode::MalformedQuery, "error.query_having_semi_join", {}, term.position);
        return bind_semi_join(condition, query);
    }
    const ValueKind kind = value_kind(term, query.object, schema_);
    OUTPOST_CHECK(check_operator(condition, kind));
    for (Literal& literal : condition.literals) OUTPOST_CHECK(check_literal(condition, literal, kind, query.object));
    return {};
}

namespace {

// The objects whose records a path's Id or lookup names; none where a lookup of several objects is on the way.
std::vector<ObjectIndex> objects_named_by(const FieldPath& path, ObjectIndex object, const Schema& schema) {
    for (const FieldIndex lookup : path.lookups) {
        const std::vector<ObjectIndex>& targets = schema.object(object).field(lookup).reference_to;
        if (targets.size() != 1) return {};
        object = targets[0];
    }
    if (path.field == system_field::id) return {object};
    return schema.object(object).has_field(path.field) ? schema.object(object).field(path.field).reference_to : std::vector<ObjectIndex>();
}

}  // namespace

Status Binder::bind_semi_join(Condition& condition, const Query& query) {
    Query& inner = *condition.subquery;
    OUTPOST_CHECK(bind(inner));
    const bool one_field = inner.select.size() == 1 && !inner.select[0].subquery && !inner.select[0].for_types && !is_aggregate(inner);
    const int position = condition.term.position;
    if (!one_field || value_kind(inner.select[0].term, inner.object, schema_) != ValueKind::Id) {
        return bind_error(ErrorCode::MalformedQuery, "error.query_semi_join_field", {}, inner.from_position);
    }
    if (value_kind(condition.term, query.object, schema_) != ValueKind::Id) {
        return bind_error(ErrorCode::InvalidField, "error.query_semi_join_id", {condition.term.path.text}, position);
    }
    // As in Salesforce: contacts are never among accounts, so an empty answer would hide a slip.
    const FieldPath& chosen = inner.select[0].term.path;
    const std::vector<ObjectIndex> own = objects_named_by(condition.term.path, query.object, schema_), theirs = objects_named_by(chosen, inner.object, schema_);
    const auto in_both = [&](ObjectIndex object) { return std::ranges::contains(theirs, object); };
    if (!own.empty() && !theirs.empty() && std::ranges::none_of(own, in_both))
        return bind_error(ErrorCode::InvalidField, "error.query_semi_join_other", {condition.term.path.text, inner.from + "." + chosen.text}, position);
    return {};
}

Status Binder::check_operator(const Condition& condition, ValueKind kind) const {
    const Term& term = condition.term;
    const auto refuse = [&](std::string key) {
        return bind_error(ErrorCode::InvalidField, std::move(key), {term_text(term), std::string(to_text(condition.comparison))}, term.position);
    };
    const bool text = kind == ValueKind::Text || kind == ValueKind::Picklist || kind == ValueKind::Multiselect || kind == ValueKind::AutoNumber ||
                      kind == ValueKind::ObjectName;
    switch (condition.comparison) {
        case Comparison::Like:
            if (!text) return refuse("error.query_like_text");
            break;
        case Comparison::Includes:
        case Comparison::Excludes:
            if (kind != ValueKind::Multiselect) return refuse("error.query_includes_multiselect");
            break;
        default: break;
    }
    if (kind == ValueKind::Compound) return bind_error(ErrorCode::InvalidField, "error.query_compound", {term.path.text}, term.position);
    if (kind == ValueKind::None) return bind_error(ErrorCode::InvalidField, "error.query_not_filterable", {term.path.text}, term.position);
    if (kind == ValueKind::Flag && is_ordering(condition.comparison)) return refuse("error.query_operator");
    return {};
}

Status Binder::check_currency(const Literal& literal) const {
    if (literal.currency.empty() || !schema_.has_object(standard_object::organization)) return {};
    const Table& table = records_.table(standard_object::organization);
    if (table.row_count() == 0) return {};
    const Value own = records_.value({standard_object::organization, 0}, organization_field::default_currency);
    const auto* code = std::get_if<std::string>(&own);
    if (code == nullptr || *code == literal.currency) return {};
    return bind_error(ErrorCode::MalformedQuery, "error.query_other_currency", {literal.currency, *code}, literal.position);
}

Status Binder::check_literal(const Condition& condition, Literal& literal, ValueKind kind, ObjectIndex object) const {
    const Term& term = condition.term;
    const auto refuse = [&]() {
        Error error = bind_error(ErrorCode::InvalidField, std::string(kind_key(kind)), {term_text(term), literal_text(literal)}, literal.position).error();
        error.object = schema_.object(object).name;
        error.field = term.path.text;
        return fail(std::move(error));
    };
    const bool date_literal = literal.date_literal != DateLiteral::None;
    if (!date_literal && is_null(literal.value)) {
        if (is_ordering(condition.comparison)) return bind_error(ErrorCode::MalformedQuery, "error.query_null_order", {term_text(term)}, literal.position);
        return {};
    }
    if (date_literal) {
        if (kind != ValueKind::Date && kind != ValueKind::DateTime) return refuse();
        return {};
    }
    const Value& value = literal.value;
    switch (kind) {
        case ValueKind::Number:
            if (!std::holds_alternative<Decimal>(value)) return refuse();
            return check_currency(literal);
        case ValueKind::Flag:
            if (!std::holds_alternative<bool>(value)) return refuse();
            return {};
        case ValueKind::Date:
            if (!std::holds_alternative<DateValue>(value)) return refuse();
            return {};
        case ValueKind::DateTime:
            if (!std::holds_alternative<InstantValue>(value)) return refuse();
            return {};
        case ValueKind::Id: {
            if (std::holds_alternative<RecordRef>(value)) return {};
            const auto* text = std::get_if<std::string>(&value);
            if (text == nullptr) return refuse();
            if (!parse_record_id(*text)) return bind_error(ErrorCode::MalformedId, "error.query_id", {text->substr(0, 60)}, literal.position);
            return {};
        }
        default:
            if (!std::holds_alternative<std::string>(value)) return refuse();
            return {};
    }
}

}  // namespace outpost::soql
