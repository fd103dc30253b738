#include "ui/pages/record_address.h"

#include <algorithm>
#include <utility>

#include "core/objects/labels.h"
#include "ui/kit/kit.h"
#include "ui/pages/default_layout.h"

namespace outpost {

AddressEditor::AddressEditor(Context& context, RecordRef record, const Field& compound) : record_(record), compound_(compound.index) {
    const Object& object = context.schema().object(record.object);
    for (const FieldIndex part : address_parts(object, compound))
        if (const Field& field = object.field(part); field.writable() && field.column_kind() != ColumnKind::None)
            parts_.push_back(make_draft(context, field, context.records().value(record, part)));
}

bool AddressEditor::is_touched() const {
    return std::any_of(parts_.begin(), parts_.end(), [](const FieldDraft& part) { return part.touched; });
}

bool AddressEditor::draw(Context& context, const Object& object) {
    if (parts_.empty() || over_) return false;
    const std::string label = field_label(context.messages(), object, object.field(compound_));
    kit::Group form(context, Role::Form, label);
    kit::Column column(context, {.gap = space::x3});
    kit::text(context, label, {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    bool committed = false, cancelled = false;
    {
        kit::FormGrid grid(context, {.column_min = 160, .row_gap = space::x3});
        for (std::size_t at = 0; at < parts_.size(); ++at) {
            const Field& field = object.field(parts_[at].field);
            if (field.type == FieldType::TextArea) grid.full_width();   // the street
            const kit::Edited edited = draw_field_editor(context, object, field, parts_[at], {.focus = at == 0 && std::exchange(begins_, false)});
            cancelled = cancelled || edited.cancelled;
        }
    }
    {
        kit::Row row(context);
        committed = kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = saving_, .small = true, .shortcut = "Ctrl+Enter"});
        cancelled = kit::button(context, "cancel", context.tr("ui.form.cancel"), {.small = true}) || cancelled;
    }
    if (cancelled) return false;
    if (committed) save(context, object);
    return !over_;
}

void AddressEditor::save(Context& context, const Object& object) {
    if (saving_) return;
    UpdateRecord command{record_, {}};
    for (FieldDraft& part : parts_) {
        Result<Value> value = draft_value(context, object, object.field(part.field), part);
        if (!value) {
            part.error = context.error_text(value.error());
            return;
        }
        if (*value != part.before) command.fields.push_back({part.field, *std::move(value)});
    }
    if (command.fields.empty()) {
        over_ = true;
        return;
    }
    saving_ = true;
    SubmitOptions options;
    options.silent_errors = true;
    context.submit(std::move(command), [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (alive.expired()) return;
        saving_ = false;
        over_ = outcome.has_value();
        if (outcome) return;
        const Object& of = context.schema().object(record_.object);
        const Field* field = of.find_field(outcome.error().field);
        FieldDraft* at_fault = &parts_.front();
        for (FieldDraft& part : parts_)
            if (field && part.field == field->index) at_fault = &part;
        at_fault->error = context.error_text(outcome.error());
    }, std::move(options));
}

}  // namespace outpost
