// Quick action: the one thing that is done most with a record of its object: complete a task, call a person, move an
// opportunity to its next stage. Offered as a swipe and in row menus. Called by: list_page.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ui/context.h"

namespace outpost {

struct QuickAction {
    std::string label;
    Icon icon = Icon::None;
    std::function<void()> run;
};
// None when there is nothing of the kind: no telephone number, the last stage, a converted lead.
std::optional<QuickAction> quick_action(Context& context, RecordRef record);

}  // namespace outpost
