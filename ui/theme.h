// Theme: every design token of the page in one place: type scale, spacing, radius, elevation, colour roles, motion,
// and the heights that density and touch decide. Lengths are css px; colours are 0xRRGGBB with an optional alpha.
// Invariant: each text colour has at least 4.5:1 contrast on each background role it is used on, and what shows where a
// control is (outlines of fields and boxes, focus rings) at least 3:1: WCAG 2.2 AA, tested for both themes.
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
    Field,           // what is typed: 14 regular, for a finger 16, since phones enlarge the page around a smaller field
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
Color over(Color base, Color tinted);     // an opaque base under a colour with alpha
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
    Color button_border;                    // of what has words of its own; may be faint
    Color field, field_border, field_border_hover;   // fields, boxes to tick: seen by their outline alone
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
// How far a shadow spreads, how far it falls, how strong it is on a light ground.
struct Elevation { float spread = 0, offset = 0, strength = 0; int layers = 0; };
namespace elevation {
inline constexpr Elevation card{3, 1, 0.04f, 3}, popup{14, 4, 0.14f, 8}, dialog{32, 12, 0.20f, 14};
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
    bool forced = false;   // the system's colours, which are not to be mixed
    bool touch = false;
    Density density = Density::Comfortable;
    Palette color;
    ThemeFonts fonts;

    bool compact() const { return density == Density::Compact && !touch; }   // fingers need their room
    float control_height() const { return touch ? 44.0f : compact() ? 28.0f : 32.0f; }
    float small_height() const { return touch ? 40.0f : compact() ? 24.0f : 28.0f; }
    float row_height() const { return touch ? 48.0f : compact() ? 30.0f : 38.0f; }        // of a table
    float nav_height() const { return touch ? 44.0f : compact() ? 28.0f : 32.0f; }        // of the sidebar
    float item_height(bool two_lines) const {                                             // of a list item
        return two_lines ? (touch ? 60.0f : compact() ? 46.0f : 54.0f) : touch ? 48.0f : compact() ? 32.0f : 40.0f;
    }
    float card_padding() const { return compact() ? space::x3 : space::x4; }
    float section_gap() const { return compact() ? space::x4 : space::x6; }              // between cards of a page
    const Tint& tint(Tone tone) const;
    float text_px(TextStyle style) const;        // em of the letters, css px
    float line_height(TextStyle style) const;    // css px
    ImFont* font(TextStyle style) const;
};

Palette light_palette();
Palette dark_palette();
// The colours that the system forces on pages (CSS: Canvas, CanvasText, LinkText, ButtonBorder, GrayText, Highlight,
// HighlightText) in high contrast, and the palette made of them alone.
struct SystemColors { Color canvas, text, link, border, disabled, highlight, highlight_text; };
SystemColors usual_system_colors(bool dark);      // where the browser doesn't tell
Palette forced_palette(const SystemColors& system);
// Eight readable tints for things coloured by hash or by an admin's colour (avatars, picklist values).
Tint tint_of_color(const Theme& theme, std::uint32_t rrggbb);
std::uint32_t color_of_text(const char* begin, const char* end);  // a steady 0xRRGGBB for a name

}  // namespace outpost
