// What was typed into the global search, made ready to be looked for: in texts, in the digits of phones, word by word.
// Called by: global_search.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/global_search.h"
#include "core/query/text_match.h"

namespace outpost {

class SearchNeedle {
public:
    explicit SearchNeedle(std::string_view typed);

    FoldMode mode() const { return mode_; }
    std::size_t bytes() const { return folded_.size(); }             // folded
    const TextMatch& match() const { return match_; }                // anywhere in a text
    const std::vector<std::string>& words() const { return words_; } // each once, at most eight
    // Of texts that begin with it, or in which a word does.
    const TextSignature& beginning() const { return beginning_; }
    // Exact or Prefix; WordPrefix, of a text that is neither. `plain`: folding changes only ASCII letters of this text.
    std::optional<SearchFit> fit_at_start(std::string_view text, bool plain) const;
    // `readable`: bytes that may be read after the text, as of find_lowered; of plain texts only.
    bool begins_word(std::string_view text, bool plain, std::size_t readable = 0) const;

    // A phone as people type it: three digits and more, blanks and + - ( ) . / only.
    bool is_phone() const { return !digits_.empty(); }
    std::string_view digits() const { return digits_; }
    const TextSignature& digits_signature() const { return digits_signature_; }

private:
    FoldMode mode_;
    std::string folded_, digits_;
    std::vector<std::string> words_;
    TextMatch match_;
    TextSignature beginning_, digits_signature_;
};

}  // namespace outpost
