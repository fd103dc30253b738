// Which opportunities are stalled: by tasks, events and stage moves, as time goes by.
#include <doctest/doctest.h>

#include "core/objects/standard.h"
#include "core/pipeline/opportunity_activity.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

namespace {

struct Pipeline {
    TestWorkspace data;
    OpportunityActivity activity;

    std::string make(const std::string& stage = "Prospecting") {
        return data.create(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "Sale", "CloseDate": "2027-12-01", "StageName": ")" + stage + "\"}}");
    }
    std::string add(const std::string& object, const std::string& fields, const std::string& opportunity) {
        return data.create(R"({"command": "CreateRecord", "object": ")" + object + R"(", "fields": {"Subject": "x", "WhatId": ")" + opportunity + "\", " + fields + "}}");
    }
    RowIndex row(const std::string& id) { return data.workspace.records().find(*parse_record_id(id))->row; }
    void later(int days) { data.clock.instant += days * milliseconds_per_day; }
    // Both ways of asking say the same.
    std::int32_t quiet(const std::string& id) {
        activity.refresh(data.workspace.records(), data.clock.now());
        CHECK(opportunity_pulse(data.workspace.records(), row(id), data.clock.now()).quiet_days(data.clock.now()) == activity.quiet_days(row(id)));
        return activity.quiet_days(row(id));
    }
    bool stalled(const std::string& id) {
        activity.refresh(data.workspace.records(), data.clock.now());
        CHECK(opportunity_pulse(data.workspace.records(), row(id), data.clock.now()).is_stalled(data.clock.now()) == activity.is_stalled(row(id)));
        return activity.is_stalled(row(id));
    }
};

}  // namespace

TEST_CASE("opportunity activity: what nobody works on stalls; a closed one does not") {
    Pipeline pipeline;
    const std::string open = pipeline.make(), won = pipeline.make("Closed Won");
    CHECK(pipeline.quiet(open) == 0);
    pipeline.later(29);
    CHECK_FALSE(pipeline.stalled(open));
    pipeline.later(1);
    CHECK(pipeline.quiet(open) == 30);
    CHECK(pipeline.stalled(open));
    CHECK(pipeline.quiet(won) == -1);
    CHECK_FALSE(pipeline.stalled(won));
    REQUIRE(pipeline.data.run(R"({"command": "UpdateRecord", "object": "Opportunity", "id": ")" + open + R"(", "fields": {"StageName": "Qualification"}})").boolean_or("ok", false));
    CHECK(pipeline.quiet(open) == 0);
}

TEST_CASE("opportunity activity: what was done counts, what is planned holds, what is overdue does not") {
    Pipeline pipeline;
    const std::string id = pipeline.make();
    pipeline.later(40);
    CHECK(pipeline.stalled(id));
    const std::string task = pipeline.add("Task", R"("ActivityDate": "2027-01-10")", id);   // the clock begins on 2026-11-23
    CHECK_FALSE(pipeline.stalled(id));
    CHECK(pipeline.quiet(id) == 40);
    pipeline.later(20);
    CHECK(pipeline.stalled(id));
    REQUIRE(pipeline.data.run(R"({"command": "UpdateRecord", "object": "Task", "id": ")" + task + R"(", "fields": {"Status": "Completed"}})").boolean_or("ok", false));
    CHECK(pipeline.quiet(id) == 0);
    pipeline.later(35);
    CHECK(pipeline.stalled(id));
    pipeline.add("Event", R"("StartDateTime": "2027-03-20T10:00:00Z", "EndDateTime": "2027-03-20T11:00:00Z")", id);
    CHECK_FALSE(pipeline.stalled(id));
    pipeline.later(32);
    CHECK(pipeline.quiet(id) < 12);
    REQUIRE(pipeline.data.run(R"({"command": "Undo"})").boolean_or("ok", false));
    CHECK(pipeline.quiet(id) > 60);
}

TEST_CASE("opportunity activity: a meeting that recurs is planned while there are more of it, and was held as often as it was") {
    Pipeline pipeline;
    const std::string id = pipeline.make();
    pipeline.add("Event", R"("StartDateTime": "2026-11-24T10:00:00Z", "EndDateTime": "2026-11-24T11:00:00Z", "Recurrence2PatternText": "RRULE:FREQ=WEEKLY;COUNT=10")", id);
    pipeline.later(36);   // 2026-12-29, the sixth Tuesday; the clock begins before ten
    CHECK_FALSE(pipeline.stalled(id));
    CHECK(pipeline.quiet(id) <= 1);
    pipeline.later(10);   // four more; the last is 2027-01-26
    CHECK(pipeline.quiet(id) == 3);
    pipeline.later(18 + 29);
    CHECK_FALSE(pipeline.stalled(id));
    pipeline.later(1);
    CHECK(pipeline.quiet(id) == 30);
    CHECK(pipeline.stalled(id));
}

TEST_CASE("opportunity activity: the organization says how long is stalled and how much is big") {
    Pipeline pipeline;
    const std::string id = pipeline.make();
    pipeline.later(10);
    CHECK_FALSE(pipeline.stalled(id));
    const auto organization = [&](const std::string& fields) {
        return pipeline.data.run(R"({"command": "UpdateRecords", "object": "Organization", "where": "Id != null", "fields": {)" + fields + "}}").boolean_or("ok", false);
    };
    REQUIRE(organization(R"("StalledAfterDays": 7, "BigOpportunityAmount": 1000)"));
    CHECK(pipeline.stalled(id));
    CHECK_FALSE(organization(R"("StalledAfterDays": 0)"));
    const auto amount = [&](const std::string& value) {
        pipeline.data.run(R"({"command": "UpdateRecord", "object": "Opportunity", "id": ")" + id + R"(", "fields": {"Amount": )" + value + "}}");
        return is_big(pipeline.data.workspace.records(), pipeline.row(id));
    };
    CHECK_FALSE(is_big(pipeline.data.workspace.records(), pipeline.row(id)));
    CHECK_FALSE(amount("999.99"));
    CHECK(amount("1000"));
    REQUIRE(organization(R"("StalledAfterDays": null, "BigOpportunityAmount": null)"));
    CHECK_FALSE(pipeline.stalled(id));
    CHECK_FALSE(amount("5000"));
}
