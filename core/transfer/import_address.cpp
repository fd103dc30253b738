// What programs write of how to reach somebody: an address whole in one column, and its parts in others (Pipedrive: "House
// number of Address"), a street of two lines, and numbers with their kinds beside them (Google).
#include <algorithm>

#include "core/base/text.h"
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

void plan_second_lines(ImportPlan& plan, const std::vector<std::string>& keys, const ImportSource& source, const Object& object) {
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        ColumnPlan& street = plan.columns[column];
        if (street.action != ColumnAction::Field || !object.field(street.field).name.ends_with("Street") || street.house_column) continue;
        const std::string stem = keys[column].ends_with('1') ? keys[column].substr(0, keys[column].size() - 1) : keys[column];
        for (std::uint32_t other = 0; other < plan.columns.size() && !street.line_column; ++other)
            if ((keys[other] == stem + "2" || keys[other] == stem + "line2") && plan.columns[other].action == ColumnAction::Skip && source.columns()[other].filled > 0) {
                street.line_column = other;
                plan.columns[other].reason_key = "import.mapped.second_line";
                plan.columns[other].reason_arguments = {source.headers()[column]};
            }
    }
}

namespace {

enum NumberKind : std::size_t { Work, Mobile, Fax, kind_count };

// Of a label such as "* Work Fax"; none of "Home", "Pager".
std::optional<std::size_t> kind_of_label(std::string_view label) {
    const std::string key = fold_key(label);
    const auto has_any = [&](std::initializer_list<std::string_view> words) { return std::ranges::any_of(words, [&](std::string_view word) { return key.contains(word); }); };
    if (has_any({"fax", "传真"})) return Fax;
    if (has_any({"mobil", "cell", "handy", "手机"})) return Mobile;
    if (has_any({"work", "main", "office", "business", "单位"})) return Work;
    return std::nullopt;
}

}  // namespace

void sort_numbers(const BuildContext& context, std::vector<BuiltColumn>& columns) {
    const auto is_sorted = [&](const BuiltColumn& built) { return context.plan.columns[built.column].kind_column && built.field.type == FieldType::Phone; };
    const auto first = std::ranges::find_if(columns, is_sorted);
    if (first == columns.end()) return;
    BuiltColumn empty;
    empty.column = first->column;
    empty.values = Column(ColumnKind::Text);
    empty.values.mutable_texts().resize(first->values.size());
    std::size_t place[kind_count];   // of the columns that the kinds go to
    for (std::size_t kind = 0; const std::string_view name : {"Phone", "MobilePhone", "Fax"}) {
        const Field* field = context.object.find_field(name);
        if (!field) return;
        place[kind] = static_cast<std::size_t>(std::ranges::find_if(columns, [&](const BuiltColumn& one) { return one.field.index == field->index; }) - columns.begin());
        if (place[kind++] < columns.size()) continue;
        empty.field = *field;
        columns.push_back(empty);
    }
    std::string scratch;
    for (RowIndex row = 0; row < empty.values.size(); ++row) {
        std::vector<std::pair<std::string, std::optional<std::size_t>>> numbers;
        for (BuiltColumn& built : columns) {
            if (!is_sorted(built) || built.values.is_null(row)) continue;
            numbers.emplace_back(built.values.text(row), kind_of_label(context.source.cell(row, *context.plan.columns[built.column].kind_column, scratch)));
            built.values.mutable_texts().set(row, {});
        }
        const auto put = [&](std::string& number, std::size_t kind) {
            if (number.empty() || !columns[place[kind]].values.is_null(row)) return;
            columns[place[kind]].values.mutable_texts().set(row, number);
            number.clear();
        };
        for (auto& [number, kind] : numbers)
            if (kind) put(number, *kind);
        for (auto& [number, kind] : numbers) {
            if (kind != Fax) put(number, Work), put(number, Mobile);
            columns[place[Work]].of_several += !number.empty();
        }
    }
}

std::string_view street_of_parts(const BuildContext& context, const ColumnPlan& plan, std::uint32_t row, std::string_view street, std::string& scratch) {
    const auto cell = [&](const std::optional<std::uint32_t>& column, std::string& text) {
        return column && context.plan.columns[*column].action == ColumnAction::Skip ? context.source.cell(row, *column, text) : std::string_view();
    };
    std::string house_text, whole_text;
    if (plan.line_column) {
        const std::string_view line = cell(plan.line_column, house_text);
        std::string joined(street);
        if (!street.empty() && !line.empty()) joined += '\n';
        return scratch = joined.append(line);
    }
    const std::string_view house = cell(plan.house_column, house_text), whole = cell(plan.whole_column, whole_text);
    if (street.empty() || house.empty()) return scratch = street.empty() ? whole : street;
    // Where the number stands is another matter in each country; the whole address tells.
    const bool is_first = whole.starts_with(house) && whole.find_first_of(" ,", house.size()) == house.size();
    std::string joined(is_first ? house : street);
    (joined += ' ') += is_first ? street : house;
    return scratch = std::move(joined);
}

}  // namespace outpost
