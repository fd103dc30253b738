// What a bound FieldPath ends at, and what kind of thing its values are.
// Invariant: valid for one schema revision. Called by: bind, filters, sorting, groups and answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/query/query.h"

namespace outpost {

struct PathEnd {
    ObjectIndex object = no_object;    // that holds the field; of several targets the first that has it
    const Field* field = nullptr;      // null for object_name_field
    bool polymorphic = false;          // the last lookup points to one of several objects
};
PathEnd end_of_path(const FieldPath& path, ObjectIndex from, const Schema& schema);

enum class ValueKind : std::uint8_t { Id, Text, Number, Flag, Date, DateTime, Picklist, Multiselect, AutoNumber, ObjectName, Compound, None };
ValueKind value_kind(const Field& field);
ValueKind value_kind(const FieldPath& path, ObjectIndex from, const Schema& schema);
ValueKind value_kind(const Term& term, ObjectIndex from, const Schema& schema);  // after its functions

bool same_path(const FieldPath& a, const FieldPath& b);
bool same_term(const Term& a, const Term& b);   // aliases and positions apart
std::string term_text(const Term& term);        // "SUM(Amount)", for messages
std::string_view last_segment(std::string_view path_text);
// What Owner.Type, What.Type say of a record of that object: its API name; of a queue "Queue", as Salesforce does.
std::string_view type_text(const Object& object);
// toLabel(): the label of a picklist's value, or the labels of several that are joined by ';'.
std::string labels_text(const Field& field, std::string_view values);

}  // namespace outpost
