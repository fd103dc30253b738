// Stage move: takes a record on along its path (an opportunity's stages, a lead's statuses), from wherever it is asked:
// the path, the board, a swipe. Asks first for what the stages on the way need, and on a loss why; else moves at once.
// Called by: record_path, board_page, quick_action; the registry ("move:<id>:<value>", "close:<id>").
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "ui/context.h"

namespace outpost {

// A value that ends the path.
inline bool is_end(const PicklistValue& value) { return value.closed || value.won || value.converted; }
// `code` of the object's board field; a lead's converted status opens the conversion.
void move_on_path(Context& context, RecordRef record, std::uint16_t code);
// Asks how it ended: won or lost and why, converted or not. Null when its path has no end.
std::unique_ptr<Dialog> make_close_dialog(Context& context, RecordRef record);
std::unique_ptr<Dialog> make_move_dialog(Context& context, std::string_view address);

}  // namespace outpost
