// Duplicates: normal forms, likeness of names, and each reason for which a record is shown.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/matching/duplicate_rules.h"
#include "core/matching/duplicates.h"
#include "core/matching/match_keys.h"
#include "core/matching/name_likeness.h"
#include "core/matching/phonetic.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/workspace/find_duplicates.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

using enum DuplicateReason;

struct MatchingFixture : EditFixture {
    RecordRef account = make(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Meridian Robotics GmbH","Phone":"+49 30 1234567","Website":"https://www.meridian.example/de"}})");
    RecordRef anna = make(R"({"command":"CreateRecord","object":"Contact","fields":{"FirstName":"Robert","LastName":"Müller","AccountId":")" + id(account) +
                          R"(","Title":"Head of Sales","Email":"R.Mueller@Meridian.example","Phone":"+49 (0)30 998 877-66","MailingStreet":"Lange Straße 5","MailingCity":"Berlin"}})");
    RecordRef li = make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"王","FirstName":"小明","Company":"北京华兴科技有限公司","MobilePhone":"+86 138 0013 8000"}})");

    std::vector<Duplicate> find(const DuplicateCandidate& candidate) const {
        const std::vector<Duplicate> found = find_duplicates(candidate, records, 10);
        CHECK(found == find_duplicates_by_scan(candidate, records, 10));
        return found;
    }
    // The reasons of the one record that must be found; empty when it isn't the one.
    std::vector<DuplicateReason> reasons(const DuplicateCandidate& candidate, RecordRef wanted) const {
        const std::vector<Duplicate> found = find(candidate);
        if (found.size() != 1 || found[0].record != wanted) return {};
        CHECK(found[0].score > 0);
        CHECK(found[0].score <= 100);
        return found[0].reasons;
    }
};

DuplicateCandidate person(std::string first, std::string last) {
    DuplicateCandidate candidate;
    candidate.object = standard_object::lead;
    candidate.first_name = std::move(first);
    candidate.last_name = std::move(last);
    return candidate;
}

using Reasons = std::vector<DuplicateReason>;

}  // namespace

TEST_CASE("matching: normal forms of e-mail, phone, company and site") {
    CHECK(email_key(" Ann@ACME.com ") == "ann@acme.com");
    CHECK(email_key("mailto:ann@acme.com") == "ann@acme.com");
    CHECK(email_key("ann") == "");
    CHECK(mail_domain("x@Acme.com") == "acme.com");
    CHECK(mail_domain("x@gmail.com") == "");
    CHECK(phone_key("+1 (415) 555-0123") == phone_key("415.555.0123 ext. 9"));
    CHECK(phone_key("0049 30 1234567") == phone_key("030/123 45 67"));
    CHECK(phone_key("12 34") == "");
    CHECK(company_key("Acme Co., Ltd.") == "acme");
    CHECK(company_key("GmbH") == "gmbh");
    CHECK(company_key("Łódź Foods Sp") == "lodzfoodssp");
    CHECK(site_domain("HTTPS://www.Acme.com:80/de?x") == "acme.com");
}

TEST_CASE("matching: one sound for the spellings of one name") {
    for (const auto& [a, b] : {std::pair{"meyer", "maier"}, {"smith", "smyth"}, {"schmidt", "schmitt"}, {"katherine", "catherine"}, {"philip", "filip"},
                               {"schulz", "schultz"}, {"thomas", "tomas"}, {"jeffrey", "geoffrey"}, {"knight", "nite"}, {"hoffmann", "hofman"}})
        CHECK_MESSAGE(phonetic_key(a) == phonetic_key(b), a, " ", phonetic_key(a), " ", b, " ", phonetic_key(b));
    for (const auto& [a, b] : {std::pair{"miller", "meyer"}, {"brown", "bruns"}, {"garcia", "garner"}}) CHECK(phonetic_key(a) != phonetic_key(b));
    CHECK(phonetic_key("") == "");
    CHECK(phonetic_key("王") == "王");
}

TEST_CASE("matching: likeness of names against the thresholds") {
    for (const auto& [a, b] : {std::pair{"robert", "bob"}, {"j", "john"}, {"jr", "john richard"}, {"anna", "anna maria"}, {"jon", "john"}, {"micheal", "michael"}, {"stephanie", "stefanie"}, {"thomsa", "thomas"}})
        CHECK_MESSAGE(first_name_likeness(a, b) >= first_name_threshold, a, " ", b, " ", first_name_likeness(a, b));
    for (const auto& [a, b] : {std::pair{"daniel", "daniela"}, {"mario", "maria"}, {"anna", "peter"}, {"tim", "tom"}, {"maria", "marta"}, {"john", "jane"}, {"alexander", "alexandra"}})
        CHECK_MESSAGE(first_name_likeness(a, b) < first_name_threshold, a, " ", b, " ", first_name_likeness(a, b));
    for (const auto& [a, b] : {std::pair{"muller", "mueller"}, {"meyer", "mayer"}, {"smith", "smiht"}, {"van der berg", "vanderberg"}, {"meier-schmidt", "schmidt"}, {"hernandez", "hernandes"}})
        CHECK_MESSAGE(last_name_likeness(a, b) >= last_name_threshold, a, " ", b, " ", last_name_likeness(a, b));
    for (const auto& [a, b] : {std::pair{"hansen", "jansen"}, {"wood", "ward"}, {"lee", "li"}, {"martin", "martinez"}, {"smith", "jones"}})
        CHECK_MESSAGE(last_name_likeness(a, b) < last_name_threshold, a, " ", b, " ", last_name_likeness(a, b));
    CHECK(jaro_winkler("martha", "marhta") == doctest::Approx(0.9611).epsilon(0.001));   // Winkler's own example
    CHECK(jaro_winkler("dwayne", "duane") == doctest::Approx(0.84).epsilon(0.001));
    CHECK(company_likeness("meridianrobotics", "meridianrobotic") == 90);
    CHECK(company_likeness("store12west", "store13west") == 0);
    CHECK(company_likeness("acme", "acmefoods") == 60);
}

TEST_CASE("matching: each reason") {
    MatchingFixture f;
    DuplicateCandidate typed = person("Robert", "Müller");
    CHECK(f.find(typed).empty());   // a name alone is no reason
    typed.email = "r.mueller@MERIDIAN.example";
    CHECK(f.reasons(typed, f.anna) == Reasons{SameEmail, SameName});
    typed.email = "bob@meridian.example";
    CHECK(f.reasons(typed, f.anna) == Reasons{SameName, SameEmailDomain});
    typed = person("Bob", "Mueller");
    typed.phone = "030 99887766";
    CHECK(f.reasons(typed, f.anna) == Reasons{SamePhone, SimilarFirstName, SimilarLastName});
    typed = person("Müller", "Robert");
    typed.company = "Meridian Robotics";
    CHECK(f.reasons(typed, f.anna) == Reasons{NamesSwapped, SameCompany});
    typed = person("R.", "Müller");
    typed.company = "Meridian Robotic";
    typed.title = "head of sales";
    CHECK(f.reasons(typed, f.anna) == Reasons{SimilarFirstName, SimilarLastName, SimilarCompany, SameTitle});
    typed = person("Robert", "Muller");
    typed.street = "Lange Strasse 5";
    CHECK(f.find(typed).empty());
    typed.city = "berlin";
    CHECK(f.reasons(typed, f.anna) == Reasons{SameName, SameAddress});
    typed = {};
    typed.object = standard_object::contact;
    typed.email = "R.Mueller@Meridian.example";
    CHECK(f.reasons(typed, f.anna) == Reasons{SameEmail});
    typed.last_name = "Dr. Robert Müller";   // the whole name in one field
    CHECK(f.reasons(typed, f.anna) == Reasons{SameEmail, SameName});
    typed.self = f.anna;
    CHECK(f.find(typed).empty());
}

TEST_CASE("matching: a whole name in one field keeps its particles together") {
    EditFixture f;
    const RecordRef priya = f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"FirstName":"Priya","LastName":"van der Berg","Company":"Acme"}})");
    DuplicateCandidate typed = person("", "Priya van der Berg");
    typed.company = "Acme AG";
    const std::vector<Duplicate> found = find_duplicates(typed, f.records, 5);
    REQUIRE(found.size() == 1);
    CHECK(found[0].record == priya);
    CHECK(found[0].reasons == Reasons{SameName, SameCompany});
}

TEST_CASE("matching: Chinese names by their characters, in any order of the fields") {
    MatchingFixture f;
    DuplicateCandidate typed = person("", "王小明");
    typed.company = "北京华兴科技";
    CHECK(f.reasons(typed, f.li) == Reasons{SameName, SameCompany});
    typed = person("王", "小明");
    typed.phone = "13800138000";
    CHECK(f.reasons(typed, f.li) == Reasons{SamePhone, NamesSwapped});
    typed = person("小红", "王");
    typed.company = "北京华兴科技";
    CHECK(f.find(typed).empty());
}

TEST_CASE("matching: what looks alike and isn't the same is left out") {
    MatchingFixture f;
    DuplicateCandidate typed = person("Roberta", "Müller");   // a colleague by the same switchboard
    typed.company = "Meridian Robotics";
    typed.phone = "+49 30 998 877 66";
    CHECK(f.find(typed).empty());
    typed = person("Robert", "Müller");   // a namesake at the same company, of whom all else differs
    typed.company = "Meridian Robotics";
    typed.email = "robert2@meridian.example";
    typed.phone = "030 5554443";
    CHECK(f.find(typed).empty());
    typed.street = "Lange Str. 5";   // the office's
    typed.city = "Berlin";
    CHECK(f.find(typed).empty());
    f.make(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"Klein","Email":"info@acme.example"}})");
    typed = person("Eva", "Gross");
    typed.email = "info@acme.example";
    CHECK(f.find(typed).empty());
    CHECK(f.find({}).empty());
}

TEST_CASE("matching: accounts by name, site and phone") {
    MatchingFixture f;
    DuplicateCandidate typed;
    typed.object = standard_object::account;
    typed.company = "MERIDIAN ROBOTICS, Inc.";
    CHECK(f.reasons(typed, f.account) == Reasons{SameName});
    typed.company = "Meridain Robotics";
    CHECK(f.reasons(typed, f.account) == Reasons{SimilarName});
    typed.company = "Meridian";
    CHECK(f.find(typed).empty());
    typed.website = "meridian.example";
    CHECK(f.reasons(typed, f.account) == Reasons{SimilarName, SameWebsite});
    typed.company = "MR Holding";
    CHECK(f.find(typed).empty());
    typed.phone = "0049 30 1234567";
    CHECK(f.reasons(typed, f.account) == Reasons{SameWebsite, SamePhone});
}

TEST_CASE("matching: deleted records and converted leads aren't shown; an account's new name counts for its contacts") {
    MatchingFixture f;
    DuplicateCandidate typed = person("Robert", "Müller");
    typed.company = "Quartz Foods";
    CHECK(f.find(typed).empty());
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Account","id":")" + f.id(f.account) + R"(","fields":{"Name":"Quartz Foods"}})"));
    CHECK(f.reasons(typed, f.anna) == Reasons{SameName, SameCompany});
    REQUIRE(f.run(R"({"command":"DeleteRecord","object":"Contact","id":")" + f.id(f.anna) + "\"}"));
    CHECK(f.find(typed).empty());
    REQUIRE(f.editor.execute(Undo{}));
    CHECK(f.find(typed).size() == 1);
    typed = candidate_of(f.records, f.li);
    typed.self = {};
    CHECK(f.find(typed).size() == 1);
    f.records.mutable_table(standard_object::lead).mutable_column(lead_field::is_converted).mutable_flags()[f.li.row] = 1;
    CHECK(f.find(typed).empty());
}

TEST_CASE("matching: an admin's rules, any of which will do, and all of whose comparisons must hold") {
    MatchingFixture f;
    const auto& values = f.records.schema().object(standard_object::duplicate_rule).field(duplicate_rule_field::comparisons).values;
    REQUIRE(values.size() == static_cast<std::size_t>(match_comparison_count));
    CHECK(values[static_cast<std::size_t>(MatchComparison::EmailDomain)].value == "Email Domain");
    CHECK(values[static_cast<std::size_t>(MatchComparison::Website)].value == "Website");
    DuplicateCandidate colleague = person("Roberta", "Schulz");
    colleague.title = "head of sales";
    colleague.city = "Berlin";
    CHECK(f.find(colleague).empty());
    const RecordRef rule = f.make(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Same post","AppliesTo":"People","Comparisons":"Title;City"}})");
    REQUIRE(rule);
    CHECK(f.reasons(colleague, f.anna) == Reasons{SameTitle, SameAddress});
    CHECK(f.find(colleague)[0].rule == rule);
    CHECK(f.find(colleague)[0].score == 100);
    colleague.city = "Potsdam";
    CHECK(f.find(colleague).empty());
    // A second one: or.
    REQUIRE(f.make(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Name and city","AppliesTo":"People","Comparisons":"Similar Last Name;Similar First Name"}})"));
    DuplicateCandidate namesake = person("Bob", "Mueller");
    CHECK(f.reasons(namesake, f.anna) == Reasons{SimilarFirstName, SimilarLastName});
    CHECK(f.reasons(person("小明", "王"), f.li) == Reasons{SameName});
    // Not used, or deleted: it says nothing more. The standard rule stays, until it is left out.
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"IsActive":false}})"));
    colleague.city = "Berlin";
    CHECK(f.find(colleague).empty());
    DuplicateCandidate by_email = person("X", "Y");
    by_email.email = "r.mueller@meridian.example";
    CHECK(f.reasons(by_email, f.anna) == Reasons{SameEmail});
    CHECK_FALSE(f.find(by_email)[0].rule);
    const RecordRef organization = first_live(f.records, standard_object::organization);
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Organization","id":")" + f.id(organization) + R"(","fields":{"OwnDuplicateRulesOnly":true}})"));
    CHECK(f.find(by_email).empty());
    CHECK(f.find(namesake)[0].rule);
    CHECK_FALSE(f.run(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Empty","AppliesTo":"People"}})"));
    CHECK_FALSE(f.run(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Odd","AppliesTo":"People","Comparisons":"Shoe Size"}})"));
    // Of accounts.
    REQUIRE(f.make(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Site","AppliesTo":"Accounts","Comparisons":"Website"}})"));
    DuplicateCandidate company;
    company.object = standard_object::account;
    company.company = "Something else";
    company.website = "meridian.example";
    CHECK(f.reasons(company, f.account) == Reasons{SameWebsite});
}

TEST_CASE("matching: an admin's rule compares any fields, custom ones too, of leads with contacts") {
    MatchingFixture f;
    for (const std::string object : {"Lead", "Contact", "Account"})
        for (const std::string field : {R"("field":"Number__c","label":"Customer number","type":"Text","length":20)", R"("field":"Rank__c","label":"Rank","type":"Number","precision":5,"scale":2)"})
            REQUIRE(f.run(R"({"command":"DefineField","object":")" + object + "\"," + field + "}"));
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Contact","id":")" + f.id(f.anna) + R"(","fields":{"Number__c":"DE-123 456","Rank__c":7}})"));
    const auto ask = [&](const std::string& fields, const std::string& object = "Lead") {
        return find_duplicates_json(*parse_json(R"({"object":")" + object + R"(","fields":{)" + fields + "}}"), f.records, Messages(Language::English)).find("duplicates")->dump();
    };
    const auto typed = [&](const std::string& number) {
        DuplicateCandidate candidate = person("", "");
        const Object& lead = f.records.schema().object(standard_object::lead);
        set_compared(candidate, f.records, *lead.find_field("Number__c"), Value(number));
        return candidate;
    };
    CHECK(is_empty(typed("de123456")));          // no rule asks for it
    const RecordRef rule = f.make(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Same number","AppliesTo":"People","ComparedFields":"Number__c"}})");
    REQUIRE(rule);
    CHECK_FALSE(is_empty(typed("de123456")));
    CHECK(f.reasons(typed("de123456"), f.anna) == Reasons{SameField});
    CHECK(f.find(typed("DE123456"))[0].rule == rule);
    CHECK(f.find(typed("DE123457")).empty());
    CHECK(f.find(typed("")).empty());
    CHECK(ask(R"("Number__c":"DE 123456")").find(R"("reasons":["SameField"],"rule":"Same number")") != std::string::npos);
    CHECK(ask(R"("Number__c":"DE 123456")", "Account") == "[]");
    // An edit of the field alone is noticed, and one of the field's name in the rule.
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"Lead","id":")" + f.id(f.li) + R"(","fields":{"Number__c":"77"}})"));
    CHECK(f.reasons(typed("77"), f.li) == Reasons{SameField});
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"ComparedFields":"Number__c;Rank__c","Comparisons":"Last Name"}})"));
    CHECK(f.find(typed("77")).empty());
    CHECK(ask(R"("Number__c":"DE 123456","LastName":"Müller","Rank__c":7.0)").find(R"(["SameName","SameField"])") != std::string::npos);
    CHECK(ask(R"("Number__c":"DE 123456","LastName":"Müller","Rank__c":8)") == "[]");
    CHECK(ask(R"("Number__c":"DE 123456","LastName":"Möller","Rank__c":7)") == "[]");
    // A field that is gone leaves nothing to compare; one that never was, and a rule that compares nothing, is refused.
    REQUIRE(f.run(R"({"command":"DeleteField","object":"Lead","field":"Rank__c"})"));
    CHECK(ask(R"("Number__c":"DE 123456","LastName":"Müller")") == "[]");
    CHECK_FALSE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"ComparedFields":"Shoe__c"}})"));
    CHECK_FALSE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"ComparedFields":null,"Comparisons":null}})"));
    // The last field that a rule in use could compare stays; one that rests doesn't hold it.
    REQUIRE(f.run(R"({"command":"DeleteField","object":"Account","field":"Rank__c"})"));
    const Result<CommandOutcome> refused = f.run(R"({"command":"DeleteField","object":"Contact","field":"Rank__c"})");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message_key == "error.rule.used");
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"IsActive":false}})"));
    REQUIRE(f.run(R"({"command":"DeleteField","object":"Contact","field":"Rank__c"})"));
    // Of accounts nothing is compared that only people have: such a rule would never hold.
    const auto made = f.run(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"Never","AppliesTo":"Accounts","Comparisons":"City;Last Name"}})");
    REQUIRE_FALSE(made);
    CHECK(made.error().message_key == "error.rule.people");
    REQUIRE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"ComparedFields":null,"Comparisons":"Title"}})"));
    CHECK_FALSE(f.run(R"({"command":"UpdateRecord","object":"DuplicateRule","id":")" + f.id(rule) + R"(","fields":{"AppliesTo":"Accounts"}})"));
}

TEST_CASE("matching: the index is brought up to date in slices") {
    EditFixture f;
    for (int i = 0; i < 50; ++i) f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"L)" + std::to_string(i) + R"(","Company":"C","Email":"l)" + std::to_string(i) + R"(@c.example"}})");
    int slices = 1;
    while (!refresh_duplicate_index(f.records, standard_object::contact, 10)) ++slices;
    CHECK(slices >= 5);
    CHECK(slices <= 7);
    CHECK(refresh_duplicate_index(f.records, standard_object::contact, 0));
    DuplicateCandidate typed = person("", "L7");
    typed.email = "l7@c.example";
    REQUIRE(find_duplicates(typed, f.records, 3).size() == 1);
    f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"L7","Company":"D","Email":"L7@c.example"}})");
    CHECK_FALSE(refresh_duplicate_index(f.records, standard_object::lead, 1));
    CHECK(find_duplicates(typed, f.records, 3).size() == 2);
    CHECK(find_duplicates(typed, f.records, 1).size() == 1);
}

TEST_CASE("matching: the question and its answer as JSON") {
    MatchingFixture f;
    const Messages messages(Language::English);
    const auto ask = [&](const std::string& text) { return find_duplicates_json(*parse_json(text), f.records, messages); };
    const Json answer = ask(R"({"object":"Contact","fields":{"FirstName":"Bob","LastName":"Mueller","AccountId":")" + f.id(f.account) + R"(","Title":"head of sales","Description":"x","City":null}})");
    CHECK_FALSE(answer.boolean_or("ok", true));   // a contact's city is MailingCity
    const Json found = ask(R"({"object":"Contact","fields":{"FirstName":"Bob","LastName":"Mueller","AccountId":")" + f.id(f.account) + R"(","Title":"head of sales","Description":"x","MailingCity":null}})");
    REQUIRE(found.boolean_or("ok", false));
    REQUIRE(found.find("duplicates")->items().size() == 1);
    CHECK(found.find("duplicates")->items()[0].text_or("id", "") == f.id(f.anna));
    CHECK(found.find("duplicates")->items()[0].find("reasons")->dump() == R"(["SimilarFirstName","SimilarLastName","SameCompany","SameTitle"])");
    CHECK(ask(R"({"object":"Lead","fields":{"LastName":"王小明","Company":"北京华兴科技"}})").find("duplicates")->items().size() == 1);
    CHECK(ask(R"({"object":"Lead","id":")" + f.id(f.li) + "\"}").find("duplicates")->items().empty());
    CHECK(ask(R"({"object":"Contact","fields":{"LastName":"Müller","FirstName":"Robert","Account.Name":"Meridian Robotics"},"limit":1})").find("duplicates")->items().size() == 1);
    for (const char* wrong : {R"({})", R"({"object":"Task","fields":{}})", R"({"object":"Lead"})", R"({"object":"Lead","id":7})", R"({"object":"Lead","fields":{"Nose":"x"}})", R"({"object":"Lead","fields":{"LastName":7}})",
                              R"({"object":"Contact","fields":{"AccountId":"x"}})"})
        CHECK_MESSAGE(ask(wrong).find("error"), wrong);
    CHECK(ask(R"({"object":"Account","fields":{}})").find("duplicates")->items().empty());
}
