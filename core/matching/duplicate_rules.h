// Duplicate rules of an admin's own: DuplicateRule records. Two records are duplicates by a rule when all of its
// comparisons hold (AND); any of the rules will do (OR), and the standard rule (match_profile.h) is one of them unless
// Organization.OwnDuplicateRulesOnly leaves it out. A comparison with nothing to compare doesn't hold. Beside what the
// standard rule knows a rule compares any fields for being the same, custom ones too; a lead's with the contact's of that
// API name.
// Called by: duplicates, match_index.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matching/match_profile.h"
#include "core/objects/records.h"

namespace outpost {

// By the values of DuplicateRule.Comparisons, in their order.
enum class MatchComparison : std::uint8_t {
    FirstName, SimilarFirstName, LastName, SimilarLastName, Company, SimilarCompany, Email, EmailDomain, Phone, Title, Street, City, PostalCode, Website,
};
inline constexpr int match_comparison_count = 14;

struct DuplicateRule {
    RecordRef record;
    std::uint32_t comparisons = 0;   // bit 1 << MatchComparison
    std::vector<std::string> fields; // API names
    bool operator==(const DuplicateRule&) const = default;
    bool has(MatchComparison comparison) const { return (comparisons >> static_cast<int>(comparison) & 1u) != 0; }
};

// The active ones for accounts, or for people.
std::vector<DuplicateRule> duplicate_rules(const Records& records, bool companies);
bool standard_duplicate_rule_applies(const Records& records);
// Whether a rule can compare the field for being the same: it has a value of its own that says something.
bool can_compare(const Field& field);
// The API names of all fields that the rules compare, each once.
std::vector<std::string> compared_fields(std::span<const DuplicateRule> rules);
// In its normal form: folded, an e-mail, phone or number however it is written; "" when there is nothing to compare.
std::string compared_text(const Records& records, const Field& field, const Value& value);
// Those of a record; fields that its object doesn't have are left out.
std::vector<ComparedText> compared_texts(const Records& records, RecordRef record, std::span<const std::string> fields);
// Changes whenever duplicate_rules() may answer otherwise, or a field is another one.
std::uint64_t duplicate_rules_stamp(const Records& records);

// Records that are duplicates by a rule share one of the keys that it appends; where it compares nothing but similar names,
// by how they sound or begin.
void append_rule_keys(const MatchProfile& profile, std::span<const DuplicateRule> rules, std::vector<std::uint32_t>& keys);
// The score is the mean of what is compared: 100 for the same, the likeness for similar names.
MatchVerdict compare_by_rule(const MatchProfile& a, const MatchProfile& b, const DuplicateRule& rule);

}  // namespace outpost
