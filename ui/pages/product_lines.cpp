#include "ui/pages/product_lines.h"

#include <utility>

#include "core/edit/line_items.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

namespace so = standard_object;
namespace line = line_item_field;

constexpr FieldIndex shown_fields[] = {line::product, line::quantity, line::unit_price, line::discount, line::total_price};
constexpr FieldIndex edited_fields[] = {line::quantity, line::unit_price, line::discount, line::service_date, line::description};

const Object& lines_object(Context& context) { return context.schema().object(so::opportunity_line_item); }

bool is_edited_in_place(FieldIndex field) { return field == line::quantity || field == line::unit_price || field == line::discount; }

// "2", "2.5", "10%": as a person would write it, without the zeros of the field's scale.
std::string figure_words(Context& context, RecordRef record, FieldIndex field) {
    const Value value = context.records().value(record, field);
    const auto* figure = std::get_if<Decimal>(&value);
    if (!figure || (field == line::discount && figure->units == 0)) return {};
    Decimal plain = *figure;
    for (; plain.scale > 0 && plain.units % 10 == 0; --plain.scale) plain.units /= 10;
    return context.locale().format_number(plain, plain.scale) + (field == line::discount ? "%" : "");
}

// One line with all that can be said about it.
class LineDialog final : public Dialog {
public:
    LineDialog(Context& context, RecordRef line) : line_(line) {
        for (const FieldIndex field : edited_fields) drafts_.push_back(make_draft(context, lines_object(context).field(field), context.records().value(line, field)));
    }
    std::string title(Context& context) override { return record_title(context, line_); }
    float width() const override { return 480; }

    void draw(Context& context) override {
        if (!context.records().table(line_.object).is_live(line_.row)) return close();   // undone, or deleted elsewhere
        const Object& object = lines_object(context);
        if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
        {
            kit::FormGrid grid(context, {.column_min = 150});
            for (FieldDraft& draft : drafts_) {
                const Field& field = object.field(draft.field);
                if (draft.field == line::description) grid.full_width();
                const kit::Edited edited = draw_field_editor(context, object, field, draft, {.focus = begins_ && draft.field == line::quantity});
                if (edited.committed && edited.focused && field.type != FieldType::Date) save(context);
            }
        }
        begins_ = false;
        kit::Row row(context);
        const std::string list = money_words(context, context.records().value(line_, line::list_price));
        if (!list.empty()) kit::text(context, context.tr("ui.products.list_price", {list}), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        row.spacer();
        const auto value = [&](std::size_t at) { return drafts_[at].number.value ? Value(*drafts_[at].number.value) : Value(); };
        if (const auto total = line_total(context.records(), value(0), value(1), value(2)))
            kit::text(context, money_words(context, *total), {.style = TextStyle::BodyStrong});
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "remove", context.tr("ui.products.remove"), {.icon = Icon::Trash})) {
            close();
            delete_records(context, line_.object, {line_.row});
        }
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = saving_, .shortcut = "Ctrl+Enter"})) save(context);
    }

private:
    void save(Context& context) {
        if (saving_) return;
        const Object& object = lines_object(context);
        std::vector<FieldValue> fields;
        bool good = true;
        for (FieldDraft& draft : drafts_) {
            Result<Value> value = draft_value(context, object, object.field(draft.field), draft);
            draft.error = value ? std::string() : context.error_text(value.error());
            good = good && value;
            if (value && *value != draft.before) fields.push_back({draft.field, *std::move(value)});
        }
        if (!good) return;
        if (fields.empty()) return close();
        saving_ = true;
        context.submit(UpdateRecord{line_, std::move(fields)}, [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            saving_ = false;
            if (outcome) close();
            else error_ = context.error_text(outcome.error());
        }, {.silent_errors = true});
    }

    RecordRef line_;
    std::vector<FieldDraft> drafts_;
    std::string error_;
    bool begins_ = true, saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

bool is_from_products(Context& context, RecordRef record, FieldIndex field) {
    return record.object == so::opportunity && field == opportunity_field::amount && record && has_line_items(context.records(), record.row);
}

std::string money_words(Context& context, const Value& value) {
    const auto* amount = std::get_if<Decimal>(&value);
    return amount ? context.locale().format_money(*amount, context.workspace().currency()) : std::string();
}

std::string line_words(Context& context, RecordRef record) {
    const Object& object = lines_object(context);
    std::string words = figure_words(context, record, line::quantity);
    const std::string price = field_words(context, record, object.field(line::unit_price));
    if (!price.empty()) words += " × " + price;
    if (const std::string discount = figure_words(context, record, line::discount); !discount.empty()) words += " · −" + discount;
    return words;
}

void ProductLines::refresh(Context& context, RecordRef opportunity) {
    const std::uint64_t revision = context.workspace().revision();
    if (of_ == opportunity && revision_ == revision && language_ == context.messages().language()) return;
    if (of_ != opportunity) {
        edit_.reset();
        table_ = {};
    }
    of_ = opportunity;
    revision_ = revision;
    language_ = context.messages().language();
    const auto found = context.records().children(so::opportunity_line_item, line::opportunity, opportunity);
    rows_.assign(found.begin(), found.end());
    if (table_.active_row >= static_cast<std::int64_t>(rows_.size())) table_.active_row = static_cast<std::int64_t>(rows_.size()) - 1;
    for (float& width : widths_) width = 0;
    for (const RowIndex row : rows_)
        for (std::size_t i = 1; i < std::size(shown_fields); ++i)
            widths_[i] = std::max(widths_[i], kit::text_width(context, field_words(context, {so::opportunity_line_item, row}, lines_object(context).field(shown_fields[i])), TextStyle::DenseStrong));
    sum_ = rows_.empty() ? std::string() : money_words(context, context.records().value(opportunity, opportunity_field::amount));
}

void ProductLines::draw(Context& context, RecordRef opportunity, bool read_only) {
    refresh(context, opportunity);
    if (rows_.empty() && read_only) return;
    const std::string title(context.tr("ui.products.title"));
    kit::IdScope scope(context, "products");
    kit::Card card(context, {.gap = space::x2, .role = Role::Region, .name = title});
    {
        kit::SectionHeader header(context, title, static_cast<int>(rows_.size()));
        if (!read_only && kit::button(context, "add", context.tr("ui.products.add"), {.kind = kit::ButtonKind::Ghost, .icon = Icon::Plus, .small = !context.touch}))
            context.open_dialog("products:" + to_text(context.records().id_of(opportunity)));
    }
    if (rows_.empty()) return;
    if (context.is_phone()) draw_list(context, read_only);
    else draw_table(context, read_only);
    // The sum stands below the totals, beside the table's menus.
    kit::Row row(context, {.gap = space::x3, .padding = {0, 0, context.is_phone() ? 0.0f : 12.0f + (context.touch ? 0.0f : 10.0f) + (read_only ? 0.0f : 44.0f), 0}});   // the cell's padding, the scrollbar, the menu
    row.spacer();
    kit::text(context, context.tr("ui.products.total"), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
    kit::text(context, sum_, {.style = TextStyle::BodyStrong});
}

void ProductLines::draw_list(Context& context, bool read_only) {
    kit::Group group(context, Role::List, context.tr("ui.products.title"));
    for (const RowIndex row : rows_) {
        kit::IdScope scope(context, row);
        const RecordRef record{so::opportunity_line_item, row};
        const std::string total = field_words(context, record, lines_object(context).field(line::total_price)), words = line_words(context, record);
        if (kit::list_item(context, "line", record_title(context, record), {.detail = words, .right = total}) && !read_only)
            context.open_dialog(std::make_unique<LineDialog>(context, record));
    }
}

void ProductLines::draw_table(Context& context, bool read_only) {
    const Object& object = lines_object(context);
    const float width = kit::available(context).width;
    columns_.resize(std::size(shown_fields));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Field& field = object.field(shown_fields[i]);
        columns_[i].key = field.name;
        columns_[i].label = field_label(context.messages(), object, field);
        columns_[i].align = align_of(field);
        columns_[i].width = i == 0 ? 110.0f : std::max(widths_[i] + 26, kit::text_width(context, columns_[i].label, TextStyle::Caption) + 26);
        if (edit_ && edit_->field == field.index) columns_[i].width = std::max(columns_[i].width, kit::text_width(context, edit_->number.text, TextStyle::Field) + 26);
        columns_[i].sortable = columns_[i].resizable = false;
        columns_[i].editable = !read_only && is_edited_in_place(field.index);
    }
    kit::TableSpec spec;
    const std::string name(context.tr("ui.products.title"));
    spec.name = name;
    spec.columns = columns_;
    spec.row_count = rows_.size();
    spec.row_menu = !read_only;
    spec.height = 38 + static_cast<float>(rows_.size()) * context.theme.row_height();
    spec.cell = [&](kit::Cell& cell) { draw_cell(context, cell); };
    spec.row_key = [&](std::uint64_t row) -> std::uint64_t { return rows_[row]; };
    spec.row_name = [&](std::uint64_t row) { return record_title(context, {so::opportunity_line_item, rows_[row]}); };
    // The product's name gets what the figures leave.
    float rest = kit::columns_room(spec, {0, 0, width, 0});
    for (std::size_t i = 1; i < columns_.size(); ++i) rest -= columns_[i].width;
    columns_[0].width = std::max(columns_[0].width, rest);
    const kit::TableAnswer answer = kit::table(context, "lines", table_, spec);
    if (answer.edit_row >= 0 && answer.edit_column >= 0) start_editing(context, answer.edit_row, answer.edit_column);
    if (edit_ && table_.editing_row < 0) edit_.reset();
    if (answer.opened_row >= 0 && !read_only)
        context.open_dialog(std::make_unique<LineDialog>(context, RecordRef{so::opportunity_line_item, rows_[static_cast<std::size_t>(answer.opened_row)]}));
    draw_menu(context, answer);
}

void ProductLines::draw_cell(Context& context, kit::Cell& cell) {
    const Object& object = lines_object(context);
    const RecordRef record{so::opportunity_line_item, rows_[cell.row]};
    const Field& field = object.field(shown_fields[static_cast<std::size_t>(cell.column)]);
    if (cell.editing && edit_ && edit_row_ == record.row && edit_->field == field.index) {
        const kit::Edited edited = draw_field_editor(context, object, field, *edit_, {.focus = std::exchange(edit_begins_, false), .in_cell = true, .at = cell.rect});
        if (edited.cancelled) end_edit(context, 0);
        else if (edited.committed) save_cell(context, context.shortcut("Tab") ? 1 : context.shortcut("Shift+Tab") ? -1 : 0);
        return;
    }
    const FieldShown shown = show_field(context, record, field);
    if (field.index == line::product) cell.link(shown.text, shown.link);
    else if (field.index == line::total_price) cell.strong(shown.text);
    else cell.text(field.type == FieldType::Currency ? shown.text : figure_words(context, record, field.index));
}

void ProductLines::start_editing(Context& context, std::int64_t row, int column) {
    const Field& field = lines_object(context).field(shown_fields[static_cast<std::size_t>(column)]);
    edit_row_ = rows_[static_cast<std::size_t>(row)];
    edit_ = make_draft(context, field, context.records().value({so::opportunity_line_item, edit_row_}, field.index));
    table_.active_row = table_.editing_row = row;
    table_.active_column = table_.editing_column = column;
    edit_begins_ = true;
    saving_ = false;
    context.request_frame();
}

// `step`: on to the next figure, or back to the one before; 0 stays.
void ProductLines::end_edit(Context& context, int step) {
    const std::int64_t row = table_.active_row;
    edit_.reset();
    table_.stop_editing();
    table_.focus_active = true;
    const int first = 1, last = 3;
    int column = table_.active_column + step;
    std::int64_t to = row;
    if (column > last) column = first, ++to;
    if (column < first) column = last, --to;
    if (step != 0 && to >= 0 && to < static_cast<std::int64_t>(rows_.size())) start_editing(context, to, column);
}

void ProductLines::save_cell(Context& context, int step) {
    if (saving_) return;
    const Object& object = lines_object(context);
    Result<Value> value = draft_value(context, object, object.field(edit_->field), *edit_);
    if (!value) {
        edit_->error = context.error_text(value.error());
        edit_begins_ = true;
        return;
    }
    if (*value == edit_->before) return end_edit(context, step);
    saving_ = true;
    context.submit(UpdateRecord{{so::opportunity_line_item, edit_row_}, {{edit_->field, *std::move(value)}}},
                   [this, &context, step, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        // The refusal stands at its cell, unless the person has gone on.
        const bool still_here = !alive.expired() && edit_;
        if (!outcome && !still_here) context.toast(context.error_text(outcome.error()), Tone::Danger);
        if (alive.expired()) return;
        saving_ = false;
        if (!still_here) return;
        if (outcome) return end_edit(context, step);
        edit_->error = context.error_text(outcome.error());
        edit_begins_ = true;
    }, {.silent_errors = true});
}

void ProductLines::draw_menu(Context& context, const kit::TableAnswer& answer) {
    if (answer.menu_row >= 0) {
        menu_row_ = rows_[static_cast<std::size_t>(answer.menu_row)];
        menu_anchor_ = answer.menu_anchor;
        kit::open_popup(context, "line_menu");
    }
    if (menu_row_ == no_row || !kit::begin_menu(context, "line_menu", menu_anchor_, context.tr("ui.record.more"))) return;
    const RecordRef record{so::opportunity_line_item, menu_row_};
    if (kit::menu_item(context, "edit", context.tr("ui.record.edit"), {.icon = Icon::Edit})) context.open_dialog(std::make_unique<LineDialog>(context, record));
    if (kit::menu_item(context, "remove", context.tr("ui.products.remove"), {.icon = Icon::Trash, .danger = true})) delete_records(context, record.object, {record.row});
    kit::end_menu(context);
}

}  // namespace outpost
