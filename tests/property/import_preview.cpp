#include <doctest/doctest.h>

#include "tests/support/import_fixture.h"

using namespace outpost;
using outpost::testing::dump_records;
using outpost::testing::FakeRandom;
using outpost::testing::first_difference;
using outpost::testing::ImportFixture;

namespace {

// Files of which about every third row has something wrong with it.
class FileMaker {
public:
    explicit FileMaker(std::uint64_t seed) : random_(seed) {}

    std::string accounts() {
        std::string csv = "Legacy Key,Account Name,Phone,Annual Revenue,Employees,Industry,Parent Account,Region Code\n";
        for (std::uint64_t row = 0, rows = 1 + random_.below(40); row < rows; ++row) {
            csv += "K" + std::to_string(random_.below(30)) + "," + name() + "," + pick({"123", "", "+41 44 555 00 00", "12345678901234567890123456789012345678901234567890"}) + "," +
                   pick({"100", "1000.5", "-3", "lots", "99999999999999999999", ""}) + "," + pick({"5", "12", "7.25", "", "many"}) + "," +
                   pick({"Energy", "energy", "Energie", "Basket weaving", ""}) + "," + name() + "," + pick({"N", "S", ""}) + pick({"", "", "", ",surplus"}) + "\n";
        }
        return csv;
    }
    std::string leads() {
        std::string csv = "Last Name,Company,Email,Status,Do Not Call\n";
        for (std::uint64_t row = 0, rows = 1 + random_.below(40); row < rows; ++row)
            csv += pick({"Meyer", "Li", "", "Ortega"}) + "," + pick({"Acme", "Beta", ""}) + "," + pick({"a@example.com", "b@example", "none", ""}) + "," +
                   pick({"Open - Not Contacted", "Nurturing", ""}) + "," + pick({"yes", "no", "perhaps", ""}) + "\n";
        return csv;
    }
    std::string opportunities() {
        std::string csv = "Opportunity Name,Account Name,Stage,Close Date,Amount\n";
        for (std::uint64_t row = 0, rows = 1 + random_.below(40); row < rows; ++row)
            csv += pick({"One", "Two", ""}) + "," + name() + "," + pick({"Prospecting", "Closed Won", "prospecting", "Haggling", ""}) + "," +
                   pick({"2027-01-31", "2027-02-31", "soon", ""}) + "," + pick({"10", "1e3", "10.123", "x", ""}) + "\n";
        return csv;
    }
    std::string options() {
        std::string text = "{";
        if (random_.below(2)) text += R"("createMissing": )" + pick({"true", R"(["fields"])", R"(["picklistValues", "records"])"}) + ", ";
        if (random_.below(3) == 0) text += R"("acceptSuggestions": true, )";
        return text + R"("dateOrder": "ymd")";
    }
    std::uint64_t below(std::uint64_t limit) { return random_.below(limit); }

private:
    std::string pick(std::initializer_list<const char*> of) { return *(of.begin() + random_.below(of.size())); }
    std::string name() { return pick({"Acme", "acme", "Acme Inc", "Beta", "Gamma", "Twin", "", "Delta & Söhne"}); }
    FakeRandom random_;
};

// As text; but for the numbers of new fields, since a preview uses up some.
std::string content(const ImportFixture& fixture) {
    std::string text = dump_records(fixture.records);
    constexpr std::string_view mark = "{\"index\":";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        const std::size_t digits = at + mark.size();
        text.erase(digits, text.find(',', digits) - digits);
    }
    return text;
}

std::string reasons_text(const ImportReport& report) {
    std::string text;
    for (const ImportReport::Reason& reason : report.reasons) {
        text += reason.header + ": " + reason.text + " x" + std::to_string(reason.rows);
        for (const auto& example : reason.examples) text += " " + std::to_string(example.row_number) + "=" + example.value;
        text += '\n';
    }
    return text;
}

void check_same(const ImportReport& preview, const ImportReport& report) {
    CHECK(preview.total == report.total);
    CHECK(preview.created == report.created);
    CHECK(preview.updated == report.updated);
    CHECK(preview.failed == report.failed);
    CHECK(preview.records_made == report.records_made);
    CHECK(preview.fields_made == report.fields_made);
    CHECK(preview.values_made.size() == report.values_made.size());
    CHECK(preview.failures_csv == report.failures_csv);
    CHECK(reasons_text(preview) == reasons_text(report));
    CHECK(report.created + report.updated + report.failed == report.total);
}

}  // namespace

TEST_CASE("import preview: says what the import then does, and changes nothing itself") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        CAPTURE(seed);
        FileMaker maker(seed);
        ImportFixture asked, unasked;   // one is shown a preview first, the other imports at once
        for (int file = 0; file < 3; ++file) {
            const std::uint64_t kind = file == 0 ? 0 : maker.below(3);
            const char* object = kind == 0 ? "Account" : kind == 1 ? "Lead" : "Opportunity";
            const std::string csv = kind == 0 ? maker.accounts() : kind == 1 ? maker.leads() : maker.opportunities();
            const std::string options = maker.options() + (kind == 0 && maker.below(4) ? R"(, "externalId": "Legacy Key")" : "");
            const std::string before = dump_records(asked.records);
            const std::size_t groups = asked.journal.size();
            const auto preview = asked.try_import(csv, object, options + R"(, "dryRun": true})");
            CHECK(first_difference(dump_records(asked.records), before) == "");
            CHECK(asked.journal.size() == groups);
            const auto report = asked.try_import(csv, object, options + "}");
            const auto other = unasked.try_import(csv, object, options + "}");
            REQUIRE(preview.has_value() == report.has_value());
            REQUIRE(report.has_value() == other.has_value());
            if (!report) continue;
            CHECK(preview->is_preview);
            CHECK(preview->outcome.sequence == 0);
            CHECK_FALSE(report->is_preview);
            check_same(*preview, *report);
            check_same(*report, *other);
        }
        CHECK(first_difference(content(asked), content(unasked)) == "");
        CHECK(testing::check_derived(asked.records) == "");
    }
}

TEST_CASE("import preview: the job that was previewed writes what it said, in slices of any length") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        FileMaker maker(seed);
        ImportFixture fixture, other;
        const std::string csv = maker.accounts(), options = R"({"createMissing": true, "externalId": "Legacy Key"})";
        fixture.import("Legacy Key,Account Name\nK1,Acme\nK2,Twin\nK3,Twin\n", "Account", options);
        other.import("Legacy Key,Account Name\nK1,Acme\nK2,Twin\nK3,Twin\n", "Account", options);
        ImportSource source(csv, {}, nullptr, fixture.clock);
        fixture.run_until(source, [&] { return source.is_done(); });
        ImportPlan plan = make_import_plan(source, fixture.records, standard_object::account);
        REQUIRE(apply_import_options(plan, parse_json(options).value(), source, fixture.records));
        ImportJob job(source, plan, fixture.records, fixture.editor, fixture.clock, fixture.messages);
        job.stop_for_preview();
        fixture.run_until(job, [&] { return job.is_previewed(); }, 0);
        const ImportReport preview = job.preview();
        job.write();
        fixture.run_until(job, [&] { return job.is_done(); }, 0);
        check_same(preview, job.report());
        const ImportReport plain = other.import(csv, "Account", options);
        check_same(plain, job.report());
        CHECK(first_difference(content(fixture), content(other)) == "");
    }
}
