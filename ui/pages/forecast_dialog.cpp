#include "ui/pages/forecast_dialog.h"

#include <utility>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

constexpr std::string_view column_names[] = {"Closed", "Commit", "BestCase", "Pipeline"};

// A quarter's figure that goes may be that of its months.
std::string quota_notice(Context& context, const Command& command, RecordRef user) {
    const std::string name = context.records().display_name(user);
    const auto* removal = std::get_if<DeleteRecords>(&command);
    if (!removal) return context.tr("ui.forecast.quota_saved", {name});
    const bool is_quarter = context.records().value_text({removal->object, removal->rows[0]}, forecasting_quota_field::period_type) == "Quarter";
    return context.tr(is_quarter ? "ui.forecast.quota_removed" : "ui.forecast.months_removed", {context.number_text(removal->rows.size()), name});
}

class ForecastDialog final : public Dialog {
public:
    ForecastDialog(Context& context, RecordRef user, ForecastColumn column)
        : user_(user), column_(column), request_(forecast_request_of(context, context.route())), name_(context.records().display_name(user)) {
        const auto forecast = compute_forecast({request_.kind, {request_.period}, ForecastScope::Team, user}, context.records());
        if (!forecast) return;
        const ForecastFigures& figures = forecast->rows[0].all[0];
        const auto at = static_cast<std::size_t>(column);
        computed_ = exact_amount(context, figures.computed[at].amount, forecast->scale);
        if (is_quota()) {
            if (figures.quota && figures.quota_is_own) amount_ = kit::NumberDraft::of(Decimal{*figures.quota, forecast->scale});
        } else if (figures.adjustment[at] != no_row) {
            exists_ = true;
            amount_ = kit::NumberDraft::of(Decimal{*figures.adjusted[at], forecast->scale});
            note_ = context.records().value_text({standard_object::forecasting_adjustment, figures.adjustment[at]}, forecasting_adjustment_field::note);
        }
    }

    std::string title(Context& context) override {
        return is_quota() ? quota_title(context, user_) : context.tr("ui.forecast.override_title", {name_, context.tr(column_key(column_))});
    }
    float width() const override { return 440; }

    void draw(Context& context) override {
        const std::string help = is_quota() ? context.tr("ui.forecast.quota_help", {period_words(context, request_)}) : context.tr("ui.forecast.override_help", {computed_});
        kit::help_text(context, help);
        const std::string currency = context.workspace().currency();
        const kit::Edited edited = kit::money_field(context, "amount", context.tr(is_quota() ? "ui.forecast.quota" : "ui.forecast.amount"), amount_, currency,
                                                    {.error = error_, .required = !is_quota(), .focus = std::exchange(focus_, false)});
        if (edited.changed) error_.clear();
        if (!is_quota()) kit::text_area(context, "note", context.tr("ui.forecast.note"), note_, {.lines = 3});
    }

    void draw_footer(Context& context) override {
        if (exists_ && kit::button(context, "remove", context.tr("ui.forecast.remove"), {.kind = kit::ButtonKind::Ghost})) save(context, std::nullopt);
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (!kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .shortcut = "Ctrl+Enter"})) return;
        if (!amount_.valid) return;
        if (!is_quota() && !amount_.value) {
            error_ = context.tr("ui.forecast.need_amount");
            focus_ = true;
            return;
        }
        save(context, amount_.value);
    }

private:
    bool is_quota() const { return column_ == ForecastColumn::Closed; }   // what is closed can't be overridden

    void save(Context& context, std::optional<Decimal> amount) {
        const auto done = [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            if (outcome) return close();
            error_ = context.error_text(outcome.error());
        };
        if (is_quota()) return submit_quota(context, request_, user_, amount, done);
        auto command = plan_adjustment(context.records(), user_, request_.kind, request_.period, column_, amount, trim(note_));
        if (!command) return close();
        SubmitOptions options;
        options.toast = context.tr(amount ? "ui.forecast.override_saved" : "ui.forecast.override_removed", {name_});
        options.silent_errors = true;
        context.submit(*std::move(command), done, std::move(options));
    }

    RecordRef user_;
    ForecastColumn column_;
    ForecastRequest request_;
    std::string name_, computed_, note_, error_;
    kit::NumberDraft amount_;
    bool exists_ = false, focus_ = true;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

std::string quota_dialog_address(Context& context, RecordRef user) { return "quota:" + to_text(context.records().id_of(user)); }

std::string override_dialog_address(Context& context, RecordRef user, ForecastColumn column) {
    return "override:" + to_text(context.records().id_of(user)) + ":" + std::string(column_names[static_cast<std::size_t>(column)]);
}

std::unique_ptr<Dialog> make_forecast_dialog(Context& context, std::string_view address) {
    const std::vector<std::string_view> parts = split(address, ':');
    if (parts.size() < 2) return nullptr;
    const auto id = parse_record_id(parts[1]);
    const auto user = id && id->object() == standard_object::user ? context.records().find(*id) : std::nullopt;
    if (!user) return nullptr;
    if (parts[0] == "quota") return std::make_unique<ForecastDialog>(context, *user, ForecastColumn::Closed);
    for (const ForecastColumn column : {ForecastColumn::Commit, ForecastColumn::BestCase, ForecastColumn::Pipeline})
        if (parts[0] == "override" && parts.size() == 3 && parts[2] == column_names[static_cast<std::size_t>(column)])
            return std::make_unique<ForecastDialog>(context, *user, column);
    return nullptr;
}

void submit_quota(Context& context, const ForecastRequest& request, RecordRef user, std::optional<Decimal> amount, CommandDone done) {
    auto command = plan_quota(context.records(), user, request.kind, request.period, amount);
    if (!command) return done(CommandOutcome{});
    SubmitOptions options;
    options.toast = quota_notice(context, *command, user);
    options.silent_errors = true;
    context.submit(*std::move(command), std::move(done), std::move(options));
}

}  // namespace outpost
