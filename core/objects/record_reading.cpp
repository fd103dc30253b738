#include "core/objects/record_reading.h"

namespace outpost {

RecordRef reference(const Records& records, RecordRef record, FieldIndex field) {
    const Value value = records.value(record, field);
    const auto* target = std::get_if<RecordRef>(&value);
    return target ? *target : RecordRef{};
}

RecordRef first_live(const Records& records, ObjectIndex object) {
    if (!records.schema().has_object(object)) return {};
    const Table& table = records.table(object);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) return {object, row};
    return {};
}

}  // namespace outpost
