// ImportPlan: what becomes of each column of a file: which field it fills, by what it finds the record that it points
// to, or which new field it gets. Made by itself from names and values, every choice with its reason; then changed by
// a person or by the options of a script. Called by: transfer (import job), ui (import wizard), shell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/objects/records.h"
#include "core/transfer/import_source.h"

namespace outpost {

enum class ColumnAction : std::uint8_t {
    Skip,
    Field,      // into `field`; field Id: the record to update
    Lookup,     // `field` points to the record that `matches` finds
    FullName,   // a person's whole name, into first and last name
    NewField,   // a field to be made
};

// By which field of which object a lookup's cells name a record; field Id: by record id.
struct LookupMatch {
    ObjectIndex object = no_object;
    FieldIndex field = no_field;
    bool operator==(const LookupMatch&) const = default;
};

struct ColumnPlan {
    ColumnAction action = ColumnAction::Skip;
    FieldIndex field = no_field;
    std::vector<LookupMatch> matches;        // Lookup: one for each object that the field may point to
    std::optional<std::uint32_t> own_ids;    // Lookup: the column with the ids by which cells name rows of this very file
    std::optional<Field> new_field;          // NewField: name, label, type and so on; no index yet
    std::optional<std::uint32_t> time_column;  // Field, a date or an instant: the column with the time of day
    std::optional<std::uint32_t> house_column, whole_column;  // Field, a street: the columns with its number, and with the address of rows without a street
    std::optional<std::uint32_t> line_column;  // Field, a street: the column with its second line
    std::optional<std::uint32_t> kind_column;  // Field, a phone number: the column that says of which kind each is, mobile, fax or other
    bool is_suggestion = false;              // alike rather than equal: worth a look by the person
    bool is_fraction_of_one = false;         // a percent written as 0.5
    std::vector<std::string> unset_markers;  // read as empty
    std::string reason_key;                  // why: message key and arguments
    std::vector<std::string> reason_arguments;
};

// What may be made along with the records.
struct CreateMissing {
    bool picklist_values = false;
    bool fields = false;
    bool records = false;                    // records that lookups name and that aren't there
    bool leave_empty = false;                // lookups whose record isn't there nor made are left empty; else the row comes back
};

// A person's word on one value of one column; the column is named by its header.
struct ValueChoice {
    std::string header, value;
    enum class Kind : std::uint8_t { Use, Create, Empty, Reject } kind = Kind::Use;
    std::string use;                         // Use: picklist value, or what the lookup's record is found by (its id too)
};

struct ImportPlan {
    ObjectIndex object = no_object;
    std::vector<ColumnPlan> columns;         // as the source's columns
    // Column by whose field existing records are found and updated (an external id, any text field, or Id); none: all
    // rows make new records.
    std::optional<std::uint32_t> match_column;
    // Says of each opportunity whether it is open, won or lost, beside a column with its stage (Pipedrive: "Deal - Status").
    std::optional<std::uint32_t> outcome_column;
    std::optional<std::uint32_t> done_column;  // of tasks: says when they were completed
    std::optional<std::uint32_t> end_time_column;  // of events that no column gives an end: the time of day of it
    std::vector<std::uint32_t> name_columns;  // for an object whose name no column gives: joined to the name
    bool of_calls = false;                   // tasks that are a list of calls: they have the type, and are done, where no column says otherwise
    DateOrder date_order = DateOrder::MonthFirst;
    CreateMissing create_missing;
    bool accept_suggestions = false;         // values that are alike but for blanks, case and punctuation are taken
    std::vector<ValueChoice> choices;
    bool route = true;                       // new leads that the file gives no owner go where the assignment rule says
};

ImportPlan make_import_plan(const ImportSource& source, const Records& records, ObjectIndex object);

// Whether a column that fills no field counts all the same: with another one's date, an outcome, a name, how long an event is.
// So does the column with the reasons of rows that an import handed back, which nobody needs to be told of.
bool is_used_otherwise(const ImportPlan& plan, std::uint32_t column, std::string_view header);

// Whether two columns fill the same field. A lookup takes one column for each object that it may point to ("Contact ID",
// "Lead ID"): a row's record is that of the first filled one, the later object before the earlier.
bool is_same_target(const ColumnPlan& one, const ColumnPlan& other);

// Objects that files are imported into: those of the navigation, and what comes in files though it stands with others.
bool can_be_imported(const Object& object);
// The object that the file's headers fit best; no_object when none fits.
ObjectIndex guess_import_object(const ImportSource& source, const Records& records);

// Sets a column's target: "StageName", "Account.Name", "Account", "Name" of a person, "Id"; "" skips it.
// INVALID_FIELD: no such field, or one that can't be written.
Status set_column_target(ImportPlan& plan, std::uint32_t column, std::string_view target, const ImportSource& source, const Records& records);
// Gives a column a new field of its own (again, with that type).
void set_new_field(ImportPlan& plan, std::uint32_t column, FieldType type, const ImportSource& source, const Records& records);
// "StageName", "Account.Name", "" for none; the way set_column_target reads.
std::string column_target_text(const ImportPlan& plan, std::uint32_t column, const Records& records);
// Targets that a person may choose for a column, as set_column_target reads them.
std::vector<std::string> column_target_choices(const Records& records, ObjectIndex object);

// The options of the scripting contract: map, externalId, createMissing (true, or a list of "picklistValues", "fields",
// "records"), leaveUnknownEmpty, acceptSuggestions, values ({"product": {"GTXPro": "GTX Pro"}}; null leaves it empty), dateOrder, route.
// INVALID_FIELD, INVALID_ARGUMENT.
Status apply_import_options(ImportPlan& plan, const Json& options, const ImportSource& source, const Records& records);
// encoding, delimiter, decimalSign ("." or ","), dateOrder, header (whether the first row names the columns): what reading the file needs. INVALID_ARGUMENT.
Result<ImportSourceOptions> source_options_from_json(const Json& options);

}  // namespace outpost
