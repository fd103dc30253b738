#include "ui/pages/lookup_search.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/pages/field_view.h"

namespace outpost {
namespace {

// What stands beside the name: the first of these fields that has a value.
std::vector<FieldIndex> detail_fields(const Object& object) {
    switch (number(object.index)) {
        case number(standard_object::account): return {account_field::billing_city, account_field::industry, account_field::website};
        case number(standard_object::contact): return {contact_field::account, contact_field::email};
        case number(standard_object::lead): return {lead_field::company, lead_field::email};
        case number(standard_object::opportunity): return {opportunity_field::account, opportunity_field::stage};
        case number(standard_object::user): return {user_field::title, user_field::region, user_field::email};
        case number(standard_object::product): return {product_field::product_code, product_field::family};
        default: return {};
    }
}

}  // namespace

kit::Choice lookup_choice(Context& context, RecordRef record) {
    const Records& records = context.records();
    const Object& object = context.schema().object(record.object);
    kit::Choice choice{.value = to_text(records.id_of(record)), .label = records.display_name(record)};
    if (choice.label.empty()) choice.label = choice.value;
    for (const FieldIndex field : detail_fields(object)) {
        if (!object.has_field(field)) continue;
        choice.detail = field_words(context, record, object.field(field));
        if (!choice.detail.empty()) break;
    }
    choice.icon = icon_of_object(object.name, object.icon);
    return choice;
}

kit::Choice opportunity_choice(Context& context, RecordRef record) {
    kit::Choice choice = lookup_choice(context, record);
    choice.detail.clear();
    for (const FieldIndex field : {opportunity_field::amount, opportunity_field::close_date, opportunity_field::stage})   // on a phone the end may be cut
        if (const std::string words = field_words(context, record, context.schema().object(record.object).field(field)); !words.empty()) choice.detail += (choice.detail.empty() ? "" : " · ") + words;
    return choice;
}

std::vector<kit::Choice> lookup_choices(Context& context, ObjectIndex object_index, std::string_view typed, std::size_t count_max) {
    const Object& object = context.schema().object(object_index);
    Query query;
    query.from = object.name;
    query.object = object_index;
    query.limit = static_cast<std::uint32_t>(count_max * 4);
    const std::string needle = fold_search(trim(typed));
    Condition all;
    if (object_index == standard_object::lead) {   // a converted one is read-only, and its contact stands for it
        Condition& open = all.children.emplace_back();
        open.kind = Condition::Kind::Compare;
        open.term.path.field = lead_field::is_converted;
        open.literals.emplace_back().value = false;
    }
    if (!needle.empty()) {
        Condition& contains = all.children.emplace_back();
        contains.kind = Condition::Kind::TextContains;
        contains.paths.push_back({{}, object.name_field, {}});
        contains.needle = std::string(trim(typed));
    } else {
        OrderTerm newest;
        newest.term.path.field = system_field::created_date;
        newest.descending = true;
        query.order_by.push_back(std::move(newest));
    }
    if (!all.children.empty()) query.where = std::move(all);
    const auto selection = context.workspace().select(query);
    if (!selection) return {};
    std::vector<RowIndex> rows = selection->rows;
    std::ranges::stable_partition(rows, [&](RowIndex row) {
        return fold_search(context.records().display_name({object_index, row})).starts_with(needle);
    });
    if (rows.size() > count_max) rows.resize(count_max);
    std::vector<kit::Choice> choices;
    for (const RowIndex row : rows) choices.push_back(lookup_choice(context, {object_index, row}));
    return choices;
}

RecordRef record_of_choice(const Records& records, std::string_view value) {
    const auto id = parse_record_id(value);
    const auto record = id ? records.find(*id) : std::nullopt;
    return record ? *record : RecordRef{};
}

}  // namespace outpost
