#include "core/edit/conversion_targets.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

const ObjectIndex conversion_objects[conversion_object_count] = {standard_object::account, standard_object::contact, standard_object::opportunity};

bool can_convert_to(const Field& source, const Field& target) {
    if (!target.writable() || target.deleted || target.name.empty() || source.column_kind() != target.column_kind()) return false;
    if (source.column_kind() == ColumnKind::None) return false;
    if (source.type == FieldType::MultiselectPicklist || target.type == FieldType::MultiselectPicklist) {
        if (source.type != target.type) return false;
        return std::ranges::all_of(source.values, [&](const PicklistValue& value) { return !value.active || !target.restricted || target.find_code(value.value) != 0; });
    }
    if (target.is_lookup()) return source.reference_to == target.reference_to;
    if (target.is_number()) return target.scale >= source.scale && target.precision - target.scale >= source.precision - source.scale;
    return !target.is_text() || source.length <= target.length;
}

const ConversionTarget* conversion_target(const Field& source, ObjectIndex object) {
    const auto found = std::ranges::find(source.converts_to, object, &ConversionTarget::object);
    return found == source.converts_to.end() ? nullptr : &*found;
}

Status take_conversion_targets(const Json& json, Field& field, const Records& records, const std::string& object) {
    const Json* member = json.find("convertsTo");
    if (!member || member->is_null()) return {};
    if (!member->is_object()) return fail(Error{ErrorCode::InvalidArgument, "error.member_wrong", {"convertsTo"}, object, field.name});
    for (const ObjectIndex index : conversion_objects) {
        const Object& target = records.schema().object(index);
        const Json* given = member->find(target.name);
        if (!given) continue;
        std::erase_if(field.converts_to, [&](const ConversionTarget& known) { return known.object == index; });
        if (given->is_null()) continue;
        const std::string_view name = given->is_string() ? trim(given->text()) : std::string_view();
        const Field* into = target.find_field(name);
        if (!given->is_string() || (!name.empty() && !into))
            return fail(Error{ErrorCode::InvalidField, "error.unknown_field", {std::string(name), target.name}, object, field.name});
        field.converts_to.push_back({index, into ? into->index : no_field});
    }
    return {};
}

Status check_conversion_targets(const Records& records, const Object& object, const Field& field) {
    const auto refused = [&](const char* key, std::vector<std::string> arguments) {
        return fail(Error{ErrorCode::InvalidArgument, key, std::move(arguments), object.name, field.name});
    };
    if (!field.converts_to.empty() && object.index != standard_object::lead) return refused("error.converts_to.lead", {});
    for (const ConversionTarget& target : field.converts_to) {
        if (target.field == no_field) continue;
        const Object& into = records.schema().object(target.object);
        if (std::ranges::find(conversion_objects, target.object) == std::end(conversion_objects) || !into.has_field(target.field))
            return refused("error.converts_to.fit", {field_argument(object, field), object_argument(into)});
        const Field& destination = into.field(target.field);
        if (!can_convert_to(field, destination)) return refused("error.converts_to.fit", {field_argument(object, field), field_argument(into, destination)});
        for (const Field& other : object.fields) {
            const ConversionTarget* taken = other.index == field.index || other.deleted ? nullptr : conversion_target(other, target.object);
            if (taken && taken->field == target.field) return refused("error.converts_to.taken", {field_argument(into, destination), field_argument(object, other)});
        }
    }
    return {};
}

}  // namespace outpost
