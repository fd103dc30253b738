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

enum class Gives : std::uint8_t { Nothing, Words, Web };   // what a column can be cut to without losing its meaning

// css px: with room for the sign of sorting and the pencil; for what stands in it; the least that can be read.
struct ColumnNeed {
    float natural = 0, whole = 0, least = 0;
    Gives gives = Gives::Nothing;
};

Gives what_gives(const Object& object, const Field& field) {
    switch (field.type) {
        case FieldType::Email: case FieldType::Url: return Gives::Web;
        case FieldType::Text: case FieldType::Lookup: case FieldType::MasterDetail: case FieldType::MultiselectPicklist: case FieldType::Formula:
            return field.index == object.name_field || align_of(field) == Align::End ? Gives::Nothing : Gives::Words;
        default: return Gives::Nothing;
    }
}

// The widest date that is usual: few of them are looked at.
float usual_date_width(Context& context, const Field& field) {
    std::string widest;
    if (field.type == FieldType::Date) widest = context.locale().format_date(to_days({2026, 12, 28}));
    if (field.type == FieldType::DateTime) widest = context.locale().format_instant(Milliseconds{to_days({2026, 12, 28})} * milliseconds_per_day + milliseconds_per_day / 2);
    return kit::text_width(context, widest, TextStyle::Dense);
}

ColumnNeed need_of(Context& context, const Object& object, const Field& field, const kit::TableColumn& column, float words, bool sorted) {
    constexpr float around = 2 * 12 + 1, sort_sign = 16, pencil = 16;   // around: the cell's padding
    constexpr float least_width = 80, web_least = 132, words_least = 0.72f;
    const Gives gives = what_gives(object, field);
    if (const float usual = usual_date_width(context, field); words > usual * 0.75f) words = std::max(words, usual);   // an event's end names the day only where it is another
    const float most = field.index == object.name_field ? 340.0f : gives == Gives::Nothing && !field.is_picklist() ? 500.0f : gives == Gives::Web ? 300.0f : 260.0f;
    const auto wide = [&](float head, float more) { return std::clamp(std::ceil(std::max(words + more, head)) + around, least_width, most); };
    const float sorted_head = kit::text_width(context, column.label, TextStyle::CaptionStrong) + sort_sign;
    const float whole = wide(sorted ? sorted_head : kit::text_width(context, column.label, TextStyle::Caption), 0);
    const float natural = wide(sorted_head, column.editable && !context.touch ? pencil : 0);
    const float least = gives == Gives::Nothing ? whole : std::min(whole, gives == Gives::Web ? web_least : std::max(least_width, whole * words_least));
    return {natural, whole, least, gives};
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
        entry.width = column.width;
        entry.align = align_of(field);
        entry.sortable = field.column_kind() != ColumnKind::None;
        entry.editable = field.writable() && field.column_kind() != ColumnKind::None;
        made.push_back(std::move(entry));
    }
    return made;
}

bool fit_columns(Context& context, std::span<kit::TableColumn> made, const Object& object, const std::vector<ListColumn>& columns, float room, std::span<const float> words, FieldIndex sorted) {
    constexpr float share_max = 1.4f;   // above it the eye loses the row
    std::vector<ColumnNeed> needs;
    for (std::size_t at = 0; at < made.size(); ++at) {
        const float chosen = columns[at].width;
        needs.push_back(chosen > 0 ? ColumnNeed{chosen, chosen, chosen} : need_of(context, object, object.field(columns[at].field), made[at], words[at], columns[at].field == sorted));
        made[at].width = needs[at].natural;
    }
    // As many as fit; where that isn't all of them they end where the room ends: a column of which a letter or two shows looks
    // broken. The last one may be cut to be there, and addresses; others only where all are seen then.
    std::size_t shown = made.size();
    for (; shown > 1; --shown) {
        float least = 0;
        for (std::size_t at = 0; at < shown; ++at)
            least += shown == made.size() || at + 1 == shown || needs[at].gives == Gives::Web ? needs[at].least : needs[at].whole;
        if (least <= room) break;
    }
    const bool all = shown == made.size();
    float spare = room;
    for (std::size_t at = 0; at < shown; ++at) spare -= needs[at].natural;
    const bool whole = all && spare >= 0;
    // What is lacking is taken from free room, then from addresses, then from other words; what is left goes to words.
    constexpr int from_room = 0, from_web = 1, from_words = 2, to_words = 3;
    const auto part = [&](const ColumnNeed& need, int step) {
        if (step == from_room) return need.natural - need.whole;
        if (step == to_words) return need.gives == Gives::Nothing ? 0.0f : need.natural;
        return need.gives == (step == from_web ? Gives::Web : Gives::Words) ? need.whole - need.least : 0.0f;
    };
    for (int step = whole || spare > 0 ? to_words : from_room, last = step == to_words ? to_words : from_words; step <= last && spare != 0; ++step) {
        float sum = 0;
        for (std::size_t at = 0; at < shown; ++at) sum += part(needs[at], step);
        if (sum <= 0) continue;
        const float share = std::clamp(spare / sum, -1.0f, all ? share_max - 1 : 1000.0f);
        for (std::size_t at = 0; at < shown; ++at) made[at].width += share * part(needs[at], step);
        spare -= share * sum;
    }
    float rest = all && spare > 1 ? 0 : std::max(0.0f, spare);   // and what rounding leaves
    for (std::size_t at = 0; at < made.size(); ++at) {
        const float exact = std::exchange(made[at].width, std::floor(made[at].width));
        if (at < shown) rest += exact - made[at].width;
    }
    const auto first = std::ranges::find(columns, 0.0f, &ListColumn::width);
    if (first != columns.end()) made[static_cast<std::size_t>(first - columns.begin())].width += std::floor(rest + 0.01f);
    return whole;
}

std::unique_ptr<Dialog> make_columns_dialog(ObjectIndex object, std::vector<ListColumn> columns,
                                            std::function<void(std::vector<ListColumn>)> chosen) {
    return std::make_unique<ColumnsDialog>(object, std::move(columns), std::move(chosen));
}

}  // namespace outpost
