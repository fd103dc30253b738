// Files that come back: what updates a record changes only what the file says of it.
#include <doctest/doctest.h>

#include "core/transfer/export_csv.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    RecordRef make(const std::string& object, const std::string& fields) {
        return ImportFixture::make(R"({"command":"CreateRecord","object":")" + object + R"(","fields":{)" + fields + "}}");
    }
};

}  // namespace

TEST_CASE("import: a name is made up for new records only") {
    Bench b;
    const RecordRef acme = b.make("Account", R"("Name":"Acme")");
    const ImportReport update = b.import("Id,Phone\n" + b.id(acme) + ",5\n", "Account");
    CHECK(update.updated == 1);
    CHECK(update.notes.empty());   // no word of names then
    CHECK(b.import("Record ID,Fax\n" + b.id(acme) + ",6\n", "Account").updated == 1);
    CHECK(b.import("记录 ID,Fax\n" + b.id(acme) + ",6\n", "Account").updated == 1);
    CHECK(b.text(acme, "Name") == "Acme");
    CHECK(b.text(acme, "Phone") == "5");
    CHECK(b.text(acme, "Fax") == "6");
    // By an id of another system: the row that is new there gets a name all the same.
    REQUIRE(b.run(R"({"command":"DefineField","object":"Account","field":"Legacy__c","label":"Legacy","type":"Text","length":20,"externalId":true})"));
    REQUIRE(b.run(R"({"command":"UpdateRecord","object":"Account","id":")" + b.id(acme) + R"(","fields":{"Legacy__c":"7"}})"));
    const ImportReport both = b.import("Legacy,Phone\n7,99\n8,98\n", "Account");
    CHECK(both.updated == 1);
    CHECK(both.created == 1);
    CHECK(both.notes.size() == 1);
    CHECK(b.text(acme, "Name") == "Acme");
    CHECK(b.text(acme, "Phone") == "99");
    CHECK(b.text({standard_object::account, 1}, "Name") == "8");
    // An opportunity isn't named after its account again, and that such a name would be too long refuses nothing.
    const std::string company(200, 'x');
    b.make("Account", R"("Name":")" + company + "\"");
    const RecordRef sale = b.make("Opportunity", R"("Name":"Sale","CloseDate":"2026-12-01")");
    CHECK(b.import("Id,Account Name,Amount\n" + b.id(sale) + "," + company + ",5\n", "Opportunity").updated == 1);
    CHECK(b.text(sale, "Name") == "Sale");
    CHECK(b.text(sale, "Amount") == "5");
    CHECK(b.import("Account Name,Amount\n" + company + ",5\n", "Opportunity").created == 1);
    CHECK(b.text({standard_object::opportunity, 1}, "Name") == company.substr(0, 120));
    for (const char* object : {"Product2", "Segment", "Group", "Pricebook2"}) {
        const RecordRef kept = b.make(object, R"("Name":"Kept")");
        CHECK(b.import("Id,Description\n" + b.id(kept) + ",changed\n", object).updated == 1);
        CHECK(b.text(kept, "Name") == "Kept");
        CHECK(b.text(kept, "Description") == "changed");
    }
    REQUIRE(b.run(R"({"command":"DefineObject","object":"Site__c","label":"Site"})"));
    REQUIRE(b.run(R"({"command":"DefineField","object":"Site__c","field":"City__c","label":"City","type":"Text","length":20})"));
    const RecordRef site = b.make("Site__c", R"("Name":"North")");
    CHECK(b.import("Id,City\n" + b.id(site) + ",Oslo\n", "Site__c").updated == 1);
    CHECK(b.text(site, "Name") == "North");
}

TEST_CASE("export: a list's text that a spreadsheet would run is guarded, numbers aren't, and it comes back as it was") {
    Bench b;
    const char* names[] = {"=HYPERLINK(1)", "+1+cmd|x", "@SUM(1)", "-2+3", "-12.5", "Plain"};
    std::vector<RowIndex> rows;
    for (const char* name : names) rows.push_back(b.make("Account", "\"Name\":\"" + std::string(name) + "\",\"AnnualRevenue\":-5").row);
    const Object& account = b.records.schema().object(standard_object::account);
    const FieldIndex fields[] = {system_field::id, account.name_field, account.find_field("AnnualRevenue")->index};
    const std::string list = export_csv(b.records, standard_object::account, fields, rows, b.messages);
    for (const char* cell : {",'=HYPERLINK(1),-5", ",'+1+cmd|x,-5", ",'@SUM(1),-5", ",'-2+3,-5", ",-12.5,-5", ",Plain,-5"}) CHECK(list.contains(cell));
    CHECK(b.import(list, "Account").unchanged == 6);
}

TEST_CASE("import: a renamed value is told by its label below a label, by its API name below an API name") {
    Bench b;
    // As the page renames: only labels change.
    const auto relabel = [&](const char* object, const char* field, const std::string& first, const std::string& second) {
        std::string values;
        for (const PicklistValue& value : b.records.schema().find_object(object)->find_field(field)->values) {
            const std::string label = value.value == first ? second : value.value == second ? "Renamed" : "";
            values += (values.empty() ? "" : ",") + (R"({"value":")" + value.value + "\"") + (label.empty() ? "" : R"(,"label":")" + label + "\"") + "}";
        }
        REQUIRE(b.run(std::string(R"({"command":"UpdateField","object":")") + object + R"(","field":")" + field + R"(","values":[)" + values + "]}"));
    };
    relabel("Opportunity", "StageName", "Prospecting", "Qualification");
    const RecordRef early = b.make("Opportunity", R"("Name":"Early","CloseDate":"2026-12-01","StageName":"Prospecting")");
    const RecordRef later = b.make("Opportunity", R"("Name":"Later","CloseDate":"2026-12-01","StageName":"Qualification")");
    const auto stages = [&] { return b.text(early, "StageName") + ", " + b.text(later, "StageName"); };
    const RowIndex rows[] = {early.row, later.row};
    const FieldIndex fields[] = {system_field::id, opportunity_field::stage};
    const std::string list = export_csv(b.records, standard_object::opportunity, fields, rows, b.messages);
    CHECK(list.find("Qualification") < list.find("Renamed"));
    CHECK(b.import(list, "Opportunity").unchanged == 2);
    CHECK(b.import("Id,阶段\n" + b.id(early) + ",Qualification\n" + b.id(later) + ",Renamed\n", "Opportunity").unchanged == 2);
    CHECK(b.import("Id,Stage\n" + b.id(early) + ",qualification\n" + b.id(later) + ",Renamed\n", "Opportunity").unchanged == 2);
    const std::string exported = "Id,StageName\n" + b.id(early) + ",Prospecting\n" + b.id(later) + ",Qualification\n";
    CHECK(b.import(exported, "Opportunity").unchanged == 2);
    CHECK(stages() == "Prospecting, Qualification");
    // What no other value is called still means the value of that API name.
    CHECK(b.import("Id,Stage\n" + b.id(later) + ",Prospecting\n", "Opportunity").updated == 1);
    CHECK(stages() == "Prospecting, Prospecting");

    // Where label and API name are one word, the rest of the file tells which of them it means.
    relabel("Account", "Rating", "Hot", "Warm");
    const RecordRef acme = b.make("Account", R"("Name":"Acme","Rating":"Hot")");
    CHECK(b.import("Id,AnnualRevenue,Rating\n" + b.id(acme) + ",,Hot\n", "Account").unchanged == 1);
    CHECK(b.import("Id,Annual Revenue,Rating\n" + b.id(acme) + ",,Warm\n", "Account").unchanged == 1);
    CHECK(b.text(acme, "Rating") == "Hot");
    CHECK(b.import("Id,AnnualRevenue,Rating\n" + b.id(acme) + ",,Warm\n", "Account").updated == 1);
    CHECK(b.text(acme, "Rating") == "Warm");
}

TEST_CASE("import: a duplicate rule compares something, as one that is made by hand") {
    Bench b;
    const ImportReport report = b.import("Name,AppliesTo,Comparisons,ComparedFields\nNone,People,,\nTitles,People,Title,\nPhones,People,,Phone\n", "DuplicateRule");
    CHECK(report.created == 2);
    CHECK(report.failures_csv.find("None,People,,,Comparisons is required.") != std::string::npos);
    const RecordRef titles{standard_object::duplicate_rule, 0};
    CHECK(b.code(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + b.id(titles) + R"(","fields":{"Comparisons":null}})") == "REQUIRED_FIELD_MISSING");
    CHECK(b.import("Id,IsActive\n" + b.id(titles) + ",no\n", "DuplicateRule").updated == 1);
}
