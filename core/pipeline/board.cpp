#include "core/pipeline/board.h"

#include <limits>

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
        if (!values.empty() && values[row] != null_decimal) sums[lane] += values[row];
    }
    Result<Decimal> total(std::size_t lane, const std::string& name) const {
        const Wide sum = sums[lane];
        if (sum > std::numeric_limits<std::int64_t>::max() || sum <= std::numeric_limits<std::int64_t>::min()) {
            return fail(ErrorCode::NumberOutsideValidRange, "error.query_sum_overflow", {name});
        }
        return Decimal{static_cast<std::int64_t>(sum), scale};
    }
};

}  // namespace

Result<Board> compute_board(const Query& query, FieldIndex lane_field, const Records& records, const QueryContext& context) {
    Board board;
    board.object = query.object;
    board.lane_field = lane_field;
    const Object& object = records.schema().object(query.object);
    if (!object.has_field(lane_field) || !object.field(lane_field).is_picklist()) {
        return fail(ErrorCode::InvalidField, "error.board_lane_field", {object.name});
    }
    OUTPOST_TRY(const RowSelection selection, select_rows(query, records, context));
    const Field& field = object.field(lane_field);
    const Table& table = records.table(query.object);
    board.amount_field = amount_field_of(object);
    if (object.index == standard_object::opportunity && object.has_field(opportunity_field::expected_revenue)) {
        board.weighted_field = opportunity_field::expected_revenue;
    }

    const std::size_t code_count = field.values.size() + 1;
    std::vector<BoardLane> lanes(code_count);
    Summed amount(table, object, board.amount_field, code_count), weighted(table, object, board.weighted_field, code_count);
    const std::span<const std::uint16_t> codes = table.column(lane_field).codes();
    for (const RowIndex row : selection.rows) {
        const std::size_t code = codes[row] < code_count ? codes[row] : 0;
        lanes[code].rows.push_back(row);
        amount.add(code, row);
        weighted.add(code, row);
    }

    std::vector<std::uint16_t> order{0};
    for (const std::uint16_t code : field.codes_in_order(false)) order.push_back(code);
    for (const std::uint16_t code : order) {
        BoardLane& lane = lanes[code];
        const bool offered = code != 0 && field.values[code - 1u].active;
        if (!offered && lane.rows.empty()) continue;
        lane.code = code;
        lane.count = static_cast<std::uint32_t>(lane.rows.size());
        OUTPOST_TRY(lane.sum, amount.total(code, object.name));
        OUTPOST_TRY(lane.weighted, weighted.total(code, object.name));
        lane.closed = code != 0 && field.values[code - 1u].closed;
        board.lanes.push_back(std::move(lane));
    }
    return board;
}

}  // namespace outpost
