// The edit at the end of an import: from built columns to one transaction. Rows that the edit layer refuses join those
// with faults, and the rest goes in. Called by: transfer (import job).
#pragma once

#include <string>
#include <vector>

#include "core/edit/editor.h"
#include "core/transfer/import_build.h"
#include "core/transfer/import_job.h"

namespace outpost {

struct ImportBatch {
    ObjectIndex object = no_object;
    std::uint32_t rows = 0;
    const ImportPlan* plan = nullptr;
    const ImportSource* source = nullptr;
    const Messages* messages = nullptr;
    std::vector<BuiltColumn> columns;
    std::vector<ColumnDecisions>* decisions = nullptr;
    std::vector<RecordsToCreate>* groups = nullptr;
    std::vector<RowIndex> existing;        // by file row: the record it updates, else no_row; empty: all rows are new
    std::vector<RowFault> faults;
    std::uint32_t namesakes = 0;           // rows that make a record of a name that is here already
    std::uint32_t converted = 0;           // rows that make a lead which the file says is converted
    // Results
    std::vector<bool> is_bad;              // by file row
    std::vector<RowIndex> without_owner;   // new records to which the file gives none
    struct Left { FieldIndex field; std::vector<std::uint32_t> rows; };
    std::vector<Left> left_empty;          // fields that a person must fill, and the new rows that come without
};

// Performs the edit. Fills report's counts, made fields and values; faults and is_bad of the batch grow.
// A trial finds the same faults and counts, and leaves the batch fit for the edit itself; the caller takes the
// transaction back. Records are only made in it where updates are checked against them. A failure that comes with new
// faults is over when it is tried again.
Result<CommandOutcome> commit_import(Editor& editor, Transaction& transaction, ImportBatch& batch, ImportReport& report, bool is_trial);

// Whether an import makes picklist values or records that lookups name.
bool makes_anything(const ImportBatch& batch);
// Leaves out the new picklist values that only rows found bad have. False: there are none.
bool forget_unused(ImportBatch& batch, const Object& object);

}  // namespace outpost
