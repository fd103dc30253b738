// The one file of ui that sees ImGui's internals: presses, popups and windows.
#include <algorithm>

#include "imgui.h"
#include "imgui_internal.h"
#include "ui/kit/internal.h"

namespace outpost::kit {

Press press(Context& context, std::uint32_t id, const Rect& rect, bool disabled, unsigned flags) {
    const ImRect box(device_min(context, rect), device_max(context, rect));
    Press out;
    if (flags & press_overlap) ImGui::SetNextItemAllowOverlap();
    out.visible = ImGui::ItemAdd(box, id, nullptr, ImGuiItemFlags_NoNav);
    if (!out.visible || disabled) {
        if (ImGui::GetActiveID() == id && disabled) ImGui::ClearActiveID();
        if (out.visible) ImGui::ItemHoverable(box, id, ImGuiItemFlags_NoNav);  // what lies below must not react
        return out;
    }
    ImGuiButtonFlags behaviour = ImGuiButtonFlags_NoNavFocus;
    behaviour |= ImGuiButtonFlags_MouseButtonLeft;
    behaviour |= (flags & press_on_down) ? ImGuiButtonFlags_PressedOnClick : ImGuiButtonFlags_PressedOnClickRelease;
    ImRect seen = box;   // what is drawn only in part is pressed only there
    seen.ClipWith({ImGui::GetWindowDrawList()->GetClipRectMin(), ImGui::GetWindowDrawList()->GetClipRectMax()});
    out.pressed = ImGui::ButtonBehavior(seen, id, &out.hovered, &out.held, behaviour);
    ImGuiContext& g = *GImGui;
    out.activated = out.held && g.ActiveIdIsJustActivated;
    out.right = out.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    out.twice = out.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    return out;
}

void release_active() { ImGui::ClearActiveID(); }

bool open_popup_id(std::uint32_t id) {
    if (ImGui::IsPopupOpen(id, ImGuiPopupFlags_None)) return false;
    ImGui::OpenPopupEx(id, ImGuiPopupFlags_None);
    return true;
}

bool is_popup_id_open(std::uint32_t id) { return ImGui::IsPopupOpen(id, ImGuiPopupFlags_AnyPopupLevel); }

bool begin_popup_id(std::uint32_t id, bool modal) {
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                             ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav |
                             ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
    if (modal) flags |= ImGuiWindowFlags_Modal;
    return ImGui::BeginPopupEx(id, flags);
}

void close_popup_id(std::uint32_t id) {
    ImGuiContext& g = *GImGui;
    for (int level = 0; level < g.OpenPopupStack.Size; ++level)
        if (g.OpenPopupStack[level].PopupId == id) {
            ImGui::ClosePopupToLevel(level, true);
            return;
        }
}

bool is_top_popup(std::uint32_t id) {
    const ImGuiContext& g = *GImGui;
    return g.OpenPopupStack.Size > 0 && g.OpenPopupStack.back().PopupId == id;
}

void bring_to_front(const char* window_name) {
    if (ImGuiWindow* window = ImGui::FindWindowByName(window_name)) ImGui::BringWindowToDisplayFront(window);
}

void set_scroll(float x, float y) {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    if (x >= 0) ImGui::SetScrollX(window, x);
    if (y >= 0) ImGui::SetScrollY(window, y);
}

void bring_into_sight(Context& context, const Rect& rect) {
    const Rect& field = context.kit().field_place;
    const Rect& whole = field.contains({rect.x, rect.y}) ? field : rect;
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    while (window->ScrollMax.y <= 0 && (window->Flags & ImGuiWindowFlags_ChildWindow)) window = window->ParentWindow;
    const float top = whole.y * context.scale - window->InnerClipRect.Min.y, spare = window->InnerClipRect.GetHeight() - whole.height * context.scale;
    if (top >= -1 && top <= spare + 1) return;   // places are rounded
    ImGui::SetScrollY(window, window->Scroll.y + top - std::max(0.0f, spare * 0.4f));
    context.request_frame();
}

bool mouse_clicked_outside(Context& context, const Rect& rect) {
    if (!ImGui::IsMouseClicked(ImGuiMouseButton_Left)) return false;
    return !rect.contains(pointer(context));
}

std::uint32_t window_id() { return ImGui::GetCurrentWindow()->ID; }

void hide_window_once() { ImGui::GetCurrentWindow()->Hidden = true; }

}  // namespace outpost::kit
