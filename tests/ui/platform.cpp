// What the page does with the browser's own ways: find-in-page, copy, contrast.
#include <doctest/doctest.h>

#include <string>

#include "imgui.h"
#include "tests/ui/driver.h"
#include "ui/contrast.h"
#include "ui/page.h"

namespace outpost {
namespace {

using namespace testing;

TEST_CASE("ui platform: find-in-page gets the rows out of sight once somebody searches, and reaches them") {
    UiDriver ui;
    for (int i = 0; i < 300; ++i)
        ui.data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Account )" + std::to_string(1000 + i) + R"("}})");
    ui.go("#/o/Account");
    CHECK(ui.app.semantics().findable == nullptr);
    ui.press("Ctrl+F");
    const auto findable = ui.app.semantics().findable;
    REQUIRE(findable != nullptr);
    CHECK_FALSE(ui.shows("Account 1250"));
    const FindableRows::Row* wanted = nullptr;
    for (const FindableRows::Row& row : findable->rows)
        if (row.text.find("Account 1250") != std::string::npos) wanted = &row;
    REQUIRE(wanted != nullptr);
    const std::string index = std::to_string(wanted->row_index);
    ui.frame({{PageEventKind::Found, findable->grid, index}});
    ui.settle();
    CHECK(ui.shows("Account 1250"));
    CHECK(ui.app.semantics().findable == findable);   // the same object: nothing is built anew
    ui.click(Role::Link, "Account 1250");
    CHECK(ui.app.semantics().findable == nullptr);
}

TEST_CASE("ui platform: copy gives the words of what has the focus") {
    UiDriver ui;
    ui.data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    ui.go("#/o/Account");
    ui.focus(Role::Link, "Acme");
    ImGuiIO& io = ImGui::GetIO();   // the platform turns the browser's copy event into these keys
    for (const bool down : {true, false}) {
        io.AddKeyEvent(ImGuiMod_Ctrl, down);
        io.AddKeyEvent(ImGuiKey_C, down);
        ui.frame();
    }
    REQUIRE(ui.browser.copied.size() == 1);
    CHECK(ui.browser.copied[0] == "Acme");
}

TEST_CASE("ui platform: more contrast means more") {
    for (const Palette& p : {with_more_contrast(light_palette()), with_more_contrast(dark_palette())}) {
        CHECK(contrast_ratio(p.text_secondary, p.surface) >= 7);
        CHECK(contrast_ratio(p.text_disabled, p.surface) >= 7);
        CHECK(contrast_ratio(p.field_border, p.field) >= 3);
        CHECK(contrast_ratio(p.border, p.canvas) >= 3);
    }
}

}  // namespace
}  // namespace outpost
