#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/base/result.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

struct KeyName { std::string_view name; ImGuiKey key; };
constexpr KeyName key_names[] = {
    {"Enter", ImGuiKey_Enter}, {"Escape", ImGuiKey_Escape}, {" ", ImGuiKey_Space}, {"Space", ImGuiKey_Space},
    {"ArrowLeft", ImGuiKey_LeftArrow}, {"ArrowRight", ImGuiKey_RightArrow}, {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow}, {"Home", ImGuiKey_Home}, {"End", ImGuiKey_End}, {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown}, {"Delete", ImGuiKey_Delete}, {"Backspace", ImGuiKey_Backspace}, {"F2", ImGuiKey_F2},
    {"F10", ImGuiKey_F10}, {"Tab", ImGuiKey_Tab}, {"/", ImGuiKey_Slash}, {"Menu", ImGuiKey_Menu},
};

ImGuiKey key_of(std::string_view name) {
    for (const KeyName& known : key_names)
        if (known.name == name) return known.key;
    if (name.size() == 1) {
        const char c = name[0];
        if (c >= 'a' && c <= 'z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'a'));
        if (c >= 'A' && c <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'A'));
        if (c >= '0' && c <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (c - '0'));
    }
    return ImGuiKey_None;
}

void take_events_of_frame(Context& context) {
    Kit& kit = context.kit();
    for (const PageEvent& event : context.events) {
        switch (event.kind) {
            case PageEventKind::Activate: kit.activated.insert(event.id); break;
            case PageEventKind::Focus:
                kit.dom_focus = event.id;
                if (kit.focused == event.id) break;   // it follows the kit's own, which knows whether a ring is needed
                kit.focused = event.id;
                kit.scroll_to_focus = event.id;
                // A finger or the mouse brought it there: then no ring is needed.
                kit.focus_visible = !ImGui::IsMouseDown(ImGuiMouseButton_Left) && context.frame_milliseconds - kit.pressed_at > 700;
                break;
            case PageEventKind::Blur:
                if (kit.dom_focus == event.id) kit.dom_focus = 0;
                break;
            case PageEventKind::TextCancel: kit.cancel_seen = true; break;
            default: break;
        }
    }
}

// Whether what is done is done by keys; a press or the wheel says that it is not.
void note_keys(Context& context) {
    const ImGuiIO& io = ImGui::GetIO();
    bool& keys = context.kit().by_keys;
    for (const PageEvent& event : context.events)
        keys = keys || event.kind == PageEventKind::Activate || event.kind == PageEventKind::TextCommit || event.kind == PageEventKind::TextCancel || event.kind == PageEventKind::Key;
    keys = keys || !io.InputQueueCharacters.empty() || ImGui::IsKeyPressed(ImGuiKey_Escape, false) || ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_Delete, false);
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left) || io.MouseWheel != 0) keys = false;
}

bool is_stop(const SemanticsNode& node) {
    return (node.states & semantics_state::focusable) && !(node.states & semantics_state::disabled);
}

// What had the focus went by what was done with a key (a row that is ticked off, an editor whose value is saved): what stands in
// its place gets the focus, as Tab would go on from there. Of a page that was left only a button that the next one has too.
void keep_focus(Context& context) {
    Kit& kit = context.kit();
    std::vector<SemanticsNode>& now = context.semantics.nodes;
    const std::uint32_t left = std::exchange(kit.left_focus, 0), lost = kit.focused ? kit.focused : left;
    kit.focus_seen = !kit.focused || std::ranges::contains(now, kit.focused, &SemanticsNode::id);
    if (left || (kit.focus_seen && kit.modal_layer == 0)) kit.nodes_below.clear();
    if (!kit.by_keys || lost == 0 || (kit.focused && kit.focus_seen)) return;
    const bool of_dialog = kit.modal_layer > 0 || std::ranges::contains(kit.nodes_before, lost, &SemanticsNode::id);
    const std::vector<SemanticsNode>& before = of_dialog ? kit.nodes_before : kit.nodes_below;
    const auto gone = std::ranges::find(before, lost, &SemanticsNode::id);
    if (gone == before.end() || gone->role == Role::Cell) return;   // a table knows which of its cells is meant
    const auto again = [&](const SemanticsNode& old) {
        return std::ranges::find_if(now, [&](const SemanticsNode& node) {
            if (!is_stop(node)) return false;
            return node.id == old.id || (node.role == old.role && node.name == old.name && !std::ranges::contains(before, node.id, &SemanticsNode::id));
        });
    };
    const auto behind = [&](auto place) {
        const auto next = std::find_if(place + 1, now.end(), is_stop);
        return next == now.end() ? place : next;
    };
    auto target = now.end();
    for (auto at = gone;; --at) {
        if (is_stop(*at)) target = again(*at);
        if (target != now.end() && at != gone) target = behind(target);
        if (target != now.end() || at == before.begin() || left) break;
    }
    if (target == now.end() || (context.touch && target->input != InputKind::None)) return;   // no keyboard comes up unasked
    if (left && target->role != Role::Button) return;
    if (const auto next = behind(target); gone->role == Role::Checkbox && target->role != gone->role && next->role == gone->role) target = next;   // a row's link stands before its tick
    take_focus(context, target->id, kit.focus_visible);
    kit.scroll_to_focus = target->id;
    kit.focus_seen = true;
    target->states |= semantics_state::focused;
}

bool matches_modifiers(bool ctrl, bool shift, bool alt) {
    const ImGuiIO& io = ImGui::GetIO();
    return (io.KeyCtrl || io.KeySuper) == ctrl && io.KeyShift == shift && io.KeyAlt == alt;
}

}  // namespace

void begin_frame(Context& context) {
    Kit& kit = context.kit();
    ++kit.frame;
    kit.parents.assign(1, 0);
    kit.layouts.clear();
    kit.layer = 0;
    kit.modal_layer = kit.modal_layer_next;
    kit.modal_layer_next = 0;
    kit.splitters_used = 0;
    kit.scrolls_seen.clear();
    kit.activated.clear();
    kit.escape_taken = kit.cancel_seen = kit.drag_cancelled = false;
    kit.wants_focus = 0;
    kit.tip = {};
    // A toast's words are given after drawing; the next frame takes them along.
    std::vector<std::string> announcements = std::move(context.semantics.announcements);
    announcements.erase(announcements.begin(), announcements.begin() + static_cast<std::ptrdiff_t>(std::min(kit.announcements_said, announcements.size())));
    if (kit.focus_seen) kit.nodes_before.swap(context.semantics.nodes);
    if (kit.modal_layer > 0 && kit.nodes_below.empty()) kit.nodes_below = kit.nodes_before;
    context.semantics.clear();
    context.semantics.announcements = std::move(announcements);
    take_events_of_frame(context);
    note_keys(context);
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        kit.findable.reset();
        kit.press_point = pointer(context);
        kit.pressed_at = context.frame_milliseconds;
        kit.focus_visible = false;
    }
    if (kit.drag && ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
        kit.drag_cancelled = kit.escape_taken = true;
        release_active();
    }
}

void end_frame(Context& context) {
    Kit& kit = context.kit();
    OUTPOST_ASSERT(kit.layouts.empty() && kit.parents.size() == 1 && kit.suppressed == 0);
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) kit.drag = 0;
    if (kit.reveal_frames > 0 && --kit.reveal_frames > 0) context.request_frame();
    // The page's copy: what the focused thing says (a cell's value, a link's words).
    if (kit.focused && chord_down("Ctrl+C", false))
        for (const SemanticsNode& node : context.semantics.nodes)
            if (node.id == kit.focused && node.input == InputKind::None) context.browser().copy_text(node.name);
    forget_closed_popups(context);
    keep_focus(context);
    kit.announcements_said = context.semantics.announcements.size();
    if (kit.frame % 600 == 0) {
        std::erase_if(kit.memory, [&](const auto& pair) { return pair.second.frame + 1200 < kit.frame; });
        std::erase_if(kit.fields, [&](const auto& pair) { return pair.second.frame + 1200 < kit.frame; });
    }
}

// --- units

float snap(float device_px) { return std::floor(device_px + 0.5f); }
ImVec2 device_min(const Context& c, const Rect& r) { return {snap(r.x * c.scale), snap(r.y * c.scale)}; }
ImVec2 device_max(const Context& c, const Rect& r) { return {snap(r.right() * c.scale), snap(r.bottom() * c.scale)}; }
Box box_of(const Context& c, const Rect& r) {
    const ImVec2 a = device_min(c, r), b = device_max(c, r);
    return {a.x, a.y, b.x - a.x, b.y - a.y};
}
ImDrawList& draw_list() { return *ImGui::GetWindowDrawList(); }

Rect clip_rect(Context& context) {
    const ImVec2 a = draw_list().GetClipRectMin(), b = draw_list().GetClipRectMax();
    return {a.x / context.scale, a.y / context.scale, (b.x - a.x) / context.scale, (b.y - a.y) / context.scale};
}

// --- ids and memory

std::uint32_t hash_id(std::uint32_t seed, std::uint32_t value) {
    std::uint32_t hash = seed ^ 0x9E3779B9u;
    for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ (value >> shift & 0xFF)) * 16777619u;
    return hash ? hash : 1;
}

std::uint32_t id_of(std::string_view key) { return ImGui::GetID(key.data(), key.data() + key.size()); }

std::uint32_t next_id(Context& context) {
    Layout& layout = current(context);
    return hash_id(ImGui::GetID(static_cast<int>(++layout.count)), layout.id);
}

Memory& remember(Context& context, std::uint32_t id) {
    Memory& memory = context.kit().memory[id];
    memory.frame = context.kit().frame;
    return memory;
}

void store_measure(Context& context, std::uint32_t id, float a, float b) {
    Memory& memory = remember(context, id);
    if (std::fabs(memory.a - a) > 0.5f || std::fabs(memory.b - b) > 0.5f) context.request_frame();
    memory.a = a;
    memory.b = b;
}

// --- semantics

std::size_t emit(Context& context, SemanticsNode node, const Rect& rect) {
    Kit& kit = context.kit();
    if (kit.suppressed > 0) return SIZE_MAX;
    namespace state = semantics_state;
    const bool field = node.input != InputKind::None;
    // Behind a modal box nothing can be reached.
    if (kit.layer < kit.modal_layer && (field || (node.states & state::focusable))) return SIZE_MAX;
    OUTPOST_ASSERT(!(node.states & state::focusable) || !node.name.empty());
    if (kit.focus_first && (node.states & state::focusable) && !(node.states & state::disabled)) {
        kit.focus_first = false;
        if (field) kit.wants_focus = node.id;
        take_focus(context, node.id, kit.focus_visible || node.role == Role::Combobox);   // what one fills in shows it at once
    }
    if (kit.focused == node.id && node.id) node.states |= state::focused;
    if (kit.wants_focus == node.id && node.id) node.states |= state::wants_focus;
    if (node.parent == 0) node.parent = kit.parents.back();
    node.layer = kit.layer;
    node.box = box_of(context, rect);
    node.clip = node.scrolls ? Box{} : box_of(context, clip_rect(context));
    context.semantics.nodes.push_back(std::move(node));
    return context.semantics.nodes.size() - 1;
}

void set_box(Context& context, std::size_t node, const Rect& rect) {
    if (node != SIZE_MAX) context.semantics.nodes[node].box = box_of(context, rect);
}

void push_parent(Context& context, std::uint32_t id) { context.kit().parents.push_back(id); }
void pop_parent(Context& context) { context.kit().parents.pop_back(); }

Role parent_role(Context& context) {
    const std::uint32_t id = context.kit().parents.back();
    const std::vector<SemanticsNode>& nodes = context.semantics.nodes;
    for (auto node = nodes.rbegin(); id && node != nodes.rend(); ++node)
        if (node->id == id) return node->role;
    return Role::None;
}

void emit_text(Context& context, std::string_view text, const Rect& rect, Role role, int level) {
    if (context.kit().suppressed > 0 || text.empty()) return;
    SemanticsNode node;
    node.id = next_id(context);
    node.role = role;
    node.level = level;
    node.name = text;
    emit(context, std::move(node), rect);
}

// --- focus

bool has_focus(Context& context, std::uint32_t id) { return context.kit().focused == id; }

void take_focus(Context& context, std::uint32_t id, bool visible) {
    Kit& kit = context.kit();
    if (kit.focused != id) context.request_frame();
    kit.focused = id;
    kit.focus_visible = visible;
    if (kit.dom_focus && kit.dom_focus != id) kit.dom_focus = 0;
    if (kit.wants_focus == id) kit.dom_focus = id;
}

bool is_anything_focused(Context& context) { return context.kit().focused != 0; }

void focus(Context& context, std::uint32_t id) {
    take_focus(context, id, true);
    context.kit().scroll_to_focus = id;
}

void draw_focus_ring(Context& context, const Rect& rect, float corner) {
    stroke(context, rect.inset(-2), context.color().focus_ring, corner + 2, 2);
}

bool chord_down(std::string_view chord, bool repeat) {
    bool ctrl = false, shift = false, alt = false;
    for (;;) {
        if (chord.starts_with("Ctrl+")) { ctrl = true; chord.remove_prefix(5); }
        else if (chord.starts_with("Shift+")) { shift = true; chord.remove_prefix(6); }
        else if (chord.starts_with("Alt+")) { alt = true; chord.remove_prefix(4); }
        else break;
    }
    const ImGuiKey key = key_of(chord);
    return key != ImGuiKey_None && matches_modifiers(ctrl, shift, alt) && ImGui::IsKeyPressed(key, repeat);
}

bool key_for(Context& context, std::uint32_t id, std::string_view chord) {
    Kit& kit = context.kit();
    // Keys come as page events where the browser's own field or element has the focus, else through ImGui.
    for (PageEvent& event : context.events) {
        if (event.kind != PageEventKind::Key || event.text != chord) continue;
        if (event.id != id && !(event.id == 0 && kit.focused == id)) continue;
        event.text.clear();
        return true;
    }
    return kit.focused == id && chord_down(chord, true);
}

bool key_pressed(Context& context, const Hit& hit, std::string_view chord) {
    return hit.id && context.kit().focused == hit.id && key_for(context, hit.id, chord);
}

Point pointer(Context& context) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    return {at.x / context.scale, at.y / context.scale};
}

float animate(Context& context, std::string_view key, float target, int milliseconds) {
    Kit& kit = context.kit();
    const auto [found, fresh] = kit.animations.try_emplace(id_of(key));
    Animation& animation = found->second;
    if (fresh || context.theme.reduced_motion) {
        animation = {target, target, target, context.frame_milliseconds};
        return target;
    }
    if (animation.to != target) {
        animation.from = animation.value;
        animation.to = target;
        animation.started = context.frame_milliseconds;
    }
    const float share = static_cast<float>(context.frame_milliseconds - animation.started) / static_cast<float>(milliseconds);
    if (share >= 1) return animation.value = target;
    const float eased = 1 - (1 - share) * (1 - share) * (1 - share);
    animation.value = animation.from + (animation.to - animation.from) * eased;
    context.request_frame();
    return animation.value;
}

void request_tip(Context& context, std::uint32_t id, const Rect& rect, std::string_view text, bool hovered) {
    Kit& kit = context.kit();
    if (!hovered || text.empty() || context.touch) return;
    kit.tip = {std::string(text), rect, id};
    if (kit.tip_id != id) {
        kit.tip_id = id;
        kit.tip_since = context.frame_milliseconds;
    }
}

void tooltip(Context& context, Rect rect, std::string_view text) {
    const bool hovered = rect.contains(pointer(context)) && clip_rect(context).contains(pointer(context)) &&
                         ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows);
    request_tip(context, hash_id(window_id(), static_cast<std::uint32_t>(rect.x * 31 + rect.y)), rect, text, hovered);
}

// --- hit areas

Rect finger_room(const Context& context, const Rect& drawn) {
    return context.touch ? drawn.centered(std::max(drawn.width, 40.0f), std::max(drawn.height, 40.0f)) : drawn;
}

Hit hit(Context& context, std::string_view key, Rect rect, HitOptions options) {
    Kit& kit = context.kit();
    Hit out;
    out.id = id_of(key);
    const bool behind = kit.layer < kit.modal_layer;
    const Press p = press(context, out.id, rect, options.disabled || behind, options.draggable ? press_overlap : 0);
    out.pointer = pointer(context);
    out.hovered = p.hovered && (!context.touch || p.held);   // a finger that left rests nowhere
    out.held = p.held;
    out.right_clicked = p.right;
    out.double_clicked = p.twice;
    out.pressed = p.pressed;
    if (p.activated && options.focusable) take_focus(context, out.id, false);
    out.drag_offset = {out.pointer.x - kit.press_point.x, out.pointer.y - kit.press_point.y};
    if (options.draggable) {
        const bool moved = std::fabs(out.drag_offset.x) + std::fabs(out.drag_offset.y) > 6;
        if (p.held && moved && kit.drag == 0) {
            kit.drag = out.id;
            out.drag_started = true;
        }
        // It goes on while the button is down, though what was taken was out of sight for a time.
        const bool down = ImGui::IsMouseDown(ImGuiMouseButton_Left) && !kit.drag_cancelled;
        out.dragging = kit.drag == out.id && down;
        if (kit.drag == out.id && !down) {
            out.drag_cancelled = kit.drag_cancelled;
            out.dropped = !kit.drag_cancelled;
            out.pressed = false;
            kit.drag = 0;
        }
        const Rect clip = clip_rect(context);
        const Rect seen{std::max(rect.x, clip.x), std::max(rect.y, clip.y), std::min(rect.right(), clip.right()) - std::max(rect.x, clip.x),
                        std::min(rect.bottom(), clip.bottom()) - std::max(rect.y, clip.y)};
        if (context.touch && !behind && !seen.empty()) context.semantics.touch_areas.push_back({box_of(context, seen), options.swipes});
    }
    out.focused = has_focus(context, out.id) && options.focusable;
    if (!options.disabled && !behind) {
        if (kit.activated.contains(out.id)) out.pressed = true;
        // The browser presses the focused element itself; these come when no element has the DOM's focus.
        else if (out.focused && kit.dom_focus != out.id && (chord_down("Enter", false) || chord_down("Space", false))) out.pressed = true;
        if (!options.shortcut.empty() && context.shortcut(options.shortcut)) out.pressed = true;
    }
    if (out.focused && kit.scroll_to_focus == out.id) {
        kit.scroll_to_focus = 0;
        bring_into_sight(context, rect);
    }
    if (p.hovered && !options.disabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    SemanticsNode node;
    node.id = out.id;
    node.role = options.role;
    node.name = options.name;
    node.value = options.value;
    node.description = options.description;
    node.link = options.link;
    node.shortcut = options.shortcut;
    node.level = options.level;
    node.row_index = options.row_index;
    node.column_index = options.column_index;
    node.states = options.states | (options.focusable ? semantics_state::focusable : 0u) |
                  (options.disabled ? semantics_state::disabled : 0u) | (options.draggable ? semantics_state::draggable : 0u);
    if (options.role != Role::None) emit(context, std::move(node), rect);
    if (out.focused && kit.focus_visible && options.focus_ring) draw_focus_ring(context, rect, options.corner);
    return out;
}

DragState drag_state(Context& context) {
    const Kit& kit = context.kit();
    if (kit.drag_cancelled) return DragState::Cancelled;
    if (!kit.drag) return DragState::None;
    return ImGui::IsMouseDown(ImGuiMouseButton_Left) ? DragState::Going : DragState::Dropped;
}

void scroll_while_dragging(Context& context) {
    if (!context.kit().drag) return;
    const ImVec2 at = ImGui::GetIO().MousePos, low = ImGui::GetWindowPos();
    const ImVec2 high = {low.x + ImGui::GetWindowWidth(), low.y + ImGui::GetWindowHeight()};
    const float edge = px(context, 48), step = px(context, 12);
    float x = -1, y = -1;
    if (at.x < low.x + edge && ImGui::GetScrollX() > 0) x = std::max(0.0f, ImGui::GetScrollX() - step);
    if (at.x > high.x - edge && ImGui::GetScrollX() < ImGui::GetScrollMaxX()) x = ImGui::GetScrollX() + step;
    if (at.y < low.y + edge && ImGui::GetScrollY() > 0) y = std::max(0.0f, ImGui::GetScrollY() - step);
    if (at.y > high.y - edge && ImGui::GetScrollY() < ImGui::GetScrollMaxY()) y = ImGui::GetScrollY() + step;
    if (x < 0 && y < 0) return;
    set_scroll(x, y);
    context.request_frame();
}

bool is_phone_sheet(const Context& context) { return context.form == FormFactor::Phone; }

// --- id scopes

IdScope::IdScope(Context&, std::string_view key) { ImGui::PushID(key.data(), key.data() + key.size()); }
IdScope::IdScope(Context&, std::uint64_t key) {
    char text[16];
    std::memcpy(text, "row:....", 8);
    std::memcpy(text + 4, &key, 8);
    ImGui::PushID(text, text + 12);
}
IdScope::~IdScope() { ImGui::PopID(); }

}  // namespace outpost::kit
