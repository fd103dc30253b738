// The checks on an admin's definitions, and what is filled in where a definition says nothing.
// Called by: define.cpp, undo_rules.cpp.
#pragma once

#include "core/objects/records.h"

namespace outpost {

// Letters, digits and single underscores, ending in __c; at most 43 characters. `object` names the place in the error.
Status check_api_name(const std::string& name, const std::string& object);
std::string label_of_name(std::string_view api_name);  // "Site_Visit__c" gives "Site Visit"
// Whether records that were allowed to hold the same value no longer are; those of a deleted field may have come back.
bool is_stricter(const Field& before, const Field& after);
// Whether no two live records hold the same value of a field that becomes unique. DUPLICATE_VALUE.
Status check_values_unique(const Records& records, const Object& object, const Field& field);
// A new custom field, complete and checked; without an index.
Result<Field> completed_field(const Records& records, const Object& object, Field wanted);
// What `before` becomes by `wanted`: values and lengths that records hold must still fit.
Result<Field> checked_update(const Records& records, const Object& object, const Field& before, Field wanted);

}  // namespace outpost
