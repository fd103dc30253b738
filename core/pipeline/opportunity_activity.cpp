#include "core/pipeline/opportunity_activity.h"

#include <algorithm>

#include "core/objects/standard.h"

namespace outpost {

namespace {

constexpr Milliseconds milliseconds_per_hour = 3'600'000;

std::uint64_t revision_of(const Records& records) {
    std::uint64_t revision = 1;
    for (const ObjectIndex object : {standard_object::opportunity, standard_object::task, standard_object::event})
        revision = revision * 1'000'003 + records.table(object).revision();
    return revision;
}

}  // namespace

void OpportunityActivity::refresh(const Records& records, Milliseconds now) {
    const std::uint64_t revision = revision_of(records);
    if (revision == revision_ && now / milliseconds_per_hour == now_ / milliseconds_per_hour) return;
    revision_ = revision;
    now_ = now;
    const Table& table = records.table(standard_object::opportunity);
    const auto closed = table.column(opportunity_field::is_closed).flags();
    const auto created = table.column(system_field::created_date).instants(), entered = table.column(opportunity_field::stage_entered).instants();
    entries_.assign(table.row_count(), {});
    for (RowIndex row = 0; row < table.row_count(); ++row)
        entries_[row] = {std::max({Milliseconds{0}, created[row], entered[row]}), false, table.is_live(row) && closed[row] == 0};
    add_tasks(records);
    add_events(records);
}

OpportunityActivity::Entry* OpportunityActivity::entry_of(const Records& records, ObjectIndex activity, RowIndex row, FieldIndex what) {
    const Table& table = records.table(activity);
    const RecordRef target = table.is_live(row) ? table.column(what).refs()[row] : RecordRef{};
    return target.object == standard_object::opportunity && target.row < entries_.size() ? &entries_[target.row] : nullptr;
}

void OpportunityActivity::add_tasks(const Records& records) {
    const Table& table = records.table(standard_object::task);
    const auto closed = table.column(task_field::is_closed).flags();
    const auto done = table.column(task_field::completed_date).instants();
    const auto due = table.column(task_field::activity_date).days();
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        Entry* entry = entry_of(records, standard_object::task, row, task_field::what);
        if (!entry) continue;
        if (closed[row] != 0) entry->done = std::max(entry->done, done[row]);
        else if (due[row] == null_day || (Milliseconds{due[row]} + 1) * milliseconds_per_day > now_) entry->planned = true;
    }
}

void OpportunityActivity::add_events(const Records& records) {
    const Table& table = records.table(standard_object::event);
    const auto start = table.column(event_field::start).instants();
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        Entry* entry = entry_of(records, standard_object::event, row, event_field::what);
        if (!entry || start[row] == null_instant) continue;
        if (start[row] > now_) entry->planned = true;
        else entry->done = std::max(entry->done, start[row]);
    }
}

std::int32_t OpportunityActivity::quiet_days(RowIndex opportunity) const {
    if (opportunity >= entries_.size() || !entries_[opportunity].open) return -1;
    return static_cast<std::int32_t>(std::max<Milliseconds>(0, now_ - entries_[opportunity].done) / milliseconds_per_day);
}

bool OpportunityActivity::has_plan(RowIndex opportunity) const { return opportunity < entries_.size() && entries_[opportunity].planned; }

}  // namespace outpost
