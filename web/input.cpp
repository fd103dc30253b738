#include "web/input.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <utility>

#include <emscripten/emscripten.h>

#include "imgui.h"
#include "imgui_internal.h"

namespace outpost {
namespace {

constexpr float touch_slop_css_pixels = 8;
constexpr double long_press_milliseconds = 500;
constexpr double momentum_time_constant = 325;  // milliseconds until the speed has fallen to 1/e
constexpr float momentum_speed_min = 0.02f;     // device pixels per millisecond
constexpr double move_milliseconds_min = 4;     // between two movements: some browsers round their times
constexpr double scrolling_grace_milliseconds = 140;
constexpr float sideways_share = 1.7f;          // a swipe goes at least so much more sideways than up or down

struct NamedKey {
    std::string_view name;
    ImGuiKey key;
};
constexpr NamedKey named_keys[] = {
    {"Tab", ImGuiKey_Tab}, {"ArrowLeft", ImGuiKey_LeftArrow}, {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow}, {"ArrowDown", ImGuiKey_DownArrow}, {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown}, {"Home", ImGuiKey_Home}, {"End", ImGuiKey_End}, {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete}, {"Backspace", ImGuiKey_Backspace}, {" ", ImGuiKey_Space}, {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape}, {"ContextMenu", ImGuiKey_Menu}, {"'", ImGuiKey_Apostrophe}, {",", ImGuiKey_Comma},
    {"-", ImGuiKey_Minus}, {".", ImGuiKey_Period}, {"/", ImGuiKey_Slash}, {";", ImGuiKey_Semicolon},
    {"=", ImGuiKey_Equal}, {"[", ImGuiKey_LeftBracket}, {"\\", ImGuiKey_Backslash}, {"]", ImGuiKey_RightBracket},
    {"`", ImGuiKey_GraveAccent}, {"?", ImGuiKey_Slash},
};

ImGuiKey key_of(std::string_view name) {
    if (name.size() == 1) {
        const char c = name.front();
        if (c >= 'a' && c <= 'z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'a'));
        if (c >= 'A' && c <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'A'));
        if (c >= '0' && c <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (c - '0'));
    }
    if (name.size() >= 2 && name.size() <= 3 && name.front() == 'F' && name[1] >= '1' && name[1] <= '9') {
        const int index = name.size() == 2 ? name[1] - '0' : (name[1] - '0') * 10 + (name[2] - '0');
        if (index >= 1 && index <= 12) return static_cast<ImGuiKey>(ImGuiKey_F1 + (index - 1));
    }
    for (const NamedKey& named : named_keys)
        if (named.name == name) return named.key;
    return ImGuiKey_None;
}

int imgui_button(int dom_button) { return dom_button == 1 ? 2 : dom_button == 2 ? 1 : 0; }

}  // namespace

void Input::set_modifiers(unsigned modifiers) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, modifiers & 1);
    io.AddKeyEvent(ImGuiMod_Shift, modifiers & 2);
    io.AddKeyEvent(ImGuiMod_Alt, modifiers & 4);
    io.AddKeyEvent(ImGuiMod_Super, modifiers & 8);
}

void Input::settle_frames(int frames_max) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    for (int i = 0; i < frames_max; ++i) {
        run_frame_();
        if (g.InputEventsQueue.Size == 0) break;
    }
}

void Input::pointer(const PointerEvent& event, float pixel_ratio) {
    set_modifiers(event.modifiers);
    last_was_touch_ = event.type == PointerType::Touch;
    if (last_was_touch_) touch(event, pixel_ratio);
    else mouse(event);
}

void Input::mouse(const PointerEvent& event) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(event.type == PointerType::Pen ? ImGuiMouseSource_Pen : ImGuiMouseSource_Mouse);
    momentum_ = false;
    switch (event.kind) {
        case PointerKind::Down:
            io.AddMousePosEvent(event.x, event.y);
            settle_frames(2);
            io.AddMouseButtonEvent(imgui_button(event.button), true);
            buttons_down_ |= 1 << event.button;
            settle_frames(2);
            break;
        case PointerKind::Move:
            // A press of a second button arrives as a move: the button tells.
            io.AddMousePosEvent(event.x, event.y);
            break;
        case PointerKind::Up:
            io.AddMousePosEvent(event.x, event.y);
            io.AddMouseButtonEvent(imgui_button(event.button), false);
            buttons_down_ &= ~(1 << event.button);
            settle_frames(3);
            break;
        case PointerKind::Cancel:
            for (int button = 0; button < 3; ++button) io.AddMouseButtonEvent(button, false);
            buttons_down_ = 0;
            break;
        case PointerKind::Leave:
            if (!buttons_down_) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
            break;
    }
}

void Input::press(int button) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseButtonEvent(button, true);
    settle_frames(2);
    io.AddMouseButtonEvent(button, false);
    settle_frames(3);
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);  // a finger that is gone hovers nothing
}

// The finger takes hold of what it went down on.
void Input::begin_drag() {
    touch_ = Touch::Dragging;
    buttons_down_ |= 1;
    ImGui::GetIO().AddMouseButtonEvent(0, true);
}

void Input::touch(const PointerEvent& event, float pixel_ratio) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
    if (event.kind == PointerKind::Down) {
        if (touch_ != Touch::None) return;  // a second finger
        touch_id_ = event.pointer_id;
        start_x_ = last_x_ = event.x;
        start_y_ = last_y_ = event.y;
        last_time_ = event.time;
        velocity_x_ = velocity_y_ = 0;
        const ImGuiContext& g = *ImGui::GetCurrentContext();
        // Before the first frame of the glide only the window below the finger is known.
        ImGuiWindow* const gliding = !momentum_ ? nullptr : g.WheelingWindow ? g.WheelingWindow : ImGui::FindWindowByID(scrolled_window_);
        momentum_ = false;
        io.AddMousePosEvent(event.x, event.y);
        settle_frames(2);
        touch_ = Touch::Held;
        // Counted from when the page can see the finger move: on a busy device the frames above take their time.
        start_time_ = emscripten_get_now();
        press_is_long_ = false;
        // A touch that stops a gliding list may go on to scroll or swipe, but presses nothing there.
        presses_ = !gliding || !g.HoveredWindow || !ImGui::IsWindowChildOf(g.HoveredWindow, gliding, false);
        scrolled_window_ = g.HoveredWindow ? g.HoveredWindow->ID : 0;
        on_area_ = on_sideways_area_ = false;
        for (const auto& [box, sideways] : touch_areas_)
            if (event.x >= box.x && event.x < box.x + box.width && event.y >= box.y && event.y < box.y + box.height)
                (sideways ? on_sideways_area_ : on_area_) = true;
        return;
    }
    if (event.pointer_id != touch_id_ || touch_ == Touch::None) return;
    if (event.kind == PointerKind::Move) {
        const float dx = event.x - last_x_, dy = event.y - last_y_;
        const double elapsed = std::max(move_milliseconds_min, event.time - last_time_);
        const float way_x = event.x - start_x_, way_y = event.y - start_y_;
        if (touch_ == Touch::Held && std::hypot(way_x, way_y) > touch_slop_css_pixels * pixel_ratio) {
            // Decided once: what began as scrolling never turns into a swipe, nor a swipe into scrolling.
            const bool swipes = on_sideways_area_ && std::fabs(way_x) > sideways_share * std::fabs(way_y);
            touch_ = event.on_field ? Touch::Consumed : Touch::Scrolling;
            if (swipes && !event.on_field) begin_drag();
        }
        if (touch_ == Touch::Dragging) io.AddMousePosEvent(event.x, event.y);
        if (touch_ == Touch::Scrolling) {
            scroll_by(dx, dy, emscripten_get_now());
            velocity_x_ = 0.6f * velocity_x_ + 0.4f * static_cast<float>(dx / elapsed);
            velocity_y_ = 0.6f * velocity_y_ + 0.4f * static_cast<float>(dy / elapsed);
        }
        if (touch_ != Touch::Held) { last_x_ = event.x; last_y_ = event.y; last_time_ = event.time; }
        return;
    }
    if (event.kind == PointerKind::Leave && touch_ != Touch::None) return;
    const Touch was = touch_;
    touch_ = Touch::None;
    touch_id_ = -1;
    if (was == Touch::Dragging) {
        io.AddMousePosEvent(event.x, event.y);
        io.AddMouseButtonEvent(0, false);
        buttons_down_ &= ~1;
        settle_frames(3);
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    } else if (was == Touch::Held && event.kind == PointerKind::Up && presses_) {
        press(0);
    } else if (was == Touch::Held || was == Touch::Consumed) {
        io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    } else if (was == Touch::Scrolling && event.kind == PointerKind::Up && event.time - last_time_ < 60) {
        momentum_ = std::hypot(velocity_x_, velocity_y_) > 0.2f;
        momentum_time_ = emscripten_get_now();
    }
}

void Input::scroll_by(float x, float y, double time) {
    // ImGui scrolls by five lines a notch, two sideways; the inverse makes one device pixel one pixel of list.
    const ImGuiStyle& style = ImGui::GetStyle();
    const float line = style.FontSizeBase * style.FontScaleMain * style.FontScaleDpi;
    const float step_x = std::max(1.0f, std::trunc(2 * line)), step_y = std::max(1.0f, std::trunc(5 * line));
    if (std::fabs(x) > std::fabs(y)) ImGui::GetIO().AddMouseWheelEvent(x / step_x, 0);
    else ImGui::GetIO().AddMouseWheelEvent(0, y / step_y);
    scrolling_until_ = time + scrolling_grace_milliseconds;
}

void Input::wheel(float x, float y, unsigned modifiers, double time) {
    momentum_ = false;
    set_modifiers(modifiers);
    // The browser has already turned a wheel with Shift sideways; ImGui would turn it once more.
    if ((modifiers & 2) && y == 0) std::swap(x, y);
    scroll_by(-x, -y, time);
}

void Input::before_frame(double time) {
    const bool long_enough = touch_ == Touch::Held && presses_ && time - start_time_ >= long_press_milliseconds;
    if (long_enough && !std::exchange(press_is_long_, true)) return;   // a movement may be on its way: one frame more
    if (long_enough) {
        if (on_area_) {
            begin_drag();
        } else {
            touch_ = Touch::Consumed;
            ImGui::GetIO().AddMouseButtonEvent(1, true);  // a long press is the right button
            ImGui::GetIO().AddMouseButtonEvent(1, false);
        }
    }
    if (!momentum_) return;
    const double elapsed = std::clamp(time - momentum_time_, 0.0, 64.0);
    momentum_time_ = time;
    const float decay = static_cast<float>(std::exp(-elapsed / momentum_time_constant));
    scroll_by(velocity_x_ * static_cast<float>(elapsed), velocity_y_ * static_cast<float>(elapsed), time);
    velocity_x_ *= decay;
    velocity_y_ *= decay;
    if (std::hypot(velocity_x_, velocity_y_) < momentum_speed_min) {
        momentum_ = false;
        ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    }
}

bool Input::is_active() const { return momentum_ || buttons_down_ != 0 || !keys_down_.empty() || (touch_ == Touch::Held && press_is_long_); }

int Input::wake_after(double time) const {
    if (touch_ != Touch::Held || !presses_) return -1;
    return std::max(1, static_cast<int>(start_time_ + long_press_milliseconds - time) + 1);
}

bool Input::key(std::string_view name, bool down, unsigned modifiers) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiKey key = key_of(name);
    // A field's own keys are let go here too, though they never went down.
    if (!down && key != ImGuiKey_None && std::erase(keys_down_, static_cast<int>(key)) == 0) return false;
    set_modifiers(modifiers);
    if (key != ImGuiKey_None) {
        io.AddKeyEvent(key, down);
        std::erase(keys_down_, static_cast<int>(key));
        if (down) keys_down_.push_back(key);
    }
    if (name == "Meta" && !down) {
        // macOS reports no release of a letter that was pressed with Command.
        for (const int held : keys_down_) io.AddKeyEvent(static_cast<ImGuiKey>(held), false);
        keys_down_.clear();
    }
    const bool printable = name.size() == 1 || static_cast<unsigned char>(name.front()) >= 0x80;
    if (down && printable && !(modifiers & (1 | 8))) io.AddInputCharactersUTF8(std::string(name).c_str());
    return true;
}

void Input::window_focus(bool focused) {
    if (!focused) keys_down_.clear();
    ImGui::GetIO().AddFocusEvent(focused);
}

void Input::copy(bool cut) {
    ImGuiIO& io = ImGui::GetIO();
    const bool apple = io.ConfigMacOSXBehaviors;
    const ImGuiKey modifier = apple ? ImGuiMod_Super : ImGuiMod_Ctrl;
    const ImGuiKey letter = cut ? ImGuiKey_X : ImGuiKey_C;
    settle_frames(8);
    io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(letter, true);
    settle_frames(8);
    io.AddKeyEvent(letter, false);
    io.AddKeyEvent(modifier, false);
    settle_frames(8);
}

}  // namespace outpost
