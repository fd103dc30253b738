#include <doctest/doctest.h>

#include "core/edit/editor.h"
#include "core/store/database.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using outpost::testing::check_derived;
using outpost::testing::dump_records;
using outpost::testing::EditFixture;
using outpost::testing::first_difference;
using outpost::testing::FakeRandom;

namespace {

// Random commands, many of them refused: what counts is that every state is a sound one.
class Driver {
public:
    Driver(EditFixture& fixture, std::uint64_t seed) : fixture_(fixture), random_(seed) {}

    void step() {
        fixture_.clock.instant += static_cast<Milliseconds>(random_.below(1000));
        switch (random_.below(13)) {
            case 0:
            case 1:
            case 2: create(); break;
            case 3:
            case 4: update(); break;
            case 5: move_stage(); break;
            case 6: fixture_.run(R"({"command":"DeleteRecord","object":")" + object_ + R"(","id":")" + any_id() + R"("})"); break;
            case 7: fixture_.run(R"({"command":"RestoreRecord","object":")" + object_ + R"(","id":")" + any_id() + R"("})"); break;
            case 12: fixture_.run(R"({"command":"EmptyRecycleBin","object":")" + object_ + R"(","id":")" + any_id() + R"("})"); break;
            case 8: define(); break;
            case 9: mass_update(); break;
            case 10: batch(); break;
            default: import(); break;
        }
    }

private:
    std::string pick(std::initializer_list<const char*> of) { return *(of.begin() + random_.below(of.size())); }
    std::string any_id() {
        object_ = pick({"Account", "Contact", "Opportunity", "Lead", "Task"});
        const ObjectIndex index = fixture_.records.schema().find_object(object_)->index;
        const RowIndex rows = fixture_.records.table(index).row_count();
        return rows == 0 ? "001000000000000" : fixture_.id({index, static_cast<RowIndex>(random_.below(rows))});
    }
    std::string fields() {
        const std::string word = pick({"Acme", "Å", "李", "Big sale", "x", ""});
        if (object_ == "Account") return R"({"Name":")" + word + R"(","AnnualRevenue":)" + std::to_string(random_.below(100000)) + R"(.5,"ParentId":")" + any_account() + R"("})";
        if (object_ == "Contact") return R"({"LastName":")" + word + R"(","FirstName":"Jo","AccountId":")" + any_account() + R"("})";
        if (object_ == "Lead") return R"({"LastName":")" + word + R"(","Company":"C","Email":")" + pick({"a@b.co", "bad", ""}) + R"("})";
        if (object_ == "Task") return R"({"Subject":")" + word + R"(","Status":")" + pick({"Completed", "In Progress"}) + R"(","WhatId":")" + any_account() + R"("})";
        return R"({"Name":")" + word + R"(","CloseDate":"2027-01-0)" + std::to_string(1 + random_.below(9)) + R"(","Amount":)" + std::to_string(random_.below(1'000'000)) + R"(.25,"StageName":")" +
               pick({"Prospecting", "Closed Won", "Closed Lost", "Negotiation/Review"}) + R"(","AccountId":")" + any_account() + R"("})";
    }
    std::string any_account() {
        const RowIndex rows = fixture_.records.table(standard_object::account).row_count();
        if (rows == 0 || random_.below(3) == 0) return "";
        return fixture_.id({standard_object::account, static_cast<RowIndex>(random_.below(rows))});
    }
    void create() {
        any_id();
        fixture_.run(R"({"command":"CreateRecord","object":")" + object_ + R"(","fields":)" + fields() + "}");
    }
    void update() {
        const std::string id = any_id();
        fixture_.run(R"({"command":"UpdateRecord","object":")" + object_ + R"(","id":")" + id + R"(","fields":)" + fields() + "}");
    }
    void move_stage() {
        const RowIndex rows = fixture_.records.table(standard_object::opportunity).row_count();
        if (rows == 0) return;
        const std::string id = fixture_.id({standard_object::opportunity, static_cast<RowIndex>(random_.below(rows))});
        fixture_.run(R"({"command":"UpdateRecord","object":"Opportunity","id":")" + id + R"(","fields":{"StageName":")" +
                     pick({"Qualification", "Closed Won", "Perception Analysis", "Nowhere"}) + R"("}})");
    }
    void define() {
        const std::string number = std::to_string(random_.below(4));
        const std::string thing = "Thing" + std::to_string(random_.below(2)) + "__c", lookup = R"("object":")" + thing + R"(","field":"L)" + std::to_string(random_.below(2)) + R"(__c")";
        switch (random_.below(9)) {
            case 0: fixture_.run(R"({"command":"DefineObject","object":"Thing)" + number + R"(__c","label":"Thing"})"); break;
            case 1: fixture_.run(R"({"command":"DefineField","object":"Account","field":"F)" + number + R"(__c","type":")" + pick({"Text", "Number", "Picklist", "AutoNumber"}) + R"("})"); break;
            case 2: fixture_.run(R"({"command":"DeleteField","object":"Account","field":"F)" + number + R"(__c"})"); break;
            case 3: fixture_.run(R"({"command":"DeleteObject","object":"Thing)" + number + R"(__c"})"); break;
            case 4: fixture_.run(R"({"command":"DefineField",)" + lookup + R"(,"type":")" + pick({"Lookup", "MasterDetail"}) + R"(","referenceTo":[")" + pick({"Account", "Thing1__c"}) + R"("]})"); break;
            case 5: fixture_.run(R"({"command":"UpdateField",)" + lookup + R"(,"type":")" + pick({"Lookup", "MasterDetail"}) + R"(","label":")" + pick({"One", "Two"}) + R"("})"); break;
            case 6: fixture_.run(R"({"command":"DeleteField",)" + lookup + "}"); break;
            case 7: fixture_.run(R"({"command":"UpdateField","object":"Account","field":"F)" + number + R"(__c","label":"G"})"); break;
            default: fixture_.run(R"({"command":"CreateRecord","object":")" + thing + R"(","fields":{"Name":"T","L0__c":")" + any_account() + R"("}})"); break;
        }
    }
    void mass_update() {
        std::vector<RowIndex> rows;
        const Table& table = fixture_.records.table(standard_object::opportunity);
        for (RowIndex row = 0; row < table.row_count(); ++row)
            if (table.is_live(row) && random_.below(2)) rows.push_back(row);
        if (rows.empty()) return;
        (void)fixture_.editor.execute(UpdateRecords{standard_object::opportunity, rows,
                                                    {{opportunity_field::stage, std::string(pick({"Closed Won", "Prospecting"}))},
                                                     {opportunity_field::next_step, std::string(pick({"call", "a longer next step"}))}}});
    }
    void batch() {
        fixture_.run(R"({"command":"Batch","commands":[{"command":"CreateRecord","object":"Account","fields":{"Name":"Batch"}},
            {"command":"CreateRecord","object":"Contact","fields":{"LastName":"B","AccountId":"$0.id"}},
            {"command":"CreateRecord","object":"Lead","fields":{"LastName":")" + pick({"ok", ""}) + R"(","Company":"C"}}]})");
    }
    void import() {
        (void)fixture_.editor.run("edit.change", {}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
            const std::uint32_t count = 1 + static_cast<std::uint32_t>(random_.below(20));
            std::vector<FieldColumn> columns;
            Column names(ColumnKind::Text), stages(ColumnKind::Code), amounts(ColumnKind::Decimal);
            for (std::uint32_t i = 0; i < count; ++i) {
                names.mutable_texts().push_back("Imported " + std::to_string(i));
                stages.mutable_codes().push_back(static_cast<std::uint16_t>(random_.below(11)));
                amounts.mutable_int64().push_back(random_.below(5) == 0 ? null_decimal : static_cast<std::int64_t>(random_.below(100000)));
            }
            columns.push_back({system_field::name, std::move(names)});
            columns.push_back({opportunity_field::stage, std::move(stages)});
            columns.push_back({opportunity_field::amount, std::move(amounts)});
            OUTPOST_CHECK(transaction.create_many(standard_object::opportunity, count, std::move(columns)));
            return CommandOutcome{};
        });
    }

    EditFixture& fixture_;
    FakeRandom random_;
    std::string object_;
};

// A name that is there twice, or a record that points to what is gone or without its master.
std::string fault_of_definitions(const Records& records) {
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        if (records.schema().find_object(object.name)->index != index) return object.name + " twice";
        for (const Field& field : object.fields) {
            if (field.deleted) continue;
            if (object.find_field(field.name)->index != field.index) return object.name + "." + field.name + " twice";
            if (!field.is_lookup()) continue;
            const Table& table = records.table(index);
            for (RowIndex row = 0; row < table.row_count(); ++row) {
                const Value value = table.column(field.index).get(row, field);
                const auto* target = std::get_if<RecordRef>(&value);
                if (!target || !*target || table.state(row) == RowState::Absent) continue;
                const RowState state = records.table(target->object).state(target->row);
                if (state == RowState::Absent || (field.type == FieldType::MasterDetail && table.is_live(row) && state != RowState::Live)) return object.name + "." + field.name + " points to what is gone";
            }
        }
    }
    return {};
}

}  // namespace

TEST_CASE("edit property: undoing everything gives the start, redoing everything the end; derived data is right throughout") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        EditFixture f;
        Driver driver(f, seed);
        std::vector<std::string> states{dump_records(f.records)};
        std::size_t groups = f.journal.size();
        for (int i = 0; i < 60; ++i) {
            const std::string before = dump_records(f.records);
            driver.step();
            if (f.journal.size() == groups) REQUIRE(first_difference(dump_records(f.records), before) == "");  // refused: no trace
            else states.push_back(dump_records(f.records));
            groups = f.journal.size();
            if (i % 10 == 9) REQUIRE(check_derived(f.records) == "");
        }
        REQUIRE(check_derived(f.records) == "");
        for (std::size_t i = states.size() - 1; i > 0; --i) {
            REQUIRE(f.run(R"({"command":"Undo"})"));
            REQUIRE(first_difference(dump_records(f.records), states[i - 1]) == "");
        }
        REQUIRE(check_derived(f.records) == "");
        for (std::size_t i = 1; i < states.size(); ++i) {
            REQUIRE(f.run(R"({"command":"Redo"})"));
            REQUIRE(first_difference(dump_records(f.records), states[i]) == "");
        }
        REQUIRE(check_derived(f.records) == "");

        // The journal, applied to an empty database, gives the same state.
        Records replayed;
        for (const ChangeGroup& group : f.journal) REQUIRE(apply(replayed, group));
        REQUIRE(first_difference(dump_records(replayed), dump_records(f.records)) == "");
    }
}

TEST_CASE("edit property: what is taken back out of turn leaves sound records, what isn't leaves no trace") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(seed);
        EditFixture f;
        Driver driver(f, seed);
        FakeRandom random(seed);
        for (int i = 0; i < 120; ++i) {
            driver.step();
            if (random.below(3) != 0) continue;
            const std::string before = dump_records(f.records);
            const Sequence last = f.editor.applied_sequence();
            const bool undone = f.run(R"({"command":"Undo","seq":)" + std::to_string(1 + random.below(last)) + "}").has_value();
            if (!undone) REQUIRE(first_difference(dump_records(f.records), before) == "");
            REQUIRE(check_derived(f.records) == "");
            for (const std::string& fault : verify_records(f.records)) FAIL(fault);
            REQUIRE(fault_of_definitions(f.records) == "");
        }
        Records replayed;
        for (const ChangeGroup& group : f.journal) REQUIRE(apply(replayed, group));
        REQUIRE(first_difference(dump_records(replayed), dump_records(f.records)) == "");
    }
}

TEST_CASE("edit property: a group that doesn't fit is refused whole") {
    EditFixture f;
    Driver driver(f, 5);
    for (int i = 0; i < 60; ++i) driver.step();
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        CAPTURE(seed);
        FakeRandom random(seed);
        ChangeGroup group = f.journal[random.below(f.journal.size())];
        if (group.empty()) continue;
        // A group of the past, bent: most no longer fit, and none may do harm.
        Change& change = group.changes[random.below(group.changes.size())];
        if (auto* created = std::get_if<RecordsCreated>(&change)) {
            const auto& table = f.records.table(created->object);
            created->first_row = random.below(2) ? table.row_count() : static_cast<RowIndex>(random.next());
            created->count = random.below(2) ? created->count : static_cast<std::uint32_t>(random.next());
            created->first_id.bits += random.next() & 0xFFFFFF;
            for (FieldColumn& column : created->columns)
                if (random.below(3) == 0) column.field = FieldIndex{static_cast<std::uint16_t>(random.below(200))};
                else if (random.below(3) == 0 && column.values.kind() == ColumnKind::Row) column.values.mutable_rows().assign(1, 99999);
                else if (random.below(3) == 0 && column.values.kind() == ColumnKind::Code) column.values.mutable_codes().assign(1, 999);
        } else if (auto* changed = std::get_if<RecordsChanged>(&change)) {
            changed->rows[random.below(changed->rows.size())] = static_cast<RowIndex>(random.next());
            if (random.below(2)) changed->object = ObjectIndex{static_cast<std::uint16_t>(random.below(100))};
        } else if (auto* state = std::get_if<StateChanged>(&change)) {
            state->rows.push_back(static_cast<RowIndex>(random.next()));
            state->before = static_cast<RowState>(random.below(5));
        } else if (auto* schema = std::get_if<SchemaChange>(&change)) {
            schema->object = ObjectIndex{static_cast<std::uint16_t>(random.below(5000))};
            schema->field = FieldIndex{static_cast<std::uint16_t>(random.below(300))};
        }
        const std::string before = dump_records(f.records);
        const Status applied = apply(f.records, group);
        if (!applied) {
            CHECK(applied.error().code == ErrorCode::StorageFailure);
            REQUIRE(first_difference(dump_records(f.records), before) == "");
        }
        if (seed % 50 == 0) REQUIRE(check_derived(f.records) == "");
    }
}

TEST_CASE("edit property: money is exact") {
    EditFixture f;
    FakeRandom random(3);
    for (int i = 0; i < 300; ++i) {
        const std::int64_t cents = static_cast<std::int64_t>(random.next() % 1'000'000'000'000'000ull) - 500'000'000'000'000;
        const std::string text = to_text(Decimal{cents, 2});
        const RecordRef made = f.make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"A","CloseDate":"2026-12-01","Amount":)" + text +
                                      R"(,"Probability":)" + std::to_string(random.below(101)) + "}}");
        REQUIRE(made);
        CHECK(std::get<Decimal>(f.records.value(made, opportunity_field::amount)).units == cents);
    }
    CHECK(check_derived(f.records) == "");
}
