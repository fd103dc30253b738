// Forecast: columns, teams, quotas, adjustments, and figures as they were, on small cases worked out by hand.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "core/pipeline/forecast.h"
#include "core/transfer/sample_data.h"
#include "core/workspace/forecast_answer.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

constexpr std::size_t closed = 0, commit = 1, best_case = 2, pipeline = 3;

// Ann leads Bob and Cy; Dee is alone. The clock stands at 2026-11-26.
struct Team : TestWorkspace {
    std::string ann, bob, cy, dee;

    Team() {
        clock.instant = Milliseconds{to_days({2026, 11, 26})} * milliseconds_per_day + 9 * 3'600'000;
        ann = user("Ann", "");
        bob = user("Bob", ann);
        cy = user("Cy", ann);
        dee = user("Dee", "");
    }
    std::string user(const std::string& name, const std::string& manager) {
        return create(R"({"command":"CreateRecord","object":"User","fields":{"LastName":")" + name + R"(","ManagerId":")" + manager + R"("}})");
    }
    std::string sell(const std::string& owner, const std::string& category, const std::string& date, const std::string& amount) {
        return create(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"x","StageName":"Prospecting","OwnerId":")" + owner +
                      R"(","ForecastCategory":")" + category + R"(","CloseDate":")" + date + R"(","Amount":)" + amount + "}}");
    }
    std::string quota(const std::string& owner, const std::string& start, const std::string& amount, const std::string& kind = "Month") {
        return create(R"({"command":"CreateRecord","object":"ForecastingQuota","fields":{"QuotaOwnerId":")" + owner + R"(","StartDate":")" + start +
                      R"(","QuotaAmount":)" + amount + R"(,"PeriodType":")" + kind + R"("}})");
    }
    RecordRef ref(const std::string& id) { return *workspace.records().find(*parse_record_id(id)); }
    ForecastQuestion question(ForecastPeriodKind kind = ForecastPeriodKind::Quarter, std::size_t count = 1) {
        return {kind, forecast_periods(kind, workspace.today(), 0, count, workspace.fiscal_start_month()), ForecastScope::Everyone, {}};
    }
    Forecast forecast(const ForecastQuestion& question) {
        auto answer = compute_forecast(question, workspace.records());
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }
    const ForecastRow& row(const Forecast& forecast, const std::string& id) {
        const auto found = std::ranges::find(forecast.rows, ref(id), &ForecastRow::user);
        REQUIRE(found != forecast.rows.end());
        return *found;
    }
    Json json(const std::string& question) {
        Json out;
        forecast_json(workspace, *parse_json(question), [&](Json answer) { out = std::move(answer); });
        return out;
    }
};

}  // namespace

TEST_CASE("forecast: columns are cumulative, omitted and other periods are left out") {
    Team t;
    t.sell(t.bob, "Closed", "2026-10-01", "100.25");
    t.sell(t.bob, "Commit", "2026-12-31", "50");
    t.sell(t.bob, "BestCase", "2026-11-30", "30");
    t.sell(t.bob, "Pipeline", "2026-11-30", "7.5");
    t.sell(t.bob, "Omitted", "2026-11-30", "1000");
    t.sell(t.bob, "Closed", "2026-09-30", "1000");
    t.sell(t.bob, "Commit", "2027-01-01", "1000");
    t.sell(t.dee, "Commit", "2026-11-01", "null");
    const Forecast forecast = t.forecast(t.question());
    const ForecastFigures& bob = t.row(forecast, t.bob).all[0];
    CHECK(bob.computed[closed] == ForecastSum{10025, 1});
    CHECK(bob.computed[commit] == ForecastSum{15025, 2});
    CHECK(bob.computed[best_case] == ForecastSum{18025, 3});
    CHECK(bob.computed[pipeline] == ForecastSum{8750, 3});
    CHECK(t.row(forecast, t.ann).all[0].computed == bob.computed);
    CHECK(t.row(forecast, t.ann).own[0].computed[pipeline].count == 0);
    CHECK(t.row(forecast, t.dee).all[0].computed[commit] == ForecastSum{0, 1});
    CHECK(forecast.total[0].computed[pipeline] == ForecastSum{8750, 4});
    const Forecast months = t.forecast(t.question(ForecastPeriodKind::Month, 2));
    CHECK(t.row(months, t.bob).all[0].computed[pipeline] == ForecastSum{3750, 2});
    CHECK(t.row(months, t.bob).all[1].computed[commit] == ForecastSum{5000, 1});
    // With fiscal years from February on the quarter is November to January.
    t.run(R"({"command":"UpdateRecord","object":"Organization","id":")" + to_text(t.workspace.records().id_of({standard_object::organization, 0})) +
          R"(","fields":{"FiscalYearStartMonth":2}})");
    CHECK(t.row(t.forecast(t.question()), t.bob).all[0].computed[commit] == ForecastSum{105000, 2});
}

TEST_CASE("forecast: rows are a tree by managers; a scope narrows it; nobody's opportunities stand last") {
    Team t;
    t.sell(t.bob, "Closed", "2026-10-05", "10");
    t.sell(t.cy, "Closed", "2026-10-05", "20");
    t.sell(t.ann, "Closed", "2026-10-05", "5");
    t.create(R"({"command":"CreateRecord","object":"Opportunity","defaults":false,"fields":{"Name":"x","StageName":"Prospecting","ForecastCategory":"Closed","CloseDate":"2026-10-05","Amount":1}})");
    ForecastQuestion question = t.question();
    Forecast forecast = t.forecast(question);
    CHECK(forecast.total[0].computed[closed] == ForecastSum{3600, 4});
    CHECK(t.row(forecast, t.ann).has_team);
    CHECK(t.row(forecast, t.ann).all[0].computed[closed] == ForecastSum{3500, 3});
    CHECK(t.row(forecast, t.ann).own[0].computed[closed] == ForecastSum{500, 1});
    CHECK(t.row(forecast, t.bob).level == 1);
    CHECK_FALSE(forecast.rows.back().user);
    CHECK(forecast.rows.back().all[0].computed[closed] == ForecastSum{100, 1});
    question.scope = ForecastScope::Team;
    question.user = t.ref(t.ann);
    forecast = t.forecast(question);
    REQUIRE(forecast.rows.size() == 3);
    CHECK(forecast.rows[0].user == t.ref(t.ann));
    CHECK(forecast.total[0].computed[closed] == ForecastSum{3500, 3});
    question.scope = ForecastScope::User;
    forecast = t.forecast(question);
    REQUIRE(forecast.rows.size() == 1);
    CHECK(forecast.total[0].computed[closed] == ForecastSum{500, 1});
    question.user = {};
    CHECK_FALSE(compute_forecast(question, t.workspace.records()).has_value());
    // Who left keeps a row while there are figures.
    t.run(R"({"command":"UpdateRecord","object":"User","id":")" + t.bob + R"(","fields":{"IsActive":false}})");
    t.run(R"({"command":"UpdateRecord","object":"User","id":")" + t.dee + R"(","fields":{"IsActive":false}})");
    question = t.question();
    forecast = t.forecast(question);
    CHECK(std::ranges::find(forecast.rows, t.ref(t.bob), &ForecastRow::user) != forecast.rows.end());
    CHECK(std::ranges::find(forecast.rows, t.ref(t.dee), &ForecastRow::user) == forecast.rows.end());
}

TEST_CASE("forecast: a quarter's quota is its own, else that of its months; a manager's stands for the team") {
    Team t;
    t.sell(t.bob, "Closed", "2026-11-05", "75");
    t.quota(t.bob, "2026-10-01", "40");
    t.quota(t.bob, "2026-11-15", "60");
    t.quota(t.cy, "2026-12-01", "50");
    Forecast forecast = t.forecast(t.question());
    CHECK(t.row(forecast, t.bob).all[0].quota == 10000);
    CHECK(forecast_attainment(t.row(forecast, t.bob).all[0]) == 7500);
    CHECK(t.row(forecast, t.ann).all[0].quota == 15000);
    CHECK_FALSE(t.row(forecast, t.ann).all[0].quota_is_own);
    CHECK_FALSE(t.row(forecast, t.dee).all[0].quota.has_value());
    CHECK(forecast.total[0].quota == 15000);
    const Forecast month = t.forecast(t.question(ForecastPeriodKind::Month));
    CHECK(t.row(month, t.bob).all[0].quota == 6000);
    CHECK(forecast_attainment(t.row(month, t.bob).all[0]) == 12500);
    t.quota(t.ann, "2026-10-01", "200", "Quarter");
    t.quota(t.bob, "2026-12-31", "90", "Quarter");
    forecast = t.forecast(t.question());
    CHECK(t.row(forecast, t.ann).all[0].quota == 20000);
    CHECK(t.row(forecast, t.ann).all[0].quota_is_own);
    CHECK(t.row(forecast, t.bob).all[0].quota == 9000);
    // Alone, somebody with a team has no quota: it is the team's.
    ForecastQuestion alone = t.question();
    alone.scope = ForecastScope::User;
    alone.user = t.ref(t.ann);
    CHECK_FALSE(t.forecast(alone).rows[0].all[0].quota.has_value());
}

TEST_CASE("forecast: quotas are set, changed and cleared as single edits") {
    Team t;
    const ForecastQuestion quarter = t.question();
    const auto set = [&](ForecastPeriodKind kind, DayRange period, std::optional<Decimal> amount) {
        const auto command = plan_quota(t.workspace.records(), t.ref(t.bob), kind, period, amount);
        if (command) REQUIRE(t.workspace.execute(*command).has_value());
        return command.has_value();
    };
    const auto shown = [&] { return t.row(t.forecast(quarter), t.bob).all[0].quota; };
    const DayRange period = quarter.periods[0];
    CHECK_FALSE(set(ForecastPeriodKind::Quarter, period, std::nullopt));
    CHECK(set(ForecastPeriodKind::Quarter, period, Decimal{500, 0}));
    CHECK(shown() == 50000);
    CHECK(set(ForecastPeriodKind::Quarter, period, Decimal{60050, 2}));
    CHECK(shown() == 60050);
    CHECK(t.workspace.records().table(standard_object::forecasting_quota).live_count() == 1);
    t.quota(t.bob, "2026-11-01", "1", "Quarter");
    CHECK(shown() == 60150);
    CHECK(set(ForecastPeriodKind::Quarter, period, Decimal{7, 0}));
    CHECK(shown() == 700);
    CHECK(t.workspace.records().table(standard_object::forecasting_quota).live_count() == 1);
    REQUIRE(t.workspace.undo().has_value());
    CHECK(shown() == 60150);
    REQUIRE(t.workspace.redo().has_value());
    CHECK(shown() == 700);
    CHECK(set(ForecastPeriodKind::Quarter, period, std::nullopt));
    CHECK_FALSE(shown().has_value());
    t.quota(t.bob, "2026-11-01", "3");
    CHECK(set(ForecastPeriodKind::Quarter, period, std::nullopt));
    CHECK_FALSE(shown().has_value());
}

TEST_CASE("forecast: no quota is below nothing") {
    Team t;
    const auto plan = [&](std::int64_t units) { return *plan_quota(t.workspace.records(), t.ref(t.bob), ForecastPeriodKind::Quarter, t.question().periods[0], Decimal{units, 2}); };
    const auto refused = t.workspace.execute(plan(-1));
    REQUIRE_FALSE(refused.has_value());
    CHECK(Messages(Language::English).error(refused.error()) == "Quota Amount can’t be less than 0.");
    CHECK(t.workspace.execute(plan(0)).has_value());
    CHECK(t.workspace.execute(plan(999'999'999'999'999'999)).has_value());
}

TEST_CASE("forecast: an adjustment stands beside the computed figure and is carried upwards") {
    Team t;
    t.sell(t.bob, "Commit", "2026-11-05", "75");
    t.sell(t.cy, "Commit", "2026-11-05", "10");
    t.sell(t.ann, "Commit", "2026-11-05", "5");
    const ForecastQuestion quarter = t.question();
    const auto adjust = [&](const std::string& user, ForecastColumn column, std::optional<Decimal> amount, std::string_view note) {
        const auto command = plan_adjustment(t.workspace.records(), t.ref(user), ForecastPeriodKind::Quarter, quarter.periods[0], column, amount, note);
        if (command) REQUIRE(t.workspace.execute(*command).has_value());
        return command.has_value();
    };
    CHECK_FALSE(adjust(t.bob, ForecastColumn::Closed, Decimal{1, 0}, ""));
    CHECK(adjust(t.bob, ForecastColumn::Commit, Decimal{100, 0}, "a letter of intent"));
    Forecast forecast = t.forecast(quarter);
    CHECK(t.row(forecast, t.bob).all[0].computed[commit].amount == 7500);
    CHECK(t.row(forecast, t.bob).all[0].adjusted[commit] == 10000);
    const RowIndex made = t.row(forecast, t.bob).all[0].adjustment[commit];
    REQUIRE(made != no_row);
    CHECK(t.workspace.records().value_text({standard_object::forecasting_adjustment, made}, forecasting_adjustment_field::note) == "a letter of intent");
    CHECK(t.row(forecast, t.ann).all[0].adjusted[commit] == 11500);
    CHECK(t.row(forecast, t.ann).all[0].adjustment[commit] == no_row);
    CHECK_FALSE(t.row(forecast, t.ann).all[0].adjusted[best_case].has_value());
    CHECK_FALSE(t.row(forecast, t.ann).own[0].adjusted[commit].has_value());
    CHECK(forecast.total[0].adjusted[commit] == 11500);
    CHECK(adjust(t.ann, ForecastColumn::Commit, Decimal{80, 0}, ""));
    forecast = t.forecast(quarter);
    CHECK(t.row(forecast, t.ann).all[0].adjusted[commit] == 8000);
    CHECK(forecast.total[0].adjusted[commit] == 8000);
    // Another kind of period has its own.
    CHECK_FALSE(t.row(t.forecast(t.question(ForecastPeriodKind::Month)), t.bob).all[0].adjusted[commit].has_value());
    CHECK(adjust(t.bob, ForecastColumn::Commit, std::nullopt, ""));
    CHECK(adjust(t.ann, ForecastColumn::Commit, std::nullopt, ""));
    CHECK_FALSE(adjust(t.ann, ForecastColumn::Commit, std::nullopt, ""));
    CHECK_FALSE(t.forecast(quarter).total[0].adjusted[commit].has_value());
}

TEST_CASE("forecast: the JSON form, with figures as they were and without guesses before the history begins") {
    Team t;
    const std::string sale = t.sell(t.bob, "Commit", "2026-11-05", "75.5");
    t.quota(t.bob, "2026-11-01", "151");
    t.clock.instant += 20 * milliseconds_per_day;   // 2026-12-16
    t.run(R"({"command":"UpdateRecord","object":"Opportunity","id":")" + sale + R"(","fields":{"StageName":"Closed Won","Amount":80}})");
    t.sell(t.cy, "BestCase", "2026-12-05", "20");
    const Json answer = t.json(R"({"scope":"Team","user":")" + t.ann + R"(","since":"2026-12-09"})");
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(answer.find("periods")->items()[0].text_or("start", "") == "2026-10-01");
    CHECK(answer.find("periods")->items()[0].text_or("end", "") == "2026-12-31");
    CHECK(answer.find("rows")->items().size() == 3);
    const Json& total = answer.find("total")->items()[0];
    CHECK(total.find("closed")->find("amount")->text() == "80");
    CHECK(total.find("closed")->find("before")->text() == "0");
    CHECK(total.find("commit")->find("before")->text() == "75.5");
    CHECK(total.find("bestCase")->find("amount")->text() == "100");
    CHECK(total.find("bestCase")->find("countBefore")->text() == "1");
    CHECK(total.find("quota")->text() == "151");
    CHECK(total.find("attainment")->text() == "52.98");
    CHECK(total.find("gap")->text() == "71");
    CHECK(answer.find("since")->boolean_or("known", false));
    const Json early = t.json(R"({"since":"2026-11-01"})");
    CHECK_FALSE(early.find("since")->boolean_or("known", true));
    CHECK(early.find("since")->find("historyBegins")->is_string());
    CHECK_FALSE(early.find("total")->items()[0].find("closed")->find("before"));
    for (const char* wrong : {R"({"period":"Week"})", R"({"scope":"Nobody"})", R"({"user":"x"})", R"({"start":"soon"})", R"({"periods":0})", R"({"since":7})", "[]"})
        CHECK(t.json(wrong).find("error")->text_or("code", "") == "INVALID_ARGUMENT");
}

TEST_CASE("forecast: sample data has teams and quotas, and they go with it") {
    Team t;
    REQUIRE(create_sample_data(t.workspace.editor(), {.opportunities = 400, .seed = 1, .today = t.workspace.today()}).has_value());
    const Forecast forecast = t.forecast(t.question());
    REQUIRE(forecast.total[0].quota.has_value());
    CHECK(*forecast.total[0].quota > 0);
    CHECK(forecast.total[0].computed[closed].amount > 0);
    CHECK(std::ranges::any_of(forecast.rows, [](const ForecastRow& row) { return row.level == 2; }));
    REQUIRE(remove_sample_data(t.workspace.editor()).has_value());
    CHECK(t.workspace.records().table(standard_object::forecasting_quota).live_count() == 0);
    CHECK_FALSE(t.forecast(t.question()).total[0].quota.has_value());
}
