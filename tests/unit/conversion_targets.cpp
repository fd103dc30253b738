// Where an admin sends a lead's fields on conversion: what is taken, what is refused, and that it is done.
#include <doctest/doctest.h>

#include "tests/sim/random_commands.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

TEST_CASE("conversion: an admin says where a lead's fields go, and what doesn't fit is refused") {
    EditFixture f;
    set_sales_handlers(f.editor);
    REQUIRE(f.run(R"({"command":"DefineField","object":"Lead","field":"Budget__c","type":"Currency","precision":12,"scale":2})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Opportunity","field":"Plan__c","type":"Currency","precision":14,"scale":2})"));
    REQUIRE(f.run(R"({"command":"DefineField","object":"Opportunity","field":"Small__c","type":"Number","precision":4,"scale":0})"));
    const auto refused = [&](const char* convert) { return !f.run(R"({"command":"UpdateField","object":"Lead","field":"Budget__c","convertsTo":)" + std::string(convert) + "}"); };
    CHECK(refused(R"({"Opportunity":"Small__c"})"));        // less room
    CHECK(refused(R"({"Opportunity":"Name"})"));            // another type
    CHECK(refused(R"({"Opportunity":"ExpectedRevenue"})")); // calculated
    CHECK(refused(R"({"Opportunity":"Nothing__c"})"));
    CHECK(refused(R"(["Plan__c"])"));
    REQUIRE_FALSE(refused(R"({"Opportunity":"Plan__c"})"));
    // One field of the lead for each.
    REQUIRE(f.run(R"({"command":"DefineField","object":"Lead","field":"Other__c","type":"Currency","precision":12,"scale":2})"));
    CHECK_FALSE(f.run(R"({"command":"UpdateField","object":"Lead","field":"Other__c","convertsTo":{"Opportunity":"Plan__c"}})"));
    CHECK_FALSE(f.run(R"({"command":"UpdateField","object":"Account","field":"Rating","convertsTo":{"Contact":"Title"}})"));
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Lead","field":"Description","convertsTo":{"Contact":"","Opportunity":"Description"}})"));

    const RecordRef lead = f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"Li","Company":"Acme","Budget__c":1200.5,"Description":"Wants it soon"}})");
    ConvertLead command;
    command.lead = lead;
    command.opportunity_choice = ConvertLead::OpportunityChoice::New;
    const auto outcome = f.editor.execute(command);
    REQUIRE(outcome);
    CHECK(f.text(outcome->created[2], "Plan__c") == "1200.5");
    CHECK(f.text(outcome->created[2], "Description") == "Wants it soon");
    CHECK(f.text(outcome->created[1], "Description") == "");
    // Back to what is usual.
    REQUIRE(f.run(R"({"command":"UpdateField","object":"Lead","field":"Budget__c","convertsTo":{"Opportunity":null}})"));
    CHECK(f.records.schema().object(standard_object::lead).find_field("Budget__c")->converts_to.empty());
}
