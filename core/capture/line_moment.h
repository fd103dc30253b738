// Dates and times in words, English and Chinese: "tomorrow", "next Tue 10:00", "by 30 Sep", "end of Q1", "下周二上午10点", "月底".
// Where no year (or only a weekday) is written it is the next such day, or for what is past the last one. "next Tue" is
// the Tuesday of next week; weeks begin on Monday. Called by: capture.
#pragma once

#include <optional>

#include "core/base/date.h"
#include "core/capture/line_tokens.h"

namespace outpost {

struct MomentReading {
    Days today = 0;
    bool past = false;          // what it is said of has happened
    bool day_first = true;      // of 3/4
    int fiscal_start_month = 1; // whose quarters are meant
};

struct LineDay { Days day = 0; std::size_t end = 0; };
struct LineTime { int minutes = 0; std::size_t end = 0; };   // since midnight

// What stands at that token; nothing when no day (time) begins there.
std::optional<LineDay> day_at(const Tokens& tokens, std::size_t at, const MomentReading& reading);
std::optional<LineTime> time_at(const Tokens& tokens, std::size_t at);

}  // namespace outpost
