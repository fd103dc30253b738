// DefineObject, DefineField and the like from their JSON form; an update starts from the present definition and takes
// what the JSON gives. Called by: command_json.
#pragma once

#include <string_view>

#include "core/edit/command.h"

namespace outpost {

Result<Command> parse_definition(std::string_view command, const Json& json, const Records& records);
// Values for the parts of an address or location, by their short names.
Status compound_fields(const Json& json, const Field& compound, const Object& object, const Records& records, std::vector<FieldValue>& fields);

}  // namespace outpost
