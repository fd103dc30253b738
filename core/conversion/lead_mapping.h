// Lead mapping: where a lead's fields go when it is converted: where an admin says (Field::converts_to), by Salesforce's
// "Lead Conversion Field Mapping", and custom fields to those of the same API name. Called by: convert_lead, ui (what
// goes where, lead conversion settings).
#pragma once

#include <functional>
#include <vector>

#include "core/objects/records.h"

namespace outpost {

// Calls take(source, destination, value) for everything that the lead has for an Account, Contact or Opportunity.
void for_each_mapped(const Records& records, RecordRef lead, ObjectIndex target,
                     const std::function<void(const Field& source, const Field& destination, Value value)>& take);
// The field that a lead's field fills where no admin says otherwise; null for none.
const Field* usual_conversion_target(const Schema& schema, const Field& source, ObjectIndex target);
// Nothing that would have to be kept: no value, or a box without a tick.
bool is_unset(const Value& value);
// The target's fields that the lead fills: all it has something for, of `existing` (not none) only the empty ones.
struct MappedField { FieldIndex source = no_field, destination = no_field; };
std::vector<MappedField> mapped_fields(const Records& records, RecordRef lead, ObjectIndex target, RecordRef existing);

}  // namespace outpost
