// The list page's table: cells, editing in place, phone items, and what a click or key asked for.
#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/list_page.h"
#include "ui/pages/record_actions.h"

namespace outpost {

namespace {

constexpr std::size_t cells_kept_max = 20'000;

// Choosing is the whole edit: it is saved at once, without waiting for Enter.
bool saves_when_changed(const Field& field) { return field.is_picklist() || field.is_lookup(); }

}  // namespace

const FieldShown& ListPage::shown(Context& context, const Object& object, RowIndex row, FieldIndex field) {
    const std::uint64_t key = (static_cast<std::uint64_t>(row) << 16) | number(field);
    if (cells_.size() > cells_kept_max) cells_.clear();
    const auto found = cells_.find(key);
    if (found != cells_.end()) return found->second;
    return cells_.emplace(key, show_field(context, {object.index, row}, object.field(field))).first->second;
}

void ListPage::draw_table(Context& context, const Object& object) {
    if (!fault_.empty()) kit::banner(context, "fault", fault_, {.tone = Tone::Danger});
    const std::string name = object_label(context.messages(), object, true);
    const Records& records = context.records();
    kit::TableSpec spec;
    spec.name = name;
    spec.columns = table_columns_;
    spec.row_count = rows_.size();
    spec.selectable = true;
    spec.row_menu = !context.is_phone();
    spec.cell = [&](kit::Cell& cell) { draw_cell(context, object, cell); };
    spec.row_key = [&](std::uint64_t row) -> std::uint64_t { return rows_[row]; };
    spec.row_address = [&](std::uint64_t row) { return routes::record(records.id_of({object.index, rows_[row]})); };
    spec.row_name = [&](std::uint64_t row) { return record_title(context, {object.index, rows_[row]}); };
    spec.card = [&](std::uint64_t row) { return card_lines(context, object, row); };
    spec.empty = [&] { draw_empty(context, object); };
    const kit::TableAnswer answer = kit::table(context, "records", table_, spec);
    take_answer(context, object, answer);
    draw_row_menu(context, object, answer);
}

void ListPage::draw_cell(Context& context, const Object& object, kit::Cell& cell) {
    const RowIndex row = rows_[cell.row];
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
        cell.link(value.text.empty() ? record_title(context, record) : value.text, address);
    } else {
        outpost::draw_cell(cell, value);
    }
}

void ListPage::draw_editor(Context& context, const Object& object, const Field& field, kit::Cell& cell) {
    const kit::Edited edited = draw_field_editor(context, object, field, *edit_, {.focus = std::exchange(edit_begins_, false), .in_cell = true, .at = cell.rect});
    if (edited.cancelled) {
        edit_.reset();
        table_.stop_editing();
    } else if (edited.committed || (edited.changed && saves_when_changed(field))) {
        save_cell(context, object, field, edit_row_);
    }
}

void ListPage::start_editing(Context& context, const Object& object, const kit::TableAnswer& answer) {
    const RowIndex row = rows_[static_cast<std::size_t>(answer.edit_row)];
    const Field& field = object.field(columns_[static_cast<std::size_t>(answer.edit_column)].field);
    const RecordRef record{object.index, row};
    if (field.type == FieldType::Checkbox) {
        const bool on = shown(context, object, row, field.index).checked;
        context.submit(UpdateRecord{record, {{field.index, Value(!on)}}});
        table_.stop_editing();
        return;
    }
    edit_ = make_draft(context, field, context.records().value(record, field.index));
    edit_row_ = row;
    edit_begins_ = true;
    edit_saving_ = false;
    if (!answer.edit_typed.empty() && field.is_text()) {
        edit_->text = answer.edit_typed;
        edit_->touched = true;
    }
}

void ListPage::save_cell(Context& context, const Object& object, const Field& field, RowIndex row) {
    if (edit_saving_) return;
    Result<Value> value = draft_value(context, object, field, *edit_);
    if (!value) {
        edit_->error = context.error_text(value.error());
        context.toast(edit_->error, Tone::Danger);
        return;
    }
    if (*value == edit_->before) {
        edit_.reset();
        table_.stop_editing();
        return;
    }
    edit_saving_ = true;
    SubmitOptions options;
    options.silent_errors = true;
    context.submit(UpdateRecord{{object.index, row}, {{field.index, *std::move(value)}}},
                   [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (!outcome) context.toast(context.error_text(outcome.error()), Tone::Danger);
        if (alive.expired()) return;
        edit_saving_ = false;
        if (!outcome && edit_) {
            edit_->error = context.error_text(outcome.error());
            edit_begins_ = true;
            return;
        }
        edit_.reset();
        table_.stop_editing();
    }, std::move(options));
}

kit::TableSpec::CardLines ListPage::card_lines(Context& context, const Object& object, std::uint64_t at) {
    const RowIndex row = rows_[at];
    kit::TableSpec::CardLines lines;
    lines.title = record_title(context, {object.index, row});
    for (const FieldIndex field : layout_.card_detail) {
        const std::string& words = shown(context, object, row, field).text;
        if (words.empty()) continue;
        if (!lines.detail.empty()) lines.detail += " · ";
        lines.detail += words;
    }
    if (layout_.card_right != no_field) lines.right = shown(context, object, row, layout_.card_right).text;
    return lines;
}

void ListPage::take_answer(Context& context, const Object& object, const kit::TableAnswer& answer) {
    if (answer.sort_changed && table_.sort_column >= 0) {
        const FieldIndex field = columns_[static_cast<std::size_t>(table_.sort_column)].field;
        const std::string sort = sort_text(object, field, table_.sort_descending);
        context.set_parameter("sort", sort);
        context.set_setting("list." + object.name + ".sort", sort);
    }
    if (answer.columns_changed) remember_columns(context, object);
    if (answer.edit_row >= 0 && answer.edit_column >= 0) start_editing(context, object, answer);
    if (edit_ && table_.editing_row < 0) edit_.reset();
    if (answer.opened_row >= 0) context.navigate(routes::record(context.records().id_of({object.index, rows_[static_cast<std::size_t>(answer.opened_row)]})));
}

void ListPage::draw_row_menu(Context& context, const Object& object, const kit::TableAnswer& answer) {
    if (answer.menu_row >= 0) {
        menu_row_ = rows_[static_cast<std::size_t>(answer.menu_row)];
        menu_anchor_ = answer.menu_anchor;
        kit::open_popup(context, "row_menu");
    }
    if (menu_row_ < 0 || !kit::begin_menu(context, "row_menu", menu_anchor_, context.tr("ui.record.more"))) return;
    const RecordRef record{object.index, static_cast<RowIndex>(menu_row_)};
    if (kit::menu_item(context, "open", context.tr("ui.record.open"), {.icon = Icon::ArrowRight}))
        context.navigate(routes::record(context.records().id_of(record)));
    if (can_convert(context, record) && kit::menu_item(context, "convert", context.tr("ui.record.convert"), {.icon = Icon::Convert}))
        open_convert_dialog(context, record);
    draw_record_menu_items(context, record);
    kit::end_menu(context);
}

void ListPage::draw_empty(Context& context, const Object& object) {
    const std::string label = object_label(context.messages(), object, true);
    ListRequest bare = request_;
    bare.state = ListState::All;
    const bool lead_default = object.index == standard_object::lead && request_.state == ListState::Open;
    if (bare.is_filtered() || (request_.state != ListState::All && !lead_default)) {
        const std::string title = context.tr("ui.list.none_match", {label});
        if (kit::empty_state(context, title, {.icon = Icon::Search, .text = context.tr("ui.list.none_match_text"), .action = context.tr("ui.list.clear_filters")}) == 1) {
            text_.clear();
            ListRequest request;
            if (object.index == standard_object::lead) request.state = ListState::Open;
            set_request(context, object, std::move(request));
        }
        return;
    }
    const std::string title = context.tr("ui.list.none", {label});
    const std::string action = context.tr("ui.list.new_named", {object_label(context.messages(), object, false)});
    const int pressed = kit::empty_state(context, title, {.icon = icon_of_object(object.name, object.icon), .text = context.tr("ui.list.none_text"),
                                                          .action = action, .action_icon = Icon::Plus, .second_action = context.tr("ui.list.import")});
    if (pressed == 1) context.navigate(routes::create(object.name));
    if (pressed == 2) context.navigate(routes::import());
}

}  // namespace outpost
