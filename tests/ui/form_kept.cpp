// What is typed into a form and not saved: it is there again after the page was thrown away, and gone once it is given up.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::int64_t count(UiDriver& ui, const std::string& what) { return ui.data.query("SELECT COUNT() FROM " + what).integer_or("totalSize", -1); }
std::string value(UiDriver& ui, Role role, std::string_view name) {
    const SemanticsNode* node = ui.find(role, name);
    return node ? node->value : "<none>";
}
std::string& kept(UiDriver& ui) { return ui.browser.settings["form"]; }

// As a page that the browser has thrown away begins again.
void start_again(UiDriver& ui, const std::string& what, const std::string& address) {
    ui.go("#/");
    kept(ui) = what;
    ui.go(address);
}

}  // namespace

TEST_CASE("form: what was typed comes back in a page that was thrown away, in its own form only") {
    const std::string address = "#/o/Opportunity/new?Amount=5";
    std::string typed;
    {
        UiDriver ui;
        ui.go(address);
        CHECK(kept(ui).empty());
        ui.type(Role::TextField, "Opportunity Name", "Two tablets");
        ui.type(Role::TextField, "Amount", "12500.5");
        ui.type(Role::TextField, "Close Date", "2027-03-31");
        typed = kept(ui);
    }
    UiDriver ui;
    start_again(ui, typed, "#/o/Opportunity/new");
    CHECK_FALSE(ui.shows("What you had typed here is back"));
    start_again(ui, typed, address);
    CHECK(ui.shows("What you had typed here is back"));
    CHECK(ui.app.holds_draft());
    ui.click(Role::Button, "Save");
    CHECK(count(ui, "Opportunity WHERE Name = 'Two tablets' AND Amount = 12500.5 AND CloseDate = 2027-03-31") == 1);
    CHECK(kept(ui).empty());
}

TEST_CASE("form: a fault that was typed comes back as it was, an edit too, and starting over takes it away") {
    UiDriver ui;
    const std::string id = ui.data.make("Lead", R"("LastName": "Li", "Company": "Acme")");
    const std::string address = "#/r/" + id + "/edit";
    ui.go(address);
    ui.type(Role::TextField, "Email", "li at acme");
    const std::string typed = kept(ui);
    ui.press("Escape");
    ui.click(Role::Button, "Discard");
    CHECK(kept(ui).empty());
    start_again(ui, typed, address);
    CHECK(value(ui, Role::TextField, "Email") == "li at acme");
    CHECK(value(ui, Role::TextField, "Company") == "Acme");
    ui.click(Role::Button, "Start over");
    CHECK(value(ui, Role::TextField, "Email") == "");
    CHECK_FALSE(ui.app.holds_draft());
    CHECK(kept(ui).empty());
}
