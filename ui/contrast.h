// More contrast (prefers-contrast): the same palette with outlines that stand out and no text that steps back.
// Invariant: secondary text has 7:1 on a surface, outlines 3:1. Called by: ui/app.cpp when it makes a frame's theme.
#pragma once

#include "ui/theme.h"

namespace outpost {

Palette with_more_contrast(Palette palette);

}  // namespace outpost
