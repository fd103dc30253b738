// People in files: whole names of any order, addresses as programs write them.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/edit/derived.h"
#include "core/objects/standard.h"
#include "tests/support/import_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::ImportFixture {
    std::string of_all(std::string_view object, std::string_view field) {
        const ObjectIndex index = records.schema().find_object(object)->index;
        std::string text;
        for (RowIndex row = 0; row < records.table(index).row_count(); ++row) text += this->text({index, row}, field) + "|";
        return text;
    }
    static bool has_note(const ImportReport& report, std::string_view part) {
        return std::ranges::any_of(report.notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
    }
};

std::string parts(std::string_view name) {
    const auto [first, last] = split_person_name(name);
    return first + "|" + last;
}

}  // namespace

TEST_CASE("names: in Chinese, Japanese and Korean the family name comes first, blank or none") {
    CHECK(parts("王 小明") == "小明|王");
    CHECK(parts("司马 光") == "光|司马");
    CHECK(parts("김 철수") == "철수|김");
    CHECK(parts("髙橋 花子") == "花子|髙橋");
    CHECK(parts("山田　太郎") == "太郎|山田");
    CHECK(parts("王小明") == "小明|王");
    CHECK(parts("Jackie 陈") == "Jackie|陈");
    Bench bench;
    bench.import("Full Name,Company\n王 小明,甲\n山田　太郎,乙\n김 철수,丙\n", "Lead");
    CHECK(bench.of_all("Lead", "Name") == "王小明|山田太郎|김철수|");
}

TEST_CASE("names: what belongs to the last name before and behind it") {
    CHECK(parts("John Smith Jr.") == "John|Smith Jr.");
    CHECK(parts("John Smith, PhD") == "John|Smith, PhD");
    CHECK(parts("Henry Ford II") == "Henry|Ford II");
    CHECK(parts("Smith Jr.") == "|Smith Jr.");
    CHECK(parts("Dr. Anna van der Berg") == "Dr. Anna|van der Berg");
    CHECK(parts("Maria de la Cruz Jr.") == "Maria|de la Cruz Jr.");
    CHECK(parts("LUDWIG VON BEETHOVEN") == "LUDWIG VON|BEETHOVEN");
    CHECK(parts("john paul jones") == "john paul|jones");
    CHECK(parts("ann Lee") == "ann|Lee");
    CHECK(parts("Lee, Ann") == "Ann|Lee");
    CHECK(parts("Jr.") == "|Jr.");
    CHECK(parts("") == "|");
}

TEST_CASE("import: of several addresses in a cell the first is taken, and told") {
    Bench bench;
    const ImportReport report = bench.import(
        "Last Name,Email\nA,\"a@x.com, a2@x.com\"\nB,b@x.com; b2@x.com\nC,c@x.com ::: c2@x.com\nD,mailto:d@x.com\nE,<e@x.com>\nF,Eff <f@x.com>\nG,G@x.com <g@x.com>\nH,none\nI,-\nJ,i@x.com\n",
        "Contact");
    CHECK(report.failed == 0);
    CHECK(bench.of_all("Contact", "Email") == "a@x.com|b@x.com|c@x.com|d@x.com|e@x.com|f@x.com|G@x.com|||i@x.com|");
    CHECK(bench.has_note(report, "Email: 3 cells hold several values; only the first was taken."));
}

TEST_CASE("import: of several phone numbers in a cell the first is taken, extensions stay") {
    Bench bench;
    const ImportReport report = bench.import(
        "Last Name,Phone\nA,+49 30 123456 ::: +49 171 654321\nB,\"(555) 123-4567, (555) 765-4321\"\nC,\"555 123 4567, ext. 123456\"\nD,\"+49 30 123456, 78\"\nE,5551234;5554321\n", "Contact");
    CHECK(bench.of_all("Contact", "Phone") == "+49 30 123456|(555) 123-4567|555 123 4567, ext. 123456|+49 30 123456, 78|5551234|");
    CHECK(bench.has_note(report, "Phone: 3 cells hold several values; only the first was taken."));
}

TEST_CASE("import: people of the same file are found by the names that their records get") {
    const std::string rows = "Ann,Lee,\nBo,Ek,ann lee\nCy,Zuk,\"Ek, Bo\"\n明,王,Cy Zuk\nNo,Body,王明\n";
    for (const auto& [object, lookup] : {std::pair("User", "Manager"), std::pair("Contact", "Reports To")}) {
        CAPTURE(object);
        Bench bench;
        const RowIndex before = bench.live(object);
        const ImportReport report = bench.import(std::string("First Name,Last Name,") + lookup + "\n" + rows, object, R"({"createMissing": true})");
        CHECK(report.created == 5);
        CHECK(report.records_made == 0);
        CHECK(bench.live(object) == before + 5);
        const Object& target = *bench.records.schema().find_object(object);
        const FieldIndex manager = target.find_relationship(object == std::string_view("User") ? "Manager" : "ReportsTo")->index;
        std::string names;
        for (RowIndex row = before; row < before + 5; ++row) {
            const Value above = bench.records.value({target.index, row}, manager);
            names += is_null(above) ? "-|" : bench.records.display_name(std::get<RecordRef>(above)) + "|";
        }
        CHECK(names == "-|Ann Lee|Bo Ek|Cy Zuk|王明|");
    }
    Bench bench;
    CHECK(bench.import("Last Name,Reports To\nLee,\nEk,Lee\n", "Contact").failed == 0);
    CHECK(bench.import("Name,Last Name,Reports To\nCy Zuk,,\nNo Body,Bo,\"Zuk, Cy\"\nX Y,,No Bo\n", "Contact").failed == 0);
    // Of namesakes it isn't known which is meant.
    CHECK(bench.import("First Name,Last Name,Reports To\nDi,Fu,\nDi,Fu,\nEd,Go,Di Fu\n", "Contact").failed == 1);
}

TEST_CASE("import: a contact that a lookup names with its address gets both") {
    Bench bench;
    const std::string csv =
        "Deal Name,Stage,Close Date,Contact\nA,Prospecting,2026-12-01,Ann1 B1 (a1@comp1.com)\nB,Prospecting,2026-12-01,Cee Dee\nC,Prospecting,2026-12-01,Eff Gee (f@x.com);Hah I (h@x.com)\n";
    const ImportReport report = bench.import(csv, "Opportunity", R"({"createMissing": ["records"], "map": {"Contact": "Contact.Name"}})");
    CHECK(report.records_made == 3);
    CHECK(bench.of_all("Contact", "FirstName") == "Ann1|Cee|Eff|");
    CHECK(bench.of_all("Contact", "LastName") == "B1|Dee|Gee|");
    CHECK(bench.of_all("Contact", "Email") == "a1@comp1.com||f@x.com|");
    CHECK(bench.has_note(report, "several records"));
    CHECK(bench.import(csv, "Opportunity", R"({"map": {"Contact": "Contact.Name"}})").failed == 0);
}

TEST_CASE("import: digits behind Excel's apostrophe stand for themselves, names keep theirs") {
    Bench bench;
    bench.import("Account Name,Phone,Annual Revenue\n'O Brien,'+49 30,'1000\n'90s Music,'030/12,5\n", "Account");
    CHECK(bench.of_all("Account", "Name") == "'O Brien|'90s Music|");
    CHECK(bench.of_all("Account", "Phone") == "+49 30|030/12|");
    CHECK(bench.of_all("Account", "AnnualRevenue") == "1000|5|");
}

TEST_CASE("import: Google's numbers go by row where their kinds say, and none is lost that has a place") {
    Bench bench;
    const ImportReport report = bench.import("Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n"
                                             "A,Mobile,0171,* Work,0301\nB,Work Fax,0302,Work,0303\nC,Work,0304,Mobile,0172\nD,Home,0305,Mobile,0173\nE,Home,0306,,0307\nF,Work,0308,Work,0309\n", "Contact");
    CHECK(bench.of_all("Contact", "Phone") == "0301|0303|0304|0305|0306|0308|");
    CHECK(bench.of_all("Contact", "MobilePhone") == "0171||0172|0173|0307|0309|");
    CHECK(bench.of_all("Contact", "Fax") == "|0302|||||");
    CHECK(report.skipped_headers.empty());
}

TEST_CASE("import: how people are addressed, in the words of three languages, and streets of two lines") {
    Bench bench;
    const ImportReport report = bench.import("Anrede,Vorname,Nachname,Firma,Geburtstag,Straße,Straße 2\nHerr,Jo,Groß,A,5.3.1970,Weg 1,Haus 2\nFrau,An,Weiß,A,0.0.00,Weg 2,\n", "Contact", R"({"createMissing": ["records"]})");
    CHECK(report.created == 2);
    CHECK(report.skipped_headers.empty());
    CHECK(bench.of_all("Contact", "Birthdate") == "1970-03-05||");
    CHECK(bench.of_all("Contact", "MailingStreet") == "Weg 1\nHaus 2|Weg 2|");
    CHECK(bench.import("Firma,Jahrestag\nA,5.3.1970\nB,0.0.00\n", "Account", R"({"createMissing": true})").created == 2);
    CHECK(bench.import("Titre,Prénom,Nom,Titre\nM.,Jo,Dupré,Directeur\nMme,Zo,Roi,\n", "Contact").created == 2);
    CHECK(bench.import("Salutation,Last Name\nMr,Li\nmrs.,Ek\n女士,王\n", "Contact").created == 3);
    CHECK(bench.of_all("Contact", "Salutation") == "Mr.|Ms.|Mr.|Mrs.|Mr.|Mrs.|Ms.|");
    CHECK(bench.of_all("Contact", "Title") == "||Directeur|||||");
}
