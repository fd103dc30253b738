#include "core/store/group_pages.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace outpost {

namespace {

constexpr Sequence page_sequences = 256;

struct Reading {
    Database& database;
    TakeGroupPage take;
    Sequence oldest, last;
    std::size_t entry_bytes_max;
    bool in_call = false, answered = false;
};

// A storage that answers at once is asked in a loop, not from within its own answers.
void read_on(const std::shared_ptr<Reading>& reading) {
    while (reading->last >= reading->oldest) {
        const Sequence first = std::max(reading->oldest, reading->last > page_sequences ? reading->last - page_sequences + 1 : 1);
        reading->in_call = true;
        reading->answered = false;
        reading->database.load_groups(first, reading->last, [reading, first](Result<GroupHistory> page) {
            reading->last = reading->take(std::move(page), first);
            reading->answered = true;
            if (!reading->in_call) read_on(reading);
        }, reading->entry_bytes_max);
        reading->in_call = false;
        if (!reading->answered) return;
    }
}

}  // namespace

void read_group_pages(Database& database, GroupRange range, TakeGroupPage take) {
    read_on(std::make_shared<Reading>(Reading{database, std::move(take), std::max<Sequence>(range.oldest, 1), range.newest, range.entry_bytes_max}));
}

}  // namespace outpost
