#include "core/pipeline/account_sales.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <unordered_set>

#include "core/base/sort_stably.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

struct Sum {
    std::uint32_t count = 0;
    __int128 amount = 0;

    SalesSum told(std::uint8_t scale) const {
        const bool fits = amount <= std::numeric_limits<std::int64_t>::max() && amount > std::numeric_limits<std::int64_t>::min();
        return {count, fits ? std::optional(Decimal{static_cast<std::int64_t>(amount), scale}) : std::nullopt};
    }
};

}  // namespace

AccountSales account_sales(const Records& records, std::span<const RecordRef> accounts) {
    const Table& table = records.table(standard_object::opportunity);
    const auto closed = table.column(opportunity_field::is_closed).flags(), won = table.column(opportunity_field::is_won).flags();
    const auto amounts = table.column(opportunity_field::amount).decimals();
    Sum open_sum, won_sum, lost_sum;
    for (const RecordRef account : accounts) {
        for (const RowIndex row : records.children(standard_object::opportunity, opportunity_field::account, account)) {
            Sum& sum = closed[row] == 0 ? open_sum : won[row] != 0 ? won_sum : lost_sum;
            ++sum.count;
            if (amounts[row] != null_decimal) sum.amount += amounts[row];
        }
    }
    const std::uint8_t scale = records.schema().object(standard_object::opportunity).field(opportunity_field::amount).scale;
    return {open_sum.told(scale), won_sum.told(scale), lost_sum.told(scale)};
}

std::vector<RecordRef> account_group(const Records& records, RecordRef account) {
    std::vector<RecordRef> group{account};
    std::unordered_set<RowIndex> seen{account.row};
    for (std::size_t at = 0; at < group.size(); ++at)
        for (const RowIndex row : records.children(account.object, account_field::parent, group[at]))
            if (seen.insert(row).second) group.push_back({account.object, row});
    return group;
}

std::vector<RecordRef> open_opportunities(const Records& records, RecordRef account) {
    std::vector<RecordRef> open;
    if (!account) return open;
    const auto closed = records.table(standard_object::opportunity).column(opportunity_field::is_closed).flags();
    for (const RowIndex row : records.children(standard_object::opportunity, opportunity_field::account, account))
        if (closed[row] == 0) open.push_back({standard_object::opportunity, row});
    const auto changed = [&](RecordRef record) {
        const Value value = records.value(record, system_field::last_modified_date);
        const auto* instant = std::get_if<InstantValue>(&value);
        return instant ? instant->milliseconds : 0;
    };
    sort_stably(open, [&](RecordRef a, RecordRef b) { return changed(a) > changed(b); });
    return open;
}

}  // namespace outpost
