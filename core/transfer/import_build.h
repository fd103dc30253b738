// Building the typed columns of an import: each mapped column of the file, cell by cell, into a column of values, with
// a fault for each cell that doesn't fit. Called by: transfer (import job).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/local_time.h"
#include "core/transfer/import_values.h"
#include "core/transfer/value_text.h"

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
    bool was_rounded = false;             // percents: some had more decimals than fit
    std::uint32_t without_year = 0;       // dates: cells of a day without its year, left empty
    std::uint32_t of_several = 0;         // addresses, phone numbers: cells that hold others, too
    std::uint32_t left_empty = 0;         // lookups: cells whose record can't be made, by the plan
    bool for_new_only = false;            // changes nothing in records that are there
    std::vector<std::uint32_t> in_file;   // lookups to rows of this very file: that row, else no_index; empty without
    std::vector<std::uint32_t> to_create; // lookups to records to be made: place in all groups together, else no_index; empty without
};

struct BuildContext {
    const ImportSource& source;
    const ImportPlan& plan;
    const Object& object;
    const LocalTime& local_time;
    int fiscal_start_month = 1;
    std::vector<RowFault>& faults;
};

// Cells of rows [first, end) of a plain column onto the end of `built`.
void build_cells(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end);
// A street of several columns in a row, by the plan.
std::string_view street_of_parts(const BuildContext& context, const ColumnPlan& plan, std::uint32_t row, std::string_view street, std::string& scratch);
// Those of a picklist or lookup column, by its decisions.
void build_decided(const BuildContext& context, BuiltColumn& built, const ColumnDecisions& decided, const std::vector<RecordsToCreate>& groups,
                   const Records& records, std::uint32_t first, std::uint32_t end);
// A stage that is still open where the plan's outcome column says won or lost becomes the first stage that is so.
void build_outcomes(const BuildContext& context, BuiltColumn& stages, std::uint32_t first, std::uint32_t end);
// Columns that fill the same lookup with records of different objects become one.
void merge_lookups(std::vector<BuiltColumn>& columns, const ImportPlan& plan);
// Columns that the file leaves out and that follow from the others: when a meeting ends, that a call is done, the
// pipeline of a stage. `existing`: by row the record that it updates, else no_row; empty: all are new.
void complete_rows(const BuildContext& context, std::vector<BuiltColumn>& columns, const std::vector<RowIndex>& existing, const Records& records, Milliseconds now);
// Quotas have no name of their own: a row updates the one that is there for its user and period (`existing` then says
// which), and a second row for the same comes back.
void match_quotas(const BuildContext& context, const std::vector<BuiltColumn>& columns, std::vector<RowIndex>& existing, const Records& records);
// First and last name of whole names.
void build_names(const BuildContext& context, BuiltColumn& first_names, BuiltColumn& last_names, std::uint32_t first, std::uint32_t end);
// Whole names beside columns of first and last names: a whole name counts in rows that have no last name of their own.
// Afterwards no field is filled twice.
void merge_names(std::vector<BuiltColumn>& columns, const ImportPlan& plan);
// Numbers whose file says row by row of which kind they are go into the fields of these kinds.
void sort_numbers(const BuildContext& context, std::vector<BuiltColumn>& columns);
// Line breaks of a column whose field has texts of one line become blanks.
void put_on_one_line(BuiltColumn& built);
// The name joined from other columns.
void build_joined_name(const BuildContext& context, BuiltColumn& built, std::uint32_t first, std::uint32_t end);

// Of that date in that column.
DateOrder date_order(const ImportSource& source, const ImportPlan& plan, std::uint32_t column, std::string_view text);
std::optional<Decimal> percent_of_fraction(Decimal fraction);           // 0.5 is 50
// What a column's cell and the one with its time of day say together, as an instant; has_time: whether a time is said.
std::optional<Moment> read_row_moment(const BuildContext& context, std::uint32_t column, std::uint32_t row);
bool is_unset(const ColumnPlan& plan, std::string_view value);

}  // namespace outpost
