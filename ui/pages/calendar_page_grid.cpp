// The calendar's days by the hour: heads, the strip of all-day items, columns, the line of now, dragging.
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/pages/calendar_page.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr float target = 24;            // the least height of what is pressed (WCAG 2.2, target size)
// A line of the strip: for a finger higher, where the hours keep room.
float strip_line(Context& context) { return context.touch && context.height >= 600 ? 36.0f : target; }
constexpr float strip_gap = 3;
constexpr int snap_minutes = 15;

// The hours at the left are as wide as the language writes them.
float gutter(Context& context) {
    const float hour = kit::text_width(context, context.locale().format_time(22 * 60), TextStyle::Caption), strip = kit::text_width(context, context.tr("ui.calendar.all_day"), TextStyle::Caption);
    return std::ceil(std::max(hour, strip)) + space::x2 + space::x2;
}

}  // namespace

Rect CalendarPage::column_of(Rect content, Days day) const {
    const auto count = static_cast<float>(view_.days().end - view_.days().first);
    const float width = content.width / count, at = static_cast<float>(day - view_.days().first);
    const float left = std::floor(content.x + width * at), right = std::floor(content.x + width * (at + 1));
    return {left, content.y, right - left, content.height};
}

Rect CalendarPage::minutes_place(Rect column, int from, int to) const {
    const float minute = hour_ / 60;
    return {column.x, column.y + static_cast<float>(from) * minute, column.width, static_cast<float>(to - from) * minute};
}

CalendarPage::Spot CalendarPage::spot_at(Point point) const {
    if (grid_.empty() || point.x < grid_.x || point.x >= grid_.right()) return {};
    if (view_.kind() == CalendarKind::Month) {   // weeks below one another, no hours
        const int weeks = (view_.days().end - view_.days().first) / 7;
        const int week = static_cast<int>(std::floor((point.y - grid_.y) / grid_.height * static_cast<float>(weeks)));
        return {view_.days().first + 7 * std::clamp(week, 0, weeks - 1) + static_cast<Days>((point.x - grid_.x) / (grid_.width / 7)), 0, true};
    }
    const auto count = static_cast<float>(view_.days().end - view_.days().first);
    const auto day = static_cast<Days>((point.x - grid_.x) / (grid_.width / count));
    const float minutes = (point.y - grid_.y) / hour_ * 60;
    return {view_.days().first + std::min(day, view_.days().end - view_.days().first - 1), std::clamp(static_cast<int>(std::floor(minutes)), 0, 1439), true, point.y < strip_end_};
}

void CalendarPage::draw_time_grid(Context& context, Rect place) {
    hour_ = context.touch ? 56.0f : context.theme.compact() ? 40.0f : 50.0f;
    kit::fill(context, place, context.color().surface);
    Rect rest = place;
    const bool has_heads = view_.kind() != CalendarKind::Day || context.is_phone();
    draw_day_heads(context, rest.cut_top(!has_heads ? 0.0f : is_low(context) ? 28.0f : 56.0f));
    if (!has_heads) rest.cut_top(5);
    const float step = strip_line(context) + strip_gap, below = strip_gap + target;   // below the items there is room for a new one
    const int rows_max = std::clamp(static_cast<int>((rest.height - below - 3 * hour_) / step), 1, has_heads ? 4 : 8);   // three hours stay in sight
    const int rows = std::clamp(view_.strip_lanes(), 1, rows_max);
    draw_strip(context, rest.cut_top(static_cast<float>(rows) * step + below), rows_max);
    kit::line(context, {rest.x, rest.y}, {rest.right(), rest.y}, context.color().border_strong);
    strip_end_ = rest.y;
    rest.cut_top(1);   // the line's: the hours begin below it
    kit::ScrollArea area(context, "hours", rest, {.gap = 0});
    if (std::exchange(scrolls_to_morning_, false)) {   // shortly before work begins, or so that the present hour is in sight
        float top = hour_ * (static_cast<float>(context.workspace().working_time().from) / 60 - 1.5f);
        const Days today = context.today();
        const int now = ZoneTime(context.clock(), {}).wall(context.clock().now()).minutes();
        if (today >= view_.days().first && today < view_.days().end) top = std::max(top, hour_ * (static_cast<float>(now) / 60 + 1) - rest.height);
        area.scroll_to(std::max(0.0f, top));
    }
    for (const CalendarItem& item : view_.items()) {   // what was just made comes into sight
        const float top = hour_ * static_cast<float>(item.start_minute) / 60;
        if (item.record != RecordRef{standard_object::event, made_} || item.all_day || (top >= area.scroll_y() && top + hour_ <= area.scroll_y() + rest.height)) continue;
        area.scroll_to(std::max(0.0f, top - hour_));
        break;
    }
    Rect content = kit::take(context, 0, 24 * hour_);
    content.width = rest.width - (context.touch ? 0.0f : 8.0f);   // the scroll bar's
    draw_hours(context, content);
    content.cut_left(gutter(context));
    grid_ = content;
    draw_columns(context, content);
    draw_now(context, content);
    if (drag_.kind != DragKind::None) kit::scroll_while_dragging(context);
}

void CalendarPage::draw_day_heads(Context& context, Rect place) {
    if (place.empty()) return;
    const Palette& color = context.color();
    Rect days = place;
    days.cut_left(gutter(context));
    days.width -= context.touch ? 0.0f : 8.0f;
    const bool low = is_low(context);   // the number stands beside the weekday
    for (Days day = view_.days().first; day < view_.days().end; ++day) {
        Rect cell = column_of(days, day).inset(Insets::xy(2, low ? 2.0f : 3.0f));
        kit::IdScope scope(context, static_cast<std::uint64_t>(day));
        const kit::Hit hit = kit::hit(context, "head", cell, {.name = context.locale().format_day(day), .states = day == context.today() ? semantics_state::current : 0u});
        if (hit.hovered) kit::fill(context, cell, color.hover, radius::control);
        if (hit.pressed) choose_view(context, CalendarKind::Day, day);
        const bool today = day == context.today();
        if (low) cell = cell.centered(std::min(cell.width, 80.0f), cell.height);
        kit::draw_text(context, low ? cell.cut_left(cell.width / 2) : cell.cut_top(18), context.locale().format_weekday(day), TextStyle::Caption, today ? color.accent_text : color.text_secondary, low ? Align::End : Align::Center);
        const Rect number = cell.centered(30, low ? cell.height : 28);
        if (today) kit::fill(context, number, color.accent, radius::pill);
        kit::draw_text(context, number, std::to_string(to_civil(day).day), TextStyle::Subtitle, today ? color.on_accent : color.text, Align::Center);
    }
}

void CalendarPage::draw_strip(Context& context, Rect place, int rows_max) {
    const Palette& color = context.color();
    const float line = strip_line(context);
    Rect days = place;
    const Rect label = days.cut_left(gutter(context));
    days.width -= context.touch ? 0.0f : 8.0f;
    kit::draw_text(context, Rect{label.x, label.y + strip_gap, label.width, line}.inset(Insets::xy(space::x2, 0)), context.tr("ui.calendar.all_day"), TextStyle::Caption, color.text_secondary, Align::End);
    kit::Group group(context, Role::Group, context.tr("ui.calendar.all_day"));
    for (Days day = view_.days().first; day < view_.days().end; ++day) {
        const Rect column = column_of(days, day);
        kit::IdScope scope(context, static_cast<std::uint64_t>(day));
        const std::string name = context.tr("ui.calendar.new_all_day", {context.locale().format_day(day)});
        const kit::Hit hit = kit::hit(context, "all day", column.inset(1), {.name = name, .draggable = true});
        if (hit.hovered && drag_.kind == DragKind::None) kit::fill(context, column.inset(1), color.hover, radius::control);
        if (hit.drag_started) drag_ = {DragKind::Create, {}, day, day, 0, 0, 0, true};
        follow_drag(context, hit);
        if (hit.pressed && drag_.kind == DragKind::None) create_all_day(context, day, day);
        kit::line(context, {column.x, place.y}, {column.x, place.bottom()}, color.border);
    }
    const auto hides = [&](int lane) { return view_.strip_lanes() > rows_max && lane >= rows_max - 1; };
    const auto row_at = [&](Rect column, int lane) { return Rect{column.x + 2, place.y + strip_gap + static_cast<float>(lane) * (line + strip_gap), column.width - 6, line}; };
    for (const auto& [at, lane] : view_.strip()) {
        const CalendarItem& item = view_.items()[at];
        const Days first = std::max(item.first_day, view_.days().first), last = std::min(item.last_day, view_.days().end - 1);
        if (!hides(lane)) draw_chip(context, item, first, row_at(column_of(days, first).united(column_of(days, last)), lane), false);
    }
    for (Days day = view_.days().first; day < view_.days().end; ++day) {   // what has no room: the day tells it
        std::uint64_t hidden = 0;
        const CalendarItem* one = nullptr;
        for (const auto& [at, lane] : view_.strip())
            if (const CalendarItem& item = view_.items()[at]; hides(lane) && item.first_day <= day && day <= item.last_day) one = &item, ++hidden;
        if (hidden == 0) continue;
        const Rect spot = row_at(column_of(days, day), rows_max - 1);
        if (hidden == 1 && one->first_day == one->last_day) {   // the words would take its room
            draw_chip(context, *one, day, spot, false);
            continue;
        }
        kit::IdScope scope(context, static_cast<std::uint64_t>(day) + 1'000'000);
        const std::string words = context.count_text(rows_max == 1 ? "ui.calendar.items" : "ui.calendar.more", hidden);
        const kit::Hit hit = kit::hit(context, "more", spot, {.name = context.tr("ui.calendar.more_on", {words, context.locale().format_day(day)}), .draggable = true});
        if (hit.hovered) kit::fill(context, spot, color.hover, radius::control);
        kit::draw_text(context, spot.inset(Insets::xy(4, 0)), words, TextStyle::Caption, color.text_secondary);
        if (hit.pressed) choose_view(context, CalendarKind::Agenda, day);
    }
}

void CalendarPage::draw_hours(Context& context, Rect content) {
    const Palette& color = context.color();
    Rect days = content;
    const Rect labels = days.cut_left(gutter(context));
    const WorkingTime working = context.workspace().working_time();
    for (Days day = view_.days().first; day < view_.days().end; ++day) {
        const Rect column = column_of(days, day);
        if (working.is_workday(day)) {
            kit::fill(context, minutes_place(column, 0, working.from), color.surface_sunken);
            kit::fill(context, minutes_place(column, working.to, 1440), color.surface_sunken);
        } else {
            kit::fill(context, column, color.surface_sunken);
        }
        kit::line(context, {column.x, column.y}, {column.x, column.bottom()}, color.border);
    }
    for (int hour = 1; hour < 24; ++hour) {
        const float y = content.y + static_cast<float>(hour) * hour_;
        kit::line(context, {days.x, y}, {days.right(), y}, color.border);
        kit::draw_text(context, {labels.x, y - 9, labels.width - space::x2, 18}, context.locale().format_time(hour * 60), TextStyle::Caption, color.text_secondary, Align::End);
    }
}

void CalendarPage::draw_columns(Context& context, Rect content) {
    for (Days day = view_.days().first; day < view_.days().end; ++day) draw_column(context, day, column_of(content, day));
}

void CalendarPage::draw_column(Context& context, Days day, Rect column) {
    kit::IdScope scope(context, static_cast<std::uint64_t>(day));
    const std::string day_name = context.tr("ui.calendar.day_items", {context.locale().format_day(day), context.count_text("ui.calendar.items", view_.on(day).size())});
    kit::Group group(context, Role::Group, day_name, column);
    const std::string name = context.tr("ui.calendar.new_at", {context.locale().format_day(day), context.locale().format_time(begin_on(context, day))});
    const kit::Hit hit = kit::hit(context, "slot", column, {.name = name, .description = context.tr("ui.calendar.slot_help"), .draggable = true, .focus_ring = false});
    if (focuses_day_ && focus_day_ == day) {
        kit::focus(context, hit.id);
        focuses_day_ = false;
    }
    if (hit.focused) {
        focus_day_ = day;
        const Rect cursor = minutes_place(column, begin_on(context, day), begin_on(context, day) + 30).inset(1);
        if (!hit.held) kit::stroke(context, cursor, context.color().focus_ring, radius::control, 2);   // the pointer has a place of its own
        take_slot_keys(context, hit, day);
    }
    if (hit.held) pressed_by_pointer_ = true;
    const Spot spot = spot_at(hit.pointer);
    if (hit.drag_started) {
        const int from = spot_at({hit.pointer.x, hit.pointer.y - hit.drag_offset.y}).minutes / snap_minutes * snap_minutes;
        drag_ = {DragKind::Create, {}, day, day, from, from, from + snap_minutes};
    }
    follow_drag(context, hit);
    if (hit.pressed && drag_.kind == DragKind::None) {
        const int from = pressed_by_pointer_ && spot.inside ? spot.minutes / 30 * 30 : begin_on(context, day);
        cursor_ = from;
        create(context, day, from, from + 60);
    }
    if (!hit.held) pressed_by_pointer_ = false;
    for (const CalendarSlot& slot : view_.slots(day)) draw_slot(context, day, column, slot);
}

void CalendarPage::take_slot_keys(Context& context, const kit::Hit& hit, Days day) {
    if (kit::key_pressed(context, hit, "ArrowDown")) cursor_ = std::min(begin_on(context, day) + 30, 1410);
    if (kit::key_pressed(context, hit, "ArrowUp")) cursor_ = std::max(begin_on(context, day) - 30, 0);
    for (const auto& [chord, by] : {std::pair<std::string_view, int>{"ArrowLeft", -1}, {"ArrowRight", 1}}) {
        if (!kit::key_pressed(context, hit, chord)) continue;
        focus_day_ = day + by;
        focuses_day_ = true;
        if (focus_day_ < view_.days().first || focus_day_ >= view_.days().end) go(context, focus_day_);
        context.request_frame();
    }
}

void CalendarPage::draw_slot(Context& context, Days day, Rect column, const CalendarSlot& slot) {
    Rect whole = minutes_place(column, slot.from, slot.to);
    const float width = (column.width - 8) / static_cast<float>(slot.lanes);
    const Rect place{column.x + 2 + width * static_cast<float>(slot.lane), whole.y, width - 1, std::max(whole.height - 1, target)};
    if (!kit::is_visible(context, place)) return;
    const CalendarItem& item = view_.items()[slot.item];
    kit::IdScope scope(context, (static_cast<std::uint64_t>(item.record.object) << 32) + item.record.row);
    const std::string name = view_.name(context, item);
    const kit::Hit hit = kit::hit(context, "item", place, {.name = name, .description = context.tr("ui.calendar.item_help"), .draggable = true});
    take_item(context, hit, item, day, place);
    const Tint tint = view_.tint(context, item);
    kit::fill(context, place, hit.hovered ? mix(tint.background, tint.solid, 0.12f) : tint.background, radius::control);
    kit::stroke(context, place, context.color().surface, radius::control);
    Rect inner = place;
    kit::fill(context, inner.cut_left(3), tint.solid, 2);
    inner = inner.inset({5, inner.height >= 36 ? 3.0f : 0.0f, 3, 0});
    const std::string title = record_title(context, item.record);
    if (inner.height >= 34) {
        kit::draw_text(context, inner.cut_top(17), title, TextStyle::CaptionStrong, tint.text);
        std::string words = view_.time_words(context, item);
        if (kit::text_width(context, words, TextStyle::Caption) > inner.width) words = view_.start_words(context, item, day);
        if (kit::text_width(context, words, TextStyle::Caption) <= inner.width) kit::draw_text(context, inner.cut_top(16), words, TextStyle::Caption, tint.text);   // a time that is cut tells nothing
    } else {
        kit::draw_text(context, inner, title + std::string(context.tr("ui.calendar.comma")) + view_.start_words(context, item, day), TextStyle::Caption, tint.text);
    }
}

void CalendarPage::draw_now(Context& context, Rect content) {
    const Days today = context.today();
    if (today < view_.days().first || today >= view_.days().end) return;
    const WallTime now = ZoneTime(context.clock(), {}).wall(context.clock().now());
    const Rect column = column_of(content, today);
    const float y = content.y + static_cast<float>(now.minutes()) * hour_ / 60;
    const Color ink = context.color().danger;
    kit::fill(context, {column.x, y - 1, column.width, 2}, ink);
    kit::fill(context, {column.x - 4, y - 4, 8, 8}, ink, radius::pill);
    context.request_frame_after(60'000);
}

// --- dragging

void CalendarPage::follow_drag(Context& context, const kit::Hit& hit) {
    if (hit.dragging && drag_.kind != DragKind::None) {
        const Spot spot = spot_at(hit.pointer);
        if (spot.inside && drag_.kind == DragKind::Create && drag_.all_day) {
            drag_.day = spot.day;
        } else if (spot.inside && drag_.kind == DragKind::Create) {
            const int to = (spot.minutes / snap_minutes + 1) * snap_minutes;
            drag_.from = std::min(drag_.grip, to - snap_minutes);
            drag_.to = std::max(drag_.grip + snap_minutes, to);
        } else if (spot.inside && drag_.kind == DragKind::Resize) {
            drag_.to = std::max((spot.minutes / snap_minutes + 1) * snap_minutes, drag_.item.first_day == drag_.from_day ? drag_.item.start_minute + snap_minutes : snap_minutes);
        } else if (spot.inside) {
            drag_.day = spot.day;
            drag_.all_day = view_.kind() <= CalendarKind::Week && !drag_.item.is_task() ? spot.all_day : drag_.item.all_day;
            if (drag_.item.all_day) drag_.from = spot.minutes / snap_minutes * snap_minutes;
            else drag_.from = drag_.item.start_minute + static_cast<int>(std::floor(static_cast<float>(spot.minutes - drag_.grip) / snap_minutes + 0.5f)) * snap_minutes;
            drag_.from = std::clamp(drag_.from, 0, std::max(1440 - snap_minutes, drag_.item.all_day ? 0 : drag_.item.start_minute));   // the day is where the pointer is
        }
        context.request_frame();
    }
    if (hit.drag_cancelled) drag_ = {};
    if (hit.dropped && drag_.kind != DragKind::None) drop(context);
}

void CalendarPage::drop(Context& context) {
    const Drag drag = std::exchange(drag_, {});
    switch (drag.kind) {
        case DragKind::None: return;
        case DragKind::Create:
            if (drag.all_day) return create_all_day(context, std::min(drag.from_day, drag.day), std::max(drag.from_day, drag.day));
            return create(context, drag.day, drag.from, drag.to);
        case DragKind::Resize: return resize(context, drag.item, drag.to - drag.item.end_minute);
        case DragKind::Move:
            if (drag.all_day && !drag.item.all_day) return make_all_day(context, drag.item, drag.day);
            if (!drag.all_day && drag.item.all_day && !drag.item.is_task()) return make_timed(context, drag.item, drag.day, drag.from);
            return move(context, drag.item, drag.day - drag.from_day, drag.item.all_day || view_.kind() > CalendarKind::Week ? 0 : drag.from - drag.item.start_minute);
    }
}

void CalendarPage::draw_drag(Context& context) {
    if (drag_.kind == DragKind::None) return;
    const Palette& color = context.color();
    kit::begin_foreground(context);
    const bool by_hour = view_.kind() <= CalendarKind::Week && !drag_.all_day && !drag_.item.is_task();
    if (drag_.kind == DragKind::Create && drag_.all_day) {
        const Rect days = column_of(grid_, std::min(drag_.from_day, drag_.day)).united(column_of(grid_, std::max(drag_.from_day, drag_.day)));
        const Rect place{days.x + 2, strip_end_ - target - 1, days.width - 6, target};
        const Tint tint = context.theme.tint(Tone::Accent);
        kit::fill(context, place, tint.background, radius::control);
        kit::stroke(context, place, tint.solid, radius::control, 1.5f);
    } else if (by_hour) {
        const int length = drag_.item.all_day ? 60 : drag_.kind == DragKind::Move ? static_cast<int>((drag_.item.end - drag_.item.start) / 60'000) : drag_.to - drag_.from;
        const Rect place = minutes_place(column_of(grid_, drag_.day), drag_.from, drag_.from + std::max(length, shown_minutes_min)).inset(Insets::xy(2, 1));
        const Tint tint = drag_.kind == DragKind::Create ? context.theme.tint(Tone::Accent) : view_.tint(context, drag_.item);
        kit::shadow(context, place, radius::control, 2);
        kit::fill(context, place, tint.background, radius::control);
        kit::stroke(context, place, tint.solid, radius::control, 1.5f);
        const int from = ((drag_.from % 1440) + 1440) % 1440, to = (drag_.from + length) % 1440;
        kit::draw_text(context, Rect{place.x + 6, place.y + 2, place.width - 8, 18}, context.tr("ui.calendar.from_to", {context.locale().format_time(from), context.locale().format_time(to)}), TextStyle::CaptionStrong, tint.text);
    } else {
        const Point at = kit::pointer(context);
        const Rect place{at.x - 20, at.y - 10, 160, 22};
        kit::shadow(context, place, radius::control, 2);
        paint_chip(context, drag_.item, place, true, {});
        kit::stroke(context, place, color.border_strong, radius::control);
    }
    kit::end_foreground(context);
    context.request_frame();
}

}  // namespace outpost
