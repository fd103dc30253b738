#include "core/base/local_time.h"

#include <algorithm>

namespace outpost {

namespace {

constexpr Milliseconds quarter_hour = 15 * 60'000, step = 600 * quarter_hour, block = 16 * step;   // 6.25 and 100 days

}  // namespace

Milliseconds LocalTime::to_utc(Milliseconds wall) const {
    const auto offset = [&](Milliseconds instant) { return Milliseconds{offset_minutes(instant)} * 60'000; };
    const Milliseconds before = offset(wall - milliseconds_per_day), after = offset(wall + milliseconds_per_day);
    if (before == after || offset(wall - before) == before) return wall - before;
    return offset(wall - after) == after ? wall - after : wall - before;
}

void LocalTime::check(Milliseconds now) const {
    if (offset_minutes(now) == clock_->utc_offset_minutes(now)) return;
    known_.clear();
    last_ = {};
}

int LocalTime::find(Milliseconds instant) const {
    const auto behind = [&] { return std::ranges::upper_bound(known_, instant, {}, &Stretch::begin); };
    auto at = behind();
    if (at == known_.begin() || (at - 1)->end <= instant) {
        ask(instant);
        at = behind();
    }
    last_ = *(at - 1);
    return last_.minutes;
}

// The hundred days around the instant, cut where the offset changes.
void LocalTime::ask(Milliseconds instant) const {
    const Milliseconds begin = (instant >= 0 ? instant / block : (instant - block + 1) / block) * block;
    std::vector<Stretch> found{{begin, begin + block, clock_->utc_offset_minutes(begin)}};
    for (Milliseconds from = begin; from < begin + block; from += step) {
        const int after = clock_->utc_offset_minutes(std::min(from + step, begin + block - 1));
        if (after == found.back().minutes) continue;
        Milliseconds before = from, changed = from + step;
        while (changed - before > quarter_hour) {
            const Milliseconds middle = before + (changed - before) / (2 * quarter_hour) * quarter_hour;
            (clock_->utc_offset_minutes(middle) == after ? changed : before) = middle;
        }
        found.back().end = changed;
        if (changed < begin + block) found.push_back({changed, begin + block, after});
    }
    known_.insert(std::ranges::upper_bound(known_, begin, {}, &Stretch::begin), found.begin(), found.end());
}

}  // namespace outpost
