// Totals of a whole table, kept up block by block, held against the same question asked of each row, after every edit.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/objects/standard.h"
#include "core/query/query.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;

namespace {

// As text, so that groups stand in any order that both have in common.
std::vector<std::string> answer_of(const Records& records, const std::string& where, const std::string& terms, const std::string& by) {
    const Result<Query> query = parse_soql("SELECT " + terms + " FROM Opportunity" + where + (by.empty() ? "" : " GROUP BY " + by), records);
    REQUIRE_MESSAGE(query.has_value(), terms);
    QueryContext context;
    context.fiscal_start_month = 4;
    const Result<std::string> answer = run_to_json(*query, records, context);
    REQUIRE(answer.has_value());
    const Result<AggregateAnswer> rows = run_aggregate(*query, records, context);
    REQUIRE(rows.has_value());
    return {*answer, std::to_string(rows->size())};
}

struct Question {
    const char *terms, *by;
};
constexpr Question questions[] = {
    {"StageName, CALENDAR_YEAR(CloseDate) y, CALENDAR_MONTH(CloseDate) m, SUM(ExpectedRevenue) w, COUNT(Id) c", "StageName, CALENDAR_YEAR(CloseDate), CALENDAR_MONTH(CloseDate)"},
    {"SUM(Amount) s, AVG(Amount) a, COUNT(Id) c", ""},
    {"OwnerId, SUM(Amount) s", "OwnerId"},
    {"IsClosed, IsWon, AVG(Probability) p", "IsClosed, IsWon"},
    {"FISCAL_QUARTER(CloseDate) q, COUNT(Id) c, SUM(Amount) s", "FISCAL_QUARTER(CloseDate)"},
    {"StageName, CloseDate, COUNT(Id) c", "ROLLUP(StageName, CloseDate)"},
};

}  // namespace

TEST_CASE("query property: totals kept by blocks of rows equal a look at every row, after any edit") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Records records = make_sales_records(seed);
        Dice dice(seed * 31);
        Table& table = records.mutable_table(standard_object::opportunity);
        // Three blocks, the last one not full.
        const std::uint32_t more = 2 * Table::revision_block_rows + 100;
        const RowIndex first = table.append_rows(RecordId{0x7F00'0000'0000'0000u}, more);
        for (RowIndex row = first; row < table.row_count(); ++row) {
            table.mutable_column_from(opportunity_field::amount, first).mutable_int64()[row] = dice.one_in(9) ? null_decimal : dice.below(90'000);
            table.mutable_column_from(opportunity_field::close_date, first).mutable_days()[row] = dice.one_in(9) ? null_day : static_cast<std::int32_t>(20'000 + dice.below(700));
            table.mutable_column_from(opportunity_field::stage, first).mutable_codes()[row] = static_cast<std::uint16_t>(dice.below(5));
        }
        for (int round = 0; round < 30; ++round) {
            for (const Question& question : questions) {
                const auto kept = answer_of(records, "", question.terms, question.by);
                CHECK_MESSAGE(kept == answer_of(records, " WHERE Id != NULL", question.terms, question.by), question.terms << " in round " << round);
            }
            const RowIndex row = dice.below(table.row_count());
            const RowIndex rows[] = {row};
            switch (dice.below(8)) {
                case 0: table.set_state(row, dice.one_in(2) ? RowState::Deleted : RowState::Live); break;
                case 1: table.mutable_column(opportunity_field::amount, rows).mutable_int64()[row] = dice.one_in(3) ? null_decimal : dice.below(1'000'000); break;
                case 2: table.mutable_column(opportunity_field::amount, rows).mutable_int64()[row] = std::int64_t{1} << 60; break;   // a sum that no 64 bits hold stands beside
                case 3: table.mutable_column(opportunity_field::close_date, rows).mutable_days()[row] = static_cast<std::int32_t>(19'000 + dice.below(3000)); break;
                case 4: set(records, standard_object::opportunity, row, system_field::owner, RecordRef{standard_object::user, dice.below(8)}); break;
                case 5: table.truncate_rows(table.row_count() - 1 - dice.below(50)); break;
                case 6: table.append_rows(RecordId{0x7F10'0000'0000'0000u + static_cast<std::uint64_t>(round) * 100}, 1 + dice.below(60)); break;
                default: {
                    const RowIndex other = dice.below(table.row_count());
                    const RowIndex both[] = {row, other};
                    std::vector<std::uint16_t>& stages = table.mutable_column(opportunity_field::stage, both).mutable_codes();
                    stages[row] = static_cast<std::uint16_t>(dice.below(6));
                    stages[other] = static_cast<std::uint16_t>(dice.below(6));
                }
            }
        }
    }
}
