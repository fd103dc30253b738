#include <doctest/doctest.h>

#include "core/objects/standard_list_view.h"
#include "core/workspace/answers.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using outpost::testing::EditFixture;

namespace {

const char* opportunity = R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"Big","CloseDate":"2026-12-31","Amount":1000.01}})";

std::string update(const std::string& object, const std::string& id, const std::string& fields) {
    return R"({"command":"UpdateRecord","object":")" + object + R"(","id":")" + id + R"(","fields":)" + fields + "}";
}

}  // namespace

TEST_CASE("edit: a created record has defaults, system fields and derived values") {
    EditFixture f;
    const RecordRef made = f.make(opportunity);
    REQUIRE(made);
    CHECK(f.text(made, "StageName") == "Prospecting");
    CHECK(f.text(made, "Probability") == "10");
    CHECK(f.text(made, "ForecastCategory") == "Pipeline");
    CHECK(f.text(made, "ExpectedRevenue") == "100.001");  // exact: weighted sums add up
    CHECK(f.text(made, "IsClosed") == "false");
    CHECK(f.text(made, "CreatedDate") == "2026-11-23T10:00:00.000Z");
    CHECK(f.text(made, "LastStageChangeDate") == "2026-11-23T10:00:00.000Z");
    CHECK(f.records.display_name(std::get<RecordRef>(f.records.value(made, system_field::owner))) == "You");
    CHECK(f.id(made).starts_with("006"));
}

TEST_CASE("edit: bad values are refused with the right code, object and field, and leave no trace") {
    EditFixture f;
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme"}})");
    const RecordRef contact = f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"Lee"}})");
    const std::string before = outpost::testing::dump_records(f.records);
    const std::size_t groups = f.journal.size();
    const auto refused = [&](const char* object, const std::string& fields) {
        return f.code(R"({"command":"CreateRecord","object":")" + std::string(object) + R"(","fields":)" + fields + "}");
    };
    CHECK(refused("Lead", R"({"Company":"X"})") == "REQUIRED_FIELD_MISSING");
    CHECK(refused("Opportunity", R"({"Name":"X"})") == "REQUIRED_FIELD_MISSING");
    CHECK(refused("Lead", R"({"LastName":"X","Company":"Y","Nope":1})") == "INVALID_FIELD");
    CHECK(refused("Nope", "{}") == "INVALID_TYPE");
    CHECK(refused("Lead", R"({"LastName":"X","Company":"Y","Email":"a@b"})") == "INVALID_EMAIL_ADDRESS");
    CHECK(refused("Lead", R"({"LastName":"X","Company":"Y","Status":"Bogus"})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(refused("Lead", R"({"LastName":")" + std::string(81, 'x') + R"(","Company":"Y"})") == "STRING_TOO_LONG");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","Amount":"1.234"})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","Amount":1e30})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","Probability":101})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"yesterday"})") == "INVALID_TYPE");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","StageName":"Nowhere"})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","IsWon":true})") == "INVALID_FIELD");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","AccountId":"zzz"})") == "MALFORMED_ID");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","AccountId":")" + f.id(contact) + R"("})") == "INVALID_CROSS_REFERENCE_KEY");
    CHECK(refused("Opportunity", R"({"Name":"X","CloseDate":"2026-12-31","Account":{"Name":"None"}})") == "INVALID_CROSS_REFERENCE_KEY");
    const auto outcome = f.run(update("Account", f.id(account), R"({"Name":null})"));
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().object == "Account");
    CHECK(outcome.error().field == "Name");
    CHECK(f.message(update("Account", f.id(account), R"({"Name":null})")) == "Account Name is required.");
    CHECK(f.message(update("Account", f.id(account), R"({"Name":null})"), Language::SimplifiedChinese) == "“客户名称”为必填项。");
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
    CHECK(f.journal.size() == groups);
    CHECK(f.records.table(standard_object::lead).row_count() == 0);
}

TEST_CASE("edit: an update without fields is none, and says so") {
    EditFixture f;
    const std::string id = f.id(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A"}})"));
    CHECK(f.message(R"({"command":"UpdateRecord","object":"Account","id":")" + id + R"(","feilds":{"Name":"B"}})") == "The command needs “fields”.");
    CHECK(f.code(R"({"command":"UpdateRecords","object":"Account","ids":[")" + id + R"("],"Name":"B"})") == "INVALID_ARGUMENT");
    CHECK(f.code(update("Account", id, "{}")).empty());
}

TEST_CASE("edit: blanks around a line of text are not kept, so that nothing unique is there twice") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Key__c","type":"Text","unique":true})"));
    REQUIRE(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Key__c":"A1"}})"));
    CHECK(f.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B","Key__c":" A1 "}})") == "DUPLICATE_VALUE");
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":" B ","Description":"  - one\n  - two\n"}})");
    CHECK(f.text(account, "Name") == "B");
    CHECK(f.text(account, "Description") == "  - one\n  - two\n");
    // A line break within it is a blank, as where it is pasted into a form.
    REQUIRE(f.run(update("Account", f.id(account), R"({"Name":"a\nb\r\nc\r\n","Phone":"1\n2","Key__c":"A\n1","BillingStreet":"1 Main St\nFloor 2"})")));
    CHECK(f.text(account, "Name") == "a b c");
    CHECK(f.text(account, "Phone") == "1 2");
    CHECK(f.text(account, "BillingStreet") == "1 Main St\nFloor 2");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B","Key__c":"A 1"}})") == "DUPLICATE_VALUE");
}

TEST_CASE("edit: what is weighted stays right when amounts have fewer decimals") {
    EditFixture f;
    const RecordRef sale = f.make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"A","StageName":"Prospecting","CloseDate":"2026-12-01","Amount":7}})");
    CHECK(f.text(sale, "ExpectedRevenue") == "0.7");
    for (const char* scale : {"1", "0", "2"}) {
        REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"Amount","scale":)" + std::string(scale) + "}"));
        CHECK(f.text(sale, "ExpectedRevenue") == "0.7");
    }
}

TEST_CASE("edit: text lengths count code points") {
    EditFixture f;
    std::string name;
    for (int i = 0; i < 80; ++i) name += "李";
    CHECK(f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":")" + name + R"("}})"));
    CHECK(f.code(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":")" + name + R"(x"}})") == "STRING_TOO_LONG");
}

TEST_CASE("edit: a stage move brings probability, category and history, unless the command says otherwise") {
    EditFixture f;
    const RecordRef made = f.make(opportunity);
    f.clock.instant += 86'400'000;
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Proposal/Price Quote"})")));
    CHECK(f.text(made, "Probability") == "75");
    CHECK(f.text(made, "ForecastCategory") == "Commit");
    CHECK(f.text(made, "ExpectedRevenue") == "750.0075");
    CHECK(f.text(made, "LastStageChangeDate") == "2026-11-24T10:00:00.000Z");
    const RecordRef stay{standard_object::opportunity_stage_history, 0};
    CHECK(f.text(stay, "StageName") == "Prospecting");
    CHECK(f.text(stay, "EnteredDate") == "2026-11-23T10:00:00.000Z");
    CHECK(f.text(stay, "LeftDate") == "2026-11-24T10:00:00.000Z");
    CHECK(f.text(stay, "Probability") == "10");
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Closed Won","Probability":99})")));
    CHECK(f.text(made, "Probability") == "99");
    CHECK(f.text(made, "IsClosed") == "true");
    CHECK(f.text(made, "IsWon") == "true");
    CHECK(f.records.children(standard_object::opportunity_stage_history, stage_history_field::opportunity, made).size() == 2);
    // The same stage again is no move.
    const auto again = f.run(update("Opportunity", f.id(made), R"({"StageName":"Closed Won"})"));
    REQUIRE(again);
    CHECK(again->sequence == 0);
    REQUIRE(f.run(R"({"command":"Undo"})"));
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.text(made, "StageName") == "Prospecting");
    CHECK(f.text(made, "Probability") == "10");
    CHECK(f.records.children(standard_object::opportunity_stage_history, stage_history_field::opportunity, made).empty());
}

TEST_CASE("edit: an opportunity always has a forecast category, if need be its stage's") {
    EditFixture f;
    const RecordRef made = f.make(opportunity);
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"ForecastCategory":"Commit"})")));
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"ForecastCategory":null})")));
    CHECK(f.text(made, "ForecastCategory") == "Pipeline");
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Proposal/Price Quote","ForecastCategory":null})")));
    CHECK(f.text(made, "ForecastCategory") == "Commit");
    const RecordRef other = f.make(opportunity);
    REQUIRE(f.run(R"({"command":"UpdateRecords","object":"Opportunity","ids":[")" + f.id(made) + "\",\"" + f.id(other) + R"("],"fields":{"ForecastCategory":null}})"));
    CHECK(f.text(made, "ForecastCategory") == "Commit");
    CHECK(f.text(other, "ForecastCategory") == "Pipeline");
}

TEST_CASE("edit: an opportunity that isn't lost any more has no reason for it, unless the command gives one") {
    EditFixture f;
    const RecordRef made = f.make(opportunity), other = f.make(opportunity);
    const std::string reason = f.records.schema().object(standard_object::opportunity).field(opportunity_field::lost_reason).values[0].value;
    const std::string lost = R"({"StageName":"Closed Lost","LostReason":")" + reason + "\"}";
    for (const RecordRef record : {made, other}) REQUIRE(f.run(update("Opportunity", f.id(record), lost)));
    CHECK(f.text(made, "LostReason") == reason);
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Closed Won"})")));
    CHECK(f.text(made, "LostReason") == "");
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.text(made, "LostReason") == reason);
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Prospecting","LostReason":")" + reason + "\"}")));
    CHECK(f.text(made, "LostReason") == reason);
    // Those that stay where they are keep theirs.
    REQUIRE(f.run(R"({"command":"UpdateRecords","object":"Opportunity","ids":[")" + f.id(made) + "\",\"" + f.id(other) + R"("],"fields":{"StageName":"Closed Lost"}})"));
    CHECK(f.text(made, "LostReason") == reason);
    CHECK(f.text(other, "LostReason") == reason);
}

TEST_CASE("edit: an opportunity that isn't lost any more was lost to no competitor, in one edit") {
    EditFixture f;
    const RecordRef made = f.make(opportunity), other = f.make(opportunity);
    const auto rival = [&](RecordRef of) {
        return f.make(R"({"command":"CreateRecord","object":"OpportunityCompetitor","fields":{"CompetitorName":"Rival","IsWinner":true,"OpportunityId":")" + f.id(of) + "\"}}");
    };
    for (const RecordRef record : {made, other}) REQUIRE(f.run(update("Opportunity", f.id(record), R"({"StageName":"Closed Lost"})")));
    const RecordRef winner = rival(made), deleted = rival(made), elsewhere = rival(other);
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"OpportunityCompetitor","id":")" + f.id(deleted) + "\"}"));
    const std::string before = testing::dump_records(f.records);
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Negotiation/Review"})")));
    CHECK(f.text(winner, "IsWinner") == "false");
    CHECK(f.text(deleted, "IsWinner") == "false");   // nor when it comes back
    CHECK(f.text(elsewhere, "IsWinner") == "true");
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(testing::first_difference(before, testing::dump_records(f.records)).empty());
    // Of many that move at once those that stay lost keep theirs.
    REQUIRE(f.run(R"({"command":"UpdateRecords","object":"Opportunity","ids":[")" + f.id(made) + "\",\"" + f.id(other) + R"("],"fields":{"StageName":"Closed Lost"}})"));
    CHECK(f.text(winner, "IsWinner") == "true");
    REQUIRE(f.run(update("Opportunity", f.id(made), R"({"StageName":"Closed Won"})")));
    CHECK(f.text(winner, "IsWinner") == "false");
    CHECK(f.text(elsewhere, "IsWinner") == "true");
}

TEST_CASE("edit: of the organization there is one") {
    EditFixture f;
    CHECK(f.code(R"({"command":"CreateRecord","object":"Organization","fields":{"Name":"Second"}})") == "FIELD_INTEGRITY_EXCEPTION");
    const auto many = f.editor.run("edit.create", {}, EditOrigin::Import, [](Transaction& transaction) -> Result<CommandOutcome> {
        OUTPOST_CHECK(transaction.create_many(standard_object::organization, 1, {}));
        return CommandOutcome{};
    });
    CHECK_FALSE(many);
    CHECK(f.records.table(standard_object::organization).live_count() == 1);
}

TEST_CASE("edit: a command that lacks its record says so by the name that the contract has") {
    EditFixture f;
    for (const auto& [command, member] : {std::pair{R"({"command":"ConvertLead"})", "“lead”"}, std::pair{R"({"command":"DeleteRecord","object":"Lead"})", "“id”"}, std::pair{R"({"command":"TakeLead"})", "“id”"},
                                          std::pair{R"({"command":"DeleteRecords","object":"Lead"})", "“ids”"}, std::pair{R"({"command":"EmptyRecycleBin","object":"Lead"})", "“ids”"}})
        CHECK(f.message(command).find(member) != std::string::npos);
}

TEST_CASE("edit: a mass stage move keeps what stays and writes one history") {
    EditFixture f;
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(f.id(f.make(opportunity)));
    REQUIRE(f.run(update("Opportunity", ids[1], R"({"StageName":"Closed Won","Probability":55})")));
    const std::size_t groups = f.journal.size();
    std::string list;
    for (const std::string& id : ids) list += (list.empty() ? "\"" : ",\"") + id + "\"";
    const auto moved = f.run(R"({"command":"UpdateRecords","object":"Opportunity","ids":[)" + list + R"(],"fields":{"StageName":"Closed Won"}})");
    REQUIRE(moved);
    CHECK(moved->record_count == 4);
    CHECK(f.journal.size() == groups + 1);
    CHECK(f.text({standard_object::opportunity, 1}, "Probability") == "55");
    CHECK(f.text({standard_object::opportunity, 2}, "Probability") == "100");
    CHECK(f.records.table(standard_object::opportunity_stage_history).live_count() == 4);
    CHECK(outpost::testing::check_derived(f.records) == "");
}

TEST_CASE("edit: lookups are given by id, by name or by another field; none or several matches is an error") {
    EditFixture f;
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme","Website":"acme.com"}})");
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Twin"}})");
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Twin"}})");
    const RecordRef by_name = f.make(R"({"CreateRecord":{"object":"Contact","fields":{"LastName":"A","Account":{"Name":"Acme"}}}})");
    const RecordRef by_path = f.make(R"({"op":"CreateRecord","object":"Contact","fields":{"LastName":"B","Account.Website":"acme.com"}})");
    CHECK(f.records.children(standard_object::contact, contact_field::account, {standard_object::account, 0}).size() == 2);
    CHECK(by_name);
    CHECK(by_path);
    const auto several = f.run(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"C","Account.Name":"Twin"}})");
    REQUIRE_FALSE(several);
    CHECK(several.error().arguments[2] == "2");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"C","Account.Name":"Nobody"}})") == "INVALID_CROSS_REFERENCE_KEY");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"C","Account.Nope":"x"}})") == "INVALID_FIELD");
    CHECK(f.make(R"({"command":"CreateRecord","object":"Task","fields":{"Subject":"Call","Who":{"LastName":"A"},"What":{"Name":"Acme"}}})"));
}

TEST_CASE("edit: deleted records can't be changed or pointed at, and come back") {
    EditFixture f;
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme"}})");
    const std::string id = f.id(account);
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"Account","id":")" + id + R"("})"));
    CHECK(f.records.table(standard_object::account).live_count() == 0);
    CHECK(f.text(account, "IsDeleted") == "true");
    CHECK(f.code(update("Account", id, R"({"Name":"B"})")) == "ENTITY_IS_DELETED");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"A","AccountId":")" + id + R"("}})") == "ENTITY_IS_DELETED");
    REQUIRE(f.run(R"({"command":"RestoreRecord","object":"Account","id":")" + id + R"("})"));
    CHECK(f.records.table(standard_object::account).is_live(0));
    CHECK(f.code(R"({"command":"DeleteRecord","object":"User","id":")" + f.id({standard_object::user, 0}) + R"("})") == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("edit: what is taken out of the recycle bin for good leaves nothing that points to it, and one undo puts it back") {
    EditFixture f;
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme"}})");
    const std::string id = f.id(account);
    const RecordRef contact = f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"Meyer","AccountId":")" + id + R"("}})");
    const RecordRef gone_as_well = f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"Black","AccountId":")" + id + R"("}})");
    const RecordRef task = f.make(R"({"command":"CreateRecord","object":"Task","fields":{"Subject":"Call","WhatId":")" + id + R"(","WhoId":")" + f.id(contact) + R"("}})");
    const auto empty = [&](const std::string& object, const std::string& of) { return R"({"command":"EmptyRecycleBin","object":")" + object + R"(","ids":[")" + of + R"("]})"; };
    CHECK(f.code(empty("Account", id)) == "INVALID_ARGUMENT");   // not in the bin
    REQUIRE(f.run(R"({"command":"DeleteRecords","object":"Contact","ids":[")" + f.id(gone_as_well) + R"("]})"));
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"Account","id":")" + id + R"("})"));
    REQUIRE(f.run(empty("Account", id)));
    CHECK(f.text(contact, "AccountId") == "");
    CHECK(f.text(task, "WhatId") == "");
    CHECK(f.text(task, "WhoId") == f.id(contact));
    CHECK_FALSE(f.records.find(*parse_record_id(id)));
    CHECK(f.code(R"({"command":"RestoreRecord","object":"Account","id":")" + id + R"("})") != "");
    REQUIRE(f.run(R"({"command":"RestoreRecord","object":"Contact","id":")" + f.id(gone_as_well) + R"("})"));
    CHECK(f.text(gone_as_well, "AccountId") == "");
    REQUIRE(f.run(R"({"command":"Undo"})"));
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.text(contact, "AccountId") == id);
    CHECK(f.text(gone_as_well, "AccountId") == id);
    REQUIRE(f.run(R"({"command":"RestoreRecord","object":"Account","id":")" + id + R"("})"));
    CHECK(f.text(account, "Name") == "Acme");
    CHECK(f.code(empty("User", f.id({standard_object::user, 0}))) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("edit: parents and managers form trees") {
    EditFixture f;
    const std::string a = f.id(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A"}})"));
    const std::string b = f.id(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B","ParentId":")" + a + R"("}})"));
    CHECK(f.code(update("Account", a, R"({"ParentId":")" + a + R"("})")) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.code(update("Account", a, R"({"ParentId":")" + b + R"("})")) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.code(update("Account", b, R"({"ParentId":null})")) == "");
    CHECK(f.code(update("Account", a, R"({"ParentId":")" + b + R"("})")) == "");
}

TEST_CASE("edit: a converted lead is read-only") {
    EditFixture f;
    const RecordRef lead = f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"A","Company":"B"}})");
    REQUIRE(f.editor.run("edit.change", {}, EditOrigin::User, [&](Transaction& transaction) -> Result<CommandOutcome> {
        transaction.allow_protected_fields(true);
        OUTPOST_CHECK(transaction.update(standard_object::lead, {lead.row}, {{lead_field::is_converted, true}}));
        return CommandOutcome{};
    }));
    CHECK(f.code(update("Lead", f.id(lead), R"({"LastName":"Z"})")) == "CANNOT_UPDATE_CONVERTED_LEAD");
    CHECK(f.code(update("Lead", f.id(lead), R"({"IsConverted":false})")) == "INVALID_FIELD");
}

TEST_CASE("edit: names of persons, in any script") {
    EditFixture f;
    const RecordRef ann = f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"FirstName":"Ann","LastName":"Lee"}})");
    const RecordRef li = f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"FirstName":"小龙","LastName":"李"}})");
    const RecordRef whole = f.make(R"({"command":"CreateRecord","object":"User","fields":{"Name":"Anna Maria Snelling"}})");
    CHECK(f.text(ann, "Name") == "Ann Lee");
    CHECK(f.text(li, "Name") == "李小龙");
    CHECK(f.text(whole, "FirstName") == "Anna Maria");
    CHECK(f.text(whole, "LastName") == "Snelling");
    CHECK(f.records.find_equal(standard_object::contact, system_field::name, "Ann Lee").size() == 1);
    REQUIRE(f.run(update("Contact", f.id(ann), R"({"LastName":"Moss"})")));
    CHECK(f.records.find_equal(standard_object::contact, system_field::name, "Ann Lee").empty());
    CHECK(f.records.find_equal(standard_object::contact, system_field::name, "Ann Moss").size() == 1);
}

TEST_CASE("edit: tasks know when they were completed") {
    EditFixture f;
    const RecordRef task = f.make(R"({"command":"CreateRecord","object":"Task","fields":{"Subject":"Call"}})");
    CHECK(f.text(task, "Status") == "Not Started");
    CHECK(f.text(task, "Priority") == "Normal");
    REQUIRE(f.run(update("Task", f.id(task), R"({"Status":"Completed"})")));
    CHECK(f.text(task, "IsClosed") == "true");
    CHECK(f.text(task, "CompletedDateTime") == "2026-11-23T10:00:00.000Z");
    REQUIRE(f.run(update("Task", f.id(task), R"({"Status":"In Progress"})")));
    CHECK(f.text(task, "IsClosed") == "false");
    CHECK(f.text(task, "CompletedDateTime") == "");
}

TEST_CASE("edit: an address is set whole or in parts") {
    EditFixture f;
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","BillingAddress":{"street":"Main 1","city":"Oslo"},"BillingCountry":"Norway"}})");
    CHECK(f.text(account, "BillingCity") == "Oslo");
    CHECK(f.text(account, "BillingAddress") == "Main 1, Oslo, Norway");
    REQUIRE(f.run(update("Account", f.id(account), R"({"BillingAddress":null})")));
    CHECK(f.text(account, "BillingAddress").empty());
    CHECK(f.text(account, "BillingCountry").empty());
}

TEST_CASE("edit: a batch is all or nothing and one undo; later commands see earlier ones") {
    EditFixture f;
    const std::string before = outpost::testing::dump_records(f.records);
    const std::size_t groups = f.journal.size();
    const auto refused = f.run(R"({"command":"Batch","commands":[{"command":"CreateRecord","object":"Account","fields":{"Name":"A"}},{"command":"CreateRecord","object":"Lead","fields":{}}]})");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::RequiredFieldMissing);
    CHECK(error_to_json(refused.error(), Messages(Language::English)).find("error")->integer_or("index", -1) == 1);
    CHECK(f.run(R"({"command":"Batch","commands":[{"command":"Nonsense"}]})").error().part == 0);
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
    CHECK(f.records.table(standard_object::account).row_count() == 0);
    const auto done = f.run(R"({"command":"Batch","commands":[{"command":"CreateRecord","object":"Account","fields":{"Name":"A"}},
        {"command":"CreateRecord","object":"Contact","fields":{"LastName":"B","AccountId":"$0.id"}},
        {"command":"CreateRecord","object":"Contact","fields":{"LastName":"C","Account":{"Name":"A"}}}]})");
    REQUIRE(done);
    CHECK(done->parts.size() == 3);
    CHECK(f.journal.size() == groups + 1);
    CHECK(f.records.children(standard_object::contact, contact_field::account, {standard_object::account, 0}).size() == 2);
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
}

TEST_CASE("edit: undo by sequence, when nothing later touched the same") {
    EditFixture f;
    const RecordRef a = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A"}})");
    const RecordRef b = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B"}})");
    const auto first = f.run(update("Account", f.id(a), R"({"Phone":"1"})"));
    REQUIRE(first);
    REQUIRE(f.run(update("Account", f.id(b), R"({"Phone":"2"})")));
    const auto third = f.run(update("Account", f.id(a), R"({"Fax":"3"})"));
    REQUIRE(third);
    REQUIRE(f.run(R"({"command":"Undo","sequence":)" + std::to_string(first->sequence) + "}"));
    CHECK(f.text(a, "Phone") == "");
    CHECK(f.text(a, "Fax") == "3");
    CHECK(f.text(b, "Phone") == "2");
    REQUIRE(f.run(R"({"command":"Redo"})"));
    CHECK(f.text(a, "Phone") == "1");
    // The creation of an account that a contact points at stays.
    REQUIRE(f.run(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"C","AccountId":")" + f.id(b) + R"("}})"));
    CHECK(f.code(R"({"command":"Undo","sequence":)" + std::to_string(f.journal[2].sequence) + "}") == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.code(R"({"command":"Undo","sequence":999})") == "NOTHING_TO_UNDO");
    CHECK(f.message(R"({"command":"Undo","sequence":999})").find("999") != std::string::npos);
}

TEST_CASE("edit: unique fields, also ignoring case and across a mass update") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Code__c","label":"Code","type":"Text","unique":true,"externalId":true})"));
    const std::string a = f.id(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Code__c":"x1"}})"));
    const std::string b = f.id(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B"}})"));
    CHECK(f.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"C","Code__c":"X1"}})") == "DUPLICATE_VALUE");
    CHECK(f.code(update("Account", b, R"({"Code__c":"x1"})")) == "DUPLICATE_VALUE");
    CHECK(f.code(update("Account", a, R"({"Code__c":"x1","Name":"A2"})")) == "");
    CHECK(f.code(R"({"command":"UpdateRecords","object":"Account","ids":[")" + a + R"(",")" + b + R"("],"fields":{"Code__c":"z"}})") == "DUPLICATE_VALUE");
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"Account","id":")" + a + R"("})"));
    CHECK(f.code(update("Account", b, R"({"Code__c":"x1"})")) == "");
    CHECK(f.code(R"({"command":"RestoreRecord","object":"Account","id":")" + a + R"("})") == "DUPLICATE_VALUE");
}

TEST_CASE("edit: an import that adds picklist values is undone and redone whole, also after other edits") {
    EditFixture f;
    f.make(opportunity);
    const auto imported = f.editor.run("edit.change", {}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
        OUTPOST_CHECK(transaction.add_picklist_values(standard_object::opportunity, opportunity_field::stage, {"Engaging", "Prospecting", "Won"}));
        Column names(ColumnKind::Text), stages(ColumnKind::Code);
        for (const std::uint16_t code : {11, 12, 1}) {
            names.mutable_texts().push_back("Imported");
            stages.mutable_codes().push_back(code);
        }
        std::vector<FieldColumn> columns;
        columns.push_back({system_field::name, std::move(names)});
        columns.push_back({opportunity_field::stage, std::move(stages)});
        OUTPOST_CHECK(transaction.create_many(standard_object::opportunity, 3, std::move(columns)));
        return CommandOutcome{};
    });
    REQUIRE(imported);
    CHECK(f.text({standard_object::opportunity, 1}, "StageName") == "Engaging");
    const std::string after = outpost::testing::dump_records(f.records);
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.records.schema().object(standard_object::opportunity).field(opportunity_field::stage).values.size() == 10);
    REQUIRE(f.run(R"({"command":"Redo"})"));
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), after) == "");

    // An edit of another record's other field doesn't hold it back; one that uses a new value does.
    const std::string first = f.id({standard_object::opportunity, 0});
    REQUIRE(f.run(update("Opportunity", first, R"({"NextStep":"call"})")));
    const std::string undo = R"({"command":"Undo","sequence":)" + std::to_string(imported->sequence) + "}";
    CHECK(f.code(undo) == "");
    CHECK(f.text({standard_object::opportunity, 0}, "NextStep") == "call");
    REQUIRE(f.run(R"({"command":"Redo"})"));
    REQUIRE(f.run(update("Opportunity", first, R"({"StageName":"Engaging"})")));
    CHECK(f.code(undo) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("edit: an event doesn't end before it starts; a deleted record isn't deleted again") {
    EditFixture f;
    const RecordRef event = f.make(R"({"command":"CreateRecord","object":"Event","fields":{"Subject":"Meet","StartDateTime":"2026-11-24T10:00:00Z","EndDateTime":"2026-11-24T11:00:00Z"}})");
    REQUIRE(event);
    CHECK(f.code(update("Event", f.id(event), R"({"EndDateTime":"2026-11-24T09:00:00Z"})")) == "FIELD_INTEGRITY_EXCEPTION");
    const std::string remove = R"({"command":"DeleteRecord","object":"Event","id":")" + f.id(event) + R"("})";
    CHECK(f.code(remove) == "");
    CHECK(f.code(remove) == "ENTITY_IS_DELETED");
}

TEST_CASE("list views: a condition is checked when it is saved, by whatever way") {
    EditFixture f;
    const auto saved = [&](const std::string& object, const std::string& criteria) {
        return f.run(R"({"command": "CreateRecord", "object": "ListView", "fields": {"Name": "V", "SobjectType": ")" + object + R"(", "Criteria": ")" + criteria + "\"}}");
    };
    REQUIRE(saved("Account", "Industry = 'Banking' AND CreatedDate = LAST_N_DAYS:30").has_value());
    CHECK(saved("Account", "").has_value());
    const auto unknown = saved("Account", "Name = 'A' AND Industri = 'Banking'");
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().field == "Criteria");
    CHECK(unknown.error().position == 15);
    CHECK(Messages(Language::English).error(unknown.error()).find("Industry") != std::string::npos);
    const auto unfinished = saved("Account", "Industry = ");
    REQUIRE_FALSE(unfinished.has_value());
    CHECK(unfinished.error().code == ErrorCode::MalformedQuery);
    CHECK(unfinished.error().position >= 10);
    CHECK_FALSE(saved("Account", "Name = 'A' LIMIT 3").has_value());
    const auto elsewhere = saved("Acount", "Name = 'A'");
    REQUIRE_FALSE(elsewhere.has_value());
    CHECK(elsewhere.error().field == "SobjectType");
    // What is changed is checked with what stays.
    const std::string id = to_text(f.records.id_of({standard_object::list_view, 0}));
    const auto changed = [&](const std::string& fields) { return f.run(R"({"command": "UpdateRecord", "object": "ListView", "id": ")" + id + R"(", "fields": {)" + fields + "}}").has_value(); };
    CHECK_FALSE(changed(R"("Criteria": "StageName = 'Prospecting'")"));
    CHECK_FALSE(changed(R"("SobjectType": "Opportunity")"));
    CHECK(changed(R"("SobjectType": "Opportunity", "Criteria": "StageName = 'Prospecting'")"));
    CHECK(changed(R"("Name": "W", "IsPinned": true)"));
    CHECK_FALSE(f.run(R"({"command": "UpdateRecords", "object": "ListView", "where": "Name = 'W'", "fields": {"Criteria": "Nowhere = 1"}})").has_value());
}

TEST_CASE("edit: what a journal's reader would refuse is refused before it is written, with nothing changed") {
    EditFixture f;
    const std::string before = outpost::testing::dump_records(f.records);
    const std::size_t groups = f.journal.size();
    const auto made = f.editor.run("edit.change", {}, EditOrigin::Import, [](Transaction& transaction) -> Result<CommandOutcome> {
        std::vector<FieldColumn> columns;
        for (const char* name : {"Acme", "Bolt"}) {   // a field twice
            Column names(ColumnKind::Text);
            names.mutable_texts().push_back(name);
            columns.push_back({system_field::name, std::move(names)});
        }
        OUTPOST_CHECK(transaction.create_many(standard_object::account, 1, std::move(columns)));
        return CommandOutcome{};
    });
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::StorageFailure);
    CHECK(Messages(Language::English).error(made.error()) == "This edit could not be read back later (column), so it was not made. Nothing was changed.");
    CHECK(f.journal.size() == groups);
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
}
