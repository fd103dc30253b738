#include "core/workspace/forecast_answer.h"

#include "core/base/record_id.h"
#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/query/date_ranges.h"
#include "core/workspace/answers.h"
#include "core/workspace/forecast_history.h"

namespace outpost {
namespace {

namespace so = standard_object;

constexpr std::int64_t periods_max = 24;
constexpr std::string_view column_names[] = {"closed", "commit", "bestCase", "pipeline"};
constexpr std::string_view kind_names[] = {"Month", "Quarter"};
constexpr std::string_view scope_names[] = {"User", "Team", "Everyone"};

std::unexpected<Error> wrong(std::string_view member) { return fail(ErrorCode::InvalidArgument, "error.member_wrong", {std::string(member)}); }

template <std::size_t N>
std::optional<std::size_t> find_name(const std::string_view (&names)[N], std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (equals_ignoring_ascii_case(names[i], name)) return i;
    return std::nullopt;
}

struct Asked {
    ForecastQuestion question;
    std::optional<Days> since;
};

Result<Days> read_day(const Json& json, std::string_view member) {
    const auto day = json.is_string() ? parse_iso_date(json.text()) : std::nullopt;
    if (!day) return wrong(member);
    return *day;
}

Result<Asked> read_question(const Json& json, const Workspace& workspace) {
    Asked asked;
    if (!json.is_object()) return wrong("forecast");
    const auto kind = find_name(kind_names, json.text_or("period", "Quarter"));
    if (!kind) return wrong("period");
    asked.question.kind = static_cast<ForecastPeriodKind>(*kind);
    const auto scope = find_name(scope_names, json.text_or("scope", json.find("user") ? "User" : "Everyone"));
    if (!scope) return wrong("scope");
    asked.question.scope = static_cast<ForecastScope>(*scope);
    asked.question.user = workspace.current_user();
    if (const Json* user = json.find("user")) {
        const auto id = user->is_string() ? parse_record_id(user->text()) : std::nullopt;
        const auto record = id && id->object() == so::user ? workspace.records().find(*id) : std::nullopt;
        if (!record) return wrong("user");
        asked.question.user = *record;
    }
    Days day = workspace.today();
    if (const Json* start = json.find("start")) {
        OUTPOST_TRY(day, read_day(*start, "start"));
    }
    const std::int64_t count = json.integer_or("periods", 1);
    if (count < 1 || count > periods_max) return wrong("periods");
    asked.question.periods = forecast_periods(asked.question.kind, day, 0, static_cast<std::size_t>(count), workspace.fiscal_start_month());
    if (const Json* since = json.find("since")) {
        OUTPOST_TRY(asked.since, read_day(*since, "since"));
    }
    return asked;
}

class Writer {
public:
    Writer(Workspace& workspace, const Forecast& forecast, const ForecastHistory* history)
        : workspace_(workspace), records_(workspace.records()), forecast_(forecast), has_before_(history && history->opportunities) {}

    Json answer(const Asked& asked, const ForecastHistory* history) const {
        const int fiscal_start = workspace_.fiscal_start_month();
        Json periods = Json::array(), rows = Json::array();
        for (const DayRange& period : forecast_.periods) {
            Json out = Json::object();
            out.set("start", days_to_text(period.first)).set("end", days_to_text(period.end - 1));
            out.set("fiscalYear", fiscal_year_of(period.first, fiscal_start)).set("fiscalQuarter", fiscal_quarter_of(period.first, fiscal_start));
            periods.push(std::move(out));
        }
        for (const ForecastRow& row : forecast_.rows) {
            Json out = Json::object();
            out.set("user", row.user ? Json(to_text(records_.id_of(row.user))) : Json());
            out.set("name", row.user ? Json(records_.display_name(row.user)) : Json());
            out.set("level", std::int64_t{row.level}).set("figures", figures(row.all));
            if (row.has_team) out.set("own", figures(row.own));
            rows.push(std::move(out));
        }
        Json answer = Json::object().set("ok", true).set("period", kind_names[static_cast<std::size_t>(asked.question.kind)]);
        answer.set("scope", scope_names[static_cast<std::size_t>(asked.question.scope)]).set("fiscalYearStartMonth", fiscal_start);
        answer.set("periods", std::move(periods)).set("rows", std::move(rows)).set("total", figures(forecast_.total));
        if (history) {
            Json since = Json::object().set("time", instant_to_text(history->instant)).set("known", has_before_);
            if (!has_before_) since.set("historyBegins", history->begins ? Json(instant_to_text(*history->begins)) : Json());
            answer.set("since", std::move(since));
        }
        return answer;
    }

private:
    Json money(std::int64_t units) const { return Json::number(to_text_trimmed({units, forecast_.scale})); }

    Json adjustment(RowIndex row) const {
        const RecordRef record{so::forecasting_adjustment, row};
        const Value value = records_.value(record, system_field::last_modified_by);
        const auto* by = std::get_if<RecordRef>(&value);
        return Json::object()
            .set("id", to_text(records_.id_of(record)))
            .set("note", records_.value_text(record, forecasting_adjustment_field::note))
            .set("by", by && *by ? Json(records_.display_name(*by)) : Json());
    }

    Json figures(const std::vector<ForecastFigures>& list) const {
        Json all = Json::array();
        for (const ForecastFigures& each : list) {
            Json out = Json::object();
            for (std::size_t column = 0; column < forecast_columns; ++column) {
                Json cell = Json::object().set("amount", money(each.computed[column].amount)).set("count", std::int64_t{each.computed[column].count});
                if (each.adjusted[column]) cell.set("adjusted", money(*each.adjusted[column]));
                if (each.adjustment[column] != no_row) cell.set("adjustment", adjustment(each.adjustment[column]));
                if (has_before_) {
                    cell.set("before", money(each.before[column].amount)).set("countBefore", std::int64_t{each.before[column].count});
                }
                out.set(std::string(column_names[column]), std::move(cell));
            }
            out.set("quota", each.quota ? money(*each.quota) : Json());
            const auto attainment = forecast_attainment(each);
            out.set("attainment", attainment ? Json::number(to_text_trimmed({*attainment, 2})) : Json());
            out.set("gap", gap(each));
            all.push(std::move(out));
        }
        return all;
    }

    // Both are within 64 bits; their difference may not be.
    Json gap(const ForecastFigures& figures) const {
        std::int64_t difference = 0;
        if (!figures.quota || __builtin_sub_overflow(*figures.quota, figures.computed[0].amount, &difference)) return {};
        return money(difference);
    }

    Workspace& workspace_;
    const Records& records_;
    const Forecast& forecast_;
    bool has_before_;
};

Json answer_of(Workspace& workspace, const Asked& asked, const ForecastHistory* history) {
    std::optional<ForecastSource> before;
    if (history && history->opportunities) before = history->opportunities->source();
    const auto forecast = compute_forecast(asked.question, workspace.records(), before ? &*before : nullptr);
    if (!forecast) return error_to_json(forecast.error(), workspace.messages());
    return Writer(workspace, *forecast, history).answer(asked, history);
}

}  // namespace

Milliseconds forecast_instant(Workspace& workspace, Days day) { return start_of_day(day, workspace.query_context()); }

void forecast_json(Workspace& workspace, const Json& question, std::function<void(Json)> done) {
    const Result<Asked> asked = read_question(question, workspace);
    if (!asked) return done(error_to_json(asked.error(), workspace.messages()));
    if (!asked->since) return done(answer_of(workspace, *asked, nullptr));
    load_forecast_history(workspace.database(), workspace.records(), workspace.applied_sequence(), forecast_instant(workspace, *asked->since),
                          [&workspace, asked = *asked, done = std::move(done)](Result<ForecastHistory> history) {
        if (!history) return done(error_to_json(history.error(), workspace.messages()));
        done(answer_of(workspace, asked, &*history));
    });
}

}  // namespace outpost
