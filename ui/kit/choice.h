// Choices: checkbox, switch, radio, tabs, picklist, multi-select, lookup.
// Each draws the choice it is given and says what the person picked; the page owns the value.
// Called by: pages and kit.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/kit/field.h"

namespace outpost::kit {

struct ToggleOptions {
    std::string_view description = {};   // a second line
    bool disabled = false;
    bool mixed = false;
    bool hide_label = false;
    bool round = false;                  // selects a row, where a square one would get it done
    Rect at = {};
};
bool checkbox(Context& context, std::string_view key, std::string_view label, bool& on, ToggleOptions options = {});
bool switch_toggle(Context& context, std::string_view key, std::string_view label, bool& on, ToggleOptions options = {});
// One of several, all visible. True when changed.
struct RadioChoice { std::string_view label; std::string_view description = {}; bool disabled = false; };
// `hide_label`: a heading beside it says the same; it stays the group's name.
bool radio_group(Context& context, std::string_view key, std::string_view label, std::span<const RadioChoice> choices, int& selected, bool hide_label = false);

// Tabs: draw the panel of `selected` below. True when changed.
struct Tab { std::string_view label; Icon icon = Icon::None; int count = -1; };
bool tabs(Context& context, std::string_view key, std::string_view name, std::span<const Tab> tabs, int& selected);

// One choice of a picklist, multi-select or lookup. `value` is what the page stores; "" is none.
struct Choice {
    std::string value;
    std::string label;
    std::string detail = {};             // second line or right side: an account's city, a lead's company
    std::uint32_t color = 0;             // 0xRRGGBB: a dot before the label
    Icon icon = Icon::None;
    bool disabled = false;
};
struct PicklistOptions {
    FieldOptions field = {};
    bool allow_none = true;              // a first entry "None" unless field.required
    bool searchable = false;             // always so from 8 choices
    bool open = false;                   // open at once (inline editing); set it for one frame
};
Edited picklist(Context& context, std::string_view key, std::string_view label, std::span<const Choice> choices,
                std::string& value, PicklistOptions options = {});
Edited multi_select(Context& context, std::string_view key, std::string_view label, std::span<const Choice> choices,
                    std::vector<std::string>& values, PicklistOptions options = {});

// For a page that has a list of its own below a search field, which keeps the keyboard; after the list was drawn. Screen readers are
// told that the field searches the list, and which option its keys have come to (0: none, or no list).
void tell_option(Context& context, std::uint32_t option);
// And how much was found, once the typing rests.
void say_found(Context& context, std::size_t count);

// A lookup: type to search, choose a record, or make a new one. `search` is called when the popup opens ("") and when
// the typed text changes; keep it quick and return at most about 20 choices (value: the record's id text).
struct LookupOptions {
    FieldOptions field = {};
    std::string_view shown = {};         // label of the current value
    std::string_view link = {};          // address of the current value
    bool allow_none = true;
    bool allow_new = false;              // offers "New ... “typed text”"
    std::string_view new_label = {};     // "New account"
    bool open = false;
};
struct LookupEdited : Edited {
    bool wants_new = false;              // the person asked for a new record named `typed`
    std::string typed;
    std::string chosen_label;            // label of the new value
};
LookupEdited lookup_field(Context& context, std::string_view key, std::string_view label, std::string& value,
                          const std::function<std::vector<Choice>(std::string_view typed)>& search, LookupOptions options = {});

}  // namespace outpost::kit
