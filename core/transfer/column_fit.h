// Whether what a column is called and what it holds goes with a field that it isn't named after. A wrong guess writes
// wrong values, so that the words around a label and the values themselves may both speak against it.
// Called by: transfer (mapping).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/transfer/inference.h"

namespace outpost {

// Several values, and not one could be read into the number, date, checkbox or address: every row would be refused.
// Numbers in an odd spelling fit, for it is better to refuse them than to take another column's.
bool fits_nothing(const ColumnProfile& column, const Field& field);

// The values are of the field's kind; of a picklist one at least is known.
bool is_of_kind(const ColumnProfile& column, const Field& field);

// A header that holds a field's label of some length, or differs from it by a letter, and may well mean it. Keys are folded.
bool resembles(std::string_view header, const std::string& key, const std::string& label_key);

// "Deal Status", "Opportunity Result": whether a column may say how opportunities ended. The key is folded.
bool names_outcome(std::string_view key);
// As read_outcome; a flag says that it is won.
std::optional<bool> read_outcome_cell(std::string_view text);
// The values of such a column that say neither won nor lost nor open, in a list; "" none.
std::string unread_outcomes(const ColumnProfile& column);

// Values, and none of them a date: "15 minutes before".
bool says_words(const ColumnProfile& column);

// A percent written as 0.5.
bool values_are_fractions(const ColumnProfile& column);

}  // namespace outpost
