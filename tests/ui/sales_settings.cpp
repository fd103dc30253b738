// Duplicate rules, lead conversion's mapping, a lead in a few fields and a board's cards, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// Of a list that stays open: searched, then pressed.
void tick(UiDriver& ui, std::string_view field, std::string_view option) {
    ui.click(Role::Combobox, field);
    ui.type(Role::SearchField, field, option);
    ui.click(Role::Option, option);
    ui.press("Escape");
}

float height_of(UiDriver& ui, std::string_view link) {
    const SemanticsNode* node = ui.find(Role::Link, link);
    CHECK(node);
    return node ? node->box.height : 0;
}

}  // namespace

TEST_CASE("duplicate rules: made, said in words, switched off and taken back") {
    UiDriver ui(1280, 1400);
    ui.go("#/settings/duplicates");
    CHECK(ui.shows("No rules of your own"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "New rule");
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Name", "Same post");
    tick(ui, "All of these must fit", "Title");
    tick(ui, "All of these must fit", "City");
    // An account has no title.
    ui.click(Role::Combobox, "Applies To");
    ui.click(Role::Option, "Accounts");
    ui.click(Role::Combobox, "Applies To");
    ui.click(Role::Option, "Leads and contacts");
    tick(ui, "All of these must fit", "Title");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("DuplicateRule WHERE Comparisons INCLUDES ('Title;City')") == 1);
    CHECK(ui.shows("Leads and contacts"));
    ui.click(Role::Switch, "Active: Same post");
    CHECK(ui.count("DuplicateRule WHERE IsActive = false") == 1);
    ui.click(Role::Switch, "Use the standard rule");
    CHECK(ui.shows("No rule applies: duplicates are not found any more."));
    ui.press("Ctrl+Z");
    ui.press("Ctrl+Z");
    ui.press("Ctrl+Z");
    CHECK(ui.count("DuplicateRule") == 0);
    CHECK(ui.count("Organization WHERE OwnDuplicateRulesOnly = true") == 0);
}

TEST_CASE("duplicate rules: any field of the object can be compared, an own one too, and is named in the notice") {
    UiDriver ui(1280, 1400);
    for (const std::string object : {"Lead", "Contact"})
        ui.data.run(R"({"command":"DefineField","object":")" + object + R"(","field":"Number__c","label":"Customer number","type":"Text","length":20})");
    ui.data.run(R"({"command":"DefineField","object":"Contact","field":"Badge__c","label":"Badge","type":"Text","length":20})");
    ui.data.run(R"({"command":"DefineField","object":"Account","field":"Vat__c","label":"VAT number","type":"Text","length":20})");
    ui.settle();
    ui.create("Contact", R"("LastName": "Meyer", "Number__c": "DE-123")");
    ui.go("#/settings/duplicates");
    ui.click(Role::Button, "New rule");
    ui.type(Role::TextField, "Name", "Same number");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("All of these must fit is required."));
    ui.click(Role::Combobox, "Applies To");
    ui.click(Role::Option, "Accounts");
    tick(ui, "All of these must fit", "VAT number");
    ui.click(Role::Combobox, "Applies To");
    ui.click(Role::Option, "Leads and contacts");      // which have no such field
    tick(ui, "All of these must fit", "Customer number");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("DuplicateRule WHERE ComparedFields = 'Number__c' AND Comparisons = null") == 1);
    CHECK(ui.shows("Customer number"));
    ui.go("#/o/Lead/new");
    ui.type(Role::TextField, "Customer number", "de123");
    CHECK(ui.shows("100% alike: same Customer number · rule “Same number”"));
    ui.type(Role::TextField, "Customer number", "de124");
    CHECK_FALSE(ui.shows("same Customer number"));
    ui.go("#/settings/duplicates");
    ui.click(Role::Button, "Actions for Same number");
    ui.click(Role::MenuItem, "Edit");
    tick(ui, "All of these must fit", "Badge");
    tick(ui, "All of these must fit", "Last name");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Last name and Customer number and Badge"));
}

TEST_CASE("conversion settings: in Chinese the family name comes first, as in forms") {
    UiDriver ui(1280, 1600);
    ui.go("#/settings/conversion");
    CHECK(ui.find(Role::Button, "First Name")->box.y < ui.find(Role::Button, "Last Name")->box.y);
    ui.browser.settings["language"] = "zh-CN";
    ui.go("#/settings");
    ui.go("#/settings/conversion");
    REQUIRE(ui.find(Role::Button, "姓"));
    CHECK(ui.find(Role::Button, "姓")->box.y < ui.find(Role::Button, "名")->box.y);
}

TEST_CASE("conversion settings: where each field goes, only to what fits, with undo") {
    UiDriver ui(1280, 1600);
    ui.data.run(R"({"command":"DefineField","object":"Lead","field":"Tier__c","label":"Tier","type":"Text","length":20})");
    ui.data.run(R"({"command":"DefineField","object":"Account","field":"Class__c","label":"Class","type":"Text","length":20})");
    ui.data.run(R"({"command":"DefineField","object":"Account","field":"Short__c","label":"Short","type":"Text","length":5})");
    ui.settle();
    ui.go("#/settings/conversion");
    CHECK(ui.unnamed() == "");
    CHECK(ui.shows("Account: Account Name"));
    ui.click(Role::Button, "Tier");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Combobox, "Account");
    CHECK_FALSE(ui.find(Role::Option, "Short"));
    ui.type(Role::SearchField, "Account", "Class");
    ui.click(Role::Option, "Class");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Account: Class"));
    ui.press("Ctrl+Z");
    CHECK_FALSE(ui.shows("Account: Class"));
}

TEST_CASE("conversion dialog: a follow-up task begins with its subject, in sight") {
    UiDriver ui(1280, 700);
    const std::string lead = ui.create("Lead", R"("LastName": "Li", "Company": "Acme")");
    ui.go("#/r/" + lead + "?dialog=convert%3A" + lead);
    ui.activate(Role::Checkbox, "Add a follow-up task for the contact");
    ui.settle();
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Subject");
    const SemanticsNode* footer = ui.find(Role::Button, "Cancel");
    REQUIRE(footer);
    CHECK(ui.focused()->box.y + ui.focused()->box.height <= footer->box.y);
}

TEST_CASE("quick lead: one key, a few fields, one after the other, and the whole form with what was typed") {
    UiDriver ui(1280, 900);
    ui.go("#/o/Account");
    ui.press("q");
    CHECK(ui.shows("Quick lead"));
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Last Name", "Li");
    ui.click(Role::Button, "Save & new");
    CHECK(ui.count("Lead") == 0);   // the company is missing
    ui.type(Role::TextField, "Company", "Huaxing");
    ui.click(Role::Button, "Save & new");
    CHECK(ui.count("Lead WHERE Company = 'Huaxing'") == 1);
    CHECK(ui.shows("Lead created"));
    CHECK_FALSE(ui.shows("“Li” saved"));   // one notice, with its undo
    REQUIRE(ui.find(Role::TextField, "Last Name"));
    CHECK(ui.find(Role::TextField, "Last Name")->value == "");
    ui.type(Role::TextField, "Company", "Acme");
    ui.click(Role::Button, "All fields");
    REQUIRE(ui.find(Role::TextField, "Website"));
    CHECK(ui.find(Role::TextField, "Company")->value == "Acme");
}

TEST_CASE("board: cards show chosen fields, at most five, and may be compact") {
    UiDriver ui(1280, 900);
    ui.create("Opportunity", R"("Name": "Turbines", "CloseDate": "2027-03-31", "NextStep": "Send the offer")");
    ui.go("#/o/Opportunity/board");
    const float before = height_of(ui, "Turbines");
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Card fields");
    CHECK(ui.unnamed() == "");
    tick(ui, "More fields", "Next Step");
    ui.click(Role::Button, "Save");
    const float with_line = height_of(ui, "Turbines, Next Step Send the offer");
    CHECK(with_line > before);
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Card fields");
    ui.click(Role::Switch, "Compact cards");
    ui.click(Role::Button, "Save");
    CHECK(height_of(ui, "Turbines, Next Step Send the offer") < with_line);
}

TEST_CASE("working time: days and hours are set, the last day stays, undo takes it back") {
    UiDriver ui(1280, 2400);
    ui.go("#/settings");
    const auto hours = [&] { return std::string(ui.data.query("SELECT WorkingHours FROM Organization").find("records")->items()[0].text_or("WorkingHours", "")); };
    CHECK(hours() == "");
    ui.click(Role::Button, "Sat");
    CHECK(hours() == "MO,TU,WE,TH,FR,SA 09:00-18:00");
    for (const char* day : {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}) ui.click(Role::Button, day);
    CHECK(hours() == "SA 09:00-18:00");
    ui.click(Role::Combobox, "From");
    ui.click(Role::Option, "7:30");
    CHECK(hours() == "SA 07:30-18:00");
    ui.click(Role::Combobox, "To");
    CHECK_FALSE(ui.find(Role::Option, "7:30"));
    ui.type(Role::SearchField, "To", "Midnight");
    ui.click(Role::Option, "Midnight");
    CHECK(hours() == "SA 07:30-24:00");
    CHECK(ui.unnamed() == "");
    ui.press("Ctrl+Z");
    CHECK(hours() == "SA 07:30-18:00");
}

TEST_CASE("settings: the price books are found there") {
    UiDriver ui(1280, 2400);
    ui.go("#/settings");
    ui.click(Role::Button, "Manage price books");
    CHECK(ui.app.context().route().to_text() == "#/o/Pricebook2");
    CHECK(ui.shows("Price Books"));
}
