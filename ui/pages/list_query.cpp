#include "ui/pages/list_query.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/criteria.h"
#include "ui/pages/board_query.h"
#include "ui/pages/criteria_rows.h"
#include "ui/pages/default_layout.h"

namespace outpost {

namespace {

Condition compare(FieldIndex field, Value value) {
    Condition condition;
    condition.kind = Condition::Kind::Compare;
    condition.term.path.field = field;
    condition.literals.emplace_back().value = std::move(value);
    return condition;
}

// The value that one word of the address means for a field.
Value filter_value(const Field& field, const std::string& word, const Records& records) {
    if (word.empty()) return {};
    if (field.type == FieldType::Checkbox) return Value(word == "true" || word == "1");
    if (field.is_lookup() && word == "none") return {};
    if (field.is_lookup()) {
        const std::optional<RecordId> id = parse_record_id(word);
        const std::optional<RecordRef> record = id ? records.find(*id) : std::nullopt;
        return Value(record.value_or(RecordRef{}));
    }
    return Value(word);
}

bool can_filter(const Field& field) {
    return field.is_picklist() || field.is_lookup() || field.type == FieldType::Checkbox || field.is_text() || field.type == FieldType::Date;
}

Condition days_condition(FieldIndex field, const std::string& word) {
    const DayRange days = parse_day_range(word).value_or(DayRange{});
    Condition both;
    both.children.push_back(compare(field, DateValue{days.first}));
    both.children.back().comparison = Comparison::GreaterEqual;
    both.children.push_back(compare(field, DateValue{days.end}));
    both.children.back().comparison = Comparison::Less;
    return both;
}

bool is_searched(const Field& field) { return field.column_kind() == ColumnKind::Text || field.type == FieldType::AutoNumber; }

}  // namespace

Condition text_condition(const std::string& text, const Object& object, const Records& records) {
    Condition condition;
    condition.kind = Condition::Kind::TextContains;
    condition.needle = text;
    for (const Field& field : object.fields) {
        if (field.deleted || field.hidden || field.name.empty()) continue;
        if (field.type == FieldType::LongTextArea) continue;
        if (is_searched(field)) {
            FieldPath path;
            path.field = field.index;
            condition.paths.push_back(std::move(path));
        } else if (field.column_kind() == ColumnKind::Row && !field.system && field.index != system_field::owner) {
            const Object& target = records.schema().object(field.reference_to[0]);
            if (!is_searched(target.field(target.name_field))) continue;
            FieldPath path;
            path.lookups = {field.index};
            path.field = target.name_field;
            condition.paths.push_back(std::move(path));
        }
    }
    return condition;
}

namespace {

Condition field_condition(const FieldFilter& filter, const Field& field, const Records& records) {
    if (field.type == FieldType::MultiselectPicklist) {
        Condition includes = compare(filter.field, Value(filter.values[0]));
        includes.comparison = Comparison::Includes;
        for (std::size_t i = 1; i < filter.values.size(); ++i) includes.literals.emplace_back().value = filter.values[i];
        return includes;
    }
    if (field.type == FieldType::Date) return days_condition(filter.field, filter.values[0]);
    if (filter.values.size() == 1) return compare(filter.field, filter_value(field, filter.values[0], records));
    Condition any;
    any.kind = Condition::Kind::Or;
    for (const std::string& word : filter.values) any.children.push_back(compare(filter.field, filter_value(field, word, records)));
    return any;
}

// A lead may be closed without a conversion.
Condition not_given_up(const Field& status) {
    Condition closed;
    closed.kind = Condition::Kind::Or;
    for (const PicklistValue& value : status.values)
        if (value.closed) closed.children.push_back(compare(status.index, Value(value.value)));
    Condition none;
    none.kind = Condition::Kind::Not;
    none.children.push_back(std::move(closed));
    return none;
}

OrderTerm order_by(const Field& field, bool descending, const Records& records) {
    OrderTerm order;
    order.descending = descending;
    order.nulls_last = true;
    order.term.path.field = field.index;
    if (field.column_kind() == ColumnKind::Row || field.index == system_field::owner) {
        const Object& target = records.schema().object(field.reference_to[0]);
        order.term.path.lookups = {field.index};
        order.term.path.field = target.name_field;
    }
    return order;
}

}  // namespace

const FieldFilter* ListRequest::find(FieldIndex field) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const FieldFilter& filter) { return filter.field == field; });
    return found == fields.end() ? nullptr : &*found;
}

FieldIndex closed_field(const Object& object) {
    const Field* field = object.find_field(object.index == standard_object::lead ? "IsConverted" : "IsClosed");
    return field && field->type == FieldType::Checkbox ? field->index : no_field;
}

bool gives_groups(const Field& field) {
    return !field.deleted && !field.hidden && !field.name.empty() && field.column_kind() != ColumnKind::None &&
           (field.is_picklist() || field.is_lookup() || field.type == FieldType::Checkbox || field.type == FieldType::Date || field.type == FieldType::DateTime);
}

std::vector<FieldIndex> fields_for_groups(const Object& object) {
    std::vector<FieldIndex> fields = listable_fields(object);
    std::erase_if(fields, [&](FieldIndex index) { return !gives_groups(object.field(index)); });
    std::ranges::stable_partition(fields, [&](FieldIndex index) { return index == system_field::owner || !object.field(index).system; });
    return fields;
}

bool has_states(const Object& object) { return object.index == standard_object::event || closed_field(object) != no_field; }

ListState first_state(const Object& object) {
    const ObjectIndex index = object.index;
    const bool worked_on = index == standard_object::event || index == standard_object::lead || index == standard_object::opportunity || index == standard_object::task;
    return worked_on && has_states(object) ? ListState::Open : ListState::All;
}

std::string_view state_key(const Object& object, ListState state) {
    if (state == ListState::All) return "ui.list.state_all";
    if (object.index == standard_object::event) return state == ListState::Open ? "ui.list.state_upcoming" : "ui.list.state_past";
    if (state == ListState::Open) return "ui.list.state_open";
    return object.index == standard_object::lead ? "ui.list.state_converted" : "ui.list.state_closed";
}

bool parse_sort(const Object& object, std::string_view text, FieldIndex& field, bool& descending) {
    const bool minus = text.starts_with('-');
    const Field* found = object.find_field(minus ? text.substr(1) : text);
    if (!found || found->column_kind() == ColumnKind::None) return false;
    field = found->index;
    descending = minus;
    return true;
}

std::optional<DayRange> parse_day_range(std::string_view text) {
    const std::size_t dots = text.find("..");
    const auto first = parse_iso_date(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : parse_iso_date(text.substr(dots + 2));
    if (!first || !last) return std::nullopt;
    return DayRange{*first, *last + 1};
}

std::string sort_text(const Object& object, FieldIndex field, bool descending) {
    if (!object.has_field(field)) return {};
    return (descending ? "-" : "") + object.field(field).name;
}

ListRequest list_request_of(const Route& route, const Object& object, std::string_view default_sort) {
    ListRequest request;
    if (!parse_sort(object, route.parameter("sort"), request.sort, request.descending))
        static_cast<void>(parse_sort(object, default_sort, request.sort, request.descending));
    for (const auto& [name, value] : route.parameters) {
        if (name == "q") request.text = trim(value);
        else if (name == "owner") request.mine = value == "me";
        else if (name == "state") request.state = value == "open" ? ListState::Open : value == "closed" ? ListState::Closed : ListState::All;
        else if (name == "where") request.where = trim(value);
        else if (name == "segment") request.segment = trim(value);
        else if (name == "group") {
            const Field* field = object.find_field(value);
            request.group = field && gives_groups(*field) ? field->index : no_field;
        } else if (name != "sort") {
            const Field* field = object.find_field(name);
            if (!field || !can_filter(*field) || request.find(field->index)) continue;
            FieldFilter filter{field->index, {}};
            for (const std::string_view word : split(value, ';')) filter.values.emplace_back(trim(word));
            if (field->type == FieldType::Date && !parse_day_range(filter.values[0])) continue;
            request.fields.push_back(std::move(filter));
        }
    }
    if (route.parameter("state").empty()) request.state = first_state(object);
    // What is to come begins with the next, what was with the last.
    if (object.index == standard_object::event && route.parameter("sort").empty() && request.sort == event_field::start) request.descending = request.state != ListState::Open;
    return request;
}

void write_request(Route& route, const ListRequest& request, const Object& object) {
    std::erase_if(route.parameters, [&](const auto& parameter) {
        const Field* field = object.find_field(parameter.first);
        return field && can_filter(*field) && !request.find(field->index);
    });
    for (const FieldFilter& filter : request.fields) {
        std::string joined;
        for (std::size_t i = 0; i < filter.values.size(); ++i) joined += (i ? ";" : "") + filter.values[i];
        route.set(object.field(filter.field).name, joined);
    }
    route.set("q", request.text).set("owner", request.mine ? "me" : "").set("where", request.where).set("segment", request.segment);
    route.set("group", request.group == no_field ? std::string_view() : object.field(request.group).name);
    static constexpr std::string_view words[] = {"all", "open", "closed"};
    // Of events always: a saved view without the word is from when they had no states.
    route.set("state", request.state == first_state(object) && object.index != standard_object::event ? std::string_view() : words[static_cast<std::size_t>(request.state)]);
}

std::vector<IndexedField> filtered_texts(const Object& object, const Records& records) {
    std::vector<IndexedField> texts;
    for (const FieldPath& path : text_condition({}, object, records).paths) {
        const ObjectIndex holder = path.lookups.empty() ? object.index : object.field(path.lookups[0]).reference_to[0];
        const auto known = std::ranges::find_if(texts, [&](const IndexedField& each) { return each.object == holder && each.field == path.field; });
        if (known == texts.end()) texts.push_back({.object = holder, .field = path.field, .ranks = path.field == records.schema().object(holder).name_field});
    }
    return texts;
}

namespace {

// The condition and the segment as one condition; "" when there is neither.
std::string whole_condition(const ListRequest& request) {
    if (request.segment.empty()) return request.where;
    // An id has no quotes in it; what is none leads to an empty list, not to another condition.
    const std::string id = parse_record_id(request.segment) ? request.segment : std::string();
    const std::string members = "Id IN (SELECT MemberId FROM SegmentMember WHERE SegmentId = '" + id + "')";
    return request.where.empty() ? members : members + " AND (" + request.where + ")";
}

// What field_condition makes of a filter, as rows of criteria.
void add_rows(const FieldFilter& filter, const Field& field, CriteriaForm& form) {
    using Op = CriteriaOperator;
    const std::vector<std::string>& words = filter.values;
    const auto is_none = [&](const std::string& word) { return word.empty() || (field.is_lookup() && !parse_record_id(word)); };
    std::vector<CriteriaRow> rows;
    const bool days = field.type == FieldType::Date, is_multi = field.type == FieldType::MultiselectPicklist;
    if (days) {
        const DayRange range = parse_day_range(words[0]).value_or(DayRange{});
        rows = {{field.index, Op::GreaterEqual, days_to_text(range.first)}, {field.index, Op::LessEqual, days_to_text(range.end - 1)}};
    } else if (is_multi || (field.is_picklist() && words.size() > 1 && !std::ranges::contains(words, std::string()))) {
        std::string joined;
        for (const std::string& word : words) joined += (joined.empty() ? "" : ";") + word;
        rows = {{field.index, is_multi ? Op::Includes : Op::AnyOf, std::move(joined)}};
    } else if (field.type == FieldType::Checkbox) {
        rows = {{field.index, Op::Equal, words[0] == "true" || words[0] == "1" ? "true" : "false"}};
    } else {
        for (const std::string& word : words) rows.push_back({field.index, is_none(word) ? Op::Empty : Op::Equal, word});
    }
    std::string logic;
    for (CriteriaRow& row : rows) {
        form.rows.push_back(std::move(row));
        logic += (logic.empty() ? "(" : days ? " AND " : " OR ") + std::to_string(form.rows.size());
    }
    form.logic += (form.logic.empty() ? "" : " AND ") + logic + ")";
}

}  // namespace

Route board_route(const ListRequest& request, const Object& object) {
    CriteriaForm form;
    for (const FieldFilter& filter : request.fields) add_rows(filter, object.field(filter.field), form);
    std::string where = criteria_of_form(form, object).value_or("");
    if (const std::string more = whole_condition(request); !more.empty()) where += where.empty() ? more : " AND (" + more + ")";
    Route route = Route::parse(routes::board(object.name)).set("q", request.text).set("owner", request.mine ? "me" : "").set("where", where);
    const FieldIndex lanes = lane_field_of(object), pipelines = lanes == no_field ? no_field : object.field(lanes).controller;
    if (const FieldFilter* asked = pipelines == no_field ? nullptr : request.find(pipelines)) route.set("pipeline", asked->values.size() == 1 && !asked->values[0].empty() ? asked->values[0] : "all");
    return route;
}

std::optional<OrderTerm> group_order(const Field& group, const Records& records) {
    if (!group.is_picklist() && !group.is_lookup() && group.type != FieldType::Checkbox) return std::nullopt;
    return order_by(group, group.type == FieldType::Checkbox, records);
}

Result<Query> list_query(const ListRequest& request, const Object& object, const Records& records, RecordRef user) {
    Query query;
    query.from = object.name;
    query.object = object.index;
    Condition all;
    const FieldIndex closed = closed_field(object);
    if (request.state != ListState::All && closed != no_field) all.children.push_back(compare(closed, request.state == ListState::Closed));
    if (request.state == ListState::Open && object.index == standard_object::lead) all.children.push_back(not_given_up(object.field(lead_field::status)));
    if (request.state != ListState::All && object.index == standard_object::event) {
        OUTPOST_TRY(Query given, parse_criteria(request.state == ListState::Open ? "EndDateTime >= TODAY OR Recurrence2PatternText != null" : "EndDateTime < TODAY AND Recurrence2PatternText = null", object.name, records));
        all.children.push_back(*std::move(given.where));
    }
    if (request.mine && object.has_field(system_field::owner)) all.children.push_back(compare(system_field::owner, user));
    for (const FieldFilter& filter : request.fields) all.children.push_back(field_condition(filter, object.field(filter.field), records));
    if (!request.text.empty()) all.children.push_back(text_condition(request.text, object, records));
    if (const std::string where = whole_condition(request); !where.empty()) {
        OUTPOST_TRY(Query given, parse_criteria(where, object.name, records));
        if (given.where) all.children.push_back(*std::move(given.where));
    }
    if (!all.children.empty()) query.where = std::move(all);
    if (request.group != no_field && object.has_field(request.group))
        if (auto order = group_order(object.field(request.group), records)) query.order_by.push_back(*std::move(order));
    if (request.sort != no_field && object.has_field(request.sort)) query.order_by.push_back(order_by(object.field(request.sort), request.descending, records));
    return query;
}

}  // namespace outpost
