// TableDrawing: what the parts of one table share while it is drawn, from its head (table_header.cpp) to its rows and keys
// (table.cpp). Lives for one frame. Called by: these two.
#pragma once

#include "ui/kit/internal.h"
#include "ui/kit/table.h"

namespace outpost::kit {

inline constexpr float table_tick_width = 40, table_cell_padding = 12;

struct TableDrawing {
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
    float lead() const { return spec.selectable ? table_tick_width : 0; }
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

// A row or cell for screen readers; SIZE_MAX where nothing is told.
std::size_t emit_table_node(TableDrawing& d, std::uint32_t id, Role role, std::string_view name, const Rect& rect, std::uint32_t states, std::int64_t row, int column);
// Where the box of a row, or of all rows, is drawn within its cell.
Rect tick_place(const Context& context, const Rect& cell);
void draw_table_header(TableDrawing& d);

}  // namespace outpost::kit
