// Reminders: which of a person's own open tasks and events have fallen due to be reminded of, and when the next one will.
// A record's ReminderDateTime says when; a hidden instant beside it (ReminderHandledDateTime) how far that was seen to: as
// late as the reminder: dismissed; later: snoozed, until then; earlier or none: not yet. So a recurring one keeps its
// reminder, each occurrence its own. Invariant: nothing here changes records. Called by: ui, workspace (their JSON).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/ports.h"
#include "core/edit/command.h"
#include "core/objects/records.h"

namespace outpost {

struct Reminder {
    RecordRef record;
    Milliseconds at = 0;         // when it fell due, a snooze counted in
    Milliseconds planned = 0;    // as the record (or its occurrence) has it
    Milliseconds start = 0;      // of an event or its occurrence
    bool is_task() const;
};

struct Reminders {
    std::vector<Reminder> due;               // at or before now, the oldest first
    std::optional<Milliseconds> next;        // when the next one falls due
};

Reminders collect_reminders(const Records& records, Clock& clock, RecordRef user, Milliseconds now);
Command dismiss_reminders(const Records& records, std::span<const Reminder> reminders);
Command snooze_reminders(const Records& records, std::span<const Reminder> reminders, Milliseconds until);
// Puts tasks on another day, their reminders along, as one command; of a recurring one its present occurrence alone. Rows
// ascending.
Command reschedule_tasks(const Records& records, Clock& clock, const std::vector<RowIndex>& tasks, std::optional<Days> day);

// Of an event's reminders the last that has come: of one that repeats its latest occurrence's.
struct LastReminder {
    Milliseconds planned = null_instant;   // null: none has
    Milliseconds end = 0;                  // of the event or occurrence
    bool open = false;                     // due, or snoozed
};
LastReminder last_reminder(const Records& records, Clock& clock, RecordRef event);

// The reminder of an activity that goes from one time to another stays as far ahead: days by the clock on the wall
// (`by_days`: tasks and all-day events), else milliseconds.
Milliseconds moved_reminder(Clock& clock, Milliseconds reminder, Milliseconds from, Milliseconds to, bool by_days);

}  // namespace outpost
