// List page (#/o/<Object>): all records of an object as a table: quick filter, filters, sorting, columns of one's choice,
// inline editing, and actions on many. Everything that is filtered or sorted stands in the address.
// Invariant: rows and cells are computed when the address or a table's revision changed, never on a still frame.
// Called by: the page registry.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_columns.h"
#include "ui/pages/list_query.h"

namespace outpost {

class ListPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void enter(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;

private:
    void refresh_columns(Context& context, const Object& object);
    void refresh_rows(Context& context, const Object& object, const Route& route);
    void set_request(Context& context, const Object& object, ListRequest request);
    void remember_columns(Context& context, const Object& object);
    std::vector<RowIndex> selected_rows() const;

    void draw_header(Context& context, const Object& object);
    void draw_toolbar(Context& context, const Object& object);
    void draw_bulk_bar(Context& context, const Object& object);
    void draw_filter_button(Context& context, const Object& object);
    void draw_filters(Context& context, const Object& object, ListRequest& request);
    void draw_chips(Context& context, const Object& object);
    void draw_table(Context& context, const Object& object);
    void draw_cell(Context& context, const Object& object, kit::Cell& cell);
    void draw_editor(Context& context, const Object& object, const Field& field, kit::Cell& cell);
    void draw_empty(Context& context, const Object& object);
    void draw_row_menu(Context& context, const Object& object, const kit::TableAnswer& answer);
    void take_answer(Context& context, const Object& object, const kit::TableAnswer& answer);
    kit::TableSpec::CardLines card_lines(Context& context, const Object& object, std::uint64_t row);
    const FieldShown& shown(Context& context, const Object& object, RowIndex row, FieldIndex field);
    void start_editing(Context& context, const Object& object, const kit::TableAnswer& answer);
    void save_cell(Context& context, const Object& object, const Field& field, RowIndex row);

    ObjectIndex object_ = no_object;
    ObjectLayout layout_;
    std::vector<ListColumn> columns_;
    std::vector<kit::TableColumn> table_columns_;
    std::string columns_key_, default_sort_;

    ListRequest request_;
    std::string rows_key_;
    std::vector<RowIndex> rows_;
    std::string fault_;                              // why there are no rows, when the query failed
    std::unordered_map<std::uint64_t, FieldShown> cells_;

    std::string text_;                               // draft of the quick filter
    kit::TableState table_;
    std::optional<FieldDraft> edit_;                 // of the cell being edited
    RowIndex edit_row_ = no_row;
    bool edit_begins_ = false;
    bool edit_saving_ = false;
    bool open_filters_ = false;                      // a chip asks for the filter popup
    std::int64_t menu_row_ = -1;
    Rect menu_anchor_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

std::unique_ptr<Page> make_list_page();

}  // namespace outpost
