#include "core/query/text_match.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/text.h"
#include "core/base/utf8.h"

namespace outpost {

namespace {

// A thread-less program: one buffer serves all folding.
std::string& fold_buffer() {
    static std::string buffer;
    return buffer;
}

bool equal_lowered(const char* text, std::string_view needle) {
    for (std::size_t i = 0; i < needle.size(); ++i) {
        if (lower_ascii(text[i]) != needle[i]) return false;
    }
    return true;
}

// As long as the text's folded form: a byte that continues a character everywhere but where one of the text begins.
std::string starts_of(FoldMode mode, std::string_view text) {
    std::string starts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8::read(text, at).bytes;
        const std::size_t first = starts.size();
        starts.append(fold_text(mode, text.substr(at, length)).size(), '\x80');
        if (first < starts.size()) starts[first] = 0;
        at += length;
    }
    return starts;
}

using Bytes16 = unsigned char __attribute__((ext_vector_type(16)));
constexpr std::size_t lanes = sizeof(Bytes16);
constexpr Bytes16 lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

// Which of sixteen bytes are one letter in either case, or one other byte.
class ByteFits {
public:
    explicit ByteFits(char wanted) : lowers_(Bytes16(wanted >= 'a' && wanted <= 'z' ? 0x20 : 0)), wanted_(Bytes16(static_cast<unsigned char>(wanted))) {}
    Bytes16 operator()(const char* at) const {
        Bytes16 bytes;
        std::memcpy(&bytes, at, sizeof bytes);
        return reinterpret_cast<Bytes16>((bytes | lowers_) == wanted_);
    }

private:
    Bytes16 lowers_, wanted_;
};

}  // namespace

std::size_t find_lowered(std::string_view text, std::string_view needle, std::size_t at, std::size_t readable) {
    if (text.size() < needle.size()) return std::string_view::npos;
    const std::size_t starts = text.size() - needle.size() + 1;
    if (needle.empty()) return at < starts ? at : std::string_view::npos;
    // Candidates are places where both the first and the last byte fit.
    const std::size_t last = needle.size() - 1;
    const ByteFits first_fits(needle[0]), last_fits(needle[last]);
    for (; at < starts && (at + lanes <= starts || readable >= lanes); at += lanes) {
        Bytes16 fits = first_fits(text.data() + at) & last_fits(text.data() + at + last);
        if (at + lanes > starts) fits &= reinterpret_cast<Bytes16>(lane_numbers < Bytes16(static_cast<unsigned char>(starts - at)));
        std::uint64_t halves[2];
        std::memcpy(halves, &fits, sizeof halves);
        if ((halves[0] | halves[1]) == 0) continue;
        for (std::size_t half = 0; half < 2; ++half) {
            while (halves[half] != 0) {
                const auto lane = static_cast<std::size_t>(std::countr_zero(halves[half])) / 8;
                const std::size_t place = at + half * 8 + lane;
                if (last < 2 || equal_lowered(text.data() + place, needle)) return place;
                halves[half] &= ~(std::uint64_t{0xFF} << (lane * 8));
            }
        }
    }
    for (; at < starts; ++at) {
        if (lower_ascii(text[at]) == needle[0] && equal_lowered(text.data() + at, needle)) return at;
    }
    return std::string_view::npos;
}

TextMatch TextMatch::equal(std::string_view value) {
    TextMatch match;
    match.kind_ = Kind::Equal;
    match.needle_ = fold_text(FoldMode::Case, value);
    match.add_signature(match.needle_);
    return match;
}

TextMatch TextMatch::any_of(const std::vector<std::string>& values) {
    TextMatch match;
    match.kind_ = Kind::AnyOf;
    for (const std::string& value : values) match.values_.push_back(fold_text(FoldMode::Case, value));
    std::sort(match.values_.begin(), match.values_.end());
    return match;
}

TextMatch TextMatch::ordered(Comparison comparison, std::string_view value) {
    TextMatch match;
    match.kind_ = Kind::Ordered;
    match.comparison_ = comparison;
    match.needle_ = value;
    return match;
}

TextMatch TextMatch::contains(std::string_view needle, FoldMode mode) {
    TextMatch match;
    match.kind_ = Kind::Contains;
    match.mode_ = mode;
    match.needle_ = fold_text(mode, needle);
    match.add_signature(match.needle_);
    return match;
}

TextMatch TextMatch::like(std::string_view pattern) {
    TextMatch match;
    std::string literal;
    Segment segment;
    std::vector<Segment> segments;
    bool percent_last = false;
    const auto end_part = [&] {
        segment.parts.push_back(fold_text(FoldMode::Case, literal));
        match.add_signature(segment.parts.back());
        literal.clear();
    };
    const auto end_segment = [&] {
        end_part();
        segments.push_back(std::move(segment));
        segment = {};
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) {
            literal += pattern[++i];
        } else if (pattern[i] == '%') {
            if (!percent_last) end_segment();
            percent_last = true;
            continue;
        } else if (pattern[i] == '_') {
            end_part();
            match.has_gaps_ = true;
        } else {
            literal += pattern[i];
        }
        percent_last = false;
    }
    end_segment();
    const auto is_empty = [](const Segment& part) { return part.parts.size() == 1 && part.parts[0].empty(); };
    match.open_start_ = segments.size() > 1 && is_empty(segments.front());
    match.open_end_ = segments.size() > 1 && is_empty(segments.back());
    if (match.open_start_) segments.erase(segments.begin());
    if (match.open_end_ && !segments.empty() && is_empty(segments.back())) segments.pop_back();
    match.kind_ = Kind::Pattern;
    if (!match.has_gaps_ && segments.size() <= 1) {
        match.needle_ = segments.empty() ? "" : segments[0].parts[0];
        match.kind_ = match.open_start_ ? (match.open_end_ ? Kind::Contains : Kind::Suffix) : (match.open_end_ ? Kind::Prefix : Kind::Equal);
    }
    match.segments_ = std::move(segments);
    return match;
}

void TextMatch::add_signature(std::string_view folded_literal) {
    // Signatures are of texts with accents folded; what holds the literal holds its folded form.
    const std::string folded = fold_text(FoldMode::Search, folded_literal);
    signature_.add_pairs(folded);
    // Few pairs, which share their bits with others, tell little.
    if (folded.size() <= 3)
        for (const char c : folded) signature_.add_letter(c);
}

std::size_t TextMatch::Segment::match_at(std::string_view text, std::string_view starts, std::size_t at) const {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            if (at >= text.size()) return std::string_view::npos;
            ++at;
            while (at < text.size() && (static_cast<unsigned char>(starts[at]) & 0xC0) == 0x80) ++at;
        }
        if (text.substr(at, parts[i].size()) != parts[i]) return std::string_view::npos;
        at += parts[i].size();
    }
    return at;
}

std::size_t TextMatch::Segment::bytes_min() const {
    std::size_t bytes = parts.size() - 1;
    for (const std::string& part : parts) bytes += part.size();
    return bytes;
}

bool TextMatch::matches_pattern(std::string_view folded, std::string_view starts) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        const Segment& segment = segments_[i];
        const bool anchored_start = i == 0 && !open_start_;
        const bool anchored_end = i + 1 == segments_.size() && !open_end_;
        std::size_t end = std::string_view::npos;
        // Each stretch is taken as early as it fits; the last one of a pattern without a final % must reach the end.
        for (std::size_t from = at; from + segment.bytes_min() <= folded.size(); ++from) {
            if ((static_cast<unsigned char>(folded[from < folded.size() ? from : 0]) & 0xC0) == 0x80 && from < folded.size()) continue;
            const std::size_t stop = segment.match_at(folded, starts, from);
            if (stop != std::string_view::npos && (!anchored_end || stop == folded.size())) {
                end = stop;
                break;
            }
            if (anchored_start) break;
        }
        if (end == std::string_view::npos) return false;
        at = end;
    }
    return open_end_ || segments_.empty() || at == folded.size();
}

bool TextMatch::matches_folded(std::string_view folded) const {
    switch (kind_) {
        case Kind::Equal: return folded == needle_;
        case Kind::AnyOf: return std::binary_search(values_.begin(), values_.end(), folded, [](std::string_view a, std::string_view b) { return a < b; });
        case Kind::Ordered: return false;   // not by folded text
        case Kind::Prefix: return folded.starts_with(needle_);
        case Kind::Suffix: return folded.ends_with(needle_);
        case Kind::Contains: return folded.find(needle_) != std::string_view::npos;
        case Kind::Pattern: return matches_pattern(folded, folded);
    }
    return false;
}

bool TextMatch::is_ordered(std::string_view text) const {
    const int order = compare_ignoring_case(text, needle_);
    switch (comparison_) {
        case Comparison::Less: return order < 0;
        case Comparison::LessEqual: return order <= 0;
        case Comparison::Greater: return order > 0;
        default: return order >= 0;
    }
}

bool TextMatch::matches(std::string_view text, bool plain, std::size_t readable) const {
    if (kind_ == Kind::Ordered) return is_ordered(text);
    if (plain) {
        switch (kind_) {
            case Kind::Contains: return find_lowered(text, needle_, 0, readable) != std::string_view::npos;
            case Kind::Equal: return text.size() == needle_.size() && equal_lowered(text.data(), needle_);
            case Kind::Prefix: return text.size() >= needle_.size() && equal_lowered(text.data(), needle_);
            default: break;
        }
    }
    if (kind_ == Kind::Equal || kind_ == Kind::Prefix) {
        // Most texts part with the needle within their first letters.
        for (std::size_t i = 0; i < text.size() && i < needle_.size() && static_cast<unsigned char>(text[i]) < 0x80; ++i) {
            if (lower_ascii(text[i]) != needle_[i]) return false;
        }
    }
    std::string& buffer = fold_buffer();
    fold_to(mode_, text, buffer);
    // A gap is a character of the text, which may have become several letters: "ß" is "ss".
    if (has_gaps_ && !plain && count_code_points(buffer) != count_code_points(text)) return matches_pattern(buffer, starts_of(mode_, text));
    return matches_folded(buffer);
}

}  // namespace outpost
