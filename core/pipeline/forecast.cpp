#include "core/pipeline/forecast.h"

#include <algorithm>
#include <limits>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

using Wide = __int128;

constexpr std::uint16_t code_of(ForecastCategory category) { return static_cast<std::uint16_t>(static_cast<std::uint16_t>(category) + 1); }
constexpr std::size_t place(ForecastColumn column) { return static_cast<std::size_t>(column); }

struct WideSum {
    Wide amount = 0;
    std::uint32_t count = 0;
    void add(const WideSum& other) {
        amount += other.amount;
        count += other.count;
    }
};
// First by category, each alone, in the order Closed, Commit, BestCase, Pipeline; cumulated as the columns are.
using WideSums = std::array<WideSum, forecast_columns>;

void add(WideSums& to, const WideSums& other) {
    for (std::size_t i = 0; i < forecast_columns; ++i) to[i].add(other[i]);
}

// Values for those users that have any, a cell for each period. The last user stands for none.
template <typename Cell>
class UserCells {
public:
    UserCells(RowIndex users, std::size_t periods) : places_(users + 1u, 0), periods_(periods) {}
    bool has(RowIndex user) const { return places_[user] != 0; }
    Cell& at(RowIndex user, std::size_t period) {
        std::uint32_t& place = places_[user];
        if (place == 0) {
            cells_.resize(cells_.size() + periods_);
            place = static_cast<std::uint32_t>(cells_.size() / periods_);
        }
        return cells_[(place - 1u) * periods_ + period];
    }
    const Cell* find(RowIndex user, std::size_t period) const { return has(user) ? &cells_[(places_[user] - 1u) * periods_ + period] : nullptr; }

private:
    std::vector<std::uint32_t> places_;
    std::vector<Cell> cells_;
    std::size_t periods_;
};

// What people set for a user and a period.
struct Given {
    Wide quotas[2] = {0, 0};          // by ForecastPeriodKind
    bool has_quota[2] = {false, false};
    std::array<RowIndex, forecast_columns> adjustment{no_row, no_row, no_row, no_row};
};

bool fits(Wide amount) { return amount <= std::numeric_limits<std::int64_t>::max() && amount > std::numeric_limits<std::int64_t>::min(); }

ForecastColumn column_of_item(std::uint16_t code) { return static_cast<ForecastColumn>(forecast_columns - code); }  // OpenPipeline, BestCaseForecast, CommitForecast

class Computation {
public:
    Computation(const ForecastQuestion& question, const Records& records, const ForecastSource* before)
        : question_(question), records_(records), users_(records.table(so::user)), user_count_(users_.row_count()), periods_(question.periods.size()),
          now_(user_count_, periods_), past_(user_count_, periods_), given_(user_count_, periods_), before_(before) {}

    Result<Forecast> run() {
        const ForecastSource present = present_opportunities(records_);
        forecast_.periods = question_.periods;
        forecast_.scale = std::max({present.scale, before_ ? before_->scale : std::uint8_t{0}, scale_of(so::forecasting_quota, forecasting_quota_field::amount),
                                    scale_of(so::forecasting_adjustment, forecasting_adjustment_field::amount)});
        sum_up(present, now_);
        if (before_) sum_up(*before_, past_);
        take_quotas();
        take_adjustments();
        arrange();
        roll_up();
        if (!whole_) return fail(ErrorCode::NumberOutsideValidRange, "error.query_sum_overflow", {"Opportunity"});
        return std::move(forecast_);
    }

private:
    struct Standing { std::size_t above; bool is_top; };            // of a row: its place in rows
    struct Below { Wide quota = 0; bool has_quota = false; WideSums change{}; std::array<bool, forecast_columns> adjusted{}; };

    std::uint8_t scale_of(ObjectIndex object, FieldIndex field) const { return records_.schema().object(object).field(field).scale; }
    Wide factor(std::uint8_t scale) const { return power_of_ten(static_cast<std::uint8_t>(forecast_.scale - scale)); }

    std::size_t period_of(Days day) const {
        const std::vector<DayRange>& periods = question_.periods;
        if (day < periods.front().first || day >= periods.back().end) return periods_;
        std::size_t period = 0;
        while (day >= periods[period].end) ++period;
        return period;
    }

    void sum_up(const ForecastSource& source, UserCells<WideSums>& into) {
        const Days first = question_.periods.front().first, end = question_.periods.back().end;
        const Wide scaled = factor(source.scale);
        constexpr std::uint16_t closed = code_of(ForecastCategory::Closed), pipeline = code_of(ForecastCategory::Pipeline);
        for (std::size_t row = 0; row < source.states.size(); ++row) {
            const Days day = source.close_dates[row];
            const std::uint16_t category = source.categories[row];
            if (day < first || day >= end || category < pipeline || category > closed || source.states[row] != RowState::Live) continue;
            WideSum& sum = into.at(std::min(source.owners[row], user_count_), period_of(day))[closed - category];
            if (source.amounts[row] != null_decimal) sum.amount += source.amounts[row] * scaled;
            ++sum.count;
        }
    }

    // Each live record of a user, with its period and kind.
    template <typename Take>
    void each_given(ObjectIndex object, FieldIndex owner, FieldIndex start, FieldIndex kind, const Take& take) {
        const Table& table = records_.table(object);
        for (RowIndex row = 0; row < table.row_count(); ++row) {
            const RowIndex user = table.column(owner).rows()[row];
            const Days day = table.column(start).days()[row];
            if (!table.is_live(row) || user >= user_count_ || day == null_day) continue;
            const std::size_t period = period_of(day);
            if (period != periods_) take(table, row, given_.at(user, period), std::size_t{table.column(kind).codes()[row] == 2});
        }
    }

    void take_quotas() {
        using namespace forecasting_quota_field;
        const Wide scaled = factor(scale_of(so::forecasting_quota, amount));
        each_given(so::forecasting_quota, owner, start_date, period_type, [&](const Table& table, RowIndex row, Given& given, std::size_t kind) {
            const std::int64_t units = table.column(amount).decimals()[row];
            if (units == null_decimal) return;
            given.quotas[kind] += units * scaled;
            given.has_quota[kind] = true;
        });
    }

    // Of several for the same thing the one changed last counts.
    void take_adjustments() {
        using namespace forecasting_adjustment_field;
        each_given(so::forecasting_adjustment, owner, start_date, period_type, [&](const Table& table, RowIndex row, Given& given, std::size_t kind) {
            const std::uint16_t item = table.column(item_category).codes()[row];
            if (kind != std::size_t{question_.kind == ForecastPeriodKind::Quarter} || item == 0 || item >= forecast_columns) return;
            if (table.column(amount).decimals()[row] == null_decimal) return;
            RowIndex& chosen = given.adjustment[place(column_of_item(item))];
            const auto changed = table.column(system_field::last_modified_date).instants();
            if (chosen == no_row || changed[row] >= changed[chosen]) chosen = row;
        });
    }

    std::optional<Wide> quota_of(RowIndex user, std::size_t period) const {
        const Given* given = given_.find(user, period);
        if (!given) return std::nullopt;
        if (question_.kind == ForecastPeriodKind::Quarter && given->has_quota[1]) return given->quotas[1];
        return given->has_quota[0] ? std::optional(given->quotas[0]) : std::nullopt;
    }

    // --- the tree

    RowIndex manager_of(RowIndex user) const {
        const RowIndex manager = users_.column(user_field::manager).rows()[user];
        return manager != user && users_.is_live(manager) ? manager : no_row;
    }

    // Whoever works here, has figures, or stands above such a one.
    std::vector<bool> chosen_users() const {
        std::vector<bool> chosen(user_count_, false);
        const auto active = users_.column(user_field::is_active).flags();
        for (RowIndex user = 0; user < user_count_; ++user) {
            if (!now_.has(user) && !past_.has(user) && !given_.has(user) && !(users_.is_live(user) && active[user] != 0)) continue;
            for (RowIndex above = user; above != no_row && !chosen[above]; above = manager_of(above)) chosen[above] = true;
        }
        return chosen;
    }

    void arrange() {
        std::vector<bool> chosen = chosen_users();
        std::vector<RowIndex> order;
        for (RowIndex user = 0; user < user_count_; ++user)
            if (chosen[user]) order.push_back(user);
        std::vector<std::string> names(user_count_);
        for (const RowIndex user : order) names[user] = records_.display_name({so::user, user});
        sort_stably(order, [&](RowIndex a, RowIndex b) { return compare_text(names[a], names[b]) < 0; });
        std::vector<std::vector<RowIndex>> below(user_count_);
        std::vector<RowIndex> tops;
        for (const RowIndex user : order) {
            const RowIndex manager = manager_of(user);
            if (manager != no_row) below[manager].push_back(user);
            else tops.push_back(user);
        }
        if (question_.scope == ForecastScope::Everyone) {
            for (const RowIndex top : tops) place_tree(top, below, chosen);
            // Nobody is lost, though managers went in a circle.
            for (const RowIndex user : order)
                if (chosen[user]) place_tree(user, below, chosen);
            if (now_.has(user_count_) || past_.has(user_count_)) place_row(user_count_, 0, {0, true});
            return;
        }
        if (question_.scope == ForecastScope::Team) return place_tree(question_.user.row, below, chosen);
        place_row(question_.user.row, 0, {0, true});
        is_part_ = forecast_.rows[0].is_part = !below[question_.user.row].empty();
    }

    void place_tree(RowIndex top, const std::vector<std::vector<RowIndex>>& below, std::vector<bool>& waiting) {
        struct Next { RowIndex user; std::uint16_t level; Standing standing; };
        std::vector<Next> next{{top, 0, {0, true}}};
        while (!next.empty()) {
            const Next one = next.back();
            next.pop_back();
            if (!waiting[one.user] && one.user != top) continue;
            waiting[one.user] = false;
            const std::size_t at = forecast_.rows.size();
            place_row(one.user, one.level, one.standing);
            for (auto user = below[one.user].rbegin(); user != below[one.user].rend(); ++user)
                if (waiting[*user]) next.push_back({*user, static_cast<std::uint16_t>(one.level + 1), {at, false}});
        }
    }

    void place_row(RowIndex user, std::uint16_t level, Standing standing) {
        ForecastRow row;
        if (user < user_count_) row.user = {so::user, user};
        row.level = level;
        row.all.resize(periods_);
        row.own.resize(periods_);
        if (!standing.is_top) forecast_.rows[standing.above].has_team = true;
        forecast_.rows.push_back(std::move(row));
        standings_.push_back(standing);
    }

    // --- sums of teams

    void roll_up() {
        forecast_.total.resize(periods_);
        for (std::size_t period = 0; period < periods_; ++period) {
            const std::size_t count = forecast_.rows.size();
            std::vector<WideSums> now(count), past(count);
            std::vector<Below> below(count + 1);           // the last: of all rows of level 0
            WideSums now_total{}, past_total{};
            for (std::size_t at = count; at-- > 0;) {
                ForecastRow& row = forecast_.rows[at];
                const RowIndex user = row.user ? row.user.row : user_count_;
                WideSums own_now{}, own_past{};
                if (const WideSums* sums = now_.find(user, period)) own_now = *sums;
                if (const WideSums* sums = past_.find(user, period)) own_past = *sums;
                give(own_now, row.own[period].computed);
                give(own_past, row.own[period].before);
                add(now[at], own_now);
                add(past[at], own_past);
                const Standing standing = standings_[at];
                add(standing.is_top ? now_total : now[standing.above], now[at]);
                add(standing.is_top ? past_total : past[standing.above], past[at]);
                give(past[at], row.all[period].before);
                finish(user, period, now[at], below[at], below[standing.is_top ? count : standing.above], row.all[period]);
                if (!row.has_team) row.own[period] = row.all[period];
            }
            ForecastFigures& total = forecast_.total[period];
            give(past_total, total.before);
            finish(user_count_, period, now_total, below[count], below[count], total);
            total.quota_is_own = false;
        }
    }

    void finish(RowIndex user, std::size_t period, const WideSums& sums, const Below& below, Below& above, ForecastFigures& out) {
        give(sums, out.computed);
        const bool has_own = user < user_count_ && !is_part_;
        std::optional<Wide> quota = has_own ? quota_of(user, period) : std::nullopt;
        out.quota_is_own = quota.has_value();
        if (!quota && below.has_quota) quota = below.quota;
        const Given* given = has_own ? given_.find(user, period) : nullptr;
        if (given) out.adjustment = given->adjustment;
        Below told;
        if (quota) {
            out.quota = narrow(*quota);
            told.quota = *quota;
            told.has_quota = true;
        }
        const Table& adjustments = records_.table(so::forecasting_adjustment);
        const Wide scaled = factor(scale_of(so::forecasting_adjustment, forecasting_adjustment_field::amount));
        for (std::size_t column = 0; column < forecast_columns; ++column) {
            const Wide computed = out.computed[column].amount;
            Wide change = below.change[column].amount;
            if (out.adjustment[column] != no_row) change = adjustments.column(forecasting_adjustment_field::amount).decimals()[out.adjustment[column]] * scaled - computed;
            else if (!below.adjusted[column]) continue;
            out.adjusted[column] = narrow(computed + change);
            told.change[column].amount = change;
            told.adjusted[column] = true;
        }
        if (&below == &above) return;
        above.quota += told.quota;
        above.has_quota = above.has_quota || told.has_quota;
        for (std::size_t column = 0; column < forecast_columns; ++column) {
            above.change[column].add(told.change[column]);
            above.adjusted[column] = above.adjusted[column] || told.adjusted[column];
        }
    }

    std::int64_t narrow(Wide amount) {
        if (fits(amount)) return static_cast<std::int64_t>(amount);
        whole_ = false;
        return 0;
    }

    // Each category alone to the columns.
    void give(const WideSums& sums, ForecastSums& out) {
        const auto set = [&](ForecastColumn column, std::initializer_list<ForecastColumn> parts) {
            WideSum all;
            for (const ForecastColumn part : parts) all.add(sums[place(part)]);
            out[place(column)] = {narrow(all.amount), all.count};
        };
        using enum ForecastColumn;
        set(Closed, {Closed});
        set(Commit, {Closed, Commit});
        set(BestCase, {Closed, Commit, BestCase});
        set(Pipeline, {Commit, BestCase, Pipeline});
    }

    const ForecastQuestion& question_;
    const Records& records_;
    const Table& users_;
    RowIndex user_count_;
    std::size_t periods_;
    UserCells<WideSums> now_, past_;
    UserCells<Given> given_;
    const ForecastSource* before_;
    Forecast forecast_;
    std::vector<Standing> standings_;
    bool is_part_ = false;
    bool whole_ = true;
};

}  // namespace

ForecastSource present_opportunities(const Records& records) {
    using namespace opportunity_field;
    const Table& table = records.table(so::opportunity);
    return {.states = table.states(), .owners = table.column(system_field::owner).rows(), .close_dates = table.column(close_date).days(),
            .categories = table.column(forecast_category).codes(), .amounts = table.column(amount).decimals(),
            .scale = records.schema().object(so::opportunity).field(amount).scale};
}

std::vector<DayRange> forecast_periods(ForecastPeriodKind kind, Days day, int offset, std::size_t count, int fiscal_start_month) {
    std::vector<DayRange> periods;
    for (std::size_t i = 0; i < count; ++i)
        periods.push_back(period_range(kind == ForecastPeriodKind::Month ? Period::Month : Period::FiscalQuarter, day, offset + static_cast<int>(i), 0, fiscal_start_month));
    return periods;
}

Result<Forecast> compute_forecast(const ForecastQuestion& question, const Records& records, const ForecastSource* before) {
    OUTPOST_ASSERT(!question.periods.empty());
    if (question.scope != ForecastScope::Everyone && (question.user.object != so::user || question.user.row >= records.table(so::user).row_count()))
        return fail(ErrorCode::InvalidArgument, "error.member_wrong", {"user"});
    return Computation(question, records, before).run();
}

std::uint64_t forecast_revision(const Records& records) {
    using namespace opportunity_field;
    const Table& opportunities = records.table(so::opportunity);
    std::uint64_t revision = opportunities.states_revision() + records.schema().revision();
    for (const FieldIndex field : {system_field::owner, close_date, forecast_category, amount}) revision += opportunities.column_revision(field);
    for (const ObjectIndex object : {so::user, so::forecasting_quota, so::forecasting_adjustment}) revision += records.table(object).revision();
    return revision;
}

std::optional<std::int64_t> forecast_attainment(const ForecastFigures& figures) {
    if (!figures.quota || *figures.quota <= 0) return std::nullopt;
    const Wide closed = Wide{figures.computed[place(ForecastColumn::Closed)].amount} * 10'000, quota = *figures.quota;
    const Wide half = closed < 0 ? -quota / 2 : quota / 2;
    const Wide share = (closed + half) / quota;
    return fits(share) ? std::optional(static_cast<std::int64_t>(share)) : std::nullopt;
}

}  // namespace outpost
