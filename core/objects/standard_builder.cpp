#include "core/objects/standard_builder.h"

#include "core/base/messages.h"

namespace outpost {

namespace {

// The English label of a standard field: the catalogue's for this very field, else the one shared by its name.
std::string english_label(const std::string& object, const std::string& field) {
    const Messages english(Language::English);
    const std::string own = "label." + object + "." + field;
    return std::string(english.text(english.has(own) ? own : "label.field." + field));
}

}  // namespace

StandardObjectBuilder::StandardObjectBuilder(ObjectIndex index, const char* name, const char* icon) {
    object_.index = index;
    object_.name = name;
    object_.icon = icon;
    object_.standard = true;
    const Messages english(Language::English);
    object_.label = english.text("label." + object_.name);
    object_.plural_label = english.text("label." + object_.name + ".plural");
    add_system();
}

Field& StandardObjectBuilder::add(FieldIndex index, const char* name, FieldType type, std::uint32_t length) {
    while (object_.fields.size() <= number(index)) {
        Field hole;
        hole.index = FieldIndex{static_cast<std::uint16_t>(object_.fields.size())};
        hole.deleted = true;
        object_.fields.push_back(std::move(hole));
    }
    Field& field = object_.fields[number(index)];
    field.deleted = false;
    field.name = name;
    field.label = english_label(object_.name, name);
    field.type = type;
    field.standard = true;
    field.length = length;
    return field;
}

void StandardObjectBuilder::add_address(FieldIndex first_index, const std::string& prefix) {
    const std::string compound = prefix + "Address";
    constexpr std::pair<const char*, std::uint32_t> parts[] = {
        {"Street", 255}, {"City", 40}, {"State", 80}, {"PostalCode", 20}, {"Country", 80}};
    std::uint16_t at = number(first_index);
    for (const auto& [part, length] : parts) {
        Field& field = add(FieldIndex{at++}, (prefix + part).c_str(),
                           std::string_view(part) == "Street" ? FieldType::TextArea : FieldType::Text, length);
        field.compound = compound;
    }
    add(FieldIndex{at}, compound.c_str(), FieldType::Address).calculated = true;
}

void StandardObjectBuilder::add_system() {
    Field& id = add(system_field::id, "Id", FieldType::Id, 18);
    id.system = true;
    Field& deleted = add(system_field::is_deleted, "IsDeleted", FieldType::Checkbox);
    deleted.system = deleted.hidden = true;
    add(system_field::created_date, "CreatedDate", FieldType::DateTime).system = true;
    add_lookup(system_field::created_by, "CreatedById", {standard_object::user}, "CreatedBy", "").system = true;
    add(system_field::last_modified_date, "LastModifiedDate", FieldType::DateTime).system = true;
    add_lookup(system_field::last_modified_by, "LastModifiedById", {standard_object::user}, "LastModifiedBy", "").system = true;
}

}  // namespace outpost
