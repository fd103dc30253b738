// The small ports for tests: a clock that stands still unless moved, seeded randomness, a log that is kept.
// Called by: fake_ports.h, edit_fixture.h.
#pragma once

#include <string>

#include "core/base/ports.h"

namespace outpost::testing {

class FakeClock : public Clock {
public:
    Milliseconds instant = 1'795'428'000'000;  // 2026-11-23T10:00:00Z
    int offset_minutes = 0;
    Milliseconds now() override { return instant; }
    int utc_offset_minutes(Milliseconds) override { return offset_minutes; }
    std::string zone() override { return zone_name; }
    std::optional<int> zone_offset_minutes(std::string_view name, Milliseconds at) override {
        if (name == zone_name) return utc_offset_minutes(at);
        return name == "UTC" ? std::optional<int>(0) : std::nullopt;
    }
    std::string zone_name = "UTC";
    std::int64_t ticks_microseconds() override { return ticks_ += tick_microseconds; }
    std::int64_t tick_microseconds = 10;   // that pass between two looks at it
    void advance_milliseconds(std::int64_t milliseconds) { ticks_ += milliseconds * 1000; }

private:
    std::int64_t ticks_ = 0;
};

// Central European time, by the Union's rule: summer time from the last Sunday of March to that of October, 01:00 UTC.
class EuropeanClock : public FakeClock {
public:
    EuropeanClock() { zone_name = "Europe/Berlin"; }
    int utc_offset_minutes(Milliseconds instant) override {
        const int year = to_civil(day_of_instant(instant, 0)).year;
        const auto change = [&](int month) {
            const Days last = to_days({year, month, 31});
            return (last - weekday(last)) * milliseconds_per_day + 3'600'000;
        };
        return instant >= change(3) && instant < change(10) ? 120 : 60;
    }
};

class FakeRandom : public Random {
public:
    explicit FakeRandom(std::uint64_t seed = 1) : state_(seed) {}
    std::uint64_t next() override {  // splitmix64
        std::uint64_t z = (state_ += 0x9E37'79B9'7F4A'7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t end) { return end == 0 ? 0 : next() % end; }

private:
    std::uint64_t state_;
};

class FakeLog : public Log {
public:
    std::string text;
    void write(std::string_view line) override { (text += line) += '\n'; }
};

}  // namespace outpost::testing
