// Dialogs, toasts and tooltips: what lies over the page.
#include <cmath>

#include "imgui.h"
#include "ui/app_frame.h"
#include "ui/kit/internal.h"

namespace outpost {
namespace {

struct DialogLook { Rect rect; float corner = radius::dialog; bool sheet = false, drawer = false; };

DialogLook look_of(Context& context, Dialog& dialog, float wanted_height) {
    DialogLook look;
    const Rect page{0, 0, context.width, context.height};
    const DialogKind kind = dialog.kind();
    const bool phone = context.is_phone();
    look.drawer = kind == DialogKind::Drawer;
    if (look.drawer) {
        look.rect = page;
        look.rect = look.rect.cut_right(phone ? page.width : std::min(dialog.width(), page.width - 48));
        look.corner = 0;
        return look;
    }
    look.sheet = phone && kind != DialogKind::Palette;
    const float height = std::min(wanted_height, look.sheet ? page.height * 0.92f : page.height - (phone ? 0 : 64.0f));
    const float width = phone ? page.width : std::min(dialog.width(), page.width - 48);
    if (look.sheet) look.rect = {0, page.height - height, page.width, height};
    else if (kind == DialogKind::Palette) look.rect = {(page.width - width) / 2, phone ? 0 : std::min(96.0f, page.height * 0.12f), width, std::min(height, page.height * (phone ? 1.0f : 0.76f))};
    else look.rect = page.centered(width, height);
    return look;
}

void paint_box(Context& context, const DialogLook& look) {
    kit::draw_list().PushClipRectFullScreen();
    const Palette& p = context.color();
    kit::fill(context, {0, 0, context.width, context.height}, p.scrim);
    Rect body = look.rect;
    if (look.sheet) body.height += 24;
    kit::shadow(context, body, look.corner, 3);
    kit::fill(context, body, p.surface_raised, look.corner);
    if (!look.sheet && !look.drawer) kit::stroke(context, body, p.border, look.corner);
    if (look.drawer) kit::line(context, {body.x, body.y}, {body.x, body.bottom()}, p.border);
    kit::draw_list().PopClipRect();
}

void ask_close(Context& context, Dialog& dialog) {
    if (dialog.can_close(context)) dialog.close();
    context.request_frame();
}

// Title, scrolling content, footer. Stores how high the whole wants to be.
void draw_inside(AppFrame& frame, Dialog& dialog, const DialogLook& look, std::uint32_t id) {
    Context& context = frame.context;
    const bool plain = dialog.kind() == DialogKind::Palette;
    Rect rest = look.rect;
    const float bottom = look.sheet || look.drawer ? context.safe_area.bottom : 0;
    rest.cut_bottom(bottom);
    Rect head = plain ? Rect{} : rest.cut_top(56);
    Rect foot = dialog.has_footer() ? rest.cut_bottom(context.theme.control_height() + 28) : Rect{};
    const float side = context.is_phone() ? space::x4 : space::x6;
    const std::string title = dialog.title(context);
    const Rect words = head.inset({side, 4, 60, 0});
    const bool fits = kit::text_width(context, title, TextStyle::Subtitle) <= words.width;
    if (!plain) kit::heading(context, 2, title, {.style = fits ? TextStyle::Subtitle : TextStyle::BodyStrong, .at = words});
    float content = 0;
    const std::size_t first_node = context.semantics.nodes.size();
    {
        kit::ScrollArea scroll(context, "content", rest, {.padding = plain ? Insets::all(space::x2) : Insets{side, 4, side, dialog.has_footer() ? space::x4 : side}, .gap = space::x4});
        dialog.draw(context);
        const kit::Layout& layout = kit::current(context);
        content = layout.y - layout.area.y + layout.padding.top + layout.padding.bottom;
    }
    if (dialog.has_footer()) {
        frame.take_enter(first_node);
        kit::line(context, {foot.x, foot.y}, {foot.right(), foot.y}, context.color().border);
        kit::Row row(context, foot.inset(Insets::xy(side, 0)));
        row.spacer();
        dialog.draw_footer(context);
    }
    if (!plain && dialog.kind() != DialogKind::Alert) {
        const Rect cross = Rect{head.right() - 48, head.y + 4, 36, head.height - 4}.centered(context.touch ? 44.0f : 32.0f, context.touch ? 44.0f : 32.0f);
        if (kit::icon_button(context, "close", Icon::Close, context.tr("kit.close"), {.kind = kit::ButtonKind::Ghost, .small = !context.touch, .at = cross})) ask_close(context, dialog);
    }
    kit::store_measure(context, id, 0, content + (look.rect.height - rest.height));
}

void draw_dialog(AppFrame& frame, std::size_t index) {
    Context& context = frame.context;
    kit::Kit& state = context.kit();
    Dialog& dialog = *frame.dialogs()[index];
    OpenDialog& open = frame.open_dialogs[index];
    kit::IdScope scope(context, open.number);
    const std::uint32_t id = kit::id_of("dialog");
    const float known = kit::remember(context, id).b;
    const DialogLook look = look_of(context, dialog, known > 0 ? known : 320);
    if (!kit::is_popup_id_open(id)) kit::open_popup_id(id);
    const ImVec2 low = kit::device_min(context, look.rect), high = kit::device_max(context, look.rect);
    ImGui::SetNextWindowPos(low);
    ImGui::SetNextWindowSize({high.x - low.x, high.y - low.y});
    if (!kit::begin_popup_id(id, true)) return;
    if (known <= 0 && !look.drawer) kit::hide_window_once();
    ++state.layer;
    state.modal_layer_next = state.layer;
    state.modal_layer = std::max(state.modal_layer, state.layer);
    if (!open.shown) {
        open.shown = true;
        state.focus_first = true;
        // A popup that closes only now doesn't take the focus out of it, and where that went back to, the dialog's goes.
        if (!state.popups.empty() && state.popups.front().return_focus) open.return_focus = state.popups.front().return_focus;
        for (kit::OpenPopup& popup : state.popups) popup.return_focus = 0;
    }
    paint_box(context, look);
    SemanticsNode node;
    node.id = kit::hash_id(id, 1);
    node.role = dialog.kind() == DialogKind::Alert ? Role::AlertDialog : Role::Dialog;
    node.name = dialog.title(context);
    node.states = semantics_state::modal;
    kit::emit(context, std::move(node), look.rect);
    kit::push_parent(context, kit::hash_id(id, 1));
    {
        kit::Column column(context, look.rect, {.gap = 0});
        draw_inside(frame, dialog, look, id);
    }
    state.focus_first = false;
    const bool top = index + 1 == frame.dialogs().size() && kit::is_top_popup(id);
    if (top) {
        const bool escape = !state.escape_taken && (kit::chord_down("Escape", false) || state.cancel_seen);
        const bool beside = dialog.kind() != DialogKind::Alert && kit::mouse_clicked_outside(context, look.rect);
        if (escape || beside) {
            state.escape_taken = true;
            ask_close(context, dialog);
        }
    }
    if (index + 1 < frame.dialogs().size()) draw_dialog(frame, index + 1);
    kit::pop_parent(context);
    --state.layer;
    if (dialog.is_closing()) kit::close_popup_id(id);
    ImGui::EndPopup();
}

// The tablet's sidebar over the page.
void draw_floating_sidebar(AppFrame& frame) {
    Context& context = frame.context;
    kit::Kit& state = context.kit();
    const std::uint32_t id = kit::id_of("navigation");
    if (!kit::is_popup_id_open(id)) {
        kit::open_popup_id(id);
        state.focus_first = true;
    }
    const Rect place{0, 0, 264, context.height};
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(kit::device_max(context, place));
    if (!kit::begin_popup_id(id, true)) return;
    ++state.layer;
    state.modal_layer_next = state.layer;
    kit::draw_list().PushClipRectFullScreen();
    kit::fill(context, {0, 0, context.width, context.height}, context.color().scrim);
    kit::draw_list().PopClipRect();
    {
        kit::Column column(context, place, {.gap = 0});
        draw_sidebar(frame, place, false);
    }
    state.focus_first = false;
    if (kit::chord_down("Escape", false) || kit::mouse_clicked_outside(context, place)) frame.navigation_open = false;
    if (!frame.navigation_open) kit::close_popup_id(id);
    --state.layer;
    ImGui::EndPopup();
}

}  // namespace

void draw_dialogs(AppFrame& frame) {
    Context& context = frame.context;
    if (frame.phase == AppPhase::Open && frame.navigation_open && !context.is_desktop()) draw_floating_sidebar(frame);
    // What goes on in another tab is not to be saved from a dialog here.
    if (!frame.dialogs().empty() && frame.phase == AppPhase::Open) draw_dialog(frame, 0);
    // Closed ones go, from the first closed one upwards; the focus returns.
    for (std::size_t i = 0; i < frame.dialogs().size(); ++i) {
        if (!frame.dialogs()[i]->is_closing()) continue;
        const std::uint32_t back = frame.open_dialogs[i].return_focus;
        for (std::size_t k = i; k < frame.dialogs().size(); ++k) frame.dialog_closed(frame.open_dialogs[k]);
        std::vector<std::unique_ptr<Dialog>> gone;   // destroyed after the lists are right
        for (std::size_t k = i; k < frame.dialogs().size(); ++k) gone.push_back(std::move(frame.dialogs()[k]));
        frame.dialogs().resize(i);
        frame.open_dialogs.resize(i);
        kit::take_focus(context, back, context.kit().focus_visible);
        context.request_frame();
        break;
    }
}

namespace {

constexpr float toast_padding = 14, toast_sign = 28, toast_close = 30;

float toast_action_width(Context& context, const Toast& toast) {
    return toast.action_label.empty() ? 0 : kit::text_width(context, toast.action_label, TextStyle::DenseStrong) + 30;
}

// Its words may take a few lines; what was refused and why must be read whole.
float toast_height(Context& context, const Toast& toast, float width) {
    const float words = width - 2 * toast_padding - toast_sign - toast_close - toast_action_width(context, toast);
    return std::max(context.touch ? 56.0f : 48.0f, kit::text_height(context, toast.text, TextStyle::Body, words) + 24);
}

// Over the field that somebody types into, whose text the browser draws above everything, or over the button below it.
bool covers_typing(Context& context, const Rect& rect) {
    const float button = context.theme.control_height() + space::x4;
    const Box box = kit::box_of(context, {rect.x, rect.y - button, rect.width, rect.height + button});
    return std::ranges::any_of(context.semantics.nodes, [&](const SemanticsNode& node) {
        const Box& field = node.box;
        return node.id == context.kit().dom_focus && node.input != InputKind::None && box.x < field.x + field.width && field.x < box.x + box.width &&
               box.y < field.y + field.height && field.y < box.y + box.height;
    });
}

}  // namespace

void draw_toasts(AppFrame& frame) {
    Context& context = frame.context;
    std::erase_if(frame.toasts, [&](const OpenToast& open) { return open.until != 0 && open.until <= context.frame_milliseconds; });
    if (frame.toasts.empty()) return;
    const float width = std::min(440.0f, context.width - 24), gap = 8;
    float total = 0;
    for (const OpenToast& open : frame.toasts) total += toast_height(context, open.toast, width) + gap;
    const float below = frame.reminders_height > 0 ? frame.reminders_height + gap : 0;
    // A dialog's buttons are at the right of its foot, a sheet's all over it: then they stand at the left, on a phone at the top.
    // A menu of a phone is a sheet, too.
    const bool aside = !frame.dialogs().empty() && frame.dialogs().back()->has_footer();
    const float top = context.safe_area.top + 12;
    const float low = context.is_phone() && (aside || !context.kit().popups.empty()) ? top + total - gap : context.height - (context.is_phone() ? 72.0f : 24.0f) - context.safe_area.bottom - context.bottom_bar - below;
    // The window takes what is pressed on it: it is as large as what is seen of the toasts, and only their shadows are larger.
    const float right = context.width - width - 24;
    const float x = aside && !context.is_phone() ? 12.0f : context.is_desktop() ? right : (context.width - width) / 2;
    Rect all{x, low - total, width, total - gap};
    if (covers_typing(context, all)) all.y = top;
    const Rect& window = all;
    ImGui::SetNextWindowPos(kit::device_min(context, window));
    const ImVec2 a = kit::device_min(context, window), b = kit::device_max(context, window);
    ImGui::SetNextWindowSize({b.x - a.x, b.y - a.y});
    ImGui::Begin("toasts", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                        ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing);
    kit::Kit& state = context.kit();
    const bool below_menu = !state.popups.empty();   // what was opened after them is not to be covered
    if (!below_menu) kit::bring_to_front("toasts");
    const std::uint16_t layer = std::exchange(state.layer, below_menu ? state.modal_layer : std::uint16_t{100});
    const Palette& p = context.color();
    const bool resting = !context.touch && all.contains(kit::pointer(context));   // a finger that was lifted rests nowhere
    ImGui::GetWindowDrawList()->PushClipRectFullScreen();
    float y = all.y;
    std::uint64_t closed = 0;
    {
        kit::Group region(context, Role::Region, context.tr("kit.notifications"));
        for (OpenToast& open : frame.toasts) {
            kit::IdScope scope(context, open.number);
            open.moves = std::max(open.moves, 0);
            const float height = toast_height(context, open.toast, width);
            const Rect box{all.x, y, width, height};
            y += height + gap;
            kit::shadow(context, box, radius::card, 2);
            kit::fill(context, box, p.surface_raised, radius::card);
            kit::stroke(context, box, p.border, radius::card);
            Rect rest = box.inset(Insets::xy(toast_padding, 0));
            const Tint& tint = context.theme.tint(open.toast.tone);
            const Icon icon = open.toast.tone == Tone::Danger ? Icon::Error : open.toast.tone == Tone::Warning ? Icon::Warning
                              : open.toast.tone == Tone::Success ? Icon::Check : Icon::Info;
            kit::draw_icon(context, icon, rest.cut_left(toast_sign).cut_left(18).centered(18, 18), tint.solid, 2.1f);
            Rect cross = rest.cut_right(toast_close).centered(28, 28);
            if (context.touch) cross = Rect{cross.x, cross.y - 6, 40, 40};   // into the edge, beside an action
            if (kit::icon_button(context, "close", Icon::Close, context.tr("kit.close"), {.kind = kit::ButtonKind::Ghost, .small = true, .at = cross})) closed = open.number;
            if (!open.toast.action_label.empty()) {
                Rect place = rest.cut_right(toast_action_width(context, open.toast));
                place.cut_left(8);
                place = place.centered(place.width, context.theme.small_height());
                if (kit::button(context, "action", open.toast.action_label, {.small = true, .at = place})) {
                    if (open.toast.action) open.toast.action();
                    closed = open.number;
                }
            }
            const float words = kit::text_height(context, open.toast.text, TextStyle::Body, rest.width);
            kit::text(context, open.toast.text, {.wrap = true, .at = rest.centered(rest.width, words)});
            if (open.until == 0) continue;
            // Time stands still while the pointer rests on them.
            if (resting) open.until = std::max(open.until, context.frame_milliseconds + 2000);
            context.request_frame_after(static_cast<int>(open.until - context.frame_milliseconds) + 1);
        }
    }
    state.layer = layer;
    ImGui::GetWindowDrawList()->PopClipRect();
    ImGui::End();
    std::erase_if(frame.toasts, [&](const OpenToast& open) { return open.number == closed; });
}

void draw_tooltip(AppFrame& frame) {
    Context& context = frame.context;
    kit::Kit& state = context.kit();
    if (state.tip.id == 0) {
        state.tip_id = 0;
        return;
    }
    const std::int64_t waited = context.frame_milliseconds - state.tip_since;
    if (waited < 450) return context.request_frame_after(static_cast<int>(450 - waited));
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
    const float most = 320, line = context.theme.line_height(TextStyle::Caption);
    const float natural = kit::text_width(context, state.tip.text, TextStyle::Caption) + 1;
    const float width = std::min(natural, most);
    const float height = natural > most ? kit::text_height(context, state.tip.text, TextStyle::Caption, width) : line;
    Rect box{state.tip.rect.x + (state.tip.rect.width - width) / 2 - 8, state.tip.rect.bottom() + 6, width + 16, height + 10};
    if (box.bottom() > context.height - 4) box.y = state.tip.rect.y - box.height - 6;
    box.x = std::clamp(box.x, 6.0f, std::max(6.0f, context.width - box.width - 6));
    kit::begin_foreground(context);
    kit::Column column(context, box, {.gap = 0});
    const Color back = context.theme.dark ? context.color().neutral.border : Color::rgb(0x22262E);
    kit::shadow(context, box, 5, 1);
    kit::fill(context, box, back, 5);
    const std::string copy(kit::shaped(context, state.tip.text));
    float y = box.y + 5;
    for (const std::string_view part : kit::break_lines(context, copy, TextStyle::Caption, width + 1)) {
        kit::draw_line(context, {box.x + 8, y, width + 4, line}, part, TextStyle::Caption, Color::rgb(0xFFFFFF), Align::Start);
        y += line;
    }
    kit::end_foreground(context);
}

}  // namespace outpost
