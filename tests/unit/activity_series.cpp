// Recurring events and tasks through the workspace's door: across changes of clocks, one, following and all of a series,
// tasks that go on when they are done, and the calendar's answer.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/activity/calendar.h"
#include "core/objects/standard.h"
#include "core/transfer/import_job.h"
#include "core/workspace/calendar_answer.h"
#include "tests/support/fake_ports.h"

#ifndef __EMSCRIPTEN__
#include "shell/native/session.h"
#endif

using namespace outpost;
using outpost::testing::EuropeanClock;
using outpost::testing::FakeRandom;
using outpost::testing::TestWorkspace;

namespace {

struct Bench : TestWorkspace {
    Json occurrence(const std::string& command, const std::string& object, const std::string& id, const std::string& date, const std::string& rest = "") {
        return run(R"({"command": ")" + command + R"(", "object": ")" + object + R"(", "id": ")" + id + R"(", "date": ")" + date + "\"" + rest + "}");
    }
    // "2026-11-23 Call", an asterisk behind what is done; timed ones with the time in UTC.
    std::string shown(const std::string& from, const std::string& to) {
        std::string out;
        for (const Json& item : calendar_json(workspace, clock, Json::object().set("from", from).set("to", to)).find("items")->items()) {
            if (!out.empty()) out += ", ";
            std::string start(item.text_or("start", ""));
            if (start.size() > 16) start = start.substr(0, 10) + " " + start.substr(11, 5);
            out += start + " " + std::string(item.text_or("subject", "")) + (item.boolean_or("done", false) ? "*" : "");
        }
        return out;
    }
    std::string refusal(const Json& answer) {
        const Json* error = answer.find("error");
        return error ? std::string(error->text_or("message", "")) : "accepted";
    }
    // The rows that were refused, with their reasons.
    std::string import(std::string csv, std::string_view object, std::string_view options = "{}") {
        const auto report = run_import(std::move(csv), workspace.schema().find_object(object)->index, *parse_json(options), workspace.records(), workspace.editor(), clock, workspace.messages(), nullptr);
        REQUIRE(report);
        return report->failures_csv;
    }
    std::string weekly() {
        return make("Event", R"("Subject": "Call", "StartDateTime": "2026-11-02T09:00:00Z", "EndDateTime": "2026-11-02T09:30:00Z", "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=MO;COUNT=5")");
    }
    // Start, end, rule and zone of an event.
    std::string series(const std::string& id) {
        const Json answer = query("SELECT StartDateTime, EndDateTime, Recurrence2PatternText, Recurrence2PatternTimeZone FROM Event WHERE Id = '" + id + "'");
        const Json& event = answer.find("records")->items()[0];
        const auto text = [&](const char* name) { return std::string(event.text_or(name, "-")); };
        return text("StartDateTime").substr(0, 16) + " " + text("EndDateTime").substr(0, 16) + " " + text("Recurrence2PatternText") + " " + text("Recurrence2PatternTimeZone");
    }
    std::string times(const std::string& start, const std::string& end, bool all_day) {
        return R"("StartDateTime": ")" + start + R"(", "EndDateTime": ")" + end + R"(", "IsAllDayEvent": )" + (all_day ? "true" : "false");
    }
    std::string move(const std::string& id, const std::string& date, const std::string& scope, const std::string& fields) {
        const Json answer = occurrence("UpdateOccurrence", "Event", id, date, R"(, "scope": ")" + scope + R"(", "fields": {)" + fields + "}");
        CHECK_MESSAGE(answer.boolean_or("ok", false), answer.dump());
        const std::string made(answer.text_or("id", ""));
        return made.empty() ? id : made;
    }
};

}  // namespace

TEST_CASE("series: a weekly nine o'clock stays nine o'clock when the clocks change") {
    EuropeanClock clock;
    const ZoneTime zone(clock, "");
    for (const char* date : {"2026-03-22", "2026-03-29", "2026-04-05", "2026-10-18", "2026-10-25", "2026-11-01"}) {
        const WallTime nine{*parse_iso_date(date), 9 * 3'600'000};
        const WallTime back = zone.wall(zone.instant(nine));
        CHECK(back.day == nine.day);
        CHECK(back.minutes() == 9 * 60);
    }
    // A time that is left out is read by the offset before; one that comes twice is the first.
    CHECK(instant_to_text(zone.instant({*parse_iso_date("2026-03-29"), 150 * 60'000})) == "2026-03-29T01:30:00.000Z");
    CHECK(instant_to_text(zone.instant({*parse_iso_date("2026-10-25"), 150 * 60'000})) == "2026-10-25T00:30:00.000Z");
}

TEST_CASE("series: wall clock and instant agree at random instants of many zones") {
#ifndef __EMSCRIPTEN__
    NativeClock clock(std::nullopt);
    FakeRandom random(5);
    int zones = 0;
    for (const char* name : {"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Asia/Shanghai"}) {
        if (!clock.zone_offset_minutes(name, 0)) continue;   // a system without its zone files
        ++zones;
        const ZoneTime zone(clock, name);
        for (int i = 0; i < 250; ++i) {
            const auto instant = static_cast<Milliseconds>(random.below(2'208'988'800)) * 1000;   // 1970 to 2040
            const WallTime wall = zone.wall(instant);
            const Milliseconds back = zone.instant(wall);
            // The second time round of an hour that comes twice goes to the first.
            const bool same = back == instant || zone.wall(back).since_midnight == wall.since_midnight;
            CHECK_MESSAGE(same, name << " " << instant_to_text(instant));
        }
    }
    CHECK_FALSE(clock.zone_offset_minutes("Mars/Olympus", 0));
    CHECK_FALSE(clock.zone_offset_minutes("../etc/passwd", 0));
    if (zones > 0) CHECK(clock.zone_offset_minutes("America/New_York", 1'783'000'000'000) == -240);
#endif
}

TEST_CASE("series: occurrences stand in the calendar") {
    Bench b;
    b.weekly();
    b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-11-05", "Recurrence2PatternText": "FREQ=MONTHLY;BYMONTHDAY=5,20;UNTIL=20261130")");
    b.make("Event", R"("Subject": "Fair", "StartDateTime": "2026-11-29T00:00:00Z", "EndDateTime": "2026-12-02T00:00:00Z", "IsAllDayEvent": true)");
    CHECK(b.shown("2026-11-01", "2026-11-15") == "2026-11-02 09:00 Call, 2026-11-05 Report, 2026-11-09 09:00 Call");
    CHECK(b.shown("2026-11-16", "2026-12-31") == "2026-11-16 09:00 Call, 2026-11-20 Report, 2026-11-23 09:00 Call, 2026-11-29 Fair, 2026-11-30 09:00 Call");
    CHECK(b.shown("2026-12-02", "2026-12-02") == "2026-11-29 Fair");
    CHECK(b.shown("2026-12-03", "2026-12-31") == "");
}

TEST_CASE("series: one occurrence becomes a record of its own, and one undo takes that back") {
    Bench b;
    const std::string id = b.weekly();
    const Json moved = b.occurrence("UpdateOccurrence", "Event", id, "2026-11-16", R"(, "fields": {"StartDateTime": "2026-11-17T10:00:00Z", "EndDateTime": "2026-11-17T11:00:00Z", "Subject": "Late call"})");
    REQUIRE(moved.boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-11-30") == "2026-11-02 09:00 Call, 2026-11-09 09:00 Call, 2026-11-17 10:00 Late call, 2026-11-23 09:00 Call, 2026-11-30 09:00 Call");
    CHECK(b.query("SELECT Id FROM Event WHERE RecurrenceActivityId = '" + id + "'").integer_or("totalSize", 0) == 1);
    CHECK(b.refusal(b.occurrence("UpdateOccurrence", "Event", id, "2026-11-16", R"(, "fields": {})")) == "“Call” does not occur on 2026-11-16.");
    b.run(R"({"command": "Undo"})");
    CHECK(b.shown("2026-11-16", "2026-11-22") == "2026-11-16 09:00 Call");
    REQUIRE(b.occurrence("DeleteOccurrence", "Event", id, "2026-11-02").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-11-15") == "2026-11-09 09:00 Call");
}

TEST_CASE("series: this and all that follow are a series of their own") {
    Bench b;
    const std::string id = b.weekly();
    b.occurrence("UpdateOccurrence", "Event", id, "2026-11-23", R"(, "fields": {"Subject": "Moved by itself"})");
    const Json split = b.occurrence("UpdateOccurrence", "Event", id, "2026-11-16", R"(, "scope": "following", "fields": {"StartDateTime": "2026-11-17T08:00:00Z", "EndDateTime": "2026-11-17T08:30:00Z"})");
    REQUIRE(split.boolean_or("ok", false));
    // Mondays have become Tuesdays; what was changed by itself stays; five in all.
    CHECK(b.shown("2026-11-01", "2026-12-31") == "2026-11-02 09:00 Call, 2026-11-09 09:00 Call, 2026-11-17 08:00 Call, 2026-11-23 09:00 Moved by itself, 2026-12-01 08:00 Call");
    CHECK(b.query("SELECT Id FROM Event WHERE RecurrenceActivityId = '" + std::string(split.text_or("id", "")) + "'").integer_or("totalSize", 0) == 1);
    REQUIRE(b.occurrence("DeleteOccurrence", "Event", std::string(split.text_or("id", "")), "2026-12-01", R"(, "scope": "following")").boolean_or("ok", false));
    CHECK(b.shown("2026-11-24", "2026-12-31") == "");
    b.run(R"({"command": "Undo"})");
    b.run(R"({"command": "Undo"})");
    CHECK(b.shown("2026-11-24", "2026-12-31") == "2026-11-30 09:00 Call");
}

TEST_CASE("series: all of it moves along with one") {
    Bench b;
    const std::string id = b.weekly();
    REQUIRE(b.occurrence("UpdateOccurrence", "Event", id, "2026-11-16", R"(, "scope": "all", "fields": {"StartDateTime": "2026-11-18T10:00:00Z", "EndDateTime": "2026-11-18T11:00:00Z"})").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-11-20") == "2026-11-04 10:00 Call, 2026-11-11 10:00 Call, 2026-11-18 10:00 Call");
    CHECK(b.query("SELECT Recurrence2PatternText FROM Event").find("records")->items()[0].text_or("Recurrence2PatternText", "") == "RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=WE");
    REQUIRE(b.occurrence("DeleteOccurrence", "Event", id, "2026-11-11", R"(, "scope": "all")").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-12-31") == "");
    const std::string patterned = b.make("Event", R"("Subject": "Odd", "StartDateTime": "2026-11-03T09:00:00Z", "EndDateTime": "2026-11-03T09:30:00Z", "Recurrence2PatternText": "FREQ=MONTHLY;BYDAY=TU,TH;BYSETPOS=1")");
    CHECK(b.refusal(b.occurrence("UpdateOccurrence", "Event", patterned, "2026-11-03", R"(, "scope": "all", "fields": {"StartDateTime": "2026-11-04T09:00:00Z", "EndDateTime": "2026-11-04T09:30:00Z"})")) ==
          "“Odd” can’t be moved to another day for all its occurrences. Change how it repeats instead.");
}

TEST_CASE("series: what lasts all day becomes a meeting on its own day and at the given time, and the other way round") {
    Bench b;
    b.clock.offset_minutes = -300;
    b.clock.zone_name = "America/New_York";
    const auto made = [&](const std::string& times) { return b.make("Event", R"("Subject": "Call", "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=MO", )" + times); };
    const std::string day = b.times("2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z", true), evening = b.times("2026-11-30T23:30:00Z", "2026-12-01T00:30:00Z", false);
    const std::string timed = made(b.times("2026-10-27T01:00:00Z", "2026-10-27T02:00:00Z", false));   // Monday evening
    CHECK(b.series(b.move(timed, "2026-11-30", "following", day)) == "2026-11-30T00:00 2026-11-30T00:00 RRULE:FREQ=WEEKLY;BYDAY=MO America/New_York");
    b.run(R"({"command": "Undo"})");
    CHECK(b.series(b.move(timed, "2026-11-30", "all", day)) == "2026-10-26T00:00 2026-10-26T00:00 RRULE:FREQ=WEEKLY;BYDAY=MO America/New_York");
    const std::string whole = made(b.times("2026-10-26T00:00:00Z", "2026-10-26T00:00:00Z", true));
    b.clock.zone_name = "America/Bogota";
    CHECK(b.series(b.move(whole, "2026-11-30", "following", evening)) == "2026-11-30T23:30 2026-12-01T00:30 RRULE:FREQ=WEEKLY;BYDAY=MO America/Bogota");
    b.run(R"({"command": "Undo"})");
    CHECK(b.series(b.move(whole, "2026-11-30", "all", evening)) == "2026-10-26T23:30 2026-10-27T00:30 RRULE:FREQ=WEEKLY;BYDAY=MO America/Bogota");
    // To another day at once, with its reminder.
    const std::string reminded = made(b.times("2026-10-26T14:00:00Z", "2026-10-26T15:00:00Z", false) + R"(, "ReminderDateTime": "2026-10-26T13:45:00Z")");
    CHECK(b.series(b.move(reminded, "2026-11-30", "all", b.times("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z", true))).substr(0, 64) == "2026-10-27T00:00 2026-10-27T00:00 RRULE:FREQ=WEEKLY;BYDAY=TU Ame");
    CHECK(b.query("SELECT ReminderDateTime FROM Event WHERE Id = '" + reminded + "'").find("records")->items()[0].text_or("ReminderDateTime", "") == "2026-10-27T13:45:00.000Z");
}

TEST_CASE("series: an event that is for all day no longer keeps its days, and has the hours of work") {
    Bench b;
    b.clock.offset_minutes = -300;
    b.clock.zone_name = "America/New_York";
    const std::string fair = b.make("Event", R"("Subject": "Fair", )" + b.times("2026-12-08T00:00:00Z", "2026-12-09T00:00:00Z", true));
    const auto turn = [&](const std::string& id, bool all_day) {
        CHECK(b.run(R"({"command": "UpdateRecord", "object": "Event", "id": ")" + id + R"(", "fields": {"IsAllDayEvent": )" + (all_day ? "true" : "false") + "}}").boolean_or("ok", false));
        return b.series(id);
    };
    CHECK(turn(fair, false) == "2026-12-08T14:00 2026-12-09T23:00 - -");
    CHECK(turn(fair, true) == "2026-12-08T00:00 2026-12-09T00:00 - -");
    const std::string evening = b.make("Event", R"("Subject": "Evening", )" + b.times("2026-12-09T00:00:00Z", "2026-12-09T05:00:00Z", false));
    CHECK(turn(evening, true) == "2026-12-08T00:00 2026-12-08T00:00 - -");
    const std::string weekly = b.make("Event", R"("Subject": "Day", "Recurrence2PatternText": "FREQ=WEEKLY", )" + b.times("2026-12-08T00:00:00Z", "2026-12-08T00:00:00Z", true));
    CHECK(b.series(b.move(weekly, "2026-12-15", "following", R"("IsAllDayEvent": false)")) == "2026-12-15T14:00 2026-12-15T23:00 RRULE:FREQ=WEEKLY America/New_York");
    b.clock.zone_name = "America/Bogota";
    CHECK(turn(weekly, false).ends_with("America/Bogota"));
}

TEST_CASE("series: of the last Friday and of the day of a month something stands where it was moved to") {
    Bench b;
    const auto made = [&](const std::string& day, const std::string& rule) {
        return b.make("Event", R"("Subject": "x", "Recurrence2PatternText": ")" + rule + R"(", )" + b.times(day + "T09:00:00Z", day + "T10:00:00Z", false));
    };
    const std::string last = made("2026-11-27", "FREQ=MONTHLY;BYDAY=-1FR");
    CHECK(b.series(b.move(last, "2026-12-25", "following", b.times("2026-12-24T09:00:00Z", "2026-12-24T10:00:00Z", false))) == "2026-12-24T09:00 2026-12-24T10:00 RRULE:FREQ=MONTHLY;BYDAY=4TH UTC");
    b.run(R"({"command": "Undo"})");
    CHECK(b.series(b.move(last, "2026-12-25", "all", b.times("2026-12-31T09:00:00Z", "2026-12-31T10:00:00Z", false))) == "2026-11-26T09:00 2026-11-26T10:00 RRULE:FREQ=MONTHLY;BYDAY=-1TH UTC");
    const std::string monthly = made("2026-01-28", "FREQ=MONTHLY;UNTIL=20260428T090000Z\\nEXDATE;VALUE=DATE:20260328");
    CHECK(b.series(b.move(monthly, "2026-02-28", "all", b.times("2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z", false))) ==
          "2026-02-01T11:00 2026-02-01T12:00 RRULE:FREQ=MONTHLY;UNTIL=20260501;BYMONTHDAY=1\nEXDATE;VALUE=DATE:20260401 UTC");
}

TEST_CASE("series: a start that is changed alone takes the end, the rule and what was left out along") {
    Bench b;
    const auto update = [&](const std::string& object, const std::string& id, const std::string& fields) {
        return b.refusal(b.run(R"({"command": "UpdateRecord", "object": ")" + object + R"(", "id": ")" + id + R"(", "fields": {)" + fields + "}}"));
    };
    const auto start = [](const std::string& day) { return R"("StartDateTime": ")" + day + R"(T09:00:00Z")"; };
    const std::string call = b.weekly(), before = b.series(call);
    b.occurrence("DeleteOccurrence", "Event", call, "2026-11-09");
    CHECK(update("Event", call, start("2026-11-01")) == "accepted");
    CHECK(b.series(call) == "2026-11-01T09:00 2026-11-01T09:30 RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=SU\nEXDATE;VALUE=DATE:20261108 UTC");
    b.run(R"({"command": "Undo"})");
    b.run(R"({"command": "Undo"})");
    CHECK(b.series(call) == before);
    // A week later it is still a Monday, and what is given is so.
    CHECK(update("Event", call, start("2026-11-09") + R"(, "EndDateTime": "2026-11-09T11:00:00Z")") == "accepted");
    CHECK(b.series(call) == "2026-11-09T09:00 2026-11-09T11:00 RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=MO UTC");
    CHECK(update("Event", call, start("2026-11-10") + R"(, "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=TH")") == "accepted");
    CHECK(b.series(call) == "2026-11-10T09:00 2026-11-10T11:00 RRULE:FREQ=WEEKLY;BYDAY=TH UTC");
    const auto moved = [&](const std::string& rule, const std::string& day, const std::string& to) {
        const std::string id = b.make("Event", R"("Subject": "x", "Recurrence2PatternText": ")" + rule + R"(", )" + b.times(day + "T09:00:00Z", day + "T10:00:00Z", false));
        CHECK(b.refusal(b.run(R"({"command": "UpdateRecords", "object": "Event", "ids": [")" + id + R"("], "fields": {)" + start(to) + "}}")) == "accepted");
        return b.series(id).substr(34);
    };
    CHECK(moved("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261222", "2026-12-01", "2026-12-02") == "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261223;BYDAY=WE UTC");
    CHECK(moved("FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15", "2026-12-16") == "RRULE:FREQ=MONTHLY;BYMONTHDAY=16 UTC");
    CHECK(moved("FREQ=MONTHLY;BYDAY=3TU", "2026-12-15", "2026-12-10") == "RRULE:FREQ=MONTHLY;BYDAY=2TH UTC");
    CHECK(moved("FREQ=WEEKLY;BYDAY=TU,TH", "2026-12-15", "2026-12-16") == "RRULE:FREQ=WEEKLY;BYDAY=TU,TH UTC");
    CHECK(moved("FREQ=WEEKLY", "2026-12-15", "2026-12-16") == "RRULE:FREQ=WEEKLY UTC");
    const std::string once = b.make("Event", R"("Subject": "Once", )" + b.times("2026-12-03T08:00:00Z", "2026-12-03T09:00:00Z", false));
    CHECK(update("Event", once, start("2026-12-04")) == "accepted");
    CHECK(b.series(once) == "2026-12-04T09:00 2026-12-04T10:00 - -");
    // A task's day, and what is ticked off then is that one.
    for (const char* event : {call.c_str(), once.c_str()}) b.run(R"({"command": "DeleteRecord", "object": "Event", "id": ")" + std::string(event) + "\"}");
    b.run(R"({"command": "DeleteRecords", "object": "Event", "where": "Subject = 'x'"})");
    const std::string task = b.make("Task", R"("Subject": "Report", "ActivityDate": "2027-01-05", "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=TU;COUNT=3")");
    CHECK(update("Task", task, R"("ActivityDate": "2027-01-06")") == "accepted");
    CHECK(b.shown("2027-01-01", "2027-01-31") == "2027-01-06 Report, 2027-01-13 Report, 2027-01-20 Report");
    CHECK(update("Task", task, R"("Status": "Completed")") == "accepted");
    CHECK(b.shown("2027-01-01", "2027-01-31") == "2027-01-06 Report*, 2027-01-13 Report, 2027-01-20 Report");
}

TEST_CASE("series: one that ends before it begins is refused, by any door; what is there can be edited") {
    Bench b;
    b.clock.offset_minutes = 60;
    const std::string words = "it ends before it begins. Choose a later end or an earlier start.";
    const auto ends_first = [&](const Json& answer) { return b.refusal(answer).ends_with(words) && answer.find("error")->text_or("code", "") == "FIELD_INTEGRITY_EXCEPTION"; };
    const auto made = [&](const std::string& start, const std::string& rule) {
        return b.run(R"({"command": "CreateRecord", "object": "Event", "fields": {"Subject": "x", "Recurrence2PatternText": ")" + rule + R"(", "StartDateTime": ")" + start + R"(", "EndDateTime": ")" + start + R"("}})");
    };
    CHECK(ends_first(made("2026-12-01T09:00:00Z", "FREQ=DAILY;UNTIL=20261130")));
    CHECK(ends_first(made("2026-11-30T23:30:00Z", "FREQ=DAILY;UNTIL=20261130")));   // December has begun here
    CHECK_FALSE(ends_first(made("2026-11-30T22:30:00Z", "FREQ=DAILY;UNTIL=20261130")));
    CHECK(ends_first(made("2026-12-01T09:00:00Z", "FREQ=DAILY;UNTIL=20261201T085959Z")));
    CHECK_FALSE(ends_first(made("2026-12-01T09:00:00Z", "FREQ=DAILY;UNTIL=20261201T090000Z")));
    const std::string task = b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-12-01", "Recurrence2PatternText": "FREQ=WEEKLY;UNTIL=20261220")");
    const auto update = [&](const std::string& fields) { return b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + task + R"(", "fields": {)" + fields + "}}"); };
    CHECK(ends_first(update(R"("Recurrence2PatternText": "FREQ=WEEKLY;UNTIL=20261130")")));
    CHECK(ends_first(update(R"("ActivityDate": "2026-12-22")")));
    CHECK(b.import("Subject,Due Date,Recurrence2PatternText\nBad,2026-12-01,FREQ=DAILY;UNTIL=20261130\nGood,2026-12-01,FREQ=DAILY;UNTIL=20261201\n", "Task").find(words) != std::string::npos);
    CHECK(b.query("SELECT Id FROM Task WHERE Subject IN ('Bad', 'Good')").integer_or("totalSize", 0) == 1);
    CHECK(b.import("Id,Due Date\n" + task + ",2026-12-22\n", "Task").find(words) != std::string::npos);
    // As older data has it: by way around the checks.
    RecordsChanged change;
    change.object = standard_object::task;
    change.rows = {b.workspace.records().find(*parse_record_id(task))->row};
    Column old(ColumnKind::Day), broken(ColumnKind::Day);
    old.mutable_days().push_back(*parse_iso_date("2026-12-01"));
    broken.mutable_days().push_back(*parse_iso_date("2026-12-31"));
    change.fields.push_back({task_field::activity_date, std::move(old), std::move(broken)});
    ChangeGroup group;
    group.changes.push_back(std::move(change));
    REQUIRE(b.workspace.execute(ApplyGroup{std::make_shared<ChangeGroup>(std::move(group))}));
    CHECK(b.refusal(update(R"("Subject": "Still there")")) == "accepted");
    CHECK(b.refusal(update(R"("Recurrence2PatternText": "FREQ=WEEKLY;UNTIL=20270101")")) == "accepted");
}

TEST_CASE("series: what was made of its occurrences goes with it and comes back with it") {
    Bench b;
    const std::string id = b.weekly();
    const std::string moved = b.move(id, "2026-11-09", "this", R"("Subject": "Late call")"), alone = b.move(id, "2026-11-16", "this", R"("Subject": "Alone")");
    const auto command = [&](const std::string& name, const std::string& object, const std::string& of) {
        return b.refusal(b.run(R"({"command": ")" + name + R"(", "object": ")" + object + R"(", "id": ")" + of + "\"}"));
    };
    REQUIRE(command("DeleteRecord", "Event", alone) == "accepted");
    const std::string all = b.shown("2026-11-01", "2026-12-31");
    CHECK(all.find("Late call") != std::string::npos);
    REQUIRE(command("DeleteRecord", "Event", id) == "accepted");
    CHECK(b.shown("2026-11-01", "2026-12-31") == "");
    b.run(R"({"command": "Undo"})");
    CHECK(b.shown("2026-11-01", "2026-12-31") == all);
    b.run(R"({"command": "Redo"})");
    REQUIRE(command("RestoreRecord", "Event", id) == "accepted");
    CHECK(b.shown("2026-11-01", "2026-12-31") == all);   // without what was deleted by itself
    REQUIRE(b.occurrence("DeleteOccurrence", "Event", id, "2026-11-30", R"(, "scope": "all")").boolean_or("ok", false));
    REQUIRE(command("RestoreRecord", "Event", id) == "accepted");
    CHECK(b.shown("2026-11-01", "2026-12-31") == all);
    // The last of its own goes alone.
    for (const char* day : {"2026-11-02", "2026-11-23", "2026-11-30"}) REQUIRE(b.occurrence("DeleteOccurrence", "Event", id, day).boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-12-31") == "2026-11-09 09:00 Late call");
    // Tasks that are done stay.
    const std::string task = b.make("Task", R"("Subject": "Report", "ActivityDate": "2027-01-06", "Recurrence2PatternText": "FREQ=WEEKLY;COUNT=4")");
    b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + task + R"(", "fields": {"Status": "Completed"}})");
    REQUIRE(b.occurrence("UpdateOccurrence", "Task", task, "2027-01-20", R"(, "fields": {"ActivityDate": "2027-01-21"})").boolean_or("ok", false));
    const std::string tasks = b.shown("2027-01-01", "2027-01-31");
    REQUIRE(command("DeleteRecord", "Task", task) == "accepted");
    CHECK(b.shown("2027-01-01", "2027-01-31") == "2027-01-06 Report*");
    REQUIRE(command("RestoreRecord", "Task", task) == "accepted");
    CHECK(b.shown("2027-01-01", "2027-01-31") == tasks);
}

TEST_CASE("series: after random moves the occurrence stands where it was put, the others as many, or the move is refused") {
    FakeRandom random(11);
    const Days begin = *parse_iso_date("2026-01-01");
    int moves = 0;
    for (int i = 0; i < 400; ++i) {
        Bench b;
        const char* rules[] = {"FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=28", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=-1",
                               "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "FREQ=WEEKLY;BYDAY=SU", "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=12;BYDAY=1MO"};
        const std::string text = std::string(rules[random.below(std::size(rules))]) + ";COUNT=" + std::to_string(3 + random.below(6));
        const Recurrence rule = *parse_recurrence(text);
        const Days start = *next_occurrence(rule, begin + static_cast<Days>(random.below(400)), begin);
        const auto at = [](Days day, const char* time) { return days_to_text(day) + time; };
        const std::string id = b.make("Event", R"("Subject": "x", "Recurrence2PatternText": ")" + text + R"(", )" + b.times(at(start, "T09:00:00Z"), at(start, "T10:00:00Z"), false));
        const RecordRef record = *b.workspace.records().find(*parse_record_id(id));
        const auto days = [&](RecordRef of) {
            const auto series = read_series(b.workspace.records(), of, b.clock);
            return series ? occurrences(series->rule, series->start.day, {begin, begin + 8000}) : std::vector<Days>();
        };
        const std::vector<Days> before = days(record);
        const Days from = before[random.below(before.size())], to = from + static_cast<Days>(random.below(15)) - 7;
        const char* scope = random.below(2) == 0 ? "all" : "following";
        const Json answer = b.occurrence("UpdateOccurrence", "Event", id, days_to_text(from), std::string(R"(, "scope": ")") + scope + R"(", "fields": {)" + b.times(at(to, "T11:00:00Z"), at(to, "T12:00:00Z"), false) + "}");
        if (!answer.boolean_or("ok", false)) continue;
        ++moves;
        const auto made = parse_record_id(answer.text_or("id", ""));
        std::vector<Days> after = days(record);
        if (made)
            for (const Days day : days(*b.workspace.records().find(*made))) after.push_back(day);
        const std::string what = text + " from " + days_to_text(start) + ": " + days_to_text(from) + " to " + days_to_text(to) + " " + scope;
        const bool stands = std::ranges::find(after, to) != after.end();
        CHECK_MESSAGE(stands, what);
        CHECK_MESSAGE(after.size() == before.size(), what);
    }
    CHECK(moves > 200);
}

TEST_CASE("series: a task that is done goes on to its next occurrence, by any door") {
    Bench b;
    const std::string id = b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-11-06", "Recurrence2PatternText": "FREQ=WEEKLY;COUNT=3", "ReminderDateTime": "2026-11-06T08:00:00Z")");
    REQUIRE(b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + id + R"(", "fields": {"Status": "Completed"}})").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-11-30") == "2026-11-06 Report*, 2026-11-13 Report, 2026-11-20 Report");
    CHECK(b.query("SELECT ReminderDateTime FROM Task WHERE IsClosed = false").find("records")->items()[0].text_or("ReminderDateTime", "") == "2026-11-13T08:00:00.000Z");
    REQUIRE(b.run(R"({"command": "UpdateRecords", "object": "Task", "where": "IsClosed = false", "fields": {"Status": "Completed"}})").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-11-30") == "2026-11-06 Report*, 2026-11-13 Report*, 2026-11-20 Report");
    // The last one is the record itself.
    REQUIRE(b.occurrence("UpdateOccurrence", "Task", id, "2026-11-20", R"(, "fields": {"Status": "Completed"})").boolean_or("ok", false));
    CHECK(b.shown("2026-11-01", "2026-12-30") == "2026-11-06 Report*, 2026-11-13 Report*, 2026-11-20 Report*");
    CHECK(b.query("SELECT Id FROM Task").integer_or("totalSize", 0) == 3);
    for (int i = 0; i < 3; ++i) b.run(R"({"command": "Undo"})");
    CHECK(b.shown("2026-11-01", "2026-11-30") == "2026-11-06 Report, 2026-11-13 Report, 2026-11-20 Report");
}

TEST_CASE("series: an import that updates does what UpdateRecord does") {
    const auto after = [](bool by_import) {
        Bench b;
        const std::string weekly = b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-11-06", "Recurrence2PatternText": "FREQ=WEEKLY;COUNT=3", "ReminderDateTime": "2026-11-06T08:00:00Z")");
        const std::string once = b.make("Task", R"("Subject": "Once", "ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-25T08:00:00Z")");
        const std::string plain = b.make("Task", R"("Subject": "Plain", "ActivityDate": "2026-11-25")");
        const std::string call = b.weekly();
        if (by_import) {
            REQUIRE(b.import("Id,Due Date,Status,Subject\n" + weekly + ",2026-11-06,Completed,Report\n" + once + ",2026-11-27,,Once more\n" + plain + ",,Completed,\n", "Task") == "");
            REQUIRE(b.import("Id,StartDateTime,EndDateTime,ReminderDateTime\n" + call + ",2026-11-02T10:00:00Z,2026-11-02T10:30:00Z,2026-11-02T09:50:00Z\n", "Event") == "");
        } else {
            const auto update = [&](const std::string& object, const std::string& id, const std::string& fields) {
                REQUIRE(b.run(R"({"command": "UpdateRecord", "object": ")" + object + R"(", "id": ")" + id + R"(", "fields": {)" + fields + "}}").boolean_or("ok", false));
            };
            update("Task", weekly, R"("Status": "Completed")");
            update("Task", once, R"("ActivityDate": "2026-11-27", "Subject": "Once more")");
            update("Task", plain, R"("Status": "Completed")");
            update("Event", call, R"("StartDateTime": "2026-11-02T10:00:00Z", "EndDateTime": "2026-11-02T10:30:00Z", "ReminderDateTime": "2026-11-02T09:50:00Z")");
        }
        return b.query("SELECT Subject, ActivityDate, Status, IsClosed, Recurrence2PatternText, ReminderDateTime, CompletedDateTime FROM Task ORDER BY Subject, ActivityDate").dump() +
               b.query("SELECT Subject, StartDateTime, EndDateTime, ReminderDateTime, Recurrence2PatternText, Recurrence2PatternTimeZone FROM Event").dump();
    };
    CHECK(after(true) == after(false));
    {   // A start alone takes the end along; an end that the file gives stays, also where it is as it was.
        Bench b;
        const auto made = [&](const std::string& more) { return b.make("Event", R"("Subject": "x", )" + b.times("2026-12-01T09:00:00Z", "2026-12-01T10:00:00Z", false) + more); };
        const std::string once = made(""), weekly = made(R"(, "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=TU")");
        CHECK(b.import("Id,StartDateTime\n" + once + ",2026-12-03T09:00:00Z\n" + weekly + ",2026-12-03T09:00:00Z\n", "Event") == "");
        CHECK(b.series(once) == "2026-12-03T09:00 2026-12-03T10:00 - -");
        CHECK(b.series(weekly) == "2026-12-03T09:00 2026-12-03T10:00 RRULE:FREQ=WEEKLY;BYDAY=TH UTC");
        CHECK(b.import("Id,StartDateTime,EndDateTime\n" + once + ",2026-12-03T08:00:00Z,2026-12-03T10:00:00Z\n" + weekly + ",2026-12-03T08:00:00Z,2026-12-03T10:00:00Z\n", "Event") == "");
        CHECK(b.series(once) == "2026-12-03T08:00 2026-12-03T10:00 - -");
        CHECK(b.series(weekly) == "2026-12-03T08:00 2026-12-03T10:00 RRULE:FREQ=WEEKLY;BYDAY=TH UTC");
    }
    CHECK(after(true).find("2026-11-13") != std::string::npos);
    Bench b;
    CHECK(b.import("Subject,StartDateTime,Recurrence2PatternText\nDaily,2026-11-02T10:00:00Z,FREQ=DAILY;COUNT=3\n", "Event") == "");
    CHECK(b.query("SELECT Recurrence2PatternTimeZone FROM Event").find("records")->items()[0].text_or("Recurrence2PatternTimeZone", "") == b.clock.zone());
    CHECK(b.import("Subject,StartDateTime,Recurrence2PatternTimeZone\nOdd,2026-11-02T10:00:00Z,Mars/Olympus\n", "Event", R"({"columns": {"Recurrence2PatternTimeZone": "Recurrence2PatternTimeZone"}})").find("There is no time zone “Mars/Olympus”.") != std::string::npos);
    // What a person couldn't do either is handed back, and the rest goes in.
    REQUIRE(b.run(R"({"command": "DefineField", "object": "Task", "field": "Kind__c", "type": "Picklist", "restricted": true, "values": ["Old", "New"]})").boolean_or("ok", false));
    const std::string old = b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-11-06", "Recurrence2PatternText": "FREQ=WEEKLY", "Kind__c": "Old")");
    const std::string other = b.make("Task", R"("Subject": "Other", "ActivityDate": "2026-11-06")");
    REQUIRE(b.run(R"({"command": "UpdateField", "object": "Task", "field": "Kind__c", "values": [{"value": "Old", "active": false}, {"value": "New"}]})").boolean_or("ok", false));
    CHECK(b.import("Id,Status,Made\n" + old + ",Completed,x\n" + other + ",Completed,y\n", "Task", R"({"createMissing": true})").find(old + ",Completed,x,") != std::string::npos);
    CHECK(b.query("SELECT Id FROM Task WHERE IsClosed = true AND Made__c = 'y'").integer_or("totalSize", 0) == 1);
    const std::string queue = b.make("Group", R"("Name": "Inbound")"), lead = b.make("Lead", R"("LastName": "Li", "Company": "Acme", "OwnerId": ")" + queue + "\"");
    CHECK(b.import("Id,OwnerId\n" + lead + "," + to_text(b.workspace.records().id_of(b.workspace.current_user())) + "\n", "Lead").find("Inbound") != std::string::npos);
}

TEST_CASE("series: rules and zones that can't be are refused") {
    Bench b;
    CHECK(b.refusal(b.run(R"({"command": "CreateRecord", "object": "Task", "fields": {"Subject": "x", "Recurrence2PatternText": "FREQ=SECONDLY"}})")) ==
          "“SECONDLY” is not a value that FREQ can have in a repetition rule.");
    CHECK(b.refusal(b.run(R"({"command": "CreateRecord", "object": "Event", "fields": {"Subject": "x", "StartDateTime": "2026-11-02T09:00:00Z", "EndDateTime": "2026-11-02T09:00:00Z", "Recurrence2PatternTimeZone": "Mars/Olympus"}})")) ==
          "There is no time zone “Mars/Olympus”.");
    const std::string once = b.make("Task", R"("Subject": "Once", "ActivityDate": "2026-11-06")");
    CHECK(b.refusal(b.occurrence("DeleteOccurrence", "Task", once, "2026-11-06")) == "“Once” does not repeat.");
    CHECK(b.refusal(b.occurrence("DeleteOccurrence", "Task", once, "2026-11-06", R"(, "scope": "some")")) == "“some” is not a value for scope.");
}

TEST_CASE("calendar: of a day come all-day events, meetings by their start, open tasks, and what is done") {
    Bench b;
    b.make("Task", R"("Subject": "Done", "ActivityDate": "2026-11-02", "Status": "Completed")");
    b.make("Task", R"("Subject": "Open", "ActivityDate": "2026-11-02")");
    b.make("Event", R"("Subject": "Lunch", "StartDateTime": "2026-11-02T11:00:00Z", "EndDateTime": "2026-11-02T12:00:00Z")");
    b.make("Event", R"("Subject": "Call", "StartDateTime": "2026-11-02T09:00:00Z", "EndDateTime": "2026-11-02T09:30:00Z")");
    b.make("Event", R"("Subject": "Fair", "IsAllDayEvent": true, "StartDateTime": "2026-11-02T00:00:00Z", "EndDateTime": "2026-11-02T00:00:00Z")");
    CHECK(b.shown("2026-11-02", "2026-11-02") == "2026-11-02 Fair, 2026-11-02 09:00 Call, 2026-11-02 11:00 Lunch, 2026-11-02 Open, 2026-11-02 Done*");
}

TEST_CASE("calendar: only chosen owners' items, and what passes midnight stands on both days") {
    Bench b;
    const std::string ann = b.make("User", R"("LastName": "Ann")");
    b.make("Event", R"("Subject": "Hers", "OwnerId": ")" + ann + R"(", "StartDateTime": "2026-11-02T23:00:00Z", "EndDateTime": "2026-11-03T01:00:00Z")");
    b.make("Event", R"("Subject": "Mine", "StartDateTime": "2026-11-03T08:00:00Z", "EndDateTime": "2026-11-03T09:00:00Z")");
    const Records& records = b.workspace.records();
    const Days third = *parse_iso_date("2026-11-03");
    const RowIndex owner = records.find(*parse_record_id(ann))->row;
    const auto hers = collect_calendar(records, b.clock, {third, third + 1}, {&owner, 1});
    REQUIRE(hers.size() == 1);
    CHECK(hers[0].first_day == third - 1);
    CHECK(hers[0].last_day == third);
    CHECK(hers[0].start_minute == 23 * 60);
    CHECK(hers[0].end_minute == 60);
    CHECK(collect_calendar(records, b.clock, {third, third + 1}, {}).size() == 2);
}

TEST_CASE("tasks: what comes in as done was done on its day, what becomes so is done now") {
    Bench b;
    b.clock.offset_minutes = 600;   // the evening of the 23rd here
    const auto done = [&](const std::string& id) {
        return std::string(b.query("SELECT CompletedDateTime FROM Task WHERE Id = '" + id + "'").find("records")->items()[0].text_or("CompletedDateTime", "-"));
    };
    CHECK(done(b.make("Task", R"("Subject": "Call", "Status": "Completed", "ActivityDate": "2026-11-16")")) == "2026-11-16T02:00:00.000Z");
    CHECK(done(b.make("Task", R"("Subject": "Call", "Status": "Completed", "ActivityDate": "2026-11-23")")) == "2026-11-23T10:00:00.000Z");
    CHECK(done(b.make("Task", R"("Subject": "Call", "Status": "Completed", "ActivityDate": "2026-11-30")")) == "2026-11-23T10:00:00.000Z");
    CHECK(done(b.make("Task", R"("Subject": "Call", "Status": "Completed")")) == "2026-11-23T10:00:00.000Z");
    const std::string open = b.make("Task", R"("Subject": "Call", "ActivityDate": "2026-11-16")");
    CHECK(done(open) == "-");
    CHECK(b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + open + R"(", "fields": {"Status": "Completed"}})").boolean_or("ok", false));
    CHECK(done(open) == "2026-11-23T10:00:00.000Z");
    // Not by one's own word, and one that recurs is done now, too.
    CHECK(b.refusal(b.run(R"({"command": "CreateRecord", "object": "Task", "fields": {"Subject": "Call", "Status": "Completed", "ActivityDate": "2026-11-16", "CompletedDateTime": "2026-11-01T10:00:00Z"}})")) != "accepted");
    const std::string weekly = b.make("Task", R"("Subject": "Report", "ActivityDate": "2026-11-16", "Recurrence2PatternText": "FREQ=WEEKLY;COUNT=3")");
    CHECK(b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + weekly + R"(", "fields": {"Status": "Completed"}})").boolean_or("ok", false));
    CHECK(b.query("SELECT Id FROM Task WHERE Subject = 'Report' AND IsClosed = true AND ActivityDate = 2026-11-16 AND CompletedDateTime = 2026-11-23T10:00:00Z").integer_or("totalSize", 0) == 1);
}
