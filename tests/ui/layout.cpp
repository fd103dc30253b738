// Rows, headers and toolbars: how what stands in them takes its room, and keeps it.
#include <doctest/doctest.h>

#include "tests/ui/scene.h"
#include "ui/kit/internal.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

using testing::Scene;
using testing::UiDriver;

TEST_CASE("ui kit: a button after a row's spacer grows with its words") {
    Scene scene;
    std::string words = "Go";
    scene.show([&](Context& context) {
        kit::Row row(context, {.height = 40});
        row.spacer();
        kit::button(context, "go", words);
    });
    const SemanticsNode* before = scene.find(Role::Button, "Go");
    REQUIRE(before != nullptr);
    const float width = before->box.width, right = before->box.x + width;
    words = "Go a long way";
    for (int i = 0; i < 3; ++i) scene.frame();
    const SemanticsNode* after = scene.find(Role::Button, "Go a long way");
    REQUIRE(after != nullptr);
    CHECK(after->box.width > width + 20);
    CHECK(after->box.x + after->box.width == doctest::Approx(right));
}

TEST_CASE("ui kit: words after a row's spacer grow, by a letter or by a fraction of a pixel") {
    Scene scene;
    std::string words = "$550.00";
    float natural = 0;
    scene.show([&](Context& context) {
        natural = kit::text_width(context, words, TextStyle::Dense);
        kit::Row row(context, {.height = 40});
        row.spacer();
        kit::text(context, words, {.style = TextStyle::Dense});
    });
    for (const char* next : {"$1,096.00", "$1,096,000.00", "$5"}) {
        words = next;
        for (int i = 0; i < 3; ++i) scene.frame();
        const SemanticsNode* after = scene.find(Role::Text, words);
        REQUIRE(after != nullptr);
        CHECK(after->box.width >= natural - 0.01f);
    }
}

TEST_CASE("ui kit: for a finger a page that scrolls is as wide as one that doesn't") {
    UiDriver ui(390, 844, 1, true);
    const auto margins = [&](const std::string& route) {
        ui.go(route);
        float left = 390, right = 0;
        for (const SemanticsNode& node : ui.nodes())
            if (node.role == Role::Region && node.box.width < 380) left = std::min(left, node.box.x), right = std::max(right, node.box.x + node.box.width);
        CHECK(left == doctest::Approx(390 - right));
    };
    ui.create("Account", R"("Name": "Acme")");
    margins("#/settings/duplicates");
    margins("#/import");
    margins("#/r/" + ui.create("Opportunity", R"("Name": "Big", "StageName": "Qualification", "CloseDate": "2027-01-31")"));
}

TEST_CASE("ui kit: when a button of a header or a toolbar grows, none beside it becomes narrower") {
    for (const bool toolbar : {false, true}) {
        Scene scene;
        std::string words = "You";
        const auto buttons = [&](Context& context) {
            kit::button(context, "of", words);
            kit::button(context, "new", "New event");
        };
        scene.show([&](Context& context) {
            if (toolbar) {
                kit::Toolbar bar(context, "Tools");
                bar.spacer();
                buttons(context);
            } else {
                kit::PageHeader header(context, "Calendar");
                buttons(context);
            }
        });
        for (int i = 0; i < 3; ++i) scene.frame();
        REQUIRE(scene.find(Role::Button, "New event"));
        const auto before = scene.find(Role::Button, "New event")->box;
        for (const char* longer : {"You +", "You two", "You and Ann", "Three people's calendars"}) {   // by a little and by much
            words = longer;
            for (int i = 0; i < 3; ++i) scene.frame();
            const auto after = scene.find(Role::Button, "New event")->box;
            CHECK(after.width == doctest::Approx(before.width));
            CHECK(after.x == doctest::Approx(before.x));
            const auto grown = scene.find(Role::Button, words)->box;
            CHECK(grown.x + grown.width <= after.x);
        }
    }
}

TEST_CASE("ui kit: for a finger what is small to see is large to press") {
    const auto is_large = [](const SemanticsNode* node) { return node && node->box.width >= 40 && node->box.height >= 40; };
    {
        UiDriver tablet(820, 1180, 1, true);
        const std::string account = tablet.create("Account", R"("Name": "Acme", "Website": "acme-company.test")");
        tablet.go("#/r/" + account);
        int pencils = 0;
        for (const SemanticsNode& node : tablet.nodes()) {
            if (node.role != Role::Button || !node.name.starts_with("Edit ")) continue;
            ++pencils;
            CHECK_MESSAGE(is_large(&node), node.name);
        }
        CHECK(pencils > 3);
        CHECK(is_large(tablet.find(Role::Link, "acme-company.test")));
        CHECK(is_large(tablet.find(Role::Link, "Accounts")));
        tablet.go("#/o/Account");
        CHECK(is_large(tablet.find(Role::Checkbox, "Select Acme")));
    }
    UiDriver phone(390, 844, 1, true);
    phone.create("Task", R"("Subject": "Call", "ActivityDate": "2026-11-20")");
    phone.go("#/");
    const SemanticsNode* tick = phone.find(Role::Checkbox, "Done: Call");
    REQUIRE(tick);
    CHECK(is_large(tick));
    CHECK(tick->box.x + tick->box.width <= phone.find(Role::Link, "Call")->box.x);   // beside the row, not over it
    phone.app.context().toast("Saved");
    phone.settle();
    CHECK(is_large(phone.find(Role::Button, "Close")));
}

TEST_CASE("ui kit: what is typed is drawn at one size, edited or not, for a finger large enough not to be enlarged") {
    for (const bool touch : {false, true}) {
        Scene scene(390, 844, 2, touch);
        std::string draft = "words";
        scene.show([&](Context& context) { kit::text_field(context, "name", "Name", draft); });
        const SemanticsNode* field = scene.find(Role::TextField, "Name");
        REQUIRE(field);
        CHECK(field->font_px * scene.app.context().theme.fonts.em_share == doctest::Approx(touch ? 32 : 28));
    }
}

TEST_CASE("ui kit: a line doesn't end within a date") {
    Scene scene;
    scene.show([&](Context& context) {
        for (const char* date : {"Nov 28, 2026", "2026年11月28日"})
            for (const std::string& words : {std::string("关于续约 due ") + date + " 与客户 again", std::string(date) + " or later"})
                for (float width = kit::text_width(context, date, TextStyle::Body) + 1; width < 400; width += 3) {
                    bool whole = false;
                    for (const std::string_view line : kit::break_lines(context, words, TextStyle::Body, width)) whole = whole || line.find(date) != std::string_view::npos;
                    CHECK_MESSAGE(whole, words << " at " << width);
                }
        // Where it must be it is, at its best place.
        CHECK(kit::break_lines(context, "Nov 28, 2026", TextStyle::Body, kit::text_width(context, "Nov 28,", TextStyle::Body) + 1)[0] == "Nov 28,");
    });
}

}  // namespace
}  // namespace outpost
