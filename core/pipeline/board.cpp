#include "core/pipeline/board.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "core/base/date.h"
#include "core/base/sort_stably.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

using Wide = __int128;

// The field that a board sums: an opportunity's amount; of other objects the first currency field.
FieldIndex amount_field_of(const Object& object) {
    if (object.index == standard_object::opportunity && object.has_field(opportunity_field::amount)) return opportunity_field::amount;
    for (const Field& field : object.fields) {
        if (!field.deleted && !field.hidden && field.type == FieldType::Currency) return field.index;
    }
    return no_field;
}

// A column to be summed by lane; nothing when the object has no such field.
struct Summed {
    std::span<const std::int64_t> values;
    std::uint8_t scale = 0;
    std::vector<Wide> sums;

    Summed(const Table& table, const Object& object, FieldIndex field, std::size_t lanes) : sums(lanes, 0) {
        if (field == no_field || !object.has_field(field) || table.column(field).kind() != ColumnKind::Decimal) return;
        values = table.column(field).decimals();
        scale = object.field(field).scale;
    }
    void add(std::size_t lane, RowIndex row) {
        if (lane >= sums.size()) sums.resize(lane + 1, 0);
        if (!values.empty() && values[row] != null_decimal) sums[lane] += values[row];
    }
    Result<Decimal> total(std::size_t lane, const std::string& name) const {
        const Wide sum = lane < sums.size() ? sums[lane] : 0;
        if (sum > std::numeric_limits<std::int64_t>::max() || sum <= std::numeric_limits<std::int64_t>::min()) {
            return fail(ErrorCode::NumberOutsideValidRange, "error.query_sum_overflow", {name});
        }
        return Decimal{static_cast<std::int64_t>(sum), scale};
    }
};

bool can_give_lanes(const Field& field) { return field.is_picklist() || field.index == system_field::owner || field.type == FieldType::Date; }

constexpr std::uint64_t month_origin = 1'000'000;   // above any lane's zero: months count from it
constexpr std::uint64_t months_max = 120;           // gaps are filled up to so many lanes

// What the records of a lane have in common, as one number.
class Lanes {
public:
    Lanes(const Column& column, const Field& field) : column_(column), target_(field.reference_to.empty() ? no_object : field.reference_to[0]) {}
    std::uint64_t operator()(RowIndex row) const {
        switch (column_.kind()) {
            case ColumnKind::Code: return column_.codes()[row];
            case ColumnKind::Row: return column_.rows()[row] == no_row ? 0 : key({target_, column_.rows()[row]});
            case ColumnKind::Ref: return column_.refs()[row] ? key(column_.refs()[row]) : 0;
            case ColumnKind::Day: return column_.is_null(row) ? 0 : month_key(column_.days()[row]);
            default: return 0;
        }
    }
    static std::uint64_t key(RecordRef record) { return std::uint64_t{number(record.object)} << 32 | record.row; }
    static std::uint64_t month_key(Days day) {
        const CivilDate date = to_civil(day);
        return month_origin + static_cast<std::uint64_t>(date.year * 12 + date.month - 1);
    }

private:
    const Column& column_;
    ObjectIndex target_;
};

// The lanes that there are without a record: none, and each value of a picklist.
std::vector<BoardLane> offered_lanes(const Field& field) {
    std::vector<BoardLane> lanes(1);
    if (!field.is_picklist()) return lanes;
    for (const std::uint16_t code : field.codes_in_order(false)) {
        BoardLane& lane = lanes.emplace_back();
        lane.key = lane.code = code;
        lane.value = field.values[code - 1u].value;
        lane.closed = field.values[code - 1u].closed;
    }
    return lanes;
}

// Owners in the order of their names; months one after the other, and one more to move to.
void finish_lanes(std::vector<BoardLane>& lanes, const Field& field, const Records& records) {
    if (lanes[0].rows.empty()) lanes.erase(lanes.begin());
    if (field.type == FieldType::Date) {
        const auto by_key = [](const BoardLane& a, const BoardLane& b) { return a.key < b.key; };
        sort_stably(lanes, by_key);
        const std::uint64_t first = lanes.empty() ? 0 : std::max(lanes[lanes[0].key == 0 && lanes.size() > 1 ? 1 : 0].key, std::uint64_t{1});
        const std::uint64_t last = lanes.empty() ? 0 : lanes.back().key + 1;
        if (first > 1 && last - first < months_max) {
            for (std::uint64_t key = first; key <= last; ++key)
                if (std::ranges::find(lanes, key, &BoardLane::key) == lanes.end()) lanes.emplace_back().key = key;
            sort_stably(lanes, by_key);
        }
        for (BoardLane& lane : lanes) {
            if (lane.key == 0) continue;
            const auto months = static_cast<int>(lane.key - month_origin);
            lane.value = DateValue{to_days({.year = months / 12, .month = months % 12 + 1, .day = 1})};
        }
        return;
    }
    for (BoardLane& lane : lanes)
        if (lane.key != 0) lane.value = RecordRef{ObjectIndex{static_cast<std::uint16_t>(lane.key >> 32)}, static_cast<RowIndex>(lane.key)};
    std::vector<std::pair<std::string, std::size_t>> names;
    for (std::size_t at = 0; at < lanes.size(); ++at) names.emplace_back(lanes[at].key == 0 ? std::string() : records.display_name(std::get<RecordRef>(lanes[at].value)), at);
    sort_stably(names);
    std::vector<BoardLane> sorted;
    for (const auto& [name, at] : names) sorted.push_back(std::move(lanes[at]));
    lanes = std::move(sorted);
}

}  // namespace

Result<Board> compute_board(const Query& query, FieldIndex lane_field, const Records& records, const QueryContext& context,
                            const std::function<bool(RowIndex)>& keep) {
    Board board;
    board.object = query.object;
    board.lane_field = lane_field;
    const Object& object = records.schema().object(query.object);
    if (!object.has_field(lane_field) || !can_give_lanes(object.field(lane_field))) {
        return fail(ErrorCode::InvalidField, "error.board_lane_field", {object.name});
    }
    OUTPOST_TRY(const RowSelection selection, select_rows(query, records, context));
    const Field& field = object.field(lane_field);
    const Table& table = records.table(query.object);
    board.amount_field = amount_field_of(object);
    if (object.index == standard_object::opportunity && object.has_field(opportunity_field::expected_revenue)) {
        board.weighted_field = opportunity_field::expected_revenue;
    }

    const Lanes key_of(table.column(lane_field), field);
    std::vector<BoardLane> lanes = offered_lanes(field);
    std::unordered_map<std::uint64_t, std::size_t> places;
    for (std::size_t place = 0; place < lanes.size(); ++place) places.emplace(lanes[place].key, place);
    Summed amount(table, object, board.amount_field, lanes.size()), weighted(table, object, board.weighted_field, lanes.size());
    std::uint64_t last_key = 0;
    std::size_t last_place = places[0];
    for (const RowIndex row : selection.rows) {
        if (keep && !keep(row)) continue;
        const std::uint64_t key = key_of(row);
        if (key != last_key) {
            const auto [found, is_new] = places.try_emplace(key, lanes.size());
            if (is_new) lanes.emplace_back().key = key;
            last_key = key;
            last_place = found->second;
        }
        lanes[last_place].rows.push_back(row);
        amount.add(last_place, row);
        weighted.add(last_place, row);
    }
    for (std::size_t place = 0; place < lanes.size(); ++place) {
        BoardLane& lane = lanes[place];
        lane.count = static_cast<std::uint32_t>(lane.rows.size());
        // What is over begins with the latest; what has no date stays at the end.
        if (lane.closed && !query.order_by.empty()) {
            const Column& dates = table.column(query.order_by[0].term.path.field);
            std::reverse(lane.rows.begin(), std::ranges::find_if(lane.rows, [&](RowIndex row) { return dates.is_null(row); }));
        }
        OUTPOST_TRY(lane.sum, amount.total(place, object.name));
        OUTPOST_TRY(lane.weighted, weighted.total(place, object.name));
    }
    if (field.is_picklist()) std::erase_if(lanes, [&](const BoardLane& lane) { return lane.rows.empty() && (lane.code == 0 || !field.values[lane.code - 1u].active); });
    else finish_lanes(lanes, field, records);
    board.lanes = std::move(lanes);
    return board;
}

}  // namespace outpost
