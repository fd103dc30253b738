// Civil dates and instants: proleptic Gregorian, ISO 8601 weeks, fiscal periods. No time zone but UTC and a
// given offset; zones come through a port. Called by: objects, query (date literals), transfer, sales, ui.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace outpost {

using Days = std::int32_t;          // days since 1970-01-01
using Milliseconds = std::int64_t;  // since 1970-01-01T00:00:00Z

inline constexpr Milliseconds milliseconds_per_day = 86'400'000;

struct CivilDate {
    int year = 1970;
    int month = 1;  // 1-12
    int day = 1;    // 1-31
    bool operator==(const CivilDate&) const = default;
};

bool is_valid(CivilDate date);       // years 1-9999
int days_in_month(int year, int month);
Days to_days(CivilDate date);        // date must be valid
CivilDate to_civil(Days days);
int weekday(Days days);              // 0 Sunday ... 6 Saturday
Days add_months(Days days, int months);  // clamps to the month's last day

std::string to_text(CivilDate date);               // 2026-11-23
std::string days_to_text(Days days);               // 2026-11-23
std::optional<Days> parse_iso_date(std::string_view text);
// ISO 8601 date-time with zone ("2026-11-23T10:00:00Z", "...+02:00", with or without seconds and fractions).
// Without a zone it is taken as UTC plus offset_minutes.
std::optional<Milliseconds> parse_iso_instant(std::string_view text, int offset_minutes = 0);
std::string instant_to_text(Milliseconds instant);  // 2026-11-23T10:00:00.000Z
Days day_of_instant(Milliseconds instant, int offset_minutes);  // the civil day at that UTC offset

// A half-open range of days, [first, end).
struct DayRange {
    Days first = 0;
    Days end = 0;
};

enum class Period { Day, Week, Month, Quarter, Year, FiscalQuarter, FiscalYear };

// The period that holds `day`, moved by `offset` periods. first_weekday: 0 Sunday, 1 Monday. fiscal_start_month: 1-12;
// a fiscal year is named by the calendar year in which it ends when it starts after January (Salesforce's default).
DayRange period_range(Period period, Days day, int offset, int first_weekday, int fiscal_start_month);
int fiscal_year_of(Days day, int fiscal_start_month);
int fiscal_quarter_of(Days day, int fiscal_start_month);  // 1-4
int iso_week_of(Days day);                                // 1-53
int day_of_year(Days day);                                // 1-366

}  // namespace outpost
