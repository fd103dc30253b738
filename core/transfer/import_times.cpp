// When things are and were, of columns that say it apart: dates beside their times of day, the day on which a task was done.
#include <algorithm>

#include "core/objects/standard.h"
#include "core/transfer/column_fit.h"
#include "core/transfer/header_words.h"
#include "core/transfer/import_targets.h"

namespace outpost {

namespace {

// Events whose start is but a time of day begin on the one date of their file, whatever that is called.
void plan_day(ImportPlan& plan, const ImportSource& source, const Records& records) {
    std::optional<std::uint32_t> day;
    bool any_time = false;
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        if (mapped.action == ColumnAction::Field && mapped.field == event_field::start) return;
        any_time = any_time || source.columns()[column].is_time;
        if (mapped.action != ColumnAction::Skip || mapped.reason_key == "import.mapped.derived" || source.columns()[column].type != FieldType::Date) continue;
        if (day) return;
        day = column;
    }
    ColumnPlan wanted;
    if (!day || !any_time || !read_target(wanted, "StartDateTime", source.columns()[*day], records.schema().object(plan.object), records)) return;
    wanted.unset_markers = source.columns()[*day].unset_markers;
    wanted.reason_key = "import.mapped.alias";
    wanted.reason_arguments = {source.headers()[*day]};
    plan.columns[*day] = std::move(wanted);
}

std::string without(std::string key, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words)
        if (const std::size_t at = key.find(word); at != std::string::npos) key.erase(at, word.size());
    return key;
}

}  // namespace

void plan_times(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Records& records) {
    const Object& object = records.schema().object(plan.object);
    const bool is_event = plan.object == standard_object::event;
    if (is_event) plan_day(plan, source, records);
    const auto may_have_time = [&](std::uint32_t column) { return !source.columns()[column].has_time && !plan.columns[column].time_column; };
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        if (!source.columns()[column].is_time || plan.columns[column].action != ColumnAction::Skip) continue;
        const std::string stem = without(keys[column], {"time", "\xE6\x97\xB6\xE9\x97\xB4"});
        std::optional<std::uint32_t> same, only, start, end;
        std::uint32_t dates = 0;
        for (std::uint32_t other = 0; other < plan.columns.size(); ++other) {
            const ColumnPlan& mapped = plan.columns[other];
            if (mapped.action != ColumnAction::Field) continue;
            if (is_event && mapped.field == event_field::start) start = other;
            if (is_event && mapped.field == event_field::end) end = other;
            const FieldType type = object.field(mapped.field).type;
            if ((type != FieldType::Date && type != FieldType::DateTime) || !may_have_time(other)) continue;
            ++dates;
            only = other;
            if (without(keys[other], {"date", "day", "\xE6\x97\xA5\xE6\x9C\x9F"}) == stem) same = other;
        }
        const bool begins = start && says_begin(stem), ends = start && says_end(stem), is_said = stem.size() < keys[column].size();
        const std::optional<std::uint32_t> found = same ? same : begins ? start : ends ? end : dates == 1 && is_said && stem.size() < 5 ? only : std::nullopt;
        if (found && may_have_time(*found)) plan.columns[*found].time_column = column;
        else if (ends && !end && !plan.end_time_column) plan.end_time_column = column;
        else continue;
        plan.columns[column].reason_key = "import.mapped.time";
        plan.columns[column].reason_arguments = {source.headers()[found ? *found : *start]};
    }
}

void plan_done(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source) {
    for (std::uint32_t column = 0; column < plan.columns.size() && plan.object == standard_object::task; ++column) {
        const std::string& key = keys[column];
        const ColumnProfile& values = source.columns()[column];
        const bool says_done = key.contains("completed") || key.contains("closed") || key.contains("markedasdone") || key.contains("completion");
        ColumnPlan& mapped = plan.columns[column];
        const bool is_free = mapped.action == ColumnAction::Skip || (mapped.action == ColumnAction::Field && mapped.field == task_field::status);
        if (!says_done || plan.done_column || !is_free || says_words(values) || values.is_time) continue;
        if (values.type != FieldType::Date && values.type != FieldType::DateTime) continue;
        plan.done_column = column;
        mapped = {};
        mapped.reason_key = "import.mapped.completed";
    }
}

}  // namespace outpost
