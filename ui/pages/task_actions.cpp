#include "ui/pages/task_actions.h"

#include <cstdlib>

#include "core/activity/feed.h"
#include "core/activity/reminders.h"
#include "core/activity/series.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr Milliseconds hour = 3'600'000, half_hour = hour / 2;
constexpr std::string_view views_setting = "tasks.view";

std::optional<Days> due_of(Context& context, RowIndex task) {
    const Value due = context.records().value({standard_object::task, task}, task_field::activity_date);
    const auto* date = std::get_if<DateValue>(&due);
    return date ? std::optional(date->days) : std::nullopt;
}

// Any day, for one task or many.
class SnoozeDialog final : public Dialog {
public:
    SnoozeDialog(std::vector<RowIndex> rows, std::optional<Days> day, std::function<void()> done) : rows_(std::move(rows)), day_(kit::DateDraft::of(day)), done_(std::move(done)) {}
    std::string title(Context& context) override { return std::string(context.tr("ui.feed.pick_title")); }
    float width() const override { return 380; }
    void draw(Context& context) override {
        if (kit::date_field(context, "day", context.tr("ui.feed.day"), day_, {.focus = std::exchange(focus_, false)}).committed && day_.value && day_.valid) entered_ = true;
    }
    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        const bool good = day_.valid && day_.value;
        const bool pressed = kit::button(context, "move", context.tr("ui.feed.move"), {.kind = kit::ButtonKind::Primary, .disabled = !good, .shortcut = "Ctrl+Enter"});
        if (!good || (!pressed && !std::exchange(entered_, false))) return;
        move_tasks(context, rows_, day_.value, done_);
        close();
    }

private:
    std::vector<RowIndex> rows_;
    kit::DateDraft day_;
    std::function<void()> done_;
    bool focus_ = true, entered_ = false;
};

// In three hours, on the half hour; nothing when that is tomorrow.
std::optional<Milliseconds> later_today(Context& context) {
    const Milliseconds now = context.clock().now(), later = (now + 3 * hour + half_hour - 1) / half_hour * half_hour;
    return day_of_instant(later, context.clock().utc_offset_minutes(later)) == context.today() ? std::optional(later) : std::nullopt;
}

std::string time_words(Context& context, Milliseconds instant) { return context.locale().format_time(ZoneTime(context.clock(), {}).wall(instant).minutes()); }

void move_later_today(Context& context, RowIndex row, Milliseconds later, std::function<void()> done) {
    const RecordRef task{standard_object::task, row};
    std::vector<FieldValue> fields{{task_field::activity_date, DateValue{context.today()}}, {task_field::reminder, InstantValue{later}}};
    const std::optional<Series> series = read_series(context.records(), task, context.clock());
    const std::optional<Days> day = series ? next_occurrence(series->rule, series->start.day, series->start.day) : std::nullopt;
    submit_said(context, day ? Command(ChangeOccurrence{task, *day, OccurrenceScope::This, false, std::move(fields)}) : Command(UpdateRecord{task, std::move(fields)}),
                context.tr("ui.feed.moved", {record_title(context, task), time_words(context, later)}), std::move(done));
}

}  // namespace

std::string routes::task_feed() { return "#/o/Task/feed"; }
std::string routes::tasks(Context& context) { return context.setting(views_setting) == "list" ? routes::list("Task") : routes::task_feed(); }

std::string closed_task_status(Context& context) { return first_status(context.schema().object(standard_object::task).field(task_field::status), true); }

void submit_said(Context& context, Command command, std::string toast, std::function<void()> done) {
    SubmitOptions options;
    options.toast = std::move(toast);
    context.submit(std::move(command), [done = std::move(done)](const Result<CommandOutcome>& outcome) {
        if (outcome && done) done();
    }, std::move(options));
}

void complete_tasks(Context& context, std::vector<RowIndex> rows, std::function<void()> done) {
    if (rows.empty()) return;
    std::string toast = rows.size() == 1 ? context.tr("ui.home.task_done", {record_title(context, {standard_object::task, rows[0]})}) : context.count_text("ui.feed.completed_many", rows.size());
    submit_said(context, UpdateRecords{standard_object::task, std::move(rows), {{task_field::status, Value(closed_task_status(context))}}}, std::move(toast), std::move(done));
}

void move_tasks(Context& context, std::vector<RowIndex> rows, std::optional<Days> day, std::function<void()> done) {
    if (rows.empty()) return;
    std::string where = day_words(context, day);
    // Within a sentence English writes "tomorrow" small, a weekday not.
    if (where[0] >= 'A' && where[0] <= 'Z' && (!day || std::abs(*day - context.today()) <= 1)) where[0] = static_cast<char>(where[0] + 32);
    std::string toast = rows.size() == 1 ? context.tr("ui.feed.moved", {record_title(context, {standard_object::task, rows[0]}), where})
                                         : context.tr("ui.feed.moved_many", {context.number_text(rows.size()), where});
    submit_said(context, reschedule_tasks(context.records(), context.clock(), rows, day), std::move(toast), std::move(done));
}

void draw_snooze_items(Context& context, const std::vector<RowIndex>& rows, std::function<void()> done) {
    const Days today = context.today(), next_week = *feed_day_of(FeedGroup::Later, today, context.locale().first_weekday(), context.workspace().working_time());
    const auto offer = [&](std::string_view key, Icon icon, std::string_view detail = {}) { return kit::menu_item(context, key, context.tr(key), {.icon = icon, .detail = detail}); };
    bool all_today = true;
    for (const RowIndex row : rows) all_today = all_today && due_of(context, row) == std::optional(today);
    const std::optional<Milliseconds> later = rows.size() == 1 ? later_today(context) : std::nullopt;
    const bool reminds = rows.size() == 1 && !is_null(context.records().value({standard_object::task, rows[0]}, task_field::reminder));
    std::optional<std::optional<Days>> day;   // chosen; no day is one, too
    if (!all_today && offer("kit.today", Icon::Sun, context.locale().format_weekday(today))) day = today;
    if (later && reminds && offer("ui.feed.later_today", Icon::Clock, time_words(context, *later))) move_later_today(context, rows[0], *later, done);
    if (offer("kit.tomorrow", Icon::ArrowRight, context.locale().format_weekday(today + 1))) day = today + 1;
    if (offer("ui.feed.next_week", Icon::Calendar, day_words(context, next_week))) day = next_week;
    if (offer("ui.feed.pick", Icon::Calendar)) context.open_dialog(std::make_unique<SnoozeDialog>(rows, due_of(context, rows[0]), done));
    kit::menu_separator(context);
    if (offer("ui.feed.no_date", Icon::Minus)) day.emplace(std::nullopt);
    if (day) move_tasks(context, rows, *day, std::move(done));
}

std::string day_words(Context& context, std::optional<Days> day) {
    if (!day) return std::string(context.tr("ui.feed.no_date"));
    const Days away = *day - context.today();
    if (away >= -1 && away <= 1) return std::string(context.tr(away == 0 ? "kit.today" : away < 0 ? "kit.yesterday" : "kit.tomorrow"));
    if (away > 1 && away < 14) return context.tr("ui.feed.weekday_date", {context.locale().format_weekday(*day), context.locale().format_date(*day)});
    return context.locale().format_date(*day);
}

DueWords due_words(Context& context, RowIndex task) {
    const std::optional<Days> day = due_of(context, task);
    if (!day) return {};
    const Days away = *day - context.today();
    if (away < 0) return {away == -1 ? std::string(context.tr("kit.yesterday")) : context.count_text("ui.feed.days_late", static_cast<std::uint64_t>(-away)), true};
    const std::optional<int> minutes = feed_time_of(context.records(), context.clock(), task);
    std::string words = away <= 1 ? std::string(context.tr(away == 0 ? "kit.today" : "kit.tomorrow")) : away < 7 ? context.locale().format_weekday(*day) : context.locale().format_date(*day);
    std::string below = away <= 1 ? std::string() : words;
    if (minutes && away < 7) {
        const std::string time = context.locale().format_time(*minutes);
        words = context.tr("ui.feed.day_time", {words, time});
        below = away <= 1 ? time : words;
    }
    return {std::move(words), false, std::move(below)};
}

std::string about_words(Context& context, RecordRef record) {
    std::string words;
    const bool task = record.object == standard_object::task;
    for (const FieldIndex field : {task ? task_field::who : event_field::who, task ? task_field::what : event_field::what}) {
        const Value value = context.records().value(record, field);
        const auto* target = std::get_if<RecordRef>(&value);
        if (target && *target) words += (words.empty() ? "" : " · ") + record_title(context, *target);
    }
    return words;
}

void draw_task_views(Context& context, int shown, const std::string& board_address) {
    const std::string_view feed = context.tr("ui.feed.feed"), list = context.tr("ui.board.list"), board = context.tr("ui.board.board");
    int chosen = shown;
    if (context.is_phone()) {   // one press to the other; a title needs the room
        if (kit::icon_button(context, "view", shown == 0 ? Icon::List : Icon::Check, shown == 0 ? list : feed)) chosen = shown == 0 ? 1 : 0;
    } else if (!kit::segmented(context, "view", context.tr("ui.board.view"), {{feed, Icon::Check}, {list, Icon::List}, {board, Icon::Board}}, chosen)) {
        return;
    }
    if (chosen == shown) return;
    if (chosen < 2) context.set_setting(views_setting, chosen == 1 ? "list" : "");
    context.navigate(chosen == 0 ? routes::task_feed() : chosen == 1 ? routes::list("Task") : board_address);
}

}  // namespace outpost
