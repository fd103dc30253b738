// What is typed for a number or a day: understood as a whole or refused, and a day in the order of the place. What is typed on
// a closed list goes into its search.
#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/ui/scene.h"

namespace outpost {
namespace {

using testing::Scene;
using testing::UiDriver;

TEST_CASE("ui typed: of an amount everything is understood, or all of it is refused where it stands") {
    Scene scene;
    kit::NumberDraft amount;
    scene.show([&](Context& context) {
        kit::money_field(context, "amount", "Amount", amount, "USD");
        kit::button(context, "other", "Other");
    });
    for (const auto& [typed, value] : {std::pair{"12万", "120000.00"}, {"1.5亿", "150000000.00"}, {"3千", "3000.00"}, {"2百万", "2000000.00"}, {"12万元", "120000.00"},
                                       {"1２００", "1200.00"}, {"￥５００", "500.00"}, {"−500", "-500.00"}, {"12k", "12000.00"}, {"1.5m", "1500000.00"}, {" $ 1,234.50 ", "1234.50"},
                                       {"1 234,5", "1234.50"}, {"12,34,567", "1234567.00"}, {"1'234'567", "1234567.00"}, {"USD 12", "12.00"}, {"12.34 usd", "12.34"}, {"-7", "-7.00"}}) {
        CAPTURE(typed);
        scene.type(Role::TextField, "Amount", typed);
        scene.commit();
        REQUIRE(amount.value);
        CHECK(amount.valid);
        CHECK(to_text(*amount.value) == value);
    }
    for (const char* typed : {"12丈", "一二", "12 EUR", "EUR 12", "1each2", "12x", "1,2,3", "1.2.3", "-", "5♥", "12万7"}) {
        CAPTURE(typed);
        scene.type(Role::TextField, "Amount", typed);
        scene.commit();
        CHECK_FALSE(amount.valid);
        CHECK_FALSE(amount.value);
        CHECK(scene.shows("Write a number"));
    }
    // On the way to a number nothing is wrong yet; once it is left it is.
    for (const char* typed : {"1", "1,", "1,234,5"}) {
        scene.type(Role::TextField, "Amount", typed);
        CHECK(amount.valid);
    }
    scene.click(Role::Button, "Other");
    CHECK_FALSE(amount.valid);
}

TEST_CASE("ui typed: a short date is read in the order of the place, whatever stands between") {
    Scene scene;
    kit::DateDraft date;
    scene.show([&](Context& context) { kit::date_field(context, "close", "Close", date); });
    const auto read = [&](std::string_view order, std::string_view typed) {
        scene.locale.order = order;
        scene.type(Role::TextField, "Close", typed);
        scene.commit();
        return date.value ? days_to_text(*date.value) : std::string();
    };
    for (const char* typed : {"12/1", "12-1", "12.1", "12/1/2026", "12-1-26"}) {
        CAPTURE(typed);
        CHECK(read("dmy", typed).ends_with("-01-12"));
    }
    for (const char* typed : {"12/1", "12-1", "12/1/2026", "12-1-26"}) {
        CAPTURE(typed);
        CHECK(read("mdy", typed) == "2026-12-01");
    }
    CHECK(read("mdy", "1.12.2026") == "2026-12-01");   // dots are for days first
    for (const char* typed : {"12/1", "12-1", "12.1", "26/12/1", "2026.12.1", "26-12-01"}) {
        CAPTURE(typed);
        CHECK(read("ymd", typed) == "2026-12-01");
    }
    // What can only be meant one way is.
    CHECK(read("mdy", "24/12") == "2026-12-24");
    CHECK(read("ymd", "24.12.2026") == "2026-12-24");
    CHECK(read("dmy", "12/24/2026") == "2026-12-24");
    CHECK(read("mdy", "13/13") == "");
}

TEST_CASE("ui typed: a date's form is said and shown in the order in which it is read; the quick log reads it alike") {
    UiDriver ui;
    ui.create("Account", R"("Name": "Acme")");
    for (const auto& [order, form, day] : {std::tuple{"dmy", "DD/MM/YYYY", "2027-01-12"}, {"mdy", "MM/DD/YYYY", "2026-12-01"}}) {
        CAPTURE(order);
        ui.locale.order = order;
        ui.go("#/o/Task/new");
        REQUIRE(ui.find(Role::TextField, "Due Date"));
        CHECK(ui.find(Role::TextField, "Due Date")->placeholder == form);
        ui.go("#/o/Lead");
        ui.press("l");
        ui.type(Role::TextArea, "What happened, and what comes next?", "Acme: send the offer by 12/1");
        CHECK(ui.shows(day));
        ui.type(Role::TextArea, "What happened, and what comes next?", "");
        ui.press("Escape");
    }
}

TEST_CASE("ui typed: a wrong date is told by one in the order of the place") {
    for (const auto& [order, example] : {std::pair{"dmy", "like 23/11/2026"}, {"mdy", "like 11/23/2026"}}) {
        UiDriver ui;
        ui.locale.order = order;
        ui.go("#/o/Task/new");
        const auto said = [&] { return ui.find(Role::TextField, "Due Date")->description; };
        ui.type(Role::TextField, "Due Date", "someday");
        ui.commit();
        CHECK(said().find(example) != std::string::npos);    // the field's own words
        ui.click(Role::Button, "Save");
        CHECK(said().find("“someday” is not a date") != std::string::npos);
        CHECK(said().find(example) != std::string::npos);
    }
}

TEST_CASE("ui typed: what is typed on a closed list opens it and goes into its search, and is no command") {
    Scene scene;
    std::vector<kit::Choice> colors;
    for (const char* name : {"Amber", "Blue", "Coral", "Denim", "Emerald", "Fawn", "Gold", "Hazel", "Été"}) colors.push_back({name, name});
    const kit::Choice ratings[] = {{.value = "Hot", .label = "Hot"}, {.value = "Warm", .label = "Warm"}, {.value = "Cold", .label = "Cold"}};
    std::string color = "Blue", rating = "Hot", account, looked_for;
    int commands = 0;
    scene.show([&](Context& context) {
        for (const char* key : {"c", "g", "w", "/"}) commands += context.shortcut(key);
        kit::picklist(context, "color", "Colour", colors, color);
        kit::picklist(context, "rating", "Rating", ratings, rating);
        kit::lookup_field(context, "account", "Account", account, [&](std::string_view typed) {
            looked_for = typed;
            return std::vector<kit::Choice>{{"001", "Clearwater"}};
        });
        kit::button(context, "go", "Go on");
    });
    scene.focus(Role::Combobox, "Account");
    scene.press("C");
    REQUIRE(scene.find(Role::SearchField, "Account"));
    CHECK(scene.find(Role::SearchField, "Account")->value == "C");
    CHECK(looked_for == "C");
    scene.type(Role::SearchField, "Account", "Clear");   // the letters after it are the field's own
    CHECK(looked_for == "Clear");
    scene.commit();
    CHECK(account == "001");
    scene.focus(Role::Combobox, "Colour");
    scene.press("é");
    REQUIRE(scene.find(Role::SearchField, "Colour"));
    CHECK(scene.find(Role::SearchField, "Colour")->value == "é");
    scene.cancel();
    scene.focus(Role::Combobox, "Colour");
    scene.press("g");
    CHECK_FALSE(scene.find(Role::Option, "Blue"));
    scene.commit();
    CHECK(color == "Gold");
    scene.focus(Role::Combobox, "Rating");
    scene.press("w");
    REQUIRE(scene.focused() != nullptr);
    CHECK(scene.focused()->name == "Warm");
    scene.press("Enter");
    CHECK(rating == "Warm");
    CHECK(commands == 0);
    scene.focus(Role::Button, "Go on");
    scene.press("g");
    CHECK(commands == 1);
}

}  // namespace
}  // namespace outpost
