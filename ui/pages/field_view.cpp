#include "ui/pages/field_view.h"

#include "core/activity/series.h"
#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/display.h"
#include "ui/kit/field.h"
#include "ui/kit/paint.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/recurrence_editor.h"

namespace outpost {

namespace {

// Only web addresses are opened; anything else would be a script or a file on this machine.
std::string web_address(std::string_view text) {
    const std::string folded = fold_case(text);
    if (folded.starts_with("https://") || folded.starts_with("http://")) return std::string(text);
    return "https://" + std::string(text);
}

std::string dial_address(std::string_view text) {
    std::string address = "tel:";
    for (const char c : text)
        if ((c >= '0' && c <= '9') || c == '+' || c == '*' || c == '#') address += c;
    return address.size() > 4 ? address : std::string();
}

void show_picklist(Context& context, const Object& object, const Field& field, std::string_view text, FieldShown& shown) {
    const std::uint16_t code = field.find_code(text);
    if (code == 0) {
        shown.text = text;
        return;
    }
    const PicklistValue& value = field.values[code - 1u];
    shown.text = value_label(context.messages(), field, value);
    shown.color = value.color;
    shown.tone = tone_of_value(value);
    if (field.index == object.board_field || value.color != 0) shown.look = FieldLook::Badge;
}

std::string multiselect_text(Context& context, const Field& field, std::string_view text) {
    std::string out;
    for (const std::string_view part : split(text, ';')) {
        if (part.empty()) continue;
        const std::uint16_t code = field.find_code(part);
        if (!out.empty()) out += context.tr("ui.list.separator");
        out += code == 0 ? std::string(part) : value_label(context.messages(), field, field.values[code - 1u]);
    }
    return out;
}

void show_number(Context& context, const Field& field, Decimal value, FieldShown& shown) {
    shown.align = Align::End;
    if (field.type == FieldType::Currency) {
        shown.text = context.locale().format_money(value, context.workspace().currency());
    } else {
        // How fine one place is told says nothing of the others.
        for (value.scale = field.scale; !field.compound.empty() && value.scale > 0 && value.units % 10 == 0; --value.scale) value.units /= 10;
        shown.text = context.locale().format_number(value, value.scale);
        if (field.type == FieldType::Percent) shown.text += "%";
    }
}

void show_text(Context& context, const Object& object, const Field& field, const std::string& text, FieldShown& shown) {
    shown.text = text;
    switch (field.type) {
        case FieldType::Email: shown.link = "mailto:" + text; shown.look = FieldLook::Link; break;
        case FieldType::Phone: shown.link = dial_address(text); shown.look = shown.link.empty() ? FieldLook::Text : FieldLook::Link; break;
        case FieldType::Url:
            shown.link = web_address(text);
            shown.look = FieldLook::Link;
            // What nearly every address begins with would take the room of what tells them apart.
            for (const std::string_view start : {"https://", "http://", "www."})
                if (std::string_view(shown.text).starts_with(start)) shown.text.erase(0, start.size());
            break;
        case FieldType::Picklist: show_picklist(context, object, field, text, shown); break;
        case FieldType::MultiselectPicklist: shown.text = multiselect_text(context, field, text); break;
        default: break;
    }
}

}  // namespace

Tone tone_of_value(const PicklistValue& value) {
    if (value.won || value.converted) return Tone::Success;
    if (value.closed || value.value == "Not Started" || value.value == "Deferred") return Tone::Neutral;
    if (value.value == "Waiting on someone else") return Tone::Warning;
    return Tone::Info;
}

Color color_of_value(const Theme& theme, const PicklistValue& value) {
    return value.color != 0 ? Color::rgb(value.color) : theme.tint(tone_of_value(value)).solid;
}

Align align_of(const Field& field) {
    return field.is_number() || (field.type == FieldType::Summary) ? Align::End : Align::Start;
}

FieldShown show_value(Context& context, const Object& object, const Field& field, const Value& value) {
    FieldShown shown;
    shown.align = align_of(field);
    if (const auto* text = std::get_if<std::string>(&value)) {
        show_text(context, object, field, *text, shown);
    } else if (const auto* on = std::get_if<bool>(&value)) {
        shown.look = FieldLook::Check;
        shown.checked = *on;
    } else if (const auto* number = std::get_if<Decimal>(&value)) {
        show_number(context, field, *number, shown);
    } else if (const auto* day = std::get_if<DateValue>(&value)) {
        shown.text = context.locale().format_date(day->days);
    } else if (const auto* instant = std::get_if<InstantValue>(&value)) {
        shown.text = context.locale().format_instant(instant->milliseconds);
    } else if (const auto* record = std::get_if<RecordRef>(&value); record && *record) {
        shown.text = record_title(context, *record);
        shown.link = routes::record(context.records().id_of(*record));
        if (!context.records().table(record->object).is_live(record->row)) shown.note = context.tr("ui.field.in_bin");
        shown.look = record->object == standard_object::user ? FieldLook::Person : record->object == standard_object::group ? FieldLook::Queue : FieldLook::Link;
    } else if (field.type == FieldType::Checkbox) {
        shown.look = FieldLook::Check;
    }
    return shown;
}

bool is_call_field(const Object& object, FieldIndex field) {
    return object.index == standard_object::task && object.field(field).name.starts_with("Call");
}

bool is_late(Context& context, RecordRef record, FieldIndex field) {
    const bool task = record.object == standard_object::task && field == task_field::activity_date;
    if (!task && !(record.object == standard_object::opportunity && field == opportunity_field::close_date)) return false;
    const Value value = context.records().value(record, field);
    const auto* day = std::get_if<DateValue>(&value);
    return day && day->days < context.today() && context.records().value(record, task ? task_field::is_closed : opportunity_field::is_closed) != Value(true);
}

FieldShown show_field(Context& context, RecordRef record, const Field& field) {
    const Value value = context.records().value(record, field.index);
    FieldShown shown = show_value(context, context.schema().object(record.object), field, value);
    shown.late = is_late(context, record, field.index);
    if (is_recurrence(record.object, field.index) && !shown.text.empty()) {
        if (const auto series = read_series(context.records(), record, context.clock())) shown.text = recurrence_words(context, series->rule, series->start.day);
    } else if (const auto* instant = std::get_if<InstantValue>(&value); instant && record.object == standard_object::event && (field.index == event_field::start || field.index == event_field::end)) {
        if (context.records().table(record.object).column(event_field::is_all_day).flags()[record.row] != 0)
            shown.text = context.locale().format_date(all_day_of(context.clock(), instant->milliseconds));
        else if (const Value start = context.records().value(record, event_field::start); field.index == event_field::end && std::holds_alternative<InstantValue>(start)) {
            const ZoneTime zone(context.clock(), {});   // on the day on which it began the day needn't be said again
            const WallTime end = zone.wall(instant->milliseconds);
            if (zone.wall(std::get<InstantValue>(start).milliseconds).day == end.day) shown.text = context.locale().format_time(end.minutes());
        }
    }
    return shown;
}

std::string field_words(Context& context, RecordRef record, const Field& field) {
    FieldShown shown = show_field(context, record, field);
    if (shown.look == FieldLook::Check) return std::string(context.tr(shown.checked ? "ui.field.yes" : "ui.field.no"));
    return std::move(shown.text);
}

void draw_cell(kit::Cell& cell, const FieldShown& shown, std::string_view link_name) {
    if (!link_name.empty()) {
        cell.link(shown.text, link_name);
        return;
    }
    switch (shown.look) {
        case FieldLook::Check: cell.check(shown.checked); return;
        case FieldLook::Badge:
            if (shown.text.empty()) return;
            if (shown.color != 0) cell.badge_color(shown.text, shown.color);
            else cell.badge(shown.text, shown.tone);
            return;
        case FieldLook::Person: cell.avatar(shown.text); return;
        case FieldLook::Queue: {   // as large as a face
            const Rect face = cell.content.cut_left(24).centered(24, 24);
            kit::fill(cell.context, face, cell.context.color().neutral.background, radius::pill);
            kit::draw_icon(cell.context, Icon::Folder, face.centered(14, 14), cell.context.color().text_secondary);
            cell.content.cut_left(8);
            [[fallthrough]];
        }
        case FieldLook::Link: cell.link(shown.text, shown.link); return;
        case FieldLook::Text: cell.text(shown.text, shown.late ? kit::Ink::Danger : kit::Ink::Normal); return;
    }
}

bool draw_read_field(Context& context, std::string_view key, std::string_view label, const FieldShown& shown, bool editable, bool wrap) {
    const bool badge = shown.look == FieldLook::Badge && !shown.text.empty();
    if (shown.look == FieldLook::Check)
        return kit::read_field(context, key, label, context.tr(shown.checked ? "ui.field.yes" : "ui.field.no"), {.editable = editable});
    return kit::read_field(context, key, label, shown.text,
                           {.link = shown.link, .editable = editable, .wrap = wrap, .tone = badge ? shown.tone : Tone::Neutral,
                            .badge = badge, .late = shown.late, .badge_color = badge ? shown.color : 0, .note = shown.note, .note_tip = shown.note_tip});
}

std::string record_title(Context& context, RecordRef record) {
    std::string name = context.records().display_name(record);
    return name.empty() ? std::string(context.tr("ui.record.untitled")) : name;
}

Icon icon_of_record(Context& context, ObjectIndex index) {
    const Object& object = context.schema().object(index);
    return icon_of_object(object.name, object.icon);
}

std::uint32_t color_of_object(const Object& object) {
    struct Known { std::string_view name; std::uint32_t color; };
    constexpr Known known[] = {
        {"Lead", 0xD97706}, {"Account", 0x4F46E5}, {"Contact", 0x7C3AED}, {"Opportunity", 0x0D9488}, {"Task", 0x16A34A},
        {"Event", 0xDB2777}, {"Product2", 0x9333EA}, {"User", 0x475569}};
    for (const Known& entry : known)
        if (entry.name == object.name) return entry.color;
    return color_of_text(object.name.data(), object.name.data() + object.name.size());
}

}  // namespace outpost
