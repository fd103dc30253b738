// Where the person is: the browser's history, dialogs that stand in the address, the last place and its scroll.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "core/base/text.h"
#include "imgui.h"
#include "ui/app_frame.h"
#include "ui/kit/internal.h"
#include "ui/pages/registry.h"

namespace outpost {
namespace {

constexpr std::size_t places_kept_max = 24;
constexpr int place_settles_milliseconds = 250;

// "12ab34cd:0:1250 ...": region, how far sideways and down, css px.
std::string scrolls_text(const std::vector<kit::ScrollPlace>& scrolls) {
    std::string text;
    for (const kit::ScrollPlace& each : scrolls) {
        if (each.x < 1 && each.y < 1) continue;
        char words[64];
        std::snprintf(words, sizeof words, "%s%08x:%.0f:%.0f", text.empty() ? "" : " ", each.id, static_cast<double>(each.x), static_cast<double>(each.y));
        text += words;
    }
    return text;
}

std::vector<kit::ScrollPlace> parse_scrolls(std::string_view text) {
    std::vector<kit::ScrollPlace> scrolls;
    for (const std::string_view part : split(text, ' ')) {
        const std::vector<std::string_view> fields = split(part, ':');
        if (fields.size() != 3) continue;
        const std::string id(fields[0]), x(fields[1]), y(fields[2]);
        scrolls.push_back({static_cast<std::uint32_t>(std::strtoul(id.c_str(), nullptr, 16)), std::strtof(x.c_str(), nullptr), std::strtof(y.c_str(), nullptr)});
    }
    return scrolls;
}

std::string without_dialog(std::string_view route) { return Route::parse(route).set("dialog", "").to_text(); }

}  // namespace

// --- the browser moved

// The address changed by itself: back, forward, a bookmark, typed by hand, or the first one of all.
void AppFrame::follow_address(std::string_view address) {
    Browser& browser = context.browser();
    const bool back = browser.history_depth() < depth;
    depth = browser.history_depth();
    if (!started) {
        started = true;
        load_places();
        // Without an address the person goes on where the last visit ended.
        const std::string last = address.empty() ? context.setting("place") : std::string();
        resumed = !last.empty();
        if (resumed) browser.replace_route(last);
        restores_scroll = true;
        return go_to(resumed ? std::string_view(last) : address);
    }
    const Route wanted = Route::parse(address);
    if (wanted == context.route_) return;
    // The page's own way back after a dialog was closed: what was opened since then stays open.
    const bool own_back = back && leaving_dialog;
    if (back && !own_back && closes_dialog_instead(wanted)) {
        browser.push_route(context.route_.to_text());
        depth = browser.history_depth();
        return;
    }
    restores_scroll = true;
    context.came_from_ = {};
    for (std::size_t i = 0; i < context.dialogs_.size(); ++i)
        if (open_dialogs[i].address.empty() ? !own_back : open_dialogs[i].address != wanted.parameter("dialog")) context.dialogs_[i]->close();
    // Whoever went elsewhere before the browser had gone back stays there.
    if (!back) after_back.clear(), after_back_pushes = false;
    if (!after_back.empty()) {
        const std::string route = std::exchange(after_back, {});
        if (std::exchange(after_back_pushes, false)) {
            browser.push_route(route);
            dialog_address.clear();   // the same dialog may be asked for again
            leaving_dialog = false;
        } else {
            browser.replace_route(route);
        }
        depth = browser.history_depth();
        return go_to(route);
    }
    go_to(address);
}

// Back closes the topmost box alone when the address knows nothing of it, or when it holds what is not saved yet.
bool AppFrame::closes_dialog_instead(const Route& wanted) {
    if (context.dialogs_.empty() || context.dialogs_.back()->is_closing()) return false;
    Dialog& top = *context.dialogs_.back();
    const std::string& address = open_dialogs.back().address;
    if (!address.empty() && address == wanted.parameter("dialog")) return false;
    const bool may_close = top.can_close(context);
    if (!address.empty()) return !may_close;
    if (may_close) top.close();
    context.request_frame();
    return true;
}

void AppFrame::go_to(std::string_view route) {
    context.route_ = Route::parse(route);
    navigation_open = false;
    if (started) context.set_setting("place", without_dialog(route));
    context.request_frame();
}

bool AppFrame::move() {
    const Context::Move kind = std::exchange(context.move_, Context::Move::None);
    if (kind == Context::Move::None) return false;
    const std::string route = std::exchange(context.move_route_, {});
    Browser& browser = context.browser();
    if (kind == Context::Move::Replace) {
        // A dialog that closes goes back to the entry of its page; what it changed there follows.
        if (leaving_dialog && !after_back_pushes) after_back = without_dialog(route);
        browser.replace_route(route);
        go_to(route);
        return true;
    }
    const bool elsewhere = kind == Context::Move::Back || kind == Context::Move::BackAnyway || Route::parse(route).path != context.route_.path;
    if (elsewhere && kind != Context::Move::PushAnyway && kind != Context::Move::BackAnyway && current && !current->can_leave(context)) return true;
    restores_scroll = false;
    if (kind == Context::Move::BackAnyway) {
        browser.go_back();
        return true;
    }
    if (kind == Context::Move::Back) {
        // Opened by a link from elsewhere, there is nothing of ours behind it.
        if (browser.history_depth() > 0) browser.go_back();
        else leave_upwards();
        return true;
    }
    if (leaving_dialog) {   // pressed before the browser has gone back: from there one goes on
        after_back = route;
        after_back_pushes = true;
        return true;
    }
    if (Route::parse(route) == context.route_) return true;
    // From a dialog one goes on in its place: back then leads to the page below it.
    const bool from_dialog = !context.route_.parameter("dialog").empty();
    if (!from_dialog) context.came_from_ = context.route_;
    if (from_dialog) browser.replace_route(route);
    else browser.push_route(route);
    depth = browser.history_depth();
    go_to(route);
    return true;
}

// Back where there is no entry behind: from a record to its list, from anything else home.
void AppFrame::leave_upwards() {
    std::string up = routes::home();
    const Route& route = context.route_;
    if (const auto id = parse_record_id(route.segment(1)); route.segment(0) == "r" && id && context.schema().has_object(id->object()))
        up = route.path.size() > 2 ? routes::record(*id) : routes::list(context.schema().object(id->object()).name);
    else if (route.segment(0) == "o" && route.path.size() > 2) up = routes::list(route.segment(1));
    context.browser().replace_route(up);
    go_to(up);
}

// The last visit's place may be gone: a record that was deleted, or the whole database.
void AppFrame::check_resumed() {
    if (!std::exchange(resumed, false) || context.route_.segment(0) != "r") return;
    const auto id = parse_record_id(context.route_.segment(1));
    const auto record = id ? context.records().find(*id) : std::nullopt;
    if (record && context.records().table(record->object).is_live(record->row)) return;
    context.browser().replace_route(routes::home());
    go_to(routes::home());
}

// --- dialogs of the address

// Opens what the address asks for and the page or the registry can make; closes what it no longer names.
void AppFrame::follow_dialog_address() {
    const std::string wanted(context.route_.parameter("dialog"));
    if (wanted == dialog_address) return;
    for (std::size_t i = 0; i < context.dialogs_.size(); ++i)
        if (!open_dialogs[i].address.empty()) context.dialogs_[i]->close();
    dialog_address = wanted;
    leaving_dialog = false;
    if (wanted.empty()) return;
    std::unique_ptr<Dialog> dialog = current ? current->make_dialog(context, wanted) : nullptr;
    if (!dialog) dialog = make_addressed_dialog(context, wanted);
    if (!dialog) return context.set_parameter("dialog", "");
    opening = dialog.get();
    context.dialogs_opening_.push_back(std::move(dialog));
    context.request_frame();
}

// A dialog of the address was closed by the person: its entry goes, unless the address has moved on already.
void AppFrame::dialog_closed(const OpenDialog& closed) {
    if (closed.address.empty() || closed.address != context.route_.parameter("dialog")) return;
    if (context.move_ != Context::Move::None && context.move_ != Context::Move::Replace) return;
    Browser& browser = context.browser();
    if (browser.history_depth() == 0) return context.set_parameter("dialog", "");
    leaving_dialog = true;
    context.later([&browser] { browser.go_back(); });
}

// --- scroll

void AppFrame::load_places() {
    for (const std::string_view line : split(context.setting("scroll"), '\n')) {
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos) continue;
        places.push_back({std::string(line.substr(0, tab)), parse_scrolls(line.substr(tab + 1))});
    }
}

// The page has come to the front. One that was left by a link or made anew is put back where it was; a record that one
// follows a link to begins at its top, and so does a new form.
void AppFrame::restore_scroll(bool made_anew) {
    auto& wanted = context.kit().scroll_wanted;
    wanted.clear();
    const bool form = context.route_.segment(0) == "o" && context.route_.segment(2) == "new";
    context.kit().begins_at_top = form && !restores_scroll;
    const bool to_top = !restores_scroll && (form || context.route_.segment(0) == "r");
    if (!made_anew && !restores_scroll && !to_top) return;
    for (const Place& place : places) {
        if (place.path != current_path) continue;
        for (const kit::ScrollPlace& each : place.scrolls)
            wanted[each.id] = {to_top ? 0 : each.x, to_top ? 0 : each.y, 0};
    }
    restoring_since = context.frame_milliseconds;
    if (!wanted.empty()) context.request_frame();
}

// After a frame: keeps how far the page's regions are scrolled once they have come to rest.
void AppFrame::remember_scroll() {
    kit::Kit& state = context.kit();
    state.begins_at_top = false;
    if (!current) return;
    if (!state.scroll_wanted.empty()) {
        constexpr std::int64_t restoring_max = 1000;   // a region that is gone is not waited for
        if (context.frame_milliseconds - restoring_since > restoring_max) state.scroll_wanted.clear();
        return;
    }
    std::string now = scrolls_text(state.scrolls_seen);
    if (now != scroll_seen) {
        scroll_seen = std::move(now);
        scroll_seen_at = context.frame_milliseconds;
        scroll_kept = false;
    }
    if (scroll_kept) return;
    const std::int64_t waited = context.frame_milliseconds - scroll_seen_at;
    if (waited < place_settles_milliseconds) return context.request_frame_after(static_cast<int>(place_settles_milliseconds - waited) + 1);
    scroll_kept = true;
    std::erase_if(places, [&](const Place& place) { return place.path == current_path; });
    if (!scroll_seen.empty()) places.insert(places.begin(), {current_path, state.scrolls_seen});
    if (places.size() > places_kept_max) places.resize(places_kept_max);
    std::string text;
    for (const Place& place : places) text += place.path + '\t' + scrolls_text(place.scrolls) + '\n';
    context.set_setting("scroll", text);
}

}  // namespace outpost
