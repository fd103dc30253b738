// Criteria: the condition of a WHERE alone, as text that records hold (an assignment rule's entry).
// Invariant: what is saved was understood when it was saved; a field may have gone since.
// Called by: edit (validation), conversion (routing), ui (routing page).
#pragma once

#include "core/query/query.h"

namespace outpost {

// A bound query for the records of `object` that meet the criteria; all of them for "". Errors say where in `text`.
Result<Query> parse_criteria(std::string_view text, std::string_view object, const Records& records);

}  // namespace outpost
