#include "core/transfer/value_text.h"

#include <algorithm>

#include "core/base/text.h"

namespace outpost {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

void skip_blanks(std::string_view& text) {
    while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
}

// Up to `width_max` digits; the count of digits, 0 when there are none.
int take_number(std::string_view& text, int width_max, int& value) {
    int width = 0;
    value = 0;
    while (width < width_max && !text.empty() && is_digit(text[0])) {
        value = value * 10 + (text[0] - '0');
        text.remove_prefix(1);
        ++width;
    }
    return width;
}

bool take(std::string_view& text, std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

std::string_view take_letters(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && is_letter(text[length])) ++length;
    const std::string_view letters = text.substr(0, length);
    text.remove_prefix(length);
    return letters;
}

int month_of_name(std::string_view name) {
    constexpr std::string_view months[] = {"january", "february", "march", "april", "may", "june",
                                           "july", "august", "september", "october", "november", "december"};
    if (name.size() < 3) return 0;
    if (equals_ignoring_ascii_case(name, "sept")) return 9;
    for (int i = 0; i < 12; ++i) {
        const std::string_view month = months[i];
        const bool is_short = name.size() == 3;
        if (equals_ignoring_ascii_case(name, is_short ? month.substr(0, 3) : month)) return i + 1;
    }
    return 0;
}

bool is_weekday_name(std::string_view name) {
    for (const std::string_view day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
        if (name.size() >= 3 && equals_ignoring_ascii_case(name.substr(0, 3), day) && (name.size() == 3 || name.ends_with("day") || name.size() <= 5))
            return true;
    return false;
}

int full_year(int year, int width) { return width > 2 ? year : year < 50 ? 2000 + year : 1900 + year; }

// "10:05", "10:05:30.250", "9:05 PM" and a zone behind; nothing else may follow.
bool take_time(std::string_view text, DateScan& scan) {
    int hour = 0, minute = 0, second = 0, milliseconds = 0;
    if (take_number(text, 2, hour) == 0 || !take(text, ":") || take_number(text, 2, minute) != 2) return false;
    if (take(text, ":")) {
        if (take_number(text, 2, second) != 2) return false;
        if (take(text, ".") || take(text, ",")) {
            int fraction = 0;
            int width = take_number(text, 3, fraction);
            if (width == 0) return false;
            for (milliseconds = fraction; width < 3; ++width) milliseconds *= 10;
            int ignored = 0;
            take_number(text, 9, ignored);
        }
    }
    skip_blanks(text);
    if (text.size() >= 2 && (text[1] | 0x20) == 'm' && ((text[0] | 0x20) == 'a' || (text[0] | 0x20) == 'p')) {
        if (hour < 1 || hour > 12) return false;
        hour = hour % 12 + ((text[0] | 0x20) == 'p' ? 12 : 0);
        text.remove_prefix(2);
        skip_blanks(text);
    }
    if (hour > 23 || minute > 59 || second > 59) return false;
    scan.has_time = true;
    scan.milliseconds_of_day = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
    if (text.empty()) return true;
    scan.has_zone = true;
    if (text == "Z" || text == "z" || text == "UTC" || text == "GMT") return true;
    const bool negative = text[0] == '-';
    int zone_hour = 0, zone_minute = 0;
    if ((!take(text, "+") && !take(text, "-")) || take_number(text, 2, zone_hour) != 2) return false;
    take(text, ":");
    if (!text.empty() && take_number(text, 2, zone_minute) != 2) return false;
    if (!text.empty() || zone_hour > 14 || zone_minute > 59) return false;
    scan.zone_minutes = (zone_hour * 60 + zone_minute) * (negative ? -1 : 1);
    return true;
}

// What stands behind a date: nothing, or a time.
bool take_rest(std::string_view rest, DateScan& scan) {
    if (rest.empty()) return true;
    if (rest[0] == 'T' || rest[0] == 't') return take_time(rest.substr(1), scan);
    if (rest[0] != ' ' && rest[0] != ',') return false;
    take(rest, ",");
    skip_blanks(rest);
    const std::string_view before = rest;
    if (equals_ignoring_ascii_case(take_letters(rest), "at")) skip_blanks(rest);
    else rest = before;
    return !rest.empty() && take_time(rest, scan);
}

bool take_year_first(std::string_view text, int year, DateScan& scan) {
    scan.numbers[0] = year;
    std::string_view separator;
    for (const std::string_view one : {"-", "/", "."})
        if (text.starts_with(one)) separator = one;
    if (separator.empty()) {
        if (take(text, "\xE5\xB9\xB4")) {  // 年 月 日
            if (take_number(text, 2, scan.numbers[1]) == 0 || !take(text, "\xE6\x9C\x88") || take_number(text, 2, scan.numbers[2]) == 0 ||
                !take(text, "\xE6\x97\xA5"))
                return false;
            return take_rest(text, scan);
        }
        // 20261123, with a time behind it: eight digits alone are rather a number.
        return take_number(text, 2, scan.numbers[1]) == 2 && take_number(text, 2, scan.numbers[2]) == 2 && text.starts_with('T') &&
               take_rest(text, scan);
    }
    text.remove_prefix(1);
    if (take_number(text, 2, scan.numbers[1]) == 0 || !take(text, separator) || take_number(text, 2, scan.numbers[2]) == 0) return false;
    return take_rest(text, scan);
}

// 23 Nov 2026, 23-Nov-26, 23. November 2026
bool take_day_and_name(std::string_view text, int day, DateScan& scan) {
    take(text, ".");
    while (!text.empty() && (text[0] == ' ' || text[0] == '-' || text[0] == '/')) text.remove_prefix(1);
    for (const std::string_view ordinal : {"st ", "nd ", "rd ", "th "}) take(text, ordinal);
    const int month = month_of_name(take_letters(text));
    if (month == 0) return false;
    while (!text.empty() && (text[0] == ' ' || text[0] == '-' || text[0] == '/' || text[0] == '.' || text[0] == ',')) text.remove_prefix(1);
    int year = 0;
    const int width = take_number(text, 4, year);
    if (width != 2 && width != 4) return false;
    scan.numbers[0] = full_year(year, width);
    scan.numbers[1] = month;
    scan.numbers[2] = day;
    return take_rest(text, scan);
}

// Nov 23, 2026
bool take_name_first(std::string_view text, DateScan& scan) {
    std::string_view name = take_letters(text);
    if (is_weekday_name(name) && month_of_name(name) == 0) {
        take(text, ",");
        skip_blanks(text);
        int day = 0;
        if (!text.empty() && is_digit(text[0])) return take_number(text, 2, day) != 0 && take_day_and_name(text, day, scan);
        name = take_letters(text);
    }
    const int month = month_of_name(name);
    if (month == 0) return false;
    take(text, ".");
    while (!text.empty() && (text[0] == ' ' || text[0] == '-')) text.remove_prefix(1);
    int day = 0, year = 0;
    if (take_number(text, 2, day) == 0) return false;
    for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) take(text, ordinal);
    take(text, ",");
    while (!text.empty() && (text[0] == ' ' || text[0] == '-')) text.remove_prefix(1);
    const int width = take_number(text, 4, year);
    if (width != 4) return false;
    scan.numbers[0] = year;
    scan.numbers[1] = month;
    scan.numbers[2] = day;
    return take_rest(text, scan);
}

bool take_numeric(std::string_view text, int first, DateScan& scan) {
    const char separator = text.empty() ? '\0' : text[0];
    if (separator != '/' && separator != '-' && separator != '.') return false;
    const std::string_view part(&separator, 1);
    scan.numbers[0] = first;
    scan.is_dotted = separator == '.';
    text.remove_prefix(1);
    if (take_number(text, 2, scan.numbers[1]) == 0 || !take(text, part)) return false;
    const int width = take_number(text, 4, scan.numbers[2]);
    if (width != 2 && width != 4) return false;
    scan.short_year = width == 2;
    return take_rest(text, scan);
}

bool is_plausible(const DateScan& scan) {
    if (scan.shape != DateScan::Shape::Numeric) return is_valid({scan.numbers[0], scan.numbers[1], scan.numbers[2]});
    return resolve_date(scan, DateOrder::DayFirst) || resolve_date(scan, DateOrder::MonthFirst) || resolve_date(scan, DateOrder::YearFirst);
}

// 2026-11-23, the commonest of all, without the general way.
bool scan_iso(std::string_view text, DateScan& scan) {
    int digits[8];
    for (int i = 0, at = 0; at < 10; ++at) {
        if (at == 4 || at == 7) continue;
        if (!is_digit(text[static_cast<std::size_t>(at)])) return false;
        digits[i++] = text[static_cast<std::size_t>(at)] - '0';
    }
    scan.numbers[0] = ((digits[0] * 10 + digits[1]) * 10 + digits[2]) * 10 + digits[3];
    scan.numbers[1] = digits[4] * 10 + digits[5];
    scan.numbers[2] = digits[6] * 10 + digits[7];
    if (!is_valid({scan.numbers[0], scan.numbers[1], scan.numbers[2]})) return false;
    scan.shape = DateScan::Shape::YearFirst;
    return true;
}

}  // namespace

DateScan scan_date(std::string_view text) {
    DateScan scan;
    if (text.size() == 10 && text[4] == '-' && text[7] == '-' && scan_iso(text, scan)) return scan;
    text = trim(text);
    if (text.size() < 6 || text.size() > 64) return scan;
    if (is_digit(text[0])) {
        std::string_view rest = text;
        int first = 0;
        const int width = take_number(rest, 4, first);
        if (width == 4) {
            if (take_year_first(rest, first, scan)) scan.shape = DateScan::Shape::YearFirst;
        } else if (width <= 2) {
            if (take_numeric(rest, first, scan)) scan.shape = DateScan::Shape::Numeric;
            else if (take_day_and_name(rest, first, scan)) scan.shape = DateScan::Shape::Named;
        }
    } else if (is_letter(text[0])) {
        if (take_name_first(text, scan)) scan.shape = DateScan::Shape::Named;
    }
    if (scan.shape != DateScan::Shape::None && !is_plausible(scan)) scan = {};
    return scan;
}

std::optional<Days> resolve_date(const DateScan& scan, DateOrder order) {
    CivilDate date{scan.numbers[0], scan.numbers[1], scan.numbers[2]};
    if (scan.shape == DateScan::Shape::None) return std::nullopt;
    if (scan.shape == DateScan::Shape::Numeric) {
        const int* n = scan.numbers;
        const int width = scan.short_year ? 2 : 4;
        if (order == DateOrder::YearFirst && scan.short_year) date = {full_year(n[0], 2), n[1], n[2]};
        else if (order == DateOrder::MonthFirst) date = {full_year(n[2], width), n[0], n[1]};
        else date = {full_year(n[2], width), n[1], n[0]};
    }
    if (!is_valid(date)) return std::nullopt;
    return to_days(date);
}

std::string date_without_doubt(std::string_view text, DateOrder order) {
    text = trim(text);
    const DateScan scan = scan_date(text);
    const auto day = resolve_date(scan, order);
    if (scan.shape != DateScan::Shape::Numeric || !day) return {};
    for (const DateOrder other : {DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst})
        if (resolve_date(scan, other).value_or(*day) != *day)
            return days_to_text(*day) + std::string(text.substr(std::min(text.find_first_not_of("0123456789/-."), text.size())));
    return {};
}

std::optional<SerialDate> read_serial_date(std::string_view text) {
    text = trim(text);
    if (text.size() < 5 || text[0] < '2' || text[0] > '8') return std::nullopt;
    const auto number = parse_decimal(text);
    if (!number) return std::nullopt;
    const auto whole = rescale(*number, 9, Rounding::HalfUp);
    if (!whole) return std::nullopt;
    constexpr std::int64_t unit = 1'000'000'000;
    const std::int64_t days = whole->units / unit;
    if (days < 20'000 || days > 80'000) return std::nullopt;
    constexpr Days epoch_1900 = -25'569;  // day 0 of that count, 1899-12-30
    SerialDate serial;
    // Whole seconds: the fraction of a day is a rounded double in the file.
    const std::int64_t seconds = (whole->units % unit * 86'400 + unit / 2) / unit;
    serial.days = static_cast<Days>(days + seconds / 86'400) + epoch_1900;
    serial.milliseconds_of_day = static_cast<std::int32_t>(seconds % 86'400 * 1000);
    return serial;
}

std::optional<Days> read_compact_date(std::string_view text) {
    text = trim(text);
    if (text.size() != 8 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    CivilDate date;
    take_number(text, 4, date.year);
    take_number(text, 2, date.month);
    take_number(text, 2, date.day);
    if (date.year < 1900 || date.year > 2100 || !is_valid(date)) return std::nullopt;
    return to_days(date);
}

bool is_day_without_year(std::string_view text) {
    if (!text.starts_with("--")) {
        int first = 0, second = 0;
        if (take_number(text, 2, first) == 0) return false;
        const bool is_dotted = take(text, ".");
        if ((!is_dotted && !take(text, "/")) || take_number(text, 2, second) == 0 || is_dotted != take(text, ".") || !text.empty()) return false;
        return is_valid({2000, first, second}) || is_valid({2000, second, first});
    }
    text.remove_prefix(2);
    const std::size_t day = text.size() == 5 && text[2] == '-' ? 3 : 2;
    if (text.size() != day + 2) return false;
    // A leap year has every day that there can be.
    return parse_iso_date("2000-" + std::string(text.substr(0, 2)) + "-" + std::string(text.substr(day))).has_value();
}

std::optional<Days> read_date(std::string_view text, DateOrder order) {
    if (const auto day = parse_iso_date(text)) return day;
    const DateScan scan = scan_date(text);
    if (scan.shape != DateScan::Shape::None) return resolve_date(scan, order);
    if (const auto compact = order == DateOrder::YearFirst ? read_compact_date(text) : std::nullopt) return compact;
    if (const auto serial = read_serial_date(text)) return serial->days;
    return std::nullopt;
}

std::optional<std::int32_t> read_time_of_day(std::string_view text) {
    DateScan scan;
    if (!take_time(trim(text), scan) || scan.has_zone) return std::nullopt;
    return scan.milliseconds_of_day;
}

std::optional<Moment> read_moment(std::string_view text, DateOrder order) {
    std::optional<Days> day;
    DateScan scan = scan_date(text);
    if (scan.shape != DateScan::Shape::None) {
        day = resolve_date(scan, order);
    } else if (const auto compact = order == DateOrder::YearFirst ? read_compact_date(text) : std::nullopt) {
        day = compact;
    } else if (const auto serial = read_serial_date(text)) {
        day = serial->days;
        scan.milliseconds_of_day = serial->milliseconds_of_day;
        scan.has_time = serial->milliseconds_of_day != 0;
    }
    if (!day) return std::nullopt;
    return Moment{*day * milliseconds_per_day + scan.milliseconds_of_day - scan.zone_minutes * 60'000, scan.has_time, scan.has_zone};
}

std::optional<Milliseconds> read_instant(std::string_view text, DateOrder order, int offset_minutes) {
    const std::optional<Moment> moment = read_moment(text, order);
    if (!moment) return std::nullopt;
    return moment->at - (moment->has_zone ? 0 : offset_minutes * 60'000);
}

std::optional<NamedPeriod> read_period(std::string_view text, int fiscal_start_month) {
    int year = 0, quarter = 0, month = 0;
    text = trim(text);
    while (!text.empty()) {
        int number = 0;
        const bool is_quarter = text[0] == 'Q' || text[0] == 'q';
        if (is_quarter) text.remove_prefix(1);
        if (const int width = take_number(text, 4, number); width == 4 && year == 0) year = number;
        else if (width == 1 && is_quarter && quarter == 0 && number >= 1 && number <= 4) quarter = number;
        else if (width > 0 && width <= 2 && !is_quarter && month == 0 && number >= 1 && number <= 12) month = number;
        else if (width > 0 || is_quarter) return std::nullopt;
        else if (const std::string_view word = take_letters(text); !word.empty()) {
            if (equals_ignoring_ascii_case(word, "FY")) continue;
            if (month != 0 || (month = month_of_name(word)) == 0) return std::nullopt;
        } else if (!take(text, " ") && !take(text, "-") && !take(text, "/") && !take(text, ",") && !take(text, "\xE5\xB9\xB4") && !take(text, "\xE6\x9C\x88")) {
            return std::nullopt;
        }
    }
    if (year < 1900 || (quarter == 0) == (month == 0)) return std::nullopt;
    if (quarter == 0) return NamedPeriod{to_days({year, month, 1}), false};
    const int months = fiscal_start_month - 1 + (quarter - 1) * 3;   // a fiscal year is named by the year in which it ends
    return NamedPeriod{to_days({year - (fiscal_start_month > 1) + months / 12, months % 12 + 1, 1}), true};
}

std::optional<bool> read_checkbox(std::string_view text) {
    text = trim(text);
    if (text.size() == 1) {
        switch (text[0]) {
            case '1': case 'y': case 'Y': case 't': case 'T': case 'x': case 'X': return true;
            case '0': case 'n': case 'N': case 'f': case 'F': return false;
            default: return std::nullopt;
        }
    }
    if (text.size() > 9) return std::nullopt;
    const std::string key = fold_search(text);
    for (const std::string_view word : {"true", "yes", "on", "ja", "wahr", "oui", "vrai", "si", "sim", "verdadero", "checked",
                                        "да", "\xE6\x98\xAF", "\xE7\x9C\x9F", "\xE2\x9C\x93", "\xE2\x9C\x94"})
        if (key == word) return true;
    for (const std::string_view word : {"false", "no", "off", "nein", "falsch", "non", "faux", "nao", "falso", "unchecked", "нет", "\xE5\x90\xA6", "\xE5\x81\x87", "✗", "✘"})
        if (key == word) return false;
    return std::nullopt;
}

bool looks_like_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.size() > 254 || text.find('@', at + 1) != std::string_view::npos) return false;
    const std::string_view domain = text.substr(at + 1);
    const std::size_t point = domain.find('.');
    if (point == std::string_view::npos || point == 0 || domain.back() == '.' || domain.find("..") != std::string_view::npos) return false;
    for (char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '<' || c == '>' || c == '"' || c == '/') return false;
    return true;
}

std::pair<std::string_view, std::string_view> split_named_address(std::string_view text) {
    const std::size_t open = text.rfind(text.ends_with(')') ? '(' : '<');
    if (open == std::string_view::npos || open == 0 || (text.back() != ')' && text.back() != '>')) return {text, {}};
    const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
    const std::size_t dot = inside.rfind('.');   // "U.S." is part of the name
    if (dot == std::string_view::npos || dot + 2 >= inside.size() || inside.find(' ') != std::string_view::npos) return {text, {}};
    return {trim(text.substr(0, open)), inside};
}

bool looks_like_phone(std::string_view text) {
    if (text.size() < 6 || text.size() > 40) return false;
    int digits = 0, marks = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) ++digits;
        else if (c == '+' || c == '-' || c == '(' || c == ')' || c == '/' || c == ' ' || c == '.') ++marks;
        else if (digits >= 6 && ((c | 0x20) == 'x' || c == '#' || text.substr(i).starts_with("ext"))) return true;  // an extension follows
        else return false;
    }
    return digits >= 6 && digits <= 15 && marks > 0;
}

bool looks_like_url(std::string_view text) {
    if (text.size() < 4 || text.find(' ') != std::string_view::npos) return false;
    for (const std::string_view scheme : {"http://", "https://", "ftp://", "www."})
        if (text.size() > scheme.size() && equals_ignoring_ascii_case(text.substr(0, scheme.size()), scheme)) return true;
    return false;
}

std::string_view host_of_url(std::string_view text) {
    text = trim(text);
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find_first_of("/?#:"));
    if (text.size() > 4 && equals_ignoring_ascii_case(text.substr(0, 4), "www.")) text.remove_prefix(4);
    return text;
}

bool is_unset_marker(std::string_view text) {
    if (text.empty() || text.size() > 16) return false;
    switch (text[0]) {  // most values end here
        case '0':   // Outlook's and MySQL's way to say no date
            return text == "0/0/00" || text == "0.0.00" || text == "0/0/0000" || text == "00/00/0000" || text == "0000-00-00";
        case '#': case '-': case '(': case '<': case '[': case '\\': case '.': case '?':
        case 'N': case 'n': case 'S': case 's': case 'U': case 'u': case '\xE2': case '\xE6': case '\xE8': break;
        default: return false;
    }
    for (const std::string_view marker : {"null", "(null)", "<null>", "[null]", "n/a", "na", "n.a.", "#n/a", "nil", "nan", "none", "(none)", "--none--",
                                          "-", "--", "---", "\xE2\x80\x94", "\xE2\x80\x93", "\\n", ".", "?", "select", "(select)", "unset", "undefined",
                                          "(blank)", "(empty)", "not set", "unspecified", "not provided", "\xE6\x97\xA0", "\xE8\xAF\xB7\xE9\x80\x89\xE6\x8B\xA9"})
        if (equals_ignoring_ascii_case(text, marker)) return true;
    return false;
}

}  // namespace outpost
