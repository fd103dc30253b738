// Segments without a browser, by role and name: into one from a list, the list of its members, and out again.
#include <doctest/doctest.h>

#include "core/objects/standard_segment.h"
#include "tests/ui/driver.h"

using namespace outpost;
using outpost::testing::UiDriver;

TEST_CASE("segments: ticked records go into a new segment, whose page leads to their list, where they can leave it") {
    UiDriver ui(1280, 1200);
    for (const char* name : {"Ann", "Bob", "Cyd"}) ui.create("Lead", std::string(R"("Company": "C", "LastName": ")") + name + "\"");
    ui.go("#/o/Lead?sort=Name");
    ui.click(Role::Checkbox, "Select Ann");
    ui.click(Role::Checkbox, "Select Bob");
    ui.click(Role::Button, "Add to segment");
    CHECK(ui.shows("2 records will be added"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("Segment") == 0);          // a name is asked for first
    ui.type(Role::TextField, "Name of the new segment", "Fair");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Fair'") == 2);
    // Once more, with one that is in it already.
    ui.click(Role::Checkbox, "Select Bob");
    ui.click(Role::Checkbox, "Select Cyd");
    ui.click(Role::Button, "Add to segment");
    ui.click(Role::Combobox, "Segment");
    ui.click(Role::Option, "Fair");
    CHECK(ui.shows("1 record will be added"));
    CHECK(ui.shows("1 is in it already."));
    ui.click(Role::Button, "Save");
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Fair'") == 3);
    ui.press("Ctrl+Z");
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Fair'") == 2);

    // Those that are in it all are not to be saved once more.
    ui.click(Role::Checkbox, "Select Bob");
    ui.click(Role::Button, "Add to segment");
    ui.click(Role::Combobox, "Segment");
    ui.click(Role::Option, "Fair");
    REQUIRE(ui.find(Role::Button, "Save"));
    CHECK((ui.find(Role::Button, "Save")->states & semantics_state::disabled) != 0);
    CHECK_FALSE(ui.shows("One undo"));
    ui.press("Escape");

    ui.go("#/o/Segment");
    CHECK(ui.shows("Fair"));
    CHECK(ui.shows("2 members"));
    ui.click(Role::Link, "Fair");
    CHECK(ui.shows("Members"));
    ui.click(Role::Link, "Leads in the segment");
    CHECK(ui.find(Role::Checkbox, "Select Ann"));
    CHECK_FALSE(ui.find(Role::Checkbox, "Select Cyd"));
    CHECK(ui.find(Role::Button, "Fair"));       // what the list is called
    // The board goes on with them; the list without them is all, and stays so.
    const std::string members = ui.app.context().route().to_text();
    ui.click(Role::Button, "Board");
    CHECK(ui.find(Role::Link, "Ann"));
    CHECK_FALSE(ui.find(Role::Link, "Cyd"));
    ui.go(members);
    ui.click(Role::Button, "Remove Segment: Fair");
    CHECK(ui.find(Role::Checkbox, "Select Cyd"));
    ui.go(members);
    ui.go("#/o/Lead");
    CHECK(ui.find(Role::Checkbox, "Select Cyd"));
    ui.go(members);
    ui.click(Role::Checkbox, "Select Ann");
    ui.click(Role::Button, "Remove from segment");
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Fair'") == 1);
    CHECK_FALSE(ui.find(Role::Checkbox, "Select Ann"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("segments: a record's page tells which it is in, and its menu adds it to another") {
    UiDriver ui(1280, 2600);
    const std::string id = ui.create("Account", R"("Name": "Acme")");
    ui.go("#/r/" + id + "?dialog=segment:" + id);
    ui.type(Role::TextField, "Name of the new segment", "Key accounts");
    ui.click(Role::Button, "Save");
    CHECK(ui.count("SegmentMember WHERE Segment.Name = 'Key accounts'") == 1);
    ui.go("#/r/" + id);
    CHECK(ui.find(Role::Region, "Segments"));
    ui.click(Role::Link, "Key accounts");
    CHECK(ui.find(Role::Link, "Accounts in the segment"));
}

TEST_CASE("segments: on a phone a row says how many are in it; several filters are one chip, which takes all away") {
    UiDriver ui(390, 844, 1, true);
    const std::string id = ui.create("Lead", R"("Company": "C", "LastName": "Ann", "LeadSource": "Web")");
    ui.create("Lead", R"("Company": "C", "LastName": "Bob")");
    ui.go("#/r/" + id + "?dialog=segment:" + id);
    ui.type(Role::TextField, "Name of the new segment", "A fair with a name that is longer than a phone is wide");
    ui.click(Role::Button, "Save");
    ui.go("#/o/Segment");
    CHECK(ui.shows("1 member"));
    const auto inside = [&](std::string_view name) {
        const SemanticsNode* node = ui.find(Role::Button, name);
        return node && node->box.x + node->box.width <= 390;
    };
    const std::string list = "#/o/Lead?segment=" + to_text(ui.data.workspace.records().id_of({standard_object::segment, 0}));
    ui.go(list);
    CHECK(inside("Segment: A fair with a name that is longer than a phone is wide"));
    CHECK(inside("Remove Segment: A fair with a name that is longer than a phone is wide"));
    ui.go(list + "&LeadSource=Web");
    CHECK(inside("Remove 2 filters"));
    CHECK_FALSE(ui.find(Role::Link, "Bob"));
    ui.click(Role::Button, "Remove 2 filters");
    CHECK(ui.find(Role::Link, "Bob"));
    CHECK_FALSE(ui.find(Role::Button, "Remove 2 filters"));
}

TEST_CASE("segments: what can be done with ticked rows is in words where a tablet has room for them") {
    for (const float width : {1000.0f, 620.0f}) {
        UiDriver ui(width, 1180, 1, true);
        ui.create("Account", R"("Name": "Acme")");
        ui.go("#/o/Account");
        ui.click(Role::Checkbox, "Select Acme");
        for (const char* name : {"Add to segment", "Delete"}) {
            const SemanticsNode* button = ui.find(Role::Button, name);
            REQUIRE(button != nullptr);
            CHECK((button->box.width > 60) == (width > 900));
            CHECK(button->box.x + button->box.width <= width);
        }
        CHECK(ui.find(Role::Button, "Delete")->box.x > ui.find(Role::Button, "Add to segment")->box.x);
    }
}
