// NearWord: how far a word is from one that was typed: letters added, lost, changed, or two neighbours swapped
// (optimal string alignment, the restricted Damerau-Levenshtein distance). Counts code points, not bytes.
// Invariant: symmetric but for `prefix`, where what follows in the longer text costs nothing, as one still types.
// Called by: the query engine's search.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outpost {

class NearWord {
public:
    // `typed` is folded already, valid UTF-8.
    explicit NearWord(std::string_view typed);

    std::size_t length() const { return letters_.size(); }
    // The distance, when it is at most `most`.
    std::optional<unsigned> distance(std::string_view folded_word, unsigned most);
    // The least distance to any beginning of the word.
    std::optional<unsigned> prefix_distance(std::string_view folded_word, unsigned most);

private:
    bool fill(std::string_view word, unsigned most, std::size_t length_most);

    std::u32string letters_, word_;
    std::vector<unsigned> before_last_, last_, row_;   // of the table, one row a letter of the word
    std::vector<unsigned> ends_;                       // distance to each beginning of the word
};

}  // namespace outpost
