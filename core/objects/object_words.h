// An object's name within a sentence or after a verb: "New lead", "No price books yet". English writes it small, but for
// words such as "VIP". Where it stands alone it is object_label(). Called by: ui.
#pragma once

#include <string>

#include "core/objects/labels.h"

namespace outpost {

std::string object_words(const Messages& messages, const Object& object, bool plural);

}  // namespace outpost
