#include "ui/pages/quick_action.h"

#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lead_actions.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/stage_move.h"

namespace outpost {

namespace {

std::function<void()> set_value(Context& context, RecordRef record, const Field& field, std::uint16_t code, std::string_view toast_key) {
    const PicklistValue& value = field.values[code - 1u];
    std::string toast = context.tr(toast_key, {value_label(context.messages(), field, value)});
    return [&context, record, index = field.index, text = value.value, toast = std::move(toast)] {
        context.submit(UpdateRecord{record, {{index, Value(text)}}}, {}, {.toast = toast});
    };
}

// Done, or open again.
std::optional<QuickAction> complete_task(Context& context, RecordRef task) {
    const Field& status = context.schema().object(task.object).field(task_field::status);
    const Value closed = context.records().value(task, task_field::is_closed);
    const bool* done = std::get_if<bool>(&closed);
    const bool is_done = done && *done;
    const std::uint16_t code = status.find_code(first_status(status, !is_done));
    if (code == 0) return {};
    return QuickAction{std::string(context.tr(is_done ? "ui.quick.reopen" : "ui.quick.complete")), is_done ? Icon::Undo : Icon::Check,
                       set_value(context, task, status, code, is_done ? "ui.timeline.reopened" : "ui.timeline.completed")};
}

// The next open stage; closing needs a reason and is asked for on the record.
std::optional<QuickAction> advance_stage(Context& context, RecordRef record, const Field& stage) {
    const std::uint16_t now = code_of(context.records(), record, stage);
    bool passed = now == 0;
    for (const std::uint16_t code : offered_codes(context.records(), record, stage)) {
        const PicklistValue& each = stage.values[code - 1u];
        if (passed && !each.closed && !each.won)
            return QuickAction{value_label(context.messages(), stage, each), Icon::ArrowRight, [&context, record, code] { move_on_path(context, record, code); }};
        passed = passed || code == now;
    }
    return {};
}

std::optional<QuickAction> call(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    for (const std::string_view name : {"MobilePhone", "Phone"}) {
        const Field* field = object.find_field(name);
        if (!field || field->type != FieldType::Phone) continue;
        const FieldShown number = show_field(context, record, *field);
        if (number.link.empty()) continue;
        return QuickAction{context.tr("ui.quick.call", {number.text}), Icon::Phone, [&context, link = number.link] { context.browser().open_address(link); }};
    }
    return {};
}

}  // namespace

std::optional<QuickAction> quick_action(Context& context, RecordRef record) {
    if (is_read_only(context, record)) return {};
    if (record.object == standard_object::task) return complete_task(context, record);
    const Object& object = context.schema().object(record.object);
    if (record.object == standard_object::opportunity) return advance_stage(context, record, object.field(object.board_field));
    if (may_take(context, record)) return QuickAction{std::string(context.tr("ui.lead.take")), Icon::Check, [&context, record] { take_leads(context, {record.row}); }};
    if (std::optional<QuickAction> action = call(context, record)) return action;
    return QuickAction{std::string(context.tr("ui.record.edit")), Icon::Edit, [&context, address = edit_address(context, record)] { context.navigate(address); }};
}

}  // namespace outpost
