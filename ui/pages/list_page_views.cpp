// The list page's views: which saved one is shown, what differs from it, the picker beside the title; and groups of rows.
#include <algorithm>
#include <utility>

#include "core/objects/labels.h"
#include "core/objects/standard_list_view.h"
#include "ui/pages/list_conditions.h"
#include "ui/pages/criteria_rows.h"
#include "ui/pages/list_page.h"
#include "ui/pages/list_views.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/recent_records.h"

namespace outpost {

namespace {

constexpr std::size_t recent_shown_max = 5;
constexpr std::string_view no_saved_view = "all";   // said where the list would otherwise begin with the pinned one

bool is_own_parameter(std::string_view name) { return name == "dialog" || name == "record"; }

bool is_bare(const Route& route) { return std::ranges::all_of(route.parameters, [](const auto& parameter) { return is_own_parameter(parameter.first); }); }

}  // namespace

// An address that names a view says all that the view does, unless it says itself what differs.
Route ListPage::with_view(Context& context, const Object& object, const Route& route) {
    view_ = find_list_view(context, object, route.parameter("view"));
    Route state = route;
    if (view_ && route.parameter("changed").empty()) {
        state = state_of_view(context, object, view_);
        state.set("record", route.parameter("record")).set("q", route.parameter("q"));
    }
    state_ = state;
    state_.set("dialog", "").set("record", "");
    return state;
}

// Puts what is to be shown into the address: in short where it is what the view says.
void ListPage::change_route(Context& context, const Object& object, Route state) {
    if (view_) {
        // What is looked for is no part of a view.
        const std::string text(state.parameter("q"));
        const Route saved = state_of_view(context, object, view_).set("q", text);
        const bool same = list_request_of(state, object, default_sort_) == list_request_of(saved, object, default_sort_) && state.parameter("columns") == saved.parameter("columns");
        if (same) state = Route::parse(view_address(context, object, view_)).set("q", text);
        else state.set("changed", "1");
    } else {
        state.set("view", "").set("changed", "");
        if (is_bare(state) && pinned_view(context, object)) state.set("view", no_saved_view);
    }
    remember_filters(context, object, state);
    for (const auto& [name, value] : context.route().parameters)
        if (is_own_parameter(name)) state.set(name, value);
    context.replace_route(state.to_text());
}

// A dialog's entry in the history is left before the address changes, else going back would undo the choice.
void ListPage::take_what_was_chosen(Context& context, const Object& object) {
    if (!context.route().parameter("dialog").empty()) return;
    if (const RecordRef view = std::exchange(new_view_, {})) {
        remember_view_used(context, object, view);
        show_view(context, object, view);
    }
    if (!new_where_) return;
    ListRequest request = request_;
    request.where = *std::exchange(new_where_, std::nullopt);
    set_request(context, object, std::move(request));
}

void ListPage::show_view(Context& context, const Object& object, RecordRef view) {
    const std::string address = view_address(context, object, view);
    remember_filters(context, object, Route::parse(address));
    context.navigate(address);
}

// The name of what is shown; `differs`: the view is shown with changes, or what is shown has no name at all.
std::string ListPage::view_name(Context& context, const Object& object, bool& differs) const {
    differs = !state_.parameter("changed").empty();
    if (view_) return context.records().display_name(view_);
    for (const StandardView& standard : standard_views(context, object)) {
        ListRequest request = standard.request;
        request.text = request_.text;
        request.sort = request_.sort;
        request.descending = request_.descending;
        request.group = request_.group;
        if (request == request_) return standard.name;
    }
    differs = true;
    if (const RecordRef segment = record_of_choice(context.records(), request_.segment)) return record_title(context, segment);
    return std::string(context.tr("ui.view.unsaved"));
}

void ListPage::draw_views(Context& context, const Object& object, Rect place, std::string_view count) {
    bool differs = false;
    const std::string name = view_name(context, object, differs);
    kit::IdScope scope(context, "views");
    if (context.is_phone()) {
        const kit::Hit h = kit::hit(context, "picker", place, {.name = context.tr("ui.view.picker", {name}), .description = count});
        if (h.hovered) kit::fill(context, place, context.color().hover, radius::control);
        Rect first = Rect{place.x, place.y, place.width, 40}.cut_top(22);
        const float width = std::min(kit::text_width(context, name, TextStyle::BodyStrong) + 1, first.width - 20);
        kit::draw_text(context, first.cut_left(width), name, TextStyle::BodyStrong, context.color().text);
        first.cut_left(4);
        kit::draw_icon(context, Icon::ChevronDown, first.cut_left(14).centered(14, 14), context.color().text_secondary);
        if (differs && view_) kit::fill(context, first.cut_left(12).centered(6, 6), context.color().accent, 3);
        kit::text(context, count, {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .at = {place.x, place.y + 21, place.width, 18}});
        if (h.pressed) kit::open_popup(context, "menu");
        if (kit::begin_menu(context, "menu", place, context.tr("ui.view.menu"))) draw_view_menu(context, object);
        return;
    }
    kit::Row row(context, place, {.gap = space::x1});
    const bool buttons = differs && place.width >= 340;   // where there is less room, the menu has them
    const float room = std::max(80.0f, place.width - (buttons ? 190.0f : 0.0f)), natural = kit::text_width(context, name, TextStyle::Body) + 52;
    const kit::ButtonOptions options{.kind = kit::ButtonKind::Ghost, .icon_after = Icon::ChevronDown, .small = true, .width = natural > room ? room : 0};
    if (kit::menu_button(context, "picker", name, options)) draw_view_menu(context, object);
    if (!buttons) return;
    const bool can_save = view_ && is_own_view(context, view_);
    if (kit::button(context, "save", context.tr(can_save ? "ui.view.save" : "ui.view.save_as"), {.kind = kit::ButtonKind::Subtle, .small = true})) {
        if (can_save) save_view(context, object);
        else context.open_dialog("view");
    }
    if (kit::button(context, "reset", context.tr("ui.view.reset"), {.kind = kit::ButtonKind::Ghost, .small = true})) {
        if (view_) show_view(context, object, view_);
        else show_standard_view(context, object, standard_views(context, object).front().request);
    }
}

void ListPage::show_standard_view(Context& context, const Object& object, const ListRequest& request) {
    view_ = {};
    Route state = Route::parse(routes::list(object.name));
    write_request(state, request, object);
    change_route(context, object, std::move(state));
}

void ListPage::draw_view_menu(Context& context, const Object& object) {
    bool differs = false;
    const std::string shown = view_name(context, object, differs);
    std::uint64_t at = 0;
    const std::vector<RecordRef> saved = list_views(context, object);
    if (!saved.empty()) kit::menu_heading(context, context.tr("ui.view.saved_views"));
    for (const RecordRef view : saved) {
        kit::IdScope scope(context, at++);
        const bool pinned = has_flag(context, view, list_view_field::is_pinned), shared = has_flag(context, view, list_view_field::is_shared);
        if (kit::menu_item(context, "saved", context.records().display_name(view), {.icon = pinned ? Icon::Pin : Icon::List, .detail = shared ? context.tr("ui.view.shared") : "", .checked = view == view_})) {
            remember_view_used(context, object, view);
            show_view(context, object, view);
        }
    }
    kit::menu_heading(context, context.tr("ui.view.standard_views"));
    for (const StandardView& standard : standard_views(context, object)) {
        kit::IdScope scope(context, standard.key);
        if (kit::menu_item(context, "standard", standard.name, {.icon = Icon::List, .checked = !view_ && standard.name == shown})) show_standard_view(context, object, standard.request);
    }
    draw_recent(context, object);
    kit::menu_separator(context);
    draw_view_actions(context, object);
    kit::end_menu(context);
}

// Where one was last, of this list's records.
void ListPage::draw_recent(Context& context, const Object& object) {
    std::size_t shown = 0;
    for (const RecordRef record : recent_records(context)) {
        if (record.object != object.index) continue;
        if (shown++ == 0) kit::menu_heading(context, context.tr("ui.view.recent"));
        kit::IdScope scope(context, std::uint64_t{record.row} << 8);
        if (kit::menu_item(context, "recent", record_title(context, record), {.icon = Icon::Clock})) context.navigate(routes::record(context.records().id_of(record)));
        if (shown == recent_shown_max) break;
    }
}

void ListPage::draw_view_actions(Context& context, const Object& object) {
    const bool own = view_ && is_own_view(context, view_), differs = view_ && !state_.parameter("changed").empty();
    if (own && differs && kit::menu_item(context, "save", context.tr("ui.view.save_changes"), {.icon = Icon::CloudCheck})) save_view(context, object);
    if (differs && kit::menu_item(context, "reset", context.tr("ui.view.reset_changes"), {.icon = Icon::Undo})) show_view(context, object, view_);
    if (kit::menu_item(context, "save_as", context.tr("ui.view.save_as_more"), {.icon = Icon::Plus})) context.open_dialog("view");
    if (!own) return;
    const bool pinned = has_flag(context, view_, list_view_field::is_pinned), shared = has_flag(context, view_, list_view_field::is_shared);
    const std::string name = context.records().display_name(view_);
    if (kit::menu_item(context, "pin", context.tr("ui.view.pin"), {.icon = Icon::Pin, .checked = pinned})) pin_view(context, object, view_, !pinned);
    if (kit::menu_item(context, "share", context.tr(shared ? "ui.view.make_private" : "ui.view.share"), {.icon = Icon::User}))
        context.submit(UpdateRecord{view_, {{list_view_field::is_shared, Value(!shared)}}}, {}, {.toast = context.tr(shared ? "ui.view.now_private" : "ui.view.now_shared", {name})});
    if (kit::menu_item(context, "rename", context.tr("ui.view.rename_more"), {.icon = Icon::Edit})) context.open_dialog("rename");
    if (kit::menu_item(context, "delete", context.tr("ui.view.delete"), {.icon = Icon::Trash, .danger = true})) {
        context.submit(DeleteRecords{view_.object, {view_.row}}, {}, {.toast = context.tr("ui.list.deleted_one", {name})});
        show_standard_view(context, object, standard_views(context, object).front().request);
    }
}

void ListPage::save_view(Context& context, const Object& object) {
    const std::string name = context.records().display_name(view_), address = view_address(context, object, view_);
    const auto alive = std::weak_ptr<bool>(alive_);
    remember_filters(context, object, Route::parse(address));
    context.submit(UpdateRecord{view_, view_fields(full_state(object))}, [&context, address, alive](const Result<CommandOutcome>& outcome) {
        if (outcome && !alive.expired()) context.replace_route(address);
    }, {.toast = context.tr("ui.view.saved", {name})});
}

// --- the condition

void ListPage::draw_condition_chip(Context& context, const Object& object) {
    if (request_.where.empty()) return;
    const int pressed = kit::chip(context, "condition", criteria_words(context, request_.where, object));
    if (pressed == 1) context.open_dialog("conditions");
    if (pressed != 2) return;
    ListRequest request = request_;
    request.where.clear();
    set_request(context, object, std::move(request));
}

// --- groups

void ListPage::draw_group_menu(Context& context, const Object& object) {
    const std::string label = request_.group == no_field ? std::string(context.tr("ui.list.group"))
                                                         : context.tr("ui.list.group_by", {field_label(context.messages(), object, object.field(request_.group))});
    const bool is_open = kit::menu_button(context, "group", label, {.kind = kit::ButtonKind::Ghost, .icon = Icon::Hierarchy, .selected = request_.group != no_field});
    if (!is_open) return;
    ListRequest request = request_;
    if (kit::menu_item(context, "none", context.tr("ui.list.group_none"), {.checked = request_.group == no_field})) request.group = no_field;
    kit::menu_separator(context);
    for (const FieldIndex index : fields_for_groups(object)) {
        const Field& field = object.field(index);
        kit::IdScope scope(context, number(index));
        const bool month = field.type == FieldType::Date || field.type == FieldType::DateTime;
        if (kit::menu_item(context, "field", field_label(context.messages(), object, field), {.detail = month ? context.tr("ui.list.by_month") : "", .checked = request_.group == index})) request.group = index;
    }
    kit::end_menu(context);
    if (request != request_) set_request(context, object, std::move(request));
}

void ListPage::arrange(Context& context, const Object& object) {
    groups_ = {};
    sum_fields_.clear();
    if (request_.group != no_field) {
        for (const ListColumn& column : columns_) {
            const FieldType type = object.field(column.field).type;
            if (type == FieldType::Number || type == FieldType::Currency) sum_fields_.push_back(column.field);
        }
        groups_ = group_rows(rows_, object.index, request_.group, sum_fields_, context.records(), context.workspace().query_context(), group_order(object.field(request_.group), context.records()));
        rows_ = std::move(groups_.rows);
    }
    arrange_lines(context, object);
}

// A folded group is its heading alone.
void ListPage::arrange_lines(Context& context, const Object& object) {
    lines_.clear();
    const std::vector<RowGroup>& groups = groups_.groups;
    if (groups.empty()) {
        lines_ = rows_;
        return;
    }
    lines_.resize(rows_.size() + groups.size());
    auto line = lines_.begin();
    for (std::uint32_t at = 0; at < groups.size(); ++at) {
        *line++ = at | heading_bit;
        if (!folded_.empty() && folded_.contains(group_label(context, object, at))) continue;
        line = std::copy_n(rows_.begin() + groups[at].first, groups[at].count, line);
    }
    lines_.erase(line, lines_.end());
}

void ListPage::fold(Context& context, const Object& object, std::int64_t line) {
    const std::string label = group_label(context, object, lines_[static_cast<std::size_t>(line)] & ~heading_bit);
    if (folded_.erase(label) == 0) folded_.insert(label);
    arrange_lines(context, object);
    context.request_frame();
}

std::string ListPage::group_label(Context& context, const Object& object, std::uint32_t group) const {
    const Field& field = object.field(request_.group);
    const Value value = group_value({object.index, rows_[groups_.groups[group].first]}, field.index, context.records(), context.workspace().query_context());
    if (is_null(value)) return std::string(context.tr("ui.board.no_value"));
    if (const auto* record = std::get_if<RecordRef>(&value)) return record_title(context, *record);
    if (const auto* month = std::get_if<DateValue>(&value)) return context.locale().format_month(month->days);
    if (const auto* on = std::get_if<bool>(&value)) return std::string(context.tr(*on ? "ui.field.yes" : "ui.field.no"));
    return value_label(context.messages(), field, *std::get_if<std::string>(&value));
}

void ListPage::draw_heading_cell(Context& context, const Object& object, kit::Cell& cell) {
    const std::uint32_t group = lines_[cell.row] & ~heading_bit;
    const std::uint32_t rows = groups_.groups[group].count;
    const FieldIndex field = columns_[static_cast<std::size_t>(cell.column)].field;
    if (cell.column == 0) {
        const std::string label = group_label(context, object, group), count = context.number_text(rows);
        const bool folded = folded_.contains(label);
        const kit::Hit h = kit::hit(context, "fold", cell.rect, {.name = label, .description = context.count_text("ui.list.count", rows),
                                                                 .states = folded ? semantics_state::collapsed : semantics_state::expanded, .corner = 0});
        Rect inner = cell.content;
        kit::draw_icon(context, folded ? Icon::ChevronRight : Icon::ChevronDown, inner.cut_left(14).centered(14, 14), context.color().text_secondary);
        inner.cut_left(6);
        const float width = std::max(0.0f, std::min(kit::text_width(context, label, TextStyle::DenseStrong) + 1, inner.width - 9 - kit::text_width(context, count, TextStyle::Dense)));
        kit::draw_text(context, inner.cut_left(width), label, TextStyle::DenseStrong, context.color().text);
        inner.cut_left(8);
        kit::draw_text(context, inner, count, TextStyle::Dense, context.color().text_secondary);
        if (h.pressed) fold_line_ = static_cast<std::int64_t>(cell.row);
        return;
    }
    const auto at = std::find(sum_fields_.begin(), sum_fields_.end(), field) - sum_fields_.begin();
    if (at == static_cast<std::ptrdiff_t>(sum_fields_.size())) return;
    const std::optional<std::int64_t> sum = groups_.sums[group * sum_fields_.size() + static_cast<std::size_t>(at)];
    if (sum) cell.strong(show_value(context, object, object.field(field), Value(Decimal{*sum, object.field(field).scale})).text);
}

}  // namespace outpost
