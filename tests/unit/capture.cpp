// Lines as reps write them, and what they are understood to be: dates, times and sums alone, then whole lines through the
// JSON door. "Today" is Monday, 23 November 2026, 10:00 UTC.
#include <doctest/doctest.h>

#include "core/capture/line_amount.h"
#include "core/capture/line_moment.h"
#include "core/workspace/capture_answer.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

// The first day of a line, or "-"; `past` for what has happened.
std::string day_in(std::string_view line, bool past = false, bool day_first = true, int fiscal_start_month = 1) {
    const Tokens tokens = tokens_of_line(line);
    for (std::size_t at = 0; at < tokens.size(); ++at)
        if (const auto day = day_at(tokens, at, {.today = *parse_iso_date("2026-11-23"), .past = past, .day_first = day_first, .fiscal_start_month = fiscal_start_month})) return days_to_text(day->day);
    return "-";
}

std::string time_in(std::string_view line) {
    const Tokens tokens = tokens_of_line(line);
    for (std::size_t at = 0; at < tokens.size(); ++at)
        if (const auto time = time_at(tokens, at)) {
            const std::string text = std::to_string(10'000 + time->minutes / 60 * 100 + time->minutes % 60);
            return text.substr(1, 2) + ":" + text.substr(3);
        }
    return "-";
}

// The first sum with its first currency; "?" where it might be another number as well.
std::string amount_in(std::string_view line) {
    const Tokens tokens = tokens_of_line(line);
    for (std::size_t at = 0; at < tokens.size(); ++at)
        if (const auto amount = amount_at(tokens, line, at))
            return to_text_trimmed(amount->amount) + (amount->currencies.empty() ? "" : " " + amount->currencies[0]) + (amount->certain ? "" : "?");
    return "-";
}

struct Desk : TestWorkspace {
    std::string acme, ann, turbines, huawei;

    Desk() {
        acme = make("Account", R"("Name": "Acme")");
        make("Account", R"("Name": "Acacia Foods")");
        huawei = make("Account", R"("Name": "华为技术有限公司")");
        ann = make("Contact", R"("FirstName": "Ann", "LastName": "Meyer", "AccountId": ")" + acme + "\"");
        make("Contact", R"("FirstName": "Ann", "LastName": "Black")");
        make("Contact", R"("LastName": "张伟", "AccountId": ")" + huawei + "\"");
        make("Lead", R"("FirstName": "Zoë", "LastName": "Müller", "Company": "Söhne")");
        turbines = make("Opportunity", R"("Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2026-12-31", "Amount": 5000, "AccountId": ")" + acme + "\"");
    }
    std::string name_of(const std::string& id) {
        const auto parsed = parse_record_id(id);
        const auto record = parsed ? workspace.records().find(*parsed) : std::nullopt;
        return record ? workspace.records().display_name(*record) : "";
    }
    Json read(const std::string& line, const std::string& about = "") {
        Json question = Json::object().set("text", line);
        if (!about.empty()) question.set("about", about);
        return capture_json(workspace, clock, question);
    }
    // "Call: Subject 2026-11-23 Completed @Ann Meyer @Turbines | Turbines: Amount 12000 CloseDate ... | ? unknownName Bob"
    std::string understood(const std::string& line, const std::string& about = "") {
        const Json answer = read(line, about);
        std::string out;
        for (const Json& command : answer.find("commands")->items()) {
            if (!out.empty()) out += " | ";
            const Json& fields = *command.find("fields");
            const std::string object(command.text_or("object", ""));
            const auto put = [&](const char* field) {
                const Json* value = fields.find(field);
                if (!value || value->is_null()) return;
                const std::string text = value->is_string() ? std::string(value->text()) : value->dump();
                const std::string name = name_of(text);
                out += " " + (name.empty() ? text : "@" + name);
            };
            if (object == "Opportunity") {
                const std::string id(command.text_or("id", ""));
                out += id.empty() ? "New" : name_of(id);
                for (const char* field : {"Name", "Amount", "CloseDate", "StageName"}) put(field);
                continue;
            }
            out += std::string(fields.text_or("Type", object));
            for (const char* field : {"Subject", "ActivityDate", "StartDateTime", "Status", "ReminderDateTime", "WhoId", "WhatId"}) put(field);
        }
        for (const Json& doubt : answer.find("doubts")->items()) out += " | ? " + std::string(doubt.text_or("kind", "")) + " " + std::string(doubt.text_or("text", ""));
        return out;
    }
};

}  // namespace

TEST_CASE("capture: days in English") {
    CHECK(day_in("today") == "2026-11-23");
    CHECK(day_in("call back tomorrow") == "2026-11-24");
    CHECK(day_in("the day after tomorrow") == "2026-11-25");
    CHECK(day_in("yesterday", true) == "2026-11-22");
    CHECK(day_in("Tue") == "2026-11-24");
    CHECK(day_in("Monday") == "2026-11-30");                    // today is one
    CHECK(day_in("on Monday", true) == "2026-11-23");
    CHECK(day_in("on Friday", true) == "2026-11-20");
    CHECK(day_in("next Tue") == "2026-12-01");
    CHECK(day_in("this Friday") == "2026-11-27");
    CHECK(day_in("last Friday", true) == "2026-11-20");
    CHECK(day_in("next week") == "2026-11-30");
    CHECK(day_in("next month") == "2026-12-01");
    CHECK(day_in("in 3 days") == "2026-11-26");
    CHECK(day_in("in a week") == "2026-11-30");
    CHECK(day_in("in 2 months") == "2027-01-23");
    CHECK(day_in("2 days ago", true) == "2026-11-21");
    CHECK(day_in("end of month") == "2026-11-30");
    CHECK(day_in("end of next quarter") == "2027-03-31");
    CHECK(day_in("by EOY") == "2026-12-31");
    CHECK(day_in("30 Sep") == "2027-09-30");
    CHECK(day_in("30th of September 2028") == "2028-09-30");
    CHECK(day_in("Sep 30, 2027") == "2027-09-30");
    CHECK(day_in("Dec 1st") == "2026-12-01");
    CHECK(day_in("29 Feb") == "2028-02-29");
    CHECK(day_in("20 Nov", true) == "2026-11-20");
    CHECK(day_in("by the 30th") == "2026-11-30");
    CHECK(day_in("by September") == "2027-09-30");
    CHECK(day_in("2027-09-30") == "2027-09-30");
    CHECK(day_in("30.9.2027") == "2027-09-30");
    CHECK(day_in("30.9. as agreed") == "2027-09-30");
    CHECK(day_in("3/4") == "2027-04-03");
    CHECK(day_in("3/4", false, false) == "2027-03-04");
    CHECK(day_in("12/30/26") == "2026-12-30");
    // No days.
    CHECK(day_in("sat with the buyer") == "-");
    CHECK(day_in("we may order") == "-");
    CHECK(day_in("31 Apr") == "-");
    CHECK(day_in("12.5 percent") == "-");
    CHECK(day_in("march on") == "-");
}

TEST_CASE("capture: days in Chinese") {
    CHECK(day_in("今天") == "2026-11-23");
    CHECK(day_in("明天跟进") == "2026-11-24");
    CHECK(day_in("大后天") == "2026-11-26");
    CHECK(day_in("后天") == "2026-11-25");
    CHECK(day_in("昨天", true) == "2026-11-22");
    CHECK(day_in("周五") == "2026-11-27");
    CHECK(day_in("下周二") == "2026-12-01");
    CHECK(day_in("下下周一") == "2026-12-07");
    CHECK(day_in("本周四") == "2026-11-26");
    CHECK(day_in("上周五", true) == "2026-11-20");
    CHECK(day_in("星期天") == "2026-11-29");
    CHECK(day_in("下周") == "2026-11-30");
    CHECK(day_in("9月30日前") == "2027-09-30");
    CHECK(day_in("九月三十号") == "2027-09-30");
    CHECK(day_in("十二月") == "2026-12-31");
    CHECK(day_in("2027年9月30日") == "2027-09-30");
    CHECK(day_in("明年3月5日") == "2027-03-05");
    CHECK(day_in("30号") == "2026-11-30");
    CHECK(day_in("下个月5号") == "2026-12-05");
    CHECK(day_in("月底") == "2026-11-30");
    CHECK(day_in("年底前") == "2026-12-31");
    CHECK(day_in("季度末") == "2026-12-31");
    CHECK(day_in("三天后") == "2026-11-26");
    CHECK(day_in("两周后") == "2026-12-07");
    CHECK(day_in("1个月后") == "2026-12-23");
    CHECK(day_in("3天前", true) == "2026-11-20");
    CHECK(day_in("他们一起来了") == "-");
}

TEST_CASE("capture: the ends of quarters, by the organization's year") {
    CHECK(day_in("close by end of Q1") == "2027-03-31");
    CHECK(day_in("by Q4") == "2026-12-31");
    CHECK(day_in("closing Q2 2028") == "2028-06-30");
    CHECK(day_in("since Q2", true) == "2026-06-30");
    CHECK(day_in("by end of quarter") == "2026-12-31");
    CHECK(day_in("before quarter end") == "2026-12-31");
    CHECK(day_in("by month end") == "2026-11-30");
    CHECK(day_in("第一季度末成交") == "2027-03-31");
    CHECK(day_in("四季度前") == "2026-12-31");
    CHECK(day_in("Q1末") == "2027-03-31");
    CHECK(day_in("下个季度末") == "2027-03-31");
    CHECK(day_in("明年底") == "2027-12-31");
    // A year that begins in February.
    CHECK(day_in("end of Q1", false, true, 2) == "2027-04-30");
    CHECK(day_in("end of quarter", false, true, 2) == "2027-01-31");
    CHECK(day_in("end of next quarter", false, true, 2) == "2027-04-30");
    CHECK(day_in("by EOQ", false, true, 2) == "2027-01-31");
    CHECK(day_in("季度末", false, true, 2) == "2027-01-31");
    CHECK(day_in("end of year", false, true, 2) == "2026-12-31");
    // No days.
    CHECK(day_in("Q1 was good") == "-");
    CHECK(day_in("talked of Q1") == "-");
    CHECK(day_in("by Q7") == "-");
    CHECK(day_in("一季度业绩") == "-");
    CHECK(day_in("the month ended") == "-");
}

TEST_CASE("capture: times") {
    CHECK(time_in("Tue 10:00") == "10:00");
    CHECK(time_in("at 3") == "15:00");
    CHECK(time_in("at 10") == "10:00");
    CHECK(time_in("10am") == "10:00");
    CHECK(time_in("3 pm") == "15:00");
    CHECK(time_in("10.30am") == "10:30");
    CHECK(time_in("12am") == "00:00");
    CHECK(time_in("noon") == "12:00");
    CHECK(time_in("tomorrow morning") == "09:00");
    CHECK(time_in("上午10点") == "10:00");
    CHECK(time_in("下午3点半") == "15:30");
    CHECK(time_in("下午三点一刻") == "15:15");
    CHECK(time_in("3点") == "15:00");
    CHECK(time_in("15点30分") == "15:30");
    CHECK(time_in("晚上8点") == "20:00");
    CHECK(time_in("中午11点半") == "11:30");
    CHECK(time_in("明天早上") == "08:00");
    CHECK(time_in("15：30") == "15:30");
    CHECK(time_in("at 5 sites") == "-");
    CHECK(time_in("25:00") == "-");
    CHECK(time_in("ratio 1:2") == "-");
}

TEST_CASE("capture: sums") {
    CHECK(amount_in("12k") == "12000");
    CHECK(amount_in("12.5K") == "12500");
    CHECK(amount_in("1.2m") == "1200000");
    CHECK(amount_in("€12k") == "12000 EUR");
    CHECK(amount_in("12k€") == "12000 EUR");
    CHECK(amount_in("$1,234.56") == "1234.56 USD");
    CHECK(amount_in("1.234,56 EUR") == "1234.56 EUR");
    CHECK(amount_in("CHF 12'000") == "12000 CHF");
    CHECK(amount_in("12 000 CHF") == "12000 CHF");
    CHECK(amount_in("12,000") == "12000?");
    CHECK(amount_in("2 million") == "2000000");
    CHECK(amount_in("12万") == "120000");
    CHECK(amount_in("12.5万元") == "125000 CNY");
    CHECK(amount_in("三万五") == "35000");
    CHECK(amount_in("两百万") == "2000000");
    CHECK(amount_in("1.5亿") == "150000000");
    CHECK(amount_in("￥8000") == "8000 CNY");
    CHECK(amount_in("三千五百元") == "3500 CNY");
    CHECK(amount_in("5 people") == "5?");
    CHECK(amount_in("all try") == "-");
    CHECK(amount_in("9,999,999,999,999,999,999k") == "-");
}

TEST_CASE("capture: a line is a call, a change of the opportunity and a task") {
    Desk desk;
    CHECK(desk.understood("Call with Ann at Acme, quote 12k by 30 Sep, follow up Tue 10:00") ==
          "Call Call with Ann at Acme 2026-11-23 Completed @Ann Meyer @Turbines | Turbines 12000 2027-09-30 | Task Follow up 2026-11-24 2026-11-24T10:00:00.000Z @Ann Meyer @Turbines");
    CHECK(desk.understood("与张伟通话，报价12万，9月30日前成交，下周二上午10点跟进") ==
          "Call 与张伟通话 2026-11-23 Completed @张伟 @华为技术有限公司 | New 华为技术有限公司 120000 2027-09-30 | Task 跟进 2026-12-01 2026-12-01T10:00:00.000Z @张伟 @华为技术有限公司");
    // A moment between commas belongs to what stands before it.
    CHECK(desk.understood("Call with Ann at Acme, quote 12k, by 30 Sep, follow up Tue 10:00") ==
          "Call Call with Ann at Acme 2026-11-23 Completed @Ann Meyer @Turbines | Turbines 12000 2027-09-30 | Task Follow up 2026-11-24 2026-11-24T10:00:00.000Z @Ann Meyer @Turbines");
    CHECK(desk.understood("和张伟通了电话，报价1.2万，9月30日前，下周二10点跟进") ==
          "Call 和张伟通了电话 2026-11-23 Completed @张伟 @华为技术有限公司 | New 华为技术有限公司 12000 2027-09-30 | Task 跟进 2026-12-01 2026-12-01T10:00:00.000Z @张伟 @华为技术有限公司");
    CHECK(desk.understood("call Ann at Acme, tomorrow") == "Call Call Ann at Acme 2026-11-24 @Ann Meyer @Turbines");
    CHECK(desk.understood("在华为开会，金额三万五") == "Meeting 在华为开会 2026-11-23 Completed @华为技术有限公司 | New 华为技术有限公司 35000 2026-12-31");
    CHECK(desk.understood("met Zoë Müller yesterday") == "Meeting Met Zoë Müller 2026-11-22 Completed @Zoë Müller");
    CHECK(desk.understood("Meeting with Ann Meyer Thu 2pm") == "Meeting Meeting with Ann Meyer 2026-11-26T14:00:00.000Z @Ann Meyer @Turbines");
    CHECK(desk.understood("call Ann at Acme tomorrow") == "Call Call Ann at Acme 2026-11-24 @Ann Meyer @Turbines");
    CHECK(desk.understood("Turbines moved to Negotiation/Review, closing end of next quarter") == "Turbines 2027-03-31 Negotiation/Review");
    CHECK(desk.understood("emailed ann meyer and follow up in 2 weeks") ==
          "Email Emailed ann meyer 2026-11-23 Completed @Ann Meyer @Turbines | Task Follow up 2026-12-07 @Ann Meyer @Turbines");
    CHECK(desk.understood("send the contract to Ann Black by Friday") == "Task Send the contract to Ann Black 2026-11-27 @Ann Black");
}

TEST_CASE("capture: what isn't understood stays as a note, and doubts are told") {
    Desk desk;
    CHECK(desk.understood("They will decide after the fair", desk.turbines) == "Other Note 2026-11-23 Completed @Turbines");
    CHECK(desk.understood("Call with Bob at Nowhere") == "Call Call with Bob at Nowhere 2026-11-23 Completed | ? unknownName Bob | ? unknownName Nowhere");
    CHECK(desk.understood("quote 12k") == "Other Note 2026-11-23 Completed | ? noOpportunity quote 12k");
    CHECK(desk.understood("Call, quote 12k, close by 30 Dec") == "Call Call 2026-11-23 Completed | ? noOpportunity quote 12k, close by 30 Dec");   // told once
    CHECK(desk.understood("quote 50k, close by end of Q1", desk.turbines) == "Turbines 50000 2027-03-31");
    CHECK(desk.understood("talked of Q1 figures", desk.turbines) == "Call Talked of Q1 figures 2026-11-23 Completed @Turbines");   // nobody is called Q
    CHECK(desk.understood("quote €12k", desk.turbines) == "Other Note 2026-11-23 Completed @Turbines | ? otherCurrency EUR");
    CHECK(desk.understood("Call with Ann") == "Call Call with Ann 2026-11-23 Completed @Ann Meyer @Turbines | ? severalFit Ann");
    const std::string account = desk.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Bolt"}})");
    for (const char* name : {"Old", "New"}) {
        desk.clock.instant += 60'000;
        desk.create(std::string(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"CloseDate": "2027-01-01", "Name": ")") + name + R"(", "AccountId": ")" + account + "\"}}");
    }
    CHECK(desk.understood("quote 12k", account) == "New 12000 | ? severalOpportunities New");
    CHECK(desk.understood("call back tomorrow", account).find("severalOpportunities") == std::string::npos);   // none is changed
    CHECK(desk.understood("") == "");
    CHECK(desk.understood(",, ;") == "");
    // The whole line stays with what is logged.
    const Json call = desk.read("Call with Ann at Acme, likes the new blades");
    CHECK(call.find("commands")->items().size() == 1);
    CHECK(call.find("commands")->items()[0].find("fields")->text_or("Description", "") == "Call with Ann at Acme, likes the new blades");
    CHECK(capture_json(desk.workspace, desk.clock, *parse_json(R"({"text": "x", "about": "nothing"})")).text_or("ok", "") != "true");
}

TEST_CASE("capture: a sum for an opportunity with products stays in the note, and is told") {
    Desk desk;
    const std::string wheel = desk.make("Product2", R"("Name": "Wheel", "UnitPrice": 10)");
    desk.make("OpportunityLineItem", R"("Quantity": 1, "OpportunityId": ")" + desk.turbines + R"(", "Product2Id": ")" + wheel + "\"");
    CHECK(desk.understood("quote 12k", desk.turbines) == "Other Note 2026-11-23 Completed @Turbines | ? amountOfProducts Turbines");
    const Json answer = desk.read("quote 12k by 30 Sep", desk.turbines);
    CHECK(desk.understood("quote 12k by 30 Sep", desk.turbines) == "Turbines 2027-09-30 | Other Note 2026-11-23 Completed @Turbines | ? amountOfProducts Turbines");
    CHECK(answer.find("commands")->items()[1].find("fields")->text_or("Description", "") == "quote 12k by 30 Sep");
    CHECK(desk.run(Json::object().set("command", "Batch").set("commands", *answer.find("commands")).dump()).boolean_or("ok", false));
    CHECK(desk.understood("Call with Ann Meyer, budget 12k").ends_with("@Turbines | ? amountOfProducts Turbines"));
}

TEST_CASE("capture: the commands are one edit and one undo") {
    Desk desk;
    const Json answer = desk.read("Call with Ann at Acme, quote 12k by 30 Sep, won, follow up Tue 10:00");
    Json batch = Json::object().set("command", "Batch").set("commands", *answer.find("commands"));
    CHECK(desk.run(batch.dump()).boolean_or("ok", false));
    CHECK(desk.query("SELECT Id FROM Opportunity WHERE IsWon = true AND CloseDate = 2027-09-30 AND Amount = 12000").integer_or("totalSize", 0) == 1);
    CHECK(desk.query("SELECT Id FROM Task").integer_or("totalSize", 0) == 2);
    CHECK(desk.query("SELECT Id FROM Task WHERE IsClosed = false AND ReminderDateTime = 2026-11-24T10:00:00Z").integer_or("totalSize", 0) == 1);
    CHECK(desk.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(desk.query("SELECT Id FROM Task").integer_or("totalSize", 0) == 0);
    CHECK(desk.query("SELECT Id FROM Opportunity WHERE Amount = 5000 AND CloseDate = 2026-12-31 AND IsWon = false").integer_or("totalSize", 0) == 1);
}

TEST_CASE("capture: a converted lead stands for the contact that it became") {
    Desk desk;
    const auto convert = [&](const std::string& lead, const std::string& more) {
        REQUIRE(desk.run(R"({"command": "ConvertLead", "opportunity": null, "lead": ")" + lead + "\"" + more + "}").boolean_or("ok", false));
    };
    const std::string eva = desk.make("Lead", R"("FirstName": "Eva", "LastName": "Braun", "Company": "Voltage")");
    convert(eva, "");
    CHECK(desk.understood("Call with Eva Braun") == "Call Call with Eva Braun 2026-11-23 Completed @Eva Braun @Voltage");
    const Json note = desk.read("Wants the long blades", eva);
    CHECK(std::string(note.text_or("who", "")).starts_with("003"));
    // Called otherwise than the contact, too.
    const std::string anne = desk.make("Lead", R"("FirstName": "Anne", "LastName": "Meyer", "Company": "Acme")");
    convert(anne, R"(, "account": ")" + desk.acme + R"(", "contact": ")" + desk.ann + "\"");
    CHECK(desk.understood("Call with Anne Meyer, follow up Tue") ==
          "Call Call with Anne Meyer 2026-11-23 Completed @Ann Meyer @Turbines | Task Follow up 2026-11-24 @Ann Meyer @Turbines");
    convert(desk.make("Lead", R"("LastName": "王芳", "Company": "华为")"), R"(, "account": ")" + desk.huawei + "\"");
    CHECK(desk.understood("与王芳通话") == "Call 与王芳通话 2026-11-23 Completed @王芳 @华为技术有限公司");
    // Without the contact nobody is there any more.
    const std::string contact(note.text_or("who", ""));
    CHECK(desk.run(R"({"command": "DeleteRecord", "object": "Contact", "id": ")" + contact + "\"}").boolean_or("ok", false));
    CHECK(desk.understood("Call with Eva Braun") == "Call Call with Eva Braun 2026-11-23 Completed | ? unknownName Eva Braun");
}
