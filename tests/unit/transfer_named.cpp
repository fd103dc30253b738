// Records that an import makes since a lookup names them: what can't be made takes only its own rows along.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/objects/standard.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    void define(const std::string& json) { REQUIRE(run(R"({"command":)" + json + "}")); }
    // "Meyer:- Kim:Oslo ", of all contacts and what a lookup of theirs points to.
    std::string contacts(std::string_view lookup) {
        const Object& object = records.schema().object(standard_object::contact);
        std::string out;
        for (RowIndex row = 0; row < records.table(object.index).row_count(); ++row) {
            const Value value = records.value({object.index, row}, object.find_field(lookup)->index);
            const auto* to = std::get_if<RecordRef>(&value);
            out += text({object.index, row}, "LastName") + ":" + (to ? records.display_name(*to) : "-") + " ";
        }
        return out;
    }
    // A trial says the same as the import itself.
    ImportReport import_as_tried(const std::string& csv, std::string options = R"({"createMissing": true)") {
        const ImportReport tried = import(csv, "Contact", options + R"(, "dryRun": true})");
        ImportReport report = import(csv, "Contact", options + "}");
        CHECK(tried.created == report.created);
        CHECK(tried.failed == report.failed);
        CHECK(tried.records_made == report.records_made);
        CHECK(tried.failures_csv == report.failures_csv);
        return report;
    }
    static bool has_note(const ImportReport& report, std::string_view part) {
        return std::ranges::any_of(report.notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
    }
};

}  // namespace

TEST_CASE("named records: none is made for a number that comes by itself") {
    Bench b;
    b.define(R"("DefineObject","object":"Num__c","label":"Num","nameField":{"type":"AutoNumber","displayFormat":"N-{000}"})");
    b.define(R"("DefineField","object":"Contact","field":"Num__c","label":"Num","type":"Lookup","referenceTo":"Num__c","relationshipName":"Num__r")");
    const std::string csv = "Last Name,Num\nA,N-017\nB,N-002\nC,N-001\nD,\n";
    const ImportReport report = b.import_as_tried(csv);
    CHECK(report.created == 1);
    CHECK(report.records_made == 0);
    CHECK(b.live("Num__c") == 0);
    CHECK(report.failures_csv.find("A,N-017,\"Num: there is no Num “N-017”, and none can be made: its number comes by itself.") != std::string::npos);
    CHECK(report.reasons[0].text == "There is no such Num");
    // One that is here is found by its number; the person may leave the others out.
    b.make(R"({"command":"CreateRecord","object":"Num__c","fields":{}})");
    CHECK(b.import_as_tried(csv, R"({"createMissing": true, "leaveUnknownEmpty": true)").created == 4);
    CHECK(b.contacts("Num__c") == "D:- A:- B:- C:N-001 D:- ");
    // Known by an id of another system, it is made and gets its own number.
    b.define(R"("DefineField","object":"Num__c","field":"Key__c","label":"Key","type":"Text","length":20,"externalId":true,"unique":true)");
    b.define(R"("DefineField","object":"Num__c","field":"Code__c","label":"Code","type":"Number","scale":0,"externalId":true,"unique":true)");
    CHECK(b.import_as_tried("Last Name,Num\nE,k1\nF,k1\n", R"({"createMissing": true, "map": {"Num": "Num__r.Key__c"})").records_made == 1);
    const ImportReport by_number = b.import_as_tried("Last Name,Num\nG,7\nH,x\nI,8.5\n", R"({"createMissing": true, "map": {"Num": "Num__r.Code__c"})");
    CHECK(by_number.created == 1);
    CHECK(by_number.records_made == 1);
    CHECK(b.contacts("Num__c").ends_with("E:N-002 F:N-002 G:N-003 "));
    CHECK(b.text({b.records.schema().find_object("Num__c")->index, 2}, "Code__c") == "7");
}

TEST_CASE("named records: one that is refused takes only the rows along that name it") {
    Bench b;
    b.define(R"("DefineObject","object":"Plant__c","label":"Plant")");
    b.define(R"("DefineField","object":"Plant__c","field":"Code__c","label":"Code","type":"Text","length":20,"required":true)");
    b.define(R"("DefineField","object":"Contact","field":"Plant__c","label":"Plant","type":"Lookup","referenceTo":"Plant__c","relationshipName":"Plant__r")");
    const ImportReport report = b.import_as_tried("Last Name,Plant,Account Name\nMeyer,,Acme\nKim,Oslo,Solo\nLee,Oslo,Acme\n");
    CHECK(report.created == 1);
    CHECK(report.records_made == 1);   // the account that only a refused row names isn't made
    CHECK(b.live("Account") == 1);
    CHECK(report.failures_csv.find("Kim,Oslo,Solo,Plant: Plant “Oslo” can’t be made. Code is required.") != std::string::npos);
    CHECK(report.reasons.size() == 1);
    CHECK(report.reasons[0].header == "Plant");
    CHECK(report.reasons[0].rows == 2);
    CHECK(report.reasons[0].text == "Plant can’t be made. Code is required.");
    // Left empty where the plan says so, and told.
    const ImportReport left = b.import_as_tried("Last Name,Plant\nKim,Oslo\n", R"({"createMissing": true, "leaveUnknownEmpty": true)");
    CHECK(left.created == 1);
    CHECK(b.has_note(left, "Plant: 1 cell names nothing that is here; the field was left empty."));
    CHECK(b.contacts("Plant__c") == "Meyer:- Kim:- ");
}

TEST_CASE("named records: required fields of standard objects, details and unique values refuse single ones") {
    Bench b;
    b.define(R"("DefineField","object":"Account","field":"Code__c","label":"Code","type":"Text","length":20,"required":true)");
    b.define(R"("DefineObject","object":"Region__c","label":"Region")");
    b.define(R"("DefineObject","object":"Site__c","label":"Site")");
    b.define(R"("DefineField","object":"Site__c","field":"Region__c","label":"Region","type":"MasterDetail","referenceTo":"Region__c","relationshipName":"Region__r")");
    b.define(R"("DefineField","object":"Contact","field":"Site__c","label":"Site","type":"Lookup","referenceTo":"Site__c","relationshipName":"Site__r")");
    const ImportReport report = b.import_as_tried("Last Name,Account Name,Site,Reports To\nA,,,\nB,Acme,,\nC,,North,\nD,Acme,North,\nE,,,Boss\n");
    CHECK(report.created == 2);
    CHECK(report.records_made == 1);
    CHECK(report.failed == 3);
    CHECK(report.failures_csv.find("D,Acme,North,,Account Name: Account “Acme” can’t be made. Code is required. Site: Site “North” can’t be made. Region is required.") != std::string::npos);
    b.define(R"("DefineField","object":"Region__c","field":"Key__c","label":"Key","type":"Text","length":4,"externalId":true)");
    b.define(R"("DefineField","object":"Contact","field":"Region__c","label":"Region","type":"Lookup","referenceTo":"Region__c","relationshipName":"Region__r")");
    const ImportReport keys = b.import_as_tried("Last Name,Region\nF,abc\nG,abcdef\n", R"({"createMissing": true, "map": {"Region": "Region__r.Key__c"})");
    CHECK(keys.created == 1);
    CHECK(keys.failures_csv.find("G,abcdef,Region: Region “abcdef” can’t be made. Key") != std::string::npos);
}

TEST_CASE("named records: two columns that name what may be there once refuse only rows, not the import") {
    Bench b;
    b.define(R"("DefineObject","object":"Plant__c","label":"Plant")");
    b.define(R"("DefineField","object":"Plant__c","field":"Key__c","label":"Key","type":"Text","length":20,"externalId":true,"unique":true)");
    b.define(R"("DefineField","object":"Plant__c","field":"Post__c","label":"Post","type":"Email","unique":true)");
    for (const char* name : {"First", "Second"})
        b.define(std::string(R"("DefineField","object":"Contact","field":")") + name + R"(__c","label":")" + name + R"(","type":"Lookup","referenceTo":"Plant__c","relationshipName":")" + name + R"(__r")");
    const ImportReport report = b.import_as_tried("Last Name,First,Second\nA,k1,k1\nB,k2,\nC,,k2\n", R"({"createMissing": true, "map": {"First": "First__r.Key__c", "Second": "Second__r.Key__c"})");
    CHECK(report.created == 3);
    CHECK(report.records_made == 2);
    CHECK(b.contacts("Second__c") == "A:k1 B:- C:k2 ");
    CHECK(b.import_as_tried("Last Name,First,Second\nD,k3,a@x.com\nE,k3,b@x.com\n", R"({"createMissing": true, "map": {"First": "First__r.Key__c", "Second": "Second__r.Post__c"})").records_made == 3);
    CHECK(b.import_as_tried("Last Name,First,Second\nF,k4,k4\n", R"({"createMissing": true, "map": {"First": "First__r.Key__c", "Second": "Second__r.Name"})").records_made == 2);
}

TEST_CASE("import: leads that were converted come in as ones that aren't, and the report says so") {
    Bench b;
    const char* note = "2 leads that the file says were converted come in as ones that aren’t: what they became is imported on its own.";
    ImportReport report = b.import("Last Name,Company,Status,IsConverted\nA,X,Closed - Converted,true\nB,X,Open - Not Contacted,false\nC,X,Open - Not Contacted,true\n", "Lead");
    CHECK(report.created == 3);
    CHECK(b.has_note(report, note));
    report = b.import("Last Name,Company,Converted\nD,X,0\nE,X,\n", "Lead");
    CHECK_FALSE(b.has_note(report, "converted"));
    CHECK(b.has_note(b.import("姓,公司,已转换\nF,X,是\nG,X,是\n", "Lead"), note));
}
