#include "core/edit/editor.h"

#include <algorithm>

#include "core/edit/activity_rules.h"
#include "core/edit/copy_pipeline.h"
#include "core/edit/define.h"
#include "core/edit/queue_members.h"
#include "core/edit/segments.h"
#include "core/edit/undo_conflict.h"
#include "core/edit/undo_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

template <typename... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

struct Label {
    std::string key;
    std::vector<std::string> arguments;
};

// Under what name an edit stands in "Undo …".
Label label_of(const Command& command, const Records& records) {
    const auto object = [&](ObjectIndex index) {
        const Schema& schema = records.schema();
        return schema.knows_object(index) ? object_argument(schema.object(index)) : std::string();
    };
    const auto field = [&](ObjectIndex index, FieldIndex at) {
        const Schema& schema = records.schema();
        const bool known = schema.knows_object(index) && schema.object(index).has_field(at);
        return known ? field_argument(schema.object(index), schema.object(index).field(at)) : std::string();
    };
    const auto rows = [&](const char* one, const char* many, ObjectIndex index, const std::vector<RowIndex>& touched) {
        if (touched.size() == 1) return Label{one, {object(index), records.display_name({index, touched[0]})}};
        return Label{many, {object(index), std::to_string(touched.size())}};
    };
    return std::visit(
        Overloaded{
            [&](const CreateRecord& it) { return Label{"edit.create", {object(it.object)}}; },
            [&](const UpdateRecord& it) { return rows("edit.update", "edit.update_many", it.record.object, {it.record.row}); },
            [&](const UpdateRecords& it) { return rows("edit.update", "edit.update_many", it.object, it.rows); },
            [&](const DeleteRecords& it) { return rows("edit.delete", "edit.delete_many", it.object, it.rows); },
            [&](const RestoreRecords& it) { return rows("edit.restore", "edit.restore_many", it.object, it.rows); },
            [&](const EmptyRecycleBin& it) { return rows("edit.empty", "edit.empty_many", it.object, it.rows); },
            [&](const ConvertLead& it) { return Label{"edit.convert_lead", {records.display_name(it.lead)}}; },
            [&](const MergeRecords& it) { return Label{"edit.merge", {object(it.object), records.display_name(it.master)}}; },
            [&](const RouteLeads& it) { return Label{"edit.route_leads", {std::to_string(it.rows.size())}}; },
            [&](const TakeLeads& it) { return rows("edit.take_lead", "edit.take_leads", standard_object::lead, it.rows); },
            [&](const AddToSegment& it) { return Label{"edit.add_to_segment", {std::to_string(it.rows.size()), it.segment ? records.display_name(it.segment) : it.name}}; },
            [&](const RemoveFromSegment& it) { return Label{"edit.remove_from_segment", {std::to_string(it.rows.size()), records.display_name(it.segment)}}; },
            [&](const ChangeOccurrence& it) { return rows(it.removes ? "edit.delete_occurrence" : "edit.change_occurrence", "", it.series.object, {it.series.row}); },
            [&](const DefineObject& it) { return Label{"edit.define_object", {it.definition.label}}; },
            [&](const UpdateObject& it) { return Label{"edit.update_object", {object(it.object)}}; },
            [&](const DeleteObject& it) { return Label{"edit.delete_object", {object(it.object)}}; },
            [&](const DefineField& it) { return Label{"edit.define_field", {it.definition.label, object(it.object)}}; },
            [&](const UpdateField& it) { return Label{"edit.update_field", {field(it.object, it.field), object(it.object)}}; },
            [&](const DeleteField& it) { return Label{"edit.delete_field", {field(it.object, it.field), object(it.object)}}; },
            [&](const CopyPipeline& it) { return Label{"edit.copy_pipeline", {it.name, it.source}}; },
            [&](const Batch& it) { return Label{"edit.batch", {std::to_string(it.commands.size())}}; },
            [&](const auto&) { return Label{"edit.change", {}}; },
        },
        command);
}

// A batch is named by its first step: how many, then that one's key and arguments (see edit_name).
void add_first_step(Label& label, const Batch& batch, const Records& records) {
    if (batch.commands.empty()) return;
    const Result<Command> first = parse_command(batch.commands[0], records);
    if (!first || std::holds_alternative<Batch>(*first)) return;
    Label step = label_of(*first, records);
    label.arguments.push_back(std::move(step.key));
    label.arguments.insert(label.arguments.end(), step.arguments.begin(), step.arguments.end());
}

// What is in the recycle bin can't be put there again.
Status all_live(const Records& records, ObjectIndex index, const std::vector<RowIndex>& rows) {
    if (!records.schema().has_object(index)) return {};
    const Table& table = records.table(index);
    for (const RowIndex row : rows)
        if (row < table.row_count() && is_in_bin(table.state(row)))
            return fail(Error{ErrorCode::EntityIsDeleted, "error.deleted_already", {records.display_name({index, row})}, records.schema().object(index).name});
    return {};
}

// Only what is in the recycle bin is taken out of it for good.
Status all_in_bin(const Records& records, ObjectIndex index, const std::vector<RowIndex>& rows) {
    namespace so = standard_object;
    if (!records.schema().has_object(index)) return {};
    const Object& object = records.schema().object(index);
    if (index == so::user || index == so::group || index == so::organization) return fail(Error{ErrorCode::FieldIntegrity, "error.stays_in_bin", {object_argument(object)}, object.name});
    const Table& table = records.table(index);
    for (const RowIndex row : rows)
        if (row >= table.row_count() || !is_in_bin(table.state(row)))
            return fail(Error{ErrorCode::InvalidArgument, "error.not_in_bin", {row < table.row_count() ? records.display_name({index, row}) : std::string()}, object.name});
    return {};
}

std::size_t count_in_bin(const Records& records, ObjectIndex index, const std::vector<RowIndex>& rows) {
    if (!records.schema().has_object(index)) return 0;
    const Table& table = records.table(index);
    return static_cast<std::size_t>(std::ranges::count_if(rows, [&](RowIndex row) { return row < table.row_count() && is_in_bin(table.state(row)); }));
}

Result<CommandOutcome> touched(Status status, std::size_t count) {
    OUTPOST_CHECK(std::move(status));
    CommandOutcome outcome;
    outcome.record_count = count;
    return outcome;
}

// Whoever performs the command.
Status check_command(const Transaction& transaction, const Command& command) {
    const RecordRef user = transaction.context().user;
    if (const auto* it = std::get_if<UpdateRecord>(&command)) return check_taken(transaction.records(), user, it->record.object, {it->record.row}, it->fields);
    if (const auto* it = std::get_if<UpdateRecords>(&command)) return check_taken(transaction.records(), user, it->object, it->rows, it->fields);
    return {};
}

}  // namespace

Editor::Editor(Records& records, EditContext context)
    : records_(records), context_(context), handlers_(std::variant_size_v<Command>) {}

void Editor::set_handler(std::size_t command_index, Handler handler) { handlers_[command_index] = std::move(handler); }
void Editor::set_user(RecordRef user) { context_.user = user; }
void Editor::on_group(std::function<void(const ChangeGroup&)> callback) { on_group_ = std::move(callback); }

Sequence Editor::finish(ChangeGroup group) {
    const Sequence sequence = ++applied_sequence_;
    group.sequence = sequence;
    // Hybrid logical clock: never behind the wall clock, always ahead of the last stamp.
    group.stamp = std::max(last_stamp_ + 1, static_cast<std::uint64_t>(std::max<Milliseconds>(group.time, 0)) << 16);
    last_stamp_ = group.stamp;
    if (on_group_) on_group_(group);
    undo_stack_.push(std::move(group));
    return sequence;
}

Result<CommandOutcome> Editor::execute(const Command& command) {
    if (const auto* undo = std::get_if<Undo>(&command)) return execute_undo(undo->sequence);
    if (std::holds_alternative<Redo>(command)) return execute_redo();
    if (const auto* apply = std::get_if<ApplyGroup>(&command)) {
        if (!apply->group) return fail(ErrorCode::InvalidArgument, "error.no_group");
        return execute_group(*apply->group);
    }
    Label label = label_of(command, records_);
    if (const auto* batch = std::get_if<Batch>(&command)) add_first_step(label, *batch, records_);
    return run(std::move(label.key), std::move(label.arguments), EditOrigin::User,
               [&](Transaction& transaction) { return perform(transaction, command); });
}

Result<CommandOutcome> Editor::execute_json(const Json& json) {
    OUTPOST_TRY(const Command command, parse_command(json, records_));
    return execute(command);
}

Result<CommandOutcome> Editor::run(std::string label_key, std::vector<std::string> label_arguments, EditOrigin origin,
                                   const std::function<Result<CommandOutcome>(Transaction&)>& steps) {
    Transaction transaction(records_, context_);
    Result<CommandOutcome> outcome = steps(transaction);
    if (!outcome) return outcome;
    if (const Status kept = transaction.status(); !kept)
        return fail(ErrorCode::StorageFailure, "error.edit_not_kept", kept.error().arguments);
    ChangeGroup group = transaction.commit();
    if (group.empty()) return outcome;
    group.origin = origin;
    group.label_key = std::move(label_key);
    group.label_arguments = std::move(label_arguments);
    const CommandOutcome* made = group.label_key == "edit.create" ? &*outcome : nullptr;
    if (group.label_key == "edit.batch" && group.label_arguments.size() > 1 && group.label_arguments[1] == "edit.create" && !outcome->parts.empty()) made = &outcome->parts[0];
    if (made && made->created.size() == 1) group.label_arguments.push_back(records_.display_name(made->created[0]));
    outcome->sequence = finish(std::move(group));
    return outcome;
}

Result<CommandOutcome> Editor::perform(Transaction& transaction, const Command& command) {
    OUTPOST_CHECK(check_command(transaction, command));
    const Handler& handler = handlers_[command.index()];
    if (handler) return handler(transaction, command);
    return std::visit(
        Overloaded{
            [&](const CreateRecord& it) -> Result<CommandOutcome> {
                OUTPOST_TRY(const RecordRef created, transaction.create(it.object, it.fields, it.apply_defaults));
                CommandOutcome outcome;
                outcome.created.push_back(created);
                return outcome;
            },
            [&](const UpdateRecord& it) { return touched(transaction.update(it.record.object, {it.record.row}, it.fields), 0); },
            [&](const UpdateRecords& it) { return touched(transaction.update(it.object, it.rows, it.fields), it.rows.size()); },
            [&](const DeleteRecords& it) -> Result<CommandOutcome> {
                OUTPOST_CHECK(all_live(transaction.records(), it.object, it.rows));
                return touched(set_state_with_series(transaction, it.object, it.rows, RowState::Deleted), it.rows.size());
            },
            [&](const RestoreRecords& it) {
                const std::size_t restored = count_in_bin(transaction.records(), it.object, it.rows);
                return touched(set_state_with_series(transaction, it.object, it.rows, RowState::Live), restored);
            },
            [&](const EmptyRecycleBin& it) -> Result<CommandOutcome> {
                OUTPOST_CHECK(all_in_bin(transaction.records(), it.object, it.rows));
                return touched(transaction.set_state(it.object, it.rows, RowState::Absent), it.rows.size());
            },
            [&](const AddToSegment& it) { return add_to_segment(transaction, it); },
            [&](const RemoveFromSegment& it) { return remove_from_segment(transaction, it); },
            [&](const DefineObject& it) { return define_object(transaction, it); },
            [&](const UpdateObject& it) { return update_object(transaction, it); },
            [&](const DeleteObject& it) { return delete_object(transaction, it); },
            [&](const DefineField& it) { return define_field(transaction, it); },
            [&](const UpdateField& it) { return update_field(transaction, it); },
            [&](const DeleteField& it) { return delete_field(transaction, it); },
            [&](const CopyPipeline& it) { return copy_pipeline(transaction, it); },
            [&](const Batch& it) { return perform_batch(transaction, it); },
            [&](const auto&) -> Result<CommandOutcome> { return fail(ErrorCode::UnknownCommand, "error.command_not_here"); },
        },
        command);
}

Result<CommandOutcome> Editor::perform_batch(Transaction& transaction, const Batch& batch) {
    return perform_parts(batch, records_, [&](const Json& json) {
        return parse_command(json, records_).and_then([&](const Command& command) { return perform(transaction, command); });
    });
}

// --- undo and redo

ChangeGroup Editor::reversal(const UndoStack::Entry& entry, EditOrigin origin) const {
    ChangeGroup group = entry.inverse;
    group.time = context_.clock->now();
    group.user = context_.user;
    group.origin = origin;
    group.reverses = entry.applied;
    return group;
}

Result<CommandOutcome> Editor::execute_undo(Sequence sequence) {
    std::deque<UndoStack::Entry>& entries = undo_stack_.undo_;
    if (sequence > applied_sequence_) return fail(ErrorCode::NothingToUndo, "error.no_such_edit", {std::to_string(sequence)});
    if (entries.empty()) return fail(ErrorCode::NothingToUndo, "error.nothing_to_undo");
    std::size_t at = entries.size() - 1;
    if (sequence != 0) {
        while (at < entries.size() && entries[at].sequence != sequence && entries[at].applied != sequence) --at;
        if (at >= entries.size()) return fail(ErrorCode::NothingToUndo, "error.undo_not_kept");
    }
    std::vector<const ChangeGroup*> later;
    for (std::size_t i = at + 1; i < entries.size(); ++i) later.push_back(&entries[i].inverse);
    if (!can_undo_alone(entries[at].inverse, later)) return fail(ErrorCode::FieldIntegrity, "error.undo_touched");
    ChangeGroup group = reversal(entries[at], EditOrigin::Undo);
    keep_later_stamps(group, later);
    if (!apply(records_, group)) return fail(ErrorCode::FieldIntegrity, "error.undo_touched");
    // Only the newest edit gives back a state that was there before, and that only where none went from below it.
    if (Status kept = later.empty() && !entries[at].over_gap ? Status() : check_undo_rules(records_, group, later); !kept) {
        OUTPOST_CHECK(apply(records_, inverse(std::move(group))));
        return std::unexpected(std::move(kept).error());
    }
    CommandOutcome outcome;
    outcome.sequence = finish(std::move(group));
    return outcome;
}

Result<CommandOutcome> Editor::execute_redo() {
    const UndoStack::Entry* entry = undo_stack_.next_redo();
    if (!entry) return fail(ErrorCode::NothingToUndo, "error.nothing_to_redo");
    // Back to what the undo found, which was in order: it needs no such checks.
    ChangeGroup group = reversal(*entry, EditOrigin::Redo);
    OUTPOST_CHECK(apply(records_, group));
    CommandOutcome outcome;
    outcome.sequence = finish(std::move(group));
    return outcome;
}

Result<CommandOutcome> Editor::execute_group(ChangeGroup group) {
    group.time = context_.clock->now();
    group.user = context_.user;
    OUTPOST_CHECK(apply(records_, group));
    CommandOutcome outcome;
    if (!group.empty()) outcome.sequence = finish(std::move(group));
    return outcome;
}

}  // namespace outpost
