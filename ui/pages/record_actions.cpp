#include "ui/pages/record_actions.h"

#include "core/edit/segments.h"
#include "core/matching/duplicates.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/bulk_edit.h"
#include "ui/pages/convert_dialog.h"
#include "ui/pages/hierarchy_drawer.h"
#include "ui/pages/history_drawer.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/merge_dialog.h"
#include "ui/pages/record_trail.h"
#include "ui/pages/segments.h"

namespace outpost {

namespace {

bool is_live(Context& context, RecordRef record) { return context.records().table(record.object).is_live(record.row); }

}  // namespace

bool is_converted_lead(Context& context, RecordRef record) {
    if (record.object != standard_object::lead) return false;
    const Value converted = context.records().value(record, lead_field::is_converted);
    const bool* on = std::get_if<bool>(&converted);
    return on && *on;
}

RecordRef record_here(Context& context) {
    const Route& route = context.route();
    const std::optional<RecordId> id = route.segment(0) == "r" && route.segment(2).empty() ? parse_record_id(route.segment(1)) : std::nullopt;
    const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
    return record && context.records().table(record->object).state(record->row) != RowState::Absent ? *record : RecordRef{};
}

bool can_convert(Context& context, RecordRef record) {
    if (record.object != standard_object::lead || !is_live(context, record) || is_converted_lead(context, record)) return false;
    return !waits_in_queue(context, record) || may_take(context, record);
}

bool is_read_only(Context& context, RecordRef record) { return !is_live(context, record) || is_converted_lead(context, record); }

void open_convert_dialog(Context& context, RecordRef lead) { context.open_dialog("convert:" + to_text(context.records().id_of(lead))); }

std::unique_ptr<Dialog> make_convert_dialog(Context& context, RecordRef lead) {
    return can_convert(context, lead) ? std::make_unique<ConvertDialog>(context, lead) : nullptr;
}

std::string edit_address(Context& context, RecordRef record) { return routes::record(context.records().id_of(record)) + "/edit"; }

std::string clone_address(Context& context, RecordRef record) {
    Route route = Route::parse(routes::create(context.schema().object(record.object).name));
    route.set("clone", to_text(context.records().id_of(record)));
    return route.to_text();
}

std::string compose_address(Context& context, RecordRef record, std::string_view what) {
    return Route::parse(routes::record(context.records().id_of(record))).set("compose", what).to_text();
}

void copy_record_link(Context& context, RecordRef record) {
    context.browser().copy_text(routes::record(context.records().id_of(record)));
    context.toast(context.tr("ui.record.link_copied"), Tone::Success);
}

void draw_record_menu_items(Context& context, RecordRef record, bool with_edit) {
    const bool read_only = is_read_only(context, record);
    if (with_edit && !read_only && kit::menu_item(context, "edit", context.tr("ui.record.edit"), {.icon = Icon::Edit})) context.navigate(edit_address(context, record));
    if (kit::menu_item(context, "clone", context.tr("ui.record.clone"), {.icon = Icon::Copy})) context.navigate(clone_address(context, record));
    if (kit::menu_item(context, "copy_link", context.tr("ui.record.copy_link"), {.icon = Icon::Link})) copy_record_link(context, record);
    if (has_hierarchy(context, record) && kit::menu_item(context, "hierarchy", context.tr("ui.record.hierarchy"), {.icon = Icon::Hierarchy}))
        context.open_dialog(make_hierarchy_drawer(context, record));
    if (can_be_in_segment(context.schema(), record.object) && kit::menu_item(context, "segment", context.tr("ui.segment.add"), {.icon = Icon::Tag})) context.open_dialog(segment_address(context, record));
    if (kit::menu_item(context, "history", context.tr("ui.history.title"), {.icon = Icon::Clock})) context.open_dialog(history_address(context, record));
    if (!read_only && can_merge(context, record.object) && has_duplicate_rules(record.object) && kit::menu_item(context, "merge", context.tr("ui.merge.find"), {.icon = Icon::Merge}))
        context.open_dialog(merge_address(context, {{record}}));
    kit::menu_separator(context);
    if (is_live(context, record) && kit::menu_item(context, "delete", context.tr("ui.record.delete"), {.icon = Icon::Trash, .danger = true})) {
        if (context.route().segment(0) == "r") delete_and_leave(context, record);
        else delete_records(context, record.object, {record.row});
    }
}

void delete_and_leave(Context& context, RecordRef record) {
    const std::optional<TrailPlace> place = find_trail_place(context, record);
    const std::string list = place ? place->address : routes::list(context.schema().object(record.object).name);
    delete_records(context, record.object, {record.row}, [&context, list] { context.return_to(list); });
}

}  // namespace outpost
