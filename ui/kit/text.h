// Text: drawn, measured, and given to the semantics mirror (screen readers, find-in-page).
// Invariant: every text that is drawn is also in the mirror, unless a parent says it (silent).
// Called by: pages and kit.
#pragma once

#include <string_view>

#include "ui/kit/layout.h"

namespace outpost::kit {

// Colour of text by meaning.
enum class Ink : std::uint8_t { Normal, Secondary, Disabled, Accent, Danger, Success, Warning };

struct TextOptions {
    TextStyle style = TextStyle::Body;
    Ink ink = Ink::Normal;
    Align align = Align::Start;
    bool wrap = false;            // else one line, with an ellipsis and a tooltip when it doesn't fit
    int lines_max = 0;            // with wrap: 0 no limit
    float width = 0;              // 0: natural in a row (at most what is left), full in a column
    std::string_view highlight = {};  // a search word to mark
    bool selectable = false;      // offers Copy in its context menu
    bool silent = false;          // not in the semantics (the name is said by a parent)
    Rect at = {};                 // a place of its own instead of the layout's
};
void text(Context& context, std::string_view text, TextOptions options = {});
// Secondary, wrapped, small: help and explanations.
void help_text(Context& context, std::string_view text);
void heading(Context& context, int level, std::string_view text, TextOptions options = {.style = TextStyle::Subtitle});

struct LinkOptions {
    TextStyle style = TextStyle::Body;
    bool quiet = false;           // in the text's colour, underlined when hovered (table cells)
    bool wrap = false;            // at a place of its own: over as many lines as it takes
    float width = 0;
    std::string_view highlight = {};
    Rect at = {};
};
// A link with a real address: a route ("#/r/00Q...") is navigated to, mailto:, tel: and https: are opened by the browser.
// Returns true when followed. Ctrl or middle click opens a route in a new tab.
bool link(Context& context, std::string_view key, std::string_view text, std::string_view address, LinkOptions options = {});

// Key caps: "Ctrl+K" as the device writes it (⌘ K on Apple devices).
void shortcut_hint(Context& context, std::string_view chord);
std::string shortcut_text(Context& context, std::string_view chord);

float text_width(Context& context, std::string_view text, TextStyle style);   // css px
float text_height(Context& context, std::string_view text, TextStyle style, float wrap_width);

}  // namespace outpost::kit
