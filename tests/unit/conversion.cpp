// Lead conversion and merging against the semantics that the reference page fixes.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/conversion/convert_lead.h"
#include "core/conversion/lead_mapping.h"
#include "core/matching/match_keys.h"
#include "core/objects/standard.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

constexpr const char* full_lead = R"({"command": "CreateRecord", "object": "Lead", "fields": {
    "FirstName": "Ann", "LastName": "Meyer", "Company": "Acme GmbH", "Title": "CTO", "Email": "ann@acme.test",
    "Phone": "+49 30 1234567", "MobilePhone": "+49 170 1", "Fax": "+49 30 9", "Website": "https://acme.test",
    "LeadSource": "Web", "Rating": "Hot", "AnnualRevenue": 1200000.50, "NumberOfEmployees": 42,
    "Street": "Hauptstr. 1", "City": "Berlin", "PostalCode": "10115", "Country": "Germany", "Description": "met at fair"}})";

std::string first(const Json& answer, std::string_view field) {
    const Json* records = answer.find("records");
    if (!records || records->items().empty()) return "<no record>";
    const Json* value = records->items()[0].find(field);
    return value ? (value->is_null() ? "<null>" : value->is_bool() ? (value->boolean() ? "true" : "false") : value->text()) : "<no field>";
}

std::string convert(const std::string& lead, const std::string& more = "") {
    return R"({"command": "ConvertLead", "lead": ")" + lead + "\"" + more + "}";
}

}  // namespace

TEST_CASE("conversion: every standard field goes where the mapping says") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    const Json answer = test.run(convert(lead));
    REQUIRE(answer.boolean_or("ok", false));

    const std::string account = " WHERE Id = '" + std::string(answer.text_or("account", "")) + "'";
    const Json accounts = test.query("SELECT Name, Phone, Fax, Website, Rating, AnnualRevenue, NumberOfEmployees, BillingStreet, "
                                     "BillingCity, BillingPostalCode, BillingCountry FROM Account" + account);
    CHECK(first(accounts, "Name") == "Acme GmbH");
    CHECK(first(accounts, "Phone") == "+49 30 1234567");
    CHECK(first(accounts, "Website") == "https://acme.test");
    CHECK(first(accounts, "Rating") == "Hot");
    CHECK(first(accounts, "NumberOfEmployees") == "42");
    CHECK(std::stod(first(accounts, "AnnualRevenue")) == 1200000.50);
    CHECK(first(accounts, "BillingCity") == "Berlin");

    const Json contacts = test.query("SELECT Name, Title, Email, Phone, MobilePhone, LeadSource, MailingCity, Description, AccountId "
                                     "FROM Contact WHERE Id = '" + std::string(answer.text_or("contact", "")) + "'");
    CHECK(first(contacts, "Name") == "Ann Meyer");
    CHECK(first(contacts, "Title") == "CTO");
    CHECK(first(contacts, "Email") == "ann@acme.test");
    CHECK(first(contacts, "LeadSource") == "Web");
    CHECK(first(contacts, "MailingCity") == "Berlin");
    CHECK(first(contacts, "Description") == "met at fair");
    CHECK(first(contacts, "AccountId") == answer.text_or("account", ""));

    const Json opportunities = test.query("SELECT Name, CloseDate, StageName, LeadSource, AccountId, IsClosed FROM Opportunity WHERE Id = '" +
                                          std::string(answer.text_or("opportunity", "")) + "'");
    CHECK(first(opportunities, "Name") == "Acme GmbH-");
    CHECK(first(opportunities, "CloseDate") == "2026-12-31");
    CHECK(first(opportunities, "StageName") == "Prospecting");
    CHECK(first(opportunities, "LeadSource") == "Web");
    CHECK(first(opportunities, "IsClosed") == "false");

    const Json roles = test.query("SELECT IsPrimary FROM OpportunityContactRole");
    CHECK(first(roles, "IsPrimary") == "true");
    const Json leads = test.query("SELECT IsConverted, ConvertedDate, Status FROM Lead WHERE Id = '" + lead + "'");
    CHECK(first(leads, "IsConverted") == "true");
    CHECK(first(leads, "ConvertedDate") == "2026-11-23");
    CHECK(first(leads, "Status") == "Closed - Converted");
}

TEST_CASE("conversion: one undo takes all of it back, one redo brings it again") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    REQUIRE(test.run(convert(lead)).boolean_or("ok", false));
    REQUIRE(test.run(R"({"command": "Undo"})").boolean_or("ok", false));
    for (const char* object : {"Account", "Contact", "Opportunity", "OpportunityContactRole"})
        CHECK(test.query("SELECT COUNT() FROM " + std::string(object)).integer_or("totalSize", -1) == 0);
    CHECK(first(test.query("SELECT IsConverted FROM Lead"), "IsConverted") == "false");
    REQUIRE(test.run(R"({"command": "Redo"})").boolean_or("ok", false));
    for (const char* object : {"Account", "Contact", "Opportunity", "OpportunityContactRole"})
        CHECK(test.query("SELECT COUNT() FROM " + std::string(object)).integer_or("totalSize", -1) == 1);
}

TEST_CASE("conversion: an existing account only gets its empty fields filled") {
    TestWorkspace test;
    const std::string account = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme", "Phone": "1"}})");
    const std::string lead = test.create(full_lead);
    const Json answer = test.run(convert(lead, ", \"account\": \"" + account + "\", \"opportunity\": null"));
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(answer.text_or("account", "") == account);
    CHECK(answer.find("opportunity")->is_null());
    const Json accounts = test.query("SELECT Name, Phone, Website FROM Account");
    CHECK(first(accounts, "Name") == "Acme");
    CHECK(first(accounts, "Phone") == "1");
    CHECK(first(accounts, "Website") == "https://acme.test");
    CHECK(test.query("SELECT COUNT() FROM Opportunity").integer_or("totalSize", -1) == 0);
}

TEST_CASE("conversion: a follow-up task for the new contact is part of it") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    const Json answer = test.run(convert(lead, R"(, "task": {"Subject": "Send the offer", "ActivityDate": "2026-12-01"})"));
    REQUIRE(answer.boolean_or("ok", false));
    const Json tasks = test.query("SELECT Subject, ActivityDate, WhoId, WhatId, IsClosed FROM Task");
    CHECK(first(tasks, "Subject") == "Send the offer");
    CHECK(first(tasks, "ActivityDate") == "2026-12-01");
    CHECK(first(tasks, "WhoId") == answer.text_or("contact", ""));
    CHECK(first(tasks, "WhatId") == answer.text_or("opportunity", ""));
    REQUIRE(test.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(test.query("SELECT COUNT() FROM Task").integer_or("totalSize", -1) == 0);
    CHECK_FALSE(test.run(convert(lead, R"(, "task": {"Nonsense": 1})")).boolean_or("ok", true));
}

TEST_CASE("conversion: a thousand leads at once are one edit and one undo; one that can't be converted refuses all") {
    TestWorkspace test;
    std::string commands;
    for (int i = 0; i < 1000; ++i) {
        const std::string lead = test.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "L)" + std::to_string(i) + R"(", "Company": "C)" + std::to_string(i) + R"("}})");
        commands += (i == 0 ? "" : ", ") + convert(lead);
    }
    const auto count = [&](const std::string& what) { return test.query("SELECT COUNT() FROM " + what).integer_or("totalSize", -1); };
    const std::string again = commands.substr(0, commands.find("}, ") + 1);
    CHECK_FALSE(test.run(R"({"command": "Batch", "commands": [)" + commands + ", " + again + "]}").boolean_or("ok", true));
    CHECK(count("Contact") == 0);
    CHECK(count("Lead WHERE IsConverted = true") == 0);
    REQUIRE(test.run(R"({"command": "Batch", "commands": [)" + commands + "]}").boolean_or("ok", false));
    CHECK(count("Opportunity WHERE Account.Name LIKE 'C%'") == 1000);
    CHECK(count("Lead WHERE IsConverted = true") == 1000);
    REQUIRE(test.run(R"({"command": "Undo"})").boolean_or("ok", false));
    for (const char* object : {"Account", "Contact", "Opportunity", "Lead WHERE IsConverted = true"}) CHECK(count(object) == 0);
    CHECK(count("Lead") == 1000);
}

TEST_CASE("conversion: what goes where is what goes there; an existing record only takes what it lacks") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    const std::string account = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme", "Phone": "1", "Rating": "Cold"}})");
    const Records& records = test.workspace.records();
    const auto ref = [&](const std::string& id) { return *records.find(*parse_record_id(id)); };
    const auto takes = [&](ObjectIndex object, RecordRef existing, FieldIndex field) {
        return std::ranges::any_of(mapped_fields(records, ref(lead), object, existing), [&](const MappedField& mapped) { return mapped.destination == field; });
    };
    CHECK(takes(standard_object::account, {}, system_field::name));
    CHECK(takes(standard_object::account, {}, account_field::rating));
    CHECK_FALSE(takes(standard_object::account, ref(account), account_field::rating));
    CHECK_FALSE(takes(standard_object::account, ref(account), system_field::name));
    CHECK(takes(standard_object::account, ref(account), account_field::website));
    CHECK(takes(standard_object::contact, {}, contact_field::email));
    CHECK_FALSE(takes(standard_object::contact, {}, contact_field::do_not_call));
    CHECK(takes(standard_object::opportunity, {}, opportunity_field::lead_source));
}

TEST_CASE("conversion: activities move along, and the lead becomes read-only") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    test.create(R"({"command": "CreateRecord", "object": "Task", "fields": {"Subject": "Call", "WhoId": ")" + lead + "\"}}");
    const Json answer = test.run(convert(lead));
    REQUIRE(answer.boolean_or("ok", false));
    const Json tasks = test.query("SELECT WhoId, WhatId FROM Task");
    CHECK(first(tasks, "WhoId") == answer.text_or("contact", ""));
    CHECK(first(tasks, "WhatId") == answer.text_or("opportunity", ""));
    const Json refused = test.run(R"({"command": "UpdateRecord", "object": "Lead", "id": ")" + lead + R"(", "fields": {"Title": "CEO"}})");
    REQUIRE_FALSE(refused.boolean_or("ok", true));
    CHECK(refused.find("error")->text_or("code", "") == "CANNOT_UPDATE_CONVERTED_LEAD");
    const Json again = test.run(convert(lead));
    CHECK(again.find("error")->text_or("code", "") == "CANNOT_UPDATE_CONVERTED_LEAD");
}

TEST_CASE("conversion: a refused conversion leaves no trace") {
    TestWorkspace test;
    const std::string lead = test.create(full_lead);
    const Json refused = test.run(convert(lead, R"(, "opportunity": {"fields": {"StageName": "No such stage"}})"));
    REQUIRE_FALSE(refused.boolean_or("ok", true));
    for (const char* object : {"Account", "Contact", "Opportunity"})
        CHECK(test.query("SELECT COUNT() FROM " + std::string(object)).integer_or("totalSize", -1) == 0);
    CHECK(first(test.query("SELECT IsConverted FROM Lead"), "IsConverted") == "false");
}

TEST_CASE("conversion: custom fields of the same name go along") {
    TestWorkspace test;
    for (const char* object : {"Lead", "Account", "Opportunity"})
        REQUIRE(test.run(R"({"command": "DefineField", "object": ")" + std::string(object) +
                         R"(", "field": "Region__c", "label": "Region", "type": "Text", "length": 40})").boolean_or("ok", false));
    const std::string lead = test.create(R"({"command": "CreateRecord", "object": "Lead", "fields":
        {"LastName": "Li", "Company": "Huaxing", "Region__c": "North"}})");
    REQUIRE(test.run(convert(lead)).boolean_or("ok", false));
    CHECK(first(test.query("SELECT Region__c FROM Account"), "Region__c") == "North");
    CHECK(first(test.query("SELECT Region__c FROM Opportunity"), "Region__c") == "North");
}

TEST_CASE("conversion: matching accounts are found without their legal form, with the reason") {
    CHECK(company_key("Acme GmbH") == company_key("ACME, Inc."));
    CHECK(company_key("北京华兴科技有限公司") == company_key("北京华兴科技"));
    CHECK(company_key("S.A.") == "sa");
    TestWorkspace test;
    test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "ACME, Inc."}})");
    test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Other"}})");
    test.create(full_lead);
    const auto found = suggest_accounts(test.workspace.records(), {standard_object::lead, 0}, 5);
    REQUIRE(found.size() == 1);
    CHECK(test.workspace.records().display_name(found[0].record) == "ACME, Inc.");
    CHECK(found[0].reasons[0] == MatchReason::SameName);
}

TEST_CASE("merge: related records move to the master, the others go to the recycle bin") {
    TestWorkspace test;
    const std::string a = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "A"}})");
    const std::string b = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "B"}})");
    test.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"LastName": "C", "AccountId": ")" + b + "\"}}");
    const Json answer = test.run(R"({"command": "MergeRecords", "object": "Account", "master": ")" + a + R"(", "others": [")" + b +
                                 R"("], "fields": {"Phone": "7"}})");
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(first(test.query("SELECT AccountId FROM Contact"), "AccountId") == a);
    CHECK(first(test.query("SELECT Phone FROM Account"), "Phone") == "7");
    CHECK(test.query("SELECT COUNT() FROM Account").integer_or("totalSize", -1) == 1);
    REQUIRE(test.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(test.query("SELECT COUNT() FROM Account").integer_or("totalSize", -1) == 2);
    CHECK(first(test.query("SELECT AccountId FROM Contact"), "AccountId") == b);
}
