// Access: a bound FieldPath compiled to columns, so that a row's value is a few array reads away.
// Invariant: valid until the records change. Called by: filters, sorting, groups and answers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/paths.h"

namespace outpost {

class Access {
public:
    Access(const FieldPath& path, ObjectIndex from, const Records& records);

    // The record that holds the field; nowhere when a lookup on the way is empty.
    RecordRef holder(RowIndex row) const;
    // The value for a row of the path's object; null over an empty lookup. Ids are text, lookups RecordRefs.
    Value value(RowIndex row) const;
    Value value_of(RecordRef holder) const;
    std::string_view text(RecordRef holder) const;      // of a Text column, "" otherwise

    const Records& records() const { return *records_; }
    ObjectIndex object() const { return end_.object; }  // of the field
    const Field* field() const { return end_.field; }
    const Column& column() const { return *column_; }   // kind None where the field has none
    ValueKind kind() const { return kind_; }
    bool direct() const { return hops_.empty(); }       // a field of the object itself
    bool polymorphic() const { return end_.polymorphic; }
    // The field and column in another target of a polymorphic path; null pointer when that object lacks it.
    const Field* field_in(ObjectIndex object) const;

private:
    struct Hop {
        const Column* column;
        ObjectIndex target;
    };
    const Records* records_;
    ObjectIndex from_;
    std::vector<Hop> hops_;
    PathEnd end_;
    const Column* column_;
    ValueKind kind_;
    std::string name_;                                  // of the field, for polymorphic paths
};

// The column of a field; an empty one of kind None when the table has none.
const Column& column_of(const Records& records, ObjectIndex object, FieldIndex field);
RowIndex row_count(const Records& records, ObjectIndex object);

}  // namespace outpost
