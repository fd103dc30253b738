// CalendarView: what the calendar's address asks for, the items of those days, day by day, and how each is said.
// Invariant: worked out anew only when the address, the records, the language or the day changed.
// Called by: the calendar page.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/activity/calendar.h"
#include "ui/context.h"

namespace outpost {

enum class CalendarKind : std::uint8_t { Day, Week, Month, Agenda };

// Items of one day that lie over one another stand side by side: `lane` of `lanes`.
struct CalendarSlot {
    std::uint32_t item = 0;
    int from = 0, to = 0;          // minutes of that day, at least shown_minutes_min long
    int lane = 0, lanes = 1;
};
inline constexpr int shown_minutes_min = 25;

class CalendarView {
public:
    void refresh(Context& context, const Route& route);

    CalendarKind kind() const { return kind_; }
    Days date() const { return date_; }
    DayRange days() const { return days_; }               // shown; of a month with the weeks around it
    const std::vector<RowIndex>& owners() const { return owners_; }
    const std::vector<CalendarItem>& items() const { return items_; }
    std::span<const std::uint32_t> on(Days day) const;    // all-day ones first
    const std::vector<CalendarSlot>& slots(Days day) const;  // timed ones
    const std::vector<std::pair<std::uint32_t, int>>& strip() const { return strip_; }   // all-day items and their lanes
    int strip_lanes() const { return strip_lanes_; }
    Days step(int by) const;                              // the date that many periods further

    std::string range_words(Context& context) const;
    std::string time_words(Context& context, const CalendarItem& item) const;   // "10:00 to 10:30", "all day"
    bool is_late(Context& context, const CalendarItem& item) const;             // a task that was due before today
    std::string name(Context& context, const CalendarItem& item) const;         // "Call with Ann, 10:00 to 10:30"
    std::string start_words(Context& context, const CalendarItem& item, Days day) const;  // "10:00"; on a later day until when; "" all day
    Tint tint(Context& context, const CalendarItem& item) const;
    Tint owner_tint(Context& context, RowIndex owner) const;                    // where several people's are shown

private:
    void lay_out();
    void lay_out_day(std::size_t day);

    CalendarKind kind_ = CalendarKind::Week;
    Days date_ = 0;
    DayRange days_;
    std::vector<RowIndex> owners_;
    std::vector<CalendarItem> items_;
    std::vector<std::vector<std::uint32_t>> by_day_;
    std::vector<std::vector<CalendarSlot>> slots_;
    std::vector<std::pair<std::uint32_t, int>> strip_;
    int strip_lanes_ = 0;
    std::string key_;
};

namespace routes {
std::string calendar();                             // #/calendar
}  // namespace routes

// Two days as the language writes them, without saying twice what both have: "Nov 22 – 28, 2026". `year`: of both; "" they differ.
std::string stretch_words(std::string_view first, std::string_view last, std::string_view year);
std::string stretch_words(Context& context, DayRange days);

// Address parameters' words: "day", "week", "month", "agenda".
std::string_view to_text(CalendarKind kind);
RecordRef owner_of(const Records& records, RecordRef record);

}  // namespace outpost
