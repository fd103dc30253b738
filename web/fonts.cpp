#include "web/fonts.h"

#include <algorithm>
#include <cmath>

#include "imgui.h"
#include "imgui_internal.h"
#include "web/page_calls.h"

namespace outpost {
namespace {

FontShaper* active_shaper = nullptr;  // ImGui's loader functions carry no pointer of ours

// Per baked size: what a batch measurement told, so that ASCII is never measured letter by letter.
struct BakedMetrics {
    float ascii_advance[95];
    float digit_advance;
};

// The letters' size in device pixels: whole, so that 14 css px stay 14 though ImGui rounds 17.5 up to 18.
float em_pixels(const ImFontConfig* source, const ImFontBaked* baked) {
    return std::max(1.0f, std::round(font_em_share * baked->Size * source->RasterizerDensity * baked->RasterizerDensity));
}

bool baked_init(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void* data) {
    float metrics[2 + 95];
    outpost_js_font_metrics(static_cast<int>(source->FontLoaderFlags), em_pixels(source, baked), metrics);
    auto* out = static_cast<BakedMetrics*>(data);
    for (int i = 0; i < 95; ++i) out->ascii_advance[i] = std::round(metrics[2 + i]);
    out->digit_advance = 0;
    for (int digit = '0'; digit <= '9'; ++digit)
        out->digit_advance = std::max(out->digit_advance, out->ascii_advance[digit - ' ']);
    if (!source->MergeMode) {
        // The letters stand in the middle of the line, whatever room the font itself would ask for.
        const float ascent = std::round(metrics[0]), descent = std::round(metrics[1]);
        const float spare = std::floor((baked->Size - ascent - descent) / 2);
        baked->Ascent = ascent + spare;
        baked->Descent = -(baked->Size - baked->Ascent);
    }
    return true;
}

bool is_invisible(ImWchar c) {
    return c < 0x20 || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) ||
           c == 0xFEFF || c == 0x00AD;
}

int encode(ImWchar c, char out[5]) {
    ImTextCharToUtf8(out, static_cast<unsigned>(c));
    return static_cast<int>(std::char_traits<char>::length(out));
}

std::vector<std::uint8_t>& pixel_buffer() {
    static std::vector<std::uint8_t> buffer(256 * 128 * 4);
    return buffer;
}

bool has_colour(const std::uint8_t* rgba, int pixels) {
    for (int i = 0; i < pixels; ++i, rgba += 4)
        if (rgba[3] > 128 && (rgba[0] < 250 || rgba[1] < 250 || rgba[2] < 250)) return true;
    return false;
}

// Measures and, with `draw`, draws one glyph. Advances are whole pixels: every letter then lies on the pixel grid.
bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void* data, ImWchar codepoint,
                ImFontGlyph* out_glyph, float* out_advance) {
    const auto* metrics = static_cast<const BakedMetrics*>(data);
    const bool ascii = codepoint >= 0x20 && codepoint < 0x7F;
    const bool digit = codepoint >= '0' && codepoint <= '9';
    if (out_advance && ascii) {
        *out_advance = digit ? metrics->digit_advance : metrics->ascii_advance[codepoint - 0x20];
        return true;
    }
    if (is_invisible(codepoint) || codepoint == ' ' || codepoint == 0xA0) {
        const float advance = is_invisible(codepoint) ? 0 : metrics->ascii_advance[0];
        if (out_advance) *out_advance = advance;
        if (out_glyph) { out_glyph->Codepoint = codepoint; out_glyph->AdvanceX = advance; }
        return true;
    }

    char single[5];
    std::string_view text = active_shaper->cluster(codepoint);
    if (text.empty()) text = std::string_view(single, static_cast<std::size_t>(encode(codepoint, single)));
    std::vector<std::uint8_t>& pixels = pixel_buffer();
    int shape[4];  // left, top, width, height
    const int capacity = out_advance ? 0 : static_cast<int>(pixels.size());
    const auto draw = [&](int room) {
        return outpost_js_draw_glyph(text.data(), length_of(text), static_cast<int>(source->FontLoaderFlags),
                                     em_pixels(source, baked), shape, pixels.data(), room);
    };
    float advance = static_cast<float>(draw(capacity));
    if (out_advance) {
        *out_advance = std::round(advance);
        return true;
    }
    const int needed = shape[2] * shape[3] * 4;
    if (needed > capacity) {
        pixels.resize(static_cast<std::size_t>(needed));
        advance = static_cast<float>(draw(needed));
    }
    advance = std::round(advance);

    float left = static_cast<float>(shape[0]);
    if (digit) {  // figures of one width, so that columns of numbers line up
        left += std::floor((metrics->digit_advance - advance) / 2);
        advance = metrics->digit_advance;
    }
    out_glyph->Codepoint = codepoint;
    out_glyph->AdvanceX = advance;
    if (needed <= 0) return true;
    const ImFontAtlasRectId packed = ImFontAtlasPackAddRect(atlas, shape[2], shape[3]);
    if (packed == ImFontAtlasRectId_Invalid) return false;
    ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, packed);
    out_glyph->X0 = left;
    out_glyph->Y0 = baked->Ascent + static_cast<float>(shape[1]);
    out_glyph->X1 = out_glyph->X0 + static_cast<float>(shape[2]);
    out_glyph->Y1 = out_glyph->Y0 + static_cast<float>(shape[3]);
    out_glyph->Visible = true;
    out_glyph->Colored = !ascii && has_colour(pixels.data(), shape[2] * shape[3]);
    out_glyph->PackId = packed;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, out_glyph, rect, pixels.data(), ImTextureFormat_RGBA32,
                                       shape[2] * 4);
    return true;
}

const ImFontLoader* canvas_loader() {
    static ImFontLoader loader;
    loader.Name = "canvas";
    loader.FontSrcContainsGlyph = [](ImFontAtlas*, ImFontConfig*, ImWchar) { return true; };
    loader.FontBakedInit = baked_init;
    loader.FontBakedLoadGlyph = load_glyph;
    loader.FontBakedSrcLoaderDataSize = sizeof(BakedMetrics);
    return &loader;
}

}  // namespace
}  // namespace outpost

// What imgui_draw asks where FreeType is said to be there; see ui/imconfig.h.
namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader() { return outpost::canvas_loader(); }
}  // namespace ImGuiFreeType

namespace outpost {

PlatformFonts add_fonts(FontShaper& shaper) {
    active_shaper = &shaper;
    ImFontAtlas* atlas = ImGui::GetIO().Fonts;
    const auto add = [&](unsigned weight) {
        ImFontConfig config;
        config.FontLoader = canvas_loader();
        config.FontLoaderFlags = weight;
        config.PixelSnapH = true;
        config.EllipsisChar = 0x2026;
        return atlas->AddFont(&config);
    };
    return {add(400), add(600), add(700)};
}

int glyph_count() {
    int count = 0;
    ImStableVector<ImFontBaked, 32>& bakes = ImGui::GetIO().Fonts->Builder->BakedPool;
    for (int i = 0; i < bakes.Size; ++i)
        if (!bakes[i].WantDestroy) count += bakes[i].Glyphs.Size;
    return count;
}

void discard_glyphs() { ImFontAtlasBuildDiscardBakes(ImGui::GetIO().Fonts, 0); }

}  // namespace outpost
