// Schema: all objects and fields of one database. Changed only through edit/apply (SchemaChange).
// Invariant: API names are unique among live objects, and among live fields of an object, ignoring ASCII case.
// Called by: everything; revision() rises at each change.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/objects/field.h"

namespace outpost {

class Schema {
public:
    const Object* find_object(std::string_view api_name) const;   // ignoring case; not deleted
    const Object& object(ObjectIndex index) const;                // must exist (may be deleted)
    bool has_object(ObjectIndex index) const;                     // exists and is not deleted
    bool knows_object(ObjectIndex index) const;                   // exists, deleted or not
    std::vector<ObjectIndex> objects() const;                     // live ones, standard first, in order of number
    // Child relationships: live lookup fields of any object that point to `parent`.
    struct ChildRelationship { ObjectIndex object; FieldIndex field; };
    std::vector<ChildRelationship> children_of(ObjectIndex parent) const;

    std::uint16_t object_limit() const { return static_cast<std::uint16_t>(objects_.size()); }  // numbers below it may exist

    ObjectIndex next_custom_object() const;
    FieldIndex next_custom_field(ObjectIndex object) const;

    // For edit/apply, standard.cpp and the snapshot alone.
    void put_object(Object object);                               // adds or replaces the definition, its fields included
    void put_field(ObjectIndex object, Field field);              // adds or replaces
    void remove_field(ObjectIndex object, FieldIndex field);      // undo of a definition: leaves a hole
    void remove_object(ObjectIndex object);                       // undo of a definition
    std::uint64_t revision() const { return revision_; }

private:
    std::vector<std::unique_ptr<Object>> objects_;  // by number; null where none
    std::uint64_t revision_ = 1;
};

// Definitions as JSON, for the journal, the snapshot and describe. from_json gives INVALID_FIELD and such on bad input.
Json to_json(const Field& field, const Schema& schema);
Json to_json(const Object& object, const Schema& schema);        // with its fields
Result<Field> field_from_json(const Json& json);
Result<Object> object_from_json(const Json& json);
Result<PicklistValue> picklist_value_from_json(const Json& json);  // {value, label, ...}, or just the value as a text
std::string color_to_text(std::uint32_t color);                  // "#rrggbb"
std::optional<std::uint32_t> parse_color(std::string_view text);

}  // namespace outpost
