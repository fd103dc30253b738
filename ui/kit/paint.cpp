#include <cmath>

#include "ui/kit/internal.h"

namespace outpost {
void draw_icon_strokes(ImDrawList& list, Icon icon, ImVec2 origin, float size, ImU32 color, float thickness);
}

namespace outpost::kit {

void fill(Context& context, Rect rect, Color color, float corner) {
    if (rect.empty() || (color.argb >> 24) == 0) return;
    const float rounding = std::min(corner, std::min(rect.width, rect.height) / 2) * context.scale;
    draw_list().AddRectFilled(device_min(context, rect), device_max(context, rect), color32(color), rounding);
}

void stroke(Context& context, Rect rect, Color color, float corner, float thickness) {
    if (rect.empty()) return;
    const float width = std::max(1.0f, std::round(thickness * context.scale));
    const float rounding = std::min(corner, std::min(rect.width, rect.height) / 2) * context.scale;
    ImVec2 a = device_min(context, rect), b = device_max(context, rect);
    // The line lies inside of the rectangle, on whole device pixels. ImGui moves corners by half a pixel itself.
    const float in = width / 2 - 0.5f;
    draw_list().AddRect({a.x + in, a.y + in}, {b.x - in, b.y - in}, color32(color), std::max(0.0f, rounding - in), 0, width);
}

void line(Context& context, Point from, Point to, Color color, float thickness) {
    const float width = std::max(1.0f, std::round(thickness * context.scale));
    const ImVec2 a = device(context, from), b = device(context, to);
    if (from.y == to.y) {
        const float y = snap(a.y);
        draw_list().AddRectFilled({snap(a.x), y}, {snap(b.x), y + width}, color32(color));
    } else if (from.x == to.x) {
        const float x = snap(a.x);
        draw_list().AddRectFilled({x, snap(a.y)}, {x + width, snap(b.y)}, color32(color));
    } else {
        draw_list().AddLine(a, b, color32(color), width);
    }
}

void shadow(Context& context, Rect rect, float corner, float depth) {
    const Elevation& look = depth <= 1 ? elevation::card : depth <= 2 ? elevation::popup : elevation::dialog;
    const float strength = look.strength * (context.theme.dark ? 2.0f : 1.0f), layers = static_cast<float>(look.layers);
    // Rings over one another: each is faint, together they fall off with the square of the distance.
    for (int i = look.layers; i > 0; --i) {
        const float share = static_cast<float>(i) / layers, grow = look.spread * share;
        Rect around = rect.inset(-grow);
        around.y += look.offset;
        const float alpha = strength * 2 * (1 - share + 0.5f / layers) / layers;
        fill(context, around, context.color().shadow.with_alpha(alpha), corner + grow);
    }
}

void draw_icon(Context& context, Icon icon, Rect rect, Color color, float stroke_width) {
    if (icon == Icon::None) return;
    const float size = std::min(rect.width, rect.height);
    const Rect place = rect.centered(size, size);
    draw_icon_strokes(draw_list(), icon, device_min(context, place), size * context.scale, color32(color),
                      stroke_width * context.scale * size / 20);
}

void draw_text(Context& context, Rect rect, std::string_view text, TextStyle style, Color color, Align align) {
    draw_line(context, rect, text, style, color, align);
}

void push_clip(Context& context, Rect rect) {
    draw_list().PushClipRect(device_min(context, rect), device_max(context, rect), true);
}
void pop_clip(Context&) { draw_list().PopClipRect(); }

void begin_foreground(Context& context) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({context.width * context.scale, context.height * context.scale});
    ImGui::Begin("foreground", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoNav |
                                            ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing);
    bring_to_front("foreground");
    ++context.kit().suppressed;
}
void end_foreground(Context& context) {
    --context.kit().suppressed;
    ImGui::End();
}

}  // namespace outpost::kit
