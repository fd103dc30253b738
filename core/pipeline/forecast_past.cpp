#include "core/pipeline/forecast_past.h"

#include <algorithm>

#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

const Column& present(const Records& records, FieldIndex field) { return records.table(so::opportunity).column(field); }

// Rows that the copy doesn't have were made after it.
void put_back(Column& column, const std::vector<RowIndex>& rows, const Column& before) {
    if (before.kind() != column.kind() || (before.size() != rows.size() && before.size() != 1)) return;
    if (!rows.empty() && rows.back() < column.size()) column.scatter(rows, before);
}

}  // namespace

OpportunitiesBefore::OpportunitiesBefore(const Records& records)
    : states_(records.table(so::opportunity).states().begin(), records.table(so::opportunity).states().end()), owners_(present(records, system_field::owner)),
      close_dates_(present(records, opportunity_field::close_date)), categories_(present(records, opportunity_field::forecast_category)),
      amounts_(present(records, opportunity_field::amount)), scale_(records.schema().object(so::opportunity).field(opportunity_field::amount).scale) {}

void OpportunitiesBefore::take_back(const ChangeGroup& group) {
    for (auto change = group.changes.rbegin(); change != group.changes.rend(); ++change) take_back_change(*change);
}

void OpportunitiesBefore::take_back_change(const Change& change) {
    const auto set_states = [&](RowIndex row, RowState state) {
        if (row < states_.size()) states_[row] = state;
    };
    if (const auto* schema = std::get_if<SchemaChange>(&change)) {
        if (schema->object == so::opportunity && schema->field == opportunity_field::amount && schema->field_before) scale_ = schema->field_before->scale;
    } else if (const auto* created = std::get_if<RecordsCreated>(&change)) {
        if (created->object != so::opportunity) return;
        for (std::uint32_t i = 0; i < created->count; ++i) set_states(created->first_row + i, RowState::Absent);
    } else if (const auto* changed = std::get_if<RecordsChanged>(&change)) {
        if (changed->object != so::opportunity) return;
        for (const FieldChange& field : changed->fields) {
            if (field.field == system_field::owner) put_back(owners_, changed->rows, field.before);
            else if (field.field == opportunity_field::close_date) put_back(close_dates_, changed->rows, field.before);
            else if (field.field == opportunity_field::forecast_category) put_back(categories_, changed->rows, field.before);
            else if (field.field == opportunity_field::amount) put_back(amounts_, changed->rows, field.before);
        }
    } else if (const auto* moved = std::get_if<StateChanged>(&change)) {
        if (moved->object != so::opportunity) return;
        for (const RowIndex row : moved->rows) set_states(row, moved->before);
    }
}

ForecastSource OpportunitiesBefore::source() const {
    return {.states = states_, .owners = owners_.rows(), .close_dates = close_dates_.days(), .categories = categories_.codes(),
            .amounts = amounts_.decimals(), .scale = scale_};
}

}  // namespace outpost
