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
