// What an undo out of turn must not break: later edits stand on records that it doesn't touch (another holder of a unique
// value, a parent that went), so that taking it back could give what no edit would have been allowed to make.
// The newest edit needs none of this: the state before it was in order.
// Called by: Editor (selective undo).
#pragma once

#include "core/edit/editor.h"

namespace outpost {

// `records` as they are with `undone` applied; `later`: inverses of the edits that came after the one taken back.
// The first rule that wouldn't hold, as an error about the record or field.
Status check_undo_rules(const Records& records, const ChangeGroup& undone, const std::vector<const ChangeGroup*>& later);

}  // namespace outpost
