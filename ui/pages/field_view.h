// Field view: the one place that turns a field's value into what is shown: text in the person's language, a link, a
// badge with its colour, a tick. Tables, record pages, related lists and cards all show by it.
// Called by: list, record, timeline and board pages.
#pragma once

#include <cstdint>
#include <string>

#include "core/objects/records.h"
#include "ui/context.h"
#include "ui/kit/table.h"

namespace outpost {

enum class FieldLook : std::uint8_t { Text, Link, Badge, Check, Person, Queue };

struct FieldShown {
    std::string text;                 // "" when there is no value
    std::string link;                 // a route, or mailto:, tel:, https:
    FieldLook look = FieldLook::Text;
    Tone tone = Tone::Neutral;        // of a Badge without a colour
    std::uint32_t color = 0;          // 0xRRGGBB of a Badge, 0 none
    bool checked = false;             // Check
    bool late = false;                // a day that is past of what is still open
    Align align = Align::Start;       // End for numbers and money
    std::string_view note = {};       // behind its label: where it comes from, or that what it points to is gone
    std::string_view note_tip = {};   // why it can't be edited
};

FieldShown show_value(Context& context, const Object& object, const Field& field, const Value& value);
FieldShown show_field(Context& context, RecordRef record, const Field& field);
// A task's due date or an opportunity's close date that is past, of one that is still open.
bool is_late(Context& context, RecordRef record, FieldIndex field);
// One of those that a task has for calls alone.
bool is_call_field(const Object& object, FieldIndex field);
// The value as words alone: ticks become yes and no.
std::string field_words(Context& context, RecordRef record, const Field& field);

// Draws it into a table cell. `link_name`: the record's own address when this is its name column.
void draw_cell(kit::Cell& cell, const FieldShown& shown, std::string_view link_name = {});
// Draws it as label over value; true when the person asks to edit it.
bool draw_read_field(Context& context, std::string_view key, std::string_view label, const FieldShown& shown, bool editable, bool wrap);

Tone tone_of_value(const PicklistValue& value);
Color color_of_value(const Theme& theme, const PicklistValue& value);   // its own, else that tone's: of a mark for it
Align align_of(const Field& field);
// A record's name, never empty.
std::string record_title(Context& context, RecordRef record);
Icon icon_of_record(Context& context, ObjectIndex object);
std::uint32_t color_of_object(const Object& object);

}  // namespace outpost
