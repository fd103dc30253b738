// Frames: how the browser's storage keeps journal entries one behind the other. A frame is a header of 24 bytes
// (magic, header check, length, 0, sequence; little endian) and the entry. The check covers the header only: whether
// the entry's own bytes are sound is the core's to say. web/store_worker.js reads the same headers.
// Called by: web/storage.cpp, web/storage_history.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ports.h"

namespace outpost {

inline constexpr std::size_t frame_header_size = 24;

// Appends the header of a frame whose entry of `length` bytes is to follow.
void append_frame_header(Bytes& out, Sequence sequence, std::uint64_t length);
// Appends one frame; its entry is the parts one behind the other.
void append_frame(Bytes& out, Sequence sequence, std::span<const ByteView> parts);

struct FrameHeader {
    Sequence sequence = 0;
    std::uint32_t length = 0;  // of the entry
};
// The header at the start of these bytes; nothing when they are none.
std::optional<FrameHeader> read_frame_header(ByteView bytes);

struct FrameList {
    struct Frame {
        Sequence sequence = 0;
        std::uint64_t offset = 0;  // of the header
        std::uint32_t length = 0;  // of the entry
    };
    std::vector<Frame> frames;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> damaged;  // offset and length of what is no frame
    std::uint64_t end = 0;         // where the last whole frame ends
    bool torn_tail = false;        // a frame was begun at `end` and not finished: its write was never acknowledged
    Sequence newest = 0;
};

// Finds the frames of a journal. What lies between two frames and is none is reported as damaged.
FrameList find_frames(ByteView journal);
// The same of a journal that lies outside of this program's memory: little more than the headers is read.
FrameList find_frames(ByteSource& journal);
// The entries of such a journal's frames: each in memory of its own (one that can't be read is empty), but for large ones,
// which are read where they lie.
void read_entries(const std::shared_ptr<ByteSource>& journal, const FrameList& list, StoredCopy& into);
// A part of it; empty when it can't be read.
Bytes read_part(ByteSource& source, std::uint64_t offset, std::uint64_t length);

}  // namespace outpost
