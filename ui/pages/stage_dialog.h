// Stage dialogs: one pipeline's name, and one stage with its meaning, the pipelines that have it, its guidance and the
// fields that matter in it. Called by: stage_settings_page.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ui/context.h"

namespace outpost {

// `code` 0: a new one.
std::unique_ptr<Dialog> make_stage_dialog(Context& context, ObjectIndex object, std::uint16_t code);
std::unique_ptr<Dialog> make_pipeline_dialog(Context& context, std::uint16_t code);

// Gives the values the order of `codes`; others follow.
void put_in_order(Field& field, const std::vector<std::uint16_t>& codes);
// "50% · Best Case": what a stage stands for.
std::string stage_words(Context& context, const Object& object, const PicklistValue& value);

}  // namespace outpost
