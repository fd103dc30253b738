#include "ui/pages/list_columns.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <span>
#include <utility>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/objects/labels.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

// Of dates and sums the widest that are usual: cut they would say nothing.
float measured_width(Context& context, const Field& field) {
    constexpr float around = 2 * 12 + 4;   // the cell's padding, and a breath
    std::string widest;
    if (field.type == FieldType::Date) widest = context.locale().format_date(to_days({2026, 12, 28}));
    if (field.type == FieldType::Currency) widest = context.locale().format_money(Decimal{9'888'888'00, 2}, context.workspace().currency());
    return widest.empty() ? 0 : std::ceil(kit::text_width(context, widest, TextStyle::DenseStrong)) + around;
}

float least_width(const Object& object, const Field& field) {
    if (field.index == object.name_field) return field.calculated ? 208 : 272;
    if (field.index == object.board_field) return 184;
    switch (field.type) {
        case FieldType::Checkbox: return 96;
        case FieldType::Percent: return 112;
        case FieldType::Number: return 120;
        case FieldType::Currency: return 136;
        case FieldType::Date: return 128;
        case FieldType::DateTime: return 184;
        case FieldType::Phone: return 144;
        case FieldType::Email: return 216;
        case FieldType::Url: return 184;
        default: return 160;
    }
}

float usual_width(Context& context, const Object& object, const Field& field) { return std::max(least_width(object, field), measured_width(context, field)); }

// By what stands in it, `words` css px at the widest; 0: nothing is known of that.
float width_for_words(Context& context, const Object& object, const Field& field, std::string_view label, float words) {
    if (words <= 0) return usual_width(context, object, field);
    constexpr float around = 2 * 12 + 4, sort_sign = 20;
    const float most = field.index == object.name_field ? 340 : field.type == FieldType::Email || field.type == FieldType::Url ? 216 : 260;
    const float head = kit::text_width(context, label, TextStyle::DenseStrong) + sort_sign;
    return std::max(measured_width(context, field), std::clamp(std::ceil(std::max(words, head)) + around, 80.0f, most));
}

class ColumnsDialog final : public Dialog {
public:
    ColumnsDialog(ObjectIndex object, std::vector<ListColumn> columns, std::function<void(std::vector<ListColumn>)> chosen)
        : object_(object), columns_(std::move(columns)), chosen_(std::move(chosen)) {}

    std::string title(Context& context) override { return std::string(context.tr("ui.list.columns_title")); }
    float width() const override { return 480; }

    void draw(Context& context) override {
        const Object& object = context.schema().object(object_);
        kit::heading(context, 3, context.tr("ui.list.columns_shown"), {.style = TextStyle::BodyStrong});
        draw_shown(context, object);
        kit::heading(context, 3, context.tr("ui.list.columns_hidden"), {.style = TextStyle::BodyStrong});
        for (const FieldIndex field : listable_fields(object)) {
            if (position_of(field) < columns_.size()) continue;
            kit::IdScope scope(context, number(field));
            bool on = false;
            if (kit::checkbox(context, "shown", field_label(context.messages(), object, object.field(field)), on)) columns_.push_back({field, 0});
        }
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "reset", context.tr("ui.list.columns_reset"), {.kind = kit::ButtonKind::Ghost})) {
            const Object& object = context.schema().object(object_);
            columns_.clear();
            for (const FieldIndex field : default_layout(object, context.schema(), context.messages()).columns) columns_.push_back({field, 0});
        }
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (kit::primary_button(context, "apply", context.tr("ui.list.apply"))) {
            chosen_(columns_);
            close();
        }
    }

private:
    std::size_t position_of(FieldIndex field) const {
        return static_cast<std::size_t>(std::find_if(columns_.begin(), columns_.end(), [&](const ListColumn& column) { return column.field == field; }) - columns_.begin());
    }

    void draw_shown(Context& context, const Object& object) {
        std::size_t raise = columns_.size(), lower = columns_.size(), remove = columns_.size();
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            kit::IdScope scope(context, number(columns_[at].field));
            const std::string label = field_label(context.messages(), object, object.field(columns_[at].field));
            kit::Row row(context);
            bool on = true;
            if (kit::checkbox(context, "shown", label, on, {.disabled = columns_[at].field == object.name_field})) remove = at;
            row.spacer();
            if (kit::icon_button(context, "up", Icon::ArrowUp, context.tr("ui.list.move_up", {label}), {.kind = kit::ButtonKind::Ghost, .disabled = at == 0, .small = true})) raise = at;
            if (kit::icon_button(context, "down", Icon::ArrowDown, context.tr("ui.list.move_down", {label}), {.kind = kit::ButtonKind::Ghost, .disabled = at + 1 == columns_.size(), .small = true})) lower = at;
        }
        if (raise < columns_.size() && raise > 0) std::swap(columns_[raise], columns_[raise - 1]);
        if (lower + 1 < columns_.size()) std::swap(columns_[lower], columns_[lower + 1]);
        if (remove < columns_.size()) columns_.erase(columns_.begin() + static_cast<std::ptrdiff_t>(remove));
    }

    ObjectIndex object_;
    std::vector<ListColumn> columns_;
    std::function<void(std::vector<ListColumn>)> chosen_;
};

}  // namespace

std::vector<ListColumn> parse_columns(std::string_view text, const Object& object, const ObjectLayout& layout) {
    std::vector<ListColumn> columns;
    bool has_name = false;
    for (const std::string_view part : split(text, ';')) {
        const std::size_t colon = part.find(':');
        const Field* field = object.find_field(part.substr(0, colon));
        if (!field || field->hidden) continue;
        int width = 0;
        if (colon != std::string_view::npos) std::from_chars(part.data() + colon + 1, part.data() + part.size(), width);
        columns.push_back({field->index, static_cast<float>(std::clamp(width, 0, 1200))});
        has_name = has_name || field->index == object.name_field;
    }
    if (columns.empty()) {
        for (const FieldIndex field : layout.columns) columns.push_back({field, 0});
    } else if (!has_name) {
        columns.insert(columns.begin(), {object.name_field, 0});
    }
    return columns;
}

std::string columns_text(const std::vector<ListColumn>& columns, const Object& object) {
    std::string text;
    for (const ListColumn& column : columns) {
        if (!object.has_field(column.field)) continue;
        if (!text.empty()) text += ';';
        text += object.field(column.field).name;
        if (column.width > 0) text += ":" + std::to_string(static_cast<int>(column.width));
    }
    return text;
}

std::vector<kit::TableColumn> table_columns(Context& context, const Object& object, const std::vector<ListColumn>& columns) {
    std::vector<kit::TableColumn> made;
    for (const ListColumn& column : columns) {
        const Field& field = object.field(column.field);
        kit::TableColumn entry;
        entry.key = field.name;
        entry.label = field_label(context.messages(), object, field);
        entry.width = column.width > 0 ? column.width : usual_width(context, object, field);
        entry.align = align_of(field);
        entry.sortable = field.column_kind() != ColumnKind::None;
        entry.editable = field.writable() && field.column_kind() != ColumnKind::None;
        made.push_back(std::move(entry));
    }
    return made;
}

void fit_columns(Context& context, std::vector<kit::TableColumn>& made, const Object& object, const std::vector<ListColumn>& columns, float room,
                 const std::function<float(std::size_t)>& words_width) {
    constexpr float share_min = 0.72f;   // below it most words would be cut
    constexpr float share_min_part = 0.9f;   // some scroll out of sight anyway
    constexpr float share_max = 1.4f;    // above it the eye loses the row
    std::vector<float> usual;
    for (std::size_t at = 0; at < columns.size(); ++at) usual.push_back(width_for_words(context, object, object.field(columns[at].field), made[at].label, words_width(at)));
    // Dates and figures say nothing any more when their end is missing, and a name says which record it is.
    const auto can_give = [&](std::size_t at) {
        const Field& field = object.field(columns[at].field);
        const FieldType type = field.type;
        return field.index != object.name_field && type != FieldType::Date && type != FieldType::DateTime && type != FieldType::Currency && type != FieldType::Number && type != FieldType::Percent;
    };
    // Room that is left goes to what would be cut. Where not all have room, those that have end where the room ends: a column of
    // which a letter or two shows looks broken.
    float share = 1;
    std::size_t whole = 0;   // how many stand whole in the room
    for (std::size_t count = columns.size(); count > 0; --count) {
        float giving = 0, left = room;
        for (std::size_t at = 0; at < count; ++at) {
            if (columns[at].width > 0) left -= columns[at].width;
            else if (can_give(at)) giving += usual[at];
            else left -= usual[at];
        }
        if (giving == 0 || left < giving * (count == columns.size() ? share_min : share_min_part)) continue;
        share = std::min(left / giving, share_max);
        whole = count;
        break;
    }
    for (std::size_t at = 0; at < columns.size(); ++at)
        if (columns[at].width <= 0) made[at].width = std::floor(usual[at] * (can_give(at) ? share : 1));
    if (whole == 0 || share == share_max) return;
    for (const kit::TableColumn& column : std::span(made).first(whole)) room -= column.width;
    for (std::size_t at = 0; at < whole; ++at)   // what rounding left
        if (columns[at].width <= 0) {
            made[at].width += std::max(0.0f, room);
            break;
        }
}

std::unique_ptr<Dialog> make_columns_dialog(ObjectIndex object, std::vector<ListColumn> columns,
                                            std::function<void(std::vector<ListColumn>)> chosen) {
    return std::make_unique<ColumnsDialog>(object, std::move(columns), std::move(chosen));
}

}  // namespace outpost
