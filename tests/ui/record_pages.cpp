// Record page and form without a browser, by role and name.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "imgui.h"
#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string text_of(UiDriver& ui, const std::string& soql, std::string_view field) {
    const Json answer = ui.data.query(soql);
    const Json* records = answer.find("records");
    if (!records || records->items().empty()) return "<no record>";
    return std::string(records->items()[0].text_or(field, "<null>"));
}

std::int64_t count(UiDriver& ui, const std::string& what) { return ui.data.query("SELECT COUNT() FROM " + what).integer_or("totalSize", -1); }

bool is_invalid(const UiDriver& ui, std::string_view name) {
    const SemanticsNode* node = ui.find(Role::TextField, name);
    return node && (node->states & semantics_state::invalid) != 0;
}

}  // namespace

TEST_CASE("form: all faults stand at their fields at once, then the record is made and shown") {
    UiDriver ui;
    ui.go("#/o/Lead/new");
    ui.type(Role::TextField, "Email", "no address");
    ui.click(Role::Button, "Save");
    CHECK(is_invalid(ui, "Last Name"));
    CHECK(is_invalid(ui, "Company"));
    CHECK(is_invalid(ui, "Email"));
    CHECK(ui.shows("Please check"));
    CHECK(count(ui, "Lead") == 0);
    ui.type(Role::TextField, "Last Name", "Müller");
    ui.type(Role::TextField, "Company", "Acme");
    ui.type(Role::TextField, "Email", "m@acme.test");
    ui.press("Ctrl+Enter");
    CHECK(text_of(ui, "SELECT LastName FROM Lead", "LastName") == "Müller");
    CHECK(ui.find(Role::Heading, "Müller"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("form: a new event begins at the next full hour and takes one; an address may say otherwise") {
    UiDriver ui(1280, 2000);
    const Milliseconds hour = 3'600'000, next = (ui.app.context().clock().now() / hour + 1) * hour;
    REQUIRE(ui.app.context().clock().utc_offset_minutes(next) % 60 == 0);
    ui.go("#/o/Event/new");
    ui.click(Role::Button, "Save");
    CHECK(count(ui, "Event WHERE StartDateTime = " + instant_to_text(next) + " AND EndDateTime = " + instant_to_text(next + hour)) == 1);
    ui.go("#/o/Event/new?StartDateTime=2027-01-05T08:00:00Z&EndDateTime=2027-01-05T10:00:00Z");
    ui.click(Role::Button, "Save");
    CHECK(count(ui, "Event WHERE StartDateTime = 2027-01-05T08:00:00Z AND EndDateTime = 2027-01-05T10:00:00Z") == 1);
}

TEST_CASE("form: on a phone possible duplicates are told beside the buttons, wherever the notice stands") {
    UiDriver ui(390, 844, 1, true);
    ui.create("Lead", R"("LastName": "Müller", "Company": "Acme", "Email": "m@acme.test")");
    ui.go("#/o/Lead/new");
    CHECK_FALSE(ui.shows("possible duplicate"));
    ui.type(Role::TextField, "Email", "m@acme.test");
    const SemanticsNode *hint = ui.find(Role::Text, "1 possible duplicate"), *save = ui.find(Role::Button, "Save");
    REQUIRE(hint);
    REQUIRE(save);
    CHECK(hint->box.y > save->box.y - 4);
    CHECK(hint->box.x + hint->box.width < save->box.x);
}

TEST_CASE("form: Save ends where the fields end, and two checkboxes stand side by side, close below the fields") {
    for (const float width : {1440.0f, 820.0f}) {
        UiDriver ui(width, 4000);
        ui.go("#/o/Contact/new");
        const auto box = [&](Role role, std::string_view name) {
            REQUIRE(ui.find(role, name));
            return ui.find(role, name)->box;
        };
        const Box description = box(Role::TextArea, "Description"), save = box(Role::Button, "Save");
        CHECK(save.x + save.width == doctest::Approx(description.x + description.width).epsilon(0.003));
        const Box calls = box(Role::Checkbox, "Do Not Call"), mail = box(Role::Checkbox, "Email Opt Out"), fax = box(Role::TextField, "Fax");
        CHECK(calls.y == mail.y);
        CHECK(mail.x > calls.x + 200);
        CHECK(calls.y - (fax.y + fax.height) < 24);
    }
}

TEST_CASE("form: in Chinese a quick lead asks for the family name first") {
    UiDriver ui;
    ui.browser.settings["language"] = "zh-CN";
    ui.go("#/o/Account");
    ui.settle();
    ui.press("q");
    REQUIRE(ui.find(Role::TextField, "姓"));
    CHECK(ui.find(Role::TextField, "姓")->box.y < ui.find(Role::TextField, "名")->box.y);
}

TEST_CASE("form: Enter in a field of one line saves, in one of several lines it does not") {
    UiDriver ui(1280, 2000);
    ui.go("#/o/Account/new");
    ui.type(Role::TextField, "Account Name", "Acme");
    ui.type(Role::TextArea, "Description", "two");
    ui.commit();
    CHECK(ui.find(Role::TextArea, "Description"));
    ui.type(Role::TextField, "Phone", "1");
    ui.commit();
    CHECK(ui.shows("Account created"));
    CHECK(ui.app.context().route().segment(0) == "r");
    ui.go("#/o/Lead/new");
    ui.type(Role::TextField, "Last Name", "Li");
    ui.commit();
    CHECK(ui.shows("Company is required"));       // refused in place, as by the button
}

TEST_CASE("form: an address prefills it, Cancel of a changed form asks") {
    UiDriver ui;
    const std::string account = ui.create("Account", R"("Name": "Acme")");
    ui.go("#/o/Contact/new?AccountId=" + account + "&LastName=Li");
    ui.click(Role::Button, "Save");
    CHECK(text_of(ui, "SELECT Account.Name, LastName FROM Contact", "LastName") == "Li");
    ui.go("#/o/Contact/new");
    ui.type(Role::TextField, "Last Name", "Half");
    ui.click(Role::Combobox, "Salutation");
    ui.press("Escape");   // closes the list of choices and nothing else
    ui.settle();
    CHECK(!ui.find(Role::Option, "Dr."));
    CHECK(!ui.shows("Discard changes?"));
    ui.click(Role::Button, "Cancel");
    CHECK(ui.shows("Discard changes?"));
    ui.click(Role::Button, "Discard");
    CHECK(ui.app.context().route().segment(1) == "Contact");
    CHECK(ui.app.context().route().path.size() == 2);
    CHECK(count(ui, "Contact") == 1);
}

TEST_CASE("form: editing writes only what was changed") {
    UiDriver ui;
    const std::string id = ui.create("Account", R"("Name": "Acme", "Phone": "1")");
    ui.go("#/r/" + id + "/edit");
    ui.type(Role::TextField, "Phone", "2");
    ui.click(Role::Button, "Save");
    CHECK(text_of(ui, "SELECT Phone FROM Account", "Phone") == "2");
    CHECK(text_of(ui, "SELECT Name FROM Account", "Name") == "Acme");
    CHECK(ui.find(Role::Heading, "Acme"));
}

TEST_CASE("record page: the path moves an opportunity on; closing asks how") {
    UiDriver ui(1280, 1600);
    const std::string id = ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-03-31", "Amount": 10)");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Mark as complete");
    CHECK(text_of(ui, "SELECT StageName FROM Opportunity", "StageName") == "Qualification");
    CHECK(ui.unnamed() == "");
}

TEST_CASE("record page: a custom object has a path where its picklist holds steps, not where it holds sizes") {
    UiDriver ui(1280, 1600);
    const auto page_of = [&](const std::string& object, const std::string& field) {
        ui.data.run(R"({"command": "DefineObject", "object": ")" + object + R"(", "label": "Thing", "pluralLabel": "Things", "nameField": {"type": "Text", "label": "Name"}})");
        ui.data.run(R"({"command": "DefineField", "object": ")" + object + R"(", "field": ")" + field + R"(", "label": ")" + field.substr(0, field.size() - 3) +
                   R"(", "type": "Picklist", "values": ["One", "Two", "Three"]})");
        ui.go("#/r/" + ui.create(object, R"("Name": "First", ")" + field + R"(": "One")"));
    };
    page_of("Visit__c", "Phase__c");
    CHECK(ui.find(Role::Button, "Mark as complete") != nullptr);
    page_of("Truck__c", "Size__c");
    CHECK(ui.shows("One"));
    CHECK(ui.find(Role::Button, "Mark as complete") == nullptr);
}

TEST_CASE("record page: a task is added in one line and completed by its box") {
    UiDriver ui(1280, 1600);
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Add task");
    CHECK(ui.shows("Say what is to be done."));
    ui.type(Role::TextField, "Task subject", "Call the buyer");
    ui.click(Role::Button, "Add task");
    CHECK(count(ui, "Task WHERE WhatId = '" + id + "' AND IsClosed = false") == 1);
    CHECK(ui.shows("Call the buyer"));
}

TEST_CASE("record page: the activity is kept to calls, to notes or to changes") {
    UiDriver ui(1280, 1600);
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.create("Task", R"("Subject": "Plan", "WhatId": ")" + id + "\"");
    ui.create("Task", R"("Subject": "Rang them", "Description": "Long talk", "Status": "Completed", "Type": "Call", "WhatId": ")" + id + "\"");
    ui.go("#/r/" + id);
    CHECK(ui.shows("Plan"));
    CHECK(ui.shows("Rang them"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Calls");
    CHECK(ui.shows("Rang them"));
    CHECK_FALSE(ui.shows("Plan"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Notes");
    CHECK(ui.shows("Nothing of this kind yet."));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Everything");
    CHECK(ui.shows("Plan"));
    CHECK(ui.shows("Rang them"));
}

TEST_CASE("record page: related lists count, link and prefill, custom children too") {
    UiDriver ui(1280, 2400);
    ui.data.run(R"({"command": "DefineObject", "object": "Visit__c", "label": "Visit", "pluralLabel": "Visits", "nameField": {"type": "Text", "label": "Visit Name"}})");
    ui.data.run(R"({"command": "DefineField", "object": "Visit__c", "field": "Account__c", "label": "Account", "type": "Lookup", "referenceTo": "Account", "relationshipName": "Visits"})");
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.create("Contact", R"("LastName": "Li", "AccountId": ")" + id + "\"");
    for (const char* field : {"Reason", "Mood", "Town", "Guide"})
        ui.data.run(R"({"command": "DefineField", "object": "Visit__c", "field": ")" + std::string(field) + R"(__c", "label": "X", "type": "Text", "length": 20})");
    ui.create("Visit__c", R"("Name": "First", "Town__c": "Rome", "Guide__c": "Ann", "Account__c": ")" + id + "\"");
    ui.go("#/r/" + id);
    REQUIRE(ui.find(Role::Link, "First"));
    CHECK(ui.find(Role::Link, "First")->description == "Rome · Ann");
    CHECK(ui.find(Role::Region, "Visits"));
    CHECK(ui.shows("First"));
    CHECK(ui.shows("Li"));
    ui.click(Role::Button, "New visit");
    ui.type(Role::TextField, "Visit Name", "Second");
    ui.click(Role::Button, "Save");
    CHECK(count(ui, "Visit__c WHERE Account__c = '" + id + "'") == 2);
}

TEST_CASE("record page: a deleted record can be restored, an unknown one is not found") {
    UiDriver ui;
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.data.run(R"({"command": "DeleteRecord", "object": "Account", "id": ")" + id + "\"}");
    ui.go("#/r/" + id);
    CHECK(ui.shows("recycle bin"));
    ui.click(Role::Button, "Restore");
    CHECK(count(ui, "Account") == 1);
    ui.go("#/r/001000000000000");
    CHECK(ui.find(Role::Heading, "There is nothing here"));
}

TEST_CASE("record page: a deleted record's stages are told, and none can be pressed") {
    UiDriver ui(1440, 900);
    const std::string id = ui.create("Opportunity", R"("Name": "Big", "StageName": "Qualification", "CloseDate": "2027-01-31")");
    ui.go("#/r/" + id);
    REQUIRE(ui.find(Role::Button, "Needs Analysis"));
    CHECK((ui.find(Role::Button, "Needs Analysis")->states & semantics_state::disabled) == 0);
    ui.data.run(R"({"command": "DeleteRecord", "object": "Opportunity", "id": ")" + id + "\"}");
    ui.settle();
    REQUIRE(ui.find(Role::Button, "Needs Analysis"));
    CHECK((ui.find(Role::Button, "Needs Analysis")->states & semantics_state::disabled) != 0);
    CHECK((ui.find(Role::Button, "Qualification")->states & semantics_state::current) != 0);
}

TEST_CASE("record page: a deleted record's form is its page, and for a finger its path is not to be opened") {
    UiDriver ui(390, 844, 1, true);
    const std::string id = ui.create("Opportunity", R"("Name": "Big", "StageName": "Qualification", "CloseDate": "2027-01-31")");
    const auto path = [&] {
        const SemanticsNode* found = nullptr;
        for (const SemanticsNode* node : ui.find_all(Role::Button))
            if (node->name.starts_with("Stage")) found = node;
        REQUIRE(found);
        return found->states;
    };
    ui.go("#/r/" + id);
    CHECK((path() & semantics_state::disabled) == 0);
    ui.data.run(R"({"command": "DeleteRecord", "object": "Opportunity", "id": ")" + id + "\"}");
    ui.go("#/r/" + id + "/edit");
    CHECK(ui.app.context().route().to_text() == "#/r/" + id);
    CHECK((path() & semantics_state::disabled) != 0);
    ui.click(Role::Button, "Restore");
    ui.go("#/r/" + id + "/edit");
    CHECK(ui.find(Role::TextField, "Opportunity Name"));
}

TEST_CASE("conversion dialog: what goes where, the account's open opportunities, and a follow-up task") {
    UiDriver ui(1280, 2000);
    const std::string account = ui.data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme", "Phone": "1"}})");
    ui.data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "First sale", "StageName": "Prospecting", "CloseDate": "2026-12-01", "AccountId": ")" + account + "\"}}");
    const std::string lead = ui.data.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Li", "Company": "Acme", "Website": "https://acme.test", "Phone": "2"}})");
    ui.go("#/r/" + lead + "?dialog=convert%3A" + lead);
    REQUIRE(ui.find(Role::Dialog, "Convert Li"));
    CHECK(ui.shows("This account has 1 open opportunity."));
    CHECK_FALSE(ui.shows("acme.test"));
    ui.click(Role::Switch, "Show what goes where");
    CHECK(ui.shows("acme.test"));
    CHECK_FALSE(ui.shows("https://acme.test"));   // what every address begins with is left out
    ui.click(Role::Checkbox, "Add a follow-up task for the contact");
    ui.click(Role::Button, "Convert");
    CHECK(ui.shows("Subject is required."));
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Subject", "Send the offer");
    // All that is missing is told at once, in place, and nothing is made up for it.
    ui.type(Role::TextField, "Opportunity Name", " ");
    ui.type(Role::TextField, "Close Date", "");
    ui.click(Role::Button, "Convert");
    CHECK(ui.shows("Please check: Opportunity Name, Close Date"));
    CHECK(ui.find(Role::TextField, "Opportunity Name")->description.find("Opportunity Name is required.") != std::string::npos);
    CHECK(ui.find(Role::TextField, "Close Date")->description.find("Close Date is required.") != std::string::npos);
    CHECK(ui.data.query("SELECT COUNT() FROM Opportunity").integer_or("totalSize", -1) == 1);
    ui.type(Role::TextField, "Opportunity Name", "Second sale");
    ui.type(Role::TextField, "Close Date", "2026-12-30");
    ui.click(Role::Button, "Convert");
    CHECK(ui.data.query("SELECT COUNT() FROM Task WHERE Subject = 'Send the offer' AND Who.Name = 'Li'").integer_or("totalSize", -1) == 1);
}

TEST_CASE("record page: a converted lead points to its records and is read only") {
    UiDriver ui;
    const std::string id = ui.create("Lead", R"("LastName": "Li", "Company": "Acme")");
    REQUIRE(ui.data.run(R"({"command": "ConvertLead", "lead": ")" + id + "\"}").boolean_or("ok", false));
    ui.go("#/r/" + id);
    CHECK(ui.shows("This lead was converted"));
    CHECK(ui.find(Role::Link, "Acme"));
    CHECK_FALSE(ui.find(Role::Button, "Edit"));
    CHECK_FALSE(ui.find(Role::Button, "Convert"));
}

TEST_CASE("record: accounts above and below stand in a tree, from which each is opened") {
    UiDriver ui;
    const std::string group = ui.create("Account", R"("Name": "Group")");
    const std::string north = ui.create("Account", R"("Name": "North", "ParentId": ")" + group + "\"");
    ui.create("Account", R"("Name": "South", "ParentId": ")" + group + "\"");
    ui.create("Opportunity", R"("Name": "Sale", "StageName": "Closed Won", "CloseDate": "2026-12-01", "Amount": 250, "AccountId": ")" + north + "\"");
    const std::string alone = ui.create("Account", R"("Name": "Alone")");
    ui.go("#/r/" + north);
    ui.click(Role::Button, "More actions");
    ui.click(Role::MenuItem, "Hierarchy");
    REQUIRE(ui.find(Role::Tree, "Hierarchy"));
    const SemanticsNode* here = ui.find(Role::TreeItem, "North");
    REQUIRE(here);
    CHECK((here->states & semantics_state::selected) != 0);
    CHECK(here->description == "USD 250.00 won");
    CHECK(ui.find(Role::TreeItem, "Group")->description == "USD 250.00 won");   // by the whole group
    CHECK(ui.find(Role::TreeItem, "South")->description == "");
    ui.click(Role::TreeItem, "South");
    CHECK_FALSE(ui.find(Role::Tree, "Hierarchy"));
    const SemanticsNode* title = ui.find(Role::Heading, "South");
    CHECK(title);
    ui.go("#/r/" + alone);
    ui.click(Role::Button, "More actions");
    CHECK_FALSE(ui.find(Role::MenuItem, "Hierarchy"));
}

TEST_CASE("record page: an address is edited in place, its parts together and only the changed ones") {
    UiDriver ui(1280, 1600);
    const std::string id = ui.create("Account", R"("Name": "Acme", "BillingCity": "Berlin", "BillingCountry": "Germany")");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Edit Billing Address");
    CHECK(ui.app.context().route().path.size() == 2);
    ui.type(Role::TextField, "Billing City", "Potsdam");
    ui.click(Role::Button, "Save");
    CHECK(text_of(ui, "SELECT BillingCity FROM Account", "BillingCity") == "Potsdam");
    CHECK(text_of(ui, "SELECT BillingCountry FROM Account", "BillingCountry") == "Germany");
    CHECK(ui.shows("Potsdam"));
    CHECK_FALSE(ui.find(Role::TextField, "Billing City"));
    ui.app.context().undo();
    ui.settle();
    CHECK(text_of(ui, "SELECT BillingCity FROM Account", "BillingCity") == "Berlin");
    CHECK(ui.unnamed() == "");
}

TEST_CASE("record page: a location is entered and changed by its latitude and longitude, in the form and in place") {
    UiDriver ui(1280, 1600);
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Place__c", "label": "Place", "type": "Location", "scale": 6})");
    ui.go("#/o/Account/new");
    ui.type(Role::TextField, "Account Name", "Acme");
    ui.type(Role::TextField, "Place Latitude", "31.25");
    ui.type(Role::TextField, "Place Longitude", "121.5");
    ui.click(Role::Button, "Save");
    const auto part = [&](const char* name) { return ui.count("Account WHERE " + std::string(name)); };
    CHECK(part("Place__Latitude__s = 31.25 AND Place__Longitude__s = 121.5") == 1);
    ui.click(Role::Button, "Edit Place");
    ui.type(Role::TextField, "Place Latitude", "-8.5");
    ui.click(Role::Button, "Save");
    CHECK(part("Place__Latitude__s = -8.5 AND Place__Longitude__s = 121.5") == 1);
    CHECK_FALSE(ui.find(Role::TextField, "Place Latitude"));
    CHECK(ui.unnamed() == "");
    ui.go("#/o/Account?columns=Name;Place__Latitude__s");
    CHECK((ui.shows("-8.5") && !ui.shows("8.50")));
}

TEST_CASE("record page: key facts stand in one line, closer if need be; else in lines of like length") {
    const auto lines = [](const std::string& email) {
        UiDriver ui(820, 1180, 1, true);
        const std::string id = ui.create("Contact", R"("LastName": "Li", "Title": "Head of Operations", "Phone": "+41 44 555 01 23", "Email": ")" + email + "\"");
        ui.go("#/r/" + id);
        std::map<float, int> by_top;
        for (const char* label : {"Account", "Title", "Email", "Phone", "Contact Owner"}) {
            const SemanticsNode* first = nullptr;   // the facts stand before the details
            for (const SemanticsNode& node : ui.nodes())
                if (!first && node.name == label && node.box.width > 0) first = &node;
            REQUIRE_MESSAGE(first, label);
            ++by_top[first->box.y];
        }
        std::vector<int> counts;
        for (const auto& [top, count] : by_top) counts.push_back(count);
        return counts;
    };
    CHECK(lines("li@acme.example") == std::vector{5});
    CHECK(lines("li.with.a.long.name.indeed@acme.example") == std::vector{3, 2});
}

TEST_CASE("record page: on a tablet details, related lists and activity share one place, and nothing is cut off") {
    UiDriver ui(820, 1180, 2, true);
    const std::string id = ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Negotiation/Review", "CloseDate": "2027-03-31", "Amount": 10)");
    ui.go("#/r/" + id);
    ui.click(Role::Tab, "Activity");
    const SemanticsNode* add = ui.find(Role::Button, "Add task");
    REQUIRE(add != nullptr);
    CHECK(add->box.x + add->box.width <= add->clip.x + add->clip.width);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("form: a new opportunity shows what its stage gives, unless somebody says otherwise") {
    UiDriver ui(1440, 2000);
    ui.go("#/o/Opportunity/new?StageName=Qualification");
    const SemanticsNode* percent = ui.find(Role::TextField, "Probability");
    REQUIRE(percent != nullptr);
    CHECK(percent->value == "10");
    ui.go("#/");
    ui.go("#/o/Opportunity/new?StageName=Qualification&Probability=35");
    REQUIRE(ui.find(Role::TextField, "Probability") != nullptr);
    CHECK(ui.find(Role::TextField, "Probability")->value == "35");
}

TEST_CASE("record page: a task is completed and opened again there; what is said of calls stands with calls alone") {
    UiDriver ui(1440, 2000);
    ui.go("#/r/" + ui.create("Task", R"("Subject": "Send quote")"));
    CHECK_FALSE(ui.shows("Call Result"));
    ui.click(Role::Button, "Complete");
    CHECK(ui.find(Role::Button, "Reopen") != nullptr);
    ui.go("#/r/" + ui.create("Task", R"("Subject": "Ring Ann", "Type": "Call")"));
    CHECK(ui.shows("Call Result"));
    ui.go("#/o/Task/new");
    CHECK_FALSE(ui.shows("Call Result"));
    ui.go("#/");
    ui.go("#/o/Task/new?Type=Call");
    CHECK(ui.shows("Call Result"));
}

TEST_CASE("record page: a key fact is edited where it stands, and stands there alone") {
    UiDriver ui(1440, 900);
    const std::string id = ui.create("Account", R"("Name": "Acme", "Phone": "+49 30 1")");
    ui.go("#/r/" + id);
    CHECK(std::ranges::count_if(ui.nodes(), [](const SemanticsNode& node) { return node.name == "Edit Phone"; }) == 1);
    ui.click(Role::Button, "Edit Phone");
    ui.type(Role::TextField, "Phone", "+49 30 2");
    ui.commit();
    CHECK(text_of(ui, "SELECT Phone FROM Account", "Phone") == "+49 30 2");
}

TEST_CASE("record form: on a tablet a finger finds the days of a date's calendar, and the form stands in line with its header") {
    UiDriver ui(820, 1180, 1, true);
    ui.go("#/o/Opportunity/new");
    const auto box = [&](Role role, std::string_view name) {
        REQUIRE_MESSAGE(ui.find(role, name), name);
        return ui.find(role, name)->box;
    };
    CHECK(box(Role::TextField, "Opportunity Name").x == doctest::Approx(box(Role::Link, "Opportunities").x));
    CHECK(box(Role::Button, "Save").x + box(Role::Button, "Save").width == doctest::Approx(820 - 24));
    ui.click(Role::Button, "Choose a date for Close Date");
    const auto days = ui.find_all(Role::Button);
    const auto day = std::ranges::find_if(days, [](const SemanticsNode* node) { return node->name.contains("2026-11-2"); });
    REQUIRE(day != days.end());
    CHECK((*day)->box.width >= 40);
}

TEST_CASE("form: a refused save goes to the first faulty field, a lookup or picklist too") {
    UiDriver ui(390, 600, 1, true);
    ui.data.run(R"({"command":"DefineField","object":"Lead","field":"Agent__c","label":"Agent","type":"Lookup","referenceTo":"Contact","required":true})");
    ui.go("#/o/Lead/new?LastName=Ann&Company=Acme");
    ui.focus(Role::Button, "Save");
    ui.click(Role::Button, "Save");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Agent");
    CHECK(ui.focused()->role == Role::Combobox);
    CHECK(ui.focused()->box.y > 52);
    CHECK(ui.focused()->box.y + ui.focused()->box.height < ui.find(Role::Button, "Save")->box.y);
    CHECK(ui.app.holds_draft() == false);   // all of it is the address's
}

TEST_CASE("form: what is typed into stays in sight above a phone's keyboard, and the places below make room for it") {
    UiDriver ui(390, 844, 2, true);
    const auto in_sight = [&](float below) {
        const SemanticsNode* at = ui.focused();
        return at && at->box.y > 2 * (52 + 20) && at->box.y + at->box.height <= below;   // with its label
    };
    ui.go("#/o/Lead/new");
    ui.click(Role::TextField, "Email");
    ui.keyboard(374);
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Email");
    CHECK(in_sight(ui.find(Role::Button, "Save")->box.y));
    CHECK_FALSE(ui.find(Role::Link, "Tasks"));
    CHECK(ui.find(Role::Button, "Save")->box.y > 2 * (470 - 70));
    // Scrolled away it comes back with the next letter; what is told of a number is in sight with it.
    ui.focus(Role::TextField, "Employees");
    ImGui::GetIO().AddMousePosEvent(390, 400);
    ImGui::GetIO().AddMouseWheelEvent(0, 30);
    ui.frame();
    ui.settle();
    CHECK_FALSE(in_sight(ui.find(Role::Button, "Save")->box.y));
    ui.type(Role::TextField, "Employees", "many");
    CHECK(in_sight(ui.find(Role::Button, "Save")->box.y - 2 * 20));
    // What is pressed keeps its place until the finger leaves it.
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Company is required."));
    ui.keyboard(0);
    CHECK(ui.find(Role::Link, "Tasks"));
}

TEST_CASE("form: a refused save shows the field with its label and what is wrong with it") {
    UiDriver ui(1440, 900);
    ui.go("#/o/Lead/new");
    ui.type(Role::TextField, "Last Name", "Ann");
    ui.type(Role::TextField, "Company", "Acme");
    ui.type(Role::TextField, "Email", "not an address");
    ui.type(Role::TextField, "Employees", "many");
    ui.focus(Role::TextArea, "Description");
    REQUIRE(ui.focused());
    CHECK(ui.find(Role::TextField, "Email")->box.y < 88);
    ui.press("Ctrl+Enter");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Email");
    CHECK(ui.focused()->box.y > 88 + 20);
    CHECK(ui.focused()->box.y + ui.focused()->box.height + 20 < ui.find(Role::Button, "Save")->box.y);
}

TEST_CASE("record page: an open stage that is no longer offered keeps its place on the path, and goes on from there") {
    for (const std::string listed : {R"({"value":"Qualification","active":false},)", ""}) {
        UiDriver ui(1280, 1600);
        const std::string id = ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Qualification", "CloseDate": "2027-03-31")");
        ui.data.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":["Prospecting",)" + listed + R"("Needs Analysis","Closed Won","Closed Lost"]})");
        ui.go("#/r/" + id);
        const auto x = [&](const char* name) {
            for (const SemanticsNode& node : ui.nodes())
                if (node.name.starts_with(name) && (node.states & semantics_state::focusable) && node.role != Role::Link && node.role != Role::Combobox) return node.box.x;
            return -1.0f;
        };
        CHECK(x("Prospecting") > 0);
        CHECK(x("Qualification") > x("Prospecting"));
        CHECK(x("Needs Analysis") > x("Qualification"));
        CHECK(x("Closed") > x("Needs Analysis"));
        ui.click(Role::Button, "Mark as complete");
        CHECK(text_of(ui, "SELECT StageName FROM Opportunity", "StageName") == "Needs Analysis");
    }
}

TEST_CASE("form: what is typed is a draft until it is saved, in a dialog too") {
    UiDriver ui;
    ui.go("#/o/Lead/new");
    CHECK_FALSE(ui.app.holds_draft());
    ui.type(Role::TextField, "Last Name", "Ann");
    CHECK(ui.app.holds_draft());
    ui.type(Role::TextField, "Company", "Acme");
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.app.holds_draft());
    ui.app.context().open_dialog(routes::quick_lead());
    ui.frame();
    ui.settle();
    REQUIRE(ui.find(Role::TextField, "Company"));
    CHECK_FALSE(ui.app.holds_draft());
    ui.type(Role::TextField, "Company", "Acme");
    CHECK(ui.app.holds_draft());
}

TEST_CASE("form: on a narrow phone the time of an event stands below its day, which can be read") {
    for (const float width : {300.0f, 430.0f}) {
        UiDriver ui(width, 900, 1, true);
        ui.go("#/o/Event/new");
        const SemanticsNode *day = ui.find(Role::TextField, "Start"), *time = ui.find(Role::TextField, "Start: time");
        REQUIRE(day);
        REQUIRE(time);
        CHECK((time->box.y > day->box.y) == (width < 400));
        CHECK(time->box.x + time->box.width <= width - 16);
    }
}

TEST_CASE("record page: on the narrowest phone every button stands in the header, and the menu leads to the neighbours") {
    for (const float width : {320.0f, 390.0f}) {
        UiDriver ui(width, 690, 1, true);
        for (const char* name : {"Ann", "Bo", "Cy"}) ui.create("Lead", R"("Company": "Acme", "LastName": ")" + std::string(name) + "\"");
        ui.go("#/o/Lead");
        ui.click(Role::Link, "Bo");
        const SemanticsNode* more = ui.find(Role::Button, "More actions");
        REQUIRE(more);
        CHECK(more->box.x + more->box.width <= width - 8);
        for (const SemanticsNode& node : ui.nodes())
            if (node.name == "2/3") CHECK(node.box.y + node.box.height < more->box.y + more->box.height);
        CHECK(ui.shows("2/3"));
        if (width < 360) {
            ui.click(Role::Button, "More actions");
            ui.click(Role::MenuItem, "Next record");
        } else {
            ui.click(Role::Button, "Next record");
        }
        CHECK(ui.shows("3/3"));
        CHECK(ui.unnamed() == "");
    }
}
