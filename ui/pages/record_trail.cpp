#include "ui/pages/record_trail.h"

#include <algorithm>

#include "ui/pages/board_query.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/list_query.h"

namespace outpost {

namespace {

// After a reload only the address is known.
void rebuild(Context& context, RecordTrail& trail, ObjectIndex object_index) {
    if (!trail.address.empty() || trail.asked) return;
    trail.asked = true;
    const Route route = Route::parse(context.setting("trail"));
    const Object* object = context.schema().find_object(route.segment(1));
    if (!object || object->index != object_index) return;
    trail.address = context.setting("trail");
    trail.object = object->index;
    trail.rows = route.segment(2) == "board" ? rows_of_board(context, *object, route) : rows_of_address(context, *object, route);
}

bool is_live(const Context& context, ObjectIndex object, RowIndex row) { return context.records().table(object).is_live(row); }

}  // namespace

void remember_trail(Context& context, std::string address, ObjectIndex object, std::vector<RowIndex> rows) {
    context.set_setting("trail", address);
    context.trail = {.address = std::move(address), .object = object, .rows = std::move(rows), .asked = true};
}

std::optional<TrailPlace> find_trail_place(Context& context, RecordRef record) {
    RecordTrail& trail = context.trail;
    rebuild(context, trail, record.object);
    if (trail.object != record.object || trail.rows.empty()) return {};
    if (trail.at >= trail.rows.size() || trail.rows[trail.at] != record.row) {
        const auto found = std::find(trail.rows.begin(), trail.rows.end(), record.row);
        if (found == trail.rows.end()) return {};
        trail.at = static_cast<std::size_t>(found - trail.rows.begin());
    }
    trail.seen = record.row;
    TrailPlace place{trail.at, trail.rows.size(), {}, {}, trail.address};
    for (std::size_t at = trail.at; at > 0 && !place.previous; --at)
        if (is_live(context, trail.object, trail.rows[at - 1])) place.previous = {trail.object, trail.rows[at - 1]};
    for (std::size_t at = trail.at + 1; at < trail.rows.size() && !place.next; ++at)
        if (is_live(context, trail.object, trail.rows[at])) place.next = {trail.object, trail.rows[at]};
    return place;
}

RowIndex last_seen_of(const Context& context, ObjectIndex object) {
    const RecordTrail& trail = context.trail;
    return trail.object == object ? trail.seen : no_row;
}

std::string default_sort_of(Context& context, const Object& object) {
    std::string sort = context.setting("list." + object.name + ".sort");
    FieldIndex field = no_field;
    bool descending = false;
    return parse_sort(object, sort, field, descending) ? sort : default_layout(object, context.schema(), context.messages()).sort;
}

std::vector<RowIndex> rows_of_address(Context& context, const Object& object, const Route& route) {
    const ListRequest request = list_request_of(route, object, default_sort_of(context, object));
    const auto query = list_query(request, object, context.records(), context.workspace().current_user());
    if (!query) return {};
    auto selection = context.workspace().select(*query);
    return selection ? std::move(selection->rows) : std::vector<RowIndex>();
}

}  // namespace outpost
