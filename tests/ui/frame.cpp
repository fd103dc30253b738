// The application frame: places, shortcuts, toasts, status, phases, and every page's nodes having names.
#include <doctest/doctest.h>

#include "tests/ui/driver.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

using testing::UiDriver;

TEST_CASE("ui frame: the sidebar leads to every object, a custom one included") {
    UiDriver ui;
    CHECK(ui.find(Role::Navigation, "Navigation") != nullptr);
    ui.data.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "Text", "label": "Name"}})");
    ui.settle();
    ui.click(Role::Link, "Site Visits");
    REQUIRE_FALSE(ui.browser.routes.empty());
    CHECK(ui.browser.routes.back() == "#/o/Site_Visit__c");
    CHECK(ui.unnamed() == "");
}

TEST_CASE("ui frame: g and a letter go places, question mark lists the shortcuts, an unknown address says so") {
    UiDriver ui;
    ui.press("g");
    ui.press("l");
    CHECK(ui.browser.routes.back() == "#/o/Lead");
    ui.press("?");
    CHECK(ui.find(Role::Dialog, "Keyboard shortcuts") != nullptr);
    ui.press("Escape");
    CHECK(ui.find(Role::Dialog, "Keyboard shortcuts") == nullptr);
    ui.go("#/nothing/like/it");
    CHECK(ui.find(Role::Heading, "There is nothing here") != nullptr);
    ui.click(Role::Button, "Go home");
    CHECK(ui.browser.routes.back() == "#/");
}

TEST_CASE("ui frame: a command's toast offers undo, and a refused one says why") {
    UiDriver ui;
    const std::string id = ui.data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    const auto record = ui.data.workspace.records().find(*parse_record_id(id));
    REQUIRE(record);
    Context& context = ui.app.context();
    context.submit(UpdateRecord{*record, {{system_field::name, std::string("Acme Ltd")}}}, {}, {.toast = "Renamed"});
    ui.frame();
    ui.settle();
    CHECK(ui.data.workspace.records().display_name(*record) == "Acme Ltd");
    CHECK(ui.shows("Renamed"));
    ui.click(Role::Button, "Undo");
    CHECK(ui.data.workspace.records().display_name(*record) == "Acme");
    context.submit(UpdateRecord{*record, {{system_field::name, Value{}}}});
    ui.frame();
    ui.settle();
    CHECK(ui.shows("required"));
}

TEST_CASE("ui frame: the status says Saving until the storage has it") {
    UiDriver ui;
    ui.settle();
    CHECK(ui.find(Role::Status, "Saved") != nullptr);
    ui.data.storage.hold_writes = true;
    ui.data.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    ui.settle();
    CHECK(ui.find(Role::Status, "Saving…") != nullptr);
    ui.data.storage.hold_writes = false;
    ui.settle();
    ui.settle();
    CHECK(ui.find(Role::Status, "Saved") != nullptr);
    ui.browser.online = false;
    ui.settle();
    CHECK(ui.find(Role::Status, "Saved · offline") != nullptr);
}

TEST_CASE("ui frame: an update waits for what is not saved, says so, and comes by itself then") {
    UiDriver ui;
    int applied = 0;
    ui.app.set_update_ready([&] { ++applied; });
    ui.data.storage.hold_writes = true;
    ui.data.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    ui.settle();
    ui.click(Role::Button, "Reload");
    CHECK(applied == 0);
    CHECK(ui.shows("Something is not saved yet"));
    CHECK(ui.find(Role::Button, "Reload") != nullptr);
    ui.data.storage.hold_writes = false;
    ui.settle();
    ui.settle();
    CHECK(applied == 1);

    // A form that is being filled in counts as well, and taking it back is as good as saving.
    ui.go("#/o/Account/new");
    ui.type(Role::TextField, "Account Name", "Beta");
    ui.click(Role::Button, "Reload");
    CHECK(applied == 1);
    CHECK(ui.shows("Something is not saved yet"));
    ui.type(Role::TextField, "Account Name", "");
    ui.settle();
    ui.settle();
    CHECK(applied == 1);
    ui.click(Role::Button, "Cancel");
    if (ui.find(Role::Button, "Discard")) ui.click(Role::Button, "Discard");
    ui.settle();
    CHECK(applied == 2);
}

TEST_CASE("ui frame: on a phone a toast is gone on the second page after it") {
    UiDriver ui(390, 844, 1, true);
    ui.go("#/");
    ui.app.context().toast({.text = "Renamed", .action_label = "Undo", .action = [] {}});
    ui.settle();
    ui.go("#/o/Account");
    CHECK(ui.shows("Renamed"));
    ui.go("#/o/Contact");
    CHECK_FALSE(ui.shows("Renamed"));
}

TEST_CASE("ui frame: a phone's places are equally wide") {
    for (const float width : {320.0f, 390.0f}) {
        UiDriver ui(width, 844, 1, true);
        ui.go("#/");
        for (const char* place : {"Home", "Leads", "Opportunities", "Tasks"}) {
            REQUIRE(ui.find(Role::Link, place));
            CHECK(ui.find(Role::Link, place)->box.width == doctest::Approx(width / 5 - 4).epsilon(0.03));
        }
    }
}

TEST_CASE("ui frame: the list of shortcuts has the calendar's") {
    UiDriver ui(1280, 1200);
    ui.go("#/");
    ui.press("?");
    for (const char* words : {"Move an event", "Agenda", "Delete"}) CHECK(ui.shows(words));
}

TEST_CASE("ui frame: on a phone one toast takes the place of the other, so that rows stay in reach") {
    const auto toasts = [](UiDriver& ui) {
        for (const char* text : {"First", "Second"}) {
            ui.app.context().toast(text);
            ui.settle();
        }
        return ui.shows("Second") ? ui.shows("First") ? 2 : 1 : 0;
    };
    {
        UiDriver desk;
        CHECK(toasts(desk) == 2);
    }
    UiDriver phone(390, 844, 2, true);
    CHECK(toasts(phone) == 1);
}

TEST_CASE("ui frame: another tab's page takes over on request") {
    UiDriver ui;
    bool taken = false;
    ui.app.set_take_over([&] { taken = true; });
    ui.app.set_phase(AppPhase::OtherTab);
    ui.settle();
    ui.click(Role::Button, "Use Outpost here");
    CHECK(taken);
}

TEST_CASE("ui frame: a notice keeps clear of the field that is typed into") {
    UiDriver ui(390, 420, 1, true);
    ui.go("#/r/" + ui.create("Lead", R"("LastName": "Ann", "Company": "Acme")"));
    ui.app.context().toast("Lead created");
    ui.frame();
    ui.settle();
    REQUIRE(ui.find(Role::Button, "Close"));
    CHECK(ui.find(Role::Button, "Close")->box.y > 200);
    ui.click(Role::Button, "More actions");
    ui.click(Role::MenuItem, "Log a call");
    REQUIRE(ui.focused());
    REQUIRE(ui.focused()->input != InputKind::None);
    const Box field = ui.focused()->box, close = ui.find(Role::Button, "Close")->box;
    CHECK((close.y + close.height < field.y || close.y > field.y + field.height));
}

TEST_CASE("ui frame: phones get a bar below, tablets a sidebar over the page") {
    {
        UiDriver phone(390, 844, 2, true);
        CHECK(phone.find(Role::Link, "Leads") != nullptr);
        phone.click(Role::Button, "More");
        CHECK(phone.find(Role::Dialog, "More") != nullptr);
        CHECK(phone.find(Role::Link, "Accounts") != nullptr);
        CHECK(phone.unnamed() == "");
    }
    UiDriver tablet(820, 1180, 2, true);
    tablet.click(Role::Button, "Navigation");
    tablet.click(Role::Link, "Accounts");
    CHECK(tablet.browser.routes.back() == "#/o/Account");
}

TEST_CASE("ui frame: every page draws in every size, theme and language without an unnamed thing") {
    for (const float width : {1440.0f, 820.0f, 390.0f}) {
        UiDriver ui(width, 900, 1.5f, width < 1000);
        ui.data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "Big one", "StageName": "Prospecting", "CloseDate": "2026-12-01", "Amount": 1200}})");
        const std::string lead = ui.data.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Müller", "Company": "北京科技"}})");
        for (const bool dark : {false, true}) {
            ui.browser.dark = dark;
            ui.browser.settings["language"] = dark ? "zh-CN" : "en";
            for (const std::string& route : {std::string("#/"), std::string("#/o/Lead"), std::string("#/o/Lead/new"), std::string("#/o/Opportunity/board"),
                                             "#/r/" + lead, "#/r/" + lead + "/edit", std::string("#/settings"), std::string("#/import")}) {
                CAPTURE(route);
                CAPTURE(width);
                ui.go(route);
                CHECK(ui.unnamed() == "");
                CHECK(ui.nodes().size() > 5);
            }
        }
    }
}

TEST_CASE("ui frame: a new record of any kind is two taps away on every page and size") {
    for (const float width : {1440.0f, 820.0f, 390.0f}) {
        UiDriver ui(width, 844, 1, width < 1000);
        ui.go("#/settings");
        ui.click(Role::Button, "New record");
        REQUIRE(ui.find(Role::Menu, "New record") != nullptr);
        ui.click(Role::MenuItem, "New opportunity");
        CHECK(ui.browser.routes.back() == "#/o/Opportunity/new");
    }
}

TEST_CASE("ui frame: the browser's own parts follow the theme, once for each change") {
    UiDriver ui;
    ui.settle();
    CHECK_FALSE(ui.browser.shown_dark);
    CHECK(ui.browser.shown_frame == (light_palette().sidebar.argb & 0xFFFFFF));
    ui.browser.settings["theme"] = "dark";
    ui.settle();
    CHECK(ui.browser.shown_dark);
    CHECK(ui.browser.shown_frame == (dark_palette().sidebar.argb & 0xFFFFFF));
    const int told = ui.browser.theme_calls;
    ui.settle();
    CHECK(ui.browser.theme_calls == told);
}

TEST_CASE("ui frame: a long toast is shown whole") {
    UiDriver ui;
    ui.app.context().toast(std::string("Later edits touched the same records, so that this edit can't be taken back by itself. Undo those first, or change the records by hand."), Tone::Warning);
    ui.frame();
    ui.settle();
    for (const SemanticsNode* node : ui.find_all(Role::Text))
        if (node->name.starts_with("Later edits")) CHECK(node->box.height >= 40);
    CHECK(ui.shows("by hand"));
}

TEST_CASE("ui frame: the first visit offers three ways to begin, side by side or one below the other") {
    for (const float width : {1440.0f, 390.0f}) {
        UiDriver ui(width, 900, 1, width < 1000);
        ui.settle();
        const SemanticsNode* sample = ui.find(Role::Button, "Try it with sample data");
        const SemanticsNode* import = ui.find(Role::Button, "Import a file");
        REQUIRE(sample != nullptr);
        REQUIRE(import != nullptr);
        CHECK(ui.find(Role::Button, "New lead") != nullptr);
        if (width > 1000) CHECK(sample->box.y == import->box.y);
        else CHECK(sample->box.y < import->box.y);
    }
    UiDriver ui;
    ui.click(Role::Button, "Try it with sample data");
    CHECK(ui.find(Role::Button, "Remove sample data") != nullptr);
    ui.click(Role::Button, "Close");   // the note; what it offers stays in Settings
    CHECK(ui.browser.settings["sample_note"] == "closed");
    CHECK(ui.find(Role::Button, "Remove sample data") == nullptr);
    ui.go("#/settings");
    CHECK(ui.find(Role::Button, "Remove sample data") != nullptr);
}

}  // namespace
}  // namespace outpost
