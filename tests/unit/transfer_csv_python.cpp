// The CSV reader against Python's, on thousands of random files of the kind that both read the same way: any delimiter,
// line end and quoting, stray quotes within plain cells, newlines within quoted ones, ragged rows.
#if !defined(__EMSCRIPTEN__)

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "core/base/json.h"
#include "core/transfer/csv.h"
#include "tests/support/ports.h"

using namespace outpost;

namespace {

constexpr const char* python_reader = R"(
import csv, io, json, sys
csv.field_size_limit(1 << 24)
for line in open(sys.argv[1], encoding='utf-8'):
    case = json.loads(line)
    rows = csv.reader(io.StringIO(case['text'], newline=''), delimiter=case['delimiter'])
    print(json.dumps([row for row in rows if row and row != ['']]))
)";

std::string some_cell(testing::FakeRandom& random, char delimiter, std::string_view newline, bool quoted) {
    static constexpr const char* pieces[] = {"a", "Straße", "北京", "😀", " ", "1,5", "x y", "-", "\t", ";", "|", "'"};
    std::string text;
    for (std::uint64_t i = random.below(5); i > 0; --i) {
        const std::uint64_t kind = random.below(14);
        if (kind < 12 && !quoted) {
            std::string piece = pieces[kind];
            std::erase(piece, delimiter);
            text += piece;
        } else if (kind < 12) text += pieces[kind];
        else if (!quoted) text += text.find_first_not_of(' ') == text.npos ? "q" : "\"";  // a quote within a plain cell is a letter
        else if (kind == 12) text += "\"";
        else text += random.below(2) ? std::string(newline) : std::string("\n");
    }
    if (quoted) {
        std::string out = "\"";
        for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        return out + "\"";
    }
    return text;
}

struct Case {
    std::string text;
    CsvDialect dialect;
};

Case some_case(testing::FakeRandom& random) {
    static constexpr const char* newlines[] = {"\n", "\r\n", "\n", "\r\n"};
    Case made;
    made.dialect.delimiter = ",;\t|"[random.below(4)];
    const std::string_view newline = newlines[random.below(4)];
    const std::uint64_t rows = random.below(12);
    for (std::uint64_t row = 0; row < rows; ++row) {
        const std::uint64_t cells = 1 + random.below(5);
        for (std::uint64_t i = 0; i < cells; ++i) {
            if (i > 0) made.text += made.dialect.delimiter;
            made.text += some_cell(random, made.dialect.delimiter, newline, random.below(3) == 0);
        }
        if (row + 1 < rows || random.below(2)) made.text += newline;
        if (random.below(9) == 0) made.text += newline;  // a blank line
    }
    return made;
}

std::string read_by_us(const Case& one) {
    CsvReader reader(one.text, one.dialect);
    CsvBlock block;
    REQUIRE(reader.read(block, 0xFFFF'FFFF));
    Json rows = Json::array();
    std::string scratch;
    for (std::uint32_t row = 0; row < block.rows(); ++row) {
        Json cells = Json::array();
        for (std::uint32_t cell = 0; cell < block.cell_count(row); ++cell) cells.push(cell_text(one.text, block.cells[block.first_cell(row) + cell], scratch));
        rows.push(std::move(cells));
    }
    return rows.dump();
}

}  // namespace

TEST_CASE("csv: read as Python's csv reads it, thousands of random files") {
    if (std::system("python3 -c 'import csv' >/dev/null 2>&1") != 0) {
        MESSAGE("skipped: python3 is not here");
        return;
    }
    char folder[] = "/tmp/outpost-csv-XXXXXX";
    REQUIRE(mkdtemp(folder) != nullptr);
    const std::string base = folder;
    testing::FakeRandom random(2026);
    std::vector<Case> cases;
    {
        std::ofstream program(base + "/read.py"), list(base + "/cases.jsonl");
        program << python_reader;
        for (int i = 0; i < 5000; ++i) {
            cases.push_back(some_case(random));
            list << Json::object().set("text", cases.back().text).set("delimiter", std::string(1, cases.back().dialect.delimiter)).dump() << '\n';
        }
    }
    REQUIRE(std::system(("python3 " + base + "/read.py " + base + "/cases.jsonl > " + base + "/rows.jsonl").c_str()) == 0);
    std::ifstream answers(base + "/rows.jsonl");
    std::string line;
    std::size_t at = 0;
    for (; std::getline(answers, line) && at < cases.size(); ++at) {
        CAPTURE(cases[at].text);
        const auto theirs = parse_json(line);
        REQUIRE(theirs);
        REQUIRE(read_by_us(cases[at]) == theirs->dump());
    }
    CHECK(at == cases.size());
    CHECK(std::system(("rm -r " + base).c_str()) == 0);
}

#endif
