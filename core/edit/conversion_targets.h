// The admin's part of lead conversion: which fields of account, contact and opportunity a field of a lead fills, beside
// Salesforce's own mapping (core/conversion/lead_mapping.h), as "convertsTo" of UpdateField says it.
// Called by: definition_json, define_checks, lead_mapping, ui (lead conversion settings).
#pragma once

#include "core/base/json.h"
#include "core/objects/records.h"

namespace outpost {

inline constexpr std::size_t conversion_object_count = 3;
extern const ObjectIndex conversion_objects[conversion_object_count];  // account, contact, opportunity

// Whether every value of `source` can stand in `target`: the same kind, and as much room. A picklist takes the values that
// it doesn't know yet along.
bool can_convert_to(const Field& source, const Field& target);
// What an admin has said for this object; null where nothing was said.
const ConversionTarget* conversion_target(const Field& source, ObjectIndex object);
// {"Account": "Tier__c", "Contact": "", "Opportunity": null}: into a field, nowhere, or the field of the same API name.
Status take_conversion_targets(const Json& json, Field& field, const Records& records, const std::string& object);
// Only fields of leads have targets, each of which exists, fits and takes one field of the lead.
Status check_conversion_targets(const Records& records, const Object& object, const Field& field);

}  // namespace outpost
