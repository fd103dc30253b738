#include "ui/pages/account_sales_card.h"

#include <string>

#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

std::string sum_text(Context& context, const SalesSum& sum) {
    const std::string amount = sum.amount ? context.locale().format_money_short(*sum.amount, context.workspace().currency()) : std::string("—");
    return amount + " · " + context.count_text("ui.home.opportunities", sum.count);
}

std::string list_address(Context& context, RecordRef account, std::string_view state, std::string_view won) {
    Route route = Route::parse(routes::list("Opportunity"));
    return route.set("AccountId", to_text(context.records().id_of(account))).set("state", state).set("IsWon", won).to_text();
}

}  // namespace

void AccountSalesCard::refresh(const Records& records, RecordRef account) {
    const std::uint64_t revision = records.table(standard_object::opportunity).revision() + records.table(standard_object::account).revision();
    if (account == of_ && revision == revision_) return;
    of_ = account;
    revision_ = revision;
    const RecordRef one[] = {account};
    own_ = account_sales(records, one);
    const std::vector<RecordRef> group = account_group(records, account);
    group_size_ = group.size();
    if (group_size_ > 1) group_ = account_sales(records, group);
}

void AccountSalesCard::draw(Context& context, RecordRef account) {
    refresh(context.records(), account);
    const bool in_group = group_size_ > 1 && group_.open.count + group_.won.count + group_.lost.count > 0;
    if (!in_group && own_.open.count + own_.won.count + own_.lost.count == 0) return;
    kit::Card card(context, {.role = Role::Region, .name = context.tr("ui.sales.title")});
    kit::FormGrid grid(context, {.column_min = context.is_phone() ? 130.0f : 150.0f, .columns_max = context.is_phone() ? 2 : 4, .row_gap = space::x3});
    const auto draw_one = [&](std::string_view key, const SalesSum& sum, std::string_view label, std::string link) {
        FieldShown shown{.text = sum_text(context, sum), .link = sum.count > 0 ? std::move(link) : std::string(), .look = FieldLook::Link};
        if (shown.link.empty()) shown.look = FieldLook::Text;
        draw_read_field(context, key, label, shown, false, false);
    };
    draw_one("open", own_.open, context.tr("ui.sales.open"), list_address(context, account, "open", ""));
    draw_one("won", own_.won, context.tr("ui.sales.won"), list_address(context, account, "closed", "true"));
    draw_one("lost", own_.lost, context.tr("ui.sales.lost"), list_address(context, account, "closed", "false"));
    if (in_group) draw_one("group", group_.won, context.count_text("ui.sales.group_won", group_size_), {});
}

}  // namespace outpost
