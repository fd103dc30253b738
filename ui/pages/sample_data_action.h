// The sample-data offer of an empty start, and the banner by which it is taken away again in one click.
// Called by: the home page and the settings page.
#pragma once

#include "ui/kit/kit.h"

namespace outpost {

void draw_sample_button(Context& context);
void draw_sample_banner(Context& context);   // only while there is sample data
void draw_sample_note(Context& context);     // the same, until it is closed on this device

}  // namespace outpost
