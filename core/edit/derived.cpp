#include "core/edit/derived.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

// All rows from `first` on, as if they were listed.
struct RowRange {
    RowIndex first;
    std::size_t count;
    std::size_t size() const { return count; }
    RowIndex operator[](std::size_t i) const { return first + static_cast<RowIndex>(i); }
};

Column& changing(Table& table, FieldIndex field, const RowRange& rows) { return table.mutable_column_from(field, rows.first); }
Column& changing(Table& table, FieldIndex field, std::span<const RowIndex> rows) { return table.mutable_column(field, rows); }

template <typename Rows>
void compose_names(Records& records, ObjectIndex object, const Rows& rows) {
    const auto [first, last] = person_name_fields(object);
    const bool indexed = records.has_current_index(object, system_field::name);
    Table& table = records.mutable_table(object);
    TextColumn& names = changing(table, system_field::name, rows).mutable_texts();
    const TextColumn& first_names = table.column(first).texts();
    const TextColumn& last_names = table.column(last).texts();
    for (std::size_t i = 0; i < rows.size(); ++i)
        names.set(rows[i], compose_person_name(first_names.get(rows[i]), last_names.get(rows[i])));
    if (!indexed) return;
    if constexpr (std::is_same_v<Rows, RowRange>) {
        const FieldIndex fields[] = {system_field::name};
        records.index_new_rows(object, fields, rows.first);
    } else {
        records.index_rows(object, system_field::name, rows);
    }
}

// Amount x percent, halves away from zero, exact; at the scale of the result.
std::int64_t weighted(std::int64_t amount, std::uint8_t amount_scale, std::int64_t percent, std::uint8_t percent_scale,
                      std::uint8_t result_scale) {
    if (amount == null_decimal || percent == null_decimal) return null_decimal;
    constexpr __int128 most = static_cast<__int128>(1) << 122;
    __int128 product = static_cast<__int128>(amount) * percent;
    const int digits = amount_scale + percent_scale + 2 - result_scale;
    for (int i = digits; i < 0; ++i) {
        if (product > most || product < -most) return null_decimal;
        product *= 10;
    }
    __int128 divisor = 1;
    for (int i = 0; i < digits; ++i) divisor *= 10;
    const __int128 half = divisor / 2;
    const __int128 rounded = (product < 0 ? product - half : product + half) / divisor;
    const auto result = static_cast<std::int64_t>(rounded);
    return result == rounded ? result : null_decimal;
}

template <typename Rows>
void derive_opportunities(Records& records, const Rows& rows) {
    using namespace opportunity_field;
    const Object& object = records.schema().object(so::opportunity);
    const std::vector<PicklistValue>& stages = object.field(stage).values;
    Table& table = records.mutable_table(so::opportunity);
    std::vector<std::uint8_t>& closed = changing(table, is_closed, rows).mutable_flags();
    std::vector<std::uint8_t>& won = changing(table, is_won, rows).mutable_flags();
    std::vector<std::int64_t>& expected = changing(table, expected_revenue, rows).mutable_int64();
    const auto codes = table.column(stage).codes();
    const auto amounts = table.column(amount).decimals();
    const auto percents = table.column(probability).decimals();
    const std::uint8_t amount_scale = object.field(amount).scale, percent_scale = object.field(probability).scale;
    const std::uint8_t result_scale = object.field(expected_revenue).scale;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowIndex row = rows[i];
        const std::uint16_t code = codes[row];
        const bool known = code != 0 && code <= stages.size();
        closed[row] = known && stages[code - 1u].closed;
        won[row] = known && stages[code - 1u].won;
        expected[row] = weighted(amounts[row], amount_scale, percents[row], percent_scale, result_scale);
    }
}

template <typename Rows>
void derive_tasks(Records& records, const Rows& rows) {
    const std::vector<PicklistValue>& statuses = records.schema().object(so::task).field(task_field::status).values;
    Table& table = records.mutable_table(so::task);
    std::vector<std::uint8_t>& closed = changing(table, task_field::is_closed, rows).mutable_flags();
    const auto codes = table.column(task_field::status).codes();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint16_t code = codes[rows[i]];
        closed[rows[i]] = code != 0 && code <= statuses.size() && statuses[code - 1u].closed;
    }
}

template <typename Rows>
void derive(Records& records, ObjectIndex object, const Rows& rows) {
    if (rows.size() == 0) return;
    if (person_name_fields(object).first != no_field) compose_names(records, object, rows);
    else if (object == so::opportunity) derive_opportunities(records, rows);
    else if (object == so::task) derive_tasks(records, rows);
}

// Chinese family names of two characters; with any other the first character is the family name.
constexpr std::string_view long_surnames[] = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容",
                                              "令狐", "司徒", "夏侯", "歐陽", "諸葛", "東方", "司馬"};

bool is_name_suffix(std::string_view word) {
    const std::string key = '|' + fold_key(word) + '|';
    return std::string_view("|jr|sr|ii|iii|iv|phd|esq|").find(key) != std::string_view::npos;
}

// Where the last name begins: the last word, with "Jr." behind it and small words before it ("van der Berg").
std::size_t last_name_begin(std::string_view name) {
    const auto is_small = [&](std::size_t at) { return name[at] >= 'a' && name[at] <= 'z'; };
    const auto word_before = [&](std::size_t begin) { return name.rfind(' ', begin - 2) + 1; };
    std::size_t begin = name.rfind(' ') + 1, end = name.size();
    while (begin > 1 && is_name_suffix(name.substr(begin, end - begin))) {
        end = begin - 1;
        begin = word_before(begin);
    }
    if (begin < name.size() && is_small(begin)) return begin;
    while (begin > 1 && word_before(begin) > 0 && is_small(word_before(begin))) begin = word_before(begin);
    return begin;
}

}  // namespace

std::pair<FieldIndex, FieldIndex> person_name_fields(ObjectIndex object) {
    if (object == so::user) return {user_field::first_name, user_field::last_name};
    if (object == so::lead) return {lead_field::first_name, lead_field::last_name};
    if (object == so::contact) return {contact_field::first_name, contact_field::last_name};
    return {no_field, no_field};
}

bool has_derived_columns(ObjectIndex object) {
    return person_name_fields(object).first != no_field || object == so::opportunity || object == so::task;
}

bool is_derived_input(ObjectIndex object, FieldIndex field) {
    if (object == so::opportunity)
        return field == opportunity_field::stage || field == opportunity_field::amount ||
               field == opportunity_field::probability || field == opportunity_field::expected_revenue;
    if (object == so::task) return field == task_field::status;
    const auto [first, last] = person_name_fields(object);
    return first != no_field && (field == first || field == last);
}

void recompute_derived(Records& records, ObjectIndex object, std::span<const RowIndex> rows) { derive(records, object, rows); }

void recompute_derived_from(Records& records, ObjectIndex object, RowIndex first) {
    if (has_derived_columns(object)) derive(records, object, RowRange{first, records.table(object).row_count() - first});
}

std::string compose_person_name(std::string_view first_name, std::string_view last_name) {
    std::string name;
    name.reserve(first_name.size() + last_name.size() + 1);
    const auto is_ascii = [](std::string_view text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    };
    const bool plain = is_ascii(first_name) && is_ascii(last_name);
    if (!plain && (has_cjk(last_name) || has_cjk(first_name))) {
        name += last_name;
        name += first_name;
        return name;
    }
    name += first_name;
    if (!first_name.empty() && !last_name.empty()) name += ' ';
    name += last_name;
    return name;
}

std::pair<std::string, std::string> split_person_name(std::string_view full_name) {
    full_name = trim(full_name);
    const std::size_t comma = full_name.find(',');
    if (comma != std::string_view::npos && comma > 0 && !is_name_suffix(full_name.substr(comma + 1)))  // "Lee, Ann"
        return {std::string(trim(full_name.substr(comma + 1))), std::string(trim(full_name.substr(0, comma)))};
    const std::size_t blank = std::min(full_name.find(' '), full_name.find("\xE3\x80\x80"));
    if (const std::string_view word = full_name.substr(0, blank); word.size() < full_name.size() && has_cjk(word))
        return {std::string(trim(full_name.substr(blank))), std::string(word)};
    if (const std::size_t begin = last_name_begin(full_name); full_name.find(' ') != std::string_view::npos)
        return {std::string(trim(full_name.substr(0, begin))), std::string(trim(full_name.substr(begin)))};
    const std::size_t length = count_code_points(full_name);
    if (has_cjk(full_name) && length >= 2 && length <= 4) {
        std::size_t bytes = 3;
        for (const std::string_view surname : long_surnames)
            if (length > 2 && full_name.starts_with(surname)) bytes = surname.size();
        if (static_cast<unsigned char>(full_name[0]) >= 0xF0) bytes = 4;
        return {std::string(full_name.substr(bytes)), std::string(full_name.substr(0, bytes))};
    }
    return {std::string(), std::string(full_name)};
}

}  // namespace outpost
