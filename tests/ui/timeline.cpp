// A record's activity, without a browser, by role and name: meetings logged and planned, changed fields told in their place.
#include <doctest/doctest.h>

#include "core/base/text.h"
#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string make_opportunity(UiDriver& ui) {
    return ui.create("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2027-03-31", "Amount": 10, "NextStep": "Call")");
}

void change(UiDriver& ui, const std::string& id, const std::string& fields, int minutes = 5) {
    ui.data.clock.instant += minutes * 60'000;
    ui.data.run(R"({"command": "UpdateRecord", "object": "Opportunity", "id": ")" + id + R"(", "fields": {)" + fields + "}}");
    ui.settle();
}

}  // namespace

TEST_CASE("timeline: a meeting that was is logged in two presses, one that is to be is planned") {
    UiDriver ui(1280, 1600);
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    ui.click(Role::Tab, "Meeting");
    ui.click(Role::Button, "Log meeting");
    CHECK(ui.count("Event") == 0);
    CHECK(ui.shows("Write something first."));
    ui.type(Role::TextArea, "Notes on the meeting", "They want two of them");
    ui.click(Role::Button, "Log meeting");
    CHECK(ui.count("Event WHERE Subject = 'Meeting' AND Type = 'Meeting' AND StartDateTime < 2026-11-24T00:00:00Z AND WhatId = '" + id + "'") == 1);
    CHECK(ui.shows("Meeting logged"));
    CHECK(ui.shows("They want two of them"));

    ui.type(Role::TextField, "Day of the meeting", "2026-12-01");
    ui.commit();
    ui.type(Role::TextField, "Start of the meeting", "14:30");
    ui.commit();
    ui.click(Role::Button, "Add meeting");   // needs no words yet
    CHECK(ui.count("Event WHERE StartDateTime = 2026-12-01T14:30:00Z AND EndDateTime = 2026-12-01T15:00:00Z") == 1);
    CHECK(ui.find(Role::Button, "Log meeting"));
    CHECK(ui.unnamed() == "");
    ui.app.context().undo();
    ui.settle();
    CHECK(ui.count("Event") == 1);
    ui.go("#/r/" + id + "?compose=meeting");
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Notes on the meeting");
}

TEST_CASE("timeline: changed fields stand among what happened, those of one person on a day together") {
    UiDriver ui(1280, 1800);
    const std::string id = make_opportunity(ui);
    ui.go("#/r/" + id);
    CHECK_FALSE(ui.shows("field changed"));
    change(ui, id, R"("Amount": 20)");
    CHECK(ui.find(Role::Button, "Amount"));
    CHECK(ui.shows("USD 10.00 → USD 20.00"));
    change(ui, id, R"("Amount": 30, "NextStep": "Quote")");
    CHECK_FALSE(ui.find(Role::Button, "Amount"));
    CHECK(ui.shows("2 fields changed"));
    CHECK(ui.shows("Amount: USD 10.00 → USD 30.00"));
    change(ui, id, R"("StageName": "Qualification")");   // an item of its own
    CHECK(ui.shows("Moved to Qualification"));
    CHECK_FALSE(ui.shows("Stage: "));
    CHECK_FALSE(ui.find(Role::Button, "Probability (%)"));   // it went along
    change(ui, id, R"("Probability": 65)");                  // set by hand
    CHECK(ui.find(Role::Button, "Probability (%)"));
    change(ui, id, R"("Amount": 40)", 24 * 60);
    CHECK(ui.shows("USD 30.00 → USD 40.00"));
    ui.app.context().undo();   // changed and changed back: nothing to tell
    ui.settle();
    CHECK_FALSE(ui.shows("USD 40.00"));
    CHECK(ui.shows("2 fields changed"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Calls");
    CHECK_FALSE(ui.shows("2 fields changed"));
    ui.click(Role::Button, "Show");
    ui.click(Role::MenuItem, "Stages and changes");
    CHECK(ui.shows("2 fields changed"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "2 fields changed");
    CHECK(ui.shows("Field history"));
    // Read anew with another page in between, and for another record nothing of this one.
    ui.go("#/r/" + ui.create("Account", R"("Name": "Acme")"));
    CHECK_FALSE(ui.shows("fields changed"));
    ui.go("#/r/" + id);
    CHECK(ui.shows("2 fields changed"));
}
