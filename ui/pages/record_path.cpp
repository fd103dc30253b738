#include "ui/pages/record_path.h"

#include <utility>

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/record_actions.h"

namespace outpost {

namespace {

constexpr std::size_t stages_max = 14;

std::uint16_t current_code(const Records& records, RecordRef record, const Field& field) {
    const Value value = records.value(record, field.index);
    const auto* text = std::get_if<std::string>(&value);
    return text ? field.find_code(*text) : 0;
}

void move_to(Context& context, RecordRef record, const Field& field, std::uint16_t code, std::vector<FieldValue> more = {}) {
    const PicklistValue& value = field.values[code - 1u];
    more.insert(more.begin(), {field.index, Value(value.value)});
    SubmitOptions options;
    options.toast = context.tr("ui.path.moved", {value_label(context.messages(), field, value)});
    context.submit(UpdateRecord{record, std::move(more)}, {}, std::move(options));
}

// How it ended: won, lost and why, not converted.
class CloseDialog final : public Dialog {
public:
    CloseDialog(Context& context, RecordRef record, std::vector<std::uint16_t> codes) : record_(record), codes_(std::move(codes)) {
        const Object& object = context.schema().object(record.object);
        if (const Field* reason = object.find_field("LostReason"); reason && reason->is_picklist())
            reason_ = make_draft(context, *reason, context.records().value(record, reason->index));
    }

    std::string title(Context& context) override { return std::string(context.tr("ui.path.close_title")); }
    float width() const override { return 440; }

    void draw(Context& context) override {
        const Object& object = context.schema().object(record_.object);
        const Field& field = object.field(object.board_field);
        std::vector<std::string> labels;
        for (const std::uint16_t code : codes_) labels.push_back(value_label(context.messages(), field, field.values[code - 1u]));
        std::vector<kit::RadioChoice> choices;
        for (const std::string& label : labels) choices.push_back({label});
        kit::radio_group(context, "how", field_label(context.messages(), object, field), choices, chosen_);
        if (asks_reason(field) && object.has_field(reason_.field)) draw_field_editor(context, object, object.field(reason_.field), reason_);
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (!kit::primary_button(context, "apply", context.tr("ui.path.close"))) return;
        const Object& object = context.schema().object(record_.object);
        const Field& field = object.field(object.board_field);
        const std::uint16_t code = codes_[static_cast<std::size_t>(chosen_)];
        if (record_.object == standard_object::lead && field.values[code - 1u].converted) {
            open_convert_dialog(context, record_);
        } else {
            std::vector<FieldValue> more;
            if (asks_reason(field) && !reason_.text.empty()) more.push_back({reason_.field, Value(reason_.text)});
            move_to(context, record_, field, code, std::move(more));
        }
        close();
    }

private:
    bool asks_reason(const Field& field) const {
        return reason_.field != no_field && !field.values[codes_[static_cast<std::size_t>(chosen_)] - 1u].won;
    }

    RecordRef record_;
    std::vector<std::uint16_t> codes_;
    FieldDraft reason_;
    int chosen_ = 0;
};

// The chevrons: open values in order, then the end.
struct PathModel {
    std::vector<std::uint16_t> open, closed;
    std::uint16_t current = 0;
    int position = -1;                  // of the current value among the chevrons
    bool at_end = false;
};

PathModel model_of(const Records& records, RecordRef record, const Field& field) {
    PathModel model;
    model.current = current_code(records, record, field);
    for (const std::uint16_t code : field.codes_in_order(true)) {
        const PicklistValue& value = field.values[code - 1u];
        (value.closed || value.won || value.converted ? model.closed : model.open).push_back(code);
    }
    for (std::size_t at = 0; at < model.open.size(); ++at)
        if (model.open[at] == model.current) model.position = static_cast<int>(at);
    if (model.position < 0 && model.current != 0) {
        model.at_end = true;
        model.position = static_cast<int>(model.open.size());
    }
    return model;
}

void press(Context& context, RecordRef record, const Field& field, const PathModel& model, int pressed) {
    if (pressed < 0) return;
    const auto at = static_cast<std::size_t>(pressed);
    if (at < model.open.size()) {
        if (model.open[at] != model.current) move_to(context, record, field, model.open[at]);
    } else if (!model.closed.empty()) {
        context.open_dialog("close:" + to_text(context.records().id_of(record)));
    }
}

}  // namespace

bool has_path(const Object& object) {
    return object.board_field != no_field && object.has_field(object.board_field) && object.index != standard_object::task &&
           object.field(object.board_field).codes_in_order(true).size() <= stages_max;
}

std::unique_ptr<Dialog> make_close_dialog(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    if (!has_path(object) || is_read_only(context, record)) return nullptr;
    PathModel model = model_of(context.records(), record, object.field(object.board_field));
    return model.closed.empty() ? nullptr : std::make_unique<CloseDialog>(context, record, std::move(model.closed));
}

void draw_path(Context& context, RecordRef record, bool read_only) {
    const Object& object = context.schema().object(record.object);
    const Field& field = object.field(object.board_field);
    const PathModel model = model_of(context.records(), record, field);
    std::vector<std::string> labels;
    for (const std::uint16_t code : model.open) labels.push_back(value_label(context.messages(), field, field.values[code - 1u]));
    Tone end_tone = Tone::Accent;
    if (model.at_end) {
        const PicklistValue& value = field.values[model.current - 1u];
        labels.push_back(value_label(context.messages(), field, value));
        end_tone = value.won || value.converted ? Tone::Success : value.closed ? Tone::Danger : Tone::Accent;
    } else if (!model.closed.empty()) {
        labels.emplace_back(context.tr(record.object == standard_object::lead ? "ui.path.end_lead" : "ui.path.end"));
    }
    if (labels.empty()) return;
    std::vector<kit::PathStage> stages;
    for (const std::string& label : labels) stages.push_back({label, Tone::Accent});
    if (model.at_end) stages.back().tone = end_tone;
    const std::string name = field_label(context.messages(), object, field);
    kit::Card card(context, {.gap = space::x3, .role = Role::Region, .name = name});
    {
        kit::SectionHeader header(context, name);
        const bool has_next = !read_only && !model.at_end && model.position + 1 < static_cast<int>(labels.size());
        if (has_next && kit::button(context, "complete", context.tr("ui.path.complete"), {.icon = Icon::Check, .small = true}))
            press(context, record, field, model, model.position + 1);
    }
    const int pressed = kit::path(context, "stages", name, stages, model.position);
    if (!read_only) press(context, record, field, model, pressed);
}

}  // namespace outpost
