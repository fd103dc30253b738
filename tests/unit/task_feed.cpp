// The task feed and reminders: groups at the borders of weeks, order against brute force, putting tasks on another day, and
// what of reminders survives dismissing, snoozing, moving, recurring and undo.
#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

#include "core/activity/feed.h"
#include "core/activity/reminders.h"
#include "core/activity/zone_time.h"
#include "core/objects/standard.h"
#include "core/workspace/feed_answer.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

Days day(const char* text) { return *parse_iso_date(text); }

struct Bench : TestWorkspace {
    Bench() { clock.instant = *parse_iso_instant("2026-11-25T10:00:00Z"); }   // a Wednesday
    std::string task(const std::string& subject, const std::string& rest = "") {
        return make("Task", R"("Subject": ")" + subject + "\"" + (rest.empty() ? "" : ", " + rest));
    }
    RecordRef find(const std::string& id) const { return *workspace.records().find(*parse_record_id(id)); }
    std::string due_of(const std::string& id) const { return text(id, task_field::activity_date); }
    std::string text(const std::string& id, FieldIndex field) const {
        const Value value = workspace.records().value(find(id), field);
        if (const auto* date = std::get_if<DateValue>(&value)) return days_to_text(date->days);
        if (const auto* instant = std::get_if<InstantValue>(&value)) return instant_to_text(instant->milliseconds).substr(0, 16);
        return {};
    }
    // "overdue: A, B; today: C", groups that have any.
    std::string feed(const std::string& question = "{}") {
        const Json answer = task_feed_json(workspace, clock, *parse_json(question));
        std::string out;
        if (!answer.find("groups")) return answer.dump();
        for (const Json& group : answer.find("groups")->items()) {
            if (group.integer_or("count", 0) == 0) continue;
            out += (out.empty() ? "" : "; ") + std::string(group.text_or("group", "")) + ":";
            for (const Json& each : group.find("tasks")->items()) out += " " + std::string(each.text_or("subject", ""));
        }
        return out;
    }
    // Subjects of what is due to be reminded of, then when the next one is.
    std::string reminders() {
        const Json answer = reminders_json(workspace, clock);
        std::string out;
        for (const Json& each : answer.find("due")->items()) out += std::string(each.text_or("subject", "")) + " ";
        return out + "| " + std::string(answer.text_or("next", "-")).substr(0, 16);
    }
    Reminders collected() { return collect_reminders(workspace.records(), clock, workspace.current_user(), clock.now()); }
    bool accepts(const Command& command) { return workspace.execute(command).has_value(); }
    void at(const char* instant) { clock.instant = *parse_iso_instant(instant); }
};

}  // namespace

TEST_CASE("task feed: groups at the borders of weeks") {
    const Days wednesday = day("2026-11-25");
    constexpr int sunday = 0, monday = 1, saturday = 6;
    CHECK(feed_group_of(std::nullopt, wednesday, monday) == FeedGroup::NoDate);
    CHECK(feed_group_of(wednesday - 1, wednesday, monday) == FeedGroup::Overdue);
    CHECK(feed_group_of(wednesday, wednesday, monday) == FeedGroup::Today);
    CHECK(feed_group_of(wednesday + 1, wednesday, monday) == FeedGroup::Tomorrow);
    CHECK(feed_group_of(day("2026-11-27"), wednesday, monday) == FeedGroup::ThisWeek);
    CHECK(feed_group_of(day("2026-11-29"), wednesday, monday) == FeedGroup::ThisWeek);   // Sunday ends the week,
    CHECK(feed_group_of(day("2026-11-29"), wednesday, sunday) == FeedGroup::Later);      // or begins the next one
    CHECK(feed_group_of(day("2026-11-28"), wednesday, saturday) == FeedGroup::Later);
    CHECK(feed_group_of(day("2026-11-30"), wednesday, monday) == FeedGroup::Later);
    // On the week's last days tomorrow comes before this week.
    CHECK(feed_group_of(day("2026-11-29"), day("2026-11-28"), monday) == FeedGroup::Tomorrow);
    CHECK(feed_group_of(day("2026-11-30"), day("2026-11-29"), monday) == FeedGroup::Tomorrow);
    CHECK(feed_group_of(day("2026-12-01"), day("2026-11-29"), monday) == FeedGroup::Later);

    CHECK(feed_day_of(FeedGroup::ThisWeek, wednesday, monday) == day("2026-11-27"));
    CHECK(feed_day_of(FeedGroup::ThisWeek, day("2026-11-27"), monday) == day("2026-11-29"));   // Friday: what is left is Sunday
    CHECK(feed_day_of(FeedGroup::Later, wednesday, monday) == day("2026-11-30"));
    CHECK(feed_day_of(FeedGroup::Later, day("2026-11-29"), monday) == day("2026-12-07"));   // tomorrow is Monday
    CHECK(feed_day_of(FeedGroup::Later, wednesday, sunday) == day("2026-11-30"));
    CHECK_FALSE(feed_day_of(FeedGroup::NoDate, wednesday, monday));
    for (int first = 0; first < 7; ++first)
        for (Days today = wednesday; today < wednesday + 7; ++today)
            for (const FeedGroup group : {FeedGroup::Overdue, FeedGroup::Today, FeedGroup::Tomorrow, FeedGroup::Later})
                CHECK(feed_group_of(feed_day_of(group, today, first), today, first) == group);
}

TEST_CASE("task feed: by day, then time, then priority, then the older first") {
    Bench b;
    b.task("Normal", R"("ActivityDate": "2026-11-25")");
    b.task("High", R"("ActivityDate": "2026-11-25", "Priority": "High")");
    b.task("Noon", R"("ActivityDate": "2026-11-25", "Priority": "Low", "ReminderDateTime": "2026-11-25T12:00:00Z")");
    b.task("Morning", R"("ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-25T08:00:00Z")");
    b.task("Later", R"("ActivityDate": "2026-12-25")");
    b.task("DayAhead", R"("ActivityDate": "2026-11-26", "ReminderDateTime": "2026-11-25T08:00:00Z")");
    b.task("Someday");
    b.task("Old", R"("ActivityDate": "2026-11-20")");
    b.task("Older", R"("ActivityDate": "2026-10-20")");
    const std::string done = b.task("Done", R"("ActivityDate": "2026-11-25", "Status": "Completed")");
    CHECK(b.feed() == "overdue: Older Old; today: Morning Noon High Normal; tomorrow: DayAhead; later: Later; noDate: Someday");
    CHECK(b.feed(R"({"group": "today", "limit": 2})") == "today: Morning Noon");
    CHECK(b.feed(R"({"group": "today", "limit": 2, "offset": 3})") == "today: Normal");
    CHECK(b.feed(R"({"group": "soon"})").find("\"ok\":false") != std::string::npos);
    CHECK(b.feed(R"({"owners": ["nobody"]})").find("\"ok\":false") != std::string::npos);
    const Json answer = task_feed_json(b.workspace, b.clock, *parse_json(R"({"owners": [], "limit": 1})"));
    CHECK(answer.integer_or("count", 0) == 9);
    CHECK(answer.find("groups")->items().size() == feed_group_count);
    CHECK(answer.find("groups")->items()[1].find("tasks")->items()[0].text_or("time", "") == "08:00");
}

TEST_CASE("task feed: a reminder's time is that of the person's own day") {
    Bench b;
    b.clock.offset_minutes = 480;
    b.task("Ahead", R"("ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-24T15:59:00Z")");
    b.task("Early", R"("ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-24T23:30:00Z")");
    b.task("First", R"("ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-24T16:00:00Z")");
    b.task("Behind", R"("ActivityDate": "2026-11-25", "ReminderDateTime": "2026-11-25T16:00:00Z")");
    CHECK(b.feed() == "today: First Early Ahead Behind");
    CHECK(feed_time_of(b.workspace.records(), b.clock, 1) == 450);
    CHECK_FALSE(feed_time_of(b.workspace.records(), b.clock, 0));
}

TEST_CASE("task feed: the same as brute force over random tasks") {
    Bench b;
    const std::string other = b.make("User", R"("LastName": "Other")");
    const std::string mine = to_text(b.workspace.records().id_of(b.workspace.current_user()));
    static constexpr const char* priorities[] = {"High", "Normal", "Low"};
    struct Made { int day, minutes, priority; RowIndex row; bool theirs; };
    std::vector<Made> all;
    for (int i = 0; i < 400; ++i) {
        Made made{static_cast<int>(b.random.below(24)) - 10, b.random.below(3) == 0 ? static_cast<int>(b.random.below(1440)) : 9999,
                  static_cast<int>(b.random.below(3)), 0, b.random.below(4) == 0};
        const bool dated = made.day < 12, closed = b.random.below(5) == 0;
        std::string fields = std::string(R"("Priority": ")") + priorities[made.priority] + R"(", "OwnerId": ")" + (made.theirs ? other : mine) + "\"";
        const Days due = b.workspace.today() + made.day;
        if (dated) fields += R"(, "ActivityDate": ")" + days_to_text(due) + "\"";
        if (dated && made.minutes < 1440) fields += R"(, "ReminderDateTime": ")" + instant_to_text(due * milliseconds_per_day + made.minutes * 60'000) + "\"";
        if (!dated) made.day = 9999, made.minutes = 9999;
        if (closed) fields += R"(, "Status": "Completed")";
        const RecordRef record = b.find(b.task("T", fields));
        made.row = record.row;
        if (!closed) all.push_back(made);
    }
    std::ranges::sort(all, {}, [](const Made& made) { return std::tuple(made.day, made.minutes, made.priority, made.row); });
    for (const bool everybody : {true, false})
        for (int first = 0; first < 7; ++first) {
            std::vector<RowIndex> owners;
            if (!everybody) owners.push_back(b.workspace.current_user().row);
            const Feed feed = collect_feed(b.workspace.records(), b.clock, b.workspace.today(), first, owners);
            std::vector<RowIndex> expected[feed_group_count];
            for (const Made& made : all) {
                const auto due = made.day == 9999 ? std::nullopt : std::optional<Days>(b.workspace.today() + made.day);
                if (everybody || !made.theirs) expected[static_cast<std::size_t>(feed_group_of(due, b.workspace.today(), first))].push_back(made.row);
            }
            for (std::size_t i = 0; i < feed_group_count; ++i) CHECK(std::ranges::equal(feed.group(static_cast<FeedGroup>(i)), expected[i]));
        }
}

TEST_CASE("task feed: tasks are put on another day together, one occurrence of what recurs, and one undo takes it back") {
    Bench b;
    const std::string plain = b.task("Plain", R"("ActivityDate": "2026-11-20", "ReminderDateTime": "2026-11-20T08:00:00Z")");
    const std::string daily = b.task("Daily", R"("ActivityDate": "2026-11-25", "Recurrence2PatternText": "FREQ=DAILY", "ReminderDateTime": "2026-11-25T09:00:00Z")");
    const Sequence before = b.workspace.applied_sequence();
    CHECK(b.accepts(reschedule_tasks(b.workspace.records(), b.clock, {b.find(plain).row, b.find(daily).row}, day("2026-11-30"))));
    CHECK(b.workspace.applied_sequence() == before + 1);
    CHECK(b.due_of(plain) == "2026-11-30");
    CHECK(b.text(plain, task_field::reminder) == "2026-11-30T08:00");   // it goes along
    CHECK(b.due_of(daily) == "2026-11-26");
    CHECK(b.text(daily, task_field::reminder) == "2026-11-26T09:00");
    CHECK(b.feed() == "tomorrow: Daily; later: Plain Daily");
    CHECK(b.reminders() == "| 2026-11-26T09:00");
    CHECK(b.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(b.feed() == "overdue: Plain; today: Daily");
    CHECK(b.text(plain, task_field::reminder) == "2026-11-20T08:00");
    CHECK(b.accepts(reschedule_tasks(b.workspace.records(), b.clock, {b.find(plain).row}, std::nullopt)));
    CHECK(b.feed() == "today: Daily; noDate: Plain");
}

TEST_CASE("reminders: due ones, dismissed and snoozed ones, undone") {
    Bench b;
    const std::string call = b.task("Call", R"("ReminderDateTime": "2026-11-25T09:30:00Z")");
    b.task("Later", R"("ReminderDateTime": "2026-11-25T11:00:00Z")");
    b.task("Done", R"("ReminderDateTime": "2026-11-25T09:00:00Z", "Status": "Completed")");
    b.make("Event", R"("Subject": "Demo", "StartDateTime": "2026-11-25T10:05:00Z", "EndDateTime": "2026-11-25T11:00:00Z", "ReminderDateTime": "2026-11-25T09:50:00Z")");
    const std::string other = b.make("User", R"("LastName": "Other")");
    b.task("Theirs", R"("ReminderDateTime": "2026-11-25T09:00:00Z", "OwnerId": ")" + other + "\"");
    CHECK(b.reminders() == "Call Demo | 2026-11-25T11:00");
    const Reminder first = b.collected().due[0];
    CHECK(b.accepts(snooze_reminders(b.workspace.records(), {&first, 1}, *parse_iso_instant("2026-11-25T10:30:00Z"))));
    CHECK(b.reminders() == "Demo | 2026-11-25T10:30");
    CHECK(b.text(call, task_field::reminder) == "2026-11-25T09:30");   // what was planned stays
    b.at("2026-11-25T10:30:00Z");
    CHECK(b.reminders() == "Demo Call | 2026-11-25T11:00");
    const Sequence before = b.workspace.applied_sequence();
    CHECK(b.accepts(dismiss_reminders(b.workspace.records(), b.collected().due)));
    CHECK(b.workspace.applied_sequence() == before + 1);
    CHECK(b.reminders() == "| 2026-11-25T11:00");
    CHECK(b.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(b.reminders() == "Demo Call | 2026-11-25T11:00");
    CHECK(b.accepts(dismiss_reminders(b.workspace.records(), b.collected().due)));
    // A reminder that is set anew is told anew, an earlier one as well.
    b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + call + R"(", "fields": {"ReminderDateTime": "2026-11-25T09:00:00Z"}})");
    CHECK(b.reminders() == "Call | 2026-11-25T11:00");
    b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + call + R"(", "fields": {"Status": "Completed"}})");
    CHECK(b.reminders() == "| 2026-11-25T11:00");
}

TEST_CASE("reminders: they go along with what they are of, and what they pass by isn't told again") {
    Bench b;
    const std::string demo = b.make("Event", R"("Subject": "Demo", "StartDateTime": "2026-11-26T14:00:00Z", "EndDateTime": "2026-11-26T15:00:00Z", "ReminderDateTime": "2026-11-26T13:45:00Z")");
    b.run(R"({"command": "UpdateRecord", "object": "Event", "id": ")" + demo + R"(", "fields": {"StartDateTime": "2026-11-27T09:00:00Z", "EndDateTime": "2026-11-27T10:00:00Z"}})");
    CHECK(b.text(demo, event_field::reminder) == "2026-11-27T08:45");
    b.run(R"({"command": "UpdateRecord", "object": "Event", "id": ")" + demo + R"(", "fields": {"StartDateTime": "2026-11-24T09:00:00Z", "EndDateTime": "2026-11-24T10:00:00Z"}})");
    CHECK(b.text(demo, event_field::reminder) == "2026-11-24T08:45");
    CHECK(b.reminders() == "| -");
}

TEST_CASE("reminders: each occurrence of a recurring event has its own") {
    Bench b;
    const std::string daily = b.make("Event", R"("Subject": "Stand-up", "StartDateTime": "2026-11-20T09:00:00Z", "EndDateTime": "2026-11-20T09:15:00Z", "Recurrence2PatternText": "FREQ=DAILY;COUNT=10", "ReminderDateTime": "2026-11-20T08:50:00Z")");
    CHECK(b.reminders() == "Stand-up | 2026-11-26T08:50");   // the latest alone
    CHECK(b.accepts(snooze_reminders(b.workspace.records(), b.collected().due, *parse_iso_instant("2026-11-25T12:00:00Z"))));
    CHECK(b.reminders() == "| 2026-11-25T12:00");
    b.at("2026-11-25T12:00:00Z");
    CHECK(b.reminders() == "Stand-up | 2026-11-26T08:50");
    CHECK(b.accepts(dismiss_reminders(b.workspace.records(), b.collected().due)));
    CHECK(b.reminders() == "| 2026-11-26T08:50");
    b.at("2026-11-26T08:50:00Z");
    CHECK(b.reminders() == "Stand-up | 2026-11-27T08:50");
    // One occurrence goes to another time, its reminder with it.
    const Json moved = b.run(R"({"command": "UpdateOccurrence", "object": "Event", "id": ")" + daily + R"(", "date": "2026-11-27", "scope": "this", "fields": {"StartDateTime": "2026-11-27T15:00:00Z", "EndDateTime": "2026-11-27T15:15:00Z"}})");
    CHECK(b.text(std::string(moved.text_or("id", "")), event_field::reminder) == "2026-11-27T14:50");
    CHECK(b.reminders() == "Stand-up | 2026-11-27T14:50");
    // All of them half an hour before.
    b.run(R"({"command": "UpdateOccurrence", "object": "Event", "id": ")" + daily + R"(", "date": "2026-11-28", "scope": "all", "fields": {"ReminderDateTime": "2026-11-28T08:30:00Z"}})");
    CHECK(b.text(daily, event_field::reminder) == "2026-11-20T08:30");
    b.at("2026-12-02T00:00:00Z");
    CHECK(b.reminders() == "Stand-up Stand-up | -");
}

TEST_CASE("reminders: no edit of a recurring event brings back one that was dismissed") {
    const std::string today = R"("date": "2026-11-25")", noon = R"("fields": {"StartDateTime": "2026-11-25T17:00:00Z", "EndDateTime": "2026-11-25T17:15:00Z"})";
    const std::string early = R"("fields": {"StartDateTime": "2026-11-25T08:30:00Z", "EndDateTime": "2026-11-25T08:45:00Z"})", words = R"("fields": {"Description": "x"})";
    const auto after = [&](bool dismissed, const std::string& command, const std::string& rest) {
        Bench b;   // it is 2026-11-25, 10:00
        const std::string daily = b.make("Event", R"("Subject": "Stand-up", "StartDateTime": "2026-11-16T09:00:00Z", "EndDateTime": "2026-11-16T09:15:00Z", "Recurrence2PatternText": "FREQ=DAILY", "ReminderDateTime": "2026-11-16T08:50:00Z")");
        if (dismissed) CHECK(b.accepts(dismiss_reminders(b.workspace.records(), b.collected().due)));
        CHECK(b.collected().due.empty() == dismissed);
        CHECK(b.run(R"({"command": ")" + command + R"(", "object": "Event", "id": ")" + daily + "\", " + rest + "}").boolean_or("ok", false));
        return b.reminders();
    };
    const std::string next = "| 2026-11-26T08:50", update = "UpdateOccurrence", remove = "DeleteOccurrence";
    for (const bool dismissed : {true, false}) {
        CHECK(after(dismissed, remove, today + R"(, "scope": "this")") == next);
        CHECK(after(dismissed, remove, today + R"(, "scope": "following")") == "| -");
        CHECK(after(dismissed, update, today + R"(, "scope": "this", )" + noon) == "| 2026-11-25T16:50");
        CHECK(after(dismissed, update, today + R"(, "scope": "all", )" + noon) == "| 2026-11-25T16:50");
        const std::string due = dismissed ? "" : "Stand-up ";
        CHECK(after(dismissed, update, today + R"(, "scope": "this", )" + words) == due + next);
        CHECK(after(dismissed, update, today + R"(, "scope": "following", )" + words) == due + next);
        CHECK(after(dismissed, update, R"("date": "2026-11-20", "scope": "this", )" + words) == due + next);
        CHECK(after(dismissed, update, R"("date": "2026-11-20", "scope": "following", )" + words) == due + next);
    }
    CHECK(after(true, update, today + R"(, "scope": "this", )" + early) == next);
    CHECK(after(true, update, today + R"(, "scope": "following", )" + early) == "| 2026-11-26T08:20");
    CHECK(after(true, update, today + R"(, "scope": "all", )" + early) == "| 2026-11-26T08:20");
    CHECK(after(true, "UpdateRecord", R"("fields": {"StartDateTime": "2026-11-16T08:30:00Z", "EndDateTime": "2026-11-16T08:45:00Z"})") == "| 2026-11-26T08:20");
    CHECK(after(true, "UpdateRecord", R"("fields": {"Recurrence2PatternText": "FREQ=WEEKLY"})") == "| 2026-11-30T08:50");
}

TEST_CASE("task feed: weeks of lists begin as the feed's do, by the page's locale") {
    Bench b;   // a Wednesday
    b.task("Sunday", R"("ActivityDate": "2026-11-22")");
    b.task("Next Sunday", R"("ActivityDate": "2026-11-29")");
    const auto found = [&] { return std::string(b.query("SELECT Subject FROM Task WHERE ActivityDate = THIS_WEEK").find("records")->items()[0].text_or("Subject", "")); };
    CHECK(found() == "Sunday");   // without a page
    CHECK(b.feed() == "overdue: Sunday; later: Next Sunday");
    const std::uint64_t revision = b.workspace.revision();
    b.workspace.follow_calendar(1);
    CHECK(b.workspace.revision() > revision);
    CHECK(found() == "Next Sunday");
    CHECK(b.feed() == "overdue: Sunday; thisWeek: Next Sunday");
}

TEST_CASE("reminders: a recurring task's stays with it when it was dismissed and the task goes on") {
    Bench b;
    const std::string report = b.task("Report", R"("ActivityDate": "2026-11-25", "Recurrence2PatternText": "FREQ=WEEKLY", "ReminderDateTime": "2026-11-25T09:00:00Z")");
    CHECK(b.reminders() == "Report | -");
    CHECK(b.accepts(dismiss_reminders(b.workspace.records(), b.collected().due)));
    CHECK(b.reminders() == "| -");
    b.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + report + R"(", "fields": {"Status": "Completed"}})");
    CHECK(b.reminders() == "| 2026-12-02T09:00");
}
