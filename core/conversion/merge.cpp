#include "core/conversion/merge.h"

#include <algorithm>

#include "core/edit/line_items.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

Status check_records(const Records& records, const MergeRecords& command) {
    const Object& object = records.schema().object(command.object);
    const Table& table = records.table(command.object);
    if (command.others.empty())
        return fail(Error{ErrorCode::InvalidArgument, "error.merge.nothing", {}, object.name});
    std::vector<RecordRef> all = command.others;
    all.push_back(command.master);
    for (const RecordRef record : all) {
        if (record.object != command.object || record.row >= table.row_count())
            return fail(Error{ErrorCode::InvalidCrossReferenceKey, "error.merge.not_found", {}, object.name});
        if (!table.is_live(record.row))
            return fail(Error{ErrorCode::EntityIsDeleted, "error.merge.deleted", {records.display_name(record)}, object.name});
    }
    if (std::ranges::find(command.others, command.master) != command.others.end())
        return fail(Error{ErrorCode::InvalidArgument, "error.merge.with_itself", {}, object.name});
    return {};
}

// A lookup from the master to one of the others would point at the master itself.
Status move_children(Transaction& transaction, const MergeRecords& command, RecordRef other) {
    for (const Schema::ChildRelationship& child : transaction.records().schema().children_of(command.object)) {
        const Field& lookup = transaction.records().schema().object(child.object).field(child.field);
        if (!lookup.writable()) continue;
        const auto found = transaction.records().children(child.object, child.field, other);
        std::vector<RowIndex> rows, self;
        for (const RowIndex row : found)
            (RecordRef{child.object, row} == command.master ? self : rows).push_back(row);
        if (!rows.empty()) OUTPOST_CHECK(transaction.update(child.object, rows, {{child.field, command.master}}));
        if (!self.empty()) OUTPOST_CHECK(transaction.update(child.object, self, {{child.field, Value{}}}));
    }
    return {};
}

}  // namespace

Result<CommandOutcome> merge_records(Transaction& transaction, const MergeRecords& command) {
    OUTPOST_CHECK(check_records(transaction.records(), command));
    for (const RecordRef other : command.others) OUTPOST_CHECK(move_children(transaction, command, other));
    std::vector<RowIndex> rows;
    for (const RecordRef other : command.others) rows.push_back(other.row);
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    OUTPOST_CHECK(transaction.set_state(command.object, rows, RowState::Deleted));
    std::vector<FieldValue> fields = command.fields;
    // The amount of an opportunity with products is their sum, whichever amount was chosen.
    if (command.object == standard_object::opportunity && has_line_items(transaction.records(), command.master.row))
        std::erase_if(fields, [](const FieldValue& entry) { return entry.field == opportunity_field::amount; });
    if (!fields.empty()) OUTPOST_CHECK(transaction.update(command.object, {command.master.row}, fields));
    CommandOutcome outcome;
    outcome.created = {command.master};
    outcome.record_count = rows.size() + 1;
    return outcome;
}

}  // namespace outpost
