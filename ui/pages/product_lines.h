// Product lines: the line items of an opportunity on its page, with their sum. Quantity, price and discount are edited
// in place (phones: in a sheet), lines are added from the products (add_products.h) and removed with an undo.
// Invariant: values are turned into text again only when the workspace's revision rose. Called by: record_page.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/kit/table.h"
#include "ui/pages/field_editor.h"

namespace outpost {

class ProductLines {
public:
    void draw(Context& context, RecordRef opportunity, bool read_only);

private:
    void refresh(Context& context, RecordRef opportunity);
    void draw_table(Context& context, bool read_only);
    void draw_list(Context& context, bool read_only);
    void draw_cell(Context& context, kit::Cell& cell);
    void draw_menu(Context& context, const kit::TableAnswer& answer);
    void start_editing(Context& context, std::int64_t row, int column);
    void save_cell(Context& context, int step);
    void end_edit(Context& context, int step);

    RecordRef of_;
    std::uint64_t revision_ = 0;
    Language language_ = Language::English;
    std::vector<RowIndex> rows_;
    std::string sum_;
    float widths_[5] = {};               // of the longest words of each column
    kit::TableState table_;
    std::vector<kit::TableColumn> columns_;
    std::optional<FieldDraft> edit_;
    RowIndex edit_row_ = no_row;
    bool edit_begins_ = false, saving_ = false;
    RowIndex menu_row_ = no_row;
    Rect menu_anchor_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

// Whether this field of this record is the sum of products, and so not a person's to edit.
bool is_from_products(Context& context, RecordRef record, FieldIndex field);
// "3 × $20.00 · −10%"
std::string line_words(Context& context, RecordRef line);
std::string money_words(Context& context, const Value& value);

}  // namespace outpost
