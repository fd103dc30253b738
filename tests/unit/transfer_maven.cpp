// The Maven sales data (not in the repository): imported as a person would, with the totals that are known of it.
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Maven : testing::ImportFixture {
    std::string folder;
    explicit Maven(std::string data) : folder(std::move(data) + "/maven/") {}

    ImportReport take(const std::string& file, std::string_view object, std::string_view options) {
        return import(testing::read_file(folder + file), object, options);
    }
};

struct Sum {
    std::uint32_t count = 0;
    std::int64_t cents = 0;
};

}  // namespace

TEST_CASE("maven: four files, imported, give the known totals") {
    const std::string data = testing::shared_data();
    if (data.empty()) return;
    namespace so = standard_object;
    namespace of = opportunity_field;
    Maven maven(data);
    constexpr std::string_view all = R"({"createMissing": true})";
    ImportReport report = maven.take("accounts.csv", "Account", all);
    CHECK(report.created == 85);
    CHECK(report.failed == 0);
    CHECK(report.records_made == 0);
    report = maven.take("products.csv", "Product2", all);
    CHECK(report.created == 7);
    report = maven.take("sales_teams.csv", "User", all);
    CHECK(report.created == 35);
    CHECK(report.records_made == 6);
    report = maven.take("sales_pipeline.csv", "Opportunity", all);
    CHECK(report.created == 8800);
    CHECK(report.failed == 0);
    CHECK(report.records_made == 0);
    REQUIRE(report.suggestions.size() == 1);
    CHECK(report.suggestions[0].value == "GTXPro");
    CHECK(report.suggestions[0].suggestion == "GTX Pro");
    CHECK(report.suggestions[0].rows == 1480);

    const Records& records = maven.records;
    const Table& table = records.table(so::opportunity);
    const Field& stage = records.schema().object(so::opportunity).field(of::stage);
    std::map<std::string, Sum> by_stage, by_quarter, by_region;
    std::uint32_t open_without_account = 0;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const std::string& name = stage.values[table.column(of::stage).codes()[row] - 1u].value;
        const std::int64_t amount = table.column(of::amount).is_null(row) ? 0 : table.column(of::amount).decimals()[row];
        const auto add = [amount](Sum& sum) {
            ++sum.count;
            sum.cents += amount;
        };
        add(by_stage[name]);
        const bool is_open = table.column(of::is_closed).flags()[row] == 0;
        open_without_account += is_open && table.column(of::account).is_null(row);
        if (table.column(of::is_won).flags()[row] == 0) continue;
        const CivilDate date = to_civil(table.column(of::close_date).days()[row]);
        add(by_quarter[std::to_string(date.year) + "Q" + std::to_string((date.month + 2) / 3)]);
        add(by_region[std::string(records.text({so::user, table.column(system_field::owner).rows()[row]}, user_field::region))]);
    }
    CHECK(by_stage["Won"].count == 4238);
    CHECK(by_stage["Won"].cents == 10'005'534'00);
    CHECK(by_stage["Lost"].count == 2473);
    CHECK(by_stage["Engaging"].count == 1589);
    CHECK(by_stage["Prospecting"].count == 500);
    CHECK(open_without_account == 1425);
    CHECK(by_quarter["2017Q1"].cents == 1'134'672'00);
    CHECK(by_quarter["2017Q2"].cents == 3'086'111'00);
    CHECK(by_quarter["2017Q3"].cents == 2'982'255'00);
    CHECK(by_quarter["2017Q4"].cents == 2'802'496'00);
    CHECK(by_region["West"].cents == 3'568'647'00);
    CHECK(by_region["Central"].cents == 3'346'293'00);
    CHECK(by_region["East"].cents == 3'090'594'00);

    // The same file once more updates, since its id was kept.
    report = maven.take("sales_pipeline.csv", "Opportunity", all);
    CHECK(report.created == 0);
    CHECK(report.updated == 8800);
    CHECK(table.live_count() == 8800);
}
