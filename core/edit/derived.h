// Derived columns: a person's Name, ExpectedRevenue, IsClosed, IsWon. They are in no change group; apply computes them
// from their inputs. Called by: edit/apply, store (verify), tests.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/objects/records.h"

namespace outpost {

// True when a derived column of the object is computed from that field.
bool is_derived_input(ObjectIndex object, FieldIndex field);
bool has_derived_columns(ObjectIndex object);
// Sets the derived columns of the given rows anew.
void recompute_derived(Records& records, ObjectIndex object, std::span<const RowIndex> rows);
// The same for all rows from `first` on.
void recompute_derived_from(Records& records, ObjectIndex object, RowIndex first);

// "Ann Lee"; names in Han, kana or Hangul are family name first, without a blank.
std::string compose_person_name(std::string_view first_name, std::string_view last_name);
// First and last name of a full name; a name of one word is a last name, "Jr." and small words ("van der") belong to it.
// In CJK the family name comes first: the first word, or of 2-4 characters the first (or a known two-character surname).
std::pair<std::string, std::string> split_person_name(std::string_view full_name);
// First and last name fields of User, Lead, Contact; {no_field, no_field} else.
std::pair<FieldIndex, FieldIndex> person_name_fields(ObjectIndex object);

}  // namespace outpost
