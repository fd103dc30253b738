// Namesakes: rows of a file that would make a record of a name that is here already, as when a file is imported a second
// time and nothing says by what its rows are known. Called by: transfer (import job).
#pragma once

#include "core/transfer/import_commit.h"

namespace outpost {

// How many rows are namesakes, where that is worth a word: of accounts, products and users each one, of what may well
// share its name when at least half of the rows do. 0 for tasks and events, and where rows update by a column.
std::uint32_t count_namesakes(const ImportBatch& batch, const Records& records);

}  // namespace outpost
