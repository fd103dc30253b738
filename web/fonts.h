// Fonts: glyphs drawn by a 2D canvas with the device's own fonts, given to ImGui as an ImFontLoader, and the shaping
// of scripts whose letters join (Arabic, Devanagari, joined emoji): such a run becomes one private-use character.
// Invariant: a private-use character stands for the same run until reset_clusters(), which also drops its glyphs.
// Called by: web/platform.cpp; glyphs are asked for by ImGui while it draws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/page_ports.h"
#include "web/platform.h"

namespace outpost {

class FontShaper final : public TextShaper {
public:
    std::string_view shape(std::string_view utf8) override;
    std::string unshape(std::string_view shaped) override;
    std::string_view visual_line(std::string_view shaped, bool right_to_left, std::uint32_t ink) override;
    bool has_right_to_left(std::string_view shaped) override;
    bool is_right_to_left(std::string_view utf8) override;
    std::vector<TextSpan> spans(std::string_view line, bool right_to_left, std::size_t begin, std::size_t end,
                                TextFace face) override;
    // The run that a private-use character stands for; "" for any other character.
    std::string_view cluster(char32_t character) const;
    // True when so many runs were seen that the private-use characters are used up.
    bool is_full() const { return clusters_.size() >= cluster_count_max; }
    void reset();

private:
    static constexpr std::size_t cluster_count_max = 6400;  // U+E000 to U+F8FF
    struct Cluster {
        std::string text;
        bool right_to_left = false;         // has letters that run from right to left
        bool emoji = false;                 // may have colours of its own
    };
    char32_t character_of(std::string_view cluster);
    const Cluster* find(char32_t character) const;

    std::vector<Cluster> clusters_;
    std::unordered_map<std::string, char32_t> characters_;
    std::unordered_map<std::string, std::string> shaped_;  // whole texts seen before
    std::unordered_map<std::string, std::vector<TextSpan>> spans_;
    std::string answer_, line_;
};

// Adds the three weights to ImGui's font atlas. `shaper` must outlive ImGui's context.
PlatformFonts add_fonts(FontShaper& shaper);
// Forgets all glyphs: after the language changed (Han variants) or the private-use characters ran out.
void discard_glyphs();
int glyph_count();

}  // namespace outpost
