// Drawn width: how far a line of text reaches where it stands, cut or whole, for a line through it.
// Called by: the kit's list items, the calendar.
#pragma once

#include <string_view>

#include "ui/kit/text.h"

namespace outpost::kit {

// Of one line as `draw_text` draws it within `room` css px, its ellipsis included; css px.
float drawn_width(Context& context, std::string_view text, TextStyle style, float room);

}  // namespace outpost::kit
