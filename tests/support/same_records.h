// Compares two databases by everything that can be seen: definitions, ids, states and every value. Says in words where
// they differ first. Called by: the store's tests and the simulation.
#pragma once

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
    for (const Field& field : object.fields) {
        const Column& left = a.column(field.index);
        const Column& right = b.column(field.index);
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
        const bool has = a.schema().knows_object(index);
        if (has != b.schema().knows_object(index)) return "object " + std::to_string(i);
        if (!has) continue;
        if (!(a.schema().object(index) == b.schema().object(index))) return "definition of " + a.schema().object(index).name;
        if (std::string found = difference(a.table(index), b.table(index), a.schema().object(index)); !found.empty()) return found;
    }
    return "";
}

}  // namespace outpost::testing
