#include "core/transfer/import_named.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/edit/validate.h"
#include "core/objects/standard.h"
#include "core/transfer/import_targets.h"

namespace outpost {

namespace {

// "maria.lopez@example.com" is Maria Lopez until somebody knows better.
std::pair<std::string, std::string> name_of_email(std::string_view email) {
    std::string first, last;
    for (const std::string_view part : split(email.substr(0, email.find('@')), '.')) {
        if (part.empty()) continue;
        std::string word(part);
        if (word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 32);
        if (!last.empty()) first += (first.empty() ? "" : " ") + last;
        last = std::move(word);
    }
    if (last.empty()) last = email;
    return {first, last};
}

}  // namespace

Value named_value(const Field& field, std::string_view text) {
    if (!field.is_number()) return std::string(text);
    const auto number = parse_decimal(text);
    const auto fitted = number ? rescale(*number, field.scale, Rounding::Refuse) : std::nullopt;
    return fitted ? Value(*fitted) : Value();
}

std::string named_key(const Object& target, const Field& field, std::string_view text) {
    std::string key(text);
    if (field.case_sensitive) return key;
    if (is_person_name(target, field)) {
        const auto [first, last] = split_person_name(text);
        key = compose_person_name(first, last);
    }
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return key;
}

std::vector<FieldColumn> make_named_columns(const Object& target, const Field& field, const std::vector<std::string>& texts) {
    std::vector<FieldColumn> columns;
    const auto push = [&](FieldIndex index, std::string_view text) {
        auto column = std::ranges::find(columns, index, &FieldColumn::field);
        if (column == columns.end()) column = columns.insert(columns.end(), {index, Column(target.field(index).column_kind())});
        column->values.push_back(named_value(target.field(index), text), target.field(index));
    };
    const auto [first, last] = person_name_fields(target.index);
    const auto emails = std::ranges::find(target.fields, FieldType::Email, &Field::type);
    const bool has_addresses = first != no_field && field.index == system_field::name && emails != target.fields.end();
    for (const std::string& text : texts) {
        const auto [named, address] = split_named_address(text);
        const bool has_address = has_addresses && is_valid_email(address) && address.size() <= emails->length;
        std::string name(has_address ? named : text);
        if (has_addresses) push(emails->index, has_address ? address : std::string_view());
        if (field.type == FieldType::Url) name = host_of_url(text);
        if (field.index != system_field::name) push(field.index, text);
        if (first != no_field) {
            const auto [first_name, last_name] = field.type == FieldType::Email ? name_of_email(text) : split_person_name(name);
            push(first, first_name);
            push(last, last_name);
            if (target.index == standard_object::lead) push(lead_field::company, last_name);
        } else if (field.index != target.name_field || field.index == system_field::name) {
            if (target.field(target.name_field).writable()) push(target.name_field, name);
        }
    }
    return columns;
}

}  // namespace outpost
