// The places where a record form stands: the pages of #/o/<Object>/new and #/r/<id>/edit, and the dialog.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/record_form.h"

namespace outpost {

namespace {

constexpr float form_width_max = 760;   // css px

void ask_to_discard(Context& context, std::function<void()> discard) {
    context.confirm(std::string(context.tr("ui.form.discard_title")), std::string(context.tr("ui.form.discard_text")),
                    std::string(context.tr("ui.form.discard")), true, std::move(discard), std::string(context.tr("ui.form.keep_editing")));
}

// Fields of a record that a copy begins with.
std::vector<FieldValue> copied_fields(Context& context, const Object& object, RecordRef from) {
    std::vector<FieldValue> values;
    for (const Field& field : object.fields) {
        if (field.deleted || !field.writable() || field.unique || field.column_kind() == ColumnKind::None) continue;
        Value value = context.records().value(from, field.index);
        if (!is_null(value)) values.push_back({field.index, std::move(value)});
    }
    return values;
}

class FormPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override {
        const Object* object = object_of(context, route);
        if (!object) return std::string(context.tr("ui.record.not_found"));
        if (is_edit(route)) return is_live(context, route) ? context.tr("ui.form.edit_title", {record_title(context, record_of(context, route))}) : record_title(context, record_of(context, route));
        return context.tr("ui.list.new_named", {object_words(context.messages(), *object, false)});
    }

    bool holds_draft() const override { return form_ && form_->is_dirty() && !discarded_; }

    bool can_leave(Context& context) override {
        if (!holds_draft()) return true;
        ask_to_discard(context, [this, &context] {
            discarded_ = true;
            leave_to_origin(context);
        });
        return false;
    }

    // The form stays as it was when the person comes back to an unsaved one; a saved one begins anew.
    void leave(Context&) override {
        if (holds_draft()) return;
        form_.reset();
    }

    void draw(Context& context, const Route& route) override {
        const Object* object = object_of(context, route);
        if (!object) return draw_not_found(context);
        // Its page says that it was deleted, and brings it back.
        if (is_edit(route) && !is_live(context, route)) return context.replace_route(routes::record(context.records().id_of(record_of(context, route))));
        origin_ = is_edit(route) ? routes::record(context.records().id_of(record_of(context, route))) : routes::list(object->name);
        if (!form_) make_form(context, *object, route);
        const std::string heading = title(context, route);
        const std::vector<kit::Crumb> crumbs{{object_label(context.messages(), *object, true), routes::list(object->name)}};
        if (!context.is_phone()) {
            kit::PageHeader header(context, heading, {.icon = icon_of_object(object->name, object->icon), .crumbs = crumbs});
        }
        Rect all = kit::available(context);
        const Rect footer = all.cut_bottom(context.theme.control_height() + space::x3 * 2);
        Rect within;
        {
            kit::ScrollArea area(context, "form", all, {.padding = Insets::xy(context.is_phone() ? space::x4 : space::x6, space::x6)});
            kit::Column column(context, {.gap = space::x6, .width_max = context.is_desktop() ? form_width_max : 0, .align = Align::Center});
            within = kit::available(context);
            form_->draw(context);
        }
        if (std::string followed = form_->take_followed(); !followed.empty()) follow(context, std::move(followed));
        draw_footer(context, footer, within, route);
    }

private:
    static bool is_edit(const Route& route) { return route.segment(0) == "r"; }

    static RecordRef record_of(Context& context, const Route& route) {
        const std::optional<RecordId> id = parse_record_id(is_edit(route) ? route.segment(1) : route.parameter("clone"));
        const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
        return record.value_or(RecordRef{});
    }

    static bool is_live(Context& context, const Route& route) {
        const RecordRef record = record_of(context, route);
        return context.records().table(record.object).is_live(record.row);
    }

    static const Object* object_of(Context& context, const Route& route) {
        if (!is_edit(route)) return context.schema().find_object(route.segment(1));
        const RecordRef record = record_of(context, route);
        return record ? &context.schema().object(record.object) : nullptr;
    }

    void make_form(Context& context, const Object& object, const Route& route) {
        discarded_ = false;
        const RecordRef record = record_of(context, route);
        if (is_edit(route)) {
            form_ = std::make_unique<RecordForm>(context, object.index, record, std::vector<FieldValue>{});
        } else if (record && record.object == object.index) {
            form_ = std::make_unique<RecordForm>(context, object.index, RecordRef{}, copied_fields(context, object, record));
            form_->offer_lines_of(context, record);
        } else {
            form_ = std::make_unique<RecordForm>(context, object.index, RecordRef{}, prefill_of(context, object, route));
        }
        form_->keep_at(context, route.to_text());
    }

    // To a possible duplicate; a draft is given up only when the person says so.
    void follow(Context& context, std::string address) {
        if (!form_->is_dirty()) return context.navigate(address);
        ask_to_discard(context, [this, &context, address = std::move(address)] {
            discarded_ = true;
            context.navigate_anyway(address);
        });
    }

    void leave_to_origin(Context& context) { context.return_to(origin_); }

    // `within`: its buttons stand in line with the form.
    void draw_footer(Context& context, const Rect& place, const Rect& within, const Route& route) {
        context.bottom_bar = place.height;
        kit::fill(context, place, context.color().surface);
        kit::line(context, {place.x, place.y}, {place.right(), place.y}, context.color().border);
        kit::Row row(context, Rect{within.x, place.y + space::x3, within.width, place.height - space::x3 * 2});
        form_->draw_duplicate_hint(context);
        row.spacer();
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"), {.shortcut = "Escape"})) {
            if (form_->is_dirty()) can_leave(context);
            else leave_to_origin(context);
        }
        if (!is_edit(route) && !context.is_phone() && kit::button(context, "save_new", context.tr("ui.form.save_new")))
            form_->submit(context, [this](RecordRef) { form_.reset(); });
        if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = form_->is_saving(), .shortcut = "Ctrl+Enter"}) || form_->take_enter())
            form_->submit(context, [&context](RecordRef record) { context.return_to(routes::record(context.records().id_of(record))); });
    }

    std::unique_ptr<RecordForm> form_;
    std::string origin_;
    bool discarded_ = false;
};

class FormDialog : public Dialog {
public:
    FormDialog(Context& context, ObjectIndex object, const std::vector<FieldValue>& prefill, std::function<void(RecordRef)> created)
        : FormDialog(std::make_unique<RecordForm>(context, object, RecordRef{}, prefill), std::move(created)) {}
    explicit FormDialog(std::unique_ptr<RecordForm> form, std::function<void(RecordRef)> created = nullptr) : form_(std::move(form)), created_(std::move(created)) {
        if (created_) form_->offer_duplicates_instead();
    }

    RecordForm& form() { return *form_; }
    float width() const override { return 720; }
    std::string title(Context& context) override {
        if (form_->existing()) return record_title(context, form_->existing());
        return context.tr("ui.list.new_named", {object_words(context.messages(), context.schema().object(form_->object()), false)});
    }
    void draw(Context& context) override {
        form_->draw(context);
        std::string followed = form_->take_followed();
        if (followed.empty()) return;
        // For a lookup: the one that is there already, in place of what is typed.
        const std::optional<RecordId> id = parse_record_id(Route::parse(followed).segment(1));
        const auto there = id && created_ ? context.records().find(*id) : std::nullopt;
        if (there && there->object == form_->object()) {
            created_(*there);
            return close();
        }
        const auto go = [this, &context, address = std::move(followed)] {
            context.navigate(address);
            close();
        };
        if (form_->is_dirty()) ask_to_discard(context, go);
        else go();
    }
    void draw_footer(Context& context) override {
        form_->draw_duplicate_hint(context);
        if (kit::button(context, "cancel", context.tr("ui.form.cancel")) && can_close(context)) close();
        if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = form_->is_saving(), .shortcut = "Ctrl+Enter"}) || form_->take_enter()) {
            form_->submit(context, [this](RecordRef record) {
                if (created_) created_(record);
                close();
            });
        }
    }
    bool holds_draft() const override { return form_->is_dirty(); }
    bool can_close(Context& context) override {
        if (!holds_draft()) return true;
        ask_to_discard(context, [this] { close(); });
        return false;
    }

protected:
    std::unique_ptr<RecordForm> form_;

private:
    std::function<void(RecordRef)> created_;
};

// A lead in a few fields, one after the other: whoever it is, and how to reach them.
class QuickLeadDialog final : public FormDialog {
public:
    explicit QuickLeadDialog(Context& context, const std::vector<FieldValue>& prefill) : FormDialog(context, standard_object::lead, {}, nullptr) { begin(context, prefill); }

    float width() const override { return 520; }
    std::string title(Context& context) override {
        const std::string hint = form_->duplicate_hint(context);   // the notice itself stands below the fields
        return std::string(context.tr("ui.quick.lead")) + (hint.empty() ? "" : " · " + hint);
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "all", context.tr("ui.quick.all_fields"), {.kind = kit::ButtonKind::Ghost})) {
            context.navigate_anyway(form_->whole_form(context));
            return close();
        }
        if (kit::button(context, "next", context.tr("ui.form.save_new"), {.busy = form_->is_saving(), .shortcut = "Ctrl+Shift+Enter"}))
            form_->submit(context, [this, &context](RecordRef) { begin(context, {}); });
        if (kit::button(context, "save", context.tr("ui.form.save"), {.kind = kit::ButtonKind::Primary, .busy = form_->is_saving(), .shortcut = "Ctrl+Enter"}) || form_->take_enter())
            form_->submit(context, [this](RecordRef) { close(); });
    }

private:
    void begin(Context& context, const std::vector<FieldValue>& prefill) {
        const bool family_first = context.messages().language() == Language::SimplifiedChinese;
        form_ = std::make_unique<RecordForm>(context, standard_object::lead, RecordRef{}, prefill,
                                             family_first ? "LastName FirstName Company Email Phone LeadSource Description" : "FirstName LastName Company Email Phone LeadSource Description");
        form_->keep_at(context, "quick");
    }
};

}  // namespace

std::unique_ptr<Page> make_create_page() { return std::make_unique<FormPage>(); }
std::unique_ptr<Page> make_edit_page() { return std::make_unique<FormPage>(); }

void open_create_dialog(Context& context, ObjectIndex index, std::string_view name, std::shared_ptr<RecordRef> created) {
    auto dialog = std::make_unique<FormDialog>(context, index, std::vector<FieldValue>{}, [created](RecordRef record) { *created = record; });
    const Object& object = context.schema().object(index);
    const Field* last_name = object.find_field("LastName");
    const Field& field = last_name && !object.field(object.name_field).writable() ? *last_name : object.field(object.name_field);
    if (!trim(name).empty()) dialog->form().set_text(field.index, std::string(trim(name)));
    context.open_dialog(std::move(dialog));
}

void open_create_dialog(Context& context, const Route& create) { context.open_dialog("new:" + create.to_text()); }

void create_or_ask(Context& context, CreateRecord command, std::function<void(const Result<CommandOutcome>&)> done, SubmitOptions options) {
    CreateRecord asked = command;
    context.submit(std::move(asked), [&context, command = std::move(command), done = std::move(done)](const Result<CommandOutcome>& outcome) {
        done(outcome);
        if (outcome || outcome.error().code != ErrorCode::RequiredFieldMissing) return;
        const Field* missing = context.schema().object(command.object).find_field(outcome.error().field);
        if (!missing || std::ranges::contains(command.fields, missing->index, &FieldValue::field)) return;
        auto dialog = std::make_unique<FormDialog>(context, command.object, command.fields, [done](RecordRef record) {
            CommandOutcome made;
            made.created = {record};
            done(made);
        });
        dialog->form().take_error(context, outcome.error());
        context.open_dialog(std::move(dialog));
    }, std::move(options));
}

void open_field_dialog(Context& context, RecordRef record, const Field& field) {
    context.open_dialog(std::make_unique<FormDialog>(std::make_unique<RecordForm>(context, record.object, record, std::vector<FieldValue>{}, field.name)));
}

std::unique_ptr<Dialog> make_create_dialog(Context& context, std::string_view create) {
    const Route route = Route::parse(create);
    const Object* object = context.schema().find_object(route.segment(1));
    if (!object) return nullptr;
    if (object->index == standard_object::lead && !route.parameter("quick").empty()) return std::make_unique<QuickLeadDialog>(context, prefill_of(context, *object, route));
    auto dialog = std::make_unique<FormDialog>(context, object->index, prefill_of(context, *object, route), nullptr);
    dialog->form().keep_at(context, std::string(create));
    return dialog;
}

}  // namespace outpost
