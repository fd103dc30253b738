// Quick log without a browser: a line is read as it is typed, choices are corrected, one edit is saved and undone.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

constexpr std::string_view line = "What happened, and what comes next?";

struct Desk : UiDriver {
    std::string acme, ann, turbines;
    explicit Desk(float width = 1280, float height = 800) : UiDriver(width, height) {
        acme = create("Account", R"("Name": "Acme")");
        ann = create("Contact", R"("FirstName": "Ann", "LastName": "Meyer", "AccountId": ")" + acme + "\"");
        turbines = create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2026-12-31", "Amount": 5000, "AccountId": ")" + acme + "\"");
        go("#/o/Lead");
    }
};

}  // namespace

TEST_CASE("capture: a line is understood as it is typed, saved at once and undone at once") {
    Desk ui;
    ui.press("l");
    REQUIRE(ui.find(Role::Dialog, "Quick log"));
    CHECK(ui.shows("For example"));
    CHECK(ui.unnamed().empty());
    ui.type(Role::TextArea, line, "Call with Ann at Acme, quote 12k by 30 Sep, follow up Tue 10:00");
    CHECK(ui.find(Role::Checkbox, "Log: Call"));
    CHECK(ui.find(Role::Checkbox, "Change “Turbines”"));
    CHECK(ui.find(Role::Checkbox, "Task"));
    CHECK(ui.shows("5000.00 → "));
    CHECK(ui.shows("2026-11-24T10:00"));
    CHECK(ui.unnamed().empty());
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.find(Role::Dialog, "Quick log"));
    CHECK(ui.shows("Saved as 3 records"));
    CHECK(ui.count("Task WHERE WhoId = '" + ui.ann + "' AND WhatId = '" + ui.turbines + "'") == 2);
    CHECK(ui.count("Opportunity WHERE Amount = 12000 AND CloseDate = 2027-09-30") == 1);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Task") == 0);
    CHECK(ui.count("Opportunity WHERE Amount = 5000") == 1);
    CHECK(ui.shows("Undone: New Task: Call with Ann at Acme, and 2 more steps"));
    ui.press("Ctrl+Shift+Z");
    CHECK(ui.shows("Done again: New Task: Call with Ann at Acme, and 2 more steps"));
}

TEST_CASE("capture: one thing is left out, another opportunity is chosen, and the record that is open counts") {
    Desk ui;
    ui.go("#/r/" + ui.ann);
    ui.press("l");
    ui.type(Role::TextArea, line, "They want an offer of 8k, send it tomorrow");
    CHECK(ui.find(Role::Checkbox, "Change “Turbines”"));
    ui.click(Role::Combobox, "Opportunity");
    ui.click(Role::Option, "New opportunity");
    CHECK(ui.find(Role::Checkbox, "New opportunity"));
    ui.click(Role::Checkbox, "Task");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task") == 0);
    CHECK(ui.count("Opportunity WHERE Name = 'Acme' AND Amount = 8000 AND ContactId = '" + ui.ann + "'") == 1);
}

TEST_CASE("capture: doubts are told, nothing ticked is refused, and a draft is not lost by accident") {
    Desk ui(390, 844);
    ui.press("l");
    ui.type(Role::TextArea, line, "Call with Bob");
    CHECK(ui.shows("Nobody called “Bob” was found"));
    const auto doubts = ui.find_all(Role::Text);
    const auto doubt = std::ranges::find_if(doubts, [](const SemanticsNode* node) { return node->name.starts_with("Nobody called"); });
    REQUIRE(doubt != doubts.end());
    CHECK((*doubt)->box.y < ui.find(Role::Checkbox, "Log: Call")->box.y);   // with what it speaks of: the people above
    ui.click(Role::Checkbox, "Log: Call");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Nothing is ticked"));
    ui.press("Escape");
    CHECK(ui.find(Role::AlertDialog, "Discard changes?"));
    ui.click(Role::Button, "Discard");
    CHECK_FALSE(ui.find(Role::Dialog, "Quick log"));
    CHECK(ui.count("Task") == 0);
}

TEST_CASE("capture: several words in the palette can be logged; a date field understands words") {
    Desk ui;
    ui.press("Ctrl+K");
    ui.type(Role::SearchField, "Search records and commands", "met Ann at Acme yesterday");
    bool offered = false;
    for (const SemanticsNode* node : ui.find_all(Role::Option))
        if (!offered && node->name.starts_with("Quick log")) offered = true, ui.click(node);
    REQUIRE(offered);
    CHECK(ui.find(Role::Checkbox, "Log: Meeting"));
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE Type = 'Meeting' AND ActivityDate = 2026-11-22 AND IsClosed = true") == 1);
    ui.go("#/o/Task/new");
    ui.type(Role::TextField, "Due Date", "next Tue");
    ui.commit();
    CHECK(ui.find(Role::TextField, "Due Date")->value == "01/12/2026");
}

TEST_CASE("capture: of a lead a sum needs no account chosen: it has none before it is converted") {
    Desk ui;
    ui.go("#/r/" + ui.create("Lead", R"("LastName": "Li", "Company": "Bolt")"));
    ui.press("l");
    ui.type(Role::TextArea, line, "Call, quote 12k, close by 30 Dec");
    CHECK(ui.shows("“quote 12k, close by 30 Dec” belongs to an opportunity, and a lead has none before it is converted"));
    CHECK_FALSE(ui.shows("choose an account"));
}

TEST_CASE("capture: what was yesterday stands under yesterday") {
    Desk ui;
    ui.go("#/r/" + ui.ann);
    ui.press("l");
    ui.type(Role::TextArea, line, "Met Ann yesterday");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE Type = 'Meeting' AND ActivityDate = 2026-11-22 AND CompletedDateTime = 2026-11-22T12:00:00Z") == 1);
    CHECK(ui.shows("2026-11-22"));
}

TEST_CASE("capture: a person whose lead was converted is offered once, as the contact") {
    Desk ui;
    const std::string lead = ui.create("Lead", R"("FirstName": "Eva", "LastName": "Braun", "Company": "Bolt")");
    const std::string task = ui.create("Task", R"("Subject": "Ring", "WhoId": ")" + lead + "\"");
    ui.data.run(R"({"command": "ConvertLead", "opportunity": null, "lead": ")" + lead + "\"}");
    const auto offered = [&](std::string_view lookup) {
        ui.click(Role::Combobox, lookup);
        ui.type(Role::SearchField, lookup, "Eva");
        return std::ranges::count_if(ui.find_all(Role::Option), [](const SemanticsNode* node) { return node->name.starts_with("Eva Braun"); });
    };
    ui.press("l");
    ui.type(Role::TextArea, line, "Call with Eva Braun");
    CHECK_FALSE(ui.shows("Several"));
    CHECK(offered("Contact or lead") == 1);
    ui.cancel();
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE Type = 'Call' AND Who.Type = 'Contact'") == 1);
    // Where a converted lead stands already, it stays.
    ui.data.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + task + R"(", "fields": {"WhoId": ")" + lead + "\"}}");
    ui.go("#/r/" + task + "/edit");
    CHECK(ui.find(Role::Combobox, "Person")->value == "Eva Braun");
    CHECK(offered("Person") == 1);
}
