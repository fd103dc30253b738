// Theme: every design token of the page in one place: type scale, spacing, radius, colour roles, motion.
// Lengths are css px; colours are 0xRRGGBB with an optional alpha by with_alpha().
// Invariant: each text colour has at least 4.5:1 contrast on each background role it is used on (tested).
// Called by: kit (all drawing), pages for custom painting.
#pragma once

#include <cstdint>

struct ImFont;

namespace outpost {

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

// Few sizes, since each size and weight costs glyph memory.
enum class TextStyle : std::uint8_t {
    Caption,         // 12 regular
    CaptionStrong,   // 12 medium
    Dense,           // 13 regular: tables, chips
    DenseStrong,     // 13 medium
    Body,            // 14 regular
    BodyStrong,      // 14 medium
    Subtitle,        // 16 semibold
    Title,           // 20 semibold
    Hero,            // 28 semibold
};

// A colour's role; the theme gives the colour. Opaque in memory as 0xAARRGGBB.
struct Color {
    std::uint32_t argb = 0;
    constexpr bool operator==(const Color&) const = default;
    constexpr Color with_alpha(float alpha) const {
        return {(argb & 0x00FFFFFFu) | (static_cast<std::uint32_t>(alpha * 255.0f + 0.5f) << 24)};
    }
    static constexpr Color rgb(std::uint32_t rrggbb) { return {0xFF000000u | rrggbb}; }
};
Color mix(Color a, Color b, float share_of_b);
float contrast_ratio(Color a, Color b);  // WCAG 2.2, both opaque
// Either near-black or white, whichever reads better on the colour.
Color readable_on(Color background);

// Meaning of a tinted thing: badges, banners, toasts, progress.
enum class Tone : std::uint8_t { Neutral, Accent, Success, Warning, Danger, Info };

struct Tint {  // a tinted background with text that is readable on it
    Color background, text, border, solid;
};

struct Palette {
    Color canvas, sidebar, surface, surface_raised, surface_sunken;
    Color hover, pressed, selected;         // row and ghost-button states, over surface, canvas or sidebar
    Color border, border_strong;
    Color text, text_secondary, text_disabled;
    Color accent, accent_hover, accent_pressed, on_accent, accent_text;  // accent_text: links and accent words
    Color danger, danger_hover, on_danger;
    Color field, field_border, field_border_hover;
    Color focus_ring, scrim, shadow, highlight;  // highlight: behind search hits
    Tint neutral, accent_tint, success, warning, danger_tint, info;
};

namespace space {
inline constexpr float x1 = 4, x2 = 8, x3 = 12, x4 = 16, x6 = 24, x8 = 32;
}
namespace radius {
inline constexpr float control = 6, card = 8, dialog = 12, pill = 999;
}
namespace motion {
inline constexpr int quick_ms = 90, normal_ms = 140;
}

enum class Density : std::uint8_t { Comfortable, Compact };

struct ThemeFonts {
    ImFont* regular = nullptr;
    ImFont* medium = nullptr;
    ImFont* bold = nullptr;
    float em_share = 0.8f;  // letters' em as a share of the line height that ImGui's font size means
};

struct Theme {
    bool dark = false;
    bool reduced_motion = false;
    bool touch = false;
    Density density = Density::Comfortable;
    Palette color;
    ThemeFonts fonts;

    float control_height() const { return touch ? 44.0f : density == Density::Compact ? 28.0f : 32.0f; }
    float row_height() const { return touch ? 44.0f : density == Density::Compact ? 32.0f : 36.0f; }
    const Tint& tint(Tone tone) const;
    float text_px(TextStyle style) const;        // em of the letters, css px
    float line_height(TextStyle style) const;    // css px
    ImFont* font(TextStyle style) const;
};

Palette light_palette();
Palette dark_palette();
// Eight readable tints for things coloured by hash or by an admin's colour (avatars, picklist values).
Tint tint_of_color(const Theme& theme, std::uint32_t rrggbb);
std::uint32_t color_of_text(const char* begin, const char* end);  // a steady 0xRRGGBB for a name

}  // namespace outpost
