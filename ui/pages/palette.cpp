#include "ui/pages/palette.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "core/query/global_search.h"
#include "ui/pages/board_query.h"
#include "ui/pages/calendar_view.h"
#include "ui/pages/capture_dialog.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/recent_records.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/timeline.h"
#include "ui/pages/task_actions.h"

namespace outpost {
namespace {

constexpr float entry_height = 40;
constexpr std::size_t recent_shown_max = 6;
constexpr std::int64_t slice_microseconds = 5000;   // of a frame's 8 ms; the rest draws
enum Group : int { group_records, group_recent, group_this_record, group_go, group_create, group_actions };
constexpr std::string_view group_keys[] = {"ui.palette.records", "ui.palette.recent", "ui.palette.this_record", "ui.palette.go", "ui.palette.create", "ui.palette.actions"};

// Every word that was typed stands somewhere in the label.
bool matches(std::string_view folded_needle, std::string_view label) {
    const std::string folded = fold_search(label);
    return std::ranges::all_of(split(folded_needle, ' '), [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

}  // namespace

std::string PaletteDialog::title(Context& context) { return std::string(context.tr("ui.palette.title")); }

kit::Edited PaletteDialog::draw_field(Context& context) {
    // On a phone there is neither Escape nor a place beside it to tap.
    const float side = context.is_phone() ? context.theme.control_height() : 0;
    kit::Row row(context, {.gap = 0});
    const kit::Edited edited = kit::search_field(context, "search", context.tr("ui.palette.search"), typed_,
                                                 {.placeholder = context.tr("ui.palette.placeholder"), .hide_label = true, .focus = !opened_,
                                                  .icon = Icon::Search, .width = kit::available(context).width - side});
    if (side > 0 && kit::icon_button(context, "close", Icon::Close, context.tr("kit.close"), {.kind = kit::ButtonKind::Ghost})) close();
    return edited;
}

void PaletteDialog::draw(Context& context) {
    const kit::Edited edited = draw_field(context);
    if (is_closing()) return;
    kit::tell_option(context, 0);
    const Point at = kit::pointer(context);
    pointer_moved_ = opened_ && (at.x != pointer_.x || at.y != pointer_.y);
    pointer_ = at;
    opened_ = true;
    if (edited.changed) selected_ = 0, chosen_early_ = false;
    prepare(context);
    refresh(context);
    const bool enter = context.shortcut("Enter") || (edited.committed && edited.focused);
    if (is_looking()) {
        chosen_early_ = chosen_early_ || enter;
        return kit::help_text(context, context.tr("ui.palette.looking"));
    }
    if (context.shortcut("ArrowDown") && selected_ + 1 < entries_.size()) ++selected_;
    if (context.shortcut("ArrowUp") && selected_ > 0) --selected_;
    if (enter || std::exchange(chosen_early_, false)) return choose(context, selected_);
    kit::say_found(context, entries_.size());
    if (entries_.empty()) {
        kit::empty_state(context, context.tr("ui.palette.nothing"), {.icon = Icon::Search, .text = context.tr("ui.palette.nothing_text")});
        return;
    }
    kit::Group list(context, Role::Listbox, context.tr("ui.palette.results"));
    kit::Column column(context, {.gap = 0});
    int group = -1;
    std::uint32_t active = 0;
    for (std::size_t index = 0; index < entries_.size(); ++index) {
        if (entries_[index].group != group) {
            group = entries_[index].group;
            kit::gap(context, space::x2);
            kit::text(context, context.tr(group_keys[group]), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
        }
        const std::uint32_t option = draw_entry(context, index);
        if (is_closing()) return;
        if (index == selected_) active = option;
    }
    kit::tell_option(context, active);
}

std::uint32_t PaletteDialog::draw_entry(Context& context, std::size_t index) {
    const Entry& entry = entries_[index];
    kit::IdScope scope(context, std::uint64_t{index});
    const bool two_lines = context.is_phone() && !entry.detail.empty();
    const Rect place = kit::take(context, 0, two_lines ? entry_height + 12 : entry_height);
    std::string name = entry.label;
    if (!entry.detail.empty()) name += ", " + entry.detail;
    const kit::Hit hit = kit::hit(context, "entry", place,
                                  {.role = Role::Option, .name = name, .states = index == selected_ ? semantics_state::selected : 0u, .focusable = false});
    if (hit.hovered && pointer_moved_) selected_ = index;
    if (index == selected_) kit::fill(context, place, context.color().selected, radius::control);
    Rect inner = place.inset(Insets::xy(space::x3, 0));
    kit::draw_icon(context, entry.icon, inner.cut_left(18).centered(16, 16), context.color().text_secondary);
    inner.cut_left(space::x3);
    if (!entry.shortcut.empty() && !context.touch) {
        const std::string chord = kit::shortcut_text(context, entry.shortcut);
        kit::draw_text(context, inner.cut_right(kit::text_width(context, chord, TextStyle::Caption) + 2), chord, TextStyle::Caption,
                       context.color().text_secondary, Align::End);
        inner.cut_right(space::x2);
    }
    const float width = two_lines ? inner.width : std::min(inner.width, kit::text_width(context, entry.label, TextStyle::Body) + 1);
    Rect below = inner;
    if (two_lines) inner = below.cut_top(inner.height / 2 + 3).inset({0, 6, 0, 0}), below.cut_bottom(6);
    kit::draw_text(context, inner.cut_left(width), entry.label, TextStyle::Body, context.color().text);
    inner.cut_left(space::x2);
    kit::draw_text(context, two_lines ? below : inner, entry.detail, TextStyle::Dense, context.color().text_secondary);
    if (hit.pressed) choose(context, index);
    return hit.id;
}

void PaletteDialog::choose(Context& context, std::size_t index) {
    if (index >= entries_.size()) return;
    const Entry entry = entries_[index];
    close();
    if (!entry.address.empty()) context.navigate(entry.address);
    if (entry.action) entry.action(context);
}

// Begins while nothing is typed yet, so that the first letter finds as fast as the next.
void PaletteDialog::prepare(Context& context) {
    if (prepared_) return;
    prepared_ = prepare_search(context.records(), context.clock(), slice_microseconds);
    if (!prepared_) context.request_frame();
}

bool PaletteDialog::is_looking() const { return !prepared_ && !trim(typed_).empty(); }

void PaletteDialog::refresh(Context& context) {
    if (is_looking()) return;
    if (seen_ == typed_ && seen_revision_ == context.workspace().revision()) return;
    seen_ = typed_;
    seen_revision_ = context.workspace().revision();
    entries_.clear();
    add_records(context);
    add_recent(context);
    add_record_actions(context);
    add_pages(context);
    add_actions(context);
    add_line(context);
    selected_ = std::min(selected_, entries_.empty() ? 0 : entries_.size() - 1);
}

void PaletteDialog::add_records(Context& context) {
    if (trim(typed_).empty()) return;
    for (const SearchHit& hit : search_records(typed_, context.records(), {.limit = 8})) {
        entries_.push_back(entry_of(context, hit.record, group_records));
    }
}

// Several words may be a line to be logged.
void PaletteDialog::add_line(Context& context) {
    const std::string line(trim(typed_));
    if (std::ranges::count(line, ' ') < 2 && !(has_cjk(line) && count_code_points(line) >= 6)) return;
    entries_.push_back({.icon = Icon::Note, .label = std::string(context.tr("ui.capture.title")), .detail = "“" + line + "”", .shortcut = {}, .address = {},
                        .action = [line](Context& c) { c.open_dialog(std::make_unique<CaptureDialog>(record_here(c), line)); }, .group = group_actions});
}

PaletteDialog::Entry PaletteDialog::entry_of(Context& context, RecordRef record, int group) {
    const Object& object = context.schema().object(record.object);
    const kit::Choice choice = lookup_choice(context, record);
    std::string detail = object_label(context.messages(), object, false);
    if (!choice.detail.empty()) detail += " · " + choice.detail;
    if (is_converted_lead(context, record)) detail += " · " + std::string(context.tr("ui.palette.converted"));
    return {.icon = choice.icon, .label = choice.label, .detail = std::move(detail), .shortcut = {}, .address = "#/r/" + choice.value, .action = {}, .group = group};
}

// Before anything is typed: where one was, without the record that is open.
void PaletteDialog::add_recent(Context& context) {
    if (!trim(typed_).empty()) return;
    const RecordRef here = record_here(context);
    std::size_t shown = 0;
    for (const RecordRef record : recent_records(context)) {
        if (record == here) continue;
        entries_.push_back(entry_of(context, record, group_recent));
        if (++shown == recent_shown_max) break;
    }
}

void PaletteDialog::add_record_actions(Context& context) {
    const RecordRef record = record_here(context);
    if (!record) return;
    const auto say = [&](Icon icon, std::string_view key, std::string_view shortcut, std::string address, std::function<void(Context&)> action = {}) {
        add({.icon = icon, .label = std::string(context.tr(key)), .detail = {}, .shortcut = std::string(shortcut), .address = std::move(address),
             .action = std::move(action), .group = group_this_record});
    };
    const bool read_only = is_read_only(context, record);
    if (can_convert(context, record)) say(Icon::Convert, "ui.record.convert", "", "", [record](Context& c) { open_convert_dialog(c, record); });
    if (!read_only) say(Icon::Edit, "ui.record.edit", "E", edit_address(context, record));
    if (!read_only && has_activities(context.schema(), record.object)) {
        say(Icon::Phone, "ui.record.log_call", "", compose_address(context, record, "call"));
        say(Icon::Event, "ui.record.log_meeting", "", compose_address(context, record, "meeting"));
        say(Icon::Task, "ui.record.new_task", "", compose_address(context, record, "task"));
    }
    say(Icon::Copy, "ui.record.clone", "", clone_address(context, record));
    say(Icon::Link, "ui.record.copy_link", "", "", [record](Context& c) { copy_record_link(c, record); });
    if (context.records().table(record.object).is_live(record.row))
        say(Icon::Trash, "ui.record.delete", "", "", [record](Context& c) { delete_and_leave(c, record); });
}

void PaletteDialog::add(Entry entry) {
    if (matches(fold_search(trim(typed_)), entry.label)) entries_.push_back(std::move(entry));
}

void PaletteDialog::add_pages(Context& context) {
    add({.icon = Icon::Home, .label = std::string(context.tr("ui.home.title")), .detail = {}, .shortcut = {}, .address = routes::home(), .action = {}, .group = group_go});
    std::vector<Entry> later, create;
    std::vector<ObjectIndex> objects = context.schema().objects();
    std::rotate(objects.begin(), std::ranges::find(objects, standard_object::lead), objects.end());   // users, before it by number, are set up once and seldom visited
    for (const ObjectIndex index : objects) {
        const Object& object = context.schema().object(index);
        if (object.hidden) continue;
        const Icon icon = icon_of_object(object.name, object.icon);
        const std::string plural = object_label(context.messages(), object, true);
        Entry list{.icon = icon, .label = plural, .detail = {}, .shortcut = {}, .address = routes::list(object.name), .action = {}, .group = group_go};
        if (index == standard_object::user) later.push_back(std::move(list));
        else add(std::move(list));
        if (lane_field_of(object) != no_field)
            later.push_back({.icon = Icon::Board, .label = context.tr("ui.palette.board_of", {plural}), .detail = {}, .shortcut = {},
                          .address = routes::board(object.name), .action = {}, .group = group_go});
        create.push_back({.icon = Icon::Plus, .label = context.tr("ui.palette.new_of", {object_words(context.messages(), object, false)}), .detail = {},
                          .shortcut = {}, .address = routes::create(object.name), .action = {}, .group = group_create});
    }
    add({.icon = Icon::Check, .label = std::string(context.tr("ui.feed.palette")), .detail = {}, .shortcut = {}, .address = routes::task_feed(), .action = {}, .group = group_go});
    add({.icon = Icon::Calendar, .label = std::string(context.tr("ui.calendar.title")), .detail = {}, .shortcut = {}, .address = routes::calendar(), .action = {}, .group = group_go});
    add({.icon = Icon::Chart, .label = std::string(context.tr("ui.forecast.title")), .detail = {}, .shortcut = {}, .address = routes::forecast(), .action = {}, .group = group_go});
    for (Entry& entry : later) add(std::move(entry));
    add({.icon = Icon::Import, .label = std::string(context.tr("ui.home.import")), .detail = {}, .shortcut = {}, .address = routes::import(), .action = {}, .group = group_go});
    add({.icon = Icon::Trash, .label = std::string(context.tr("ui.bin.title")), .detail = {}, .shortcut = {}, .address = "#/recycle-bin", .action = {}, .group = group_go});
    add({.icon = Icon::Hierarchy, .label = std::string(context.tr("ui.routing.title")), .detail = {}, .shortcut = {}, .address = "#/routing", .action = {}, .group = group_go});
    add({.icon = Icon::Globe, .label = std::string(context.tr("ui.web.title")), .detail = {}, .shortcut = {}, .address = "#/web-to-lead", .action = {}, .group = group_go});
    add({.icon = Icon::Settings, .label = std::string(context.tr("ui.settings.title")), .detail = {}, .shortcut = {}, .address = routes::settings(), .action = {}, .group = group_go});
    create.push_back({.icon = Icon::Note, .label = std::string(context.tr("ui.capture.title")), .detail = {}, .shortcut = "L", .address = {},
                      .action = [](Context& c) { c.open_dialog(capture_address(c, record_here(c))); }, .group = group_create});
    create.push_back({.icon = Icon::Edit, .label = std::string(context.tr("ui.quick.lead")), .detail = {}, .shortcut = "Q", .address = {},
                      .action = [](Context& c) { c.open_dialog(routes::quick_lead()); }, .group = group_create});
    for (Entry& entry : create) add(std::move(entry));
}

void PaletteDialog::add_actions(Context& context) {
    const UndoStack& stack = context.workspace().editor().undo_stack();
    if (stack.can_undo())
        add({.icon = Icon::Undo, .label = std::string(context.tr("ui.palette.undo")), .detail = {}, .shortcut = "Ctrl+Z", .address = {},
                      .action = [](Context& c) { c.undo(); }, .group = group_actions});
    if (stack.can_redo())
        add({.icon = Icon::Redo, .label = std::string(context.tr("ui.palette.redo")), .detail = {}, .shortcut = "Ctrl+Shift+Z", .address = {},
                      .action = [](Context& c) { c.redo(); }, .group = group_actions});
    const bool dark = context.theme.dark;
    add({.icon = dark ? Icon::Sun : Icon::Moon, .label = std::string(context.tr(dark ? "ui.palette.light" : "ui.palette.dark")), .detail = {},
                  .shortcut = {}, .address = {}, .action = [dark](Context& c) { c.set_setting("theme", dark ? "light" : "dark"); }, .group = group_actions});
}

}  // namespace outpost
