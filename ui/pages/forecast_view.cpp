#include "ui/pages/forecast_view.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/workspace/forecast_answer.h"
#include "ui/pages/list_query.h"

namespace outpost {
namespace {

namespace so = standard_object;

constexpr std::size_t rows_open_max = 40;    // with more, teams begin folded

RecordRef user_of_id(Context& context, std::string_view text) {
    const auto id = parse_record_id(text);
    const auto record = id && id->object() == so::user ? context.records().find(*id) : std::nullopt;
    return record.value_or(RecordRef{});
}

ForecastQuestion question_of(Context& context, const ForecastRequest& request) {
    ForecastQuestion question{request.kind, {request.period}, ForecastScope::Everyone, context.workspace().current_user()};
    if (request.scope == "me") question.scope = ForecastScope::User;
    else if (request.scope == "team") question.scope = ForecastScope::Team;
    else if (const RecordRef user = user_of_id(context, request.scope)) {
        question.scope = ForecastScope::Team;
        question.user = user;
    }
    return question;
}

}  // namespace

ForecastRequest forecast_request_of(Context& context, const Route& route) {
    const int fiscal_start = context.workspace().fiscal_start_month();
    ForecastRequest request;
    request.kind = route.parameter("period") == "month" ? ForecastPeriodKind::Month : ForecastPeriodKind::Quarter;
    request.current = forecast_periods(request.kind, context.today(), 0, 1, fiscal_start)[0].first;
    request.period = forecast_periods(request.kind, parse_iso_date(route.parameter("start")).value_or(request.current), 0, 1, fiscal_start)[0];
    request.start = request.period.first;
    request.scope = route.parameter("scope");
    const std::string_view since = route.parameter("since");
    request.since = since == "week" ? ForecastSince::Week : since == "month" ? ForecastSince::Month : ForecastSince::None;
    return request;
}

std::string period_words(Context& context, const ForecastRequest& request) {
    if (request.kind == ForecastPeriodKind::Month) return context.locale().format_month(request.start);
    const int fiscal_start = context.workspace().fiscal_start_month();
    return context.tr(fiscal_start == 1 ? "ui.forecast.quarter" : "ui.forecast.fiscal_quarter",
                      {std::to_string(fiscal_quarter_of(request.start, fiscal_start)), std::to_string(fiscal_year_of(request.start, fiscal_start))});
}

std::string whole_amount(Context& context, std::int64_t units, std::uint8_t scale) { return context.locale().format_number({units, scale}, 0); }
std::string exact_amount(Context& context, std::int64_t units, std::uint8_t scale) { return context.locale().format_money({units, scale}, context.workspace().currency()); }

std::string_view column_key(ForecastColumn column) {
    static constexpr std::string_view keys[] = {"ui.forecast.closed", "ui.forecast.commit", "ui.forecast.best_case", "ui.forecast.pipeline"};
    return keys[static_cast<std::size_t>(column)];
}

void ForecastView::refresh(Context& context, const Route& route) {
    const std::uint64_t revision = context.workspace().revision();
    const Days today = context.today();
    const bool has_history = compares();
    if (revision == seen_revision_ && today == seen_day_ && route == seen_route_ && has_history == seen_history_) return;
    const bool same_question = today == seen_day_ && route == seen_route_;
    seen_revision_ = revision;
    seen_day_ = today;
    seen_route_ = route;
    const ForecastRequest request = forecast_request_of(context, route);
    const std::uint64_t records = forecast_revision(context.records());
    // An edit of something else, or a dialog over the page, changes nothing here.
    const bool same = same_question && records == seen_records_ && has_history == seen_history_ && request.period.first == request_.period.first &&
                      request.period.end == request_.period.end;
    if (same) return;
    seen_records_ = records;
    request_ = request;
    since_day_ = request.since == ForecastSince::Week ? today - 7 : request.since == ForecastSince::Month ? add_months(today, -1) : 0;
    if (request.since == ForecastSince::None) history_.reset();
    else if (!history_ || history_->day != since_day_) load_history(context);
    std::optional<ForecastSource> before;
    if (compares()) before = history_->loaded->opportunities->source();
    seen_history_ = compares();
    auto forecast = compute_forecast(question_of(context, request_), context.records(), before ? &*before : nullptr);
    fault_ = forecast ? std::string() : context.error_text(forecast.error());
    forecast_ = forecast ? *std::move(forecast) : Forecast{};
    arrange_lines(context, route.parameter("fold"));
    ++version_;
}

void ForecastView::load_history(Context& context) {
    history_ = std::make_shared<History>();
    history_->day = since_day_;
    load_forecast_history(context.workspace().database(), context.records(), context.workspace().applied_sequence(),
                          forecast_instant(context.workspace(), since_day_), [&context, kept = std::weak_ptr<History>(history_)](Result<ForecastHistory> loaded) {
        const auto history = kept.lock();
        if (!history) return;
        history->loaded = loaded ? *std::move(loaded) : ForecastHistory{};
        context.request_frame();
    });
}

std::string ForecastView::unknown_words(Context& context) const {
    if (!history_ || !history_->loaded || history_->loaded->opportunities) return {};
    const std::string day = context.locale().format_date(since_day_);
    const std::optional<Milliseconds> begins = history_->loaded->begins;
    return begins ? context.tr("ui.forecast.unknown", {day, context.locale().format_instant(*begins)}) : context.tr("ui.forecast.unknown_all", {day});
}

// --- lines

bool ForecastView::opens_first(std::size_t row) const { return forecast_.rows.size() <= rows_open_max || forecast_.rows[row].level == 0; }

void ForecastView::arrange_lines(Context& context, std::string_view fold) {
    lines_.clear();
    open_.assign(forecast_.rows.size(), false);
    std::vector<RecordRef> turned;
    for (const std::string_view id : split(fold, ';'))
        if (const RecordRef user = user_of_id(context, id)) turned.push_back(user);
    const auto tops = std::ranges::count(forecast_.rows, 0, &ForecastRow::level);
    if (tops > 1) lines_.push_back({});
    std::uint16_t shown_to = 0;              // rows below this level are in a folded team
    for (std::size_t at = 0; at < forecast_.rows.size(); ++at) {
        const ForecastRow& row = forecast_.rows[at];
        const bool is_turned = std::ranges::find(turned, row.user) != turned.end();
        open_[at] = row.has_team && opens_first(at) != is_turned;
        if (row.level > shown_to) continue;
        shown_to = static_cast<std::uint16_t>(row.level + (open_[at] ? 1 : 0));
        lines_.push_back({at, false});
        const ForecastFigures& own = row.own[0];
        const bool has_own = std::ranges::any_of(own.computed, [](const ForecastSum& sum) { return sum.count > 0; }) ||
                             std::ranges::any_of(own.before, [](const ForecastSum& sum) { return sum.count > 0; });
        if (open_[at] && has_own) lines_.push_back({at, true});
    }
}

std::string ForecastView::fold_text(Context& context, std::size_t changed) const {
    std::string text;
    for (std::size_t at = 0; at < forecast_.rows.size(); ++at) {
        const ForecastRow& row = forecast_.rows[at];
        if (!row.has_team || (opens_first(at) != open_[at]) == (at == changed)) continue;
        text += (text.empty() ? "" : ";") + to_text(context.records().id_of(row.user));
    }
    return text;
}

const ForecastFigures& ForecastView::figures(const ForecastLine& line) const {
    if (line.row == ForecastLine::total) return forecast_.total[0];
    return line.alone ? forecast_.rows[line.row].own[0] : forecast_.rows[line.row].all[0];
}

RecordRef ForecastView::user(const ForecastLine& line) const { return line.row == ForecastLine::total ? RecordRef{} : forecast_.rows[line.row].user; }

std::string ForecastView::name(Context& context, const ForecastLine& line) const {
    if (line.row == ForecastLine::total) return std::string(context.tr("ui.forecast.total"));
    const RecordRef record = user(line);
    if (!record) return std::string(context.tr("ui.forecast.nobody"));
    const std::string name = context.records().display_name(record);
    return line.alone ? context.tr("ui.forecast.own", {name}) : name;
}

bool ForecastView::can_be_set(const ForecastLine& line) const { return user(line) && !line.alone && !forecast_.rows[line.row].is_part; }

std::string ForecastView::list_address(Context& context, const ForecastLine& line, ForecastColumn column) const {
    using enum ForecastColumn;
    const Object& object = context.schema().object(so::opportunity);
    ListRequest request;
    std::vector<std::string> categories;
    if (column == Pipeline) categories = {"Pipeline", "BestCase", "Commit"};
    else {
        categories = {"Closed"};
        if (column != Closed) categories.emplace_back("Commit");
        if (column == BestCase) categories.emplace_back("BestCase");
    }
    request.fields.push_back({opportunity_field::close_date, {days_to_text(request_.period.first) + ".." + days_to_text(request_.period.end - 1)}});
    request.fields.push_back({opportunity_field::forecast_category, std::move(categories)});
    const bool everyone = line.row == ForecastLine::total && request_.scope.empty();
    if (!everyone) {
        FieldFilter owners{system_field::owner, {}};
        const std::vector<ForecastRow>& rows = forecast_.rows;
        for (std::size_t at = line.row == ForecastLine::total ? 0 : line.row; at < rows.size(); ++at) {
            if (line.row != ForecastLine::total && at > line.row && (line.alone || rows[at].level <= rows[line.row].level)) break;
            owners.values.push_back(rows[at].user ? to_text(context.records().id_of(rows[at].user)) : "none");
        }
        request.fields.push_back(std::move(owners));
    }
    Route route = Route::parse(routes::list(object.name));
    write_request(route, request, object);
    return route.set("sort", "CloseDate").to_text();
}

std::string quota_title(Context& context, RecordRef user) {
    if (user == context.workspace().current_user()) return std::string(context.tr("ui.forecast.quota_yours"));
    return context.tr("ui.forecast.quota_title", {context.records().display_name(user)});
}

}  // namespace outpost
