// Building the typed columns of an import: each mapped column of the file, cell by cell, into a column of values, with
// a fault for each cell that doesn't fit. Called by: transfer (import job).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/transfer/import_values.h"

namespace outpost {

struct RowFault {
    std::uint32_t row = 0;
    Error error;
};

// One target of one column. A full name has two of them.
struct BuiltColumn {
    std::uint32_t column = 0;             // of the source
    Field field;                          // the target; of a new field without index
    Column values;                        // a value for each row of the file, null where the cell is empty or faulty
    std::vector<std::uint32_t> in_file;   // lookups to rows of this very file: that row, else no_index; empty without
    std::vector<std::uint32_t> to_create; // lookups to records to be made: place in the group, else no_index; empty without
    std::uint32_t create_group = no_index;
};

struct BuildContext {
    const ImportSource& source;
    const ImportPlan& plan;
    const Object& object;
    int utc_offset_minutes = 0;
    std::vector<RowFault>& faults;
};

// Cells of rows [first, end) of a plain column onto the end of `built`.
void build_cells(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end);
// The same for a picklist or lookup column, by its decisions.
void build_decided(const BuildContext& context, BuiltColumn& built, const ColumnDecisions& decided, const std::vector<RecordsToCreate>& groups,
                   const Records& records, std::uint32_t first, std::uint32_t end);
// A stage that is still open where the plan's outcome column says won or lost becomes the first stage that is so.
void build_outcomes(const BuildContext& context, BuiltColumn& stages, std::uint32_t first, std::uint32_t end);
// First and last name of whole names.
void build_names(const BuildContext& context, BuiltColumn& first_names, BuiltColumn& last_names, std::uint32_t first, std::uint32_t end);
// The name joined from other columns.
void build_joined_name(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end);

bool is_unset(const ColumnPlan& plan, std::string_view value);

}  // namespace outpost
