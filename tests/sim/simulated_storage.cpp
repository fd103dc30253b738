#include "tests/sim/simulated_storage.h"

#include <algorithm>

#include "core/store/journal_codec.h"

namespace outpost::testing {

namespace {
constexpr std::size_t large_entry_bytes = 400;
}  // namespace

std::size_t SimulatedCopy::bytes() const {
    std::size_t total = snapshot ? snapshot->size() : 0;
    for (const auto* list : {&entries, &history})
        for (const auto& [sequence, bytes] : *list) total += bytes.size();
    return total;
}

SimulatedDisk::SimulatedDisk(int copy_count) {
    for (int i = 0; i < copy_count; ++i) copies.emplace_back().name = "copy" + std::to_string(i);
}

bool SimulatedDisk::flip_bit(FakeRandom& random, std::size_t index) {
    SimulatedCopy& copy = copies[index];
    std::size_t total = copy.snapshot ? copy.snapshot->size() : 0;
    for (const auto& [sequence, bytes] : copy.entries) total += bytes.size();
    if (total == 0) return false;
    std::size_t at = random.below(total);
    const auto mask = static_cast<std::uint8_t>(1u << random.below(8));
    if (copy.snapshot && at < copy.snapshot->size()) {
        (*copy.snapshot)[at] ^= mask;
        return true;
    }
    if (copy.snapshot) at -= copy.snapshot->size();
    for (auto& [sequence, bytes] : copy.entries) {
        if (at < bytes.size()) {
            bytes[at] ^= mask;
            return true;
        }
        at -= bytes.size();
    }
    return false;
}

void SimulatedDisk::lose_copy(std::size_t index) {
    SimulatedCopy& copy = copies[index];
    const std::string name = copy.name;
    copy = {};
    copy.name = name;
    copy.was_lost = true;
}

std::size_t SimulatedDisk::best_copy() const {
    const auto newest = [](const SimulatedCopy& copy) {
        return std::max(copy.snapshot_sequence, copy.entries.empty() ? 0 : copy.entries.back().first);
    };
    std::size_t best = 0;
    for (std::size_t i = 0; i < copies.size(); ++i)
        if (newest(copies[i]) > newest(copies[best]) || copies[best].was_lost) best = i;
    return best;
}

SimulatedStorage::SimulatedStorage(SimulatedDisk& disk, FakeRandom& random, StorageFaults faults)
    : disk_(disk), random_(random), faults_(faults), lanes_(disk.copies.size()) {}

void SimulatedStorage::load(LoadScope scope, std::function<void(Result<std::vector<StoredCopy>>)> done) {
    loads_.push_back([this, scope, done = std::move(done)] {
        std::vector<StoredCopy> out;
        const std::size_t best = disk_.best_copy();
        for (std::size_t i = 0; i < disk_.copies.size(); ++i) {
            const SimulatedCopy& copy = disk_.copies[i];
            if (scope == LoadScope::Best && i != best && !copy.was_lost) continue;
            StoredCopy& stored = out.emplace_back();
            stored.name = copy.name;
            stored.was_lost = copy.was_lost;
            if (copy.snapshot) stored.snapshot = std::make_unique<BytesSource>(*copy.snapshot);
            for (const auto& [sequence, bytes] : copy.entries) {
                // Large ones are not given in memory; one that was cut off is known to the storage by its frame.
                const bool is_large = bytes.size() > large_entry_bytes && read_entry_frame(bytes).state != FrameState::Torn;
                if (is_large) stored.large_entries.push_back(std::make_unique<BytesSource>(bytes));
                else stored.entries.push_back(bytes);
            }
        }
        done(std::move(out));
    });
}

void SimulatedStorage::append(Sequence sequence, std::span<const ByteView> parts) {
    Bytes bytes;
    for (const ByteView part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
    queued_.emplace_back(sequence, std::move(bytes));
}

void SimulatedStorage::flush() {
    if (queued_.empty()) return;
    Step step;
    step.entries = std::move(queued_);
    queued_.clear();
    for (Lane& lane : lanes_) lane.steps.push_back(step);
}

Sequence SimulatedStorage::durable_sequence() const {
    Sequence newest = 0;
    for (const Lane& lane : lanes_) newest = std::max(newest, lane.durable);
    return newest;
}

void SimulatedStorage::begin_snapshot(Sequence sequence, EarlierEntries earlier) {
    snapshot_.clear();
    earlier_ = earlier;
    snapshot_sequence_ = sequence;
}

void SimulatedStorage::write_snapshot(ByteView bytes) { snapshot_.insert(snapshot_.end(), bytes.begin(), bytes.end()); }

void SimulatedStorage::commit_snapshot(std::function<void(Status)> done) {
    flush();
    Step step;
    step.kind = Step::Kind::Snapshot;
    step.snapshot = std::make_shared<const Bytes>(std::move(snapshot_));
    step.sequence = snapshot_sequence_;
    step.earlier = earlier_;
    step.copies_left = std::make_shared<int>(static_cast<int>(lanes_.size()));
    step.done = std::make_shared<std::function<void(Status)>>(std::move(done));
    for (Lane& lane : lanes_) lane.steps.push_back(step);
    snapshot_.clear();
}

void SimulatedStorage::load_history(Sequence first, Sequence last, LoadScope scope, std::function<void(Result<std::vector<Bytes>>)> done) {
    loads_.push_back([this, first, last, scope, done = std::move(done)] {
        std::vector<Bytes> out;
        const std::size_t best = disk_.best_copy();
        for (std::size_t i = 0; i < disk_.copies.size(); ++i) {
            if (scope == LoadScope::Best && i != best) continue;
            for (const auto* list : {&disk_.copies[i].history, &disk_.copies[i].entries})
                for (const auto& [sequence, bytes] : *list)
                    if (sequence >= first && sequence <= last) out.push_back(bytes);
        }
        done(std::move(out));
    });
}

void SimulatedStorage::erase_all(std::function<void(Status)> done) {
    for (SimulatedCopy& copy : disk_.copies) {
        copy.snapshot.reset();
        copy.entries.clear();
        copy.history.clear();
    }
    done({});
}

StorageState SimulatedStorage::state() const {
    StorageState worst = StorageState::Working;
    for (const Lane& lane : lanes_) {
        if (lane.state == StorageState::Working) return StorageState::Working;
        worst = lane.state;
    }
    return worst;
}

void SimulatedStorage::retry() {
    for (Lane& lane : lanes_) lane.state = StorageState::Working;
    if (progress_) progress_();
}

void SimulatedStorage::lose_everything() {
    if (durable_sequence() == 0) return;
    for (SimulatedCopy& copy : disk_.copies) {
        const std::string name = copy.name;
        copy = {};
        copy.name = name;
    }
    for (Lane& lane : lanes_) {
        lane.durable = 0;
        lane.has_gap = true;
    }
    if (progress_) progress_();
}

bool SimulatedStorage::perform(std::size_t index, const Step& step, bool torn) {
    SimulatedCopy& copy = disk_.copies[index];
    if (step.kind == Step::Kind::Snapshot) {
        if (torn || step.snapshot->size() > disk_.bytes_max) return false;  // a new snapshot is moved into place in one step
        std::erase_if(copy.entries, [&](auto& entry) {
            if (entry.first > step.sequence) return false;
            if (faults_.keeps_history) copy.history.push_back(std::move(entry));
            return true;
        });
        if (step.earlier == EarlierEntries::AreDropped) copy.history.clear();
        copy.snapshot = *step.snapshot;
        copy.snapshot_sequence = step.sequence;
        copy.was_lost = false;
        return true;
    }
    std::size_t bytes = 0;
    for (const auto& [sequence, entry] : step.entries) bytes += entry.size();
    if (!torn && copy.bytes() + bytes > disk_.bytes_max) return false;
    for (std::size_t i = 0; i < step.entries.size(); ++i) {
        const auto& [sequence, entry] = step.entries[i];
        if (torn && random_.below(step.entries.size()) <= i) {
            copy.entries.emplace_back(sequence, Bytes(entry.begin(), entry.begin() + static_cast<std::ptrdiff_t>(random_.below(entry.size()))));
            break;
        }
        copy.entries.emplace_back(sequence, entry);
    }
    return true;
}

bool SimulatedStorage::step() {
    if (!loads_.empty()) {
        const auto load = std::move(loads_.front());
        loads_.pop_front();
        load();
        return true;
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        if (!lanes_[i].steps.empty() && lanes_[i].state == StorageState::Working) ready.push_back(i);
    if (ready.empty()) return false;
    const std::size_t index = ready[random_.below(ready.size())];
    Lane& lane = lanes_[index];
    ++calls_;
    if (lane.has_gap && lane.steps.front().kind == Step::Kind::Entries) {  // the snapshot to come covers them
        lane.steps.pop_front();
        return true;
    }
    const bool refused = calls_ == faults_.fail_call || random_.below(100) < faults_.fail_percent;
    if (refused || !perform(index, lane.steps.front(), false)) {
        lane.state = refused ? StorageState::Failed : StorageState::Full;
        if (progress_) progress_();
        return true;
    }
    const Step done = std::move(lane.steps.front());
    lane.steps.pop_front();
    for (const auto& [sequence, entry] : done.entries) lane.durable = std::max(lane.durable, sequence);
    if (done.kind == Step::Kind::Snapshot) {
        lane.durable = std::max(lane.durable, done.sequence);
        lane.has_gap = false;
    }
    if (progress_) progress_();
    if (done.copies_left && --*done.copies_left == 0) (*done.done)({});
    return true;
}

void SimulatedStorage::kill(Unsynced unsynced) {
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        Lane& lane = lanes_[i];
        if (unsynced == Unsynced::MayLand && lane.state == StorageState::Working && !lane.has_gap) {
            std::size_t whole = random_.below(lane.steps.size() + 1);
            for (; whole > 0 && perform(i, lane.steps.front(), false); --whole) lane.steps.pop_front();
            if (!lane.steps.empty() && random_.below(2) == 0) perform(i, lane.steps.front(), true);
        }
        lane.steps.clear();
    }
    loads_.clear();
}

}  // namespace outpost::testing
