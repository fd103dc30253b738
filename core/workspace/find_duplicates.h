// The JSON form of the search for duplicates: a question such as {"object": "Lead", "fields": {"LastName": "Meyer",
// "Email": "a@b.example"}, "limit": 10}, or of a stored record {"object": "Lead", "id": "00Q..."}, and its answer
// {"ok": true, "duplicates": [{"object", "id", "name", "score", "reasons": ["SameEmail", ...], "rule": name or null}]}, best first.
// Called by: shell.
#pragma once

#include "core/base/json.h"
#include "core/base/messages.h"
#include "core/objects/records.h"

namespace outpost {

// A refusal is an answer: {"ok": false, "error": {...}}. A contact's account is its id, or "Account.Name".
Json find_duplicates_json(const Json& question, const Records& records, const Messages& messages);

}  // namespace outpost
