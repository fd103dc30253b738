#include "core/objects/labels.h"

#include <algorithm>

namespace outpost {

namespace {

std::string field_key(const Messages& messages, const Object& object, const Field& field) {
    std::string own = "label." + object.name + "." + field.name;
    if (messages.has(own)) return own;
    std::string shared = "label.field." + field.name;
    return messages.has(shared) ? shared : std::string();
}

}  // namespace

std::string object_label(const Messages& messages, const Object& object, LabelForm form) {
    const bool plural = form == LabelForm::Plural;
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
    return field.label;
}

std::string value_label(const Messages& messages, const Field& field, std::string_view value) {
    const auto listed = std::find_if(field.values.begin(), field.values.end(),
                                     [&](const PicklistValue& entry) { return entry.value == value; });
    if (listed != field.values.end() && field.standard) {
        const std::string key = "label.value." + std::string(value);
        const bool own_label = !listed->label.empty() && listed->label != Messages(Language::English).text(key);
        if (!own_label && messages.has(key)) return std::string(messages.text(key));
    }
    if (listed != field.values.end() && !listed->label.empty()) return listed->label;
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
