// Rect, Insets: geometry in css px, in the page's own coordinates (origin top left of the canvas). The kit alone turns
// css px into device pixels. Called by: kit, pages.
#pragma once

#include <algorithm>
#include <cstdint>

namespace outpost {

struct Insets {
    float left = 0, top = 0, right = 0, bottom = 0;
    static constexpr Insets all(float length) { return {length, length, length, length}; }
    static constexpr Insets xy(float x, float y) { return {x, y, x, y}; }
};

struct Point { float x = 0, y = 0; };

// Cutting takes a piece off a side and gives it back: Rect header = rect.cut_top(48);
struct Rect {
    float x = 0, y = 0, width = 0, height = 0;
    // Constructors, so that {.height = 32} never means a place where options are also taken.
    constexpr Rect() = default;
    constexpr Rect(float left, float top, float of_width, float of_height) : x(left), y(top), width(of_width), height(of_height) {}
    float right() const { return x + width; }
    float bottom() const { return y + height; }
    bool empty() const { return width <= 0 || height <= 0; }
    bool contains(Point p) const { return p.x >= x && p.y >= y && p.x < right() && p.y < bottom(); }
    Rect inset(Insets in) const {
        return {x + in.left, y + in.top, std::max(0.0f, width - in.left - in.right), std::max(0.0f, height - in.top - in.bottom)};
    }
    Rect inset(float length) const { return inset(Insets::all(length)); }
    Rect cut_left(float w) { w = std::min(w, width); Rect r{x, y, w, height}; x += w; width -= w; return r; }
    Rect cut_right(float w) { w = std::min(w, width); width -= w; return {x + width, y, w, height}; }
    Rect cut_top(float h) { h = std::min(h, height); Rect r{x, y, width, h}; y += h; height -= h; return r; }
    Rect cut_bottom(float h) { h = std::min(h, height); height -= h; return {x, y + height, width, h}; }
    Rect centered(float w, float h) const { return {x + (width - w) / 2, y + (height - h) / 2, w, h}; }
    Rect united(const Rect& o) const {
        float l = std::min(x, o.x), t = std::min(y, o.y);
        return {l, t, std::max(right(), o.right()) - l, std::max(bottom(), o.bottom()) - t};
    }
};

enum class Align : std::uint8_t { Start, Center, End };

}  // namespace outpost
