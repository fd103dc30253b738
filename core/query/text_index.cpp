#include "core/query/text_index.h"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <utility>

#include "core/base/hash.h"
#include "core/base/job.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/objects/field_text.h"
#include "core/query/fold.h"
#include "core/query/kept_groups.h"
#include "core/query/text_order.h"

namespace outpost {

namespace {

unsigned pair_bit(unsigned char first, unsigned char second) {
    const std::uint32_t mixed = (std::uint32_t{first} << 8 | second) * 0x9E37'79B1u;
    return static_cast<unsigned>((std::uint64_t{mixed} * TextSignature::pair_bits) >> 32);
}

// 64 x 64 bits mirrored at their diagonal: bit r of word b becomes what bit b of word r was.
void transpose(std::array<std::uint64_t, 64>& words) {
    std::uint64_t low = 0xFFFF'FFFFull;
    for (unsigned half = 32; half != 0; half >>= 1, low ^= low << half) {
        for (unsigned at = 0; at < 64; at = ((at | half) + 1) & ~half) {
            const std::uint64_t changed = ((words[at] >> half) ^ words[at | half]) & low;
            words[at] ^= changed << half;
            words[at | half] ^= changed;
        }
    }
}

constexpr std::uint64_t letter_bit_of(unsigned char byte) {
    if (byte >= 'a' && byte <= 'z') return 1ull << (byte - 'a');
    if (byte >= '0' && byte <= '9') return 1ull << (26 + byte - '0');
    return 1ull << (byte >= 0x80 ? 63u : 36u + byte % 27u);
}

constexpr auto letter_bits = [] {
    std::array<std::uint64_t, 256> bits{};
    for (unsigned byte = 0; byte < 256; ++byte) bits[byte] = letter_bit_of(static_cast<unsigned char>(byte));
    return bits;
}();
constexpr std::uint64_t word_part_bits = 1ull << 63 | ((1ull << 36) - 1);   // of letters, digits and what lies beyond ASCII

TextSignature signature_of(std::string_view folded) {
    TextSignature signature;
    signature.add_pairs(folded);
    std::uint64_t letters = 0, beginnings = 0, begins = ~0ull;
    for (const char c : folded) {
        const std::uint64_t bit = letter_bits[static_cast<unsigned char>(c)];
        letters |= bit;
        beginnings |= bit & begins;
        begins = (bit & word_part_bits) != 0 ? 0 : ~0ull;
    }
    signature.words[TextSignature::letters_at] = letters;
    signature.words[TextSignature::beginnings_at] = beginnings;
    return signature;
}

bool is_ascii(std::string_view text) {
    unsigned char all = 0;
    for (const char c : text) all |= static_cast<unsigned char>(c);
    return all < 0x80;
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

// Rows with text in the order of compare_text.
std::vector<RowIndex> sorted_rows(const TextColumn& column, std::span<const RowIndex> rows) {
    TextOrder order;
    for (const RowIndex row : rows) order.add(column, row);
    order.sort(column);
    return order.rows();
}

// `order` without the moved rows and with the added ones, which are sorted, in their places.
std::vector<RowIndex> merged_order(const TextColumn& column, const std::vector<RowIndex>& order, std::span<const std::uint8_t> moved, const std::vector<RowIndex>& added) {
    std::vector<RowIndex> kept;
    kept.reserve(order.size() + added.size());
    for (const RowIndex row : order) {
        if (row < column.size() && moved[row] == 0) kept.push_back(row);
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

struct NumberTexts {
    TextColumn texts;
    std::uint64_t column_revision = 0, schema_revision = 0, revision = 0;
};

struct QueryCache {
    std::map<std::pair<ObjectIndex, FieldIndex>, NumberTexts> numbers;
    std::map<std::pair<ObjectIndex, FieldIndex>, std::unique_ptr<TextIndex>> texts;
    std::shared_ptr<void> matching;
    KeptGroups groups;
};

QueryCache& cache_of(const Records& records) {
    std::shared_ptr<void>& slot = records.query_cache();
    if (!slot) slot = std::make_shared<QueryCache>();
    return *static_cast<QueryCache*>(slot.get());
}

}  // namespace

void TextSignature::add_pairs(std::string_view folded) {
    for (std::size_t i = 1; i < folded.size(); ++i) {
        const unsigned bit = pair_bit(static_cast<unsigned char>(folded[i - 1]), static_cast<unsigned char>(folded[i]));
        words[bit / 64] |= 1ull << (bit % 64);
    }
}

std::uint64_t TextSignature::letter_bit(char c) { return letter_bits[static_cast<unsigned char>(c)]; }

std::uint64_t letters_of(std::string_view folded) {
    std::uint64_t letters = 0;
    for (std::size_t at = 0; at < folded.size();) {
        const utf8::CodePoint point = utf8::read(folded, at);
        letters |= point.code < 0x80 ? TextSignature::letter_bit(folded[at]) : 1ull << (36 + (static_cast<std::uint32_t>(point.code) * 0x9E37'79B1u >> 16) % 28);
        at += point.bytes;
    }
    return letters;
}

void TextIndex::find_candidates(const TextSignature& wanted, std::size_t first, std::span<std::uint64_t> rows) const {
    const std::size_t all = signature_hashes_.size(), full = all / rows_a_word;
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = first + i < full ? ~0ull : first + i == full ? (1ull << (all % rows_a_word)) - 1 : 0;
    for (std::size_t word = 0; word < wanted.words.size(); ++word) {
        for (std::uint64_t bits = wanted.words[word]; bits != 0; bits &= bits - 1) {
            const Slice& slice = slices_[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
            const std::size_t there = first < slice.size() ? std::min(rows.size(), slice.size() - first) : 0;
            const std::uint64_t* from = slice.data() + (there > 0 ? first : 0);
            for (std::size_t i = 0; i < there; ++i) rows[i] &= from[i];
            std::fill(rows.begin() + static_cast<std::ptrdiff_t>(there), rows.end(), 0);
        }
    }
}

void TextIndex::set_bits(Slice& slice, std::size_t at, std::uint64_t mask, std::uint64_t bits) const {
    if (at >= slice.size()) {
        if (bits == 0) return;
        slice.reserve((signature_hashes_.size() + rows_a_word - 1) / rows_a_word);
        slice.resize(at + 1);
    }
    slice[at] = (slice[at] & ~mask) | bits;
}

void TextIndex::refresh_signatures(const TextColumn& column, std::uint64_t revision) {
    if (signature_revision_ == revision) return;
    add_signatures(column, changed_rows(column, signature_hashes_));
    signature_revision_ = revision;
}

// 64 rows at a time: their signatures side by side, then turned into a word of bits for each thing that a text may hold.
void TextIndex::add_signatures(const TextColumn& column, std::span<const RowIndex> rows) {
    std::string folded, digits;
    std::array<std::array<std::uint64_t, 64>, 4> bits;
    for (std::size_t i = 0; i < rows.size();) {
        const std::size_t at = rows[i] / rows_a_word;
        std::uint64_t changed = 0, folds_case = 0, folds_search = 0;
        for (auto& words : bits) words.fill(0);
        for (; i < rows.size() && rows[i] / rows_a_word == at; ++i) {
            const std::size_t row = rows[i] % rows_a_word;
            const std::string_view text = column.get(rows[i]);
            changed |= 1ull << row;
            if (text.empty()) continue;
            const bool ascii = is_ascii(text);
            if (ascii) {
                folded.resize(text.size());
                for (std::size_t at_byte = 0; at_byte < text.size(); ++at_byte) folded[at_byte] = lower_ascii(text[at_byte]);
            } else {
                fold_to(FoldMode::Search, text, folded);
            }
            TextSignature signature = signature_of(folded);
            if (phones_) {
                digits_to(text, digits);
                signature.add_pairs(digits);
            }
            for (std::size_t word = 0; word < bits.size(); ++word) bits[word][row] = signature.words[word];
            if (ascii) continue;
            if (folds_beyond_ascii(FoldMode::Case, text)) folds_case |= 1ull << row;
            if (folds_beyond_ascii(FoldMode::Search, text)) folds_search |= 1ull << row;
        }
        for (std::size_t word = 0; word < bits.size(); ++word) {
            transpose(bits[word]);
            for (std::size_t bit = 0; bit < 64; ++bit) set_bits(slices_[word * 64 + bit], at, changed, bits[word][bit]);
        }
        set_bits(folds_case_, at, changed, folds_case);
        set_bits(folds_search_, at, changed, folds_search);
    }
}

bool TextIndex::prepare(const TextColumn& column, std::uint64_t revision, RowIndex rows, bool words) {
    const auto known = static_cast<RowIndex>(signature_hashes_.size()), known_words = static_cast<RowIndex>(word_hashes_.size());
    if (known == 0) signature_begun_ = revision;
    if (words && known_words == 0) word_begun_ = revision;
    if (known < column.size()) {
        add_signatures(column, changed_rows(column, signature_hashes_, known, known + rows));
        return false;
    }
    if (words && known_words < column.size()) {
        add_words(column, changed_rows(column, word_hashes_, known_words, known_words + rows));
        return false;
    }
    // Nothing changed meanwhile: all is as a refresh would leave it.
    if (signature_begun_ == revision) signature_revision_ = revision;
    if (words && word_begun_ == revision) word_revision_ = revision;
    return true;
}

void TextIndex::refresh_ranks(const TextColumn& column, std::uint64_t revision) {
    if (rank_revision_ == revision) return;
    const std::vector<RowIndex> changed = changed_rows(column, rank_hashes_);
    std::vector<std::uint8_t> moved(column.size(), 0);
    for (const RowIndex row : changed) moved[row] = 1;
    if (changed.size() < order_.size() / 8) {
        order_ = merged_order(column, order_, moved, sorted_rows(column, changed));
    } else {
        std::vector<RowIndex> all(column.size());
        for (RowIndex row = 0; row < column.size(); ++row) all[row] = row;
        order_ = sorted_rows(column, all);
    }
    number_ranks(column, moved);
    rank_revision_ = revision;
    order_begun_.reset();
}

bool TextIndex::prepare_ranks(const TextColumn& column, std::uint64_t revision, RowIndex rows) {
    if (rank_revision_ != 0) return true;   // later changes cost little
    if (!order_begun_ || ranks_begun_ != revision) {
        order_begun_ = std::make_shared<TextOrder>();
        ranks_begun_ = revision;
    }
    if (!order_begun_->step(column, rows)) return false;
    order_ = order_begun_->rows();
    changed_rows(column, rank_hashes_);
    number_ranks(column, std::vector<std::uint8_t>(column.size(), 1));
    rank_revision_ = revision;
    order_begun_.reset();
    return true;
}

void TextIndex::number_ranks(const TextColumn& column, std::span<const std::uint8_t> moved) {
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
            same = moved[row] != 0 || moved[last] != 0 ? column.get(row) == column.get(last) : before[row] == before[last];
        }
        if (!same) ++rank;
        ranks_[row] = rank;
    }
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
            if (word.size() >= 3 && known_words_.insert(hash_text(word)).second) {
                words_.emplace_back(word);
                word_letters_.push_back(letters_of(word));
            }
        });
    }
}

std::size_t TextIndex::bytes() const {
    std::size_t words = words_.capacity() * sizeof(std::string) + known_words_.bucket_count() * 2 * sizeof(std::uint64_t);
    for (const std::string& word : words_) words += word.capacity() > 22 ? word.capacity() : 0;
    std::size_t slices = folds_case_.capacity() + folds_search_.capacity();
    for (const Slice& slice : slices_) slices += slice.capacity();
    return words + (slices + word_letters_.capacity() + word_hashes_.capacity() + signature_hashes_.capacity() + rank_hashes_.capacity()) * sizeof(std::uint64_t) +
           (ranks_.capacity() + order_.capacity()) * sizeof(std::uint32_t);
}

TextIndex& text_index(const Records& records, ObjectIndex object, FieldIndex field) {
    auto& index = cache_of(records).texts[{object, field}];
    const bool phones = records.schema().object(object).field(field).type == FieldType::Phone;
    if (!index) index = std::make_unique<TextIndex>(phones);
    if (index->is_of_phones() != phones) *index = TextIndex(phones);   // the field's type was changed
    return *index;
}

SearchedTexts searched_texts(const Records& records, ObjectIndex object, FieldIndex field_index, RowIndex more) {
    const Table& table = records.table(object);
    const Column& column = table.column(field_index);
    const std::uint64_t revision = table.column_revision(field_index);
    if (column.kind() == ColumnKind::Text) return {&column.texts(), revision};
    const Field& field = records.schema().object(object).field(field_index);
    NumberTexts& kept = cache_of(records).numbers[{object, field_index}];
    if (kept.column_revision != revision || kept.schema_revision != records.schema().revision()) {
        kept = {.texts = {}, .column_revision = revision, .schema_revision = records.schema().revision(), .revision = kept.revision + 1};
    }
    for (RowIndex row = kept.texts.size(); row < column.size() && more > 0; ++row, --more) {
        kept.texts.push_back(column.is_null(row) ? std::string() : auto_number_text(field, column.decimals()[row]));
    }
    return {&kept.texts, kept.revision};
}

bool prepare_text_indexes(const Records& records, std::span<const IndexedField> fields, Clock& clock, std::int64_t budget_microseconds) {
    constexpr RowIndex rows_at_once = 1000;
    SliceTimer timer(clock, budget_microseconds);
    for (const IndexedField& each : fields) {
        if (!records.has_table(each.object)) continue;
        SearchedTexts texts = searched_texts(records, each.object, each.field, rows_at_once);
        while (texts.column->size() < records.table(each.object).row_count()) {
            if (timer.is_over()) return false;
            texts = searched_texts(records, each.object, each.field, rows_at_once);
        }
        TextIndex& index = text_index(records, each.object, each.field);
        while (!index.prepare(*texts.column, texts.revision, rows_at_once, each.words) || (each.ranks && !index.prepare_ranks(*texts.column, texts.revision, rows_at_once)))
            if (timer.is_over()) return false;
    }
    return true;
}

std::size_t query_cache_bytes(const Records& records) {
    const std::shared_ptr<void>& slot = records.query_cache();
    if (!slot) return 0;
    std::size_t bytes = 0;
    for (const auto& [key, index] : static_cast<const QueryCache*>(slot.get())->texts) bytes += index->bytes();
    for (const auto& [key, numbers] : static_cast<const QueryCache*>(slot.get())->numbers) bytes += numbers.texts.bytes();
    return bytes + static_cast<const QueryCache*>(slot.get())->groups.bytes();
}

KeptGroups& kept_groups(const Records& records) { return cache_of(records).groups; }
std::shared_ptr<void>& match_index_slot(const Records& records) { return cache_of(records).matching; }

}  // namespace outpost
