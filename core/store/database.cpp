#include "core/store/database.h"

#include <algorithm>

#include "core/base/record_id.h"
#include "core/store/journal_codec.h"
#include "core/store/recovery.h"
#include "core/store/snapshot.h"

namespace outpost {
namespace {

constexpr std::uint64_t journal_bytes_min = 4 << 20;      // below this a snapshot isn't worth writing
constexpr std::uint64_t group_bytes_large = 1 << 20;      // one group that alone makes opening slow
constexpr std::uint64_t slice_bytes = 2 << 20;            // of a snapshot in one idle frame
constexpr std::uint64_t journal_excess_factor = 8;        // over the limit: no longer waits for an idle frame

}  // namespace

struct Database::State {
    Storage& storage;
    Records& records;
    Editor& editor;
    Sequence known_durable = 0;         // from before this opening, or in a snapshot
    std::uint64_t journal_bytes = 0;
    std::uint64_t snapshot_bytes = 0;
    bool is_open = false;
    bool snapshot_wanted = false;       // whatever the sizes are
    bool appended_since_tick = false;
    bool committing = false;
    std::uint64_t journal_bytes_at_snapshot = 0;
    std::unique_ptr<SnapshotWriter> writer;
    Sequence writer_sequence = 0;
    std::uint64_t writer_journal_bytes = 0;
    std::vector<Bytes> damaged;
    // Callbacks of the storage may come after the database is gone.
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);

    State(Storage& s, Records& r, Editor& e) : storage(s), records(r), editor(e) {}
    ~State() { *alive = false; }

    std::uint64_t journal_limit() const { return std::max(journal_bytes_min, snapshot_bytes / 2); }
    bool is_snapshot_due() const {
        return is_open && !committing && storage.state() == StorageState::Working &&
               (snapshot_wanted || journal_bytes > journal_limit());
    }
    void begin_snapshot();
    bool step_snapshot(std::uint64_t bytes_max);
    void commit_snapshot(std::function<void(Status)> done);
    void load(LoadScope scope, std::function<void(Result<OpenReport>)> done);
    void examine(LoadScope scope, StoreFindings findings, std::function<void(Result<OpenReport>)> done);
    void adopt(Recovered recovered);
    void restore_undo(std::vector<ChangeGroup> replayed, const OpenReport& report);
};

void Database::State::begin_snapshot() {
    writer_sequence = editor.applied_sequence();
    writer_journal_bytes = journal_bytes;
    const SnapshotHead head{writer_sequence, editor.last_stamp(), editor.context().id_salt};
    writer = std::make_unique<SnapshotWriter>(records, head, damaged);
    storage.begin_snapshot(writer_sequence);
}

bool Database::State::step_snapshot(std::uint64_t bytes_max) {
    return writer->step([this](ByteView piece) { storage.write_snapshot(piece); }, bytes_max);
}

void Database::State::commit_snapshot(std::function<void(Status)> done) {
    const std::uint64_t bytes = writer->total_bytes();
    const std::uint64_t journal_replaced = writer_journal_bytes;
    const Sequence sequence = writer_sequence;
    writer.reset();
    committing = true;
    storage.commit_snapshot([this, bytes, journal_replaced, sequence, done = std::move(done), life = alive](Status status) {
        if (!*life) return;
        committing = false;
        if (status) {
            snapshot_bytes = bytes;
            journal_bytes -= std::min(journal_bytes, journal_replaced);
            snapshot_wanted = false;
            known_durable = std::max(known_durable, sequence);
        }
        if (done) done(std::move(status));
    });
}

void Database::State::load(LoadScope scope, std::function<void(Result<OpenReport>)> done) {
    storage.load(scope, [this, scope, done = std::move(done), life = alive](Result<std::vector<StoredCopy>> copies) mutable {
        if (!*life) return;
        if (!copies && scope == LoadScope::Best) return load(LoadScope::AllCopies, std::move(done));
        if (!copies) return done(std::unexpected(std::move(copies).error()));
        if (scope == LoadScope::Best) return examine(scope, sort_findings(*std::move(copies), {}), std::move(done));
        auto all = std::make_shared<std::vector<StoredCopy>>(*std::move(copies));
        storage.load_history(1, UINT64_MAX, [this, all, done = std::move(done), life](Result<std::vector<Bytes>> history) mutable {
            if (!*life) return;
            std::vector<Bytes> kept = history ? *std::move(history) : std::vector<Bytes>{};
            examine(LoadScope::AllCopies, sort_findings(std::move(*all), std::move(kept)), std::move(done));
        });
    });
}

void Database::State::examine(LoadScope scope, StoreFindings findings, std::function<void(Result<OpenReport>)> done) {
    if (findings.newer_format) {
        OpenReport report;
        report.newer_format = true;
        return done(std::move(report));
    }
    Recovered recovered = recover(findings, scope == LoadScope::AllCopies);
    // Anything odd about the best copy, even that it is empty: see what the others have.
    const OpenReport& found = recovered.report;
    if (scope == LoadScope::Best && (!found.clean() || found.entries_unfinished != 0 || found.first_visit))
        return load(LoadScope::AllCopies, std::move(done));
    OpenReport report = recovered.report;
    adopt(std::move(recovered));
    done(std::move(report));
}

void Database::State::adopt(Recovered recovered) {
    records = std::move(recovered.records);
    // A number that a storage takes for durable, though its entry was damaged, is never given out again: the next edit
    // would pass for durable before it is.
    editor.set_applied_sequence(std::max(recovered.report.last_sequence, storage.durable_sequence()));
    editor.set_last_stamp(recovered.last_stamp);
    std::uint32_t salt = recovered.id_salt;
    while (salt == 0) salt = static_cast<std::uint32_t>(editor.context().random->next()) & ((1u << RecordId::salt_bits) - 1);
    editor.set_id_salt(salt);
    restore_undo(std::move(recovered.undoable), recovered.report);
    known_durable = recovered.report.last_sequence;
    journal_bytes = recovered.journal_bytes;
    snapshot_bytes = recovered.snapshot_bytes;
    damaged = std::move(recovered.report.damaged_bytes);
    // Whatever is not as it should be, even an append that a kill cut off, is written anew before it can mislead.
    snapshot_wanted = !recovered.report.clean() || recovered.report.entries_unfinished != 0;
    is_open = true;
}

// What the journal still holds goes on the undo stack at once; groups that a snapshot has replaced are fetched from the
// history, unless an edit was faster.
void Database::State::restore_undo(std::vector<ChangeGroup> replayed, const OpenReport& report) {
    UndoStack& stack = editor.mutable_undo_stack();
    for (const ChangeGroup& group : replayed) stack.push(group);
    const std::size_t wanted = undo_groups_max - std::min(undo_groups_max, replayed.size());
    const bool unbroken = report.clean() && replayed.size() == report.entries_replayed;
    if (wanted == 0 || report.snapshot_sequence == 0 || !unbroken) return;
    const Sequence last = report.snapshot_sequence;
    const Sequence first = last > wanted ? last - wanted + 1 : 1;
    auto kept = std::make_shared<std::vector<ChangeGroup>>(std::move(replayed));
    storage.load_history(first, last, [this, kept, last, opened = editor.applied_sequence(), life = alive](Result<std::vector<Bytes>> history) {
        if (!*life || !history || editor.applied_sequence() != opened) return;
        std::vector<ChangeGroup> groups;
        for (const Bytes& bytes : *history) {
            auto group = decode_entry(read_entry_frame(bytes), DecodeDepth::UndoOnly);
            // A hole in the history: what lies before it can no longer be undone in order.
            if (!group || (!groups.empty() && groups.back().sequence + 1 != group->sequence)) groups.clear();
            if (group) groups.push_back(*std::move(group));
        }
        if (groups.empty() || groups.back().sequence != last) return;
        UndoStack& undo_stack = editor.mutable_undo_stack();
        undo_stack.clear();
        for (ChangeGroup& group : groups) undo_stack.push(std::move(group));
        for (ChangeGroup& group : *kept) undo_stack.push(std::move(group));
    });
}

Database::Database(Storage& storage, Records& records, Editor& editor)
    : state_(std::make_unique<State>(storage, records, editor)) {}
Database::~Database() = default;

void Database::open(std::function<void(Result<OpenReport>)> done) { state_->load(LoadScope::Best, std::move(done)); }

void Database::append(const ChangeGroup& group) {
    const EncodedEntry entry = encode_entry(group, state_->records.schema());
    const std::vector<ByteView> parts = entry.parts();
    state_->storage.append(group.sequence, parts);
    state_->journal_bytes += entry.size();
    state_->appended_since_tick = true;
    if (entry.size() > group_bytes_large) state_->snapshot_wanted = true;
}

void Database::tick() {
    State& state = *state_;
    state.storage.flush();
    const bool busy = std::exchange(state.appended_since_tick, false);
    // Columns that a writer refers to have moved on: what it wrote so far is of no use.
    if (state.writer && state.writer_sequence != state.editor.applied_sequence()) state.writer.reset();
    if (!state.is_snapshot_due()) return;
    const bool must_not_wait = state.journal_bytes > state.journal_limit() * journal_excess_factor;
    if (busy && !must_not_wait) return;
    if (!state.writer) state.begin_snapshot();
    if (state.step_snapshot(must_not_wait ? UINT64_MAX : slice_bytes)) state.commit_snapshot({});
}

bool Database::wants_tick() const { return state_->writer || state_->is_snapshot_due(); }

Sequence Database::durable_sequence() const {
    return std::max(state_->known_durable, state_->storage.durable_sequence());
}

StorageState Database::state() const { return state_->storage.state(); }

void Database::compact(std::function<void(Status)> done) {
    state_->storage.flush();
    state_->begin_snapshot();
    while (!state_->step_snapshot(UINT64_MAX)) {}
    state_->commit_snapshot(std::move(done));
}

void Database::load_groups(Sequence first, Sequence last, std::function<void(Result<std::vector<ChangeGroup>>)> done) {
    auto groups = std::make_shared<std::map<Sequence, ChangeGroup>>();
    const auto add = [groups, first, last](const Bytes& bytes) {
        const EntryFrame frame = read_entry_frame(bytes);
        if (frame.state != FrameState::Whole || frame.sequence < first || frame.sequence > last) return;
        if (auto group = decode_entry(frame)) groups->insert_or_assign(frame.sequence, *std::move(group));
    };
    Storage& storage = state_->storage;
    storage.load_history(first, last, [&storage, add, groups, done = std::move(done)](Result<std::vector<Bytes>> history) {
        if (!history) return done(std::unexpected(std::move(history).error()));
        for (const Bytes& bytes : *history) add(bytes);
        storage.load(LoadScope::Best, [add, groups, done](Result<std::vector<StoredCopy>> copies) {
            if (!copies) return done(std::unexpected(std::move(copies).error()));
            for (const StoredCopy& copy : *copies)
                for (const Bytes& bytes : copy.entries) add(bytes);
            std::vector<ChangeGroup> out;
            for (auto& [sequence, group] : *groups) out.push_back(std::move(group));
            done(std::move(out));
        });
    });
}

std::vector<std::string> Database::verify() const { return verify_records(state_->records); }

const std::vector<Bytes>& Database::damaged() const { return state_->damaged; }

void Database::discard_damaged() {
    state_->damaged.clear();
    state_->snapshot_wanted = true;
}

std::uint64_t Database::journal_bytes() const { return state_->journal_bytes; }
std::uint64_t Database::snapshot_bytes() const { return state_->snapshot_bytes; }

}  // namespace outpost
