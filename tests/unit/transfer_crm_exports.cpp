// Exports of other CRMs: calls, meetings and deals in the shapes that they write, and what a file leaves unsaid.
#include <doctest/doctest.h>

#include "core/transfer/value_text.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Exports : testing::ImportFixture {
    std::string text(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        if (row >= records.table(found->index).row_count()) return "no such row";
        return records.value_text({found->index, row}, found->find_field(field)->index);
    }
    std::string named(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        if (row >= records.table(found->index).row_count()) return "no such row";
        const Value value = records.value({found->index, row}, found->find_field(field)->index);
        const auto* record = std::get_if<RecordRef>(&value);
        return record ? records.display_name(*record) : "";
    }
    std::string guess(std::string csv) {
        ImportSource source(std::move(csv), {}, nullptr, clock);
        while (!source.is_done()) REQUIRE(source.step(1 << 30));
        const ObjectIndex object = guess_import_object(source, records);
        return object == no_object ? "" : records.schema().object(object).name;
    }
};

constexpr const char* all = R"({"createMissing": true})";

}  // namespace

TEST_CASE("exports: a list of calls comes in as done, with its type, and what lies ahead stays to do") {
    Exports e;
    const std::string csv =
        "TASKID,Call Start Time,Call Duration (in seconds),Call Owner,Subject,Call Type\n"
        "5000309,2021-04-15 23:03:00,420,Lazar Mathew,US INVOICE CALL,Outbound\n"
        "9000346,2026-12-15 23:03:00,300,Ann Lee,us books,Inbound\n";
    CHECK(e.guess(csv) == "Task");
    const ImportReport report = e.import(csv, "Task", all);
    CHECK(report.created == 2);
    CHECK(report.notes.size() == 1);
    CHECK(e.text("Task", 0, "Status") == "Completed");
    CHECK(e.text("Task", 0, "Type") == "Call");
    CHECK(e.text("Task", 0, "ActivityDate") == "2021-04-15");
    CHECK(e.named("Task", 0, "OwnerId") == "Lazar Mathew");
    CHECK(e.text("Task", 0, "Call_Duration_in_seconds__c") == "420");
    CHECK(e.text("Task", 0, "Call_Type__c") == "Outbound");
    CHECK(e.text("Task", 0, "CompletedDateTime") == "2021-04-15T23:03:00.000Z");
    CHECK(e.text("Task", 1, "Status") == "Not Started");
    CHECK(e.text("Task", 1, "Type") == "Call");
    CHECK(e.text("Task", 1, "CompletedDateTime").empty());
    // Reopened here, it isn't closed by a second import of the same file.
    REQUIRE(e.run(R"({"command":"UpdateRecord","object":"Task","id":")" + e.id({standard_object::task, 0}) + R"(","fields":{"Status":"In Progress"}})"));
    CHECK(e.import(csv, "Task", all).updated == 2);
    CHECK(e.text("Task", 0, "Status") == "In Progress");
}

TEST_CASE("exports: a status that the file gives counts for calls too, and done may be a flag") {
    Exports e;
    CHECK(e.import("Call Start Time,Call Owner,Subject,Status\n2021-04-15,,a,In Progress\n", "Task").created == 1);
    CHECK(e.text("Task", 0, "Status") == "In Progress");
    CHECK(e.import("Activity - Subject,Activity - Due date,Activity - Done\nb,2021-04-15,yes\nc,2021-04-15,0\n", "Task").created == 2);
    CHECK(e.text("Task", 1, "Status") == "Completed");
    CHECK(e.text("Task", 1, "CompletedDateTime") == "2021-04-15T00:00:00.000Z");
    CHECK(e.text("Task", 2, "Status") == "Not Started");
    // Without a day it was done now; what a second import closes is closed now.
    CHECK(e.import("Subject,Status\nd,Completed\n", "Task").created == 1);
    CHECK(e.text("Task", 3, "CompletedDateTime") == "2026-11-23T10:00:00.000Z");
    CHECK(e.import("Subject,Due Date,Status\nc,2021-04-15,Completed\n", "Task", R"({"externalId": "Subject"})").updated == 1);
    CHECK(e.text("Task", 2, "CompletedDateTime") == "2026-11-23T10:00:00.000Z");
    CHECK(e.text("Task", 2, "Type").empty());
}

TEST_CASE("exports: ids of contacts, leads, accounts and deals in columns of their own find each its kind") {
    Exports e;
    CHECK(e.import("LEADID,Last Name,Company\n7,Lead Seven,Acme\n8,Lead Eight,Acme\n", "Lead", all).created == 2);
    CHECK(e.import("CONTACTID,Last Name\n7,Contact Seven\n", "Contact", all).created == 1);
    CHECK(e.import("ACCOUNTID,Account Name\n7,Account Seven\n", "Account", all).created == 1);
    CHECK(e.import("POTENTIALID,Potential Name,Stage\n7,Deal Seven,Prospecting\n", "Opportunity", all).created == 1);
    const ImportReport report = e.import(
        "Subject,Due Date,What Id,CONTACTID,ACCOUNTID,POTENTIALID,LEADID\n"
        "a,2021-04-15,,7,7,0,\n"
        "b,2021-04-15,,,7,7,8\n"
        "c,2021-04-15,,,,,9\n", "Task");
    CHECK(report.created == 2);
    CHECK(report.failed == 1);
    CHECK(e.named("Task", 0, "WhoId") == "Contact Seven");
    CHECK(e.named("Task", 0, "WhatId") == "Account Seven");
    CHECK(e.named("Task", 1, "WhoId") == "Lead Eight");
    CHECK(e.named("Task", 1, "WhatId") == "Deal Seven");
    // By name, made where it isn't there: of which object it is, the column says.
    CHECK(e.import("Subject,Associated Contact,Associated Deal\nd,New Person,Deal Seven\n", "Task", all).records_made == 1);
    CHECK(e.named("Task", 2, "WhoId") == "New Person");
    CHECK(e.live("Contact") == 2);
    CHECK(e.named("Task", 2, "WhatId") == "Deal Seven");
}

TEST_CASE("exports: ids of records that never came here are left out instead of refusing every row") {
    Exports e;
    const ImportReport report = e.import("Last Name,Account Id\nTucker,386\nAguilar,394\n", "Contact");
    CHECK(report.created == 2);
    CHECK(report.skipped_headers == std::vector<std::string>{"Account Id"});
    CHECK(e.import("Last Name,Account Id\nTwo,386\n", "Contact", all).fields_made == std::vector<std::string>{"Account_Id__c"});
    CHECK(e.live("Account") == 0);
}

TEST_CASE("exports: owners that aren't here are users, found by name or by address") {
    Exports e;
    CHECK(e.import("Last Name,Company,Lead Owner\nDenson,Maurice,David Love\n", "Lead", all).records_made == 1);
    CHECK(e.named("Lead", 0, "OwnerId") == "David Love");
    CHECK(e.import("Potential Name,Stage,Potential Owner\nA,Prospecting,David Love\n", "Opportunity").created == 1);
    CHECK(e.named("Opportunity", 0, "OwnerId") == "David Love");
    REQUIRE(e.run(R"({"command":"UpdateRecord","object":"User","id":")" + e.id({standard_object::user, 1}) + R"(","fields":{"Email":"love@example.com"}})"));
    CHECK(e.import("Deal Name,Stage,Deal owner\nB,Prospecting,love@example.com\n", "Opportunity").created == 1);
    CHECK(e.named("Opportunity", 1, "OwnerId") == "David Love");
}

TEST_CASE("exports: a file of users is one, and deals aren't asked for by other objects") {
    Exports e;
    CHECK(e.guess("USER_ID,First Name,Last Name,Email\n1001,,Rozario Diego,rozario@example.com\n1002,,Santa Cruz,santa@example.com\n") == "User");
    REQUIRE(e.run(R"({"command":"DefineObject","object":"Quote__c","label":"Quote","pluralLabel":"Quotes"})"));
    CHECK(e.guess("QUOTEID,Subject,Created Time,Quote Owner,Quote Stage,Grand Total\n1,Chair,\"19 Apr, 2021 09:39:35\",Ann,Draft,\"$2,372.00\"\n") == "Quote__c");
    CHECK(e.guess("EVENTID,Event Owner,Subject,Start DateTime,End DateTime\n1,Ann,Demo,2021-04-15 21:02:00,2021-04-15 22:02:00\n") == "Event");
}

TEST_CASE("exports: an amount of money is no percentage") {
    Exports e;
    const ImportReport report = e.import("Product,Opportunity,Quantity,Discount\nPen,Big,2,$298.79\n", "OpportunityLineItem", R"({"dryRun": true})");
    CHECK(report.skipped_headers == std::vector<std::string>{"Discount"});
}

TEST_CASE("exports: a meeting ends when its duration is over") {
    Exports e;
    CHECK(e.import("Subject,Start DateTime,Duration\na,2021-04-15 21:00:00,90\nb,2021-04-15 21:00:00,\n", "Event").created == 2);
    CHECK(e.text("Event", 0, "EndDateTime") == "2021-04-15T22:30:00.000Z");
    CHECK(e.text("Event", 1, "EndDateTime") == "2021-04-15T22:00:00.000Z");
    CHECK(e.import("Subject,Date Start,Duration Hours,Duration Minutes\nc,2021-04-15 21:00:00,1,15\n", "Event").created == 1);
    CHECK(e.text("Event", 2, "EndDateTime") == "2021-04-15T22:15:00.000Z");
    CHECK(read_duration("00:05:32", "Call duration (HH:mm:ss)") == 332);
    CHECK(read_duration("5:32", "Call Duration") == 332);
    CHECK(read_duration("5:32", "Duration (hh:mm)") == 5 * 3600 + 32 * 60);
    CHECK(read_duration("332", "Call Duration (in seconds)") == 332);
    CHECK(read_duration("332000", "Duration (ms)") == 332);
    CHECK(read_duration("1.5", "Duration (hours)") == 5400);
    CHECK_FALSE(read_duration("5:99", "Duration").has_value());
    CHECK_FALSE(read_duration("soon", "Duration").has_value());
}

TEST_CASE("exports: columns that prove different orders of day and month are read each in its own") {
    Exports e;
    const std::string rows = "A,Prospecting,25/12/2026,12/26/2025\nB,Prospecting,01/02/2026,02/01/2025\n";
    const ImportReport report = e.import("Deal Name,Stage,Close Date,Start Date\n" + rows, "Opportunity");
    CHECK(report.created == 2);
    CHECK(e.text("Opportunity", 1, "CloseDate") == "2026-02-01");
    CHECK(e.text("Opportunity", 1, "StartDate") == "2025-02-01");
    // Both in one column can't be told apart: that is asked.
    CHECK(e.refusal("Deal Name,Stage,Close Date\nA,Prospecting,25/12/2026\nB,Prospecting,12/25/2026\n", "Opportunity").starts_with("The dates are mixed"));
    // A column without a proof takes the file's order, which is said.
    CHECK(e.import("Deal Name,Stage,Close Date,Start Date,Signed\nC,Prospecting,25/12/2026,12/26/2025,01/02/2026\n", "Opportunity", all).notes.size() == 1);
}

TEST_CASE("exports: durations by the clock become a number of seconds, told in the field's name") {
    Exports e;
    CHECK(e.import("Call Title,Activity date,Call duration (HH:mm:ss)\nA,2024-03-05 14:22,00:05:32\nB,2024-03-05 14:30,01:00:00\n", "Task", all).fields_made ==
          std::vector<std::string>{"Call_duration_s__c"});
    CHECK(e.text("Task", 0, "Call_duration_s__c") == "332");
    CHECK(e.text("Task", 1, "Call_duration_s__c") == "3600");
}

TEST_CASE("exports: what a record's own id says twice comes back") {
    Exports e;
    std::string csv = "Record Id,Deal Name,Stage\n";
    for (int i = 0; i < 200; ++i) csv += "zcrm_" + std::to_string(i) + ",Deal " + std::to_string(i) + ",Prospecting\n";
    const ImportReport report = e.import(csv + "zcrm_7,Deal 7,Prospecting\n", "Opportunity", all);
    CHECK(report.created == 200);
    CHECK(report.failed == 1);
    CHECK(report.first_reasons[0].find("row 9") != std::string::npos);
}

TEST_CASE("exports: Odoo, Dynamics, SuiteCRM and Salesforce's reports") {
    Exports e;
    const ImportReport odoo = e.import("External ID,Opportunity,Expected Revenue,Stage,Expected Closing,Probability\nx_1,Big,1234.50,Prospecting,2026-12-01,66.30\n", "Opportunity");
    CHECK(odoo.created == 1);
    CHECK(odoo.notes.size() == 1);   // the probability is rounded
    CHECK(e.text("Opportunity", 0, "Amount") == "1234.5");
    CHECK(e.text("Opportunity", 0, "CloseDate") == "2026-12-01");
    CHECK(e.text("Opportunity", 0, "Probability") == "66");
    const ImportReport dynamics = e.import("(Do Not Modify) Lead,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Name,Company Name\n"
                                           "a1-b2,abc==,5/1/2024 3:44 PM,Ann Lee,Acme\n", "Lead", all);
    CHECK(dynamics.fields_made == std::vector<std::string>{"Do_Not_Modify_Lead__c"});
    CHECK(dynamics.skipped_headers.size() == 2);
    CHECK(e.import("name,date_start,status\nA,2024-03-05 14:22:00,Held\n", "Task", all).created == 1);
    CHECK(e.text("Task", 0, "ActivityDate") == "2024-03-05");
    CHECK(e.text("Task", 0, "IsClosed") == "true");
    const std::string report = "\"Opportunity Name\",\"Stage\",\"Close Date\"\n\"SF\",\"Prospecting\",\"12/31/2026\"\n\n\"Pipeline\"\n\"Copyright (c) 2000-2024 salesforce.com, inc.\"\n\"Acme\"\n";
    CHECK(e.import(report, "Opportunity").total == 1);
    CHECK(e.import("Opportunity Name,Stage\nSF,Nowhere\n\"Copyright (c) 2000\"\n", "Opportunity").failures_csv.find("Copyright") == std::string::npos);
}

TEST_CASE("exports: where the file names no pipeline, the stage says which it is") {
    Exports e;
    REQUIRE(e.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"New Business","default":true},"Renewals","Tenders"]})"));
    REQUIRE(e.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[{"value":"Prospecting","default":true,"validFor":["New Business"]},
        {"value":"Notice Sent","validFor":["Renewals"]},{"value":"Lot Drawn","validFor":["Renewals","Tenders"]},"Closed Won"]})"));
    ImportReport report = e.import("Deal Name,Stage\nA,Prospecting\nB,Notice Sent\nC,Lot Drawn\nD,Closed Won\n", "Opportunity");
    CHECK(report.created == 3);
    CHECK(report.failed == 1);   // two pipelines have it
    CHECK(e.text("Opportunity", 0, "Pipeline") == "New Business");
    CHECK(e.text("Opportunity", 1, "Pipeline") == "Renewals");
    CHECK(e.text("Opportunity", 1, "StageName") == "Notice Sent");
    CHECK(e.text("Opportunity", 2, "Pipeline") == "New Business");
    report = e.import("Deal Name,Stage\nA,Notice Sent\nB,Lot Drawn\n", "Opportunity", R"({"externalId": "Name"})");
    CHECK(report.updated == 2);
    CHECK(e.text("Opportunity", 0, "Pipeline") == "Renewals");
    CHECK(e.text("Opportunity", 1, "StageName") == "Lot Drawn");
    CHECK(e.text("Opportunity", 1, "Pipeline") == "Renewals");
}

TEST_CASE("exports: quotas by user and month or quarter, a second time in place of the first") {
    Exports e;
    const std::string csv = "Sales Rep,Period,Quota\nAnn Lee,2026-10,\"$50,000\"\nAnn Lee,Nov 2026,\"$55,000\"\nAnn Lee,Q1 2027,\"$90,000\"\n";
    CHECK(e.guess(csv) == "ForecastingQuota");
    CHECK(e.import(csv, "ForecastingQuota", all).created == 3);
    CHECK(e.text("ForecastingQuota", 1, "StartDate") == "2026-11-01");
    CHECK(e.text("ForecastingQuota", 1, "PeriodType") == "Month");
    CHECK(e.text("ForecastingQuota", 2, "StartDate") == "2027-01-01");
    CHECK(e.text("ForecastingQuota", 2, "PeriodType") == "Quarter");
    const ImportReport report = e.import("Owner,Month,Target\nAnn Lee,10/2026,60000\nAnn Lee,2026-10-15,70000\nAnn Lee,2026-12-01,80000\n", "ForecastingQuota");
    CHECK(report.updated == 1);
    CHECK(report.created == 1);
    CHECK(report.failed == 1);   // October twice in one file
    CHECK(e.text("ForecastingQuota", 0, "QuotaAmount") == "60000");
    const auto first = [](std::string_view text, int fiscal_start_month) { return days_to_text(read_period(text, fiscal_start_month).value().first); };
    CHECK(first("2026-Q4", 1) == "2026-10-01");
    CHECK(first("Q1 FY2027", 4) == "2026-04-01");
    CHECK(first("FY2027 Q4", 4) == "2027-01-01");
    CHECK_FALSE(read_period("Oct-26", 1).has_value());
    CHECK_FALSE(read_period("2026", 1).has_value());
    CHECK_FALSE(read_period("Q5 2026", 1).has_value());
}
