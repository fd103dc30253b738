// The builder of standard objects: how objects/standard*.cpp say what an object is made of.
// Called by: objects/standard, objects/standard_setup.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/objects/standard.h"

namespace outpost {

// Builds one standard object; every add_* gives the field for further settings.
class StandardObjectBuilder {
public:
    StandardObjectBuilder(ObjectIndex index, const char* name, const char* icon);

    Field& add(FieldIndex index, const char* name, FieldType type, std::uint32_t length = 255);
    Field& add_number(FieldIndex index, const char* name, FieldType type, std::uint8_t precision, std::uint8_t scale) {
        Field& field = add(index, name, type, 0);
        field.precision = precision;
        field.scale = scale;
        return field;
    }
    Field& add_picklist(FieldIndex index, const char* name, std::vector<PicklistValue> values) {
        Field& field = add(index, name, FieldType::Picklist);
        field.values = std::move(values);
        return field;
    }
    Field& add_lookup(FieldIndex index, const char* name, std::vector<ObjectIndex> targets, const char* relationship,
                      const char* children, FieldType type = FieldType::Lookup) {
        Field& field = add(index, name, type, 18);
        field.reference_to = std::move(targets);
        field.relationship_name = relationship;
        field.child_relationship_name = children;
        return field;
    }
    void add_name(std::uint32_t length, const char* name = "Name") {
        Field& field = add(system_field::name, name, FieldType::Text, length);
        field.name_field = true;
        field.required = true;
    }
    void add_person_name() {
        Field& field = add(system_field::name, "Name", FieldType::Text, 121);
        field.name_field = true;
        field.calculated = true;
    }
    void add_owner(std::vector<ObjectIndex> owners = {standard_object::user}) { add_lookup(system_field::owner, "OwnerId", std::move(owners), "Owner", ""); }
    // Components first_index.. (street, city, state, postal code, country) and the compound after them.
    void add_address(FieldIndex first_index, const std::string& prefix);
    Object& object() { return object_; }

private:
    void add_system();

    Object object_;
};

// Those that say how the work is set up (queues, routing, rules, list views, segments) rather than what is sold to whom.
std::vector<Object> make_setup_objects();

}  // namespace outpost
