// Recurrence: how something repeats, by RFC 5545 (3.3.10 rules, 3.8.5.1 exceptions), in days: parts below a day are not
// kept. It is stored as text, "RRULE:FREQ=WEEKLY;BYDAY=MO" and, on a second line, "EXDATE;VALUE=DATE:20261130".
// Invariant: a parsed rule can be enumerated; the days on which it occurs depend on nothing but rule, start and window.
// Called by: edit (validation), activity, ui.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/result.h"

namespace outpost {

enum class Frequency : std::uint8_t { Daily, Weekly, Monthly, Yearly };

struct OrdinalWeekday {
    int weekday = 0;   // 0 Sunday ... 6 Saturday
    int ordinal = 0;   // 0 each; 2 the second, -1 the last of the month, or of the year
    bool operator==(const OrdinalWeekday&) const = default;
};

struct Recurrence {
    Frequency frequency = Frequency::Daily;
    int interval = 1;                     // 1-999
    int count = 0;                        // 0 none, at most recurrence_count_max
    std::optional<Days> until;            // the last day that may be one
    std::optional<int> until_seconds;     // of that day in UTC, where the rule says it so exactly
    std::vector<OrdinalWeekday> by_day;
    std::vector<int> by_month, by_month_day, by_year_day, by_week, by_position;
    int week_start = 1;                   // 0 Sunday, 1 Monday
    std::vector<Days> except;             // ascending
    bool operator==(const Recurrence&) const = default;
};

inline constexpr int recurrence_count_max = 9999;

// Refuses what is not understood or contradicts itself, and says which part it is.
Result<Recurrence> parse_recurrence(std::string_view text);
std::string to_text(const Recurrence& rule);        // the one way of writing it

// Calls `visit` for each day of the window on which the rule occurs, those of `except` too, in order, until it says
// false. `start` is the day of DTSTART, itself one only when the rule says so. Where COUNT doesn't ask for it, nothing
// before the window is walked through. The day after an UNTIL in UTC may be one: whoever knows the zone drops it.
void each_occurrence(const Recurrence& rule, Days start, DayRange window, const std::function<bool(Days)>& visit);
// Without exceptions' days.
std::vector<Days> occurrences(const Recurrence& rule, Days start, DayRange window);
std::optional<Days> next_occurrence(const Recurrence& rule, Days start, Days from);    // on `from` or later, within a century
bool is_excepted(const Recurrence& rule, Days day);
int count_occurrences_before(const Recurrence& rule, Days start, Days day);            // with exceptions' days, as COUNT does

// Which one of its weekday the day is in its month: 1-5.
int weekday_ordinal(Days day);

}  // namespace outpost
