// The calendar's months, and the agenda: one day below the other.
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/kit/drawn_width.h"
#include "ui/pages/calendar_page.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr float chip_height = 24, chip_step = 26, number_height = 26;

Rect cell_of(Rect grid, int weeks, Days at) {
    const float width = grid.width / 7, height = grid.height / static_cast<float>(weeks);
    const float left = std::floor(grid.x + width * static_cast<float>(at % 7)), right = std::floor(grid.x + width * static_cast<float>(at % 7 + 1));
    const float top = std::floor(grid.y + height * static_cast<float>(at / 7)), bottom = std::floor(grid.y + height * static_cast<float>(at / 7 + 1));
    return {left, top, right - left, bottom - top};
}

void draw_weekdays(Context& context, Rect place, Days first) {
    for (Days i = 0; i < 7; ++i)
        kit::draw_text(context, cell_of(place, 1, i).inset(Insets::xy(2, 0)), context.locale().format_weekday(first + i), TextStyle::Caption, context.color().text_secondary, Align::Center);
}

void draw_number(Context& context, Rect place, Days day, bool within, bool chosen) {
    const Palette& color = context.color();
    const bool today = day == context.today();
    const Rect mark = place.centered(26, 22);
    if (today) kit::fill(context, mark, color.accent, radius::pill);
    else if (chosen) kit::fill(context, mark, color.selected, radius::pill);
    kit::draw_text(context, mark, std::to_string(to_civil(day).day), today ? TextStyle::DenseStrong : TextStyle::Dense, today ? color.on_accent : within ? color.text : color.text_secondary, Align::Center);
}

}  // namespace

void CalendarPage::paint_chip(Context& context, const CalendarItem& item, Rect place, bool hovered, std::string_view time) {
    const Tint tint = view_.tint(context, item);
    Rect inner = place.inset(Insets::xy(5, 0));
    if (item.all_day && !item.is_task()) kit::fill(context, place, hovered ? mix(tint.background, tint.solid, 0.12f) : tint.background, radius::control);
    else if (hovered) kit::fill(context, place, context.color().hover, radius::control);
    if (item.is_task()) {
        const Rect box = inner.cut_left(13).centered(12, 12);
        kit::stroke(context, box, tint.solid, 3, 1.5f);
        if (item.done) kit::draw_icon(context, Icon::Check, box, tint.solid);
        inner.cut_left(5);
    } else if (!item.all_day) {
        kit::fill(context, inner.cut_left(7).centered(7, 7), tint.solid, radius::pill);
        inner.cut_left(5);
    }
    const Color ink = item.done ? context.color().text_secondary : view_.is_late(context, item) ? tint.text : item.all_day && !item.is_task() ? tint.text : context.color().text;
    if (!time.empty() && inner.width > 90) {
        kit::draw_text(context, inner.cut_left(kit::text_width(context, time, TextStyle::Caption) + 5), time, TextStyle::Caption, context.color().text_secondary);
    }
    kit::draw_text(context, inner, record_title(context, item.record), TextStyle::Caption, ink);
    if (item.done) kit::line(context, {inner.x, place.y + place.height / 2}, {inner.x + kit::drawn_width(context, record_title(context, item.record), TextStyle::Caption, inner.width), place.y + place.height / 2}, ink);
}

void CalendarPage::draw_chip(Context& context, const CalendarItem& item, Days day, Rect place, bool with_time) {
    kit::IdScope scope(context, ((static_cast<std::uint64_t>(item.record.object) << 32) + item.record.row) * 977 + static_cast<std::uint64_t>(day));
    const std::string name = view_.name(context, item);
    const kit::Hit hit = kit::hit(context, "item", place, {.name = name, .description = context.tr("ui.calendar.item_on", {context.locale().format_day(day), context.tr("ui.calendar.item_help")}), .draggable = true});
    take_item(context, hit, item, day, place);
    paint_chip(context, item, place, hit.hovered, with_time ? view_.start_words(context, item, day) : std::string());
}

void CalendarPage::draw_month(Context& context, Rect place) {
    kit::fill(context, place, context.color().surface);
    const DayRange days = view_.days();
    draw_weekdays(context, place.cut_top(28), days.first);
    kit::line(context, {place.x, place.y}, {place.right(), place.y}, context.color().border);
    grid_ = place;
    const int weeks = (days.end - days.first) / 7;
    const DayRange month = period_range(Period::Month, view_.date(), 0, 1, 1);
    for (Days day = days.first; day < days.end; ++day) draw_month_day(context, day, cell_of(place, weeks, day - days.first), month);
}

void CalendarPage::draw_month_day(Context& context, Days day, Rect cell, DayRange month) {
    const Palette& color = context.color();
    kit::IdScope scope(context, static_cast<std::uint64_t>(day));
    const auto all = view_.on(day);
    const std::string day_name = context.tr("ui.calendar.day_items", {context.locale().format_day(day), context.count_text("ui.calendar.items", all.size())});
    kit::Group group(context, Role::Group, day_name);
    const bool within = day >= month.first && day < month.end;
    const std::string name = context.tr("ui.calendar.new_on", {context.locale().format_day(day)});
    const kit::Hit hit = kit::hit(context, "slot", cell, {.name = name, .description = context.tr("ui.calendar.slot_help"), .draggable = true});
    const bool target = drag_.kind == DragKind::Move && drag_.day == day;
    const Rect inside = cell.inset({1, 1, 0, 0});   // the lines are the neighbours' too
    if (!within) kit::fill(context, inside, color.surface_sunken);
    if (target || (hit.hovered && drag_.kind == DragKind::None)) kit::fill(context, inside, target ? color.selected : color.hover);
    kit::line(context, {cell.right(), cell.y}, {cell.right(), cell.bottom()}, color.border);
    kit::line(context, {cell.x, cell.bottom()}, {cell.right(), cell.bottom()}, color.border);
    if (hit.focused) focus_day_ = day;
    if (focuses_day_ && focus_day_ == day) {
        kit::focus(context, hit.id);
        focuses_day_ = false;
    }
    if (hit.pressed && drag_.kind == DragKind::None) create(context, day);
    for (const auto& [chord, by] : {std::pair<std::string_view, int>{"ArrowLeft", -1}, {"ArrowRight", 1}, {"ArrowUp", -7}, {"ArrowDown", 7}}) {
        if (!kit::key_pressed(context, hit, chord)) continue;
        focus_day_ = day + by;
        focuses_day_ = true;
        if (focus_day_ < view_.days().first || focus_day_ >= view_.days().end) go(context, focus_day_);
        context.request_frame();
    }
    Rect inner = cell.inset({3, 2, 4, 2});
    Rect head = inner.cut_top(std::min(number_height, inner.height));
    draw_number(context, head, day, within, false);
    const bool low = inner.height < chip_height;   // then their number stands beside the day's
    const std::size_t room = low ? 0 : std::max<std::size_t>(1, static_cast<std::size_t>(inner.height / chip_step));
    const std::size_t shown = all.size() <= room ? all.size() : low ? 0 : room - 1;
    for (const std::uint32_t at : all.first(shown)) draw_chip(context, view_.items()[at], day, [&] { const Rect row = inner.cut_top(chip_step); return Rect{row.x, row.y, row.width, chip_height}; }(), true);
    if (shown == all.size()) return;
    const std::string words = context.count_text(low ? "ui.calendar.items" : "ui.calendar.more", all.size() - shown);
    const Rect spot = low ? head.cut_right(std::floor(head.width / 2) - 14).centered(26, head.height) : inner.cut_top(chip_height);
    const kit::Hit more = kit::hit(context, "more", spot, {.name = context.tr("ui.calendar.more_on", {words, context.locale().format_day(day)}), .draggable = true});
    if (more.hovered || low) kit::fill(context, spot, more.hovered ? color.hover : color.neutral.background, radius::control);
    if (low) kit::draw_text(context, spot, context.number_text(all.size()), TextStyle::CaptionStrong, color.text_secondary, Align::Center);
    else kit::draw_text(context, spot.inset(Insets::xy(5, 0)), words, TextStyle::CaptionStrong, color.text_secondary);
    if (more.pressed) choose_view(context, CalendarKind::Day, day);
}

// On phones dots say how much there is; the chosen day's items stand below.
void CalendarPage::draw_month_phone(Context& context, Rect place) {
    const Palette& color = context.color();
    kit::fill(context, place, color.surface);
    const DayRange days = view_.days();
    const int weeks = (days.end - days.first) / 7;
    draw_weekdays(context, place.cut_top(22).inset(Insets::xy(space::x2, 0)), days.first);
    const Rect grid = place.cut_top(46 * static_cast<float>(weeks)).inset(Insets::xy(space::x2, 0));
    const DayRange month = period_range(Period::Month, view_.date(), 0, 1, 1);
    for (Days day = days.first; day < days.end; ++day) {
        kit::IdScope scope(context, static_cast<std::uint64_t>(day));
        Rect cell = cell_of(grid, weeks, day - days.first);
        const auto all = view_.on(day);
        const bool chosen = day == view_.date();
        const std::string name = context.tr("ui.calendar.day_items", {context.locale().format_day(day), context.count_text("ui.calendar.items", all.size())});
        const kit::Hit hit = kit::hit(context, "day", cell.inset(1), {.name = name, .states = chosen ? semantics_state::selected : 0u});
        if (hit.pressed) go(context, day);
        draw_number(context, cell.cut_top(30), day, day >= month.first && day < month.end, chosen);
        const std::size_t dots = std::min<std::size_t>(all.size(), 3);
        for (std::size_t i = 0; i < dots; ++i) {
            const float x = cell.x + cell.width / 2 + (static_cast<float>(i) - static_cast<float>(dots - 1) / 2) * 8;
            kit::fill(context, {x - 2.5f, cell.y + 2, 5, 5}, view_.tint(context, view_.items()[all[i]]).solid, radius::pill);
        }
    }
    place.cut_top(space::x2);
    kit::line(context, {place.x, place.y}, {place.right(), place.y}, color.border);
    draw_agenda(context, place, {view_.date(), view_.date() + 1});
}

// Rows of known heights, so that thousands cost no more than those in sight.
void CalendarPage::draw_agenda(Context& context, Rect place, DayRange days) {
    kit::fill(context, place, context.color().surface);
    const float head = 40, row = context.touch ? 56.0f : 46.0f;
    std::size_t count = 0;
    for (Days day = days.first; day < days.end; ++day) count += view_.on(day).size();
    if (count == 0) {
        const int pressed = kit::empty_state(context, context.tr("ui.calendar.nothing"), {.icon = Icon::Calendar, .text = context.tr("ui.calendar.nothing_text"), .action = context.tr("ui.calendar.new"), .action_icon = Icon::Plus, .height = place.height});
        if (pressed == 1) create(context, days.first);
        return;
    }
    kit::ScrollArea area(context, "agenda", place, {.gap = 0});
    const float width = std::min(place.width, 880.0f), left = place.x + std::floor((place.width - width) / 2);
    const float side = context.is_phone() ? space::x4 : space::x6;   // as the page's header
    float height = space::x4;
    for (Days day = days.first; day < days.end; ++day)
        if (const auto all = view_.on(day); !all.empty()) height += head + row * static_cast<float>(all.size());
    const Rect content = kit::take(context, 0, height);
    float y = content.y;
    for (Days day = days.first; day < days.end; ++day) {
        const auto all = view_.on(day);
        if (all.empty()) continue;
        const Rect whole{left, y, width, head + row * static_cast<float>(all.size())};
        y += whole.height;
        if (!kit::is_visible(context, whole)) continue;
        kit::IdScope scope(context, static_cast<std::uint64_t>(day));
        kit::heading(context, 2, context.locale().format_day(day), {.style = TextStyle::BodyStrong, .ink = day == context.today() ? kit::Ink::Accent : kit::Ink::Normal, .at = {left + side, whole.y + 12, width - 2 * side, 22}});
        kit::Group group(context, Role::Group, context.locale().format_day(day));
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Rect line{left + side - space::x3, whole.y + head + row * static_cast<float>(i), width - 2 * (side - space::x3), row};
            if (kit::is_visible(context, line)) draw_agenda_item(context, view_.items()[all[i]], day, line);
        }
    }
}

void CalendarPage::draw_agenda_item(Context& context, const CalendarItem& item, Days day, Rect place) {
    kit::IdScope scope(context, ((static_cast<std::uint64_t>(item.record.object) << 32) + item.record.row) * 977 + static_cast<std::uint64_t>(day));
    const Palette& color = context.color();
    const std::string name = view_.name(context, item);
    const kit::Hit hit = kit::hit(context, "item", place.inset(1), {.name = name});
    take_item(context, hit, item, day, place);
    if (hit.hovered) kit::fill(context, place.inset(1), color.hover, radius::control);
    Rect inner = place.inset(Insets::xy(space::x3, 4));
    const float times = context.is_phone() ? 96.0f : 150.0f;
    kit::draw_text(context, inner.cut_left(times), item.is_task() ? view_.time_words(context, item) : item.all_day ? std::string(context.tr("ui.calendar.all_day")) : view_.start_words(context, item, day), TextStyle::Dense, view_.is_late(context, item) ? color.danger_tint.text : color.text_secondary);
    const Tint tint = view_.tint(context, item);
    if (item.is_task()) {
        const Rect box = inner.cut_left(14).centered(14, 14);
        kit::stroke(context, box, tint.solid, 3, 1.5f);
        if (item.done) kit::draw_icon(context, Icon::Check, box, tint.solid);
    } else {
        kit::fill(context, inner.cut_left(14).centered(8, 8), tint.solid, radius::pill);
    }
    inner.cut_left(space::x2);
    std::string about;
    for (const FieldIndex field : {item.is_task() ? task_field::who : event_field::who, item.is_task() ? task_field::what : event_field::what}) {
        const Value value = context.records().value(item.record, field);
        if (const auto* record = std::get_if<RecordRef>(&value); record && *record && about.empty()) about = record_title(context, *record);
    }
    if (view_.owners().size() > 1) about = context.records().display_name(owner_of(context.records(), item.record));
    const std::string title = record_title(context, item.record);
    if (!about.empty() && !context.is_phone()) kit::draw_text(context, inner.cut_right(std::min(220.0f, inner.width / 3)), about, TextStyle::Dense, color.text_secondary, Align::End);
    else if (!about.empty()) {
        kit::draw_text(context, inner.cut_bottom(18), about, TextStyle::Caption, color.text_secondary);
    }
    kit::draw_text(context, inner, title, TextStyle::BodyStrong, item.done ? color.text_secondary : color.text);
}

}  // namespace outpost
