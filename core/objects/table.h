// Table: the records of one object. Rows are stable and append-only; a deleted record keeps its row and values.
// Invariant: every column has row_count() rows; ids map both ways. Changed only by edit/apply and the snapshot.
// Called by: Records, query, edit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/record_id.h"
#include "core/objects/column.h"

namespace outpost {

enum class RowState : std::uint8_t {
    Live,
    Deleted,  // in the recycle bin
    Absent,   // its creation was undone, or it was removed for good
    Removed,  // in the recycle bin, deleted by itself while its master was there: stays when the master comes back
};

constexpr bool is_in_bin(RowState state) { return state == RowState::Deleted || state == RowState::Removed; }

// Ids of rows as runs of consecutive ids, since records are made in order: look-ups are binary searches, and a
// hundred thousand imported records take one run.
class RowIds {
public:
    struct Run { std::uint64_t first_id; RowIndex first_row; std::uint32_t count; };

    RecordId id_of(RowIndex row) const;
    std::optional<RowIndex> find(RecordId id) const;
    void append(RecordId first, std::uint32_t count);      // for the next rows; the ids must be free
    bool is_free(RecordId first, std::uint32_t count) const;  // none of these ids is taken
    std::optional<RecordId> last_before(RecordId limit) const;  // greatest taken id that is not above the limit
    void truncate(RowIndex rows);                          // forgets the rows from there on
    RowIndex size() const { return size_; }
    std::span<const Run> runs() const { return by_row_; }
    [[nodiscard]] bool assign(std::vector<Run> runs);

private:
    std::size_t position_by_id(std::uint64_t id) const;    // runs that begin at or before the id

    std::vector<Run> by_row_;
    std::vector<std::uint32_t> by_id_;                     // indexes into by_row_, ordered by first_id
    RowIndex size_ = 0;
};

class Table {
public:
    explicit Table(ObjectIndex object) : object_(object) {}
    ObjectIndex object() const { return object_; }
    RowIndex row_count() const { return static_cast<RowIndex>(states_.size()); }  // with deleted and absent rows
    RowIndex live_count() const { return live_count_; }
    RowState state(RowIndex row) const { return states_[row]; }
    std::span<const RowState> states() const { return states_; }
    bool is_live(RowIndex row) const { return row < row_count() && states_[row] == RowState::Live; }
    const RowIds& ids() const { return ids_; }
    // Column of a field; kind None where the field has none.
    const Column& column(FieldIndex field) const;
    std::uint64_t revision() const { return revision_; }                        // rises at each change to the table
    std::uint64_t column_revision(FieldIndex field) const;                      // rises when the column's values may have changed
    std::uint64_t states_revision() const { return states_revision_.latest; }   // rises when rows come, go or change state
    // The same for rows block * revision_block_rows and the following alone, so that what is derived from many rows can be
    // kept up by looking at few again.
    static constexpr RowIndex revision_block_rows = 8192;
    std::uint64_t column_revision(FieldIndex field, RowIndex block) const;
    std::uint64_t states_revision(RowIndex block) const { return states_revision_.of(block); }
    std::size_t bytes() const;                                                  // memory held

    // For edit/apply and the snapshot alone.
    Column& mutable_column(FieldIndex field);                                   // marks it changed
    Column& mutable_column(FieldIndex field, std::span<const RowIndex> rows);   // marks these rows of it changed
    Column& mutable_column_from(FieldIndex field, RowIndex first);              // marks the rows from there on changed
    void add_column(FieldIndex field, ColumnKind kind);                         // filled with null
    RowIndex append_rows(RecordId first_id, std::uint32_t count);               // null everywhere; gives the first row
    void truncate_rows(RowIndex rows);                                          // takes back append_rows of a refused edit
    void set_state(RowIndex row, RowState state);
    void touch() { ++revision_; }
    std::vector<RowState>& mutable_states() { return states_; }
    RowIds& mutable_ids() { return ids_; }
    void recount_live();

private:
    struct Revision {
        std::uint64_t latest = 1, whole = 1;      // `whole`: of all blocks at least
        std::vector<std::uint64_t> blocks;        // as far as one was marked by itself

        std::uint64_t of(RowIndex block) const { return block < blocks.size() && blocks[block] > whole ? blocks[block] : whole; }
        void mark() { whole = ++latest; }
        void mark(std::span<const RowIndex> rows);
        void mark_from(RowIndex first, RowIndex end);
    };

    ObjectIndex object_;
    std::vector<Column> columns_;                 // by field number
    std::vector<Revision> column_revisions_;
    std::vector<RowState> states_;
    RowIds ids_;
    RowIndex live_count_ = 0;
    std::uint64_t revision_ = 1;
    Revision states_revision_;
};

}  // namespace outpost
