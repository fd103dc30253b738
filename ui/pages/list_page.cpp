#include "ui/pages/list_page.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

const Object* find_object(Context& context, const Route& route) { return context.schema().find_object(route.segment(1)); }

std::string setting_key(const Object& object, std::string_view what) { return "list." + object.name + "." + std::string(what); }

// Rises when anything that a row of the object shows may have changed.
std::uint64_t revision_of(Context& context, const Object& object) {
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
}

void ListPage::draw(Context& context, const Route& route) {
    const Object* object = find_object(context, route);
    if (!object) {
        if (kit::empty_state(context, context.tr("ui.record.not_found"), {.icon = Icon::Search, .text = context.tr("ui.list.no_object"), .action = context.tr("ui.record.go_home")}) == 1)
            context.navigate(routes::home());
        return;
    }
    object_ = object->index;
    refresh_columns(context, *object);
    refresh_rows(context, *object, route);
    draw_header(context, *object);
    if (table_.selection.count(rows_.size()) > 0) draw_bulk_bar(context, *object);
    else draw_toolbar(context, *object);
    draw_table(context, *object);
}

void ListPage::refresh_columns(Context& context, const Object& object) {
    std::string key = object.name + "/" + std::to_string(context.schema().revision()) + (context.messages().language() == Language::English ? "e" : "z");
    if (key == columns_key_) return;
    columns_key_ = std::move(key);
    layout_ = default_layout(object, context.schema(), context.messages());
    columns_ = parse_columns(context.setting(setting_key(object, "columns")), object, layout_);
    table_columns_ = table_columns(context, object, columns_);
    default_sort_ = context.setting(setting_key(object, "sort"));
    FieldIndex field = no_field;
    bool descending = false;
    if (!parse_sort(object, default_sort_, field, descending)) default_sort_ = layout_.sort;
    rows_key_.clear();
}

void ListPage::refresh_rows(Context& context, const Object& object, const Route& route) {
    std::string key = route.to_text() + "\n" + std::to_string(revision_of(context, object)) + "\n" + columns_key_ + default_sort_;
    if (key == rows_key_) return;
    const bool asked_anew = list_request_of(route, object, default_sort_) != request_;
    rows_key_ = std::move(key);
    cells_.clear();
    request_ = list_request_of(route, object, default_sort_);
    if (trim(text_) != request_.text) text_ = request_.text;
    if (asked_anew) {
        table_.selection.clear();
        table_.stop_editing();
        edit_.reset();
    }
    const auto selection = context.workspace().select(list_query(request_, object, context.records(), context.workspace().current_user()));
    fault_ = selection ? std::string() : context.error_text(selection.error());
    rows_ = selection ? selection->rows : std::vector<RowIndex>();
    table_.sort_column = -1;
    table_.sort_descending = request_.descending;
    for (std::size_t at = 0; at < columns_.size(); ++at)
        if (columns_[at].field == request_.sort) table_.sort_column = static_cast<int>(at);
    // A cell that is being edited keeps to its record, wherever that went.
    if (edit_) {
        const auto found = std::find(rows_.begin(), rows_.end(), edit_row_);
        table_.editing_row = found == rows_.end() ? -1 : found - rows_.begin();
        if (table_.editing_row < 0) edit_.reset();
    }
}

void ListPage::set_request(Context& context, const Object& object, ListRequest request) {
    Route route = context.route();
    write_request(route, request, object);
    context.replace_route(route.to_text());
}

void ListPage::remember_columns(Context& context, const Object& object) {
    for (std::size_t at = 0; at < columns_.size() && at < table_columns_.size(); ++at) columns_[at].width = table_columns_[at].width;
    context.set_setting(setting_key(object, "columns"), columns_text(columns_, object));
}

std::vector<RowIndex> ListPage::selected_rows() const {
    std::vector<RowIndex> rows;
    for (const RowIndex row : rows_)
        if (table_.selection.contains(row)) rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

void ListPage::draw_header(Context& context, const Object& object) {
    const std::string label = object_label(context.messages(), object, true);
    const std::string count = context.count_text("ui.list.count", rows_.size());
    kit::PageHeader header(context, label, {.subtitle = count, .icon = icon_of_object(object.name, object.icon), .divider = false});
    if (object.board_field != no_field) {
        int shown = 0;
        if (kit::segmented(context, "view", context.tr("ui.board.view"), {{context.tr("ui.board.list"), Icon::List}, {context.tr("ui.board.board"), Icon::Board}}, shown))
            context.navigate(routes::board(object.name));
    }
    if (!context.is_phone() && kit::button(context, "import", context.tr("ui.list.import"), {.icon = Icon::Import}))
        context.navigate(routes::import());
    if (kit::button(context, "new", context.tr("ui.list.new"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Plus}))
        context.navigate(routes::create(object.name));
}

void ListPage::draw_toolbar(Context& context, const Object& object) {
    kit::Toolbar bar(context, context.tr("ui.board.filters"));
    const std::string name = context.tr("ui.list.filter_name", {object_label(context.messages(), object, true)});
    const kit::Edited typed = kit::search_field(context, "filter", name, text_, {.placeholder = context.tr("ui.board.filter"), .width = context.is_phone() ? 180.0f : 240.0f});
    if (typed.changed) context.set_parameter("q", trim(text_));
    if (typed.cancelled && !text_.empty()) {
        text_.clear();
        context.set_parameter("q", "");
    }
    if (!context.is_phone() && object.has_field(system_field::owner)) {
        int mine = request_.mine ? 1 : 0;
        if (kit::segmented(context, "owner", context.tr("ui.board.whose"), {{context.tr("ui.board.all")}, {context.tr("ui.board.mine")}}, mine))
            context.set_parameter("owner", mine == 1 ? "me" : "");
    }
    if (context.is_desktop() && has_states(object)) {
        const bool lead = object.index == standard_object::lead;
        int state = static_cast<int>(request_.state);
        if (kit::segmented(context, "state", context.tr("ui.list.state"),
                           {{context.tr("ui.list.state_all")}, {context.tr("ui.list.state_open")}, {context.tr(lead ? "ui.list.state_converted" : "ui.list.state_closed")}}, state)) {
            ListRequest request = request_;
            request.state = static_cast<ListState>(state);
            set_request(context, object, std::move(request));
        }
    }
    draw_filter_button(context, object);
    draw_chips(context, object);
    if (context.is_phone()) return;
    bar.spacer();
    if (kit::icon_button(context, "columns", Icon::Columns, context.tr("ui.list.columns"))) {
        context.open_dialog(make_columns_dialog(object.index, columns_, [this, &context, alive = std::weak_ptr<bool>(alive_)](std::vector<ListColumn> columns) {
            if (alive.expired() || !context.schema().has_object(object_)) return;
            const Object& of = context.schema().object(object_);
            context.set_setting(setting_key(of, "columns"), columns_text(columns, of));
            columns_key_.clear();
        }));
    }
}

}  // namespace outpost
