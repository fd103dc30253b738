// The list page's table: cells, editing in place, phone items, and what a click or key asked for.
#include <algorithm>
#include <cstdlib>
#include <span>
#include <utility>

#include "core/base/text.h"
#include "core/edit/validate.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "core/objects/standard_segment.h"
#include "ui/pages/list_page.h"
#include "ui/pages/product_lines.h"
#include "ui/pages/quick_action.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_form.h"
#include "ui/pages/segments.h"

namespace outpost {

namespace {

constexpr std::size_t cells_kept_max = 20'000;

// Choosing is the whole edit: it is saved at once, without waiting for Enter.
bool saves_when_changed(const Field& field) { return field.is_picklist() || field.is_lookup(); }

// A cell has room for one line: the breaks of a text of several would be lost in it.
bool has_lines(Context& context, RecordRef record, const Field& field) {
    return !is_of_one_line(field) && context.records().value_text(record, field.index).find_first_of("\r\n") != std::string::npos;
}

}  // namespace

const FieldShown& ListPage::shown(Context& context, const Object& object, RowIndex row, FieldIndex field) {
    const std::uint64_t key = (static_cast<std::uint64_t>(row) << 16) | number(field);
    if (cells_.size() > cells_kept_max) cells_.clear();
    const auto found = cells_.find(key);
    if (found != cells_.end()) return found->second;
    return cells_.emplace(key, show_field(context, {object.index, row}, object.field(field))).first->second;
}

void ListPage::draw_table(Context& context, const Object& object, Rect place) {
    const std::string name = object_label(context.messages(), object, true);
    const Records& records = context.records();
    kit::TableSpec spec;
    spec.name = name;
    spec.columns = table_columns_;
    spec.row_count = lines_.size();
    spec.tick_count = rows_.size();
    if (!groups_.groups.empty()) spec.is_heading = [&](std::uint64_t line) { return is_heading(static_cast<std::int64_t>(line)); };
    spec.selectable = true;
    spec.row_menu = true;
    spec.at = place;
    spec.can_edit = [&](std::uint64_t row, int column) { return can_edit(context, object, static_cast<std::int64_t>(row), column); };
    spec.cell = [&](kit::Cell& cell) { draw_cell(context, object, cell); };
    spec.row_key = [&](std::uint64_t line) -> std::uint64_t { return lines_[line]; };
    spec.row_address = [&](std::uint64_t line) { return is_heading(static_cast<std::int64_t>(line)) ? std::string() : routes::record(records.id_of({object.index, lines_[line]})); };
    spec.row_name = [&](std::uint64_t line) { return record_title(context, {object.index, lines_[line]}); };
    fit(context, object, kit::columns_room(spec, place));
    const kit::TableAnswer answer = kit::table(context, "records", table_, spec);
    take_answer(context, object, answer);
    if (const std::int64_t line = std::exchange(fold_line_, -1); line >= 0) fold(context, object, line);
    draw_row_menu(context, object, answer);
}

// Other rows: columns stay where nothing is cut or hidden, now and before. While one scrolls or edits nothing moves. Measuring
// waits for the frame after the one that found the rows, which has enough to do.
void ListPage::fit(Context& context, const Object& object, float room) {
    const bool same_place = room == fitted_room_ && context.scale == fitted_scale_;
    if (same_place && fit_due_ == 0) return;
    if (same_place && --fit_due_ > 0) return context.request_frame();
    fit_due_ = 0;
    if (usual_columns_ && !edit_) put_account_behind(object, false);
    std::vector<float> words;
    bool grown = false;
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        words.push_back(words_width(context, object, at));
        grown = grown || at >= fitted_words_.size() || words[at] > fitted_words_[at];
    }
    if (same_place && fitted_whole_ && !grown) return;
    fitted_room_ = room;
    fitted_scale_ = context.scale;
    fitted_whole_ = fit_columns(context, table_columns_, object, columns_, room, words, request_.sort);
    float width = 0;
    for (const kit::TableColumn& column : table_columns_) width += column.width;
    if (width > room + 1 && usual_columns_ && !edit_) {
        put_account_behind(object, true);
        for (std::size_t at = 0; at < columns_.size(); ++at) words[at] = words_width(context, object, at);
        fitted_whole_ = fit_columns(context, table_columns_, object, columns_, room, words, request_.sort);
    }
    fitted_words_ = std::move(words);
}

// Where not all columns are in sight: an opportunity's amount and close date come before its account, which mostly stands in the
// name.
void ListPage::put_account_behind(const Object& object, bool behind) {
    if (object.index != standard_object::opportunity) return;
    const auto account = std::ranges::find(columns_, opportunity_field::account, &ListColumn::field), close = std::ranges::find(columns_, opportunity_field::close_date, &ListColumn::field);
    if (account == columns_.end() || close == columns_.end() || (account > close) == behind) return;
    const auto from = account - columns_.begin(), to = behind ? close - columns_.begin() : std::ptrdiff_t{1};
    const auto move = [&](auto begin) {
        if (behind) std::rotate(begin + from, begin + from + 1, begin + to + 1);
        else std::rotate(begin + to, begin + from, begin + from + 1);
    };
    move(columns_.begin());
    move(table_columns_.begin());
    table_.sort_column = -1;
    for (std::size_t at = 0; at < columns_.size(); ++at)
        if (columns_[at].field == request_.sort) table_.sort_column = static_cast<int>(at);
}

// Of the first rows and some of the others; the largest figure is looked for, since none may be cut.
float ListPage::words_width(Context& context, const Object& object, std::size_t column) {
    constexpr std::size_t rows_looked_at = 40;
    constexpr float badge_around = 14, face = 32, members = 110, heading_around = 30;
    const Field& field = object.field(columns_[column].field);
    float widest = 0;
    const auto look = [&](RowIndex row) {
        const FieldShown& value = shown(context, object, row, field.index);
        const float around = value.look == FieldLook::Badge ? badge_around : value.look == FieldLook::Person || value.look == FieldLook::Queue ? face : object.index == standard_object::segment && field.index == object.name_field ? members : 0;
        widest = std::max(widest, kit::text_width(context, value.text, column == 0 ? TextStyle::DenseStrong : TextStyle::Dense) + around);
    };
    for (std::uint32_t group = 0; column == 0 && group < std::min(groups_.groups.size(), rows_looked_at); ++group)
        widest = std::max(widest, heading_around + kit::text_width(context, group_label(context, object, group), TextStyle::DenseStrong) + kit::text_width(context, context.number_text(groups_.groups[group].count), TextStyle::Dense));
    const std::size_t step = rows_.size() / rows_looked_at + 1;
    for (std::size_t at = 0; at < rows_.size(); at += at < rows_looked_at ? 1 : step) look(rows_[at]);
    if (field.column_kind() == ColumnKind::Decimal) {
        const std::span<const std::int64_t> units = context.records().table(object.index).column(field.index).decimals();
        look(std::ranges::max(rows_, {}, [&](RowIndex row) { return units[row] == null_decimal ? -1 : std::abs(units[row]); }));
        std::int64_t most = 0;   // of the groups' sums
        for (std::size_t at = static_cast<std::size_t>(std::ranges::find(sum_fields_, field.index) - sum_fields_.begin()); at < groups_.sums.size() && !sum_fields_.empty(); at += sum_fields_.size())
            if (const std::int64_t sum = groups_.sums[at].value_or(0); std::abs(sum) > std::abs(most)) most = sum;
        if (most != 0) widest = std::max(widest, kit::text_width(context, show_value(context, object, field, Value(Decimal{most, field.scale})).text, TextStyle::DenseStrong));
    }
    return widest;
}

void ListPage::draw_cell(Context& context, const Object& object, kit::Cell& cell) {
    const RowIndex row = lines_[cell.row];
    if ((row & heading_bit) != 0) return draw_heading_cell(context, object, cell);
    const FieldIndex index = columns_[static_cast<std::size_t>(cell.column)].field;
    const Field& field = object.field(index);
    if (cell.editing && edit_ && edit_row_ == row && edit_->field == index) {
        draw_editor(context, object, field, cell);
        return;
    }
    if (!request_.text.empty()) cell.highlight(request_.text);
    const FieldShown& value = shown(context, object, row, index);
    if (index == object.name_field) {
        const RecordRef record{object.index, row};
        const std::string address = routes::record(context.records().id_of(record));
        const std::string& name = value.text;
        if (object.index == standard_object::segment) {   // how many are in it, which no field says
            const std::string count = context.count_text("ui.segment.count", segment_size(context, row));
            kit::text(context, count, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .align = Align::End, .at = cell.content.cut_right(kit::text_width(context, count, TextStyle::Dense) + 2)});
            cell.content.cut_right(space::x2);
        }
        cell.link(name.empty() ? record_title(context, record) : name, address);
    } else {
        outpost::draw_cell(cell, value);
    }
}

void ListPage::draw_editor(Context& context, const Object& object, const Field& field, kit::Cell& cell) {
    const kit::Edited edited = draw_field_editor(context, object, field, *edit_, {.focus = std::exchange(edit_begins_, false), .in_cell = true, .at = cell.rect});
    if (edited.committed) edit_step_ = context.shortcut("Tab") ? 1 : context.shortcut("Shift+Tab") ? -1 : 0;
    if (edited.cancelled) {
        end_edit(context);
    } else if (edited.committed || (edited.changed && saves_when_changed(field))) {
        save_cell(context, object, field, edit_row_);
    }
}

void ListPage::end_edit(Context&) {
    edit_.reset();
    // A list of choices that closes gives the keyboard back to the cell from which it was opened, maybe another one.
    if (table_.editing_row >= 0) table_.active_row = table_.editing_row, table_.active_column = table_.editing_column;
    table_.stop_editing();
    table_.focus_active = true;
}

// An amount that comes from products is changed by them.
bool ListPage::can_edit(Context& context, const Object& object, std::int64_t row, int column) const {
    const auto at = static_cast<std::size_t>(column);
    return table_columns_[at].editable && !is_heading(row) && !is_from_products(context, {object.index, lines_[static_cast<std::size_t>(row)]}, columns_[at].field);
}

// Begins to edit a cell; false when it can't be edited.
bool ListPage::edit_cell(Context& context, const Object& object, std::int64_t row, int column) {
    if (row < 0 || row >= static_cast<std::int64_t>(lines_.size()) || column < 0 || column >= static_cast<int>(table_columns_.size())) return false;
    if (!can_edit(context, object, row, column)) return false;
    table_.active_row = table_.editing_row = row;
    table_.active_column = table_.editing_column = column;
    table_.focus_active = false;   // its editor takes the keyboard
    kit::TableAnswer answer;
    answer.edit_row = row;
    answer.edit_column = column;
    start_editing(context, object, answer);
    return true;
}

// From a saved cell on to the next one that is typed into, in the next row after the last.
void ListPage::edit_neighbour(Context& context, const Object& object, int step) {
    const int columns = static_cast<int>(table_columns_.size());
    std::int64_t row = table_.active_row;
    int column = table_.active_column;
    for (int tried = 0; tried < 2 * columns; ++tried) {
        column += step;
        if (column >= columns) column = 0, ++row;
        if (column < 0) column = columns - 1, --row;
        if (row < 0 || row >= static_cast<std::int64_t>(lines_.size())) return;
        const Field& field = object.field(columns_[static_cast<std::size_t>(column)].field);
        if (field.type == FieldType::Checkbox || (!is_heading(row) && has_lines(context, {object.index, lines_[static_cast<std::size_t>(row)]}, field))) continue;
        if (!edit_cell(context, object, row, column)) continue;
        table_.reveal_row = row;
        return;
    }
}

void ListPage::start_editing(Context& context, const Object& object, const kit::TableAnswer& answer) {
    const RowIndex row = lines_[static_cast<std::size_t>(answer.edit_row)];
    const Field& field = object.field(columns_[static_cast<std::size_t>(answer.edit_column)].field);
    const RecordRef record{object.index, row};
    if (field.type == FieldType::Checkbox) {
        const bool on = shown(context, object, row, field.index).checked;
        context.submit(UpdateRecord{record, {{field.index, Value(!on)}}});
        table_.stop_editing();
        return;
    }
    if (has_lines(context, record, field)) {
        open_field_dialog(context, record, field);
        table_.stop_editing();
        return;
    }
    constexpr float day_and_time = 290;
    edit_ = make_record_draft(context, record, field);
    table_.editing_width = field.type == FieldType::DateTime ? day_and_time : 0;
    edit_row_ = row;
    edit_begins_ = true;
    edit_saving_ = false;
}

void ListPage::save_cell(Context& context, const Object& object, const Field& field, RowIndex row) {
    if (edit_saving_) return;
    Result<Value> value = draft_value(context, object, field, *edit_);
    if (!value) {
        edit_->error = context.error_text(value.error());
        edit_begins_ = true;
        return;
    }
    if (*value == edit_->before) {
        end_edit(context);
        if (const int step = std::exchange(edit_step_, 0)) edit_neighbour(context, object, step);
        return;
    }
    edit_saving_ = true;
    SubmitOptions options;
    options.silent_errors = true;
    context.submit(UpdateRecord{{object.index, row}, {{field.index, *std::move(value)}}},
                   [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        // The refusal stands at its cell, unless the person has gone on.
        const bool still_here = !alive.expired() && edit_;
        if (!outcome && !still_here) context.toast(context.error_text(outcome.error()), Tone::Danger);
        if (alive.expired()) return;
        edit_saving_ = false;
        const int step = std::exchange(edit_step_, 0);
        if (!outcome && still_here) {
            edit_->error = context.error_text(outcome.error());
            edit_begins_ = true;
            return;
        }
        keeps_widths_ = true;
        end_edit(context);
        if (step != 0 && outcome && context.schema().has_object(object_)) edit_neighbour(context, context.schema().object(object_), step);
    }, std::move(options));
}

void ListPage::take_answer(Context& context, const Object& object, const kit::TableAnswer& answer) {
    if (answer.sort_changed && table_.sort_column >= 0)
        set_sort(context, object, sort_text(object, columns_[static_cast<std::size_t>(table_.sort_column)].field, table_.sort_descending));
    if (answer.columns_changed) {
        for (std::size_t at = 0; at < columns_.size() && at < table_columns_.size(); ++at) columns_[at].width = table_columns_[at].width;
        widths_changed_ = true;
    } else if (std::exchange(widths_changed_, false)) {
        set_columns(context, object, columns_text(columns_, object));
    }
    if (answer.edit_row >= 0 && answer.edit_column >= 0) start_editing(context, object, answer);
    if (edit_ && table_.editing_row < 0) edit_.reset();
    if (answer.opened_row >= 0 && is_heading(answer.opened_row)) return fold(context, object, answer.opened_row);
    if (answer.opened_row >= 0) context.navigate(routes::record(context.records().id_of({object.index, lines_[static_cast<std::size_t>(answer.opened_row)]})));
}

void ListPage::draw_row_menu(Context& context, const Object& object, const kit::TableAnswer& answer) {
    if (answer.menu_row >= 0) {
        menu_row_ = lines_[static_cast<std::size_t>(answer.menu_row)];
        menu_anchor_ = answer.menu_anchor;
        kit::open_popup(context, "row_menu");
    }
    if (menu_row_ < 0 || !kit::begin_menu(context, "row_menu", menu_anchor_, context.tr("ui.record.more"))) return;
    const RecordRef record{object.index, static_cast<RowIndex>(menu_row_)};
    if (kit::menu_item(context, "open", context.tr("ui.record.open"), {.icon = Icon::ArrowRight}))
        context.navigate(routes::record(context.records().id_of(record)));
    if (can_convert(context, record) && kit::menu_item(context, "convert", context.tr("ui.record.convert"), {.icon = Icon::Convert}))
        open_convert_dialog(context, record);
    if (const std::optional<QuickAction> action = quick_action(context, record); action && action->icon != Icon::Edit)
        if (kit::menu_item(context, "quick", action->label, {.icon = action->icon})) action->run();
    draw_record_menu_items(context, record);
    kit::end_menu(context);
}

void ListPage::draw_empty(Context& context, const Object& object) {
    const std::string label = object_words(context.messages(), object, true);
    const bool has_others = context.records().table(object.index).live_count() > 0;
    if (request_.is_filtered() && has_others) {
        const std::string title = context.tr("ui.list.none_match", {label});
        if (kit::empty_state(context, title, {.icon = Icon::Search, .text = context.tr("ui.list.none_match_text"), .action = context.tr("ui.list.clear_filters")}) == 1) {
            text_.clear();
            ListRequest everything;   // the open ones alone may be none
            everything.sort = request_.sort;
            everything.descending = request_.descending;
            set_request(context, object, std::move(everything));
        }
        return;
    }
    const std::string title = context.tr("ui.list.none", {label});
    const std::string action = context.tr("ui.list.new_named", {object_words(context.messages(), object, false)});
    const int pressed = kit::empty_state(context, title, {.icon = icon_of_object(object.name, object.icon), .text = context.tr("ui.list.none_text"),
                                                          .action = action, .action_icon = Icon::Plus, .second_action = context.tr("ui.list.import")});
    if (pressed == 1) context.navigate(routes::create(object.name));
    if (pressed == 2) context.navigate(routes::import());
}

}  // namespace outpost
