// Overlays: menus, popups and tooltips that a page draws in place. Boxes with a life of their own are Dialog objects
// (ui/page.h). An open overlay holds the focus, closes on Escape and on a click beside it, and gives the focus back.
// On phones popups and menus become sheets from below. Called by: pages and kit.
#pragma once

#include <string_view>

#include "ui/kit/button.h"

namespace outpost::kit {

// A popup anchored to a place (below it when there is room). open_popup() once, then every frame:
//     if (kit::begin_popup(ctx, "filters", anchor, {.name = ...})) { ...; kit::end_popup(ctx); }
struct PopupOptions {
    std::string_view name = {};          // accessible name
    Role role = Role::Dialog;            // Menu, Listbox
    float width = 0;                     // 0: at least the anchor's width
    float width_min = 200;
    float height_max = 360;              // 0: as much as there is room above or below
    Insets padding = Insets::all(space::x3);
    float gap = space::x2;
    Align align = Align::Start;          // which end of the anchor it lines up with
};
void open_popup(Context& context, std::string_view key);
bool is_popup_open(Context& context, std::string_view key);
bool begin_popup(Context& context, std::string_view key, Rect anchor, PopupOptions options = {});
void end_popup(Context& context);
void close_popup(Context& context);      // the innermost one being drawn

// Menus. Arrow keys move, letters jump, Enter chooses and closes.
struct MenuItemOptions {
    Icon icon = Icon::None;
    std::string_view shortcut = {};      // shown at the right
    std::string_view detail = {};
    std::string_view link = {};          // a menu entry that is a link
    bool danger = false;
    bool disabled = false;
    bool checked = false;                // a tick at the right
    bool keep_open = false;
};
bool begin_menu(Context& context, std::string_view key, Rect anchor, std::string_view name);   // after open_popup
void end_menu(Context& context);
bool menu_item(Context& context, std::string_view key, std::string_view label, MenuItemOptions options = {});
void menu_separator(Context& context);
void menu_heading(Context& context, std::string_view label);
// Opens at the pointer on a right click, a long press or the menu key over `rect`. Then as begin_menu.
bool begin_context_menu(Context& context, std::string_view key, Rect rect, std::string_view name);

// A tooltip for the thing drawn last, or for a place.
void tooltip(Context& context, Rect rect, std::string_view text);

}  // namespace outpost::kit
