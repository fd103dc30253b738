// Members of commands that nothing reads are named in the answer, where they stand.
#include <doctest/doctest.h>

#include "core/edit/command_members.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

std::string unread(const std::string& command) {
    const auto json = parse_json(command);
    REQUIRE(json);
    std::string out;
    for (const std::string& name : unread_members(*json)) out += (out.empty() ? "" : " ") + name;
    return out;
}

}  // namespace

TEST_CASE("commands: a member that nothing reads is named, by its path") {
    CHECK(unread(R"({"command": "DefineField", "object": "Lead", "field": "A__c", "type": "Text", "uniqe": true})") == "uniqe");
    CHECK(unread(R"({"command": "DefineField", "object": "Lead", "field": "A__c", "type": "Picklist", "values": ["A", {"value": "B", "colour": "#fff"}]})") == "values[1].colour");
    CHECK(unread(R"({"command": "DefineObject", "object": "A__c", "label": "A", "nameField": {"type": "Text", "format": "x"}, "fields": []})") == "fields nameField.format");
    CHECK(unread(R"({"command": "Batch", "label": "x", "commands": [{"command": "Undo"}, {"command": "CreateRecord", "object": "Lead", "feilds": {}}]})") == "label commands[1].feilds");
    CHECK(unread(R"({"CreateRecord": {"object": "Lead", "fields": {"LastName": "X"}, "dryRun": true}})") == "CreateRecord.dryRun");
}

TEST_CASE("commands: what is read is not named") {
    for (const char* command : {
             R"({"op": "createrecord", "object": "Lead", "fields": {"anything": 1}, "defaults": false})",
             R"({"type": "UpdateRecords", "object": "Lead", "where": "Name != null", "fields": {}})",
             R"({"name": "AddToSegment", "object": "Lead", "ids": []})",
             R"({"command": "AddToSegment", "object": "Lead", "ids": [], "name": "Fair"})",
             R"({"command": "ConvertLead", "lead": "1", "status": "Closed - Converted", "account": null, "contact": null, "opportunity": null, "owner": null, "task": {}})",
             R"({"command": "UpdateField", "object": "Lead", "field": "Status", "values": [{"value": "New", "label": "N", "default": true, "active": true, "color": "#ffffff", "oldValue": "Open"}]})",
             R"({"command": "UpdateOccurrence", "object": "Event", "id": "1", "date": "2026-11-28", "scope": "all", "fields": {}})",
             R"({"Batch": [{"command": "Redo"}]})",
         })
        CHECK_MESSAGE(unread(command).empty(), command);
}

TEST_CASE("commands: the answer says what was ignored, and nothing when nothing was") {
    TestWorkspace b;
    const Json odd = b.run(R"({"command": "DefineField", "object": "Lead", "field": "Code__c", "label": "Code", "type": "Text", "uniqe": true})");
    REQUIRE(odd.boolean_or("ok", false));
    REQUIRE(odd.find("ignored"));
    CHECK(odd.find("ignored")->items()[0].text() == "uniqe");
    CHECK_FALSE(b.run(R"({"command": "DefineField", "object": "Lead", "field": "Key__c", "label": "Key", "type": "Text", "unique": true})").find("ignored"));
}

namespace {

std::string reason(const Json& answer) {
    const Json* error = answer.find("error");
    return error ? std::string(error->text_or("message", "")) : std::string();
}

struct Scripts : TestWorkspace {
    std::string account(const std::string& name) { return std::string(run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": ")" + name + "\"}}").text_or("id", "")); }
    std::int64_t accounts() { return parse_json(workspace.query_json("SELECT COUNT() FROM Account"))->integer_or("totalSize", -1); }
};

}  // namespace

TEST_CASE("commands: a condition beside an id does nothing to the records that it fits") {
    Scripts s;
    const std::string a = s.account("A");
    for (const char* name : {"B", "C", "D"}) s.account(name);
    const std::string id = "\"id\": \"" + a + "\"", ids = "\"ids\": [\"" + a + "\"]", where = R"("where": "Name != null")";
    for (const std::string& records : {id + ", " + where, where, ids + ", " + where})
        CHECK(reason(s.run(R"({"command": "DeleteRecord", "object": "Account", )" + records + "}")) == "Only UpdateRecords, DeleteRecords, RouteLeads, AddToSegment and RemoveFromSegment take a “where”.");
    for (const std::string& records : {id + ", " + where, where + ", " + ids, ids + ", " + id}) {
        const std::string twice = "Say once which records are meant: by “id”, by “ids” or by “where”.";
        CHECK(reason(s.run(R"({"command": "DeleteRecords", "object": "Account", )" + records + "}")) == twice);
        CHECK(reason(s.run(R"({"DeleteRecords": {"object": "Account", )" + records + "}}")) == twice);
        CHECK(reason(s.run(R"({"command": "UpdateRecords", "object": "Account", "fields": {"Phone": "1"}, )" + records + "}")) == twice);
        CHECK(reason(s.run(R"({"command": "AddToSegment", "object": "Account", "name": "Fair", )" + records + "}")) == twice);
    }
    CHECK(s.accounts() == 4);
    CHECK(s.run(R"({"DeleteRecords": {"object": "Account", "where": "Name > 'B'"}})").integer_or("count", 0) == 2);
    CHECK(s.run(R"({"command": "DeleteRecord", "object": "Account", )" + id + "}").integer_or("count", 0) == 1);
    CHECK(s.accounts() == 1);
    // What isn't in the recycle bin isn't restored, and not counted.
    CHECK(s.run(R"({"command": "RestoreRecord", "object": "Account", )" + id + "}").integer_or("count", 0) == 1);
    CHECK(s.run(R"({"command": "RestoreRecord", "object": "Account", )" + id + "}").integer_or("count", 0) == 0);
}

TEST_CASE("commands: a field that is told twice differently is refused, told twice alike it is taken") {
    Scripts s;
    const std::string a = s.account("A"), b = s.account("B");
    const auto create = [&](const std::string& fields) { return s.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Child", )" + fields + "}}"); };
    CHECK(reason(create("\"ParentId\": \"" + a + R"(", "Parent.Name": "B")")) == "Parent Account is given twice, with different values.");
    CHECK(reason(create(R"("name": "Other")")) == "Account Name is given twice, with different values.");
    CHECK(reason(create(R"("BillingCity": "Oslo", "BillingAddress": {"city": "Bergen"})")) == "Billing City is given twice, with different values.");
    CHECK(create("\"ParentId\": \"" + a + R"(", "Parent": {"Name": "A"})").boolean_or("ok", false));
}

TEST_CASE("commands: the day of a moment is the one that is written; a batch in a batch says what it made") {
    Scripts s;
    const Json made = s.run(R"({"command": "Batch", "commands": [{"command": "Batch", "commands": [{"command": "CreateRecord", "object": "Opportunity",
        "fields": {"Name": "Late", "StageName": "Prospecting", "CloseDate": "2026-12-31T23:30:00-05:00"}}]}]})");
    REQUIRE(made.boolean_or("ok", false));
    CHECK(made.find("results")->items()[0].find("results")->items()[0].text_or("id", "").starts_with("006"));
    const auto late = parse_json(s.workspace.query_json("SELECT CloseDate FROM Opportunity"));
    CHECK(late->find("records")->items()[0].text_or("CloseDate", "") == "2026-12-31");
    CHECK(reason(s.run(R"({"command": "DefineField", "object": "Lead", "field": "Tags__c", "type": "MultiselectPicklist", "label": "Tags", "values": ["a;b"]})")) ==
          "“a;b” can’t be a value: one is not empty, has no “;” in it, and at most 255 characters.");
}

TEST_CASE("commands: an optional member of another kind is refused, and doesn't count as not given") {
    Scripts s;
    const auto wrong = [&](const std::string& command, const std::string& member) {
        const Json answer = s.run(command);
        CHECK_MESSAGE(reason(answer) == "“" + member + "” has a value that doesn’t fit.", command);
        if (const Json* error = answer.find("error")) CHECK(error->text_or("code", "") == "INVALID_ARGUMENT");
    };
    const std::string lead = std::string(s.run(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Lee", "Company": "Acme"}})").text_or("id", ""));
    const std::string task = std::string(s.run(R"({"command": "CreateRecord", "object": "Task", "fields": {"Subject": "Call", "ActivityDate": "2026-11-02", "Recurrence2PatternText": "FREQ=DAILY;COUNT=5"}})").text_or("id", ""));
    REQUIRE_FALSE(task.empty());
    for (const char* value : {R"(["all"])", "true", "5", "{}"}) {
        wrong(R"({"command": "DeleteOccurrence", "object": "Task", "id": ")" + task + R"(", "date": "2026-11-03", "scope": )" + value + "}", "scope");
        wrong(R"({"command": "UpdateOccurrence", "object": "Task", "id": ")" + task + R"(", "date": "2026-11-03", "fields": {}, "scope": )" + value + "}", "scope");
    }
    for (const char* value : {R"(["Nope"])", "5", "{}"}) wrong(R"({"command": "ConvertLead", "lead": ")" + lead + R"(", "status": )" + value + "}", "status");
    for (const char* value : {"0", "[]", "1e308"}) wrong(R"({"command": "ConvertLead", "lead": ")" + lead + R"(", "opportunity": )" + value + "}", "opportunity");
    for (const char* value : {R"(["Number"])", "5", "{}"}) {
        wrong(R"({"command": "DefineField", "object": "Lead", "field": "A__c", "label": "A", "type": )" + std::string(value) + "}", "type");
        wrong(R"({"command": "UpdateField", "object": "Lead", "field": "Company", "type": )" + std::string(value) + "}", "type");
    }
    CHECK_FALSE(s.run(R"({"command": "DefineField", "object": "Lead", "field": "A__c", "label": "A", "type": null})").boolean_or("ok", false));
    wrong(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "A", "Company": "B"}, "defaults": "no"})", "defaults");
    wrong(R"({"command": "CopyPipeline", "from": ["New Business"], "name": "Copy"})", "from");
    CHECK(s.run(R"({"command": "ConvertLead", "lead": ")" + lead + R"(", "status": null, "opportunity": true})").boolean_or("ok", false));
}

TEST_CASE("commands: what stands beside the fields of a conversion's new record is named; each new record takes fields") {
    CHECK(unread(R"({"command": "ConvertLead", "lead": "1", "opportunity": {"fields": {"Name": "Y"}, "Amount": 5, "id": "zzz"}, "account": {"fields": {}, "x": 1}})") ==
          "account.x opportunity.Amount opportunity.id");
    CHECK(unread(R"({"command": "ConvertLead", "lead": "1", "opportunity": {"Name": "Y", "Amount": 5}})").empty());
    Scripts s;
    for (const char* object : {"Account", "Contact"})
        REQUIRE(s.run(R"({"command": "DefineField", "object": ")" + std::string(object) + R"(", "field": "Code__c", "label": "Code", "type": "Text", "required": true})").boolean_or("ok", false));
    const std::string lead = std::string(s.run(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Lee", "Company": "Acme"}})").text_or("id", ""));
    const std::string convert = R"({"command": "ConvertLead", "lead": ")" + lead + "\"";
    CHECK(reason(s.run(convert + "}")) == "Code is required.");
    CHECK(s.run(convert + R"(, "account": {"fields": {"Code__c": "A1"}}, "contact": {"Code__c": "C1"}})").boolean_or("ok", false));
    CHECK(s.workspace.query_json("SELECT Code__c FROM Account").contains("A1"));
    CHECK(s.workspace.query_json("SELECT Code__c FROM Contact").contains("C1"));
}
