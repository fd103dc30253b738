#include "ui/kit/field.h"

#include <cmath>
#include <utility>

#include "ui/kit/button.h"
#include "ui/kit/internal.h"

namespace outpost::kit {
namespace {

constexpr float label_height = 20, frame_padding = 10;

std::string_view text_below(const FieldOptions& options) {
    if (options.message_elsewhere) return {};
    return options.error.empty() ? options.help : options.error;
}

}  // namespace

std::string field_description(const FieldOptions& options) {
    return std::string(options.error.empty() ? options.help : options.error);
}

FieldFrame begin_field(Context& context, std::string_view label, const FieldOptions& options, float height, bool) {
    FieldFrame field;
    if (!options.at.empty()) {
        field.outer = field.frame = options.at;
        return field;
    }
    const bool in_row = current(context).kind == LayoutKind::Row;
    const float width = options.width > 0 ? options.width : in_row ? 220.0f : 0.0f;
    const bool has_label = !options.hide_label && !label.empty();
    const std::string_view below = text_below(options);
    Rect room = open_place(context, width, height + (has_label ? label_height : 0));
    float below_height = 0;
    if (!below.empty()) below_height = 4 + text_height(context, below, TextStyle::Caption, room.width);
    room.height = height + (has_label ? label_height : 0) + below_height;
    close_place(context, room);
    field.outer = context.kit().field_place = room;
    field.frame = room;
    if (has_label) {
        Rect line = field.frame.cut_top(label_height);
        line.height = 16;
        std::string words(label);
        draw_line(context, line, words, TextStyle::Caption, context.color().text_secondary, Align::Start);
        if (options.required) {
            const float x = std::min(text_width(context, words, TextStyle::Caption), line.width - 10) + 3;
            draw_line(context, {line.x + x, line.y, 10, line.height}, "*", TextStyle::Caption, context.color().danger_tint.text, Align::Start);
        }
        field.label_drawn = true;
    }
    field.frame.height = height;
    return field;
}

namespace {

// Why the value was refused, below its cell.
void draw_fault(Context& context, const Rect& cell, std::string_view fault) {
    const float width = std::max(cell.width, 240.0f);
    const float height = text_height(context, fault, TextStyle::Dense, width - 24) + 14;
    Rect box{std::min(cell.x, context.width - width - 8), cell.bottom() + 4, width, height};
    if (box.bottom() > context.height - 8) box.y = cell.y - height - 4;
    const Palette& p = context.color();
    begin_foreground(context);
    shadow(context, box, radius::control, 2);
    fill(context, box, p.danger_tint.background, radius::control);
    stroke(context, box, p.danger_tint.border, radius::control);
    text(context, fault, {.style = TextStyle::Dense, .ink = Ink::Danger, .wrap = true, .at = box.inset(Insets::xy(12, 7))});
    end_foreground(context);
}

}  // namespace

void end_field(Context& context, const FieldFrame& field, const FieldOptions& options) {
    const std::string_view below = text_below(options);
    if (!options.at.empty()) {
        if (options.plain && !below.empty() && !options.error.empty()) draw_fault(context, options.at, below);
        return;
    }
    context.kit().field_place = {};
    if (below.empty()) return;
    const Rect line{field.outer.x, field.frame.bottom() + 4, field.outer.width, field.outer.bottom() - field.frame.bottom() - 4};
    text(context, below, {.style = TextStyle::Caption, .ink = options.error.empty() ? Ink::Secondary : Ink::Danger,
                          .wrap = true, .silent = true, .at = line});
}

void draw_field_frame(Context& context, const Rect& frame, const FieldOptions& options, bool hovered, bool focused) {
    const Palette& p = context.color();
    const bool wrong = !options.error.empty();
    if (options.plain) {
        if (!focused) return;
        fill(context, frame, p.field, 2);
        stroke(context, frame, wrong ? p.danger : p.focus_ring, 2, 2);
        return;
    }
    const bool fixed = options.disabled || options.read_only;
    fill(context, frame, fixed ? p.surface_sunken : p.field, radius::control);
    Color border = hovered && !fixed ? p.field_border_hover : p.field_border;
    if (wrong) border = p.danger_tint.solid;
    stroke(context, frame, border, radius::control);
    if (focused) stroke(context, frame.inset(-1), wrong ? p.danger_tint.solid : p.focus_ring, radius::control + 1, 2);
}

namespace {

void draw_draft(Context& context, const Rect& inner, const std::string& draft, const FieldOptions& options, bool multi_line) {
    const Palette& p = context.color();
    const bool empty = draft.empty();
    const std::string_view words = empty ? options.placeholder : !options.resting.empty() ? options.resting : std::string_view(draft);
    if (words.empty()) return;
    const Color color = empty || options.disabled ? p.text_disabled : p.text;
    if (!multi_line) {
        draw_line(context, inner, words, TextStyle::Field, color, options.align);
        return;
    }
    const float line = context.theme.line_height(TextStyle::Field);
    const std::string copy(shaped(context, words));
    push_clip(context, inner);
    float y = inner.y;
    for (const std::string_view part : break_lines(context, copy, TextStyle::Field, inner.width)) {
        if (y >= inner.bottom()) break;
        draw_line(context, {inner.x, y, inner.width + 4, line}, part, TextStyle::Field, color, Align::Start);
        y += line;
    }
    pop_clip(context);
}

void take_text_events(Context& context, std::uint32_t id, std::string& draft, FieldState& state, Edited& out) {
    for (const PageEvent& event : context.events) {
        if (event.id != id) continue;
        if (event.kind == PageEventKind::TextEdited && event.text != draft) {
            draft = event.text;
            out.changed = state.dirty = true;
            context.kit().reveal_frames = reveal_frames_max;
        }
        if (event.kind == PageEventKind::TextCommit) {
            if (event.text != draft && !event.text.empty()) { draft = event.text; out.changed = true; }
            out.committed = true;
            state.dirty = false;
        }
        if (event.kind == PageEventKind::TextCancel) {
            out.cancelled = true;
            state.dirty = false;
        }
    }
}

}  // namespace

Edited edit_text(Context& context, std::uint32_t id, std::string_view name, std::string& draft, const Rect& frame,
                 const FieldOptions& options, bool multi_line, SemanticsNode extra, bool own_frame) {
    namespace sem = semantics_state;
    Kit& kit = context.kit();
    Edited out;
    const bool fixed = options.disabled || options.read_only;
    FieldState& state = kit.fields[id];
    state.frame = kit.frame;
    if (!fixed) take_text_events(context, id, draft, state, out);
    const Press p = press(context, id, frame, options.disabled || kit.layer < kit.modal_layer, press_on_down);
    if (options.focus || (p.pressed && kit.dom_focus != id)) {
        kit.wants_focus = id;
        take_focus(context, id, true);
        kit.dom_focus = id;
        if (options.focus && options.reveal) kit.reveal_frames = reveal_frames_max;
    }
    if (p.hovered && !fixed) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);

    Rect inner = frame.inset({options.plain ? 8.0f : frame_padding, 0, options.plain ? 8.0f : frame_padding, 0});
    SemanticsNode node = std::move(extra);
    node.id = id;
    if (node.role == Role::None) node.role = multi_line ? Role::TextArea : options.input == InputKind::Search ? Role::SearchField : Role::TextField;
    node.input = multi_line ? InputKind::MultiLine : options.input == InputKind::None ? InputKind::Text : options.input;
    node.name = name;
    node.value = draft;
    node.description = field_description(options);
    node.placeholder = options.placeholder;
    node.font_px = context.theme.text_px(TextStyle::Field) * context.scale / context.theme.fonts.em_share;
    node.text_color = color32(context.color().text);
    node.text_align = static_cast<std::uint8_t>(options.align);
    node.states |= sem::focusable | (options.required ? sem::required : 0u) | (options.error.empty() ? 0u : sem::invalid) |
                   (options.disabled ? sem::disabled : 0u) | (options.read_only ? sem::read_only : 0u);
    if (options.icon != Icon::None) inner.cut_left(22);
    const bool has_suffix = !options.suffix.empty() && !options.plain;   // a cell's width is for the value
    if (has_suffix) inner.cut_right(text_width(context, options.suffix, TextStyle::Dense) + 6);
    if (multi_line) inner = inner.inset({0, 6, 0, 6});
    // The browser's field has the frame padding of ImGui's style around its text.
    const float pad = frame_padding;
    const Rect box = multi_line ? Rect{inner.x - pad, inner.y - 6, inner.width + 2 * pad, inner.height + 12}
                                : Rect{inner.x - pad, frame.y, inner.width + 2 * pad, frame.height};
    const bool editing = kit.dom_focus == id && kit.layer >= kit.modal_layer;
    emit(context, std::move(node), box);

    if (state.editing && !editing && state.dirty) {
        out.committed = true;
        state.dirty = false;
    }
    state.editing = editing;
    out.focused = editing;
    if (editing) {
        // What is pressed stays under the pointer, though a part of it is hidden.
        const bool came = kit.scroll_to_focus == id && (!p.visible || kit.focus_visible);
        if (kit.scroll_to_focus == id) kit.scroll_to_focus = 0;
        if (came || kit.reveal_frames > 0) bring_into_sight(context, frame);
    }
    if (own_frame) draw_field_frame(context, frame, options, p.hovered, editing);
    if (options.icon != Icon::None)
        draw_icon(context, options.icon, {frame.x + frame_padding, frame.y + (frame.height - 16) / 2, 16, 16}, context.color().text_secondary);
    if (has_suffix)
        draw_line(context, {frame.x, frame.y, frame.width - frame_padding, frame.height}, options.suffix, TextStyle::Dense,
                  context.color().text_secondary, Align::End);
    // While it is edited the browser shows the text itself.
    if (!editing) draw_draft(context, inner, draft, options, multi_line);
    return out;
}

Edited text_field(Context& context, std::string_view key, std::string_view label, std::string& draft, FieldOptions options) {
    const FieldFrame field = begin_field(context, label, options, context.theme.control_height());
    const Edited out = edit_text(context, id_of(key), label, draft, field.frame, options, false, {});
    end_field(context, field, options);
    return out;
}

Edited text_area(Context& context, std::string_view key, std::string_view label, std::string& draft, FieldOptions options) {
    const float line = context.theme.line_height(TextStyle::Field);
    const FieldFrame field = begin_field(context, label, options, static_cast<float>(std::max(1, options.lines)) * line + 14);
    const Edited out = edit_text(context, id_of(key), label, draft, field.frame, options, true, {});
    end_field(context, field, options);
    return out;
}

Edited search_field(Context& context, std::string_view key, std::string_view name, std::string& draft, FieldOptions options) {
    options.hide_label = true;
    options.input = InputKind::Search;
    if (options.icon == Icon::None) options.icon = Icon::Search;
    if (options.placeholder.empty()) options.placeholder = name;
    const FieldFrame field = begin_field(context, name, options, context.theme.control_height());
    const std::uint32_t id = id_of(key);
    const float side = context.theme.small_height();
    Rect frame = field.frame;
    const bool clears = !draft.empty() && frame.width >= 120;
    std::int64_t& emptied = context.kit().numbers[hash_id(id, 31)];
    options.focus = std::exchange(emptied, 0) != 0 || options.focus;
    if (clears) {
        draw_field_frame(context, frame, options, false, context.kit().dom_focus == id);
        frame.width -= side;
    }
    Edited out = edit_text(context, id, name, draft, frame, options, false, {}, !clears);
    IdScope scope(context, key);
    const Rect cross = Rect{frame.right(), frame.y, side, frame.height}.centered(side - 4, side - 4);
    const bool pressed = clears && icon_button(context, "clear", Icon::Close, context.tr("kit.clear"), {.kind = ButtonKind::Ghost, .small = true, .at = cross});
    if (!pressed && (!out.cancelled || draft.empty())) return out;
    draft.clear();
    out.changed = true;
    emptied = pressed ? 1 : 0;   // what comes next is typed into it
    context.request_frame();
    return out;
}

bool read_field(Context& context, std::string_view key, std::string_view label, std::string_view value, ReadFieldOptions options) {
    IdScope scope(context, key);
    Rect room = open_place(context, 0, 42);
    const float line = context.theme.line_height(TextStyle::Body);
    float value_height = line;
    if (options.wrap && !value.empty()) value_height = std::max(line, text_height(context, value, TextStyle::Body, room.width - 28));
    room.height = 18 + value_height + 6;
    close_place(context, room);
    Rect rest = room;
    Rect label_place = rest.cut_top(18);
    draw_line(context, label_place, label, TextStyle::Caption, context.color().text_secondary, Align::Start);
    if (!options.note.empty()) {
        label_place.cut_left(text_width(context, label, TextStyle::Caption));
        draw_line(context, label_place, " · " + std::string(options.note), TextStyle::Caption, context.color().text_secondary, Align::Start);
        tooltip(context, room, options.note_tip);
    }
    bool wants_edit = false, hovered = false;
    Rect value_place = rest;
    value_place.height = value_height;
    SemanticsNode node;
    node.id = id_of("value");
    node.role = Role::Group;
    node.name = label;
    node.description = options.note_tip;
    emit(context, std::move(node), room);
    push_parent(context, id_of("value"));
    if (!options.note.empty()) emit_text(context, options.note, label_place);
    if (options.editable) {
        const std::string name = context.tr("kit.edit_field", {label});
        const Rect grown = value_place.inset({-6, -3, -2, -3});
        // Lies below the value: a link in it is pressed first.
        const Press p = press(context, id_of("area"), grown, context.kit().layer < context.kit().modal_layer, press_overlap);
        hovered = p.hovered;
        if (hovered) fill(context, grown, context.color().hover, radius::control);
        if (p.pressed && options.link.empty()) wants_edit = true;
        const Rect pencil{value_place.right() - 24, value_place.y + (line - 24) / 2, 24, 24};
        const Hit h = hit(context, "edit", finger_room(context, pencil), {.name = name});
        // A finger hovers over nothing, so there the sign is always to be seen, quietly.
        const bool near = hovered || h.hovered || h.focused;
        if (h.hovered) fill(context, pencil, context.color().hover, 4);
        if (near || context.touch) draw_icon(context, Icon::Edit, pencil.centered(14, 14), near ? context.color().text_secondary : context.color().text_disabled);
        wants_edit = wants_edit || h.pressed;
        value_place.cut_right(28);
    }
    if (value.empty()) {
        draw_line(context, value_place, "\xE2\x80\x94", TextStyle::Body, context.color().text_disabled, Align::Start);
        emit_text(context, context.tr("kit.no_value"), value_place);
    } else if (options.badge || options.badge_color) {
        Rect chip = value_place;
        chip.height = line;
        if (options.badge_color) badge_color(context, value, options.badge_color, {.at = chip});
        else badge(context, value, options.tone, {.at = chip});
    } else if (!options.link.empty()) {
        link(context, "link", value, options.link, {.wrap = options.wrap, .at = value_place.centered(value_place.width, std::max(value_place.height, context.touch ? 40.0f : 0.0f))});
    } else {
        text(context, value, {.ink = options.late ? Ink::Danger : Ink::Normal, .wrap = options.wrap, .at = value_place});
    }
    if (!value.empty()) offer_copy(context, value_place, value);
    pop_parent(context);
    return wants_edit;
}

}  // namespace outpost::kit
