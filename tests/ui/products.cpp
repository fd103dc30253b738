// Products of an opportunity without a browser, by role and name: adding several at once, editing in place, removing,
// the amount that can't be edited, and copies with or without products.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/ui/driver.h"
#include "ui/kit/internal.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

struct Shop {
    explicit Shop(float width = 1280, float height = 1400, bool touch = false) : ui(width, height, 1, touch) {
        create("Product2", R"("Name": "Seat", "ProductCode": "S-1", "Family": "Software", "UnitPrice": 20)");
        create("Product2", R"("Name": "Support", "ProductCode": "S-2", "Family": "Services", "UnitPrice": 500)");
        create("Product2", R"("Name": "Old seat", "UnitPrice": 1, "IsActive": false)");
        opportunity = create("Opportunity", R"("Name": "Sale", "CloseDate": "2026-12-01", "Amount": 7)");
    }
    std::string create(const std::string& object, const std::string& fields) { return ui.create(object, fields); }
    void line(const std::string& product, const std::string& quantity) {
        create("OpportunityLineItem", R"("OpportunityId": ")" + opportunity + R"(", "Product2.Name": ")" + product + R"(", "Quantity": )" + quantity);
    }
    std::string amount(const std::string& of = "Sale") {
        const Json answer = ui.data.query("SELECT Amount FROM Opportunity WHERE Name = '" + of + "' ORDER BY CreatedDate DESC");
        const Json* records = answer.find("records");
        return records && !records->items().empty() ? std::string(records->items()[0].find("Amount")->text()) : "none";
    }
    std::int64_t lines() { return ui.count("OpportunityLineItem"); }
    void open() { ui.go("#/r/" + opportunity); }

    UiDriver ui;
    std::string opportunity;
};

}  // namespace

TEST_CASE("products: several are found, taken with their figures and added as one edit") {
    Shop shop;
    UiDriver& ui = shop.ui;
    shop.open();
    CHECK(ui.find(Role::Region, "Products"));
    CHECK(ui.find(Role::Button, "Edit Amount"));
    ui.click(Role::Button, "Add products");
    CHECK(ui.shows("S-1 · Software"));
    CHECK_FALSE(ui.find(Role::Checkbox, "Old seat"));
    ui.type(Role::SearchField, "Search products", "serv");
    CHECK_FALSE(ui.find(Role::Checkbox, "Seat"));
    ui.data.clock.advance_milliseconds(600);
    ui.settle();
    REQUIRE_FALSE(ui.said.empty());
    CHECK(ui.said.back().ends_with(" result"));
    ui.click(Role::Checkbox, "Support");
    ui.type(Role::TextField, "Discount", "10");
    CHECK(ui.shows("USD 450.00"));
    ui.type(Role::SearchField, "Search products", "seat");
    ui.commit();   // the best match
    CHECK(ui.shows("USD 470.00"));
    CHECK(std::ranges::contains(ui.said, "Seat is chosen"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Add 2 products");
    CHECK(shop.lines() == 2);
    CHECK(shop.amount() == "470");
    CHECK(ui.shows("2 products added"));
    CHECK(ui.shows("from products"));
    CHECK_FALSE(ui.find(Role::Button, "Edit Amount"));
    ui.press("Ctrl+Z");
    CHECK(shop.lines() == 0);
    CHECK(shop.amount() == "7");
}

TEST_CASE("products: they stand by name; of what is typed what sells is found first") {
    Shop shop;
    shop.line("Support", "1");
    UiDriver& ui = shop.ui;
    shop.open();
    ui.click(Role::Button, "Add products");
    const auto seat_is_first = [&] {
        REQUIRE(ui.find(Role::Checkbox, "Seat"));
        REQUIRE(ui.find(Role::Checkbox, "Support"));
        return ui.find(Role::Checkbox, "Seat")->box.y < ui.find(Role::Checkbox, "Support")->box.y;
    };
    CHECK(seat_is_first());
    ui.type(Role::SearchField, "Search products", "s");
    CHECK_FALSE(seat_is_first());
}

TEST_CASE("products: quantity, price and discount are edited in place; a line is removed with an undo") {
    Shop shop;
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    shop.line("Support", "1");
    shop.open();
    CHECK(shop.amount() == "540");
    CHECK(ui.find(Role::Grid, "Products"));
    const auto cell = [&](std::string_view text) -> const SemanticsNode* {
        for (const SemanticsNode* node : ui.find_all(Role::Cell))
            if (node->name == text) return node;
        return nullptr;
    };
    REQUIRE(cell("2"));
    ui.double_click(cell("2"));
    ui.type(Role::TextField, "Quantity", "5");
    const std::uint32_t field = ui.find(Role::TextField, "Quantity")->id;
    ui.frame({{PageEventKind::TextCommit, field, "5"}, {PageEventKind::Key, field, "Tab"}});
    ui.settle();
    CHECK(shop.amount() == "600");
    ui.type(Role::TextField, "Sales Price", "10");
    ui.commit();
    CHECK(shop.amount() == "550");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Link, "Support");
    CHECK(ui.find(Role::Heading, "Support"));
    CHECK(ui.find(Role::Region, "Sold in opportunities"));
}

TEST_CASE("products: a long price widens the column in which it is typed; a figure that is refused is marked and says why below its cell") {
    Shop shop;
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    shop.open();
    const auto cells = ui.find_all(Role::Cell);
    const auto price = std::ranges::find(cells, "USD 20.00", &SemanticsNode::name);
    REQUIRE(price != cells.end());
    ui.double_click(*price);
    const std::string long_price = "123456789.78";
    ui.type(Role::TextField, "Sales Price", long_price);
    const SemanticsNode* field = ui.find(Role::TextField, "Sales Price");
    CHECK(field->box.width >= kit::text_width(ui.app.context(), long_price, TextStyle::Field) + 20);
    ui.frame({{PageEventKind::TextCommit, field->id, long_price}, {PageEventKind::Key, field->id, "Tab"}});
    ui.settle();
    ui.type(Role::TextField, "Discount", "120");
    ui.commit();
    field = ui.find(Role::TextField, "Discount");
    REQUIRE(field);
    CHECK((field->states & semantics_state::invalid) != 0);
    CHECK(field->description == "Discount must be between 0 and 100.");
    SemanticsNode below = *field;
    below.box = {field->box.x - 200, field->box.y + field->box.height, 440, 40};
    CHECK(ui.colors_in(below).contains(kit::color32(ui.app.context().color().danger_tint.background)));
    ui.type(Role::TextField, "Discount", "50");
    ui.commit();
    CHECK(shop.amount() == "123456789.78");
}

TEST_CASE("products: on a phone a line opens as a sheet") {
    Shop shop(390, 844, true);
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    shop.open();
    CHECK(ui.shows("2 × USD 20.00"));
    ui.click(Role::Button, "Seat");
    ui.type(Role::TextField, "Discount", "50");
    CHECK(ui.shows("USD 20.00"));
    ui.click(Role::Button, "Save");
    CHECK(shop.amount() == "20");
    ui.click(Role::Button, "Seat");
    ui.click(Role::Button, "Remove");
    CHECK(shop.lines() == 0);
    CHECK(ui.shows("“Seat” deleted"));
}

TEST_CASE("products: in Chinese the calendar of the field that is called date is named once") {
    Shop shop(390, 844, true);
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    ui.browser.settings["language"] = "zh-CN";
    ui.go("#/settings");
    shop.open();
    ui.click(Role::Button, "Seat");
    CHECK(ui.find(Role::Button, "日期：选择日期"));
}

TEST_CASE("products: a copy takes them along, or not; the form doesn't offer the amount") {
    Shop shop;
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    ui.go("#/r/" + shop.opportunity + "/edit");
    CHECK(ui.shows("from products"));
    CHECK_FALSE(ui.find(Role::TextField, "Amount"));
    ui.go("#/o/Opportunity/new?clone=" + shop.opportunity);
    CHECK(ui.find(Role::Checkbox, "Copy its 1 product"));
    ui.type(Role::TextField, "Opportunity Name", "Copy");
    ui.click(Role::Button, "Save");
    CHECK(shop.lines() == 2);
    CHECK(shop.amount("Copy") == "40");
    ui.press("Ctrl+Z");
    CHECK(shop.lines() == 1);
    CHECK(shop.amount("Copy") == "none");
    ui.go("#/o/Opportunity/new?clone=" + shop.opportunity);
    ui.click(Role::Checkbox, "Copy its 1 product");
    ui.type(Role::TextField, "Opportunity Name", "Bare");
    ui.type(Role::TextField, "Amount", "99");
    ui.click(Role::Button, "Save");
    CHECK(shop.lines() == 1);
    CHECK(shop.amount("Bare") == "99");
}

TEST_CASE("products: a list doesn't offer an amount that they make for editing, but any other") {
    Shop shop;
    UiDriver& ui = shop.ui;
    shop.line("Seat", "2");
    shop.create("Opportunity", R"("Name": "Free", "CloseDate": "2026-12-01", "Amount": 9)");
    ui.go("#/o/Opportunity");
    const auto cell = [&](std::string_view words) {
        for (const SemanticsNode* node : ui.find_all(Role::Cell))
            if (node->name == words) return node;
        return static_cast<const SemanticsNode*>(nullptr);
    };
    REQUIRE(cell("USD 40.00"));
    ui.double_click(cell("USD 40.00"));
    CHECK_FALSE(ui.find(Role::TextField, "Amount"));
    ui.go("#/o/Opportunity");
    ui.focus(Role::Cell, "USD 40.00");
    ui.press("e");
    CHECK(ui.shows("has products, and Amount is their sum"));
    CHECK(ui.find_all(Role::TextField).empty());   // nor another cell
    ui.go("#/o/Opportunity");
    REQUIRE(cell("USD 9.00"));
    ui.double_click(cell("USD 9.00"));
    CHECK(ui.find(Role::TextField, "Amount"));
}
