// The forecast page without a browser, by role and name.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "tests/ui/driver.h"
#include "ui/kit/internal.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

// Ann leads Bob; the clock stands at 2026-11-23.
struct Forecasting : UiDriver {
    std::string ann, bob, sale;

    explicit Forecasting(float width = 1440, float height = 900) : UiDriver(width, height) {
        ann = user("Ann", "");
        bob = user("Bob", ann);
        sale = sell(bob, "Commit", "2026-12-31", "500.00");
        sell(ann, "Closed", "2026-10-01", "100.00");
        sell(bob, "Pipeline", "2026-11-30", "70.00");
        sell(bob, "Closed", "2027-01-05", "9000.00");
        sell(bob, "Omitted", "2026-11-30", "9000.00");
    }
    std::string user(const std::string& name, const std::string& manager) {
        return data.create(R"({"command":"CreateRecord","object":"User","fields":{"LastName":")" + name + R"(","ManagerId":")" + manager + R"("}})");
    }
    std::string sell(const std::string& owner, const std::string& category, const std::string& date, const std::string& amount) {
        return data.create(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"Sale )" + amount + R"(","StageName":"Prospecting","OwnerId":")" + owner +
                           R"(","ForecastCategory":")" + category + R"(","CloseDate":")" + date + R"(","Amount":)" + amount + "}}");
    }
    // Cells of the row of that name, as they are read out.
    std::vector<std::string> cells(const std::string& name) {
        std::vector<std::string> out;
        std::int32_t row = -1;
        for (const SemanticsNode& node : nodes())
            if (node.role == Role::Cell && node.column_index == 1 && (node.name == name || node.name.ends_with(" " + name))) row = node.row_index;
        for (const SemanticsNode& node : nodes())
            if (node.role == Role::Cell && node.row_index == row && row > 0) out.push_back(node.name);
        return out;
    }
    std::string cell(const std::string& name, std::size_t at) {
        const std::vector<std::string> all = cells(name);
        return at < all.size() ? all[at] : "<none>";
    }
    const SemanticsNode* quota_cell(const std::string& name) {
        std::int32_t row = -1;
        for (const SemanticsNode& node : nodes())
            if (node.role == Role::Cell && node.column_index == 1 && node.name.ends_with(name)) row = node.row_index;
        for (const SemanticsNode& node : nodes())
            if (node.role == Role::Cell && node.row_index == row && node.column_index == 2) return &node;
        return nullptr;
    }
    std::string route() { return app.context().route().to_text(); }
};

}  // namespace

TEST_CASE("forecast: rows by owner and team, and every figure leads to its opportunities") {
    Forecasting ui;
    ui.go("#/forecast");
    CHECK(ui.shows("Q4 2026"));
    REQUIRE(ui.cells("Bob").size() >= 6);
    CHECK(ui.cell("Bob", 2) == "0.00");
    CHECK(ui.cell("Bob", 3) == "500.00");
    CHECK(ui.cell("Bob", 5) == "570.00");
    CHECK(ui.cell("Ann", 3) == "600.00");
    CHECK(ui.cell("Own", 2) == "100.00");
    CHECK(ui.cell("Total", 5) == "570.00");
    CHECK(ui.unnamed() == "");
    ui.click(Role::Link, "600.00");
    CHECK(ui.app.context().route().segment(1) == "Opportunity");
    CHECK(ui.shows("Sale 500.00"));
    CHECK(ui.shows("Sale 100.00"));
    CHECK_FALSE(ui.shows("Sale 70.00"));
    CHECK_FALSE(ui.shows("Sale 9000.00"));
    CHECK(ui.shows("Close Date: 2026-10-01 – 2026-12-31"));
    ui.back();
    ui.click(Role::Button, "Hide the team of Ann ");
    CHECK(ui.cells("Bob").empty());
    CHECK(ui.route().find("fold=") != std::string::npos);
    ui.click(Role::Button, "Show the team of Ann ");
    CHECK(ui.route() == "#/forecast");
}

TEST_CASE("forecast: period and scope stand in the address") {
    Forecasting ui;
    ui.go("#/forecast");
    ui.click(Role::Button, "Next period");
    CHECK(ui.route() == "#/forecast?start=2027-01-01");
    CHECK(ui.cell("Bob", 2) == "9000.00");
    ui.click(Role::Button, "This quarter");
    CHECK(ui.route() == "#/forecast");
    ui.go("#/forecast?period=month&start=2026-12-10");
    CHECK(ui.shows("2026-12-01"));
    CHECK(ui.cell("Bob", 3) == "500.00");
    CHECK(ui.cell("Bob", 5) == "500.00");
    ui.go("#/forecast?scope=" + ui.ann);
    CHECK(ui.cell("Ann", 3) == "600.00");
    CHECK(ui.cells("Total").empty());
    ui.go("#/forecast?scope=me");
    CHECK(ui.cells("Bob").empty());
    CHECK(ui.unnamed() == "");
}

TEST_CASE("forecast: a quota is typed into its cell, Tab goes on to the next, undo takes it back") {
    Forecasting ui;
    ui.go("#/forecast");
    CHECK(ui.shows("No quotas are set for Q4 2026."));
    ui.double_click(ui.quota_cell("Bob"));
    ui.type(Role::TextField, "Bob: quota", "1000");
    ui.commit();
    CHECK_FALSE(ui.shows("No quotas are set"));
    CHECK(ui.cell("Bob", 1) == "1000.00");
    CHECK(ui.cell("Ann", 1) == "1000.00");
    CHECK(ui.cell("Ann", 6) == "10.00%");
    CHECK(ui.cell("Ann", 7) == "900.00");
    CHECK(ui.data.query("SELECT QuotaAmount, PeriodType, StartDate FROM ForecastingQuota").find("records")->items()[0].text_or("StartDate", "") == "2026-10-01");
    ui.click(Role::Button, "Undo");
    CHECK(ui.shows("No quotas are set"));
}

TEST_CASE("forecast: a quarter's figure that is that of its months takes them along when it goes, and the notice counts them") {
    Forecasting ui;
    for (const char* month : {"2026-10-01", "2026-11-01", "2026-12-01"})
        ui.create("ForecastingQuota", R"("QuotaOwnerId": ")" + ui.bob + R"(", "StartDate": ")" + month + R"(", "QuotaAmount": 100, "PeriodType": "Month")");
    ui.go("#/forecast");
    CHECK(ui.cell("Bob", 1) == "300.00");
    ui.double_click(ui.quota_cell("Bob"));
    ui.focus(Role::TextField, "Bob: quota");
    ui.commit();   // as it is
    CHECK(ui.count("ForecastingQuota") == 3);
    ui.click(Role::Button, "This quarter");   // no click of the one before counts for the next
    const auto empty = [&](const char* label) {
        ui.double_click(ui.quota_cell("Bob"));
        ui.type(Role::TextField, label, "");
        ui.commit();
    };
    empty("Bob: quota");
    CHECK(ui.count("ForecastingQuota") == 0);
    CHECK(ui.shows("3 monthly quotas removed: Bob"));
    ui.click(Role::Button, "Undo");
    CHECK(ui.count("ForecastingQuota") == 3);
    ui.browser.settings["language"] = "zh-CN";
    ui.go("#/settings");
    ui.go("#/forecast");
    empty("Bob：配额");
    CHECK(ui.shows("已移除 Bob 的 3 个月度配额"));
}

TEST_CASE("forecast: a quota that is refused says why below its cell") {
    Forecasting ui;
    const auto told_below = [&]() -> std::string {
        const SemanticsNode* field = ui.find(Role::TextField, "Bob: quota");
        REQUIRE(field);
        SemanticsNode below = *field;
        below.box = {field->box.x, field->box.y + field->box.height, 240, 40};
        return ui.colors_in(below).contains(kit::color32(ui.app.context().color().danger_tint.background)) ? field->description : "nothing";
    };
    ui.go("#/forecast");
    ui.double_click(ui.quota_cell("Bob"));
    CHECK(told_below() == "nothing");
    ui.type(Role::TextField, "Bob: quota", "12x");
    ui.commit();
    CHECK(told_below() == "Write a number, like 1200.50.");
    ui.type(Role::TextField, "Bob: quota", "-5");
    ui.commit();
    CHECK(told_below() == "Quota Amount can’t be less than 0.");
    CHECK(ui.count("ForecastingQuota") == 0);
    ui.type(Role::TextField, "Bob: quota", "5");
    ui.commit();
    CHECK(ui.cell("Bob", 1) == "5.00");
}

TEST_CASE("forecast: an override has a note, a mark, and goes away again") {
    Forecasting ui;
    ui.go("#/forecast");
    ui.go("#/forecast?dialog=override%3A" + ui.bob + "%3ACommit");
    REQUIRE(ui.find(Role::Dialog, "Bob: override Commit"));
    ui.click(Role::Button, "Save");
    CHECK(ui.shows("Enter an amount."));
    ui.type(Role::TextField, "Amount", "650");
    ui.type(Role::TextArea, "Note", "A letter of intent is on its way.");
    ui.click(Role::Button, "Save");
    CHECK_FALSE(ui.find(Role::Dialog, "Bob: override Commit"));
    CHECK(ui.cell("Bob", 3) == "650.00 from 500.00");
    CHECK(ui.cell("Ann", 3) == "750.00 from 600.00");
    const SemanticsNode* figure = ui.find(Role::Link, "650.00 from 500.00");
    REQUIRE(figure);
    CHECK(figure->description.find("A letter of intent is on its way.") != std::string::npos);
    CHECK(figure->description.find("Computed: USD 500.00.") != std::string::npos);
    ui.go("#/forecast");
    ui.go("#/forecast?dialog=override%3A" + ui.bob + "%3ACommit");
    ui.click(Role::Button, "Remove override");
    CHECK(ui.cell("Bob", 3) == "500.00");
}

TEST_CASE("forecast: what changed since a week ago is told in words; before the history nothing is guessed") {
    Forecasting ui;
    ui.go("#/forecast?since=month");
    CHECK(ui.shows("isn’t known: the history here begins on 2026-11-23"));
    ui.data.clock.instant += 9 * milliseconds_per_day;
    ui.data.run(R"({"command":"UpdateRecord","object":"Opportunity","id":")" + ui.sale + R"(","fields":{"Amount":450}})");
    ui.go("#/forecast?since=week");
    CHECK(ui.cell("Bob", 3) == "450.00 −50.00 down");
    CHECK(ui.cell("Bob", 2) == "0.00 ±0");
    ui.sell(ui.bob, "Closed", "2026-12-01", "25.00");
    ui.settle();
    CHECK(ui.cell("Bob", 2) == "25.00 +25.00 up");
}

TEST_CASE("forecast: on a tablet no name is cut, and of the columns the gap alone is out of sight") {
    Forecasting ui(820, 1180);
    const std::string name = "Maximiliane Sophia Hoffmann";
    ui.sell(ui.user(name, ui.ann), "Commit", "2026-12-31", "12.00");
    ui.go("#/forecast");
    REQUIRE(ui.find(Role::ColumnHeader, "Owner"));
    CHECK(ui.find(Role::ColumnHeader, "Owner")->box.width >= kit::text_width(ui.app.context(), name, TextStyle::DenseStrong) + 24 + 8 + 28);
    for (const SemanticsNode* header : ui.find_all(Role::ColumnHeader)) CHECK_MESSAGE((header->box.x + header->box.width <= 820 - 54) == (header->name != "Gap"), header->name);
}

TEST_CASE("forecast: cards on a phone") {
    Forecasting ui(390, 2200);
    ui.go("#/forecast");
    REQUIRE(ui.find(Role::ListItem, "Total"));
    CHECK(ui.find(Role::Link, "Commit: 600.00"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "More for Bob");
    CHECK(ui.find(Role::MenuItem, "Set quota"));
    CHECK(ui.find(Role::MenuItem, "Override: Best case"));
}

TEST_CASE("forecast: an empty start says what to do") {
    UiDriver empty;
    empty.go("#/forecast");
    CHECK(empty.shows("Nothing to forecast yet"));
    CHECK(empty.find(Role::Button, "New opportunity"));
}
