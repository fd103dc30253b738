// What a person is told after an import: counts, the file of bad rows with their reasons, what was made along, what
// was alike. Called by: transfer (import job).
#pragma once

#include "core/transfer/import_commit.h"

namespace outpost {

// Fills in all but the counts of made and updated records, which the commit knows. `batch` is what the commit left.
void complete_report(ImportReport& report, const ImportSource& source, const ImportPlan& plan, const std::vector<ColumnDecisions>& decisions,
                     const ImportBatch& batch, const Messages& messages, const Records& records);

}  // namespace outpost
