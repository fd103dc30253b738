// Finding the record that a lookup is meant to point at by what it holds: {"Name": "Acme"}, an external id, or its
// name alone. None or several matches is an error that names them. Called by: command and value parsing.
#pragma once

#include <string_view>

#include "core/base/json.h"
#include "core/objects/records.h"

namespace outpost {

// Each member of `json` is a field of the target; all must match.
Result<RecordRef> find_record_by_fields(const Json& json, const Field& field, const Object& object, const Records& records);
Result<RecordRef> find_record_by_name(std::string_view name, const Field& field, const Object& object, const Records& records);

}  // namespace outpost
