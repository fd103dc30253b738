#include "ui/app.h"

#include <algorithm>
#include <cmath>

#include "core/activity/zone_time.h"
#include "core/base/result.h"
#include "imgui.h"
#include "ui/app_frame.h"
#include "ui/contrast.h"
#include "ui/kit/internal.h"
#include "ui/pages/registry.h"
#include "ui/preferences.h"

namespace outpost {
namespace {

constexpr std::size_t pages_alive_max = 12;
constexpr int touch_toast_milliseconds = 10'000;

void apply_style(Context& context) {
    ImGuiStyle style;
    const float s = context.scale;
    const Palette& p = context.color();
    style.WindowPadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
    style.WindowBorderSize = style.ChildBorderSize = style.PopupBorderSize = style.FrameBorderSize = 0;
    style.WindowMinSize = {1, 1};
    style.FramePadding = {10 * s, 7 * s};   // the browser's text fields take it from here
    style.ScrollbarSize = (context.touch ? 0.0f : 10.0f) * s;   // for a finger: draw_scroll_mark, over what scrolls
    style.ScrollbarRounding = style.ScrollbarSize / 2;
    style.GrabMinSize = 36 * s;
    style.DisplaySafeAreaPadding = {0, 0};
    style.FontScaleDpi = s;
    for (ImVec4& color : style.Colors) color = {0, 0, 0, 0};
    const auto set = [&](ImGuiCol index, Color color) { style.Colors[index] = ImGui::ColorConvertU32ToFloat4(kit::color32(color)); };
    set(ImGuiCol_Text, p.text);
    set(ImGuiCol_WindowBg, p.canvas);   // what the picture is cleared with: no window has a ground of its own
    set(ImGuiCol_ScrollbarGrab, p.border_strong.with_alpha(0.8f));
    set(ImGuiCol_ScrollbarGrabHovered, p.text_disabled);
    set(ImGuiCol_ScrollbarGrabActive, p.text_secondary);
    ImGui::GetStyle() = style;
    ImGuiIO& io = ImGui::GetIO();
    io.MouseDragThreshold = 6 * s;
    io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
    io.IniFilename = nullptr;
}

bool fits(std::string_view pattern, const Route& route) {
    const Route wanted = Route::parse(pattern);
    if (wanted.path.size() != route.path.size()) return false;
    for (std::size_t i = 0; i < wanted.path.size(); ++i)
        if (!wanted.path[i].starts_with(':') && wanted.path[i] != route.path[i]) return false;
    return true;
}

}  // namespace

struct App::State {
    explicit State(PagePorts ports) : frame(ports) {}
    AppFrame frame;
};

AppFrame::~AppFrame() = default;

App::App(PagePorts ports) : state_(std::make_unique<State>(ports)) {}
App::~App() = default;

void App::set_phase(AppPhase phase, std::string_view detail) {
    state_->frame.phase = phase;
    state_->frame.phase_detail = detail;
}
void App::set_open_report(OpenReport report) {
    state_->frame.report_pending = !report.clean();
    state_->frame.report = std::move(report);
}
void App::set_take_over(std::function<void()> take_over) { state_->frame.take_over = std::move(take_over); }
void App::set_update_ready(std::function<void()> apply_update) { state_->frame.apply_update = std::move(apply_update); }
Context& App::context() { return state_->frame.context; }
const SemanticsFrame& App::semantics() const { return state_->frame.context.semantics; }
bool App::animating() const { return state_->frame.context.animating_; }
int App::wake_after_milliseconds() const { return state_->frame.context.wake_after_; }
bool App::holds_draft() const { return is_draft_held(state_->frame); }

std::vector<std::string> App::claimed_shortcuts() {
    return {"Ctrl+K", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+S", "Ctrl+Enter", "Ctrl+Shift+F", "F2",
            "Ctrl+ArrowLeft", "Ctrl+ArrowRight", "Ctrl+Home", "Ctrl+End", "Alt+ArrowUp", "Alt+ArrowDown"};
}

// --- one frame

namespace {

void begin_context(AppFrame& frame, const AppView& view) {
    Context& context = frame.context;
    const float ratio = view.pixel_ratio > 0 ? view.pixel_ratio : 1;
    // Another display, or zoom: what was scrolled stays where it was, and words are measured anew before they are cut.
    if (ratio != context.scale) {
        frame.frames_to_settle = 3;
        for (const kit::ScrollPlace& each : context.kit().scrolls_seen) context.kit().scroll_wanted[each.id] = {each.x, each.y, 0};
        frame.restoring_since = context.clock().ticks_microseconds() / 1000;
        // The pointer is where it was: at zoom in the same pixel, on another display in the same place of the window.
        ImGuiIO& io = ImGui::GetIO();
        const float share = context.width > 0 && ImGui::IsMousePosValid() ? view.width / (context.width * context.scale) : 1;
        io.MousePos = {io.MousePos.x * share, io.MousePos.y * share};
    }
    const float width = view.width / ratio, height = (view.height - view.keyboard_height) / ratio;
    const bool typing = kit::is_typing(context.kit());
    if (typing && height != context.height) context.kit().reveal_frames = kit::reveal_frames_max;
    // A press takes the focus away at once; what it is aimed at stays where it is until it ends.
    const bool pressing = ImGui::IsMouseDown(ImGuiMouseButton_Left) || ImGui::IsMouseReleased(ImGuiMouseButton_Left);
    if (width != context.width || (!typing && !pressing)) frame.height_at_rest = height;
    context.scale = ratio;
    context.width = width;
    context.height = height;
    context.safe_area = view.safe_area;
    context.bottom_bar = 0;
    context.form = context.width < 600 ? FormFactor::Phone : context.width < 1024 ? FormFactor::Tablet : FormFactor::Desktop;
    context.touch = view.coarse_pointer;
    context.frame_milliseconds = context.clock().ticks_microseconds() / 1000;
    Browser& browser = context.browser();
    Theme& theme = context.theme;
    const ThemeChoice choice = theme_preference(browser);
    theme.dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && browser.prefers_dark());
    theme.color = theme.dark ? dark_palette() : light_palette();
    theme.forced = view.forced_colors;
    if (view.forced_colors) theme.color = forced_palette(view.system_colors.value_or(usual_system_colors(theme.dark)));
    else if (browser.prefers_more_contrast()) theme.color = with_more_contrast(theme.color);
    // The window's frame continues what stands below it.
    const std::uint32_t frame_color = (context.is_desktop() ? theme.color.sidebar : theme.color.surface).argb & 0xFFFFFFu;
    if (frame.shown_frame_color != frame_color) browser.show_theme(theme.dark, frame_color);
    frame.shown_frame_color = frame_color;
    theme.reduced_motion = browser.prefers_reduced_motion();
    theme.touch = context.touch;
    theme.density = density_preference(browser);
    theme.fonts = view.fonts;
    context.workspace().set_language(language_preference(browser));
    context.workspace().follow_calendar(context.locale().first_weekday());
    context.kit().apple = ImGui::GetIO().ConfigMacOSXBehaviors;
}

void draw_main(AppFrame& frame, Rect place) {
    Context& context = frame.context;
    kit::Group main(context, Role::Main, context.tr("app.main"));
    kit::Column column(context, place, {.gap = 0});
    draw_banners(frame);
    const Rect rest = kit::available(context);
    draw_page(frame, {place.x, rest.y, place.width, std::max(0.0f, place.bottom() - rest.y)});
}

void draw_frame(AppFrame& frame) {
    Context& context = frame.context;
    Rect page{0, 0, context.width, context.height};
    page = page.inset(context.safe_area);
    if (frame.phase != AppPhase::Open) return draw_phase(frame, page);
    frame.check_resumed();
    handle_shortcuts(frame);
    if (context.is_desktop()) {
        const bool narrow = frame.sidebar_narrow;
        draw_sidebar(frame, page.cut_left(narrow ? 60.0f : 232.0f), narrow);
    } else {
        draw_top_bar(frame, page.cut_top(context.is_phone() ? 52.0f : 56.0f));
        const bool keyboard = context.touch && context.height < frame.height_at_rest - 120;   // the one on the screen is up: a form needs the room
        if (context.is_phone() && !keyboard) draw_bottom_bar(frame, page.cut_bottom(56));
    }
    draw_main(frame, page);
    handle_late_shortcuts(frame);
    frame.follow_dialog_address();
}

}  // namespace

void App::draw(const AppView& view, std::vector<PageEvent> events, std::vector<PickedFile> files) {
    AppFrame& frame = state_->frame;
    Context& context = frame.context;
    begin_context(frame, view);
    context.wake_after_ = -1;
    // At midnight another day is today.
    const Milliseconds midnight = ZoneTime(context.clock(), {}).midnight(context.today() + 1);
    context.request_frame_after(static_cast<int>(std::max<Milliseconds>(midnight - context.clock().now(), 0)) + 1);
    context.animating_ = frame.frames_to_settle > 0;
    context.kit().settles = context.animating_;
    if (context.animating_) --frame.frames_to_settle;
    frame.take_files(std::move(files));
    frame.sidebar_narrow = context.setting("sidebar") == "narrow";
    apply_style(context);
    frame.take_input(std::move(events));
    kit::begin_frame(context);
    if (frame.opened_at == 0) frame.opened_at = context.frame_milliseconds;

    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({view.width, view.height});
    ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                                      ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground |
                                      ImGuiWindowFlags_NoScrollWithMouse);
    {
        kit::Column whole(context, Rect{0, 0, context.width, context.height}, {.gap = 0});
        draw_frame(frame);
        draw_dialogs(frame);
        draw_reminders(frame);
        follow_web_answers(frame);
        draw_toasts(frame);
        if (frame.overlay) draw_figures(frame);
        draw_tooltip(frame);
    }
    ImGui::End();
    kit::end_frame(context);
    frame.remember_scroll();

    const std::string app_name(context.tr("app.name"));
    std::string title = frame.current && frame.phase == AppPhase::Open ? frame.current->title(context, context.route()) : std::string();
    if (!frame.open_dialogs.empty() && !frame.open_dialogs.front().address.empty()) title = frame.dialogs().front()->title(context);
    context.semantics.page_title = title.empty() ? app_name : title + " \xC2\xB7 " + app_name;
    context.semantics.language = language_tag(context.messages().language());
}

bool App::drain() { return state_->frame.perform(); }

// --- what AppFrame does with the context's private parts

std::vector<std::unique_ptr<Dialog>>& AppFrame::dialogs() { return context.dialogs_; }

void AppFrame::take_input(std::vector<PageEvent> events) {
    context.events = std::move(events);
    context.pressed_chords_.clear();
    for (const PageEvent& event : context.events) {
        if (event.kind == PageEventKind::Navigate) follow_address(event.text);
        if (event.kind == PageEventKind::Key) context.pressed_chords_.push_back(event.text);
        if (event.kind == PageEventKind::TextCancel) context.pressed_chords_.emplace_back("Escape");
    }
    for (const char* key : {"Enter", "Escape", "ArrowUp", "ArrowDown", "PageUp", "PageDown"})
        if (kit::chord_down(key, true)) context.pressed_chords_.emplace_back(key);
    if (kit::chord_down("Ctrl+Enter", false)) context.pressed_chords_.emplace_back("Ctrl+Enter");
    for (const ImWchar letter : ImGui::GetIO().InputQueueCharacters)
        if (letter > 32 && letter < 127) context.pressed_chords_.emplace_back(1, static_cast<char>(letter));
}

// In a dialog's only field Enter saves, as Ctrl Enter does in any: there is no other one to go on to.
void AppFrame::take_enter(std::size_t first_node) {
    const std::vector<SemanticsNode>& nodes = context.semantics.nodes;
    std::uint32_t only = 0;
    int fields = 0;
    for (std::size_t at = first_node; at < nodes.size(); ++at) {
        if (nodes[at].input == InputKind::None || nodes[at].input == InputKind::Search) continue;
        only = nodes[at].input == InputKind::MultiLine ? 0 : nodes[at].id;
        ++fields;
    }
    bool entered = false, keys = false;   // with Tab or Ctrl Enter comes the key itself
    for (const PageEvent& event : context.events) {
        entered = entered || (event.kind == PageEventKind::TextCommit && event.id == only);
        keys = keys || event.kind == PageEventKind::Key;
    }
    if (fields == 1 && only != 0 && entered && !keys) context.pressed_chords_.emplace_back("Ctrl+Enter");
}

// Files that are dropped anywhere go to the import page, which takes them in the frame after it is there.
void AppFrame::take_files(std::vector<PickedFile> files) {
    const bool importing = context.route().segment(0) == Route::parse(routes::import()).segment(0);
    context.dropped_files = importing && files.empty() ? std::exchange(files_waiting, {}) : std::move(files);
    if (context.dropped_files.empty() || importing || phase != AppPhase::Open || context.has_dialog()) return;
    files_waiting = std::exchange(context.dropped_files, {});
    const bool on_list = context.route().segment(0) == "o";
    context.navigate(routes::import() + (on_list ? "?object=" + std::string(context.route().segment(1)) : std::string()));
}

void AppFrame::add_toast(Toast toast) {
    context.announce(toast.text);
    // A finger can't rest on it to keep it, so there is more time to undo; and a pile would lie over the rows of a phone.
    if (context.touch && toast.milliseconds > 0 && !toast.action_label.empty()) toast.milliseconds = std::max(toast.milliseconds, touch_toast_milliseconds);
    if (context.is_phone())
        std::erase_if(toasts, [](const OpenToast& open) { return open.until != 0 && open.toast.tone != Tone::Danger && open.toast.tone != Tone::Warning; });
    const std::int64_t until = toast.milliseconds > 0 ? context.frame_milliseconds + toast.milliseconds : 0;
    toasts.push_back({std::move(toast), until, -1, ++counter});
    if (toasts.size() > 3) toasts.erase(toasts.begin());
}

// What they offer to undo was undone by Ctrl+Z, what they offer to do again can't be any more.
void AppFrame::drop_spent_toasts() {
    const UndoStack& stack = context.workspace().editor().undo_stack();
    std::erase_if(toasts, [&](const OpenToast& open) {
        const auto* redo = stack.next_redo();
        return (open.toast.undoes && !stack.find_undo(open.toast.undoes)) || (open.toast.redoes && (!redo || redo->sequence != open.toast.redoes));
    });
}

void AppFrame::open_pending_dialogs() {
    for (std::unique_ptr<Dialog>& dialog : context.dialogs_opening_) {
        context.dialogs_.push_back(std::move(dialog));
        const bool addressed = context.dialogs_.back().get() == opening;
        open_dialogs.push_back({addressed ? dialog_address : std::string(), context.kit().focused, ++counter, false});
        if (addressed) opening = nullptr;
    }
    context.dialogs_opening_.clear();
}

bool AppFrame::perform() {
    bool changed = false;
    // What is done here may ask for more; that waits for the next frame.
    const std::vector<Context::Submitted> submitted = std::exchange(context.submitted_, {});
    const std::vector<std::function<void()>> later = std::exchange(context.later_, {});
    for (const Context::Submitted& each : submitted) {
        const Result<CommandOutcome> result = context.workspace().execute(each.command);
        if (each.done) each.done(result);
        if (!result && !each.options.silent_errors) context.toast(context.error_text(result.error()), Tone::Danger);
        if (result && !each.options.toast.empty()) {
            Toast toast{.text = each.options.toast, .tone = Tone::Success};
            if (each.options.offer_undo && result->sequence) {
                toast.action_label = context.tr("app.undo");
                toast.action = [this, sequence = result->sequence] { context.undo(sequence); };
                toast.undoes = result->sequence;
            }
            context.toast(std::move(toast));
        }
        changed = true;
    }
    for (const auto& action : later) action();
    changed = changed || !later.empty();
    changed = move() || changed;
    changed = changed || !context.dialogs_opening_.empty() || !context.toasts_opening_.empty();
    open_pending_dialogs();
    if (changed) drop_spent_toasts();
    for (Toast& toast : std::exchange(context.toasts_opening_, {})) add_toast(std::move(toast));
    return changed;
}

// --- pages

// The live page of the current route; made when it is not among the last dozen.
Page* find_page(AppFrame& frame) {
    Context& context = frame.context;
    const Route& route = context.route();
    const std::string path = route.path_text();
    if (frame.current && frame.current_path == path) return frame.current;
    // On a phone it covers what one went on to.
    for (OpenToast& open : frame.toasts) open.moves += open.moves >= 0 ? 1 : 0;
    std::erase_if(frame.toasts, [&](const OpenToast& open) { return context.is_phone() && open.until != 0 && open.moves >= 2; });
    if (frame.current) frame.current->leave(context);
    const bool is_start = frame.current_path.empty();
    frame.current = nullptr;
    frame.current_path = path;
    for (LivePage& live : frame.pages)
        if (live.path == path) {
            live.used = ++frame.counter;
            frame.current = live.page.get();
        }
    const bool made_anew = !frame.current;
    if (made_anew) {
        for (const PageEntry& entry : page_entries()) {
            if (!fits(entry.pattern, route)) continue;
            frame.pages.push_back({path, entry.make(), ++frame.counter});
            frame.current = frame.pages.back().page.get();
            break;
        }
    }
    if (frame.pages.size() > pages_alive_max) {
        const auto oldest = std::min_element(frame.pages.begin(), frame.pages.end(), [](const LivePage& a, const LivePage& b) { return a.used < b.used; });
        frame.pages.erase(oldest);
    }
    context.kit().left_focus = std::exchange(context.kit().focused, 0);
    frame.restore_scroll(made_anew);
    if (frame.current) frame.current->enter(context, route);
    if (!is_start) context.announce(frame.current ? frame.current->title(context, route) : context.tr("app.not_found"));
    return frame.current;
}

}  // namespace outpost
