#include "core/query/global_search.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/search_best.h"
#include "core/query/search_near.h"
#include "core/query/search_needle.h"
#include "core/query/text_index.h"
#include "core/query/text_match.h"

namespace outpost {

namespace {

constexpr std::size_t near_below = 3;       // found this few: mistyped words are tried
constexpr std::size_t block_words = 32;     // of 64 rows, looked at together

// Names and companies: where people mistype. E-mails and numbers are found as they are.
bool holds_words(const Object& object, FieldIndex field) { return field == object.name_field || equals_ignoring_ascii_case(object.field(field).name, "Company"); }

struct SearchedColumn {
    FieldIndex field;
    bool is_first, is_text, is_phone, holds_words;   // is_text: and no auto-number
    const TextColumn* texts;
    TextIndex* index;
    std::uint64_t revision;
};

struct SearchedTable {
    const Object* object;
    const Table* table;
    std::vector<SearchedColumn> columns;
};

using Variants = std::vector<TextMatch>;   // any of which stands for a typed word
using Rows = std::vector<std::uint64_t>;   // a bit each

// A record counts once, by the first of its fields that fits. Which that is, is found out only for those that would get among
// the best.
class Search {
public:
    Search(std::string_view typed, const Records& records, const std::vector<ObjectIndex>& objects, const SearchOptions& options)
        : records_(records), needle_(typed), best_(std::max<std::size_t>(options.limit, near_below)), worst_(options.worst) {
        for (const ObjectIndex index : objects) {
            if (records.has_table(index) && records.table(index).row_count() > 0) add_table(records.schema().object(index));
        }
    }

    std::vector<SearchHit> run(std::uint32_t limit) {
        for (const bool first : {true, false})
            for (const SearchedTable& table : tables_)
                for (const SearchedColumn& column : table.columns)
                    if (column.is_first == first) column.is_phone && needle_.is_phone() ? add_phones(table, column) : add_beginnings(table, column);
        if (needle_.words().size() > 1 && worst_ >= SearchFit::Words && !best_.is_settled(SearchFit::WordPrefix)) add_words(SearchFit::Words, wanted_words());
        if (worst_ >= SearchFit::Substring && !best_.is_settled(SearchFit::Words)) {
            // Names first: what stands in one turns away all other fields.
            for (const bool first : {true, false})
                for (const SearchedTable& table : tables_)
                    for (const SearchedColumn& column : table.columns)
                        if (column.is_first == first && (!column.is_phone || !needle_.is_phone())) add_substrings(table, column);
        }
        if (worst_ >= SearchFit::Near && best_.size() < near_below) add_near();
        return best_.take(limit);
    }

private:
    void add_table(const Object& object) {
        SearchedTable& searched = tables_.emplace_back(SearchedTable{&object, &records_.table(object.index), {}});
        bool first = true;
        for (const FieldIndex index : search_fields(object)) {
            const Field& field = object.field(index);
            const bool is_text = searched.table->column(index).kind() == ColumnKind::Text;
            if (is_text || field.type == FieldType::AutoNumber) {
                const SearchedTexts texts = searched_texts(records_, object.index, index);
                TextIndex& text = text_index(records_, object.index, index);
                text.refresh_signatures(*texts.column, texts.revision);
                searched.columns.push_back({index, first, is_text, field.type == FieldType::Phone, is_text && holds_words(object, index), texts.column, &text, texts.revision});
            }
            first = false;
        }
    }

    template <typename Visit>
    static void for_each_row(std::span<const std::uint64_t> words, std::size_t first_word, Visit visit) {
        for (std::size_t word = 0; word < words.size(); ++word)
            for (std::uint64_t bits = words[word]; bits != 0; bits &= bits - 1)
                visit(static_cast<RowIndex>((first_word + word) * TextIndex::rows_a_word + static_cast<std::size_t>(std::countr_zero(bits))));
    }

    // Rows of the column that may hold what is wanted, live and not empty: visit(record, text).
    template <typename Visit>
    static void for_each_candidate(const SearchedTable& table, const SearchedColumn& column, const TextSignature& wanted, Visit visit) {
        std::array<std::uint64_t, block_words> words;
        const std::span<const RowState> states = table.table->states();
        for (std::size_t first = 0; first * TextIndex::rows_a_word < states.size(); first += block_words) {
            column.index->find_candidates(wanted, first, words);
            for_each_row(words, first, [&](RowIndex row) {
                if (states[row] != RowState::Live) return;
                if (const std::string_view text = column.texts->get(row); !text.empty()) visit(RecordRef{table.object->index, row}, text);
            });
        }
    }

    bool is_plain(const SearchedColumn& column, RowIndex row) const { return column.index->is_plain(row, needle_.mode()); }

    bool is_done(RecordRef record) const {
        return record.object == standard_object::lead && records_.table(record.object).column(lead_field::is_converted).flags()[record.row] != 0;
    }

    // Whether the whole needle stands in that field.
    bool fits(const SearchedColumn& column, RowIndex row) const {
        const std::string_view text = column.texts->get(row);
        if (text.empty()) return false;
        if (!column.is_phone || !needle_.is_phone()) return needle_.match().matches(text, is_plain(column, row), column.texts->bytes_after(row));
        std::string digits;
        digits_to(text, digits);
        return digits.find(needle_.digits()) != std::string::npos;
    }

    void offer(const SearchedTable& table, const SearchedColumn& column, RecordRef record, SearchFit fit, std::size_t length) {
        const std::uint32_t rank = BestHits::rank_of(fit, is_done(record), !column.is_first, length);
        if (!best_.takes(rank, record)) return;
        for (const SearchedColumn& before : table.columns) {
            if (&before == &column) break;
            if (fits(before, record.row)) return;
        }
        best_.add(rank, record, column.field);
    }

    void add_beginnings(const SearchedTable& table, const SearchedColumn& column) {
        for_each_candidate(table, column, needle_.beginning(), [&](RecordRef record, std::string_view text) {
            const bool plain = is_plain(column, record.row);
            const auto takes = [&](SearchFit fit) { return best_.takes(BestHits::rank_of(fit, false, !column.is_first, text.size()), record); };
            if (!takes(plain && text.size() != needle_.bytes() ? SearchFit::Prefix : SearchFit::Exact)) return;
            if (const auto fit = needle_.fit_at_start(text, plain)) offer(table, column, record, *fit, text.size());
            else if (takes(SearchFit::WordPrefix) && needle_.begins_word(text, plain, column.texts->bytes_after(record.row))) offer(table, column, record, SearchFit::WordPrefix, text.size());
        });
    }

    void add_substrings(const SearchedTable& table, const SearchedColumn& column) {
        if (!best_.takes(BestHits::rank_of(SearchFit::Substring, false, !column.is_first, 1), {table.object->index, RowIndex{0}})) return;
        for_each_candidate(table, column, needle_.match().signature(), [&](RecordRef record, std::string_view text) {
            if (!best_.takes(BestHits::rank_of(SearchFit::Substring, false, !column.is_first, text.size()), record)) return;
            const bool plain = is_plain(column, record.row);
            // What stands at a beginning was offered as such.
            const std::size_t readable = column.texts->bytes_after(record.row);
            if (needle_.match().matches(text, plain, readable) && !needle_.fit_at_start(text, plain) && !needle_.begins_word(text, plain, readable)) offer(table, column, record, SearchFit::Substring, text.size());
        });
    }

    void add_phones(const SearchedTable& table, const SearchedColumn& column) {
        std::string digits;
        for_each_candidate(table, column, needle_.digits_signature(), [&](RecordRef record, std::string_view text) {
            digits_to(text, digits);
            const std::size_t at = digits.find(needle_.digits());
            if (at == std::string::npos) return;
            const SearchFit fit = at != 0 ? SearchFit::Substring : digits.size() == needle_.digits().size() ? SearchFit::Exact : SearchFit::Prefix;
            if (fit <= worst_) offer(table, column, record, fit, digits.size());
        });
    }

    // --- several words, mistyped words

    std::vector<Variants> wanted_words() const {
        std::vector<Variants> wanted;
        for (const std::string& word : needle_.words()) wanted.push_back({TextMatch::contains(word, needle_.mode())});
        return wanted;
    }

    void add_near() {
        std::vector<const TextIndex*> indexes;
        for (const SearchedTable& table : tables_) {
            for (const SearchedColumn& column : table.columns) {
                if (!column.holds_words) continue;
                column.index->refresh_words(*column.texts, column.revision);
                indexes.push_back(column.index);
            }
        }
        std::vector<Variants> wanted;
        bool any = false;
        for (const std::string& word : needle_.words()) {
            Variants& variants = wanted.emplace_back();
            for (const std::string& near : near_words(word, indexes)) variants.push_back(TextMatch::contains(near, needle_.mode()));
            any = any || variants.size() > 1;
        }
        if (any) add_words(SearchFit::Near, wanted);
    }

    static void find_any(const TextIndex& index, const Variants& variants, std::size_t first, std::span<std::uint64_t> found) {
        std::array<std::uint64_t, block_words> words;
        const std::span<std::uint64_t> part(words.data(), found.size());
        for (const TextMatch& variant : variants) {
            index.find_candidates(variant.signature(), first, part);
            for (std::size_t i = 0; i < found.size(); ++i) found[i] |= part[i];
        }
    }

    static bool holds_any(std::string_view text, bool plain, const Variants& variants) {
        return std::ranges::any_of(variants, [&](const TextMatch& variant) { return variant.matches(text, plain); });
    }

    // Accounts whose names may hold each word, for the contacts, opportunities and the like that belong to them.
    struct Accounts {
        const Table* table = nullptr;
        const TextIndex* index = nullptr;
        std::vector<Rows> by_word;

        bool may_hold(RowIndex row, std::size_t word) const { return row < table->row_count() && (by_word[word][row / TextIndex::rows_a_word] >> (row % TextIndex::rows_a_word) & 1) != 0; }
    };

    Accounts accounts_with(const std::vector<Variants>& wanted) const {
        Accounts accounts;
        if (!records_.has_table(standard_object::account)) return accounts;
        accounts.table = &records_.table(standard_object::account);
        TextIndex& index = text_index(records_, standard_object::account, system_field::name);
        index.refresh_signatures(accounts.table->column(system_field::name).texts(), accounts.table->column_revision(system_field::name));
        accounts.index = &index;
        for (const Variants& variants : wanted) {
            Rows& rows = accounts.by_word.emplace_back((accounts.table->row_count() + TextIndex::rows_a_word - 1) / TextIndex::rows_a_word);
            for (std::size_t first = 0; first < rows.size(); first += block_words) find_any(index, variants, first, std::span(rows).subspan(first, std::min(block_words, rows.size() - first)));
        }
        return accounts;
    }

    // The columns that lead from a record to an account.
    static std::vector<std::span<const RowIndex>> account_columns(const Object& object, const Table& table) {
        std::vector<std::span<const RowIndex>> columns;
        if (object.index == standard_object::account) return columns;
        for (const Field& field : object.fields) {
            if (field.deleted || field.hidden || !field.is_lookup() || field.reference_to.size() != 1 || field.reference_to[0] != standard_object::account) continue;
            if (const Column& column = table.column(field.index); column.kind() == ColumnKind::Row) columns.push_back(column.rows());
        }
        return columns;
    }

    void add_words(SearchFit fit, const std::vector<Variants>& wanted) {
        const Accounts accounts = accounts_with(wanted);
        for (const SearchedTable& table : tables_) {
            const auto parents = accounts.table ? account_columns(*table.object, *table.table) : std::vector<std::span<const RowIndex>>();
            const std::size_t row_count = table.table->row_count();
            std::array<std::uint64_t, block_words> candidates, found;
            for (std::size_t first = 0; first * TextIndex::rows_a_word < row_count; first += block_words) {
                for (std::size_t word = 0; word < wanted.size(); ++word) {
                    found.fill(0);
                    for (const SearchedColumn& column : table.columns)
                        if (column.is_text) find_any(*column.index, wanted[word], first, found);
                    if (!parents.empty()) {
                        std::array<std::uint64_t, block_words> missing;
                        for (std::size_t i = 0; i < block_words; ++i) missing[i] = (word == 0 ? ~0ull : candidates[i]) & ~found[i];
                        for_each_row(missing, first, [&](RowIndex row) {
                            if (row < row_count && std::ranges::any_of(parents, [&](const auto& targets) { return accounts.may_hold(targets[row], word); }))
                                found[row / TextIndex::rows_a_word - first] |= 1ull << (row % TextIndex::rows_a_word);
                        });
                    }
                    for (std::size_t i = 0; i < block_words; ++i) candidates[i] = word == 0 ? found[i] : candidates[i] & found[i];
                    if (std::ranges::all_of(candidates, [](std::uint64_t bits) { return bits == 0; })) break;
                }
                for_each_row(candidates, first, [&](RowIndex row) { offer_words(table, row, fit, wanted, accounts, parents); });
            }
        }
    }

    void offer_words(const SearchedTable& table, RowIndex row, SearchFit fit, const std::vector<Variants>& wanted, const Accounts& accounts,
                     const std::vector<std::span<const RowIndex>>& parents) {
        const RecordRef record{table.object->index, row};
        if (!table.table->is_live(row)) return;
        const bool has_name = table.object->has_field(table.object->name_field), text_name = has_name && !table.columns.empty() && table.columns[0].is_first && table.columns[0].is_text;
        const std::size_t length = text_name ? table.columns[0].texts->get(row).size() : records_.display_name(record).size();
        if (!best_.takes(BestHits::rank_of(fit, false, false, length), record)) return;
        bool all_in_name = has_name, all_in_fields = true;
        for (std::size_t word = 0; word < wanted.size(); ++word) {
            const SearchedColumn* holder = nullptr;
            for (const SearchedColumn& column : table.columns) {
                if (!column.is_text || !holds_any(column.texts->get(row), is_plain(column, row), wanted[word])) continue;
                holder = &column;
                break;
            }
            all_in_name = all_in_name && holder && holder->field == table.object->name_field;
            if (holder) continue;
            all_in_fields = false;
            const bool in_account = std::ranges::any_of(parents, [&](const auto& targets) {
                const RowIndex account = targets[row];
                return accounts.may_hold(account, word) && accounts.table->is_live(account) &&
                       holds_any(accounts.table->column(system_field::name).text(account), accounts.index->is_plain(account, needle_.mode()), wanted[word]);
            });
            if (!in_account) return;
        }
        const std::uint32_t rank = BestHits::rank_of(fit, is_done(record), !all_in_name && (has_name || !all_in_fields), length);
        if (!best_.takes(rank, record)) return;
        // Found before: as a whole, or word by word without mistakes.
        if (fit == SearchFit::Near ? best_.holds(record) : std::ranges::any_of(table.columns, [&](const SearchedColumn& column) { return fits(column, row); })) return;
        best_.add(rank, record, table.object->name_field);
    }

    const Records& records_;
    SearchNeedle needle_;
    BestHits best_;
    SearchFit worst_;
    std::vector<SearchedTable> tables_;
};

}  // namespace

bool prepare_search(const Records& records, Clock& clock, std::int64_t budget_microseconds) {
    std::vector<IndexedField> fields;
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        if (object.hidden || !records.has_table(index)) continue;
        for (const FieldIndex field : search_fields(object)) {
            const bool is_text = records.table(index).column(field).kind() == ColumnKind::Text;
            if (is_text || object.field(field).type == FieldType::AutoNumber) fields.push_back({index, field, is_text && holds_words(object, field)});
        }
    }
    return prepare_text_indexes(records, fields, clock, budget_microseconds);
}

std::vector<FieldIndex> search_fields(const Object& object) {
    std::vector<FieldIndex> fields;
    const auto add = [&](FieldIndex field) {
        if (object.has_field(field) && std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    };
    add(object.name_field);
    // Who looks for a record that is named by a number knows it by its title.
    bool has_title = !object.has_field(object.name_field) || object.field(object.name_field).type != FieldType::AutoNumber;
    for (const Field& field : object.fields) {
        if (field.deleted || field.hidden) continue;
        const bool title = !has_title && !field.system && field.type == FieldType::Text;
        has_title = has_title || title;
        const bool contact = field.type == FieldType::Email || field.type == FieldType::Phone || field.type == FieldType::AutoNumber;
        const bool named = field.external_id || equals_ignoring_ascii_case(field.name, "Company") || equals_ignoring_ascii_case(field.name, "AccountNumber") ||
                           equals_ignoring_ascii_case(field.name, "ProductCode");
        if (contact || title || (named && field.column_kind() == ColumnKind::Text)) add(field.index);
    }
    return fields;
}

std::vector<SearchHit> search_records(std::string_view text, const Records& records, SearchOptions options) {
    const std::string_view typed = trim(text);
    if (typed.empty() || options.limit == 0) return {};
    std::vector<ObjectIndex> objects;
    for (const ObjectIndex index : records.schema().objects()) {
        if (options.object == no_object ? !records.schema().object(index).hidden : index == options.object) objects.push_back(index);
    }
    return Search(typed, records, objects, options).run(options.limit);
}

}  // namespace outpost
