// The JSON form of the calendar: a question such as {"from": "2026-11-23", "to": "2026-11-29", "owners": ["005..."]}
// (owners may be left out: everybody's) and its answer {"ok": true, "items": [{"object", "id", "subject", "start", "end",
// "allDay", "recurs", "date", "done"}]}; "date" names an occurrence in UpdateOccurrence. Called by: shell.
#pragma once

#include "core/base/json.h"
#include "core/workspace/workspace.h"

namespace outpost {

// A refusal is an answer: {"ok": false, "error": {...}}.
Json calendar_json(const Workspace& workspace, Clock& clock, const Json& question);

}  // namespace outpost
