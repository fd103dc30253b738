#include "ui/pages/calendar_view.h"

#include <algorithm>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/contrast.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr std::string_view kind_words[] = {"day", "week", "month", "agenda"};
constexpr Days agenda_days = 30;

CalendarKind kind_of(Context& context, std::string_view word) {
    const auto* found = std::ranges::find(kind_words, word);
    if (found != std::end(kind_words)) return static_cast<CalendarKind>(found - kind_words);
    return context.is_phone() ? CalendarKind::Day : CalendarKind::Week;
}

}  // namespace

std::string routes::calendar() { return "#/calendar"; }

std::string_view to_text(CalendarKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::string stretch_words(std::string_view first, std::string_view last, std::string_view year) {
    if (!year.empty() && first.ends_with(year)) {               // Nov 22, 2026; 22 Nov 2026
        first.remove_suffix(year.size());
        while (first.ends_with(' ') || first.ends_with(',')) first.remove_suffix(1);
        const std::size_t month = first.find(' ');
        if (month != std::string_view::npos && first[0] > '9' && last.starts_with(first.substr(0, month + 1))) last.remove_prefix(month + 1);
    } else if (!year.empty()) {                                 // 2026年11月22日
        std::size_t shared = 0;
        for (const std::string_view sign : {"\xE5\xB9\xB4", "\xE6\x9C\x88"}) {
            const std::size_t end = last.find(sign, shared);
            if (end == std::string_view::npos || first.substr(0, end + sign.size()) != last.substr(0, end + sign.size())) break;
            shared = end + sign.size();
        }
        last.remove_prefix(shared);
    }
    return std::string(first) + " \xE2\x80\x93 " + std::string(last);
}

std::string stretch_words(Context& context, DayRange days) {
    const int year = to_civil(days.first).year;
    return stretch_words(context.locale().format_date(days.first), context.locale().format_date(days.end - 1), year == to_civil(days.end - 1).year ? std::to_string(year) : std::string());
}

RecordRef owner_of(const Records& records, RecordRef record) {
    const Value value = records.value(record, system_field::owner);
    const auto* owner = std::get_if<RecordRef>(&value);
    return owner ? *owner : RecordRef{};
}

void CalendarView::refresh(Context& context, const Route& route) {
    std::string view(route.parameter("view"));
    if (view.empty()) view = context.setting(context.is_phone() ? "calendar.phone" : "calendar.view");
    CalendarKind kind = kind_of(context, view);
    if (context.is_phone() && kind == CalendarKind::Week) kind = CalendarKind::Day;   // an address of a larger screen: seven columns would hold no word
    const Days date = parse_iso_date(route.parameter("date")).value_or(context.today());
    const Records& records = context.records();
    std::string key = view + '\n' + std::to_string(date) + '\n' + std::string(route.parameter("of")) + '\n' + std::to_string(static_cast<int>(kind)) + '\n' +
                      std::to_string(context.locale().first_weekday()) + '\n' + std::to_string(context.workspace().revision()) + '\n' + std::to_string(context.clock().utc_offset_minutes(context.clock().now()));
    if (key == key_) return;
    key_ = std::move(key);
    kind_ = kind;
    date_ = date;
    const int first_weekday = context.locale().first_weekday();
    const auto week = [&](Days day) { return period_range(Period::Week, day, 0, first_weekday, 1); };
    const DayRange month = period_range(Period::Month, date, 0, first_weekday, 1);
    switch (kind) {
        case CalendarKind::Day: days_ = {date, date + 1}; break;
        case CalendarKind::Week: days_ = week(date); break;
        case CalendarKind::Month: days_ = {week(month.first).first, week(month.end - 1).end}; break;
        case CalendarKind::Agenda: days_ = {date, date + agenda_days}; break;
    }
    owners_.clear();
    for (const std::string_view word : split(route.parameter("of"), ',')) {
        const auto id = parse_record_id(word);
        const auto user = id ? records.find(*id) : std::nullopt;
        if (user && user->object == standard_object::user) owners_.push_back(user->row);
    }
    if (owners_.empty()) owners_.push_back(context.workspace().current_user().row);
    std::ranges::sort(owners_);
    items_ = collect_calendar(records, context.clock(), days_, owners_);
    lay_out();
}

void CalendarView::lay_out() {
    const auto count = static_cast<std::size_t>(days_.end - days_.first);
    by_day_.assign(count, {});
    slots_.assign(count, {});
    strip_.clear();
    std::vector<Days> lane_ends;
    for (std::uint32_t at = 0; at < items_.size(); ++at) {
        const CalendarItem& item = items_[at];
        for (Days day = std::max(item.first_day, days_.first); day <= std::min(item.last_day, days_.end - 1); ++day)
            by_day_[static_cast<std::size_t>(day - days_.first)].push_back(at);
        if (!item.all_day) continue;
        auto lane = std::ranges::find_if(lane_ends, [&](Days end) { return end < item.first_day; });
        if (lane == lane_ends.end()) lane = lane_ends.insert(lane_ends.end(), item.last_day);
        *lane = item.last_day;
        strip_.push_back({at, static_cast<int>(lane - lane_ends.begin())});
    }
    strip_lanes_ = static_cast<int>(lane_ends.size());
    for (std::size_t day = 0; day < count; ++day) {
        sort_stably(by_day_[day], [&](std::uint32_t a, std::uint32_t b) { return items_[a].rank() < items_[b].rank(); });
        if (kind_ <= CalendarKind::Week) lay_out_day(day);
    }
}

// Each takes the first lane that is free; those that touch one another share the width evenly.
void CalendarView::lay_out_day(std::size_t day) {
    const Days civil = days_.first + static_cast<Days>(day);
    std::vector<CalendarSlot>& slots = slots_[day];
    for (const std::uint32_t at : by_day_[day]) {
        const CalendarItem& item = items_[at];
        if (item.all_day) continue;
        const int from = item.first_day < civil ? 0 : item.start_minute, to = item.last_day > civil ? 1440 : item.end_minute;
        slots.push_back({.item = at, .from = std::min(from, 1440 - shown_minutes_min), .to = std::max(to, std::min(from, 1440 - shown_minutes_min) + shown_minutes_min)});
    }
    sort_stably(slots, [](const CalendarSlot& a, const CalendarSlot& b) { return a.from != b.from ? a.from < b.from : a.to > b.to; });
    std::vector<int> ends;
    std::size_t first = 0;
    int cluster_end = 0;
    const auto settle = [&](std::size_t end) {
        for (; first < end; ++first) slots[first].lanes = static_cast<int>(ends.size());
        ends.clear();
    };
    for (std::size_t at = 0; at < slots.size(); ++at) {
        CalendarSlot& slot = slots[at];
        if (slot.from >= cluster_end) settle(at);
        auto lane = std::ranges::find_if(ends, [&](int end) { return end <= slot.from; });
        if (lane == ends.end()) lane = ends.insert(ends.end(), 0);
        *lane = slot.to;
        slot.lane = static_cast<int>(lane - ends.begin());
        cluster_end = std::max(cluster_end, slot.to);
    }
    settle(slots.size());
}

std::span<const std::uint32_t> CalendarView::on(Days day) const {
    if (day < days_.first || day >= days_.end) return {};
    return by_day_[static_cast<std::size_t>(day - days_.first)];
}

const std::vector<CalendarSlot>& CalendarView::slots(Days day) const { return slots_[static_cast<std::size_t>(day - days_.first)]; }

Days CalendarView::step(int by) const {
    switch (kind_) {
        case CalendarKind::Day: return date_ + by;
        case CalendarKind::Week: return date_ + 7 * by;
        case CalendarKind::Month: return add_months(date_, by);
        case CalendarKind::Agenda: return date_ + agenda_days * by;
    }
    return date_;
}

std::string CalendarView::range_words(Context& context) const {
    Locale& locale = context.locale();
    if (kind_ == CalendarKind::Month) return locale.format_month(date_);
    if (kind_ == CalendarKind::Day) return context.tr("ui.feed.weekday_date", {locale.format_weekday(date_), locale.format_date(date_)});
    return stretch_words(context, days_);
}

std::string CalendarView::start_words(Context& context, const CalendarItem& item, Days day) const {
    if (item.all_day) return {};
    if (day <= item.first_day) return context.locale().format_time(item.start_minute);
    if (day < item.last_day) return std::string(context.tr("ui.calendar.all_day"));
    return context.tr("ui.calendar.until", {context.locale().format_time(item.end_minute % 1440)});
}

std::string CalendarView::time_words(Context& context, const CalendarItem& item) const {
    Locale& locale = context.locale();
    if (item.is_task()) return std::string(context.tr(item.done ? "ui.calendar.task_done" : is_late(context, item) ? "ui.calendar.task_late" : "ui.calendar.task_due"));
    if (item.all_day && item.first_day == item.last_day) return std::string(context.tr("ui.calendar.all_day"));
    if (item.all_day) return context.tr("ui.calendar.from_to", {locale.format_date(item.first_day), locale.format_date(item.last_day)});
    const std::string from = locale.format_time(item.start_minute), to = locale.format_time(item.end_minute % 1440);
    if (item.first_day == item.last_day) return context.tr("ui.calendar.from_to", {from, to});
    return context.tr("ui.calendar.from_to", {locale.format_date(item.first_day) + " " + from, locale.format_date(item.last_day) + " " + to});
}

bool CalendarView::is_late(Context& context, const CalendarItem& item) const { return item.is_task() && !item.done && item.last_day < context.today(); }

std::string CalendarView::name(Context& context, const CalendarItem& item) const {
    const std::string_view comma = context.tr("ui.calendar.comma");
    std::string name = record_title(context, item.record);
    (name += comma) += time_words(context, item);
    if (item.recurs) (name += comma) += context.tr("ui.calendar.repeats");
    if (owners_.size() > 1)
        if (const RecordRef owner = owner_of(context.records(), item.record)) (name += comma) += context.records().display_name(owner);
    return name;
}

// By owner, so that one's own look the same beside others'; tasks have their box.
Tint CalendarView::tint(Context& context, const CalendarItem& item) const {
    if (item.done) return context.theme.tint(Tone::Neutral);
    if (is_late(context, item)) return context.theme.tint(Tone::Danger);
    return owner_tint(context, owner_of(context.records(), item.record).row);
}

Tint CalendarView::owner_tint(Context& context, RowIndex owner) const { return tint_of_color(context.theme, color_at(owner)); }

}  // namespace outpost
