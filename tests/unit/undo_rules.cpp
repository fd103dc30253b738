// An edit that is taken back out of turn, over later ones: the rules that every edit keeps hold after it too.
#include <doctest/doctest.h>

#include "core/store/database.h"
#include "tests/support/edit_fixture.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using testing::EditFixture;

namespace {

struct Desk : EditFixture {
    std::string created(const std::string& object, const std::string& fields) {
        return id(make(R"({"command":"CreateRecord","object":")" + object + R"(","fields":{)" + fields + "}}"));
    }
    // Performs a command on one record, which must succeed; gives its sequence.
    Sequence did(const std::string& command, const std::string& object, const std::string& record, const std::string& fields = {}) {
        return ran(R"({"command":")" + command + R"(","object":")" + object + R"(","id":")" + record + "\"" + (fields.empty() ? "" : R"(,"fields":{)" + fields + "}") + "}");
    }
    Sequence ran(const std::string& command) {
        const auto outcome = run(command);
        REQUIRE_MESSAGE(outcome, command);
        return outcome->sequence;
    }
    std::string undo(Sequence sequence) const { return R"({"command":"Undo","seq":)" + std::to_string(sequence) + "}"; }
    RowIndex count_live() const { return records.table(standard_object::account).live_count(); }
    std::string get(const std::string& record, std::string_view field) const { return text(*records.find(*parse_record_id(record)), field); }
    // The code with which the undo is refused. It leaves no trace then, and the later edits are still there to undo.
    std::string refused(Sequence sequence) {
        const std::string before = testing::dump_records(records);
        const std::size_t groups = journal.size(), undoable = editor.applied_sequence();
        const std::string found = code(undo(sequence));
        CHECK(testing::first_difference(testing::dump_records(records), before) == "");
        CHECK(testing::check_derived(records) == "");
        CHECK(verify_records(records).empty());
        CHECK(journal.size() == groups);
        CHECK(editor.applied_sequence() == undoable);
        return found;
    }
};

}  // namespace

TEST_CASE("undo out of turn: an amount stays the sum of the products") {
    Desk d;
    const std::string product = d.created("Product2", R"("Name":"Seat","UnitPrice":10)");
    const std::string sale = d.created("Opportunity", R"("Name":"Sale","CloseDate":"2026-12-01","StageName":"Prospecting")");
    const std::string line = d.created("OpportunityLineItem", R"("OpportunityId":")" + sale + R"(","Product2Id":")" + product + "\"");
    const Sequence deleted = d.did("DeleteRecord", "OpportunityLineItem", line);
    d.did("UpdateRecord", "Opportunity", sale, R"("Amount":999)");
    CHECK(d.refused(deleted) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.message(d.undo(deleted)) == "Amount of “Sale” would no longer be the sum of its products. Undo the later edits first.");
    // In turn it is fine, and over an edit that leaves the amount alone.
    REQUIRE(d.run(R"({"command":"Undo"})"));
    d.did("UpdateRecord", "Opportunity", sale, R"("NextStep":"call")");
    REQUIRE(d.run(d.undo(deleted)));
    CHECK(d.get(sale, "Amount") == "10");
    CHECK(d.get(sale, "NextStep") == "call");
    CHECK(verify_records(d.records).empty());
}

TEST_CASE("undo out of turn: a unique value has one holder") {
    Desk d;
    d.ran(R"({"command":"DefineField","object":"Contact","field":"U__c","label":"Key","type":"Text","unique":true})");
    const std::string first = d.created("Contact", R"("LastName":"First","U__c":"k")");
    const Sequence deleted = d.did("DeleteRecord", "Contact", first);
    const std::string second = d.created("Contact", R"("LastName":"Second","U__c":"K")");
    CHECK(d.refused(deleted) == "DUPLICATE_VALUE");
    CHECK(d.message(d.undo(deleted)) == "Key must be unique, and “k” is taken already (Second).");
    // A value that was given away.
    const Sequence changed = d.did("UpdateRecord", "Contact", second, R"("U__c":"other")");
    d.created("Contact", R"("LastName":"Third","U__c":"k")");
    CHECK(d.refused(changed) == "DUPLICATE_VALUE");
}

TEST_CASE("undo out of turn: a field doesn't become unique, shorter or coarser again over values that came since") {
    Desk d;
    d.ran(R"({"command":"DefineField","object":"Contact","field":"U__c","label":"Key","type":"Text","length":10,"unique":true})");
    d.ran(R"({"command":"DefineField","object":"Contact","field":"N__c","label":"Number","type":"Number","precision":10,"scale":1})");
    d.created("Contact", R"("LastName":"First","U__c":"k","N__c":1.5)");
    const Sequence looser = d.ran(R"({"command":"UpdateField","object":"Contact","field":"U__c","unique":false})");
    d.created("Contact", R"("LastName":"Second","U__c":"K")");
    CHECK(d.refused(looser) == "DUPLICATE_VALUE");
    const Sequence longer = d.ran(R"({"command":"UpdateField","object":"Contact","field":"U__c","length":20})");
    d.created("Contact", R"("LastName":"Third","U__c":"more than ten")");
    CHECK(d.refused(longer) == "STRING_TOO_LONG");
    const Sequence finer = d.ran(R"({"command":"UpdateField","object":"Contact","field":"N__c","scale":3})");
    const std::string fourth = d.created("Contact", R"("LastName":"Fourth","N__c":2.125)");
    CHECK(d.refused(finer) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.get(fourth, "N__c") == "2.125");
}

TEST_CASE("undo out of turn: a converted lead stays as its conversion found it") {
    testing::TestWorkspace test;
    const auto undo = [](const Json& done) { return R"({"command":"Undo","seq":)" + std::to_string(done.integer_or("seq", 0)) + "}"; };
    const std::string lead = test.make("Lead", R"("LastName":"Meyer","Company":"Acme")");
    const Json changed = test.run(R"({"command":"UpdateRecord","object":"Lead","id":")" + lead + R"(","fields":{"Fax":"1"}})");
    const Json converted = test.run(R"({"command":"ConvertLead","lead":")" + lead + "\"}");
    REQUIRE(converted.boolean_or("ok", false));
    const std::string refused = test.run(undo(changed)).dump();
    CHECK(refused.find("CANNOT_UPDATE_CONVERTED_LEAD") != std::string::npos);
    const auto leads = [&](const std::string& where) { return test.query("SELECT COUNT() FROM Lead WHERE " + where).integer_or("totalSize", -1); };
    CHECK(leads("Fax = '1' AND IsConverted = true") == 1);
    // The conversion itself goes back over a later edit.
    test.make("Account", R"("Name":"Other")");
    CHECK(test.run(undo(converted)).boolean_or("ok", false));
    CHECK(leads("Fax = '1' AND IsConverted = false") == 1);
    CHECK(test.run(undo(changed)).boolean_or("ok", false));
    CHECK(leads("Fax = null") == 1);
}

TEST_CASE("undo out of turn: nobody stands above himself") {
    Desk d;
    const std::string a = d.created("Account", R"("Name":"A")");
    const std::string b = d.created("Account", R"("Name":"B","ParentId":")" + a + "\"");
    const Sequence cleared = d.did("UpdateRecord", "Account", b, R"("ParentId":null)");
    d.did("UpdateRecord", "Account", a, R"("ParentId":")" + b + "\"");
    CHECK(d.refused(cleared) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.message(d.undo(cleared)).find("“B” would stand above itself") != std::string::npos);
}

TEST_CASE("undo out of turn: nothing points to what is gone") {
    Desk d;
    const auto purge = [&](const std::string& object, const std::string& record) {
        d.did("DeleteRecord", object, record);
        d.ran(R"({"command":"EmptyRecycleBin","object":")" + object + R"(","ids":[")" + record + R"("]})");
    };
    const std::string account = d.created("Account", R"("Name":"Acme")");
    const std::string contact = d.created("Contact", R"("LastName":"Meyer","AccountId":")" + account + "\"");
    const Sequence cleared = d.did("UpdateRecord", "Contact", contact, R"("AccountId":null)");
    purge("Account", account);
    CHECK(d.refused(cleared) == "INVALID_CROSS_REFERENCE_KEY");
    CHECK(d.message(d.undo(cleared)).find("“Meyer” would point to a record that is gone for good") != std::string::npos);
    // Nor does what is in the recycle bin, when a creation is taken back.
    const auto other = d.run(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Other"}})");
    REQUIRE(other);
    d.did("DeleteRecord", "Contact", d.created("Contact", R"("LastName":"Black","AccountId":")" + d.id(other->created[0]) + "\""));
    CHECK(d.refused(other->sequence) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("undo out of turn: a detail doesn't come back without its master, nor does a master leave a new one") {
    Desk d;
    const std::string sale = d.created("Opportunity", R"("Name":"Sale","CloseDate":"2026-12-01")");
    const std::string contact = d.created("Contact", R"("LastName":"Meyer")");
    const auto role = [&] { return d.created("OpportunityContactRole", R"("OpportunityId":")" + sale + R"(","ContactId":")" + contact + "\""); };
    const Sequence deleted = d.did("DeleteRecord", "OpportunityContactRole", role());
    d.did("DeleteRecord", "Opportunity", sale);
    CHECK(d.refused(deleted) == "ENTITY_IS_DELETED");
    CHECK(d.message(d.undo(deleted)).find("points to “Sale”, which is in the recycle bin") != std::string::npos);
    const Sequence restored = d.did("RestoreRecord", "Opportunity", sale);
    role();
    CHECK(d.refused(restored) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("undo out of turn: what breaks no rule is taken back, and brought again by redo") {
    Desk d;
    d.ran(R"({"command":"DefineField","object":"Contact","field":"U__c","label":"Key","type":"Text","unique":true})");
    const std::string a = d.created("Account", R"("Name":"A")");
    const std::string b = d.created("Account", R"("Name":"B","ParentId":")" + a + "\"");
    const std::string contact = d.created("Contact", R"("LastName":"Meyer","U__c":"k","AccountId":")" + a + "\"");
    const Sequence cleared = d.did("UpdateRecord", "Account", b, R"("ParentId":null)");
    const Sequence deleted = d.did("DeleteRecord", "Contact", contact);
    d.created("Contact", R"("LastName":"Second","U__c":"other")");
    d.did("UpdateRecord", "Account", a, R"("Phone":"1")");
    const std::string before = testing::dump_records(d.records);
    CHECK(d.code(d.undo(deleted)) == "");
    CHECK(d.code(d.undo(cleared)) == "");
    CHECK(d.get(contact, "U__c") == "k");
    CHECK(d.get(b, "ParentId") == a);
    CHECK(d.get(a, "Phone") == "1");
    CHECK(verify_records(d.records).empty());
    REQUIRE(d.run(R"({"command":"Redo"})"));
    REQUIRE(d.run(R"({"command":"Redo"})"));
    CHECK(testing::first_difference(testing::dump_records(d.records), before) == "");
}

TEST_CASE("undo out of turn: a deleted definition comes back over later ones that have nothing to do with it") {
    Desk d;
    d.ran(R"({"command":"DefineObject","object":"Plan__c","label":"Plan"})");
    d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Kind__c","type":"Picklist","values":["a","b"]})");
    d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Account__c","type":"Lookup","referenceTo":["Account"]})");
    const std::string plan = d.created("Plan__c", R"("Name":"P","Kind__c":"b")");
    const Sequence field = d.ran(R"({"command":"DeleteField","object":"Plan__c","field":"Kind__c"})");
    d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Note__c","type":"Text"})");
    d.ran(R"({"command":"UpdateField","object":"Plan__c","field":"Account__c","label":"Customer"})");
    d.ran(R"({"command":"DefineField","object":"Account","field":"Note__c","type":"Text"})");
    d.did("UpdateRecord", "Plan__c", plan, R"("Note__c":"n")");
    d.ran(R"({"command":"DefineObject","object":"Other__c","label":"Other"})");
    REQUIRE(d.code(d.undo(field)) == "");
    CHECK(d.get(plan, "Kind__c") == "b");
    CHECK(d.get(plan, "Note__c") == "n");
    CHECK(verify_records(d.records).empty());
    const Sequence object = d.ran(R"({"command":"DeleteObject","object":"Plan__c"})");
    d.ran(R"({"command":"DefineObject","object":"Third__c","label":"Third"})");
    d.ran(R"({"command":"DefineField","object":"Account","field":"More__c","type":"Text"})");
    d.created("Account", R"("Name":"A")");
    REQUIRE(d.code(d.undo(object)) == "");
    CHECK(d.get(plan, "Kind__c") == "b");
    CHECK(d.records.schema().find_object("Plan__c")->board_field != no_field);
    CHECK(verify_records(d.records).empty());
}

TEST_CASE("undo out of turn: a deleted definition doesn't come back where its name is taken or its records no longer fit") {
    Desk d;
    d.ran(R"({"command":"DefineObject","object":"Plan__c","label":"Plan","pluralLabel":"Plans"})");
    const auto defined = [&](const char* name, const char* rest) { return d.ran(R"({"command":"DefineField","object":"Plan__c","field":")" + std::string(name) + R"(","type":)" + rest + "}"); };
    const auto deleted = [&](const char* name) { return d.ran(R"({"command":"DeleteField","object":"Plan__c","field":")" + std::string(name) + "\"}"); };
    const auto taken_back = [&](Sequence sequence) { CHECK(d.code(d.undo(sequence)) == ""); };
    defined("Kind__c", R"("Text")");
    const Sequence kind = deleted("Kind__c"), again = defined("kind__c", R"("Number")");
    CHECK(d.refused(kind) == "DUPLICATE_VALUE");
    taken_back(again);
    // The name that accounts have for the records that point to them.
    defined("A__c", R"("Lookup","referenceTo":["Account"])");
    const Sequence lookup = deleted("A__c"), second = defined("B__c", R"("Lookup","referenceTo":["Account"])");
    CHECK(d.refused(lookup) == "DUPLICATE_VALUE");
    taken_back(second);
    taken_back(lookup);
    // What it points to has gone for good meanwhile.
    const std::string account = d.created("Account", R"("Name":"A")"), plan = d.created("Plan__c", R"("Name":"P","A__c":")" + account + "\"");
    const Sequence pointing = deleted("A__c");
    d.did("DeleteRecord", "Account", account);
    d.did("EmptyRecycleBin", "Account", account);
    CHECK(d.refused(pointing) == "INVALID_CROSS_REFERENCE_KEY");
    taken_back(d.editor.applied_sequence());
    taken_back(d.editor.applied_sequence() - 2);
    // A master that the records of meanwhile don't have, that went to the recycle bin, or that is one too many.
    REQUIRE(d.run(d.undo(pointing)));
    d.ran(R"({"command":"UpdateField","object":"Plan__c","field":"A__c","type":"MasterDetail"})");
    const Sequence master = deleted("A__c");
    const Sequence without = d.ran(R"({"command":"CreateRecord","object":"Plan__c","fields":{"Name":"Q"}})");
    CHECK(d.refused(master) == "FIELD_INTEGRITY_EXCEPTION");
    taken_back(without);
    const Sequence binned = d.did("DeleteRecord", "Account", account);
    CHECK(d.refused(master) == "FIELD_INTEGRITY_EXCEPTION");
    taken_back(binned);
    taken_back(master);
    // The object's own name.
    const Sequence object = d.ran(R"({"command":"DeleteObject","object":"Plan__c"})");
    d.ran(R"({"command":"DefineObject","object":"plan__c","label":"Again"})");
    CHECK(d.refused(object) == "DUPLICATE_VALUE");
}

TEST_CASE("undo out of turn: a definition stays while a later one stands on it") {
    Desk d;
    d.ran(R"({"command":"DefineObject","object":"Plan__c","label":"Plan"})");
    const Sequence picklist = d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Kind__c","type":"Picklist","values":["a"]})");
    const Sequence value = d.ran(R"({"command":"UpdateField","object":"Plan__c","field":"Kind__c","values":["a","b"]})");
    const Sequence other = d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Other__c","type":"Text"})");
    d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Sort__c","type":"Picklist","controllingField":"Kind__c","values":[{"value":"x","validFor":["b"]}]})");
    CHECK(d.refused(value) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.refused(picklist) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(d.code(d.undo(other)) == "");
    const Sequence target = d.ran(R"({"command":"DefineObject","object":"Target__c","label":"Target"})");
    d.ran(R"({"command":"DefineField","object":"Plan__c","field":"Target__c","type":"Lookup","referenceTo":["Target__c"]})");
    CHECK(d.refused(target) == "FIELD_INTEGRITY_EXCEPTION");
    // Numbers given since would have another text.
    d.ran(R"({"command":"DefineObject","object":"T__c","nameField":{"type":"AutoNumber","displayFormat":"T-{00}"}})");
    const Sequence format = d.ran(R"({"command":"UpdateField","object":"T__c","field":"Name","displayFormat":"X-{00}"})");
    d.created("T__c", "");
    CHECK(d.refused(format) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("undo out of turn: what comes above the gap is undone by the same rules, though it is the newest edit") {
    Desk d;
    d.ran(R"({"command":"DefineField","object":"Contact","field":"U__c","label":"Key","type":"Text","unique":true})");
    const std::string first = d.created("Contact", R"("LastName":"First","U__c":"k")"), second = d.created("Contact", R"("LastName":"Second")");
    const Sequence freed = d.did("UpdateRecord", "Contact", first, R"("U__c":"n")");
    d.did("UpdateRecord", "Contact", second, R"("U__c":"k")");
    const Sequence moved = d.did("UpdateRecord", "Contact", second, R"("U__c":"p")");
    REQUIRE(d.run(d.undo(freed)));
    CHECK(d.get(first, "U__c") == "k");
    CHECK(d.refused(moved) == "DUPLICATE_VALUE");
    CHECK(d.code(R"({"command":"Undo"})") == "DUPLICATE_VALUE");
}

TEST_CASE("undo: what names no edit is refused, and not taken for the last one") {
    Desk d;
    const std::string account = d.created("Account", R"("Name":"Acme")");
    // Null is what an import that changed nothing gives as its undo_seq, and no edit has the number 0.
    for (const char* sequence : {"\"x\"", "-1", "{}", "\"\"", "0", "null"}) CHECK(d.code(std::string(R"({"command":"Undo","seq":)") + sequence + "}") == "INVALID_ARGUMENT");
    CHECK(d.get(account, "Name") == "Acme");
    REQUIRE(d.run(R"({"command":"Undo"})"));
    CHECK(d.count_live() == 0);
}
