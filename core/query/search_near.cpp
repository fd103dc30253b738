#include "core/query/search_near.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "core/base/near_word.h"

namespace outpost {

namespace {

constexpr std::size_t near_words_max = 8;

unsigned mistakes_in(std::size_t letters) { return letters < 4 ? 0 : letters < 8 ? 1 : 2; }

}  // namespace

std::vector<std::string> near_words(std::string_view word, std::span<const TextIndex* const> indexes) {
    std::vector<std::string> near{std::string(word)};
    NearWord typed(word);
    const unsigned most = mistakes_in(typed.length());
    if (most == 0 || std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; })) return near;
    std::vector<std::pair<unsigned, std::string_view>> candidates;
    const std::uint64_t letters = letters_of(word);
    for (const TextIndex* index : indexes) {
        const std::span<const std::uint64_t> held = index->word_letters();
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (static_cast<unsigned>(std::popcount(letters & ~held[i])) > most) continue;
            const std::string_view other = index->words()[i];
            if (const auto distance = typed.prefix_distance(other, most)) candidates.emplace_back(*distance, other);
        }
    }
    std::ranges::sort(candidates);
    for (const auto& [distance, other] : candidates) {
        if (near.size() > near_words_max) break;
        if (std::ranges::find(near, other) == near.end()) near.emplace_back(other);
    }
    return near;
}

}  // namespace outpost
