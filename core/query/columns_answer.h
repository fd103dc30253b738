// Columns answer: a query's answer as bytes that a page decodes with typed arrays, many times faster than JSON.
// Little-endian; every array begins at a multiple of 8 bytes from the start; offsets are from the start.
// Invariant: the same values as run_to_json, numbers rounded to doubles as a page reads JSON anyway.
// Called by: the page's scripting door, its decoder in JavaScript, the benchmark.
#pragma once

#include <cstdint>
#include <vector>

#include "core/query/query.h"

namespace outpost {

// The layout, in this order.
//
//   u32 magic "OPC1" (0x3143504F)   u32 version (2)
//   u32 rows                        u32 total: all that match, before LIMIT and OFFSET
//   u32 columns                     u32 flags: 1 totals or groups, 2 SELECT COUNT() alone (`rows` is the answer)
//   u32 type offset, u32 type bytes: API name of the records' object ("AggregateResult" for groups), UTF-8
//   columns x { u32 kind, u32 name offset, u32 name bytes, u32 data, u32 aux, u32 aux bytes, u32 entries, u32 0 }
//
// A column's name has the dots of its path ("Account.Name": a field of a nested object); the names of all columns lie one
// after the other, in their order. By kind, `data` is:
//   1 Text        u32 x (rows + 1): where each text begins in `aux` (UTF-8), counted in UTF-16 units of what it decodes to,
//                 the last is its end; nothing: null
//   2 Number      f64 x rows; NaN: null
//   3 Date        i32 x rows: days since 1970-01-01; -2147483648: null
//   4 DateTime    f64 x rows: milliseconds since 1970-01-01T00:00Z; NaN: null
//   5 Flag        u8 x rows: 0 or 1; 255: null
//   6 Dictionary  u16 x rows: 0 null, else entry + 1; `aux` is u32 x (entries + 1) as in Text, then the UTF-8 bytes
//   7 Json        as Text, each text is JSON (addresses, text that FORMAT() made)
//   8 Parent      u8 x rows: 1 where the lookup of that name leads to a record; `aux` is its object's API name. Stands
//                 before the columns whose paths go through it
// Queries within SELECT, TYPEOF and lookups to one of several objects have no columns: such a query is answered as JSON
// only (is_columnar tells).

bool is_columnar(const Query& query, const Schema& schema);
Result<std::vector<std::uint8_t>> run_to_columns(const Query& query, const Records& records, const QueryContext& context);

}  // namespace outpost
