// The JSON forms of what the workspace answers: outcomes, errors and descriptions of objects, as the scripting
// contract fixes them (names as in Salesforce's REST describe). Called by: workspace, shell.
#pragma once

#include "core/base/json.h"
#include "core/base/messages.h"
#include "core/edit/command.h"
#include "core/store/record_history.h"

namespace outpost {

// The users that a question names in "owners", rows ascending; empty when it has none.
Result<std::vector<RowIndex>> owners_of(const Json& question, const Records& records);

// {"ok": false, "error": {"code", "object"?, "field"?, "position"?, "index"?, "message"}}
Json error_to_json(const Error& error, const Messages& messages);
// {"ok": true, "seq": n, and by command: "id", "account"/"contact"/"opportunity", "count", "results"}
Json outcome_to_json(const CommandOutcome& outcome, const Command& command, const Records& records);
// {"sobjects": [{"name", "label", "labelPlural", "keyPrefix", "custom", ...}]}
Json describe_objects(const Schema& schema, const Messages& messages);
// {"name", ..., "fields": [...], "childRelationships": [...]}
Json describe_object(const Object& object, const Schema& schema, const Messages& messages);

// {"ok": true, "lines": [{"seq", "time", "user", "userName", "event", "field"?, "before"?, "after"?}], "complete", "damaged", "missing"}
Json record_history_to_json(const RecordHistory& history, const Object& object, const Records& records);

}  // namespace outpost
