// The JSON form of reading a line: {"text": "Call with Ann at Acme, follow up Tue", "about": "006...", "dayFirst": true}
// (about: the record that counts where the line names none) to {"ok": true, "who", "account", "opportunity", "commands",
// "doubts"}: ids, commands that a Batch takes as they are, and what could not be understood. Called by: shell.
#pragma once

#include "core/base/json.h"
#include "core/workspace/workspace.h"

namespace outpost {

Json capture_json(const Workspace& workspace, Clock& clock, const Json& question);

}  // namespace outpost
