// Possible duplicates in the form of a new record, without a browser, by role and name.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string description_of(const UiDriver& ui, std::string_view link) {
    const SemanticsNode* node = ui.find(Role::Link, link);
    return node ? node->description : "<none>";
}

}  // namespace

TEST_CASE("duplicates: a lead being typed shows who may be the same, and is saved all the same") {
    UiDriver ui(1280, 1400);
    ui.create("Contact", R"("FirstName": "Robert", "LastName": "Meyer", "Email": "bob@acme.test")");
    ui.go("#/o/Lead/new");
    ui.type(Role::TextField, "Last Name", "Mayer");
    CHECK_FALSE(ui.shows("Possible duplicates"));
    ui.type(Role::TextField, "First Name", "Bob");
    ui.type(Role::TextField, "Email", "Bob@ACME.test");
    REQUIRE(ui.find(Role::Region, "Possible duplicates"));
    CHECK(description_of(ui, "Robert Meyer").find("same email, similar first name, similar last name") != std::string::npos);
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Email", "");
    CHECK_FALSE(ui.find(Role::Region, "Possible duplicates"));
    ui.type(Role::TextField, "Email", "bob@acme.test");
    ui.type(Role::TextField, "Company", "Acme");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Lead") == 1);
}

TEST_CASE("duplicates: a link to one asks before a draft is lost, then opens it") {
    UiDriver ui(1280, 1400);
    const std::string id = ui.create("Contact", R"("FirstName": "Ann", "LastName": "Li", "Email": "ann@acme.test")");
    ui.go("#/o/Contact/new");
    ui.type(Role::TextField, "Last Name", "Li");
    ui.type(Role::TextField, "Email", "ann@acme.test");
    ui.click(Role::Link, "Ann Li");
    CHECK(ui.shows("Discard changes?"));
    ui.click(Role::Button, "Keep editing");
    CHECK(ui.app.context().route().segment(2) == "new");
    CHECK(ui.find(Role::Region, "Possible duplicates"));
    ui.click(Role::Link, "Ann Li");
    ui.click(Role::Button, "Discard");
    CHECK(ui.app.context().route().segment(1) == id);
    CHECK(ui.count("Contact") == 1);
}

TEST_CASE("duplicates: the dialog shows them too; three at first, all when asked") {
    UiDriver ui(1280, 1600);
    for (const char* name : {"Acme", "ACME Inc.", "acme GmbH", "Acme, Ltd", "A.C.M.E."}) ui.create("Account", R"("Name": ")" + std::string(name) + "\"");
    const std::string id = ui.create("Account", R"("Name": "Other")");
    ui.go("#/r/" + id + "?dialog=new%3A%23%2Fo%2FAccount%2Fnew");
    REQUIRE(ui.find(Role::Dialog, "New account"));
    ui.type(Role::TextField, "Account Name", "Acme AG");
    const auto links = [&] {
        const auto all = ui.find_all(Role::Link);
        return std::ranges::count_if(all, [](const SemanticsNode* node) { return node->description.find("same name") != std::string::npos; });
    };
    CHECK(links() == 3);
    ui.click(Role::Button, "Show all 5");
    CHECK(links() == 5);
    CHECK_FALSE(ui.find(Role::Button, "Show all 5"));
    ui.click(Role::Link, "acme GmbH");
    ui.click(Role::Button, "Discard");
    CHECK(ui.app.context().route().segment(1) != id);
    CHECK_FALSE(ui.find(Role::Dialog, "New account"));
    CHECK(ui.find(Role::Heading, "acme GmbH"));
}

TEST_CASE("duplicates: editing a record and forms of other objects look for none") {
    UiDriver ui(1280, 1400);
    ui.create("Contact", R"("FirstName": "Ann", "LastName": "Li", "Email": "ann@acme.test")");
    const std::string id = ui.create("Lead", R"("FirstName": "Ann", "LastName": "Li", "Company": "Acme", "Email": "ann@acme.test")");
    ui.go("#/r/" + id + "/edit");
    CHECK_FALSE(ui.find(Role::Region, "Possible duplicates"));
    ui.go("#/o/Opportunity/new");
    CHECK_FALSE(ui.find(Role::Region, "Possible duplicates"));
}

TEST_CASE("duplicates: a new record for a lookup is replaced by the one that is there already") {
    UiDriver ui(1280, 1400);
    const std::string acme = ui.create("Account", R"("Name": "Acme GmbH")");
    ui.go("#/o/Contact/new");
    ui.type(Role::TextField, "Last Name", "Li");
    ui.click(Role::Combobox, "Account");
    ui.type(Role::SearchField, "Account", "ACME, Inc.");
    ui.click(Role::Option, "New account “ACME, Inc.”");
    REQUIRE(ui.find(Role::Dialog, "New account"));
    REQUIRE(ui.find(Role::Region, "Possible duplicates"));
    ui.click(Role::Button, "Use Acme GmbH");
    CHECK_FALSE(ui.find(Role::Dialog, "New account"));
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Contact WHERE LastName = 'Li' AND AccountId = '" + acme + "'") == 1);
    CHECK(ui.count("Account") == 1);
}

TEST_CASE("duplicates: a quick lead says so in its title, since the notice stands below its fields") {
    UiDriver ui(1280, 900);
    ui.create("Lead", R"("FirstName": "Ada", "LastName": "Lovelace", "Company": "Engines", "Email": "ada@engines.example")");
    ui.go("#/o/Account");
    ui.press("q");
    CHECK(ui.find(Role::Dialog, "Quick lead"));
    ui.type(Role::TextField, "First Name", "Ada");
    ui.type(Role::TextField, "Last Name", "Lovelace");
    ui.type(Role::TextField, "Email", "ada@engines.example");
    ui.settle();
    CHECK(ui.find(Role::Dialog, "Quick lead · 1 possible duplicate"));
}
