// The file of rows that an import hands back says by itself what the whole file proved: mended, its rows come in with
// the values that the whole file would have given them.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "core/objects/standard.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    // "A: 25 2026-01-02|B: ...", of the opportunities in the order of their names.
    std::string all(std::initializer_list<std::string_view> fields) {
        std::vector<std::string> lines;
        const Object& object = records.schema().object(standard_object::opportunity);
        for (RowIndex row = 0; row < records.table(object.index).row_count(); ++row) {
            std::string line = text({object.index, row}, "Name") + ":";
            for (const std::string_view field : fields) line += " " + text({object.index, row}, field);
            lines.push_back(std::move(line));
        }
        std::ranges::sort(lines);
        std::string text;
        for (const std::string& line : lines) text += line + "|";
        return text;
    }
    // Imports a file, and then what it hands back with "Nope" mended; what it handed back.
    std::string import_twice(const std::string& csv) {
        const std::string back = import(csv, "Opportunity").failures_csv;
        if (!back.empty()) CHECK(import(mended(back), "Opportunity").failed == 0);
        return back;
    }
    static std::string mended(std::string csv) {
        for (std::size_t at = 0; (at = csv.find("Nope", at)) != std::string::npos;) csv.replace(at, 4, "Prospecting");
        return csv;
    }
};

}  // namespace

TEST_CASE("handed back: shares of one, decimal commas and the order of dates outlive the rows that proved them") {
    Bench shares;
    CHECK(shares.import_twice("Deal Name,Stage,Close Date,Probability\nA,Prospecting,2026-12-01,0.25\nB,Prospecting,2026-12-01,0.5\nC,Nope,2026-12-01,1\nD,Nope,2026-12-01,0.12345\n")
              .find("C,Nope,2026-12-01,100%,") != std::string::npos);
    CHECK(shares.all({"Probability"}) == "A: 25|B: 50|C: 100|D: 12|");
    Bench commas;
    const std::string amounts = commas.import_twice(
        "Deal Name;Stage;Close Date;Amount\nA;Prospecting;2026-12-01;1234,75\nB;Nope;2026-12-01;2,500\nC;Nope;2026-12-01;2.500 €\nD;Nope;2026-12-01;7,25\n");
    CHECK(amounts.find("B;Nope;2026-12-01;2,50;") != std::string::npos);
    CHECK(amounts.find("C;Nope;2026-12-01;2500 €;") != std::string::npos);
    CHECK(amounts.find("D;Nope;2026-12-01;7,25;") != std::string::npos);   // it says it itself
    CHECK(commas.all({"Amount"}) == "A: 1234.75|B: 2.5|C: 2500|D: 7.25|");
    Bench dates;
    const std::string days = dates.import_twice("Deal Name,Stage,Close Date\nA,Prospecting,13/02/2026\nB,Nope,01/02/2026\nC,Nope,05/05/2026\nD,Nope,14/02/2026\n");
    CHECK(days.find("B,Nope,2026-02-01,") != std::string::npos);
    CHECK(days.find("C,Nope,05/05/2026,") != std::string::npos);
    CHECK(days.find("D,Nope,14/02/2026,") != std::string::npos);
    CHECK(dates.all({"CloseDate"}) == "A: 2026-02-13|B: 2026-02-01|C: 2026-05-05|D: 2026-02-14|");
}

TEST_CASE("handed back: what nothing proved stays open, but for what a person said of it") {
    Bench bench;
    const char* csv = "Deal Name;Stage;Close Date;Amount\nA;Nope;01/02/2026;2.500\n";
    CHECK(bench.import(csv, "Opportunity").failures_csv.find("A;Nope;01/02/2026;2.500;") != std::string::npos);
    CHECK(bench.import(csv, "Opportunity", R"({"dateOrder": "dmy", "decimalSign": ","})").failures_csv.find("A;Nope;2026-02-01;2500;") != std::string::npos);
}

TEST_CASE("handed back: calls tell their unit") {
    Bench bench;
    const char* csv = "Subject,Call Duration,Status\nA,3600,Completed\nB,300,Nope\n";
    const std::string back = bench.import(csv, "Task", R"({"map": {"Call Duration": "CallDurationInSeconds"}})").failures_csv;
    CHECK(back.find("B,300 s,Nope,") != std::string::npos);
    std::string mended = back;
    mended.replace(mended.find("Nope"), 4, "Completed");
    bench.import(mended, "Task", R"({"map": {"Call Duration": "CallDurationInSeconds"}})");
    CHECK(bench.text({standard_object::task, 0}, "CallDurationInSeconds") == "3600");
    CHECK(bench.text({standard_object::task, 1}, "CallDurationInSeconds") == "300");
}

TEST_CASE("handed back: the rest of a row stands as it was given, quotes and all") {
    Bench bench;
    const std::string back = bench.import_twice(
        "Deal Name,Stage,Amount,Close Date\r\n\"A \"\"x\"\"\",Prospecting,\"1,234.50\",13/02/2026 10:00\r\n\"B, \"\"y\"\"\",Nope,\"$2,500\",\"01/02/2026, 9:05 PM\"\r\n");
    CHECK(back.find("\r\n\"B, \"\"y\"\"\",Nope,\"$2500\",\"2026-02-01, 9:05 PM\",") != std::string::npos);
    CHECK(bench.all({"Amount", "CloseDate"}) == "A \"x\": 1234.5 2026-02-13|B, \"y\": 2500 2026-02-01|");
}

TEST_CASE("handed back: random files give the same values in two steps as in one") {
    for (std::uint32_t seed = 0; seed < 60; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        const auto below = [&](std::uint32_t end) { return static_cast<int>(random() % end); };
        const bool comma = below(2) == 1, day_first = below(2) == 1, shares = below(2) == 1;
        const char decimal = comma ? ',' : '.', group = comma ? '.' : ',', delimiter = below(2) == 1 ? ';' : '\t';
        const auto number = [&] {
            std::string text = std::to_string(1 + below(999));
            if (below(2) == 1) text += group + std::to_string(100 + below(900));
            if (below(2) == 1) text += decimal + std::to_string(10 + below(90)) + (below(2) == 1 ? "0" : "");
            return text;
        };
        const auto date = [&] {
            const int day = 1 + below(28), month = 1 + below(12);
            return std::to_string(day_first ? day : month) + "/" + std::to_string(day_first ? month : day) + "/" + std::to_string(2020 + below(9));
        };
        const auto share = [&] { return below(5) == 0 ? std::string("1") : std::string("0") + decimal + std::to_string(1 + below(999)); };
        std::string csv = "Deal Name,Stage,Close Date,Amount,Probability\nA,Prospecting,";
        std::ranges::replace(csv, ',', delimiter);
        // What proves the styles comes in at once.
        csv += (day_first ? "28/2/2026" : "2/28/2026") + std::string(1, delimiter) + "1" + group + "234" + decimal + "5" + delimiter + (shares ? std::string("0") + decimal + "5" : "40") + "\n";
        for (int row = 0; row < 6; ++row)
            csv += std::string(1, static_cast<char>('B' + row)) + delimiter + (below(3) == 0 ? "Prospecting" : "Nope") + delimiter + date() + delimiter + number() + delimiter +
                   (shares ? share() : std::to_string(below(101))) + "\n";
        CAPTURE(csv);
        Bench whole, twice;
        CHECK(whole.import(Bench::mended(csv), "Opportunity").failed == 0);
        const std::string back = twice.import_twice(csv);
        CAPTURE(back);
        CHECK(twice.all({"CloseDate", "Amount", "Probability"}) == whole.all({"CloseDate", "Amount", "Probability"}));
    }
}
