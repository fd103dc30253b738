// The task feed's groups and rows: drawn by their heights, so that a hundred thousand cost what thirty do; dragged from
// group to group.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/task_actions.h"
#include "ui/pages/task_feed_page.h"

namespace outpost {

namespace {

namespace so = standard_object;
constexpr float width_max = 960;
constexpr std::string_view group_keys[feed_group_count] = {"ui.feed.overdue", "kit.today", "kit.tomorrow", "ui.feed.this_week", "ui.feed.later", "ui.feed.no_date"};

float head_height(Context& context) { return context.theme.compact() ? 38.0f : 46.0f; }

// The first and the last of the priorities say something; the usual one between them doesn't.
struct PriorityWords { std::string text; bool high = false; };
PriorityWords priority_words(Context& context, RecordRef task) {
    const Field& field = context.schema().object(so::task).field(task_field::priority);
    const std::uint16_t code = context.records().table(so::task).column(task_field::priority).codes()[task.row];
    if (code == 0 || code == field.default_code()) return {};
    const std::vector<std::uint16_t> codes = field.codes_in_order(true);
    return {value_label(context.messages(), field, field.values[code - 1u]), !codes.empty() && codes.front() == code};
}

}  // namespace

float TaskFeedPage::row_height(Context& context) const { return context.is_phone() ? 60.0f : context.touch ? 52.0f : context.theme.compact() ? 34.0f : 42.0f; }

// Empty groups stand there too, so that tasks can be dragged into them and nothing moves when one empties; but nobody waits
// for something overdue, the last days of a week have no rest of it, and what has no date comes last.
bool TaskFeedPage::is_shown(FeedGroup group) const {
    if (!feed_.group(group).empty()) return true;
    return group == FeedGroup::NoDate ? drag_.row != no_row : group == FeedGroup::ThisWeek ? week_goes_on_ : group != FeedGroup::Overdue;
}

float TaskFeedPage::group_height(Context& context, FeedGroup group) const {
    if (!is_shown(group)) return 0;
    return head_height(context) + static_cast<float>(feed_.group(group).size()) * row_height(context) + space::x2;
}

void TaskFeedPage::draw_list(Context& context, Rect place) {
    kit::fill(context, place, context.color().surface);
    kit::ScrollArea area(context, "feed", place, {.gap = 0});
    float height = space::x4;
    for (std::size_t i = 0; i < feed_group_count; ++i) height += group_height(context, static_cast<FeedGroup>(i));
    const Rect content = kit::take(context, 0, height);
    const float width = std::min(place.width, width_max), left = place.x + std::floor((place.width - width) / 2);
    float y = content.y;
    // All places first: a row of the first group may be dropped on the last.
    for (std::size_t i = 0; i < feed_group_count; ++i) {
        places_[i] = {left, y, width, group_height(context, static_cast<FeedGroup>(i))};
        y += places_[i].height;
    }
    if (focus_next_ != no_row)
        for (std::size_t i = 0; i < feed_group_count; ++i) {
            const auto rows = feed_.group(static_cast<FeedGroup>(i));
            const auto at = std::ranges::find(rows, focus_next_);
            if (at == rows.end()) continue;
            const float top = places_[i].y - content.y + head_height(context) + static_cast<float>(at - rows.begin()) * row_height(context);
            if (top < area.scroll_y() || top + row_height(context) > area.scroll_y() + place.height) area.scroll_to(std::max(0.0f, top - place.height / 2));
        }
    for (std::size_t i = 0; i < feed_group_count; ++i)
        if (places_[i].height > 0 && kit::is_visible(context, places_[i])) draw_group(context, static_cast<FeedGroup>(i), places_[i]);
    if (drag_.row != no_row) kit::scroll_while_dragging(context);
}

void TaskFeedPage::draw_group(Context& context, FeedGroup group, Rect place) {
    const auto rows = feed_.group(group);
    kit::IdScope scope(context, group_keys[static_cast<std::size_t>(group)]);
    const std::string label(context.tr(group_keys[static_cast<std::size_t>(group)]));
    kit::Group region(context, Role::Group, context.tr("ui.feed.group_name", {label, context.number_text(rows.size())}));
    draw_group_head(context, group, place.cut_top(head_height(context)));
    const float step = row_height(context);
    // Those in sight: a hundred thousand are not asked one by one.
    const std::size_t begin = place.y < 0 ? std::min(rows.size(), static_cast<std::size_t>(-place.y / step)) : 0;
    const std::size_t end = std::min(rows.size(), static_cast<std::size_t>(std::max(0.0f, (context.height - place.y) / step)) + 1);
    const auto row_place = [&](std::size_t at) { return Rect{place.x + space::x2, place.y + static_cast<float>(at) * step, place.width - 2 * space::x2, step}; };
    for (std::size_t at = begin; at < end; ++at)
        if (kit::is_visible(context, row_place(at)) || rows[at] == drag_.row) draw_row(context, rows[at], row_place(at));
    // A dragged row keeps its press though it has scrolled out of sight.
    if (drag_.row == no_row) return;
    const auto dragged = static_cast<std::size_t>(std::ranges::find(rows, drag_.row) - rows.begin());
    if (dragged < rows.size() && (dragged < begin || dragged >= end)) draw_row(context, drag_.row, row_place(dragged));
}

void TaskFeedPage::draw_group_head(Context& context, FeedGroup group, Rect place) {
    const Palette& p = context.color();
    const std::size_t index = static_cast<std::size_t>(group), count = feed_.group(group).size();
    const bool target = drag_.row != no_row && group != FeedGroup::Overdue && places_[index].contains(kit::pointer(context));
    if (target) kit::fill(context, places_[index].inset(Insets::xy(space::x2, 2)), p.selected, radius::card);
    Rect inner = place.inset({space::x6, 12, space::x6, 0});
    if (context.is_phone()) inner = place.inset({space::x4, 12, space::x4, 0});
    const std::string_view label = context.tr(group_keys[index]);
    const bool late = group == FeedGroup::Overdue;
    kit::heading(context, 2, label, {.style = TextStyle::BodyStrong, .ink = late ? kit::Ink::Danger : count == 0 ? kit::Ink::Secondary : kit::Ink::Normal, .at = inner.cut_left(kit::text_width(context, label, TextStyle::BodyStrong) + 2)});
    inner.cut_left(space::x2);
    const std::string number = context.number_text(count);
    kit::draw_text(context, inner.cut_left(kit::text_width(context, number, TextStyle::Dense) + 2), number, TextStyle::Dense, p.text_secondary);
    // The day on which a drop puts it, or that the heading means.
    const std::optional<Days> day = feed_day_of(group, context.today(), context.locale().first_weekday(), context.workspace().working_time());
    if (target) kit::draw_text(context, inner, day_words(context, day), TextStyle::DenseStrong, p.accent_text, Align::End);
    else if (group == FeedGroup::Today || group == FeedGroup::Tomorrow) kit::draw_text(context, inner, context.locale().format_day(*day), TextStyle::Dense, p.text_secondary, Align::End);
    kit::line(context, {place.x + space::x4, place.bottom() - 1}, {place.right() - space::x4, place.bottom() - 1}, p.border);
}

void TaskFeedPage::draw_row(Context& context, RowIndex row, Rect place) {
    const RecordRef task{so::task, row};
    kit::IdScope scope(context, std::uint64_t{row});
    const std::string title = record_title(context, task), about = about_words(context, task), address = routes::record(context.records().id_of(task));
    // Many tasks are called the same: whom or what they are about tells them apart.
    const std::string name = about.empty() ? title : context.tr("ui.feed.named", {title, about});
    std::string said;
    for (const std::string& part : {due_words(context, row).text, priority_words(context, task).text})
        if (!part.empty()) said += (said.empty() ? "" : ", ") + part;
    const bool ticks = selecting_ || !ticked_.empty(), is_ticked = ticked_.contains(row);
    const kit::Hit hit = kit::hit(context, "row", place, {.role = Role::Link, .name = name, .description = said, .link = address, .states = is_ticked ? semantics_state::selected : 0u, .draggable = true});
    if (focus_next_ == row && key_ == RowKey::None) {
        focus_next_ = no_row;
        kit::focus(context, hit.id);
        context.request_frame();
    }
    if (hit.focused) focused_ = row, focused_place_ = place;
    if (is_ticked) kit::fill(context, place, context.color().selected, radius::control);
    else if (hit.hovered) kit::fill(context, place, context.color().hover, radius::control);
    if (drag_.row != no_row && std::ranges::binary_search(drag_.rows, row)) kit::fill(context, place, context.color().surface_sunken, radius::control);
    Rect inner = place.inset(Insets::xy(context.touch ? space::x1 : space::x3, 0));
    const float box = context.touch ? 44.0f : 24.0f;
    const Rect tick_place = inner.cut_left(box).centered(box, box);
    bool on = is_ticked;
    if (ticks) {
        if (kit::checkbox(context, "tick", context.tr("kit.select_named", {name}), on, {.hide_label = true, .round = true, .at = tick_place})) tick(row);
    } else if (kit::checkbox(context, "done", context.tr("kit.done_named", {name}), on, {.hide_label = true, .at = tick_place}) && on) {
        complete(context, {row});
    }
    inner.cut_left(context.touch ? space::x1 : space::x2);
    if (context.touch || hit.hovered || hit.focused) {
        const float size = context.touch ? 44.0f : 28.0f;
        const Rect spot = (context.touch ? inner.cut_right(size) : Rect{inner.right() - size, inner.y, size, inner.height}).centered(size, size);
        if (!context.touch) inner.cut_right(size + space::x1);
        if (kit::icon_button(context, "snooze", Icon::Clock, context.tr("ui.feed.snooze_named", {name}), {.kind = kit::ButtonKind::Ghost, .small = !context.touch, .has_popup = true, .at = spot})) open_snooze(context, {row}, spot);
    } else {
        inner.cut_right(28 + space::x1);
    }
    paint_row(context, row, inner);
    if (hit.pressed && drag_.row == no_row) {
        if (ticks) tick(row);
        else context.navigate(address);
    }
    // Acted on after all rows: the one that gets the focus is not to see the same key.
    if (kit::key_pressed(context, hit, "ArrowDown")) key_ = RowKey::Down;
    if (kit::key_pressed(context, hit, "ArrowUp")) key_ = RowKey::Up;
    if (kit::key_pressed(context, hit, "Delete")) key_ = RowKey::Delete;
    if (hit.drag_started) drag_ = {row, is_ticked ? ticked() : std::vector<RowIndex>{row}, {hit.pointer.x - place.x, hit.pointer.y - place.y}, place.width};
    if (hit.drag_cancelled) drag_ = {};
    if (hit.dropped && drag_.row != no_row) {
        const Drag drag = std::exchange(drag_, {});
        for (std::size_t i = 1; i < feed_group_count; ++i) {
            const auto group = static_cast<FeedGroup>(i);
            if (!places_[i].contains(hit.pointer)) continue;
            const auto group_rows = feed_.group(group);
            std::vector<RowIndex> there(group_rows.begin(), group_rows.end()), rows;
            std::ranges::sort(there);
            std::ranges::set_difference(drag.rows, there, std::back_inserter(rows));   // those that are not there already
            move_tasks(context, std::move(rows), feed_day_of(group, context.today(), context.locale().first_weekday(), context.workspace().working_time()), untick());
        }
    }
}

void TaskFeedPage::paint_row(Context& context, RowIndex row, Rect inner) {
    const RecordRef task{so::task, row};
    const Palette& p = context.color();
    DueWords due = due_words(context, row);
    if (!due.late) due.text = due.below;
    const PriorityWords priority = priority_words(context, task);
    const std::string about = about_words(context, task), title = record_title(context, task);
    const Color due_ink = due.late ? context.theme.tint(Tone::Danger).text : p.text_secondary;
    const bool recurs = !context.records().text(task, task_field::recurrence).empty();
    if (context.is_phone()) {
        Rect lower = inner.cut_bottom(26);
        lower.cut_bottom(8);
        inner.cut_top(8);
        if (priority.high) kit::draw_icon(context, Icon::ArrowUp, inner.cut_right(18).centered(14, 14), context.theme.tint(Tone::Warning).text, 2.2f);
        kit::draw_text(context, inner, title, TextStyle::BodyStrong, p.text);
        const float due_width = due.text.empty() ? 0 : kit::text_width(context, due.text, TextStyle::Caption) + 2;
        kit::draw_text(context, lower.cut_left(due_width), due.text, TextStyle::Caption, due_ink);
        if (recurs) kit::draw_icon(context, Icon::Refresh, lower.cut_left(18).centered(12, 12), p.text_secondary);
        if (due_width > 0) lower.cut_left(space::x2);
        return kit::draw_text(context, lower, about, TextStyle::Caption, p.text_secondary);
    }
    kit::draw_text(context, inner.cut_right(128), due.text, TextStyle::Dense, due_ink, Align::End);
    if (owners_.size() != 1) {
        const Value owner = context.records().value(task, system_field::owner);
        inner.cut_right(space::x2);
        const Rect spot = inner.cut_right(22).centered(22, 22);
        if (const auto* user = std::get_if<RecordRef>(&owner)) {
            kit::Column corner(context, spot, {.gap = 0});
            kit::avatar(context, record_title(context, *user), 22);
        }
        inner.cut_right(space::x3);
    }
    if (!priority.text.empty()) {
        const Color ink = priority.high ? context.theme.tint(Tone::Warning).text : p.text_secondary;
        kit::draw_text(context, inner.cut_right(kit::text_width(context, priority.text, TextStyle::CaptionStrong) + 2), priority.text, TextStyle::CaptionStrong, ink, Align::End);
        if (priority.high) kit::draw_icon(context, Icon::ArrowUp, inner.cut_right(16).centered(12, 12), ink, 2.2f);
        inner.cut_right(space::x2);
    }
    // The subject keeps what it needs; who and what stand behind it.
    const float wanted = kit::text_width(context, title, TextStyle::Body) + 1, most = about.empty() ? inner.width : std::max(inner.width * 0.6f, inner.width - kit::text_width(context, about, TextStyle::Dense) - 24);
    kit::draw_text(context, inner.cut_left(std::min(wanted, most)), title, TextStyle::Body, p.text);
    inner.cut_left(space::x2);
    if (recurs) kit::draw_icon(context, Icon::Refresh, inner.cut_left(20).centered(13, 13), p.text_secondary);
    inner.cut_left(space::x1);
    kit::draw_text(context, inner, about, TextStyle::Dense, p.text_secondary);
}

void TaskFeedPage::draw_drag(Context& context) {
    if (drag_.row == no_row) return;
    const Point at = kit::pointer(context);
    const float width = std::min(drag_.width, 420.0f);
    const Rect place{at.x - std::min(drag_.grip.x, width - 20), at.y - drag_.grip.y, width, context.touch ? 48.0f : 40.0f};
    kit::begin_foreground(context);
    kit::shadow(context, place, radius::card, 3);
    kit::fill(context, place, context.color().surface_raised, radius::card);
    kit::stroke(context, place, context.color().border_strong, radius::card);
    const std::string words = drag_.rows.size() == 1 ? record_title(context, {so::task, drag_.row}) : context.count_text("ui.list.selected", drag_.rows.size());
    kit::draw_text(context, place.inset(Insets::xy(space::x4, 0)), words, TextStyle::BodyStrong, context.color().text);
    kit::end_foreground(context);
    context.request_frame();
}

}  // namespace outpost
