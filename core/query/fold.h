// Folding of text one code point at a time, by tables that are filled from core/base/text when first needed: many
// times faster over whole columns than one call a text.
// Invariant: fold_to(mode, text) equals fold_case / fold_search of it. Called by: text filters and the text index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

enum class FoldMode : std::uint8_t {
    Case,    // fold_case: accents stay
    Search,  // fold_search: accents folded too
};

void fold_to(FoldMode mode, std::string_view text, std::string& out);    // replaces out
std::string fold_text(FoldMode mode, std::string_view text);
// Some code point beyond ASCII is changed by folding. Where none is, lowering ASCII letters is the whole of it.
bool folds_beyond_ascii(FoldMode mode, std::string_view text);
// Some Latin, Greek or Cyrillic letter carries an accent.
bool has_accents(std::string_view text);
// A letter or digit of folded text; every byte beyond ASCII counts as one.
inline bool is_word_part(char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }
void digits_to(std::string_view text, std::string& out);    // the ASCII digits of it; replaces out
inline char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace outpost
