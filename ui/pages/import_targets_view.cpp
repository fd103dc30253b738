#include "ui/pages/import_targets_view.h"

#include <algorithm>

#include "core/objects/labels.h"
#include "core/transfer/import_plan.h"

namespace outpost {

std::vector<kit::Choice> import_target_choices(Context& context, ObjectIndex object_index) {
    const Object& object = context.schema().object(object_index);
    std::vector<kit::Choice> choices;
    for (const std::string& target : column_target_choices(context.records(), object_index)) {
        kit::Choice choice{.value = target, .label = target, .detail = {}};
        const std::size_t dot = target.find('.');
        if (dot == std::string::npos) {
            if (const Field* field = object.find_field(target)) {
                choice.label = field_label(context.messages(), object, *field);
            }
        } else if (const Field* lookup = object.find_relationship(std::string_view(target).substr(0, dot)); lookup && !lookup->reference_to.empty()) {
            const Object& parent = context.schema().object(lookup->reference_to[0]);
            if (const Field* field = parent.find_field(std::string_view(target).substr(dot + 1)))
                choice.label = field_label(context.messages(), object, *lookup) + " › " + field_label(context.messages(), parent, *field);
        }
        choices.push_back(std::move(choice));
    }
    // Two fields of one label are told apart by their names; else a name like that helps nobody.
    for (kit::Choice& choice : choices)
        if (std::ranges::count(choices, choice.label, &kit::Choice::label) > 1) choice.detail = choice.value;
    choices.push_back({.value = std::string(new_field_choice), .label = std::string(context.tr("ui.import.new_field")), .icon = Icon::Plus});
    return choices;
}

std::string field_type_label(Context& context, FieldType type) {
    const std::string key = "ui.field_type." + std::string(to_text(type));
    return std::string(context.messages().has(key) ? context.tr(key) : to_text(type));
}

}  // namespace outpost
