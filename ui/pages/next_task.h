// Next task: goes through tasks one by one, each with what it is about at hand, and says how far it is. Completing,
// snoozing and skipping go on to the next one; what was done elsewhere meanwhile is passed over. Called by: the task feed.
#pragma once

#include <memory>
#include <vector>

#include "ui/context.h"

namespace outpost {

// `queue`: rows of open tasks in the order in which they come.
std::unique_ptr<Dialog> make_next_task(std::vector<RowIndex> queue);

}  // namespace outpost
