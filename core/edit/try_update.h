// Trial of a mass edit: what it would change, which records have the value already, and which refuse it and why. The same
// checks as of the edit itself: it is performed and taken back.
// Invariant: records, undo stack and journal are as before. Called by: ui (mass edit).
#pragma once

#include <utility>
#include <vector>

#include "core/edit/editor.h"

namespace outpost {

struct UpdateTrial {
    std::vector<RowIndex> changing;                       // ascending
    std::vector<RowIndex> same;
    std::vector<std::pair<RowIndex, Error>> refused;      // ascending; many that fail alike may share the first one's reason
};
UpdateTrial try_update(Editor& editor, const Records& records, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldValue>& fields);

}  // namespace outpost
