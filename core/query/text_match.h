// TextMatch: one test of a text, compiled: equality, order, LIKE patterns, substring. All ignore case.
// Invariant: the answer equals that over the wholly folded text. Called by: text filters, search.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/fold.h"
#include "core/query/query.h"
#include "core/query/text_index.h"

namespace outpost {

class TextMatch {
public:
    static TextMatch equal(std::string_view value);
    static TextMatch any_of(const std::vector<std::string>& values);
    static TextMatch ordered(Comparison comparison, std::string_view value);
    static TextMatch like(std::string_view pattern);            // % _ \ as in SOQL
    static TextMatch contains(std::string_view needle, FoldMode mode);

    // `plain`: folding changes only ASCII letters of this text (its signature's bit is clear). `readable`: bytes that may be
    // read beyond the text's end.
    bool matches(std::string_view text, bool plain, std::size_t readable = 0) const;
    // What every matching text holds; nothing for tests that signatures can't narrow.
    const TextSignature& signature() const { return signature_; }
    bool uses_signature() const { return !signature_.empty(); }
    // The signature alone tells: one letter or digit, which has a bit of its own, anywhere in a text.
    bool is_settled_by_signature() const { return kind_ == Kind::Contains && mode_ == FoldMode::Search && needle_.size() == 1 && TextSignature::has_own_bit(needle_[0]); }
    FoldMode mode() const { return mode_; }
    // Looks at more than a text's first letters, so that signatures save work.
    bool searches_within() const { return uses_signature() && kind_ != Kind::Equal && kind_ != Kind::Prefix; }

private:
    enum class Kind : std::uint8_t { Equal, AnyOf, Ordered, Prefix, Suffix, Contains, Pattern };
    // A stretch of a pattern between % signs: literal parts with single-character gaps.
    struct Segment {
        std::vector<std::string> parts;   // a gap of one character between neighbours
        std::size_t match_at(std::string_view text, std::string_view starts, std::size_t at) const;  // end, or npos
        std::size_t bytes_min() const;
    };
    bool is_ordered(std::string_view text) const;
    bool matches_folded(std::string_view folded) const;
    // `starts`: as long; where the characters of the text begin there is no byte that continues one in UTF-8.
    bool matches_pattern(std::string_view folded, std::string_view starts) const;
    void add_signature(std::string_view folded_literal);

    Kind kind_ = Kind::Equal;
    FoldMode mode_ = FoldMode::Case;
    Comparison comparison_ = Comparison::Equal;
    std::string needle_;                  // folded; of Ordered as it was given
    std::vector<std::string> values_;     // folded, sorted
    std::vector<Segment> segments_;
    bool open_start_ = false, open_end_ = false, has_gaps_ = false;
    TextSignature signature_;
};

// Where `text`, its ASCII letters lowered, holds the folded needle, from `at` on; npos: nowhere. Sixteen bytes at a time, if
// so many are `readable` beyond the text's end to that end.
std::size_t find_lowered(std::string_view text, std::string_view needle, std::size_t at = 0, std::size_t readable = 0);

}  // namespace outpost
