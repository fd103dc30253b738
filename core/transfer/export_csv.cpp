#include "core/transfer/export_csv.h"

#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/transfer/csv.h"

namespace outpost {
namespace {

std::string cell_text(const Records& records, RecordRef record, const Field& field, const Messages& messages) {
    const Value value = records.value(record, field.index);
    if (const auto* target = std::get_if<RecordRef>(&value)) return records.display_name(*target);
    if (field.type == FieldType::AutoNumber) return records.value_text(record, field.index);
    const auto* text = std::get_if<std::string>(&value);
    if (text && field.is_picklist()) return value_label(messages, field, *text);
    return plain_text(value);
}

}  // namespace

std::string export_csv(const Records& records, ObjectIndex object_index, std::span<const FieldIndex> fields, std::span<const RowIndex> rows, const Messages& messages) {
    const Object& object = records.schema().object(object_index);
    std::string csv = "\xEF\xBB\xBF";
    const auto add_line = [&](const auto& cell_of) {
        for (std::size_t at = 0; at < fields.size(); ++at) {
            if (at > 0) csv += ',';
            append_spreadsheet_cell(csv, cell_of(object.field(fields[at])));
        }
        csv += "\r\n";
    };
    add_line([&](const Field& field) { return field_label(messages, object, field); });
    for (const RowIndex row : rows) add_line([&](const Field& field) { return cell_text(records, {object_index, row}, field, messages); });
    return csv;
}

}  // namespace outpost
