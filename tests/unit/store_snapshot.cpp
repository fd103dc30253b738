// The snapshot: what goes in comes out, in slices or at once; damage is refused or, at the last, salvaged.
#include <doctest/doctest.h>

#include <cstring>

#include "core/base/crc.h"
#include "core/objects/standard.h"
#include "core/objects/standard_segment.h"
#include "core/store/flipped_byte.h"
#include "core/store/snapshot.h"
#include "core/store/snapshot_format.h"
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
        if (row % 7 == 0) opportunities.set_state(row, row % 2 ? RowState::Deleted : RowState::Removed);
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

TEST_CASE("snapshot: a flipped bit is refused, and salvage mends it") {
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
            REQUIRE(saved->is_whole);
            REQUIRE(difference(saved->records, records) == "");
        }
        bytes[at] ^= mask;
    }
    CHECK(salvaged > 50);
}

TEST_CASE("snapshot: of larger damage all but the damaged column is salvaged, whatever it hits") {
    const Records records = some_records(300);
    const Bytes whole = write_snapshot_bytes(records, head, {});
    int in_part = 0;
    for (std::size_t at = 0; at + 64 <= whole.size(); at += at < 8000 || at > 60'000 ? 64 : 2000) {
        Bytes bytes = whole;
        for (std::size_t i = 0; i < 64; ++i) bytes[at + i] ^= 0xA5;
        MemorySource source(bytes);
        CAPTURE(at);
        const auto saved = read_snapshot(source, SnapshotRead::Salvage, TextCheck::TrustChecksum);
        if (!saved) { FAIL("nothing was salvaged"); return; }
        CHECK(saved->head.sequence == head.sequence);
        REQUIRE(saved->records.table(standard_object::account).live_count() == 300);
        REQUIRE(saved->records.table(standard_object::opportunity).row_count() == 300);
        if (saved->is_whole) REQUIRE(difference(saved->records, records) == "");
        else REQUIRE(!saved->damaged.empty());
        in_part += !saved->is_whole;
    }
    CHECK(in_part > 10);
}

// A snapshot as versions before the spare wrote it: header, directory and sections without the last.
Bytes without_spare(const Bytes& bytes) {
    using namespace snapshot_layout;
    Header header;
    std::memcpy(&header, bytes.data(), sizeof header);
    const std::size_t directory_bytes = (header.section_count - 1) * sizeof(Section);
    Section spare;
    std::memcpy(&spare, bytes.data() + sizeof header + directory_bytes, sizeof spare);
    REQUIRE(spare.kind == SectionKind::Spare);
    const std::size_t sections = sizeof header + directory_bytes + sizeof(Section);
    Bytes out(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(padded(spare.bytes) + section_tail_bytes));
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(sections - sizeof(Section)), out.begin() + static_cast<std::ptrdiff_t>(sections));
    --header.section_count;
    header.total_bytes = out.size();
    header.directory_checksum = crc32c(out.data() + sizeof header, directory_bytes);
    header.checksum = crc32c(&header, offsetof(Header, checksum));
    std::memcpy(out.data(), &header, sizeof header);
    return out;
}

TEST_CASE("snapshot: definitions that are damaged, without a spare: those of other objects are read, standard ones stand in") {
    Records records = some_records(20);
    Object custom;
    custom.index = ObjectIndex{object_first_custom};
    custom.name = "Machine__c";
    custom.fields = custom_system_fields();
    records.mutable_schema().put_object(custom);
    admit_custom_objects(records.mutable_schema());
    Field serial;
    serial.index = FieldIndex{field_first_custom};
    serial.name = "Serial__c";
    serial.type = FieldType::Text;
    serial.length = 40;
    records.mutable_schema().put_field(standard_object::account, serial);
    records.sync_tables_with_schema();
    records.mutable_table(standard_object::account).mutable_column(serial.index).set(7, Value(std::string("S-7")), serial);
    Bytes bytes = without_spare(write_snapshot_bytes(records, head, {}));
    {
        MemorySource source(bytes);
        const auto content = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
        if (!content) { FAIL("an older snapshot is refused"); return; }
        CHECK(difference(content->records, records) == "");
    }
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::memset(bytes.data() + text.find("\"Serial__c\""), 0, 12);
    MemorySource source(bytes);
    const auto content = read_snapshot(source, SnapshotRead::Salvage, TextCheck::Utf8);
    if (!content) { FAIL("nothing was salvaged"); return; }
    CHECK_FALSE(content->is_whole);
    CHECK(content->damaged.size() == 1);
    const Schema& schema = content->records.schema();
    CHECK(schema.find_object("Machine__c") != nullptr);
    const Table& accounts = content->records.table(standard_object::account);
    CHECK(accounts.live_count() == 20);
    CHECK(accounts.column(system_field::name).text(3) == records.table(standard_object::account).column(system_field::name).text(3));
    // What no definition is left of keeps its values, and its number.
    CHECK(accounts.column(serial.index).text(7) == "S-7");
    CHECK(number(schema.next_custom_field(standard_object::account)) == field_first_custom + 1);
}

TEST_CASE("snapshot: one changed byte is found from the checksum, wherever it is") {
    FakeRandom random(3);
    Bytes bytes(1000);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
    const std::uint32_t checksum = crc32c(bytes.data(), bytes.size());
    for (int round = 0; round < 500; ++round) {
        Bytes changed = bytes;
        changed[round < 2 ? (round == 0 ? 0 : 999) : random.below(1000)] ^= static_cast<std::uint8_t>(1 + random.below(255));
        REQUIRE(mend_flipped_byte(changed, checksum));
        REQUIRE(changed == bytes);
    }
    Bytes changed = bytes;
    CHECK(mend_flipped_byte(changed, checksum ^ 0x4100));
    CHECK(changed == bytes);
    changed[5] ^= 1;
    changed[700] ^= 9;
    CHECK_FALSE(mend_flipped_byte(changed, checksum));
}

TEST_CASE("snapshot: every length that is too short is refused, and gives what is there") {
    const Bytes bytes = write_snapshot_bytes(some_records(40), head, {});
    RowIndex most = 0;
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
        MemorySource source(ByteView(bytes).first(size));
        REQUIRE(!read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8));
        const auto saved = read_snapshot(source, SnapshotRead::Salvage, TextCheck::Utf8);
        if (!saved) continue;
        REQUIRE(!saved->is_whole);
        const RowIndex rows = saved->records.table(standard_object::account).live_count();
        REQUIRE(rows >= most);
        most = rows;
    }
    CHECK(most == 40);
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
