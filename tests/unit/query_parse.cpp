// SOQL text to bound queries, and what its mistakes are answered with.
#include <doctest/doctest.h>

#include <string>

#include "core/base/messages.h"
#include "core/objects/standard.h"
#include "core/query/query.h"

using namespace outpost;

namespace {

const Records& standard_records() {
    static const Records records = [] {
        Records made;
        add_standard_objects(made.mutable_schema());
        made.sync_tables_with_schema();
        return made;
    }();
    return records;
}

std::string parse_error(std::string_view text, ErrorCode* code = nullptr) {
    const Result<Query> query = parse_soql(text, standard_records());
    if (query) return "";
    if (code != nullptr) *code = query.error().code;
    CHECK(query.error().position >= 0);
    CHECK(Messages(Language::SimplifiedChinese).has(query.error().message_key));
    return Messages(Language::English).error(query.error());
}

bool parses(std::string_view text) {
    const std::string error = parse_error(text);
    INFO(text << " -> " << error);
    CHECK(error.empty());
    return error.empty();
}

}  // namespace

TEST_CASE("soql: the whole grammar is read") {
    for (const char* text : {
             "SELECT Id, Name FROM Account",
             "select id, NAME from account where name like 'A%' limit 10 offset 5",
             "SELECT Name, Account.Name, Account.Owner.Name, Owner.Manager.Name FROM Opportunity",
             "SELECT o.Name, o.Account.Name FROM Opportunity o WHERE o.Amount > 5",
             "SELECT Opportunity.Name FROM Opportunity AS opp",
             "SELECT Name, (SELECT LastName, Email FROM Contacts WHERE Email != null ORDER BY LastName LIMIT 3) FROM Account",
             "SELECT COUNT() FROM Lead WHERE IsConverted = FALSE",
             "SELECT COUNT(Id) c, StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC",
             "SELECT StageName s, SUM(Amount) total FROM Opportunity GROUP BY StageName HAVING SUM(Amount) > 10 ORDER BY total",
             "SELECT CALENDAR_YEAR(CloseDate), FISCAL_QUARTER(CloseDate), AVG(Amount) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate), FISCAL_QUARTER(CloseDate)",
             "SELECT LeadSource, Rating, GROUPING(LeadSource) g, COUNT(Name) FROM Lead GROUP BY ROLLUP(LeadSource, Rating)",
             "SELECT LeadSource, Rating, COUNT_DISTINCT(Company) FROM Lead GROUP BY CUBE(LeadSource, Rating)",
             "SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)), COUNT(Id) FROM Lead GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))",
             "SELECT toLabel(StageName), FORMAT(Amount), FORMAT(convertTimezone(CreatedDate)), convertCurrency(Amount) cc FROM Opportunity",
             "SELECT Amount, FORMAT(Amount) a, toLabel(StageName) s, StageName FROM Opportunity",
             "SELECT\xC2\xA0Id\xE3\x80\x80" "FROM Account",
             "SELECT TYPEOF Owner WHEN User THEN Email WHEN Group THEN Name END FROM Lead",
             "SELECT Id FROM Event WHERE Owner.Type = 'User'",
             "SELECT Id FROM Opportunity WHERE CloseDate = LAST_N_DAYS:30 AND (StageName IN ('Prospecting', 'Closed Won') OR Amount >= 1e3)",
             "SELECT Id FROM Opportunity WHERE NOT (Amount = NULL) AND (NOT Name LIKE '%x\\_y%')",
             "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE StageName = 'Closed Won')",
             "SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact) AND ParentId = null",
             "SELECT Id FROM Lead WHERE Id IN (SELECT WhoId FROM Task) AND OwnerId IN (SELECT Id FROM Group) AND Owner.Id IN (SELECT Id FROM User)",
             "SELECT Id FROM Opportunity WHERE Amount > USD5000.50 AND CreatedDate > 2026-01-01T00:00:00+01:00",
             "SELECT Id FROM Opportunity WHERE CloseDate < 2026-02-28 AND CALENDAR_YEAR(CloseDate) = 2025",
             "SELECT Subject, Who.Name, What.Name, What.Type FROM Task WHERE What.Type IN ('Account', 'Opportunity')",
             "SELECT FIELDS(ALL) FROM Contact LIMIT 200",
             "SELECT FIELDS(STANDARD), FIELDS(CUSTOM) FROM Contact",
             "SELECT BillingAddress, BillingCity FROM Account",
             "SELECT Id FROM Account USING SCOPE mine WITH SECURITY_ENFORCED ORDER BY Name NULLS LAST, CreatedDate DESC NULLS FIRST FOR VIEW",
             "SELECT Id FROM Account LIMIT 1 ALL ROWS",
             "SELECT Id FROM Account FOR REFERENCE",
             "SELECT MAX(CloseDate), MIN(Name), COUNT_DISTINCT(Account.Name) FROM Opportunity",
             "SELECT Id FROM Account WHERE Name = 'O\\'Brien \\u00e9 \\\\ \\n'",
             "SELECT Id FROM Account WHERE Name <> \"Acme\"",
             "SELECT Subject, TYPEOF What WHEN Account THEN Phone, Owner.Name WHEN Opportunity THEN Amount, Account.Name ELSE Name END FROM Task",
             "SELECT TYPEOF Who WHEN Lead THEN Company WHEN Contact THEN Account.Name END, Who.Type FROM Event ORDER BY StartDateTime",
             "SELECT COUNT() FROM Contact c, c.Account a WHERE a.Name = 'MyriadPubs'",
             "SELECT c.Name, o.Name FROM Contact c, c.Account a, a.Owner o WHERE c.Email != null",
             "SELECT Name, (SELECT Name, (SELECT Subject, Status FROM Tasks) FROM Opportunities) FROM Account",
             "SELECT Id FROM Account WHERE Name = '\\uD83D\\uDE00'",
             "SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01T00:00:00.123+0530 AND CreatedDate < 2026-12-31T23:59:59-08:00",
         }) {
        parses(text);
    }
}

TEST_CASE("soql: names come back in their own case, with their numbers") {
    const Result<Query> query = parse_soql("select account.NAME, stagename from OPPORTUNITY o order by o.closedate desc nulls last", standard_records());
    REQUIRE(query);
    CHECK(query->from == "Opportunity");
    CHECK(query->object == standard_object::opportunity);
    CHECK(query->select[0].term.path.text == "Account.Name");
    CHECK(query->select[0].term.path.lookups == std::vector{opportunity_field::account});
    CHECK(query->select[0].term.path.field == system_field::name);
    CHECK(query->select[1].term.path.text == "StageName");
    CHECK(query->order_by[0].term.path.field == opportunity_field::close_date);
    CHECK(query->order_by[0].descending);
    CHECK(query->order_by[0].nulls_last);
}

TEST_CASE("soql: mistakes are answered with their place and what was meant") {
    const std::pair<const char*, const char*> cases[] = {
        {"", "Expected SELECT, but the query ends here. (character 1)"},
        {"SELEC Name FROM Account", "Expected SELECT, but found “SELEC”. (character 1)"},
        {"SELECT FROM Account", "Expected a field name, but found “FROM”. (character 8)"},
        {"SELECT Name, FROM Account", "Expected a field name, but found “FROM”. (character 14)"},
        {"SELECT Name FORM Account", "“FORM” is not known here. Did you mean FROM? (character 13)"},
        {"SELECT Name FROM", "Expected an object’s name, but the query ends here. (character 17)"},
        {"SELECT Name FROM Account WHERE Id IN (SELECT Id FROM Contact)", "Id and Contact.Id name records of different objects, so none of one is among the other. (character 32)"},
        {"SELECT Name FROM Contact WHERE AccountId NOT IN (SELECT OwnerId FROM Lead)", "AccountId and Lead.OwnerId name records of different objects, so none of one is among the other. (character 32)"},
        {"SELECT Name FROM Acount", "There is no object “Acount”. Did you mean Account? (character 18)"},
        {"SELECT Ammount FROM Opportunity", "There is no field “Ammount” on Opportunity. Did you mean Amount? (character 8)"},
        {"SELECT Acount.Name FROM Opportunity", "There is no relationship “Acount” on Opportunity. Did you mean Account? (character 8)"},
        {"SELECT Name, (SELECT Id FROM Contcts) FROM Account", "“Contcts” is not a child relationship of Account. Did you mean Contacts? (character 30)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = 'tomorrow'",
         "CloseDate is a date: compare it with one such as 2026-11-23 or THIS_QUARTER, without quotation marks, not with 'tomorrow'. (character 46)"},
        {"SELECT Id FROM Opportunity WHERE Amount > '5'", "Amount is a number: compare it with one such as 1000 or 12.5, not with '5'. (character 43)"},
        {"SELECT Id FROM Account WHERE Name = THIS_MONTH", "Name is a text: compare it with one in single quotation marks, not with THIS_MONTH. (character 37)"},
        {"SELECT Id FROM Opportunity WHERE Amount > last_n_days:3", "Amount is a number: compare it with one such as 1000 or 12.5, not with LAST_N_DAYS:3. (character 43)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = N_DAYS_AGO:9999999", "N_DAYS_AGO takes a number of at most 100000. (character 57)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = N_DAYS_AGO:99999999999", "N_DAYS_AGO takes a number of at most 100000. (character 57)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = TOMOROW", "“TOMOROW” is not known here. Did you mean TOMORROW? (character 46)"},
        {"SELECT Id FROM Account WHERE Name = Acme", "“Acme” is not a value. If it is a text, put it in single quotation marks. (character 37)"},
        {"SELECT Id FROM Account WHERE Name = 'Acme", "This text has no closing quotation mark. One inside a text is written \\'. (character 37)"},
        {"SELECT Id FROM Account WHERE Name = :name", "Variables (:name) belong to Apex code. Put the value itself here. (character 37)"},
        {"SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
         "AND and OR stand side by side: put parentheses around the conditions that belong together. (character 56)"},
        {"SELECT Id FROM Account WHERE (Name = 'a'", "Expected AND, OR, “)”, but the query ends here. (character 41)"},
        {"SELECT Id FROM Account WERE Name = 'a'", "“WERE” is not known here. Did you mean WHERE? (character 24)"},
        {"SELECT Id FROM Account LIMIT ten", "Expected a whole number, but found “ten”. (character 30)"},
        {"SELECT Name, COUNT(Id) FROM Account", "Name must be in GROUP BY, or in a function such as MAX(). (character 8)"},
        {"SELECT SUMM(Amount) FROM Opportunity", "There is no function SUMM. Did you mean SUM? (character 8)"},
        {"SELECT SUM(Name) FROM Opportunity", "SUM takes a number, which Name is not. (character 8)"},
        {"SELECT Id FROM Opportunity WHERE SUM(Amount) > 5", "SUM(Amount) can’t be in WHERE. Conditions on totals go into HAVING. (character 34)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30", "There is no day 2026-02-30. (character 46)"},
        {"SELECT Id FROM Lead WHERE CreatedDate > 2026-01-01T00:00:00",
         "“2026-01-01T00:00:00” is not a date and time with a zone, such as 2026-11-23T10:00:00Z. (character 41)"},
        {"SELECT Id FROM Account WHERE Id = 'abc'", "“abc” is not a record’s id. (character 35)"},
        {"SELECT TYPEOF Who WHEN Account THEN Phone END FROM Task", "Who can point to Lead, Contact, not to Account. (character 24)"},
        {"SELECT TYPEOF What WHEN Account THEN Amount END FROM Task", "There is no field “Amount” on Account. (character 38)"},
        {"SELECT TYPEOF What WHEN Account Phone END FROM Task", "Expected THEN, but found “Phone”. (character 33)"},
        {"SELECT TYPEOF What WHEN Account THEN Phone FROM Task", "Expected WHEN, ELSE, END, but found “FROM”. (character 44)"},
        {"SELECT TYPEOF What ELSE Name END FROM Task", "Expected WHEN, but found “ELSE”. (character 20)"},
        {"SELECT TYPEOF What WHEN Account THEN Phone END FROM Task GROUP BY Status", "TYPEOF must be in GROUP BY, or in a function such as MAX(). (character 38)"},
        {"SELECT Id FROM Account, Contact", "Only one object may follow FROM. Reach others over relationships, such as Account.Name. (character 23)"},
        {"SELECT Id FROM Account WHERE Name = '\\uD83D'", "“\\u” is not an escape. Known are \\n \\r \\t \\b \\f \\' \\\" \\\\ \\_ \\% and \\u with four digits. (character 38)"},
        {"SELECT Id FROM Account WHERE BillingAddress = 'x'", "BillingAddress is made of several fields and can only be selected. Use its parts here. (character 30)"},
        {"SELECT * FROM Account", "“*” has no meaning here. Name the fields, or write FIELDS(ALL). (character 8)"},
        {"SELECT Id FROM Account # WHERE", "“#” has no meaning here. (character 24)"},
        {"SELECT Name Amount FROM Opportunity", "A comma is missing between Name and Amount: only functions and totals get a name of their own. (character 13)"},
        {"SELECT Amount, FORMAT(Amount) FROM Opportunity", "Amount is selected twice in different forms. Give one of them a name of its own. (character 16)"},
        {"SELECT FORMAT(CloseDate) Account, Account.Name FROM Opportunity", "Account is the name of something else in the answer. Give one of them another name. (character 26)"},
        {"SELECT Account.Name, FORMAT(Account.AnnualRevenue) name FROM Opportunity", "Account.name is selected twice in different forms. Give one of them a name of its own. (character 22)"},
        {"SELECT FORMAT(CreatedDate) Contacts, (SELECT Name FROM Contacts) FROM Account", "Contacts is the name of something else in the answer. Give one of them another name. (character 28)"},
        {"SELECT (SELECT Name FROM Contacts), (SELECT LastName FROM contacts) FROM Account",
         "Contacts is selected twice. One query within SELECT gives all the fields that are wanted of it. (character 37)"},
        {"SELECT COUNT(Id) n, SUM(Amount) N FROM Opportunity", "N is the name of something else in the answer. Give one of them another name. (character 33)"},
        {"SELECT GROUPING(StageName) FROM Opportunity", "GROUPING() needs GROUP BY ROLLUP or GROUP BY CUBE. (character 8)"},
        {"SELECT Id FROM Account GRUOP BY Name", "“GRUOP” is not known here. Did you mean GROUP? (character 24)"},
        {"SELECT Id FROM Account LIMT 5", "“LIMT” is not known here. Did you mean LIMIT? (character 24)"},
        {"SELECT Id FROM Account OFFSET 5 LIMIT 10", "LIMIT comes before OFFSET. (character 33)"},
        {"SELECT Id FROM Account LIMIT 5 LIMIT 5", "LIMIT is there already. (character 32)"},
        {"SELECT Id FROM Account LIMIT 5 WHERE Name = 'a'", "WHERE comes before LIMIT. (character 32)"},
        {"SELECT Id FROM Account WHERE Name = 'a' Industry = 'b'",
         "Expected AND, OR, WITH, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, FOR VIEW, ALL ROWS, but found “Industry”. (character 41)"},
        {"SELECT Id FROM Account ORDER BY Name DECS", "“DECS” is not known here. Did you mean DESC? (character 38)"},
        {"SELECT Id FROM Account WHERE Name LIEK 'a%'", "“LIEK” is not known here. Did you mean LIKE? (character 35)"},
        {"SELECT Id FROM Account WHERE Name IS NULL", "“IS” is not SOQL here. Write Name = NULL. (character 35)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = LAST_30_DAYS", "“LAST_30_DAYS” is not known here. Did you mean LAST_N_DAYS:30? (character 46)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate > TODAY - 7", "“-” is not SOQL here. Write N_DAYS_AGO:7, NEXT_N_DAYS:7. (character 52)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = 2026/03/15", "“2026/03/15” is not SOQL here. Write 2026-03-15. (character 46)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = 15.03.2026", "“15.03.2026” is not SOQL here. Write 2026-03-15. (character 46)"},
        {"SELECT Id FROM Opportunity WHERE CloseDate = 2026-3-15", "“2026-3-15” is not SOQL here. Write 2026-03-15. (character 46)"},
        {"SELECT COUNT(*) FROM Account", "“*” is not SOQL here. Write COUNT(), COUNT(Id). (character 14)"},
        {"SELECT COUNT(DISTINCT Industry) FROM Account", "“DISTINCT” is not SOQL here. Write COUNT_DISTINCT(Industry). (character 14)"},
        {"SELECT DISTINCT Industry FROM Account", "“DISTINCT” is not SOQL here. Write GROUP BY. (character 8)"},
        {"SELECT YEAR(CloseDate), COUNT(Id) FROM Opportunity GROUP BY YEAR(CloseDate)", "There is no function YEAR. Did you mean CALENDAR_YEAR? (character 8)"},
        {"SELECT Id FROM Account WHERE Name = ‘Acme’", "“‘” is not SOQL here. Write 'text'. (character 37)"},
        {"SELECT Id，Name FROM Account", "“，” is not SOQL here. Write ,. (character 10)"},
        {"SELECT Id FROM Account WHERE Name = 'a' && Name = 'b'", "“&&” is not SOQL here. Write AND. (character 41)"},
        {"SELECT 名字 FROM Account WHERE x", "Expected =, !=, <, <=, >, >=, LIKE, IN, NOT IN, INCLUDES or EXCLUDES, but the query ends here. (character 31)"},
    };
    for (const auto& [text, message] : cases) {
        INFO(text);
        CHECK(parse_error(text) == message);
    }
}

TEST_CASE("soql: error codes are Salesforce's") {
    ErrorCode code{};
    parse_error("SELECT Name FROM", &code);
    CHECK(code == ErrorCode::MalformedQuery);
    parse_error("SELECT Nam__c FROM Account", &code);
    CHECK(code == ErrorCode::InvalidField);
    parse_error("SELECT Name FROM Foo__c", &code);
    CHECK(code == ErrorCode::InvalidType);
}

TEST_CASE("soql: signs that nearly make a number") {
    for (const char* text : {"..5", "+.", "-", "--5", "5..5", ".", "SELECT Id FROM Account LIMIT ..5", "1e", "2026-11-", "2026-11-23T", "'\\u00", "'\\"}) {
        INFO(text);
        CHECK(!parse_error(text).empty());
    }
    parses("SELECT Id FROM Opportunity WHERE Amount > -.5 AND Amount < +1.5e-2");
}

TEST_CASE("soql: hostile nesting ends in an error, not in a crash") {
    const std::string open(5000, '(');
    CHECK(parse_error("SELECT Id FROM Account WHERE " + open) == "The query is nested too deeply. (character 69)");
    std::string nots = "SELECT Id FROM Account WHERE ";
    for (int i = 0; i < 2000; ++i) nots += "NOT ";
    CHECK(parse_error(nots + "Name = 'a'").starts_with("The query is nested too deeply."));
    std::string functions = "SELECT ";
    for (int i = 0; i < 2000; ++i) functions += "FORMAT(";
    CHECK(parse_error(functions + "Name").starts_with("The query is nested too deeply."));
}
