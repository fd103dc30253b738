// Web-to-lead: the form's names, and answers from CSV and JSON on their way to leads.
#include <doctest/doctest.h>

#include "core/objects/standard.h"
#include "core/workspace/web_leads.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Bench : TestWorkspace {
    Json take(const std::string& text, const std::string& options = "") {
        Sequence sequence = 0;
        Json question = parse_json("{" + options + "}").value();
        question.set("text", text);
        return web_leads_json(question, workspace.records(), workspace.editor(), clock, workspace.messages(), sequence);
    }
    std::int64_t count(const std::string& where) { return query("SELECT COUNT() FROM Lead WHERE " + where).integer_or("totalSize", -1); }
};

}  // namespace

TEST_CASE("web leads: the form has Salesforce's names, the labels of the language and nothing unescaped") {
    Bench b;
    WebLeadForm form{std::vector<bool>(web_lead_fields().size(), true), "https://x.test/?a=1&b=\"2\"", "https://x.test/thanks"};
    const std::string html = web_lead_form(form, b.workspace.schema(), b.workspace.messages());
    for (const char* name : {"first_name", "last_name", "company", "email", "phone", "mobile", "title", "street", "city", "state", "zip", "country", "description", "lead_source", "retURL"})
        CHECK(html.find(" name=\"" + std::string(name) + "\"") != std::string::npos);
    CHECK(html.find("action=\"https://x.test/?a=1&amp;b=&quot;2&quot;\"") != std::string::npos);
    CHECK(html.find("<input type=\"email\" id=\"email\" name=\"email\" maxlength=\"80\">") != std::string::npos);
    CHECK(html.find("name=\"last_name\" maxlength=\"80\" required") != std::string::npos);
    CHECK(web_lead_form(form, b.workspace.schema(), Messages(Language::SimplifiedChinese)).find("公司") != std::string::npos);
}

TEST_CASE("web leads: every name of the form finds its field, the source is Web unless the answer says otherwise") {
    Bench b;
    const Json answer = b.take("first_name,last_name,company,email,phone,mobile,title,street,city,state,zip,country,description,lead_source,retURL\n"
                               "Ann,Weiss,Acme,ann@acme.test,1,2,CTO,Street 1,Ulm,BW,89073,Germany,\"Hello, you\",,https://x.test\n"
                               "Bob,Blanc,Bolt,bob@bolt.test,,,,,,,,,,Partner Referral,\n");
    CHECK(answer.integer_or("created", 0) == 2);
    CHECK(b.count("FirstName = 'Ann' AND LastName = 'Weiss' AND Company = 'Acme' AND Email = 'ann@acme.test' AND Phone = '1' AND MobilePhone = '2' AND Title = 'CTO' AND "
                  "Street = 'Street 1' AND City = 'Ulm' AND State = 'BW' AND PostalCode = '89073' AND Country = 'Germany' AND LeadSource = 'Web'") == 1);
    CHECK(b.count("LeadSource = 'Partner Referral'") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.count("Name != null") == 0);
    // JSON: a list, a list inside, one answer.
    CHECK(b.take(R"([{"first_name": "Ann", "last_name": "Weiss", "company": "Acme, \"Inc\"", "zip": 89073}, {"last_name": "B", "company": "C", "email": null}])").integer_or("created", 0) == 2);
    CHECK(b.count("Company = 'Acme, \"Inc\"' AND PostalCode = '89073'") == 1);
    CHECK(b.take(R"({"submissions": [{"last_name": "D", "company": "D"}]})").integer_or("created", 0) == 1);
    CHECK(b.take(R"({"last_name": "E", "company": "E"})").integer_or("created", 0) == 1);
    for (const char* bad : {"", "[1, 2]", "[]", "{\"a\": ", "last_name,company\n"}) {
        CAPTURE(bad);
        CHECK_FALSE(b.take(bad).boolean_or("ok", true));
    }
}

TEST_CASE("web leads: duplicates are told row by row, bad rows come back, the routing runs, one undo takes all back") {
    Bench b;
    b.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"FirstName": "Ann", "LastName": "Weiss", "Email": "ann@acme.test"}})");
    b.create(R"({"command": "CreateRecord", "object": "Group", "fields": {"Name": "Inbound", "Type": "Queue"}})");
    b.create(R"({"command": "CreateRecord", "object": "AssignmentRuleEntry", "fields": {"Name": "Web", "SortOrder": 1, "Criteria": "LeadSource = 'Web'", "AssignedTo": {"Name": "Inbound"}}})");
    const std::string text = "first_name,last_name,company,email\nAnn,Weiss,Acme,ann@acme.test\nBob,Blanc,Bolt,bob@bolt.test\nBobby,Blanc,Bolt,BOB@bolt.test\nCyd,,Cog,cyd@cog.test\nDan,Dot,Dyn,no address\n";
    const Sequence before = b.workspace.applied_sequence();
    Json answer = b.take(text, R"("dryRun": true)");
    CHECK(b.workspace.applied_sequence() == before);
    REQUIRE(answer.find("duplicates")->items().size() == 2);
    CHECK(answer.find("duplicates")->items()[0].text_or("object", "") == "Contact");
    CHECK(answer.find("duplicates")->items()[1].integer_or("sameAsRow", 0) == 2);
    CHECK(answer.boolean_or("dryRun", false));
    CHECK(answer.integer_or("created", 0) == 3);
    CHECK(answer.integer_or("failed", 0) == 2);
    CHECK(answer.text_or("failures_csv", "").find("no address") != std::string_view::npos);
    answer = b.take(text, R"("leaveOutDuplicates": true)");
    CHECK(answer.integer_or("created", 0) == 1);
    CHECK(answer.integer_or("failed", 0) == 2);
    CHECK(answer.integer_or("routed", 0) == 1);
    CHECK(answer.text_or("failures_csv", "").find("no address") != std::string_view::npos);
    CHECK(b.count("Owner.Name = 'Inbound'") == 1);
    b.run(R"({"command": "Undo"})");
    CHECK(b.count("Name != null") == 0);
    CHECK(b.take(text).integer_or("created", 0) == 3);
}
