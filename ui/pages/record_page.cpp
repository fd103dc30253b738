#include "ui/pages/record_page.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard_segment.h"
#include "ui/kit/kit.h"
#include "ui/pages/capture_dialog.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/quick_action.h"
#include "ui/pages/reach_actions.h"
#include "ui/pages/recent_records.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_path.h"

namespace outpost {

namespace {

RecordRef record_of(Context& context, const Route& route) {
    const std::optional<RecordId> id = parse_record_id(route.segment(1));
    const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
    if (!record || !context.schema().has_object(record->object)) return {};
    return context.records().table(record->object).state(record->row) == RowState::Absent ? RecordRef{} : *record;
}

constexpr std::size_t phone_facts_max = 4;
constexpr float wide_from = 900;     // css px: below, details, related lists and activity share one place

bool takes_whole_line(const Field& field) { return field.type == FieldType::LongTextArea || field.type == FieldType::TextArea; }

std::string position_words(Context& context, const TrailPlace& place) {
    if (context.is_phone()) return context.number_text(place.position + 1) + "/" + context.number_text(place.count);
    return context.tr("ui.record.position", {context.number_text(place.position + 1), context.number_text(place.count)});
}

void go_beside(Context& context, RecordRef record) { context.replace_route(routes::record(context.records().id_of(record))); }

FieldShown with_note(FieldShown shown, std::string_view note) {
    shown.note = note;
    return shown;
}

bool saves_when_changed(const Field& field) { return field.is_picklist() || field.is_lookup(); }

// What a fact needs so that neither its label nor its value is cut.
float fact_width(Context& context, const Object& object, FieldIndex field, const FieldShown& shown) {
    std::string words = field_label(context.messages(), object, object.field(field));
    if (!shown.note.empty()) words += " · " + std::string(shown.note);
    const float label = kit::text_width(context, words, TextStyle::Caption);
    return std::ceil(std::max(label, kit::text_width(context, shown.text, TextStyle::Body) + (shown.look == FieldLook::Badge ? 16.0f : 0.0f))) + 4;
}

// Where two stand in a line: one that needs the whole line lets the next that doesn't go before it, so that none is left alone.
void put_in_pairs(std::vector<FieldIndex>& facts, std::vector<float>& natural, float half) {
    bool open = false;   // the left one of a pair stands already
    for (std::size_t at = 0; at < facts.size(); ++at) {
        if (natural[at] > half && open)
            for (std::size_t later = at + 1; later < facts.size(); ++later) {
                if (natural[later] > half) continue;
                std::rotate(facts.begin() + static_cast<std::ptrdiff_t>(at), facts.begin() + static_cast<std::ptrdiff_t>(later), facts.begin() + static_cast<std::ptrdiff_t>(later) + 1);
                std::rotate(natural.begin() + static_cast<std::ptrdiff_t>(at), natural.begin() + static_cast<std::ptrdiff_t>(later), natural.begin() + static_cast<std::ptrdiff_t>(later) + 1);
                break;
            }
        open = natural[at] <= half && !open;
    }
}

}  // namespace

std::unique_ptr<Page> make_record_page() { return std::make_unique<RecordPage>(); }

std::string RecordPage::title(Context& context, const Route& route) {
    const RecordRef record = record_of(context, route);
    return record ? record_title(context, record) : std::string(context.tr("ui.record.not_found"));
}

void RecordPage::enter(Context& context, const Route& route) {
    if (const RecordRef record = record_of(context, route)) remember_visit(context, record);
}

void RecordPage::leave(Context&) {
    edit_.reset();
    address_.reset();
}

bool RecordPage::holds_draft() const { return (edit_ && edit_->touched) || (address_ && address_->is_touched()) || timeline_.holds_draft(); }

void RecordPage::draw(Context& context, const Route& route) {
    const RecordRef record = record_of(context, route);
    if (!record) return draw_not_found(context);
    refresh(context, record);
    take_compose(context, route);
    draw_header(context, record);
    const bool narrow = kit::available(context).width < wide_from;
    kit::PageBody body(context, {.width_max = 1280});
    draw_banners(context, record);
    if (narrow) draw_narrow(context, record);
    else draw_wide(context, record);
}

void RecordPage::refresh(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    std::string key = object.name + std::to_string(context.schema().revision()) + (context.messages().language() == Language::English ? "e" : "z");
    const bool anew = key != layout_key_;
    if (anew) {
        layout_key_ = std::move(key);
        layout_ = default_layout(object, context.schema(), context.messages());
    }
    if (record != record_) {
        edit_.reset();
        address_.reset();
    }
    if (anew || record != record_ || values_revision_ != context.workspace().revision()) {
        values_.clear();
        values_revision_ = context.workspace().revision();
    }
    record_ = record;
    read_only_ = is_read_only(context, record);
}

// An address that asks for the composer: it opens, and the address is the record's again.
void RecordPage::take_compose(Context& context, const Route& route) {
    const std::string_view what = route.parameter("compose");
    if (what.empty()) return;
    if (!read_only_ && has_activities(context.schema(), record_.object)) {
        if (what == "call") timeline_.compose(TimelineComposer::Tab::Call), tab_ = 2;
        if (what == "email") timeline_.compose(TimelineComposer::Tab::Email), tab_ = 2;
        if (what == "meeting") timeline_.compose(TimelineComposer::Tab::Meeting), tab_ = 2;
        if (what == "task") timeline_.compose(TimelineComposer::Tab::Task), tab_ = 2;
    }
    context.set_parameter("compose", "");
}

const FieldShown& RecordPage::shown(Context& context, RecordRef record, FieldIndex field) {
    const auto found = values_.find(number(field));
    if (found != values_.end()) return found->second;
    FieldShown value = show_field(context, record, context.schema().object(record.object).field(field));
    if (is_from_products(context, record, field)) {
        value.note = context.tr("ui.products.from");
        value.note_tip = context.tr("ui.products.from_tip");
    }
    return values_.emplace(number(field), std::move(value)).first->second;
}

void RecordPage::draw_header(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    const std::string name = record_title(context, record);
    const std::optional<TrailPlace> place = beside_list_ ? std::nullopt : find_trail_place(context, record);
    const std::vector<kit::Crumb> crumbs{{object_label(context.messages(), object, true), place ? place->address : routes::list(object.name)}};
    // A phone has the name in its bar, and room here for what it is and whose.
    std::string beside = place && place->count > 1 ? position_words(context, *place) : std::string();
    if (context.is_phone() && beside.empty()) {
        const std::string owner = object.has_field(system_field::owner) ? field_words(context, record, object.field(system_field::owner)) : std::string();
        beside = object_label(context.messages(), object, false) + (owner.empty() ? "" : " · " + owner);
    }
    kit::PageHeader header(context, name, {.subtitle = context.is_phone() ? std::string_view(beside) : std::string_view(), .icon = icon_of_object(object.name, object.icon), .crumbs = beside_list_ ? std::span<const kit::Crumb>() : std::span<const kit::Crumb>(crumbs)});
    // Where there is no room beside the other buttons, their menu has the way to the neighbours.
    const bool takes = may_take(context, record), narrow = context.is_phone() && (takes || context.width < 360), has_trail = place && place->count > 1;
    if (has_trail && !narrow) draw_trail(context, *place);
    if (beside_list_ && kit::icon_button(context, "whole", Icon::ArrowRight, context.tr("ui.record.open_whole")))
        context.navigate(routes::record(context.records().id_of(record)));
    const std::string_view take = context.tr("ui.lead.take");
    if (takes && (context.width < 360 ? kit::icon_button(context, "take", Icon::Check, take) : kit::button(context, "take", take, {.icon = Icon::Check}))) take_leads(context, {record.row});
    const bool converts = can_convert(context, record);
    if (converts && kit::button(context, "convert", context.tr("ui.record.convert"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Convert}))
        open_convert_dialog(context, record);
    if (record.object == standard_object::task)
        if (const auto action = quick_action(context, record); action && kit::button(context, "complete", action->label, {.icon = action->icon})) action->run();
    if (!read_only_ && kit::compact_button(context, "edit", Icon::Edit, context.tr("ui.record.edit"), {.shortcut = "e"}))
        context.navigate(edit_address(context, record));
    if (!kit::menu_button(context, "more", Icon::More, context.tr("ui.record.more"))) return;
    if (has_trail && narrow) draw_trail_items(context, *place);
    if (!read_only_ && has_activities(context.schema(), record.object)) {
        if (kit::menu_item(context, "task", context.tr("ui.record.new_task"), {.icon = Icon::Task})) timeline_.compose(TimelineComposer::Tab::Task), tab_ = 2;
        if (kit::menu_item(context, "call", context.tr("ui.record.log_call"), {.icon = Icon::Phone})) timeline_.compose(TimelineComposer::Tab::Call), tab_ = 2;
        if (kit::menu_item(context, "meeting", context.tr("ui.record.log_meeting"), {.icon = Icon::Event})) timeline_.compose(TimelineComposer::Tab::Meeting), tab_ = 2;
        if (kit::menu_item(context, "capture", context.tr("ui.capture.title"), {.icon = Icon::Note, .shortcut = "L"})) context.open_dialog(capture_address(context, record));
        kit::menu_separator(context);
    }
    draw_record_menu_items(context, record, false);
    kit::end_menu(context);
}

// Previous and next record of the list that one came from. They take each other's place in the history: back is the list.
void RecordPage::draw_trail(Context& context, const TrailPlace& place) {
    if (!context.is_phone()) kit::text(context, position_words(context, place), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
    const bool up = kit::icon_button(context, "previous", Icon::ChevronUp, context.tr("ui.record.previous"),
                                     {.kind = kit::ButtonKind::Ghost, .disabled = !place.previous, .shortcut = "k"});
    if (context.is_phone()) kit::gap(context, -space::x2);   // a pair
    const bool down = kit::icon_button(context, "next", Icon::ChevronDown, context.tr("ui.record.next"),
                                       {.kind = kit::ButtonKind::Ghost, .disabled = !place.next, .shortcut = "j"});
    if (place.previous && (up || context.shortcut("Alt+ArrowUp"))) go_beside(context, place.previous);
    if (place.next && (down || context.shortcut("Alt+ArrowDown"))) go_beside(context, place.next);
}

void RecordPage::draw_trail_items(Context& context, const TrailPlace& place) {
    if (kit::menu_item(context, "previous", context.tr("ui.record.previous"), {.icon = Icon::ChevronUp, .disabled = !place.previous})) go_beside(context, place.previous);
    if (kit::menu_item(context, "next", context.tr("ui.record.next"), {.icon = Icon::ChevronDown, .disabled = !place.next})) go_beside(context, place.next);
    kit::menu_separator(context);
}

void RecordPage::draw_banners(Context& context, RecordRef record) {
    const Records& records = context.records();
    if (!records.table(record.object).is_live(record.row)) {
        if (kit::banner(context, "deleted", context.tr("ui.record.deleted"), {.tone = Tone::Warning, .action = context.tr("ui.record.restore")}) == 1) {
            SubmitOptions options;
            options.toast = context.tr("ui.record.restored", {record_title(context, record)});
            context.submit(RestoreRecords{record.object, {record.row}}, {}, std::move(options));
        }
        return;
    }
    if (!read_only_ && has_duplicate_rules(record.object)) {
        if (!duplicates_ || duplicates_->object() != record.object) duplicates_.emplace(record.object);
        if (duplicates_->look(context, record)) duplicates_->draw_banner(context, record);
    }
    if (record.object == standard_object::opportunity) draw_stalled(context, record);
    if (record.object == standard_object::lead) draw_queue_banner(context, record);
    if (!read_only_ || record.object != standard_object::lead) return;
    kit::banner(context, "converted", context.tr("ui.record.converted"), {.tone = Tone::Success});
    kit::Row row(context, {.gap = space::x4, .wrap = true});
    for (const FieldIndex field : {lead_field::converted_account, lead_field::converted_contact, lead_field::converted_opportunity}) {
        const FieldShown& value = shown(context, record, field);
        if (value.text.empty()) continue;
        kit::IdScope scope(context, number(field));
        const Value target = records.value(record, field);
        kit::icon(context, icon_of_record(context, std::get<RecordRef>(target).object));
        kit::link(context, "record", value.text, value.link);
    }
}

// Nothing was done for long and nothing is planned: says so, and offers the next step.
void RecordPage::draw_stalled(Context& context, RecordRef record) {
    const Milliseconds now = context.clock().now();
    if (pulse_revision_ != values_revision_ || record != pulse_of_) {
        pulse_ = opportunity_pulse(context.records(), record.row, now);
        pulse_of_ = record;
        pulse_revision_ = values_revision_;
    }
    if (read_only_ || !pulse_.is_stalled(now)) return;
    const std::string text = context.count_text("ui.record.stalled", static_cast<std::uint64_t>(pulse_.quiet_days(now)));
    if (kit::banner(context, "stalled", text, {.tone = Tone::Warning, .action = context.tr("ui.record.plan_step")}) == 1) timeline_.compose(TimelineComposer::Tab::Task), tab_ = 2;
}

void RecordPage::draw_facts(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    kit::Card card(context, {.role = Role::Region, .name = context.tr("ui.record.facts")});
    // A phone shows what one calls about and for how much; the rest stands in the details below.
    const bool phone = context.is_phone();
    std::vector<FieldIndex> facts = layout_.facts;
    if (phone && has_path(context.records(), record)) std::erase(facts, object.board_field);   // the path below says it
    if (phone) facts.resize(std::min(facts.size(), phone_facts_max));
    const auto is_edited = [&](FieldIndex field) { return edit_ && edit_->field == field && edit_place_ == Place::Facts; };
    std::vector<float> natural;
    for (const FieldIndex field : facts) {
        const float around = !phone && is_edited(field) ? 100.0f : 28.0f;   // the editor's, the pencil's
        natural.push_back(fact_width(context, object, field, shown(context, record, field)) + around);
    }
    const float half = (kit::available(context).width - space::x4) / 2;
    if (phone) put_in_pairs(facts, natural, half);
    kit::FormGrid grid(context, {.column_min = phone ? 130.0f : 150.0f, .columns_max = phone ? 2 : 6, .row_gap = space::x3, .natural = phone ? std::span<const float>() : std::span<const float>(natural)});
    for (std::size_t at = 0; at < facts.size(); ++at) {
        const FieldIndex field = facts[at];
        kit::IdScope scope(context, number(field));
        if (phone && (natural[at] > half || is_edited(field))) grid.full_width();
        place_ = Place::Facts;
        draw_field(context, record, object, object.field(field));
    }
    place_ = Place::Details;
}

// Ways to the person; what was said is written down right after it.
void RecordPage::draw_reach(Context& context, RecordRef record) {
    const Reached reached = read_only_ ? Reached::None : draw_reach_actions(context, record);
    if (reached == Reached::None || !has_activities(context.schema(), record.object)) return;
    tab_ = 2;
    timeline_.compose(reached == Reached::Call ? TimelineComposer::Tab::Call : TimelineComposer::Tab::Email);
}

void RecordPage::draw_top(Context& context, RecordRef record) {
    if (layout_.facts.size() > 1) draw_facts(context, record);
    draw_reach(context, record);
    if (record.object == standard_object::account) sales_.draw(context, record);
    if (record.object == standard_object::segment) segment_.draw(context, record);
    if (has_path(context.records(), record)) draw_stage(context, record);
}

// The path, and what the stage says: its guidance, and the fields that matter in it, those first without which it isn't left.
void RecordPage::draw_stage(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    const Field& path = object.field(object.board_field);
    kit::Card card(context, {.gap = space::x3, .role = Role::Region, .name = field_label(context.messages(), object, path)});
    draw_path(context, record, read_only_);
    if (record.object == standard_object::opportunity && is_big(context.records(), record.row)) {
        kit::Row row(context);
        kit::badge(context, context.tr("ui.record.big"), Tone::Warning, {.icon = Icon::StarFilled});
    }
    const std::uint16_t code = code_of(context.records(), record, path);
    if (code == 0) return;
    const PicklistValue& stage = path.values[code - 1u];
    std::vector<FieldIndex> fields = stage.required_fields;
    for (const FieldIndex field : stage.key_fields)
        if (std::ranges::find(fields, field) == fields.end()) fields.push_back(field);
    std::erase_if(fields, [&](FieldIndex field) { return !object.has_field(field); });
    if (fields.empty() && stage.guidance.empty()) return;
    kit::divider(context);
    if (stage.guidance.empty()) return draw_key_fields(context, record, object, stage, fields);
    if (fields.empty()) return draw_guidance(context, stage);
    kit::Columns columns(context, {1.6f, 1.0f}, {.gap = space::x6, .stack_below = 640});
    draw_key_fields(context, record, object, stage, fields);
    columns.next();
    draw_guidance(context, stage);
}

void RecordPage::draw_key_fields(Context& context, RecordRef record, const Object& object, const PicklistValue& stage, const std::vector<FieldIndex>& fields) {
    kit::IdScope scope(context, "stage");
    kit::Column column(context, {.gap = space::x2});
    kit::heading(context, 3, context.tr("ui.path.key_fields"), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    kit::FormGrid grid(context, {.column_min = context.is_phone() ? 130.0f : 190.0f, .columns_max = 3, .row_gap = space::x3});
    place_ = Place::Stage;
    const float half = (kit::available(context).width - space::x4) / 2 - 28;   // the pencil's
    for (const FieldIndex index : fields) {
        const Field& field = object.field(index);
        if (context.is_phone() && fact_width(context, object, index, shown(context, record, index)) > half) grid.full_width();
        const bool asked = !stage.closed && std::ranges::find(stage.required_fields, index) != stage.required_fields.end();
        draw_field(context, record, object, field, asked && shown(context, record, index).text.empty() ? context.tr("ui.path.needed") : std::string_view());
    }
    place_ = Place::Details;
}

void RecordPage::draw_guidance(Context& context, const PicklistValue& stage) {
    kit::Column column(context, {.gap = space::x2});
    kit::heading(context, 3, context.tr("ui.path.guidance"), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    kit::text(context, stage.guidance, {.wrap = true});
}

void RecordPage::draw_wide(Context& context, RecordRef record) {
    draw_top(context, record);
    kit::Columns columns(context, {1.7f, 1.0f}, {.gap = space::x4, .stack_below = 640});
    {
        kit::Column column(context, {.gap = space::x4});
        if (record.object == standard_object::opportunity) products_.draw(context, record, read_only_);
        draw_details(context, record);
    }
    columns.next();
    kit::Column column(context, {.gap = space::x4});
    timeline_.draw(context, record, read_only_);
    related_.draw(context, record, read_only_);
}

void RecordPage::draw_narrow(Context& context, RecordRef record) {
    draw_top(context, record);
    const kit::Tab tabs[] = {{context.tr("ui.record.details")}, {context.tr("ui.record.related")}, {context.tr("ui.record.activity")}};
    kit::tabs(context, "parts", context.tr("ui.record.parts"), tabs, tab_);
    if (tab_ == 0 && record.object == standard_object::opportunity) products_.draw(context, record, read_only_);
    if (tab_ == 0) draw_details(context, record);
    else if (tab_ == 1) related_.draw(context, record, read_only_);
    else timeline_.draw(context, record, read_only_);
}

void RecordPage::draw_details(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    kit::Card card(context, {.gap = space::x6, .role = Role::Region, .name = context.tr("ui.record.details")});
    const bool call = record.object == standard_object::task && context.records().value(record, task_field::type) == Value(std::string("Call"));
    const auto left_out = [&](FieldIndex field) {
        if (!context.is_phone() && layout_.facts.size() > 1 && std::ranges::find(layout_.facts, field) != layout_.facts.end()) return true;   // stands above
        return !call && is_call_field(object, field) && shown(context, record, field).text.empty();
    };
    for (const LayoutSection& section : layout_.sections) {
        if (std::ranges::all_of(section.fields, left_out)) continue;
        kit::IdScope scope(context, section.title);
        kit::Column column(context, {.gap = space::x3});
        kit::heading(context, 2, section.title, {.style = TextStyle::BodyStrong});
        kit::FormGrid grid(context, {.row_gap = space::x3});
        for (const FieldIndex index : section.fields) {
            if (left_out(index)) continue;
            const Field& field = object.field(index);
            if (takes_whole_line(field)) grid.full_width();
            draw_field(context, record, object, field);
        }
    }
}

void RecordPage::draw_field(Context& context, RecordRef record, const Object& object, const Field& field, std::string_view note) {
    if (edit_ && edit_->field == field.index && edit_place_ == place_) {
        draw_editor(context, record, object, field);
        return;
    }
    const bool address = has_parts(field);
    if (address && address_ && address_->field() == field.index) {
        if (!address_->draw(context, object)) address_.reset();
        return;
    }
    const std::string label = field_label(context.messages(), object, field);
    const FieldShown& value = shown(context, record, field.index);
    const bool editable = !read_only_ && (field.writable() || address) && value.note_tip.empty();
    if (field.type == FieldType::Checkbox && editable) {
        // Read it says yes or no as any other field; asked to edit, it turns to the other one at once.
        if (draw_read_field(context, field.name, label, value, true, false)) context.submit(UpdateRecord{record, {{field.index, Value(!value.checked)}}});
        return;
    }
    const bool wraps = takes_whole_line(field) || address || ((place_ == Place::Stage || context.is_phone()) && value.look != FieldLook::Badge);   // a stage's few, and on a phone all, are read whole
    const bool asked = draw_read_field(context, field.name, label, note.empty() ? value : with_note(value, note), editable, wraps);
    if (!asked) return;
    // How it repeats, and days without a time, take more than one field.
    const bool whole_days = record.object == standard_object::event && field.type == FieldType::DateTime && context.records().value(record, event_field::is_all_day) == Value(true);
    if (whole_days || is_recurrence(record.object, field.index)) return context.navigate(edit_address(context, record));
    begin_edit(context, record, object, field);
}

void RecordPage::begin_edit(Context& context, RecordRef record, const Object& object, const Field& field) {
    if (has_parts(field)) {
        address_.emplace(context, record, field);
        context.request_frame();
        return;
    }
    // What was typed in another field is kept, wherever the person goes next.
    if (edit_ && edit_->touched && object.has_field(edit_->field)) save(context, record, object, object.field(edit_->field));
    edit_ = make_record_draft(context, record, field);
    edit_place_ = place_;
    edit_begins_ = true;
    saving_ = false;
    context.request_frame();
}

void RecordPage::draw_editor(Context& context, RecordRef record, const Object& object, const Field& field) {
    const kit::Edited edited = draw_field_editor(context, object, field, *edit_, {.focus = std::exchange(edit_begins_, false)});
    if (edited.cancelled) edit_.reset();
    else if (edited.committed || (edited.changed && saves_when_changed(field))) save(context, record, object, field);
}

void RecordPage::save(Context& context, RecordRef record, const Object& object, const Field& field) {
    if (saving_) return;
    Result<Value> value = draft_value(context, object, field, *edit_);
    if (!value) {
        edit_->error = context.error_text(value.error());
        return;
    }
    if (*value == edit_->before) {
        edit_.reset();
        return;
    }
    saving_ = true;
    SubmitOptions options;
    options.silent_errors = true;
    context.submit(UpdateRecord{record, {{field.index, *std::move(value)}}},
                   [this, &context, index = field.index, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (alive.expired()) return;
        saving_ = false;
        const bool still_here = edit_ && edit_->field == index;
        if (!outcome && !still_here) context.toast(context.error_text(outcome.error()), Tone::Danger);
        if (!still_here) return;
        if (outcome) edit_.reset();
        else edit_->error = context.error_text(outcome.error());
    }, std::move(options));
}

}  // namespace outpost
