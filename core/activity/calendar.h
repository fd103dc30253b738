// Calendar: what stands on a stretch of days: events, occurrences of recurring ones, tasks by their due date, of chosen
// owners, in the local time of who looks. It is worked out anew from the columns whenever it is asked for.
// Invariant: items come by their first day; on a day all-day events, then others by start, then tasks, done ones last.
// Called by: ui (calendar page), workspace (its JSON).
#pragma once

#include <span>
#include <vector>

#include "core/activity/series.h"

namespace outpost {

struct CalendarItem {
    RecordRef record;
    bool recurs = false;
    Days occurrence = 0;            // of a recurring one: the day that names it in commands
    Milliseconds start = 0, end = 0;  // as the record of this occurrence would hold them
    Days first_day = 0, last_day = 0;  // local; the last one is among them
    int start_minute = 0, end_minute = 0;  // local, of the first and the last day; 1440 is the midnight that ends it
    bool all_day = false;           // every task, too
    bool done = false;
    bool is_task() const;
    int rank() const;               // its place among those of a day; of one rank they stand by start
};

// `days` are local days. `owners`: rows of users, ascending; empty: everybody's.
std::vector<CalendarItem> collect_calendar(const Records& records, Clock& clock, DayRange days, std::span<const RowIndex> owners);

}  // namespace outpost
