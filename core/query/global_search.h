// Global search: records of all objects whose name, e-mail, phone or company fits what was typed, best first.
// Exact beats prefix beats the start of a word beats any place; a phone is found by its digits. Several words may stand in
// any order and in different fields, the name of the record's account among them. Where little is found, words with a
// letter mistyped are found too.
// Invariant: all that could be found counts, however many; only the best are looked at closely. The same folding as quick filters (accents count only when typed). Called by: the command palette.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ports.h"
#include "core/query/query.h"

namespace outpost {

enum class SearchFit : std::uint8_t {
    Exact, Prefix, WordPrefix,
    Words,        // all words that were typed, somewhere in the record
    Substring,
    Near,         // the same with up to one letter wrong in a word of four, two in one of eight
};

struct SearchHit {
    RecordRef record;
    FieldIndex field = no_field;   // that fits best
    SearchFit fit = SearchFit::Substring;
};

struct SearchOptions {
    std::uint32_t limit = 20;
    ObjectIndex object = no_object;  // only this one; no_object: all that are shown in navigation
    SearchFit worst = SearchFit::Near;   // what fits less well isn't looked for
};

std::vector<SearchHit> search_records(std::string_view text, const Records& records, SearchOptions options = {});

// What the first search would have to derive from all records, a slice at a time; true once it is there. A search that
// comes before does the rest at once.
bool prepare_search(const Records& records, Clock& clock, std::int64_t budget_microseconds);

// The fields of an object that are searched: its name, then names, companies, e-mails, phones and numbers.
std::vector<FieldIndex> search_fields(const Object& object);

}  // namespace outpost
