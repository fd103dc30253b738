// Fields whose text means a number or a day.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/base/text.h"
#include "core/capture/line_moment.h"
#include "ui/kit/date_order.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

// As the import reads a cell: "1.234,50", "1 234.5", "12k", "12万". Of a point or comma that may be either, a point is decimal.
// What can't be read as a whole is refused, an amount of another currency too.
std::optional<Decimal> parse_typed_number(std::string_view typed, std::string_view unit) {
    // The unit that the field shows may be typed too: "12.34 USD".
    if (typed.size() > unit.size() && equals_ignoring_ascii_case(typed.substr(typed.size() - unit.size()), unit)) typed = trim(typed.substr(0, typed.size() - unit.size()));
    if (const std::string_view currency = scan_number(typed).currency; is_known_currency(currency) && currency != unit) return std::nullopt;
    const std::optional<Decimal> number = read_number(typed, {'.'});
    return number ? number : read_number(typed, {','});
}

Edited edit_number(Context& context, std::string_view key, std::string_view label, NumberDraft& draft, int scale, FieldOptions options) {
    const std::string wrong = draft.valid ? std::string() : draft.too_fine ? context.tr("kit.too_fine", {std::to_string(scale)}) : std::string(context.tr("kit.not_a_number"));
    if (options.error.empty() && !draft.valid) options.error = wrong;
    if (options.input == InputKind::Text) options.input = scale > 0 ? InputKind::Decimal : InputKind::Integer;
    // At rest the digits stand in groups; only as many decimals as were typed.
    std::string resting;
    if (draft.valid && draft.value) {
        const std::size_t point = draft.text.rfind('.');
        const std::size_t decimals = point == std::string::npos ? 0 : draft.text.size() - point - 1;
        resting = context.locale().format_number(*draft.value, static_cast<int>(std::min<std::size_t>(decimals, static_cast<std::size_t>(scale))));
        options.resting = resting;
    }
    Edited out = text_field(context, key, label, draft.text, options);
    if (out.changed || out.committed || out.cancelled) {
        const std::string_view typed = trim(draft.text);
        const std::optional<Decimal> parsed = parse_typed_number(typed, options.suffix);
        draft.value = parsed ? rescale(*parsed, static_cast<std::uint8_t>(scale), Rounding::Refuse) : std::nullopt;
        draft.too_fine = parsed && !draft.value && rescale(*parsed, static_cast<std::uint8_t>(scale), Rounding::HalfUp);
        // Half a number ("-", "1,234,5") is no fault while it is typed.
        const bool half = !parsed && !out.committed && !out.cancelled && typed.find_first_not_of("0123456789.,' -") == std::string_view::npos;
        draft.valid = typed.empty() || draft.value || half;
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

std::optional<Days> parse_day_in_digits(Context& context, std::string_view typed) {
    const Days today = context.today();
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
    const DateOrder order = date_order(context);
    // With dots a day stands first, but where a year would.
    const bool month_first = order == DateOrder::YearFirst || (order == DateOrder::MonthFirst && separator != '.');
    CivilDate date{to_civil(today).year, parts[month_first ? 0 : 1], parts[month_first ? 1 : 0]};
    if (date.month > 12) std::swap(date.month, date.day);
    if (count == 3) date.year = parts[2];
    if (count == 3 && (parts[0] > 31 || (order == DateOrder::YearFirst && parts[2] <= 31))) date = {parts[0], parts[1], parts[2]};
    if (date.year < 100) date.year += 2000;
    if (!is_valid(date)) return std::nullopt;
    return to_days(date);
}

}  // namespace

// Years that digits would tell otherwise stay as they are.
std::string day_in_digits(Context& context, Days day) {
    const CivilDate date = to_civil(day);
    if (date.year < 1000 || !context.tr("kit.date_placeholder").contains('/')) return days_to_text(day);
    char text[32];
    const bool month_first = date_order(context) != DateOrder::DayFirst;
    std::snprintf(text, sizeof text, "%02d/%02d/%d", month_first ? date.month : date.day, month_first ? date.day : date.month, date.year);
    return text;
}

std::string date_example(Context& context) { return day_in_digits(context, to_days({2026, 11, 23})); }

std::optional<Days> parse_typed_day(Context& context, std::string_view typed) {
    typed = trim(typed);
    const std::string folded = fold_case(typed);
    const Days today = context.today();
    if (const auto iso = parse_iso_date(typed)) return iso;
    if (!folded.empty() && (folded[0] == '+' || folded[0] == '-') && folded.size() > 1) {
        char* end = nullptr;
        const long days = std::strtol(folded.c_str(), &end, 10);
        if (*end == 0 && days > -40000 && days < 40000) return today + static_cast<Days>(days);
    }
    if (const auto day = parse_day_in_digits(context, typed)) return day;
    // "today", "next Tue", "30 Sep", "下周二".
    const Tokens tokens = tokens_of_line(typed);
    const auto day = day_at(tokens, 0, {.today = today, .day_first = date_order(context) == DateOrder::DayFirst, .fiscal_start_month = context.workspace().fiscal_start_month()});
    return day && day->end == tokens.size() ? std::optional(day->day) : std::nullopt;
}

namespace {

constexpr Days null_choice = -0x7FFFFFFF;   // the date was cleared

// The month's grid of days. Gives the chosen day.
std::optional<Days> draw_calendar(Context& context, std::optional<Days> value) {
    Kit& kit = context.kit();
    const std::uint32_t id = id_of("month");
    const Days start = value.value_or(context.today());
    std::int64_t& active = kit.numbers[id];
    const bool opens = std::exchange(kit.focus_first, false);   // the focus goes to its day
    if (opens) active = start;
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
    // A finger needs more room than a mouse, and a sheet has it.
    const float width = context.touch ? std::max(36.0f, std::floor(available(context).width / 7)) : 36, cell = context.touch ? 44 : 36;
    const Rect head = take(context, 7 * width, 24);
    static constexpr std::string_view day_keys[] = {"kit.day_0", "kit.day_1", "kit.day_2", "kit.day_3", "kit.day_4", "kit.day_5", "kit.day_6"};
    for (int i = 0; i < 7; ++i)
        draw_line(context, {head.x + static_cast<float>(i) * width, head.y, width, head.height}, context.tr(day_keys[(first_weekday + i) % 7]),
                  TextStyle::Caption, context.color().text_secondary, Align::Center);
    const int lead = (weekday(first) - first_weekday + 7) % 7, count = days_in_month(shown.year, shown.month);
    const Rect grid = take(context, 7 * width, cell * static_cast<float>((lead + count + 6) / 7));
    const Days today = context.today();
    for (int day = 0; day < count; ++day) {
        const Days this_day = first + day;
        IdScope scope(context, static_cast<std::uint64_t>(this_day + 1000000));
        const int place = lead + day;
        const Rect at = Rect{grid.x + static_cast<float>(place % 7) * width, grid.y + static_cast<float>(place / 7) * cell, width, cell}.inset(2);
        const bool on = value && *value == this_day;
        const std::string name = context.locale().format_weekday(this_day) + " " + context.locale().format_date(this_day);
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
            else if (key_pressed(context, h, "Home")) active -= place % 7;
            else if (key_pressed(context, h, "End")) active += 6 - place % 7;
            else if (key_pressed(context, h, "PageUp")) active = add_months(static_cast<Days>(active), -1);
            else if (key_pressed(context, h, "PageDown")) active = add_months(static_cast<Days>(active), 1);
            else if (key_pressed(context, h, "Shift+PageUp")) active = add_months(static_cast<Days>(active), -12);
            else if (key_pressed(context, h, "Shift+PageDown")) active = add_months(static_cast<Days>(active), 12);
            if (active != before) kit.numbers[hash_id(id, 1)] = 1;
        }
    }
    const bool moved = kit.numbers.erase(hash_id(id, 1)) > 0;
    if (moved || opens) {
        IdScope scope(context, static_cast<std::uint64_t>(active + 1000000));
        take_focus(context, id_of("day"), moved || kit.focus_visible);
        kit.scroll_to_focus = kit.focused;
    }
    const CivilDate now = to_civil(static_cast<Days>(active));
    if (now.month != shown.month || now.year != shown.year) context.announce(context.locale().format_month(static_cast<Days>(active)));
    {
        Row row(context, {.height = 32});
        if (button(context, "today", context.tr("kit.today"), {.kind = ButtonKind::Ghost, .small = true})) chosen = today;
        row.spacer();
        if (value && button(context, "clear", context.tr("kit.clear"), {.kind = ButtonKind::Ghost, .small = true})) chosen = null_choice;
    }
    return chosen;
}

}  // namespace

DateOrder date_order(Context& context) {
    const auto written = [&](int year, int month, int day) { return context.locale().format_date(to_days({year, month, day})); };
    const std::string sample = written(2006, 11, 23);
    const auto place = [&](const std::string& other) { return std::ranges::mismatch(sample, other).in1 - sample.begin(); };
    const auto year = place(written(2005, 11, 23)), month = place(written(2006, 10, 23)), day = place(written(2006, 11, 24));
    return day < month ? DateOrder::DayFirst : year < month ? DateOrder::YearFirst : DateOrder::MonthFirst;
}

DateDraft DateDraft::of(std::optional<Days> value) {
    DateDraft draft;
    draft.value = value;
    if (value) draft.text = days_to_text(*value);
    return draft;
}

Edited date_field(Context& context, std::string_view key, std::string_view label, DateDraft& draft, FieldOptions options) {
    IdScope scope(context, key);
    const std::string wrong = draft.valid ? std::string() : context.tr("kit.not_a_date", {date_example(context)});
    if (options.error.empty() && !draft.valid) options.error = wrong;
    const std::string placeholder(context.tr(date_order(context) != DateOrder::DayFirst ? "kit.date_placeholder_month_first" : "kit.date_placeholder"));
    if (options.placeholder.empty()) options.placeholder = placeholder;
    const FieldFrame field = begin_field(context, label, options, context.theme.control_height());
    // The button lies over the frame's end; the text keeps clear of it.
    Rect text_frame = field.frame;
    const float side = context.touch ? 40.0f : 28.0f;
    const Rect opener{field.frame.right() - side - 2, field.frame.y + (field.frame.height - side) / 2, side, side};
    const bool editing = context.kit().dom_focus == id_of("text");
    draw_field_frame(context, field.frame, options, false, editing);
    text_frame.width -= side - 6;
    const std::string resting = draft.valid && draft.value ? context.locale().format_date(*draft.value) : std::string();
    options.resting = resting;
    if (!editing && draft.valid && draft.value) draft.text = day_in_digits(context, *draft.value);
    Edited out = edit_text(context, id_of("text"), label, draft.text, text_frame, options, false, {}, false);
    if (out.changed) {
        draft.value = parse_typed_day(context, draft.text);
        draft.valid = trim(draft.text).empty() || draft.value.has_value() || out.focused;
    }
    if (out.committed) {
        draft.value = parse_typed_day(context, draft.text);
        draft.valid = trim(draft.text).empty() || draft.value.has_value();
        if (draft.value) draft.text = day_in_digits(context, *draft.value);
    }
    const bool fixed = options.disabled || options.read_only;
    const std::string opener_name = context.tr("kit.choose_date", {label});
    bool opens = !fixed && icon_button(context, "open", Icon::Calendar, opener_name, {.kind = ButtonKind::Ghost, .small = true, .has_popup = true, .opens_dialog = true, .open = is_popup_open(context, "calendar"), .at = opener});
    if (!fixed && key_for(context, id_of("text"), "ArrowDown")) opens = true;
    if (opens) open_popup(context, "calendar");
    if (begin_popup(context, "calendar", field.frame, {.name = opener_name, .width = 7 * (context.touch ? 44.0f : 36.0f) + 24, .height_max = 460})) {
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

}  // namespace outpost::kit
