// Criteria as rows of field, operator and value, all of which must hold: the form of the common case of a SOQL condition.
// Invariant: rows_of_criteria(criteria_of_rows(rows)) gives the rows back; what rows can't say is left as text.
// Called by: the routing pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

enum class CriteriaOperator : std::uint8_t { Equal, NotEqual, Contains, StartsWith, Less, LessEqual, Greater, GreaterEqual, Empty, Filled };

struct CriteriaRow {
    FieldIndex field = no_field;
    CriteriaOperator comparison = CriteriaOperator::Equal;
    std::string value;            // as SOQL has it, without quotes: "Germany", "1000", "2026-11-23", "true"
    bool operator==(const CriteriaRow&) const = default;
};

// Whether criteria can ask for this field in a row, and how.
bool is_criteria_field(const Field& field);
std::vector<CriteriaOperator> criteria_operators(const Field& field);
std::string_view criteria_operator_key(CriteriaOperator comparison);   // message key

std::string criteria_of_rows(const std::vector<CriteriaRow>& rows, const Object& object);
// Nothing where the text says more than rows can, or isn't understood.
std::optional<std::vector<CriteriaRow>> rows_of_criteria(std::string_view text, const Object& object, const Records& records);
// "Country is Germany · Employees ≥ 100", or the text as it is.
std::string criteria_words(Context& context, std::string_view text, const Object& object);

}  // namespace outpost
