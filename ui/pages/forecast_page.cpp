#include "ui/pages/forecast_page.h"

#include <algorithm>

#include "core/objects/standard.h"
#include "ui/pages/calendar_view.h"
#include "ui/pages/forecast_dialog.h"

namespace outpost {

std::string ForecastPage::title(Context& context, const Route&) { return std::string(context.tr("ui.forecast.title")); }

std::unique_ptr<Dialog> ForecastPage::make_dialog(Context& context, std::string_view address) { return make_forecast_dialog(context, address); }

void ForecastPage::draw(Context& context, const Route& route) {
    view_.refresh(context, route);
    draw_header(context);
    if (context.records().table(standard_object::opportunity).live_count() == 0) {
        const int pressed = kit::empty_state(context, context.tr("ui.forecast.empty_title"),
                                             {.icon = Icon::Chart, .text = context.tr("ui.forecast.empty_text"), .action = context.tr("ui.convert.new_opportunity"),
                                              .action_icon = Icon::Plus, .second_action = context.tr("ui.list.import"), .height = kit::available(context).height});
        if (pressed == 1) context.navigate(routes::create("Opportunity"));
        if (pressed == 2) context.navigate(routes::import());
        return;
    }
    draw_toolbar(context);
    draw_notes(context);
    if (!view_.fault().empty()) return;
    if (context.is_phone()) draw_cards(context);
    else draw_table(context, kit::take(context, 0, std::max(160.0f, kit::available(context).height)));
}

// A step of 0 is the period that is now, which no address names.
void ForecastPage::go_to_period(Context& context, int step) {
    const ForecastRequest& request = view_.request();
    const Days start = step == 0 ? request.current : forecast_periods(request.kind, request.start, step, 1, context.workspace().fiscal_start_month())[0].first;
    context.set_parameter("start", start == request.current ? std::string() : days_to_text(start));
}

void ForecastPage::draw_header(Context& context) {
    const ForecastRequest& request = view_.request();
    const std::string words = context.tr("ui.forecast.subtitle", {period_words(context, request), stretch_words(context, request.period), context.workspace().currency()});
    // On phones the buttons take the width; the period stands below them.
    kit::PageHeader header(context, context.tr("ui.forecast.title"), {.subtitle = context.is_phone() ? std::string_view() : words, .icon = Icon::Chart, .divider = false});
    if (kit::icon_button(context, "previous", Icon::ChevronLeft, context.tr("ui.forecast.previous"))) go_to_period(context, -1);
    const bool month = request.kind == ForecastPeriodKind::Month;
    const std::string_view now = context.tr(context.is_phone() ? "ui.forecast.now" : month ? "ui.forecast.this_month" : "ui.forecast.this_quarter");
    if (kit::button(context, "now", now, {.selected = request.start == request.current})) go_to_period(context, 0);
    if (kit::icon_button(context, "next", Icon::ChevronRight, context.tr("ui.forecast.next"))) go_to_period(context, 1);
    int kind = static_cast<int>(request.kind);
    if (kit::segmented(context, "kind", context.tr("ui.forecast.period"), {{context.tr("label.value.Month")}, {context.tr("label.value.Quarter")}}, kind))
        context.set_parameter("period", kind == 0 ? "month" : "");
}

void ForecastPage::draw_toolbar(Context& context) {
    kit::Toolbar bar(context, context.tr("ui.forecast.controls"));
    draw_scope(context);
    draw_since(context);
}

void ForecastPage::draw_scope(Context& context) {
    std::string scope = view_.request().scope.empty() ? "all" : view_.request().scope;
    const std::uint64_t users_revision = context.records().table(standard_object::user).revision();
    if (scopes_.empty() || users_revision != scopes_revision_ || scopes_language_ != context.messages().language()) refresh_scopes(context);
    if (!kit::picklist(context, "scope", context.tr("ui.forecast.scope"), scopes_, scope,
                       {.field = {.hide_label = true, .width = context.is_phone() ? 132.0f : 220.0f}, .allow_none = false}).changed)
        return;
    Route route = context.route();
    context.replace_route(route.set("scope", scope == "all" ? std::string_view() : std::string_view(scope)).set("fold", "").to_text());
}

void ForecastPage::refresh_scopes(Context& context) {
    scopes_revision_ = context.records().table(standard_object::user).revision();
    scopes_language_ = context.messages().language();
    scopes_ = {{"all", std::string(context.tr("ui.forecast.everyone"))}, {"team", std::string(context.tr("ui.forecast.my_team"))},
               {"me", std::string(context.tr("ui.forecast.me"))}};
    const Table& users = context.records().table(standard_object::user);
    for (RowIndex row = 0; row < users.row_count(); ++row)
        if (users.is_live(row))
            scopes_.push_back({to_text(users.ids().id_of(row)), context.records().display_name({standard_object::user, row}), {}, 0, Icon::User});
}

void ForecastPage::draw_since(Context& context) {
    static constexpr std::string_view words[] = {"none", "week", "month"};
    std::string since(words[static_cast<std::size_t>(view_.request().since)]);
    const kit::Choice choices[] = {{"none", std::string(context.tr("ui.forecast.since_none"))}, {"week", std::string(context.tr("ui.forecast.since_week"))},
                                   {"month", std::string(context.tr("ui.forecast.since_month"))}};
    if (kit::picklist(context, "since", context.tr("ui.forecast.since"), choices, since,
                      {.field = {.hide_label = true, .width = context.is_phone() ? kit::available(context).width : 230.0f}, .allow_none = false}).changed)
        context.set_parameter("since", since == "none" ? "" : since);
}

// What the figures can't say by themselves.
void ForecastPage::draw_notes(Context& context) {
    const std::string unknown = view_.unknown_words(context);
    const bool no_quotas = view_.fault().empty() && !view_.forecast().total[0].quota && !view_.lines().empty();
    if (view_.fault().empty() && unknown.empty() && !no_quotas && !context.is_phone()) return;
    kit::Column column(context, {.gap = space::x2, .padding = Insets::xy(context.is_phone() ? space::x4 : space::x6, space::x2)});
    if (context.is_phone()) {
        const ForecastRequest& request = view_.request();
        kit::text(context, context.tr("ui.forecast.subtitle", {period_words(context, request), stretch_words(context, request.period), context.workspace().currency()}),
                  {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
    }
    if (!view_.fault().empty()) kit::banner(context, "fault", view_.fault(), {.tone = Tone::Danger});
    if (!unknown.empty()) kit::banner(context, "unknown", unknown, {.tone = Tone::Info});
    if (!no_quotas) return;
    const std::string words = context.tr("ui.forecast.no_quotas", {period_words(context, view_.request())});
    if (kit::banner(context, "quotas", words, {.tone = Tone::Info, .action = context.tr("ui.forecast.set_quotas")}) != 1) return;
    const std::vector<ForecastLine>& lines = view_.lines();
    const auto first = std::ranges::find_if(lines, [&](const ForecastLine& line) { return view_.can_be_set(line) && !view_.forecast().rows[line.row].has_team; });
    if (first == lines.end()) return;
    if (context.is_phone()) context.open_dialog(quota_dialog_address(context, view_.user(*first)));
    else edit_quota(context, first - lines.begin());
}

// Whether some figure has a second line.
bool ForecastPage::shows_notes() const {
    return view_.compares() || std::ranges::any_of(view_.lines(), [&](const ForecastLine& line) {
        return std::ranges::any_of(view_.figures(line).adjusted, [](const auto& adjusted) { return adjusted.has_value(); });
    });
}

}  // namespace outpost
