#include <doctest/doctest.h>

#include "core/base/date.h"
#include "core/pipeline/board.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using testing::EditFixture;

namespace {

struct Sales : EditFixture {
    std::string ann, bo;

    Sales() {
        ann = id(make(R"({"command":"CreateRecord","object":"User","fields":{"FirstName":"Ann","LastName":"Ames"}})"));
        bo = id(make(R"({"command":"CreateRecord","object":"User","fields":{"FirstName":"Bo","LastName":"Berg"}})"));
        sale("A", bo, "2026-11-30", 10);
        sale("B", ann, "2026-11-02", 20);
        sale("C", bo, "2027-02-28", 30.5);
        sale("D", ann, "2027-02-01", 40, "Closed Won");
    }
    void sale(const std::string& name, const std::string& owner, const std::string& day, double amount, const std::string& stage = "Prospecting") {
        REQUIRE(make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":")" + name + R"(","OwnerId":")" + owner + R"(","CloseDate":")" + day +
                     R"(","StageName":")" + stage + R"(","Amount":)" + std::to_string(amount) + "}}"));
    }
    Board board(FieldIndex field) {
        const auto query = parse_soql("SELECT Id FROM Opportunity", records);
        REQUIRE(query);
        auto made = compute_board(*query, field, records, QueryContext{});
        REQUIRE(made);
        return *std::move(made);
    }
};

}  // namespace

TEST_CASE("board: lanes by owner stand in the order of names, with exact sums") {
    Sales s;
    const Board board = s.board(system_field::owner);
    REQUIRE(board.lanes.size() == 2);
    CHECK(s.id(std::get<RecordRef>(board.lanes[0].value)) == s.ann);
    CHECK(board.lanes[0].count == 2);
    CHECK(board.lanes[0].sum == Decimal{6000, 2});
    CHECK(board.lanes[1].sum == Decimal{4050, 2});
    CHECK(board.lanes[0].key != board.lanes[1].key);
}

TEST_CASE("board: lanes by month are in order, with the empty ones between and one more to move to") {
    Sales s;
    const Board board = s.board(opportunity_field::close_date);
    std::vector<std::string> months;
    for (const BoardLane& lane : board.lanes) months.push_back(days_to_text(std::get<DateValue>(lane.value).days) + " " + std::to_string(lane.count));
    CHECK(months == std::vector<std::string>{"2026-11-01 2", "2026-12-01 0", "2027-01-01 0", "2027-02-01 2", "2027-03-01 0"});
    CHECK(board.lanes[3].sum == Decimal{7050, 2});
    // Months that lie far apart stay without what is between, and a record without a date stands first.
    s.sale("E", s.bo, "2062-01-01", 1);
    REQUIRE(s.records.schema().object(standard_object::task).has_field(task_field::activity_date));
    CHECK(s.board(opportunity_field::close_date).lanes.size() == 3);
}

TEST_CASE("board: a field that gives no lanes is refused") {
    Sales s;
    const auto query = parse_soql("SELECT Id FROM Opportunity", s.records);
    CHECK_FALSE(compute_board(*query, opportunity_field::amount, s.records, QueryContext{}));
}
