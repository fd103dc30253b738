// Fields that are typed into. The browser's own text field is the editor (input methods, on-screen keyboard, paste,
// spell check, undo); the kit draws frame, label, help and error. The draft belongs to the page; nothing is mutated
// by drawing. Called by: pages and kit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "ui/kit/text.h"

namespace outpost::kit {

struct FieldOptions {
    std::string_view placeholder = {};
    std::string_view help = {};          // below the field
    std::string_view error = {};         // below the field, in place of help; marks it invalid
    bool required = false;
    bool disabled = false;
    bool read_only = false;
    bool hide_label = false;             // the label is the accessible name alone (grid cells, search)
    bool focus = false;                  // take the keyboard now; set it for one frame
    bool reveal = false;                 // with it: and come into view
    bool plain = false;                  // no frame, no suffix, an error below `at` (inline editing in a cell)
    InputKind input = InputKind::Text;   // Email, Phone, Url, Search ...
    Icon icon = Icon::None;              // at the left, inside
    std::string_view suffix = {};        // "%", "USD"
    std::string_view resting = {};       // shown in place of the draft while it is not edited ("Nov 23, 2026")
    Align align = Align::Start;
    float width = 0;                     // 0: full in columns, 220 in rows
    int lines = 4;                       // text areas: visible lines
    bool message_elsewhere = false;      // help or error are drawn by who asks, and still belong to the field
    Rect at = {};                        // the frame's place (label and help are then not drawn)
};

// What happened to the field in this frame.
struct Edited {
    bool changed = false;                // the draft is new
    bool committed = false;              // Enter, or focus left after a change: time to submit
    bool cancelled = false;              // Escape: put the old value back
    bool focused = false;
    explicit operator bool() const { return changed; }
};

Edited text_field(Context& context, std::string_view key, std::string_view label, std::string& draft, FieldOptions options = {});
Edited text_area(Context& context, std::string_view key, std::string_view label, std::string& draft, FieldOptions options = {});
Edited search_field(Context& context, std::string_view key, std::string_view name, std::string& draft, FieldOptions options = {});

// Numbers: the draft is text as typed; while it is not a number an error stands below. `value` follows when it is one
// (nullopt when empty). `scale`: decimal places kept. Group separators of either style are understood.
struct NumberDraft {
    std::string text;
    std::optional<Decimal> value;
    bool valid = true;
    bool too_fine = false;              // not valid: it has more decimals than there is room for
    static NumberDraft of(std::optional<Decimal> value);
};
Edited number_field(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, int scale, FieldOptions options = {});
Edited money_field(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, std::string_view iso_code, FieldOptions options = {});

// Dates: typed (2026-11-23, 23.11.2026, 11/23/2026 by the device's order, "today", "+3") or picked from a calendar,
// which the arrow key down opens. While it rests it is shown as the locale writes dates.
struct DateDraft {
    std::string text;
    std::optional<Days> value;
    bool valid = true;
    static DateDraft of(std::optional<Days> value);
};
Edited date_field(Context& context, std::string_view key, std::string_view label, DateDraft& draft, FieldOptions options = {});
// A time of day: typed ("14:30", "2pm", "930") or picked from a list of half hours. `minutes` follows the text.
struct TimeDraft {
    std::string text;
    std::optional<int> minutes;          // since midnight; nullopt when empty
    bool valid = true;
    static TimeDraft of(Context& context, std::optional<int> minutes);
};
Edited time_field(Context& context, std::string_view key, std::string_view label, TimeDraft& draft, FieldOptions options = {});
// Date and time of day, local. The value is an instant.
struct DateTimeDraft {
    DateDraft day;
    TimeDraft time;
    std::optional<Milliseconds> value;
    bool valid = true;
    static DateTimeDraft of(Context& context, std::optional<Milliseconds> value);
};
Edited date_time_field(Context& context, std::string_view key, std::string_view label, DateTimeDraft& draft, FieldOptions options = {});

// A value shown where a field would stand: label above, value below (record pages when not editing).
// With `on_edit` semantics: returns true when the person asks to edit it (click, Enter, the pencil).
struct ReadFieldOptions {
    std::string_view link = {};          // address: the value is a link
    bool editable = false;
    bool wrap = false;
    Tone tone = Tone::Neutral;
    bool badge = false;                  // the value as a chip
    bool late = false;                   // a day that is past, in red
    std::uint32_t badge_color = 0;       // 0xRRGGBB
    std::string_view note = {};          // quietly behind the label: where the value comes from
    std::string_view note_tip = {};      // why, in a tooltip and to screen readers
};
bool read_field(Context& context, std::string_view key, std::string_view label, std::string_view value, ReadFieldOptions options = {});

}  // namespace outpost::kit
