// Title beside: what a title still says where its account stands beside it: of "Quartz Packaging – Extra seats" below which
// "Quartz Packaging" stands, "Extra seats" is left, so that what differs is not what is cut off.
// Called by: the kit's list items and cards, the board.
#pragma once

#include <string_view>

namespace outpost::kit {

// `beside` are words with " · " between; the title's beginning may be any of them, with a dash, colon or bar behind. Gives a
// part of `title`, never an empty one of a title that isn't empty.
std::string_view title_beside(std::string_view title, std::string_view beside);

}  // namespace outpost::kit
