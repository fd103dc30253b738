// Web-to-lead through the page, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("web-to-lead page: the form follows what is chosen and is copied whole") {
    UiDriver ui(1280, 1600);
    ui.go("#/web-to-lead");
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Address that keeps the answers", "https://x.test/in");
    ui.click(Role::Button, "Copy HTML");
    REQUIRE(ui.browser.copied.size() == 1);
    const std::string& html = ui.browser.copied[0];
    CHECK(html.starts_with("<form action=\"https://x.test/in\" method=\"POST\""));
    CHECK(html.find("name=\"last_name\"") != std::string::npos);
    CHECK(html.find("name=\"mobile\"") == std::string::npos);
}

TEST_CASE("web-to-lead page: pasted answers are looked at, taken in without duplicates, and undone") {
    UiDriver ui(1280, 1600);
    ui.create("Contact", R"("FirstName": "Ann", "LastName": "Weiss", "Email": "ann@acme.test")");
    ui.go("#/web-to-lead");
    ui.type(Role::TextArea, "Answers as CSV or JSON", "not a list");
    ui.click(Role::Button, "Look at them");
    CHECK(ui.count("Lead") == 0);
    ui.type(Role::TextArea, "Answers as CSV or JSON", R"([{"first_name": "Ann", "last_name": "Weiss", "company": "Acme", "email": "ann@acme.test"}, {"last_name": "Blanc", "company": "Bolt"}, {"company": "Nameless"}])");
    ui.click(Role::Button, "Look at them");
    CHECK(ui.shows("3 answers, 1 possible duplicate"));
    CHECK(ui.shows("like Ann Weiss"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Add 2 leads");
    CHECK(ui.count("Lead WHERE LeadSource = 'Web'") == 1);
    CHECK(ui.shows("1 added, 0 of them routed; 1 handed back"));
    ui.click(Role::Button, "Save what was handed back");
    CHECK(ui.browser.saved_files["web-leads-not-imported.csv"].find("Nameless") != std::string::npos);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead") == 0);
}
