// Recurrence rules against a plain reading of RFC 5545: every day from the start on is asked by itself whether it is one.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/recurrence.h"
#include "tests/support/ports.h"

using namespace outpost;
using outpost::testing::FakeRandom;

namespace {

constexpr Days span = 366 * 9;

bool has(const std::vector<int>& list, int value) { return std::ranges::find(list, value) != list.end(); }

Days week_begin(Days day, int week_start) {
    while (weekday(day) != week_start) --day;
    return day;
}

// A number that days of the same period share, counting up by one a period.
long period_number(const Recurrence& rule, Days day) {
    const CivilDate date = to_civil(day);
    switch (rule.frequency) {
        case Frequency::Daily: return day;
        case Frequency::Weekly: return (week_begin(day, rule.week_start) + 70'000) / 7;
        case Frequency::Monthly: return date.year * 12L + date.month;
        case Frequency::Yearly: return date.year;
    }
    return 0;
}

bool fits_weekday(const Recurrence& rule, Days day) {
    if (rule.by_day.empty()) return true;
    const CivilDate date = to_civil(day);
    const bool in_year = rule.frequency == Frequency::Yearly && rule.by_month.empty();
    for (const OrdinalWeekday& each : rule.by_day) {
        if (each.weekday != weekday(day)) continue;
        if (each.ordinal == 0) return true;
        // Counts its like from that end of the month or year.
        int nth = 1;
        const int step = each.ordinal > 0 ? -7 : 7;
        for (Days other = day + step;; other += step) {
            const CivilDate there = to_civil(other);
            if (there.year != date.year || (!in_year && there.month != date.month)) break;
            ++nth;
        }
        if (nth == std::abs(each.ordinal)) return true;
    }
    return false;
}

bool fits(const Recurrence& rule, Days start, Days day) {
    const CivilDate date = to_civil(day), first = to_civil(start);
    const int length = days_in_month(date.year, date.month);
    if (!rule.by_month.empty() && !has(rule.by_month, date.month)) return false;
    if (!rule.by_month_day.empty() && !has(rule.by_month_day, date.day) && !has(rule.by_month_day, date.day - length - 1)) return false;
    if (!fits_weekday(rule, day)) return false;
    if (!rule.by_month_day.empty() || !rule.by_day.empty()) return true;
    if (rule.frequency == Frequency::Weekly) return weekday(day) == weekday(start);
    if (rule.frequency >= Frequency::Monthly && date.day != first.day) return false;
    return rule.frequency != Frequency::Yearly || !rule.by_month.empty() || date.month == first.month;
}

std::vector<Days> naive(const Recurrence& rule, Days start) {
    std::vector<Days> found, period;
    int count = 0;
    long number = -1;
    const long first = period_number(rule, start);
    const auto settle = [&] {
        for (std::size_t i = 0; i < period.size(); ++i) {
            const int forwards = static_cast<int>(i) + 1, backwards = static_cast<int>(i) - static_cast<int>(period.size());
            if (!rule.by_position.empty() && !has(rule.by_position, forwards) && !has(rule.by_position, backwards)) continue;
            if (period[i] < start || (rule.until && period[i] > *rule.until)) continue;
            if (rule.count != 0 && ++count > rule.count) continue;
            if (std::ranges::find(rule.except, period[i]) == rule.except.end()) found.push_back(period[i]);
        }
        period.clear();
    };
    for (Days day = start - 400; day < start + span + 400; ++day) {
        const long at = period_number(rule, day);
        if (at != number) settle();
        number = at;
        if (at >= first && (at - first) % rule.interval == 0 && fits(rule, start, day)) period.push_back(day);
    }
    settle();
    std::erase_if(found, [&](Days day) { return day >= start + span; });
    return found;
}

Recurrence random_rule(FakeRandom& random, Days start) {
    Recurrence rule;
    rule.frequency = static_cast<Frequency>(random.below(4));
    rule.interval = random.below(2) == 0 ? 1 : 1 + static_cast<int>(random.below(5));
    rule.week_start = static_cast<int>(random.below(7));
    const auto pick = [&](std::vector<int>& into, int most, bool negative) {
        for (std::uint64_t i = 0, many = 1 + random.below(3); i < many; ++i) {
            const int value = 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(most)));
            into.push_back(negative && random.below(3) == 0 ? -value : value);
        }
        std::ranges::sort(into);
        into.erase(std::unique(into.begin(), into.end()), into.end());
    };
    if (random.below(3) == 0) pick(rule.by_month, 12, false);
    if (rule.frequency != Frequency::Weekly && random.below(3) == 0) pick(rule.by_month_day, 31, true);
    if (random.below(2) == 0)
        for (std::uint64_t i = 0, many = 1 + random.below(3); i < many; ++i) {
            OrdinalWeekday day{static_cast<int>(random.below(7)), 0};
            if (rule.frequency >= Frequency::Monthly && random.below(2) == 0) day.ordinal = static_cast<int>(random.below(11)) - 5;
            if (std::ranges::find(rule.by_day, day) == rule.by_day.end()) rule.by_day.push_back(day);
        }
    if ((!rule.by_month.empty() || !rule.by_month_day.empty() || !rule.by_day.empty()) && random.below(4) == 0) pick(rule.by_position, 4, true);
    if (random.below(3) == 0) rule.count = 1 + static_cast<int>(random.below(30));
    else if (random.below(3) == 0) rule.until = start + static_cast<Days>(random.below(2000));
    for (std::uint64_t i = random.below(3); i > 0; --i) rule.except.push_back(start + static_cast<Days>(random.below(200)));
    std::ranges::sort(rule.except);
    rule.except.erase(std::unique(rule.except.begin(), rule.except.end()), rule.except.end());
    return rule;
}

}  // namespace

TEST_CASE("recurrence: random rules give the days of a day-by-day reading, in any window") {
    FakeRandom random(20261126);
    for (int round = 0; round < 400; ++round) {
        const Days start = to_days({1996, 1, 1}) + static_cast<Days>(random.below(4000));
        const Recurrence rule = random_rule(random, start);
        CAPTURE(to_text(rule));
        CAPTURE(days_to_text(start));
        const std::vector<Days> expected = naive(rule, start);
        REQUIRE(occurrences(rule, start, {start, start + span}) == expected);
        const Days from = start + static_cast<Days>(random.below(span)), end = from + static_cast<Days>(random.below(500));
        std::vector<Days> within;
        for (const Days day : expected)
            if (day >= from && day < end) within.push_back(day);
        REQUIRE(occurrences(rule, start, {from, std::min(end, start + span)}) == within);
        const auto read = parse_recurrence(to_text(rule));
        REQUIRE(read);
        REQUIRE(*read == rule);
    }
}
