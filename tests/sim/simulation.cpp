// The simulation: a seed drives clock, ids, storage and what is edited; the process is killed at any step and opened
// again. Checked each time: the state is exactly that of one sequence between the durable and the applied one, every
// derived thing equals a naive recomputation, and undoing everything gives the starting state.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "core/objects/standard.h"
#include "core/store/database.h"
#include "core/store/journal_codec.h"
#include "core/store/snapshot.h"
#include "tests/sim/random_commands.h"
#include "tests/sim/simulated_storage.h"
#include "tests/support/same_records.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

// One process: what a page or a program has from opening to its end.
struct Life {
    FakeClock& clock;
    SimulatedStorage storage;
    Records records;
    Editor editor;
    Database database;
    OpenReport report;
    bool opened = false;

    Life(SimulatedDisk& disk, FakeRandom& random, FakeClock& shared_clock, StorageFaults faults)
        : clock(shared_clock), storage(disk, random, faults), editor(records, EditContext{&clock, &random, {}, 0}),
          database(storage, records, editor) {
        set_sales_handlers(editor);
    }
    void open() {
        database.open([this](Result<OpenReport> result) {
            opened = result.has_value();
            if (result) report = *std::move(result);
        });
        while (!opened && storage.step()) {}
    }
};

// What happened, as the groups that the editor gave out: the model that every recovery is held against.
struct Model {
    std::vector<ChangeGroup> groups;
    Sequence durable = 0;  // acknowledged at some time

    std::string differs(const Records& records, Sequence sequence) const {
        Records naive;
        for (Sequence i = 0; i < sequence; ++i)
            if (!apply(naive, groups[i])) return "the model refuses group " + std::to_string(i + 1);
        return difference(records, naive);
    }
};

struct Plan {
    int lives = 3;
    int edits_max = 14;
    int copies = 2;
    StorageFaults faults;
    std::uint64_t bytes_max = UINT64_MAX;
    bool lose_copies = false;
    bool lose_everything = false;  // while it is open
};

class Simulation {
public:
    Simulation(std::uint64_t seed, Plan plan) : random_(seed), plan_(plan), disk_(plan.copies) { disk_.bytes_max = plan.bytes_max; }
    // "" when everything held, else what did not.
    std::string run();

private:
    std::string live();
    std::string check_opened(const Life& life);
    std::string check_history(Life& life);
    void one_edit(Life& life);

    FakeRandom random_;
    Plan plan_;
    FakeClock clock_;
    SimulatedDisk disk_;
    Model model_;
    bool lost_copy_ = false;
};

std::string Simulation::check_opened(const Life& life) {
    if (!life.opened) return "did not open";
    const Sequence sequence = life.editor.applied_sequence();
    const std::string at = " (sequence " + std::to_string(sequence) + ", durable " + std::to_string(model_.durable) + ", applied " +
                           std::to_string(model_.groups.size()) + ")";
    if (sequence < model_.durable) return "acknowledged edits are gone" + at;
    if (sequence > model_.groups.size()) return "edits that never were" + at;
    if (!life.report.sequences_missing.empty()) return "sequences missing" + at;
    if (life.report.first_visit != (sequence == 0 && life.report.entries_unfinished == 0) && !lost_copy_ && sequence > 0)
        return "taken for a first visit" + at;
    if (std::string found = model_.differs(life.records, sequence); !found.empty()) return found + at;
    const std::vector<std::string> faults = verify_records(life.records);
    return faults.empty() ? "" : faults[0] + at;
}

// The audit trail: journal and history together still tell every edit there ever was, each as it was made.
std::string Simulation::check_history(Life& life) {
    if (!plan_.faults.keeps_history || plan_.lose_copies || plan_.lose_everything) return "";
    std::optional<GroupHistory> history;
    life.database.load_groups(1, UINT64_MAX, [&](Result<GroupHistory> groups) {
        if (groups) history = *std::move(groups);
    });
    while (!history && life.storage.step()) {}
    if (!history) return "history did not come";
    const Sequence applied = life.editor.applied_sequence();
    if (history->groups.size() != applied || history->sequences_missing != 0 || history->entries_damaged != 0)
        return "history has " + std::to_string(history->groups.size()) + " of " + std::to_string(applied) + " groups";
    for (Sequence i = 0; i < applied; ++i)
        if (encode_entry_bytes(history->groups[i], life.records.schema()) != encode_entry_bytes(model_.groups[i], life.records.schema()))
            return "history tells another edit " + std::to_string(i + 1);
    return "";
}

void Simulation::one_edit(Life& life) {
    clock_.instant += static_cast<Milliseconds>(random_.below(5'000));
    RandomCommands commands(random_);
    commands.perform(life.editor, life.records);
    if (random_.below(2) == 0) life.database.tick();
    for (std::uint64_t steps = random_.below(4); steps > 0; --steps) life.storage.step();
    if (random_.below(12) == 0) life.database.compact({});
    if (plan_.lose_everything && random_.below(6) == 0) life.storage.lose_everything();
    if (life.storage.state() != StorageState::Working && random_.below(3) == 0) life.storage.retry();
}

std::string Simulation::live() {
    Life life(disk_, random_, clock_, plan_.faults);
    life.open();
    if (std::string found = check_opened(life); !found.empty()) return found;
    model_.groups.resize(life.editor.applied_sequence());
    lost_copy_ = false;
    life.editor.on_group([&](const ChangeGroup& group) {
        model_.groups.push_back(group);
        life.database.append(group);
    });
    for (std::uint64_t edits = random_.below(static_cast<std::uint64_t>(plan_.edits_max) + 1); edits > 0; --edits) one_edit(life);
    const bool lose = plan_.lose_copies && random_.below(2) == 0;
    if (lose) life.database.compact({});  // only a copy that another one equals can be lost without harm
    if (lose || random_.below(4) == 0) {
        life.database.tick();
        life.storage.settle();
    }
    model_.durable = life.database.durable_sequence();
    if (std::string found = model_.differs(life.records, life.editor.applied_sequence()); !found.empty()) return "alive: " + found;
    life.storage.kill(random_.below(2) == 0 ? SimulatedStorage::Unsynced::MayLand : SimulatedStorage::Unsynced::Dropped);
    if (lose) {
        disk_.lose_copy(random_.below(disk_.copies.size()));
        lost_copy_ = true;
    }
    return "";
}

std::string Simulation::run() {
    for (int i = 0; i < plan_.lives; ++i)
        if (std::string found = live(); !found.empty()) return "life " + std::to_string(i) + ": " + found;
    Life last(disk_, random_, clock_, {});
    last.open();
    if (std::string found = check_opened(last); !found.empty()) return found;
    return check_history(last);
}

// OUTPOST_SIM_SEEDS runs more, OUTPOST_SIM_SEED one alone.
void run_seeds(std::uint64_t first, std::uint64_t count, const std::function<Plan(std::uint64_t)>& plan) {
    if (const char* more = std::getenv("OUTPOST_SIM_SEEDS")) count = std::strtoull(more, nullptr, 10);
    if (const char* one = std::getenv("OUTPOST_SIM_SEED")) {
        first = std::strtoull(one, nullptr, 10);
        count = 1;
    }
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const std::string found = Simulation(seed, plan(seed)).run();
        CHECK_MESSAGE(found.empty(), "seed ", seed, ": ", found);
        if (!found.empty()) return;
    }
}

}  // namespace

TEST_CASE("simulation: leads converted together are there whole or not at all, killed at any step") {
#if defined(__EMSCRIPTEN__)
    constexpr std::size_t lead_count = 100;
#else
    constexpr std::size_t lead_count = 1000;
#endif
    FakeRandom random(5);
    FakeClock clock;
    SimulatedDisk before(2);
    const auto begin = [](Life& life) {
        life.open();
        REQUIRE(life.opened);
        life.editor.on_group([&life](const ChangeGroup& group) { life.database.append(group); });
    };
    const auto count = [](const Life& life, ObjectIndex object) { return life.records.table(object).live_count(); };
    std::vector<RecordId> leads;
    {
        Life life(before, random, clock, {});
        begin(life);
        for (std::size_t i = 0; i < lead_count; ++i) {
            const std::string name = "L" + std::to_string(i);
            const auto made = life.editor.execute(CreateRecord{standard_object::lead, {{lead_field::last_name, name}, {lead_field::company, name}}});
            REQUIRE(made);
            leads.push_back(life.records.id_of(made->created[0]));
        }
        life.database.tick();
        life.storage.settle();
        life.storage.kill(SimulatedStorage::Unsynced::Dropped);
    }
    bool was_gone = false, was_whole = false;
    for (int steps = 0; steps < 12; ++steps) {
        CAPTURE(steps);
        SimulatedDisk disk = before;
        {
            Life life(disk, random, clock, {});
            begin(life);
            Batch batch;
            for (const RecordId lead : leads) batch.commands.push_back(Json::object().set("command", "ConvertLead").set("lead", to_text(lead)));
            REQUIRE(life.editor.execute(batch));
            if (steps > 0) life.database.tick();
            for (int i = 1; i < steps; ++i) life.storage.step();
            life.storage.kill(steps % 2 == 0 ? SimulatedStorage::Unsynced::MayLand : SimulatedStorage::Unsynced::Dropped);
        }
        Life after(disk, random, clock, {});
        begin(after);
        CHECK(verify_records(after.records).empty());
        CHECK(count(after, standard_object::lead) == lead_count);
        const std::size_t contacts = count(after, standard_object::contact);
        CHECK((contacts == 0 || contacts == lead_count));
        for (const ObjectIndex object : {standard_object::account, standard_object::opportunity, standard_object::opportunity_contact_role}) CHECK(count(after, object) == contacts);
        const auto converted = after.records.table(standard_object::lead).column(lead_field::is_converted).flags();
        CHECK(static_cast<std::size_t>(std::ranges::count(converted, 1)) == contacts);
        (contacts == 0 ? was_gone : was_whole) = true;
    }
    CHECK(was_gone);
    CHECK(was_whole);
}

TEST_CASE("simulation: killed at any step, the store opens at a state between durable and applied") {
    run_seeds(1, 40, [](std::uint64_t) { return Plan{}; });
}

TEST_CASE("simulation: writes that fail, and a disk that runs full, lose nothing that was acknowledged") {
    run_seeds(1000, 40, [](std::uint64_t seed) {
        Plan plan;
        plan.copies = 1 + static_cast<int>(seed % 2);
        plan.faults.fail_percent = seed % 3 == 0 ? 10 : 0;
        plan.faults.fail_call = 1 + seed % 17;
        if (seed % 4 == 0) plan.bytes_max = 20'000 + seed % 30'000;
        return plan;
    });
}

TEST_CASE("simulation: a copy that the browser threw away is written anew from the other") {
    run_seeds(2000, 30, [](std::uint64_t) {
        Plan plan;
        plan.lose_copies = true;
        return plan;
    });
}

TEST_CASE("simulation: what was thrown away under an open store is written anew, and nothing is called saved before") {
    run_seeds(5000, 40, [](std::uint64_t seed) {
        Plan plan;
        plan.lose_everything = true;
        plan.edits_max = 30;
        plan.copies = 1 + static_cast<int>(seed % 2);
        if (seed % 3 == 0) plan.faults.fail_percent = 10;
        return plan;
    });
}

TEST_CASE("simulation: a storage without history recovers the same") {
    run_seeds(3000, 15, [](std::uint64_t) {
        Plan plan;
        plan.faults.keeps_history = false;
        return plan;
    });
}

TEST_CASE("simulation: undoing everything gives the starting state, redoing everything the end") {
    for (std::uint64_t seed = 4000; seed < 4020; ++seed) {
        FakeRandom random(seed);
        FakeClock clock;
        SimulatedDisk disk;
        Life life(disk, random, clock, {});
        life.open();
        RandomCommands commands(random);
        for (int i = 0; i < 25; ++i) {
            clock.instant += 1000;
            commands.perform_forward(life.editor, life.records);
        }
        const Bytes at_end = write_snapshot_bytes(life.records, {}, {});
        while (life.editor.undo_stack().can_undo()) REQUIRE(life.editor.execute(Undo{}).has_value());
        const std::string left = visible_difference(life.records, Records());
        CHECK_MESSAGE(left.empty(), "seed ", seed, ": after undoing all: ", left);
        while (life.editor.undo_stack().can_redo()) REQUIRE(life.editor.execute(Redo{}).has_value());
        MemorySource source(at_end);
        const auto expected = read_snapshot(source, SnapshotRead::Strict, TextCheck::Utf8);
        REQUIRE(expected.has_value());
        const std::string lacking = visible_difference(life.records, expected->records);
        CHECK_MESSAGE(lacking.empty(), "seed ", seed, ": after redoing all: ", lacking);
        CHECK(verify_records(life.records).empty());
        if (!left.empty() || !lacking.empty()) return;
    }
}
