// Reminders that fell due: a notice over the page, which takes no focus, and a notification of the system for who allowed it.
#include <algorithm>
#include <utility>

#include "core/activity/zone_time.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "imgui.h"
#include "ui/app_frame.h"
#include "ui/kit/internal.h"
#include "ui/pages/field_view.h"
#include "ui/pages/task_actions.h"
#include "ui/preferences.h"

namespace outpost {

namespace {

constexpr Milliseconds minute = 60'000, hour = 60 * minute;
constexpr Milliseconds longest_wait = 12 * hour;   // timers don't hold longer ones everywhere
constexpr float padding = 14, head_height = 28, words_height = 36;
float sign_side(const Context& context) { return context.touch ? 44.0f : 28.0f; }
constexpr std::size_t shown_max = 200;

std::string time_words(Context& context, Milliseconds instant) { return context.locale().format_time(ZoneTime(context.clock(), {}).wall(instant).minutes()); }

// "Task · Today, 10:00 · Ann Smith · Acme"; of an event the time at which it begins.
std::string detail_words(Context& context, const Reminder& reminder) {
    std::string words = object_label(context.messages(), context.schema().object(reminder.record.object), false);
    const ZoneTime zone(context.clock(), {});
    std::string when = reminder.is_task() ? due_words(context, reminder.record.row).text : day_words(context, zone.wall(reminder.start).day);
    const bool all_day = !reminder.is_task() && context.records().table(standard_object::event).column(event_field::is_all_day).flags()[reminder.record.row] != 0;
    if (!reminder.is_task() && !all_day) when = context.tr("ui.feed.day_time", {when, time_words(context, reminder.start)});
    for (const std::string& part : {when, about_words(context, reminder.record)})
        if (!part.empty()) words += " · " + part;
    return words;
}

std::string address_of(Context& context, const Reminder& reminder) { return routes::record(context.records().id_of(reminder.record)); }

// The person has met the offer of notifications; it isn't made again.
void end_offer(Context& context) {
    if (notify_setting(context.browser()).empty()) set_notify_setting(context.browser(), "off");
}

void dismiss(Context& context, std::span<const Reminder> reminders) {
    end_offer(context);
    submit_said(context, dismiss_reminders(context.records(), reminders),
                reminders.size() == 1 ? context.tr("ui.reminder.dismissed", {record_title(context, reminders[0].record)}) : context.count_text("ui.reminder.dismissed_many", reminders.size()));
}

void draw_snooze(Context& context, const Reminder& reminder) {
    const Milliseconds now = context.clock().now();
    const ZoneTime zone(context.clock(), {});
    const auto offer = [&](std::string_view key, std::string_view label, Icon icon, Milliseconds until) {
        if (!kit::menu_item(context, key, label, {.icon = icon, .detail = time_words(context, until)})) return;
        end_offer(context);
        submit_said(context, snooze_reminders(context.records(), {&reminder, 1}, until), context.tr("ui.reminder.snoozed", {record_title(context, reminder.record), context.locale().format_instant(until)}));
    };
    offer("ten", context.tr("ui.reminder.ten_minutes"), Icon::Clock, now + 10 * minute);
    if (!reminder.is_task() && reminder.start > now + minute) offer("start", context.tr("ui.reminder.at_start"), Icon::Event, reminder.start);
    offer("hour", context.tr("ui.reminder.hour"), Icon::Clock, now + hour);
    offer("tomorrow", context.tr("kit.tomorrow"), Icon::ArrowRight, zone.instant({context.today() + 1, 9 * hour}));
}

// Whoever looks at it needs no reminder any more.
void opened(Context& context, const Reminder& reminder) {
    end_offer(context);
    submit_said(context, dismiss_reminders(context.records(), {&reminder, 1}), {});
}

void draw_done(Context& context, const Reminder& reminder, bool icon_alone) {
    const std::string_view label = context.tr(reminder.is_task() ? "ui.reminder.done" : "ui.reminder.dismiss");
    const std::string name = icon_alone ? context.tr("ui.reminder.named", {label, record_title(context, reminder.record)}) : std::string(label);
    const bool pressed = icon_alone ? kit::icon_button(context, "done", Icon::Check, name, {.kind = kit::ButtonKind::Ghost, .small = true})
                                    : kit::button(context, "done", name, {.kind = kit::ButtonKind::Primary, .icon = Icon::Check, .small = !context.touch});
    if (!pressed) return;
    if (!reminder.is_task()) return dismiss(context, {&reminder, 1});
    end_offer(context);
    complete_tasks(context, {reminder.record.row});
}

// A row of several: what it is, with the two things that are done most.
void draw_line(Context& context, const Reminder& reminder) {
    const std::string title = record_title(context, reminder.record);
    kit::IdScope scope(context, (std::uint64_t{number(reminder.record.object)} << 32) | reminder.record.row);
    const Rect whole = kit::take(context, 0, context.touch ? 56.0f : 46.0f);
    Rect place = whole.centered(whole.width, words_height);
    const float side = context.touch ? 44.0f : 32.0f;
    Rect buttons = whole;
    buttons.cut_left(whole.width - 2 * side);
    place.cut_right(2 * side);
    {
        kit::Column words(context, place, {.gap = 0});
        if (kit::link(context, "open", title, address_of(context, reminder), {.style = TextStyle::BodyStrong, .quiet = true}))
            opened(context, reminder);
        kit::text(context, detail_words(context, reminder), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
    }
    if (kit::menu_button(context, "snooze", Icon::Clock, context.tr("ui.feed.snooze_named", {title}), {.kind = kit::ButtonKind::Ghost, .small = true, .at = buttons.cut_left(side).centered(sign_side(context), sign_side(context))})) {
        draw_snooze(context, reminder);
        kit::end_menu(context);
    }
    kit::Row row(context, buttons);
    draw_done(context, reminder, true);
}

// Offered with the first reminder alone; the browser asks only after that press.
bool offers_notifications(Context& context) {
    return notify_setting(context.browser()).empty() && context.browser().notify_permission() == NotifyPermission::Ask;
}

void draw_one(Context& context, const Reminder& reminder) {
    // A button of its own: the focus that was on the one before is not on this one.
    kit::IdScope scope(context, (std::uint64_t{number(reminder.record.object)} << 32) | reminder.record.row);
    const bool small = !context.touch;
    kit::text(context, detail_words(context, reminder), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true, .lines_max = 2});
    kit::Row row(context);
    if (kit::button(context, "open", context.tr("ui.calendar.open"), {.small = small})) {
        context.navigate(address_of(context, reminder));
        opened(context, reminder);
    }
    if (kit::menu_button(context, "snooze", context.tr("ui.feed.snooze"), {.icon_after = Icon::ChevronDown, .small = small})) {
        draw_snooze(context, reminder);
        kit::end_menu(context);
    }
    row.spacer();
    draw_done(context, reminder, false);
}

void draw_card(AppFrame& frame, Rect box) {
    Context& context = frame.context;
    const std::vector<Reminder>& due = frame.reminders.due;
    const bool one = due.size() == 1;
    const std::string heading = one ? record_title(context, due[0].record) : context.count_text(frame.reminders_from_away ? "ui.reminder.away" : "ui.reminder.many", due.size());
    Rect head = Rect{box.x, box.y, box.width, padding + head_height}.inset({padding, padding, padding, 0});
    const float side = sign_side(context);
    const Rect cross = head.cut_right((28 + side) / 2).cut_right(28).centered(side, side);
    kit::draw_icon(context, Icon::Clock, head.cut_left(26).cut_left(18).centered(18, 18), context.theme.tint(Tone::Accent).solid, 2.1f);
    kit::heading(context, 2, heading, {.style = TextStyle::BodyStrong, .at = head});
    if (kit::icon_button(context, "dismiss", Icon::Close, context.tr(one ? "ui.reminder.dismiss" : "ui.reminder.dismiss_all"), {.kind = kit::ButtonKind::Ghost, .small = true, .at = cross})) dismiss(context, due);
    kit::Column column(context, Rect{box.x, box.y + padding + head_height, box.width, context.height}, {.gap = space::x2, .padding = {padding, space::x1, padding, padding}});
    const std::size_t most = frame.reminders_unfolded ? shown_max : context.is_phone() ? 2 : 3, shown = std::min(due.size(), most);
    if (one) draw_one(context, due[0]);
    if (!one) {
        const float step = context.touch ? 56.0f : 46.0f;
        kit::ScrollArea area(context, "lines", {.height = std::min(static_cast<float>(shown) * step, context.height * 0.5f), .gap = 0});
        for (std::size_t i = 0; i < shown; ++i) draw_line(context, due[i]);
    }
    if (due.size() > shown && !frame.reminders_unfolded &&
        kit::button(context, "all", context.tr("ui.reminder.show_all", {context.number_text(due.size())}), {.small = !context.touch, .full_width = true}))
        frame.reminders_unfolded = true;
    if (offers_notifications(context)) {
        kit::divider(context);
        bool on = false;
        if (kit::switch_toggle(context, "notify", context.tr("ui.reminder.offer"), on)) {
            set_notify_setting(context.browser(), "on");
            context.browser().request_notify_permission();
        }
    }
    frame.reminders_height = kit::available(context).y - box.y;
}

void tell(AppFrame& frame, const Reminder& reminder) {
    Context& context = frame.context;
    const std::string title = record_title(context, reminder.record);
    context.announce(context.tr("ui.reminder.said", {title}));
    if (context.has_dialog()) context.toast(context.tr("ui.reminder.said", {title}), Tone::Info);
    if (notify_setting(context.browser()) == "on")
        context.browser().notify(title, detail_words(context, reminder), to_text(context.records().id_of(reminder.record)), address_of(context, reminder));
}

}  // namespace

// Looks anew when tasks or events changed or the next one's time has come, and has the page woken then and not before.
void follow_reminders(AppFrame& frame) {
    Context& context = frame.context;
    const Records& records = context.records();
    const Milliseconds now = context.clock().now();
    const std::uint64_t key = records.table(standard_object::task).revision() * 1'000'003 + records.table(standard_object::event).revision();
    Reminders& known = frame.reminders;
    if (key != frame.reminders_key || now < frame.reminders_seen || (known.next && *known.next <= now)) {
        const bool opening = frame.reminders_key == 0;
        const std::vector<Reminder> before = std::move(known.due);
        known = collect_reminders(records, context.clock(), context.workspace().current_user(), now);
        frame.reminders_key = key;
        if (opening) frame.reminders_from_away = true;
        else if (known.due.size() < 2) frame.reminders_from_away = false;
        for (const Reminder& each : known.due) {
            // What an edit brought up that lay in the past is shown; only what falls due now is called out.
            if (opening || each.at <= frame.reminders_seen - minute) continue;
            const bool told = std::ranges::any_of(before, [&](const Reminder& old) { return old.record == each.record && old.at == each.at; });
            if (!told) tell(frame, each);
        }
    }
    frame.reminders_seen = now;
    if (known.next) context.request_frame_after(static_cast<int>(std::clamp<Milliseconds>(*known.next - now, 1, longest_wait)));
}

void draw_reminders(AppFrame& frame) {
    Context& context = frame.context;
    if (frame.phase != AppPhase::Open) return;
    follow_reminders(frame);
    // A dialog has the page to itself; what falls due meanwhile is told by a toast and stands here afterwards.
    if (frame.reminders.due.empty() || context.has_dialog()) {
        frame.reminders_height = 0;
        frame.reminders_unfolded = false;
        return;
    }
    const bool first = frame.reminders_height <= 0;
    const float width = std::min(400.0f, context.width - 24), height = first ? 130 : frame.reminders_height;
    const float low = context.height - (context.is_phone() ? 68.0f : 24.0f) - context.safe_area.bottom - context.bottom_bar;
    const Rect box{context.is_desktop() ? context.width - width - 24 : (context.width - width) / 2, low - height, width, height};
    const ImVec2 a = kit::device_min(context, box), b = kit::device_max(context, box);
    ImGui::SetNextWindowPos(a);
    ImGui::SetNextWindowSize({b.x - a.x, b.y - a.y});
    ImGui::Begin("reminders", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                           ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoScrollWithMouse);
    if (context.kit().popups.empty()) kit::bring_to_front("reminders");
    if (first) {
        kit::hide_window_once();
        context.request_frame();
    }
    const std::uint16_t layer = std::exchange(context.kit().layer, std::uint16_t{50});
    ImGui::GetWindowDrawList()->PushClipRectFullScreen();
    kit::shadow(context, box, radius::card, 2);
    kit::fill(context, box, context.color().surface_raised, radius::card);
    kit::stroke(context, box, context.color().border, radius::card);
    SemanticsNode node;
    node.id = kit::id_of("notice");
    node.role = Role::AlertDialog;
    node.name = context.tr("ui.reminder.title");
    kit::emit(context, std::move(node), box);
    kit::push_parent(context, kit::id_of("notice"));
    const float before = frame.reminders_height;
    draw_card(frame, box);
    if (before != frame.reminders_height) context.request_frame();
    kit::pop_parent(context);
    context.kit().layer = layer;
    ImGui::GetWindowDrawList()->PopClipRect();
    ImGui::End();
}

}  // namespace outpost
