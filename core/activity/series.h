// Series: recurring events and tasks. One record carries the rule; its occurrences are computed. An occurrence that is
// changed by itself becomes a record of its own that points to the series, whose rule leaves that day out (EXDATE). A
// recurring task stands at its first open occurrence: completing that one makes a completed record and moves it on.
// Invariant: every change is one group, undone at once. Called by: workspace (commands), activity/calendar, ui.
#pragma once

#include <optional>
#include <vector>

#include "core/activity/zone_time.h"
#include "core/base/recurrence.h"
#include "core/edit/editor.h"

namespace outpost {

struct Occurrence {
    Days day = 0;                  // on which it begins, in the series' zone
    Milliseconds start = 0, end = 0;   // of an all-day event: midnights in UTC, the last day's at the end; of tasks the day's
};

struct Series {
    RecordRef record;
    Recurrence rule;
    bool all_day = false;          // and every task
    std::string zone;              // "" the person's own
    WallTime start;
    Milliseconds length = 0;       // from start to end
};

// The day of an all-day event's start or end: midnight in UTC names the day, whatever the zone; any other instant falls
// on its local day.
Days all_day_of(Clock& clock, Milliseconds instant);
// When it begins or ends on that day, at that minute by the clock on the wall, where it is for all day no longer.
Milliseconds timed_of(Clock& clock, Milliseconds instant, int minutes);

// Nothing for a record that doesn't repeat (or whose rule can't be read, or that has no date).
std::optional<Series> read_series(const Records& records, RecordRef record, Clock& clock);
// Occurrences that begin within these days of the series' zone.
std::vector<Occurrence> occurrences(const Series& series, Clock& clock, DayRange days);
std::optional<Occurrence> find_occurrence(const Series& series, Clock& clock, Days day);

// The rule of a series that is to begin on another day, where it names the one day on which it did and so goes along.
std::optional<Recurrence> rule_along(const Recurrence& rule, Days from, Days to);

Result<CommandOutcome> change_occurrence(Transaction& transaction, const ChangeOccurrence& command);
// What CreateRecord, UpdateRecord and UpdateRecords do, with what recurring events and tasks need besides: an event's
// zone is kept with its rule, a rule goes along with its start, a task that is completed goes on to its next occurrence.
Result<CommandOutcome> create_activity(Transaction& transaction, const CreateRecord& command);
Result<CommandOutcome> update_activities(Transaction& transaction, ObjectIndex object, const std::vector<RowIndex>& rows, const std::vector<FieldValue>& fields);

}  // namespace outpost
