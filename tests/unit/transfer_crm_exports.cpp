// Exports of other CRMs: calls, meetings and deals in the shapes that they write, and what a file leaves unsaid.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/transfer/value_text.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Exports : testing::ImportFixture {
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
    CHECK(e.text("Task", 0, "CallDurationInSeconds") == "420");
    CHECK(e.text("Task", 0, "CallType") == "Outbound");
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

TEST_CASE("exports: an owner's alias is asked about, and taken when suggestions are") {
    Exports e;
    CHECK(e.import("First Name,Last Name,Email\nAnna,Berg,anna@example.com\nBen,Carter,ben@example.com\nBea,Carter,bea@example.com\n", "User").created == 3);
    const std::string csv = "Subject,Owner Alias\na,aberg\nb,ben\nc,bcart\n";
    const ImportReport asked = e.import(csv, "Task");
    CHECK(asked.failed == 3);
    CHECK(asked.first_reasons[0].find("Is “Anna Berg” meant?") != std::string::npos);
    CHECK(asked.first_reasons[2].find("meant") == std::string::npos);   // two have it
    CHECK(e.import(csv, "Task", R"({"acceptSuggestions": true})").created == 2);
    CHECK(e.named("Task", 0, "OwnerId") == "Anna Berg");
    CHECK(e.named("Task", 1, "OwnerId") == "Ben Carter");
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
    CHECK(read_duration("5:32", "Duration") == 5 * 3600 + 32 * 60);
    CHECK(read_duration("332", "Call Duration (in seconds)") == 332);
    CHECK(read_duration("332000", "Duration (ms)") == 332);
    std::string endless;
    for (int i = 0; i < 200; ++i) endless += "999999999d ";
    CHECK_FALSE(read_duration(endless, "Duration"));
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

TEST_CASE("exports: how long a call took, in whatever form, is a number of seconds") {
    Exports e;
    const auto seconds = [&](const std::string& header, const std::string& cells) {
        const RowIndex first = e.records.table(standard_object::task).row_count();
        std::string csv = "Call Title,Activity date," + header + "\n";
        for (const std::string_view cell : split(cells, '|')) csv += "A,2024-03-05 14:22," + std::string(cell) + "\n";
        const ImportReport report = e.import(csv, "Task", all);
        CHECK(report.fields_made.empty());
        std::string found;
        for (RowIndex i = 0; i < report.created; ++i) found += (i ? " " : "") + e.text("Task", first + i, "CallDurationInSeconds");
        return found;
    };
    CHECK(seconds("Call duration (HH:mm:ss)", "00:05:32|01:00:00") == "332 3600");
    CHECK(seconds("Call Duration", "5:32|75:01") == "332 4501");
    CHECK(seconds("Duration", "01:30|00:15") == "5400 900");
    CHECK(seconds("Call Duration", "5 min|1h 20m|2 hrs 5 mins|90 seconds|PT5M32S|1小时20分") == "300 4800 7500 90 332 4800");
    CHECK(seconds("Call duration", "332000|5000|1000000") == "332 5 1000");   // of HubSpot
    CHECK(seconds("Call duration", "332|5|1700") == "332 5 1700");
    CHECK(seconds("Call duration", "12|5") == "720 300");
    CHECK(seconds("Call Duration (s)", "12|5") == "12 5");           // our own headers
    CHECK(seconds("通话时长（秒）", "12|5") == "12 5");
    // Durations of another object still get a field of their own.
    CHECK(e.import("Account Name,Visit duration (HH:mm:ss)\nA,00:05:32\nB,01:00:00\n", "Account", all).fields_made == std::vector<std::string>{"Visit_duration_s__c"});
    CHECK(e.text("Account", 0, "Visit_duration_s__c") == "332");
    CHECK_FALSE(read_duration("5 lightyears", "Duration").has_value());
    CHECK_FALSE(read_duration("min", "Duration").has_value());
}

TEST_CASE("exports: a date and its time of day stand in two columns") {
    Exports e;
    CHECK(e.import("Subject,Start Date,Start Time,End Date,End Time\nA,3/25/2026,2:05 PM,3/25/2026,3:00 PM\nB,12/1/2026,,12/1/2026,\n", "Event").created == 2);
    CHECK(e.text("Event", 0, "StartDateTime") == "2026-03-25T14:05:00.000Z");
    CHECK(e.text("Event", 0, "EndDateTime") == "2026-03-25T15:00:00.000Z");
    CHECK(e.text("Event", 1, "StartDateTime") == "2026-12-01T00:00:00.000Z");
    CHECK(e.import("Subject,Start Time,End Time\nwhole,3/25/2026 2:05 PM,3/25/2026 3:00 PM\n", "Event").created == 1);
    CHECK(e.text("Event", 2, "StartDateTime") == "2026-03-25T14:05:00.000Z");
    // Pipedrive's meetings: the end follows from the duration, and what has no time lasts the day.
    const ImportReport report = e.import("Type,Subject,Due date,Due time,Duration\nMeeting,C,05-Mar-2026,14:30,01:30\nMeeting,D,06-Mar-2026,,\n", "Event");
    CHECK(report.created == 2);
    CHECK(report.skipped_headers == std::vector<std::string>{});
    CHECK(e.text("Event", 3, "StartDateTime") == "2026-03-05T14:30:00.000Z");
    CHECK(e.text("Event", 3, "EndDateTime") == "2026-03-05T16:00:00.000Z");
    CHECK(e.text("Event", 3, "IsAllDayEvent") == "false");
    CHECK(e.text("Event", 4, "IsAllDayEvent") == "true");
}

TEST_CASE("exports: the time at which a task is due is kept as its reminder, and one that has passed reminds of nothing") {
    Exports e;   // it is 2026-11-23, 10:00
    CHECK(e.import("Type,Subject,Due date,Due time,Done\nCall,A,2026-11-24,09:30,To do\nTask,B,2026-11-20,09:30,To do\nTask,C,2026-11-24,,To do\nEmail,D,2026-11-20,16:45,Done\n", "Task").created == 4);
    CHECK(e.text("Task", 0, "ReminderDateTime") == "2026-11-24T09:30:00.000Z");
    CHECK(e.text("Task", 0, "ReminderHandledDateTime").empty());
    CHECK(e.text("Task", 1, "ReminderDateTime") == "2026-11-20T09:30:00.000Z");
    CHECK(e.text("Task", 1, "ReminderHandledDateTime") == "2026-11-20T09:30:00.000Z");
    CHECK(e.text("Task", 1, "Type").empty());   // "Task" says nothing of a task
    CHECK(e.text("Task", 2, "ReminderDateTime").empty());
    CHECK(e.text("Task", 3, "ReminderDateTime").empty());
    CHECK(e.text("Task", 3, "CompletedDateTime") == "2026-11-20T16:45:00.000Z");
    CHECK(e.import("Task Title,Due date\nE,5 Dec 2026 14:22\n", "Task").created == 1);
    CHECK(e.text("Task", 4, "ActivityDate") == "2026-12-05");
    CHECK(e.text("Task", 4, "ReminderDateTime") == "2026-12-05T14:22:00.000Z");
    // A reminder that the file gives stays, words about one are none.
    CHECK(e.import("Subject,Due Date,Reminder\nF,2026-12-05 14:22,2026-12-05 08:00\n", "Task").created == 1);
    CHECK(e.text("Task", 5, "ReminderDateTime") == "2026-12-05T08:00:00.000Z");
    CHECK(e.import("Subject,Due Date,Reminder\nG,2026-12-05,15 minutes before\n", "Task").skipped_headers == std::vector<std::string>{"Reminder"});
    CHECK(e.import("Subject,Due Date,Status,Closed Time\nH,2026-10-05,Completed,2026-10-07 11:00\n", "Task").skipped_headers.empty());
    CHECK(e.text("Task", 7, "CompletedDateTime") == "2026-10-07T11:00:00.000Z");
}

TEST_CASE("exports: local times are those of their own day, on both sides of a change of clocks") {
    struct Zoned final : Clock {
        Milliseconds now() override { return 1'795'428'000'000; }   // in winter
        int utc_offset_minutes(Milliseconds at) override { return at >= 1'774'746'000'000 && at < 1'792'890'000'000 ? 120 : 60; }   // 2026-03-29 01:00 and 2026-10-25 01:00 UTC
        std::string zone() override { return "Europe/Berlin"; }
        std::optional<int> zone_offset_minutes(std::string_view, Milliseconds at) override { return utc_offset_minutes(at); }
        std::int64_t ticks_microseconds() override { return 0; }
    } zoned;
    Exports e;
    const auto report = run_import("Subject,Start,End\nA,2026-07-01 10:00,2026-07-01 11:00\nB,2026-12-01 10:00,2026-12-01 11:00\n"
                                   "C,2026-03-29 01:30,2026-03-29 03:30\nD,2026-07-01T10:00:00Z,2026-07-01T13:00:00+02:00\n",
                                   standard_object::event, parse_json("{}").value(), e.records, e.editor, zoned, e.messages, nullptr);
    REQUIRE(report);
    CHECK(report->created == 4);
    CHECK(e.text("Event", 0, "StartDateTime") == "2026-07-01T08:00:00.000Z");
    CHECK(e.text("Event", 1, "StartDateTime") == "2026-12-01T09:00:00.000Z");
    CHECK(e.text("Event", 2, "StartDateTime") == "2026-03-29T00:30:00.000Z");
    CHECK(e.text("Event", 2, "EndDateTime") == "2026-03-29T01:30:00.000Z");
    CHECK(e.text("Event", 3, "StartDateTime") == "2026-07-01T10:00:00.000Z");
    CHECK(e.text("Event", 3, "EndDateTime") == "2026-07-01T11:00:00.000Z");
}

TEST_CASE("exports: days that are all day long are nobody's time zone's, and an instant at which a task is due falls on its local day") {
    testing::FakeClock clock;
    clock.offset_minutes = -300;
    Exports e;
    const auto import = [&](std::string csv, ObjectIndex object) {
        const auto report = run_import(std::move(csv), object, parse_json("{}").value(), e.records, e.editor, clock, e.messages, nullptr);
        REQUIRE(report);
        CHECK(report->failures_csv.empty());
    };
    import("Subject,Start,End,All day\nTrip,2026-12-24,2026-12-26,true\nCall,2026-12-24 10:00,2026-12-24 11:00,false\nOurs,2026-12-24T00:00:00Z,2026-12-25T00:00:00Z,true\n", standard_object::event);
    CHECK(e.text("Event", 0, "StartDateTime") == "2026-12-24T00:00:00.000Z");
    CHECK(e.text("Event", 0, "EndDateTime") == "2026-12-26T00:00:00.000Z");
    CHECK(e.text("Event", 1, "StartDateTime") == "2026-12-24T15:00:00.000Z");
    CHECK(e.text("Event", 2, "StartDateTime") == "2026-12-24T00:00:00.000Z");
    CHECK(e.text("Event", 2, "EndDateTime") == "2026-12-25T00:00:00.000Z");
    import("Id,Start,End\n" + e.text("Event", 0, "Id") + ",2026-12-27,2026-12-28\n", standard_object::event);
    CHECK(e.text("Event", 0, "StartDateTime") == "2026-12-27T00:00:00.000Z");
    import("Subject,Due date\nA,2026-12-02T02:00:00Z\nB,2026-12-02T00:00:00Z\nC,2026-12-02 02:00\n", standard_object::task);
    CHECK(e.text("Task", 0, "ActivityDate") == "2026-12-01");
    CHECK(e.text("Task", 0, "ReminderDateTime") == "2026-12-02T02:00:00.000Z");
    CHECK(e.text("Task", 1, "ActivityDate") == "2026-12-02");
    CHECK(e.text("Task", 2, "ActivityDate") == "2026-12-02");
}

TEST_CASE("exports: what others call a status, priority or type is ours, and what only comes near is asked about") {
    Exports e;
    const std::string csv = "Subject,Status,Priority,Type\na,COMPLETED,HIGH,CALL\nb,NOT_STARTED,MEDIUM,ToDo\nc,Waiting for input,,Email\nd,To do,Highest,\n";
    const ImportReport plain = e.import(csv, "Task");
    CHECK(plain.created == 3);
    CHECK(plain.failed == 1);
    CHECK(plain.first_reasons[0].find("Is “High” meant?") != std::string::npos);
    CHECK(e.text("Task", 0, "Status") == "Completed");
    CHECK(e.text("Task", 0, "Type") == "Call");
    CHECK(e.text("Task", 1, "Status") == "Not Started");
    CHECK(e.text("Task", 1, "Priority") == "Normal");
    CHECK(e.text("Task", 1, "Type").empty());
    CHECK(e.text("Task", 2, "Status") == "Waiting on someone else");
    CHECK(plain.values_made.empty());
    // Told, though not asked about.
    CHECK(std::ranges::count_if(plain.suggestions, [](const ImportReport::Suggestion& one) { return one.taken; }) == 4);
    CHECK(e.import("Subject,Priority\ne,Highest\n", "Task", R"({"acceptSuggestions": true})").created == 1);
    CHECK(e.text("Task", 3, "Priority") == "High");
    // Where values may be made, what only comes near is one of its own.
    CHECK(e.import("Subject,Priority\nf,Highest\n", "Task", all).values_made.size() == 1);
    CHECK(e.text("Task", 4, "Priority") == "Highest");
    CHECK(e.import("Call Title,Activity date,Call direction\ng,2026-01-02,OUTBOUND\nh,2026-01-02,Incoming\n", "Task").created == 2);
    CHECK(e.text("Task", 5, "CallType") == "Outbound");
    CHECK(e.text("Task", 6, "CallType") == "Inbound");
}

TEST_CASE("exports: tasks of all kinds are no list of calls though they have the columns of one") {
    Exports e;
    const std::string csv = "Subject,ActivityDate,Status,TaskSubtype,CallDurationInSeconds,CallType,CallDisposition\n"
                            "a,2026-01-02,Not Started,Task,,,\nb,2026-01-02,Completed,Call,300,Inbound,Left a message\nc,2026-01-02,Deferred,Email,,,\n";
    CHECK(e.import(csv, "Task").created == 3);
    CHECK(e.text("Task", 0, "Type").empty());
    CHECK(e.text("Task", 1, "Type") == "Call");
    CHECK(e.text("Task", 1, "CallDisposition") == "Left a message");
    CHECK(e.text("Task", 2, "Type") == "Email");
    CHECK(e.text("Task", 2, "Status") == "Deferred");
    CHECK(e.import("Subject,ActivityDate,CallDurationInSeconds,CallType\na,2026-01-02,,\nb,2026-01-02,,\nc,2026-01-02,30,Inbound\n", "Task").created == 3);
    CHECK(e.text("Task", 3, "Type").empty());
    CHECK(e.import("Subject,ActivityDate,ActivityDateTime,DurationInMinutes\na,2026-01-02,2026-01-02T09:30:00.000+0000,45\n", "Event").created == 1);
    CHECK(e.text("Event", 0, "StartDateTime") == "2026-01-02T09:30:00.000Z");
    CHECK(e.text("Event", 0, "EndDateTime") == "2026-01-02T10:15:00.000Z");
}

TEST_CASE("exports: what a task is about is found by name among all that it may be about") {
    Exports e;
    CHECK(e.import("Account Name\nAcme\nBeta\nSame\n", "Account").created == 3);
    CHECK(e.import("Opportunity Name,Stage,Account Name\nBig,Prospecting,Acme\nSame,Prospecting,Beta\n", "Opportunity").created == 2);
    CHECK(e.import("Full Name,Email\nAnn Lee,ann@example.com\nBob Ray,bob@example.com\n", "Contact").created == 2);
    const std::string csv = "Subject,Related To,Contact Name\na,Acme,Ann Lee\nb,Big,Ann Lee (ann@example.com)\nc,Account: Same,Nobody; Bob Ray\nd,Deal: Big,bob@example.com\ne,Same,\nf,Nowhere,\n";
    ImportReport report = e.import(csv, "Task");
    CHECK(report.created == 4);
    CHECK(report.failed == 2);
    CHECK(e.named("Task", 0, "WhatId") == "Acme");
    CHECK(e.named("Task", 1, "WhatId") == "Big");
    CHECK(e.named("Task", 1, "WhoId") == "Ann Lee");
    CHECK(e.named("Task", 2, "WhatId") == "Same");
    CHECK(e.named("Task", 2, "WhoId") == "Bob Ray");
    CHECK(e.named("Task", 3, "WhatId") == "Big");
    CHECK(e.named("Task", 3, "WhoId") == "Bob Ray");
    CHECK(report.first_reasons[0].find("Same (Account ") != std::string::npos);
    CHECK(report.first_reasons[0].find("Same (Opportunity ") != std::string::npos);
    CHECK(report.first_reasons[1].find("nothing that it can point to is called “Nowhere”") != std::string::npos);
    // Left empty when asked for; what is ambiguous is never left out in silence.
    report = e.import(csv, "Task", R"({"leaveUnknownEmpty": true})");
    CHECK(report.created == 5);
    CHECK(e.named("Task", 8, "WhatId").empty());
    REQUIRE(report.notes.size() == 2);
    CHECK(report.notes[0] == "Related To: 1 cell names nothing that is here; the field was left empty.");
    CHECK(report.notes[1] == "Contact Name: 1 cell names several records; the first that is here was taken.");
    CHECK(e.import("Subject,Related To\ng,Account: New Corp\n", "Task", all).records_made == 1);
    CHECK(e.named("Task", 9, "WhatId") == "New Corp");
}

TEST_CASE("exports: values and records that only refused rows name are not made") {
    Exports e;
    const std::string csv = "Deal Name,Stage,Type,Amount,Account Name,Deal owner\nA,Shiny,Odd,ten,Ghost,Nemo Nobody\nB,Prospecting,Even,5,Real,Ann Lee\n";
    for (const char* options : {R"({"createMissing": true, "dryRun": true})", all}) {
        const ImportReport report = e.import(csv, "Opportunity", options);
        CHECK(report.created == 1);
        CHECK(report.failed == 1);
        REQUIRE(report.values_made.size() == 1);
        CHECK(report.values_made[0].value == "Even");
        CHECK(report.records_made == 2);
    }
    CHECK(e.text("Opportunity", 0, "StageName") == "Prospecting");
    CHECK(e.text("Opportunity", 0, "Type") == "Even");
    CHECK(e.named("Opportunity", 0, "AccountId") == "Real");
    CHECK(e.named("Opportunity", 0, "OwnerId") == "Ann Lee");
    CHECK(e.live("Account") == 1);
    CHECK(e.live("User") == 2);
    // Refused only at the end, by a rule of the records.
    CHECK(e.import("Subject,Start,End,Type\na,2026-01-02 10:00,2026-01-02 09:00,Backwards\nb,2026-01-02 10:00,2026-01-02 11:00,Forwards\n", "Event", all).values_made.size() == 1);
    CHECK(e.text("Event", 0, "Type") == "Forwards");
    // An end that one row lacks is that of a meeting without one.
    CHECK(e.import("Subject,Start,End\na,2026-01-02 10:00,\nb,2026-01-02 10:00,2026-01-02 10:30\n", "Event").created == 2);
    CHECK(e.text("Event", 1, "EndDateTime") == "2026-01-02T11:00:00.000Z");
}

TEST_CASE("exports: several values in a cell are those of a multi-select picklist, and a single one never has a semicolon") {
    Exports e;
    std::string csv = "Last Name,Tags\n";
    for (int i = 0; i < 40; ++i) csv += "P" + std::to_string(i) + (i % 3 == 0 ? ",vip;press\n" : i % 3 == 1 ? ",vip\n" : ",\n");
    const ImportReport report = e.import(csv, "Contact", all);
    CHECK(report.created == 40);
    const Object& contact = e.records.schema().object(standard_object::contact);
    REQUIRE(contact.find_field("Tags__c"));
    CHECK(contact.find_field("Tags__c")->type == FieldType::MultiselectPicklist);
    CHECK(contact.find_field("Tags__c")->values.size() == 2);
    CHECK(e.text("Contact", 0, "Tags__c") == "vip;press");
    CHECK(e.text("Contact", 1, "Tags__c") == "vip");
    // A picklist of one value takes no several, though it may be added to.
    const ImportReport refused = e.import("Last Name,Lead Source\nA,Web;Fair\nB,Fair\n", "Contact", all);
    CHECK(refused.created == 1);
    CHECK(refused.failed == 1);
    REQUIRE(refused.values_made.size() == 1);
    CHECK(refused.values_made[0].value == "Fair");
}

TEST_CASE("exports: amounts in thousands and millions") {
    CHECK(to_text(read_number("$342.09K", {}).value()) == "342090");
    CHECK(to_text(read_number("1.2M", {}).value()) == "1200000");
    CHECK(to_text(read_number("€1,5 Mio", {','}).value()) == "1500000");
    CHECK(to_text(read_number("(3 bn)", {}).value()) == "-3000000000");
    CHECK(to_text(read_number("12万", {}).value()) == "120000");
    CHECK(to_text(read_number("3千", {}).value()) == "3000");
    CHECK(to_text(read_number("1.2千万元", {}).value()) == "12000000");
    CHECK_FALSE(read_number("1each2", {}).has_value());
    CHECK_FALSE(read_number("1e3K", {}).has_value());
    CHECK_FALSE(read_number("K", {}).has_value());
    CHECK_FALSE(read_number("12 Main", {}).has_value());
    CHECK(scan_number("5m").hint == NumberHint::NotNumber);   // metres, minutes
    Exports e;
    CHECK(e.import("Deal Name,Stage,Amount\nA,Prospecting,$342.09K\nB,Prospecting,$1.2M\nC,Prospecting,\"$12,500\"\n", "Opportunity").created == 3);
    CHECK(e.text("Opportunity", 0, "Amount") == "342090");
    CHECK(e.text("Opportunity", 1, "Amount") == "1200000");
    CHECK(e.text("Opportunity", 2, "Amount") == "12500");
}

// Salesforce's reports give ids of 15 characters: of some 60 records made one after the other, two differ in case alone.
TEST_CASE("exports: ids of another system that differ in case alone are different records") {
    Exports e;
    const std::string header = "Account ID,Account Name,Billing City\n";
    const std::string csv = header + "0014x00001AbCdE,Upper,Berlin\n0014x00001AbCde,Lower,Lyon\n";
    ImportReport report = e.import(csv, "Account", R"({"createMissing": true, "externalId": "Account ID"})");
    CHECK(report.created == 2);
    CHECK(report.failed == 0);
    const Field* id = e.records.schema().object(standard_object::account).find_field("Account_ID__c");
    REQUIRE(id != nullptr);
    CHECK(id->case_sensitive);
    report = e.import(header + "0014x00001AbCde,Lower,Nice\n", "Account", R"({"externalId": "Account_ID__c"})");
    CHECK(report.updated == 1);
    CHECK(e.text("Account", 0, "BillingCity") == "Berlin");
    CHECK(e.text("Account", 1, "BillingCity") == "Nice");
    report = e.import("Last Name,Account ID\nSmith,0014x00001AbCde\nMiller,0014x00001AbCdE\n", "Contact", all);
    CHECK(report.created == 2);
    CHECK(e.named("Contact", 0, "AccountId") == "Lower");
    CHECK(e.named("Contact", 1, "AccountId") == "Upper");
    CHECK(e.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Account_ID__c":"0014X00001ABCDE"}})").empty());
    CHECK(e.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Account_ID__c":"0014x00001AbCdE"}})") == "DUPLICATE_VALUE");
    // As long as both are here, case can't stop counting.
    CHECK(e.code(R"({"command":"UpdateField","object":"Account","field":"Account_ID__c","caseSensitive":false})") == "DUPLICATE_VALUE");
    // Where the field doesn't tell them apart, the row that comes back says why.
    REQUIRE(e.run(R"({"command":"DefineField","object":"Lead","field":"Key__c","type":"Text","unique":true,"externalId":true})"));
    report = e.import("Last Name,Company,Key\nA,A,x1Y\nB,B,X1y\n", "Lead", R"({"externalId": "Key__c"})");
    CHECK(report.created == 1);
    REQUIRE(report.failed == 1);
    CHECK(report.failures_csv.find("Key must be unique, and “X1y” stands there twice. Capital and small letters count as the same.") != std::string::npos);
}

TEST_CASE("exports: a birthday without its year is left empty, and said") {
    Exports e;
    const ImportReport report = e.import("First Name,Last Name,Birthday\nAda,Lovelace,1815-12-10\nGrace,Hopper,--12-09\nLeap,Year,--0229\nBad,Day,--13-40\n", "Contact");
    CHECK(report.created == 3);
    CHECK(report.failed == 1);
    CHECK(e.text("Contact", 0, "Birthdate") == "1815-12-10");
    CHECK(e.text("Contact", 1, "Birthdate").empty());
    CHECK(std::ranges::find(report.notes, "Birthday: 2 cells hold days without a year; the field was left empty.") != report.notes.end());
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

TEST_CASE("exports: people named “Last, First” are found, and made once") {
    Exports e;
    CHECK(e.import("First Name,Last Name\nAnna,Schmidt\n", "User").created == 1);
    const std::string deals = "Deal ID,Deal Name,Stage,Owner\n1,x,Prospecting,\"Schmidt, Anna\"\n2,y,Prospecting,\"de la Cruz, Eva\"\n3,z,Prospecting,Eva De La Cruz\n";
    CHECK(e.import(deals, "Opportunity", all).records_made == 1);
    CHECK(e.import(deals, "Opportunity", all).records_made == 0);
    CHECK(e.live("User") == 3);
    CHECK(e.named("Opportunity", 0, "OwnerId") == "Anna Schmidt");
    CHECK(e.named("Opportunity", 2, "OwnerId") == "Eva de la Cruz");
    CHECK(e.text("User", 2, "LastName") == "de la Cruz");
    CHECK(e.import("Subject,Contact Name\na,\"Lee, Ann\"\n", "Task", all).records_made == 1);
    CHECK(e.import("Subject,Contact Name\nb,\"LEE, Ann\"\n", "Task", all).records_made == 0);
    CHECK(e.named("Task", 1, "WhoId") == "Ann Lee");
}

TEST_CASE("exports: Salesforce's ids of 15 and of 18 characters are the same") {
    Exports e;
    CHECK(e.import("Id,Name\n0015g00000ABCdeAAH,Acme\n0015g00000ABCdEAAX,Other\n", "Account", all).created == 2);
    ImportReport report = e.import("Opportunity Name,Stage,AccountId\nx,Prospecting,0015g00000ABCde\n", "Opportunity", all);
    CHECK(report.fields_made.empty());
    CHECK(e.named("Opportunity", 0, "AccountId") == "Acme");
    // A report's column updates what the Data Loader brought, and leaves its ids as they are.
    report = e.import("Account ID,Account Name,Employees\n0015g00000ABCde,Acme,777\n", "Account", all);
    CHECK(report.updated == 1);
    CHECK(report.fields_made.empty());
    CHECK(e.text("Account", 0, "NumberOfEmployees") == "777");
    CHECK(e.text("Account", 0, "Id__c") == "0015g00000ABCdeAAH");
    // Two rows of one record; case counts; a wrong checksum is none; and no record is called as an id.
    CHECK(e.import("Id,Name\n0015g00000ABCdeAAH,A\n0015g00000ABCde,B\n", "Account").failed == 1);
    report = e.import("Opportunity Name,Stage,AccountId\na,Prospecting,0015g00000aBCde\nb,Prospecting,0015g00000ABCdeAAA\nc,Prospecting,0015g00000ABCdE\n", "Opportunity",
                      R"({"createMissing": ["records"], "map": {"AccountId": "Account.Id__c"}})");
    CHECK(report.created == 1);
    CHECK(report.failed == 2);
    CHECK(report.records_made == 0);
    CHECK(report.first_reasons[0] == "Row 2: AccountId: there is no record with the id “0015g00000aBCde”.");
    CHECK(e.named("Opportunity", 1, "AccountId") == "Other");
    // The other way round: fifteen came first.
    CHECK(e.import("Id,Name\n0015g00000XyzAB,Fifteen\n", "Account").created == 1);
    CHECK(e.import("Id,Name\n0015g00000XyzABAA5,Eighteen\n", "Account").created == 1);
    CHECK(e.import("Id,Name\n0015g00000XyzABAAZ,Eighteen\n", "Account").updated == 1);
}
