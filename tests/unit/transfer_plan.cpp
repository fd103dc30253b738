// Which column of a file gets a field that several ask for, and by what an import finds records again.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Plans : testing::ImportFixture {
    // Where each column of a file goes: "Name=Name Stage=StageName ".
    static std::string columns(const ImportReport& report) {
        std::string text;
        for (const ImportReport::Column& one : report.columns) text += one.header + "=" + one.field + " ";
        return text;
    }
    std::string named(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        const Value value = records.value({found->index, row}, found->find_field(field)->index);
        const auto* record = std::get_if<RecordRef>(&value);
        return record ? records.display_name(*record) : records.value_text({found->index, row}, found->find_field(field)->index);
    }
    std::string of_all(std::string_view object, std::string_view field) {
        const RowIndex rows = records.table(records.schema().find_object(object)->index).row_count();
        std::string text;
        for (RowIndex row = 0; row < rows; ++row) text += named(object, row, field) + "|";
        return text;
    }
};

constexpr const char* all = R"({"createMissing": true})";

}  // namespace

TEST_CASE("import plan: amounts that can't be read keep their field, and no other column's come in their place") {
    for (const char* options : {"{}", all}) {
        Plans p;
        ImportReport report = p.import("Deal Name,Stage,Amount,Expected Revenue\nA,Prospecting,Rs. 12.3.4,500\nB,Prospecting,Rs. 12.3.5,600\n", "Opportunity", options);
        CHECK(report.failed == 2);
        CHECK(report.fields_made.empty());
        report = p.import("Company,Annual Revenue,Revenue,No. of Employees,Employees\nA,Rs. 12.3.4,5,12.3.4,5\nB,Rs. 12.3.5,6,12.3.5,6\n", "Account", options);
        CHECK(report.failed == 2);
        CHECK(p.live("Account") == 0);
    }
    // What is no amount at all leaves the field to who has one, but not to what is worked out.
    Plans p;
    ImportReport report = p.import("Deal Name,Stage,Amount,Expected Revenue\nA,Prospecting,large,500\nB,Prospecting,small,600\n", "Opportunity");
    CHECK(p.columns(report) == "Deal Name=Name Stage=StageName ");
    report = p.import("Deal Name,Stage,Amount,Deal Value\nA,Prospecting,10-50,500\nB,Prospecting,51-200,600\n", "Opportunity");
    CHECK(p.columns(report) == "Deal Name=Name Stage=StageName Deal Value=Amount ");
}

TEST_CASE("import plan: a column without a value leaves its field to one that has some") {
    Plans p;
    ImportReport report = p.import("Last Name,Company,Email,E-mail Address,Phone,Business Phone\nA,X,,a@x.com,,1\n", "Lead");
    CHECK(p.columns(report) == "Last Name=LastName Company=Company E-mail Address=Email Business Phone=Phone ");
    report = p.import("Deal Name,Stage,Amount,Deal Value,Account,Potential Customer\nA,Prospecting,,5,,Acme\n", "Opportunity", all);
    CHECK(report.fields_made.empty());
    CHECK(p.of_all("Opportunity", "AccountId") == "Acme|");
    CHECK(p.of_all("Opportunity", "Amount") == "5|");
    // Outlook's "Title" is no job, and an empty amount isn't what is worked out.
    CHECK(p.columns(p.import("Title,Last Name,Job Title\nMr.,A,\n", "Contact")).starts_with("Title=Salutation Last Name=LastName "));
    CHECK(p.columns(p.import("Deal Name,Stage,Amount,Expected Revenue\nB,Prospecting,,5\n", "Opportunity")).find("Revenue") == std::string::npos);
}

TEST_CASE("import plan: the field that an import made for another system's ids is found by the next") {
    Plans p;
    const std::string accounts = "Name,OWNERID\nA,0055e000001AbCdAAK\nB,0055e000001AbCdAAK\n", contacts = "Last Name,Associated Company IDs\nA,1;2\nB,2;1\n";
    CHECK(p.import(accounts, "Account", all).fields_made.size() == 1);
    CHECK(p.columns(p.import(accounts, "Account", all)) == "Name=Name OWNERID=OWNERID__c ");
    CHECK(p.import(contacts, "Contact", all).fields_made.size() == 1);
    for (const char* options : {"{}", all}) {
        const ImportReport again = p.import(contacts, "Contact", options);
        CHECK(again.fields_made.empty());
        CHECK(again.skipped_headers.empty());
    }
    // Ids of others' records, if each came once, tell nothing apart: the next with the same is no update.
    CHECK(p.import("Last Name,Account ID\nC,386\nD,394\n", "Contact", all).fields_made == std::vector<std::string>{"Account_ID__c"});
    const ImportReport report = p.import("Last Name,Account ID\nE,386\nF,386\n", "Contact", all);
    CHECK(report.created == 2);
    CHECK(report.fields_made.empty());
}

TEST_CASE("import plan: several ids in every cell, and names with the domain, find the first that is here") {
    Plans p;
    p.import("Record ID,Company name\n1,Acme\n2,Beta\n", "Account", all);
    CHECK(p.import("Deal Name,Deal Stage,Associated Company IDs\nX,Prospecting,1;2\nY,Prospecting,2;1\n", "Opportunity").created == 2);
    CHECK(p.import("Deal Name,Deal Stage,Associated Company\nZ,Prospecting,Beta (beta.com);Acme\n", "Opportunity").created == 1);
    CHECK(p.of_all("Opportunity", "AccountId") == "Acme|Beta|Beta|");
    CHECK(p.import("Deal Name,Deal Stage,Associated Company\nZ,Prospecting,Beta (U.S.)\n", "Opportunity").failed == 1);
}

TEST_CASE("import plan: HubSpot's stages carry their pipeline, which makes none of its own") {
    Plans p;
    const ImportReport report = p.import("Deal Name,Deal Stage,Pipeline\nA,Closed Won (Sales Pipeline),Sales Pipeline\nB,Contract Sent (Sales Pipeline),Sales Pipeline\n"
                                         "C,Prospecting (Renewals),Sales Pipeline\nD,Odd (yes),Sales Pipeline\n", "Opportunity", all);
    CHECK(report.created == 4);
    CHECK(p.of_all("Opportunity", "StageName") == "Closed Won|Contract Sent|Prospecting|Odd (yes)|");
    CHECK(std::ranges::count_if(report.suggestions, [](const ImportReport::Suggestion& one) { return one.taken; }) == 2);
}

TEST_CASE("import plan: Salesforce's codes of forecast categories are ours") {
    Plans p;
    const ImportReport report = p.import("Deal Name,Stage,ForecastCategory,ForecastCategoryName\nA,Prospecting,Forecast,Commit\nB,Prospecting,BestCase,Best Case\nC,Prospecting,Omitted,Omitted\n"
                                         "D,Prospecting,MostLikely,Most Likely\n", "Opportunity", all);
    CHECK(report.fields_made.empty());
    CHECK(report.values_made.empty());
    CHECK(p.of_all("Opportunity", "ForecastCategory") == "Commit|BestCase|Omitted|BestCase|");
}

TEST_CASE("import plan: people are found again by their whole name") {
    Plans p;
    CHECK(p.import("Full Name,Phone\nAnn Bo,1\nCy Do,2\nCy Do,3\n", "Contact").created == 3);
    for (const auto& [header, key] : {std::pair{"Full Name", "Full Name"}, {"Name", "Name"}, {"Full Name", "name"}}) {
        const ImportReport report = p.import(std::string(header) + ",Phone\n\"Bo, Ann\",7\nEd Fa,8\nCy Do,9\n", "Contact", R"({"externalId": ")" + std::string(key) + R"("})");
        CHECK(report.created + report.updated == 2);
        CHECK(report.failed == 1);   // two have that name
    }
    CHECK(p.of_all("Contact", "Phone") == "7|2|3|8|");
}

TEST_CASE("import plan: Google says of which kind each number is") {
    Plans p;
    CHECK(p.columns(p.import("Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\nA,Mobile,0151,Work,030\nB,Mobile,0152,,\nC,Mobile,0153,Work,031\n", "Contact")) ==
          "Last Name=LastName Phone 1 - Value=MobilePhone Phone 2 - Value=Phone ");
    // Where the rows differ, the columns stay as they are.
    CHECK(p.columns(p.import("Last Name,Phone 1 - Type,Phone 1 - Value\nA,Mobile,0151\nB,Work,030\n", "Contact")) == "Last Name=LastName Phone 1 - Value=Phone ");
    CHECK(p.columns(p.import("Last Name,Phone 1 - Type,Phone 1 - Value\nA,Work Fax,0151\n", "Contact")) == "Last Name=LastName Phone 1 - Value=Fax ");
}

TEST_CASE("import plan: German and Chinese headers") {
    Plans p;
    CHECK(p.columns(p.import("Firma,Stadt\nA,B\n", "Account")) == "Firma=Name Stadt=BillingCity ");
    CHECK(p.columns(p.import("商机名称,阶段,预计成交金额(元),商机来源\n甲,输单,5,Web\n乙,赢单,6,Web\n", "Opportunity", all)) == "商机名称=Name 阶段=StageName 预计成交金额(元)=Amount 商机来源=LeadSource ");
    CHECK(p.of_all("Opportunity", "StageName") == "Closed Lost|Closed Won|");
    for (const char* object : {"Account", "Lead"})
        CHECK(p.columns(p.import("公司名称,姓名,年营业额,员工人数\n甲,王,5,6\n", object)).ends_with("年营业额=AnnualRevenue 员工人数=NumberOfEmployees "));
}

TEST_CASE("import plan: ids of rows of the same file link them at once") {
    Plans p;
    const std::string csv = "Id,Name,ParentId\n0015g00000AAAAAAA1,Parent,\n0015g00000BBBBBBB2,Child,0015g00000AAAAAAA1\n";
    for (const char* options : {"{}", all}) {
        const ImportReport report = p.import(csv, "Account", options);
        CHECK(report.created == 2);
        CHECK(report.fields_made.size() == (options == all ? 1 : 0));
    }
    CHECK(p.named("Account", 1, "ParentId") == "Parent");
    CHECK(p.named("Account", 3, "ParentId") == "Parent");
    CHECK(p.import(csv, "Account").unchanged == 2);
    // Both new beside records that have such ids; the column before that with the ids; people.
    CHECK(p.import("ParentId,Account ID,Name\n0015g00000CCCCC,0015g00000DDDDDAA5,Daughter\n,0015g00000CCCCC,Mother\n", "Account", all).created == 2);
    CHECK(p.named("Account", 4, "ParentId") == "Mother");
    CHECK(p.import("Id,LastName,ReportsToId\n0035g00000AAAAAAA1,Boss,\n0035g00000BBBBBBB2,Clerk,0035g00000AAAAAAA1\n", "Contact", all).created == 2);
    CHECK(p.named("Contact", 1, "ReportsToId") == "Boss");
    CHECK(p.import("ManagerId,LastName,Id\n,Boss,7\n7,Clerk,8\n", "User", all).created == 2);
    CHECK(p.named("User", 2, "ManagerId") == "Boss");
}

TEST_CASE("import: a custom object's lookup to itself finds the rows of its own file by their ids") {
    Plans p;
    REQUIRE(p.run(R"({"command":"DefineObject","object":"Visit__c","label":"Visit","nameField":{"type":"Text"}})"));
    REQUIRE(p.run(R"({"command":"DefineField","object":"Visit__c","field":"Self__c","label":"Before","type":"Lookup","referenceTo":["Visit__c"]})"));
    const std::string csv = "Id,Name,Self__c\na01AAAAAAAAAAAA,Parent,\na01AAAAAAAAAAAB,Kid,a01AAAAAAAAAAAA\n";
    CHECK(p.import(csv, "Visit__c").created == 2);
    CHECK(p.named("Visit__c", 1, "Self__c") == "Parent");
    CHECK(p.import(csv, "Visit__c", R"({"createMissing":true})").created == 2);
    CHECK(p.live("Visit__c") == 4);
    // By name, as ever.
    CHECK(p.import("Name,Self__c\nLate,Kid\n", "Visit__c", R"({"acceptSuggestions":true})").failed == 1);   // two are called so
}
