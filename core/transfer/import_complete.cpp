// What files leave unsaid: when a meeting ends, that a call is done, the pipeline of a stage.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/standard_call.h"
#include "core/transfer/import_build.h"
#include "core/transfer/value_text.h"

namespace outpost {

namespace {

constexpr std::uint16_t no_code = 0xFFFF;

const BuiltColumn* built_for(const std::vector<BuiltColumn>& columns, FieldIndex field) {
    const auto found = std::ranges::find_if(columns, [&](const BuiltColumn& one) { return one.field.index == field; });
    return found == columns.end() ? nullptr : &*found;
}

bool is_there(const std::vector<RowIndex>& existing, std::uint32_t row) { return !existing.empty() && existing[row] != no_row; }

// Columns that say how long the row's meeting took: the first one, or hours and minutes that stand in two.
std::vector<std::uint32_t> duration_columns(const std::vector<std::string>& headers) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t column = 0; column < headers.size(); ++column)
        if (fold_key(headers[column]).find("duration") != std::string::npos && (found.empty() || fold_key(headers[found[0]]).ends_with("hours"))) found.push_back(column);
    return found;
}

// In a file that gives times, an event without one lasts the day.
void complete_all_day(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing) {
    const std::uint32_t start = built_for(columns, event_field::start)->column;
    const std::optional<std::uint32_t> times = context.plan.columns[start].time_column;
    if (built_for(columns, event_field::is_all_day) || (!times && !context.source.columns()[start].has_time)) return;
    BuiltColumn made;
    made.field = context.object.field(event_field::is_all_day);
    made.for_new_only = true;
    made.values = Column(ColumnKind::Flag);
    for (std::uint32_t row = 0; row < context.source.row_count(); ++row) {
        const std::optional<Moment> moment = is_there(existing, row) ? std::nullopt : read_row_moment(context, start, row);
        const bool is_day = moment && !moment->has_time;
        made.values.mutable_flags().push_back(is_day);
    }
    columns.push_back(std::move(made));
}

// Outlook ends what lasts all day at the midnight behind it, where files that give days alone name the last one.
bool ends_at_midnight(const BuildContext& context, std::uint32_t column, std::uint32_t row) {
    const std::optional<Moment> moment = read_row_moment(context, column, row);
    return moment && moment->has_time && !moment->has_zone && context.local_time.to_utc(context.local_time.day_of(moment->at) * milliseconds_per_day) == moment->at;
}

// The days of what lasts all day are midnights in UTC, as everywhere.
void place_all_day(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, const Records& records) {
    const BuiltColumn* flags = built_for(columns, event_field::is_all_day);
    const auto lasts_all_day = [&](std::uint32_t row) {
        const bool there = is_there(existing, row);
        if (flags && !(there && flags->for_new_only)) return flags->values.flags()[row] != 0;
        return there && records.table(standard_object::event).column(event_field::is_all_day).flags()[existing[row]] != 0;
    };
    const BuiltColumn* start = built_for(columns, event_field::start);
    const auto is_after_start = [&](Milliseconds day, std::uint32_t row) {
        const Milliseconds begin = start ? start->values.instants()[row] : null_instant;
        return begin != null_instant && (begin % milliseconds_per_day == 0 ? begin : context.local_time.day_of(begin) * milliseconds_per_day) < day;
    };
    for (BuiltColumn& column : columns) {
        if (column.field.index != event_field::start && column.field.index != event_field::end) continue;
        const bool is_end = column.field.index == event_field::end && (!start || column.column != start->column);   // as the file gives it
        for (std::uint32_t row = 0; row < column.values.size(); ++row) {
            std::int64_t& at = column.values.mutable_int64()[row];
            if (at == null_instant || !lasts_all_day(row)) continue;
            const bool is_day_behind = is_end && ends_at_midnight(context, column.column, row);
            if (at % milliseconds_per_day != 0) at = context.local_time.day_of(at) * milliseconds_per_day;
            if (is_day_behind && is_after_start(at, row)) at -= milliseconds_per_day;
        }
    }
}

// When an event ends by a column that gives but the time of day: on the day of its start, or past midnight.
std::optional<Milliseconds> end_by_time(const BuildContext& context, std::optional<std::uint32_t> times, Milliseconds start, std::uint32_t row) {
    if (!times || context.plan.columns[*times].action != ColumnAction::Skip) return std::nullopt;
    std::string scratch;
    const auto time = read_time_of_day(context.source.cell(row, *times, scratch));
    if (!time) return std::nullopt;
    const Milliseconds day = context.local_time.day_of(start) * milliseconds_per_day, end = context.local_time.to_utc(day + *time);
    return end < start ? context.local_time.to_utc(day + milliseconds_per_day + *time) : end;
}

// Events whose file doesn't say when they end, but how long they take, or else an hour: a list of meetings by their day
// comes in whole.
void complete_events(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing) {
    const BuiltColumn* start = built_for(columns, event_field::start);
    if (!start) return;
    const BuiltColumn* given = built_for(columns, event_field::end);
    BuiltColumn end = given ? *given : *start;
    end.field = context.object.field(event_field::end);
    const std::vector<std::string>& headers = context.source.headers();
    const std::vector<std::uint32_t> durations = duration_columns(headers);
    const std::optional<std::uint32_t> times = given ? context.plan.columns[given->column].time_column : context.plan.end_time_column;
    std::string scratch;
    for (std::uint32_t row = 0; row < end.values.size(); ++row) {
        std::int64_t& instant = end.values.mutable_int64()[row];
        if (given && (instant != null_instant || is_there(existing, row) || !context.source.cell(row, given->column, scratch).empty())) continue;
        const Milliseconds begin = start->values.instants()[row];
        const std::optional<Milliseconds> told = begin == null_instant ? std::nullopt : end_by_time(context, times, begin, row);
        instant = told.value_or(is_there(existing, row) ? null_instant : begin);
        if (told || instant == null_instant) continue;
        std::optional<std::int64_t> seconds;
        for (const std::uint32_t column : durations)
            if (const auto part = read_duration(context.source.cell(row, column, scratch), headers[column], context.source.columns()[column].bare_milliseconds)) seconds = seconds.value_or(0) + *part;
        instant += seconds.value_or(3'600) * 1'000;
    }
    if (given) {
        std::ranges::find_if(columns, [](const BuiltColumn& one) { return one.field.index == event_field::end; })->values = std::move(end.values);
        return;
    }
    columns.push_back(std::move(end));
    complete_all_day(context, columns, existing);
}

// Calls are told of after they were made: they are no tasks to do, unless they lie ahead.
void complete_calls(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, Milliseconds now) {
    const Days today = context.local_time.day_of(now);
    const auto fill = [&](FieldIndex index, std::string_view value, bool is_outcome) {
        if (built_for(columns, index)) return;
        BuiltColumn made;
        made.field = context.object.field(index);
        made.values = Column(ColumnKind::Code);
        const BuiltColumn* day = is_outcome ? built_for(columns, task_field::activity_date) : nullptr;
        for (std::uint32_t row = 0; row < context.source.row_count(); ++row) {
            const bool is_ahead = day && !day->values.is_null(row) && day->values.days()[row] > today;
            made.values.mutable_codes().push_back(is_ahead || is_there(existing, row) ? 0 : made.field.find_code(value));
        }
        columns.push_back(std::move(made));
    };
    fill(task_field::type, "Call", false);
    fill(task_field::status, first_status(context.object.field(task_field::status), true), true);
}

// Where no column gives a status, the day on which a task was completed says that it is.
void complete_statuses(const BuildContext& context, std::vector<BuiltColumn>& columns) {
    if (!context.plan.done_column || built_for(columns, task_field::status)) return;
    BuiltColumn made;
    made.field = context.object.field(task_field::status);
    made.for_new_only = true;
    made.values = Column(ColumnKind::Code);
    const std::uint16_t done = made.field.find_code(first_status(made.field, true));
    for (std::uint32_t row = 0; row < context.source.row_count(); ++row)
        made.values.mutable_codes().push_back(read_row_moment(context, *context.plan.done_column, row) ? done : 0);
    columns.push_back(std::move(made));
}

// Tasks that come in as done were done when the file says so, else on their day, not at the moment of the import: what is
// stalled is told by it.
void complete_completed(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, Milliseconds now) {
    complete_statuses(context, columns);
    const BuiltColumn* statuses = built_for(columns, task_field::status);
    const BuiltColumn* days = built_for(columns, task_field::activity_date);
    if (!statuses || (!days && !context.plan.done_column)) return;
    BuiltColumn made;
    made.field = context.object.field(task_field::completed_date);
    made.values = Column(ColumnKind::Instant);
    for (std::uint32_t row = 0; row < statuses->values.size(); ++row) {
        const std::uint16_t status = statuses->values.codes()[row];
        const bool is_closed = status != 0 && statuses->field.values[status - 1u].closed;
        std::optional<Moment> told = context.plan.done_column ? read_row_moment(context, *context.plan.done_column, row) : std::nullopt;
        if (!told && days) told = read_row_moment(context, days->column, row);
        made.values.mutable_int64().push_back(!is_closed || is_there(existing, row) ? null_instant : std::min(told ? told->at : now, now));
    }
    columns.push_back(std::move(made));
}

// A task that is due at an instant is so on the day on which that falls here; midnight names its own day.
void place_due_days(const BuildContext& context, std::vector<BuiltColumn>& columns) {
    const auto days = std::ranges::find_if(columns, [](const BuiltColumn& one) { return one.field.index == task_field::activity_date; });
    if (days == columns.end() || !context.source.columns()[days->column].has_time) return;
    for (std::uint32_t row = 0; row < days->values.size(); ++row) {
        std::int32_t& day = days->values.mutable_days()[row];
        const std::optional<Moment> due = day == null_day ? std::nullopt : read_row_moment(context, days->column, row);
        if (due && due->has_zone && due->at % milliseconds_per_day != 0) day = context.local_time.day_of(due->at);
    }
}

// The time at which an open task is due is that of its reminder, as everywhere. One that has passed is no news.
void complete_due_times(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, Milliseconds now) {
    const BuiltColumn* days = built_for(columns, task_field::activity_date);
    if (!days || built_for(columns, task_field::reminder)) return;
    if (!context.source.columns()[days->column].has_time && !context.plan.columns[days->column].time_column) return;
    const BuiltColumn* statuses = built_for(columns, task_field::status);
    BuiltColumn reminder, handled;
    reminder.field = context.object.field(task_field::reminder);
    handled.field = context.object.field(task_field::reminder_handled);
    reminder.values = Column(ColumnKind::Instant);
    handled.values = Column(ColumnKind::Instant);
    for (std::uint32_t row = 0; row < days->values.size(); ++row) {
        const std::uint16_t status = statuses ? statuses->values.codes()[row] : 0;
        const bool is_closed = status != 0 && statuses->field.values[status - 1u].closed;
        const std::optional<Moment> due = is_closed || is_there(existing, row) ? std::nullopt : read_row_moment(context, days->column, row);
        const Milliseconds at = due && due->has_time ? due->at : null_instant;
        reminder.values.mutable_int64().push_back(at);
        handled.values.mutable_int64().push_back(at <= now ? at : null_instant);
    }
    columns.push_back(std::move(reminder));
    columns.push_back(std::move(handled));
}

// Opportunities whose file names no pipeline: a stage that theirs doesn't offer, and one other alone does, brings that along.
void complete_pipelines(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, const Records& records) {
    const BuiltColumn* stages = built_for(columns, opportunity_field::stage);
    if (!stages || built_for(columns, opportunity_field::pipeline)) return;
    const auto dependent = dependent_picklist(context.object, context.object.field(opportunity_field::stage));
    if (!dependent || dependent->controlling().index != opportunity_field::pipeline) return;
    BuiltColumn made;
    made.field = dependent->controlling();
    made.values = Column(ColumnKind::Code);
    bool any = false;
    const std::size_t known = dependent->field().values.size();
    for (std::uint32_t row = 0; row < stages->values.size(); ++row) {
        const std::uint16_t stage = stages->values.codes()[row];
        const std::uint16_t present = is_there(existing, row) ? code_of(records, {context.object.index, existing[row]}, made.field) : 0;
        std::uint16_t found = 0;
        if (stage != 0 && stage <= known && !dependent->offers(stage, present))
            for (const std::uint16_t pipeline : made.field.codes_in_order(true))
                if (dependent->offers(stage, pipeline)) found = found == 0 ? pipeline : no_code;
        any = any || (found != 0 && found != no_code);
        // Which of several it is isn't known: the row comes back. A new one that its own pipeline suits has the default one.
        if ((found == 0 || found == no_code) && !is_there(existing, row)) found = made.field.default_code();
        if (found == no_code) found = 0;
        made.values.mutable_codes().push_back(found);
    }
    if (any) columns.push_back(std::move(made));
}

// A quota is for a quarter where its column or its cell says so.
void complete_quotas(const BuildContext& context, std::vector<BuiltColumn>& columns) {
    const BuiltColumn* start = built_for(columns, forecasting_quota_field::start_date);
    if (!start || built_for(columns, forecasting_quota_field::period_type)) return;
    const bool all = fold_key(context.source.headers()[start->column]) == "quarter";
    BuiltColumn made;
    made.field = context.object.field(forecasting_quota_field::period_type);
    made.values = Column(ColumnKind::Code);
    std::string scratch;
    for (std::uint32_t row = 0; row < start->values.size(); ++row) {
        const auto period = read_period(context.source.cell(row, start->column, scratch), context.fiscal_start_month);
        made.values.mutable_codes().push_back(made.field.find_code(all || (period && period->is_quarter) ? "Quarter" : "Month"));
    }
    columns.push_back(std::move(made));
}

struct QuotaKey {
    RowIndex owner;
    bool is_made, is_quarter;
    Days first;
    auto operator<=>(const QuotaKey&) const = default;
};

}  // namespace

void match_quotas(const BuildContext& context, const std::vector<BuiltColumn>& columns, std::vector<RowIndex>& existing, const Records& records) {
    namespace quota = forecasting_quota_field;
    const BuiltColumn* owners = built_for(columns, quota::owner);
    const BuiltColumn* starts = built_for(columns, quota::start_date);
    const BuiltColumn* kinds = built_for(columns, quota::period_type);
    if (!owners || !starts || !kinds) return;
    const std::uint16_t quarter = kinds->field.find_code("Quarter");
    const auto key_of = [&](RowIndex owner, bool is_made, std::uint16_t kind, Days day) {
        return QuotaKey{owner, is_made, kind == quarter, period_range(kind == quarter ? Period::FiscalQuarter : Period::Month, day, 0, 1, context.fiscal_start_month).first};
    };
    std::map<QuotaKey, RowIndex> there, in_file;
    const Table& table = records.table(standard_object::forecasting_quota);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row) && !table.column(quota::start_date).is_null(row))
            there.emplace(key_of(table.column(quota::owner).rows()[row], false, table.column(quota::period_type).codes()[row], table.column(quota::start_date).days()[row]), row);
    existing.assign(starts->values.size(), no_row);
    std::string scratch;
    for (std::uint32_t row = 0; row < starts->values.size(); ++row) {
        const bool is_made = !owners->to_create.empty() && owners->to_create[row] != no_index;
        if (starts->values.is_null(row) || (owners->values.is_null(row) && !is_made)) continue;
        const QuotaKey key = key_of(is_made ? owners->to_create[row] : owners->values.rows()[row], is_made, kinds->values.codes()[row], starts->values.days()[row]);
        if (const auto [first, is_first] = in_file.emplace(key, row); !is_first) {
            const std::string cell(context.source.cell(row, starts->column, scratch));
            context.faults.push_back({row, Error{ErrorCode::DuplicateValue, "import.key_twice",
                                                 {context.source.headers()[starts->column], cell, std::to_string(context.source.row_number(first->second))},
                                                 context.object.name, starts->field.name}});
        } else if (const auto found = there.find(key); found != there.end()) {
            existing[row] = found->second;
        }
    }
}

void complete_rows(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, const Records& records, Milliseconds now) {
    if (context.plan.object == standard_object::opportunity) complete_pipelines(context, columns, existing, records);
    if (context.plan.object == standard_object::forecasting_quota) complete_quotas(context, columns);
    if (context.plan.object == standard_object::event) {
        complete_events(context, columns, existing);
        place_all_day(context, columns, existing, records);
    }
    if (context.plan.of_calls) complete_calls(context, columns, existing, now);
    if (context.plan.object != standard_object::task) return;
    place_due_days(context, columns);
    complete_completed(context, columns, existing, now);
    complete_due_times(context, columns, existing, now);
}

}  // namespace outpost
