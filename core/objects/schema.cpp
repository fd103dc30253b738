#include "core/objects/schema.h"

#include <algorithm>

#include "core/base/text.h"

namespace outpost {

const Object* Schema::find_object(std::string_view api_name) const {
    for (const auto& object : objects_)
        if (object && !object->deleted && object->name.size() == api_name.size() &&
            equals_ignoring_ascii_case(object->name, api_name))
            return object.get();
    return nullptr;
}

const Object& Schema::object(ObjectIndex index) const {
    OUTPOST_ASSERT(number(index) < objects_.size() && objects_[number(index)] != nullptr);
    return *objects_[number(index)];
}

bool Schema::has_object(ObjectIndex index) const { return knows_object(index) && !objects_[number(index)]->deleted; }

bool Schema::knows_object(ObjectIndex index) const {
    return number(index) < objects_.size() && objects_[number(index)] != nullptr;
}

std::vector<ObjectIndex> Schema::objects() const {
    std::vector<ObjectIndex> live;
    for (const auto& object : objects_)
        if (object && !object->deleted) live.push_back(object->index);
    return live;
}

std::vector<Schema::ChildRelationship> Schema::children_of(ObjectIndex parent) const {
    std::vector<ChildRelationship> children;
    for (const auto& object : objects_) {
        if (!object || object->deleted) continue;
        for (const Field& field : object->fields)
            if (!field.deleted && field.is_lookup() &&
                std::find(field.reference_to.begin(), field.reference_to.end(), parent) != field.reference_to.end())
                children.push_back({object->index, field.index});
    }
    return children;
}

ObjectIndex Schema::next_custom_object() const {
    return ObjectIndex{static_cast<std::uint16_t>(std::max<std::size_t>(object_first_custom, objects_.size()))};
}

FieldIndex Schema::next_custom_field(ObjectIndex index) const {
    const std::size_t taken = knows_object(index) ? object(index).fields.size() : 0;
    return FieldIndex{static_cast<std::uint16_t>(std::max<std::size_t>(field_first_custom, taken))};
}

void Schema::put_object(Object object) {
    const std::uint16_t at = number(object.index);
    OUTPOST_ASSERT(at != 0 && at < 4096);
    if (at >= objects_.size()) objects_.resize(at + 1u);
    for (std::size_t i = 0; i < object.fields.size(); ++i)
        if (object.fields[i].name.empty()) object.fields[i].deleted = true;
    objects_[at] = std::make_unique<Object>(std::move(object));
    ++revision_;
}

void Schema::put_field(ObjectIndex index, Field field) {
    OUTPOST_ASSERT(knows_object(index) && field.index != no_field);
    std::vector<Field>& fields = objects_[number(index)]->fields;
    const std::uint16_t at = number(field.index);
    while (fields.size() <= at) {
        Field hole;
        hole.index = FieldIndex{static_cast<std::uint16_t>(fields.size())};
        hole.deleted = true;
        fields.push_back(std::move(hole));
    }
    fields[at] = std::move(field);
    ++revision_;
}

void Schema::remove_field(ObjectIndex index, FieldIndex field) {
    Field hole;
    hole.index = field;
    hole.deleted = true;
    put_field(index, std::move(hole));
}

void Schema::remove_object(ObjectIndex index) {
    OUTPOST_ASSERT(knows_object(index));
    objects_[number(index)].reset();
    ++revision_;
}

}  // namespace outpost
