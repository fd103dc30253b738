#include "ui/context.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "imgui.h"
#include "ui/kit/internal.h"
#include "ui/kit/kit.h"

namespace outpost {

Context::Context(PagePorts ports) : ports_(ports), kit_(std::make_unique<kit::Kit>()) {}
Context::~Context() = default;

Days Context::today() {
    const Milliseconds now = clock().now();
    return day_of_instant(now, clock().utc_offset_minutes(now));
}

std::string_view Context::tr(std::string_view key) const { return messages().text(key); }

std::string Context::tr(std::string_view key, std::initializer_list<std::string_view> arguments) const {
    return messages().format(key, arguments);
}

std::string Context::count_text(std::string_view key, std::uint64_t count) {
    return messages().format(key, {number_text(count)});   // "1" chooses the singular, "1,000" the plural
}

// Which arguments of an error are numbers that Outpost counted or set, not what somebody typed.
std::string Context::error_text(const Error& error) {
    struct Counted { std::string_view key; unsigned arguments; };   // a bit for each argument
    static constexpr Counted counted[] = {{"error.too_long", 0b110}, {"error.number_between", 0b110}, {"error.length_range", 0b110},
                                          {"error.lookup_several", 0b100}, {"error.stays_in_bin", 0b1}, {"error.guidance", 0b100}, {"error.logic_number", 0b10}};
    const auto found = std::ranges::find(counted, error.message_key, &Counted::key);
    if (found == std::end(counted)) return messages().error(error);
    Error shown = error;
    for (std::size_t at = 0; at < shown.arguments.size(); ++at) {
        if ((found->arguments >> at & 1) == 0) continue;
        if (const auto number = parse_decimal(shown.arguments[at])) shown.arguments[at] = locale().format_number(*number, number->scale);
    }
    return messages().error(shown);
}

std::string Context::number_text(std::uint64_t count) { return locale().format_number(Decimal{static_cast<std::int64_t>(count), 0}, 0); }

void Context::request_frame() { animating_ = true; }

void Context::request_frame_after(int milliseconds) {
    if (wake_after_ < 0 || milliseconds < wake_after_) wake_after_ = milliseconds;
}

void Context::announce(std::string_view text) { semantics.announcements.emplace_back(text); }

bool Context::shortcut(std::string_view chord) {
    if (kit_->layer < kit_->modal_layer) return false;
    if (chord.size() == 1 && kit_->typed_at != 0 && kit_->typed_at == kit_->focused) return false;
    // In an open menu letters jump to its entries, and Escape closes it.
    if ((chord.size() == 1 || chord == "Escape") && kit_->layer == 0 && !kit_->popups.empty()) return false;
    if (chord == "Escape" && kit_->escape_taken) return false;   // it has just closed one
    for (std::string& pressed : pressed_chords_) {
        if (pressed != chord) continue;
        pressed.clear();
        return true;
    }
    return false;
}

void Context::submit(Command command, CommandDone done, SubmitOptions options) {
    submitted_.push_back({std::move(command), std::move(done), std::move(options)});
    request_frame();
}

void Context::later(std::function<void()> action) {
    later_.push_back(std::move(action));
    request_frame();
}

// "New Task: Call Ann, and 2 more steps": a batch by its first step.
std::string Context::edit_name(std::string_view key, const std::vector<std::string>& arguments) {
    if (key != "edit.batch" || arguments.size() < 2) {
        std::vector<std::string> shown = arguments;
        // Of what is done to many, the last argument is how many; of an import the first.
        std::uint64_t count = 0;
        std::string* said = shown.empty() ? nullptr : key == "edit.import" ? &shown.front() : key.ends_with("_many") || key.ends_with("_leads") ? &shown.back() : nullptr;
        if (said && std::from_chars(said->data(), said->data() + said->size(), count).ec == std::errc()) *said = number_text(count);
        return messages().format(key, shown);
    }
    std::string first = edit_name(arguments[1], {arguments.begin() + 2, arguments.end()});
    std::uint64_t count = 0;
    std::from_chars(arguments[0].data(), arguments[0].data() + arguments[0].size(), count);
    return count < 2 ? first : messages().format("edit.batch_of", std::vector<std::string>{std::move(first), number_text(count - 1)});
}

void Context::undo(Sequence sequence) {
    later([this, sequence] {
        const UndoStack& stack = workspace().editor().undo_stack();
        const auto* entry = sequence ? stack.find_undo(sequence) : stack.next_undo();
        const std::string label = entry ? edit_name(entry->label_key, entry->label_arguments) : std::string();
        const auto result = workspace().execute(Undo{sequence});
        if (!result) return toast(error_text(result.error()), Tone::Warning);
        const auto* again = stack.next_redo();
        toast({.text = tr("app.undone", {label}), .action_label = std::string(tr("app.redo")), .action = [this] { redo(); }, .redoes = again ? again->sequence : 0});
    });
}

void Context::redo() {
    later([this] {
        const auto* next = workspace().editor().undo_stack().next_redo();
        const Sequence sequence = next ? next->sequence : 0;
        const std::string label = next ? edit_name(next->label_key, next->label_arguments) : std::string();
        const auto result = workspace().redo();
        if (!result) toast(error_text(result.error()), Tone::Warning);
        else toast({.text = tr("app.redone", {label}), .action_label = std::string(tr("app.undo")), .action = [this, sequence] { undo(sequence); }, .undoes = sequence});
    });
}

void Context::toast(Toast toast) {
    toasts_opening_.push_back(std::move(toast));
    request_frame();
}

void Context::toast(std::string_view text, Tone tone) { toast(Toast{.text = std::string(text), .tone = tone}); }

void Context::open_dialog(std::unique_ptr<Dialog> dialog) {
    dialogs_opening_.push_back(std::move(dialog));
    request_frame();
}

void Context::open_dialog(std::string_view address) {
    Route route = route_;
    navigate(route.set("dialog", address).to_text());
}

namespace {

class ConfirmDialog : public Dialog {
public:
    ConfirmDialog(std::string title, std::string text, std::string label, bool dangerous, std::function<void()> confirmed, std::string refuse)
        : title_(std::move(title)), text_(std::move(text)), label_(std::move(label)), refuse_(std::move(refuse)), confirmed_(std::move(confirmed)), dangerous_(dangerous) {}
    std::string title(Context&) override { return title_; }
    DialogKind kind() const override { return DialogKind::Alert; }
    float width() const override { return 440; }
    void draw(Context& context) override { kit::text(context, text_, {.ink = kit::Ink::Secondary, .wrap = true}); }
    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", refuse_.empty() ? context.tr("kit.cancel") : std::string_view(refuse_))) close();
        if (kit::button(context, "confirm", label_, {.kind = dangerous_ ? kit::ButtonKind::Danger : kit::ButtonKind::Primary})) {
            confirmed_();
            close();
        }
    }

private:
    std::string title_, text_, label_, refuse_;
    std::function<void()> confirmed_;
    bool dangerous_;
};

}  // namespace

void Context::confirm(std::string title, std::string text, std::string confirm_label, bool dangerous, std::function<void()> confirmed, std::string refuse_label) {
    open_dialog(std::make_unique<ConfirmDialog>(std::move(title), std::move(text), std::move(confirm_label), dangerous, std::move(confirmed), std::move(refuse_label)));
}

void Context::navigate(std::string_view route) {
    move_ = Move::Push;
    move_route_ = route;
    request_frame();
}
void Context::replace_route(std::string_view route) {
    move_ = Move::Replace;
    move_route_ = route;
    request_frame();
}
void Context::navigate_anyway(std::string_view route) {
    move_ = Move::PushAnyway;
    move_route_ = route;
    request_frame();
}
void Context::go_back() {
    move_ = Move::Back;
    request_frame();
}
void Context::return_to(std::string_view route) {
    const bool behind = !came_from_.path.empty() && came_from_.path == Route::parse(route).path && browser().history_depth() > 0;
    if (!behind) return replace_route(route);
    move_ = Move::BackAnyway;
    request_frame();
}
void Context::set_parameter(std::string_view name, std::string_view value) {
    Route changed = move_ == Move::Replace ? Route::parse(move_route_) : route_;
    changed.set(name, value);
    replace_route(changed.to_text());
}

}  // namespace outpost
