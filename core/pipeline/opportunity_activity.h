// Opportunity activity: when something was last done about each opportunity, and whether a next step is planned, to mark those
// that are stalled: open, nothing done for some days, nothing planned.
// Done are completed tasks, events that have begun, the last stage move and the opportunity's creation; planned are open
// tasks that are not overdue and events to come.
// Invariant: gathered in one pass over tasks and events, again only when they or the opportunities changed, or the hour.
// Called by: ui (board, record page).
#pragma once

#include <cstdint>
#include <vector>

#include "core/objects/records.h"

namespace outpost {

inline constexpr Days stalled_after_days = 30;

class OpportunityActivity {
public:
    void refresh(const Records& records, Milliseconds now);
    // Whole days from the last thing done to the last refresh; -1 for a closed or deleted opportunity.
    std::int32_t quiet_days(RowIndex opportunity) const;
    bool has_plan(RowIndex opportunity) const;
    bool is_stalled(RowIndex opportunity) const { return quiet_days(opportunity) >= stalled_after_days && !has_plan(opportunity); }

private:
    struct Entry { Milliseconds done = 0; bool planned = false, open = false; };

    Entry* entry_of(const Records& records, ObjectIndex activity, RowIndex row, FieldIndex what);
    void add_tasks(const Records& records);
    void add_events(const Records& records);

    std::vector<Entry> entries_;            // by row of the opportunity
    Milliseconds now_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace outpost
