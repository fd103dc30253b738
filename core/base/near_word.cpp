#include "core/base/near_word.h"

#include <algorithm>

#include "core/base/code_points.h"

namespace outpost {
NearWord::NearWord(std::string_view typed) { read_code_points(typed, letters_); }

// Fills ends_ up to `length_most` letters of the word; false once no continuation can come within `most`.
bool NearWord::fill(std::string_view word, unsigned most, std::size_t length_most) {
    read_code_points(word, word_);
    if (word_.size() > length_most) word_.resize(length_most);
    const std::size_t width = letters_.size() + 1;
    last_.resize(width);
    row_.resize(width);
    before_last_.assign(width, 0);
    for (std::size_t i = 0; i < width; ++i) last_[i] = static_cast<unsigned>(i);
    ends_.assign(1, last_.back());
    for (std::size_t k = 1; k <= word_.size(); ++k) {
        row_[0] = static_cast<unsigned>(k);
        unsigned least = row_[0];
        for (std::size_t i = 1; i < width; ++i) {
            unsigned value = std::min({last_[i] + 1, row_[i - 1] + 1, last_[i - 1] + (letters_[i - 1] == word_[k - 1] ? 0u : 1u)});
            if (i > 1 && k > 1 && letters_[i - 1] == word_[k - 2] && letters_[i - 2] == word_[k - 1]) value = std::min(value, before_last_[i - 2] + 1);
            row_[i] = value;
            least = std::min(least, value);
        }
        ends_.push_back(row_.back());
        // A swap reaches over one row, so the row before must be out of reach too.
        if (least > most && *std::ranges::min_element(last_) > most) return false;
        std::swap(before_last_, last_);
        std::swap(last_, row_);
    }
    return true;
}

std::optional<unsigned> NearWord::distance(std::string_view folded_word, unsigned most) {
    if (!fill(folded_word, most, letters_.size() + most + 1) || ends_.back() > most) return std::nullopt;
    return ends_.back();
}

std::optional<unsigned> NearWord::prefix_distance(std::string_view folded_word, unsigned most) {
    fill(folded_word, most, letters_.size() + most);
    const unsigned least = *std::ranges::min_element(ends_);
    if (least > most) return std::nullopt;
    return least;
}

}  // namespace outpost
