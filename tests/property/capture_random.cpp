// Lines thrown together from words that mean something and words that don't: reading one never fails, says the same twice,
// and what it is understood to be is an edit that the workspace accepts and takes back.
#include <doctest/doctest.h>

#include "core/workspace/capture_answer.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::FakeRandom;
using outpost::testing::TestWorkspace;

TEST_CASE("capture: any line is read, and what it becomes is accepted") {
    constexpr std::string_view words[] = {
        "Call", "with", "Ann", "at", "Acme", ",", ".", "quote", "12k", "€", "$1,234.56", "by", "30", "Sep", "next", "Tue", "10:00", "am", "follow up", "tomorrow", "then", "and", "won", "lost", "send", "in", "3",
        "days", "weeks", "ago", "met", "the", "buyer", "at 25", "99:99", "31 Feb", "2027-13-45", "Turbines", "Negotiation/Review", "end of", "month", "\n", "与", "张伟", "通话", "，", "报价", "十二万", "9月30日", "下周", "二",
        "上午", "10点", "半", "跟进", "。", "前", "月底", "三", "千", "亿", "元", "在", "华为", "开会", "拜访了", "\xF0\x9F\x98\x80", "\xE2\x80\xAE", "(", ")", "'", "’", "@", "/", "-", ":", "1e9", "0", "00", "99999999999999999999", "1.2.3.4", "12万5"};
    TestWorkspace data;
    const std::string acme = data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "华为技术有限公司"}})");
    data.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"FirstName": "Ann", "LastName": "Meyer", "AccountId": ")" + acme + "\"}}");
    data.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"LastName": "张伟"}})");
    data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "Turbines", "StageName": "Prospecting", "CloseDate": "2026-12-31", "AccountId": ")" + acme + "\"}}");
    FakeRandom random(20261126);
    int understood = 0;
    for (int round = 0; round < 1500; ++round) {
        std::string line;
        for (std::uint64_t count = 1 + random.below(14); count > 0; --count) {
            line += words[random.below(std::size(words))];
            if (random.below(4) != 0) line += ' ';
        }
        CAPTURE(line);
        const Json question = Json::object().set("text", line);
        const Json answer = capture_json(data.workspace, data.clock, question);
        REQUIRE(answer.boolean_or("ok", false));
        REQUIRE(answer.dump() == capture_json(data.workspace, data.clock, question).dump());
        if (answer.find("commands")->items().empty()) continue;
        ++understood;
        const Json done = data.run(Json::object().set("command", "Batch").set("commands", *answer.find("commands")).dump());
        CAPTURE(done.dump());
        REQUIRE(done.boolean_or("ok", false));
        REQUIRE(data.run(R"({"command": "Undo"})").boolean_or("ok", false));
    }
    CHECK(understood > 1000);
}
