#include "core/query/row_groups.h"

#include <algorithm>
#include <limits>

#include "core/base/date.h"
#include "core/query/sort.h"

namespace outpost {
namespace {

constexpr std::uint64_t no_key = std::numeric_limits<std::uint64_t>::max();

std::uint64_t month_of(Days day) {
    const CivilDate date = to_civil(day);
    return static_cast<std::uint64_t>(date.year) * 12 + static_cast<std::uint64_t>(date.month) - 1;
}

// One number a row, equal for equal values; no_key for none.
std::vector<std::uint64_t> group_keys(std::span<const RowIndex> rows, const Column& column, const QueryContext& context) {
    std::vector<std::uint64_t> keys(rows.size(), no_key);
    // Days of one month are common neighbours.
    Days last_day = null_day;
    std::uint64_t last_month = no_key;
    const auto month = [&](Days day) {
        if (day != last_day) last_month = month_of(last_day = day);
        return last_month;
    };
    // The kind is asked once, not for each row.
    const auto fill = [&](auto values, const auto& is_null, const auto& key_of) {
        for (std::size_t at = 0; at < rows.size(); ++at)
            if (rows[at] < values.size() && !is_null(values[rows[at]])) keys[at] = key_of(values[rows[at]]);
    };
    const auto as_it_is = [](auto value) { return std::uint64_t{value}; };
    switch (column.kind()) {
        case ColumnKind::Code: fill(column.codes(), [](std::uint16_t code) { return code == 0; }, as_it_is); break;
        case ColumnKind::Flag: fill(column.flags(), [](std::uint8_t) { return false; }, as_it_is); break;
        case ColumnKind::Row: fill(column.rows(), [](RowIndex row) { return row == no_row; }, as_it_is); break;
        case ColumnKind::Ref:
            fill(column.refs(), [](RecordRef record) { return !record; }, [](RecordRef record) { return (std::uint64_t{number(record.object)} << 32) | record.row; });
            break;
        case ColumnKind::Day: fill(column.days(), [](Days day) { return day == null_day; }, month); break;
        case ColumnKind::Instant:
            fill(column.instants(), [](Milliseconds instant) { return instant == null_instant; }, [&](Milliseconds instant) { return month(day_of_instant(instant, context.offset_minutes(instant))); });
            break;
        default: break;
    }
    return keys;
}

// Places of the keys in rising order, equal ones as they stand. Codes, rows and months are small numbers: they are counted.
std::vector<std::uint32_t> positions_by_key(const std::vector<std::uint64_t>& keys) {
    const auto count = static_cast<std::uint32_t>(keys.size());
    std::uint64_t most = 0;
    for (const std::uint64_t key : keys) most = std::max(most, key == no_key ? 0 : key);
    if (most > 1000 + 4 * std::uint64_t{count}) return sorted_positions({keys}, count, count);
    const auto slot = [&](std::uint64_t key) { return static_cast<std::size_t>(key == no_key ? most + 1 : key); };
    std::vector<std::uint32_t> next(static_cast<std::size_t>(most) + 3, 0), positions(count);
    for (const std::uint64_t key : keys) ++next[slot(key) + 1];
    for (std::size_t at = 1; at < next.size(); ++at) next[at] += next[at - 1];
    for (std::uint32_t at = 0; at < count; ++at) positions[next[slot(keys[at])]++] = at;
    return positions;
}

// For each group in turn, written side by side with those of the other fields.
void add_sums(RowGroups& grouped, std::span<const std::int64_t> units, std::size_t field, std::size_t fields) {
    for (std::size_t at = 0; at < grouped.groups.size(); ++at) {
        const RowGroup& group = grouped.groups[at];
        std::int64_t sum = 0;
        bool fits = true, any = false;
        for (const RowIndex row : std::span(grouped.rows).subspan(group.first, group.count))
            if (row < units.size() && units[row] != null_decimal) any = true, fits = !__builtin_add_overflow(sum, units[row], &sum) && fits;
        if (any && fits) grouped.sums[at * fields + field] = sum;
    }
}

}  // namespace

RowGroups group_rows(std::span<const RowIndex> rows, ObjectIndex object, FieldIndex field, std::span<const FieldIndex> sums,
                     const Records& records, const QueryContext& context, const std::optional<OrderTerm>& group_order) {
    const Table& table = records.table(object);
    const Column& column = table.column(field);
    const bool by_month = column.kind() == ColumnKind::Day || column.kind() == ColumnKind::Instant;
    const std::vector<std::uint64_t> keys = group_keys(rows, column, context);

    // Rows of equal keys side by side, each group's in their order; then the groups as they are to stand.
    const auto count = static_cast<std::uint32_t>(rows.size());
    const std::vector<std::uint32_t> positions = positions_by_key(keys);
    std::vector<std::uint32_t> starts;
    for (std::uint32_t at = 0; at < count; ++at)
        if (at == 0 || keys[positions[at]] != keys[positions[at - 1]]) starts.push_back(at);
    std::vector<std::uint64_t> places;
    std::vector<RowIndex> examples;
    for (const std::uint32_t start : starts) {
        const std::uint64_t key = keys[positions[start]];
        places.push_back(key == no_key ? no_key : by_month ? ~key : positions[start]);
        if (group_order) examples.push_back(rows[positions[start]]);
    }
    if (group_order) places = sort_keys(*group_order, object, examples, records, context);
    const auto group_count = static_cast<std::uint32_t>(starts.size());
    const std::vector<std::uint32_t> order = sorted_positions({std::move(places)}, group_count, group_count);

    RowGroups out;
    out.rows.resize(count);
    out.groups.reserve(group_count);
    std::uint32_t next = 0;
    for (const std::uint32_t at : order) {
        const std::uint32_t end = at + 1 < group_count ? starts[at + 1] : count;
        out.groups.push_back({next, end - starts[at]});
        for (std::uint32_t position = starts[at]; position < end; ++position) out.rows[next++] = rows[positions[position]];
    }
    out.sums.resize(out.groups.size() * sums.size());
    for (std::size_t at = 0; at < sums.size(); ++at) add_sums(out, table.column(sums[at]).decimals(), at, sums.size());
    return out;
}

Value group_value(RecordRef row, FieldIndex field, const Records& records, const QueryContext& context) {
    Value value = records.value(row, field);
    const auto* day = std::get_if<DateValue>(&value);
    const auto* instant = std::get_if<InstantValue>(&value);
    if (day == nullptr && instant == nullptr) return value;
    const CivilDate date = to_civil(day ? day->days : day_of_instant(instant->milliseconds, context.offset_minutes(instant->milliseconds)));
    return DateValue{to_days({date.year, date.month, 1})};
}

}  // namespace outpost
