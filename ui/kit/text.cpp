#include "ui/kit/text.h"

#include <cmath>

#include "core/base/text.h"
#include "ui/kit/drawn_width.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

struct Letter { std::uint32_t code; std::size_t bytes; };

Letter next_letter(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};
    if (first < 0xE0) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), std::min<std::size_t>(2, text.size() - at)};
    if (first < 0xF0) return {(first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), std::min<std::size_t>(3, text.size() - at)};
    return {(first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F), std::min<std::size_t>(4, text.size() - at)};
}

bool breaks_anywhere(std::uint32_t code) {
    return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x20000 && code <= 0x3FFFF);
}
bool is_word_sign(std::uint32_t code) { return code >= 0x4E00 && code <= 0x9FFF; }
// Opening brackets and quotation marks.
bool never_ends_a_line(std::uint32_t code) {
    static constexpr std::uint32_t marks[] = {'(', '[', 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08};
    return std::ranges::find(marks, code) != std::end(marks);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A blank within a date: "Nov 28", "28, 2026".
bool holds_a_date(std::string_view text, std::size_t blank) {
    if (blank == 0 || blank + 1 >= text.size() || !is_digit(text[blank + 1])) return false;
    const char before = text[blank - 1];
    std::size_t end = blank + 1;
    while (end < text.size() && is_digit(text[end])) ++end;
    const std::size_t digits = end - blank - 1;
    if (before == ',') return digits == 4 && blank > 1 && is_digit(text[blank - 2]);
    return digits <= 2 && (before | 32) >= 'a' && (before | 32) <= 'z' && (end == text.size() || text[end] == ',' || text[end] == ' ');
}

bool never_starts_a_line(std::uint32_t code) {
    switch (code) {
        case 0x3001: case 0x3002: case 0xFF0C: case 0xFF01: case 0xFF1F: case 0xFF1A: case 0xFF1B: case 0xFF09: case 0x300D:
        case 0x300F: case 0x3011: case 0x201D: case 0x300B: return true;
        default: return false;
    }
}

// Text folded for search, with the place in the original that each byte came from.
struct Folded {
    std::string text;
    std::vector<std::size_t> place;   // one more than bytes: the last is the original's end
};

Folded fold_with_places(std::string_view text) {
    Folded out;
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = next_letter(text, at);
        if (letter.code < 0x80) out.text += letter.code >= 'A' && letter.code <= 'Z' ? static_cast<char>(letter.code + 32) : static_cast<char>(letter.code);
        else out.text += fold_search(text.substr(at, letter.bytes));
        out.place.resize(out.text.size(), at);
        at += letter.bytes;
    }
    out.place.push_back(text.size());
    return out;
}

// Where the words of `needle` stand in the text, as search finds them: neither case nor accents count.
std::vector<std::pair<std::size_t, std::size_t>> find_words(std::string_view text, std::string_view needle) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    const Folded folded = fold_with_places(text);
    for (const std::string_view word : outpost::split(needle, ' ')) {
        const std::string wanted = fold_search(word);
        if (wanted.empty()) continue;
        for (std::size_t i = folded.text.find(wanted); i != std::string::npos; i = folded.text.find(wanted, i + wanted.size()))
            found.emplace_back(folded.place[i], folded.place[i + wanted.size()]);
    }
    return found;
}

int weight_of(const Context& context, const TextFont& font) {
    const ThemeFonts& fonts = context.theme.fonts;
    return font.font == fonts.bold ? 700 : font.font == fonts.medium ? 500 : 400;
}

// `line` is shaped, in logical order; `draw_line` and its like call this once the line is what will be seen.
void draw_glyphs(Context& context, const TextFont& font, ImVec2 at, Color color, std::string_view line, bool right_to_left) {
    if (context.shaper()) line = context.shaper()->visual_line(line, right_to_left, color.argb & 0xFFFFFF);
    // The line that ImGui's size means is centred in our line.
    draw_list().AddText(font.font, font.size, {snap(at.x), snap(at.y + (font.line - font.size) / 2)}, color32(color),
                        line.data(), line.data() + line.size());
}

float glyph_width(const TextFont& font, std::string_view text) {
    return font.font->CalcTextSizeA(font.size, 1e9f, 0, text.data(), text.data() + text.size()).x;
}

void draw_highlights(Context& context, const TextFont& font, ImVec2 at, std::string_view shaped_line, std::string_view needle, bool right_to_left) {
    if (needle.empty()) return;
    TextShaper* shaper = context.shaper();
    const std::string line = shaper ? shaper->unshape(shaped_line) : std::string(shaped_line);
    const bool mixed = shaper && shaper->has_right_to_left(shaped_line);
    for (const auto& [begin, end] : find_words(line, needle)) {
        std::vector<TextSpan> places;
        if (mixed) {
            places = shaper->spans(line, right_to_left, begin, end, {weight_of(context, font), std::round(font.size * context.theme.fonts.em_share)});
        } else {
            const float left = glyph_width(font, std::string(shaped(context, std::string_view(line).substr(0, begin))));
            places.push_back({left, glyph_width(font, std::string(shaped(context, std::string_view(line).substr(0, end))))});
        }
        for (const TextSpan& place : places)
            draw_list().AddRectFilled({snap(at.x + place.left), snap(at.y + font.line * 0.08f)}, {snap(at.x + place.right), snap(at.y + font.line * 0.92f)},
                                      color32(context.color().highlight), px(context, 2));
    }
}

// The longest beginning that fits together with an ellipsis.
std::string cut_to_fit(Context& context, const TextFont& font, std::string_view text, float room) {
    const float ellipsis = glyph_width(font, "\xE2\x80\xA6");
    ImFontBaked* baked = font.font->GetFontBaked(font.size);
    float x = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const Letter letter = next_letter(text, at);
        x += baked->GetCharAdvance(letter.code) * (font.size / baked->Size);
        if (x + ellipsis > room) break;
        at += letter.bytes;
    }
    if (at > 0 || text.empty() || !context.shaper()) return std::string(text.substr(0, at));
    // The first word is one picture and too long: as many of its letters as fit.
    std::string word = context.shaper()->unshape(text.substr(0, next_letter(text, 0).bytes));
    while (!word.empty()) {
        while (!word.empty() && (static_cast<unsigned char>(word.back()) & 0xC0) == 0x80) word.pop_back();
        if (!word.empty()) word.pop_back();
        const std::string part(context.shaper()->shape(word));
        if (glyph_width(font, part) + ellipsis <= room) return part;
    }
    return {};
}

// The direction that a paragraph runs in, asked only where it matters.
bool runs_right_to_left(Context& context, std::string_view shaped_text) {
    TextShaper* shaper = context.shaper();
    return shaper && shaper->has_right_to_left(shaped_text) && shaper->is_right_to_left(shaper->unshape(shaped_text));
}

}  // namespace

TextFont text_font(const Context& context, TextStyle style) {
    const Theme& theme = context.theme;
    const float share = theme.fonts.em_share > 0 ? theme.fonts.em_share : 1;
    // A whole number of pixels, as ImGui bakes glyphs: any other size would be drawn scaled, and blurred.
    return {theme.font(style), std::round(theme.text_px(style) * context.scale / share), snap(theme.line_height(style) * context.scale)};
}

std::string_view shaped(Context& context, std::string_view text) {
    return context.shaper() ? context.shaper()->shape(text) : text;
}

float shaped_width(Context& context, std::string_view text, TextStyle style) {
    if (text.empty()) return 0;
    const TextFont font = text_font(context, style);
    return glyph_width(font, text);
}

float text_width(Context& context, std::string_view text, TextStyle style) {
    return std::ceil(shaped_width(context, shaped(context, text), style)) / context.scale;
}

float drawn_width(Context& context, std::string_view text, TextStyle style, float room) {
    const float width = text_width(context, text, style);
    if (width <= room + 0.75f) return width;
    const TextFont font = text_font(context, style);
    return glyph_width(font, cut_to_fit(context, font, shaped(context, text), room * context.scale) + "\xE2\x80\xA6") / context.scale;
}

std::vector<std::string_view> break_lines(Context& context, std::string_view text, TextStyle style, float width_css) {
    const TextFont font = text_font(context, style);
    ImFontBaked* baked = font.font->GetFontBaked(font.size);
    const float ratio = font.size / baked->Size, room = std::max(1.0f, width_css * context.scale);
    std::vector<std::string_view> lines;
    std::size_t start = 0, at = 0, chance = 0, poor = 0;   // where the line may end; where only if it must
    float x = 0;
    std::uint32_t before = 0;
    while (at < text.size()) {
        const Letter letter = next_letter(text, at);
        if (letter.code == '\n') {
            lines.push_back(text.substr(start, at - start));
            start = at = chance = poor = at + 1;
            x = 0;
            continue;
        }
        // "2026年11月28日" stays whole.
        const bool dated = is_word_sign(letter.code) && before < 0x80 && is_digit(static_cast<char>(before));
        if (at > start && breaks_anywhere(letter.code) && !never_starts_a_line(letter.code) && !never_ends_a_line(before)) (dated ? poor : chance) = at;
        const float advance = baked->GetCharAdvance(letter.code) * ratio;
        if (x + advance > room && at > start && letter.code != ' ') {
            const std::size_t end = chance > start ? chance : poor > start ? poor : at;
            std::string_view line = text.substr(start, end - start);
            while (line.ends_with(' ')) line.remove_suffix(1);   // a blank at the end may lie beyond the room: it is not drawn
            lines.push_back(line);
            start = at = chance = poor = end;
            x = 0;
            continue;
        }
        x += advance;
        at += letter.bytes;
        before = letter.code;
        if (never_ends_a_line(before)) continue;
        const bool may_end = letter.code == ' ' || letter.code == '-' || letter.code == '/' || breaks_anywhere(letter.code);
        const bool held = at < text.size() && ((letter.code == ' ' && holds_a_date(text, at - 1)) || (is_word_sign(letter.code) && is_digit(text[at])));
        if (may_end && (at >= text.size() || !never_starts_a_line(next_letter(text, at).code))) (held ? poor : chance) = at;
    }
    lines.push_back(text.substr(start));
    return lines;
}

float text_height(Context& context, std::string_view text, TextStyle style, float wrap_width) {
    return static_cast<float>(break_lines(context, shaped(context, text), style, wrap_width).size()) * context.theme.line_height(style);
}

Color ink_color(const Context& context, Ink ink) {
    const Palette& p = context.color();
    switch (ink) {
        case Ink::Normal: return p.text;
        case Ink::Secondary: return p.text_secondary;
        case Ink::Disabled: return p.text_disabled;
        case Ink::Accent: return p.accent_text;
        case Ink::Danger: return p.danger_tint.text;
        case Ink::Success: return p.success.text;
        case Ink::Warning: return p.warning.text;
    }
    return p.text;
}

bool draw_line(Context& context, const Rect& rect, std::string_view text, TextStyle style, Color color, Align align,
               std::string_view highlight) {
    if (text.empty()) return false;
    std::string_view line = shaped(context, text.substr(0, text.find('\n')));
    const bool right_to_left = runs_right_to_left(context, line);
    const TextFont font = text_font(context, style);
    const float width = shaped_width(context, line, style), room = rect.width * context.scale;
    ImVec2 at = {rect.x * context.scale, rect.y * context.scale + (rect.height * context.scale - font.line) / 2};
    std::string cut;
    const bool too_long = width > room + 0.75f;
    if (too_long) {
        cut = cut_to_fit(context, font, line, room) + "\xE2\x80\xA6";
        line = cut;
    } else if (align != Align::Start) {
        TextShaper* shaper = context.shaper();
        // The whole line is one picture, a little narrower or wider than its words one by one.
        const bool whole = shaper && shaper->has_right_to_left(line);
        const float drawn = whole ? glyph_width(font, shaper->visual_line(line, right_to_left, color.argb & 0xFFFFFF)) : width;
        at.x += align == Align::Center ? (room - drawn) / 2 : room - drawn;
    }
    if (!highlight.empty()) {
        const std::string copy(line);   // marking shapes other text
        draw_highlights(context, font, at, copy, highlight, right_to_left);
        draw_glyphs(context, font, at, color, copy, right_to_left);
    } else {
        draw_glyphs(context, font, at, color, line, right_to_left);
    }
    return too_long;
}

// Words of the canvas can't be selected: the right button, or a long press, offers to copy them.
void offer_copy(Context& context, const Rect& place, std::string_view words) {
    IdScope scope(context, static_cast<std::uint64_t>(next_id(context)));
    if (!begin_context_menu(context, "copy", place, context.tr("kit.copy"))) return;
    if (menu_item(context, "copy", context.tr("kit.copy"), {.icon = Icon::Copy, .shortcut = "Ctrl+C"})) context.browser().copy_text(words);
    end_menu(context);
}

void text(Context& context, std::string_view words, TextOptions options) {
    const float line = context.theme.line_height(options.style);
    const Color color = ink_color(context, options.ink);
    const bool placed = !options.at.empty();
    if (!options.wrap) {
        Rect place = options.at;
        if (!placed) {
            Layout& layout = current(context);
            float width = options.width;
            if (width == 0 && layout.kind == LayoutKind::Row) {
                width = text_width(context, words, options.style);
                const float left = room_to_grow(context);
                if (!layout.wrap && left > 0) width = std::min(width, left);
            }
            place = take(context, width, line);
        }
        const bool cut = draw_line(context, place, words, options.style, color, options.align, options.highlight);
        if (cut) tooltip(context, place, words);
        if (!options.silent) emit_text(context, words, place);
        if (options.selectable) offer_copy(context, place, words);
        return;
    }
    float width = placed ? options.at.width : options.width > 0 ? options.width : available(context).width;
    const std::string_view all = shaped(context, words);
    const std::string copy(all);   // drawing may shape other text
    std::vector<std::string_view> lines = break_lines(context, copy, options.style, width);
    const bool cut = options.lines_max > 0 && lines.size() > static_cast<std::size_t>(options.lines_max);
    if (cut) lines.resize(static_cast<std::size_t>(options.lines_max));
    Rect place = placed ? options.at : take(context, width, static_cast<float>(lines.size()) * line);
    const TextFont font = text_font(context, options.style);
    const bool right_to_left = runs_right_to_left(context, copy);   // the paragraph's, for each of its lines
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Rect row{place.x, place.y + static_cast<float>(i) * line, place.width, line};
        ImVec2 at = {row.x * context.scale, row.y * context.scale};
        const std::string last = cut && i + 1 == lines.size()
            ? cut_to_fit(context, font, lines[i], row.width * context.scale) + "\xE2\x80\xA6" : std::string(lines[i]);
        if (options.align != Align::Start) {
            const float spare = row.width * context.scale - shaped_width(context, last, options.style);
            at.x += std::max(0.0f, options.align == Align::Center ? spare / 2 : spare);
        }
        draw_highlights(context, font, at, last, options.highlight, right_to_left);
        draw_glyphs(context, font, at, color, last, right_to_left);
    }
    if (!options.silent) emit_text(context, words, place);
    if (options.selectable) offer_copy(context, place, words);
}

void help_text(Context& context, std::string_view words) {
    text(context, words, {.style = TextStyle::Dense, .ink = Ink::Secondary, .wrap = true});
}

void heading(Context& context, int level, std::string_view words, TextOptions options) {
    const bool said = !options.silent;
    options.silent = true;
    text(context, words, options);
    if (!said) return;
    const Rect place = options.at.empty() ? current(context).open_item : options.at;
    emit_text(context, words, place, Role::Heading, level);
}

bool link(Context& context, std::string_view key, std::string_view words, std::string_view address, LinkOptions options) {
    const float line_height = context.theme.line_height(options.style);
    Rect place = options.at;
    const float natural = text_width(context, words, options.style);
    if (place.empty()) {
        float width = options.width > 0 ? options.width : natural;
        const float left = room_to_grow(context);
        if (left > 0) width = std::min(width, left);
        place = take(context, width, line_height);
    }
    const Rect target{place.x, place.y, std::min(place.width, natural), place.height};
    const Hit h = hit(context, key, target, {.role = Role::Link, .name = words, .link = address, .corner = 3});
    const Palette& p = context.color();
    const Color color = options.quiet ? p.text : p.accent_text;
    const bool wraps = options.wrap && natural > place.width;
    if (wraps) text(context, words, {.style = options.style, .ink = Ink::Accent, .wrap = true, .silent = true, .at = place});
    const bool cut = !wraps && draw_line(context, place, words, options.style, color, Align::Start, options.highlight);
    if (h.hovered && !wraps) {
        const float y = place.y + place.height / 2 + context.theme.text_px(options.style) * 0.58f;
        line(context, {target.x, y}, {target.right(), y}, color);
    }
    if (cut) request_tip(context, h.id, target, words, h.hovered);
    if (!h.pressed) return false;
    if (address.starts_with("#")) context.navigate(address);
    else if (!address.empty()) context.browser().open_address(address);
    return true;
}

std::string shortcut_text(Context& context, std::string_view chord) {
    std::string out;
    std::string_view rest = chord;
    const bool apple = context.kit().apple;
    while (!rest.empty()) {
        const std::size_t plus = rest.size() > 1 ? rest.find('+', 1) : std::string_view::npos;
        std::string_view part = rest.substr(0, plus);
        rest = plus == std::string_view::npos ? std::string_view() : rest.substr(plus + 1);
        if (part == "Ctrl" && apple) part = "\xE2\x8C\x98";
        else if (part == "Shift") part = apple ? "\xE2\x87\xA7" : "Shift";
        else if (part == "Alt" && apple) part = "\xE2\x8C\xA5";
        else if (part == "ArrowRight") part = "\xE2\x86\x92";
        else if (part == "ArrowLeft") part = "\xE2\x86\x90";
        else if (part == "ArrowUp") part = "\xE2\x86\x91";
        else if (part == "ArrowDown") part = "\xE2\x86\x93";
        if (!out.empty()) out += ' ';
        out += part;
    }
    return out;
}

void shortcut_hint(Context& context, std::string_view chord) {
    const std::string words = shortcut_text(context, chord);
    const float width = text_width(context, words, TextStyle::Caption) + 10;
    const Rect place = take(context, std::max(20.0f, width), 20);
    fill(context, place, context.color().surface_sunken, 4);
    stroke(context, place, context.color().border, 4);
    draw_line(context, place, words, TextStyle::Caption, context.color().text_secondary, Align::Center);
    emit_text(context, words, place);
}

}  // namespace outpost::kit
