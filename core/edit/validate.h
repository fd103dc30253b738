// Validation of values before they reach a column: each fault is an Error with Salesforce's code, the object, the field
// and a sentence in plain words. Called by: Transaction, command parsing, transfer (import checks whole columns).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/edit/change.h"
#include "core/objects/records.h"

namespace outpost {

// An Error about one field; argument 0 is the field's label, `more` are the following ones.
Error field_error(ErrorCode code, const char* message_key, const Object& object, const Field& field, std::vector<std::string> more = {});
// A unique field's value is held by `holder`; no_row: by another of the records that are being written.
Error duplicate_error(const Records& records, const Object& object, const Field& field, std::string_view text, RowIndex holder);
Error unknown_field_error(const Object& object, std::string_view name);

// The value in the form that the field stores: picklist values in their own writing, multi-select values in the
// picklist's order, numbers at the field's scale, empty texts as null. `held`: what the record has already in a picklist;
// it may stay though it is no longer offered.
Result<Value> fit_value(const Records& records, const Object& object, const Field& field, Value value, std::string_view held = {});
// What all these records have in a picklist that has values which are no longer offered; "" else.
std::string held_by_all(const Records& records, const Object& object, const Field& field, std::span<const RowIndex> rows);

// A fault of a row of a column; `row` counts within the column.
using FaultSink = std::function<void(RowIndex row, Error error)>;
// All faults of a column of new values: lengths, ranges, references, picklist codes. Kinds must fit (asserted).
// `new_rows`: rows of the object that are about to be made, to which the column may refer. `rows`: of the records that the
// values are for; empty: new ones.
void check_column(const Records& records, const Object& object, const Field& field, const Column& values, RowIndex new_rows, const FaultSink& sink,
                  std::span<const RowIndex> rows = {});
// Everything that create_many would refuse, row by row; columns as given to it. True when nothing was found.
bool check_new_records(const Records& records, ObjectIndex object, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);

// Whether a new record gets a value by itself: a picklist default, a default value, the current user as owner.
bool has_default(const Field& field);
bool is_valid_email(std::string_view text);
// A line break in a text of one line is a blank, as where it is pasted into a form.
bool is_of_one_line(const Field& field);
void put_on_one_line(std::string& text);
// A value for a message, cut to a readable length.
std::string shown_value(std::string_view text);

}  // namespace outpost
