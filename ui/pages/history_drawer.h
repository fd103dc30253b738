// Field history of a record, from the journal: who changed what when, from what to what, newest first, back to its creation.
// Invariant: nothing is read while drawing; a page more is read when it is asked for. Called by: registry, record_actions.
#pragma once

#include <memory>

#include "ui/context.h"

namespace outpost {

std::unique_ptr<Dialog> make_history_drawer(Context& context, RecordRef record);
// The address of the dialog: "history:ID".
std::string history_address(Context& context, RecordRef record);

}  // namespace outpost
