#include "shell/native/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace outpost {

bool close_file(int& file) {
    const int error = errno;
    if (file >= 0) ::close(file);
    file = -1;
    errno = error;
    return false;
}

bool write_whole(int file, ByteView bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(file, bytes.data() + done, bytes.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote == 0) errno = EIO;
        if (wrote <= 0) return false;
        done += static_cast<std::size_t>(wrote);
    }
    return true;
}

bool sync_folder(const std::string& folder) {
    int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    close_file(file);
    return synced;
}

bool replace_file(const std::string& path, ByteView bytes) {
    std::error_code error;   // writing says what is wrong
    if (const auto parent = std::filesystem::path(path).parent_path(); !parent.empty()) std::filesystem::create_directories(parent, error);
    const std::filesystem::path target = std::filesystem::canonical(path, error);
    const std::string whole = error ? path : target.string();
    struct stat about {};
    const std::filesystem::path parent = std::filesystem::path(whole).parent_path();
    const bool is_there = ::stat(whole.c_str(), &about) == 0;
    // One that is no file, or whose folder takes no other, is written as it stands.
    const bool is_beside = !is_there || (S_ISREG(about.st_mode) && ::access(parent.empty() ? "." : parent.c_str(), W_OK) == 0);
    const std::string half = is_beside ? whole + ".part" : whole;
    // Whoever may not read the old one may not read the new one.
    int file = ::open(half.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, is_there ? about.st_mode & 0666 : 0666);
    // EINVAL: of what can't be synced (a pipe, the folder of some network file systems) that can't be asked.
    const bool written = file >= 0 && write_whole(file, bytes) && (::fsync(file) == 0 || errno == EINVAL);
    close_file(file);
    if (!is_beside) return written;
    if (written && std::rename(half.c_str(), whole.c_str()) == 0)
        return sync_folder(parent.empty() ? "." : parent.string()) || errno == EINVAL;
    const int reason = errno;
    ::unlink(half.c_str());
    errno = reason;
    return false;
}

}  // namespace outpost
