// The opportunities as they were at an earlier instant, read out of the journal and its history in pages.
// Invariant: what the history does not tell without a gap from then until now is not known, and is never guessed.
// Called by: workspace (forecast's JSON form), ui's forecast page.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "core/pipeline/forecast_past.h"
#include "core/store/database.h"

namespace outpost {

struct ForecastHistory {
    Milliseconds instant = 0;
    std::optional<Milliseconds> begins;                    // when not known: since when the history is whole; nothing: not even the last edit
    std::unique_ptr<OpportunitiesBefore> opportunities;    // none: not known
};

// Calls back once. `database` and `records` must outlive the call; edits made meanwhile make no difference.
void load_forecast_history(Database& database, const Records& records, Sequence newest, Milliseconds instant,
                           std::function<void(Result<ForecastHistory>)> done);

}  // namespace outpost
