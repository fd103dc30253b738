// Sidebar, top bar and bottom bar.
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/app_frame.h"
#include "ui/kit/internal.h"
#include "ui/pages/calendar_view.h"
#include "ui/pages/capture_dialog.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/registry.h"
#include "ui/pages/task_actions.h"

namespace outpost {
namespace {

struct Place { std::string label, address; Icon icon = Icon::None; std::string object; };

bool is_here(const Context& context, const Place& place) {
    const Route target = Route::parse(place.address);
    const Route& route = context.route();
    if (target.path.empty()) return route.path.empty();
    if (!place.object.empty() && route.segment(0) == "r") {   // a record stands under its object
        const auto id = parse_record_id(route.segment(1));
        return id && context.schema().has_object(id->object()) && context.schema().object(id->object()).name == place.object;
    }
    if (!place.object.empty()) return route.segment(0) == "o" && route.segment(1) == place.object;
    // What the settings lead to stands under them.
    const std::string_view first = route.segment(0);
    return first == target.segment(0) || (target.segment(0) == "settings" && (first == "routing" || first == "web-to-lead" || first == "recycle-bin"));
}

std::vector<Place> object_places(Context& context) {
    std::vector<Place> places, last;
    for (const ObjectIndex index : context.schema().objects()) {
        const Object& object = context.schema().object(index);
        // Price books are found from products, the settings and the search.
        if (object.hidden || index == standard_object::pricebook) continue;
        // Users are set up once and seldom visited.
        std::vector<Place>& into = index == standard_object::user ? last : places;
        into.push_back({object_label(context.messages(), object, true), index == standard_object::task ? routes::tasks(context) : routes::list(object.name),
                        icon_of_object(object.name, object.icon), object.name});
        if (index == standard_object::event) into.push_back({std::string(context.tr("ui.calendar.title")), routes::calendar(), Icon::Calendar, {}});
        if (index == standard_object::opportunity) into.push_back({std::string(context.tr("ui.forecast.title")), routes::forecast(), Icon::Chart, {}});
    }
    places.insert(places.end(), last.begin(), last.end());
    return places;
}

void draw_nav_item(Context& context, const Place& place, bool narrow, std::string_view shortcut = {}) {
    kit::IdScope scope(context, place.address);
    const Palette& p = context.color();
    const Rect row = kit::take(context, 0, context.theme.nav_height());
    const bool here = is_here(context, place);
    const kit::Hit h = kit::hit(context, "item", row, {.role = Role::Link, .name = place.label, .link = place.address, .shortcut = shortcut,
                                                       .states = here ? semantics_state::current : 0u});
    if (here) kit::fill(context, row, context.theme.dark ? p.selected : p.surface, radius::control);
    if (here && !context.theme.dark) kit::stroke(context, row, p.border, radius::control);
    else if (!here && h.hovered) kit::fill(context, row, p.hover, radius::control);
    if (h.focused && context.kit().focus_visible) kit::draw_focus_ring(context, row, radius::control);
    Rect inner = row.inset(Insets::xy(narrow ? 0.0f : 10.0f, 0));
    const Color ink = here ? p.text : p.text_secondary;
    kit::draw_icon(context, place.icon, narrow ? inner.centered(18, 18) : inner.cut_left(18), here ? p.accent_text : ink);
    if (!narrow) {
        inner.cut_left(10);
        kit::draw_text(context, inner, place.label, here ? TextStyle::BodyStrong : TextStyle::Body, here ? p.text : h.hovered ? p.text : ink);
    } else {
        kit::request_tip(context, h.id, row, place.label, h.hovered);
    }
    if (h.pressed) context.navigate(place.address);
}

void draw_logo(Context& context, Rect at) {
    const Palette& p = context.color();
    kit::fill(context, at, p.accent, at.width * 0.28f);
    // A small outpost: a flag on its ground.
    const float u = at.width / 24;
    kit::line(context, {at.x + 9 * u, at.y + 5.5f * u}, {at.x + 9 * u, at.y + 18.5f * u}, p.on_accent, 1.8f * u);
    ImDrawList& list = kit::draw_list();
    const auto point = [&](float x, float y) { return kit::device(context, {at.x + x * u, at.y + y * u}); };
    list.AddTriangleFilled(point(10.4f, 6), point(18, 9.3f), point(10.4f, 12.6f), kit::color32(p.on_accent));
    kit::line(context, {at.x + 6 * u, at.y + 18.5f * u}, {at.x + 18 * u, at.y + 18.5f * u}, p.on_accent, 1.8f * u);
}

struct SaveState { std::string_view key; Icon icon; Tone tone; bool bad = false; };

SaveState save_state(Context& context) {
    if (context.storage().state() != StorageState::Working) return {"app.not_saved", Icon::Warning, Tone::Danger, true};
    if (context.workspace().durable_sequence() < context.workspace().applied_sequence()) return {"app.saving", Icon::Saving, Tone::Neutral};
    if (!context.browser().is_online()) return {"app.saved_offline", Icon::Offline, Tone::Neutral};
    return {"app.saved", Icon::CloudCheck, Tone::Neutral};
}

void draw_status(Context& context, Rect row, bool narrow) {
    const SaveState state = save_state(context);
    const std::string_view words = context.tr(state.key);
    const Color ink = state.bad ? context.color().danger_tint.text : context.color().text_secondary;
    SemanticsNode node;
    node.id = kit::id_of("status");
    node.role = Role::Status;
    node.name = words;
    node.states = semantics_state::live_polite;
    kit::emit(context, std::move(node), row);
    kit::push_parent(context, kit::id_of("status"));
    kit::emit_text(context, words, row);
    kit::pop_parent(context);
    Rect inner = row.inset(Insets::xy(narrow ? 0.0f : 10.0f, 0));
    kit::draw_icon(context, state.icon, narrow ? inner.centered(16, 16) : inner.cut_left(18).centered(16, 16), ink);
    if (narrow) return kit::tooltip(context, row, words);
    inner.cut_left(10);
    kit::draw_text(context, inner, words, TextStyle::Dense, ink);
}

void draw_search_button(AppFrame& frame, Rect row, bool narrow) {
    Context& context = frame.context;
    const Palette& p = context.color();
    const kit::Hit h = kit::hit(context, "search", row, {.name = context.tr("app.search"), .shortcut = "Ctrl+K"});
    kit::fill(context, row, p.field, radius::control);
    kit::stroke(context, row, h.hovered ? p.border_strong : p.button_border, radius::control);
    Rect inner = row.inset(Insets::xy(narrow ? 0.0f : 10.0f, 0));
    kit::draw_icon(context, Icon::Search, narrow ? inner.centered(16, 16) : inner.cut_left(16), p.text_secondary);
    if (!narrow) {
        inner.cut_left(10);
        const std::string chord = kit::shortcut_text(context, "Ctrl+K");
        if (!context.touch) kit::draw_text(context, inner.cut_right(kit::text_width(context, chord, TextStyle::Caption) + 2), chord, TextStyle::Caption, p.text_secondary, Align::End);
        kit::draw_text(context, inner, context.tr("app.search"), TextStyle::Body, p.text_secondary);
    } else {
        kit::request_tip(context, h.id, row, context.tr("app.search"), h.hovered);
    }
    if (h.pressed) open_palette(frame);
}

// A new record of any kind, from wherever one is.
void draw_create_menu(Context& context, Rect at, kit::ButtonKind kind) {
    const std::string name(context.tr("app.create"));
    if (!kit::menu_button(context, "create", Icon::Plus, name, {.kind = kind, .at = at})) return;
    if (kit::menu_item(context, "capture", context.tr("ui.capture.title"), {.icon = Icon::Note, .shortcut = "L"})) context.open_dialog(capture_address(context, record_here(context)));
    kit::menu_separator(context);
    for (const ObjectIndex index : context.schema().objects()) {
        const Object& object = context.schema().object(index);
        if (object.hidden || index == standard_object::user || index == standard_object::pricebook) continue;
        const std::string address = routes::create(object.name);
        kit::menu_item(context, object.name, context.tr("ui.palette.new_of", {object_words(context.messages(), object, false)}),
                       {.icon = icon_of_object(object.name, object.icon), .link = address});
    }
    kit::end_menu(context);
}

}  // namespace

void open_palette(AppFrame& frame) {
    if (frame.context.has_dialog()) return;
    if (const auto make = frame_dialogs().palette) frame.context.open_dialog(make());
}

void draw_sidebar(AppFrame& frame, Rect place, bool narrow) {
    Context& context = frame.context;
    const Palette& p = context.color();
    kit::fill(context, place, p.sidebar);
    kit::line(context, {place.right() - 1, place.y}, {place.right() - 1, place.bottom()}, p.border);
    kit::IdScope scope(context, "sidebar");
    kit::Group navigation(context, Role::Navigation, context.tr("app.navigation"));
    Rect inner = place.inset({10, 12, 11, 10});
    Rect head = inner.cut_top(32);
    const bool floating = !context.is_desktop();
    draw_logo(context, narrow ? head.centered(24, 24) : head.cut_left(32).centered(24, 24));
    if (!narrow) {
        head.cut_left(4);
        const Rect end = head.cut_right(28).centered(28, 28);
        kit::text(context, context.tr("app.name"), {.style = TextStyle::Subtitle, .at = head});
        if (floating) {
            if (kit::icon_button(context, "close", Icon::Close, context.tr("kit.close"), {.kind = kit::ButtonKind::Ghost, .small = true, .at = end})) frame.navigation_open = false;
        } else if (kit::icon_button(context, "width", Icon::Sidebar, context.tr("app.narrow_sidebar"), {.kind = kit::ButtonKind::Ghost, .small = true, .at = end})) {
            context.set_setting("sidebar", "narrow");
        }
    }
    inner.cut_top(10);
    const float item = context.theme.nav_height(), tool = std::max(item, context.theme.control_height());
    Rect tools = inner.cut_top(narrow ? 2 * tool + 4 : tool);
    Rect create = narrow ? tools.cut_bottom(tool) : tools.cut_right(tool);
    if (narrow) tools.cut_bottom(4);
    else tools.cut_right(6);
    draw_search_button(frame, tools, narrow);
    draw_create_menu(context, create.centered(tool, tool), kit::ButtonKind::Secondary);
    inner.cut_top(10);
    Rect status = inner.cut_bottom(28);
    const Rect lower = inner.cut_bottom((item + 2) * (narrow ? 3 : 2) + 8);
    {
        kit::ScrollArea scroll(context, "objects", inner, {.gap = 2});
        draw_nav_item(context, {std::string(context.tr("app.home")), routes::home(), Icon::Home, {}}, narrow);
        for (const Place& each : object_places(context)) draw_nav_item(context, each, narrow);
    }
    {
        kit::Column column(context, lower, {.gap = 2, .padding = {0, 8, 0, 0}});
        draw_nav_item(context, {std::string(context.tr("app.import")), routes::import(), Icon::Import, {}}, narrow);
        draw_nav_item(context, {std::string(context.tr("app.settings")), routes::settings(), Icon::Settings, {}}, narrow);
        if (narrow) {
            const Rect row = kit::take(context, 0, item);
            if (kit::icon_button(context, "width", Icon::Sidebar, context.tr("app.widen_sidebar"), {.kind = kit::ButtonKind::Ghost, .at = row})) context.set_setting("sidebar", "");
        }
    }
    draw_status(context, status, narrow);
}

// Names differ at their end: one that is too long for a line takes two smaller ones.
static void draw_top_title(Context& context, const std::string& title, Rect place) {
    if (kit::text_width(context, title, TextStyle::Subtitle) <= place.width) return kit::heading(context, 1, title, {.style = TextStyle::Subtitle, .at = place});
    const float height = std::min(place.height, 2 * context.theme.line_height(TextStyle::DenseStrong));
    const float needed = std::min(height, kit::text_height(context, title, TextStyle::DenseStrong, place.width));
    kit::heading(context, 1, title, {.style = TextStyle::DenseStrong, .wrap = true, .lines_max = 2, .at = place.centered(place.width, needed)});
}

// --- tablet and phone

void draw_top_bar(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    const Palette& p = context.color();
    kit::IdScope scope(context, "top bar");
    kit::Group banner(context, Role::Banner, context.tr("app.top_bar"));
    kit::fill(context, place, p.surface);
    kit::line(context, {place.x, place.bottom() - 1}, {place.right(), place.bottom() - 1}, p.border);
    Rect inner = place.inset(Insets::xy(8, 0));
    const bool phone = context.is_phone(), home = context.route().path.empty();
    const float size = context.theme.control_height();
    const auto button_place = [&](Rect slot) { return slot.centered(size, size); };
    const bool deep = phone && !home && (context.route().segment(0) != "o" || (context.route().path.size() > 2 && context.route().segment(2) != "feed"));
    if (deep) {
        if (kit::icon_button(context, "back", Icon::ArrowLeft, context.tr("app.back"), {.kind = kit::ButtonKind::Ghost, .at = button_place(inner.cut_left(size + 4))})) context.go_back();
    } else if (!phone) {
        if (kit::icon_button(context, "menu", Icon::Menu, context.tr("app.navigation"), {.kind = kit::ButtonKind::Ghost, .at = button_place(inner.cut_left(size + 4))})) frame.navigation_open = true;
    } else {
        draw_logo(context, inner.cut_left(36).centered(26, 26));
    }
    inner.cut_left(6);
    const SaveState state = save_state(context);
    // What is not as usual is said in words where there is room.
    const bool says = !phone && state.icon != Icon::CloudCheck && state.icon != Icon::Saving;
    const float words = says ? kit::text_width(context, context.tr(state.key), TextStyle::Dense) + 8 : 0;
    const Rect status = inner.cut_right(32 + words);
    SemanticsNode node;
    node.id = kit::id_of("status");
    node.role = Role::Status;
    node.name = context.tr(state.key);
    node.states = semantics_state::live_polite;
    kit::emit(context, std::move(node), status);
    kit::push_parent(context, kit::id_of("status"));
    kit::emit_text(context, context.tr(state.key), status);
    kit::pop_parent(context);
    const Color ink = state.bad ? p.danger_tint.text : p.text_secondary;
    kit::draw_icon(context, state.icon, Rect{status.x, status.y, 32, status.height}.centered(18, 18), ink);
    if (says) kit::draw_text(context, {status.x + 32, status.y, words, status.height}, context.tr(state.key), TextStyle::Dense, ink);
    kit::tooltip(context, status, context.tr(state.key));
    if (kit::icon_button(context, "search", Icon::Search, context.tr("app.search"),
                         {.kind = kit::ButtonKind::Ghost, .shortcut = "Ctrl+K", .at = button_place(inner.cut_right(size + 4))})) open_palette(frame);
    draw_create_menu(context, button_place(inner.cut_right(size)), kit::ButtonKind::Ghost);
    const std::string title = home || !frame.current ? std::string(context.tr("app.name")) : frame.current->title(context, context.route());
    // Where the page's own header shows no title, this one is the page's heading.
    if (phone && !home) draw_top_title(context, title, inner);
    else kit::text(context, home ? title : std::string(context.tr("app.name")), {.style = TextStyle::Subtitle, .at = inner});
}

namespace {

// Everything that the bottom bar has no room for, as a sheet.
class MoreSheet : public Dialog {
public:
    std::string title(Context& context) override { return std::string(context.tr("app.more")); }
    bool has_footer() const override { return false; }
    void draw(Context& context) override {
        kit::Column column(context, {.gap = 0});
        const auto entry = [&](const Place& place) {
            if (kit::list_item(context, place.address, place.label, {.address = place.address, .icon = place.icon, .selected = is_here(context, place)})) close();
        };
        for (const Place& place : object_places(context)) entry(place);
        entry({std::string(context.tr("app.import")), routes::import(), Icon::Import, {}});
        entry({std::string(context.tr("app.settings")), routes::settings(), Icon::Settings, {}});
    }
};

}  // namespace

void draw_bottom_bar(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    const Palette& p = context.color();
    kit::IdScope scope(context, "bottom bar");
    kit::Group navigation(context, Role::Navigation, context.tr("app.navigation"));
    kit::fill(context, place, p.surface);
    kit::line(context, {place.x, place.y}, {place.right(), place.y}, p.border);
    std::vector<Place> places{{std::string(context.tr("app.home")), routes::home(), Icon::Home, {}}};
    for (const Place& each : object_places(context))
        if (each.object == "Lead" || each.object == "Opportunity" || each.object == "Task") places.push_back(each);
    const std::string more(context.tr("app.more"));
    const float width = place.width / static_cast<float>(places.size() + 1);
    const auto draw_one = [&](const Place& each, bool here, bool is_link) {
        Rect cell = place.cut_left(width);
        kit::IdScope one(context, each.address);
        const kit::Hit h = kit::hit(context, "item", cell.inset(2), {.role = is_link ? Role::Link : Role::Button, .name = each.label, .link = is_link ? each.address : "",
                                                                     .states = here ? semantics_state::current : 0u});
        const Color ink = here ? p.accent_text : p.text_secondary;
        cell.cut_top(6);
        const Rect mark = cell.cut_top(26).centered(48, 26);
        if (here) kit::fill(context, mark, p.accent_tint.background, radius::pill);
        kit::draw_icon(context, each.icon, mark.centered(20, 20), ink);
        // A long word reaches into the room that its neighbours' short ones leave.
        kit::draw_text(context, cell.cut_top(16).inset(Insets::xy(-12, 0)), each.label, here ? TextStyle::CaptionStrong : TextStyle::Caption, ink, Align::Center);
        return h.pressed;
    };
    bool somewhere = false;
    for (const Place& each : places) {
        const bool here = is_here(context, each);
        somewhere = somewhere || here;
        if (draw_one(each, here, true)) context.navigate(each.address);
    }
    if (draw_one({more, "more", Icon::Menu, {}}, !somewhere, false)) context.open_dialog(std::make_unique<MoreSheet>());
}

}  // namespace outpost
