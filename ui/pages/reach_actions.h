// Reach actions: call, mail, message or find on the map the person or company of a record, in one press; the composer
// then stands open for what was said. Called by: record_page.
#pragma once

#include <string_view>

#include "ui/context.h"

namespace outpost {

enum class Reached : std::uint8_t { None, Call, Email };   // what is worth logging after it

// Draws a row of buttons for the ways that the record's fields give; nothing when there are none.
Reached draw_reach_actions(Context& context, RecordRef record);

// "geo:" where the device has a map of its own, else a map's page; "" for an empty place.
std::string map_address(std::string_view place, bool touch);

}  // namespace outpost
