// Card list: records as two-line rows, virtualised like the table: for phones, and for the narrow side of a list with its
// detail. Under a finger a row moves aside and shows what letting go will do; a long press begins ticking rows.
// Invariant: a swipe is told only when the finger let go beyond the mark; whatever began as scrolling stays scrolling.
// Called by: pages.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ui/kit/table.h"

namespace outpost::kit {

struct SwipeAction { std::string label; Icon icon = Icon::None; Tone tone = Tone::Accent; };

struct CardListState {
    TableSelection selection;
    bool selecting = false;              // a tap ticks a row
    std::int64_t reveal_row = -1;        // scrolls to this row in the next frame
    std::int64_t focus_row = -1;         // it takes the keyboard in the next frame
};

struct CardLines {
    std::string title, detail, right;
    bool late = false;                      // what stands at the right is a day that is past
    bool heading = false, folded = false;   // of a group of what follows; pressed, it is told as opened
};

struct CardListSpec {
    std::string_view name = {};
    std::uint64_t row_count = 0;
    std::function<CardLines(std::uint64_t row)> card = {};
    std::function<std::uint64_t(std::uint64_t row)> row_key = {};
    std::function<std::string(std::uint64_t row)> row_address = {};          // of the link; opening is told, not done
    std::function<std::optional<SwipeAction>(std::uint64_t row)> to_right = {};
    std::function<std::optional<SwipeAction>(std::uint64_t row)> to_left = {};
    std::int64_t current_row = -1;       // shown beside it
    std::string_view highlight = {};
    Rect at = {};
};

struct CardListAnswer {
    std::int64_t opened_row = -1;
    std::int64_t swiped_right = -1, swiped_left = -1;
    bool selection_changed = false;
};
CardListAnswer card_list(Context& context, std::string_view key, CardListState& state, const CardListSpec& spec);

}  // namespace outpost::kit
