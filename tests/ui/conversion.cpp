// The dialog that converts a lead: what it shows is what it does, by role and name.
#include <doctest/doctest.h>

#include <set>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// Eva Stone is a contact of Zeta Holdings already; her lead says that she works for Brandnew Ltd.
struct Desk : UiDriver {
    Desk() : UiDriver(1280, 2000) {
        zeta = create("Account", R"("Name": "Zeta Holdings")");
        eva = create("Contact", R"("FirstName": "Eva", "LastName": "Stone", "Email": "eva@stone.com", "AccountId": ")" + zeta + "\"");
        lead = create("Lead", R"("FirstName": "Eva", "LastName": "Stone", "Company": "Brandnew Ltd", "Email": "eva@stone.com", "Phone": "77", "Website": "brandnew.com")");
    }
    void open() {
        go("#/r/" + lead + "?dialog=convert%3A" + lead);
        REQUIRE(find(Role::Dialog, "Convert Eva Stone"));
    }
    bool is_checked(std::string_view radio) { return find(Role::Radio, radio) && (find(Role::Radio, radio)->states & semantics_state::checked) != 0; }
    std::string value_of(std::string_view lookup) { return find(Role::Combobox, lookup) ? find(Role::Combobox, lookup)->value : std::string(); }
    // The radio of that name in the group of that name.
    const SemanticsNode* radio(std::string_view group, std::string_view name) {
        for (const SemanticsNode* node : find_all(Role::Radio))
            for (const SemanticsNode* around : find_all(Role::Group))
                if (node->parent == around->id && node->name == name && around->name == group) return node;
        return nullptr;
    }
    // What stands in the dialog's groups of that name.
    std::vector<std::string> texts_in(std::string_view group) {
        std::vector<std::string> texts;
        for (const SemanticsNode* around : find_all(Role::Group)) {
            std::string within;
            for (const SemanticsNode* text : find_all(Role::Text))
                if (text->parent == around->id) within += text->name;
            if (around->name == group && !within.empty()) texts.push_back(within);   // those of the page below are links
        }
        return texts;
    }

    std::string zeta, eva, lead;
};

}  // namespace

TEST_CASE("conversion dialog: the contact that it suggests brings its account along, in sight") {
    Desk ui;
    ui.open();
    CHECK(ui.value_of("Existing Contact") == "Eva Stone");
    CHECK(ui.value_of("Existing Account") == "Zeta Holdings");
    CHECK_FALSE(ui.is_checked("New: Brandnew Ltd"));
    ui.click(Role::Button, "Convert");
    CHECK(ui.count("Account") == 1);
    CHECK(ui.count("Contact") == 1);
    CHECK(ui.count("Opportunity WHERE AccountId = '" + ui.zeta + "'") == 1);
}

TEST_CASE("conversion dialog: with a new account, or another one, nothing stays that belongs to the account before") {
    Desk ui;
    ui.create("Account", R"("Name": "Quarry")");
    ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-01-31", "AccountId": ")" + ui.zeta + "\"");
    ui.open();
    ui.click(ui.radio("Opportunity", "Choose an existing one"));
    ui.click(Role::Combobox, "Existing Opportunity");
    ui.click(Role::Option, "Turbines");
    ui.click(Role::Combobox, "Existing Account");
    ui.type(Role::SearchField, "Existing Account", "Quarry");
    ui.click(Role::Option, "Quarry");
    CHECK(ui.value_of("Existing Account") == "Quarry");
    CHECK(ui.is_checked("New: Eva Stone"));
    CHECK(ui.is_checked("New opportunity"));
    // Chosen again under a new account, the contact brings its own along.
    ui.click(Role::Radio, "New: Brandnew Ltd");
    ui.click(ui.radio("Contact", "Choose an existing one"));
    CHECK(ui.is_checked("New: Brandnew Ltd"));
    ui.click(Role::Combobox, "Existing Contact");
    ui.click(Role::Option, "Eva Stone");
    CHECK(ui.value_of("Existing Account") == "Zeta Holdings");
    ui.click(Role::Radio, "New: Brandnew Ltd");
    CHECK(ui.is_checked("New: Brandnew Ltd"));
    CHECK(ui.is_checked("New: Eva Stone"));
    ui.click(Role::Button, "Convert");
    CHECK(ui.count("Account WHERE Name = 'Brandnew Ltd' AND Phone = '77'") == 1);
    CHECK(ui.count("Account WHERE Name = 'Zeta Holdings' AND Phone = null AND Website = null") == 1);
    CHECK(ui.count("Contact WHERE Account.Name = 'Brandnew Ltd'") == 1);
    CHECK(ui.count("Opportunity WHERE Account.Name = 'Brandnew Ltd'") == 1);
    CHECK(ui.count("Contact WHERE Id = '" + ui.eva + "' AND Phone = null") == 1);
}

TEST_CASE("conversion dialog: a contact of another account than the one that it suggests isn't suggested along with it") {
    Desk ui;
    const std::string company = ui.create("Account", R"("Name": "Brandnew")");
    ui.open();
    CHECK(ui.value_of("Existing Account") == "Brandnew");
    CHECK(ui.is_checked("New: Eva Stone"));
    // Of two with her address it is the one there.
    const std::string there = ui.create("Contact", R"("LastName": "Stone", "Email": "eva@stone.com", "AccountId": ")" + company + "\"");
    ui.click(Role::Button, "Cancel");
    ui.open();
    CHECK(ui.value_of("Existing Contact") == "Stone");
    ui.click(Role::Button, "Convert");
    CHECK(ui.count("Contact WHERE Id = '" + there + "' AND Phone = '77'") == 1);
    CHECK(ui.count("Contact WHERE Id = '" + ui.eva + "' AND Phone = null") == 1);
}

TEST_CASE("conversion dialog: what each record takes over is read in groups of its own") {
    Desk ui;
    ui.open();
    ui.click(Role::Switch, "Show what goes where");
    const auto read = [&] {
        CHECK(ui.texts_in("Phone") == std::vector<std::string>{"77", "77"});
        CHECK(ui.texts_in("Website") == std::vector<std::string>{"brandnew.com"});
        std::set<std::uint32_t> ids;
        for (const SemanticsNode& node : ui.nodes()) {
            CAPTURE(node.name);
            CHECK(ids.insert(node.id).second);
        }
    };
    read();
    ui.click(Role::Radio, "New: Brandnew Ltd");
    read();
}
