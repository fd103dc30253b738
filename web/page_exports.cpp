// What the page calls: DOM events, sizes, answers of the stores. Each function finds the platform and passes on.
#include <emscripten/emscripten.h>

#include <algorithm>
#include <string>

#include "imgui.h"
#include "web/page_calls.h"
#include "web/platform_parts.h"

using namespace outpost;

namespace {

PlatformParts* parts() { return PlatformParts::active; }
bool is_running() { return parts() && parts()->frame; }

// Event kinds of the page beside PageEventKind's numbers.
constexpr int event_quiet_focus = 101;  // the DOM's focus follows a press: the app learns of the press itself

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void outpost_on_frame() {
    if (is_running()) parts()->run_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_resize(double width, double height, double ratio, double top, double right,
                                            double bottom, double left, double keyboard) {
    if (!parts()) return;
    ViewState& view = parts()->view;
    const auto f = [](double value) { return static_cast<float>(value); };
    view = {f(width), f(height), f(ratio), f(top), f(right), f(bottom), f(left), f(keyboard),
            outpost_js_media(3) != 0, outpost_js_media(4) != 0};
    parts()->redraw = true;  // a canvas that changed its size is empty
    if (is_running()) parts()->run_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_pointer(int kind, int type, int pointer_id, int button, double x, double y,
                                             int modifiers, int on_field, double time) {
    if (!is_running()) return;
    parts()->settle = std::max(parts()->settle, 1);
    parts()->input.pointer({static_cast<PointerKind>(kind), static_cast<PointerType>(type), pointer_id, button,
                            static_cast<float>(x), static_cast<float>(y), static_cast<unsigned>(modifiers),
                            on_field != 0, time},
                           parts()->view.pixel_ratio);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_wheel(double x, double y, int modifiers) {
    if (!is_running()) return;
    parts()->input.wheel(static_cast<float>(x), static_cast<float>(y), static_cast<unsigned>(modifiers), emscripten_get_now());
    parts()->settle = std::max(parts()->settle, 2);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_key(const char* name, int down, int modifiers) {
    if (!is_running()) return;
    if (!parts()->input.key(name, down != 0, static_cast<unsigned>(modifiers))) return;
    parts()->answer_due = parts()->answer_due || down != 0;
    parts()->settle = std::max(parts()->settle, 2);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_answer_now() {
    if (is_running()) parts()->answer_now();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_page_event(int kind, std::uint32_t id, const char* text) {
    if (!parts()) return;
    Mirror& mirror = parts()->mirror;
    if (kind == event_quiet_focus) return mirror.focus_moved(id);
    const auto event = static_cast<PageEventKind>(kind);
    if (event == PageEventKind::Focus) mirror.focus_moved(id);
    if (event == PageEventKind::Blur) mirror.focus_left(id);
    if (event == PageEventKind::TextEdited) mirror.value_reported(id, text ? text : "");
    parts()->queue(event, id, text ? text : "");
    using enum PageEventKind;
    if (event == Focus || event == Key || event == Activate || event == TextCommit || event == TextCancel) parts()->answer_due = true;
}

EMSCRIPTEN_KEEPALIVE void outpost_on_copy(int cut) {
    if (is_running()) parts()->input.copy(cut != 0);
}

EMSCRIPTEN_KEEPALIVE void outpost_on_window_focus(int focused) {
    if (!is_running()) return;
    parts()->input.window_focus(focused != 0);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_colors() {
    if (!parts()) return;
    ViewState& view = parts()->view;
    view.coarse_pointer = outpost_js_media(3) != 0;
    view.forced_colors = outpost_js_media(4) != 0;
    parts()->browser.forget_colors();
    parts()->settle = std::max(parts()->settle, 2);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_visibility(int visible) {
    if (parts() && !visible) parts()->storage.hurry();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_context(int restored) {
    if (!parts()) return;
    if (restored) parts()->renderer.context_restored();
    else parts()->renderer.context_lost();
    parts()->redraw = true;
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_file(int, const char* name, int buffer) {
    if (parts()) parts()->arriving_files.push_back({name, std::make_shared<BufferSource>(buffer)});
}

EMSCRIPTEN_KEEPALIVE void outpost_on_files_done(int ticket) {
    if (!parts()) return;
    std::vector<PickedFile> files = std::exchange(parts()->arriving_files, {});
    if (ticket) {
        parts()->browser.files_picked(ticket, std::move(files));
        parts()->settle = 2;
        parts()->request_frame();
    } else if (!files.empty()) {
        for (PickedFile& file : files) parts()->files.push_back(std::move(file));
        parts()->queue(PageEventKind::FilesDropped, 0, {});
    }
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_opened(int files, int files_snapshot, int files_journal, double files_sequence,
                                                  int full, int database, double database_newest,
                                                  double database_sequence, double database_alone) {
    if (!parts()) return;
    parts()->storage.opened({files != 0, files_snapshot, files_journal, static_cast<Sequence>(files_sequence), full != 0, database,
                             static_cast<Sequence>(database_newest), static_cast<Sequence>(database_sequence),
                             database_alone < 0 ? std::nullopt : std::optional(static_cast<Sequence>(database_alone)), files == 2});
    if (!parts()->waiting_answers.empty()) give_waiting_answers(*parts());
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_settled() {
    if (parts()) parts()->storage.settled();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_follow() {
    if (parts()) parts()->storage.follow();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_doubt() {
    if (parts()) parts()->storage.doubt();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_look() {
    if (parts()) parts()->storage.look();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_looked() {
    if (!parts()) return;
    parts()->storage.looked();
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_read(int snapshot, int log) {
    if (!parts()) return;
    parts()->storage.database_read(snapshot, log);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_history(double ticket, int files, int log) {
    if (!parts()) return;
    parts()->storage.history_read(ticket, files, log);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_store_done(int copy, double ticket, const char* error) {
    if (!parts()) return;
    const Sequence before = parts()->storage.durable_sequence();
    const StorageState state = parts()->storage.state();
    parts()->storage.written(copy, ticket, error);
    if (!parts()->waiting_answers.empty()) give_waiting_answers(*parts());
    // "Saving" turns into "Saved" on the screen.
    if (parts()->storage.state() != state) parts()->request_frame();
    else if (parts()->storage.durable_sequence() != before) outpost_js_request_frame_soon();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_lock(int state) {
    if (!parts()) return;
    if (state == 10) {  // another tab asks for the store
        const auto release = [] { outpost_js_lock_release(); };
        if (parts()->release_requested) parts()->release_requested(release);
        else parts()->storage.when_durable(release);
        return;
    }
    parts()->ownership = static_cast<StoreOwnership>(state);
    if (parts()->ownership == StoreOwnership::Lost) {
        parts()->storage.close();
        refuse_waiting_answers(*parts());
    }
    if (parts()->ownership_changed) parts()->ownership_changed(parts()->ownership);
    parts()->request_frame();
}

EMSCRIPTEN_KEEPALIVE void outpost_on_update_ready() {
    if (!parts()) return;
    if (parts()->update_ready) parts()->update_ready();
    parts()->request_frame();
}

}  // extern "C"
