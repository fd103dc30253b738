// TextIndex: what is derived from one text column to search and sort it fast: a signature of each row's folded text
// (which pairs of neighbouring bytes, which letters and which beginnings of words it holds), kept as one row of bits for
// each thing it may hold, so that a search reads only the few that it asks for; the rank of each row's text in sort
// order; and the words that occur.
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

#include "core/base/ports.h"
#include "core/objects/records.h"
#include "core/query/fold.h"

namespace outpost {

class TextOrder;

// All functions take text that is folded by FoldMode::Search already.
struct TextSignature {
    static constexpr std::size_t pair_bits = 128, letters_at = 2, beginnings_at = 3;
    std::array<std::uint64_t, 4> words{};   // pairs (two words), letters, beginnings of words

    void add_pairs(std::string_view folded);
    void add_letter(char c) { words[letters_at] |= letter_bit(c); }
    void add_beginning(char c) { words[beginnings_at] |= letter_bit(c); }
    bool empty() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
    // Letters and digits have a bit each, other signs share some, all beyond ASCII share one.
    static std::uint64_t letter_bit(char c);
    static bool has_own_bit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
};

class TextIndex {
public:
    static constexpr std::size_t rows_a_word = 64;

    // `phones`: the digits of a text count as neighbours too, whatever stands between them.
    explicit TextIndex(bool phones = false) : phones_(phones) {}
    bool is_of_phones() const { return phones_; }

    // Rows whose text may hold all that `wanted` does, a bit each, from row 64 * first on. Rows that are not there: 0.
    void find_candidates(const TextSignature& wanted, std::size_t first, std::span<std::uint64_t> rows) const;
    // Folding changes only ASCII letters of the row's text.
    bool is_plain(RowIndex row, FoldMode mode) const { return !has_bit(mode == FoldMode::Case ? folds_case_ : folds_search_, row); }
    // Order of each row's text by compare_text, from 1; equal texts share a rank; 0 for rows without text.
    std::span<const std::uint32_t> ranks() const { return ranks_; }

    // Words (folded by FoldMode::Search) of three letters and more that a row holds or once held: found in it, a word
    // is looked for as any other.
    std::span<const std::string> words() const { return words_; }
    // Which letters each of them holds, by letters_of().
    std::span<const std::uint64_t> word_letters() const { return word_letters_; }

    void refresh_signatures(const TextColumn& column, std::uint64_t revision);
    void refresh_words(const TextColumn& column, std::uint64_t revision);
    void refresh_ranks(const TextColumn& column, std::uint64_t revision);
    // Some rows' worth of signatures, then (`words`) of words, ahead of the first search. True once all rows have been seen.
    bool prepare(const TextColumn& column, std::uint64_t revision, RowIndex rows, bool words);
    // The same of ranks, where there are none yet.
    bool prepare_ranks(const TextColumn& column, std::uint64_t revision, RowIndex rows);
    bool has_signatures(std::uint64_t revision) const { return signature_revision_ == revision; }
    bool has_ranks(std::uint64_t revision) const { return rank_revision_ == revision; }
    std::size_t bytes() const;

private:
    using Slice = std::vector<std::uint64_t>;   // a bit for each row; rows beyond its end have none
    static bool has_bit(const Slice& slice, RowIndex row) { return row / rows_a_word < slice.size() && (slice[row / rows_a_word] >> (row % rows_a_word) & 1) != 0; }
    void set_bits(Slice& slice, std::size_t at, std::uint64_t mask, std::uint64_t bits) const;
    void add_signatures(const TextColumn& column, std::span<const RowIndex> rows);
    void add_words(const TextColumn& column, std::span<const RowIndex> rows);
    void number_ranks(const TextColumn& column, std::span<const std::uint8_t> moved);

    bool phones_;
    std::array<Slice, 256> slices_;                          // by bit of the signature
    Slice folds_case_, folds_search_;                        // folding changes more than ASCII letters
    std::vector<std::uint64_t> signature_hashes_;
    std::vector<std::uint32_t> ranks_, order_;               // order_: rows with text, sorted
    std::vector<std::uint64_t> rank_hashes_, word_hashes_;
    std::vector<std::string> words_;
    std::vector<std::uint64_t> word_letters_;
    tsl::robin_set<std::uint64_t> known_words_;              // by hash: one missed among billions does no harm
    std::uint64_t signature_revision_ = 0, rank_revision_ = 0, word_revision_ = 0;
    std::shared_ptr<TextOrder> order_begun_;                 // by prepare_ranks()
    std::uint64_t signature_begun_ = 0, word_begun_ = 0, ranks_begun_ = 0;     // revisions at which prepare() saw the first rows
};

// Calls visit(word) for each run of letters and digits in folded text.
template <typename Visit>
void for_each_word(std::string_view folded, Visit visit) {
    for (std::size_t at = 0; at < folded.size();) {
        std::size_t end = at;
        while (end < folded.size() && is_word_part(folded[end])) ++end;
        if (end > at) visit(folded.substr(at, end - at));
        at = end + 1;
    }
}

// Which letters a folded word holds, a bit each; several rare ones share one. A word within n mistakes of another has at
// most n bits that the other lacks.
std::uint64_t letters_of(std::string_view folded);

// The index of a text column, made when first asked for. It lives in the records' query cache.
TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field);
// The texts that a field is searched by, which text_index() then is of: its own, those of an auto-number as they are shown.
// Of these, at most `more` rows are brought up to date at once; the column has fewer rows until all are.
struct SearchedTexts { const TextColumn* column; std::uint64_t revision; };
SearchedTexts searched_texts(const Records& records, ObjectIndex object, FieldIndex field, RowIndex more = no_row);

// What the first search, filter or sorting over these fields would have to derive from all records, a slice at a time; true
// once it is there. A question that comes before does the rest at once.
struct IndexedField {
    ObjectIndex object;
    FieldIndex field;
    bool words = false, ranks = false;   // besides signatures
};
bool prepare_text_indexes(const Records& records, std::span<const IndexedField> fields, Clock& clock, std::int64_t budget_microseconds);
std::size_t query_cache_bytes(const Records& records);
// A place in that cache for the index of match keys. Owned by core/matching.
std::shared_ptr<void>& match_index_slot(const Records& records);

}  // namespace outpost
