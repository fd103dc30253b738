// Working time: on which days of the week, and between which hours of them, an organization works.
// Kept as text, the days as RFC 5545 names them: "MO,TU,WE,TH,FR 09:00-18:00".
// Called by: edit (validation), workspace (the setting), activity (task feed), ui (calendar, settings).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace outpost {

struct WorkingTime {
    std::uint8_t days = 0b0111110;          // bit 0 Sunday ... bit 6 Saturday; at least one
    int from = 9 * 60, to = 18 * 60;        // minutes since midnight, from < to <= 1440

    bool is_workday(Days day) const { return works_on(weekday(day)); }
    bool works_on(int day_of_week) const { return (days >> day_of_week & 1u) != 0; }
    bool operator==(const WorkingTime&) const = default;
};

// Nothing for what is not written that way, names no day, or ends before it begins.
std::optional<WorkingTime> parse_working_time(std::string_view text);
std::string to_text(const WorkingTime& time);

}  // namespace outpost
