#include "ui/pages/save_dialog.h"

#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "ui/kit/kit.h"

namespace outpost {

void SaveDialog::draw_footer(Context& context) {
    if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
    if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .disabled = !can_save(), .shortcut = "Ctrl+Enter"}) && !saving_) save(context);
}

void SaveDialog::draw_error(Context& context) {
    if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
}

void SaveDialog::draw_name(Context& context, std::string_view label) {
    if (kit::text_field(context, "name", label, name_, {.error = name_error_, .required = true, .focus = std::exchange(focus_, false)})) name_error_.clear();
}

bool SaveDialog::check_name(Context& context) {
    name_ = std::string(trim(name_));
    name_error_ = name_.empty() ? context.tr("error.required_field", {context.tr("label.field.Name")}) : std::string();
    return name_error_.empty();
}

bool SaveDialog::check_name(Context& context, const Field& field, std::uint16_t code) {
    if (!check_name(context)) return false;
    for (const std::uint16_t each : field.codes_in_order(false))
        if (each != code && fold_case(value_label(context.messages(), field, field.values[each - 1u])) == fold_case(name_)) name_error_ = context.tr("ui.stages.name_taken", {name_});
    return name_error_.empty();
}

std::uint16_t SaveDialog::name_value(Context& context, Field& field, std::uint16_t code) const {
    const bool added = code == 0;
    if (added) {
        std::string value = name_;
        for (int number = 2; field.find_code(value) != 0; ++number) value = name_ + " " + std::to_string(number);
        field.values.emplace_back().value = std::move(value);
        code = static_cast<std::uint16_t>(field.values.size());
    }
    PicklistValue& value = field.values[code - 1u];
    if (name_ != value_label(context.messages(), field, value)) value.label = name_;
    return code;
}

void SaveDialog::submit(Context& context, Command command, std::string toast, std::function<void(const CommandOutcome&)> done) {
    saving_ = true;
    context.submit(std::move(command), [this, &context, done = std::move(done), alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (outcome && done) done(*outcome);
        if (alive.expired()) return;
        saving_ = false;
        if (outcome) return close();
        error_ = context.error_text(outcome.error());
    }, {.toast = std::move(toast), .silent_errors = true});
}

}  // namespace outpost
