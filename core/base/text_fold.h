// What single code points beyond ASCII fold to, and which of them are letters. From Unicode's data as utf8proc has them
// (.tools/fold_tables.cpp writes the tables as a step of the build); the same natively and in the page.
// Called by: text.
#pragma once

#include <cstdint>
#include <string>

namespace outpost {

enum class Fold : std::uint8_t {
    Case,     // Unicode's full case folding: "ß" is "ss"
    Search,   // case, compatibility forms and accents: "É" and "e" are equal
};

void append_folded(std::string& out, char32_t code_point, Fold fold);   // UTF-8; may append nothing
bool is_letter_or_number(char32_t code_point);                         // Unicode's categories L*, M* and N*; not for ASCII

}  // namespace outpost
