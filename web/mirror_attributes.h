// What a semantics node is in the DOM: its element and its attributes. Pure; the numbers of tags and attributes are
// those of web/mirror.js. Called by: web/mirror.cpp.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/base/semantics.h"

namespace outpost::dom {

enum Tag : std::int32_t { tag_div, tag_a, tag_input, tag_textarea };

enum Attribute : std::size_t {
    role, label, tab_index, disabled, checked, selected, expanded, has_popup, required, invalid, read_only, modal,
    current, sort, live, value_text, value_now, description, placeholder, href, key_shortcuts, level, row_index,
    column_index, row_count, column_count, position_in_set, set_size, hidden, type, input_mode, autocomplete,
    enter_key_hint, field_disabled, field_read_only, spellcheck, style_class, pressed, direction, controls, active_descendant,
    completes, multi_selectable, attribute_count,
};

using Attributes = std::array<std::optional<std::string>, attribute_count>;

bool is_field(const SemanticsNode& node);
bool is_interactive(Role role);
Tag tag_of(const SemanticsNode& node);
// Text that stands inside the element; "" when the name is given as a label instead.
std::string content_of(const SemanticsNode& node, bool has_children);
Attributes attributes_of(const SemanticsNode& node, bool has_children);
// True when both nodes have the same element, attributes and text (places and values aside).
bool same_attributes(const SemanticsNode& a, const SemanticsNode& b);

}  // namespace outpost::dom
