#include "ui/pages/timeline.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/activity/series.h"
#include "core/activity/zone_time.h"
#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/kit/title.h"
#include "ui/pages/field_view.h"
#include "ui/pages/history_drawer.h"

namespace outpost {

namespace {

constexpr std::size_t past_shown_max = 5;

bool flag_of(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const bool* on = std::get_if<bool>(&value);
    return on && *on;
}

Milliseconds instant_of(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const auto* instant = std::get_if<InstantValue>(&value);
    return instant ? instant->milliseconds : 0;
}

void set_done(Context& context, RecordRef task, bool done) {
    std::string status = task_status(context.schema(), done);
    if (status.empty()) return;
    SubmitOptions options;
    options.toast = context.tr(done ? "ui.timeline.completed" : "ui.timeline.reopened");
    context.submit(UpdateRecord{task, {{task_field::status, Value(std::move(status))}}}, {}, std::move(options));
}

}  // namespace

// Of an account's timeline: whose of its own it is.
std::string Timeline::with_via(Context& context, const Item& item, std::string detail) const {
    if (!item.via) return detail;
    const std::string title = record_title(context, item.via);
    std::string words(kit::title_beside(title, record_title(context, of_)));
    return detail.empty() ? words : words + " · " + detail;
}

void Timeline::refresh(Context& context, RecordRef record) {
    const Records& records = context.records();
    if (record != of_) show_all_ = false;   // the page beside a list goes from record to record
    std::uint64_t key = 1;
    for (const ObjectIndex object : {standard_object::task, standard_object::event, standard_object::opportunity_stage_history, record.object})
        key = key * 1'000'003 + records.table(object).revision();
    changes_.refresh(context, record, show_all_ || shown_ == Shown::Changes);
    if (record.object == standard_object::account)   // its timeline has theirs
        for (const ObjectIndex object : {standard_object::contact, standard_object::opportunity}) key = key * 1'000'003 + records.table(object).revision();
    key = key * 1'000'003 + changes_.revision();
    key = key * 1'000'003 + static_cast<std::uint64_t>(shown_);
    if (record == of_ && key == key_) return;
    of_ = record;
    key_ = key;
    upcoming_.clear();
    past_.clear();
    add_activities(context, record);
    if (record.object == standard_object::opportunity) add_stages(context, record);
    const Value created = records.value(record, system_field::created_date);
    if (const auto* instant = std::get_if<InstantValue>(&created)) past_.push_back({Kind::Created, record, instant->milliseconds, true, true});
    if (record.object == standard_object::lead && flag_of(records, record, lead_field::is_converted)) add_conversion(context, record);
    for (std::size_t i = 0; i < changes_.edits().size(); ++i)
        past_.push_back({Kind::Change, record, changes_.edits()[i].time, true, true, i});
    for (std::vector<Item>* items : {&upcoming_, &past_}) std::erase_if(*items, [&](const Item& item) { return !is_shown(context, item); });
    sort_stably(upcoming_, [](const Item& a, const Item& b) { return a.dated != b.dated ? a.dated : a.time < b.time; });
    sort_stably(past_, [](const Item& a, const Item& b) { return a.time > b.time; });
    join_changes(context);
}

// What one person changed on a day, with nothing between, is told in one line.
void Timeline::join_changes(Context& context) {
    edits_.clear();
    std::vector<Item> kept;
    const auto day_of = [&](Milliseconds time) { return day_of_instant(time, context.clock().utc_offset_minutes(time)); };
    for (Item item : past_) {
        if (item.kind == Kind::Change) {
            const FieldEdit& edit = changes_.edits()[item.edit];
            if (!kept.empty() && kept.back().kind == Kind::Change && edits_.back().user == edit.user && day_of(edits_.back().time) == day_of(edit.time)) {
                add_older(edits_.back(), edit);
                if (edits_.back().lines.empty()) edits_.pop_back(), kept.pop_back();
                continue;
            }
            item.edit = edits_.size();
            edits_.push_back(edit);
        }
        kept.push_back(item);
    }
    past_ = std::move(kept);
}

bool Timeline::is_shown(Context& context, const Item& item) const {
    if (shown_ == Shown::All) return true;
    const bool activity = item.kind == Kind::Task || item.kind == Kind::Event;
    if (shown_ == Shown::Changes || !activity) return shown_ == Shown::Changes && !activity;
    const bool task = item.kind == Kind::Task;
    const std::string type = context.records().value_text(item.record, task ? task_field::type : event_field::type);
    switch (shown_) {
        case Shown::Calls: return type == "Call";
        case Shown::Emails: return type == "Email";
        case Shown::Notes: return task && type == "Other" && is_logged(context.records(), item.record);
        default: return !task || type == "Meeting" || !is_logged(context.records(), item.record);
    }
}

// What the list is kept to, said beside its title.
void Timeline::draw_filter(Context& context) {
    static constexpr std::string_view keys[] = {"ui.timeline.show.all", "ui.timeline.show.plans", "ui.timeline.show.calls", "ui.timeline.show.emails", "ui.timeline.show.notes", "ui.timeline.show.changes"};
    const std::string_view shown = context.tr(keys[static_cast<int>(shown_)]);
    const bool in_tab = context.is_phone();   // whose name it has already
    kit::SectionHeader header(context, in_tab && shown_ != Shown::All ? shown : context.tr("ui.timeline.title"));
    if (shown_ != Shown::All && !in_tab) kit::text(context, shown, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
    if (!kit::menu_button(context, "show", Icon::Filter, context.tr("ui.timeline.show"), {.kind = kit::ButtonKind::Ghost, .small = true, .selected = shown_ != Shown::All})) return;
    for (std::size_t i = 0; i < std::size(keys); ++i)
        if (kit::menu_item(context, keys[i], context.tr(keys[i]), {.checked = i == static_cast<std::size_t>(shown_)})) shown_ = static_cast<Shown>(i), show_all_ = false;
    kit::end_menu(context);
}

// An account's are also those of its people and its opportunities.
void Timeline::add_activities(Context& context, RecordRef record) {
    add_activities_of(context, record, {});
    if (record.object != standard_object::account) return;
    for (const auto& [object, lookup] : {std::pair{standard_object::opportunity, opportunity_field::account}, {standard_object::contact, contact_field::account}})
        for (const RowIndex row : context.records().children(object, lookup, record)) add_activities_of(context, {object, row}, {object, row});
    // What is about several of them is told once.
    for (std::vector<Item>* items : {&upcoming_, &past_}) {
        std::set<std::pair<ObjectIndex, RowIndex>> told;
        std::erase_if(*items, [&](const Item& item) { return !told.insert({item.record.object, item.record.row}).second; });
    }
}

void Timeline::add_activities_of(Context& context, RecordRef record, RecordRef via) {
    const Records& records = context.records();
    const Schema& schema = context.schema();
    const ZoneTime zone(context.clock(), {});
    if (const FieldIndex lookup = activity_lookup(schema, standard_object::task, record.object); lookup != no_field) {
        for (const RowIndex row : records.children(standard_object::task, lookup, record)) {
            Item item{Kind::Task, {standard_object::task, row}, 0, false, flag_of(records, {standard_object::task, row}, task_field::is_closed), 0, via};
            const Value completed = item.done ? records.value(item.record, task_field::completed_date) : Value();
            const Value due = records.value(item.record, task_field::activity_date);
            if (const auto* instant = std::get_if<InstantValue>(&completed)) item.time = instant->milliseconds, item.dated = true;
            else if (const auto* day = std::get_if<DateValue>(&due)) item.time = zone.midnight(day->days), item.dated = true;
            (item.done ? past_ : upcoming_).push_back(item);
        }
    }
    if (const FieldIndex lookup = activity_lookup(schema, standard_object::event, record.object); lookup != no_field) {
        const Milliseconds now = context.clock().now();
        for (const RowIndex row : records.children(standard_object::event, lookup, record)) {
            Item item{Kind::Event, {standard_object::event, row}, 0, false, false, 0, via};
            const Value start = records.value(item.record, event_field::start);
            if (const auto* instant = std::get_if<InstantValue>(&start)) item.time = instant->milliseconds, item.dated = true;
            // What repeats stands at its next occurrence.
            if (const auto series = read_series(records, item.record, context.clock()))
                if (const auto next = next_occurrence(series->rule, series->start.day, context.today()))
                    if (const auto occurrence = find_occurrence(*series, context.clock(), *next)) item.time = occurrence->start;
            item.done = item.dated && item.time < now;
            (item.done ? past_ : upcoming_).push_back(item);
        }
    }
}

void Timeline::add_stages(Context& context, RecordRef record) {
    const Records& records = context.records();
    for (const RowIndex row : records.children(standard_object::opportunity_stage_history, stage_history_field::opportunity, record)) {
        const RecordRef move{standard_object::opportunity_stage_history, row};
        const Value entered = records.value(move, stage_history_field::entered);
        if (const auto* instant = std::get_if<InstantValue>(&entered)) past_.push_back({Kind::Stage, move, instant->milliseconds, true, true});
    }
    // The present stay is the opportunity's own; one that never moved has nothing to tell of it.
    if (const Milliseconds entered = instant_of(records, record, opportunity_field::stage_entered); entered != 0 && !past_.empty() && past_.back().kind == Kind::Stage)
        past_.push_back({Kind::Stage, record, entered, true, true});
}

// Only the day is known; on the day of its creation it comes after that.
void Timeline::add_conversion(Context& context, RecordRef lead) {
    const Value day = context.records().value(lead, lead_field::converted_date);
    const auto* date = std::get_if<DateValue>(&day);
    if (!date) return;
    past_.push_back({Kind::Converted, lead, std::max(date->days * milliseconds_per_day, instant_of(context.records(), lead, system_field::created_date) + 1), true, true});
}

void Timeline::draw(Context& context, RecordRef record, bool read_only) {
    refresh(context, record);
    kit::Card card(context, {.role = Role::Region, .name = context.tr("ui.timeline.title")});
    draw_filter(context);
    const bool can_add = !read_only && has_activities(context.schema(), record.object);
    if (can_add && composer_.draw(context, record)) show_all_ = true;   // it may not be among the newest
    if (!upcoming_.empty()) {
        draw_items(context, true, upcoming_.size());
    } else if (can_add && shown_ == Shown::All) {
        kit::help_text(context, context.tr("ui.timeline.none"));
    }
    if (past_.empty()) {
        if (upcoming_.empty()) kit::help_text(context, context.tr("ui.timeline.none_of_these"));
        return;
    }
    draw_items(context, false, show_all_ ? past_.size() : past_shown_max);
    if (show_all_) return;
    // More may be found by looking further back; how much is not known before.
    const bool older = changes_.has_older() && shown_ == Shown::All;
    if (past_.size() <= past_shown_max && !older) return;
    const std::string words = older ? std::string(context.tr("ui.timeline.show_everything")) : context.count_text("ui.timeline.show_all", past_.size());
    if (kit::button(context, "all", words, {.kind = kit::ButtonKind::Ghost, .small = true, .full_width = true})) show_all_ = true;
}

void Timeline::draw_items(Context& context, bool upcoming, std::size_t count_max) {
    const std::string_view title = context.tr(upcoming ? "ui.timeline.upcoming" : "ui.timeline.past");
    kit::Column column(context, {.gap = 0});
    kit::heading(context, 3, title, {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    kit::Group group(context, Role::List, title);
    std::size_t drawn = 0;
    for (const Item& item : upcoming ? upcoming_ : past_) {
        if (drawn++ == count_max) break;
        kit::IdScope scope(context, (static_cast<std::uint64_t>(item.kind) << 32) | (item.kind == Kind::Change ? static_cast<std::uint64_t>(item.time) & 0xFFFF'FFFF : item.record.row) | (item.record == of_ ? 0x8000'0000u : 0u));
        switch (item.kind) {
            case Kind::Task: draw_task(context, item); break;
            case Kind::Event: draw_event(context, item); break;
            case Kind::Stage: draw_stage(context, item); break;
            case Kind::Change: draw_change(context, item); break;
            case Kind::Converted:
                kit::list_item(context, "converted", context.tr("ui.timeline.converted"),
                               {.detail = field_words(context, item.record, context.schema().object(item.record.object).field(lead_field::converted_account)),
                                .right = field_words(context, item.record, context.schema().object(item.record.object).field(lead_field::converted_date)), .icon = Icon::Convert});
                break;
            case Kind::Created:
                kit::list_item(context, "created", context.tr("ui.timeline.created"),
                               {.detail = field_words(context, item.record, context.schema().object(item.record.object).field(system_field::created_by)),
                                .right = context.locale().format_date(day_of_instant(item.time, context.clock().utc_offset_minutes(item.time))), .icon = Icon::Plus});
                break;
        }
    }
}

void Timeline::draw_task(Context& context, const Item& item) {
    const Records& records = context.records();
    const Days day = ZoneTime(context.clock(), {}).wall(item.time).day;
    const bool overdue = !item.done && item.dated && day < context.today();
    const std::string when = item.dated ? context.locale().format_date(day) : std::string();
    const std::string address = routes::record(records.id_of(item.record));
    const std::string title = record_title(context, item.record);
    std::string detail(records.text(item.record, task_field::description));
    if (detail.empty()) detail = field_words(context, item.record, context.schema().object(item.record.object).field(system_field::owner));
    detail = with_via(context, item, std::move(detail));
    if (item.done && is_logged(records, item.record)) {
        const Value type = records.value(item.record, task_field::type);
        const auto* kind = std::get_if<std::string>(&type);
        kit::list_item(context, "logged", title, {.detail = detail, .right = when, .address = address, .icon = kind ? logged_icon(*kind) : Icon::Note});
        return;
    }
    bool checked = item.done;
    const kit::ListItemAnswer answer = kit::list_item(context, "task", title,
        {.detail = detail, .right = when, .right_detail = overdue ? context.tr("ui.timeline.overdue") : std::string_view(), .right_tone = overdue ? Tone::Danger : Tone::Neutral, .address = address,
         .icon = Icon::Task, .checkbox = true, .checked = &checked, .struck = item.done});
    if (answer.check_changed) set_done(context, item.record, checked);
}

void Timeline::draw_event(Context& context, const Item& item) {
    const std::string title = record_title(context, item.record);
    // The day stands at the right.
    const ZoneTime zone(context.clock(), {});
    const bool all_day = flag_of(context.records(), item.record, event_field::is_all_day);
    std::string detail = item.dated && !all_day ? context.locale().format_time(zone.wall(item.time).minutes()) : std::string();
    if (const std::string_view place = context.records().text(item.record, event_field::location); !place.empty()) (detail += detail.empty() ? "" : " · ") += place;
    if (const std::string_view said = context.records().text(item.record, event_field::description); !said.empty()) (detail += detail.empty() ? "" : " · ") += said;
    detail = with_via(context, item, std::move(detail));
    const std::string when = item.dated ? context.locale().format_date(day_of_instant(item.time, context.clock().utc_offset_minutes(item.time))) : std::string();
    const std::string address = routes::record(context.records().id_of(item.record));
    kit::list_item(context, "event", title, {.detail = detail, .right = when, .address = address, .icon = Icon::Event});
}

void Timeline::draw_change(Context& context, const Item& item) {
    const FieldEdit& edit = edits_[item.edit];
    const Object& object = context.schema().object(item.record.object);
    const bool one = edit.lines.size() == 1;
    std::string words;
    for (const FieldEdit::Line& line : edit.lines) {
        const Field& field = object.fields[number(line.field)];
        if (!words.empty()) words += context.tr("ui.list.separator");
        words += one ? values_words(context, object, field, line.before, line.after) : change_words(context, object, field, line.before, line.after);
    }
    const std::string title = one ? changed_label(context, object, object.fields[number(edit.lines[0].field)]) : context.count_text("ui.timeline.fields_changed", edit.lines.size());
    const std::string when = context.locale().format_date(day_of_instant(item.time, context.clock().utc_offset_minutes(item.time)));
    if (kit::list_item(context, "change", title, {.detail = words, .right = when, .icon = Icon::Edit})) context.open_dialog(history_address(context, item.record));
}

void Timeline::draw_stage(Context& context, const Item& item) {
    const bool present = item.record.object == standard_object::opportunity;
    const Object& object = context.schema().object(item.record.object);
    const std::string stage = field_words(context, item.record, object.field(present ? opportunity_field::stage : stage_history_field::stage));
    const std::string title = context.tr("ui.timeline.stage", {stage});
    std::string detail = field_words(context, item.record, object.field(present ? opportunity_field::amount : stage_history_field::amount));
    // How long it stayed there.
    if (const Milliseconds left = present ? 0 : instant_of(context.records(), item.record, stage_history_field::left); left > item.time)
        detail.append(detail.empty() ? "" : " · ").append(context.count_text("ui.timeline.days", static_cast<std::uint64_t>((left - item.time) / milliseconds_per_day)));
    const Days day = day_of_instant(item.time, context.clock().utc_offset_minutes(item.time));
    const std::string when = context.locale().format_date(day);
    kit::list_item(context, "stage", title, {.detail = detail, .right = when, .icon = Icon::Chart});
}

}  // namespace outpost
