// What is asked of a recurring event or task before it is changed or removed: this one, this and all that follow, or all;
// and the form of one occurrence. Each ends in one command. Called by: the calendar page.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

// `command` is complete but for its scope.
void ask_scope(Context& context, ChangeOccurrence command, std::string toast);

// "occurrence:00U...:2026-11-23"
std::string occurrence_address(Context& context, RecordRef series, Days day);
std::unique_ptr<Dialog> make_occurrence_dialog(Context& context, std::string_view address);

}  // namespace outpost
