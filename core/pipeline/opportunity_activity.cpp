#include "core/pipeline/opportunity_activity.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/recurrence.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

constexpr Milliseconds milliseconds_per_hour = 3'600'000;
constexpr Days held_within = 366;   // how far back the last occurrence of a recurring meeting is looked for

std::uint64_t revision_of(const Records& records) {
    std::uint64_t revision = 1;
    for (const ObjectIndex object : {standard_object::opportunity, standard_object::task, standard_object::event, standard_object::organization})
        revision = revision * 1'000'003 + records.table(object).revision();
    return revision;
}

// A figure of the organization's settings; none when it isn't set.
std::optional<Decimal> setting(const Records& records, FieldIndex field) {
    const RecordRef organization = first_live(records, standard_object::organization);
    if (!organization) return std::nullopt;
    const Value value = records.value(organization, field);
    const auto* number = std::get_if<Decimal>(&value);
    return number ? std::optional(*number) : std::nullopt;
}

// The columns that tell, looked up once.
class Reader {
public:
    Reader(const Records& records, Milliseconds now)
        : opportunities_(records.table(standard_object::opportunity)), tasks_(records.table(standard_object::task)),
          events_(records.table(standard_object::event)), now_(now) {
        if (const auto days = setting(records, organization_field::stalled_after_days)) stalled_after_ = static_cast<std::int32_t>(days->units / power_of_ten(days->scale));
    }

    OpportunityPulse begin(RowIndex row) const {
        const auto at = [&](FieldIndex field) { return opportunities_.column(field).instants()[row]; };
        return {opportunities_.is_live(row) && opportunities_.column(opportunity_field::is_closed).flags()[row] == 0, false,
                std::max({Milliseconds{0}, at(system_field::created_date), at(opportunity_field::stage_entered)}), stalled_after_};
    }
    void add_task(OpportunityPulse& pulse, RowIndex row) const {
        const Days due = tasks_.column(task_field::activity_date).days()[row];
        if (tasks_.column(task_field::is_closed).flags()[row] != 0) pulse.done = std::max(pulse.done, tasks_.column(task_field::completed_date).instants()[row]);
        else if (due == null_day || (Milliseconds{due} + 1) * milliseconds_per_day > now_) pulse.planned = true;
    }
    void add_event(OpportunityPulse& pulse, RowIndex row) const {
        const Milliseconds start = events_.column(event_field::start).instants()[row];
        if (start == null_instant) return;
        if (start > now_) pulse.planned = true;
        else pulse.done = std::max(pulse.done, start);
        if (const std::string_view rule = events_.column(event_field::recurrence).texts().get(row); !rule.empty()) add_occurrences(pulse, rule, day_of_instant(start, 0));
    }

private:
    // To the day: which zone the meeting is in makes no difference to a count of days.
    void add_occurrences(OpportunityPulse& pulse, std::string_view text, Days start) const {
        const auto rule = parse_recurrence(text);
        if (!rule) return;
        const Days today = day_of_instant(now_, 0);
        if (next_occurrence(*rule, start, std::max(start, today + 1))) pulse.planned = true;
        const std::vector<Days> held = occurrences(*rule, start, {std::max(start, today - held_within), today + 1});
        if (!held.empty()) pulse.done = std::max(pulse.done, std::min(now_, held.back() * milliseconds_per_day));
    }

    const Table& opportunities_;
    const Table& tasks_;
    const Table& events_;
    Milliseconds now_;
    std::int32_t stalled_after_ = stalled_after_days;
};

// Calls take(opportunity, row) for each live activity that is about an opportunity.
template <typename Take>
void for_each_about(const Records& records, ObjectIndex activity, FieldIndex what, Take take) {
    const Table& table = records.table(activity);
    const auto targets = table.column(what).refs();
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row) && targets[row].object == standard_object::opportunity) take(targets[row].row, row);
}

}  // namespace

std::int32_t OpportunityPulse::quiet_days(Milliseconds now) const {
    return open ? static_cast<std::int32_t>(std::max<Milliseconds>(0, now - done) / milliseconds_per_day) : -1;
}

bool is_big(const Records& records, RowIndex opportunity) {
    const auto least = setting(records, organization_field::big_opportunity_amount);
    const Table& table = records.table(standard_object::opportunity);
    if (!least || table.column(opportunity_field::is_closed).flags()[opportunity] != 0) return false;
    const Value value = records.value({standard_object::opportunity, opportunity}, opportunity_field::amount);
    const auto* amount = std::get_if<Decimal>(&value);
    return amount && compare(*amount, *least) >= 0;
}

OpportunityPulse opportunity_pulse(const Records& records, RowIndex opportunity, Milliseconds now) {
    const Reader reader(records, now);
    const RecordRef record{standard_object::opportunity, opportunity};
    OpportunityPulse pulse = reader.begin(opportunity);
    for (const RowIndex row : records.children(standard_object::task, task_field::what, record)) reader.add_task(pulse, row);
    for (const RowIndex row : records.children(standard_object::event, event_field::what, record)) reader.add_event(pulse, row);
    return pulse;
}

bool OpportunityActivity::refresh(const Records& records, Milliseconds now) {
    const std::uint64_t revision = revision_of(records);
    if (revision == revision_ && now / milliseconds_per_hour == now_ / milliseconds_per_hour) return false;
    revision_ = revision;
    now_ = now;
    const Reader reader(records, now);
    pulses_.resize(records.table(standard_object::opportunity).row_count());
    for (RowIndex row = 0; row < pulses_.size(); ++row) pulses_[row] = reader.begin(row);
    for_each_about(records, standard_object::task, task_field::what, [&](RowIndex opportunity, RowIndex row) {
        if (opportunity < pulses_.size()) reader.add_task(pulses_[opportunity], row);
    });
    for_each_about(records, standard_object::event, event_field::what, [&](RowIndex opportunity, RowIndex row) {
        if (opportunity < pulses_.size()) reader.add_event(pulses_[opportunity], row);
    });
    return true;
}

}  // namespace outpost
