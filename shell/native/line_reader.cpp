#include "shell/native/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace outpost {

std::size_t LineReader::line_end() {
    const std::size_t end = read_.find('\n', std::max(searched_, begin_));
    searched_ = read_.size();
    if (end != std::string::npos) searched_ = end;
    else if (at_end_ && begin_ < read_.size()) return read_.size();
    return end;
}

bool LineReader::read_more() {
    if (at_end_) return false;
    searched_ -= begin_;
    read_.erase(0, std::exchange(begin_, 0));
    char piece[64 << 10];
    ssize_t got = 0;
    do got = ::read(file_, piece, sizeof piece);
    while (got < 0 && errno == EINTR);
    if (got > 0) read_.append(piece, static_cast<std::size_t>(got));
    else at_end_ = true;
    return true;
}

bool LineReader::next(std::string& line) {
    std::size_t end = line_end();
    while (end == std::string::npos) {
        if (!read_more()) return false;
        end = line_end();
    }
    line.assign(read_, begin_, end - begin_);
    begin_ = std::min(end + 1, read_.size());
    return true;
}

bool LineReader::has_next() {
    while (line_end() == std::string::npos) {
        pollfd asked{file_, POLLIN, 0};
        if (::poll(&asked, 1, 0) <= 0 || !read_more()) return false;
    }
    return true;
}

}  // namespace outpost
