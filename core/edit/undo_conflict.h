// Whether an edit can be taken back out of turn: only when nothing later touched what it touched.
// What it must not break although nothing was touched: undo_rules. Called by: Editor (selective undo).
#pragma once

#include "core/edit/editor.h"

namespace outpost {

// `inverse`: what would be applied; `later`: inverses of the edits that came after it. True when they don't touch.
bool can_undo_alone(const ChangeGroup& inverse, const std::vector<const ChangeGroup*>& later);
// Leaves out the modification stamps where a later edit stamped the same records.
void keep_later_stamps(ChangeGroup& inverse, const std::vector<const ChangeGroup*>& later);

}  // namespace outpost
