// What a text must be like to be the value of a picklist. Called by: edit (definitions), transfer (values of a file).
// Stored definitions are read as they are: a rule of today must not make an older entry unreadable.
#pragma once

#include <string_view>

namespace outpost {

// Not blank, at most 255 characters, and without the semicolon that parts the values of a multi-select picklist.
bool can_be_picklist_value(std::string_view text);

}  // namespace outpost
