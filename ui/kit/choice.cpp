#include "ui/kit/choice.h"

#include <cmath>

#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

constexpr float label_height = 20;   // of a field

struct ToggleRow { Hit hit; Rect box; };

ToggleRow toggle_row(Context& context, std::string_view key, std::string_view label, bool on, Role role, float box_width,
                     const ToggleOptions& options, bool focusable = true) {
    const bool two = !options.description.empty() && !options.hide_label;
    float height = context.touch ? 44.0f : two ? 40.0f : 28.0f;
    const float title_height = height / 2 + 1;
    bool wraps = false;   // a description that is longer than a line
    float title_more = 0; // by which a label is higher that is
    Rect place = options.at;
    if (place.empty()) {
        float width = box_width;
        if (!options.hide_label) {
            float words = text_width(context, label, TextStyle::Body);
            if (two) words = std::max(words, text_width(context, options.description, TextStyle::Caption));
            width += 10 + std::ceil(words) + 1;   // what fits must not break where it is drawn, a fraction of a pixel further on
        }
        const float left = room_to_grow(context);
        if (left > 30) width = std::min(width, left);
        // A label is never cut: what is ticked must be read.
        title_more = options.hide_label ? 0 : text_height(context, label, TextStyle::Body, width - box_width - 10) - context.theme.line_height(TextStyle::Body);
        if (title_more > 1) height += title_more;
        if (two) {
            const float more = text_height(context, options.description, TextStyle::Caption, width - box_width - 10) - context.theme.line_height(TextStyle::Caption);
            wraps = more > 1;
            if (wraps) height += more;
        }
        // Beside fields it stands in line with their frames, not with their labels.
        const Layout& outer = current(context);
        const bool beside_fields = outer.kind == LayoutKind::FormGrid && outer.columns > 1;
        const float frame = context.theme.control_height();
        place = take(context, width, beside_fields ? std::max(height, frame + label_height) : height);
        if (beside_fields && place.height > height) place = place.inset({0, label_height + (frame - height) / 2, 0, 0});
        place.height = height;
    }
    std::uint32_t states = on ? semantics_state::checked : 0u;
    if (options.mixed) states |= semantics_state::mixed;
    const Hit h = hit(context, key, place, {.role = role, .name = label, .description = options.hide_label ? "" : options.description,
                                            .states = states, .disabled = options.disabled, .focusable = focusable, .focus_ring = false});
    Rect rest = place;
    Rect box = rest.cut_left(box_width);
    if (options.hide_label) box = place.centered(box_width, box_width);
    rest.cut_left(10);
    const Palette& p = context.color();
    if (!options.hide_label) {
        Rect title = rest;
        if (two) {
            title = rest.cut_top(title_height + (title_more > 1 ? title_more : 0));
            if (wraps) text(context, options.description, {.style = TextStyle::Caption, .ink = Ink::Secondary, .wrap = true, .silent = true, .at = rest.inset({0, 1, 0, 0})});
            else draw_line(context, rest, options.description, TextStyle::Caption, p.text_secondary, Align::Start);
        }
        if (title_more > 1) text(context, label, {.style = TextStyle::Body, .ink = options.disabled ? Ink::Disabled : Ink::Normal, .wrap = true, .silent = true, .at = title.inset({0, (title.height - context.theme.line_height(TextStyle::Body) - title_more) / 2, 0, 0})});
        else draw_line(context, title, label, TextStyle::Body, options.disabled ? p.text_disabled : p.text, Align::Start);
        if (two) box.height = title.height + 2;
    }
    return {h, box};
}

}  // namespace

bool checkbox(Context& context, std::string_view key, std::string_view label, bool& on, ToggleOptions options) {
    const ToggleRow row = toggle_row(context, key, label, on, Role::Checkbox, 18, options);
    const Rect box = row.box.centered(16, 16);
    const Palette& p = context.color();
    const float corner = options.round ? 8 : 4;
    if (on || options.mixed) {
        fill(context, box, options.disabled ? p.text_disabled : row.hit.hovered ? p.accent_hover : p.accent, corner);
        draw_icon(context, options.mixed ? Icon::Minus : Icon::Check, box.centered(12, 12), p.on_accent, 3.2f);
    } else {
        fill(context, box, options.disabled ? p.surface_sunken : p.field, corner);
        stroke(context, box, row.hit.hovered ? p.accent : p.field_border, corner, 1.5f);
    }
    if (row.hit.focused && context.kit().focus_visible) draw_focus_ring(context, box, corner);
    if (row.hit.pressed) on = options.mixed ? true : !on;
    return row.hit.pressed;
}

bool switch_toggle(Context& context, std::string_view key, std::string_view label, bool& on, ToggleOptions options) {
    const ToggleRow row = toggle_row(context, key, label, on, Role::Switch, 34, options);
    const Rect track = row.box.centered(34, 20);
    const Palette& p = context.color();
    const float share = animate(context, key, on ? 1.0f : 0.0f, motion::quick_ms);
    fill(context, track, options.disabled ? p.neutral.border : mix(p.field_border, p.accent, share), radius::pill);
    const Rect knob{track.x + 2 + share * 14, track.y + 2, 16, 16};
    fill(context, knob, context.theme.dark && on ? p.on_accent : Color::rgb(0xFFFFFF), radius::pill);
    if (row.hit.focused && context.kit().focus_visible) draw_focus_ring(context, track, 10);
    if (row.hit.pressed) on = !on;
    return row.hit.pressed;
}

bool radio_group(Context& context, std::string_view key, std::string_view label, std::span<const RadioChoice> choices, int& selected, bool hide_label) {
    IdScope scope(context, key);
    const int before = selected;
    Column column(context, {.gap = 2});
    Group group(context, Role::Group, label);
    if (!label.empty() && !hide_label) text(context, label, {.style = TextStyle::Caption, .ink = Ink::Secondary, .silent = true});
    const int count = static_cast<int>(choices.size());
    int move_to = -1;
    for (int i = 0; i < count; ++i) {
        const RadioChoice& choice = choices[static_cast<std::size_t>(i)];
        IdScope each(context, static_cast<std::uint64_t>(i));
        const ToggleRow row = toggle_row(context, "radio", choice.label, i == selected, Role::Radio, 18,
                                         {.description = choice.description, .disabled = choice.disabled},
                                         i == before || (before < 0 && i == 0));   // one stop in the Tab order
        const Rect ring = row.box.centered(16, 16);
        const Palette& p = context.color();
        fill(context, ring, i == selected ? p.accent : p.field, 8);
        if (i == selected) fill(context, ring.centered(6, 6), p.on_accent, 3);
        else stroke(context, ring, row.hit.hovered ? p.accent : p.field_border, 8, 1.5f);
        if (row.hit.focused && context.kit().focus_visible) draw_focus_ring(context, ring, 8);
        if (row.hit.pressed) {
            selected = i;
            take_focus(context, row.hit.id, false);
        }
        int step = 0;
        if (key_pressed(context, row.hit, "ArrowDown") || key_pressed(context, row.hit, "ArrowRight")) step = 1;
        if (key_pressed(context, row.hit, "ArrowUp") || key_pressed(context, row.hit, "ArrowLeft")) step = -1;
        for (int tried = 0, to = i; step != 0 && tried < count && move_to < 0; ++tried) {
            to = (to + step + count) % count;
            if (!choices[static_cast<std::size_t>(to)].disabled) move_to = to;
        }
    }
    if (move_to >= 0) {
        selected = move_to;
        IdScope each(context, static_cast<std::uint64_t>(move_to));
        take_focus(context, id_of("radio"), true);
    }
    return selected != before;
}

bool tabs(Context& context, std::string_view key, std::string_view name, std::span<const Tab> all, int& selected) {
    IdScope scope(context, key);
    const int before = selected, count = static_cast<int>(all.size());
    const float height = context.touch ? 44.0f : 36.0f;
    const Rect bar = take(context, 0, height);
    const Palette& p = context.color();
    line(context, {bar.x, bar.bottom() - 1}, {bar.right(), bar.bottom() - 1}, p.border);
    SemanticsNode node;
    node.id = id_of("list");
    node.role = Role::TabList;
    node.name = name;
    emit(context, std::move(node), bar);
    push_parent(context, id_of("list"));
    float x = bar.x;
    std::uint32_t move_to = 0;
    for (int i = 0; i < count; ++i) {
        const Tab& tab = all[static_cast<std::size_t>(i)];
        IdScope each(context, static_cast<std::uint64_t>(i));
        const bool on = i == selected;
        const std::string number = tab.count >= 0 ? std::to_string(tab.count) : std::string();
        const float words = text_width(context, tab.label, TextStyle::BodyStrong);
        const float badge_width = number.empty() ? 0 : text_width(context, number, TextStyle::Caption) + 18;
        Rect place{x, bar.y, words + (tab.icon != Icon::None ? 22.0f : 0.0f) + badge_width + 8, height};
        const Hit h = hit(context, "tab", place, {.role = Role::Tab, .name = tab.label, .value = number,
                                                  .states = on ? semantics_state::selected : 0u, .focusable = on || context.kit().focused == id_of("tab")});
        const Color color = on ? p.text : h.hovered ? p.text : p.text_secondary;
        Rect inner = place.inset(Insets::xy(4, 0));
        if (tab.icon != Icon::None) { draw_icon(context, tab.icon, inner.cut_left(16), color); inner.cut_left(6); }
        draw_line(context, inner.cut_left(words + 1), tab.label, on ? TextStyle::BodyStrong : TextStyle::Body, color, Align::Start);
        if (!number.empty()) {
            inner.cut_left(6);
            const Rect chip = inner.cut_left(badge_width - 6).centered(badge_width - 6, 18);
            fill(context, chip, on ? p.accent_tint.background : p.neutral.background, 9);
            draw_line(context, chip, number, TextStyle::Caption, on ? p.accent_tint.text : p.text_secondary, Align::Center);
        }
        if (on) fill(context, {place.x, bar.bottom() - 2, place.width, 2}, p.accent, 1);
        if (h.pressed) selected = i;
        const int step = key_pressed(context, h, "ArrowRight") ? 1 : key_pressed(context, h, "ArrowLeft") ? -1 : 0;
        const int edge = key_pressed(context, h, "Home") ? 0 : key_pressed(context, h, "End") ? count - 1 : -1;
        if (step != 0 || edge >= 0) {
            selected = edge >= 0 ? edge : (i + step + count) % count;
            move_to = static_cast<std::uint32_t>(selected) + 1;
        }
        x += place.width + 16;
    }
    pop_parent(context);
    if (move_to) {
        IdScope each(context, static_cast<std::uint64_t>(move_to - 1));
        take_focus(context, id_of("tab"), true);
    }
    return selected != before;
}

}  // namespace outpost::kit
