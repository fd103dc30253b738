// FileStorage: the Storage port over a folder of the native file system, one process at a time.
//   journal.log          framed entries, appended and synced
//   snapshot.bin         replaced by rename, so that it is the old or the new one, never half
//   history-<n>.log      journals that a snapshot replaced (field history)
//   lock                 held while open: alone, or with other readers where it can only be read; of one byte once there
//                        was a journal
// Invariant: durable_sequence() rises only after fdatasync of the bytes (and of the folder, where a name changed); what
// can't be read is never taken for missing, nor written over. A snapshot that could not be written is no failure of the
// storage: every entry is in the journal still. Beside a snapshot there always is a journal.
// Called by: the native shell.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/ports.h"

namespace outpost {

class FileStorage : public Storage {
public:
    explicit FileStorage(std::string folder);
    ~FileStorage() override;
    FileStorage(const FileStorage&) = delete;
    FileStorage& operator=(const FileStorage&) = delete;

    // Makes the folder and takes the lock. False with failure_detail() when another process has it or it can't be made.
    // A folder that can only be read is opened for that.
    bool open_folder();
    // Why nothing can be written, with the file's name; "" when it can.
    const std::string& read_only() const { return read_only_; }
    // There was a journal once, and is none: what it held is lost.
    bool journal_missing() const { return journal_missing_; }
    // Why the last snapshot could not be written, once; "" when it was.
    std::string take_snapshot_failure() { return std::exchange(snapshot_failure_, {}); }

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
    std::string failure_detail() const override { return failure_; }
    void retry() override;
    void on_progress(std::function<void()> callback) override { progress_ = std::move(callback); }

private:
    struct Frame { Sequence sequence; std::uint64_t offset; std::uint32_t length; };
    struct Contents { std::vector<Frame> frames; Bytes bytes; std::vector<Bytes> damaged; };

    static void number_frames(Contents& contents);
    std::string path(std::string_view name) const;
    Result<std::unique_ptr<ByteSource>> open_source(const std::string& name);
    Result<Contents> read_frames(const std::string& name);
    std::unexpected<Error> unreadable(const std::string& name);
    bool write_file(const std::string& name, ByteView bytes);
    bool prepare_journal();
    bool replace_journal();
    std::vector<std::string> history_names() const;
    bool open_journal();
    bool rewind_journal(std::uint64_t size);
    void fail_with(const std::string& file, int error);

    std::string folder_;
    int lock_file_ = -1, journal_file_ = -1, snapshot_file_ = -1;
    int snapshot_error_ = 0;              // of the one that is being written
    std::uint64_t journal_size_ = 0;      // bytes known to be whole
    Bytes queued_;
    Sequence queued_sequence_ = 0, durable_ = 0, snapshot_sequence_ = 0;
    EarlierEntries earlier_ = EarlierEntries::BecomeHistory;
    StorageState state_ = StorageState::Working;
    std::string failure_, snapshot_failure_, read_only_;
    bool journal_missing_ = false;
    std::function<void()> progress_;
};

}  // namespace outpost
