#include "core/query/soql_lexer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace outpost::soql {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_name_part(char c) { return is_name_start(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// Bytes of a blank other than ASCII's, such as a no-break or an ideographic one; 0 none.
std::size_t wide_blank(std::string_view at) {
    if (at.starts_with("\xC2\xA0")) return 2;
    if (at.starts_with("\xE3\x80\x80") || at.starts_with("\xEF\xBB\xBF") || at.starts_with("\xE2\x80\xAF")) return 3;
    return at.size() >= 3 && at.starts_with("\xE2\x80") && static_cast<unsigned char>(at[2]) >= 0x80 && static_cast<unsigned char>(at[2]) <= 0x8B ? 3 : 0;
}

// The ASCII sign that a typographic quotation mark or a full-width sign stands for; 0 none.
char plain_sign(std::string_view at) {
    if (at.size() < 3) return 0;
    const auto last = static_cast<unsigned char>(at[2]);
    if (at.starts_with("\xE2\x80") && last >= 0x98 && last <= 0x9F) return '\'';
    if (!at.starts_with("\xEF\xBC")) return 0;
    return (last >= 0x81 && last <= 0x8F) || (last >= 0x9A && last <= 0xA0) ? static_cast<char>(last - 0x60) : '\0';
}

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> run() {
        std::vector<Token> tokens;
        while (true) {
            skip_blanks();
            Token token;
            token.offset = static_cast<int>(at_);
            if (at_ == text_.size()) {
                tokens.push_back(std::move(token));
                return tokens;
            }
            const char c = text_[at_];
            if (c == '\'' || c == '"') {
                OUTPOST_CHECK(read_text(token, c));
            } else if (starts_number(at_) || ((c == '-' || c == '+') && at_ + 1 < text_.size() && starts_number(at_ + 1))) {
                read_number_or_date(token);
                // There is no arithmetic: 2026-3-15 and 15.03.2026 are dates.
                if ((peek() == '-' || peek() == '.' || peek() == '/') && is_digit(peek(1))) return fail(date_form(token));
            } else if (is_name_start(c) && plain_sign(text_.substr(at_)) == 0) {
                read_name(token);
            } else {
                OUTPOST_CHECK(read_sign(token));
            }
            token.source = text_.substr(static_cast<std::size_t>(token.offset), at_ - static_cast<std::size_t>(token.offset));
            tokens.push_back(std::move(token));
        }
    }

private:
    bool starts_number(std::size_t at) const {
        return is_digit(text_[at]) || (text_[at] == '.' && at + 1 < text_.size() && is_digit(text_[at + 1]));
    }
    void skip_blanks() {
        while (at_ < text_.size()) {
            const std::size_t length = is_blank(text_[at_]) ? 1 : wide_blank(text_.substr(at_));
            if (length == 0) return;
            at_ += length;
        }
    }
    Error instead(std::size_t at, std::string_view found, std::string wanted) const {
        return query_error(text_, static_cast<int>(at), "error.query_instead", {std::string(found), std::move(wanted)});
    }
    Error date_form(const Token& token) const {
        const auto from = static_cast<std::size_t>(token.offset);
        std::size_t end = at_;
        while (end < text_.size() && (is_digit(text_[end]) || std::string_view("-./").find(text_[end]) != std::string_view::npos)) ++end;
        return instead(from, text_.substr(from, end - from), "2026-03-15");
    }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool digits(std::size_t from, std::size_t count) const {
        if (from + count > text_.size()) return false;
        return std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(from), text_.begin() + static_cast<std::ptrdiff_t>(from + count), is_digit);
    }

    void read_name(Token& token) {
        token.kind = TokenKind::Name;
        const std::size_t first = at_;
        const auto is_part = [&](std::string_view rest) { return is_name_part(rest[0]) && (is_ascii(rest[0]) || (wide_blank(rest) == 0 && plain_sign(rest) == 0)); };
        while (at_ < text_.size() && is_part(text_.substr(at_))) ++at_;
        // A currency literal with minor units: USD5000.50
        const std::string_view name = text_.substr(first, at_ - first);
        const bool currency = name.size() > 3 && std::all_of(name.begin() + 3, name.end(), is_digit) &&
                              std::none_of(name.begin(), name.begin() + 3, is_digit);
        if (currency && peek() == '.' && is_digit(peek(1))) {
            ++at_;
            while (is_digit(peek())) ++at_;
        }
    }

    void read_number_or_date(Token& token) {
        if (digits(at_, 4) && peek(4) == '-' && digits(at_ + 5, 2) && peek(7) == '-' && digits(at_ + 8, 2)) {
            token.kind = TokenKind::Date;
            at_ += 10;
            if (peek() != 'T' && peek() != 't') return;
            token.kind = TokenKind::DateTime;
            ++at_;
            while (is_digit(peek()) || peek() == ':' || peek() == '.') ++at_;
            if (peek() == 'Z' || peek() == 'z') {
                ++at_;
            } else if (peek() == '+' || peek() == '-') {
                ++at_;
                while (is_digit(peek()) || peek() == ':') ++at_;
            }
            return;
        }
        token.kind = TokenKind::Number;
        if (peek() == '-' || peek() == '+') ++at_;
        while (is_digit(peek())) ++at_;
        if (peek() == '.' && is_digit(peek(1))) {
            ++at_;
            while (is_digit(peek())) ++at_;
        }
        const bool exponent = (peek() == 'e' || peek() == 'E') &&
                              (is_digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && is_digit(peek(2))));
        if (exponent) {
            at_ += 2;
            while (is_digit(peek())) ++at_;
        }
    }

    Status read_text(Token& token, char quote) {
        token.kind = TokenKind::Text;
        ++at_;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] != '\\') {
                token.text += text_[at_];
                token.pattern += text_[at_++];
                continue;
            }
            OUTPOST_CHECK(read_escape(token));
        }
        if (at_ == text_.size()) return fail(query_error(text_, token.offset, "error.query_open_text"));
        ++at_;
        return {};
    }

    Status read_escape(Token& token) {
        const char c = peek(1);
        std::string plain;
        std::size_t length = 2;
        switch (c) {
            case 'n': case 'N': plain = "\n"; break;
            case 'r': case 'R': plain = "\r"; break;
            case 't': case 'T': plain = "\t"; break;
            case 'b': case 'B': plain = "\b"; break;
            case 'f': case 'F': plain = "\f"; break;
            case '\'': plain = "'"; break;
            case '"': plain = "\""; break;
            case '\\': case '%': case '_':
                token.text += c;
                token.pattern += '\\';
                token.pattern += c;
                at_ += 2;
                return {};
            case 'u': {
                char32_t code = four_digits(2);
                if (code >= 0xD800 && code < 0xDC00 && peek(6) == '\\' && peek(7) == 'u') {  // two halves of one, as in JSON
                    const char32_t low = four_digits(8);
                    if (low < 0xDC00 || low >= 0xE000) return bad_escape();
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    length = 12;
                } else {
                    length = 6;
                }
                if (code == 0 || utf8::is_surrogate(code)) return bad_escape();
                utf8::append(plain, code);
                break;
            }
            default: return bad_escape();
        }
        token.text += plain;
        token.pattern += plain;
        at_ += length;
        return {};
    }

    // The code of four hexadecimal digits; 0 where they are none.
    char32_t four_digits(std::size_t ahead) const {
        char32_t code = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const int digit = hex_value(peek(ahead + i));
            if (digit < 0) return 0;
            code = code * 16 + static_cast<char32_t>(digit);
        }
        return code;
    }

    Status bad_escape() const {
        return fail(query_error(text_, static_cast<int>(at_), "error.query_escape", {std::string(text_.substr(at_, is_name_part(peek(1)) ? 2 : 1))}));
    }

    Status read_sign(Token& token) {
        token.kind = TokenKind::Sign;
        const std::string_view two = text_.substr(at_, 2);
        if (two == "!=" || two == "<>" || two == "<=" || two == ">=") {
            at_ += 2;
            return {};
        }
        if (std::string_view("(),.=<>:").find(text_[at_]) == std::string_view::npos) {
            return fail(unknown_sign());
        }
        ++at_;
        return {};
    }

    Error unknown_sign() const {
        const std::string_view rest = text_.substr(at_);
        if (const char plain = plain_sign(rest); plain != 0) return instead(at_, rest.substr(0, 3), plain == '\'' ? "'text'" : std::string(1, plain));
        if (rest.starts_with("&&")) return instead(at_, "&&", "AND");
        if (rest.starts_with("||")) return instead(at_, "||", "OR");
        const char sign = rest[0];
        std::string_view before = text_.substr(0, at_);
        while (!before.empty() && is_blank(before.back())) before.remove_suffix(1);
        if (sign == '*' && before.ends_with('(')) return instead(at_, "*", "COUNT(), COUNT(Id)");
        if ((sign == '-' || sign == '+') && !before.empty() && is_name_part(before.back())) return instead(at_, rest.substr(0, 1), "N_DAYS_AGO:7, NEXT_N_DAYS:7");
        return query_error(text_, static_cast<int>(at_), sign == '*' ? "error.query_star" : "error.query_character", {std::string(1, sign)});
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

int character_position(std::string_view text, int offset) {
    int count = 0;
    for (std::size_t i = 0; i < text.size() && i < static_cast<std::size_t>(std::max(offset, 0)); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++count;
    }
    return count;
}

Error query_error(std::string_view text, int offset, std::string message_key, std::vector<std::string> arguments) {
    Error error;
    error.code = ErrorCode::MalformedQuery;
    error.message_key = std::move(message_key);
    error.position = character_position(text, offset);
    error.arguments = std::move(arguments);
    return error;
}

Result<std::vector<Token>> tokenize(std::string_view text) {
    if (!is_valid_utf8(text)) return fail(query_error(text, 0, "error.query_utf8"));
    return Lexer(text).run();
}

}  // namespace outpost::soql
