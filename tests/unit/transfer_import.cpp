#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "core/edit/initial_records.h"
#include "core/objects/standard.h"
#include "core/query/query.h"
#include "core/transfer/import_job.h"
#include "tests/support/fake_ports.h"

using namespace outpost;

namespace {

struct Bench {
    testing::FakeClock clock;
    testing::FakeRandom random;
    Records records;
    Editor editor{records, EditContext{&clock, &random, {}, 77}};
    Messages messages{Language::English};

    Bench() {
        create_initial_records(editor);
        editor.set_user({standard_object::user, 0});
    }

    Result<ImportReport> run(std::string csv, std::string_view object, std::string_view options = "{}") {
        const Object* found = records.schema().find_object(object);
        REQUIRE(found);
        return run_import(std::move(csv), found->index, parse_json(options).value(), records, editor, clock, messages, nullptr);
    }
    ImportReport import(std::string csv, std::string_view object, std::string_view options = "{}") {
        auto report = run(std::move(csv), object, options);
        if (!report) FAIL(messages.error(report.error()));
        return *report;
    }
    std::string refusal(std::string csv, std::string_view object, std::string_view options = "{}") {
        const auto report = run(std::move(csv), object, options);
        return report ? "accepted" : messages.error(report.error());
    }
    std::string text(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        return records.value_text({found->index, row}, found->find_field(field)->index);
    }
    std::string parent_name(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        const Value value = records.value({found->index, row}, found->find_field(field)->index);
        const auto* record = std::get_if<RecordRef>(&value);
        return record ? records.display_name(*record) : "";
    }
    RowIndex live(std::string_view object) { return records.table(records.schema().find_object(object)->index).live_count(); }
};

}  // namespace

TEST_CASE("import: columns map themselves, values become typed") {
    Bench bench;
    const ImportReport report = bench.import(
        "Account Name;Sector;Annual Revenue;Employees;Website;Subsidiary Of\n"
        "Acme;Technology;\"1.234.567,50\";2822;https://acme.com;\n"
        "Acme Süd;Retail;99,5;12;www.acme-sued.de;Acme\n",
        "Account");
    CHECK(report.created == 2);
    CHECK(report.failed == 0);
    CHECK(bench.text("Account", 0, "Name") == "Acme");
    CHECK(bench.text("Account", 0, "AnnualRevenue") == "1234567.5");
    CHECK(bench.text("Account", 1, "NumberOfEmployees") == "12");
    CHECK(bench.parent_name("Account", 1, "ParentId") == "Acme");
}

TEST_CASE("import: bad rows come back with reasons, good ones go in, one undo takes all back") {
    Bench bench;
    const std::string csv =
        "First Name,Last Name,Company,Email,Status\n"
        "Ada,Lovelace,Analytical,ada@example.com,Open - Not Contacted\n"
        "Bob,,Nameless,bob@example.com,Open - Not Contacted\n"
        "Cyd,Charisse,MGM,not an address,Open - Not Contacted\n"
        "Dan,Dare,\"Eagle, Comics\",dan@example.com,No Such Status\n"
        "Eve,Ext,Too,eve@example.com,Open - Not Contacted,more\n";
    const ImportReport report = bench.import(csv, "Lead");
    CHECK(report.total == 5);
    CHECK(report.created == 1);
    CHECK(report.failed == 4);
    CHECK(report.failures_csv.starts_with("First Name,Last Name,Company,Email,Status,Import error\r\n"));
    CHECK(report.failures_csv.find("Bob,,Nameless,bob@example.com,Open - Not Contacted,Last Name is required.") != std::string::npos);
    CHECK(report.failures_csv.find("is not an e-mail address") != std::string::npos);
    CHECK(report.failures_csv.find("\"Eagle, Comics\"") != std::string::npos);
    CHECK(report.failures_csv.find("No Such Status") != std::string::npos);
    CHECK(report.failures_csv.find("6 values") != std::string::npos);
    CHECK(bench.live("Lead") == 1);
    REQUIRE(bench.editor.execute(Undo{}).has_value());
    CHECK(bench.live("Lead") == 0);
    // The file of bad rows, mended, can be imported as it is.
    std::string mended = report.failures_csv;
    mended.replace(mended.find("Bob,,"), 5, "Bob,By,");
    CHECK(bench.import(mended, "Lead").created == 1);
}

TEST_CASE("import: a second import with the same external id updates, empty cells keep what is there") {
    Bench bench;
    const std::string options = R"({"createMissing": true, "externalId": "Record ID"})";
    ImportReport report = bench.import("Record ID,Account Name,Phone\nX1,Acme,123\nX2,Bolt,456\n", "Account", options);
    CHECK(report.created == 2);
    REQUIRE(report.fields_made.size() == 1);
    CHECK(report.fields_made[0] == "Record_ID__c");
    report = bench.import("Record ID,Account Name,Phone\nX2,Bolt Ltd,\nX3,Cog,789\n", "Account");
    CHECK(report.created == 1);
    CHECK(report.updated == 1);
    CHECK(bench.text("Account", 1, "Name") == "Bolt Ltd");
    CHECK(bench.text("Account", 1, "Phone") == "456");
    report = bench.import("Record ID,Account Name\nX4,Dyn\nX4,Dyn again\n", "Account");
    CHECK(report.created == 1);
    CHECK(report.failed == 1);
    CHECK(report.failures_csv.find("is already in row 2") != std::string::npos);
    // By our own ids, as an export has them.
    const std::string id = to_text(bench.records.id_of({standard_object::account, 0}));
    report = bench.import("Id,Account Name\n" + id + ",Acme Corporation\n", "Account");
    CHECK(report.updated == 1);
    CHECK(bench.text("Account", 0, "Name") == "Acme Corporation");
}

TEST_CASE("import: lookups by name, ambiguous ones say which records match, alike ones are only suggested") {
    Bench bench;
    bench.import("Account Name\nAcme\nTwin\nTwin\n", "Account");
    bench.import("Product Name\nGTX Pro\n", "Product2");
    const std::string csv =
        "Opportunity Name,Account Name,Product,Stage,Close Date\n"
        "One,acme,GTX Pro,Prospecting,2026-01-31\n"
        "Two,Twin,,Prospecting,2026-01-31\n"
        "Three,Nobody,,Prospecting,2026-01-31\n"
        "Four,Acme,GTXPro,Prospecting,2026-01-31\n";
    ImportReport report = bench.import(csv, "Opportunity");
    CHECK(report.created == 1);
    CHECK(bench.parent_name("Opportunity", 0, "AccountId") == "Acme");
    CHECK(report.failures_csv.find("matches several Account records: Twin (001") != std::string::npos);
    CHECK(report.failures_csv.find("there is no Account “Nobody”") != std::string::npos);
    CHECK(report.failures_csv.find("Is “GTX Pro” meant?") != std::string::npos);
    REQUIRE(report.suggestions.size() == 1);
    CHECK_FALSE(report.suggestions[0].taken);
    report = bench.import(csv, "Opportunity", R"({"acceptSuggestions": true, "createMissing": ["records"]})");
    CHECK(report.created == 3);
    CHECK(report.records_made == 1);
    REQUIRE(report.suggestions.size() == 1);
    CHECK(report.suggestions[0].taken);
    CHECK(report.suggestions[0].rows == 1);
    CHECK(bench.live("Product2") == 1);
    report = bench.import("Opportunity Name,Product,Stage\nFive,GTXPro,Prospecting\n", "Opportunity", R"({"values": {"product": {"GTXPro": "GTX Pro"}}})");
    CHECK(report.created == 1);
}

TEST_CASE("import: unknown picklist values are refused or made, stages with their meaning") {
    Bench bench;
    const std::string csv = "Name,Stage,Amount\nA,Engaging,10\nB,Won,20\nC,Lost,0\nD,closed won,5\n";
    CHECK(bench.import(csv, "Opportunity").failed == 3);
    const ImportReport report = bench.import(csv, "Opportunity", R"({"createMissing": ["picklistValues"]})");
    CHECK(report.created == 4);
    CHECK(report.values_made.size() == 3);
    const RowIndex first = 1;
    CHECK(bench.text("Opportunity", first, "StageName") == "Engaging");
    CHECK(bench.text("Opportunity", first, "IsClosed") == "false");
    CHECK(bench.text("Opportunity", first + 1, "IsWon") == "true");
    CHECK(bench.text("Opportunity", first + 1, "Probability") == "100");
    CHECK(bench.text("Opportunity", first + 2, "IsClosed") == "true");
    CHECK(bench.text("Opportunity", first + 2, "IsWon") == "false");
    CHECK(bench.text("Opportunity", first + 3, "StageName") == "Closed Won");
    const auto undone = bench.editor.execute(Undo{});
    if (!undone) FAIL(bench.messages.error(undone.error()));
    CHECK(bench.records.schema().object(standard_object::opportunity).field(opportunity_field::stage).find_code("Engaging") == 0);
}

TEST_CASE("import: dates, numbers and percents that leave room for doubt") {
    Bench bench;
    CHECK(bench.refusal("Name,Stage,Close Date\nA,Prospecting,13/01/2026\nB,Prospecting,01/13/2026\n", "Opportunity").find("The dates are mixed") == 0);
    ImportReport report = bench.import("Name,Stage,Close Date\nA,Prospecting,13/01/2026\nB,Prospecting,01/13/2026\n", "Opportunity", R"({"dateOrder": "dmy"})");
    CHECK(report.created == 1);
    CHECK(report.failed == 1);
    CHECK(bench.text("Opportunity", 0, "CloseDate") == "2026-01-13");
    report = bench.import("Name,Stage,Close Date,Probability,Amount\nC,Prospecting,02/03/2026,0.5,\"1,200\"\nD,Prospecting,25/12/2026,1,(5)\n", "Opportunity");
    CHECK(bench.text("Opportunity", 1, "CloseDate") == "2026-03-02");
    CHECK(bench.text("Opportunity", 1, "Probability") == "50");
    CHECK(bench.text("Opportunity", 2, "Probability") == "100");
    CHECK(bench.text("Opportunity", 1, "Amount") == "1200");
    CHECK(bench.text("Opportunity", 2, "Amount") == "-5");
    report = bench.import("Name,Stage,Amount\nE,Prospecting,1.234567\n", "Opportunity");
    CHECK(report.failures_csv.find("more decimals than the 2 that fit") != std::string::npos);
}

TEST_CASE("import: full names, owners, new fields, skipped columns") {
    Bench bench;
    ImportReport report = bench.import("sales_agent,manager,regional_office\nAnna Snelling,Dustin Brinkmann,Central\nCecily Lampkin,Anna Snelling,West\n", "User",
                                       R"({"createMissing": true})");
    CHECK(report.created == 2);
    CHECK(report.records_made == 1);
    const RowIndex anna = bench.records.find_equal(standard_object::user, system_field::name, "Anna Snelling").at(0);
    CHECK(bench.text("User", anna, "LastName") == "Snelling");
    CHECK(bench.text("User", anna, "Region") == "Central");
    CHECK(bench.parent_name("User", anna, "ManagerId") == "Dustin Brinkmann");
    report = bench.import("Full Name,Company,Owner,Favourite Colour\nMaria de Souza,Cafés,cecily lampkin,Blue\n张伟,华兴,Anna Snelling,红\n", "Lead");
    CHECK(report.created == 2);
    CHECK(report.skipped_headers == std::vector<std::string>{"Favourite Colour"});
    CHECK(bench.text("Lead", 0, "Name") == "Maria de Souza");
    CHECK(bench.text("Lead", 1, "Name") == "张伟");
    CHECK(bench.parent_name("Lead", 0, "OwnerId") == "Cecily Lampkin");
    CHECK_FALSE(bench.text("Lead", 0, "Status").empty());
    report = bench.import("Full Name,Company,Favourite Colour,Score\nKen Tanaka,Fjord,Green,5\n", "Lead", R"({"createMissing": ["fields"]})");
    CHECK(report.fields_made == std::vector<std::string>{"Favourite_Colour__c", "Score__c"});
    CHECK(bench.text("Lead", 2, "Favourite_Colour__c") == "Green");
}

TEST_CASE("import: bad files and options say what is wrong") {
    Bench bench;
    CHECK(bench.refusal("", "Lead") == "The file is empty: there is nothing to import.");
    CHECK(bench.refusal("Last Name,Company\n", "Lead").find("no rows") != std::string::npos);
    CHECK(bench.refusal("PK\x03\x04", "Lead").find("Excel workbook") != std::string::npos);
    CHECK(bench.refusal("Last Name,Company\nA,B\n", "Lead", R"({"map": {"Nothing": "LastName"}})").find("no column “Nothing”") != std::string::npos);
    CHECK(bench.refusal("Last Name,Company\nA,B\n", "Lead", R"({"map": {"Company": "Nonsense"}})").find("no field “Nonsense”") != std::string::npos);
    CHECK(bench.refusal("x,y\nA,B\n", "Lead").find("No column of the file is mapped") == 0);
    CHECK(bench.live("Lead") == 0);
    CHECK(bench.editor.undo_stack().can_undo() == false);
}

TEST_CASE("import: in slices, cancelled, it leaves nothing; decisions wait for a person") {
    Bench bench;
    std::string csv = "Name,Stage,Amount\n";
    for (int i = 0; i < 30'000; ++i) csv += "Opportunity " + std::to_string(i) + ",Engaging," + std::to_string(i) + "\n";
    ImportSource source(csv, {}, nullptr, bench.clock);
    int steps = 0;
    for (; !source.is_done(); ++steps) REQUIRE(source.step(20).has_value());
    CHECK(steps > 5);
    const ImportPlan plan = make_import_plan(source, bench.records, guess_import_object(source, bench.records));
    CHECK(plan.object == standard_object::opportunity);
    const std::uint64_t revision = bench.records.schema().revision();
    {
        ImportJob job(source, plan, bench.records, bench.editor, bench.clock, bench.messages);
        for (int i = 0; i < 6; ++i) REQUIRE(job.step(20).has_value());
        CHECK(job.progress() > 0);
        job.cancel();
        CHECK_FALSE(job.step(20).has_value());
    }
    CHECK(bench.live("Opportunity") == 0);
    CHECK(bench.records.schema().revision() == revision);
    ImportJob job(source, plan, bench.records, bench.editor, bench.clock, bench.messages);
    job.stop_for_decisions();
    while (!job.is_waiting()) REQUIRE(job.step(1000).has_value());
    REQUIRE(job.decisions().size() == 1);
    CHECK(job.decisions()[0].decisions[0].outcome == ValueOutcome::Unknown);
    job.proceed({{"Stage", "Engaging", ValueChoice::Kind::Use, "Qualification"}}, {}, false);
    while (!job.is_done()) REQUIRE(job.step(1000).has_value());
    CHECK(job.report().created == 30'000);
    CHECK(bench.text("Opportunity", 29'999, "StageName") == "Qualification");
}
