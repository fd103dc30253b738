// Card style: how a board's cards look: compact or comfortable, and which fields they show beside their own; remembered for
// each object on this device. Called by: board page.
#pragma once

#include <memory>
#include <vector>

#include "ui/context.h"

namespace outpost {

inline constexpr std::size_t card_fields_max = 5;

struct CardStyle {
    bool compact = false;               // the name and one line
    std::vector<FieldIndex> fields;     // at most card_fields_max, each a line
    float height() const;
};

CardStyle card_style_of(Context& context, const Object& object);
std::unique_ptr<Dialog> make_card_style_dialog(Context& context, const Object& object);

}  // namespace outpost
