// WebStorage: the Storage port over IndexedDB and a second copy in the origin private file system.
// Invariants: an entry counts as durable when at least one complete copy has said so; a copy that failed, or was found
// to lag behind, takes no more entries until it has been written anew as a whole, its history first; the second copy is
// written in the first pause, soon after the first, at once when the first is not in order or the page is hidden; what is durable
// nowhere is kept in memory for retry(). After a failure nothing is called durable before it was looked whether the copy
// can still be found; what the browser threw away under us is written anew, and durable_sequence() falls when no copy has
// it any more: the database then writes a snapshot. Entries that a snapshot covers stay in both copies as history. What
// was erased or replaced by a backup takes nothing more of this page; a copy that was out of reach when all was erased is
// emptied as soon as it opens. Called by: the workspace's database, by the port.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ports.h"
#include "web/browser.h"
#include "web/store_frames.h"

namespace outpost {

class WebStorage final : public Storage {
public:
    void load(LoadScope scope, std::function<void(Result<std::vector<StoredCopy>>)> done) override;
    void append(Sequence sequence, std::span<const ByteView> parts) override;
    void flush() override;
    Sequence durable_sequence() const override { return durable_; }
    void begin_snapshot(Sequence sequence, EarlierEntries earlier) override;
    void write_snapshot(ByteView bytes) override;
    void commit_snapshot(std::function<void(Status)> done) override;
    void load_history(Sequence first, Sequence last, LoadScope scope, std::function<void(Result<std::vector<Bytes>>)> done) override;
    void erase_all(std::function<void(Status)> done) override;
    StorageState state() const override { return state_; }
    // After erase_all: "reload", or "other_copy" when one is still to be emptied.
    std::string failure_detail() const override { return detail_; }
    void retry() override;
    void on_progress(std::function<void()> callback) override { progress_.push_back(std::move(callback)); }

    // What the page reports (web/page_exports.cpp).
    struct Opened {
        bool files = false;                 // the private file system answered
        int files_snapshot = 0, files_journal = 0;  // handles of buffers, 0: none
        Sequence files_sequence = 0;        // of its snapshot
        bool full = false;                  // what did not answer had no room
        int database = 0;                   // IndexedDB: 0 failed, 1 open, 2 open but the browser had thrown it away
        Sequence database_newest = 0, database_sequence = 0;
        std::optional<Sequence> database_alone;  // what it held when it was first written without the files
        bool files_cut = false;                 // a part of the files' snapshot is gone
    };
    void opened(Opened opened);
    void database_read(int snapshot, int log);              // handles; no log: it could not be read
    void history_read(double ticket, int files, int log);   // of the copies that could be read
    void written(int copy, double ticket, std::string_view error);
    // The time has come for the second copy to take what the first one has.
    void follow();
    // Something says that a copy may be gone: nothing is written until it was looked, soon.
    void doubt();
    // Looks whether both copies still are what the next page will find. The answer is looked(), or opened() with what
    // is there now.
    void look();
    void looked();
    // Soon after it starts what can wait until the page is drawn: bringing a lagging copy up to date.
    void after_first_frame();
    void settled();
    // Writes the second copy at once: the page is being hidden or closed.
    void hurry();
    // Nothing more is written: this page's records belong to no store any more, until it is loaded anew.
    void close();
    // Calls `done` when all that was appended is durable.
    void when_durable(std::function<void()> done);

private:
    static constexpr int copy_files = 1, copy_database = 2;
    struct Copy {
        int bit = 0;
        bool open = false;       // answers
        bool was_open = false;   // once: it is tried again when it does not any more
        bool complete = false;   // holds everything up to `newest`
        bool catching_up = false;  // will be complete soon: entries are kept for it
        bool failed = false;     // refused the last write
        bool no_room = false;    // because the disk, or the quota, is full
        int refusals = 0;        // of writes or to open, since it last kept something
        Sequence newest = 0;     // newest sequence that it acknowledged
        double in_flight = 0;    // ticket of the batch that is being written, 0: none
        Sequence in_flight_last = 0;
        bool takes_entries() const { return open && complete && !failed; }
    };
    struct Batch {               // entries that are not yet in both copies
        Bytes frames;
        Sequence last = 0;
        // Instead of `frames`: a part of a buffer of the page. It holds one large entry, or is the other copy's file as it
        // was read, of which this one lacks the end.
        std::shared_ptr<BufferSource> source = nullptr;
        std::uint64_t begin = 0, end = 0;
        bool is_catching_up = false;
        std::uint64_t bytes_held() const { return is_catching_up ? 0 : frames.size() + (end - begin); }
        Sequence first() const;
    };
    static constexpr std::size_t large_bytes = 1u << 20;

    Copy& copy_of(int bit) { return bit == copy_files ? files_ : database_; }
    bool is_held(const Copy& copy) const;
    bool lacks_entries(const Copy& copy) const;  // that it would take
    bool is_sound(const Copy& copy) const;
    bool is_busy() const;
    void look_again_later();
    void reopened();
    void queue_large(Sequence sequence, std::uint64_t size, std::span<const ByteView> parts);
    void close_batch();
    void send(Copy& copy);
    void send_all();
    void fail_copy(Copy& copy, std::string_view error);
    void update_state();
    void tell_progress();
    void drop_written();
    void refuse_load(const char* message);
    void leave_other_store();
    void finish_load();
    using JournalSource = std::shared_ptr<BufferSource>;
    StoredCopy take_copy(const char* name, int snapshot, const JournalSource& journal, const FrameList& list);
    void catch_up(Copy& copy, const Copy& source, const JournalSource& journal, const FrameList& list, int snapshot,
                  Sequence snapshot_sequence);
    void continue_catch_up();
    void mark_alone();
    void set_apart(const JournalSource& log, const FrameList& log_frames, StoredCopy& kept);
    void hold_files();
    void forget_alone();
    void alone_forgotten(std::string_view error);
    void reseed(Copy& copy);
    void rotate();
    bool is_being_replaced() const { return answer_ticket_ != 0 && !erasing_ && earlier_ == EarlierEntries::AreDropped; }
    void snapshot_written(Copy& copy, Sequence sequence, std::string_view error);
    void answered(int bit, bool good);
    std::unexpected<Error> refusal() const;

    LoadScope scope_ = LoadScope::Best;
    std::function<void(Result<std::vector<StoredCopy>>)> loaded_;
    Opened opened_;
    JournalSource files_journal_;  // null: there is none
    FrameList files_frames_;
    int database_snapshot_ = 0, database_log_ = 0;
    bool database_was_read_ = false;

    Copy files_{.bit = copy_files}, database_{.bit = copy_database};
    Bytes queued_;                 // appended since the last flush, but for large entries
    Sequence queued_last_ = 0;
    bool has_queued_large_ = false;
    std::deque<Batch> pending_;    // flushed, not yet in every copy that takes entries
    double next_ticket_ = 1;
    Sequence durable_ = 0, appended_ = 0;
    bool was_opened_ = false;      // load() has ended
    std::optional<Sequence> alone_since_;  // the mark of storage_alone.cpp
    bool is_apart_ = false;        // the files held something else: a snapshot writes them anew
    double forget_ticket_ = 0;
    bool in_doubt_ = false, looking_ = false;  // nothing is written meanwhile
    bool look_is_due_ = false;     // as soon as nothing is being written
    bool retrying_ = false;        // the next look tries again what failed
    bool looks_twice_ = false;     // what throws one copy away takes a while for the other
    StorageState state_ = StorageState::Working;
    std::string detail_, last_error_;
    std::vector<std::function<void()>> progress_;

    // What a lagging copy is written anew from, once the page is drawn: first the history that it lacks, copied from
    // the other one by the page's scripts, then snapshot and entries.
    int fill_bit_ = 0;
    Sequence fill_first_ = 0, fill_last_ = 0;
    double fill_ticket_ = 0;
    std::shared_ptr<ByteSource> reseed_snapshot_;
    Bytes reseed_frames_;
    Sequence reseed_sequence_ = 0, reseed_newest_ = 0;
    int reseed_bit_ = 0;
    double reseed_ticket_ = 0;

    Sequence snapshot_sequence_ = 0;
    EarlierEntries earlier_ = EarlierEntries::BecomeHistory;
    bool closed_ = false;
    int snapshot_copies_ = 0;
    double answer_ticket_ = 0;     // of a snapshot's commit or of erase_all
    bool erasing_ = false;
    int answers_awaited_ = 0, answers_good_ = 0;  // their number; copies
    std::function<void(Status)> answer_done_;
    bool first_frame_ = false, settled_ = false, rotated_ = false, rotating_ = false, hurried_ = false;
    std::vector<std::function<void()>> durable_waiters_;
    struct HistoryQuestion {
        double ticket = 0;
        Sequence first = 0, last = 0;
        std::function<void(Result<std::vector<Bytes>>)> done;
    };
    std::vector<HistoryQuestion> history_questions_;
};

}  // namespace outpost
