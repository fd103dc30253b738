// Stalled opportunities on the board and on their page, without a browser, by role and name.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("stalled: the board and the record say it, and the next step ends it") {
    UiDriver ui(1280, 1400);
    const std::string id = ui.data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "Big sale", "StageName": "Prospecting", "CloseDate": "2027-12-01", "Amount": 100}})");
    ui.go("#/o/Opportunity/board");
    CHECK(ui.find(Role::Link, "Big sale, USD 100.00"));
    CHECK_FALSE(ui.shows("1 stalled"));
    ui.data.clock.instant += 45 * milliseconds_per_day;
    ui.go("#/r/" + id);
    CHECK(ui.shows("No activity for 45 days, and nothing is planned."));
    ui.go("#/o/Opportunity/board");
    CHECK(ui.find(Role::Link, "Big sale, USD 100.00, no activity for 45 days"));
    CHECK(ui.shows("1 stalled"));
    ui.go("#/r/" + id);
    ui.click(Role::Button, "Plan a next step");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Task subject");
    ui.type(Role::TextField, "Task subject", "Call back");
    ui.click(Role::Button, "Add task");
    CHECK_FALSE(ui.shows("No activity for 45 days"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("stalled: the board shows them alone with their sums, by a number of days that is set, and marks big ones") {
    UiDriver ui(1280, 1400);
    ui.create("Opportunity", R"("Name": "Old", "CloseDate": "2027-12-01", "Amount": 100)");
    ui.data.clock.instant += 8 * milliseconds_per_day;
    ui.create("Opportunity", R"("Name": "New", "CloseDate": "2027-12-01", "Amount": 5000)");
    ui.go("#/settings/stages");
    ui.type(Role::TextField, "Stalled after days", "7");
    ui.commit();
    ui.type(Role::TextField, "Big from", "1000");
    ui.commit();
    ui.type(Role::TextField, "Stalled after days", "0");
    ui.commit();
    CHECK(ui.shows("1"));
    CHECK(ui.unnamed() == "");
    ui.go("#/o/Opportunity/board");
    CHECK(ui.find(Role::Link, "Old, USD 100.00, no activity for 8 days"));
    CHECK(ui.find(Role::Link, "New, USD 5000.00, big"));
    ui.click(Role::Button, "Stalled");
    CHECK_FALSE(ui.find(Role::Link, "New, USD 5000.00, big"));
    CHECK(ui.shows("1 record"));
    CHECK(ui.shows("USD 100.00"));
    // None stalled: said once, with a way back.
    ui.data.run(R"({"command": "UpdateRecords", "object": "Opportunity", "where": "Name = 'Old'", "fields": {"StageName": "Closed Won"}})");
    ui.settle();
    CHECK(ui.find(Role::Heading, "No opportunities are stalled"));
    CHECK_FALSE(ui.shows("Nothing here yet"));
    ui.click(Role::Button, "Clear filters");
    CHECK(ui.find(Role::Link, "New, USD 5000.00, big"));
}

TEST_CASE("competitors: an opportunity lists them, with what they are good at") {
    UiDriver ui(1280, 1800);
    const std::string id = ui.create("Opportunity", R"("Name": "Sale", "CloseDate": "2027-12-01")");
    ui.create("OpportunityCompetitor", R"("CompetitorName": "Rival", "Strengths": "Cheap", "OpportunityId": ")" + id + "\"");
    ui.go("#/r/" + id);
    CHECK(ui.shows("Competitors"));
    CHECK(ui.shows("Rival"));
    CHECK(ui.count("OpportunityCompetitor WHERE Opportunity.Name = 'Sale'") == 1);
}

TEST_CASE("competitors: a lost opportunity asks which of them got it; one edit and one undo") {
    UiDriver ui;
    const std::string id = ui.create("Opportunity", R"("Name": "Sale", "StageName": "Prospecting", "CloseDate": "2026-12-31")");
    ui.create("OpportunityCompetitor", R"("CompetitorName": "Rival", "OpportunityId": ")" + id + "\"");
    ui.create("OpportunityCompetitor", R"("CompetitorName": "Other", "OpportunityId": ")" + id + "\"");
    ui.go("#/r/" + id + "?dialog=move:" + id + ":Closed Lost");
    REQUIRE(ui.find(Role::Combobox, "Lost to"));
    CHECK(ui.unnamed().empty());
    ui.click(Role::Combobox, "Lost to");
    ui.click(Role::Option, "Rival");
    ui.click(Role::Button, "Move");
    CHECK(ui.count("Opportunity WHERE IsClosed = true AND IsWon = false") == 1);
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true AND CompetitorName = 'Rival'") == 1);
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true") == 1);
    ui.press("Ctrl+Z");
    CHECK(ui.count("Opportunity WHERE IsClosed = true") == 0);
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true") == 0);
}

TEST_CASE("competitors: how it ended begins with how it did: its reason, and who got it, which may be nobody") {
    UiDriver ui;
    const std::string id = ui.create("Opportunity", R"("Name": "Sale", "StageName": "Closed Lost", "LostReason": "Pricing", "CloseDate": "2026-12-31")");
    ui.create("OpportunityCompetitor", R"("CompetitorName": "Rival", "IsWinner": true, "OpportunityId": ")" + id + "\"");
    const auto reopened = [&] {
        ui.go("#/r/" + id + "?dialog=close:" + id);
        CHECK((ui.find(Role::Radio, "Closed Lost")->states & semantics_state::checked) != 0);
    };
    reopened();
    CHECK(ui.find(Role::Combobox, "Lost Reason")->value == "Pricing");
    CHECK(ui.find(Role::Combobox, "Lost to")->value == "Rival");
    ui.click(Role::Combobox, "Lost to");
    ui.click(Role::Option, "None");
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Opportunity saved"));
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true") == 0);
    CHECK(ui.count("Opportunity WHERE LostReason = 'Pricing'") == 1);
    ui.press("Ctrl+Z");
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true") == 1);
    reopened();
    ui.click(Role::Radio, "Closed Won");
    CHECK_FALSE(ui.find(Role::Combobox, "Lost to"));
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Opportunity WHERE IsWon = true AND LostReason = null") == 1);
    CHECK(ui.count("OpportunityCompetitor WHERE IsWinner = true") == 0);
}
