#include "core/query/soql_words.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace outpost::soql {

namespace {

constexpr DateLiteralWord date_literals[] = {
    {DateLiteral::Yesterday, "YESTERDAY", false},
    {DateLiteral::Today, "TODAY", false},
    {DateLiteral::Tomorrow, "TOMORROW", false},
    {DateLiteral::LastWeek, "LAST_WEEK", false},
    {DateLiteral::ThisWeek, "THIS_WEEK", false},
    {DateLiteral::NextWeek, "NEXT_WEEK", false},
    {DateLiteral::LastMonth, "LAST_MONTH", false},
    {DateLiteral::ThisMonth, "THIS_MONTH", false},
    {DateLiteral::NextMonth, "NEXT_MONTH", false},
    {DateLiteral::Last90Days, "LAST_90_DAYS", false},
    {DateLiteral::Next90Days, "NEXT_90_DAYS", false},
    {DateLiteral::LastNDays, "LAST_N_DAYS", true},
    {DateLiteral::NextNDays, "NEXT_N_DAYS", true},
    {DateLiteral::NDaysAgo, "N_DAYS_AGO", true},
    {DateLiteral::LastNWeeks, "LAST_N_WEEKS", true},
    {DateLiteral::NextNWeeks, "NEXT_N_WEEKS", true},
    {DateLiteral::NWeeksAgo, "N_WEEKS_AGO", true},
    {DateLiteral::LastNMonths, "LAST_N_MONTHS", true},
    {DateLiteral::NextNMonths, "NEXT_N_MONTHS", true},
    {DateLiteral::NMonthsAgo, "N_MONTHS_AGO", true},
    {DateLiteral::ThisQuarter, "THIS_QUARTER", false},
    {DateLiteral::LastQuarter, "LAST_QUARTER", false},
    {DateLiteral::NextQuarter, "NEXT_QUARTER", false},
    {DateLiteral::LastNQuarters, "LAST_N_QUARTERS", true},
    {DateLiteral::NextNQuarters, "NEXT_N_QUARTERS", true},
    {DateLiteral::NQuartersAgo, "N_QUARTERS_AGO", true},
    {DateLiteral::ThisYear, "THIS_YEAR", false},
    {DateLiteral::LastYear, "LAST_YEAR", false},
    {DateLiteral::NextYear, "NEXT_YEAR", false},
    {DateLiteral::LastNYears, "LAST_N_YEARS", true},
    {DateLiteral::NextNYears, "NEXT_N_YEARS", true},
    {DateLiteral::NYearsAgo, "N_YEARS_AGO", true},
    {DateLiteral::ThisFiscalQuarter, "THIS_FISCAL_QUARTER", false},
    {DateLiteral::LastFiscalQuarter, "LAST_FISCAL_QUARTER", false},
    {DateLiteral::NextFiscalQuarter, "NEXT_FISCAL_QUARTER", false},
    {DateLiteral::LastNFiscalQuarters, "LAST_N_FISCAL_QUARTERS", true},
    {DateLiteral::NextNFiscalQuarters, "NEXT_N_FISCAL_QUARTERS", true},
    {DateLiteral::NFiscalQuartersAgo, "N_FISCAL_QUARTERS_AGO", true},
    {DateLiteral::ThisFiscalYear, "THIS_FISCAL_YEAR", false},
    {DateLiteral::LastFiscalYear, "LAST_FISCAL_YEAR", false},
    {DateLiteral::NextFiscalYear, "NEXT_FISCAL_YEAR", false},
    {DateLiteral::LastNFiscalYears, "LAST_N_FISCAL_YEARS", true},
    {DateLiteral::NextNFiscalYears, "NEXT_N_FISCAL_YEARS", true},
    {DateLiteral::NFiscalYearsAgo, "N_FISCAL_YEARS_AGO", true},
};

constexpr std::pair<DateFunction, std::string_view> date_functions[] = {
    {DateFunction::CalendarMonth, "CALENDAR_MONTH"}, {DateFunction::CalendarQuarter, "CALENDAR_QUARTER"},
    {DateFunction::CalendarYear, "CALENDAR_YEAR"},   {DateFunction::DayInMonth, "DAY_IN_MONTH"},
    {DateFunction::DayInWeek, "DAY_IN_WEEK"},        {DateFunction::DayInYear, "DAY_IN_YEAR"},
    {DateFunction::DayOnly, "DAY_ONLY"},             {DateFunction::FiscalMonth, "FISCAL_MONTH"},
    {DateFunction::FiscalQuarter, "FISCAL_QUARTER"}, {DateFunction::FiscalYear, "FISCAL_YEAR"},
    {DateFunction::HourInDay, "HOUR_IN_DAY"},        {DateFunction::WeekInMonth, "WEEK_IN_MONTH"},
    {DateFunction::WeekInYear, "WEEK_IN_YEAR"},
};

constexpr std::pair<AggregateFunction, std::string_view> aggregate_functions[] = {
    {AggregateFunction::Count, "COUNT"}, {AggregateFunction::CountDistinct, "COUNT_DISTINCT"},
    {AggregateFunction::Sum, "SUM"},     {AggregateFunction::Avg, "AVG"},
    {AggregateFunction::Min, "MIN"},     {AggregateFunction::Max, "MAX"},
};

constexpr std::string_view comparisons[] = {"=", "!=", "<", "<=", ">", ">=", "LIKE", "IN", "NOT IN", "INCLUDES", "EXCLUDES"};

constexpr std::string_view reserved_words[] = {
    "SELECT", "FROM",  "WHERE", "AND",    "OR",       "NOT",      "LIKE",  "IN",  "INCLUDES", "EXCLUDES", "GROUP", "HAVING", "ORDER",
    "BY",     "LIMIT", "OFFSET", "ASC",   "DESC",     "NULLS",    "WITH",  "USING", "FOR",    "ALL",      "UPDATE", "AS",
};

}  // namespace

const DateLiteralWord* find_date_literal(std::string_view word) {
    for (const DateLiteralWord& entry : date_literals) {
        if (equals_ignoring_ascii_case(entry.word, word)) return &entry;
    }
    return nullptr;
}

std::string date_literal_text(DateLiteral literal, int n) {
    const auto entry = std::ranges::find(date_literals, literal, &DateLiteralWord::literal);
    return std::string(entry->word) + (entry->counted ? ":" + std::to_string(n) : "");
}

DateFunction find_date_function(std::string_view word) {
    for (const auto& [function, name] : date_functions) {
        if (equals_ignoring_ascii_case(name, word)) return function;
    }
    return DateFunction::None;
}

AggregateFunction find_aggregate_function(std::string_view word) {
    for (const auto& [function, name] : aggregate_functions) {
        if (equals_ignoring_ascii_case(name, word)) return function;
    }
    return AggregateFunction::None;
}

std::string_view to_text(AggregateFunction function) {
    for (const auto& [candidate, name] : aggregate_functions) {
        if (candidate == function) return name;
    }
    return "";
}

std::string_view to_text(DateFunction function) {
    for (const auto& [candidate, name] : date_functions) {
        if (candidate == function) return name;
    }
    return "";
}

std::string_view to_text(Comparison comparison) { return comparisons[static_cast<std::size_t>(comparison)]; }

std::vector<std::string_view> value_words() {
    std::vector<std::string_view> words{"NULL", "TRUE", "FALSE"};
    for (const DateLiteralWord& entry : date_literals) words.push_back(entry.word);
    return words;
}

std::vector<std::string_view> function_words() {
    std::vector<std::string_view> words{"GROUPING", "FORMAT", "toLabel", "convertTimezone", "FIELDS"};
    for (const auto& entry : date_functions) words.push_back(entry.second);
    for (const auto& entry : aggregate_functions) words.push_back(entry.second);
    return words;
}

std::string nearest_function(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"YEAR", "CALENDAR_YEAR"}, {"QUARTER", "CALENDAR_QUARTER"}, {"MONTH", "CALENDAR_MONTH"}, {"WEEK", "WEEK_IN_YEAR"}, {"DAY", "DAY_IN_MONTH"},
        {"HOUR", "HOUR_IN_DAY"}, {"DATE", "DAY_ONLY"}, {"AVERAGE", "AVG"}, {"MEAN", "AVG"}, {"TOTAL", "SUM"}};
    for (const auto& [other, own] : others)
        if (equals_ignoring_ascii_case(other, word)) return std::string(own);
    return nearest_word(word, function_words());
}

std::string nearest_value_word(std::string_view word) {
    std::string counted, count;
    for (const std::string_view part : split(word, '_')) {
        const bool is_number = !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        if (is_number) count = part;
        counted += (counted.empty() ? "" : "_") + std::string(is_number ? "N" : part);
    }
    const DateLiteralWord* found = count.empty() ? nullptr : find_date_literal(counted);
    if (found != nullptr && found->counted) return std::string(found->word) + ":" + count;
    return nearest_word(word, value_words());
}

std::string_view soql_for_operator(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"IS", "Name = NULL"}, {"BETWEEN", "Amount >= 1 AND Amount <= 9"}, {"CONTAINS", "LIKE '%text%'"}, {"STARTS", "LIKE 'text%'"}, {"EQUALS", "="}};
    for (const auto& [other, own] : others)
        if (equals_ignoring_ascii_case(other, word)) return own;
    return {};
}

bool is_reserved(std::string_view word) {
    return std::any_of(std::begin(reserved_words), std::end(reserved_words),
                       [&](std::string_view reserved) { return equals_ignoring_ascii_case(reserved, word); });
}

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates) {
    constexpr std::size_t length_max = 60;
    if (word.empty() || word.size() > length_max) return "";
    const std::string wanted = fold_case(word);
    std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    std::string_view found;
    for (const std::string_view candidate : candidates) {
        if (candidate.empty() || candidate.size() > length_max) continue;
        const std::string other = fold_case(candidate);
        // Optimal string alignment: insertions, deletions, changes, and swaps of neighbours count one each.
        std::array<std::array<std::size_t, length_max * 3 + 2>, 3> rows{};
        if (other.size() > length_max * 3 || wanted.size() > length_max * 3) continue;
        for (std::size_t j = 0; j <= other.size(); ++j) rows[0][j] = j;
        std::size_t now = 0;
        for (std::size_t i = 1; i <= wanted.size(); ++i) {
            const auto& before = rows[now];
            const auto& two_before = rows[(now + 2) % 3];
            auto& row = rows[(now + 1) % 3];
            row[0] = i;
            for (std::size_t j = 1; j <= other.size(); ++j) {
                const std::size_t change = before[j - 1] + (wanted[i - 1] != other[j - 1]);
                row[j] = std::min({before[j] + 1, row[j - 1] + 1, change});
                if (i > 1 && j > 1 && wanted[i - 1] == other[j - 2] && wanted[i - 2] == other[j - 1]) {
                    row[j] = std::min(row[j], two_before[j - 2] + 1);
                }
            }
            now = (now + 1) % 3;
        }
        const std::size_t distance = rows[now][other.size()];
        if (distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return std::string(found);
}

}  // namespace outpost::soql
