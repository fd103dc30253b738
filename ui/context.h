// Context: what a page gets to draw with: the workspace's const data, the browser, texts, theme, this frame's events,
// and the ways to ask for something: submit a command, navigate, open a dialog, show a toast.
// Invariant: nothing submitted here happens while drawing; App drains it after the frame.
// Called by: pages and kit. Lives as long as App; begin_frame() renews what belongs to one frame.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/page_ports.h"
#include "core/base/ports.h"
#include "core/base/semantics.h"
#include "core/edit/command.h"
#include "core/workspace/workspace.h"
#include "ui/page.h"
#include "ui/kit/geometry.h"
#include "ui/theme.h"

namespace outpost {

struct AppFrame;
namespace kit { struct Kit; }

enum class FormFactor : std::uint8_t { Phone, Tablet, Desktop };  // width below 600, below 1024, from 1024 css px

struct Toast {
    std::string text;
    Tone tone = Tone::Neutral;
    std::string action_label = {};               // "" none
    std::function<void()> action = {};
    int milliseconds = 6000;                     // 0: stays until closed
    Sequence undoes = 0;                         // the edit that its button undoes: it goes once that is undone otherwise
    Sequence redoes = 0;                         // the one that it makes again
};

struct SubmitOptions {
    std::string toast = {};          // said when it succeeded, with an Undo button
    bool offer_undo = true;
    bool silent_errors = false;      // true: the callback shows the error itself (in place)
};

// The list or board that the person came from: its records in its order (ui/pages/record_trail.h).
struct RecordTrail {
    std::string address;             // of that list, with its filters
    ObjectIndex object = no_object;
    std::vector<RowIndex> rows;
    std::size_t at = 0;              // where the record looked at last was found
    RowIndex seen = no_row;          // that record
    bool asked = false;              // the last visit's trail was looked for
};

using CommandDone = std::function<void(const Result<CommandOutcome>&)>;

// The ports that the page is given by the shell.
struct PagePorts {
    Workspace* workspace = nullptr;
    Browser* browser = nullptr;
    Locale* locale = nullptr;
    Clock* clock = nullptr;
    Storage* storage = nullptr;
    TextShaper* shaper = nullptr;    // may be null: text is drawn as it is
    TextDecoder* decoder = nullptr;  // may be null: imports read the core's own encodings alone
};

class Context {
public:
    explicit Context(PagePorts ports);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    // --- data and the world
    Workspace& workspace() { return *ports_.workspace; }
    const Records& records() const { return ports_.workspace->records(); }
    const Schema& schema() const { return ports_.workspace->schema(); }
    Browser& browser() { return *ports_.browser; }
    Locale& locale() { return *ports_.locale; }
    Clock& clock() { return *ports_.clock; }
    Storage& storage() { return *ports_.storage; }
    TextShaper* shaper() { return ports_.shaper; }
    TextDecoder* decoder() { return ports_.decoder; }
    Days today();                                  // the local civil day

    // --- texts (keys of core/base/messages_*.inc)
    const Messages& messages() const { return ports_.workspace->messages(); }
    std::string_view tr(std::string_view key) const;
    std::string tr(std::string_view key, std::initializer_list<std::string_view> arguments) const;
    std::string count_text(std::string_view key, std::uint64_t count);   // {0} is the formatted number
    std::string number_text(std::uint64_t count);                        // "8,800"
    std::string edit_name(std::string_view key, const std::vector<std::string>& arguments);   // as an undo step keeps them
    std::string error_text(const Error& error);                          // its numbers as the language writes them

    // --- space and look
    float width = 0, height = 0;                   // css px of the whole page
    float scale = 1;                               // device pixels per css px
    Insets safe_area{};                            // css px
    float bottom_bar = 0;                          // css px: how high a page's own bar at its foot is in this frame; notices stand above it
    FormFactor form = FormFactor::Desktop;
    bool touch = false;
    bool is_phone() const { return form == FormFactor::Phone; }
    bool is_desktop() const { return form == FormFactor::Desktop; }
    Theme theme;
    const Palette& color() const { return theme.color; }

    // --- this frame
    std::vector<PageEvent> events;                 // as they came; kit takes those that name a widget
    std::vector<PickedFile> dropped_files;         // dropped on the page in this frame
    SemanticsFrame semantics;                      // filled by kit while drawing
    kit::Kit& kit() { return *kit_; }              // kit's own state; pages don't touch it
    std::int64_t frame_milliseconds = 0;           // a steady clock, the same during one frame
    void request_frame();                          // draw again soon (an animation, a job's next slice)
    void request_frame_after(int milliseconds);    // draw again then at the latest
    void announce(std::string_view text);          // said politely by screen readers
    // A chord pressed this frame that no widget took ("Ctrl+S", "n"); taken by asking.
    bool shortcut(std::string_view chord);

    // --- asking
    // Executed after drawing. Errors are shown as a toast unless the options say otherwise.
    void submit(Command command, CommandDone done = {}, SubmitOptions options = {});
    // Anything else to do after drawing (workspace calls that are no Command: undo, import jobs, sample data).
    void later(std::function<void()> action);
    void undo(Sequence sequence = 0);              // 0: the newest edit
    void redo();
    void toast(Toast toast);
    void toast(std::string_view text, Tone tone = Tone::Neutral);
    void open_dialog(std::unique_ptr<Dialog> dialog);
    // A dialog that has an address ("convert:00Q..."): back closes it, forward opens it again, a reload keeps it. The
    // page makes it (Page::make_dialog), or the registry.
    void open_dialog(std::string_view address);
    // A yes/no question as an Alert dialog. `refuse_label`: "" is Cancel.
    void confirm(std::string title, std::string text, std::string confirm_label, bool dangerous, std::function<void()> confirmed, std::string refuse_label = {});
    bool has_dialog() const { return !dialogs_.empty(); }

    // --- where we are
    RecordTrail trail;
    const Route& route() const { return route_; }
    void navigate(std::string_view route);          // "#/o/Lead": a new history entry
    void replace_route(std::string_view route);     // the same entry: filters, sorting, tabs
    void navigate_anyway(std::string_view route);   // without asking Page::can_leave
    void go_back();
    // To where the person came from when that is this place, else it takes the present one's place in the history.
    void return_to(std::string_view route);
    // Sets or removes one parameter of the current address in place.
    void set_parameter(std::string_view name, std::string_view value);

    // --- small per-device settings ("list.Lead.columns"); "" when unset
    std::string setting(std::string_view key) { return browser().setting(key); }
    void set_setting(std::string_view key, std::string_view value) { browser().set_setting(key, value); }

private:
    friend class App;
    friend struct AppFrame;
    struct Submitted { Command command; CommandDone done; SubmitOptions options; };
    enum class Move : std::uint8_t { None, Push, Replace, Back, PushAnyway, BackAnyway };

    PagePorts ports_;
    std::unique_ptr<kit::Kit> kit_;
    Route route_;
    Route came_from_;                // the entry behind, when it is ours
    std::vector<Submitted> submitted_;
    std::vector<std::function<void()>> later_;
    std::vector<std::unique_ptr<Dialog>> dialogs_, dialogs_opening_;
    std::vector<Toast> toasts_opening_;
    Move move_ = Move::None;
    std::string move_route_;
    std::vector<std::string> pressed_chords_;
    int wake_after_ = -1;
    bool animating_ = false;
};

}  // namespace outpost
