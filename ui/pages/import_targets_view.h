// The places that a column of a file may go to, as choices with labels in the person's language, and the kinds of new
// fields. Called by: the import wizard.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/objects/field.h"
#include "ui/kit/choice.h"

namespace outpost {

inline constexpr std::string_view new_field_choice = "+";   // value of "a new field"

// value: a target as core/transfer reads it ("StageName", "Account.Name"), or new_field_choice.
std::vector<kit::Choice> import_target_choices(Context& context, ObjectIndex object);

// "Number", "Date and time": the kind of a field in words.
std::string field_type_label(Context& context, FieldType type);

}  // namespace outpost
