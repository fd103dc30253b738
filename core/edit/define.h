// Defining objects and fields: checks an admin's definition, completes it, and performs it as schema changes (and
// changes of values where a field's scale changes). Called by: Editor; JSON forms by definition_json.
#pragma once

#include "core/edit/editor.h"

namespace outpost {

Result<CommandOutcome> define_object(Transaction& transaction, const DefineObject& command);
Result<CommandOutcome> update_object(Transaction& transaction, const UpdateObject& command);
Result<CommandOutcome> delete_object(Transaction& transaction, const DeleteObject& command);
Result<CommandOutcome> define_field(Transaction& transaction, const DefineField& command);
Result<CommandOutcome> update_field(Transaction& transaction, const UpdateField& command);
Result<CommandOutcome> delete_field(Transaction& transaction, const DeleteField& command);

// Performs the commands of a batch one after the other; in each "$0.id" stands for the id that part 0 made.
Result<CommandOutcome> perform_parts(const Batch& batch, const Records& records, const std::function<Result<CommandOutcome>(const Json&)>& perform);

}  // namespace outpost
