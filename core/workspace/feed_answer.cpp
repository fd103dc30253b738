#include "core/workspace/feed_answer.h"

#include <algorithm>
#include <cstdio>

#include "core/activity/feed.h"
#include "core/activity/reminders.h"
#include "core/base/record_id.h"
#include "core/objects/standard.h"
#include "core/workspace/answers.h"

namespace outpost {

namespace {

constexpr std::string_view group_names[feed_group_count] = {"overdue", "today", "tomorrow", "thisWeek", "later", "noDate"};

void put(Json& json, const char* name, std::string value) { json.set(name, Json(std::move(value))); }

Json task_json(const Records& records, Clock& clock, RowIndex row) {
    const RecordRef task{standard_object::task, row};
    Json out = Json::object();
    put(out, "id", to_text(records.id_of(task)));
    put(out, "subject", records.display_name(task));
    if (const std::string date = records.value_text(task, task_field::activity_date); !date.empty()) put(out, "date", date);
    if (const auto minutes = feed_time_of(records, clock, row)) {
        char time[16];
        std::snprintf(time, sizeof time, "%02d:%02d", *minutes / 60, *minutes % 60);
        put(out, "time", time);
    }
    put(out, "priority", records.value_text(task, task_field::priority));
    static constexpr struct { const char* name; FieldIndex field; } names[] = {{"ownerName", system_field::owner}, {"whoName", task_field::who}, {"whatName", task_field::what}};
    for (const auto& [name, field] : names) {
        const Value value = records.value(task, field);
        const auto* target = std::get_if<RecordRef>(&value);
        put(out, name, target ? records.display_name(*target) : std::string());
    }
    out.set("recurs", !records.text(task, task_field::recurrence).empty());
    return out;
}

}  // namespace

Json task_feed_json(const Workspace& workspace, Clock& clock, const Json& question) {
    const Records& records = workspace.records();
    const auto refuse = [&](const char* name, const std::string& value) {
        return error_to_json(Error{ErrorCode::InvalidArgument, "error.argument_value", {name, value}}, workspace.messages());
    };
    Result<std::vector<RowIndex>> owners = owners_of(question, records);
    if (!owners) return error_to_json(owners.error(), workspace.messages());
    const Json* named = question.find("owners");
    if (!named || !named->is_array()) owners->push_back(workspace.current_user().row);
    const std::int64_t first = question.integer_or("firstWeekday", workspace.first_weekday()), limit = question.integer_or("limit", 100), offset = question.integer_or("offset", 0);
    if (first < 0 || first > 6) return refuse("firstWeekday", std::to_string(first));
    if (limit < 0 || limit > 10'000) return refuse("limit", std::to_string(limit));
    if (offset < 0) return refuse("offset", std::to_string(offset));
    const std::string only(question.text_or("group", ""));
    if (!only.empty() && std::ranges::find(group_names, only) == std::end(group_names)) return refuse("group", only);
    const Feed feed = collect_feed(records, clock, workspace.today(), static_cast<int>(first), *owners);
    Json groups = Json::array();
    for (std::size_t i = 0; i < feed_group_count; ++i) {
        if (!only.empty() && only != group_names[i]) continue;
        const auto rows = feed.group(static_cast<FeedGroup>(i));
        Json tasks = Json::array();
        for (std::size_t at = static_cast<std::size_t>(offset); at < rows.size() && at - static_cast<std::size_t>(offset) < static_cast<std::size_t>(limit); ++at)
            tasks.push(task_json(records, clock, rows[at]));
        groups.push(Json::object().set("group", group_names[i]).set("count", std::uint64_t{rows.size()}).set("tasks", std::move(tasks)));
    }
    return Json::object().set("ok", true).set("today", days_to_text(workspace.today())).set("count", std::uint64_t{feed.rows.size()}).set("groups", std::move(groups));
}

Json reminders_json(const Workspace& workspace, Clock& clock) {
    const Records& records = workspace.records();
    const Reminders reminders = collect_reminders(records, clock, workspace.current_user(), clock.now());
    Json due = Json::array();
    for (const Reminder& each : reminders.due) {
        Json one = Json::object();
        put(one, "object", each.is_task() ? "Task" : "Event");
        put(one, "id", to_text(records.id_of(each.record)));
        put(one, "subject", records.display_name(each.record));
        put(one, "time", instant_to_text(each.at));
        put(one, "planned", instant_to_text(each.planned));
        due.push(std::move(one));
    }
    Json out = Json::object().set("ok", true).set("due", std::move(due));
    return out.set("next", reminders.next ? Json(instant_to_text(*reminders.next)) : Json());
}

}  // namespace outpost
