// Date literals and date functions at a fixed today, Monday 2026-11-23, with Monday weeks and a fiscal year from April.
#include <doctest/doctest.h>

#include <string>

#include "core/query/date_ranges.h"
#include "core/query/soql_words.h"

using namespace outpost;

namespace {

QueryContext today() {
    QueryContext context;
    context.now = *parse_iso_instant("2026-11-22T23:30:00Z");  // already Monday the 23rd at +01:00
    context.utc_offset_minutes = 60;
    context.fiscal_start_month = 4;
    context.first_weekday = 1;
    return context;
}

std::string range_of(std::string_view word, int n) {
    const soql::DateLiteralWord* literal = soql::find_date_literal(word);
    REQUIRE(literal != nullptr);
    const DayRange range = literal_range(literal->literal, n, today());
    return days_to_text(range.first) + " " + days_to_text(range.end - 1);
}

}  // namespace

TEST_CASE("query golden: what each date literal covers") {
    const struct { const char* word; int n; const char* range; } golden[] = {
        {"YESTERDAY", 0, "2026-11-22 2026-11-22"}, {"TODAY", 0, "2026-11-23 2026-11-23"}, {"TOMORROW", 0, "2026-11-24 2026-11-24"},
        {"LAST_WEEK", 0, "2026-11-16 2026-11-22"}, {"THIS_WEEK", 0, "2026-11-23 2026-11-29"}, {"NEXT_WEEK", 0, "2026-11-30 2026-12-06"},
        {"LAST_MONTH", 0, "2026-10-01 2026-10-31"}, {"THIS_MONTH", 0, "2026-11-01 2026-11-30"}, {"NEXT_MONTH", 0, "2026-12-01 2026-12-31"},
        {"LAST_90_DAYS", 0, "2026-08-25 2026-11-23"}, {"NEXT_90_DAYS", 0, "2026-11-24 2027-02-21"},
        {"LAST_N_DAYS", 30, "2026-10-24 2026-11-23"}, {"LAST_N_DAYS", 0, "2026-11-23 2026-11-23"}, {"NEXT_N_DAYS", 7, "2026-11-24 2026-11-30"}, {"N_DAYS_AGO", 3, "2026-11-20 2026-11-20"},
        {"LAST_N_WEEKS", 2, "2026-11-09 2026-11-22"}, {"NEXT_N_WEEKS", 2, "2026-11-30 2026-12-13"}, {"N_WEEKS_AGO", 2, "2026-11-09 2026-11-15"},
        {"LAST_N_MONTHS", 2, "2026-09-01 2026-10-31"}, {"NEXT_N_MONTHS", 2, "2026-12-01 2027-01-31"}, {"N_MONTHS_AGO", 12, "2025-11-01 2025-11-30"},
        {"THIS_QUARTER", 0, "2026-10-01 2026-12-31"}, {"LAST_QUARTER", 0, "2026-07-01 2026-09-30"}, {"NEXT_QUARTER", 0, "2027-01-01 2027-03-31"},
        {"LAST_N_QUARTERS", 2, "2026-04-01 2026-09-30"}, {"NEXT_N_QUARTERS", 2, "2027-01-01 2027-06-30"}, {"N_QUARTERS_AGO", 4, "2025-10-01 2025-12-31"},
        {"THIS_YEAR", 0, "2026-01-01 2026-12-31"}, {"LAST_YEAR", 0, "2025-01-01 2025-12-31"}, {"NEXT_YEAR", 0, "2027-01-01 2027-12-31"},
        {"LAST_N_YEARS", 2, "2024-01-01 2025-12-31"}, {"NEXT_N_YEARS", 2, "2027-01-01 2028-12-31"}, {"N_YEARS_AGO", 10, "2016-01-01 2016-12-31"},
        {"THIS_FISCAL_QUARTER", 0, "2026-10-01 2026-12-31"}, {"LAST_FISCAL_QUARTER", 0, "2026-07-01 2026-09-30"}, {"NEXT_FISCAL_QUARTER", 0, "2027-01-01 2027-03-31"},
        {"LAST_N_FISCAL_QUARTERS", 2, "2026-04-01 2026-09-30"}, {"NEXT_N_FISCAL_QUARTERS", 2, "2027-01-01 2027-06-30"}, {"N_FISCAL_QUARTERS_AGO", 1, "2026-07-01 2026-09-30"},
        {"THIS_FISCAL_YEAR", 0, "2026-04-01 2027-03-31"}, {"LAST_FISCAL_YEAR", 0, "2025-04-01 2026-03-31"}, {"NEXT_FISCAL_YEAR", 0, "2027-04-01 2028-03-31"},
        {"LAST_N_FISCAL_YEARS", 2, "2024-04-01 2026-03-31"}, {"NEXT_N_FISCAL_YEARS", 1, "2027-04-01 2028-03-31"}, {"N_FISCAL_YEARS_AGO", 2, "2024-04-01 2025-03-31"},
    };
    for (const auto& [word, n, range] : golden) {
        INFO(word << ":" << n);
        CHECK(range_of(word, n) == range);
    }
}

TEST_CASE("query golden: date functions of one instant") {
    const Milliseconds instant = *parse_iso_instant("2026-11-22T23:30:00Z");
    const struct { DateFunction function; int utc, local; } golden[] = {
        {DateFunction::CalendarYear, 2026, 2026}, {DateFunction::CalendarQuarter, 4, 4}, {DateFunction::CalendarMonth, 11, 11},
        {DateFunction::DayInMonth, 22, 23}, {DateFunction::DayInWeek, 1, 2}, {DateFunction::DayInYear, 326, 327}, {DateFunction::HourInDay, 23, 0},
        {DateFunction::WeekInMonth, 4, 4}, {DateFunction::WeekInYear, 47, 47}, {DateFunction::FiscalMonth, 8, 8}, {DateFunction::FiscalQuarter, 3, 3}, {DateFunction::FiscalYear, 2027, 2027},
    };
    for (const auto& [function, utc, local] : golden) {
        INFO(soql::to_text(function));
        CHECK(date_function_of(function, instant, 0, 4) == utc);
        CHECK(date_function_of(function, instant, 60, 4) == local);
    }
}
