// What people and programs write for numbers, dates, yes and no, addresses of the net: recognising it and reading it
// exactly. Nothing is guessed here: the style of numbers and the order of day and month are given.
// Called by: transfer (inference over a whole column, import of each cell).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/date.h"
#include "core/base/decimal.h"

namespace outpost {

// --- numbers
struct NumberStyle {
    char decimal = '.';   // '.' or ','; the other one, blanks and apostrophes group digits
    bool operator==(const NumberStyle&) const = default;
};

// What a number's own text says about the style of its column.
enum class NumberHint : std::uint8_t {
    NotNumber,
    Neutral,        // 1234
    PointDecimal,   // 1,234.56  12.5  1,234,567
    CommaDecimal,   // 1.234,56  12,5  1.234.567
    AmbiguousPoint, // 1.234: a decimal point, or thousands in the other style
    AmbiguousComma, // 1,234: thousands, or a decimal comma in the other style
};

struct NumberScan {
    NumberHint hint = NumberHint::NotNumber;
    bool is_percent = false;
    std::uint8_t decimals = 0;         // when the hint decides it; else the digits behind the separator
    std::string_view currency;         // sign or code in front or behind: "$", "€", "USD"
};
NumberScan scan_number(std::string_view text);

// "$1,234.56", "(1,200)", "1 234,56 €", "Fr. 500.-", "-5%", "1.2e3". Percent signs are dropped: 5% is 5. nullopt: not a number in
// this style ("1,2,3.4", "12,34" with a decimal point), or over 18 digits.
std::optional<Decimal> read_number(std::string_view text, NumberStyle style);
// "2,500", which says in that style what it might not say elsewhere, as "2,50" or "2500"; "": it can't be misread.
std::string number_without_doubt(std::string_view text, NumberStyle style);

// --- dates
enum class DateOrder : std::uint8_t { DayFirst, MonthFirst, YearFirst };  // of 03/04/2026; 03/04/05 may be YearFirst

struct DateScan {
    enum class Shape : std::uint8_t {
        None,
        YearFirst,    // 2026-11-23, 2026/11/23, 20261123T.., 2026年11月23日: numbers are year, month, day
        Numeric,      // 23/11/2026, 11-23-26, 3.4.2026: numbers as written
        Named,        // 23 Nov 2026, November 23, 2026: numbers are year, month, day
    };
    Shape shape = Shape::None;
    int numbers[3] = {0, 0, 0};
    bool short_year = false;           // Numeric: the last number has two digits
    bool is_dotted = false;            // Numeric: 3.4.2026
    bool has_time = false;
    bool has_zone = false;
    std::int32_t milliseconds_of_day = 0;
    std::int32_t zone_minutes = 0;     // east of UTC
};
DateScan scan_date(std::string_view text);
// nullopt: the numbers are no date in that order. Two-digit years 00-49 are 2000-2049.
std::optional<Days> resolve_date(const DateScan& scan, DateOrder order);
// "01/02/2026 10:00", read in that order, as "2026-02-01 10:00"; "": no other order reads it otherwise.
std::string date_without_doubt(std::string_view text, DateOrder order);

// Excel's day count, 1900 system: 45631 is 2024-12-05. Only whole days from 1954 to 2119 (20000-80000), so that small
// numbers and years are not taken for dates. A fraction is the time of day.
struct SerialDate {
    Days days = 0;
    std::int32_t milliseconds_of_day = 0;
};
std::optional<SerialDate> read_serial_date(std::string_view text);

// "20240312": eight digits alone are a date only where the column is known to hold such; years 1900 to 2100.
std::optional<Days> read_compact_date(std::string_view text);

bool is_day_without_year(std::string_view text);                        // "--03-14", "--0314": RFC 6350's, a birthday's; "03/14", "14.3."
std::optional<Days> read_date(std::string_view text, DateOrder order);   // YearFirst also reads compact dates
// A time of day alone, in milliseconds: "14:22", "2:22 PM".
std::optional<std::int32_t> read_time_of_day(std::string_view text);
struct Moment {
    Milliseconds at = 0;         // by the clock on the wall, unless the text names its zone: then in UTC
    bool has_time = false, has_zone = false;
};
std::optional<Moment> read_moment(std::string_view text, DateOrder order);
// Without a zone in the text it is local time at `offset_minutes` east of UTC; a date alone is local midnight.
std::optional<Milliseconds> read_instant(std::string_view text, DateOrder order, int offset_minutes);

// --- others
// "won", "Closed - Won", "win" are true, "lost", "Loss", "Abandoned", "Verloren" false, in the words of CRMs; anything else nothing.
std::optional<bool> read_outcome(std::string_view text);
// A month or quarter of a (fiscal) year by its name: "2026-10", "10/2026", "Oct 2026", "2026-Q4", "Q4 FY2026", "2026年10月". Months are
// those of the calendar; a quarter is that of the fiscal year of that name.
struct NamedPeriod {
    Days first = 0;
    bool is_quarter = false;
};
std::optional<NamedPeriod> read_period(std::string_view text, int fiscal_start_month);
// How long something took, in seconds: "00:05:32", "5:32" (of a call minutes and seconds, else hours and minutes), "1h 20m",
// "332", "5.5". The unit of a bare number stands in the column's header ("Call Duration (in seconds)"); without one it is
// `bare_milliseconds`.
std::optional<std::int64_t> read_duration(std::string_view text, std::string_view header, std::int64_t bare_milliseconds = 60'000);
std::optional<bool> read_checkbox(std::string_view text);   // true/false, yes/no, y/n, 1/0, x, on/off, checked/unchecked, 是/否, WAHR/FALSCH
bool looks_like_email(std::string_view text);
// "Ann Lee <ann@example.com>", "Acme (acme.com)": name and what may be an address; else the text and nothing.
std::pair<std::string_view, std::string_view> split_named_address(std::string_view text);
bool looks_like_phone(std::string_view text);
bool looks_like_url(std::string_view text);
// The host of an address without "www.": "https://www.Acme.com/x" is "Acme.com".
std::string_view host_of_url(std::string_view text);
// Texts that programs write for "no value": NULL, N/A, -, (none), Select ...
bool is_unset_marker(std::string_view text);

}  // namespace outpost
