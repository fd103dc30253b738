// The web shell: puts the browser platform, the workspace and the page together, and says in which order a frame runs.
// Wiring only.
#include <memory>
#include <optional>
#include <utility>

#include "core/workspace/answers.h"
#include "core/workspace/workspace.h"
#include "shell/web/scripting.h"
#include "ui/app.h"
#include "ui/preferences.h"
#include "web/platform.h"

namespace {

using namespace outpost;

class WebShell {
public:
    // False when the browser can't draw; the platform has said so on the page.
    bool start() {
        if (!platform_.start()) return false;
        platform_.storage().on_progress([this] { platform_.request_frame_soon(); });
        platform_.claim_shortcuts(App::claimed_shortcuts());
        platform_.set_scripting(&scripting_);
        platform_.on_store_ownership([this](StoreOwnership ownership) { follow(ownership); });
        platform_.on_update_ready([this] { app_.set_update_ready([this] { platform_.apply_update(); }); });
        app_.set_take_over([this] { platform_.take_over_store(); });
        follow(platform_.store_ownership());
        platform_.run([this] { return frame(); });
        return true;
    }

private:
    void wake() { platform_.browser().request_frame(); }

    void follow(StoreOwnership ownership) {
        if (ownership == StoreOwnership::OtherTab) app_.set_phase(AppPhase::OtherTab);
        if (ownership == StoreOwnership::OtherUnsaved) app_.set_phase(AppPhase::OtherTabUnsaved);
        if (ownership == StoreOwnership::Lost) app_.set_phase(workspace_.applied_sequence() > workspace_.durable_sequence() ? AppPhase::LostUnsaved : AppPhase::Lost);
        if (ownership == StoreOwnership::Owned && !opening_) open();
        wake();
    }

    void open() {
        opening_ = true;
        app_.set_phase(AppPhase::Opening);
        workspace_.set_language(language_preference(platform_.browser()));   // the first user is named in it
        workspace_.open([this](Result<OpenReport> report) {
            if (report && report->newer_format) report = fail(ErrorCode::StorageFailure, "error.storage.newer_format");
            if (!report) {
                app_.set_phase(AppPhase::Failed, workspace_.messages().error(report.error()));
                platform_.scripting_ready(error_to_json(report.error(), workspace_.messages()).dump());
            } else {
                is_repairing_ = !report->clean() || report->entries_unfinished != 0;
                app_.set_open_report(*std::move(report));
                app_.set_phase(AppPhase::Open);
                platform_.scripting_ready(scripting_.ready_json());
            }
            wake();
        });
    }

    FrameResult frame() {
        std::vector<PageEvent> events = platform_.take_events();
        std::vector<PickedFile> files = platform_.take_files();
        platform_.begin_frame();
        const bool other_copy = platform_.storage().failure_detail() == "other_copy";
        if (scripting_.has_replaced() || other_copy) app_.set_phase(AppPhase::Replaced, other_copy ? workspace_.messages().text("error.storage.erased_one") : "");
        app_.draw(app_view(), std::move(events), std::move(files));
        platform_.end_frame(app_.semantics());
        const bool changed = app_.drain();
        const int housekeeping = workspace_.is_open() ? keep_house() : -1;
        const int wake = app_.wake_after_milliseconds();
        return {.animating = changed || app_.animating(),
                .wake_after_milliseconds = housekeeping < 0 || (wake >= 0 && wake < housekeeping) ? wake : housekeeping,
                .holds_draft = app_.holds_draft()};
    }

    // Each frame writes what was edited. A snapshot is begun when nobody has edited anything for a while: the next edit
    // makes what was written of it so far useless. Damage is not left lying about for so long. Gives after how many
    // milliseconds to come again, -1: no need.
    int keep_house() {
        constexpr Milliseconds quiet = 2000;
        constexpr std::uint64_t journal_bytes_patience = 256 << 20;  // beyond it even a busy page makes a pause
        const Milliseconds now = platform_.clock().now();
        if (const Sequence applied = workspace_.applied_sequence(); applied != edited_sequence_) {
            edited_sequence_ = applied;
            edited_at_ = now;
        }
        // What was lost is written anew at once.
        const Sequence durable = workspace_.durable_sequence();
        if (durable < std::exchange(durable_sequence_, durable)) edited_at_ = 0;
        const Milliseconds left = edited_at_ + quiet - now;
        const bool busy = !is_repairing_ && left > 0 && left <= quiet && workspace_.database().journal_bytes() < journal_bytes_patience;
        if (busy) platform_.storage().flush();
        else workspace_.tick();
        if (!workspace_.database().wants_tick()) {
            is_repairing_ = false;
            return -1;
        }
        return busy ? static_cast<int>(left) : 16;
    }

    std::optional<SystemColors> system_colors() {
        if (!platform_.view().forced_colors) return std::nullopt;
        const ForcedColors c = platform_.browser().forced_colors();
        const auto rgb = [](std::uint32_t value) { return Color::rgb(value); };
        return SystemColors{rgb(c.canvas), rgb(c.text), rgb(c.link), rgb(c.border), rgb(c.disabled), rgb(c.highlight), rgb(c.highlight_text)};
    }

    AppView app_view() {
        const ViewState& view = platform_.view();
        const PlatformFonts fonts = platform_.fonts();
        const float css = 1 / view.pixel_ratio;
        return {.width = view.width, .height = view.height, .pixel_ratio = view.pixel_ratio,
                .safe_area = {view.inset_left * css, view.inset_top * css, view.inset_right * css, view.inset_bottom * css},
                .keyboard_height = view.keyboard_height, .coarse_pointer = view.coarse_pointer, .forced_colors = view.forced_colors, .system_colors = system_colors(),
                .fonts = {fonts.regular, fonts.medium, fonts.bold, font_em_share}};
    }

    WebPlatform platform_;
    Workspace workspace_{{&platform_.clock(), &platform_.random(), &platform_.storage(), &platform_.log()}};
    App app_{{&workspace_, &platform_.browser(), &platform_.locale(), &platform_.clock(), &platform_.storage(), &platform_.text_shaper(),
              &platform_.text_decoder()}};
    WorkspaceScripting scripting_{workspace_, platform_.storage(), platform_.clock(), platform_.text_decoder(),
                                  [this] { platform_.request_frame_soon(); }};
    bool opening_ = false;
    bool is_repairing_ = false;  // opening found damage, and the copies have not been written anew yet
    Sequence edited_sequence_ = 0, durable_sequence_ = 0;
    Milliseconds edited_at_ = 0;
};

}  // namespace

int main() {
    static auto* shell = new WebShell;  // lives as long as the page
    shell->start();
    return 0;
}
