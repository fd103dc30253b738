#include "ui/pages/convert_dialog.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "core/base/text.h"
#include "core/conversion/lead_mapping.h"
#include "core/edit/picklist_rules.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/pipeline/account_sales.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"

namespace outpost {

namespace {

constexpr std::size_t offered_max = 20;
constexpr int certain_score = 90;

// That a contact or opportunity belongs to.
RecordRef account_of(const Records& records, RecordRef record) {
    if (!record || record.object == standard_object::account) return {};
    const Value value = records.value(record, record.object == standard_object::contact ? contact_field::account : opportunity_field::account);
    const auto* account = std::get_if<RecordRef>(&value);
    return account ? *account : RecordRef{};
}

// Required fields of a new record that neither the lead nor the dialog's own fields fill.
std::vector<FieldDraft> asked_fields(Context& context, RecordRef lead, ObjectIndex index) {
    const Object& object = context.schema().object(index);
    const std::vector<MappedField> mapped = mapped_fields(context.records(), lead, index, {});
    std::vector<FieldDraft> asked;
    for (const Field& field : object.fields) {
        const bool is_usual = field.index == object.name_field || (index == standard_object::contact && (field.index == contact_field::last_name || field.index == contact_field::account)) ||
                              (index == standard_object::opportunity && (field.index == opportunity_field::account || field.index == opportunity_field::amount ||
                                                                         field.index == opportunity_field::close_date || field.index == opportunity_field::stage));
        const bool is_filled = is_usual || has_default(field) || dependent_picklist(object, field) || std::ranges::contains(mapped, field.index, &MappedField::destination);
        if (!field.deleted && field.required && field.writable() && field.type != FieldType::Checkbox && !is_filled) asked.push_back(make_draft(context, field, {}));
    }
    return asked;
}

}  // namespace

ConvertDialog::ConvertDialog(Context& context, RecordRef lead) : lead_(lead) {
    const Records& records = context.records();
    lead_name_ = records.display_name(lead);
    lead_company_ = std::string(records.text(lead, lead_field::company));
    account_.suggestions = suggest_accounts(records, lead, 4);
    contact_.suggestions = suggest_contacts(records, lead, 4);
    choose_best(context, account_);
    choose_best(context, contact_);
    take_account(context);
    account_asked_ = asked_fields(context, lead, standard_object::account);
    contact_asked_ = asked_fields(context, lead, standard_object::contact);
    opportunity_asked_ = asked_fields(context, lead, standard_object::opportunity);
    opportunity_name_ = lead_company_.empty() ? lead_name_ : lead_company_;
    const Days today = context.today();
    close_date_ = kit::DateDraft::of(period_range(Period::FiscalQuarter, today, 0, 0, context.workspace().fiscal_start_month()).end - 1);
    const Field& status = context.schema().object(standard_object::lead).field(lead_field::status);
    for (const std::uint16_t code : status.codes_in_order(true))
        if (status.values[code - 1u].converted) {
            status_ = status.values[code - 1u].value;
            break;
        }
    const Value owner = records.value(lead, system_field::owner);
    const auto* held = std::get_if<RecordRef>(&owner);
    if (held) {
        const RecordRef user = held->object == standard_object::user ? *held : context.workspace().current_user();
        owner_ = to_text(records.id_of(user));
        owner_label_ = records.display_name(user);
    }
}

RecordRef ConvertDialog::chosen(const Records& records, const Target& target) { return target.choice == 1 ? record_of_choice(records, target.existing) : RecordRef{}; }

void ConvertDialog::choose(Context& context, Target& target, RecordRef record) {
    const kit::Choice known = lookup_choice(context, record);
    target.choice = 1;
    target.existing = known.value;
    target.existing_label = known.label;
}

// The first that is as good as certain and doesn't belong to another account than the one chosen already.
void ConvertDialog::choose_best(Context& context, Target& target) {
    const RecordRef account = chosen(context.records(), account_);
    for (const MatchSuggestion& suggestion : target.suggestions) {
        const RecordRef own = account_of(context.records(), suggestion.record);
        if (suggestion.score >= certain_score && (!own || !account || own == account)) return choose(context, target, suggestion.record);
    }
}

// An existing contact or opportunity brings its account along, in sight: what is shown is what is done.
void ConvertDialog::take_account(Context& context) {
    const Records& records = context.records();
    for (const Target* target : {&contact_, &opportunity_}) {
        const RecordRef own = account_of(records, chosen(records, *target));
        if (!own || chosen(records, account_) || !records.table(own.object).is_live(own.row)) continue;
        choose(context, account_, own);
        context.request_frame();
    }
}

std::string ConvertDialog::title(Context& context) {
    return result_.empty() ? context.tr("ui.convert.title", {lead_name_}) : context.tr("ui.convert.done_title", {lead_name_});
}

void ConvertDialog::draw(Context& context) {
    if (!result_.empty()) return draw_result(context);
    if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
    needs_.clear();
    draw_account(context);
    draw_contact(context);
    draw_opportunity(context);
    take_account(context);
    draw_status(context);
    draw_follow_up(context);
    kit::switch_toggle(context, "mapping", context.tr("ui.convert.mapping"), shows_mapping_);
}

// Of a field that must not be empty: it says so once a person tried to convert without it, and the first such one takes the focus.
kit::FieldOptions ConvertDialog::required(Context& context, std::string_view label, bool is_missing) {
    if (!checks_ || !is_missing) return {.required = true};
    needs_.push_back(context.tr("error.required_field", {label}));
    return {.error = needs_.back(), .required = true, .focus = std::exchange(focuses_, false), .reveal = true};
}

// What the record takes over from the lead, field by field.
void ConvertDialog::draw_mapping(Context& context, ObjectIndex object, RecordRef existing) {
    if (!shows_mapping_) return;
    const Object& lead = context.schema().object(standard_object::lead);
    const Object& target = context.schema().object(object);
    const std::vector<MappedField> fields = mapped_fields(context.records(), lead_, object, existing);
    if (fields.empty()) {
        kit::help_text(context, context.tr("ui.convert.mapping_none"));
        return;
    }
    kit::IdScope of_object(context, target.name);   // fields of two objects have the same numbers
    kit::FormGrid grid(context, {.column_min = 170, .columns_max = 3, .row_gap = space::x2});
    for (const MappedField& field : fields) {
        kit::IdScope scope(context, number(field.destination));
        FieldShown shown = show_field(context, lead_, lead.field(field.source));
        shown.link.clear();
        draw_read_field(context, "mapped", field_label(context.messages(), target, target.field(field.destination)), shown, false, false);
    }
}

void ConvertDialog::draw_follow_up(Context& context) {
    const Object& task = context.schema().object(standard_object::task);
    const bool turned = kit::checkbox(context, "follow_up", context.tr("ui.convert.follow_up"), follows_up_);
    if (!follows_up_) return;
    kit::FormGrid grid(context);
    const std::string label = field_label(context.messages(), task, task.field(task_field::subject));
    kit::FieldOptions subject = required(context, label, trim(task_).empty());
    if (turned) subject.focus = subject.reveal = true;   // it may lie below what is in sight
    kit::text_field(context, "task", label, task_, subject);
    kit::date_field(context, "task_due", field_label(context.messages(), task, task.field(task_field::activity_date)), task_due_, {});
}

// Those of the chosen account that are still open: a second one for the same sale is rarely meant.
std::vector<RecordRef> ConvertDialog::open_opportunities(Context& context) const {
    const Records& records = context.records();
    return outpost::open_opportunities(records, chosen(records, account_));
}

void ConvertDialog::draw_account(Context& context) {
    kit::Card card(context, {.title = object_label(context.messages(), context.schema().object(standard_object::account), false)});
    const Records& records = context.records();
    const RecordRef before = chosen(records, account_);
    draw_target(context, "account", standard_object::account, account_,
                lead_company_.empty() ? std::string(context.tr("ui.convert.no_company")) : context.tr("ui.convert.new", {lead_company_}));
    if (account_.choice == 1) kit::help_text(context, context.tr("ui.convert.only_empty"));
    const RecordRef account = chosen(records, account_);
    // What belongs to another account than the one that was chosen just now gives way to a new one.
    for (Target* target : {&contact_, &opportunity_}) {
        const RecordRef own = account_of(records, chosen(records, *target));
        if (account != before && own && own != account) *target = {.suggestions = std::move(target->suggestions)};
    }
    if (account_.choice == 0) draw_asked(context, standard_object::account, account_asked_);
    draw_mapping(context, standard_object::account, account);
}

void ConvertDialog::draw_contact(Context& context) {
    kit::Card card(context, {.title = object_label(context.messages(), context.schema().object(standard_object::contact), false)});
    draw_target(context, "contact", standard_object::contact, contact_, context.tr("ui.convert.new", {lead_name_}));
    if (contact_.choice == 0) draw_asked(context, standard_object::contact, contact_asked_);
    draw_mapping(context, standard_object::contact, chosen(context.records(), contact_));
}

void ConvertDialog::draw_target(Context& context, std::string_view key, ObjectIndex object, Target& target, std::string_view new_label) {
    kit::IdScope scope(context, key);
    const std::string label = object_label(context.messages(), context.schema().object(object), false);
    const kit::RadioChoice choices[] = {{.label = new_label}, {.label = context.tr("ui.convert.existing")}};
    kit::radio_group(context, "choice", label, choices, target.choice, true);
    if (target.choice == 0) return;
    const auto search = [&](std::string_view typed) {
        if (!typed.empty() || target.suggestions.empty()) return lookup_choices(context, object, typed);
        std::vector<kit::Choice> suggested;
        for (const MatchSuggestion& suggestion : target.suggestions) {
            kit::Choice choice = lookup_choice(context, suggestion.record);
            choice.detail = reasons_text(context, suggestion);
            suggested.push_back(std::move(choice));
        }
        return suggested;
    };
    const std::string which = context.tr("ui.convert.which", {label});
    const kit::LookupEdited edited = kit::lookup_field(context, "existing", which, target.existing, search,
                                                       {.field = required(context, which, target.existing.empty()), .shown = target.existing_label, .allow_none = false});
    if (edited.changed) target.existing_label = edited.chosen_label;
    for (const MatchSuggestion& suggestion : target.suggestions)
        if (to_text(context.records().id_of(suggestion.record)) == target.existing)
            kit::help_text(context, context.tr("ui.convert.matches", {reasons_text(context, suggestion)}));
}

void ConvertDialog::draw_opportunity(Context& context) {
    const Object& object = context.schema().object(standard_object::opportunity);
    const std::string label = object_label(context.messages(), object, false);
    kit::Card card(context, {.title = label});
    const kit::RadioChoice choices[] = {{.label = context.tr("ui.convert.new_opportunity")},
                                        {.label = context.tr("ui.convert.existing")},
                                        {.label = context.tr("ui.convert.no_opportunity")}};
    kit::radio_group(context, "opportunity", label, choices, opportunity_.choice, true);
    const std::vector<RecordRef> open = open_opportunities(context);
    if (opportunity_.choice == 0 && !open.empty()) kit::help_text(context, context.count_text("ui.convert.open_opportunities", open.size()));
    if (opportunity_.choice == 0) {
        kit::FormGrid grid(context);
        grid.full_width();
        const std::string name = field_label(context.messages(), object, object.field(system_field::name)), close = field_label(context.messages(), object, object.field(opportunity_field::close_date));
        kit::FieldOptions named = required(context, name, trim(opportunity_name_).empty());
        if (error_field_ == "Name" && named.error.empty()) named.error = error_;
        kit::text_field(context, "name", name, opportunity_name_, named);
        kit::money_field(context, "amount", field_label(context.messages(), object, object.field(opportunity_field::amount)), amount_,
                         context.workspace().currency());
        kit::date_field(context, "close", close, close_date_, required(context, close, close_date_.valid && !close_date_.value));
    } else if (opportunity_.choice == 1) {
        const std::string which = context.tr("ui.convert.which", {label});
        const kit::LookupEdited edited = kit::lookup_field(
            context, "existing_opportunity", which, opportunity_.existing,
            [&](std::string_view typed) {
                std::vector<kit::Choice> choices;
                if (!typed.empty() || open.empty()) {
                    choices = lookup_choices(context, standard_object::opportunity, typed);
                    for (kit::Choice& choice : choices)
                        if (const RecordRef record = record_of_choice(context.records(), choice.value); std::ranges::find(open, record) != open.end()) choice = opportunity_choice(context, record);
                    return choices;
                }
                for (const RecordRef record : open | std::views::take(offered_max)) choices.push_back(opportunity_choice(context, record));
                return choices;
            },
            {.field = required(context, which, opportunity_.existing.empty()), .shown = opportunity_.existing_label, .allow_none = false});
        if (edited.changed) opportunity_.existing_label = edited.chosen_label;
    }
    if (opportunity_.choice == 0) draw_asked(context, standard_object::opportunity, opportunity_asked_);
    if (opportunity_.choice != 2) draw_mapping(context, standard_object::opportunity, chosen(context.records(), opportunity_));
}

void ConvertDialog::draw_asked(Context& context, ObjectIndex index, std::vector<FieldDraft>& asked) {
    if (asked.empty()) return;
    const Object& object = context.schema().object(index);
    kit::IdScope of_object(context, object.name);
    kit::FormGrid grid(context);
    for (FieldDraft& draft : asked)
        if (object.has_field(draft.field)) draw_field_editor(context, object, object.field(draft.field), draft);
}

void ConvertDialog::take_asked(Context& context, ObjectIndex index, std::vector<FieldDraft>& asked, std::vector<FieldValue>& fields, std::string& faulty) {
    const Object& object = context.schema().object(index);
    for (FieldDraft& draft : asked) {
        if (!object.has_field(draft.field)) continue;
        const Field& field = object.field(draft.field);
        const std::string label = field_label(context.messages(), object, field);
        Result<Value> value = draft_value(context, object, field, draft);
        draft.error = !value ? context.error_text(value.error()) : is_null(*value) ? std::string(context.tr("error.required_field", {label})) : std::string();
        if (draft.error.empty()) fields.push_back({draft.field, *std::move(value)});
        else faulty += (faulty.empty() ? "" : ", ") + label;
    }
}

void ConvertDialog::draw_status(Context& context) {
    const Object& object = context.schema().object(standard_object::lead);
    const Field& status = object.field(lead_field::status);
    std::vector<kit::Choice> choices;
    for (const std::uint16_t code : status.codes_in_order(true)) {
        const PicklistValue& value = status.values[code - 1u];
        if (value.converted) choices.push_back({.value = value.value, .label = value_label(context.messages(), status, value)});
    }
    kit::FormGrid grid(context);
    kit::picklist(context, "status", context.tr("ui.convert.status"), choices, status_, {.field = {.required = true}, .allow_none = false});
    const kit::LookupEdited edited = kit::lookup_field(
        context, "owner", context.tr("ui.convert.owner"), owner_,
        [&](std::string_view typed) { return lookup_choices(context, standard_object::user, typed); },
        {.shown = owner_label_, .allow_none = false});
    if (edited.changed) owner_label_ = edited.chosen_label;
}

void ConvertDialog::draw_footer(Context& context) {
    if (!result_.empty()) {
        if (kit::button(context, "undo", context.tr("ui.convert.undo"), {.icon = Icon::Undo, .shortcut = "Ctrl+Z"})) {
            context.submit(Undo{sequence_}, {}, {.toast = std::string(context.tr("ui.convert.undone")), .offer_undo = false});
            close();
        }
        if (kit::button(context, "close", context.tr("ui.convert.close"), {.kind = kit::ButtonKind::Primary})) close();
        return;
    }
    if (kit::button(context, "cancel", context.tr("ui.convert.cancel"))) close();
    if (kit::button(context, "convert", context.tr("ui.convert.convert"),
                    {.kind = kit::ButtonKind::Primary, .icon = Icon::Convert, .busy = working_, .shortcut = "Ctrl+Enter"}))
        convert(context);
}

void ConvertDialog::convert(Context& context) {
    const Records& records = context.records();
    ConvertLead command;
    command.lead = lead_;
    command.status = status_;
    error_.clear();
    error_field_.clear();
    command.account = chosen(records, account_);
    command.contact = chosen(records, contact_);
    std::string faulty;
    const auto check = [&](bool is_good, const std::string& label) {
        if (!is_good) faulty += (faulty.empty() ? "" : ", ") + label;
    };
    const auto label_of = [&](ObjectIndex index, FieldIndex field) { return field_label(context.messages(), context.schema().object(index), context.schema().object(index).field(field)); };
    const auto which = [&](ObjectIndex index) { return context.tr("ui.convert.which", {object_label(context.messages(), context.schema().object(index), false)}); };
    check(account_.choice == 0 || command.account, which(standard_object::account));
    check(contact_.choice == 0 || command.contact, which(standard_object::contact));
    if (account_.choice == 0) take_asked(context, standard_object::account, account_asked_, command.account_fields, faulty);
    if (contact_.choice == 0) take_asked(context, standard_object::contact, contact_asked_, command.contact_fields, faulty);
    command.owner = record_of_choice(records, owner_);
    if (opportunity_.choice == 2) {
        command.opportunity_choice = ConvertLead::OpportunityChoice::None;
    } else if (opportunity_.choice == 1) {
        command.opportunity_choice = ConvertLead::OpportunityChoice::Existing;
        command.opportunity = chosen(records, opportunity_);
        check(bool(command.opportunity), which(standard_object::opportunity));
    } else {
        check(!trim(opportunity_name_).empty(), label_of(standard_object::opportunity, system_field::name));
        check(amount_.valid, label_of(standard_object::opportunity, opportunity_field::amount));
        check(close_date_.valid && close_date_.value, label_of(standard_object::opportunity, opportunity_field::close_date));
        take_asked(context, standard_object::opportunity, opportunity_asked_, command.opportunity_fields, faulty);
        command.opportunity_fields.push_back({system_field::name, opportunity_name_});
        if (amount_.value) command.opportunity_fields.push_back({opportunity_field::amount, *amount_.value});
        if (close_date_.value) command.opportunity_fields.push_back({opportunity_field::close_date, DateValue{*close_date_.value}});
    }
    if (follows_up_) {
        check(!trim(task_).empty(), label_of(standard_object::task, task_field::subject));
        check(task_due_.valid, label_of(standard_object::task, task_field::activity_date));
        command.task_fields.push_back({task_field::subject, std::string(trim(task_))});
        if (task_due_.value) command.task_fields.push_back({task_field::activity_date, DateValue{*task_due_.value}});
    }
    checks_ = focuses_ = !faulty.empty();
    if (checks_) {
        error_ = context.tr("ui.form.check_fields", {faulty});
        return context.request_frame();
    }
    working_ = true;
    context.submit(std::move(command),
                   [this, &context](const Result<CommandOutcome>& outcome) {
                       working_ = false;
                       if (outcome) {
                           result_ = outcome->created;
                           sequence_ = outcome->sequence;
                       } else {
                           error_ = context.error_text(outcome.error());
                           error_field_ = outcome.error().field;
                       }
                   },
                   {.silent_errors = true});
}

// After the conversion: the three records, each a link.
void ConvertDialog::draw_result(Context& context) {
    kit::text(context, context.tr("ui.convert.done_text"), {.ink = kit::Ink::Secondary, .wrap = true});
    for (const RecordRef record : result_) {
        if (!record) continue;
        const Object& object = context.schema().object(record.object);
        const std::string address = routes::record(context.records().id_of(record));
        kit::IdScope scope(context, std::uint64_t{number(record.object)});
        if (kit::list_item(context, "record", context.records().display_name(record),
                           {.detail = object_label(context.messages(), object, false), .address = address,
                            .icon = icon_of_object(object.name, object.icon)}))
            close();
    }
}

std::string ConvertDialog::reasons_text(Context& context, const MatchSuggestion& suggestion) const {
    static constexpr std::string_view keys[] = {"ui.convert.reason.same_name", "ui.convert.reason.similar_name", "ui.convert.reason.same_email",
                                                "ui.convert.reason.same_domain", "ui.convert.reason.same_phone", "ui.convert.reason.same_website"};
    std::string text;
    for (const MatchReason reason : suggestion.reasons) {
        if (!text.empty()) text += " · ";
        text += context.tr(keys[static_cast<std::size_t>(reason)]);
    }
    return text;
}

}  // namespace outpost
