#include "ui/pages/calendar_page.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/pages/field_view.h"
#include "ui/pages/occurrence_dialog.h"
#include "ui/pages/quick_action.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_form.h"
#include "ui/pages/recurrence_editor.h"

namespace outpost {

namespace {

// By the clock on the wall; 1440 and more is the day after.
Milliseconds instant_at(Context& context, Days day, int minutes) {
    return ZoneTime(context.clock(), {}).instant({day + minutes / 1440, Milliseconds{minutes % 1440} * 60'000});
}

std::string day_and_time(Context& context, Milliseconds instant) {
    const WallTime wall = ZoneTime(context.clock(), {}).wall(instant);
    return context.locale().format_day(wall.day) + std::string(context.tr("ui.calendar.comma")) + context.locale().format_time(wall.minutes());
}

}  // namespace

std::string CalendarPage::title(Context& context, const Route&) { return std::string(context.tr("ui.calendar.title")); }

void CalendarPage::enter(Context& context, const Route&) {
    scrolls_to_morning_ = true;
    cursor_.reset();
}

// Where a new event begins that no time was chosen for: with the work, or today within the hour.
int CalendarPage::begin_on(Context& context, Days day) const {
    if (cursor_) return *cursor_;
    const int work = context.workspace().working_time().from / 15 * 15, now = ZoneTime(context.clock(), {}).wall(context.clock().now()).minutes();
    return std::min(day == context.today() ? std::max(work, now / 60 * 60 + 60) : work, 23 * 60);
}

std::unique_ptr<Dialog> CalendarPage::make_dialog(Context& context, std::string_view address) { return make_occurrence_dialog(context, address); }

void CalendarPage::draw(Context& context, const Route& route) {
    const CalendarKind before = view_.kind();
    const Days first = view_.days().first;
    view_.refresh(context, route);
    if (moved_frames_ == 0) follow_moved(context, view_.kind() == before && view_.days().first == first);
    const bool made = !context.has_dialog() && creates_after_ < context.records().table(standard_object::event).row_count();
    made_ = made ? std::exchange(creates_after_, no_row) : no_row;
    scrolls_to_morning_ = scrolls_to_morning_ || view_.kind() != before;   // by an address, too
    if (!context.has_dialog()) take_keys(context);
    const bool has_one_bar = context.is_desktop() || (is_low(context) && !context.is_phone());   // else there is no room beside the days it shows
    const float least = context.is_phone() && view_.kind() == CalendarKind::Month ? 400 : 200, bars = 130;
    std::optional<kit::ScrollArea> page;   // where there is no room for that below the bars
    if (kit::available(context).height < bars + least) page.emplace(context, "low page", kit::ScrollOptions{.gap = 0});
    draw_header(context, has_one_bar);
    if (!has_one_bar) draw_toolbar(context);
    if (view_.owners().size() > 1) draw_legend(context);
    const Rect place = kit::take(context, 0, std::max(least, kit::available(context).height));
    switch (view_.kind()) {
        case CalendarKind::Day:
        case CalendarKind::Week: draw_time_grid(context, place); break;
        case CalendarKind::Month: context.is_phone() ? draw_month_phone(context, place) : draw_month(context, place); break;
        case CalendarKind::Agenda: draw_agenda(context, place, view_.days()); break;
    }
    if (moved_frames_ > 0 && !context.has_dialog()) {
        if (--moved_frames_ > 0) context.request_frame();
        else moved_ = {};   // it came nowhere
    }
    draw_drag(context);
    draw_popup(context);
}

void CalendarPage::go(Context& context, Days date) { context.set_parameter("date", date == context.today() ? std::string() : days_to_text(date)); }

void CalendarPage::choose_view(Context& context, CalendarKind kind, Days date) {
    context.set_setting(context.is_phone() ? "calendar.phone" : "calendar.view", to_text(kind));
    Route route = context.route();
    context.replace_route(route.set("view", to_text(kind)).set("date", date == context.today() ? std::string() : days_to_text(date)).to_text());
    scrolls_to_morning_ = true;
}

void CalendarPage::take_keys(Context& context) {
    if (context.shortcut("k")) go(context, view_.step(-1));
    if (context.shortcut("j")) go(context, view_.step(1));
    if (context.shortcut("t")) go(context, context.today());
    if (context.shortcut("n")) create(context, focuses_day_ || focus_day_ != 0 ? focus_day_ : view_.date());
    static constexpr std::string_view letters[] = {"d", "w", "m", "a"};
    for (std::size_t i = 0; i < 4; ++i)
        if (context.shortcut(letters[i])) choose_view(context, static_cast<CalendarKind>(i), view_.date());
}

void CalendarPage::draw_header(Context& context, bool has_one_bar) {
    // A phone has room for the month that one is in.
    const std::string range = context.is_phone() ? context.locale().format_month(view_.date()) : view_.range_words(context);
    kit::PageHeader header(context, context.tr("ui.calendar.title"), {.subtitle = range, .icon = Icon::Calendar, .divider = false});
    if (kit::icon_button(context, "previous", Icon::ChevronLeft, context.tr("ui.calendar.previous"), {.kind = kit::ButtonKind::Ghost, .description = "K"})) go(context, view_.step(-1));
    const bool now = view_.days().first <= context.today() && context.today() < view_.days().end;
    if (kit::button(context, "today", context.tr("ui.calendar.today"), {.selected = now})) go(context, context.today());
    if (kit::icon_button(context, "next", Icon::ChevronRight, context.tr("ui.calendar.next"), {.kind = kit::ButtonKind::Ghost, .description = "J"})) go(context, view_.step(1));
    if (has_one_bar) {
        draw_owners(context);
        draw_kinds(context);
    }
    const std::string_view label = context.tr("ui.calendar.new");
    const kit::ButtonOptions look{.kind = kit::ButtonKind::Primary};
    if (is_low(context) ? kit::icon_button(context, "new", Icon::Plus, label, look) : kit::compact_button(context, "new", Icon::Plus, label, look)) create(context, view_.date());
}

void CalendarPage::draw_toolbar(Context& context) {
    kit::Toolbar bar(context, context.tr("ui.calendar.controls"));
    draw_kinds(context);
    draw_owners(context);
}

// On a phone a week has no room; a low window's one bar has none for all kinds side by side.
void CalendarPage::draw_kinds(Context& context) {
    const std::string_view name = context.tr("ui.calendar.view"), words[] = {context.tr("ui.calendar.day"), context.tr("ui.calendar.week"), context.tr("ui.calendar.month"), context.tr("ui.calendar.agenda")};
    int kind = static_cast<int>(view_.kind());
    bool chosen = false;
    if (context.is_phone()) {
        int at = std::max(0, kind - 1);
        chosen = kit::segmented(context, "view", name, {{words[0]}, {words[2]}, {words[3]}}, at);
        kind = at == 0 ? 0 : at + 1;
    } else if (!is_low(context)) {
        chosen = kit::segmented(context, "view", name, {{words[0]}, {words[1]}, {words[2]}, {words[3]}}, kind);
    } else if (kit::menu_button(context, "view", words[kind])) {
        kit::menu_heading(context, name);
        for (int i = 0; i < 4; ++i)
            if (kit::menu_item(context, words[i], words[i], {.checked = i == static_cast<int>(view_.kind())})) kind = i, chosen = true;
        kit::end_menu(context);
    }
    if (chosen) choose_view(context, static_cast<CalendarKind>(kind), view_.date());
}

// One's own calendar, and others' beside it.
void CalendarPage::draw_owners(Context& context) {
    const Records& records = context.records();
    std::vector<std::string> chosen;
    for (const RowIndex row : view_.owners()) chosen.push_back(to_text(records.id_of({standard_object::user, row})));
    const std::string label = view_.owners().size() == 1 ? records.display_name({standard_object::user, view_.owners()[0]}) : context.count_text("ui.calendar.calendars", view_.owners().size());
    if (!kit::menu_button(context, "owners", label)) return;
    kit::menu_heading(context, context.tr("ui.calendar.owners"));
    const Table& users = records.table(standard_object::user);
    for (RowIndex row = 0; row < users.row_count(); ++row) {
        if (!users.is_live(row)) continue;
        const std::string id = to_text(users.ids().id_of(row));
        const auto found = std::ranges::find(chosen, id);
        if (!kit::menu_item(context, id, records.display_name({standard_object::user, row}), {.checked = found != chosen.end(), .keep_open = true})) continue;
        if (found == chosen.end()) chosen.push_back(id);
        else if (chosen.size() > 1) chosen.erase(found);
        std::string all;
        for (const std::string& each : chosen) (all += all.empty() ? "" : ",") += each;
        context.set_parameter("of", all);
    }
    kit::end_menu(context);
}

// Whose colour is whose.
void CalendarPage::draw_legend(Context& context) {
    kit::Row row(context, {.gap = space::x4, .wrap = true, .padding = Insets::xy(context.is_phone() ? space::x4 : space::x6, space::x2)});
    for (const RowIndex owner : view_.owners()) {
        kit::Row pair(context);
        kit::fill(context, kit::take(context, 10, 10), view_.owner_tint(context, owner).solid, radius::pill);
        kit::text(context, context.records().display_name({standard_object::user, owner}), {.style = TextStyle::Dense});
    }
}

// --- what is done

namespace {

Route create_route(Context& context, Milliseconds start, Milliseconds end) {
    const Object& event = context.schema().object(standard_object::event);
    return Route::parse(routes::create("Event")).set(event.field(event_field::start).name, instant_to_text(start)).set(event.field(event_field::end).name, instant_to_text(end));
}

}  // namespace

void CalendarPage::create(Context& context, Days day, int from, int to) {
    creates_after_ = context.records().table(standard_object::event).row_count();
    open_create_dialog(context, create_route(context, instant_at(context, day, from), instant_at(context, day, to)));
}

void CalendarPage::create_all_day(Context& context, Days first, Days last) {
    Route route = create_route(context, first * milliseconds_per_day, last * milliseconds_per_day);
    open_create_dialog(context, route.set(context.schema().object(standard_object::event).field(event_field::is_all_day).name, "true"));
}

void CalendarPage::change(Context& context, const CalendarItem& item, std::vector<FieldValue> fields, std::string_view toast, const std::string& where) {
    const std::string said = context.tr(toast, {record_title(context, item.record), where});
    if (!item.recurs) return context.submit(UpdateRecord{item.record, std::move(fields)}, {}, {.toast = said});
    ask_scope(context, {item.record, item.occurrence, OccurrenceScope::This, false, std::move(fields)}, said);
}

void CalendarPage::remove(Context& context, const CalendarItem& item) {
    const std::string said = context.tr("ui.calendar.deleted", {record_title(context, item.record)});
    if (!item.recurs) return context.submit(DeleteRecords{item.record.object, {item.record.row}}, {}, {.toast = said});
    ask_scope(context, {item.record, item.occurrence, OccurrenceScope::This, true, {}}, said);
}

void CalendarPage::move(Context& context, const CalendarItem& item, int days, int minutes) {
    if (days == 0 && minutes == 0) return;
    const Milliseconds whole = days * milliseconds_per_day;
    const std::string day = context.locale().format_day(item.first_day + days);
    if (item.is_task()) return change(context, item, {{task_field::activity_date, DateValue{item.first_day + days}}}, "ui.calendar.moved", day);
    Milliseconds start = item.start + whole, end = item.end + whole;
    if (item.all_day) {
        start = (item.first_day + days) * milliseconds_per_day;
        end = (item.last_day + days) * milliseconds_per_day;
    } else {   // by the clock on the wall, however long the day is
        start = instant_at(context, item.first_day + days, item.start_minute) + Milliseconds{minutes} * 60'000;
        end = start + (item.end - item.start);
    }
    change(context, item, {{event_field::start, InstantValue{start}}, {event_field::end, InstantValue{end}}}, "ui.calendar.moved", item.all_day ? day : day_and_time(context, start));
}

void CalendarPage::make_all_day(Context& context, const CalendarItem& item, Days day) {
    const InstantValue start{day * milliseconds_per_day}, end{(day + item.last_day - item.first_day) * milliseconds_per_day};
    change(context, item, {{event_field::is_all_day, true}, {event_field::start, start}, {event_field::end, end}}, "ui.calendar.moved", context.locale().format_day(day));
}

void CalendarPage::make_timed(Context& context, const CalendarItem& item, Days day, int from) {
    const Milliseconds start = instant_at(context, day, from);
    change(context, item, {{event_field::is_all_day, false}, {event_field::start, InstantValue{start}}, {event_field::end, InstantValue{start + 3'600'000}}}, "ui.calendar.moved", day_and_time(context, start));
}

// Undo takes it elsewhere: out of sight it is where it was before.
void CalendarPage::follow_moved(Context& context, bool same_days) {
    if (!same_days || (moved_ && !context.records().table(moved_.object).is_live(moved_.row))) moved_ = {};
    if (!moved_) return;
    Days at = moved_from_;
    for (const CalendarItem& item : view_.items()) {
        if (item.record != moved_) continue;
        at = std::max(item.first_day, view_.days().first);
        const bool one_chip = item.all_day && view_.kind() <= CalendarKind::Week;   // over all its days
        if (at == moved_to_ || (!one_chip && item.first_day <= moved_to_ && moved_to_ <= item.last_day)) return;
    }
    focus_moved(context, moved_, at);
}

void CalendarPage::focus_moved(Context& context, RecordRef record, Days day) {
    moved_ = record;
    moved_to_ = day;
    moved_frames_ = 10;
    if (day < view_.days().first || day >= view_.days().end) go(context, day);
    context.request_frame();
}

void CalendarPage::resize(Context& context, const CalendarItem& item, int minutes) {
    const Milliseconds end = std::max(item.end + Milliseconds{minutes} * 60'000, item.start + 15 * 60'000);
    if (item.all_day || item.is_task() || end == item.end) return;
    change(context, item, {{event_field::end, InstantValue{end}}}, "ui.calendar.resized", day_and_time(context, end));
}

// --- one item, close up

void CalendarPage::take_item(Context& context, const kit::Hit& hit, const CalendarItem& item, Days day, Rect place) {
    if (moved_ == item.record && moved_to_ == day) {
        if (moved_frames_ > 0) kit::focus(context, hit.id);
        else if (!hit.focused) moved_ = {};
        if (hit.focused) moved_frames_ = 0;
    }
    if (hit.pressed && drag_.kind == DragKind::None) {
        popup_ = item;
        popup_anchor_ = place;
        popup_opens_ = true;
    }
    if (hit.drag_started) {
        // An event's lower end is taken to make it longer.
        const float edge = context.touch ? 14.0f : 8.0f;
        const bool resizes = !item.all_day && view_.kind() <= CalendarKind::Week && item.last_day == day && place.height > 2 * edge && hit.pointer.y - hit.drag_offset.y > place.bottom() - edge;
        drag_ = {resizes ? DragKind::Resize : DragKind::Move, item, day, day, 0, item.start_minute, item.end_minute, item.all_day};
        if (const Spot spot = spot_at({hit.pointer.x - hit.drag_offset.x, hit.pointer.y - hit.drag_offset.y}); spot.inside) drag_.grip = spot.minutes;
    }
    follow_drag(context, hit);
    if (kit::key_pressed(context, hit, "Delete")) remove(context, item);
    static constexpr struct { std::string_view chord; int days, minutes; } keys[] = {
        {"Ctrl+ArrowLeft", -1, 0}, {"Ctrl+ArrowRight", 1, 0}, {"Ctrl+ArrowUp", 0, -15}, {"Ctrl+ArrowDown", 0, 15}};
    for (const auto& key : keys)
        if (kit::key_pressed(context, hit, key.chord)) {
            move(context, item, key.days, item.all_day ? 0 : key.minutes);
            moved_from_ = day;
            focus_moved(context, item.record, day + key.days);
        }
    if (kit::key_pressed(context, hit, "Ctrl+Shift+ArrowDown")) resize(context, item, 15);
    if (kit::key_pressed(context, hit, "Ctrl+Shift+ArrowUp")) resize(context, item, -15);
}

void CalendarPage::draw_popup(Context& context) {
    if (popup_opens_) kit::open_popup(context, "item");
    popup_opens_ = false;
    if (!kit::is_popup_open(context, "item")) return;
    const std::string name = view_.name(context, popup_);
    if (!kit::begin_popup(context, "item", popup_anchor_, {.name = name, .width = 340, .padding = Insets::all(space::x4)})) return;
    const Records& records = context.records();
    if (!records.table(popup_.record.object).is_live(popup_.record.row)) {
        kit::close_popup(context);
        kit::end_popup(context);
        return;
    }
    Locale& locale = context.locale();
    kit::heading(context, 2, record_title(context, popup_.record), {.style = TextStyle::Subtitle, .wrap = true});
    const auto line = [&](Icon icon, const std::string& words, const std::string& address = {}) {
        if (words.empty()) return;
        kit::Row row(context);
        kit::icon(context, icon);
        if (address.empty()) kit::text(context, words, {.wrap = true});
        else kit::link(context, words, words, address);
    };
    line(popup_.is_task() ? Icon::Task : Icon::Clock, locale.format_day(popup_.first_day) + std::string(context.tr("ui.calendar.comma")) + view_.time_words(context, popup_));
    const bool task = popup_.is_task();
    if (popup_.recurs)
        if (const auto series = read_series(records, popup_.record, context.clock())) line(Icon::Refresh, recurrence_words(context, series->rule, series->start.day));
    for (const FieldIndex field : {task ? task_field::who : event_field::who, task ? task_field::what : event_field::what}) {
        const Value value = records.value(popup_.record, field);
        if (const auto* about = std::get_if<RecordRef>(&value); about && *about) line(icon_of_record(context, about->object), record_title(context, *about), routes::record(records.id_of(*about)));
    }
    if (!task) line(Icon::MapPin, std::string(records.text(popup_.record, event_field::location)));
    if (view_.owners().size() > 1) line(Icon::User, records.display_name(owner_of(records, popup_.record)));
    draw_popup_buttons(context, popup_);
    kit::end_popup(context);
}

void CalendarPage::draw_popup_buttons(Context& context, const CalendarItem& item) {
    kit::Row row(context, {.wrap = true, .padding = {0, space::x2, 0, 0}});
    bool done = false;
    if (kit::button(context, "edit", context.tr("ui.record.edit"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Edit})) {
        done = true;
        if (item.recurs) context.open_dialog(occurrence_address(context, item.record, item.occurrence));
        else context.navigate(edit_address(context, item.record));
    }
    if (const auto action = item.is_task() ? quick_action(context, item.record) : std::nullopt)
        if (kit::button(context, "complete", action->label, {.icon = action->icon})) {
            done = true;
            const Field& status = context.schema().object(standard_object::task).field(task_field::status);
            const auto closed = std::ranges::find_if(status.values, [](const PicklistValue& value) { return value.closed && value.active; });
            if (!item.recurs || closed == status.values.end()) action->run();
            else context.submit(ChangeOccurrence{item.record, item.occurrence, OccurrenceScope::This, false, {{task_field::status, Value(closed->value)}}}, {},
                                {.toast = std::string(context.tr("ui.timeline.completed"))});
        }
    if (kit::button(context, "open", context.tr("ui.calendar.open"))) done = true, context.navigate(routes::record(context.records().id_of(item.record)));
    if (kit::icon_button(context, "delete", Icon::Trash, context.tr("ui.calendar.delete"))) done = true, remove(context, item);
    if (done) kit::close_popup(context);
}

}  // namespace outpost
