// KeptGroups: what an aggregate query over a whole table has counted and summed in each block of rows, so that the next one
// after an edit looks again only at blocks that changed. The first and last day of date columns are kept alike.
// Invariant: a block's part is used only while the revisions of all it was read from are the same; sums are exact, so that
// parts added up equal one pass over all rows. Called by: run_aggregate, group keys. Lives in the records' query cache.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/objects/records.h"

namespace outpost {

// The first and last day in a date column; first > last when there is none.
struct DayBounds {
    std::int32_t first = 0, last = 0;
};

// A block's rows by group.
struct GroupsPart {
    std::uint64_t stamp = 0;                          // sum of the revisions it was read at; 0 never
    std::vector<std::uint32_t> counts;                // rows, by group
    std::vector<std::vector<std::int64_t>> saved;     // by accumulator: see Accumulator::save
};

class KeptGroups {
public:
    // The parts of the question that `key` stands for, by block; empty ones when it wasn't asked lately. Good until the
    // next call.
    std::vector<GroupsPart>& parts_of(const std::vector<std::int64_t>& key);
    DayBounds day_bounds(const Table& table, FieldIndex field);
    std::size_t bytes() const;

private:
    struct Question {
        std::vector<std::int64_t> key;
        std::vector<GroupsPart> parts;
        std::uint64_t asked = 0;
        std::size_t bytes() const;
    };
    struct BlockBounds {
        std::uint64_t revision = 0;
        DayBounds bounds;
    };
    std::vector<Question> questions_;                 // those asked last, as many as have room
    std::uint64_t asked_ = 0;
    std::map<std::pair<ObjectIndex, FieldIndex>, std::vector<BlockBounds>> bounds_;
};

KeptGroups& kept_groups(const Records& records);

}  // namespace outpost
