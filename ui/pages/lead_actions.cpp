#include "ui/pages/lead_actions.h"

#include <algorithm>

#include "core/conversion/routing.h"
#include "core/edit/queue_members.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/record_actions.h"

namespace outpost {
namespace {

namespace so = standard_object;

CommandDone then(std::function<void()> done) {
    return [done = std::move(done)](const Result<CommandOutcome>& outcome) {
        if (outcome && done) done();
    };
}

}  // namespace

bool waits_in_queue(Context& context, RecordRef record) {
    if (record.object != so::lead || is_read_only(context, record)) return false;
    return reference(context.records(), record, system_field::owner).object == so::group;
}

bool may_take(Context& context, RecordRef lead) {
    return waits_in_queue(context, lead) && check_may_take(context.records(), lead.row, context.workspace().current_user());
}

void draw_queue_banner(Context& context, RecordRef lead) {
    if (!waits_in_queue(context, lead)) return;
    const Status status = check_may_take(context.records(), lead.row, context.workspace().current_user());
    if (!status && kit::banner(context, "queue", context.error_text(status.error()), {.action = context.tr("ui.lead.members")}) == 1)
        context.navigate("#/routing?dialog=group:" + to_text(context.records().id_of(reference(context.records(), lead, system_field::owner))));
}

void take_leads(Context& context, std::vector<RowIndex> leads, std::function<void()> done) {
    std::erase_if(leads, [&](RowIndex row) { return !may_take(context, {so::lead, row}); });
    if (leads.empty()) return;
    std::string toast = leads.size() == 1 ? context.tr("ui.lead.taken_one", {record_title(context, {so::lead, leads[0]})}) : context.count_text("ui.lead.taken", leads.size());
    context.submit(TakeLeads{std::move(leads)}, then(std::move(done)), {.toast = std::move(toast)});
}

void route_leads(Context& context, std::vector<RowIndex> leads, std::function<void()> done) {
    std::erase_if(leads, [&](RowIndex row) { return is_read_only(context, {so::lead, row}); });
    const std::size_t asked = leads.size();
    context.submit(RouteLeads{std::move(leads)}, [&context, asked, done = std::move(done)](const Result<CommandOutcome>& outcome) {
        if (!outcome) return;
        Toast toast{.text = context.tr("ui.lead.routed", {context.number_text(outcome->record_count), context.number_text(asked)})};
        if (outcome->sequence != 0) {
            toast.action_label = context.tr("app.undo");
            toast.action = [&context, sequence = outcome->sequence] { context.undo(sequence); };
            toast.undoes = outcome->sequence;
        }
        context.toast(std::move(toast));
        if (done) done();
    }, {.offer_undo = false});
}

std::vector<QueueChoice> queue_choices(Context& context) {
    const Records& records = context.records();
    const Table& table = records.table(so::group);
    std::vector<QueueChoice> queues;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const RecordRef group{so::group, row};
        if (!table.is_live(row) || !is_queue(records, group)) continue;
        queues.push_back({to_text(records.id_of(group)), records.display_name(group), records.children(so::lead, system_field::owner, group).size()});
    }
    return queues;
}

}  // namespace outpost
