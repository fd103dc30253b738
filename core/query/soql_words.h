// The words of SOQL that name a function or a date, and the nearest word to a mistyped one.
// Source: Salesforce's SOQL reference (date literals, date functions, aggregate functions).
// Called by: soql_parser, bind, messages of both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query.h"

namespace outpost::soql {

struct DateLiteralWord {
    DateLiteral literal;
    std::string_view word;  // "LAST_N_DAYS"
    bool counted;           // takes ":n"
};
const DateLiteralWord* find_date_literal(std::string_view word);
std::string date_literal_text(DateLiteral literal, int n);          // "LAST_N_DAYS:3"
DateFunction find_date_function(std::string_view word);            // None when it is none
AggregateFunction find_aggregate_function(std::string_view word);  // None when it is none
std::string_view to_text(AggregateFunction function);              // "SUM"
std::string_view to_text(DateFunction function);                   // "CALENDAR_MONTH"
std::string_view to_text(Comparison comparison);                   // "<="
std::vector<std::string_view> value_words();                       // what may stand where a value is expected
std::vector<std::string_view> function_words();
bool is_reserved(std::string_view word);                           // can't be a field's or an alias's name here

// The candidate that a mistyped word most likely meant, "" when none is near: at most a third of its letters differ.
// A function's name for one that is misspelt or that other languages have (YEAR); a word for a misspelt value, or one with
// its number inside (LAST_30_DAYS); "" none.
std::string nearest_function(std::string_view word);
std::string nearest_value_word(std::string_view word);
// How SOQL says what other languages have an operator for (BETWEEN); "" none.
std::string_view soql_for_operator(std::string_view word);
std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace outpost::soql
