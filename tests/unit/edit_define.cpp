#include <doctest/doctest.h>

#include "core/edit/apply.h"
#include "core/objects/object_words.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using outpost::testing::dump_records;
using outpost::testing::EditFixture;
using outpost::testing::first_difference;

namespace {

void define_site_visits(EditFixture& f) {
    for (const char* command : {
             R"({"command":"DefineObject","object":"Site_Visit__c","label":"Site Visit","pluralLabel":"Site Visits","nameField":{"type":"AutoNumber","label":"Visit","displayFormat":"SV-{0000}"}})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Region__c","label":"Region","type":"Picklist","values":[{"value":"North"},{"value":"South","default":true,"color":"#00ff00"}]})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Site__c","label":"Site","type":"Lookup","referenceTo":["Account"],"relationshipName":"Visits"})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Cost__c","label":"Cost","type":"Currency"})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Topics__c","label":"Topics","type":"MultiselectPicklist","values":["A","B","C"]})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Place__c","label":"Place","type":"Address"})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Spot__c","label":"Spot","type":"Location"})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Urgent__c","label":"Urgent","type":"Checkbox","defaultValue":true})",
             R"({"command":"DefineField","object":"Site_Visit__c","field":"Notes__c","label":"Notes","type":"LongTextArea"})",
         })
        CHECK(f.code(command) == "");
}

const Field& field_of(const EditFixture& f, const char* object, const char* field) {
    return *f.records.schema().find_object(object)->find_field(field);
}

}  // namespace

TEST_CASE("edit: a custom object with fields of many types works at once") {
    EditFixture f;
    define_site_visits(f);
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme"}})");
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Site__r":{"Name":"Acme"},"Cost__c":"12.5",
        "Topics__c":"C;A","Place__c":{"city":"Oslo","PostalCode":"0150"},"Spot__c":{"latitude":59.9,"longitude":10.75}}})");
    REQUIRE(visit);
    CHECK(f.text(visit, "Name") == "SV-0001");
    CHECK(f.text(visit, "Region__c") == "South");
    CHECK(f.text(visit, "Topics__c") == "A;C");
    CHECK(f.text(visit, "Place__c") == "Oslo, 0150");
    CHECK(f.text(visit, "Spot__Latitude__s") == "59.9");
    CHECK(f.text(visit, "Urgent__c") == "true");
    CHECK(f.records.display_name(visit) == "SV-0001");
    const RecordRef second = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{}})");
    CHECK(f.text(second, "Name") == "SV-0002");
    CHECK(f.records.find_equal(visit.object, system_field::name, "SV-0002") == std::vector<RowIndex>{1});
    CHECK(f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Spot__c":{"latitude":91}}})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Topics__c":"A;Z"}})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Name":"mine"}})") == "INVALID_FIELD");
    CHECK(field_of(f, "Site_Visit__c", "Site__c").relationship_name == "Site__r");
    CHECK(field_of(f, "Site_Visit__c", "Site__c").child_relationship_name == "Visits__r");
    CHECK(f.records.schema().find_object("Site_Visit__c")->board_field == field_of(f, "Site_Visit__c", "Region__c").index);
    CHECK(f.make(R"({"command":"CreateRecord","object":"Task","fields":{"Subject":"Prepare","What":{"Name":"SV-0001"}}})"));
    CHECK(outpost::testing::check_derived(f.records) == "");
}

TEST_CASE("edit: a location is given by both of its numbers or none, where an edit touches it") {
    EditFixture f;
    define_site_visits(f);
    const auto refusal = [&](const std::string& command) {
        const auto outcome = f.run(command);
        return outcome ? std::string() : outcome.error().field + " " + outcome.error().message_key;
    };
    const auto create = [&](const char* fields) { return refusal(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":)" + std::string(fields) + "}"); };
    CHECK(create(R"({"Spot__c":{"latitude":5}})") == "Spot__Longitude__s error.location_half");
    CHECK(create(R"({"Spot__Longitude__s":5})") == "Spot__Latitude__s error.location_half");
    CHECK(create(R"({"Spot__c":{"latitude":-90,"longitude":180}})") == "");
    CHECK(create(R"({"Spot__c":{"latitude":0,"longitude":180.1}})") == "Spot__Longitude__s error.number_between");
    CHECK(create(R"({"Place__c":{"city":"Oslo"}})") == "");   // of an address any part may be missing
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c"})");
    const auto update = [&](const std::string& fields) { return refusal(R"({"command":"UpdateRecord","object":"Site_Visit__c","id":")" + f.id(visit) + R"(","fields":)" + fields + "}"); };
    CHECK(update(R"({"Spot__Latitude__s":5})") == "Spot__Longitude__s error.location_half");
    CHECK(update(R"({"Spot__Latitude__s":5,"Spot__Longitude__s":6})") == "");
    CHECK(update(R"({"Spot__Latitude__s":7})") == "");   // the other one is there
    CHECK(update(R"({"Spot__Longitude__s":null})") == "Spot__Longitude__s error.location_half");
    CHECK(update(R"({"Spot__c":null})") == "");
    // A record of before that has one half is edited elsewhere, and mended.
    const Field& latitude = field_of(f, "Site_Visit__c", "Spot__Latitude__s");
    f.records.mutable_table(visit.object).mutable_column(latitude.index).set(visit.row, Decimal{5, 0}, latitude);
    CHECK(update(R"({"Notes__c":"far"})") == "");
    CHECK(update(R"({"Spot__Latitude__s":5,"Notes__c":"near"})") == "");   // nothing new of it
    CHECK(update(R"({"Spot__Latitude__s":6})") == "Spot__Longitude__s error.location_half");
    CHECK(update(R"({"Spot__Longitude__s":6})") == "");
}

TEST_CASE("edit: a location's numbers have the decimal places that were asked for, and nine otherwise") {
    EditFixture f;
    define_site_visits(f);
    REQUIRE(f.run(R"({"command":"DefineField","object":"Site_Visit__c","field":"Near__c","type":"Location","scale":3})"));
    CHECK(field_of(f, "Site_Visit__c", "Near__Latitude__s").scale == 3);
    CHECK(field_of(f, "Site_Visit__c", "Near__Longitude__s").scale == 3);
    CHECK(field_of(f, "Site_Visit__c", "Spot__Longitude__s").scale == 9);
    const auto create = [&](const char* fields) { return f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":)" + std::string(fields) + "}"); };
    CHECK(create(R"({"Near__c":{"latitude":52.5201,"longitude":13}})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(create(R"({"Near__c":{"latitude":52.52,"longitude":-179.999}})") == "");
    const auto rescale = [&](int scale) { return f.code(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Near__c","scale":)" + std::to_string(scale) + "}"); };
    CHECK(rescale(2) == "NUMBER_OUTSIDE_VALID_RANGE");   // digits are never lost
    CHECK(field_of(f, "Site_Visit__c", "Near__c").scale == 3);
    CHECK(rescale(15) == "");
    CHECK(field_of(f, "Site_Visit__c", "Near__Longitude__s").scale == 15);
    CHECK(f.text({f.records.schema().find_object("Site_Visit__c")->index, 0}, "Near__Longitude__s") == "-179.999");
    CHECK(create(R"({"Near__c":{"latitude":52.123456789012345,"longitude":180}})") == "");
    CHECK(rescale(16) == "INVALID_ARGUMENT");
}

TEST_CASE("edit: a picklist value that is left out of the list stays where it stood") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Plan__c"})"));
    const auto order = [&] {
        std::string out;
        const Field& step = field_of(f, "Plan__c", "Step__c");
        for (const std::uint16_t code : step.codes_in_order(false)) out += step.values[code - 1u].value + (step.values[code - 1u].active ? " " : "- ");
        return out;
    };
    REQUIRE(f.run(R"({"command":"DefineField","object":"Plan__c","field":"Step__c","type":"Picklist","values":["Plan","Build","Test","Ship"]})"));
    const auto list = [&](const char* values) { REQUIRE(f.run(R"({"command":"UpdateField","object":"Plan__c","field":"Step__c","values":)" + std::string(values) + "}")); };
    list(R"(["Plan","Ship"])");
    CHECK(order() == "Plan Build- Test- Ship ");
    list(R"(["Pack","Ship","Plan"])");
    CHECK(order() == "Pack Ship Plan Build- Test- ");
    list(R"(["Ship","Test"])");
    CHECK(order() == "Pack- Ship Plan- Build- Test ");
}

TEST_CASE("edit: definitions are undone and made again, with their records") {
    EditFixture f;
    const std::string before = outpost::testing::dump_records(f.records);
    define_site_visits(f);
    f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Cost__c":3}})");
    const std::string after = outpost::testing::dump_records(f.records);
    while (f.editor.undo_stack().can_undo()) REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
    while (f.editor.undo_stack().can_redo()) REQUIRE(f.run(R"({"command":"Redo"})"));
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), after) == "");
}

TEST_CASE("edit: bad definitions are refused") {
    EditFixture f;
    define_site_visits(f);
    const std::string before = outpost::testing::dump_records(f.records);
    const std::pair<const char*, const char*> cases[] = {
        {R"({"command":"DefineObject","object":"Visit","label":"Visit"})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineObject","object":"1x__c","label":"Visit"})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineObject","object":"site_visit__c","label":"Visit"})", "DUPLICATE_VALUE"},
        {R"({"command":"DefineObject","object":"V__c","nameField":{"type":"Date"}})", "INVALID_TYPE"},
        {R"({"command":"DefineField","object":"Account","field":"Nope","type":"Text"})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Blob"})", "INVALID_TYPE"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Text","length":300})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Number","precision":5,"scale":6})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Lookup"})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Lookup","referenceTo":"Nope"})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Picklist","values":["a","A"]})", "DUPLICATE_VALUE"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Checkbox","unique":true})", "INVALID_ARGUMENT"},
        {R"({"command":"DefineField","object":"Account","field":"N__c","type":"Number","defaultValue":"abc"})", "INVALID_TYPE"},
        {R"({"command":"DefineField","object":"Site_Visit__c","field":"region__c","type":"Text"})", "DUPLICATE_VALUE"},
        {R"({"command":"DeleteField","object":"Account","field":"Name"})", "INVALID_ARGUMENT"},
        {R"({"command":"DeleteObject","object":"Account"})", "INVALID_ARGUMENT"},
        {R"({"command":"DeleteField","object":"Site_Visit__c","field":"Place__City__s"})", "INVALID_ARGUMENT"},
        {R"({"command":"Bogus"})", "UNKNOWN_COMMAND"},
        {R"({})", "UNKNOWN_COMMAND"},
    };
    for (const auto& [command, code] : cases) {
        CAPTURE(command);
        CHECK(f.code(command) == code);
    }
    CHECK(outpost::testing::first_difference(outpost::testing::dump_records(f.records), before) == "");
}

TEST_CASE("edit: picklist values are renamed, reordered, retired and added") {
    EditFixture f;
    define_site_visits(f);
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Region__c":"North"}})");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Region__c","values":["East",{"value":"Far North","oldValue":"North"}]})"));
    CHECK(f.text(visit, "Region__c") == "Far North");
    const Field& region = field_of(f, "Site_Visit__c", "Region__c");
    CHECK(region.codes_in_order(true).size() == 2);
    CHECK(region.values[region.codes_in_order(true)[0] - 1u].value == "East");
    CHECK(f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Region__c":"South"}})") == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{}})"), "Region__c") == "");
}

TEST_CASE("edit: values are renamed by the names that they had, so that two may swap") {
    EditFixture f;
    define_site_visits(f);
    const RecordRef north = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Region__c":"North"}})");
    const RecordRef south = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Region__c":"South"}})");
    const auto regions = [&](const std::string& values) {
        REQUIRE(f.run(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Region__c","values":[)" + values + "]}"));
        return f.text(north, "Region__c") + ", " + f.text(south, "Region__c");
    };
    CHECK(regions(R"({"value":"South","oldValue":"North"},{"value":"East","oldValue":"South"})") == "South, East");
    CHECK(regions(R"({"value":"East","oldValue":"South"},{"value":"South","oldValue":"East"})") == "East, South");
    // The name that became free is a new value's.
    CHECK(regions(R"({"value":"West","oldValue":"East"},"East","South")") == "West, South");
    CHECK(field_of(f, "Site_Visit__c", "Region__c").codes_in_order(true).size() == 3);
}

TEST_CASE("edit: what a stage says of itself is of its type, and what is won is closed") {
    EditFixture f;
    const auto answer = [&](const std::string& members) {
        return f.message(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[{"value":"Prospecting",)" + members + R"(},"Closed Won"]})");
    };
    const auto stage = [&]() -> const PicklistValue& { return field_of(f, "Opportunity", "StageName").values[0]; };
    for (const char* wrong : {R"("probability":12.5)", R"("probability":"x")", R"("probability":101)", R"("probability":true)"}) {
        CAPTURE(wrong);
        CHECK(answer(wrong) == "“probability” has a value that doesn’t fit.");
    }
    CHECK(answer(R"("closed":1)") == "“closed” has a value that doesn’t fit.");
    CHECK(answer(R"("won":"yes")") == "“won” has a value that doesn’t fit.");
    CHECK(answer(R"("won":true,"closed":false)") == "“closed” has a value that doesn’t fit.");
    CHECK(answer(R"("forecastCategory":"Nope")") == "“forecastCategory” has a value that doesn’t fit.");
    CHECK(answer(R"("forecastCategory":5)") == "“forecastCategory” has a value that doesn’t fit.");
    CHECK(answer(R"("active":"no")") == "“active” has a value that doesn’t fit.");
    CHECK(stage().probability == 10);
    CHECK(answer(R"("probability":"33")") == "");   // numbers may be texts
    CHECK(stage().probability == 33);
    CHECK(answer(R"("probability":null,"closed":null,"forecastCategory":null)") == "");   // not said: as it was
    CHECK(stage().probability == 33);
    CHECK(stage().forecast == ForecastCategory::Pipeline);
    CHECK(answer(R"("won":true)") == "");
    CHECK(stage().closed);
}

TEST_CASE("edit: a new stage is known to the history too, and closing it changes what is derived") {
    EditFixture f;
    const RecordRef sale = f.make(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"A","CloseDate":"2026-12-01","Amount":10}})");
    std::string values;
    for (const PicklistValue& value : field_of(f, "Opportunity", "StageName").values) values += R"({"value":")" + value.value + R"("},)";
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[)" + values +
                  R"({"value":"Signing","probability":95,"forecastCategory":"Commit"}]})"));
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Opportunity","id":")" + f.id(sale) + R"(","fields":{"StageName":"Signing"}})"));
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Opportunity","id":")" + f.id(sale) + R"(","fields":{"StageName":"Prospecting"}})"));
    CHECK(f.text({standard_object::opportunity_stage_history, 1}, "StageName") == "Signing");
    CHECK(f.text({standard_object::opportunity_stage_history, 1}, "Probability") == "95");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Opportunity","field":"StageName","values":[{"value":"Prospecting","won":true}]})"));
    CHECK(f.text(sale, "IsWon") == "true");
    CHECK(f.text(sale, "Probability") == "10");  // records keep theirs
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.text(sale, "IsWon") == "false");
}

TEST_CASE("edit: changed lengths, scales and uniqueness must fit the records") {
    EditFixture f;
    define_site_visits(f);
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{"Cost__c":12.5,"Notes__c":"twelve chars"}})");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Cost__c","scale":4})"));
    CHECK(f.text(visit, "Cost__c") == "12.5");
    CHECK(f.code(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Cost__c","scale":0})") == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(f.code(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Notes__c","length":5})") == "STRING_TOO_LONG");
    const std::string refusal = f.message(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Notes__c","length":5})");
    CHECK(refusal.find(f.records.display_name(visit)) != std::string::npos);
    CHECK(refusal.find("twelve chars") != std::string::npos);
    CHECK(f.code(R"({"command":"UpdateField","object":"Site_Visit__c","field":"Cost__c","type":"Text"})") == "INVALID_TYPE");
    REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(f.text(visit, "Cost__c") == "12.5");
    CHECK(field_of(f, "Site_Visit__c", "Cost__c").scale == 2);
}

TEST_CASE("edit: what an object can't do without stays required") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Plan__c"})"));
    const auto optional = [&](const char* object, const char* field) { return f.code(R"({"command":"UpdateField","object":")" + std::string(object) + R"(","field":")" + field + R"(","required":false})"); };
    CHECK(optional("Lead", "LastName") == "INVALID_ARGUMENT");
    CHECK(optional("Account", "Name") == "INVALID_ARGUMENT");
    CHECK(optional("Opportunity", "StageName") == "INVALID_ARGUMENT");
    CHECK(optional("Plan__c", "Name") == "INVALID_ARGUMENT");
    // What an admin asked for, an admin may take back.
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Lead","field":"Phone","required":true})"));
    CHECK(optional("Lead", "Phone") == "");
    REQUIRE(f.run(R"({"command":"DefineField","object":"Plan__c","field":"Account__c","type":"MasterDetail","referenceTo":["Account"]})"));
    CHECK(optional("Plan__c", "Account__c") == "INVALID_ARGUMENT");
}

TEST_CASE("edit: a deleted field or object is gone for everyone, and its number is never used again") {
    EditFixture f;
    define_site_visits(f);
    const FieldIndex place = field_of(f, "Site_Visit__c", "Place__c").index;
    REQUIRE(f.run(R"({"command":"DeleteField","object":"Site_Visit__c","field":"Place__c"})"));
    const Object& object = *f.records.schema().find_object("Site_Visit__c");
    CHECK_FALSE(object.find_field("Place__City__s"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Site_Visit__c","field":"Place__c","type":"Text"})"));
    CHECK(field_of(f, "Site_Visit__c", "Place__c").index != place);
    REQUIRE(f.run(R"({"command":"DeleteObject","object":"Site_Visit__c"})"));
    CHECK_FALSE(f.records.schema().find_object("Site_Visit__c"));
    CHECK(f.code(R"({"command":"CreateRecord","object":"Site_Visit__c","fields":{}})") == "INVALID_TYPE");
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Site_Visit__c","label":"Again"})"));
    CHECK(number(f.records.schema().find_object("Site_Visit__c")->index) == object_first_custom + 1);
}

TEST_CASE("edit: labels are the admin's where changed, else the language's") {
    EditFixture f;
    const Messages chinese(Language::SimplifiedChinese);
    const Object& lead = f.records.schema().object(standard_object::lead);
    CHECK(object_label(chinese, lead, true) == "线索");
    CHECK(field_label(chinese, lead, lead.field(lead_field::company)) == "公司");
    CHECK(value_label(chinese, lead.field(lead_field::rating), "Hot") == "热");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Lead","field":"Company","label":"Firm"})"));
    CHECK(field_label(chinese, f.records.schema().object(standard_object::lead), field_of(f, "Lead", "Company")) == "Firm");
    REQUIRE(f.run(R"({"command":"UpdateObject","object":"Lead","label":"Prospect","pluralLabel":"Prospects"})"));
    CHECK(object_label(chinese, f.records.schema().object(standard_object::lead), true) == "Prospects");
}

TEST_CASE("edit: an object's update reaches the field that names its records") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Site_Visit__c","nameField":{"type":"AutoNumber","label":"Visit","displayFormat":"SV-{0000}"}})"));
    REQUIRE(f.run(R"({"command":"UpdateObject","object":"Site_Visit__c","nameField":{"label":"Number","displayFormat":"V{00}"}})"));
    const RecordRef visit = f.make(R"({"command":"CreateRecord","object":"Site_Visit__c"})");
    CHECK(field_of(f, "Site_Visit__c", "Name").label == "Number");
    CHECK(f.text(visit, "Name") == "V01");
    for (int i = 0; i < 2; ++i) REQUIRE(f.run(R"({"command":"Undo"})"));
    CHECK(field_of(f, "Site_Visit__c", "Name").label == "Visit");
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"Site_Visit__c"})"), "Name") == "SV-0002");
    CHECK(f.code(R"({"command":"UpdateObject","object":"Site_Visit__c","nameField":{"type":"Text"}})") == "INVALID_TYPE");
    CHECK(f.code(R"({"command":"UpdateObject","object":"Site_Visit__c","nameField":"Number"})") == "INVALID_ARGUMENT");
}

TEST_CASE("edit: within a sentence an object's name is small in English, but for what is written in capitals") {
    EditFixture f;
    const Messages english(Language::English), chinese(Language::SimplifiedChinese);
    const Schema& schema = f.records.schema();
    CHECK(object_words(english, schema.object(standard_object::lead), false) == "lead");
    CHECK(object_words(english, schema.object(standard_object::pricebook), true) == "price books");
    CHECK(object_words(chinese, schema.object(standard_object::lead), true) == "线索");
    const auto named = [&](const std::string& label) {
        REQUIRE(f.run(R"({"command":"UpdateObject","object":"Lead","label":")" + label + "\"}"));
        return object_words(english, schema.object(standard_object::lead), false);
    };
    CHECK(named("VIP Guest") == "VIP guest");
    CHECK(named("B2B Deal") == "B2B deal");
    CHECK(named("R&D") == "R&D");
    CHECK(named("X") == "X");
}

TEST_CASE("edit: an auto-number field numbers the records that are there") {
    EditFixture f;
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A"}})");
    f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"B"}})");
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Number__c","type":"AutoNumber","displayFormat":"A{00}x"})"));
    CHECK(f.text({standard_object::account, 1}, "Number__c") == "A02x");
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"C"}})"), "Number__c") == "A03x");
}

TEST_CASE("define: formula and roll-up fields are refused in words, and nothing stays of them") {
    EditFixture f;
    const std::string before = dump_records(f.records);
    for (const char* type : {"Formula", "Summary"}) {
        const std::string command = R"({"command":"DefineField","object":"Account","field":"F__c","label":"Sum","formula":"1+1","type":")" + std::string(type) + R"("})";
        CHECK(f.code(command) == "INVALID_TYPE");
        CHECK(f.message(command) == "Sum: fields of type " + std::string(type) + " can’t be made yet.");
    }
    CHECK(first_difference(dump_records(f.records), before) == "");
    // As a batch's part too.
    CHECK(f.code(R"({"command":"Batch","commands":[{"command":"DefineField","object":"Account","field":"T__c","type":"Text"},
        {"command":"DefineField","object":"Account","field":"F__c","type":"Formula","formula":"T__c"}]})") == "INVALID_TYPE");
    CHECK(first_difference(dump_records(f.records), before) == "");
}

TEST_CASE("define: a lookup becomes a MasterDetail only where all records have their master") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Plan__c","label":"Plan"})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Plan__c","field":"Account__c","label":"Account","type":"Lookup","referenceTo":["Account"]})"));
    const auto did = [&](const char* command, RecordRef record, const std::string& fields = "{}") {
        const std::string object = record.object == standard_object::account ? "Account" : "Plan__c";
        return f.code(R"({"command":")" + std::string(command) + R"(","object":")" + object + R"(","id":")" + f.id(record) + R"(","fields":)" + fields + "}");
    };
    const std::string changed = R"({"command":"UpdateField","object":"Plan__c","field":"Account__c","type":"MasterDetail"})";
    const RecordRef account = f.make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Acme"}})");
    const RecordRef plan = f.make(R"({"command":"CreateRecord","object":"Plan__c","fields":{"Name":"One"}})");
    CHECK(f.code(changed) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.message(changed) == "Account would be required, and “One” points to nothing or to what is deleted. Give it one, or delete it for good, first.");
    // In the recycle bin, from where it can come back.
    CHECK(did("DeleteRecord", plan) == "");
    CHECK(f.code(changed) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(did("RestoreRecord", plan) == "");
    CHECK(did("UpdateRecord", plan, R"({"Account__c":")" + f.id(account) + "\"}") == "");
    CHECK(did("DeleteRecord", account) == "");
    CHECK(f.code(changed) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(did("RestoreRecord", account) == "");
    CHECK(f.code(changed) == "");
    CHECK(field_of(f, "Plan__c", "Account__c").required);
    CHECK(did("DeleteRecord", account) == "");
    CHECK(f.records.table(plan.object).live_count() == 0);
    CHECK(did("RestoreRecord", account) == "");
    CHECK(f.records.table(plan.object).live_count() == 1);
}

TEST_CASE("define: a MasterDetail has one other object as its master, and an object two masters") {
    EditFixture f;
    for (const char* object : {"A__c", "B__c"}) REQUIRE(f.run(R"({"command":"DefineObject","object":")" + std::string(object) + "\"}"));
    const auto defined = [&](const char* object, const char* field, const char* target, const char* type = "MasterDetail") {
        return f.code(R"({"command":"DefineField","object":")" + std::string(object) + R"(","field":")" + field + R"(","type":")" + type + R"(","referenceTo":)" + target + "}");
    };
    CHECK(defined("A__c", "Self__c", R"(["A__c"])") == "INVALID_ARGUMENT");
    CHECK(defined("A__c", "User__c", R"(["User"])") == "INVALID_ARGUMENT");
    CHECK(defined("A__c", "Two__c", R"(["Account","Contact"])") == "INVALID_ARGUMENT");
    CHECK(defined("A__c", "B__c", R"(["B__c"])") == "");
    CHECK(defined("B__c", "A__c", R"(["A__c"])") == "INVALID_ARGUMENT");   // none of both could be the first
    CHECK(defined("A__c", "Account__c", R"(["Account"])") == "");
    CHECK(f.message(R"({"command":"DefineField","object":"A__c","field":"Third__c","label":"Third","type":"MasterDetail","referenceTo":["Contact"]})") ==
          "Third would be one master too many: records of A have at most 2. Use a lookup.");
    // Nor by way of a lookup.
    CHECK(defined("A__c", "Contact__c", R"(["Contact"])", "Lookup") == "");
    CHECK(f.code(R"({"command":"UpdateField","object":"A__c","field":"Contact__c","type":"MasterDetail"})") == "INVALID_ARGUMENT");
}

TEST_CASE("define: an auto-number's format is one that can be read, and doesn't rename what has a number") {
    EditFixture f;
    for (const char* format : {"ABC", "{0", "{}", "0}", "{0}-{0}", "{00000000000}", "{YYYY}-{000}", "{DD}", "A{1}", "}{0"}) {
        CAPTURE(format);
        CHECK(f.code(R"({"command":"DefineField","object":"Account","field":"N__c","type":"AutoNumber","displayFormat":")" + std::string(format) + "\"}") == "INVALID_ARGUMENT");
        CHECK(f.code(R"({"command":"DefineObject","object":"T__c","nameField":{"type":"AutoNumber","displayFormat":")" + std::string(format) + "\"}}") == "INVALID_ARGUMENT");
    }
    REQUIRE(f.run(R"({"command":"DefineObject","object":"T__c","nameField":{"type":"AutoNumber","label":"No","displayFormat":"T-{0000}"}})"));
    const auto formatted = [&](const std::string& format) { return R"({"command":"UpdateField","object":"T__c","field":"Name","displayFormat":")" + format + "\"}"; };
    CHECK(f.message(formatted("{YYYY}")) == "The display format of No needs its number once, as one to ten zeros in braces: “A-{0000}”, not “{YYYY}”. Dates such as {YYYY} are not offered.");
    CHECK(f.code(formatted("")) == "INVALID_ARGUMENT");
    CHECK(f.code(formatted("T-{00}")) == "");
    const RecordRef record = f.make(R"({"command":"CreateRecord","object":"T__c"})");
    const std::string deletion = R"({"command":"DeleteRecord","object":"T__c","id":")" + f.id(record) + "\"}";
    CHECK(f.message(formatted("X{00}")) == "“T-01” would become “X01”: records that have a number keep it, so No keeps its format. Make a new field instead.");
    REQUIRE(f.run(deletion));
    CHECK(f.code(formatted("X{00}")) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.text(record, "Name") == "T-01");
    REQUIRE(f.run(R"({"command":"EmptyRecycleBin","object":"T__c","id":")" + f.id(record) + "\"}"));
    CHECK(f.code(formatted("X{00}")) == "");
    // A format from before they were checked stays, and its field can be changed otherwise.
    ChangeGroup old;
    Field odd = field_of(f, "T__c", "Name");
    odd.display_format = "ABC";
    old.changes.push_back(SchemaChange{record.object, odd.index, nullptr, nullptr, nullptr, std::make_shared<const Field>(odd)});
    REQUIRE(apply(f.records, old));
    CHECK(f.code(R"({"command":"UpdateField","object":"T__c","field":"Name","label":"Number"})") == "");
    CHECK(f.text(f.make(R"({"command":"CreateRecord","object":"T__c"})"), "Name") == "ABC2");
}

TEST_CASE("define: what a list view's condition names isn't deleted, nor what changes nothing a step") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineObject","object":"Region__c","label":"Region"})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Tier__c","label":"Tier","type":"Text"})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Region__c","label":"Region","type":"Lookup","referenceTo":["Region__c"]})"));
    const auto view = [&](const char* name, const char* object, const char* criteria) {
        return f.id(f.make(R"({"command":"CreateRecord","object":"ListView","fields":{"Name":")" + std::string(name) + R"(","SobjectType":")" + object + R"(","Criteria":")" + criteria + "\"}}"));
    };
    const std::string best = view("Best", "Account", "Tier__c = 'A'"), north = view("North", "Account", "Region__r.Name = 'North'");
    view("All", "Region__c", "Name != 'x'");
    const std::string field = R"({"command":"DeleteField","object":"Account","field":"Tier__c"})", object = R"({"command":"DeleteObject","object":"Region__c"})";
    CHECK(f.code(field) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(f.message(field) == "Tier stands in the condition of the list view “Best” (You). Edit or delete the view first.");
    CHECK(f.message(object).starts_with("Region stands in the condition of the list view “North” ("));
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"ListView","id":")" + north + "\"}"));
    CHECK(f.code(object) == "");   // its own views go with it
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"ListView","id":")" + best + R"(","fields":{"Criteria":"","Filter":"owner=me&Tier__c=A"}})"));
    CHECK(f.code(field) == "FIELD_INTEGRITY_EXCEPTION");
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"ListView","id":")" + best + R"(","fields":{"Filter":"owner=me&state=open","Columns":"Name;Tier__c"}})"));
    CHECK(f.code(field) == "");

    const std::size_t steps = f.journal.size();
    for (const char* command : {R"({"command":"UpdateField","object":"Account","field":"Industry","newName":"Branch"})", R"({"command":"UpdateObject","object":"Account","newName":"Firm__c"})",
                                R"({"command":"UpdateField","object":"Opportunity","field":"StageName","label":"Stage"})"}) {
        const auto outcome = f.run(command);
        REQUIRE(outcome);
        CHECK(outcome->sequence == 0);
    }
    CHECK(f.journal.size() == steps);
}
