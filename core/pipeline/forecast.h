// Forecast: what a team will have won in each month or quarter of the fiscal year, by forecast category and close date.
// Commit is closed + commit, best case is commit + best case, the open pipeline is all that is open: pipeline, best case
// and commit. Omitted opportunities are in none of them. A quota or an adjustment of somebody who has a team stands for
// the team; who has none of their own is given the sum of the team's. Exact integers throughout.
// Invariant: figures depend on records alone, equal the definition (a property test recomputes it), never on rounding.
// Called by: ui's forecast page, workspace (JSON form).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/date.h"
#include "core/edit/command.h"
#include "core/objects/records.h"

namespace outpost {

enum class ForecastPeriodKind : std::uint8_t { Month, Quarter };
enum class ForecastScope : std::uint8_t { User, Team, Everyone };   // Team: the user and all below by ManagerId
enum class ForecastColumn : std::uint8_t { Closed, Commit, BestCase, Pipeline };
inline constexpr std::size_t forecast_columns = 4;

// Opportunities by column: as they are, or as they were (pipeline/forecast_past.h). An owner is a row of User.
struct ForecastSource {
    std::span<const RowState> states;
    std::span<const std::uint32_t> owners;
    std::span<const Days> close_dates;
    std::span<const std::uint16_t> categories;
    std::span<const std::int64_t> amounts;
    std::uint8_t scale = 2;
};
ForecastSource present_opportunities(const Records& records);

struct ForecastQuestion {
    ForecastPeriodKind kind = ForecastPeriodKind::Quarter;
    std::vector<DayRange> periods;               // ascending, without gaps, of that kind
    ForecastScope scope = ForecastScope::Everyone;
    RecordRef user;                              // of User and Team
};
// `count` periods; the first is that which holds `day`, moved by `offset`.
std::vector<DayRange> forecast_periods(ForecastPeriodKind kind, Days day, int offset, std::size_t count, int fiscal_start_month);

struct ForecastSum {
    std::int64_t amount = 0;                     // at the forecast's scale
    std::uint32_t count = 0;
    bool operator==(const ForecastSum&) const = default;
};
using ForecastSums = std::array<ForecastSum, forecast_columns>;   // by ForecastColumn

struct ForecastFigures {
    ForecastSums computed{};
    ForecastSums before{};                                        // of the earlier opportunities, when they were given
    std::array<std::optional<std::int64_t>, forecast_columns> adjusted{};  // when this or one below is adjusted
    std::array<RowIndex, forecast_columns> adjustment{no_row, no_row, no_row, no_row};  // its own ForecastingAdjustment
    std::optional<std::int64_t> quota;
    bool quota_is_own = false;                                    // of its own records, not the sum of those below
};

struct ForecastRow {
    RecordRef user;                              // none: the opportunities that nobody owns
    std::uint16_t level = 0;
    bool has_team = false;                       // rows of the next level follow
    bool is_part = false;                        // ForecastScope::User of somebody with a team: quota and adjustments are the team's
    std::vector<ForecastFigures> all;            // with all below; one a period
    std::vector<ForecastFigures> own;            // alone; without quota and adjustments when there is a team
};

struct Forecast {
    std::vector<DayRange> periods;
    std::vector<ForecastRow> rows;               // a tree in its order: each before those below, by name
    std::vector<ForecastFigures> total;          // of the rows of level 0
    std::uint8_t scale = 2;
};
// NUMBER_OUTSIDE_VALID_RANGE when a sum is too large to be given.
Result<Forecast> compute_forecast(const ForecastQuestion& question, const Records& records, const ForecastSource* before = nullptr);
// Rises when an answer of compute_forecast over the present records may have changed.
std::uint64_t forecast_revision(const Records& records);

// Closed / quota in hundredths of a percent, rounded half away from zero; none without a quota above zero.
std::optional<std::int64_t> forecast_attainment(const ForecastFigures& figures);

// The commands that set or clear (no amount) somebody's quota or adjustment of a period, as one undoable edit; none when
// there is nothing to do. Amounts fit the field or are refused when performed.
std::optional<Command> plan_quota(const Records& records, RecordRef user, ForecastPeriodKind kind, DayRange period, std::optional<Decimal> amount);
std::optional<Command> plan_adjustment(const Records& records, RecordRef user, ForecastPeriodKind kind, DayRange period, ForecastColumn column,
                                       std::optional<Decimal> amount, std::string_view note);

}  // namespace outpost
