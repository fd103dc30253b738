// The segment: records that somebody keeps together under a name (guests of a fair, a call list), leads, accounts, contacts,
// opportunities and records of custom objects side by side, and who is in it. The ecosystem's nearest are campaign members.
// Called by: objects/standard (the definition), store/recovery, edit/segments, conversion, ui.
#pragma once

#include "core/objects/standard.h"

namespace outpost {

namespace standard_object {
inline constexpr ObjectIndex segment{25}, segment_member{26};
}

namespace segment_field {
inline constexpr FieldIndex description{8};
}
namespace segment_member_field {  // named by the member; goes to the bin with either end
inline constexpr FieldIndex segment{8}, member{9};
}

// Records of custom objects from before there were segments may be in one as well. Opening a store calls it, since a journal
// may define objects after its snapshot.
void admit_custom_objects(Schema& schema);

}  // namespace outpost
