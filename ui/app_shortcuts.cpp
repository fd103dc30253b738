// Global shortcuts and the page that lists them.
#include <span>

#include "core/objects/labels.h"
#include "imgui.h"
#include "ui/app_frame.h"
#include "ui/kit/internal.h"
#include "ui/pages/capture_dialog.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/task_actions.h"

namespace outpost {
namespace {

constexpr int leader_milliseconds = 1500;

// After "g": the letter's page.
std::string place_of_letter(Context& context, char letter) {
    static constexpr struct { char letter; std::string_view object; } objects[] = {
        {'l', "Lead"}, {'a', "Account"}, {'c', "Contact"}, {'o', "Opportunity"}, {'e', "Event"}, {'p', "Product2"},
    };
    switch (letter) {
        case 'h': return routes::home();
        case 'b': return routes::board("Opportunity");
        case 'i': return routes::import();
        case 's': return routes::settings();
        case 't': return routes::tasks(context);
        default: break;
    }
    for (const auto& each : objects)
        if (each.letter == letter && context.schema().find_object(each.object)) return routes::list(each.object);
    return {};
}

// The object that "c" makes a record of: the one whose list or record is open, else a lead.
std::string object_here(Context& context) {
    const Route& route = context.route();
    if (route.segment(0) == "o") return std::string(route.segment(1));
    if (route.segment(0) == "r")
        if (const auto id = parse_record_id(route.segment(1)); id && context.schema().has_object(id->object()))
            return context.schema().object(id->object()).name;
    return "Lead";
}

struct ShortcutLine { std::string_view key, chord; };
constexpr ShortcutLine general[] = {
    {"app.shortcut.palette", "Ctrl+K"}, {"app.shortcut.undo", "Ctrl+Z"}, {"app.shortcut.redo", "Ctrl+Shift+Z"}, {"app.shortcut.create", "C"}, {"app.shortcut.quick_lead", "Q"}, {"app.shortcut.capture", "L"},
    {"app.shortcut.save", "Ctrl+Enter"}, {"app.shortcut.close", "Esc"}, {"app.shortcut.list", "?"},
};
constexpr ShortcutLine going[] = {
    {"app.shortcut.home", "G  H"}, {"app.shortcut.leads", "G  L"}, {"app.shortcut.accounts", "G  A"}, {"app.shortcut.contacts", "G  C"},
    {"app.shortcut.opportunities", "G  O"}, {"app.shortcut.board", "G  B"}, {"app.shortcut.tasks", "G  T"},
};
constexpr ShortcutLine lists[] = {
    {"app.shortcut.row", "J  K"}, {"app.shortcut.open", "Enter"}, {"app.shortcut.tick", "X"}, {"app.shortcut.edit_cell", "E"},
    {"app.shortcut.next_cell", "Tab"}, {"app.shortcut.filter", "/"}, {"app.shortcut.new_here", "N"}, {"app.shortcut.move_card", "Ctrl+ArrowRight"},
};
constexpr ShortcutLine on_record[] = {
    {"app.shortcut.next_record", "J"}, {"app.shortcut.previous_record", "K"}, {"app.shortcut.edit_record", "E"},
};

constexpr ShortcutLine in_feed[] = {
    {"app.shortcut.complete", "E"}, {"app.shortcut.snooze", "S"}, {"app.shortcut.tick", "X"}, {"app.shortcut.next_task", "W"}, {"ui.calendar.delete", "Delete"},
};
constexpr ShortcutLine in_calendar[] = {
    {"ui.calendar.next", "J"}, {"ui.calendar.previous", "K"}, {"ui.calendar.today", "T"}, {"ui.calendar.new", "N"}, {"ui.calendar.day", "D"},
    {"ui.calendar.week", "W"}, {"ui.calendar.month", "M"}, {"ui.calendar.agenda", "A"}, {"app.shortcut.move_event", "Ctrl+ArrowRight"},
    {"app.shortcut.resize_event", "Ctrl+Shift+ArrowDown"}, {"ui.calendar.delete", "Delete"},
};

class ShortcutsDialog : public Dialog {
public:
    std::string title(Context& context) override { return std::string(context.tr("app.shortcuts")); }
    bool has_footer() const override { return false; }
    float width() const override { return 760; }
    void draw(Context& context) override {
        kit::Columns columns(context, {1.0f, 1.0f}, {.gap = space::x8, .stack_below = 560});
        {
            kit::Column column(context, {.gap = space::x4});
            draw_group(context, "app.shortcut.general", general);
            draw_group(context, "app.shortcut.going", going);
            draw_group(context, "app.shortcut.feed", in_feed);
        }
        columns.next();
        kit::Column column(context, {.gap = space::x4});
        draw_group(context, "app.shortcut.lists", lists);
        draw_group(context, "app.shortcut.record", on_record);
        draw_group(context, "ui.calendar.title", in_calendar);
    }

private:
    static void draw_group(Context& context, std::string_view title, std::span<const ShortcutLine> lines) {
        kit::Column column(context, {.gap = 0});
        kit::heading(context, 3, context.tr(title), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
        for (const ShortcutLine& each : lines) {
            kit::Row row(context, {.height = 34});
            kit::text(context, context.tr(each.key));
            row.spacer();
            kit::shortcut_hint(context, each.chord);
        }
    }
};

}  // namespace

std::unique_ptr<Dialog> make_shortcuts_dialog() { return std::make_unique<ShortcutsDialog>(); }

void handle_shortcuts(AppFrame& frame) {
    Context& context = frame.context;
    if (frame.report_pending) {
        frame.report_pending = false;
        context.open_dialog(make_recovery_dialog(frame));
    }
    if (context.shortcut("Ctrl+Shift+F")) frame.overlay = !frame.overlay;
    if (context.has_dialog() || !context.kit().popups.empty()) return;
    if (context.shortcut("Ctrl+K")) return open_palette(frame);
    if (context.shortcut("Ctrl+Z")) context.undo();
    if (context.shortcut("Ctrl+Shift+Z") || context.shortcut("Ctrl+Y")) context.redo();
    if (ImGui::GetIO().WantTextInput) return;
    if (frame.leader_until > context.frame_milliseconds) {
        for (char letter = 'a'; letter <= 'z'; ++letter) {
            const std::string place = place_of_letter(context, letter);
            if (place.empty() || !context.shortcut(std::string_view(&letter, 1))) continue;
            frame.leader_until = 0;
            return context.navigate(place);
        }
    }
    if (context.shortcut("g")) frame.leader_until = context.frame_milliseconds + leader_milliseconds;
}

void handle_late_shortcuts(AppFrame& frame) {
    Context& context = frame.context;
    if (context.has_dialog() || !context.kit().popups.empty() || ImGui::GetIO().WantTextInput) return;
    if (context.shortcut("?")) context.open_dialog(make_shortcuts_dialog());
    if (context.shortcut("/")) open_palette(frame);
    if (context.shortcut("q")) context.open_dialog(routes::quick_lead());
    if (context.shortcut("l")) context.open_dialog(capture_address(context, record_here(context)));
    if (context.shortcut("c") || context.shortcut("n")) {
        const std::string object = object_here(context);
        if (context.schema().find_object(object)) context.navigate(routes::create(object));
    }
}

}  // namespace outpost
