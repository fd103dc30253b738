// Saved views, conditions and groups of the list page without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/kit/kit.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::vector<std::string> row_links(const UiDriver& ui) {
    std::vector<std::string> names;
    for (const SemanticsNode* node : ui.find_all(Role::Link))
        if (node->link.starts_with("#/r/")) names.push_back(node->name);
    return names;
}

void add_accounts(UiDriver& ui) {
    ui.create("Account", R"("Name": "Acme", "Industry": "Banking", "AnnualRevenue": 1000)");
    ui.create("Account", R"("Name": "Bolt", "Industry": "Energy", "AnnualRevenue": 500)");
    ui.create("Account", R"("Name": "Core", "Industry": "Banking", "AnnualRevenue": 20)");
    ui.create("Account", R"("Name": "Dune", "AnnualRevenue": 7)");
}

void open_menu(UiDriver& ui, std::string_view picker, std::string_view item) {
    ui.click(Role::Button, picker);
    ui.click(Role::MenuItem, item);
}

using Names = std::vector<std::string>;

constexpr const char* banking = "#/o/Account?where=Industry%20%3D%20%27Banking%27&sort=-Name&group=Industry";

}  // namespace

TEST_CASE("list views: saved, shown again, changed, reset, saved, renamed, deleted and undone") {
    UiDriver ui;
    add_accounts(ui);
    ui.go(banking);
    CHECK(row_links(ui) == Names{"Core", "Acme"});
    REQUIRE(ui.find(Role::Button, "Unsaved view"));
    ui.click(Role::Button, "Save as view");
    ui.click(Role::Button, "Save");
    REQUIRE(ui.find(Role::Dialog, "Save as view"));   // a name is missing
    ui.type(Role::TextField, "Name", "Banks");
    ui.click(Role::Button, "Save");
    REQUIRE(ui.find(Role::Button, "Banks"));
    CHECK(ui.count("ListView WHERE SobjectType = 'Account' AND GroupBy = 'Industry' AND SortBy = '-Name' AND IsShared = false") == 1);
    CHECK(row_links(ui) == Names{"Core", "Acme"});
    CHECK_FALSE(ui.find(Role::Button, "Save"));

    open_menu(ui, "Banks", "All Accounts");
    CHECK(row_links(ui).size() == 4);
    ui.go("#/");
    ui.go("#/o/Account");
    CHECK(row_links(ui).size() == 4);
    open_menu(ui, "All Accounts", "Banks");
    CHECK(row_links(ui) == Names{"Core", "Acme"});
    ui.go("#/");
    ui.go("#/o/Account");   // as it was left
    CHECK(row_links(ui) == Names{"Core", "Acme"});

    ui.click(Role::Button, "Account Name");
    CHECK(row_links(ui) == Names{"Acme", "Core"});
    CHECK(ui.app.context().route().parameter("changed") == "1");
    ui.click(Role::Button, "Reset");
    CHECK(row_links(ui) == Names{"Core", "Acme"});
    ui.click(Role::Button, "Account Name");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("ListView WHERE SortBy = 'Name'") == 1);
    CHECK(ui.app.context().route().parameter("changed").empty());
    CHECK(row_links(ui) == Names{"Acme", "Core"});

    open_menu(ui, "Banks", "Rename…");
    ui.type(Role::TextField, "Name", "Our banks");
    ui.click(Role::Button, "Save");
    open_menu(ui, "Our banks", "Share with everybody");
    CHECK(ui.count("ListView WHERE IsShared = true") == 1);
    open_menu(ui, "Our banks", "Delete view");
    CHECK(ui.count("ListView") == 0);
    CHECK(ui.find(Role::Button, "All Accounts"));
    ui.press("Ctrl+Z");
    CHECK(ui.count("ListView") == 1);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list views: the menu leads to the records of the list that one looked at last") {
    UiDriver ui;
    const std::string first = ui.create("Account", R"("Name": "First")"), second = ui.create("Account", R"("Name": "Second")"), contact = ui.create("Contact", R"("LastName": "Other")");
    ui.go("#/o/Account");
    ui.click(Role::Button, "All Accounts");
    CHECK_FALSE(ui.shows("Recently viewed"));
    ui.press("Escape");
    for (const std::string& id : {first, contact, second}) ui.go("#/r/" + id);
    ui.go("#/o/Account");
    ui.click(Role::Button, "All Accounts");
    CHECK(ui.shows("Recently viewed"));
    CHECK(ui.find(Role::MenuItem, "Second"));
    CHECK_FALSE(ui.find(Role::MenuItem, "Other"));
    ui.click(Role::MenuItem, "First");
    CHECK(ui.app.context().route().to_text() == "#/r/" + first);
}

TEST_CASE("list views: the list begins with the pinned one, and another can still be looked at") {
    UiDriver ui;
    add_accounts(ui);
    ui.create("ListView", R"("Name": "Banks", "SobjectType": "Account", "Criteria": "Industry = 'Banking'")");
    ui.create("ListView", R"("Name": "Elsewhere", "SobjectType": "Contact")");
    ui.go("#/o/Account");
    ui.click(Role::Button, "All Accounts");
    CHECK(ui.find(Role::MenuItem, "Banks"));
    CHECK_FALSE(ui.find(Role::MenuItem, "Elsewhere"));
    ui.click(Role::MenuItem, "Banks");
    open_menu(ui, "Banks", "Open list with this view");
    open_menu(ui, "Banks", "All Accounts");
    CHECK(row_links(ui).size() == 4);
    ui.go("#/");
    ui.go("#/o/Account");
    CHECK(row_links(ui).size() == 2);
    open_menu(ui, "Banks", "Open list with this view");
    CHECK(ui.count("ListView WHERE IsPinned = true") == 0);
    // A dialog that the address opens over an open menu has the focus, and gives it back to the menu's button.
    ui.click(Role::Button, "Banks");
    ui.go("#/o/Account?dialog=view");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Name");
    ui.click(Role::Button, "Cancel");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->role == Role::Button);
}

TEST_CASE("list views: somebody else's shared view is shown and not changed, the private one is not shown") {
    UiDriver ui;
    add_accounts(ui);
    const std::string bob = ui.create("User", R"("LastName": "Bob")");
    for (const char* view : {R"("Name": "Public", "IsShared": true)", R"("Name": "Secret", "IsShared": false)"})
        ui.create("ListView", R"("SobjectType": "Account", "Criteria": "Industry = 'Energy'", "OwnerId": ")" + bob + "\", " + view);
    ui.go("#/o/Account");
    ui.click(Role::Button, "All Accounts");
    CHECK_FALSE(ui.find(Role::MenuItem, "Secret"));
    ui.click(Role::MenuItem, "Public");
    CHECK(row_links(ui) == Names{"Bolt"});
    ui.click(Role::Button, "Public");
    CHECK_FALSE(ui.find(Role::MenuItem, "Rename…"));
    ui.press("Escape");
    ui.click(Role::Button, "Account Name");
    CHECK(ui.find(Role::Button, "Save as view"));
}

TEST_CASE("list conditions: rows, custom logic with its errors, SOQL, a chip that takes them away") {
    UiDriver ui;
    add_accounts(ui);
    ui.go("#/o/Account");
    ui.click(Role::Button, "Filters");
    ui.click(Role::Button, "Add conditions");
    REQUIRE(ui.find(Role::Dialog, "Conditions"));
    ui.click(Role::Button, "Apply");
    CHECK(ui.shows("Give each condition a value"));
    ui.type(Role::TextField, "Value", "Acme");
    CHECK(ui.shows("1 record meets them"));
    CHECK_FALSE(ui.shows("WHERE "));
    ui.click(Role::Button, "Advanced");
    CHECK(ui.shows("WHERE Name = 'Acme'"));
    ui.click(Role::Button, "Add a condition");
    CHECK_FALSE(ui.shows("records meet"));
    ui.click(Role::Button, "Write as SOQL");
    ui.type(Role::TextArea, "SOQL condition", "Name = 'Acme' OR Name = 'Bolt' OR AnnualRevenue < 10");
    ui.click(Role::Button, "Show as rows");
    CHECK(ui.shows("3 records meet them"));
    ui.click(Role::Button, "Custom logic");
    ui.type(Role::TextField, "Logic", "1 AND 2 OR 3");
    CHECK(ui.shows("AND and OR side by side"));
    ui.click(Role::Button, "Apply");
    REQUIRE(ui.find(Role::Dialog, "Conditions"));
    ui.type(Role::TextField, "Logic", "3 AND NOT (1 OR 2)");
    CHECK(ui.shows("1 record meets them"));
    ui.click(Role::Button, "Apply");
    CHECK_FALSE(ui.find(Role::Dialog, "Conditions"));
    CHECK(row_links(ui) == Names{"Dune"});
    bool said = false;   // the chip says them, however many they are
    for (const SemanticsNode* button : ui.find_all(Role::Button)) said = said || (button->name.starts_with("Annual Revenue") && button->name.ends_with(")"));
    CHECK(said);
    CHECK(ui.app.context().route().parameter("where") == "AnnualRevenue < 10 AND (NOT (Name = 'Acme' OR Name = 'Bolt'))");
    ui.go("#/o/Account?where=Nothing%20%3D%201");
    CHECK(ui.shows("Nothing"));
    CHECK(row_links(ui).empty());
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list conditions: several values at once are chosen from the field's own") {
    UiDriver ui;
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Topics__c", "label": "Topics", "type": "MultiselectPicklist", "values": [{"value": "Price"}, {"value": "Tech"}]})");
    ui.create("Account", R"("Name": "Acme", "Topics__c": "Price;Tech")");
    ui.create("Account", R"("Name": "Bolt", "Topics__c": "Tech")");
    ui.go("#/o/Account");
    ui.click(Role::Button, "Filters");
    ui.click(Role::Button, "Add conditions");
    ui.click(Role::Combobox, "Field");
    ui.type(Role::SearchField, "Field", "Topics");
    ui.click(Role::Option, "Topics");
    ui.click(Role::Combobox, "Value");
    ui.click(Role::Option, "Price");
    ui.press("Escape");
    CHECK(ui.shows("1 record meets them"));
    ui.click(Role::Button, "Apply");
    CHECK(row_links(ui) == Names{"Acme"});
    CHECK(ui.find(Role::Button, "Topics includes Price"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list conditions: on a phone each has the number that the logic speaks of, and all end at one edge") {
    UiDriver ui(390, 844, 1, true);
    add_accounts(ui);
    ui.go("#/o/Account?where=Name%20%3D%20'Acme'%20AND%20(AnnualRevenue%20%3C%2010%20OR%20CreatedDate%20%3D%20TODAY%20OR%20CreatedDate%20%3D%20LAST_N_DAYS%3A7%20OR%20Industry%20%3D%20null)");
    ui.click(Role::Button, "Filters");
    ui.click(Role::Button, "Edit conditions");
    REQUIRE(ui.find(Role::Dialog, "Conditions"));
    std::vector<float> edges;
    for (const SemanticsNode* node : ui.find_all(Role::Button))
        if (node->name == "Remove this condition") edges.push_back(node->box.x);
    REQUIRE(edges.size() == 5);
    for (const float edge : edges) CHECK(edge == doctest::Approx(edges[0]));
    for (const char* number : {"1", "2", "3", "4", "5"}) CHECK(ui.find(Role::Text, number));
    ui.click(Role::Button, "Match all");
    CHECK_FALSE(ui.find(Role::Text, "2"));
}

TEST_CASE("list filters: on a phone their sheet says what it is and is closed by a button") {
    UiDriver ui(390, 844, 1, true);
    add_accounts(ui);
    ui.go("#/o/Account");
    ui.click(Role::Button, "Filters");
    REQUIRE(ui.find(Role::Heading, "Filters"));
    ui.click(Role::Combobox, "Group");
    ui.click(Role::Option, "Industry");
    ui.click(Role::Button, "Done");
    CHECK_FALSE(ui.find(Role::Heading, "Filters"));
    CHECK(ui.find(Role::Button, "Banking"));
    const SemanticsNode* row = ui.find(Role::Link, "Acme");
    REQUIRE(row);
    CHECK(row->description.find("Banking") == std::string::npos);   // the heading says it
}

TEST_CASE("list groups: a column has room for its groups' sums") {
    UiDriver ui(1600, 900);
    for (int i = 0; i < 12; ++i) ui.create("Account", R"("Name": "Acme )" + std::to_string(i) + R"(", "Industry": "Banking", "AnnualRevenue": 900000000000)");
    ui.go("#/o/Account?columns=Name;Industry;AnnualRevenue");
    const auto revenue = [&] {
        REQUIRE(ui.find(Role::ColumnHeader, "Annual Revenue"));
        return ui.find(Role::ColumnHeader, "Annual Revenue")->box.width;
    };
    const float before = revenue();
    open_menu(ui, "Group", "Industry");
    CHECK(ui.shows("USD 10800000000000"));
    CHECK(revenue() > before + 10);
}

TEST_CASE("list groups: the first column has room for a heading and its count, which is never cut") {
    UiDriver ui(1600, 900);
    ui.create("Account", R"("Name": "A", "Industry": "Food & Beverage", "AnnualRevenue": 20)");
    ui.create("Account", R"("Name": "B", "Industry": "Apparel")");
    ui.go("#/o/Account?columns=Name;AnnualRevenue;Phone&group=Industry");
    const SemanticsNode* heading = ui.find(Role::Button, "Food & Beverage");
    REQUIRE(heading);
    CHECK(ui.find(Role::Button, "Apparel"));
    CHECK_FALSE(ui.shows("USD 0"));   // nobody there has a revenue
    CHECK(heading->box.width >= 24 + 14 + 6 + kit::text_width(ui.app.context(), "Food & Beverage", TextStyle::DenseStrong) + 8 + kit::text_width(ui.app.context(), "1", TextStyle::Dense));
}

TEST_CASE("list groups: headings with counts and sums fold, and can't be ticked") {
    UiDriver ui(1600, 900);
    add_accounts(ui);
    ui.go("#/o/Account?columns=Name;Industry;AnnualRevenue");
    open_menu(ui, "Group", "Industry");
    CHECK(row_links(ui) == Names{"Acme", "Core", "Bolt", "Dune"});
    CHECK(ui.shows("USD 1020"));
    const SemanticsNode* heading = ui.find(Role::Button, "Banking");
    REQUIRE(heading);
    CHECK((heading->states & semantics_state::expanded) != 0);
    ui.click(Role::Button, "Banking");
    CHECK(row_links(ui) == Names{"Bolt", "Dune"});
    ui.click(Role::Checkbox, "Select all");
    CHECK(ui.shows("4 selected"));
    ui.click(Role::Button, "Banking");
    CHECK(row_links(ui).size() == 4);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list export: the columns and rows that are shown") {
    UiDriver ui;
    add_accounts(ui);
    ui.go("#/o/Account?columns=Name;AnnualRevenue&where=Industry%20%3D%20%27Banking%27&sort=-Name");
    open_menu(ui, "List menu", "Export as CSV");
    REQUIRE(ui.browser.saved_files.size() == 1);
    CHECK(ui.browser.saved_files.begin()->second == "\xEF\xBB\xBF" "Account Name,Annual Revenue\r\nCore,20\r\nAcme,1000\r\n");
}
