// Definitions within a transaction: names stay unique, and what hangs together changes together.
#include <algorithm>
#include <numeric>

#include "core/base/text.h"
#include "core/edit/define_checks.h"
#include "core/edit/transaction_state.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/picklist_text.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

template <typename T>
bool says_the_same(const std::shared_ptr<const T>& before, const std::shared_ptr<const T>& after) { return before && after && *before == *after; }

// What a new value must be like holds however it is made.
Status check_new_values(const Schema& schema, const SchemaChange& change) {
    if (change.field == no_field || !change.field_after) return {};
    const Field& after = *change.field_after;
    for (const PicklistValue& value : after.values) {
        const bool was_there = change.field_before && std::ranges::find(change.field_before->values, value.value, &PicklistValue::value) != change.field_before->values.end();
        if (!was_there && !can_be_picklist_value(value.value))
            return fail(Error{ErrorCode::InvalidArgument, "error.not_a_value", {shown_value(value.value)}, schema.object(change.object).name, after.name});
    }
    return {};
}

// A history record's stage has the opportunity's stages: the same values at the same codes.
constexpr std::pair<FieldIndex, FieldIndex> mirrored_fields[] = {
    {opportunity_field::stage, stage_history_field::stage},
    {opportunity_field::forecast_category, stage_history_field::forecast_category},
};

// Opportunities that say no pipeline go along the default one. With another default they would all change over to that, out
// of their stages: so they get the former one's name, or where there was none the first one's. Those in the recycle bin too.
RecordsChanged named_pipelines(const Records& records, const SchemaChange& change) {
    RecordsChanged named{so::opportunity, {}, {}};
    if (change.object != so::opportunity || change.field != opportunity_field::pipeline || !change.field_before || !change.field_after) return named;
    const std::uint16_t before = change.field_before->default_code(), after = change.field_after->default_code();
    if (before == after) return named;
    const Table& table = records.table(so::opportunity);
    const auto codes = table.column(change.field).codes();
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (codes[row] == 0 && table.state(row) != RowState::Absent) named.rows.push_back(row);
    Column none(ColumnKind::Code), name(ColumnKind::Code);
    none.mutable_codes().push_back(0);
    name.mutable_codes().push_back(before != 0 ? before : after);
    named.fields.push_back({change.field, std::move(none), std::move(name)});
    return named;
}

}  // namespace

Status Transaction::change_schema(SchemaChange change) {
    State& state = *state_;
    const Schema& schema = state.records.schema();
    const bool known = schema.knows_object(change.object);
    if (change.field != no_field && !known) return fail(Error{ErrorCode::InvalidType, "error.object_deleted", {}});
    change.object_before.reset();
    change.field_before.reset();
    if (change.field == no_field) {
        if (known) change.object_before = std::make_shared<const Object>(schema.object(change.object));
    } else {
        const std::vector<Field>& fields = schema.object(change.object).fields;
        if (number(change.field) < fields.size() && !fields[number(change.field)].name.empty())
            change.field_before = std::make_shared<const Field>(fields[number(change.field)]);
    }
    if (says_the_same(change.object_before, change.object_after) || says_the_same(change.field_before, change.field_after)) return {};
    OUTPOST_CHECK(check_names_free(schema, change));
    OUTPOST_CHECK(check_new_values(schema, change));
    const ObjectIndex object = change.object;
    const FieldIndex field = change.field;
    RecordsChanged named = named_pipelines(state.records, change);
    OUTPOST_CHECK(state.perform_checked(std::move(change)));
    if (!named.rows.empty()) state.perform(std::move(named));
    if (object != so::opportunity) return {};
    for (const auto& [source, mirror] : mirrored_fields) {
        if (field != source) continue;
        Field copy = schema.object(so::opportunity_stage_history).field(mirror);
        copy.values = schema.object(so::opportunity).field(source).values;
        for (PicklistValue& value : copy.values) {   // what they say about an opportunity's other fields
            value.valid_for.clear();
            value.guidance.clear();
            value.key_fields.clear();
            value.required_fields.clear();
        }
        return change_schema({so::opportunity_stage_history, mirror, nullptr, nullptr, nullptr, std::make_shared<const Field>(std::move(copy))});
    }
    return {};
}

Status Transaction::rescale_field(ObjectIndex object, Field field, Column values) {
    State& state = *state_;
    const FieldIndex index = field.index;
    RecordsChanged change;
    change.object = object;
    change.rows.resize(values.size());
    std::iota(change.rows.begin(), change.rows.end(), RowIndex{0});
    Column before = state.records.table(object).column(index);
    OUTPOST_CHECK(change_schema({object, index, nullptr, nullptr, nullptr, std::make_shared<const Field>(std::move(field))}));
    if (change.rows.empty()) return {};
    change.fields.push_back({index, std::move(before), std::move(values)});
    state.perform(std::move(change));
    return {};
}

Status Transaction::add_picklist_values(ObjectIndex object, FieldIndex index, const std::vector<std::string>& values) {
    Field field = records().schema().object(object).field(index);
    const std::size_t known = field.values.size();
    std::uint16_t position = 0;
    for (const PicklistValue& value : field.values) position = std::max<std::uint16_t>(position, static_cast<std::uint16_t>(value.position + 1));
    for (const std::string& text : values) {
        if (trim(text).empty() || field.find_code(text) != 0) continue;
        PicklistValue added;
        added.value = trim(text);
        added.position = position++;
        field.values.push_back(std::move(added));
    }
    if (field.values.size() == known) return {};
    return change_schema({object, index, nullptr, nullptr, nullptr, std::make_shared<const Field>(std::move(field))});
}

}  // namespace outpost
