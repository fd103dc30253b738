#include "core/workspace/routing_answer.h"

#include <algorithm>

#include "core/base/record_id.h"
#include "core/conversion/routing.h"
#include "core/objects/standard.h"
#include "core/workspace/answers.h"

namespace outpost {
namespace {

namespace so = standard_object;

constexpr std::int64_t limit_default = 200;

void set_record(Json& out, const std::string& name, RecordRef record, const Records& records) {
    out.set(name, record ? Json(to_text(records.id_of(record))) : Json());
    out.set(name + "Name", record ? Json(records.display_name(record)) : Json());
}

}  // namespace

Json routing_json(const Workspace& workspace, const Json& question) {
    const Records& records = workspace.records();
    Json command = question;
    command.set("command", "RouteLeads");
    if (!question.find("ids") && !question.find("where")) command.set("where", "IsConverted = false");
    const auto parsed = workspace.parse(command);
    if (!parsed) return error_to_json(parsed.error(), workspace.messages());
    const auto plan = plan_routing(records, std::get<RouteLeads>(*parsed).rows, workspace.query_context());
    if (!plan) return error_to_json(plan.error(), workspace.messages());

    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(0, question.integer_or("limit", limit_default)));
    std::vector<std::uint64_t> counts(records.table(so::assignment_rule_entry).row_count());
    std::uint64_t matched = 0, changes = 0;
    Json leads = Json::array();
    for (const RoutedLead& routed : plan->leads) {
        const RecordRef lead{so::lead, routed.lead};
        const Value value = records.value(lead, system_field::owner);
        const auto* held = std::get_if<RecordRef>(&value);
        const RecordRef owner = held ? *held : RecordRef{};
        const bool is_matched = routed.entry != no_row;
        const bool is_changed = is_matched && routed.owner != owner;
        if (is_matched) ++counts[routed.entry];
        matched += is_matched;
        changes += is_changed;
        if (leads.items().size() >= limit) continue;
        Json out = Json::object();
        out.set("id", to_text(records.id_of(lead))).set("name", records.display_name(lead));
        set_record(out, "owner", owner, records);
        set_record(out, "entry", is_matched ? RecordRef{so::assignment_rule_entry, routed.entry} : RecordRef{}, records);
        set_record(out, "newOwner", is_matched ? routed.owner : owner, records);
        leads.push(std::move(out.set("changes", is_changed)));
    }
    Json entries = Json::array();
    for (const RowIndex row : entries_in_order(records)) {
        Json out = Json::object();
        out.set("id", to_text(records.id_of({so::assignment_rule_entry, row}))).set("name", records.display_name({so::assignment_rule_entry, row}));
        entries.push(std::move(out.set("leads", counts[row])));
    }
    return Json::object().set("ok", true).set("total", static_cast<std::uint64_t>(plan->leads.size())).set("matched", matched)
        .set("changes", changes).set("entries", std::move(entries)).set("leads", std::move(leads));
}

}  // namespace outpost
