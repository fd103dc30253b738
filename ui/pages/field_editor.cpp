#include "ui/pages/field_editor.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/edit/validate.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/kit/date_order.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/record_form.h"
#include "ui/pages/recurrence_editor.h"

namespace outpost {

namespace {

constexpr std::size_t suggestions_max = 20;

InputKind input_of(FieldType type) {
    switch (type) {
        case FieldType::Email: return InputKind::Email;
        case FieldType::Phone: return InputKind::Phone;
        case FieldType::Url: return InputKind::Url;
        default: return InputKind::Text;
    }
}

kit::FieldOptions options_of(const Field& field, const FieldDraft& draft, const FieldEditorOptions& options) {
    kit::FieldOptions made;
    made.help = field.help;
    made.error = draft.error;
    made.required = options.required || (field.required && !options.optional);
    made.hide_label = options.hide_label || options.in_cell;
    made.focus = options.focus;
    made.reveal = !draft.error.empty();
    made.plain = options.in_cell;
    made.input = input_of(field.type);
    made.at = options.at;
    return made;
}

Result<Value> lookup_value(Context& context, const FieldDraft& draft) {
    if (draft.text.empty()) return Value();
    const std::optional<RecordId> id = parse_record_id(draft.text);
    const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
    if (!record) return fail(ErrorCode::InvalidCrossReferenceKey, "ui.form.record_gone");
    return Value(*record);
}

void adopt_created(Context& context, FieldDraft& draft) {
    if (!draft.created || !*draft.created) return;
    draft.text = to_text(context.records().id_of(*draft.created));
    draft.shown = record_title(context, *draft.created);
    draft.created.reset();
    draft.touched = true;
    draft.error.clear();
}

// A group whose members take turns owns nothing itself.
bool can_own(const Records& records, RecordRef owner) {
    return owner.object != standard_object::group || records.value_text(owner, group_field::type) == "Queue";
}

kit::Edited draw_lookup(Context& context, std::string_view label, const Field& field, FieldDraft& draft, const kit::FieldOptions& made) {
    adopt_created(context, draft);
    const Schema& schema = context.schema();
    std::vector<ObjectIndex> targets;
    for (const ObjectIndex target : field.reference_to)
        if (schema.has_object(target)) targets.push_back(target);
    const bool can_make = !targets.empty() && targets[0] != standard_object::user && !made.plain && !context.schema().object(targets[0]).hidden;
    const std::string new_label = can_make ? context.tr("ui.list.new_named", {object_words(context.messages(), schema.object(targets[0]), false)}) : std::string();
    kit::LookupOptions options;
    options.field = made;
    options.shown = draft.shown;
    options.allow_none = !made.required;
    options.allow_new = can_make;
    options.new_label = new_label;
    options.open = made.focus && made.plain;
    const kit::LookupEdited edited = kit::lookup_field(
        context, field.name, label, draft.text, [&](std::string_view typed) {
            std::vector<kit::Choice> choices = suggest_records(context, targets, typed);
            if (field.index == system_field::owner)
                std::erase_if(choices, [&](const kit::Choice& choice) { return !can_own(context.records(), record_of_choice(context.records(), choice.value)); });
            return choices;
        }, options);
    if (edited.changed) draft.shown = edited.chosen_label;
    if (edited.wants_new && can_make) {
        draft.created = std::make_shared<RecordRef>();
        open_create_dialog(context, targets[0], edited.typed, draft.created);
    }
    return edited;
}

kit::Edited draw_toggle(Context& context, std::string_view label, const Field& field, FieldDraft& draft, const kit::FieldOptions& made) {
    kit::Edited edited;
    const bool changed = kit::checkbox(context, field.name, label, draft.on, {.description = made.help, .hide_label = made.hide_label, .at = made.at});
    edited.changed = edited.committed = changed;
    return edited;
}

kit::Edited draw_picklist(Context& context, std::string_view label, const Object& object, const Field& field, FieldDraft& draft, const kit::FieldOptions& made) {
    std::vector<std::uint16_t> offered;
    const bool depends = draft.controlling != FieldDraft::any_value && object.has_field(field.controller);
    if (depends) offered = offered_codes(object, field, draft.controlling);
    const std::vector<kit::Choice> choices = picklist_choices(context, field, draft.text, depends ? &offered : nullptr);
    return kit::picklist(context, field.name, label, choices, draft.text, {.field = made, .allow_none = !made.required, .open = made.focus && made.plain});
}

kit::Edited draw_recurrence(Context& context, std::string_view label, const Field& field, FieldDraft& draft) {
    if (!draft.repeats) {
        draft.repeats = std::make_shared<RecurrenceEditor>(draft.text, draft.starts_on);
        draft.text = draft.repeats->text();
    }
    draft.repeats->follow(draft.starts_on);
    kit::Edited edited = draft.repeats->draw(context, field.name, label, draft.error);
    const std::string text = draft.repeats->text();
    edited.changed = edited.changed || text != draft.text;   // along with the day, too
    draft.text = text;
    return edited;
}

// Of a multi-select picklist: what is ticked and what was, as it is stored.
std::string held_values(const FieldDraft& draft) {
    const auto* before = std::get_if<std::string>(&draft.before);
    std::string held = before ? *before : std::string();
    for (const std::string& value : draft.many) held += ';' + value;
    return held;
}

kit::Edited draw_control(Context& context, std::string_view label, const Object& object, const Field& field, FieldDraft& draft, kit::FieldOptions made) {
    switch (field.type) {
        case FieldType::Checkbox: return draw_toggle(context, label, field, draft, made);
        case FieldType::Number: return kit::number_field(context, field.name, label, draft.number, field.scale, made);
        case FieldType::Percent:
            made.suffix = "%";
            return kit::number_field(context, field.name, label, draft.number, field.scale, made);
        case FieldType::Currency: return kit::money_field(context, field.name, label, draft.number, context.workspace().currency(), made);
        case FieldType::Date: return kit::date_field(context, field.name, label, draft.day, made);
        case FieldType::DateTime:
            if (draft.whole_days) return kit::date_field(context, field.name, label, draft.moment.day, made);
            return kit::date_time_field(context, field.name, label, draft.moment, made);
        case FieldType::Picklist: return draw_picklist(context, label, object, field, draft, made);
        case FieldType::MultiselectPicklist: {
            const std::vector<kit::Choice> choices = picklist_choices(context, field, held_values(draft));
            return kit::multi_select(context, field.name, label, choices, draft.many, {.field = made, .open = made.focus && made.plain});
        }
        case FieldType::Lookup:
        case FieldType::MasterDetail: return draw_lookup(context, label, field, draft, made);
        case FieldType::TextArea:
        case FieldType::LongTextArea:
            if (is_recurrence(object.index, field.index) && !made.plain) return draw_recurrence(context, label, field, draft);
            if (made.plain) return kit::text_field(context, field.name, label, draft.text, made);
            made.lines = field.type == FieldType::TextArea ? 2 : 5;
            return kit::text_area(context, field.name, label, draft.text, made);
        default: return kit::text_field(context, field.name, label, draft.text, made);
    }
}

Result<Value> multiselect_value(const Field& field, const FieldDraft& draft) {
    std::string joined;
    for (const std::uint16_t code : field.codes_in_order(false)) {
        const std::string& value = field.values[code - 1u].value;
        if (std::find(draft.many.begin(), draft.many.end(), value) == draft.many.end()) continue;
        if (!joined.empty()) joined += ';';
        joined += value;
    }
    return joined.empty() ? Value() : Value(std::move(joined));
}

std::unexpected<Error> not_a_date(Context& context, const kit::DateDraft& draft) {
    return fail(ErrorCode::InvalidType, "ui.form.not_a_date", {draft.text, kit::date_example(context)});
}

// What the draft says, by the field's type.
Result<Value> read_draft(Context& context, const Field& field, const FieldDraft& draft) {
    switch (field.type) {
        case FieldType::Checkbox: return Value(draft.on);
        case FieldType::Number:
        case FieldType::Currency:
        case FieldType::Percent: {
            if (draft.number.too_fine) return fail(ErrorCode::NumberOutsideValidRange, "ui.form.too_fine", {draft.number.text});
            if (!draft.number.valid) return fail(ErrorCode::InvalidType, "ui.form.not_a_number", {draft.number.text});
            if (!draft.number.value) return Value();
            const std::optional<Decimal> fitting = rescale(*draft.number.value, field.scale, Rounding::Refuse);
            if (!fitting) return fail(ErrorCode::NumberOutsideValidRange, "ui.form.decimals", {std::to_string(field.scale)});
            return Value(*fitting);
        }
        case FieldType::Date:
            if (!draft.day.valid) return not_a_date(context, draft.day);
            return draft.day.value ? Value(DateValue{*draft.day.value}) : Value();
        case FieldType::DateTime:
            if (draft.whole_days) {
                if (!draft.moment.day.valid) return not_a_date(context, draft.moment.day);
                return draft.moment.day.value ? Value(InstantValue{*draft.moment.day.value * milliseconds_per_day}) : Value();
            }
            if (!draft.moment.valid) return not_a_date(context, draft.moment.day);
            return draft.moment.value ? Value(InstantValue{*draft.moment.value}) : Value();
        case FieldType::MultiselectPicklist: return multiselect_value(field, draft);
        case FieldType::Lookup:
        case FieldType::MasterDetail: return lookup_value(context, draft);
        case FieldType::TextArea:
        case FieldType::LongTextArea:
            if (draft.repeats && !draft.repeats->valid()) return fail(ErrorCode::InvalidType, "ui.repeat.incomplete");
            return trim(draft.text).empty() ? Value() : Value(draft.text);
        default: {
            const std::string_view text = trim(draft.text);
            return text.empty() ? Value() : Value(std::string(text));
        }
    }
}

}  // namespace

bool is_recurrence(ObjectIndex object, FieldIndex field) {
    return (object == standard_object::event && field == event_field::recurrence) || (object == standard_object::task && field == task_field::recurrence);
}

FieldDraft make_record_draft(Context& context, RecordRef record, const Field& field) {
    FieldDraft draft = make_draft(context, field, context.records().value(record, field.index), true);
    const Object& object = context.schema().object(record.object);
    if (object.has_field(field.controller)) draft.controlling = code_of(context.records(), record, object.field(field.controller));
    return draft;
}

FieldDraft make_draft(Context& context, const Field& field, const Value& value, bool stored) {
    FieldDraft draft;
    draft.field = field.index;
    draft.before = value;
    draft.stored = stored;
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (field.type == FieldType::MultiselectPicklist)
            for (const std::string_view part : split(*text, ';')) draft.many.emplace_back(part);
        else
            draft.text = *text;
    } else if (const auto* on = std::get_if<bool>(&value)) {
        draft.on = *on;
    } else if (const auto* number = std::get_if<Decimal>(&value)) {
        draft.number = kit::NumberDraft::of(*number);
    } else if (const auto* day = std::get_if<DateValue>(&value)) {
        draft.day = kit::DateDraft::of(day->days);
    } else if (const auto* moment = std::get_if<InstantValue>(&value)) {
        draft.moment = kit::DateTimeDraft::of(context, moment->milliseconds);
    } else if (const auto* record = std::get_if<RecordRef>(&value); record && *record) {
        draft.text = to_text(context.records().id_of(*record));
        draft.shown = record_title(context, *record);
    }
    return draft;
}

Result<Value> draft_value(Context& context, const Object& object, const Field& field, const FieldDraft& draft) {
    if (draft.stored && !draft.touched) return Value(draft.before);
    OUTPOST_TRY(Value value, read_draft(context, field, draft));
    const auto* held = draft.stored ? std::get_if<std::string>(&draft.before) : nullptr;
    return fit_value(context.records(), object, field, std::move(value), held ? std::string_view(*held) : std::string_view());
}

kit::Edited draw_field_editor(Context& context, const Object& object, const Field& field, FieldDraft& draft, FieldEditorOptions options) {
    const std::string label = field_label(context.messages(), object, field);
    kit::FieldOptions made = options_of(field, draft, options);
    if (options.optional && field.is_picklist()) made.placeholder = context.tr("kit.none");   // what it will be
    if (options.optional && field.index == system_field::owner) made.placeholder = context.tr("ui.routing.choose_user");
    const kit::Edited edited = draw_control(context, label, object, field, draft, made);
    if (edited.changed) {
        draft.touched = true;
        draft.error.clear();
    }
    return edited;
}

std::vector<kit::Choice> suggest_records(Context& context, const std::vector<ObjectIndex>& targets, std::string_view typed) {
    std::vector<kit::Choice> choices;
    for (const ObjectIndex target : targets) {
        std::vector<kit::Choice> found = lookup_choices(context, target, typed, targets.size() > 1 ? suggestions_max / 2 : suggestions_max);
        for (kit::Choice& choice : found) {
            if (targets.size() == 1) choice.icon = Icon::None;
            choices.push_back(std::move(choice));
        }
    }
    return choices;
}

std::vector<kit::Choice> picklist_choices(Context& context, const Field& field, std::string_view current, const std::vector<std::uint16_t>* offered) {
    std::vector<kit::Choice> choices;
    for (const std::uint16_t code : field.codes_in_order(false)) {
        const PicklistValue& value = field.values[code - 1u];
        const bool is_offered = offered ? std::ranges::find(*offered, code) != offered->end() : value.active;
        if (!is_offered && !std::ranges::contains(split(current, ';'), value.value)) continue;
        kit::Choice choice;
        choice.value = value.value;
        choice.label = value_label(context.messages(), field, value);
        choice.color = value.color;
        choices.push_back(std::move(choice));
    }
    return choices;
}

}  // namespace outpost
