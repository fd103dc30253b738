#include "core/workspace/forecast_history.h"

#include "core/store/group_pages.h"

namespace outpost {
namespace {

struct Reading {
    std::function<void(Result<ForecastHistory>)> done;
    Sequence last;                       // all after it are taken back
    ForecastHistory out;

    Sequence finish(bool known) {
        if (!known) out.opportunities.reset();
        done(std::move(out));
        return 0;
    }
    Sequence take(Result<GroupHistory> page, Sequence first) {
        if (!page) {
            done(std::unexpected(std::move(page).error()));
            return 0;
        }
        for (auto group = page->groups.rbegin(); group != page->groups.rend(); ++group) {
            if (group->sequence != last) return finish(false);
            if (group->time < out.instant) return finish(true);
            out.opportunities->take_back(*group);
            out.begins = group->time;
            last = group->sequence - 1;
        }
        return last >= first || last == 0 ? finish(false) : last;
    }
};

}  // namespace

void load_forecast_history(Database& database, const Records& records, Sequence newest, Milliseconds instant,
                           std::function<void(Result<ForecastHistory>)> done) {
    auto reading = std::make_shared<Reading>(Reading{std::move(done), newest, {}});
    reading->out.instant = instant;
    reading->out.opportunities = std::make_unique<OpportunitiesBefore>(records);
    if (newest == 0) return static_cast<void>(reading->finish(false));
    read_group_pages(database, {1, newest}, [reading](Result<GroupHistory> page, Sequence first) { return reading->take(std::move(page), first); });
}

}  // namespace outpost
