// What stands in the page's main part: the page of the address, or why there is none; banners above it.
#include <algorithm>

#include "ui/app_frame.h"
#include "ui/kit/internal.h"
#include "ui/pages/backup_actions.h"

namespace outpost {
namespace {

void draw_opening(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    const std::int64_t waited = context.frame_milliseconds - frame.opened_at;
    // The shape of what comes, so that nothing jumps when it is there.
    const float side = context.is_phone() ? space::x4 : space::x8, bar = context.is_desktop() ? 0.0f : 56.0f;
    if (context.is_desktop()) kit::fill(context, place.cut_left(frame.sidebar_narrow ? 60.0f : 232.0f), context.color().sidebar);
    const float width = std::min(1040.0f, place.width - 2 * side);
    kit::Column column(context, Rect{place.x + side, place.y + bar + space::x8, width, place.height}, {.gap = space::x4});
    kit::Group status(context, Role::Status, context.tr("app.opening"));
    kit::skeleton(context, std::min(220.0f, width), 28);
    // Opening takes a moment only; a bar that flashes by helps no one.
    if (waited < 300) context.request_frame_after(static_cast<int>(300 - waited));
    else kit::progress_bar(context, context.tr("app.opening"), -1);
    for (int line = 0; line < 4; ++line) kit::skeleton(context, width, 72);
}

void draw_message(AppFrame& frame, Rect place, std::string_view title, const kit::EmptyOptions& options, const std::function<void()>& action) {
    Context& context = frame.context;
    kit::Group main(context, Role::Main, context.tr("app.main"));
    kit::Column column(context, place, {.gap = 0});
    kit::EmptyOptions all = options;
    all.height = place.height;
    if (kit::empty_state(context, title, all) == 1) action();
}

class RecoveryDialog : public Dialog {
public:
    explicit RecoveryDialog(const OpenReport& report) : report_(report) {}
    std::string title(Context& context) override { return std::string(context.tr("app.recovery.title")); }
    void draw(Context& context) override {
        kit::text(context, context.tr("app.recovery.text"), {.wrap = true});
        const auto fact = [&](std::string_view words, Tone tone) {
            kit::Row row(context, {.align = Align::Start});
            kit::icon(context, tone == Tone::Success ? Icon::Check : Icon::Warning, tone == Tone::Success ? kit::Ink::Success : kit::Ink::Warning, 18);
            kit::text(context, words, {.wrap = true});
        };
        if (report_.copy_lost) fact(context.tr("app.recovery.copy_lost"), Tone::Success);
        if (report_.snapshot_damaged) fact(context.tr(report_.snapshot_message()), Tone::Warning);
        if (report_.entries_damaged > 0) fact(context.tr("app.recovery.entries", {context.number_text(report_.entries_damaged)}), Tone::Warning);
        if (!report_.sequences_missing.empty()) fact(context.tr("app.recovery.missing", {context.number_text(report_.sequences_missing.size())}), Tone::Warning);
        if (!report_.damaged_bytes.empty()) fact(context.tr("app.recovery.kept"), Tone::Success);
    }
    void draw_footer(Context& context) override {
        if (!report_.damaged_bytes.empty() && kit::button(context, "save", context.tr("app.recovery.save_damaged"), {.icon = Icon::Export})) {
            std::string all;
            for (const Bytes& bytes : report_.damaged_bytes) all.append(bytes.begin(), bytes.end());
            context.browser().save_file("outpost-damaged.bin", "application/octet-stream", all);
        }
        if (kit::primary_button(context, "done", context.tr("kit.understood"))) close();
    }

private:
    OpenReport report_;
};

}  // namespace

std::unique_ptr<Dialog> make_recovery_dialog(AppFrame& frame) { return std::make_unique<RecoveryDialog>(frame.report); }

void draw_phase(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    Browser& browser = context.browser();
    switch (frame.phase) {
        case AppPhase::Open: break;
        case AppPhase::Opening: return draw_opening(frame, place);
        case AppPhase::OtherTab:
            return draw_message(frame, place, context.tr("app.other_tab"),
                                {.icon = Icon::Copy, .text = context.tr("app.other_tab_text"), .action = context.tr("app.use_here")},
                                [&] { if (frame.take_over) frame.take_over(); });
        case AppPhase::OtherTabUnsaved:
            return draw_message(frame, place, context.tr("app.other_tab"),
                                {.icon = Icon::Warning, .text = context.tr("app.other_unsaved_text"), .action = context.tr("app.use_here_without")},
                                [&] { if (frame.take_over) frame.take_over(); });
        case AppPhase::LostUnsaved:
            return draw_message(frame, place, context.tr("app.lost"),
                                {.icon = Icon::Warning, .text = context.tr("app.lost_unsaved_text"), .action = context.tr("app.lost_save"), .action_icon = Icon::Export},
                                [&] { save_backup(context); });
        case AppPhase::Lost:
            return draw_message(frame, place, context.tr("app.lost"),
                                {.icon = Icon::Copy, .text = context.tr("app.lost_text"), .action = context.tr("app.use_here")},
                                [&] { if (frame.take_over) frame.take_over(); });
        case AppPhase::Replaced:
            return draw_message(frame, place, context.tr("app.replaced"),
                                {.icon = Icon::Refresh, .text = frame.phase_detail.empty() ? context.tr("app.replaced_text") : frame.phase_detail, .action = context.tr("app.reload"), .action_icon = Icon::Refresh},
                                [&] { browser.reload(); });
        case AppPhase::Failed:
            return draw_message(frame, place, context.tr("app.failed"),
                                {.icon = Icon::Warning, .text = frame.phase_detail, .action = context.tr("app.reload"), .action_icon = Icon::Refresh},
                                [&] { browser.reload(); });
    }
}

void draw_page(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    Page* page = find_page(frame);
    kit::IdScope scope(context, frame.current_path);
    kit::Column column(context, place, {.gap = 0});
    if (page) return page->draw(context, context.route());
    draw_not_found(context);
}

bool is_draft_held(AppFrame& frame) {
    return std::ranges::any_of(frame.pages, [](const LivePage& live) { return live.page->holds_draft(); }) ||
           std::ranges::any_of(frame.dialogs(), [](const auto& dialog) { return dialog->holds_draft(); });
}

namespace {

// What a reload would lose: edits that are not on the disk yet, and forms that are being filled in.
bool is_anything_unsaved(AppFrame& frame) {
    const Workspace& workspace = frame.context.workspace();
    return workspace.durable_sequence() != workspace.applied_sequence() || !frame.dialogs().empty() || is_draft_held(frame);
}

void draw_update_banner(AppFrame& frame) {
    Context& context = frame.context;
    const std::string waits(frame.reload_asked ? context.tr("app.update_waits") : std::string_view());
    const int answer = kit::banner(context, "update", context.tr("app.update_ready"),
                                   {.tone = Tone::Info, .action = context.tr("app.reload"), .closable = true, .detail = waits});
    if (answer == 2) {
        frame.apply_update = nullptr;
        frame.reload_asked = false;
        return;
    }
    const bool unsaved = is_anything_unsaved(frame);
    if (answer == 1) {
        frame.reload_asked = true;
        if (unsaved) context.announce(context.tr("app.update_waits"));
        context.request_frame();
    }
    if (!frame.reload_asked || unsaved) return;
    frame.reload_asked = false;
    context.later(frame.apply_update);
}

}  // namespace

void draw_banners(AppFrame& frame) {
    Context& context = frame.context;
    const StorageState state = context.storage().state();
    const bool failed = state != StorageState::Working;
    if (!failed && !frame.apply_update) return;
    kit::Column column(context, {.gap = space::x2, .padding = {16, 12, 16, 4}});
    if (failed) {
        const std::string detail = std::string(context.tr(state == StorageState::Full ? "app.storage_full_text" : "app.storage_failed_text"));
        if (kit::banner(context, "storage", context.tr(state == StorageState::Full ? "app.storage_full" : "app.storage_failed"),
                        {.tone = Tone::Danger, .action = context.tr("app.try_again"), .detail = detail}) == 1)
            context.later([&context] { context.storage().retry(); });
    }
    if (frame.apply_update) draw_update_banner(frame);
}

}  // namespace outpost
