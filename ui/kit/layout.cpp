#include "ui/kit/layout.h"

#include <cmath>

#include "core/base/result.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

// A layout inside a layout: its place is opened in the outer one and closed with what it used.
void push_inner(Context& context, Layout layout, float width, float height_hint) {
    layout.id = next_id(context);
    const Rect place = open_place(context, width, height_hint > 0 ? height_hint : remember(context, layout.id).b);
    layout.area = place.inset(layout.padding);
    layout.bottom_limit = current(context).bottom_limit;
    push_layout(context, std::move(layout));
}

void push_detached(Context& context, Layout layout, const Rect& place) {
    Kit& kit = context.kit();
    layout.id = kit.layouts.empty() ? hash_id(window_id(), 77) : next_id(context);
    layout.id = hash_id(layout.id, window_id());
    layout.detached = true;
    layout.area = place.inset(layout.padding);
    layout.bottom_limit = place.bottom();
    push_layout(context, std::move(layout));
}

void pop_inner(Context& context) {
    const std::uint32_t id = current(context).id;
    const bool detached = current(context).detached;
    const Rect used = pop_layout(context);
    store_measure(context, hash_id(id, 1), used.width, 0);
    Memory& memory = remember(context, id);
    if (std::fabs(memory.b - used.height) > 0.5f) context.request_frame();
    memory.b = used.height;
    if (!detached && !context.kit().layouts.empty()) close_place(context, used);
}

float row_right(const Layout& layout) {
    return layout.area.right() - (layout.spaced ? 0 : layout.after_width > 0 ? layout.after_width + layout.gap : 0);
}

Rect open_in_row(Layout& layout, float width, float height) {
    float x = layout.x + (layout.first ? 0 : layout.gap);
    if (layout.wrap && !layout.first && width > 0 && x + width > layout.area.right() + 0.5f) {
        layout.y += layout.line_height + layout.row_gap;
        layout.line_height = 0;
        layout.first = true;
        x = layout.area.x;
    }
    if (width <= 0) width = std::max(0.0f, row_right(layout) - x);
    const float line = std::max(layout.line_assumed, layout.line_height);
    float y = layout.y;
    if (height < line && layout.align == Align::Center) y += (line - height) / 2;
    if (height < line && layout.align == Align::End) y += line - height;
    return {x, y, width, height};
}

Rect open_in_grid(Layout& layout, float height) {
    if (layout.full_next && layout.column > 0) layout.column = layout.columns;
    if (layout.column >= layout.columns) {
        layout.y += layout.line_height + layout.row_gap;
        layout.line_height = 0;
        layout.column = 0;
    }
    if (!layout.widths.empty()) {
        float left = layout.area.x;
        for (int at = 0; at < layout.column; ++at) left += layout.widths[static_cast<std::size_t>(at)] + layout.gap;
        return {left, layout.y, layout.widths[static_cast<std::size_t>(layout.column)], height};
    }
    // Whole pixels, and the last one ends where the area does.
    const float exact = static_cast<float>(layout.column) * (layout.cell_width + layout.gap) + 0.01f, left = std::floor(exact);
    return {layout.area.x + left, layout.y, layout.full_next ? layout.area.width : std::floor(exact + layout.cell_width) - left, height};
}

}  // namespace

Layout& current(Context& context) {
    OUTPOST_ASSERT(!context.kit().layouts.empty());
    return context.kit().layouts.back();
}

void push_layout(Context& context, Layout layout) {
    layout.x = layout.area.x;
    layout.y = layout.area.y;
    layout.used_right = layout.area.x;
    context.kit().layouts.push_back(std::move(layout));
}

Rect pop_layout(Context& context) {
    Layout& layout = current(context);
    Rect used = layout.area;
    switch (layout.kind) {
        case LayoutKind::Column: case LayoutKind::Columns:
            used.height = layout.y - layout.area.y;
            if (layout.kind == LayoutKind::Columns) used.height = std::max(used.height, layout.line_height);
            break;
        case LayoutKind::Row:
            used.height = layout.y + std::max(layout.line_height, layout.line_assumed) - layout.area.y;
            if (!layout.spaced && !layout.wrap) used.width = std::max(0.0f, layout.used_right - layout.area.x);
            break;
        case LayoutKind::FormGrid: used.height = layout.y + layout.line_height - layout.area.y; break;
    }
    used.x -= layout.padding.left;
    used.y -= layout.padding.top;
    used.width += layout.padding.left + layout.padding.right;
    used.height += layout.padding.top + layout.padding.bottom;
    context.kit().layouts.pop_back();
    return used;
}

Rect open_place(Context& context, float width, float height) {
    Layout& layout = current(context);
    Rect place;
    switch (layout.kind) {
        case LayoutKind::Row: place = open_in_row(layout, width, height); break;
        case LayoutKind::FormGrid: place = open_in_grid(layout, height); break;
        case LayoutKind::Column: case LayoutKind::Columns: {
            Rect area = layout.area;
            if (layout.kind == LayoutKind::Columns && !layout.stacked) {
                area.x = layout.x;
                area.width = layout.widths[static_cast<std::size_t>(layout.column)];
            }
            if (width <= 0 || width > area.width) width = area.width;
            float x = area.x;
            if (layout.align == Align::Center) x += (area.width - width) / 2;
            if (layout.align == Align::End) x += area.width - width;
            place = {x, layout.y + (layout.first ? 0 : layout.gap), width, height};
            break;
        }
    }
    return place;
}

void close_place(Context& context, const Rect& used) {
    Layout& layout = current(context);
    layout.open_item = used;
    switch (layout.kind) {
        case LayoutKind::Row:
            if (used.width <= 0 && used.height <= 0) return;
            layout.x = layout.used_right = used.right();
            layout.line_height = std::max(layout.line_height, used.height);
            layout.first = false;
            break;
        case LayoutKind::FormGrid:
            layout.line_height = std::max(layout.line_height, used.height);
            layout.column += layout.full_next ? layout.columns : 1;
            layout.full_next = false;
            break;
        case LayoutKind::Column: case LayoutKind::Columns:
            if (used.height <= 0) return;
            layout.y = used.bottom();
            layout.used_right = std::max(layout.used_right, used.right());
            layout.first = false;
            break;
    }
}

Rect take(Context& context, float width, float height) {
    const Rect place = open_place(context, width, height);
    close_place(context, place);
    return place;
}

Rect available(Context& context) {
    Layout& layout = current(context);
    const Rect place = open_place(context, 0, 0);
    return {place.x, place.y, place.width, std::max(0.0f, layout.bottom_limit - place.y)};
}

float room_to_grow(Context& context) {
    const float left = available(context).width;
    return left > 0 ? left + current(context).after_spare : 0;
}

bool is_visible(Context& context, const Rect& rect) {
    const Rect clip = clip_rect(context);
    return rect.x < clip.right() && rect.right() > clip.x && rect.y < clip.bottom() && rect.bottom() > clip.y;
}

void gap(Context& context, float length) {
    Layout& layout = current(context);
    if (layout.kind == LayoutKind::Row) layout.x += length;
    else layout.y += length;
}

void divider(Context& context) {
    if (current(context).kind == LayoutKind::Row) {
        const Rect place = take(context, 1, 20);
        fill(context, place, context.color().border);
        return;
    }
    const Rect place = take(context, 0, 1);
    fill(context, place, context.color().border);
}

// --- scopes

Column::Column(Context& context, ColumnOptions options) : context_(context) {
    Layout layout;
    layout.gap = options.gap;
    layout.padding = options.padding;
    float width = options.width;
    if (options.width_max > 0) width = std::min(options.width_max, available(context).width);
    const Align outer = current(context).align;
    if (options.width_max > 0 && current(context).kind == LayoutKind::Column) current(context).align = options.align;
    push_inner(context, std::move(layout), width, 0);
    Kit& kit = context.kit();
    if (kit.layouts.size() > 1) kit.layouts[kit.layouts.size() - 2].align = outer;
}
Column::Column(Context& context, Rect place, ColumnOptions options) : context_(context) {
    Layout layout;
    layout.gap = options.gap;
    layout.padding = options.padding;
    layout.align = options.align;
    push_detached(context, std::move(layout), place);
}
Column::~Column() { pop_inner(context_); }

namespace {

Layout row_layout(const RowOptions& options) {
    Layout layout;
    layout.kind = LayoutKind::Row;
    layout.gap = layout.row_gap = options.gap;
    layout.align = options.align;
    layout.wrap = options.wrap;
    layout.padding = options.padding;
    layout.line_assumed = options.height;
    return layout;
}

void begin_row(Context& context) {
    Layout& layout = current(context);
    const Memory& memory = remember(context, hash_id(layout.id, 2));
    if (!layout.wrap) layout.line_assumed = std::max(layout.line_assumed, memory.b);
    layout.after_width = memory.a;
}

void end_row(Context& context) {
    Layout& layout = current(context);
    const float after = layout.spaced ? std::max(0.0f, layout.used_right - layout.after_start) : 0;
    store_measure(context, hash_id(layout.id, 2), after, layout.wrap ? 0 : layout.line_height);
    if (!layout.wrap) layout.line_assumed = std::min(layout.line_assumed, std::max(layout.line_height, layout.line_assumed));
    pop_inner(context);
}

}  // namespace

Row::Row(Context& context, RowOptions options) : context_(context) {
    push_inner(context, row_layout(options), 0, 0);
    begin_row(context);
}
Row::Row(Context& context, Rect place, RowOptions options) : context_(context) {
    if (options.height == 0 && options.align == Align::Center) options.height = place.height;
    push_detached(context, row_layout(options), place);
    begin_row(context);
}
Row::~Row() { end_row(context_); }

void Row::spacer() {
    Layout& layout = current(context_);
    OUTPOST_ASSERT(layout.kind == LayoutKind::Row);
    if (layout.spaced) return;
    layout.spaced = true;
    const float least = layout.x + (layout.first ? 0 : layout.gap);
    layout.x = layout.after_start = std::max(least, layout.area.right() - layout.after_width);
    layout.after_spare = layout.after_start - least;
    layout.used_right = layout.x;
    layout.first = true;
}

Columns::Columns(Context& context, std::initializer_list<float> shares, ColumnsOptions options) : context_(context) {
    Layout layout;
    layout.kind = LayoutKind::Columns;
    push_inner(context, std::move(layout), 0, 0);
    Layout& own = current(context);
    own.stacked = own.area.width < options.stack_below;
    own.row_gap = options.gap;
    own.gap = options.row_gap;
    float total = 0;
    for (const float share : shares) total += share;
    const float room = own.area.width - options.gap * static_cast<float>(shares.size() - 1);
    float left = std::floor(room);
    for (const float share : shares) {
        own.widths.push_back(std::max(0.0f, own.widths.size() + 1 == shares.size() ? left : std::floor(room * share / total)));   // the last one takes what rounding left
        left -= own.widths.back();
    }
}
Columns::~Columns() { pop_inner(context_); }

void Columns::next() {
    Layout& layout = current(context_);
    OUTPOST_ASSERT(layout.kind == LayoutKind::Columns);
    if (layout.stacked) return;
    layout.line_height = std::max(layout.line_height, layout.y - layout.area.y);
    layout.x += layout.widths[static_cast<std::size_t>(layout.column)] + layout.row_gap;
    if (layout.column + 1 < static_cast<int>(layout.widths.size())) ++layout.column;
    layout.y = layout.area.y;
    layout.first = true;
}

FormGrid::FormGrid(Context& context, FormGridOptions options) : context_(context) {
    Layout layout;
    layout.kind = LayoutKind::FormGrid;
    layout.gap = options.gap;
    layout.row_gap = options.row_gap;
    push_inner(context, std::move(layout), 0, 0);
    Layout& own = current(context);
    const auto count = static_cast<int>(options.natural.size());
    for (int lines = 1; lines <= count; ++lines) {
        own.columns = (count + lines - 1) / lines;
        own.widths.assign(static_cast<std::size_t>(own.columns), 0);
        for (int at = 0; at < count; ++at) {
            float& width = own.widths[static_cast<std::size_t>(at % own.columns)];
            width = std::max(width, options.natural[static_cast<std::size_t>(at)]);
        }
        float spare = own.area.width;
        for (const float width : own.widths) spare -= width;
        const auto gaps = static_cast<float>(own.columns - 1);
        if (spare < gaps * space::x3 && own.columns > 1) continue;
        if (gaps > 0) own.gap = std::min(options.gap, std::floor(spare / gaps));
        for (float& width : own.widths) width = std::floor(width + (spare - own.gap * gaps) / (gaps + 1));
        return;
    }
    own.columns = std::clamp(static_cast<int>((own.area.width + options.gap) / (options.column_min + options.gap)), 1, options.columns_max);
    own.cell_width = (own.area.width - options.gap * static_cast<float>(own.columns - 1)) / static_cast<float>(own.columns);
}
FormGrid::~FormGrid() { pop_inner(context_); }
void FormGrid::full_width() { current(context_).full_next = true; }

}  // namespace outpost::kit
