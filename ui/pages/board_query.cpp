#include "ui/pages/board_query.h"

#include <algorithm>

#include "core/edit/picklist_rules.h"
#include "core/objects/standard.h"
#include "core/pipeline/board.h"
#include "core/pipeline/opportunity_activity.h"
#include "core/query/criteria.h"
#include "ui/pages/list_query.h"

namespace outpost {

bool gives_lanes(const Field& field) {
    const bool fits = (field.is_picklist() && !field.values.empty()) || field.type == FieldType::Date || (field.index == system_field::owner && field.is_lookup());
    return fits && !field.deleted && !field.hidden && field.writable();
}

FieldIndex lane_field_of(const Object& object, std::string_view name) {
    if (const Field* asked = object.find_field(name); asked && gives_lanes(*asked)) return asked->index;
    if (object.board_field != no_field) return object.board_field;
    const auto first = std::ranges::find_if(object.fields, [](const Field& field) { return field.is_picklist() && gives_lanes(field); });
    return first == object.fields.end() ? no_field : first->index;
}

BoardFields board_fields_of(const Object& object) {
    BoardFields fields;
    for (const Field& field : object.fields) {
        if (field.deleted || field.hidden || field.name.empty()) continue;
        const bool own = number(field.index) >= field_first_standard;
        if (fields.amount == no_field && field.type == FieldType::Currency && own) fields.amount = field.index;
        if (fields.date == no_field && field.type == FieldType::Date && own) fields.date = field.index;
        if (fields.detail == no_field && field.is_lookup() && own) fields.detail = field.index;
    }
    if (object.index == standard_object::lead) fields.detail = lead_field::company;
    if (object.has_field(system_field::owner)) fields.owner = system_field::owner;
    return fields;
}

std::vector<std::uint16_t> pipelines_of(const Object& object, FieldIndex lane_field) {
    if (lane_field == no_field || !dependent_picklist(object, object.field(lane_field))) return {};
    std::vector<std::uint16_t> codes = object.field(object.field(lane_field).controller).codes_in_order(true);
    if (codes.size() < 2) codes.clear();
    return codes;
}

std::uint16_t pipeline_of(const Object& object, const Route& route, FieldIndex lane_field) {
    const std::vector<std::uint16_t> codes = pipelines_of(object, lane_field);
    const std::string_view asked = route.parameter("pipeline");
    if (codes.empty() || asked == "all") return 0;
    const Field& pipelines = object.field(object.field(lane_field).controller);
    const std::uint16_t code = asked.empty() ? pipelines.default_code() : pipelines.find_code(asked);
    return code != 0 ? code : codes.front();
}

bool shows_only_stalled(const Object& object, const Route& route) {
    return object.index == standard_object::opportunity && route.parameter("stalled") == "1";
}

Query board_query(const Object& object, const Route& route, const Records& records, RecordRef current_user, FieldIndex lane_field) {
    Query query;
    query.from = object.name;
    query.object = object.index;
    Condition all;
    if (route.parameter("owner") == "me" && object.has_field(system_field::owner)) {
        Condition owner;
        owner.kind = Condition::Kind::Compare;
        owner.term.path.field = system_field::owner;
        owner.literals.emplace_back().value = current_user;
        all.children.push_back(std::move(owner));
    }
    if (const std::uint16_t code = pipeline_of(object, route, lane_field); code != 0) {
        const Field& pipelines = object.field(object.field(lane_field).controller);
        Condition either;
        either.kind = Condition::Kind::Or;
        const auto add = [&](Value value) {
            Condition is;
            is.kind = Condition::Kind::Compare;
            is.term.path.field = pipelines.index;
            is.literals.emplace_back().value = std::move(value);
            either.children.push_back(std::move(is));
        };
        add(Value(pipelines.values[code - 1u].value));
        if (code == pipelines.default_code()) add(Value());   // those that say none
        all.children.push_back(std::move(either));
    }
    const auto add_flag = [&](FieldIndex field) {
        Condition open;
        open.kind = Condition::Kind::Compare;
        open.term.path.field = field;
        open.literals.emplace_back().value = false;
        all.children.push_back(std::move(open));
    };
    const bool by_plan = lane_field != no_field && !object.field(lane_field).is_picklist();   // by month or owner
    if (by_plan && object.index == standard_object::opportunity) add_flag(opportunity_field::is_closed);   // what is still to come
    if (object.index == standard_object::lead) add_flag(lead_field::is_converted);   // converted leads have left the pipeline
    if (const std::string filter(route.parameter("q")); !filter.empty()) all.children.push_back(text_condition(filter, object, records));
    if (const std::string_view where = route.parameter("where"); !where.empty())
        if (auto given = parse_criteria(where, object.name, records); given && given->where) all.children.push_back(*std::move(given->where));
    if (!all.children.empty()) query.where = std::move(all);
    if (const FieldIndex date = board_fields_of(object).date; date != no_field) {
        OrderTerm by_date;
        by_date.term.path.field = date;
        by_date.nulls_last = true;
        query.order_by.push_back(std::move(by_date));
    }
    return query;
}

std::vector<RowIndex> rows_of_board(Context& context, const Object& object, const Route& route) {
    const FieldIndex lane_field = lane_field_of(object, route.parameter("by"));
    if (lane_field == no_field) return {};
    OpportunityActivity activity;
    const bool only_stalled = shows_only_stalled(object, route);
    if (only_stalled) activity.refresh(context.records(), context.clock().now());
    const auto board = compute_board(board_query(object, route, context.records(), context.workspace().current_user(), lane_field), lane_field, context.records(),
                                     context.workspace().query_context(),
                                     only_stalled ? [&](RowIndex row) { return activity.is_stalled(row); } : std::function<bool(RowIndex)>());
    std::vector<RowIndex> rows;
    if (!board) return rows;
    for (const BoardLane& lane : board->lanes) rows.insert(rows.end(), lane.rows.begin(), lane.rows.end());
    return rows;
}

}  // namespace outpost
