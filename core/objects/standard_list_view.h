// The list view: what a list shows, kept under a name: its owner's, or everybody's when shared. Apart from the other
// standard objects since nothing in the core but its definition speaks of it.
// Called by: objects/standard (the definition), ui (list views).
#pragma once

#include "core/objects/standard.h"

namespace outpost {

namespace standard_object {
inline constexpr ObjectIndex list_view{20};
}

namespace list_view_field {
inline constexpr FieldIndex sobject_type{8} /* API name of the object it lists */, filter{9} /* "owner=me&state=open" as in a list's address */,
    criteria{10} /* of a SOQL WHERE */, columns{11} /* "Name:220;Company" */, sort_by{12} /* "-CreatedDate" */, group_by{13},
    is_shared{14}, is_pinned{15} /* the list begins with it */;
}

}  // namespace outpost
