// Opportunity activity: when something was last done about an opportunity, and whether a next step is planned, to mark
// those that are stalled: open, nothing done for some days, nothing planned.
// Done are completed tasks, events that have begun, the last stage move and the opportunity's creation; planned are open
// tasks that are not overdue and events to come. Days end by UTC.
// Called by: ui (board, record page).
#pragma once

#include <cstdint>
#include <vector>

#include "core/objects/records.h"

namespace outpost {

inline constexpr std::int32_t stalled_after_days = 30;   // unless the organization says another number

// Whether an open opportunity has the organization's amount of a big one.
bool is_big(const Records& records, RowIndex opportunity);

struct OpportunityPulse {
    bool open = false, planned = false;
    Milliseconds done = 0;
    std::int32_t stalled_after = stalled_after_days;

    // Whole days since anything was done; -1 for a closed or deleted opportunity.
    std::int32_t quiet_days(Milliseconds now) const;
    bool is_stalled(Milliseconds now) const { return quiet_days(now) >= stalled_after && !planned; }
};

// Of one opportunity, by what points to it.
OpportunityPulse opportunity_pulse(const Records& records, RowIndex opportunity, Milliseconds now);

// Of all of them, gathered in one pass over tasks and events.
// Invariant: gathered again only when they or the opportunities changed, or the hour; the same as opportunity_pulse().
class OpportunityActivity {
public:
    bool refresh(const Records& records, Milliseconds now);   // whether it was gathered again
    std::int32_t quiet_days(RowIndex opportunity) const { return opportunity < pulses_.size() ? pulses_[opportunity].quiet_days(now_) : -1; }
    bool is_stalled(RowIndex opportunity) const { return opportunity < pulses_.size() && pulses_[opportunity].is_stalled(now_); }

private:
    std::vector<OpportunityPulse> pulses_;   // by row
    Milliseconds now_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace outpost
