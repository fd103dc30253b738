// Paint: for what the kit has no control for (board cards, timelines, charts): shapes in css px, and hit areas that
// bring role, name, focus, keyboard and dragging with them. Called by: pages with custom drawing, and kit.
#pragma once

#include <string_view>

#include "ui/kit/text.h"

namespace outpost::kit {

void fill(Context& context, Rect rect, Color color, float corner = 0);
void stroke(Context& context, Rect rect, Color color, float corner = 0, float thickness = 1);
void line(Context& context, Point from, Point to, Color color, float thickness = 1);
void shadow(Context& context, Rect rect, float corner, float depth);         // depth 1 cards .. 3 dialogs
void draw_icon(Context& context, Icon icon, Rect rect, Color color, float stroke_width = 1.75f);
void draw_text(Context& context, Rect rect, std::string_view text, TextStyle style, Color color, Align align = Align::Start);  // one line, centred in height, ellipsis; no semantics
void push_clip(Context& context, Rect rect);
void pop_clip(Context& context);
// What is drawn between these stands above the rest of the page (a dragged card).
void begin_foreground(Context& context);
void end_foreground(Context& context);

struct HitOptions {
    Role role = Role::Button;
    std::string_view name = {};          // must not be empty for what can be pressed
    std::string_view value = {};
    std::string_view description = {};
    std::string_view link = {};
    std::string_view shortcut = {};
    std::uint32_t states = 0;            // semantics_state of the caller
    bool disabled = false;
    bool focusable = true;               // in Tab order
    bool draggable = false;
    bool swipes = false;                 // with draggable: a finger drags it sideways at once, not after a long press
    bool focus_ring = true;
    float corner = radius::control;
    int level = 0, row_index = 0, column_index = 0;
};
struct Hit {
    std::uint32_t id = 0;
    bool hovered = false, held = false, focused = false;
    bool pressed = false;                // click, tap, Enter, Space, or assistive technology
    bool double_clicked = false, right_clicked = false;
    bool drag_started = false, dragging = false, dropped = false;
    bool drag_cancelled = false;         // Escape while dragging
    Point pointer;                       // css px
    Point drag_offset;                   // from where the press began
};
// The place to press for something small: for a finger at least 40 each way around it, however it is drawn.
Rect finger_room(const Context& context, const Rect& drawn);
// A place that can be pressed, focused and dragged. Draw it after calling, by the states that come back.
Hit hit(Context& context, std::string_view key, Rect rect, HitOptions options);
// A key pressed while that thing has the focus: "ArrowLeft", "Enter", "Delete", "Ctrl+ArrowRight".
bool key_pressed(Context& context, const Hit& hit, std::string_view chord);
void focus(Context& context, std::uint32_t id);                 // moves the keyboard focus there
bool is_anything_focused(Context& context);
// What became of a drag whose start may have scrolled out of sight: asked once what can be dragged was drawn, it tells of an
// end that no hit took.
enum class DragState : std::uint8_t { None, Going, Dropped, Cancelled };
DragState drag_state(Context& context);
// Scrolls the innermost scroll area while something is dragged near its edge.
void scroll_while_dragging(Context& context);
Point pointer(Context& context);

// A number that moves smoothly to its target (never with reduced motion). Keep one for each thing that moves.
float animate(Context& context, std::string_view key, float target, int milliseconds = motion::normal_ms);

}  // namespace outpost::kit
