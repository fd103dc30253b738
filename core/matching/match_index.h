// MatchIndex: the rows of one object's table by their match keys.
// Invariant: after refresh() returned true, a row is found by the keys of its present values and by no others; rows
// whose content hash is unchanged are kept. Called by: duplicates.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/matching/duplicate_rules.h"
#include "core/objects/records.h"

namespace outpost {

// The texts that are compared of a record, read straight from its columns.
MatchTexts match_texts(const Records& records, RecordRef record);

class MatchIndex {
public:
    explicit MatchIndex(ObjectIndex object) : object_(object) {}

    // Works off at most `work` (16 a changed row, 1 an unchanged one), of which it takes what it used. True when current.
    bool refresh(const Records& records, std::size_t& work);
    // Appends the rows with this key; nothing when they are more than `most`.
    void find(std::uint32_t key, std::size_t most, std::vector<RowIndex>& rows) const;
    std::size_t bytes() const;

private:
    // Keys of one row stand side by side; those of its earlier values stay where they were until the next clearing.
    struct Entry { std::uint32_t key; RowIndex row; std::uint32_t next; };
    struct Place { std::uint32_t first = 0, count = 0; };

    std::uint64_t stamp_of(const Records& records) const;
    void take_rules(const Records& records);
    void set_row(RowIndex row, std::span<const std::uint32_t> keys);
    void clear(std::size_t rows);
    bool is_current(std::uint32_t entry) const;

    ObjectIndex object_;
    std::vector<std::uint32_t> heads_;      // by the key's low bits: 1 + entry, 0 none
    std::vector<Entry> entries_;
    std::vector<Place> places_;             // by row
    std::vector<std::uint64_t> hashes_;     // by row, of the texts
    std::size_t stale_count_ = 0;           // entries of earlier values
    RowIndex cursor_ = 0;                   // rows before it are done in the present pass
    std::uint64_t stamp_ = 0, pass_stamp_ = 0, rules_stamp_ = 0;
    std::vector<DuplicateRule> rules_;      // which give keys of their own
    std::vector<std::string> fields_;       // which they compare
};

}  // namespace outpost
