// The different values of a picklist or lookup column, and what becomes of each: found, to be made, alike something
// that is there (a suggestion, never taken in silence), ambiguous, or unknown. Looked at once a value, not once a row.
// Called by: transfer (import job); shown by ui (import wizard).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/transfer/distinct_column.h"
#include "core/transfer/import_plan.h"

namespace outpost {

enum class ValueOutcome : std::uint8_t {
    Found,       // a picklist value or record that is there
    InFile,      // a row of this very file (a parent account listed along with its subsidiaries)
    Create,      // to be made
    Empty,       // read as no value
    Unknown,     // rows with it are handed back; `suggestion` may say what is alike
    Ambiguous,   // several records match: rows with it are handed back
};

struct ValueDecision {
    ValueOutcome outcome = ValueOutcome::Unknown;
    std::string suggestion;                // what is alike and there; "" nothing
    bool suggestion_taken = false;         // the plan accepts suggestions: outcome is Found
    bool is_first_of_several = false;      // Found, lookup: the cell names several records
    bool is_left_empty = false;            // Empty, lookup: by the plan, since nothing has that name
    std::vector<std::string> matches;      // Ambiguous: the records, by name and id
    std::vector<RecordRef> candidates;     // Ambiguous: the records that may be chosen, by their id; none: rows of this file
    std::uint16_t code = 0;                // Found or Create, picklist
    std::string text;                      // multi-select picklist: the stored form; Unknown: the parts that are
    RecordRef record;                      // Found, lookup
    std::uint32_t file_row = no_index;     // InFile
    std::uint32_t to_create = no_index;    // Create, lookup: place in RecordsToCreate::texts
    LookupMatch create_match;              // Create, lookup: what is made, and by which field it is named
};

struct ColumnDecisions {
    std::uint32_t column = 0;
    DistinctColumn distinct;
    std::vector<ValueDecision> decisions;  // as distinct
    DistinctColumn parts;                  // multi-select picklists: the different values in the cells
    std::vector<ValueDecision> part_decisions;
    Field field;                           // picklists: with the values to be made at the end
    bool field_grew = false;

    // What is decided on: cells, or parts of them.
    bool is_of_parts() const { return field.type == FieldType::MultiselectPicklist; }
    const DistinctColumn& asked() const { return is_of_parts() ? parts : distinct; }
    const std::vector<ValueDecision>& asked_decisions() const { return is_of_parts() ? part_decisions : decisions; }
};

// Records that lookups name and that the import makes, of one object and named by one field.
struct RecordsToCreate {
    LookupMatch match;
    std::vector<std::string> texts;
    DistinctColumn keys;                   // of the texts, by what tells them apart
};

// The person's word on a value of a column; null when there is none.
const ValueChoice* find_choice(const ImportPlan& plan, const std::string& header, const std::string& value);

void resolve_picklist(ColumnDecisions& column, const ImportPlan& plan, const std::string& header);

// `own_rows`: the different values of the column of this file that fills the match field, when the lookup points to
// the object that is imported; null when there is none.
void resolve_lookup(ColumnDecisions& column, const ImportPlan& plan, const std::string& header, const Records& records,
                    const DistinctColumn* own_rows, std::vector<RecordsToCreate>& to_create);

// What a new picklist value means by its name: closed, won, probability of a stage; converted; a closed task status.
PicklistValue design_picklist_value(std::string_view text, const Field& field, ObjectIndex object);

}  // namespace outpost
