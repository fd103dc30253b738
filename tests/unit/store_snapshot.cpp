// The snapshot: what goes in comes out, in slices or at once; damage is refused or, at the last, salvaged.
#include <doctest/doctest.h>

#include <cstring>

#include "core/base/crc.h"
#include "core/objects/standard.h"
#include "core/store/snapshot.h"
#include "tests/support/fake_ports.h"
#include "tests/support/same_records.h"

using namespace outpost;
using outpost::testing::FakeRandom;
using outpost::testing::difference;

namespace {

// Accounts and opportunities straight in the tables: the codec has no interest in how they came.
Records some_records(RowIndex count) {
    Records records;
    Table& accounts = records.mutable_table(standard_object::account);
    accounts.append_rows(RecordId::make(standard_object::account, 5, 1), count);
    Table& opportunities = records.mutable_table(standard_object::opportunity);
    opportunities.append_rows(RecordId::make(standard_object::opportunity, 5, 1), count / 2);
    opportunities.append_rows(RecordId::make(standard_object::opportunity, 9, 1), count - count / 2);
    const Field& name = records.schema().object(standard_object::account).field(system_field::name);
    for (RowIndex row = 0; row < count; ++row) {
        accounts.mutable_column(name.index).set(row, Value(std::string("Müller ") + std::to_string(row)), name);
        opportunities.mutable_column(opportunity_field::amount).mutable_int64()[row] = row * 100;
        opportunities.mutable_column(opportunity_field::account).mutable_rows()[row] = row % 3 == 0 ? no_row : row;
        opportunities.mutable_column(opportunity_field::stage).mutable_codes()[row] = static_cast<std::uint16_t>(row % 5);
        if (row % 7 == 0) opportunities.set_state(row, RowState::Deleted);
    }
    return records;
}

const SnapshotHead head{17, 99, 5};

}  // namespace

TEST_CASE("snapshot: comes back as it was, written at once or in small steps") {
    const Records records = some_records(700);
    const std::vector<Bytes> kept = {{1, 2, 3}, {}};
    const Bytes bytes = write_snapshot_bytes(records, head, kept);
    Bytes sliced;
    SnapshotWriter writer(records, head, kept, {});
    while (!writer.step([&](ByteView piece) { sliced.insert(sliced.end(), piece.begin(), piece.end()); }, 333)) {}
    CHECK(sliced == bytes);
    CHECK(writer.total_bytes() == bytes.size());

    MemorySource source(bytes);
    CHECK(peek_snapshot(source).state == SnapshotState::Whole);
    for (const TextCheck check : {TextCheck::TrustChecksum, TextCheck::Utf8}) {
        const auto content = read_snapshot(source, SnapshotRead::Strict, check);
        if (!content) { FAIL(content.error().arguments[0]); return; }
        CHECK(content->head.sequence == 17);
        CHECK(content->head.stamp == 99);
        CHECK(content->head.id_salt == 5);
        CHECK(content->kept == kept);
        CHECK(difference(content->records, records) == "");
        CHECK(write_snapshot_bytes(content->records, head, kept) == bytes);
    }
}

TEST_CASE("snapshot: a flipped bit is refused, and all but the damaged column is salvaged") {
    const Records records = some_records(300);
    Bytes bytes = write_snapshot_bytes(records, head, {});
    FakeRandom random(7);
    int salvaged = 0;
    for (int round = 0; round < 500; ++round) {
        const std::size_t at = random.below(bytes.size());
        const auto mask = static_cast<std::uint8_t>(1u << random.below(8));
        bytes[at] ^= mask;
        MemorySource source(bytes);
        const auto strict = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
        // Bits of padding carry nothing: then the records are the same.
        if (strict) { REQUIRE(difference(strict->records, records) == ""); }
        const auto saved = read_snapshot(source, SnapshotRead::Salvage, TextCheck::Utf8);
        if (!strict && saved) {
            ++salvaged;
            REQUIRE(!saved->damaged.empty());
            REQUIRE(saved->records.table(standard_object::account).live_count() == 300);
        }
        bytes[at] ^= mask;
    }
    CHECK(salvaged > 50);
}

TEST_CASE("snapshot: every length that is too short is refused") {
    const Bytes bytes = write_snapshot_bytes(some_records(40), head, {});
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
        MemorySource source(ByteView(bytes).first(size));
        REQUIRE(!read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8));
        REQUIRE(!read_snapshot(source, SnapshotRead::Salvage, TextCheck::Utf8));
    }
}

TEST_CASE("snapshot: written by a newer version, it is known as such and left alone") {
    Bytes bytes = write_snapshot_bytes(some_records(3), head, {});
    bytes[4] = 99;
    const std::uint32_t checksum = crc32c(bytes.data(), 44);
    std::memcpy(bytes.data() + 44, &checksum, sizeof checksum);
    MemorySource source(bytes);
    CHECK(peek_snapshot(source).state == SnapshotState::NewerFormat);
    CHECK(!read_snapshot(source, SnapshotRead::Salvage, TextCheck::Utf8));
}
