#include "ui/kit/card_list.h"

#include <cmath>

#include "ui/kit/choice.h"
#include "ui/kit/internal.h"
#include "ui/kit/title.h"

namespace outpost::kit {
namespace {

constexpr float card_height = 60, tick_width = 34, swipe_mark_max = 96;

struct Drawing {
    Context& context;
    CardListState& state;
    const CardListSpec& spec;
    Rect body;
    CardListAnswer answer;
};

// What lies below a row that a finger has moved aside.
void draw_below(Context& context, const Rect& place, float offset, float mark, const SwipeAction& action) {
    const Tint& tint = context.theme.tint(action.tone);
    const bool taken = std::fabs(offset) >= mark;
    Rect uncovered = place;
    uncovered = offset > 0 ? uncovered.cut_left(offset) : uncovered.cut_right(-offset);
    fill(context, uncovered, taken ? tint.solid : tint.background);
    const Color ink = taken ? readable_on(tint.solid) : tint.text;
    push_clip(context, uncovered);
    Rect words = place.inset(Insets::xy(20, 0));
    const float width = text_width(context, action.label, TextStyle::DenseStrong) + 1;
    if (offset > 0) {
        draw_icon(context, action.icon, words.cut_left(20).centered(20, 20), ink);
        words.cut_left(8);
        draw_text(context, words.cut_left(width), action.label, TextStyle::DenseStrong, ink);
    } else {
        draw_icon(context, action.icon, words.cut_right(20).centered(20, 20), ink);
        words.cut_right(8);
        draw_text(context, words.cut_right(width), action.label, TextStyle::DenseStrong, ink, Align::End);
    }
    pop_clip(context);
}

void draw_words(Drawing& d, Rect inner, const CardLines& lines) {
    Context& context = d.context;
    const Palette& p = context.color();
    const std::string_view title = lines.detail.empty() ? std::string_view(lines.title) : title_beside(lines.title, lines.detail);
    if (!lines.right.empty()) {
        // It takes what the title leaves; a title that is too long gives way by less than a third.
        const float most = std::max(inner.width * 0.3f, inner.width - text_width(context, title, TextStyle::BodyStrong) - 14);
        draw_line(context, inner.cut_right(std::min(text_width(context, lines.right, TextStyle::Dense) + 2, most)), lines.right, TextStyle::Dense, lines.late ? p.danger_tint.text : p.text_secondary, Align::End);
        inner.cut_right(12);
    }
    if (lines.detail.empty()) {
        draw_line(context, inner, title, TextStyle::BodyStrong, p.text, Align::Start, d.spec.highlight);
        return;
    }
    const Rect pair = inner.centered(inner.width, 40);
    draw_line(context, {pair.x, pair.y, pair.width, 21}, title, TextStyle::BodyStrong, p.text, Align::Start, d.spec.highlight);
    draw_line(context, {pair.x, pair.y + 21, pair.width, 19}, lines.detail, TextStyle::Dense, p.text_secondary, Align::Start, d.spec.highlight);
}

// How far the row is moved aside in this frame, and what letting go did.
float swipe(Drawing& d, std::int64_t row, const Rect& place, const Hit& h) {
    const auto at = static_cast<std::uint64_t>(row);
    if (!h.dragging && !h.dropped) return 0;
    const bool right = h.drag_offset.x > 0;
    const auto& ask = right ? d.spec.to_right : d.spec.to_left;
    const std::optional<SwipeAction> action = ask ? ask(at) : std::nullopt;
    if (!action) return 0;
    const float mark = std::min(swipe_mark_max, place.width * 0.3f);
    const float offset = std::clamp(h.drag_offset.x, -place.width * 0.6f, place.width * 0.6f);
    if (h.dropped) {
        if (std::fabs(offset) >= mark) (right ? d.answer.swiped_right : d.answer.swiped_left) = row;
        d.context.request_frame();
        return 0;
    }
    draw_below(d.context, place, offset, mark, *action);
    return offset;
}

void toggle(Drawing& d, std::uint64_t key) {
    d.state.selection.toggle(key);
    d.state.selecting = true;
    d.answer.selection_changed = true;
}

// What follows belongs to this item of the list. False when it is not told at all; else whoever calls pops the parent.
bool begin_item(Context& context, std::int64_t row, const Rect& place, std::string_view name) {
    SemanticsNode item;
    item.id = id_of("item");
    item.role = Role::ListItem;
    item.name = name;
    item.row_index = static_cast<std::int32_t>(row) + 1;
    const bool told = emit(context, std::move(item), place) != SIZE_MAX;
    if (told) push_parent(context, id_of("item"));
    return told;
}

void draw_heading(Drawing& d, std::int64_t row, const Rect& place, const CardLines& lines) {
    Context& context = d.context;
    const bool told = begin_item(context, row, place, lines.title);
    const Hit h = hit(context, "group", place, {.name = lines.title, .description = lines.right,
                                                .states = lines.folded ? semantics_state::collapsed : semantics_state::expanded, .corner = 0});
    fill(context, place, context.color().surface_sunken);
    Rect inner = place.inset(Insets::xy(16, 0));
    draw_icon(context, lines.folded ? Icon::ChevronRight : Icon::ChevronDown, inner.cut_left(20).centered(14, 14), context.color().text_secondary);
    inner.cut_left(6);
    draw_words(d, inner, lines);
    if (told) pop_parent(context);
    if (h.pressed) d.answer.opened_row = row;
}

void draw_row(Drawing& d, std::int64_t row, const Rect& place) {
    Context& context = d.context;
    const Palette& p = context.color();
    const auto at = static_cast<std::uint64_t>(row);
    const std::uint64_t key = d.spec.row_key ? d.spec.row_key(at) : at;
    const CardLines lines = d.spec.card(at);
    IdScope scope(context, key + 1);
    if (lines.heading) return draw_heading(d, row, place, lines);
    const bool ticked = d.state.selection.contains(key), current = d.spec.current_row == row;
    const bool told = begin_item(context, row, place, lines.title);
    const std::string said = lines.detail + (lines.detail.empty() || lines.right.empty() ? "" : ", ") + lines.right;
    const std::string select_name = context.tr("kit.select_named", {lines.title});
    HitOptions options{.role = Role::Link, .name = lines.title, .description = said, .draggable = context.touch, .swipes = true, .corner = 0};
    const std::string address = d.spec.row_address ? d.spec.row_address(at) : std::string();
    if (d.state.selecting) {
        options.role = Role::Checkbox;
        options.name = select_name;
        options.states = ticked ? semantics_state::checked : 0u;
        options.draggable = false;
    } else {
        options.link = address;
        options.states = current ? semantics_state::current : 0u;
    }
    const Hit h = hit(context, "card", place, options);
    if (d.state.focus_row == row) {
        focus(context, h.id);
        d.state.focus_row = -1;
    }
    const float offset = swipe(d, row, place, h);
    Rect face = place;
    face.x += offset;
    push_clip(context, place);
    fill(context, face, ticked || current ? p.selected : p.canvas);
    if (h.hovered && !ticked && !current) fill(context, face, p.hover);
    Rect inner = face.inset(Insets::xy(16, 0));
    if (d.state.selecting) {
        const Rect slot = inner.cut_left(tick_width);
        const Rect mark = Rect{slot.x, slot.y, 22, slot.height}.centered(22, 22);
        fill(context, mark, ticked ? p.accent : p.surface, 11);
        if (ticked) draw_icon(context, Icon::Check, mark.centered(14, 14), p.on_accent, 2.6f);
        else stroke(context, mark, p.border_strong, 11, 1.5f);
    }
    draw_words(d, inner, lines);
    line(context, {face.x + 16, face.bottom() - 1}, {face.right(), face.bottom() - 1}, p.border);
    if (h.focused && context.kit().focus_visible) stroke(context, place.inset(2), p.focus_ring, radius::control, 2);
    pop_clip(context);
    if (told) pop_parent(context);
    if (key_pressed(context, h, "ArrowDown") && at + 1 < d.spec.row_count) d.state.focus_row = d.state.reveal_row = row + 1;
    if (key_pressed(context, h, "ArrowUp") && row > 0) d.state.focus_row = d.state.reveal_row = row - 1;
    if (h.right_clicked) toggle(d, key);
    else if (h.pressed && d.state.selecting) toggle(d, key);
    else if (h.pressed) d.answer.opened_row = row;
}

void reveal(Drawing& d) {
    if (d.state.reveal_row < 0) return;
    const float top = static_cast<float>(d.state.reveal_row) * card_height, scroll = ImGui::GetScrollY() / d.context.scale;
    d.state.reveal_row = -1;
    if (top < scroll) set_scroll(-1, top * d.context.scale);
    else if (top + card_height > scroll + d.body.height) set_scroll(-1, (top + card_height - d.body.height) * d.context.scale);
    else return;
    d.context.request_frame();
}

}  // namespace

CardListAnswer card_list(Context& context, std::string_view key, CardListState& state, const CardListSpec& spec) {
    IdScope scope(context, key);
    Drawing d{context, state, spec, spec.at.empty() ? take(context, 0, std::max(160.0f, available(context).height)) : spec.at, {}};
    SemanticsNode node;
    node.id = id_of("list");
    node.role = Role::List;
    node.name = spec.name;
    node.row_count = static_cast<std::int32_t>(spec.row_count);
    const bool told = emit(context, std::move(node), d.body) != SIZE_MAX;
    if (told) push_parent(context, id_of("list"));
    const ImVec2 low = device_min(context, d.body), high = device_max(context, d.body);
    ImGui::SetCursorScreenPos(low);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::BeginChild(id_of("rows"), {std::max(1.0f, high.x - low.x), std::max(1.0f, high.y - low.y)}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
    ImGui::PopStyleVar();
    keep_scroll(context);
    reveal(d);
    const float scroll = ImGui::GetScrollY() / context.scale;
    const auto rows = static_cast<std::int64_t>(spec.row_count);
    const std::int64_t first = std::clamp<std::int64_t>(static_cast<std::int64_t>(scroll / card_height), 0, std::max<std::int64_t>(0, rows - 1));
    const std::int64_t end = std::min<std::int64_t>(rows, first + static_cast<std::int64_t>(d.body.height / card_height) + 2);
    for (std::int64_t row = first; row < end; ++row)
        draw_row(d, row, {d.body.x, d.body.y - scroll + static_cast<float>(row) * card_height, d.body.width, card_height});
    const ImVec2 start = ImGui::GetWindowPos();
    ImGui::SetCursorScreenPos({start.x, start.y - ImGui::GetScrollY()});
    ImGui::Dummy({1, static_cast<float>(rows) * card_height * context.scale});
    draw_scroll_mark(context);
    ImGui::EndChild();
    if (told) pop_parent(context);
    return d.answer;
}

}  // namespace outpost::kit
