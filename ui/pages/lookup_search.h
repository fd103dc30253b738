// Search behind lookup fields: live records of an object whose name (or email) holds the typed text, with a detail that
// tells namesakes apart. Called by: field editors, the conversion dialog.
#pragma once

#include <string_view>
#include <vector>

#include "ui/kit/choice.h"

namespace outpost {

// At most `count_max` choices, those that begin with the text first; for "" the newest records. value: the id's text.
// Converted leads are not offered.
std::vector<kit::Choice> lookup_choices(Context& context, ObjectIndex object, std::string_view typed, std::size_t count_max = 20);
// One record as a choice.
kit::Choice lookup_choice(Context& context, RecordRef record);
// An opportunity among others of its account: what tells it from its namesakes there.
kit::Choice opportunity_choice(Context& context, RecordRef record);
// The record that a choice's value names; none for "" or an unknown id.
RecordRef record_of_choice(const Records& records, std::string_view value);

}  // namespace outpost
