// What conversion, merging, restoring, owners and relationship names must refuse or settle, so that no record is left
// pointing where it shouldn't.
#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "core/transfer/import_job.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Desk : TestWorkspace {
    // "" when it goes through, else the error's code.
    std::string code(const std::string& command) {
        const Json answer = run(command);
        const Json* error = answer.find("error");
        message = error ? std::string(error->text_or("message", "")) : std::string();
        return error ? std::string(error->text_or("code", "?")) : std::string();
    }
    std::string change(const char* command, const char* object, const std::string& id, const std::string& fields = "") {
        return R"({"command": ")" + std::string(command) + R"(", "object": ")" + object + R"(", "id": ")" + id + R"(", "fields": {)" + fields + "}}";
    }
    std::string convert(const std::string& lead, const std::string& more) { return R"({"command": "ConvertLead", "lead": ")" + lead + "\"" + more + "}"; }
    std::string merge(const std::string& master, const std::string& other) {
        return R"({"command": "MergeRecords", "object": "Lead", "master": ")" + master + R"(", "others": [")" + other + "\"]}";
    }
    std::string lead(const std::string& company) { return make("Lead", R"("LastName": "Meyer", "Email": "m@x.test", "Company": ")" + company + "\""); }
    std::string account(const std::string& name) { return make("Account", R"("Name": ")" + name + "\""); }
    std::string deal(const std::string& more) { return make("Opportunity", R"("Name": "Deal", "StageName": "Prospecting", "CloseDate": "2026-12-01")" + more); }
    std::int64_t count(const std::string& from) { return query("SELECT COUNT() FROM " + from).integer_or("totalSize", -1); }
    std::string get(const char* object, const std::string& id, const char* field) {
        const auto record = workspace.records().find(*parse_record_id(id));
        if (!record) return "?";
        return workspace.records().value_text(*record, workspace.records().schema().find_object(object)->find_field(field)->index);
    }
    bool is_owned(const char* object, const std::string& id) {
        return count(std::string(object) + " WHERE Id = '" + id + "' AND OwnerId = '" + to_text(workspace.records().id_of(workspace.current_user())) + "'") == 1;
    }

    std::string message;   // of the last refusal
};

std::string quoted(const char* name, const std::string& value) { return std::string(", \"") + name + "\": \"" + value + "\""; }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("conversion: an existing opportunity brings its account along, and none of another account is taken") {
    Desk d;
    const std::string acme = d.account("Acme"), other = d.account("Other"), deal = d.deal(quoted("AccountId", acme));
    const std::string first = d.lead("Acme Ltd"), second = d.lead("Second"), third = d.lead("Third");
    CHECK(d.code(d.convert(first, quoted("account", other) + quoted("opportunity", deal))) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(has(d.message, "another opportunity"));
    const std::string contact = d.make("Contact", R"("LastName": "Roe")" + quoted("AccountId", other));
    CHECK(d.code(d.convert(first, quoted("contact", contact) + quoted("opportunity", deal))) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.count("Account") == 2);

    const Json answer = d.run(d.convert(first, quoted("opportunity", deal)));
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(answer.text_or("account", "") == acme);
    CHECK(d.count("Account") == 2);
    CHECK(d.count("Contact WHERE LastName = 'Meyer' AND AccountId = '" + acme + "'") == 1);
    CHECK(d.code(d.convert(second, quoted("account", acme) + quoted("opportunity", deal))) == "");

    const std::string loose = d.deal("");
    CHECK(d.code(d.convert(third, quoted("account", other) + quoted("opportunity", loose))) == "");
    CHECK(d.count("Opportunity WHERE Id = '" + loose + "' AND AccountId = '" + other + "'") == 1);
}

TEST_CASE("conversion: a new opportunity that is said to be of another account is refused") {
    Desk d;
    const std::string acme = d.account("Acme"), lead = d.lead("Second");
    const auto with_account = [](const std::string& id) { return R"(, "opportunity": {"fields": {"Name": "Deal", "AccountId": )" + id + "}}"; };
    for (const std::string& account : {"\"" + acme + "\"", std::string("null")}) {
        CHECK(d.code(d.convert(lead, with_account(account))) == "FIELD_INTEGRITY_EXCEPTION");
        CHECK(has(d.message, "another account"));
    }
    CHECK(d.count("Account") == 1);
    CHECK(d.count("Lead WHERE IsConverted = false") == 1);
    REQUIRE(d.code(d.convert(lead, quoted("account", acme) + with_account("\"" + acme + "\""))) == "");
    CHECK(d.count("Opportunity WHERE Name = 'Deal' AND AccountId = '" + acme + "'") == 1);
}

TEST_CASE("conversion: the name that an opportunity gets by default fits, however long the company's is") {
    Desk d;
    for (const auto& [company, kept] : {std::pair{std::string(119, 'a'), std::string(119, 'a')}, std::pair{std::string(120, 'b'), std::string(119, 'b')},
                                        std::pair{std::string(255, 'c'), std::string(119, 'c')}}) {
        const Json answer = d.run(d.convert(d.lead(company), ""));
        REQUIRE(answer.boolean_or("ok", false));
        CHECK(d.get("Opportunity", std::string(answer.text_or("opportunity", "")), "Name") == kept + "-");
        CHECK(d.get("Account", std::string(answer.text_or("account", "")), "Name") == company);
    }
    std::string chinese;
    for (int i = 0; i < 200; ++i) chinese += "华";
    const Json answer = d.run(d.convert(d.lead(chinese), ""));
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(d.get("Opportunity", std::string(answer.text_or("opportunity", "")), "Name") == chinese.substr(0, 119 * 3) + "-");
}

TEST_CASE("conversion: into a contact or opportunity whose account is in the recycle bin, it says which one to restore") {
    Desk d;
    const std::string acme = d.account("Acme"), contact = d.make("Contact", R"("LastName": "Roe")" + quoted("AccountId", acme)), deal = d.deal(quoted("AccountId", acme));
    const std::string lead = d.lead("Acme Ltd");
    REQUIRE(d.code(d.change("DeleteRecord", "Account", acme)) == "");
    for (const std::string& into : {quoted("contact", contact), quoted("opportunity", deal)}) {
        CHECK(d.code(d.convert(lead, into)) == "ENTITY_IS_DELETED");
        CHECK(has(d.message, "Acme"));
        CHECK(has(d.message, "Restore it"));
    }
    REQUIRE(d.code(d.change("RestoreRecord", "Account", acme)) == "");
    CHECK(d.code(d.convert(lead, quoted("contact", contact) + quoted("opportunity", deal))) == "");
}

TEST_CASE("merge: a converted lead is neither master nor merged away") {
    Desk d;
    const std::string converted = d.lead("Acme"), open = d.lead("Acme");
    REQUIRE(d.code(d.convert(converted, "")) == "");
    CHECK(d.code(d.merge(open, converted)) == "CANNOT_UPDATE_CONVERTED_LEAD");
    CHECK(has(d.message, "lead reports"));
    CHECK(d.code(d.merge(converted, open)) == "CANNOT_UPDATE_CONVERTED_LEAD");
    CHECK(d.count("Lead") == 2);
    CHECK(d.code(d.merge(open, d.lead("Acme"))) == "");
}

TEST_CASE("restore: a detail doesn't come back without its master, and with several masters after the last of them") {
    Desk d;
    REQUIRE(d.code(R"({"command": "DefineObject", "object": "Visit__c", "label": "Visit"})") == "");
    REQUIRE(d.code(R"({"command": "DefineField", "object": "Visit__c", "field": "Account__c", "label": "Customer", "type": "MasterDetail", "referenceTo": "Account"})") == "");
    const std::string acme = d.account("Acme"), visit = d.make("Visit__c", R"("Name": "V")" + quoted("Account__c", acme));
    const std::string alone = d.make("Visit__c", R"("Name": "W")" + quoted("Account__c", acme));
    REQUIRE(d.code(d.change("DeleteRecord", "Visit__c", alone)) == "");
    REQUIRE(d.code(d.change("DeleteRecord", "Account", acme)) == "");
    for (const std::string& detail : {visit, alone}) {
        CHECK(d.code(d.change("RestoreRecord", "Visit__c", detail)) == "ENTITY_IS_DELETED");
        CHECK(d.message == "Customer “Acme” is in the recycle bin: restore it first.");
    }
    CHECK(d.code(R"({"command": "Batch", "commands": [)" + d.change("RestoreRecord", "Account", acme) + ", " + d.change("RestoreRecord", "Visit__c", visit) + "]}") == "");
    CHECK(d.count("Visit__c WHERE Id = '" + visit + "'") == 1);

    const std::string contact = d.make("Contact", R"("LastName": "Roe")"), deal = d.deal("");
    const std::string role = d.make("OpportunityContactRole", quoted("OpportunityId", deal).substr(2) + quoted("ContactId", contact));
    REQUIRE(d.code(d.change("DeleteRecord", "Contact", contact)) == "");
    CHECK(d.code(d.change("RestoreRecord", "OpportunityContactRole", role)) == "ENTITY_IS_DELETED");
    REQUIRE(d.code(d.change("DeleteRecord", "Opportunity", deal)) == "");
    REQUIRE(d.code(d.change("RestoreRecord", "Contact", contact)) == "");
    CHECK(d.count("OpportunityContactRole") == 0);
    REQUIRE(d.code(d.change("RestoreRecord", "Opportunity", deal)) == "");
    CHECK(d.count("OpportunityContactRole") == 1);
}

// Salesforce: "only one contact can be the primary contact"; marking another one takes the mark from it.
TEST_CASE("restore: what was deleted by itself stays in the recycle bin when its master comes back") {
    Desk d;
    const std::string deal = d.deal(""), one = d.make("Contact", R"("LastName": "One")"), two = d.make("Contact", R"("LastName": "Two")");
    const auto role = [&](const std::string& contact) { return d.make("OpportunityContactRole", quoted("OpportunityId", deal).substr(2) + quoted("ContactId", contact)); };
    const std::string stays = role(one), alone = role(two);
    REQUIRE(d.code(d.change("DeleteRecord", "OpportunityContactRole", alone)) == "");
    REQUIRE(d.code(d.change("DeleteRecord", "Opportunity", deal)) == "");
    REQUIRE(d.code(d.change("RestoreRecord", "Opportunity", deal)) == "");
    CHECK(d.count("OpportunityContactRole WHERE Id = '" + stays + "'") == 1);
    CHECK(d.count("OpportunityContactRole") == 1);
    CHECK(d.count("OpportunityContactRole WHERE IsDeleted = true ALL ROWS") == 1);
    CHECK(d.code(d.change("DeleteRecord", "OpportunityContactRole", alone)) == "ENTITY_IS_DELETED");
    CHECK(d.code(d.change("UpdateRecord", "OpportunityContactRole", alone, R"("Role": "Influencer")")) == "ENTITY_IS_DELETED");
    // Asked for by itself it does, and undo knows where it was.
    REQUIRE(d.code(d.change("RestoreRecord", "OpportunityContactRole", alone)) == "");
    CHECK(d.count("OpportunityContactRole") == 2);
    REQUIRE(d.code(R"({"command": "Undo"})") == "");
    CHECK(d.count("OpportunityContactRole") == 1);
    REQUIRE(d.code(d.change("DeleteRecord", "Opportunity", deal)) == "");
    REQUIRE(d.code(R"({"command": "Undo"})") == "");
    CHECK(d.count("OpportunityContactRole") == 1);
    // For good it goes with its master.
    REQUIRE(d.code(d.change("DeleteRecord", "Opportunity", deal)) == "");
    REQUIRE(d.code(R"({"command": "EmptyRecycleBin", "object": "Opportunity", "ids": [")" + deal + "\"]}") == "");
    CHECK(d.count("OpportunityContactRole ALL ROWS") == 0);
    for (int i = 0; i < 2; ++i) REQUIRE(d.code(R"({"command": "Undo"})") == "");
    CHECK(d.count("OpportunityContactRole") == 1);
    CHECK(d.count("OpportunityContactRole ALL ROWS") == 2);
}

TEST_CASE("merge: what converted leads point to moves to the master, though they are read-only") {
    Desk d;
    REQUIRE(d.code(R"({"command": "DefineField", "object": "Lead", "field": "Partner__c", "type": "Lookup", "referenceTo": "Account"})") == "");
    const std::string kept = d.account("Kept"), gone = d.account("Gone"), first = d.make("Contact", R"("LastName": "First")"), second = d.make("Contact", R"("LastName": "Second")");
    const std::string lead = d.make("Lead", R"("LastName": "Meyer", "Company": "Gone")" + quoted("Partner__c", gone));
    REQUIRE(d.code(d.convert(lead, quoted("account", gone) + quoted("contact", second))) == "");
    const auto merge = [&](const char* object, const std::string& master, const std::string& other) {
        return d.code(R"({"command": "MergeRecords", "object": ")" + std::string(object) + R"(", "master": ")" + master + R"(", "others": [")" + other + "\"]}");
    };
    REQUIRE(merge("Account", kept, gone) == "");
    REQUIRE(merge("Contact", first, second) == "");
    CHECK(d.count("Lead WHERE ConvertedAccountId = '" + kept + "' AND ConvertedContactId = '" + first + "' AND Partner__c = '" + kept + "'") == 1);
    REQUIRE(d.code(R"({"command": "EmptyRecycleBin", "object": "Contact", "ids": [")" + second + "\"]}") == "");
    CHECK(d.count("Lead WHERE ConvertedContactId = '" + first + "'") == 1);
    CHECK(d.code(d.change("UpdateRecord", "Lead", lead, R"("LastName": "Other")")) == "CANNOT_UPDATE_CONVERTED_LEAD");
    for (int i = 0; i < 3; ++i) REQUIRE(d.code(R"({"command": "Undo"})") == "");
    CHECK(d.count("Lead WHERE ConvertedAccountId = '" + gone + "' AND ConvertedContactId = '" + second + "' AND Partner__c = '" + gone + "'") == 1);
}

TEST_CASE("conversion: a value that its field of the same name has no room for is not lost") {
    Desk d;
    const auto field = [&](const char* object, const char* name, const char* more) { return d.code(R"({"command": "DefineField", "object": ")" + std::string(object) + R"(", "field": ")" + name + "\", " + more + "}"); };
    REQUIRE(field("Lead", "Note__c", R"("type": "Text", "length": 255)") == "");
    REQUIRE(field("Account", "Note__c", R"("type": "Text", "length": 20)") == "");
    REQUIRE(field("Lead", "Size__c", R"("type": "Text", "length": 255)") == "");
    REQUIRE(field("Account", "Size__c", R"("type": "Number")") == "");   // another thing
    const std::string lead = d.make("Lead", R"("LastName": "Meyer", "Company": "Acme", "Note__c": "twenty-one characters", "Size__c": "large")");
    CHECK(d.code(d.convert(lead, "")) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(has(d.message, "“twenty-one characters”"));
    CHECK(has(d.message, "Note"));
    CHECK(d.count("Account") == 0);
    // Where the account has a note of its own, the lead's isn't wanted.
    const std::string acme = d.make("Account", R"("Name": "Acme", "Note__c": "ours")");
    REQUIRE(d.code(d.convert(lead, quoted("account", acme))) == "");
    REQUIRE(d.code(R"({"command": "Undo"})") == "");
    REQUIRE(d.code(R"({"command": "UpdateField", "object": "Account", "field": "Note__c", "length": 21})") == "");
    REQUIRE(d.code(d.convert(lead, "")) == "");
    CHECK(d.count("Account WHERE Note__c = 'twenty-one characters'") == 1);
}

TEST_CASE("contact roles: an opportunity has one that is primary") {
    Desk d;
    const char* roles = "OpportunityContactRole";
    const std::string deal = d.deal(""), other = d.deal("");
    const auto role = [&](const std::string& of, const std::string& primary) {
        return d.make(roles, quoted("OpportunityId", of).substr(2) + quoted("ContactId", d.make("Contact", R"("LastName": "Roe")")) + ", \"IsPrimary\": " + primary);
    };
    const auto primary = [&](const std::string& of) { return d.get(roles, of, "IsPrimary"); };
    const std::string a = role(deal, "true"), b = role(deal, "false"), elsewhere = role(other, "true");
    const std::string c = role(deal, "true");
    CHECK(primary(a) == "false");
    CHECK(primary(c) == "true");
    REQUIRE(d.code(d.change("UpdateRecord", roles, b, R"("IsPrimary": true)")) == "");
    CHECK(primary(c) == "false");
    CHECK(primary(elsewhere) == "true");
    REQUIRE(d.code(R"({"command": "Undo"})") == "");
    CHECK(primary(b) == "false");
    CHECK(primary(c) == "true");
    REQUIRE(d.code(d.change("UpdateRecord", roles, elsewhere, quoted("OpportunityId", deal).substr(2))) == "");
    CHECK(primary(c) == "false");
    // What comes back from the recycle bin takes nobody's place.
    REQUIRE(d.code(d.change("DeleteRecord", roles, elsewhere)) == "");
    REQUIRE(d.code(d.change("UpdateRecord", roles, a, R"("IsPrimary": true)")) == "");
    REQUIRE(d.code(d.change("RestoreRecord", roles, elsewhere)) == "");
    CHECK(primary(a) == "true");
    CHECK(primary(elsewhere) == "false");
    CHECK(d.count("OpportunityContactRole WHERE IsPrimary = true AND OpportunityId = '" + deal + "'") == 1);
}

TEST_CASE("owners: none given is the current user, and an owner gives way only to another") {
    Desk d;
    const std::string boss = d.make("User", R"("LastName": "Boss")");
    for (const auto& [object, fields] : {std::pair{"Account", R"("Name": "A")"}, std::pair{"Lead", R"("LastName": "L", "Company": "C")"},
                                         std::pair{"Task", R"("Subject": "T")"},
                                         std::pair{"Event", R"("Subject": "E", "StartDateTime": "2026-12-01T10:00:00Z", "EndDateTime": "2026-12-01T11:00:00Z")"}}) {
        const std::string record = d.make(object, std::string(fields) + R"(, "OwnerId": null)");
        CHECK(d.is_owned(object, record));
        CHECK(d.code(d.change("UpdateRecord", object, record, R"("OwnerId": null)")) == "REQUIRED_FIELD_MISSING");
        CHECK(d.code(R"({"command": "UpdateRecords", "object": ")" + std::string(object) + R"(", "ids": [")" + record + R"("], "fields": {"OwnerId": null}})") == "REQUIRED_FIELD_MISSING");
        CHECK(d.is_owned(object, record));
        CHECK(d.code(d.change("UpdateRecord", object, record, quoted("OwnerId", boss).substr(2))) == "");
        CHECK_FALSE(d.is_owned(object, record));
    }
}

TEST_CASE("owners: rows of a file that give none are the current user's, or whose the assignment rule says") {
    Desk d;
    const std::string boss = d.make("User", R"("LastName": "Boss")");
    d.make("AssignmentRuleEntry", R"("Name": "E", "SortOrder": 1, "Criteria": "Country = 'Germany'")" + quoted("AssignedToId", boss));
    const auto report = run_import("Last Name,Company,Country,Owner\nOne,C,Germany,\nTwo,C,France,\nThree,C,France,Boss\n", standard_object::lead, parse_json("{}").value(),
                                   d.workspace.records(), d.workspace.editor(), d.clock, d.workspace.messages(), nullptr);
    REQUIRE(report.has_value());
    CHECK(report->routed == 1);
    CHECK(d.count("Lead WHERE OwnerId = null") == 0);
    CHECK(d.count("Lead WHERE LastName IN ('One', 'Three') AND Owner.Name = 'Boss'") == 2);
    CHECK(d.count("Lead WHERE LastName = 'Two' AND Owner.Name = 'Boss'") == 0);
}

TEST_CASE("definitions: a parent's related records have each a name of their own, which must be an API name") {
    Desk d;
    const auto lookup = [](const char* object, const char* field, const char* name, const char* to = "Account") {
        return R"({"command": "DefineField", "object": ")" + std::string(object) + R"(", "field": ")" + field + R"(", "label": "L", "type": "Lookup", "referenceTo": ")" + to +
               R"(", "relationshipName": ")" + name + "\"}";
    };
    REQUIRE(d.code(lookup("Contact", "R1__c", "Links")) == "");
    CHECK(d.code(lookup("Lead", "R2__c", "links")) == "DUPLICATE_VALUE");
    CHECK(has(d.message, "Contact"));
    CHECK(d.code(lookup("Contact", "R2__c", "Links__r")) == "DUPLICATE_VALUE");
    for (const char* bad : {"bad name", "1st", "a__b", "_x", "x_", "Größe", "__r", "A23456789012345678901234567890123456789012"})
        CHECK(d.code(lookup("Lead", "R2__c", bad)) == "INVALID_ARGUMENT");
    // Another parent may use the same name, and so may this one for a second lookup with a name of its own.
    CHECK(d.code(lookup("Lead", "R2__c", "Links", "Contact")) == "");
    CHECK(d.code(lookup("Lead", "R3__c", "More_Links")) == "");
    CHECK(d.count("Account WHERE Id IN (SELECT R1__c FROM Contact)") == 0);
    // Later too; what a lookup points to stays.
    const auto update = [&](const char* object, const char* field, const std::string& more) {
        return d.code(R"({"command": "UpdateField", "object": ")" + std::string(object) + R"(", "field": ")" + field + "\", " + more + "}");
    };
    CHECK(update("Contact", "R1__c", R"("relationshipName": "More_Links")") == "DUPLICATE_VALUE");
    CHECK(update("Contact", "R1__c", R"("relationshipName": "1st")") == "INVALID_ARGUMENT");
    CHECK(update("Contact", "R1__c", R"("relationshipName": "Partners")") == "");
    CHECK(d.query("SELECT Name, (SELECT Id FROM Partners__r) FROM Account").find("records"));
    CHECK(update("Contact", "R1__c", R"("relationshipName": "R1__r", "referenceTo": ["Account"])") == "");   // as describe says it
    CHECK(d.query("SELECT Name, (SELECT Id FROM Partners__r) FROM Account").find("records"));
    CHECK(update("Contact", "R1__c", R"("referenceTo": ["Lead"])") == "INVALID_ARGUMENT");
    CHECK(update("Contact", "AccountId", R"("relationshipName": "Firm")") == "INVALID_ARGUMENT");
}
