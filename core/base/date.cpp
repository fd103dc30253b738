#include "core/base/date.h"

#include "core/base/result.h"

namespace outpost {

namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
std::int64_t floor_mod(std::int64_t a, std::int64_t b) { return a - floor_div(a, b) * b; }

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

void append_padded(std::string& out, std::int64_t value, int width) {
    std::string digits = std::to_string(value);
    if (static_cast<int>(digits.size()) < width) out.append(static_cast<std::size_t>(width) - digits.size(), '0');
    out += digits;
}

// Reads exactly `width` digits from the front.
bool take_digits(std::string_view& text, int width, int& value) {
    if (text.size() < static_cast<std::size_t>(width)) return false;
    int result = 0;
    for (int i = 0; i < width; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        result = result * 10 + (text[i] - '0');
    }
    value = result;
    text.remove_prefix(static_cast<std::size_t>(width));
    return true;
}

bool take_char(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

bool take_date(std::string_view& text, CivilDate& date) {
    return take_digits(text, 4, date.year) && take_char(text, '-') && take_digits(text, 2, date.month) && take_char(text, '-') &&
           take_digits(text, 2, date.day) && is_valid(date);
}

// "Z", "+hh", "+hhmm" or "+hh:mm" and nothing behind it; minutes east of UTC.
bool take_zone(std::string_view& text, int& minutes) {
    if (take_char(text, 'Z') || take_char(text, 'z')) {
        minutes = 0;
        return text.empty();
    }
    const bool negative = !text.empty() && text[0] == '-';
    if (!take_char(text, '+') && !take_char(text, '-')) return false;
    int hour = 0, minute = 0;
    if (!take_digits(text, 2, hour)) return false;
    take_char(text, ':');
    if (!text.empty() && !take_digits(text, 2, minute)) return false;
    if (hour > 23 || minute > 59 || !text.empty()) return false;
    minutes = (hour * 60 + minute) * (negative ? -1 : 1);
    return true;
}

// Months since year 0, of a day's month.
std::int64_t month_number(CivilDate date) { return static_cast<std::int64_t>(date.year) * 12 + date.month - 1; }

// First day of a month counted from year 0, kept inside years 1 to 9999; the day after these may be an end.
Days first_of_month(std::int64_t month) {
    if (month < 12) month = 12;
    if (month > 10'000 * 12) month = 10'000 * 12;
    return to_days({static_cast<int>(month / 12), static_cast<int>(month % 12) + 1, 1});
}

DayRange months_range(std::int64_t first_month, int months) {
    return {first_of_month(first_month), first_of_month(first_month + months)};
}

}  // namespace

int days_in_month(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    OUTPOST_ASSERT(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool is_valid(CivilDate date) {
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

// Days and civil dates by Howard Hinnant's "chrono-compatible low-level date algorithms" (public domain): the year
// begins in March, so that the leap day is its last.
Days to_days(CivilDate date) {
    const int year = date.month <= 2 ? date.year - 1 : date.year;
    const int era = static_cast<int>(floor_div(year, 400));
    const int year_of_era = year - era * 400;
    const int day_of_year_from_march = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year_from_march;
    return era * 146'097 + day_of_era - 719'468;
}

CivilDate to_civil(Days days) {
    const std::int64_t shifted = static_cast<std::int64_t>(days) + 719'468;
    const std::int64_t era = floor_div(shifted, 146'097);
    const int day_of_era = static_cast<int>(shifted - era * 146'097);
    const int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const int day_from_march = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int month_from_march = (5 * day_from_march + 2) / 153;
    CivilDate date;
    date.day = day_from_march - (153 * month_from_march + 2) / 5 + 1;
    date.month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    date.year = static_cast<int>(year_of_era + era * 400) + (date.month <= 2 ? 1 : 0);
    return date;
}

int weekday(Days days) { return static_cast<int>(floor_mod(static_cast<std::int64_t>(days) + 4, 7)); }

Days add_months(Days days, int months) {
    CivilDate date = to_civil(days);
    const std::int64_t month = month_number(date) + months;
    date.year = static_cast<int>(floor_div(month, 12));
    date.month = static_cast<int>(floor_mod(month, 12)) + 1;
    const int last = days_in_month(date.year, date.month);
    if (date.day > last) date.day = last;
    return to_days(date);
}

std::string to_text(CivilDate date) {
    std::string out;
    append_padded(out, date.year, 4);
    out += '-';
    append_padded(out, date.month, 2);
    out += '-';
    append_padded(out, date.day, 2);
    return out;
}

std::string days_to_text(Days days) { return to_text(to_civil(days)); }

std::optional<Days> parse_iso_date(std::string_view text) {
    CivilDate date;
    if (!take_date(text, date) || !text.empty()) return std::nullopt;
    return to_days(date);
}

std::optional<Milliseconds> parse_iso_instant(std::string_view text, int offset_minutes) {
    CivilDate date;
    int hour = 0, minute = 0, second = 0, milliseconds = 0;
    if (!take_date(text, date)) return std::nullopt;
    if (!take_char(text, 'T') && !take_char(text, 't') && !take_char(text, ' ')) return std::nullopt;
    if (!take_digits(text, 2, hour) || !take_char(text, ':') || !take_digits(text, 2, minute)) return std::nullopt;
    if (take_char(text, ':')) {
        if (!take_digits(text, 2, second)) return std::nullopt;
        if (take_char(text, '.') || take_char(text, ',')) {
            int digits = 0;
            for (int digit = 0; take_digits(text, 1, digit); ++digits)
                if (digits < 3) milliseconds = milliseconds * 10 + digit;
            if (digits == 0) return std::nullopt;
            for (; digits < 3; ++digits) milliseconds *= 10;
        }
    }
    if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
    int zone_minutes = offset_minutes;
    if (!text.empty() && !take_zone(text, zone_minutes)) return std::nullopt;
    const std::int64_t seconds = ((static_cast<std::int64_t>(hour) * 60 + minute - zone_minutes) * 60) + second;
    return static_cast<std::int64_t>(to_days(date)) * milliseconds_per_day + seconds * 1000 + milliseconds;
}

std::string instant_to_text(Milliseconds instant) {
    const std::int64_t day = floor_div(instant, milliseconds_per_day);
    const std::int64_t rest = floor_mod(instant, milliseconds_per_day);
    std::string out = to_text(to_civil(static_cast<Days>(day)));
    out += 'T';
    append_padded(out, rest / 3'600'000, 2);
    out += ':';
    append_padded(out, rest / 60'000 % 60, 2);
    out += ':';
    append_padded(out, rest / 1000 % 60, 2);
    out += '.';
    append_padded(out, rest % 1000, 3);
    out += 'Z';
    return out;
}

Days day_of_instant(Milliseconds instant, int offset_minutes) {
    return static_cast<Days>(floor_div(instant + static_cast<std::int64_t>(offset_minutes) * 60'000, milliseconds_per_day));
}

DayRange period_range(Period period, Days day, int offset, int first_weekday, int fiscal_start_month) {
    const CivilDate date = to_civil(day);
    const std::int64_t month = month_number(date);
    const std::int64_t months_into_fiscal_year = floor_mod(date.month - fiscal_start_month, 12);
    switch (period) {
        case Period::Day: return {day + offset, day + offset + 1};
        case Period::Week: {
            const Days first = day - static_cast<Days>(floor_mod(weekday(day) - first_weekday, 7)) + 7 * offset;
            return {first, first + 7};
        }
        case Period::Month: return months_range(month + offset, 1);
        case Period::Quarter: return months_range(month - (date.month - 1) % 3 + std::int64_t{3} * offset, 3);
        case Period::Year: return months_range(month - (date.month - 1) + std::int64_t{12} * offset, 12);
        case Period::FiscalQuarter: return months_range(month - months_into_fiscal_year % 3 + std::int64_t{3} * offset, 3);
        case Period::FiscalYear: return months_range(month - months_into_fiscal_year + std::int64_t{12} * offset, 12);
    }
    return {day, day};
}

int fiscal_year_of(Days day, int fiscal_start_month) {
    const CivilDate date = to_civil(day);
    return fiscal_start_month > 1 && date.month >= fiscal_start_month ? date.year + 1 : date.year;
}

int fiscal_quarter_of(Days day, int fiscal_start_month) {
    return static_cast<int>(floor_mod(to_civil(day).month - fiscal_start_month, 12)) / 3 + 1;
}

int iso_week_of(Days day) {
    // The week belongs to the year that holds its Thursday.
    const Days thursday = day - static_cast<Days>(floor_mod(weekday(day) - 1, 7)) + 3;
    return (day_of_year(thursday) - 1) / 7 + 1;
}

int day_of_year(Days day) { return day - to_days({to_civil(day).year, 1, 1}) + 1; }

}  // namespace outpost
