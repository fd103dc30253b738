#include "ui/kit/display.h"

#include <cmath>

#include "core/base/text.h"
#include "ui/kit/drawn_width.h"
#include "ui/kit/internal.h"
#include "ui/kit/title.h"

namespace outpost::kit {
namespace {

void draw_badge(Context& context, std::string_view words, const Tint& tint, const BadgeOptions& options) {
    const float line = 20, wanted = text_width(context, words, TextStyle::Dense) + 14 + (options.icon != Icon::None ? 18 : 0) + (options.dot ? 12 : 0);
    Rect place = options.at;
    if (place.empty()) {
        const float left = room_to_grow(context);
        place = take(context, left > 30 ? std::min(wanted, left) : wanted, line);
    } else {
        place.width = std::min(wanted, place.width);
        place = Rect{place.x, place.y + (place.height - line) / 2, place.width, line};
    }
    fill(context, place, tint.background, 5);
    Rect inner = place.inset(Insets::xy(7, 0));
    if (options.dot) { fill(context, inner.cut_left(7).centered(7, 7), tint.solid, 4); inner.cut_left(5); }
    if (options.icon != Icon::None) { draw_icon(context, options.icon, inner.cut_left(14), tint.text); inner.cut_left(4); }
    if (draw_line(context, inner, words, TextStyle::Dense, tint.text, Align::Start)) tooltip(context, place, words);
    emit_text(context, words, place);
}

std::string initials_of(std::string_view name) {
    std::string out;
    int taken = 0;
    if (has_cjk(name)) {   // the last two signs of a Chinese name say most
        std::vector<std::string_view> signs;
        for (std::size_t i = 0; i < name.size();) {
            const auto lead = static_cast<unsigned char>(name[i]);
            const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            if (lead != ' ') signs.push_back(name.substr(i, bytes));
            i += bytes;
        }
        return signs.empty() ? std::string() : std::string(signs.back());
    }
    bool start = true;
    for (std::size_t i = 0; i < name.size() && taken < 2;) {
        const auto lead = static_cast<unsigned char>(name[i]);
        const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (lead == ' ' || lead == '-' || lead == '.') start = true;
        else if (start) {
            if (lead >= 'a' && lead <= 'z') out += static_cast<char>(lead - 32);
            else out += name.substr(i, bytes);
            ++taken;
            start = false;
        }
        i += bytes;
    }
    return out;
}

}  // namespace

void badge(Context& context, std::string_view words, Tone tone, BadgeOptions options) {
    draw_badge(context, words, context.theme.tint(tone), options);
}
void badge_color(Context& context, std::string_view words, std::uint32_t rrggbb, BadgeOptions options) {
    if (rrggbb == 0) return badge(context, words, Tone::Neutral, options);
    draw_badge(context, words, tint_of_color(context.theme, rrggbb), options);
}

int chip(Context& context, std::string_view key, std::string_view words, bool removable) {
    IdScope scope(context, key);
    const float height = context.touch ? 36.0f : 28.0f, cross = !removable ? 0.0f : context.touch ? 32.0f : 24.0f;
    constexpr float narrowest = 72;
    const float wanted = text_width(context, words, TextStyle::Dense) + 20 + cross;
    constexpr float widest = 340;   // more is for the tip
    const Rect place = take(context, std::min({wanted, widest, std::max(narrowest, room_to_grow(context))}), height);   // not past the edge
    Rect rest = place;
    const Rect end = rest.cut_right(cross);
    const Palette& p = context.color();
    const Hit body = hit(context, "chip", rest, {.name = words, .corner = height / 2});
    fill(context, place, body.hovered && !context.theme.forced ? p.accent_tint.border : p.accent_tint.background, radius::pill);
    if (draw_line(context, rest.inset({10, 0, removable ? 0.0f : 10.0f, 0}), words, TextStyle::Dense, p.accent_tint.text, Align::Start)) request_tip(context, body.id, place, words, body.hovered);
    if (body.focused && context.kit().focus_visible) draw_focus_ring(context, place, height / 2);
    int answer = body.pressed ? 1 : 0;
    if (removable) {
        const Hit h = hit(context, "remove", end, {.name = context.tr("kit.remove_named", {words}), .corner = 10});
        draw_icon(context, Icon::Close, end.centered(12, 12), h.hovered ? p.text : p.accent_tint.text, 2.2f);
        if (h.pressed || key_pressed(context, body, "Delete") || key_pressed(context, body, "Backspace")) answer = 2;
    }
    return answer;
}

namespace {

void draw_avatar(Context& context, const Rect& place, std::string_view name) {
    const Tint tint = tint_of_color(context.theme, color_of_text(name.data(), name.data() + name.size()));
    fill(context, place, tint.background, radius::pill);
    const TextStyle style = place.width < 30 ? TextStyle::CaptionStrong : place.width < 44 ? TextStyle::DenseStrong : TextStyle::Subtitle;
    draw_line(context, place.inset(Insets::xy(-4, 0)), initials_of(name), style, tint.text, Align::Center);
}

}  // namespace

void avatar(Context& context, std::string_view name, float size) { draw_avatar(context, take(context, size, size), name); }

void object_icon(Context& context, Icon symbol, std::uint32_t rrggbb, float size) {
    const Rect place = take(context, size, size);
    const Tint tint = rrggbb ? tint_of_color(context.theme, rrggbb) : context.theme.tint(Tone::Accent);
    fill(context, place, tint.background, size >= 32 ? radius::card : radius::control);
    draw_icon(context, symbol, place.centered(size * 0.56f, size * 0.56f), tint.text);
}

void icon(Context& context, Icon symbol, Ink ink, float size) {
    draw_icon(context, symbol, take(context, size, size), ink_color(context, ink));
}

bool progress_bar(Context& context, std::string_view name, float share, std::string_view detail, std::string_view cancel_label) {
    IdScope scope(context, name);
    Column column(context, {.gap = 6});
    {
        Row row(context);
        text(context, name, {.style = TextStyle::DenseStrong, .silent = true});
        row.spacer();
        if (!detail.empty()) text(context, detail, {.style = TextStyle::Dense, .ink = Ink::Secondary});
    }
    const Rect track = take(context, 0, 6);
    const Palette& p = context.color();
    fill(context, track, p.neutral.background, 3);
    if (share >= 0) {
        fill(context, {track.x, track.y, std::max(6.0f, track.width * std::min(share, 1.0f)), track.height}, p.accent, 3);
    } else {
        const float at = context.theme.reduced_motion ? 0.35f : static_cast<float>(context.frame_milliseconds % 1400) / 1400.0f;
        const float x = track.x + (track.width + track.width * 0.3f) * at - track.width * 0.3f;
        push_clip(context, track);
        fill(context, {x, track.y, track.width * 0.3f, track.height}, p.accent, 3);
        pop_clip(context);
        if (!context.theme.reduced_motion) context.request_frame();
    }
    SemanticsNode node;
    node.id = id_of("progress");
    node.role = Role::ProgressBar;
    node.name = name;
    node.value = share >= 0 ? std::to_string(static_cast<int>(share * 100)) + "%" : std::string(context.tr("kit.working"));
    emit(context, std::move(node), track);
    return !cancel_label.empty() && button(context, "cancel", cancel_label, {.small = true});
}

void skeleton(Context& context, float width, float height) {
    fill(context, take(context, width, height), context.color().neutral.background, 4);
}

int empty_state(Context& context, std::string_view title, EmptyOptions options) {
    const Rect room = available(context);
    const float width = std::min(420.0f, room.width - (context.is_phone() ? 2 * space::x4 : 0));
    const float content = 56 + 16 + 24 + (options.text.empty() ? 0 : 8 + text_height(context, options.text, TextStyle::Body, width)) +
                          (options.action.empty() ? 0 : 20 + context.theme.control_height());
    const float height = std::max(options.height, content + 64);
    const Rect place = take(context, 0, height);
    const Rect box = place.centered(width, content);
    int answer = 0;
    Column column(context, box, {.gap = 0, .align = Align::Center});
    if (options.icon != Icon::None) object_icon(context, options.icon, 0, 56);
    gap(context, 16);
    heading(context, 2, title, {.style = TextStyle::Subtitle, .align = Align::Center});
    if (!options.text.empty()) {
        gap(context, 8);
        text(context, options.text, {.ink = Ink::Secondary, .align = Align::Center, .wrap = true});
    }
    if (!options.action.empty()) {
        gap(context, 20);
        const float first = text_width(context, options.action, TextStyle::BodyStrong) + 24 + (options.action_icon != Icon::None ? 22 : 0);
        const float second = options.second_action.empty() ? 0 : text_width(context, options.second_action, TextStyle::BodyStrong) + 32;
        const Rect line = take(context, std::min(first + second, box.width), context.theme.control_height());
        Row row(context, line);
        if (button(context, "action", options.action, {.kind = ButtonKind::Primary, .icon = options.action_icon})) answer = 1;
        if (!options.second_action.empty() && button(context, "second", options.second_action)) answer = 2;
    }
    return answer;
}

namespace {

Icon icon_of_tone(Tone tone) {
    switch (tone) {
        case Tone::Success: return Icon::CloudCheck;
        case Tone::Warning: return Icon::Warning;
        case Tone::Danger: return Icon::Error;
        default: return Icon::Info;
    }
}

}  // namespace

int banner(Context& context, std::string_view key, std::string_view words, BannerOptions options) {
    IdScope scope(context, key);
    const Tint& tint = context.theme.tint(options.tone);
    const Rect room = available(context);
    const float action = options.action.empty() ? 0 : text_width(context, options.action, TextStyle::DenseStrong) + 28;
    // In a narrow place the action stands below the words.
    const bool below = action > 0 && room.width < 420;
    // What the edges (14 each), the sign (30) and the cross (28) leave: the words are broken and drawn at one width.
    const float words_width = std::max(80.0f, room.width - 58 - (below ? 0 : action) - (options.closable ? 28 : 0));
    const float action_height = below ? context.theme.small_height() + 8 : 0;
    const TextStyle style = options.detail.empty() ? TextStyle::Body : TextStyle::BodyStrong;   // bold is what a detail follows
    float height = text_height(context, words, style, words_width);
    if (!options.detail.empty()) height += 2 + text_height(context, options.detail, TextStyle::Dense, words_width);
    const Rect place = take(context, 0, std::max(action > 0 && !below && context.touch ? 56.0f : 44.0f, height + 20 + action_height));
    fill(context, place, tint.background, radius::card);
    stroke(context, place, tint.border, radius::card);
    SemanticsNode node;
    node.id = id_of("banner");
    node.role = options.tone == Tone::Danger || options.tone == Tone::Warning ? Role::Alert : Role::Status;
    node.name = words;
    emit(context, std::move(node), place);
    push_parent(context, id_of("banner"));
    Rect rest = place.inset(Insets::xy(14, 10));
    int answer = 0;
    if (below) {
        Rect line = rest.cut_bottom(action_height);
        line.cut_left(30);
        line.cut_top(8);
        line.width = std::min(line.width, action - 8);
        if (button(context, "action", options.action, {.small = true, .at = line})) answer = 1;
    }
    draw_icon(context, icon_of_tone(options.tone), rest.cut_left(18).centered(18, 18), tint.text);
    rest.cut_left(12);
    if (options.closable) {
        Rect end = rest.cut_right(28).centered(28, 28);
        if (context.touch) end = Rect{end.x - 4, end.y - 6, 40, 40};   // into the edge, beside an action
        if (icon_button(context, "close", Icon::Close, context.tr("kit.close"), {.kind = ButtonKind::Ghost, .small = true, .at = end})) answer = 2;
    }
    if (action > 0 && !below) {
        const Rect end = rest.cut_right(action).centered(action - 8, context.touch ? 40.0f : 28.0f);
        if (button(context, "action", options.action, {.small = true, .at = end})) answer = 1;
    }
    const float spare = (rest.height - height) / 2;
    rest.cut_top(std::max(0.0f, spare));
    const float first = text_height(context, words, style, words_width);
    const Color color = tint.text;
    const auto draw_part = [&](std::string_view part, TextStyle style) {
        const std::string copy(shaped(context, part));
        for (const std::string_view each : break_lines(context, copy, style, words_width))
            draw_line(context, rest.cut_top(context.theme.line_height(style)), each, style, color, Align::Start);
    };
    draw_part(words, style);
    emit_text(context, words, {rest.x, place.y + 10, words_width, first});
    if (!options.detail.empty()) {
        rest.cut_top(2);
        draw_part(options.detail, TextStyle::Dense);
        emit_text(context, options.detail, {rest.x, place.y + 12 + first, words_width, 18});
    }
    pop_parent(context);
    return answer;
}

void stat_tile(Context& context, std::string_view key, std::string_view label, std::string_view value, StatOptions options) {
    const Rect place = take(context, 0, options.detail.empty() ? 80.0f : 100.0f);
    const Palette& p = context.color();
    Hit h;
    const std::string said = std::string(label) + ": " + std::string(value);
    if (!options.address.empty())
        h = hit(context, key, place, {.role = Role::Link, .name = said, .description = options.detail, .link = options.address, .corner = radius::card});
    shadow(context, place, radius::card, 1);
    fill(context, place, p.surface, radius::card);
    stroke(context, place, h.hovered ? p.border_strong : p.border, radius::card);
    Rect inner = place.inset(Insets::xy(16, 14));
    Rect top = inner.cut_top(18);
    const bool room = top.width >= 24 + text_width(context, label, TextStyle::Dense);   // words before pictures
    if (options.icon != Icon::None && room) { draw_icon(context, options.icon, top.cut_left(16), p.text_secondary); top.cut_left(8); }
    draw_line(context, top, label, TextStyle::Dense, p.text_secondary, Align::Start);
    inner.cut_top(4);
    TextStyle style = TextStyle::Title;   // a figure that is cut would be another one
    for (const TextStyle smaller : {TextStyle::Subtitle, TextStyle::DenseStrong, TextStyle::Caption})
        if (text_width(context, value, style) > inner.width) style = smaller;
    draw_line(context, inner.cut_top(30), value, style, options.tone == Tone::Neutral ? p.text : context.theme.tint(options.tone).text, Align::Start);
    if (!options.detail.empty()) draw_line(context, inner.cut_top(18), options.detail, TextStyle::Caption, p.text_secondary, Align::Start);
    if (options.address.empty()) { emit_text(context, said, place); return; }
    if (h.focused && context.kit().focus_visible) draw_focus_ring(context, place, radius::card);
    if (h.pressed) context.navigate(options.address);
}

namespace {

// Title and detail of a list item; gives what is left for nothing else.
void draw_item_words(Context& context, Rect rest, std::string_view title, const ListItemOptions& options) {
    if (options.highlight.empty()) title = title_beside(title_beside(title, options.heading), options.detail);   // what was searched for stays in sight
    const Palette& p = context.color();
    const Color ink = options.struck ? p.text_secondary : p.text;
    if (!options.right.empty() || !options.right_detail.empty()) {
        const float most = std::max(text_width(context, options.right, TextStyle::Dense), text_width(context, options.right_detail, TextStyle::Caption)) + 2;
        // A long title goes before it.
        Rect end = rest.cut_right(std::min(most, std::max(rest.width * 0.3f, rest.width - text_width(context, title, TextStyle::BodyStrong) - 14)));
        rest.cut_right(12);
        const Color quiet = options.right_tone == Tone::Neutral ? p.text_secondary : context.theme.tint(options.right_tone).text;
        if (options.right_detail.empty()) draw_line(context, end, options.right, TextStyle::Dense, quiet, Align::End);
        else {
            const Rect pair = end.centered(end.width, 36);
            draw_line(context, {pair.x, pair.y, pair.width, 20}, options.right, TextStyle::Dense, p.text, Align::End);
            draw_line(context, {pair.x, pair.y + 20, pair.width, 16}, options.right_detail, TextStyle::Caption, quiet, Align::End);
        }
    }
    if (options.detail.empty()) {
        draw_line(context, rest, title, TextStyle::BodyStrong, ink, Align::Start, options.highlight);
    } else {
        const Rect pair = rest.centered(rest.width, 38);
        draw_line(context, {pair.x, pair.y, pair.width, 20}, title, TextStyle::BodyStrong, ink, Align::Start, options.highlight);
        draw_line(context, {pair.x, pair.y + 20, pair.width, 18}, options.detail, TextStyle::Dense, p.text_secondary, Align::Start);
    }
    if (options.struck) {
        const float width = drawn_width(context, title, TextStyle::BodyStrong, rest.width);
        const float y = options.detail.empty() ? rest.y + rest.height / 2 : rest.y + (rest.height - 38) / 2 + 10;
        line(context, {rest.x, y}, {rest.x + width, y}, p.text_secondary);
    }
}

}  // namespace

ListItemAnswer list_item(Context& context, std::string_view key, std::string_view title, ListItemOptions options) {
    IdScope scope(context, key);
    ListItemAnswer answer;
    const float height = context.theme.item_height(!options.detail.empty() || !options.right_detail.empty());
    const Rect place = take(context, 0, height);
    const bool in_list = parent_role(context) == Role::List;
    if (in_list) {
        SemanticsNode node;
        node.id = id_of("item");
        node.role = Role::ListItem;
        node.name = title;
        emit(context, std::move(node), place);
        push_parent(context, id_of("item"));
    }
    // Words stand in line with what is above them; the ground of a row reaches further.
    const Rect ground = place.inset(Insets::xy(-10, 0));
    Rect rest = place;
    const Palette& p = context.color();
    const bool in_tile = options.checked && options.icon != Icon::None;   // in an icon's place, in line with the rows that have one
    const Rect tick = options.checked ? rest.cut_left(in_tile ? 44 : 28) : Rect{};
    std::string said;
    for (const std::string_view part : {options.detail, options.right, options.right_detail}) {
        if (part.empty()) continue;
        if (!said.empty()) said += ", ";
        said += part;
    }
    const float finger = context.touch ? 40.0f : 24.0f;   // of the tick
    const float left = rest.x - (!options.checked ? 10.0f : context.touch ? 0.0f : 4.0f);
    const Rect body{left, place.y, ground.right() - left, place.height};
    const Hit h = hit(context, "body", body, {.role = options.address.empty() ? Role::Button : Role::Link, .name = title, .description = said,
                                              .link = options.address, .states = options.selected ? semantics_state::selected : 0u});
    if (options.selected || h.hovered) fill(context, ground, options.selected ? p.selected : p.hover, radius::control);
    if (options.checked)
        answer.check_changed = checkbox(context, "check", context.tr("kit.done_named", {title}), *options.checked, {.hide_label = true, .at = in_tile ? finger_room(context, Rect{tick.x, tick.y, 32, tick.height}.centered(32, 32)) : Rect{tick.x - 4, tick.y, 24, tick.height}.centered(finger, finger)});
    if (!options.avatar.empty()) {
        draw_avatar(context, rest.cut_left(32).centered(32, 32), options.avatar);
        rest.cut_left(12);
    } else if (options.icon != Icon::None && !in_tile) {
        const Rect box = rest.cut_left(32).centered(32, 32);
        const Tint& tint = context.theme.tint(options.tone);
        fill(context, box, tint.background, radius::card);
        draw_icon(context, options.icon, box.centered(18, 18), tint.text);
        rest.cut_left(12);
    }
    if (options.opens) {
        draw_icon(context, Icon::ChevronRight, rest.cut_right(16).centered(14, 14), p.text_secondary);
        rest.cut_right(8);
    }
    draw_item_words(context, rest, title, options);
    if (in_list) pop_parent(context);
    answer.pressed = h.pressed;
    if (options.asks_first) return answer;
    if (h.pressed && options.address.starts_with("#")) context.navigate(options.address);
    else if (h.pressed && !options.address.empty()) context.browser().open_address(options.address);
    return answer;
}

}  // namespace outpost::kit
