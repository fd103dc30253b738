// Board query: which records a board's address shows, in which lanes and in which order.
// Invariant: the same address gives the board page its cards and, after a reload, a record its neighbours.
// Called by: board page, list page, record trail.
#pragma once

#include <string_view>
#include <vector>

#include "core/query/query.h"
#include "ui/context.h"

namespace outpost {

// The field that gives an object's lanes: the one of that name, else its own, else its first picklist; no_field: no board.
FieldIndex lane_field_of(const Object& object, std::string_view name = {});
bool gives_lanes(const Field& field);

struct BoardFields {          // which fields a card shows; no_field: none. detail: whose it is, a lookup or a lead's company
    FieldIndex detail = no_field, amount = no_field, date = no_field, owner = no_field;
};
BoardFields board_fields_of(const Object& object);

// Which pipeline a board of stages shows: "pipeline=<value>" of the address, else the default one; 0 where there is no
// choice, or all are shown ("pipeline=all").
std::uint16_t pipeline_of(const Object& object, const Route& route, FieldIndex lane_field);
// The values between which a board's pipeline is chosen; empty where there is no choice.
std::vector<std::uint16_t> pipelines_of(const Object& object, FieldIndex lane_field);

// "stalled=1" of the address: opportunities that nobody works on, alone.
bool shows_only_stalled(const Object& object, const Route& route);

// "q" filters, "owner=me" narrows to one's own, "pipeline" to one way, "where" by a list's condition; earlier dates first.
Query board_query(const Object& object, const Route& route, const Records& records, RecordRef current_user, FieldIndex lane_field);

// The cards, lane by lane from above.
std::vector<RowIndex> rows_of_board(Context& context, const Object& object, const Route& route);

}  // namespace outpost
