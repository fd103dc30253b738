// Filter logic against a naive evaluation of the same tree, and groups of rows against one row after the other.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/messages.h"
#include "core/query/criteria.h"
#include "core/query/filter_logic.h"
#include "core/query/row_groups.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;
namespace so = standard_object;

namespace {

struct Logic {
    std::string text;
    std::vector<bool> truth;   // by row
};

// A random tree over all conditions, each used at least once by what is added at its end.
Logic random_logic(Dice& dice, const std::vector<std::vector<bool>>& truths, int depth) {
    const auto leaf = [&](std::size_t at) { return Logic{std::to_string(at + 1), truths[at]}; };
    if (depth == 0 || dice.one_in(4)) return leaf(dice.below(static_cast<std::uint32_t>(truths.size())));
    if (dice.one_in(5)) {
        Logic inner = random_logic(dice, truths, depth - 1);
        for (std::size_t row = 0; row < inner.truth.size(); ++row) inner.truth[row] = !inner.truth[row];
        return {"not (" + inner.text + ")", inner.truth};
    }
    const bool all = dice.one_in(2);
    Logic joined;
    const std::uint32_t parts = 2 + dice.below(2);
    for (std::uint32_t part = 0; part < parts; ++part) {
        Logic one = random_logic(dice, truths, depth - 1);
        if (part == 0) joined.truth = one.truth;
        for (std::size_t row = 0; row < one.truth.size(); ++row) joined.truth[row] = all ? joined.truth[row] && one.truth[row] : joined.truth[row] || one.truth[row];
        joined.text += (part == 0 ? "" : all ? " AND " : " or ") + ("(" + one.text + ")");
    }
    return joined;
}

std::vector<bool> rows_that_meet(std::string_view criteria, const Records& records) {
    const auto query = parse_criteria(criteria, "Opportunity", records);
    REQUIRE_MESSAGE(query.has_value(), criteria);
    const auto selection = select_rows(*query, records, {});
    REQUIRE(selection.has_value());
    std::vector<bool> meets(records.table(so::opportunity).row_count());
    for (const RowIndex row : selection->rows) meets[row] = true;
    return meets;
}

std::string refusal(std::string_view logic) {
    const std::vector<std::string> conditions{"a = 1", "b = 2", "c = 3"};
    const auto joined = join_conditions(logic, conditions);
    if (joined) return *joined;
    CHECK(joined.error().position >= 0);
    CHECK(Messages(Language::SimplifiedChinese).has(joined.error().message_key));
    return Messages(Language::English).error(joined.error());
}

}  // namespace

TEST_CASE("filter logic: what it says and what is wrong with it") {
    CHECK(refusal("") == "a = 1 AND b = 2 AND c = 3");
    CHECK(refusal("1 AND (2 or 3)") == "a = 1 AND (b = 2 OR c = 3)");
    CHECK(refusal("((3)) OR NOT (1 AND 2)") == "((c = 3)) OR (NOT (a = 1 AND b = 2))");
    CHECK(refusal("1 AND 2 AND 4").find("There is no condition 4") == 0);
    CHECK(refusal("1 AND x").find("There is no condition x") == 0);
    CHECK(refusal("0 AND 1 AND 2").find("There is no condition 0") == 0);
    CHECK(refusal("99999999999999999999").find("There is no condition") == 0);
    CHECK(refusal("1 AND 2").find("Condition 3 is not used") == 0);
    CHECK(refusal("1 AND 2 OR 3").find("AND and OR side by side") == 0);
    CHECK(refusal("1 AND (2 OR 3").find("Each bracket") == 0);
    CHECK(refusal("1 AND 2) OR 3").find("Each bracket") == 0);
    CHECK(refusal("1 2 3").find("AND or OR is expected where “2”") == 0);
    CHECK(refusal("1 AND 2 AND 3 OR").find("AND and OR") == 0);
    CHECK(refusal("1 AND 2 AND").find("Something is missing") == 0);
    CHECK(refusal(std::string(5000, '(')).find("Each bracket") == 0);
}

TEST_CASE("filter logic: a thousand random trees filter as they read") {
    const Records records = make_sales_records(11);
    const std::vector<std::string> conditions{"Amount > 50000", "IsClosed = true", "Name LIKE '%e%'", "CloseDate != null", "Probability <= 40"};
    std::vector<std::vector<bool>> truths;
    for (const std::string& condition : conditions) truths.push_back(rows_that_meet(condition, records));
    const Table& table = records.table(so::opportunity);
    Dice dice(3);
    for (int turn = 0; turn < 1000; ++turn) {
        Logic logic = random_logic(dice, truths, 3);
        // The rest is used so that it says nothing.
        for (std::size_t at = 0; at < conditions.size(); ++at) logic.text = "(" + logic.text + ") AND (" + std::to_string(at + 1) + " OR NOT " + std::to_string(at + 1) + ")";
        const auto joined = join_conditions(logic.text, conditions);
        REQUIRE_MESSAGE(joined.has_value(), logic.text);
        const std::vector<bool> meets = rows_that_meet(*joined, records);
        std::size_t wrong = 0;
        for (RowIndex row = 0; row < table.row_count(); ++row) wrong += table.is_live(row) && meets[row] != logic.truth[row] ? 1 : 0;
        CHECK_MESSAGE(wrong == 0, logic.text);
    }
}

TEST_CASE("row groups: every row once, in its order, with the sums of its group") {
    const Records records = make_sales_records(5);
    const Table& table = records.table(so::opportunity);
    const FieldIndex amount = opportunity_field::amount;
    std::vector<RowIndex> rows;
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) rows.push_back(row);
    for (const FieldIndex field : {opportunity_field::stage, opportunity_field::account, opportunity_field::is_closed, opportunity_field::close_date, system_field::owner}) {
        const std::vector<FieldIndex> sums{amount};
        const RowGroups grouped = group_rows(rows, so::opportunity, field, sums, records, {});
        const auto value_of = [&](RowIndex row) {
            const Value value = records.value({so::opportunity, row}, field);
            if (const auto* day = std::get_if<DateValue>(&value)) {
                const CivilDate date = to_civil(day->days);
                return Value(DateValue{to_days({date.year, date.month, 1})});
            }
            return value;
        };
        std::size_t next = 0;
        const auto common = [&](const RowGroup& group) { return group_value({so::opportunity, grouped.rows[group.first]}, field, records, {}); };
        for (const RowGroup& group : grouped.groups) {
            REQUIRE(group.first == next);
            std::optional<std::int64_t> sum;   // none of no amount
            RowIndex last = 0;
            for (std::uint32_t at = 0; at < group.count; ++at) {
                const RowIndex row = grouped.rows[group.first + at];
                CHECK(value_of(row) == common(group));
                CHECK((at == 0 || row > last));
                last = row;
                const Value own = records.value({so::opportunity, row}, amount);
                if (const auto* decimal = std::get_if<Decimal>(&own)) sum = sum.value_or(0) + decimal->units;
            }
            CHECK(grouped.sums[static_cast<std::size_t>(&group - grouped.groups.data())] == sum);
            next += group.count;
        }
        CHECK(next == rows.size());
        std::vector<RowIndex> sorted = grouped.rows;
        std::sort(sorted.begin(), sorted.end());
        CHECK(sorted == rows);
        for (std::size_t at = 1; at < grouped.groups.size(); ++at) CHECK_FALSE(is_null(common(grouped.groups[at - 1])));
    }
}

TEST_CASE("row groups: with an order they stand as sorting all rows by it puts them") {
    const Records records = make_sales_records(6);
    for (const char* order : {"StageName NULLS LAST", "StageName DESC NULLS LAST", "IsClosed DESC", "Account.Name NULLS LAST"}) {
        auto query = parse_soql(std::string("SELECT Id FROM Opportunity ORDER BY ") + order, records);
        REQUIRE(query);
        auto sorted = select_rows(*query, records, {});
        REQUIRE(sorted);
        query->order_by.clear();
        const auto unsorted = select_rows(*query, records, {});
        const OrderTerm term = parse_soql(std::string("SELECT Id FROM Opportunity ORDER BY ") + order, records)->order_by[0];
        const FieldIndex field = term.term.path.lookups.empty() ? term.term.path.field : term.term.path.lookups[0];
        const RowGroups grouped = group_rows(unsorted->rows, so::opportunity, field, {}, records, {}, term);
        // Accounts of one name are groups of their own, whose rows a sort by the name mixes.
        if (term.term.path.lookups.empty()) CHECK(grouped.rows == sorted->rows);
        else {
            const auto account_name = [&](RowIndex row) {
                const Value account = records.value({so::opportunity, row}, field);
                const auto* record = std::get_if<RecordRef>(&account);
                return record && *record ? records.display_name(*record) : std::string();
            };
            REQUIRE(grouped.rows.size() == sorted->rows.size());
            std::size_t different = 0;
            for (std::size_t at = 0; at < grouped.rows.size(); ++at) different += account_name(grouped.rows[at]) != account_name(sorted->rows[at]) ? 1 : 0;
            CHECK(different == 0);
        }
    }
}
