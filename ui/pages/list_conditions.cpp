#include "ui/pages/list_conditions.h"

#include <optional>
#include <utility>

#include "core/base/text.h"
#include "core/query/criteria.h"
#include "ui/kit/kit.h"
#include "ui/pages/criteria_editor.h"

namespace outpost {
namespace {

class ConditionsDialog final : public Dialog {
public:
    ConditionsDialog(Context& context, ObjectIndex object, ListRequest request, std::function<void(std::string)> chosen)
        : object_(object), request_(std::move(request)), chosen_(std::move(chosen)), soql_(request_.where) {
        const Object& of = context.schema().object(object_);
        as_text_ = advanced_ = !editor_.load(context, of, soql_);
        if (!as_text_ && editor_.empty()) editor_.add_first(of);
    }

    std::string title(Context& context) override { return std::string(context.tr("ui.conditions.title")); }
    float width() const override { return 680; }

    void draw(Context& context) override {
        const Object& object = context.schema().object(object_);
        if (as_text_) {
            if (kit::text_area(context, "soql", context.tr("ui.routing.condition"), soql_, {.help = context.tr("ui.routing.condition_help"), .error = error_, .lines = 4}).changed) error_.clear();
        } else {
            editor_.draw(context, object, context.tr("ui.conditions.none"));
        }
        const std::optional<std::string> where = as_text_ ? std::optional(soql_) : editor_.draft(object);
        if (!begun_) begun_ = where.value_or(std::string());
        changed_ = where.value_or(std::string()) != *begun_;
        count(context, object, where);
        if (!count_words_.empty()) kit::text(context, count_words_, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
        {
            kit::Row row(context);
            kit::disclosure(context, "advanced", context.tr("ui.criteria.advanced"), advanced_);
        }
        if (!advanced_) return;
        if (!as_text_ && where && !where->empty())
            kit::text(context, "WHERE " + *where, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .wrap = true, .selectable = true});
        kit::Row row(context);
        if (kit::button(context, "form", context.tr(as_text_ ? "ui.routing.as_rows" : "ui.routing.as_text"), {.kind = kit::ButtonKind::Ghost, .small = true})) switch_form(context, object);
    }

    void draw_footer(Context& context) override {
        if (!request_.where.empty() && kit::button(context, "clear", context.tr("ui.conditions.clear"), {.kind = kit::ButtonKind::Ghost})) finish({});
        if (kit::button(context, "cancel", context.tr("ui.form.cancel")) && can_close(context)) close();
        if (kit::button(context, "apply", context.tr("ui.list.apply"), {.kind = kit::ButtonKind::Primary, .shortcut = "Ctrl+Enter"})) apply(context);
    }

    // What was put together is not thrown away by a slip.
    bool holds_draft() const override { return changed_; }
    bool can_close(Context& context) override {
        if (!changed_) return true;
        context.confirm(std::string(context.tr("ui.form.discard_title")), std::string(context.tr("ui.form.discard_text")), std::string(context.tr("ui.form.discard")), true, [this] { close(); });
        return false;
    }

private:
    void finish(std::string where) {
        chosen_(std::move(where));
        close();
    }

    void apply(Context& context) {
        const Object& object = context.schema().object(object_);
        if (!as_text_) {
            if (std::optional<std::string> text = editor_.text(context, object)) finish(*std::move(text));
            return;
        }
        const auto understood = parse_criteria(soql_, object.name, context.records());
        if (understood) return finish(std::string(trim(soql_)));
        error_ = context.error_text(understood.error());
    }

    void switch_form(Context& context, const Object& object) {
        if (!as_text_) {
            if (std::optional<std::string> text = editor_.draft(object)) soql_ = *std::move(text);
            as_text_ = true;
        } else if (editor_.load(context, object, soql_)) {
            as_text_ = false;
        } else {
            const auto understood = parse_criteria(soql_, object.name, context.records());
            error_ = understood ? std::string(context.tr("ui.conditions.not_rows")) : context.error_text(understood.error());
        }
    }

    // How many there would be, once for each draft.
    void count(Context& context, const Object& object, const std::optional<std::string>& where) {
        const std::string key = where ? *where + "\n" + std::to_string(context.workspace().revision()) : std::string("-");
        if (key == counted_) return;
        counted_ = key;
        count_words_.clear();
        if (!where) return;
        ListRequest request = request_;
        request.where = *where;
        const auto query = list_query(request, object, context.records(), context.workspace().current_user());
        const auto found = query ? run_count(*query, context.records(), context.workspace().query_context()) : Result<std::uint32_t>(std::unexpected(query.error()));
        if (found) count_words_ = context.count_text("ui.conditions.count", *found);
    }

    ObjectIndex object_;
    ListRequest request_;
    std::function<void(std::string)> chosen_;
    CriteriaEditor editor_;
    std::string soql_, error_, counted_, count_words_;
    std::optional<std::string> begun_;   // as it was opened
    bool as_text_ = false, changed_ = false, advanced_ = false;
};

}  // namespace

std::unique_ptr<Dialog> make_conditions_dialog(Context& context, ObjectIndex object, ListRequest request, std::function<void(std::string)> chosen) {
    return std::make_unique<ConditionsDialog>(context, object, std::move(request), std::move(chosen));
}

}  // namespace outpost
