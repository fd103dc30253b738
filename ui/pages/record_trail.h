// Record trail: the list or board that a record was opened from, in its order: previous and next record, and the way back.
// Invariant: the order is that of the moment when the list was left, so that an edit does not move the person elsewhere;
// after a reload it is asked for anew by the list's address. Called by: list, board and record pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

// By the page that is left for one of its records.
void remember_trail(Context& context, std::string address, ObjectIndex object, std::vector<RowIndex> rows);

struct TrailPlace {
    std::size_t position = 0, count = 0;     // from 0
    RecordRef previous, next;                // none at the ends
    std::string address;                     // of the list
};
std::optional<TrailPlace> find_trail_place(Context& context, RecordRef record);

// The record of that list that was looked at last; no_row when it is another list.
RowIndex last_seen_of(const Context& context, ObjectIndex object);

// The rows that a list's address stands for, in its order.
std::vector<RowIndex> rows_of_address(Context& context, const Object& object, const Route& route);
std::string default_sort_of(Context& context, const Object& object);

}  // namespace outpost
