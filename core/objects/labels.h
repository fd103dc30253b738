// Labels of objects, fields and picklist values in the person's language: an admin's own label as it is, else the
// catalogue's (label.<Object>, label.<Object>.plural, label.<Object>.<Field>, label.field.<Field>, label.value.<value>),
// else the definition's English one. Called by: ui, workspace (describe), error rendering.
#pragma once

#include <string>

#include "core/base/messages.h"
#include "core/objects/field.h"

namespace outpost {

std::string object_label(const Messages& messages, const Object& object, bool plural);
std::string field_label(const Messages& messages, const Object& object, const Field& field);
std::string value_label(const Messages& messages, const Field& field, const PicklistValue& value);

}  // namespace outpost
