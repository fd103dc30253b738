#include "ui/pages/recycle_bin_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/activity/zone_time.h"
#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/query/sort.h"
#include "ui/pages/field_view.h"
#include "ui/pages/routing_dialogs.h"

namespace outpost {
namespace {

enum Column : int { name_column, object_column, when_column, who_column, along_column };

// Today the time, else the day; "" when it isn't known.
std::string short_time(Context& context, Milliseconds time) {
    if (time == 0) return {};
    const WallTime wall = ZoneTime(context.clock(), {}).wall(time);
    return wall.day == context.today() ? context.locale().format_time(wall.minutes()) : context.locale().format_date(wall.day);
}

std::uint64_t selection_key(RecordRef record) { return (std::uint64_t{number(record.object)} << 32) | record.row; }

bool is_in_bin(const Records& records, RecordRef record) {
    return record && records.has_table(record.object) && is_in_bin(records.table(record.object).state(record.row));
}

// Whether what a field points to takes the record along into the bin and out of it: a master, or the series that an event or
// task was made of.
bool leads_along(ObjectIndex object, const Field& field) {
    if (object == standard_object::event) return field.index == event_field::series;
    if (object == standard_object::task) return field.index == task_field::series;
    return !field.deleted && field.type == FieldType::MasterDetail;
}

}  // namespace

std::string RecycleBinPage::title(Context& context, const Route&) { return std::string(context.tr("ui.bin.title")); }

void RecycleBinPage::enter(Context& context, const Route& route) {
    text_ = route.parameter("q");
    columns_.clear();
    fitted_room_ = 0;
    const auto add = [&](std::string_view label, bool sortable = false) {
        kit::TableColumn column;
        column.key = column.label = context.tr(label);
        column.sortable = sortable;
        columns_.push_back(std::move(column));
    };
    add("label.field.Name");
    add("ui.bin.object");
    add("ui.bin.when", true);
    add("ui.bin.who");
    add("ui.bin.along");
    table_.sort_column = when_column;
    table_.sort_descending = true;
    revision_ = 0;
}

void RecycleBinPage::draw(Context& context, const Route&) {
    gather(context);
    draw_header(context);
    draw_toolbar(context);
    if (!error_.empty()) {
        kit::Column column(context, {.padding = Insets::xy(space::x4, space::x3)});
        kit::banner(context, "fault", error_, {.tone = Tone::Danger});
    }
    draw_lines(context);
}

// --- what is in it

void RecycleBinPage::gather(Context& context) {
    if (read_at_ != context.workspace().applied_sequence() && !reading_) read_deletions(context);
    if (const std::uint64_t revision = context.workspace().revision(); revision != revision_) {
        revision_ = revision;
        filtered_by_ = "\n";   // no text has a line break
        lines_.clear();
        for (const ObjectIndex object : context.schema().objects()) add_object(context, context.schema().object(object));
    }
    if (filtered_by_ != text_) filter();
}

void RecycleBinPage::add_object(Context& context, const Object& object) {
    const Table& table = context.records().table(object.index);
    if (table.live_count() == table.row_count()) return;
    const std::string label = object_label(context.messages(), object, false);
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const RecordRef record{object.index, row};
        if (!is_in_bin(table.state(row)) || (table.state(row) == RowState::Deleted && goes_along(context, record))) continue;
        Line line{record, record_title(context, record), label, {}, {}};
        if (const Deletion* found = deletions_.find(record)) {
            line.sequence = found->sequence;
            line.when = context.locale().format_instant(found->time);
            line.time = found->time;
            if (found->user) line.who = record_title(context, found->user);
        }
        line.along = count_along(context, record);
        lines_.push_back(std::move(line));
    }
}

// A detail that was deleted with its master, an occurrence with its series, is told, and comes back, with that.
bool RecycleBinPage::goes_along(Context& context, RecordRef record) const {
    const Records& records = context.records();
    const Deletion* own = deletions_.find(record);
    for (const Field& field : context.schema().object(record.object).fields) {
        if (!leads_along(record.object, field)) continue;
        const Value value = records.value(record, field.index);
        const auto* master = std::get_if<RecordRef>(&value);
        if (!master || !is_in_bin(records, *master)) continue;
        const Deletion* theirs = deletions_.find(*master);
        if (!own || !theirs || own->sequence == theirs->sequence) return true;
    }
    return false;
}

std::uint32_t RecycleBinPage::count_along(Context& context, RecordRef record) const {
    const Records& records = context.records();
    std::uint32_t count = 0;
    for (const Schema::ChildRelationship& child : context.schema().children_of(record.object)) {
        const Field& field = context.schema().object(child.object).field(child.field);
        if (!leads_along(child.object, field) || child.object == standard_object::opportunity_stage_history) continue;
        const Table& table = records.table(child.object);
        if (table.live_count() == table.row_count() || field.column_kind() != ColumnKind::Row) continue;
        const auto masters = table.column(child.field).rows();
        for (RowIndex row = 0; row < table.row_count() && row < masters.size(); ++row)
            if (masters[row] == record.row && table.state(row) == RowState::Deleted) ++count;
    }
    return count;
}

void RecycleBinPage::read_deletions(Context& context) {
    reading_ = true;
    read_at_ = context.workspace().applied_sequence();
    context.later([this, &context, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        load_deletions(context.workspace().database(), context.records(), read_at_, [this, &context, alive](Result<Deletions> found) {
            if (alive.expired()) return;
            reading_ = false;
            error_ = found ? std::string() : context.error_text(found.error());
            if (found) deletions_ = *std::move(found);
            revision_ = 0;
            context.request_frame();
        });
    });
    context.request_frame();
}

void RecycleBinPage::filter() {
    filtered_by_ = text_;
    const std::string needle = fold_case(trim(text_));
    const auto holds = [&](const std::string& text) { return fold_case(text).find(needle) != std::string::npos; };
    std::vector<std::uint32_t> matching;
    std::vector<std::uint64_t> keys;
    for (std::uint32_t at = 0; at < lines_.size(); ++at) {
        const Line& line = lines_[at];
        if (!needle.empty() && !holds(line.name) && !holds(line.object) && !holds(line.who)) continue;
        matching.push_back(at);
        keys.push_back(table_.sort_descending ? ~line.sequence : line.sequence);
    }
    const auto count = static_cast<std::uint32_t>(matching.size());
    shown_.clear();
    for (const std::uint32_t at : sorted_positions({std::move(keys)}, count, count)) shown_.push_back(lines_[matching[at]]);
}

// --- what is seen

void RecycleBinPage::draw_header(Context& context) {
    const std::string count = context.count_text("ui.list.count", lines_.size());
    kit::PageHeader header(context, context.tr("ui.bin.title"), {.subtitle = count, .icon = Icon::Trash, .divider = false});
    if (shown_.empty() || selection(context).count(shown_.size()) != 0) return;
    // What the search shows. A phone has room for one button: what one comes for is bringing back.
    const std::string_view empties = context.tr(text_.empty() ? "ui.bin.empty_all" : "ui.bin.remove");
    bool empty = false;
    if (!context.is_phone()) {
        empty = kit::button(context, "empty", empties, {.icon = Icon::Trash});
    } else {
        if (!cards_.selecting && kit::button(context, "select", context.tr("ui.record.restore"), {.icon = Icon::Undo})) cards_.selecting = true;
        if (kit::menu_button(context, "more", Icon::More, context.tr("ui.list.menu"))) {
            empty = kit::menu_item(context, "empty", empties, {.icon = Icon::Trash, .danger = true});
            kit::end_menu(context);
        }
    }
    if (!empty) return;
    std::vector<RecordRef> records;
    for (const Line& line : shown_) records.push_back(line.record);
    remove(context, std::move(records));
}

void RecycleBinPage::draw_toolbar(Context& context) {
    kit::Toolbar bar(context, context.tr("ui.board.filters"));
    if (context.shortcut("/")) focus_filter_ = true;
    const std::uint64_t count = selection(context).count(shown_.size());
    if (count > 0) {
        kit::text(context, context.count_text("ui.list.selected", count), {.style = TextStyle::BodyStrong});
        if (kit::button(context, "restore", context.tr("ui.record.restore"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Undo})) restore(context, ticked(context));
        if (kit::compact_button(context, "remove", Icon::Trash, context.tr("ui.bin.remove"), {.kind = kit::ButtonKind::Danger})) remove(context, ticked(context));
        bar.spacer();
        if (kit::compact_button(context, "unselect", Icon::Close, context.tr("ui.list.unselect"), {.kind = kit::ButtonKind::Ghost, .shortcut = "Escape"})) {
            selection(context).clear();
            cards_.selecting = false;
        }
        return;
    }
    if (cards_.selecting && context.is_phone()) {
        kit::text(context, context.tr("ui.bin.tick"), {.ink = kit::Ink::Secondary});
        bar.spacer();
        if (kit::button(context, "done", context.tr("ui.form.cancel"), {.kind = kit::ButtonKind::Ghost})) cards_.selecting = false;
        return;
    }
    const kit::Edited typed = kit::search_field(context, "filter", context.tr("ui.bin.search"), text_, {.placeholder = context.tr("ui.bin.search"), .focus = std::exchange(focus_filter_, false), .width = 260});
    if (typed.changed) {
        context.set_parameter("q", trim(text_));
        selection(context).clear();
    }
}

void RecycleBinPage::draw_lines(Context& context) {
    const Rect place = kit::available(context);
    if (!shown_.empty()) return context.is_phone() ? draw_cards(context, place) : draw_table(context, place);
    kit::Column column(context, place.inset({0, place.height * 0.1f, 0, 0}));
    const bool none = lines_.empty();
    if (kit::empty_state(context, context.tr(none ? "ui.bin.empty" : "ui.bin.none_match"), {.icon = none ? Icon::Trash : Icon::Search, .text = context.tr(none ? "ui.bin.empty_text" : "ui.list.none_match_text"),
                                                                                             .action = none ? std::string_view() : context.tr("ui.list.clear_filters")}) == 1) {
        text_.clear();
        context.set_parameter("q", "");
    }
}

void RecycleBinPage::draw_table(Context& context, Rect place) {
    const auto along = [&](const Line& line) { return line.along == 0 ? std::string() : context.count_text("ui.bin.with", line.along); };
    kit::TableSpec spec;
    const std::string name = title(context, {});
    spec.name = name;
    spec.columns = columns_;
    spec.row_count = shown_.size();
    spec.selectable = true;
    spec.row_menu = true;
    spec.at = place;
    spec.row_key = [&](std::uint64_t row) { return selection_key(shown_[row].record); };
    spec.row_name = [&](std::uint64_t row) { return shown_[row].name; };
    spec.row_address = [&](std::uint64_t row) { return routes::record(context.records().id_of(shown_[row].record)); };
    spec.cell = [&](kit::Cell& cell) {
        const Line& line = shown_[cell.row];
        switch (cell.column) {
            case name_column: cell.link(line.name, routes::record(context.records().id_of(line.record))); break;
            case object_column: cell.text(line.object); break;
            case when_column: cell.text(line.when); break;
            case who_column: cell.avatar(line.who); break;
            default: cell.text(along(line), kit::Ink::Secondary);
        }
    };
    // All five in sight where that can be.
    if (const float room = kit::columns_room(spec, place); room != fitted_room_) {
        static constexpr float least[] = {190, 104, 172, 112, 128}, most[] = {320, 180, 190, 180, 200};
        const float share = std::clamp((room - 706) / (1070 - 706), 0.0f, 1.0f);
        for (std::size_t at = 0; at < columns_.size(); ++at) columns_[at].width = std::floor(least[at] + (most[at] - least[at]) * share);
        fitted_room_ = room;
    }
    const kit::TableAnswer answer = kit::table(context, "records", table_, spec);
    if (answer.sort_changed) filter();
    if (answer.menu_row >= 0) {
        menu_record_ = shown_[static_cast<std::size_t>(answer.menu_row)].record;
        menu_anchor_ = answer.menu_anchor;
        kit::open_popup(context, "row_menu");
    }
    if (!menu_record_ || !kit::begin_menu(context, "row_menu", menu_anchor_, context.tr("ui.record.more"))) return;
    if (kit::menu_item(context, "restore", context.tr("ui.record.restore"), {.icon = Icon::Undo})) restore(context, {menu_record_});
    if (kit::menu_item(context, "open", context.tr("ui.record.open"), {.icon = Icon::ArrowRight})) context.navigate(routes::record(context.records().id_of(menu_record_)));
    if (kit::menu_item(context, "remove", context.tr("ui.bin.remove"), {.icon = Icon::Trash, .danger = true})) remove(context, {menu_record_});
    kit::end_menu(context);
}

void RecycleBinPage::draw_cards(Context& context, Rect place) {
    kit::CardListSpec spec;
    const std::string name = title(context, {});
    spec.name = name;
    spec.row_count = shown_.size();
    spec.card = [&](std::uint64_t row) {
        const Line& line = shown_[row];
        kit::CardLines card;
        card.title = line.name;
        card.detail = line.object + (line.who.empty() ? "" : " · " + line.who) + (line.along == 0 ? "" : " · " + context.count_text("ui.bin.with", line.along));
        card.right = short_time(context, line.time);   // the name needs the room
        return card;
    };
    spec.row_key = [&](std::uint64_t row) { return selection_key(shown_[row].record); };
    spec.row_address = [&](std::uint64_t row) { return routes::record(context.records().id_of(shown_[row].record)); };
    spec.to_right = [&](std::uint64_t) { return std::optional(kit::SwipeAction{std::string(context.tr("ui.record.restore")), Icon::Undo, Tone::Success}); };
    spec.at = place;
    const kit::CardListAnswer answer = kit::card_list(context, "cards", cards_, spec);
    if (answer.selection_changed && cards_.selection.count(shown_.size()) == 0) cards_.selecting = false;
    if (answer.swiped_right >= 0) restore(context, {shown_[static_cast<std::size_t>(answer.swiped_right)].record});
    if (answer.opened_row >= 0) context.navigate(routes::record(context.records().id_of(shown_[static_cast<std::size_t>(answer.opened_row)].record)));
}

// --- bringing back

std::vector<RecordRef> RecycleBinPage::ticked(Context& context) {
    std::vector<RecordRef> records;
    for (const Line& line : shown_)
        if (selection(context).contains(selection_key(line.record))) records.push_back(line.record);
    return records;
}

void RecycleBinPage::restore(Context& context, const std::vector<RecordRef>& records) {
    submit(context, "RestoreRecords", records, records.size() == 1 ? context.tr("ui.record.restored", {record_title(context, records[0])}) : context.count_text("ui.bin.restored", records.size()));
}

void RecycleBinPage::remove(Context& context, std::vector<RecordRef> records) {
    std::string title = context.count_text("ui.bin.remove_title", records.size());
    context.confirm(std::move(title), std::string(context.tr("ui.bin.remove_text")), std::string(context.tr("ui.bin.remove")), true,
                    [this, &context, records = std::move(records), alive = std::weak_ptr<bool>(alive_)] {
                        if (!alive.expired()) submit(context, "EmptyRecycleBin", records, context.count_text("ui.bin.removed", records.size()));
                    });
}

// One edit, whatever they are: what comes back comes after its masters, what goes for good before them.
void RecycleBinPage::submit(Context& context, std::string_view command, const std::vector<RecordRef>& records, std::string toast) {
    if (records.empty()) return;
    Batch batch;
    const auto is_detail = [&](ObjectIndex object) {
        return std::ranges::any_of(context.schema().object(object).fields, [](const Field& field) { return !field.deleted && field.type == FieldType::MasterDetail; });
    };
    const bool details_first = command == "EmptyRecycleBin";
    std::vector<ObjectIndex> objects;
    for (const bool details : {details_first, !details_first})
        for (const ObjectIndex object : context.schema().objects())
            if (is_detail(object) == details) objects.push_back(object);
    for (const ObjectIndex object : objects) {
        Json ids = Json::array();
        bool any = false;
        for (const RecordRef record : records) {
            if (record.object != object) continue;
            ids.push(to_text(context.records().id_of(record)));
            any = true;
        }
        if (any) batch.commands.push_back(record_command(command, context.schema().object(object).name, {}).set("ids", std::move(ids)));
    }
    context.submit(std::move(batch), [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
        if (!outcome || alive.expired()) return;
        selection(context).clear();
        cards_.selecting = false;
    }, {.toast = std::move(toast)});
}

}  // namespace outpost
