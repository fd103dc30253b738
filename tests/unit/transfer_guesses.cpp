// What a file's columns are taken for where their names don't say it: a wrong guess writes wrong values.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "core/transfer/import_plan.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    // Where each column of a file goes: "Name=Name Stage=StageName ".
    std::string columns(const std::string& csv, std::string_view object, std::string_view options = "{}") {
        std::string text;
        for (const ImportReport::Column& one : import(csv, object, options).columns) text += one.header + "=" + one.field + (one.is_alike ? "? " : " ");
        return text;
    }
    std::string of_all(std::string_view object, std::string_view field) {
        const ObjectIndex index = records.schema().find_object(object)->index;
        std::string text;
        for (RowIndex row = 0; row < records.table(index).row_count(); ++row) text += this->text({index, row}, field) + "|";
        return text;
    }
    std::string guess(const std::string& csv) {
        ImportSource source(csv, {}, nullptr, clock);
        while (!source.is_done()) REQUIRE(source.step(1'000'000));
        const ObjectIndex object = guess_import_object(source, records);
        return object == no_object ? "" : records.schema().object(object).name;
    }
    static bool has_note(const ImportReport& report, std::string_view part) {
        return std::ranges::any_of(report.notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
    }
};

}  // namespace

TEST_CASE("import guesses: a header that holds a label or comes near it needs words and values that agree, and is told") {
    Bench bench;
    CHECK(bench.columns("Deal Name,State,Account\nA,CA,Acme\nB,NY,Acme\n", "Opportunity", R"({"createMissing": ["records"]})") == "Deal Name=Name Account=Account.Name ");
    CHECK(bench.columns("Deal Name,Elapsed Days In Sales Stage,Previous Stage,Discount Amount,Total Amount\nA,3,Prospecting,5,100\nB,4,Prospecting,6,200\n", "Opportunity") ==
          "Deal Name=Name Total Amount=Amount ");
    CHECK(bench.columns("Last Name,Company,Total Time Spent on Website,Marital Status\nA,X,674,Single\nB,Y,1532,Single\n", "Lead") == "Last Name=LastName Company=Company ");
    CHECK(bench.columns("Last Name,Assistant Email,assistant_phone,OtherPhone Main\nA,a@x.com,+1 202 555 0100,1\n", "Contact") == "Last Name=LastName ");
    CHECK(bench.columns("Account Name,Previous Industry,Sub Industry\nA,Banking,Banking\n", "Account") == "Account Name=Name ");
    const ImportReport report = bench.import("Account Name,Customer Industry,Phone 1\nA,Banking,12 34 56\n", "Account");
    CHECK(report.columns[1].is_alike);
    CHECK(bench.has_note(report, "“Customer Industry” was taken for the field Industry, since the names are alike. Please check."));
}

TEST_CASE("import guesses: numbers of lines are no ids, and another list of them overwrites nothing") {
    Bench bench;
    for (const char* header : {"No.", "#", "S.No", "Row ID", "Index"}) {
        CAPTURE(header);
        const std::string first = std::string(header) + ",Account Name\n1,Jan A\n2,Jan B\n3,Jan C\n", second = std::string(header) + ",Account Name\n1,Feb A\n2,Feb B\n3,Feb C\n";
        CHECK(bench.import(first, "Account", R"({"createMissing": true})").fields_made.empty());
        const ImportReport report = bench.import(second, "Account", R"({"createMissing": true})");
        CHECK(report.created == 3);
        CHECK(report.skipped_headers == std::vector<std::string>{header});
    }
    // Numbers that don't count the rows are kept, and so are ids.
    CHECK(bench.import("No.,Account Name\n1001,A\n1007,B\n", "Account", R"({"createMissing": true})").fields_made.size() == 1);
    CHECK(bench.import("account_id,account_name\n1,A\n2,B\n", "Account", R"({"createMissing": true})").fields_made.size() == 1);
}

TEST_CASE("import guesses: how deals ended, in whatever words, beside their stages or alone") {
    Bench bench;
    ImportReport report = bench.import("Deal Name,Stage,Status\nA,Qualification,Won\nB,Qualification,Loss\nC,Qualification,Abandoned\nD,Qualification,Open\nE,Qualification,Hm\n", "Opportunity");
    CHECK(bench.of_all("Opportunity", "StageName") == "Closed Won|Closed Lost|Closed Lost|Qualification|Qualification|");
    CHECK(report.columns.back().header == "Status");
    CHECK(report.columns.back().field == "StageName");
    CHECK(bench.has_note(report, "Status: “Hm” says neither won nor lost"));
    CHECK_FALSE(bench.has_note(report, "Open"));
    Bench flags;
    flags.import("Deal,Stage,Closed,Won\nA,Qualification,2024-01-02,1\nB,Qualification,2024-01-03,0\n", "Opportunity");
    CHECK(flags.of_all("Opportunity", "StageName") == "Closed Won|Qualification|");
    CHECK(flags.of_all("Opportunity", "CloseDate") == "2024-01-02|2024-01-03|");
    for (const char* header : {"Opportunity Result", "Result", "Outcome", "Deal Status"}) {
        CAPTURE(header);
        Bench alone;
        const ImportReport made = alone.import("Deal," + std::string(header) + "\nA,Won\nB,Loss\n", "Opportunity", R"({"createMissing": true})");
        CHECK(made.columns.back().field == "StageName");
        CHECK(alone.of_all("Opportunity", "IsClosed") == "true|true|");
        CHECK(alone.of_all("Opportunity", "IsWon") == "true|false|");
    }
    for (const char* word : {"won", "Closed - Won", "WIN", "Deal Won", "赢单", "closedwon", "DealWon", "CLOSED_WON", "Gewonnen", "Gagnée", "Cerrada ganada", "Fechado ganho", "Chiuso vinto"}) CHECK_MESSAGE(read_outcome(word) == true, word);
    for (const char* word : {"Lost", "Loss", "Lose", "Closed Lost", "Dead", "Cancelled", "Abandoned", "Lost - not interested", "closedlost", "Verloren", "Perdu", "Cerrada perdida", "Fechado perdido", "Chiuso perso"}) CHECK_MESSAGE(read_outcome(word) == false, word);
    for (const char* word : {"Open", "Won't fix", "Won’t do", "Not won", "Deadline passed", "Wonder demo", "Almost won", "Not yet won", "Contract cancellation risk", "Fast gewonnen", "Contract to be signed", "Lostock", ""}) CHECK_MESSAGE(!read_outcome(word), word);
}

TEST_CASE("import guesses: the report names the stages that were made, and what they count as") {
    Bench bench;
    const ImportReport report = bench.import("Deal,Stage\nA,Angebot\nB,Gewonnen\nC,Verloren\nD,Qualification\n", "Opportunity", R"({"createMissing": true, "dryRun": true})");
    CHECK(bench.has_note(report, "New stages, and what each counts as by its name: Angebot (Open), Gewonnen (Won), Verloren (Lost)."));
    CHECK_FALSE(bench.has_note(bench.import("Deal,Stage\nA,Qualification\n", "Opportunity", R"({"createMissing": true})"), "New stages"));
}

TEST_CASE("import guesses: Dynamics' own ids are found again in the field made for them") {
    Bench bench;
    const std::string csv = "(Do Not Modify) Opportunity,Topic,Pipeline Phase\n1f0a1b2c-0000-0000-0000-000000000001,T,Prospecting\n";
    CHECK(bench.import(csv, "Opportunity", R"({"createMissing": true})").fields_made.size() == 1);
    const ImportReport again = bench.import(csv, "Opportunity", R"({"createMissing": true})");
    CHECK(again.fields_made.empty());
    CHECK(again.updated == 1);
}

TEST_CASE("import guesses: a column of which no value fits the field gets a field of its own or none") {
    Bench bench;
    const std::string csv = "Company,Employees\nA,11-50\nB,51-200\n";
    ImportReport report = bench.import(csv, "Account");
    CHECK(report.created == 2);
    CHECK(report.skipped_headers == std::vector<std::string>{"Employees"});
    report = bench.import(csv, "Account", R"({"createMissing": ["fields"]})");
    CHECK(report.fields_made == std::vector<std::string>{"Employees__c"});
    // Where some fit, the others come back.
    CHECK(bench.import("Company,Employees\nC,12\nD,51-200\n", "Account").failed == 1);
}

TEST_CASE("import guesses: headers of HubSpot, Close and files of sales people") {
    for (const char* header : {"Associated Company ID", "Associated Company IDs", "Associated Company IDs (Primary)", "Primary Associated Company ID", "Associated Company Record ID", "Company ID"}) {
        CAPTURE(header);
        Bench bench;
        bench.import("Record ID,Company name\n901,Firm\n902,Other\n", "Account", R"({"createMissing": true})");
        CHECK(bench.columns("First Name,Last Name," + std::string(header) + "\na,b,901\n", "Contact") == "First Name=FirstName Last Name=LastName " + std::string(header) + "=Account.Record_ID__c ");
        // ids of companies that aren't here are no names
        CHECK(bench.columns("First Name,Last Name," + std::string(header) + "\na,b,905\n", "Contact") == "First Name=FirstName Last Name=LastName ");
    }
    Bench bench;
    CHECK(bench.columns("Product,SKU,List Price (EUR)\nA,S1,10.5\nB,S2,11.5\n", "Product2") == "Product=Name SKU=ProductCode List Price (EUR)=UnitPrice ");
    CHECK(bench.columns("lead_name,status_label,expected_date\nAcme,Prospecting,2024-05-06\n", "Opportunity", R"({"createMissing": ["records"]})") ==
          "lead_name=Account.Name status_label=StageName expected_date=CloseDate ");
    for (const auto& [id, name] : {std::pair{"rep_id", "rep_name"}, {"agent_id", "agent_name"}, {"salesperson_id", "salesperson_name"}, {"employee_id", "employee_name"},
                                   {"sales_rep_id", "sales_rep_name"}, {"sales_agent_id", "sales_agent_name"}, {"owner_id", "owner_name"}, {"Seller ID", "Seller"}}) {
        CAPTURE(id);
        Bench users;
        CHECK(users.import(std::string(id) + "," + name + "\n71,Ann Lee\n72,Bob Roe\n", "User", R"({"createMissing": true})").created == 2);
        CHECK(users.columns("Deal Name,Stage," + std::string(id) + "\nA,Prospecting,71\nB,Prospecting,72\nC,Prospecting,71\n", "Opportunity").find(std::string(id) + "=Owner.") != std::string::npos);
    }
    CHECK(bench.columns("Username,Full Name,Email\nalee@x.com.prod,Ann Lee,a@x.com\n", "User") == "Full Name=Name Email=Email ");
    CHECK(bench.columns("USERNAME,FIRSTNAME,LASTNAME\nalee@x.com.prod,Ann,Lee\n", "User") == "FIRSTNAME=FirstName LASTNAME=LastName ");
    CHECK(bench.columns("Username,Email\nbob,b@x.com\n", "User") == "Username=Name Email=Email ");
}

TEST_CASE("import guesses: deals are opportunities") {
    Bench bench;
    CHECK(bench.guess("Deal Name,Stage,Account\nA,Prospecting,Acme\n") == "Opportunity");
    CHECK(bench.guess("Deal Name,Stage,Owner,State,Discount Amount,Total Amount,Status\nA,Prospecting,Ann,CA,5,100,Won\n") == "Opportunity");
}

TEST_CASE("import guesses: the column with the reasons of rows handed back is nobody's business") {
    Bench bench;
    for (const char* header : {"Import error", "导入错误"}) {
        const ImportReport report = bench.import("Account Name," + std::string(header) + "\nAcme,“x” in Employees is no number.\n", "Account", R"({"createMissing": true})");
        CHECK(report.skipped_headers.empty());
        CHECK(report.fields_made.empty());
    }
}

TEST_CASE("import guesses: a person may be called Null") {
    Bench bench;
    CHECK(bench.import("First Name,Last Name,Company\nAnn,Null,Acme\nBob,Lee,Acme\n", "Lead").created == 2);
    CHECK(bench.import("Name,Company\nJoe Null,Acme\nNull,Bolt\n", "Lead").created == 2);
    CHECK(bench.of_all("Lead", "LastName") == "Null|Lee|Null|Null|");
    // A program's word for nothing stands in other columns too, or again and again.
    CHECK(bench.import("First Name,Last Name,Company,Phone\nNULL,Ng,Acme,NULL\n", "Lead").created == 1);
    CHECK(bench.import("First Name,Last Name,Company\nNULL,Oz,Acme\nNULL,Pi,Acme\nNull,Qu,Acme\n", "Lead").created == 3);
    CHECK(bench.of_all("Lead", "FirstName") == "Ann|Bob|Joe||||||");
    // Names that look like such words make none of each other.
    Bench more;
    CHECK(more.import("First Name,Last Name\nNa,Li\nNan,Wang\nWei,Nan\nNil,Null\nNone,Nan\n", "Contact").created == 5);
    CHECK(more.of_all("Contact", "FirstName") == "Na|Nan|Wei|Nil|None|");
    CHECK(more.of_all("Contact", "LastName") == "Li|Wang|Nan|Null|Nan|");
    CHECK(more.import("First Name,Last Name\nNaN,A\nNaN,B\nNan,C\n", "Contact").created == 3);
    CHECK(more.of_all("Contact", "FirstName").ends_with("|None||||"));
}

TEST_CASE("import guesses: what a header says of another object fills no field of the record's own") {
    Bench bench;
    CHECK(bench.columns("Deal Name,Company Size,Company Type,Company Created Date,Company Description,Company Owner\nA,250,Partner,2024-01-02,Big,Ann\n", "Opportunity") == "Deal Name=Name ");
    CHECK(bench.columns("Company,Deal Size,Deal Type,Meeting Location,Deal Owner\nA,25000,Other,Oslo,Ann\n", "Account") == "Company=Name ");
    for (const char* object : {"Contact", "Lead"}) CHECK(bench.columns("Last Name,Deal Title,Deal Stage\nLee,Big one,New\n", object) == "Last Name=LastName ");
    // Of a person's company a lead has its business, and the address only where none is the person's.
    CHECK(bench.columns("Last Name,Company,Work Direct Phone,City,Company Address,Company City,Company Phone,Company Industry\nLee,Acme,+1 415 555 0100,Oakland,1 Main St,San Francisco,+1 415 555 0199,Banking\n", "Lead") ==
          "Last Name=LastName Company=Company Work Direct Phone=Phone? City=City Company Industry=Industry ");
    const ImportReport report = bench.import("Last Name,Company/Organisation,Company Address,Company City,Company Phone\nLee,Acme,1 Main St,San Francisco,+1 415 555 0199\n", "Lead");
    CHECK(report.columns.size() == 5);
    CHECK(report.columns[2].field == "Street");
    CHECK(bench.has_note(report, "“Company Address” was taken for the field Street"));
    CHECK(bench.columns("Last Name,Account Owner,Contact Owner\nLee,Ann,Bo\n", "Contact") == "Last Name=LastName Contact Owner=Owner.Name ");
    CHECK(bench.columns("Last Name,Account Owner\nLee,Ann\n", "Contact") == "Last Name=LastName Account Owner=Owner.Name? ");
}

TEST_CASE("import guesses: parents by their ids, no queue of a group, no account of an account number") {
    Bench bench;
    for (const char* parent : {"Parent Account ID", "Parent Company ID"}) {
        CAPTURE(parent);
        Bench accounts;
        CHECK(accounts.columns("Account ID,Account Name," + std::string(parent) + "\n1001,Root,\n1002,Child,1001\n", "Account", R"({"createMissing": true})").find(std::string(parent) + "=Parent.") != std::string::npos);
        CHECK_FALSE(accounts.of_all("Account", "ParentId") == "||");
    }
    const RowIndex groups = bench.live("Group");
    CHECK(bench.import("First Name,Last Name,Company,Group\nAnn,Lee,Acme,VIP\n", "Lead", R"({"createMissing": ["records"]})").created == 1);
    CHECK(bench.live("Group") == groups);
    CHECK(bench.columns("Last Name,Account Number\nLee,A-17\n", "Contact", R"({"createMissing": ["records"]})") == "Last Name=LastName ");
    bench.import("Account Name,Account Number\nAcme,A-17\n", "Account");
    CHECK(bench.columns("Last Name,Account No\nEk,A-17\n", "Contact") == "Last Name=LastName Account No=Account.AccountNumber ");
}

TEST_CASE("import guesses: headers of several meanings need values that agree, and are told") {
    Bench bench;
    CHECK(bench.columns("Company,Location,Region,Branch\nAcme,\"Oslo, Norway\",EMEA,Oslo branch\n", "Account") == "Company=Name Region=BillingState? ");
    CHECK(bench.columns("Company,Location,Branch\nAcme,Norway,Banking\n", "Account") == "Company=Name Location=BillingCountry? Branch=Industry? ");
    const ImportReport report = bench.import("Deal Name,Close Date\nA,soon\nB,later\n", "Opportunity");
    CHECK(bench.has_note(report, "No value of “Close Date” fits the field Close Date; the column was left out."));
}

TEST_CASE("import guesses: tasks of Asana, customers of Stripe, and a list of calls") {
    Bench bench;
    CHECK(bench.guess("Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,Projects,Parent task\n"
                      "1200001,2026-03-01,2026-03-04,2026-03-04,Call Acme,Doing,Ann Lee,ann@us.com,,2026-03-05,,note,Sales,\n") == "Task");
    CHECK(bench.guess("id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Plan,Status,Currency,Total Spend,Address City,Address Country\n"
                      "cus_NffrFeUfNV2Hib,,jenny@example.com,Jenny Rosen,2026-03-05 14:30,false,card_1A,,active,usd,12.50,Austin,US\n") == "Contact");
    const std::string calls = "Direction,Start time,Duration,Result,Agent\nOutbound,2026-03-05T14:30:00Z,0:05:32,Answered,Ann Lee\nInbound,2026-03-05T15:30:00Z,1:02:03,Missed,Ben Li\n";
    CHECK(bench.guess(calls) == "Task");
    CHECK(bench.columns(calls, "Task", R"({"createMissing": ["records"]})") ==
          "Direction=CallType Start time=ActivityDate Duration=CallDurationInSeconds Result=CallDisposition Agent=Owner.Name ");
    CHECK(bench.of_all("Task", "Type") == "Call|Call|");
    CHECK(bench.of_all("Task", "Status") == "Completed|Completed|");
}
