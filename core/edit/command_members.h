// What commands are called in their JSON form, which members each has, and those of a command that nothing reads: a slip of
// the pen ("uniqe") must not pass for what was meant. Called by: command parsing, workspace (scripting's answers).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace outpost {

struct NamedCommand {
    std::string_view name;   // as the contract spells it
    const Json* body;        // that holds its members
    std::string_view key;    // of the member that names it
};
// {"command": "Undo"}; {"Undo": {}} is understood too.
Result<NamedCommand> name_of_command(const Json& json);

// Of a command that was parsed: unknown members by their path ("uniqe", "values[1].colour", "commands[2].feilds"), in the
// order in which they stand. Names in "fields" are not looked at: an unknown one refuses the command.
std::vector<std::string> unread_members(const Json& command);

}  // namespace outpost
