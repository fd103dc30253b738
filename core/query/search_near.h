// Which words that records hold may have been meant by one that was mistyped.
// Called by: global_search.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/text_index.h"

namespace outpost {

// The word itself, then at most eight others within the mistakes that a word of its length may hold (one from four letters
// on, two from eight), nearest first. `indexes`: their words are up to date.
std::vector<std::string> near_words(std::string_view word, std::span<const TextIndex* const> indexes);

}  // namespace outpost
