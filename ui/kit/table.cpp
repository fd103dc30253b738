#include "ui/kit/table.h"

#include <cmath>
#include <cstdlib>

#include "ui/kit/display.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

namespace sem = semantics_state;
constexpr float header_height = 36, tick_width = 40, menu_width = 44, cell_padding = 12;

float bar_width() { return ImGui::GetStyle().ScrollbarSize > 0 ? 10.0f : 0.0f; }   // for a finger it lies over what scrolls

Rect tick_place(const Context& context, const Rect& cell) { return context.touch ? cell : cell.inset(Insets::xy(6, 2)); }

// What the parts of one table share while it is drawn.
struct Drawing {
    Context& context;
    TableState& state;
    const TableSpec& spec;
    TableAnswer answer;
    std::uint32_t id = 0;
    Rect header, body;
    float row_height = 36, total_width = 0;
    std::int64_t first_row = 0, end_row = 0;
    float first_y = 0;
    bool body_hovered = false;
    float columns_end = 0;   // right end of where columns show: behind it a row's menu has a place of its own
    float fixed = 0;         // width at the left that isn't scrolled sideways: ticks and first column, 0 where they leave no room

    // Where a column's cell stands in a row, and where of it something shows.
    Rect cell_at(std::size_t column, float x, const Rect& row) const {
        return {column == 0 && fixed > 0 ? body.x + lead() : x, row.y, spec.columns[column].width, row.height};
    }
    // The cell that is edited, as wide as its editor needs; {} when it is in another row.
    Rect editor_at(std::int64_t number, const Rect& row) const {
        const auto column = static_cast<std::size_t>(state.editing_column);
        if (number != state.editing_row || column >= spec.columns.size()) return {};
        float x = row.x + lead();
        for (std::size_t i = 0; i < column; ++i) x += spec.columns[i].width;
        Rect place = cell_at(column, x, row);
        place.width = std::max(place.width, state.editing_width);
        place.x = std::max(shown_from(column), std::min(place.x, columns_end - place.width));
        return place;
    }
    float shown_from(std::size_t column) const { return column == 0 ? body.x : body.x + fixed; }
    bool is_shown(std::size_t column, const Rect& cell) const { return cell.right() > shown_from(column) && cell.x < columns_end; }
    Rect fixed_part(const Rect& row) const { return {body.x, row.y, fixed > 0 ? fixed : std::max(0.0f, columns_end - body.x), row.height}; }
    Rect moving_part(const Rect& row) const { return {body.x + fixed, row.y, std::max(0.0f, columns_end - body.x - fixed), row.height}; }
    float lead() const { return spec.selectable ? tick_width : 0; }
    std::uint64_t key_of(std::int64_t row) const {
        return spec.row_key ? spec.row_key(static_cast<std::uint64_t>(row)) : static_cast<std::uint64_t>(row);
    }
    std::uint32_t cell_id(std::int64_t row, int column) const {
        return hash_id(hash_id(id, static_cast<std::uint32_t>(row) + 7), static_cast<std::uint32_t>(column) + 1);
    }
    std::uint32_t row_id(std::int64_t row) const { return hash_id(hash_id(id, static_cast<std::uint32_t>(row) + 7), 0xFFFF); }
    bool can_edit(std::int64_t row, int column) const {
        if (column < 0 || !spec.columns[static_cast<std::size_t>(column)].editable) return false;
        return !spec.can_edit || spec.can_edit(static_cast<std::uint64_t>(row), column);
    }
    bool is_heading(std::int64_t row) const { return spec.is_heading && spec.is_heading(static_cast<std::uint64_t>(row)); }
    std::uint64_t tick_count() const { return spec.tick_count > 0 ? spec.tick_count : spec.row_count; }
    std::string row_name(std::int64_t row) const {
        return spec.row_name ? spec.row_name(static_cast<std::uint64_t>(row)) : std::to_string(row + 1);
    }
};

std::size_t emit_node(Drawing& d, std::uint32_t id, Role role, std::string_view name, const Rect& rect, std::uint32_t states,
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

void resize_column(Drawing& d, std::size_t index, const Rect& cell) {
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

void draw_header_cell(Drawing& d, std::size_t index, const Rect& cell) {
    Context& context = d.context;
    TableColumn& column = d.spec.columns[index];
    TableState& state = d.state;
    const bool sorted = state.sort_column == static_cast<int>(index);
    const std::uint32_t states = sorted ? state.sort_descending ? sem::sorted_descending : sem::sorted_ascending : 0u;
    const std::uint32_t id = hash_id(d.id, static_cast<std::uint32_t>(index) + 900);
    const bool told = emit_node(d, id, Role::ColumnHeader, column.label, cell, states, 1, static_cast<int>(index) + 1 + (d.spec.selectable ? 1 : 0)) != SIZE_MAX;
    if (told) push_parent(context, id);
    const Palette& p = context.color();
    Rect inner = cell.inset(Insets::xy(cell_padding, 0));
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

void draw_header(Drawing& d) {
    Context& context = d.context;
    const Palette& p = context.color();
    fill(context, d.header, p.canvas);
    const bool told = emit_node(d, hash_id(d.id, 2), Role::Row, {}, d.header, 0, 1, 0) != SIZE_MAX;
    if (told) push_parent(context, hash_id(d.id, 2));
    push_clip(context, d.fixed_part(d.header));
    float x = d.header.x - d.state.scroll_x;
    if (d.spec.selectable) {
        const Rect cell{d.fixed > 0 ? d.header.x : x, d.header.y, tick_width, d.header.height};
        const std::uint64_t ticked = d.state.selection.count(d.tick_count());
        bool on = ticked > 0 && ticked == d.tick_count();
        const bool head = emit_node(d, hash_id(d.id, 899), Role::ColumnHeader, context.tr("kit.selection"), cell, 0, 1, 1) != SIZE_MAX;
        if (head) push_parent(context, hash_id(d.id, 899));
        if (checkbox(context, "all", context.tr("kit.select_all"), on, {.mixed = ticked > 0 && !on, .hide_label = true, .at = tick_place(context, cell)})) {
            const bool all = ticked < d.tick_count();
            d.state.selection.clear();
            d.state.selection.all = all;
            d.answer.selection_changed = true;
        }
        if (head) pop_parent(context);
        x += tick_width;
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

// Scrolls sideways until a column is seen whole.
void reveal_column(Drawing& d, int column) {
    if (column == 0 && d.fixed > 0) return;
    float start = d.lead();
    for (int i = 0; i < column; ++i) start += d.spec.columns[static_cast<std::size_t>(i)].width;
    const float end = start + d.spec.columns[static_cast<std::size_t>(column)].width, room = std::min(d.columns_end, d.body.right() - bar_width()) - d.body.x;
    if (start - d.fixed < d.state.scroll_x) set_scroll((start - d.fixed) * d.context.scale, -1);
    else if (end > d.state.scroll_x + room) set_scroll(std::min(end - room, start - d.fixed) * d.context.scale, -1);
    d.context.request_frame();
}

void start_edit(Drawing& d, std::int64_t row, int column) {
    reveal_column(d, column);
    d.state.editing_row = row;
    d.state.editing_column = column;
    d.answer.edit_row = row;
    d.answer.edit_column = column;
    d.context.request_frame();
}

void open_row(Drawing& d, std::int64_t row) {
    const std::string address = d.spec.row_address ? d.spec.row_address(static_cast<std::uint64_t>(row)) : std::string();
    if (!address.empty()) d.context.navigate(address);
    else d.answer.opened_row = row;
}

void tick_row(Drawing& d, std::int64_t row) {
    if (d.is_heading(row)) return;
    const bool range = ImGui::GetIO().KeyShift && d.state.anchor_row >= 0;
    if (!range) d.state.selection.toggle(d.key_of(row));
    else {
        const bool on = d.state.selection.contains(d.key_of(d.state.anchor_row));
        const std::int64_t low = std::min(row, d.state.anchor_row), high = std::max(row, d.state.anchor_row);
        for (std::int64_t r = low; r <= high; ++r)
            if (!d.is_heading(r) && d.state.selection.contains(d.key_of(r)) != on) d.state.selection.toggle(d.key_of(r));
    }
    d.state.anchor_row = d.state.active_row = row;
    d.answer.selection_changed = true;
}

constexpr float pencil_width = 26;

// One cell: semantics, the page's drawing, the active ring. `pencil`: its end is taken.
void draw_cell(Drawing& d, std::int64_t row, int index, const Rect& rect, bool row_hovered, bool pencil) {
    Context& context = d.context;
    Kit& kit = context.kit();
    const TableColumn& column = d.spec.columns[static_cast<std::size_t>(index)];
    const bool active = d.state.active_row == row && d.state.active_column == index;
    const bool editing = d.state.editing_row == row && d.state.editing_column == index;
    const std::uint32_t id = d.cell_id(row, index);
    const bool stop = active || (d.state.active_row < 0 && row == d.first_row && index == 0);
    // A cell is named by what the page says in it.
    const std::size_t node = emit_node(d, id, Role::Cell, " ", rect, stop && !editing ? sem::focusable : 0u, row + 2, index + 1 + (d.spec.selectable ? 1 : 0));
    const std::size_t before = context.semantics.nodes.size();
    if (node != SIZE_MAX) push_parent(context, id);
    Cell cell(context);
    cell.row = static_cast<std::uint64_t>(row);
    cell.column = index;
    cell.rect = rect;
    cell.content = rect.inset(Insets::xy(cell_padding, 0));
    cell.content.width = std::max(0.0f, std::min(cell.content.width, d.columns_end - 2 - cell.content.x));   // what doesn't fit ends in dots, not within a letter
    if (pencil) column.align == Align::End ? cell.content.cut_left(pencil_width - cell_padding + 2) : cell.content.cut_right(pencil_width - cell_padding + 2);
    cell.align = column.align;
    cell.hovered = row_hovered;
    cell.active = active;
    cell.selected = !d.is_heading(row) && d.state.selection.contains(d.key_of(row));
    cell.editing = editing;
    {
        IdScope scope(context, static_cast<std::uint64_t>(index));
        push_clip(context, rect);
        if (d.spec.cell) d.spec.cell(cell);
        pop_clip(context);
    }
    if (node != SIZE_MAX) {
        pop_parent(context);
        std::vector<SemanticsNode>& nodes = context.semantics.nodes;
        std::string name;
        // One plain text becomes the cell's own name; anything else stays inside of it.
        if (nodes.size() == before + 1 && nodes.back().role == Role::Text) {
            name = nodes.back().name;
            nodes.pop_back();
        } else {
            for (std::size_t i = before; i < nodes.size(); ++i) name += (name.empty() ? "" : " ") + nodes[i].name;
        }
        nodes[node].name = name;
    }
    const bool focused = kit.focused == id;
    if (focused && !editing) {
        d.state.active_row = row;
        d.state.active_column = index;
        if (kit.focus_visible) stroke(context, rect.inset({1, 1, 1, 1}), context.color().focus_ring, 3, 2);
        if (kit.activated.contains(id)) {
            if (d.can_edit(row, index) && !d.spec.row_address) start_edit(d, row, index);
            else open_row(d, row);
        }
    }
}

// A cell below the mouse shows that it can be edited: a pencil at the end that the value leaves free. Keys have F2 and E.
bool draw_pencil(Drawing& d, int index, const Rect& cell) {
    Context& context = d.context;
    const TableColumn& column = d.spec.columns[static_cast<std::size_t>(index)];
    Rect inner = cell.inset({1, 1, 1, 2});
    const Rect place = (column.align == Align::End ? inner.cut_left(pencil_width) : inner.cut_right(pencil_width)).centered(pencil_width - 2, pencil_width - 2);
    const bool over = place.contains(pointer(context));
    stroke(context, cell.inset({1, 1, 1, 2}), context.color().border, radius::control);
    fill(context, place, over ? context.color().selected : context.color().surface, radius::control);
    draw_icon(context, Icon::Edit, place.centered(14, 14), over ? context.color().text : context.color().text_secondary);
    return over;
}

void draw_row(Drawing& d, std::int64_t row, const Rect& rect) {
    Context& context = d.context;
    const Palette& p = context.color();
    IdScope scope(context, d.key_of(row) + 1);
    const bool heading = d.is_heading(row);
    const bool selected = !heading && d.state.selection.contains(d.key_of(row));
    const Press whole = press(context, d.row_id(row), rect, context.kit().layer < context.kit().modal_layer, press_overlap);
    const bool hovered = d.body_hovered && rect.contains(pointer(context)) && pointer(context).y >= d.body.y;
    if (heading) fill(context, rect, p.surface_sunken);
    if (selected) fill(context, rect, p.selected);
    const bool lit = hovered || d.state.menu_row == row;
    if (lit) fill(context, rect, p.hover);
    const bool told = emit_node(d, hash_id(d.row_id(row), 1), Role::Row, {}, rect, selected ? sem::selected : 0u, row + 2, 0) != SIZE_MAX;
    if (told) push_parent(context, hash_id(d.row_id(row), 1));
    float x = rect.x;
    push_clip(context, d.fixed_part(rect));
    if (d.spec.selectable) {
        const Rect cell{d.fixed > 0 ? d.body.x : x, rect.y, tick_width, rect.height};
        bool on = selected;
        const bool head = emit_node(d, hash_id(d.row_id(row), 2), Role::Cell, {}, cell, 0, row + 2, 1) != SIZE_MAX;
        if (head) push_parent(context, hash_id(d.row_id(row), 2));
        const std::string name = heading ? std::string() : context.tr("kit.select_named", {d.row_name(row)});
        if (!heading && checkbox(context, "tick", name, on, {.hide_label = true, .at = tick_place(context, cell)})) tick_row(d, row);
        if (head) pop_parent(context);
        x += tick_width;
    }
    int clicked = -1;
    bool on_pencil = false;
    const float at = pointer(context).x;
    const Rect editor = d.state.editing_width > 0 ? d.editor_at(row, rect) : Rect{};
    for (std::size_t i = 0; i < d.spec.columns.size(); ++i) {
        Rect cell = d.cell_at(i, x, rect);
        x += cell.width;
        if (!editor.empty()) {
            if (static_cast<int>(i) == d.state.editing_column) cell = editor;
            else if (cell.x < editor.right() && cell.right() > editor.x) continue;   // not by halves
        }
        if (at >= std::max(cell.x, d.shown_from(i)) && at < std::min(cell.right(), d.columns_end)) clicked = static_cast<int>(i);
        const bool editing = d.state.editing_row == row && d.state.editing_column == static_cast<int>(i);
        const bool pencil = hovered && clicked == static_cast<int>(i) && !editing && !context.touch && cell.width >= 3 * pencil_width && d.can_edit(row, clicked);
        if (d.is_shown(i, cell)) draw_cell(d, row, static_cast<int>(i), cell, hovered, pencil);
        if (pencil) on_pencil = draw_pencil(d, clicked, cell);
        if (i == 0) {
            pop_clip(context);
            push_clip(context, d.moving_part(rect));
        }
    }
    pop_clip(context);
    if (d.spec.row_menu && !heading) {
        const Rect place = Rect{d.body.right() - bar_width() - menu_width, rect.y, menu_width, rect.height}.centered(context.touch ? 40 : 28, context.touch ? 40 : 28);   // beside the scrollbar
        if (lit) fill(context, place.inset(-2), p.surface, radius::control);
        // A row holds cells alone, so the button has one.
        const std::uint32_t id = hash_id(d.row_id(row), 3);
        const bool offered = lit || context.touch;   // a finger hovers over nothing
        const bool cell = offered && emit_node(d, id, Role::Cell, {}, place, 0, row + 2, static_cast<int>(d.spec.columns.size()) + 1 + (d.spec.selectable ? 1 : 0)) != SIZE_MAX;
        if (cell) push_parent(context, id);
        if (offered && icon_button(context, "menu", Icon::More, context.tr("kit.more_for", {d.row_name(row)}), {.kind = ButtonKind::Ghost, .small = true, .has_popup = true, .open = d.state.menu_row == row, .at = place})) {
            d.answer.menu_row = d.state.menu_row = row;
            d.answer.menu_anchor = place;
        }
        if (cell) pop_parent(context);
    }
    if (told) pop_parent(context);
    line(context, {d.body.x, rect.bottom() - 1}, {d.body.right(), rect.bottom() - 1}, p.border.with_alpha(0.7f));
    if (whole.right && d.spec.row_menu && !heading) {
        d.answer.menu_row = d.state.menu_row = row;
        d.answer.menu_anchor = {pointer(context).x, pointer(context).y, 1, 1};
    }
    const bool editable = d.can_edit(row, clicked);
    if (whole.pressed && !(d.state.editing_row == row && (clicked < 0 || d.state.editing_column == clicked))) {
        d.state.active_row = row;
        if (clicked >= 0) d.state.active_column = clicked;
        if (clicked >= 0) take_focus(context, d.cell_id(row, clicked), false);
        if (ImGui::GetIO().KeyCtrl && d.spec.selectable) tick_row(d, row);
        else if (!editable) open_row(d, row);
    }
    if (editable && (whole.twice || (whole.pressed && on_pencil))) start_edit(d, row, clicked);
}

void reveal(Drawing& d, std::int64_t row) {
    const float top = static_cast<float>(row) * d.row_height, low = d.body.height - d.row_height - 12;
    if (top < d.state.scroll_y) set_scroll(-1, top * d.context.scale);
    else if (top > d.state.scroll_y + low) set_scroll(-1, (top - low) * d.context.scale);
    d.context.request_frame();
}

// Arrow keys of the active cell.
void move_active(Drawing& d) {
    Context& context = d.context;
    TableState& state = d.state;
    if (d.spec.row_count == 0) return;
    if (state.focus_active) {
        if (context.kit().layer < context.kit().modal_layer) {
            if (!context.has_dialog()) context.request_frame();   // it has just closed
            return;
        }
        state.focus_active = false;
        state.active_row = std::clamp<std::int64_t>(state.active_row, 0, static_cast<std::int64_t>(d.spec.row_count) - 1);
        reveal(d, state.active_row);
        reveal_column(d, state.active_column);
        return take_focus(context, d.cell_id(state.active_row, state.active_column), true);
    }
    if (state.active_row < 0 || state.editing_row >= 0) return;
    const std::uint32_t id = d.cell_id(state.active_row, state.active_column);
    if (context.kit().focused != id) return;
    const auto last = static_cast<std::int64_t>(d.spec.row_count) - 1;
    const int columns = static_cast<int>(d.spec.columns.size());
    const auto page = static_cast<std::int64_t>(std::max(1.0f, d.body.height / d.row_height - 1));
    std::int64_t row = state.active_row;
    int column = state.active_column;
    const auto key = [&](std::string_view chord) { return key_for(context, id, chord); };
    if (key("ArrowDown") || context.shortcut("j")) ++row;
    if (key("ArrowUp") || context.shortcut("k")) --row;
    if (key("ArrowRight")) ++column;
    if (key("ArrowLeft")) --column;
    if (key("PageDown")) row += page;
    if (key("PageUp")) row -= page;
    if (key("Home")) column = 0;
    if (key("End")) column = columns - 1;
    if (key("Ctrl+Home")) row = 0;
    if (key("Ctrl+End")) row = last;
    row = std::clamp<std::int64_t>(row, 0, last);
    column = std::clamp(column, 0, columns - 1);
    const bool editable = d.can_edit(row, column);
    if (key("F2") && editable) start_edit(d, row, column);
    if (key("Space") && d.spec.selectable) tick_row(d, row);
    if (row == state.active_row && column == state.active_column) return;
    state.active_row = row;
    state.active_column = column;
    reveal(d, row);
    reveal_column(d, column);
    take_focus(context, d.cell_id(row, column), true);
}

// --- find-in-page: rows that are not drawn are given to the browser as texts once the person begins to search

constexpr std::int64_t findable_rows_max = 2000;   // around the ones in sight: bounds what a search costs

// What a row says, by drawing it where nothing is visible.
std::string text_of_row(Drawing& d, std::int64_t row) {
    Context& context = d.context;
    std::vector<SemanticsNode>& nodes = context.semantics.nodes;
    const std::size_t before = nodes.size();
    IdScope scope(context, d.key_of(row) + 1);
    for (std::size_t i = 0; i < d.spec.columns.size(); ++i) {
        IdScope column(context, static_cast<std::uint64_t>(i));
        Cell cell(context);
        cell.row = static_cast<std::uint64_t>(row);
        cell.column = static_cast<int>(i);
        cell.rect = {-20'000, -20'000, d.spec.columns[i].width, d.row_height};
        cell.content = cell.rect.inset(Insets::xy(cell_padding, 0));
        if (d.spec.cell) d.spec.cell(cell);
    }
    std::string text;
    for (std::size_t i = before; i < nodes.size(); ++i)
        if (!nodes[i].name.empty()) text += (text.empty() ? "" : "  ") + nodes[i].name;
    nodes.resize(before);
    return text;
}

void collect_findable(Drawing& d) {
    auto found = std::make_shared<FindableRows>();
    found->grid = hash_id(d.id, 1);
    const auto rows = static_cast<std::int64_t>(d.spec.row_count);
    const std::int64_t first = std::clamp<std::int64_t>(d.first_row - findable_rows_max / 2, 0, std::max<std::int64_t>(0, rows - findable_rows_max));
    const std::int64_t end = std::min(rows, first + findable_rows_max);
    for (std::int64_t row = first; row < end; ++row)
        if (row < d.first_row || row >= d.end_row) found->rows.push_back({static_cast<std::int32_t>(row) + 2, text_of_row(d, row)});
    d.context.kit().findable = std::move(found);
}

void serve_find_in_page(Drawing& d) {
    Context& context = d.context;
    Kit& kit = context.kit();
    const std::uint32_t grid = hash_id(d.id, 1);
    for (const PageEvent& event : context.events) {
        if (event.kind == PageEventKind::Key && (event.text == "Ctrl+F" || event.text == "F3") && kit.modal_layer == 0) collect_findable(d);
        if (event.kind == PageEventKind::Found && event.id == grid)
            reveal(d, std::clamp<std::int64_t>(std::strtol(event.text.c_str(), nullptr, 10) - 2, 0, static_cast<std::int64_t>(d.spec.row_count) - 1));
    }
    if (kit.findable && kit.findable->grid == grid) context.semantics.findable = kit.findable;
}

void draw_body(Drawing& d) {
    Context& context = d.context;
    TableState& state = d.state;
    const ImVec2 low = device_min(context, d.body), high = device_max(context, d.body);
    const auto rows = static_cast<std::int64_t>(d.spec.row_count);
    ImGui::SetCursorScreenPos(low);
    // Said before, not measured after: at another pixel ratio the frame before was of another size, and a scroll bar that
    // came and went a few times is kept for good by ImGui.
    ImGui::SetNextWindowContentSize({std::floor(d.total_width * context.scale), static_cast<float>(rows) * d.row_height * context.scale});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::BeginChild(d.id, {std::max(1.0f, high.x - low.x), std::max(1.0f, high.y - low.y)}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_HorizontalScrollbar);
    ImGui::PopStyleVar();
    keep_scroll(context);
    state.scroll_x = ImGui::GetScrollX() / context.scale;
    state.scroll_y = ImGui::GetScrollY() / context.scale;
    d.body_hovered = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) && !context.kit().drag;
    if (state.reveal_row >= 0) {
        reveal(d, state.reveal_row);
        state.reveal_row = -1;
    }
    d.first_row = std::clamp<std::int64_t>(static_cast<std::int64_t>(state.scroll_y / d.row_height), 0, std::max<std::int64_t>(0, rows - 1));
    d.end_row = std::min<std::int64_t>(rows, d.first_row + static_cast<std::int64_t>(d.body.height / d.row_height) + 2);
    const float y = d.body.y - (state.scroll_y - static_cast<float>(d.first_row) * d.row_height);
    for (std::int64_t row = d.first_row; row < d.end_row; ++row)
        draw_row(d, row, {d.body.x - state.scroll_x, y + static_cast<float>(row - d.first_row) * d.row_height,
                          std::max(d.total_width, d.body.width), d.row_height});
    move_active(d);
    state.has_focus = state.active_row >= 0 && context.kit().focused == d.cell_id(state.active_row, state.active_column);
    serve_find_in_page(d);
    if (d.fixed > 0 && state.scroll_x > 0) line(context, {d.body.x + d.fixed, d.body.y}, {d.body.x + d.fixed, d.body.bottom()}, context.color().border);
    draw_scroll_mark(context);
    ImGui::EndChild();
}

}  // namespace

TableAnswer table(Context& context, std::string_view key, TableState& state, const TableSpec& spec) {
    IdScope scope(context, key);
    Drawing d{context, state, spec, {}, id_of("table"), {}, {}};
    Rect place = spec.at;
    if (place.empty()) {
        const float height = spec.height > 0 ? spec.height : std::max(160.0f, available(context).height);
        place = take(context, 0, height);
    }
    if (spec.row_count == 0 && spec.empty) {
        Column column(context, place.inset({0, place.height * 0.1f, 0, 0}));
        spec.empty();
        return d.answer;
    }
    if (context.kit().popups.empty()) state.menu_row = -1;
    d.row_height = spec.row_height > 0 ? spec.row_height : context.theme.row_height();
    d.total_width = d.lead() + (spec.row_menu ? menu_width : 0);
    for (const TableColumn& column : spec.columns) d.total_width += column.width;
    d.columns_end = place.right() - (spec.row_menu ? menu_width + bar_width() : 0);
    SemanticsNode node;
    node.id = hash_id(d.id, 1);
    node.role = Role::Grid;
    node.name = spec.name;
    node.row_count = static_cast<std::int32_t>(spec.row_count) + 1;
    node.column_count = static_cast<std::int32_t>(spec.columns.size()) + (spec.selectable ? 1 : 0) + (spec.row_menu ? 1 : 0);
    const bool told = emit(context, std::move(node), place) != SIZE_MAX;
    if (told) push_parent(context, hash_id(d.id, 1));
    d.header = place.cut_top(header_height);
    d.body = place;
    const float first = d.lead() + (spec.columns.empty() ? 0.0f : spec.columns.front().width);
    if (first <= 0.6f * (d.columns_end - d.body.x)) d.fixed = first;
    draw_header(d);
    draw_body(d);
    if (told) pop_parent(context);
    return d.answer;
}

float columns_room(const TableSpec& spec, const Rect& place) {
    return place.width - (spec.selectable ? tick_width : 0) - (spec.row_menu ? menu_width : 0) - bar_width();
}

// --- cells

void Cell::text(std::string_view value, Ink ink) {
    if (value.empty()) return;
    if (draw_line(context, content, value, TextStyle::Dense, ink_color(context, ink), align, needle_)) tooltip(context, content, value);
    emit_text(context, value, content);
}
void Cell::strong(std::string_view value) {
    if (value.empty()) return;
    if (draw_line(context, content, value, TextStyle::DenseStrong, context.color().text, align, needle_)) tooltip(context, content, value);
    emit_text(context, value, content);
}
void Cell::link(std::string_view value, std::string_view address) {
    if (value.empty()) return;
    kit::link(context, "link", value, address, {.style = column == 0 ? TextStyle::DenseStrong : TextStyle::Dense, .quiet = true, .highlight = needle_, .at = content});
}
void Cell::badge(std::string_view value, Tone tone) {
    if (!value.empty()) kit::badge(context, value, tone, {.at = content});
}
void Cell::badge_color(std::string_view value, std::uint32_t rrggbb) {
    if (!value.empty()) kit::badge_color(context, value, rrggbb, {.at = content});
}
void Cell::check(bool on) {
    if (!on) return;
    draw_icon(context, Icon::Check, Rect{content.x, content.y, 16, content.height}.centered(16, 16), context.color().success.text, 2.2f);
    emit_text(context, context.tr("kit.yes"), content);
}
void Cell::avatar(std::string_view name) {
    if (name.empty()) return;
    Rect rest = content;
    {
        Suppress silent(context);
        Column place(context, rest.cut_left(24).centered(24, 24), {.gap = 0});
        kit::avatar(context, name, 24);
    }
    rest.cut_left(8);
    draw_line(context, rest, name, TextStyle::Dense, context.color().text, Align::Start, needle_);
    emit_text(context, name, rest);
}
void Cell::progress(float share) {
    const Rect track = content.centered(content.width, 6);
    fill(context, track, context.color().neutral.background, 3);
    fill(context, {track.x, track.y, std::max(0.0f, track.width * std::clamp(share, 0.0f, 1.0f)), track.height}, context.color().accent, 3);
    emit_text(context, std::to_string(static_cast<int>(share * 100)) + "%", content);
}

}  // namespace outpost::kit
