#include "ui/pages/record_path.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/stage_move.h"

namespace outpost {

namespace {

constexpr std::size_t stages_max = 14;

// The chevrons: open values in order, then the end.
struct PathModel {
    std::vector<std::uint16_t> open, closed;
    std::uint16_t current = 0;
    int position = -1;                  // of the current value among the chevrons
    bool at_end = false;
};

PathModel model_of(const Records& records, RecordRef record, const Field& field) {
    PathModel model;
    model.current = code_of(records, record, field);
    for (const std::uint16_t code : offered_codes(records, record, field)) {
        (is_end(field.values[code - 1u]) ? model.closed : model.open).push_back(code);
    }
    if (model.current == 0) return model;
    const auto place = [&](std::uint16_t code) { return field.values[code - 1u].position; };
    auto at = std::ranges::find(model.open, model.current);
    model.at_end = at == model.open.end() && is_end(field.values[model.current - 1u]);
    // What is open and no longer offered keeps its place on the way.
    if (at == model.open.end() && !model.at_end) at = model.open.insert(std::ranges::upper_bound(model.open, place(model.current), {}, place), model.current);
    model.position = static_cast<int>(at - model.open.begin());
    return model;
}

void press(Context& context, RecordRef record, const PathModel& model, int pressed) {
    if (pressed < 0) return;
    const auto at = static_cast<std::size_t>(pressed);
    if (at < model.open.size()) {
        move_on_path(context, record, model.open[at]);
    } else if (!model.closed.empty()) {
        context.open_dialog("close:" + to_text(context.records().id_of(record)));
    }
}

}  // namespace

// Whether a picklist's values are steps: some of them end it, or its name says so. Sizes and colors have lanes, but no way.
static bool is_way(const Object& object, const Field& field) {
    if (object.standard || std::ranges::any_of(field.values, &PicklistValue::closed)) return true;
    const std::string key = fold_key(field.name) + " " + fold_key(field.label);
    constexpr std::string_view words[] = {"stage", "status", "phase", "step", "progress", "阶段", "状态", "步骤", "进度"};
    return std::ranges::any_of(words, [&](std::string_view word) { return key.find(word) != std::string::npos; });
}

bool has_path(const Records& records, RecordRef record) {
    const Object& object = records.schema().object(record.object);
    return object.board_field != no_field && object.has_field(object.board_field) && object.index != standard_object::task &&
           is_way(object, object.field(object.board_field)) && offered_codes(records, record, object.field(object.board_field)).size() <= stages_max;
}

void draw_path(Context& context, RecordRef record, bool read_only) {
    const Object& object = context.schema().object(record.object);
    const Field& field = object.field(object.board_field);
    const PathModel model = model_of(context.records(), record, field);
    std::vector<std::string> labels;
    for (const std::uint16_t code : model.open) labels.push_back(value_label_within(context.messages(), object, field, field.values[code - 1u]));
    Tone end_tone = Tone::Accent;
    if (model.at_end) {
        const PicklistValue& value = field.values[model.current - 1u];
        labels.push_back(value_label_within(context.messages(), object, field, value));
        end_tone = value.won || value.converted ? Tone::Success : value.closed ? Tone::Danger : Tone::Accent;
    } else if (!model.closed.empty()) {
        labels.emplace_back(context.tr(record.object == standard_object::lead ? "ui.path.end_lead" : "ui.path.end"));
    }
    if (labels.empty()) return;
    std::vector<kit::PathStage> stages;
    const bool deleted = !context.records().table(record.object).is_live(record.row);
    for (const std::string& label : labels) stages.push_back({label, deleted ? Tone::Neutral : Tone::Accent});
    if (model.at_end && !deleted) stages.back().tone = end_tone;
    const std::string name = field_label(context.messages(), object, field);
    {
        kit::SectionHeader header(context, name);
        const bool has_next = !read_only && !model.at_end && model.position + 1 < static_cast<int>(labels.size());
        if (has_next && kit::button(context, "complete", context.tr("ui.path.complete"), {.icon = Icon::Check, .small = true}))
            press(context, record, model, model.position + 1);
    }
    const int pressed = kit::path(context, "stages", name, stages, model.position, read_only);
    if (!read_only) press(context, record, model, pressed);
}

}  // namespace outpost
