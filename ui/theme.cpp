#include "ui/theme.h"
#include "ui/contrast.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"

namespace outpost {
namespace {

constexpr Color rgb(std::uint32_t value) { return Color::rgb(value); }

float channel(Color color, int shift) { return static_cast<float>(color.argb >> shift & 0xFF); }

float luminance(Color color) {
    const auto linear = [](float value) {
        value /= 255.0f;
        return value <= 0.04045f ? value / 12.92f : std::pow((value + 0.055f) / 1.055f, 2.4f);
    };
    return 0.2126f * linear(channel(color, 16)) + 0.7152f * linear(channel(color, 8)) + 0.0722f * linear(channel(color, 0));
}

struct StyleRow { float px, line; int weight; };

StyleRow row_of(TextStyle style) {
    switch (style) {
        case TextStyle::Caption: return {12, 16, 0};
        case TextStyle::CaptionStrong: return {12, 16, 1};
        case TextStyle::Dense: return {13, 18, 0};
        case TextStyle::DenseStrong: return {13, 18, 1};
        case TextStyle::Body: return {14, 20, 0};
        case TextStyle::BodyStrong: return {14, 20, 1};
        case TextStyle::Subtitle: return {16, 24, 2};
        case TextStyle::Title: return {20, 28, 2};
        case TextStyle::Hero: return {28, 36, 2};
        case TextStyle::Field: return {14, 20, 0};
    }
    return {14, 20, 0};
}

// Moves a colour towards the text colour until it reads on the background.
Color darkened_until_readable(Color color, Color background, Color towards) {
    for (int step = 0; step < 20 && contrast_ratio(color, background) < 4.6f; ++step) color = mix(color, towards, 0.1f);
    return color;
}

}  // namespace

Color mix(Color a, Color b, float share_of_b) {
    std::uint32_t out = 0;
    for (int shift = 0; shift <= 24; shift += 8) {
        const float value = channel(a, shift) * (1 - share_of_b) + channel(b, shift) * share_of_b;
        out |= static_cast<std::uint32_t>(value + 0.5f) << shift;
    }
    return {out};
}

Color over(Color base, Color tinted) {
    const float alpha = channel(tinted, 24) / 255.0f;
    return {mix(base, tinted, alpha).argb | 0xFF000000u};
}

float contrast_ratio(Color a, Color b) {
    const float la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05f) / (std::min(la, lb) + 0.05f);
}

Color readable_on(Color background) {
    const Color dark = rgb(0x15171C), white = rgb(0xFFFFFF);
    return contrast_ratio(white, background) >= contrast_ratio(dark, background) ? white : dark;
}

Palette light_palette() {
    Palette p;
    p.canvas = rgb(0xFAFBFC);
    p.sidebar = rgb(0xF3F4F7);
    p.surface = rgb(0xFFFFFF);
    p.surface_raised = rgb(0xFFFFFF);
    p.surface_sunken = rgb(0xF0F2F5);
    p.hover = rgb(0x15171C).with_alpha(0.045f);
    p.pressed = rgb(0x15171C).with_alpha(0.085f);
    p.selected = rgb(0x3D5AFE).with_alpha(0.09f);
    p.border = rgb(0xE5E8EC);
    p.border_strong = rgb(0xC9CED6);
    p.text = rgb(0x15171C);
    p.text_secondary = rgb(0x545B68);
    p.text_disabled = rgb(0x666D7A);
    p.accent = rgb(0x3D5AFE);
    p.accent_hover = rgb(0x304BE8);
    p.accent_pressed = rgb(0x273FCB);
    p.on_accent = rgb(0xFFFFFF);
    p.accent_text = rgb(0x2F48DB);
    p.danger = rgb(0xC92A3A);
    p.danger_hover = rgb(0xB32030);
    p.on_danger = rgb(0xFFFFFF);
    p.button_border = rgb(0xD3D8DF);
    p.field = rgb(0xFFFFFF);
    p.field_border = rgb(0x8A92A0);
    p.field_border_hover = rgb(0x666D7A);
    p.focus_ring = rgb(0x3D5AFE);
    p.scrim = rgb(0x0E1014).with_alpha(0.36f);
    p.shadow = rgb(0x101828);
    p.highlight = rgb(0xFFE58A);
    p.neutral = {rgb(0xEEF0F3), rgb(0x434A56), rgb(0xDFE3E8), rgb(0x7A828F)};
    p.accent_tint = {rgb(0xE9EDFF), rgb(0x2A41C8), rgb(0xCBD4FF), rgb(0x3D5AFE)};
    p.success = {rgb(0xE3F5EA), rgb(0x14653A), rgb(0xBFE5CE), rgb(0x1E8E52)};
    p.warning = {rgb(0xFDF1D8), rgb(0x7A4B00), rgb(0xF5DCA6), rgb(0xC77F0A)};
    p.danger_tint = {rgb(0xFDE8EA), rgb(0xA61B2B), rgb(0xF6C6CC), rgb(0xD23546)};
    p.info = {rgb(0xE2F1FB), rgb(0x0B5584), rgb(0xBBDFF5), rgb(0x1678B5)};
    return p;
}

Palette dark_palette() {
    Palette p;
    p.canvas = rgb(0x0E1014);
    p.sidebar = rgb(0x0B0D10);
    p.surface = rgb(0x16191F);
    p.surface_raised = rgb(0x1C2027);
    p.surface_sunken = rgb(0x0B0D10);
    p.hover = rgb(0xFFFFFF).with_alpha(0.05f);
    p.pressed = rgb(0xFFFFFF).with_alpha(0.09f);
    p.selected = rgb(0x8A9BFF).with_alpha(0.14f);
    p.border = rgb(0x272B34);
    p.border_strong = rgb(0x3A404C);
    p.text = rgb(0xECEDEF);
    p.text_secondary = rgb(0xA1A7B3);
    p.text_disabled = rgb(0x8A919E);
    p.accent = rgb(0x8A9BFF);
    p.accent_hover = rgb(0x9CABFF);
    p.accent_pressed = rgb(0x7788F5);
    p.on_accent = rgb(0x0E1014);
    p.accent_text = rgb(0x9DABFF);
    p.danger = rgb(0xF07A86);
    p.danger_hover = rgb(0xF48F99);
    p.on_danger = rgb(0x1A0507);
    p.button_border = rgb(0x343A46);
    p.field = rgb(0x12151A);
    p.field_border = rgb(0x6A7280);
    p.field_border_hover = rgb(0x8B93A1);
    p.focus_ring = rgb(0x8A9BFF);
    p.scrim = rgb(0x000000).with_alpha(0.56f);
    p.shadow = rgb(0x000000);
    p.highlight = rgb(0x6B5A12);
    p.neutral = {rgb(0x242830), rgb(0xC0C5CF), rgb(0x343A45), rgb(0x8E95A3)};
    p.accent_tint = {rgb(0x1F2546), rgb(0xAAB6FF), rgb(0x333D73), rgb(0x8A9BFF)};
    p.success = {rgb(0x12291D), rgb(0x7FD3A4), rgb(0x1F4A33), rgb(0x3FAE74)};
    p.warning = {rgb(0x2E2410), rgb(0xEBC06A), rgb(0x54421D), rgb(0xD99A2B)};
    p.danger_tint = {rgb(0x341A1E), rgb(0xF79AA4), rgb(0x5E2C33), rgb(0xE5606E)};
    p.info = {rgb(0x10273A), rgb(0x84C3EC), rgb(0x1E4360), rgb(0x4AA3DA)};
    return p;
}

SystemColors usual_system_colors(bool dark) {
    if (dark) return {rgb(0x000000), rgb(0xFFFFFF), rgb(0xFFFF00), rgb(0xFFFFFF), rgb(0x3FF23F), rgb(0x1AEBFF), rgb(0x000000)};
    return {rgb(0xFFFFFF), rgb(0x000000), rgb(0x00009F), rgb(0x000000), rgb(0x600000), rgb(0x37006E), rgb(0xFFFFFF)};
}

// Meaning that colour alone would carry is carried by words, signs and borders here.
Palette forced_palette(const SystemColors& system) {
    Palette p;
    p.canvas = p.sidebar = p.surface = p.surface_raised = p.surface_sunken = p.field = system.canvas;
    p.hover = system.highlight.with_alpha(0.16f);
    p.pressed = system.highlight.with_alpha(0.28f);
    p.selected = system.highlight.with_alpha(0.22f);
    p.border = p.border_strong = p.button_border = p.field_border = system.border;
    p.field_border_hover = p.focus_ring = system.highlight;
    p.text = p.text_secondary = system.text;
    p.text_disabled = system.disabled;
    p.accent = p.accent_hover = p.accent_pressed = system.highlight;
    p.on_accent = system.highlight_text;
    p.accent_text = system.link;
    p.danger = p.danger_hover = system.text;
    p.on_danger = system.canvas;
    p.scrim = system.canvas.with_alpha(0.7f);
    p.shadow = system.canvas;
    p.highlight = mix(system.canvas, system.highlight, 0.3f);
    const Tint plain{system.canvas, system.text, system.border, system.text};
    p.neutral = p.accent_tint = p.success = p.warning = p.danger_tint = p.info = plain;
    p.neutral.border = p.highlight;   // a ground as well: of hints and of what is pointed at
    return p;
}

const Tint& Theme::tint(Tone tone) const {
    switch (tone) {
        case Tone::Neutral: return color.neutral;
        case Tone::Accent: return color.accent_tint;
        case Tone::Success: return color.success;
        case Tone::Warning: return color.warning;
        case Tone::Danger: return color.danger_tint;
        case Tone::Info: return color.info;
    }
    return color.neutral;
}

float Theme::text_px(TextStyle style) const { return style == TextStyle::Field && touch ? 16 : row_of(style).px; }
float Theme::line_height(TextStyle style) const { return style == TextStyle::Field && touch ? 22 : row_of(style).line; }
ImFont* Theme::font(TextStyle style) const {
    const int weight = row_of(style).weight;
    return weight == 0 ? fonts.regular : weight == 1 ? fonts.medium : fonts.bold;
}

Tint tint_of_color(const Theme& theme, std::uint32_t rrggbb) {
    const Color base = rgb(rrggbb), surface = theme.color.surface;
    Tint tint;
    tint.background = mix(surface, base, theme.dark ? 0.24f : 0.14f);
    tint.border = mix(surface, base, theme.dark ? 0.4f : 0.32f);
    tint.solid = base;
    tint.text = darkened_until_readable(mix(base, theme.color.text, 0.15f), tint.background, theme.color.text);
    return tint;
}

std::uint32_t color_at(std::uint32_t index) {
    static constexpr std::uint32_t colors[] = {0x3D5AFE, 0x1E8E52, 0xC77F0A, 0xB5368A, 0x1678B5, 0x7B4FD6, 0xCF4A2F, 0x2A8C8C};
    return colors[index % (sizeof colors / sizeof *colors)];
}

std::uint32_t color_of_text(const char* begin, const char* end) {
    std::uint32_t hash = 2166136261u;
    for (const char* c = begin; c != end; ++c) hash = (hash ^ static_cast<unsigned char>(*c)) * 16777619u;
    return color_at(hash >> 8);
}

}  // namespace outpost
