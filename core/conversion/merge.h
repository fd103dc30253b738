// Merging of duplicate records: the master keeps its id and takes the chosen values; records that pointed at the others
// point at the master; the others go to the recycle bin. One transaction, one undo.
// Called by: workspace (as the handler of MergeRecords).
#pragma once

#include "core/edit/editor.h"

namespace outpost {

Result<CommandOutcome> merge_records(Transaction& transaction, const MergeRecords& command);

}  // namespace outpost
