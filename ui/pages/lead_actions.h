// What is done with leads and their owners: taking them out of a queue, routing them, looking at one queue.
// Called by: list_page, record_page, record_actions, quick_action, record_form.
#pragma once

#include <vector>

#include "ui/context.h"

namespace outpost {

// A lead that a queue owns, and that isn't converted or deleted.
bool waits_in_queue(Context& context, RecordRef record);
bool may_take(Context& context, RecordRef lead);     // it waits in a queue that one is a member of
// Says for a lead of another queue whose it is and why it can't be taken.
void draw_queue_banner(Context& context, RecordRef lead);
// Takes those that one may; of none of them it says why.
void take_leads(Context& context, std::vector<RowIndex> leads, std::function<void()> done = {});
void route_leads(Context& context, std::vector<RowIndex> leads, std::function<void()> done = {});
// Queues with the address values that a list is narrowed by.
struct QueueChoice { std::string id, name; std::size_t leads = 0; };
std::vector<QueueChoice> queue_choices(Context& context);

}  // namespace outpost
