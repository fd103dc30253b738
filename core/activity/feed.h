// Feed: a person's open tasks by when they are due: overdue, today, tomorrow, the rest of this week, later, without a date.
// Within a group by due day, then by time where the reminder gives that day one, then by priority, then the older first.
// It is worked out anew from the columns whenever it is asked for. Called by: ui (task feed), workspace (its JSON).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ports.h"
#include "core/base/working_time.h"
#include "core/objects/records.h"

namespace outpost {

enum class FeedGroup : std::uint8_t { Overdue, Today, Tomorrow, ThisWeek, Later, NoDate };
inline constexpr std::size_t feed_group_count = 6;

struct Feed {
    std::vector<RowIndex> rows;                              // of tasks, group after group
    std::array<std::size_t, feed_group_count + 1> begins{};  // where each group begins; the last: where all end

    std::span<const RowIndex> group(FeedGroup group) const {
        const auto at = static_cast<std::size_t>(group);
        return std::span(rows).subspan(begins[at], begins[at + 1] - begins[at]);
    }
};

// The organization's.
WorkingTime working_time_of(const Records& records);
// first_weekday: 0 Sunday ... 6 Saturday.
FeedGroup feed_group_of(std::optional<Days> due, Days today, int first_weekday);
// The day on which a task lands that is put into the group; nothing for no date. Where a group has several days: the last
// working day of this week, the first one of the next. Overdue has none of its own: yesterday.
std::optional<Days> feed_day_of(FeedGroup group, Days today, int first_weekday, const WorkingTime& working = {});
// `owners`: rows of users, ascending; empty: everybody's.
Feed collect_feed(const Records& records, Clock& clock, Days today, int first_weekday, std::span<const RowIndex> owners);
// Minutes since midnight of the due day, where the reminder stands on it.
std::optional<int> feed_time_of(const Records& records, Clock& clock, RowIndex task);

}  // namespace outpost
