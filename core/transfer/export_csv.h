// Export: records as CSV that Outpost's own import and spreadsheets read: a header of the fields' labels, lookups by name,
// dates in ISO form, numbers exact, picklists by their labels; text that a spreadsheet would run is guarded.
// Invariant: one line a row, in the order of the rows. Called by: ui (list page), its tests.
#pragma once

#include <span>
#include <string>

#include "core/base/messages.h"
#include "core/objects/records.h"

namespace outpost {

// UTF-8 with a byte-order mark, so that spreadsheets take it as such; lines end with CR LF (RFC 4180).
std::string export_csv(const Records& records, ObjectIndex object, std::span<const FieldIndex> fields, std::span<const RowIndex> rows, const Messages& messages);

}  // namespace outpost
