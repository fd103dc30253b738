// The board's cards: what one shows, how it is pressed, dragged and moved by keys, and what it is called.
#include <algorithm>
#include <cstdlib>
#include <span>

#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/title.h"
#include "ui/pages/board_page.h"
#include "ui/pages/field_view.h"

namespace outpost {

void BoardPage::draw_card(Context& context, const Object& object, std::size_t lane, RowIndex row, Rect place) {
    kit::IdScope scope(context, std::uint64_t{row});
    const RecordRef record{object.index, row};
    const std::string address = routes::record(context.records().id_of(record));
    const std::string name = card_name(context, object, row);
    const kit::Hit hit = kit::hit(context, "card", place,
                                  {.role = Role::Link, .name = name, .description = context.tr("ui.board.card_help"), .link = address,
                                   .draggable = true, .corner = radius::card});
    const bool comes = focus_row_ == row;   // by a key that is not this card's too
    if (comes) {
        kit::focus(context, hit.id);
        focus_row_ = no_row;
    } else if (moved_row_ == row && !hit.focused) {
        moved_row_ = no_row;   // the person has gone on
    }
    if (hit.focused || comes) focused_row_ = row;
    if (hit.drag_started) drag_ = {row, board_.lanes[lane].key, place, {hit.pointer.x - place.x, hit.pointer.y - place.y}};
    if (hit.drag_cancelled && drag_.row == row) drag_ = {};
    if (hit.dropped && drag_.row == row) {
        drop(context, object, hit.pointer);
    } else if (hit.pressed && drag_.row == no_row) {
        context.navigate(address);
    }
    const auto pressed = [&](std::string_view chord) { return !comes && kit::key_pressed(context, hit, chord); };
    if (pressed("Ctrl+ArrowRight") && lane + 1 < board_.lanes.size()) {
        move_card(context, object, row, board_.lanes[lane + 1]);
        focus_row_ = moved_row_ = row;
    }
    if (pressed("Ctrl+ArrowLeft") && lane > 0) {
        move_card(context, object, row, board_.lanes[lane - 1]);
        focus_row_ = moved_row_ = row;
    }
    if (pressed("ArrowDown")) move_focus(lane, row, 1);
    if (pressed("ArrowUp")) move_focus(lane, row, -1);
    if (pressed("ArrowRight") && lane + 1 < board_.lanes.size()) move_focus(lane + 1, row, 0);
    if (pressed("ArrowLeft") && lane > 0) move_focus(lane - 1, row, 0);
    if (drag_.row == row) {
        kit::stroke(context, place, context.color().border_strong, radius::card);
        return;
    }
    // A finger that holds a card has it: that it will come along is seen before it moves.
    paint_card(context, object, row, place, hit.hovered, hit.held && context.touch);
}

// A field that the person chose: its label, and its value at the right.
void BoardPage::paint_line(Context& context, const Object& object, RecordRef record, const Field& field, Rect place) {
    const std::string words = field_words(context, record, field);
    if (words.empty()) return;
    const float width = std::min(kit::text_width(context, words, TextStyle::Caption) + 1, place.width * 0.65f);
    kit::draw_text(context, place.cut_right(width), words, TextStyle::Caption, context.color().text, Align::End);
    place.cut_right(space::x2);
    kit::draw_text(context, place, field_label(context.messages(), object, field), TextStyle::Caption, context.color().text_secondary);
}

void BoardPage::paint_card(Context& context, const Object& object, RowIndex row, Rect place, bool hovered, bool lifted) {
    const Records& records = context.records();
    const RecordRef record{object.index, row};
    const Palette& color = context.color();
    kit::shadow(context, place, radius::card, lifted ? 3.0f : 1.0f);
    kit::fill(context, place, lifted ? color.surface_raised : color.surface, radius::card);
    kit::stroke(context, place, hovered || lifted ? color.border_strong : color.border, radius::card);
    Rect inner = place.inset(Insets::xy(space::x3, 10));
    Rect top = inner.cut_top(20);
    if (is_stalled(object, row)) {
        const Color warning = context.theme.tint(Tone::Warning).text;
        const std::string days = context.count_text("ui.board.quiet_days", static_cast<std::uint64_t>(activity_.quiet_days(row)));
        kit::draw_text(context, top.cut_right(kit::text_width(context, days, TextStyle::CaptionStrong) + 2), days, TextStyle::CaptionStrong, warning, Align::End);
        kit::draw_icon(context, Icon::Clock, top.cut_right(18).centered(14, 14), warning);
        top.cut_right(space::x1);
    }
    if (object.index == standard_object::opportunity && is_big(records, row)) {
        kit::draw_icon(context, Icon::StarFilled, top.cut_left(18).centered(14, 14), context.theme.tint(Tone::Warning).text);
        top.cut_left(2);
    }
    const std::string detail = fields_.detail != no_field ? field_words(context, record, object.field(fields_.detail)) : std::string();
    const std::string name = records.display_name(record);
    const std::string_view title = kit::title_beside(name, detail);
    kit::draw_text(context, top, title, TextStyle::DenseStrong, color.text);
    if (style_.compact && title.size() < name.size()) {   // no line of its own: whose it is stands behind
        top.cut_left(kit::text_width(context, title, TextStyle::DenseStrong) + space::x2);
        if (top.width > 40) kit::draw_text(context, top, detail, TextStyle::Caption, color.text_secondary);
    }
    if (!style_.compact) {
        kit::draw_text(context, inner.cut_top(20), detail, TextStyle::Caption, color.text_secondary);
        inner.cut_top(6);
    }
    Rect lines = inner.cut_bottom(18 * static_cast<float>(style_.fields.size()));
    for (const FieldIndex field : style_.fields) paint_line(context, object, record, object.field(field), lines.cut_top(18));
    if (fields_.owner != no_field)
        if (const Value value = records.value(record, fields_.owner); const auto* user = std::get_if<RecordRef>(&value)) {
            const Rect spot = inner.cut_right(22).centered(22, 22);
            kit::Column corner(context, spot, {.gap = 0});
            kit::avatar(context, records.display_name(*user), 22);
            inner.cut_right(space::x2);
        }
    const Value date = fields_.date != no_field ? records.value(record, fields_.date) : Value();
    if (fields_.amount != no_field)
        if (const Value value = records.value(record, fields_.amount); const auto* amount = std::get_if<Decimal>(&value)) {
            const std::string text = short_amounts_ ? context.locale().format_money_short(*amount, context.workspace().currency()) : context.locale().format_money(*amount, context.workspace().currency());
            kit::draw_text(context, inner.cut_left(kit::text_width(context, text, TextStyle::DenseStrong) + 1), text, TextStyle::DenseStrong, color.text);
            inner.cut_left(space::x2);
        }
    const auto* day = std::get_if<DateValue>(&date);
    if (!day) return;
    const bool late = day->days < context.today() && !is_closed(object, records, row);
    kit::draw_text(context, inner, context.locale().format_date(day->days), TextStyle::Caption,
                   late ? context.theme.tint(Tone::Danger).text : color.text_secondary, fields_.amount == no_field ? Align::Start : Align::End);
}

void BoardPage::find_largest(const Object& object, const Records& records) {
    largest_ = no_row;
    if (fields_.amount == no_field || object.field(fields_.amount).column_kind() != ColumnKind::Decimal) return;
    const std::span<const std::int64_t> units = records.table(object.index).column(fields_.amount).decimals();
    std::int64_t most = -1;
    for (const BoardLane& lane : board_.lanes)
        for (const RowIndex row : lane.rows)
            if (units[row] != null_decimal && std::abs(units[row]) > most) most = std::abs(units[row]), largest_ = row;
}

// Whether the largest amount stands whole beside a day in a lane of that width; else all are short: one form on all cards.
bool BoardPage::fits_amounts(Context& context, float lane) const {
    if (largest_ == no_row || fields_.date == no_field) return true;
    constexpr float around = 2 * (space::x2 + space::x3) + 10 + 30 + space::x2 + 2;   // padding of lane and card, its scroll bar, the owner, a gap
    const Value amount = context.records().value({board_.object, largest_}, fields_.amount);
    const std::string text = context.locale().format_money(std::get<Decimal>(amount), context.workspace().currency());
    const std::string day = context.locale().format_date(to_days({2026, 12, 28}));   // no day is wider
    return kit::text_width(context, text, TextStyle::DenseStrong) + kit::text_width(context, day, TextStyle::Caption) + around <= lane;
}

std::string BoardPage::card_name(Context& context, const Object& object, RowIndex row) const {
    std::string name = context.records().display_name({object.index, row});
    if (fields_.amount != no_field)
        if (const Value value = context.records().value({object.index, row}, fields_.amount); const auto* amount = std::get_if<Decimal>(&value))
            name += ", " + context.locale().format_money(*amount, context.workspace().currency());
    if (object.index == standard_object::opportunity && is_big(context.records(), row)) name += ", " + std::string(context.tr("ui.board.big"));
    for (const FieldIndex field : style_.fields)
        if (const std::string words = field_words(context, {object.index, row}, object.field(field)); !words.empty())
            name += ", " + field_label(context.messages(), object, object.field(field)) + " " + words;
    if (is_stalled(object, row)) name += ", " + context.count_text("ui.board.stalled", static_cast<std::uint64_t>(activity_.quiet_days(row)));
    return name;
}

bool BoardPage::is_closed(const Object& object, const Records& records, RowIndex row) const {
    if (object.board_field == no_field) return false;
    const std::uint16_t code = code_of(records, {object.index, row}, object.field(object.board_field));
    return code != 0 && object.field(object.board_field).values[code - 1u].closed;
}

}  // namespace outpost
