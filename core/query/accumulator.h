// Accumulator: one aggregate function over groups. Sums are exact: in 64 bits while they must fit, else in 128.
// Invariant: nulls are left out of everything but COUNT(). Called by: run_aggregate.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/query/group_key.h"
#include "core/query/query.h"

namespace outpost {

// A group and how many rows it has, which the caller counts anyway.
struct GroupSize {
    std::uint32_t group = 0, rows = 0;
};

class Accumulator {
public:
    virtual ~Accumulator() = default;
    // Adds the block's row i to group ids[i]; `at` is the position of the block's first row among all matched rows.
    virtual void add(const RowBlock& block, const std::uint32_t* ids, std::uint32_t at, std::uint32_t groups) = 0;
    // Appends each group's value.
    virtual Status append(std::span<const GroupSize> groups, AggregateColumn& column) const = 0;
    // What was added so far as whole numbers, for add_saved of another one; false where it can't be said so.
    virtual bool save(std::vector<std::int64_t>& saved) const { (void)saved; return false; }
    virtual void add_saved(std::span<const std::int64_t> saved, std::uint32_t groups) { (void)saved, (void)groups; }
};

// `rows` are all matched rows, in order; only functions that look at other than numbers of the object itself need them.
Result<std::unique_ptr<Accumulator>> make_accumulator(const Term& term, ObjectIndex object, const Records& records, const QueryContext& context,
                                                      const std::vector<RowIndex>& rows);
// Whether make_accumulator needs `rows` filled.
bool needs_rows(const Term& term, ObjectIndex object, const Records& records);
// Whether it reads nothing of a row but the term's own field, so that what it saved of some rows is good while that is.
bool reads_own_field(const Term& term, ObjectIndex object, const Records& records);

}  // namespace outpost
