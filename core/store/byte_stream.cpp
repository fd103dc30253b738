#include "core/store/byte_stream.h"

namespace outpost {

bool ByteReader::move_window(std::uint64_t count) {
    if (!source_ || count > left_) return false;
    const std::uint64_t begin = next_ - (bytes_.size() - at_);
    window_.resize(static_cast<std::size_t>(std::min(left_, std::max<std::uint64_t>(count, window_bytes))));
    if (!source_->read(begin, window_)) return false;
    bytes_ = window_;
    at_ = 0;
    next_ = begin + window_.size();
    return true;
}

}  // namespace outpost
