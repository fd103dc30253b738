// Forecast view: what the forecast page shows, as its address says it, worked out without drawing anything:
//     #/forecast?period=month&start=2026-11-01&scope=team&since=week&fold=005...
// Invariant: the same address and records give the same lines; figures are computed anew only when either changed, and
// a figure's address leads to the list of just the opportunities that it adds up. Called by: forecast page, its dialogs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/forecast.h"
#include "core/workspace/forecast_history.h"
#include "ui/context.h"

namespace outpost {

enum class ForecastSince : std::uint8_t { None, Week, Month };

struct ForecastRequest {
    ForecastPeriodKind kind = ForecastPeriodKind::Quarter;
    Days start = 0;                        // of the period
    Days current = 0;                      // start of the period that is now
    DayRange period;
    std::string scope;                     // "me", "team", a user's id; "" everyone
    ForecastSince since = ForecastSince::None;
};
ForecastRequest forecast_request_of(Context& context, const Route& route);
// The period as a person calls it: "Q4 2026", "November 2026".
std::string period_words(Context& context, const ForecastRequest& request);
std::string whole_amount(Context& context, std::int64_t units, std::uint8_t scale);   // 404,548
std::string exact_amount(Context& context, std::int64_t units, std::uint8_t scale);   // $404,548.25
std::string_view column_key(ForecastColumn column);                                   // of its label

// A line of the table: somebody with all below, somebody alone, or the total of all.
struct ForecastLine {
    std::size_t row = total;               // in Forecast::rows
    bool alone = false;
    static constexpr std::size_t total = SIZE_MAX;
};

class ForecastView {
public:
    // Computes what is new; true while earlier figures are being read.
    void refresh(Context& context, const Route& route);

    const ForecastRequest& request() const { return request_; }
    const Forecast& forecast() const { return forecast_; }
    const std::vector<ForecastLine>& lines() const { return lines_; }
    std::uint64_t version() const { return version_; }        // another one once they were arranged anew
    const std::string& fault() const { return fault_; }
    const ForecastFigures& figures(const ForecastLine& line) const;
    RecordRef user(const ForecastLine& line) const;           // none: the total, or nobody's
    std::string name(Context& context, const ForecastLine& line) const;
    bool can_be_set(const ForecastLine& line) const;           // has a quota and overrides of its own
    bool is_open(const ForecastLine& line) const { return open_[line.row]; }
    std::string list_address(Context& context, const ForecastLine& line, ForecastColumn column) const;
    std::string fold_text(Context& context, std::size_t turned) const;  // the parameter with that row turned round
    bool compares() const { return history_ && history_->day == since_day_ && history_->loaded && history_->loaded->opportunities; }
    Days since_day() const { return since_day_; }
    // Why there is nothing to compare with; "" while that is not known, or when there is.
    std::string unknown_words(Context& context) const;

private:
    struct History {
        Days day = 0;
        std::optional<ForecastHistory> loaded;
    };
    void load_history(Context& context);
    void arrange_lines(Context& context, std::string_view fold);
    bool opens_first(std::size_t row) const;

    ForecastRequest request_;
    Forecast forecast_;
    std::vector<ForecastLine> lines_;
    std::uint64_t version_ = 0;
    std::vector<bool> open_;
    std::string fault_;
    std::shared_ptr<History> history_;
    Days since_day_ = 0;
    Route seen_route_;
    Days seen_day_ = -1;
    std::uint64_t seen_revision_ = 0, seen_records_ = 0;
    bool seen_history_ = false;
};

// "Your quota", "Ann: quota".
std::string quota_title(Context& context, RecordRef user);

}  // namespace outpost
