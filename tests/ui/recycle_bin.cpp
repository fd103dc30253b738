// Recycle bin, field history and the preview of a mass edit without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("recycle bin: several objects, searched, brought back in one edit with what went along") {
    UiDriver ui;
    const std::string account = ui.create("Account", R"("Name": "Acme")");
    const std::string opportunity = ui.create("Opportunity", R"("Name": "Big", "StageName": "Qualification", "CloseDate": "2027-01-31")");
    const std::string contact = ui.create("Contact", R"("LastName": "Li")");
    ui.create("OpportunityContactRole", R"("OpportunityId": ")" + opportunity + R"(", "ContactId": ")" + contact + "\"");
    const std::string other = ui.create("Contact", R"("LastName": "Wu")");
    const std::string alone = ui.create("OpportunityContactRole", R"("OpportunityId": ")" + opportunity + R"(", "ContactId": ")" + other + "\"");
    ui.go("#/recycle-bin");
    CHECK(ui.shows("The recycle bin is empty"));
    // What is deleted by itself is a record of its own here, not one that goes along.
    ui.data.run(R"({"command": "DeleteRecord", "object": "OpportunityContactRole", "id": ")" + alone + "\"}");
    ui.data.run(R"({"command": "DeleteRecord", "object": "Account", "id": ")" + account + "\"}");
    ui.data.run(R"({"command": "DeleteRecord", "object": "Opportunity", "id": ")" + opportunity + "\"}");
    ui.settle();
    CHECK(ui.find(Role::Link, "Acme"));
    CHECK(ui.find(Role::Link, "Big"));
    CHECK(ui.shows("1 related record"));
    CHECK(ui.shows("3 records"));
    CHECK(ui.shows("You"));
    ui.type(Role::SearchField, "Search the recycle bin", "nothing like it");
    CHECK(ui.shows("Nothing here matches"));
    ui.type(Role::SearchField, "Search the recycle bin", "");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Restore");
    CHECK(ui.count("Account") == 1);
    CHECK(ui.count("OpportunityContactRole") == 2);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Account") + ui.count("Opportunity") + ui.count("OpportunityContactRole") == 0);
    CHECK(ui.unnamed() == "");
    // For good too, the detail before the master that would take it along.
    ui.click(Role::Button, "Empty recycle bin");
    ui.click(Role::Button, "Remove for good");
    CHECK(ui.shows("The recycle bin is empty"));
}

TEST_CASE("recycle bin: what was made of a series' occurrences is one line with the series, and comes back with it") {
    UiDriver ui;
    const std::string series = ui.create("Event", R"("Subject": "Stand-up", "StartDateTime": "2026-11-02T10:00:00Z", "EndDateTime": "2026-11-02T10:30:00Z", "Recurrence2PatternText": "RRULE:FREQ=WEEKLY;COUNT=8")");
    ui.data.run(R"({"command": "UpdateOccurrence", "object": "Event", "id": ")" + series + R"(", "date": "2026-11-09", "fields": {"Subject": "Longer one"}})");
    REQUIRE(ui.count("Event") == 2);
    ui.data.run(R"({"command": "DeleteRecord", "object": "Event", "id": ")" + series + "\"}");
    ui.go("#/recycle-bin");
    CHECK(ui.find(Role::Link, "Stand-up"));
    CHECK_FALSE(ui.find(Role::Link, "Longer one"));
    CHECK(ui.shows("1 related record"));
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Restore");
    CHECK(ui.count("Event") == 2);
}

TEST_CASE("field history: newest first, an undo is told, the stamps are not") {
    UiDriver ui;
    const std::string id = ui.create("Account", R"("Name": "One", "Industry": "Banking")");
    ui.data.run(R"({"command": "UpdateRecord", "object": "Account", "id": ")" + id + R"(", "fields": {"Name": "Two"}})");
    ui.data.run(R"({"command": "Undo"})");
    const auto stamps = [&] {
        std::size_t count = 0;
        for (const SemanticsNode& node : ui.app.semantics().nodes) count += node.name == "Last Modified Date" ? 1 : 0;
        return count;
    };
    ui.go("#/r/" + id);
    const std::size_t stamps_before = stamps();   // those of the page
    ui.go("#/r/" + id + "?dialog=history:" + id);
    REQUIRE(ui.find(Role::Dialog, "Field history"));
    CHECK(ui.shows("Account Name"));
    CHECK(ui.shows("One → Two"));
    CHECK(ui.shows("Two → One"));
    CHECK(ui.shows("Banking"));
    CHECK(ui.shows("Created"));
    CHECK(ui.find(Role::Text, "Undone"));
    CHECK(stamps() == stamps_before);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("field history: what one edit set twice is told once") {
    UiDriver ui;
    ui.data.run(R"({"command": "Batch", "commands": [{"command": "CreateRecord", "object": "Account", "fields": {"Name": "One", "Industry": "Banking", "Rating": "Hot"}},
                    {"command": "UpdateRecord", "object": "Account", "id": "$0.id", "fields": {"Industry": "Energy", "Rating": null}}]})");
    const std::string id(ui.data.query("SELECT Id FROM Account").find("records")->items()[0].text_or("Id", ""));
    ui.go("#/r/" + id + "?dialog=history:" + id);
    REQUIRE(ui.find(Role::Dialog, "Field history"));
    CHECK(ui.shows("Energy"));
    CHECK_FALSE(ui.shows("Banking"));
    CHECK_FALSE(ui.shows("Hot"));
}

TEST_CASE("mass edit: the preview says what changes and what refuses, and only the former is sent") {
    UiDriver ui;
    const std::string converted = ui.create("Lead", R"("LastName": "Gone", "Company": "A")");
    ui.create("Lead", R"("LastName": "Same", "Company": "B")");
    ui.create("Lead", R"("LastName": "New", "Company": "A")");
    ui.data.run(R"({"command": "ConvertLead", "id": ")" + converted + "\"}");
    ui.go("#/o/Lead?state=all");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Change field");
    ui.click(Role::Combobox, "Field");
    ui.click(Role::Option, "Company");
    ui.type(Role::TextField, "Company", "B");
    CHECK(ui.shows("1 record will change"));
    CHECK(ui.shows("New: A → B"));
    CHECK(ui.shows("1 has this value already."));
    CHECK(ui.shows("1 record can’t be changed"));
    CHECK(ui.shows("The lead “Gone” was converted"));
    CHECK_FALSE(ui.shows("Gone: The lead"));    // once is enough
    ui.click(Role::Button, "Apply");
    CHECK(ui.count("Lead WHERE Company = 'B'") == 2);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead WHERE Company = 'B'") == 1);
}

TEST_CASE("mass edit: without a value it says that the field will be emptied, before it does so") {
    UiDriver ui;
    for (const char* name : {"One", "Two"}) ui.create("Lead", R"("LastName": ")" + std::string(name) + R"(", "Company": "C", "Title": "Buyer")");
    ui.go("#/o/Lead?state=all");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Change field");
    ui.click(Role::Combobox, "Field");
    ui.click(Role::Option, "Title");
    ui.click(Role::Button, "Apply");
    CHECK(ui.find(Role::Dialog, "Change a field of 2 records"));
    CHECK(ui.shows("No value is given: Title will be emptied."));
    CHECK(ui.shows("2 records will change"));
    CHECK(ui.count("Lead WHERE Title = null") == 0);
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Title", "Seller");
    CHECK_FALSE(ui.shows("will be emptied"));
    ui.type(Role::TextField, "Title", "");
    CHECK(ui.shows("will be emptied"));
    ui.click(Role::Button, "Apply");
    CHECK(ui.count("Lead WHERE Title = null") == 2);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead WHERE Title = 'Buyer'") == 2);
    // What can't be empty says so.
    ui.go("#/o/Lead?state=all");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Change field");
    ui.click(Role::Combobox, "Field");
    ui.click(Role::Option, "Company");
    ui.click(Role::Button, "Apply");
    CHECK(ui.shows("Company is required."));
    CHECK(ui.count("Lead WHERE Company = 'C'") == 2);
}

TEST_CASE("recycle bin: on a phone its button brings back what is ticked, and emptying is in the menu") {
    UiDriver ui(390, 844, 1, true);
    for (const char* name : {"Acme", "Bolt"}) {
        const std::string id = ui.create("Account", R"("Name": ")" + std::string(name) + "\"");
        ui.data.run(R"({"command": "DeleteRecord", "object": "Account", "id": ")" + id + "\"}");
    }
    ui.go("#/recycle-bin");
    CHECK_FALSE(ui.find(Role::Button, "Empty recycle bin"));
    ui.click(Role::Button, "Restore");
    CHECK(ui.shows("Tick what is to come back"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Checkbox, "Select Bolt");
    for (const char* name : {"Restore", "Remove for good", "Clear selection"}) {
        REQUIRE(ui.find(Role::Button, name));
        CHECK(ui.find(Role::Button, name)->box.x + ui.find(Role::Button, name)->box.width <= 390);
    }
    ui.click(Role::Button, "Restore");
    CHECK(ui.count("Account WHERE Name = 'Bolt'") == 1);
    CHECK_FALSE(ui.shows("Tick what is to come back"));
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Empty recycle bin");
    CHECK(ui.find_all(Role::AlertDialog).size() + ui.find_all(Role::Dialog).size() == 1);
}
