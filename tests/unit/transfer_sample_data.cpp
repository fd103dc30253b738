#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/edit/line_items.h"
#include "core/store/database.h"
#include "core/transfer/sample_data.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;

namespace {

struct Bench : testing::EditFixture {
    RowIndex live(ObjectIndex object) const { return records.table(object).live_count(); }
    std::string fingerprint() const {
        std::string all;
        for (const ObjectIndex object : {standard_object::account, standard_object::contact, standard_object::opportunity})
            for (RowIndex row = 0; row < records.table(object).row_count(); ++row) all += records.display_name({object, row}) + "\n";
        return all;
    }
};

}  // namespace

TEST_CASE("sample data: meetings lie within the working day of who tries it, lunch at noon") {
    for (const std::int32_t offset : {-480, 0, 60, 330}) {
        Bench bench;
        REQUIRE(create_sample_data(bench.editor, {.opportunities = 400, .seed = 7, .today = 20'780, .utc_offset_minutes = offset}).has_value());
        const Table& events = bench.records.table(standard_object::event);
        std::size_t lunches = 0;
        for (RowIndex row = 0; row < events.row_count(); ++row) {
            const std::int64_t minutes = events.column(event_field::start).instants()[row] / 60'000 + offset, hour = minutes % 1440 / 60;
            CHECK(hour >= 8);
            CHECK(hour <= 17);
            if (events.column(event_field::subject).text(row) != "Lunch") continue;
            ++lunches;
            CHECK(hour == 12);
        }
        CHECK(lunches > 0);
    }
}

TEST_CASE("sample data: in Chinese, subjects, titles, products and most names are Chinese") {
    Bench bench;
    REQUIRE(create_sample_data(bench.editor, {.opportunities = 120, .seed = 7, .today = 20'780, .language = Language::SimplifiedChinese}).has_value());
    const auto in_latin = [&](ObjectIndex object, FieldIndex field) {
        const Table& table = bench.records.table(object);
        std::size_t count = 0;
        for (RowIndex row = 0; row < table.row_count(); ++row)
            count += std::ranges::all_of(table.column(field).text(row), [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
        return static_cast<double>(count) / table.row_count();
    };
    CHECK(in_latin(standard_object::task, task_field::subject) == 0);
    CHECK(in_latin(standard_object::event, event_field::subject) == 0);
    CHECK(in_latin(standard_object::contact, contact_field::title) == 0);
    CHECK(in_latin(standard_object::product, product_field::family) == 0);
    CHECK(in_latin(standard_object::account, system_field::name) < 0.3);
    CHECK(in_latin(standard_object::contact, contact_field::last_name) < 0.4);
    CHECK(verify_records(bench.records).empty());
    std::set<std::string> names;
    for (RowIndex row = 0; row < bench.records.table(standard_object::contact).row_count(); ++row) names.insert(bench.records.display_name({standard_object::contact, row}));
    CHECK(names.size() > 45);   // of 60: few are called the same
    names.clear();
    for (RowIndex row = 0; row < bench.records.table(standard_object::account).row_count(); ++row) CHECK(names.insert(bench.records.display_name({standard_object::account, row})).second);
}

TEST_CASE("sample data: the same from a seed, and gone again at one command, later edits kept") {
    Bench a, b, c;
    const SampleDataOptions options{.opportunities = 120, .seed = 7, .today = 20'780};
    REQUIRE(create_sample_data(a.editor, options).has_value());
    REQUIRE(create_sample_data(b.editor, options).has_value());
    REQUIRE(create_sample_data(c.editor, {.opportunities = 120, .seed = 8, .today = 20'780}).has_value());
    CHECK(a.fingerprint() == b.fingerprint());
    CHECK(a.fingerprint() != c.fingerprint());
    // Every value, natively and as wasm alike.
    CHECK(hash_text(testing::dump_records(a.records)) == 8785362140716178109ull);
    CHECK(a.fingerprint().find("ü") != std::string::npos);
    CHECK(a.live(standard_object::opportunity) == 120);
    CHECK(a.live(standard_object::account) == 24);
    CHECK(a.fingerprint().find("有限公司") != std::string::npos);
    CHECK(a.live(standard_object::opportunity_line_item) > 72);
    CHECK(verify_records(a.records).empty());   // amounts are the sums of their lines, among other things
    CHECK(has_sample_data(a.records));
    CHECK_FALSE(a.records.children(standard_object::account, account_field::parent, {standard_object::account, 2}).empty());
    REQUIRE(a.editor.execute(CreateRecord{standard_object::account, {{system_field::name, std::string("Mine")}}, true}).has_value());
    const auto removed = remove_sample_data(a.editor);
    REQUIRE(removed.has_value());
    CHECK(removed->record_count > 400);
    CHECK_FALSE(has_sample_data(a.records));
    CHECK(a.live(standard_object::opportunity) == 0);
    CHECK(a.live(standard_object::opportunity_line_item) == 0);
    CHECK(a.live(standard_object::user) == 1);
    CHECK(a.live(standard_object::account) == 1);
    // An opportunity of it that somebody wants back brings its lines along, and the role of a contact that is back.
    const Table& roles = a.records.table(standard_object::opportunity_contact_role);
    REQUIRE(a.editor.execute(RestoreRecords{standard_object::contact, {roles.column(opportunity_contact_role_field::contact).rows()[0]}}).has_value());
    REQUIRE(a.editor.execute(RestoreRecords{standard_object::opportunity, {roles.column(opportunity_contact_role_field::opportunity).rows()[0]}}).has_value());
    CHECK(a.live(standard_object::opportunity_contact_role) > 0);
    for (int i = 0; i < 2; ++i) REQUIRE(a.editor.execute(Undo{}).has_value());
    RowIndex sold = 0;
    while (!has_line_items(a.records, sold)) ++sold;
    REQUIRE(a.editor.execute(RestoreRecords{standard_object::opportunity, {sold}}).has_value());
    CHECK(a.live(standard_object::opportunity_line_item) > 0);
    CHECK(verify_records(a.records).empty());
    REQUIRE(a.editor.execute(Undo{}).has_value());
    REQUIRE(a.editor.execute(Undo{}).has_value());
    CHECK(a.live(standard_object::opportunity) == 120);
    CHECK(has_sample_data(a.records));
    REQUIRE(b.editor.execute(Undo{}).has_value());
    CHECK(b.live(standard_object::account) == 0);
    CHECK_FALSE(has_sample_data(b.records));
}

TEST_CASE("sample data: any size") {
    for (const std::uint32_t size : {0u, 1u, 7u}) {
        Bench bench;
        REQUIRE(create_sample_data(bench.editor, {.opportunities = size, .seed = 3, .today = 20'780}).has_value());
        CHECK(bench.live(standard_object::opportunity) == size);
    }
}
