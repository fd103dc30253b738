// Query answers as CSV and as a table for the terminal.
// Invariant: one row of text a record, in the answer's order; nothing is left out or rounded.
// Called by: the native shell, the page's scripting calls.
#pragma once

#include <string>

#include "core/base/json.h"

namespace outpost {

// From the answer's JSON: parents become "Account.Name" columns, child subqueries their number of rows.
std::string answer_as_csv(const Json& answer);
std::string answer_as_table(const Json& answer);

}  // namespace outpost
