#include "ui/pages/conversion_settings_page.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/conversion/lead_mapping.h"
#include "core/edit/conversion_targets.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/save_dialog.h"

namespace outpost {
namespace {

namespace so = standard_object;

constexpr const char* as_usual = "*";   // no API name
constexpr const char* nowhere = "";

bool can_go_anywhere(const Field& field) {
    return !field.deleted && !field.hidden && field.writable() && field.column_kind() != ColumnKind::None && !field.name.empty() && field.index != system_field::owner &&
           field.index != lead_field::status && field.name.find("Converted") == std::string::npos;
}

// The field that is filled at present; null for none.
const Field* target_of(const Schema& schema, const Field& field, ObjectIndex object) {
    const Object& into = schema.object(object);
    if (const ConversionTarget* chosen = conversion_target(field, object)) return into.has_field(chosen->field) ? &into.field(chosen->field) : nullptr;
    const Field* usual = usual_conversion_target(schema, field, object);
    return usual && (usual->standard || can_convert_to(field, *usual)) ? usual : nullptr;
}

std::string target_words(Context& context, const Object& object, const Field& field) {
    return context.tr("ui.conversion.target", {object_label(context.messages(), object, false), field_label(context.messages(), object, field)});
}

class TargetDialog final : public SaveDialog {
public:
    TargetDialog(Context& context, FieldIndex field) : field_(field) {
        const Field& source = lead(context).field(field);
        name_ = field_label(context.messages(), lead(context), source);
        for (std::size_t i = 0; i < conversion_object_count; ++i) {
            const ConversionTarget* chosen = conversion_target(source, conversion_objects[i]);
            const Object& into = context.schema().object(conversion_objects[i]);
            chosen_[i] = !chosen ? as_usual : into.has_field(chosen->field) ? into.field(chosen->field).name : nowhere;
        }
    }

    std::string title(Context& context) override { return context.tr("ui.conversion.edit", {name_}); }

    void draw(Context& context) override {
        draw_error(context);
        kit::help_text(context, context.tr("ui.conversion.dialog_help"));
        const Field& source = lead(context).field(field_);
        for (std::size_t i = 0; i < conversion_object_count; ++i) {
            const Object& into = context.schema().object(conversion_objects[i]);
            kit::IdScope scope(context, i);
            const Field* usual = usual_conversion_target(context.schema(), source, into.index);
            const bool always = usual && usual->standard && usual->required;
            std::vector<kit::Choice> choices{{.value = as_usual, .label = usual ? context.tr("ui.conversion.usual", {field_label(context.messages(), into, *usual)}) : std::string(context.tr("ui.conversion.usual_none"))}};
            if (usual && !always) choices.push_back({.value = nowhere, .label = std::string(context.tr("ui.conversion.nowhere"))});
            for (const Field& field : into.fields)
                if (!field.hidden && &field != usual && can_convert_to(source, field)) choices.push_back({.value = field.name, .label = field_label(context.messages(), into, field)});
            kit::picklist(context, "target", object_label(context.messages(), into, false), choices, chosen_[i], {.field = {.help = always ? context.tr("ui.conversion.always") : std::string_view()}, .allow_none = false});
        }
    }

protected:
    void save(Context& context) override {
        UpdateField command{so::lead, field_, lead(context).field(field_)};
        command.definition.converts_to.clear();
        for (std::size_t i = 0; i < conversion_object_count; ++i) {
            if (chosen_[i] == as_usual) continue;
            const Field* into = context.schema().object(conversion_objects[i]).find_field(chosen_[i]);
            command.definition.converts_to.push_back({conversion_objects[i], into ? into->index : no_field});
        }
        submit(context, std::move(command), context.tr("ui.conversion.saved", {name_}));
    }

private:
    static const Object& lead(Context& context) { return context.schema().object(so::lead); }

    FieldIndex field_;
    std::array<std::string, conversion_object_count> chosen_;
};

}  // namespace

std::string ConversionSettingsPage::title(Context& context, const Route&) { return std::string(context.tr("ui.conversion.title")); }

std::unique_ptr<Dialog> ConversionSettingsPage::make_dialog(Context& context, std::string_view address) {
    constexpr std::string_view prefix = "field:";
    if (!address.starts_with(prefix)) return nullptr;
    const Field* field = context.schema().object(so::lead).find_field(address.substr(prefix.size()));
    return field && can_go_anywhere(*field) ? std::make_unique<TargetDialog>(context, field->index) : nullptr;
}

void ConversionSettingsPage::refresh(Context& context) {
    const std::string now = std::to_string(context.workspace().revision()) + std::to_string(static_cast<int>(context.messages().language()));
    if (now == seen_) return;
    seen_ = now;
    lines_.clear();
    const Object& lead = context.schema().object(so::lead);
    for (const Field& field : lead.fields) {
        if (!can_go_anywhere(field)) continue;
        std::string targets;
        for (const ObjectIndex object : conversion_objects)
            if (const Field* into = target_of(context.schema(), field, object)) {
                if (!targets.empty()) targets += context.tr("ui.list.separator");
                targets += target_words(context, context.schema().object(object), *into);
            }
        lines_.push_back({field.name, field_label(context.messages(), lead, field), std::move(targets), !field.standard, !field.converts_to.empty()});
    }
    if (context.messages().language() != Language::SimplifiedChinese) return;
    const auto given = std::ranges::find(lines_, "FirstName", &Line::name), family = std::ranges::find(lines_, "LastName", &Line::name);
    if (given < family && family != lines_.end()) std::iter_swap(given, family);   // as forms have them
}

void ConversionSettingsPage::draw(Context& context, const Route&) {
    refresh(context);
    kit::PageBody body(context, {.width_max = 760, .gap = space::x6});
    {
        const std::vector<kit::Crumb> crumbs{{std::string(context.tr("ui.settings.title")), routes::settings()}};
        kit::PageHeader header(context, context.tr("ui.conversion.title"), {.subtitle = context.tr("ui.conversion.subtitle"), .icon = Icon::Settings, .crumbs = crumbs, .divider = false});
    }
    kit::text_field(context, "filter", context.tr("ui.conversion.filter"), filter_, {.placeholder = context.tr("ui.conversion.filter"), .hide_label = true});
    draw_lines(context, true, context.tr("ui.conversion.own"));
    draw_lines(context, false, context.tr("ui.conversion.standard"));
}

void ConversionSettingsPage::draw_lines(Context& context, bool custom, std::string_view title) {
    kit::Card card(context, {.title = title, .gap = space::x1, .role = Role::Region, .name = title});
    bool any = false;
    const std::string wanted = fold_search(filter_);
    for (const Line& line : lines_) {
        if (line.is_custom != custom || (!wanted.empty() && fold_search(line.label).find(wanted) == std::string::npos)) continue;
        any = true;
        kit::IdScope scope(context, line.name);
        const std::string_view targets = line.targets.empty() ? context.tr("ui.conversion.nowhere") : std::string_view(line.targets);
        if (kit::list_item(context, "field", line.label, {.detail = targets, .right = line.is_changed ? context.tr("ui.conversion.changed") : std::string_view(), .opens = true}))
            context.open_dialog("field:" + line.name);
    }
    if (!any) kit::help_text(context, context.tr(custom && filter_.empty() ? "ui.conversion.own_none" : "ui.conversion.no_match"));
}

}  // namespace outpost
