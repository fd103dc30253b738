#include "ui/pages/duplicate_settings_page.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/matching/duplicates.h"
#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "core/objects/standard_values.h"
#include "ui/kit/kit.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/save_dialog.h"

namespace outpost {
namespace {

namespace so = standard_object;
namespace rule_field = duplicate_rule_field;

const Field& field_of(Context& context, FieldIndex field) { return context.schema().object(so::duplicate_rule).field(field); }

std::vector<std::string> values_of(const Records& records, RecordRef rule, FieldIndex field) {
    std::vector<std::string> values;
    const Value value = records.value(rule, field);
    if (const auto* list = std::get_if<std::string>(&value))
        for (const std::string_view part : split(*list, ';')) values.emplace_back(trim(part));
    return values;
}

std::vector<kit::Choice> choices_of(Context& context, const Field& field) {
    std::vector<kit::Choice> choices;
    for (const std::uint16_t code : field.codes_in_order(true))
        choices.push_back({.value = field.values[code - 1u].value, .label = value_label(context.messages(), field, field.values[code - 1u])});
    return choices;
}

// Chosen beside the comparisons that the standard rule knows; their values say that they are fields.
constexpr std::string_view field_prefix = "field:";

// A field by its API name, of the lead or, where it has none, the contact; of the account.
const Field* find_compared(Context& context, std::string_view name, bool accounts, ObjectIndex& of) {
    for (const ObjectIndex object : {accounts ? so::account : so::lead, accounts ? so::account : so::contact})
        if (const Field* field = context.schema().object(of = object).find_field(name)) return field;
    return nullptr;
}

std::string comparison_label(Context& context, const std::string& value, bool accounts) {
    if (!value.starts_with(field_prefix)) return value_label(context.messages(), field_of(context, rule_field::comparisons), value);
    const std::string_view name = std::string_view(value).substr(field_prefix.size());
    ObjectIndex of;
    const Field* field = find_compared(context, name, accounts, of);
    return field ? field_label(context.messages(), context.schema().object(of), *field) : std::string(name);
}

// Both kinds of what a rule compares.
std::vector<std::string> compared_of(const Records& records, RecordRef rule) {
    std::vector<std::string> values = values_of(records, rule, rule_field::comparisons);
    for (const std::string& name : values_of(records, rule, rule_field::compared_fields))
        if (!name.empty()) values.push_back(std::string(field_prefix) + name);
    return values;
}

// All fields of the object that are not compared by name anyway; of leads and contacts what only one has says so.
void add_fields(Context& context, bool accounts, std::vector<kit::Choice>& choices) {
    const std::size_t first = choices.size();
    for (const ObjectIndex index : {accounts ? so::account : so::lead, accounts ? so::account : so::contact}) {
        const Object& object = context.schema().object(index);
        DuplicateCandidate candidate;
        candidate.object = index;
        for (const Field& field : object.fields) {
            if (!can_compare(field) || field.name.empty() || text_of(candidate, field.index) || field.index == system_field::name) continue;
            const auto known = std::find_if(choices.begin() + static_cast<std::ptrdiff_t>(first), choices.end(), [&](const kit::Choice& choice) { return std::string_view(choice.value).substr(field_prefix.size()) == field.name; });
            if (known != choices.end()) known->detail.clear();
            else choices.push_back({.value = std::string(field_prefix) + field.name, .label = field_label(context.messages(), object, field), .detail = accounts ? std::string() : object_label(context.messages(), object, false)});
        }
    }
}

class RuleDialog final : public SaveDialog {
public:
    RuleDialog(Context& context, RecordRef rule) : rule_(rule) {
        if (!rule) return;
        const Records& records = context.records();
        name_ = records.display_name(rule);
        applies_to_ = records.value_text(rule, rule_field::applies_to);
        comparisons_ = compared_of(records, rule);
    }

    std::string title(Context& context) override { return std::string(context.tr(rule_ ? "ui.duplicate_rules.edit" : "ui.duplicate_rules.new")); }

    void draw(Context& context) override {
        draw_error(context);
        draw_name(context, context.tr("label.field.Name"));
        kit::picklist(context, "applies_to", context.tr("label.field.AppliesTo"), choices_of(context, field_of(context, rule_field::applies_to)), applies_to_, {.allow_none = false});
        std::vector<kit::Choice> choices = choices_of(context, field_of(context, rule_field::comparisons));
        if (applies_to_ == "Accounts") std::erase_if(choices, [](const kit::Choice& choice) { return standard_values::compares_people_only(choice.value); });
        add_fields(context, applies_to_ == "Accounts", choices);
        std::erase_if(comparisons_, [&](const std::string& value) { return std::ranges::find(choices, value, &kit::Choice::value) == choices.end(); });
        if (kit::multi_select(context, "comparisons", context.tr("ui.duplicate_rules.all_of"), choices, comparisons_, {.field = {.placeholder = context.tr("ui.import.no_target"), .help = context.tr("ui.duplicate_rules.all_of_help"), .error = missing_, .required = true}, .searchable = true}))
            missing_.clear();
    }

protected:
    void save(Context& context) override {
        missing_ = comparisons_.empty() ? context.tr("error.required_field", {context.tr("ui.duplicate_rules.all_of")}) : std::string();
        if (!check_name(context) || comparisons_.empty()) return;
        std::string list, chosen;
        for (const std::string& value : comparisons_) {
            const bool field = value.starts_with(field_prefix);
            std::string& to = field ? chosen : list;
            to += (to.empty() ? "" : ";") + (field ? value.substr(field_prefix.size()) : value);
        }
        std::vector<FieldValue> fields{{system_field::name, name_}, {rule_field::applies_to, applies_to_}, {rule_field::comparisons, std::move(list)}, {rule_field::compared_fields, std::move(chosen)}};
        std::string toast = context.tr("ui.duplicate_rules.saved", {name_});
        if (rule_) submit(context, UpdateRecord{rule_, std::move(fields)}, std::move(toast));
        else submit(context, CreateRecord{so::duplicate_rule, std::move(fields)}, std::move(toast));
    }

private:
    RecordRef rule_;
    std::string applies_to_ = "People", missing_;
    std::vector<std::string> comparisons_;
};

}  // namespace

std::string DuplicateSettingsPage::title(Context& context, const Route&) { return std::string(context.tr("ui.duplicate_rules.title")); }

std::unique_ptr<Dialog> DuplicateSettingsPage::make_dialog(Context& context, std::string_view address) {
    constexpr std::string_view prefix = "rule:";
    if (!address.starts_with(prefix)) return nullptr;
    address.remove_prefix(prefix.size());
    if (address == "new") return std::make_unique<RuleDialog>(context, RecordRef{});
    const std::optional<RecordId> id = parse_record_id(address);
    const std::optional<RecordRef> rule = id && id->object() == so::duplicate_rule ? context.records().find(*id) : std::nullopt;
    return rule ? std::make_unique<RuleDialog>(context, *rule) : nullptr;
}

void DuplicateSettingsPage::refresh(Context& context) {
    const std::string now = std::to_string(context.workspace().revision()) + std::to_string(static_cast<int>(context.messages().language()));
    if (now == seen_) return;
    seen_ = now;
    lines_.clear();
    const Records& records = context.records();
    const Table& table = records.table(so::duplicate_rule);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        if (!table.is_live(row)) continue;
        const RecordRef rule{so::duplicate_rule, row};
        std::string words;
        const bool accounts = records.value_text(rule, rule_field::applies_to) == "Accounts";
        for (const std::string& value : compared_of(records, rule)) {
            const std::string label = comparison_label(context, value, accounts);
            words = words.empty() ? label : context.tr("ui.duplicate_rules.and", {words, label});
        }
        lines_.push_back({row, to_text(records.id_of(rule)), records.display_name(rule),
                          value_label(context.messages(), field_of(context, rule_field::applies_to), records.value_text(rule, rule_field::applies_to)), std::move(words),
                          table.column(rule_field::is_active).flags()[row] != 0});
    }
}

void DuplicateSettingsPage::draw(Context& context, const Route&) {
    refresh(context);
    kit::PageBody body(context, {.width_max = 760, .gap = space::x6});
    {
        const std::vector<kit::Crumb> crumbs{{std::string(context.tr("ui.settings.title")), routes::settings()}};
        kit::PageHeader header(context, context.tr("ui.duplicate_rules.title"), {.subtitle = context.tr("ui.duplicate_rules.subtitle"), .icon = Icon::Merge, .crumbs = crumbs, .divider = false});
        if (!lines_.empty() && kit::compact_button(context, "new", Icon::Plus, context.tr("ui.duplicate_rules.new"), {.kind = kit::ButtonKind::Primary})) context.open_dialog("rule:new");
    }
    draw_standard_rule(context);
    draw_rules(context);
}

void DuplicateSettingsPage::draw_standard_rule(Context& context) {
    const RecordRef organization = first_live(context.records(), so::organization);
    if (!organization) return;
    kit::Card card(context, {.title = context.tr("ui.duplicate_rules.standard"), .gap = space::x3, .role = Role::Region, .name = context.tr("ui.duplicate_rules.standard")});
    bool applies = standard_duplicate_rule_applies(context.records());
    if (kit::switch_toggle(context, "standard", context.tr("ui.duplicate_rules.standard_on"), applies))
        context.submit(UpdateRecord{organization, {{organization_field::own_duplicate_rules_only, !applies}}}, {}, {.toast = std::string(context.tr("ui.settings.saved"))});
    kit::help_text(context, context.tr("ui.duplicate_rules.standard_help"));
    if (!applies && std::ranges::none_of(lines_, &Line::active)) kit::banner(context, "none", context.tr("ui.duplicate_rules.none_apply"), {.tone = Tone::Warning});
}

void DuplicateSettingsPage::draw_rules(Context& context) {
    kit::Card card(context, {.title = context.tr("ui.duplicate_rules.own"), .gap = space::x2, .role = Role::Region, .name = context.tr("ui.duplicate_rules.own")});
    if (lines_.empty()) {
        if (kit::empty_state(context, context.tr("ui.duplicate_rules.none"), {.icon = Icon::Merge, .text = context.tr("ui.duplicate_rules.none_text"), .action = context.tr("ui.duplicate_rules.new"), .action_icon = Icon::Plus}) == 1)
            context.open_dialog("rule:new");
        return;
    }
    kit::gap(context, space::x3);
    for (const Line& line : lines_) {
        if (&line != &lines_.front()) kit::divider(context);
        draw_rule(context, line);
    }
}

void DuplicateSettingsPage::draw_rule(Context& context, const Line& line) {
    kit::IdScope scope(context, line.row);
    const float room = kit::available(context).width - 120.0f;
    kit::Row row(context, {.gap = space::x3});
    {
        kit::Column words(context, {.gap = 2, .width = room});
        kit::text(context, line.name, {.style = TextStyle::BodyStrong, .ink = line.active ? kit::Ink::Normal : kit::Ink::Disabled});
        kit::text(context, line.comparisons, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
        kit::text(context, line.applies_to, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
    }
    row.spacer();
    bool active = line.active;
    if (kit::switch_toggle(context, "active", context.tr("ui.routing.active", {line.name}), active, {.hide_label = true}))
        context.submit(UpdateRecord{{so::duplicate_rule, line.row}, {{rule_field::is_active, active}}}, {}, {.toast = context.tr(active ? "ui.routing.activated" : "ui.routing.deactivated", {line.name})});
    if (!kit::menu_button(context, "more", Icon::More, context.tr("ui.routing.more", {line.name}))) return;
    if (kit::menu_item(context, "edit", context.tr("ui.record.edit"), {.icon = Icon::Edit})) context.open_dialog("rule:" + line.id);
    if (kit::menu_item(context, "delete", context.tr("ui.record.delete"), {.icon = Icon::Trash, .danger = true}))
        context.submit(DeleteRecords{so::duplicate_rule, {line.row}}, {}, {.toast = context.tr("ui.routing.deleted", {line.name})});
    kit::end_menu(context);
}

}  // namespace outpost
