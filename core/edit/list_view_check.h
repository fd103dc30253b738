// List views that are about to be saved: the object that one lists is there, and its condition is one of that object's
// records, as the page itself would read it. Called by: Transaction, validate and transfer (new and imported ones).
#pragma once

#include <vector>

#include "core/edit/validate.h"

namespace outpost {

// `rows` is empty for new ones, `count` of them; a column that isn't given means the values that the views have. A
// condition's fault says where in it, and what was expected there.
void check_list_views(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
// The first of these faults; of another object's records there are none.
Status first_list_view_fault(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::size_t count, const std::vector<FieldColumn>& columns);

}  // namespace outpost
