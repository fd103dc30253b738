// Snapshots from hostile bytes. The checksums are mended first, so that what lies behind them is reached; a snapshot
// that is taken must be one that can be written and read again.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/base/crc.h"
#include "core/base/result.h"
#include "core/store/snapshot.h"
#include "core/store/snapshot_format.h"

using namespace outpost;
using namespace outpost::snapshot_layout;

namespace {

void mend_checksums(Bytes& bytes) {
    Header header;
    if (bytes.size() < sizeof header) return;
    std::memcpy(&header, bytes.data(), sizeof header);
    header.magic = magic;
    header.format = snapshot_format;
    header.section_count %= 64;
    header.total_bytes = bytes.size();
    std::uint64_t offset = sizeof header + header.section_count * sizeof(Section);
    if (offset > bytes.size()) return;
    for (std::uint32_t i = 0; i < header.section_count; ++i) {
        Section section;
        std::memcpy(&section, bytes.data() + sizeof header + i * sizeof section, sizeof section);
        if (section.bytes > bytes.size() || offset + padded(section.bytes) + section_tail_bytes > bytes.size()) break;
        const std::uint32_t checksum = crc32c(bytes.data() + offset, section.bytes);
        std::memcpy(bytes.data() + offset + padded(section.bytes), &checksum, sizeof checksum);
        offset += padded(section.bytes) + section_tail_bytes;
    }
    header.directory_checksum = crc32c(bytes.data() + sizeof header, header.section_count * sizeof(Section));
    header.checksum = crc32c(&header, offsetof(Header, checksum));
    std::memcpy(bytes.data(), &header, sizeof header);
}

void read(const Bytes& bytes, SnapshotRead mode) {
    MemorySource source(bytes);
    const auto content = read_snapshot(source, mode, TextCheck::Utf8);
    if (!content) return;
    const Bytes again = write_snapshot_bytes(content->records, content->head, content->kept);
    MemorySource again_source(again);
    OUTPOST_ASSERT(read_snapshot(again_source, SnapshotRead::Strict, TextCheck::Utf8).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes(data, data + size);
    read(bytes, SnapshotRead::Strict);
    mend_checksums(bytes);
    read(bytes, SnapshotRead::Strict);
    read(bytes, SnapshotRead::Salvage);
    return 0;
}
