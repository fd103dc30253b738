// AppFrame: what the parts of the application frame share: the context, the pages alive, dialogs, toasts, phase.
// Invariant: `current` is among `pages` and answers the context's route, once the store is open.
// Called by: ui/app*.cpp only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/app.h"
#include "ui/kit/kit.h"

namespace outpost {

struct OpenToast {
    Toast toast;
    std::int64_t until = 0;      // frame_milliseconds; 0: stays
    std::int64_t left = 0;       // while the pointer rests on it
    std::uint64_t number = 0;
};

struct LivePage {
    std::string path;
    std::unique_ptr<Page> page;
    std::uint64_t used = 0;
};

struct OpenDialog {
    std::uint32_t return_focus = 0;
    std::uint64_t number = 0;
    bool shown = false;
};

struct AppFrame {
    explicit AppFrame(PagePorts ports) : context(ports) {}
    ~AppFrame();

    Context context;
    AppPhase phase = AppPhase::Opening;
    std::string phase_detail;
    OpenReport report;
    bool report_pending = false;
    std::function<void()> take_over, apply_update;
    std::vector<LivePage> pages;
    Page* current = nullptr;
    std::string current_path;
    std::vector<OpenToast> toasts;
    std::vector<OpenDialog> open_dialogs;   // beside the context's dialogs, one each
    std::uint64_t counter = 0;
    std::int64_t opened_at = 0;
    std::int64_t leader_until = 0;          // after "g": the next letter goes somewhere
    bool storage_failed = false;
    bool sidebar_narrow = false;
    std::uint32_t shown_frame_color = 0xFFFFFFFF;   // what the browser was told last
    bool navigation_open = false;           // tablet: the sidebar lies over the page
    bool overlay = false;                   // the developer's figures
    std::vector<std::string> figures;       // as shown; renewed a few times a second, so that showing them ends
    std::int64_t figures_since = 0;
    std::vector<PickedFile> files_waiting;  // dropped elsewhere, on their way to the import page

    // The parts of Context that only the frame may touch.
    std::vector<std::unique_ptr<Dialog>>& dialogs();
    void take_input(std::vector<PageEvent> events);
    void take_files(std::vector<PickedFile> files);
    bool perform();                         // what was asked for while drawing
    void go_to(std::string_view route);     // the address is already changed
    void add_toast(Toast toast);
    void open_pending_dialogs();
    bool move();
};

// --- app_navigation.cpp
void draw_sidebar(AppFrame& frame, Rect place, bool narrow);
void draw_top_bar(AppFrame& frame, Rect place);
void draw_bottom_bar(AppFrame& frame, Rect place);
void open_palette(AppFrame& frame);
// --- app_overlays.cpp
void draw_dialogs(AppFrame& frame);
void draw_toasts(AppFrame& frame);
void draw_tooltip(AppFrame& frame);
// --- app_figures.cpp
void draw_figures(AppFrame& frame);
// --- app_pages.cpp
Page* find_page(AppFrame& frame);          // app.cpp: of the current route; null when nothing answers it
void draw_phase(AppFrame& frame, Rect place);
void draw_page(AppFrame& frame, Rect place);
void draw_banners(AppFrame& frame);
std::unique_ptr<Dialog> make_recovery_dialog(AppFrame& frame);
// --- app_shortcuts.cpp
void handle_shortcuts(AppFrame& frame);
std::unique_ptr<Dialog> make_shortcuts_dialog();

}  // namespace outpost
