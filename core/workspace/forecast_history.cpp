#include "core/workspace/forecast_history.h"

namespace outpost {
namespace {

constexpr Sequence page_sequences = 256;

struct Reading {
    Database& database;
    std::function<void(Result<ForecastHistory>)> done;
    Sequence last;                       // all after it are taken back
    ForecastHistory out;
    bool in_call = false, answered = false, over = false;

    void finish(bool known) {
        over = true;
        if (!known) out.opportunities.reset();
        done(std::move(out));
    }
    void take(Result<GroupHistory> page, Sequence first) {
        if (!page) {
            over = true;
            return done(std::unexpected(std::move(page).error()));
        }
        for (auto group = page->groups.rbegin(); group != page->groups.rend(); ++group) {
            if (group->sequence != last) return finish(false);
            if (group->time < out.instant) return finish(true);
            out.opportunities->take_back(*group);
            out.begins = group->time;
            last = group->sequence - 1;
        }
        if (last >= first || last == 0) finish(false);
    }
};

// Page by page; a storage that answers at once is asked in a loop, not from within its own answers.
void read_on(const std::shared_ptr<Reading>& reading) {
    while (!reading->over) {
        const Sequence first = reading->last > page_sequences ? reading->last - page_sequences + 1 : 1;
        reading->in_call = true;
        reading->answered = false;
        reading->database.load_groups(first, reading->last, [reading, first](Result<GroupHistory> page) {
            reading->take(std::move(page), first);
            reading->answered = true;
            if (!reading->in_call) read_on(reading);
        });
        reading->in_call = false;
        if (!reading->answered) return;
    }
}

}  // namespace

void load_forecast_history(Database& database, const Records& records, Sequence newest, Milliseconds instant,
                           std::function<void(Result<ForecastHistory>)> done) {
    auto reading = std::make_shared<Reading>(Reading{database, std::move(done), newest, {}});
    reading->out.instant = instant;
    reading->out.opportunities = std::make_unique<OpportunitiesBefore>(records);
    if (newest == 0) return reading->finish(false);
    read_on(reading);
}

}  // namespace outpost
