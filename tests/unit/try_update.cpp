// The trial of a mass edit leaves nothing behind and finds the ones that refuse; deletions are told by the journal.
#include <doctest/doctest.h>

#include "core/edit/try_update.h"
#include "core/store/deletions.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using outpost::testing::EditFixture;

TEST_CASE("trial of a mass edit: what changes, what has it, what refuses; nothing stays") {
    EditFixture b;
    std::vector<RowIndex> rows;
    for (int at = 0; at < 40; ++at) {
        const RecordRef lead = b.make(R"({"command": "CreateRecord", "object": "Event", "fields": {"Subject": "E", "StartDateTime": "2026-01-)" + std::string(at % 8 == 3 ? "20" : "02") +
                                      R"(T10:00:00Z", "EndDateTime": "2026-02-01T10:00:00Z"}})");
        REQUIRE(lead);
        rows.push_back(lead.row);
    }
    const std::string before = outpost::testing::dump_records(b.records);
    const std::size_t groups = b.journal.size();
    const auto instant = parse_iso_instant("2026-01-10T10:00:00Z");
    const UpdateTrial trial = try_update(b.editor, b.records, standard_object::event, rows, {{event_field::end, Value(InstantValue{*instant})}});
    CHECK(trial.refused.size() == 5);
    CHECK(trial.changing.size() == 35);
    CHECK(trial.refused[0].second.message_key == "error.event_ends_first");
    const UpdateTrial none = try_update(b.editor, b.records, standard_object::event, rows, {{event_field::subject, Value(std::string("E"))}});
    CHECK(none.same.size() == 40);
    CHECK(outpost::testing::first_difference(before, outpost::testing::dump_records(b.records)) == "");
    CHECK(outpost::testing::check_derived(b.records) == "");
    CHECK(b.journal.size() == groups);
}

TEST_CASE("trial of a mass edit: stages roll their history back too") {
    EditFixture b;
    const RecordRef opportunity = b.make(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "O", "StageName": "Qualification", "CloseDate": "2026-12-01"}})");
    REQUIRE(opportunity);
    const RowIndex histories = b.records.table(standard_object::opportunity_stage_history).row_count();
    const UpdateTrial trial = try_update(b.editor, b.records, standard_object::opportunity, {opportunity.row}, {{opportunity_field::stage, Value(std::string("Closed Won"))}});
    CHECK(trial.changing.size() == 1);
    CHECK(b.records.table(standard_object::opportunity_stage_history).row_count() == histories);
    CHECK(b.text(opportunity, "StageName") == "Qualification");
}

TEST_CASE("deletions: the last one of each record that is wanted") {
    EditFixture b;
    const RecordRef one = b.make(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "One"}})");
    const RecordRef two = b.make(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Two"}})");
    const auto run = [&](const char* command, RecordRef record) { REQUIRE(b.run(R"({"command": ")" + std::string(command) + R"(", "object": "Account", "id": ")" + b.id(record) + "\"}").has_value()); };
    run("DeleteRecord", one);
    run("RestoreRecord", one);
    run("DeleteRecord", two);
    run("DeleteRecord", one);
    Deletions found;
    found.want(one);
    found.want(two);
    CHECK_FALSE(found.find(one));
    found.add(b.journal);
    CHECK(found.is_complete());
    REQUIRE(found.find(one));
    REQUIRE(found.find(two));
    CHECK(found.find(one)->sequence == b.journal.back().sequence);
    CHECK(found.find(two)->sequence == b.journal.back().sequence - 1);
    CHECK_FALSE(found.find({standard_object::contact, 0}));
}
