#include "core/capture/line_moment.h"

#include <algorithm>
#include <array>
#include <utility>

namespace outpost {

namespace {

constexpr std::array<std::string_view, 12> months = {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> weekdays = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

// By its whole name or its first three letters or more ("tues", "sept"); -1 for none.
template <std::size_t Count>
int named(const std::array<std::string_view, Count>& names, std::string_view text) {
    if (text.size() < 3) return -1;
    for (std::size_t i = 0; i < Count; ++i)
        if (names[i].starts_with(text)) return static_cast<int>(i);
    return -1;
}

Days monday_of(Days day) { return day - (weekday(day) + 6) % 7; }
Days month_start(Days day, int offset) { return period_range(Period::Month, day, offset, 1, 1).first; }
// Quarters are those that the organization sells by.
DayRange period_of(Period period, const MomentReading& reading, int offset) {
    return period_range(period == Period::Quarter ? Period::FiscalQuarter : period, reading.today, offset, 1, reading.fiscal_start_month);
}
// A week ends with its last day of work.
Days period_end(Period period, const MomentReading& reading, int offset) { return period_of(period, reading, offset).end - (period == Period::Week ? 3 : 1); }

// Whether the word before says that a day follows, so that "sat", "may" and the like are no other words.
bool is_announced(const Tokens& tokens, std::size_t at) {
    return at > 0 && token_is_any(tokens, at - 1, {"on", "by", "until", "till", "before", "from", "next", "this", "last", "coming", "due", "for", "in", "since", ",", "of"});
}

std::optional<Days> civil(std::int64_t year, std::int64_t month, std::int64_t day) {
    if (year >= 0 && year < 100) year += 2000;
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    const CivilDate date{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
    if (!is_valid(date)) return {};
    return to_days(date);
}

// The next (or last) day of that month and day.
std::optional<Days> in_some_year(std::int64_t month, std::int64_t day, const MomentReading& reading) {
    const int year = to_civil(reading.today).year;
    for (const int offset : reading.past ? std::array{0, -1, -2, -3, -4} : std::array{0, 1, 2, 3, 4})   // 29 February waits
        if (const auto found = civil(year + offset, month, day); found && (reading.past ? *found <= reading.today : *found >= reading.today)) return found;
    return {};
}

// The next (or last) day of the month with that number.
std::optional<Days> in_some_month(std::int64_t day, const MomentReading& reading) {
    if (day < 1 || day > 31) return {};
    for (int i = 0; i < 13; ++i) {
        const CivilDate month = to_civil(month_start(reading.today, reading.past ? -i : i));
        const auto found = civil(month.year, month.month, day);
        if (found && (reading.past ? *found <= reading.today : *found >= reading.today)) return found;
    }
    return {};
}

// `week`: 0 this one, 1 the next; nothing said: the next such day, or the last.
Days on_weekday(int day, std::optional<int> week, const MomentReading& reading) {
    if (week) return monday_of(reading.today) + 7 * *week + (day + 6) % 7;
    if (reading.past) return reading.today - (weekday(reading.today) - day + 7) % 7;
    const int ahead = (day - weekday(reading.today) + 7) % 7;
    return reading.today + (ahead == 0 ? 7 : ahead);
}

std::optional<Period> period_named(std::string_view word) {
    if (word == "week" || word == "weeks") return Period::Week;
    if (word == "month" || word == "months") return Period::Month;
    if (word == "quarter") return Period::Quarter;
    if (word == "year") return Period::Year;
    return {};
}

std::optional<Days> moved(std::string_view unit, std::int64_t count, Days today) {
    if (count > 1000 || count < -1000) return {};
    const int by = static_cast<int>(count);
    if (unit == "day" || unit == "days") return today + by;
    if (unit == "week" || unit == "weeks") return today + 7 * by;
    if (unit == "month" || unit == "months") return add_months(today, by);
    if (unit == "year" || unit == "years") return add_months(today, 12 * by);
    return {};
}

// "2026-09-30", "30.9.", "30.9.2026", "9/30", "9/30/2026".
std::optional<LineDay> date_in_digits(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    const LineToken& token = tokens[at];
    if (token.kind != TokenKind::Number) return {};
    const auto whole = [&](std::size_t i) -> std::int64_t {
        const auto number = i < tokens.size() && tokens[i].kind == TokenKind::Number ? whole_number(tokens, i) : std::nullopt;
        return number ? number->value : -1;
    };
    for (const std::string_view sign : {"-", "/"}) {
        if (!token_is(tokens, at + 1, sign) || tokens[at + 1].spaced) continue;
        const std::int64_t a = whole(at), b = whole(at + 2), c = token_is(tokens, at + 3, sign) ? whole(at + 4) : -1;
        if (a >= 1000 && c >= 0) {
            if (const auto day = civil(a, b, c)) return LineDay{*day, at + 5};
            return {};
        }
        if (sign != "/" || a < 0 || b < 0) continue;
        const bool day_first = b > 12 ? false : a > 12 || reading.day_first;
        const std::int64_t day = day_first ? a : b, month = day_first ? b : a;
        if (c >= 0) {
            if (const auto found = civil(c, month, day)) return LineDay{*found, at + 5};
        } else if (const auto found = in_some_year(month, day, reading)) {
            return LineDay{*found, at + 3};
        }
    }
    // Day and month with dots, which a sum of money has not: two of them, or one behind.
    const std::string& text = token.text;
    const std::size_t first = text.find('.');
    if (first == std::string::npos || text.find_first_of(",'") != std::string::npos) return {};
    const std::size_t second = text.find('.', first + 1);
    const auto part = [&](std::size_t begin, std::size_t end) {
        std::int64_t value = 0;
        if (end - begin > 4) return std::int64_t{-1};
        for (; begin < end; ++begin) value = value * 10 + (text[begin] - '0');
        return value;
    };
    if (second != std::string::npos) {
        if (const auto day = civil(part(second + 1, text.size()), part(first + 1, second), part(0, first))) return LineDay{*day, at + 1};
    } else if (token_is(tokens, at + 1, ".") && !tokens[at + 1].spaced) {
        if (const auto day = in_some_year(part(first + 1, text.size()), part(0, first), reading)) return LineDay{*day, at + 2};
    }
    return {};
}

std::size_t after_ordinal(const Tokens& tokens, std::size_t at) {
    return token_is_any(tokens, at, {"st", "nd", "rd", "th"}) && !tokens[at].spaced ? at + 1 : at;
}

// A year behind a day and a month.
std::optional<LineDay> with_year(const Tokens& tokens, std::size_t at, std::int64_t month, std::int64_t day, const MomentReading& reading) {
    const std::size_t year_at = token_is(tokens, at, ",") ? at + 1 : at;
    if (const auto year = year_at < tokens.size() && tokens[year_at].kind == TokenKind::Number ? whole_number(tokens, year_at) : std::nullopt; year && year->value >= 2000 && year->value <= 2100)
        if (const auto found = civil(year->value, month, day)) return LineDay{*found, year->end};
    if (const auto found = in_some_year(month, day, reading)) return LineDay{*found, at};
    return {};
}

// "30 Sep", "30th of September 2027", "Sep 30", "September".
std::optional<LineDay> date_with_month(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    if (tokens[at].kind == TokenKind::Number) {
        const auto day = whole_number(tokens, at);
        if (!day || day->value < 1 || day->value > 31) return {};
        std::size_t next = after_ordinal(tokens, day->end);
        const bool ordinal = next != day->end;
        const std::size_t bare = next;
        if (token_is(tokens, next, "of")) ++next;
        const int month = next < tokens.size() ? named(months, tokens[next].text) : -1;
        if (month >= 0) return with_year(tokens, next + 1, month + 1, day->value, reading);
        if (!ordinal) return {};
        const auto found = in_some_month(day->value, reading);
        return found ? std::optional(LineDay{*found, bare}) : std::nullopt;
    }
    const int month = named(months, tokens[at].text);
    if (month < 0) return {};
    if (const auto day = at + 1 < tokens.size() && tokens[at + 1].kind == TokenKind::Number ? whole_number(tokens, at + 1) : std::nullopt; day && day->value >= 1 && day->value <= 31)
        return with_year(tokens, after_ordinal(tokens, day->end), month + 1, day->value, reading);
    // A month alone is its last day; a number before it that is no day of it means something else.
    if (at > 0 && tokens[at - 1].kind == TokenKind::Number) return {};
    if (tokens[at].text == "may" || tokens[at].text == "mar" || tokens[at].text == "march" ? !is_announced(tokens, at) || !tokens[at].capital : !is_announced(tokens, at) && !tokens[at].capital) return {};
    for (int i = 0; i < 12; ++i) {
        const Days start = month_start(reading.today, reading.past ? -i : i);
        if (to_civil(start).month == month + 1) return LineDay{period_range(Period::Month, start, 0, 1, 1).end - 1, at + 1};
    }
    return {};
}

// A quarter is a day only where it is said as one: "by Q1", "end of the Q1", not "talked of Q1".
bool is_quarter_announced(const Tokens& tokens, std::size_t at) {
    while (at > 0 && token_is_any(tokens, at - 1, {"of", "the"})) --at;
    return at > 0 && token_is_any(tokens, at - 1, {"by", "until", "till", "before", "in", "end", "close", "closes", "closing", "due", "since", "next"});
}

// "Q1", "Q1 2027", "第一季度末": the last day of the next (or last) quarter of that number, or of that fiscal year's.
std::optional<LineDay> numbered_quarter(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    const bool letter = token_is(tokens, at, "q");
    const auto quarter = whole_number(tokens, letter || token_is(tokens, at, "第") ? at + 1 : at);
    if (!quarter || (letter && tokens[at + 1].spaced)) return {};
    const std::size_t word = letter ? 0 : tokens_match_any(tokens, quarter->end, {"季度", "季"});
    if (!letter && word == 0) return {};
    std::size_t next = quarter->end + word;
    std::optional<WholeNumber> year;
    if (token_is_any(tokens, next, {"末", "底"})) ++next;
    else if (letter ? !is_quarter_announced(tokens, at) : !token_is_any(tokens, next, {"前", "内"})) return {};
    else if (year = whole_number(tokens, next); year && year->value >= 2000 && year->value <= 2100) next = year->end;
    else year.reset();
    for (int i = 0; i < (year ? 40 : 4); ++i) {
        const DayRange days = period_of(Period::Quarter, reading, reading.past ? -i : i);
        if (fiscal_quarter_of(days.first, reading.fiscal_start_month) != quarter->value) continue;
        if (!year || fiscal_year_of(days.first, reading.fiscal_start_month) == year->value) return LineDay{days.end - 1, next};
    }
    return {};
}

std::optional<LineDay> english_day(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    const std::string& word = tokens[at].text;
    const Days today = reading.today;
    if (const std::size_t taken = tokens_match(tokens, at, "day after tomorrow")) return LineDay{today + 2, at + taken};
    if (word == "today" || word == "tonight") return LineDay{today, at + 1};
    if (word == "tomorrow" || word == "tmr" || word == "tmrw") return LineDay{today + 1, at + 1};
    if (word == "yesterday") return LineDay{today - 1, at + 1};
    if (word == "eow") return LineDay{period_end(Period::Week, reading, 0), at + 1};
    if (word == "eom") return LineDay{period_end(Period::Month, reading, 0), at + 1};
    if (word == "eoq") return LineDay{period_end(Period::Quarter, reading, 0), at + 1};
    if (word == "eoy") return LineDay{period_end(Period::Year, reading, 0), at + 1};
    if (const auto period = period_named(word); period && token_is(tokens, at + 1, "end") && is_announced(tokens, at)) return LineDay{period_end(*period, reading, 0), at + 2};
    if (word == "end") {   // "end of next month", "end of the week", "end of Q1"
        std::size_t next = at + 1;
        if (token_is(tokens, next, "of")) ++next;
        if (token_is_any(tokens, next, {"the", "this"})) ++next;
        const bool following = token_is(tokens, next, "next");
        if (following) ++next;
        if (const auto quarter = numbered_quarter(tokens, next, reading)) return quarter;
        const auto period = next < tokens.size() ? period_named(tokens[next].text) : std::nullopt;
        if (!period) return {};
        return LineDay{period_end(*period, reading, following), next + 1};
    }
    if (word == "in" || word == "within") {
        const bool one = token_is_any(tokens, at + 1, {"a", "an", "one"});
        const auto count = one ? std::optional(WholeNumber{1, at + 2}) : whole_number(tokens, at + 1);
        if (count && count->end < tokens.size())
            if (const auto day = moved(tokens[count->end].text, count->value, today)) return LineDay{*day, count->end + 1};
        return {};
    }
    if (const auto count = token_is(tokens, at, "a") ? std::optional(WholeNumber{1, at + 1}) : whole_number(tokens, at); count && token_is(tokens, count->end + 1, "ago"))
        if (const auto day = moved(tokens[count->end].text, -count->value, today)) return LineDay{*day, count->end + 2};
    std::optional<int> week;
    std::size_t name = at;
    if (token_is_any(tokens, at, {"next", "this", "last", "coming"})) {
        ++name;
        if (word != "coming") week = word == "next" ? 1 : word == "last" ? -1 : 0;
        if (const auto period = name < tokens.size() ? period_named(tokens[name].text) : std::nullopt) {
            if (*period == Period::Week) return LineDay{monday_of(today) + 7 * week.value_or(0) + (week == 0 ? 4 : 0), name + 1};
            if (week == 0) return LineDay{period_end(*period, reading, 0), name + 1};
            return LineDay{period_of(*period, reading, week.value_or(1)).first, name + 1};
        }
        if (name >= tokens.size()) return {};
    }
    const int day = tokens[name].kind == TokenKind::Word ? named(weekdays, tokens[name].text) : -1;
    if (day < 0) return {};
    const bool also_a_word = tokens[name].text == "sat" || tokens[name].text == "sun" || tokens[name].text == "wed";
    if (also_a_word && !is_announced(tokens, name) && !time_at(tokens, name + 1) && name + 1 != tokens.size()) return {};
    return LineDay{on_weekday(day, week, reading), name + 1};
}

std::optional<int> han_weekday(const Tokens& tokens, std::size_t at) {
    constexpr std::array<std::string_view, 8> names = {"日", "一", "二", "三", "四", "五", "六", "天"};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (token_is(tokens, at, names[i])) return static_cast<int>(i % 7);
    return {};
}

std::optional<LineDay> han_named_day(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    static constexpr struct { std::string_view text; int days; } days[] = {
        {"大后天", 3}, {"后天", 2}, {"明天", 1}, {"明日", 1}, {"明早", 1}, {"明晚", 1}, {"今天", 0}, {"今日", 0}, {"今晚", 0}, {"今早", 0}, {"昨天", -1}, {"昨日", -1}, {"前天", -2}};
    for (const auto& each : days)
        if (const std::size_t taken = tokens_match(tokens, at, each.text)) {
            // The hour of "明晚8点" says so itself.
            const bool part_of_day = each.text.ends_with("早") || each.text.ends_with("晚");
            return LineDay{reading.today + each.days, at + taken - (part_of_day ? 1 : 0)};
        }
    static constexpr struct { std::string_view text; Period period; int offset; } ends[] = {
        {"下个月底", Period::Month, 1}, {"下月底", Period::Month, 1}, {"本月底", Period::Month, 0}, {"这个月底", Period::Month, 0}, {"月底", Period::Month, 0}, {"月末", Period::Month, 0},
        {"下个季度末", Period::Quarter, 1}, {"下季度末", Period::Quarter, 1}, {"下季末", Period::Quarter, 1}, {"本季度末", Period::Quarter, 0}, {"本季末", Period::Quarter, 0}, {"季度末", Period::Quarter, 0}, {"季末", Period::Quarter, 0},
        {"明年年底", Period::Year, 1}, {"明年底", Period::Year, 1}, {"年底", Period::Year, 0}, {"年末", Period::Year, 0}};
    for (const auto& each : ends)
        if (const std::size_t taken = tokens_match(tokens, at, each.text)) return LineDay{period_end(each.period, reading, each.offset), at + taken};
    return {};
}

// "下周二", "周五", "星期天", "下下周一", "下周".
std::optional<LineDay> han_week(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    std::optional<int> week;
    std::size_t next = at;
    if (token_is_any(tokens, next, {"这", "本"})) week = 0, ++next;
    else if (token_is(tokens, next, "上")) week = -1, ++next;
    else
        for (; token_is(tokens, next, "下"); ++next) week = week.value_or(0) + 1;
    if (week && token_is(tokens, next, "个")) ++next;
    const std::size_t taken = tokens_match_any(tokens, next, {"周", "星期", "礼拜"});
    if (taken == 0) return {};
    next += taken;
    if (const auto day = han_weekday(tokens, next)) {
        // "周二": of this week where it is still to come.
        return LineDay{on_weekday(*day, week, reading), next + 1};
    }
    if (!week) return {};
    return LineDay{monday_of(reading.today) + 7 * *week + (week == 0 ? 4 : 0), next};
}

// "2026年9月30日", "9月30号", "9月底", "下个月5号", "30号".
std::optional<LineDay> han_date(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    std::size_t next = at;
    std::optional<std::int64_t> year;
    if (const auto number = whole_number(tokens, next); number && token_is(tokens, number->end, "年") && number->value >= 1900) year = number->value, next = number->end + 1;
    else if (const std::size_t taken = tokens_match(tokens, next, "明年")) year = to_civil(reading.today).year + 1, next += taken;
    const auto day_number = [&](std::size_t where) -> std::optional<WholeNumber> {
        const auto number = whole_number(tokens, where);
        if (!number || !token_is_any(tokens, number->end, {"日", "号"})) return {};
        return WholeNumber{number->value, number->end + 1};
    };
    if (const auto month = whole_number(tokens, next); month && token_is(tokens, month->end, "月") && month->value >= 1 && month->value <= 12) {
        const std::size_t after = month->end + 1;
        if (const auto day = day_number(after)) {
            const auto found = year ? civil(*year, month->value, day->value) : in_some_year(month->value, day->value, reading);
            return found ? std::optional(LineDay{*found, day->end}) : std::nullopt;
        }
        const auto first = year ? civil(*year, month->value, 1) : std::nullopt;
        Days start = first.value_or(month_start(reading.today, 0));
        for (int i = 0; !first && i < 12; ++i)
            if (start = month_start(reading.today, reading.past ? -i : i); to_civil(start).month == month->value) break;
        return LineDay{period_range(Period::Month, start, 0, 1, 1).end - 1, token_is_any(tokens, after, {"底", "末"}) ? after + 1 : after};
    }
    if (year) return {};
    for (const auto& [text, offset] : {std::pair<std::string_view, int>{"下个月", 1}, {"下月", 1}, {"这个月", 0}, {"本月", 0}})
        if (const std::size_t taken = tokens_match(tokens, at, text)) {
            const Days start = month_start(reading.today, offset);
            const auto day = day_number(at + taken);
            if (!day) return LineDay{offset == 0 ? period_end(Period::Month, reading, 0) : start, at + taken};
            const auto found = civil(to_civil(start).year, to_civil(start).month, day->value);
            return found ? std::optional(LineDay{*found, day->end}) : std::nullopt;
        }
    if (const auto day = day_number(at))
        if (const auto found = in_some_month(day->value, reading)) return LineDay{*found, day->end};
    return {};
}

// "3天后", "两周后", "一个月前".
std::optional<LineDay> han_distance(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    const auto count = whole_number(tokens, at);
    if (!count) return {};
    static constexpr struct { std::string_view text, unit; } units[] = {{"天", "days"}, {"日", "days"}, {"周", "weeks"}, {"个星期", "weeks"}, {"个礼拜", "weeks"}, {"星期", "weeks"}, {"个月", "months"}, {"年", "years"}};
    for (const auto& each : units) {
        const std::size_t taken = tokens_match(tokens, count->end, each.text);
        if (taken == 0) continue;
        const std::size_t after = count->end + taken;
        const std::size_t later = tokens_match_any(tokens, after, {"后", "之后", "以后"}), ago = tokens_match_any(tokens, after, {"前", "之前", "以前"});
        if (later == 0 && ago == 0) continue;
        if (const auto day = moved(each.unit, later != 0 ? count->value : -count->value, reading.today)) return LineDay{*day, after + later + ago};
    }
    return {};
}

// The hour that is meant by a bare one to twelve in a working day.
int working_hour(int hour) { return hour < 7 ? hour + 12 : hour; }

std::optional<LineTime> han_time(const Tokens& tokens, std::size_t at) {
    static constexpr struct { std::string_view text; int hours, alone; } parts[] = {
        {"凌晨", 0, -1}, {"早上", 0, 8}, {"早晨", 0, 8}, {"上午", 0, 9}, {"中午", 12, 12}, {"下午", 12, 14}, {"傍晚", 12, 18}, {"晚上", 12, 19}, {"早", 0, 8}, {"晚", 12, 19}};
    std::size_t next = at;
    int half = -1, alone = -1;
    for (const auto& each : parts)
        if (const std::size_t taken = tokens_match(tokens, at, each.text)) {
            half = each.hours, alone = each.alone, next = at + taken;
            break;
        }
    if (const auto hour = whole_number(tokens, next); hour && hour->value <= 24) {
        int hours = static_cast<int>(hour->value), minutes = 0;
        std::size_t end = hour->end;
        if (token_is(tokens, end, ":")) {
            const auto behind = whole_number(tokens, end + 1);
            if (!behind || behind->value > 59) return {};
            minutes = static_cast<int>(behind->value), end = behind->end;
        } else if (token_is_any(tokens, end, {"点", "时"})) {
            if (token_is(tokens, end, "点") && token_is(tokens, end + 1, "钟")) ++end;
            ++end;
            if (token_is(tokens, end, "半")) minutes = 30, ++end;
            else if (const std::size_t quarter = tokens_match(tokens, end, "一刻")) minutes = 15, end += quarter;
            else if (const std::size_t three = tokens_match(tokens, end, "三刻")) minutes = 45, end += three;
            else if (const auto behind = whole_number(tokens, end); behind && behind->value < 60 && (token_is(tokens, behind->end, "分") || behind->value >= 10)) {
                minutes = static_cast<int>(behind->value);
                end = token_is(tokens, behind->end, "分") ? behind->end + 1 : behind->end;
            }
            if (half < 0 && hours <= 12) hours = working_hour(hours);
        } else {
            return half < 0 || alone < 0 ? std::nullopt : std::optional(LineTime{alone * 60, next});
        }
        const bool noon = alone == 12, night = alone == 19;   // "中午11点" is before noon, "晚上12点" is another day's
        if (half == 12 && hours < (noon ? 10 : 12)) hours += 12;
        if (hours >= 24 || (night && hours == 12)) return {};
        return LineTime{hours * 60 + minutes, end};
    }
    if (half < 0 || alone < 0) return {};
    // A part of the day alone; "早" and "晚" only where a day stood before them.
    if (next == at + 1 && !(at > 0 && token_is_any(tokens, at - 1, {"明", "今", "天"}))) return {};
    return LineTime{alone * 60, next};
}

}  // namespace

std::optional<LineDay> day_at(const Tokens& tokens, std::size_t at, const MomentReading& reading) {
    if (at >= tokens.size()) return {};
    for (const auto read : {date_in_digits, numbered_quarter, han_distance, han_named_day, han_week, han_date, date_with_month})
        if (const auto day = read(tokens, at, reading)) return day;
    return tokens[at].kind == TokenKind::Han ? std::nullopt : english_day(tokens, at, reading);
}

std::optional<LineTime> time_at(const Tokens& tokens, std::size_t at) {
    if (at >= tokens.size()) return {};
    if (tokens[at].kind == TokenKind::Han) return han_time(tokens, at);
    const std::string& word = tokens[at].text;
    if (word == "noon" || word == "midday") return LineTime{12 * 60, at + 1};
    if (word == "morning") return LineTime{9 * 60, at + 1};
    if (word == "afternoon") return LineTime{14 * 60, at + 1};
    if (word == "evening") return LineTime{18 * 60, at + 1};
    const bool said = word == "at" || word == "@";
    const std::size_t start = said ? at + 1 : at;
    if (start >= tokens.size() || tokens[start].kind != TokenKind::Number) return {};
    const std::string& text = tokens[start].text;
    int hours = 0, minutes = 0;
    std::size_t end = start + 1, digit = 0;
    bool exact = false;
    for (; digit < text.size() && text[digit] >= '0' && text[digit] <= '9'; ++digit) hours = std::min(100, hours * 10 + (text[digit] - '0'));
    if (digit + 3 == text.size() && text[digit] == '.') {   // "10.30am"
        minutes = (text[digit + 1] - '0') * 10 + (text[digit + 2] - '0');
    } else if (digit != text.size()) {
        return {};
    } else if (token_is(tokens, end, ":") && !tokens[end].spaced) {
        const auto behind = whole_number(tokens, end + 1);
        if (!behind || tokens[end + 1].text.size() != 2) return {};
        minutes = static_cast<int>(behind->value), end = behind->end, exact = true;
    }
    const bool am = token_is_any(tokens, end, {"am", "a.m"}), pm = token_is_any(tokens, end, {"pm", "p.m"});
    if (am || pm) {
        if (hours > 12) return {};
        hours = hours % 12 + (pm ? 12 : 0);
        ++end;
    } else if (!exact) {
        // "10点" is Chinese; a bare number is an hour only behind "at".
        if (const auto han = token_is_any(tokens, end, {"点", "时"}) ? han_time(tokens, start) : std::nullopt) return han;
        if (!said || minutes != 0 || hours < 1 || (end < tokens.size() && tokens[end].kind != TokenKind::Sign)) return {};
        if (hours <= 12) hours = working_hour(hours);
    }
    if (hours > 23 || minutes > 59) return {};
    return LineTime{hours * 60 + minutes, end};
}

}  // namespace outpost
