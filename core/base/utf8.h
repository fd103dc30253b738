// UTF-8 one code point at a time, the only place that knows its bits (Unicode 15, table 3-7).
// Invariant: what is written is valid for any scalar value; reading never looks beyond the text.
// Called by: text, folding, the readers of files and SOQL, the drawing of text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace outpost::utf8 {

inline constexpr char32_t replacement = 0xFFFD;
inline constexpr std::string_view replacement_text = "\xEF\xBF\xBD";

inline bool is_surrogate(char32_t code) { return code >= 0xD800 && code < 0xE000; }

// Bytes that a sequence with this first byte has, when it is well formed.
inline std::size_t sequence_bytes(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

// The code point of a valid sequence of `length` bytes.
inline char32_t decode(const char* bytes, std::size_t length) {
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(bytes[i])); };
    switch (length) {
        case 1: return byte(0);
        case 2: return (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
        case 3: return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
        default: return (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    }
}

struct CodePoint {
    char32_t code;
    std::size_t bytes;
};

// The code point at `at` of valid UTF-8; of a sequence that the end cuts off, its first byte alone.
inline CodePoint read(std::string_view text, std::size_t at) {
    std::size_t length = sequence_bytes(static_cast<unsigned char>(text[at]));
    if (at + length > text.size()) length = 1;
    return {decode(text.data() + at, length), length};
}

// Writes up to four bytes; says how many.
inline std::size_t encode(char32_t code, char* out) {
    if (code < 0x80) {
        out[0] = static_cast<char>(code);
        return 1;
    }
    if (code < 0x800) {
        out[0] = static_cast<char>(0xC0 | code >> 6);
        out[1] = static_cast<char>(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = static_cast<char>(0xE0 | code >> 12);
        out[1] = static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out[2] = static_cast<char>(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = static_cast<char>(0xF0 | code >> 18);
    out[1] = static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out[2] = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out[3] = static_cast<char>(0x80 | (code & 0x3F));
    return 4;
}

inline void append(std::string& out, char32_t code) {
    char bytes[4];
    out.append(bytes, encode(code, bytes));
}

}  // namespace outpost::utf8
