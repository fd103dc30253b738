// Record form without a browser: what is old and untouched stays, a day and its time, and how its fields stand.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("record form: what was not changed stays, though it could not be chosen any more; a copy of it is asked") {
    UiDriver ui(1280, 2000);
    const std::string boss = ui.create("Contact", R"("LastName": "Boss")"), kept = ui.create("Contact", R"("LastName": "Kept", "LeadSource": "Web", "ReportsToId": ")" + boss + "\"");
    ui.data.run(R"({"command": "DeleteRecord", "object": "Contact", "id": ")" + boss + "\"}");
    ui.data.run(R"({"command": "UpdateField", "object": "Contact", "field": "LeadSource", "values": ["Phone", {"value": "Web", "active": false}]})");
    ui.go("#/r/" + kept + "/edit");
    ui.type(Role::TextField, "Title", "CTO");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Contact WHERE Title = 'CTO' AND LeadSource = 'Web' AND ReportsToId = '" + boss + "'") == 1);
    CHECK(ui.app.context().route().path.size() == 2);
    // On the record's page it is said where the lookup leads.
    CHECK(ui.shows("in the recycle bin"));
    CHECK(ui.find(Role::Button, "Edit Reports To"));
    ui.go("#/o/Contact/new?clone=" + kept);
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Contact") == 1);
    CHECK(ui.shows("Please check: Reports To, Lead Source"));
}

TEST_CASE("record form: a required field that a record lacks is asked for") {
    UiDriver ui(1280, 2000);
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.data.run(R"({"command": "UpdateField", "object": "Account", "field": "AccountNumber", "required": true})");
    ui.go("#/r/" + id + "/edit");
    ui.type(Role::TextField, "Phone", "1");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Account WHERE Phone = '1'") == 0);
    CHECK(ui.shows("Please check: Account Number"));
}

TEST_CASE("record form: a dependent value stays where only something else is changed") {
    UiDriver ui(1280, 2000);
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Land__c", "label": "Land", "type": "Picklist", "values": ["North", "South"]})");
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Town__c", "label": "Town", "type": "Picklist", "controllingField": "Land__c", "values": [{"value": "Oslo", "validFor": ["North"]}, {"value": "Rome", "validFor": ["South"]}]})");
    const std::string id = ui.create("Account", R"("Name": "Acme", "Land__c": "North", "Town__c": "Oslo")");
    ui.data.run(R"({"command": "UpdateField", "object": "Account", "field": "Town__c", "values": [{"value": "Oslo", "validFor": ["South"]}, {"value": "Rome", "validFor": ["South"]}]})");
    ui.go("#/r/" + id + "/edit");
    REQUIRE(ui.find(Role::Combobox, "Town"));
    CHECK(ui.find(Role::Combobox, "Town")->value == "Oslo");
    ui.type(Role::TextField, "Phone", "1");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Account WHERE Phone = '1' AND Town__c = 'Oslo'") == 1);
}

TEST_CASE("record form: a location's parts stand in one line, whatever stands before them") {
    UiDriver ui(1280, 3000);
    for (const char* command : {R"({"command": "DefineObject", "object": "Site__c", "label": "Site", "pluralLabel": "Sites", "nameField": {"type": "Text", "label": "Name"}})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "Place__c", "label": "Place", "type": "Location", "scale": 6})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "Size__c", "label": "Size", "type": "Text", "length": 20})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "Gate__c", "label": "Gate", "type": "Location", "scale": 6})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "A__c", "label": "A", "type": "Checkbox"})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "B__c", "label": "B", "type": "Checkbox"})",
                                R"({"command": "DefineField", "object": "Site__c", "field": "C__c", "label": "C", "type": "Checkbox"})"})
        REQUIRE(ui.data.run(command).boolean_or("ok", false));
    ui.go("#/o/Site__c/new");
    const auto box = [&](Role role, const char* name) {
        REQUIRE_MESSAGE(ui.find(role, name), name);
        return ui.find(role, name)->box;
    };
    for (const auto& [one, other] : {std::pair{"Place Latitude", "Place Longitude"}, {"Gate Latitude", "Gate Longitude"}}) {
        CHECK(box(Role::TextField, one).y == box(Role::TextField, other).y);
        CHECK(box(Role::TextField, one).x == box(Role::TextField, "Name").x);
        CHECK(box(Role::TextField, one).width == doctest::Approx(box(Role::TextField, "Name").width));
        CHECK(box(Role::TextField, other).x > box(Role::TextField, one).x);
    }
    CHECK(box(Role::Checkbox, "A").y == box(Role::Checkbox, "B").y);
    CHECK(box(Role::Checkbox, "C").y > box(Role::Checkbox, "B").y);   // the third has a line of its own
    CHECK(box(Role::Checkbox, "C").x == box(Role::Checkbox, "A").x);
}

TEST_CASE("record form: a day without a time is saved as the empty time says, and both may be typed at once") {
    UiDriver ui(1280, 2000);
    ui.locale.order = "mdy";
    ui.locale.twelve_hours = true;
    ui.go("#/o/Task/new");
    ui.type(Role::TextField, "Subject", "Call");
    REQUIRE(ui.find(Role::TextField, "Reminder: time"));
    CHECK(ui.find(Role::TextField, "Reminder: time")->placeholder == "12:00\u202FAM");
    ui.type(Role::TextField, "Reminder", "12/5/2026");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE ReminderDateTime = 2026-12-05T00:00:00Z") == 1);
    ui.go("#/o/Task/new");
    ui.type(Role::TextField, "Subject", "Ring");
    ui.type(Role::TextField, "Reminder", "12/5/2026 3 pm");
    ui.commit();
    CHECK(ui.find(Role::TextField, "Reminder")->value == "12/05/2026");
    CHECK(ui.find(Role::TextField, "Reminder: time")->value == "3:00\u202FPM");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE ReminderDateTime = 2026-12-05T15:00:00Z") == 1);
}

TEST_CASE("record form: a value that is no longer offered can be kept and taken out where it is held") {
    UiDriver ui(1280, 2000);
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Tags__c", "label": "Tags", "type": "MultiselectPicklist", "values": ["Price", "Service", "Demo"]})");
    const std::string id = ui.create("Account", R"("Name": "Acme", "Tags__c": "Price;Demo")");
    ui.data.run(R"({"command": "UpdateField", "object": "Account", "field": "Tags__c", "values": ["Service", "Demo"]})");
    const auto choose = [&](const char* value) {
        ui.go("#/r/" + id + "/edit");
        ui.click(Role::Combobox, "Tags");
        ui.click(Role::Option, value);
        ui.press("Escape");
        ui.click(Role::Button, "Save");
    };
    choose("Service");
    CHECK(ui.data.workspace.query_json("SELECT Tags__c FROM Account").contains("Price;Service;Demo"));
    choose("Price");
    CHECK(ui.data.workspace.query_json("SELECT Tags__c FROM Account").contains("\"Service;Demo\""));
    ui.go("#/r/" + id + "/edit");
    ui.click(Role::Combobox, "Tags");
    CHECK_FALSE(ui.find(Role::Option, "Price"));
}
