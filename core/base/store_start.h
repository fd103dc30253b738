// Where a store's numbers begin: at 0, and at the next step whenever everything was erased or replaced by a backup. Of two
// copies that stand in different steps the older one is what was erased or replaced, out of reach then or put back since:
// nothing of it counts.
// Called by: store; the page's storage and the restoring of a backup, which begin such a step.
#pragma once

#include "core/base/types.h"

namespace outpost {

inline constexpr Sequence store_step = Sequence{1} << 32;
constexpr Sequence store_start(Sequence sequence) { return sequence - sequence % store_step; }

}  // namespace outpost
