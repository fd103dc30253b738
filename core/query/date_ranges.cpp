#include "core/query/date_ranges.h"

#include <algorithm>

namespace outpost {

namespace {

// Past the calendar's ends there is nothing to find.
DayRange clamped(std::int64_t first, std::int64_t end) {
    static constexpr std::int64_t least = -719'162, most = 2'932'897;  // 0001-01-01, and the day after 9999-12-31
    return {static_cast<Days>(std::clamp(first, least, most)), static_cast<Days>(std::clamp(end, least, most))};
}

}  // namespace

Days today_of(const QueryContext& context) { return day_of_instant(context.now, context.offset_minutes(context.now)); }

Milliseconds start_of_day(Days day, const QueryContext& context) {
    const Milliseconds midnight = Milliseconds{day} * milliseconds_per_day;
    return context.local_time != nullptr ? context.local_time->to_utc(midnight) : midnight - Milliseconds{context.utc_offset_minutes} * 60'000;
}

DayRange literal_range(DateLiteral literal, int n, const QueryContext& context) {
    const Days today = today_of(context);
    const auto period_at = [&](Period period, int offset) {
        constexpr int most = 200'000;   // whose days can be counted
        return period_range(period, today, std::clamp(offset, -most, most), context.first_weekday, context.fiscal_start_month);
    };
    const auto periods = [&](Period period, int from, int to) { return clamped(period_at(period, from).first, period_at(period, to).end); };
    const auto days = [&](std::int64_t first, std::int64_t end) { return clamped(today + first, today + end); };
    switch (literal) {
        case DateLiteral::None: break;
        case DateLiteral::Yesterday: return days(-1, 0);
        case DateLiteral::Today: return days(0, 1);
        case DateLiteral::Tomorrow: return days(1, 2);
        case DateLiteral::LastWeek: return periods(Period::Week, -1, -1);
        case DateLiteral::ThisWeek: return periods(Period::Week, 0, 0);
        case DateLiteral::NextWeek: return periods(Period::Week, 1, 1);
        case DateLiteral::LastMonth: return periods(Period::Month, -1, -1);
        case DateLiteral::ThisMonth: return periods(Period::Month, 0, 0);
        case DateLiteral::NextMonth: return periods(Period::Month, 1, 1);
        case DateLiteral::Last90Days: return days(-90, 1);
        case DateLiteral::Next90Days: return days(1, 91);
        case DateLiteral::LastNDays: return days(-std::int64_t{n}, 1);
        case DateLiteral::NextNDays: return days(1, std::int64_t{n} + 1);
        case DateLiteral::NDaysAgo: return days(-std::int64_t{n}, 1 - std::int64_t{n});
        case DateLiteral::LastNWeeks: return periods(Period::Week, -n, -1);
        case DateLiteral::NextNWeeks: return periods(Period::Week, 1, n);
        case DateLiteral::NWeeksAgo: return periods(Period::Week, -n, -n);
        case DateLiteral::LastNMonths: return periods(Period::Month, -n, -1);
        case DateLiteral::NextNMonths: return periods(Period::Month, 1, n);
        case DateLiteral::NMonthsAgo: return periods(Period::Month, -n, -n);
        case DateLiteral::ThisQuarter: return periods(Period::Quarter, 0, 0);
        case DateLiteral::LastQuarter: return periods(Period::Quarter, -1, -1);
        case DateLiteral::NextQuarter: return periods(Period::Quarter, 1, 1);
        case DateLiteral::LastNQuarters: return periods(Period::Quarter, -n, -1);
        case DateLiteral::NextNQuarters: return periods(Period::Quarter, 1, n);
        case DateLiteral::NQuartersAgo: return periods(Period::Quarter, -n, -n);
        case DateLiteral::ThisYear: return periods(Period::Year, 0, 0);
        case DateLiteral::LastYear: return periods(Period::Year, -1, -1);
        case DateLiteral::NextYear: return periods(Period::Year, 1, 1);
        case DateLiteral::LastNYears: return periods(Period::Year, -n, -1);
        case DateLiteral::NextNYears: return periods(Period::Year, 1, n);
        case DateLiteral::NYearsAgo: return periods(Period::Year, -n, -n);
        case DateLiteral::ThisFiscalQuarter: return periods(Period::FiscalQuarter, 0, 0);
        case DateLiteral::LastFiscalQuarter: return periods(Period::FiscalQuarter, -1, -1);
        case DateLiteral::NextFiscalQuarter: return periods(Period::FiscalQuarter, 1, 1);
        case DateLiteral::LastNFiscalQuarters: return periods(Period::FiscalQuarter, -n, -1);
        case DateLiteral::NextNFiscalQuarters: return periods(Period::FiscalQuarter, 1, n);
        case DateLiteral::NFiscalQuartersAgo: return periods(Period::FiscalQuarter, -n, -n);
        case DateLiteral::ThisFiscalYear: return periods(Period::FiscalYear, 0, 0);
        case DateLiteral::LastFiscalYear: return periods(Period::FiscalYear, -1, -1);
        case DateLiteral::NextFiscalYear: return periods(Period::FiscalYear, 1, 1);
        case DateLiteral::LastNFiscalYears: return periods(Period::FiscalYear, -n, -1);
        case DateLiteral::NextNFiscalYears: return periods(Period::FiscalYear, 1, n);
        case DateLiteral::NFiscalYearsAgo: return periods(Period::FiscalYear, -n, -n);
    }
    return days(0, 1);
}

std::int32_t date_function_of(DateFunction function, Days day, int fiscal_start_month) {
    const CivilDate date = to_civil(day);
    switch (function) {
        case DateFunction::None:
        case DateFunction::HourInDay:
        case DateFunction::DayOnly: return day;
        case DateFunction::CalendarMonth: return date.month;
        case DateFunction::CalendarQuarter: return (date.month + 2) / 3;
        case DateFunction::CalendarYear: return date.year;
        case DateFunction::DayInMonth: return date.day;
        case DateFunction::DayInWeek: return weekday(day) + 1;  // 1 Sunday ... 7 Saturday
        case DateFunction::DayInYear: return day_of_year(day);
        case DateFunction::FiscalMonth: return (date.month - fiscal_start_month + 12) % 12 + 1;
        case DateFunction::FiscalQuarter: return fiscal_quarter_of(day, fiscal_start_month);
        case DateFunction::FiscalYear: return fiscal_year_of(day, fiscal_start_month);
        case DateFunction::WeekInMonth: return (date.day - 1) / 7 + 1;      // the first week is the first seven days
        case DateFunction::WeekInYear: return (day_of_year(day) - 1) / 7 + 1;
    }
    return 0;
}

std::vector<std::int32_t> date_function_table(DateFunction function, Days first, std::size_t count, int fiscal_start_month) {
    std::vector<std::int32_t> table(count);
    const bool by_month = function == DateFunction::CalendarMonth || function == DateFunction::CalendarQuarter || function == DateFunction::CalendarYear ||
                          function == DateFunction::FiscalMonth || function == DateFunction::FiscalQuarter || function == DateFunction::FiscalYear;
    for (std::size_t i = 0; i < count;) {
        const Days day = first + static_cast<Days>(i);
        const std::int32_t value = date_function_of(function, day, fiscal_start_month);
        std::size_t end = i + 1;
        if (by_month) {
            const CivilDate date = to_civil(day);
            end = std::min(count, i + static_cast<std::size_t>(days_in_month(date.year, date.month) - date.day + 1));
        }
        std::fill(table.begin() + static_cast<std::ptrdiff_t>(i), table.begin() + static_cast<std::ptrdiff_t>(end), value);
        i = end;
    }
    return table;
}

std::int32_t date_function_of(DateFunction function, Milliseconds instant, int offset_minutes, int fiscal_start_month) {
    const Days day = day_of_instant(instant, offset_minutes);
    if (function != DateFunction::HourInDay) return date_function_of(function, day, fiscal_start_month);
    const Milliseconds into_day = instant + Milliseconds{offset_minutes} * 60'000 - Milliseconds{day} * milliseconds_per_day;
    return static_cast<std::int32_t>(into_day / 3'600'000);
}

}  // namespace outpost
