#include "core/conversion/merge.h"

#include <algorithm>

#include "core/edit/line_items.h"
#include "core/edit/segments.h"
#include "core/objects/standard_segment.h"

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
        // It is read-only, and lead reports go on counting it.
        if (command.object == standard_object::lead && table.column(lead_field::is_converted).flags()[record.row] != 0)
            return fail(Error{ErrorCode::CannotUpdateConvertedLead, "error.merge.converted_lead", {records.display_name(record)}, object.name});
    }
    if (std::ranges::find(command.others, command.master) != command.others.end())
        return fail(Error{ErrorCode::InvalidArgument, "error.merge.with_itself", {}, object.name});
    return {};
}

bool is_conversion_result(Schema::ChildRelationship child) {
    using namespace lead_field;
    return child.object == standard_object::lead && (child.field == converted_account || child.field == converted_contact || child.field == converted_opportunity);
}

// A lookup from the master to one of the others would point at the master itself.
Status move_children(Transaction& transaction, const MergeRecords& command, RecordRef other) {
    for (const Schema::ChildRelationship& child : transaction.records().schema().children_of(command.object)) {
        const Field& lookup = transaction.records().schema().object(child.object).field(child.field);
        if (!lookup.writable() && !is_conversion_result(child)) continue;
        std::vector<RowIndex> rows, self;
        if (child.object == standard_object::segment_member && child.field == segment_member_field::member) OUTPOST_CHECK(leave_shared_segments(transaction, command.master, other));
        for (const RowIndex row : transaction.records().children(child.object, child.field, other))
            (RecordRef{child.object, row} == command.master ? self : rows).push_back(row);
        if (!rows.empty()) OUTPOST_CHECK(transaction.update(child.object, rows, {{child.field, command.master}}));
        if (!self.empty()) OUTPOST_CHECK(transaction.update(child.object, self, {{child.field, Value{}}}));
    }
    return {};
}

}  // namespace

Result<CommandOutcome> merge_records(Transaction& transaction, const MergeRecords& command) {
    OUTPOST_CHECK(check_records(transaction.records(), command));
    // What converted leads point to is moved too, though they are read-only else.
    transaction.allow_protected_fields(true);
    for (const RecordRef other : command.others) OUTPOST_CHECK(move_children(transaction, command, other));
    transaction.allow_protected_fields(false);
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
