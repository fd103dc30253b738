// Times of day and instants: typed, or picked from a list of half hours.
#include <cmath>

#include "core/base/text.h"
#include "ui/kit/choice.h"
#include "ui/kit/date_order.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

constexpr int minutes_per_step = 30, morning_minutes = 9 * 60;

// Takes the word out of the text; true when it was there.
bool take_word(std::string& text, std::string_view word) {
    const std::size_t at = text.find(word);
    if (at == std::string::npos) return false;
    text.erase(at, word.size());
    return true;
}

// "14:30", "14.30", "1430", "2pm", "2:30 p.m.", "下午2点30": minutes since midnight.
std::optional<int> parse_minutes(std::string_view text) {
    std::string typed(trim(text));
    for (const std::string_view blank : {"\u202F", "\u00A0"})   // between time and PM
        while (take_word(typed, blank)) {}
    bool afternoon = take_word(typed, "下午"), morning = take_word(typed, "上午");
    for (const std::string_view mark : {"点", "："})
        if (const std::size_t at = typed.find(mark); at != std::string::npos) typed.replace(at, mark.size(), at + mark.size() == typed.size() ? "" : ":");
    take_word(typed, "分");
    bool lettered = false;   // "p.m." has dots of its own
    int parts[2] = {0, 0}, count = 0;
    for (const char c : typed) {
        if (c >= '0' && c <= '9') {
            if (count == 0) count = 1;
            parts[count - 1] = parts[count - 1] * 10 + (c - '0');
            if (parts[count - 1] > 5959) return std::nullopt;
        } else if ((c == ':' || (c == '.' && !lettered)) && count == 1) {
            count = 2;
        } else if (c == 'p' || c == 'P') {
            afternoon = lettered = true;
        } else if (c == 'a' || c == 'A') {
            morning = lettered = true;
        } else if (c != ' ' && c != 'm' && c != 'M' && c != '.') {
            return std::nullopt;
        }
    }
    if (count == 0) return std::nullopt;
    if (count == 1 && parts[0] > 24) { parts[1] = parts[0] % 100; parts[0] /= 100; }
    if (afternoon && parts[0] < 12) parts[0] += 12;
    if (morning && parts[0] == 12) parts[0] = 0;
    if (parts[0] > 23 || parts[1] > 59) return std::nullopt;
    return parts[0] * 60 + parts[1];
}

std::string minutes_text(int minutes) {
    const int hour = minutes / 60, minute = minutes % 60;
    std::string out;
    for (const int digit : {hour / 10, hour % 10, -1, minute / 10, minute % 10}) out += digit < 0 ? ':' : static_cast<char>('0' + digit);
    return out;
}

// By the person's clock, as everywhere else; where that couldn't be read back, by twenty-four hours.
std::string words_of(Context& context, int minutes) {
    std::string words = context.locale().format_time(minutes);
    return parse_minutes(words) == minutes ? words : minutes_text(minutes);
}

std::vector<Choice> half_hours(Context& context) {
    std::vector<Choice> all;
    for (int minutes = 0; minutes < 24 * 60; minutes += minutes_per_step) {
        const std::string words = words_of(context, minutes);
        all.push_back({.value = words, .label = words});
    }
    return all;
}

void read_time(Context& context, TimeDraft& draft, bool finished) {
    const bool empty = trim(draft.text).empty();
    draft.minutes = empty ? std::nullopt : parse_minutes(draft.text);
    draft.valid = empty || draft.minutes || !finished;
    if (finished && draft.minutes) draft.text = words_of(context, *draft.minutes);
}

}  // namespace

TimeDraft TimeDraft::of(Context& context, std::optional<int> minutes) {
    TimeDraft draft;
    draft.minutes = minutes;
    if (minutes) draft.text = words_of(context, *minutes);
    return draft;
}

Edited time_field(Context& context, std::string_view key, std::string_view label, TimeDraft& draft, FieldOptions options) {
    IdScope scope(context, key);
    const std::string wrong = draft.valid ? std::string() : std::string(context.tr("kit.not_a_time"));
    if (options.error.empty() && !draft.valid) options.error = wrong;
    const std::string example = words_of(context, morning_minutes);
    if (options.placeholder.empty()) options.placeholder = example;
    // Where nothing given means now the list opens there.
    const int usual = parse_minutes(options.placeholder) ? morning_minutes : DateTimeDraft::of(context, context.clock().now()).time.minutes.value_or(morning_minutes);
    options.input = InputKind::Text;
    const FieldFrame field = begin_field(context, label, options, context.theme.control_height());
    const float side = context.theme.small_height();
    const Rect opener{field.frame.right() - side - 2, field.frame.y + (field.frame.height - side) / 2, side, side};
    draw_field_frame(context, field.frame, options, false, context.kit().dom_focus == id_of("text"));
    Rect text_frame = field.frame;
    text_frame.width -= side - 6;
    Edited out = edit_text(context, id_of("text"), label, draft.text, text_frame, options, false, {}, false);
    if (out.changed || out.committed) read_time(context, draft, out.committed || !out.focused);
    const bool fixed = options.disabled || options.read_only;
    const std::string opener_name = context.tr("kit.choose_time", {label});
    bool opens = !fixed && icon_button(context, "open", Icon::Clock, opener_name, {.kind = ButtonKind::Ghost, .small = true, .has_popup = true, .opens_dialog = true, .open = is_popup_open(context, "popup"), .at = opener});
    if (!fixed && key_for(context, id_of("text"), "ArrowDown")) opens = true;
    const std::vector<Choice> times = half_hours(context);
    if (opens) open_choice_list(context, draft.minutes.value_or(usual) / minutes_per_step);
    if (const int chosen = draw_choice_list(context, field.frame, opener_name, times, draft.text); chosen >= 0) {
        draft = TimeDraft::of(context, chosen * minutes_per_step);
        out.changed = out.committed = true;
    }
    end_field(context, field, options);
    return out;
}

DateTimeDraft DateTimeDraft::of(Context& context, std::optional<Milliseconds> value) {
    DateTimeDraft draft;
    draft.value = value;
    if (!value) return draft;
    const int offset = context.clock().utc_offset_minutes(*value);
    const Days day = day_of_instant(*value, offset);
    draft.day = DateDraft::of(day);
    const Milliseconds local = *value + static_cast<Milliseconds>(offset) * 60000 - static_cast<Milliseconds>(day) * milliseconds_per_day;
    draft.time = TimeDraft::of(context, static_cast<int>(local / 60000));
    return draft;
}

namespace {

constexpr int begins_day = 0;   // a day without a time is its midnight, and the empty field says so

// The time may be typed behind the day: "12/5/2026 3pm".
Edited day_field(Context& context, std::string_view label, DateTimeDraft& draft, const FieldOptions& options) {
    const Edited edited = date_field(context, "day", label, draft.day, options);
    if (!edited.committed || draft.day.value) return edited;
    const std::string typed(trim(draft.day.text));
    for (std::size_t at = typed.rfind(' '); at != std::string::npos && at > 0; at = typed.rfind(' ', at - 1)) {
        const std::optional<Days> day = parse_typed_day(context, typed.substr(0, at));
        const std::optional<int> minutes = parse_minutes(std::string_view(typed).substr(at));
        if (!day || !minutes) continue;
        draft.day = DateDraft::of(day);
        draft.day.text = day_in_digits(context, *day);
        draft.time = TimeDraft::of(context, minutes);
        break;
    }
    return edited;
}

// Side by side where the day can then be read; what is wrong with either stands below both, as wide as they are.
void draw_day_and_time(Context& context, std::string_view label, DateTimeDraft& draft, const FieldOptions& options, float width, Edited& day, Edited& time) {
    const std::string shown = context.locale().format_date(draft.day.value.value_or(context.today()));
    const float beside = width - (context.touch ? 140.0f : 120.0f) - 8, around = context.touch ? 56.0f : 44.0f;   // the frame's padding and the button
    const bool stacked = text_width(context, shown, TextStyle::Body) + around > beside;
    Row row(context, {.align = Align::End, .wrap = stacked});
    const float time_width = stacked ? width : width - beside - 8;
    FieldOptions day_options = options;
    day_options.message_elsewhere = true;
    day_options.width = stacked ? width : beside;
    day = day_field(context, label, draft, day_options);
    const std::string time_name = context.tr("kit.time_of", {label});
    const std::string midnight = words_of(context, begins_day);
    time = time_field(context, "time", time_name, draft.time,
                      {.placeholder = midnight, .disabled = options.disabled, .read_only = options.read_only, .hide_label = true, .width = time_width, .message_elsewhere = true});
}

// Leaving the day for the time is not the end of the edit; leaving both is.
bool takes_both(Context& context, const Edited& day, const Edited& time) {
    std::int64_t& waits = context.kit().numbers[id_of("waits")];
    const bool moves_on = (day.committed && time.focused && !time.committed) || (time.committed && day.focused && !day.committed);
    if (moves_on) waits = 1;
    const bool left = waits && !day.focused && !time.focused;
    const bool done = !moves_on && (day.committed || time.committed || left);
    if (done) waits = 0;
    return done;
}

}  // namespace

Edited date_time_field(Context& context, std::string_view key, std::string_view label, DateTimeDraft& draft, FieldOptions options) {
    IdScope scope(context, key);
    const bool in_cell = !options.at.empty();
    const Rect whole = in_cell ? options.at : open_place(context, options.width > 0 ? options.width : current(context).kind == LayoutKind::Row ? 300.0f : 0.0f, 0);
    Edited out, time;
    if (in_cell) {
        constexpr float time_width = 104;
        const std::string midnight = words_of(context, begins_day);
        std::int64_t& back = context.kit().numbers[id_of("back")];
        FieldOptions part = options;
        part.at.width -= time_width;
        part.focus = std::exchange(back, 0) != 0 || part.focus;
        out = day_field(context, label, draft, part);
        part.focus = out.committed && context.shortcut("Tab");   // first to the time beside it
        part.placeholder = midnight;
        part.message_elsewhere = !options.error.empty();   // below the day
        part.at = {whole.right() - time_width, whole.y, time_width, whole.height};
        time = time_field(context, "time", context.tr("kit.time_of", {label}), draft.time, part);
        if (time.committed && context.shortcut("Shift+Tab")) {
            back = context.kit().numbers[id_of("waits")] = 1;
            time.committed = false;
            context.request_frame();
        }
    } else {
        Column column(context, {.gap = 0, .width = whole.width});
        draw_day_and_time(context, label, draft, options, whole.width, out, time);
        const std::string wrong = context.tr("kit.not_a_date", {date_example(context)});
        const std::string_view below = !options.error.empty() ? options.error : !draft.day.valid ? std::string_view(wrong) : !draft.time.valid ? context.tr("kit.not_a_time") : options.help;
        if (!below.empty()) {
            gap(context, 4);
            text(context, below, {.style = TextStyle::Caption, .ink = below == options.help ? Ink::Secondary : Ink::Danger, .wrap = true, .silent = true});
        }
    }
    out.changed = out.changed || time.changed;
    out.committed = takes_both(context, out, time);
    out.cancelled = out.cancelled || time.cancelled;
    out.focused = out.focused || time.focused;
    if (!out.changed && !out.committed) return out;
    draft.valid = draft.day.valid && draft.time.valid;
    draft.value.reset();
    if (!draft.day.value || !draft.valid) return out;
    const Milliseconds local = static_cast<Milliseconds>(*draft.day.value) * milliseconds_per_day +
                               static_cast<Milliseconds>(draft.time.minutes.value_or(begins_day)) * 60000;
    const int offset = context.clock().utc_offset_minutes(local);
    draft.value = local - static_cast<Milliseconds>(context.clock().utc_offset_minutes(local - static_cast<Milliseconds>(offset) * 60000)) * 60000;
    return out;
}

}  // namespace outpost::kit
