// An account's sales, and the ways to reach people, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/pages/reach_actions.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

void sale(UiDriver& ui, const std::string& account, const std::string& stage, int amount) {
    ui.create("Opportunity", R"("Name": "Sale", "CloseDate": "2026-12-01", "StageName": ")" + stage + R"(", "Amount": )" + std::to_string(amount) + R"(, "AccountId": ")" + account + "\"");
}

}  // namespace

TEST_CASE("account page: open, won and lost with sums, the group's too; each leads to its opportunities") {
    UiDriver ui(1280, 1400);
    const std::string top = ui.create("Account", R"("Name": "Acme")");
    const std::string below = ui.create("Account", R"("Name": "Acme West", "ParentId": ")" + top + "\"");
    ui.go("#/r/" + top);
    CHECK_FALSE(ui.find(Role::Region, "Sales"));
    sale(ui, top, "Prospecting", 100);
    sale(ui, top, "Closed Won", 250);
    sale(ui, top, "Closed Won", 50);
    sale(ui, below, "Closed Won", 1000);
    ui.settle();
    REQUIRE(ui.find(Role::Region, "Sales"));
    CHECK(ui.find(Role::Link, "USD 100.00"));
    CHECK(ui.shows("1 opportunity"));
    CHECK(ui.shows("USD 0.00"));
    CHECK(ui.shows("0 opportunities"));
    CHECK(ui.shows("Won by group of 2"));
    CHECK(ui.shows("USD 1300.00"));
    CHECK(ui.shows("3 opportunities"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Link, "USD 300.00");
    CHECK(ui.shows("2 of 4"));
}

TEST_CASE("reach: a call from a contact's page opens the telephone, then the place to write down what was said") {
    UiDriver ui(1280, 1400);
    const std::string id = ui.create("Contact", R"("LastName": "Li", "MobilePhone": "+1 (212) 555-0100", "Email": "li@acme.test", "MailingStreet": "1 Main St", "MailingCity": "Ulm")");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Call");
    REQUIRE(ui.browser.opened.size() == 1);
    CHECK(ui.browser.opened.back() == "tel:+12125550100");
    ui.type(Role::TextArea, "What was said?", "Wants a quote");
    ui.click(Role::Button, "Log call");
    CHECK(ui.count("Task WHERE Type = 'Call' AND IsClosed = true AND WhoId = '" + id + "'") == 1);
    ui.click(Role::Button, "Email");
    CHECK(ui.browser.opened.back() == "mailto:li@acme.test");
    ui.type(Role::TextArea, "What was written?", "The quote");
    ui.click(Role::Button, "Log email");
    CHECK(ui.count("Task WHERE Type = 'Email' AND WhoId = '" + id + "'") == 1);
    ui.click(Role::Button, "Message");
    CHECK(ui.browser.opened.back() == "sms:+12125550100");
    ui.click(Role::Button, "Map");
    CHECK(ui.browser.opened.back() == "https://www.openstreetmap.org/search?query=1%20Main%20St%2C%20Ulm");
    CHECK(ui.unnamed() == "");
}

TEST_CASE("reach: who asked not to be called is not called; without any way there are no buttons") {
    UiDriver ui(1280, 1400);
    ui.go("#/r/" + ui.create("Lead", R"("LastName": "Li", "Company": "Acme", "Phone": "12345678", "DoNotCall": true)"));
    REQUIRE(ui.find(Role::Button, "Call"));
    CHECK((ui.find(Role::Button, "Call")->states & semantics_state::disabled) != 0);
    CHECK(ui.find(Role::Button, "Call")->description == "Asked not to be called");
    ui.go("#/r/" + ui.create("Lead", R"("LastName": "Wu", "Company": "Acme")"));
    CHECK_FALSE(ui.find(Role::Group, "Get in touch"));
    // Read, it says yes or no as other fields do; the pencil turns it.
    const auto said = [&](const char* word) {
        const SemanticsNode* field = ui.find(Role::Group, "Do Not Call");
        REQUIRE(field);
        for (const SemanticsNode* node : ui.find_all(Role::Text))
            if (node->name == word && node->box.y >= field->box.y && node->box.y < field->box.y + field->box.height) return true;
        return false;
    };
    CHECK(ui.find(Role::Checkbox, "Do Not Call") == nullptr);
    CHECK(said("No"));
    ui.click(Role::Button, "Edit Do Not Call");
    CHECK(said("Yes"));
    CHECK(ui.count("Lead WHERE DoNotCall = true") == 2);
}

TEST_CASE("reach: a place becomes the device's map address, or a map's page") {
    CHECK(map_address("Kö 1\nUlm", true) == "geo:0,0?q=K%C3%B6%201%20Ulm");
    CHECK(map_address(" ", false) == "");
}

TEST_CASE("record page: on a phone a long name or address is read whole, in as many lines as it takes") {
    UiDriver ui(390, 1600, 1, true);
    std::string name;
    for (int i = 0; i < 40; ++i) name += "公司";
    const std::string account = ui.create("Account", R"("Name": ")" + name + '"');
    ui.go("#/r/" + ui.create("Contact", R"("LastName": "Meyer", "AccountId": ")" + account + '"'));
    int links = 0;
    for (const SemanticsNode* link : ui.find_all(Role::Link)) {
        if (link->name != name) continue;
        ++links;
        CHECK(link->box.width < 390);
        CHECK(link->box.height > 3 * 18);
    }
    CHECK(links == 2);   // above, and among the details
}

TEST_CASE("home: where beside a long name an amount would be cut, all are short") {
    UiDriver ui(390, 1600, 1, true);
    ui.create("Opportunity", R"("Name": "Turbines for all the power stations of the north", "StageName": "Prospecting", "Amount": 123456789012.34, "CloseDate": ")" + days_to_text(ui.app.context().today() + 3) + '"');
    ui.create("Opportunity", R"("Name": "Pumps", "StageName": "Prospecting", "Amount": 7, "CloseDate": ")" + days_to_text(ui.app.context().today() + 3) + '"');
    ui.go("#/");
    CHECK(ui.shows("Turbines for all"));
    CHECK(ui.locale.shortened.contains("123456789012.34"));
    CHECK(ui.locale.shortened.contains("7.00"));   // one form in a column
}

TEST_CASE("record page: on a phone a key fact is edited by a tap on it, where it stands") {
    UiDriver ui(390, 844, 1, true);
    const std::string id = ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "Amount": 5, "CloseDate": "2027-01-31")");
    ui.go("#/r/" + id);
    const auto tap = [&](std::string_view words) {
        const SemanticsNode* facts = ui.find(Role::Region, "Key facts");
        REQUIRE(facts);
        const SemanticsNode* value = nullptr;
        for (const SemanticsNode* text : ui.find_all(Role::Text))
            if (!value && text->name == words && text->box.y < facts->box.y + facts->box.height) value = text;
        REQUIRE_MESSAGE(value, words);
        ui.click(value);
        return facts->box;
    };
    tap("USD 5.00");
    REQUIRE(ui.find(Role::TextField, "Amount"));
    CHECK(ui.find(Role::TextField, "Amount")->box.y < ui.find(Role::Region, "Key facts")->box.y + ui.find(Role::Region, "Key facts")->box.height);
    CHECK(ui.find(Role::TextField, "Amount")->box.width > 150);
    ui.type(Role::TextField, "Amount", "12");
    ui.commit();
    CHECK(ui.count("Opportunity WHERE Amount = 12") == 1);
    tap("2027-01-31");
    ui.type(Role::TextField, "Close Date", "28/2/2027");
    ui.commit();
    CHECK(ui.count("Opportunity WHERE CloseDate = 2027-02-28") == 1);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("home: a new task from beside those due is due today") {
    UiDriver ui;
    ui.create("Account", R"("Name": "Acme")");
    ui.go("#/");
    ui.click(Role::Button, "New task");
    ui.type(Role::TextField, "Subject", "Ring Ann");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Task WHERE ActivityDate = " + days_to_text(ui.app.context().today())) == 1);
    CHECK(ui.shows("Ring Ann"));
}
