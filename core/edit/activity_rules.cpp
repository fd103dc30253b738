#include "core/edit/activity_rules.h"

#include <algorithm>

#include "core/base/recurrence.h"
#include "core/edit/plan_helpers.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// What the records are to have: the columns' values, else what they have.
class Wanted {
public:
    Wanted(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns)
        : records_(records), object_(records.schema().object(object)), rows_(rows), columns_(columns) {}

    const Object& object() const { return object_; }
    bool gives(FieldIndex field) const { return find(field) != columns_.end(); }
    Value value(FieldIndex field, RowIndex i) const {
        if (const auto given = find(field); given != columns_.end()) return given->values.get(given->values.size() == 1 ? 0 : i, object_.field(field));
        return rows_.empty() ? Value() : records_.value({object_.index, rows_[i]}, field);
    }
    Milliseconds instant(FieldIndex field, RowIndex i) const {
        const Value found = value(field, i);
        const auto* instant = std::get_if<InstantValue>(&found);
        const auto* day = std::get_if<DateValue>(&found);
        return instant ? instant->milliseconds : day ? day->days * milliseconds_per_day : null_instant;
    }
    std::string text(FieldIndex field, RowIndex i) const {
        Value found = value(field, i);
        auto* text = std::get_if<std::string>(&found);
        return text ? std::move(*text) : std::string();
    }

private:
    std::vector<FieldColumn>::const_iterator find(FieldIndex field) const { return std::ranges::find(columns_, field, &FieldColumn::field); }

    const Records& records_;
    const Object& object_;
    const std::vector<RowIndex>& rows_;
    const std::vector<FieldColumn>& columns_;
};

// The day on which it begins in its zone; midnight in UTC names the day of what lasts all day.
Days first_day(Clock& clock, std::string_view zone, Milliseconds start, bool all_day) {
    if (all_day && start % milliseconds_per_day == 0) return day_of_instant(start, 0);
    const auto offset = zone.empty() || all_day ? std::nullopt : clock.zone_offset_minutes(zone, start);
    return day_of_instant(start, offset ? *offset : clock.utc_offset_minutes(start));
}

}  // namespace

Milliseconds moved_end(Milliseconds start_before, Milliseconds start, Milliseconds end_before) {
    if (start_before == null_instant || start == null_instant || end_before == null_instant) return end_before;
    return end_before + (start - start_before);
}

void check_event_times(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const Wanted wanted(records, so::event, rows, columns);
    if (!wanted.gives(event_field::start) && !wanted.gives(event_field::end)) return;
    for (RowIndex i = 0; i < count; ++i) {
        const Milliseconds start = wanted.instant(event_field::start, i), end = wanted.instant(event_field::end, i);
        if (start != null_instant && end != null_instant && end < start)
            sink(i, field_error(ErrorCode::FieldIntegrity, "error.event_ends_first", wanted.object(), wanted.object().field(event_field::end)));
    }
}

void check_series_ends(const Records& records, Clock& clock, ObjectIndex object, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const bool task = object == so::task;
    if (!task && object != so::event) return;
    const FieldIndex rule_field = task ? task_field::recurrence : event_field::recurrence, start_field = task ? task_field::activity_date : event_field::start;
    const Wanted wanted(records, object, rows, columns);
    if (!wanted.gives(rule_field) && (rows.empty() || !wanted.gives(start_field))) return;
    for (RowIndex i = 0; i < count; ++i) {
        const std::string text = wanted.text(rule_field, i);
        const Milliseconds start = wanted.instant(start_field, i);
        if (text.empty() || start == null_instant) continue;
        const auto rule = parse_recurrence(text);
        if (!rule || !rule->until) continue;
        const bool all_day = task || wanted.value(event_field::is_all_day, i) == Value(true);
        const bool ends_first = rule->until_seconds && !all_day ? *rule->until * milliseconds_per_day + Milliseconds{*rule->until_seconds} * 1000 < start
                                                                : *rule->until < first_day(clock, task ? std::string() : wanted.text(event_field::recurrence_zone, i), start, all_day);
        if (ends_first) sink(i, field_error(ErrorCode::FieldIntegrity, "error.series_ends_first", wanted.object(), wanted.object().field(rule_field)));
    }
}

Status set_state_with_series(Transaction& transaction, ObjectIndex object, std::vector<RowIndex> rows, RowState after) {
    if (object != so::event && object != so::task) return transaction.set_state(object, std::move(rows), after);
    const FieldIndex series = object == so::task ? task_field::series : event_field::series;
    const Records& records = transaction.records();
    const Table& table = records.table(object);
    std::ranges::sort(rows);
    std::vector<RowIndex> own = details_of(records, {object, series}, object, rows, after);
    std::vector<RowIndex> alone;
    if (is_in_bin(after)) {
        if (object == so::task) std::erase_if(own, [&](RowIndex row) { return table.column(task_field::is_closed).flags()[row] != 0; });
        std::ranges::copy_if(rows, std::back_inserter(alone), [&](RowIndex row) { return row < table.row_count() && !table.column(series).is_null(row); });
    }
    OUTPOST_CHECK(transaction.set_state(object, std::move(own), after));
    OUTPOST_CHECK(transaction.set_state(object, std::move(alone), RowState::Removed));
    return transaction.set_state(object, std::move(rows), after);
}

}  // namespace outpost
