// ZoneTime: instants and wall-clock times of one time zone. A time that a change of clocks leaves out is read by the
// offset before the change, one that comes twice is the first (RFC 5545, 3.3.5).
// Called by: activity, ui/pages (calendar).
#pragma once

#include <string>

#include "core/base/ports.h"

namespace outpost {

struct WallTime {
    Days day = 0;
    Milliseconds since_midnight = 0;   // by the clock on the wall
    int minutes() const { return static_cast<int>(since_midnight / 60'000); }
};

class ZoneTime {
public:
    // `zone` "": the person's own. An unknown zone counts as the person's own, too.
    ZoneTime(Clock& clock, std::string_view zone);
    WallTime wall(Milliseconds instant) const;
    Milliseconds instant(WallTime wall) const;
    Milliseconds midnight(Days day) const { return instant({day, 0}); }

private:
    Milliseconds offset(Milliseconds instant) const;
    Clock& clock_;
    std::string zone_;   // "" the person's own
};

}  // namespace outpost
