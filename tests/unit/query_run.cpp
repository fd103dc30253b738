// What queries answer, on a handful of records.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/base/messages.h"
#include "core/query/group_condition.h"
#include "core/query/columns_answer.h"
#include "core/query/query.h"
#include "shell/common/answer_table.h"
#include "tests/support/ports.h"
#include "tests/support/query_records.h"

using namespace outpost;
using namespace outpost::test;

namespace {

QueryContext context_at(const char* now = "2026-11-23T10:00:00Z") {
    QueryContext context;
    context.now = *parse_iso_instant(now);
    context.first_weekday = 1;
    context.user = {standard_object::user, 1};
    return context;
}

Records small_records() {
    using namespace standard_object;
    Records records;
    add_rows(records, user, 2);
    set(records, user, 0, system_field::name, std::string("Ann Lee"));
    set(records, user, 1, system_field::name, std::string("Zoë Müller"));
    set(records, user, 1, user_field::manager, RecordRef{user, 0});
    add_rows(records, account, 3);
    set(records, account, 0, system_field::name, std::string("Acme"));
    set(records, account, 0, account_field::billing_city, std::string("Oslo"));
    set(records, account, 0, system_field::owner, RecordRef{user, 0});
    set(records, account, 1, system_field::name, std::string("Élan GmbH"));
    set(records, account, 1, account_field::parent, RecordRef{account, 0});
    set(records, account, 1, system_field::owner, RecordRef{user, 1});
    set(records, account, 2, system_field::name, std::string("Gone Ltd"));
    records.mutable_table(account).set_state(2, RowState::Deleted);
    add_rows(records, opportunity, 5);
    const struct { const char* name; int account; const char* stage; std::int64_t amount; const char* close; int owner; } rows[] = {
        {"Big \"one\"", 0, "Prospecting", 100'050, "2026-11-30", 0},
        {"small one", 0, "Closed Won", 2'500, "2026-10-01", 1},
        {"Élan first", 1, "Prospecting", 70'000, "2026-12-31", 1},
        {"lost_one", -1, "Closed Lost", -1, "2025-11-23", 1},
        {"50% off", 1, "Closed Won", 99, "2027-01-01", 0},
    };
    for (RowIndex row = 0; row < 5; ++row) {
        set(records, opportunity, row, system_field::name, std::string(rows[row].name));
        if (rows[row].account >= 0) set(records, opportunity, row, opportunity_field::account, RecordRef{account, static_cast<RowIndex>(rows[row].account)});
        set(records, opportunity, row, opportunity_field::stage, std::string(rows[row].stage));
        if (rows[row].amount >= 0) set(records, opportunity, row, opportunity_field::amount, Decimal{rows[row].amount, 2});
        set(records, opportunity, row, opportunity_field::close_date, DateValue{*parse_iso_date(rows[row].close)});
        set(records, opportunity, row, system_field::owner, RecordRef{user, static_cast<RowIndex>(rows[row].owner)});
    }
    add_rows(records, task, 2);
    set(records, task, 0, task_field::subject, std::string("Call"));
    set(records, task, 0, task_field::what, RecordRef{account, 0});
    set(records, task, 1, task_field::subject, std::string("Mail"));
    set(records, task, 1, task_field::what, RecordRef{opportunity, 1});
    return records;
}

std::string json(const Records& records, std::string_view soql, const QueryContext& context) {
    const Result<Query> query = parse_soql(soql, records);
    if (!query) return Messages(Language::English).error(query.error());
    const Result<std::string> answer = run_to_json(*query, records, context);
    return answer ? *answer : Messages(Language::English).error(answer.error());
}

// Names of the records found, joined.
std::string names(const Records& records, const std::string& where) {
    const Result<Query> query = parse_soql("SELECT Name FROM Opportunity " + where, records);
    if (!query) return Messages(Language::English).error(query.error());
    const Result<RowSelection> selection = select_rows(*query, records, context_at());
    REQUIRE(selection);
    std::string out;
    for (const RowIndex row : selection->rows) {
        if (!out.empty()) out += ", ";
        out += records.display_name({standard_object::opportunity, row});
    }
    return out;
}

}  // namespace

TEST_CASE("query: conditions") {
    const Records records = small_records();
    const std::pair<const char*, const char*> cases[] = {
        {"WHERE StageName = 'prospecting'", "Big \"one\", Élan first"},
        {"WHERE StageName != 'Prospecting'", "small one, lost_one, 50% off"},
        {"WHERE StageName IN ('Closed Won', 'Closed Lost')", "small one, lost_one, 50% off"},
        {"WHERE StageName NOT IN ('Closed Won', 'Closed Lost')", "Big \"one\", Élan first"},
        {"WHERE Amount > 1000", "Big \"one\""},
        {"WHERE Amount >= 1000.5", "Big \"one\""},
        {"WHERE Amount = 1000.500", "Big \"one\""},
        {"WHERE Amount > 1000.4999", "Big \"one\""},
        {"WHERE Amount < 0.995", "50% off"},
        {"WHERE Amount <= 0.99", "50% off"},
        {"WHERE Amount = 0.991", ""},
        {"WHERE Amount != 0.99", "Big \"one\", small one, Élan first, lost_one"},
        {"WHERE Amount = NULL", "lost_one"},
        {"WHERE Amount != NULL AND Amount < 100", "small one, 50% off"},
        {"WHERE Amount IN (25, 700, NULL)", "small one, Élan first, lost_one"},
        {"WHERE Amount > 99999999999999999", ""},
        {"WHERE Amount < 99999999999999999 AND Amount > -99999999999999999", "Big \"one\", small one, Élan first, 50% off"},
        {"WHERE Name LIKE '%one'", "small one, lost_one"},
        {"WHERE Name LIKE '%ONE%'", "Big \"one\", small one, lost_one"},
        {"WHERE Name LIKE '50\\%%'", "50% off"},
        {"WHERE Name LIKE 'lost\\_one'", "lost_one"},
        {"WHERE Name LIKE 'lost_one'", "lost_one"},
        {"WHERE Name LIKE '_lan%'", "Élan first"},
        {"WHERE Name LIKE 'éLAN%'", "Élan first"},
        {"WHERE Name LIKE 'elan%'", ""},
        {"WHERE Name LIKE '%i_s%'", "Élan first"},
        {"WHERE (NOT Name LIKE '%one%')", "Élan first, 50% off"},
        {"WHERE Name = 'ÉLAN FIRST'", "Élan first"},
        {"WHERE Name > 'lost_one'", "small one"},
        {"WHERE Account.Name = 'acme'", "Big \"one\", small one"},
        {"WHERE Account.Name != 'acme'", "Élan first, lost_one, 50% off"},
        {"WHERE Account.Name = NULL", "lost_one"},
        {"WHERE AccountId = NULL", "lost_one"},
        {"WHERE AccountId != NULL AND StageName = 'Closed Won'", "small one, 50% off"},
        {"WHERE Account.Parent.Name = 'Acme'", "Élan first, 50% off"},
        {"WHERE Owner.Manager.Name = 'ann lee'", "small one, Élan first, lost_one"},
        {"WHERE CloseDate = 2026-11-30", "Big \"one\""},
        {"WHERE CloseDate = THIS_MONTH", "Big \"one\""},
        {"WHERE CloseDate = THIS_QUARTER", "Big \"one\", small one, Élan first"},
        {"WHERE CloseDate > THIS_YEAR", "50% off"},
        {"WHERE CloseDate >= NEXT_MONTH", "Élan first, 50% off"},
        {"WHERE CloseDate < THIS_YEAR", "lost_one"},
        {"WHERE CloseDate = LAST_N_DAYS:365", "small one, lost_one"},
        {"WHERE CloseDate = NEXT_N_DAYS:7", "Big \"one\""},
        {"WHERE CloseDate IN (LAST_YEAR, NEXT_YEAR)", "lost_one, 50% off"},
        {"WHERE CALENDAR_YEAR(CloseDate) = 2026 AND CALENDAR_MONTH(CloseDate) >= 11", "Big \"one\", Élan first"},
        {"WHERE DAY_ONLY(CloseDate) = 2026-10-01", "small one"},
        {"WHERE AccountId IN (SELECT Id FROM Account WHERE BillingCity = 'Oslo')", "Big \"one\", small one"},
        {"WHERE AccountId NOT IN (SELECT Id FROM Account WHERE BillingCity = 'Oslo')", "Élan first, lost_one, 50% off"},
        {"WHERE Id IN (SELECT WhatId FROM Task)", "small one"},
        {"WHERE (Amount > 500 OR StageName = 'Closed Lost') AND CloseDate > 2026-01-01", "Big \"one\", Élan first"},
        {"USING SCOPE mine", "small one, Élan first, lost_one"},
        {"ORDER BY Amount DESC", "lost_one, Big \"one\", Élan first, small one, 50% off"},
        {"ORDER BY Amount DESC NULLS LAST LIMIT 2", "Big \"one\", Élan first"},
        {"ORDER BY Amount LIMIT 2 OFFSET 1", "50% off, small one"},
        {"ORDER BY Name", "50% off, Big \"one\", Élan first, lost_one, small one"},
        {"ORDER BY StageName, Name DESC", "Élan first, Big \"one\", small one, 50% off, lost_one"},
        {"ORDER BY Account.Name NULLS LAST, CloseDate", "small one, Big \"one\", Élan first, 50% off, lost_one"},
        {"LIMIT 0", ""},
    };
    for (const auto& [where, expected] : cases) {
        INFO(where);
        CHECK(names(records, where) == expected);
    }
}

TEST_CASE("query: an empty lookup has no Id") {
    const Records records = small_records();
    const std::string id = to_text(records.id_of({standard_object::account, 1}));
    CHECK(names(records, "WHERE Account.Id = NULL") == "lost_one");
    CHECK(names(records, "WHERE Account.Id IN (NULL, '" + id + "')") == "Élan first, lost_one, 50% off");
    CHECK(names(records, "WHERE Account.Id != NULL AND StageName != 'Prospecting'") == "small one, 50% off");
    CHECK(names(records, "WHERE Account.Id NOT IN (NULL)") == names(records, "WHERE AccountId != NULL"));
    CHECK(names(records, "WHERE Account.Id != '" + id + "'") == "Big \"one\", small one, lost_one");
    CHECK(names(records, "WHERE Account.Parent.Id = NULL") == "Big \"one\", small one, lost_one");
    CHECK(names(records, "WHERE Id = NULL") == "");
    CHECK(json(records, "SELECT COUNT(Account.Id) n FROM Opportunity", context_at()).find("\"n\":4}") != std::string::npos);
}

TEST_CASE("query: a gap of LIKE is one character, also one that becomes two letters without case") {
    Records records;
    add_rows(records, standard_object::opportunity, 3);
    const char* streets[] = {"Straße", "STRASSE", "İpek"};
    for (RowIndex row = 0; row < 3; ++row) set(records, standard_object::opportunity, row, system_field::name, std::string(streets[row]));
    const std::pair<const char*, const char*> cases[] = {
        {"stra_e", "Straße"}, {"stra__e", "STRASSE"}, {"STRASS_", "Straße, STRASSE"}, {"%a_e", "Straße"}, {"_tra_e%", "Straße"}, {"_pek", "İpek"}, {"______", "Straße"},
    };
    for (const auto& [pattern, expected] : cases) CHECK_MESSAGE(names(records, std::string("WHERE Name LIKE '") + pattern + "'") == expected, pattern);
}

TEST_CASE("query: deleted records show with ALL ROWS only") {
    const Records records = small_records();
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT COUNT() FROM Account", context) == R"({"totalSize":2,"done":true,"totalMatched":2,"records":[]})");
    CHECK(json(records, "SELECT COUNT() FROM Account ALL ROWS", context) == R"({"totalSize":3,"done":true,"totalMatched":3,"records":[]})");
    CHECK(json(records, "SELECT Name, IsDeleted FROM Account WHERE IsDeleted = TRUE ALL ROWS", context) ==
          R"({"totalSize":1,"done":true,"totalMatched":1,"records":[{"attributes":{"type":"Account"},"Name":"Gone Ltd","IsDeleted":true}]})");
}

TEST_CASE("query: ids") {
    const Records records = small_records();
    const std::string id = to_text(records.id_of({standard_object::account, 1}));
    CHECK(names(records, "WHERE AccountId = '" + id + "'") == "Élan first, 50% off");
    CHECK(names(records, "WHERE AccountId != '" + id + "'") == "Big \"one\", small one, lost_one");
    CHECK(names(records, "WHERE Account.Id IN ('" + id + "')") == "Élan first, 50% off");
    const std::string own = to_text(records.id_of({standard_object::opportunity, 2}));
    CHECK(names(records, "WHERE Id = '" + own + "'") == "Élan first");
    CHECK(names(records, "WHERE Id > '" + own + "' ORDER BY Id DESC") == "50% off, lost_one");
}

TEST_CASE("query: the JSON of records") {
    const Records records = small_records();
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT Name, Amount, CloseDate, Account.Name, Account.Parent.Name, IsWon FROM Opportunity WHERE Amount = 1000.5 OR Amount = NULL", context) ==
          R"({"totalSize":2,"done":true,"totalMatched":2,"records":[)"
          R"({"attributes":{"type":"Opportunity"},"Name":"Big \"one\"","Amount":1000.5,"CloseDate":"2026-11-30","Account":{"attributes":{"type":"Account"},"Name":"Acme","Parent":null},"IsWon":false},)"
          R"({"attributes":{"type":"Opportunity"},"Name":"lost_one","Amount":null,"CloseDate":"2025-11-23","Account":null,"IsWon":false}]})");
    CHECK(json(records, "SELECT Name, BillingAddress, (SELECT Name FROM Opportunities WHERE Amount > 100 ORDER BY Name DESC LIMIT 5) FROM Account ORDER BY Name LIMIT 1", context) ==
          R"({"totalSize":1,"done":true,"totalMatched":2,"records":[{"attributes":{"type":"Account"},"Name":"Acme",)"
          R"("BillingAddress":{"street":null,"city":"Oslo","state":null,"postalCode":null,"country":null},)"
          R"("Opportunities":{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Opportunity"},"Name":"Big \"one\""}]}}]})");
    CHECK(json(records, "SELECT Subject, What.Name, What.Type FROM Task WHERE What.Type = 'Account' OR What.Name LIKE 'small%'", context) ==
          R"({"totalSize":2,"done":true,"totalMatched":2,"records":[)"
          R"({"attributes":{"type":"Task"},"Subject":"Call","What":{"attributes":{"type":"Account"},"Name":"Acme","Type":"Account"}},)"
          R"({"attributes":{"type":"Task"},"Subject":"Mail","What":{"attributes":{"type":"Opportunity"},"Name":"small one","Type":"Opportunity"}}]})");
}

TEST_CASE("query: TYPEOF gives each kind of record its own fields") {
    const Records records = small_records();
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT Subject, TYPEOF What WHEN Account THEN Name, BillingCity WHEN Opportunity THEN Amount, Account.Name END FROM Task", context) ==
          R"({"totalSize":2,"done":true,"totalMatched":2,"records":[)"
          R"({"attributes":{"type":"Task"},"Subject":"Call","What":{"attributes":{"type":"Account"},"Name":"Acme","BillingCity":"Oslo"}},)"
          R"({"attributes":{"type":"Task"},"Subject":"Mail","What":{"attributes":{"type":"Opportunity"},"Amount":25,"Account":{"attributes":{"type":"Account"},"Name":"Acme"}}}]})");
    CHECK(json(records, "SELECT TYPEOF What WHEN opportunity THEN amount ELSE Name END, Subject FROM Task", context) ==
          R"({"totalSize":2,"done":true,"totalMatched":2,"records":[)"
          R"({"attributes":{"type":"Task"},"What":{"attributes":{"type":"Account"},"Name":"Acme"},"Subject":"Call"},)"
          R"({"attributes":{"type":"Task"},"What":{"attributes":{"type":"Opportunity"},"Amount":25},"Subject":"Mail"}]})");
    CHECK(json(records, "SELECT TYPEOF What WHEN Opportunity THEN Amount END FROM Task WHERE Subject = 'Call'", context) ==
          R"({"totalSize":1,"done":true,"totalMatched":1,"records":[{"attributes":{"type":"Task"},"What":null}]})");
}

TEST_CASE("query: queries within SELECT nest, and FROM may name paths") {
    const Records records = small_records();
    CHECK(json(records, "SELECT Name, (SELECT Name, (SELECT Subject FROM Tasks) FROM Opportunities WHERE Name = 'small one') FROM Account WHERE Name = 'Acme'", context_at()) ==
          R"({"totalSize":1,"done":true,"totalMatched":1,"records":[{"attributes":{"type":"Account"},"Name":"Acme",)"
          R"("Opportunities":{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Opportunity"},"Name":"small one",)"
          R"("Tasks":{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Task"},"Subject":"Mail"}]}}]}}]})");
    CHECK(names(records, "o, o.Account a WHERE a.Name = 'acme'") == "Big \"one\", small one");
    CHECK(names(records, "AS o, o.Account AS a, a.Parent p WHERE p.Name = 'Acme' AND o.Amount > 1") == "Élan first");
}

TEST_CASE("query: totals and groups") {
    const Records records = small_records();
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT COUNT(Id), COUNT(Amount) n, SUM(Amount), AVG(Amount), MIN(Amount), MAX(CloseDate), COUNT_DISTINCT(Account.Name) FROM Opportunity", context) ==
          R"({"totalSize":1,"done":true,"totalMatched":1,"records":[{"attributes":{"type":"AggregateResult"},"expr0":5,"n":4,"expr1":1726.49,"expr2":431.6225,"expr3":0.99,"expr4":"2027-01-01","expr5":2}]})");
    CHECK(json(records, "SELECT StageName, COUNT(Id) c, SUM(Amount) FROM Opportunity GROUP BY StageName ORDER BY StageName", context) ==
          R"({"totalSize":3,"done":true,"totalMatched":3,"records":[{"attributes":{"type":"AggregateResult"},"StageName":"Prospecting","c":2,"expr0":1700.5},)"
          R"({"attributes":{"type":"AggregateResult"},"StageName":"Closed Won","c":2,"expr0":25.99},)"
          R"({"attributes":{"type":"AggregateResult"},"StageName":"Closed Lost","c":1,"expr0":null}]})");
    CHECK(json(records, "SELECT Account.Name, Owner.Name, COUNT(Id) FROM Opportunity GROUP BY Account.Name, Owner.Name HAVING COUNT(Id) < 2 ORDER BY COUNT(Id) DESC, Account.Name NULLS LAST, Owner.Name LIMIT 2", context) ==
          R"({"totalSize":2,"done":true,"totalMatched":5,"records":[{"attributes":{"type":"AggregateResult"},"Name":"Acme","Owner.Name":"Ann Lee","expr0":1},)"
          R"({"attributes":{"type":"AggregateResult"},"Name":"Acme","Owner.Name":"Zoë Müller","expr0":1}]})");
    CHECK(json(records, "SELECT CALENDAR_YEAR(CloseDate) y, CALENDAR_QUARTER(CloseDate) q, COUNT(Id) c FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate), CALENDAR_QUARTER(CloseDate)", context) ==
          R"({"totalSize":3,"done":true,"totalMatched":3,"records":[{"attributes":{"type":"AggregateResult"},"y":2025,"q":4,"c":1},)"
          R"({"attributes":{"type":"AggregateResult"},"y":2026,"q":4,"c":3},{"attributes":{"type":"AggregateResult"},"y":2027,"q":1,"c":1}]})");
    CHECK(json(records, "SELECT IsWon, StageName, COUNT(Id) c, GROUPING(StageName) g FROM Opportunity WHERE StageName != 'Closed Lost' GROUP BY ROLLUP(IsWon, StageName)", context) ==
          R"({"totalSize":4,"done":true,"totalMatched":4,"records":[{"attributes":{"type":"AggregateResult"},"IsWon":false,"StageName":"Prospecting","c":2,"g":0},)"
          R"({"attributes":{"type":"AggregateResult"},"IsWon":false,"StageName":"Closed Won","c":2,"g":0},)"
          R"({"attributes":{"type":"AggregateResult"},"IsWon":false,"StageName":null,"c":4,"g":1},)"
          R"({"attributes":{"type":"AggregateResult"},"IsWon":null,"StageName":null,"c":4,"g":1}]})");
    CHECK(json(records, "SELECT SUM(Amount), COUNT(Id) FROM Opportunity WHERE Name = 'nothing'", context) ==
          R"({"totalSize":1,"done":true,"totalMatched":1,"records":[{"attributes":{"type":"AggregateResult"},"expr0":null,"expr1":0}]})");
}

TEST_CASE("query: every column of a grouped answer has a name of its own") {
    const Records records = small_records();
    const auto names = [&](const std::string& soql) {
        const auto query = parse_soql(soql, records);
        REQUIRE_MESSAGE(query, soql);
        std::string all;
        for (const std::string& name : aggregate_names(*query)) all += (all.empty() ? "" : ",") + name;
        return all;
    };
    CHECK(names("SELECT Account.Name, Name, COUNT(Id) FROM Contact GROUP BY Account.Name, Name") == "Account.Name,Name,expr0");
    CHECK(names("SELECT Owner.Name, Account.Name, Account.Owner.Name FROM Contact GROUP BY Owner.Name, Account.Name, Account.Owner.Name") == "Name,Account.Name,Account.Owner.Name");
    CHECK(names("SELECT COUNT(Id) Name, Name, SUM(Amount) FROM Opportunity GROUP BY Name") == "Name,expr1,expr0");
    CHECK(names("SELECT Name, Name, COUNT(Id) expr0, SUM(Amount) FROM Opportunity GROUP BY Name") == "Name,expr2,expr0,expr1");
    CHECK(names("SELECT COUNT(Id) Owner, Account.Name, Owner.Name FROM Opportunity GROUP BY Account.Name, Owner.Name") == "Owner,Name,expr0");
    CHECK(names("SELECT toLabel(StageName), StageName FROM Opportunity GROUP BY StageName") == "StageName,expr0");
    const std::string soql = "SELECT Account.Name, Name, COUNT(Id) FROM Opportunity WHERE Name LIKE 'Big%' GROUP BY Account.Name, Name";
    CHECK(answer_as_csv(*parse_json(json(records, soql, context_at())), soql, records) == "Account.Name,Name,expr0\r\nAcme,\"Big \"\"one\"\"\",1\r\n");
}

TEST_CASE("query: records without a parent are one group with those whose parent has no value") {
    Records records = small_records();
    set(records, standard_object::user, 0, user_field::is_active, true);
    const QueryContext context = context_at();
    // Three of nothing and two of Oslo are "-3 Oslo2".
    const auto groups = [&](const std::string& term, const std::string& by) {
        const Result<Query> query = parse_soql("SELECT " + term + " k, COUNT(Id) n FROM Opportunity GROUP BY " + by, records);
        REQUIRE(query.has_value());
        const Result<AggregateAnswer> answer = run_aggregate(*query, records, context);
        std::string out;
        for (std::size_t group = 0; group < answer->size(); ++group) {
            const Value key = answer->value(group, 0);
            const auto* text = std::get_if<std::string>(&key);
            const auto* flag = std::get_if<bool>(&key);
            out += (group > 0 ? " " : "") + (text ? *text : flag ? std::string(*flag ? "yes" : "no") : std::string("-")) + to_text_trimmed(std::get<Decimal>(answer->value(group, 1)));
        }
        return out;
    };
    CHECK(groups("Account.BillingCity", "Account.BillingCity") == "-3 Oslo2");
    CHECK(groups("Account.BillingCity", "ROLLUP(Account.BillingCity)") == "-3 Oslo2 -5");
    CHECK(groups("Account.BillingCity", "Account.BillingCity HAVING COUNT(Id) > 2") == "-3");
    CHECK(groups("Account.Industry", "Account.Industry") == "-5");
    CHECK(groups("CALENDAR_YEAR(Account.CreatedDate)", "CALENDAR_YEAR(Account.CreatedDate)") == "-5");
    CHECK(groups("Account.Parent.BillingCity", "Account.Parent.BillingCity LIMIT 1") == "-3");
    // So it is with a checkbox, though a condition takes one that isn't there for not ticked.
    CHECK(groups("Owner.Manager.IsActive", "Owner.Manager.IsActive") == "-2 yes3");
    CHECK(groups("Owner.Manager.IsActive", "ROLLUP(Owner.Manager.IsActive)") == "-2 yes3 -5");
    CHECK(json(records, "SELECT COUNT(Owner.Manager.IsActive) n, COUNT_DISTINCT(Owner.Manager.IsActive) d FROM Opportunity", context).find("\"n\":3,\"d\":1}") != std::string::npos);
    CHECK(names(records, "WHERE Owner.Manager.IsActive = FALSE") == "Big \"one\", 50% off");
}

TEST_CASE("query: multi-select picklists are sets of values, in conditions, groups and labels") {
    using namespace standard_object;
    Records records;
    Field comparisons = records.schema().object(duplicate_rule).field(duplicate_rule_field::comparisons);
    comparisons.values[6].label = "E-mail";
    comparisons.values[8].label = "Telephone";
    records.mutable_schema().put_field(duplicate_rule, comparisons);
    add_rows(records, duplicate_rule, 4);
    const char* sets[] = {"Email;Phone", "Email", "City", "Phone;Title"};
    for (RowIndex row = 0; row < 4; ++row) {
        set(records, duplicate_rule, row, system_field::name, std::string(1, static_cast<char>('a' + row)));
        set(records, duplicate_rule, row, duplicate_rule_field::comparisons, std::string(sets[row]));
    }
    const QueryContext context = context_at();
    const auto count = [&](const std::string& soql) {
        const std::string answer = json(records, soql, context);
        const std::size_t begin = answer.find(':') + 1;
        return answer.substr(begin, answer.find(',') - begin);
    };
    const std::pair<const char*, const char*> cases[] = {
        {"Comparisons INCLUDES ('phone')", "2"}, {"Comparisons INCLUDES ('Phone;Email', 'City')", "2"}, {"Comparisons EXCLUDES ('Email')", "2"},
        {"Comparisons = 'Phone;Email'", "1"}, {"Comparisons != 'phone;email'", "3"}, {"Comparisons IN ('Phone;Email', 'email')", "2"},
        {"Comparisons NOT IN ('Phone;Email', NULL)", "3"}, {"Comparisons LIKE 'email%'", "2"}, {"Comparisons > 'Email'", "2"},
        {"toLabel(Comparisons) INCLUDES ('Telephone')", "2"}, {"toLabel(Comparisons) = 'E-mail'", "1"},
    };
    for (const auto& [condition, expected] : cases) {
        CHECK_MESSAGE(count(std::string("SELECT Id FROM DuplicateRule WHERE ") + condition) == expected, condition);
        CHECK_MESSAGE(count(std::string("SELECT COUNT(Id) FROM DuplicateRule GROUP BY Comparisons HAVING ") + condition) == expected, condition);
    }
    CHECK(json(records, "SELECT toLabel(Comparisons) c, Comparisons FROM DuplicateRule WHERE Name = 'd'", context).find(R"("c":"Telephone;Title","Comparisons":"Phone;Title")") != std::string::npos);
    CHECK(json(records, "SELECT toLabel(Comparisons) c FROM DuplicateRule WHERE Name < 'b' GROUP BY Comparisons", context).find(R"("c":"E-mail;Telephone")") != std::string::npos);
    const Result<std::vector<std::uint8_t>> columns = run_to_columns(*parse_soql("SELECT toLabel(Comparisons) FROM DuplicateRule", records), records, context);
    CHECK(std::string(columns->begin(), columns->end()).find("E-mail;TelephoneE-mailCityTelephone;Title") != std::string::npos);
}

TEST_CASE("query: HAVING compares as WHERE does") {
    Records records = small_records();
    set(records, standard_object::opportunity, 1, opportunity_field::next_step, std::string("École"));
    set(records, standard_object::opportunity, 2, opportunity_field::next_step, std::string("Mail"));
    Field stage = records.schema().object(standard_object::opportunity).field(opportunity_field::stage);
    stage.values[0].label = "First talks";
    records.mutable_schema().put_field(standard_object::opportunity, stage);
    const std::string id = to_text(records.id_of({standard_object::account, 1}));
    const std::pair<const char*, std::string> cases[] = {
        {"NextStep", "NextStep < 'f'"}, {"NextStep", "NextStep >= 'ECOLE'"}, {"NextStep", "NextStep = 'école'"}, {"NextStep", "NextStep != 'mail'"}, {"Account.Id", "Account.Id = '" + id + "'"},
        {"Account.Id", "Account.Id > '" + id.substr(0, 14) + "0'"}, {"Account.Id", "Account.Id NOT IN (NULL)"}, {"StageName", "toLabel(StageName) = 'first talks'"},
    };
    for (const auto& [field, condition] : cases) {
        const std::string select = std::string("SELECT ") + field + " k, COUNT(Id) n FROM Opportunity ", by = std::string(" GROUP BY ") + field, order = std::string(" ORDER BY ") + field;
        CHECK_MESSAGE(json(records, select + by + " HAVING " + condition + order, context_at()) == json(records, select + "WHERE " + condition + by + order, context_at()), condition);
    }
    CHECK(json(records, "SELECT COUNT(Id) n FROM Opportunity GROUP BY NextStep HAVING NextStep < 'f'", context_at()).find("\"totalSize\":1,") != std::string::npos);
}

TEST_CASE("query: the CSV of an answer without records is the line of its names") {
    const Records records = small_records();
    const auto csv = [&](const std::string& soql) { return answer_as_csv(*parse_json(json(records, soql, context_at())), soql, records); };
    CHECK(csv("SELECT Id, name, Account.Name, (SELECT Subject FROM Tasks) FROM Opportunity LIMIT 0") == "Id,Name,Account.Name,Tasks\r\n");
    CHECK(csv("SELECT StageName, COUNT(Id), SUM(Amount) s FROM Opportunity WHERE Amount < 0 GROUP BY StageName") == "StageName,expr0,s\r\n");
    CHECK(csv("SELECT FIELDS(ALL) FROM DuplicateRule").starts_with("Id,"));
    CHECK(csv("SELECT Name FROM Account WHERE Name = 'Acme'") == "Name\r\nAcme\r\n");
    CHECK(csv("SELECT COUNT() FROM Opportunity") == "5\r\n");
    // An address is told by its parts where they are all there.
    for (const char* rows : {"", " LIMIT 0"}) {
        const std::string all = csv(std::string("SELECT FIELDS(ALL) FROM Account") + rows);
        CHECK(all.contains(",BillingStreet,"));
        CHECK_FALSE(all.contains("BillingAddress"));
    }
    CHECK(csv("SELECT BillingAddress FROM Account LIMIT 1").starts_with("BillingAddress.street,"));
    CHECK(csv("SELECT COUNT() FROM Opportunity WHERE Amount < 0") == "0\r\n");
}

TEST_CASE("query: sums stay exact beyond 64 bits on the way, and say so when the sum itself is too large") {
    Records records;
    add_rows(records, standard_object::opportunity, 30);
    const std::int64_t most = 999'999'999'999'999'999;
    for (RowIndex row = 0; row < 30; ++row) set(records, standard_object::opportunity, row, opportunity_field::amount, Decimal{row < 15 ? most : 1 - most, 2});
    CHECK(json(records, "SELECT SUM(Amount) s FROM Opportunity", context_at()).find(R"("s":0.15)") != std::string::npos);
    CHECK(json(records, "SELECT SUM(Amount) s FROM Opportunity WHERE Amount > 0", context_at()) == "The sum of Amount is too large to be shown exactly.");
    CHECK(json(records, "SELECT AVG(Amount) s FROM Opportunity WHERE Amount > 0", context_at()).find(R"("s":9999999999999999.99)") != std::string::npos);
}

TEST_CASE("query: TextContains folds accents unless the needle has them") {
    const Records records = small_records();
    const auto found = [&](const char* needle) {
        Query query;
        query.object = standard_object::opportunity;
        query.where.emplace();
        query.where->kind = Condition::Kind::TextContains;
        query.where->needle = needle;
        for (const char* text : {"Name", "Account.Name", "Owner.Name", "StageName", "Amount"}) {
            FieldPath path;
            path.text = text;
            query.where->paths.push_back(path);
        }
        REQUIRE(bind(query, records));
        return select_rows(query, records, context_at())->rows.size();
    };
    CHECK(found("elan") == 2);
    CHECK(found("ÉLAN") == 2);
    CHECK(found("èlan") == 0);
    CHECK(found("muller") == 3);
    CHECK(found("closed") == 3);
    CHECK(found("1000.5") == 1);
    CHECK(found("") == 5);
    CHECK(found("zzz") == 0);
}

TEST_CASE("query: days of instants are those of their own time of year, whatever the offset is now") {
    testing::EuropeanClock clock;
    const LocalTime local_time(clock);
    Records records = small_records();
    const auto created = [&](RowIndex row, const char* instant) { set(records, standard_object::opportunity, row, system_field::created_date, InstantValue{*parse_iso_instant(instant)}); };
    created(0, "2026-08-31T22:30:00Z");   // the first of September there
    created(1, "2026-08-31T21:30:00Z");
    created(2, "2025-12-31T23:30:00Z");   // the first of January
    created(3, "2025-12-31T22:30:00Z");
    created(4, "2026-10-25T23:30:00Z");   // the day after the change
    QueryContext context = context_at("2026-11-27T10:00:00Z");
    context.utc_offset_minutes = 60;
    context.local_time = &local_time;
    const auto names = [&](const std::string& where) { return json(records, "SELECT COUNT() FROM Opportunity WHERE " + where, context); };
    const auto is = [](const std::string& answer, int count) { return answer.find("\"totalSize\":" + std::to_string(count) + ",") != std::string::npos; };
    CHECK(is(names("CreatedDate = N_MONTHS_AGO:2"), 1));
    CHECK(is(names("CreatedDate = N_MONTHS_AGO:3"), 1));
    CHECK(is(names("CreatedDate = THIS_YEAR"), 4));
    CHECK(is(names("DAY_ONLY(convertTimezone(CreatedDate)) = 2026-09-01"), 1));
    CHECK(is(names("DAY_ONLY(convertTimezone(CreatedDate)) = 2026-10-26"), 1));
    CHECK(is(names("HOUR_IN_DAY(convertTimezone(CreatedDate)) = 0"), 3));
    CHECK(json(records, "SELECT DAY_ONLY(convertTimezone(CreatedDate)) d FROM Opportunity WHERE Name LIKE 'Big%'", context).find("\"d\":\"2026-09-01\"") != std::string::npos);
    CHECK(json(records, "SELECT convertTimezone(CreatedDate) c FROM Opportunity WHERE Name LIKE 'Big%'", context).find("2026-09-01T00:30:00.000+02:00") != std::string::npos);
    const std::string groups = json(records, "SELECT CALENDAR_MONTH(convertTimezone(CreatedDate)) m, COUNT(Id) n FROM Opportunity GROUP BY CALENDAR_MONTH(convertTimezone(CreatedDate))", context);
    for (const char* group : {"\"m\":1,\"n\":1", "\"m\":8,\"n\":1", "\"m\":9,\"n\":1", "\"m\":10,\"n\":1", "\"m\":12,\"n\":1"}) CHECK(groups.find(group) != std::string::npos);
}

TEST_CASE("query: counted date literals reach the calendar's first and last day") {
    Records records = small_records();
    const QueryContext context = context_at();
    set(records, standard_object::opportunity, 0, opportunity_field::close_date, DateValue{*parse_iso_date("9999-12-31")});
    set(records, standard_object::opportunity, 1, opportunity_field::close_date, DateValue{*parse_iso_date("0001-01-01")});
    const auto count = [&](const std::string& literal) {
        const std::string answer = json(records, "SELECT COUNT() FROM Opportunity WHERE CloseDate = " + literal + " AND (CloseDate > 5000-01-01 OR CloseDate < 1000-01-01)", context);
        return answer.substr(0, answer.find(','));
    };
    for (const char* literal : {"NEXT_N_YEARS:9000", "NEXT_N_YEARS:100000", "NEXT_N_MONTHS:100000", "NEXT_N_QUARTERS:100000", "NEXT_N_FISCAL_YEARS:8000", "LAST_N_YEARS:2025",
                                "LAST_N_MONTHS:100000", "LAST_N_FISCAL_QUARTERS:9000"})
        CHECK_MESSAGE(count(literal) == "{\"totalSize\":1", literal);
    for (const char* literal : {"NEXT_N_YEARS:5", "N_YEARS_AGO:100000", "LAST_N_YEARS:1000", "LAST_N_DAYS:100000"}) CHECK_MESSAGE(count(literal) == "{\"totalSize\":0", literal);
}

TEST_CASE("query: a field may be selected in several forms by names of their own, in records and in totals") {
    const Records records = small_records();
    const QueryContext context = context_at();
    const std::string one = json(records, "SELECT Amount, FORMAT(Amount) a, toLabel(StageName) s, Account.Name, FORMAT(Account.Name) n FROM Opportunity WHERE Name LIKE 'Big%'", context);
    CHECK(one.find("\"Amount\":1000.5,\"a\":\"1000.5\",\"s\":\"Prospecting\",\"Account\":{") != std::string::npos);
    CHECK(one.find("\"Name\":\"Acme\",\"n\":\"Acme\"}") != std::string::npos);
    const std::string total = json(records, "SELECT FORMAT(SUM(Amount)) f, SUM(Amount) s FROM Opportunity", context);
    CHECK(total.find("\"f\":\"1726.49\",\"s\":1726.49") != std::string::npos);
    const std::string most = json(records, "SELECT FORMAT(MAX(Amount)) f, MAX(Amount) m, FORMAT(MAX(CloseDate)) d, MIN(IsWon) w, FORMAT(MIN(IsWon)) v FROM Opportunity WHERE Name LIKE 'Big%'", context);
    CHECK(most.find("\"f\":\"1000.5\",\"m\":1000.5,\"d\":\"") != std::string::npos);
    CHECK(most.find("\"w\":false,\"v\":\"false\"") != std::string::npos);
    CHECK(json(records, "SELECT FORMAT(Amount) f FROM Opportunity WHERE Name LIKE 'Big%' GROUP BY Amount", context).find("\"f\":\"1000.5\"") != std::string::npos);
    Records labelled = small_records();
    Field stage = labelled.schema().object(standard_object::opportunity).field(opportunity_field::stage);
    stage.values[0].label = "First talks";
    labelled.mutable_schema().put_field(standard_object::opportunity, stage);
    const std::string groups = json(labelled, "SELECT toLabel(StageName) s, COUNT(Id) n FROM Opportunity WHERE StageName = 'Prospecting' GROUP BY StageName", context);
    CHECK(groups.find("\"s\":\"First talks\",\"n\":2") != std::string::npos);
}

TEST_CASE("query: Owner.Type is User or Queue, also where a lookup leads to users alone") {
    Records records = small_records();
    add_rows(records, standard_object::group, 1);
    add_rows(records, standard_object::lead, 2);
    set(records, standard_object::lead, 0, system_field::owner, RecordRef{standard_object::group, 0});
    set(records, standard_object::lead, 1, system_field::owner, RecordRef{standard_object::user, 1});
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT Owner.Type FROM Lead WHERE Owner.Type = 'Queue'", context).find("\"Type\":\"Queue\"") != std::string::npos);
    CHECK(json(records, "SELECT COUNT() FROM Lead WHERE Owner.Type != 'Queue'", context).find("\"totalSize\":1,") != std::string::npos);
    CHECK(json(records, "SELECT COUNT() FROM Opportunity WHERE Owner.Type = 'User'", context).find("\"totalSize\":5,") != std::string::npos);
    CHECK(json(records, "SELECT COUNT() FROM Account WHERE Parent.Owner.Type = 'User'", context).find("\"totalSize\":1,") != std::string::npos);
    CHECK(json(records, "SELECT Owner.Type FROM Account WHERE Name = 'Acme'", context).find("\"Type\":\"User\"") != std::string::npos);
    CHECK(json(records, "SELECT Owner.Type t, COUNT(Id) n FROM Account GROUP BY Owner.Type", context).find("\"t\":\"User\",\"n\":2") != std::string::npos);
}

TEST_CASE("query: names that Salesforce has for fields with another one here can be read, and answers keep them") {
    Records records = small_records();
    set(records, standard_object::user, 1, user_field::email, std::string("zoe@example.com"));
    set(records, standard_object::opportunity, 0, system_field::last_modified_date, InstantValue{*parse_iso_instant("2026-11-01T08:00:00Z")});
    const QueryContext context = context_at();
    CHECK(json(records, "SELECT SystemModstamp FROM Opportunity WHERE SystemModstamp > 2026-10-31T00:00:00Z", context).find("\"SystemModstamp\":\"2026-11-01T08:00:00.000Z\"") != std::string::npos);
    CHECK(json(records, "SELECT Owner.Username FROM Opportunity WHERE Owner.Username = 'zoe@example.com' LIMIT 1", context).find("\"Username\":\"zoe@example.com\"") != std::string::npos);
    CHECK(json(records, "SELECT ForecastCategoryName, COUNT(Id) n FROM Opportunity GROUP BY ForecastCategoryName", context).find("\"ForecastCategoryName\":") != std::string::npos);
    CHECK(json(records, "SELECT Username FROM Account", context).find("no field") != std::string::npos);
}
