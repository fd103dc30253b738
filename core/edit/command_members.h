// The members of a command's JSON form that nothing reads: a slip of the pen ("uniqe") must not pass for what was meant.
// Called by: workspace (scripting's answers).
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"

namespace outpost {

// Of a command that was parsed: unknown members by their path ("uniqe", "values[1].colour", "commands[2].feilds"), in the
// order in which they stand. Names in "fields" are not looked at: an unknown one refuses the command.
std::vector<std::string> unread_members(const Json& command);

}  // namespace outpost
