#include "ui/pages/board_page.h"
#include "ui/pages/criteria_rows.h"

#include <algorithm>
#include <ranges>
#include <utility>

#include "core/edit/picklist_rules.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_conditions.h"
#include "ui/pages/record_trail.h"
#include "ui/pages/stage_move.h"
#include "ui/pages/task_actions.h"

namespace outpost {
namespace {

constexpr float lane_width = 288;
constexpr float lane_gap = 12;
constexpr float lane_header_height = 60;
constexpr float card_gap = 8;

const Object* find_object(Context& context, const Route& route) { return context.schema().find_object(route.segment(1)); }

std::string setting_key(const Object& object) { return "board." + object.name + ".filters"; }

std::string money(Context& context, const Field& field, Decimal value) {
    if (field.type == FieldType::Currency) return context.locale().format_money_short(value, context.workspace().currency());
    return context.locale().format_number(value, field.scale);
}

}  // namespace

std::string BoardPage::title(Context& context, const Route& route) {
    const Object* object = find_object(context, route);
    return object ? object_label(context.messages(), *object, true) : std::string();
}

void BoardPage::draw(Context& context, const Route& route) {
    const Object* object = find_object(context, route);
    lane_field_ = object ? lane_field_of(*object, route.parameter("by")) : no_field;
    if (!object || lane_field_ == no_field) {
        kit::PageBody body(context);
        if (kit::empty_state(context, context.tr("ui.board.none"),
                             {.icon = Icon::Board, .text = context.tr("ui.board.none_text"), .action = context.tr("ui.board.show_list")}))
            context.navigate(object ? routes::list(object->name) : routes::home());
        return;
    }
    // An address without a filter is the board as it was left.
    Route shown = route;
    if (const std::string kept = context.setting(setting_key(*object)); route.parameters.empty() && !kept.empty()) {
        shown = Route::parse(route.path_text() + "?" + kept);
        context.replace_route(shown.to_text());
    }
    address_ = shown.to_text();
    style_ = card_style_of(context, *object);
    if (!refresh(context, *object, shown)) return;
    if (!context.has_dialog() && context.shortcut("/")) focus_filter_ = true;
    if (!context.has_dialog()) step_by_letters(context);
    if (new_where_ && shown.parameter("dialog").empty()) remember(context, *object, "where", *std::exchange(new_where_, std::nullopt));
    draw_header(context, *object, shown);
    draw_toolbar(context, *object, shown);
    if (context.is_phone() && !shown.parameter("where").empty()) {   // words that the toolbar has no room for there
        kit::Toolbar bar(context, context.tr("ui.list.filters"));
        draw_condition(context, *object, shown);
    }
    if (!draw_nothing(context, *object, shown)) draw_lanes(context, *object);
    draw_drag(context, *object);
}

// The cards as they stood, lane by lane: previous and next on a record's page go by them.
void BoardPage::leave(Context& context) {
    drag_ = {};
    if (!context.schema().has_object(board_.object)) return;
    std::vector<RowIndex> rows;
    for (const BoardLane& lane : board_.lanes) rows.insert(rows.end(), lane.rows.begin(), lane.rows.end());
    remember_trail(context, address_, board_.object, std::move(rows));
}

std::unique_ptr<Dialog> BoardPage::make_dialog(Context& context, std::string_view address) {
    if (address == "conditions" && context.schema().has_object(board_.object)) {
        ListRequest request;
        request.where = context.route().parameter("where");
        return make_conditions_dialog(context, board_.object, std::move(request), [this, alive = std::weak_ptr<bool>(alive_)](std::string where) {
            if (!alive.expired()) new_where_ = std::move(where);
        });
    }
    return address == "card" && context.schema().has_object(board_.object) ? make_card_style_dialog(context, context.schema().object(board_.object)) : nullptr;
}

void BoardPage::remember(Context& context, const Object& object, std::string_view name, std::string_view value) {
    Route kept;
    kept.parameters = Route::parse(address_).parameters;
    const std::string text = kept.set(name, value).to_text();
    const std::size_t mark = text.find('?');
    context.set_setting(setting_key(object), mark == std::string::npos ? std::string_view() : std::string_view(text).substr(mark + 1));
    context.set_parameter(name, value);
}

// Computes the board anew when the records or the filter changed.
bool BoardPage::refresh(Context& context, const Object& object, const Route& route) {
    const bool mine = route.parameter("owner") == "me";
    filter_ = std::string(route.parameter("q"));
    const bool only_stalled = shows_only_stalled(object, route);
    std::string key = object.name + '\n' + object.field(lane_field_).name + '\n' + std::string(route.parameter("pipeline")) + '\n' + filter_ + '\n' + std::string(route.parameter("where")) + (mine ? "\nme\n" : "\n\n") + (only_stalled ? "s" : "") + std::to_string(context.workspace().revision());
    const bool moved = object.index == standard_object::opportunity && activity_.refresh(context.records(), context.clock().now());
    if (key == query_key_ && !(moved && only_stalled)) {
        if (moved) count_stalled();
        return true;
    }
    fields_ = board_fields_of(object);
    auto board = compute_board(board_query(object, route, context.records(), context.workspace().current_user(), lane_field_), lane_field_, context.records(), context.workspace().query_context(),
                               only_stalled ? [&](RowIndex row) { return activity_.is_stalled(row); } : std::function<bool(RowIndex)>());
    if (!board) {
        context.toast(context.error_text(board.error()), Tone::Danger);
        return false;
    }
    board_ = *std::move(board);
    if (moved_row_ != no_row) focus_row_ = moved_row_;   // it may be back by undo
    // Stages of other pipelines have no lane here, unless a record stands there.
    if (const std::uint16_t pipeline = pipeline_of(object, route, lane_field_); pipeline != 0) {
        const auto dependent = dependent_picklist(object, object.field(lane_field_));
        std::erase_if(board_.lanes, [&](const BoardLane& lane) { return lane.rows.empty() && dependent && !dependent->offers(lane.code, pipeline); });
    }
    query_key_ = std::move(key);
    find_largest(object, context.records());
    count_stalled();
    return true;
}

void BoardPage::count_stalled() {
    stalled_.assign(board_.lanes.size(), 0);
    if (board_.object != standard_object::opportunity) return;
    for (std::size_t lane = 0; lane < board_.lanes.size(); ++lane)
        stalled_[lane] = static_cast<std::uint64_t>(std::ranges::count_if(board_.lanes[lane].rows, [&](RowIndex row) { return activity_.is_stalled(row); }));
}

void BoardPage::draw_header(Context& context, const Object& object, const Route& route) {
    std::uint64_t count = 0;
    for (const BoardLane& lane : board_.lanes) count += lane.count;
    kit::PageHeader header(context, object_label(context.messages(), object, true),
                           {.subtitle = context.count_text("ui.board.count", count), .icon = icon_of_object(object.name, object.icon), .divider = false});
    int shown = 1;
    if (object.index == standard_object::task && !context.is_phone()) draw_task_views(context, 2);
    else if (context.is_phone() ? kit::icon_button(context, "list", Icon::List, context.tr("ui.board.list"))   // the count needs the room
                                : kit::segmented(context, "view", context.tr("ui.board.view"), {{context.tr("ui.board.list"), Icon::List}, {context.tr("ui.board.board"), Icon::Board}}, shown))
        context.navigate(Route::parse(routes::list(object.name)).set("q", filter_).set("owner", route.parameter("owner")).set("where", route.parameter("where")).to_text());
    if (kit::menu_button(context, "menu", Icon::More, context.tr("ui.list.menu"))) {
        if (kit::menu_item(context, "copy_link", context.tr("ui.record.copy_link"), {.icon = Icon::Link})) {
            context.browser().copy_text(address_);
            context.toast(context.tr("ui.record.link_copied"), Tone::Success);
        }
        if (kit::menu_item(context, "card", context.tr("ui.card.title"), {.icon = Icon::Columns})) context.open_dialog("card");
        // What a phone's toolbar has no room for.
        if (context.is_phone() && route.parameter("where").empty() && kit::menu_item(context, "conditions", context.tr("ui.list.filters"), {.icon = Icon::Filter}))
            context.open_dialog("conditions");
        const bool only_stalled = shows_only_stalled(object, route);
        if (context.is_phone() && object.index == standard_object::opportunity &&
            kit::menu_item(context, "stalled", context.tr("ui.board.only_stalled"), {.icon = Icon::Clock, .checked = only_stalled}))
            remember(context, object, "stalled", only_stalled ? "" : "1");
        kit::end_menu(context);
    }
    if (kit::compact_button(context, "new", Icon::Plus, context.tr("ui.board.new"), {.kind = kit::ButtonKind::Primary}))
        context.navigate(routes::create(object.name));
}

void BoardPage::draw_toolbar(Context& context, const Object& object, const Route& route) {
    kit::Toolbar bar(context, context.tr("ui.board.filters"));
    const bool narrow = context.form == FormFactor::Tablet && !route.parameter("where").empty();   // beside a condition's words
    if (kit::search_field(context, "filter", context.tr("ui.board.filter"), filter_,
                          {.focus = std::exchange(focus_filter_, false), .width = context.is_phone() ? 132.0f : narrow ? 120.0f : 240.0f}))
        remember(context, object, "q", filter_);
    draw_pipeline_choice(context, object, route);
    draw_lane_choice(context, object);
    if (!context.is_phone()) draw_condition(context, object, route);
    const bool only_stalled = shows_only_stalled(object, route);
    // A phone's menu has it; what is in force there is seen here, and ended.
    if (object.index == standard_object::opportunity && (only_stalled || !context.is_phone()) &&
        kit::compact_button(context, "stalled", Icon::Clock, context.tr("ui.board.only_stalled"), {.selected = only_stalled}))
        remember(context, object, "stalled", only_stalled ? "" : "1");
    if (!object.has_field(system_field::owner)) return;
    int mine = route.parameter("owner") == "me" ? 1 : 0;
    if (context.is_phone()) {   // a switch: two segments have no room; what stands before it gives way
        bar.spacer();
        if (kit::button(context, "owner", context.tr("ui.board.mine"), {.selected = mine == 1})) remember(context, object, "owner", mine == 1 ? "" : "me");
        return;
    }
    if (kit::segmented(context, "owner", context.tr("ui.board.whose"), {{context.tr("ui.board.everyone")}, {context.tr("ui.board.mine")}}, mine))
        remember(context, object, "owner", mine == 1 ? "me" : "");
}

void BoardPage::draw_condition(Context& context, const Object& object, const Route& route) {
    const std::string where(route.parameter("where"));
    if (where.empty()) {
        if (!context.is_phone() && kit::compact_button(context, "conditions", Icon::Filter, context.tr("ui.list.filters"))) context.open_dialog("conditions");
        return;
    }
    const int pressed = kit::chip(context, "condition", criteria_words(context, where, object));
    if (pressed == 1) context.open_dialog("conditions");
    if (pressed == 2) remember(context, object, "where", "");
}

void BoardPage::draw_pipeline_choice(Context& context, const Object& object, const Route& route) {
    const std::vector<std::uint16_t> codes = pipelines_of(object, lane_field_);
    if (codes.empty()) return;
    const Field& field = object.field(object.field(lane_field_).controller);
    const std::uint16_t chosen = pipeline_of(object, route, lane_field_);
    const auto label = [&](std::uint16_t code) { return code == 0 ? std::string(context.tr("ui.board.all_pipelines")) : value_label(context.messages(), field, field.values[code - 1u]); };
    if (!kit::menu_button(context, "pipeline", label(chosen))) return;
    for (const std::uint16_t code : codes)
        if (kit::menu_item(context, field.values[code - 1u].value, label(code), {.checked = code == chosen}))
            remember(context, object, "pipeline", field.values[code - 1u].value);
    kit::menu_separator(context);
    if (kit::menu_item(context, "all", label(0), {.checked = chosen == 0})) remember(context, object, "pipeline", "all");
    kit::end_menu(context);
}

// A picklist, the owner, the month of a date.
void BoardPage::draw_lane_choice(Context& context, const Object& object) {
    std::vector<const Field*> fields;
    for (const Field& field : object.fields)
        if (gives_lanes(field)) fields.push_back(&field);
    if (fields.size() < 2) return;
    std::string label = field_label(context.messages(), object, object.field(lane_field_));
    if (!context.is_phone()) label = context.tr("ui.board.by", {label});
    if (!kit::menu_button(context, "by", label)) return;
    for (const Field* field : fields)
        if (kit::menu_item(context, field->name, field_label(context.messages(), object, *field), {.checked = field->index == lane_field_}))
            remember(context, object, "by", field->name);
    kit::end_menu(context);
}

// Where a filter lets no card through the board says so once, and how to see all again.
bool BoardPage::draw_nothing(Context& context, const Object& object, const Route& route) {
    constexpr std::string_view filters[] = {"q", "owner", "where", "stalled"};
    if (std::ranges::any_of(board_.lanes, [](const BoardLane& lane) { return lane.count > 0; })) return false;
    if (std::ranges::none_of(filters, [&](std::string_view name) { return !route.parameter(name).empty(); })) return false;
    const bool stalled = shows_only_stalled(object, route);
    const std::string title = context.tr(stalled ? "ui.board.none_stalled" : "ui.list.none_match", {object_words(context.messages(), object, true)});
    const kit::EmptyOptions options{.icon = stalled ? Icon::Clock : Icon::Search, .text = context.tr(stalled ? "ui.board.none_stalled_text" : "ui.list.none_match_text"),
                                    .action = context.tr("ui.list.clear_filters"), .height = kit::available(context).height * 0.8f};
    if (kit::empty_state(context, title, options) != 1) return true;
    Route all = Route::parse(address_);
    for (const std::string_view name : filters) all.set(name, "");
    const std::string text = all.to_text();
    const std::size_t mark = text.find('?');
    context.set_setting(setting_key(object), mark == std::string::npos ? std::string_view() : std::string_view(text).substr(mark + 1));
    context.replace_route(text);
    return true;
}

void BoardPage::draw_lanes(Context& context, const Object& object) {
    const Rect place = kit::available(context);
    const float width = context.is_phone() ? std::min(lane_width, place.width - 48) : lane_width;
    const float side = context.is_phone() ? space::x4 : space::x6;
    const auto lanes = static_cast<float>(board_.lanes.size());
    const float content_width = lanes * (width + lane_gap) - lane_gap + 2 * side;
    lane_places_.assign(board_.lanes.size(), {});
    short_amounts_ = !fits_amounts(context, width);
    kit::ScrollArea area(context, "lanes", place, {.horizontal = true, .content_width = content_width, .gap = 0});
    const Rect content = kit::take(context, content_width, place.height - space::x3);
    // All places first: a card of the first lane may be dropped on the last.
    for (std::size_t lane = 0; lane < board_.lanes.size(); ++lane)
        lane_places_[lane] = {content.x + side + static_cast<float>(lane) * (width + lane_gap), content.y + space::x3, width,
                              content.height - space::x4};
    // A card that is to get the focus, in a lane that isn't wholly in sight.
    for (std::size_t lane = 0; focus_row_ != no_row && lane < board_.lanes.size(); ++lane) {
        if (std::ranges::find(board_.lanes[lane].rows, focus_row_) == board_.lanes[lane].rows.end()) continue;
        const Rect& there = lane_places_[lane];
        if (there.x < place.x) area.scroll_to_x(there.x - content.x - side);
        else if (there.right() > place.right()) area.scroll_to_x(there.right() - content.x + side - place.width);
        break;
    }
    // Another filter may leave cards only where one doesn't look.
    if (std::exchange(looked_at_, address_) != address_) {
        const auto has_cards = [&](std::size_t lane) { return board_.lanes[lane].count > 0; };
        const auto in_sight = [&](std::size_t lane) { return has_cards(lane) && lane_places_[lane].right() > place.x && lane_places_[lane].x < place.right(); };
        const auto all = std::views::iota(std::size_t{0}, board_.lanes.size());
        const auto first = std::ranges::find_if(all, has_cards);
        if (first != all.end() && std::ranges::none_of(all, in_sight)) area.scroll_to_x(lane_places_[*first].x - content.x - side);
    }
    for (std::size_t lane = 0; lane < board_.lanes.size(); ++lane)
        if (kit::is_visible(context, lane_places_[lane])) draw_lane(context, object, lane, lane_places_[lane]);
    if (drag_.row != no_row) kit::scroll_while_dragging(context);
}

void BoardPage::draw_lane(Context& context, const Object& object, std::size_t index, Rect place) {
    const BoardLane& lane = board_.lanes[index];
    kit::IdScope scope(context, lane.key);
    const bool target = drag_.row != no_row && drag_.from_lane != lane.key && place.contains(kit::pointer(context));
    kit::fill(context, place, target ? context.color().selected : context.color().surface_sunken, radius::card);
    if (target) kit::stroke(context, place, context.color().accent, radius::card, 1.5f);
    const std::string name = lane_label(context, object, lane) + ", " + lane_totals(context, index);
    kit::push_clip(context, place);
    // Not a list: it holds a heading and links, and a list nothing but items.
    kit::Group group(context, Role::Group, name);
    Rect body = place;
    draw_lane_header(context, object, index, body.cut_top(largest_ == no_row ? lane_header_height - 20 : lane_header_height));   // without amounts no sums
    draw_cards(context, object, index, body);
    kit::pop_clip(context);
}

void BoardPage::draw_lane_header(Context& context, const Object& object, std::size_t index, Rect place) {
    const BoardLane& lane = board_.lanes[index];
    Rect inner = place.inset(Insets{space::x3, space::x3, space::x3, space::x2});
    Rect top = inner.cut_top(20);
    Color dot = context.color().accent;
    if (lane.key == 0) dot = context.color().text_disabled;
    else if (lane.code != 0) dot = color_of_value(context.theme, object.field(lane_field_).values[lane.code - 1u]);
    kit::fill(context, top.cut_left(8).centered(8, 8), dot, radius::pill);
    top.cut_left(space::x2);
    const std::string count = context.count_text("ui.board.number", lane.count);
    const Rect count_place = top.cut_right(kit::text_width(context, count, TextStyle::CaptionStrong) + 2);
    if (const std::uint64_t stalled = stalled_[index]; stalled > 0) {
        const std::string words = context.number_text(stalled);
        top.cut_right(space::x2);
        kit::draw_text(context, top.cut_right(kit::text_width(context, words, TextStyle::CaptionStrong) + 2), words, TextStyle::CaptionStrong, context.theme.tint(Tone::Warning).text, Align::End);
        kit::draw_icon(context, Icon::Clock, top.cut_right(18).centered(14, 14), context.theme.tint(Tone::Warning).text);
    }
    kit::heading(context, 2, lane_label(context, object, lane), {.style = TextStyle::DenseStrong, .at = top});
    kit::draw_text(context, count_place, count, TextStyle::CaptionStrong, context.color().text_secondary, Align::End);
    if (board_.amount_field == no_field || largest_ == no_row) return;
    const Field& amount = object.field(board_.amount_field);
    const std::string sum = money(context, amount, lane.sum);
    kit::text(context, sum, {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Normal, .at = inner});
    if (board_.weighted_field == no_field || lane.closed) return;
    const std::string weighted = context.tr("ui.board.weighted", {money(context, amount, lane.weighted)});
    inner.cut_left(kit::text_width(context, sum, TextStyle::CaptionStrong) + space::x2);
    kit::text(context, weighted, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .align = Align::End, .at = inner});
}

void BoardPage::draw_cards(Context& context, const Object& object, std::size_t index, Rect place) {
    const BoardLane& lane = board_.lanes[index];
    kit::ScrollArea area(context, "cards", place, {.gap = 0});
    if (lane.rows.empty()) {
        kit::text(context, context.tr("ui.board.lane_empty"),
                  {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .align = Align::Center, .at = Rect{place.x, place.y, place.width, 40}});
        return;
    }
    const float step = style_.height() + card_gap;
    const Rect content = kit::take(context, 0, static_cast<float>(lane.rows.size()) * step + space::x1);
    if (focus_row_ != no_row)
        if (const auto found = std::ranges::find(lane.rows, focus_row_); found != lane.rows.end()) {
            const float top = static_cast<float>(found - lane.rows.begin()) * step;
            if (top < area.scroll_y() || top + step > area.scroll_y() + place.height)
                area.scroll_to(std::max(0.0f, top - place.height / 2 + step / 2));
        }
    const auto first = static_cast<std::size_t>(std::max(0.0f, (place.y - content.y) / step));
    const auto end = std::min(lane.rows.size(), static_cast<std::size_t>(std::max(0.0f, (place.bottom() - content.y) / step)) + 1);
    const auto draw_at = [&](std::size_t at) {
        draw_card(context, object, index, lane.rows[at],
                  {content.x + space::x2, content.y + static_cast<float>(at) * step, content.width - 2 * space::x2, style_.height()});
    };
    for (std::size_t at = first; at < end; ++at) draw_at(at);
    // A dragged card keeps its press though it has scrolled out of sight.
    if (drag_.row == no_row || drag_.from_lane != lane.key) return;
    const auto dragged = static_cast<std::size_t>(std::ranges::find(lane.rows, drag_.row) - lane.rows.begin());
    if (dragged < lane.rows.size() && (dragged < first || dragged >= end)) draw_at(dragged);
}

void BoardPage::drop(Context& context, const Object& object, Point at) {
    const BoardLane* target = lane_at(at);
    const Drag drag = std::exchange(drag_, {});
    if (target && target->key != drag.from_lane) move_card(context, object, drag.row, *target);
}

void BoardPage::draw_drag(Context& context, const Object& object) {
    if (drag_.row == no_row) return;
    const Point at = kit::pointer(context);
    // Where its own lane has scrolled out of sight, nobody else has told that it was let go.
    switch (kit::drag_state(context)) {
        case kit::DragState::Going: break;
        case kit::DragState::Dropped: return drop(context, object, at);
        case kit::DragState::None:
        case kit::DragState::Cancelled: drag_ = {}; return;
    }
    kit::begin_foreground(context);
    paint_card(context, object, drag_.row, {at.x - drag_.grip.x, at.y - drag_.grip.y, drag_.card.width, drag_.card.height}, true, true);
    kit::end_foreground(context);
    context.request_frame();
}

void BoardPage::move_card(Context& context, const Object& object, RowIndex row, const BoardLane& lane) {
    const RecordRef record{object.index, row};
    if (lane.code != 0 && lane_field_ == object.board_field) return move_on_path(context, record, lane.code);
    Value value = lane.value;
    if (const auto* month = std::get_if<DateValue>(&value)) {   // the same day of that month, or its last
        const Value now = context.records().value(record, lane_field_);
        const auto* day = std::get_if<DateValue>(&now);
        const CivilDate to = to_civil(month->days);
        value = DateValue{to_days({.year = to.year, .month = to.month, .day = std::min(day ? to_civil(day->days).day : 1, days_in_month(to.year, to.month))})};
    }
    context.submit(UpdateRecord{record, {{lane_field_, std::move(value)}}}, {},
                   {.toast = context.tr("ui.board.moved", {context.records().display_name(record), lane_label(context, object, lane)})});
}

// J and K, from the card that has the focus, or to the first one.
void BoardPage::step_by_letters(Context& context) {
    const RowIndex from = std::exchange(focused_row_, no_row);
    const int step = context.shortcut("j") ? 1 : context.shortcut("k") ? -1 : 0;
    if (step == 0) return;
    for (std::size_t lane = 0; from != no_row && lane < board_.lanes.size(); ++lane)
        if (std::ranges::find(board_.lanes[lane].rows, from) != board_.lanes[lane].rows.end()) return move_focus(lane, from, step);
    for (const BoardLane& lane : board_.lanes)
        if (focus_row_ == no_row && !lane.rows.empty()) focus_row_ = lane.rows.front();
}

void BoardPage::move_focus(std::size_t lane_index, RowIndex row, int step) {
    const BoardLane& lane = board_.lanes[lane_index];
    if (lane.rows.empty()) return;
    const auto found = std::ranges::find(lane.rows, row);
    if (found == lane.rows.end()) {  // from a neighbouring lane: its first card
        focus_row_ = lane.rows.front();
        return;
    }
    const auto at = found - lane.rows.begin() + step;
    if (at >= 0 && at < static_cast<std::ptrdiff_t>(lane.rows.size())) focus_row_ = lane.rows[static_cast<std::size_t>(at)];
}

std::string BoardPage::lane_label(Context& context, const Object& object, const BoardLane& lane) const {
    if (lane.key == 0) return std::string(context.tr("ui.board.no_value"));
    if (const auto* owner = std::get_if<RecordRef>(&lane.value)) return context.records().display_name(*owner);
    if (const auto* month = std::get_if<DateValue>(&lane.value)) return context.locale().format_month(month->days);
    const Field& field = object.field(lane_field_);
    const PicklistValue& value = field.values[lane.code - 1u];
    return pipeline_of(object, context.route(), lane_field_) != 0 ? value_label_within(context.messages(), object, field, value) : value_label(context.messages(), field, value);
}

std::string BoardPage::lane_totals(Context& context, std::size_t index) const {
    const BoardLane& lane = board_.lanes[index];
    std::string text = context.count_text("ui.board.count", lane.count);
    if (const std::uint64_t stalled = stalled_[index]; stalled > 0) text += ", " + context.count_text("ui.board.stalled_count", stalled);
    if (board_.amount_field == no_field) return text;
    const Field& amount = context.schema().object(board_.object).field(board_.amount_field);
    const auto whole = [&](Decimal value) { return amount.type == FieldType::Currency ? context.locale().format_money(value, context.workspace().currency()) : context.locale().format_number(value, amount.scale); };
    text += ", " + whole(lane.sum);
    if (board_.weighted_field != no_field && !lane.closed) text += ", " + context.tr("ui.board.weighted", {whole(lane.weighted)});
    return text;
}

bool BoardPage::is_stalled(const Object& object, RowIndex row) const { return object.index == standard_object::opportunity && activity_.is_stalled(row); }

const BoardLane* BoardPage::lane_at(Point point) const {
    for (std::size_t lane = 0; lane < lane_places_.size(); ++lane)
        if (lane_places_[lane].contains(point)) return &board_.lanes[lane];
    return nullptr;
}

}  // namespace outpost
