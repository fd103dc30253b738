// Deletions: when and by whom what is in the recycle bin now was deleted, as the journal and its history tell it. Reads
// backwards in pages, as far as needed to find each of them.
// Invariant: of a record that was deleted several times the last time is told; what isn't found stays untold.
// Called by: ui (recycle bin).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/store/database.h"

namespace outpost {

struct Deletion {
    Sequence sequence = 0;
    Milliseconds time = 0;
    RecordRef user;
};
class Deletions {
public:
    // Asks for one more; in ascending order of object and row.
    void want(RecordRef record);
    // What was found of a record; null when it isn't among them or isn't found.
    const Deletion* find(RecordRef record) const;
    // What the groups, given newest last, tell of those that nothing is known of yet.
    void add(const std::vector<ChangeGroup>& groups);
    bool is_complete() const { return missing_ == 0; }

private:
    static std::uint64_t key_of(RecordRef record) { return (std::uint64_t{number(record.object)} << 32) | record.row; }

    std::vector<std::uint64_t> keys_;      // ascending
    std::vector<Deletion> told_;           // of each; sequence 0: not found yet
    std::size_t missing_ = 0;
};

// All records that are deleted now. Calls back once. `database` and `records` must outlive the call.
void load_deletions(Database& database, const Records& records, Sequence newest, std::function<void(Result<Deletions>)> done);

}  // namespace outpost
