#include "core/query/search_needle.h"

#include <algorithm>

#include "core/base/text.h"

namespace outpost {

namespace {

constexpr std::size_t phone_digits_min = 3;
constexpr std::size_t words_max = 8;

std::string phone_digits(std::string_view typed) {
    std::string digits;
    digits_to(typed, digits);
    const bool phone = digits.size() >= phone_digits_min &&
                       std::ranges::all_of(typed, [](char c) { return (c >= '0' && c <= '9') || std::string_view(" +-()./").find(c) != std::string_view::npos; });
    return phone ? digits : std::string();
}

// A thread-less program: one buffer serves all folding.
std::string_view folded_text(FoldMode mode, std::string_view text) {
    static std::string buffer;
    fold_to(mode, text, buffer);
    return buffer;
}

// `text` is folded already, or its ASCII letters alone have still to be.
bool stands_at(std::string_view text, std::size_t at, std::string_view needle) {
    for (std::size_t i = 0; i < needle.size(); ++i) {
        if (lower_ascii(text[at + i]) != needle[i]) return false;
    }
    return true;
}

}  // namespace

SearchNeedle::SearchNeedle(std::string_view typed)
    : mode_(has_accents(typed) ? FoldMode::Case : FoldMode::Search), folded_(fold_text(mode_, typed)), digits_(phone_digits(typed)), match_(TextMatch::contains(typed, mode_)) {
    for (const std::string_view word : split(folded_, ' ')) {
        if (!word.empty() && words_.size() < words_max && std::ranges::find(words_, word) == words_.end()) words_.emplace_back(word);
    }
    beginning_ = match_.signature();
    if (const std::string folded = fold_text(FoldMode::Search, folded_); !folded.empty()) beginning_.add_beginning(folded[0]);
    digits_signature_.add_pairs(digits_);
}

std::optional<SearchFit> SearchNeedle::fit_at_start(std::string_view text, bool plain) const {
    if (!plain) {
        const bool ascii = !text.empty() && !folded_.empty() && static_cast<unsigned char>(text[0]) < 0x80;
        if (ascii && lower_ascii(text[0]) != folded_[0]) return std::nullopt;
        text = folded_text(mode_, text);
    }
    if (text.size() < folded_.size() || !stands_at(text, 0, folded_)) return std::nullopt;
    return text.size() == folded_.size() ? SearchFit::Exact : SearchFit::Prefix;
}

bool SearchNeedle::begins_word(std::string_view text, bool plain, std::size_t readable) const {
    if (!plain) text = folded_text(mode_, text), readable = 0;
    for (std::size_t at = find_lowered(text, folded_, 1, readable); at != std::string_view::npos; at = find_lowered(text, folded_, at + 1, readable)) {
        if (!is_word_part(lower_ascii(text[at - 1]))) return true;
    }
    return false;
}

}  // namespace outpost
