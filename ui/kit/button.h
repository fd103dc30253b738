// Buttons: everything that does something when pressed. `key` is the id within the scope; the label is the name.
// Called by: pages and kit.
#pragma once

#include <string_view>

#include "ui/kit/text.h"

namespace outpost::kit {

enum class ButtonKind : std::uint8_t {
    Secondary,  // bordered surface: the usual one
    Primary,    // accent: at most one a page
    Ghost,      // no frame until hovered
    Danger,     // red, for what destroys
    Subtle,     // tinted neutral background
};

struct ButtonOptions {
    ButtonKind kind = ButtonKind::Secondary;
    Icon icon = Icon::None;
    Icon icon_after = Icon::None;        // a chevron for menus
    bool disabled = false;
    bool busy = false;                   // shows that it works, can't be pressed
    bool small = false;                  // 28 px
    bool selected = false;               // toggle buttons: aria-pressed
    bool has_popup = false;
    bool opens_dialog = false;           // has_popup: a box of things, no menu
    bool open = false;                   // has_popup: it is there
    std::string_view tooltip = {};
    std::string_view shortcut = {};      // "Ctrl+S": shown in the tooltip, told to screen readers and acted on
    std::string_view description = {};
    float width = 0;                     // 0: natural
    bool full_width = false;             // in columns
    Rect at = {};
};
bool button(Context& context, std::string_view key, std::string_view label, ButtonOptions options = {});
inline bool primary_button(Context& context, std::string_view key, std::string_view label, Icon icon = Icon::None) {
    return button(context, key, label, {.kind = ButtonKind::Primary, .icon = icon});
}
// An icon alone; `name` is its accessible name and tooltip.
bool icon_button(Context& context, std::string_view key, Icon icon, std::string_view name, ButtonOptions options = {.kind = ButtonKind::Ghost});

// A button with icon and words; on phones the icon alone, where a bar has no room for words.
bool compact_button(Context& context, std::string_view key, Icon icon, std::string_view label, ButtonOptions options = {});

// What few need, shown below when it is open: a quiet button with a chevron. True when pressed; `open` is changed.
bool disclosure(Context& context, std::string_view key, std::string_view label, bool& open);

// A button that opens a menu below it; true while open: draw menu_item()s, then call end_menu().
//     if (kit::menu_button(ctx, "more", Icon::More, ctx.tr("ui.more"))) {
//         if (kit::menu_item(ctx, "delete", ctx.tr("ui.delete"), {.icon = Icon::Trash, .danger = true})) ...
//         kit::end_menu(ctx);
//     }
bool menu_button(Context& context, std::string_view key, Icon icon, std::string_view name, ButtonOptions options = {.kind = ButtonKind::Ghost});
bool menu_button(Context& context, std::string_view key, std::string_view label, ButtonOptions options = {.icon_after = Icon::ChevronDown});

// Alternatives of which one is on (list | board). Returns true when changed.
struct Segment { std::string_view label; Icon icon = Icon::None; };
bool segmented(Context& context, std::string_view key, std::string_view name, std::initializer_list<Segment> segments, int& selected);

}  // namespace outpost::kit
