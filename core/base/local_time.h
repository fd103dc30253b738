// LocalTime: how far the person's local time is ahead of UTC at any instant. The Clock is asked a few times for every
// hundred days and its answers are kept, since in a page each question is a call out of the core.
// Invariant: exact where the offset keeps for a week at least, on quarter hours. Called by: query, activity, transfer.
#pragma once

#include <vector>

#include "core/base/ports.h"

namespace outpost {

class LocalTime {
public:
    explicit LocalTime(Clock& clock) : clock_(&clock) {}   // `clock` must stay

    int offset_minutes(Milliseconds instant) const {
        return instant >= last_.begin && instant < last_.end ? last_.minutes : find(instant);
    }
    // The instant of a time by the clock on the wall. One that a change of clocks leaves out is read by the offset before
    // the change, of one that comes twice the first is meant (RFC 5545, 3.3.5).
    Milliseconds to_utc(Milliseconds wall) const;
    Days day_of(Milliseconds instant) const { return day_of_instant(instant, offset_minutes(instant)); }
    // Forgets what was asked if the Clock now says otherwise: the person is in another zone.
    void check(Milliseconds now) const;

private:
    struct Stretch { Milliseconds begin = 0, end = 0; int minutes = 0; };   // of one offset
    int find(Milliseconds instant) const;
    void ask(Milliseconds instant) const;

    Clock* clock_;
    mutable std::vector<Stretch> known_;   // in order of time, apart from each other
    mutable Stretch last_;                 // the one that was used last
};

}  // namespace outpost
