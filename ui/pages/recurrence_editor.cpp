#include "ui/pages/recurrence_editor.h"

#include <algorithm>
#include <utility>

#include "core/activity/series.h"
#include "core/base/sort_stably.h"
#include "ui/kit/kit.h"

namespace outpost {

namespace {

constexpr std::string_view choice_keys[] = {"none", "daily", "weekly", "weekdays", "day", "nth", "last", "yearly", "custom"};
constexpr std::string_view unit_keys[] = {"ui.repeat.unit_day", "ui.repeat.unit_week", "ui.repeat.unit_month", "ui.repeat.unit_year"};
constexpr std::string_view ordinal_keys[] = {"ui.repeat.last", "ui.repeat.first", "ui.repeat.second", "ui.repeat.third", "ui.repeat.fourth", "ui.repeat.fifth"};

bool is_last_week(Days day) { return to_civil(day + 7).month != to_civil(day).month; }

// January 4th of 1970 was a Sunday.
std::string weekday_word(Context& context, int weekday) { return context.locale().format_weekday(3 + weekday); }

std::string ordinal_words(Context& context, OrdinalWeekday day) {
    const bool known = day.ordinal >= -1 && day.ordinal <= 5 && day.ordinal != 0;
    const std::string_view which = known ? context.tr(ordinal_keys[day.ordinal < 0 ? 0 : day.ordinal]) : std::string_view();
    return context.tr("ui.repeat.ordinal", {known ? std::string(which) : std::to_string(day.ordinal), weekday_word(context, day.weekday)});
}

std::string month_word(Context& context, int month) { return std::string(context.tr("ui.repeat.month_" + std::to_string(month))); }

std::string joined(Context& context, const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts) {
        if (!all.empty()) all += context.tr("ui.list.separator");
        all += part;
    }
    return all;
}

std::string weekdays_words(Context& context, const std::vector<OrdinalWeekday>& days) {
    std::vector<std::string> words;
    const int first = context.locale().first_weekday();
    for (int i = 0; i < 7; ++i)
        for (const OrdinalWeekday& day : days)
            if (day.weekday == (first + i) % 7) words.push_back(day.ordinal == 0 ? weekday_word(context, day.weekday) : ordinal_words(context, day));
    return joined(context, words);
}

bool is_weekdays(const Recurrence& rule) {
    return rule.by_day.size() == 5 && std::ranges::all_of(rule.by_day, [](const OrdinalWeekday& day) { return day.weekday >= 1 && day.weekday <= 5 && day.ordinal == 0; });
}

// On which days of its period; "" where the rule says more than words here can.
std::string days_words(Context& context, const Recurrence& rule, Days start) {
    if (!rule.by_position.empty() || !rule.by_week.empty() || !rule.by_year_day.empty()) return {};
    const CivilDate date = to_civil(start);
    const bool year = rule.frequency == Frequency::Yearly;
    if (rule.frequency == Frequency::Weekly) return weekdays_words(context, rule.by_day.empty() ? std::vector{OrdinalWeekday{weekday(start), 0}} : rule.by_day);
    if (rule.frequency == Frequency::Daily || rule.by_month.size() > 1 || (!year && !rule.by_month.empty())) return {};
    std::string days;
    if (!rule.by_day.empty()) {
        if (!rule.by_month_day.empty()) return {};
        days = weekdays_words(context, rule.by_day);
        if (!year) return days;
        return rule.by_month.empty() ? std::string() : context.tr("ui.repeat.of_month", {days, month_word(context, rule.by_month[0])});
    }
    if (!year && rule.by_month_day == std::vector{-1}) return std::string(context.tr("ui.repeat.last_day"));
    std::vector<std::string> numbers;
    for (const int day : rule.by_month_day.empty() ? std::vector{date.day} : rule.by_month_day) {
        if (day < 0) return {};
        numbers.push_back(std::to_string(day));
    }
    days = joined(context, numbers);
    if (!year) return context.tr("ui.repeat.on_day", {days});
    return context.tr("ui.repeat.month_day", {month_word(context, rule.by_month.empty() ? date.month : rule.by_month[0]), days});
}

}  // namespace

std::string recurrence_words(Context& context, const Recurrence& rule, Days start) {
    const std::string number = std::to_string(rule.interval);
    const std::string days = days_words(context, rule, start);
    const bool plain_daily = rule.frequency == Frequency::Daily && rule.by_day.empty() && rule.by_month.empty() && rule.by_month_day.empty() && rule.by_position.empty();
    static constexpr std::string_view every[] = {"ui.repeat.days", "ui.repeat.weeks", "ui.repeat.months", "ui.repeat.years"};
    std::string words(context.tr(rule.interval == 1 ? std::string(every[static_cast<std::size_t>(rule.frequency)]) + "_1" : every[static_cast<std::size_t>(rule.frequency)], {number}));
    if (rule.frequency == Frequency::Weekly && rule.interval == 1 && is_weekdays(rule)) words = context.tr("ui.repeat.weekdays");
    else if (!days.empty() && rule.frequency == Frequency::Weekly && rule.interval == 1) words = context.tr("ui.repeat.each_week_on", {days});
    else if (!days.empty()) words = context.tr("ui.repeat.on", {words, days});
    else if (!plain_daily) words = context.tr("ui.repeat.by_rule", {words});
    if (rule.until) words = context.tr("ui.repeat.until", {words, context.locale().format_date(*rule.until)});
    if (rule.count != 0) words = context.tr("ui.repeat.times", {words, std::to_string(rule.count)});
    return words;
}

RecurrenceEditor::RecurrenceEditor(std::string_view text, Days start) : start_(start), choice_("none") {
    interval_ = kit::NumberDraft::of(Decimal{1, 0});
    count_ = kit::NumberDraft::of(Decimal{10, 0});
    auto rule = text.empty() ? Result<Recurrence>(fail(ErrorCode::InvalidArgument, "")) : parse_recurrence(text);
    if (!rule) return;
    rule_ = *std::move(rule);
    // What it leaves to its start is said in full: so the simple choices know it.
    const bool open = rule_.by_day.empty() && rule_.by_month_day.empty() && rule_.by_week.empty() && rule_.by_year_day.empty();
    if (open && rule_.frequency == Frequency::Weekly) rule_.by_day = {{weekday(start), 0}};
    if (open && rule_.frequency >= Frequency::Monthly) rule_.by_month_day = {to_civil(start).day};
    if (open && rule_.frequency == Frequency::Yearly && rule_.by_month.empty()) rule_.by_month = {to_civil(start).month};
    choice_ = find_choice();
    interval_ = kit::NumberDraft::of(Decimal{rule_.interval, 0});
    if (rule_.count != 0) count_ = kit::NumberDraft::of(Decimal{rule_.count, 0});
    if (rule_.until) until_ = kit::DateDraft::of(*rule_.until);
}

Recurrence RecurrenceEditor::simple(std::string_view choice) const {
    Recurrence rule;
    const CivilDate date = to_civil(start_);
    const int day = weekday(start_);
    if (choice == "weekly" || choice == "weekdays") rule.frequency = Frequency::Weekly;
    if (choice == "day" || choice == "nth" || choice == "last") rule.frequency = Frequency::Monthly;
    if (choice == "weekly") rule.by_day = {{day, 0}};
    if (choice == "weekdays") rule.by_day = {{1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}};
    if (choice == "day") rule.by_month_day = {date.day};
    if (choice == "nth") rule.by_day = {{day, weekday_ordinal(start_)}};
    if (choice == "last") rule.by_day = {{day, -1}};
    if (choice == "yearly") {
        rule.frequency = Frequency::Yearly;
        rule.by_month = {date.month};
        rule.by_month_day = {date.day};
    }
    rule.count = rule_.count;
    rule.until = rule_.until;
    rule.until_seconds = rule_.until_seconds;
    rule.week_start = rule_.week_start;
    rule.except = rule_.except;
    return rule;
}

std::string RecurrenceEditor::find_choice() const {
    for (const std::string_view choice : choice_keys)
        if (choice != "none" && choice != "custom" && simple(choice) == rule_) return std::string(choice);
    return "custom";
}

void RecurrenceEditor::choose(std::string_view choice) {
    const bool was_none = choice_ == "none";
    choice_ = choice;
    if (choice == "none") return;
    if (choice != "custom") rule_ = simple(choice);
    else if (was_none) rule_ = simple("weekly");
    interval_ = kit::NumberDraft::of(Decimal{rule_.interval, 0});
}

void RecurrenceEditor::follow(Days start) {
    if (start == start_) return;
    const Days before = std::exchange(start_, start);
    if (choice_ == "custom") rule_ = rule_along(rule_, before, start).value_or(rule_);
    else if (choice_ != "none") rule_ = simple(choice_ == "nth" && weekday_ordinal(start) > 4 ? choice_ = "last" : choice_);
}

std::string RecurrenceEditor::text() const { return choice_ == "none" ? std::string() : to_text(rule_); }

kit::Edited RecurrenceEditor::draw(Context& context, std::string_view key, std::string_view label, std::string_view error) {
    kit::IdScope scope(context, key);
    kit::Column column(context, {.gap = space::x2});
    std::vector<kit::Choice> choices;
    for (const std::string_view choice : choice_keys) {
        if (choice == "last" && !is_last_week(start_)) continue;
        if (choice == "nth" && weekday_ordinal(start_) > 4) continue;
        const bool named = choice == "none" || choice == "custom";
        Recurrence rule = simple(choice);
        rule.count = 0;
        rule.until.reset();
        choices.push_back({.value = std::string(choice), .label = named ? std::string(context.tr(choice == "none" ? "ui.repeat.none" : "ui.repeat.custom")) : recurrence_words(context, rule, start_)});
    }
    std::string chosen = choice_;
    kit::Edited edited = kit::picklist(context, "choice", label, choices, chosen, {.field = {.error = error}, .allow_none = false});
    if (edited.changed) choose(chosen);
    if (choice_ == "none") return edited;
    if (choice_ == "custom" && draw_custom(context)) edited.changed = true;
    if (draw_end(context)) edited.changed = true;
    kit::help_text(context, recurrence_words(context, rule_, start_));
    return edited;
}

bool RecurrenceEditor::draw_custom(Context& context) {
    bool changed = false;
    {
        kit::Row row(context, {.wrap = true});
        if (kit::number_field(context, "interval", context.tr("ui.repeat.every"), interval_, 0, {.hide_label = true, .width = 72}).changed) {
            const std::int64_t number = interval_.value ? interval_.value->units : 0;
            interval_.valid = interval_.valid && number >= 1 && number <= 999;
            if (interval_.valid) rule_.interval = static_cast<int>(number);
            changed = true;
        }
        std::vector<kit::Choice> units;
        for (std::size_t i = 0; i < 4; ++i) units.push_back({.value = std::to_string(i), .label = context.count_text(unit_keys[i], static_cast<std::uint64_t>(rule_.interval))});
        std::string unit = std::to_string(static_cast<int>(rule_.frequency));
        if (kit::picklist(context, "unit", context.tr("ui.repeat.unit"), units, unit, {.field = {.hide_label = true, .width = 140}, .allow_none = false}).changed) {
            static constexpr std::string_view plain[] = {"daily", "weekly", "day", "yearly"};
            rule_ = simple(plain[static_cast<std::size_t>(unit[0] - '0')]);
            if (interval_.valid && interval_.value) rule_.interval = static_cast<int>(interval_.value->units);
            changed = true;
        }
    }
    if (rule_.frequency == Frequency::Weekly) return draw_weekdays(context) || changed;
    if (rule_.frequency != Frequency::Monthly) return changed;
    const std::string now = !rule_.by_month_day.empty() ? "day" : !rule_.by_day.empty() && rule_.by_day[0].ordinal == -1 ? "last" : "nth";
    std::string on = now;
    std::vector<kit::Choice> choices;
    for (const std::string_view each : {"day", "nth", "last"}) {
        Recurrence rule = simple(each);
        choices.push_back({.value = std::string(each), .label = days_words(context, rule, start_)});
    }
    if (kit::picklist(context, "on", context.tr("ui.repeat.when"), choices, on, {.field = {.hide_label = true, .width = 240}, .allow_none = false}).changed && on != now) {
        const int interval = rule_.interval;
        rule_ = simple(on);
        rule_.interval = interval;
        changed = true;
    }
    return changed;
}

bool RecurrenceEditor::draw_weekdays(Context& context) {
    bool changed = false;
    kit::Row row(context, {.gap = space::x1, .wrap = true});
    for (int i = 0; i < 7; ++i) {
        const int day = (context.locale().first_weekday() + i) % 7;
        const auto found = std::ranges::find(rule_.by_day, OrdinalWeekday{day, 0});
        const bool on = found != rule_.by_day.end();
        if (!kit::button(context, std::to_string(day), weekday_word(context, day), {.small = true, .selected = on})) continue;
        if (!on) rule_.by_day.push_back({day, 0});
        else if (rule_.by_day.size() > 1) rule_.by_day.erase(found);
        sort_stably(rule_.by_day, [](const OrdinalWeekday& a, const OrdinalWeekday& b) { return a.weekday < b.weekday; });
        changed = true;
    }
    return changed;
}

bool RecurrenceEditor::draw_end(Context& context) {
    kit::Row row(context, {.wrap = true});
    const kit::Choice choices[] = {{"0", std::string(context.tr("ui.repeat.never_ends"))}, {"1", std::string(context.tr("ui.repeat.ends_on"))}, {"2", std::string(context.tr("ui.repeat.ends_after"))}};
    std::string chosen = std::to_string(static_cast<int>(end()));
    bool changed = false;
    if (kit::picklist(context, "end", context.tr("ui.repeat.end"), choices, chosen, {.field = {.hide_label = true, .width = 190}, .allow_none = false}).changed) {
        rule_.until.reset();
        rule_.until_seconds.reset();
        rule_.count = 0;
        if (chosen == "1") until_ = kit::DateDraft::of(rule_.until.emplace(add_months(start_, 3)));
        if (chosen == "2") rule_.count = 10, count_ = kit::NumberDraft::of(Decimal{10, 0});
        changed = true;
    }
    if (rule_.until && kit::date_field(context, "until", context.tr("ui.repeat.ends_on"), until_, {.hide_label = true, .width = 160}).changed) {
        if (until_.value) rule_.until = until_.value;
        changed = true;
    }
    if (rule_.count != 0 && kit::number_field(context, "count", context.tr("ui.repeat.count"), count_, 0, {.hide_label = true, .width = 72}).changed) {
        const std::int64_t number = count_.value ? count_.value->units : 0;
        count_.valid = count_.valid && number >= 1 && number <= recurrence_count_max;
        if (count_.valid) rule_.count = static_cast<int>(number);
        changed = true;
    }
    return changed;
}

}  // namespace outpost
