// For who sees no pointer and maybe no page: what a search tells of its list, and that the focus stays where a key was pressed.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/ui/scene.h"
#include "ui/kit/kit.h"

using namespace outpost;
using outpost::testing::Scene;
using outpost::testing::UiDriver;

namespace {

namespace state = semantics_state;

std::uint32_t states_of(const Scene& scene, Role role, std::string_view name) {
    const SemanticsNode* node = scene.find(role, name);
    REQUIRE(node != nullptr);
    return node->states;
}

}  // namespace

TEST_CASE("ui kit: a list's search tells which option its arrows have come to, and how many are found once the typing rests") {
    Scene scene;
    std::vector<kit::Choice> choices;
    for (const char* name : {"Amber", "Blue", "Coral", "Denim", "Emerald", "Fawn", "Gold", "Hazel", "Ivory"}) choices.push_back({name, name});
    std::string value = "Blue";
    std::vector<std::string> values;
    scene.show([&](Context& context) {
        kit::picklist(context, "color", "Colour", choices, value);
        kit::multi_select(context, "all", "Colours", choices, values);
    });
    const auto told = [&](std::string_view option) {
        const SemanticsNode *field = scene.find(Role::SearchField, "Colour"), *list = scene.find(Role::Listbox, "Choices"), *at = scene.find(Role::Option, option);
        REQUIRE((field && list && at));
        REQUIRE(scene.find(Role::Combobox, "Colour"));
        CHECK(scene.find(Role::Combobox, "Colour")->controls == list->id);
        return (field->states & state::expanded) != 0 && field->controls == list->id && field->active == at->id && (at->states & state::selected) != 0;
    };
    scene.click(Role::Combobox, "Colour");
    CHECK(told("Blue"));
    scene.press("ArrowDown");
    CHECK(told("Coral"));
    CHECK((states_of(scene, Role::Option, "Blue") & state::selected) == 0);
    scene.type(Role::SearchField, "Colour", "a");
    CHECK(told("Amber"));
    CHECK(scene.said.empty());
    scene.data.clock.advance_milliseconds(600);
    scene.settle();
    CHECK(scene.said == std::vector<std::string>{"5 results"});
    scene.type(Role::SearchField, "Colour", "xyz");
    scene.data.clock.advance_milliseconds(600);
    scene.settle();
    CHECK(scene.said.back() == "No matches");
    REQUIRE(scene.find(Role::SearchField, "Colour"));
    CHECK((states_of(scene, Role::SearchField, "Colour") & state::collapsed) != 0);
    CHECK(scene.find(Role::SearchField, "Colour")->active == 0);
    CHECK((states_of(scene, Role::Listbox, "Choices") & state::multi_selectable) == 0);
    scene.cancel();
    scene.click(Role::Combobox, "Colours");
    CHECK((states_of(scene, Role::Listbox, "Choices") & state::multi_selectable) != 0);
}

TEST_CASE("ui kit: where what has the focus goes by a key, its neighbour has it; a press leaves it be") {
    Scene scene;
    std::vector<std::string> names{"One", "Two", "Three"};
    scene.show([&](Context& context) {
        for (const std::string& name : std::vector(names))
            if (kit::button(context, name, name)) std::erase(names, name);
    });
    const auto focused = [&] { return scene.focused() ? scene.focused()->name : std::string(); };
    scene.focus(Role::Button, "Two");
    scene.press("Enter");
    CHECK(names.size() == 2);
    CHECK(focused() == "Three");
    scene.press("Enter");
    CHECK(focused() == "Close");   // the dialog's own
    names = {"One", "Two"};
    scene.settle();
    scene.click(Role::Button, "One");
    CHECK(focused().empty());
}

TEST_CASE("record page: after an edit by keys, saved or left, its button has the focus again") {
    UiDriver ui(1440, 900);
    ui.go("#/r/" + ui.create("Account", R"("Name": "Acme", "Phone": "+49 30 1")"));
    const auto begin = [&](std::string_view button) {
        ui.focus(Role::Button, button);
        ui.press("Enter");
        ui.settle();
    };
    const auto focused = [&] { return ui.focused() ? ui.focused()->name : std::string(); };
    begin("Edit Phone");
    ui.type(Role::TextField, "Phone", "+49 30 2");
    ui.commit();
    CHECK(ui.count("Account WHERE Phone = '+49 30 2'") == 1);
    CHECK(focused() == "Edit Phone");
    begin("Edit Phone");
    ui.cancel();
    CHECK(focused() == "Edit Phone");
    begin("Edit Account Type");
    REQUIRE(focused() == "Account Type");
    ui.press("Enter");
    ui.activate(Role::Option, "Prospect");
    CHECK(ui.count("Account WHERE Type = 'Prospect'") == 1);
    CHECK(focused() == "Edit Account Type");
}

TEST_CASE("navigation: by keys the focus stays on what was pressed: the sidebar's width, list and board, a task that is ticked") {
    UiDriver ui(1440, 900);
    const auto press = [&](Role role, std::string_view name) {
        ui.focus(role, name);
        ui.press("Enter");
        return ui.focused() ? ui.focused()->name : std::string();
    };
    ui.create("Account", R"("Name": "Acme")");
    for (const char* name : {"One", "Two", "Three"}) ui.create("Task", "\"Subject\": \"" + std::string(name) + R"(", "ActivityDate": "2026-11-20")");
    ui.create("Opportunity", R"("Name": "Big", "StageName": "Prospecting", "CloseDate": "2026-12-31")");
    ui.go("#/");
    CHECK(press(Role::Button, "Collapse the sidebar") == "Expand the sidebar");
    CHECK(press(Role::Button, "Expand the sidebar") == "Collapse the sidebar");
    std::vector<std::string> ticks;
    for (const SemanticsNode* tick : ui.find_all(Role::Checkbox)) ticks.push_back(tick->name);
    REQUIRE(ticks.size() == 3);
    CHECK(press(Role::Checkbox, ticks[0]) == ticks[1]);
    CHECK(ui.count("Task WHERE IsClosed = true") == 1);
    ui.go("#/o/Opportunity");
    CHECK(press(Role::Button, "Board") == "Board");
    CHECK(ui.app.context().route().to_text().contains("board"));
    CHECK(press(Role::Button, "List") == "List");
    CHECK_FALSE(ui.app.context().route().to_text().contains("board"));
}

TEST_CASE("navigation: where a dialog's answer takes away what opened it, the focus goes on beside that") {
    UiDriver ui(1440, 900);
    for (const char* name : {"One", "Two", "Three"}) ui.create("Account", "\"Name\": \"" + std::string(name) + "\"");
    ui.go("#/o/Account");
    for (const char* name : {"Select One", "Select Two"}) ui.activate(Role::Checkbox, name);
    ui.focus(Role::Button, "Delete");
    ui.press("Enter");
    REQUIRE(ui.find_all(Role::AlertDialog).size() == 1);
    ui.activate(Role::Button, "Delete");
    CHECK(ui.count("Account") == 1);
    CHECK(ui.find_all(Role::AlertDialog).empty());
    CHECK(ui.focused() != nullptr);
}
