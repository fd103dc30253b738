// Pipedrive's exports have an address whole in one column, and its parts in others: "House number of Address".
#include <algorithm>

#include "core/transfer/import_build.h"
#include "core/transfer/import_targets.h"

namespace outpost {

void plan_street(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Records& records) {
    constexpr std::string_view street_key = "streetroadname";
    const auto found = std::ranges::find_if(keys, [&](const std::string& key) { return key.ends_with(street_key); });
    if (found == keys.end()) return;
    const auto column = static_cast<std::uint32_t>(found - keys.begin());
    if (source.columns()[column].filled == 0) return;
    const auto beside = [&](std::string_view part) -> std::optional<std::uint32_t> {
        const auto at = std::ranges::find(keys, found->substr(0, found->size() - street_key.size()) + std::string(part));
        return at == keys.end() ? std::nullopt : std::optional(static_cast<std::uint32_t>(at - keys.begin()));
    };
    for (const char* target : {"BillingStreet", "MailingStreet", "Street"}) {
        const Field* field = records.schema().object(plan.object).find_field(target);
        if (!field) continue;
        ColumnPlan street;
        if (!read_target(street, target, source.columns()[column], records.schema().object(plan.object), records)) return;
        street.house_column = beside("housenumber");
        street.whole_column = beside("fullcombinedaddress");
        for (std::uint32_t other = 0; other < plan.columns.size(); ++other) {
            ColumnPlan& mapped = plan.columns[other];
            if (other == column || !is_same_target(mapped, street)) continue;
            if (!street.whole_column) street.whole_column = other;
            mapped.action = ColumnAction::Skip;
            mapped.field = no_field;
            mapped.reason_key = "import.mapped.derived";
        }
        street.unset_markers = source.columns()[column].unset_markers;
        street.reason_key = "import.mapped.alias";
        street.reason_arguments = {source.headers()[column]};
        plan.columns[column] = std::move(street);
        return;
    }
}

std::string_view street_of_parts(const BuildContext& context, const ColumnPlan& plan, std::uint32_t row, std::string_view street, std::string& scratch) {
    const auto cell = [&](const std::optional<std::uint32_t>& column, std::string& text) {
        return column && context.plan.columns[*column].action == ColumnAction::Skip ? context.source.cell(row, *column, text) : std::string_view();
    };
    std::string house_text, whole_text;
    const std::string_view house = cell(plan.house_column, house_text), whole = cell(plan.whole_column, whole_text);
    if (street.empty() || house.empty()) return scratch = street.empty() ? whole : street;
    // Where the number stands is another matter in each country; the whole address tells.
    const bool is_first = whole.starts_with(house) && whole.find_first_of(" ,", house.size()) == house.size();
    std::string joined(is_first ? house : street);
    (joined += ' ') += is_first ? street : house;
    return scratch = std::move(joined);
}

}  // namespace outpost
