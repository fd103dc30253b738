#include "ui/pages/criteria_editor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"

namespace outpost {
namespace {

constexpr std::string_view one_day = "day";

bool has_days(const Field& field) { return field.type == FieldType::Date || field.type == FieldType::DateTime; }

std::string numbers_joined(std::size_t count, std::string_view by) {
    std::string text;
    for (std::size_t at = 1; at <= count; ++at) text += (at == 1 ? "" : std::string(by)) + std::to_string(at);
    return text;
}

}  // namespace

void insert_by_label(std::vector<kit::Choice>& choices, kit::Choice choice) {
    std::size_t at = choices.size();
    while (at > 0 && choice.label < choices[at - 1].label) --at;
    choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(at), std::move(choice));
}

CriteriaEditor::Row CriteriaEditor::make_row(const CriteriaRow& row, const Field& field) {
    Row made{row, {}, {}};
    if (has_days(field)) {
        made.day = kit::DateDraft::of(parse_iso_date(row.value));
        if (const std::size_t colon = row.value.find(':'); colon != std::string::npos) made.number = kit::NumberDraft::of(parse_decimal(row.value.substr(colon + 1)));
    } else if (field.is_number()) {
        made.number = kit::NumberDraft::of(parse_decimal(row.value));
    }
    return made;
}

bool CriteriaEditor::load(Context& context, const Object& object, std::string_view text) {
    const auto form = form_of_criteria(text, object, context.records());
    if (!form) return false;
    rows_.clear();
    for (const CriteriaRow& row : form->rows) rows_.push_back(make_row(row, object.field(row.field)));
    const bool any = !form->logic.empty() && form->logic == numbers_joined(rows_.size(), " OR ");
    joining_ = static_cast<int>(form->logic.empty() ? Joining::All : any ? Joining::Any : Joining::Custom);
    logic_ = form->logic;
    error_.clear();
    logic_error_.clear();
    return true;
}

void CriteriaEditor::add_first(const Object& object, FieldIndex field) {
    if (field == no_field) field = object.board_field != no_field ? object.board_field : object.name_field;
    if (!rows_.empty()) field = rows_.back().row.field;
    rows_.push_back({{field, criteria_operators(object.field(field)).front(), object.field(field).type == FieldType::Checkbox ? "true" : ""}, {}, {}});
}

std::string CriteriaEditor::logic() const {
    if (joining_ == static_cast<int>(Joining::Custom)) return logic_;
    return joining_ == static_cast<int>(Joining::Any) && rows_.size() > 1 ? numbers_joined(rows_.size(), " OR ") : std::string();
}

bool CriteriaEditor::is_whole(const Object& object, const Row& row) const {
    return !object.has_field(row.row.field) || !takes_value(row.row.comparison) || (!row.row.value.empty() && !row.row.value.ends_with(':'));
}

std::optional<std::string> CriteriaEditor::draft(const Object& object) const {
    CriteriaForm form{{}, logic()};
    for (const Row& row : rows_) {
        if (!is_whole(object, row)) return std::nullopt;
        form.rows.push_back(row.row);
    }
    auto text = criteria_of_form(form, object);
    return text ? std::optional(*std::move(text)) : std::nullopt;
}

std::optional<std::string> CriteriaEditor::text(Context& context, const Object& object) {
    const bool whole = std::ranges::all_of(rows_, [&](const Row& row) { return is_whole(object, row); });
    error_ = whole ? std::string() : std::string(context.tr("ui.routing.value_missing"));
    CriteriaForm form{{}, logic()};
    for (const Row& row : rows_) form.rows.push_back(row.row);
    auto text = criteria_of_form(form, object);
    logic_error_ = text ? std::string() : context.error_text(text.error());
    return whole && text ? std::optional(*std::move(text)) : std::nullopt;
}

void CriteriaEditor::draw(Context& context, const Object& object, std::string_view none) {
    if (!error_.empty()) kit::banner(context, "criteria error", error_, {.tone = Tone::Danger});
    if (rows_.empty()) kit::help_text(context, none);
    std::size_t removed = rows_.size();
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        kit::IdScope scope(context, at);
        if (draw_row(context, object, rows_[at], at)) removed = at;
    }
    if (removed < rows_.size()) {
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(removed));
        error_.clear();
    }
    {
        kit::Row row(context);
        if (kit::button(context, "add", context.tr("ui.routing.add_row"), {.kind = kit::ButtonKind::Ghost, .icon = Icon::Plus})) add_first(object);
    }
    if (rows_.size() < 2) return;
    const int before = joining_;
    if (kit::segmented(context, "joining", context.tr("ui.criteria.joining"),
                       {{context.tr("ui.criteria.all")}, {context.tr("ui.criteria.any")}, {context.tr("ui.criteria.custom")}}, joining_)) {
        if (joining_ == static_cast<int>(Joining::Custom)) logic_ = numbers_joined(rows_.size(), before == static_cast<int>(Joining::Any) ? " OR " : " AND ");
        logic_error_.clear();
    }
    if (joining_ != static_cast<int>(Joining::Custom)) return;
    if (kit::text_field(context, "logic", context.tr("ui.criteria.logic"), logic_, {.placeholder = "1 AND (2 OR 3)", .help = context.tr("ui.criteria.logic_help"), .error = logic_error_}).changed) {
        static_cast<void>(text(context, object));
        error_.clear();
    }
}

bool CriteriaEditor::draw_row(Context& context, const Object& object, Row& row, std::size_t at) {
    // On one line with its number and the button that removes it, where there is room for a value.
    constexpr float number_width = 16, value_min = 120, value_most = 200;
    // On a phone the number stands where a logic speaks of it, and the lines end at one edge.
    const bool phone = context.is_phone(), numbered = !phone || joining_ == static_cast<int>(Joining::Custom);
    const float button = context.theme.control_height(), room = kit::available(context).width;
    const float pair = std::floor(room - space::x2 - (numbered ? number_width + space::x2 : 0));
    const float field_width = phone ? std::floor(pair * 0.56f) : 190, operator_width = phone ? pair - field_width : 140;
    const float indent = phone && numbered ? number_width + space::x2 : 0;   // the value stands below its field
    const float left = room - number_width - field_width - operator_width - button - 4 * space::x2, below = room - button - space::x2 - indent;
    kit::Row line(context, {.wrap = true});
    if (numbered) kit::text(context, std::to_string(at + 1), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .at = kit::take(context, number_width, context.theme.control_height())});
    std::vector<kit::Choice> fields;
    for (const Field& field : object.fields)
        if (is_criteria_field(field)) insert_by_label(fields, {field.name, field_label(context.messages(), object, field)});
    std::string chosen = object.field(row.row.field).name;
    if (kit::picklist(context, "field", context.tr("ui.routing.field"), fields, chosen, {.field = {.hide_label = true, .width = field_width}, .allow_none = false}).changed)
        if (const Field* field = object.find_field(chosen)) row = {{field->index, criteria_operators(*field).front(), field->type == FieldType::Checkbox ? "true" : has_days(*field) ? "TODAY" : ""}, {}, {}};
    const Field& field = object.field(row.row.field);
    std::vector<kit::Choice> operators;
    for (const CriteriaOperator each : criteria_operators(field)) operators.push_back({std::to_string(static_cast<int>(each)), std::string(context.tr(criteria_operator_key(each)))});
    std::string comparison = std::to_string(static_cast<int>(row.row.comparison));
    if (kit::picklist(context, "operator", context.tr("ui.routing.operator"), operators, comparison, {.field = {.hide_label = true, .width = operator_width}, .allow_none = false}).changed) {
        row.row.comparison = static_cast<CriteriaOperator>(std::atoi(comparison.c_str()));
        if (row.row.comparison == CriteriaOperator::Equal || row.row.comparison == CriteriaOperator::NotEqual) row.row.value = row.row.value.substr(0, row.row.value.find(';'));
    }
    if (indent > 0) kit::take(context, number_width, button);
    if (takes_value(row.row.comparison)) draw_value(context, field, row, left >= value_min ? std::min(left, value_most) : below);
    else if (phone) kit::take(context, below, button);
    return kit::icon_button(context, "remove", Icon::Close, context.tr("ui.routing.remove_row"));
}

void CriteriaEditor::draw_value(Context& context, const Field& field, Row& row, float width) {
    const std::string_view label = context.tr("ui.routing.value");
    std::string& value = row.row.value;
    const kit::FieldOptions frame{.hide_label = true, .width = width};
    if (takes_several(row.row.comparison)) {
        std::vector<std::string> values;
        for (const std::string_view each : split(value, ';'))
            if (!each.empty()) values.emplace_back(each);
        if (!kit::multi_select(context, "values", label, picklist_choices(context, field, {}), values, {.field = frame})) return;
        value.clear();
        for (const std::string& each : values) value += (value.empty() ? "" : ";") + each;
    } else if (field.is_picklist() || field.type == FieldType::Checkbox) {
        std::vector<kit::Choice> values{{"true", std::string(context.tr("ui.field.yes"))}, {"false", std::string(context.tr("ui.field.no"))}};
        if (field.is_picklist()) values = picklist_choices(context, field, value);
        kit::picklist(context, "value", label, values, value, {.field = frame, .allow_none = false});
    } else if (field.is_lookup()) {
        const RecordRef record = record_of_choice(context.records(), value);
        const std::string shown = record ? record_title(context, record) : std::string();
        kit::lookup_field(context, "value", label, value, [&](std::string_view typed) { return suggest_records(context, field.reference_to, typed); }, {.field = frame, .shown = shown});
    } else if (has_days(field)) {
        draw_day(context, row, width);
    } else if (field.is_number()) {
        if (kit::number_field(context, "value", label, row.number, field.scale, frame).changed) value = row.number.value && row.number.valid ? to_text(*row.number.value) : std::string();
    } else {
        kit::text_field(context, "value", label, value, frame);
    }
}

// A day of the calendar, or one that moves along with today.
void CriteriaEditor::draw_day(Context& context, Row& row, float width) {
    std::string& value = row.row.value;
    const bool relative = !value.empty() && value[0] >= 'A';
    std::vector<kit::Choice> choices{{std::string(one_day), std::string(context.tr("ui.when.day"))}};
    for (const std::string_view word : relative_days()) choices.push_back({std::string(word), *relative_day_words(context, std::string(word) + (word.find("_N_") != std::string_view::npos || word.starts_with("N_") ? ":n" : ""))});
    std::string word = relative ? value.substr(0, value.find(':')) : std::string(one_day);
    const bool counted_before = value.find(':') != std::string::npos, phone = context.is_phone();
    const float day_width = phone ? 136 : 150, count_width = 70;
    float word_width = word == one_day || counted_before ? 170 : 200;
    if (phone) word_width = width - (word == one_day ? day_width + space::x2 : counted_before ? count_width + space::x2 : 0);
    if (kit::picklist(context, "when", context.tr("ui.routing.value"), choices, word, {.field = {.hide_label = true, .width = word_width}, .allow_none = false}).changed) {
        const bool counted = word.find("_N_") != std::string::npos || word.starts_with("N_");
        if (counted && !counted_before) row.number = kit::NumberDraft::of(Decimal{7, 0});
        value = word == one_day ? row.day.value ? days_to_text(*row.day.value) : std::string() : counted ? word + ":" + (row.number.value ? to_text(*row.number.value) : "") : word;
        context.request_frame();
    }
    if (word == one_day) {
        if (kit::date_field(context, "day", context.tr("ui.when.day"), row.day, {.hide_label = true, .width = day_width}).changed) value = row.day.value && row.day.valid ? days_to_text(*row.day.value) : std::string();
    } else if (value.find(':') != std::string::npos) {
        if (kit::number_field(context, "n", context.tr("ui.when.count"), row.number, 0, {.hide_label = true, .width = count_width}).changed)
            value = word + ":" + (row.number.value && row.number.valid && row.number.value->units > 0 ? to_text(*row.number.value) : std::string());
    }
}

}  // namespace outpost
