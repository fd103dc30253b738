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
    FileSource(int file, std::uint64_t size) : file_(file), size_(size) {}
    ~FileSource() override { ::close(file_); }
    std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override {
        if (offset > size_ || out.size() > size_ - offset) return false;
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t got = ::pread(file_, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            done += static_cast<std::size_t>(got);
        }
        return true;
    }

private:
    int file_;
    std::uint64_t size_;
};

std::unique_ptr<FileSource> open_source(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return nullptr;
    struct stat about {};
    if (::fstat(file, &about) != 0) {
        ::close(file);
        return nullptr;
    }
    return std::make_unique<FileSource>(file, static_cast<std::uint64_t>(about.st_size));
}

bool is_history(const std::string& name) { return name.starts_with("history-") && name.ends_with(".log"); }

}  // namespace

FileStorage::FileStorage(std::string folder) : folder_(std::move(folder)) {}

FileStorage::~FileStorage() {
    close_journal();
    if (snapshot_file_ >= 0) ::close(snapshot_file_);
    if (lock_file_ >= 0) ::close(lock_file_);
}

std::string FileStorage::path(std::string_view name) const { return folder_ + "/" + std::string(name); }

bool FileStorage::open_folder() {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) {
        fail_with(folder_ + ": " + error.message());
        return false;
    }
    lock_file_ = ::open(path("lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_file_ < 0 || ::flock(lock_file_, LOCK_EX | LOCK_NB) != 0) {
        fail_with(folder_ + ": " + (lock_file_ < 0 ? std::strerror(errno) : "another process has it open"));
        return false;
    }
    return true;
}

void FileStorage::fail_with(const std::string& what) {
    state_ = errno == ENOSPC || errno == EDQUOT ? StorageState::Full : StorageState::Failed;
    failure_ = what;
    if (progress_) progress_();
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
FileStorage::Contents FileStorage::read_frames(const std::string& file) const {
    Contents contents;
    const auto source = open_source(file);
    if (!source) return contents;
    contents.bytes.resize(source->size());
    if (!source->read(0, contents.bytes)) {
        contents.bytes.clear();
        return contents;
    }
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
    std::vector<StoredCopy> copies(1);
    StoredCopy& copy = copies[0];
    copy.name = "files";
    copy.snapshot = open_source(path("snapshot.bin"));
    Contents contents = read_frames(path("journal.log"));
    for (const Frame& frame : contents.frames) {
        const auto first = contents.bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset);
        copy.entries.emplace_back(first, first + frame.length);
        durable_ = std::max(durable_, frame.sequence);
    }
    copy.damaged = std::move(contents.damaged);
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
    // An append that a kill cut off must not stand before new ones: its length would swallow them.
    const Contents contents = read_frames(path("journal.log"));
    journal_size_ = contents.frames.empty() ? 0 : contents.frames.back().offset + contents.frames.back().length;
    if (journal_size_ < contents.bytes.size() && ::ftruncate(journal_file_, static_cast<off_t>(journal_size_)) != 0) return false;
    return ::lseek(journal_file_, static_cast<off_t>(journal_size_), SEEK_SET) >= 0 && sync_folder();
}

void FileStorage::close_journal() {
    if (journal_file_ >= 0) ::close(journal_file_);
    journal_file_ = -1;
}

bool FileStorage::write_whole(int file, ByteView bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(file, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        done += static_cast<std::size_t>(wrote);
    }
    return true;
}

void FileStorage::flush() {
    if (queued_.empty() || state_ != StorageState::Working) return;
    if (!open_journal() || !write_whole(journal_file_, queued_) || ::fdatasync(journal_file_) != 0) {
        fail_with(path("journal.log") + ": " + std::strerror(errno));
        // What was half written must not stand before the next try.
        if (journal_file_ >= 0 && ::ftruncate(journal_file_, static_cast<off_t>(journal_size_)) == 0)
            ::lseek(journal_file_, static_cast<off_t>(journal_size_), SEEK_SET);
        return;
    }
    journal_size_ += queued_.size();
    queued_.clear();
    durable_ = queued_sequence_;
    if (progress_) progress_();
}

bool FileStorage::sync_folder() {
    const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    return synced;
}

bool FileStorage::write_file(const std::string& name, ByteView bytes) {
    const int file = ::open(path(name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return false;
    const bool written = write_whole(file, bytes) && ::fsync(file) == 0;
    ::close(file);
    return written;
}

void FileStorage::begin_snapshot(Sequence sequence, EarlierEntries earlier) {
    if (snapshot_file_ >= 0) ::close(snapshot_file_);
    snapshot_sequence_ = sequence;
    earlier_ = earlier;
    snapshot_file_ = ::open(path("snapshot.tmp").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

void FileStorage::write_snapshot(ByteView bytes) {
    if (snapshot_file_ < 0 || write_whole(snapshot_file_, bytes)) return;
    ::close(snapshot_file_);
    snapshot_file_ = -1;
}

// The new snapshot by rename; then the journal becomes history and a new one holds what came after the snapshot. A stop
// in between leaves entries that the snapshot has too, which recovery passes over.
void FileStorage::commit_snapshot(std::function<void(Status)> done) {
    const bool written = snapshot_file_ >= 0 && ::fsync(snapshot_file_) == 0;
    if (snapshot_file_ >= 0) ::close(snapshot_file_);
    snapshot_file_ = -1;
    if (!written || ::rename(path("snapshot.tmp").c_str(), path("snapshot.bin").c_str()) != 0 || !sync_folder() ||
        !rotate_journal(snapshot_sequence_)) {
        const std::string what = path("snapshot.bin") + ": " + std::strerror(errno);
        ::unlink(path("snapshot.tmp").c_str());
        fail_with(what);
        return done(fail(ErrorCode::StorageFailure, "error.storage.snapshot_not_written", {what}));
    }
    if (earlier_ == EarlierEntries::AreDropped) {
        std::error_code error;
        for (const std::string& name : history_names()) std::filesystem::remove(path(name), error);
    }
    durable_ = std::max(durable_, snapshot_sequence_);
    done({});
}

bool FileStorage::rotate_journal(Sequence sequence) {
    const Contents contents = read_frames(path("journal.log"));
    if (contents.frames.empty()) return true;
    Bytes left;
    for (const Frame& frame : contents.frames) {
        if (frame.sequence <= sequence) continue;
        const auto first = contents.bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset - frame_head_bytes);
        left.insert(left.end(), first, first + static_cast<std::ptrdiff_t>(frame_head_bytes + frame.length));
    }
    close_journal();
    if (earlier_ == EarlierEntries::BecomeHistory) {
        const std::string history = path("history-" + std::to_string(sequence) + ".log");
        ::unlink(history.c_str());
        if (::link(path("journal.log").c_str(), history.c_str()) != 0) return false;
    }
    return write_file("journal.tmp", left) && ::rename(path("journal.tmp").c_str(), path("journal.log").c_str()) == 0 && sync_folder();
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
        Contents contents = read_frames(path(name));
        for (const Frame& frame : contents.frames) {
            if (frame.sequence < first || frame.sequence > last) continue;
            const auto begin = contents.bytes.begin() + static_cast<std::ptrdiff_t>(frame.offset);
            entries.emplace_back(begin, begin + frame.length);
        }
        // Whatever they were, they may have been in the range.
        for (Bytes& bytes : contents.damaged) entries.push_back(std::move(bytes));
    }
    done(std::move(entries));
}

void FileStorage::erase_all(std::function<void(Status)> done) {
    close_journal();
    queued_.clear();
    std::vector<std::string> names = {"journal.log", "journal.tmp", "snapshot.bin", "snapshot.tmp"};
    for (std::string& name : history_names()) names.push_back(std::move(name));
    std::error_code error;
    for (const std::string& name : names) std::filesystem::remove(path(name), error);
    durable_ = 0;
    sync_folder();
    done({});
}

void FileStorage::retry() {
    if (lock_file_ < 0) return;
    state_ = StorageState::Working;
    failure_.clear();
    flush();
}

}  // namespace outpost
