#include "core/store/database.h"

#include <algorithm>
#include <set>

#include "core/base/record_id.h"
#include "core/base/store_start.h"
#include "core/store/journal_codec.h"
#include "core/store/recovery.h"
#include "core/store/snapshot.h"

namespace outpost {
namespace {

constexpr std::uint64_t journal_bytes_min = 4 << 20;      // below this a snapshot isn't worth writing
constexpr std::uint64_t group_bytes_large = 1 << 20;      // one group that alone makes opening slow
constexpr std::uint64_t slice_bytes = 1 << 20;            // of a snapshot in one idle frame
constexpr std::uint64_t journal_excess_factor = 8;        // over the limit: no longer waits for an idle frame
constexpr std::uint64_t undo_bytes_max = 1 << 20;         // of what a snapshot holds for undo
constexpr std::uint64_t given_up = UINT64_MAX;

bool makes_values(const ChangeGroup& group) {
    return std::ranges::any_of(group.changes, [](const Change& change) {
        const auto* created = std::get_if<RecordsCreated>(&change);
        return created && !created->columns.empty();
    });
}

// The group without the values of the records that it made: undoing and redoing a creation needs none of them.
ChangeGroup without_created_values(const ChangeGroup& group) {
    ChangeGroup out;
    out.sequence = group.sequence;
    out.time = group.time;
    out.stamp = group.stamp;
    out.user = group.user;
    out.origin = group.origin;
    out.reverses = group.reverses;
    out.label_key = group.label_key;
    out.label_arguments = group.label_arguments;
    for (const Change& change : group.changes) {
        if (const auto* created = std::get_if<RecordsCreated>(&change))
            out.changes.push_back(RecordsCreated{created->object, created->first_row, created->count, created->first_id, {}});
        else out.changes.push_back(change);
    }
    return out;
}

// The entry in short; empty when it would be too long. `encoded` is the whole entry where it is at hand.
Bytes entry_for_undo(const ChangeGroup& group, const Schema& schema, const EncodedEntry* encoded) {
    Bytes entry;
    if (makes_values(group)) {
        entry = encode_entry_bytes(without_created_values(group), schema);
    } else if (!encoded) {
        entry = encode_entry_bytes(group, schema);
    } else if (encoded->size() <= undo_bytes_max) {
        for (const ByteView part : encoded->parts()) entry.insert(entry.end(), part.begin(), part.end());
    }
    if (entry.size() > undo_bytes_max) entry.clear();
    return entry;
}

}  // namespace

struct Database::State {
    struct HistoryRead;
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
    Sequence seen_durable = 0;          // of the storage, when it last told its progress
    bool lost = false;                  // the storage lost what it had kept, and has no snapshot since
    bool refused = false;               // the last snapshot could not be written, with the journal of that size
    std::uint64_t journal_bytes_refused = 0;
    std::unique_ptr<SnapshotWriter> writer;
    Sequence writer_sequence = 0;
    std::uint64_t writer_changes = 0;   // changes() when it was begun; given_up: of no use any more
    std::uint64_t writer_journal_bytes = 0;
    std::vector<Bytes> damaged;
    std::vector<Bytes> undoable;        // the last entries in short, oldest first: for the next snapshot
    std::uint64_t undoable_bytes = 0;
    std::vector<std::function<void(Status)>> compacts_waiting;
    // Callbacks of the storage may come after the database is gone.
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);

    State(Storage& s, Records& r, Editor& e) : storage(s), records(r), editor(e) {
        storage.on_progress([this, life = alive] {
            if (*life) watch_storage();
        });
    }
    ~State() { *alive = false; }

    std::uint64_t journal_limit() const { return std::max(journal_bytes_min, snapshot_bytes / 2); }
    bool is_snapshot_due() const {
        return is_open && !committing && storage.state() == StorageState::Working &&
               (snapshot_wanted || journal_bytes > journal_limit()) &&
               !(refused && journal_bytes < journal_bytes_refused + journal_bytes_min);
    }
    std::uint64_t changes() const;
    void watch_storage();
    void begin_snapshot();
    bool step_snapshot(std::uint64_t bytes_max);
    void commit_snapshot(std::function<void(Status)> done);
    void compact(std::function<void(Status)> done);
    void load(LoadScope scope, std::function<void(Result<OpenReport>)> done);
    void examine(LoadScope scope, StoreFindings findings, std::function<void(Result<OpenReport>)> done);
    void finish_open(Recovered recovered, const std::function<void(Result<OpenReport>)>& done);
    void adopt(Recovered recovered);
    void remember_for_undo(Bytes entry);
    void collect_history(std::shared_ptr<HistoryRead> read, LoadScope scope);
};

// A range of the history while it is read, from one copy and, if that is not enough, from all.
struct Database::State::HistoryRead {
    Sequence first = 0, last = 0;
    std::size_t entry_bytes_max = 0;
    std::map<Sequence, ChangeGroup> groups;
    std::set<Sequence> left_out;   // too large to be asked for
    std::uint32_t damaged = 0;
    std::function<void(Result<GroupHistory>)> done;
};

// A browser may throw away what it kept while the page is open: what is durable then falls back, and nobody but us has
// the records. A snapshot that was refused waits for more to save, or for a storage that went on after a failure.
void Database::State::watch_storage() {
    if (!is_open) return;
    const Sequence durable = storage.durable_sequence();
    if (durable < seen_durable) {
        known_durable = 0;
        writer_changes = given_up;  // begun too early
        snapshot_wanted = lost = true;
        refused = false;
    }
    seen_durable = durable;
    if (storage.state() != StorageState::Working) refused = false;
}

// Rises with all that a writer refers to: a refused edit leaves the sequence as it was, but its columns have been changed
// and changed back, and need not lie where they lay.
std::uint64_t Database::State::changes() const {
    std::uint64_t sum = editor.applied_sequence() + records.schema().revision();
    for (std::uint16_t i = 1; i < records.schema().object_limit(); ++i)
        if (records.has_table(ObjectIndex{i})) sum += records.table(ObjectIndex{i}).revision();
    return sum;
}

void Database::State::begin_snapshot() {
    writer_sequence = editor.applied_sequence();
    writer_changes = changes();
    writer_journal_bytes = journal_bytes;
    const SnapshotHead head{writer_sequence, editor.last_stamp(), editor.context().id_salt};
    writer = std::make_unique<SnapshotWriter>(records, head, damaged, undoable);
    storage.begin_snapshot(writer_sequence, EarlierEntries::BecomeHistory);
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
    // What comes up before the storage answers asks for another snapshot.
    const bool was_wanted = std::exchange(snapshot_wanted, false), was_lost = std::exchange(lost, false);
    storage.commit_snapshot([this, bytes, journal_replaced, sequence, was_wanted, was_lost, done = std::move(done), life = alive](Status status) {
        if (!*life) return;
        committing = false;
        if (status) {
            snapshot_bytes = bytes;
            journal_bytes -= std::min(journal_bytes, journal_replaced);
            refused = false;
            if (!lost) known_durable = std::max(known_durable, sequence);
        } else {
            snapshot_wanted = snapshot_wanted || was_wanted;
            lost = lost || was_lost;
            refused = true;
            journal_bytes_refused = journal_bytes;
        }
        if (done) done(std::move(status));
        if (compacts_waiting.empty()) return;
        compact([waiting = std::exchange(compacts_waiting, {})](const Status& outcome) {
            for (const auto& answer : waiting) answer(outcome);
        });
    });
}

void Database::State::compact(std::function<void(Status)> done) {
    storage.flush();
    begin_snapshot();
    while (!step_snapshot(UINT64_MAX)) {}
    commit_snapshot(std::move(done));
}

void Database::State::load(LoadScope scope, std::function<void(Result<OpenReport>)> done) {
    storage.load(scope, [this, scope, done = std::move(done), life = alive](Result<std::vector<StoredCopy>> copies) mutable {
        if (!*life) return;
        if (!copies && scope == LoadScope::Best) return load(LoadScope::AllCopies, std::move(done));
        if (!copies) return done(std::unexpected(std::move(copies).error()));
        examine(scope, sort_findings(*std::move(copies)), std::move(done));
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
    if (scope == LoadScope::Best && (!found.clean() || found.entries_unfinished != 0 || found.first_visit || found.last_sequence < storage.durable_sequence()))
        return load(LoadScope::AllCopies, std::move(done));
    if (recovered.history_wanted_from == 0) return finish_open(std::move(recovered), done);
    // The only case in which opening reads the history.
    auto kept = std::make_shared<StoreFindings>(std::move(findings));
    storage.load_history(recovered.history_wanted_from, UINT64_MAX, LoadScope::AllCopies,
                         [this, kept, done = std::move(done), life = alive](Result<std::vector<Bytes>> history) {
        if (!*life) return;
        if (!history) return done(std::unexpected(std::move(history).error()));
        add_history(*kept, *std::move(history));
        finish_open(recover(*kept, true), done);
    });
}

void Database::State::finish_open(Recovered recovered, const std::function<void(Result<OpenReport>)>& done) {
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
    for (ChangeGroup& group : recovered.undoable) {
        remember_for_undo(entry_for_undo(group, records.schema(), nullptr));
        editor.mutable_undo_stack().push(std::move(group));
    }
    known_durable = recovered.report.last_sequence;
    journal_bytes = recovered.journal_bytes;
    snapshot_bytes = recovered.snapshot_bytes;
    damaged = std::move(recovered.report.damaged_bytes);
    // Whatever is not as it should be, even an append that a kill cut off, is written anew before it can mislead.
    snapshot_wanted = !recovered.report.clean() || recovered.report.entries_unfinished != 0;
    seen_durable = storage.durable_sequence();
    lost = refused = false;
    is_open = true;
}

// A snapshot holds the last entries in short, so that what they did can be undone though the journal begins anew.
void Database::State::remember_for_undo(Bytes entry) {
    if (entry.empty()) {  // too much to keep: what lies before it can't be undone without it
        undoable.clear();
        undoable_bytes = 0;
        return;
    }
    undoable_bytes += entry.size();
    undoable.push_back(std::move(entry));
    while (undoable.size() > undo_groups_max || undoable_bytes > undo_bytes_max) {
        undoable_bytes -= undoable.front().size();
        undoable.erase(undoable.begin());
    }
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
    state_->remember_for_undo(entry_for_undo(group, state_->records.schema(), &entry));
    state_->appended_since_tick = true;
    if (entry.size() > group_bytes_large) state_->snapshot_wanted = true;
}

void Database::tick() {
    State& state = *state_;
    state.storage.flush();
    const bool busy = std::exchange(state.appended_since_tick, false);
    state.watch_storage();
    // Columns that a writer refers to have moved on: what it wrote so far is of no use.
    if (state.writer && state.writer_changes != state.changes()) state.writer.reset();
    if (!state.is_snapshot_due()) return;
    const bool must_not_wait = state.lost || state.journal_bytes > state.journal_limit() * journal_excess_factor;
    if (busy && !must_not_wait) return;
    if (!state.writer) state.begin_snapshot();
    if (state.step_snapshot(must_not_wait ? UINT64_MAX : slice_bytes)) state.commit_snapshot({});
}

bool Database::wants_tick() const { return state_->writer || state_->is_snapshot_due(); }

Sequence Database::durable_sequence() const {
    const Sequence durable = state_->storage.durable_sequence();
    return durable < state_->seen_durable ? durable : std::max(state_->known_durable, durable);
}

StorageState Database::state() const { return state_->storage.state(); }

void Database::compact(std::function<void(Status)> done) {
    if (!state_->committing) return state_->compact(std::move(done));
    if (done) state_->compacts_waiting.push_back(std::move(done));
}

void Database::State::collect_history(std::shared_ptr<HistoryRead> read, LoadScope scope) {
    read->damaged = 0;
    storage.load_history(read->first, read->last, scope, [this, read, scope, life = alive](Result<std::vector<Bytes>> entries) {
        if (!*life) return;
        if (!entries && scope == LoadScope::Best) return collect_history(read, LoadScope::AllCopies);
        if (!entries) return read->done(std::unexpected(std::move(entries).error()));
        for (Bytes& bytes : *entries) {
            const EntryFrame frame = read_entry_frame(bytes);
            if (frame.state == FrameState::Whole && (frame.sequence < read->first || frame.sequence > read->last)) continue;
            if (frame.state == FrameState::Whole && bytes.size() > read->entry_bytes_max) {
                read->left_out.insert(frame.sequence);
                bytes = {};
                continue;
            }
            auto group = decode_entry(frame);
            if (!group) ++read->damaged;
            else if (const auto [place, added] = read->groups.try_emplace(frame.sequence, *std::move(group)); !added && group->stamp > place->second.stamp)
                place->second = *std::move(group);
            bytes = {};
        }
        const Sequence last = std::min(read->last, editor.applied_sequence());
        const std::uint64_t asked = last < read->first ? 0 : last - read->first + 1;
        const std::uint64_t missing = asked - std::min<std::uint64_t>(asked, read->groups.size() + read->left_out.size());
        if (scope == LoadScope::Best && (missing != 0 || read->damaged != 0)) return collect_history(read, LoadScope::AllCopies);
        GroupHistory out;
        out.entries_damaged = missing == 0 ? 0 : read->damaged;
        out.sequences_missing = missing;
        out.left_out = read->left_out.size();
        for (auto& [sequence, group] : read->groups) out.groups.push_back(std::move(group));
        read->done(std::move(out));
    });
}

void Database::load_groups(Sequence first, Sequence last, std::function<void(Result<GroupHistory>)> done, std::size_t entry_bytes_max) {
    state_->storage.flush();
    auto read = std::make_shared<State::HistoryRead>();
    read->first = std::max(first, store_start(state_->editor.applied_sequence()) + 1);  // nothing was there before
    read->last = last;
    read->entry_bytes_max = entry_bytes_max;
    read->done = std::move(done);
    state_->collect_history(std::move(read), LoadScope::Best);
}

std::vector<std::string> Database::verify() const { return verify_records(state_->records); }

const std::vector<Bytes>& Database::damaged() const { return state_->damaged; }

void Database::discard_damaged() {
    state_->damaged.clear();
    state_->writer_changes = given_up;  // it refers to them
    state_->snapshot_wanted = true;
}

std::uint64_t Database::journal_bytes() const { return state_->journal_bytes; }
std::uint64_t Database::snapshot_bytes() const { return state_->snapshot_bytes; }

}  // namespace outpost
