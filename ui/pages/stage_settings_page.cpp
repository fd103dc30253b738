#include "ui/pages/stage_settings_page.h"

#include <algorithm>
#include <charconv>

#include "core/objects/labels.h"
#include "core/objects/record_reading.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/stage_dialog.h"

namespace outpost {
namespace {

ObjectIndex object_of(const Route& route) { return route.parameter("object") == "Lead" ? standard_object::lead : standard_object::opportunity; }

std::string joined(Context& context, const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) {
        if (!out.empty()) out += context.tr("ui.list.separator");
        out += word;
    }
    return out;
}

}  // namespace

std::string StageSettingsPage::title(Context& context, const Route&) { return std::string(context.tr("ui.stages.title")); }

void StageSettingsPage::draw(Context& context, const Route& route) {
    kit::PageBody body(context, {.width_max = 760, .gap = space::x6});
    const ObjectIndex index = object_of(route);
    const std::vector<kit::Crumb> crumbs{{std::string(context.tr("ui.settings.title")), routes::settings()}};
    {
        kit::PageHeader header(context, context.tr("ui.stages.title"), {.icon = Icon::Settings, .crumbs = crumbs, .divider = false});
        int shown = index == standard_object::lead ? 1 : 0;
        if (kit::segmented(context, "object", context.tr("ui.stages.of"), {{context.tr("label.Opportunity.plural")}, {context.tr("label.Lead.plural")}}, shown))
            context.set_parameter("object", shown == 1 ? "Lead" : "");
    }
    const Object& object = context.schema().object(index);
    if (index == standard_object::opportunity) draw_pipelines(context, object, object.field(opportunity_field::pipeline));
    draw_stages(context, object, object.field(object.board_field));
    if (index == standard_object::opportunity) draw_marks(context);
}

// From which amount an opportunity is big, and after how long it is stalled.
void StageSettingsPage::draw_marks(Context& context) {
    const Records& records = context.records();
    const RecordRef organization = first_live(records, standard_object::organization);
    if (!organization) return;
    const auto draft_of = [&](FieldIndex field) {
        const Value value = records.value(organization, field);
        const auto* number = std::get_if<Decimal>(&value);
        return number ? kit::NumberDraft::of(*number) : kit::NumberDraft();
    };
    if (marks_revision_ != context.workspace().revision()) {
        marks_revision_ = context.workspace().revision();
        big_ = draft_of(organization_field::big_opportunity_amount);
        stalled_days_ = draft_of(organization_field::stalled_after_days);
    }
    const auto save = [&](FieldIndex field, const kit::NumberDraft& draft, std::string& error) {
        if (!draft.valid) return;
        context.submit(UpdateRecord{organization, {{field, draft.value ? Value(*draft.value) : Value()}}},
                       [&context, &error, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
                           if (!alive.expired()) error = outcome ? std::string() : context.error_text(outcome.error());
                       },
                       {.toast = std::string(context.tr("ui.settings.saved")), .silent_errors = true});
    };
    kit::Card card(context, {.title = context.tr("ui.stages.marks")});
    kit::FormGrid grid(context);
    if (kit::money_field(context, "big", context.tr("ui.stages.big"), big_, context.workspace().currency(), {.help = context.tr("ui.stages.big_help"), .error = big_error_}).committed)
        save(organization_field::big_opportunity_amount, big_, big_error_);
    if (kit::number_field(context, "stalled", context.tr("ui.stages.stalled_days"), stalled_days_, 0, {.placeholder = "30", .help = context.tr("ui.stages.stalled_help"), .error = days_error_}).committed)
        save(organization_field::stalled_after_days, stalled_days_, days_error_);
}

void StageSettingsPage::draw_pipelines(Context& context, const Object& object, const Field& pipelines) {
    kit::Card card(context, {.role = Role::Region, .name = context.tr("ui.stages.pipelines")});
    {
        kit::SectionHeader header(context, context.tr("ui.stages.pipelines"));
        if (kit::button(context, "new_pipeline", context.tr("ui.stages.new_pipeline"), {.icon = Icon::Plus, .small = true})) context.open_dialog("pipeline:0");
    }
    const std::vector<std::uint16_t> codes = pipelines.codes_in_order(false);
    kit::help_text(context, context.tr(codes.empty() ? "ui.stages.one_pipeline" : "ui.stages.pipelines_text"));
    if (codes.empty()) return;
    const Field& stages = object.field(object.board_field);
    kit::Group list(context, Role::List, context.tr("ui.stages.pipelines"));
    for (const std::uint16_t code : codes) {
        const PicklistValue& value = pipelines.values[code - 1u];
        const auto count = std::ranges::count_if(stages.values, [&](const PicklistValue& stage) {
            return stage.active && (stage.valid_for.empty() || std::ranges::find(stage.valid_for, code) != stage.valid_for.end());
        });
        const std::string detail = context.count_text("ui.stages.count", static_cast<std::uint64_t>(count));
        const std::string right(context.tr(value.is_default ? "ui.stages.default" : value.active ? "ui.stages.open_mark" : "ui.stages.inactive"));
        if (kit::list_item(context, value.value, value_label(context.messages(), pipelines, value), {.detail = detail, .right = right, .icon = Icon::Board}))
            context.open_dialog("pipeline:" + std::to_string(code));
    }
}

void StageSettingsPage::draw_stages(Context& context, const Object& object, const Field& stages) {
    const bool sale = object.index == standard_object::opportunity;
    const std::string_view title = context.tr(sale ? "ui.stages.stages" : "ui.stages.statuses");
    kit::Card card(context, {.role = Role::Region, .name = title});
    {
        kit::SectionHeader header(context, title);
        if (kit::button(context, "new_stage", context.tr(sale ? "ui.stages.new" : "ui.stages.new_status"), {.icon = Icon::Plus, .small = true})) context.open_dialog("stage:0");
    }
    kit::help_text(context, context.tr("ui.stages.text"));
    const std::vector<std::uint16_t> order = stages.codes_in_order(false);
    kit::Group list(context, Role::List, title);
    for (std::size_t at = 0; at < order.size(); ++at) draw_stage(context, object, stages, order, at);
}

void StageSettingsPage::draw_stage(Context& context, const Object& object, const Field& stages, const std::vector<std::uint16_t>& order, std::size_t at) {
    const std::uint16_t code = order[at];
    const PicklistValue& value = stages.values[code - 1u];
    kit::IdScope scope(context, code);
    const std::string label = value_label(context.messages(), stages, value);
    std::vector<std::string> words{stage_words(context, object, value)};
    if (!value.active) words.emplace_back(context.tr("ui.stages.inactive"));
    if (object.has_field(stages.controller))
        for (const std::uint16_t valid : value.valid_for)
            if (const Field& pipelines = object.field(stages.controller); valid != 0 && valid <= pipelines.values.size())
                words.push_back(value_label(context.messages(), pipelines, pipelines.values[valid - 1u]));
    if (!value.required_fields.empty()) words.push_back(context.count_text("ui.stages.asks_for", value.required_fields.size()));
    kit::Group item(context, Role::ListItem, label);
    const kit::TextOptions quiet{.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = context.is_phone()};
    const float room = kit::available(context).width - 168;   // for three buttons
    kit::Row row(context, {.gap = space::x2});
    if (context.is_phone()) {   // one below the other
        kit::Column column(context, {.gap = 2, .width = room});
        {
            kit::Row name(context, {.gap = space::x2});
            kit::fill(context, kit::take(context, 10, 20).centered(10, 10), color_of_value(context.theme, value), radius::pill);
            kit::text(context, label, {.style = TextStyle::BodyStrong, .wrap = true});
        }
        kit::text(context, joined(context, words), quiet);
    } else {
        if (value.color != 0) kit::badge_color(context, label, value.color);
        else kit::badge(context, label, tone_of_value(value));
        kit::text(context, joined(context, words), quiet);
    }
    row.spacer();
    const auto move = [&](std::size_t to) {
        std::vector<std::uint16_t> changed = order;
        std::swap(changed[at], changed[to]);
        Field field = stages;
        put_in_order(field, changed);
        context.submit(UpdateField{object.index, field.index, field}, {}, {.toast = context.tr("ui.stages.moved", {label})});
    };
    if (kit::icon_button(context, "up", Icon::ChevronUp, context.tr("ui.stages.up", {label}), {.kind = kit::ButtonKind::Ghost, .disabled = at == 0})) move(at - 1);
    if (kit::icon_button(context, "down", Icon::ChevronDown, context.tr("ui.stages.down", {label}), {.kind = kit::ButtonKind::Ghost, .disabled = at + 1 == order.size()})) move(at + 1);
    if (kit::icon_button(context, "edit", Icon::Edit, context.tr("ui.stages.edit", {label}))) context.open_dialog("stage:" + std::to_string(code));
}

std::unique_ptr<Dialog> StageSettingsPage::make_dialog(Context& context, std::string_view address) {
    const std::size_t colon = address.find(':');
    if (colon == std::string_view::npos) return nullptr;
    const std::string_view kind = address.substr(0, colon), number = address.substr(colon + 1);
    std::uint16_t code = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), code).ec != std::errc()) return nullptr;
    const Object& object = context.schema().object(kind == "pipeline" ? standard_object::opportunity : object_of(context.route()));
    const Field& field = object.field(kind == "pipeline" ? opportunity_field::pipeline : object.board_field);
    if (code > field.values.size()) return nullptr;
    if (kind == "pipeline") return make_pipeline_dialog(context, code);
    return kind == "stage" ? make_stage_dialog(context, object.index, code) : nullptr;
}

}  // namespace outpost
