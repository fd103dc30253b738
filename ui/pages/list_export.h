// What a list shows as a CSV file: its columns, its rows, in their order.
// Called by: list_page.
#pragma once

#include <vector>

#include "ui/pages/list_columns.h"

namespace outpost {

// Saves the rows with these columns, after this frame, and says so.
void export_rows(Context& context, const Object& object, const std::vector<ListColumn>& columns, std::vector<RowIndex> rows);

}  // namespace outpost
