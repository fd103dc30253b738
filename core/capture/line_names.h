// Names in a line: which people, accounts and opportunities it speaks of, found among the records by the global search.
// Called by: capture.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/capture/line_tokens.h"
#include "core/objects/records.h"

namespace outpost {

// A stretch of the line that names something.
struct LineName {
    std::string text;                    // as written
    std::size_t begin = 0, end = 0;      // tokens
    bool at_place = false;               // behind "at", "from", "在": an account rather than a person
    bool announced = false;              // behind any such word: a name is meant even where none is found
    std::vector<RecordRef> people;       // contacts and leads that are called so, best first
    std::vector<RecordRef> accounts;
    std::vector<RecordRef> opportunities;
    bool found() const { return !people.empty() || !accounts.empty() || !opportunities.empty(); }
};

// A converted lead stands for the contact that it became, every other record for itself; none where the contact is gone.
RecordRef stands_for(const Records& records, RecordRef record);

// What was searched before, for lines that are read again with every letter. Good for as long as the records don't change.
using NameSearches = std::map<std::string, std::vector<RecordRef>, std::less<>>;

class NameFinder {
public:
    NameFinder(const Records& records, NameSearches& searches) : records_(records), searched_(searches) {}
    // Names of one line; `taken` marks tokens that are dates, sums and the like, and is marked where names stand.
    std::vector<LineName> find(const Tokens& tokens, std::string_view line, std::vector<bool>& taken);
    // Whether a record's name has all words of `text` as beginnings of its own.
    bool fits(RecordRef record, std::string_view text) const;

private:
    const std::vector<RecordRef>& search(const std::string& text);
    void add(LineName& name, RecordRef record) const;
    bool find_words(const Tokens& tokens, std::string_view line, std::size_t at, const std::vector<bool>& taken, LineName& name);
    bool find_han(const Tokens& tokens, std::string_view line, std::size_t at, const std::vector<bool>& taken, LineName& name);

    const Records& records_;
    NameSearches& searched_;
};

}  // namespace outpost
