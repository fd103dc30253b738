// Lead routing through the page, without a browser, by role and name.
#include <doctest/doctest.h>

#include "core/objects/standard.h"
#include "tests/ui/driver.h"
#include "ui/pages/criteria_rows.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string first_text(UiDriver& ui, const std::string& soql, const std::string& field) {
    const Json answer = ui.data.query(soql);
    const Json* records = answer.find("records");
    if (!records || records->items().empty()) return "<none>";
    const std::size_t dot = field.find('.');
    const Json* at = records->items()[0].find(field.substr(0, dot));
    if (dot != std::string::npos && at) at = at->find(field.substr(dot + 1));
    return at && at->is_string() ? std::string(at->text()) : "<none>";
}

void choose(UiDriver& ui, std::string_view field, std::string_view option) {
    ui.click(Role::Combobox, field);
    ui.click(Role::Option, option);
}

}  // namespace

TEST_CASE("routing page: an entry is made, tried, moved, switched off and deleted, each with one undo") {
    UiDriver ui(1280, 1400);
    ui.create("User", R"("LastName": "Ann")");
    ui.create("Lead", R"("LastName": "Weiss", "Company": "C", "Country": "Germany")");
    ui.go("#/routing");
    CHECK(ui.shows("No entries yet"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "New entry");
    REQUIRE(ui.find(Role::Dialog, "New entry"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Save");
    REQUIRE(ui.find(Role::Dialog, "New entry"));     // what is missing is said in place
    ui.type(Role::TextField, "Name", "DACH");
    ui.type(Role::TextField, "Value", "Germany");
    choose(ui, "Assigned To", "Ann");
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.find(Role::Dialog, "New entry"));
    CHECK(first_text(ui, "SELECT Criteria FROM AssignmentRuleEntry", "Criteria") == "Country = 'Germany'");
    CHECK(ui.shows("1. DACH"));
    CHECK(ui.shows("Country is Germany"));
    ui.click(Role::Button, "Try");
    CHECK(ui.shows("1 of 1 lead would change its owner"));
    const std::string given_up = ui.create("Lead", R"("LastName": "Roth", "Company": "C", "Country": "Germany", "Status": "Closed - Not Converted")");
    ui.click(Role::Button, "Try");
    CHECK(ui.shows("1 of 1 lead would change its owner"));   // the open ones are those of the list
    ui.data.run(R"({"command": "DeleteRecord", "object": "Lead", "id": ")" + given_up + "\"}");
    CHECK(ui.count("Lead WHERE Owner.Name = 'Ann'") == 0);

    ui.create("AssignmentRuleEntry", R"("Name": "Rest", "SortOrder": 2, "AssignedTo": {"Name": "Ann"})");
    ui.go("#/routing");
    CHECK(ui.shows("2. Rest"));
    ui.click(Role::Button, "Move Rest up");
    CHECK(ui.shows("1. Rest"));
    ui.press("Ctrl+Z");
    CHECK(ui.shows("2. Rest"));
    ui.click(Role::Switch, "Active: DACH");
    CHECK(ui.count("AssignmentRuleEntry WHERE IsActive = true") == 1);
    ui.click(Role::Button, "Actions for DACH");
    ui.click(Role::MenuItem, "Delete");
    CHECK(ui.count("AssignmentRuleEntry") == 1);
    ui.press("Ctrl+Z");
    CHECK(ui.count("AssignmentRuleEntry") == 2);
}

TEST_CASE("routing page: a group with members, one of them away") {
    UiDriver ui(1280, 1400);
    ui.create("User", R"("LastName": "Ann")");
    ui.create("User", R"("LastName": "Bob")");
    ui.go("#/routing");
    ui.click(Role::Button, "New queue or group");
    REQUIRE(ui.find(Role::Dialog, "New queue or group"));
    CHECK(ui.find(Role::Heading, "Members"));
    ui.type(Role::TextField, "Name", "Reps");
    ui.click(Role::Button, "Round-Robin Group");
    choose(ui, "Add a member", "Ann");
    choose(ui, "Add a member", "Bob");
    ui.click(Role::Switch, "Bob takes leads");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.find(Role::Dialog, "New queue or group"));
    CHECK(ui.count("GroupMember WHERE Group.Type = 'Regular'") == 2);
    CHECK(ui.shows("Ann, Bob (away)"));
    ui.press("Ctrl+Z");
    CHECK(ui.count("Group") == 0);
    CHECK(ui.count("GroupMember") == 0);
}

TEST_CASE("routing page: the first entry and the first queue have a menu each, which does what it says to its own") {
    UiDriver ui(1280, 1400);
    const std::string queue = ui.create("Group", R"("Name": "Nordic", "Type": "Queue")");
    ui.create("AssignmentRuleEntry", R"("Name": "North", "SortOrder": 1, "AssignedToId": ")" + queue + "\"");
    ui.go("#/routing");
    for (const char* name : {"North", "Nordic"}) {
        ui.click(Role::Button, std::string("Actions for ") + name);
        CHECK(ui.find_all(Role::Menu).size() == 1);
        CHECK(ui.find_all(Role::MenuItem).size() == 2);
        ui.press("Escape");
    }
    ui.click(Role::Button, "Actions for North");
    ui.click(Role::MenuItem, "Delete");
    CHECK(ui.count("AssignmentRuleEntry") == 0);
    CHECK(ui.count("Group") == 1);
}

TEST_CASE("leads: a queue is looked at in the list, and a lead is taken from its page and from the list") {
    UiDriver ui(1280, 900);
    const std::string queue = ui.create("Group", R"("Name": "Inbound", "Type": "Queue")");
    ui.create("GroupMember", R"("GroupId": ")" + queue + R"(", "UserOrGroupId": ")" + ui.me() + "\"");
    const std::string lead = ui.create("Lead", R"("LastName": "Weiss", "Company": "C", "OwnerId": ")" + queue + "\"");
    ui.create("Lead", R"("LastName": "Mine", "Company": "C")");
    ui.go("#/o/Lead");
    ui.click(Role::Button, "Queues");
    ui.click(Role::MenuItem, "Inbound");
    CHECK(ui.shows("Weiss"));
    CHECK_FALSE(ui.shows("Mine, "));
    CHECK(ui.browser.history.back().find("OwnerId=" + queue) != std::string::npos);
    ui.go("#/r/" + lead);
    ui.click(Role::Button, "Take");
    CHECK(ui.count("Lead WHERE OwnerId = '" + queue + "'") == 0);
    CHECK_FALSE(ui.find(Role::Button, "Take"));
    ui.press("Ctrl+Z");
    CHECK(ui.find(Role::Button, "Take"));
    ui.create("AssignmentRuleEntry", R"("Name": "All", "SortOrder": 1, "AssignedToId": ")" + queue + "\"");
    ui.go("#/o/Lead?state=all");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Route");
    CHECK(ui.count("Lead WHERE OwnerId = '" + queue + "'") == 2);
    CHECK(ui.shows("2 of 2 leads routed"));
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead WHERE OwnerId = '" + queue + "'") == 1);
}

TEST_CASE("leads: who is no member of a queue is told whose it is, and can't take its leads; a group gives the right") {
    UiDriver ui(1280, 1000);
    ui.create("User", R"("LastName": "Ann")");
    const std::string team = ui.create("Group", R"("Name": "Team", "Type": "Regular")");
    const std::string queue = ui.create("Group", R"("Name": "Inbound", "Type": "Queue")");
    const std::string lead = ui.create("Lead", R"("LastName": "Weiss", "Company": "C", "OwnerId": ")" + queue + "\"");
    ui.go("#/r/" + lead);
    CHECK(ui.shows("“Inbound”, which has no members yet"));
    CHECK_FALSE(ui.find(Role::Button, "Take"));
    CHECK_FALSE(ui.find(Role::Button, "Convert"));
    ui.click(Role::Button, "Members");
    REQUIRE(ui.find(Role::Dialog, "Edit Inbound"));
    CHECK(ui.shows("Nobody can take its leads"));
    choose(ui, "Add a member", "Ann");
    choose(ui, "Add a member", "Team");
    CHECK_FALSE(ui.find(Role::Switch, "Ann takes leads"));
    ui.click(Role::Button, "Save");
    CHECK(ui.count("GroupMember WHERE GroupId = '" + queue + "'") == 2);
    CHECK_FALSE(ui.shows("Nobody can take its leads"));
    ui.go("#/r/" + lead);
    CHECK(ui.shows("of which you aren’t a member. Its members are: Ann, Team."));
    // The list doesn't offer what would be refused; of several it takes those that may be taken.
    const std::string own = ui.create("Group", R"("Name": "Own", "Type": "Queue")");
    ui.create("GroupMember", R"("GroupId": ")" + own + R"(", "UserOrGroupId": ")" + ui.me() + "\"");
    ui.create("Lead", R"("LastName": "Zett", "Company": "C", "OwnerId": ")" + own + "\"");
    ui.go("#/o/Lead?state=all");
    ui.click(Role::Checkbox, "Select Weiss");
    CHECK(ui.find(Role::Button, "Route"));
    CHECK_FALSE(ui.find(Role::Button, "Take"));
    ui.click(Role::Checkbox, "Select Zett");
    ui.click(Role::Button, "Take");
    CHECK(ui.count("Lead WHERE OwnerId = '" + own + "'") == 0);
    CHECK(ui.count("Lead WHERE OwnerId = '" + queue + "'") == 1);
    ui.create("GroupMember", R"("GroupId": ")" + team + R"(", "UserOrGroupId": ")" + ui.me() + "\"");
    ui.go("#/r/" + lead);
    CHECK_FALSE(ui.find(Role::Button, "Members"));
    CHECK(ui.find(Role::Button, "Convert"));
    ui.click(Role::Button, "Take");
    CHECK(ui.count("Lead WHERE OwnerId = '" + queue + "'") == 0);
}

TEST_CASE("leads: a new one is assigned by the routing only when its box is ticked") {
    UiDriver ui(1280, 1400);
    const std::string queue = ui.create("Group", R"("Name": "Inbound", "Type": "Queue")");
    ui.go("#/o/Lead/new");
    CHECK_FALSE(ui.find(Role::Checkbox, "Assign by the lead routing"));
    ui.create("AssignmentRuleEntry", R"("Name": "All", "SortOrder": 1, "AssignedToId": ")" + queue + "\"");
    for (const bool ticked : {false, true}) {
        ui.go("#/o/Lead");
        ui.go("#/o/Lead/new");
        ui.type(Role::TextField, "Last Name", ticked ? "Second" : "First");
        ui.type(Role::TextField, "Company", "C");
        if (ticked) ui.click(Role::Checkbox, "Assign by the lead routing");
        ui.click(Role::Button, "Save");
    }
    CHECK(first_text(ui, "SELECT Owner.Name FROM Lead WHERE LastName = 'First'", "Owner.Name") == "You");
    CHECK(first_text(ui, "SELECT Owner.Name FROM Lead WHERE LastName = 'Second'", "Owner.Name") == "Inbound");
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead") == 1);
}

TEST_CASE("criteria rows: back and forth, and what they can't say stays text") {
    const Records records;
    const Object& lead = records.schema().object(standard_object::lead);
    for (const char* text : {"Country = 'Germany'", "Company LIKE '%50\\% off%' AND NumberOfEmployees >= 100", "LastName LIKE 'O\\'Neill%'", "Email != null AND DoNotCall = false",
                             "Rating = null AND AnnualRevenue < 1000.5", "", "Country = 'A' OR City = 'B'", "Rating IN ('Hot', 'Warm')", "CreatedDate = LAST_N_DAYS:7",
                             "DAY_ONLY(convertTimezone(CreatedDate)) >= 2026-01-31", "Country = 'A' AND (City = 'B' OR City = 'C')", "(NOT Rating NOT IN ('Hot')) AND ConvertedDate < THIS_WEEK"}) {
        CAPTURE(text);
        const auto form = form_of_criteria(text, lead, records);
        REQUIRE(form.has_value());
        const auto again = criteria_of_form(*form, lead);
        REQUIRE(again.has_value());
        CHECK(*again == text);
    }
    const auto twice = form_of_criteria("(Country = 'A' AND City = 'B') OR (Country = 'A' AND City = 'C')", lead, records);
    REQUIRE(twice.has_value());
    CHECK(twice->rows.size() == 3);
    CHECK(twice->logic == "(1 AND 2) OR (1 AND 3)");
    for (const char* text : {"Country IN ('A', 'B')", "CreatedDate = LAST_N_WEEKS:2", "Owner.Name = 'Ann'", "Company LIKE 'a%b'", "Nothing = 1"})
        CHECK_FALSE(form_of_criteria(text, lead, records).has_value());
}

TEST_CASE("criteria rows: numbers that count by themselves are asked as text, several values by what they include") {
    testing::TestWorkspace test;
    test.run(R"({"command": "DefineField", "object": "Account", "field": "Seq__c", "label": "Seq", "type": "AutoNumber", "displayFormat": "N{00}"})");
    test.run(R"({"command": "DefineField", "object": "Account", "field": "Topics__c", "label": "Topics", "type": "MultiselectPicklist", "values": [{"value": "Price"}, {"value": "Tech"}]})");
    const Object& account = test.workspace.schema().object(standard_object::account);
    for (const char* name : {"Seq__c", "Topics__c"}) CHECK(is_criteria_field(*account.find_field(name)));
    for (const char* text : {"Topics__c INCLUDES ('Price', 'Tech')", "Topics__c EXCLUDES ('Tech') AND Seq__c LIKE '%03%'", "Topics__c = null OR Seq__c = 'N01'"}) {
        CAPTURE(text);
        const auto form = form_of_criteria(text, account, test.workspace.records());
        REQUIRE(form.has_value());
        const auto again = criteria_of_form(*form, account);
        REQUIRE(again.has_value());
        CHECK(*again == text);
    }
    for (const char* text : {"Topics__c INCLUDES ('Price;Tech')", "Topics__c = 'Price'", "Topics__c IN ('Price')"}) CHECK_FALSE(form_of_criteria(text, account, test.workspace.records()).has_value());
}
