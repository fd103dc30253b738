// Group pages: the journal's groups and their history read from the newest back, page by page, until the reader has what
// it wants. Called by: record_history, workspace (forecast_history).
#pragma once

#include <functional>

#include "core/store/database.h"

namespace outpost {

// Called for each page with the sequence that it was asked from; gives the newest sequence still wanted, 0 for no more.
// It owns what it gathers and tells its caller before it gives 0.
using TakeGroupPage = std::function<Sequence(Result<GroupHistory> page, Sequence first)>;

// Both ends among them; nothing when newest is 0. Groups of more bytes than entry_bytes_max are left out, and counted.
struct GroupRange {
    Sequence oldest = 1, newest = 0;
    std::size_t entry_bytes_max = SIZE_MAX;
};

// `database` must outlive the reading.
void read_group_pages(Database& database, GroupRange range, TakeGroupPage take);

}  // namespace outpost
