// Queue members: who may take leads out of a queue. Its members may, and those of the groups that are members of it, at
// any depth. A lead that a user owns waits in no queue.
// Called by: editor and the trial of a mass edit (an owner who is changed to oneself), conversion, ui.
#pragma once

#include <vector>

#include "core/edit/editor.h"

namespace outpost {

bool is_member(const Records& records, RecordRef queue, RecordRef user);
// A refusal names the queue and its members, or says that it has none.
Status check_may_take(const Records& records, RowIndex lead, RecordRef user);
// An update that gives its records to the current user takes leads as well.
Status check_taken(const Records& records, RecordRef user, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldValue>& fields);

}  // namespace outpost
