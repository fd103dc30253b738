#include <doctest/doctest.h>

#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "tests/support/edit_fixture.h"
#include "tests/support/import_fixture.h"

using namespace outpost;
using testing::ImportFixture;

namespace {

// Two pipelines: new business with most of the usual stages, renewals with two of their own; both end alike.
struct Pipelines : ImportFixture {
    Pipelines() {
        REQUIRE(run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"New Business","default":true},"Renewals"]})"));
        REQUIRE(run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[
            {"value":"Prospecting","default":true,"validFor":["New Business"]},
            {"value":"Qualification","validFor":["New Business"],"guidance":"Who decides?","keyFields":["NextStep","Amount"],"requiredFields":["NextStep"]},
            {"value":"Proposal/Price Quote","validFor":["New Business"],"requiredFields":["Amount","NextStep"]},
            {"value":"Notice Sent","validFor":["Renewals"],"probability":60,"forecastCategory":"BestCase"},
            {"value":"Terms Agreed","validFor":["Renewals"],"probability":90,"forecastCategory":"Commit"},
            "Closed Won","Closed Lost"]})"));
    }
    RecordRef sale(const std::string& fields = {}) {
        return make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"Sale","CloseDate":"2026-12-01")" + (fields.empty() ? "" : "," + fields) + "}}");
    }
    std::string update(RecordRef record, const std::string& fields) const {
        return R"({"command":"UpdateRecord","object":"Opportunity","id":")" + id(record) + R"(","fields":{)" + fields + "}}";
    }
    const Field& stage() const { return records.schema().object(standard_object::opportunity).field(opportunity_field::stage); }
    std::vector<std::string> offered(RecordRef record) const {
        std::vector<std::string> names;
        for (const std::uint16_t code : offered_codes(records, record, stage())) names.push_back(stage().values[code - 1u].value);
        return names;
    }
};

}  // namespace

TEST_CASE("pipelines: each has its own stages, and an opportunity begins with the first of its own") {
    Pipelines p;
    const RecordRef plain = p.sale(), renewal = p.sale(R"("Pipeline":"Renewals")");
    CHECK(p.text(plain, "Pipeline") == "New Business");
    CHECK(p.text(plain, "StageName") == "Prospecting");
    CHECK(p.text(renewal, "StageName") == "Notice Sent");
    CHECK(p.text(renewal, "Probability") == "60");
    CHECK(p.offered(plain) == std::vector<std::string>{"Prospecting", "Qualification", "Proposal/Price Quote", "Closed Won", "Closed Lost"});
    CHECK(p.offered(renewal) == std::vector<std::string>{"Notice Sent", "Terms Agreed", "Closed Won", "Closed Lost"});
    // One that says no pipeline has the default one's stages.
    const RecordRef bare = p.sale(R"("Pipeline":null)");
    CHECK(p.offered(bare) == p.offered(plain));
    CHECK(p.code(p.update(bare, R"("StageName":"Notice Sent")")) == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
}

TEST_CASE("pipelines: a new one begins with copies of another one's stages, all that is set for them, in one edit") {
    Pipelines p;
    const RecordRef renewal = p.sale(R"("Pipeline":"Renewals")"), plain = p.sale();
    const auto before_renewal = p.offered(renewal), before_plain = p.offered(plain);
    const std::string before = testing::dump_records(p.records);
    REQUIRE(p.run(R"({"command":"CopyPipeline","from":"New Business","name":" Partners "})"));
    const RecordRef partner = p.sale(R"("Pipeline":"Partners")");
    CHECK(p.offered(partner) == std::vector<std::string>{"Prospecting (Partners)", "Qualification (Partners)", "Proposal/Price Quote (Partners)", "Closed Won (Partners)", "Closed Lost (Partners)"});
    CHECK(p.text(partner, "StageName") == "Prospecting (Partners)");
    CHECK(p.offered(renewal) == before_renewal);
    CHECK(p.offered(plain) == before_plain);
    // Said in the reader's language, and short where the pipeline is known.
    const Object& opportunity = p.records.schema().object(standard_object::opportunity);
    const PicklistValue& first = p.stage().values[p.stage().find_code("Prospecting (Partners)") - 1u];
    CHECK(value_label(Messages(Language::English), p.stage(), first) == "Prospecting (Partners)");
    CHECK(value_label(Messages(Language::SimplifiedChinese), p.stage(), first) == value_label(Messages(Language::SimplifiedChinese), p.stage(), "Prospecting") + " (Partners)");
    CHECK(value_label_within(Messages(Language::English), opportunity, p.stage(), first) == "Prospecting");
    // A copy of the copy isn't named after both; what can't be is refused in words.
    REQUIRE(p.run(R"({"command":"CopyPipeline","from":"Partners","name":"OEM","default":true})"));
    CHECK(p.offered(p.sale(R"("Pipeline":"OEM")"))[1] == "Qualification (OEM)");
    CHECK(p.text(p.sale(), "StageName") == "Prospecting (OEM)");
    CHECK(p.message(R"({"command":"CopyPipeline","from":"OEM","name":"partners"})") == "There is a pipeline “partners” already.");
    CHECK(p.code(R"({"command":"CopyPipeline","from":"Nothing","name":"X"})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(p.code(R"({"command":"CopyPipeline","from":"OEM","name":" "})") == "REQUIRED_FIELD_MISSING");
    CHECK(testing::check_derived(p.records).empty());
    for (int i = 0; i < 5; ++i) REQUIRE(p.editor.execute(Undo{}));
    CHECK(testing::first_difference(before, testing::dump_records(p.records)).empty());
}

TEST_CASE("pipelines: with another default, opportunities that said none stay where they were, those in the recycle bin too") {
    ImportFixture f;
    const auto sale = [&](const std::string& fields) { return f.make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"CloseDate":"2026-12-01",)" + fields + "}}"); };
    const RecordRef older = sale(R"("Name":"Older","StageName":"Qualification")"), deleted = sale(R"("Name":"Deleted")");
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"Opportunity","id":")" + f.id(deleted) + "\"}"));
    const std::string before = testing::dump_records(f.records);
    // The first further one names the one that all had.
    CHECK(f.code(R"({"command":"CopyPipeline","from":" ","name":"Renewals"})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(f.code(R"({"command":"CopyPipeline","from":"Sales","name":"sales"})") == "DUPLICATE_VALUE");
    CHECK(testing::first_difference(before, testing::dump_records(f.records)).empty());
    REQUIRE(f.run(R"({"command":"CopyPipeline","from":" Sales ","name":"Renewals","default":true})"));
    for (const RecordRef record : {older, deleted}) CHECK(f.text(record, "Pipeline") == "Sales");
    CHECK(f.text(older, "StageName") == "Qualification");
    const RecordRef renewal = sale(R"("Name":"Renewal")"), bare = sale(R"("Name":"Bare","Pipeline":null)");
    CHECK(f.text(renewal, "Pipeline") == "Renewals");
    CHECK(f.text(bare, "Pipeline").empty());
    // What an import or a script gave none is the former default's then, its stage as it is.
    const std::string between = testing::dump_records(f.records);
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"Sales","default":true},"Renewals"]})"));
    CHECK(f.text(bare, "Pipeline") == "Renewals");
    CHECK(f.text(bare, "StageName") == "Prospecting (Renewals)");
    CHECK(f.text(older, "Pipeline") == "Sales");
    CHECK(testing::check_derived(f.records).empty());
    REQUIRE(f.editor.execute(Undo{}));
    CHECK(testing::first_difference(between, testing::dump_records(f.records)).empty());
    for (int i = 0; i < 3; ++i) REQUIRE(f.editor.execute(Undo{}));
    CHECK(testing::first_difference(before, testing::dump_records(f.records)).empty());
    // However the first ones are made; other changes to them leave those alone that say none.
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"Sales","default":true},"Partners"]})"));
    CHECK(f.text(older, "Pipeline") == "Sales");
    const RecordRef none = sale(R"("Name":"None","Pipeline":null)");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"Sales","default":true},"Partners","OEM"]})"));
    CHECK(f.text(none, "Pipeline").empty());
}

TEST_CASE("pipelines property: a copy says of its stages what the other says, whatever that is") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        Pipelines p;
        testing::FakeRandom random(seed);
        Field stages = p.stage();
        const FieldIndex askable[] = {opportunity_field::next_step, opportunity_field::amount, opportunity_field::description, opportunity_field::lead_source};
        for (PicklistValue& value : stages.values) {
            value.active = value.is_default || random.below(6) != 0;
            value.probability = static_cast<std::uint8_t>(random.below(101));
            value.forecast = static_cast<ForecastCategory>(random.below(5));
            value.closed = random.below(3) == 0;
            value.won = value.closed && random.below(2) == 0;
            value.color = static_cast<std::uint32_t>(random.below(0x1000000));
            value.guidance = random.below(2) ? "Guidance " + std::to_string(random.below(1000)) : "";
            value.key_fields.clear();
            value.required_fields.clear();
            for (const FieldIndex field : askable) {
                if (random.below(2)) value.key_fields.push_back(field);
                if (random.below(3) == 0) value.required_fields.push_back(field);
            }
            value.valid_for.clear();
            for (std::uint16_t code = 1; code <= 2; ++code)
                if (random.below(2)) value.valid_for.push_back(code);
            if (random.below(4) == 0) value.label = "Called " + std::to_string(random.below(1000));
        }
        const Object& opportunity = p.records.schema().object(standard_object::opportunity);
        REQUIRE(p.editor.execute(UpdateField{standard_object::opportunity, stages.index, stages}));
        const std::uint16_t source = static_cast<std::uint16_t>(1 + random.below(2));
        const std::vector<std::uint16_t> from = offered_codes(opportunity, p.stage(), source);
        const std::size_t earlier = p.stage().values.size();
        REQUIRE(p.editor.execute(CopyPipeline{source == 1 ? "New Business" : "Renewals", "Third", random.below(2) == 0}));
        const Field& after = p.stage();
        CHECK(offered_codes(opportunity, after, source) == from);
        const std::vector<std::uint16_t> copies = offered_codes(opportunity, after, 3);
        REQUIRE(copies.size() == from.size());
        for (std::size_t i = 0; i < copies.size(); ++i) {
            CHECK(copies[i] > earlier);
            PicklistValue copy = after.values[copies[i] - 1u];
            const PicklistValue& original = after.values[from[i] - 1u];
            CHECK(copy.valid_for == std::vector<std::uint16_t>{3});
            copy.value = original.value;
            copy.label = original.label;
            copy.position = original.position;
            copy.is_default = original.is_default;
            copy.valid_for = original.valid_for;
            CHECK(copy == original);
        }
    }
}

TEST_CASE("pipelines: a stage of another one is refused in words that name those that fit") {
    Pipelines p;
    const RecordRef renewal = p.sale(R"("Pipeline":"Renewals")");
    CHECK(p.message(p.update(renewal, R"("StageName":"Qualification")")) ==
          "“Qualification” is not a value of Stage where Pipeline is “Renewals”. Choose one of: Notice Sent, Terms Agreed, Closed Won, Closed Lost.");
    CHECK(p.text(renewal, "StageName") == "Notice Sent");
    CHECK(p.message(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"X","CloseDate":"2026-12-01","StageName":"Terms Agreed"}})") ==
          "“Terms Agreed” is not a value of Stage where Pipeline is “New Business”. Choose one of: Prospecting, Qualification, Proposal/Price Quote, Closed Won, Closed Lost.");
    CHECK(p.code(p.update(renewal, R"("StageName":"Prospecting","Pipeline":"New Business")")).empty());
    CHECK(p.text(renewal, "StageName") == "Prospecting");
}

TEST_CASE("pipelines: another pipeline brings its first stage along, a closed one stays closed, one undo takes it back") {
    Pipelines p;
    const RecordRef open = p.sale(), won = p.sale(R"("StageName":"Closed Won")");
    const std::string before = testing::dump_records(p.records);
    REQUIRE(p.run(p.update(open, R"("Pipeline":"Renewals")")));
    CHECK(p.text(open, "StageName") == "Notice Sent");
    CHECK(p.text(open, "Probability") == "60");
    CHECK(p.text(open, "ForecastCategory") == "BestCase");
    REQUIRE(p.editor.execute(Undo{}));
    CHECK(testing::first_difference(before, testing::dump_records(p.records)).empty());
    REQUIRE(p.run(p.update(won, R"("Pipeline":"Renewals")")));
    CHECK(p.text(won, "StageName") == "Closed Won");
    // Many at once, from different stages.
    const RecordRef other = p.sale(R"("StageName":"Qualification")");
    REQUIRE(p.editor.execute(UpdateRecords{standard_object::opportunity, {open.row, won.row, other.row}, {{opportunity_field::pipeline, Value(std::string("Renewals"))}}}));
    CHECK(p.text(other, "StageName") == "Notice Sent");
    CHECK(p.text(won, "StageName") == "Closed Won");
    CHECK(testing::check_derived(p.records).empty());
}

TEST_CASE("pipelines: an import hands back rows whose stage is another pipeline's and begins the others rightly") {
    Pipelines p;
    const ImportReport report = p.import("Name,CloseDate,Pipeline,Stage\nA,2026-12-01,Renewals,Terms Agreed\nB,2026-12-01,Renewals,Qualification\n"
                                         "C,2026-12-01,Renewals,\nD,2026-12-01,,\nE,2026-12-01,,Qualification\n", "Opportunity");
    CHECK(report.created == 4);
    REQUIRE(report.failed == 1);
    CHECK(p.live("Opportunity") == 4);
    CHECK(p.text({standard_object::opportunity, 1}, "StageName") == "Notice Sent");
    CHECK(p.text({standard_object::opportunity, 2}, "StageName") == "Prospecting");
}

TEST_CASE("stages: what one asks for must be there before it is left, also for those that are jumped over") {
    Pipelines p;
    const RecordRef sale = p.sale();
    REQUIRE(p.run(p.update(sale, R"("StageName":"Qualification")")));
    CHECK(p.message(p.update(sale, R"("StageName":"Proposal/Price Quote")")) == "Next Step must be filled in before “Sale” leaves “Qualification”.");
    CHECK(p.message(p.update(sale, R"("StageName":"Proposal/Price Quote")"), Language::SimplifiedChinese) == "“Sale”离开“Qualification”之前必须填写下一步。");
    REQUIRE(p.run(p.update(sale, R"("StageName":"Proposal/Price Quote","NextStep":"Send it")")));
    CHECK(p.code(p.update(sale, R"("StageName":"Closed Won")")) == "REQUIRED_FIELD_MISSING");
    // Back, and lost, asks for nothing.
    REQUIRE(p.run(p.update(sale, R"("StageName":"Prospecting","NextStep":null)")));
    const std::uint16_t won = p.stage().find_code("Closed Won");
    CHECK(missing_before(p.records, sale, p.stage(), won, {}) == std::vector<FieldIndex>{opportunity_field::next_step, opportunity_field::amount});
    REQUIRE(p.run(p.update(sale, R"("StageName":"Closed Lost")")));
    // Of many, one that lacks it refuses all.
    const RecordRef with = p.sale(R"("Amount":5,"NextStep":"Go")"), without = p.sale();
    CHECK(p.code(R"({"command":"UpdateRecords","object":"Opportunity","ids":[")" + p.id(with) + R"(",")" + p.id(without) + R"("],"fields":{"StageName":"Closed Won"}})") == "REQUIRED_FIELD_MISSING");
    CHECK(p.text(with, "StageName") == "Prospecting");
    REQUIRE(p.run(p.update(with, R"("StageName":"Closed Won")")));
}

TEST_CASE("stages: what is defined about them is checked, described and kept") {
    Pipelines p;
    const PicklistValue& value = p.stage().values[p.stage().find_code("Qualification") - 1u];
    CHECK(value.guidance == "Who decides?");
    CHECK(value.key_fields == std::vector<FieldIndex>{opportunity_field::next_step, opportunity_field::amount});
    const Json kept = to_json(p.stage(), p.records.schema());
    CHECK(field_from_json(kept).value() == p.stage());
    // No definition brings a value with a semicolon any more; one that was stored is read all the same.
    CHECK_FALSE(p.run(R"({"command":"DefineField","object":"Account","field":"Tags__c","label":"Tags","type":"Picklist","values":["a;b"]})").has_value());
    Field older = p.stage();
    older.values[0].value = "a;b";
    CHECK(field_from_json(to_json(older, p.records.schema())).value() == older);
    const auto refused = [&](const std::string& values, const std::string& more = {}) {
        return p.message(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[)" + values + "]" + more + "}");
    };
    CHECK(refused(R"({"value":"Prospecting","validFor":["Nowhere"]})") == "“validFor” names “Nowhere”, which is not there.");
    CHECK(refused(R"({"value":"Prospecting","keyFields":["Amout"]})") == "“keyFields” names “Amout”, which is not there.");
    CHECK(refused(R"({"value":"Prospecting","keyFields":["Amount","NextStep","Type","LeadSource","CloseDate","Name"]})") == "“Prospecting” of Stage can have 5 key fields at most.");
    CHECK(refused(R"({"value":"Prospecting","requiredFields":["ExpectedRevenue"]})") == "“Prospecting” of Stage can’t ask for “ExpectedRevenue”, since nobody can fill that in.");
    CHECK(refused(R"({"value":"Prospecting","guidance":")" + std::string(1001, 'x') + "\"}") == "The guidance for “Prospecting” of Stage is longer than 1000 characters.");
    CHECK(refused(R"({"value":"Prospecting"})", R"(,"controllingField":"StageName")") ==
          "What Stage depends on must be another picklist of the same object that doesn’t depend on it.");
    // Another name for a pipeline changes nothing in what it offers.
    const RecordRef renewal = p.sale(R"("Pipeline":"Renewals")");
    REQUIRE(p.run(R"({"command":"UpdateField","object":"Opportunity","field":"Pipeline","values":[{"value":"New Business","default":true},{"value":"Contracts","oldValue":"Renewals"}]})"));
    CHECK(p.text(renewal, "Pipeline") == "Contracts");
    CHECK(p.offered(renewal).front() == "Notice Sent");
}

TEST_CASE("stages: a custom object's picklist can depend on another one and ask for fields as well") {
    ImportFixture f;
    for (const char* command : {R"({"command":"DefineObject","object":"Visit__c","label":"Visit"})",
                                R"({"command":"DefineField","object":"Visit__c","field":"Kind__c","type":"Picklist","values":["Shop","Farm"]})",
                                R"({"command":"DefineField","object":"Visit__c","field":"Notes__c","type":"Text"})",
                                R"({"command":"DefineField","object":"Visit__c","field":"Step__c","type":"Picklist","controllingField":"Kind__c","values":[
                                    {"value":"Counted","validFor":["Shop"],"requiredFields":["Notes__c"]},{"value":"Weighed","validFor":["Farm"]},"Done"]})"})
        REQUIRE_MESSAGE(f.code(command).empty(), f.message(command));
    CHECK(f.code(R"({"command":"CreateRecord","object":"Visit__c","fields":{"Name":"A","Kind__c":"Farm","Step__c":"Counted"}})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Visit__c","fields":{"Name":"A","Kind__c":"Shop","Step__c":"Counted"}})");
    REQUIRE(visit);
    // What is not required and has no default begins with nothing.
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"Visit__c","fields":{"Name":"B","Kind__c":"Shop"}})"), "Step__c").empty());
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"Visit__c","fields":{"Name":"C"}})"), "Step__c").empty());
    // Not required: another kind empties it.
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Visit__c","id":")" + f.id(visit) + R"(","fields":{"Kind__c":"Farm"}})"));
    CHECK(f.text(visit, "Step__c").empty());
}

TEST_CASE("picklists: one without values says so, where a value is given") {
    ImportFixture f;
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Grade__c","label":"Grade","type":"Picklist","restricted":true,"values":[]})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Tags__c","label":"Tags","type":"MultiselectPicklist","values":["Old"]})"));
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Tags__c","values":[{"value":"Old","active":false}]})"));
    CHECK(f.message(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Grade__c":"A+"}})") == "“A+” can’t be a value of Grade, which has none to choose from.");
    CHECK(f.message(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Tags__c":"New"}})") == "“New” can’t be a value of Tags, which has none to choose from.");
}

TEST_CASE("picklists: a value that a record holds may stay and be taken out, though it is no longer offered") {
    ImportFixture f;
    for (const char* command : {R"({"command":"DefineField","object":"Account","field":"Key__c","label":"Key","type":"Text","externalId":true})",
                                R"({"command":"DefineField","object":"Account","field":"Grade__c","label":"Grade","type":"Picklist","values":["A","B"]})",
                                R"({"command":"DefineField","object":"Account","field":"Tags__c","label":"Tags","type":"MultiselectPicklist","values":["Price","Service","Demo"]})"})
        REQUIRE(f.run(command));
    const RecordRef one = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"One","Key__c":"1","Grade__c":"A","Tags__c":"Price;Demo"}})");
    const RecordRef two = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Two","Key__c":"2","Grade__c":"B","Tags__c":"Demo"}})");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Grade__c","values":["B"]})"));
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Tags__c","values":["Service","Demo"]})"));
    const auto update = [&](RecordRef record, const std::string& fields) { return f.code(R"({"command":"UpdateRecord","object":"Account","id":")" + f.id(record) + R"(","fields":{)" + fields + "}}"); };
    CHECK(update(one, R"("Grade__c":"A","Tags__c":"Price;Demo")") == "");
    CHECK(update(one, R"("Tags__c":"Service;Price")") == "");
    CHECK(f.text(one, "Tags__c") == "Price;Service");
    CHECK(update(two, R"("Tags__c":"Price;Demo")") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(update(two, R"("Grade__c":"A")") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    // Of several records all must hold it.
    const std::string both = R"("ids":[")" + f.id(one) + "\",\"" + f.id(two) + "\"]";
    CHECK(f.code(R"({"command":"UpdateRecords","object":"Account",)" + both + R"(,"fields":{"Grade__c":"A"}})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    // A file that says what the record has already.
    const ImportReport report = f.import("Key__c,Name,Grade__c,Tags__c\n1,Uno,A,Service;Price\n2,Dos,A,Demo\n", "Account", R"({"externalId":"Key__c"})");
    CHECK(report.updated == 1);
    CHECK(f.text(one, "Name") == "Uno");
    CHECK(f.text(two, "Name") == "Two");
    CHECK(update(one, R"("Grade__c":"B","Tags__c":"Service")") == "");
    CHECK(update(one, R"("Tags__c":"Service;Price")") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Three","Grade__c":"A"}})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
}

TEST_CASE("picklists: what another one depends on isn't deleted; one that depends on nothing any more is offered whole") {
    ImportFixture f;
    for (const char* command : {R"({"command":"DefineField","object":"Account","field":"Land__c","label":"Land","type":"Picklist","values":["North","South"]})",
                                R"({"command":"DefineField","object":"Account","field":"Town__c","label":"Town","type":"Picklist","controllingField":"Land__c","values":[{"value":"Oslo","validFor":["North"]},{"value":"Rome","validFor":["South"]}]})"})
        REQUIRE(f.run(command));
    const std::string gone = R"({"command":"DeleteField","object":"Account","field":"Land__c"})";
    CHECK(f.message(gone) == "Town depends on Land. Let it depend on nothing first, or delete it.");
    CHECK(f.code(gone) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.code(R"({"command":"UpdateField","object":"Account","field":"Town__c","controllingField":null})") == "");
    CHECK(f.code(gone) == "");
    CHECK(f.code(R"({"command":"UpdateField","object":"Account","field":"Town__c","label":"City"})") == "");
    CHECK(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A","Town__c":"Rome"}})"));
}
