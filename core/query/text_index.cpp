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
std::vector<RowIndex> changed_rows(const TextColumn& column, std::vector<std::uint64_t>& hashes, RowIndex first = 0, RowIndex end = no_row) {
    std::vector<RowIndex> changed;
    const auto known = static_cast<RowIndex>(hashes.size());
    end = std::min<RowIndex>(end, column.size());
    hashes.resize(end);
    for (RowIndex row = first; row < end; ++row) {
        const std::uint64_t hash = hash_text(column.get(row));
        if (row < known && hashes[row] == hash) continue;
        hashes[row] = hash;
        changed.push_back(row);
    }
    return changed;
}

// Rows with text in the order of compare_text. Each text is folded once, into one arena: comparing folded bytes is
// what compare_text does, without its folding anew for each of many comparisons.
struct SortEntry {
    std::uint64_t prefix;            // the first eight folded bytes settle most comparisons
    std::uint32_t offset, length;    // folded, in the arena
    RowIndex row;
};

std::uint64_t prefix_of(std::string_view folded) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0u);
    return prefix;
}

std::vector<RowIndex> sorted_rows(const TextColumn& column, std::span<const RowIndex> rows) {
    std::vector<SortEntry> entries;
    entries.reserve(rows.size());
    std::string arena, folded;
    for (const RowIndex row : rows) {
        if (column.get(row).empty()) continue;
        fold_to(FoldMode::Case, column.get(row), folded);
        entries.push_back({prefix_of(folded), static_cast<std::uint32_t>(arena.size()), static_cast<std::uint32_t>(folded.size()), row});
        arena += folded;
    }
    const auto text_of = [&](const SortEntry& entry) { return std::string_view(arena.data() + entry.offset, entry.length); };
    std::sort(entries.begin(), entries.end(), [&](const SortEntry& a, const SortEntry& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        int order = text_of(a).compare(text_of(b));
        if (order == 0) order = column.get(a.row).compare(column.get(b.row));
        return order != 0 ? order < 0 : a.row < b.row;
    });
    std::vector<RowIndex> sorted;
    sorted.reserve(entries.size());
    for (const SortEntry& entry : entries) sorted.push_back(entry.row);
    return sorted;
}

// `order` without the moved rows and with the added ones, which are sorted, in their places.
std::vector<RowIndex> merged_order(const TextColumn& column, const std::vector<RowIndex>& order, const std::vector<bool>& moved, const std::vector<RowIndex>& added) {
    std::vector<RowIndex> kept;
    kept.reserve(order.size() + added.size());
    for (const RowIndex row : order) {
        if (row < column.size() && !moved[row]) kept.push_back(row);
    }
    std::vector<RowIndex> merged;
    merged.reserve(kept.size() + added.size());
    auto from = kept.begin();
    for (const RowIndex row : added) {
        // Few are added: a binary search each costs less than a comparison for every row.
        const auto to = std::upper_bound(from, kept.end(), row, [&](RowIndex a, RowIndex b) {
            const int compared = compare_text(column.get(a), column.get(b));
            return compared != 0 ? compared < 0 : a < b;
        });
        merged.insert(merged.end(), from, to);
        merged.push_back(row);
        from = to;
    }
    merged.insert(merged.end(), from, kept.end());
    return merged;
}

struct QueryCache {
    std::map<std::pair<ObjectIndex, FieldIndex>, std::unique_ptr<TextIndex>> texts;
    std::shared_ptr<void> matching;
};

QueryCache& cache_of(const Records& records) {
    std::shared_ptr<void>& slot = records.query_cache();
    if (!slot) slot = std::make_shared<QueryCache>();
    return *static_cast<QueryCache*>(slot.get());
}

}  // namespace

void TextSignature::add_folded(std::string_view folded) {
    for (std::size_t i = 1; i < folded.size(); ++i) {
        const unsigned bit = pair_bit(static_cast<unsigned char>(folded[i - 1]), static_cast<unsigned char>(folded[i]));
        (bit < 64 ? low : high) |= 1ull << (bit & 63);
    }
}

void TextIndex::refresh_signatures(const TextColumn& column, std::uint64_t revision) {
    if (signature_revision_ == revision) return;
    add_signatures(column, changed_rows(column, signature_hashes_));
    signature_revision_ = revision;
}

void TextIndex::add_signatures(const TextColumn& column, std::span<const RowIndex> rows) {
    low_.resize(signature_hashes_.size());
    high_.resize(signature_hashes_.size());
    std::string folded;
    for (const RowIndex row : rows) {
        const std::string_view text = column.get(row);
        TextSignature signature;
        fold_to(FoldMode::Search, text, folded);
        signature.add_folded(folded);
        if (folds_beyond_ascii(FoldMode::Case, text)) signature.high |= TextSignature::case_bit;
        if (folds_beyond_ascii(FoldMode::Search, text)) signature.high |= TextSignature::search_bit;
        low_[row] = signature.low;
        high_[row] = signature.high;
    }
}

bool TextIndex::prepare(const TextColumn& column, RowIndex rows, bool words) {
    const auto known = static_cast<RowIndex>(signature_hashes_.size()), known_words = static_cast<RowIndex>(word_hashes_.size());
    if (known < column.size()) add_signatures(column, changed_rows(column, signature_hashes_, known, known + rows));
    else if (words && known_words < column.size()) add_words(column, changed_rows(column, word_hashes_, known_words, known_words + rows));
    else return true;
    return false;
}

void TextIndex::refresh_ranks(const TextColumn& column, std::uint64_t revision) {
    if (rank_revision_ == revision) return;
    const std::vector<RowIndex> changed = changed_rows(column, rank_hashes_);
    std::vector<bool> moved(column.size(), false);
    for (const RowIndex row : changed) moved[row] = true;
    if (changed.size() < order_.size() / 8) {
        order_ = merged_order(column, order_, moved, sorted_rows(column, changed));
    } else {
        std::vector<RowIndex> all(column.size());
        for (RowIndex row = 0; row < column.size(); ++row) all[row] = row;
        order_ = sorted_rows(column, all);
    }
    // Two neighbours that stayed as they were are equal now if they were equal before: no look at their texts.
    std::vector<std::uint32_t> before(std::move(ranks_));
    before.resize(column.size(), 0);
    ranks_.assign(column.size(), 0);
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
        const RowIndex row = order_[i];
        bool same = false;
        if (i > 0) {
            const RowIndex last = order_[i - 1];
            same = moved[row] || moved[last] ? column.get(row) == column.get(last) : before[row] == before[last];
        }
        if (!same) ++rank;
        ranks_[row] = rank;
    }
    rank_revision_ = revision;
}

void TextIndex::refresh_words(const TextColumn& column, std::uint64_t revision) {
    if (word_revision_ == revision) return;
    add_words(column, changed_rows(column, word_hashes_));
    word_revision_ = revision;
}

void TextIndex::add_words(const TextColumn& column, std::span<const RowIndex> rows) {
    std::string folded;
    for (const RowIndex row : rows) {
        fold_to(FoldMode::Search, column.get(row), folded);
        for_each_word(folded, [&](std::string_view word) {
            if (word.size() >= 3 && known_words_.insert(hash_text(word)).second) words_.emplace_back(word);
        });
    }
}

std::size_t TextIndex::bytes() const {
    std::size_t words = words_.capacity() * sizeof(std::string) + known_words_.bucket_count() * 2 * sizeof(std::uint64_t);
    for (const std::string& word : words_) words += word.capacity() > 22 ? word.capacity() : 0;
    return words + word_hashes_.capacity() * sizeof(std::uint64_t) + (low_.capacity() + high_.capacity() + signature_hashes_.capacity() + rank_hashes_.capacity()) * sizeof(std::uint64_t) +
           (ranks_.capacity() + order_.capacity()) * sizeof(std::uint32_t);
}

TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field) {
    auto& index = cache_of(records).texts[{object, field}];
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

std::shared_ptr<void>& match_index_slot(const Records& records) { return cache_of(records).matching; }

}  // namespace outpost
