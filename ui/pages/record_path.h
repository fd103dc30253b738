// Record path: a record's way through the values of its board field (an opportunity's stages, a lead's status) as
// chevrons; a press moves it there, the last one asks how it ended. Called by: record_page.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

// Whether the record's object has a way to show: a picklist with lanes and not too many values.
bool has_path(const Object& object);
void draw_path(Context& context, RecordRef record, bool read_only);
// Asks how it ended; null when the record can't be closed.
std::unique_ptr<Dialog> make_close_dialog(Context& context, RecordRef record);

}  // namespace outpost
