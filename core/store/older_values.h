// What earlier versions of the store wrote, as this one holds it. A lead's owner was always a user, and its column held
// rows of users alone; since then a queue can own a lead, and the column says of which object each row is.
// Invariant: entries and snapshots of any released version read as if this one had written them.
// Called by: store (journal codec, snapshot reader).
#pragma once

#include "core/edit/change.h"

namespace outpost {

// Whether the values of this field used to be rows of one object; `target` is that object.
bool was_single_lookup(ObjectIndex object, FieldIndex field, ObjectIndex& target);
Column to_references(std::span<const RowIndex> rows, ObjectIndex target);
void bring_up_to_date(ChangeGroup& group);

}  // namespace outpost
