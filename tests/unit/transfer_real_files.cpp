// Files that other systems wrote (not in the repository), imported as they are: counts and sums that are known of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/query/query.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

constexpr const char* make_all = R"({"createMissing": true})";

struct Files : testing::ImportFixture {
    std::string folder = testing::shared_data();

    ImportReport take(const std::string& file, std::string_view object, std::string_view options = make_all) {
        ImportReport report = import(testing::read_file(folder + "/" + file), object, options);
        CAPTURE(file);
        const std::string reason = report.first_reasons.empty() ? std::string() : report.first_reasons[0];
        CAPTURE(reason);
        CHECK(report.created + report.updated + report.failed == report.total);
        return report;
    }
    std::uint32_t count(const std::string& soql) {
        const auto query = parse_soql(soql, records);
        if (!query) FAIL(messages.error(query.error()));
        return run_count(*query, records, {}).value();
    }
    // The one value of an aggregate query, as text.
    std::string total(const std::string& soql) {
        const auto query = parse_soql(soql, records);
        if (!query) FAIL(messages.error(query.error()));
        const auto answer = run_aggregate(*query, records, {});
        REQUIRE(answer);
        const Value value = answer->value(0, 0);
        const auto* number = std::get_if<Decimal>(&value);
        return number ? to_text_trimmed(*number) : "";
    }
};

}  // namespace

TEST_CASE("real files: HubSpot's companies, contacts, deals and activities, joined by domain and e-mail") {
    Files f;
    if (f.folder.empty()) return;
    CHECK(f.take("hubspot/hubspot_companies.csv", "Account").created == 200);
    CHECK(f.count("SELECT COUNT() FROM Account WHERE BillingPostalCode LIKE '0%'") > 0);
    CHECK(f.take("hubspot/hubspot_contacts.csv", "Contact").created == 950);
    CHECK(f.live("Account") == 200);
    CHECK(f.count("SELECT COUNT() FROM Contact WHERE AccountId = NULL") == 271);
    CHECK(f.take("hubspot/hubspot_deals.csv", "Opportunity").created == 500);
    CHECK(f.live("Account") == 200);
    CHECK(f.live("Contact") == 950);
    CHECK(f.total("SELECT SUM(Amount) FROM Opportunity") == "62499790.17");
    CHECK(f.count("SELECT COUNT() FROM Opportunity WHERE IsWon = TRUE") == f.count("SELECT COUNT() FROM Opportunity WHERE StageName = 'Closed Won'"));
    CHECK(f.take("hubspot/hubspot_activities.csv", "Task").created == 2000);
    CHECK(f.count("SELECT COUNT() FROM Task WHERE WhoId != NULL") > 0);
    // Once more: the ids were kept, so that nothing is doubled.
    CHECK(f.take("hubspot/hubspot_companies.csv", "Account").updated == 200);
    CHECK(f.take("hubspot/hubspot_contacts.csv", "Contact").updated == 950);
    CHECK(f.live("Contact") == 950);
}

TEST_CASE("real files: Salesforce Data Loader's exports, in Windows-1252, UTF-8 and UTF-16") {
    Files f;
    if (f.folder.empty()) return;
    const ImportReport accounts = f.take("salesforce_dataloader/accountData.csv", "Account");
    CHECK(accounts.created == 423);
    CHECK(f.total("SELECT SUM(AnnualRevenue) FROM Account") == "84860000000");
    CHECK(std::any_of(accounts.notes.begin(), accounts.notes.end(), [](const std::string& note) { return note.find("windows-1252") != std::string::npos; }));
    const ImportReport opportunities = f.take("salesforce_dataloader/opportunityData.csv", "Opportunity");
    CHECK(opportunities.created == 38);
    CHECK(f.total("SELECT SUM(Amount) FROM Opportunity") == "6270000");
    for (const char* name : {"csvtext", "csvtext_BOM_UTF8", "csvtext_BOM_UTF16LE", "csvtext_BOM_UTF16BE"}) {
        CAPTURE(name);
        const ImportReport report = f.take("salesforce_dataloader/testfiles/" + std::string(name) + ".csv", "Lead",
                                           R"({"map": {"column1": "LastName", "column2": "Company", "column3": "Title"}})");
        CHECK(report.created == 2);
    }
    CHECK(f.count("SELECT COUNT() FROM Lead WHERE LastName = 'row2-1' AND Company = 'row2-2' AND Title = 'row2-3'") == 4);
    CHECK(f.take("salesforce_dataloader/testfiles/accountsForInsert.csv", "Account").failed == 0);
    CHECK(f.take("salesforce_dataloader/testfiles/upsertAccountCsvTemplate.csv", "Account").failed == 0);
}

TEST_CASE("real files: ragged rows are handed back, and literal NULL is empty") {
    Files f;
    if (f.folder.empty()) return;
    const ImportReport customers = f.take("northwind/customers.csv", "Account");
    CHECK(customers.total == 91);
    CHECK(customers.failed == 24);
    CHECK(customers.created == 67);
    CHECK(f.count("SELECT COUNT() FROM Account WHERE BillingState = 'NULL'") == 0);
    CHECK(f.count("SELECT COUNT() FROM Account WHERE Name = 'Ana Trujillo Emparedados y helados'") == 1);
    CHECK(f.take("northwind/employees.csv", "User").total == 9);
    const ImportReport products = f.take("northwind/products.csv", "Product2");
    CHECK(products.created == 77);
}

TEST_CASE("real files: nine thousand leads with 'Select' for what nobody chose") {
    Files f;
    if (f.folder.empty()) return;
    const ImportReport report = f.take("leads_x_education/Leads.csv", "Lead", R"({"createMissing": true, "map": {"Lead Number": "LastName", "Lead Origin": "Company"}})");
    CHECK(report.total == 9240);
    CHECK(report.created == 9240);
}

TEST_CASE("real files: a small CRM's five tables, sample data of Salesforce's own, contact lists") {
    Files f;
    if (f.folder.empty()) return;
    CHECK(f.take("small_crm/Accounts.csv", "Account").created == 10);
    CHECK(f.take("small_crm/Contacts.csv", "Contact").created == 15);
    CHECK(f.take("small_crm/Leads.csv", "Lead").created == 20);
    CHECK(f.take("small_crm/Opportunities.csv", "Opportunity").created == 12);
    CHECK(f.take("small_crm/Customer_Interactions.csv", "Event").created == 30);
    CHECK(f.count("SELECT COUNT() FROM Contact WHERE Phone LIKE '+44%'") == 15);
    CHECK(f.count("SELECT COUNT() FROM Opportunity WHERE AccountId = NULL") == 0);
    CHECK(f.take("sfdx_easy_spaces/Lead_Data.csv", "Lead").failed == 0);
    CHECK(f.take("sfdx_easy_spaces/Contact_Data.csv", "Contact").failed == 0);
    CHECK(f.take("csv_contacts/gmail.csv", "Contact").total > 0);
    CHECK(f.take("csv_contacts/google_shared_contacts_sample1.csv", "Contact").total > 0);
}
