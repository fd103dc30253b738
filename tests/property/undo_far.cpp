// Ten thousand edits, then back to the first state and on to the last: undo must reach as far as a long day's work,
// and what boards, lists and queries say must agree at every stop.
#include <doctest/doctest.h>

#include "core/pipeline/board.h"
#include "tests/sim/random_commands.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

std::size_t steps_wanted() {
#if defined(__EMSCRIPTEN__)
    return 2'000;  // the same code; the whole length is the native run's
#else
    return 10'000;
#endif
}

// Small edits of every kind, so that ten thousand of them take seconds.
class Day {
public:
    Day(EditFixture& fixture, std::uint64_t seed) : f(fixture), random_(seed) { set_sales_handlers(f.editor); }

    // False when it was refused.
    bool step() {
        f.clock.instant += 1000;
        switch (random_.below(16)) {
            case 0: return done(CreateRecord{standard_object::account, {{system_field::name, word()}}});
            case 1: return done(CreateRecord{standard_object::lead, {{lead_field::last_name, word()}, {lead_field::company, word()}}});
            case 2:
            case 3: return create_opportunity();
            case 4: return done(DeleteRecords{standard_object::opportunity, {some(standard_object::opportunity).row}});
            case 5: return done(RestoreRecords{standard_object::opportunity, {some(standard_object::opportunity).row}});
            case 6: return convert();
            case 7: return change_several();
            case 8: return define();
            case 9: return f.run(R"({"command":"Batch","commands":[{"command":"CreateRecord","object":"Account","fields":{"Name":"B"}},
                        {"command":"CreateRecord","object":"Contact","fields":{"LastName":"B","AccountId":"$0.id"}}]})").has_value();
            case 10: return done(UpdateRecord{some(standard_object::account), {{account_field::parent, Value(some(standard_object::account))}}});
            default: return done(UpdateRecord{some(standard_object::opportunity), {some_change()}});
        }
    }

private:
    bool done(const Command& command) { return f.editor.execute(command).has_value(); }
    std::string word() { return std::string(random_.below(2) ? "Über " : "公司 ") + std::to_string(random_.below(1000)); }
    RecordRef some(ObjectIndex object) {
        const RowIndex rows = f.records.table(object).row_count();
        return {object, rows == 0 ? 0 : static_cast<RowIndex>(random_.below(rows))};
    }
    Value stage() {
        static constexpr const char* stages[] = {"Prospecting", "Qualification", "Negotiation/Review", "Closed Won", "Closed Lost", "Nowhere"};
        return std::string(stages[random_.below(6)]);
    }
    Value amount() { return random_.below(6) == 0 ? Value() : Value(Decimal{static_cast<std::int64_t>(random_.below(10'000'000)), 2}); }
    FieldValue some_change() {
        switch (random_.below(5)) {
            case 0: return {opportunity_field::amount, amount()};
            case 1: return {opportunity_field::close_date, DateValue{static_cast<Days>(20'000 + random_.below(900))}};
            case 2: return {opportunity_field::probability, Decimal{static_cast<std::int64_t>(random_.below(101)), 0}};
            case 3: return {system_field::name, word()};
            default: return {opportunity_field::stage, stage()};
        }
    }
    bool create_opportunity() {
        return done(CreateRecord{standard_object::opportunity, {{system_field::name, word()}, {opportunity_field::stage, stage()}, {opportunity_field::amount, amount()},
                                 {opportunity_field::close_date, DateValue{20'400}}, {opportunity_field::account, Value(some(standard_object::account))}}});
    }
    bool convert() {
        ConvertLead command;
        command.lead = some(standard_object::lead);
        if (random_.below(2)) command.account = some(standard_object::account);
        return done(command);
    }
    bool change_several() {
        std::vector<RowIndex> rows;
        const Table& table = f.records.table(standard_object::opportunity);
        for (RowIndex row = static_cast<RowIndex>(random_.below(50)); row < table.row_count() && rows.size() < 8; row += 37)
            if (table.is_live(row)) rows.push_back(row);
        return done(UpdateRecords{standard_object::opportunity, rows, {some_change()}});
    }
    bool define() {
        const std::string number = std::to_string(random_.below(5));
        if (random_.below(3) == 0) return f.run(R"({"command":"DeleteField","object":"Opportunity","field":"F)" + number + R"(__c"})").has_value();
        return f.run(R"({"command":"DefineField","object":"Opportunity","field":"F)" + number + R"(__c","type":"Number","precision":9,"scale":1})").has_value();
    }

    EditFixture& f;
    FakeRandom random_;
};

Query parsed(const Records& records, const char* soql) {
    auto query = parse_soql(soql, records);
    REQUIRE(query);
    return *std::move(query);
}

// The board's lanes, the records of a list and SOQL's sums, each by its own way.
void check_totals(const Records& records) {
    const QueryContext context;
    const auto board = compute_board(parsed(records, "SELECT Id FROM Opportunity"), opportunity_field::stage, records, context);
    REQUIRE(board);
    const auto sums = run_aggregate(parsed(records, "SELECT StageName, COUNT(Id), SUM(Amount), SUM(ExpectedRevenue) FROM Opportunity GROUP BY StageName"), records, context);
    REQUIRE(sums);
    const auto list = select_rows(parsed(records, "SELECT Id FROM Opportunity ORDER BY Amount DESC"), records, context);
    REQUIRE(list);
    const auto units = [](const Value& value) { const auto* number = std::get_if<Decimal>(&value); return number ? rescale(*number, 2, Rounding::Refuse)->units : 0; };
    const Field& stage = records.schema().object(standard_object::opportunity).field(opportunity_field::stage);
    std::uint32_t counted = 0;
    for (const BoardLane& lane : board->lanes) {
        counted += lane.count;
        std::int64_t list_sum = 0;
        std::uint32_t list_count = 0;
        for (const RowIndex row : list->rows) {
            if (records.table(standard_object::opportunity).column(opportunity_field::stage).codes()[row] != lane.code) continue;
            ++list_count;
            list_sum += units(records.value({standard_object::opportunity, row}, opportunity_field::amount));
        }
        CHECK(lane.count == list_count);
        CHECK(units(lane.sum) == list_sum);
        for (std::size_t group = 0; group < sums->size(); ++group) {
            const Value group_stage = sums->value(group, 0);
            const auto* name = std::get_if<std::string>(&group_stage);
            const std::string own = lane.code == 0 ? std::string() : stage.values[lane.code - 1u].value;
            if ((name ? *name : std::string()) != own) continue;
            CHECK(units(sums->value(group, 1)) == std::int64_t{lane.count} * 100);
            CHECK(units(sums->value(group, 2)) == units(lane.sum));
        }
    }
    CHECK(counted == list->total);
}

}  // namespace

TEST_CASE("edit property: ten thousand edits back to the first state and on to the last, totals agreeing on the way") {
    EditFixture f;
    const std::string first = dump_records(f.records);
    const std::size_t groups_before = f.journal.size();
    Day day(f, 11);
    std::size_t refused = 0;
    for (std::size_t done = 0; done < steps_wanted();) {
        if (!day.step()) ++refused;
        else if (++done % 1000 == 0) check_totals(f.records);
    }
    CHECK(refused < steps_wanted());
    CHECK(check_derived(f.records) == "");
    const std::string last = dump_records(f.records);
    const std::size_t edits = f.journal.size() - groups_before;
    std::size_t undone = 0;
    while (f.editor.undo_stack().can_undo() && undone < edits) {
        REQUIRE(f.editor.execute(Undo{}));
        if (++undone % 1000 == 0) check_totals(f.records);
    }
    CHECK(undone == edits);
    CHECK(first_difference(dump_records(f.records), first) == "");
    for (std::size_t i = 0; i < undone; ++i) REQUIRE(f.editor.execute(Redo{}));
    CHECK_FALSE(f.editor.undo_stack().can_redo());
    CHECK(first_difference(dump_records(f.records), last) == "");
    CHECK(check_derived(f.records) == "");
    check_totals(f.records);
}
