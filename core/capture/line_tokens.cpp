#include "core/capture/line_tokens.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace outpost {

namespace {

bool is_digit(char32_t c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }
bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7); }
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x3000; }

// -1 when it is none; 10, 100 and 1000 are those that multiply.
int han_digit(std::string_view text) {
    static constexpr struct { std::string_view text; int value; } digits[] = {
        {"零", 0}, {"〇", 0}, {"一", 1}, {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}, {"十", 10}, {"百", 100}, {"千", 1000}};
    for (const auto& each : digits)
        if (each.text == text) return each.value;
    return -1;
}

}  // namespace

std::vector<LineToken> tokens_of_line(std::string_view line) {
    std::vector<LineToken> tokens;
    bool spaced = false;
    for (std::size_t at = 0; at < line.size();) {
        const utf8::CodePoint first = utf8::read(line, at);
        if (is_blank(first.code)) {
            spaced = true;
            at += first.bytes;
            continue;
        }
        LineToken token;
        token.begin = at;
        token.end = at + first.bytes;
        token.spaced = spaced;
        spaced = false;
        const auto take_while = [&](auto belongs) {
            while (token.end < line.size()) {
                const utf8::CodePoint next = utf8::read(line, token.end);
                const std::size_t after = token.end + next.bytes;
                const char32_t following = after < line.size() ? utf8::read(line, after).code : 0;
                if (!belongs(next.code, following)) return;
                token.end = after;
            }
        };
        if (is_digit(first.code)) {
            token.kind = TokenKind::Number;
            take_while([](char32_t c, char32_t next) {
                return is_digit(c) || ((c == '.' || c == ',' || c == '\'' || c == 0x2019) && is_digit(next));
            });
        } else if (is_letter(first.code)) {
            token.kind = TokenKind::Word;
            token.capital = fold_case(line.substr(at, first.bytes)) != line.substr(at, first.bytes);
            take_while([](char32_t c, char32_t next) {
                return is_letter(c) || ((c == '-' || c == '\'' || c == 0x2019 || c == '&') && is_letter(next));
            });
        } else if (has_cjk(line.substr(at, first.bytes))) {
            token.kind = TokenKind::Han;
        }
        token.text = fold_search(line.substr(at, token.end - at));
        at = token.end;
        tokens.push_back(std::move(token));
    }
    return tokens;
}

bool token_is(const Tokens& tokens, std::size_t at, std::string_view text) { return at < tokens.size() && tokens[at].text == text; }

bool token_is_any(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> texts) {
    return at < tokens.size() && std::ranges::find(texts, tokens[at].text) != texts.end();
}

std::size_t tokens_match(const Tokens& tokens, std::size_t at, std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        if (at + count >= tokens.size()) return 0;
        const LineToken& token = tokens[at + count];
        if (!text.starts_with(token.text)) return 0;
        text.remove_prefix(token.text.size());
        ++count;
        if (text.starts_with(' ')) text.remove_prefix(1);
        else if (token.kind == TokenKind::Word && !text.empty() && (is_letter(utf8::read(text, 0).code) || is_digit(utf8::read(text, 0).code))) return 0;   // only the beginning of a longer word
    }
    return count;
}

std::size_t tokens_match_any(const Tokens& tokens, std::size_t at, std::initializer_list<std::string_view> texts) {
    std::size_t longest = 0;
    for (const std::string_view text : texts) longest = std::max(longest, tokens_match(tokens, at, text));
    return longest;
}

std::optional<WholeNumber> whole_number(const Tokens& tokens, std::size_t at) {
    if (at >= tokens.size()) return {};
    if (tokens[at].kind == TokenKind::Number) {
        std::int64_t value = 0;
        for (const char c : tokens[at].text) {
            if (c < '0' || c > '9' || value > 100'000'000) return {};
            value = value * 10 + (c - '0');
        }
        return WholeNumber{value, at + 1};
    }
    std::int64_t sum = 0;
    int pending = -1;   // a digit that waits for what multiplies it
    std::size_t end = at;
    for (; end < tokens.size() && tokens[end].kind == TokenKind::Han; ++end) {
        const int digit = han_digit(tokens[end].text);
        if (digit < 0) break;
        if (digit >= 10) {
            sum += (pending < 0 ? 1 : pending) * digit;
            pending = -1;
        } else {
            if (pending > 0) return {};   // digits one after the other, as in a telephone number
            pending = digit;
        }
    }
    if (end == at) return {};
    return WholeNumber{sum + std::max(pending, 0), end};
}

}  // namespace outpost
