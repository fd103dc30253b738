// The JSON forms of the task feed and of reminders. taskFeed: {"owners": ["005..."] (left out: oneself; []: everybody),
// "firstWeekday": 1 (left out: the workspace's), "group": "today", "limit": 100, "offset": 0} -> {"ok", "today", "count", "groups": [{"group", "count",
// "tasks": [{"id", "subject", "date", "time", "priority", "ownerName", "whoName", "whatName", "recurs"}]}]}: all groups with their
// counts, `limit` tasks of each from `offset` on. reminders: {"ok", "due": [{"object", "id", "subject", "time", "planned"}],
// "next"} of the current user. Called by: shell.
#pragma once

#include "core/base/json.h"
#include "core/workspace/workspace.h"

namespace outpost {

// A refusal is an answer: {"ok": false, "error": {...}}.
Json task_feed_json(const Workspace& workspace, Clock& clock, const Json& question);
Json reminders_json(const Workspace& workspace, Clock& clock);

}  // namespace outpost
