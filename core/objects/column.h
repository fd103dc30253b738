// Column: the values of one field over all rows, typed, as they lie in memory and on disk. Also used detached, as the
// values of a change (before, after, created). Null is a sentinel: smallest integer for Decimal, Instant and Day,
// 0 for Code, no_row for Row and Ref, empty for Text; Flag has none.
// Invariant: all rows below size() are readable. Called by: Table, edit (changes), query (scans), store (raw bytes).
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/types.h"
#include "core/objects/field.h"

namespace outpost {

inline constexpr std::int64_t null_decimal = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t null_instant = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int32_t null_day = std::numeric_limits<std::int32_t>::min();

// Text of many rows: one arena and a place per row. Setting a row appends to the arena; garbage is
// squeezed out when it outgrows the live bytes. Copies share the arena until one of them changes: the texts of an import
// are in the records and in the change that brought them at once.
class TextColumn {
public:
    struct Place { std::uint32_t offset = 0, length = 0; };   // bytes

    RowIndex size() const { return static_cast<RowIndex>(places_.size()); }
    void resize(RowIndex rows);                                // new rows are empty
    void reserve(RowIndex rows, std::size_t bytes);
    std::string_view get(RowIndex row) const { return {bytes_ + places_[row].offset, places_[row].length}; }
    void set(RowIndex row, std::string_view text);             // text may lie in this very column
    void push_back(std::string_view text);
    std::span<const char> arena() const { return {bytes_, arena_size()}; }
    // Bytes of the arena beyond that text's end.
    std::size_t bytes_after(RowIndex row) const { return arena_size() - places_[row].offset - places_[row].length; }
    std::span<const Place> places() const { return places_; }
    // For the snapshot: takes over what was read. False if a place lies outside of the arena.
    [[nodiscard]] bool assign(std::string arena, std::vector<Place> places);
    void append(const TextColumn& other);                      // one block copy; none into an empty column
    void squeeze();                                            // rewrites the arena in row order, without garbage
    std::size_t garbage_bytes() const { return garbage_bytes_; }
    std::size_t bytes() const { return (arena_ ? arena_->capacity() : 0) + places_.capacity() * sizeof(Place); }

private:
    std::size_t arena_size() const { return arena_ ? arena_->size() : 0; }
    std::string& own_arena();                                  // to be changed; keep() it then
    void keep() { bytes_ = arena_->data(); }
    std::uint32_t add(std::string_view text);                  // onto the arena; gives the offset

    std::shared_ptr<std::string> arena_;                       // none while there are no texts
    const char* bytes_ = "";                                   // the arena's
    std::vector<Place> places_;
    std::size_t garbage_bytes_ = 0;
};

class Column {
public:
    explicit Column(ColumnKind kind = ColumnKind::None);

    ColumnKind kind() const { return kind_; }
    RowIndex size() const;
    void resize(RowIndex rows);                                // new rows are null (Flag: false)
    void reserve(RowIndex rows);
    bool is_null(RowIndex row) const;                          // Flag: never

    // The raw values; only for the right kind (asserted).
    std::span<const std::int64_t> decimals() const;            // Decimal
    std::span<const std::int64_t> instants() const;            // Instant
    std::span<const std::int32_t> days() const;
    std::span<const std::uint8_t> flags() const;
    std::span<const std::uint16_t> codes() const;
    std::span<const std::uint32_t> rows() const;               // Row
    std::span<const RecordRef> refs() const;
    const TextColumn& texts() const;
    std::string_view text(RowIndex row) const { return texts().get(row); }

    // Mutable raw values, for apply, import and the snapshot.
    std::vector<std::int64_t>& mutable_int64();                // Decimal, Instant
    std::vector<std::int32_t>& mutable_days();
    std::vector<std::uint8_t>& mutable_flags();
    std::vector<std::uint16_t>& mutable_codes();
    std::vector<std::uint32_t>& mutable_rows();
    std::vector<RecordRef>& mutable_refs();
    TextColumn& mutable_texts();

    // One value at a time. `field` gives scale, picklist values and target; the value must fit it (asserted).
    Value get(RowIndex row, const Field& field) const;
    void set(RowIndex row, const Value& value, const Field& field);
    void push_back(const Value& value, const Field& field);

    // Many at once, the same kind on both sides.
    Column gather(std::span<const RowIndex> rows) const;               // values at rows, in that order
    void scatter(std::span<const RowIndex> rows, const Column& values);  // values.size() is rows.size(), or 1 for all
    void append(const Column& values);
    void append_repeated(const Column& values, RowIndex index, RowIndex count);  // values[index], count times
    bool all_equal() const;                                            // every value is the first one; true when empty
    bool equal_at(RowIndex row, const Column& other, RowIndex other_row) const;
    std::size_t bytes() const;                                         // memory held

private:
    ColumnKind kind_;
    std::variant<std::monostate, TextColumn, std::vector<std::int64_t>, std::vector<std::int32_t>,
                 std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>, std::vector<RecordRef>> values_;
};

}  // namespace outpost
