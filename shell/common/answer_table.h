// Query answers as CSV and as a table for the terminal.
// Invariant: one row of text a record, in the answer's order; nothing is left out or rounded.
// Called by: the native shell, the page's scripting calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/objects/records.h"

namespace outpost {

// Spreadsheet guards text that a spreadsheet would run (append_spreadsheet_cell). Exact leaves every byte as it is, for other
// programs and for importing again.
enum class CsvCells : std::uint8_t { Exact, Spreadsheet };

// From the answer's JSON: parents become "Account.Name" columns, child subqueries their number of rows. An answer without rows
// is the line of names that `soql` asks for; that of COUNT() is its number.
std::string answer_as_csv(const Json& answer, std::string_view soql, const Records& records, CsvCells cells = CsvCells::Exact);
std::string answer_as_table(const Json& answer);

}  // namespace outpost
