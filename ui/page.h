// Route, Page, Dialog: what the application frame shows. A Page is one kind of main content (home, list, record,
// board ...); a Dialog is a box over it with its own state. Both draw const data with the kit and submit commands.
// Invariant: draw() changes no records; everything that a person can come back to is in the Route.
// Called by: App; implemented in ui/pages.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/record_id.h"
#include "ui/icons.h"

namespace outpost {

class Context;
class Dialog;

// "#/o/Lead/board?view=mine&q=acme": path segments and parameters, both decoded.
struct Route {
    std::vector<std::string> path;                                  // {"o", "Lead", "board"}
    std::vector<std::pair<std::string, std::string>> parameters;    // {"view","mine"}, {"q","acme"}

    static Route parse(std::string_view hash);
    std::string to_text() const;                                    // "#/o/Lead/board?view=mine&q=acme"
    std::string path_text() const;                                  // without the parameters; a page lives by it
    std::string_view segment(std::size_t index) const { return index < path.size() ? std::string_view(path[index]) : std::string_view(); }
    std::string_view parameter(std::string_view name) const;        // "" when not there
    Route& set(std::string_view name, std::string_view value);      // "" removes it; returns *this
    bool operator==(const Route&) const = default;
};

// Addresses of the pages. Objects go by API name, records by id.
// What stands where an address leads to nothing: says so, and leads home. Takes what is left of the page.
void draw_not_found(Context& context);

namespace routes {
std::string home();
std::string list(std::string_view object);          // #/o/Lead
std::string board(std::string_view object);         // #/o/Opportunity/board
std::string create(std::string_view object);        // #/o/Lead/new
std::string record(RecordId id);                    // #/r/00Q...
std::string import();                               // #/import
std::string forecast();                             // #/forecast
std::string settings();                             // #/settings
std::string quick_lead();                           // the dialog that takes a lead in a few fields
std::string stage_settings();                       // #/settings/stages
}  // namespace routes

class Page {
public:
    virtual ~Page() = default;
    // Shown in the browser's title, the phone's top bar and the history.
    virtual std::string title(Context& context, const Route& route) = 0;
    // Draws into the main region: start with kit::page_header and kit::PageBody, or take kit::available().
    virtual void draw(Context& context, const Route& route) = 0;
    // Called when the page comes to the front and when it goes (its object stays alive while it is in the last dozen).
    virtual void enter(Context&, const Route&) {}
    virtual void leave(Context&) {}
    // The dialog that the address names by its parameter "dialog"; null when the page knows no such.
    virtual std::unique_ptr<Dialog> make_dialog(Context&, std::string_view) { return nullptr; }
    // False keeps the person here (an unsaved draft); the page then shows why and offers to leave by Context::navigate_anyway.
    virtual bool can_leave(Context&) { return true; }
    // Something is filled in that would be lost with the page; asks nothing.
    virtual bool holds_draft() const { return false; }
};

enum class DialogKind : std::uint8_t {
    Modal,    // centred box; a full-width sheet from below on phones
    Drawer,   // from the right side; full screen on phones
    Alert,    // a small modal that asks one question; focus starts on the safe button
    Palette,  // near the top, no title bar: the command palette
};

// Open by Context::open_dialog(std::make_unique<...>()). Escape, the close button and (not Alert) a click beside it
// close it; the focus goes back to where it was.
class Dialog {
public:
    virtual ~Dialog() = default;
    virtual std::string title(Context& context) = 0;
    virtual void draw(Context& context) = 0;            // the content, in a scrolling column
    virtual void draw_footer(Context&) {}               // buttons; drawn in a row aligned to the right
    virtual bool has_footer() const { return true; }
    virtual DialogKind kind() const { return DialogKind::Modal; }
    virtual float width() const { return 520; }         // css px, when there is room
    // Asked when the person tries to close it (Escape, close button, click beside it). False keeps it open.
    virtual bool can_close(Context&) { return true; }
    // As a page's: something is filled in that would be lost with it.
    virtual bool holds_draft() const { return false; }
    void close() { closing_ = true; }
    bool is_closing() const { return closing_; }

private:
    bool closing_ = false;
};

}  // namespace outpost
