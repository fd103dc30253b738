#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/edit/apply.h"
#include "core/query/query.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    std::string parent_name(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        const Value value = records.value({found->index, row}, found->find_field(field)->index);
        const auto* record = std::get_if<RecordRef>(&value);
        return record ? records.display_name(*record) : "";
    }
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
    // A part of one value is a suggestion, not taken by itself; a part of several is none.
    report = bench.import("Last Name,Company,Lead Status\nLi,Acme,contacted\nWu,Acme,closed\n", "Lead");
    CHECK(report.created == 0);
    REQUIRE(report.suggestions.size() == 1);
    CHECK(report.suggestions[0].value == "contacted");
    CHECK(report.suggestions[0].suggestion == "Working - Contacted");
    CHECK_FALSE(report.suggestions[0].taken);
}

TEST_CASE("import: what a list or an export calls a value is that value, in either language") {
    Bench bench;
    const ImportReport report = bench.import("Name,Stage,Close Date\nA,赢单,2026-01-02\nB,Closed Lost,2026-01-02\nC,初步接触,2026-01-02\n", "Opportunity");
    CHECK(report.created == 3);
    CHECK(bench.text("Opportunity", 0, "StageName") == "Closed Won");
    CHECK(bench.text("Opportunity", 2, "StageName") == "Prospecting");
}

TEST_CASE("import: how a stage ends suggests the one stage that ends so") {
    Bench bench;
    const ImportReport report = bench.import("Name,Stage\nA,Won\nB,Lost\nC,Engaging\n", "Opportunity");
    CHECK(report.failed == 3);
    REQUIRE(report.suggestions.size() == 2);
    CHECK(report.suggestions[0].suggestion == "Closed Won");
    CHECK(report.suggestions[1].suggestion == "Closed Lost");
}

TEST_CASE("import: amounts in another currency and missing close dates are told") {
    Bench bench;
    const ImportReport report = bench.import("Name,Stage,Amount,Close Date\nA,Prospecting,$5,2026-01-02\nB,Prospecting,10 EUR,\nC,Prospecting,\u00A37,\nD,Prospecting,12 USD,2026-01-02\nE,Prospecting,8 EUR,\n", "Opportunity");
    CHECK(report.created == 5);
    REQUIRE(report.notes.size() == 3);
    CHECK(report.notes[0] == "Close Date is empty in 3 new records. They are imported all the same.");
    CHECK(report.notes[1] == "Amount: 2 amounts are in EUR, not in USD. The numbers are taken as they are, without conversion.");
    CHECK(report.notes[2] == "Amount: 1 amount is in \u00A3, not in USD. The number is taken as it is, without conversion.");
    std::string many = "Name,Stage\n";
    for (int row = 0; row < 1200; ++row) many += "N" + std::to_string(row) + ",Prospecting\n";
    CHECK(bench.import(many, "Opportunity").notes[0] == "Close Date is empty in 1,200 new records. They are imported all the same.");
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
    CHECK(bench.refusal("x,y\nA,B\n", "Lead").find("No column of the file goes to a field") == 0);
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

TEST_CASE("import: bombs are refused in words, and quickly") {
    Bench bench;
    const std::string long_cell = "Last Name,Company\nLi,Acme\nMa," + std::string(8u << 20, 'x') + "\n";
    CHECK(bench.refusal(long_cell, "Lead") == "Line 3: a value is longer than 4 MB. A quotation mark is probably missing there.");
    CHECK(bench.refusal("Last Name,Company\n" + std::string(1'000'000, ',') + "\n", "Lead") ==
          "Line 2 has more than 4096 columns, so this is probably no CSV file.");
    // Quotes that nothing closes: looked for once, not once for each of them.
    std::string quotes = "Last Name,Company\n";
    for (int i = 0; i < 200'000; ++i) quotes += "\"a,b\n";
    const ImportReport report = bench.import(quotes, "Lead");
    CHECK(report.created == 200'000);
    CHECK(report.notes.size() == 1);
    CHECK(bench.refusal(std::string("\0\x01\x02\x03\0\xFE\x07", 7), "Lead") == "This is no text file, so it can’t be a CSV file. Export the data as CSV and import that.");
    CHECK(bench.refusal("", "Lead") == "The file is empty: there is nothing to import.");
    CHECK(bench.refusal("\xEF\xBB\xBF \r\n\r\n", "Lead") == "The file is empty: there is nothing to import.");
    CHECK(bench.refusal("Last Name,Company\n", "Lead") == "The file has a header but no rows: there is nothing to import.");
}

TEST_CASE("import: of several namesakes one is chosen by its id, as a person's choice or a script's") {
    Bench bench;
    bench.import("Account Name,City\nTwin,Berlin\nTwin,Lyon\n", "Account");
    const std::string csv = "Opportunity Name,Account Name,Stage,Close Date\nOne,Twin,Prospecting,2026-01-31\n";
    ImportSource source(csv, {}, nullptr, bench.clock);
    bench.run_until(source, [&] { return source.is_done(); });
    ImportJob job(source, make_import_plan(source, bench.records, standard_object::opportunity), bench.records, bench.editor, bench.clock, bench.messages);
    job.stop_for_decisions();
    bench.run_until(job, [&] { return job.is_waiting(); });
    const auto ambiguous = [](const ValueDecision& one) { return one.outcome == ValueOutcome::Ambiguous; };
    const auto column = std::ranges::find_if(job.decisions(), [&](const ColumnDecisions& one) { return std::ranges::any_of(one.decisions, ambiguous); });
    REQUIRE(column != job.decisions().end());
    REQUIRE(column->decisions[0].candidates.size() == 2);
    const std::string lyon = to_text(bench.records.id_of(column->decisions[0].candidates[1]));
    job.proceed({{.header = "Account Name", .value = "Twin", .kind = ValueChoice::Kind::Use, .use = lyon}}, {}, false);
    bench.run_until(job, [&] { return job.is_done(); });
    CHECK(job.report().created == 1);
    const ImportReport report = bench.import(csv, "Opportunity", R"({"values": {"Account Name": {"Twin": ")" + lyon + R"("}}})");
    CHECK(report.created == 1);
    const auto accounts = bench.records.table(standard_object::opportunity).column(opportunity_field::account).rows();
    CHECK(accounts[0] == 1);
    CHECK(accounts[1] == 1);
    // The id of no such record leaves the row out.
    CHECK(bench.import(csv, "Opportunity", R"({"values": {"Account Name": {"Twin": "001zzzzzzzzzzzzAAA"}}})").failed == 1);
}

TEST_CASE("import: a file without names of columns, found so or said so; one with them, said so") {
    Bench bench;
    const std::string names = "Acme\nBolt\n";
    CHECK(bench.import(names, "Account", R"({"map": {"Acme": "Name"}})").created == 1);
    CHECK(bench.import(names, "Account", R"({"header": false, "map": {"Column 1": "Name"}})").created == 2);
    CHECK(bench.import("2026,1,2\n7,Cog,9\n", "Account", R"({"header": true, "map": {"1": "Name"}})").created == 1);
    CHECK(bench.refusal(names, "Account", R"({"header": "no"})").find("header") != std::string::npos);
}

TEST_CASE("import: rows with names that are here already are told, where names seldom repeat or most of them do") {
    Bench bench;
    const auto told = [&](const std::string& csv, std::string_view object, std::string_view options = "{}") {
        for (const std::string& note : bench.import(csv, object, options).notes)
            if (note.find("a name that is here already") != std::string::npos) return note.substr(0, note.find(' '));
        return std::string("0");
    };
    const std::string users = "First Name,Last Name,Email\nAnn,Lee,ann@example.com\nBo,Díaz,bo@example.com\n";
    CHECK(told(users, "User") == "0");
    CHECK(told(users, "User") == "2");
    CHECK(told(users, "User", R"({"externalId": "Email"})") == "0");
    CHECK(told("Account Name\nAcme\n", "Account") == "0");
    CHECK(told("Account Name\nACME\nBolt\nCog\n", "Account") == "1");
    const std::string deals = "Name,Stage\nRenewal,Prospecting\nExpansion,Prospecting\n";
    CHECK(told(deals, "Opportunity") == "0");
    CHECK(told("Name,Stage\nRenewal,Prospecting\nA,Prospecting\nB,Prospecting\n", "Opportunity") == "0");
    CHECK(told(deals, "Opportunity") == "2");
}

TEST_CASE("import: whole names beside first and last names fill no field twice, and what is written can be read back") {
    Bench bench;
    const auto people = [&](const std::string& csv, std::string_view object, std::string_view options = "{}") {
        const ImportReport report = bench.import(csv, object, options);
        CHECK(report.failed == 0);
        const Object& of = *bench.records.schema().find_object(object);
        std::string all;
        for (RowIndex row = bench.records.table(of.index).row_count() - report.created; row < bench.records.table(of.index).row_count(); ++row)
            all += bench.text(object, row, "FirstName") + "/" + bench.text(object, row, "LastName") + " ";
        return all;
    };
    CHECK(people("Name,LastName\nAnn Meyer,Meyer\n", "Contact") == "Ann/Meyer ");
    CHECK(people("Name,Given Name,Family Name\nAnn Meyer,Ann,Meyer\nBo Li,,\nAcme Team,,Acme Team\n", "Contact") == "Ann/Meyer Bo/Li /Acme Team ");
    CHECK(people("First Name,Name,Company\nAnn,Ann Meyer,Acme\n", "Lead") == "Ann/Meyer ");
    CHECK(people("First Name,Last Name,Full Name,Company\nAnn,Meyer,,Acme\n", "Lead") == "Ann/Meyer ");
    CHECK(people("First Name,Last Name,File As\nAnn,Meyer,\n", "Contact") == "Ann/Meyer ");
    CHECK(people("Full Name,Name,Email\n,Ann Meyer,ann@example.com\n", "User") == "Ann/Meyer ");
    // What a journal keeps of it brings the same records back.
    Records again;
    add_standard_objects(again.mutable_schema());
    again.sync_tables_with_schema();
    for (const ChangeGroup& group : bench.journal) REQUIRE(apply(again, group).has_value());
    CHECK(testing::dump_records(again) == testing::dump_records(bench.records));
}

TEST_CASE("import: ids of another system under the header Id are found again by the field that was made for them") {
    Bench bench;
    const std::string csv = "Id,Name,Phone\n0015g00000AbCdEAAV,Acme,123\n";
    ImportReport report = bench.import(csv, "Account", R"({"externalId": "Id"})");
    CHECK(report.created == 1);
    REQUIRE(report.fields_made.size() == 1);
    CHECK(report.fields_made[0] == "Id__c");
    for (const char* options : {R"({"externalId": "Id"})", R"({"createMissing": true})", "{}"}) {
        report = bench.import(csv, "Account", options);
        CHECK(report.updated == 1);
        CHECK(report.fields_made.empty());
    }
}

TEST_CASE("import: a header that only begins as a field does is none of it; what went where is told") {
    Bench bench;
    const ImportReport report = bench.import("Last Name,Company,Phone Verified,Email Domain,Country Code,Amount USD,Mobile Phone 1\nLi,Acme,yes,acme.com,49,5,123\n", "Lead");
    CHECK(report.created == 1);
    CHECK(report.skipped_headers == std::vector<std::string>{"Phone Verified", "Email Domain", "Country Code", "Amount USD"});
    std::string columns;
    for (const ImportReport::Column& one : report.columns) columns += one.header + "=" + one.field + (one.is_alike ? "? " : " ");
    CHECK(columns == "Last Name=LastName Company=Company Mobile Phone 1=MobilePhone? ");
    // Outlook's two titles
    CHECK(bench.import("First Name,Last Name,Title,Job Title\nAnn,Meyer,Dr.,CEO\n", "Contact").created == 1);
    CHECK(bench.text("Contact", 0, "Title") == "CEO");
    CHECK(bench.text("Contact", 0, "Salutation") == "Dr.");
}

TEST_CASE("import: what is damaged is told with its row") {
    Bench bench;
    const ImportReport report = bench.import("Last Name,Company\n\nLi,Acme\nMa,\"Acme\nWu,B\xFF lt\n", "Lead", R"({"encoding": "utf-8"})");
    CHECK(report.total == 3);
    REQUIRE(report.notes.size() == 2);
    CHECK(report.notes[0].find("1 damaged character was replaced by �, the first in row 5.") != std::string::npos);
    CHECK(report.notes[1].find("1 quotation mark without a partner was taken as part of the text, the first in row 4.") != std::string::npos);
}

TEST_CASE("import: a new stage stands behind those that are no likelier to be won") {
    Bench bench;
    bench.import("Name,Stage\nA,Engaging\nB,Contract Sent\nC,Won\n", "Opportunity", R"({"createMissing": ["picklistValues"]})");
    const Field& stage = bench.records.schema().object(standard_object::opportunity).field(opportunity_field::stage);
    std::string order;
    for (const std::uint16_t code : stage.codes_in_order(true)) order += stage.values[code - 1u].value + "|";
    CHECK(order == "Prospecting|Qualification|Needs Analysis|Engaging|Value Proposition|Id. Decision Makers|Perception Analysis|"
                   "Proposal/Price Quote|Negotiation/Review|Contract Sent|Closed Won|Closed Lost|Won|");
}

TEST_CASE("import: rows are numbered as a spreadsheet numbers them") {
    Bench bench;
    const ImportReport report = bench.import("Leads of 2026\n\nLast Name,Company\n\nLi,Acme\n,Nobody\n\n\n,\"No\nOne\"\nMa,Acme\n,Last\n", "Lead");
    CHECK(report.created == 2);
    REQUIRE(report.first_reasons.size() == 3);
    CHECK(report.first_reasons[0].starts_with("Row 6: "));
    CHECK(report.first_reasons[1].starts_with("Row 9: "));
    CHECK(report.first_reasons[2].starts_with("Row 11: "));
}

TEST_CASE("import: how a deal ended may stand in a column of its own") {
    Bench bench;
    const ImportReport report = bench.import(
        "Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Expected close date\n"
        "A,Qualification,Open,10,2026-12-01\n"
        "B,Negotiation/Review,Won,20,2026-12-01\n"
        "C,Prospecting,lost,30,2026-12-01\n"
        "D,Closed Won,Won,40,2026-12-01\n",
        "Opportunity");
    CHECK(report.created == 4);
    CHECK(report.skipped_headers.empty());
    CHECK(bench.text("Opportunity", 0, "StageName") == "Qualification");
    CHECK(bench.text("Opportunity", 1, "StageName") == "Closed Won");
    CHECK(bench.text("Opportunity", 1, "IsWon") == "true");
    CHECK(bench.text("Opportunity", 2, "StageName") == "Closed Lost");
    CHECK(bench.text("Opportunity", 2, "Probability") == "0");
    CHECK(bench.text("Opportunity", 3, "StageName") == "Closed Won");
}

TEST_CASE("import: ids of another system's records take no row down with them") {
    Bench bench;
    const ImportReport report = bench.import("NAME,OWNERID,PARENTID,ORACLE_ID__C\nAcme,005x0000000fNSiAAM,,1-00\nBeta,005x0000000fNSiAAM,001x0000002xLCVAA2,1-01\n", "Account",
                                             R"({"createMissing": ["fields"]})");
    CHECK(report.created == 2);
    CHECK(report.failed == 0);
    CHECK(bench.records.schema().find_object("Account")->find_field("ORACLE_ID__c") != nullptr);
}

TEST_CASE("import preview: reasons are grouped by column with the first examples") {
    Bench bench;
    const std::string csv =
        "First Name,Last Name,Company,Email,Annual Revenue,Status\n"
        "Ada,Lovelace,Analytical,ada@example.com,100,Open - Not Contacted\n"
        "Bob,Brown,Bricks,not an address,200,Open - Not Contacted\n"
        "Cyd,Charisse,MGM,also not,300,Open - Not Contacted\n"
        "Fay,,Kong,fay@example.com,300,Open - Not Contacted\n"
        "Dan,Dare,Eagle,dan@example.com,plenty,No Such Status\n"
        "Eve,Ext,Too,eve@example.com,500,Open - Not Contacted,more\n";
    const std::size_t groups = bench.journal.size();
    const ImportReport preview = bench.import(csv, "Lead", R"({"dryRun": true, "map": {"Annual Revenue": "AnnualRevenue"}})");
    CHECK(preview.is_preview);
    CHECK(preview.created == 1);
    CHECK(preview.failed == 5);
    CHECK(preview.outcome.sequence == 0);
    CHECK(bench.journal.size() == groups);
    CHECK(bench.live("Lead") == 0);
    REQUIRE(preview.reasons.size() == 5);
    CHECK(preview.reasons[0].header == "Email");
    CHECK(preview.reasons[0].text == "Not an email address");
    CHECK(preview.reasons[0].rows == 2);
    REQUIRE(preview.reasons[0].examples.size() == 2);
    CHECK(preview.reasons[0].examples[0].row_number == 3);
    CHECK(preview.reasons[0].examples[1].value == "also not");
    std::string all;
    for (const ImportReport::Reason& reason : preview.reasons) all += reason.header + ": " + reason.text + "\n";
    CHECK(all.find("Annual Revenue: Not a number") != std::string::npos);
    CHECK(all.find("Status: Not one of the values of Lead Status") != std::string::npos);
    CHECK(all.find("Last Name: A value is missing") != std::string::npos);
    CHECK(all.find(": More values than there are columns") != std::string::npos);
    CHECK(report_to_json(preview).boolean_or("dryRun", false));
}

TEST_CASE("import preview: when the records change before it is written, a new preview is made") {
    Bench bench;
    bench.import("Legacy Key,Account Name\nK1,Acme\n", "Account", R"({"createMissing": true, "externalId": "Legacy Key"})");
    ImportSource source("Legacy Key,Account Name\nK1,Acme Ltd\nK2,Beta\n", {}, nullptr, bench.clock);
    bench.run_until(source, [&] { return source.is_done(); });
    ImportJob job(source, make_import_plan(source, bench.records, standard_object::account), bench.records, bench.editor, bench.clock, bench.messages);
    job.stop_for_preview();
    bench.run_until(job, [&] { return job.is_previewed(); });
    CHECK(job.preview().updated == 1);
    CHECK(job.preview().created == 1);
    bench.run(R"({"command": "DeleteRecord", "object": "Account", "id": ")" + bench.id({standard_object::account, 0}) + R"("})");
    job.write();
    bench.run_until(job, [&] { return job.is_previewed(); });
    CHECK(bench.live("Account") == 0);
    CHECK(job.preview().updated == 0);
    CHECK(job.preview().created == 2);
    job.write();
    bench.run_until(job, [&] { return job.is_done(); });
    CHECK(job.report().created == 2);
    CHECK(bench.live("Account") == 2);
}

TEST_CASE("import: an update that can't be is handed back alone, and the other rows go in") {
    Bench bench;
    const std::string keyed = R"({"createMissing": true, "externalId": "Legacy Key"})";
    bench.import("Legacy Key,Last Name,Company\nL1,Meyer,Acme\nL2,Li,Beta\n", "Lead", keyed);
    bench.run(R"({"command":"DefineField","object":"Lead","field":"Badge__c","label":"Badge","type":"Text","length":20,"unique":true})");
    bench.import("Legacy Key,Badge\nL1,B1\nL2,B2\n", "Lead", keyed);
    const ImportReport report = bench.import("Legacy Key,Badge,Company\nL1,b2,Acme Ltd\nL2,B2,Beta Ltd\n", "Lead", keyed);
    CHECK(report.updated == 1);
    CHECK(report.failed == 1);
    CHECK(report.failures_csv.find("Badge must be unique") != std::string::npos);
    CHECK(bench.text("Lead", 0, "Company") == "Acme");
    CHECK(bench.text("Lead", 1, "Company") == "Beta Ltd");
}

TEST_CASE("import: a row is refused only for what it changes") {
    Bench bench;
    const std::string keyed = R"({"createMissing": true, "externalId": "Legacy Key"})";
    REQUIRE(bench.run(R"({"command":"DefineField","object":"Account","field":"Tier__c","label":"Tier","type":"Picklist","restricted":true,"values":["Old","New","Gold"]})"));
    bench.import("Legacy Key,Account Name,Tier\nA1,Acme,Old\nA2,Bolt,New\n", "Account", keyed);
    REQUIRE(bench.run(R"({"command":"UpdateField","object":"Account","field":"Tier__c","values":[{"value":"Old","active":false},{"value":"New"},{"value":"Gold"}]})"));
    ImportReport report = bench.import("Legacy Key,Account Name,Tier\nA1,Acme Ltd,\nA2,Bolt Ltd,Gold\n", "Account", keyed);
    CHECK(report.updated == 2);
    CHECK(report.failures_csv == "");
    CHECK(bench.text("Account", 0, "Name") == "Acme Ltd");
    CHECK(bench.text("Account", 0, "Tier__c") == "Old");
    CHECK(bench.text("Account", 1, "Tier__c") == "Gold");
    report = bench.import("Legacy Key,Tier\nA2,Old\n", "Account", R"({"externalId": "Legacy Key"})");
    REQUIRE(report.first_reasons.size() == 1);
    CHECK(report.first_reasons[0].find("meant") == std::string::npos);
}

TEST_CASE("import: all that is wrong with a row is handed back at once") {
    Bench bench;
    ImportReport report = bench.import("First Name,Last Name,Company,Annual Revenue\nBob,,Acme,ten\nAnn,Lee,Acme,5\n", "Lead");
    CHECK(report.created == 1);
    REQUIRE(report.first_reasons.size() == 1);
    CHECK(report.first_reasons[0].find("“ten”") != std::string::npos);
    CHECK(report.first_reasons[0].find("Last Name is required.") != std::string::npos);
    // A record that is made for a row is none that it lacks; what isn't imported isn't counted as empty.
    report = bench.import("Opportunity,Product,Quantity\nBig,New,two\n", "OpportunityLineItem", R"({"createMissing": true})");
    CHECK(report.first_reasons[0].find("required") == std::string::npos);
    REQUIRE(bench.run(R"({"command":"DefineField","object":"Opportunity","field":"Code__c","type":"Text","unique":true})"));
    report = bench.import("Name,Stage,Close Date,Code\nA,Prospecting,2026-01-02,x\nB,Prospecting,,x\nC,Nowhere,,\n", "Opportunity");
    CHECK(report.failed == 2);
    CHECK(report.notes.empty());
}

TEST_CASE("import: what changes nothing is told, and there is nothing to undo") {
    Bench bench;
    const std::string csv = "Legacy Key,Last Name,Company\nL1,Meyer,Acme\nL2,Li,Beta\n", keyed = R"({"createMissing": true, "externalId": "Legacy Key"})";
    CHECK(report_to_json(bench.import(csv, "Lead", keyed)).find("undo_seq")->is_number());
    ImportReport report = bench.import(csv, "Lead", keyed);
    CHECK(report.updated == 2);
    CHECK(report.unchanged == 2);
    CHECK(report_to_json(report).find("undo_seq")->is_null());
    report = bench.import("Legacy Key,Last Name,Company\nL1,Meyer,Acme\nL2,Li,Gamma\n", "Lead", keyed);
    CHECK(report.updated == 2);
    CHECK(report.unchanged == 1);
}

TEST_CASE("import: thousands that may be decimals are told and can be said, and sums above remarks are told") {
    Bench bench;
    const std::string csv = "Name;Stage;Weight\nA;Prospecting;2,500\n";
    ImportReport report = bench.import(csv, "Opportunity", R"({"createMissing": true})");
    CHECK(bench.text("Opportunity", 0, "Weight__c") == "2.5");
    REQUIRE(report.notes.size() == 2);
    CHECK(report.notes[0].starts_with("“2,500” in Weight was read as 2.5;"));
    report = bench.import(csv, "Opportunity", R"({"decimalSign": "."})");
    CHECK(report.notes.size() == 2);   // no date, and a namesake
    CHECK(bench.text("Opportunity", 1, "Weight__c") == "2500");
    // Money has no three decimals, and a count of people has none.
    CHECK(bench.import("Account Name;Employees\nCobalt;2,500\nDelta;900\n", "Account").notes.empty());
    CHECK(bench.text("Account", 0, "NumberOfEmployees") == "2500");
    const std::string money = "Name;Stage;Amount\nB;Prospecting;2,500\nC;Prospecting;900\n";
    report = bench.import(money, "Opportunity");
    CHECK(bench.text("Opportunity", 2, "Amount") == "2500");
    report = bench.import(money, "Opportunity", R"({"decimalSign": ","})");
    CHECK(bench.text("Opportunity", 4, "Amount") == "2.5");
    report = bench.import("Name;Stage;Amount\nD;Prospecting;2,500\nE;Prospecting;2,5\n", "Opportunity");
    CHECK(bench.text("Opportunity", 6, "Amount") == "2.5");
    CHECK(bench.refusal(csv, "Opportunity", R"({"decimalSign": "x"})").find("decimalSign") != std::string::npos);
    report = bench.import("Account Name,Annual Revenue\nAcme,100\nBolt,200\nTotal,300\nNote: unaudited,\n", "Account");
    REQUIRE(report.notes.size() == 1);
    CHECK(report.notes[0].starts_with("Row 4 (“Total”)"));
}

TEST_CASE("import: among many unknown names those of the same letters are seen, and the first that come near") {
    Bench bench;
    std::string known = "Account Name\nAcme Brothers\n", deals = "Name,Stage,Account Name\nD,Prospecting,Amce Brother\nD,Prospecting,Amce Brethren\n";
    for (int i = 0; i < 20'000; ++i) known += "Company of " + std::to_string(i * 7919 % 100'000) + " Owners\n";
    for (int i = 0; i < 2'000; ++i) deals += "D,Prospecting,Business " + std::to_string(i * 7919 % 100'000) + " of Owners\n";
    deals += "D,Prospecting,Company-of 7919 owners\nD,Prospecting,Compnay of 15838 Owner\n";
    CHECK(bench.import(known, "Account").created == 20'001);
    const ImportReport report = bench.import(deals, "Opportunity");
    CHECK(report.created == 0);
    // The same letters are seen however many names are unknown; what only comes near, among the first few hundred.
    REQUIRE(report.suggestions.size() == 2);
    CHECK(report.suggestions[0].suggestion == "Acme Brothers");
    CHECK(report.suggestions[1].suggestion == "Company of 7919 Owners");
}
