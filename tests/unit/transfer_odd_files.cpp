// Files as spreadsheets and people of other countries leave them: dots in dates, dashes for cents, rows and titles of
// delimiters alone, Excel's marks and line ends.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct OddFiles : testing::ImportFixture {
    std::string headers(std::string csv, ImportSourceOptions options = {}) {
        std::string all;
        for (const std::string& header : read(std::move(csv), std::move(options))->headers()) all += (all.empty() ? "" : "|") + header;
        return all;
    }
};

}  // namespace

TEST_CASE("odd files: amounts without cents come in whole and positive") {
    OddFiles f;
    f.import("Deal Name,Stage,Close Date,Amount\nA,Prospecting,2026-12-01,CHF 1'200.-\nB,Prospecting,2026-12-01,500.-\n", "Opportunity");
    CHECK(f.text("Opportunity", 0, "Amount") == "1200");
    CHECK(f.text("Opportunity", 1, "Amount") == "500");
    f.import("Deal Name;Stage;Close Date;Amount\nC;Prospecting;2026-12-01;€ 1.200,-\nD;Prospecting;2026-12-01;500,- €\n", "Opportunity");
    CHECK(f.text("Opportunity", 2, "Amount") == "1200");
    CHECK(f.text("Opportunity", 3, "Amount") == "500");
}

TEST_CASE("odd files: three digits behind a dot or comma of money are thousands") {
    OddFiles f;
    f.import("Account Name,Annual Revenue,Employees\nA,1.500,1.200\nB,12.000,3.400\n", "Account");
    CHECK(f.text("Account", 0, "AnnualRevenue") == "1500");
    CHECK(f.text("Account", 1, "AnnualRevenue") == "12000");
    CHECK(f.text("Account", 0, "NumberOfEmployees") == "1200");
    f.import("Account Name,Annual Revenue\nC,€ 1.500\n", "Account");
    CHECK(f.text("Account", 2, "AnnualRevenue") == "1500");
    // Numbers beside it tell otherwise.
    f.import("Account Name,Annual Revenue,Score\nD,1.50,1\nE,2.500,1\n", "Account");
    CHECK(f.text("Account", 4, "AnnualRevenue") == "2.5");
}

TEST_CASE("odd files: marks of files put together and of DOS's end of a text are left out, and so are NULs with a word") {
    OddFiles f;
    const ImportReport report = f.import("Account Name,Phone\nAlpha,1\n\xEF\xBB\xBF\"Gamma\",\xEF\xBB\xBF""2\nBeta,3\r\n\x1A\r\n", "Account");
    CHECK(report.created == 3);
    CHECK(f.text("Account", 1, "Name") == "Gamma");
    CHECK(f.text("Account", 1, "Phone") == "2");
    CHECK(report.notes.empty());
    CHECK(f.import(std::string("Account Name,Phone\nDel\0ta,1\n", 28) + std::string(100, '\n'), "Account").notes == std::vector<std::string>{"1 NUL character was left out. The file may be damaged."});
    CHECK(f.text("Account", 3, "Name") == "Delta");
}

TEST_CASE("odd files: dates with dots are day first unless told otherwise, whatever is usual") {
    OddFiles f;
    for (const DateOrder usual : {DateOrder::MonthFirst, DateOrder::YearFirst}) {
        ImportSourceOptions options;
        options.usual_date_order = usual;
        CHECK(f.read("Close Date\n01.12.2026\n1.11.26\n", options)->date_order().order == DateOrder::DayFirst);
        CHECK(f.read("Close Date\n01/12/2026\n", options)->date_order().order == usual);
        // Beside slashes each goes its own way.
        const auto both = f.read("Close Date,Start Date\n01.12.2026,02/03/2026\n", options);
        CHECK(both->columns()[0].date_order == DateOrder::DayFirst);
        CHECK_FALSE(both->columns()[1].date_order);
        CHECK(both->date_order().order == usual);
        CHECK(both->date_order().sample == "02/03/2026");
        options.date_order = DateOrder::MonthFirst;
        CHECK(f.read("Close Date\n01.12.2026\n", options)->date_order().order == DateOrder::MonthFirst);
        CHECK_FALSE(f.read("Close Date,Start Date\n01.12.2026,02/03/2026\n", options)->columns()[0].date_order);
    }
    // Slashes that prove their order say nothing about dots.
    const auto proven = f.read("Close Date,Start Date\n01.12.2026,02/13/2026\n05.06.2026,03/14/2026\n");
    CHECK(proven->columns()[0].date_order == DateOrder::DayFirst);
    CHECK(proven->date_order().order == DateOrder::MonthFirst);
    CHECK(f.read("Close Date\n12.31.2026\n01.12.2026\n")->date_order().order == DateOrder::MonthFirst);

    f.import("Deal Name,Stage,Close Date\nA,Prospecting,01.12.2026\nB,Prospecting,1.11.26\n", "Opportunity");
    CHECK(f.text("Opportunity", 0, "CloseDate") == "2026-12-01");
    CHECK(f.text("Opportunity", 1, "CloseDate") == "2026-11-01");
    f.import("Deal Name,Stage,Close Date\nC,Prospecting,01.12.2026\n", "Opportunity", R"({"dateOrder": "mdy"})");
    CHECK(f.text("Opportunity", 2, "CloseDate") == "2026-01-12");
}

TEST_CASE("odd files: a date with dots is day first among dates of other forms too") {
    OddFiles f;
    f.import("Deal Name,Stage,Close Date\nA,Prospecting,2026-12-01\nB,Prospecting,12/31/2026\nC,Prospecting,01.02.2026\nD,Prospecting,03/04/2026\n", "Opportunity");
    CHECK(f.text("Opportunity", 1, "CloseDate") == "2026-12-31");
    CHECK(f.text("Opportunity", 2, "CloseDate") == "2026-02-01");
    CHECK(f.text("Opportunity", 3, "CloseDate") == "2026-03-04");
    f.import("Deal Name,Stage,Close Date\nE,Prospecting,12.31.2026\nF,Prospecting,01/15/2026\nG,Prospecting,01.02.2026\n", "Opportunity");
    CHECK(f.text("Opportunity", 6, "CloseDate") == "2026-01-02");
    CHECK(f.read("Close Date\n01.02.2026\n03/04/2026\n")->date_order().sample == "03/04/2026");
}

TEST_CASE("odd files: what is too large a number is said to be so") {
    OddFiles f;
    const ImportReport report = f.import(
        "Account Name,Annual Revenue\nA,9999999999999999\nB,99999999999999999\nC,\"99,999,999,999,999,999,999\"\nD,1.1234\nE,0.1234567890123456789\n", "Account");
    CHECK(report.created == 1);
    CHECK(report.failures_csv.find("“99999999999999999” is too large.") != std::string::npos);
    CHECK(report.failures_csv.find("“99,999,999,999,999,999,999” is too large.") != std::string::npos);
    CHECK(report.failures_csv.find("“1.1234” has more decimals than the 2 that fit.") != std::string::npos);
    CHECK(report.failures_csv.find("“0.1234567890123456789” is too large.") == std::string::npos);
}

TEST_CASE("odd files: eight digits are dates where the column says so, and all of them are") {
    OddFiles f;
    const auto type = [&](std::string csv) { return f.read(std::move(csv))->columns()[0].type; };
    CHECK(type("Close Date\n20240312\n19991231\n") == FieldType::Date);
    CHECK(type("Close Date\n20240312\n\nN/A\n20240313\n") == FieldType::Date);
    CHECK(type("Close Date\n20240312\n20241399\n") == FieldType::Number);
    CHECK(type("Order Number\n20240312\n20240313\n") == FieldType::Number);
    CHECK(type("Quantity\n20240312\n20240313\n") == FieldType::Number);
    CHECK(type("Close Date\n2024-03-12\n2024-03-13\n") == FieldType::Date);
    CHECK_FALSE(f.read("Close Date\n2024-03-12\n")->columns()[0].date_order);

    const char* csv = "Deal Name,Stage,Close Date,Amount\nA,Prospecting,20240312,20240312\n";
    f.import(csv, "Opportunity");
    CHECK(f.text("Opportunity", 0, "CloseDate") == "2024-03-12");
    CHECK(f.text("Opportunity", 0, "Amount") == "20240312");
    // One that is none leaves the column as it is, but for the order that the person gives.
    f.import("Deal Name,Stage,Close Date\nB,Prospecting,20240312\nC,Prospecting,20241399\n", "Opportunity", R"({"dateOrder": "ymd"})");
    CHECK(f.text("Opportunity", 1, "CloseDate") == "2024-03-12");
    CHECK(f.live("Opportunity") == 2);
}

TEST_CASE("odd files: rows of empty cells are blank lines, and count as such") {
    OddFiles f;
    const auto source = f.read("Name,City,Phone\n,,\nAcme,Lyon,1\n,,\n\n\"\",,\nBeta,Oslo,2\n,,\n,,\n");
    REQUIRE(source->row_count() == 2);
    CHECK(source->row_number(0) == 3);
    CHECK(source->row_number(1) == 7);
    CHECK(source->row_text(0) == "Acme,Lyon,1");   // nothing of the rows behind it
    CHECK(source->row_text(1) == "Beta,Oslo,2");
    CHECK(source->short_rows() == 0);
    CHECK(f.read("Name,Note\nAcme,\"a\nb\"\n,\n")->row_text(0) == "Acme,\"a\nb\"");
    CHECK(f.read("Name,City\r\nAcme,\"Lyon\" \r\n,\r\n")->row_text(0) == "Acme,\"Lyon\" ");

    const ImportReport report = f.import("Account Name,Phone\nAcme,1\n,\n,\n", "Account");
    CHECK(report.created == 1);
    CHECK(report.failed == 0);
}

TEST_CASE("odd files: titles above the header may be filled up with delimiters") {
    OddFiles f;
    CHECK(f.headers("Deal Report,,\n,,\nDeal Name,Stage,Amount\nA,Prospecting,5\nB,Prospecting,6\n") == "Deal Name|Stage|Amount");
    CHECK(f.headers(",Deal Report,\nas of today,,\nDeal Name,Stage,Amount\nA,Prospecting,5\n") == "Deal Name|Stage|Amount");
    CHECK(f.headers("Deals,\nDeal Name,Stage\nA,Prospecting\nB,Prospecting\n") == "Deal Name|Stage");
    CHECK(f.headers("Deal Report\nas of today,,\nDeal Name,Stage,Amount\nA,Prospecting,5\n") == "Deal Name|Stage|Amount");
    CHECK(f.read("Deal Report,,\n,,\nDeal Name,Stage,Amount\nA,Prospecting,5\n")->row_number(0) == 4);
    // No titles: columns without names, a column that is mostly empty, what the person says.
    CHECK(f.headers("Name,\nAcme,\nBeta,\nGamma,x\n") == "Name|Column 2");
    CHECK(f.headers("Name,,\nAcme,1,2\nBeta,3,4\n") == "Name|Column 2|Column 3");
    CHECK(f.headers(",Name\na,Acme\nb,Beta\n") == "Column 1|Name");
    ImportSourceOptions options;
    options.has_header = false;
    CHECK(f.read("Acme,,\nBeta,Lyon,Oslo\nGamma,Rome,Bern\n", options)->row_count() == 3);
}

TEST_CASE("odd files: Excel's mark of a text is none of its letters") {
    OddFiles f;
    const auto source = f.read("Code,=\"Name\"\n=\"0049301\",\"=\"\"Acme\"\"\"\n=\"\",\"=\"\"say \"\"\"\"hi\"\"\"\"\"\"\"\n=A1,\"=\"\"a\"\"&\"\"b\"\"\"\n=,\"=\"\"\"\n");
    const auto cell = [&](std::uint32_t row, std::uint32_t column) {
        std::string scratch;
        return std::string(source->cell(row, column, scratch));
    };
    CHECK(source->headers()[1] == "Name");
    REQUIRE(source->row_count() == 4);
    CHECK(cell(0, 0) == "0049301");
    CHECK(cell(0, 1) == "Acme");
    CHECK(cell(1, 0).empty());
    CHECK(cell(1, 1) == "say \"hi\"");
    CHECK(cell(2, 0) == "=A1");
    CHECK(cell(2, 1) == "=\"a\"&\"b\"");
    CHECK(cell(3, 0) == "=");
    CHECK(cell(3, 1) == "=\"");
    CHECK(source->row_text(0) == "=\"0049301\",\"=\"\"Acme\"\"\"");
    CHECK(f.read("Code\n=\"0049301\"\n=\"0049302\"\n")->columns()[0].type == FieldType::Text);
}

TEST_CASE("odd files: Excel for Mac ends lines with CR, and those within a cell with LF") {
    OddFiles f;
    const auto source = f.read("Last Name,Company\rMeyer,\"Acme\nInc.\"\rDoe,Beta\r");
    std::string scratch;
    REQUIRE(source->row_count() == 2);
    CHECK(source->cell(0, 1, scratch) == "Acme\nInc.");
    CHECK(source->cell(1, 1, scratch) == "Beta");
    CHECK(source->row_text(0) == "Meyer,\"Acme\nInc.\"");
    CHECK(source->row_number(1) == 3);
}

TEST_CASE("odd files: no date is no date, and a row of sums is told") {
    testing::ImportFixture bench;
    ImportReport report = bench.import("First Name,Last Name,Birthday\nAnn,Meyer,0/0/00\nBo,Li,5/6/1980\n", "Contact");
    CHECK(report.created == 2);
    report = bench.import("Account Name,Annual Revenue\nAcme,100\nBolt,200\nGrand Total,300\n", "Account");
    REQUIRE_FALSE(report.notes.empty());
    CHECK(report.notes.back().find("Row 4 (“Grand Total”) looks like the sum") != std::string::npos);
    CHECK(bench.import("Account Name,Annual Revenue\nTotal Energy,100\nTotal SE,200\n", "Account").notes.empty());
}

TEST_CASE("odd files: a line break in a text of one line is a blank, as in a form; texts of several lines keep theirs") {
    OddFiles f;
    const ImportReport report = f.import("Account Name,Phone,Billing Street,Description\n\"Fjord\nLogistics\",\"+47 22\r\n11\",\"Kai 4\nHall 2\",\"one\r\ntwo\"\nKaufhof,,,\n", "Account");
    CHECK(report.created == 2);
    CHECK(f.text("Account", 0, "Name") == "Fjord Logistics");
    CHECK(f.text("Account", 0, "Phone") == "+47 22 11");
    CHECK(f.text("Account", 0, "BillingStreet") == "Kai 4\nHall 2");
    CHECK(f.text("Account", 0, "Description") == "one\r\ntwo");
    CHECK(f.text("Account", 1, "Name") == "Kaufhof");
}

TEST_CASE("odd files: records that would stand above themselves are handed back, those below them only without them") {
    OddFiles f;
    const ImportReport report = f.import("Account Name,Parent Account\nA,B\nB,C\nC,A\nSelf,Self\nTop,\nLeft,Top\n", "Account");
    CHECK(report.created == 2);
    CHECK(report.failed == 4);
    CHECK(report.failures_csv.find("“Self” would stand above itself") != std::string::npos);
    CHECK(report.failures_csv.find("“B” would stand above itself") != std::string::npos);
    const ImportReport people = f.import("Full Name,Manager\nAnn Lee,Bo Ek\nBo Ek,Ann Lee\nCy Zuk,\n", "User");
    CHECK(people.created == 1);
    CHECK(people.failures_csv.find("“Ann Lee” would stand above itself") != std::string::npos);
}
