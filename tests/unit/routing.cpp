// Routing through the workspace's door: entries, queues, turns, taking, the dry run, and leads of older stores.
#include <doctest/doctest.h>

#include "core/edit/try_update.h"
#include "core/objects/standard.h"
#include "core/store/journal_codec.h"
#include "core/store/snapshot.h"
#include "core/transfer/import_job.h"
#include "core/workspace/routing_answer.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Bench : TestWorkspace {
    std::string user(const std::string& name) { return make("User", R"("LastName": ")" + name + "\""); }
    std::string group(const std::string& name, const std::string& type) { return make("Group", R"("Name": ")" + name + R"(", "Type": ")" + type + "\""); }
    std::string member(const std::string& of, const std::string& who) { return make("GroupMember", R"("GroupId": ")" + of + R"(", "UserOrGroupId": ")" + who + "\""); }
    std::string entry(int order, const std::string& criteria, const std::string& assignee) {
        return make("AssignmentRuleEntry", R"("Name": "E)" + std::to_string(order) + R"(", "SortOrder": )" + std::to_string(order) +
                    R"(, "Criteria": ")" + criteria + R"(", "AssignedToId": ")" + assignee + "\"");
    }
    std::string lead(const std::string& name, const std::string& country = "") {
        return make("Lead", R"("LastName": ")" + name + R"(", "Company": "C", "Country": ")" + country + "\"");
    }
    std::string me() const { return to_text(workspace.records().id_of(workspace.current_user())); }
    Json route(const std::string& where) { return run(R"({"command": "RouteLeads", "where": ")" + where + "\"}"); }
    std::string owner(const std::string& lead) {
        const Json answer = query("SELECT Owner.Name FROM Lead WHERE Id = '" + lead + "'");
        const Json* parent = answer.find("records")->items()[0].find("Owner");
        return parent && parent->is_object() ? std::string(parent->text_or("Name", "")) : std::string();
    }
    std::string refusal(const std::string& command) {
        const Json answer = run(command);
        const Json* error = answer.find("error");
        return error ? std::string(error->text_or("message", "")) : "accepted";
    }
};

}  // namespace

TEST_CASE("routing: the first entry that fits says who owns a lead, else it stays") {
    Bench b;
    const std::string ann = b.user("Ann"), inbound = b.group("Inbound", "Queue");
    b.entry(20, "Country != null", inbound);
    b.entry(10, "Country IN ('Germany', 'Austria')", ann);
    const std::string german = b.lead("G", "Germany"), french = b.lead("F", "France"), nowhere = b.lead("N");
    const std::string me = b.owner(nowhere);
    const Json answer = b.route("IsConverted = false");
    REQUIRE(answer.boolean_or("ok", false));
    CHECK(answer.integer_or("count", 0) == 2);
    CHECK(b.owner(german) == "Ann");
    CHECK(b.owner(french) == "Inbound");
    CHECK(b.owner(nowhere) == me);
    // A queue owns leads as a user does, for queries too.
    CHECK(b.query("SELECT Id FROM Lead WHERE OwnerId = '" + inbound + "'").integer_or("totalSize", 0) == 1);
    CHECK(b.query("SELECT Id FROM Lead WHERE Owner.Type = 'Queue'").integer_or("totalSize", 0) == 1);
    CHECK(b.query("SELECT Owner.Name, COUNT(Id) n FROM Lead GROUP BY Owner.Name").integer_or("totalSize", 0) == 3);
    CHECK(b.query("SELECT Owner.Email FROM Lead WHERE Owner.IsActive = true ORDER BY Owner.Name").integer_or("totalSize", 0) == 2);
    CHECK(b.query("SELECT Id FROM Lead USING SCOPE mine").integer_or("totalSize", 0) == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.owner(german) == me);
    CHECK(b.owner(french) == me);
}

TEST_CASE("routing: members of a group take turns, who isn't working is passed over, and the turn is kept") {
    Bench b;
    const std::string reps = b.group("Reps", "Regular"), ann = b.user("Ann"), bob = b.user("Bob"), cyd = b.user("Cyd");
    b.member(reps, ann);
    const std::string bobs = b.member(reps, bob);
    b.member(reps, cyd);
    b.entry(1, "", reps);
    const std::string one = b.lead("One"), two = b.lead("Two"), three = b.lead("Three");
    REQUIRE(b.route("LastName IN ('One', 'Two')").boolean_or("ok", false));
    CHECK(b.owner(one) == "Ann");
    CHECK(b.owner(two) == "Bob");
    REQUIRE(b.route("LastName = 'Three'").boolean_or("ok", false));
    CHECK(b.owner(three) == "Cyd");
    b.run(R"({"command": "Undo"})");
    b.run(R"({"command": "Redo"})");
    b.run(R"({"command": "UpdateRecord", "object": "GroupMember", "id": ")" + bobs + R"(", "fields": {"IsWorking": false}})");
    REQUIRE(b.route("LastName IN ('One', 'Two', 'Three')").boolean_or("ok", false));
    CHECK(b.owner(one) == "Ann");
    CHECK(b.owner(two) == "Cyd");
    CHECK(b.owner(three) == "Ann");
    // A user who left gets nothing; a group without anybody is as if its entry weren't there.
    b.run(R"({"command": "UpdateRecord", "object": "User", "id": ")" + ann + R"(", "fields": {"IsActive": false}})");
    b.run(R"({"command": "UpdateRecord", "object": "User", "id": ")" + cyd + R"(", "fields": {"IsActive": false}})");
    const std::string four = b.lead("Four");
    const std::string me = b.owner(four);
    REQUIRE(b.route("LastName = 'Four'").boolean_or("ok", false));
    CHECK(b.owner(four) == me);
    // The turn can't be written by hand.
    CHECK(b.refusal(R"({"command": "UpdateRecord", "object": "Group", "id": ")" + reps + R"(", "fields": {"LastAssignedMemberId": null}})") != "accepted");
}

TEST_CASE("routing: a lead is taken from its queue by one person, once") {
    Bench b;
    const std::string inbound = b.group("Inbound", "Queue"), ann = b.user("Ann"), reps = b.group("Reps", "Regular");
    const std::string lead = b.lead("Waiting");
    const auto give = [&](const std::string& owner) {
        return b.refusal(R"({"command": "UpdateRecord", "object": "Lead", "id": ")" + lead + R"(", "fields": {"OwnerId": ")" + owner + "\"}}");
    };
    const std::string take = R"({"command": "TakeLead", "id": ")" + lead + "\"}";
    CHECK(b.refusal(take) == "Waiting is yours already.");
    CHECK(give(reps) == "“Reps” is a group, not a queue. A lead belongs to a user or a queue.");
    b.member(inbound, b.me());
    CHECK(give(inbound) == "accepted");
    CHECK(b.refusal(R"({"command": "DeleteRecord", "object": "Group", "id": ")" + inbound + "\"}").starts_with("“Inbound” still has leads (1)"));
    CHECK(b.refusal(take) == "accepted");
    CHECK(b.owner(lead) != "Inbound");
    b.run(R"({"command": "Undo"})");
    CHECK(b.owner(lead) == "Inbound");
    CHECK(give(ann) == "accepted");
    CHECK(b.refusal(take) == "Ann has taken Waiting already.");
    // Converted out of a queue, the records belong to who converts.
    CHECK(give(inbound) == "accepted");
    REQUIRE(b.run(R"({"command": "ConvertLead", "lead": ")" + lead + "\"}").boolean_or("ok", false));
    CHECK(b.query("SELECT Id FROM Account WHERE Owner.Name != null").integer_or("totalSize", 0) == 1);
}

TEST_CASE("routing: only members take leads out of a queue, by themselves or over a group, and others are told whose it is") {
    Bench b;
    const std::string inbound = b.group("Inbound", "Queue"), ann = b.user("Ann"), team = b.group("Team", "Regular");
    const std::string lead = b.lead("Waiting"), other = b.lead("Free");
    const auto give = [&](const std::string& owner) {
        return b.refusal(R"({"command": "UpdateRecord", "object": "Lead", "id": ")" + lead + R"(", "fields": {"OwnerId": ")" + owner + "\"}}");
    };
    const std::string take = R"({"command": "TakeLead", "id": ")" + lead + "\"}";
    REQUIRE(give(inbound) == "accepted");
    CHECK(b.refusal(take) == "Waiting waits in the queue “Inbound”, which has no members yet, so nobody can take it. Add members in Settings → Lead routing.");
    b.member(inbound, ann);
    b.member(inbound, team);
    const std::string refused = "Waiting waits in the queue “Inbound”, of which you aren’t a member. Its members are: Ann, Team.";
    CHECK(b.refusal(take) == refused);
    // Neither by a detour: the owner written by hand, for many at once, tried beforehand, or by converting.
    CHECK(give(b.me()) == refused);
    CHECK(b.refusal(R"({"command": "UpdateRecords", "object": "Lead", "where": "LastName != null", "fields": {"OwnerId": ")" + b.me() + "\"}}") == refused);
    CHECK(b.refusal(R"({"command": "ConvertLead", "lead": ")" + lead + "\"}") == refused);
    const auto row = [&](const std::string& id) { return b.workspace.records().find(*parse_record_id(id))->row; };
    const UpdateTrial trial = try_update(b.workspace.editor(), b.workspace.records(), standard_object::lead, {row(lead), row(other)}, {{system_field::owner, b.workspace.current_user()}});
    CHECK(trial.same.size() == 1);
    CHECK(trial.refused.size() == 1);
    for (const auto& each : trial.refused) CHECK(b.workspace.messages().error(each.second) == refused);
    // Somebody may be given it, and it can go back.
    CHECK(give(ann) == "accepted");
    CHECK(give(inbound) == "accepted");
    // A member of a group that is a member may; the groups may even name each other.
    b.member(team, inbound);
    CHECK(b.refusal(take) == refused);
    const std::string mine = b.member(team, b.me());
    CHECK(b.refusal(take) == "accepted");
    b.run(R"({"command": "Undo"})");
    b.run(R"({"command": "DeleteRecord", "object": "GroupMember", "id": ")" + mine + "\"}");
    CHECK(b.refusal(take) == refused);
    // What is no user has no turn in a group.
    b.entry(1, "", team);
    const std::string before = b.owner(other);
    CHECK(b.route("LastName = 'Free'").boolean_or("ok", false));
    CHECK(b.owner(other) == before);
}

TEST_CASE("routing: criteria are checked when they are saved") {
    Bench b;
    const std::string ann = b.user("Ann");
    const auto saved = [&](const std::string& criteria) {
        return b.refusal(R"({"command": "CreateRecord", "object": "AssignmentRuleEntry", "fields": {"Name": "E", "SortOrder": 1, "Criteria": ")" + criteria +
                         R"(", "AssignedToId": ")" + ann + "\"}}");
    };
    CHECK(saved("Country = 'Germany' AND AnnualRevenue > 1000").starts_with("accepted"));
    CHECK(saved("Contry = 'Germany'").find("Country") != std::string::npos);
    CHECK(saved("Country = ") != "accepted");
    CHECK(saved("Country = 'X' LIMIT 3") != "accepted");
    CHECK(saved("Country = 'X') OR (City = 'Y'") == "accepted");
    // A field that an active entry names can't be deleted; behind an inactive one's back it can, and the entry refuses routing by name.
    b.run(R"({"command": "DefineField", "object": "Lead", "field": "Tier__c", "label": "Tier", "type": "Text", "length": 10})");
    const std::string broken = b.entry(5, "Tier__c = 'A'", ann);
    REQUIRE(!broken.empty());
    b.lead("L");
    const std::string deletion = R"({"command": "DeleteField", "object": "Lead", "field": "Tier__c"})";
    CHECK(b.refusal(deletion) == "Tier stands in the criteria of the routing entry “E5”. Edit or deactivate the entry first.");
    CHECK(b.route("IsConverted = false").boolean_or("ok", false));
    const auto activate = [&](const char* active) { return b.run(R"({"command": "UpdateRecord", "object": "AssignmentRuleEntry", "id": ")" + broken + R"(", "fields": {"IsActive": )" + active + "}}"); };
    const std::int64_t deactivation = activate("false").integer_or("seq", 0);
    CHECK(b.refusal(deletion) == "accepted");
    CHECK_FALSE(activate("true").boolean_or("ok", false));
    b.run(R"({"command": "Undo", "seq": )" + std::to_string(deactivation) + "}");
    CHECK(b.refusal(R"({"command": "RouteLeads", "where": "IsConverted = false"})").find("“E5”") != std::string::npos);
    activate("false");
    CHECK(b.route("IsConverted = false").boolean_or("ok", false));
}

TEST_CASE("routing: a dry run tells who would own what, and changes nothing") {
    Bench b;
    const std::string ann = b.user("Ann");
    b.entry(1, "Country = 'Germany'", ann);
    const std::string german = b.lead("G", "Germany");
    b.lead("N");
    const Sequence before = b.workspace.applied_sequence();
    const Json answer = routing_json(b.workspace, Json::object());
    CHECK(b.workspace.applied_sequence() == before);
    CHECK(answer.integer_or("total", 0) == 2);
    CHECK(answer.integer_or("matched", 0) == 1);
    CHECK(answer.integer_or("changes", 0) == 1);
    const Json& first = answer.find("leads")->items()[0];
    CHECK(first.text_or("id", "") == german);
    CHECK(first.text_or("newOwnerName", "") == "Ann");
    CHECK(first.text_or("entryName", "") == "E1");
    CHECK(answer.find("entries")->items()[0].integer_or("leads", 0) == 1);
    CHECK(routing_json(b.workspace, parse_json(R"({"where": "Nothing = 1"})").value()).find("error"));
    // Positions count in the condition that was given.
    const Json wrong = routing_json(b.workspace, parse_json(R"({"where": "City = = 1"})").value());
    CHECK(wrong.find("error")->integer_or("position", -1) == 7);
    CHECK(wrong.find("error")->text_or("message", "").find("(character 8)") != std::string_view::npos);
}

TEST_CASE("routing: converted leads are left out, of the dry run and of the routing") {
    Bench b;
    b.entry(1, "", b.user("Ann"));
    const std::string open = b.lead("Open"), done = b.lead("Done");
    REQUIRE(b.run(R"({"command": "ConvertLead", "lead": ")" + done + "\"}").boolean_or("ok", false));
    const Json answer = routing_json(b.workspace, parse_json(R"({"where": "CreatedDate = TODAY"})").value());
    CHECK(answer.integer_or("total", 0) == 1);
    CHECK(answer.integer_or("changes", 0) == 1);
    CHECK(b.route("CreatedDate = TODAY").integer_or("count", 0) == 1);
    CHECK(b.owner(open) == "Ann");
    CHECK(b.owner(done) != "Ann");
}

TEST_CASE("routing: nobody is in a group twice, and no group in itself") {
    Bench b;
    const std::string inbound = b.group("Inbound", "Queue"), ann = b.user("Ann");
    const auto joins = [&](const std::string& who) {
        return b.refusal(R"({"command": "CreateRecord", "object": "GroupMember", "fields": {"GroupId": ")" + inbound + R"(", "UserOrGroupId": ")" + who + "\"}}");
    };
    CHECK(joins(ann) == "accepted");
    CHECK(joins(ann) == "“Ann” is in “Inbound” already.");
    CHECK(joins(inbound) == "“Inbound” can’t be a member of itself.");
}

TEST_CASE("routing: imported leads are routed in the same edit, unless the file gives an owner or it is not wanted") {
    Bench b;
    const std::string ann = b.user("Ann"), bob = b.user("Bob");
    b.entry(1, "Country = 'Germany'", ann);
    const std::string csv = "Last Name,Company,Country,Owner\nOne,C,Germany,\nTwo,C,Germany,Bob\nThree,C,France,\n";
    const auto import = [&](const char* options) {
        auto report = run_import(csv, standard_object::lead, parse_json(options).value(), b.workspace.records(), b.workspace.editor(), b.clock, b.workspace.messages(), nullptr);
        REQUIRE(report.has_value());
        return *report;
    };
    const auto owned = [&](const std::string& name) { return b.query("SELECT Id FROM Lead WHERE Owner.Name = '" + name + "'").integer_or("totalSize", 0); };
    CHECK(import(R"({"dryRun": true})").created == 3);
    CHECK(owned("Ann") == 0);
    const ImportReport report = import("{}");
    CHECK(report.created == 3);
    CHECK(report.routed == 1);
    CHECK(owned("Ann") == 1);
    CHECK(owned("Bob") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.query("SELECT Id FROM Lead").integer_or("totalSize", 9) == 0);
    CHECK(import(R"({"route": false})").routed == 0);
    CHECK(owned("Ann") == 0);
}

TEST_CASE("routing: owners of leads that an earlier version wrote are read as users") {
    Records records;
    const auto lead = standard_object::lead;
    Field owner = records.schema().object(lead).field(system_field::owner);
    CHECK(owner.reference_to.size() == 2);
    records.mutable_table(standard_object::user).append_rows(RecordId::make(standard_object::user, 5, 1), 2);
    records.mutable_table(lead).append_rows(RecordId::make(lead, 5, 1), 3);
    owner.reference_to = {standard_object::user};
    records.mutable_schema().put_field(lead, owner);
    Column& column = records.mutable_table(lead).mutable_column(system_field::owner);
    column = Column(ColumnKind::Row);
    column.mutable_rows() = {1, no_row, 0};
    const Bytes bytes = write_snapshot_bytes(records, {3, 1, 5}, {});
    MemorySource source(bytes);
    const auto content = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
    REQUIRE(content.has_value());
    CHECK(content->records.schema().object(lead).field(system_field::owner).reference_to.size() == 2);
    const auto owners = content->records.table(lead).column(system_field::owner).refs();
    CHECK(owners[0] == RecordRef{standard_object::user, 1});
    CHECK(!owners[1]);
    CHECK(owners[2] == RecordRef{standard_object::user, 0});

    // An entry of its journal fits these records, and so does taking it back.
    ChangeGroup group;
    group.sequence = 4;
    RecordsChanged changed{lead, {0}, {}};
    FieldChange& field = changed.fields.emplace_back(FieldChange{system_field::owner, Column(ColumnKind::Row), Column(ColumnKind::Row)});
    field.before.mutable_rows() = {1};
    field.after.mutable_rows() = {0};
    group.changes.emplace_back(std::move(changed));
    SchemaChange renamed;
    renamed.object = lead;
    renamed.field = system_field::owner;
    renamed.field_before = std::make_shared<const Field>(owner);
    owner.label = "Rep";
    renamed.field_after = std::make_shared<const Field>(owner);
    group.changes.emplace_back(std::move(renamed));
    const Bytes entry = encode_entry_bytes(group, records.schema());
    const auto read = decode_entry(read_entry_frame(entry));
    REQUIRE(read.has_value());
    Records again = std::move(const_cast<Records&>(content->records));
    REQUIRE(apply(again, *read).has_value());
    CHECK(again.table(lead).column(system_field::owner).refs()[0] == RecordRef{standard_object::user, 0});
    CHECK(again.schema().object(lead).field(system_field::owner).label == "Rep");
}

TEST_CASE("routing: a queue with leads stays a queue, and an entry whose criteria lost their field can't be made to work") {
    Bench b;
    const std::string queue = b.group("Inbound", "Queue"), empty = b.group("Empty", "Queue"), lead = b.lead("L");
    b.run(R"({"command": "UpdateRecord", "object": "Lead", "id": ")" + lead + R"(", "fields": {"OwnerId": ")" + queue + "\"}}");
    const auto turn = [&](const std::string& group) { return b.refusal(R"({"command": "UpdateRecord", "object": "Group", "id": ")" + group + R"(", "fields": {"Type": "Regular"}})"); };
    CHECK(turn(queue) == "“Inbound” still has leads (1). Take or route them first.");
    CHECK(turn(empty) == "accepted");
    REQUIRE(b.run(R"({"command": "DefineField", "object": "Lead", "field": "X__c", "label": "X", "type": "Text"})").boolean_or("ok", false));
    const std::string entry = b.entry(1, "X__c != null", b.user("Ann"));
    const auto activate = [&](const char* active) {
        return b.refusal(R"({"command": "UpdateRecord", "object": "AssignmentRuleEntry", "id": ")" + entry + R"(", "fields": {"IsActive": )" + active + "}}");
    };
    CHECK(activate("false") == "accepted");
    REQUIRE(b.run(R"({"command": "DeleteField", "object": "Lead", "field": "X__c"})").boolean_or("ok", false));
    CHECK(activate("true").find("X__c") != std::string::npos);
    CHECK(activate("false") == "accepted");
    CHECK(b.route("IsConverted = false").boolean_or("ok", false));
}
