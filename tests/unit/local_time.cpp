// Local time by stretches of one offset, against the clock that they are asked of.
#include <doctest/doctest.h>

#include "core/base/local_time.h"
#include "tests/support/ports.h"

using namespace outpost;
using outpost::testing::EuropeanClock;
using outpost::testing::FakeClock;
using outpost::testing::FakeRandom;

namespace {

constexpr Milliseconds quarter = 15 * 60'000;

// Every offset holds for a week at least, and changes on a quarter hour.
class RestlessClock : public FakeClock {
public:
    explicit RestlessClock(std::uint64_t seed) {
        FakeRandom random(seed);
        for (Milliseconds at = -400 * milliseconds_per_day; at < 400 * milliseconds_per_day; at += 7 * milliseconds_per_day + static_cast<Milliseconds>(random.below(4000)) * quarter)
            changes.push_back({at, static_cast<int>(random.below(100)) * 15 - 720});
    }
    int utc_offset_minutes(Milliseconds instant) override {
        ++asked;
        int minutes = 0;
        for (const auto& [at, offset] : changes)
            if (at <= instant) minutes = offset;
        return minutes;
    }
    std::vector<std::pair<Milliseconds, int>> changes;
    int asked = 0;
};

}  // namespace

TEST_CASE("local time: every quarter hour of years has the clock's own offset, in order and out of it") {
    EuropeanClock clock;
    const LocalTime local_time(clock);
    const Milliseconds begin = *parse_iso_instant("2024-12-31T00:00:00Z"), end = *parse_iso_instant("2027-01-02T00:00:00Z");
    for (Milliseconds at = begin; at < end; at += quarter) REQUIRE(local_time.offset_minutes(at) == clock.utc_offset_minutes(at));
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        RestlessClock restless(seed);
        const LocalTime kept(restless);
        FakeRandom random(seed);
        for (int i = 0; i < 2000; ++i) {
            const auto at = static_cast<Milliseconds>(random.below(800 * milliseconds_per_day)) - 400 * milliseconds_per_day;
            REQUIRE(kept.offset_minutes(at) == restless.utc_offset_minutes(at));
        }
        for (const auto& [at, offset] : restless.changes) {
            CHECK(kept.offset_minutes(at) == offset);
            CHECK(kept.offset_minutes(at - 1) == restless.utc_offset_minutes(at - 1));
        }
    }
    RestlessClock counted(1);
    const LocalTime few(counted);
    for (Milliseconds at = 0; at < 300 * milliseconds_per_day; at += quarter) few.offset_minutes(at);
    CHECK(counted.asked < 700);
}

TEST_CASE("local time: times on the wall that a change of clocks leaves out or brings twice; another zone is noticed") {
    EuropeanClock clock;
    const LocalTime local_time(clock);
    const auto utc = [&](const char* wall) { return instant_to_text(local_time.to_utc(*parse_iso_instant(wall))); };
    CHECK(utc("2026-07-01T00:00:00Z") == "2026-06-30T22:00:00.000Z");
    CHECK(utc("2026-12-01T00:00:00Z") == "2026-11-30T23:00:00.000Z");
    CHECK(utc("2026-03-29T02:30:00Z") == "2026-03-29T01:30:00.000Z");   // there is no such time
    CHECK(utc("2026-10-25T02:30:00Z") == "2026-10-25T00:30:00.000Z");   // there are two
    CHECK(utc("2026-10-25T03:00:00Z") == "2026-10-25T02:00:00.000Z");
    CHECK(local_time.day_of(*parse_iso_instant("2026-08-31T22:30:00Z")) == *parse_iso_date("2026-09-01"));
    FakeClock moved;
    const LocalTime kept(moved);
    CHECK(kept.offset_minutes(moved.instant) == 0);
    moved.offset_minutes = 330;
    kept.check(moved.instant);
    CHECK(kept.offset_minutes(moved.instant) == 330);
    CHECK(kept.offset_minutes(0) == 330);
}
