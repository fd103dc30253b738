// What several fields of a record, or several records of an object, must be like together: list views, duplicate rules, the
// prices of line items, and links of which there is one between each two records. Records that are there already are looked
// at only where the columns change them: older data may hold what isn't let in any more.
// Called by: Transaction, validate (new records), transfer (import).
#pragma once

#include "core/edit/validate.h"

namespace outpost {

// Tells the sink of every row that such a rule refuses. `rows`: the records that the columns change, ascending; empty: new
// ones. A column of one value is for all `count`.
void check_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
// The first of those faults.
Status first_fault_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::size_t count, const std::vector<FieldColumn>& columns);

}  // namespace outpost
