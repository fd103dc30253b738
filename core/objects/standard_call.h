// What a task keeps of a call. Apart from the other fields of a task since only the import speaks of them.
// Called by: objects/standard (the definition), transfer.
#pragma once

#include "core/objects/standard.h"

namespace outpost::task_field {
inline constexpr FieldIndex call_duration{21} /* seconds */, call_type{22} /* inbound or outbound */, call_disposition{23} /* how it went */;
}
