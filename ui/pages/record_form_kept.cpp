// What is typed into a form, kept as JSON {"at": address, "fields": {API name: value}} among the page's settings: a phone
// throws away a page that is behind without asking, and a browser that is closed takes it along too.
#include <algorithm>
#include <utility>

#include "core/base/json.h"
#include "core/edit/command.h"
#include "ui/kit/kit.h"
#include "ui/pages/record_form.h"

namespace outpost {

namespace {

constexpr std::string_view kept_setting = "form";

// Kept as it stands, right or not: half an email address too.
bool is_kept_as_typed(ObjectIndex object, const Field& field) {
    return field.is_text() && !field.is_picklist() && field.type != FieldType::MultiselectPicklist && !is_recurrence(object, field.index);
}

}  // namespace

RecordForm::~RecordForm() { forget_kept(); }

void RecordForm::keep_at(Context& context, std::string address) {
    keeps_with_ = &context;
    kept_at_ = std::move(address);
    const Result<Json> kept = parse_json(context.setting(kept_setting));
    const Json* fields = kept && kept->text_or("at", "") == kept_at_ ? kept->find("fields") : nullptr;
    if (!fields) return;
    const Object& object = context.schema().object(object_);
    for (const auto& [name, json] : fields->members()) {
        const Field* field = object.find_field(name);
        const auto draft = field ? std::ranges::find(drafts_, field->index, &FieldDraft::field) : drafts_.end();
        if (draft == drafts_.end()) continue;
        if (is_kept_as_typed(object_, *field)) {
            draft->text = json.text();
        } else {
            Result<Value> value = parse_value(json, *field, object, context.records());
            if (!value) continue;
            Value before = std::exchange(*draft, make_draft(context, *field, *value)).before;
            draft->before = std::move(before);
        }
        draft->touched = brought_back_ = true;
    }
    keep();
}

// A number or day that is typed by halves is left out.
void RecordForm::keep() {
    if (!keeps_with_) return;
    const Object& object = keeps_with_->schema().object(object_);
    Json fields = Json::object();
    for (const FieldDraft& draft : drafts_) {
        if (!draft.touched || !object.has_field(draft.field)) continue;
        const Field& field = object.field(draft.field);
        if (is_kept_as_typed(object_, field)) fields.set(field.name, draft.text);
        else if (const Result<Value> value = draft_value(*keeps_with_, object, field, draft)) fields.set(field.name, value_to_json(*value, field, keeps_with_->records()));
    }
    if (fields.members().empty()) return forget_kept();
    kept_ = Json::object().set("at", kept_at_).set("fields", std::move(fields)).dump();
    keeps_with_->set_setting(kept_setting, kept_);
}

// Another form's is left alone.
void RecordForm::forget_kept() {
    if (!kept_.empty() && keeps_with_->setting(kept_setting) == kept_) keeps_with_->set_setting(kept_setting, {});
    kept_.clear();
}

void RecordForm::draw_brought_back(Context& context) {
    if (!brought_back_) return;
    const int pressed = kit::banner(context, "brought_back", context.tr("ui.form.brought_back"), {.action = context.tr("ui.form.start_over"), .closable = true});
    if (pressed == 0) return;
    brought_back_ = false;
    if (pressed != 1) return;
    const Object& object = context.schema().object(object_);
    for (FieldDraft& draft : drafts_)
        if (draft.touched && object.has_field(draft.field)) draft = make_draft(context, object.field(draft.field), Value(draft.before), draft.stored);
    forget_kept();
}

}  // namespace outpost
