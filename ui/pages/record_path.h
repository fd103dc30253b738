// Record path: a record's way through the values of its board field (the stages of an opportunity's pipeline, a lead's
// status) as chevrons; a press moves it there, the last one asks how it ended. Called by: record_page.
#pragma once

#include "ui/context.h"

namespace outpost {

// Whether the record has a way to show: a picklist with lanes whose values are steps (a custom
// object's: by its name, or since some end it), and not too many.
bool has_path(const Records& records, RecordRef record);
// The chevrons; inside a card with a heading.
void draw_path(Context& context, RecordRef record, bool read_only);

}  // namespace outpost
