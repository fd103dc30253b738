// The steps under a Transaction's methods: what follows from values (stages, statuses), stamps, ids, and the checks
// that need to look at other records.
#include <algorithm>

#include "core/base/text.h"
#include "core/edit/activity_rules.h"
#include "core/edit/plan_helpers.h"
#include "core/edit/transaction_state.h"
#include "core/objects/equality_index.h"
#include "core/objects/field_text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;

template <typename T>
T at(std::span<const T> values, std::size_t row) { return values[values.size() == 1 ? 0 : row]; }

Column instant_column(Milliseconds instant) {
    Column column(ColumnKind::Instant);
    column.mutable_int64().push_back(instant);
    return column;
}

// Percent and category that a stage stands for, as units and code; null for no stage.
struct StageDefaults {
    std::int64_t probability = null_decimal;
    std::uint16_t forecast = 0;
};

std::vector<StageDefaults> stage_defaults(const Object& object) {
    const Field& stage = object.field(opportunity_field::stage);
    const Field& forecast = object.field(opportunity_field::forecast_category);
    const std::int64_t one = power_of_ten(object.field(opportunity_field::probability).scale);
    std::vector<StageDefaults> defaults(stage.values.size() + 1);
    for (std::size_t i = 0; i < stage.values.size(); ++i)
        defaults[i + 1] = {stage.values[i].probability * one, forecast.find_code(to_text(stage.values[i].forecast))};
    return defaults;
}

// What isn't lost any more has no reason for it. `open` gets the rows that moved to where nothing is lost.
Column reasons_after_move(const Object& object, const Table& table, const std::vector<RowIndex>& rows, const std::vector<std::uint16_t>& stages, std::vector<RowIndex>& open) {
    const std::vector<PicklistValue>& values = object.field(opportunity_field::stage).values;
    const auto before = table.column(opportunity_field::stage).codes();
    Column reasons = table.column(opportunity_field::lost_reason).gather(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint16_t stage = at(std::span(stages), i);
        const bool is_lost = stage != 0 && values[stage - 1u].closed && !values[stage - 1u].won;
        if (stage == before[rows[i]] || is_lost) continue;
        reasons.mutable_codes()[i] = 0;
        open.push_back(rows[i]);
    }
    return reasons;
}

// Nor has a competitor won it. `opportunities`: ascending.
std::vector<RowIndex> winners_of(const Records& records, const std::vector<RowIndex>& opportunities) {
    const Table& table = records.table(so::opportunity_competitor);
    const auto flags = table.column(opportunity_competitor_field::is_winner).flags();
    const auto of = table.column(opportunity_competitor_field::opportunity).rows();
    std::vector<RowIndex> winners;
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (flags[row] != 0 && table.state(row) != RowState::Absent && std::ranges::binary_search(opportunities, of[row])) winners.push_back(row);
    return winners;
}

bool is_closed_status(const Field& status, std::uint16_t code) {
    return code != 0 && code <= status.values.size() && status.values[code - 1u].closed;
}

// Gives every null of the column the value for its row; makes the column when there is none.
template <typename T, typename ValueOf>
void fill_column(std::vector<FieldColumn>& columns, FieldIndex field, ColumnKind kind, std::size_t count, T null, ValueOf value_of,
                 std::vector<T>& (Column::*raw)()) {
    FieldColumn* given = find_column(columns, field);
    if (!given) {
        Column fresh(kind);
        std::vector<T>& values = (fresh.*raw)();
        values.resize(count);
        for (std::size_t row = 0; row < count; ++row) values[row] = value_of(row);
        columns.push_back({field, std::move(fresh)});
        return;
    }
    std::vector<T>& values = (given->values.*raw)();
    if (std::find(values.begin(), values.end(), null) == values.end()) return;
    if (values.size() == 1) values.resize(count, null);
    for (std::size_t row = 0; row < values.size(); ++row)
        if (values[row] == null) values[row] = value_of(row);
}

}  // namespace

RecordId Transaction::State::next_id(ObjectIndex index, std::uint32_t count) {
    constexpr std::uint32_t counter_limit = 1u << RecordId::counter_bits;
    constexpr std::uint32_t salt_mask = (1u << RecordId::salt_bits) - 1;
    OUTPOST_ASSERT(count < counter_limit);
    const RowIds& ids = records.table(index).ids();
    while (true) {
        const RecordId first = RecordId::make(index, context.id_salt & salt_mask, 0);
        const auto last = ids.last_before(RecordId{first.bits + counter_limit - 1});
        const std::uint64_t counter = last && last->bits >= first.bits ? last->bits - first.bits + 1 : 1;
        if (counter + count <= counter_limit) return RecordId{first.bits + counter};
        context.id_salt = static_cast<std::uint32_t>(context.random->next()) & salt_mask;
    }
}

RowIndex Transaction::State::add_records(ObjectIndex index, std::uint32_t count, std::vector<FieldColumn> columns) {
    const Table& table = records.table(index);
    for (const Field& field : object(index).fields) {
        if (field.deleted || field.type != FieldType::AutoNumber) continue;
        std::int64_t next = next_auto_number(table, field.index);
        Column numbers(ColumnKind::Decimal);
        std::vector<std::int64_t>& values = numbers.mutable_int64();
        values.resize(count);
        for (std::int64_t& value : values) value = next++;
        std::erase_if(columns, [&](const FieldColumn& column) { return column.field == field.index; });
        columns.push_back({field.index, std::move(numbers)});
    }
    add_effects_of_creation(index, count, columns);
    RecordsCreated created;
    created.object = index;
    created.first_row = table.row_count();
    created.count = count;
    created.first_id = next_id(index, count);
    created.columns = std::move(columns);
    const RowIndex first = created.first_row;
    perform(std::move(created));
    return first;
}

void Transaction::State::add_effects_of_creation(ObjectIndex index, std::uint32_t count, std::vector<FieldColumn>& columns) {
    if (index == so::opportunity) {
        using namespace opportunity_field;
        const FieldColumn* stages = find_column(columns, stage);
        if (!stages) return;
        const std::vector<StageDefaults> defaults = stage_defaults(object(index));
        std::vector<std::uint16_t> codes(stages->values.codes().begin(), stages->values.codes().end());
        const std::size_t rows = codes.size() == 1 ? 1 : count;
        const auto of = [&](std::size_t row) { return defaults[codes[codes.size() == 1 ? 0 : row]]; };
        fill_column<std::int64_t>(columns, probability, ColumnKind::Decimal, rows, null_decimal, [&](std::size_t row) { return of(row).probability; }, &Column::mutable_int64);
        fill_column<std::uint16_t>(columns, forecast_category, ColumnKind::Code, rows, 0, [&](std::size_t row) { return of(row).forecast; }, &Column::mutable_codes);
    } else if (index == so::task) {
        const FieldColumn* statuses = find_column(columns, task_field::status);
        if (!statuses || find_column(columns, task_field::completed_date)) return;
        const Field& status = object(index).field(task_field::status);
        Column completed(ColumnKind::Instant);
        bool any = false;
        for (const std::uint16_t code : statuses->values.codes()) {
            const bool closed = is_closed_status(status, code);
            any = any || closed;
            completed.mutable_int64().push_back(closed ? group.time : null_instant);
        }
        if (any) columns.push_back({task_field::completed_date, std::move(completed)});
    }
}

void Transaction::State::add_effects_of_change(ObjectIndex index, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) {
    const Table& table = records.table(index);
    if (index == so::opportunity) {
        using namespace opportunity_field;
        const FieldColumn* stages = find_column(columns, stage);
        const auto old_codes = table.column(stage).codes();
        // Without a category a forecast wouldn't count the opportunity: none is the stage's, as on creation.
        if (find_column(columns, forecast_category)) {
            const std::vector<StageDefaults> defaults = stage_defaults(object(index));
            const auto of = [&](std::size_t i) { return defaults[stages ? at(stages->values.codes(), i) : old_codes[rows[i]]].forecast; };
            fill_column<std::uint16_t>(columns, forecast_category, ColumnKind::Code, rows.size(), 0, of, &Column::mutable_codes);
        }
        if (!stages) return;
        const std::vector<std::uint16_t> codes(stages->values.codes().begin(), stages->values.codes().end());
        std::vector<RowIndex> moved;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (old_codes[rows[i]] != at(std::span(codes), i)) moved.push_back(rows[i]);
        if (moved.empty()) return;
        const std::vector<StageDefaults> defaults = stage_defaults(object(index));
        const bool constant = codes.size() == 1 && moved.size() == rows.size();
        // Rows that stay in their stage keep what they have.
        Column percent = constant ? Column(ColumnKind::Decimal) : table.column(probability).gather(rows);
        Column category = constant ? Column(ColumnKind::Code) : table.column(forecast_category).gather(rows);
        Column entered = constant ? instant_column(group.time) : table.column(stage_entered).gather(rows);
        if (constant) {
            percent.mutable_int64().push_back(defaults[codes[0]].probability);
            category.mutable_codes().push_back(defaults[codes[0]].forecast);
        } else {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const std::uint16_t code = at(std::span(std::as_const(codes)), i);
                if (old_codes[rows[i]] == code) continue;
                percent.mutable_int64()[i] = defaults[code].probability;
                category.mutable_codes()[i] = defaults[code].forecast;
                entered.mutable_int64()[i] = group.time;
            }
        }
        if (!find_column(columns, probability)) columns.push_back({probability, std::move(percent)});
        if (!find_column(columns, forecast_category)) columns.push_back({forecast_category, std::move(category)});
        if (!find_column(columns, stage_entered)) columns.push_back({stage_entered, std::move(entered)});
        std::vector<RowIndex> open;
        Column reasons = reasons_after_move(object(index), table, rows, codes, open);
        if (!find_column(columns, lost_reason)) columns.push_back({lost_reason, std::move(reasons)});
        if (std::vector<RowIndex> winners = winners_of(records, open); !winners.empty()) {
            Column nobody(ColumnKind::Flag);
            nobody.resize(1);
            change_records(so::opportunity_competitor, std::move(winners), {{opportunity_competitor_field::is_winner, std::move(nobody)}});
        }
        add_stage_history(moved);
    } else if (index == so::task) {
        const FieldColumn* statuses = find_column(columns, task_field::status);
        if (!statuses || find_column(columns, task_field::completed_date)) return;
        const Field& status = object(index).field(task_field::status);
        Column completed = table.column(task_field::completed_date).gather(rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool closed = is_closed_status(status, at(statuses->values.codes(), i));
            const bool was_closed = table.column(task_field::is_closed).flags()[rows[i]] != 0;
            if (closed != was_closed) completed.mutable_int64()[i] = closed ? group.time : null_instant;
        }
        columns.push_back({task_field::completed_date, std::move(completed)});
    }
}

// The stay that ends is written down; the one that begins is on the opportunity itself.
void Transaction::State::add_stage_history(const std::vector<RowIndex>& moved) {
    namespace history = stage_history_field;
    const Table& table = records.table(so::opportunity);
    const Object& from = object(so::opportunity);
    const Object& to = object(so::opportunity_stage_history);
    std::vector<FieldColumn> columns;
    columns.reserve(8);
    Column owners(ColumnKind::Row);
    owners.mutable_rows().assign(moved.begin(), moved.end());
    columns.push_back({history::opportunity, std::move(owners)});
    columns.push_back({history::left, instant_column(group.time)});
    constexpr std::pair<FieldIndex, FieldIndex> copied[] = {
        {opportunity_field::stage, history::stage},
        {opportunity_field::stage_entered, history::entered},
        {opportunity_field::amount, history::amount},
        {opportunity_field::probability, history::probability},
        {opportunity_field::close_date, history::close_date},
        {opportunity_field::forecast_category, history::forecast_category},
    };
    for (const auto& [source, target] : copied) {
        Column values = table.column(source).gather(moved);
        const std::uint8_t source_scale = from.field(source).scale, target_scale = to.field(target).scale;
        if (values.kind() == ColumnKind::Decimal && source_scale != target_scale)
            for (std::int64_t& units : values.mutable_int64()) {
                const auto fitted = units == null_decimal ? std::nullopt : rescale({units, source_scale}, target_scale, Rounding::HalfUp);
                units = fitted ? fitted->units : null_decimal;
            }
        columns.push_back({target, std::move(values)});
    }
    add_records(so::opportunity_stage_history, static_cast<std::uint32_t>(moved.size()), std::move(columns));
}

void Transaction::State::change_records(ObjectIndex index, std::vector<RowIndex> rows, std::vector<FieldColumn> columns) {
    add_effects_of_change(index, rows, columns);
    const Table& table = records.table(index);
    RecordsChanged change;
    change.object = index;
    change.fields.reserve(columns.size() + 2);
    for (FieldColumn& column : columns) {
        const Column& present = table.column(column.field);
        const bool constant = column.values.size() == 1;
        bool differs = false;
        for (std::size_t i = 0; i < rows.size() && !differs; ++i)
            differs = !present.equal_at(rows[i], column.values, constant ? 0 : static_cast<RowIndex>(i));
        if (differs) change.fields.push_back({column.field, present.gather(rows), std::move(column.values)});
    }
    if (change.fields.empty()) return;
    const auto stamp = [&](FieldIndex field, Column value) {
        Column before = table.column(field).gather(rows);
        if (before.size() > 1 && before.all_equal()) before.resize(1);
        change.fields.push_back({field, std::move(before), std::move(value)});
    };
    stamp(system_field::last_modified_date, instant_column(group.time));
    Column user(ColumnKind::Row);
    user.mutable_rows().push_back(group.user.object == so::user ? group.user.row : no_row);
    stamp(system_field::last_modified_by, std::move(user));
    change.rows = std::move(rows);
    perform(std::move(change));
}

// --- checks

Status Transaction::State::check_rows(const Object& of, const std::vector<RowIndex>& rows) const {
    const Table& table = records.table(of.index);
    const bool leads = of.index == so::lead && !protected_allowed;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RowIndex row = rows[i];
        if (row >= table.row_count() || table.state(row) == RowState::Absent)
            return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.record_missing", {object_argument(of)}, of.name});
        if (i > 0 && rows[i - 1] >= row) return fail(Error{ErrorCode::InvalidArgument, "error.rows_not_ascending", {}, of.name});
        if (is_in_bin(table.state(row)))
            return fail(Error{ErrorCode::EntityIsDeleted, "error.record_deleted", {records.display_name({of.index, row})}, of.name});
        if (leads && table.column(lead_field::is_converted).flags()[row] != 0)
            return fail(Error{ErrorCode::CannotUpdateConvertedLead, "error.converted_lead", {records.display_name({of.index, row})}, of.name});
    }
    return {};
}

// Parents, managers and the like form trees; a custom lookup to its own object may point anywhere.
Status Transaction::State::check_cycles(const Object& of, const Field& field, const std::vector<RowIndex>& rows, const Column& targets) const {
    if (!field.standard || !field.is_lookup() || targets.kind() != ColumnKind::Row || field.reference_to[0] != of.index) return {};
    const auto parents = records.table(of.index).column(field.index).rows();
    const auto parent_of = [&](RowIndex row) -> RowIndex {
        const auto changed = std::lower_bound(rows.begin(), rows.end(), row);
        if (changed != rows.end() && *changed == row) return at(targets.rows(), static_cast<std::size_t>(changed - rows.begin()));
        return row < parents.size() ? parents[row] : no_row;
    };
    for (const RowIndex start : rows) {
        std::size_t steps = 0;
        for (RowIndex above = parent_of(start); above != no_row; above = parent_of(above))
            if (above == start || ++steps > parents.size())
                return fail(field_error(ErrorCode::FieldIntegrity, "error.cycle", of, field, {records.display_name({of.index, start})}));
        if (targets.size() == 1 && at(targets.rows(), 0) == no_row) break;
    }
    return {};
}

Status Transaction::State::check_unique(const Object& of, const Field& field, const std::vector<RowIndex>& rows, const Column& values) const {
    EqualityIndex seen;
    const auto text_at = [&](RowIndex row) { return plain_text(values.get(row, field)); };
    const auto duplicate = [&](const std::string& text, RowIndex holder) { return fail(duplicate_error(records, of, field, text, holder)); };
    const std::size_t count = std::max<std::size_t>(rows.size(), 1);
    for (std::size_t i = 0; i < count; ++i) {
        const RowIndex position = values.size() == 1 ? 0 : static_cast<RowIndex>(i);
        if (values.is_null(position)) continue;
        const std::string text = text_at(position);
        bool twice = false;
        const std::uint32_t hash = EqualityIndex::hash(text);
        seen.each(hash, [&](RowIndex other) { twice = twice || field.holds_same(text_at(other), text); });
        if (twice) return duplicate(text, no_row);
        if (count > 1) seen.add(hash, position);
        for (const RowIndex holder : records.find_equal(of.index, field.index, text, Records::Match::ByField))
            if (!std::binary_search(rows.begin(), rows.end(), holder)) return duplicate(text, holder);
    }
    return {};
}

// `rows` is empty for a new record. An event whose start alone is given takes as long as before.
Status Transaction::State::settle_times(ObjectIndex index, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) const {
    const FieldColumn* starts = find_column(columns, event_field::start);
    if (index == so::event && starts && !rows.empty() && !find_column(columns, event_field::end)) {
        const Table& table = records.table(so::event);
        Column ends = table.column(event_field::end).gather(rows);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::int64_t& end = ends.mutable_int64()[i];
            end = moved_end(table.column(event_field::start).instants()[rows[i]], at(starts->values.instants(), i), end);
        }
        columns.push_back({event_field::end, std::move(ends)});
    }
    Status fault;
    const auto count = static_cast<std::uint32_t>(std::max<std::size_t>(rows.size(), 1));
    const FaultSink first = [&](RowIndex, Error error) {
        if (fault) fault = fail(std::move(error));
    };
    if (index == so::event) check_event_times(records, rows, count, columns, first);
    check_series_ends(records, *context.clock, index, rows, count, columns, first);
    return fault;
}

}  // namespace outpost
