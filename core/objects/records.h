// Records: the schema (a new one has the standard objects) and all tables of one database, with the indexes that are derived from them.
// Invariant: derived indexes equal a naive recomputation (the simulation checks). Changed only by edit/apply and the
// snapshot. Called by: edit, query, workspace; read by ui.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/objects/schema.h"
#include "core/objects/table.h"

namespace outpost {

class Records {
public:
    Records();
    ~Records();
    Records(Records&&) noexcept;
    Records& operator=(Records&&) noexcept;

    const Schema& schema() const { return schema_; }
    const Table& table(ObjectIndex object) const;          // must exist
    bool has_table(ObjectIndex object) const;
    Table& mutable_table(ObjectIndex object);              // for edit/apply and the snapshot
    Schema& mutable_schema() { return schema_; }           // for edit/apply and the snapshot
    void sync_tables_with_schema();                        // adds tables and columns that the schema has and they lack

    Value value(RecordRef record, FieldIndex field) const;                 // system fields and compounds included
    std::string_view text(RecordRef record, FieldIndex field) const;       // Text-kind columns without a copy
    std::string value_text(RecordRef record, FieldIndex field) const;      // plain text; lookups as their id
    std::string display_name(RecordRef record) const;                      // the name field as text; "" when none
    std::optional<RecordRef> find(RecordId id) const;                      // in any state but Absent
    RecordId id_of(RecordRef record) const;

    // Live rows of `object` whose lookup `field` points at `target`, in row order. The index is built when first asked
    // for and kept until the column changes.
    std::span<const RowIndex> children(ObjectIndex object, FieldIndex field, RecordRef target) const;
    // Whether children() is worth asking where a look at the whole column would do: its index is at hand, or this is at
    // least the second question since the column changed.
    bool children_pay(ObjectIndex object, FieldIndex field) const;

    // Live rows whose value equals `text`, in row order, by an index that is built when first asked for and then kept
    // up by apply (for unique and external-id fields, and names). Columns that aren't text are compared by their
    // plain text form; lookups by their id.
    enum class Match : std::uint8_t { Exact, IgnoreAsciiCase, ByField };  // ByField: as Field::holds_same
    std::vector<RowIndex> find_equal(ObjectIndex object, FieldIndex field, std::string_view text, Match match = Match::Exact) const;

    std::size_t bytes() const;                              // memory held by columns and indexes

    // A place for what queries derive from columns and keep up by their revisions; it lives and moves with the records.
    // Owned by core/query.
    std::shared_ptr<void>& query_cache() const { return query_cache_; }

    // For edit/apply: keeps the equality indexes up. Ask before the values change, tell after.
    bool has_current_index(ObjectIndex object, FieldIndex field) const;
    void index_rows(ObjectIndex object, FieldIndex field, std::span<const RowIndex> rows) const;
    // The same for new rows from `first` on, for all fields of the object that had a current index before.
    std::vector<FieldIndex> current_indexes(ObjectIndex object) const;
    void index_new_rows(ObjectIndex object, std::span<const FieldIndex> fields, RowIndex first) const;

private:
    Schema schema_;
    std::vector<std::unique_ptr<Table>> tables_;            // by object number
    struct Indexes;
    std::unique_ptr<Indexes> indexes_;
    mutable std::shared_ptr<void> query_cache_;
};

}  // namespace outpost
