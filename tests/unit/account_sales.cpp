// An account's sales against the same sums by SOQL, over a generated database with parents.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "core/pipeline/account_sales.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Told { std::int64_t count = 0; std::string amount = "0"; };

Told told(TestWorkspace& data, const std::string& where) {
    const Json answer = data.query("SELECT COUNT(Id) n, SUM(Amount) a FROM Opportunity WHERE " + where);
    const Json& row = answer.find("records")->items().at(0);
    const Json* amount = row.find("a");
    return {row.integer_or("n", -1), amount && amount->is_number() ? amount->text() : "0"};
}

void check_same(const SalesSum& sum, const Told& expected) {
    CHECK(sum.count == expected.count);
    REQUIRE(sum.amount);
    CHECK(parse_decimal(expected.amount) == sum.amount);
}

}  // namespace

TEST_CASE("account sales: equal the query's sums, for an account and for its group") {
    TestWorkspace data;
    const auto account = [&](const std::string& name, const std::string& parent) {
        return data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": ")" + name + "\"" +
                           (parent.empty() ? "" : R"(, "ParentId": ")" + parent + "\"") + "}}");
    };
    const std::string top = account("Top", ""), middle = account("Middle", top), low = account("Low", middle);
    int number = 0;
    for (const std::string& id : {top, middle, low})
        for (const char* stage : {"Prospecting", "Closed Won", "Closed Lost", "Closed Won"}) {
            ++number;
            data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "Sale )" + std::to_string(number) + R"(", "CloseDate": "2026-12-01", "StageName": ")" + stage +
                        R"(", "AccountId": ")" + id + "\"" + (number % 5 == 0 ? "" : R"(, "Amount": )" + std::to_string(number * 100) + ".25") + "}}");
        }
    const Records& records = data.workspace.records();
    const auto ref = [&](const std::string& id) { return *records.find(*parse_record_id(id)); };
    const std::vector<RecordRef> group = account_group(records, ref(top));
    CHECK(group.size() == 3);
    CHECK(group[0] == ref(top));
    const std::string own = "AccountId = '" + middle + "'", all = "AccountId IN ('" + top + "', '" + middle + "', '" + low + "')";
    const RecordRef one[] = {ref(middle)};
    for (const auto& [sales, where] : {std::pair{account_sales(records, one), own}, std::pair{account_sales(records, group), all}}) {
        check_same(sales.open, told(data, where + " AND IsClosed = false"));
        check_same(sales.won, told(data, where + " AND IsWon = true"));
        check_same(sales.lost, told(data, where + " AND IsClosed = true AND IsWon = false"));
    }
    CHECK(account_group(records, ref(low)).size() == 1);
    CHECK(account_sales(records, {}).open.count == 0);
}
