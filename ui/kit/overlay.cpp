#include "ui/kit/overlay.h"

#include <algorithm>
#include <cmath>

#include "core/base/result.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

OpenPopup* find_open(Kit& kit, std::uint32_t id) {
    for (OpenPopup& popup : kit.popups)
        if (popup.id == id) return &popup;
    return nullptr;
}

void forget_popup(Context& context, std::uint32_t id) {
    Kit& kit = context.kit();
    if (OpenPopup* popup = find_open(kit, id)) {
        // The focus goes back to what opened it, unless the person has moved on.
        const bool moved_on = kit.wants_focus != 0 || popup != &kit.popups.back();   // to a field, or to another popup
        if (popup->return_focus && !moved_on) take_focus(context, popup->return_focus, kit.focus_visible);
        std::erase_if(kit.popups, [&](const OpenPopup& other) { return other.id == id; });
        context.request_frame();
    }
}

// Where a box of that size stands: below the anchor when there is room, else above; within the page.
Rect place_popup(Context& context, const Rect& anchor, float width, float height, Align align) {
    const float low = context.height - 8;
    float y = anchor.bottom() + 4;
    if (y + height > low && anchor.y - 4 - height >= 8) y = anchor.y - 4 - height;
    else if (y + height > low) y = std::max(8.0f, low - height);
    float x = align == Align::End ? anchor.right() - width : align == Align::Center ? anchor.x + (anchor.width - width) / 2 : anchor.x;
    x = std::clamp(x, 8.0f, std::max(8.0f, context.width - width - 8));
    return {x, y, width, height};
}

void paint_popup(Context& context, const Rect& rect, bool sheet) {
    ImDrawList& list = draw_list();
    list.PushClipRectFullScreen();
    const Palette& p = context.color();
    if (sheet) {
        fill(context, {0, 0, context.width, context.height}, p.scrim);
        Rect body = rect;
        body.height += 20;   // the lower corners lie below the page
        fill(context, body, p.surface_raised, radius::dialog);
        fill(context, Rect{rect.x + rect.width / 2 - 18, rect.y + 8, 36, 4}, p.border_strong, 2);
    } else {
        shadow(context, rect, radius::card, 2);
        fill(context, rect, p.surface_raised, radius::card);
        stroke(context, rect, p.border, radius::card);
    }
    list.PopClipRect();
}

// What a popup belongs to lies as high as the popup does, in the mirror too: else what follows it on the page would
// lie over both.
void raise_parents(Context& context) {
    const Kit& kit = context.kit();
    for (SemanticsNode& node : context.semantics.nodes)
        if (node.layer < kit.layer && std::find(kit.parents.begin() + 1, kit.parents.end(), node.id) != kit.parents.end())
            node.layer = kit.layer;
}

bool begin_popup_at(Context& context, std::uint32_t id, const Rect& anchor, const PopupOptions& options, bool menu) {
    Kit& kit = context.kit();
    if (!is_popup_id_open(id)) {
        forget_popup(context, id);
        return false;
    }
    const bool sheet = is_phone_sheet(context);
    const Memory measured = remember(context, hash_id(id, 9));
    const bool known = measured.b > 0;
    Insets padding = options.padding;
    if (sheet) { padding.top += 16; padding.bottom += context.safe_area.bottom; }
    const float roomy = std::max({context.height - anchor.bottom() - 12, anchor.y - 12, std::min(480.0f, context.height - 16)});   // below, above, over the anchor
    const float most = sheet ? context.height * 0.8f : options.height_max <= 0 ? roomy : std::min(options.height_max, context.height - 16);
    const float height = std::min(known ? measured.b + padding.top + padding.bottom : 120, most);
    float width = options.width > 0 ? options.width : std::max(anchor.width, options.width_min);
    if (measured.a > width && options.width <= 0) width = std::min(measured.a, 420.0f);
    width = std::min(width, context.width - 16);
    const Rect rect = sheet ? Rect{0, context.height - height, context.width, height} : place_popup(context, anchor, width, height, options.align);
    ImGui::SetNextWindowPos(device_min(context, rect));
    const ImVec2 low = device_min(context, rect), high = device_max(context, rect);
    ImGui::SetNextWindowSize({high.x - low.x, high.y - low.y});
    if (!begin_popup_id(id, false)) return false;
    if (!known) { hide_window_once(); context.request_frame(); }
    ++kit.layer;
    paint_popup(context, rect, sheet);
    PopupScope scope;
    scope.id = id;
    scope.menu = menu;
    scope.sheet = sheet;
    scope.rect = rect;
    SemanticsNode node;
    node.id = hash_id(id, 10);
    node.role = options.role;
    node.name = options.name;
    scope.node = emit(context, std::move(node), rect);
    raise_parents(context);
    push_parent(context, scope.node == SIZE_MAX ? kit.parents.back() : hash_id(id, 10));
    kit.popup_scopes.push_back(std::move(scope));
    // The content scrolls in a window of its own, above the surface.
    ImGui::SetCursorScreenPos(low);
    ImGui::BeginChild(hash_id(id, 12), {high.x - low.x, high.y - low.y}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
    keep_scroll(context);
    Layout layout;
    layout.id = hash_id(id, 11);
    layout.detached = true;
    layout.gap = options.gap;
    layout.padding = padding;
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    layout.area = Rect{origin.x / context.scale, origin.y / context.scale, ImGui::GetContentRegionAvail().x / context.scale, rect.height}.inset(padding);
    layout.bottom_limit = rect.bottom() - padding.bottom;
    push_layout(context, std::move(layout));
    OpenPopup* open = find_open(kit, id);
    if (open) open->drawn_frame = kit.frame;
    if (open && open->opened_frame == 0) {
        open->opened_frame = kit.frame;
        kit.focus_first = true;
    }
    return true;
}

void menu_keys(Context& context, PopupScope& scope) {
    Kit& kit = context.kit();
    const auto count = static_cast<int>(scope.entries.size());
    if (count == 0) return;
    int at = -1;
    for (int i = 0; i < count; ++i)
        if (scope.entries[static_cast<std::size_t>(i)] == kit.focused) at = i;
    int next = at;
    if (chord_down("ArrowDown", true)) next = at < 0 ? 0 : (at + 1) % count;
    if (chord_down("ArrowUp", true)) next = at < 0 ? count - 1 : (at + count - 1) % count;
    if (chord_down("Home", false)) next = 0;
    if (chord_down("End", false)) next = count - 1;
    for (const ImWchar letter : ImGui::GetIO().InputQueueCharacters) {
        for (int i = 1; i <= count; ++i) {
            const int candidate = (std::max(at, 0) + i) % count;
            const std::string& name = scope.entry_names[static_cast<std::size_t>(candidate)];
            if (name.empty() || letter > 127 || (name[0] | 32) != (static_cast<char>(letter) | 32)) continue;
            next = candidate;
            break;
        }
    }
    if (next != at && next >= 0) focus(context, scope.entries[static_cast<std::size_t>(next)]);
}

}  // namespace

void open_popup(Context& context, std::string_view key) {
    Kit& kit = context.kit();
    const std::uint32_t id = id_of(key);
    if (!open_popup_id(id)) return;
    std::erase_if(kit.popups, [&](const OpenPopup& popup) { return popup.id == id; });
    kit.popups.push_back({id, kit.focused, 0, kit.frame + 1, pointer(context)});
    context.request_frame();
}

bool is_popup_open(Context&, std::string_view key) { return is_popup_id_open(id_of(key)); }

bool begin_popup(Context& context, std::string_view key, Rect anchor, PopupOptions options) {
    return begin_popup_at(context, id_of(key), anchor, options, false);
}

void end_popup(Context& context) {
    Kit& kit = context.kit();
    PopupScope scope = std::move(kit.popup_scopes.back());
    kit.popup_scopes.pop_back();
    if (scope.menu) menu_keys(context, scope);
    const Insets padding = current(context).padding;
    const Rect used = pop_layout(context);
    ImGui::SetCursorScreenPos({used.x * context.scale, used.y * context.scale});
    ImGui::Dummy({1, std::max(0.0f, std::floor(used.height * context.scale) - 1)});   // places are rounded: a pixel is no reason to scroll
    draw_scroll_mark(context);
    ImGui::EndChild();
    const float wanted_width = remember(context, hash_id(scope.id, 9)).a;
    store_measure(context, hash_id(scope.id, 9), wanted_width, std::max(1.0f, used.height - padding.top - padding.bottom));
    kit.focus_first = false;
    const bool escape = !kit.escape_taken && is_top_popup(scope.id) && (chord_down("Escape", false) || kit.cancel_seen);
    if (escape) {
        kit.escape_taken = true;
        close_popup_id(scope.id);
    }
    pop_parent(context);
    --kit.layer;
    ImGui::EndPopup();
    if (escape) forget_popup(context, scope.id);
}

// A popup that was closed, or that nothing draws any more since its page is gone.
void forget_closed_popups(Context& context) {
    const std::vector<OpenPopup> all = context.kit().popups;
    for (const OpenPopup& popup : all) {
        const bool left = popup.drawn_frame < context.kit().frame;
        if (left) close_popup_id(popup.id);
        if (left || !is_popup_id_open(popup.id)) forget_popup(context, popup.id);
    }
}

void close_popup(Context& context) {
    if (context.kit().popup_scopes.empty()) return;
    close_popup_id(context.kit().popup_scopes.back().id);
    context.request_frame();
}

// --- menus

bool begin_menu(Context& context, std::string_view key, Rect anchor, std::string_view name) {
    return begin_popup_at(context, id_of(key), anchor,
                          {.name = name, .role = Role::Menu, .width_min = 180, .height_max = 0, .padding = Insets::all(space::x1), .gap = 0,
                           .align = anchor.x > context.width / 2 ? Align::End : Align::Start}, true);
}

void end_menu(Context& context) { end_popup(context); }

bool menu_item(Context& context, std::string_view key, std::string_view label, MenuItemOptions options) {
    Kit& kit = context.kit();
    OUTPOST_ASSERT(!kit.popup_scopes.empty());
    PopupScope& scope = kit.popup_scopes.back();
    const float height = scope.sheet || context.touch ? 48.0f : 32.0f;
    const std::string chord = options.shortcut.empty() || context.touch ? std::string() : shortcut_text(context, options.shortcut);
    const std::string_view right = chord.empty() ? options.detail : std::string_view(chord);
    const float words = text_width(context, label, TextStyle::Body);
    const float natural = words + 28 + (options.icon != Icon::None ? 26 : 0) + (right.empty() ? 0 : text_width(context, right, TextStyle::Caption) + 20) +
                          (options.checked ? 24 : 0);
    Memory& memory = remember(context, hash_id(scope.id, 9));
    memory.a = std::max(memory.a, natural + 10);
    const Rect place = take(context, 0, height);
    const std::uint32_t states = options.checked ? semantics_state::checked : 0u;
    const Hit h = hit(context, key, place, {.role = Role::MenuItem, .name = label, .description = options.detail, .link = options.link,
                                            .shortcut = options.shortcut, .states = states, .disabled = options.disabled, .focus_ring = false});
    if (!options.disabled) {
        scope.entries.push_back(h.id);
        scope.entry_names.emplace_back(label);
    }
    const Palette& p = context.color();
    const bool lit = !options.disabled && (h.hovered || (h.focused && (kit.focus_visible || !context.touch)));   // a finger that opened it points at nothing
    if (lit) fill(context, place, options.danger ? p.danger_tint.background : p.hover, 5);
    if (h.focused && kit.focus_visible) stroke(context, place, p.focus_ring, 5, 2);
    const Color color = options.disabled ? p.text_disabled : options.danger ? p.danger_tint.text : p.text;
    Rect inner = place.inset(Insets::xy(10, 0));
    if (options.icon != Icon::None) {
        draw_icon(context, options.icon, inner.cut_left(16), options.danger || options.disabled ? color : p.text_secondary);
        inner.cut_left(10);
    }
    if (options.checked) {
        draw_icon(context, Icon::Check, inner.cut_right(16), p.accent_text);
        inner.cut_right(6);
    }
    if (!right.empty()) draw_line(context, inner.cut_right(text_width(context, right, TextStyle::Caption) + 2), right, TextStyle::Caption, p.text_secondary, Align::End);
    draw_line(context, inner, label, TextStyle::Body, color, Align::Start);
    if (!h.pressed) return false;
    if (!options.keep_open) close_popup(context);
    if (options.link.starts_with("#")) context.navigate(options.link);
    else if (!options.link.empty()) context.browser().open_address(options.link);
    return true;
}

void menu_separator(Context& context) {
    const Rect place = take(context, 0, 9);
    fill(context, {place.x + 4, place.y + 4, place.width - 8, 1}, context.color().border);
}

void menu_heading(Context& context, std::string_view label) {
    const Rect place = take(context, 0, 26);
    draw_line(context, place.inset(Insets::xy(10, 0)), label, TextStyle::CaptionStrong, context.color().text_secondary, Align::Start);
    emit_text(context, label, place);
}

bool begin_context_menu(Context& context, std::string_view key, Rect rect, std::string_view name) {
    const bool inside = rect.contains(pointer(context)) && clip_rect(context).contains(pointer(context)) &&
                        ImGui::IsWindowHovered(ImGuiHoveredFlags_None);
    if (inside && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) open_popup(context, key);
    const OpenPopup* open = find_open(context.kit(), id_of(key));
    const Point at = open ? open->at : Point{};
    return begin_menu(context, key, {at.x, at.y, 1, 1}, name);
}

}  // namespace outpost::kit
