// The command palette without a browser: records by several words and with a letter wrong, those looked at last, what can
// be done with the record that is open; and notices whose undo is spent.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::vector<std::string> options(const UiDriver& ui) {
    std::vector<std::string> names;
    for (const SemanticsNode* node : ui.find_all(Role::Option)) names.emplace_back(node->name);
    return names;
}

void search(UiDriver& ui, std::string_view text) {
    if (ui.find_all(Role::SearchField).empty() || !ui.find(Role::SearchField, "Search records and commands")) ui.press("Ctrl+K");
    ui.type(Role::SearchField, "Search records and commands", text);
}

}  // namespace

TEST_CASE("palette: words in any order and with a letter wrong; a converted lead after its contact") {
    UiDriver ui;
    const std::string acme = ui.create("Account", R"("Name": "Acme Foods")");
    ui.create("Contact", R"("FirstName": "Ann", "LastName": "Lindqvist", "AccountId": ")" + acme + "\"");
    const std::string lead = ui.create("Lead", R"("FirstName": "Bo", "LastName": "Berg", "Company": "Harbor")");
    REQUIRE(ui.data.run(R"({"command": "ConvertLead", "lead": ")" + lead + "\"}").boolean_or("ok", false));
    search(ui, "lindqvist acme");
    REQUIRE(options(ui).size() == 1);
    CHECK(options(ui)[0] == "Ann Lindqvist, Contact · Acme Foods");
    search(ui, "lindqvsit");
    CHECK(options(ui) == std::vector<std::string>{"Ann Lindqvist, Contact · Acme Foods"});
    search(ui, "berg bo");
    REQUIRE(options(ui).size() >= 2);
    CHECK(options(ui)[0].starts_with("Bo Berg, Contact"));
    CHECK(ui.shows("Bo Berg, Lead · Harbor · converted"));
}

TEST_CASE("palette: its field tells the result that the arrows have come to, and how many there are once the typing rests") {
    UiDriver ui;
    ui.create("Account", R"("Name": "Acme Foods")");
    ui.create("Account", R"("Name": "Acme Tools")");
    search(ui, "acme");
    const auto active = [&] {
        const SemanticsNode *field = ui.find(Role::SearchField, "Search records and commands"), *list = ui.find(Role::Listbox, "Results");
        REQUIRE((field && list));
        CHECK((field->states & semantics_state::expanded) != 0);
        CHECK(field->controls == list->id);
        const auto at = std::ranges::find(ui.nodes(), field->active, &SemanticsNode::id);
        return at == ui.nodes().end() ? std::string() : at->name;
    };
    CHECK(active() == options(ui)[0]);
    ui.press("ArrowDown");
    CHECK(active() == options(ui)[1]);
    ui.said.clear();
    ui.data.clock.advance_milliseconds(600);
    ui.settle();
    CHECK(ui.said == std::vector<std::string>{"2 results"});
    search(ui, "qqqqqq");
    ui.data.clock.advance_milliseconds(600);
    ui.settle();
    CHECK(ui.said.back() == "No matches");
    CHECK((ui.find(Role::SearchField, "Search records and commands")->states & semantics_state::collapsed) != 0);
}

TEST_CASE("palette: on a phone it closes by a button, since there is no key and no place beside it") {
    UiDriver ui(390, 844, 1, true);
    ui.go("#/");
    ui.click(Role::Button, "Search");
    REQUIRE(ui.find(Role::SearchField, "Search records and commands"));
    ui.click(Role::Button, "Close");
    CHECK_FALSE(ui.find(Role::SearchField, "Search records and commands"));
}

TEST_CASE("palette: what is typed before the search is ready is looked for then, and Enter waits for it") {
    UiDriver ui;
    const std::string acme = ui.create("Account", R"("Name": "Acme Foods", "Phone": "1", "AccountNumber": "2")");
    ui.create("Contact", R"("LastName": "Berg", "Email": "berg@example.com", "Phone": "3")");
    ui.create("Lead", R"("LastName": "Li", "Company": "Harbor")");
    ui.create("Opportunity", R"("Name": "Renewal", "StageName": "Prospecting", "CloseDate": "2026-12-01")");
    ui.data.clock.tick_microseconds = 20'000;   // one step of the preparation takes a whole frame
    ui.frame({{PageEventKind::Key, 0, "Ctrl+K"}});
    for (int i = 0; i < 3; ++i) ui.frame();
    const SemanticsNode* field = ui.find(Role::SearchField, "Search records and commands");
    REQUIRE(field);
    const std::uint32_t id = field->id;
    ui.frame({{PageEventKind::Focus, id, {}}});
    ui.frame({{PageEventKind::TextEdited, id, "acme"}});
    CHECK(ui.shows("Looking"));
    CHECK(options(ui).empty());
    const std::string before = ui.app.context().route().to_text();
    ui.frame({{PageEventKind::TextCommit, id, "acme"}});
    CHECK(ui.app.context().route().to_text() == before);
    for (int i = 0; i < 5; ++i) ui.settle();
    CHECK(ui.app.context().route().to_text() == "#/r/" + acme);
}

TEST_CASE("palette: begins with the records looked at last, not with the one that is open") {
    UiDriver ui;
    ui.go("#/o/Lead");
    const std::string first = ui.create("Account", R"("Name": "Alpha")"), second = ui.create("Account", R"("Name": "Beta")");
    ui.press("Ctrl+K");
    CHECK_FALSE(ui.shows("Recent"));
    ui.press("Escape");
    ui.go("#/r/" + first);
    ui.go("#/r/" + second);
    ui.go("#/r/" + first);
    ui.go("#/");                       // looked at once more, it is the newest again
    ui.press("Ctrl+K");
    REQUIRE(options(ui).size() >= 2);
    CHECK(options(ui)[0] == "Alpha, Account");
    CHECK(options(ui)[1] == "Beta, Account");
    ui.press("Escape");
    ui.go("#/r/" + second);
    ui.press("Ctrl+K");
    CHECK(options(ui)[0] == "Alpha, Account");
    CHECK(options(ui)[1] != "Alpha, Account");
    ui.press("Enter");
    CHECK(ui.app.context().route().to_text() == "#/r/" + first);
    REQUIRE(ui.data.run(R"({"command": "DeleteRecord", "object": "Account", "id": ")" + second + "\"}").boolean_or("ok", false));
    ui.press("Ctrl+K");
    CHECK_FALSE(ui.shows("Beta, Account"));
}

TEST_CASE("palette: what can be done with the record that is open") {
    UiDriver ui;
    const std::string lead = ui.create("Lead", R"("LastName": "Li", "Company": "Acme")");
    search(ui, "convert");
    CHECK(options(ui).empty());
    ui.cancel();
    CHECK_FALSE(ui.find(Role::SearchField, "Search records and commands"));
    ui.go("#/r/" + lead);
    search(ui, "convert");
    CHECK(options(ui) == std::vector<std::string>{"Convert"});
    ui.commit();
    CHECK(ui.find(Role::Dialog, "Convert Li"));
    ui.click(Role::Button, "Cancel");
    search(ui, "call");
    CHECK(ui.find(Role::Option, "Log a call"));
    ui.commit();
    CHECK(ui.app.context().route().to_text() == "#/r/" + lead);
    CHECK(ui.find(Role::Tab, "Call"));
    REQUIRE(ui.focused());
    CHECK(ui.focused()->role == Role::TextArea);
    ui.go("#/o/Lead");
    search(ui, "log a call");
    CHECK(options(ui) == std::vector<std::string>{"Quick log, “log a call”"});   // a line like any other
}

TEST_CASE("notices: what was undone by keys is no longer offered to be undone, what can't be made again not either") {
    UiDriver ui;
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.go("#/r/" + id);
    ui.click(Role::Button, "More actions");
    ui.click(Role::MenuItem, "Delete");
    CHECK(ui.find(Role::Button, "Undo"));
    ui.press("Ctrl+Z");
    CHECK_FALSE(ui.find(Role::Button, "Undo"));
    CHECK(ui.shows("Undone: Delete Account: Acme"));
    CHECK(ui.find(Role::Button, "Redo"));
    ui.create("Account", R"("Name": "Beta")");       // another edit: nothing to make again
    ui.press("Ctrl+Z");
    CHECK(ui.find_all(Role::Button).size() > 0);
    CHECK(ui.shows("Undone: New Account: Beta"));
    CHECK_FALSE(ui.shows("Undone: Delete Account: Acme"));
}

TEST_CASE("palette: without words it begins with what a rep uses; boards, users and settings come last") {
    UiDriver ui;
    ui.go("#/");
    ui.press("Ctrl+K");
    const std::vector<std::string> shown = options(ui);
    const auto place = [&](std::string_view name) { return std::ranges::find(shown, name) - shown.begin(); };
    const std::vector<std::string> first(shown.begin(), shown.begin() + 7);
    CHECK(first == std::vector<std::string>{"Home", "Leads", "Accounts", "Contacts", "Opportunities", "Tasks", "Events"});
    CHECK(place("Calendar") < place("Leads board"));
    CHECK(place("Events board") < place("Users"));
    CHECK(place("Users") < place("Settings"));
    CHECK(place("New lead") < place("New event"));
    CHECK(place("New event") < place("New user"));
    CHECK(place("New user") < static_cast<std::ptrdiff_t>(shown.size()));
}

TEST_CASE("palette: a mouse that only rests chooses nothing; one that moves does") {
    UiDriver ui;
    for (const char* name : {"Jade Wines", "Jade Media", "Jade Foods", "Jade Parts"}) ui.create("Account", std::string(R"("Name": ")") + name + "\"");
    search(ui, "Jade");
    REQUIRE(ui.find_all(Role::Option).size() > 2);
    const SemanticsNode* third = ui.find_all(Role::Option)[2];
    const float x = third->box.x + 20, y = third->box.y + third->box.height / 2;
    for (int i = 0; i < 3 && !ui.find_all(Role::Option).empty(); ++i) ui.cancel();
    REQUIRE(ui.find_all(Role::Option).empty());
    ui.pointer(x, y);
    search(ui, "Jade");
    const auto chosen = [&] {
        const auto nodes = ui.find_all(Role::Option);
        return std::ranges::find_if(nodes, [](const SemanticsNode* node) { return (node->states & semantics_state::selected) != 0; }) - nodes.begin();
    };
    CHECK(chosen() == 0);
    ui.press("ArrowDown");
    CHECK(chosen() == 1);
    ui.settle();
    CHECK(chosen() == 1);
    ui.pointer(x + 2, y);
    ui.settle();
    CHECK(chosen() == 2);
}

TEST_CASE("palette: what stands beside a name is in the person's language") {
    UiDriver ui;
    ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Needs Analysis", "CloseDate": "2026-12-01")");
    ui.browser.settings["language"] = "zh-CN";
    ui.go("#/");
    ui.press("Ctrl+K");
    ui.type(Role::SearchField, ui.find_all(Role::SearchField)[0]->name, "Turbines");
    REQUIRE(!options(ui).empty());
    CHECK(options(ui)[0] == "Turbines, 商机 · 需求分析");
}
