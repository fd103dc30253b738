// The conditions of a list: rows with a logic, or SOQL, with how many records meet them.
// Called by: list_page and board_page.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ui/context.h"
#include "ui/pages/list_query.h"

namespace outpost {

// `request`: what else narrows the list, and the condition that it begins with. `chosen` gets the new one.
std::unique_ptr<Dialog> make_conditions_dialog(Context& context, ObjectIndex object, ListRequest request, std::function<void(std::string)> chosen);

}  // namespace outpost
