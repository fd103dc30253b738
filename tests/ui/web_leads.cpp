// Web-to-lead through the page, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("web-to-lead page: the form follows what is chosen and is copied whole") {
    UiDriver ui(1280, 1600);
    ui.go("#/web-to-lead");
    CHECK(ui.unnamed() == "");
    CHECK(ui.shows("To copy it, give the address that keeps the answers."));
    ui.type(Role::TextField, "Address that keeps the answers", "https://x.test/in");
    CHECK_FALSE(ui.shows("To copy it, give"));
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
    ui.type(Role::TextArea, "Answers", "not a list");
    ui.click(Role::Button, "Preview");
    CHECK(ui.count("Lead") == 0);
    ui.type(Role::TextArea, "Answers", R"([{"first_name": "Ann", "last_name": "Weiss", "company": "Acme", "email": "ann@acme.test"}, {"last_name": "Blanc", "company": "Bolt"}, {"company": "Nameless"}])");
    ui.click(Role::Button, "Preview");
    CHECK(ui.shows("3 answers, 1 possible duplicate"));
    CHECK(ui.shows("like Ann Weiss"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Add 1 lead");   // the one without a name can't be
    CHECK(ui.count("Lead WHERE LeadSource = 'Web'") == 1);
    CHECK(ui.shows("1 added, 0 of them routed; 1 handed back"));
    CHECK(ui.shows("1 possible duplicate was left out."));
    CHECK(ui.shows("Answer 3: Last Name is required."));   // as it was numbered before, though the first one was left out
    ui.click(Role::Button, "Save what was handed back");
    CHECK(ui.browser.saved_files["web-leads-not-imported.csv"].find("Nameless") != std::string::npos);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Lead") == 0);
}

TEST_CASE("web-to-lead page: an answer that can't become a lead says why before it is added") {
    UiDriver ui(390, 2400, 1, true);
    ui.create("Contact", R"("FirstName": "Ann", "LastName": "Weiss", "Email": "ann@acme.test")");
    ui.go("#/web-to-lead");
    ui.type(Role::TextArea, "Answers", R"([{"first_name": "Ann", "last_name": "Weiss", "company": "Acme", "email": "ann@acme.test"}, {"last_name": "Blanc", "company": "Bolt", "email": "nowhere"}, {"company": "Nameless"}])");
    ui.click(Role::Button, "Preview");
    const auto says = [&](std::string_view name) {
        const SemanticsNode* row = ui.find(Role::Button, name);
        return row ? row->description : std::string();
    };
    CHECK(says("Blanc").find("Can’t be added") != std::string::npos);
    CHECK(says("Answer 3").find("Can’t be added") != std::string::npos);
    CHECK(ui.shows("email: “nowhere” is not an e-mail address."));
    CHECK(ui.shows("Last Name is required."));
    CHECK(ui.count("Lead") == 0);   // tried, not written
    CHECK((ui.find(Role::Button, "Add 0 leads")->states & semantics_state::disabled) != 0);
    // Why it may be somebody who is here stands below, whole.
    CHECK(ui.shows("same email"));
    REQUIRE(ui.find(Role::Button, "Cancel"));
    CHECK(ui.find(Role::Button, "Cancel")->box.x > 100);
}

namespace {

FetchedText answered(const std::string& text, int status = 200) {
    return {FetchOutcome::Answered, status, std::make_shared<outpost::testing::BytesSource>(Bytes(text.begin(), text.end()))};
}

constexpr const char* three = "first_name,last_name,company,email\nAnn,Weiss,Acme,ann@acme.test\nJo,Blanc,Bolt,jo@bolt.test\nSpam,Spam,Spam,spam@spam.test\n";

}  // namespace

TEST_CASE("web-to-lead page: answers are asked of an address, and those looked at before are left out") {
    UiDriver ui(1280, 1800);
    ui.create("Contact", R"("FirstName": "Ann", "LastName": "Weiss", "Email": "ann@acme.test")");
    ui.go("#/web-to-lead");
    ui.click(Role::Button, "Fetch now");
    CHECK(ui.shows("Give a whole address that begins with https://."));
    CHECK(ui.browser.fetched.empty());
    ui.type(Role::TextField, "Address that gives the answers", "https://forms.test/answers.csv");
    ui.browser.fetch_answer = answered(three);
    ui.click(Role::Button, "Fetch now");
    REQUIRE(ui.browser.fetched.size() == 1);
    CHECK(ui.browser.fetched[0] == "https://forms.test/answers.csv");
    CHECK(ui.shows("3 answers, 1 possible duplicate"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Add 2 leads");
    CHECK(ui.count("Lead") == 2);
    ui.click(Role::Button, "Take in more");
    ui.browser.fetch_answer = answered(three);
    ui.click(Role::Button, "Fetch now");
    CHECK(ui.shows("Nothing new: 3 answers were looked at before."));
    CHECK(ui.unnamed() == "");
    ui.browser.fetch_answer = answered(std::string(three) + "Eva,Neu,Nova,eva@nova.test\n");
    ui.click(Role::Button, "Fetch now");
    CHECK(ui.shows("1 answer, 0 possible duplicates"));
    CHECK(ui.shows("3 answers were looked at before and left out."));
    ui.click(Role::Button, "Cancel");
    ui.click(Role::Checkbox, "Include those previewed before");
    ui.browser.fetch_answer = answered(three);
    ui.click(Role::Button, "Fetch now");
    CHECK(ui.shows("3 answers, 3 possible duplicates"));
}

TEST_CASE("web-to-lead page: what went wrong with an address is said with what to do") {
    UiDriver ui(1280, 1800);
    ui.go("#/web-to-lead");
    ui.type(Role::TextField, "Address that gives the answers", "https://forms.test/a");
    const auto said = [&](FetchedText answer, std::string_view words) {
        ui.browser.fetch_answer = std::move(answer);
        ui.click(Role::Button, "Fetch now");
        return ui.shows(words) && ui.count("Lead") == 0;
    };
    CHECK(said(answered("", 404), "https://forms.test answered with error 404. Check the address."));
    CHECK(said({FetchOutcome::Refused, 0, nullptr}, "This installation doesn’t let the page ask https://forms.test."));
    CHECK(said({FetchOutcome::TooLarge, 0, nullptr}, "The answer of https://forms.test is too large."));
    CHECK(said({}, "https://forms.test gave no answer that this page may read."));
    ui.browser.online = false;
    CHECK(said({}, "There is no network at present."));
    CHECK(said(answered("<html>not found</html>"), "<html>") == false);
    CHECK(ui.unnamed() == "");
}

TEST_CASE("web-to-lead: new answers are told of from anywhere, once, and lead to where they are taken in") {
    UiDriver ui(1280, 1800);
    ui.go("#/web-to-lead");
    ui.type(Role::TextField, "Address that gives the answers", "https://forms.test/a");
    ui.browser.fetch_answer = answered(three);
    ui.click(Role::Switch, "Look there every 15 minutes");
    CHECK(ui.browser.fetched.size() == 1);
    CHECK(ui.shows("3 answers, 0 possible duplicates"));   // there at once
    ui.click(Role::Button, "Cancel");
    ui.browser.fetch_answer = answered(three);
    ui.go("#/o/Lead");
    CHECK(ui.browser.fetched.size() == 2);
    CHECK(ui.shows("3 new answers to your web form"));
    ui.data.clock.instant += 14 * 60'000;
    ui.settle();
    CHECK(ui.browser.fetched.size() == 2);
    ui.data.clock.instant += 60'000;
    ui.browser.online = false;
    ui.settle();
    CHECK(ui.browser.fetched.size() == 2);
    ui.browser.online = true;
    ui.browser.fetch_answer = answered(three);
    ui.settle();
    CHECK(ui.browser.fetched.size() == 3);
    ui.browser.fetch_answer = answered(three);
    ui.click(Role::Button, "Preview");
    CHECK(ui.browser.fetched.size() == 4);
    CHECK(ui.shows("3 answers, 0 possible duplicates"));
    ui.click(Role::Button, "Add 3 leads");
    CHECK(ui.count("Lead") == 3);
    ui.browser.fetch_answer = answered(three);
    ui.data.clock.instant += 15 * 60'000;
    ui.go("#/o/Lead");
    CHECK(ui.browser.fetched.size() == 5);
    CHECK_FALSE(ui.shows("3 new answers"));
}
