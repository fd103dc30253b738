// Record reading: the small questions that are asked of records everywhere.
// Called by: all that is above objects.
#pragma once

#include "core/objects/records.h"

namespace outpost {

// What a lookup points to; none when it is empty.
RecordRef reference(const Records& records, RecordRef record, FieldIndex field);
// The first live record of an object; none when there is none. Of the organization there is one.
RecordRef first_live(const Records& records, ObjectIndex object);

}  // namespace outpost
