// Compares two databases by everything that can be seen: definitions, ids, states and every value. Says in words where
// they differ first. Called by: the store's tests and the simulation.
#pragma once

#include <algorithm>
#include <string>

#include "core/objects/records.h"

namespace outpost::testing {

inline std::string difference(const Table& a, const Table& b, const Object& object) {
    if (a.row_count() != b.row_count()) return object.name + ": rows " + std::to_string(a.row_count()) + " / " + std::to_string(b.row_count());
    for (RowIndex row = 0; row < a.row_count(); ++row) {
        const std::string place = object.name + " row " + std::to_string(row) + " ";
        if (a.state(row) != b.state(row)) return place + "state";
        if (a.ids().id_of(row) != b.ids().id_of(row)) return place + "id";
    }
    if (a.row_count() == 0) return "";
    for (const Field& field : object.fields) {
        const Column& left = a.column(field.index);
        const Column& right = b.column(field.index);
        // A field that is gone, and never had a record, may or may not have left a column of nulls.
        if (field.name.empty() && (left.kind() == ColumnKind::None || right.kind() == ColumnKind::None)) continue;
        if (left.kind() != right.kind() || left.size() != right.size()) return object.name + "." + field.name + ": column";
        for (RowIndex row = 0; row < left.size(); ++row)
            if (a.state(row) != RowState::Absent && !left.equal_at(row, right, row))
                return object.name + "." + field.name + " row " + std::to_string(row);
    }
    return "";
}

// "" when they are the same. Values of absent rows (an undone creation) count for nothing.
inline std::string difference(const Records& a, const Records& b) {
    for (std::uint16_t i = 1; i < 4096; ++i) {
        const ObjectIndex index{i};
        const auto rows = [&](const Records& records) { return records.has_table(index) ? records.table(index).row_count() : 0; };
        if (rows(a) != rows(b)) return "rows of object " + std::to_string(i);
        const bool has = a.schema().knows_object(index);
        if (has != b.schema().knows_object(index)) return "object " + std::to_string(i);
        if (!has) continue;
        if (!(a.schema().object(index) == b.schema().object(index))) return "definition of " + a.schema().object(index).name;
        if (std::string found = difference(a.table(index), b.table(index), a.schema().object(index)); !found.empty()) return found;
    }
    return "";
}

// What a person can see: absent rows and fields or objects that are gone count for nothing.
inline std::string visible_difference(const Table& a, const Table& b, const Object& object) {
    for (RowIndex row = 0; row < std::max(a.row_count(), b.row_count()); ++row) {
        const RowState left = row < a.row_count() ? a.state(row) : RowState::Absent;
        const RowState right = row < b.row_count() ? b.state(row) : RowState::Absent;
        if (left != right) return object.name + " row " + std::to_string(row) + " state";
        if (left == RowState::Absent) continue;
        if (a.ids().id_of(row) != b.ids().id_of(row)) return object.name + " row " + std::to_string(row) + " id";
        for (const Field& field : object.fields)
            if (!field.deleted && a.column(field.index).kind() != ColumnKind::None &&
                !a.column(field.index).equal_at(row, b.column(field.index), row))
                return object.name + "." + field.name + " row " + std::to_string(row);
    }
    return "";
}

inline std::string visible_difference(const Records& a, const Records& b) {
    if (a.schema().objects() != b.schema().objects()) return "objects";
    for (const ObjectIndex index : a.schema().objects()) {
        const Object& left = a.schema().object(index);
        const Object& right = b.schema().object(index);
        for (std::size_t i = 0; i < std::max(left.fields.size(), right.fields.size()); ++i) {
            const bool has_left = left.has_field(FieldIndex{static_cast<std::uint16_t>(i)});
            if (has_left != right.has_field(FieldIndex{static_cast<std::uint16_t>(i)})) return left.name + " field " + std::to_string(i);
            if (has_left && !(left.fields[i] == right.fields[i])) return left.name + "." + left.fields[i].name + " definition";
        }
        if (left.label != right.label || left.plural_label != right.plural_label) return left.name + " label";
        if (std::string found = visible_difference(a.table(index), b.table(index), left); !found.empty()) return found;
    }
    return "";
}

}  // namespace outpost::testing
