// What a page draws into a table's cell.
#include <algorithm>

#include "ui/kit/display.h"
#include "ui/kit/internal.h"
#include "ui/kit/table.h"

namespace outpost::kit {

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

}  // namespace outpost::kit
