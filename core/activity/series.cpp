#include "core/activity/series.h"

#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

Milliseconds instant_or(const Records& records, RecordRef record, FieldIndex field, Milliseconds otherwise) {
    const Value value = records.value(record, field);
    const auto* instant = std::get_if<InstantValue>(&value);
    return instant ? instant->milliseconds : otherwise;
}

bool ends_in_time(const Recurrence& rule, Milliseconds start) {
    if (!rule.until || !rule.until_seconds) return true;
    return start <= *rule.until * milliseconds_per_day + Milliseconds{*rule.until_seconds} * 1000;
}

}  // namespace

Days all_day_of(Clock& clock, Milliseconds instant) {
    const Days day = day_of_instant(instant, 0);
    return instant == day * milliseconds_per_day ? day : day_of_instant(instant, clock.utc_offset_minutes(instant));
}

Milliseconds timed_of(Clock& clock, Milliseconds instant, int minutes) {
    const Days day = day_of_instant(instant, 0);
    return instant == day * milliseconds_per_day ? ZoneTime(clock, {}).instant({day, Milliseconds{minutes} * 60'000}) : instant;
}

std::optional<Series> read_series(const Records& records, RecordRef record, Clock& clock) {
    const bool task = record.object == so::task;
    if (!task && record.object != so::event) return std::nullopt;
    const std::string_view text = records.text(record, task ? task_field::recurrence : event_field::recurrence);
    if (text.empty()) return std::nullopt;
    auto rule = parse_recurrence(text);
    if (!rule) return std::nullopt;
    Series series;
    series.record = record;
    series.rule = *std::move(rule);
    if (task) {
        const Value due = records.value(record, task_field::activity_date);
        const auto* day = std::get_if<DateValue>(&due);
        if (!day) return std::nullopt;
        series.all_day = true;
        series.start.day = day->days;
        return series;
    }
    const Milliseconds start = instant_or(records, record, event_field::start, null_instant);
    if (start == null_instant) return std::nullopt;
    const Milliseconds end = instant_or(records, record, event_field::end, start);
    series.all_day = records.table(so::event).column(event_field::is_all_day).flags()[record.row] != 0;
    if (series.all_day) {
        series.start.day = all_day_of(clock, start);
        series.length = (all_day_of(clock, end) - series.start.day) * milliseconds_per_day;
        return series;
    }
    series.zone = records.text(record, event_field::recurrence_zone);
    series.start = ZoneTime(clock, series.zone).wall(start);
    series.length = end - start;
    return series;
}

std::vector<Occurrence> occurrences(const Series& series, Clock& clock, DayRange days) {
    const ZoneTime zone(clock, series.zone);
    std::vector<Occurrence> made;
    for (const Days day : occurrences(series.rule, series.start.day, days)) {
        const Milliseconds start = series.all_day ? day * milliseconds_per_day : zone.instant({day, series.start.since_midnight});
        if (ends_in_time(series.rule, start)) made.push_back({day, start, start + series.length});
    }
    return made;
}

std::optional<Occurrence> find_occurrence(const Series& series, Clock& clock, Days day) {
    const std::vector<Occurrence> found = occurrences(series, clock, {day, day + 1});
    return found.empty() ? std::nullopt : std::optional(found[0]);
}

}  // namespace outpost
