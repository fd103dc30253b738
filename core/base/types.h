// Index and id types that every layer shares, and nothing else.
// Invariant: an ObjectIndex, FieldIndex or RowIndex is never reused for another thing within one database.
// Called by: everything.
#pragma once

#include <cstdint>

namespace outpost {

// Number of an object (its type, not a record). Standard objects have reserved numbers (objects/standard.h),
// custom objects count up from object_first_custom. At most 4095 (12 bits of a RecordId).
enum class ObjectIndex : std::uint16_t {};
// Number of a field within its object. System fields have the same small numbers in every object.
enum class FieldIndex : std::uint16_t {};
// Row of a record within its object's table. Rows are stable: a deleted record keeps its row.
using RowIndex = std::uint32_t;

inline constexpr RowIndex no_row = 0xFFFF'FFFFu;
inline constexpr ObjectIndex no_object{0};
inline constexpr FieldIndex no_field{0xFFFF};

constexpr std::uint16_t number(ObjectIndex object) { return static_cast<std::uint16_t>(object); }
constexpr std::uint16_t number(FieldIndex field) { return static_cast<std::uint16_t>(field); }

// Journal sequence number; the first entry is 1, 0 means "before anything".
using Sequence = std::uint64_t;

// A record within this database: object and row. {no_object, no_row} points nowhere.
struct RecordRef {
    ObjectIndex object = no_object;
    RowIndex row = no_row;
    bool operator==(const RecordRef&) const = default;
    explicit operator bool() const { return row != no_row; }
};

}  // namespace outpost
