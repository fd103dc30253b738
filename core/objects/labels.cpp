#include "core/objects/labels.h"

namespace outpost {

namespace {

std::string field_key(const Messages& messages, const Object& object, const Field& field) {
    std::string own = "label." + object.name + "." + field.name;
    if (messages.has(own)) return own;
    std::string shared = "label.field." + field.name;
    return messages.has(shared) ? shared : std::string();
}

// "Place Latitude" of a place in another language, unless an admin calls it otherwise.
std::string part_label(const Messages& messages, const Object& object, const Field& field) {
    if (field.standard || field.compound.empty() || messages.language() == Language::English) return {};
    const Field* whole = object.find_field(field.compound);
    const std::size_t end = field.name.rfind("__s"), begin = end == std::string::npos || end == 0 ? end : field.name.rfind("__", end - 1);
    if (!whole || begin == std::string::npos) return {};
    const std::string part = field.name.substr(begin + 2, end - begin - 2), key = "label.field." + part;
    const bool is_usual = field.label == whole->label + " " + (part == "PostalCode" ? "Postal Code" : part);
    return is_usual && messages.has(key) ? whole->label + " " + std::string(messages.text(key)) : std::string();
}

}  // namespace

std::string object_label(const Messages& messages, const Object& object, bool plural) {
    if (object.standard && !object.label_overridden) {
        const std::string key = "label." + object.name + (plural ? ".plural" : "");
        if (messages.has(key)) return std::string(messages.text(key));
    }
    return plural && !object.plural_label.empty() ? object.plural_label : object.label;
}

std::string field_label(const Messages& messages, const Object& object, const Field& field) {
    if (field.standard && !field.label_overridden) {
        const std::string key = field_key(messages, object, field);
        if (!key.empty()) return std::string(messages.text(key));
    }
    if (const std::string part = part_label(messages, object, field); !part.empty()) return part;
    return field.label;
}

std::string value_label(const Messages& messages, const Field& field, const PicklistValue& value) {
    if (field.standard) {
        const std::string key = "label.value." + value.value;
        const bool own_label = !value.label.empty() && value.label != Messages(Language::English).text(key);
        if (!own_label && messages.has(key)) return std::string(messages.text(key));
        // "Prospecting (Partners)", a copy.
        const std::size_t ending = value.value.ends_with(')') ? value.value.rfind(" (") : std::string::npos;
        const std::string base = "label.value." + value.value.substr(0, ending);
        if (value.label.empty() && ending != std::string::npos && messages.has(base)) return std::string(messages.text(base)) + value.value.substr(ending);
    }
    return value.label.empty() ? value.value : value.label;
}

std::string value_label_within(const Messages& messages, const Object& object, const Field& field, const PicklistValue& value) {
    std::string label = value_label(messages, field, value);
    if (value.valid_for.size() != 1 || !object.has_field(field.controller)) return label;
    const Field& controller = object.field(field.controller);
    const std::size_t code = value.valid_for[0];
    if (code == 0 || code > controller.values.size()) return label;
    const std::string ending = " (" + value_label(messages, controller, controller.values[code - 1]) + ")";
    if (label.size() > ending.size() && label.ends_with(ending)) label.resize(label.size() - ending.size());
    return label;
}

std::string value_label(const Messages& messages, const Field& field, std::string_view value) {
    for (const PicklistValue& listed : field.values)
        if (listed.value == value) return value_label(messages, field, listed);
    return std::string(value);
}

std::string field_argument(const Object& object, const Field& field) {
    if (field.standard && !field.label_overridden) {
        std::string key = field_key(Messages(Language::English), object, field);
        if (!key.empty()) return key;
    }
    return field.label.empty() ? field.name : field.label;
}

std::string object_argument(const Object& object) {
    if (object.standard && !object.label_overridden) {
        std::string key = "label." + object.name;
        if (Messages(Language::English).has(key)) return key;
    }
    return object.label.empty() ? object.name : object.label;
}

}  // namespace outpost
