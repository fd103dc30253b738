// Imports into a database in memory, and the real files that tests may read where they are: they stay out of the
// repository, so a test that wants them is skipped, and says so, where the folder is absent.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "core/transfer/import_job.h"
#include "tests/support/edit_fixture.h"

namespace outpost::testing {

struct ImportFixture : EditFixture {
    Messages messages{Language::English};
    TextDecoder* decoder = nullptr;

    ImportFixture() { editor.set_user({standard_object::user, 0}); }

    Result<ImportReport> try_import(std::string csv, std::string_view object, std::string_view options = "{}") {
        const Object* found = records.schema().find_object(object);
        REQUIRE(found);
        return run_import(std::move(csv), found->index, parse_json(options).value(), records, editor, clock, messages, decoder);
    }
    ImportReport import(std::string csv, std::string_view object, std::string_view options = "{}") {
        auto report = try_import(std::move(csv), object, options);
        if (!report) FAIL(messages.error(report.error()));
        return *report;
    }
    std::string refusal(std::string csv, std::string_view object, std::string_view options = "{}") {
        const auto report = try_import(std::move(csv), object, options);
        return report ? "accepted" : messages.error(report.error());
    }
    using EditFixture::text;
    std::string text(std::string_view object, RowIndex row, std::string_view field) {
        const Object* found = records.schema().find_object(object);
        if (row >= records.table(found->index).row_count()) return "no such row";
        return records.value_text({found->index, row}, found->find_field(field)->index);
    }
    // A file that is read and looked at, and not imported.
    std::unique_ptr<ImportSource> read(std::string csv, ImportSourceOptions options = {}) {
        auto source = std::make_unique<ImportSource>(std::move(csv), std::move(options), nullptr, clock);
        while (!source->is_done()) REQUIRE(source->step(1 << 30));
        return source;
    }
    // Steps a job until it is there; a refusal ends it and fails the test.
    template <typename Reached>
    void run_until(Job& job, Reached reached, std::int64_t slice_microseconds = 1 << 30) {
        while (!reached()) {
            const Status status = job.step(slice_microseconds);
            if (status) continue;
            FAIL_CHECK(messages.error(status.error()));
            return;
        }
    }
    RowIndex live(std::string_view object) const { return records.table(records.schema().find_object(object)->index).live_count(); }
};

// The folder with the real files; "" where there is none, which is said once a test.
inline std::string shared_data() {
    if (const char* given = std::getenv("OUTPOST_SHARED_DATA"); given && *given) return given;
    for (std::string path = "../shared/data"; path.size() < 60; path = "../" + path)
        if (std::ifstream(path + "/maven/accounts.csv")) return path;
    MESSAGE("skipped: the shared data is not here (set OUTPOST_SHARED_DATA)");
    return {};
}

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace outpost::testing
