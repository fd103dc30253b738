#include "ui/pages/card_style.h"

#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "ui/kit/kit.h"

namespace outpost {
namespace {

constexpr float comfortable_height = 92, compact_height = 60, line_height = 18;

std::string setting_key(const Object& object) { return "board." + object.name + ".card"; }

bool can_stand_on_a_card(const Object& object, const Field& field) {
    return !field.deleted && !field.hidden && !field.name.empty() && field.compound.empty() && field.index != object.name_field &&
           (field.column_kind() != ColumnKind::None || field.type == FieldType::Formula) && field.type != FieldType::Id;
}

class CardStyleDialog final : public Dialog {
public:
    CardStyleDialog(Context& context, const Object& object) : object_(object.index) {
        const CardStyle style = card_style_of(context, object);
        compact_ = style.compact;
        for (const FieldIndex field : style.fields) fields_.push_back(object.field(field).name);
    }

    std::string title(Context& context) override { return std::string(context.tr("ui.card.title")); }

    void draw(Context& context) override {
        const Object& object = context.schema().object(object_);
        kit::switch_toggle(context, "compact", context.tr("ui.card.compact"), compact_, {.description = context.tr("ui.card.compact_help")});
        std::vector<kit::Choice> choices;
        for (const Field& field : object.fields)
            if (can_stand_on_a_card(object, field)) choices.push_back({.value = field.name, .label = field_label(context.messages(), object, field)});
        const bool too_many = fields_.size() > card_fields_max;
        kit::multi_select(context, "fields", context.tr("ui.card.fields"), choices, fields_,
                          {.field = {.placeholder = context.tr("ui.import.no_target"), .help = context.tr("ui.card.fields_help"), .error = too_many ? context.tr("ui.card.too_many") : std::string_view()}, .searchable = true});
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (!kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .shortcut = "Ctrl+Enter"}) || fields_.size() > card_fields_max) return;
        std::string text = compact_ ? "compact" : "";
        for (const std::string& field : fields_) text += ";" + field;
        context.set_setting(setting_key(context.schema().object(object_)), text);
        close();
    }

private:
    ObjectIndex object_;
    bool compact_ = false;
    std::vector<std::string> fields_;
};

}  // namespace

float CardStyle::height() const { return (compact ? compact_height : comfortable_height) + line_height * static_cast<float>(fields.size()); }

// "compact;LeadSource;NextStep"; fields that are gone are left out.
CardStyle card_style_of(Context& context, const Object& object) {
    CardStyle style;
    const std::string kept = context.setting(setting_key(object));
    bool first = true;
    for (const std::string_view part : split(kept, ';')) {
        if (std::exchange(first, false)) style.compact = part == "compact";
        else if (const Field* field = object.find_field(part); field && can_stand_on_a_card(object, *field) && style.fields.size() < card_fields_max) style.fields.push_back(field->index);
    }
    return style;
}

std::unique_ptr<Dialog> make_card_style_dialog(Context& context, const Object& object) { return std::make_unique<CardStyleDialog>(context, object); }

}  // namespace outpost
