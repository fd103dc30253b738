#include "ui/kit/button.h"

#include <cmath>

#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

struct ButtonLook { Color background, border, text; };

ButtonLook look_of(Context& context, const ButtonOptions& options, bool hovered, bool held) {
    const Palette& p = context.color();
    const Color none{};
    const Color over = held ? p.pressed : hovered ? p.hover : none;
    switch (options.kind) {
        case ButtonKind::Primary:
            if (options.disabled) return {p.neutral.background, none, p.text_disabled};
            return {held ? p.accent_pressed : hovered ? p.accent_hover : p.accent, none, p.on_accent};
        case ButtonKind::Danger:
            if (options.disabled) return {p.neutral.background, none, p.text_disabled};
            return {hovered || held ? p.danger_hover : p.danger, none, p.on_danger};
        case ButtonKind::Secondary:
            if (options.selected) return {p.accent_tint.background, p.accent_tint.border, p.accent_tint.text};
            return {p.surface, hovered ? p.border_strong : p.button_border, options.disabled ? p.text_disabled : p.text};
        case ButtonKind::Subtle:
            return {hovered || held ? p.neutral.border : p.neutral.background, none, options.disabled ? p.text_disabled : p.text};
        case ButtonKind::Ghost:
            if (options.selected) return {p.selected, none, p.accent_text};
            return {over, none, options.disabled ? p.text_disabled : hovered || held ? p.text : p.text_secondary};
    }
    return {};
}

struct ButtonPlace { Rect rect; Hit hit; };

ButtonPlace press_button(Context& context, std::string_view key, std::string_view name, Rect place, const ButtonOptions& options) {
    namespace state = semantics_state;
    std::uint32_t states = options.selected ? state::selected : 0u;
    if (options.has_popup) states |= state::has_popup | (options.open ? state::expanded : state::collapsed) | (options.opens_dialog ? state::opens_dialog : 0u);
    const Hit h = hit(context, key, place, {.name = name, .description = options.description, .shortcut = options.shortcut,
                                            .states = states, .disabled = options.disabled || options.busy});
    const ButtonLook look = look_of(context, options, h.hovered, h.held);
    if (options.kind == ButtonKind::Secondary && !options.disabled) shadow(context, place, radius::control, 1);
    fill(context, place, look.background, radius::control);
    if (options.kind == ButtonKind::Secondary && !options.selected && (h.hovered || h.held))
        fill(context, place, h.held ? context.color().pressed : context.color().hover, radius::control);
    stroke(context, place, look.border, radius::control);
    if (look.border.argb == 0 && h.focused && context.kit().focus_visible) draw_focus_ring(context, place, radius::control);
    return {place, h};
}

float button_height(const Context& context, const ButtonOptions& options) {
    if (!options.small) return context.theme.control_height();
    return context.theme.small_height();
}

void button_tip(Context& context, const ButtonPlace& b, std::string_view words, std::string_view chord) {
    if (words.empty()) return;
    std::string tip(words);
    if (!chord.empty() && !context.touch) tip += "  " + shortcut_text(context, chord);
    request_tip(context, b.hit.id, b.rect, tip, b.hit.hovered);
}

void draw_busy(Context& context, Rect place, Color color) {
    const float turn = static_cast<float>(context.frame_milliseconds % 900) / 900.0f * 6.2832f;
    const ImVec2 middle = {snap((place.x + place.width / 2) * context.scale), snap((place.y + place.height / 2) * context.scale)};
    ImDrawList& list = draw_list();
    list.PathArcTo(middle, px(context, 6), turn, turn + 4.4f, 20);
    list.PathStroke(color32(color), 0, std::max(1.0f, px(context, 1.75f)));
    if (context.theme.reduced_motion) return;
    context.request_frame();
}

}  // namespace

bool button(Context& context, std::string_view key, std::string_view label, ButtonOptions options) {
    // Weight says which one matters; where all are heavy none is.
    const bool heavy = options.kind == ButtonKind::Primary || options.kind == ButtonKind::Danger;
    const TextStyle style = options.small ? (heavy ? TextStyle::DenseStrong : TextStyle::Dense) : heavy ? TextStyle::BodyStrong : TextStyle::Body;
    const float words = text_width(context, label, style), height = button_height(context, options);
    const float side = options.small ? 10.0f : 12.0f, icon = 16;
    float natural = words + 2 * side;
    if (options.icon != Icon::None || options.busy) natural += icon + 6;
    if (options.icon_after != Icon::None) natural += icon + 2;
    Rect place = options.at;
    if (place.empty()) {
        const float left = room_to_grow(context);
        float width = options.full_width ? available(context).width : options.width > 0 ? options.width : natural;
        if (left > 40) width = std::min(width, left);
        place = take(context, width, height);
    }
    const ButtonPlace b = press_button(context, key, label, place, options);
    const Color color = look_of(context, options, b.hit.hovered, b.hit.held).text;
    const float content = natural - 2 * side;
    Rect inner = place.inset(Insets::xy(std::clamp((place.width - content) / 2, 4.0f, side), 0));   // words before padding
    const float spare = inner.width - content;
    if (spare > 0) inner = inner.inset({std::floor(spare / 2), 0, std::floor(spare / 2), 0});
    if (options.busy) draw_busy(context, inner.cut_left(icon), color);
    else if (options.icon != Icon::None) draw_icon(context, options.icon, inner.cut_left(icon), color);
    if (options.icon != Icon::None || options.busy) inner.cut_left(6);
    if (options.icon_after != Icon::None) {
        draw_icon(context, options.icon_after, inner.cut_right(icon), color);
        inner.cut_right(2);
    }
    const bool cut = draw_line(context, inner.inset(Insets::xy(0, 0)), label, style, color, Align::Start);
    button_tip(context, b, options.tooltip.empty() && cut ? label : options.tooltip, options.shortcut);
    return b.hit.pressed;
}

bool icon_button(Context& context, std::string_view key, Icon icon, std::string_view name, ButtonOptions options) {
    const float size = button_height(context, options);
    const Rect place = options.at.empty() ? take(context, size, size) : options.at;
    const ButtonPlace b = press_button(context, key, name, place, options);
    Color color = look_of(context, options, b.hit.hovered, b.hit.held).text;
    // A sign without a word must be seen to be dead; what can't be pressed needs no contrast (WCAG 1.4.3), system colours stay.
    if (options.disabled && !context.theme.forced) color = mix(color, context.color().surface, 0.5f);
    if (options.busy) draw_busy(context, place, color);
    else draw_icon(context, icon, place.centered(18, 18), color);
    button_tip(context, b, options.tooltip.empty() ? name : options.tooltip, options.shortcut);
    return b.hit.pressed;
}

bool disclosure(Context& context, std::string_view key, std::string_view label, bool& open) {
    const Rect place = take(context, text_width(context, label, TextStyle::Dense) + 22, context.theme.small_height());
    const Hit h = hit(context, key, place, {.name = label, .states = open ? semantics_state::expanded : semantics_state::collapsed});
    const Color color = h.hovered ? context.color().text : context.color().text_secondary;
    Rect inner = place;
    draw_icon(context, open ? Icon::ChevronDown : Icon::ChevronRight, inner.cut_left(18).centered(14, 14), color);
    draw_line(context, inner, label, TextStyle::Dense, color, Align::Start);
    if (h.pressed) open = !open;
    return h.pressed;
}

bool compact_button(Context& context, std::string_view key, Icon icon, std::string_view label, ButtonOptions options) {
    options.icon = icon;
    return context.is_phone() ? icon_button(context, key, icon, label, options) : button(context, key, label, options);
}

bool menu_button(Context& context, std::string_view key, Icon icon, std::string_view name, ButtonOptions options) {
    // No id scope here: it would be closed inside of the menu's own window.
    const std::string menu = std::string(key) + "/menu";
    options.has_popup = true;
    options.open = is_popup_open(context, menu);
    options.selected = options.selected || options.open;
    const float size = button_height(context, options);
    if (options.at.empty()) options.at = take(context, size, size);
    if (icon_button(context, key, icon, name, options)) open_popup(context, menu);
    return begin_menu(context, menu, options.at, name);
}

bool menu_button(Context& context, std::string_view key, std::string_view label, ButtonOptions options) {
    const std::string menu = std::string(key) + "/menu";
    options.has_popup = true;
    options.open = is_popup_open(context, menu);
    if (options.icon_after == Icon::None) options.icon_after = Icon::ChevronDown;
    const bool pressed = button(context, key, label, options);
    const Rect anchor = options.at.empty() ? current(context).open_item : options.at;
    if (pressed) open_popup(context, menu);
    return begin_menu(context, menu, anchor, label);
}

bool segmented(Context& context, std::string_view key, std::string_view name, std::initializer_list<Segment> segments, int& selected) {
    IdScope scope(context, key);
    const float height = context.theme.control_height();
    float width = 4;
    const auto width_of = [&](const Segment& s) {
        const float words = s.label.empty() ? 0 : text_width(context, s.label, TextStyle::DenseStrong);
        return words + 20 + (s.icon != Icon::None ? 16 + (s.label.empty() ? 0 : 6) : 0);
    };
    for (const Segment& s : segments) width += width_of(s);
    const Rect place = take(context, width, height);
    fill(context, place, context.color().surface_sunken, radius::control);
    stroke(context, place, context.color().border, radius::control);
    SemanticsNode node;
    node.id = id_of("group");
    node.role = Role::Group;
    node.name = name;
    emit(context, std::move(node), place);
    push_parent(context, id_of("group"));
    const Palette& p = context.color();
    const bool forced = context.theme.forced;
    Rect rest = place.inset(2);
    int index = 0, before = selected;
    for (const Segment& s : segments) {
        Rect cell = rest.cut_left(width_of(s));
        const bool on = index == selected;
        char id[8] = {'s', static_cast<char>('0' + index), 0};
        const Hit h = hit(context, id, cell, {.name = s.label.empty() ? name : s.label,
                                              .states = on ? semantics_state::selected : 0u, .corner = 4});
        if (on) {
            shadow(context, cell, 4, 1);
            fill(context, cell, forced ? p.accent : context.theme.dark ? p.neutral.border : p.surface, 4);
        } else if (h.hovered) {
            fill(context, cell, p.hover, 4);
        }
        const Color color = on && forced ? p.on_accent : on || h.hovered ? p.text : p.text_secondary;
        Rect inner = cell.inset(Insets::xy(10, 0));
        if (s.icon != Icon::None) { draw_icon(context, s.icon, inner.cut_left(16), color); inner.cut_left(6); }
        draw_line(context, inner, s.label, on ? TextStyle::DenseStrong : TextStyle::Dense, color, Align::Start);
        if (h.pressed) selected = index;
        ++index;
    }
    pop_parent(context);
    return selected != before;
}

}  // namespace outpost::kit
