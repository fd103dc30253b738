// Labels of objects, fields and picklist values in the person's language: an admin's own label as it is, else the
// catalogue's (label.<Object>, label.<Object>.plural, label.<Object>.<Field>, label.field.<Field>, label.value.<value>),
// else the definition's English one. Called by: ui, workspace (describe), error rendering.
#pragma once

#include <string>
#include <string_view>

#include "core/base/messages.h"
#include "core/objects/field.h"

namespace outpost {

std::string object_label(const Messages& messages, const Object& object, bool plural);
std::string field_label(const Messages& messages, const Object& object, const Field& field);
std::string value_label(const Messages& messages, const Field& field, const PicklistValue& value);
// The same where a path or a board shows one pipeline alone: of stages that were copied without that pipeline's name.
std::string value_label_within(const Messages& messages, const Object& object, const Field& field, const PicklistValue& value);
// By the API value; one that the field doesn't list is shown as it is.
std::string value_label(const Messages& messages, const Field& field, std::string_view value);
// How an Error names a field or object: for standard labels a key of the catalogue (Messages::error puts its text in),
// else the label.
std::string field_argument(const Object& object, const Field& field);
std::string object_argument(const Object& object);

}  // namespace outpost
