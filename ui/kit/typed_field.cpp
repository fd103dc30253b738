// Fields whose text means a number, a day or an instant.
#include <cmath>
#include <cstdlib>

#include "core/base/text.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

// "1.234,50", "1,234.50", "1 234.5", "12%" to "1234.50". Empty when it can't be a number.
std::string plain_number(std::string_view typed) {
    std::string kept;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const auto c = static_cast<unsigned char>(typed[i]);
        if ((c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '+') kept += static_cast<char>(c);
        else if (c == 'k' || c == 'K' || c == 'm' || c == 'M') kept += static_cast<char>(c | 32);
        else if (c == ' ' || c == '%' || c == '\'' || c == '$' || c >= 0x80) continue;   // currency signs and odd blanks
        else return {};
    }
    const std::size_t comma = kept.rfind(','), dot = kept.rfind('.');
    char decimal = 0;
    if (comma != std::string::npos && dot != std::string::npos) decimal = comma > dot ? ',' : '.';
    else if (dot != std::string::npos) decimal = kept.find('.') == dot ? '.' : 0;
    else if (comma != std::string::npos)
        decimal = kept.find(',') == comma && kept.size() - comma - 1 != 3 ? ',' : 0;
    std::string out;
    for (const char c : kept) {
        if (c == decimal) out += '.';
        else if (c != ',' && c != '.') out += c;
    }
    if (!out.empty() && (out.back() == 'k' || out.back() == 'm')) out = out.substr(0, out.size() - 1) + (out.back() == 'k' ? "e3" : "e6");
    return out;
}

Edited edit_number(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, int scale, FieldOptions options) {
    const std::string wrong = draft.valid ? std::string() : std::string(context.tr("kit.not_a_number"));
    if (options.error.empty() && !draft.valid) options.error = wrong;
    if (options.input == InputKind::Text) options.input = scale > 0 ? InputKind::Decimal : InputKind::Integer;
    Edited out = text_field(context, key, label, draft.text, options);
    if (out.changed) {
        const std::string_view typed = trim(draft.text);
        const std::optional<Decimal> parsed = parse_decimal(plain_number(typed));
        draft.value = parsed ? rescale(*parsed, static_cast<std::uint8_t>(scale), Rounding::HalfUp) : std::nullopt;
        // Half a number ("-") is no fault while it is typed.
        draft.valid = typed.empty() || draft.value || typed == "-" || typed == ".";
    }
    if (out.committed && draft.valid && draft.value) draft.text = to_text_trimmed(*draft.value);
    return out;
}

}  // namespace

NumberDraft NumberDraft::of(std::optional<Decimal> value) {
    NumberDraft draft;
    draft.value = value;
    if (value) draft.text = to_text_trimmed(*value);
    return draft;
}

Edited number_field(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, int scale, FieldOptions options) {
    return edit_number(context, key, label, draft, scale, options);
}

Edited money_field(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, std::string_view iso_code, FieldOptions options) {
    if (options.suffix.empty()) options.suffix = iso_code;
    return edit_number(context, key, label, draft, currency_scale(iso_code), options);
}

// --- days

namespace {

std::optional<Days> parse_typed_day(Context& context, std::string_view typed) {
    typed = trim(typed);
    const std::string folded = fold_case(typed);
    const Days today = context.today();
    if (folded == "today" || folded == fold_case(context.tr("kit.today"))) return today;
    if (folded == "tomorrow" || folded == fold_case(context.tr("kit.tomorrow"))) return today + 1;
    if (folded == "yesterday" || folded == fold_case(context.tr("kit.yesterday"))) return today - 1;
    if (const auto iso = parse_iso_date(typed)) return iso;
    if (!folded.empty() && (folded[0] == '+' || folded[0] == '-') && folded.size() > 1) {
        char* end = nullptr;
        const long days = std::strtol(folded.c_str(), &end, 10);
        if (*end == 0 && days > -40000 && days < 40000) return today + static_cast<Days>(days);
    }
    int parts[3] = {0, 0, 0}, count = 0;
    char separator = 0;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        const char c = typed[i];
        if (c >= '0' && c <= '9') {
            if (count == 0) count = 1;
            parts[count - 1] = parts[count - 1] * 10 + (c - '0');
            if (parts[count - 1] > 99999) return std::nullopt;
        } else if ((c == '.' || c == '/' || c == '-') && count > 0 && count < 3) {
            separator = c;
            ++count;
        } else if (c != ' ') {
            return std::nullopt;
        }
    }
    if (count < 2 || separator == 0) return std::nullopt;
    CivilDate date;
    date.year = to_civil(today).year;
    if (count == 3 && parts[0] > 31) date = {parts[0], parts[1], parts[2]};
    else if (separator == '/' && context.locale().first_weekday() == 0) date = {count == 3 ? parts[2] : date.year, parts[0], parts[1]};
    else date = {count == 3 ? parts[2] : date.year, parts[1], parts[0]};
    if (date.year < 100) date.year += 2000;
    if (!is_valid(date)) return std::nullopt;
    return to_days(date);
}

constexpr Days null_choice = -0x7FFFFFFF;   // the date was cleared

// The month's grid of days. Gives the chosen day.
std::optional<Days> draw_calendar(Context& context, std::optional<Days> value) {
    Kit& kit = context.kit();
    const std::uint32_t id = id_of("month");
    const Days start = value.value_or(context.today());
    auto [found, fresh] = kit.numbers.try_emplace(id, start);
    if (fresh) found->second = start;
    std::int64_t& active = found->second;
    std::optional<Days> chosen;
    const CivilDate shown = to_civil(static_cast<Days>(active));
    const Days first = to_days({shown.year, shown.month, 1});
    {
        Row row(context, {.height = 32});
        text(context, context.locale().format_month(first), {.style = TextStyle::BodyStrong});
        row.spacer();
        if (icon_button(context, "back", Icon::ChevronLeft, context.tr("kit.previous_month"), {.kind = ButtonKind::Ghost, .small = true})) active = add_months(static_cast<Days>(active), -1);
        if (icon_button(context, "next", Icon::ChevronRight, context.tr("kit.next_month"), {.kind = ButtonKind::Ghost, .small = true})) active = add_months(static_cast<Days>(active), 1);
    }
    const int first_weekday = context.locale().first_weekday();
    const float cell = 36;
    const Rect head = take(context, 7 * cell, 24);
    static constexpr std::string_view day_keys[] = {"kit.day_0", "kit.day_1", "kit.day_2", "kit.day_3", "kit.day_4", "kit.day_5", "kit.day_6"};
    for (int i = 0; i < 7; ++i)
        draw_line(context, {head.x + static_cast<float>(i) * cell, head.y, cell, head.height}, context.tr(day_keys[(first_weekday + i) % 7]),
                  TextStyle::Caption, context.color().text_secondary, Align::Center);
    const int lead = (weekday(first) - first_weekday + 7) % 7, count = days_in_month(shown.year, shown.month);
    const Rect grid = take(context, 7 * cell, 6 * cell);
    const Days today = context.today();
    for (int day = 0; day < count; ++day) {
        const Days this_day = first + day;
        IdScope scope(context, static_cast<std::uint64_t>(this_day + 1000000));
        const int place = lead + day;
        const Rect at = Rect{grid.x + static_cast<float>(place % 7) * cell, grid.y + static_cast<float>(place / 7) * cell, cell, cell}.inset(2);
        const bool on = value && *value == this_day;
        const std::string name = context.locale().format_date(this_day);
        const Hit h = hit(context, "day", at, {.name = name, .states = on ? semantics_state::selected : 0u, .focusable = this_day == active});
        const Palette& p = context.color();
        if (on) fill(context, at, p.accent, radius::control);
        else if (h.hovered) fill(context, at, p.hover, radius::control);
        if (this_day == today && !on) stroke(context, at, p.accent, radius::control);
        draw_line(context, at, std::to_string(day + 1), this_day == today ? TextStyle::DenseStrong : TextStyle::Dense,
                  on ? p.on_accent : this_day == today ? p.accent_text : p.text, Align::Center);
        if (h.pressed) chosen = this_day;
        if (h.focused) {
            const std::int64_t before = active;
            if (key_pressed(context, h, "ArrowLeft")) active -= 1;
            else if (key_pressed(context, h, "ArrowRight")) active += 1;
            else if (key_pressed(context, h, "ArrowUp")) active -= 7;
            else if (key_pressed(context, h, "ArrowDown")) active += 7;
            else if (key_pressed(context, h, "PageUp")) active = add_months(static_cast<Days>(active), -1);
            else if (key_pressed(context, h, "PageDown")) active = add_months(static_cast<Days>(active), 1);
            if (active != before) kit.numbers[hash_id(id, 1)] = 1;
        }
    }
    if (kit.numbers.erase(hash_id(id, 1))) {
        IdScope scope(context, static_cast<std::uint64_t>(active + 1000000));
        focus(context, id_of("day"));
    }
    {
        Row row(context, {.height = 32});
        if (button(context, "today", context.tr("kit.today"), {.kind = ButtonKind::Ghost, .small = true})) chosen = today;
        row.spacer();
        if (value && button(context, "clear", context.tr("kit.clear"), {.kind = ButtonKind::Ghost, .small = true})) chosen = null_choice;
    }
    if (chosen) kit.numbers.erase(id);
    return chosen;
}

}  // namespace

DateDraft DateDraft::of(std::optional<Days> value) {
    DateDraft draft;
    draft.value = value;
    if (value) draft.text = days_to_text(*value);
    return draft;
}

Edited date_field(Context& context, std::string_view key, std::string_view label, DateDraft& draft, FieldOptions options) {
    IdScope scope(context, key);
    const std::string wrong = draft.valid ? std::string() : std::string(context.tr("kit.not_a_date"));
    if (options.error.empty() && !draft.valid) options.error = wrong;
    const std::string placeholder(context.tr("kit.date_placeholder"));
    if (options.placeholder.empty()) options.placeholder = placeholder;
    const FieldFrame field = begin_field(context, label, options, context.theme.control_height());
    // The button lies over the frame's end; the text keeps clear of it.
    Rect text_frame = field.frame;
    const float side = context.touch ? 40.0f : 28.0f;
    const Rect opener{field.frame.right() - side - 2, field.frame.y + (field.frame.height - side) / 2, side, side};
    const bool editing = context.kit().dom_focus == id_of("text");
    draw_field_frame(context, field.frame, options, false, editing);
    text_frame.width -= side - 6;
    Edited out = edit_text(context, id_of("text"), label, draft.text, text_frame, options, false, {}, false);
    if (out.changed) {
        draft.value = parse_typed_day(context, draft.text);
        draft.valid = trim(draft.text).empty() || draft.value.has_value() || out.focused;
    }
    if (out.committed) {
        draft.value = parse_typed_day(context, draft.text);
        draft.valid = trim(draft.text).empty() || draft.value.has_value();
        if (draft.value) draft.text = days_to_text(*draft.value);
    }
    const bool fixed = options.disabled || options.read_only;
    const std::string opener_name = context.tr("kit.choose_date", {label});
    if (!fixed && icon_button(context, "open", Icon::Calendar, opener_name, {.kind = ButtonKind::Ghost, .small = true, .has_popup = true, .at = opener})) open_popup(context, "calendar");
    if (begin_popup(context, "calendar", field.frame, {.name = opener_name, .width = 7 * 36 + 24, .height_max = 400})) {
        if (const std::optional<Days> chosen = draw_calendar(context, draft.value)) {
            draft = DateDraft::of(*chosen == null_choice ? std::nullopt : chosen);
            out.changed = out.committed = true;
            close_popup(context);
        }
        end_popup(context);
    }
    end_field(context, field, options);
    return out;
}

// --- instants

namespace {

std::optional<int> parse_minutes(std::string_view typed) {
    typed = trim(typed);
    int parts[2] = {0, 0}, count = 0;
    bool afternoon = false, morning = false;
    for (const char c : typed) {
        if (c >= '0' && c <= '9') { if (count == 0) count = 1; parts[count - 1] = parts[count - 1] * 10 + (c - '0'); if (parts[count - 1] > 5959) return std::nullopt; }
        else if ((c == ':' || c == '.') && count == 1) count = 2;
        else if (c == 'p' || c == 'P') afternoon = true;
        else if (c == 'a' || c == 'A') morning = true;
        else if (c != ' ' && c != 'm' && c != 'M') return std::nullopt;
    }
    if (count == 0) return std::nullopt;
    if (count == 1 && parts[0] > 24) { parts[1] = parts[0] % 100; parts[0] /= 100; }
    if (afternoon && parts[0] < 12) parts[0] += 12;
    if (morning && parts[0] == 12) parts[0] = 0;
    if (parts[0] > 23 || parts[1] > 59) return std::nullopt;
    return parts[0] * 60 + parts[1];
}

std::string minutes_text(int minutes) {
    char out[8] = {static_cast<char>('0' + minutes / 600), static_cast<char>('0' + minutes / 60 % 10), ':',
                   static_cast<char>('0' + minutes % 60 / 10), static_cast<char>('0' + minutes % 10), 0};
    return out;
}

}  // namespace

DateTimeDraft DateTimeDraft::of(Context& context, std::optional<Milliseconds> value) {
    DateTimeDraft draft;
    draft.value = value;
    if (!value) return draft;
    const int offset = context.clock().utc_offset_minutes(*value);
    const Days day = day_of_instant(*value, offset);
    draft.day = DateDraft::of(day);
    const Milliseconds local = *value + static_cast<Milliseconds>(offset) * 60000 - static_cast<Milliseconds>(day) * milliseconds_per_day;
    draft.time = minutes_text(static_cast<int>(local / 60000));
    return draft;
}

Edited date_time_field(Context& context, std::string_view key, std::string_view label, DateTimeDraft& draft, FieldOptions options) {
    IdScope scope(context, key);
    const Rect whole = open_place(context, options.width > 0 ? options.width : current(context).kind == LayoutKind::Row ? 300.0f : 0.0f, 0);
    Edited out, time;
    {
        Column column(context, {.gap = 0, .width = whole.width});
        Row row(context, {.align = Align::End});
        FieldOptions day_options = options;
        day_options.width = std::max(120.0f, whole.width - 108);
        out = date_field(context, "day", label, draft.day, day_options);
        FieldOptions time_options{.placeholder = "09:00", .disabled = options.disabled, .read_only = options.read_only, .hide_label = true, .width = 100};
        const std::string time_name = context.tr("kit.time_of", {label});
        const std::optional<int> minutes = parse_minutes(draft.time);
        const bool wrong = !draft.time.empty() && !minutes;
        if (wrong) time_options.error = context.tr("kit.not_a_time");
        if (!options.hide_label) gap(context, 0);
        time = text_field(context, "time", time_name, draft.time, time_options);
    }
    out.changed = out.changed || time.changed;
    out.committed = out.committed || time.committed;
    out.cancelled = out.cancelled || time.cancelled;
    out.focused = out.focused || time.focused;
    if (out.changed || out.committed) {
        const std::optional<int> minutes = draft.time.empty() ? std::optional<int>(0) : parse_minutes(draft.time);
        draft.valid = draft.day.valid && minutes.has_value();
        draft.value.reset();
        if (draft.day.value && minutes) {
            const Milliseconds local = static_cast<Milliseconds>(*draft.day.value) * milliseconds_per_day + static_cast<Milliseconds>(*minutes) * 60000;
            const int offset = context.clock().utc_offset_minutes(local);
            draft.value = local - static_cast<Milliseconds>(context.clock().utc_offset_minutes(local - static_cast<Milliseconds>(offset) * 60000)) * 60000;
        }
    }
    return out;
}

}  // namespace outpost::kit
