// More contrast (prefers-contrast): the same palette with outlines that stand out and no text that steps back; and colours
// that differ, of several people, say. Invariant: secondary text has 7:1 on a surface, outlines 3:1. Called by: ui/app.cpp
// when it makes a frame's theme, the calendar.
#pragma once

#include "ui/theme.h"

namespace outpost {

std::uint32_t color_at(std::uint32_t index);   // 0xRRGGBB; the first eight differ
Palette with_more_contrast(Palette palette);

}  // namespace outpost
