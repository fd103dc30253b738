// Bulk edit: the same value into many records, or their deletion; each is one command and one undo.
// Called by: list_page.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "ui/context.h"

namespace outpost {

// `field` given: only its value is asked (owner); no_field: the person chooses the field first. `done` after success.
std::unique_ptr<Dialog> make_bulk_edit_dialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, FieldIndex field,
                                              std::function<void()> done);
// Asks when there is more than one, then deletes; an Undo is offered.
void delete_records(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done = {});

}  // namespace outpost
