// Candidates: the few rows among which every match of a condition is, by an index that the records keep (children of a
// lookup's target, values of unique and external-id fields), so that a question about one owner or one external id
// doesn't look at the whole table.
// Invariant: holds every live row that matches; rows that don't match may be among them. Called by: compile_query_filter.
#pragma once

#include <optional>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// Rising; nothing when no index is at hand or it would leave a good part of the table anyway.
std::optional<std::vector<RowIndex>> candidate_rows(const Condition& where, ObjectIndex object, const Records& records, const QueryContext& context);

}  // namespace outpost
