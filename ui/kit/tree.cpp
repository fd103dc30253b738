#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

struct TreeDrawing {
    Context& context;
    TreeState& state;
    const TreeSpec& spec;
    std::uint64_t chosen = 0, previous = 0;
    bool find_next = false;      // the next node drawn becomes the active one
    bool focus_active = false;   // the active node takes the focus when it is drawn
    bool moved = false;
};

void draw_nodes(TreeDrawing& d, std::uint64_t parent, int level) {
    Context& context = d.context;
    const Palette& p = context.color();
    const std::vector<std::uint64_t> nodes = d.spec.children(parent);
    for (const std::uint64_t node : nodes) {
        IdScope scope(context, node);
        if (d.state.active == 0) d.state.active = node;
        const bool leaf = d.spec.children(node).empty(), open = d.state.expanded.contains(node);
        const std::string label = d.spec.label(node), detail = d.spec.detail ? d.spec.detail(node) : std::string();
        const Rect place = take(context, 0, context.theme.row_height());
        const bool here = node == d.spec.current;
        const std::uint32_t states = (leaf ? 0u : open ? semantics_state::expanded : semantics_state::collapsed) | (here ? semantics_state::selected : 0u);
        const Hit h = hit(context, "node", place, {.role = Role::TreeItem, .name = label, .description = detail, .states = states,
                                                   .focusable = d.state.active == node, .level = level});
        if (here) fill(context, place, p.selected, radius::control);
        if (h.hovered) fill(context, place, p.hover, radius::control);
        Rect inner = place.inset({8 + static_cast<float>(level - 1) * 20, 0, 8, 0});
        const Rect arrow = inner.cut_left(18);
        if (!leaf) draw_icon(context, open ? Icon::ChevronDown : Icon::ChevronRight, arrow.centered(14, 14), p.text_secondary);
        inner.cut_left(4);
        if (d.spec.icon) { draw_icon(context, d.spec.icon(node), inner.cut_left(16), p.text_secondary); inner.cut_left(8); }
        if (!detail.empty()) {
            draw_text(context, inner.cut_right(text_width(context, detail, TextStyle::Caption) + 2), detail, TextStyle::Caption, p.text_secondary, Align::End);
            inner.cut_right(8);
        }
        draw_text(context, inner, label, here ? TextStyle::BodyStrong : TextStyle::Body, p.text);
        if (d.find_next) {
            d.state.active = node;
            d.find_next = false;
            d.moved = true;
        }
        if (d.focus_active && d.state.active == node) take_focus(context, h.id, true);
        if (h.pressed) {
            d.state.active = node;
            const bool on_arrow = !leaf && arrow.inset(-6).contains(pointer(context));
            if (on_arrow && open) d.state.expanded.erase(node);
            else if (on_arrow) d.state.expanded.insert(node);
            else d.chosen = node;
        }
        if (h.focused) {
            if (key_pressed(context, h, "ArrowRight") && !leaf) {
                if (open) d.find_next = true;   // its first child
                else d.state.expanded.insert(node);
            }
            if (key_pressed(context, h, "ArrowLeft")) { if (open) d.state.expanded.erase(node); else if (parent) { d.state.active = parent; d.moved = true; } }
            if (key_pressed(context, h, "ArrowDown")) d.find_next = true;
            if (key_pressed(context, h, "ArrowUp") && d.previous) { d.state.active = d.previous; d.moved = true; }
        }
        d.previous = node;
        if (open && !leaf) draw_nodes(d, node, level + 1);
    }
}

}  // namespace

std::uint64_t tree(Context& context, std::string_view key, TreeState& state, const TreeSpec& spec) {
    IdScope scope(context, key);
    Column column(context, {.gap = 0});
    Group group(context, Role::Tree, spec.name);
    TreeDrawing d{.context = context, .state = state, .spec = spec};
    const std::uint32_t moved_id = id_of("moved");
    d.focus_active = context.kit().numbers.erase(moved_id) > 0;
    draw_nodes(d, 0, 1);
    if (d.moved) {
        context.kit().numbers[moved_id] = 1;
        context.request_frame();
    }
    if (d.chosen && spec.address) context.navigate(spec.address(d.chosen));
    return d.chosen;
}

}  // namespace outpost::kit
