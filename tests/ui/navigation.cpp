// Addresses without a browser: dialogs that back closes and forward opens, the last place, what lists remember, and the
// way through a list's records.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string account(UiDriver& ui, const std::string& name, const std::string& more = "") { return ui.create("Account", "\"Name\": \"" + name + "\"" + more); }

std::string_view heading(const UiDriver& ui) {
    for (const SemanticsNode* node : ui.find_all(Role::Heading))
        if (node->level == 1) return node->name;
    return "<none>";
}

std::string address(UiDriver& ui) { return ui.app.context().route().to_text(); }

}  // namespace

TEST_CASE("navigation: what the settings lead to stands under Settings in the sidebar") {
    UiDriver ui(1440, 900);
    for (const char* page : {"#/settings", "#/settings/stages", "#/routing", "#/web-to-lead", "#/recycle-bin"}) {
        ui.go(page);
        REQUIRE(ui.find(Role::Link, "Settings"));
        bool marked = false;
        for (const SemanticsNode* link : ui.find_all(Role::Link))
            if (link->name == "Settings") marked = marked || (link->states & semantics_state::current) != 0;
        CHECK_MESSAGE(marked, page);
    }
}

TEST_CASE("navigation: screen readers hear the page that one comes to, and how much a filter leaves once it rests") {
    UiDriver ui;
    account(ui, "Acme");
    account(ui, "Apex");
    const std::string zeta = account(ui, "Zeta");
    CHECK(ui.said.empty());   // the page that one starts on says itself
    const auto heard = [&] {
        ui.settle();
        return std::exchange(ui.said, {});
    };
    ui.go("#/o/Account");
    CHECK(heard() == std::vector<std::string>{"Accounts"});
    ui.type(Role::SearchField, "Filter Accounts", "a");
    ui.type(Role::SearchField, "Filter Accounts", "ac");
    CHECK(heard().empty());
    ui.data.clock.advance_milliseconds(600);
    CHECK(heard() == std::vector<std::string>{"1 of 3"});
    ui.data.clock.advance_milliseconds(600);
    CHECK(heard().empty());
    account(ui, "Acorn");   // what others do is not said
    ui.data.clock.advance_milliseconds(600);
    CHECK(heard().empty());
    ui.go("#/r/" + zeta);
    CHECK(heard() == std::vector<std::string>{"Zeta"});
    ui.back();
    CHECK(heard() == std::vector<std::string>{"Accounts"});
    ui.press("l");   // a dialog has a name of its own
    CHECK(heard().empty());
}

TEST_CASE("navigation: offline a tablet says so in words beside the sign") {
    UiDriver ui(820, 1180, 1, true);
    const auto width = [&] { return ui.find(Role::Status, ui.browser.online ? "Saved" : "Saved · offline")->box.width; };
    ui.go("#/o/Account");
    CHECK(width() < 40);
    ui.browser.online = false;
    ui.settle();
    REQUIRE(ui.find(Role::Status, "Saved · offline"));
    CHECK(width() > 80);
}

TEST_CASE("navigation: back closes a dialog, forward opens it again, an address opens it at once") {
    UiDriver ui;
    const std::string lead = ui.create("Lead", R"("LastName": "Li", "Company": "Acme")");
    ui.go("#/r/" + lead);
    ui.click(Role::Button, "Convert");
    CHECK(ui.find(Role::Dialog, "Convert Li"));
    CHECK(ui.app.semantics().page_title.starts_with("Convert Li"));
    CHECK(address(ui) == "#/r/" + lead + "?dialog=convert:" + lead);
    ui.back();
    CHECK_FALSE(ui.find(Role::Dialog, "Convert Li"));
    CHECK(address(ui) == "#/r/" + lead);
    ui.forward();
    CHECK(ui.find(Role::Dialog, "Convert Li"));
    ui.click(Role::Button, "Cancel");
    CHECK_FALSE(ui.find(Role::Dialog, "Convert Li"));
    CHECK(address(ui) == "#/r/" + lead);
    ui.go("#/r/" + lead + "?dialog=convert:" + lead);
    CHECK(ui.find(Role::Dialog, "Convert Li"));
    ui.go("#/r/" + lead + "?dialog=nonsense:1");
    CHECK(ui.find_all(Role::Dialog).empty());
    CHECK(address(ui) == "#/r/" + lead);
}

TEST_CASE("navigation: back on an unsaved dialog asks, and on a box without address closes the box alone") {
    UiDriver ui(1280, 2000);
    const std::string id = account(ui, "Acme");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "New contact");
    ui.type(Role::TextField, "Last Name", "Half");
    ui.back();
    CHECK(ui.shows("Discard changes?"));
    ui.click(Role::Button, "Discard");
    CHECK(ui.find_all(Role::Dialog).empty());
    CHECK(address(ui) == "#/r/" + id);
    ui.press("?");
    CHECK(ui.find(Role::Dialog, "Keyboard shortcuts"));
    ui.back();
    CHECK_FALSE(ui.find(Role::Dialog, "Keyboard shortcuts"));
    CHECK(address(ui) == "#/r/" + id);
}

TEST_CASE("navigation: choosing columns is an address, and what was chosen is kept when it closes") {
    UiDriver ui;
    account(ui, "Acme", R"(, "Phone": "1")");
    ui.go("#/o/Account?columns=Name:220;Phone");
    CHECK(ui.find(Role::ColumnHeader, "Phone"));
    CHECK_FALSE(ui.find(Role::ColumnHeader, "Industry"));
    ui.click(Role::Button, "Columns");
    CHECK(ui.find(Role::Dialog, "Choose columns"));
    ui.click(Role::Checkbox, "Phone");
    ui.click(Role::Button, "Apply");
    CHECK(ui.find_all(Role::Dialog).empty());
    CHECK_FALSE(ui.find(Role::ColumnHeader, "Phone"));
    CHECK(ui.app.context().route().parameter("columns") == "Name:220");
}

TEST_CASE("navigation: a start without an address goes on at the last place; a place that is gone leads home") {
    std::map<std::string, std::string, std::less<>> kept;
    std::string id;
    {
        UiDriver ui;
        id = account(ui, "Acme");
        ui.go("#/o/Account?q=acme");
        kept = ui.browser.settings;
    }
    {
        UiDriver ui;
        account(ui, "Acme");
        ui.browser.settings = kept;
        ui.frame({{PageEventKind::Navigate, 0, ""}});
        ui.settle();
        CHECK(address(ui) == "#/o/Account?q=acme");
        CHECK(ui.shows("Acme"));
    }
    UiDriver ui;
    ui.browser.settings["place"] = "#/r/" + id;
    ui.frame({{PageEventKind::Navigate, 0, ""}});
    ui.settle();
    CHECK(ui.app.context().route().path.empty());
}

TEST_CASE("navigation: scroll is kept over a reload and on the way back") {
    std::map<std::string, std::string, std::less<>> kept;
    const auto fill = [](UiDriver& ui) {
        for (int i = 0; i < 200; ++i) account(ui, "Account " + std::to_string(1000 + i));
        ui.go("#/o/Account");
    };
    const auto first_row = [](UiDriver& ui) {
        for (const SemanticsNode* node : ui.find_all(Role::Row))
            if (node->row_index > 1) return node->row_index;
        return -1;
    };
    {
        UiDriver ui;
        fill(ui);
        ui.app.context().set_parameter("sort", "Name");
        ui.settle();
        ui.focus(Role::Cell, "Account 1000");
        for (int i = 0; i < 60; ++i) ui.press("j");
        CHECK(first_row(ui) > 20);
        ui.data.clock.advance_milliseconds(1000);
        ui.settle();
        kept = ui.browser.settings;
        CHECK(kept["scroll"].find("#/o/Account\t") != std::string::npos);
    }
    UiDriver ui;
    ui.browser.settings = kept;
    fill(ui);
    CHECK(first_row(ui) > 20);
}

// It opened in its middle, with the field that had the focus out of sight.
TEST_CASE("navigation: a new form begins at its top, wherever the one before was scrolled to") {
    UiDriver ui(390, 600, 1, true);
    const auto top = [&] { return ui.find(Role::TextField, "Opportunity Name")->box.y; };
    ui.go("#/o/Opportunity");
    ui.go("#/o/Opportunity/new");
    const float first = top();
    ui.focus(Role::Combobox, "Forecast Category");
    ui.settle();
    CHECK(top() < first - 200);
    ui.data.clock.advance_milliseconds(2000);
    ui.settle();
    ui.click(Role::Button, "Cancel");
    ui.app.context().navigate("#/o/Opportunity/new");
    ui.data.clock.advance_milliseconds(2000);
    ui.settle();
    CHECK(top() == first);
}

TEST_CASE("navigation: a list is as it was left; a link's own narrowing is not kept") {
    UiDriver ui;
    const std::string acme = account(ui, "Acme", R"(, "Industry": "Energy")");
    account(ui, "Beta");
    ui.create("Contact", R"("LastName": "Li", "AccountId": ")" + acme + "\"");
    ui.create("Contact", R"("LastName": "Meyer")");
    ui.go("#/o/Account");
    ui.type(Role::SearchField, "Filter Accounts", "acme");
    ui.go("#/");
    ui.click(Role::Link, "Accounts");
    CHECK(address(ui) == "#/o/Account?q=acme");
    CHECK_FALSE(ui.shows("Beta"));
    ui.type(Role::SearchField, "Filter Accounts", "nothing like it");
    ui.click(Role::Button, "Clear filters");
    ui.go("#/");
    ui.click(Role::Link, "Accounts");
    CHECK(address(ui) == "#/o/Account");
    CHECK(ui.shows("Beta"));
    ui.go("#/o/Contact?AccountId=" + acme);
    CHECK_FALSE(ui.shows("Meyer"));
    ui.click(Role::Button, "Mine");
    ui.go("#/o/Contact");
    CHECK(address(ui) == "#/o/Contact?owner=me");
    CHECK(ui.shows("Meyer"));
}

TEST_CASE("navigation: next and previous record in the order of the list, back to the list, copy link") {
    UiDriver ui;
    for (const char* name : {"Alpha", "Beta", "Gamma"}) account(ui, name);
    ui.go("#/o/Account?sort=-Name");
    ui.click(Role::Link, "Gamma");
    CHECK(heading(ui) == "Gamma");
    CHECK(ui.shows("1 of 3"));
    ui.press("j");
    CHECK(heading(ui) == "Beta");
    ui.click(Role::Button, "Next record");
    CHECK(heading(ui) == "Alpha");
    ui.press("Alt+ArrowUp");
    CHECK(heading(ui) == "Beta");
    ui.press("k");
    CHECK(heading(ui) == "Gamma");
    ui.press("k");
    CHECK(heading(ui) == "Gamma");
    ui.press("j");
    ui.back();
    CHECK(address(ui) == "#/o/Account?sort=-Name");
    ui.press("ArrowDown");   // from the row of the record that was looked at last
    CHECK(ui.focused() != nullptr);
    CHECK(ui.focused()->row_index == 4);
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Copy link");
    REQUIRE_FALSE(ui.browser.copied.empty());
    CHECK(ui.browser.copied.back().starts_with("#/o/Account?sort=-Name&columns=Name"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("navigation: after a reload next and previous go by the lanes of the board that one came from") {
    std::map<std::string, std::string, std::less<>> kept;
    const auto fill = [](UiDriver& ui) {
        std::string last;
        for (const char* fields : {R"("Name": "Ada", "StageName": "Proposal/Price Quote", "CloseDate": "2027-01-01")",
                                   R"("Name": "Bea", "StageName": "Prospecting", "CloseDate": "2027-03-01")",
                                   R"("Name": "Cat", "StageName": "Prospecting", "CloseDate": "2027-02-01")"})
            last = ui.create("Opportunity", fields);
        return last;
    };
    {
        UiDriver ui;
        fill(ui);
        ui.go("#/o/Opportunity/board");
        for (const SemanticsNode* node : ui.find_all(Role::Link))
            if (node->name.starts_with("Cat")) {
                ui.click(node);
                break;
            }
        CHECK(heading(ui) == "Cat");
        CHECK(ui.shows("1 of 3"));
        kept = ui.browser.settings;
    }
    UiDriver ui;
    ui.browser.settings = kept;
    ui.go("#/r/" + fill(ui));
    CHECK(heading(ui) == "Cat");
    CHECK(ui.shows("1 of 3"));
    ui.press("j");
    CHECK(heading(ui) == "Bea");
    ui.press("j");
    CHECK(heading(ui) == "Ada");
}

TEST_CASE("navigation: from a record that a link opened, back leads to its list") {
    UiDriver ui(390, 844, 2, true);
    const std::string id = account(ui, "Acme");
    ui.browser.history = {"#/r/" + id};
    ui.frame({{PageEventKind::Navigate, 0, "#/r/" + id}});
    ui.settle();
    CHECK(heading(ui) == "Acme");
    ui.click(Role::Button, "Back");
    CHECK(address(ui) == "#/o/Account");
}

TEST_CASE("navigation: what is opened while the browser still goes back from a closed dialog stays open") {
    UiDriver ui;
    const std::string lead = ui.create("Lead", R"("LastName": "Li", "Company": "Acme")");
    const auto close_slowly = [&] {
        ui.go("#/r/" + lead);
        ui.click(Role::Button, "Convert");
        ui.browser.slow = true;
        ui.click(Role::Button, "Cancel");
        REQUIRE(ui.browser.backs_late);
    };
    close_slowly();
    ui.click(Role::Button, "Search");
    CHECK(ui.find(Role::SearchField, "Search records and commands"));
    ui.back();
    CHECK(ui.find(Role::SearchField, "Search records and commands"));
    CHECK(address(ui) == "#/r/" + lead);
    ui.browser.slow = false;
    ui.cancel();
    CHECK(ui.find_all(Role::Dialog).empty());

    // Another place, and another dialog, are gone to from the page, which is a step back from there.
    close_slowly();
    ui.click(Role::Link, "Accounts");
    ui.back();
    ui.browser.slow = false;
    CHECK(address(ui) == "#/o/Account");
    ui.back();
    CHECK(address(ui) == "#/r/" + lead);
    close_slowly();
    ui.click(Role::Button, "Convert");
    ui.back();
    ui.browser.slow = false;
    CHECK(ui.find(Role::Dialog, "Convert Li"));
    ui.back();
    CHECK(address(ui) == "#/r/" + lead);
    CHECK(ui.find_all(Role::Dialog).empty());
}

TEST_CASE("home: what was changed last is there whatever its object, as long as the navigation has that") {
    UiDriver ui(1280, 2000);
    for (const char* name : {"Site_Visit__c", "Item__c"}) ui.data.run(std::string(R"({"command": "DefineObject", "object": ")") + name + R"(", "label": "Thing", "pluralLabel": "Things", "nameField": {"type": "Text", "label": "Name"}})");
    ui.create("Account", R"("Name": "Acme")");
    ui.create("Site_Visit__c", R"("Name": "Boiler inspection")");
    ui.create("Item__c", R"("Name": "Valve")");
    ui.go("#/");
    const auto is_listed = [&](std::string_view name) { return ui.find(Role::Link, name) != nullptr; };
    CHECK(is_listed("Acme"));
    CHECK(is_listed("Boiler inspection"));
    CHECK(is_listed("Valve"));
    ui.data.run(R"({"command": "UpdateObject", "object": "Item__c", "label": "Thing", "pluralLabel": "Things", "hidden": true})");
    ui.settle();
    CHECK_FALSE(is_listed("Valve"));
}
