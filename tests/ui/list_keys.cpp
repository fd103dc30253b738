// A list by keys alone, without a browser: from cell to cell by Tab, what can't be edited, after sorting, after a mass edit;
// and Enter where a dialog has one field.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// As the page tells it of a cell's field or list of choices.
void tab(UiDriver& ui, const char* key = "Tab") {
    const SemanticsNode* at = ui.focused();
    REQUIRE(at);
    if (!at) return;   // without exceptions a failed requirement doesn’t leave the test
    std::vector<PageEvent> events;
    if (at->input != InputKind::None) events.push_back({PageEventKind::TextCommit, at->id, at->value});
    events.push_back({PageEventKind::Key, at->id, key});
    ui.frame(std::move(events));
    ui.settle();
}

std::string focused_name(const UiDriver& ui) { return ui.focused() ? ui.focused()->name : "<none>"; }

std::string create_sale(UiDriver& ui, const std::string& name, const std::string& more = {}) {
    return ui.create("Opportunity", "\"Name\": \"" + name + R"(", "StageName": "Prospecting", "CloseDate": "2026-12-31")" + more);
}

}  // namespace

TEST_CASE("list keys: Tab goes from cell to cell and changes nothing that was neither typed nor chosen") {
    UiDriver ui(1440, 900);
    for (const char* name : {"Acme", "Bolt"}) ui.create("Account", "\"Name\": \"" + std::string(name) + "\"");
    create_sale(ui, "One", R"(, "Account.Name": "Acme")");
    create_sale(ui, "Two");
    ui.go("#/o/Opportunity?sort=Name&columns=Name;AccountId;StageName;LeadSource;NextStep");
    const auto revision = ui.data.workspace.revision();
    ui.press("j");
    ui.press("e");
    for (int row = 0; row < 2; ++row) {
        for (const std::string_view name : {"Opportunity Name", "Account", "Stage", "None", "Next Step"}) {   // "None": of the few lead sources
            CHECK(focused_name(ui) == name);
            tab(ui);
        }
    }
    CHECK(ui.data.workspace.revision() == revision);
    CHECK(ui.count("Opportunity WHERE Name = 'One' AND Account.Name = 'Acme'") == 1);
    CHECK(ui.count("Opportunity WHERE Name = 'Two' AND AccountId = null") == 1);
}

TEST_CASE("list keys: a lookup's list begins with what it points to; arrows and what is typed choose another, Tab and Enter take it") {
    UiDriver ui(1440, 900);
    for (int i = 0; i < 25; ++i) ui.create("Account", "\"Name\": \"A" + std::to_string(i) + "\"");   // more than the list offers
    create_sale(ui, "One", R"(, "Account.Name": "A3")");
    const std::string id = create_sale(ui, "Two", R"(, "Account.Name": "A24")");
    const auto account = [&](const char* name, const char* of) { return ui.count("Opportunity WHERE Name = '" + std::string(name) + "' AND Account.Name = '" + of + "'") == 1; };
    ui.go("#/o/Opportunity?sort=Name&columns=AccountId;Name");
    ui.press("j");
    ui.press("e");
    REQUIRE(ui.find(Role::Option, "A3"));
    CHECK((ui.find(Role::Option, "A3")->states & semantics_state::selected) != 0);
    ui.commit();                               // Enter
    CHECK(account("One", "A3"));
    CHECK_FALSE(ui.find(Role::Listbox, "Choices"));
    ui.press("e");
    ui.type(Role::SearchField, "Account", "A12");
    tab(ui);
    CHECK(account("One", "A12"));
    CHECK(focused_name(ui) == "Opportunity Name");
    ui.cancel();
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Edit Account");
    ui.press("Enter");
    ui.commit();
    CHECK(account("Two", "A24"));
}

TEST_CASE("list keys: a saved choice goes on from its own cell, wherever its list was opened from") {
    UiDriver ui(1440, 900);
    for (const char* name : {"Acme", "Bolt"}) ui.create("Account", "\"Name\": \"" + std::string(name) + "\"");
    ui.create("Contact", R"("LastName": "Ann", "Title": "CTO", "Account.Name": "Acme")");
    ui.go("#/o/Contact?columns=Name;AccountId;Title");
    ui.press("j");
    ui.press("ArrowRight");
    ui.press("e");
    ui.type(Role::SearchField, "Account", "Bolt");
    tab(ui);
    CHECK(ui.count("Contact WHERE Account.Name = 'Bolt'") == 1);
    CHECK(focused_name(ui) == "Title");
    tab(ui, "Shift+Tab");
    tab(ui);
    CHECK(ui.count("Contact WHERE Account.Name = 'Bolt'") == 1);
    CHECK(focused_name(ui) == "Title");
}

TEST_CASE("list keys: Tab goes on from short lists and from those of several values, with what was chosen there") {
    UiDriver ui(1440, 900);
    ui.data.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "Text", "label": "Visit"}})");
    ui.data.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Mood__c", "label": "Mood", "type": "Picklist", "values": ["Good", "Bad"]})");
    ui.data.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Seen__c", "label": "Seen", "type": "MultiselectPicklist", "values": ["Roof", "Yard", "Hall"], "visibleLines": 4})");
    ui.create("Site_Visit__c", R"("Name": "First", "Mood__c": "Bad", "Seen__c": "Yard;Hall")");
    ui.create("Site_Visit__c", R"("Name": "Second")");
    ui.go("#/o/Site_Visit__c?sort=Name&columns=Name;Mood__c;Seen__c");
    const auto revision = ui.data.workspace.revision();
    ui.press("j");
    ui.press("e");
    tab(ui);
    CHECK(focused_name(ui) == "Bad");
    tab(ui);
    CHECK(focused_name(ui) == "Roof");
    tab(ui);
    CHECK(ui.data.workspace.revision() == revision);
    CHECK(focused_name(ui) == "Visit");
    tab(ui);
    CHECK(focused_name(ui) == "None");
    ui.focus(Role::Option, "None");
    ui.press("ArrowDown");
    tab(ui);
    CHECK(ui.count("Site_Visit__c WHERE Name = 'Second' AND Mood__c = 'Good'") == 1);
    CHECK(focused_name(ui) == "Roof");
    ui.press("Enter");
    tab(ui, "Shift+Tab");
    CHECK(ui.count("Site_Visit__c WHERE Name = 'Second' AND Seen__c = 'Roof'") == 1);
    CHECK(focused_name(ui) == "Good");
    tab(ui, "Shift+Tab");
    CHECK(focused_name(ui) == "Visit");
    CHECK(ui.count("Site_Visit__c WHERE Name = 'First' AND Mood__c = 'Bad' AND Seen__c = 'Yard;Hall'") == 1);
}

TEST_CASE("list keys: Tab ticks nothing in a searched list of several values") {
    UiDriver ui(1440, 900);
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Topics__c", "label": "Topics", "type": "MultiselectPicklist", "values": ["A", "B", "C", "D", "E", "F", "G", "H"]})");
    ui.create("Account", R"("Name": "Acme", "Topics__c": "B")");
    ui.go("#/o/Account?columns=Name;Topics__c;Phone");
    for (const char* key : {"j", "ArrowRight", "e"}) ui.press(key);
    CHECK(focused_name(ui) == "Topics");
    tab(ui);
    CHECK(ui.count("Account WHERE Topics__c = 'B'") == 1);
    CHECK(focused_name(ui) == "Phone");
}

TEST_CASE("list keys: of a day and a time Tab first goes to the time, then on to the next cell; both are to be seen") {
    UiDriver ui(1440, 900);
    ui.locale.order = "mdy";
    ui.create("Task", R"("Subject": "One", "ReminderDateTime": "2026-12-01T09:00:00Z")");
    ui.go("#/o/Task?columns=Subject;ReminderDateTime;Status");
    const auto saved = [&](const char* at) { return ui.count("Task WHERE ReminderDateTime = " + std::string(at)) == 1; };
    for (const char* key : {"j", "ArrowRight", "e"}) ui.press(key);
    REQUIRE(focused_name(ui) == "Reminder");
    const SemanticsNode *day = ui.focused(), *time = ui.find(Role::TextField, "Reminder: time");
    REQUIRE(time);
    CHECK(day->box.width > 120);
    CHECK(time->box.x >= day->box.x + day->box.width);
    CHECK(time->box.x + time->box.width <= time->clip.x + time->clip.width + 20);
    ui.type(Role::TextField, "Reminder", "12/5/2026");
    tab(ui);
    CHECK(focused_name(ui) == "Reminder: time");
    ui.type(Role::TextField, "Reminder: time", "3pm");
    tab(ui, "Shift+Tab");
    CHECK(focused_name(ui) == "Reminder");
    tab(ui);
    CHECK(focused_name(ui) == "Reminder: time");
    CHECK(saved("2026-12-01T09:00:00Z"));        // nothing yet
    tab(ui);
    CHECK(saved("2026-12-05T15:00:00Z"));
    REQUIRE(ui.focused());
    CHECK(ui.focused()->role == Role::Option);   // of the status
    tab(ui, "Shift+Tab");
    CHECK(focused_name(ui) == "Reminder");
    ui.type(Role::TextField, "Reminder", "12/6/2026 4pm");
    tab(ui);
    tab(ui);
    CHECK(saved("2026-12-06T16:00:00Z"));
    tab(ui, "Shift+Tab");
    tab(ui, "Shift+Tab");
    CHECK(focused_name(ui) == "Subject");
    CHECK(saved("2026-12-06T16:00:00Z"));
}

TEST_CASE("list keys: a cell whose value is no longer offered is left as it is") {
    UiDriver ui(1440, 900);
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Topics__c", "label": "Topics", "type": "MultiselectPicklist", "values": ["A", "B"]})");
    ui.create("Account", R"("Name": "Acme", "Topics__c": "B")");
    ui.data.run(R"({"command": "UpdateField", "object": "Account", "field": "Topics__c", "values": ["A", {"value": "B", "active": false}]})");
    ui.go("#/o/Account?columns=Name;Topics__c;Phone");
    for (const char* key : {"j", "ArrowRight", "e"}) ui.press(key);
    tab(ui);
    CHECK(focused_name(ui) == "Phone");
    CHECK(ui.count("Account WHERE Topics__c = 'B'") == 1);
}

TEST_CASE("list keys: a cell that can't be edited says why, and no other one opens") {
    UiDriver ui(1440, 900);
    ui.create("Contact", R"("LastName": "Li", "Email": "li@acme.test")");
    const auto edits_nothing = [&] { return ui.find_all(Role::TextField).empty() && ui.find_all(Role::Listbox).empty(); };
    ui.go("#/o/Contact?columns=Name;Email;CreatedDate");
    ui.press("j");
    ui.press("e");
    CHECK(ui.shows("Name is made of other fields and can’t be edited here."));
    CHECK(edits_nothing());
    ui.press("End");
    ui.press("e");
    CHECK(ui.shows("Created Date is set by Outpost and can’t be edited."));
    CHECK(edits_nothing());
    ui.press("ArrowLeft");
    ui.press("e");
    CHECK(focused_name(ui) == "Email");
}

TEST_CASE("list keys: after a header has sorted, keys lead into the rows and first show the row that they mean") {
    for (const char* key : {"j", "k", "ArrowDown"}) {
        UiDriver ui(1440, 900);
        for (const char* name : {"Alpha", "Beta"}) ui.create("Account", "\"Name\": \"" + std::string(name) + "\"");
        ui.go("#/o/Account");
        ui.press("j");
        ui.press("j");
        ui.click(Role::Button, "Account Name");
        ui.press("x");
        CHECK_FALSE(ui.shows("1 selected"));   // its row is shown before it is ticked
        REQUIRE(ui.focused());
        CHECK(ui.focused()->role == Role::Cell);
        ui.press("x");
        CHECK(ui.shows("1 selected"));
        ui.press("x");
        ui.click(Role::Button, "Account Name");
        ui.press(key);
        REQUIRE(ui.focused());
        CHECK(ui.focused()->role == Role::Cell);
        ui.press("e");
        CHECK(focused_name(ui) == "Account Name");
        CHECK(ui.focused()->role == Role::TextField);
    }
}

TEST_CASE("list keys: after a mass edit the keyboard is in the rows") {
    UiDriver ui(1440, 900);
    for (const char* name : {"Alpha", "Beta"}) ui.create("Account", "\"Name\": \"" + std::string(name) + "\"");
    ui.go("#/o/Account");
    for (const char* key : {"j", "j", "x"}) ui.press(key);
    ui.click(Role::Button, "Change field");
    ui.click(Role::Combobox, "Field");
    ui.type(Role::SearchField, "Field", "Account Number");
    ui.click(Role::Option, "Account Number");
    ui.type(Role::TextField, "Account Number", "17");
    ui.commit();                               // Enter in the only field applies
    CHECK(ui.count("Account WHERE Name = 'Beta' AND AccountNumber = '17'") == 1);
    CHECK(ui.find_all(Role::Dialog).empty());
    REQUIRE(ui.focused());
    CHECK(ui.focused()->role == Role::Cell);
    CHECK(focused_name(ui) == "Beta");
}

TEST_CASE("list keys: in a dialog with one field Enter saves") {
    UiDriver ui(1440, 900);
    ui.create("Lead", R"("LastName": "Ann", "Company": "Acme")");
    ui.go("#/o/Lead?where=Company%20%3D%20%27Acme%27");
    ui.click(Role::Button, "Save as view");
    ui.type(Role::TextField, "Name", "Anns");
    ui.commit();
    CHECK(ui.count("ListView WHERE Name = 'Anns'") == 1);
    CHECK(ui.find_all(Role::Dialog).empty());
    ui.click(Role::Checkbox, "Select Ann");
    ui.click(Role::Button, "Add to segment");
    ui.type(Role::TextField, "Name of the new segment", "Fair");
    ui.commit();
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Fair'") == 1);
    CHECK(ui.find_all(Role::Dialog).empty());
}

TEST_CASE("list keys: of a mass edit's preview the name is cut, not the new value") {
    UiDriver ui(1440, 900);
    const std::string name = "Meridian Textiles of Helsinki Oy and its many daughters - Extra seats for the northern warehouse";
    create_sale(ui, name);
    ui.go("#/o/Opportunity?state=all");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Change field");
    ui.click(Role::Combobox, "Field");
    ui.click(Role::Option, "Close Date");
    ui.type(Role::TextField, "Close Date", "30/11/2026");
    const SemanticsNode* line = nullptr;
    for (const SemanticsNode* node : ui.find_all(Role::Text))
        if (node->name.starts_with("Meridian") && node->name.ends_with("…: 2026-12-31 → 2026-11-30")) line = node;
    CHECK(line);
}

TEST_CASE("list keys: on a board a key goes one card on, and letters begin at the first card") {
    UiDriver ui;
    for (const char* name : {"A", "B", "C", "D"})
        for (const char* stage : {"Prospecting", "Qualification", "Needs Analysis"})
            ui.create("Opportunity", std::string(R"("Name": ")") + name + " " + stage + R"(", "StageName": ")" + stage + R"(", "CloseDate": "2026-12-01")");
    ui.go("#/o/Opportunity/board");
    std::vector<std::string> cards;   // of the first lane, as they stand
    for (const SemanticsNode* node : ui.find_all(Role::Link))
        if (node->name.find(" Prospecting") == 1) cards.push_back(node->name);
    REQUIRE(cards.size() == 4);
    const auto at = [&] { return ui.focused() ? ui.focused()->name : std::string("nowhere"); };
    ui.press("j");
    CHECK(at() == cards[0]);
    ui.press("j");
    CHECK(at() == cards[1]);
    ui.press("ArrowDown");
    CHECK(at() == cards[2]);
    ui.press("k");
    CHECK(at() == cards[1]);
    ui.press("ArrowUp");
    CHECK(at() == cards[0]);
    ui.press("ArrowRight");
    CHECK(at().find(" Qualification") == 1);
    ui.press("ArrowRight");
    CHECK(at().find(" Needs Analysis") == 1);
    ui.press("ArrowLeft");
    CHECK(at().find(" Qualification") == 1);
}

TEST_CASE("list keys: a text of several lines is edited in a dialog, where its lines stay; one line is edited in its cell") {
    UiDriver ui(1440, 900);
    ui.create("Account", R"("Name": "A Multi", "BillingStreet": "Main 1\nFloor 2", "Description": "one\ntwo")");
    ui.create("Account", R"("Name": "B Plain", "Description": "one")");
    const auto holds = [&](const char* text) { return parse_json(ui.data.workspace.query_json("SELECT BillingStreet, Description FROM Account WHERE Name = 'A Multi'"))->dump().contains(text); };
    ui.go("#/o/Account?sort=Name&columns=Description;BillingStreet;Name");
    const auto revision = ui.data.workspace.revision();
    ui.press("j");
    ui.press("e");
    REQUIRE(ui.find(Role::Dialog, "A Multi"));
    CHECK(ui.find(Role::TextArea, "Description")->value == "one\ntwo");
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.find(Role::Dialog, "A Multi"));
    CHECK(ui.data.workspace.revision() == revision);
    CHECK(holds(R"("one\ntwo")"));
    ui.press("e");
    ui.type(Role::TextArea, "Description", "one\ntwo\nthree");
    ui.press("Ctrl+Enter");
    CHECK(holds(R"("one\ntwo\nthree")"));
    CHECK(holds(R"("Main 1\nFloor 2")"));
    // The next one has one line.
    ui.press("j");
    ui.press("e");
    CHECK_FALSE(ui.find(Role::Dialog, "B Plain"));
    ui.type(Role::TextField, "Description", "two");
    ui.commit();
    CHECK(ui.count("Account WHERE Name = 'B Plain'") == 1);
    CHECK(ui.data.workspace.query_json("SELECT Description FROM Account WHERE Name = 'B Plain'").contains("\"two\""));
}
