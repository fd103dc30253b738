#include "core/query/global_search.h"

#include <algorithm>
#include <map>

#include "core/base/job.h"
#include "core/base/near_word.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/access.h"
#include "core/query/filter.h"
#include "core/query/fold.h"
#include "core/query/text_index.h"
#include "core/query/text_match.h"

namespace outpost {

namespace {

constexpr std::size_t phone_digits_min = 3;
constexpr std::size_t words_max = 8;        // a bit each
constexpr std::size_t near_below = 3;       // found this few: mistyped words are tried
constexpr std::size_t near_words_max = 8;   // that a typed word may stand for

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

// A phone as people type it: digits, blanks and + - ( ) . / only.
bool looks_like_phone(std::string_view text) {
    return digits_of(text).size() >= phone_digits_min &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || std::string_view(" +-()./").find(c) != std::string_view::npos; });
}

bool is_word_part(unsigned char c) { return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

SearchFit fit_of(std::string_view folded, std::string_view needle) {
    if (folded == needle) return SearchFit::Exact;
    if (folded.starts_with(needle)) return SearchFit::Prefix;
    for (std::size_t at = folded.find(needle); at != std::string_view::npos; at = folded.find(needle, at + 1)) {
        if (at > 0 && !is_word_part(static_cast<unsigned char>(folded[at - 1]))) return SearchFit::WordPrefix;
    }
    return SearchFit::Substring;
}

struct Ranked {
    SearchHit hit;
    std::uint32_t length;     // of the text: the shorter it is, the more of it was typed
    std::uint32_t field_order;
    bool done;                // a converted lead: it lives on as the contact, which comes before it
};

bool is_better(const Ranked& a, const Ranked& b) {
    if (a.hit.fit != b.hit.fit) return a.hit.fit < b.hit.fit;
    if (a.done != b.done) return b.done;
    if (a.field_order != b.field_order && (a.field_order == 0 || b.field_order == 0)) return a.field_order == 0;
    if (a.length != b.length) return a.length < b.length;
    if (a.hit.record.object != b.hit.record.object) return number(a.hit.record.object) < number(b.hit.record.object);
    return a.hit.record.row < b.hit.record.row;
}

// Names and companies: where people mistype. E-mails and numbers are found as they are.
bool holds_words(const Object& object, FieldIndex field) { return field == object.name_field || equals_ignoring_ascii_case(object.field(field).name, "Company"); }

// Letters that may be wrong in a word of this many.
unsigned mistakes_in(std::size_t letters) { return letters < 4 ? 0 : letters < 8 ? 1 : 2; }

// Each row's typed words, a bit each.
using Marks = std::vector<std::uint8_t>;

class Search {
public:
    Search(std::string_view text, const Records& records)
        : records_(records), mode_(has_accents(text) ? FoldMode::Case : FoldMode::Search), needle_(fold_text(mode_, text)), match_(TextMatch::contains(text, mode_)),
          phone_(looks_like_phone(text) ? digits_of(text) : std::string()) {
        for (const std::string_view word : split(needle_, ' ')) {
            if (!word.empty() && words_.size() < words_max && std::ranges::find(words_, word) == words_.end()) words_.emplace_back(word);
        }
    }

    void search_all(const std::vector<ObjectIndex>& objects) {
        for (const ObjectIndex object : objects) search(records_.schema().object(object));
        if (words_.size() > 1) search_words(objects, SearchFit::Words, wanted_words());
        if (ranked_.size() >= near_below) return;
        const std::vector<std::vector<std::string>> near = near_words(objects);
        if (!near.empty()) search_words(objects, SearchFit::Near, near);
    }

    std::vector<SearchHit> best(std::uint32_t limit) {
        const auto end = ranked_.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, ranked_.size()));
        std::partial_sort(ranked_.begin(), end, ranked_.end(), is_better);
        std::vector<SearchHit> hits;
        for (auto at = ranked_.begin(); at != end; ++at) hits.push_back(at->hit);
        return hits;
    }

private:
    void search(const Object& object) {
        if (!records_.has_table(object.index)) return;
        const Table& table = records_.table(object.index);
        std::vector<std::uint8_t>& found = found_[object.index];  // a record is found once, by its first fitting field
        found.resize(table.row_count(), 0);
        std::uint32_t order = 0;
        for (const FieldIndex index : search_fields(object)) {
            const Field& field = object.field(index);
            const Column& column = table.column(index);
            if (column.kind() == ColumnKind::Text && field.type == FieldType::Phone && !phone_.empty()) {
                search_phones(object, index, table, column.texts(), found, order);
            } else if (column.kind() == ColumnKind::Text) {
                search_texts(object, index, table, column.texts(), found, order);
            } else if (field.type == FieldType::AutoNumber) {
                search_numbers(object, index, table, found, order);
            }
            ++order;
        }
    }

    void add(const Object& object, FieldIndex field, RowIndex row, std::vector<std::uint8_t>& found, SearchFit fit, std::size_t length, std::uint32_t order) {
        if (found[row] != 0) return;
        found[row] = 1;
        const bool done = object.index == standard_object::lead && records_.table(object.index).column(lead_field::is_converted).flags()[row] != 0;
        ranked_.push_back({{{object.index, row}, field, fit}, static_cast<std::uint32_t>(length), order, done});
    }

    void search_texts(const Object& object, FieldIndex field, const Table& table, const TextColumn& column, std::vector<std::uint8_t>& found, std::uint32_t order) {
        TextIndex& index = text_index(records_, object.index, field);
        index.refresh_signatures(column, table.column_revision(field));
        const TextSignature wanted = match_.signature();
        std::string folded;
        for (RowIndex row = 0; row < column.size(); ++row) {
            if ((index.low()[row] & wanted.low) != wanted.low || (index.high()[row] & wanted.high) != wanted.high) continue;
            const std::string_view text = column.get(row);
            if (text.empty() || !table.is_live(row) || !match_.matches(text, (index.high()[row] & match_.fold_bit()) == 0)) continue;
            fold_to(mode_, text, folded);
            add(object, field, row, found, fit_of(folded, needle_), text.size(), order);
        }
    }

    void search_phones(const Object& object, FieldIndex field, const Table& table, const TextColumn& column, std::vector<std::uint8_t>& found, std::uint32_t order) {
        for (RowIndex row = 0; row < column.size(); ++row) {
            if (column.get(row).empty() || !table.is_live(row)) continue;
            const std::string digits = digits_of(column.get(row));
            if (digits.find(phone_) == std::string::npos) continue;
            const SearchFit fit = digits == phone_ ? SearchFit::Exact : digits.starts_with(phone_) ? SearchFit::Prefix : SearchFit::Substring;
            add(object, field, row, found, fit, digits.size(), order);
        }
    }

    void search_numbers(const Object& object, FieldIndex field, const Table& table, std::vector<std::uint8_t>& found, std::uint32_t order) {
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            if (!table.is_live(row)) continue;
            const std::string folded = fold_text(mode_, records_.value_text({object.index, row}, field));
            if (folded.find(needle_) == std::string::npos) continue;
            add(object, field, row, found, fit_of(folded, needle_), folded.size(), order);
        }
    }

    // --- several words, mistyped words

    std::vector<std::vector<std::string>> wanted_words() const {
        std::vector<std::vector<std::string>> wanted;
        for (const std::string& word : words_) wanted.push_back({word});
        return wanted;
    }

    // What each word may have been meant to be, itself first; nothing when no other word is near.
    std::vector<std::vector<std::string>> near_words(const std::vector<ObjectIndex>& objects) const {
        std::vector<std::vector<std::string>> near = wanted_words();
        bool any = false;
        for (std::size_t i = 0; i < words_.size(); ++i) {
            NearWord typed(words_[i]);
            const unsigned most = mistakes_in(typed.length());
            if (most == 0 || !digits_of(words_[i]).empty()) continue;
            std::vector<std::pair<unsigned, std::string_view>> candidates;
            for (const ObjectIndex index : objects) {
                const Object& object = records_.schema().object(index);
                for (const FieldIndex field : search_fields(object)) {
                    if (!is_worded(object, field)) continue;
                    const Table& table = records_.table(index);
                    TextIndex& text = text_index(records_, index, field);
                    text.refresh_words(table.column(field).texts(), table.column_revision(field));
                    for (const std::string& word : text.words()) {
                        if (const auto distance = typed.prefix_distance(word, most)) candidates.emplace_back(*distance, word);
                    }
                }
            }
            std::ranges::sort(candidates);
            for (const auto& [distance, word] : candidates) {
                if (near[i].size() > near_words_max) break;
                if (std::ranges::find(near[i], word) == near[i].end()) near[i].emplace_back(word);
            }
            any = any || near[i].size() > 1;
        }
        return any ? near : std::vector<std::vector<std::string>>();
    }

    bool is_worded(const Object& object, FieldIndex field) const {
        return records_.has_table(object.index) && records_.table(object.index).column(field).kind() == ColumnKind::Text && holds_words(object, field);
    }

    void search_words(const std::vector<ObjectIndex>& objects, SearchFit fit, const std::vector<std::vector<std::string>>& wanted) {
        const auto all = static_cast<std::uint8_t>((1u << wanted.size()) - 1);
        Marks accounts;
        if (records_.has_table(standard_object::account)) {
            const Table& table = records_.table(standard_object::account);
            mark(records_.schema().object(standard_object::account), system_field::name, wanted, accounts);
            for (RowIndex row = 0; row < table.row_count(); ++row) {
                if (!table.is_live(row)) accounts[row] = 0;
            }
        }
        for (const ObjectIndex index : objects) {
            if (!records_.has_table(index)) continue;
            const Object& object = records_.schema().object(index);
            const Table& table = records_.table(index);
            Marks marks(table.row_count(), 0);
            std::uint32_t order = 0;
            const auto take_full = [&] {
                for (RowIndex row = 0; row < table.row_count(); ++row) {
                    if (marks[row] == all && table.is_live(row))
                        add(object, object.name_field, row, found_[index], fit, records_.display_name({index, row}).size(), order);
                }
                ++order;
            };
            for (const FieldIndex field : search_fields(object)) {
                mark(object, field, wanted, marks);
                if (field == object.name_field) take_full();  // all in the name: before those in several fields
            }
            take_full();
            if (accounts.empty() || !mark_parents(object, table, accounts, marks)) continue;
            take_full();
        }
    }

    void mark(const Object& object, FieldIndex field, const std::vector<std::vector<std::string>>& wanted, Marks& marks) const {
        const Table& table = records_.table(object.index);
        marks.resize(table.row_count(), 0);
        if (table.column(field).kind() != ColumnKind::Text) return;
        const TextColumn& column = table.column(field).texts();
        TextIndex& index = text_index(records_, object.index, field);
        index.refresh_signatures(column, table.column_revision(field));
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto bit = static_cast<std::uint8_t>(1u << i);
            for (const std::string& word : wanted[i]) {
                const TextMatch match = TextMatch::contains(word, mode_);
                const TextSignature signature = match.signature();
                for (RowIndex row = 0; row < column.size(); ++row) {
                    if ((index.low()[row] & signature.low) != signature.low || (index.high()[row] & signature.high) != signature.high) continue;
                    if ((marks[row] & bit) == 0 && match.matches(column.get(row), (index.high()[row] & match.fold_bit()) == 0)) marks[row] |= bit;
                }
            }
        }
    }

    // Adds what an account's name holds to its contacts, opportunities and the like. False: no field leads to accounts.
    bool mark_parents(const Object& object, const Table& table, const Marks& accounts, Marks& marks) const {
        bool any = false;
        if (object.index == standard_object::account) return any;
        for (const Field& field : object.fields) {
            if (field.deleted || field.hidden || !field.is_lookup() || field.reference_to.size() != 1 || field.reference_to[0] != standard_object::account) continue;
            const Column& column = table.column(field.index);
            if (column.kind() != ColumnKind::Row) continue;
            any = true;
            const std::span<const RowIndex> targets = column.rows();
            for (RowIndex row = 0; row < table.row_count(); ++row) {
                if (targets[row] < accounts.size()) marks[row] |= accounts[targets[row]];
            }
        }
        return any;
    }

    const Records& records_;
    FoldMode mode_;
    std::string needle_;
    std::vector<std::string> words_;                        // of the needle, each once
    std::map<ObjectIndex, std::vector<std::uint8_t>> found_;
    TextMatch match_;
    std::string phone_;
    std::vector<Ranked> ranked_;
};

}  // namespace

bool prepare_search(const Records& records, Clock& clock, std::int64_t budget_microseconds) {
    constexpr RowIndex rows_at_once = 1000;
    SliceTimer timer(clock, budget_microseconds);
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        if (object.hidden || !records.has_table(index)) continue;
        for (const FieldIndex field : search_fields(object)) {
            const Column& column = records.table(index).column(field);
            if (column.kind() != ColumnKind::Text) continue;
            while (!text_index(records, index, field).prepare(column.texts(), rows_at_once, holds_words(object, field)))
                if (timer.is_over()) return false;
        }
    }
    return true;
}

std::vector<FieldIndex> search_fields(const Object& object) {
    std::vector<FieldIndex> fields;
    const auto add = [&](FieldIndex field) {
        if (object.has_field(field) && std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    };
    add(object.name_field);
    for (const Field& field : object.fields) {
        if (field.deleted || field.hidden) continue;
        const bool contact = field.type == FieldType::Email || field.type == FieldType::Phone || field.type == FieldType::AutoNumber;
        const bool named = field.external_id || equals_ignoring_ascii_case(field.name, "Company") || equals_ignoring_ascii_case(field.name, "AccountNumber") ||
                           equals_ignoring_ascii_case(field.name, "ProductCode");
        if (contact || (named && field.column_kind() == ColumnKind::Text)) add(field.index);
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
    Search search(typed, records);
    search.search_all(objects);
    return search.best(options.limit);
}

}  // namespace outpost
