// Recent records: those that were looked at last on this device, newest first.
// Invariant: no record twice; those that went away are left out when asked for. Called by: record_page, palette.
#pragma once

#include <vector>

#include "ui/context.h"

namespace outpost {

void remember_visit(Context& context, RecordRef record);
std::vector<RecordRef> recent_records(Context& context);

}  // namespace outpost
