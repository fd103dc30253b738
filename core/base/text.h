// UTF-8 text: validation, case and accent folding, small string helpers. By utf8proc's data; ASCII has a fast path.
// Called by: objects (unique look-ups), query (LIKE, search), transfer (headers), ui.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

bool is_valid_utf8(std::string_view text);
std::string replace_invalid_utf8(std::string_view text);      // U+FFFD for what is not UTF-8
std::size_t count_code_points(std::string_view text);         // text must be valid
std::string fold_case(std::string_view text);                 // Unicode full case folding ("ß" is "ss"); accents stay
std::string fold_search(std::string_view text);               // case and accents folded: "É" and "e" are equal
int compare_ignoring_case(std::string_view a, std::string_view b);   // case and accents folded, then accents; 0: equal but for case
int compare_text(std::string_view a, std::string_view b);     // for sorting: the same, then bytes
bool equals_ignoring_ascii_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);                 // ASCII blanks, U+00A0, U+3000
std::vector<std::string_view> split(std::string_view text, char separator);
bool has_cjk(std::string_view text);                          // any Han, kana or Hangul
// For matching names and headers: folded, without blanks and punctuation. "GTX Pro" and "GTXPro" are equal.
std::string fold_key(std::string_view text);

}  // namespace outpost
