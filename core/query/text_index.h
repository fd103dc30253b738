// TextIndex: what is derived from one text column to search and sort it fast: a 128-bit signature a row (which pairs of
// neighbouring bytes its folded text holds), and the rank of each row's text in sort order.
// Invariant: current for the column's revision once refresh() returned; rows whose content hash is unchanged are kept.
// Called by: text filters, sorting.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

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

    void refresh_signatures(const TextColumn& column, std::uint64_t revision);
    void refresh_ranks(const TextColumn& column, std::uint64_t revision);
    bool has_signatures(std::uint64_t revision) const { return signature_revision_ == revision; }
    bool has_ranks(std::uint64_t revision) const { return rank_revision_ == revision; }
    std::size_t bytes() const;

private:
    std::vector<std::uint64_t> low_, high_, signature_hashes_;
    std::vector<std::uint32_t> ranks_, order_;               // order_: rows with text, sorted
    std::vector<std::uint64_t> rank_hashes_;
    std::uint64_t signature_revision_ = 0, rank_revision_ = 0;
};

// The index of a text column, made when first asked for. It lives in the records' query cache.
TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field);
std::size_t query_cache_bytes(const Records& records);

}  // namespace outpost
