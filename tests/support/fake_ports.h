// A whole workspace for tests: the small ports, and a storage in memory that is durable at flush (or when told).
// Faults are the simulation's business (tests/sim), not these.
#pragma once

#include <map>

#include "core/workspace/workspace.h"
#include "tests/support/ports.h"

namespace outpost::testing {

class BytesSource : public ByteSource {
public:
    explicit BytesSource(Bytes bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t size() const override { return bytes_.size(); }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset > bytes_.size() || out.size() > bytes_.size() - offset) return false;
        std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
        return true;
    }

private:
    Bytes bytes_;
};

// What is on the "disk" outlives the MemoryStorage that wrote it, as a browser's store outlives the page.
struct MemoryDisk {
    Bytes snapshot;
    bool has_snapshot = false;
    std::map<Sequence, Bytes> entries;
};

class MemoryStorage : public Storage {
public:
    explicit MemoryStorage(MemoryDisk& disk) : disk_(disk) {}

    void load(LoadScope, std::function<void(Result<std::vector<StoredCopy>>)> done) override {
        std::vector<StoredCopy> copies(1);
        copies[0].name = "memory";
        if (disk_.has_snapshot) copies[0].snapshot = std::make_unique<BytesSource>(disk_.snapshot);
        for (const auto& [sequence, bytes] : disk_.entries) {
            copies[0].entries.push_back(bytes);
            durable_ = std::max(durable_, sequence);
        }
        done(std::move(copies));
    }
    void append(Sequence sequence, std::span<const ByteView> parts) override {
        Bytes& bytes = queued_[sequence];
        for (const ByteView part : parts) bytes.insert(bytes.end(), part.begin(), part.end());
    }
    void flush() override {
        if (hold_writes || queued_.empty()) return;
        for (auto& [sequence, bytes] : queued_) {
            durable_ = std::max(durable_, sequence);
            disk_.entries[sequence] = std::move(bytes);
        }
        queued_.clear();
        if (progress_) progress_();
    }
    Sequence durable_sequence() const override { return durable_; }
    void begin_snapshot(Sequence sequence, EarlierEntries) override {
        snapshot_.clear();
        snapshot_sequence_ = sequence;
    }
    void write_snapshot(ByteView bytes) override { snapshot_.insert(snapshot_.end(), bytes.begin(), bytes.end()); }
    void commit_snapshot(std::function<void(Status)> done) override {
        disk_.snapshot = std::move(snapshot_);
        disk_.has_snapshot = true;
        std::erase_if(disk_.entries, [&](const auto& entry) { return entry.first <= snapshot_sequence_; });
        durable_ = std::max(durable_, snapshot_sequence_);
        done({});
    }
    void load_history(Sequence first, Sequence last, LoadScope, std::function<void(Result<std::vector<Bytes>>)> done) override {
        std::vector<Bytes> entries;
        for (const auto& [sequence, bytes] : disk_.entries)
            if (sequence >= first && sequence <= last) entries.push_back(bytes);
        done(std::move(entries));
    }
    void erase_all(std::function<void(Status)> done) override {
        disk_ = {};
        done({});
    }
    StorageState state() const override { return StorageState::Working; }
    std::string failure_detail() const override { return {}; }
    void retry() override {}
    void on_progress(std::function<void()> callback) override { progress_ = std::move(callback); }

    bool hold_writes = false;  // flush does nothing while set: "Saving" stays

private:
    MemoryDisk& disk_;
    std::map<Sequence, Bytes> queued_;
    Bytes snapshot_;
    Sequence snapshot_sequence_ = 0;
    Sequence durable_ = 0;
    std::function<void()> progress_;
};

// A workspace over a disk in memory, opened.
struct TestWorkspace {
    MemoryDisk disk;
    FakeClock clock;
    FakeRandom random;
    FakeLog log;
    MemoryStorage storage{disk};
    Workspace workspace{{&clock, &random, &storage, &log}};
    OpenReport report;

    TestWorkspace() {
        workspace.open([this](Result<OpenReport> opened) { if (opened) report = *opened; });
    }
    // A command from its JSON text; the answer's JSON.
    Json run(std::string_view command) {
        Sequence sequence = 0;
        const auto json = parse_json(command);
        Json answer = workspace.execute_json(json ? *json : Json(), sequence);
        workspace.tick();
        return answer;
    }
    Json query(std::string_view soql) {
        const auto json = parse_json(workspace.query_json(soql));
        return json ? *json : Json();
    }
    // The "id" of a command's answer, "" when it was refused.
    std::string create(std::string_view command) { return std::string(run(command).text_or("id", "")); }
    // A record of the object; `fields` as in JSON, without the braces.
    std::string make(const std::string& object, const std::string& fields) {
        return create(R"({"command": "CreateRecord", "object": ")" + object + R"(", "fields": {)" + fields + "}}");
    }
};

}  // namespace outpost::testing
