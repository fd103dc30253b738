// Hierarchy drawer: the records of one object that stand above and below each other by a lookup to their own object
// (parent accounts, whom a contact reports to, managers), as a tree. Choosing one opens it.
// Called by: record_actions.
#pragma once

#include <memory>

#include "ui/context.h"

namespace outpost {

// The field by which records of this object stand below one another; no_field when there is none.
FieldIndex hierarchy_field(const Object& object);
// Whether anything stands above or below the record.
bool has_hierarchy(Context& context, RecordRef record);
std::unique_ptr<Dialog> make_hierarchy_drawer(Context& context, RecordRef record);

}  // namespace outpost
