// How a column's target is found: from a written path, from a header's name, and which field of another object the
// values of a lookup name. Called by: transfer (import plan).
#pragma once

#include "core/transfer/import_plan.h"

namespace outpost {

// Whether the field is a person's whole name, which first and last name make up.
bool is_person_name(const Object& object, const Field& field);

// A target as text into action, field and matches. Lookups without a field of their target get the one that most
// samples match. INVALID_FIELD.
Status read_target(ColumnPlan& plan, std::string_view target, const ColumnProfile& profile, const Object& object, const Records& records);

// The field of the lookup's objects that the column's values name: Id, external id, name, e-mail, website.
std::vector<LookupMatch> choose_matches(const Field& lookup, const ColumnProfile& profile, const Records& records);

// Live rows of `object` whose `field` is named by `text`: an exact match if there is one, else ignoring case; websites
// by their host, people as "Lee, Ann" too, Salesforce's ids in either form.
std::vector<RowIndex> find_named(const Records& records, LookupMatch match, std::string_view text);

// How many of the cells name such a row, or several records of which one is here.
std::size_t count_hits(const Records& records, LookupMatch match, const std::vector<std::string>& samples);

// Salesforce's ids have 15 characters that count by case, or 18: these and three that say which of them are uppercase.
// The other form of one; "" of any other text. (Salesforce Help: "What are the differences between 15 and 18-digit IDs?")
std::string other_id_form(std::string_view text);
// Whether a text is such an id rather than a name.
bool looks_like_salesforce_id(std::string_view text);

// Whether a folded text says which object is meant: "deal", "contactid", "companyname".
bool names_object(std::string_view key, const Object& object);

// A street that comes in parts beside the whole address. `keys`: of the columns.
void plan_street(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Records& records);
// "Address 2" beside "Address 1": the second line of a street.
void plan_second_lines(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Object& object);

// "Due Time" beside "Due Date", "Start Time" beside "Start Date": one moment in two columns. Events of one date both begin
// and end on it.
void plan_times(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Records& records);
// When tasks were completed: the field itself is the core's to set. A day is no status, whatever its column is called.
void plan_done(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source);

// A person may be called Null, Nan or Nil. In a column of names such a word is empty where one that holds no names has it for
// that, or where it comes several times and not as a name is written, or beside others that aren't.
void keep_names(ColumnPlan& plan, const ImportPlan& all, const ImportSource& source, std::uint32_t column, const Object& object);

// Whether a folded header says that its column holds the ids of the records themselves.
bool says_own_id(std::string_view key, const Object& object);
// The column of the file's own ids, when some cells of a lookup name rows by them.
std::optional<std::uint32_t> find_own_ids(const ColumnPlan& lookup, const ColumnProfile& values, const ImportSource& source, const Object& object);

// A definition for a new field that holds the column.
Field design_field(const ColumnProfile& profile, FieldType type, const Object& object);
// Makes a new field one that tells records apart; by case too where the column's ids look like it.
void make_external_id(Field& field, const ColumnProfile& profile);

}  // namespace outpost
