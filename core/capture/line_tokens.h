// Tokens of one line as a person writes it, English and Chinese alike: words, numbers, single Han characters, signs.
// Invariant: tokens keep the order and the places of the line; what is between them is blank.
// Called by: capture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

enum class TokenKind : std::uint8_t {
    Word,
    Number,   // digits, with the separators that stand between them: "12,000", "30.9.2026"
    Han,      // one character that is written without blanks around it
    Sign,     // a line break is one, too
};

struct LineToken {
    TokenKind kind = TokenKind::Sign;
    std::string text;                   // case and accents folded
    std::size_t begin = 0, end = 0;     // bytes of the line
    bool spaced = false;                // a blank before it
    bool capital = false;               // a word that begins with one
};

std::vector<LineToken> tokens_of_line(std::string_view line);

using Tokens = std::vector<LineToken>;

bool token_is(const Tokens& tokens, std::size_t at, std::string_view text);                            // false beyond the end
bool token_is_any(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> texts);
// The texts of consecutive tokens put together: words with a blank between them ("follow up"), Han characters without
// ("下个月"). The number of tokens that `text` takes at `at`; 0 when it does not stand there.
std::size_t tokens_match(const Tokens& tokens, std::size_t at, std::string_view text);
std::size_t tokens_match_any(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> texts);   // the longest

// A whole number in digits or in Chinese numerals ("十二", "两", "三十"), below 10,000 for the latter.
struct WholeNumber { std::int64_t value = 0; std::size_t end = 0; };
std::optional<WholeNumber> whole_number(const Tokens& tokens, std::size_t at);

}  // namespace outpost
