// GroupKey: a GROUP BY term as a small code a row, and the value that each code stands for. Codes rise as the values
// sort where that is free (picklists by position, dates, numbers of a date function), else they go by first appearance.
// Invariant: code < cardinality(); 0 is null, or of a checkbox of the object itself false; a lookup's parent is coded once a record, not once a row.
// Called by: aggregates (groups, COUNT_DISTINCT).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// Some rows of a table: `rows`, or without them first .. first + count - 1.
struct RowBlock {
    const RowIndex* rows = nullptr;
    RowIndex first = 0;
    std::uint32_t count = 0;
    RowIndex row(std::uint32_t i) const { return rows != nullptr ? rows[i] : first + i; }
};

class DayKey;

class GroupKey {
public:
    virtual ~GroupKey() = default;
    // ids[i] = ids[i] * cardinality() + code of the block's row i.
    virtual void combine(const RowBlock& block, std::uint32_t* ids) const = 0;
    virtual std::uint32_t cardinality() const = 0;
    virtual Value value(std::uint32_t code) const = 0;
    virtual bool is_null(std::uint32_t code) const = 0;
    // Two functions of one date column read it once. True when `next` is part of this key from now on: its codes
    // follow within this one's.
    virtual bool fuse(const GroupKey& next) { (void)next; return false; }
    virtual const DayKey* as_day_key() const { return nullptr; }
    // Appends what gives a code its meaning, beyond the term itself and the schema: while that is the same, so is the code
    // of a row whose own field is. False where codes come from other records or from all rows together.
    virtual bool add_layout(std::vector<std::int64_t>& layout) const { (void)layout; return false; }
};

// The key of a bound term over all rows of the object's table.
std::unique_ptr<GroupKey> make_group_key(const Term& term, ObjectIndex object, const Records& records, const QueryContext& context);

}  // namespace outpost
