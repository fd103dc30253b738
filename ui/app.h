// App: the application frame around the pages: navigation, top bar, status, toasts, dialogs, shortcuts, routes, theme
// and language. One draw() is one frame; drain() then performs what was asked for.
// Invariant: records change only in drain(). Called by: shell/web/main.cpp and the UI tests.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/semantics.h"
#include "core/store/database.h"
#include "ui/context.h"

namespace outpost {

// Space and fonts of this frame, from the platform. Lengths in device pixels.
struct AppView {
    float width = 0, height = 0;
    float pixel_ratio = 1;
    Insets safe_area;
    float keyboard_height = 0;
    bool coarse_pointer = false;
    bool forced_colors = false;
    std::optional<SystemColors> system_colors;   // with forced colours, when the browser tells them
    ThemeFonts fonts;
};

enum class AppPhase : std::uint8_t { Opening, Open, OtherTab, OtherTabUnsaved, Lost, LostUnsaved, Replaced, Failed };

class App {
public:
    explicit App(PagePorts ports);
    ~App();

    // The shell tells how far opening is; a report is shown when anything was damaged.
    void set_phase(AppPhase phase, std::string_view detail = {});
    void set_open_report(OpenReport report);
    void set_take_over(std::function<void()> take_over);       // "use it here" of the other-tab page
    void set_update_ready(std::function<void()> apply_update);

    // Between ImGui::NewFrame and ImGui::Render.
    void draw(const AppView& view, std::vector<PageEvent> events, std::vector<PickedFile> files);
    // After the frame: commands, navigation, dialogs. True when anything changed that must be drawn.
    bool drain();

    const SemanticsFrame& semantics() const;
    bool animating() const;
    int wake_after_milliseconds() const;                        // -1: don't
    bool holds_draft() const;                                   // something is typed that a reload would lose
    Context& context();
    // Chords that the browser must not use itself.
    static std::vector<std::string> claimed_shortcuts();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace outpost
