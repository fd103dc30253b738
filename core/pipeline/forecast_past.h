// OpportunitiesBefore: the opportunities as they were at an earlier instant, as far as a forecast looks at them: a copy of
// the present columns from which the journal's groups are taken back, the newest first.
// Invariant: once every group since an instant was taken back it equals what the records were then; later edits of the
// records change nothing in it. Called by: workspace (loads the history), ui's forecast page through it.
#pragma once

#include "core/edit/change.h"
#include "core/pipeline/forecast.h"

namespace outpost {

class OpportunitiesBefore {
public:
    explicit OpportunitiesBefore(const Records& records);
    void take_back(const ChangeGroup& group);
    ForecastSource source() const;

private:
    void take_back_change(const Change& change);

    std::vector<RowState> states_;
    Column owners_, close_dates_, categories_, amounts_;
    std::uint8_t scale_;
};

}  // namespace outpost
