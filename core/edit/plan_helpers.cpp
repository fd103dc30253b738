#include "core/edit/plan_helpers.h"

#include <algorithm>

#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

Result<Value> default_value(const Records& records, const EditContext& context, const Object& object, const Field& field) {
    if (field.index == system_field::owner && field.standard && field.is_lookup())
        return context.user ? Value(context.user) : Value();
    if (const std::uint16_t code = field.default_code(); code != 0) return Value(field.values[code - 1u].value);
    if (field.default_value.empty()) return Value();
    OUTPOST_TRY(Value value, parse_text_value(field.default_value, field, object, records));
    return fit_value(records, object, field, std::move(value));
}

std::int64_t next_auto_number(const Table& table, FieldIndex field) {
    const auto numbers = table.column(field).decimals();
    for (std::size_t row = numbers.size(); row > 0; --row)
        if (numbers[row - 1] != null_decimal) return numbers[row - 1] + 1;
    return 1;
}

bool has_master(const Object& object) {
    return std::ranges::any_of(object.fields, [](const Field& field) { return !field.deleted && field.type == FieldType::MasterDetail; });
}

std::vector<RowIndex> details_of(const Records& records, Schema::ChildRelationship child, ObjectIndex parent,
                                 const std::vector<RowIndex>& rows, RowState after) {
    std::vector<RowIndex> found;
    if (is_in_bin(after)) {
        for (const RowIndex row : rows) {
            const auto children = records.children(child.object, child.field, {parent, row});
            found.insert(found.end(), children.begin(), children.end());
        }
        return found;
    }
    const Table& table = records.table(child.object);
    const Field& field = records.schema().object(child.object).field(child.field);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (after == RowState::Live ? table.state(row) != RowState::Deleted : table.state(row) == RowState::Absent) continue;
        const Value value = table.column(child.field).get(row, field);
        const auto* target = std::get_if<RecordRef>(&value);
        if (target && target->object == parent && std::binary_search(rows.begin(), rows.end(), target->row)) found.push_back(row);
    }
    return found;
}

Status check_removable(const Records& records, const EditContext& context, ObjectIndex object, const std::vector<RowIndex>& rows) {
    if (object == standard_object::group)
        for (const RowIndex row : rows)
            if (const std::size_t held = records.children(standard_object::lead, system_field::owner, {object, row}).size(); held > 0)
                return fail(Error{ErrorCode::FieldIntegrity, "error.queue_not_empty", {records.display_name({object, row}), std::to_string(held)}, "Group"});
    const bool organization = object == standard_object::organization;
    const bool self = context.user.object == object && std::binary_search(rows.begin(), rows.end(), context.user.row);
    if (!organization && !self) return {};
    const Object& of = records.schema().object(object);
    return fail(Error{ErrorCode::FieldIntegrity, organization ? "error.delete_organization" : "error.delete_self", {object_argument(of)}, of.name});
}

}  // namespace outpost
