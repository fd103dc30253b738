// Each control of the kit, driven by role and name alone, in a dialog of its own.
#include <doctest/doctest.h>

#include <tuple>

#include "tests/ui/scene.h"
#include "ui/kit/internal.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

using testing::Scene;
using testing::UiDriver;
namespace state = semantics_state;

std::uint32_t states_of(const Scene& scene, Role role, std::string_view name) {
    const SemanticsNode* node = scene.find(role, name);
    REQUIRE(node != nullptr);
    return node->states;
}

TEST_CASE("ui kit: a button is pressed by pointer, keyboard and assistive technology, not when disabled") {
    Scene scene;
    int pressed = 0, wrong = 0;
    scene.show([&](Context& context) {
        if (kit::button(context, "go", "Go on")) ++pressed;
        if (kit::button(context, "off", "Off", {.disabled = true})) ++wrong;
    });
    scene.click(Role::Button, "Go on");
    CHECK(pressed == 1);
    scene.activate(Role::Button, "Go on");
    CHECK(pressed == 2);
    scene.focus(Role::Button, "Go on");
    scene.press("Enter");
    CHECK(pressed == 3);
    scene.click(Role::Button, "Off");
    scene.activate(Role::Button, "Off");
    CHECK(wrong == 0);
    CHECK((states_of(scene, Role::Button, "Off") & state::disabled) != 0);
}

TEST_CASE("ui kit: a text field gives edits, commits on Enter and on leaving, and tells a cancel") {
    Scene scene;
    std::string draft = "old";
    int commits = 0, cancels = 0;
    scene.show([&](Context& context) {
        const kit::Edited edited = kit::text_field(context, "name", "Name", draft, {.required = true});
        if (edited.committed) ++commits;
        if (edited.cancelled) ++cancels;
        kit::button(context, "other", "Other");
    });
    scene.type(Role::TextField, "Name", "Zoë");
    CHECK(draft == "Zoë");
    CHECK(commits == 0);
    scene.commit();
    CHECK(commits == 1);
    scene.type(Role::TextField, "Name", "Zoë M");
    scene.click(Role::Button, "Other");
    CHECK(commits == 2);
    CHECK((states_of(scene, Role::TextField, "Name") & state::required) != 0);
}

TEST_CASE("ui kit: an error stands at its field") {
    Scene scene;
    std::string draft;
    scene.show([&](Context& context) { kit::text_field(context, "mail", "Email", draft, {.error = "Write an address."}); });
    const SemanticsNode* field = scene.find(Role::TextField, "Email");
    REQUIRE(field != nullptr);
    CHECK((field->states & state::invalid) != 0);
    CHECK(field->description == "Write an address.");
}

TEST_CASE("ui kit: numbers are read in either style, dates by word and by style") {
    Scene scene;
    kit::NumberDraft number;
    kit::DateDraft date;
    scene.show([&](Context& context) {
        kit::money_field(context, "amount", "Amount", number, "EUR");
        kit::date_field(context, "close", "Close", date);
    });
    scene.type(Role::TextField, "Amount", "1.234,50");
    REQUIRE(number.value);
    CHECK(to_text(*number.value) == "1234.50");
    scene.type(Role::TextField, "Amount", "25k");
    REQUIRE(number.value);
    CHECK(to_text(*number.value) == "25000.00");
    scene.type(Role::TextField, "Amount", "many");
    CHECK_FALSE(number.valid);
    scene.type(Role::TextField, "Close", "today");
    scene.commit();
    CHECK(date.text == "23/11/2026");
    scene.type(Role::TextField, "Close", "24.12.2026");
    scene.commit();
    CHECK(date.text == "24/12/2026");
    // The empty field says the form that it takes.
    CHECK(scene.find(Role::TextField, "Close")->placeholder == "DD/MM/YYYY");
    scene.type(Role::TextField, "Close", "03/04/2026");
    scene.commit();
    CHECK(date.text == "03/04/2026");
    // What is to be edited stands in that form too, and is taken as it stands.
    scene.focus(Role::TextField, "Amount");
    date = kit::DateDraft::of(parse_iso_date("2027-02-01"));
    scene.settle();
    CHECK(scene.find(Role::TextField, "Close")->value == "01/02/2027");
    scene.type(Role::TextField, "Close", scene.find(Role::TextField, "Close")->value);
    scene.commit();
    CHECK(date.value == parse_iso_date("2027-02-01"));
    scene.type(Role::TextField, "Close", "soon");
    scene.commit();
    CHECK_FALSE(date.valid);
}

TEST_CASE("ui kit: a date is picked from the calendar, by pointer and by arrow keys") {
    Scene scene;
    kit::DateDraft date;
    scene.show([&](Context& context) { kit::date_field(context, "close", "Close", date); });
    scene.click(Role::Button, "Choose a date for Close");
    scene.click(Role::Button, "Wed 2026-11-25");
    CHECK(date.text == "25/11/2026");
    CHECK(scene.find(Role::Dialog, "Choose a date for Close") == nullptr);
    scene.click(Role::Button, "Choose a date for Close");
    scene.focus(Role::Button, "Wed 2026-11-25");
    scene.press("ArrowDown");
    scene.press("ArrowRight");
    scene.press("Enter");
    CHECK(date.text == "03/12/2026");
}

TEST_CASE("ui kit: a finger finds the days of a calendar: over the sheet's width, tall enough") {
    Scene scene(390, 844, 1, true);
    kit::DateDraft date = kit::DateDraft::of(parse_iso_date("2026-11-25"));
    scene.show([&](Context& context) { kit::date_field(context, "close", "Close", date); });
    scene.click(Role::Button, "Choose a date for Close");
    const auto box = [&](std::string_view day) {
        REQUIRE(scene.find(Role::Button, day) != nullptr);
        return scene.find(Role::Button, day)->box;
    };
    CHECK(box("Wed 2026-11-25").height >= 40);
    CHECK(box("Wed 2026-11-25").width >= 40);
    CHECK(box("Sun 2026-11-29").x + box("Sun 2026-11-29").width >= 340);   // the week's last day here
    CHECK(box("Sun 2026-11-29").x + box("Sun 2026-11-29").width <= 390);
}

TEST_CASE("ui kit: the arrow key down opens the calendar from the field; Home, End and page keys move by week, month and year") {
    Scene scene;
    kit::DateDraft date = kit::DateDraft::of(parse_iso_date("2026-11-25"));   // a Wednesday
    scene.show([&](Context& context) { kit::date_field(context, "close", "Close", date); });
    scene.focus(Role::TextField, "Close");
    scene.press("ArrowDown");
    REQUIRE(scene.find(Role::Dialog, "Choose a date for Close") != nullptr);
    const auto lands_on = [&](std::string_view chord, std::string_view day) {
        scene.press(chord);
        REQUIRE(scene.focused() != nullptr);
        CHECK(scene.focused()->name == day);
    };
    REQUIRE(scene.focused());
    CHECK(scene.focused()->name == "Wed 2026-11-25");   // it begins at the day that is set
    CHECK((scene.focused()->states & state::selected) != 0);
    scene.said.clear();
    lands_on("Home", "Mon 2026-11-23");
    lands_on("End", "Sun 2026-11-29");
    CHECK(scene.said.empty());
    lands_on("PageDown", "Tue 2026-12-29");
    CHECK(scene.said == std::vector<std::string>{"2026-12"});
    lands_on("Shift+PageUp", "Mon 2025-12-29");
    scene.press("Enter");
    CHECK(date.text == "29/12/2025");
    // Left by Escape it begins anew.
    scene.focus(Role::TextField, "Close");
    scene.press("ArrowDown");
    lands_on("PageDown", "Thu 2026-01-29");
    scene.press("Escape");
    scene.focus(Role::TextField, "Close");
    scene.press("ArrowDown");
    REQUIRE(scene.focused());
    CHECK(scene.focused()->name == "Mon 2025-12-29");
    CHECK((states_of(scene, Role::Button, "Choose a date for Close") & (state::expanded | state::opens_dialog)) == (state::expanded | state::opens_dialog));
}

TEST_CASE("ui kit: a time is written by the person's clock, as the calendar writes it, and read back") {
    Scene scene;
    scene.locale.twelve_hours = true;
    kit::TimeDraft time;
    scene.show([&](Context& context) { kit::time_field(context, "start", "Start", time); });
    for (const auto& [typed, text, minutes] : {std::tuple{"14:00", "2:00\u202FPM", 840}, {"2:30 p.m.", "2:30\u202FPM", 870}, {"12:15\u202FAM", "12:15\u202FAM", 15}, {"noon", "noon", -1}, {"12 pm", "12:00\u202FPM", 720}}) {
        CAPTURE(typed);
        scene.type(Role::TextField, "Start", typed);
        scene.commit();
        CHECK(time.valid == (minutes >= 0));
        CHECK(time.text == text);
        CHECK(time.minutes.value_or(-1) == minutes);
    }
    scene.click(Role::Button, "Choose a time for Start");
    CHECK((states_of(scene, Role::Option, "12:00\u202FPM") & state::selected) != 0);
    scene.click(Role::Option, "12:30\u202FPM");
    CHECK(time.minutes == 750);
}

TEST_CASE("ui kit: an amount takes its unit, and decimals that don't fit are refused and not rounded in silence") {
    Scene scene;
    kit::NumberDraft amount;
    scene.show([&](Context& context) { kit::money_field(context, "amount", "Amount", amount, "USD"); });
    scene.type(Role::TextField, "Amount", "12.34 usd");
    scene.commit();
    CHECK(amount.valid);
    REQUIRE(amount.value.has_value());
    CHECK(*amount.value == Decimal{1234, 2});
    scene.type(Role::TextField, "Amount", "12.345");
    scene.commit();
    CHECK_FALSE(amount.valid);
    CHECK(amount.too_fine);
    CHECK_FALSE(amount.value.has_value());
    CHECK(amount.text == "12.345");
    scene.type(Role::TextField, "Amount", "12.300");
    scene.commit();
    CHECK(amount.valid);
}

TEST_CASE("ui kit: a time is typed in any usual form, or picked from a list that opens at it") {
    Scene scene;
    kit::TimeDraft time;
    scene.show([&](Context& context) { kit::time_field(context, "start", "Start", time); });
    const auto reads = [&](std::string_view typed, std::string_view text) {
        scene.type(Role::TextField, "Start", typed);
        scene.commit();
        CHECK(time.valid);
        CHECK(time.text == text);
    };
    reads("930", "9:30");
    reads("2pm", "14:00");
    reads("12 AM", "0:00");
    reads("7.45", "7:45");
    reads("下午2点30分", "14:30");
    reads("", "");
    scene.type(Role::TextField, "Start", "25:00");
    scene.commit();
    CHECK_FALSE(time.valid);
    CHECK((states_of(scene, Role::TextField, "Start") & state::invalid) != 0);
    reads("16:00", "16:00");
    scene.click(Role::Button, "Choose a time for Start");
    REQUIRE(scene.find(Role::Listbox, "Choices") != nullptr);
    CHECK((states_of(scene, Role::Option, "16:00") & state::selected) != 0);
    scene.press("ArrowDown");
    scene.press("Enter");
    CHECK(time.text == "16:30");
    CHECK(scene.find(Role::Listbox, "Choices") == nullptr);
    scene.focus(Role::TextField, "Start");
    scene.press("ArrowDown");
    scene.click(Role::Option, "17:00");
    REQUIRE(time.minutes);
    CHECK(*time.minutes == 17 * 60);
}

TEST_CASE("ui kit: date and time together are an instant") {
    Scene scene;
    kit::DateTimeDraft draft;
    scene.show([&](Context& context) { kit::date_time_field(context, "start", "Start", draft); });
    scene.type(Role::TextField, "Start", "2026-12-01");
    scene.commit();
    scene.type(Role::TextField, "Start: time", "8:15");
    scene.commit();
    REQUIRE(draft.value);
    const kit::DateTimeDraft again = kit::DateTimeDraft::of(scene.app.context(), draft.value);
    CHECK(again.day.value == parse_iso_date("2026-12-01"));
    CHECK(again.time.text == "8:15");
    scene.type(Role::TextField, "Start: time", "late");
    scene.commit();
    CHECK_FALSE(draft.valid);
    CHECK_FALSE(draft.value.has_value());
}

TEST_CASE("ui kit: of a group of radios one takes part in the Tab order; arrow keys choose, and go round") {
    Scene scene;
    int choice = 0;
    scene.show([&](Context& context) {
        const kit::RadioChoice choices[] = {{"One"}, {.label = "Two", .disabled = true}, {"Three"}};
        kit::radio_group(context, "radio", "How many", choices, choice);
    });
    CHECK((states_of(scene, Role::Radio, "One") & state::focusable) != 0);
    CHECK((states_of(scene, Role::Radio, "Three") & state::focusable) == 0);
    scene.focus(Role::Radio, "One");
    scene.press("ArrowDown");
    CHECK(choice == 2);
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Three");
    scene.press("ArrowRight");
    CHECK(choice == 0);
}

TEST_CASE("ui kit: a tree opens, closes and moves by arrow keys, and marks where one is") {
    Scene scene;
    kit::TreeState tree;
    std::uint64_t chosen = 0;
    scene.show([&](Context& context) {
        kit::TreeSpec spec;
        spec.name = "Accounts";
        spec.children = [](std::uint64_t node) { return node == 0 ? std::vector<std::uint64_t>{1} : node == 1 ? std::vector<std::uint64_t>{2, 3} : std::vector<std::uint64_t>{}; };
        spec.label = [](std::uint64_t node) { return std::string(node == 1 ? "Group" : node == 2 ? "North" : "South"); };
        spec.current = 3;
        if (const std::uint64_t pressed = kit::tree(context, "tree", tree, spec)) chosen = pressed;
    });
    CHECK((states_of(scene, Role::TreeItem, "Group") & state::collapsed) != 0);
    CHECK(scene.find(Role::TreeItem, "North") == nullptr);
    scene.focus(Role::TreeItem, "Group");
    scene.press("ArrowRight");
    CHECK((states_of(scene, Role::TreeItem, "Group") & state::expanded) != 0);
    CHECK((states_of(scene, Role::TreeItem, "South") & state::selected) != 0);
    scene.press("ArrowRight");
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "North");
    scene.press("ArrowDown");
    scene.press("Enter");
    CHECK(chosen == 3);
    scene.press("ArrowLeft");
    CHECK(scene.focused()->name == "Group");
    scene.press("ArrowLeft");
    CHECK(scene.find(Role::TreeItem, "North") == nullptr);
}

TEST_CASE("ui kit: checkbox, switch and radio tell their state") {
    Scene scene;
    bool ticked = false, on = true;
    int choice = 0;
    scene.show([&](Context& context) {
        kit::checkbox(context, "tick", "Done", ticked);
        kit::switch_toggle(context, "switch", "Dark", on);
        const kit::RadioChoice choices[] = {{"One"}, {"Two"}};
        kit::radio_group(context, "radio", "How many", choices, choice);
    });
    scene.click(Role::Checkbox, "Done");
    scene.activate(Role::Switch, "Dark");
    scene.click(Role::Radio, "Two");
    CHECK(ticked);
    CHECK_FALSE(on);
    CHECK(choice == 1);
    CHECK((states_of(scene, Role::Checkbox, "Done") & state::checked) != 0);
    CHECK((states_of(scene, Role::Radio, "One") & state::checked) == 0);
    scene.focus(Role::Radio, "Two");
    scene.press("ArrowUp");
    CHECK(choice == 0);
}

TEST_CASE("ui kit: a label that is longer than its room takes another line") {
    Scene scene;
    bool ticked = false;
    const std::string label = "Create records that a column names and that are not there, for each row that has one, whatever it is";
    scene.show([&](Context& context) {
        kit::Column narrow(context, Rect{0, 0, 300, 400});
        kit::checkbox(context, "short", "Done", ticked);
        kit::checkbox(context, "long", label, ticked);
    });
    CHECK(scene.find(Role::Checkbox, label)->box.height > scene.find(Role::Checkbox, "Done")->box.height + 10);
    CHECK(scene.find(Role::Checkbox, label)->box.width <= 300);
}

TEST_CASE("ui kit: a picklist opens, is searched, chosen from, and gives the focus back on Escape") {
    Scene scene;
    std::vector<kit::Choice> choices;
    for (const char* name : {"Amber", "Blue", "Coral", "Denim", "Emerald", "Fawn", "Gold", "Hazel", "Ivory"}) choices.push_back({name, name});
    std::string value = "Blue";
    scene.show([&](Context& context) { kit::picklist(context, "color", "Colour", choices, value); });
    scene.click(Role::Combobox, "Colour");
    CHECK((states_of(scene, Role::Combobox, "Colour") & state::expanded) != 0);
    CHECK((states_of(scene, Role::Option, "Blue") & state::selected) != 0);
    scene.type(Role::SearchField, "Colour", "em");
    CHECK(scene.find(Role::Option, "Gold") == nullptr);
    scene.commit();
    CHECK(value == "Emerald");
    CHECK(scene.find(Role::Listbox, "Choices") == nullptr);
    scene.click(Role::Combobox, "Colour");
    scene.cancel();
    CHECK(scene.find(Role::Listbox, "Choices") == nullptr);
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Colour");
    CHECK(scene.app.context().has_dialog());
    scene.click(Role::Combobox, "Colour");
    scene.click(Role::Option, "Hazel");
    CHECK(value == "Hazel");
}

TEST_CASE("ui kit: in a short list a letter goes to the next option that begins with it, round and round") {
    Scene scene;
    std::string value = "Hot";
    const kit::Choice choices[] = {{.value = "Hot", .label = "Hot"}, {.value = "Warm", .label = "Warm"}, {.value = "Cold", .label = "Cold"}, {.value = "Wet", .label = "Wet"}};
    scene.show([&](Context& context) { kit::picklist(context, "rating", "Rating", choices, value); });
    const auto choose = [&](std::initializer_list<const char*> keys) {
        scene.click(Role::Combobox, "Rating");
        for (const char* key : keys) scene.press(key);
        scene.press("Enter");
        return value;
    };
    CHECK(choose({"w"}) == "Warm");
    CHECK(choose({"w"}) == "Wet");
    CHECK(choose({"w", "w"}) == "Wet");
    CHECK(choose({"c"}) == "Cold");
    CHECK(choose({"x"}) == "Cold");
    CHECK(choose({"ArrowUp"}) == "Warm");
}

TEST_CASE("ui kit: in the system's colours the chosen segment is filled with that of what is selected, in both schemes") {
    for (const bool dark : {false, true}) {
        CAPTURE(dark);
        Scene scene;
        scene.browser.dark = dark;
        scene.force_colors();
        int chosen = 1;
        scene.show([&](Context& context) { kit::segmented(context, "view", "View", {{"List"}, {"Board"}}, chosen); });
        const std::uint32_t selected = kit::color32(usual_system_colors(dark).highlight);
        CHECK(scene.colors_in(*scene.find(Role::Button, "Board")).contains(selected));
        CHECK_FALSE(scene.colors_in(*scene.find(Role::Button, "List")).contains(selected));
    }
}

TEST_CASE("ui kit: several values are ticked in a multi-select; a lookup is searched and offers a new record") {
    Scene scene;
    const std::vector<kit::Choice> choices{{"a", "Apple"}, {"b", "Pear"}};
    std::vector<std::string> values{"a"};
    std::string account, wanted;
    scene.show([&](Context& context) {
        kit::multi_select(context, "fruit", "Fruit", choices, values);
        const auto search = [](std::string_view typed) {
            std::vector<kit::Choice> found;
            if (std::string_view("Acme").find(typed) != std::string_view::npos) found.push_back({"001", "Acme"});
            return found;
        };
        const kit::LookupEdited edited = kit::lookup_field(context, "account", "Account", account, search, {.allow_new = true, .new_label = "New account"});
        if (edited.wants_new) wanted = edited.typed;
    });
    scene.click(Role::Combobox, "Fruit");
    scene.click(Role::Option, "Pear");
    scene.click(Role::Option, "Apple");
    CHECK(values == std::vector<std::string>{"b"});
    scene.press("Escape");
    scene.click(Role::Combobox, "Account");
    scene.click(Role::Option, "Acme");
    CHECK(account == "001");
    scene.click(Role::Combobox, "Account");
    scene.type(Role::SearchField, "Account", "Zeta");
    scene.commit();
    CHECK(wanted == "Zeta");
}

TEST_CASE("ui kit: a menu opens, moves by arrow keys and closes on a choice") {
    Scene scene;
    std::string chosen;
    scene.show([&](Context& context) {
        if (kit::menu_button(context, "more", Icon::More, "More")) {
            if (kit::menu_item(context, "edit", "Edit")) chosen = "edit";
            if (kit::menu_item(context, "delete", "Delete", {.danger = true})) chosen = "delete";
            kit::end_menu(context);
        }
    });
    scene.click(Role::Button, "More");
    const SemanticsNode* menu = scene.find(Role::Menu, "More");
    REQUIRE(menu != nullptr);
    // What it belongs to lies as high: the browser would put the rest of the page over it.
    for (const SemanticsNode& node : scene.nodes())
        if (node.id == menu->parent) CHECK(node.layer == menu->layer);
    scene.press("ArrowDown");
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Delete");
    scene.press("Enter");
    CHECK(chosen == "delete");
    CHECK(scene.find(Role::Menu, "More") == nullptr);
}

TEST_CASE("ui kit: tabs move by arrow keys, a path tells the pressed stage") {
    Scene scene;
    int tab = 0, stage = -1;
    scene.show([&](Context& context) {
        const kit::Tab all[] = {{"Details"}, {"Related", Icon::None, 3}};
        kit::tabs(context, "tabs", "Sections", all, tab);
        const kit::PathStage stages[] = {{"New"}, {"Open"}, {"Won", Tone::Success}};
        const int pressed = kit::path(context, "path", "Stage", stages, 1);
        if (pressed >= 0) stage = pressed;
    });
    scene.focus(Role::Tab, "Details");
    scene.press("ArrowRight");
    CHECK(tab == 1);
    CHECK((states_of(scene, Role::Tab, "Related") & state::selected) != 0);
    scene.press("Home");
    CHECK(tab == 0);
    scene.press("End");
    CHECK(tab == 1);
    scene.click(Role::Button, "Won");
    CHECK(stage == 2);
}

TEST_CASE("ui kit: for a finger a path whose names fit has a button for each") {
    Scene scene(1280, 800, 1, true);
    scene.show([&](Context& context) {
        const kit::PathStage stages[] = {{"New"}, {"Open"}, {"Won"}};
        kit::path(context, "path", "Stage", stages, 1);
    });
    CHECK(scene.find(Role::Button, "Won"));
}

TEST_CASE("ui kit: for a finger a path whose names don't fit is one button that says where it stands, and names all in a menu") {
    Scene scene(390, 800, 1, true);
    int stage = -1;
    scene.show([&](Context& context) {
        const kit::PathStage stages[] = {{"Prospecting"}, {"Needs Analysis"}, {"Value Proposition"}, {"Id. Decision Makers"}, {"Closed"}};
        if (const int pressed = kit::path(context, "path", "Stage", stages, 1); pressed >= 0) stage = pressed;
    });
    const SemanticsNode* all = scene.find(Role::Button, "Stage: Needs Analysis, 2 of 5");
    REQUIRE(all != nullptr);
    CHECK(all->box.height >= 44);
    CHECK((all->states & state::has_popup) != 0);
    CHECK_FALSE(scene.find(Role::Button, "Closed"));
    scene.click(Role::Button, "Stage: Needs Analysis, 2 of 5");
    CHECK(scene.find_all(Role::MenuItem).size() == 5);
    CHECK(scene.unnamed() == "");
    scene.click(Role::MenuItem, "Needs Analysis");   // where it is: nothing
    CHECK(stage == -1);
    scene.click(Role::Button, "Stage: Needs Analysis, 2 of 5");
    scene.click(Role::MenuItem, "Id. Decision Makers");
    CHECK(stage == 3);
}

TEST_CASE("ui kit: in a narrow window every stage of a path is 24 px from the next, and the current one shows its name") {
    const std::vector<kit::PathStage> stages{{"Prospecting"}, {"Qualification"}, {"Needs Analysis"}, {"Value Proposition"}, {"Id. Decision Makers"},
                                             {"Perception Analysis"}, {"Proposal/Price Quote"}, {"Negotiation/Review"}, {"Closed"}};
    for (const float width : {320.0f, 360.0f, 412.0f, 1280.0f}) {
        for (int current = 0; current < static_cast<int>(stages.size()); ++current) {
            CAPTURE(width);
            CAPTURE(current);
            Scene scene(width, 800, 1, false);
            float needed = 0;
            scene.show([&](Context& context) {
                kit::path(context, "path", "Stage", stages, current);
                needed = kit::text_width(context, stages[static_cast<std::size_t>(current)].label, TextStyle::DenseStrong);
            });
            std::vector<Box> places;
            for (const kit::PathStage& stage : stages) {
                REQUIRE(scene.find(Role::Button, stage.label) != nullptr);
                places.push_back(scene.find(Role::Button, stage.label)->box);
            }
            const Box whole = scene.find(Role::Group, "Stage")->box;
            for (std::size_t at = 0; at < places.size(); ++at) {
                CHECK(places[at].x + places[at].width <= whole.x + whole.width + 0.5f);
                if (at > 0 && places[at].y == places[at - 1].y) CHECK(places[at].x - places[at - 1].x >= 23.9f);
                if (at > 0 && places[at].y != places[at - 1].y) CHECK(places[at].y >= places[at - 1].y + places[at - 1].height);
            }
            CHECK(places[static_cast<std::size_t>(current)].width >= needed + 24);
        }
    }
}

TEST_CASE("ui kit: a dialog holds the focus, closes on Escape and gives the focus back") {
    Scene scene;
    scene.show([&](Context& context) {
        if (kit::button(context, "ask", "Ask")) context.confirm("Delete it?", "It goes to the recycle bin.", "Delete", true, [] {});
    });
    scene.focus(Role::Button, "Ask");
    scene.press("Enter");
    REQUIRE(scene.find(Role::AlertDialog, "Delete it?") != nullptr);
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Cancel");
    CHECK(scene.find(Role::Button, "Ask") == nullptr);   // behind a modal box nothing can be reached
    for (int i = 0; i < 5; ++i) {
        scene.tab();
        CHECK((scene.focused()->name == "Cancel" || scene.focused()->name == "Delete"));
    }
    scene.press("Escape");
    CHECK(scene.find(Role::AlertDialog, "Delete it?") == nullptr);
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Ask");
}

TEST_CASE("text: no line of Chinese begins with a mark that belongs to the one before, at any width") {
    UiDriver ui;
    ui.settle();
    const std::string text = "客户、联系人、商机，“一切”都在这里；离线也能用。（真的！）好吗？";
    int lines = 0;
    for (float width = 60; width < 400; width += 3)   // three letters and more
        for (const std::string_view line : kit::break_lines(ui.app.context(), text, TextStyle::Body, width)) {
            ++lines;
            for (const std::string_view mark : {"、", "，", "；", "。", "！", "？", "）", "”"}) CHECK_MESSAGE(!line.starts_with(mark), line, " ", width);
            for (const std::string_view mark : {"（", "“"}) CHECK_MESSAGE(!line.ends_with(mark), line, " ", width);
        }
    CHECK(lines > 100);
}

}  // namespace
}  // namespace outpost
