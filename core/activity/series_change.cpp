#include "core/activity/series_change.h"

#include <algorithm>

#include "core/activity/reminders.h"
#include "core/edit/activity_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// The rule of days such as `from` as one of days such as `to`: Mondays become Tuesdays. Nothing where no such rule is plain.
std::optional<Recurrence> turned(Recurrence rule, Days from, Days to) {
    const bool plain = rule.by_week.empty() && rule.by_year_day.empty() && rule.by_position.empty() && rule.by_month.size() < 2 && rule.by_month_day.size() < 2;
    const bool rotates = rule.frequency <= Frequency::Weekly && rule.by_month.empty() && rule.by_month_day.empty();
    if (!plain || (!rotates && rule.by_day.size() > 1)) return std::nullopt;
    const CivilDate date = to_civil(to);
    const bool is_last = to_civil(to + 7).month != date.month;   // of its weekday
    for (OrdinalWeekday& day : rule.by_day) {
        day.weekday = ((day.weekday + to - from) % 7 + 7) % 7;
        if (day.ordinal != 0) day.ordinal = is_last && (day.ordinal < 0 || weekday_ordinal(to) > 4) ? -1 : weekday_ordinal(to);
    }
    const bool by_date = rule.frequency > Frequency::Weekly && rule.by_day.empty();
    if (!rule.by_month.empty() || (by_date && rule.frequency == Frequency::Yearly && rule.by_month_day.empty())) rule.by_month = {date.month};
    if (by_date || !rule.by_month_day.empty()) rule.by_month_day = {date.day};
    return rule;
}

Recurrence endless(Recurrence rule) {
    rule.count = 0;
    rule.until.reset();
    rule.until_seconds.reset();
    rule.except.clear();
    return rule;
}

}  // namespace

const FieldValue* find_value(const Fields& fields, FieldIndex field) {
    const auto found = std::ranges::find(fields, field, &FieldValue::field);
    return found == fields.end() ? nullptr : &*found;
}

void put_value(Fields& fields, FieldIndex field, Value value) {
    const auto found = std::ranges::find(fields, field, &FieldValue::field);
    if (found == fields.end()) fields.push_back({field, std::move(value)});
    else found->value = std::move(value);
}

bool closes_task(const Records& records, const Fields& fields) {
    const FieldValue* status = find_value(fields, task_field::status);
    const auto* text = status ? std::get_if<std::string>(&status->value) : nullptr;
    if (!text) return false;
    const Field& field = records.schema().object(so::task).field(task_field::status);
    const std::uint16_t code = field.find_code(*text);
    return code != 0 && field.values[code - 1u].closed;
}

// What a record of its own begins with.
Fields SeriesChange::copied() const {
    const Object& object = records().schema().object(series_.record.object);
    Fields fields;
    for (const Field& field : object.fields) {
        if (field.deleted || !field.writable() || field.unique || field.column_kind() == ColumnKind::None) continue;
        if (field.index == rule_field() || (!is_task_ && field.index == event_field::recurrence_zone)) continue;
        Value value = records().value(series_.record, field.index);
        if (!is_null(value)) fields.push_back({field.index, std::move(value)});
    }
    return fields;
}

void SeriesChange::put_times(Fields& fields, Milliseconds start, Milliseconds end) const {
    if (is_task_) {
        put_value(fields, task_field::activity_date, DateValue{day_of_instant(start, 0)});
    } else {
        put_value(fields, event_field::start, InstantValue{start});
        put_value(fields, event_field::end, InstantValue{end});
    }
    // The reminder stays as far ahead, a given one as far as it is of this occurrence.
    const FieldValue* given = find_value(given_, reminder_field());
    const Value reminder = given ? given->value : records().value(series_.record, reminder_field());
    const auto* instant = std::get_if<InstantValue>(&reminder);
    if (!instant) return;
    const auto day = [&](Milliseconds at, bool whole) { return whole ? at : ZoneTime(clock_, {}).wall(at).day * milliseconds_per_day; };
    Milliseconds from = given ? given_start() : first_start();
    const bool turned = !given && all_day_ != series_.all_day;   // then it keeps its time of day
    if (turned) from = day(from, series_.all_day), start = day(start, all_day_);
    put_value(fields, reminder_field(), InstantValue{moved_reminder(clock_, instant->milliseconds, from, start, turned || all_day_)});
}

Milliseconds SeriesChange::instant_of(WallTime start) const {
    return all_day_ ? start.day * milliseconds_per_day : ZoneTime(clock_, zone_).instant(start);
}

// As the record would hold it.
Milliseconds SeriesChange::first_start() const {
    return series_.all_day ? series_.start.day * milliseconds_per_day : ZoneTime(clock_, series_.zone).instant(series_.start);
}

Milliseconds SeriesChange::given_start() const {
    return is_task_ ? new_start().day * milliseconds_per_day : given_instant(event_field::start, occurrence_.start);
}

void SeriesChange::put_given(Fields& fields) const {
    for (const FieldValue& entry : given_) put_value(fields, entry.field, entry.value);
}

// Out of the rule: a task goes on where it was its turn, anything else gets an exception. A series without occurrences goes.
Status SeriesChange::leave_out() {
    const std::optional<Days> next = next_occurrence(series_.rule, series_.start.day, occurrence_.day + 1);
    const bool first = is_first();
    if (first && !next) return transaction_.set_state(series_.record.object, {series_.record.row}, RowState::Deleted);
    if (first && is_task_) return advance(*next);
    Recurrence rule = series_.rule;
    rule.except.insert(std::ranges::lower_bound(rule.except, occurrence_.day), occurrence_.day);
    return write_rule(rule);
}

Status SeriesChange::advance(Days next) {
    Recurrence rule = series_.rule;
    if (rule.count != 0) rule.count -= count_occurrences_before(rule, series_.start.day, next);
    std::erase_if(rule.except, [&](Days day) { return day < next; });
    Fields fields{{rule_field(), Value(to_text(rule))}};
    put_times(fields, next * milliseconds_per_day, 0);
    return write(fields);
}

Status SeriesChange::end_before() {
    Recurrence rule = series_.rule;
    rule.count = 0;
    rule.until = occurrence_.day - 1;
    rule.until_seconds.reset();
    std::erase_if(rule.except, [&](Days day) { return day >= occurrence_.day; });
    return write_rule(rule);
}

// Records that were made of its occurrences, from this one on. Tasks that are done stay what they are.
std::vector<RowIndex> SeriesChange::later_records() const {
    const Table& table = records().table(series_.record.object);
    std::vector<RowIndex> rows;
    for (const RowIndex row : records().children(series_.record.object, series_field(), series_.record)) {
        if (is_task_ && table.column(task_field::is_closed).flags()[row] != 0) continue;
        const bool later = is_task_ ? table.column(task_field::activity_date).days()[row] >= occurrence_.day
                                    : table.column(event_field::start).instants()[row] >= occurrence_.start;
        if (later) rows.push_back(row);
    }
    return rows;
}

Status SeriesChange::remove(OccurrenceScope scope) {
    if (scope == OccurrenceScope::This) return leave_out();
    if (scope == OccurrenceScope::All || begins_here()) return set_state_with_series(transaction_, series_.record.object, {series_.record.row}, RowState::Deleted);
    OUTPOST_CHECK(transaction_.set_state(series_.record.object, later_records(), RowState::Removed));
    return end_before();
}

Milliseconds SeriesChange::given_instant(FieldIndex field, Milliseconds otherwise) const {
    const FieldValue* entry = find_value(given_, field);
    const auto* instant = entry ? std::get_if<InstantValue>(&entry->value) : nullptr;
    return instant ? instant->milliseconds : otherwise;
}

// Where the occurrence is to begin, in the zone of the series as it will be.
WallTime SeriesChange::new_start() const {
    if (is_task_) {
        const FieldValue* due = find_value(given_, task_field::activity_date);
        const auto* day = due ? std::get_if<DateValue>(&due->value) : nullptr;
        return {day ? day->days : occurrence_.day, 0};
    }
    const Milliseconds start = given_instant(event_field::start, occurrence_.start);
    if (all_day_) return {all_day_of(clock_, start), 0};
    return ZoneTime(clock_, zone_).wall(start);
}

// An end that is said to the second went by the old time of day.
Recurrence SeriesChange::until_its_day(Recurrence rule) const {
    if (!rule.until_seconds) return rule;
    if (!series_.all_day) {
        const WallTime last = ZoneTime(clock_, series_.zone).wall(*rule.until * milliseconds_per_day + Milliseconds{*rule.until_seconds} * 1000);
        rule.until = last.day - (last.since_midnight < series_.start.since_midnight ? 1 : 0);
    }
    rule.until_seconds.reset();
    return rule;
}

// The rule of a series of which an occurrence goes to another day: Mondays become Tuesdays. `start`, the day from which the
// series goes, goes along. Refused where no such rule is plain, or that day would be none of its own.
Result<Recurrence> SeriesChange::moved(Recurrence rule, Days to, Days& start) const {
    rule = until_its_day(std::move(rule));
    const Days by = to - occurrence_.day;
    if (by == 0) return rule;
    const Error refusal{ErrorCode::FieldIntegrity, "error.rule_not_moved", {records().display_name(series_.record)}};
    std::optional<Recurrence> on_its_days = turned(std::move(rule), occurrence_.day, to);
    if (!on_its_days) return std::unexpected(refusal);
    rule = *std::move(on_its_days);
    const bool by_date = rule.frequency > Frequency::Weekly && rule.by_day.empty();
    // What is one of its month goes as many months as the occurrence does, anything else as many days.
    const Recurrence bare = endless(rule);
    const auto month_of = [](Days day) { return to_civil(day).year * 12 + to_civil(day).month - 1; };
    const int months = month_of(to) - month_of(occurrence_.day);
    const bool by_days = !by_date && (rule.by_day.empty() || rule.by_day[0].ordinal == 0);
    const auto place = [&](Days day) {
        if (by_days) return day + by;
        const int month = month_of(day) + months;
        const Days first = to_days({month / 12, month % 12 + 1, 1});
        return next_occurrence(bare, first, first).value_or(day + by);
    };
    Recurrence before = series_.rule;
    before.except.clear();
    Days last = rule.until.value_or(0);
    if (rule.until && !by_days) each_occurrence(before, series_.start.day, {start, last + 1}, [&](Days day) { return last = day, true; });
    if (rule.until) rule.until = place(last);
    for (Days& day : rule.except) day = place(day);
    start = start == occurrence_.day ? to : place(next_occurrence(before, start, start).value_or(start));
    if (next_occurrence(rule, start, to) != to) return std::unexpected(refusal);
    return rule;
}

// The rule of a series of which the start alone is changed, where it goes along, what was left out of it too.
std::optional<Recurrence> SeriesChange::moved_along() const {
    const Days to = new_start().day;
    if (!rule_along(series_.rule, occurrence_.day, to)) return std::nullopt;
    Days start = occurrence_.day;
    const auto along = moved(series_.rule, to, start);
    return along ? std::optional(*along) : std::nullopt;
}

Result<RecordRef> SeriesChange::update_this() {
    const bool last = is_first() && !next_occurrence(series_.rule, series_.start.day, occurrence_.day + 1);
    if (is_task_ && last) {   // the last one is the record itself
        Fields fields;
        put_times(fields, given_start(), 0);
        put_given(fields);
        put_value(fields, rule_field(), {});
        OUTPOST_CHECK(write(fields));
        return series_.record;
    }
    Fields fields = copied();
    put_times(fields, given_start(), given_start() + series_.length);
    put_given(fields);
    put_value(fields, rule_field(), {});
    put_value(fields, series_field(), series_.record);
    OUTPOST_TRY(const RecordRef made, transaction_.create(series_.record.object, std::move(fields), false));
    OUTPOST_CHECK(leave_out());
    return made;
}

Result<RecordRef> SeriesChange::update_following() {
    const WallTime start = new_start();
    Recurrence rule = series_.rule;
    if (rule.count != 0) rule.count -= count_occurrences_before(rule, series_.start.day, occurrence_.day);
    std::erase_if(rule.except, [&](Days day) { return day < occurrence_.day; });
    if (!find_value(given_, rule_field())) {
        Days first = occurrence_.day;
        OUTPOST_TRY(rule, moved(std::move(rule), start.day, first));
    }
    Fields fields = copied();
    const Milliseconds begin = is_task_ ? occurrence_.start : given_start();
    put_times(fields, begin, begin + series_.length);
    put_value(fields, rule_field(), Value(to_text(rule)));
    if (!is_task_ && !zone_.empty()) put_value(fields, event_field::recurrence_zone, Value(zone_));
    put_given(fields);
    OUTPOST_TRY(const RecordRef made, transaction_.create(series_.record.object, std::move(fields), false));
    OUTPOST_CHECK(transaction_.update(series_.record.object, later_records(), {{series_field(), Value(made)}}));
    OUTPOST_CHECK(end_before());
    return made;
}

Result<RecordRef> SeriesChange::update_all() {
    const WallTime wanted = new_start();
    Fields fields = given_;
    WallTime start{series_.start.day, wanted.since_midnight};
    if (const FieldValue* given = find_value(given_, rule_field())) {
        start.day += wanted.day - occurrence_.day;
        // The days that were left out stay so, unless the new rule has its own.
        const auto* text = std::get_if<std::string>(&given->value);
        if (auto rule = parse_recurrence(text ? *text : std::string()); rule && rule->except.empty()) {
            rule->except = series_.rule.except;
            put_value(fields, rule_field(), Value(to_text(*rule)));
        }
    } else if (wanted.day != occurrence_.day || wanted.since_midnight != series_.start.since_midnight) {
        OUTPOST_TRY(const Recurrence rule, moved(series_.rule, wanted.day, start.day));
        put_value(fields, rule_field(), Value(to_text(rule)));
    }
    const bool times = is_task_ || find_value(given_, event_field::start) || find_value(given_, event_field::end) || find_value(given_, reminder_field());
    if (times) {
        const Milliseconds begin = instant_of(start);
        const Milliseconds length = given_instant(event_field::end, occurrence_.end) - given_instant(event_field::start, occurrence_.start);
        if (!is_task_ || start.day != series_.start.day || find_value(given_, reminder_field())) put_times(fields, begin, begin + length);
    }
    if (zone_ != series_.zone && !find_value(given_, event_field::recurrence_zone)) put_value(fields, event_field::recurrence_zone, Value(zone_));
    OUTPOST_CHECK(write(fields));
    return series_.record;
}

Result<RecordRef> SeriesChange::update(OccurrenceScope scope) {
    if (scope == OccurrenceScope::This || (is_task_ && closes_task(records(), given_))) return update_this();
    return scope == OccurrenceScope::All || begins_here() ? update_all() : update_following();
}

std::optional<Recurrence> rule_along(const Recurrence& rule, Days from, Days to) {
    const Recurrence any = endless(rule);
    const auto begins_on = [&](Days day) { return next_occurrence(any, day, day) == day; };
    if (rule.by_day.size() + rule.by_month_day.size() != 1 || !begins_on(from) || begins_on(to)) return std::nullopt;
    return turned(rule, from, to);
}

}  // namespace outpost
