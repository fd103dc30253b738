// The pieces of the platform and the state of its frame loop, in one place that the page's events can reach.
// Invariant: there is one platform (a page has one canvas); `active` points to it while it lives.
// Called by: web/platform.cpp, web/page_exports.cpp, web/scripting_bridge.cpp.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "web/browser.h"
#include "web/fonts.h"
#include "web/input.h"
#include "web/mirror.h"
#include "web/platform.h"
#include "web/renderer.h"
#include "web/scripting_bridge.h"
#include "web/storage.h"
#include "web/text_decoder.h"

namespace outpost {

struct PlatformParts {
    static PlatformParts* active;

    PlatformParts() : input([this] { run_frame(); }) {}

    // Draws a frame now, unless one is being drawn, and decides when the next one is due.
    void run_frame();
    void request_frame();
    // After a key: a field that it opens has the focus, and what it asks of the browser is asked, before the next one.
    void answer_now();
    void queue(PageEventKind kind, std::uint32_t id, std::string text);
    void schedule(const FrameResult& result);
    // Milliseconds until ImGui shows a tooltip that waits for the pointer to rest; -1: none.
    int hover_wait() const;
    PageFigures figures() const;

    Renderer renderer;
    FontShaper shaper;
    PlatformFonts fonts;
    Input input;
    Mirror mirror;
    WebStorage storage;
    WebBrowser browser;
    WebLocale locale;
    WebClock clock;
    WebTextDecoder text_decoder;
    WebRandom random;
    WebLog log;

    ViewState view;
    std::function<FrameResult()> frame;
    std::vector<PageEvent> events;
    std::vector<PickedFile> files, arriving_files;
    std::string clipboard;

    bool in_frame = false, drawn_once = false, redraw = true, mirror_waits = false, mirror_unpainted = false;
    bool answer_due = false;        // a key came that no frame has seen
    bool unfinished = false;        // the last frame asked for another one
    bool page_held = false;         // a draft would be lost with the page
    int settle = 0;                 // frames still to be drawn though nothing seems to change
    std::uint64_t fingerprint = 0;  // of the picture on the screen
    double mirror_time = 0, frame_time = 0, hurry_until = 0;
    int cursor = -1;
    std::array<float, 120> frame_work = {};  // milliseconds of the last frames, the oldest overwritten first
    std::uint32_t frames_run = 0;

    StoreOwnership ownership = StoreOwnership::Waiting;
    std::function<void(StoreOwnership)> ownership_changed;
    std::function<void(std::function<void()>)> release_requested;
    std::function<void()> update_ready;

    struct WaitingAnswer {
        int ticket;
        ScriptAnswer reply;
    };
    ScriptingHandler* scripting = nullptr;
    std::vector<WaitingAnswer> waiting_answers;
};

// Answers the page's scripts whose changes have become durable.
void give_waiting_answers(PlatformParts& parts);
void refuse_waiting_answers(PlatformParts& parts);

}  // namespace outpost
