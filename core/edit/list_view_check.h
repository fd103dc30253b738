// List views that are about to be saved: the object that one lists is there, and its condition is one of that object's
// records, as the page itself would read it. Called by: record_checks.
#pragma once

#include <vector>

#include "core/edit/validate.h"

namespace outpost {

// `rows` is empty for new ones, `count` of them; a column that isn't given means the values that the views have. A
// condition's fault says where in it, and what was expected there.
void check_list_views(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);

}  // namespace outpost
