// Pipelines and stages without a browser, by role and name: the admin's page, what a stage shows and asks for on a
// record, on the board and in a form.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"
#include "ui/kit/internal.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string value_of(UiDriver& ui, const std::string& id, const std::string& field) {
    const Json answer = ui.data.query("SELECT " + field + " FROM Opportunity WHERE Id = '" + id + "'");
    const Json* records = answer.find("records");
    if (!records || records->items().empty()) return "none";
    const Json* value = records->items()[0].find(field);
    return !value || value->is_null() ? "" : std::string(value->text());
}

std::string make_sale(UiDriver& ui, const std::string& fields = {}) {
    return ui.create("Opportunity", R"("Name": "Turbines", "CloseDate": "2027-03-31")" + (fields.empty() ? "" : ", " + fields));
}

void define(UiDriver& ui) {
    ui.data.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"Sales","default":true},"Renewals"]})");
    ui.data.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[
        {"value":"Prospecting","default":true,"validFor":["Sales"],"guidance":"Find out who decides.","keyFields":["LeadSource"],"requiredFields":["NextStep"]},
        {"value":"Qualification","validFor":["Sales"]},
        {"value":"Notice Sent","validFor":["Renewals"],"probability":60},
        "Closed Won","Closed Lost"]})");
    ui.settle();
}

}  // namespace

TEST_CASE("pipelines: an admin adds a pipeline, a stage of its own, moves it and takes it back") {
    UiDriver ui(1280, 1400);
    ui.go("#/settings");
    ui.click(Role::Button, "Set up stages");
    CHECK(ui.shows("There is one pipeline with all stages."));
    ui.click(Role::Button, "New pipeline");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Name is required."));
    ui.type(Role::TextField, "Name of the new pipeline", "Renewals");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("“Renewals” saved"));
    CHECK(ui.find(Role::List, "Pipelines"));
    ui.click(Role::Button, "New stage");
    CHECK(ui.unnamed() == "");
    ui.type(Role::TextField, "Name", "Notice Sent");
    ui.type(Role::TextField, "Probability", "140");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("A whole number from 0 to 100."));
    ui.type(Role::TextField, "Probability", "60");
    ui.click(Role::Combobox, "Pipelines");
    ui.click(Role::Option, "Renewals");
    ui.press("Escape");
    ui.type(Role::TextArea, "Guidance", "Send it ninety days before the end.");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("60% · Pipeline, Renewals"));
    // Before the stages that end the way.
    const std::string renewal = make_sale(ui, R"("Pipeline": "Renewals", "StageName": "Notice Sent")");
    CHECK(value_of(ui, renewal, "Probability") == "60");
    ui.click(Role::Button, "Move Notice Sent up");
    CHECK(ui.shows("“Notice Sent” moved"));
    ui.press("Ctrl+Z");
    ui.go("#/r/" + renewal);
    CHECK(ui.shows("Send it ninety days before the end."));
    CHECK(ui.shows("Renewals"));
    // Lead statuses have their meaning, and no probability.
    ui.go("#/settings/stages?object=Lead");
    ui.click(Role::Button, "Edit Open - Not Contacted");
    CHECK_FALSE(ui.find(Role::TextField, "Probability"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("pipelines: on a phone all that a stage is and asks for is to be read") {
    UiDriver ui(390, 2600);
    define(ui);
    ui.go("#/settings/stages");
    const std::vector<const SemanticsNode*> texts = ui.find_all(Role::Text);
    const auto words = std::ranges::find_if(texts, [](const SemanticsNode* node) { return node->name.contains("Sales, "); });
    REQUIRE(words != texts.end());
    Context& context = ui.app.context();
    CHECK(kit::text_width(context, (*words)->name, TextStyle::Caption) > (*words)->box.width);
    CHECK(kit::text_height(context, (*words)->name, TextStyle::Caption, (*words)->box.width) <= (*words)->box.height);
}

TEST_CASE("pipelines: no two stages are called alike; a new one may have the name that another one had") {
    UiDriver ui(1280, 1400);
    ui.go("#/settings/stages");
    const auto rename = [&](const std::string& from, const char* to) {
        ui.click(Role::Button, from.empty() ? "New stage" : "Edit " + from);
        ui.type(Role::TextField, "Name", to);
        ui.click(Role::Button, "Save");
        return !ui.find(Role::TextField, "Name");
    };
    CHECK_FALSE(rename("Prospecting", "qualification"));
    CHECK(ui.shows("There is one called “qualification” already."));
    ui.type(Role::TextField, "Name", "First Contact");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("“First Contact” saved"));
    CHECK_FALSE(rename({}, "First Contact"));
    ui.click(Role::Button, "Cancel");
    CHECK(rename({}, "Prospecting"));
    CHECK(ui.find(Role::Button, "Edit Prospecting"));
    CHECK(ui.find(Role::Button, "Edit First Contact"));
    CHECK(value_of(ui, make_sale(ui, R"("StageName": "Prospecting 2")"), "StageName") == "Prospecting 2");
}

TEST_CASE("pipelines: a new one begins with copies of the stages of another, the first new one too, each one undo") {
    UiDriver ui(1280, 1400);
    ui.data.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[{"value":"Prospecting","default":true,"probability":35,"guidance":"Ask who decides.","requiredFields":["NextStep"]}]})");
    ui.go("#/settings/stages");
    ui.click(Role::Button, "New pipeline");
    ui.type(Role::TextField, "Name of the new pipeline", "Renewals");
    ui.click(Role::Combobox, "Begin with copies of the stages of");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Option, "Sales");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("“Renewals” saved"));
    CHECK(ui.shows("Prospecting (Renewals)"));
    CHECK(ui.shows("35% · Pipeline, Renewals, asks for 1 field"));
    const std::string renewal = make_sale(ui, R"("Pipeline": "Renewals")");
    CHECK(value_of(ui, renewal, "Probability") == "35");
    ui.go("#/r/" + renewal);
    CHECK(ui.shows("Ask who decides."));
    CHECK(ui.find(Role::Button, "Prospecting"));
    CHECK_FALSE(ui.find(Role::Button, "Prospecting (Renewals)"));
    ui.go("#/settings/stages");
    ui.click(Role::Button, "New pipeline");
    ui.type(Role::TextField, "Name", "Renewals");
    ui.click(Role::Combobox, "Begin with copies of the stages of");
    ui.click(Role::Option, "Renewals");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("There is one called “Renewals” already."));
    ui.type(Role::TextField, "Name", "Partners");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Prospecting (Partners)"));
    ui.press("Ctrl+Z");
    CHECK_FALSE(ui.shows("Prospecting (Partners)"));
    CHECK_FALSE(ui.find(Role::ListItem, "Partners"));
    ui.data.run(R"({"command": "DeleteRecord", "object": "Opportunity", "id": ")" + renewal + "\"}");
    ui.press("Ctrl+Z");
    ui.press("Ctrl+Z");
    ui.press("Ctrl+Z");
    ui.go("#/settings/stages");
    CHECK(ui.shows("There is one pipeline with all stages."));
}

TEST_CASE("pipelines: older opportunities stay in theirs, whichever is the default then, on the board as in a filter") {
    for (const bool copies : {false, true}) {
        CAPTURE(copies);
        UiDriver ui(1280, 1400);
        const std::string id = make_sale(ui, R"("StageName": "Qualification")");
        ui.go("#/settings/stages");
        ui.click(Role::Button, "New pipeline");
        ui.type(Role::TextField, "Name of the new pipeline", "Renewals");
        if (copies) {
            ui.click(Role::Combobox, "Begin with copies of the stages of");
            ui.click(Role::Option, "Sales");
        }
        ui.click(Role::Button, "Save");
        CHECK(ui.count("Opportunity WHERE Pipeline = 'Sales'") == 1);
        ui.click(Role::ListItem, "Renewals");
        ui.click(Role::Switch, "Default");
        ui.click(Role::Button, "Save");
        CHECK(value_of(ui, make_sale(ui), "Pipeline") == "Renewals");
        CHECK(value_of(ui, id, "Pipeline") == "Sales");
        CHECK(value_of(ui, id, "StageName") == "Qualification");
        ui.go("#/settings");
        for (int undos = 0; undos < 3; ++undos) ui.press("Ctrl+Z");
        CHECK(value_of(ui, id, "Pipeline") == "");
    }
}

TEST_CASE("pipelines: a stage shows its guidance and key fields, and asks for what is missing before it is left") {
    UiDriver ui(1280, 1600);
    define(ui);
    const std::string id = make_sale(ui);
    ui.go("#/r/" + id);
    CHECK(ui.shows("Find out who decides."));
    CHECK(ui.find(Role::Text, "required"));
    ui.click(Role::Button, "Mark as complete");
    CHECK(ui.shows("Fill these in before it leaves “Prospecting”:"));
    CHECK(value_of(ui, id, "StageName") == "Prospecting");
    ui.click(Role::Button, "Move");
    CHECK(ui.shows("Next Step is required."));
    ui.type(Role::TextField, "Next Step", "Call the board");
    ui.click(Role::Button, "Move");
    CHECK(value_of(ui, id, "StageName") == "Qualification");
    CHECK(value_of(ui, id, "NextStep") == "Call the board");
    CHECK_FALSE(ui.shows("Find out who decides."));
    ui.press("Ctrl+Z");
    CHECK(value_of(ui, id, "StageName") == "Prospecting");
    CHECK(value_of(ui, id, "NextStep") == "");
}

TEST_CASE("pipelines: the board shows one at a time, and a lost card is asked why") {
    UiDriver ui(1600, 900);
    define(ui);
    const std::string sale = make_sale(ui, R"("NextStep": "Go")");
    ui.create("Opportunity", R"("Name": "Contract", "CloseDate": "2027-03-31", "Pipeline": "Renewals")");
    ui.create("Opportunity", R"("Name": "Nowhere", "CloseDate": "2027-03-31", "Pipeline": null)");
    ui.go("#/o/Opportunity/board");
    CHECK(ui.shows("Nowhere"));
    CHECK_FALSE(ui.shows("Contract"));
    CHECK_FALSE(ui.find(Role::Heading, "Notice Sent"));
    ui.click(Role::Button, "Sales");
    ui.click(Role::MenuItem, "Renewals");
    CHECK(ui.find(Role::Heading, "Notice Sent"));
    CHECK_FALSE(ui.find(Role::Heading, "Qualification"));
    CHECK(ui.shows("Contract"));
    CHECK_FALSE(ui.shows("Turbines"));
    ui.click(Role::Button, "Renewals");
    ui.click(Role::MenuItem, "All pipelines");
    CHECK(ui.shows("Turbines"));
    CHECK(ui.shows("Contract"));
    // Lost: a reason is asked for, and may be left open.
    ui.go("#/o/Opportunity/board?pipeline=Sales&dialog=move:" + sale + ":Closed Lost");
    CHECK(ui.shows("Move to Closed Lost"));
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Lost Reason");
    CHECK(ui.app.context().kit().focus_visible);   // whose ring is seen, though the way here was by mouse
    ui.click(Role::Combobox, "Lost Reason");
    ui.click(Role::Option, "Pricing");
    ui.click(Role::Button, "Move");
    CHECK(value_of(ui, sale, "StageName") == "Closed Lost");
    CHECK(value_of(ui, sale, "LostReason") == "Pricing");
}

TEST_CASE("pipelines: a form offers the stages of the chosen pipeline") {
    UiDriver ui(1280, 1600);
    define(ui);
    ui.go("#/o/Opportunity/new");
    ui.click(Role::Combobox, "Stage");
    CHECK(ui.find(Role::Option, "Qualification"));
    CHECK_FALSE(ui.find(Role::Option, "Notice Sent"));
    ui.press("Escape");
    ui.click(Role::Combobox, "Pipeline");
    ui.click(Role::Option, "Renewals");
    ui.type(Role::TextField, "Opportunity Name", "Contract");
    ui.click(Role::Combobox, "Stage");
    CHECK(ui.find(Role::Option, "Notice Sent"));
    CHECK_FALSE(ui.find(Role::Option, "Qualification"));
}

TEST_CASE("board: all amounts are whole where the largest fits beside its day, else all are short") {
    UiDriver ui(390, 844, 1, true);
    const auto sell = [&](const char* name, const char* stage, const char* amount) {
        ui.create("Opportunity", R"("Name": ")" + std::string(name) + R"(", "StageName": ")" + stage + R"(", "CloseDate": "2026-12-01", "Amount": )" + amount);
    };
    for (const char* name : {"First", "Second"}) sell(name, "Prospecting", "75.00");   // lanes' sums are short anyway
    ui.go("#/o/Opportunity/board");
    CHECK_FALSE(ui.locale.shortened.contains("75.00"));
    sell("Whale", "Qualification", "123456789012.00");
    ui.settle();
    CHECK(ui.locale.shortened.contains("75.00"));
}

TEST_CASE("board: what a list is narrowed to is seen and taken off there; closed lanes begin with the latest") {
    UiDriver ui(1280, 900);
    ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-01-01", "Amount": 100, "LeadSource": "Web")");
    ui.create("Opportunity", R"("Name": "Early", "StageName": "Closed Won", "CloseDate": "2026-01-01", "LeadSource": "Web")");
    ui.create("Opportunity", R"("Name": "Late", "StageName": "Closed Won", "CloseDate": "2026-09-01", "LeadSource": "Web")");
    ui.create("Opportunity", R"("Name": "Pumps", "StageName": "Prospecting", "CloseDate": "2027-01-01")");
    ui.go("#/o/Opportunity?LeadSource=Web&q=turb");
    ui.click(Role::Button, "Board");
    CHECK(ui.app.context().route().path_text() == "#/o/Opportunity/board");
    CHECK(ui.shows("Turbines"));
    CHECK_FALSE(ui.shows("Pumps"));
    CHECK(ui.find(Role::Button, "Lead Source is Web"));
    CHECK(ui.find(Role::SearchField, "Filter")->value == "turb");
    ui.go("#/o/Opportunity/board?q=i");
    bool weighted = false;
    for (const SemanticsNode* lane : ui.find_all(Role::Group)) weighted = weighted || (lane->name.starts_with("Prospecting, 1 record") && lane->name.ends_with("weighted"));
    CHECK(weighted);
    // A filter that leaves cards only in a lane out of sight leads there.
    ui.go("#/o/Opportunity/board?where=IsWon = true");
    const auto cards = ui.find_all(Role::Link);
    const auto card = [&](std::string_view name) { return std::ranges::find_if(cards, [&](const SemanticsNode* each) { return each->name.starts_with(name); }); };
    REQUIRE(card("Late") != cards.end());
    REQUIRE(card("Early") != cards.end());
    CHECK((*card("Late"))->box.x < 1280);
    CHECK((*card("Late"))->box.y < (*card("Early"))->box.y);
}

TEST_CASE("board: where nothing has an amount no lane has a sum") {
    UiDriver ui(1280, 900);
    ui.create("Lead", R"("LastName": "Weiss", "Company": "Acme")");
    const auto sums = [&] { return std::ranges::count_if(ui.find_all(Role::Text), [](const SemanticsNode* text) { return text->name.starts_with("USD "); }); };
    ui.go("#/o/Lead/board");
    CHECK(ui.find(Role::Link, "Weiss"));
    CHECK(sums() == 0);
    ui.create("Lead", R"("LastName": "Rich", "Company": "Bolt", "AnnualRevenue": 5)");
    ui.settle();
    CHECK(sums() > 1);
}

TEST_CASE("board: conditions are set on the board itself, on a phone from its menu") {
    for (const bool phone : {false, true}) {
        UiDriver ui(phone ? 390 : 1280, 844);
        ui.create("Opportunity", R"("Name": "Turbines", "CloseDate": "2027-01-01")");
        ui.create("Opportunity", R"("Name": "Pumps", "CloseDate": "2027-01-01")");
        ui.go("#/o/Opportunity/board");
        if (phone) ui.click(Role::Button, "List menu");
        ui.click(phone ? Role::MenuItem : Role::Button, "Filters");
        REQUIRE(ui.find(Role::Dialog, "Conditions"));
        ui.click(Role::Button, "Advanced");
        ui.click(Role::Button, "Write as SOQL");
        ui.type(Role::TextArea, "SOQL condition", "Name = 'Turbines'");
        ui.click(Role::Button, "Apply");
        CHECK_FALSE(ui.find(Role::Dialog, "Conditions"));
        CHECK(ui.app.context().route().parameter("where") == "Name = 'Turbines'");
        CHECK(ui.shows("Turbines"));
        CHECK_FALSE(ui.shows("Pumps"));
        CHECK(ui.unnamed() == "");
    }
}

TEST_CASE("board: lanes by owner and by month; a card that moves gets another owner or month, the same day of it") {
    UiDriver ui(1600, 900);
    const std::string bo = ui.create("User", R"("FirstName": "Bo", "LastName": "Berg")");
    const std::string first = ui.create("Opportunity", R"("Name": "First", "CloseDate": "2027-01-31", "Amount": 5)");
    ui.create("Opportunity", R"("Name": "Second", "CloseDate": "2027-01-10", "OwnerId": ")" + bo + "\"");
    ui.create("Opportunity", R"("Name": "Gone", "CloseDate": "2020-01-10", "StageName": "Closed Lost")");
    ui.go("#/o/Opportunity/board?by=CloseDate");
    CHECK(ui.find(Role::Heading, "2027-01"));
    CHECK_FALSE(ui.shows("Gone"));   // what is closed is not to come
    ui.focus(Role::Link, "First, USD 5.00");
    ui.press("Ctrl+ArrowRight");
    CHECK(value_of(ui, first, "CloseDate") == "2027-02-28");
    CHECK(ui.shows("“First” moved to 2027-02"));
    ui.press("Ctrl+Z");
    CHECK(value_of(ui, first, "CloseDate") == "2027-01-31");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "First, USD 5.00");   // the keyboard goes back along with it
    ui.click(Role::Button, "Lanes: Close Date");
    ui.click(Role::MenuItem, "Opportunity Owner");
    CHECK(ui.find(Role::Heading, "Bo Berg"));
    CHECK(ui.unnamed() == "");
    ui.focus(Role::Link, "First, USD 5.00");
    ui.press("Ctrl+ArrowLeft");
    CHECK(ui.shows("“First” moved to Bo Berg"));
    CHECK(value_of(ui, first, "OwnerId") == bo);
}
