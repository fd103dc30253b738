// Table: a virtualised grid. Only the rows in sight are asked for, so a hundred thousand rows cost what thirty do.
// Header stays; columns sort and resize; an active cell moves by arrow keys; rows can be ticked; cells can be edited
// in place by any field drawn at cell.rect. Phones have card_list (ui/kit/card_list.h) instead.
//
//     auto done = kit::table(ctx, "leads", state_, {.name = ctx.tr("..."), .columns = columns_, .row_count = n,
//         .row_address = [&](auto row) { return routes::record(id(row)); },
//         .cell = [&](kit::Cell& cell) { cell.text(value(cell.row, cell.column)); }});
//     if (done.sort_changed) ...
//
// Called by: pages.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/kit/text.h"

namespace outpost::kit {

struct TableColumn {
    std::string key;                     // steady: the field's API name
    std::string label;
    float width = 160;                   // changed by resizing
    float width_min = 64;
    Align align = Align::Start;          // End for numbers and money
    bool sortable = true;
    bool resizable = true;
    bool editable = false;               // F2, Enter or a double click asks to edit
};

// Which rows are ticked, by row key. `all` turns the meaning round, so that ticking everything costs nothing.
struct TableSelection {
    bool all = false;
    std::set<std::uint64_t> keys;        // ticked ones; with `all`, those that are not
    bool contains(std::uint64_t key) const { return keys.contains(key) != all; }
    void toggle(std::uint64_t key) { if (!keys.erase(key)) keys.insert(key); }
    void clear() { all = false; keys.clear(); }
    std::uint64_t count(std::uint64_t total) const { return all ? total - keys.size() : keys.size(); }
};

struct TableState {
    TableSelection selection;
    int sort_column = -1;
    bool sort_descending = false;
    std::int64_t active_row = -1;
    int active_column = 0;
    std::int64_t editing_row = -1;       // the cell being edited in place; -1 none. The page may set and clear it
    int editing_column = -1;
    float editing_width = 0;             // css px that its editor needs, over the cells beside it; 0: the cell's
    float scroll_x = 0, scroll_y = 0;    // css px; may be set (jump to a row by Table::reveal)
    std::int64_t reveal_row = -1;        // scrolls to this row in the next frame
    bool focus_active = false;           // the active cell takes the keyboard in the next frame, or once no dialog lies over it
    bool has_focus = false;              // the active cell had the keyboard in the last frame
    std::int64_t anchor_row = -1;        // Shift selects from here
    std::int64_t menu_row = -1;          // its menu is open: it stays marked
    void stop_editing() { editing_row = -1; editing_column = -1; }
};

// A cell while it is drawn. Say one of text, link, badge ... or draw anything at `rect`.
struct Cell {
    explicit Cell(Context& of_context) : context(of_context) {}
    Context& context;
    std::uint64_t row = 0;
    int column = 0;
    Rect rect;                           // without padding
    Rect content;                        // with padding: where text goes
    Align align = Align::Start;
    bool hovered = false, active = false, selected = false, editing = false;

    void text(std::string_view value, Ink ink = Ink::Normal);
    void strong(std::string_view value);
    void link(std::string_view value, std::string_view address);     // quiet link
    void badge(std::string_view value, Tone tone = Tone::Neutral);
    void badge_color(std::string_view value, std::uint32_t rrggbb);
    void check(bool on);
    void avatar(std::string_view name);                              // initials and the name
    void highlight(std::string_view needle) { needle_ = needle; }    // marks search hits in what follows

private:
    std::string_view needle_;
};

struct TableSpec {
    std::string_view name = {};                                      // accessible name
    std::span<TableColumn> columns = {};
    std::uint64_t row_count = 0;
    std::function<void(Cell&)> cell = {};
    std::function<std::uint64_t(std::uint64_t row)> row_key = {};    // default: the row number
    std::function<std::string(std::uint64_t row)> row_address = {};  // a click or Enter follows it; "" none
    std::function<std::string(std::uint64_t row)> row_name = {};     // said by screen readers for the tick box
    bool selectable = false;
    std::uint64_t tick_count = 0;                                    // how many rows can be ticked; 0: all
    std::function<bool(std::uint64_t row)> is_heading = {};          // of a group: no tick, no menu; opened, it is told
    bool row_menu = false;                                           // a "more" button and context menu for each row
    float height = 0;                                                // 0: all that is available
    float row_height = 0;                                            // 0: the theme's, for one line
    std::function<bool(std::uint64_t row, int column)> can_edit = {};  // of an editable column; default: every row
    Rect at = {};
    std::function<void()> empty = {};                                // drawn when there are no rows
};

struct TableAnswer {
    bool sort_changed = false;           // state.sort_column / sort_descending are new
    bool columns_changed = false;        // a width is new: remember it
    bool selection_changed = false;
    std::int64_t opened_row = -1;        // clicked or Enter, when there is no row_address
    std::int64_t edit_row = -1;          // asked to edit: state.editing_* are set already
    int edit_column = -1;
    std::int64_t menu_row = -1;          // row_menu was asked for: open a menu at menu_anchor
    Rect menu_anchor;
};
TableAnswer table(Context& context, std::string_view key, TableState& state, const TableSpec& spec);
// How wide the columns may be together, at `place`, before the table scrolls sideways.
float columns_room(const TableSpec& spec, const Rect& place);

// A tree: roots and children by callback; expanded ones are kept in `expanded`.
struct TreeSpec {
    std::string_view name = {};
    std::function<std::vector<std::uint64_t>(std::uint64_t parent)> children = {};   // of 0: the roots
    std::function<std::string(std::uint64_t node)> label = {};
    std::function<std::string(std::uint64_t node)> detail = {};   // at the right, "" none
    std::function<Icon(std::uint64_t node)> icon = {};
    std::function<std::string(std::uint64_t node)> address = {};
    std::uint64_t current = 0;           // where one is: marked, and told as the current one
};
struct TreeState { std::set<std::uint64_t> expanded; std::uint64_t active = 0; };
// Gives the node that was chosen in this frame, 0 none.
std::uint64_t tree(Context& context, std::string_view key, TreeState& state, const TreeSpec& spec);

}  // namespace outpost::kit
