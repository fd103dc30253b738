// The JSON form of routing's dry run: a question such as {"where": "CreatedDate = LAST_N_DAYS:30"} or {"ids": [...]}
// (without either: all leads that are not converted), with "limit" of the leads told one by one, and its answer
// {"ok": true, "total", "matched", "changes", "entries": [{"id", "name", "leads", ...}], "leads": [{"id", "name", "owner",
// "newOwner", "entry", ...}]}. Nothing is changed. Called by: shell.
#pragma once

#include "core/base/json.h"
#include "core/workspace/workspace.h"

namespace outpost {

// A refusal is an answer: {"ok": false, "error": {...}}.
Json routing_json(const Workspace& workspace, const Json& question);

}  // namespace outpost
