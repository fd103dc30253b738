// The words of a SOQL text: names, numbers, dates, texts and signs, each with its place.
// Invariant: the last token is End; offsets are bytes into the text and rise. Called by: soql_parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace outpost::soql {

enum class TokenKind : std::uint8_t { End, Name, Number, Date, DateTime, Text, Sign };

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view source;  // as written, quotes included
    std::string text;         // Text: without escapes
    std::string pattern;      // Text: the same, but with a backslash kept before % _ and itself, for LIKE
    int offset = 0;
};

Result<std::vector<Token>> tokenize(std::string_view text);

// A MALFORMED_QUERY error at a byte offset; its position is in characters.
Error query_error(std::string_view text, int offset, std::string message_key, std::vector<std::string> arguments = {});
int character_position(std::string_view text, int offset);

}  // namespace outpost::soql
