// The part of a Transaction that keeps opportunities together with their line items and contact roles.
#include <algorithm>
#include <unordered_map>

#include "core/edit/line_items.h"
#include "core/edit/transaction_state.h"
#include "core/objects/standard.h"

namespace outpost {

namespace so = standard_object;
namespace role_field = opportunity_contact_role_field;

Status Transaction::State::check_amounts(ObjectIndex index, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns) const {
    Status fault;
    if (index != so::opportunity) return fault;
    check_opportunity_columns(records, rows, columns, [&](RowIndex, Error error) {
        if (fault) fault = fail(std::move(error));
    });
    return fault;
}

Status Transaction::State::settle_amounts(const std::vector<RowIndex>& opportunities) {
    if (opportunities.empty()) return {};
    OUTPOST_TRY(AmountsFromLines wanted, amounts_from_lines(records, opportunities));
    if (!wanted.rows.empty()) change_records(so::opportunity, std::move(wanted.rows), std::move(wanted.columns));
    return {};
}

Status Transaction::State::change_and_settle(ObjectIndex index, std::vector<RowIndex> rows, std::vector<FieldColumn> columns) {
    OUTPOST_CHECK(check_amounts(index, rows, columns));
    if (index == so::opportunity_contact_role) {
        const bool concerns_primary = find_column(columns, role_field::is_primary) || find_column(columns, role_field::opportunity);
        change_records(index, rows, std::move(columns));
        if (concerns_primary) keep_one_primary(rows, true);
        return {};
    }
    if (index != so::opportunity_line_item) {
        change_records(index, std::move(rows), std::move(columns));
        return {};
    }
    OUTPOST_CHECK(complete_changed_lines(records, rows, columns));
    const bool moves = find_column(columns, line_item_field::opportunity) != nullptr;
    if (!moves && !find_column(columns, line_item_field::total_price)) {
        change_records(index, std::move(rows), std::move(columns));
        return {};
    }
    const std::vector<RowIndex> before = opportunities_of_lines(records, rows);
    change_records(index, rows, std::move(columns));
    if (moves) OUTPOST_CHECK(settle_amounts(opportunities_of_lines(records, rows)));
    return settle_amounts(before);
}

void Transaction::State::keep_one_primary(const std::vector<RowIndex>& roles, bool newcomers_stay) {
    const Table& table = records.table(so::opportunity_contact_role);
    const auto opportunities = table.column(role_field::opportunity).rows();
    const auto is_primary = [&](RowIndex row) { return table.is_live(row) && table.column(role_field::is_primary).flags()[row] != 0; };
    std::unordered_map<RowIndex, RowIndex> kept;   // by opportunity
    for (const RowIndex row : roles)
        if (is_primary(row)) kept[opportunities[row]] = row;
    if (kept.empty()) return;
    std::vector<RowIndex> others;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const auto found = is_primary(row) ? kept.find(opportunities[row]) : kept.end();
        if (found == kept.end() || found->second == row) continue;
        RowIndex yields = row;
        if (!newcomers_stay && !std::ranges::binary_search(roles, row)) std::swap(found->second, yields);
        others.push_back(yields);
    }
    if (others.empty()) return;
    std::ranges::sort(others);
    others.erase(std::unique(others.begin(), others.end()), others.end());
    Column none(ColumnKind::Flag);
    none.mutable_flags().push_back(0);
    std::vector<FieldColumn> columns;
    columns.push_back({role_field::is_primary, std::move(none)});
    change_records(so::opportunity_contact_role, std::move(others), std::move(columns));
}

void Transaction::State::clear_removed(const std::vector<RowIndex>& lines) {
    Column flag(ColumnKind::Flag);
    flag.mutable_flags().push_back(0);
    std::vector<FieldColumn> columns;
    columns.push_back({line_item_field::is_removed, std::move(flag)});
    change_records(so::opportunity_line_item, lines, std::move(columns));
}

void Transaction::State::drop_removed(std::vector<RowIndex>& lines) const {
    const auto removed = records.table(so::opportunity_line_item).column(line_item_field::is_removed).flags();
    std::erase_if(lines, [&](RowIndex row) { return removed[row] != 0; });
}

}  // namespace outpost
