#include <cmath>

#include "ui/kit/display.h"
#include "ui/kit/table_drawing.h"

namespace outpost::kit {

namespace {

namespace sem = semantics_state;

void resize_column(TableDrawing& d, std::size_t index, const Rect& cell) {
    Context& context = d.context;
    TableColumn& column = d.spec.columns[index];
    if (!column.resizable) return;
    Suppress silent(context);
    const Rect grip{cell.right() - 4, cell.y, 8, cell.height};
    const Hit h = hit(context, "grip", grip, {.role = Role::None, .focusable = false, .draggable = true});
    if (h.drag_started) context.kit().numbers[h.id] = static_cast<std::int64_t>(column.width);
    if (h.dragging) {
        const float before = static_cast<float>(context.kit().numbers[h.id]);
        column.width = std::clamp(std::round(before + h.drag_offset.x), column.width_min, 900.0f);
        d.answer.columns_changed = true;
    }
    if (h.hovered || h.dragging) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
        fill(context, {cell.right() - 1, cell.y + 8, 2, cell.height - 16}, context.color().accent, 1);
    }
}

void draw_header_cell(TableDrawing& d, std::size_t index, const Rect& cell) {
    Context& context = d.context;
    TableColumn& column = d.spec.columns[index];
    TableState& state = d.state;
    const bool sorted = state.sort_column == static_cast<int>(index);
    const std::uint32_t states = sorted ? state.sort_descending ? sem::sorted_descending : sem::sorted_ascending : 0u;
    const std::uint32_t id = hash_id(d.id, static_cast<std::uint32_t>(index) + 900);
    const bool told = emit_table_node(d, id, Role::ColumnHeader, column.label, cell, states, 1, static_cast<int>(index) + 1 + (d.spec.selectable ? 1 : 0)) != SIZE_MAX;
    if (told) push_parent(context, id);
    const Palette& p = context.color();
    Rect inner = cell.inset(Insets::xy(table_cell_padding, 0));
    inner.width = std::max(0.0f, std::min(inner.width, d.columns_end - 2 - inner.x));
    bool hovered = false;
    if (column.sortable) {
        const Hit h = hit(context, "sort", cell.inset({0, 0, column.resizable ? 4.0f : 0.0f, 0}), {.name = column.label, .corner = 4});
        hovered = h.hovered;
        if (h.hovered) fill(context, cell.inset(Insets::xy(2, 4)), p.hover, 4);
        if (h.pressed) {
            state.sort_descending = sorted && !state.sort_descending;
            state.sort_column = static_cast<int>(index);
            d.answer.sort_changed = true;
        }
        if (key_pressed(context, h, "ArrowDown")) state.focus_active = true;
    }
    if (sorted) {
        const float words = text_width(context, column.label, TextStyle::CaptionStrong);
        const float beside = std::min(words + 4, inner.width - 14);
        const Rect place{column.align == Align::End ? inner.right() - beside - 14 : inner.x + beside, inner.y, 14, inner.height};
        draw_icon(context, state.sort_descending ? Icon::ArrowDown : Icon::ArrowUp, place.centered(13, 13), p.accent_text, 2.2f);
        if (column.align != Align::End) inner.width = std::max(0.0f, inner.width - 16);
        else inner.cut_left(std::min(16.0f, inner.width));
    }
    draw_line(context, inner, column.label, sorted ? TextStyle::CaptionStrong : TextStyle::Caption, sorted || hovered ? p.text : p.text_secondary, column.align);
    resize_column(d, index, cell);
    if (told) pop_parent(context);
}

}  // namespace

std::size_t emit_table_node(TableDrawing& d, std::uint32_t id, Role role, std::string_view name, const Rect& rect, std::uint32_t states,
                      std::int64_t row, int column) {
    SemanticsNode node;
    node.id = id;
    node.role = role;
    node.name = name;
    node.states = states;
    node.row_index = static_cast<std::int32_t>(row);
    node.column_index = column;
    return emit(d.context, std::move(node), rect);
}

Rect tick_place(const Context& context, const Rect& cell) { return context.touch ? cell : cell.inset(Insets::xy(6, 2)); }

void draw_table_header(TableDrawing& d) {
    Context& context = d.context;
    const Palette& p = context.color();
    fill(context, d.header, p.canvas);
    const bool told = emit_table_node(d, hash_id(d.id, 2), Role::Row, {}, d.header, 0, 1, 0) != SIZE_MAX;
    if (told) push_parent(context, hash_id(d.id, 2));
    push_clip(context, d.fixed_part(d.header));
    float x = d.header.x - d.state.scroll_x;
    if (d.spec.selectable) {
        const Rect cell{d.fixed > 0 ? d.header.x : x, d.header.y, table_tick_width, d.header.height};
        const std::uint64_t ticked = d.state.selection.count(d.tick_count());
        bool on = ticked > 0 && ticked == d.tick_count();
        const bool head = emit_table_node(d, hash_id(d.id, 899), Role::ColumnHeader, context.tr("kit.selection"), cell, 0, 1, 1) != SIZE_MAX;
        if (head) push_parent(context, hash_id(d.id, 899));
        if (checkbox(context, "all", context.tr("kit.select_all"), on, {.mixed = ticked > 0 && !on, .hide_label = true, .at = tick_place(context, cell)})) {
            const bool all = ticked < d.tick_count();
            d.state.selection.clear();
            d.state.selection.all = all;
            d.answer.selection_changed = true;
        }
        if (head) pop_parent(context);
        x += table_tick_width;
    }
    for (std::size_t i = 0; i < d.spec.columns.size(); ++i) {
        IdScope scope(context, static_cast<std::uint64_t>(i));
        const Rect cell = d.cell_at(i, x, d.header);
        if (d.is_shown(i, cell)) draw_header_cell(d, i, cell);
        x += cell.width;
        if (i == 0) {
            pop_clip(context);
            push_clip(context, d.moving_part(d.header));
        }
    }
    pop_clip(context);
    if (told) pop_parent(context);
    line(context, {d.header.x, d.header.bottom() - 1}, {d.header.right(), d.header.bottom() - 1}, p.border);
}

}  // namespace outpost::kit
