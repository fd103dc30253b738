// The JSON form of the forecast: a question such as {"period": "Quarter", "start": "2026-10-01", "periods": 2, "scope":
// "Team", "user": "005...", "since": "2026-11-19"} (all may be left out) and its answer {"ok": true, "periods": [...],
// "rows": [...], "total": [...]}; README has an example. Called by: shell.
#pragma once

#include <functional>

#include "core/base/json.h"
#include "core/workspace/workspace.h"

namespace outpost {

// Calls back once; at once when no earlier figures are asked for. A refusal is an answer: {"ok": false, "error": {...}}.
void forecast_json(Workspace& workspace, const Json& question, std::function<void(Json)> done);

// When "a week ago" or "a month ago" was: the beginning of the day in local time.
Milliseconds forecast_instant(Workspace& workspace, Days day);

}  // namespace outpost
