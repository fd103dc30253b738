// TextIndex: what is derived from one text column to search and sort it fast: a 128-bit signature a row (which pairs of
// neighbouring bytes its folded text holds), the rank of each row's text in sort order, and the words that occur.
// Invariant: current for the column's revision once refresh() returned; rows whose content hash is unchanged are kept.
// Called by: text filters, sorting, search.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_set.h>

#include "core/objects/records.h"

namespace outpost {

struct TextSignature {
    std::uint64_t low = 0, high = 0;

    static constexpr std::uint64_t case_bit = 1ull << 62;    // of high: folding case changes more than ASCII letters
    static constexpr std::uint64_t search_bit = 1ull << 63;  // of high: folding accents does
    // Pairs of a text that is folded by FoldMode::Search already.
    void add_folded(std::string_view folded);
};

class TextIndex {
public:
    // Signatures of all rows; two columns of 64 bits, so that a scan stays in straight lines.
    std::span<const std::uint64_t> low() const { return low_; }
    std::span<const std::uint64_t> high() const { return high_; }
    // Order of each row's text by compare_text, from 1; equal texts share a rank; 0 for rows without text.
    std::span<const std::uint32_t> ranks() const { return ranks_; }

    // Words (folded by FoldMode::Search) of three letters and more that a row holds or once held: found in it, a word
    // is looked for as any other.
    std::span<const std::string> words() const { return words_; }

    void refresh_signatures(const TextColumn& column, std::uint64_t revision);
    void refresh_words(const TextColumn& column, std::uint64_t revision);
    void refresh_ranks(const TextColumn& column, std::uint64_t revision);
    // Some rows' worth of signatures, then (`words`) of words, ahead of the first search. True once all rows have been seen.
    bool prepare(const TextColumn& column, RowIndex rows, bool words);
    bool has_signatures(std::uint64_t revision) const { return signature_revision_ == revision; }
    bool has_ranks(std::uint64_t revision) const { return rank_revision_ == revision; }
    std::size_t bytes() const;

private:
    void add_signatures(const TextColumn& column, std::span<const RowIndex> rows);
    void add_words(const TextColumn& column, std::span<const RowIndex> rows);

    std::vector<std::uint64_t> low_, high_, signature_hashes_;
    std::vector<std::uint32_t> ranks_, order_;               // order_: rows with text, sorted
    std::vector<std::uint64_t> rank_hashes_, word_hashes_;
    std::vector<std::string> words_;
    tsl::robin_set<std::uint64_t> known_words_;              // by hash: one missed among billions does no harm
    std::uint64_t signature_revision_ = 0, rank_revision_ = 0, word_revision_ = 0;
};

// Calls visit(word) for each run of letters and digits in folded text.
template <typename Visit>
void for_each_word(std::string_view folded, Visit visit) {
    const auto is_part = [](char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
    for (std::size_t at = 0; at < folded.size();) {
        std::size_t end = at;
        while (end < folded.size() && is_part(folded[end])) ++end;
        if (end > at) visit(folded.substr(at, end - at));
        at = end + 1;
    }
}

// The index of a text column, made when first asked for. It lives in the records' query cache.
TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field);
std::size_t query_cache_bytes(const Records& records);
// A place in that cache for the index of match keys. Owned by core/matching.
std::shared_ptr<void>& match_index_slot(const Records& records);

}  // namespace outpost
