// Job: long work (import, report, opening) done in slices within the frame's time, with progress, and cancellable.
// Called by: shell (the frame loop), the native shell (run to the end), ui (progress).
#pragma once

#include <cstdint>
#include <string>

#include "core/base/ports.h"
#include "core/base/result.h"

namespace outpost {

class Job {
public:
    virtual ~Job() = default;
    // Works until about `budget_microseconds` are spent. An error ends the job; nothing of it stays.
    virtual Status step(std::int64_t budget_microseconds) = 0;
    virtual bool is_done() const = 0;
    virtual double progress() const = 0;             // 0 to 1
    virtual std::string_view phase_key() const = 0;  // message key of what it is doing now
    // Before it is done: gives up; nothing of it stays.
    virtual void cancel() = 0;
};

// Counts down one slice.
class SliceTimer {
public:
    SliceTimer(Clock& clock, std::int64_t budget_microseconds)
        : clock_(clock), end_(clock.ticks_microseconds() + budget_microseconds) {}
    bool is_over() const { return clock_.ticks_microseconds() >= end_; }

private:
    Clock& clock_;
    std::int64_t end_;
};

}  // namespace outpost
