// Segments through the workspace's door: adding, leaving, lists by them, and what conversion, merging and the bin do to them.
#include <doctest/doctest.h>

#include "core/edit/segments.h"
#include "core/objects/standard_segment.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Bench : TestWorkspace {
    std::string lead(const std::string& name) { return make("Lead", R"("LastName": ")" + name + R"(", "Company": "C")"); }
    std::int64_t count(const std::string& rest) { return query("SELECT Id FROM " + rest).integer_or("totalSize", -1); }
    std::int64_t members(const std::string& segment) { return count("SegmentMember WHERE Segment.Name = '" + segment + "'"); }
    Json add(const std::string& object, const std::string& which, const std::string& into) {
        return run(R"({"command": "AddToSegment", "object": ")" + object + R"(", )" + which + ", " + into + "}");
    }
    std::string segment_id(const std::string& name) {
        return std::string(query("SELECT Id FROM Segment WHERE Name = '" + name + "'").find("records")->items()[0].text_or("Id", ""));
    }
};

std::string message(const Json& answer) {
    const Json* error = answer.find("error");
    return error ? std::string(error->text_or("message", "")) : "accepted";
}

}  // namespace

TEST_CASE("segments: records go into a new one or an old one, each once, and one undo takes all of it back") {
    Bench b;
    const std::string ann = b.lead("Ann"), bob = b.lead("Bob");
    b.make("Account", R"("Name": "Acme")");
    CHECK(b.add("Lead", R"("ids": [")" + ann + "\"]", R"("name": "Fair")").integer_or("count", 0) == 1);
    const std::string fair = b.segment_id("Fair");
    CHECK(b.add("Lead", R"("where": "LastName != null")", R"("segment": ")" + fair + "\"").integer_or("count", 0) == 1);
    CHECK(b.add("Account", R"("where": "Name = 'Acme'")", R"("segment": {"Name": "Fair"})").integer_or("count", 0) == 1);  // by name too
    CHECK(b.members("Fair") == 3);
    CHECK(b.count("Lead WHERE Id IN (SELECT MemberId FROM SegmentMember WHERE SegmentId = '" + fair + "')") == 2);
    CHECK(b.query("SELECT Member.Name FROM SegmentMember WHERE Member.Type = 'Account'").integer_or("totalSize", 0) == 1);
    CHECK(b.run(R"({"command": "RemoveFromSegment", "object": "Lead", "segment": ")" + fair + R"(", "where": "LastName != null"})").integer_or("count", 0) == 2);
    CHECK(b.members("Fair") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.members("Fair") == 3);
    for (int i = 0; i < 3; ++i) b.run(R"({"command": "Undo"})");
    CHECK(b.count("Segment") == 0);
    CHECK(b.count("SegmentMember") == 0);
    for (int i = 0; i < 3; ++i) b.run(R"({"command": "Redo"})");
    CHECK(b.members("Fair") == 3);
}

TEST_CASE("segments: a name in use is that segment's, so that a script can run twice") {
    Bench b;
    b.run(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "New", "Company": "C"}})");
    const char* add = R"({"command": "AddToSegment", "object": "Lead", "where": "LastName != null", "name": "Twice"})";
    const Json first = b.run(add), again = b.run(add);
    REQUIRE(first.boolean_or("ok", false));
    CHECK(b.run(R"({"command": "AddToSegment", "object": "Lead", "where": "LastName != null", "name": "twice"})").text_or("id", "") == first.text_or("id", "-"));
    CHECK(again.text_or("id", "") == first.text_or("id", "-"));
    CHECK(again.integer_or("count", 0) == 0);
    CHECK(b.query("SELECT COUNT() FROM Segment WHERE Name = 'Twice'").integer_or("totalSize", -1) == 1);
    b.make("Segment", R"("Name": "Twice")");
    CHECK(message(b.run(add)).find("2 records match “Twice”") != std::string::npos);
    b.run(R"({"command": "Undo"})");
    b.run(std::string(R"({"command": "DeleteRecord", "object": "Segment", "id": ")") + std::string(first.text_or("id", "")) + "\"}");
    CHECK(b.run(add).text_or("id", "") != first.text_or("id", ""));
}

TEST_CASE("segments: in a batch, a condition is answered when its part is reached") {
    Bench b;
    const Json made = b.run(R"({"command": "Batch", "commands": [
        {"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "New", "Company": "C", "City": "Oslo"}},
        {"command": "UpdateRecords", "object": "Lead", "where": "City = 'Oslo'", "fields": {"Title": "CEO"}},
        {"command": "AddToSegment", "object": "Lead", "where": "Title = 'CEO'", "name": "Heads"},
        {"command": "RemoveFromSegment", "object": "Lead", "where": "LastName = 'New'", "segment": "$2.id"}]})");
    REQUIRE(made.boolean_or("ok", false));
    CHECK(made.find("results")->items()[1].integer_or("count", -1) == 1);
    CHECK(b.query("SELECT COUNT() FROM Lead WHERE Title = 'CEO'").integer_or("totalSize", -1) == 1);
    CHECK(b.query("SELECT COUNT() FROM SegmentMember ALL ROWS").integer_or("totalSize", -1) == 1);
    CHECK(b.query("SELECT COUNT() FROM SegmentMember").integer_or("totalSize", -1) == 0);
    const Json refused = b.run(R"({"command": "Batch", "commands": [{"command": "DeleteRecords", "object": "Lead", "where": "LastName = 'New'"}, {"command": "DeleteRecords", "object": "Lead", "where": "Nowhere = 1"}]})");
    CHECK_FALSE(refused.boolean_or("ok", true));
    CHECK(refused.find("error")->integer_or("index", -1) == 1);
    CHECK(b.query("SELECT COUNT() FROM Lead WHERE LastName = 'New'").integer_or("totalSize", -1) == 1);
    REQUIRE(b.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(b.query("SELECT COUNT() FROM Lead WHERE LastName = 'New'").integer_or("totalSize", -1) == 0);
}

TEST_CASE("segments: what can't be in one, and one that isn't there, are refused in words") {
    Bench b;
    const std::string ann = b.lead("Ann");
    CHECK(message(b.add("Task", R"("ids": [])", R"("name": "Calls")")).find("Task can’t be in a segment") != std::string::npos);
    CHECK(message(b.add("Lead", R"("ids": [")" + ann + "\"]", R"("segment": ")" + ann + "\"")) != "accepted");
    CHECK(message(b.add("Lead", R"("ids": [")" + ann + "\"]", R"("name": " ")")) != "accepted");
    CHECK(message(b.run(R"({"command": "RemoveFromSegment", "object": "Lead", "ids": []})")).find("segment") != std::string::npos);
    b.run(R"({"command": "DeleteRecord", "object": "Lead", "id": ")" + ann + "\"}");
    CHECK(message(b.add("Lead", R"("ids": [")" + ann + "\"]", R"("name": "Fair")")) != "accepted");
    CHECK(b.count("Segment") == 0);
}

TEST_CASE("segments: a member goes to the bin with its memberships and comes back with them; a custom object's records may be members") {
    Bench b;
    const std::string ann = b.lead("Ann");
    b.add("Lead", R"("ids": [")" + ann + "\"]", R"("name": "Fair")");
    b.run(R"({"command": "DeleteRecord", "object": "Lead", "id": ")" + ann + "\"}");
    CHECK(b.members("Fair") == 0);
    b.run(R"({"command": "RestoreRecord", "object": "Lead", "id": ")" + ann + "\"}");
    CHECK(b.members("Fair") == 1);
    CHECK(message(b.run(R"({"command": "DefineObject", "object": "Site__c", "label": "Site", "pluralLabel": "Sites"})")) == "accepted");
    const std::string site = b.make("Site__c", R"("Name": "Harbour")");
    CHECK(b.add("Site__c", R"("ids": [")" + site + "\"]", R"("segment": {"Name": "Fair"})").integer_or("count", 0) == 1);
    CHECK(b.count("Site__c WHERE Id IN (SELECT MemberId FROM SegmentMember)") == 1);
    // With the object its members go, and come back.
    const std::int64_t all = b.count("SegmentMember");
    CHECK(b.run(R"({"command": "DeleteObject", "object": "Site__c"})").boolean_or("ok", false));
    CHECK(b.count("SegmentMember") == all - 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.count("SegmentMember") == all);
    CHECK(b.run(R"({"command": "DeleteRecord", "object": "Segment", "id": ")" + b.segment_id("Fair") + "\"}").boolean_or("ok", false));
    CHECK(b.count("SegmentMember") == 0);
    CHECK(b.count("Lead") == 1);
}

TEST_CASE("segments: records of a custom object from before there were segments may be members too") {
    Schema schema;
    add_standard_objects(schema);
    Object site;
    site.index = schema.next_custom_object();
    site.name = "Site__c";
    const ObjectIndex index = site.index;
    schema.put_object(std::move(site));
    CHECK_FALSE(can_be_in_segment(schema, index));
    admit_custom_objects(schema);
    CHECK(can_be_in_segment(schema, index));
    const auto targets = schema.object(standard_object::segment_member).field(segment_member_field::member).reference_to.size();
    admit_custom_objects(schema);
    CHECK(schema.object(standard_object::segment_member).field(segment_member_field::member).reference_to.size() == targets);
}

TEST_CASE("segments: who is in one is in it once, by whatever command") {
    Bench b;
    const std::string ann = b.lead("Ann"), bob = b.lead("Bob");
    b.add("Lead", R"("ids": [")" + ann + "\"]", R"("name": "Fair")");
    const std::string fair = b.segment_id("Fair");
    const auto member = [&](const std::string& lead) {
        return message(b.run(R"({"command": "CreateRecord", "object": "SegmentMember", "fields": {"SegmentId": ")" + fair + R"(", "MemberId": ")" + lead + "\"}}"));
    };
    CHECK(member(ann) == "“Ann” is in “Fair” already.");
    CHECK(member(bob) == "accepted");
    CHECK(member(bob) != "accepted");
    CHECK(b.members("Fair") == 2);
    // Converted into a contact that is in it, a lead leaves it.
    const std::string acme = b.make("Account", R"("Name": "Acme")");
    const std::string contact = b.make("Contact", R"("LastName": "Ann", "AccountId": ")" + acme + "\"");
    b.add("Contact", R"("ids": [")" + contact + "\"]", R"("name": "Fair")");
    REQUIRE(b.run(R"({"command": "ConvertLead", "lead": ")" + ann + R"(", "account": ")" + acme + R"(", "contact": ")" + contact + "\"}").boolean_or("ok", false));
    CHECK(b.members("Fair") == 2);
    CHECK(b.count("Contact WHERE Id IN (SELECT MemberId FROM SegmentMember WHERE Segment.Name = 'Fair')") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.members("Fair") == 3);
}

TEST_CASE("segments: a converted lead's contact takes its place, merged records are in each segment once") {
    Bench b;
    const std::string ann = b.lead("Ann"), twin = b.lead("Anne");
    b.add("Lead", R"("ids": [")" + ann + "\", \"" + twin + "\"]", R"("name": "Fair")");
    b.add("Lead", R"("ids": [")" + twin + "\"]", R"("name": "Calls")");
    CHECK(b.run(R"({"command": "MergeRecords", "object": "Lead", "master": ")" + ann + R"(", "others": [")" + twin + "\"]}").boolean_or("ok", false));
    CHECK(b.members("Fair") == 1);
    CHECK(b.members("Calls") == 1);
    CHECK(b.count("Lead WHERE Id IN (SELECT MemberId FROM SegmentMember WHERE Segment.Name = 'Calls')") == 1);
    CHECK(b.run(R"({"command": "ConvertLead", "lead": ")" + ann + "\"}").boolean_or("ok", false));
    CHECK(b.count("Contact WHERE Id IN (SELECT MemberId FROM SegmentMember)") == 1);
    CHECK(b.members("Fair") == 1);
    CHECK(b.members("Calls") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.count("Lead WHERE Id IN (SELECT MemberId FROM SegmentMember)") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.members("Fair") == 2);
}

TEST_CASE("segments: what comes back from the bin, or by an undo, is in a segment once") {
    Bench b;
    const std::string ann = b.lead("Ann"), bob = b.lead("Bob");
    const std::string both = R"("ids": [")" + ann + R"(", ")" + bob + "\"]";
    b.add("Lead", both, R"("name": "Fair")");
    const std::string fair = b.segment_id("Fair");
    const auto remove = [&] { return b.run(R"({"command": "RemoveFromSegment", "object": "Lead", "segment": ")" + fair + R"(", )" + both + "}"); };
    const std::int64_t removal = remove().integer_or("seq", 0);
    b.add("Lead", both, R"("segment": ")" + fair + "\"");
    CHECK(message(b.run(R"({"command": "Undo", "seq": )" + std::to_string(removal) + "}")) == "“Ann” is in “Fair” already.");
    const auto binned = [&] {
        std::string ids;
        const Json answer = b.query("SELECT Id FROM SegmentMember WHERE IsDeleted = true ALL ROWS");
        for (const Json& record : answer.find("records")->items()) ids += (ids.empty() ? "\"" : ", \"") + std::string(record.text_or("Id", "")) + "\"";
        return R"({"command": "RestoreRecords", "object": "SegmentMember", "ids": [)" + ids + "]}";
    };
    CHECK(message(b.run(binned())) == "“Ann” is in “Fair” already.");
    CHECK(b.members("Fair") == 2);
    remove();
    CHECK(b.run(binned()).boolean_or("ok", false));
    CHECK(b.members("Fair") == 2);
    // The segment itself, and its members with it.
    b.run(R"({"command": "DeleteRecord", "object": "Segment", "id": ")" + fair + "\"}");
    CHECK(b.members("Fair") == 0);
    CHECK(b.run(R"({"command": "RestoreRecord", "object": "Segment", "id": ")" + fair + "\"}").boolean_or("ok", false));
    CHECK(b.members("Fair") == 2);
}
