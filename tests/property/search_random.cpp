// The global search against one that looks at every record, field by field, in plain loops; records change between keys.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/near_word.h"
#include "core/query/fold.h"
#include "core/query/global_search.h"
#include "core/query/text_index.h"
#include "tests/support/ports.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;
namespace so = standard_object;

namespace {

std::string digits_of(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits;
}

bool is_phone(std::string_view text) {
    return digits_of(text).size() >= 3 && text.find_first_not_of("0123456789 +-()./") == std::string_view::npos;
}

bool is_part(char c) { return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

SearchFit plain_fit(const std::string& folded, const std::string& needle) {
    if (folded == needle) return SearchFit::Exact;
    if (folded.starts_with(needle)) return SearchFit::Prefix;
    for (std::size_t at = 1; at + needle.size() <= folded.size(); ++at)
        if (!is_part(folded[at - 1]) && folded.compare(at, needle.size(), needle) == 0) return SearchFit::WordPrefix;
    return SearchFit::Substring;
}

class PlainSearch {
public:
    PlainSearch(const std::string& typed, const Records& records, const SearchOptions& options)
        : records_(records), mode_(has_accents(typed) ? FoldMode::Case : FoldMode::Search), needle_(fold_text(mode_, typed)), phone_(is_phone(typed) ? digits_of(typed) : "") {
        for (const std::string_view word : split(needle_, ' '))
            if (!word.empty() && words_.size() < 8 && std::ranges::find(words_, word) == words_.end()) words_.emplace_back(word);
        for (const ObjectIndex index : records.schema().objects())
            if (records.has_table(index) && (options.object == no_object ? !records.schema().object(index).hidden : index == options.object)) objects_.push_back(index);
    }

    std::vector<SearchHit> run(const SearchOptions& options) {
        for_each_record([&](RecordRef record, const Object& object) { find_whole(record, object); });
        std::vector<std::vector<std::string>> wanted;
        for (const std::string& word : words_) wanted.push_back({word});
        if (words_.size() > 1) for_each_record([&](RecordRef record, const Object& object) { find_words(record, object, SearchFit::Words, wanted); });
        if (found_.size() < 3) {
            bool any = false;
            for (std::vector<std::string>& each : wanted) add_near(each), any = any || each.size() > 1;
            if (any) for_each_record([&](RecordRef record, const Object& object) { find_words(record, object, SearchFit::Near, wanted); });
        }
        std::ranges::sort(found_, {}, [](const Found& each) { return std::tuple(each.hit.fit, each.done, each.other_field, each.length, number(each.hit.record.object), each.hit.record.row); });
        std::vector<SearchHit> hits;
        for (const Found& each : found_)
            if (hits.size() < options.limit && each.hit.fit <= options.worst) hits.push_back(each.hit);
        return hits;
    }

private:
    struct Found { SearchHit hit; bool done, other_field; std::size_t length; };

    template <typename Visit>
    void for_each_record(Visit visit) {
        for (const ObjectIndex index : objects_)
            for (RowIndex row = 0; row < records_.table(index).row_count(); ++row)
                if (records_.table(index).is_live(row)) visit(RecordRef{index, row}, records_.schema().object(index));
    }

    bool is_text(const Object& object, FieldIndex field) const { return records_.table(object.index).column(field).kind() == ColumnKind::Text; }

    void add(RecordRef record, FieldIndex field, SearchFit fit, bool other_field, std::size_t length) {
        for (const Found& each : found_)
            if (each.hit.record == record) return;
        const bool done = record.object == so::lead && std::get<bool>(records_.value(record, lead_field::is_converted));
        found_.push_back({{record, field, fit}, done, other_field, length});
    }

    void find_whole(RecordRef record, const Object& object) {
        bool first = true;
        for (const FieldIndex field : search_fields(object)) {
            const bool other = !std::exchange(first, false);
            if (!is_text(object, field) && object.field(field).type != FieldType::AutoNumber) continue;
            const std::string text = records_.value_text(record, field);
            if (text.empty()) continue;
            if (object.field(field).type == FieldType::Phone && !phone_.empty()) {
                const std::string digits = digits_of(text);
                if (digits.find(phone_) == std::string::npos) continue;
                return add(record, field, digits == phone_ ? SearchFit::Exact : digits.starts_with(phone_) ? SearchFit::Prefix : SearchFit::Substring, other, digits.size());
            }
            const std::string folded = fold_text(mode_, text);
            if (folded.find(needle_) != std::string::npos) return add(record, field, plain_fit(folded, needle_), other, text.size());
        }
    }

    bool holds(RecordRef record, FieldIndex field, const std::vector<std::string>& any) const {
        const std::string folded = fold_text(mode_, records_.value_text(record, field));
        return std::ranges::any_of(any, [&](const std::string& word) { return folded.find(word) != std::string::npos; });
    }

    void find_words(RecordRef record, const Object& object, SearchFit fit, const std::vector<std::vector<std::string>>& wanted) {
        bool in_name = true;
        for (const std::vector<std::string>& any : wanted) {
            const bool named = is_text(object, object.name_field) && holds(record, object.name_field, any);
            in_name = in_name && named;
            bool found = named;
            for (const FieldIndex field : search_fields(object)) found = found || (is_text(object, field) && holds(record, field, any));
            for (const Field& field : object.fields) {
                if (found || object.index == so::account || field.deleted || field.hidden || !field.is_lookup() || field.reference_to != std::vector<ObjectIndex>{so::account}) continue;
                const Value value = records_.value(record, field.index);
                const auto* account = std::get_if<RecordRef>(&value);
                found = account && records_.table(so::account).is_live(account->row) && holds(*account, system_field::name, any);
            }
            if (!found) return;
        }
        add(record, object.name_field, fit, !in_name, records_.display_name(record).size());
    }

    void add_near(std::vector<std::string>& near) const {
        NearWord typed(near[0]);
        const unsigned most = typed.length() < 4 ? 0 : typed.length() < 8 ? 1 : 2;
        if (most == 0 || !digits_of(near[0]).empty()) return;
        std::vector<std::pair<unsigned, std::string>> candidates;
        for (const ObjectIndex index : objects_) {
            const Object& object = records_.schema().object(index);
            for (const FieldIndex field : search_fields(object)) {
                if (!is_text(object, field) || (field != object.name_field && object.field(field).name != "Company")) continue;
                for (RowIndex row = 0; row < records_.table(index).row_count(); ++row)
                    for_each_word(fold_text(FoldMode::Search, records_.value_text({index, row}, field)), [&](std::string_view word) {
                        if (word.size() < 3) return;
                        if (const auto distance = typed.prefix_distance(word, most)) candidates.emplace_back(*distance, word);
                    });
            }
        }
        std::ranges::sort(candidates);
        for (const auto& [distance, word] : candidates)
            if (near.size() <= 8 && std::ranges::find(near, word) == near.end()) near.push_back(word);
    }

    const Records& records_;
    FoldMode mode_;
    std::string needle_, phone_;
    std::vector<std::string> words_;
    std::vector<ObjectIndex> objects_;
    std::vector<Found> found_;
};

constexpr std::string_view first_names[] = {"Ann", "Zoë", "José", "JOSE", "Łukasz", "Hannah", "hanna", "李雷", "王小明", "O'Brien", "Straße", "Anna-Lena", "a", "Bo"};
constexpr std::string_view last_names[] = {"Lee", "Müller", "Muller", "Singh", "Sing", "Nguyễn", "García", "Lindqvist", "Łódź", "of", "S.A.", "x@y", "7"};
constexpr std::string_view companies[] = {"Acme", "ACME Foods", "Nimbus Trading", "北京贸易", "深圳星辰科技", "Élan", "Big Acme Holding", "Nimbus", "harbor (north)"};
constexpr std::string_view signs[] = {"", " ", "@", ".", "-", "+", "(", "é", "́", "ß", "京", "#", "/"};

std::string some_person(Dice& dice) {
    return std::string(dice.pick(first_names)) + (dice.one_in(6) ? "" : " ") + std::string(dice.pick(last_names)) + (dice.one_in(3) ? " " + std::to_string(dice.below(30)) : "");
}

std::string some_company(Dice& dice) { return std::string(dice.pick(companies)) + (dice.one_in(2) ? " " + std::string(dice.pick(last_names)) : ""); }

std::string some_phone(Dice& dice) {
    std::string phone = dice.one_in(2) ? "+49 (30) " : "0";
    for (std::uint32_t i = 4 + dice.below(5); i > 0; --i) phone += (dice.one_in(4) ? "-" : "") + std::to_string(dice.below(4));
    return phone;
}

void change_record(Dice& dice, Records& records, ObjectIndex object, RowIndex row) {
    const auto put = [&](FieldIndex field, const std::string& text) { set(records, object, row, field, text.empty() ? Value() : Value(text)); };
    const bool company = object == so::account || object == so::opportunity;
    put(system_field::name, dice.one_in(15) ? "" : company ? some_company(dice) : some_person(dice));
    if (object == so::account) {
        put(account_field::phone, dice.one_in(3) ? some_phone(dice) : "");
        records.mutable_table(object).mutable_column(account_field::number_of_employees).mutable_int64()[row] = dice.one_in(3) ? null_decimal : dice.below(300);
    }
    const auto some_account = [&]() -> Value { return dice.one_in(3) ? Value() : Value(RecordRef{so::account, dice.below(records.table(so::account).row_count())}); };
    if (object == so::opportunity) set(records, object, row, opportunity_field::account, some_account());
    if (object == so::contact) {
        set(records, object, row, contact_field::account, some_account());
        put(contact_field::email, dice.one_in(2) ? std::string(dice.pick(last_names)) + "@acme" + std::to_string(dice.below(9)) + ".example" : "");
        put(contact_field::phone, dice.one_in(2) ? some_phone(dice) : "");
    }
    if (object == so::lead) {
        put(lead_field::company, dice.one_in(4) ? "" : some_company(dice));
        put(lead_field::phone, dice.one_in(2) ? some_phone(dice) : "");
        set(records, object, row, lead_field::is_converted, dice.one_in(5));
    }
    records.mutable_table(object).set_state(row, dice.one_in(9) ? RowState::Deleted : RowState::Live);
}

constexpr ObjectIndex searched_objects[] = {so::account, so::contact, so::lead, so::opportunity};

void change_some(Dice& dice, Records& records) {
    const ObjectIndex object = dice.pick(searched_objects);
    if (dice.one_in(3)) add_rows(records, object, 1 + dice.below(70));
    for (std::uint32_t i = dice.below(6); i > 0; --i) change_record(dice, records, object, dice.below(records.table(object).row_count()));
}

std::string wrong_letter(Dice& dice, std::string text) {
    if (text.size() < 2) return text;
    const std::size_t at = dice.below(static_cast<std::uint32_t>(text.size() - 1));
    if (static_cast<unsigned char>(text[at]) >= 0x80 || static_cast<unsigned char>(text[at + 1]) >= 0x80) return text;
    switch (dice.below(3)) {
        case 0: std::swap(text[at], text[at + 1]); break;
        case 1: text.erase(at, 1); break;
        default: text[at] = 'e';
    }
    return text;
}

std::string some_needle(Dice& dice) {
    std::string text;
    switch (dice.below(6)) {
        case 0: text = some_person(dice); break;
        case 1: text = some_company(dice); break;
        case 2: text = some_phone(dice); break;
        case 3: text = std::string(dice.pick(last_names)) + " " + std::string(dice.pick(companies)); break;
        case 4: text = std::string(dice.pick(signs)) + std::string(dice.pick(first_names)); break;
        default: text = "SV-0" + std::to_string(dice.below(30));
    }
    return dice.one_in(3) ? wrong_letter(dice, text) : text;
}

// As it is typed: every beginning that is whole letters.
std::vector<std::string> keys_of(const std::string& text) {
    std::vector<std::string> keys;
    for (std::size_t end = 1; end <= text.size(); ++end)
        if (end == text.size() || (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80) keys.push_back(text.substr(0, end));
    return keys;
}

std::string shown(const std::vector<SearchHit>& hits, const Records& records) {
    std::string out;
    for (const SearchHit& hit : hits)
        out += records.schema().object(hit.record.object).name + " " + std::to_string(hit.record.row) + " " + records.display_name(hit.record) + " field " + std::to_string(number(hit.field)) + " fit " + std::to_string(static_cast<int>(hit.fit)) + "\n";
    return out;
}

}  // namespace

TEST_CASE("search: equals a plain look at every record, key by key, while records change") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Dice dice(seed);
        Records records;
        Field& number = mutable_field(records, so::account, account_field::number_of_employees);
        number.type = FieldType::AutoNumber;
        number.display_format = "SV-{000}";
        for (const ObjectIndex object : searched_objects) {
            add_rows(records, object, 100 + dice.below(150));
            for (RowIndex row = 0; row < records.table(object).row_count(); ++row) change_record(dice, records, object, row);
        }
        outpost::testing::FakeClock clock;
        for (int round = 0; round < 14; ++round) {
            for (const std::string& key : keys_of(some_needle(dice))) {
                if (dice.one_in(6)) change_some(dice, records);
                if (dice.one_in(4)) (void)prepare_search(records, clock, static_cast<std::int64_t>(dice.below(40)));
                SearchOptions options{.limit = 1 + dice.below(30)};
                if (dice.one_in(8)) options.object = dice.pick(searched_objects);
                if (dice.one_in(4)) options.worst = SearchFit::Words;
                const std::string typed(trim(key));
                if (typed.empty()) continue;
                CAPTURE(seed);
                CAPTURE(key);
                CHECK(shown(search_records(key, records, options), records) == shown(PlainSearch(typed, records, options).run(options), records));
            }
        }
    }
}
