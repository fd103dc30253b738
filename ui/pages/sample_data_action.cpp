#include "ui/pages/sample_data_action.h"

#include "core/transfer/sample_data.h"

namespace outpost {

void draw_sample_button(Context& context) {
    if (!kit::button(context, "sample", context.tr("ui.sample.try"), {.kind = kit::ButtonKind::Primary, .full_width = true})) return;
    context.later([&context] {
        const auto outcome = create_sample_data(context.workspace().editor(), {.today = context.today(), .utc_offset_minutes = context.clock().utc_offset_minutes(context.clock().now()), .language = context.messages().language()});
        if (!outcome) return context.toast(context.error_text(outcome.error()), Tone::Danger);
        context.toast({.text = std::string(context.tr("ui.sample.added")), .tone = Tone::Success});
    });
}

namespace {

void remove_sample(Context& context) {
    context.later([&context] {
        const auto outcome = remove_sample_data(context.workspace().editor());
        if (!outcome) return context.toast(context.error_text(outcome.error()), Tone::Danger);
        context.toast({.text = std::string(context.tr("ui.sample.removed")), .tone = Tone::Success,
                       .action_label = std::string(context.tr("app.undo")), .action = [&context, sequence = outcome->sequence] { context.undo(sequence); }, .undoes = outcome->sequence});
    });
}

}  // namespace

void draw_sample_banner(Context& context) {
    if (!has_sample_data(context.records())) return;
    if (kit::banner(context, "sample", context.tr("ui.sample.banner"), {.tone = Tone::Info, .action = context.tr("ui.sample.remove")}) == 1) remove_sample(context);
}

void draw_sample_note(Context& context) {
    if (!has_sample_data(context.records()) || context.setting("sample_note") == "closed") return;
    const int answer = kit::banner(context, "sample", context.tr("ui.sample.banner"),
                                   {.tone = Tone::Info, .action = context.tr("ui.sample.remove"), .closable = true});
    if (answer == 1) remove_sample(context);
    if (answer == 2) context.set_setting("sample_note", "closed");
}

}  // namespace outpost
