// Merging records through the page, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// A field's value as text, "" none: value(ui, "Title FROM Contact", id).
std::string value(UiDriver& ui, const std::string& what, const std::string& id) {
    const Json answer = ui.data.query("SELECT " + what + " WHERE Id = '" + id + "'");
    const Json* records = answer.find("records");
    if (!records || records->items().size() != 1) return "<none>";
    return std::string(records->items()[0].text_or(what.substr(0, what.find(' ')), ""));
}

}  // namespace

TEST_CASE("merge: for a finger the notice is high enough for its button") {
    UiDriver ui(820, 1180, 1, true);
    const std::string bob = ui.create("Contact", R"("FirstName": "Bob", "LastName": "Meyer", "Email": "bob@acme.test")");
    ui.create("Contact", R"("FirstName": "Robert", "LastName": "Meyer", "Email": "bob@acme.test")");
    ui.go("#/r/" + bob);
    const SemanticsNode *notice = ui.find(Role::Status, "1 possible duplicate"), *button = ui.find(Role::Button, "Compare and merge");
    REQUIRE(notice);
    REQUIRE(button);
    CHECK(button->box.y - notice->box.y >= 8);
    ui.click(button);
    CHECK(ui.shows("The other record goes."));   // of two there is one other
}

TEST_CASE("merge: a contact's duplicate is told, compared field by field, and becomes one with it") {
    UiDriver ui(1280, 1400);
    const std::string bob = ui.create("Contact", R"("FirstName": "Bob", "LastName": "Meyer", "Email": "bob@acme.test", "Title": "Buyer")");
    const std::string robert = ui.create("Contact", R"("FirstName": "Robert", "LastName": "Meyer", "Email": "bob@acme.test", "Phone": "+1 212 555 0100", "MailingCity": "Boston")");
    ui.create("Task", R"("Subject": "Call him", "WhoId": ")" + robert + "\"");
    ui.go("#/r/" + bob);
    CHECK(ui.shows("1 possible duplicate"));
    ui.click(Role::Button, "Compare and merge");
    REQUIRE(ui.find(Role::Dialog, "Merge contacts"));
    CHECK(ui.unnamed() == "");
    // Empty fields are filled from the other; where both say something the one that stays wins.
    const SemanticsNode* bob_name = ui.find(Role::Radio, "Bob");
    REQUIRE(bob_name);
    CHECK((bob_name->states & semantics_state::checked) != 0);
    ui.click(Role::Radio, "Robert");
    ui.click(Role::Button, "Merge 2 records");
    CHECK_FALSE(ui.find(Role::Dialog, "Merge contacts"));
    CHECK(ui.count("Contact") == 1);
    CHECK(value(ui, "FirstName FROM Contact", bob) == "Robert");
    CHECK(value(ui, "Title FROM Contact", bob) == "Buyer");
    CHECK(value(ui, "Phone FROM Contact", bob) == "+1 212 555 0100");
    CHECK(value(ui, "MailingCity FROM Contact", bob) == "Boston");
    CHECK(ui.count("Task WHERE WhoId = '" + bob + "'") == 1);
    CHECK_FALSE(ui.shows("possible duplicate"));
    ui.press("Ctrl+Z");
    CHECK(ui.count("Contact") == 2);
    CHECK(ui.count("Task WHERE WhoId = '" + robert + "'") == 1);
    CHECK(value(ui, "FirstName FROM Contact", bob) == "Bob");
}

TEST_CASE("merge: the other record may stay; the page goes on with it") {
    UiDriver ui(1280, 1400);
    const std::string first = ui.create("Lead", R"("LastName": "Li", "Company": "Acme", "Email": "li@acme.test", "Title": "Buyer", "City": "Ulm")");
    const std::string second = ui.create("Lead", R"("LastName": "Li", "Company": "Acme Inc", "Email": "li@acme.test")");
    ui.go("#/r/" + first + "?dialog=merge%3A" + first + "%2C" + second);
    REQUIRE(ui.find(Role::Dialog, "Merge leads"));
    std::vector<const SemanticsNode*> stays;
    for (const SemanticsNode* radio : ui.find_all(Role::Radio))
        if (radio->name == "Li") stays.push_back(radio);
    REQUIRE(stays.size() == 2);
    ui.click(stays[1]);
    ui.click(Role::Button, "Merge 2 records");
    CHECK(ui.app.context().route().segment(1) == second);
    CHECK(value(ui, "Company FROM Lead", second) == "Acme Inc");
    CHECK(value(ui, "City FROM Lead", second) == "Ulm");
    CHECK(ui.count("Lead") == 1);
}

TEST_CASE("merge: three records ticked in a list, their opportunities and an account below another of them") {
    UiDriver ui(1280, 1400);
    const std::string top = ui.create("Account", R"("Name": "Acme", "Industry": "Banking")");
    const std::string below = ui.create("Account", R"("Name": "Akme", "ParentId": ")" + top + "\"");
    const std::string third = ui.create("Account", R"("Name": "Acme West", "Phone": "12345")");
    ui.create("Account", R"("Name": "Other")");
    ui.create("Opportunity", R"("Name": "Sale", "StageName": "Qualification", "CloseDate": "2026-12-01", "AccountId": ")" + below + "\"");
    ui.go("#/o/Account");
    for (const char* name : {"Acme", "Akme", "Acme West"}) ui.click(Role::Checkbox, "Select " + std::string(name));
    ui.click(Role::Button, "Merge");
    REQUIRE(ui.find(Role::Dialog, "Merge accounts"));
    ui.click(Role::Button, "Merge 3 records");
    CHECK(ui.count("Account") == 2);
    CHECK(value(ui, "ParentId FROM Account", top) == "");
    CHECK(value(ui, "Phone FROM Account", top) == "12345");
    CHECK(ui.count("Opportunity WHERE AccountId = '" + top + "'") == 1);
    CHECK_FALSE(ui.find(Role::Button, "Merge"));
}

TEST_CASE("merge: nothing that can't be merged is offered for it") {
    UiDriver ui(1280, 1400);
    const std::string lead = ui.create("Lead", R"("LastName": "Li", "Company": "Acme", "Email": "li@acme.test")");
    const std::string contact = ui.create("Contact", R"("LastName": "Li", "Email": "li@acme.test")");
    ui.go("#/r/" + lead);
    CHECK_FALSE(ui.shows("possible duplicate"));
    ui.go("#/r/" + lead + "?dialog=merge%3A" + lead + "%2C" + contact);
    CHECK_FALSE(ui.find(Role::Dialog, "Merge leads"));
    ui.go("#/r/" + lead + "?dialog=merge%3A" + lead);
    CHECK(ui.shows("No record seems to be the same"));
    CHECK(ui.find(Role::Dialog, "No duplicates of Li"));
    CHECK_FALSE(ui.find(Role::Button, "Merge"));
}
