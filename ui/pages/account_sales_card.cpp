#include "ui/pages/account_sales_card.h"

#include <span>
#include <utility>

#include "core/objects/standard.h"
#include "ui/kit/kit.h"

namespace outpost {

namespace {

std::string sum_text(Context& context, const SalesSum& sum) {
    return sum.amount ? context.locale().format_money_short(*sum.amount, context.workspace().currency()) : std::string("—");
}

std::string list_address(Context& context, RecordRef account, std::string_view state, std::string_view won) {
    Route route = Route::parse(routes::list("Opportunity"));
    return route.set("AccountId", to_text(context.records().id_of(account))).set("state", state).set("IsWon", won).to_text();
}

}  // namespace

void AccountSalesCard::add(Context& context, std::string label, const SalesSum& sum, std::string link) {
    FieldShown shown{.text = sum_text(context, sum), .link = {}, .look = FieldLook::Text};
    if (sum.count > 0 && !link.empty()) {
        shown.link = std::move(link);
        shown.look = FieldLook::Link;
    }
    figures_.push_back({std::move(label), context.count_text("ui.home.opportunities", sum.count), std::move(shown)});
}

void AccountSalesCard::refresh(Context& context, RecordRef account) {
    const std::uint64_t revision = context.workspace().revision();
    if (account == of_ && revision == revision_ && language_ == context.messages().language()) return;
    of_ = account;
    revision_ = revision;
    language_ = context.messages().language();
    figures_.clear();
    const auto count = [](const AccountSales& sales) { return sales.open.count + sales.won.count + sales.lost.count; };
    const std::vector<RecordRef> group = account_group(context.records(), account);
    const AccountSales own = account_sales(context.records(), std::span(group).first(1)), all = account_sales(context.records(), group);
    if (count(all) == 0) return;
    add(context, std::string(context.tr("ui.sales.open")), own.open, list_address(context, account, "open", ""));
    add(context, std::string(context.tr("ui.sales.won")), own.won, list_address(context, account, "closed", "true"));
    add(context, std::string(context.tr("ui.sales.lost")), own.lost, list_address(context, account, "closed", "false"));
    if (group.size() > 1) add(context, context.count_text("ui.sales.group_won", group.size()), all.won, {});
}

void AccountSalesCard::draw(Context& context, RecordRef account) {
    refresh(context, account);
    if (figures_.empty()) return;
    kit::Card card(context, {.role = Role::Region, .name = context.tr("ui.sales.title")});
    std::vector<float> natural;
    for (const Figure& figure : figures_) natural.push_back(kit::text_width(context, figure.label + " · " + figure.count, TextStyle::Caption) + 4);
    const bool phone = context.is_phone();
    const float half = (kit::available(context).width - space::x4) / 2;
    kit::FormGrid grid(context, {.column_min = phone ? 130.0f : 150.0f, .columns_max = phone ? 2 : 4, .row_gap = space::x3, .natural = phone ? std::span<const float>() : std::span<const float>(natural)});
    for (std::size_t at = 0; at < figures_.size(); ++at) {
        if (phone && natural[at] > half) grid.full_width();
        FieldShown shown = figures_[at].shown;
        shown.note = figures_[at].count;
        draw_read_field(context, figures_[at].label, figures_[at].label, shown, false, false);
    }
}

}  // namespace outpost
