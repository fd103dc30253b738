// Board: the records of an object in lanes by one picklist, with count, sum and weighted sum a lane over all records,
// not only the drawn ones. Works for any object with a picklist, custom ones too; opportunities have amounts.
// Invariant: lane totals equal the same query's totals (a property test holds them together).
// Called by: ui's board page, through workspace; tests.
#pragma once

#include <cstdint>
#include <vector>

#include "core/query/query.h"

namespace outpost {

struct BoardLane {
    std::uint16_t code = 0;              // picklist code; 0: records without a value
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
    std::vector<BoardLane> lanes;        // in the picklist's order; inactive values only where records have them
};

// `query` selects and orders the records (no limit).
Result<Board> compute_board(const Query& query, FieldIndex lane_field, const Records& records, const QueryContext& context);

}  // namespace outpost
