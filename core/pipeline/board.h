// Board: the records of an object in lanes by one picklist, by owner, or by the month of a date, with count, sum and
// weighted sum a lane over all records, not only the drawn ones. Works for custom objects too; opportunities have amounts.
// Invariant: lane totals equal the same query's totals (a property test holds them together).
// Called by: ui's board page, through workspace; tests.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/query/query.h"

namespace outpost {

struct BoardLane {
    std::uint64_t key = 0;               // tells lanes apart, also after a change; 0: records without a value
    std::uint16_t code = 0;              // of a picklist; 0 in lanes of another kind
    Value value;                         // what its records hold: a picklist's API value, the owner; of dates the month's first day
    std::vector<RowIndex> rows;          // in the query's order
    std::uint32_t count = 0;
    Decimal sum;                         // of the amount field; scale of the field
    Decimal weighted;                    // sum x probability
    bool closed = false;                 // its stage is closed
};

struct Board {
    ObjectIndex object = no_object;
    FieldIndex lane_field = no_field;
    FieldIndex amount_field = no_field;  // no_field: no sums
    FieldIndex weighted_field = no_field;
    std::vector<BoardLane> lanes;        // in the picklist's order, inactive values only where records have them; owners by
                                         // name, where they have records; months in order, with the empty ones between
};

// `query` selects and orders the records (no limit), of which those stay that `keep` wants, when it is given.
Result<Board> compute_board(const Query& query, FieldIndex lane_field, const Records& records, const QueryContext& context,
                            const std::function<bool(RowIndex)>& keep = {});

}  // namespace outpost
