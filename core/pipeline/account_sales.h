// Account sales: how many opportunities an account has open, won and lost, and for how much; the same for the account with
// all accounts below it.
// Invariant: equals the sums of SELECT IsClosed, IsWon, COUNT(Id), SUM(Amount) ... GROUP BY IsClosed, IsWon (a unit test).
// Called by: capture, ui (account pages, the hierarchy, conversion).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/objects/records.h"

namespace outpost {

struct SalesSum {
    std::uint32_t count = 0;
    std::optional<Decimal> amount = Decimal{0, 2};   // in the scale of Opportunity.Amount; none: too large to be told
};
struct AccountSales { SalesSum open, won, lost; };

AccountSales account_sales(const Records& records, std::span<const RecordRef> accounts);
// The account and all below it by ParentId, each once, itself first.
std::vector<RecordRef> account_group(const Records& records, RecordRef account);
// Its own open opportunities, those that were changed last first; none without an account.
std::vector<RecordRef> open_opportunities(const Records& records, RecordRef account);

}  // namespace outpost
