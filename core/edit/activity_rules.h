// ActivityRules: what the times of an event or task must be together, and what goes along with what: an event's end with
// its start, into the recycle bin and out of it with a series what was made of its occurrences. Records that are there are
// looked at only where the columns change them: older data may hold what isn't let in any more.
// Called by: Transaction, Editor, activity (series), transfer (import).
#pragma once

#include "core/edit/editor.h"
#include "core/edit/validate.h"

namespace outpost {

// Where an event ends of which the start alone goes from one instant to another: it takes as long. Each may be null.
Milliseconds moved_end(Milliseconds start_before, Milliseconds start, Milliseconds end_before);
// Tells the sink of events that end before they start, of series that end before they begin. `rows`: the records that the
// columns change; empty: new ones, as for check_together.
void check_event_times(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
void check_series_ends(const Records& records, Clock& clock, ObjectIndex object, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
// As Transaction::set_state. Of events and tasks a series takes along what was made of its occurrences, but tasks that are
// done; what was deleted by itself stays in the recycle bin when its series comes back.
Status set_state_with_series(Transaction& transaction, ObjectIndex object, std::vector<RowIndex> rows, RowState after);

}  // namespace outpost
