#include "core/query/global_search.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/query/access.h"
#include "core/query/filter.h"
#include "core/query/fold.h"
#include "core/query/text_index.h"
#include "core/query/text_match.h"

namespace outpost {

namespace {

constexpr std::size_t phone_digits_min = 3;

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
};

bool is_better(const Ranked& a, const Ranked& b) {
    if (a.hit.fit != b.hit.fit) return a.hit.fit < b.hit.fit;
    if (a.field_order != b.field_order && (a.field_order == 0 || b.field_order == 0)) return a.field_order == 0;
    if (a.length != b.length) return a.length < b.length;
    if (a.hit.record.object != b.hit.record.object) return number(a.hit.record.object) < number(b.hit.record.object);
    return a.hit.record.row < b.hit.record.row;
}

class Search {
public:
    Search(std::string_view text, const Records& records)
        : records_(records), mode_(has_accents(text) ? FoldMode::Case : FoldMode::Search), needle_(fold_text(mode_, text)), match_(TextMatch::contains(text, mode_)),
          phone_(looks_like_phone(text) ? digits_of(text) : std::string()) {}

    void search(const Object& object) {
        if (!records_.has_table(object.index)) return;
        const Table& table = records_.table(object.index);
        std::vector<std::uint8_t> found(table.row_count(), 0);  // a record is found once, by its first fitting field
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

    std::vector<SearchHit> best(std::uint32_t limit) {
        const auto end = ranked_.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(limit, ranked_.size()));
        std::partial_sort(ranked_.begin(), end, ranked_.end(), is_better);
        std::vector<SearchHit> hits;
        for (auto at = ranked_.begin(); at != end; ++at) hits.push_back(at->hit);
        return hits;
    }

private:
    void add(const Object& object, FieldIndex field, RowIndex row, std::vector<std::uint8_t>& found, SearchFit fit, std::size_t length, std::uint32_t order) {
        if (found[row] != 0) return;
        found[row] = 1;
        ranked_.push_back({{{object.index, row}, field, fit}, static_cast<std::uint32_t>(length), order});
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

    const Records& records_;
    FoldMode mode_;
    std::string needle_;
    TextMatch match_;
    std::string phone_;
    std::vector<Ranked> ranked_;
};

}  // namespace

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
    Search search(typed, records);
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        if (options.object == no_object ? !object.hidden : index == options.object) search.search(object);
    }
    return search.best(options.limit);
}

}  // namespace outpost
