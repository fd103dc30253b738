// The records that a new database starts with: its first user, who becomes the current one, and its organization
// (settings: US dollars, fiscal year from January). Called by: workspace, on a first visit.
#pragma once

#include <string>

#include "core/edit/editor.h"

namespace outpost {

void create_initial_records(Editor& editor, const std::string& user_name = "You", const std::string& organization_name = "My Organization");

}  // namespace outpost
