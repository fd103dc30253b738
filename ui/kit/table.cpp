#include "ui/kit/table.h"

#include <cmath>
#include <cstdlib>

#include "ui/kit/display.h"
#include "ui/kit/table_drawing.h"

namespace outpost::kit {
namespace {

namespace sem = semantics_state;
constexpr float header_height = 36, menu_width = 44;

float bar_width() { return ImGui::GetStyle().ScrollbarSize > 0 ? 10.0f : 0.0f; }   // for a finger it lies over what scrolls

// Scrolls sideways until a column is seen whole.
void reveal_column(TableDrawing& d, int column) {
    if (column == 0 && d.fixed > 0) return;
    float start = d.lead();
    for (int i = 0; i < column; ++i) start += d.spec.columns[static_cast<std::size_t>(i)].width;
    const float end = start + d.spec.columns[static_cast<std::size_t>(column)].width, room = std::min(d.columns_end, d.body.right() - bar_width()) - d.body.x;
    if (start - d.fixed < d.state.scroll_x) set_scroll((start - d.fixed) * d.context.scale, -1);
    else if (end > d.state.scroll_x + room) set_scroll(std::min(end - room, start - d.fixed) * d.context.scale, -1);
    d.context.request_frame();
}

void start_edit(TableDrawing& d, std::int64_t row, int column) {
    reveal_column(d, column);
    d.state.editing_row = row;
    d.state.editing_column = column;
    d.answer.edit_row = row;
    d.answer.edit_column = column;
    d.context.request_frame();
}

void open_row(TableDrawing& d, std::int64_t row) {
    const std::string address = d.spec.row_address ? d.spec.row_address(static_cast<std::uint64_t>(row)) : std::string();
    if (!address.empty()) d.context.navigate(address);
    else d.answer.opened_row = row;
}

void tick_row(TableDrawing& d, std::int64_t row) {
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
void draw_cell(TableDrawing& d, std::int64_t row, int index, const Rect& rect, bool row_hovered, bool pencil) {
    Context& context = d.context;
    Kit& kit = context.kit();
    const TableColumn& column = d.spec.columns[static_cast<std::size_t>(index)];
    const bool active = d.state.active_row == row && d.state.active_column == index;
    const bool editing = d.state.editing_row == row && d.state.editing_column == index;
    const std::uint32_t id = d.cell_id(row, index);
    const bool stop = active || (d.state.active_row < 0 && row == d.first_row && index == 0);
    // A cell is named by what the page says in it.
    const std::size_t node = emit_table_node(d, id, Role::Cell, " ", rect, stop && !editing ? sem::focusable : 0u, row + 2, index + 1 + (d.spec.selectable ? 1 : 0));
    const std::size_t before = context.semantics.nodes.size();
    if (node != SIZE_MAX) push_parent(context, id);
    Cell cell(context);
    cell.row = static_cast<std::uint64_t>(row);
    cell.column = index;
    cell.rect = rect;
    cell.content = rect.inset(Insets::xy(table_cell_padding, 0));
    cell.content.width = std::max(0.0f, std::min(cell.content.width, d.columns_end - 2 - cell.content.x));   // what doesn't fit ends in dots, not within a letter
    if (pencil) column.align == Align::End ? cell.content.cut_left(pencil_width - table_cell_padding + 2) : cell.content.cut_right(pencil_width - table_cell_padding + 2);
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
bool draw_pencil(TableDrawing& d, int index, const Rect& cell) {
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

void draw_row(TableDrawing& d, std::int64_t row, const Rect& rect) {
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
    const bool told = emit_table_node(d, hash_id(d.row_id(row), 1), Role::Row, {}, rect, selected ? sem::selected : 0u, row + 2, 0) != SIZE_MAX;
    if (told) push_parent(context, hash_id(d.row_id(row), 1));
    float x = rect.x;
    push_clip(context, d.fixed_part(rect));
    if (d.spec.selectable) {
        const Rect cell{d.fixed > 0 ? d.body.x : x, rect.y, table_tick_width, rect.height};
        bool on = selected;
        const bool head = emit_table_node(d, hash_id(d.row_id(row), 2), Role::Cell, {}, cell, 0, row + 2, 1) != SIZE_MAX;
        if (head) push_parent(context, hash_id(d.row_id(row), 2));
        const std::string name = heading ? std::string() : context.tr("kit.select_named", {d.row_name(row)});
        if (!heading && checkbox(context, "tick", name, on, {.hide_label = true, .at = tick_place(context, cell)})) tick_row(d, row);
        if (head) pop_parent(context);
        x += table_tick_width;
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
        const bool cell = offered && emit_table_node(d, id, Role::Cell, {}, place, 0, row + 2, static_cast<int>(d.spec.columns.size()) + 1 + (d.spec.selectable ? 1 : 0)) != SIZE_MAX;
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

void reveal(TableDrawing& d, std::int64_t row) {
    const float top = static_cast<float>(row) * d.row_height, low = d.body.height - d.row_height - 12;
    if (top < d.state.scroll_y) set_scroll(-1, top * d.context.scale);
    else if (top > d.state.scroll_y + low) set_scroll(-1, (top - low) * d.context.scale);
    d.context.request_frame();
}

// Arrow keys of the active cell.
void move_active(TableDrawing& d) {
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
std::string text_of_row(TableDrawing& d, std::int64_t row) {
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
        cell.content = cell.rect.inset(Insets::xy(table_cell_padding, 0));
        if (d.spec.cell) d.spec.cell(cell);
    }
    std::string text;
    for (std::size_t i = before; i < nodes.size(); ++i)
        if (!nodes[i].name.empty()) text += (text.empty() ? "" : "  ") + nodes[i].name;
    nodes.resize(before);
    return text;
}

void collect_findable(TableDrawing& d) {
    auto found = std::make_shared<FindableRows>();
    found->grid = hash_id(d.id, 1);
    const auto rows = static_cast<std::int64_t>(d.spec.row_count);
    const std::int64_t first = std::clamp<std::int64_t>(d.first_row - findable_rows_max / 2, 0, std::max<std::int64_t>(0, rows - findable_rows_max));
    const std::int64_t end = std::min(rows, first + findable_rows_max);
    for (std::int64_t row = first; row < end; ++row)
        if (row < d.first_row || row >= d.end_row) found->rows.push_back({static_cast<std::int32_t>(row) + 2, text_of_row(d, row)});
    d.context.kit().findable = std::move(found);
}

void serve_find_in_page(TableDrawing& d) {
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

void draw_body(TableDrawing& d) {
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
    TableDrawing d{context, state, spec, {}, id_of("table"), {}, {}};
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
    draw_table_header(d);
    draw_body(d);
    if (told) pop_parent(context);
    return d.answer;
}

float columns_room(const TableSpec& spec, const Rect& place) {
    return place.width - (spec.selectable ? table_tick_width : 0) - (spec.row_menu ? menu_width : 0) - bar_width();
}

}  // namespace outpost::kit
