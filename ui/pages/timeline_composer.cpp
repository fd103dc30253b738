#include "ui/pages/timeline_composer.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/activity/zone_time.h"
#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/record_form.h"

namespace outpost {

namespace {

// By tab. `type`: of the task that stands for it, once it is done as it is entered.
struct Entry { std::string_view label; Icon icon; std::string_view text, add, added, type; };
constexpr Entry entries[] = {
    {"ui.timeline.task", Icon::Task, "ui.timeline.task_subject", "ui.timeline.add_task", "ui.timeline.task_added", ""},
    {"ui.timeline.call", Icon::Phone, "ui.timeline.call_text", "ui.timeline.log_call", "ui.timeline.call_added", "Call"},
    {"ui.timeline.email", Icon::Mail, "ui.timeline.email_text", "ui.timeline.log_email", "ui.timeline.email_added", "Email"},
    {"ui.timeline.meeting", Icon::Event, "ui.timeline.meeting_text", "ui.timeline.log_meeting", "ui.timeline.meeting_logged", "Meeting"},
    {"ui.timeline.note", Icon::Note, "ui.timeline.note_text", "ui.timeline.add_note", "ui.timeline.note_added", "Other"},
};

constexpr std::string_view kept_setting = "composer";   // the record's id, the tab's digit, the text
constexpr Milliseconds milliseconds_per_minute = 60'000, meeting_length = 30 * milliseconds_per_minute, meeting_step = 5 * milliseconds_per_minute;

bool points_to(const Field& field, ObjectIndex object) {
    return std::find(field.reference_to.begin(), field.reference_to.end(), object) != field.reference_to.end();
}

// The picklist's value of that name, when it is still there.
void add_choice(std::vector<FieldValue>& values, const Schema& schema, FieldIndex field, std::string_view value) {
    if (schema.object(standard_object::task).field(field).find_code(value) != 0) values.push_back({field, Value(std::string(value))});
}

}  // namespace

FieldIndex activity_lookup(const Schema& schema, ObjectIndex activity, ObjectIndex object) {
    const Object& of = schema.object(activity);
    if (points_to(of.field(task_field::who), object)) return task_field::who;
    if (points_to(of.field(task_field::what), object)) return task_field::what;
    return no_field;
}

bool has_activities(const Schema& schema, ObjectIndex object) { return activity_lookup(schema, standard_object::task, object) != no_field; }

bool is_logged(const Records& records, RecordRef task) {
    const auto instant = [&](FieldIndex field) {
        const Value value = records.value(task, field);
        const auto* found = std::get_if<InstantValue>(&value);
        return found ? found->milliseconds : 0;
    };
    const Milliseconds done = instant(task_field::completed_date);
    return done != 0 && done <= instant(system_field::created_date) && !records.text(task, task_field::description).empty();
}

Icon logged_icon(std::string_view type) {
    const auto entry = std::ranges::find_if(entries, [&](const Entry& each) { return !each.type.empty() && each.type == type; });
    return entry == std::end(entries) ? Icon::Note : entry->icon;
}

std::string task_status(const Schema& schema, bool closed) { return first_status(schema.object(standard_object::task).field(task_field::status), closed); }

void TimelineComposer::follow(Context& context, RecordRef record) {
    if (record == of_) return;
    const bool typed = !draft_.text.empty() || !draft_.details.empty();
    if (of_ && typed) waiting_.emplace_back(of_, std::move(draft_));
    draft_ = {};
    const auto waits = std::ranges::find(waiting_, record, &std::pair<RecordRef, Draft>::first);
    if (waits != waiting_.end()) {
        draft_ = std::move(waits->second);
        waiting_.erase(waits);
    }
    of_ = record;
    take_kept(context);
}

void TimelineComposer::keep(Context& context) {
    const std::string& text = tab_ == Tab::Task ? draft_.text : draft_.details;
    context.set_setting(kept_setting, text.empty() ? text : to_text(context.records().id_of(of_)) + std::to_string(static_cast<int>(tab_)) + text);
}

void TimelineComposer::take_kept(Context& context) {
    const std::string kept = context.setting(kept_setting), id = to_text(context.records().id_of(of_));
    if (!draft_.text.empty() || !draft_.details.empty() || !kept.starts_with(id) || kept.size() <= id.size()) return;
    const auto tab = static_cast<Tab>(std::clamp(kept[id.size()] - '0', 0, static_cast<int>(Tab::Note)));
    (tab == Tab::Task ? draft_.text : draft_.details) = kept.substr(id.size() + 1);
    if (focus_frames_ == 0) tab_ = tab;   // else it was just asked for one
}

bool TimelineComposer::draw(Context& context, RecordRef record) {
    follow(context, record);
    // Five with their icons are too wide for a phone or the narrow column of a small window.
    const bool icons = kit::available(context).width >= 480;
    std::vector<kit::Tab> tabs;
    for (const Entry& each : entries) tabs.push_back({context.tr(each.label), icons ? each.icon : Icon::None});
    int tab = static_cast<int>(tab_);
    if (kit::tabs(context, "kind", context.tr("ui.timeline.add"), tabs, tab)) tab_ = static_cast<Tab>(tab), focus_ = true, draft_.error.clear();
    if (focus_frames_ > 0) {
        --focus_frames_;
        focus_ = true;
        context.request_frame();
    }
    draw_text(context);
    draw_row(context, record);
    return std::exchange(logged_, false);
}

void TimelineComposer::draw_text(Context& context) {
    const std::string_view label = context.tr(entries[static_cast<int>(tab_)].text);
    kit::FieldOptions options{.placeholder = label, .error = draft_.error, .hide_label = true, .focus = std::exchange(focus_, false), .reveal = true};
    kit::Edited edited;
    if (tab_ == Tab::Task) {
        options.placeholder = context.tr("ui.timeline.task_hint");
        edited = kit::text_field(context, "subject", label, draft_.text, options);
    } else {
        options.lines = 3;
        edited = kit::text_area(context, "details", label, draft_.details, options);
    }
    if (edited.changed) {
        draft_.error.clear();
        keep(context);
    }
    // As a dialog is saved; only from here, for a page has other fields.
    entered_ = (edited.focused && context.shortcut("Ctrl+Enter")) || (tab_ == Tab::Task && edited.committed && edited.focused);
}

void TimelineComposer::draw_row(Context& context, RecordRef record) {
    // Day, time and button side by side need some room; asked of the card, for the row keeps room for what stands at its end.
    const bool narrow = kit::available(context).width < 420;
    std::optional<kit::Row> row(std::in_place, context, kit::RowOptions{.wrap = true});
    if (tab_ == Tab::Task)
        kit::date_field(context, "due", context.tr("ui.timeline.due"), draft_.due, {.placeholder = context.tr("ui.timeline.due"), .hide_label = true, .focus = std::exchange(focus_due_, false), .width = 160});
    if (tab_ == Tab::Meeting) {
        kit::date_field(context, "day", context.tr("ui.timeline.meeting_day"), draft_.when.day, {.placeholder = context.tr("kit.today"), .hide_label = true, .focus = std::exchange(focus_due_, false), .width = 148});
        const bool today = draft_.when.day.value.value_or(context.today()) == context.today();
        kit::time_field(context, "time", context.tr("ui.timeline.meeting_time"), draft_.when.time, {.placeholder = today ? context.tr("ui.timeline.now") : std::string_view(), .hide_label = true, .width = context.touch ? 140.0f : 120.0f});
        if (narrow) {
            row.reset();
            row.emplace(context);
        }
    }
    row->spacer();
    const std::string_view words = tab_ == Tab::Meeting && is_ahead(context) ? "ui.timeline.add_meeting" : entries[static_cast<int>(tab_)].add;
    if (kit::button(context, "add", context.tr(words), {.kind = kit::ButtonKind::Primary, .busy = saving_}) || entered_) add(context, record);
    entered_ = false;
}

Milliseconds TimelineComposer::meeting_start(Context& context) const {
    const Milliseconds now = context.clock().now();
    const ZoneTime zone(context.clock(), {});
    if (draft_.when.time.minutes) return zone.instant({draft_.when.day.value.value_or(context.today()), *draft_.when.time.minutes * milliseconds_per_minute});
    const Milliseconds ended = now / meeting_step * meeting_step - meeting_length;
    if (!draft_.when.day.value || *draft_.when.day.value == context.today()) return ended;
    return zone.instant({*draft_.when.day.value, context.workspace().working_time().from * milliseconds_per_minute});
}

bool TimelineComposer::is_ahead(Context& context) const { return meeting_start(context) > context.clock().now(); }

CreateRecord TimelineComposer::task_of(Context& context, RecordRef record, const std::string& text) const {
    const Schema& schema = context.schema();
    CreateRecord command{standard_object::task, {}, true};
    command.fields.push_back({activity_lookup(schema, standard_object::task, record.object), Value(record)});
    if (tab_ == Tab::Task) {
        command.fields.push_back({task_field::subject, Value(text)});
        if (draft_.due.value) command.fields.push_back({task_field::activity_date, Value(DateValue{*draft_.due.value})});
        return command;
    }
    const Entry& entry = entries[static_cast<int>(tab_)];
    command.fields.push_back({task_field::subject, Value(std::string(context.tr(entry.label)))});
    command.fields.push_back({task_field::description, Value(text)});
    command.fields.push_back({task_field::activity_date, Value(DateValue{context.today()})});
    command.fields.push_back({task_field::status, Value(task_status(schema, true))});
    add_choice(command.fields, schema, task_field::type, entry.type);
    return command;
}

CreateRecord TimelineComposer::meeting_of(Context& context, RecordRef record, const std::string& text) const {
    const Schema& schema = context.schema();
    const Milliseconds start = meeting_start(context);
    CreateRecord command{standard_object::event, {}, true};
    command.fields.push_back({activity_lookup(schema, standard_object::event, record.object), Value(record)});
    command.fields.push_back({event_field::subject, Value(std::string(context.tr("ui.timeline.meeting")))});
    if (!text.empty()) command.fields.push_back({event_field::description, Value(text)});
    command.fields.push_back({event_field::start, Value(InstantValue{start})});
    command.fields.push_back({event_field::end, Value(InstantValue{start + meeting_length})});
    if (schema.object(standard_object::event).field(event_field::type).find_code("Meeting") != 0) command.fields.push_back({event_field::type, Value(std::string("Meeting"))});
    return command;
}

void TimelineComposer::add(Context& context, RecordRef record) {
    const std::string text(trim(tab_ == Tab::Task ? draft_.text : draft_.details));
    const bool meeting = tab_ == Tab::Meeting, ahead = meeting && is_ahead(context);
    if (saving_) return;
    if (text.empty() && !ahead) {   // what is planned needs no words yet
        draft_.error = context.tr(tab_ == Tab::Task ? "ui.timeline.need_subject" : "ui.timeline.need_text");
        focus_ = true;
        return;
    }
    // The field itself says how a date is written.
    if (tab_ == Tab::Task ? !draft_.due.valid : meeting && (!draft_.when.day.valid || !draft_.when.time.valid)) {
        focus_due_ = true;
        return;
    }
    saving_ = true;
    SubmitOptions options;
    options.silent_errors = true;
    options.toast = context.tr(ahead ? "ui.timeline.meeting_added" : entries[static_cast<int>(tab_)].added);
    CreateRecord command = meeting ? meeting_of(context, record, text) : task_of(context, record, text);
    create_or_ask(context, std::move(command), [this, &context, record, meeting_was = meeting && !ahead, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (alive.expired()) return;
        saving_ = false;
        if (!outcome) {
            draft_.error = context.error_text(outcome.error());
            return;
        }
        if (of_ == record) context.set_setting(kept_setting, {});
        logged_ = meeting_was && of_ == record;
        if (of_ == record) draft_ = {};
        else std::erase_if(waiting_, [&](const auto& each) { return each.first == record; });
    }, std::move(options));
}

}  // namespace outpost
