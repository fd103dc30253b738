#include "ui/pages/list_views.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard_list_view.h"
#include "ui/kit/kit.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/routing_dialogs.h"
#include "ui/pages/save_dialog.h"

namespace outpost {
namespace {

namespace lv = list_view_field;
constexpr std::size_t recent_max = 8;

// Parts of the address that have a field of their own, and their fields.
constexpr std::pair<std::string_view, FieldIndex> parts[] = {{"where", lv::criteria}, {"columns", lv::columns}, {"sort", lv::sort_by}, {"group", lv::group_by}};

std::string recent_key(const Object& object) { return "list." + object.name + ".recent_views"; }

RecordRef owner_of(Context& context, RecordRef view) {
    const Value owner = context.records().value(view, system_field::owner);
    const auto* user = std::get_if<RecordRef>(&owner);
    return user ? *user : RecordRef{};
}

bool is_visible(Context& context, const Object& object, RecordRef view) {
    return view.object == standard_object::list_view && context.records().table(view.object).is_live(view.row) &&
           context.records().text(view, lv::sobject_type) == object.name && (is_own_view(context, view) || has_flag(context, view, lv::is_shared));
}

class ViewDialog final : public SaveDialog {
public:
    ViewDialog(Context& context, ObjectIndex object, RecordRef view, Route state, std::function<void(RecordRef)> saved)
        : object_(object), view_(view), state_(std::move(state)), saved_(std::move(saved)) {
        if (view_) name_ = context.records().display_name(view_);
    }
    std::string title(Context& context) override { return std::string(context.tr(view_ ? "ui.view.rename" : "ui.view.save_as")); }
    float width() const override { return 420; }
    void draw(Context& context) override {
        draw_error(context);
        draw_name(context, context.tr("label.field.Name"));
        if (view_) return;
        kit::switch_toggle(context, "shared", context.tr("ui.view.shared"), shared_, {.description = context.tr("ui.view.shared_help")});
    }

protected:
    void save(Context& context) override {
        if (!check_name(context)) return;
        if (view_) return submit(context, UpdateRecord{view_, {{system_field::name, Value(name_)}}}, context.tr("ui.view.renamed", {name_}));
        const Object& object = context.schema().object(object_);
        std::vector<FieldValue> fields = view_fields(state_);
        fields.push_back({system_field::name, Value(name_)});
        fields.push_back({lv::sobject_type, Value(object.name)});
        fields.push_back({lv::is_shared, Value(shared_)});
        submit(context, CreateRecord{standard_object::list_view, std::move(fields)}, context.tr("ui.view.saved", {name_}), [saved = saved_](const CommandOutcome& outcome) {
            if (!outcome.created.empty()) saved(outcome.created[0]);
        });
    }

private:
    ObjectIndex object_;
    RecordRef view_;
    Route state_;
    std::function<void(RecordRef)> saved_;
    bool shared_ = false;
};

}  // namespace

bool has_flag(Context& context, RecordRef view, FieldIndex field) {
    const auto flags = context.records().table(view.object).column(field).flags();
    return view.row < flags.size() && flags[view.row] != 0;
}

bool is_own_view(Context& context, RecordRef view) { return owner_of(context, view) == context.workspace().current_user(); }

RecordRef find_list_view(Context& context, const Object& object, std::string_view id) {
    const RecordRef view = record_of_choice(context.records(), id);
    return view && is_visible(context, object, view) ? view : RecordRef{};
}

std::vector<RecordRef> list_views(Context& context, const Object& object) {
    const Records& records = context.records();
    const std::string recent = context.setting(recent_key(object));
    std::vector<std::pair<std::size_t, RecordRef>> found;   // with the place among the recent ones
    for (RowIndex row = 0; row < records.table(standard_object::list_view).row_count(); ++row) {
        const RecordRef view{standard_object::list_view, row};
        if (!is_visible(context, object, view)) continue;
        std::pair<std::size_t, RecordRef> entry{recent.find(to_text(records.id_of(view))), view};
        std::size_t at = found.size();
        const auto before = [&](const std::pair<std::size_t, RecordRef>& other) {
            return entry.first != other.first ? entry.first < other.first : records.display_name(view) < records.display_name(other.second);
        };
        while (at > 0 && before(found[at - 1])) --at;
        found.insert(found.begin() + static_cast<std::ptrdiff_t>(at), entry);
    }
    std::vector<RecordRef> views;
    for (const auto& [place, view] : found) views.push_back(view);
    return views;
}

void remember_view_used(Context& context, const Object& object, RecordRef view) {
    const std::string id = to_text(context.records().id_of(view)), before = context.setting(recent_key(object));
    std::string recent = id;
    std::size_t kept = 1;
    for (const std::string_view other : split(before, ';'))
        if (other != id && !other.empty() && kept++ < recent_max) (recent += ';') += other;
    if (recent != before) context.set_setting(recent_key(object), recent);
}

RecordRef pinned_view(Context& context, const Object& object) {
    RecordRef pinned;
    const RowIndex rows = context.records().table(standard_object::list_view).row_count();
    for (RowIndex row = 0; row < rows; ++row) {
        const RecordRef view{standard_object::list_view, row};
        if (!has_flag(context, view, lv::is_pinned) || !is_visible(context, object, view)) continue;
        if (is_own_view(context, view)) return view;
        pinned = view;
    }
    return pinned;
}

std::string view_address(Context& context, const Object& object, RecordRef view) {
    return Route::parse(routes::list(object.name)).set("view", to_text(context.records().id_of(view))).to_text();
}

Route state_of_view(Context& context, const Object& object, RecordRef view) {
    const Records& records = context.records();
    Route state = Route::parse(routes::list(object.name) + "?" + std::string(records.text(view, lv::filter)));
    for (const auto& [name, field] : parts) state.set(name, records.text(view, field));
    if (object.index == standard_object::event && state.parameter("state").empty()) state.set("state", "all");
    return state.set("view", to_text(records.id_of(view)));
}

std::vector<FieldValue> view_fields(const Route& state) {
    std::vector<FieldValue> fields;
    const auto add = [&](FieldIndex field, std::string_view text) { fields.push_back({field, text.empty() ? Value() : Value(std::string(text))}); };
    Route filter;
    filter.parameters = state.parameters;
    for (const std::string_view name : {"view", "changed", "dialog", "record", "q"}) filter.set(name, "");
    for (const auto& [name, field] : parts) {
        add(field, state.parameter(name));
        filter.set(name, "");
    }
    const std::string text = filter.to_text();
    const std::size_t mark = text.find('?');
    add(lv::filter, mark == std::string::npos ? std::string_view() : std::string_view(text).substr(mark + 1));
    return fields;
}

std::vector<StandardView> standard_views(Context& context, const Object& object) {
    const std::string plural = object_label(context.messages(), object, true);
    const bool states = has_states(object), owned = object.has_field(system_field::owner);
    const bool lead = object.index == standard_object::lead, event = object.index == standard_object::event;
    std::vector<StandardView> views;
    const auto add = [&](std::string_view key, std::string_view words, bool mine, ListState state) -> ListRequest& {
        StandardView view{key, context.tr(words, {plural}), {}};
        view.request.mine = mine;
        view.request.state = state;
        return views.emplace_back(std::move(view)).request;
    };
    if (states) add("open", event ? "ui.view.upcoming" : "ui.view.open", false, ListState::Open);
    if (states && owned) add("my_open", event ? "ui.view.my_upcoming" : "ui.view.my_open", true, ListState::Open);
    add("all", "ui.view.all", false, ListState::All);
    if (owned) add("mine", "ui.view.mine", true, ListState::All);
    if (states) add("closed", lead ? "ui.view.converted" : event ? "ui.view.past" : "ui.view.closed", false, ListState::Closed);
    if (!lead) return views;
    std::vector<std::string> queues;
    for (const QueueChoice& queue : queue_choices(context)) queues.push_back(queue.id);
    if (!queues.empty()) add("queues", "ui.view.queues", false, ListState::Open).fields.push_back({system_field::owner, std::move(queues)});
    return views;
}

std::unique_ptr<Dialog> make_view_dialog(Context& context, ObjectIndex object, RecordRef view, Route state, std::function<void(RecordRef)> saved) {
    return std::make_unique<ViewDialog>(context, object, view, std::move(state), std::move(saved));
}

void pin_view(Context& context, const Object& object, RecordRef view, bool pinned) {
    const Records& records = context.records();
    Batch batch;
    const auto add = [&](RecordRef which, bool on) {
        batch.commands.push_back(record_command("UpdateRecord", "ListView", to_text(records.id_of(which))).set("fields", Json::object().set("IsPinned", on)));
    };
    if (const RecordRef before = pinned_view(context, object); pinned && before && before != view && is_own_view(context, before)) add(before, false);
    add(view, pinned);
    const std::string name = records.display_name(view);
    context.submit(std::move(batch), {}, {.toast = context.tr(pinned ? "ui.view.pinned" : "ui.view.unpinned", {name})});
}

}  // namespace outpost
