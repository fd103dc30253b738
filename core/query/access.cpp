#include "core/query/access.h"

namespace outpost {

const Column& column_of(const Records& records, ObjectIndex object, FieldIndex field) {
    static const Column none;
    return records.has_table(object) ? records.table(object).column(field) : none;
}

RowIndex row_count(const Records& records, ObjectIndex object) {
    return records.has_table(object) ? records.table(object).row_count() : 0;
}

Access::Access(const FieldPath& path, ObjectIndex from, const Records& records)
    : records_(&records), from_(from), end_(end_of_path(path, from, records.schema())), column_(nullptr),
      kind_(value_kind(path, from, records.schema())), name_(last_segment(path.text)) {
    ObjectIndex object = from;
    for (const FieldIndex lookup : path.lookups) {
        const Field& field = records.schema().object(object).field(lookup);
        const ObjectIndex target = field.reference_to.empty() ? no_object : field.reference_to.front();
        hops_.push_back({&column_of(records, object, lookup), target});
        object = target;
    }
    column_ = &column_of(records, end_.object, end_.field != nullptr ? end_.field->index : system_field::id);
}

RecordRef Access::holder(RowIndex row) const {
    RecordRef at{from_, row};
    for (const Hop& hop : hops_) {
        switch (hop.column->kind()) {
            case ColumnKind::Row: at = {hop.target, hop.column->rows()[at.row]}; break;
            case ColumnKind::Ref: at = hop.column->refs()[at.row]; break;
            default: return {};
        }
        if (!at || !records_->has_table(at.object) || at.row >= records_->table(at.object).row_count()) return {};
    }
    return at;
}

const Field* Access::field_in(ObjectIndex object) const {
    if (object == end_.object) return end_.field;
    return records_->schema().has_object(object) ? records_->schema().object(object).find_field(name_) : nullptr;
}

Value Access::value(RowIndex row) const {
    const RecordRef at = holder(row);
    return at ? value_of(at) : Value();
}

Value Access::value_of(RecordRef at) const {
    if (!at) return {};
    if (kind_ == ValueKind::ObjectName) return std::string(type_text(records_->schema().object(at.object)));
    const Field* field = field_in(at.object);
    if (field == nullptr) return {};
    return records_->value(at, field->index);
}

std::string_view Access::text(RecordRef at) const {
    if (!at) return {};
    if (at.object == end_.object) return column_->kind() == ColumnKind::Text ? column_->text(at.row) : std::string_view();
    const Field* field = field_in(at.object);
    return field != nullptr ? records_->text(at, field->index) : std::string_view();
}

}  // namespace outpost
