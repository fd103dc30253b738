// The records that a new database starts with: its first user and its organization (settings).
// Called by: workspace, on a first visit.
#pragma once

#include "core/edit/editor.h"

namespace outpost {

void create_initial_records(Editor& editor);

}  // namespace outpost
