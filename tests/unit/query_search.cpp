// Global search, and the columns answer as a page decodes it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "core/base/near_word.h"
#include "core/base/utf8.h"
#include "core/query/columns_answer.h"
#include "core/query/global_search.h"
#include "core/query/text_index.h"
#include "tests/support/ports.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;

namespace {

Records some_records() {
    using namespace standard_object;
    Records records;
    const char* accounts[] = {"Acme", "Big Acme Holding", "Acme Foods", "Macmellow", "Müller KG", "Muller Inc"};
    add_rows(records, account, 6);
    for (RowIndex row = 0; row < 6; ++row) set(records, account, row, system_field::name, std::string(accounts[row]));
    set(records, account, 3, account_field::phone, std::string("+47 (22) 33-44 55"));
    add_rows(records, lead, 2);
    set(records, lead, 0, system_field::name, std::string("Ann Lee"));
    set(records, lead, 0, lead_field::company, std::string("ACME"));
    set(records, lead, 0, lead_field::email, std::string("ann@macme.example"));
    set(records, lead, 1, system_field::name, std::string("Acme Person"));
    records.mutable_table(lead).set_state(1, RowState::Deleted);
    return records;
}

std::string found(const Records& records, std::string_view text) {
    std::string out;
    for (const SearchHit& hit : search_records(text, records)) out += (out.empty() ? "" : ", ") + records.display_name(hit.record);
    return out;
}

std::uint32_t u32(const std::vector<std::uint8_t>& bytes, std::size_t at) {
    std::uint32_t value = 0;
    REQUIRE(at + 4 <= bytes.size());
    std::memcpy(&value, bytes.data() + at, 4);
    return value;
}

std::string text_at(const std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t size) {
    REQUIRE(at + size <= bytes.size());
    return {reinterpret_cast<const char*>(bytes.data()) + at, size};
}

}  // namespace

TEST_CASE("search: exact, then prefix, then word, then anywhere") {
    const Records records = some_records();
    CHECK(found(records, "acme") == "Acme, Ann Lee, Acme Foods, Big Acme Holding, Macmellow");
    CHECK(found(records, "  ACME f ") == "Acme Foods");
    CHECK(found(records, "223344") == "Macmellow");
    CHECK(found(records, "22 33 44 55") == "Macmellow");
    CHECK(found(records, "muller") == "Müller KG, Muller Inc");
    CHECK(found(records, "müller") == "Müller KG, Muller Inc");  // an accent counts when typed; without it, it is near
    CHECK(found(records, "ann@") == "Ann Lee");
    CHECK(found(records, "") == "");
    CHECK(found(records, "nobody") == "");
    CHECK(search_records("a", records, {.limit = 2}).size() == 2);
    // A converted lead comes after what it became.
    Records converted = some_records();
    add_rows(converted, standard_object::contact, 1);
    set(converted, standard_object::contact, 0, system_field::name, std::string("Ann Lee"));
    CHECK(search_records("ann lee", converted)[0].record.object == standard_object::lead);
    set(converted, standard_object::lead, 0, lead_field::is_converted, true);
    CHECK(search_records("ann lee", converted)[0].record.object == standard_object::contact);
}

TEST_CASE("search: words in any order, from different fields and the account") {
    Records records = some_records();
    using namespace standard_object;
    add_rows(records, contact, 2);
    set(records, contact, 0, system_field::name, std::string("Zoë Nguyễn"));
    set(records, contact, 0, contact_field::account, RecordRef{account, 1});
    set(records, contact, 1, system_field::name, std::string("Zoe Other"));
    CHECK(found(records, "lee ann") == "Ann Lee");
    CHECK(found(records, "acme ann") == "Ann Lee");          // company and name
    CHECK(found(records, "nguyen zoe") == "Zoë Nguyễn");
    CHECK(found(records, "zoe holding") == "Zoë Nguyễn");    // her account's name
    CHECK(found(records, "foods acme") == "Acme Foods");
    CHECK(found(records, "acme nobody") == "");
    records.mutable_table(account).set_state(1, RowState::Deleted);
    CHECK(found(records, "holding big") == "");
    std::string many = "acme foods";
    for (int i = 0; i < 20; ++i) many += " acme foods";      // more words than are told apart
    CHECK(found(records, many) == "Acme Foods");
}

TEST_CASE("search: a mistyped word finds what was meant, and only where little else is found") {
    Records records = some_records();
    CHECK(found(records, "macmelow") == "Macmellow");
    CHECK(found(records, "mcamellow") == "Macmellow");       // two neighbours swapped
    CHECK(found(records, "holidng") == "Big Acme Holding");
    CHECK(found(records, "lee amn") == "");                  // too short to be sure
    CHECK(found(records, "folds acme") == "Acme Foods");
    CHECK(found(records, "acme").find("Macmellow") != std::string::npos);
    set(records, standard_object::account, 3, system_field::name, std::string("Renamed"));
    CHECK(found(records, "macmelow") == "");                 // the old word is known and found nowhere
    CHECK(found(records, "renmaed") == "Renamed");
}

TEST_CASE("search: prepared in slices, it finds the same, what was changed since as well") {
    using namespace standard_object;
    const char* names[] = {"Harbor", "Härtel", "Holm", "Nimbus Trading", "Osprey", "北京贸易"};
    const auto make = [&] {
        Records records;
        add_rows(records, account, 5000);
        for (RowIndex row = 0; row < 5000; ++row) set(records, account, row, system_field::name, names[row % 6] + (" " + std::to_string(row)));
        return records;
    };
    Records records = make(), unprepared = make();
    outpost::testing::FakeClock clock;
    int slices = 1;
    while (!prepare_search(records, clock, 5)) ++slices;   // the clock gains 10 with each look
    CHECK(slices > 4);
    CHECK(prepare_search(records, clock, 5));
    for (Records* each : {&records, &unprepared}) {
        set(*each, account, 4321, system_field::name, std::string("Zebra Crossing"));
        add_rows(*each, account, 1);
        set(*each, account, 5000, system_field::name, std::string("Zebra Street"));
    }
    for (const char* text : {"zebra", "harbor 12", "hartel", "nimbs", "北京", "zerba", "osprey 4990"}) CHECK(found(records, text) == found(unprepared, text));
    CHECK(found(records, "zebra") == "Zebra Street, Zebra Crossing");
    CHECK(prepare_search(records, clock, 5));
}

TEST_CASE("order and filter of a long list: prepared in slices, they are what they are at once, after changes as well") {
    using namespace standard_object;
    const auto make = [] {
        Dice dice(3);
        Records records;
        add_rows(records, account, 5003);
        for (RowIndex row = 0; row < 5003; ++row)
            if (!dice.one_in(20)) set(records, account, row, system_field::name, some_name(dice));
        return records;
    };
    const auto answers = [](const Records& records) {
        std::string rows;
        for (const char* soql : {"SELECT Id FROM Account ORDER BY Name", "SELECT Id FROM Account WHERE Name LIKE '%ör%' OR Name LIKE '%e%' ORDER BY Name DESC", "SELECT Id FROM Account WHERE Name LIKE '%#1%' ORDER BY Name, Id DESC"})
            for (const RowIndex row : select_rows(*parse_soql(soql, records), records, {})->rows) rows += std::to_string(row) + " ";
        return rows;
    };
    outpost::testing::FakeClock clock;
    const IndexedField names[] = {{.object = account, .field = system_field::name, .words = true, .ranks = true}};
    for (const int change_at : {-1, 0, 2, 7, 12, 1000}) {
        Records records = make(), unprepared = make();
        const auto change = [&] {
            for (Records* each : {&records, &unprepared}) {
                set(*each, account, 2500, system_field::name, std::string("élan 0"));
                add_rows(*each, account, 1);
                set(*each, account, 5003, system_field::name, std::string("Ödön"));
            }
        };
        int slices = 0;
        for (; !prepare_text_indexes(records, names, clock, 5); ++slices)   // the clock gains 10 with each look
            if (slices == change_at) change();
        CHECK(slices > 15);
        if (slices <= change_at) change();
        CHECK(answers(records) == answers(unprepared));
    }
}

TEST_CASE("near word: letters added, lost, changed, swapped") {
    NearWord typed("johnson");
    CHECK(typed.distance("johnson", 2) == 0u);
    CHECK(typed.distance("jonson", 2) == 1u);
    CHECK(typed.distance("jhonson", 2) == 1u);
    CHECK(typed.distance("johnsson", 2) == 1u);
    CHECK(typed.distance("jonsonn", 2) == 2u);
    CHECK_FALSE(typed.distance("jackson", 2).has_value());
    CHECK_FALSE(typed.distance("johnsonville", 2).has_value());
    CHECK(typed.prefix_distance("johnsonville", 2) == 0u);
    CHECK(typed.prefix_distance("jonsonville", 2) == 1u);
    CHECK(NearWord("深圳星").distance("深圳星辰", 1) == 1u);
    CHECK(NearWord("").distance("", 0) == 0u);
    CHECK(NearWord("").prefix_distance("abc", 0) == 0u);
}

// Against the recurrence written out plainly, over random short words of few letters.
TEST_CASE("near word: equals the plain recurrence") {
    Dice dice(7);
    const auto word = [&] {
        std::string out;
        for (std::uint32_t i = dice.below(8); i > 0; --i) out += static_cast<char>('a' + dice.below(3));
        return out;
    };
    for (int round = 0; round < 20'000; ++round) {
        const std::string a = word(), b = word();
        std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1));
        for (std::size_t i = 0; i <= a.size(); ++i) {
            for (std::size_t k = 0; k <= b.size(); ++k) {
                if (i == 0 || k == 0) { d[i][k] = static_cast<unsigned>(i + k); continue; }
                d[i][k] = std::min({d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + (a[i - 1] != b[k - 1] ? 1u : 0u)});
                if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
            }
        }
        unsigned prefix = d[a.size()][0];
        for (std::size_t k = 0; k <= b.size(); ++k) prefix = std::min(prefix, d[a.size()][k]);
        NearWord typed(a);
        for (unsigned most = 0; most < 4; ++most) {
            const unsigned whole = d[a.size()][b.size()];
            CAPTURE(a);
            CAPTURE(b);
            CHECK(typed.distance(b, most) == (whole <= most ? std::optional(whole) : std::nullopt));
            CHECK(typed.prefix_distance(b, most) == (prefix <= most ? std::optional(prefix) : std::nullopt));
        }
    }
}

TEST_CASE("columns: a list as bytes") {
    Records records = some_records();
    using namespace standard_object;
    add_rows(records, opportunity, 3);
    set(records, opportunity, 0, system_field::name, std::string("One"));
    set(records, opportunity, 0, opportunity_field::amount, Decimal{12'345, 2});
    set(records, opportunity, 0, opportunity_field::close_date, DateValue{20'000});
    set(records, opportunity, 0, opportunity_field::account, RecordRef{account, 4});
    set(records, opportunity, 1, system_field::name, std::string("🚀二"));
    set(records, opportunity, 2, system_field::name, std::string("Zwölf"));
    set(records, opportunity, 1, opportunity_field::stage, std::string("Closed Won"));
    const Result<Query> query = parse_soql("SELECT Id, Name, Account.Name, StageName, Amount, CloseDate, IsClosed, CreatedDate, AccountId FROM Opportunity LIMIT 2", records);
    REQUIRE(query.has_value());
    const Result<std::vector<std::uint8_t>> answer = run_to_columns(*query, records, {});
    REQUIRE(answer.has_value());
    const std::vector<std::uint8_t>& bytes = *answer;
    CHECK(bytes.size() % 8 == 0);
    CHECK(text_at(bytes, 0, 4) == "OPC1");
    CHECK(u32(bytes, 8) == 2);
    CHECK(u32(bytes, 12) == 3);
    REQUIRE(u32(bytes, 16) == 10);
    CHECK(text_at(bytes, u32(bytes, 24), u32(bytes, 28)) == "Opportunity");
    // The account stands before the fields: there for the first record, not for the second.
    CHECK(u32(bytes, 32) == 8);
    CHECK(text_at(bytes, u32(bytes, 36), u32(bytes, 40)) == "Account");
    CHECK(bytes[u32(bytes, 44)] == 1);
    CHECK(bytes[u32(bytes, 44) + 1] == 0);
    const auto column = [&](std::size_t at, std::size_t word) { return u32(bytes, 64 + at * 32 + word * 4); };
    // Offsets count UTF-16 units.
    const auto cell = [&](std::size_t at, std::size_t row) {
        const std::string all = text_at(bytes, column(at, 4), column(at, 5));
        const auto byte_of = [&](std::uint32_t units) {
            std::size_t byte = 0;
            for (std::uint32_t passed = 0; passed < units;) {
                const auto [code, length] = utf8::read(all, byte);
                passed += code >= 0x10000 ? 2 : 1;
                byte += length;
            }
            return byte;
        };
        const std::size_t begin = byte_of(u32(bytes, column(at, 3) + row * 4)), end = byte_of(u32(bytes, column(at, 3) + row * 4 + 4));
        return all.substr(begin, end - begin);
    };
    for (std::size_t i = 0; i < 9; ++i) CHECK(column(i, 3) % 8 == 0);
    CHECK(text_at(bytes, column(2, 1), column(2, 2)) == "Account.Name");
    CHECK(column(0, 0) == 1);
    CHECK(cell(0, 0) == to_text(records.id_of({opportunity, 0})));
    CHECK(cell(1, 0) == "One");
    CHECK(cell(1, 1) == "🚀二");
    CHECK(cell(2, 0) == "Müller KG");
    CHECK(cell(2, 1) == "");
    CHECK(cell(8, 0) == to_text(records.id_of({account, 4})));
    CHECK(column(3, 0) == 6);
    std::uint16_t codes[2];
    std::memcpy(codes, bytes.data() + column(3, 3), sizeof codes);
    CHECK(codes[0] == 0);
    const std::size_t entry = codes[1] - 1u, entries = column(3, 6), aux = column(3, 4);
    CHECK(text_at(bytes, aux + (entries + 1) * 4 + u32(bytes, aux + entry * 4), u32(bytes, aux + entry * 4 + 4) - u32(bytes, aux + entry * 4)) == "Closed Won");
    double amounts[2];
    std::memcpy(amounts, bytes.data() + column(4, 3), sizeof amounts);
    CHECK(amounts[0] == 123.45);
    CHECK(std::isnan(amounts[1]));
    std::int32_t days[2];
    std::memcpy(days, bytes.data() + column(5, 3), sizeof days);
    CHECK(days[0] == 20'000);
    CHECK(days[1] == null_day);
    CHECK(column(6, 0) == 5);
    CHECK(column(7, 0) == 4);
}

TEST_CASE("columns: groups and COUNT()") {
    const Records records = some_records();
    const Result<Query> groups = parse_soql("SELECT Name, COUNT(Id) c FROM Account GROUP BY Name", records);
    const Result<std::vector<std::uint8_t>> answer = run_to_columns(*groups, records, {});
    REQUIRE(answer.has_value());
    CHECK(u32(*answer, 8) == 6);
    CHECK(u32(*answer, 20) == 1);
    const Result<Query> count = parse_soql("SELECT COUNT() FROM Account", records);
    const Result<std::vector<std::uint8_t>> total = run_to_columns(*count, records, {});
    REQUIRE(total.has_value());
    CHECK(u32(*total, 12) == 6);
    CHECK(u32(*total, 20) == 3);
}
