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

TEST_CASE("conversion dialog: open opportunities of one name are told apart by stage, amount and close date") {
    Desk ui;
    const std::string account = R"(, "Name": "Turbines", "AccountId": ")" + ui.zeta + "\"";
    ui.create("Opportunity", R"("StageName": "Prospecting", "Amount": 5, "CloseDate": "2027-01-31")" + account);
    ui.create("Opportunity", R"("StageName": "Qualification", "CloseDate": "2027-02-28")" + account);
    ui.open();
    ui.click(ui.radio("Opportunity", "Choose an existing one"));
    ui.click(Role::Combobox, "Existing Opportunity");
    const auto told = [&] {
        std::set<std::string> details;
        for (const SemanticsNode* option : ui.find_all(Role::Option)) details.insert(option->name + " | " + option->description);
        return details;
    };
    const std::set<std::string> both = told();
    CHECK(both.size() == 2);
    CHECK(ui.shows("USD 5.00 · 2027-01-31 · Prospecting"));
    CHECK(ui.shows("2027-02-28 · Qualification"));
    ui.type(Role::SearchField, "Existing Opportunity", "Turb");
    CHECK(told() == both);
}

TEST_CASE("conversion dialog: once converted, Ctrl+Z takes it back as its button does") {
    Desk ui;
    ui.open();
    ui.click(Role::Button, "Convert");
    REQUIRE(ui.find(Role::Dialog, "Eva Stone was converted"));
    CHECK(ui.count("Lead WHERE IsConverted = true") == 1);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead WHERE IsConverted = true") == 0);
    CHECK_FALSE(ui.find(Role::Dialog, "Eva Stone was converted"));
}

TEST_CASE("conversion dialog: required fields that neither the lead nor the dialog fills are asked for") {
    Desk ui;
    for (const char* object : {"Account", "Opportunity", "Lead"})
        ui.data.run(R"({"command": "DefineField", "object": ")" + std::string(object) + R"(", "field": "Code__c", "label": ")" + object + R"( code", "type": "Text"})");
    ui.data.run(R"({"command": "DefineField", "object": "Contact", "field": "Code__c", "label": "Contact code", "type": "Text"})");
    ui.data.run(R"({"command": "UpdateRecord", "object": "Lead", "id": ")" + ui.lead + R"(", "fields": {"Code__c": "L1"}})");
    ui.data.run(R"({"command": "DefineField", "object": "Opportunity", "field": "Reason__c", "label": "Reason", "type": "Picklist", "values": ["Price", "Need"], "required": true})");
    for (const char* object : {"Account", "Opportunity"})
        ui.data.run(R"({"command": "UpdateField", "object": ")" + std::string(object) + R"(", "field": "Code__c", "required": true})");
    ui.data.run(R"({"command": "DefineField", "object": "Account", "field": "Size__c", "label": "Size", "type": "Number", "precision": 5, "scale": 0, "required": true})");
    ui.open();
    CHECK_FALSE(ui.find(Role::TextField, "Opportunity code"));   // the lead has it
    CHECK_FALSE(ui.find(Role::TextField, "Size"));               // the account is there
    ui.click(ui.radio("Contact", "New: Eva Stone"));
    ui.click(Role::Radio, "New: Brandnew Ltd");
    CHECK(ui.find(Role::TextField, "Size"));
    ui.click(Role::Button, "Convert");
    CHECK(ui.count("Lead WHERE IsConverted = true") == 0);
    CHECK(ui.shows("Reason is required."));
    ui.type(Role::TextField, "Size", "7");
    ui.click(Role::Combobox, "Reason");
    ui.click(Role::Option, "Need");
    ui.click(Role::Button, "Convert");
    CHECK(ui.count("Lead WHERE IsConverted = true") == 1);
    CHECK(ui.count("Opportunity WHERE Reason__c = 'Need' AND Code__c = 'L1'") == 1);
    CHECK(ui.count("Account WHERE Size__c = 7 AND Code__c = 'L1'") == 1);
}
