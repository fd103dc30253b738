#include "ui/pages/bulk_edit.h"

#include <optional>
#include <utility>

#include "core/objects/labels.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

class BulkEditDialog final : public Dialog {
public:
    BulkEditDialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, FieldIndex field, std::function<void()> done)
        : object_(object), rows_(std::move(rows)), fixed_(field), done_(std::move(done)) {
        if (field != no_field) choose(context, field);
    }

    std::string title(Context& context) override {
        return context.count_text(fixed_ == system_field::owner ? "ui.list.change_owner_title" : "ui.list.change_field_title", rows_.size());
    }
    float width() const override { return 440; }

    void draw(Context& context) override {
        const Object& object = context.schema().object(object_);
        if (fixed_ == no_field) draw_field_choice(context, object);
        if (!draft_) return;
        draw_field_editor(context, object, object.field(draft_->field), *draft_, {.focus = std::exchange(focus_, false), .optional = true});
        kit::help_text(context, context.count_text("ui.list.change_help", rows_.size()));
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (kit::button(context, "apply", context.tr("ui.list.apply"), {.kind = kit::ButtonKind::Primary, .disabled = !draft_, .shortcut = "Ctrl+Enter"})) apply(context);
    }

private:
    void choose(Context& context, FieldIndex field) {
        draft_ = make_draft(context, context.schema().object(object_).field(field), {});
        focus_ = true;
    }

    void draw_field_choice(Context& context, const Object& object) {
        std::vector<kit::Choice> choices;
        for (const Field& field : object.fields) {
            if (field.deleted || field.hidden || !field.writable() || field.unique || field.column_kind() == ColumnKind::None) continue;
            choices.push_back({field.name, field_label(context.messages(), object, field)});
        }
        if (!kit::picklist(context, "field", context.tr("ui.list.field"), choices, field_name_, {.allow_none = false, .searchable = true})) return;
        if (const Field* field = object.find_field(field_name_)) choose(context, field->index);
    }

    void apply(Context& context) {
        if (!draft_ || saving_) return;
        const Object& object = context.schema().object(object_);
        Result<Value> value = draft_value(context, object, object.field(draft_->field), *draft_);
        if (!value) {
            draft_->error = context.error_text(value.error());
            return;
        }
        saving_ = true;
        UpdateRecords command{object_, rows_, {{draft_->field, *std::move(value)}}};
        SubmitOptions options;
        options.silent_errors = true;
        options.toast = context.count_text("ui.list.changed", rows_.size());
        context.submit(std::move(command), [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            saving_ = false;
            if (!outcome) {
                draft_->error = context.error_text(outcome.error());
                return;
            }
            if (done_) done_();
            close();
        }, std::move(options));
    }

    ObjectIndex object_;
    std::vector<RowIndex> rows_;
    FieldIndex fixed_;
    std::function<void()> done_;
    std::optional<FieldDraft> draft_;
    std::string field_name_;
    bool focus_ = false;
    bool saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

void submit_deletion(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done) {
    SubmitOptions options;
    options.toast = rows.size() == 1 ? context.tr("ui.list.deleted_one", {record_title(context, {object, rows[0]})})
                                     : context.count_text("ui.list.deleted", rows.size());
    context.submit(DeleteRecords{object, std::move(rows)}, [done = std::move(done)](const Result<CommandOutcome>& outcome) {
        if (outcome && done) done();
    }, std::move(options));
}

}  // namespace

std::unique_ptr<Dialog> make_bulk_edit_dialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, FieldIndex field,
                                              std::function<void()> done) {
    return std::make_unique<BulkEditDialog>(context, object, std::move(rows), field, std::move(done));
}

void delete_records(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done) {
    if (rows.empty()) return;
    if (rows.size() == 1) {
        submit_deletion(context, object, std::move(rows), std::move(done));
        return;
    }
    const std::string title = context.count_text("ui.list.delete_title", rows.size());
    context.confirm(title, std::string(context.tr("ui.list.delete_text")), std::string(context.tr("ui.list.delete")), true,
                    [&context, object, rows = std::move(rows), done = std::move(done)]() mutable { submit_deletion(context, object, std::move(rows), std::move(done)); });
}

}  // namespace outpost
