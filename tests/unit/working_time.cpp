// Working time: how it is written, refused and used by the task feed.
#include <doctest/doctest.h>

#include "core/activity/feed.h"
#include "core/base/working_time.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::TestWorkspace;

TEST_CASE("working time: every one that can be set is read back as it was") {
    int kept = 0;
    for (unsigned days = 1; days < 128; ++days)
        for (int from = 0; from < 1440; from += 90)
            for (int to = from + 1; to <= 1440; to += 97) {
                const WorkingTime time{static_cast<std::uint8_t>(days), from, to};
                kept += parse_working_time(to_text(time)) == time ? 1 : -1'000'000;
            }
    CHECK(kept > 10'000);
    CHECK(to_text(WorkingTime()) == "MO,TU,WE,TH,FR 09:00-18:00");
    CHECK(parse_working_time("SU,TH  08:30-24:00") == WorkingTime{0b0010001, 510, 1440});
}

TEST_CASE("working time: what is not one is refused") {
    for (const char* text : {"", "MO", "MO ", "09:00-18:00", "MO,XX 09:00-18:00", "MO, 09:00-18:00", "MO 18:00-09:00", "MO 09:00-09:00", "MO 9:00-18:00",
                             "MO 09:00-24:01", "MO 09:60-18:00", "MO 09:00", "MO 0a:00-18:00", "mo 09:00-18:00"})
        CHECK_MESSAGE(!parse_working_time(text), text);
}

TEST_CASE("working time: the organization's is checked when it is saved, and Monday to Friday without one") {
    TestWorkspace data;
    const auto set = [&](const std::string& value) {
        return data.run(R"({"command": "UpdateRecords", "object": "Organization", "where": "Id != null", "fields": {"WorkingHours": )" + value + "}}").boolean_or("ok", false);
    };
    CHECK(data.workspace.working_time() == WorkingTime());
    REQUIRE(set("\"SU,MO,TU,WE,TH 08:00-16:00\""));
    CHECK(data.workspace.working_time() == WorkingTime{0b0011111, 480, 960});
    CHECK_FALSE(set("\"weekdays\""));
    CHECK(data.workspace.working_time().from == 480);
    REQUIRE(set("null"));
    CHECK(data.workspace.working_time() == WorkingTime());
}

TEST_CASE("working time: the week's last working day and the next one's first follow it") {
    const Days wednesday = *parse_iso_date("2026-11-25");
    const WorkingTime gulf{0b0011111, 480, 960};   // Sunday to Thursday
    CHECK(feed_day_of(FeedGroup::ThisWeek, wednesday, 0, gulf) == wednesday + 3);   // Thursday is tomorrow: Saturday is left
    CHECK(feed_day_of(FeedGroup::ThisWeek, wednesday - 1, 0, gulf) == wednesday + 1);
    CHECK(feed_day_of(FeedGroup::Later, wednesday, 0, gulf) == wednesday + 4);      // Sunday
    CHECK(feed_day_of(FeedGroup::Later, wednesday, 1, gulf) == wednesday + 5);      // the week begins on Monday
    CHECK(feed_day_of(FeedGroup::Later, wednesday, 1, WorkingTime{1u << 6, 0, 1440}) == wednesday + 10);   // Saturdays alone
}
