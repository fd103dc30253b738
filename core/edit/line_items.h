// Line items of opportunities: the prices that a new line gets, its total, and the Amount of an opportunity with lines.
// Invariant: after every edit a live opportunity with live lines has HasOpportunityLineItem and, as Amount, the exact sum
// of their TotalPrices (Salesforce's help 004052228: "a derived field which sums of the Total Price of the related
// Products"). Without lines it keeps the Amount that it had last, which a person may then set again.
// Called by: Transaction, transfer (import), conversion (merge), store (verify).
#pragma once

#include "core/edit/validate.h"

namespace outpost {

// What a product costs an opportunity: by the active entry of its price book, else by the product itself.
struct ListPrice {
    RowIndex entry = no_row;
    std::int64_t units = null_decimal;   // at the scale of a line's ListPrice
};
ListPrice find_list_price(const Records& records, RowIndex opportunity, RowIndex product);
// Quantity x price x (1 - discount / 100), rounded once, half away from zero, to the currency's minor unit; null without
// a price; nothing when it is larger than the field holds.
std::optional<Value> line_total(const Records& records, const Value& quantity, const Value& price, const Value& discount);

// Adds to the columns of `count` new lines what isn't given: entry, list price, sales price, total.
Status complete_new_lines(const Records& records, std::uint32_t count, std::vector<FieldColumn>& columns);
// Adds the total to columns that change what it is made of.
Status complete_changed_lines(const Records& records, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns);
// Opportunities that these lines belong to, ascending, each once.
std::vector<RowIndex> opportunities_of_lines(const Records& records, std::span<const RowIndex> lines);

// The live ones of these opportunities whose Amount or HasOpportunityLineItem is not what their lines say, and the
// values that they should have.
struct AmountsFromLines {
    std::vector<RowIndex> rows;
    std::vector<FieldColumn> columns;
};
Result<AmountsFromLines> amounts_from_lines(const Records& records, const std::vector<RowIndex>& opportunities);

bool has_line_items(const Records& records, RowIndex opportunity);
// Tells the sink of every line whose price would be another product's or another price book's. `rows` is empty for new
// lines. As in Salesforce, a line's product stays: its prices were made from it.
void check_lines(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink);
// Tells the sink of every opportunity with lines to which these columns would give another Amount or price book.
void check_opportunity_columns(const Records& records, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns, const FaultSink& sink);

}  // namespace outpost
