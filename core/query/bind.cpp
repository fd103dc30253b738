#include "core/query/bind.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/soql_words.h"

namespace outpost::soql {

namespace {

constexpr std::size_t lookups_max = 5;  // as in Salesforce: child-to-parent, five levels

std::string index_path_text(const FieldPath& path, ObjectIndex object, const Schema& schema) {
    std::string text;
    for (const FieldIndex lookup : path.lookups) {
        const Field& field = schema.object(object).field(lookup);
        text += field.relationship_name + ".";
        if (!field.reference_to.empty()) object = field.reference_to.front();
    }
    return text + (path.field == object_name_field ? "Type" : schema.object(object).field(path.field).name);
}

// Names that integrations ask Salesforce for, of what has another one here. They can be read, and answers keep them.
const Field* find_field_or_synonym(const Object& object, std::string_view name) {
    if (const Field* field = object.find_field(name)) return field;
    struct Synonym { ObjectIndex object; std::string_view name; FieldIndex field; };
    static constexpr Synonym synonyms[] = {{no_object, "SystemModstamp", system_field::last_modified_date},
                                           {standard_object::opportunity, "ForecastCategoryName", opportunity_field::forecast_category},
                                           {standard_object::user, "Username", user_field::email}};
    for (const Synonym& one : synonyms) {
        const bool fits = one.object == no_object || one.object == object.index;
        if (fits && object.has_field(one.field) && equals_ignoring_ascii_case(one.name, name)) return &object.field(one.field);
    }
    return nullptr;
}

bool is_group_term(const Term& term, const Query& query) {
    return std::any_of(query.group_by.begin(), query.group_by.end(), [&](const Term& group) { return same_term(term, group); });
}

}  // namespace

std::unexpected<Error> bind_error(ErrorCode code, std::string key, std::vector<std::string> arguments, int position) {
    Error error;
    error.code = code;
    error.message_key = std::move(key);
    error.arguments = std::move(arguments);
    error.position = position;
    return fail(std::move(error));
}

Result<FieldPath> Binder::find_path(std::string_view text, ObjectIndex object, int position) const {
    FieldPath path;
    std::vector<std::string_view> segments = split(text, '.');
    if (segments.size() > 1 && equals_ignoring_ascii_case(segments[0], schema_.object(object).name) &&
        schema_.object(object).find_relationship(segments[0]) == nullptr) {
        segments.erase(segments.begin());  // SELECT Account.Name FROM Account
    }
    if (segments.size() > lookups_max + 1) return bind_error(ErrorCode::MalformedQuery, "error.query_levels", {std::to_string(lookups_max)}, position);
    std::vector<ObjectIndex> targets{object};
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        const Object& now = schema_.object(targets.front());
        const Field* lookup = targets.size() == 1 ? now.find_relationship(segments[i]) : nullptr;
        if (lookup == nullptr) {
            if (targets.size() > 1) return bind_error(ErrorCode::InvalidField, "error.query_polymorphic", {std::string(text)}, position);
            std::vector<std::string_view> names;
            for (const Field& field : now.fields) {
                if (!field.deleted && field.is_lookup()) names.push_back(field.relationship_name);
            }
            Error error = bind_error(ErrorCode::InvalidField, "error.query_no_relationship", {std::string(segments[i]), now.name}, position).error();
            if (std::string near = nearest_word(segments[i], names); !near.empty()) {
                error.message_key = "error.query_relationship_meant";
                error.arguments.push_back(std::move(near));
            }
            error.object = now.name;
            error.field = std::string(segments[i]);
            return fail(std::move(error));
        }
        path.lookups.push_back(lookup->index);
        path.text += lookup->relationship_name + ".";
        targets.clear();
        for (const ObjectIndex target : lookup->reference_to) {
            if (schema_.has_object(target)) targets.push_back(target);
        }
        if (targets.empty()) return bind_error(ErrorCode::InvalidField, "error.query_no_relationship", {std::string(segments[i]), now.name}, position);
    }
    const bool is_type = segments.size() > 1 && equals_ignoring_ascii_case(segments.back(), "Type");
    if (is_type && (targets.size() > 1 || schema_.object(targets.front()).find_field("Type") == nullptr)) {
        path.field = object_name_field;
        path.text += "Type";
        return path;
    }
    for (const ObjectIndex target : targets) {
        const Field* field = find_field_or_synonym(schema_.object(target), segments.back());
        if (field == nullptr) continue;
        path.field = field->index;
        path.text += equals_ignoring_ascii_case(field->name, segments.back()) ? field->name : std::string(segments.back());
        return path;
    }
    const Object& last = schema_.object(targets.front());
    std::vector<std::string_view> names;
    for (const Field& field : last.fields) {
        if (!field.deleted) names.push_back(field.name);
    }
    Error error = bind_error(ErrorCode::InvalidField, "error.query_no_field", {std::string(segments.back()), last.name}, position).error();
    if (std::string near = nearest_word(segments.back(), names); !near.empty()) {
        error.message_key = "error.query_field_meant";
        error.arguments.push_back(std::move(near));
    }
    error.object = last.name;
    error.field = std::string(segments.back());
    return fail(std::move(error));
}

Status Binder::bind_path(FieldPath& path, ObjectIndex object, int position) const {
    if (path.field != no_field) {
        if (path.text.empty()) path.text = index_path_text(path, object, schema_);
        return {};
    }
    OUTPOST_TRY(path, find_path(path.text, object, position));
    return {};
}

Status Binder::bind_term(Term& term, const Query& query) const {
    if (term.count_all) return {};
    OUTPOST_CHECK(bind_path(term.path, query.object, term.position));
    return check_functions(term, query);
}

Status Binder::check_functions(const Term& term, const Query& query) const {
    const ValueKind kind = value_kind(term.path, query.object, schema_);
    const auto refuse = [&](std::string key, std::string_view function) {
        return bind_error(ErrorCode::InvalidField, std::move(key), {std::string(function), term.path.text}, term.position);
    };
    if (term.date_function != DateFunction::None) {
        const bool instant_only = term.date_function == DateFunction::HourInDay;
        if (kind != ValueKind::DateTime && (kind != ValueKind::Date || instant_only)) {
            return refuse(instant_only ? "error.query_needs_date_time" : "error.query_needs_date", to_text(term.date_function));
        }
    }
    if (term.convert_timezone && kind != ValueKind::DateTime) return refuse("error.query_needs_date_time", "convertTimezone");
    switch (term.aggregate) {
        case AggregateFunction::Sum:
        case AggregateFunction::Avg:
            if (kind != ValueKind::Number) return refuse("error.query_needs_number", to_text(term.aggregate));
            break;
        case AggregateFunction::Min:
        case AggregateFunction::Max:
        case AggregateFunction::CountDistinct:
        case AggregateFunction::Count:
            if (kind == ValueKind::Compound) return bind_error(ErrorCode::InvalidField, "error.query_compound", {term.path.text}, term.position);
            break;
        case AggregateFunction::None: break;
    }
    return {};
}

Status Binder::bind(Query& query) {
    if (query.object == no_object || !query.from.empty()) {
        const Object* object = schema_.find_object(query.from);
        if (object == nullptr) {
            std::vector<std::string_view> names;
            for (const ObjectIndex index : schema_.objects()) names.push_back(schema_.object(index).name);
            Error error = bind_error(ErrorCode::InvalidType, "error.query_no_object", {query.from}, query.from_position).error();
            if (std::string near = nearest_word(query.from, names); !near.empty()) {
                error.message_key = "error.query_object_meant";
                error.arguments.push_back(std::move(near));
            }
            error.object = query.from;
            return fail(std::move(error));
        }
        query.object = object->index;
        query.from = object->name;
    }
    return bind_clauses(query);
}

Status Binder::bind_clauses(Query& query) {
    if (!schema_.has_object(query.object)) return bind_error(ErrorCode::InvalidType, "error.query_no_object", {query.from}, query.from_position);
    if (query.from.empty()) query.from = schema_.object(query.object).name;
    OUTPOST_CHECK(bind_select(query));
    for (Term& term : query.group_by) {
        OUTPOST_CHECK(bind_term(term, query));
        const ValueKind kind = value_kind(term, query.object, schema_);
        if (kind == ValueKind::Compound) return bind_error(ErrorCode::InvalidField, "error.query_compound", {term.path.text}, term.position);
    }
    if (query.where) OUTPOST_CHECK(bind_condition(*query.where, query, false));
    if (query.having) OUTPOST_CHECK(bind_condition(*query.having, query, true));
    OUTPOST_CHECK(bind_order(query));
    return check_groups(query);
}

Status Binder::bind_fields_function(Query& query) {
    if (!query.group_by.empty()) return bind_error(ErrorCode::MalformedQuery, "error.query_fields_grouped", {}, query.from_position);
    for (const Field& field : schema_.object(query.object).fields) {
        const bool wanted = query.select_fields_all || (field.standard ? query.select_fields_standard : query.select_fields_custom);
        if (field.deleted || !wanted) continue;
        const bool there = std::any_of(query.select.begin(), query.select.end(), [&](const SelectTerm& select) {
            return !select.subquery && equals_ignoring_ascii_case(select.term.path.text, field.name);
        });
        if (there) continue;
        SelectTerm select;
        select.term.path.field = field.index;
        select.term.path.text = field.name;
        query.select.push_back(std::move(select));
    }
    query.select_fields_all = query.select_fields_standard = query.select_fields_custom = false;
    return {};
}

Status Binder::bind_select(Query& query) {
    if (query.select_fields_all || query.select_fields_standard || query.select_fields_custom) OUTPOST_CHECK(bind_fields_function(query));
    for (SelectTerm& select : query.select) {
        if (select.subquery) {
            OUTPOST_CHECK(bind_subquery(*select.subquery, query.object, select.term.position));
            continue;
        }
        if (select.for_types) {
            OUTPOST_CHECK(bind_typeof(select, query.object));
            continue;
        }
        OUTPOST_CHECK(bind_term(select.term, query));
        if (select.term.count_all && query.select.size() == 1 && !query.group_by.empty() && select.term.alias.empty()) {
            return bind_error(ErrorCode::MalformedQuery, "error.query_count_grouped", {}, select.term.position);
        }
        if (select.term.grouping && query.group_by.empty()) return bind_error(ErrorCode::MalformedQuery, "error.query_grouping", {}, select.term.position);
    }
    return check_names(query);
}

namespace {

// Where an answer has a select term's value: "Account.Name", "Contacts", or an alias in place of the last part.
std::string place_of(const SelectTerm& select) {
    const Term& term = select.term;
    if (select.subquery) return select.subquery->from;
    if (term.alias.empty()) return term.path.text;
    return term.path.text.substr(0, term.path.text.size() - last_segment(term.path.text).size()) + term.alias;
}

int alias_position(const Term& term) { return term.alias_position >= 0 ? term.alias_position : term.position; }

bool is_within(std::string_view place, std::string_view parent) {
    return place.size() > parent.size() && place[parent.size()] == '.' && equals_ignoring_ascii_case(place.substr(0, parent.size()), parent);
}

}  // namespace

// A name of its own has a function or a total; without a comma between them, the second of two fields would become one.
Status Binder::check_names(const Query& query) const {
    const bool groups = is_aggregate(query);
    std::vector<std::string> places;
    for (const SelectTerm& select : query.select) {
        const Term& term = select.term;
        const bool is_plain = !term.format && !term.to_label && !term.convert_timezone && !term.is_converted && term.date_function == DateFunction::None;
        if (is_plain && !groups && term.alias_position >= 0) return bind_error(ErrorCode::MalformedQuery, "error.query_comma", {term.path.text, term.alias}, term.alias_position);
        places.push_back(groups ? term.alias : place_of(select));
    }
    for (std::size_t i = 1; i < places.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) {
            const SelectTerm &one = query.select[k], &two = query.select[i];
            const bool is_in_one = is_within(places[i], places[k]);
            if (!groups && (is_in_one || is_within(places[k], places[i])))
                return bind_error(ErrorCode::MalformedQuery, "error.query_alias_taken", {places[is_in_one ? k : i]}, alias_position(is_in_one ? one.term : two.term));
            if (places[i].empty() || !equals_ignoring_ascii_case(places[i], places[k])) continue;
            if (groups || one.subquery || two.subquery) {
                const bool children = one.subquery && two.subquery;
                return bind_error(ErrorCode::MalformedQuery, children ? "error.query_child_twice" : "error.query_alias_taken", {places[i]}, alias_position(two.subquery && !children ? one.term : two.term));
            }
            if (one.for_types || two.for_types) continue;
            const bool is_same = same_term(one.term, two.term) && one.term.format == two.term.format && one.term.to_label == two.term.to_label &&
                                 one.term.convert_timezone == two.term.convert_timezone;
            if (!is_same) return bind_error(ErrorCode::MalformedQuery, "error.query_same_name", {places[i]}, two.term.position);
        }
    return {};
}

// The path begins with the relationship; what follows is looked for in the object that WHEN names.
Status Binder::bind_typeof(SelectTerm& select, ObjectIndex object) const {
    FieldPath& path = select.term.path;
    ForTypes& types = *select.for_types;
    if (path.field != no_field) return {};
    const std::size_t dot = path.text.find('.');
    const Field* lookup = schema_.object(object).find_relationship(std::string_view(path.text).substr(0, dot));
    if (lookup == nullptr) {
        OUTPOST_TRY(path, find_path(path.text, object, select.term.position));  // says what is wrong with it
        return bind_error(ErrorCode::InvalidField, "error.query_no_relationship", {path.text.substr(0, dot), schema_.object(object).name}, select.term.position);
    }
    std::string objects;
    for (const ObjectIndex target : lookup->reference_to) {
        if (!schema_.has_object(target)) continue;
        const std::string& name = schema_.object(target).name;
        objects += (objects.empty() ? "" : ", ") + name;
        const bool named = std::any_of(types.names.begin(), types.names.end(), [&](const std::string& one) { return equals_ignoring_ascii_case(one, name); });
        if (named != types.others) types.objects.push_back(target);
    }
    if (!types.others && types.objects.empty())
        return bind_error(ErrorCode::InvalidField, "error.query_typeof", {lookup->relationship_name, objects, types.names[0]}, types.position);
    FieldPath rest;
    if (types.others) {
        OUTPOST_TRY(rest, find_path(path.text, object, select.term.position));
        path = std::move(rest);
        return {};
    }
    OUTPOST_TRY(rest, find_path(path.text.substr(dot + 1), types.objects[0], select.term.position));
    rest.lookups.insert(rest.lookups.begin(), lookup->index);
    rest.text = lookup->relationship_name + "." + rest.text;
    path = std::move(rest);
    return {};
}

Status Binder::bind_subquery(Query& child, ObjectIndex parent, int position) {
    std::vector<std::string_view> names;
    const Schema::ChildRelationship* found = nullptr;
    const std::vector<Schema::ChildRelationship> relationships = schema_.children_of(parent);
    for (const Schema::ChildRelationship& relationship : relationships) {
        const std::string& name = schema_.object(relationship.object).field(relationship.field).child_relationship_name;
        if (name.empty()) continue;
        names.push_back(name);
        if (equals_ignoring_ascii_case(name, child.from)) found = &relationship;
    }
    if (found == nullptr) {
        Error error = bind_error(ErrorCode::InvalidType, "error.query_no_child", {child.from, schema_.object(parent).name}, child.from_position).error();
        if (std::string near = nearest_word(child.from, names); !near.empty()) {
            error.message_key = "error.query_child_meant";
            error.arguments.push_back(std::move(near));
        }
        return fail(std::move(error));
    }
    child.object = found->object;
    child.child_lookup = found->field;
    child.from = schema_.object(found->object).field(found->field).child_relationship_name;
    if (is_aggregate(child)) return bind_error(ErrorCode::MalformedQuery, "error.query_child_aggregate", {}, position);
    return bind_clauses(child);
}

Status Binder::bind_order(Query& query) {
    for (OrderTerm& order : query.order_by) {
        Term& term = order.term;
        const bool plain = term.aggregate == AggregateFunction::None && term.date_function == DateFunction::None && term.path.field == no_field;
        for (const SelectTerm& select : query.select) {
            if (!plain || select.subquery || select.term.alias.empty() || !equals_ignoring_ascii_case(select.term.alias, term.path.text)) continue;
            const int position = term.position;
            term = select.term;
            term.position = position;
            break;
        }
        OUTPOST_CHECK(bind_term(term, query));
        if (value_kind(term, query.object, schema_) == ValueKind::Compound) {
            return bind_error(ErrorCode::InvalidField, "error.query_compound", {term.path.text}, term.position);
        }
        if (!is_aggregate(query) && term.aggregate != AggregateFunction::None) {
            return bind_error(ErrorCode::MalformedQuery, "error.query_order_aggregate", {term_text(term)}, term.position);
        }
    }
    return {};
}

Status Binder::check_groups(const Query& query) const {
    if (!is_aggregate(query)) return {};
    const auto check = [&](const Term& term) -> Status {
        if (term.aggregate != AggregateFunction::None) return {};
        if (term.grouping) {
            Term plain = term;
            plain.grouping = false;
            if (is_group_term(plain, query)) return {};
        } else if (is_group_term(term, query)) {
            return {};
        }
        return bind_error(ErrorCode::MalformedQuery, "error.query_not_grouped", {term_text(term)}, term.position);
    };
    for (const SelectTerm& select : query.select) {
        if (select.subquery) return bind_error(ErrorCode::MalformedQuery, "error.query_child_grouped", {}, select.term.position);
        if (select.for_types) return bind_error(ErrorCode::MalformedQuery, "error.query_not_grouped", {"TYPEOF"}, select.term.position);
        OUTPOST_CHECK(check(select.term));
    }
    for (const OrderTerm& order : query.order_by) OUTPOST_CHECK(check(order.term));
    return {};
}

}  // namespace outpost::soql

namespace outpost {

Status bind(Query& query, const Records& records) { return soql::Binder(records).bind(query); }

Result<FieldPath> find_path(std::string_view text, ObjectIndex object, const Records& records) {
    return soql::Binder(records).find_path(text, object, -1);
}

bool is_aggregate(const Query& query) {
    if (!query.group_by.empty()) return true;
    for (const SelectTerm& select : query.select) {
        if (!select.subquery && select.term.aggregate != AggregateFunction::None) return true;
    }
    return false;
}

}  // namespace outpost
