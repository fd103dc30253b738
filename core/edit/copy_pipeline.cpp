#include "core/edit/copy_pipeline.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/define.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

namespace so = standard_object;

// "Prospecting (Partners)" of "Prospecting"; of "Prospecting (Sales)" too, when Sales is whose stage is copied.
std::string name_for(std::string name, std::string_view source, std::string_view target) {
    const std::string ending = " (" + std::string(source) + ")";
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    return name + " (" + std::string(target) + ")";
}

std::string unused_value(const Field& field, std::string name) {
    if (field.find_code(name) == 0) return name;
    for (int number = 2;; ++number)
        if (std::string numbered = name + " " + std::to_string(number); field.find_code(numbered) == 0) return numbered;
}

Result<std::uint16_t> add_pipeline(Transaction& transaction, Field field, const CopyPipeline& command) {
    if (command.is_default)
        for (PicklistValue& each : field.values) each.is_default = false;
    const auto last = static_cast<std::uint16_t>(field.values.size());
    PicklistValue& added = field.values.emplace_back();
    added.value = std::string(trim(command.name));
    added.position = last;
    added.is_default = command.is_default;
    const FieldIndex index = field.index;
    OUTPOST_TRY([[maybe_unused]] const CommandOutcome outcome, update_field(transaction, UpdateField{so::opportunity, index, std::move(field)}));
    return static_cast<std::uint16_t>(last + 1);
}

}  // namespace

Result<CommandOutcome> copy_pipeline(Transaction& transaction, const CopyPipeline& command) {
    const Schema& schema = transaction.records().schema();
    Field pipelines = schema.object(so::opportunity).field(opportunity_field::pipeline);
    if (const std::string_view present = trim(command.source); pipelines.values.empty() && !present.empty()) {
        PicklistValue& first = pipelines.values.emplace_back();
        first.value = present;
        first.is_default = true;
        OUTPOST_TRY([[maybe_unused]] const CommandOutcome named, update_field(transaction, UpdateField{so::opportunity, pipelines.index, pipelines}));
    }
    const std::uint16_t source = pipelines.find_code(trim(command.source));
    if (source == 0) return fail(Error{ErrorCode::InvalidPicklistValue, "error.argument_value", {"from", shown_value(command.source)}, "Opportunity", pipelines.name});
    if (trim(command.name).empty()) return fail(ErrorCode::RequiredFieldMissing, "error.member_missing", {"name"});
    if (pipelines.find_code(trim(command.name)) != 0) return fail(Error{ErrorCode::DuplicateValue, "error.pipeline_exists", {command.name}, "Opportunity", pipelines.name});
    Field stages = schema.object(so::opportunity).field(opportunity_field::stage);
    const std::vector<std::uint16_t> offered = offered_codes(schema.object(so::opportunity), stages, source);
    std::vector<std::uint16_t> others;
    for (std::size_t code = 1; code <= pipelines.values.size(); ++code) others.push_back(static_cast<std::uint16_t>(code));
    OUTPOST_TRY(const std::uint16_t target, add_pipeline(transaction, pipelines, command));
    for (const std::uint16_t code : offered) {
        if (stages.values[code - 1u].valid_for.empty()) stages.values[code - 1u].valid_for = others;
        PicklistValue copy = stages.values[code - 1u];
        const PicklistValue& from = pipelines.values[source - 1u];
        copy.value = unused_value(stages, name_for(copy.value, from.value, trim(command.name)));
        if (!copy.label.empty()) copy.label = name_for(copy.label, from.label.empty() ? from.value : from.label, trim(command.name));
        copy.is_default = false;
        copy.position = static_cast<std::uint16_t>(stages.values.size());
        copy.valid_for = {target};
        stages.values.push_back(std::move(copy));
    }
    return update_field(transaction, UpdateField{so::opportunity, opportunity_field::stage, std::move(stages)});
}

}  // namespace outpost
