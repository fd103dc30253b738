// History: what a snapshot replaced can still be told and undone, comes from whichever copy has it intact, and is never
// read by an opening that needs none of it.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "core/base/store_start.h"
#include "core/objects/standard.h"
#include "core/store/record_history.h"
#include "core/store/snapshot.h"
#include "tests/sim/random_commands.h"
#include "tests/sim/simulated_storage.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

struct Opened {
    FakeClock clock;
    FakeRandom random{78};
    SimulatedStorage storage;
    Records records;
    Editor editor;
    Database database;
    OpenReport report;

    explicit Opened(SimulatedDisk& disk, StorageFaults faults = {})
        : storage(disk, random, faults), editor(records, EditContext{&clock, &random, {}, 0}), database(storage, records, editor) {
        database.open([this](Result<OpenReport> result) {
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
    void compact() {
        database.compact({});
        storage.settle();
    }
    RecordRef create_account(const std::string& name) {
        const auto outcome = editor.execute(CreateRecord{standard_object::account, {{system_field::name, name}}});
        REQUIRE(outcome.has_value());
        save();
        return outcome->created[0];
    }
    void rename(RecordRef account, const std::string& name) {
        clock.instant += 60'000;
        REQUIRE(editor.execute(UpdateRecord{account, {{system_field::name, name}}}).has_value());
        save();
    }
    GroupHistory groups(Sequence first, Sequence last) {
        std::optional<GroupHistory> out;
        database.load_groups(first, last, [&](Result<GroupHistory> found) {
            if (found) out = *std::move(found);
        });
        storage.settle();
        REQUIRE(out.has_value());
        return *std::move(out);
    }
    RecordHistory history(RecordRef record, std::size_t lines_max = 10'000) {
        std::optional<RecordHistory> out;
        load_record_history(database, records, {1, editor.applied_sequence()}, record, lines_max, [&](Result<RecordHistory> found) {
            if (found) out = *std::move(found);
        });
        storage.settle();
        REQUIRE(out.has_value());
        return *std::move(out);
    }
};

std::vector<std::string> names_told(const RecordHistory& history) {
    std::vector<std::string> names;
    for (const RecordHistoryLine& line : history.lines)
        if (const auto* name = std::get_if<std::string>(&line.after); name && line.field == system_field::name) names.push_back(*name);
    return names;
}

}  // namespace

TEST_CASE("history: a record's changes are told across snapshots, newest first, back to its creation") {
    SimulatedDisk disk(2);
    RecordRef account;
    {
        Opened life(disk);
        life.create_account("Another");
        account = life.create_account("One");
        life.rename(account, "Two");
        life.compact();
        life.rename(account, "Three");
        REQUIRE(life.editor.execute(DeleteRecords{standard_object::account, {account.row}}).has_value());
        REQUIRE(life.editor.execute(RestoreRecords{standard_object::account, {account.row}}).has_value());
        life.compact();
        life.rename(account, "Four");
    }
    Opened life(disk);
    const RecordHistory history = life.history(account);
    CHECK(history.reaches_creation);
    CHECK(history.entries_damaged == 0);
    CHECK(history.sequences_missing == 0);
    CHECK(names_told(history) == std::vector<std::string>{"Four", "Three", "Two", "One"});
    CHECK(history.lines.back().event == RecordEvent::Created);
    CHECK(history.lines.front().time > history.lines.back().time);
    const auto newest_name = std::ranges::find(history.lines, FieldIndex{system_field::name}, &RecordHistoryLine::field);
    REQUIRE(newest_name != history.lines.end());
    CHECK(newest_name->before == Value(std::string("Three")));
    const auto count = [&](RecordEvent event) { return std::ranges::count(history.lines, event, &RecordHistoryLine::event); };
    CHECK(count(RecordEvent::Deleted) == 1);
    CHECK(count(RecordEvent::Restored) == 1);
    const RecordHistory short_one = life.history(account, 2);
    CHECK(short_one.lines.size() == 2);
    CHECK_FALSE(short_one.reaches_creation);
}

TEST_CASE("history: long ones are read page by page") {
    SimulatedDisk disk(1);
    Opened life(disk);
    const RecordRef account = life.create_account("0");
    for (int i = 1; i <= 700; ++i) life.rename(account, std::to_string(i));
    life.compact();
    const RecordHistory history = life.history(account);
    CHECK(history.reaches_creation);
    const std::vector<std::string> names = names_told(history);
    REQUIRE(names.size() == 701);
    for (int i = 0; i <= 700; ++i) CHECK(names[static_cast<std::size_t>(700 - i)] == std::to_string(i));
}

TEST_CASE("history: what is damaged in one copy comes from the other; in all, it is counted and passed over") {
    SimulatedDisk disk(2);
    {
        Opened life(disk);
        for (const char* name : {"A", "B", "C", "D"}) life.create_account(name);
        life.compact();
    }
    disk.copies[0].history[1].second[45] ^= 2;
    {
        Opened life(disk);
        CHECK(life.report.clean());  // opening has no need of it
        const GroupHistory groups = life.groups(1, 4);
        CHECK(groups.groups.size() == 4);
        CHECK(groups.entries_damaged == 0);
    }
    disk.copies[1].history[1].second.resize(20);
    {
        Opened life(disk);
        CHECK(life.report.clean());
        const GroupHistory groups = life.groups(1, UINT64_MAX);
        CHECK(groups.groups.size() == 3);
        CHECK(groups.entries_damaged == 2);
        CHECK(groups.sequences_missing == 1);
    }
    disk.copies[0].history.clear();
    disk.copies[1].history.clear();
    Opened life(disk);
    CHECK(life.groups(1, 4).groups.empty());
    CHECK(life.groups(1, 4).sequences_missing == 4);
}

TEST_CASE("history: undo after opening goes back past a snapshot, though no history is kept") {
    StorageFaults faults;
    faults.keeps_history = false;
    SimulatedDisk disk(2);
    std::uint64_t small = 0;
    {
        Opened life(disk, faults);
        life.create_account("First");
        life.compact();
        small = life.database.snapshot_bytes();
        std::vector<FieldColumn> columns(1, {system_field::name, Column(ColumnKind::Text)});
        for (int i = 0; i < 5000; ++i) columns[0].values.mutable_texts().push_back("Imported " + std::to_string(i));
        const auto imported = life.editor.run("edit.import", {}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
            OUTPOST_TRY(const RowIndex first, transaction.create_many(standard_object::account, 5000, columns));
            static_cast<void>(first);
            return CommandOutcome{};
        });
        REQUIRE(imported.has_value());
        life.compact();
        life.create_account("Last");
        life.compact();
        REQUIRE(life.editor.execute(Undo{}).has_value());
        life.compact();
    }
    // The import in short is a few bytes: the snapshot does not hold its values twice.
    Opened life(disk, faults);
    const auto accounts = [&] { return life.records.table(standard_object::account).live_count(); };
    CHECK(accounts() == 5001);
    REQUIRE(life.editor.execute(Redo{}).has_value());
    CHECK(accounts() == 5002);
    for (const RowIndex left : {5001u, 1u, 0u}) {
        REQUIRE(life.editor.execute(Undo{}).has_value());
        CHECK(accounts() == left);
    }
    CHECK_FALSE(life.editor.undo_stack().can_undo());
    while (life.editor.undo_stack().can_redo()) REQUIRE(life.editor.execute(Redo{}).has_value());
    CHECK(accounts() == 5002);
    CHECK(life.records.text({standard_object::account, 1}, system_field::name) == "Imported 0");
    CHECK(small > 0);
}

TEST_CASE("history: a restored backup begins another one") {
    SimulatedDisk disk(2);
    {
        Opened life(disk);
        for (const char* name : {"A", "B"}) life.create_account(name);
        life.compact();
        life.create_account("C");
        const Bytes backup = write_snapshot_bytes(life.records, {10, 0, 0}, {});
        life.storage.begin_snapshot(10, EarlierEntries::AreDropped);
        life.storage.write_snapshot(backup);
        life.storage.commit_snapshot([](const Status&) {});
        life.storage.settle();
    }
    for (const SimulatedCopy& copy : disk.copies) {
        CHECK(copy.history.empty());
        CHECK(copy.entries.empty());
    }
    Opened life(disk);
    CHECK(life.report.clean());
    const RecordRef account = life.create_account("D");
    CHECK(life.history(account).reaches_creation);
    CHECK(life.groups(1, UINT64_MAX).groups.size() == 1);
}

TEST_CASE("history: of a store that began anew after everything was erased nothing is said to be missing") {
    SimulatedDisk disk(2);
    Opened life(disk);
    life.editor.set_applied_sequence(store_step);
    const RecordRef account = life.create_account("Anew");
    life.rename(account, "Anew, renamed");
    const RecordHistory told = life.history(account);
    CHECK(told.reaches_creation);
    CHECK(told.sequences_missing == 0);
    CHECK(life.groups(1, store_step + 2).groups.size() == 2);
    CHECK(life.groups(1, store_step).groups.empty());
}

TEST_CASE("history: a snapshot asked for while another is being committed follows it") {
    SimulatedDisk disk(1);
    Opened life(disk);
    life.create_account("A");
    int answers = 0;
    for (int i = 0; i < 3; ++i) life.database.compact([&](const Status& status) { answers += status.has_value(); });
    life.storage.settle();
    CHECK(answers == 3);
    CHECK(disk.copies[0].entries.empty());
}

TEST_CASE("history: a stretch of the journal tells its own edits alone, and all stretches what the whole tells") {
    SimulatedDisk disk(3);
    Opened life(disk);
    const RecordRef account = life.create_account("One");
    const Sequence begin = life.editor.applied_sequence();
    for (int i = 0; i < 12; ++i) life.rename(account, "Name " + std::to_string(i));
    const Sequence end = life.editor.applied_sequence();
    const auto told = [&](Sequence oldest, Sequence newest) {
        std::optional<RecordHistory> out;
        load_record_history(life.database, life.records, {oldest, newest}, account, 10'000, [&](Result<RecordHistory> found) {
            if (found) out = *std::move(found);
        });
        life.storage.settle();
        REQUIRE(out.has_value());
        return *std::move(out);
    };
    const RecordHistory part = told(begin + 3, begin + 5);
    CHECK_FALSE(part.reaches_creation);
    CHECK(names_told(part) == std::vector<std::string>{"Name 4", "Name 3", "Name 2"});
    std::vector<std::string> joined = names_told(told(begin + 7, end));
    for (const std::string& name : names_told(told(1, begin + 6))) joined.push_back(name);
    CHECK(joined == names_told(life.history(account)));
    CHECK(told(1, begin + 6).reaches_creation);
}

TEST_CASE("history: groups larger than asked for are left out and counted, and are no gap") {
    SimulatedDisk disk(4);
    Opened life(disk);
    const RecordRef account = life.create_account("One");
    life.rename(account, std::string(200, 'x'));
    life.rename(account, "Short");   // its entry holds the long one, too
    life.rename(account, "Shorter");
    std::optional<RecordHistory> part;
    load_record_history(life.database, life.records, {1, life.editor.applied_sequence(), 180}, account, 10'000, [&](Result<RecordHistory> found) {
        if (found) part = *std::move(found);
    });
    life.storage.settle();
    REQUIRE(part.has_value());
    CHECK(names_told(*part) == std::vector<std::string>{"Shorter", "One"});
    CHECK(part->left_out == 2);
    CHECK(part->sequences_missing == 0);
    CHECK(part->entries_damaged == 0);
    CHECK(life.history(account).left_out == 0);
    CHECK(names_told(life.history(account)).size() == 4);
}
