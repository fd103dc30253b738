// WebPlatform: the browser page as the rest of Outpost sees it: one canvas drawn by Dear ImGui, the semantics mirror
// over it, native text fields, storage, files, locale and the scripting door. It owns the ImGui context, the fonts
// and the frame loop; frames are drawn only when something happened. Everything is in device pixels (DisplaySize is
// the canvas' backing size), so the theme scales its style by view().pixel_ratio.
// Called by: shell/web/main.cpp, which is the only place that puts web and ui together.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/page_ports.h"
#include "core/base/ports.h"
#include "core/base/semantics.h"

struct ImFont;

namespace outpost {

class ScriptingHandler;

// What the shell answers after drawing one frame.
struct FrameResult {
    bool animating = false;             // draw again at the next display refresh
    int wake_after_milliseconds = -1;   // draw again after this time though nothing happens; -1: don't
    bool holds_draft = false;           // the browser asks before it leaves the page
};

// The page's space, in device pixels.
struct ViewState {
    float width = 0, height = 0;
    float pixel_ratio = 1;
    float inset_top = 0, inset_right = 0, inset_bottom = 0, inset_left = 0;  // notches and rounded corners
    float keyboard_height = 0;  // part of the canvas that an on-screen keyboard covers
    bool coarse_pointer = false;  // the main pointer is a finger: targets at least 44 css px
    bool forced_colors = false;   // high contrast was asked for
};

// Text is drawn from the device's own fonts. ImGui's font size is the height of a line: the letters' em is
// font_em_share of it (17.5 css px asks for a 14 css px font). Numbers have figures of one width.
inline constexpr float font_em_share = 0.8f;

struct PlatformFonts {
    ImFont* regular = nullptr;
    ImFont* medium = nullptr;
    ImFont* bold = nullptr;
};

// One tab owns the store; the others show that Outpost is open elsewhere and may ask for it.
enum class StoreOwnership : std::uint8_t {
    Waiting,   // not known yet (some milliseconds)
    Owned,     // this tab reads and writes
    OtherTab,  // another tab has it: storage() must not be used
    Lost,      // this tab had it and gave it to another one: nothing more is written here; reload to take it back
    OtherUnsaved,  // another tab has it and can't save its edits: to take it over once more loses them
};

class WebPlatform {
public:
    WebPlatform();
    ~WebPlatform();
    WebPlatform(const WebPlatform&) = delete;
    WebPlatform& operator=(const WebPlatform&) = delete;

    // Creates the ImGui context, the renderer and the fonts. False when the browser has no WebGL2; the page then
    // shows why, and nothing else may be called.
    bool start();

    // Calls `frame` whenever something happened; returns at once. `frame` does, in this order: take_events(),
    // begin_frame(), drawing, end_frame().
    void run(std::function<FrameResult()> frame);

    // A frame within a tenth of a second, for what no person waits for: a script's edits, "Saved".
    void request_frame_soon();

    void begin_frame();                          // fonts, sizes, input, ImGui::NewFrame
    void end_frame(const SemanticsFrame& frame);  // ImGui::Render, drawing if anything changed, the mirror

    // Events since the last call, oldest first. FilesDropped events carry their files in take_files().
    // Key events ("Ctrl+K", "Ctrl+Shift+Z", "Alt+ArrowLeft", "F2"; Ctrl is Command on Apple devices) come for every
    // chord pressed anywhere and, while a one-line field has the focus, for ArrowUp, ArrowDown, PageUp and PageDown.
    // Other keys outside of fields go to ImGui's own input.
    std::vector<PageEvent> take_events();
    std::vector<PickedFile> take_files();

    // Chords that the browser must not use itself. Undo and redo stay with a focused field.
    void claim_shortcuts(const std::vector<std::string>& chords);

    // Widgets that scroll or drag by themselves under a finger (sliders, board cards): inside these boxes (device
    // pixels) a touch is sent at once instead of scrolling. Valid until the next call.

    const ViewState& view() const;
    PlatformFonts fonts() const;
    TextShaper& text_shaper();

    StoreOwnership store_ownership() const;
    void on_store_ownership(std::function<void(StoreOwnership)> callback);
    // Asks the owning tab to finish its writes and let go. The callback above then says Owned.
    void take_over_store();
    // Called when another tab asked: write what is pending, then call `release`. Without a callback, it is released
    // as soon as all that was appended is durable.
    void on_release_request(std::function<void(std::function<void()> release)> callback);

    // A new version of the page is installed and waits: called once; apply_update() switches and reloads. Call that
    // only when all is saved and the person agreed.
    void on_update_ready(std::function<void()> callback);
    void apply_update();

    // The page's scripts reach the workspace through this. `ready_json` answers outpost.ready.
    void set_scripting(ScriptingHandler* handler);
    void scripting_ready(std::string_view ready_json);

    // Hides the loading skeleton; called by end_frame after the first drawn frame, or with a message (already
    // translated) when the page can't start.
    void show_failure(std::string_view message);

    Storage& storage();
    Browser& browser();
    Locale& locale();
    Clock& clock();
    TextDecoder& text_decoder();
    Random& random();
    Log& log();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace outpost
