// Layout: where controls go. A layout is a scope object; controls drawn inside take their places from the innermost
// one. In a Column they lie one below the other at full width; in a Row side by side at their natural width.
// A control with `.at` set ignores the layout. All lengths are css px.
//
//     kit::PageBody body(ctx);
//     { kit::Row row(ctx); kit::text(ctx, name); row.spacer(); kit::button(ctx, "save", ctx.tr("ui.save")); }
//     { kit::FormGrid grid(ctx); kit::text_field(ctx, "first", label, draft); kit::text_field(...); }
//
// Called by: pages and kit.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "ui/context.h"
#include "ui/kit/geometry.h"

namespace outpost::kit {

// Makes ids inside unique: around each turn of a loop, by the record's row or another steady key.
class IdScope {
public:
    IdScope(Context& context, std::string_view key);
    IdScope(Context& context, std::uint64_t key);
    ~IdScope();
    IdScope(const IdScope&) = delete;
};

struct ColumnOptions {
    float gap = space::x3;
    Insets padding = {};
    float width = 0;            // 0: all there is
    float width_max = 0;        // 0: none; with it, `align` says where the column stands
    Align align = Align::Start;
};
class Column {
public:
    explicit Column(Context& context, ColumnOptions options = {});
    // In a place of its own: its height does not move the outer layout.
    Column(Context& context, Rect place, ColumnOptions options = {});
    ~Column();
    Column(const Column&) = delete;
private:
    Context& context_;
};

struct RowOptions {
    float gap = space::x2;
    float height = 0;            // 0: the tallest thing in it
    Align align = Align::Center; // of things across the row
    bool wrap = false;           // goes on below when full
    Insets padding = {};
};
class Row {
public:
    explicit Row(Context& context, RowOptions options = {});
    Row(Context& context, Rect place, RowOptions options = {});
    ~Row();
    Row(const Row&) = delete;
    void spacer();               // what follows goes to the right end. Once a row
private:
    Context& context_;
};

// Side-by-side columns of given shares; next() goes to the following one. Below `stack_below` of width they lie
// one below the other.
struct ColumnsOptions {
    float gap = space::x6;
    float stack_below = 560;
    float row_gap = space::x4;   // when stacked
};
class Columns {
public:
    Columns(Context& context, std::initializer_list<float> shares, ColumnsOptions options = {});
    ~Columns();
    Columns(const Columns&) = delete;
    void next();
private:
    Context& context_;
};

// Cells of equal width, as many a line as fit: each control (or scope) takes the next cell.
struct FormGridOptions {
    float column_min = 260;
    int columns_max = 2;
    float gap = space::x4;
    float row_gap = space::x4;
    std::span<const float> natural = {};   // what each cell needs: where they all stand in one line, closer if need be, each gets that and its share of the rest; else lines of like length
};
class FormGrid {
public:
    explicit FormGrid(Context& context, FormGridOptions options = {});
    ~FormGrid();
    FormGrid(const FormGrid&) = delete;
    void full_width();           // the next control takes a whole line
private:
    Context& context_;
};

// A region that scrolls, with momentum under a finger. Takes the rest of the available height unless told.
// Its scroll place is remembered with the page.
struct ScrollOptions {
    float height = 0;            // 0: all that is available
    Insets padding = {};
    bool horizontal = false;
    float content_width = 0;     // with horizontal: how wide the content is
    float gap = space::x3;
    Role role = Role::None;
    std::string_view name = {};
};
class ScrollArea {
public:
    ScrollArea(Context& context, std::string_view key, ScrollOptions options = {});
    ScrollArea(Context& context, std::string_view key, Rect place, ScrollOptions options = {});
    ~ScrollArea();
    ScrollArea(const ScrollArea&) = delete;
    float scroll_y() const;
    void scroll_to(float y);     // css px from the top of the content
    void scroll_to_x(float x);   // from its left
private:
    Context& context_;
};

// The scrolling content of a page: padded, at most `width_max` wide, centred.
struct PageBodyOptions {
    float width_max = 1120;
    float gap = space::x4;
};
class PageBody {
public:
    explicit PageBody(Context& context, PageBodyOptions options = {});
    ~PageBody();
    PageBody(const PageBody&) = delete;
private:
    ScrollArea area_;
};

// A surface with border and padding; grows with its content.
struct CardOptions {
    std::string_view title = {};     // a level-2 heading; "" none
    Insets padding = Insets::all(space::x4);
    float gap = space::x3;
    Role role = Role::None;          // Region or Article, with `name`
    std::string_view name = {};
    bool raised = false;
};
class Card {
public:
    explicit Card(Context& context, CardOptions options = {});
    ~Card();
    Card(const Card&) = delete;
private:
    Context& context_;
};

// Groups what is inside for screen readers (a list of list items, a form, a toolbar, a region).
class Group {
public:
    Group(Context& context, Role role, std::string_view name);
    // Of many things that scroll together: they keep their places within `content`, which is theirs, in sight or not.
    Group(Context& context, Role role, std::string_view name, const Rect& content);
    ~Group();
    Group(const Group&) = delete;
private:
    Context& context_;
};

void gap(Context& context, float length);
void divider(Context& context);
// Takes a place from the layout for own drawing. width 0: full in columns; natural is `width` in rows.
Rect take(Context& context, float width, float height);
// What is left of the region: in a scroll area the width counts, the height is what is visible below the cursor.
Rect available(Context& context);
bool is_visible(Context& context, const Rect& rect);   // not wholly clipped away

// Two regions with a movable bar between; `first` is the first one's width and is changed by dragging or arrow keys.
struct SplitOptions {
    float first_min = 200, second_min = 280;
    std::string_view name = {};
};
struct SplitPlaces { Rect first, second; };
SplitPlaces split(Context& context, std::string_view key, Rect place, float& first, SplitOptions options = {});

}  // namespace outpost::kit
