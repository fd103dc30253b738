// Rows of a file that make records which a person may not expect. Namesakes make one of a name that is here already, as
// when a file is imported a second time and nothing says by what its rows are known. Called by: transfer (import job).
#pragma once

#include "core/transfer/import_commit.h"

namespace outpost {

// How many rows are namesakes, where that is worth a word: of accounts, products and users each one, of what may well
// share its name when at least half of the rows do. 0 for tasks and events, and where rows update by a column.
std::uint32_t count_namesakes(const ImportBatch& batch, const Records& records);
// How many rows make a lead that the file says was converted: by its status, or in a column that says just that.
std::uint32_t count_converted(const ImportBatch& batch);

}  // namespace outpost
