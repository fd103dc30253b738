<<<<<<< HEAD
// Labels of objects, fields and picklist values in the person's language: an admin's own label as it is, else the
// catalogue's (label.<Object>, label.<Object>.plural, label.<Object>.<Field>, label.field.<Field>, label.value.<value>),
// else the definition's English one. Called by: ui, workspace (describe), error rendering.
#pragma once

#include <string>
=======
// Labels of objects, fields and picklist values in the person's language: standard ones by the catalogue
// (label.<Object>, label.<Object>.plural, label.<Object>.<Field> or label.field.<Field>, label.value.<value>), custom
// and overridden ones as the admin wrote them. Called by: ui, workspace (describe), transfer (headers).
#pragma once

#include <string>
#include <string_view>
>>>>>>> 52b544d (Objects: columns, tables, schema, standard objects as data, look-up indexes and labels)

#include "core/base/messages.h"
#include "core/objects/field.h"

namespace outpost {

<<<<<<< HEAD
std::string object_label(const Messages& messages, const Object& object, bool plural);
std::string field_label(const Messages& messages, const Object& object, const Field& field);
std::string value_label(const Messages& messages, const Field& field, const PicklistValue& value);
=======
enum class LabelForm { Singular, Plural };

std::string object_label(const Messages& messages, const Object& object, LabelForm form = LabelForm::Singular);
std::string field_label(const Messages& messages, const Object& object, const Field& field);
// `value` is the API value; one that the field doesn't list is shown as it is.
std::string value_label(const Messages& messages, const Field& field, std::string_view value);
// How an Error names a field: a key of the catalogue for standard labels (Messages::error looks it up), else the label.
std::string field_argument(const Object& object, const Field& field);
std::string object_argument(const Object& object);
>>>>>>> 52b544d (Objects: columns, tables, schema, standard objects as data, look-up indexes and labels)

}  // namespace outpost
