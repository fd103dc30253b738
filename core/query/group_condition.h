// HAVING over the values of a finished group, and the order of values.
// It sees a group's values only, never the rows behind them.
// Called by: run_aggregate, answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// -1, 0, 1 of two values of one kind, neither null. Text by compare_text, records by id.
int compare_values(const Value& a, const Value& b, const Records& records);
bool group_matches(const Condition& condition, const std::function<Value(const Term&)>& value_of, ObjectIndex object, const Records& records,
                   const QueryContext& context);
// The names under which an aggregate answer gives its select terms.
std::vector<std::string> aggregate_names(const Query& query);

}  // namespace outpost
