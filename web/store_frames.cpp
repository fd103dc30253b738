#include "web/store_frames.h"

#include <algorithm>
#include <cstring>

namespace outpost {
namespace {

constexpr std::uint32_t frame_magic = 0x314A504F;  // "OPJ1"

std::uint32_t read32(ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 16 | static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

void put32(Bytes& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t header_check(std::uint32_t length, Sequence sequence) {
    const auto low = static_cast<std::uint32_t>(sequence), high = static_cast<std::uint32_t>(sequence >> 32);
    return length * 0x9E3779B1u ^ low * 0x85EBCA77u ^ high * 0xC2B2AE3Du;
}

bool is_header(ByteView journal, std::size_t at) {
    if (journal.size() - at < frame_header_size || read32(journal, at) != frame_magic) return false;
    const Sequence sequence = read32(journal, at + 16) | static_cast<Sequence>(read32(journal, at + 20)) << 32;
    return read32(journal, at + 4) == header_check(read32(journal, at + 8), sequence);
}

// The next place from `at` on where a whole frame starts; the journal's size when there is none.
std::size_t next_frame(ByteView journal, std::size_t at) {
    for (; at + frame_header_size <= journal.size(); ++at) {
        const void* found = std::memchr(journal.data() + at, 'O', journal.size() - at);
        if (!found) break;
        at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - journal.data());
        if (at + frame_header_size > journal.size()) break;
        if (is_header(journal, at) && read32(journal, at + 8) <= journal.size() - at - frame_header_size) return at;
    }
    return journal.size();
}

}  // namespace

void append_frame_header(Bytes& out, Sequence sequence, std::uint64_t length) {
    const auto low = static_cast<std::uint32_t>(length);
    put32(out, frame_magic);
    put32(out, header_check(low, sequence));
    put32(out, low);
    put32(out, 0);
    put32(out, static_cast<std::uint32_t>(sequence));
    put32(out, static_cast<std::uint32_t>(sequence >> 32));
}

void append_frame(Bytes& out, Sequence sequence, std::span<const ByteView> parts) {
    std::size_t size = 0;
    for (const ByteView part : parts) size += part.size();
    out.reserve(out.size() + frame_header_size + size);
    append_frame_header(out, sequence, size);
    for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
}

std::optional<FrameHeader> read_frame_header(ByteView bytes) {
    if (!is_header(bytes, 0)) return std::nullopt;
    return FrameHeader{read32(bytes, 16) | static_cast<Sequence>(read32(bytes, 20)) << 32, read32(bytes, 8)};
}

FrameList find_frames(ByteView journal) {
    FrameList list;
    std::size_t at = 0;
    while (at < journal.size()) {
        if (is_header(journal, at)) {
            const std::uint32_t length = read32(journal, at + 8);
            if (length <= journal.size() - at - frame_header_size) {
                const Sequence sequence = read32(journal, at + 16) | static_cast<Sequence>(read32(journal, at + 20)) << 32;
                list.frames.push_back({sequence, at, length});
                list.newest = std::max(list.newest, sequence);
                at += frame_header_size + length;
                list.end = at;
                continue;
            }
        }
        const std::size_t next = next_frame(journal, at + 1);
        if (next == journal.size()) {
            // At the very end: a header cut short, an entry cut short, or space that was reserved and never written.
            const ByteView rest = journal.subspan(at);
            const bool empty = std::all_of(rest.begin(), rest.end(), [](std::uint8_t byte) { return byte == 0; });
            list.torn_tail = empty || is_header(journal, at) || rest.size() < frame_header_size;
            if (!list.torn_tail) {
                list.damaged.emplace_back(at, rest.size());
                list.end = journal.size();
            }
            return list;
        }
        list.damaged.emplace_back(at, next - at);
        at = next;
    }
    return list;
}

namespace {

// Small pieces of a source, read in larger ones.
class Window {
public:
    explicit Window(ByteSource& source) : source_(source), size_(source.size()) {}
    std::uint64_t size() const { return size_; }
    // Valid until the next call; empty when the source does not give them.
    ByteView get(std::uint64_t offset, std::size_t length) {
        if (offset < begin_ || offset + length > begin_ + bytes_.size()) {
            begin_ = offset;
            bytes_ = read_part(source_, offset, std::min<std::uint64_t>(size_ - offset, std::max(length, window_bytes)));
        }
        const auto at = static_cast<std::size_t>(offset - begin_);
        return at + length <= bytes_.size() ? ByteView(bytes_).subspan(at, length) : ByteView();
    }

    static constexpr std::size_t window_bytes = 64 << 10;

private:
    ByteSource& source_;
    std::uint64_t size_, begin_ = 0;
    Bytes bytes_;
};

// A part of a source, which it keeps.
class PartSource final : public ByteSource {
public:
    PartSource(std::shared_ptr<ByteSource> whole, std::uint64_t begin, std::uint64_t size) : whole_(std::move(whole)), begin_(begin), size_(size) {}
    std::uint64_t size() const override { return size_; }
    bool read(std::uint64_t offset, std::span<std::uint8_t> out) override {
        return offset <= size_ && out.size() <= size_ - offset && whole_->read(begin_ + offset, out);
    }

private:
    std::shared_ptr<ByteSource> whole_;
    std::uint64_t begin_, size_;
};

}  // namespace

Bytes read_part(ByteSource& source, std::uint64_t offset, std::uint64_t length) {
    Bytes bytes(static_cast<std::size_t>(length));
    if (!source.read(offset, bytes)) bytes.clear();
    return bytes;
}

FrameList find_frames(ByteSource& journal) {
    FrameList list;
    Window window(journal);
    std::uint64_t at = 0;
    while (window.size() - at >= frame_header_size) {
        const std::optional<FrameHeader> header = read_frame_header(window.get(at, frame_header_size));
        if (!header || header->length > window.size() - at - frame_header_size) break;
        list.frames.push_back({header->sequence, at, header->length});
        list.newest = std::max(list.newest, header->sequence);
        at += frame_header_size + header->length;
        list.end = at;
    }
    if (at == window.size()) return list;
    // No frame follows: what does is looked through as a whole.
    const Bytes tail = read_part(journal, at, window.size() - at);
    const FrameList rest = find_frames(tail);
    for (const FrameList::Frame& frame : rest.frames) list.frames.push_back({frame.sequence, at + frame.offset, frame.length});
    for (const auto& [offset, length] : rest.damaged) list.damaged.emplace_back(at + offset, length);
    list.newest = std::max(list.newest, rest.newest);
    list.end = at + rest.end;
    list.torn_tail = rest.torn_tail;
    return list;
}

void read_entries(const std::shared_ptr<ByteSource>& journal, const FrameList& list, StoredCopy& into) {
    Window window(*journal);
    for (const FrameList::Frame& frame : list.frames) {
        const std::uint64_t offset = frame.offset + frame_header_size;
        if (frame.length > Window::window_bytes) {
            into.large_entries.push_back(std::make_unique<PartSource>(journal, offset, frame.length));
            continue;
        }
        const ByteView bytes = window.get(offset, frame.length);
        into.entries.emplace_back(bytes.begin(), bytes.end());
    }
}

}  // namespace outpost
