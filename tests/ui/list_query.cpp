// What a list's address means: requests round-trip through it, and its query finds the right records.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "core/query/global_search.h"
#include "tests/support/fake_ports.h"
#include "ui/pages/board_query.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/list_columns.h"
#include "ui/pages/list_query.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

const Object& object_named(const TestWorkspace& test, std::string_view name) {
    const Object* object = test.workspace.schema().find_object(name);
    REQUIRE(object);
    return *object;
}

std::vector<std::string> names(TestWorkspace& test, std::string_view address) {
    const Route route = Route::parse(address);
    const Object& object = object_named(test, route.segment(1));
    const ListRequest request = list_request_of(route, object, "Name");
    const auto query = list_query(request, object, test.workspace.records(), test.workspace.current_user());
    REQUIRE(query);
    const auto selection = test.workspace.select(*query);
    REQUIRE(selection);
    std::vector<std::string> found;
    for (const RowIndex row : selection->rows) found.push_back(test.workspace.records().display_name({object.index, row}));
    return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("list address: a request comes back as it was written") {
    TestWorkspace test;
    const Object& object = object_named(test, "Opportunity");
    const std::string account = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    Route route = Route::parse("#/o/Opportunity?sort=-Amount&q=old&Type=Gone");
    ListRequest request = list_request_of(route, object, "CloseDate");
    CHECK(request.sort == opportunity_field::amount);
    CHECK(request.descending);
    request.text = "tür & tor=1";
    request.mine = true;
    request.state = ListState::Open;
    request.fields = {{opportunity_field::stage, {"Prospecting", "Id. Decision Makers"}}, {opportunity_field::account, {account}}};
    write_request(route, request, object);
    CHECK(list_request_of(Route::parse(route.to_text()), object, "CloseDate") == request);
}

TEST_CASE("list address: an unknown sort falls back, parameters that name nothing are left alone") {
    TestWorkspace test;
    const Object& object = object_named(test, "Account");
    Route route = Route::parse("#/o/Account?sort=Nonsense&view=mine");
    const ListRequest request = list_request_of(route, object, "-CreatedDate");
    CHECK(request.sort == system_field::created_date);
    CHECK(request.descending);
    CHECK_FALSE(request.is_filtered());
    write_request(route, request, object);
    CHECK(route.parameter("view") == "mine");
}

TEST_CASE("list query: text without case and accents, values, owner, state") {
    TestWorkspace test;
    const std::string acme = test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme", "Industry": "Energy"}})");
    test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Zürich Werke", "Industry": "Technology"}})");
    test.create(R"({"command": "CreateRecord", "object": "Account", "defaults": false, "fields": {"Name": "Nobody"}})");
    CHECK(names(test, "#/o/Account?sort=-Name") == Names{"Zürich Werke", "Nobody", "Acme"});
    CHECK(names(test, "#/o/Account?q=ZURICH") == Names{"Zürich Werke"});
    CHECK(names(test, "#/o/Account?Industry=Energy;Technology") == Names{"Acme", "Zürich Werke"});
    for (const char* lead : {"Open", "Gone"})
        test.run(std::string(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": ")") + lead +
                 R"(", "CloseDate": "2027-01-01", "StageName": ")" + (lead[0] == 'O' ? "Prospecting" : "Closed Lost") + R"(", "AccountId": ")" + acme + "\"}}");
    CHECK(names(test, "#/o/Opportunity?state=open") == Names{"Open"});
    CHECK(names(test, "#/o/Opportunity?state=closed") == Names{"Gone"});
    CHECK(names(test, "#/o/Opportunity") == Names{"Open"});
    CHECK(names(test, "#/o/Opportunity?state=all&q=acme").size() == 2);
    CHECK(names(test, "#/o/Opportunity?state=all&AccountId=" + acme).size() == 2);
    CHECK(names(test, "#/o/Opportunity?state=all&owner=me").size() == 2);
}

TEST_CASE("list query: converted and given up leads are out of sight until asked for") {
    TestWorkspace test;
    const std::string cold = test.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Cold", "Company": "C", "Status": "Closed - Not Converted"}})");
    test.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Stay", "Company": "A"}})");
    const std::string gone = test.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Gone", "Company": "B"}})");
    REQUIRE(test.run(R"({"command": "ConvertLead", "lead": ")" + gone + "\"}").boolean_or("ok", false));
    CHECK(names(test, "#/o/Lead") == Names{"Stay"});
    CHECK(names(test, "#/o/Lead?state=closed") == Names{"Gone"});
    CHECK(names(test, "#/o/Lead?state=all").size() == 3);
    CHECK(names(test, "#/o/Lead?state=all&Status=Closed - Not Converted") == Names{"Cold"});
}

TEST_CASE("layout: every field of a standard object that can be written stands in exactly one section") {
    TestWorkspace test;
    const Messages messages(Language::English);
    const Schema& schema = test.workspace.schema();
    for (const ObjectIndex index : schema.objects()) {
        const Object& object = schema.object(index);
        const ObjectLayout layout = default_layout(object, schema, messages);
        for (const Field& field : object.fields) {
            if (field.deleted || field.hidden || !field.writable() || field.column_kind() == ColumnKind::None) continue;
            int places = 0;
            for (const LayoutSection& section : layout.sections)
                for (const FieldIndex placed : section.fields) {
                    const Field& other = object.field(placed);
                    places += placed == field.index;
                    if (other.type == FieldType::Address)
                        for (const FieldIndex part : address_parts(object, other)) places += part == field.index;
                }
            const bool has_choices = !field.is_picklist() || !field.values.empty();   // Pipeline has none at first
            CHECK_MESSAGE(places == (has_choices ? 1 : 0), object.name << "." << field.name);
        }
        if (!object.hidden) CHECK_FALSE(layout.columns.empty());
    }
}

TEST_CASE("layout: in Chinese the family name comes first, and how one is addressed after the name") {
    TestWorkspace test;
    for (const char* name : {"Lead", "Contact"}) {
        const Object& object = object_named(test, name);
        const auto first_fields = [&](Language language) {
            const ObjectLayout layout = default_layout(object, test.workspace.schema(), Messages(language));
            std::string names;
            for (std::size_t i = 0; i < 3; ++i) names += object.field(layout.sections[0].fields[i]).name + " ";
            return names;
        };
        CHECK(first_fields(Language::English) == "Salutation FirstName LastName ");
        CHECK(first_fields(Language::SimplifiedChinese) == "LastName FirstName Salutation ");
    }
}

TEST_CASE("layout: a custom object has columns, facts and a section without any code of its own") {
    TestWorkspace test;
    test.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "Text", "label": "Visit"}})");
    test.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Cost__c", "label": "Cost", "type": "Currency"})");
    const Object& object = object_named(test, "Site_Visit__c");
    const ObjectLayout layout = default_layout(object, test.workspace.schema(), Messages(Language::English));
    REQUIRE(layout.columns.size() >= 2);
    CHECK(layout.columns[0] == object.name_field);
    CHECK(object.field(layout.columns[1]).name == "Cost__c");
    REQUIRE_FALSE(layout.sections.empty());
    CHECK(layout.sections[0].fields[0] == object.name_field);
}

TEST_CASE("list query: records are found by their numbers, and by those of what they point to") {
    TestWorkspace test;
    test.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "AutoNumber", "label": "Visit", "displayFormat": "SV-{0000}"}})");
    test.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Title__c", "label": "Title", "type": "Text", "length": 80})");
    test.run(R"({"command": "DefineField", "object": "Account", "field": "Visit__c", "label": "Visit", "type": "Lookup", "referenceTo": ["Site_Visit__c"], "relationshipName": "Accounts"})");
    std::string third;
    for (const char* title : {"Boiler", "Crane", "Turbine"}) third = test.create(std::string(R"({"command": "CreateRecord", "object": "Site_Visit__c", "fields": {"Title__c": ")") + title + "\"}}");
    test.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme", "Visit__c": ")" + third + "\"}}");
    CHECK(names(test, "#/o/Site_Visit__c?q=sv-0003") == Names{"SV-0003"});
    CHECK(names(test, "#/o/Site_Visit__c?q=0002") == Names{"SV-0002"});
    CHECK(names(test, "#/o/Account?q=sv-0003") == Names{"Acme"});
    CHECK(names(test, "#/o/Account?q=sv-0001").empty());
    CHECK(names(test, "#/o/Site_Visit__c?where=Name LIKE 'SV-%3'") == Names{"SV-0003"});
    test.create(R"({"command": "CreateRecord", "object": "Site_Visit__c", "fields": {}})");
    CHECK(names(test, "#/o/Site_Visit__c?q=sv-0004") == Names{"SV-0004"});
    // The search knows them by their first text too.
    const std::vector<SearchHit> hits = search_records("turb", test.workspace.records());
    REQUIRE(hits.size() == 1);
    CHECK(test.workspace.records().display_name(hits[0].record) == "SV-0003");
}

TEST_CASE("list columns: order and widths come back, columns that are gone don't") {
    TestWorkspace test;
    const Object& object = object_named(test, "Account");
    const ObjectLayout layout = default_layout(object, test.workspace.schema(), Messages(Language::English));
    const auto columns = parse_columns("Industry:120;Gone__c:10;Name", object, layout);
    REQUIRE(columns.size() == 2);
    CHECK(columns[0].width == 120);
    CHECK(columns_text(columns, object) == "Industry:120;Name");
    CHECK(parse_columns("Industry", object, layout)[0].field == object.name_field);
    CHECK(parse_columns("", object, layout).size() == layout.columns.size());
}

TEST_CASE("list query: its board shows the same records, whether they are open or not") {
    TestWorkspace test;
    const Object& object = object_named(test, "Opportunity");
    const std::string acme = test.make("Account", R"("Name": "Acme")");
    const auto make = [&](const std::string& name, const std::string& more) { test.make("Opportunity", R"("Name": ")" + name + R"(", "CloseDate": "2026-12-01")" + more); };
    make("One", R"(, "LeadSource": "Web", "NextStep": "Ring O'Neill", "AccountId": ")" + acme + "\"");
    make("Two", R"(, "LeadSource": "Other", "CloseDate": "2027-02-01", "Description": "x")");
    make("Three", R"(, "StageName": "Closed Won", "LeadSource": "Web")");
    make("Four", R"(, "LeadSource": null)");
    const auto on_board = [&](const std::string& parameters) {
        const ListRequest request = list_request_of(Route::parse("#/o/Opportunity?" + parameters), object, "Name");
        const Route route = board_route(request, object);
        const auto rows = test.workspace.select(board_query(object, route, test.workspace.records(), test.workspace.current_user(), object.board_field));
        REQUIRE(rows);
        Names found;
        for (const RowIndex row : rows->rows) found.push_back(test.workspace.records().display_name({object.index, row}));
        std::ranges::sort(found);
        return found;
    };
    for (const char* parameters : {"q=neill", "q=acme", "owner=me", "LeadSource=Web", "LeadSource=Web;Other", "LeadSource=Web;", "AccountId=none", "CloseDate=2026-11-01..2026-12-31", "IsWon=true",
                                   "LeadSource=Web;Other&CloseDate=2027-02-01&where=Name = 'Two' OR Name = 'One'", "segment=zzz&LeadSource=Web"}) {
        Names listed = names(test, "#/o/Opportunity?state=all&" + std::string(parameters));
        std::ranges::sort(listed);
        CHECK_MESSAGE(on_board(parameters) == listed, parameters);
    }
    CHECK(on_board("AccountId=" + acme) == Names{"One"});
    CHECK(board_route(list_request_of(Route::parse("#/o/Opportunity?Pipeline=Renewals"), object, "Name"), object).parameter("pipeline") == "Renewals");
    CHECK(on_board("state=open&LeadSource=Web") == Names{"One", "Three"});
}
