// The list page's bar above the table: filters by fields, the chips of those in force, and actions on ticked rows.
#include <algorithm>
#include <utility>

#include "core/base/sort_stably.h"
#include "core/edit/segments.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/calendar_view.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/list_page.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/merge_dialog.h"
#include "ui/pages/segments.h"

namespace outpost {

namespace {

constexpr std::size_t filter_fields_max = 10;

bool is_offered(const Field& field) {
    if (field.deleted || field.hidden || field.name.empty()) return false;
    return field.is_picklist() || field.type == FieldType::MultiselectPicklist || (field.type == FieldType::Checkbox && !field.system && !field.calculated);
}

// The filter's values in the person's words.
std::string filter_words(Context& context, const Field& field, const FieldFilter& filter) {
    std::string words;
    for (const std::string& value : filter.values) {
        if (!words.empty()) words += context.tr("ui.list.separator");
        if (const auto days = field.type == FieldType::Date ? parse_day_range(value) : std::nullopt) {
            words += stretch_words(context, *days);
        } else if (field.is_lookup() && value == "none") {
            words += context.tr("kit.none");
        } else if (field.type == FieldType::Checkbox) {
            words += context.tr(value == "true" ? "ui.field.yes" : "ui.field.no");
        } else if (field.is_lookup()) {
            const std::optional<RecordId> id = parse_record_id(value);
            const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
            words += record ? record_title(context, *record) : value;
        } else {
            words += field.values.empty() ? value : value_label(context.messages(), field, value);
        }
    }
    return words;
}

void put_filter(ListRequest& request, FieldIndex field, std::vector<std::string> values) {
    const auto found = std::find_if(request.fields.begin(), request.fields.end(), [&](const FieldFilter& filter) { return filter.field == field; });
    if (found == request.fields.end()) {
        if (!values.empty()) request.fields.push_back({field, std::move(values)});
    } else if (values.empty()) {
        request.fields.erase(found);
    } else {
        found->values = std::move(values);
    }
}

bool draw_checkbox_filter(Context& context, const Object& object, const Field& field, ListRequest& request) {
    const std::vector<kit::Choice> choices{{"true", std::string(context.tr("ui.field.yes"))}, {"false", std::string(context.tr("ui.field.no"))}};
    const FieldFilter* filter = request.find(field.index);
    std::string value = filter && !filter->values.empty() ? filter->values[0] : std::string();
    const std::string label = field_label(context.messages(), object, field);
    if (!kit::picklist(context, field.name, label, choices, value, {.field = {.placeholder = context.tr("ui.list.any")}})) return false;
    put_filter(request, field.index, value.empty() ? std::vector<std::string>() : std::vector<std::string>{value});
    return true;
}

}  // namespace

void ListPage::draw_filter_button(Context& context, const Object& object) {
    const std::string label(context.tr("ui.list.filters"));
    const float height = context.theme.control_height();
    const bool wide = !context.is_phone();
    const float width = wide ? kit::text_width(context, label, TextStyle::Body) + 56 : height;
    const Rect anchor = kit::take(context, width, height);
    const kit::ButtonOptions options{.icon = Icon::Filter, .selected = !request_.fields.empty() || !request_.where.empty() || !request_.segment.empty(), .has_popup = true, .opens_dialog = true,
                                    .open = kit::is_popup_open(context, "filter_popup"), .at = anchor};
    const bool pressed = wide ? kit::button(context, "filters", label, options) : kit::icon_button(context, "filters", Icon::Filter, label, options);
    if (pressed || std::exchange(open_filters_, false)) kit::open_popup(context, "filter_popup");
    if (!kit::begin_popup(context, "filter_popup", anchor, {.name = label, .width = 320, .height_max = 0, .padding = Insets::all(space::x4)})) return;
    ListRequest request = request_;
    if (context.is_phone()) {
        kit::SectionHeader header(context, label);
        if (kit::button(context, "done", context.tr("ui.list.select_done"), {.kind = kit::ButtonKind::Ghost})) kit::close_popup(context);
    }
    draw_filters(context, object, request);
    if (kit::button(context, "conditions", context.tr(request.where.empty() ? "ui.conditions.add" : "ui.conditions.edit"), {.icon = Icon::Filter, .full_width = true})) {
        kit::close_popup(context);
        context.open_dialog("conditions");
    }
    if (request != request_) set_request(context, object, std::move(request));
    kit::end_popup(context);
}

void ListPage::draw_filters(Context& context, const Object& object, ListRequest& request) {
    kit::Column column(context, {.gap = space::x3});
    if (context.is_phone() && object.has_field(system_field::owner))
        kit::switch_toggle(context, "mine", context.tr("ui.list.only_mine"), request.mine);
    if (!context.is_desktop() && has_states(object)) {
        int state = static_cast<int>(request.state);
        if (kit::segmented(context, "state", context.tr("ui.list.state"),
                           {{context.tr(state_key(object, ListState::All))}, {context.tr(state_key(object, ListState::Open))}, {context.tr(state_key(object, ListState::Closed))}}, state))
            request.state = static_cast<ListState>(state);
    }
    if (shows_cards(context)) {
        std::vector<kit::Choice> groups;
        for (const FieldIndex index : fields_for_groups(object))
            groups.push_back({object.field(index).name, field_label(context.messages(), object, object.field(index))});
        std::string group = request.group == no_field ? std::string() : object.field(request.group).name;
        if (kit::picklist(context, "group", context.tr("ui.list.group"), groups, group, {.field = {.placeholder = context.tr("kit.none")}})) {
            const Field* field = object.find_field(group);
            request.group = field ? field->index : no_field;
        }
        kit::divider(context);   // what follows leaves rows out
    }
    std::vector<FieldIndex> offered;
    for (const Field& field : object.fields)   // the status first, how one is addressed last
        if (is_offered(field)) offered.insert(field.index == object.board_field ? offered.begin() : offered.end(), field.index);
    if (const Field* salutation = object.find_field("Salutation")) sort_stably(offered, [&](FieldIndex a, FieldIndex b) { return a != salutation->index && b == salutation->index; });
    offered.resize(std::min(offered.size(), filter_fields_max));
    for (const FieldIndex index : offered) {
        const Field& field = object.field(index);
        if (field.type == FieldType::Checkbox) {
            draw_checkbox_filter(context, object, field, request);
            continue;
        }
        const FieldFilter* filter = request.find(field.index);
        std::vector<std::string> values = filter ? filter->values : std::vector<std::string>();
        const std::vector<kit::Choice> choices = picklist_choices(context, field, {});
        const std::string label = field_label(context.messages(), object, field);
        if (kit::multi_select(context, field.name, label, choices, values, {.field = {.placeholder = context.tr("ui.list.any")}}))
            put_filter(request, field.index, std::move(values));
    }
    const std::vector<kit::Choice> segments = can_be_in_segment(context.schema(), object.index) ? segment_choices(context) : std::vector<kit::Choice>();
    if (!segments.empty()) kit::picklist(context, "segment", context.tr("label.Segment"), segments, request.segment, {.field = {.placeholder = context.tr("ui.list.any")}});
    if ((!request.fields.empty() || !request.segment.empty()) && kit::button(context, "clear", context.tr("ui.list.clear_filters"), {.kind = kit::ButtonKind::Ghost, .full_width = true})) {
        request.fields.clear();
        request.segment.clear();
    }
}

// A phone has room for one chip: several filters are told by their number.
bool ListPage::draw_chip_of_all(Context& context, const Object& object) {
    const std::size_t count = request_.fields.size() + (request_.segment.empty() ? 0 : 1) + (request_.where.empty() ? 0 : 1);
    if (!context.is_phone() || count < 2) return false;
    const int pressed = kit::chip(context, "all", context.count_text("ui.list.filter_count", count));
    if (pressed == 1) open_filters_ = true;
    if (pressed == 2) {
        ListRequest request = request_;
        request.fields.clear();
        request.segment.clear();
        request.where.clear();
        set_request(context, object, std::move(request));
    }
    return true;
}

void ListPage::draw_chips(Context& context, const Object& object) {
    if (!request_.segment.empty()) {
        const RecordRef segment = record_of_choice(context.records(), request_.segment);
        const int pressed = kit::chip(context, "segment", context.tr("ui.list.chip", {context.tr("label.Segment"), segment ? record_title(context, segment) : request_.segment}));
        if (pressed == 1) open_filters_ = true;
        if (pressed == 2) {
            ListRequest request = request_;
            request.segment.clear();
            return set_request(context, object, std::move(request));
        }
    }
    for (std::size_t at = 0; at < request_.fields.size(); ++at) {
        const FieldFilter& filter = request_.fields[at];
        const Field& field = object.field(filter.field);
        kit::IdScope scope(context, number(filter.field));
        const std::string text = context.tr("ui.list.chip", {field_label(context.messages(), object, field), filter_words(context, field, filter)});
        const int pressed = kit::chip(context, "chip", text);
        if (pressed == 1) open_filters_ = true;
        if (pressed != 2) continue;
        ListRequest request = request_;
        request.fields.erase(request.fields.begin() + static_cast<std::ptrdiff_t>(at));
        set_request(context, object, std::move(request));
        return;
    }
}

void ListPage::draw_lead_actions(Context& context) {
    const auto done = [this, &context, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) stop_selecting(context);
    };
    std::vector<RowIndex> rows = selected_rows(context);
    const bool any = rows.size() <= 100 && std::ranges::any_of(rows, [&](RowIndex row) { return may_take(context, {standard_object::lead, row}); });
    if (any && kit::button(context, "take", context.tr("ui.lead.take"), {.icon = Icon::Check})) return take_leads(context, std::move(rows), done);
    if (kit::button(context, "route", context.tr("ui.lead.route"), {.icon = Icon::Hierarchy})) route_leads(context, std::move(rows), done);
}

// One queue's leads, or those of all of them, by the list's own filter.
void ListPage::draw_queue_menu(Context& context, const Object& object) {
    const std::vector<QueueChoice> queues = queue_choices(context);
    if (queues.empty()) return;
    const std::string_view label = context.tr("ui.lead.queues");
    const bool chips = !request_.fields.empty() || !request_.segment.empty() || !request_.where.empty();
    const bool named = context.is_desktop() || (!context.is_phone() && !chips && kit::available(context).width > kit::text_width(context, label, TextStyle::Body) + 50);
    const bool is_open = named ? kit::menu_button(context, "queues", label, {.icon = context.is_desktop() ? Icon::Folder : Icon::None})
                               : kit::menu_button(context, "queues", Icon::Folder, label, {});
    if (!is_open) return;
    ListRequest request = request_;
    std::vector<std::string> all;
    for (const QueueChoice& queue : queues) all.push_back(queue.id);
    const auto choose = [&](std::vector<std::string> ids) {
        request.mine = false;
        put_filter(request, system_field::owner, std::move(ids));
    };
    const FieldFilter* filter = request_.find(system_field::owner);
    for (std::size_t at = 0; at < queues.size(); ++at) {
        kit::IdScope scope(context, at);
        const bool on = filter && filter->values == std::vector<std::string>{queues[at].id};
        if (kit::menu_item(context, "queue", queues[at].name, {.detail = context.number_text(queues[at].leads), .checked = on})) choose(on ? std::vector<std::string>() : std::vector<std::string>{queues[at].id});
    }
    if (queues.size() > 1 && kit::menu_item(context, "all", context.tr("ui.lead.all_queues"), {.checked = filter && filter->values == all})) choose(all);
    kit::end_menu(context);
    if (request != request_) set_request(context, object, std::move(request));
}

namespace {

// For ticked rows: in words where a tablet has room for them and the signs of the `after` that follow.
bool draw_bulk_action(Context& context, std::string_view key, Icon icon, std::string_view label, int after) {
    const float sign = context.theme.control_height() + space::x2, wanted = kit::text_width(context, label, TextStyle::Body) + 46;
    const bool words = context.is_desktop() || wanted + sign * static_cast<float>(after) <= kit::available(context).width;
    return words ? kit::button(context, key, label, {.icon = icon}) : kit::icon_button(context, key, icon, label, {});
}

}  // namespace

// Out of the segment that the list shows, else into one.
void ListPage::draw_segment_actions(Context& context, const Object& object) {
    if (!request_.segment.empty()) {
        if (draw_bulk_action(context, "leave", Icon::Tag, context.tr("ui.segment.remove"), 1)) leave_shown_segment(context, object);
    } else if (can_be_in_segment(context.schema(), object.index) && draw_bulk_action(context, "segment", Icon::Tag, context.tr("ui.segment.add"), 1)) {
        context.open_dialog("segment");
    }
}

void ListPage::leave_shown_segment(Context& context, const Object& object) {
    leave_segment(context, request_.segment, object.index, selected_rows(context), [this, &context, alive = std::weak_ptr<bool>(alive_)] {
        if (!alive.expired()) stop_selecting(context);
    });
}

void ListPage::draw_bulk_bar(Context& context, const Object& object) {
    kit::Toolbar bar(context, context.tr("ui.list.bulk"));
    const std::uint64_t count = table_.selection.count(rows_.size());
    kit::text(context, context.count_text("ui.list.selected", count), {.style = TextStyle::BodyStrong});
    if (object.has_field(system_field::owner) && kit::button(context, "owner", context.tr("ui.list.change_owner"), {.icon = Icon::User})) context.open_dialog("owner");
    if (object.index == standard_object::lead) draw_lead_actions(context);
    if (kit::button(context, "field", context.tr("ui.list.change_field"), {.icon = Icon::Edit})) context.open_dialog("field");
    if (can_merge(context, object.index) && count >= 2 && count <= merged_max && draw_bulk_action(context, "merge", Icon::Merge, context.tr("ui.merge.merge"), 2)) context.open_dialog("merge");
    draw_segment_actions(context, object);
    if (draw_bulk_action(context, "delete", Icon::Trash, context.tr("ui.list.delete"), 0)) delete_selected(context, object);
    bar.spacer();
    const kit::ButtonOptions unselect{.kind = kit::ButtonKind::Ghost, .icon = context.is_desktop() ? Icon::Close : Icon::None, .shortcut = edit_ ? "" : "Escape"};
    if (context.is_desktop() ? kit::button(context, "unselect", context.tr("ui.list.unselect"), unselect) : kit::icon_button(context, "unselect", Icon::Close, context.tr("ui.list.unselect"), unselect)) stop_selecting(context);
}

}  // namespace outpost
