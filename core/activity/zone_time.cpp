#include "core/activity/zone_time.h"

namespace outpost {

ZoneTime::ZoneTime(Clock& clock, std::string_view zone) : clock_(clock) {
    if (!zone.empty() && zone != clock.zone() && clock.zone_offset_minutes(zone, 0)) zone_ = zone;
}

Milliseconds ZoneTime::offset(Milliseconds instant) const {
    const int minutes = zone_.empty() ? clock_.utc_offset_minutes(instant) : clock_.zone_offset_minutes(zone_, instant).value_or(0);
    return Milliseconds{minutes} * 60'000;
}

WallTime ZoneTime::wall(Milliseconds instant) const {
    const Milliseconds local = instant + offset(instant);
    const Days day = day_of_instant(local, 0);
    return {day, local - day * milliseconds_per_day};
}

Milliseconds ZoneTime::instant(WallTime wall) const {
    const Milliseconds local = wall.day * milliseconds_per_day + wall.since_midnight;
    const Milliseconds before = offset(local - milliseconds_per_day), after = offset(local + milliseconds_per_day);
    if (before == after || offset(local - before) == before) return local - before;
    return offset(local - after) == after ? local - after : local - before;
}

}  // namespace outpost
