// SimulatedStorage: a storage of several copies whose every write is a step that the simulation may delay, refuse, tear
// or lose. What is on the SimulatedDisk outlives the storage, as files outlive a process.
// Invariant: a step is whole or not there, but for the last one at a kill, which may be torn; acknowledged bytes stay
// unless the disk is told to damage or lose them. Called by: the simulation and the store's tests.
#pragma once

#include <deque>
#include <map>
#include <optional>

#include "core/base/ports.h"
#include "tests/support/fake_ports.h"

namespace outpost::testing {

struct SimulatedCopy {
    std::string name;
    std::optional<Bytes> snapshot;
    Sequence snapshot_sequence = 0;
    std::vector<std::pair<Sequence, Bytes>> entries;   // as kept; the key is the storage's own, not the bytes'
    std::vector<std::pair<Sequence, Bytes>> history;
    bool was_lost = false;
    std::size_t bytes() const;
};

struct SimulatedDisk {
    std::vector<SimulatedCopy> copies;
    std::uint64_t bytes_max = UINT64_MAX;              // of each copy: a full disk
    explicit SimulatedDisk(int copy_count = 2);
    // Damage, by a seed: flips one bit of one stored thing. False when there is nothing to flip.
    bool flip_bit(FakeRandom& random, std::size_t copy);
    // The copy that a storage would call the best: the newest that was not thrown away.
    std::size_t best_copy() const;
    void lose_copy(std::size_t copy);
};

struct StorageFaults {
    std::uint64_t fail_call = 0;         // the k-th step fails (1-based); 0 none
    std::uint32_t fail_percent = 0;      // each step
    bool keeps_history = true;
};

class SimulatedStorage : public Storage {
public:
    SimulatedStorage(SimulatedDisk& disk, FakeRandom& random, StorageFaults faults);

    void load(LoadScope scope, std::function<void(Result<std::vector<StoredCopy>>)> done) override;
    void append(Sequence sequence, std::span<const ByteView> parts) override;
    void flush() override;
    Sequence durable_sequence() const override;
    void begin_snapshot(Sequence sequence, EarlierEntries earlier) override;
    void write_snapshot(ByteView bytes) override;
    void commit_snapshot(std::function<void(Status)> done) override;
    void load_history(Sequence first, Sequence last, LoadScope scope, std::function<void(Result<std::vector<Bytes>>)> done) override;
    void erase_all(std::function<void(Status)> done) override;
    StorageState state() const override;
    std::string failure_detail() const override { return state() == StorageState::Working ? "" : "simulated"; }
    void retry() override;
    void on_progress(std::function<void()> callback) override { progress_ = std::move(callback); }

    // One pending step of some copy. False when there is none that can be done.
    bool step();
    void settle() { while (step()) {} }
    // All copies are deleted under the open storage, as a browser does that needs room. Entries are refused from then on,
    // copy by copy, until a snapshot has made it whole. Not before it has acknowledged something: until then it does not
    // know what it had.
    void lose_everything();
    // The process is killed: of each copy's pending steps some first ones still land, the next may land torn.
    enum class Unsynced { MayLand, Dropped };
    void kill(Unsynced unsynced);
    std::uint64_t calls() const { return calls_; }

private:
    struct Step {
        enum class Kind { Entries, Snapshot, Erase } kind = Kind::Entries;
        std::vector<std::pair<Sequence, Bytes>> entries;
        std::shared_ptr<const Bytes> snapshot;
        Sequence sequence = 0;
        EarlierEntries earlier = EarlierEntries::BecomeHistory;
        std::shared_ptr<int> copies_left;
        std::shared_ptr<std::function<void(Status)>> done;
    };
    struct Lane {
        std::deque<Step> steps;
        Sequence durable = 0;
        StorageState state = StorageState::Working;
        bool has_gap = false;
    };
    bool perform(std::size_t copy, const Step& step, bool torn);
    bool do_load();

    SimulatedDisk& disk_;
    FakeRandom& random_;
    StorageFaults faults_;
    std::vector<Lane> lanes_;
    std::vector<std::pair<Sequence, Bytes>> queued_;
    std::deque<std::function<void()>> loads_;
    Bytes snapshot_;
    Sequence snapshot_sequence_ = 0;
    EarlierEntries earlier_ = EarlierEntries::BecomeHistory;
    std::uint64_t calls_ = 0;
    std::function<void()> progress_;
};

}  // namespace outpost::testing
