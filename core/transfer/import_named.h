// Records that an import makes since a lookup names them: their columns from the texts that stand in the file.
// Called by: transfer (values, commit).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/edit/change.h"
#include "core/transfer/import_plan.h"

namespace outpost {

// What a field by which records are named holds of such a text; null where it can't: a number that is none.
Value named_value(const Field& field, std::string_view text);

// By what such texts are one record: "Lee, Ann" and "ann lee". `field`: the one that names it.
std::string named_key(const Object& target, const Field& field, std::string_view text);

// Columns of the records that lookups name: by name, by e-mail, by website, or by a foreign id.
std::vector<FieldColumn> make_named_columns(const Object& target, const Field& field, const std::vector<std::string>& texts);

}  // namespace outpost
