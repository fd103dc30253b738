// Commands that change activities: one occurrence of a series, a split, all; what an edit brings along.
#include <algorithm>

#include "core/activity/feed.h"
#include "core/activity/reminders.h"
#include "core/activity/series_change.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// An event that becomes one of whole days, or is none any more, and isn't told its times keeps its days: midnights in UTC,
// or else from when the work begins until it ends.
void complete_times(const Records& records, Clock& clock, bool was_all_day, Milliseconds start, Milliseconds end, Fields& fields) {
    const FieldValue* given = find_value(fields, event_field::is_all_day);
    const auto* all_day = given ? std::get_if<bool>(&given->value) : nullptr;
    if (!all_day || *all_day == was_all_day || start == null_instant || find_value(fields, event_field::start) || find_value(fields, event_field::end)) return;
    if (end == null_instant) end = start;
    if (*all_day) {
        const auto midnight = [&](Milliseconds at) { return ZoneTime(clock, {}).wall(at).day * milliseconds_per_day; };
        end = midnight(std::max(start, end - 1));
        start = midnight(start);
    } else {
        const WorkingTime working = working_time_of(records);
        start = timed_of(clock, start, working.from);
        end = std::max(start, timed_of(clock, end, working.to));
    }
    put_value(fields, event_field::start, InstantValue{start});
    put_value(fields, event_field::end, InstantValue{end});
}

// An edit brings up no reminder that has passed: where it leaves an earlier occurrence as the last that has come, or the
// last one was seen to before, that is so afterwards. What was due or snoozed stays so as long as it isn't over.
Status settle_reminder(Transaction& transaction, RecordRef event, const LastReminder& before) {
    Clock& clock = *transaction.context().clock;
    const LastReminder after = last_reminder(transaction.records(), clock, event);
    if (after.planned == before.planned || (before.open && (after.planned > before.planned || after.end > clock.now()))) return {};
    return transaction.update(event.object, {event.row}, {{event_field::reminder_handled, after.planned == null_instant ? Value() : Value(InstantValue{after.planned})}});
}

}  // namespace

Result<CommandOutcome> change_occurrence(Transaction& transaction, const ChangeOccurrence& command) {
    const Records& records = transaction.records();
    Clock& clock = *transaction.context().clock;
    const std::string name = records.display_name(command.series);
    if (!records.table(command.series.object).is_live(command.series.row))
        return fail(ErrorCode::EntityIsDeleted, "error.deleted_already", {name});
    std::optional<Series> series = read_series(records, command.series, clock);
    if (!series) return fail(ErrorCode::InvalidArgument, "error.not_recurring", {name});
    const std::optional<Occurrence> occurrence = find_occurrence(*series, clock, command.day);
    if (!occurrence) return fail(ErrorCode::InvalidArgument, "error.no_occurrence", {name, days_to_text(command.day)});
    const bool event = command.series.object == so::event;
    const LastReminder before = event ? last_reminder(records, clock, command.series) : LastReminder{};
    Fields fields = command.fields;
    if (event) complete_times(records, clock, series->all_day, occurrence->start, occurrence->end, fields);
    SeriesChange change(transaction, *std::move(series), *occurrence, fields);
    CommandOutcome outcome;
    if (command.removes) {
        OUTPOST_CHECK(change.remove(command.scope));
    } else {
        OUTPOST_TRY(const RecordRef changed, change.update(command.scope));
        if (changed != command.series) outcome.created.push_back(changed);
    }
    if (!event || find_value(fields, event_field::reminder_handled)) return outcome;
    OUTPOST_CHECK(settle_reminder(transaction, command.series, before));
    for (const RecordRef made : outcome.created) OUTPOST_CHECK(settle_reminder(transaction, made, before));
    return outcome;
}

namespace {

bool has_text(const Fields& fields, FieldIndex field) {
    const FieldValue* entry = find_value(fields, field);
    const auto* text = entry ? std::get_if<std::string>(&entry->value) : nullptr;
    return text && !text->empty();
}

// A zone that nobody knows would move the event unseen.
Status check_zone(Clock& clock, const Fields& fields) {
    const FieldValue* entry = find_value(fields, event_field::recurrence_zone);
    const auto* text = entry ? std::get_if<std::string>(&entry->value) : nullptr;
    if (!text || text->empty() || clock.zone_offset_minutes(*text, 0)) return {};
    return fail(ErrorCode::InvalidArgument, "error.unknown_zone", {*text});
}

// A reminder goes along when its task or event goes to another day or time. One that is given, or that lies ahead again, is
// told anew; one that has passed by going along is not.
Status move_reminders(Transaction& transaction, ObjectIndex object, const std::vector<RowIndex>& rows, Fields& fields) {
    const bool task = object == so::task;
    if (!task && object != so::event) return {};
    const FieldIndex reminder = task ? task_field::reminder : event_field::reminder, handled = task ? task_field::reminder_handled : event_field::reminder_handled;
    const FieldValue* given = find_value(fields, task ? task_field::activity_date : event_field::start);
    if (find_value(fields, reminder)) {
        if (!find_value(fields, handled)) put_value(fields, handled, {});
        return {};
    }
    const Table& table = transaction.records().table(object);
    Clock& clock = *transaction.context().clock;
    if (!given || is_null(given->value)) return {};
    std::vector<std::pair<RowIndex, Milliseconds>> moved;
    for (const RowIndex row : rows) {
        const Milliseconds old = table.column(reminder).instants()[row];
        if (old == null_instant) continue;
        const Value before = transaction.records().value({object, row}, given->field);
        const auto start_of = [](const Value& value) {
            const auto* day = std::get_if<DateValue>(&value);
            const auto* instant = std::get_if<InstantValue>(&value);
            return day ? day->days * milliseconds_per_day : instant ? instant->milliseconds : null_instant;
        };
        const Milliseconds from = start_of(before), to = start_of(given->value);
        if (from == null_instant || to == null_instant || from == to) continue;
        const bool by_days = task || table.column(event_field::is_all_day).flags()[row] != 0;
        moved.push_back({row, moved_reminder(clock, old, from, to, by_days)});
    }
    const Milliseconds now = clock.now();
    for (const auto& [row, instant] : moved)
        OUTPOST_CHECK(transaction.update(object, {row}, {{reminder, InstantValue{instant}}, {handled, instant > now ? Value() : Value(InstantValue{instant})}}));
    return {};
}

// What an edit of events has to see to besides.
struct EventBefore {
    RecordRef event;
    Fields times;                           // of one that is or was for all day
    std::optional<LastReminder> reminder;   // of one that repeats
};

std::vector<EventBefore> events_before(const Records& records, Clock& clock, const std::vector<RowIndex>& rows, const Fields& given) {
    const Table& table = records.table(so::event);
    const bool turns = find_value(given, event_field::is_all_day), reminds = find_value(given, event_field::reminder) || find_value(given, event_field::reminder_handled);
    std::vector<EventBefore> found;
    for (const RowIndex row : rows) {
        EventBefore each{{so::event, row}, {}, {}};
        const bool recurs = !records.text(each.event, event_field::recurrence).empty();
        if (turns) {
            const bool was_all_day = table.column(event_field::is_all_day).flags()[row] != 0;
            each.times = given;
            complete_times(records, clock, was_all_day, table.column(event_field::start).instants()[row], table.column(event_field::end).instants()[row], each.times);
            if (was_all_day && recurs && each.times.size() > given.size() && !find_value(given, event_field::recurrence_zone)) put_value(each.times, event_field::recurrence_zone, Value(clock.zone()));
            each.times.erase(each.times.begin(), each.times.begin() + static_cast<std::ptrdiff_t>(given.size()));
        }
        if (recurs && !reminds) each.reminder = last_reminder(records, clock, each.event);
        if (recurs || !each.times.empty()) found.push_back(std::move(each));
    }
    return found;
}

// A task that comes in as done was done on its day, as in imports (core/transfer/import_complete): noon is on that day in
// most other zones, too. Written once it is there: what a command says itself must not pass for it.
Status complete_on_its_day(Transaction& transaction, RecordRef task) {
    const Table& table = transaction.records().table(so::task);
    const Days day = table.column(task_field::activity_date).days()[task.row];
    Clock& clock = *transaction.context().clock;
    const ZoneTime here(clock, {});
    if (table.column(task_field::is_closed).flags()[task.row] == 0 || day == null_day || day >= here.wall(clock.now()).day) return {};
    transaction.allow_protected_fields(true);
    const Status done = transaction.update(so::task, {task.row}, {{task_field::completed_date, InstantValue{here.instant({day, milliseconds_per_day / 2})}}});
    transaction.allow_protected_fields(false);
    return done;
}

}  // namespace

Result<CommandOutcome> create_activity(Transaction& transaction, const CreateRecord& command) {
    Fields fields = command.fields;
    if (command.object == so::event) {
        OUTPOST_CHECK(check_zone(*transaction.context().clock, fields));
        if (has_text(fields, event_field::recurrence) && !has_text(fields, event_field::recurrence_zone))
            put_value(fields, event_field::recurrence_zone, Value(transaction.context().clock->zone()));
    }
    OUTPOST_TRY(const RecordRef created, transaction.create(command.object, std::move(fields), command.apply_defaults));
    if (command.object == so::task) OUTPOST_CHECK(complete_on_its_day(transaction, created));
    CommandOutcome outcome;
    outcome.created.push_back(created);
    return outcome;
}

Result<CommandOutcome> update_activities(Transaction& transaction, ObjectIndex object, const std::vector<RowIndex>& rows, const Fields& given) {
    const Records& records = transaction.records();
    Clock& clock = *transaction.context().clock;
    CommandOutcome outcome;
    outcome.record_count = rows.size();
    std::vector<RowIndex> others;
    Fields fields = given;
    if (object == so::event) {
        OUTPOST_CHECK(check_zone(clock, fields));
        if (has_text(fields, event_field::recurrence) && !has_text(fields, event_field::recurrence_zone))
            put_value(fields, event_field::recurrence_zone, Value(clock.zone()));
    }
    const std::vector<EventBefore> events = object == so::event ? events_before(records, clock, rows, given) : std::vector<EventBefore>();
    OUTPOST_CHECK(move_reminders(transaction, object, rows, fields));
    const bool task = object == so::task;
    const FieldIndex rule_field = task ? task_field::recurrence : event_field::recurrence;
    const bool keeps_rule = (task || object == so::event) && !find_value(given, rule_field);
    const bool completes = keeps_rule && task && closes_task(records, given);
    const FieldValue* start = find_value(given, task ? task_field::activity_date : event_field::start);
    const bool moves = keeps_rule && start && !is_null(start->value);
    for (const RowIndex row : rows) {
        const RecordRef record{object, row};
        std::optional<Series> series = (completes || moves) && records.table(object).is_live(row) ? read_series(records, record, clock) : std::nullopt;
        const bool open = completes && series && records.table(object).column(task_field::is_closed).flags()[row] == 0;
        if (const auto day = open ? next_occurrence(series->rule, series->start.day, series->start.day) : std::nullopt) {
            SeriesChange change(transaction, *std::move(series), {*day, *day * milliseconds_per_day, *day * milliseconds_per_day}, given);
            OUTPOST_TRY(const RecordRef done, change.update(OccurrenceScope::This));
            if (done != record) outcome.created.push_back(done);
            continue;
        }
        const Days from = series ? series->start.day : 0;
        const auto rule = moves && series ? SeriesChange(transaction, *std::move(series), {from, 0, 0}, given).moved_along() : std::nullopt;
        if (!rule) {
            others.push_back(row);
            continue;
        }
        Fields along = fields;
        put_value(along, rule_field, Value(to_text(*rule)));
        OUTPOST_CHECK(transaction.update(object, {row}, along));
    }
    OUTPOST_CHECK(transaction.update(object, others, fields));
    for (const EventBefore& each : events) {
        if (!each.times.empty()) OUTPOST_CHECK(transaction.update(object, {each.event.row}, each.times));
        if (each.reminder) OUTPOST_CHECK(settle_reminder(transaction, each.event, *each.reminder));
    }
    return outcome;
}

}  // namespace outpost
