#include <algorithm>
#include <string>

#include "web/fonts.h"
#include "web/page_calls.h"

namespace outpost {
namespace {

constexpr char32_t first_private = 0xE000, last_private = 0xF8FF;
constexpr std::size_t shaped_texts_max = 20000, spans_max = 2000;
constexpr std::size_t line_bytes_max = 1200;  // longer ones would not fit a texture; lines on the screen are shorter

struct Letter {
    char32_t code;
    std::size_t bytes;
};

Letter letter_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    const unsigned first = byte(0);
    if (first < 0xC0) return {first, 1};
    if (first < 0xE0) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), std::min<std::size_t>(2, text.size() - at)};
    if (first < 0xF0)
        return {(first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), std::min<std::size_t>(3, text.size() - at)};
    return {(first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F),
            std::min<std::size_t>(4, text.size() - at)};
}

void append_letter(std::string& out, char32_t code) {  // of the private use area alone
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
}

// A private-use character begins with one of two bytes.
bool may_have_private(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\xEE' || c == '\xEF'; });
}

// Scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours.
bool runs_right_to_left(char32_t code) {
    return (code >= 0x0590 && code <= 0x08FF) || (code >= 0xFB1D && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC) ||
           (code >= 0x10800 && code <= 0x10FFF) || (code >= 0x1E800 && code <= 0x1EFFF);
}

// True when nothing in the text needs more than one glyph after another.
bool is_plain(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0xCC) continue;             // ASCII, continuation bytes, Latin with its accents
        if (byte <= 0xCD) return false;        // combining marks lie in U+0300 to U+036F
        if (byte < 0xD6) continue;             // Greek, Cyrillic, Armenian
        if (byte < 0xE1) return false;         // Hebrew, Arabic, the scripts of India, Thai
        if (byte == 0xE1) return false;        // Khmer, Mongolian, Hangul letters; Vietnamese takes the slow path too
        if (byte == 0xE2) {                    // joiners, and the signs that emoji are made of
            const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
            const auto third = i + 2 < text.size() ? static_cast<unsigned char>(text[i + 2]) : 0;
            if ((next == 0x80 && third == 0x8D) || next == 0x83) return false;
            continue;
        }
        if (byte == 0xEF) {
            const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
            if (next == 0xB8 || (next >= 0xAC && next <= 0xB7)) return false;  // variation selectors, Arabic forms
            continue;
        }
        if (byte >= 0xF0) return false;        // emoji and rare Han: kept out of ImGui's tables by code point
    }
    return true;
}

}  // namespace

char32_t FontShaper::character_of(std::string_view cluster) {
    const auto [place, fresh] = characters_.try_emplace(std::string(cluster), 0);
    if (fresh) {
        if (is_full()) {
            characters_.erase(place);
            return 0xFFFD;
        }
        place->second = first_private + static_cast<char32_t>(clusters_.size());
        Cluster made{std::string(cluster)};
        for (std::size_t at = 0; at < cluster.size();) {
            const Letter letter = letter_at(cluster, at);
            made.right_to_left = made.right_to_left || runs_right_to_left(letter.code);
            made.emoji = made.emoji || letter.code == 0xFE0F || (letter.code >= 0x1F000 && letter.code < 0x20000);
            at += letter.bytes;
        }
        clusters_.push_back(std::move(made));
    }
    return place->second;
}

const FontShaper::Cluster* FontShaper::find(char32_t character) const {
    const std::size_t index = character - first_private;
    return character >= first_private && index < clusters_.size() ? &clusters_[index] : nullptr;
}

std::string_view FontShaper::cluster(char32_t character) const {
    const Cluster* found = find(character);
    return found ? std::string_view(found->text) : std::string_view();
}

std::string_view FontShaper::shape(std::string_view utf8) {
    if (is_plain(utf8)) return utf8;
    std::string key(utf8);
    if (const auto known = shaped_.find(key); known != shaped_.end()) return known->second;
    if (shaped_.size() >= shaped_texts_max) shaped_.clear();

    const std::string pieces = take_text(outpost_js_segment(utf8.data(), length_of(utf8)));
    std::string shaped;
    for (std::size_t begin = 0; begin < pieces.size();) {
        std::size_t end = pieces.find('\1', begin);
        if (end == std::string::npos) end = pieces.size();
        const std::string_view piece(pieces.data() + begin, end - begin);
        if (!piece.empty() && piece.front() == '\2') append_letter(shaped, character_of(piece.substr(1)));
        else shaped += piece;
        begin = end + 1;
    }
    if (!is_full()) shaped_.emplace(std::move(key), shaped);
    return answer_ = std::move(shaped);
}

std::string FontShaper::unshape(std::string_view shaped) {
    if (!may_have_private(shaped)) return std::string(shaped);
    std::string out;
    for (std::size_t at = 0; at < shaped.size();) {
        const Letter letter = letter_at(shaped, at);
        const Cluster* found = find(letter.code);
        if (found) out += found->text;
        else out += shaped.substr(at, letter.bytes);
        at += letter.bytes;
    }
    return out;
}

bool FontShaper::has_right_to_left(std::string_view shaped) {
    if (!may_have_private(shaped)) return false;
    for (std::size_t at = 0; at < shaped.size();) {
        const Letter letter = letter_at(shaped, at);
        if (letter.code >= first_private && letter.code <= last_private)
            if (const Cluster* found = find(letter.code); found && found->right_to_left) return true;
        at += letter.bytes;
    }
    return false;
}

std::string_view FontShaper::visual_line(std::string_view shaped, bool right_to_left, std::uint32_t ink) {
    if (!has_right_to_left(shaped)) return shaped;
    bool emoji = false;
    for (std::size_t at = 0; at < shaped.size();) {
        const Letter letter = letter_at(shaped, at);
        if (const Cluster* found = find(letter.code)) emoji = emoji || found->emoji;
        at += letter.bytes;
    }
    // A mark that shows nothing tells the page which way the whole line runs (web/text_lines.js); after it, the
    // colour of the letters where emoji stand among them.
    std::string line = right_to_left ? "\xE2\x80\x8F" : "\xE2\x80\x8E";
    if (emoji) {
        static constexpr char digits[] = "0123456789abcdef";
        line += '#';
        for (int shift = 20; shift >= 0; shift -= 4) line += digits[ink >> shift & 15];
    }
    line += '\3';
    line += unshape(shaped);
    if (line.size() > line_bytes_max) return shaped;
    const char32_t character = character_of(line);
    if (character == 0xFFFD) return shaped;
    line_.clear();
    append_letter(line_, character);
    return line_;
}

bool FontShaper::is_right_to_left(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const Letter letter = letter_at(utf8, at);
        // Digits, blanks and signs have no direction of their own.
        const bool neutral = letter.code < 'A' || (letter.code > 'Z' && letter.code < 'a') || (letter.code > 'z' && letter.code < 0xAA) ||
                             (letter.code >= 0x2000 && letter.code <= 0x2BFF) || (letter.code >= 0x3000 && letter.code <= 0x3004) ||
                             (letter.code >= 0x0660 && letter.code <= 0x0669) || (letter.code >= 0x1F000 && letter.code <= 0x1FFFF);
        if (!neutral) return runs_right_to_left(letter.code);
        at += letter.bytes;
    }
    return false;
}

std::vector<TextSpan> FontShaper::spans(std::string_view line, bool right_to_left, std::size_t begin, std::size_t end,
                                        TextFace face) {
    std::string key = std::to_string(begin) + ',' + std::to_string(end) + ',' + std::to_string(face.weight) + ',' +
                      std::to_string(face.pixels) + (right_to_left ? 'r' : 'l');
    key += line;
    if (const auto known = spans_.find(key); known != spans_.end()) return known->second;
    if (spans_.size() >= spans_max) spans_.clear();
    const std::string before(line.substr(0, begin)), inside(line.substr(begin, end - begin));
    float places[2 * 8];
    const int count = outpost_js_text_spans(line.data(), length_of(line), right_to_left, before.data(), length_of(before),
                                            inside.data(), length_of(inside), face.weight, face.pixels, places, 8);
    std::vector<TextSpan> out;
    for (int i = 0; i < count; ++i) out.push_back({places[2 * i], places[2 * i + 1]});
    return spans_[std::move(key)] = std::move(out);
}

void FontShaper::reset() {
    clusters_.clear();
    characters_.clear();
    shaped_.clear();
    spans_.clear();
}

}  // namespace outpost
