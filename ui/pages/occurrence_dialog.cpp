#include "ui/pages/occurrence_dialog.h"

#include "core/activity/series.h"
#include "core/objects/labels.h"
#include "ui/kit/kit.h"
#include "ui/pages/record_form.h"

namespace outpost {

namespace {

bool draw_scope(Context& context, OccurrenceScope& scope) {
    const kit::RadioChoice choices[] = {{context.tr("ui.calendar.scope_this")}, {context.tr("ui.calendar.scope_following")}, {context.tr("ui.calendar.scope_all")}};
    int chosen = static_cast<int>(scope);
    const bool changed = kit::radio_group(context, "scope", context.tr("ui.calendar.scope"), choices, chosen);
    scope = static_cast<OccurrenceScope>(chosen);
    return changed;
}

class ScopeDialog final : public Dialog {
public:
    ScopeDialog(ChangeOccurrence command, std::string toast) : command_(std::move(command)), toast_(std::move(toast)) {}
    std::string title(Context& context) override {
        return context.tr(command_.removes ? "ui.calendar.delete_title" : "ui.calendar.change_title", {context.records().display_name(command_.series)});
    }
    float width() const override { return 420; }
    void draw(Context& context) override { draw_scope(context, command_.scope); }
    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        const std::string_view label = context.tr(command_.removes ? "ui.calendar.delete" : "ui.form.save");
        if (!kit::button(context, "apply", label, {.kind = command_.removes ? kit::ButtonKind::Danger : kit::ButtonKind::Primary, .shortcut = "Ctrl+Enter"})) return;
        context.submit(command_, {}, {.toast = toast_});
        close();
    }

private:
    ChangeOccurrence command_;
    std::string toast_;
};

class OccurrenceDialog final : public Dialog {
public:
    OccurrenceDialog(Context& context, RecordRef series, Occurrence occurrence)
        : series_(series), day_(occurrence.day), form_(context, series.object, series, {}) {
        form_.set_times(context, occurrence.start, occurrence.end);
        if (context.touch) width_ = 720;   // fingers need larger fields
    }
    float width() const override { return width_; }
    std::string title(Context& context) override { return context.tr("ui.form.edit_title", {context.records().display_name(series_)}); }
    void draw(Context& context) override {
        draw_scope(context, scope_);
        if (!fault_.empty()) kit::banner(context, "fault", fault_, {.tone = Tone::Danger});
        form_.draw(context);
    }
    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel")) && can_close(context)) close();
        if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = saving_, .shortcut = "Ctrl+Enter"}) || form_.take_enter()) save(context);
    }
    bool holds_draft() const override { return form_.is_dirty(); }
    bool can_close(Context& context) override {
        if (!holds_draft()) return true;
        context.confirm(std::string(context.tr("ui.form.discard_title")), std::string(context.tr("ui.form.discard_text")), std::string(context.tr("ui.form.discard")), true,
                        [this] { close(); }, std::string(context.tr("ui.form.keep_editing")));
        return false;
    }

private:
    void save(Context& context) {
        ChangeOccurrence command{series_, day_, scope_, false, {}};
        if (saving_ || !form_.collect(context, command.fields)) return;
        if (command.fields.empty()) return close();
        saving_ = true;
        SubmitOptions options;
        options.silent_errors = true;
        options.toast = context.tr("ui.form.saved", {object_label(context.messages(), context.schema().object(series_.object), false)});
        context.submit(std::move(command), [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            saving_ = false;
            if (outcome) close();
            else fault_ = context.error_text(outcome.error());
        }, std::move(options));
    }

    RecordRef series_;
    Days day_;
    RecordForm form_;
    OccurrenceScope scope_ = OccurrenceScope::This;
    float width_ = 660;   // day and time side by side, as long as Chinese writes a day
    std::string fault_;
    bool saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

void ask_scope(Context& context, ChangeOccurrence command, std::string toast) {
    context.open_dialog(std::make_unique<ScopeDialog>(std::move(command), std::move(toast)));
}

std::string occurrence_address(Context& context, RecordRef series, Days day) {
    return "occurrence:" + to_text(context.records().id_of(series)) + ":" + days_to_text(day);
}

std::unique_ptr<Dialog> make_occurrence_dialog(Context& context, std::string_view address) {
    constexpr std::string_view kind = "occurrence:";
    const std::size_t colon = address.rfind(':');
    if (!address.starts_with(kind) || colon < kind.size()) return nullptr;
    const auto id = parse_record_id(address.substr(kind.size(), colon - kind.size()));
    const auto record = id ? context.records().find(*id) : std::nullopt;
    const auto day = parse_iso_date(address.substr(colon + 1));
    const auto series = record && day ? read_series(context.records(), *record, context.clock()) : std::nullopt;
    const auto occurrence = series ? find_occurrence(*series, context.clock(), *day) : std::nullopt;
    if (!occurrence) return nullptr;
    return std::make_unique<OccurrenceDialog>(context, *record, *occurrence);
}

}  // namespace outpost
