#include "core/matching/duplicate_rules.h"

#include <algorithm>
#include <string>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/matching/match_keys.h"
#include "core/matching/name_likeness.h"
#include "core/matching/phonetic.h"
#include "core/objects/field_text.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/query/fold.h"

namespace outpost {
namespace {

namespace so = standard_object;
namespace rule_field = duplicate_rule_field;

// What is compared for being the same; similar names, phones and what the field is of no profile have none.
std::string_view exact_text(const MatchProfile& profile, MatchComparison comparison) {
    switch (comparison) {
        case MatchComparison::FirstName: return profile.by_characters ? profile.last : profile.first;
        case MatchComparison::LastName: return profile.last;
        case MatchComparison::Company: return profile.company;
        case MatchComparison::Email: return profile.email;
        case MatchComparison::EmailDomain: return profile.domain;
        case MatchComparison::Title: return profile.title;
        case MatchComparison::Street: return profile.street;
        case MatchComparison::City: return profile.city;
        case MatchComparison::PostalCode: return profile.postal_code;
        case MatchComparison::Website: return profile.site;
        default: return {};
    }
}

bool is_exact(MatchComparison comparison) {
    return comparison != MatchComparison::SimilarFirstName && comparison != MatchComparison::SimilarLastName && comparison != MatchComparison::SimilarCompany && comparison != MatchComparison::Phone;
}

DuplicateReason reason_of(MatchComparison comparison, int likeness) {
    switch (comparison) {
        case MatchComparison::FirstName:
        case MatchComparison::LastName: return DuplicateReason::SameName;
        case MatchComparison::SimilarFirstName: return likeness == 100 ? DuplicateReason::SameName : DuplicateReason::SimilarFirstName;
        case MatchComparison::SimilarLastName: return likeness == 100 ? DuplicateReason::SameName : DuplicateReason::SimilarLastName;
        case MatchComparison::Company: return DuplicateReason::SameCompany;
        case MatchComparison::SimilarCompany: return likeness == 100 ? DuplicateReason::SameCompany : DuplicateReason::SimilarCompany;
        case MatchComparison::Email: return DuplicateReason::SameEmail;
        case MatchComparison::EmailDomain: return DuplicateReason::SameEmailDomain;
        case MatchComparison::Phone: return DuplicateReason::SamePhone;
        case MatchComparison::Title: return DuplicateReason::SameTitle;
        case MatchComparison::Website: return DuplicateReason::SameWebsite;
        default: return DuplicateReason::SameAddress;
    }
}

// 0 when it doesn't hold, else how alike the two are.
int likeness_of(const MatchProfile& a, const MatchProfile& b, MatchComparison comparison) {
    const auto from = [](int likeness, int threshold) { return likeness >= threshold ? likeness : 0; };
    switch (comparison) {
        case MatchComparison::SimilarFirstName:
        case MatchComparison::SimilarLastName:
            if (a.by_characters || b.by_characters) return a.by_characters == b.by_characters && !a.last.empty() && a.last == b.last ? 100 : 0;
            if (comparison == MatchComparison::SimilarFirstName) return a.first.empty() || b.first.empty() ? 0 : from(first_name_likeness(a.first, b.first), first_name_threshold);
            return a.last.empty() || b.last.empty() ? 0 : from(last_name_likeness(a.last, b.last), last_name_threshold);
        case MatchComparison::SimilarCompany: return a.company.empty() || b.company.empty() ? 0 : from(company_likeness(a.company, b.company), 60);
        case MatchComparison::Phone: return a.has_phone(b.phones[0]) || a.has_phone(b.phones[1]) ? 100 : 0;
        default: {
            const std::string_view text = exact_text(a, comparison);
            return !text.empty() && text == exact_text(b, comparison) ? 100 : 0;
        }
    }
}

std::uint32_t key_of(const DuplicateRule& rule, std::string_view text) {
    return static_cast<std::uint32_t>(hash_text(text, 0x72756C65u + rule.comparisons) >> 32);
}

// What all that is compared for being the same makes together; nothing when a part is missing, or none is compared so.
bool exact_parts(const MatchProfile& profile, const DuplicateRule& rule, std::string& parts) {
    bool any = false;
    for (int i = 0; i < match_comparison_count; ++i) {
        const MatchComparison comparison = static_cast<MatchComparison>(i);
        if (!rule.has(comparison) || !is_exact(comparison)) continue;
        const std::string_view text = exact_text(profile, comparison);
        if (text.empty()) return false;
        parts += text;
        parts += '\n';
        any = true;
    }
    for (const std::string& field : rule.fields) {
        const std::string_view text = profile.compared_text(field);
        if (text.empty()) return false;
        parts += text;
        parts += '\n';
        any = true;
    }
    return any || rule.has(MatchComparison::Phone);
}

void append_similar_keys(const MatchProfile& profile, const DuplicateRule& rule, std::vector<std::uint32_t>& keys) {
    const bool first_name = rule.has(MatchComparison::SimilarFirstName);
    if (rule.has(MatchComparison::SimilarCompany)) {
        if (profile.company.empty()) return;
        keys.push_back(key_of(rule, std::string_view(profile.company).substr(0, 6)));
        keys.push_back(key_of(rule, phonetic_key(profile.company)));
    } else if (profile.by_characters) {
        keys.push_back(key_of(rule, profile.last));
    } else if (rule.has(MatchComparison::SimilarLastName)) {
        const std::string_view first = full_first_name(profile.first);
        if (!profile.last.empty()) keys.push_back(key_of(rule, phonetic_key(profile.last) + (first_name ? "\n" + std::string(first.substr(0, 1)) : std::string())));
    } else if (first_name && !profile.first.empty()) {
        keys.push_back(key_of(rule, phonetic_key(full_first_name(profile.first))));
    }
}

}  // namespace

std::vector<DuplicateRule> duplicate_rules(const Records& records, bool companies) {
    std::vector<DuplicateRule> rules;
    const Table& table = records.table(so::duplicate_rule);
    const Object& object = records.schema().object(so::duplicate_rule);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const RecordRef record{so::duplicate_rule, row};
        if (!table.is_live(row) || !table.column(rule_field::is_active).flags()[row]) continue;
        if ((records.value_text(record, rule_field::applies_to) == "Accounts") != companies) continue;
        DuplicateRule rule{record, 0, {}};
        const Value value = records.value(record, rule_field::comparisons);
        const auto* list = std::get_if<std::string>(&value);
        for (const std::string_view name : split(list ? std::string_view(*list) : std::string_view(), ';'))
            if (const std::uint16_t code = object.field(rule_field::comparisons).find_code(trim(name)); code >= 1 && code <= match_comparison_count) rule.comparisons |= 1u << (code - 1);
        const std::string names = records.value_text(record, rule_field::compared_fields);
        for (const std::string_view name : split(names, ';'))
            if (!trim(name).empty()) rule.fields.emplace_back(trim(name));
        if (rule.comparisons != 0 || !rule.fields.empty()) rules.push_back(std::move(rule));
    }
    return rules;
}

bool standard_duplicate_rule_applies(const Records& records) {
    const RecordRef organization = first_live(records, so::organization);
    return !organization || !records.table(so::organization).column(organization_field::own_duplicate_rules_only).flags()[organization.row];
}

std::uint64_t duplicate_rules_stamp(const Records& records) { return records.table(so::duplicate_rule).revision() + records.schema().revision(); }

bool can_compare(const Field& field) {
    return !field.deleted && !field.hidden && !field.system && !field.calculated && field.column_kind() != ColumnKind::None && field.type != FieldType::Checkbox &&
           field.type != FieldType::LongTextArea && field.type != FieldType::AutoNumber && field.index != system_field::owner;
}

std::vector<std::string> compared_fields(std::span<const DuplicateRule> rules) {
    std::vector<std::string> fields;
    for (const DuplicateRule& rule : rules)
        for (const std::string& field : rule.fields)
            if (std::ranges::find(fields, field) == fields.end()) fields.push_back(field);
    return fields;
}

std::string compared_text(const Records& records, const Field& field, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (field.type == FieldType::Phone) return phone_key(*text);
        if (field.type == FieldType::Email) return email_key(*text);
        return field.is_text() && field.type != FieldType::Url ? fold_key(*text) : fold_text(FoldMode::Case, trim(*text));
    }
    if (const auto* target = std::get_if<RecordRef>(&value)) return *target ? to_text(records.id_of(*target)) : std::string();
    if (const auto* decimal = std::get_if<Decimal>(&value)) return to_text_trimmed(*decimal);
    return is_null(value) ? std::string() : plain_text(value);
}

std::vector<ComparedText> compared_texts(const Records& records, RecordRef record, std::span<const std::string> fields) {
    std::vector<ComparedText> texts;
    const Object& object = records.schema().object(record.object);
    for (const std::string& name : fields) {
        const Field* field = object.find_field(name);
        if (!field || !can_compare(*field)) continue;
        if (std::string text = compared_text(records, *field, records.value(record, field->index)); !text.empty()) texts.push_back({name, std::move(text)});
    }
    return texts;
}

void append_rule_keys(const MatchProfile& profile, std::span<const DuplicateRule> rules, std::vector<std::uint32_t>& keys) {
    for (const DuplicateRule& rule : rules) {
        std::string parts;
        if (!exact_parts(profile, rule, parts)) {
            if (parts.empty()) append_similar_keys(profile, rule, keys);
        } else if (!rule.has(MatchComparison::Phone)) {
            keys.push_back(key_of(rule, parts));
        } else {
            for (const std::string& phone : profile.phones)
                if (!phone.empty()) keys.push_back(key_of(rule, parts + phone));
        }
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

MatchVerdict compare_by_rule(const MatchProfile& a, const MatchProfile& b, const DuplicateRule& rule) {
    MatchVerdict verdict;
    int sum = 0, count = 0;
    for (int i = 0; i < match_comparison_count; ++i) {
        const MatchComparison comparison = static_cast<MatchComparison>(i);
        if (!rule.has(comparison)) continue;
        const int likeness = likeness_of(a, b, comparison);
        if (likeness == 0) return {};
        sum += likeness;
        ++count;
        const DuplicateReason reason = reason_of(comparison, likeness);
        if (std::ranges::find(verdict.reasons, reason) == verdict.reasons.end()) verdict.reasons.push_back(reason);
    }
    for (const std::string& field : rule.fields) {
        const std::string_view text = a.compared_text(field);
        if (text.empty() || text != b.compared_text(field)) return {};
        sum += 100;
        ++count;
    }
    if (!rule.fields.empty()) verdict.reasons.push_back(DuplicateReason::SameField);
    verdict.score = count == 0 ? 0 : sum / count;
    return verdict;
}

}  // namespace outpost
