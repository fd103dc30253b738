// The layout of a snapshot's header and directory, shared by its writer and its reader and by nobody else.
// Invariant: these structures are what lies on disk; a change of any is a new snapshot_format.
#pragma once

#include <cstdint>
#include <type_traits>

namespace outpost::snapshot_layout {

inline constexpr std::uint32_t magic = 0x3153'504F;  // "OPS1"
inline constexpr std::uint64_t alignment = 8;
inline constexpr std::uint64_t section_tail_bytes = 8;  // CRC-32C of the section, then zeros

struct Header {
    std::uint32_t magic = snapshot_layout::magic;
    std::uint16_t format = 0;
    std::uint16_t reserved = 0;
    std::uint64_t sequence = 0;
    std::uint64_t stamp = 0;
    std::uint64_t total_bytes = 0;
    std::uint32_t id_salt = 0;
    std::uint32_t section_count = 0;
    std::uint32_t directory_checksum = 0;
    std::uint32_t checksum = 0;  // of all before it
};
static_assert(sizeof(Header) == 48 && std::is_trivially_copyable_v<Header>);

enum class SectionKind : std::uint8_t {
    Schema,      // definitions as JSON
    Ids,         // RowIds::Run of an object
    States,      // RowState of each row
    Values,      // a column of fixed width
    Same,        // a column of fixed width whose rows all hold this one value
    TextPlaces,  // TextColumn::Place of each row; no section when every text is empty
    TextArena,
    Kept,        // damaged bytes that an earlier recovery found
    Undo,        // a journal entry without the values of created records, oldest first (versions before it pass it over)
    Spare,       // schema, directory and header once more, at the very end, for when those in front are damaged (likewise)
};

struct Section {
    SectionKind kind = SectionKind::Schema;
    std::uint8_t column_kind = 0;
    std::uint16_t object = 0;
    std::uint16_t field = 0;
    std::uint16_t reserved = 0;
    std::uint64_t bytes = 0;  // without padding and tail
};
static_assert(sizeof(Section) == 16 && std::is_trivially_copyable_v<Section>);

inline constexpr std::uint16_t object_end = 4096;  // object and field numbers are below
inline constexpr std::uint16_t field_end = 4096;

constexpr std::uint64_t padded(std::uint64_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

}  // namespace outpost::snapshot_layout
