// The calendar page without a browser, by role and name: views and addresses, keys, what repeats, all-day items, owners.
#include <doctest/doctest.h>

#include <algorithm>

#include "imgui.h"
#include "tests/ui/driver.h"
#include "ui/kit/drawn_width.h"
#include "ui/kit/internal.h"
#include "ui/kit/paint.h"
#include "ui/pages/calendar_view.h"
#include "ui/pages/field_view.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// The clock stands at Monday, 2026-11-23, 10:00; the week begins on Monday.
struct Planner : UiDriver {
    explicit Planner(float width = 1440, float height = 900, bool touch = false) : UiDriver(width, height, 1, touch) {}
    std::string event(const std::string& subject, const std::string& day, const std::string& from, const std::string& to, const std::string& more = "") {
        return create("Event", R"("Subject": ")" + subject + R"(", "StartDateTime": ")" + day + "T" + from + R"(:00Z", "EndDateTime": ")" + day + "T" + to + R"(:00Z")" + more);
    }
    std::string route() { return app.context().route().to_text(); }
    std::string text(const std::string& soql, const std::string& field) {
        const Json answer = data.query(soql);
        const Json* records = answer.find("records");
        return records && !records->items().empty() ? std::string(records->items()[0].text_or(field, "")) : "<none>";
    }
};

}  // namespace

TEST_CASE("calendar: events and tasks by day and hour, with whole names, and no name missing") {
    Planner ui;
    ui.event("Call with Ann", "2026-11-24", "10:00", "10:30");
    ui.event("Demo", "2026-11-24", "10:15", "11:00");
    ui.create("Task", R"("Subject": "Send quote", "ActivityDate": "2026-11-25")");
    ui.event("Next week", "2026-12-01", "10:00", "11:00");
    ui.create("Task", R"("Subject": "Send offer", "ActivityDate": "2026-11-20")");
    ui.go("#/calendar");
    CHECK(ui.find(Role::Button, "Call with Ann, 10:00 to 10:30") != nullptr);
    CHECK(ui.find(Role::Button, "Demo, 10:15 to 11:00") != nullptr);
    CHECK(ui.find(Role::Button, "Send quote, Task due") != nullptr);
    CHECK_FALSE(ui.shows("Next week"));
    CHECK(ui.unnamed() == "");
    // What overlaps stands side by side.
    const SemanticsNode* call = ui.find(Role::Button, "Call with Ann, 10:00 to 10:30");
    const SemanticsNode* demo = ui.find(Role::Button, "Demo, 10:15 to 11:00");
    CHECK(call->box.x + call->box.width <= demo->box.x + 1);
    ui.click(Role::Button, "Next");
    CHECK(ui.route() == "#/calendar?date=2026-11-30");
    CHECK(ui.shows("Next week, 10:00 to 11:00"));
    ui.press("t");
    CHECK(ui.route() == "#/calendar");
    for (const char* view : {"m", "a", "d", "w"}) {
        ui.press(view);
        CHECK_MESSAGE(ui.unnamed() == "", view);
    }
    ui.press("m");
    CHECK(ui.find(Role::Button, "Send offer, Task overdue") != nullptr);
    CHECK(ui.shows("Call with Ann, 10:00 to 10:30"));
    CHECK(ui.shows("Next week, 10:00 to 11:00"));
    ui.press("a");
    CHECK(ui.shows("Next week, 10:00 to 11:00"));
}

TEST_CASE("calendar: the day after midnight tells until when, and another start takes the end along") {
    Planner ui;
    ui.event("Night train", "2026-11-24", "23:45", "23:59");
    ui.create("Event", R"("Subject": "Ferry", "StartDateTime": "2026-11-24T22:00:00Z", "EndDateTime": "2026-11-25T06:30:00Z")");
    CalendarView view;
    view.refresh(ui.app.context(), Route::parse("#/calendar?view=week&date=2026-11-24"));
    const Days day = *parse_iso_date("2026-11-24");
    const auto words = [&](std::string_view subject, Days on) {
        const auto item = std::ranges::find_if(view.items(), [&](const CalendarItem& one) { return record_title(ui.app.context(), one.record) == subject; });
        REQUIRE(item != view.items().end());
        return view.start_words(ui.app.context(), *item, on);
    };
    CHECK(words("Night train", day) == "23:45");
    CHECK(words("Ferry", day) == "22:00");
    CHECK(words("Ferry", day + 1) == "until 6:30");

    ui.go("#/o/Event/new?StartDateTime=2026-11-24T09:00:00Z&EndDateTime=2026-11-24T10:30:00Z");
    ui.type(Role::TextField, "Start", "28/12/2026");
    CHECK(ui.find(Role::TextField, "End")->value.find("28/12/2026") != std::string::npos);
    ui.type(Role::TextField, "Start: time", "14:00");
    ui.type(Role::TextField, "Subject", "Later");
    ui.click(Role::Button, "Save");
    CHECK(ui.text("SELECT EndDateTime FROM Event WHERE Subject = 'Later'", "EndDateTime") == "2026-12-28T15:30:00.000Z");
}

TEST_CASE("calendar: what scrolls keeps its place within its day, so that nothing need be laid out anew for it") {
    Planner ui;
    ui.event("Call with Ann", "2026-11-24", "11:00", "11:30");
    ui.go("#/calendar");
    const auto item = [&] { return ui.find(Role::Button, "Call with Ann, 11:00 to 11:30"); };
    REQUIRE(item() != nullptr);
    const auto day = [&] { return std::ranges::find(ui.nodes(), item()->parent, &SemanticsNode::id); };
    const float at = item()->box.y, within = at - day()->box.y;
    CHECK(day()->scrolls);
    CHECK(day()->clip.width == 0);
    ImGui::GetIO().AddMousePosEvent(700, 500);
    ImGui::GetIO().AddMouseWheelEvent(0, -1);
    ui.frame();
    ui.settle();
    REQUIRE(item() != nullptr);
    CHECK(item()->box.y < at - 10);
    CHECK(item()->box.y - day()->box.y == doctest::Approx(within));
}

TEST_CASE("calendar: another display keeps the hours that one looks at") {
    Planner ui(1280, 700);
    ui.event("Lunch", "2026-11-23", "12:00", "13:00");
    ui.go("#/calendar?view=day");
    const auto top = [&] {
        REQUIRE(ui.find(Role::Button, "Lunch, 12:00 to 13:00"));
        return ui.find(Role::Button, "Lunch, 12:00 to 13:00")->box.y / ui.app.context().scale;
    };
    const float at = top();
    for (const float ratio : {2.0f, 1.5f, 1.0f}) {
        ui.zoom(ratio);
        CHECK(top() == doctest::Approx(at).epsilon(0.01));
    }
}

TEST_CASE("calendar: another display keeps what a list of times shows, and what the pointer rests on") {
    Planner ui(1280, 700);
    ui.go("#/o/Event/new");
    const SemanticsNode* opener = nullptr;
    for (const SemanticsNode* button : ui.find_all(Role::Button))
        if (!opener && button->name.starts_with("Choose a time for")) opener = button;
    REQUIRE(opener);
    ui.click(opener);
    const float pointed = kit::pointer(ui.app.context()).y;
    const auto top = [&] {
        REQUIRE(ui.find(Role::Option, "9:00"));
        return ui.find(Role::Option, "9:00")->box.y / ui.app.context().scale;
    };
    const float before = top();
    for (const float ratio : {2.0f, 1.5f, 1.0f}) {
        ui.zoom(ratio);
        CHECK(top() == doctest::Approx(before).epsilon(0.01));
        CHECK(kit::pointer(ui.app.context()).y == doctest::Approx(pointed).epsilon(0.01));
    }
}

TEST_CASE("calendar: it opens where the present hour is in sight, by an address of another view too") {
    Planner ui(1280, 600);
    ui.data.clock.instant += 9 * 3'600'000;
    ui.event("Dinner", "2026-11-23", "19:00", "20:00");
    for (const char* address : {"#/calendar?view=day", "#/calendar?view=month", "#/calendar?view=week"}) {
        ui.go(address);
        const SemanticsNode* dinner = ui.find(Role::Button, "Dinner, 19:00 to 20:00");
        REQUIRE(dinner);
        CHECK_MESSAGE(dinner->box.y + dinner->box.height <= 600, address);
    }
}

TEST_CASE("calendar: of several people's a legend says whose colour is whose; on a phone the month is said") {
    Planner ui(390, 844, true);
    const std::string ann = ui.create("User", R"("LastName": "Ann")");
    ui.go("#/calendar?view=day&of=" + ui.me() + "," + ann);
    CHECK(ui.find(Role::Text, "Ann"));
    CHECK(ui.find(Role::Text, "2026-11"));
    ui.go("#/calendar?view=day");
    CHECK_FALSE(ui.find(Role::Text, "Ann"));
}

TEST_CASE("calendar: what lasts all day says how much more there is only where it is more than one") {
    Planner ui;
    for (const char* subject : {"One", "Two", "Three", "Four"}) ui.create("Task", R"("ActivityDate": "2026-11-25", "Subject": ")" + std::string(subject) + "\"");
    for (const char* subject : {"A", "B", "C", "D", "E"}) ui.create("Task", R"("ActivityDate": "2026-11-26", "Subject": ")" + std::string(subject) + "\"");
    ui.go("#/calendar?view=week");
    CHECK(ui.find(Role::Button, "Four, Task due") != nullptr);
    CHECK(ui.find(Role::Button, "C, Task due") != nullptr);
    CHECK(ui.find(Role::Button, "D, Task due") == nullptr);
    CHECK(ui.shows("2 more"));
    CHECK_FALSE(ui.shows("1 more"));
    ui.go("#/calendar?view=day&date=2026-11-26");
    CHECK(ui.find(Role::Button, "E, Task due") != nullptr);
}

TEST_CASE("calendar: the line through a done task ends where its words are cut") {
    UiDriver ui;
    ui.settle();
    Context& context = ui.app.context();
    const std::string text = "Update forecast for the board";
    const float whole = kit::text_width(context, text, TextStyle::Body);
    CHECK(kit::drawn_width(context, text, TextStyle::Body, whole) == whole);
    for (float room = 40; room < whole; room += 7) {
        const float width = kit::drawn_width(context, text, TextStyle::Body, room);
        CHECK(width <= room);
        CHECK(width > room - 30);
    }
}

TEST_CASE("calendar: for a finger what lasts all day is a line of 36 px, where the hours keep room") {
    for (const auto& [height, line] : {std::pair{1180.0f, 36.0f}, {500.0f, 24.0f}}) {
        Planner ui(820, height, true);
        for (const char* subject : {"One", "Two"}) ui.create("Task", R"("ActivityDate": "2026-11-25", "Subject": ")" + std::string(subject) + "\"");
        for (const char* view : {"week", "day"}) {
            ui.go("#/calendar?date=2026-11-25&view=" + std::string(view));
            const SemanticsNode* one = ui.find(Role::Button, "One, Task due");
            const SemanticsNode* two = ui.find(Role::Button, "Two, Task due");
            REQUIRE(one != nullptr);
            REQUIRE(two != nullptr);
            CHECK(one->box.height == doctest::Approx(line));
            CHECK(two->box.y >= one->box.y + line);
        }
    }
}

TEST_CASE("calendar: in a low window three hours stay in sight, and a month's days say how much they hold") {
    for (const auto& [width, height, touch, hour, folded] : {std::tuple{844.0f, 390.0f, true, 56.0f, "6 items on Wed 2026-11-25"}, {640.0f, 400.0f, false, 50.0f, "5 more on Wed 2026-11-25"}}) {
        Planner ui(width, height, touch);
        for (const char* subject : {"A", "B", "C", "D", "E", "F"}) ui.create("Task", R"("ActivityDate": "2026-11-25", "Subject": ")" + std::string(subject) + "\"");
        ui.event("Call", "2026-11-25", "10:00", "10:30");
        for (const char* view : {"week", "day"}) {
            ui.go("#/calendar?date=2026-11-25&view=" + std::string(view));
            const SemanticsNode* strip = ui.find(Role::Button, "New all-day event on Wed 2026-11-25");
            REQUIRE(strip != nullptr);
            CHECK_MESSAGE(height - (strip->box.y + strip->box.height) > 2.9f * hour, view);
            CHECK(ui.find(Role::Button, "Call, 10:00 to 10:30") != nullptr);
            CHECK(ui.unnamed() == "");
        }
        ui.go("#/calendar?date=2026-11-25&view=week");
        CHECK(ui.find(Role::Button, folded) != nullptr);
        ui.click(Role::Button, "Week");
        ui.click(Role::MenuItem, "Month");
        const SemanticsNode* count = ui.find(Role::Button, "7 items on Wed 2026-11-25");
        const SemanticsNode* day = ui.find(Role::Button, "New event on Wed 2026-11-25");
        REQUIRE(count != nullptr);
        CHECK(count->box.width >= 24);
        CHECK(count->box.height >= 24);
        CHECK(count->box.y + count->box.height <= day->box.y + day->box.height);
        ui.click(count);
        CHECK(ui.route() == "#/calendar?date=2026-11-25&view=day");
    }
    // Where not even that has room, the page scrolls.
    Planner ui(560, 320, true);
    ui.go("#/calendar?view=day");
    const float at = ui.find(Role::Button, "Today")->box.y;
    ImGui::GetIO().AddMousePosEvent(300, 70);
    ImGui::GetIO().AddMouseWheelEvent(0, -1);
    ui.frame();
    ui.settle();
    CHECK(ui.find(Role::Button, "Today")->box.y < at - 10);
}

TEST_CASE("calendar: what lasts all day tells its day, a move tells where to, and the focus follows it, by undo too") {
    Planner ui;
    ui.create("Task", R"("Subject": "Prepare demo", "ActivityDate": "2026-11-28")");
    ui.event("Fair", "2026-11-24", "00:00", "00:00", R"(, "IsAllDayEvent": true)");
    ui.event("Call", "2026-11-24", "10:00", "10:30");
    ui.go("#/calendar?view=week");
    const auto focused = [&](std::string_view name, std::string_view day) {
        const SemanticsNode* node = ui.focused();
        REQUIRE(node != nullptr);
        CHECK(node->name == name);
        if (!day.empty()) CHECK(node->description.starts_with(day));
    };
    for (const auto& [name, from, to, said] : {std::tuple{"Fair, All day", "Tue 2026-11-24", "Wed 2026-11-25", "“Fair” is moved to Wed 2026-11-25"},
                                               {"Call, 10:00 to 10:30", "", "", "“Call” is moved to Wed 2026-11-25, 10:00"}}) {
        ui.focus(Role::Button, name);
        focused(name, from);
        ui.press("Ctrl+ArrowRight");
        CHECK(std::ranges::contains(ui.said, said));
        focused(name, to);
        ui.press("Ctrl+Z");
        focused(name, from);
    }
    ui.press("Ctrl+Shift+ArrowDown");
    CHECK(std::ranges::contains(ui.said, "The end of “Call” is changed to Tue 2026-11-24, 10:45"));
    // Beyond the week and back.
    ui.focus(Role::Button, "Prepare demo, Task due");
    ui.press("Ctrl+ArrowRight");
    ui.press("Ctrl+ArrowRight");
    focused("Prepare demo, Task due", "Mon 2026-11-30");
    ui.press("Ctrl+Z");
    focused("Prepare demo, Task due", "Sun 2026-11-29");
    // Who has gone on is left in peace.
    ui.focus(Role::Button, "Next");
    ui.press("Ctrl+Z");
    focused("Next", "");
}

TEST_CASE("calendar: a stretch of days says once what both its ends have") {
    CHECK(stretch_words("Nov 22, 2026", "Nov 28, 2026", "2026") == "Nov 22 – 28, 2026");
    CHECK(stretch_words("Nov 29, 2026", "Dec 5, 2026", "2026") == "Nov 29 – Dec 5, 2026");
    CHECK(stretch_words("Dec 27, 2026", "Jan 2, 2027", "") == "Dec 27, 2026 – Jan 2, 2027");
    CHECK(stretch_words("22 Nov 2026", "28 Nov 2026", "2026") == "22 Nov – 28 Nov 2026");
    CHECK(stretch_words("2026年11月22日", "2026年11月28日", "2026") == "2026年11月22日 – 28日");
    CHECK(stretch_words("2026年11月29日", "2026年12月5日", "2026") == "2026年11月29日 – 12月5日");
    CHECK(stretch_words("2026年1月29日", "2026年12月5日", "2026") == "2026年1月29日 – 12月5日");
    CHECK(stretch_words("2026-11-22", "2026-11-28", "2026") == "2026-11-22 – 2026-11-28");
}

TEST_CASE("calendar: on a phone an address of a week shows its day") {
    Planner ui(390, 844, true);
    ui.event("Tuesday's call", "2026-11-24", "10:00", "10:30");
    ui.event("Wednesday's call", "2026-11-25", "10:00", "10:30");
    ui.go("#/calendar?view=week&date=2026-11-24");
    CHECK(ui.shows("Tuesday's call, 10:00 to 10:30"));
    CHECK_FALSE(ui.shows("Wednesday's call"));
}

TEST_CASE("calendar: by keyboard an event is made, moved, made longer, removed, and undo brings it back") {
    Planner ui;
    ui.go("#/calendar?date=2026-11-24&view=day");
    ui.focus(Role::Button, "New event on Tue 2026-11-24 at 9:00");
    ui.press("ArrowDown");
    ui.press("ArrowDown");
    ui.activate(Role::Button, "New event on Tue 2026-11-24 at 10:00");
    ui.type(Role::TextField, "Subject", "Visit");
    ui.click(Role::Button, "Save");
    CHECK(ui.text("SELECT StartDateTime FROM Event", "StartDateTime") == "2026-11-24T10:00:00.000Z");
    CHECK(ui.text("SELECT EndDateTime FROM Event", "EndDateTime") == "2026-11-24T11:00:00.000Z");
    ui.focus(Role::Button, "Visit, 10:00 to 11:00");
    ui.press("Ctrl+ArrowDown");
    CHECK(ui.text("SELECT StartDateTime FROM Event", "StartDateTime") == "2026-11-24T10:15:00.000Z");
    ui.focus(Role::Button, "Visit, 10:15 to 11:15");
    ui.press("Ctrl+Shift+ArrowDown");
    CHECK(ui.text("SELECT EndDateTime FROM Event", "EndDateTime") == "2026-11-24T11:30:00.000Z");
    ui.focus(Role::Button, "Visit, 10:15 to 11:30");
    ui.press("Delete");
    CHECK(ui.count("Event") == 0);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Event") == 1);
    CHECK(ui.shows("Visit, 10:15 to 11:30"));
}

TEST_CASE("calendar: a month tells meetings and open tasks before what is done") {
    Planner ui(1280, 800);
    for (const char* subject : {"Done 1", "Done 2", "Done 3", "Done 4"}) ui.create("Task", std::string(R"("Status": "Completed", "ActivityDate": "2026-11-24", "Subject": ")") + subject + "\"");
    ui.create("Task", R"("Subject": "Send quote", "ActivityDate": "2026-11-24")");
    ui.event("Call with Ann", "2026-11-24", "10:00", "10:30");
    ui.go("#/calendar?view=month");
    CHECK(ui.shows("Call with Ann, 10:00 to 10:30"));
    CHECK(ui.shows("Send quote, Task due"));
    CHECK_FALSE(ui.shows("Done 4, Task, done"));
}

TEST_CASE("calendar: today a new event begins with the next full hour, and what was made comes into sight") {
    Planner ui(1280, 700);
    ui.data.clock.instant += 3 * 3'600'000 + 20 * 60'000;
    ui.go("#/calendar");
    CHECK(ui.find(Role::Button, "New event on Mon 2026-11-23 at 14:00"));
    CHECK(ui.find(Role::Button, "New event on Tue 2026-11-24 at 9:00"));
    ui.press("n");
    ui.type(Role::TextField, "Subject", "Visit");
    ui.click(Role::Button, "Save");
    CHECK(ui.text("SELECT StartDateTime FROM Event", "StartDateTime") == "2026-11-23T14:00:00.000Z");
    ui.press("n");
    ui.type(Role::TextField, "Subject", "Night train");
    ui.type(Role::TextField, "Start: time", "23:00");
    ui.click(Role::Button, "Save");
    const SemanticsNode* train = ui.find(Role::Button, "Night train, 23:00 to 0:00");
    REQUIRE(train);
    CHECK(train->box.y < 700);
    // A time that was chosen stays.
    ui.focus(Role::Button, "New event on Mon 2026-11-23 at 14:00");
    ui.press("ArrowDown");
    CHECK(ui.find(Role::Button, "New event on Tue 2026-11-24 at 14:30"));
}

TEST_CASE("calendar: a form that makes a meeting of days shows and saves them with the hours of work") {
    Planner ui;
    const std::string fair = ui.event("Fair", "2026-12-08", "00:00", "00:00", R"(, "IsAllDayEvent": true)");
    ui.data.clock.offset_minutes = -300;
    ui.go("#/r/" + fair + "/edit");
    ui.click(Role::Checkbox, "All-Day Event");
    CHECK(ui.find(Role::TextField, "Start")->value.find("8/12/2026") != std::string::npos);
    ui.click(Role::Button, "Save");
    CHECK(ui.text("SELECT StartDateTime FROM Event", "StartDateTime") == "2026-12-08T14:00:00.000Z");
    CHECK(ui.text("SELECT EndDateTime FROM Event", "EndDateTime") == "2026-12-08T23:00:00.000Z");
}

TEST_CASE("calendar: at midnight the page is drawn anew, and lists know what today is") {
    Planner ui;
    ui.create("Task", R"("Subject": "Monday's", "ActivityDate": "2026-11-23")");
    ui.create("Task", R"("Subject": "Tuesday's", "ActivityDate": "2026-11-24")");
    ui.go("#/o/Task?where=ActivityDate = TODAY");
    CHECK(ui.shows("Monday's"));
    CHECK_FALSE(ui.shows("Tuesday's"));
    const Milliseconds midnight = *parse_iso_instant("2026-11-24T00:00:00Z");
    CHECK(ui.app.wake_after_milliseconds() > 0);
    CHECK(ui.app.wake_after_milliseconds() <= midnight - ui.data.clock.instant + 1);
    ui.data.clock.instant = midnight;
    ui.settle();
    CHECK_FALSE(ui.shows("Monday's"));
    CHECK(ui.shows("Tuesday's"));
}

TEST_CASE("calendar: what repeats asks how far a change goes") {
    Planner ui;
    const std::string id = ui.event("Standup", "2026-11-23", "09:00", "09:15", R"(, "Recurrence2PatternText": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")");
    ui.go("#/calendar");
    ui.press("w");
    ui.focus(Role::Button, "Standup, 9:00 to 9:15, repeats");
    ui.press("Delete");
    REQUIRE(ui.find(Role::Radio, "This one only") != nullptr);
    ui.click(Role::Button, "Delete");
    CHECK(ui.find_all(Role::Button).size() > 0);
    CHECK(ui.text("SELECT Recurrence2PatternText FROM Event", "Recurrence2PatternText") == "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\nEXDATE;VALUE=DATE:20261123");
    // The rest of the week moves by a quarter of an hour.
    ui.focus(Role::Button, "Standup, 9:00 to 9:15, repeats");
    ui.press("Ctrl+ArrowDown");
    ui.click(Role::Radio, "This and all that follow");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Event") == 2);
    CHECK(ui.shows("Standup, 9:15 to 9:30, repeats"));
    CHECK_FALSE(ui.shows("Standup, 9:00 to 9:15, repeats"));
    // One of them, close up.
    ui.click(Role::Button, "Standup, 9:15 to 9:30, repeats");
    CHECK(ui.shows("Every weekday, Monday to Friday"));
    ui.click(Role::Button, "Edit");
    ui.type(Role::TextField, "Subject", "Standup with guests");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Event") == 3);
    CHECK(ui.shows("Standup with guests, 9:15 to 9:30"));
}

TEST_CASE("calendar: a task that repeats is done one by one") {
    Planner ui;
    ui.create("Task", R"("Subject": "Report", "ActivityDate": "2026-11-24", "Recurrence2PatternText": "FREQ=DAILY;COUNT=3")");
    ui.go("#/calendar?date=2026-11-24&view=day");
    ui.click(Role::Button, "Report, Task due, repeats");
    ui.click(Role::Button, "Complete");
    CHECK(ui.shows("Report, Task, done"));
    CHECK(ui.text("SELECT ActivityDate FROM Task WHERE IsClosed = false", "ActivityDate") == "2026-11-25");
}

TEST_CASE("calendar: another's calendar beside one's own") {
    Planner ui;
    const std::string ann = ui.create("User", R"("LastName": "Ann")");
    ui.event("Hers", "2026-11-24", "10:00", "10:30", R"(, "OwnerId": ")" + ann + "\"");
    ui.event("Mine", "2026-11-24", "12:00", "12:30");
    ui.go("#/calendar");
    CHECK(ui.shows("Mine, 12:00 to 12:30"));
    CHECK_FALSE(ui.shows("Hers, 10:00 to 10:30"));
    ui.go("#/calendar?of=" + ann);
    CHECK(ui.shows("Hers, 10:00 to 10:30"));
    CHECK_FALSE(ui.shows("Mine, 12:00 to 12:30"));
}

TEST_CASE("calendar: the form says in words how it repeats") {
    Planner ui;
    ui.go("#/o/Event/new?StartDateTime=2026-11-24T10:00:00Z&EndDateTime=2026-11-24T11:00:00Z&Subject=Review");
    ui.click(Role::Combobox, "Repeats");
    CHECK(ui.find(Role::Option, "Every week on Tue") != nullptr);
    CHECK(ui.find(Role::Option, "Every month on the fourth Tue") != nullptr);
    CHECK(ui.find(Role::Option, "Every month on the last Tue") != nullptr);
    CHECK(ui.find(Role::Option, "Every year on November 24") != nullptr);
    ui.click(Role::Option, "Every month on day 24");
    CHECK(ui.shows("Every month on day 24"));
    ui.click(Role::Button, "Save");
    CHECK(ui.text("SELECT Recurrence2PatternText FROM Event", "Recurrence2PatternText") == "RRULE:FREQ=MONTHLY;BYMONTHDAY=24");
    CHECK(ui.text("SELECT Recurrence2PatternTimeZone FROM Event", "Recurrence2PatternTimeZone") == "UTC");
}

TEST_CASE("calendar: a start takes along what goes with it, in place and in the form, where an end that is put back stays") {
    Planner ui;
    const std::string id = ui.event("Review", "2026-11-24", "09:00", "10:00", R"(, "Recurrence2PatternText": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")");
    const auto stored = [&] {
        std::string all;
        for (const char* field : {"StartDateTime", "EndDateTime", "Recurrence2PatternText"}) all += ui.text("SELECT StartDateTime, EndDateTime, Recurrence2PatternText FROM Event", field) + " ";
        return all;
    };
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Edit Start");
    ui.type(Role::TextField, "Start", "23/11/2026");
    ui.commit();
    CHECK(stored() == "2026-11-23T09:00:00.000Z 2026-11-23T10:00:00.000Z RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO ");
    ui.go("#/r/" + id + "/edit");
    ui.type(Role::TextField, "Start", "25/11/2026");
    CHECK(ui.shows("Every 2 weeks on Wed"));
    ui.type(Role::TextField, "Start", "23/11/2026");
    ui.type(Role::TextField, "Start: time", "8:00");
    ui.type(Role::TextField, "End: time", "10:00");
    ui.click(Role::Button, "Save");
    CHECK(stored() == "2026-11-23T08:00:00.000Z 2026-11-23T10:00:00.000Z RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO ");
    // What would end before it begins says so at its field.
    ui.go("#/r/" + id + "/edit");
    ui.click(Role::Combobox, "When it ends");
    ui.click(Role::Option, "Until a date");
    ui.type(Role::TextField, "Until a date", "22/11/2026");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("it ends before it begins"));
}

TEST_CASE("calendar: on a phone day, month with counts, and agenda") {
    Planner ui(390, 844, true);
    ui.event("Call", "2026-11-23", "10:00", "10:30");
    ui.go("#/calendar");
    CHECK(ui.shows("Call, 10:00 to 10:30"));
    CHECK(ui.unnamed() == "");
    ui.press("m");
    CHECK(ui.find(Role::Button, "Mon 2026-11-23, 1 item") != nullptr);
    CHECK(ui.shows("Call, 10:00 to 10:30"));
    ui.click(Role::Button, "Tue 2026-11-24, 0 items");
    CHECK_FALSE(ui.shows("Call, 10:00 to 10:30"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("calendar: while the pointer drags, the keyboard's place is not shown") {
    Planner ui;
    ui.go("#/calendar?view=week");
    const auto ring = kit::color32(ui.app.context().color().focus_ring);
    const std::string_view slot = "New event on Tue 2026-11-24 at 9:00";
    ui.focus(Role::Button, slot);
    SemanticsNode place = *ui.find(Role::Button, slot);
    CHECK(ui.colors_in(place).contains(ring));
    ImGuiIO& io = ImGui::GetIO();
    place.box.height /= 2;   // above what is dragged
    const float x = place.box.x + place.box.width / 2, y = place.box.y + place.box.height + 100;
    io.AddMousePosEvent(x, y);
    ui.frame();
    io.AddMouseButtonEvent(0, true);
    ui.frame();
    ui.frame();
    CHECK_FALSE(ui.colors_in(place).contains(ring));
    io.AddMousePosEvent(x, y + 60);
    ui.frame();
    ui.frame();
    CHECK_FALSE(ui.colors_in(place).contains(ring));
    io.AddMouseButtonEvent(0, false);
    ui.settle();
    CHECK(ui.find(Role::TextField, "Start: time"));
}

TEST_CASE("calendar: one's own look the same alone and beside another's") {
    Planner ui;
    const std::string ann = ui.create("User", R"("LastName": "Ann")");
    ui.event("Mine", "2026-11-24", "12:00", "12:30");
    ui.create("Task", R"("ActivityDate": "2026-11-24", "Subject": "Report")");
    const auto colors = [&](std::string_view name) {
        const SemanticsNode* found = nullptr;
        for (const SemanticsNode* each : ui.find_all(Role::Button))
            if (each->name.starts_with(name)) found = each;
        REQUIRE(found);
        return ui.colors_in(*found);
    };
    ui.go("#/calendar?view=week");
    const auto event = colors("Mine"), task = colors("Report");
    ui.go("#/calendar?view=week&of=" + ui.me() + "," + ann);
    CHECK(colors("Mine") == event);
    CHECK(colors("Report") == task);
}
