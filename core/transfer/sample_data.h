// Sample data: a made-up sales team's accounts, contacts, leads, opportunities, tasks, events and products, from one
// seed. The records are remembered (hidden field of the organization), so that one command takes all of them away
// again, whenever that is. Called by: ui ("Try it with sample data"), shell ("generate"), tests and benchmarks.
#pragma once

#include "core/base/messages.h"
#include "core/edit/editor.h"

namespace outpost {

struct SampleDataOptions {
    std::uint32_t opportunities = 400;  // the other objects follow in a plausible proportion
    std::uint64_t seed = 1;
    Days today = 0;                     // dates are spread around it
    std::int32_t utc_offset_minutes = 0;   // of who tries it: meetings lie within their working day
    Language language = Language::English;   // of subjects, titles, products; in Chinese most companies and people are Chinese
};

// One group, one undo. outcome.record_count is the number of records made.
Result<CommandOutcome> create_sample_data(Editor& editor, const SampleDataOptions& options);
bool has_sample_data(const Records& records);
// Removes what create_sample_data made and is still there; what a person added stays. One group, one undo.
Result<CommandOutcome> remove_sample_data(Editor& editor);

}  // namespace outpost
