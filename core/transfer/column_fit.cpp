#include "core/transfer/column_fit.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/transfer/header_aliases.h"

namespace outpost {

namespace {

bool is_number_type(FieldType type) { return type == FieldType::Number || type == FieldType::Currency || type == FieldType::Percent; }
bool is_date_type(FieldType type) { return type == FieldType::Date || type == FieldType::DateTime; }

bool has_word(std::string_view words, std::string_view word) {
    const auto all = split(words, '|');
    return std::ranges::find(all, word) != all.end();
}

// Whether a value could be read into a field of the type.
bool can_be(FieldType type, std::string_view value, const ColumnProfile& column) {
    switch (type) {
        case FieldType::Number:
        case FieldType::Currency:
        case FieldType::Percent: return read_number(value, column.number_style) || read_duration(value, column.header);
        case FieldType::Date:
        case FieldType::DateTime:
            return is_day_without_year(value) || read_serial_date(value) ||
                   std::ranges::any_of(std::initializer_list{DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst},
                                       [&](DateOrder order) { return read_moment(value, order) || read_date(value, order); });
        case FieldType::Checkbox: return read_checkbox(value).has_value();
        case FieldType::Email: return value.find('@') != std::string_view::npos;
        default: return true;
    }
}

// One number, though it can't be read: "Rs. 1,23,4". No value of another kind, as "11-50" is.
bool holds_one_number(std::string_view value) {
    const std::size_t first = value.find_first_of("0123456789"), last = value.find_last_of("0123456789");
    return first != std::string_view::npos && value.substr(first, last - first).find_first_not_of("0123456789., '’") == std::string_view::npos;
}

// What may stand behind a field's label and mean that field: "Phone 1". "Phone Verified" is something else.
bool is_addition(std::string_view rest) {
    return rest.find_first_not_of("0123456789") == std::string_view::npos ||
           has_word("number|no|address|url|link|text|value|name|local|home|work|main|primary|office|business", rest);
}

// Words before a label that make something else of it: "Previous Stage", "discountAmount", "ASSISTANT_EMAIL". `before`:
// bytes of the folded header before the label.
bool changes_meaning(std::string_view header, std::size_t before) {
    constexpr std::string_view words = "previous|prev|prior|last|former|old|original|initial|first|second|secondary|alternate|alternative|other|next|elapsed|days|"
                                       "hours|minutes|time|date|visits|count|number|average|avg|max|min|sub|discount|tax|shipping|assistant|spouse|partner|parent|"
                                       "manager|birth|marital|loan|order|no|not|change|changes";
    const auto is_letter = [](char c) { return (c & 0x80) != 0 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); };
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::size_t from = 0;
    for (std::size_t i = 1; i <= header.size(); ++i) {
        const bool ends = i == header.size() || !is_letter(header[i]) || (is_capital(header[i]) && is_letter(header[i - 1]) && !is_capital(header[i - 1]));
        if (!ends) continue;
        std::string word = fold_key(header.substr(from, i - from));
        from = i;
        const bool label_begins = word.size() > before;
        if (label_begins) word.resize(before);
        if (!word.empty() && has_word(words, word)) return true;
        if (label_begins) return false;
        before -= word.size();
    }
    return false;
}

std::size_t differences(std::string_view a, std::string_view b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i];
    return count;
}

}  // namespace

bool fits_nothing(const ColumnProfile& column, const Field& field) {
    if (column.filled < 2 || column.type == field.type || column.is_serial_date) return false;
    const auto none = [&](auto is_such) { return column.values_complete ? std::ranges::none_of(column.values, is_such, &ValueCount::value) : std::ranges::none_of(column.samples, is_such); };
    if (!none([&](std::string_view value) { return can_be(field.type, value, column); })) return false;
    // Amounts that can't be read are amounts all the same: their rows come back with the reason.
    const bool may_be_numbers = is_number_type(field.type) && !column.is_id && (column.type == FieldType::Text || column.type == FieldType::Picklist);
    return !may_be_numbers || !none([](std::string_view value) { return !holds_one_number(value); });
}

bool is_of_kind(const ColumnProfile& column, const Field& field) {
    if (is_number_type(field.type)) return is_number_type(column.type);
    if (is_date_type(field.type)) return is_date_type(column.type);
    if (is_date_type(column.type) || column.is_time) return false;
    switch (field.type) {
        case FieldType::Checkbox:
        case FieldType::Email:
        case FieldType::Url: return column.type == field.type;
        case FieldType::Phone: return column.type == FieldType::Phone || column.type == FieldType::Number || column.type == FieldType::Text;
        case FieldType::Picklist:
        case FieldType::MultiselectPicklist:
            return std::ranges::any_of(column.samples, [&](const std::string& one) {
                return std::ranges::any_of(field.values, [&](const PicklistValue& known) { return equals_ignoring_ascii_case(known.value, one); });
            });
        default: break;
    }
    if (column.type == FieldType::Checkbox) return false;
    // Codes and numbers of houses are texts, too.
    const std::string label = fold_key(field.label);
    return !is_number_type(column.type) || label.ends_with("code") || label.ends_with("number");
}

bool resembles(std::string_view header, const std::string& key, const std::string& label) {
    if (label.size() < 5) return false;
    if (key.starts_with(label)) return is_addition(std::string_view(key).substr(label.size()));
    if (key.ends_with(label)) return !changes_meaning(header, key.size() - label.size());
    // A slip of the pen, and no other word: "State" is no "Stage".
    return label.size() == key.size() && differences(label, key) == 1 && !is_known_header(key);
}

bool names_outcome(std::string_view key) {
    for (const std::string_view object : {"deal", "opportunity", "potential", "sales"})
        if (key.starts_with(object)) key.remove_prefix(object.size());
    return has_word("status|statustype|outcome|result|winloss|wonlost|wonorlost", key);
}

std::optional<bool> read_outcome_cell(std::string_view text) {
    const std::optional<bool> outcome = read_outcome(text);
    return outcome || read_checkbox(text) != true ? outcome : true;
}

std::string unread_outcomes(const ColumnProfile& column) {
    std::string list;
    for (const ValueCount& one : column.values)
        if (!read_outcome_cell(one.value) && !has_word("open|active|new|pending|inprogress|ongoing|onhold|working|进行中", fold_key(one.value))) list += (list.empty() ? "" : ", ") + one.value;
    return list;
}

bool says_words(const ColumnProfile& column) {
    return column.filled > 0 && std::ranges::none_of(column.samples, [](const std::string& one) { return read_date(one, DateOrder::DayFirst) || read_date(one, DateOrder::MonthFirst); });
}

bool values_are_fractions(const ColumnProfile& column) {
    if (column.decimals == 0 || column.type == FieldType::Percent || !column.values_complete) return false;
    return std::ranges::all_of(column.values, [&](const ValueCount& one) {
        const auto number = read_number(one.value, column.number_style);
        return number && compare(*number, {1, 0}) <= 0 && compare(*number, {0, 0}) >= 0;
    });
}

}  // namespace outpost
