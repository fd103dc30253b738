// Account sales card: what an account has open, won and lost, and what its whole group has won; each leads to the
// opportunities behind it. Nothing is drawn where there are none.
// Invariant: summed and put into words again only when a record or the language changed. Called by: record_page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/pipeline/account_sales.h"
#include "ui/context.h"
#include "ui/pages/field_view.h"

namespace outpost {

class AccountSalesCard {
public:
    void draw(Context& context, RecordRef account);

private:
    struct Figure { std::string label, count; FieldShown shown; };

    void refresh(Context& context, RecordRef account);
    void add(Context& context, std::string label, const SalesSum& sum, std::string link);

    RecordRef of_;
    std::uint64_t revision_ = 0;
    Language language_ = Language::English;
    std::vector<Figure> figures_;
};

}  // namespace outpost
