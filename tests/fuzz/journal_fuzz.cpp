// Journal entries from hostile bytes: as they are, and behind a frame whose checksum fits, so that the payload's
// decoder is reached. Whatever decodes must encode and decode again to the same, and apply or be refused.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/base/crc.h"
#include "core/edit/editor.h"
#include "core/store/journal_codec.h"

using namespace outpost;

namespace {

void decode(ByteView bytes) {
    const EntryFrame frame = read_entry_frame(bytes);
    if (frame.state != FrameState::Whole) return;
    const auto undo_only = decode_entry(frame, DecodeDepth::UndoOnly);
    const auto group = decode_entry(frame);
    if (!group) return;
    OUTPOST_ASSERT(undo_only.has_value());
    Records records;
    const Bytes again = encode_entry_bytes(*group, records.schema());
    const auto back = decode_entry(read_entry_frame(again));
    OUTPOST_ASSERT(back && encode_entry_bytes(*back, records.schema()) == again);
    static_cast<void>(apply(records, *group));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    decode({data, size});
    Bytes framed(entry_frame_bytes + size);
    const std::uint32_t magic = 0x314A'504F;
    const std::uint16_t format = journal_format;
    const std::uint64_t length = size, sequence = 1;
    std::memcpy(framed.data(), &magic, 4);
    std::memcpy(framed.data() + 4, &format, 2);
    std::memcpy(framed.data() + 8, &length, 8);
    std::memcpy(framed.data() + 16, &sequence, 8);
    if (size > 0) std::memcpy(framed.data() + entry_frame_bytes, data, size);
    const std::uint32_t checksum = crc32c(data, size, crc32c(framed.data(), entry_frame_bytes - 4));
    std::memcpy(framed.data() + entry_frame_bytes - 4, &checksum, 4);
    decode(framed);
    return 0;
}
