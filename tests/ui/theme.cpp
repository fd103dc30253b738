// The theme's promise: every text reads on every ground that it is drawn on, and every control can be seen, in both
// themes (WCAG 2.2, 1.4.3 and 1.4.11 at level AA); heights answer density and touch.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ui/theme.h"

namespace outpost {
namespace {

struct Named { std::string name; Color color; };

// What text is written on: the surfaces, as they are and with the tints that rows and buttons lay over them.
std::vector<Named> grounds(const Palette& p) {
    std::vector<Named> all;
    for (const Named& base : std::vector<Named>{{"canvas", p.canvas}, {"sidebar", p.sidebar}, {"surface", p.surface}, {"surface_raised", p.surface_raised},
                                                {"surface_sunken", p.surface_sunken}, {"field", p.field}}) {
        all.push_back(base);
        all.push_back({base.name + " hovered", over(base.color, p.hover)});
        all.push_back({base.name + " pressed", over(base.color, p.pressed)});
        all.push_back({base.name + " selected", over(base.color, p.selected)});
    }
    return all;
}

void check_ratio(const std::string& what, Color ink, Color ground, float least) {
    const std::string place = what;
    const float ratio = contrast_ratio(ink, ground);
    CAPTURE(place);
    CHECK(ratio >= least);
}

void check_palette(const Palette& p, bool dark) {
    const std::string theme = dark ? "dark: " : "light: ";
    for (const Named& ground : grounds(p)) {
        check_ratio(theme + "text on " + ground.name, p.text, ground.color, 7.0f);
        check_ratio(theme + "secondary text on " + ground.name, p.text_secondary, ground.color, 4.5f);
        check_ratio(theme + "accent text on " + ground.name, p.accent_text, ground.color, 4.5f);
    }
    // Placeholders and what is disabled stand in fields and on surfaces.
    for (const Named& ground : std::vector<Named>{{"field", p.field}, {"surface", p.surface}, {"raised", p.surface_raised}, {"canvas", p.canvas}, {"sunken", p.surface_sunken}})
        check_ratio(theme + "placeholder on " + ground.name, p.text_disabled, ground.color, 4.5f);
    for (const Color ground : {p.accent, p.accent_hover, p.accent_pressed}) check_ratio(theme + "on accent", p.on_accent, ground, 4.5f);
    for (const Color ground : {p.danger, p.danger_hover}) check_ratio(theme + "on danger", p.on_danger, ground, 4.5f);
    check_ratio(theme + "a search hit", p.text, p.highlight, 4.5f);
    check_ratio(theme + "disabled on neutral", p.text_disabled, p.neutral.background, 4.5f);
    for (const Tint* tint : {&p.neutral, &p.accent_tint, &p.success, &p.warning, &p.danger_tint, &p.info}) {
        check_ratio(theme + "a tint's text", tint->text, tint->background, 4.5f);
        for (const Color ground : {p.surface, p.surface_raised, p.canvas}) {
            check_ratio(theme + "a tint's text on a surface", tint->text, ground, 4.5f);
            check_ratio(theme + "a tint's sign on a surface", tint->solid, ground, 3.0f);
        }
    }
    // Seen by their outline or fill alone.
    for (const Color ground : {p.surface, p.surface_raised, p.canvas}) {
        check_ratio(theme + "field outline", p.field_border, ground, 3.0f);
        check_ratio(theme + "hovered field outline", p.field_border_hover, ground, 3.0f);
        check_ratio(theme + "ticked box", p.accent, ground, 3.0f);
        check_ratio(theme + "wrong field", p.danger_tint.solid, ground, 3.0f);
    }
    for (const Color ground : {p.surface, p.surface_raised, p.canvas, p.sidebar}) check_ratio(theme + "focus ring", p.focus_ring, ground, 3.0f);
}

TEST_CASE("ui theme: every text has its contrast on every ground, in both themes") {
    check_palette(light_palette(), false);
    check_palette(dark_palette(), true);
}

TEST_CASE("ui theme: forced colours are the system's and nothing else") {
    for (const bool dark : {false, true}) {
        const SystemColors system = usual_system_colors(dark);
        const Palette p = forced_palette(system);
        for (const Color ground : {p.canvas, p.sidebar, p.surface, p.surface_raised, p.field}) {
            CHECK(ground == system.canvas);
            check_ratio("forced text", p.text, ground, 7.0f);
            check_ratio("forced secondary text", p.text_secondary, ground, 7.0f);
            check_ratio("forced link", p.accent_text, ground, 4.5f);
            check_ratio("forced outline", p.field_border, ground, 3.0f);
        }
        check_ratio("forced accent", p.on_accent, p.accent, 4.5f);
        check_ratio("forced text on a hint", p.text, p.neutral.border, 4.5f);
        for (const Color tint : {p.hover, p.pressed, p.selected}) check_ratio("forced text on a row", p.text, over(p.surface, tint), 4.5f);
    }
}

TEST_CASE("ui theme: a tint of any colour reads") {
    for (const bool dark : {false, true}) {
        Theme theme;
        theme.dark = dark;
        theme.color = dark ? dark_palette() : light_palette();
        for (std::uint32_t red = 0; red <= 255; red += 51)
            for (std::uint32_t green = 0; green <= 255; green += 51)
                for (std::uint32_t blue = 0; blue <= 255; blue += 51) {
                    const Tint tint = tint_of_color(theme, red << 16 | green << 8 | blue);
                    CHECK(contrast_ratio(tint.text, tint.background) >= 4.5f);
                }
    }
}

TEST_CASE("ui theme: compact is smaller than comfortable, and a finger gets its room in both") {
    Theme theme;
    const float control = theme.control_height(), row = theme.row_height(), item = theme.item_height(true), nav = theme.nav_height();
    theme.density = Density::Compact;
    CHECK(theme.control_height() < control);
    CHECK(theme.row_height() < row);
    CHECK(theme.item_height(true) < item);
    CHECK(theme.nav_height() < nav);
    CHECK(theme.small_height() >= 24);   // WCAG 2.2, 2.5.8: target size
    for (const Density density : {Density::Comfortable, Density::Compact}) {
        theme.density = density;
        theme.touch = true;
        CHECK(theme.control_height() >= 44);
        CHECK(theme.row_height() >= 44);
        CHECK(theme.nav_height() >= 44);
    }
}

}  // namespace
}  // namespace outpost
