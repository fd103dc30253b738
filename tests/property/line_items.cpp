// Line items under random commands: at each step every total is what its factors make, every amount the sum of its
// lines; undo leads back to the first state, redo to the last.
#include <doctest/doctest.h>

#include "core/edit/line_items.h"
#include "core/store/database.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

namespace so = standard_object;

class Driver {
public:
    explicit Driver(std::uint64_t seed) : random_(seed) {
        for (int i = 0; i < 3; ++i) (void)f.editor.execute(CreateRecord{so::product, {{system_field::name, std::string("P")}, {product_field::unit_price, money()}}, true});
        for (int i = 0; i < 2; ++i) (void)f.editor.execute(CreateRecord{so::pricebook, {{system_field::name, std::string("B")}}, true});
        for (int i = 0; i < 4; ++i) make_opportunity();
    }

    void step() {
        f.clock.instant += 1;
        switch (random_.below(12)) {
            case 0: make_opportunity(); break;
            case 1:
            case 2:
            case 3: make_line(); break;
            case 4: (void)f.editor.execute(UpdateRecord{any(so::opportunity_line_item), some_of_a_line()}); break;
            case 5: change_state(so::opportunity_line_item); break;
            case 6: change_state(so::opportunity); break;
            case 7: (void)f.editor.execute(UpdateRecord{any(so::opportunity), {{opportunity_field::amount, money()}}}); break;
            case 8: (void)f.editor.execute(UpdateRecord{any(so::opportunity_line_item), {{line_item_field::opportunity, any(so::opportunity)}}}); break;
            case 9:
                (void)f.editor.execute(CreateRecord{so::pricebook_entry, {{pricebook_entry_field::pricebook, any(so::pricebook)}, {pricebook_entry_field::product, any(so::product)}, {pricebook_entry_field::unit_price, money()}}, true});
                (void)f.editor.execute(UpdateRecord{any(so::opportunity), {{opportunity_field::pricebook, any(so::pricebook)}}});
                break;
            case 10: mass_update(); break;
            default: import(); break;
        }
    }

    EditFixture f;

private:
    Value money() { return Decimal{static_cast<std::int64_t>(random_.below(1'000'000)) - 100'000, 2}; }
    RecordRef any(ObjectIndex object) {
        const RowIndex rows = f.records.table(object).row_count();
        return {object, rows == 0 ? 0 : static_cast<RowIndex>(random_.below(rows))};
    }
    void make_opportunity() {
        (void)f.editor.execute(CreateRecord{so::opportunity, {{system_field::name, std::string("O")}, {opportunity_field::close_date, DateValue{20'000}}, {opportunity_field::amount, money()}}, true});
    }
    std::vector<FieldValue> some_of_a_line() {
        std::vector<FieldValue> fields;
        if (random_.below(2)) fields.push_back({line_item_field::quantity, Decimal{static_cast<std::int64_t>(random_.below(100'000)), 2}});
        if (random_.below(2)) fields.push_back({line_item_field::unit_price, money()});
        if (random_.below(2)) fields.push_back({line_item_field::discount, random_.below(4) ? Value(Decimal{static_cast<std::int64_t>(random_.below(10'100)), 2}) : Value()});
        return fields;
    }
    void make_line() {
        std::vector<FieldValue> fields = some_of_a_line();
        fields.push_back({line_item_field::opportunity, any(so::opportunity)});
        fields.push_back({line_item_field::product, any(so::product)});
        (void)f.editor.execute(CreateRecord{so::opportunity_line_item, fields, true});
    }
    void change_state(ObjectIndex object) {
        std::vector<RowIndex> rows;
        for (RowIndex row = 0; row < f.records.table(object).row_count(); ++row)
            if (random_.below(4) == 0) rows.push_back(row);
        if (random_.below(2)) (void)f.editor.execute(DeleteRecords{object, rows});
        else (void)f.editor.execute(RestoreRecords{object, rows});
    }
    void mass_update() {
        std::vector<RowIndex> rows;
        const Table& lines = f.records.table(so::opportunity_line_item);
        for (RowIndex row = 0; row < lines.row_count(); ++row)
            if (lines.is_live(row) && random_.below(2)) rows.push_back(row);
        (void)f.editor.execute(UpdateRecords{so::opportunity_line_item, rows, some_of_a_line()});
    }
    void import() {
        (void)f.editor.run("edit.change", {}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
            const auto count = static_cast<std::uint32_t>(1 + random_.below(20));
            Column owners(ColumnKind::Row), products(ColumnKind::Row), quantities(ColumnKind::Decimal);
            for (std::uint32_t i = 0; i < count; ++i) {
                owners.mutable_rows().push_back(any(so::opportunity).row);
                products.mutable_rows().push_back(any(so::product).row);
                quantities.mutable_int64().push_back(random_.below(5) ? static_cast<std::int64_t>(random_.below(1000)) : null_decimal);
            }
            std::vector<FieldColumn> columns;
            columns.push_back({line_item_field::opportunity, std::move(owners)});
            columns.push_back({line_item_field::product, std::move(products)});
            columns.push_back({line_item_field::quantity, std::move(quantities)});
            OUTPOST_CHECK(transaction.create_many(so::opportunity_line_item, count, std::move(columns)));
            return CommandOutcome{};
        });
    }

    FakeRandom random_;
};

// The naive sums and totals; "" when all are right.
std::string check_amounts(const Records& records) {
    const Object& object = records.schema().object(so::opportunity_line_item);
    const Table& lines = records.table(so::opportunity_line_item);
    const Table& opportunities = records.table(so::opportunity);
    for (RowIndex row = 0; row < opportunities.row_count(); ++row) {
        if (!opportunities.is_live(row)) continue;
        std::int64_t sum = 0;
        int count = 0;
        for (RowIndex at = 0; at < lines.row_count(); ++at) {
            if (!lines.is_live(at) || lines.column(line_item_field::opportunity).rows()[at] != row) continue;
            ++count;
            const RecordRef line{so::opportunity_line_item, at};
            const auto units = [&](FieldIndex field) {
                const Value value = records.value(line, field);
                return is_null(value) ? std::int64_t{0} : std::get<Decimal>(value).units;
            };
            // All at scale 2: cents x hundredths x hundredths of a percent.
            const std::int64_t product = units(line_item_field::quantity) * units(line_item_field::unit_price) * (10'000 - units(line_item_field::discount));
            const std::int64_t total = (product < 0 ? product - 500'000 : product + 500'000) / 1'000'000;
            if (total != units(line_item_field::total_price)) return object.name + " total of row " + std::to_string(at);
            sum += total;
        }
        if ((count > 0) != has_line_items(records, row)) return "flag of opportunity " + std::to_string(row);
        if (count > 0 && sum != opportunities.column(opportunity_field::amount).decimals()[row]) return "amount of opportunity " + std::to_string(row);
    }
    for (RowIndex at = 0; at < lines.row_count(); ++at)
        if (lines.is_live(at) && !opportunities.is_live(lines.column(line_item_field::opportunity).rows()[at])) return "a line without its opportunity";
    return {};
}

}  // namespace

TEST_CASE("line items property: amounts are the sums of lines at each step, and undo leads back to the start") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        Driver driver(seed);
        EditFixture& f = driver.f;
        std::vector<std::string> states{dump_records(f.records)};
        std::size_t groups = f.journal.size();
        for (int i = 0; i < 80; ++i) {
            driver.step();
            REQUIRE(check_amounts(f.records) == "");
            for (; groups < f.journal.size(); ++groups) states.emplace_back();
            states.back() = dump_records(f.records);
        }
        REQUIRE(check_derived(f.records) == "");
        REQUIRE(verify_records(f.records).empty());
        const std::string last = dump_records(f.records);
        for (std::size_t i = states.size() - 1; i > 0; --i) {
            REQUIRE(f.run(R"({"command":"Undo"})"));
            REQUIRE(check_amounts(f.records) == "");
            if (!states[i - 1].empty()) REQUIRE(first_difference(dump_records(f.records), states[i - 1]) == "");
        }
        for (std::size_t i = 1; i < states.size(); ++i) REQUIRE(f.run(R"({"command":"Redo"})"));
        REQUIRE(first_difference(dump_records(f.records), last) == "");
        Records replayed;
        for (const ChangeGroup& group : f.journal) REQUIRE(apply(replayed, group));
        REQUIRE(first_difference(dump_records(replayed), last) == "");
    }
}
