// Duplicates: which records may be the person or company that is being typed. People are looked for among leads and
// contacts, companies among accounts.
// An index of match keys (match_profile.h) finds the few records that are worth comparing; it lives in the records' query
// cache and takes over only rows that changed. Invariant: the answer is that of an index built anew.
// Called by: workspace, ui (record forms).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/matching/duplicate_rules.h"
#include "core/objects/records.h"

namespace outpost {

// What is typed so far; all of it may be empty.
struct DuplicateCandidate {
    ObjectIndex object = no_object;   // Lead, Contact or Account; of others nothing is found
    std::string first_name, last_name;
    std::string company;              // an account's own name; a contact's account's
    std::string title, email, phone, mobile_phone, website, street, city, postal_code;
    std::vector<ComparedText> compared;   // values of the fields that compared_fields() names, in their normal form
    RecordRef self;                   // is left out of the answer
};

struct Duplicate {
    RecordRef record;
    int score = 0;                            // 1-100
    std::vector<DuplicateReason> reasons;     // weightiest first
    RecordRef rule;                           // the admin's rule that says so; none: the standard one
    bool operator==(const Duplicate&) const = default;
};

// Whether duplicates of this object's records are found at all.
bool has_duplicate_rules(ObjectIndex object);
// The member that a field of the candidate's object fills; null when it is not compared. A contact's account is no text:
// its name is the company.
std::string* text_of(DuplicateCandidate& candidate, FieldIndex field);
// The value of a field that an admin's rules compare; of others it does nothing.
void set_compared(DuplicateCandidate& candidate, const Records& records, const Field& field, const Value& value);
// Nothing is typed that anything could be found by.
bool is_empty(const DuplicateCandidate& candidate);
std::uint64_t hash_of(const DuplicateCandidate& candidate);

// Best first; equal scores in the order in which the records were made. Converted leads are left out: they live on as
// contacts. A key that over 2,000 records share (a placeholder e-mail) says nothing and finds none of them.
std::vector<Duplicate> find_duplicates(const DuplicateCandidate& candidate, const Records& records, std::size_t limit);
// The same by looking at every record: what tests and the benchmark hold the index against.
std::vector<Duplicate> find_duplicates_by_scan(const DuplicateCandidate& candidate, const Records& records, std::size_t limit);

// Brings the indexes that this object's candidates need up to date, as far as `rows_max` changed rows go (an unchanged
// row counts as a sixteenth of one). True once they are: find_duplicates then answers at once.
bool refresh_duplicate_index(const Records& records, ObjectIndex object, std::size_t rows_max);
std::size_t duplicate_index_bytes(const Records& records);
// The candidate that a stored record is.
DuplicateCandidate candidate_of(const Records& records, RecordRef record);

}  // namespace outpost
