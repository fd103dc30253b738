// Damage of every kind, and what opening says of it: flipped bits, lost copies, gaps, a format from the future. The
// answer is always one of: identical, recovered, or reported with the bytes kept.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "core/base/crc.h"
#include "core/base/store_start.h"
#include "core/objects/standard.h"
#include "core/edit/try_update.h"
#include "core/store/database.h"
#include "core/store/snapshot.h"
#include "core/workspace/backup.h"
#include "tests/sim/random_commands.h"
#include "tests/sim/simulated_storage.h"
#include "tests/support/same_records.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

struct Opened {
    FakeClock clock;
    FakeRandom random{77};
    SimulatedStorage storage;
    Records records;
    Editor editor;
    Database database;
    OpenReport report;
    bool done = false;

    explicit Opened(SimulatedDisk& disk, StorageFaults faults = {})
        : storage(disk, random, faults), editor(records, EditContext{&clock, &random, {}, 0}), database(storage, records, editor) {
        database.open([this](Result<OpenReport> result) {
            done = result.has_value();
            if (result) report = *std::move(result);
        });
        storage.settle();
        set_sales_handlers(editor);
        editor.on_group([this](const ChangeGroup& group) { database.append(group); });
    }
    void save() {
        database.tick();
        storage.settle();
    }
    void create_account(const std::string& name) {
        REQUIRE(editor.execute(CreateRecord{standard_object::account, {{system_field::name, name}}}).has_value());
        save();
    }
    RowIndex accounts() const { return records.table(standard_object::account).live_count(); }
};

// A store with a snapshot at sequence 3 and the entries 4 to 6 after it.
SimulatedDisk small_store(int copies) {
    SimulatedDisk disk(copies);
    Opened life(disk);
    for (const char* name : {"A", "B", "C"}) life.create_account(name);
    life.database.compact({});
    life.storage.settle();
    for (const char* name : {"D", "E", "F"}) life.create_account(name);
    return disk;
}

}  // namespace

TEST_CASE("damage: a clean store opens clean, and undo works after it") {
    SimulatedDisk disk = small_store(2);
    Opened life(disk);
    REQUIRE(life.done);
    CHECK(life.report.clean());
    CHECK_FALSE(life.report.first_visit);
    CHECK(life.report.snapshot_sequence == 3);
    CHECK(life.report.entries_replayed == 3);
    CHECK(life.accounts() == 6);
    // Three groups of the journal, and the three that the snapshot replaced and holds in short.
    for (RowIndex left = 6; left > 0; --left) {
        CHECK(life.accounts() == left);
        REQUIRE(life.editor.execute(Undo{}).has_value());
    }
    CHECK(life.accounts() == 0);
    CHECK_FALSE(life.editor.undo_stack().can_undo());
}

TEST_CASE("damage: the first visit is one, an emptied store of two copies is not") {
    SimulatedDisk empty(2);
    CHECK(Opened(empty).report.first_visit);
    SimulatedDisk disk = small_store(2);
    disk.lose_copy(0);
    Opened life(disk);
    CHECK_FALSE(life.report.first_visit);
    CHECK(life.report.copy_lost);
    CHECK(life.accounts() == 6);
    life.save();
    REQUIRE_FALSE(disk.copies[0].was_lost);
    disk.lose_copy(1);
    CHECK(Opened(disk).accounts() == 6);
}

TEST_CASE("damage: of a copy from before everything was erased nothing counts, however much it holds") {
    const SimulatedDisk before = small_store(2);
    for (const bool has_snapshot : {false, true}) {
        CAPTURE(has_snapshot);
        SimulatedDisk disk(2);
        {
            Opened life(disk);
            life.editor.set_applied_sequence(store_step);   // as a storage that was erased says it
            for (const char* name : {"X", "Y"}) life.create_account(name);
            if (has_snapshot) life.database.compact({});
            life.storage.settle();
        }
        const auto is_new = [](const Opened& life) {
            CHECK(life.report.clean());
            CHECK(life.report.last_sequence == store_step + 2);
            CHECK(life.accounts() == 2);
            CHECK(life.database.verify().empty());
        };
        for (const std::size_t copy : {0, 1}) {
            disk.copies[copy] = before.copies[copy];
            is_new(Opened(disk));
            // Looked at together, too.
            disk.copies[copy].was_lost = true;
            Opened both(disk);
            CHECK(both.accounts() == 2);
            CHECK(both.report.sequences_missing.empty());
            disk.copies[copy] = disk.copies[1 - copy];
            is_new(Opened(disk));
        }
    }
}

TEST_CASE("damage: a copy that was out of reach while a backup was restored gives nothing of what it held alone") {
    const SimulatedDisk ahead = small_store(2);   // as many edits as it likes, after those of the other
    SimulatedDisk disk(2);
    {
        Opened life(disk);
        life.create_account("Before");
        life.save();
        const Bytes backup = write_snapshot_bytes(life.records, {1, 0, 0}, {});
        Sequence restored = 0;
        restore_backup(life.storage, 1, backup, [&](Result<Sequence> sequence) { restored = sequence.value_or(0); });
        life.storage.settle();
        CHECK(restored == store_step + 1);
    }
    disk.copies[1] = ahead.copies[1];
    disk.copies[1].was_lost = true;   // looked at together
    const auto is_backup = [](const Opened& life, std::uint32_t accounts) {
        CHECK(life.accounts() == accounts);
        CHECK(life.report.sequences_missing.empty());
        CHECK(life.database.verify().empty());
    };
    {
        Opened life(disk);
        is_backup(life, 1);
        life.create_account("After");
        life.save();
    }
    is_backup(Opened(disk), 2);
}

TEST_CASE("damage: an entry that is damaged in one copy comes from the other; in both, it is reported and kept") {
    SimulatedDisk disk = small_store(2);
    disk.copies[0].entries[1].second[40] ^= 1;
    {
        SimulatedDisk one_bad = disk;
        Opened life(one_bad);
        CHECK(life.accounts() == 6);
        CHECK(life.report.entries_damaged == 1);
        CHECK(life.report.sequences_missing.empty());
        life.save();
        Opened again(one_bad);
        CHECK(again.report.clean());
        CHECK(again.accounts() == 6);
    }
    disk.copies[1].entries[1].second[40] ^= 1;
    Opened life(disk);
    CHECK(life.accounts() == 5);  // E is lost, F is not
    CHECK(life.report.sequences_missing == std::vector<Sequence>{5});
    CHECK(life.report.entries_damaged == 2);
    CHECK(life.database.damaged().size() == 2);
    CHECK(verify_records(life.records).empty());
    life.create_account("G");
    life.save();
    Opened again(disk);
    CHECK(again.report.clean());
    CHECK(again.accounts() == 6);
    CHECK(again.database.damaged().size() == 2);  // still there for export
    again.database.discard_damaged();
    again.save();
    CHECK(Opened(disk).database.damaged().empty());
}

TEST_CASE("damage: a damaged snapshot is made again from the history, else what is whole of it is used") {
    SimulatedDisk disk = small_store(1);
    (*disk.copies[0].snapshot)[disk.copies[0].snapshot->size() / 2] ^= 4;
    {
        SimulatedDisk with_history = disk;
        Opened life(with_history);
        CHECK(life.report.snapshot_damaged);
        CHECK(life.accounts() == 6);
        CHECK(life.report.sequences_missing.empty());
    }
    disk.copies[0].history.clear();
    {
        SimulatedDisk without_history = disk;
        Opened life(without_history);
        CHECK(life.done);
        CHECK(life.report.snapshot_damaged);
    }
    // History from the middle on is no reason to replay onto nothing what the snapshot still holds.
    disk.copies[0].history = small_store(1).copies[0].history;
    disk.copies[0].history.erase(disk.copies[0].history.begin());
    Opened life(disk);
    CHECK(life.done);
    CHECK(life.report.snapshot_damaged);
    CHECK(life.accounts() >= 5);
}

std::string live_names(const Records& records) {
    std::string names;
    const Table& table = records.table(standard_object::account);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) names += table.column(system_field::name).text(row);
    return names;
}

// Where a snapshot's records begin and end: between the definitions and those of its spare.
std::pair<std::size_t, std::size_t> records_within(const Bytes& snapshot) {
    const std::string_view text(reinterpret_cast<const char*>(snapshot.data()), snapshot.size());
    const std::size_t first = text.find("{\"objectLimit\""), again = text.rfind("{\"objectLimit\"");
    REQUIRE(first < again);
    return {snapshot.size() - again, again};
}

TEST_CASE("damage: a snapshot with no journal beside it, changed anywhere: identical, or reported with its bytes kept") {
    SimulatedDisk disk = small_store(1);
    {
        Opened life(disk);
        life.database.compact({});
        life.storage.settle();
    }
    disk.copies[0].history.clear();
    REQUIRE(disk.copies[0].entries.empty());
    const auto [records_at, spare_at] = records_within(*disk.copies[0].snapshot);
    int unseen = 0, identical = 0, in_part = 0;
    FakeRandom random(11);
    for (int round = 0; round < 120; ++round) {
        SimulatedDisk damaged = disk;
        Bytes& bytes = *damaged.copies[0].snapshot;
        const bool one_byte = round % 2 == 0;
        // What lies before and after the definitions is as likely to be hit as they are.
        const std::size_t at = round % 3 == 0 ? random.below(6000) : round % 3 == 1 ? records_at + random.below(spare_at - records_at) : random.below(bytes.size() - 200);
        for (std::size_t i = 0; i < (one_byte ? 1 : 100); ++i) bytes[at + i] ^= static_cast<std::uint8_t>(1 + random.below(255));
        CAPTURE(round);
        CAPTURE(at);
        Opened life(damaged);
        REQUIRE(life.done);
        const bool same = live_names(life.records) == "ABCDEF";
        if (life.report.clean()) {
            CHECK(same);
            ++unseen;
            continue;
        }
        CHECK(life.report.snapshot_damaged);
        CHECK(verify_records(life.records).empty());
        CHECK(life.accounts() == 6);
        if (one_byte) CHECK(life.report.snapshot_loss == OpenReport::Loss::None);
        if (life.report.snapshot_loss == OpenReport::Loss::None) CHECK(same);
        else CHECK(!life.report.damaged_bytes.empty());
        ++(life.report.snapshot_loss == OpenReport::Loss::None ? identical : in_part);
        life.create_account("G");
        life.save();
        Opened again(damaged);
        CHECK(again.report.clean());
        CHECK(again.accounts() == 7);
        CHECK(again.database.damaged() == life.database.damaged());
    }
    MESSAGE(unseen, " without effect, ", identical, " identical, ", in_part, " in part");
    CHECK(identical > 50);
    CHECK(in_part > 0);  // most of this small store is definitions and undo
}

TEST_CASE("damage: a snapshot that can't be read at all is kept as it is, and what came after it is there") {
    SimulatedDisk disk = small_store(2);
    for (SimulatedCopy& copy : disk.copies) {
        copy.history.clear();
        for (std::size_t at = 0; at < copy.snapshot->size(); at += 7) (*copy.snapshot)[at] ^= 0x3C;
    }
    const Bytes before = *disk.copies[0].snapshot;
    {
        Opened life(disk);
        REQUIRE(life.done);
        CHECK(life.report.snapshot_loss == OpenReport::Loss::All);
        CHECK(life.report.sequences_missing.empty());
        CHECK(live_names(life.records) == "DEF");
        CHECK(std::ranges::count(life.database.damaged(), before) == 2);
        life.create_account("G");
        life.save();
    }
    Opened again(disk);
    CHECK(again.report.clean());
    CHECK(live_names(again.records) == "DEFG");
    CHECK(std::ranges::count(again.database.damaged(), before) == 2);
}

TEST_CASE("damage: of two damaged snapshots the one from which nothing is lacking is taken") {
    SimulatedDisk disk = small_store(2);
    for (SimulatedCopy& copy : disk.copies) copy.history.clear();
    Bytes& first = *disk.copies[0].snapshot;
    const auto [begin, end] = records_within(first);
    for (std::size_t at = begin; at < end; at += 3) first[at] ^= 0x3C;
    (*disk.copies[1].snapshot)[30'000] ^= 0x10;
    Opened life(disk);
    CHECK(life.report.snapshot_damaged);
    CHECK(life.report.snapshot_loss == OpenReport::Loss::None);
    CHECK(life.report.copy_used == "copy1");
    CHECK(live_names(life.records) == "ABCDEF");
}

TEST_CASE("damage: beside a newer snapshot that is damaged, an older one is not said to hold everything") {
    SimulatedDisk disk = small_store(2);
    SimulatedCopy older = disk.copies[1];
    older.entries.clear();
    {
        Opened life(disk);
        life.database.compact({});
        life.storage.settle();
    }
    disk.copies[1] = std::move(older);
    for (SimulatedCopy& copy : disk.copies) copy.history.clear();
    Bytes& newer = *disk.copies[0].snapshot;
    const auto [begin, end] = records_within(newer);
    for (std::size_t at = begin; at < end; at += 3) newer[at] ^= 0x3C;
    const Bytes damaged = newer;
    Opened life(disk);
    CHECK(live_names(life.records) == "ABC");
    CHECK(life.report.sequences_missing == std::vector<Sequence>{4, 5, 6});
    CHECK(life.report.snapshot_loss == OpenReport::Loss::Part);
    CHECK(std::ranges::contains(life.database.damaged(), damaged));
}

// A snapshot of several slices, of which the first is written.
void begin_large_snapshot(Opened& life) {
    Batch batch;
    for (int i = 0; i < 60; ++i) {
        Json fields = Json::object();
        fields.set("Name", "L" + std::to_string(i)).set("Description", std::string(30'000, static_cast<char>('a' + i % 26)));
        batch.commands.push_back(Json::object().set("command", "CreateRecord").set("object", "Account").set("fields", std::move(fields)));
    }
    REQUIRE(life.editor.execute(batch).has_value());
    life.save();
    life.database.tick();
    REQUIRE(life.database.wants_tick());
}

TEST_CASE("damage: an edit that is refused between two slices of a snapshot leaves no trace in it") {
    SimulatedDisk disk(1);
    Opened life(disk, {.keeps_history = false});
    begin_large_snapshot(life);
    std::vector<RowIndex> rows(60);
    std::iota(rows.begin(), rows.end(), RowIndex{0});
    const std::vector<FieldValue> fields{{account_field::description, std::string(31'000, 'z')}};
    CHECK(try_update(life.editor, life.records, standard_object::account, rows, fields).changing.size() == 60);
    CHECK(life.editor.applied_sequence() == 1);
    while (life.database.wants_tick()) life.save();
    CHECK(disk.copies[0].snapshot_sequence == 1);
    Opened again(disk);
    CHECK(again.report.clean());
    CHECK(difference(life.records, again.records) == "");
}

TEST_CASE("damage: what was kept of it is removed while a snapshot is written") {
    SimulatedDisk disk = small_store(1);
    disk.copies[0].entries[1].second[40] ^= 1;
    Opened life(disk);
    life.save();
    REQUIRE_FALSE(life.database.damaged().empty());
    begin_large_snapshot(life);
    life.database.discard_damaged();
    while (life.database.wants_tick()) life.save();
    Opened again(disk);
    CHECK(again.report.clean());
    CHECK(again.database.damaged().empty());
    CHECK(difference(life.records, again.records) == "");
}

TEST_CASE("damage: what is lost while a snapshot is being committed is written anew") {
    SimulatedDisk disk(2);
    Opened life(disk);
    life.create_account("A");
    life.database.compact({});
    REQUIRE(life.storage.step());  // one copy has it
    life.storage.lose_everything();
    life.storage.settle();
    life.save();
    for (const SimulatedCopy& copy : disk.copies) CHECK(copy.snapshot.has_value());
}

TEST_CASE("damage: a backup says whether it is damaged or of a newer version") {
    SimulatedDisk disk = small_store(1);
    Opened life(disk);
    Bytes backup = write_snapshot_bytes(life.records, {6, 0, 0}, {});
    const auto refusal = [&] {
        std::string key;
        restore_backup(life.storage, 6, backup, [&](Result<Sequence> restored) { key = restored ? "" : restored.error().message_key; });
        return key;
    };
    backup[backup.size() / 2] ^= 1;
    CHECK(refusal() == "error.backup.unreadable");
    backup[4] = 200;
    const std::uint32_t checksum = crc32c(backup.data(), 44);
    std::memcpy(backup.data() + 44, &checksum, sizeof checksum);
    CHECK(refusal() == "error.storage.newer_format");
}

TEST_CASE("damage: what a newer version wrote is refused and left as it is") {
    SimulatedDisk disk = small_store(2);
    for (SimulatedCopy& copy : disk.copies) {
        Bytes& entry = copy.entries[2].second;
        entry[4] = 200;
        std::uint32_t checksum = crc32c(entry.data(), 28);
        checksum = crc32c(entry.data() + 32, entry.size() - 32, checksum);
        std::memcpy(entry.data() + 28, &checksum, sizeof checksum);
    }
    const auto before = disk.copies[0].entries;
    Opened life(disk);
    CHECK(life.done);
    CHECK(life.report.newer_format);
    life.save();
    CHECK(disk.copies[0].entries == before);
}

TEST_CASE("damage: bits flipped at random are never silent") {
    int identical = 0, recovered = 0, reported = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        FakeRandom random(seed);
        const int copies = 1 + static_cast<int>(seed % 2);
        SimulatedDisk disk = small_store(copies);
        REQUIRE(disk.flip_bit(random, random.below(static_cast<std::uint64_t>(copies))));
        Opened life(disk);
        REQUIRE(life.done);
        const std::string names = live_names(life.records);
        if (names == "ABCDEF") ++(life.report.clean() ? identical : recovered);
        else if (!life.report.clean()) ++reported;
        else FAIL_CHECK("seed ", seed, ": silent loss: ", names);
        CHECK(verify_records(life.records).empty());
    }
    MESSAGE(identical, " identical, ", recovered, " recovered, ", reported, " reported");
    CHECK(recovered > 0);
}

TEST_CASE("damage: a full disk stops nothing but saving, and a retry saves") {
    SimulatedDisk disk(2);
    disk.bytes_max = 1500;
    Opened life(disk);
    for (int i = 0; i < 20; ++i) {
        REQUIRE(life.editor.execute(CreateRecord{standard_object::account, {{system_field::name, std::string("A") + std::to_string(i)}}}).has_value());
        life.save();
    }
    CHECK(life.database.state() == StorageState::Full);
    CHECK(life.database.durable_sequence() < 20);
    CHECK(Opened(disk).accounts() == life.database.durable_sequence());
    disk.bytes_max = UINT64_MAX;
    life.storage.retry();
    life.save();
    CHECK(life.database.state() == StorageState::Working);
    CHECK(life.database.durable_sequence() == 20);
    CHECK(Opened(disk).accounts() == 20);
}

TEST_CASE("damage: a store that is thrown away while it is open is written anew by the next tick") {
    SimulatedDisk disk = small_store(2);
    Opened life(disk);
    life.create_account("G");
    life.storage.lose_everything();
    CHECK(life.database.durable_sequence() == 0);  // nothing is called saved that is not
    CHECK(life.database.wants_tick());
    life.save();
    CHECK(life.database.durable_sequence() == 7);
    CHECK(Opened(disk).accounts() == 7);
    life.create_account("H");
    CHECK(Opened(disk).accounts() == 8);
}

TEST_CASE("damage: thrown away on a full disk, everything is written as soon as there is room") {
    SimulatedDisk disk = small_store(2);
    Opened life(disk);
    life.create_account("G");
    life.storage.lose_everything();
    disk.bytes_max = 0;
    life.save();
    CHECK(life.database.state() == StorageState::Full);
    CHECK(life.database.durable_sequence() == 0);
    life.create_account("H");
    CHECK(life.database.durable_sequence() == 0);
    disk.bytes_max = UINT64_MAX;
    life.storage.retry();
    life.save();
    CHECK(life.database.durable_sequence() == 8);
    CHECK(Opened(disk).accounts() == 8);
}
