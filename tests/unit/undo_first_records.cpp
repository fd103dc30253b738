// The records that a database begins with can't be undone, whether it was just made or opened anew.
#include <doctest/doctest.h>

#include "core/objects/standard.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::MemoryStorage;
using outpost::testing::TestWorkspace;

TEST_CASE("undo: the first user and organization stay, also when the database was opened anew, and redo brings the rest back") {
    TestWorkspace first;
    const std::string account = first.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
    REQUIRE_FALSE(account.empty());
    for (int opened = 0; opened < 2; ++opened) {
        MemoryStorage storage{first.disk};
        Workspace again{{&first.clock, &first.random, &storage, &first.log}};
        again.open([](Result<OpenReport>) {});
        REQUIRE(again.is_open());
        const RecordRef user = again.current_user();
        CHECK(again.undo().has_value());
        const auto second = again.undo();
        CHECK_FALSE(second.has_value());
        CHECK(again.records().table(standard_object::user).live_count() == 1);
        CHECK(again.current_user() == user);
        CHECK(again.redo().has_value());
        again.tick();
        CHECK(again.records().find(*parse_record_id(account)).has_value());
    }
}
