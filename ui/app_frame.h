// AppFrame: what the parts of the application frame share: the context, the pages alive, dialogs, toasts, phase.
// Invariant: `current` is among `pages` and answers the context's route, once the store is open.
// Called by: ui/app*.cpp only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/activity/reminders.h"
#include "ui/app.h"
#include "ui/kit/internal.h"

namespace outpost {

struct OpenToast {
    Toast toast;
    std::int64_t until = 0;      // frame_milliseconds; 0: stays
    int moves = -1;              // to how many pages the person went since it was first seen; -1: not seen yet
    std::uint64_t number = 0;
};

struct LivePage {
    std::string path;
    std::unique_ptr<Page> page;
    std::uint64_t used = 0;
};

struct OpenDialog {
    std::string address;         // as the route's parameter "dialog" says it; "" when it has none
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
    bool reload_asked = false;              // the update is to be applied once everything is saved
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
    float height_at_rest = 0;               // css px: the page's, when nobody typed last
    bool overlay = false;                   // the developer's figures
    std::vector<std::string> figures;       // as shown; renewed a few times a second, so that showing them ends
    std::int64_t figures_since = 0;
    std::vector<PickedFile> files_waiting;  // dropped elsewhere, on their way to the import page

    // --- reminders (app_reminders.cpp)
    Reminders reminders;
    std::uint64_t reminders_key = 0;        // of the records that they were found in; 0: not looked yet
    Milliseconds reminders_seen = 0;        // when the last frame was
    bool reminders_from_away = false;       // they fell due while the page was closed
    bool reminders_unfolded = false;        // all of them are shown
    float reminders_height = 0;             // of the notice, in the last frame

    // --- a web form's answers (app_web_answers.cpp)
    Milliseconds answers_asked = 0;         // when; 0: not yet
    bool answers_asking = false;
    std::size_t answers_told = 0;           // how many new ones were told of last

    // --- where the person is (app_routes.cpp)
    struct Place { std::string path; std::vector<kit::ScrollPlace> scrolls; };
    std::vector<Place> places;              // how far pages are scrolled, the last visited first
    bool started = false;                   // the first address has come
    bool resumed = false;                   // it was the last visit's: to be checked once the store is open
    bool restores_scroll = false;           // the page was reached by back, forward or a reload
    int depth = 0;                          // of the history entry
    std::string scroll_seen;
    std::int64_t scroll_seen_at = 0, restoring_since = 0;
    int frames_to_settle = 0;            // after the pixel ratio changed
    bool scroll_kept = true;
    std::string dialog_address;             // what the address asked for last
    const Dialog* opening = nullptr;        // the dialog made for it, until it is among the open ones
    bool leaving_dialog = false;            // it was closed, the browser goes back
    std::string after_back;                 // what the page's entry is to say then
    bool after_back_pushes = false;         // or where the person went meanwhile: an entry of its own

    // The parts of Context that only the frame may touch.
    std::vector<std::unique_ptr<Dialog>>& dialogs();
    void take_input(std::vector<PageEvent> events);
    void take_enter(std::size_t first_node);   // in a dialog whose content begins there
    void take_files(std::vector<PickedFile> files);
    bool perform();                         // what was asked for while drawing
    void add_toast(Toast toast);
    void drop_spent_toasts();
    void open_pending_dialogs();
    // --- app_routes.cpp
    void follow_address(std::string_view address);
    void go_to(std::string_view route);     // the address is already changed
    bool move();
    void check_resumed();
    void follow_dialog_address();
    void dialog_closed(const OpenDialog& closed);
    void restore_scroll(bool made_anew);
    void remember_scroll();

private:
    bool closes_dialog_instead(const Route& wanted);
    void leave_upwards();
    void load_places();
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
// --- app_reminders.cpp
void draw_reminders(AppFrame& frame);
// --- app_web_answers.cpp
void follow_web_answers(AppFrame& frame);
// --- app_figures.cpp
void draw_figures(AppFrame& frame);
// --- app_pages.cpp
Page* find_page(AppFrame& frame);          // app.cpp: of the current route; null when nothing answers it
void draw_phase(AppFrame& frame, Rect place);
void draw_page(AppFrame& frame, Rect place);
void draw_banners(AppFrame& frame);
bool is_draft_held(AppFrame& frame);       // by a page that is alive, or a dialog
std::unique_ptr<Dialog> make_recovery_dialog(AppFrame& frame);
// --- app_shortcuts.cpp
void handle_shortcuts(AppFrame& frame);
// Those that a page may want first: taken by what the page left.
void handle_late_shortcuts(AppFrame& frame);
std::unique_ptr<Dialog> make_shortcuts_dialog();

}  // namespace outpost
