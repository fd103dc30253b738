// Columns of several values a cell ("Alpha;Omega"): each value is found, made, taken for one alike or left out by itself.
#include <doctest/doctest.h>

#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    Bench() {
        REQUIRE(run(R"({"command":"DefineObject","object":"Project__c","label":"Project","nameField":{"type":"Text","label":"Project Name"}})"));
        REQUIRE(run(R"({"command":"DefineField","object":"Project__c","field":"Tags__c","label":"Tags","type":"MultiselectPicklist","restricted":true,"values":["Alpha","Beta","Gamma","Delta"]})"));
    }
    // "Alpha;Beta, -", of all projects.
    std::string tags() {
        const ObjectIndex project = records.schema().find_object("Project__c")->index;
        std::string out;
        for (RowIndex row = 0; row < records.table(project).row_count(); ++row) {
            const std::string one = records.table(project).is_live(row) ? text({project, row}, "Tags__c") : std::string();
            out += (row > 0 ? ", " : "") + (one.empty() ? "-" : one);
        }
        return out;
    }
};

constexpr const char* csv = "Project Name,Tags\nOne,Alpha;Omega\nTwo,Beta\nThree,Omega; Gamna\nFour,Omega\n";

}  // namespace

TEST_CASE("import of several values: each part that is unknown is asked for once, and what is decided works") {
    Bench b;
    ImportSource source(csv, {}, nullptr, b.clock);
    b.run_until(source, [&] { return source.is_done(); });
    ImportJob job(source, make_import_plan(source, b.records, b.records.schema().find_object("Project__c")->index), b.records, b.editor, b.clock, b.messages);
    job.stop_for_decisions();
    b.run_until(job, [&] { return job.is_waiting(); });
    REQUIRE(job.decisions().size() == 1);
    const ColumnDecisions& tags = job.decisions()[0];
    REQUIRE(tags.asked().size() == 4);
    CHECK(tags.asked().value(1) == "Omega");
    CHECK(tags.asked().count(1) == 3);
    CHECK(tags.asked_decisions()[1].outcome == ValueOutcome::Unknown);
    CHECK(tags.asked_decisions()[1].suggestion == "");
    CHECK(tags.asked().value(3) == "Gamna");
    CHECK(tags.asked_decisions()[3].suggestion == "Gamma");
    job.proceed({{"Tags", "Omega", ValueChoice::Kind::Create, {}}, {"Tags", "Gamna", ValueChoice::Kind::Use, "Gamma"}}, {}, false);
    b.run_until(job, [&] { return job.is_done(); });
    CHECK(job.report().created == 4);
    CHECK(b.tags() == "Alpha;Omega, Beta, Gamma;Omega, Omega");
    REQUIRE(job.report().values_made.size() == 1);
    CHECK(job.report().values_made[0].value == "Omega");
}

TEST_CASE("import of several values: scripts decide on them as a person does") {
    Bench b;
    // Without a word the rows come back, by the part that isn't known.
    const ImportReport refused = b.import(csv, "Project__c");
    CHECK(refused.created == 1);
    CHECK(refused.failures_csv.find("“Omega” is not a value of Tags") != std::string::npos);
    CHECK(refused.failures_csv.find("“Omega;Gamna” is not a value of Tags") != std::string::npos);
    REQUIRE(refused.suggestions.size() == 1);
    CHECK(refused.suggestions[0].value == "Gamna");
    REQUIRE(b.run(R"({"command":"Undo"})"));
    // What is left out leaves the others; a cell of nothing else is empty.
    CHECK(b.import(csv, "Project__c", R"({"values":{"Tags":{"Omega":null,"Gamna":"Gamma"}},"dryRun":true})").created == 4);
    CHECK(b.import(csv, "Project__c", R"({"values":{"Tags":{"Omega":null,"Gamna":"Gamma"}}})").created == 4);
    CHECK(b.tags() == "-, Alpha, Beta, Gamma, -");
    REQUIRE(b.run(R"({"command":"Undo"})"));
    const ImportReport made = b.import("Project Name,Tags\nOne,Alpha;Omega\nTwo,omega;BETA\n", "Project__c", R"({"createMissing":["picklistValues"]})");
    CHECK(made.created == 2);
    CHECK(made.values_made.size() == 1);
    CHECK(b.tags().ends_with("Alpha;Omega, Beta;Omega"));
    const ImportReport alike = b.import("Project Name,Tags\nOne,Alpha;De-lta\n", "Project__c", R"({"acceptSuggestions":true})");
    CHECK(alike.created == 1);
    CHECK(alike.suggestions.size() == 1);
    CHECK(b.tags().ends_with("Alpha;Delta"));
}
