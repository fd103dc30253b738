#include "ui/pages/stage_dialog.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/save_dialog.h"

namespace outpost {
namespace {

namespace so = standard_object;

const Field& forecast_field(Context& context) { return context.schema().object(so::opportunity).field(opportunity_field::forecast_category); }

std::string category_label(Context& context, ForecastCategory category) { return value_label(context.messages(), forecast_field(context), to_text(category)); }

std::vector<FieldIndex> fields_named(const Object& object, const std::vector<std::string>& names) {
    std::vector<FieldIndex> fields;
    for (const std::string& name : names)
        if (const Field* field = object.find_field(name)) fields.push_back(field->index);
    return fields;
}

std::vector<std::string> names_of(const Object& object, const std::vector<FieldIndex>& fields) {
    std::vector<std::string> names;
    for (const FieldIndex field : fields)
        if (object.has_field(field)) names.push_back(object.field(field).name);
    return names;
}

class StageDialog final : public SaveDialog {
public:
    StageDialog(Context& context, ObjectIndex object, std::uint16_t code) : object_(object), code_(code) {
        const Object& of = context.schema().object(object);
        const Field& field = of.field(of.board_field);
        PicklistValue value;
        if (code != 0) value = field.values[code - 1u];
        name_ = code == 0 ? std::string() : value_label(context.messages(), field, value);
        guidance_ = value.guidance;
        kind_ = value.won || value.converted ? "won" : value.closed ? "lost" : "open";
        category_ = std::string(to_text(value.forecast));
        probability_ = kit::NumberDraft::of(Decimal{value.probability, 0});
        active_ = value.active;
        key_fields_ = names_of(of, value.key_fields);
        required_ = names_of(of, value.required_fields);
        if (of.has_field(field.controller))
            for (const std::uint16_t valid : value.valid_for)
                if (valid != 0 && valid <= of.field(field.controller).values.size()) pipelines_.push_back(of.field(field.controller).values[valid - 1u].value);
    }

    std::string title(Context& context) override {
        if (code_ == 0) return std::string(context.tr(is_sale() ? "ui.stages.new" : "ui.stages.new_status"));
        return context.tr("ui.stages.edit", {name_});
    }

    void draw(Context& context) override {
        const Object& object = context.schema().object(object_);
        const Field& field = object.field(object.board_field);
        draw_error(context);
        {
            kit::FormGrid grid(context, {.column_min = 190});
            draw_name(context, context.tr("label.field.Name"));
            draw_kind(context);
            if (is_sale()) {
                kit::number_field(context, "probability", field_label(context.messages(), object, object.field(opportunity_field::probability)), probability_, 0, {.error = probability_error_, .suffix = "%"});
                draw_category(context);
            }
        }
        if (object.has_field(field.controller) && !object.field(field.controller).values.empty()) draw_pipelines(context, object.field(field.controller));
        kit::text_area(context, "guidance", context.tr("ui.path.guidance"), guidance_, {.help = context.tr("ui.stages.guidance_help"), .lines = 3});
        std::vector<kit::Choice> fields;
        for (const Field& each : object.fields)
            if (!each.deleted && !each.hidden && each.writable() && each.compound.empty() && each.column_kind() != ColumnKind::None && each.index != field.index)
                fields.push_back({each.name, field_label(context.messages(), object, each)});
        kit::multi_select(context, "key_fields", context.tr("ui.path.key_fields"), fields, key_fields_, {.field = {.help = context.tr("ui.stages.key_fields_help")}, .searchable = true});
        std::erase_if(fields, [&](const kit::Choice& choice) { return object.find_field(choice.value)->type == FieldType::Checkbox; });
        kit::multi_select(context, "required", context.tr("ui.stages.required"), fields, required_, {.field = {.help = context.tr("ui.stages.required_help")}, .searchable = true});
        if (code_ != 0) kit::switch_toggle(context, "active", context.tr("ui.stages.active"), active_, {.description = context.tr("ui.stages.active_help")});
    }

private:
    bool is_sale() const { return object_ == so::opportunity; }

    void draw_kind(Context& context) {
        const kit::Choice kinds[] = {{.value = "open", .label = std::string(context.tr("ui.stages.open"))},
                                     {.value = "won", .label = std::string(context.tr(is_sale() ? "ui.stages.won" : "ui.stages.converted"))},
                                     {.value = "lost", .label = std::string(context.tr(is_sale() ? "ui.stages.lost" : "ui.stages.closed"))}};
        if (!kit::picklist(context, "kind", context.tr("ui.stages.kind"), kinds, kind_, {.allow_none = false}) || !is_sale()) return;
        // What goes with it, as anybody would set it; still free to change.
        if (kind_ == "open") return;
        probability_ = kit::NumberDraft::of(Decimal{kind_ == "won" ? 100 : 0, 0});
        category_ = std::string(to_text(kind_ == "won" ? ForecastCategory::Closed : ForecastCategory::Omitted));
    }

    void draw_category(Context& context) {
        std::vector<kit::Choice> choices;
        for (const ForecastCategory each : {ForecastCategory::Pipeline, ForecastCategory::BestCase, ForecastCategory::Commit, ForecastCategory::Closed, ForecastCategory::Omitted})
            choices.push_back({.value = std::string(to_text(each)), .label = category_label(context, each)});
        kit::picklist(context, "category", field_label(context.messages(), context.schema().object(so::opportunity), forecast_field(context)), choices, category_, {.allow_none = false});
    }

    void draw_pipelines(Context& context, const Field& pipelines) {
        std::vector<kit::Choice> choices;
        for (const std::uint16_t code : pipelines.codes_in_order(true))
            choices.push_back({.value = pipelines.values[code - 1u].value, .label = value_label(context.messages(), pipelines, pipelines.values[code - 1u])});
        kit::multi_select(context, "pipelines", context.tr("ui.stages.pipelines"), choices, pipelines_, {.field = {.help = context.tr("ui.stages.pipelines_help")}});
    }

    void save(Context& context) override {
        const Object& object = context.schema().object(object_);
        Field field = object.field(object.board_field);
        if (!check_name(context, field, code_)) return;
        const std::int64_t percent = probability_.value ? probability_.value->units : 0;
        const bool good = probability_.valid && (!probability_.value || probability_.value->scale == 0) && percent >= 0 && percent <= 100;
        probability_error_ = good ? std::string() : std::string(context.tr("ui.stages.percent"));
        if (!good) return;
        const std::uint16_t code = name_value(context, field, code_);
        if (code_ == 0) insert_before_the_end(field, code);
        PicklistValue& value = field.values[code - 1u];
        value.won = kind_ == "won" && is_sale();
        value.converted = kind_ == "won" && !is_sale();
        value.closed = kind_ != "open";
        value.probability = static_cast<std::uint8_t>(percent);
        if (const auto category = parse_forecast_category(category_)) value.forecast = *category;
        value.active = active_;
        if (!active_) value.is_default = false;
        value.guidance = std::string(trim(guidance_));
        value.key_fields = fields_named(object, key_fields_);
        value.required_fields = fields_named(object, required_);
        value.valid_for.clear();
        if (object.has_field(field.controller))
            for (const std::string& pipeline : pipelines_) value.valid_for.push_back(object.field(field.controller).find_code(pipeline));
        const FieldIndex index = field.index;
        submit(context, UpdateField{object_, index, std::move(field)}, context.tr("ui.stages.saved", {name_}));
    }

    // A new stage stands before those that end the way.
    static void insert_before_the_end(Field& field, std::uint16_t code) {
        std::vector<std::uint16_t> order = field.codes_in_order(false);
        std::erase(order, code);
        const auto end = std::ranges::find_if(order, [&](std::uint16_t each) { return field.values[each - 1u].closed || field.values[each - 1u].converted; });
        order.insert(end, code);
        put_in_order(field, order);
    }

    ObjectIndex object_;
    std::uint16_t code_;
    std::string guidance_, kind_, category_, probability_error_;
    kit::NumberDraft probability_;
    std::vector<std::string> pipelines_, key_fields_, required_;
    bool active_ = true;
};

class PipelineDialog final : public SaveDialog {
public:
    PipelineDialog(Context& context, std::uint16_t code) : code_(code) {
        const Field& field = pipelines(context);
        first_ = field.values.empty();
        if (code != 0) {
            name_ = value_label(context.messages(), field, field.values[code - 1u]);
            is_default_ = field.values[code - 1u].is_default;
            active_ = field.values[code - 1u].active;
        }
        if (first_) present_ = std::string(context.tr("ui.stages.first_pipeline"));
    }

    std::string title(Context& context) override {
        return code_ == 0 ? std::string(context.tr("ui.stages.new_pipeline")) : context.tr("ui.stages.edit", {name_});
    }

    void draw(Context& context) override {
        draw_error(context);
        if (first_) {
            kit::help_text(context, context.tr("ui.stages.first_help"));
            if (kit::text_field(context, "present", context.tr("ui.stages.present"), present_, {.error = present_error_, .required = true})) present_error_.clear();
        }
        draw_name(context, context.tr(first_ ? "ui.stages.new_name" : "label.field.Name"));
        if (code_ == 0) draw_source(context);
        if (first_) return;
        if (!is_default_ || code_ == 0) kit::switch_toggle(context, "default", context.tr("ui.stages.default"), is_default_, {.description = context.tr("ui.stages.default_help")});
        if (code_ != 0 && !is_default_) kit::switch_toggle(context, "active", context.tr("ui.stages.active"), active_, {.description = context.tr("ui.stages.active_help")});
    }

private:
    // Whose stages a new one begins with copies of.
    void draw_source(Context& context) {
        std::vector<kit::Choice> choices;
        if (first_) choices.push_back({.value = "present", .label = present_});
        const Field& field = pipelines(context);
        for (const std::uint16_t code : field.codes_in_order(true)) choices.push_back({.value = field.values[code - 1u].value, .label = value_label(context.messages(), field, field.values[code - 1u])});
        kit::picklist(context, "source", context.tr("ui.stages.source"), choices, source_,
                      {.field = {.placeholder = context.tr("ui.stages.source_none"), .help = context.tr("ui.stages.source_help")}});
    }

    static const Field& pipelines(Context& context) { return context.schema().object(so::opportunity).field(opportunity_field::pipeline); }

    void save(Context& context) override {
        Field field = pipelines(context);
        present_ = std::string(trim(present_));
        if (first_) {
            if (present_.empty()) present_error_ = context.tr("error.required_field", {context.tr("ui.stages.present")});
            PicklistValue& present = field.values.emplace_back();
            present.value = present_;
            present.is_default = true;
        }
        if (!check_name(context, field, code_) || !present_error_.empty()) return;
        const std::string toast = context.tr("ui.stages.saved", {name_});
        if (!source_.empty()) return submit(context, CopyPipeline{first_ ? present_ : source_, name_, is_default_}, toast);
        const auto last = static_cast<std::uint16_t>(field.values.size());
        PicklistValue& value = field.values[name_value(context, field, code_) - 1u];
        if (code_ == 0) value.position = last;
        value.active = active_ || is_default_;
        if (is_default_)
            for (PicklistValue& each : field.values) each.is_default = false;
        value.is_default = is_default_;
        submit(context, UpdateField{so::opportunity, opportunity_field::pipeline, std::move(field)}, toast);
    }

    std::uint16_t code_;
    std::string present_, present_error_, source_;
    bool first_ = false, is_default_ = false, active_ = true;
};

}  // namespace

std::unique_ptr<Dialog> make_stage_dialog(Context& context, ObjectIndex object, std::uint16_t code) { return std::make_unique<StageDialog>(context, object, code); }
std::unique_ptr<Dialog> make_pipeline_dialog(Context& context, std::uint16_t code) { return std::make_unique<PipelineDialog>(context, code); }

void put_in_order(Field& field, const std::vector<std::uint16_t>& codes) {
    for (PicklistValue& value : field.values) value.position = static_cast<std::uint16_t>(codes.size());
    for (std::size_t at = 0; at < codes.size(); ++at) field.values[codes[at] - 1u].position = static_cast<std::uint16_t>(at);
}

std::string stage_words(Context& context, const Object& object, const PicklistValue& value) {
    if (object.index != so::opportunity)
        return value.converted ? std::string(context.tr("ui.stages.converted")) : value.closed ? std::string(context.tr("ui.stages.closed")) : std::string(context.tr("ui.stages.open"));
    return context.tr("ui.stages.words", {std::to_string(value.probability), category_label(context, value.forecast)});
}

}  // namespace outpost
