// Every format that was ever released opens for ever. A new format gets a folder of its own beside these; the files in
// them are never made again (compiler caches do not watch embedded files). OUTPOST_WRITE_FIXTURE=FOLDER writes today's.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "core/objects/standard.h"
#include "core/store/database.h"
#include "core/store/journal_codec.h"
#include "tests/sim/simulated_storage.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr std::uint8_t format_1_snapshot[] = {
#embed "../fixtures/store_format_1/snapshot.bin"
};
constexpr std::uint8_t format_1_journal[] = {
#embed "../fixtures/store_format_1/journal.bin"
};
#pragma clang diagnostic pop

struct Store {
    FakeClock clock;
    FakeRandom random{5};
    SimulatedStorage storage;
    Records records;
    Editor editor;
    Database database;
    OpenReport report;

    explicit Store(SimulatedDisk& disk)
        : storage(disk, random, {}), editor(records, EditContext{&clock, &random, {}, 0}), database(storage, records, editor) {
        database.open([this](Result<OpenReport> result) {
            if (result) report = *std::move(result);
        });
        storage.settle();
        editor.on_group([this](const ChangeGroup& group) { database.append(group); });
    }
    CommandOutcome run(std::string_view json) {
        const auto command = parse_json(json);
        REQUIRE(command.has_value());
        auto outcome = editor.execute_json(*command);
        REQUIRE(outcome.has_value());
        database.tick();
        storage.settle();
        return *std::move(outcome);
    }
};

// What the fixtures hold: a snapshot at sequence 3, then the entries 4 to 8.
void fill(SimulatedDisk& disk) {
    Store store(disk);
    store.run(R"({"command": "DefineField", "object": "Account", "field": "Region__c", "label": "Region", "type": "Picklist",
        "values": [{"value": "North"}, {"value": "South", "color": "#aa3300"}]})");
    store.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Müller 北京", "Region__c": "South", "AnnualRevenue": 1234.56}})");
    store.run(R"({"command": "CreateRecord", "object": "Opportunity", "fields": {"Name": "First", "StageName": "Prospecting",
        "CloseDate": "2026-12-31", "Amount": "99.95", "Account": {"Name": "Müller 北京"}}})");
    store.database.compact({});
    store.storage.settle();
    const RecordRef opportunity{standard_object::opportunity, 0};
    store.run(R"({"command": "UpdateRecord", "object": "Opportunity", "id": ")" + to_text(store.records.id_of(opportunity)) +
              R"(", "fields": {"StageName": "Closed Won"}})");
    Column names{ColumnKind::Text};
    for (int i = 0; i < 40; ++i) names.mutable_texts().push_back("Imported " + std::to_string(i));
    REQUIRE(store.editor.run("edit.import", {"40"}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
        OUTPOST_CHECK(transaction.create_many(standard_object::account, 40, {{system_field::name, names}}));
        return CommandOutcome{};
    }).has_value());
    REQUIRE(store.editor.execute(DeleteRecords{standard_object::account, {5, 6, 7}}).has_value());
    REQUIRE(store.editor.execute(DeleteRecords{standard_object::account, {8}}).has_value());
    store.run(R"({"command": "Undo"})");
}

void check(Store& store) {
    CHECK(store.report.clean());
    CHECK(store.report.snapshot_sequence == 3);
    CHECK(store.report.last_sequence == 8);
    CHECK(verify_records(store.records).empty());
    const Table& accounts = store.records.table(standard_object::account);
    CHECK(accounts.row_count() == 41);
    CHECK(accounts.live_count() == 38);
    CHECK(accounts.state(6) == RowState::Deleted);
    const RecordRef first{standard_object::account, 0};
    CHECK(store.records.display_name(first) == "Müller 北京");
    const Field* region = store.records.schema().object(standard_object::account).find_field("Region__c");
    REQUIRE(region != nullptr);
    CHECK(std::get<std::string>(store.records.value(first, region->index)) == "South");
    CHECK(std::get<Decimal>(store.records.value(first, account_field::annual_revenue)) == Decimal{123456, 2});
    const RecordRef opportunity{standard_object::opportunity, 0};
    CHECK(std::get<std::string>(store.records.value(opportunity, opportunity_field::stage)) == "Closed Won");
    CHECK(std::get<bool>(store.records.value(opportunity, opportunity_field::is_won)));
    CHECK(std::get<RecordRef>(store.records.value(opportunity, opportunity_field::account)) == first);
}

SimulatedDisk disk_of(ByteView snapshot, ByteView journal) {
    SimulatedDisk disk(1);
    disk.copies[0].snapshot = Bytes(snapshot.begin(), snapshot.end());
    while (!journal.empty()) {
        const std::size_t size = entry_size_at(journal);
        if (size == 0) {
            FAIL_CHECK("the fixture's journal is cut off");
            break;
        }
        const ByteView entry = journal.first(size);
        disk.copies[0].entries.emplace_back(read_entry_frame(entry).sequence, Bytes(entry.begin(), entry.end()));
        journal = journal.subspan(size);
    }
    return disk;
}

void write_file(const std::string& path, ByteView bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("released formats: today's writing is read as it was meant") {
    SimulatedDisk disk(1);
    fill(disk);
    const SimulatedCopy& copy = disk.copies[0];
    if (const char* folder = std::getenv("OUTPOST_WRITE_FIXTURE")) {
        write_file(std::string(folder) + "/snapshot.bin", *copy.snapshot);
        Bytes journal;
        for (const auto& [sequence, bytes] : copy.entries) journal.insert(journal.end(), bytes.begin(), bytes.end());
        write_file(std::string(folder) + "/journal.bin", journal);
    }
    Store store(disk);
    check(store);
}

TEST_CASE("released formats: format 1 opens, goes on, and undoes") {
    SimulatedDisk disk = disk_of(format_1_snapshot, format_1_journal);
    Store store(disk);
    check(store);
    REQUIRE(store.editor.execute(Undo{}).has_value());
    CHECK(store.records.table(standard_object::account).live_count() == 41);
    store.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Today's"}})");
    Store again(disk);
    CHECK(again.report.clean());
    CHECK(again.records.table(standard_object::account).live_count() == 42);
}
