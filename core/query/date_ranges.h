// Dates of queries: what a date literal means today, and date functions as tables over days.
// Invariant: tables depend on the calendar alone, never on data. Called by: filters, groups, sorting.
// Source: Salesforce's SOQL reference, "Date Formats and Date Literals" and "Date Functions".
#pragma once

#include <cstdint>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// The days a literal covers. LAST_N_DAYS:n has today in it (n + 1 days), NEXT_N_DAYS:n begins tomorrow.
DayRange literal_range(DateLiteral literal, int n, const QueryContext& context);
Days today_of(const QueryContext& context);
// The instant at which a local day begins.
Milliseconds start_of_day(Days day, const QueryContext& context);

// A date function of a day: 1-12, 1-31, a year ...; DAY_ONLY gives the day itself. Not for HOUR_IN_DAY.
std::int32_t date_function_of(DateFunction function, Days day, int fiscal_start_month);
// Of each day first .. first + count - 1; months and longer are worked out once a month.
std::vector<std::int32_t> date_function_table(DateFunction function, Days first, std::size_t count, int fiscal_start_month);
// Of an instant; `offset_minutes` is 0 for UTC days.
std::int32_t date_function_of(DateFunction function, Milliseconds instant, int offset_minutes, int fiscal_start_month);

}  // namespace outpost
