#include "core/base/recurrence.h"

#include <algorithm>

#include "core/base/text.h"

namespace outpost {

namespace {

constexpr std::string_view frequency_words[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
constexpr std::string_view weekday_words[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
constexpr Days century = 36'525;

int floor_week(Days day, int week_start) { return day - (weekday(day) - week_start + 7) % 7; }

std::optional<int> parse_whole(std::string_view text, int least, int most) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || text.size() > 4) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (negative) value = -value;
    if (value < least || value > most) return std::nullopt;
    return value;
}

// "20261130", with or without "T090000" or "T090000Z" behind it.
bool parse_stamp(std::string_view text, Days& day, std::optional<int>& seconds) {
    if (text.size() != 8 && !(text.size() == 15 && text[8] == 'T') && !(text.size() == 16 && text[8] == 'T' && text[15] == 'Z')) return false;
    const std::string date = std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' + std::string(text.substr(6, 2));
    const std::optional<Days> read = parse_iso_date(date);
    if (!read) return false;
    day = *read;
    seconds.reset();
    if (text.size() == 8) return true;
    const auto hour = parse_whole(text.substr(9, 2), 0, 23), minute = parse_whole(text.substr(11, 2), 0, 59), second = parse_whole(text.substr(13, 2), 0, 60);
    if (!hour || !minute || !second) return false;
    if (text.size() == 16) seconds = *hour * 3600 + *minute * 60 + *second;
    return true;
}

std::string stamp(Days day) {
    std::string text = days_to_text(day);
    std::erase(text, '-');
    return text;
}

std::optional<OrdinalWeekday> parse_weekday(std::string_view text) {
    if (text.size() < 2) return std::nullopt;
    const auto* word = std::ranges::find(weekday_words, text.substr(text.size() - 2));
    if (word == std::end(weekday_words)) return std::nullopt;
    OrdinalWeekday day{static_cast<int>(word - weekday_words), 0};
    if (text.size() == 2) return day;
    const std::optional<int> ordinal = parse_whole(text.substr(0, text.size() - 2), -53, 53);
    if (!ordinal || *ordinal == 0) return std::nullopt;
    day.ordinal = *ordinal;
    return day;
}

bool parse_numbers(std::string_view text, int most, bool may_be_negative, std::vector<int>& into) {
    for (const std::string_view part : split(text, ',')) {
        const std::optional<int> number = parse_whole(part, may_be_negative ? -most : 1, most);
        if (!number || *number == 0) return false;
        into.push_back(*number);
    }
    std::ranges::sort(into);
    into.erase(std::unique(into.begin(), into.end()), into.end());
    return true;
}

bool parse_part(std::string_view name, std::string_view value, Recurrence& rule) {
    if (name == "FREQ") {
        const auto* word = std::ranges::find(frequency_words, value);
        if (word == std::end(frequency_words)) return false;
        rule.frequency = static_cast<Frequency>(word - frequency_words);
        return true;
    }
    if (name == "INTERVAL" || name == "COUNT") {
        const std::optional<int> number = parse_whole(value, 1, name == "COUNT" ? recurrence_count_max : 999);
        if (number) (name == "COUNT" ? rule.count : rule.interval) = *number;
        return number.has_value();
    }
    if (name == "UNTIL") return parse_stamp(value, rule.until.emplace(), rule.until_seconds);
    if (name == "WKST") {
        const std::optional<OrdinalWeekday> day = parse_weekday(value);
        if (day) rule.week_start = day->weekday;
        return day && day->ordinal == 0;
    }
    if (name == "BYDAY") {
        for (const std::string_view part : split(value, ',')) {
            const std::optional<OrdinalWeekday> day = parse_weekday(part);
            if (!day) return false;
            if (std::ranges::find(rule.by_day, *day) == rule.by_day.end()) rule.by_day.push_back(*day);
        }
        return true;
    }
    if (name == "BYMONTH") return parse_numbers(value, 12, false, rule.by_month);
    if (name == "BYMONTHDAY") return parse_numbers(value, 31, true, rule.by_month_day);
    if (name == "BYYEARDAY") return parse_numbers(value, 366, true, rule.by_year_day);
    if (name == "BYWEEKNO") return parse_numbers(value, 53, true, rule.by_week);
    return parse_numbers(value, 366, true, rule.by_position);
}

constexpr std::string_view part_names[] = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"};

std::string upper(std::string_view text) {
    std::string out(trim(text));
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

// What RFC 5545 forbids for a frequency.
Status check_parts(const Recurrence& rule) {
    const Frequency frequency = rule.frequency;
    const std::string word(frequency_words[static_cast<std::size_t>(frequency)]);
    const bool has_ordinal = std::ranges::any_of(rule.by_day, [](const OrdinalWeekday& day) { return day.ordinal != 0; });
    const auto refuse = [&](const char* part) { return fail(ErrorCode::InvalidArgument, "error.rule_not_here", {part, word}); };
    if (rule.count != 0 && rule.until) return fail(ErrorCode::InvalidArgument, "error.rule_two_ends");
    if (has_ordinal && (frequency < Frequency::Monthly || !rule.by_week.empty())) return refuse("BYDAY");
    if (!rule.by_month_day.empty() && frequency == Frequency::Weekly) return refuse("BYMONTHDAY");
    if (!rule.by_year_day.empty() && frequency != Frequency::Yearly) return refuse("BYYEARDAY");
    if (!rule.by_week.empty() && frequency != Frequency::Yearly) return refuse("BYWEEKNO");
    const bool selects = !rule.by_day.empty() || !rule.by_month.empty() || !rule.by_month_day.empty() || !rule.by_year_day.empty() || !rule.by_week.empty();
    if (!rule.by_position.empty() && !selects) return refuse("BYSETPOS");
    return {};
}

Status parse_rule_line(std::string_view line, Recurrence& rule) {
    std::vector<std::string_view> seen;
    for (const std::string_view part : split(line, ';')) {
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const auto* known = std::ranges::find(part_names, name);
        if (equals == std::string_view::npos || known == std::end(part_names))
            return fail(ErrorCode::InvalidArgument, "error.rule_part", {std::string(part)});
        if (std::ranges::find(seen, name) != seen.end()) return fail(ErrorCode::InvalidArgument, "error.rule_twice", {std::string(name)});
        seen.push_back(name);
        if (!parse_part(name, part.substr(equals + 1), rule))
            return fail(ErrorCode::InvalidArgument, "error.rule_value", {std::string(name), std::string(part.substr(equals + 1))});
    }
    if (std::ranges::find(seen, "FREQ") == seen.end()) return fail(ErrorCode::InvalidArgument, "error.rule_frequency");
    return check_parts(rule);
}

void add_numbers(std::string& out, std::string_view name, const std::vector<int>& numbers) {
    if (numbers.empty()) return;
    (out += ';') += name;
    char mark = '=';
    for (const int number : numbers) {
        (out += mark) += std::to_string(number);
        mark = ',';
    }
}

// --- enumeration

// The rule with what DTSTART gives where it says nothing itself.
Recurrence completed(const Recurrence& rule, Days start) {
    Recurrence full = rule;
    if (!rule.by_week.empty() || !rule.by_year_day.empty() || !rule.by_month_day.empty() || !rule.by_day.empty()) return full;
    const CivilDate date = to_civil(start);
    if (rule.frequency == Frequency::Yearly && rule.by_month.empty()) full.by_month = {date.month};
    if (rule.frequency >= Frequency::Monthly) full.by_month_day = {date.day};
    if (rule.frequency == Frequency::Weekly) full.by_day = {{weekday(start), 0}};
    return full;
}

bool holds(const std::vector<int>& numbers, int forwards, int backwards) {
    return numbers.empty() || std::ranges::any_of(numbers, [&](int number) { return number == forwards || number == backwards; });
}

// First day of week 1: the first week with four days or more in the year.
Days first_week(int year, int week_start) {
    const Days first = to_days({year, 1, 1});
    const Days week = floor_week(first, week_start);
    return first - week <= 3 ? week : week + 7;
}

bool is_in_week(const Recurrence& rule, Days day, int year) {
    if (rule.by_week.empty()) return true;
    if (day >= first_week(year + 1, rule.week_start)) ++year;
    else if (day < first_week(year, rule.week_start)) --year;
    const Days first = first_week(year, rule.week_start);
    const int week = (day - first) / 7 + 1, weeks = (first_week(year + 1, rule.week_start) - first) / 7;
    return holds(rule.by_week, week, week - weeks - 1);
}

bool is_weekday(const Recurrence& rule, Days day, CivilDate date) {
    if (rule.by_day.empty()) return true;
    const bool within_year = rule.frequency == Frequency::Yearly && rule.by_month.empty();
    const Days first = to_days({date.year, within_year ? 1 : date.month, 1});
    const Days last = to_days({date.year, within_year ? 12 : date.month, within_year ? 31 : days_in_month(date.year, date.month)});
    const int forwards = (day - first) / 7 + 1, backwards = -((last - day) / 7 + 1);
    return std::ranges::any_of(rule.by_day, [&](const OrdinalWeekday& each) {
        return each.weekday == weekday(day) && (each.ordinal == 0 || each.ordinal == forwards || each.ordinal == backwards);
    });
}

bool matches(const Recurrence& rule, Days day) {
    const CivilDate date = to_civil(day);
    if (!holds(rule.by_month, date.month, 0)) return false;
    if (!holds(rule.by_month_day, date.day, date.day - days_in_month(date.year, date.month) - 1)) return false;
    if (!rule.by_year_day.empty()) {
        const int forwards = day_of_year(day), length = to_days({date.year, 12, 31}) - to_days({date.year, 1, 1}) + 1;
        if (!holds(rule.by_year_day, forwards, forwards - length - 1)) return false;
    }
    return is_in_week(rule, day, date.year) && is_weekday(rule, day, date);
}

// Periods of the rule's frequency, the one with its start being 0.
int months_between(Days from, Days to) {
    const CivilDate a = to_civil(from), b = to_civil(to);
    return (b.year - a.year) * 12 + b.month - a.month;
}

int period_of(const Recurrence& rule, Days start, Days day) {
    switch (rule.frequency) {
        case Frequency::Daily: return day - start;
        case Frequency::Weekly: return (floor_week(day, rule.week_start) - floor_week(start, rule.week_start)) / 7;
        case Frequency::Monthly: return months_between(start, day);
        case Frequency::Yearly: return to_civil(day).year - to_civil(start).year;
    }
    return 0;
}

DayRange period_days(const Recurrence& rule, Days start, int period) {
    switch (rule.frequency) {
        case Frequency::Daily: return {start + period, start + period + 1};
        case Frequency::Weekly: {
            const Days first = floor_week(start, rule.week_start) + 7 * period;
            return {first, first + 7};
        }
        case Frequency::Monthly: return period_range(Period::Month, start, period, 1, 1);
        case Frequency::Yearly: return period_range(Period::Year, start, period, 1, 1);
    }
    return {};
}

std::vector<Days> chosen(const Recurrence& rule, DayRange period) {
    std::vector<Days> days;
    for (Days day = period.first; day < period.end; ++day)
        if (matches(rule, day)) days.push_back(day);
    if (rule.by_position.empty()) return days;
    std::vector<Days> picked;
    for (const int position : rule.by_position) {
        const int at = position > 0 ? position - 1 : static_cast<int>(days.size()) + position;
        if (at >= 0 && at < static_cast<int>(days.size())) picked.push_back(days[static_cast<std::size_t>(at)]);
    }
    std::ranges::sort(picked);
    picked.erase(std::unique(picked.begin(), picked.end()), picked.end());
    return picked;
}

}  // namespace

Result<Recurrence> parse_recurrence(std::string_view text) {
    Recurrence rule;
    bool has_rule = false;
    const std::string whole = upper(text);
    for (const std::string_view raw : split(whole, '\n')) {
        std::string_view line = trim(raw);
        if (line.empty()) continue;
        if (line.starts_with("EXDATE")) {
            const std::size_t colon = line.find(':');
            for (const std::string_view part : split(line.substr(colon == std::string_view::npos ? line.size() : colon + 1), ',')) {
                std::optional<int> seconds;
                Days day = 0;
                if (!parse_stamp(trim(part), day, seconds)) return fail(ErrorCode::InvalidArgument, "error.rule_value", {"EXDATE", std::string(part)});
                rule.except.push_back(day);
            }
            continue;
        }
        if (has_rule) return fail(ErrorCode::InvalidArgument, "error.rule_part", {std::string(line)});
        has_rule = true;
        if (line.starts_with("RRULE:")) line.remove_prefix(6);
        OUTPOST_CHECK(parse_rule_line(line, rule));
    }
    if (!has_rule) return fail(ErrorCode::InvalidArgument, "error.rule_frequency");
    std::ranges::sort(rule.except);
    rule.except.erase(std::unique(rule.except.begin(), rule.except.end()), rule.except.end());
    return rule;
}

std::string to_text(const Recurrence& rule) {
    std::string out = "RRULE:FREQ=";
    out += frequency_words[static_cast<std::size_t>(rule.frequency)];
    if (rule.interval != 1) out += ";INTERVAL=" + std::to_string(rule.interval);
    if (rule.count != 0) out += ";COUNT=" + std::to_string(rule.count);
    if (rule.until) {
        out += ";UNTIL=" + stamp(*rule.until);
        if (rule.until_seconds) {
            const int second = *rule.until_seconds;
            out += 'T';
            for (const int part : {second / 3600, second / 60 % 60, second % 60}) {
                out += static_cast<char>('0' + part / 10);
                out += static_cast<char>('0' + part % 10);
            }
            out += 'Z';
        }
    }
    add_numbers(out, "BYMONTH", rule.by_month);
    add_numbers(out, "BYWEEKNO", rule.by_week);
    add_numbers(out, "BYYEARDAY", rule.by_year_day);
    add_numbers(out, "BYMONTHDAY", rule.by_month_day);
    for (std::size_t i = 0; i < rule.by_day.size(); ++i) {
        out += i == 0 ? ";BYDAY=" : ",";
        if (rule.by_day[i].ordinal != 0) out += std::to_string(rule.by_day[i].ordinal);
        out += weekday_words[static_cast<std::size_t>(rule.by_day[i].weekday)];
    }
    add_numbers(out, "BYSETPOS", rule.by_position);
    if (rule.week_start != 1) (out += ";WKST=") += weekday_words[static_cast<std::size_t>(rule.week_start)];
    for (std::size_t i = 0; i < rule.except.size(); ++i) (out += i == 0 ? "\nEXDATE;VALUE=DATE:" : ",") += stamp(rule.except[i]);
    return out;
}

void each_occurrence(const Recurrence& rule, Days start, DayRange window, const std::function<bool(Days)>& visit) {
    const Recurrence full = completed(rule, start);
    const Days last = rule.until ? *rule.until + (rule.until_seconds ? 1 : 0) : to_days({9999, 12, 31});
    const Days from = std::max(window.first, start);
    int seen = 0;
    // COUNT counts from the start; else the periods before the window are passed over.
    int period = rule.count != 0 ? 0 : period_of(full, start, from) / rule.interval * rule.interval;
    for (;; period += rule.interval) {
        const DayRange days = period_days(full, start, period);
        if (days.first >= window.end || days.first > last || days.first >= days.end) return;
        for (const Days day : chosen(full, days)) {
            if (day < start) continue;
            if (day > last || day >= window.end) return;
            if (rule.count != 0 && ++seen > rule.count) return;
            if (day >= from && !visit(day)) return;
        }
        if (rule.count != 0 && seen >= rule.count) return;
    }
}

bool is_excepted(const Recurrence& rule, Days day) { return std::ranges::binary_search(rule.except, day); }

std::vector<Days> occurrences(const Recurrence& rule, Days start, DayRange window) {
    std::vector<Days> days;
    each_occurrence(rule, start, window, [&](Days day) {
        if (!is_excepted(rule, day)) days.push_back(day);
        return true;
    });
    return days;
}

std::optional<Days> next_occurrence(const Recurrence& rule, Days start, Days from) {
    std::optional<Days> found;
    each_occurrence(rule, start, {from, std::max(start, from) + century}, [&](Days day) {
        if (!is_excepted(rule, day)) found = day;
        return !found;
    });
    return found;
}

int count_occurrences_before(const Recurrence& rule, Days start, Days day) {
    int count = 0;
    each_occurrence(rule, start, {start, day}, [&](Days) { return ++count, true; });
    return count;
}

int weekday_ordinal(Days day) { return (to_civil(day).day - 1) / 7 + 1; }

}  // namespace outpost
