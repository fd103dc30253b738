#include "core/query/text_index.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/query/fold.h"

namespace outpost {

namespace {

constexpr unsigned pair_bits = 126;

unsigned pair_bit(unsigned char first, unsigned char second) {
    const std::uint32_t mixed = (std::uint32_t{first} << 8 | second) * 0x9E37'79B1u;
    return static_cast<unsigned>((std::uint64_t{mixed} * pair_bits) >> 32);
}

// Rows whose text is not what it was, by hash; brings `hashes` up to date. All rows when there were none.
std::vector<RowIndex> changed_rows(const TextColumn& column, std::vector<std::uint64_t>& hashes) {
    std::vector<RowIndex> changed;
    const auto known = static_cast<RowIndex>(hashes.size());
    hashes.resize(column.size());
    for (RowIndex row = 0; row < column.size(); ++row) {
        const std::uint64_t hash = hash_text(column.get(row));
        if (row < known && hashes[row] == hash) continue;
        hashes[row] = hash;
        changed.push_back(row);
    }
    return changed;
}

// The first eight folded bytes, so that most comparisons need no look at the text itself.
std::uint64_t sort_prefix(std::string_view text, std::string& scratch) {
    // Folding can shorten a sequence, so a few more bytes than eight are folded; a cut sequence at the end is past them.
    std::size_t length = std::min<std::size_t>(text.size(), 32);
    while (length < text.size() && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    fold_to(FoldMode::Case, text.substr(0, length), scratch);
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < scratch.size() ? static_cast<unsigned char>(scratch[i]) : 0u);
    return prefix;
}

struct SortEntry {
    std::uint64_t prefix;
    RowIndex row;
};

std::vector<RowIndex> sorted_rows(const TextColumn& column, std::span<const RowIndex> rows) {
    std::vector<SortEntry> entries;
    entries.reserve(rows.size());
    std::string scratch;
    for (const RowIndex row : rows) {
        if (!column.get(row).empty()) entries.push_back({sort_prefix(column.get(row), scratch), row});
    }
    std::sort(entries.begin(), entries.end(), [&](const SortEntry& a, const SortEntry& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        const int order = compare_text(column.get(a.row), column.get(b.row));
        return order != 0 ? order < 0 : a.row < b.row;
    });
    std::vector<RowIndex> sorted;
    sorted.reserve(entries.size());
    for (const SortEntry& entry : entries) sorted.push_back(entry.row);
    return sorted;
}

struct QueryCache {
    std::map<std::pair<ObjectIndex, FieldIndex>, std::unique_ptr<TextIndex>> texts;
};

}  // namespace

void TextSignature::add_folded(std::string_view folded) {
    for (std::size_t i = 1; i < folded.size(); ++i) {
        const unsigned bit = pair_bit(static_cast<unsigned char>(folded[i - 1]), static_cast<unsigned char>(folded[i]));
        (bit < 64 ? low : high) |= 1ull << (bit & 63);
    }
}

void TextIndex::refresh_signatures(const TextColumn& column, std::uint64_t revision) {
    if (signature_revision_ == revision) return;
    const std::vector<RowIndex> changed = changed_rows(column, signature_hashes_);
    low_.resize(column.size());
    high_.resize(column.size());
    std::string folded;
    for (const RowIndex row : changed) {
        const std::string_view text = column.get(row);
        TextSignature signature;
        fold_to(FoldMode::Search, text, folded);
        signature.add_folded(folded);
        if (folds_beyond_ascii(FoldMode::Case, text)) signature.high |= TextSignature::case_bit;
        if (folds_beyond_ascii(FoldMode::Search, text)) signature.high |= TextSignature::search_bit;
        low_[row] = signature.low;
        high_[row] = signature.high;
    }
    signature_revision_ = revision;
}

void TextIndex::refresh_ranks(const TextColumn& column, std::uint64_t revision) {
    if (rank_revision_ == revision) return;
    const std::vector<RowIndex> changed = changed_rows(column, rank_hashes_);
    const std::vector<RowIndex> added = sorted_rows(column, changed);
    if (added.size() < order_.size() / 4) {
        // A few rows moved: the rest keeps its order.
        std::vector<bool> moved(column.size(), false);
        for (const RowIndex row : changed) moved[row] = true;
        std::erase_if(order_, [&](RowIndex row) { return row >= column.size() || moved[row]; });
        std::vector<RowIndex> merged(order_.size() + added.size());
        std::merge(order_.begin(), order_.end(), added.begin(), added.end(), merged.begin(), [&](RowIndex a, RowIndex b) {
            const int order = compare_text(column.get(a), column.get(b));
            return order != 0 ? order < 0 : a < b;
        });
        order_ = std::move(merged);
    } else if (!changed.empty() || order_.size() > column.size()) {
        std::vector<RowIndex> all(column.size());
        for (RowIndex row = 0; row < column.size(); ++row) all[row] = row;
        order_ = added.size() == column.size() ? added : sorted_rows(column, all);
    }
    ranks_.assign(column.size(), 0);
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        if (i == 0 || column.get(order_[i]) != column.get(order_[i - 1])) ++rank;
        ranks_[order_[i]] = rank;
    }
    rank_revision_ = revision;
}

std::size_t TextIndex::bytes() const {
    return (low_.capacity() + high_.capacity() + signature_hashes_.capacity() + rank_hashes_.capacity()) * sizeof(std::uint64_t) +
           (ranks_.capacity() + order_.capacity()) * sizeof(std::uint32_t);
}

TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field) {
    std::shared_ptr<void>& slot = records.query_cache();
    if (!slot) slot = std::make_shared<QueryCache>();
    auto& index = static_cast<QueryCache*>(slot.get())->texts[{object, field}];
    if (!index) index = std::make_unique<TextIndex>();
    return *index;
}

std::size_t query_cache_bytes(const Records& records) {
    const std::shared_ptr<void>& slot = records.query_cache();
    if (!slot) return 0;
    std::size_t bytes = 0;
    for (const auto& [key, index] : static_cast<const QueryCache*>(slot.get())->texts) bytes += index->bytes();
    return bytes;
}

}  // namespace outpost
