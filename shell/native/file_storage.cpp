#include "shell/native/file_storage.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "core/store/journal_codec.h"
#include "shell/native/files.h"

namespace outpost {
namespace {

// A frame is: magic, length, sequence (all little-endian), then the entry. The entry has its own checksum.
// Its magic is not the entry's: a walk that looks for the next frame must not stop at the entry inside one.
constexpr std::uint32_t frame_magic = 0x3146504F;  // "OPF1"
constexpr std::size_t frame_head_bytes = 16;

void put(Bytes& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t get(const Bytes& bytes, std::size_t offset, int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) value |= std::uint64_t{bytes[offset + static_cast<std::size_t>(i)]} << (8 * i);
    return value;
}

class FileSource : public ByteSource {
public:
    FileSource(int file, std::uint64_t size, std::function<void()> on_failure) : file_(file), size_(size), on_failure_(std::move(on_failure)) {}
    ~FileSource() override { ::close(file_); }
    std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset > size_ || out.size() > size_ - offset) return false;
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t got = ::pread(file_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                if (got == 0) errno = EIO;  // shorter than it was
                on_failure_();
                return false;
            }
            done += static_cast<std::size_t>(got);
        }
        return true;
    }

private:
    int file_;
    std::uint64_t size_;
    std::function<void()> on_failure_;
};

bool is_history(const std::string& name) { return name.starts_with("history-") && name.ends_with(".log"); }

}  // namespace

FileStorage::FileStorage(std::string folder) : folder_(std::move(folder)) {}

FileStorage::~FileStorage() {
    for (int* file : {&journal_file_, &snapshot_file_, &lock_file_}) close_file(*file);
}

std::string FileStorage::path(std::string_view name) const { return folder_ + "/" + std::string(name); }

bool FileStorage::open_folder() {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) {
        fail_with(folder_, error.value());
        return false;
    }
    const std::string lock = path("lock");
    lock_file_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int shared = LOCK_EX;
    if (lock_file_ < 0 && (errno == EROFS || errno == EACCES || errno == EPERM)) {
        read_only_ = lock + ": " + std::strerror(errno);
        shared = LOCK_SH;
        lock_file_ = ::open(lock.c_str(), O_RDONLY | O_CLOEXEC);
        // A copy without the file, where none can be made: whoever wrote into it would have made one.
        if (lock_file_ < 0 && errno == ENOENT) return true;
    }
    if (lock_file_ >= 0 && ::flock(lock_file_, shared | LOCK_NB) == 0) return true;
    fail_with(folder_, errno);
    if (errno == EWOULDBLOCK) failure_ = folder_ + ": another process has it open";
    return close_file(lock_file_);
}

void FileStorage::fail_with(const std::string& file, int error) {
    state_ = error == ENOSPC || error == EDQUOT ? StorageState::Full : StorageState::Failed;
    failure_ = file + ": " + std::strerror(error);
    if (progress_) progress_();
    errno = error;
}

// What can't be read is not taken for missing, and while the state is Failed nothing is written over it.
std::unexpected<Error> FileStorage::unreadable(const std::string& name) {
    fail_with(path(name), errno);
    return fail(ErrorCode::StorageFailure, "error.storage.file_unreadable", {failure_});
}

// Null when there is no such file.
Result<std::unique_ptr<ByteSource>> FileStorage::open_source(const std::string& name) {
    int file = ::open(path(name).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT) return nullptr;
    struct stat about {};
    if (file < 0 || ::fstat(file, &about) != 0) {
        close_file(file);
        return unreadable(name);
    }
    return std::make_unique<FileSource>(file, static_cast<std::uint64_t>(about.st_size), [this, name] { fail_with(path(name), errno); });
}

// A frame's number has no checksum: that of the entry in it, which has one, counts. Where the entry is damaged too, its
// place among the others tells it.
void FileStorage::number_frames(Contents& contents) {
    Frame* first = nullptr;  // whose number is known
    Frame* before = nullptr;
    for (Frame& frame : contents.frames) {
        const EntryFrame entry = read_entry_frame(ByteView(contents.bytes).subspan(static_cast<std::size_t>(frame.offset), frame.length));
        if (entry.sequence != 0) frame.sequence = entry.sequence;
        else if (first) frame.sequence = before->sequence + 1;
        before = &frame;
        if (!first && entry.sequence != 0) first = &frame;
    }
    if (!first) return;
    const auto known = static_cast<std::size_t>(first - contents.frames.data());
    for (std::size_t i = known; i-- > 0;) contents.frames[i].sequence = contents.frames[i + 1].sequence - 1;
}

// Walks the frames. What can't be framed is kept as damaged bytes, and the walk goes on at the next magic.
Result<FileStorage::Contents> FileStorage::read_frames(const std::string& name) {
    Contents contents;
    OUTPOST_TRY(const auto source, open_source(name));
    if (!source) return contents;
    contents.bytes.resize(source->size());
    if (!source->read(0, contents.bytes)) return unreadable(name);
    const Bytes& bytes = contents.bytes;
    const auto fits = [&](std::size_t at) {
        return bytes.size() - at >= frame_head_bytes && get(bytes, at, 4) == frame_magic &&
               get(bytes, at + 4, 4) <= bytes.size() - at - frame_head_bytes;
    };
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (fits(at)) {
            const auto length = static_cast<std::uint32_t>(get(bytes, at + 4, 4));
            contents.frames.push_back({get(bytes, at + 8, 8), at + frame_head_bytes, length});
            at += frame_head_bytes + length;
            continue;
        }
        const std::size_t start = at;
        do ++at; while (at < bytes.size() && !fits(at));
        contents.damaged.emplace_back(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }
    number_frames(contents);
    return contents;
}

void FileStorage::load(LoadScope, std::function<void(Result<std::vector<StoredCopy>>)> done) {
    retry();   // what could not be read the last time
    std::vector<StoredCopy> copies(1);
    StoredCopy& copy = copies[0];
    copy.name = "files";
    auto snapshot = open_source("snapshot.bin");
    if (!snapshot) return done(std::unexpected(std::move(snapshot).error()));
    copy.snapshot = *std::move(snapshot);
    struct stat lock {};
    const bool had_journal = copy.snapshot || (::stat(path("lock").c_str(), &lock) == 0 && lock.st_size != 0);
    journal_missing_ = had_journal && ::access(path("journal.log").c_str(), F_OK) != 0 && errno == ENOENT;
    auto contents = read_frames("journal.log");
    if (!contents) return done(std::unexpected(std::move(contents).error()));
    for (const Frame& frame : contents->frames) {
        const auto first = contents->bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset);
        copy.entries.emplace_back(first, first + frame.length);
        durable_ = std::max(durable_, frame.sequence);
    }
    copy.damaged = std::move(contents->damaged);
    done(std::move(copies));
}

void FileStorage::append(Sequence sequence, std::span<const ByteView> parts) {
    std::size_t length = 0;
    for (const ByteView part : parts) length += part.size();
    put(queued_, frame_magic, 4);
    put(queued_, length, 4);
    put(queued_, sequence, 8);
    for (const ByteView part : parts) queued_.insert(queued_.end(), part.begin(), part.end());
    queued_sequence_ = sequence;
}

bool FileStorage::open_journal() {
    if (journal_file_ >= 0) return true;
    journal_file_ = ::open(path("journal.log").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (journal_file_ < 0) return false;
    const auto contents = read_frames("journal.log");
    if (!contents) return close_file(journal_file_);
    journal_size_ = contents->frames.empty() ? 0 : contents->frames.back().offset + contents->frames.back().length;
    return rewind_journal(contents->bytes.size()) && ((sync_folder(folder_) && ::ftruncate(lock_file_, 1) == 0) || close_file(journal_file_));
}

// An append that was cut off must not stand before new ones: its length would swallow them.
bool FileStorage::rewind_journal(std::uint64_t size) {
    const auto whole = static_cast<off_t>(journal_size_);
    if (journal_size_ < size && ::ftruncate(journal_file_, whole) != 0) return close_file(journal_file_);
    return ::lseek(journal_file_, whole, SEEK_SET) >= 0 || close_file(journal_file_);
}

void FileStorage::flush() {
    if (queued_.empty() || state_ != StorageState::Working || !read_only_.empty()) return;
    if (!open_journal() || !write_whole(journal_file_, queued_) || ::fdatasync(journal_file_) != 0) {
        const int error = errno;
        if (journal_file_ >= 0) rewind_journal(UINT64_MAX);
        return fail_with(path("journal.log"), error);
    }
    journal_size_ += queued_.size();
    queued_.clear();
    durable_ = queued_sequence_;
    if (progress_) progress_();
}

bool FileStorage::write_file(const std::string& name, ByteView bytes) {
    int file = ::open(path(name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = file >= 0 && write_whole(file, bytes) && ::fsync(file) == 0;
    close_file(file);
    return written;
}

void FileStorage::begin_snapshot(Sequence sequence, EarlierEntries earlier) {
    close_file(snapshot_file_);
    snapshot_sequence_ = sequence;
    earlier_ = earlier;
    snapshot_error_ = EROFS;
    if (!read_only_.empty()) return;
    snapshot_file_ = ::open(path("snapshot.tmp").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (snapshot_file_ < 0) snapshot_error_ = errno;
}

void FileStorage::write_snapshot(ByteView bytes) {
    if (snapshot_file_ < 0 || write_whole(snapshot_file_, bytes)) return;
    snapshot_error_ = errno;
    close_file(snapshot_file_);
}

// The new snapshot by rename; then the journal becomes history and a new one holds what came after the snapshot. A stop
// in between leaves entries that the snapshot has too, which recovery passes over. All that needs room is written before
// the first rename.
void FileStorage::commit_snapshot(std::function<void(Status)> done) {
    const bool written = snapshot_file_ >= 0 && ::fsync(snapshot_file_) == 0;
    if (snapshot_file_ < 0) errno = snapshot_error_;
    close_file(snapshot_file_);
    if (!written || !prepare_journal() || ::rename(path("snapshot.tmp").c_str(), path("snapshot.bin").c_str()) != 0 ||
        !sync_folder(folder_) || !replace_journal()) {
        snapshot_failure_ = state_ == StorageState::Working ? path("snapshot.bin") + ": " + std::strerror(errno) : failure_;
        if (!read_only_.empty()) return done(fail(ErrorCode::StorageFailure, "error.storage.read_only", {read_only_}));
        for (const char* half : {"snapshot.tmp", "journal.tmp"}) ::unlink(path(half).c_str());
        return done(fail(ErrorCode::StorageFailure, "error.storage.snapshot_not_written", {snapshot_failure_}));
    }
    snapshot_failure_.clear();
    if (earlier_ == EarlierEntries::AreDropped) {
        std::error_code error;
        for (const std::string& name : history_names()) std::filesystem::remove(path(name), error);
    }
    durable_ = std::max(durable_, snapshot_sequence_);
    done({});
}

// Writes the next journal beside the present one, and gives that its second name, as history.
bool FileStorage::prepare_journal() {
    const auto contents = read_frames("journal.log");
    if (!contents) return false;
    Bytes left;
    for (const Frame& frame : contents->frames) {
        if (frame.sequence <= snapshot_sequence_) continue;
        const auto first = contents->bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset - frame_head_bytes);
        left.insert(left.end(), first, first + static_cast<std::ptrdiff_t>(frame_head_bytes + frame.length));
    }
    if (!write_file("journal.tmp", left)) return false;
    if (contents->frames.empty() || earlier_ == EarlierEntries::AreDropped) return true;
    const std::string history = path("history-" + std::to_string(snapshot_sequence_) + ".log");
    ::unlink(history.c_str());
    return ::link(path("journal.log").c_str(), history.c_str()) == 0;
}

bool FileStorage::replace_journal() {
    close_file(journal_file_);
    return ::rename(path("journal.tmp").c_str(), path("journal.log").c_str()) == 0 && sync_folder(folder_);
}

std::vector<std::string> FileStorage::history_names() const {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error))
        if (is_history(entry.path().filename().string())) names.push_back(entry.path().filename().string());
    return names;
}

void FileStorage::load_history(Sequence first, Sequence last, LoadScope, std::function<void(Result<std::vector<Bytes>>)> done) {
    std::vector<Bytes> entries;
    std::vector<std::string> names = history_names();
    // A name says the last sequence in the file: one that ends before the range is not read.
    std::erase_if(names, [first](const std::string& name) { return std::strtoull(name.c_str() + std::strlen("history-"), nullptr, 10) < first; });
    names.push_back("journal.log");
    for (const std::string& name : names) {
        auto contents = read_frames(name);
        if (!contents) return done(std::unexpected(std::move(contents).error()));
        for (const Frame& frame : contents->frames) {
            if (frame.sequence < first || frame.sequence > last) continue;
            const auto begin = contents->bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset);
            entries.emplace_back(begin, begin + frame.length);
        }
        // Whatever they were, they may have been in the range.
        for (Bytes& bytes : contents->damaged) entries.push_back(std::move(bytes));
    }
    done(std::move(entries));
}

void FileStorage::erase_all(std::function<void(Status)> done) {
    if (!read_only_.empty()) return done(fail(ErrorCode::StorageFailure, "error.storage.read_only", {read_only_}));
    close_file(journal_file_);
    queued_.clear();
    if (::ftruncate(lock_file_, 0) != 0) return done(fail(ErrorCode::StorageFailure, "error.storage.read_only", {path("lock") + ": " + std::strerror(errno)}));
    std::vector<std::string> names = {"journal.log", "journal.tmp", "snapshot.bin", "snapshot.tmp"};
    for (std::string& name : history_names()) names.push_back(std::move(name));
    std::error_code error;
    for (const std::string& name : names) std::filesystem::remove(path(name), error);
    durable_ = 0;
    sync_folder(folder_);
    done({});
}

void FileStorage::retry() {
    if (lock_file_ < 0 && read_only_.empty()) return;
    state_ = StorageState::Working;
    failure_.clear();
    flush();
}

}  // namespace outpost
