// The import wizard without a browser, by role and name.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

void choose(UiDriver& ui, const std::string& csv) {
    ui.browser.files_to_pick = {{"leads.csv", std::make_shared<outpost::testing::BytesSource>(Bytes(csv.begin(), csv.end()))}};
    ui.go("#/import");
    ui.click(Role::Button, "Choose a file");
}

// Five leads of sources that nobody knows.
constexpr const char* unknown_sources = "Last Name,Company,Lead Source\nA,Acme,Moon\nB,Bolt,Mars\nC,Coil,Venus\nD,Dyna,Saturn\nE,Eon,Pluto\n";

}  // namespace

TEST_CASE("import page: a column's unknown values are decided on one by one or all at once, and reached again from the preview") {
    UiDriver ui(1280, 1600);
    choose(ui, unknown_sources);
    ui.click(Role::Button, "Check the values");
    REQUIRE(ui.find(Role::Combobox, "What becomes of Moon"));
    // What fits any value stands before the long list.
    ui.click(Role::Combobox, "What becomes of Moon");
    const auto options = ui.find_all(Role::Option);
    REQUIRE(options.size() > 4);
    CHECK(options[0]->name == "Add “Moon”");
    CHECK(options[2]->name == "Leave these rows out");
    CHECK(options[3]->name.starts_with("Use “"));
    ui.cancel();
    ui.click(Role::Button, "Show the preview");
    CHECK(ui.shows("No row can be imported as it is."));
    CHECK_FALSE(ui.shows("All other rows are imported"));
    ui.click(Role::Button, "Decide on these values");
    ui.click(Role::Button, "All in this column");
    CHECK(ui.unnamed() == "");
    ui.click(Role::MenuItem, "Add them");
    CHECK(ui.find(Role::Combobox, "What becomes of Pluto")->value == "Add “Pluto”");
    ui.click(Role::Button, "Show the preview");
    ui.click(Role::Button, "Import 5 rows");
    CHECK(ui.count("Lead WHERE LeadSource = 'Pluto'") == 1);
}

TEST_CASE("import page: of a field of several values each unknown one is decided on, and remembered") {
    UiDriver ui(1280, 1600);
    ui.data.run(R"({"command":"DefineField","object":"Lead","field":"Tags__c","label":"Tags","type":"MultiselectPicklist","restricted":true,"values":["Alpha","Beta","Gamma"]})");
    constexpr const char* csv = "Last Name,Company,Tags\nA,Acme,Alpha;Omega\nB,Bolt,Omega;Gamna\nC,Coil,Beta;Sigma\n";
    choose(ui, csv);
    ui.click(Role::Button, "Check the values");
    CHECK_FALSE(ui.find(Role::Combobox, "What becomes of Alpha;Omega"));
    CHECK(ui.find(Role::Combobox, "What becomes of Gamna")->value == "Use “Gamma”");
    ui.click(Role::Combobox, "What becomes of Omega");
    ui.click(Role::Option, "Add “Omega”");
    ui.click(Role::Combobox, "What becomes of Sigma");
    CHECK(ui.find(Role::Option, "Use “Alpha”"));
    ui.click(Role::Option, "Import without this value");
    ui.click(Role::Button, "Show the preview");
    ui.click(Role::Button, "Import 3 rows");
    CHECK(ui.count("Lead WHERE Tags__c = 'Alpha;Omega'") == 1);
    CHECK(ui.count("Lead WHERE Tags__c = 'Gamma;Omega'") == 1);
    CHECK(ui.count("Lead WHERE Tags__c = 'Beta'") == 1);
    choose(ui, csv);
    ui.click(Role::Button, "Check the values");
    CHECK_FALSE(ui.find(Role::Combobox, "What becomes of Omega"));
    CHECK(ui.find(Role::Combobox, "What becomes of Sigma")->value == "Import without this value");
}

TEST_CASE("import page: a file of a header alone says so, and goes no further") {
    UiDriver ui(1280, 1200);
    choose(ui, "Last Name,Company\n");
    CHECK(ui.shows("The file has a header but no rows"));
    CHECK((ui.find(Role::Button, "Check the values")->states & semantics_state::disabled) != 0);
}

TEST_CASE("import page: its three figures stand in a row, or one below the other") {
    for (const float width : {390.0f, 600.0f, 820.0f}) {
        UiDriver ui(width, 2000, 1, true);
        choose(ui, "Last Name,Company\nA,Acme\n");
        ui.click(Role::Button, "Check the values");
        std::vector<Box> places;
        for (const SemanticsNode& node : ui.nodes())
            for (const char* label : {"Will be created: ", "Will be changed: ", "Can’t be imported: "})
                if (node.name.starts_with(label)) places.push_back(node.box);
        REQUIRE(places.size() == 3);
        CHECK((places[0].y == places[1].y) == (places[1].y == places[2].y));
    }
}

TEST_CASE("import page: rows that say nothing new are counted apart, before and after") {
    UiDriver ui(1280, 1600);
    const std::string acme = ui.create("Account", R"("Name": "Acme", "Phone": "1")"), bolt = ui.create("Account", R"("Name": "Bolt", "Phone": "2")");
    const std::string csv = "Id,Name,Phone\n" + acme + ",Acme,1\n" + bolt + ",Bolt,3\n";
    const auto preview = [&] {
        choose(ui, csv);
        ui.click(Role::Button, "Check the values");
    };
    preview();
    CHECK(ui.shows("Will be changed: 1"));
    CHECK(ui.shows("Unchanged: 1"));
    ui.click(Role::Button, "Import 2 rows");
    CHECK(ui.shows("Changed: 1"));
    CHECK(ui.shows("Unchanged: 1"));
    CHECK(ui.said.back() == "Import done: 0 created, 1 changed, 1 unchanged, 0 not imported.");
    ui.click(Role::Button, "Undo this import");
    CHECK(ui.shows("1 changed record is as before."));
    ui.press("Ctrl+Shift+Z");
    preview();
    CHECK(ui.shows("Will be changed: 0"));
    CHECK(ui.shows("Unchanged: 2"));
}

TEST_CASE("import page: what was agreed to by going on is known the next time, and so is what was left out") {
    UiDriver ui(1280, 1600);
    constexpr const char* csv = "Last Name,Company,Lead Source\nA,Acme,Partner Referal\nB,Bolt,Purchased Lst\nC,Coil,Moon\n";
    choose(ui, csv);
    ui.click(Role::Button, "Check the values");
    REQUIRE(ui.find(Role::Combobox, "What becomes of Partner Referal"));
    CHECK(ui.find(Role::Combobox, "What becomes of Partner Referal")->value == "Use “Partner Referral”");
    CHECK(ui.shows("Guessed from the name, please check"));
    ui.click(Role::Combobox, "What becomes of Purchased Lst");
    ui.click(Role::Option, "Leave these rows out");
    ui.click(Role::Button, "Show the preview");
    choose(ui, csv);
    ui.click(Role::Button, "Check the values");
    CHECK(ui.find(Role::Combobox, "What becomes of Partner Referal")->value == "Use “Partner Referral”");
    CHECK(ui.find(Role::Combobox, "What becomes of Purchased Lst")->value == "Leave these rows out");
    CHECK(std::ranges::count(ui.find_all(Role::Text), "As you decided last time.", &SemanticsNode::name) == 2);
    CHECK_FALSE(ui.shows("Guessed from the name"));
}
