// What other CRMs call the values of a task's and an event's picklists ("Waiting for input", "Done", "MEDIUM"), and how people are
// addressed in other words: "Mr", "Frau".
// Called by: transfer (values of a file).
#pragma once

#include <optional>
#include <string_view>

#include "core/objects/field.h"

namespace outpost {

struct KnownWord {
    std::string_view value;   // "": no value
    bool is_same = true;      // means just that; else the nearest there is
};

// `key`: the folded text. Nothing where the word isn't known for that field.
std::optional<KnownWord> find_known_word(ObjectIndex object, FieldIndex field, std::string_view key);

}  // namespace outpost
