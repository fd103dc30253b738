#include "core/base/text.h"

#include <cstring>

#include "core/base/text_fold.h"
#include "core/base/utf8.h"

namespace outpost {

namespace {

bool is_ascii_blank(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Bytes at the front that are ASCII, found eight at a time.
std::size_t ascii_prefix(std::string_view text) {
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t block;
        std::memcpy(&block, text.data() + i, 8);
        if (block & 0x8080'8080'8080'8080ull) break;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

// Length of the valid UTF-8 sequence at the front (Unicode table 3-7), 0 when it is none. `text` isn't empty.
// `bad_bytes` then is the length of its longest well-begun part, which one U+FFFD stands for.
std::size_t sequence_length(std::string_view text, std::size_t& bad_bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    bad_bytes = 1;
    if (first < 0x80) return 1;
    std::size_t length = 0;
    unsigned char low = 0x80, high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (i >= text.size() || byte(i) < low || byte(i) > high) {
            bad_bytes = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

// Calls action(code point) for each; what is not UTF-8 comes as U+FFFD.
template <typename Action>
void for_each_code_point(std::string_view text, Action action) {
    while (!text.empty()) {
        std::size_t bad_bytes = 0;
        const std::size_t length = sequence_length(text, bad_bytes);
        action(length != 0 ? utf8::decode(text.data(), length) : utf8::replacement);
        text.remove_prefix(length != 0 ? length : bad_bytes);
    }
}

// Letters that people type without their stroke, though Unicode gives them no decomposition.
std::string_view plain_letters(char32_t c) {
    switch (c) {
        case 0x00E6: case 0x00C6: return "ae";
        case 0x00F8: case 0x00D8: return "o";
        case 0x0111: case 0x0110: case 0x00F0: case 0x00D0: return "d";
        case 0x0127: case 0x0126: return "h";
        case 0x0131: case 0x0130: return "i";
        case 0x0142: case 0x0141: return "l";
        case 0x0153: case 0x0152: return "oe";
        case 0x0167: case 0x0166: return "t";
        default: return {};
    }
}

std::string fold(std::string_view text, Fold how) {
    std::string out;
    out.resize(text.size());
    const std::size_t plain = ascii_prefix(text);
    for (std::size_t i = 0; i < plain; ++i) out[i] = ascii_lower(text[i]);
    if (plain == text.size()) return out;
    out.resize(plain);
    for_each_code_point(text.substr(plain), [&](char32_t c) {
        if (c < 0x80) {
            out += ascii_lower(static_cast<char>(c));
            return;
        }
        const std::string_view letters = how == Fold::Search ? plain_letters(c) : std::string_view();
        if (!letters.empty())
            out += letters;
        else
            append_folded(out, c, how);
    });
    return out;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (true) {
        text.remove_prefix(ascii_prefix(text));
        if (text.empty()) return true;
        std::size_t bad_bytes = 0;
        const std::size_t length = sequence_length(text, bad_bytes);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
}

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = ascii_prefix(text);
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty()) break;
        std::size_t bad_bytes = 0;
        const std::size_t length = sequence_length(text, bad_bytes);
        out += length != 0 ? text.substr(0, length) : utf8::replacement_text;
        text.remove_prefix(length != 0 ? length : bad_bytes);
    }
    return out;
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::string fold_case(std::string_view text) { return fold(text, Fold::Case); }

std::string fold_search(std::string_view text) { return fold(text, Fold::Search); }

int compare_ignoring_case(std::string_view a, std::string_view b) {
    const std::size_t common = a.size() < b.size() ? a.size() : b.size();
    for (std::size_t i = 0; i < common; ++i) {
        if (static_cast<unsigned char>(a[i] | b[i]) >= 0x80) {
            const std::string_view left = a.substr(i), right = b.substr(i);
            int order = fold_search(left).compare(fold_search(right));
            if (order == 0) order = fold_case(left).compare(fold_case(right));
            return order < 0 ? -1 : order > 0;
        }
        const char left = ascii_lower(a[i]), right = ascii_lower(b[i]);
        if (left != right) return left < right ? -1 : 1;
    }
    return a.size() < b.size() ? -1 : a.size() > b.size();
}

int compare_text(std::string_view a, std::string_view b) {
    int order = compare_ignoring_case(a, b);
    if (order == 0) order = a.compare(b);
    return order < 0 ? -1 : order > 0;
}

bool equals_ignoring_ascii_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

std::string_view trim(std::string_view text) {
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c - '!') < 0x80 - '!'; };
    if (text.empty() || (is_plain(text.front()) && is_plain(text.back()))) return text;
    constexpr std::string_view no_break = "\xC2\xA0", ideographic = "\xE3\x80\x80";
    while (!text.empty()) {
        if (is_ascii_blank(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
        else if (text.starts_with(no_break)) text.remove_prefix(2);
        else if (text.starts_with(ideographic)) text.remove_prefix(3);
        else break;
    }
    while (!text.empty()) {
        if (is_ascii_blank(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
        else if (text.ends_with(no_break)) text.remove_suffix(2);
        else if (text.ends_with(ideographic)) text.remove_suffix(3);
        else break;
    }
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

bool has_cjk(std::string_view text) {
    if (ascii_prefix(text) == text.size()) return false;
    bool found = false;
    for_each_code_point(text, [&](char32_t c) {
        found = found || (c >= 0x1100 && c <= 0x11FF) || (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) ||
                (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3130 && c <= 0x318F) || (c >= 0x31F0 && c <= 0x31FF) ||
                (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xA960 && c <= 0xA97F) ||
                (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFFDC) ||
                (c >= 0x20000 && c <= 0x3FFFF);
    });
    return found;
}

std::string fold_key(std::string_view text) {
    std::string out;
    for_each_code_point(fold_search(text), [&](char32_t c) {
        if (c < 0x80) {
            const char letter = static_cast<char>(c);
            if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) out += letter;
            return;
        }
        if (is_letter_or_number(c)) utf8::append(out, c);
    });
    return out;
}

}  // namespace outpost
