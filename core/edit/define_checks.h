// The checks on an admin's definitions, and what is filled in where a definition says nothing.
// Called by: define.cpp, transaction_schema.cpp, undo_rules.cpp.
#pragma once

#include "core/edit/change.h"
#include "core/objects/records.h"

namespace outpost {

// Letters, digits and single underscores, ending in __c; at most 43 characters. `object` names the place in the error.
Status check_api_name(const std::string& name, const std::string& object);
std::string label_of_name(std::string_view api_name);  // "Site_Visit__c" gives "Site Visit"
// Whether no other object, or field of the object, has the name that a definition takes.
Status check_names_free(const Schema& schema, const SchemaChange& change);
// Queries name a parent's related records by a lookup's child relationship name, so a parent has it once.
Status check_child_name(const Schema& schema, const Object& object, const Field& field);
// Whether a field that exists can be a MasterDetail: its object may have that master, and all records have theirs, those
// in the recycle bin too.
Status check_master_detail(const Records& records, const Object& object, const Field& field);
Status check_display_format(const Object& object, const Field& field);
// Auto-numbers are kept without their text: whether the records' are the same in another format.
Status check_numbers_stay(const Records& records, const Object& object, const Field& before, const Field& after);
// Whether records that were allowed to hold the same value no longer are; those of a deleted field may have come back.
bool is_stricter(const Field& before, const Field& after);
// Whether no two live records hold the same value of a field that becomes unique. DUPLICATE_VALUE.
Status check_values_unique(const Records& records, const Object& object, const Field& field);
// A new custom field, complete and checked; without an index.
Result<Field> completed_field(const Records& records, const Object& object, Field wanted);
// What `before` becomes by `wanted`: values and lengths that records hold must still fit.
Result<Field> checked_update(const Records& records, const Object& object, const Field& before, Field wanted);

}  // namespace outpost
