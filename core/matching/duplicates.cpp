#include "core/matching/duplicates.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <span>

#include "core/base/hash.h"
#include "core/base/sort_stably.h"
#include "core/matching/match_index.h"
#include "core/objects/standard.h"
#include "core/query/text_index.h"

namespace outpost {
namespace {

constexpr std::size_t block_rows_max = 2000;

struct Indexes {
    MatchIndex leads{standard_object::lead}, contacts{standard_object::contact}, accounts{standard_object::account};

    MatchIndex& of(ObjectIndex object) {
        return object == standard_object::lead ? leads : object == standard_object::contact ? contacts : accounts;
    }
};

Indexes& indexes_of(const Records& records) {
    std::shared_ptr<void>& slot = match_index_slot(records);
    if (!slot) slot = std::make_shared<Indexes>();
    return *static_cast<Indexes*>(slot.get());
}

// Where a candidate's duplicates may be.
std::span<const ObjectIndex> objects_of(ObjectIndex object) {
    static constexpr ObjectIndex people[] = {standard_object::contact, standard_object::lead};
    static constexpr ObjectIndex companies[] = {standard_object::account};
    if (object == standard_object::account) return companies;
    if (object == standard_object::lead || object == standard_object::contact) return people;
    return {};
}

MatchProfile profile_of(const DuplicateCandidate& candidate) {
    MatchProfile profile = make_match_profile({candidate.first_name, candidate.last_name, candidate.company, candidate.title, candidate.email, candidate.phone,
                               candidate.mobile_phone, candidate.website, candidate.street, candidate.city, candidate.postal_code});
    profile.compared = candidate.compared;
    return profile;
}

bool is_open(const Records& records, RecordRef record) {
    const Table& table = records.table(record.object);
    return table.is_live(record.row) && !(record.object == standard_object::lead && table.column(lead_field::is_converted).flags()[record.row] != 0);
}

// A candidate in the form that is compared, and the rules by which it is.
struct Wanted {
    Wanted(const DuplicateCandidate& candidate, const Records& records)
        : self(candidate.self), companies(candidate.object == standard_object::account), standard_rule(standard_duplicate_rule_applies(records)),
          profile(profile_of(candidate)), rules(duplicate_rules(records, companies)), fields(compared_fields(rules)) {}

    RecordRef self;
    bool companies, standard_rule;
    MatchProfile profile;
    std::vector<DuplicateRule> rules;
    std::vector<std::string> fields;   // that they compare
};

// The best that any of the rules says.
void compare(const Records& records, const Wanted& wanted, RecordRef record, std::vector<Duplicate>& found) {
    if (record == wanted.self || !is_open(records, record)) return;
    MatchProfile profile = make_match_profile(match_texts(records, record));
    profile.compared = compared_texts(records, record, wanted.fields);
    MatchVerdict best;
    RecordRef by;
    if (wanted.standard_rule) best = wanted.companies ? compare_companies(wanted.profile, profile) : compare_people(wanted.profile, profile);
    for (const DuplicateRule& rule : wanted.rules)
        if (MatchVerdict verdict = compare_by_rule(wanted.profile, profile, rule); verdict.score > best.score) {
            best = std::move(verdict);
            by = rule.record;
        }
    if (best.score > 0) found.push_back({record, best.score, std::move(best.reasons), by});
}

void keep_best(std::vector<Duplicate>& found, std::size_t limit) {
    sort_stably(found, [](const Duplicate& a, const Duplicate& b) { return a.score > b.score; });
    if (found.size() > limit) found.resize(limit);
}

}  // namespace

bool has_duplicate_rules(ObjectIndex object) { return !objects_of(object).empty(); }

bool refresh_duplicate_index(const Records& records, ObjectIndex object, std::size_t rows_max) {
    std::size_t work = rows_max * 16;
    for (const ObjectIndex one : objects_of(object))
        if (!indexes_of(records).of(one).refresh(records, work)) return false;
    return true;
}

std::size_t duplicate_index_bytes(const Records& records) {
    const Indexes& indexes = indexes_of(records);
    return indexes.leads.bytes() + indexes.contacts.bytes() + indexes.accounts.bytes();
}

std::vector<Duplicate> find_duplicates(const DuplicateCandidate& candidate, const Records& records, std::size_t limit) {
    const Wanted wanted(candidate, records);
    std::vector<std::uint32_t> keys;
    if (wanted.companies) append_company_keys(wanted.profile, keys);
    else append_person_keys(wanted.profile, keys);
    append_rule_keys(wanted.profile, wanted.rules, keys);
    std::vector<Duplicate> found;
    std::vector<RowIndex> rows;
    for (const ObjectIndex object : objects_of(candidate.object)) {
        std::size_t all = std::numeric_limits<std::size_t>::max();
        MatchIndex& index = indexes_of(records).of(object);
        index.refresh(records, all);
        rows.clear();
        for (const std::uint32_t key : keys) index.find(key, block_rows_max, rows);
        std::ranges::sort(rows);
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        for (const RowIndex row : rows) compare(records, wanted, {object, row}, found);
    }
    keep_best(found, limit);
    return found;
}

std::vector<Duplicate> find_duplicates_by_scan(const DuplicateCandidate& candidate, const Records& records, std::size_t limit) {
    const Wanted wanted(candidate, records);
    std::vector<Duplicate> found;
    for (const ObjectIndex object : objects_of(candidate.object))
        for (RowIndex row = 0; row < records.table(object).row_count(); ++row) compare(records, wanted, {object, row}, found);
    keep_best(found, limit);
    return found;
}

std::string* text_of(DuplicateCandidate& candidate, FieldIndex field) {
    namespace l = lead_field;
    namespace a = account_field;
    namespace c = contact_field;
    struct Part {
        std::string DuplicateCandidate::* text;
        FieldIndex lead, contact, account;
    };
    using D = DuplicateCandidate;
    static constexpr Part parts[] = {
        {&D::first_name, l::first_name, c::first_name, no_field}, {&D::last_name, l::last_name, c::last_name, no_field},
        {&D::company, l::company, no_field, system_field::name},  {&D::title, l::title, c::title, no_field},
        {&D::email, l::email, c::email, no_field},                {&D::phone, l::phone, c::phone, a::phone},
        {&D::mobile_phone, l::mobile_phone, c::mobile_phone, no_field}, {&D::website, l::website, no_field, a::website},
        {&D::street, l::street, c::mailing_street, a::billing_street},  {&D::city, l::city, c::mailing_city, a::billing_city},
        {&D::postal_code, l::postal_code, c::mailing_postal_code, a::billing_postal_code}};
    for (const Part& part : parts) {
        const FieldIndex of_object = candidate.object == standard_object::lead ? part.lead : candidate.object == standard_object::contact ? part.contact : part.account;
        if (of_object == field && field != no_field) return &(candidate.*part.text);
    }
    return nullptr;
}

void set_compared(DuplicateCandidate& candidate, const Records& records, const Field& field, const Value& value) {
    if (!can_compare(field) || is_null(value)) return;
    const std::vector<std::string> fields = compared_fields(duplicate_rules(records, candidate.object == standard_object::account));
    if (std::ranges::find(fields, field.name) == fields.end()) return;
    if (std::string text = compared_text(records, field, value); !text.empty()) candidate.compared.push_back({field.name, std::move(text)});
}

bool is_empty(const DuplicateCandidate& candidate) {
    return candidate.compared.empty() && candidate.first_name.empty() && candidate.last_name.empty() && candidate.email.empty() && (candidate.object != standard_object::account || (candidate.company.empty() && candidate.website.empty()));
}

std::uint64_t hash_of(const DuplicateCandidate& candidate) {
    std::uint64_t hash = number(candidate.object);
    for (const std::string* text : {&candidate.first_name, &candidate.last_name, &candidate.company, &candidate.title, &candidate.email, &candidate.phone, &candidate.mobile_phone,
                                    &candidate.website, &candidate.street, &candidate.city, &candidate.postal_code})
        hash = hash_text(*text, hash);
    for (const ComparedText& each : candidate.compared) hash = hash_text(each.text, hash_text(each.field, hash));
    return hash;
}

DuplicateCandidate candidate_of(const Records& records, RecordRef record) {
    const MatchTexts texts = match_texts(records, record);
    DuplicateCandidate candidate;
    candidate.object = record.object;
    candidate.first_name = texts.first_name;
    candidate.last_name = texts.last_name;
    candidate.company = texts.company;
    candidate.title = texts.title;
    candidate.email = texts.email;
    candidate.phone = texts.phone;
    candidate.mobile_phone = texts.mobile_phone;
    candidate.website = texts.website;
    candidate.street = texts.street;
    candidate.city = texts.city;
    candidate.postal_code = texts.postal_code;
    candidate.compared = compared_texts(records, record, compared_fields(duplicate_rules(records, record.object == standard_object::account)));
    candidate.self = record;
    return candidate;
}

}  // namespace outpost
