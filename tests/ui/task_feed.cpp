// The task feed, the next task and reminders without a browser, by role and name: keys, snoozing, dragging, ticked rows, one
// task after the other, notices that take no focus, notifications only for who allowed them.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/kit/kit.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// The clock stands at Monday, 2026-11-23, 10:00; the week begins on Monday.
struct Feeder : UiDriver {
    explicit Feeder(float width = 1440, float height = 900, bool touch = false) : UiDriver(width, height, 1, touch) {}
    std::string task(const std::string& subject, const std::string& day, const std::string& more = "") {
        return create("Task", R"("Subject": ")" + subject + "\"" + (day.empty() ? "" : R"(, "ActivityDate": ")" + day + "\"") + (more.empty() ? "" : ", " + more));
    }
    std::string due(const std::string& subject) { return field("ActivityDate", "Task WHERE Subject = '" + subject + "'"); }
    std::string field(const std::string& name, const std::string& from) {
        const Json answer = data.query("SELECT " + name + " FROM " + from);
        const Json* records = answer.find("records");
        return records && !records->items().empty() ? std::string(records->items()[0].text_or(name, "")) : "<none>";
    }
    std::string route() { return app.context().route().to_text(); }
    bool is_focused(const std::string& name) { return focused() && focused()->name == name; }
};

}  // namespace

TEST_CASE("task feed: groups with counts, words for when it is due, and no name missing") {
    Feeder ui;
    ui.task("Late", "2026-11-20");
    ui.task("Now", "2026-11-23", R"("Priority": "High")");
    ui.task("Soon", "2026-11-24");
    ui.task("Friday", "2026-11-27");
    ui.task("Far", "2026-12-24");
    ui.task("Someday", "");
    ui.go("#/o/Task/feed");
    CHECK(ui.find(Role::Group, "Overdue, 1 task") != nullptr);
    CHECK(ui.find(Role::Group, "Later this week, 1 task") != nullptr);
    CHECK(ui.find(Role::Group, "No date, 1 task") != nullptr);
    REQUIRE(ui.find(Role::Link, "Late") != nullptr);
    CHECK(ui.find(Role::Link, "Late")->description == "3 days late");
    CHECK(ui.find(Role::Link, "Now")->description == "Today, High");
    CHECK(ui.shows("6 open"));
    CHECK(ui.unnamed() == "");
    ui.press("g");
    ui.press("h");
    ui.press("g");
    ui.press("t");
    CHECK(ui.route() == "#/o/Task/feed");
    ui.click(Role::Button, "List");
    CHECK(ui.route() == "#/o/Task");
    ui.press("g");
    ui.press("h");
    ui.press("g");
    ui.press("t");
    CHECK(ui.route() == "#/o/Task");   // the one looked at last
    ui.click(Role::Button, "To do");
    CHECK(ui.route() == "#/o/Task/feed");
}

TEST_CASE("task feed: by keyboard a task is completed, snoozed, deleted; the focus goes on, undo brings it back") {
    Feeder ui;
    ui.task("One", "2026-11-20");
    ui.task("Two", "2026-11-23");
    ui.task("Three", "2026-11-23");
    ui.task("Four", "2026-11-24");
    ui.go("#/o/Task/feed");
    ui.press("j");
    CHECK(ui.is_focused("One"));
    ui.press("ArrowDown");
    CHECK(ui.is_focused("Two"));
    ui.press("e");
    CHECK(ui.count("Task WHERE IsClosed = true") == 1);
    CHECK(ui.shows("“Two” completed"));
    CHECK(ui.is_focused("Three"));
    ui.click(Role::Button, "Undo");
    CHECK(ui.count("Task WHERE IsClosed = true") == 0);
    ui.focus(Role::Link, "Three");
    ui.press("s");
    CHECK(ui.find(Role::MenuItem, "Today") == nullptr);
    ui.click(Role::MenuItem, "Next week");
    CHECK(ui.due("Three") == "2026-11-30");
    ui.focus(Role::Link, "One");
    ui.press("s");
    ui.click(Role::MenuItem, "Today");
    CHECK(ui.due("One") == "2026-11-23");
    CHECK(ui.shows("“One” moved to today"));
    ui.focus(Role::Link, "Four");
    ui.press("Delete");
    CHECK(ui.count("Task") == 3);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Task") == 4);
    ui.focus(Role::Link, "One");
    ui.press("Enter");
    CHECK(ui.route().starts_with("#/r/"));
}

TEST_CASE("task feed: ticked tasks are changed together, one undo") {
    Feeder ui;
    ui.task("One", "2026-11-20");
    ui.task("Two", "2026-11-23");
    ui.task("Daily", "2026-11-23", R"("Recurrence2PatternText": "FREQ=DAILY")");
    ui.go("#/o/Task/feed");
    ui.press("j");
    ui.press("x");
    ui.press("j");
    ui.press("x");
    CHECK(ui.shows("2 selected"));
    ui.click(Role::Button, "Snooze");
    ui.click(Role::MenuItem, "Tomorrow");
    CHECK(ui.due("One") == "2026-11-24");
    CHECK(ui.due("Two") == "2026-11-24");
    CHECK_FALSE(ui.shows("2 selected"));
    ui.press("Ctrl+Z");
    CHECK(ui.due("One") == "2026-11-20");
    for (const char* name : {"One", "Two", "Daily"}) {
        ui.focus(Role::Link, name);
        ui.press("x");
    }
    ui.press("e");
    CHECK(ui.count("Task WHERE IsClosed = true") == 3);
    CHECK(ui.due("Daily") == "2026-11-24");   // it goes on
    ui.press("Ctrl+Z");
    CHECK(ui.count("Task WHERE IsClosed = true") == 0);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("task feed: one's own, everybody's") {
    Feeder ui;
    const std::string ann = ui.create("User", R"("LastName": "Ann")");
    ui.task("Mine", "2026-11-23");
    ui.task("Hers", "2026-11-23", R"("OwnerId": ")" + ann + "\"");
    ui.go("#/o/Task/feed");
    CHECK_FALSE(ui.shows("Hers"));
    ui.click(Role::Button, "My tasks");
    ui.click(Role::MenuItem, "Everyone");
    CHECK(ui.find(Role::Link, "Hers") != nullptr);
    ui.go("#/o/Task/feed?of=" + ann);
    CHECK_FALSE(ui.shows("Mine"));
    CHECK(ui.shows("Hers"));
    // One's own are chosen as anybody's are, and oneself is named once.
    ui.click(Role::Button, "Ann");
    ui.click(Role::MenuItem, "My tasks");
    CHECK(ui.shows("Mine"));
    CHECK(ui.shows("Hers"));
    ui.click(Role::MenuItem, "Ann");
    CHECK(ui.shows("Mine"));
    CHECK_FALSE(ui.shows("Hers"));
    CHECK_FALSE(ui.find(Role::MenuItem, "You"));
}

TEST_CASE("next task: one after the other, with what it is about, to a calm end") {
    Feeder ui;
    const std::string acme = ui.create("Account", R"("Name": "Acme", "Phone": "+1 555 0100")");
    ui.task("One", "2026-11-20", R"("WhatId": ")" + acme + "\"");
    ui.task("Two", "2026-11-23");
    ui.task("Three", "2026-11-23");
    ui.task("Tomorrow's", "2026-11-24");
    ui.go("#/o/Task/feed");
    ui.press("w");
    CHECK(ui.shows("1 of 3"));
    CHECK_FALSE(ui.find(Role::Button, "Previous task"));
    CHECK(ui.find(Role::Link, "Acme") != nullptr);
    CHECK(ui.unnamed() == "");
    ui.press("e");
    CHECK(ui.shows("2 of 3"));
    CHECK(ui.count("Task WHERE IsClosed = true") == 1);
    ui.click(Role::Button, "Skip");
    CHECK(ui.shows("3 of 3"));
    ui.click(Role::Button, "Previous task");
    CHECK(ui.shows("2 of 3"));
    ui.press("j");
    ui.press("s");
    ui.click(Role::MenuItem, "Tomorrow");
    CHECK(ui.due("Three") == "2026-11-24");
    CHECK(ui.shows("1 completed, 1 moved, 2 skipped."));
    ui.click(Role::Button, "Close");
    CHECK(ui.route() == "#/o/Task/feed");
}

TEST_CASE("task feed: on phones and tablets, by touch") {
    for (const auto& [width, height] : {std::pair{390.0f, 844.0f}, {820.0f, 1180.0f}}) {
        Feeder ui(width, height, true);
        ui.task("One", "2026-11-20");
        ui.task("Two", "2026-11-23");
        ui.go("#/o/Task/feed");
        CHECK(ui.unnamed() == "");
        if (width > 800) {   // the title keeps its room: whose tasks they are is chosen below it
            REQUIRE(ui.find(Role::Heading, "Tasks") != nullptr);
            REQUIRE(ui.find(Role::Button, "My tasks") != nullptr);
            CHECK(ui.find(Role::Heading, "Tasks")->box.width >= 100);
            CHECK(ui.find(Role::Button, "My tasks")->box.y > ui.find(Role::Button, "New task")->box.y + 44);
        }
        ui.click(Role::Button, "Snooze: One");
        ui.click(Role::MenuItem, "Tomorrow");
        CHECK(ui.due("One") == "2026-11-24");
        ui.click(Role::Checkbox, "Done: Two");
        CHECK(ui.count("Task WHERE IsClosed = true") == 1);
    }
}

TEST_CASE("reminders: those from before stand together, are snoozed and dismissed, and stay so") {
    Feeder ui;
    ui.task("Call", "2026-11-23", R"("ReminderDateTime": "2026-11-23T09:00:00Z")");
    ui.create("Event", R"("Subject": "Demo", "StartDateTime": "2026-11-23T10:30:00Z", "EndDateTime": "2026-11-23T11:00:00Z", "ReminderDateTime": "2026-11-23T10:10:00Z")");
    ui.go("#/settings");
    REQUIRE(ui.find(Role::AlertDialog, "Reminders") != nullptr);
    CHECK(ui.shows("Call"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Snooze");
    ui.click(Role::MenuItem, "In an hour");
    CHECK(ui.find(Role::AlertDialog, "Reminders") == nullptr);
    CHECK(ui.field("ReminderHandledDateTime", "Task") == "2026-11-23T11:00:00.000Z");
    // The next one comes without anybody doing anything, and takes no focus.
    CHECK(ui.app.wake_after_milliseconds() >= 0);
    ui.data.clock.instant += 10 * 60'000;
    const SemanticsNode* before = ui.focused();
    const std::uint32_t focus = before ? before->id : 0;
    ui.settle();
    CHECK(ui.find(Role::Heading, "Demo") != nullptr);
    CHECK((ui.focused() ? ui.focused()->id : 0) == focus);
    ui.click(Role::Button, "Dismiss");
    CHECK(ui.find(Role::AlertDialog, "Reminders") == nullptr);
    ui.press("Ctrl+Z");
    CHECK(ui.find(Role::Heading, "Demo") != nullptr);
    ui.data.clock.instant += 60 * 60'000;
    ui.settle();
    CHECK(ui.shows("2 reminders"));
    ui.click(Role::Button, "Done: Call");
    CHECK(ui.count("Task WHERE IsClosed = true") == 1);
    ui.click(Role::Button, "Open");
    CHECK(ui.route().starts_with("#/r/"));
    CHECK(ui.find(Role::AlertDialog, "Reminders") == nullptr);
}

TEST_CASE("reminders: many from before are grouped, and a browser is asked only after a press") {
    Feeder ui;
    ui.browser.permission = NotifyPermission::Ask;
    for (int i = 0; i < 7; ++i) ui.task("Call " + std::to_string(i), "2026-11-20", R"("ReminderDateTime": "2026-11-20T09:00:00Z")");
    ui.go("#/settings");
    CHECK(ui.browser.permission_asked == 0);
    CHECK(ui.shows("7 reminders"));
    ui.click(Role::Button, "Show all 7");
    CHECK(ui.find(Role::Link, "Call 6") != nullptr);
    ui.click(Role::Switch, "Notify me in the background, too");
    CHECK(ui.browser.permission_asked == 1);
    ui.task("Later", "2026-11-23", R"("ReminderDateTime": "2026-11-23T10:05:00Z")");
    ui.settle();
    CHECK(ui.browser.notified.empty());
    ui.data.clock.instant += 5 * 60'000;
    ui.settle();
    REQUIRE(ui.browser.notified.size() == 1);
    CHECK(ui.browser.notified[0].starts_with("Later #/r/"));
    ui.click(Role::Button, "Dismiss all");
    CHECK(ui.find(Role::AlertDialog, "Reminders") == nullptr);
    CHECK(ui.app.wake_after_milliseconds() < 60'000);   // the toast's, no reminder's
}

TEST_CASE("reminders: the very first one is told though it fell due before a frame saw it") {
    Feeder ui;
    ui.browser.permission = NotifyPermission::Granted;
    ui.browser.settings["reminders.notify"] = "on";
    ui.go("#/settings");
    ui.settle();
    ui.task("Call", "2026-11-23", R"("ReminderDateTime": "2026-11-23T10:00:01Z")");
    ui.data.clock.instant += 5'000;
    ui.settle();
    REQUIRE(ui.browser.notified.size() == 1);
    CHECK(ui.browser.notified[0].starts_with("Call #/r/"));
}

TEST_CASE("reminders: a form offers the usual ones, which follow the start while it is typed") {
    Feeder ui;
    ui.go("#/o/Event/new?StartDateTime=2026-11-24T10:00:00Z&EndDateTime=2026-11-24T11:00:00Z");
    ui.type(Role::TextField, "Subject", "Demo");
    ui.click(Role::Button, "Remind me…");
    ui.click(Role::MenuItem, "15 minutes before");
    ui.click(Role::Button, "Save");
    CHECK(ui.field("ReminderDateTime", "Event") == "2026-11-24T09:45:00.000Z");
    ui.go("#/o/Task/new?ActivityDate=2026-11-24");
    ui.type(Role::TextField, "Subject", "Quote");
    ui.click(Role::Button, "Remind me…");
    ui.click(Role::MenuItem, "On that day at 9");
    ui.click(Role::Button, "Save");
    CHECK(ui.field("ReminderDateTime", "Task") == "2026-11-24T09:00:00.000Z");
}

TEST_CASE("task feed: tasks that are called the same are told apart by whom they are about") {
    Feeder ui;
    for (const char* name : {"Ann", "Bob"}) {
        const std::string contact = ui.create("Contact", R"("LastName": ")" + std::string(name) + "\"");
        ui.task("Call", "2026-11-23", R"("WhoId": ")" + contact + "\"");
    }
    ui.task("Call", "2026-11-23");
    ui.go("#/o/Task/feed");
    CHECK(ui.find(Role::Link, "Call, Ann"));
    CHECK(ui.find(Role::Link, "Call, Bob"));
    CHECK(ui.find(Role::Link, "Call"));
    ui.click(Role::Checkbox, "Done: Call, Bob");
    CHECK(ui.count("Task WHERE IsClosed = true AND Who.Name = 'Bob'") == 1);
}

TEST_CASE("task feed: on a phone the next task's button says so in words") {
    Feeder ui(390, 844, true);
    ui.task("Call", "2026-11-23");
    ui.go("#/o/Task/feed");
    REQUIRE(ui.find(Role::Button, "Next task"));
    CHECK(ui.find(Role::Button, "Next task")->box.width > 80);
}

TEST_CASE("reminders: a finger finds each button of the notice, and a dialog's Close") {
    Feeder ui(390, 844, true);
    for (const char* name : {"Call", "Write"}) ui.task(name, "2026-11-23", R"("ReminderDateTime": "2026-11-23T09:00:00Z")");
    ui.go("#/settings");
    int seen = 0;
    const auto check = [&] {
        for (const SemanticsNode* button : ui.find_all(Role::Button)) {
            const std::string_view name = button->name;
            if (!name.starts_with("Snooze") && !name.starts_with("Done") && !name.starts_with("Dismiss") && name != "Close") continue;
            CHECK_MESSAGE(button->box.width >= 40, name);
            CHECK_MESSAGE(button->box.height >= 40, name);
            ++seen;
        }
    };
    check();
    CHECK(seen == 5);
    ui.go("#/o/Account?dialog=conditions");
    check();
    CHECK(seen > 5);
}

TEST_CASE("reminders: the notice stands above the bar for ticked tasks, on a laptop and on a phone") {
    for (const auto& [width, height, touch] : {std::tuple{1440.0f, 900.0f, false}, {390.0f, 844.0f, true}}) {
        Feeder ui(width, height, touch);
        ui.task("Call", "2026-11-23", R"("ReminderDateTime": "2026-11-23T09:00:00Z")");
        ui.go("#/o/Task/feed");
        const auto low = [&] { return ui.find(Role::AlertDialog, "Reminders")->box.y + ui.find(Role::AlertDialog, "Reminders")->box.height; };
        REQUIRE(ui.find(Role::AlertDialog, "Reminders"));
        const float before = low();
        ui.click(Role::Button, "List menu");
        ui.click(Role::MenuItem, "Select records");
        ui.click(Role::Checkbox, "Select Call");
        REQUIRE(ui.find(Role::Toolbar, "Selected records"));
        CHECK(low() < before);
        CHECK(low() <= ui.find(Role::Button, "Complete")->box.y);
        CHECK(low() <= ui.find(Role::Button, "Delete")->box.y);
    }
}

TEST_CASE("task feed, board: on the narrowest phone how many there are is not cut") {
    UiDriver ui(320, 640, 1, true);
    for (int i = 0; i < 41; ++i) ui.create("Task", R"("Subject": "Call")");
    for (int i = 0; i < 4; ++i) ui.create("Opportunity", R"("Name": "O", "StageName": "Prospecting", "CloseDate": "2027-01-01")");
    const auto is_whole = [&](std::string_view words) {
        const SemanticsNode* node = ui.find(Role::Text, words);
        REQUIRE(node);
        return kit::text_height(ui.app.context(), words, TextStyle::Dense, node->box.width) <= 2 * kit::text_height(ui.app.context(), "1", TextStyle::Dense, 100) + 1;
    };
    ui.go("#/o/Task/feed");
    CHECK(is_whole("41 open"));
    CHECK(ui.find(Role::Button, "Next task"));
    ui.go("#/o/Opportunity/board");
    CHECK(is_whole("4 records"));
    ui.click(Role::Button, "List");
    CHECK(ui.app.context().route().to_text() == "#/o/Opportunity");
}
