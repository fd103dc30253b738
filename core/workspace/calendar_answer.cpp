#include "core/workspace/calendar_answer.h"

#include <algorithm>

#include "core/activity/calendar.h"
#include "core/base/record_id.h"
#include "core/objects/standard.h"
#include "core/workspace/answers.h"

namespace outpost {

Json calendar_json(const Workspace& workspace, Clock& clock, const Json& question) {
    const Records& records = workspace.records();
    const auto refuse = [&](const char* name, const std::string& value) {
        return error_to_json(Error{ErrorCode::InvalidArgument, "error.argument_value", {name, value}}, workspace.messages());
    };
    const std::string from(question.text_or("from", days_to_text(workspace.today()))), to(question.text_or("to", from));
    const std::optional<Days> first = parse_iso_date(from), last = parse_iso_date(to);
    if (!first) return refuse("from", from);
    if (!last || *last < *first || *last - *first > 3660) return refuse("to", to);
    const Result<std::vector<RowIndex>> owners = owners_of(question, records);
    if (!owners) return error_to_json(owners.error(), workspace.messages());
    Json items = Json::array();
    for (const CalendarItem& item : collect_calendar(records, clock, {*first, *last + 1}, *owners)) {
        Json out = Json::object();
        out.set("object", item.is_task() ? "Task" : "Event").set("id", to_text(records.id_of(item.record))).set("subject", records.display_name(item.record));
        if (item.all_day) out.set("start", days_to_text(item.first_day)).set("end", days_to_text(item.last_day));
        else out.set("start", instant_to_text(item.start)).set("end", instant_to_text(item.end));
        out.set("allDay", item.all_day).set("recurs", item.recurs).set("done", item.done);
        if (item.recurs) out.set("date", days_to_text(item.occurrence));
        items.push(std::move(out));
    }
    return Json::object().set("ok", true).set("items", std::move(items));
}

}  // namespace outpost
