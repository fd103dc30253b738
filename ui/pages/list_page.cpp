#include "ui/pages/list_page.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/board_query.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/list_conditions.h"
#include "ui/pages/list_export.h"
#include "ui/pages/list_views.h"
#include "ui/pages/merge_dialog.h"
#include "ui/pages/record_trail.h"
#include "ui/pages/segments.h"
#include "ui/pages/task_actions.h"

namespace outpost {

namespace {

const Object* find_object(Context& context, const Route& route) { return context.schema().find_object(route.segment(1)); }

std::string setting_key(const Object& object, std::string_view what) { return "list." + object.name + "." + std::string(what); }

// Rises when anything that a row of the object shows may have changed.
std::uint64_t revision_of(Context& context, const Object& object, const Route& route) {
    // Who is in a segment, and what a condition asks in parentheses, are records of any object.
    if (!route.parameter("segment").empty() || !route.parameter("where").empty()) return context.workspace().revision();
    std::uint64_t revision = context.records().table(object.index).revision();
    ObjectIndex last = no_object;
    for (const Field& field : object.fields) {
        if (field.deleted || !field.is_lookup()) continue;
        for (const ObjectIndex target : field.reference_to) {
            if (target == last || !context.schema().has_object(target)) continue;
            revision += context.records().table(target).revision();
            last = target;
        }
    }
    return revision;
}

}  // namespace

std::unique_ptr<Page> make_list_page() { return std::make_unique<ListPage>(); }

std::string ListPage::title(Context& context, const Route& route) {
    const Object* object = find_object(context, route);
    return object ? object_label(context.messages(), *object, true) : std::string(context.tr("ui.record.not_found"));
}

void ListPage::enter(Context&, const Route& route) {
    columns_key_.clear();
    text_ = route.parameter("q");
    returns_ = true;
}

void ListPage::leave(Context& context) {
    if (beside_) beside_->leave(context);
    if (object_ != no_object && context.schema().has_object(object_)) remember_trail(context, list_address_, object_, rows_);
}

std::unique_ptr<Dialog> ListPage::make_dialog(Context& context, std::string_view address) {
    if (object_ == no_object || !context.schema().has_object(object_)) return nullptr;
    const auto alive = std::weak_ptr<bool>(alive_);
    if (address == "columns")
        return make_columns_dialog(object_, columns_, [this, &context, alive](const std::vector<ListColumn>& columns) {
            if (!alive.expired() && context.schema().has_object(object_)) remember_columns(context, context.schema().object(object_), columns);
        });
    if (address == "view" || address == "rename")
        return make_view_dialog(context, object_, address == "rename" ? view_ : RecordRef{}, full_state(context.schema().object(object_)), [this, alive](RecordRef view) {
            if (!alive.expired()) new_view_ = view;
        });
    if (address == "conditions")
        return make_conditions_dialog(context, object_, request_, [this, alive](std::string where) {
            if (!alive.expired()) new_where_ = std::move(where);
        });
    std::vector<RowIndex> rows = selected_rows(context);
    if (address == "merge" && rows.size() <= merged_max) {
        std::string ids;
        for (const RowIndex row : rows) ids += (ids.empty() ? "" : ",") + to_text(context.records().id_of({object_, row}));
        return make_merge_dialog(context, ids, [this, &context, alive] {
            if (!alive.expired()) stop_selecting(context);
        });
    }
    const auto stop = [this, &context, alive] {
        if (!alive.expired()) stop_selecting(context);
    };
    if (address == "segment") return make_segment_dialog(context, object_, std::move(rows), stop);
    if (rows.empty() || (address != "owner" && address != "field")) return nullptr;
    return make_bulk_edit_dialog(context, object_, std::move(rows), address == "owner" ? system_field::owner : no_field, stop);
}

void ListPage::draw(Context& context, const Route& asked) {
    const Object* object = find_object(context, asked);
    if (!object) return draw_not_found(context);
    object_ = object->index;
    const Route route = with_view(context, *object, with_remembered_filters(context, *object, asked));
    refresh_columns(context, *object, route);
    refresh_rows(context, *object, route);
    take_what_was_chosen(context, *object);
    if (std::exchange(returns_, false)) take_up_again(context);
    handle_keys(context, *object);
    draw_header(context, *object);
    if (shows_cards(context) && cards_state_.selecting) draw_selecting_bar(context);
    else if (!shows_cards(context) && table_.selection.count(rows_.size()) > 0) draw_bulk_bar(context, *object);
    else draw_toolbar(context, *object);
    if (!fault_.empty()) {
        kit::Column column(context, {.padding = Insets::xy(space::x4, space::x3)});
        kit::banner(context, "fault", fault_, {.tone = Tone::Danger});
    }
    draw_rows(context, *object);
    prepare_indexes(context, *object);
}

// --- what is shown, and what is remembered of it

namespace {

bool is_own_parameter(std::string_view name) { return name == "dialog" || name == "record"; }

}  // namespace

// An address without filters is the list as it was left.
Route ListPage::with_remembered_filters(Context& context, const Object& object, const Route& route) {
    for (const auto& [name, value] : route.parameters)
        if (!is_own_parameter(name)) return route;
    const RecordRef pinned = pinned_view(context, object);
    const std::string remembered = pinned ? "view=" + to_text(context.records().id_of(pinned)) : context.setting(setting_key(object, "filters"));
    if (remembered.empty()) return route;
    Route filled = Route::parse(route.path_text() + "?" + remembered);
    for (const auto& [name, value] : route.parameters) filled.set(name, value);
    context.replace_route(filled.to_text());
    return filled;
}

// What the person chose to see. A link's own narrowing ("contacts of this account", "leads in the segment") is no such choice.
void ListPage::remember_filters(Context& context, const Object& object, const Route& route) {
    Route kept;
    const bool whole = !route.parameter("view").empty();
    for (const auto& [name, value] : route.parameters) {
        if (whole) {
            if (!is_own_parameter(name)) kept.parameters.emplace_back(name, value);
            continue;
        }
        const Field* field = object.find_field(name);
        if (!is_own_parameter(name) && name != "sort" && name != "columns" && name != "segment" && !(field && field->is_lookup())) kept.parameters.emplace_back(name, value);
    }
    const std::string text = kept.to_text();
    const std::size_t mark = text.find('?');
    context.set_setting(setting_key(object, "filters"), mark == std::string::npos ? std::string_view() : std::string_view(text).substr(mark + 1));
}

// Back from a record: its row is the active one again.
void ListPage::take_up_again(Context& context) {
    const std::int64_t line = line_of(last_seen_of(context, object_));
    if (line < 0) return;
    table_.active_row = table_.reveal_row = line;
    table_.focus_active = !context.touch;
    cards_state_.reveal_row = line;
}

std::int64_t ListPage::place_of(RowIndex record, const std::vector<RowIndex>& rows) {
    if (record == no_row) return -1;
    const auto found = std::find(rows.begin(), rows.end(), record);
    return found == rows.end() ? -1 : found - rows.begin();
}

void ListPage::refresh_columns(Context& context, const Object& object, const Route& route) {
    std::string key = object.name + "/" + std::to_string(context.schema().revision()) + (context.messages().language() == Language::English ? "e" : "z");
    const std::string_view asked = route.parameter("columns");
    if (key == columns_key_ && asked == link_columns_) return;
    columns_key_ = std::move(key);
    link_columns_ = asked;
    layout_ = default_layout(object, context.schema(), context.messages());
    const std::string chosen = link_columns_.empty() ? context.setting(setting_key(object, "columns")) : link_columns_;
    usual_columns_ = chosen.empty();
    columns_ = parse_columns(chosen, object, layout_);
    table_columns_ = table_columns(context, object, columns_);
    fitted_room_ = 0;
    default_sort_ = default_sort_of(context, object);
    rows_key_.clear();
}

// While one looks at a long list, so that the first letter of a filter and the first sorting by a name are as fast as the next.
void ListPage::prepare_indexes(Context& context, const Object& object) {
    constexpr RowIndex long_list = 5000;
    constexpr std::int64_t slice_microseconds = 4000;
    if (indexes_ready_) return;
    indexes_ready_ = true;
    if (context.records().table(object.index).row_count() < long_list) return;
    std::vector<IndexedField> texts = filtered_texts(object, context.records());
    for (IndexedField& each : texts)
        each.ranks = each.ranks || (each.object == object.index && std::ranges::find(columns_, each.field, &ListColumn::field) != columns_.end());
    indexes_ready_ = prepare_text_indexes(context.records(), texts, context.clock(), slice_microseconds);
    if (!indexes_ready_) context.request_frame();
}

void ListPage::refresh_rows(Context& context, const Object& object, const Route& route) {
    list_address_ = Route(route).set("dialog", "").set("record", "").to_text();
    std::string key = list_address_ + "\n" + std::to_string(revision_of(context, object, route)) + "\n" + columns_key_ + default_sort_;
    key += std::to_string(context.today()) + "\n" + std::to_string(context.workspace().first_weekday());   // of conditions like THIS_WEEK
    if (key == rows_key_) return;
    const bool asked_anew = list_request_of(route, object, default_sort_) != request_;
    rows_key_ = std::move(key);
    fit_due_ = std::exchange(keeps_widths_, false) || edit_ ? 0 : 2;
    indexes_ready_ = false;
    cells_.clear();
    request_ = list_request_of(route, object, default_sort_);
    if (trim(text_) != request_.text) text_ = request_.text;
    if (asked_anew) {
        table_.selection.clear();
        cards_state_.selection.clear();
        table_.stop_editing();
        edit_.reset();
    }
    // An edit may move its record: the keyboard goes on from there.
    const bool goes_on = !asked_anew && table_.focus_active && table_.active_row >= 0 && table_.active_row < static_cast<std::int64_t>(lines_.size());
    const RowIndex active = edit_ ? edit_row_ : goes_on ? lines_[static_cast<std::size_t>(table_.active_row)] : no_row;
    ListRequest ungrouped = request_;   // rows are put into groups below, which is quicker than sorting by two fields
    ungrouped.group = no_field;
    const auto query = list_query(ungrouped, object, context.records(), context.workspace().current_user());
    auto selection = query ? context.workspace().select(*query) : Result<RowSelection>(std::unexpected(query.error()));
    fault_ = selection ? std::string() : context.error_text(selection.error());
    rows_ = selection ? std::move(selection->rows) : std::vector<RowIndex>();
    arrange(context, object);
    table_.sort_column = -1;
    table_.sort_descending = request_.descending;
    for (std::size_t at = 0; at < columns_.size(); ++at)
        if (columns_[at].field == request_.sort) table_.sort_column = static_cast<int>(at);
    const std::int64_t line = line_of(active);
    if (line >= 0 && line != table_.active_row) table_.active_row = table_.reveal_row = line;
    if (edit_) {
        table_.editing_row = line;
        if (line < 0) end_edit(context);
    }
}

void ListPage::set_request(Context& context, const Object& object, ListRequest request) {
    Route state = state_;
    write_request(state, request, object);
    change_route(context, object, std::move(state));
}

void ListPage::set_sort(Context& context, const Object& object, const std::string& sort) {
    if (!view_) context.set_setting(setting_key(object, "sort"), sort);
    Route state = state_;
    change_route(context, object, std::move(state.set("sort", sort)));
}

// Of a view its columns are a part; else this device remembers them.
void ListPage::set_columns(Context& context, const Object& object, const std::string& text) {
    if (!view_) context.set_setting(setting_key(object, "columns"), text);
    if (!view_ && link_columns_.empty()) return;
    Route state = state_;
    change_route(context, object, std::move(state.set("columns", text)));
}

void ListPage::remember_columns(Context& context, const Object& object, const std::vector<ListColumn>& columns) {
    set_columns(context, object, columns_text(columns, object));
    columns_key_.clear();
}

Route ListPage::full_state(const Object& object) const {
    Route state = state_;
    return state.set("sort", sort_text(object, request_.sort, request_.descending)).set("columns", columns_text(columns_, object));
}

// The whole of what is seen: whoever opens the link needs no settings of this device.
void ListPage::copy_link(Context& context, const Object& object) {
    context.browser().copy_text(full_state(object).to_text());
    context.toast(context.tr("ui.record.link_copied"), Tone::Success);
}

bool ListPage::is_split(Context& context) const { return context.is_desktop() && context.setting("list.split") == "1"; }
bool ListPage::shows_cards(Context& context) const { return context.is_phone() || is_split(context); }

kit::TableSelection& ListPage::selection(Context& context) { return shows_cards(context) ? cards_state_.selection : table_.selection; }

std::vector<RowIndex> ListPage::selected_rows(Context& context) {
    const kit::TableSelection& chosen = selection(context);
    std::vector<RowIndex> rows;
    for (const RowIndex row : rows_)
        if (chosen.contains(row)) rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

// --- header and toolbar

void ListPage::draw_header(Context& context, const Object& object) {
    const std::string label = object_label(context.messages(), object, true);
    const std::uint64_t total = context.records().table(object.index).live_count();
    const std::string count = rows_.size() == total ? context.count_text("ui.list.count", total)
                                                    : context.tr("ui.list.count_of", {context.number_text(rows_.size()), context.number_text(total)});
    Rect beside;
    kit::PageHeader header(context, label, {.subtitle = count, .icon = icon_of_object(object.name, object.icon), .divider = false, .beside = &beside});
    draw_views(context, object, beside, count);
    // What the board hasn't stands before what it has, which keeps its place there.
    if (context.is_desktop() && kit::button(context, "import", context.tr("ui.list.import"), {.icon = Icon::Import}))
        context.navigate(routes::import());
    if (object.index == standard_object::lead && !context.is_phone() && kit::button(context, "quick", context.tr("ui.quick.lead"), {.icon = Icon::Edit}))
        context.open_dialog(routes::quick_lead());
    if (object.index == standard_object::task) {
        draw_task_views(context, 1, board_route(request_, object).to_text());
    } else if (lane_field_of(object) != no_field) {
        int shown = 0;
        const bool goes = context.is_phone() ? kit::icon_button(context, "board", Icon::Board, context.tr("ui.board.board"))   // the view's name needs the room
                                             : kit::segmented(context, "view", context.tr("ui.board.view"), {{context.tr("ui.board.list"), Icon::List}, {context.tr("ui.board.board"), Icon::Board}}, shown);
        if (goes) context.navigate(board_route(request_, object).to_text());
    }
    draw_list_menu(context, object);
    if (kit::compact_button(context, "new", Icon::Plus, context.tr("ui.list.new"), {.kind = kit::ButtonKind::Primary}))
        context.navigate(routes::create(object.name));
}

void ListPage::draw_list_menu(Context& context, const Object& object) {
    if (!kit::menu_button(context, "menu", Icon::More, context.tr("ui.list.menu"))) return;
    if (object.index == standard_object::lead && context.is_phone() && kit::menu_item(context, "quick", context.tr("ui.quick.lead"), {.icon = Icon::Edit})) context.open_dialog(routes::quick_lead());
    if (object.index == standard_object::task && context.is_phone() && kit::menu_item(context, "board", context.tr("ui.board.board"), {.icon = Icon::Board})) context.navigate(board_route(request_, object).to_text());
    if (shows_cards(context) && kit::menu_item(context, "select", context.tr("ui.list.select"), {.icon = Icon::Task})) cards_state_.selecting = true;
    if (!shows_cards(context) && kit::menu_item(context, "columns", context.tr("ui.list.columns"), {.icon = Icon::Columns})) context.open_dialog("columns");
    if (context.is_desktop()) {
        const bool split = is_split(context);
        if (kit::menu_item(context, "split", context.tr("ui.list.split"), {.icon = Icon::Sidebar, .checked = split})) context.set_setting("list.split", split ? "" : "1");
    }
    if (kit::menu_item(context, "export", context.tr("ui.list.export"), {.icon = Icon::Export})) export_rows(context, object, columns_, rows_);
    if (kit::menu_item(context, "copy_link", context.tr("ui.record.copy_link"), {.icon = Icon::Link})) copy_link(context, object);
    if (!context.is_desktop() && kit::menu_item(context, "import", context.tr("ui.list.import"), {.icon = Icon::Import})) context.navigate(routes::import());
    kit::end_menu(context);
}

// The chips need room.
float ListPage::filter_width(Context& context, const Object& object) const {
    const bool chips = !request_.fields.empty() || !request_.segment.empty() || !request_.where.empty();
    const int signs = object.index == standard_object::lead && !queue_choices(context).empty() ? 2 : 1;   // what stands behind it on a phone
    const float rest = kit::available(context).width - static_cast<float>(signs) * (context.theme.control_height() + space::x2);
    return context.is_phone() ? chips ? 104.0f : rest : !chips ? 240.0f : context.is_desktop() ? 176.0f : 120.0f;
}

void ListPage::draw_toolbar(Context& context, const Object& object) {
    kit::Toolbar bar(context, context.tr("ui.board.filters"));
    const std::string name = context.tr("ui.list.filter_name", {object_label(context.messages(), object, true)});
    const kit::Edited typed = kit::search_field(context, "filter", name, text_, {.placeholder = context.tr("ui.board.filter"), .focus = std::exchange(focus_filter_, false),
                                                                                .width = filter_width(context, object)});
    if (typed.changed) {
        ListRequest request = request_;
        request.text = trim(text_);
        set_request(context, object, std::move(request));
    }
    if (!context.is_phone() && object.has_field(system_field::owner)) {
        int mine = request_.mine ? 1 : 0;
        if (kit::segmented(context, "owner", context.tr("ui.board.whose"), {{context.tr("ui.board.everyone")}, {context.tr("ui.board.mine")}}, mine)) {
            ListRequest request = request_;
            request.mine = mine == 1;
            set_request(context, object, std::move(request));
        }
    }
    if (context.is_desktop() && has_states(object)) {
        int state = static_cast<int>(request_.state);
        if (kit::segmented(context, "state", context.tr("ui.list.state"),
                           {{context.tr(state_key(object, ListState::All))}, {context.tr(state_key(object, ListState::Open))}, {context.tr(state_key(object, ListState::Closed))}}, state)) {
            ListRequest request = request_;
            request.state = static_cast<ListState>(state);
            set_request(context, object, std::move(request));
        }
    }
    draw_filter_button(context, object);
    if (object.index == standard_object::lead) draw_queue_menu(context, object);
    if (!draw_chip_of_all(context, object)) {
        draw_condition_chip(context, object);
        draw_chips(context, object);
    }
    if (shows_cards(context)) return;
    bar.spacer();
    draw_group_menu(context, object);
    if (kit::icon_button(context, "columns", Icon::Columns, context.tr("ui.list.columns"))) context.open_dialog("columns");
}

}  // namespace outpost
