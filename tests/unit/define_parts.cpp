// Addresses and locations as an admin defines them: their parts go by their name, and the whole can't be required.
#include <doctest/doctest.h>

#include "core/objects/labels.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using outpost::testing::EditFixture;

namespace {

std::string label(const EditFixture& f, const char* field, Language language = Language::English) {
    const Object& object = *f.records.schema().find_object("Account");
    return field_label(Messages(language), object, *object.find_field(field));
}

}  // namespace

TEST_CASE("define: the parts of an address or a location are named after it, in the person's language and when it is renamed") {
    EditFixture f;
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Spot__c","label":"Place","type":"Location","scale":6})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Depot__c","label":"Depot","type":"Address"})"));
    CHECK(label(f, "Spot__Latitude__s") == "Place Latitude");
    CHECK(label(f, "Spot__Latitude__s", Language::SimplifiedChinese) == "Place 纬度");
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Depot__City__s","label":"Town of the depot"})"));
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Spot__c","label":"地点"})"));
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Account","field":"Depot__c","label":"Store"})"));
    CHECK(label(f, "Spot__Longitude__s") == "地点 Longitude");
    CHECK(label(f, "Spot__Longitude__s", Language::SimplifiedChinese) == "地点 经度");
    CHECK(label(f, "Depot__PostalCode__s") == "Store Postal Code");
    CHECK(label(f, "Depot__PostalCode__s", Language::SimplifiedChinese) == "Store 邮政编码");
    CHECK(label(f, "Depot__City__s") == "Town of the depot");   // an admin's own
    CHECK(label(f, "Depot__City__s", Language::SimplifiedChinese) == "Town of the depot");
    CHECK(f.records.schema().find_object("Account")->find_field("Spot__Latitude__s")->scale == 6);
}

TEST_CASE("define: an address or a location isn't required as a whole, and it is said so") {
    EditFixture f;
    for (const char* type : {"Location", "Address"})
        CHECK(f.message(R"({"command":"DefineField","object":"Account","field":"Spot__c","label":"Place","required":true,"type":")" + std::string(type) + "\"}") ==
              "Place is made of parts and can’t be required as a whole.");
    REQUIRE(f.run(R"({"command":"DefineField","object":"Account","field":"Spot__c","label":"Place","type":"Location"})"));
    CHECK(f.code(R"({"command":"UpdateField","object":"Account","field":"Spot__c","required":true})") == "INVALID_ARGUMENT");
    CHECK(f.code(R"({"command":"UpdateField","object":"Account","field":"Spot__c","required":false,"help":"Where"})") == "");
}
