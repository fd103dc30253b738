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
