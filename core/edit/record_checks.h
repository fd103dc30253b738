// What several fields of a record, or several records of an object, must be like together: list views, duplicate rules, the
// prices of line items, locations, and links of which there is one between each two records. Records that are there already are looked
// at only where the columns change them: older data may hold what isn't let in any more.
// Called by: Transaction, validate (new records), transfer (import).
#pragma once

#include <optional>

#include "core/edit/validate.h"

namespace outpost {

// Tells the sink of every row that such a rule refuses. `rows`: the records that the columns change, ascending; empty: new
// ones. A column of one value is for all `count`.
void check_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
// The fault of a record that links two others which a live one links already.
std::optional<Error> linked_already(const Records& records, RecordRef record);
// Of the records that are to come back from the recycle bin, those that link what no other one does. The others stay where
// their like comes back, or where `with_master` they come back with what they belong to; else a live one is a fault.
Result<std::vector<RowIndex>> each_link_once(const Records& records, ObjectIndex object, std::vector<RowIndex> rows, bool with_master);
// The first of those faults.
Status first_fault_together(const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, std::size_t count, const std::vector<FieldColumn>& columns);

}  // namespace outpost
