// Parser of SOQL, by recursive descent over tokens. Names stay text: bind() resolves them.
// Invariant: nesting is at most depth_max, so hostile input can't exhaust the stack.
// Called by: parse_soql. Grammar: Salesforce's SOQL and SOSL reference, "SOQL SELECT Syntax".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/query/query.h"
#include "core/query/soql_lexer.h"

namespace outpost::soql {

inline constexpr int depth_max = 40;
inline constexpr int child_levels_max = 5;                   // as in Salesforce: parent-to-child, five levels
inline constexpr std::size_t query_bytes_max = 100'000;  // Salesforce's limit

// What may come next; "error.query_expected_<name>" and "error.query_end_<name>" are its messages.
enum class Expect { Word, Field, Value, Object, Comparison, Number, Condition, Name };

class Parser {
public:
    Parser(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}
    Result<Query> parse();

private:
    // soql_parser.cpp
    Result<Query> parse_query();
    Status parse_select(Query& query);
    Result<SelectTerm> parse_select_term();
    Status parse_typeof(Query& query);
    Status parse_typeof_fields(Query& query, const std::string& relationship, const ForTypes& types);
    Status parse_fields_function(Query& query);
    Status parse_from(Query& query);
    Status parse_clauses(Query& query);
    Status parse_group_by(Query& query);
    Status parse_order_by(Query& query);
    Status parse_with();
    Status parse_for();
    Result<std::uint32_t> parse_count();
    Status fail_at_clause(std::size_t last);

    // soql_conditions.cpp
    Result<Term> parse_term();
    Result<Term> parse_function(Term term);
    Result<FieldPath> parse_path();
    Result<Condition> parse_condition();
    Result<Condition> parse_negation();
    Result<Condition> parse_comparison();
    Status parse_operator(Condition& condition);
    Status parse_list(Condition& condition);
    Result<Literal> parse_literal(bool pattern);
    Result<Literal> parse_name_literal(Literal literal);

    const Token& token(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
    const Token& take() { const Token& now = token(); if (at_ + 1 < tokens_.size()) ++at_; return now; }
    bool is_word(std::string_view word, std::size_t ahead = 0) const;
    bool is_sign(std::string_view sign, std::size_t ahead = 0) const;
    bool take_word(std::string_view word);
    bool take_sign(std::string_view sign);
    Status need_word(std::string_view word);
    Status need_sign(std::string_view sign);
    std::unexpected<Error> expected(Expect kind, std::string what = "") const;
    std::unexpected<Error> refuse(const Token& at, std::string key, std::vector<std::string> arguments = {}) const;
    // The aliases of the query that starts here, from its FROM clause: FROM Contact c, c.Account a
    void find_aliases();
    std::string_view read_alias(std::size_t& at) const;

    struct Alias {
        std::string_view name;
        std::string path;   // "" the query's own object, else the relationships that lead there
    };
    const Alias* find_alias(std::string_view name) const;

    std::string_view text_;
    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<Alias> aliases_;
};

}  // namespace outpost::soql
