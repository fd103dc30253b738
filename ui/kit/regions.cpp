// Regions: scroll areas, cards, groups, splitters: layouts that bring a window, a surface or a role with them.
#include <cmath>

#include "core/base/result.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

std::size_t open_node(Context& context, std::uint32_t id, Role role, std::string_view name, const Rect& rect, bool scrolls = false) {
    SemanticsNode node;
    node.id = id;
    node.role = role;
    node.name = name;
    node.scrolls = scrolls;
    const std::size_t index = emit(context, std::move(node), rect);
    push_parent(context, index == SIZE_MAX ? context.kit().parents.back() : id);
    return index;
}

std::uint32_t group_id(Context& context, Role role, std::string_view name) {
    return hash_id(context.kit().layouts.empty() ? id_of(name) : next_id(context), static_cast<std::uint32_t>(role));
}

void begin_scroll(Context& context, std::string_view key, const Rect& place, const ScrollOptions& options) {
    Kit& kit = context.kit();
    const std::uint32_t id = id_of(key);
    Kit::OpenScroll open;
    open.id = id;
    open.place = place;
    open.padding = options.padding;
    open.content_width = options.horizontal ? options.content_width : 0;
    if (options.role != Role::None) open.node = open_node(context, hash_id(id, 3), options.role, options.name, place);
    else push_parent(context, kit.parents.back());
    ImGuiWindowFlags flags = ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove;
    if (options.horizontal) flags |= ImGuiWindowFlags_HorizontalScrollbar;
    const ImVec2 low = device_min(context, place), high = device_max(context, place);
    ImGui::SetCursorScreenPos(low);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    open.child = ImGui::BeginChild(id, {std::max(1.0f, high.x - low.x), std::max(1.0f, high.y - low.y)}, ImGuiChildFlags_None, flags);
    ImGui::PopStyleVar();
    keep_scroll(context);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    // Where the padding holds the scroll bar, nothing moves when it comes.
    const float width = options.padding.right >= space::x4 ? place.width : ImGui::GetContentRegionAvail().x / context.scale;
    Layout layout;
    layout.id = hash_id(id, 4);
    layout.detached = true;
    layout.gap = options.gap;
    layout.padding = options.padding;
    layout.area = Rect{origin.x / context.scale, origin.y / context.scale, std::max(width, open.content_width), place.height}.inset(options.padding);
    layout.bottom_limit = place.bottom() - options.padding.bottom;
    push_layout(context, std::move(layout));
    kit.scrolls.push_back(open);
}

}  // namespace

void keep_scroll(Context& context) {
    Kit& kit = context.kit();
    const std::uint32_t id = window_id();
    if (kit.layer > 0) {   // popups and dialogs begin at their top, and stay where they are at another pixel ratio
        Memory& place = remember(context, hash_id(id, 21));
        if (kit.settles) set_scroll(place.a * context.scale, place.b * context.scale);
        else place.a = ImGui::GetScrollX() / context.scale, place.b = ImGui::GetScrollY() / context.scale;
        return;
    }
    if (kit.begins_at_top && ImGui::GetScrollY() > 0) set_scroll(0, 0);
    if (const auto wanted = kit.scroll_wanted.find(id); wanted != kit.scroll_wanted.end()) {
        constexpr int tries_max = 8;   // the content has its full size after a few frames only
        ScrollWanted& place = wanted->second;
        const float x = place.x * context.scale, y = place.y * context.scale;
        const bool there = std::fabs(ImGui::GetScrollX() - x) <= 1.5f && std::fabs(ImGui::GetScrollY() - y) <= 1.5f;
        if (there || ++place.tries > tries_max) kit.scroll_wanted.erase(wanted);
        else set_scroll(x, y);
        context.request_frame();
    }
    kit.scrolls_seen.push_back({id, ImGui::GetScrollX() / context.scale, ImGui::GetScrollY() / context.scale});
}

void draw_scroll_mark(Context& context) {
    const float most = ImGui::GetScrollMaxY(), height = ImGui::GetWindowHeight();
    if (!context.touch || most < 1) return;
    const float length = std::min(height, std::max(px(context, 36), height * height / (height + most)));
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - px(context, 2);
    const float y = ImGui::GetWindowPos().y + (height - length) * ImGui::GetScrollY() / most;
    draw_list().AddRectFilled({right - px(context, 3), y}, {right, y + length}, color32(context.color().border_strong.with_alpha(0.8f)), px(context, 1.5f));
}

ScrollArea::ScrollArea(Context& context, std::string_view key, ScrollOptions options) : context_(context) {
    const Rect left = available(context);
    const float height = options.height > 0 ? options.height : std::max(60.0f, left.height);
    begin_scroll(context, key, take(context, 0, height), options);
}
ScrollArea::ScrollArea(Context& context, std::string_view key, Rect place, ScrollOptions options) : context_(context) {
    begin_scroll(context, key, place, options);
}
ScrollArea::~ScrollArea() {
    Kit& kit = context_.kit();
    const Kit::OpenScroll open = kit.scrolls.back();
    kit.scrolls.pop_back();
    const Rect used = pop_layout(context_);
    const float width = std::max(open.content_width, 1.0f) * context_.scale;
    ImGui::SetCursorScreenPos({used.x * context_.scale, used.y * context_.scale});
    // Places are rounded: a pixel is no reason to scroll.
    ImGui::Dummy({open.content_width > 0 ? width : 1.0f, std::max(0.0f, std::floor(used.height * context_.scale) - 1)});
    draw_scroll_mark(context_);
    ImGui::EndChild();
    pop_parent(context_);
}
float ScrollArea::scroll_y() const { return ImGui::GetScrollY() / context_.scale; }
void ScrollArea::scroll_to(float y) { set_scroll(-1, y * context_.scale); }
void ScrollArea::scroll_to_x(float x) { set_scroll(std::max(0.0f, x) * context_.scale, -1); }

namespace {

ScrollOptions body_options(Context& context, const PageBodyOptions& options) {
    const float side = context.is_phone() ? space::x4 : space::x6;
    const float room = available(context).width - 2 * side;
    const float extra = options.width_max > 0 && room > options.width_max ? std::floor((room - options.width_max) / 2) : 0;
    return {.padding = {side + extra, context.is_phone() ? space::x4 : space::x6, side + extra, space::x8}, .gap = options.gap};
}

}  // namespace

PageBody::PageBody(Context& context, PageBodyOptions options) : area_(context, "page body", body_options(context, options)) {}
PageBody::~PageBody() = default;

// --- cards: the surface is drawn below the content once its height is known

Card::Card(Context& context, CardOptions options) : context_(context) {
    Kit& kit = context.kit();
    const std::uint32_t id = next_id(context);
    const Rect place = open_place(context, 0, remember(context, id).b);
    Kit::OpenCard open;
    open.background = options.raised ? context.color().surface_raised : context.color().surface;
    open.border = context.color().border;
    open.corner = radius::card;
    open.raised = options.raised;
    open.place = place;
    open.padding = options.padding;
    const std::string_view name = options.name.empty() ? options.title : options.name;
    if (options.role != Role::None) open.node = open_node(context, hash_id(id, 5), options.role, name, place);
    else push_parent(context, kit.parents.back());
    if (kit.splitters_used == kit.splitters.size()) kit.splitters.push_back(std::make_unique<ImDrawListSplitter>());
    ImDrawListSplitter& splitter = *kit.splitters[kit.splitters_used++];
    splitter.Split(&draw_list(), 2);
    splitter.SetCurrentChannel(&draw_list(), 1);
    kit.cards.push_back(open);
    Layout layout;
    layout.id = id;
    layout.gap = options.gap;
    layout.padding = options.padding;
    layout.area = place.inset(options.padding);
    layout.bottom_limit = current(context).bottom_limit - options.padding.bottom;
    push_layout(context, std::move(layout));
    if (!options.title.empty()) heading(context, 2, options.title, {.style = TextStyle::Subtitle});
}
Card::~Card() {
    Kit& kit = context_.kit();
    const Kit::OpenCard open = kit.cards.back();
    kit.cards.pop_back();
    const std::uint32_t id = current(context_).id;
    const Rect used = pop_layout(context_);
    ImDrawListSplitter& splitter = *kit.splitters[--kit.splitters_used];
    splitter.SetCurrentChannel(&draw_list(), 0);
    shadow(context_, used, open.corner, open.raised ? 2.0f : 1.0f);
    fill(context_, used, open.background, open.corner);
    stroke(context_, used, open.border, open.corner);
    splitter.Merge(&draw_list());
    set_box(context_, open.node, used);
    pop_parent(context_);
    Memory& memory = remember(context_, id);
    if (std::fabs(memory.b - used.height) > 0.5f && current(context_).kind == LayoutKind::Row) context_.request_frame();
    memory.b = used.height;
    close_place(context_, used);
}

Group::Group(Context& context, Role role, std::string_view name) : context_(context) {
    open_node(context, group_id(context, role, name), role, name, clip_rect(context));
}
Group::Group(Context& context, Role role, std::string_view name, const Rect& content) : context_(context) {
    open_node(context, group_id(context, role, name), role, name, content, true);
}
Group::~Group() { pop_parent(context_); }

SplitPlaces split(Context& context, std::string_view key, Rect place, float& first, SplitOptions options) {
    const float most = std::max(options.first_min, place.width - options.second_min);
    first = std::clamp(first, options.first_min, most);
    const Rect bar{place.x + first - 4, place.y, 9, place.height};
    const Hit h = hit(context, key, bar, {.role = Role::Slider, .name = options.name.empty() ? context.tr("kit.splitter") : options.name,
                                          .draggable = true, .corner = 3});
    if (h.dragging || h.held) first = std::clamp(h.pointer.x - place.x, options.first_min, most);
    if (key_pressed(context, h, "ArrowLeft")) first = std::max(options.first_min, first - 16);
    if (key_pressed(context, h, "ArrowRight")) first = std::min(most, first + 16);
    const bool lit = h.hovered || h.held;
    if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    const Rect rule{place.x + first, place.y, lit ? 2.0f : 1.0f, place.height};
    fill(context, rule, lit ? context.color().accent : context.color().border);
    return {{place.x, place.y, first, place.height}, {place.x + first + 1, place.y, place.width - first - 1, place.height}};
}

}  // namespace outpost::kit
