#include "core/edit/picklist_rules.h"

#include <algorithm>

#include "core/objects/labels.h"

namespace outpost {

namespace {

const FieldColumn* column_of(const std::vector<FieldColumn>& columns, FieldIndex field) {
    for (const FieldColumn& column : columns)
        if (column.field == field) return &column;
    return nullptr;
}

// The code of a row once the columns are written: theirs, else the record's.
class Codes {
public:
    Codes(const Table& table, FieldIndex field, std::span<const RowIndex> rows, const std::vector<FieldColumn>& columns)
        : given_(column_of(columns, field)), present_(table.column(field).codes()), rows_(rows) {}
    bool is_given() const { return given_ != nullptr; }
    std::uint16_t at(std::size_t i) const {
        if (given_) return given_->values.codes()[given_->values.size() == 1 ? 0 : i];
        return rows_.empty() ? std::uint16_t{0} : present_[rows_[i]];
    }

private:
    const FieldColumn* given_;
    std::span<const std::uint16_t> present_;
    std::span<const RowIndex> rows_;
};

}  // namespace

bool DependentPicklist::offers(std::uint16_t code, std::uint16_t controlling_code) const {
    if (code == 0 || code > field_.values.size()) return true;
    const std::vector<std::uint16_t>& valid_for = field_.values[code - 1u].valid_for;
    const std::uint16_t controlling = controlling_code != 0 ? controlling_code : default_;
    return valid_for.empty() || controlling == 0 || std::ranges::find(valid_for, controlling) != valid_for.end();
}

std::uint16_t DependentPicklist::first(std::uint16_t controlling_code) const {
    if (const std::uint16_t usual = field_.default_code(); usual != 0 && offers(usual, controlling_code)) return usual;
    if (!field_.required) return 0;
    for (const std::uint16_t code : field_.codes_in_order(true)) {
        const PicklistValue& value = field_.values[code - 1u];
        if (!value.closed && !value.won && !value.converted && offers(code, controlling_code)) return code;
    }
    return 0;
}

Error DependentPicklist::refusal(const Object& object, std::uint16_t code, std::uint16_t controlling_code) const {
    const std::uint16_t controlling = controlling_code != 0 ? controlling_code : default_;
    std::string offered;
    for (const std::uint16_t other : field_.codes_in_order(true)) {
        if (!offers(other, controlling)) continue;
        if (!offered.empty()) offered += ", ";
        offered += field_.values[other - 1u].value;
    }
    return field_error(ErrorCode::InvalidPicklistValue, "error.picklist_dependent", object, field_,
                       {field_.values[code - 1u].value, field_argument(object, controlling_), controlling_.values[controlling - 1u].value, offered});
}

std::optional<DependentPicklist> dependent_picklist(const Object& object, const Field& field) {
    if (field.deleted || !field.is_picklist() || !object.has_field(field.controller) || !object.field(field.controller).is_picklist()) return std::nullopt;
    const bool any = std::ranges::any_of(field.values, [](const PicklistValue& value) { return !value.valid_for.empty(); });
    return any ? std::optional<DependentPicklist>(std::in_place, field, object.field(field.controller)) : std::nullopt;
}

std::vector<DependentPicklist> dependent_picklists(const Object& object) {
    std::vector<DependentPicklist> found;
    for (const Field& field : object.fields)
        if (const auto dependent = dependent_picklist(object, field)) found.push_back(*dependent);
    return found;
}

std::uint16_t code_of(const Records& records, RecordRef record, const Field& field) {
    const Table& table = records.table(record.object);
    return field.column_kind() == ColumnKind::Code && record.row < table.row_count() ? table.column(field.index).codes()[record.row] : std::uint16_t{0};
}

std::string first_status(const Field& status, bool closed) {
    for (const std::uint16_t code : status.codes_in_order(true))
        if (status.values[code - 1u].closed == closed) return status.values[code - 1u].value;
    return {};
}

std::vector<std::uint16_t> offered_codes(const Object& object, const Field& field, std::uint16_t controlling_code) {
    std::vector<std::uint16_t> codes = field.codes_in_order(true);
    if (const auto dependent = dependent_picklist(object, field)) std::erase_if(codes, [&](std::uint16_t code) { return !dependent->offers(code, controlling_code); });
    return codes;
}

std::vector<std::uint16_t> offered_codes(const Records& records, RecordRef record, const Field& field) {
    const Object& object = records.schema().object(record.object);
    return offered_codes(object, field, object.has_field(field.controller) ? code_of(records, record, object.field(field.controller)) : std::uint16_t{0});
}

void check_dependents(const Records& records, const Object& object, std::span<const RowIndex> rows, std::uint32_t count,
                      const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    for (const DependentPicklist& dependent : dependent_picklists(object)) {
        const Table& table = records.table(object.index);
        const Codes own(table, dependent.field().index, rows, columns), above(table, dependent.controlling().index, rows, columns);
        if (!own.is_given()) continue;
        for (std::uint32_t i = 0; i < count; ++i)
            if (!dependent.offers(own.at(i), above.at(i))) sink(i, dependent.refusal(object, own.at(i), above.at(i)));
    }
}

void settle_dependents(const Records& records, const Object& object, std::span<const RowIndex> rows, std::vector<FieldColumn>& columns) {
    for (const DependentPicklist& dependent : dependent_picklists(object)) {
        const Table& table = records.table(object.index);
        const FieldIndex field = dependent.field().index;
        const Codes own(table, field, rows, columns), above(table, dependent.controlling().index, rows, columns);
        if (own.is_given() || !above.is_given()) continue;
        Column settled(ColumnKind::Code);
        bool any = false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::uint16_t code = own.at(i);
            if (!dependent.offers(code, above.at(i))) {
                any = true;
                code = dependent.field().required ? dependent.first(above.at(i)) : std::uint16_t{0};
            }
            settled.mutable_codes().push_back(code);
        }
        if (any) columns.push_back({field, std::move(settled)});
    }
}

std::vector<FieldIndex> missing_before(const Records& records, RecordRef record, const Field& path, std::uint16_t to, const std::vector<FieldColumn>& given) {
    std::vector<FieldIndex> missing;
    const std::uint16_t from = code_of(records, record, path);
    if (from == 0 || to == 0 || from == to || (path.controller != no_field && column_of(given, path.controller))) return missing;
    const PicklistValue &start = path.values[from - 1u], &end = path.values[to - 1u];
    const bool lost = end.closed && !end.won && !end.converted;
    if (lost || start.closed || end.position <= start.position) return missing;
    const Object& object = records.schema().object(record.object);
    for (const std::uint16_t code : offered_codes(records, record, path)) {
        const PicklistValue& passed = path.values[code - 1u];
        if (passed.position < start.position || passed.position >= end.position || passed.closed) continue;
        for (const FieldIndex field : passed.required_fields) {
            if (!object.has_field(field) || std::ranges::find(missing, field) != missing.end()) continue;
            const FieldColumn* column = column_of(given, field);
            const bool empty = column ? column->values.is_null(0) : is_null(records.value(record, field));
            if (empty) missing.push_back(field);
        }
    }
    return missing;
}

}  // namespace outpost
