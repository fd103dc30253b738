// Criteria as numbered rows of field, operator and value, and how they go together ("1 AND (2 OR 3)"): the form of the
// common case of a SOQL condition, which stays the one thing that is kept.
// Invariant: form_of_criteria(criteria_of_form(form)) says the same; what rows can't say is left as text.
// Called by: the criteria editor, pages that tell criteria in words.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

enum class CriteriaOperator : std::uint8_t { Equal, NotEqual, Contains, StartsWith, Less, LessEqual, Greater, GreaterEqual, Empty, Filled, AnyOf, NoneOf, Includes, Excludes };

struct CriteriaRow {
    FieldIndex field = no_field;
    CriteriaOperator comparison = CriteriaOperator::Equal;
    std::string value;            // as SOQL has it, without quotes: "Germany", "1000", "2026-11-23", "LAST_N_DAYS:7", "true",
                                  // a record's id; where an operator takes several, by semicolons
    bool operator==(const CriteriaRow&) const = default;
};

struct CriteriaForm {
    std::vector<CriteriaRow> rows;
    std::string logic;            // "1 AND (2 OR 3)"; "": all must hold
};

// Whether criteria can ask for this field in a row, and how.
bool is_criteria_field(const Field& field);
std::vector<CriteriaOperator> criteria_operators(const Field& field);
std::string_view criteria_operator_key(CriteriaOperator comparison);   // message key

bool takes_value(CriteriaOperator comparison);
bool takes_several(CriteriaOperator comparison);

// The relative days that a row offers, as SOQL names them; those with "_N_" take a number.
std::span<const std::string_view> relative_days();
// "LAST_N_DAYS:7" in words: "the last 7 days"; nothing for what is no such word.
std::optional<std::string> relative_day_words(Context& context, std::string_view value);

// A fault is one of the logic.
Result<std::string> criteria_of_form(const CriteriaForm& form, const Object& object);
// Nothing where the text says more than rows can, or isn't understood.
std::optional<CriteriaForm> form_of_criteria(std::string_view text, const Object& object, const Records& records);
// "Country is Germany · Employees ≥ 100", or the text as it is.
std::string criteria_words(Context& context, std::string_view text, const Object& object);

}  // namespace outpost
