// Input: turns the page's pointer, wheel and key events into ImGui's, and makes a finger scroll what lies under it.
// Invariant: a press is queued only after a frame has seen the pointer there (widgets that allow overlap ignore a
// press on what was not hovered before). Called by: web/platform.cpp for every DOM event.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/base/semantics.h"

namespace outpost {

enum class PointerKind { Down, Move, Up, Cancel, Leave };
enum class PointerType { Mouse, Touch, Pen };

struct PointerEvent {
    PointerKind kind = PointerKind::Move;
    PointerType type = PointerType::Mouse;
    int pointer_id = 0;
    int button = 0;         // the DOM's: 0 left, 1 middle, 2 right
    float x = 0, y = 0;     // device pixels
    unsigned modifiers = 0; // 1 Ctrl, 2 Shift, 4 Alt, 8 Meta
    bool on_field = false;  // a native text field lies there and handles it as well
    double time = 0;        // milliseconds, when the device reported it: a busy page learns of it later
};

class Input {
public:
    // `run_frame` draws a frame at once.
    explicit Input(std::function<void()> run_frame) : run_frame_(std::move(run_frame)) {}

    void pointer(const PointerEvent& event, float pixel_ratio);
    void wheel(float x, float y, unsigned modifiers, double time);  // device pixels, as the DOM counts them
    // False: nothing that anybody here waits for.
    bool key(std::string_view name, bool down, unsigned modifiers);
    void window_focus(bool focused);
    // The page's copy or cut event: the same as the keys, run through to the end.
    void copy(bool cut);

    // Goes on with momentum and long presses. Called before each frame.
    void before_frame(double time);
    // A finger still moves things, or a button or key is held.
    bool is_active() const;
    // Milliseconds until a long press is due; -1: none.
    int wake_after(double time) const;
    bool is_scrolling(double time) const { return time < scrolling_until_; }
    void set_touch_areas(const std::vector<TouchArea>& areas) { touch_areas_ = areas; }
    bool last_was_touch() const { return last_was_touch_; }

private:
    enum class Touch { None, Held, Scrolling, Dragging, Consumed };

    void mouse(const PointerEvent& event);
    void touch(const PointerEvent& event, float pixel_ratio);
    void set_modifiers(unsigned modifiers);
    void press(int button);
    void begin_drag();
    void scroll_by(float x, float y, double time);
    void settle_frames(int frames_max);

    std::function<void()> run_frame_;
    std::vector<TouchArea> touch_areas_;
    std::vector<int> keys_down_;
    Touch touch_ = Touch::None;
    bool presses_ = true;                               // false: the finger only stopped what was gliding
    bool press_is_long_ = false;                        // a frame has seen the finger rest long enough
    unsigned scrolled_window_ = 0;                      // ImGui's id of the window that the finger went down on
    bool on_area_ = false, on_sideways_area_ = false;   // of what the finger went down on
    int touch_id_ = -1;
    float start_x_ = 0, start_y_ = 0, last_x_ = 0, last_y_ = 0;
    float velocity_x_ = 0, velocity_y_ = 0;  // device pixels per millisecond
    double start_time_ = 0, last_time_ = 0, momentum_time_ = 0;
    bool momentum_ = false;
    double scrolling_until_ = 0;
    bool last_was_touch_ = false;
    int buttons_down_ = 0;
};

}  // namespace outpost
