#include "web/platform.h"

#include <emscripten/emscripten.h>
#include <emscripten/heap.h>

#include <algorithm>
#include <cfloat>

#include "imgui.h"
#include "imgui_internal.h"
#include "web/page_calls.h"
#include "web/platform_parts.h"

namespace outpost {
namespace {

constexpr double hurry_milliseconds = 1000;    // for so long after an input frames follow at once
constexpr int settle_frames = 2;               // hover and layout need a frame or two to come to rest
constexpr int answer_frames_max = 3;           // a command is carried out after its frame, another page drawn in the next
constexpr double mirror_interval = 100;        // milliseconds between mirror updates while something scrolls

void set_clipboard(ImGuiContext*, const char* text) {
    PlatformParts::active->clipboard = text;
    PlatformParts::active->browser.copy_text(text);
}
const char* get_clipboard(ImGuiContext*) { return PlatformParts::active->clipboard.c_str(); }

}  // namespace

struct WebPlatform::Parts : PlatformParts {};

PlatformParts* PlatformParts::active = nullptr;

WebPlatform::WebPlatform() : parts_(std::make_unique<Parts>()) { PlatformParts::active = parts_.get(); }
WebPlatform::~WebPlatform() { PlatformParts::active = nullptr; }

bool WebPlatform::start() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_HasMouseCursors;
    io.ConfigInputTextCursorBlink = false;
    io.ConfigDragClickToInputText = false;
    io.ConfigMacOSXBehaviors = EM_ASM_INT({ return /Mac|iPhone|iPad/.test(navigator.platform) ? 1 : 0; });
    ImGuiPlatformIO& platform_io = ImGui::GetPlatformIO();
    platform_io.Platform_SetClipboardTextFn = set_clipboard;
    platform_io.Platform_GetClipboardTextFn = get_clipboard;
    platform_io.Renderer_TextureMaxWidth = platform_io.Renderer_TextureMaxHeight = 4096;
    outpost_js_start();
    outpost_js_script_install();
    if (!parts_->renderer.start("#canvas")) {
        outpost_js_show_failure("", 0);
        return false;
    }
    parts_->fonts = add_fonts(parts_->shaper);
    outpost_js_lock_watch();
    parts_->browser.on_figures([parts = parts_.get()] { return parts->figures(); });
    // The address that the page was opened with.
    parts_->events.push_back({PageEventKind::Navigate, 0, take_text(outpost_js_current_route())});
    return true;
}

void WebPlatform::run(std::function<FrameResult()> frame) {
    parts_->frame = std::move(frame);
    parts_->request_frame();
}

void WebPlatform::request_frame_soon() { outpost_js_request_frame_soon(); }

void WebPlatform::begin_frame() {
    PlatformParts& parts = *parts_;
    if (parts.shaper.is_full()) {
        parts.shaper.reset();
        discard_glyphs();
    }
    if (parts.mirror.language_changed()) {
        discard_glyphs();
        parts.locale.forget();
    }
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(parts.view.width, parts.view.height);
    io.DisplayFramebufferScale = ImVec2(1, 1);
    const double now = emscripten_get_now();
    io.DeltaTime = static_cast<float>(std::clamp((now - parts.frame_time) / 1000, 0.0001, 0.1));
    parts.frame_time = now;
    parts.input.before_frame(now);
    ImGui::NewFrame();
}

void WebPlatform::end_frame(const SemanticsFrame& frame) {
    PlatformParts& parts = *parts_;
    ImGui::Render();
    const ImDrawData& data = *ImGui::GetDrawData();
    const std::uint64_t fingerprint = Renderer::fingerprint(data);
    if (fingerprint != parts.fingerprint || parts.redraw) {
        parts.settle = settle_frames;
        parts.renderer.draw(data, parts.view.width, parts.view.height);
        parts.fingerprint = Renderer::fingerprint(data);  // without the textures that are now uploaded
        parts.redraw = parts.renderer.is_lost();
    }

    parts.input.set_touch_areas(frame.touch_areas);
    const double now = emscripten_get_now();
    const bool scrolling = parts.drawn_once && parts.input.is_scrolling(now) && !parts.mirror.is_editing();
    if (scrolling != parts.mirror_unpainted) outpost_js_paint_mirror(parts.mirror_unpainted);
    parts.mirror_unpainted = scrolling;
    const bool defer = scrolling && frame.announcements.empty() && now - parts.mirror_time < mirror_interval;
    parts.mirror_waits = defer;
    if (!defer) {
        const ImVec2 padding = ImGui::GetStyle().FramePadding;
        parts.mirror.sync(frame, 1.0 / parts.view.pixel_ratio, padding.x, padding.y);
        parts.mirror_time = now;
    }
    if (const int cursor = ImGui::GetMouseCursor(); cursor != parts.cursor) {
        parts.cursor = cursor;
        outpost_js_set_cursor(cursor);
    }
    if (!parts.drawn_once) {
        parts.drawn_once = true;
        outpost_js_first_frame();
        parts.storage.after_first_frame();
    }
}

std::vector<PageEvent> WebPlatform::take_events() { return std::exchange(parts_->events, {}); }
std::vector<PickedFile> WebPlatform::take_files() { return std::exchange(parts_->files, {}); }

void WebPlatform::claim_shortcuts(const std::vector<std::string>& chords) {
    std::string lines;
    for (const std::string& chord : chords) lines += (lines.empty() ? "" : "\n") + chord;
    outpost_js_claim_shortcuts(lines.data(), length_of(lines));
}

const ViewState& WebPlatform::view() const { return parts_->view; }
PlatformFonts WebPlatform::fonts() const { return parts_->fonts; }
TextShaper& WebPlatform::text_shaper() { return parts_->shaper; }

StoreOwnership WebPlatform::store_ownership() const { return parts_->ownership; }
void WebPlatform::on_store_ownership(std::function<void(StoreOwnership)> callback) {
    parts_->ownership_changed = std::move(callback);
    if (parts_->ownership != StoreOwnership::Waiting && parts_->ownership_changed)
        parts_->ownership_changed(parts_->ownership);
}
void WebPlatform::take_over_store() { outpost_js_lock_take_over(); }
void WebPlatform::on_release_request(std::function<void(std::function<void()> release)> callback) {
    parts_->release_requested = std::move(callback);
}

void WebPlatform::on_update_ready(std::function<void()> callback) { parts_->update_ready = std::move(callback); }
void WebPlatform::apply_update() { outpost_js_apply_update(); }

void WebPlatform::set_scripting(ScriptingHandler* handler) { parts_->scripting = handler; }
void WebPlatform::scripting_ready(std::string_view ready_json) {
    outpost_js_script_ready(ready_json.data(), length_of(ready_json));
}
void WebPlatform::show_failure(std::string_view message) { outpost_js_show_failure(message.data(), length_of(message)); }

Storage& WebPlatform::storage() { return parts_->storage; }
Browser& WebPlatform::browser() { return parts_->browser; }
Locale& WebPlatform::locale() { return parts_->locale; }
Clock& WebPlatform::clock() { return parts_->clock; }
TextDecoder& WebPlatform::text_decoder() { return parts_->text_decoder; }
Random& WebPlatform::random() { return parts_->random; }
Log& WebPlatform::log() { return parts_->log; }

// --- the frame loop -----------------------------------------------------------------------------------------------

void PlatformParts::request_frame() {
    hurry_until = emscripten_get_now() + hurry_milliseconds;
    outpost_js_request_frame();
}

void PlatformParts::queue(PageEventKind kind, std::uint32_t id, std::string text) {
    events.push_back({kind, id, std::move(text)});
    settle = settle_frames;
    request_frame();
}

void PlatformParts::run_frame() {
    if (in_frame || !frame || (!drawn_once && outpost_js_is_frame_held())) return;
    in_frame = true;
    answer_due = false;
    settle = std::max(0, settle - 1);
    const double start = emscripten_get_now();
    const FrameResult result = frame();
    frame_work[frames_run++ % frame_work.size()] = static_cast<float>(emscripten_get_now() - start);
    in_frame = false;
    if (std::exchange(page_held, result.holds_draft) != result.holds_draft) outpost_js_hold_page(result.holds_draft);
    unfinished = result.animating || !events.empty() || ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
    schedule(result);
}

void PlatformParts::answer_now() {
    if (!answer_due) return;
    run_frame();
    for (int i = 1; i < answer_frames_max && unfinished; ++i) run_frame();
}

PageFigures PlatformParts::figures() const {
    PageFigures out;
    const std::size_t count = std::min<std::size_t>(frames_run, frame_work.size());
    for (std::size_t i = 0; i < count; ++i) {
        out.frame_milliseconds += frame_work[i] / static_cast<float>(count);
        out.frame_milliseconds_worst = std::max(out.frame_milliseconds_worst, frame_work[i]);
    }
    out.draw_calls = renderer.draw_calls();
    out.vertices = ImGui::GetIO().MetricsRenderVertices;
    const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    if (atlas.TexData) {
        out.texture_width = atlas.TexData->Width;
        out.texture_height = atlas.TexData->Height;
    }
    out.glyphs = glyph_count();
    out.memory_bytes = emscripten_get_heap_size();
    out.mirror_nodes = mirror.node_count();
    out.events_waiting = static_cast<int>(events.size()) + ImGui::GetCurrentContext()->InputEventsQueue.Size;
    return out;
}

int PlatformParts::hover_wait() const {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    if (g.HoverItemDelayId == 0) return -1;
    const float wait = std::max(g.Style.HoverDelayNormal, g.Style.HoverStationaryDelay);
    if (g.HoverItemDelayTimer >= wait && g.MouseStationaryTimer >= g.Style.HoverStationaryDelay) return -1;
    const float left = std::max(wait - g.HoverItemDelayTimer, g.Style.HoverStationaryDelay - g.MouseStationaryTimer);
    return std::max(16, static_cast<int>(left * 1000) + 1);
}

void PlatformParts::schedule(const FrameResult& result) {
    const double now = emscripten_get_now();
    const bool at_once = result.animating || !events.empty() || input.is_active() ||
                         ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
    if (at_once || (settle > 0 && now < hurry_until)) return outpost_js_request_frame();
    if (settle > 0) return outpost_js_request_frame_soon();  // what moved the picture was no person
    int wake = -1;
    for (const int candidate : {result.wake_after_milliseconds, browser.take_wake(), input.wake_after(now), hover_wait(),
                                mirror_waits || mirror_unpainted ? static_cast<int>(mirror_interval) + 50 : -1})
        if (candidate >= 0) wake = wake < 0 ? candidate : std::min(wake, candidate);
    outpost_js_wake_after(wake);
}

}  // namespace outpost
