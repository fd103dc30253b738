// List page (#/o/<Object>): all records of an object as a table: quick filter, filters, sorting, columns of one's choice,
// inline editing, and actions on many. Everything that is filtered or sorted stands in the address.
// Invariant: rows and cells are computed when the address or a table's revision changed, never on a still frame.
// Called by: the page registry.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/query/row_groups.h"
#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_columns.h"
#include "ui/pages/list_query.h"
#include "ui/pages/record_page.h"

namespace outpost {

class ListPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void enter(Context& context, const Route& route) override;
    void leave(Context& context) override;
    bool holds_draft() const override { return beside_ && beside_->holds_draft(); }
    void draw(Context& context, const Route& route) override;
    std::unique_ptr<Dialog> make_dialog(Context& context, std::string_view address) override;

private:
    Route with_remembered_filters(Context& context, const Object& object, const Route& route);
    Route with_view(Context& context, const Object& object, const Route& route);
    void change_route(Context& context, const Object& object, Route state);
    void remember_filters(Context& context, const Object& object, const Route& route);
    void take_up_again(Context& context);
    void refresh_columns(Context& context, const Object& object, const Route& route);
    void prepare_indexes(Context& context, const Object& object);
    void refresh_rows(Context& context, const Object& object, const Route& route);
    void set_request(Context& context, const Object& object, ListRequest request);
    void set_sort(Context& context, const Object& object, const std::string& sort);
    void set_columns(Context& context, const Object& object, const std::string& text);
    void arrange(Context& context, const Object& object);
    void arrange_lines(Context& context, const Object& object);
    bool is_heading(std::int64_t line) const { return (lines_[static_cast<std::size_t>(line)] & heading_bit) != 0; }
    void fold(Context& context, const Object& object, std::int64_t line);
    std::string group_label(Context& context, const Object& object, std::uint32_t group) const;
    void draw_heading_cell(Context& context, const Object& object, kit::Cell& cell);
    Route full_state(const Object& object) const;
    void remember_columns(Context& context, const Object& object, const std::vector<ListColumn>& columns);
    void copy_link(Context& context, const Object& object);
    bool shows_cards(Context& context) const;
    bool is_split(Context& context) const;
    kit::TableSelection& selection(Context& context);
    std::vector<RowIndex> selected_rows(Context& context);

    void draw_header(Context& context, const Object& object);
    void draw_views(Context& context, const Object& object, Rect place, std::string_view count);
    void draw_recent(Context& context, const Object& object);
    void draw_view_menu(Context& context, const Object& object);
    void draw_view_actions(Context& context, const Object& object);
    void show_view(Context& context, const Object& object, RecordRef view);
    void take_what_was_chosen(Context& context, const Object& object);
    void show_standard_view(Context& context, const Object& object, const ListRequest& request);
    std::string view_name(Context& context, const Object& object, bool& differs) const;
    void save_view(Context& context, const Object& object);
    void draw_group_menu(Context& context, const Object& object);
    void draw_condition_chip(Context& context, const Object& object);
    void draw_toolbar(Context& context, const Object& object);
    void draw_list_menu(Context& context, const Object& object);
    void draw_bulk_bar(Context& context, const Object& object);
    void draw_segment_actions(Context& context, const Object& object);
    void leave_shown_segment(Context& context, const Object& object);
    void draw_lead_actions(Context& context);
    void draw_queue_menu(Context& context, const Object& object);
    void draw_bulk_sheet(Context& context, const Object& object, Rect place);
    void draw_selecting_bar(Context& context);
    void delete_selected(Context& context, const Object& object);
    void stop_selecting(Context& context);
    void handle_keys(Context& context, const Object& object);
    void draw_rows(Context& context, const Object& object);
    void draw_cards(Context& context, const Object& object, Rect place, std::int64_t current);
    void draw_split(Context& context, const Object& object, Rect place);
    void show_beside(Context& context, const Object& object, std::int64_t row);
    static std::int64_t place_of(RowIndex record, const std::vector<RowIndex>& rows);
    std::int64_t row_of(RowIndex record) const { return place_of(record, rows_); }
    std::int64_t line_of(RowIndex record) const { return place_of(record, lines_); }
    void draw_filter_button(Context& context, const Object& object);
    void draw_filters(Context& context, const Object& object, ListRequest& request);
    void draw_chips(Context& context, const Object& object);
    bool draw_chip_of_all(Context& context, const Object& object);   // false: each has its own
    float filter_width(Context& context, const Object& object) const;
    void draw_table(Context& context, const Object& object, Rect place);
    void draw_cell(Context& context, const Object& object, kit::Cell& cell);
    void draw_editor(Context& context, const Object& object, const Field& field, kit::Cell& cell);
    void draw_empty(Context& context, const Object& object);
    void draw_row_menu(Context& context, const Object& object, const kit::TableAnswer& answer);
    void take_answer(Context& context, const Object& object, const kit::TableAnswer& answer);
    kit::CardLines card_lines(Context& context, const Object& object, std::uint64_t row);
    void fit(Context& context, const Object& object, float room);
    void put_account_behind(const Object& object, bool behind);
    float words_width(Context& context, const Object& object, std::size_t column);   // css px
    const FieldShown& shown(Context& context, const Object& object, RowIndex row, FieldIndex field);
    void start_editing(Context& context, const Object& object, const kit::TableAnswer& answer);
    void save_cell(Context& context, const Object& object, const Field& field, RowIndex row);
    void end_edit(Context& context);
    bool can_edit(Context& context, const Object& object, std::int64_t row, int column) const;
    bool edit_cell(Context& context, const Object& object, std::int64_t row, int column);
    void tell_why_fixed(Context& context, const Object& object);
    void edit_neighbour(Context& context, const Object& object, int step);

    ObjectIndex object_ = no_object;
    ObjectLayout layout_;
    std::vector<ListColumn> columns_;
    std::vector<kit::TableColumn> table_columns_;
    float fitted_room_ = 0, fitted_scale_ = 0;                // what they were made to fit into
    std::vector<float> fitted_words_;                         // how wide their words were
    int fit_due_ = 0;                                         // other rows are shown: in so many frames
    bool fitted_whole_ = false;                               // nothing was cut
    bool usual_columns_ = false;                              // nobody has chosen others
    bool keeps_widths_ = false;                               // a cell was edited in place: nothing may jump
    std::string columns_key_, default_sort_, link_columns_;   // link_columns_: those that the address asks for

    ListRequest request_;
    std::string rows_key_, list_address_;
    bool indexes_ready_ = false;               // of what the list is filtered and sorted by
    Route state_;                                    // the address with all that its view says, without what is the page's own
    RecordRef view_;                                 // the saved view that is shown; none
    RecordRef new_view_;                             // chosen in a dialog that is just being left
    std::optional<std::string> new_where_;
    std::vector<RowIndex> rows_;                     // the records, as they stand
    RowGroups groups_;                               // without their rows
    std::vector<RowIndex> lines_;                    // what the table shows: rows and, with heading_bit, groups
    std::set<std::string> folded_;                   // labels of groups
    std::vector<FieldIndex> sum_fields_;             // number columns that groups have sums of
    bool widths_changed_ = false;
    std::int64_t fold_line_ = -1;                    // its heading was pressed in this frame
    static constexpr RowIndex heading_bit = 0x8000'0000u;
    std::string fault_;                              // why there are no rows, when the query failed
    std::unordered_map<std::uint64_t, FieldShown> cells_;

    std::string text_;                               // draft of the quick filter
    kit::TableState table_;
    kit::CardListState cards_state_;
    bool returns_ = false;                           // the record looked at last is to be found again
    bool focus_filter_ = false;
    float split_width_ = 0;
    std::unique_ptr<RecordPage> beside_;             // the record shown beside the list
    std::optional<FieldDraft> edit_;                 // of the cell being edited
    RowIndex edit_row_ = no_row;
    bool edit_begins_ = false;
    bool edit_saving_ = false;
    int edit_step_ = 0;                              // after saving: the next (1) or previous (-1) cell; 0 none
    bool open_filters_ = false;                      // a chip asks for the filter popup
    std::int64_t menu_row_ = -1;
    Rect menu_anchor_{};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

std::unique_ptr<Page> make_list_page();

}  // namespace outpost
