// A record's activity, without a browser, by role and name: meetings logged and planned, changed fields told in their place.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/text.h"
#include "tests/ui/driver.h"
#include "ui/pages/timeline_composer.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string make_opportunity(UiDriver& ui) {
    return ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-03-31", "Amount": 10, "NextStep": "Call")");
}

void change(UiDriver& ui, const std::string& id, const std::string& fields, int minutes = 5) {
    ui.data.clock.instant += minutes * 60'000;
    ui.data.run(R"({"command": "UpdateRecord", "object": "Opportunity", "id": ")" + id + R"(", "fields": {)" + fields + "}}");
    ui.settle();
}

}  // namespace

TEST_CASE("timeline: what logs a meeting stands in its card in every frame, however wide that is") {
    for (float width = 1280; width <= 1700; width += 20) {
        UiDriver ui(width, 1200);
        ui.go("#/r/" + make_opportunity(ui));
        ui.click(Role::Tab, "Meeting");
        const SemanticsNode* first = ui.find(Role::Button, "Log meeting");
        REQUIRE(first);
        const auto box = first->box;
        CHECK(box.x + box.width <= width - 24);
        for (int frame = 0; frame < 4; ++frame) {
            ui.frame();
            CHECK(ui.find(Role::Button, "Log meeting")->box.x == box.x);
            CHECK(ui.find(Role::Button, "Log meeting")->box.y == box.y);
        }
    }
}

TEST_CASE("timeline: a meeting that was is logged in two presses, one that is to be is planned") {
    UiDriver ui(1280, 1600);
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    ui.click(Role::Tab, "Meeting");
    ui.click(Role::Button, "Log meeting");
    CHECK(ui.count("Event") == 0);
    CHECK(ui.shows("Write something first."));
    ui.type(Role::TextArea, "Notes on the meeting", "They want two of them");
    ui.click(Role::Button, "Log meeting");
    CHECK(ui.count("Event WHERE Subject = 'Meeting' AND Type = 'Meeting' AND StartDateTime < 2026-11-24T00:00:00Z AND WhatId = '" + id + "'") == 1);
    CHECK(ui.shows("Meeting logged"));
    CHECK(ui.shows("They want two of them"));

    ui.data.clock.instant = ui.data.clock.instant / 86'400'000 * 86'400'000 + 14 * 3'600'000;
    ui.click(Role::Button, "Choose a time for Start of the meeting");   // opens where "Now" is
    ui.press("ArrowDown");
    ui.press("Enter");
    REQUIRE(ui.find(Role::TextField, "Start of the meeting"));
    CHECK(ui.find(Role::TextField, "Start of the meeting")->value == "14:30");
    ui.type(Role::TextField, "Day of the meeting", "2026-12-01");
    ui.commit();
    ui.type(Role::TextField, "Start of the meeting", "14:30");
    ui.commit();
    ui.click(Role::Button, "Add meeting");   // needs no words yet
    CHECK(ui.count("Event WHERE StartDateTime = 2026-12-01T14:30:00Z AND EndDateTime = 2026-12-01T15:00:00Z") == 1);
    CHECK(ui.find(Role::Button, "Log meeting"));
    CHECK(ui.unnamed() == "");
    ui.app.context().undo();
    ui.settle();
    CHECK(ui.count("Event") == 1);
    ui.go("#/r/" + id + "?compose=meeting");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Notes on the meeting");
}

TEST_CASE("timeline: on a phone what is to be logged comes into view with its focus") {
    UiDriver ui(390, 420, 1, true);
    const std::string id = ui.create("Opportunity", R"("Name": "Sale", "StageName": "Prospecting", "CloseDate": "2026-12-01")");
    ui.go("#/r/" + id);
    ui.go("#/r/" + id + "?compose=call");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->box.y + ui.focused()->box.height < 420 - 56);   // above the bottom bar
    CHECK(ui.focused()->box.y > 52);
}

TEST_CASE("timeline: an account's has its people's and its opportunities', each once, and says whose") {
    UiDriver ui(1280, 1800);
    const std::string account = ui.create("Account", R"("Name": "Roll")");
    const std::string ann = ui.create("Contact", R"("FirstName": "Ann", "LastName": "Lee", "AccountId": ")" + account + "\"");
    const std::string deal = ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-03-31", "AccountId": ")" + account + "\"");
    const std::string other = ui.create("Contact", R"("LastName": "Elsewhere")");
    ui.create("Task", R"("Subject": "Send the offer", "WhoId": ")" + ann + R"(", "WhatId": ")" + deal + "\"");
    ui.create("Event", R"("Subject": "Visit", "StartDateTime": "2026-12-01T10:00:00Z", "EndDateTime": "2026-12-01T11:00:00Z", "WhoId": ")" + ann + "\"");
    ui.create("Task", R"("Subject": "Not theirs", "WhoId": ")" + other + "\"");
    ui.go("#/r/" + account);
    const auto lines = [&](std::string_view words) {
        return std::ranges::count_if(ui.nodes(), [&](const SemanticsNode& node) { return node.role == Role::Link && node.name.find(words) != std::string::npos; });
    };
    CHECK(lines("Send the offer") == 1);
    CHECK(lines("Visit") == 1);
    CHECK(ui.shows("Turbines · "));
    CHECK(ui.shows("Ann Lee · 10:00"));
    CHECK_FALSE(ui.shows("Not theirs"));
    // By a later change of whose it is, too.
    ui.data.run(R"({"command": "UpdateRecord", "object": "Contact", "id": ")" + other + R"(", "fields": {"AccountId": ")" + account + "\"}}");
    ui.settle();
    CHECK(ui.shows("Not theirs"));
}

TEST_CASE("timeline: what is typed is logged by Ctrl Enter") {
    UiDriver ui(1280, 1600);
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    ui.click(Role::Tab, "Call");
    ui.type(Role::TextArea, "What was said?", "They agree");
    ui.press("Ctrl+Enter");
    ui.settle();
    CHECK(ui.count("Task WHERE Type = 'Call' AND IsClosed = true AND WhatId = '" + id + "'") == 1);
}

TEST_CASE("timeline: changed fields stand among what happened, those of one person on a day together") {
    UiDriver ui(1280, 1800);
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    CHECK_FALSE(ui.shows("field changed"));
    change(ui, id, R"("Amount": 20)");
    CHECK(ui.find(Role::Button, "Amount"));
    CHECK(ui.shows("USD 10.00 → USD 20.00"));
    change(ui, id, R"("Amount": 30, "NextStep": "Quote")");
    CHECK_FALSE(ui.find(Role::Button, "Amount"));
    CHECK(ui.shows("2 fields changed"));
    CHECK(ui.shows("Amount: USD 10.00 → USD 30.00"));
    change(ui, id, R"("StageName": "Qualification")");   // an item of its own
    CHECK(ui.shows("Moved to Qualification"));
    CHECK_FALSE(ui.shows("Stage: "));
    CHECK_FALSE(ui.find(Role::Button, "Probability"));   // it went along
    change(ui, id, R"("Probability": 65)");                  // set by hand
    CHECK(ui.find(Role::Button, "Probability"));
    change(ui, id, R"("Amount": 40)", 24 * 60);
    CHECK(ui.shows("USD 30.00 → USD 40.00"));
    ui.app.context().undo();   // changed and changed back: nothing to tell
    ui.settle();
    CHECK_FALSE(ui.shows("USD 40.00"));
    CHECK(ui.shows("2 fields changed"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Calls");
    CHECK_FALSE(ui.shows("2 fields changed"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Stages and changes");
    CHECK(ui.shows("2 fields changed"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "2 fields changed");
    CHECK(ui.shows("Field history"));
    // Read anew with another page in between, and for another record nothing of this one.
    ui.go("#/r/" + ui.create("Account", R"("Name": "Acme")"));
    CHECK_FALSE(ui.shows("fields changed"));
    ui.go("#/r/" + id);
    CHECK(ui.shows("2 fields changed"));
}

TEST_CASE("timeline: what is typed and not added is a draft, and is there again after a reload until it is added") {
    std::string kept;
    {
        UiDriver ui(1280, 1600);
        ui.go("#/r/" + make_opportunity(ui));
        CHECK_FALSE(ui.app.holds_draft());
        ui.click(Role::Tab, "Call");
        ui.type(Role::TextArea, "What was said?", "They want two");
        ui.go("#/o/Lead");
        CHECK(ui.app.holds_draft());
        kept = ui.browser.settings["composer"];
    }
    UiDriver ui(1280, 1600);
    ui.browser.settings["composer"] = kept;
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + ui.create("Lead", R"("LastName": "Ann", "Company": "Acme")"));
    CHECK_FALSE(ui.shows("They want two"));
    ui.go("#/r/" + id);
    REQUIRE(ui.find(Role::TextArea, "What was said?"));
    CHECK(ui.find(Role::TextArea, "What was said?")->value == "They want two");
    ui.click(Role::Button, "Log call");
    CHECK(ui.count("Task WHERE Description = 'They want two'") == 1);
    CHECK_FALSE(ui.app.holds_draft());
    CHECK(ui.browser.settings["composer"].empty());
}

TEST_CASE("timeline: what comes in as done stands on its day, as it is here, and is no ticked task") {
    for (const int offset : {-660, 0, 780}) {
        UiDriver ui(1280, 1600);
        ui.data.clock.offset_minutes = offset;
        const std::string ann = ui.create("Contact", R"("LastName": "Ann")");
        ui.create("Task", R"("Subject": "Visit", "Description": "At their works", "Type": "Meeting", "Status": "Completed", "ActivityDate": "2026-11-20", "WhoId": ")" + ann + "\"");
        ui.create("Task", R"("Subject": "Send prices", "ActivityDate": "2026-11-27", "WhoId": ")" + ann + "\"");
        ui.go("#/r/" + ann);
        CHECK(ui.shows("2026-11-20"));
        CHECK(ui.shows("2026-11-27"));
        CHECK(ui.find_all(Role::Checkbox).size() == 1);   // that of what is to be done
        ui.click(Role::Button, "Show");
        ui.click(Role::MenuItem, "Tasks and meetings");
        CHECK(ui.shows("At their works"));
    }
    CHECK(logged_icon("Meeting") == Icon::Event);
}

TEST_CASE("timeline: where a task needs a field that the composer lacks, the whole form opens with what was typed") {
    UiDriver ui(1280, 1600);
    ui.data.run(R"({"command": "DefineField", "object": "Task", "field": "Code__c", "label": "Code", "type": "Text", "required": true})");
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    ui.type(Role::TextField, "Task subject", "Send the offer");
    ui.click(Role::Button, "Add task");
    REQUIRE(ui.find(Role::Dialog, "New task"));
    CHECK(ui.shows("Code is required."));
    CHECK(ui.find(Role::TextField, "Subject")->value == "Send the offer");
    ui.type(Role::TextField, "Code", "7");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE Subject = 'Send the offer' AND Code__c = '7' AND WhatId = '" + id + "'") == 1);
    CHECK_FALSE(ui.find(Role::Dialog, "New task"));
    CHECK(ui.find(Role::TextField, "Task subject")->value.empty());
}
