// Account sales card: what an account has open, won and lost, and what its whole group has won; each leads to the
// opportunities behind it. Nothing is drawn where there are none.
// Invariant: summed again only when opportunities or accounts changed. Called by: record_page.
#pragma once

#include <cstdint>

#include "core/pipeline/account_sales.h"
#include "ui/context.h"

namespace outpost {

class AccountSalesCard {
public:
    void draw(Context& context, RecordRef account);

private:
    void refresh(const Records& records, RecordRef account);

    RecordRef of_;
    std::uint64_t revision_ = 0;
    std::size_t group_size_ = 0;
    AccountSales own_, group_;
};

}  // namespace outpost
