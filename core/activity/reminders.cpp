#include "core/activity/reminders.h"

#include <algorithm>

#include "core/activity/series.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// Of what recurs, occurrences that were missed before that are not told any more.
constexpr Days recurring_days_back = 35;

// The reminders of an event that repeats.
class SeriesReminders {
public:
    SeriesReminders(Series series, Clock& clock, Milliseconds first, Milliseconds now)
        : series_(std::move(series)), clock_(clock), first_(first), now_(now),
          begin_(series_.all_day ? series_.start.day * milliseconds_per_day : ZoneTime(clock, series_.zone).instant(series_.start)),
          day_(day_of_instant(now + (begin_ - first), 0)) {}

    Milliseconds planned(const Occurrence& each) const { return moved_reminder(clock_, first_, begin_, each.start, series_.all_day); }

    // Of those that have come.
    std::optional<Occurrence> latest() const {
        const std::vector<Occurrence> past = occurrences(series_, clock_, {day_ - recurring_days_back, day_ + 2});
        const auto found = std::find_if(past.rbegin(), past.rend(), [&](const Occurrence& each) { return planned(each) <= now_; });
        return found == past.rend() ? std::nullopt : std::optional(*found);
    }

    std::optional<Occurrence> next() const {
        Days from = day_ - 1;
        for (int tries = 0; tries < 5; ++tries) {
            const std::optional<Days> next = next_occurrence(series_.rule, series_.start.day, from);
            const std::optional<Occurrence> each = next ? find_occurrence(series_, clock_, *next) : std::nullopt;
            if (!each || planned(*each) > now_) return each;
            from = *next + 1;
        }
        return std::nullopt;
    }

private:
    Series series_;
    Clock& clock_;
    Milliseconds first_, now_, begin_;
    Days day_;
};

class Collector {
public:
    Collector(const Records& records, Clock& clock, RecordRef user, Milliseconds now) : records_(records), clock_(clock), user_(user), now_(now) {}

    Reminders collect() {
        add(so::task, task_field::reminder, task_field::reminder_handled);
        add(so::event, event_field::reminder, event_field::reminder_handled);
        // By second, then as they were found.
        std::vector<std::uint64_t> order;
        for (const Reminder& each : found_.due) order.push_back(static_cast<std::uint64_t>(std::max<Milliseconds>(each.at, 0) / 1000) << 28 | order.size());
        std::sort(order.begin(), order.end());
        const std::vector<Reminder> found = std::move(found_.due);
        found_.due.clear();
        for (const std::uint64_t each : order) found_.due.push_back(found[each & 0xFFFFFFF]);
        return std::move(found_);
    }

private:
    void take(Reminder reminder, Milliseconds handled) {
        if (handled == reminder.planned) return;
        if (handled != null_instant && handled > reminder.planned) reminder.at = handled;   // snoozed
        if (reminder.at <= now_) found_.due.push_back(reminder);
        else found_.next = std::min(found_.next.value_or(reminder.at), reminder.at);
    }

    void add(ObjectIndex object, FieldIndex when_field, FieldIndex handled_field) {
        const Table& table = records_.table(object);
        const auto when = table.column(when_field).instants(), handled = table.column(handled_field).instants();
        const auto owner = table.column(system_field::owner).rows();
        const bool tasks = object == so::task;
        const auto closed = tasks ? table.column(task_field::is_closed).flags() : std::span<const std::uint8_t>();
        const auto starts = tasks ? std::span<const std::int64_t>() : table.column(event_field::start).instants();
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (when[row] == null_instant || owner[row] != user_.row || !table.is_live(row) || (tasks && closed[row] != 0)) continue;
            const RecordRef record{object, row};
            // A recurring task stands at its first open occurrence, its reminder with it.
            if (!tasks && !records_.text(record, event_field::recurrence).empty()) add_series(record, when[row], handled[row]);
            else take({record, when[row], when[row], tasks ? 0 : starts[row]}, handled[row]);
        }
    }

    void add_series(RecordRef record, Milliseconds first, Milliseconds handled) {
        std::optional<Series> series = read_series(records_, record, clock_);
        if (!series) return;
        const SeriesReminders reminders(*std::move(series), clock_, first, now_);
        const auto reminder_of = [&](const Occurrence& each) { return Reminder{record, reminders.planned(each), reminders.planned(each), each.start}; };
        // The latest alone may be due or snoozed.
        if (const auto latest = reminders.latest()) take(reminder_of(*latest), handled);
        if (const auto next = reminders.next()) take(reminder_of(*next), null_instant);
    }

    const Records& records_;
    Clock& clock_;
    RecordRef user_;
    Milliseconds now_;
    Reminders found_;
};

// One field of a record, or of one occurrence of it.
Json update_json(const Records& records, RecordRef record, std::optional<Days> occurrence, const char* field, const std::string& value) {
    Json command = Json::object();
    const auto set = [](Json& into, const char* name, const std::string& text) { into.set(name, text.empty() ? Json() : Json(text)); };
    set(command, "command", occurrence ? "UpdateOccurrence" : "UpdateRecord");
    set(command, "object", records.schema().object(record.object).name);
    set(command, "id", to_text(records.id_of(record)));
    if (occurrence) set(command, "date", days_to_text(*occurrence));
    if (occurrence) set(command, "scope", "this");
    Json fields = Json::object();
    set(fields, field, value);
    command.set("fields", std::move(fields));
    return command;
}

// One edit for all: each record's own instant.
Command handle(const Records& records, std::span<const Reminder> reminders, std::optional<Milliseconds> until) {
    Batch batch;
    for (const Reminder& each : reminders)
        batch.commands.push_back(update_json(records, each.record, std::nullopt, "ReminderHandledDateTime", instant_to_text(until.value_or(each.planned))));
    return batch;
}

}  // namespace

bool Reminder::is_task() const { return record.object == so::task; }

Reminders collect_reminders(const Records& records, Clock& clock, RecordRef user, Milliseconds now) {
    return Collector(records, clock, user, now).collect();
}

LastReminder last_reminder(const Records& records, Clock& clock, RecordRef event) {
    const Table& table = records.table(event.object);
    const auto instant = [&](FieldIndex field) { return table.column(field).instants()[event.row]; };
    const Milliseconds first = instant(event_field::reminder);
    LastReminder last;
    if (!table.is_live(event.row) || first == null_instant) return last;
    if (std::optional<Series> series = read_series(records, event, clock)) {
        const SeriesReminders reminders(*std::move(series), clock, first, clock.now());
        if (const auto latest = reminders.latest()) last = {reminders.planned(*latest), latest->end};
    } else if (first <= clock.now()) {
        last = {first, instant(event_field::end)};
    }
    last.open = last.planned != null_instant && instant(event_field::reminder_handled) != last.planned;
    return last;
}

Command dismiss_reminders(const Records& records, std::span<const Reminder> reminders) { return handle(records, reminders, std::nullopt); }
Command snooze_reminders(const Records& records, std::span<const Reminder> reminders, Milliseconds until) { return handle(records, reminders, until); }

Command reschedule_tasks(const Records& records, Clock& clock, const std::vector<RowIndex>& tasks, std::optional<Days> day) {
    const bool any_recurs = std::ranges::any_of(tasks, [&](RowIndex row) { return !records.text({so::task, row}, task_field::recurrence).empty(); });
    if (!any_recurs) return UpdateRecords{so::task, tasks, {{task_field::activity_date, day ? Value(DateValue{*day}) : Value()}}};
    Batch batch;
    for (const RowIndex row : tasks) {
        const std::optional<Series> series = read_series(records, {so::task, row}, clock);
        const std::optional<Days> present = series ? next_occurrence(series->rule, series->start.day, series->start.day) : std::nullopt;
        batch.commands.push_back(update_json(records, {so::task, row}, present, "ActivityDate", day ? days_to_text(*day) : std::string()));
    }
    return batch;
}

Milliseconds moved_reminder(Clock& clock, Milliseconds reminder, Milliseconds from, Milliseconds to, bool by_days) {
    if (!by_days) return reminder + (to - from);
    const ZoneTime zone(clock, {});
    WallTime wall = zone.wall(reminder);
    wall.day += day_of_instant(to, 0) - day_of_instant(from, 0);
    return zone.instant(wall);
}

}  // namespace outpost
