#include "ui/pages/bulk_edit.h"

#include <optional>
#include <utility>

#include "core/base/utf8.h"
#include "core/edit/try_update.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr std::size_t examples_max = 5;

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
        const kit::Edited edited = draw_field_editor(context, object, object.field(draft_->field), *draft_, {.focus = std::exchange(focus_, false), .optional = true});
        if (edited.changed) begin_trial(context);
        draw_trial(context, object);
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (kit::button(context, "apply", context.tr("ui.list.apply"), {.kind = kit::ButtonKind::Primary, .disabled = !draft_ || (draft_->field == system_field::owner && draft_->text.empty()) || (trial_ && trial_->changing.empty()), .shortcut = "Ctrl+Enter"})) apply(context);
    }

private:
    void choose(Context& context, FieldIndex field) {
        draft_ = make_draft(context, context.schema().object(object_).field(field), {});
        focus_ = true;
        trial_.reset();
    }

    // What it would do, found out after this frame.
    void begin_trial(Context& context) {
        const Object& object = context.schema().object(object_);
        trial_.reset();
        Result<Value> value = draft_value(context, object, object.field(draft_->field), *draft_);
        if (!value) return;
        const std::uint64_t number = ++asked_;
        context.later([this, &context, value = *std::move(value), field = draft_->field, number, alive = std::weak_ptr<bool>(alive_)] {
            if (alive.expired() || number != asked_ || !context.schema().has_object(object_)) return;
            trial_value_ = value;
            trial_ = try_update(context.workspace().editor(), context.records(), object_, live_rows(context), {{field, value}});
            context.request_frame();
        });
        context.request_frame();
    }

    std::vector<RowIndex> live_rows(Context& context) const {
        std::vector<RowIndex> rows;
        for (const RowIndex row : rows_)
            if (context.records().table(object_).is_live(row)) rows.push_back(row);
        return rows;
    }

    void draw_trial(Context& context, const Object& object) {
        if (!trial_) return kit::help_text(context, context.count_text("ui.list.change_help", rows_.size()));
        kit::Group group(context, Role::Region, context.tr("ui.list.preview"));
        const Field& field = object.field(draft_->field);
        if (is_null(trial_value_) && !trial_->changing.empty())
            kit::banner(context, "empties", context.tr("ui.list.empties", {field_label(context.messages(), object, field)}), {.tone = Tone::Warning});
        kit::Column column(context, {.gap = space::x1});
        kit::text(context, context.count_text("ui.list.will_change", trial_->changing.size()), {.style = TextStyle::BodyStrong});
        const auto words_of = [&](const Value& value) {
            if (const auto* on = std::get_if<bool>(&value)) return std::string(context.tr(*on ? "ui.field.yes" : "ui.field.no"));
            const std::string words = show_value(context, object, field, value).text;
            return words.empty() ? std::string(context.tr("kit.none")) : words;
        };
        const std::string after = words_of(trial_value_);
        for (std::size_t at = 0; at < trial_->changing.size() && at < examples_max; ++at) {
            const RecordRef record{object_, trial_->changing[at]};
            kit::text(context, change_words(context, record_title(context, record), words_of(context.records().value(record, field.index)), after), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        }
        if (trial_->changing.size() > examples_max) kit::help_text(context, context.count_text("ui.list.and_more", trial_->changing.size() - examples_max));
        if (!trial_->same.empty()) kit::help_text(context, context.count_text("ui.list.stay_same", trial_->same.size()));
        if (!trial_->refused.empty()) draw_refused(context);
        if (trial_->changing.empty()) return;
        kit::gap(context, space::x2);
        kit::help_text(context, context.tr("ui.list.one_undo"));
    }

    // Where not all of it fits the name is cut: what it will be is to be read.
    static std::string change_words(Context& context, const std::string& name, const std::string& before, const std::string& after) {
        constexpr std::size_t bytes_min = 8;
        const auto width = [&](std::string_view words) { return kit::text_width(context, words, TextStyle::Dense); };
        const auto change = [&](std::string_view of) { return context.tr("ui.history.changed", {of, before, after}); };
        const float room = kit::available(context).width;
        if (width(change(name)) <= room) return change(name);
        const float rest = room - width(change("…"));
        std::size_t end = 0;
        for (std::size_t next = 0; next < name.size() && (next < bytes_min || width(name.substr(0, next)) <= rest); next += utf8::read(name, next).bytes) end = next;
        return change(name.substr(0, end) + "…");
    }

    void draw_refused(Context& context) {
        std::string reasons;
        for (std::size_t at = 0; at < trial_->refused.size() && at < examples_max; ++at) {
            const auto& [row, error] = trial_->refused[at];
            const std::string name = record_title(context, {object_, row}), reason = context.error_text(error);
            reasons += (at == 0 ? "" : "\n") + (reason.find(name) == std::string::npos ? context.tr("ui.history.set", {name, reason}) : reason);
        }
        kit::banner(context, "refused", context.count_text("ui.list.refused", trial_->refused.size()), {.tone = Tone::Warning, .detail = reasons});
    }

    void draw_field_choice(Context& context, const Object& object) {
        std::vector<kit::Choice> choices;
        for (const Field& field : object.fields) {
            if (field.deleted || field.hidden || !field.writable() || field.unique || field.column_kind() == ColumnKind::None) continue;
            choices.push_back({field.name, field_label(context.messages(), object, field)});
        }
        if (!kit::picklist(context, "field", context.tr("ui.list.field"), choices, field_name_, {.field = {.placeholder = context.tr("ui.import.no_target")}, .allow_none = false, .searchable = true})) return;
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
        // Those that refuse it are left out, as the preview said. Emptying is shown before it is done.
        const bool tried = trial_ && trial_value_ == *value;
        if (!tried && is_null(*value)) return begin_trial(context);
        std::vector<RowIndex> rows = tried ? trial_->changing : live_rows(context);
        if (rows.empty()) return close();
        saving_ = true;
        SubmitOptions options;
        options.silent_errors = true;
        options.toast = context.count_text("ui.list.changed", rows.size());
        UpdateRecords command{object_, std::move(rows), {{draft_->field, *std::move(value)}}};
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
    std::optional<UpdateTrial> trial_;
    Value trial_value_;
    std::uint64_t asked_ = 0;
    std::string field_name_;
    bool focus_ = false;
    bool saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

// What goes to the recycle bin along with its masters: "2 Opportunity Products, 1 Opportunity Contact Role".
std::string details_words(Context& context, ObjectIndex object, const std::vector<RowIndex>& rows) {
    std::string words;
    for (const Schema::ChildRelationship& child : context.schema().children_of(object)) {
        if (context.schema().object(child.object).field(child.field).type != FieldType::MasterDetail || child.object == standard_object::opportunity_stage_history) continue;
        std::size_t count = 0;
        for (const RowIndex row : rows) count += context.records().children(child.object, child.field, {object, row}).size();
        if (count == 0) continue;
        if (!words.empty()) words += context.tr("ui.list.separator");
        words += context.tr("ui.list.counted", {context.number_text(count), object_words(context.messages(), context.schema().object(child.object), count > 1)});
    }
    return words;
}

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
    const std::string title = context.tr("ui.list.delete_title", {context.number_text(rows.size()), object_words(context.messages(), context.schema().object(object), true)});
    std::string text(context.tr("ui.list.delete_text"));
    if (const std::string details = details_words(context, object, rows); !details.empty()) text = context.tr("ui.list.delete_along", {details}) + " " + text;
    context.confirm(title, std::move(text), std::string(context.tr("ui.list.delete")), true,
                    [&context, object, rows = std::move(rows), done = std::move(done)]() mutable { submit_deletion(context, object, std::move(rows), std::move(done)); });
}

}  // namespace outpost
