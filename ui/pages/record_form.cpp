#include "ui/pages/record_form.h"

#include <algorithm>
#include <utility>

#include "core/activity/reminders.h"
#include "core/activity/series.h"
#include "core/base/text.h"
#include "core/conversion/routing.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/product_lines.h"

namespace outpost {

namespace {

// What a new record's field begins with: what was asked for, else the picklist's or field's default.
Value starting_value(Context& context, const Object& object, const Field& field, const std::vector<FieldValue>& prefill) {
    for (const FieldValue& given : prefill)
        if (given.field == field.index) return given.value;
    if (field.index == system_field::owner) return Value(context.workspace().current_user());
    if (field.is_picklist())
        for (const PicklistValue& value : field.values)
            if (value.is_default && value.active) return Value(value.value);
    if (field.default_value.empty()) return {};
    Result<Value> parsed = parse_text_value(field.default_value, field, object, context.records());
    return parsed ? *std::move(parsed) : Value();
}

bool takes_whole_line(const Field& field) {
    return field.type == FieldType::LongTextArea || field.type == FieldType::TextArea || field.type == FieldType::MultiselectPicklist;
}

bool is_one_line(const Field& field) {
    switch (field.type) {
        case FieldType::Text: case FieldType::Email: case FieldType::Phone: case FieldType::Url:
        case FieldType::Number: case FieldType::Currency: case FieldType::Percent: return true;
        default: return false;
    }
}

Json create_command(const Object& object, Json fields) {
    Json command = Json::object();
    command.set("command", "CreateRecord");
    command.set("object", object.name);
    command.set("fields", std::move(fields));
    return command;
}

// A new record, and copies of another's lines when it is one that has them: one edit.
Batch copy_with_lines(Context& context, const Object& object, const std::vector<FieldValue>& values, RecordRef from) {
    const Records& records = context.records();
    Batch batch;
    Json fields = Json::object();
    for (const FieldValue& entry : values) fields.set(object.field(entry.field).name, value_to_json(entry.value, object.field(entry.field), records));
    batch.commands.push_back(create_command(object, std::move(fields)));
    if (!from) return batch;
    const Object& lines = context.schema().object(standard_object::opportunity_line_item);
    for (const RowIndex row : records.children(lines.index, line_item_field::opportunity, from)) {
        Json copied = Json::object();
        for (const Field& field : lines.fields) {
            const bool is_kept = !field.deleted && field.writable() && !field.unique && field.column_kind() != ColumnKind::None;
            const Value value = is_kept ? records.value({lines.index, row}, field.index) : Value();
            if (!is_null(value)) copied.set(field.name, value_to_json(value, field, records));
        }
        copied.set(lines.field(line_item_field::opportunity).name, "$0.id");
        batch.commands.push_back(create_command(lines, std::move(copied)));
    }
    return batch;
}

bool is_reminder(ObjectIndex object, FieldIndex field) {
    return object == standard_object::task ? field == task_field::reminder : object == standard_object::event && field == event_field::reminder;
}

// Of one occurrence: as far ahead of it as the series' is of its first.
void move_reminder_draft(Context& context, ObjectIndex object, std::vector<FieldDraft>& drafts, Milliseconds from, Milliseconds to) {
    for (FieldDraft& draft : drafts) {
        const auto* before = std::get_if<InstantValue>(&draft.before);
        if (!is_reminder(object, draft.field) || !before) continue;
        const Milliseconds moved = moved_reminder(context.clock(), before->milliseconds, from, to, object == standard_object::task || (from % milliseconds_per_day == 0 && to % milliseconds_per_day == 0));
        draft.before = InstantValue{moved};
        draft.moment = kit::DateTimeDraft::of(context, moved);
    }
}

}  // namespace

RecordForm::RecordForm(Context& context, ObjectIndex index, RecordRef existing, const std::vector<FieldValue>& prefill, std::string_view only)
    : object_(index), existing_(existing), duplicates_(index), alive_(std::make_shared<bool>(true)) {
    const Object& object = context.schema().object(index);
    if (!only.empty()) {
        Section& section = sections_.emplace_back();
        for (const std::string_view name : split(only, ' '))
            if (const Field* field = object.find_field(name)) add_field(context, object, *field, prefill, section);
        return;
    }
    const ObjectLayout layout = default_layout(object, context.schema(), context.messages());
    for (const LayoutSection& from : layout.sections) {
        if (from.system) continue;
        Section section;
        section.title = from.title;
        for (const FieldIndex field : from.fields) {
            const Field& definition = object.field(field);
            if (has_parts(definition)) {
                for (const FieldIndex part : address_parts(object, definition)) add_field(context, object, object.field(part), prefill, section);
            } else {
                add_field(context, object, definition, prefill, section);
            }
        }
        if (!section.drafts.empty()) sections_.push_back(std::move(section));
    }
}

void RecordForm::add_field(Context& context, const Object& object, const Field& field, const std::vector<FieldValue>& prefill, Section& section) {
    if (!field.writable() || has_parts(field)) return;
    const Value value = existing_ ? context.records().value(existing_, field.index) : starting_value(context, object, field, prefill);
    section.drafts.push_back(drafts_.size());
    drafts_.push_back(make_draft(context, field, value, bool(existing_)));
    // The keyboard goes to the first thing that is typed and still to be said.
    const bool typed = field.is_text() && !field.is_picklist() && field.type != FieldType::MultiselectPicklist;
    if (!focus_found_ && typed && (existing_ || is_null(value))) {
        focus_draft_ = drafts_.size() - 1;
        focus_found_ = true;
    }
}

void RecordForm::set_text(FieldIndex field, std::string text) {
    for (FieldDraft& draft : drafts_) {
        if (draft.field != field) continue;
        draft.text = std::move(text);
        draft.touched = true;
        return;
    }
}

std::string RecordForm::whole_form(Context& context) const {
    const Object& object = context.schema().object(object_);
    Route route = Route::parse(routes::create(object.name));
    for (const FieldDraft& draft : drafts_)
        if (draft.touched && !draft.text.empty()) route.set(object.field(draft.field).name, draft.text);
    return route.to_text();
}

void RecordForm::offer_lines_of(Context& context, RecordRef opportunity) {
    if (is_from_products(context, opportunity, opportunity_field::amount)) lines_of_ = opportunity;
}

bool RecordForm::is_sum_of_lines(Context& context, FieldIndex field) const {
    return is_from_products(context, existing_ ? existing_ : copies_lines_ ? lines_of_ : RecordRef{}, field);
}

bool RecordForm::can_route(Context& context) const { return !existing_ && object_ == standard_object::lead && has_active_entries(context.records()); }

bool RecordForm::is_dirty() const {
    return std::any_of(drafts_.begin(), drafts_.end(), [](const FieldDraft& draft) { return draft.touched; });
}

void RecordForm::draw_summary(Context& context) {
    std::string names;
    const Object& object = context.schema().object(object_);
    for (const FieldDraft& draft : drafts_) {
        if (draft.error.empty()) continue;
        if (!names.empty()) names += context.tr("ui.list.separator");
        names += field_label(context.messages(), object, object.field(draft.field));
    }
    if (!general_error_.empty())
        kit::banner(context, "general_error", general_error_, {.tone = Tone::Danger});
    else if (!names.empty())
        kit::banner(context, "field_errors", context.tr("ui.form.check_fields", {names}), {.tone = Tone::Danger});
}

// A dependent picklist offers what goes with the value chosen here, and changes to the first of it when its own doesn't.
void RecordForm::follow_controller(const Object& object, const Field& field, FieldDraft& draft) {
    const auto above = std::ranges::find(drafts_, field.controller, &FieldDraft::field);
    if (above == drafts_.end() || (existing_ && !above->touched)) return;
    const std::uint16_t controlling = object.field(field.controller).find_code(above->text);
    const auto dependent = dependent_picklist(object, field);
    const bool moved = std::exchange(draft.controlling, controlling) != controlling;
    if (!moved || !dependent || dependent->offers(field.find_code(draft.text), controlling)) return;
    const std::uint16_t first = field.required ? dependent->first(controlling) : std::uint16_t{0};
    draft.text = first == 0 ? std::string() : field.values[first - 1u].value;
}

void RecordForm::draw_reminder_choices(Context& context, FieldDraft& draft) {
    const bool task = object_ == standard_object::task;
    const std::optional<Milliseconds> start = activity_start(context);
    kit::Row row(context);
    if (!kit::menu_button(context, "remind", context.tr("ui.reminder.choose"), {.kind = kit::ButtonKind::Ghost, .icon = Icon::Clock, .small = !context.touch})) return;
    constexpr Milliseconds minute = 60'000, hour = 60 * minute;
    const auto set = [&](std::optional<Milliseconds> at, std::optional<Milliseconds> lead) {
        draft.moment = kit::DateTimeDraft::of(context, at);
        draft.touched = true;
        reminder_lead_ = lead;
    };
    struct Choice { std::string_view key; Milliseconds lead; };
    static constexpr Choice of_event[] = {{"ui.reminder.at_start", 0}, {"ui.reminder.before_5", 5 * minute}, {"ui.reminder.before_15", 15 * minute}, {"ui.reminder.before_60", hour}, {"ui.reminder.day_before", 24 * hour}};
    static constexpr Choice of_task[] = {{"ui.reminder.that_day", 0}, {"ui.reminder.day_before", 24 * hour}};
    const Milliseconds now = context.clock().now();
    if (task && kit::menu_item(context, "hour", context.tr("ui.reminder.hour"))) set((now + hour) / minute * minute, std::nullopt);
    for (const Choice& each : task ? std::span<const Choice>(of_task) : std::span<const Choice>(of_event))
        if (kit::menu_item(context, each.key, context.tr(each.key), {.disabled = !start})) set(*start - each.lead, each.lead);
    kit::menu_separator(context);
    if (kit::menu_item(context, "none", context.tr("ui.reminder.no"))) set(std::nullopt, std::nullopt);
    kit::end_menu(context);
}

// What a reminder is before of: an event's start; nine o'clock of the day on which a task is due or an event takes all of it.
std::optional<Milliseconds> RecordForm::activity_start(Context& context) const {
    const bool event = object_ == standard_object::event;
    const auto draft = std::ranges::find(drafts_, event ? event_field::start : task_field::activity_date, &FieldDraft::field);
    if (draft == drafts_.end()) return std::nullopt;
    if (event && !draft->whole_days) return draft->moment.value;
    const std::optional<Days> day = event ? draft->moment.day.value : draft->day.value;
    return day ? std::optional(ZoneTime(context.clock(), {}).instant({*day, 9 * 3'600'000})) : std::nullopt;
}

void RecordForm::follow_start(Context& context) {
    const std::optional<Milliseconds> start = reminder_lead_ ? activity_start(context) : std::nullopt;
    if (!start) return;
    for (FieldDraft& draft : drafts_)
        if (is_reminder(object_, draft.field) && draft.moment.value != *start - *reminder_lead_) draft.moment = kit::DateTimeDraft::of(context, *start - *reminder_lead_);
}

namespace {

// Where an event begins or ends by its draft, a day as midnight in UTC; none while half of it is typed.
std::optional<Milliseconds> time_of(const FieldDraft& draft) {
    if (!draft.whole_days) return draft.moment.value;
    return draft.moment.day.value ? std::optional(*draft.moment.day.value * milliseconds_per_day) : std::nullopt;
}

}  // namespace

// Another start takes the end along: an event stays as long as it was.
void RecordForm::follow_event_start(Context& context, bool changed) {
    const auto find = [&](FieldIndex field) { return std::ranges::find(drafts_, field, &FieldDraft::field); };
    const auto start = find(event_field::start), end = find(event_field::end);
    if (start == drafts_.end() || end == drafts_.end()) return;
    const std::optional<Milliseconds> from = time_of(*start), to = time_of(*end);
    if (!changed) {
        if (from && to && *to >= *from) event_length_ = *to - *from;
        return;
    }
    if (!from || !to || !event_length_ || *to - *from == *event_length_) return;
    if (end->whole_days) end->moment.day = kit::DateDraft::of(day_of_instant(*from + *event_length_, 0));
    else end->moment = kit::DateTimeDraft::of(context, *from + *event_length_);
    end->touched = true;
}

void RecordForm::set_times(Context& context, Milliseconds start, Milliseconds end) {
    for (FieldDraft& draft : drafts_) {
        const bool first = object_ == standard_object::event ? draft.field == event_field::start : draft.field == task_field::activity_date;
        if (!first && (object_ != standard_object::event || draft.field != event_field::end)) continue;
        const Milliseconds at = first ? start : end;
        const auto* old = std::get_if<InstantValue>(&draft.before);
        const auto* old_day = std::get_if<DateValue>(&draft.before);
        if (first && (old || old_day)) move_reminder_draft(context, object_, drafts_, old ? old->milliseconds : old_day->days * milliseconds_per_day, start);
        if (object_ == standard_object::event) draft.before = InstantValue{at}, draft.moment = kit::DateTimeDraft::of(context, at);
        else draft.before = DateValue{day_of_instant(at, 0)}, draft.day = kit::DateDraft::of(day_of_instant(at, 0));
    }
}

// What a new opportunity gets by its stage is seen before it is saved; who says otherwise keeps it.
void RecordForm::follow_stage(const Object& object) {
    if (existing_ || object.index != standard_object::opportunity) return;
    const auto stage = std::ranges::find(drafts_, opportunity_field::stage, &FieldDraft::field);
    const std::uint16_t code = stage == drafts_.end() ? std::uint16_t{0} : object.field(stage->field).find_code(stage->text);
    if (code == 0 || code == stage_code_) return;
    const bool first = std::exchange(stage_code_, code) == 0;
    const PicklistValue& value = object.field(stage->field).values[code - 1u];
    for (FieldDraft& draft : drafts_) {
        if (draft.touched || (first && (!draft.text.empty() || draft.number.value))) continue;   // a copy keeps what it brings
        if (draft.field == opportunity_field::probability) draft.number = kit::NumberDraft::of(Decimal{value.probability, 0});
        if (draft.field == opportunity_field::forecast_category) draft.text = to_text(value.forecast);
    }
}

// Of a call alone, or where there is something to tell.
bool RecordForm::is_left_out(const Object& object, const FieldDraft& draft) const {
    if (!is_call_field(object, draft.field) || draft.touched || !draft.text.empty() || draft.number.value) return false;
    const auto type = std::ranges::find(drafts_, task_field::type, &FieldDraft::field);
    return type != drafts_.end() && type->text != "Call";
}

// An all-day event has days alone, and what repeats does so from the day it begins on.
void RecordForm::follow_event_days(Context& context, const Object& object) {
    const bool event = object.index == standard_object::event;
    if (!event && object.index != standard_object::task) return;
    const auto find = [&](FieldIndex field) { return std::ranges::find(drafts_, field, &FieldDraft::field); };
    const auto all_day = event ? find(event_field::is_all_day) : drafts_.end();
    const auto start = find(event ? event_field::start : task_field::activity_date);
    const WorkingTime working = context.workspace().working_time();
    for (const FieldIndex field : {event_field::start, event_field::end}) {
        if (all_day == drafts_.end()) break;
        const auto draft = find(field);
        if (draft == drafts_.end() || draft->whole_days == all_day->on) continue;
        draft->whole_days = all_day->on;
        const auto* before = std::get_if<InstantValue>(&draft->before);
        if (draft->touched || !before) continue;
        // The record's own days; a time of day when it no longer is for all of it.
        if (all_day->on) draft->moment.day = kit::DateDraft::of(all_day_of(context.clock(), before->milliseconds));
        else draft->moment = kit::DateTimeDraft::of(context, timed_of(context.clock(), before->milliseconds, field == event_field::start ? working.from : working.to));
        draft->touched = all_day->touched;
    }
    const auto repeats = find(event ? event_field::recurrence : task_field::recurrence);
    if (start == drafts_.end() || repeats == drafts_.end()) return;
    repeats->starts_on = (event ? start->moment.day.value : start->day.value).value_or(context.today());
}

bool RecordForm::draw_section(Context& context, const Section& section) {
    const Object& object = context.schema().object(object_);
    if (std::ranges::all_of(section.drafts, [&](std::size_t at) { return is_left_out(object, drafts_[at]); })) return false;
    kit::Column column(context, {.gap = space::x3});
    if (!section.title.empty()) kit::heading(context, 2, section.title, {.style = TextStyle::BodyStrong});
    kit::FormGrid grid(context);
    std::optional<kit::Columns> pair;   // a line of their own: two checkboxes, without the room for labels above, and a location's parts
    std::size_t paired = 0;
    const auto stands_with_next = [&](std::size_t index) {
        if (index + 1 >= section.drafts.size()) return false;
        const FieldIndex one = drafts_[section.drafts[index]].field, other = drafts_[section.drafts[index + 1]].field;
        if (!object.has_field(one) || !object.has_field(other)) return false;
        const Field *field = &object.field(one), *next = &object.field(other), *whole = object.find_field(field->compound);
        if (field->type == FieldType::Checkbox) return next->type == FieldType::Checkbox;
        return whole && whole->type == FieldType::Location && next->compound == field->compound;
    };
    bool changed = false;
    for (std::size_t index = 0; index < section.drafts.size(); ++index) {
        const std::size_t at = section.drafts[index];
        FieldDraft& draft = drafts_[at];
        if (!object.has_field(draft.field) || is_left_out(object, draft)) continue;
        const Field& field = object.field(draft.field);
        if (pair && index == paired + 1) {
            pair->next();
        } else {
            pair.reset();
            if (stands_with_next(index)) {
                paired = index;
                grid.full_width();
                const float row_gap = field.type == FieldType::Checkbox ? space::x2 : space::x4;
                pair.emplace(context, std::initializer_list<float>{1, 1}, kit::ColumnsOptions{.gap = space::x4, .stack_below = 460, .row_gap = row_gap});
            }
        }
        if (object.has_field(field.controller)) follow_controller(object, field, draft);
        if (takes_whole_line(field)) grid.full_width();
        if (is_sum_of_lines(context, field.index)) {
            const std::string sum = money_words(context, context.records().value(existing_ ? existing_ : lines_of_, field.index));
            kit::read_field(context, field.name, field_label(context.messages(), object, field), sum,
                            {.note = context.tr("ui.products.from"), .note_tip = context.tr("ui.products.from_tip")});
            continue;
        }
        const bool reminds = is_reminder(object_, draft.field);
        const bool begins_event = object_ == standard_object::event && draft.field == event_field::start;
        if (begins_event) follow_event_start(context, false);
        std::optional<kit::Column> cell;
        if (reminds) cell.emplace(context, kit::ColumnOptions{.gap = space::x1});
        const kit::Edited edited = draw_field_editor(context, object, field, draft, {.focus = focus_pending_ && at == focus_draft_});
        if (begins_event && edited.changed) follow_event_start(context, true);
        if (reminds && edited.changed) reminder_lead_.reset();
        if (reminds) draw_reminder_choices(context, draft);
        entered_ = entered_ || (edited.committed && edited.focused && is_one_line(field));
        changed = changed || edited.changed;
    }
    return changed;
}

std::string RecordForm::duplicate_hint(Context& context) const {
    return notice_shown_ ? context.count_text("ui.merge.found", duplicates_.count_found()) : std::string();
}

// On a phone the notice may stand out of sight: said beside the buttons.
void RecordForm::draw_duplicate_hint(Context& context) const {
    if (notice_shown_ && context.is_phone()) kit::text(context, duplicate_hint(context), {.style = TextStyle::Caption, .ink = kit::Ink::Warning});
}

// The notice comes below the section in which somebody types, and stays there: what is typed in doesn't move.
void RecordForm::look_for_duplicates(Context& context) {
    const bool shown = !existing_ && !saving_ && !stored_ && duplicates_.look(context, drafts_);
    if (shown && !notice_shown_) notice_section_ = edited_section_;
    notice_shown_ = shown;
}

void RecordForm::draw(Context& context) {
    const Object& object = context.schema().object(object_);
    kit::Group group(context, Role::Form, object_label(context.messages(), object, false));
    draw_brought_back(context);
    draw_summary(context);
    if (lines_of_) {
        const std::size_t count = context.records().children(standard_object::opportunity_line_item, line_item_field::opportunity, lines_of_).size();
        kit::checkbox(context, "copy_lines", context.count_text("ui.products.copy", count), copies_lines_);
    }
    if (can_route(context)) kit::checkbox(context, "route", context.tr("ui.form.route"), routes_);
    look_for_duplicates(context);
    follow_event_days(context, object);
    follow_start(context);
    follow_stage(object);
    bool edited = false;
    for (std::size_t at = 0; at < sections_.size(); ++at) {
        if (draw_section(context, sections_[at])) edited_section_ = at, edited = true;
        if (notice_shown_ && at == notice_section_) duplicates_.draw(context);
    }
    focus_pending_ = false;
    if (edited) keep();
}

// Collects what is to be written. False when a field can't be: its error stands at it.
bool RecordForm::check(Context& context, std::vector<FieldValue>& values) {
    const Object& object = context.schema().object(object_);
    bool good = true;
    general_error_.clear();
    for (std::size_t at = 0; at < drafts_.size(); ++at) {
        FieldDraft& draft = drafts_[at];
        if (!object.has_field(draft.field) || is_sum_of_lines(context, draft.field)) continue;
        const Field& field = object.field(draft.field);
        draft.error.clear();
        Result<Value> value = draft_value(context, object, field, draft);
        if (!value) {
            draft.error = context.error_text(value.error());
        } else if (field.required && is_null(*value)) {
            draft.error = context.tr("error.required_field", {field_label(context.messages(), object, field)});
        } else if (existing_ ? draft.touched && *value != draft.before : draft.touched || !is_null(*value)) {
            values.push_back({draft.field, *std::move(value)});
        }
        if (draft.error.empty() || !good) continue;
        good = false;
        focus_draft_ = at;
        focus_pending_ = true;
    }
    // An end that was put back to where it was doesn't go along with the start.
    const auto is_given = [&](FieldIndex field) { return std::ranges::find(values, field, &FieldValue::field) != values.end(); };
    const auto end = std::ranges::find(drafts_, event_field::end, &FieldDraft::field);
    if (existing_ && object_ == standard_object::event && end != drafts_.end() && end->touched && is_given(event_field::start) && !is_given(event_field::end)) values.push_back({end->field, end->before});
    return good;
}

void RecordForm::take_error(Context& context, const Error& error) {
    const Object& object = context.schema().object(object_);
    const Field* field = error.field.empty() ? nullptr : object.find_field(error.field);
    for (std::size_t at = 0; field && at < drafts_.size(); ++at) {
        if (drafts_[at].field != field->index) continue;
        drafts_[at].error = context.error_text(error);
        focus_draft_ = at;
        focus_pending_ = true;
        return;
    }
    general_error_ = context.error_text(error);
}

void RecordForm::submit(Context& context, std::function<void(RecordRef)> saved) {
    if (saving_) return;
    std::vector<FieldValue> values;
    if (!check(context, values)) return;
    if (existing_ && values.empty()) {
        context.later([saved = std::move(saved), record = existing_] { saved(record); });
        return;
    }
    saving_ = true;
    const Object& object = context.schema().object(object_);
    const std::string label = object_label(context.messages(), object, false);
    SubmitOptions options;
    options.silent_errors = true;
    options.toast = context.tr(existing_ ? "ui.form.saved" : "ui.form.created", {label});
    auto done = [this, &context, saved = std::move(saved), existing = existing_, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (alive.expired()) return;
        saving_ = false;
        if (!outcome) {
            take_error(context, outcome.error());
            return;
        }
        stored_ = true;
        forget_kept();
        const CommandOutcome& made = outcome->parts.empty() ? *outcome : outcome->parts[0];
        const RecordRef record = existing ? existing : made.created.empty() ? RecordRef{} : made.created[0];
        for (FieldDraft& draft : drafts_) draft.touched = false;
        saved(record);
    };
    if (existing_) {
        context.submit(UpdateRecord{existing_, std::move(values)}, std::move(done), std::move(options));
    } else if (lines_of_ && copies_lines_) {
        context.submit(copy_with_lines(context, object, values, lines_of_), std::move(done), std::move(options));
    } else if (routes_ && can_route(context)) {
        Batch batch = copy_with_lines(context, object, values, {});
        batch.commands.push_back(Json::object().set("command", "RouteLeads").set("ids", Json::array().push("$0.id")));
        context.submit(std::move(batch), std::move(done), std::move(options));
    } else {
        context.submit(CreateRecord{object_, std::move(values), true}, std::move(done), std::move(options));
    }
}

std::vector<FieldValue> prefill_of(Context& context, const Object& object, const Route& route) {
    std::vector<FieldValue> values;
    for (const auto& [name, text] : route.parameters) {
        const Field* field = object.find_field(name);
        if (!field || !field->writable() || text.empty()) continue;
        Result<Value> value = parse_text_value(text, *field, object, context.records());
        if (value) values.push_back({field->index, *std::move(value)});
    }
    const auto given = [&](FieldIndex field) { return std::ranges::find(values, field, &FieldValue::field) != values.end(); };
    if (object.index != standard_object::event || given(event_field::start) || given(event_field::end)) return values;
    // The next full hour of the person's clock, and one hour long.
    constexpr Milliseconds hour = 3'600'000;
    const Milliseconds now = context.clock().now(), offset = Milliseconds{context.clock().utc_offset_minutes(now)} * 60'000;
    const Milliseconds start = ((now + offset) / hour + 1) * hour - offset;
    values.push_back({event_field::start, InstantValue{start}});
    values.push_back({event_field::end, InstantValue{start + hour}});
    return values;
}

}  // namespace outpost
