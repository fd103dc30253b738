// The part of the parser that reads terms, conditions and values.
#include <algorithm>
#include <charconv>

#include "core/base/text.h"
#include "core/query/soql_parser.h"
#include "core/query/soql_words.h"

namespace outpost::soql {

Result<FieldPath> Parser::parse_path() {
    if (token().kind != TokenKind::Name) return expected(Expect::Field);
    FieldPath path;
    path.text = std::string(take().source);
    if (!is_sign(".")) return path;
    if (const Alias* alias = find_alias(path.text)) path.text = alias->path;
    while (take_sign(".")) {
        if (token().kind != TokenKind::Name) return expected(Expect::Field);
        if (!path.text.empty()) path.text += '.';
        path.text += take().source;
    }
    return path;
}

Result<Term> Parser::parse_term() {
    Term term;
    term.position = token().offset;
    if (token().kind == TokenKind::Name && is_sign("(", 1)) return parse_function(std::move(term));
    if (token().kind == TokenKind::Name && is_reserved(token().source) && !is_sign(".", 1)) return expected(Expect::Field);
    OUTPOST_TRY(term.path, parse_path());
    return term;
}

Result<Term> Parser::parse_function(Term term) {
    if (++depth_ > depth_max) return refuse(token(), "error.query_depth");
    const Token& name = take();
    take();  // (
    const AggregateFunction aggregate = find_aggregate_function(name.source);
    const DateFunction date_function = find_date_function(name.source);
    const int position = term.position;
    if (aggregate == AggregateFunction::Count && take_sign(")")) {
        term.aggregate = aggregate;
        term.count_all = true;
        --depth_;
        return term;
    }
    const bool known = aggregate != AggregateFunction::None || date_function != DateFunction::None ||
                       equals_ignoring_ascii_case(name.source, "GROUPING") || equals_ignoring_ascii_case(name.source, "FORMAT") ||
                       equals_ignoring_ascii_case(name.source, "toLabel") || equals_ignoring_ascii_case(name.source, "convertTimezone") ||
                       equals_ignoring_ascii_case(name.source, "convertCurrency");
    if (!known) {
        const std::string near = nearest_function(name.source);
        if (near.empty()) return refuse(name, "error.query_function", {std::string(name.source)});
        return refuse(name, "error.query_function_meant", {std::string(name.source), near});
    }
    if (aggregate == AggregateFunction::Count && is_word("DISTINCT") && token(1).kind == TokenKind::Name)
        return refuse(token(), "error.query_instead", {"DISTINCT", "COUNT_DISTINCT(" + std::string(token(1).source) + ")"});
    OUTPOST_TRY(term, parse_term());
    term.position = position;
    if (aggregate != AggregateFunction::None) {
        if (term.aggregate != AggregateFunction::None) return refuse(name, "error.query_aggregate_nested");
        if (term.date_function != DateFunction::None) return refuse(name, "error.query_aggregate_of_date");
        term.aggregate = aggregate;
    } else if (date_function != DateFunction::None) {
        if (term.aggregate != AggregateFunction::None || term.date_function != DateFunction::None) return refuse(name, "error.query_date_of_function", {std::string(name.source)});
        term.date_function = date_function;
    } else if (equals_ignoring_ascii_case(name.source, "GROUPING")) {
        term.grouping = true;
    } else if (equals_ignoring_ascii_case(name.source, "FORMAT")) {
        term.format = true;
    } else if (equals_ignoring_ascii_case(name.source, "toLabel")) {
        term.to_label = true;
    } else if (equals_ignoring_ascii_case(name.source, "convertTimezone")) {
        term.convert_timezone = true;
    } else {
        term.is_converted = true;
    }
    OUTPOST_CHECK(need_sign(")"));
    --depth_;
    return term;
}

Result<Condition> Parser::parse_condition() {
    if (++depth_ > depth_max) return refuse(token(), "error.query_depth");
    OUTPOST_TRY(Condition first, parse_negation());
    if (!is_word("AND") && !is_word("OR")) {
        --depth_;
        return first;
    }
    const bool all = is_word("AND");
    Condition list;
    list.kind = all ? Condition::Kind::And : Condition::Kind::Or;
    list.children.push_back(std::move(first));
    while (take_word(all ? "AND" : "OR")) {
        OUTPOST_TRY(Condition next, parse_negation());
        list.children.push_back(std::move(next));
    }
    // SOQL has no precedence between the two: it asks for parentheses, and so do we.
    if (is_word("AND") || is_word("OR")) return refuse(token(), "error.query_mixed_and_or");
    --depth_;
    return list;
}

Result<Condition> Parser::parse_negation() {
    if (is_word("NOT")) {
        if (++depth_ > depth_max) return refuse(token(), "error.query_depth");
        take();
        OUTPOST_TRY(Condition inner, parse_negation());
        Condition negation;
        negation.kind = Condition::Kind::Not;
        negation.children.push_back(std::move(inner));
        --depth_;
        return negation;
    }
    if (is_sign("(")) {
        take();
        OUTPOST_TRY(Condition inner, parse_condition());
        if (!is_sign(")")) return expected(Expect::Word, "AND, OR, “)”");
        take();
        return inner;
    }
    return parse_comparison();
}

Result<Condition> Parser::parse_comparison() {
    if (token().kind != TokenKind::Name || (is_reserved(token().source) && !is_sign(".", 1))) return expected(Expect::Condition);
    Condition condition;
    condition.kind = Condition::Kind::Compare;
    OUTPOST_TRY(condition.term, parse_term());
    OUTPOST_CHECK(parse_operator(condition));
    switch (condition.comparison) {
        case Comparison::In:
        case Comparison::NotIn:
        case Comparison::Includes:
        case Comparison::Excludes: OUTPOST_CHECK(parse_list(condition)); break;
        default: {
            if (is_sign("(")) return expected(Expect::Value);
            OUTPOST_TRY(Literal literal, parse_literal(condition.comparison == Comparison::Like));
            condition.literals.push_back(std::move(literal));
        }
    }
    return condition;
}

Status Parser::parse_operator(Condition& condition) {
    static constexpr std::pair<std::string_view, Comparison> signs[] = {
        {"=", Comparison::Equal}, {"!=", Comparison::NotEqual}, {"<>", Comparison::NotEqual}, {"<", Comparison::Less},
        {"<=", Comparison::LessEqual}, {">", Comparison::Greater}, {">=", Comparison::GreaterEqual}};
    for (const auto& [sign, comparison] : signs) {
        if (!take_sign(sign)) continue;
        condition.comparison = comparison;
        return {};
    }
    static constexpr std::pair<std::string_view, Comparison> words[] = {
        {"LIKE", Comparison::Like}, {"IN", Comparison::In}, {"INCLUDES", Comparison::Includes}, {"EXCLUDES", Comparison::Excludes}};
    for (const auto& [word, comparison] : words) {
        if (!take_word(word)) continue;
        condition.comparison = comparison;
        return {};
    }
    if (is_word("NOT")) {
        if (is_word("LIKE", 1)) return refuse(token(), "error.query_not_like");
        take();
        OUTPOST_CHECK(need_word("IN"));
        condition.comparison = Comparison::NotIn;
        return {};
    }
    if (const std::string_view instead = soql_for_operator(token().source); !instead.empty() && token().kind == TokenKind::Name)
        return refuse(token(), "error.query_instead", {std::string(token().source), std::string(instead)});
    const std::string near = token().kind == TokenKind::Name ? nearest_word(token().source, {"LIKE", "IN", "NOT", "INCLUDES", "EXCLUDES"}) : std::string();
    if (!near.empty()) return refuse(token(), "error.query_meant", {std::string(token().source), near});
    return expected(Expect::Comparison);
}

Status Parser::parse_list(Condition& condition) {
    if (is_sign(":")) return refuse(token(), "error.query_variable");
    OUTPOST_CHECK(need_sign("("));
    const bool in = condition.comparison == Comparison::In || condition.comparison == Comparison::NotIn;
    if (in && is_word("SELECT")) {
        OUTPOST_TRY(Query inner, parse_query());
        condition.subquery = std::make_shared<Query>(std::move(inner));
        return need_sign(")");
    }
    do {
        OUTPOST_TRY(Literal literal, parse_literal(false));
        condition.literals.push_back(std::move(literal));
    } while (take_sign(","));
    if (!is_sign(")")) return expected(Expect::Word, "“,”, “)”");
    take();
    return {};
}

Result<Literal> Parser::parse_literal(bool pattern) {
    Literal literal;
    literal.position = token().offset;
    switch (token().kind) {
        case TokenKind::Text: {
            const Token& text = take();
            const std::string& value = pattern ? text.pattern : text.text;
            if (!value.empty()) literal.value = value;
            return literal;
        }
        case TokenKind::Number: {
            const std::optional<Decimal> number = parse_decimal(token().source);
            if (!number) return refuse(token(), "error.query_number", {std::string(token().source.substr(0, 80))});
            literal.value = *number;
            take();
            return literal;
        }
        case TokenKind::Date: {
            const std::optional<Days> day = parse_iso_date(token().source);
            if (!day) return refuse(token(), "error.query_date", {std::string(token().source)});
            literal.value = DateValue{*day};
            take();
            return literal;
        }
        case TokenKind::DateTime: {
            const char last = token().source.back();
            const bool zoned = last == 'Z' || last == 'z' || token().source.find_last_of("+-") > 10;
            std::optional<Milliseconds> instant;
            if (zoned) instant = parse_iso_instant(token().source, 0);
            if (!instant) return refuse(token(), "error.query_date_time", {std::string(token().source.substr(0, 80))});
            literal.value = InstantValue{*instant};
            take();
            return literal;
        }
        case TokenKind::Name: return parse_name_literal(std::move(literal));
        case TokenKind::Sign:
            if (is_sign(":")) return refuse(token(), "error.query_variable");
            break;
        case TokenKind::End: break;
    }
    return expected(Expect::Value);
}

Result<Literal> Parser::parse_name_literal(Literal literal) {
    const Token& name = token();
    if (take_word("NULL")) return literal;
    if (is_word("TRUE") || is_word("FALSE")) {
        literal.value = is_word("TRUE");
        take();
        return literal;
    }
    if (const DateLiteralWord* word = find_date_literal(name.source)) {
        literal.date_literal = word->literal;
        take();
        if (!word->counted) return literal;
        if (!is_sign(":")) return expected(Expect::Word, ":");
        take();
        OUTPOST_TRY(const std::uint32_t count, parse_count());
        constexpr std::uint32_t count_max = 100'000;
        if (count > count_max) return refuse(tokens_[at_ - 1], "error.query_literal_count", {std::string(word->word), std::to_string(count_max)});
        literal.n = static_cast<int>(count);
        return literal;
    }
    const std::string_view text = name.source;
    const bool currency = text.size() > 3 && std::all_of(text.begin() + 3, text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    if (currency) {
        literal.currency = std::string(text.substr(0, 3));
        for (char& c : literal.currency) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const std::optional<Decimal> amount = parse_decimal(text.substr(3));
        if (!amount || !is_known_currency(literal.currency)) return refuse(name, "error.query_currency", {std::string(text.substr(0, 80))});
        literal.value = *amount;
        take();
        return literal;
    }
    const std::string near = nearest_value_word(text);
    if (!near.empty()) return refuse(name, "error.query_meant", {std::string(text), near});
    if (is_reserved(text)) return expected(Expect::Value);
    return refuse(name, "error.query_unquoted", {std::string(text.substr(0, 80))});
}

}  // namespace outpost::soql
