// The list page's rows where they are no table: two-line cards on phones and beside a record, swipes, ticking, keys.
#include <algorithm>
#include <utility>

#include "core/edit/segments.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/objects/standard_segment.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/list_page.h"
#include "ui/pages/merge_dialog.h"
#include "ui/pages/product_lines.h"
#include "ui/pages/quick_action.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/segments.h"

namespace outpost {

namespace {

constexpr float split_first_min = 280, split_second_min = 480, split_usual = 340;
constexpr float bulk_sheet_height = 72;

}  // namespace

void ListPage::draw_rows(Context& context, const Object& object) {
    Rect place = kit::available(context);
    if (rows_.empty()) {
        kit::Column column(context, place.inset({0, place.height * 0.1f, 0, 0}));
        draw_empty(context, object);
        return;
    }
    if (is_split(context)) return draw_split(context, object, place);
    if (!context.is_phone()) return draw_table(context, object, place);
    if (cards_state_.selecting) draw_bulk_sheet(context, object, place.cut_bottom(bulk_sheet_height));
    draw_cards(context, object, place, -1);
}

kit::CardLines ListPage::card_lines(Context& context, const Object& object, std::uint64_t at) {
    const RowIndex row = lines_[at];
    kit::CardLines lines;
    if ((row & heading_bit) != 0) {
        const std::uint32_t group = row & ~heading_bit;
        lines.title = group_label(context, object, group);
        lines.right = context.number_text(groups_.groups[group].count);
        lines.heading = true;
        lines.folded = folded_.contains(lines.title);
        return lines;
    }
    lines.title = record_title(context, {object.index, row});
    for (const FieldIndex field : layout_.card_detail) {
        if (field == request_.group) continue;   // the heading says it
        const std::string& words = shown(context, object, row, field).text;
        if (words.empty()) continue;
        if (!lines.detail.empty()) lines.detail += " · ";
        // A number by itself says nothing.
        const Field& of = object.field(field);
        if (of.type == FieldType::Number || of.type == FieldType::Percent) lines.detail += field_label(context.messages(), object, of) + " ";
        lines.detail += words;
    }
    if (object.index == standard_object::segment) lines.detail = context.count_text("ui.segment.count", segment_size(context, row)) + (lines.detail.empty() ? "" : " · ") + lines.detail;
    if (layout_.card_right != no_field) lines.right = shown(context, object, row, layout_.card_right).text, lines.late = shown(context, object, row, layout_.card_right).late;
    return lines;
}

void ListPage::draw_cards(Context& context, const Object& object, Rect place, std::int64_t current) {
    const auto record = [&](std::uint64_t line) { return RecordRef{object.index, lines_[line]}; };
    kit::CardListSpec spec;
    const std::string name = object_label(context.messages(), object, true);
    spec.name = name;
    spec.row_count = lines_.size();
    spec.card = [&](std::uint64_t row) { return card_lines(context, object, row); };
    spec.row_key = [&](std::uint64_t line) -> std::uint64_t { return lines_[line]; };
    spec.row_address = [&](std::uint64_t row) { return routes::record(context.records().id_of(record(row))); };
    spec.to_right = [&](std::uint64_t row) -> std::optional<kit::SwipeAction> {
        const std::optional<QuickAction> action = quick_action(context, record(row));
        return action ? std::optional(kit::SwipeAction{action->label, action->icon, Tone::Success}) : std::nullopt;
    };
    spec.to_left = [&](std::uint64_t) -> std::optional<kit::SwipeAction> {
        return kit::SwipeAction{std::string(context.tr("ui.record.delete")), Icon::Trash, Tone::Danger};
    };
    spec.current_row = current;
    spec.highlight = request_.text;
    spec.at = place;
    const kit::CardListAnswer answer = kit::card_list(context, "cards", cards_state_, spec);
    if (answer.selection_changed && cards_state_.selection.count(rows_.size()) == 0) cards_state_.selecting = false;
    if (answer.swiped_right >= 0)
        if (const std::optional<QuickAction> action = quick_action(context, record(static_cast<std::uint64_t>(answer.swiped_right)))) action->run();
    if (answer.swiped_left >= 0) delete_records(context, object.index, {lines_[static_cast<std::size_t>(answer.swiped_left)]});
    if (answer.opened_row < 0) return;
    if (is_heading(answer.opened_row)) return fold(context, object, answer.opened_row);
    if (current >= 0) show_beside(context, object, answer.opened_row);
    else context.navigate(routes::record(context.records().id_of(record(static_cast<std::uint64_t>(answer.opened_row)))));
}

// --- list and record side by side

void ListPage::show_beside(Context& context, const Object& object, std::int64_t line) {
    context.set_parameter("record", to_text(context.records().id_of({object.index, lines_[static_cast<std::size_t>(line)]})));
    cards_state_.reveal_row = line;
}

void ListPage::draw_split(Context& context, const Object& object, Rect place) {
    if (split_width_ <= 0) {
        const std::string kept = context.setting("list.split_width");
        split_width_ = kept.empty() ? split_usual : std::strtof(kept.c_str(), nullptr);
    }
    const float before = split_width_;
    const kit::SplitPlaces places = kit::split(context, "split", place, split_width_,
                                               {.first_min = split_first_min, .second_min = split_second_min, .name = context.tr("ui.list.split_name")});
    if (split_width_ != before) context.set_setting("list.split_width", std::to_string(static_cast<int>(split_width_)));
    const std::optional<RecordId> asked = parse_record_id(context.route().parameter("record"));
    const std::optional<RecordRef> found = asked ? context.records().find(*asked) : std::nullopt;
    const std::int64_t row = std::max<std::int64_t>(0, found && found->object == object.index ? row_of(found->row) : 0);
    // A record that has left the list by an edit stays in sight until another one is chosen.
    const RecordRef record = found && found->object == object.index ? *found : RecordRef{object.index, rows_[static_cast<std::size_t>(row)]};
    {
        kit::IdScope scope(context, "list");
        draw_cards(context, object, places.first, std::max<std::int64_t>(0, line_of(record.row)));
    }
    if (!beside_) {
        beside_ = std::make_unique<RecordPage>();
        beside_->set_beside_list();
    }
    const std::string address = routes::record(context.records().id_of(record));
    kit::IdScope scope(context, address);
    kit::Column column(context, places.second, {.gap = 0});
    kit::Group region(context, Role::Region, context.tr("ui.list.beside"));
    beside_->draw(context, Route::parse(address));
}

// --- ticking rows of cards

void ListPage::stop_selecting(Context& context) {
    selection(context).clear();
    cards_state_.selecting = false;
    if (table_.active_row >= 0) table_.focus_active = true;   // the bar that was used goes
}

void ListPage::draw_selecting_bar(Context& context) {
    kit::Toolbar bar(context, context.tr("ui.list.bulk"));
    const std::uint64_t ticked = cards_state_.selection.count(rows_.size());
    bool all = ticked > 0 && ticked == rows_.size();
    if (kit::checkbox(context, "all", context.tr("kit.select_all"), all, {.mixed = ticked > 0 && !all})) {
        cards_state_.selection.clear();
        cards_state_.selection.all = ticked < rows_.size();
    }
    bar.spacer();
    if (ticked > 0) kit::text(context, context.count_text("ui.list.selected", ticked), {.style = TextStyle::BodyStrong});
    if (kit::button(context, "done", context.tr("ui.list.select_done"), {.kind = kit::ButtonKind::Ghost})) stop_selecting(context);
    if (context.shortcut("Escape")) stop_selecting(context);
}

// What can be done with the ticked ones, in reach of the thumb.
void ListPage::draw_bulk_sheet(Context& context, const Object& object, Rect place) {
    const Palette& p = context.color();
    kit::IdScope scope(context, "bulk sheet");
    kit::Group bar(context, Role::Toolbar, context.tr("ui.list.bulk"));
    kit::fill(context, place, p.surface_raised);
    kit::line(context, {place.x, place.y}, {place.right(), place.y}, p.border);
    context.bottom_bar = place.height;
    const std::uint64_t ticked = cards_state_.selection.count(rows_.size());
    Rect inner = place.inset(Insets::xy(space::x2, 4));
    const bool has_owner = object.has_field(system_field::owner);
    const bool merges = can_merge(context, object.index) && ticked >= 2 && ticked <= merged_max;
    const bool routes = object.index == standard_object::lead;
    const bool segments = can_be_in_segment(context.schema(), object.index), in_segment = !request_.segment.empty();
    const float share = inner.width / (2.0f + (has_owner ? 1.0f : 0.0f) + (merges ? 1.0f : 0.0f) + (routes ? 1.0f : 0.0f) + (segments ? 1.0f : 0.0f));
    const auto draw_one = [&](std::string_view key, Icon icon, std::string_view label, std::string_view caption, bool dangerous = false) {
        Rect cell = inner.cut_left(share);
        const kit::Hit h = kit::hit(context, key, cell, {.name = label, .disabled = ticked == 0});
        const Color ink = ticked == 0 ? p.text_disabled : dangerous ? p.danger_tint.text : p.text;
        if (h.hovered) kit::fill(context, cell, p.hover, radius::control);
        cell.cut_top(10);
        kit::draw_icon(context, icon, cell.cut_top(24).centered(22, 22), ink);
        kit::draw_text(context, cell.cut_top(18), caption, TextStyle::Caption, ink, Align::Center);
        return h.pressed;
    };
    if (has_owner && draw_one("owner", Icon::User, context.tr("ui.list.change_owner"), context.tr("label.field.OwnerId"))) context.open_dialog("owner");
    if (routes && draw_one("route", Icon::Hierarchy, context.tr("ui.lead.route"), context.tr("ui.lead.route")))
        route_leads(context, selected_rows(context), [this, &context, alive = std::weak_ptr<bool>(alive_)] {
            if (!alive.expired()) stop_selecting(context);
        });
    if (in_segment) {
        if (draw_one("leave", Icon::Tag, context.tr("ui.segment.remove"), context.tr("label.Segment"))) leave_shown_segment(context, object);
    } else if (segments && draw_one("segment", Icon::Tag, context.tr("ui.segment.add"), context.tr("label.Segment"))) {
        context.open_dialog("segment");
    }
    if (draw_one("field", Icon::Edit, context.tr("ui.list.change_field"), context.tr("ui.list.field"))) context.open_dialog("field");
    if (merges && draw_one("merge", Icon::Merge, context.tr("ui.merge.merge"), context.tr("ui.merge.merge"))) context.open_dialog("merge");
    if (draw_one("delete", Icon::Trash, context.tr("ui.list.delete"), context.tr("ui.list.delete"), true)) delete_selected(context, object);
}

void ListPage::delete_selected(Context& context, const Object& object) {
    delete_records(context, object.index, selected_rows(context), [this, &context, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) stop_selecting(context);
    });
}

// --- keys that no control took

void ListPage::handle_keys(Context& context, const Object& object) {
    if (context.has_dialog() || rows_.empty() || edit_) return;
    const auto last = static_cast<std::int64_t>(lines_.size()) - 1;
    if (context.shortcut("/")) focus_filter_ = true;
    if (is_split(context)) {
        const std::optional<RecordId> asked = parse_record_id(context.route().parameter("record"));
        const std::optional<RecordRef> found = asked ? context.records().find(*asked) : std::nullopt;
        const int step = context.shortcut("j") ? 1 : context.shortcut("k") ? -1 : 0;
        std::int64_t line = std::max<std::int64_t>(0, found ? line_of(found->row) : 0) + step;
        while (line > 0 && line < last && is_heading(line)) line += step;
        if (step != 0 && line >= 0 && line <= last && !is_heading(line)) show_beside(context, object, line);
        return;
    }
    if (context.is_phone()) return;
    const bool moves = !table_.has_focus && (context.shortcut("j") || context.shortcut("k"));
    const bool arrows = !kit::is_anything_focused(context) && (context.shortcut("ArrowDown") || context.shortcut("ArrowUp"));
    if (moves || arrows) table_.focus_active = true;
    if (table_.active_row < 0 || table_.active_row > last || is_heading(table_.active_row)) return;
    // Where the keyboard is elsewhere, as after sorting, a key first shows which row it would mean.
    const bool ticks = context.shortcut("x"), edits = context.shortcut("e");
    if (!ticks && !edits) return;
    const bool seen = std::exchange(table_.focus_active, true) || table_.has_focus;
    if (!seen) return;
    if (ticks) table_.selection.toggle(lines_[static_cast<std::size_t>(table_.active_row)]);
    else if (!edit_cell(context, object, table_.active_row, table_.active_column)) tell_why_fixed(context, object);
}

// Why the active cell can't be edited.
void ListPage::tell_why_fixed(Context& context, const Object& object) {
    const RecordRef record{object.index, lines_[static_cast<std::size_t>(table_.active_row)]};
    const Field& field = object.field(columns_[static_cast<std::size_t>(table_.active_column)].field);
    const char* words = is_from_products(context, record, field.index) ? "error.amount_from_products" : field.calculated || has_parts(field) ? "ui.list.made_of_fields" : "error.field_not_writable";
    context.toast(context.tr(words, {field_label(context.messages(), object, field), record_title(context, record)}));
}

}  // namespace outpost
