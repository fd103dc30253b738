// Routing: who gets which leads. The assignment rule is the active entries in the order of SortOrder; the first whose
// criteria a lead meets says who owns it: a user, a queue, or, of a regular group, the member whose turn it is. Turns go
// on after the member who had the last one, which the group keeps; who isn't working is passed over.
// Invariant: the same records give the same answer. An entry that has nobody to give leads to (user or group gone or not
// active, no member working) is as if it weren't there; a group that is a member of a group has no turn; one whose criteria can't be understood refuses the whole.
// Called by: workspace (RouteLeads, TakeLead, the dry run), ui.
#pragma once

#include "core/edit/editor.h"
#include "core/query/query.h"

namespace outpost {

struct RoutedLead {
    RowIndex lead = no_row;
    RowIndex entry = no_row;      // the assignment rule entry; no_row: none is for it, its owner stays
    RecordRef owner;              // user or queue that it would have
};
struct RoutingPlan {
    std::vector<RoutedLead> leads;                                 // as they were asked for
    std::vector<std::pair<RowIndex, RowIndex>> last_assigned;      // group, member whose turn was last
};

bool has_active_entries(const Records& records);
// Live entries, active or not, in their order.
std::vector<RowIndex> entries_in_order(const Records& records);
bool is_queue(const Records& records, RecordRef group);
// Whether leads could be given to this user, queue or group now.
bool can_be_assigned(const Records& records, RecordRef assignee);
// Members of a group in the order of their turns.
std::vector<RowIndex> members_of(const Records& records, RowIndex group);

Result<RoutingPlan> plan_routing(const Records& records, const std::vector<RowIndex>& leads, const QueryContext& context);

Result<CommandOutcome> route_leads(Transaction& transaction, const RouteLeads& command, const QueryContext& context);
Result<CommandOutcome> take_leads(Transaction& transaction, const TakeLeads& command);

}  // namespace outpost
