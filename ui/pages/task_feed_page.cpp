#include "ui/pages/task_feed_page.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/next_task.h"
#include "ui/pages/record_form.h"
#include "ui/pages/task_actions.h"

namespace outpost {

namespace {

namespace so = standard_object;
constexpr std::string_view everybody = "all";

}  // namespace

std::string TaskFeedPage::title(Context& context, const Route&) { return object_label(context.messages(), context.schema().object(so::task), true); }

std::unique_ptr<Dialog> TaskFeedPage::make_dialog(Context& context, std::string_view address) {
    if (address != "next") return nullptr;
    refresh(context, context.route());
    // What is late and for today; on a day without such, all that is to come.
    const std::size_t due = feed_.begins[static_cast<std::size_t>(FeedGroup::Tomorrow)];
    return make_next_task({feed_.rows.begin(), feed_.rows.begin() + static_cast<std::ptrdiff_t>(due > 0 ? due : feed_.rows.size())});
}

void TaskFeedPage::refresh(Context& context, const Route& route) {
    const Records& records = context.records();
    const Milliseconds now = context.clock().now();
    const std::array<std::uint64_t, 5> key{records.table(so::task).revision(), records.table(so::user).revision(), static_cast<std::uint64_t>(context.today()),
                                           static_cast<std::uint64_t>(context.clock().utc_offset_minutes(now)), static_cast<std::uint64_t>(context.locale().first_weekday())};
    if (key == seen_ && route.parameter("of") == of_) return;
    seen_ = key;
    of_ = route.parameter("of");
    owners_.clear();
    for (const std::string_view word : split(of_, ',')) {
        const auto id = parse_record_id(word);
        const auto user = id ? records.find(*id) : std::nullopt;
        if (user && user->object == so::user) owners_.push_back(user->row);
    }
    if (owners_.empty() && of_ != everybody) owners_.push_back(context.workspace().current_user().row);
    std::ranges::sort(owners_);
    feed_ = collect_feed(records, context.clock(), context.today(), context.locale().first_weekday(), owners_);
    const Days today = context.today();
    const int first = context.locale().first_weekday();
    week_goes_on_ = feed_group_of(feed_day_of(FeedGroup::ThisWeek, today, first, context.workspace().working_time()), today, first) == FeedGroup::ThisWeek;
    if (ticked_.empty()) return;
    std::vector<RowIndex> open = feed_.rows;
    std::ranges::sort(open);
    std::erase_if(ticked_, [&](RowIndex row) { return !std::ranges::binary_search(open, row); });
}

void TaskFeedPage::draw(Context& context, const Route& route) {
    refresh(context, route);
    draw_header(context);
    if (!context.is_desktop() && !context.is_phone()) {   // a tablet's header has no room for it beside the title
        kit::Toolbar bar(context, context.tr("ui.feed.whose"));
        draw_owners(context);
    }
    focused_ = no_row;
    Rect place = kit::take(context, 0, std::max(120.0f, kit::available(context).height));
    if (feed_.rows.empty()) {
        kit::Column column(context, place);
        draw_empty(context);
    } else {
        if (!ticked_.empty() || selecting_) draw_bulk(context, place.cut_bottom(context.touch ? 64.0f : 56.0f));
        draw_list(context, place);
    }
    draw_drag(context);
    draw_menu(context);
    if (!context.has_dialog()) take_keys(context);
    key_ = RowKey::None;
}

void TaskFeedPage::draw_header(Context& context) {
    const std::string count = context.tr("ui.feed.count", {context.number_text(feed_.rows.size())});
    kit::PageHeader header(context, title(context, context.route()), {.subtitle = count, .icon = Icon::Task, .divider = false});
    if (context.is_desktop()) draw_owners(context);
    draw_task_views(context, 0);
    const bool narrow = context.width < 360;   // the count needs the room
    if (!feed_.rows.empty() && (narrow ? kit::icon_button(context, "next", Icon::ArrowRight, context.tr("ui.feed.next"))
                                       : kit::button(context, "next", context.tr("ui.feed.next"), {.icon = context.is_phone() ? Icon::None : Icon::ArrowRight, .shortcut = "w"})))
        context.open_dialog("next");
    draw_list_menu(context);
    if (kit::compact_button(context, "new", Icon::Plus, context.tr("ui.home.new_task"), {.kind = kit::ButtonKind::Primary})) open_create_dialog(context, Route::parse(routes::create("Task")));
}

// Whose: beside the title, on a tablet below it, on a phone in the menu.
void TaskFeedPage::draw_owners(Context& context) {
    const Records& records = context.records();
    const bool mine = owners_ == std::vector<RowIndex>{context.workspace().current_user().row};
    const std::string label = mine ? std::string(context.tr("ui.feed.mine")) : owners_.empty() ? std::string(context.tr("ui.board.everyone"))
                              : owners_.size() == 1 ? records.display_name({so::user, owners_[0]}) : context.count_text("ui.feed.people", owners_.size());
    if (!kit::menu_button(context, "owners", label)) return;
    draw_owner_items(context);
    kit::end_menu(context);
}

// A finger has no X to tick with.
void TaskFeedPage::draw_list_menu(Context& context) {
    if (!kit::menu_button(context, "menu", Icon::More, context.tr("ui.list.menu"))) return;
    if (kit::menu_item(context, "select", context.tr("ui.list.select"), {.icon = Icon::Task, .shortcut = context.touch ? "" : "X"})) selecting_ = true;
    if (context.is_phone()) {
        kit::menu_separator(context);
        draw_owner_items(context);
    }
    kit::end_menu(context);
}

// Everybody's, one's own, and those of others: one's own go along with others' as each of them does.
void TaskFeedPage::draw_owner_items(Context& context) {
    const Records& records = context.records();
    const RowIndex me = context.workspace().current_user().row;
    const auto id_of = [&](RowIndex row) { return to_text(records.id_of({so::user, row})); };
    kit::menu_heading(context, context.tr("ui.feed.whose"));
    if (kit::menu_item(context, "all", context.tr("ui.board.everyone"), {.checked = owners_.empty()})) context.set_parameter("of", everybody);
    const Table& users = records.table(so::user);
    std::vector<RowIndex> rows{me};
    for (RowIndex row = 0; row < users.row_count(); ++row)
        if (users.is_live(row) && row != me) rows.push_back(row);
    for (const RowIndex row : rows) {
        const bool checked = std::ranges::binary_search(owners_, row);
        if (!kit::menu_item(context, id_of(row), row == me ? std::string(context.tr("ui.feed.mine")) : records.display_name({so::user, row}), {.checked = checked, .keep_open = true})) continue;
        std::vector<RowIndex> chosen = owners_;
        if (checked) std::erase(chosen, row);
        else chosen.push_back(row);
        std::string all;
        for (const RowIndex each : chosen) all += (all.empty() ? "" : ",") + id_of(each);
        context.set_parameter("of", all);
    }
}

void TaskFeedPage::draw_empty(Context& context) {
    if (kit::empty_state(context, context.tr("ui.feed.empty"), {.icon = Icon::Check, .text = context.tr("ui.feed.empty_text"), .action = context.tr("ui.home.new_task"), .action_icon = Icon::Plus}))
        open_create_dialog(context, Route::parse(routes::create("Task")));
}

// --- what is done

std::vector<RowIndex> TaskFeedPage::chosen(RowIndex row) const { return ticked_.empty() ? std::vector<RowIndex>{row} : ticked(); }

void TaskFeedPage::tick(RowIndex row) {
    if (!ticked_.erase(row)) ticked_.insert(row);
}

std::function<void()> TaskFeedPage::untick() {
    return [this, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        ticked_.clear();
        selecting_ = false;
    };
}

void TaskFeedPage::pass_focus_on(const std::vector<RowIndex>& rows) {
    const auto gone = [&](RowIndex row) { return std::ranges::binary_search(rows, row); };
    const auto at = std::ranges::find(feed_.rows, focused_ == no_row && !rows.empty() ? rows[0] : focused_);
    if (at == feed_.rows.end()) return;
    auto next = std::find_if_not(at, feed_.rows.end(), gone);
    if (next == feed_.rows.end()) {
        const auto before = std::find_if_not(std::make_reverse_iterator(at), feed_.rows.rend(), gone);
        if (before == feed_.rows.rend()) return;
        focus_next_ = *before;
        return;
    }
    focus_next_ = *next;
}

void TaskFeedPage::complete(Context& context, std::vector<RowIndex> rows) { complete_tasks(context, std::move(rows), untick()); }

void TaskFeedPage::open_snooze(Context&, std::vector<RowIndex> rows, Rect anchor) {
    menu_rows_ = std::move(rows);
    menu_anchor_ = anchor;
    menu_opens_ = true;
}

void TaskFeedPage::draw_menu(Context& context) {
    if (std::exchange(menu_opens_, false)) kit::open_popup(context, "snooze");
    if (menu_rows_.empty() || !kit::begin_menu(context, "snooze", menu_anchor_, context.tr("ui.feed.snooze"))) return;
    draw_snooze_items(context, menu_rows_, untick());
    kit::end_menu(context);
}

void TaskFeedPage::move_focus(RowIndex from, int step) {
    const auto at = std::ranges::find(feed_.rows, from);
    if (at == feed_.rows.end()) return;
    const auto to = at - feed_.rows.begin() + step;
    if (to >= 0 && to < static_cast<std::ptrdiff_t>(feed_.rows.size())) focus_next_ = feed_.rows[static_cast<std::size_t>(to)];
}

void TaskFeedPage::take_keys(Context& context) {
    if (feed_.rows.empty()) return;
    const RowKey key = std::exchange(key_, RowKey::None);
    const bool down = context.shortcut("j") || key == RowKey::Down, up = context.shortcut("k") || key == RowKey::Up;
    if (focused_ == no_row) {
        const bool arrow = !kit::is_anything_focused(context) && (context.shortcut("ArrowDown") || context.shortcut("ArrowUp"));
        if (down || up || arrow) focus_next_ = feed_.rows[0], context.request_frame();
    } else {
        if (down || up) move_focus(focused_, down ? 1 : -1), context.request_frame();
        if (context.shortcut("x")) tick(focused_);
    }
    if (context.shortcut("Escape")) untick()();
    if (focused_ == no_row && ticked_.empty()) return;
    const std::vector<RowIndex> rows = chosen(focused_);
    if (context.shortcut("e")) {
        pass_focus_on(rows);
        complete(context, rows);
    }
    if (key == RowKey::Delete) {
        pass_focus_on(rows);
        delete_records(context, so::task, rows, untick());
    }
    if (context.shortcut("s")) {
        pass_focus_on(rows);
        open_snooze(context, rows, focused_ == no_row ? Rect{context.width / 2, context.height / 2, 1, 1} : Rect{focused_place_.right() - 240, focused_place_.y, 240, focused_place_.height});
    }
}

// What can be done with the ticked ones; it takes room from the list below, so that no row moves.
void TaskFeedPage::draw_bulk(Context& context, Rect place) {
    const Palette& p = context.color();
    kit::IdScope scope(context, "bulk");
    context.bottom_bar = place.height;
    kit::Group group(context, Role::Toolbar, context.tr("ui.list.bulk"));
    kit::fill(context, place, p.surface_raised);
    kit::line(context, {place.x, place.y}, {place.right(), place.y}, p.border);
    const std::vector<RowIndex> rows = ticked();
    const bool none = rows.empty();
    kit::Row row(context, place.inset(Insets::xy(context.is_phone() ? space::x3 : space::x6, 0)), {.height = place.height});
    kit::text(context, context.count_text("ui.list.selected", rows.size()), {.style = TextStyle::BodyStrong});
    row.spacer();
    if (kit::compact_button(context, "complete", Icon::Check, context.tr("ui.quick.complete"), {.disabled = none})) complete(context, rows);
    if (kit::compact_button(context, "snooze", Icon::Clock, context.tr("ui.feed.snooze"), {.disabled = none, .has_popup = true})) open_snooze(context, rows, {place.right() - 260, place.y, 1, 1});
    if (kit::compact_button(context, "owner", Icon::User, context.tr("ui.list.change_owner"), {.disabled = none})) context.open_dialog(make_bulk_edit_dialog(context, so::task, rows, system_field::owner, untick()));
    if (kit::compact_button(context, "delete", Icon::Trash, context.tr("ui.list.delete"), {.disabled = none})) delete_records(context, so::task, rows, untick());
    if (kit::icon_button(context, "done", Icon::Close, context.tr("ui.list.select_done"))) untick()();
}

}  // namespace outpost
