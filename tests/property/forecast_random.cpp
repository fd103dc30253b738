// Forecast against its definition, recomputed record by record from values alone, over random histories with undo and
// redo, fiscal years from any month, random teams; and as it was at an earlier instant, out of the journal.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/pipeline/forecast_past.h"
#include "tests/sim/random_commands.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

namespace so = standard_object;

// What a forecast is made of, as plain values.
struct Sale { std::optional<RowIndex> owner; Days close; std::string category; std::int64_t cents; };
using Sales = std::vector<Sale>;

std::optional<RowIndex> row_at(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const auto* target = std::get_if<RecordRef>(&value);
    return target && *target ? std::optional(target->row) : std::nullopt;
}
std::int64_t cents_at(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const auto* amount = std::get_if<Decimal>(&value);
    return amount ? rescale(*amount, 2, Rounding::Refuse)->units : 0;
}
std::optional<Days> day_at(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const auto* day = std::get_if<DateValue>(&value);
    return day ? std::optional(day->days) : std::nullopt;
}

Sales sales_of(const Records& records) {
    Sales sales;
    const Table& table = records.table(so::opportunity);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const RecordRef record{so::opportunity, row};
        const auto close = day_at(records, record, opportunity_field::close_date);
        if (!table.is_live(row) || !close) continue;
        sales.push_back({row_at(records, record, system_field::owner), *close, records.value_text(record, opportunity_field::forecast_category),
                         cents_at(records, record, opportunity_field::amount)});
    }
    return sales;
}

// Months counted from year 0, and the definition of a period by them.
int month_number(Days day) { return to_civil(day).year * 12 + to_civil(day).month - 1; }
int period_number(Days day, ForecastPeriodKind kind, int fiscal_start) {
    const int month = month_number(day);
    return kind == ForecastPeriodKind::Month ? month : (month - (fiscal_start - 1)) / 3;
}

constexpr const char* columns[][4] = {{"Closed"}, {"Closed", "Commit"}, {"Closed", "Commit", "BestCase"}, {"Pipeline", "BestCase", "Commit"}};

struct Definition {
    const Records& records;
    ForecastPeriodKind kind;
    int fiscal_start;

    bool is_in(Days day, DayRange period) const { return period_number(day, kind, fiscal_start) == period_number(period.first, kind, fiscal_start); }
    ForecastSum sum(const Sales& sales, const std::vector<std::optional<RowIndex>>& owners, DayRange period, std::size_t column) const {
        ForecastSum out;
        for (const Sale& sale : sales) {
            const bool counts = std::ranges::any_of(columns[column], [&](const char* name) { return name && sale.category == name; });
            if (!counts || !is_in(sale.close, period) || std::ranges::find(owners, sale.owner) == owners.end()) continue;
            out.amount += sale.cents;
            ++out.count;
        }
        return out;
    }
    std::vector<RowIndex> reports(RowIndex manager) const {
        std::vector<RowIndex> out;
        for (RowIndex user = 0; user < records.table(so::user).row_count(); ++user)
            if (records.table(so::user).is_live(manager) && row_at(records, {so::user, user}, user_field::manager) == manager) out.push_back(user);
        return out;
    }
    std::vector<std::optional<RowIndex>> team(RowIndex user) const {
        std::vector<std::optional<RowIndex>> out{user};
        for (const RowIndex below : reports(user)) {
            const auto more = team(below);
            out.insert(out.end(), more.begin(), more.end());
        }
        return out;
    }
    std::optional<std::int64_t> quota(RowIndex user, DayRange period) const {
        std::optional<std::int64_t> month, quarter;
        for (RowIndex row = 0; row < records.table(so::forecasting_quota).row_count(); ++row) {
            const RecordRef record{so::forecasting_quota, row};
            const auto day = day_at(records, record, forecasting_quota_field::start_date);
            if (!records.table(so::forecasting_quota).is_live(row) || row_at(records, record, forecasting_quota_field::owner) != user || !day || !is_in(*day, period)) continue;
            auto& into = records.value_text(record, forecasting_quota_field::period_type) == "Quarter" ? quarter : month;
            into = into.value_or(0) + cents_at(records, record, forecasting_quota_field::amount);
        }
        if (kind == ForecastPeriodKind::Quarter && quarter) return quarter;
        if (month) return month;
        std::optional<std::int64_t> all;
        for (const RowIndex below : reports(user))
            if (const auto part = quota(below, period)) all = all.value_or(0) + *part;
        return all;
    }
    std::optional<std::int64_t> adjusted(const Sales& sales, RowIndex user, DayRange period, std::size_t column) const {
        constexpr const char* items[] = {"-", "CommitForecast", "BestCaseForecast", "OpenPipeline"};
        std::optional<std::int64_t> own;
        Milliseconds newest = 0;
        for (RowIndex row = 0; row < records.table(so::forecasting_adjustment).row_count(); ++row) {
            const RecordRef record{so::forecasting_adjustment, row};
            namespace field = forecasting_adjustment_field;
            const auto day = day_at(records, record, field::start_date);
            const bool quarter = records.value_text(record, field::period_type) == "Quarter";
            if (!records.table(so::forecasting_adjustment).is_live(row) || row_at(records, record, field::owner) != user || !day || !is_in(*day, period)) continue;
            if (quarter != (kind == ForecastPeriodKind::Quarter) || records.value_text(record, field::item_category) != items[column]) continue;
            const Value changed = records.value(record, system_field::last_modified_date);
            const Milliseconds when = std::get<InstantValue>(changed).milliseconds;
            if (!own || when >= newest) own = cents_at(records, record, field::amount), newest = when;
        }
        if (own) return own;
        bool any = false;
        std::int64_t total = sum(sales, {user}, period, column).amount;
        for (const RowIndex below : reports(user)) {
            const auto part = adjusted(sales, below, period, column);
            any = any || part;
            total += part.value_or(sum(sales, team(below), period, column).amount);
        }
        return any ? std::optional(total) : std::nullopt;
    }
};

class Life {
public:
    explicit Life(std::uint64_t seed) : random_(seed), commands_(random_) {
        set_sales_handlers(fixture.editor);
        for (int i = 0; i < 6; ++i) make_user();
    }
    void step() {
        fixture.clock.instant += static_cast<Milliseconds>(random_.below(3'600'000));
        switch (random_.below(10)) {
            case 0: commands_.perform(fixture.editor, fixture.records); break;
            case 1: static_cast<void>(fixture.editor.execute(random_.below(2) ? Command(Undo{}) : Command(Redo{}))); break;
            case 2: set_manager(); break;
            case 3: plan(true); break;
            case 4: plan(false); break;
            case 5: random_.below(30) == 0 ? rescale_amount() : edit_sale(); break;
            case 6:
            case 7: edit_sale(); break;
            default: make_sale();
        }
    }
    DayRange some_period(ForecastPeriodKind kind, int first_month) {
        return forecast_periods(kind, some_day(), 0, 1, first_month)[0];
    }
    std::uint64_t below(std::uint64_t end) { return random_.below(end); }

    EditFixture fixture;
    int fiscal_start = 1;

private:
    Days some_day() { return 20'700 + static_cast<Days>(random_.below(400)); }
    RecordRef some_user() {
        const Table& table = fixture.records.table(so::user);
        for (;;)
            if (const auto row = static_cast<RowIndex>(random_.below(table.row_count())); table.is_live(row)) return {so::user, row};
    }
    RecordRef some_live(ObjectIndex object) {
        const Table& table = fixture.records.table(object);
        for (int i = 0; i < 9 && table.row_count() > 0; ++i)
            if (const auto row = static_cast<RowIndex>(random_.below(table.row_count())); table.is_live(row)) return {object, row};
        return {};
    }
    void make_user() { static_cast<void>(fixture.editor.execute(CreateRecord{so::user, {{user_field::last_name, std::string("U")}}})); }
    void set_manager() {
        const Value manager = random_.below(4) ? Value(some_user()) : Value();
        static_cast<void>(fixture.editor.execute(UpdateRecord{some_user(), {{user_field::manager, manager}}}));
    }
    std::vector<FieldValue> sale() {
        constexpr const char* categories[] = {"Omitted", "Pipeline", "BestCase", "Commit", "Closed"};
        std::vector<FieldValue> fields{{opportunity_field::close_date, DateValue{some_day()}},
                                       {opportunity_field::amount, random_.below(8) ? Value(Decimal{static_cast<std::int64_t>(random_.below(1'000'000)), 2}) : Value()},
                                       {system_field::owner, random_.below(8) ? Value(some_user()) : Value()}};
        if (random_.below(2)) fields.push_back({opportunity_field::forecast_category, std::string(categories[random_.below(5)])});
        return fields;
    }
    void make_sale() {
        constexpr const char* stages[] = {"Prospecting", "Value Proposition", "Negotiation/Review", "Closed Won", "Closed Lost"};
        std::vector<FieldValue> fields = sale();
        fields.push_back({system_field::name, std::string("S")});
        fields.push_back({opportunity_field::stage, std::string(stages[random_.below(5)])});
        static_cast<void>(fixture.editor.execute(CreateRecord{so::opportunity, std::move(fields)}));
    }
    void edit_sale() {
        const RecordRef record = some_live(so::opportunity);
        if (!record) return make_sale();
        if (random_.below(10) == 0) return static_cast<void>(fixture.editor.execute(DeleteRecords{so::opportunity, {record.row}}));
        static_cast<void>(fixture.editor.execute(UpdateRecord{record, sale()}));
    }
    void rescale_amount() {
        fixture.run(R"({"command":"UpdateField","object":"Opportunity","field":"Amount","scale":)" + std::to_string(2 + random_.below(3)) + "}");
    }
    void plan(bool quota) {
        const auto kind = static_cast<ForecastPeriodKind>(random_.below(2));
        const DayRange period = some_period(kind, fiscal_start);
        const std::optional<Decimal> amount = random_.below(4) ? std::optional(Decimal{static_cast<std::int64_t>(random_.below(1'000'000)), 2}) : std::nullopt;
        const auto command = quota ? plan_quota(fixture.records, some_user(), kind, period, amount)
                                   : plan_adjustment(fixture.records, some_user(), kind, period, static_cast<ForecastColumn>(1 + random_.below(3)), amount, "why");
        if (command) REQUIRE(fixture.editor.execute(*command).has_value());
    }

    FakeRandom random_;
    RandomCommands commands_;
};

std::int64_t in_cents(std::int64_t units, std::uint8_t scale) { return rescale({units, scale}, 2, Rounding::Refuse)->units; }
ForecastSum in_cents(ForecastSum sum, std::uint8_t scale) { return {in_cents(sum.amount, scale), sum.count}; }

void check(const Forecast& forecast, const Definition& definition, const Sales& now, const Sales& before) {
    std::vector<std::optional<RowIndex>> everybody;
    for (const ForecastRow& row : forecast.rows) {
        const std::optional<RowIndex> user = row.user ? std::optional(row.user.row) : std::nullopt;
        everybody.push_back(user);
        const auto team = user ? definition.team(*user) : std::vector<std::optional<RowIndex>>{std::nullopt};
        for (std::size_t period = 0; period < forecast.periods.size(); ++period) {
            const DayRange range = forecast.periods[period];
            for (std::size_t column = 0; column < forecast_columns; ++column) {
                CHECK(in_cents(row.all[period].computed[column], forecast.scale) == definition.sum(now, team, range, column));
                CHECK(in_cents(row.own[period].computed[column], forecast.scale) == definition.sum(now, {user}, range, column));
                CHECK(in_cents(row.all[period].before[column], forecast.scale) == definition.sum(before, team, range, column));
                const auto adjusted = user ? definition.adjusted(now, *user, range, column) : std::nullopt;
                REQUIRE(row.all[period].adjusted[column].has_value() == adjusted.has_value());
                if (adjusted) CHECK(in_cents(*row.all[period].adjusted[column], forecast.scale) == *adjusted);
            }
            const auto quota = user ? definition.quota(*user, range) : std::nullopt;
            REQUIRE(row.all[period].quota.has_value() == quota.has_value());
            if (quota) CHECK(in_cents(*row.all[period].quota, forecast.scale) == *quota);
        }
    }
    // Nobody is left out or stands twice.
    for (const Sale& sale : now) {
        const bool counted = definition.sum({sale}, {sale.owner}, forecast.periods[0], 0).count + definition.sum({sale}, {sale.owner}, forecast.periods[0], 3).count > 0;
        if (counted) CHECK(std::ranges::count(everybody, sale.owner) == 1);
    }
    for (std::size_t column = 0; column < forecast_columns; ++column) {
        CHECK(in_cents(forecast.total[0].computed[column], forecast.scale) == definition.sum(now, everybody, forecast.periods[0], column));
        CHECK(in_cents(forecast.total[0].before[column], forecast.scale) == definition.sum(before, everybody, forecast.periods[0], column));
    }
}

}  // namespace

TEST_CASE("forecast: equals its definition over random histories, fiscal years from any month, now and as it was") {
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        CAPTURE(seed);
        Life life(seed);
        life.fiscal_start = static_cast<int>((seed - 1) % 12) + 1;
        for (int i = 0; i < 60; ++i) life.step();
        for (int round = 0; round < 3; ++round) {
            const Sales before = sales_of(life.fixture.records);
            const std::size_t groups_before = life.fixture.journal.size();
            for (int i = 0; i < 40; ++i) life.step();
            OpportunitiesBefore earlier(life.fixture.records);
            for (std::size_t i = life.fixture.journal.size(); i > groups_before; --i) earlier.take_back(life.fixture.journal[i - 1]);
            const ForecastSource source = earlier.source();
            const auto kind = static_cast<ForecastPeriodKind>(life.below(2));
            const std::uint64_t revision = forecast_revision(life.fixture.records);
            const ForecastQuestion question{kind, forecast_periods(kind, life.some_period(kind, life.fiscal_start).first, 0, 1 + life.below(3), life.fiscal_start),
                                            ForecastScope::Everyone, {}};
            const auto forecast = compute_forecast(question, life.fixture.records, &source);
            REQUIRE(forecast.has_value());
            check(*forecast, {life.fixture.records, kind, life.fiscal_start}, sales_of(life.fixture.records), before);
            CHECK(forecast_revision(life.fixture.records) == revision);
        }
    }
}

TEST_CASE("forecast: undoing everything gives the first figures, redoing the last") {
    Life life(5);
    const auto figures = [&] {
        const auto forecast = compute_forecast({ForecastPeriodKind::Month, forecast_periods(ForecastPeriodKind::Month, 20'700, 0, 14, 1), ForecastScope::Everyone, {}}, life.fixture.records);
        REQUIRE(forecast.has_value());
        std::vector<std::int64_t> out;
        for (const ForecastFigures& total : forecast->total) {
            for (const ForecastSum& sum : total.computed) out.push_back(in_cents(sum.amount, forecast->scale));
            for (const auto& adjusted : total.adjusted) out.push_back(adjusted ? in_cents(*adjusted, forecast->scale) : -1);
            out.push_back(total.quota ? in_cents(*total.quota, forecast->scale) : -1);
        }
        return out;
    };
    for (int i = 0; i < 150; ++i) life.step();
    while (life.fixture.editor.execute(Redo{}).has_value()) {}
    const auto last = figures();
    int undone = 0;
    while (life.fixture.editor.execute(Undo{}).has_value()) ++undone;
    CHECK(undone > 60);
    CHECK(std::ranges::all_of(figures(), [](std::int64_t figure) { return figure <= 0; }));
    while (life.fixture.editor.execute(Redo{}).has_value()) {}
    CHECK(figures() == last);
}
